"""Corpora on disk: folders, the tables that users edit, and gold."""
