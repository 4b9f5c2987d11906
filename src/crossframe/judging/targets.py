"""Targets of stance: the item that a stance model reads, what kind of actor its target names, and the target masked."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crossframe import lexicons

MASK = "he"
"""Word in the target's place, so that a model judges what is said of the target and not its name. Of the words tried
("he", "they", the mask token) it did best on the dev articles cut from NewsMTSC's training split."""
NEUTRAL = "someone"
PLACEHOLDER = "It"
"""Target of a model that is given none: it stands before the sentence and means nothing in it."""
NAMED_KINDS = ("person", "country", "party", "organisation")
"""Kinds of targets that bear a name of their own, which another can replace."""
KINDS = (*NAMED_KINDS, "pronoun", "other")
_PRONOUNS = (
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself it its "
    "itself they them their theirs themselves who whom whose this that these those one someone everyone nobody"
)
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVE = frozenset({"his", "their", "its", "my", "our", "your", "whose"})
_CLITICS = ("’m", "'m", "’re", "'re", "’ve", "'ve")
POLITE = frozenset({"mr", "mrs", "ms", "miss"})
_TAIL = re.compile(
    r"(?:,\s.*|\s\([^)]*\)?|(?:\s(?:himself|herself|itself))?(?:['’]s|(?<=s)['’])?[^\w.)]*)$", re.DOTALL
)
MARKS = re.compile(r"^[^\w]*")
_UPPER = re.compile(r"^(?:[A-Z]\.?){2,4}$")
_NO_NAME = "a an and or & was is were are who that to with my your his her its our their this just"
"""Words that the name of a body does not hold: with one of them, a target is a description, a clause or several names."""


class StanceItem(NamedTuple):
    """A sentence and the target in it that a stance model judges.

    Parameters
    ----------
    text : str
        The sentence.
    start, end : int
        The target's mention, in characters of `text`.
    others : tuple of (int, int)
        Other mentions of the same target in the sentence.
    holder : str or None
        Whose stance toward the target is wanted; None asks for the portrayal of the target by the sentence.
    """

    text: str
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()
    holder: str | None = None


class Naming(NamedTuple):
    """A target's words in three pieces: before the name (titles, marks), the name, after it (possessive, apposition)."""

    kind: str
    lead: str
    core: str
    tail: str


def mask_target(item: StanceItem) -> StanceItem:
    """Return the item with its target replaced by a neutral word (`MASK`).

    Examples
    --------
    >>> mask_target(StanceItem("Critics attacked Smith.", 17, 22)).text
    'Critics attacked he.'
    """
    text = item.text[: item.start] + MASK + item.text[item.end :]
    return StanceItem(text, item.start, item.start + len(MASK))


def mask_name(item: StanceItem) -> StanceItem:
    """Return the item with a neutral word that reads well in its target's place, and in that of its other mentions.

    Examples
    --------
    >>> mask_name(StanceItem("Critics attacked Smith's plan.", 17, 24))[:3]
    ("Critics attacked someone's plan.", 17, 26)
    """
    text = item.text
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for old in sorted({(item.start, item.end), *item.others}, reverse=True):
        start, end = old
        if any(start < after[1] and after[0] < end for after in spans):
            continue
        word = _neutral_word(text[start:end], first=not text[:start].strip("\"'“”‘’ "))
        shift = len(word) - (end - start)
        spans = {after: (first + shift, last + shift) for after, (first, last) in spans.items()}
        text, spans[old] = text[:start] + word + text[end:], (start, start + len(word))
    main = spans.pop((item.start, item.end), None)
    if main is None:
        return mask_name(item._replace(others=()))
    return StanceItem(text, *main, tuple(spans[old] for old in item.others if old in spans), item.holder)


def _neutral_word(words: str, *, first: bool) -> str:
    tail = read_name(words).tail
    possessive = words.casefold() in _POSSESSIVE or tail.startswith(("’", "'"))
    word = NEUTRAL + ("'s" if possessive else "")
    return word.capitalize() if first else word


def name_holder(item: StanceItem) -> StanceItem:
    """Return the item with its holder named before the sentence, as models that were trained on holders read it.

    Examples
    --------
    >>> name_holder(StanceItem("Critics attacked Smith.", 17, 22, holder="Critics"))[:3]
    ('Critics: Critics attacked Smith.', 26, 31)
    """
    if item.holder is None:
        return item
    lead = f"{item.holder}: "
    others = tuple((start + len(lead), end + len(lead)) for start, end in item.others)
    return StanceItem(lead + item.text, item.start + len(lead), item.end + len(lead), others, item.holder)


def hide_target(item: StanceItem, *, whole: bool = False) -> StanceItem:
    """Return the same sentence for a model that is not to know the target.

    Parameters
    ----------
    item : StanceItem
    whole : bool
        Whether the whole sentence is the target: for models that read marks in a text as it is. Else a placeholder before
        it is the target: for models that put a word in the target's place, or ask about it by name.

    Examples
    --------
    >>> hide_target(StanceItem("Critics attacked Smith.", 17, 22))[:3]
    ('It: Critics attacked Smith.', 0, 2)
    >>> hide_target(StanceItem("Critics attacked Smith.", 17, 22), whole=True)[1:3]
    (0, 23)
    """
    if whole:
        return StanceItem(item.text, 0, len(item.text), (), item.holder)
    return StanceItem(f"{PLACEHOLDER}: {item.text}", 0, len(PLACEHOLDER), (), item.holder)


def kind_of(item: StanceItem) -> str:
    """Return what kind of actor a target's words name, by word lists.

    Parameters
    ----------
    item : StanceItem

    Returns
    -------
    str
        ``person`` (titles and given names; also any other capitalised name: of NewsMTSC's named targets nearly all
        are persons), ``country`` (also states of the United States), ``party``, ``organisation``, ``pronoun``, or
        ``other``: descriptions without a name, several names, groups and peoples, adjectives, days, places.

    Examples
    --------
    >>> [kind_of(StanceItem(t, 0, len(t))) for t in ("President Jane Doe", "Norway", "the Foreign Ministry", "he", "voters")]
    ['person', 'country', 'organisation', 'pronoun', 'other']
    """
    return read_name(item.text[item.start : item.end]).kind


@lru_cache(maxsize=100_000)
def read_name(text: str) -> Naming:
    """Return a target's words split into titles, name and ending, and what kind of actor they name.

    Examples
    --------
    >>> read_name("President Jane Doe's")
    Naming(kind='person', lead='President ', core='Jane Doe', tail="'s")
    """
    head = MARKS.match(text)
    marks = head.group() if head else ""
    ending = _TAIL.search(text, len(marks))
    cut = ending.start() if ending else len(text)
    body, tail = text[len(marks) : cut], text[cut:]
    words = body.split()
    if not words:
        return Naming("other", marks, body, tail)
    if text in _CLITICS or (len(words) == 1 and words[0].casefold() in _PRONOUNS.split()):
        return Naming("pronoun", marks, body, tail)
    named = _body_kind(words)
    if named != "person":
        return Naming("other" if tail.startswith(",") else named, marks, body, tail)
    at = _name_start(words)
    core = words[at:]
    plural = words[max(at - 1, 0)].casefold() in _ARTICLES
    if not core or len(core) > 4 or plural or " ".join(core).islower():
        return Naming("other", marks, body, tail)
    start = body.rfind(core[0]) if len(core) == 1 else body.rfind(body.split(None, at)[at])
    return Naming("person", marks + body[:start], body[start:], tail)


def _body_kind(words: Sequence[str]) -> str:
    """Return the kind by word lists, ``person`` where none of them has the name."""
    rest = words[1:] if words[0].casefold() == "the" else words
    name = " ".join(rest)
    key = name.casefold().rstrip(".")
    if not rest or {"and", "or", "&"} & set(words) or key in {"jr", "sr"}:
        return "other"
    known = lexicons.known_actors().get(name.casefold())
    if known and (name[0].isupper() or not name.islower()):
        return {"country": "country", "party": "party", "group": "other"}.get(known[0], "organisation")
    if key in lexicons.territories() or key in lexicons.us_states():
        return "country" if name[0].isupper() else "other"
    if name.casefold() in lexicons.demonyms() or name.casefold().removesuffix("s") in lexicons.demonyms():
        return "other"
    if key in lexicons.calendar_words():
        return "other"
    addressed = len(rest) > 1 and (rest[-2].endswith(".") or rest[-2].casefold() in POLITE)
    heads = lexicons.organisation_heads()
    head = (rest[rest.index("of") - 1] if "of" in rest[1:] else rest[-1]).casefold()
    if head in heads and not addressed:
        if any(word.casefold() in _NO_NAME.split() for word in words) or (
            name.islower() and head.endswith("s")
        ):
            return "other"
        return {"party": "party", "organisation": "organisation", "office": "organisation"}.get(
            heads[head], "other"
        )
    if any(word.endswith(("’s", "'s")) for word in rest[:-1]) and not addressed:
        return "other"
    if len(rest) == 1 and _UPPER.match(name) and name.casefold() not in lexicons.first_names():
        return "organisation"
    return "person"


def is_title(word: str) -> bool:
    """Return whether a word stands before names: a form of address, an office, a noun for a person."""
    key = word.casefold().rstrip(".").rsplit("-", 1)[-1]
    return key in lexicons.name_titles() or key in lexicons.person_nouns()


def _name_start(words: Sequence[str]) -> int:
    """Return where the name begins: after the last title or lower-case word that is no particle."""
    particles = lexicons.name_parts("particle")
    start = 0
    for i, word in enumerate(words):
        small = not word[0].isupper() and word.casefold() not in particles and not word.startswith("al-")
        surname = i and i == len(words) - 1 and words[i - 1].casefold() in lexicons.first_names()
        if small or (is_title(word) and not surname):
            start = i + 1
    return start
