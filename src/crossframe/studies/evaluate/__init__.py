"""Score tasks against gold: one file per task, and the metrics they share."""
