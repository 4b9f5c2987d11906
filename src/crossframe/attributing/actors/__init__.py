"""Names become actors of an event."""
