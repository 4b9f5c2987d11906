"""Words, quotation marks, regions and subjects of sentences are read by rules."""
