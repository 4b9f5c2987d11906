"""Import, group and annotate a corpus."""
