"""Sentences of different outlets that report the same are aligned and grouped into claims."""
