"""HTML: the page of a comparison, and what notebooks display."""
