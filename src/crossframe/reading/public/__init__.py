"""Public corpora: the registry and a loader each."""
