"""Sentences of different outlets that tell the same thing are found and grouped."""
