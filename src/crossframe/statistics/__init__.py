"""Intervals, tests, agreement and metrics."""
