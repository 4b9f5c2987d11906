"""A user's own language model behind an address."""
