"""Descriptions and pronouns are linked to actors."""
