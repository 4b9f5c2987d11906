"""Intervals, tests, sampling, agreement and metrics."""
