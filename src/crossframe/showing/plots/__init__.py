"""Figures, one file each: every one draws the rows of a table or record with their intervals."""
