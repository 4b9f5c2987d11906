"""What a stance model does when names and targets change."""
