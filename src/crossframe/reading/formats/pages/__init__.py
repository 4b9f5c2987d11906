"""Saved pages taken apart: where the article is, what metadata says of it, and what stands around it."""
