"""Compare a corpus."""
