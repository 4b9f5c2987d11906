"""Formats people bring, one file per format."""
