"""Whose words every stretch of a sentence is, and so every mention."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.voices import assign_voices, split_voices
from crossframe.records import Article, Sentences, Spans, Stretches

LENGTH = 60


def spans(*rows: tuple[str, int, int, str, str]) -> Spans:
    """Return quotes from (article, start, end, speaker, speaker_text)."""
    names = ("article", "start", "end", "speaker", "speaker_text")
    return Spans.from_rows({**dict(zip(names, row, strict=True)), "kind": "direct"} for row in rows)


def named(*rows: tuple[str, int, int]) -> Spans:
    """Return mentions from (article, start, end)."""
    return Spans.from_rows(
        {"article": article, "start": start, "end": end, "actor": "x", "kind": "name"}
        for article, start, end in rows
    )


def cut(*borders: int) -> Sentences:
    """Return an article cut into sentences at `borders`, pairs of start and end."""
    article = Article("a", "e", "post", "", "x" * LENGTH)
    starts, ends = borders[::2], borders[1::2]
    return Sentences((article,), [0] * len(starts), range(1, len(starts) + 1), starts, ends)


def voices_of(stretches: Stretches) -> list[tuple[int, int, str]]:
    """Return start, end and voice of every stretch."""
    return [(row["start"], row["end"], row["voice"]) for row in stretches.rows()]


# --- stretches ------------------------------------------------------------------------------------------


borders = some.tuples(some.integers(0, LENGTH), some.integers(0, LENGTH)).map(sorted)
speakers = some.sampled_from(["doe", "roe", ""])


@given(
    some.lists(some.tuples(borders, speakers), max_size=6), some.lists(some.integers(0, LENGTH), max_size=6)
)
def test_stretches_tile_their_sentences(fragments: list, cuts: list[int]) -> None:
    """However quotes lie, stretches tile every sentence, neighbours differ, and every character has its voice."""
    quotes = spans(*(("a", start, end, who, "") for (start, end), who in fragments))
    at = sorted(cuts)
    sentences = cut(*at[: len(at) // 2 * 2])
    stretches = split_voices(sentences, quotes)
    assert (stretches.start < stretches.end).all()
    for row in range(len(sentences)):
        own = [one for one in stretches.rows() if one["sentence"] == sentences.index[row]]
        ends = [int(sentences.start[row]), *(one["end"] for one in own)]
        assert [one["start"] for one in own] == ends[:-1]
        assert ends[-1] == sentences.end[row]
        assert all(one["voice"] != other["voice"] for one, other in pairwise(own))
        for one in own:
            for place in range(one["start"], one["end"]):
                over = [
                    (end - start, n) for n, ((start, end), _) in enumerate(fragments) if start <= place < end
                ]
                expected = fragments[min(over)[1]][1] or "unknown" if over else "author"
                assert one["voice"] == expected
            inside = named(("a", one["start"], one["end"]), ("a", one["start"], one["start"] + 1))
            assert assign_voices(inside, quotes) == (one["voice"],) * 2


def test_nested_quotes_and_several_sentences() -> None:
    """The innermost voice holds; a quote over sentences speaks in each of them; what lies between belongs to none."""
    quotes = spans(("a", 5, 30, "doe", ""), ("a", 10, 15, "", "The Ministry"), ("a", 50, 60, "doe", ""))
    assert voices_of(split_voices(cut(0, 20, 22, 40, 41, 41), quotes)) == [
        (0, 5, "author"),
        (5, 10, "doe"),
        (10, 15, "ministry"),
        (15, 20, "doe"),
        (22, 30, "doe"),
        (30, 40, "author"),
    ]


def test_speakers_are_ids_of_actors_only() -> None:
    """`speaker` names the actor; a speaker who is none has words for a voice only."""
    quotes = spans(("a", 0, 5, "doe", "Jane Doe"), ("a", 5, 9, "", "a baker"))
    stretches = split_voices(cut(0, 12), quotes)
    assert stretches.voice == ("doe", "a baker", "author")
    assert stretches.speaker == ("doe", "", "")


def test_scare_quotes_are_the_authors(make_sentences: Callable[..., Sentences]) -> None:
    """In running text a quotation is its speaker's, a scare quote the author's."""
    sentences = make_sentences('The so-called "reform" failed. "We will try again next year," said Jane Doe.')
    quotes = find_quotes(sentences, find_actors(sentences, ()))
    document = sentences.articles[0].document
    voices = {document[start:end]: voice for start, end, voice in voices_of(split_voices(sentences, quotes))}
    assert voices['The so-called "reform" failed.'] == "author"
    assert voices['"We will try again next year,"'] in ("jane-doe", "jane doe")


def test_nothing_in_nothing_out() -> None:
    """No sentences have no stretches; no quotes leave every sentence to the author."""
    assert len(split_voices(cut(), Spans())) == 0
    assert voices_of(split_voices(cut(0, 9, 9, 9), Spans())) == [(0, 9, "author")]


# --- mentions -------------------------------------------------------------------------------------------


def test_voices_of_mentions() -> None:
    """Author outside quotes; inside the id, else the words, else unknown; the shortest of nested quotes holds."""
    quotes = spans(
        ("a", 0, 50, "doe", "Doe"),
        ("a", 10, 20, "roe", "he"),
        ("b", 0, 9, "", "The  Ministry"),
        ("c", 0, 9, "", ""),
    )
    places = [("a", 2), ("a", 12), ("a", 48), ("a", 60), ("b", 1), ("c", 1), ("d", 1)]
    mentions = named(*((article, start, start + 3) for article, start in places))
    assert assign_voices(mentions, quotes) == (
        "doe",
        "roe",
        "author",
        "author",
        "ministry",
        "unknown",
        "author",
    )
    assert assign_voices(Spans(), Spans()) == ()


@pytest.mark.parametrize(
    ("start", "end", "voice"),
    [(8, 12, "doe"), (18, 22, "doe"), (45, 55, "author"), (10, 20, "roe"), (9, 20, "doe"), (12, 12, "roe")],
)
def test_a_mention_over_several_voices(start: int, end: int, voice: str) -> None:
    """It has the voice of the innermost quote that holds it whole, and is the author's where none does."""
    quotes = spans(("a", 0, 50, "doe", ""), ("a", 10, 20, "roe", ""))
    assert assign_voices(named(("a", start, end)), quotes) == (voice,)


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("the author", "the author"),
        ("Author", "the author"),
        ("He", "unknown"),
        ("  ", "unknown"),
        ("THE Mayor’s aide", "mayor's aide"),
    ],
)
def test_words_that_name_a_speaker(words: str, voice: str) -> None:
    """A quoted author is not the article's own, a bare pronoun names nobody."""
    assert assign_voices(named(("a", 1, 3)), spans(("a", 0, 9, "", words))) == (voice,)
