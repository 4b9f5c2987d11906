"""What rules read of a sentence: words, quotation marks, subjects."""
