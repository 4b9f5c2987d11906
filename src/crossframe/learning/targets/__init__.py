"""Classifying a marked target in a text: network, fit and classifier."""
