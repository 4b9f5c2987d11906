"""Corpora on disk: folders, tables and gold."""
