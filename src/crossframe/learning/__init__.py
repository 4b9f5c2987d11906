"""Encoders, adapters, splits, calibration, model cards."""
