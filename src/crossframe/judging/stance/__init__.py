"""Portrayal and stance: the protocol of models, the shipped ones, how a name becomes one, and what they say of actors."""
