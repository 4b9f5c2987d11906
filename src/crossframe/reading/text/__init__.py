"""Text: bytes decoded, site text cleaned away, sentences split, language detected."""
