"""Train models: one file per task, and the cards of what they write."""
