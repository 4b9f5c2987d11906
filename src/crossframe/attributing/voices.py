"""Whose words every stretch of a sentence is: the author's, or a quoted speaker's."""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from crossframe.records import AUTHOR, Sentences, Spans, Stretches, Texts
from crossframe.text import match_key

UNKNOWN = "unknown"
_BARE_PRONOUNS = frozenset(
    ["he", "she", "they", "it", "we", "i", "you", "who", "that", "this", "which", "him", "her", "them"]
)
"""Words that name nobody by themselves: two unresolved pronouns need not mean one speaker."""


class _Piece(NamedTuple):
    """A stretch of a document with one voice: a fragment of a quote, or a row of the result."""

    start: int
    end: int
    voice: str
    speaker: str


def split_voices(sentences: Sentences, quotes: Spans) -> Stretches:
    """Cut every sentence where the voice changes.

    Parameters
    ----------
    sentences : Sentences
        Articles of one event.
    quotes : Spans
        Fragments of quotes in these articles, from `find_quotes`. Scare quotes are not among them, so they are the
        author's words.

    Returns
    -------
    Stretches
        In the order of `sentences`. The stretches of a sentence tile it: the first starts where it starts, each ends
        where the next one starts, the last ends where it ends; neighbours differ in voice. An empty sentence has none.
        ``voice`` is ``author``; inside a quote the speaker's actor id, else the words that name the speaker
        (`match_key`, without leading "the"), else, and for a bare pronoun, ``unknown``. Where quotes overlap, the
        innermost (shortest) counts.

    Examples
    --------
    >>> from crossframe import Article
    >>> article = Article("a", "e", "post", "", 'Doe said: "Roe told me \\'no\\'."')
    >>> quotes = Spans.from_rows([
    ...     {"article": "a", "start": 10, "end": 29, "kind": "direct", "quote": "q01", "speaker": "doe"},
    ...     {"article": "a", "start": 23, "end": 27, "kind": "direct", "quote": "q02", "speaker_text": "Roe"}])
    >>> stretches = split_voices(Sentences((article,), [0], [1], [0], [29]), quotes)
    >>> [(article.document[row["start"]:row["end"]], row["voice"]) for row in stretches.rows()]
    [('Doe said: ', 'author'), ('"Roe told me ', 'doe'), ("'no'", 'roe'), ('."', 'doe')]
    """
    quoted = _by_article(quotes)
    spans = zip(sentences.start.tolist(), sentences.end.tolist(), strict=True)
    rows = []
    for row, (start, end) in enumerate(spans):
        article, number = sentences.key(row)
        rows += [
            {"article": article, "sentence": number, **piece._asdict()}
            for piece in _cut(start, end, quoted.get(article, ()))
        ]
    return Stretches.from_rows(rows)


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
        Aligned with `mentions`: the voice of the stretch that contains the mention, as `split_voices` names it. A
        mention that spans several voices has that of the innermost quote that contains all of it, else the author's.

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
    quoted = _by_article(quotes)
    columns = zip(mentions.article, mentions.start.tolist(), mentions.end.tolist(), strict=True)
    return tuple(_voice_of(start, end, quoted.get(article, ())) for article, start, end in columns)


def _voice_of(start: int, end: int, quoted: Sequence[_Piece]) -> str:
    pieces = _cut(start, end, quoted)
    if len(pieces) == 1:
        return pieces[0].voice
    quote = _innermost(start, end, quoted)
    return quote.voice if quote else AUTHOR


def _cut(start: int, end: int, quoted: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces of [start, end), one per run of the same voice."""
    over = [one for one in quoted if one.start < end and start < one.end]
    borders = {at for one in over for at in (one.start, one.end) if start < at < end}
    pieces: list[_Piece] = []
    for low, high in pairwise(sorted({start, end} | borders)):
        quote = _innermost(low, high, over)
        pieces.append(quote._replace(start=low, end=high) if quote else _Piece(low, high, AUTHOR, ""))
    runs = (list(run) for _, run in groupby(pieces, key=lambda piece: piece.voice))
    return [run[0]._replace(end=run[-1].end) for run in runs]


def _innermost(start: int, end: int, quoted: Sequence[_Piece]) -> _Piece | None:
    """Return the shortest fragment that contains [start, end), the earlier of two; None where there is none."""
    containing = (one for one in quoted if one.start <= start and end <= one.end)
    return min(containing, key=lambda one: one.end - one.start, default=None)


def _by_article(quotes: Spans) -> Mapping[str, list[_Piece]]:
    pieces: dict[str, list[_Piece]] = {}
    for row in quotes.rows():
        voice = _name_voice(row["speaker"], row["speaker_text"])
        pieces.setdefault(row["article"], []).append(_Piece(row["start"], row["end"], voice, row["speaker"]))
    return pieces


def _name_voice(speaker: str, text: str) -> str:
    """Return the actor's id, else the words that name the speaker, kept apart from the voice of the article's author."""
    words = match_key(text).removeprefix("the ")
    if speaker or words in _BARE_PRONOUNS:
        return speaker or UNKNOWN
    return (f"the {words}" if words == AUTHOR else words) or UNKNOWN
