"""What a quote reader marks, read as quotes: their contents, and where cue and source stand."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crossframe.errors import InputError
from crossframe.records import Sentences, Spans

Bounds = tuple[int, int]


class MarkedQuote(NamedTuple):
    """A quote as a reader marks it.

    Parameters
    ----------
    contents : tuple of (int, int)
        Its fragments in order, offsets in characters of the document.
    kind : str
        direct, indirect or mixed; "" leaves it to the quotation marks.
    cue : str
        Words of the cue; "" when there are none.
    source : (int, int) or None
        Where the words that name the speaker stand; None when they stand nowhere.
    speaker_text : str
        The words that name the speaker.
    cue_at : (int, int) or None
        Where the cue stands; None when it stands nowhere.
    """

    contents: tuple[Bounds, ...]
    kind: str = ""
    cue: str = ""
    source: Bounds | None = None
    speaker_text: str = ""
    cue_at: Bounds | None = None


def read_marked(sentences: Sentences, spans: Spans) -> dict[str, list[MarkedQuote]]:
    """Return by article the quotes that `spans` mark, in order of their contents.

    Where cue or source has no row of its own, it is the nearest place outside the content that has the words of ``cue``
    or ``speaker_text``.

    Raises
    ------
    InputError
        When a span lies outside its article, or its article is none of `sentences`.
    """
    documents = {article.id: article.document for article in sentences.articles}
    quotes: dict[tuple[str, str], list[dict]] = {}
    for number, row in enumerate(spans.rows()):
        if row["article"] not in documents or row["end"] > len(documents[row["article"]]):
            raise InputError(
                f"Invalid quote ({row['start']}, {row['end']}) of article {row['article']!r}. It must lie within the "
                "document of one of the articles read."
            )
        quotes.setdefault((row["article"], row["quote"] or f"#{number}"), []).append(row)
    marked: dict[str, list[MarkedQuote]] = {}
    for (article, _), rows in quotes.items():
        quote = _read_quote(documents[article], sorted(rows, key=lambda row: (row["start"], row["end"])))
        if quote.contents:
            marked.setdefault(article, []).append(quote)
    return {article: sorted(each, key=lambda one: one.contents) for article, each in marked.items()}


def _read_quote(document: str, rows: Sequence[dict]) -> MarkedQuote:
    contents = [row for row in rows if row["kind"] not in {"cue", "source"} and row["start"] < row["end"]]
    bounds = tuple((row["start"], row["end"]) for row in contents)
    places = [(row["start"], row["end"]) for row in rows if row["kind"] == "cue"]
    cues = [document[start:end] for start, end in places]
    cue = " ".join(cues) or next((row["cue"] for row in contents if row["cue"]), "")
    kind = next((row["kind"] for row in contents if row["kind"] != "content"), "")
    words = next((row["speaker_text"] for row in contents if row["speaker_text"]), "")
    sources = [(row["start"], row["end"]) for row in rows if row["kind"] == "source"]
    source = sources[0] if sources else nearest(document, words, *bounds[0]) if bounds else None
    cue_at = places[0] if places else nearest(document, cue, *bounds[0]) if bounds else None
    return MarkedQuote(bounds, kind, " ".join(cue.split()), source, words, cue_at)


def nearest(text: str, words: str, start: int, end: int) -> Bounds | None:
    """Return where `words` stand nearest to the stretch from `start` to `end` and outside it, None where they do not.

    Examples
    --------
    >>> nearest("He left, the cook said, and then he said no.", "he", 0, 7)
    (33, 35)
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    matches = re.finditer(rf"(?<!\w){pattern}(?!\w)", text) if pattern else iter(())
    outside = [match.span() for match in matches if match.end() <= start or match.start() >= end]
    return min(outside, key=lambda one: min(abs(start - one[1]), abs(one[0] - end)), default=None)
