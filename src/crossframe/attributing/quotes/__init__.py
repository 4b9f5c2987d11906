"""Quotations are read with cue and speaker, by rules and by quote readers."""
