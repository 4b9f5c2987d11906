"""Scoring pairs of sentences by late interaction: network, fit and cached scores."""
