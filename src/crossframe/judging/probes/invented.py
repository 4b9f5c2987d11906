"""Invented sentences with the answers that the codebook gives: places for names filled, and variants of what models misread."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe._validation import check_choice
from crossframe.judging.probes.swaps import names_of
from crossframe.judging.targets import NAMED_KINDS, StanceItem
from crossframe.records import STANCES

TESTS = ("roles", "praise", "accusation", "deed")
"""What is asked of the sentences of ``stress_sentences.tsv``."""
INVENTED = "invented sentences"
"""What the log of a model calls these tests."""
PRESS_SIDES = ("friendly", "hostile")
_STANCE_OF = {"oppose": "negative", "support": "positive"} | {name: name for name in STANCES}


class Template(NamedTuple):
    """A sentence with places for one or two names, ``{A}`` and ``{B}``.

    Parameters
    ----------
    sentence : str
    without : str
        The same accusation without its holder ``{A}``; empty in other tests.
    kinds : tuple of str
        Kinds of actors that fit, of `NAMED_KINDS`.
    expected : tuple of tuple of str
        How ``{A}`` and, where there is one, ``{B}`` are portrayed: one stance of `STANCES`, or several that are right.
    """

    sentence: str
    without: str
    kinds: tuple[str, ...]
    expected: tuple[tuple[str, ...], ...]


class Variant(NamedTuple):
    """A question about a target with its right answers, one row of a variant of a kind.

    Parameters
    ----------
    kind, variant : str
    item : StanceItem
    expected : tuple of str
        Right answers, of `STANCES`.
    above : StanceItem or None
        Another target in the same text, whose score must be lower.
    """

    kind: str
    variant: str
    item: StanceItem
    expected: tuple[str, ...]
    above: StanceItem | None


@cache
def read_templates(test: str) -> tuple[Template, ...]:
    """Return the sentences of `test`, one of `TESTS`.

    Examples
    --------
    >>> read_templates("praise")[0].expected
    (('neutral',), ('positive',))
    """
    check_choice(test, "stress test", TESTS)
    return tuple(
        Template(
            row["sentence"],
            row["without"],
            NAMED_KINDS if row["kinds"] == "all" else tuple(row["kinds"].split()),
            tuple(tuple(row[role].split("/")) for role in ("first", "second") if row[role]),
        )
        for row in lexicons.read_wordlist("stress_sentences")
        if row["test"] == test
    )


@cache
def names_of_side(kind: str, side: str) -> tuple[str, ...]:
    """Return the listed names of a kind that the press of the labels writes of as `side`, one of `PRESS_SIDES`.

    Examples
    --------
    >>> names_of_side("country", "friendly")[0], names_of_side("country", "hostile")[0]
    ('Canada', 'Russia')
    """
    check_choice(side, "side", PRESS_SIDES)
    rows = lexicons.read_wordlist("stress_sides")
    return tuple(row["name"] for row in rows if (row["kind"], row["side"]) == (kind, side))


@cache
def read_variants() -> tuple[Variant, ...]:
    """Return the rows of ``stance_variants.tsv`` in order.

    Examples
    --------
    >>> read_variants()[0].kind, read_variants()[0].expected
    ('cleared', ('neutral', 'positive'))
    """
    return tuple(
        Variant(
            row["kind"],
            row["variant"],
            _find(row["text"], row["target"])._replace(holder=row["holder"] or None),
            tuple(_STANCE_OF[name] for name in row["expected"].split("/")),
            _find(row["text"], row["above"]) if row["above"] else None,
        )
        for row in lexicons.read_wordlist("stance_variants")
    )


def _find(text: str, name: str) -> StanceItem:
    start = text.index(name)
    return StanceItem(text, start, start + len(name))


def fill(sentence: str, **names: str) -> dict[str, StanceItem]:
    """Return the sentence with names in its places: by place the item whose target stands there.

    Parameters
    ----------
    sentence : str
        With every place once; the article of a name is capitalised where the sentence begins with it.
    **names : str
        By place.

    Examples
    --------
    >>> fill("{A} thanked {B}.", A="the Central Bank", B="Norway")["B"][:3]
    ('The Central Bank thanked Norway.', 25, 31)
    """
    text, spans = "", {}
    for piece in re.split(r"(\{\w\})", sentence):
        name = names.get(piece.strip("{}")) if piece.startswith("{") else None
        added = piece if name is None else name
        if name is not None:
            added = name if text.strip('"') else name[0].upper() + name[1:]
            spans[piece.strip("{}")] = (len(text), len(text) + len(added))
        text += added
    return {place: StanceItem(text, *span) for place, span in spans.items()}


def draw_pairs(kind: str, n_pairs: int, rng: np.random.Generator) -> Sequence[tuple[str, str]]:
    """Return pairs of listed names of `kind`, no name twice.

    Examples
    --------
    >>> len(draw_pairs("party", 2, np.random.default_rng(0)))
    2
    """
    names = names_of(kind)
    drawn = [names[i] for i in rng.permutation(len(names))[: 2 * n_pairs]]
    return list(zip(drawn[::2], drawn[1::2], strict=True))
