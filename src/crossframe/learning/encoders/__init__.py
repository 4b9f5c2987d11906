"""Encoders of sentences: TF-IDF, transformers and their int8 versions, their cache and their adapters."""
