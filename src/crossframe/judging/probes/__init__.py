"""What a stance model does when names, targets and roles change."""
