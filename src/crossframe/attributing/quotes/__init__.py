"""Quotations with cue and speaker."""
