"""What differs inside aligned pairs of sentences: words aligned, and one file of rules per group of kinds."""
