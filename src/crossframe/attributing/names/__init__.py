"""Names are found in text."""
