"""Whose words a mention stands in: the author's, or a quoted speaker's."""

import numpy as np

from crossframe.records import AUTHOR, Spans, Texts
from crossframe.text import match_key

UNKNOWN = "unknown"


def assign_voices(mentions: Spans, quotes: Spans) -> Texts:
    """Return the voice of every mention.

    Parameters
    ----------
    mentions : Spans
        Mentions of actors.
    quotes : Spans
        Fragments of quotes in the same articles.

    Returns
    -------
    tuple of str
        Aligned with `mentions`: ``author``; inside a quote the speaker's actor id, else the words that name the
        speaker (`match_key`, without leading article), else ``unknown``. Where quotes overlap the shortest holds.

    Examples
    --------
    >>> quotes = Spans.from_rows([
    ...     {"article": "a", "start": 0, "end": 20, "kind": "direct", "quote": "q01", "speaker": "doe"}])
    >>> mentions = Spans.from_rows([
    ...     {"article": "a", "start": 5, "end": 9, "actor": "roe", "kind": "name"},
    ...     {"article": "a", "start": 30, "end": 34, "actor": "roe", "kind": "name"}])
    >>> assign_voices(mentions, quotes)
    ('doe', 'author')
    """
    by_article: dict[str, list[int]] = {}
    for row, article in enumerate(quotes.article):
        by_article.setdefault(article, []).append(row)
    voices = []
    for article, start, end in zip(mentions.article, mentions.start, mentions.end, strict=True):
        rows = np.array(by_article.get(article, []), dtype=np.int64)
        holding = rows[(quotes.start[rows] <= start) & (end <= quotes.end[rows])]
        if len(holding) == 0:
            voices.append(AUTHOR)
            continue
        row = int(min(holding, key=lambda one: (quotes.end[one] - quotes.start[one], one)))
        words = match_key(quotes.speaker_text[row]).removeprefix("the ")
        voices.append(quotes.speaker[row] or words or UNKNOWN)
    return tuple(voices)
