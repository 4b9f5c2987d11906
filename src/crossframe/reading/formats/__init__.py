"""Formats people bring, a file each."""
