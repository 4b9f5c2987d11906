"""Whose words other outlets carry, too: which quotations have a counterpart elsewhere, copies not counted."""

from collections.abc import Iterable, Mapping

import numpy as np

from crossframe.records import AUTHOR, Alignment, Copies, Sentences, Stretches
from crossframe.text import shingles, words

RUN, LEAST = 5, 0.2
"""An outlet quotes the same words where at least this share of a quotation's runs of so many words stand in what it
quotes; a quotation shorter than that must stand there whole, a single word ("today") says nothing. Chosen on BASIL's
30 training events: of 240 such finds in another outlet the annotators had aligned the two sentences of 212, and of the
other 28 most are the same words, too; with a single run it is 241 of 289, the rest often a turn of phrase."""


def find_carried(stretches: Stretches, alignment: Alignment, copies: Copies) -> np.ndarray:
    """Say of every quoted stretch whether another outlet carries it.

    Parameters
    ----------
    stretches : Stretches
        Whose words the sentences of the event are made of.
    alignment : Alignment
        Of the event.
    copies : Copies
        Wire copy: an outlet that prints an outlet's article does not count as another one to it.

    Returns
    -------
    ndarray of bool of shape (n_stretches,)
        True where the stretch's sentence is aligned with a sentence of another outlet in which somebody is quoted, or
        another outlet quotes the same words: at least a fifth of the stretch's runs of five words (after `match_key`),
        or all of a shorter stretch of two words or more. False for words of the author.
    """
    sentences = alignment.sentences
    outlet_of = {article.id: article.outlet for article in sentences.articles}
    sources = copies.sources(outlet_of)
    quoted = [number for number, voice in enumerate(stretches.voice) if voice != AUTHOR]
    row_of = {n: sentences.row(stretches.article[n], int(stretches.sentence[n])) for n in quoted}
    told_by = _aligned_outlets(alignment, set(row_of.values()))
    tokens = {number: _words(stretches, number, sentences) for number in quoted}
    said: dict[str, set[tuple[str, ...]]] = {}
    for number in quoted:
        runs = said.setdefault(outlet_of[stretches.article[number]], set())
        runs.update(*(shingles(tokens[number], n) for n in range(2, RUN + 1)))
    carried = np.zeros(len(stretches), dtype=bool)
    for number in quoted:
        others = list_others(outlet_of[stretches.article[number]], said, sources)
        own = shingles(tokens[number], min(RUN, len(tokens[number])))
        carried[number] = any(
            other in told_by.get(row_of[number], ()) or len(own & said[other]) >= max(LEAST * len(own), 1)
            for other in others
        )
    return carried


def _words(stretches: Stretches, number: int, sentences: Sentences) -> list[str]:
    start, end = int(stretches.start[number]), int(stretches.end[number])
    row = sentences.row(stretches.article[number], int(stretches.sentence[number]))
    found = words(sentences.article_of(row).document[start:end])
    return found if len(found) > 1 else []


def _aligned_outlets(alignment: Alignment, quoting: set[int]) -> dict[int, set[str]]:
    """Return for each row the outlets that have a quoting sentence aligned with it."""
    found: dict[int, set[str]] = {}
    outlet = alignment.sentences.outlet
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    for left, right, relation in pairs:
        if relation not in ("none", "disputed"):
            for one, other in ((left, right), (right, left)):
                if other in quoting:
                    found.setdefault(one, set()).add(outlet[other])
    return found


def list_others(outlet: str, outlets: Iterable[str], sources: Mapping[str, str]) -> list[str]:
    """Return the outlets that count as others to `outlet`: all but those that print its articles."""
    return [one for one in outlets if one != outlet and not _prints(one, outlet, sources)]


def _prints(outlet: str, source: str, sources: Mapping[str, str]) -> bool:
    """Say whether `outlet` prints an article of `source`, at first or at later hand."""
    seen = {outlet}
    while (outlet := sources.get(outlet, "")) and outlet not in seen:
        if outlet == source:
            return True
        seen.add(outlet)
    return False
