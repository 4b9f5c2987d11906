"""Score tasks against gold."""
