"""Scoring pairs of sentences by late interaction."""
