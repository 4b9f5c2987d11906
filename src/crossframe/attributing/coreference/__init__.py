"""Descriptions and pronouns are linked to the actors they mean."""
