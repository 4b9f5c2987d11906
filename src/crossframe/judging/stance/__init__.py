"""Stance models."""
