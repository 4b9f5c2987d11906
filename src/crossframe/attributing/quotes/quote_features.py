"""Features of the words of paragraphs for a tagger of quotes: word features, quotation marks, verbs of saying."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe.attributing.names.word_features import N_WORD_FEATURES, describe_words
from crossframe.attributing.syntax.quotation_marks import Quoted
from crossframe.learning.tagging.words import WordText
from crossframe.records import Article

_TENSES = ("finite", "base", "ing", "part")
_TAKES = ("quote", "bare", "that", "wh", "to", "ing", "object")
N_QUOTE_FEATURES = N_WORD_FEATURES + 23
"""Those of `describe_words`, 4 of quotation marks, 11 of verbs of saying, 8 of the paragraph and the one before."""
_FAR = 60
"""Words from the beginning or the end of a paragraph beyond which distance no longer counts."""


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


def describe_paragraphs(
    article: Article, paragraphs: Sequence[Paragraph], quoted: Sequence[Quoted]
) -> list[WordText]:
    """Return the words of each paragraph of an article with their features.

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
        With `N_QUOTE_FEATURES` features per word.
    """
    document = article.document
    inside = np.zeros(len(document) + 1, dtype=bool)
    for stretch in quoted:
        inside[stretch.start : stretch.end] = True
    opens, closes = {one.start for one in quoted}, {one.end - 1 for one in quoted if not one.goes_on}
    described = []
    before: Paragraph | None = None
    for number, one in enumerate(paragraphs):
        text, words = describe_words(document[one.start : one.end])
        start = text.start + one.start
        further = np.zeros((len(words), N_QUOTE_FEATURES - N_WORD_FEATURES), dtype=np.float32)
        further[:, 0] = inside[start]
        further[:, 1] = [at in opens for at in start.tolist()]
        further[:, 2] = [at in closes for at in start.tolist()]
        further[:, 3] = inside[one.start : one.end].mean()
        further[:, 4:15] = [_saying_features(word.text) for word in words]
        further[:, 15] = one.title
        further[:, 16] = number == 1
        if before is not None:
            further[:, 17] = inside[before.start]
            further[:, 18] = inside[before.end - 1]
            further[:, 19] = inside[before.start : before.end].mean()
            further[:, 20] = any(q.goes_on and before.start <= q.start < before.end for q in quoted)
        further[:, 21] = np.minimum(np.arange(len(words)) / _FAR, 1)
        further[:, 22] = np.minimum(np.arange(len(words))[::-1] / _FAR, 1)
        features = np.concatenate([text.features, further], axis=1, dtype=np.float32)
        described.append(WordText(text.text, text.start, text.end, features))
        before = one
    return described


def _saying_features(word: str) -> list[bool]:
    tense, takes = lexicons.saying_verbs().get(word.casefold(), ("", ""))
    return [*(tense == one for one in _TENSES), *(one in takes.split() for one in _TAKES)]
