"""Prepare a corpus: import and group articles, export and import annotation."""
