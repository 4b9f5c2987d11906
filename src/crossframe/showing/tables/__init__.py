"""The tables of a study: their columns, how they are built, written and read, and which of their rows are shown."""
