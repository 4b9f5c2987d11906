"""Make published tables again: one file per paper or data set."""
