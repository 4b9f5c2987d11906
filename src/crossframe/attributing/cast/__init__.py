"""Groups join the named actors of an event; how each was found, and which may be one, is said."""
