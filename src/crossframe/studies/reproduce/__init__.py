"""Make published tables again."""
