"""Articles grouped into events, sentences of different outlets aligned and grouped into claims."""
