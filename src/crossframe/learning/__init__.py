"""How models are trained and stored: encoders, low-rank adapters, one fit loop, splits, calibration, model files and cards."""
