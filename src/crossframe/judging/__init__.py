"""How actors and stories are framed."""
