"""A sentence without its target: a neutral word in the target's place, or a model that is not told of it."""

from crossframe.judging.stance.features import Target
from crossframe.judging.target_kinds import read_name

NEUTRAL = "someone"
PLACEHOLDER = "It"
"""What a model is asked about where it is given no target: it stands before the sentence and means nothing in it."""
_POSSESSIVE = frozenset({"his", "their", "its", "my", "our", "your", "whose"})


def mask_name(target: Target) -> Target:
    """Return the target with a neutral word in its place, and in that of its other mentions.

    Examples
    --------
    >>> mask_name(Target("Critics attacked Smith's plan.", 17, 24))[:3]
    ("Critics attacked someone's plan.", 17, 26)
    """
    text = target.text
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for old in sorted({(target.start, target.end), *target.others}, reverse=True):
        start, end = old
        if any(start < after[1] and after[0] < end for after in spans):
            continue
        word = _neutral(text[start:end], first=not text[:start].strip("\"'“”‘’ "))
        shift = len(word) - (end - start)
        spans = {after: (first + shift, last + shift) for after, (first, last) in spans.items()}
        text, spans[old] = text[:start] + word + text[end:], (start, start + len(word))
    main = spans.pop((target.start, target.end), None)
    if main is None:
        return mask_name(Target(target.text, target.start, target.end))
    return Target(text, *main, tuple(spans[old] for old in target.others if old in spans))


def _neutral(words: str, *, first: bool) -> str:
    tail = read_name(words).tail
    possessive = words.casefold() in _POSSESSIVE or tail.startswith(("’", "'"))
    word = NEUTRAL + ("'s" if possessive else "")
    return word.capitalize() if first else word


def ask_nothing(target: Target, *, whole: bool = False) -> Target:
    """Return the sentence with no stretch of it told as the target.

    Parameters
    ----------
    target : Target
    whole : bool
        The whole sentence is marked: for models that read marks in a text as it is. Else a placeholder before it is the
        target: for models that put a word in the target's place, or ask about it by name.

    Examples
    --------
    >>> ask_nothing(Target("Critics attacked Smith.", 17, 22))[:3]
    ('It: Critics attacked Smith.', 0, 2)
    >>> ask_nothing(Target("Critics attacked Smith.", 17, 22), whole=True)[1:3]
    (0, 23)
    """
    if whole:
        return Target(target.text, 0, len(target.text))
    return Target(f"{PLACEHOLDER}: {target.text}", 0, len(PLACEHOLDER))
