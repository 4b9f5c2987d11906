"""Grouping articles into events: found without their declared events, written as an editable table."""

import math
from pathlib import Path

import pandas as pd
import pytest

from crossframe.matching.events import group_articles
from crossframe.reading.corpus import read_folder
from crossframe.records import Article, Corpus
from crossframe.studies.grouping import group_corpus

SNOW = "Snow fell on the high pass in May, and the weather office closed the road to all lorries."
VOTE = "Parliament voted on the pension bill, and the opposition walked out before the count."


def press() -> list[Article]:
    """Return two outlets' coverage of two events and an article of neither."""
    return [
        Article("a-snow", "x", "a", "Snow closes the pass", SNOW),
        Article("b-snow", "x", "b", "High pass closed by snow", f"Lorries must wait. {SNOW}"),
        Article("a-vote", "x", "a", "Pension bill passes", VOTE),
        Article("b-vote", "x", "b", "Opposition walks out of pension vote", f"{VOTE} It was loud."),
        Article(
            "c-cake", "x", "c", "Ten cakes", "Beat eggs with sugar until pale, then fold in flour and butter."
        ),
    ]


def test_events_are_found_in_any_order() -> None:
    """What tells the same story is one event; the order of articles does not matter; an article alone is alone."""
    grouping = group_articles(press())
    event = dict(zip(grouping.article, grouping.event, strict=True))
    assert event["a-snow"] == event["b-snow"] != event["a-vote"] == event["b-vote"]
    assert len(set(event.values())) == 3
    assert math.isnan(grouping.similarity[grouping.article.index("c-cake")])
    turned = group_articles(press()[::-1])
    assert dict(zip(turned.article, turned.event, strict=True)) == event


def test_the_table(tmp_path: Path) -> None:
    """The table is sorted by event and written as CSV that reads back the same."""
    table = group_corpus(Corpus("c", tuple(press())), tmp_path / "events.csv")
    assert list(table.columns) == ["event", "article", "outlet", "published", "title", "similarity"]
    assert table["event"].is_monotonic_increasing
    read = pd.read_csv(tmp_path / "events.csv", keep_default_na=False, dtype=str)
    assert read["event"].tolist() == table["event"].tolist()
    assert read["similarity"].tolist()[:-1] == [str(value) for value in table["similarity"][:-1]]


def test_one_event_stays_one(georgia: Path) -> None:
    """The five outlets of the packaged corpus tell one event."""
    assert len(set(group_articles(read_folder(georgia).articles).event)) == 1
    assert group_articles([]).event == ()
    assert (
        len(set(group_articles([Article("a", "e", "o", "", "— !"), Article("b", "e", "p", "", "…")]).event))
        == 2
    )


@pytest.mark.mirror
@pytest.mark.slow
def test_grouping_by_command_on_real_coverage(mirror: Path) -> None:
    """Most events of BASIL are found whole: three articles of three outlets."""
    from crossframe.reading.public import read_corpus

    table = group_corpus(read_corpus("basil"))
    sizes = table.groupby("event")["outlet"].nunique()
    assert (sizes == 3).sum() > 70
