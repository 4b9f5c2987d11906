"""Who is in the story, and who gets to speak."""
