"""What a tagger of quotes is told of a paragraph's words: their looks, quotation marks around them, verbs of saying."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe.attributing.names.word_features import N_FEATURES as N_LOOKS
from crossframe.attributing.names.word_features import look_at
from crossframe.attributing.syntax.quotation_marks import Quoted
from crossframe.learning.tagging.words import WordText
from crossframe.records import Article

_TENSES = ("finite", "base", "ing", "part")
_TAKES = ("quote", "bare", "that", "wh", "to", "ing", "object")
N_FEATURES = N_LOOKS + 23
"""Those of `look_at`, 4 of quotation marks, 11 of verbs of saying, 8 of the paragraph and the one before."""
_FAR = 60
"""Words from a paragraph's beginning that count as far."""


class Paragraph(NamedTuple):
    """A line of a document: offsets without the blanks around it, and whether it is the headline."""

    start: int
    end: int
    title: bool


def paragraphs_of(article: Article) -> list[Paragraph]:
    """Return the paragraphs of `article`, in order.

    Examples
    --------
    >>> paragraphs_of(Article("a", "e", "o", "Rain", " It rained.\\n\\nIt poured."))
    [Paragraph(start=0, end=4, title=True), Paragraph(start=7, end=17, title=False), Paragraph(start=19, end=29, title=False)]
    """
    return [
        Paragraph(match.start(), match.end(), bool(article.title) and match.end() <= len(article.title))
        for match in re.finditer(r"\S(?:[^\n\r]*\S)?", article.document)
    ]


def look_at_paragraphs(
    article: Article, paragraphs: Sequence[Paragraph], quoted: Sequence[Quoted]
) -> list[WordText]:
    """Return the words of each of an article's paragraphs, and what is known of each word.

    Parameters
    ----------
    article : Article
        Whose paragraphs they are.
    paragraphs : sequence of Paragraph
        All of them, in order.
    quoted : sequence of Quoted
        The quoted stretches of the document, from `pair_marks`.

    Returns
    -------
    list of WordText
        `N_FEATURES` a word.
    """
    document = article.document
    inside = np.zeros(len(document) + 1, dtype=bool)
    for stretch in quoted:
        inside[stretch.start : stretch.end] = True
    opens, closes = {one.start for one in quoted}, {one.end - 1 for one in quoted if not one.goes_on}
    made = []
    before: Paragraph | None = None
    for number, one in enumerate(paragraphs):
        told, words = look_at(document[one.start : one.end])
        start = told.start + one.start
        known = np.zeros((len(words), N_FEATURES - N_LOOKS), dtype=np.float32)
        known[:, 0] = inside[start]
        known[:, 1] = [at in opens for at in start.tolist()]
        known[:, 2] = [at in closes for at in start.tolist()]
        known[:, 3] = inside[one.start : one.end].mean()
        known[:, 4:15] = [_saying(word.text) for word in words]
        known[:, 15] = one.title
        known[:, 16] = number == 1
        if before is not None:
            known[:, 17] = inside[before.start]
            known[:, 18] = inside[before.end - 1]
            known[:, 19] = inside[before.start : before.end].mean()
            known[:, 20] = any(q.goes_on and before.start <= q.start < before.end for q in quoted)
        known[:, 21] = np.minimum(np.arange(len(words)) / _FAR, 1)
        known[:, 22] = np.minimum(np.arange(len(words))[::-1] / _FAR, 1)
        made.append(
            WordText(
                told.text,
                told.start,
                told.end,
                np.concatenate([told.features, known], axis=1, dtype=np.float32),
            )
        )
        before = one
    return made


def _saying(word: str) -> list[bool]:
    tense, takes = lexicons.saying_verbs().get(word.casefold(), ("", ""))
    return [*(tense == one for one in _TENSES), *(one in takes.split() for one in _TAKES)]
