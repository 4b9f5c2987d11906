"""Names are resolved to the actors of an event, and a researcher's edits of them applied."""
