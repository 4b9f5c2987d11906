"""The page and notebook displays."""
