"""Tagging words of texts."""
