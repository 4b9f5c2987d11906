"""Who is in the story and who gets to speak: actors, their mentions, quotations and voices."""
