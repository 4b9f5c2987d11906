"""Formats that users bring, one file per format."""
