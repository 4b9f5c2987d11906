"""Names are marked by finders (rules, taggers, spaCy) and described by rules."""
