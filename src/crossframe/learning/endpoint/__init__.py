"""A language model that the user runs: its configuration, and a client that caches and counts calls."""
