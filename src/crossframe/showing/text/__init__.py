"""Plain text for terminals: the summary of a comparison, and metrics of an evaluation."""
