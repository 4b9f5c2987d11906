"""Tagging words of texts: words and their pieces, legal paths of labels, network and fit."""
