"""Classifying a marked target in a text."""
