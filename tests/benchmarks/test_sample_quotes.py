"""The draw of passages that get reference labels of quotes: what may be drawn, in what order, and where readers disagree."""

from collections.abc import Sequence

import numpy as np
import pytest
from sample_quotes import (
    ITEMS,
    N_FIRST,
    Passage,
    choose,
    count_disputes,
    cut_passages,
    is_marked,
    leave_fresh,
    read_first,
    runs_of_words,
)

from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.records import Article, Sentences, Spans

PLAIN = "The mill stood by the river and turned all day long, winter and summer alike."
TOLD = "The miller said the plan was a farce."


def make_article(id: str, text: str = PLAIN, event: str = "") -> Article:
    """Return an article, by default of an event of its own."""
    return Article(id, event or id, "o", "", text)


def make_passage(article: str, split: str = "train") -> Passage:
    """Return a passage of an article."""
    return Passage("", "neus", article, 0, 9, split)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (TOLD, True),
        ("“Rain,” they shouted.", True),
        ("`` Rain '' fell .", True),
        ("Rain fell, according to Doe.", True),
        ("Doe warned of rain.", True),
        (PLAIN, False),
        ("The sayings of saints.", False),
        ("Doe's mill.", False),
    ],
)
def test_marked_texts(text: str, marked: bool) -> None:
    """A quotation mark or a common verb of saying, as a word of its own."""
    assert is_marked(text) is marked


def test_four_in_five_are_marked() -> None:
    """The first with marks, then the first without, in order; fewer where there are no more."""
    drawn = [(make_passage(f"a{n}"), make_article(f"a{n}", TOLD if n % 2 else PLAIN)) for n in range(20)]
    assert [one.article for one in choose(drawn, 5)] == ["a1", "a3", "a5", "a7", "a0"]
    assert [one.article for one in choose(drawn[:3], 10)] == ["a1", "a0", "a2"]


def test_texts_that_share_words_with_the_test_are_left_out() -> None:
    """Eight words in a row are too many, seven are not; an article that is too short has no passage."""
    text = "\n\n".join([PLAIN] * 4)
    articles = [make_article("long", text), make_article("short")]
    words = "by the river and turned all day long"
    rng = np.random.default_rng(0)
    assert cut_passages("neus", articles, runs_of_words(f"It stood {words}"), rng) == []
    ((passage, part),) = cut_passages(
        "neus", articles, runs_of_words("the river and turned all day long"), rng
    )
    assert (passage.article, passage.start, passage.end) == ("long", 0, len(text))
    assert (part.id, part.document) == ("neus.long", text)


def test_what_may_be_drawn_further() -> None:
    """No article twice, no story twice, no event of the dev split."""
    articles = [
        make_article(id, event=event)
        for id, event in zip("abcdefg", ("s1", "s1", "s2", "s3", "s3", "s4", "s4"), strict=True)
    ]
    first = [make_passage("a"), make_passage("f", "dev")]
    assert [one.id for one in leave_fresh(articles[::-1], articles, first)] == ["e", "c"]


class Marks:
    """Marks that the plan was a farce, and what else is given."""

    name = "marks"

    def __init__(self, *also: str) -> None:
        self.also = also

    def find(self, sentences: Sentences) -> Spans:
        """Return contents, and a cue, which is none."""
        rows = [
            {"article": one.id, "quote": f"{one.id}{words}", "kind": "cue" if words == "said" else "content",
             "start": one.document.index(words), "end": one.document.index(words) + len(words)}
            for one in sentences.articles
            for words in ("the plan was a farce", "said", *self.also)
            if words in one.document
        ]  # fmt: skip
        return Spans.from_rows(rows)


@pytest.mark.parametrize(("also", "expected"), [((), [0, 0]), (("The miller",), [1, 0]), (("The",), [1, 1])])
def test_disputes_by_hand(also: Sequence[str], expected: list[int]) -> None:
    """What one of the two reads alone counts, in each article."""
    articles = [make_article("a", TOLD), make_article("b")]
    assert list(count_disputes(articles, Marks(*also)).values()) == expected


def test_the_table_of_passages() -> None:
    """The first draw is 702 passages; those drawn further are for training, of other articles, and not of excluded stories."""
    rows = [row for _, row in read_tsv(ITEMS, ("id", "corpus", "article", "split"))]
    first, further = rows[:N_FIRST], rows[N_FIRST:]
    assert [one.id for one in read_first(ITEMS)] == [row["id"] for row in first]
    assert {(row["corpus"], row["split"]) for row in further} == {("ecbplus", "train"), ("neus", "train")}
    assert len(further) == 800
    assert not {row["article"] for row in first} & {row["article"] for row in further}
    stories = {row["article"].rpartition("-")[0] for row in further if row["corpus"] == "neus"}
    assert not stories & set(read_excluded_stories())
