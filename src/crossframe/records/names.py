"""The closed lists of names that records admit."""

ACTOR_KINDS = ("person", "organisation", "party", "country", "group", "office", "other")
MENTION_KINDS = ("name", "nominal", "pronoun")
QUOTE_KINDS = ("direct", "indirect", "mixed")
QUOTE_PARTS = ("content", "cue", "source")
NAME_KINDS = ("person", "organisation", "party", "place", "group", "office", "other", "")
RELATIONS = ("equivalent", "partial", "conflict", "none")
DIFFERENCES = ("number", "polarity", "roles", "certainty", "detail", "wording")
"""Kinds of differences inside an aligned pair."""
CONFLICT, CONFLICTS = "conflict", ("number", "polarity", "roles")
"""The relation of a pair that cannot be true on both sides, and the kinds of differences that make it one."""
STANCES = ("negative", "neutral", "positive")
PORTRAYAL, STANCE = "portrayal", "stance"
CONSTRUCTS = (PORTRAYAL, STANCE)
"""What labels of a target are: how the sentence portrays it, whoever speaks; or where a holder stands toward it."""
SPEAKERS = ("outlet", "quoted", "mixed")
"""In whose words a sentence portrays its target: the outlet's own, those of somebody it quotes, or both."""
BASES = ("wording", "facts", "none")
"""What a portrayal is made of: how it is said, or what is told; none where it is neutral."""
FRAMES = ("conflict", "economic", "human-interest", "moral", "resolution")
UNITS = ("sentence", "span", "article", "article x actor")
AUTHOR, QUOTED = "author", "quoted"
"""Voices in `Units` are ``author`` or a speaker; in estimates of stance all other holders together are ``quoted``."""


def speaker_of(voice: str) -> str:
    """Return in whose words a mention that stands in `voice` is portrayed: the outlet's own, or quoted ones.

    Examples
    --------
    >>> speaker_of("author"), speaker_of("ada-moor")
    ('outlet', 'quoted')
    """
    return SPEAKERS[0] if voice == AUTHOR else SPEAKERS[1]
