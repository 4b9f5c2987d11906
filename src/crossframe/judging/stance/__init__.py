"""Stance models: the protocol, the shipped ones (adapter, linear, lexicon, zero-shot, endpoint) and how a name becomes one."""
