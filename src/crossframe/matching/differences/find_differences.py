"""What differs inside the aligned pairs of an event, and which pairs are conflicts for it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crossframe.matching.differences.number import Found, find_numbers
from crossframe.matching.differences.phrasing import Spans, find_certainty, find_details, find_wording
from crossframe.matching.differences.polarity import find_polarity, find_quantifiers
from crossframe.matching.differences.roles import find_roles
from crossframe.matching.differences.word_alignment import Word, WordAlignment, align_words
from crossframe.records import AUTHOR, CONFLICT, CONFLICTS, Alignment, Differences, Sentences, Stretches

_ENGLISH = ("", "en")


def find_differences(alignment: Alignment, stretches: Stretches | None = None) -> Differences:
    """Return what differs inside the aligned pairs of one event.

    Rules read English; pairs of which a side is in another language have no rows.

    Parameters
    ----------
    alignment : Alignment
        Of one event; only pairs that count as aligned are read.
    stretches : Stretches, optional
        Whose words the sentences are: what stands in the words of others is less than asserted by the outlet.

    Returns
    -------
    Differences
        With a probability of at least 0.5, in the order of pairs; left and right are the sides of ``alignment.keys()``.

    Examples
    --------
    >>> from crossframe.reading.text.split import split_sentences
    >>> from crossframe.records import Article
    >>> articles = [Article("a", "e", "x", "", "Nine people died."), Article("b", "e", "y", "", "Two people died.")]
    >>> pairs = Alignment(split_sentences(articles), [0], [1], [0.9], ("equivalent",))
    >>> [(row["kind"], row["left_start"], row["left_end"]) for row in find_differences(pairs).rows()]
    [('number', 0, 4)]
    """
    sentences = alignment.sentences
    quoted = _quoted_spans(stretches) if stretches is not None else {}
    rows = []
    for left, right, relation in _sides(alignment):
        if relation in ("none", "disputed"):
            continue
        if all((sentences.article_of(row).language or "") in _ENGLISH for row in (left, right)):
            spans = [_within(sentences, row, quoted) for row in (left, right)]
            rows += _describe_pair(sentences, left, right, spans)
    return Differences.from_rows(rows)


def mark_conflicts(alignment: Alignment, differences: Differences) -> Alignment:
    """Return `alignment` with the relations that `differences` imply.

    A pair with a difference in number, polarity or roles is a ``conflict``. An equivalent pair of which one side calls
    possible or alleged what the other states is ``partial``: who has read the one has not been told the other.
    """
    kinds: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in differences.rows():
        key = (row["left_article"], row["left_sentence"]), (row["right_article"], row["right_sentence"])
        kinds[key].add(row["kind"])
    relations = [
        CONFLICT
        if kinds[key] & set(CONFLICTS)
        else "partial"
        if relation == "equivalent" and "certainty" in kinds[key]
        else relation
        for key, relation in zip(alignment.keys(), alignment.relation, strict=True)
    ]
    return replace(alignment, relation=tuple(relations))


def _sides(alignment: Alignment) -> Iterator[tuple[int, int, str]]:
    """Yield the rows of every pair, the smaller key first, with its relation."""
    for left, right, relation in zip(
        alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True
    ):
        first, second = sorted((left, right), key=alignment.sentences.key)
        yield first, second, relation


def _quoted_spans(stretches: Stretches) -> dict[tuple[str, int], list[tuple[int, int]]]:
    spans = defaultdict(list)
    for row in stretches.rows():
        if row["voice"] != AUTHOR:
            spans[row["article"], row["sentence"]].append((row["start"], row["end"]))
    return spans


def _within(sentences: Sentences, row: int, quoted: dict[tuple[str, int], list[tuple[int, int]]]) -> Spans:
    """Return the quoted stretches of a sentence, offsets in characters of the sentence."""
    start = int(sentences.start[row])
    return [(first - start, last - start) for first, last in quoted.get(sentences.key(row), ())]


def _describe_pair(sentences: Sentences, left: int, right: int, quoted: list[Spans]) -> list[dict[str, Any]]:
    words = align_words(sentences.text[left], sentences.text[right])
    published = [sentences.article_of(row).day for row in (left, right)]
    rows = []
    for kind, found in _find(words, published, quoted):
        row = {"kind": kind, "probability": found.probability, "asserting": found.asserting}
        sides = (("left", left, words.left, found.left), ("right", right, words.right, found.right))
        for side, number, of_side, (first, last) in sides:
            article, sentence = sentences.key(number)
            offset = int(sentences.start[number])
            start, end = _offsets(of_side, first, last)
            row |= {
                f"{side}_article": article,
                f"{side}_sentence": sentence,
                f"{side}_start": offset + start,
                f"{side}_end": offset + end,
            }
        rows.append(row)
    return rows


def _offsets(words: tuple[Word, ...], first: int, last: int) -> tuple[int, int]:
    """Return the offsets of words in their sentence; of none (`last` before `first`) an empty stretch before `first`."""
    if last < first:
        at = words[first].start if first < len(words) else words[-1].end
        return at, at
    return words[first].start, words[last].end


def _find(words: WordAlignment, published: list[Any], quoted: list[Spans]) -> Iterator[tuple[str, Found]]:
    """Yield the differences of a pair by kind; what one kind explains, the next does not tell again."""
    conflicts = [("number", one) for one in (*find_numbers(words, *published), *find_quantifiers(words))]
    conflicts += [("roles", one) for one in find_roles(words)]
    for one in find_polarity(words):
        if not any(_meet(one, other) for _, other in conflicts):
            conflicts.append(("polarity", one))
    yield from conflicts
    for one in find_certainty(words, *quoted):
        if not any(kind == "polarity" and _meet(one, other) for kind, other in conflicts):
            yield "certainty", one
    for side, (first, last), probability in find_details(words):
        there, nothing = (first, last), (len(words.right if side == "left" else words.left), 0)
        detail = Found(*((there, nothing) if side == "left" else (nothing, there)), probability)
        if not any(_overlap(getattr(detail, side), getattr(one, side)) for _, one in conflicts):
            yield "detail", detail
    for one in find_wording(words):
        yield "wording", one


def _meet(one: Found, other: Found) -> bool:
    """Return whether two differences share words on both sides."""
    return _overlap(one.left, other.left) and _overlap(one.right, other.right)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
