"""Grouping articles into events: planted truth found in any order, dates as evidence, doubtful places named."""

import datetime
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from crossframe.matching import events
from crossframe.matching.events import (
    EVERY,
    WINDOW_DAYS,
    Evidence,
    average_linkage,
    find_misfits,
    group_articles,
)
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import Article
from crossframe.statistics.metrics import b_cubed
from crossframe.synthetic import make_press

SNOW = "Snow fell on the high pass in May, and the weather office closed the road to all lorries."
VOTE = "Parliament voted on the pension bill, and the opposition walked out before the count."
CAKE = "Beat eggs with sugar until pale, then fold in flour."


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
    cake = grouping.article.index("c-cake")
    assert math.isnan(grouping.similarity[cake])
    assert [why for why in grouping.misfit if why] == [grouping.misfit[cake]] == ["alone"]
    turned = group_articles(press()[::-1])
    assert dict(zip(turned.article, turned.event, strict=True)) == event


def test_dates_part_what_words_do_not() -> None:
    """Articles some days apart may tell one event, years apart the same words do not; an unknown date says nothing."""
    day = datetime.date(2020, 5, 4)
    articles = [
        Article("a", "x", "a", "Snow closes the high pass", f"{SNOW} Two drivers spent the night in a hut."),
        Article(
            "b", "x", "b", "Winter is back", "Hotels had opened early. Lorries wait at the high pass in snow."
        ),
    ]

    def probability(gap: int | None) -> float:
        second = None if gap is None else day + datetime.timedelta(days=gap)
        pair = [replace(articles[0], published=day), replace(articles[1], published=second)]
        return float(Evidence(pair).probability(EVERY)[0, 1])

    assert probability(0) == probability(WINDOW_DAYS) == probability(None)
    falling = [probability(gap) for gap in (3, 7, 30, 365, 3650)]
    assert falling == sorted(falling, reverse=True)
    assert len(set(falling)) == len(falling)
    odds = [math.log(p / (1 - p)) for p in falling[:2]]
    assert odds[0] - odds[1] == pytest.approx(1, abs=0.1)
    years = [replace(one, published=day.replace(year=2000 + 5 * i)) for i, one in enumerate(articles)]
    assert len(set(group_articles(years).event)) == 2
    assert len(set(group_articles(years, dates=False).event)) == 1


def test_small_and_empty(georgia: Path) -> None:
    """The five outlets of the packaged corpus tell one event; nothing and articles without words are no trouble."""
    assert len(set(group_articles(read_folder(georgia).articles).event)) == 1
    assert group_articles([]).event == ()
    wordless = [Article("a", "e", "o", "", "— !"), Article("b", "e", "p", "", "…")]
    assert len(set(group_articles(wordless).event)) == 2


def test_planted_events_are_found() -> None:
    """Invented events, reported by outlets that omit and reword, are found again; a foreign article is named.

    The invented press takes names and facts of all its events from short lists, so events share much.
    """
    articles = list(make_press(n_events=2, n_outlets=4, seed=3).corpus.articles)
    foreign = Article(
        "zz", "x", "outlet-1", "Ten cakes", "Beat eggs with sugar until pale, then fold in flour."
    )
    grouping = group_articles([*articles, foreign])
    assert grouping.misfit[-1] == "alone"
    assert grouping.event.count(grouping.event[-1]) == 1
    real = [*press()[:4]]
    truth = [one.id[2:] for one in real]
    assert b_cubed(truth, group_articles(real).event) == (1.0, 1.0, 1.0)


def test_doubtful_places_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An article nearer to another event, one far from its own, and one alone but near an event are distinguished."""
    same = np.array(
        [
            [1.00, 0.95, 0.95, 0.10, 0.10, 0.10],
            [0.95, 1.00, 0.70, 0.10, 0.10, 0.10],
            [0.95, 0.70, 1.00, 0.99, 0.60, 0.60],
            [0.10, 0.10, 0.99, 1.00, 0.90, 0.10],
            [0.10, 0.10, 0.60, 0.90, 1.00, 0.10],
            [0.10, 0.10, 0.60, 0.10, 0.10, 1.00],
        ]
    )

    class Planted:
        def probability(self, rows: slice | np.ndarray) -> np.ndarray:
            return same[rows].copy()

    label = np.array([0, 0, 0, 1, 1, 2])
    monkeypatch.setattr(events, "_BLOCK", 4)
    similarity, misfit = events._places(Planted(), label, ["e1", "e2", "e3"], np.ones(6))  # type: ignore[arg-type]
    assert similarity[:5].tolist() == [0.95, 0.825, 0.825, 0.9, 0.9]
    assert math.isnan(similarity[5])
    assert misfit == ["", "", "", "", "", "alone"]
    same[2, :2], same[5, 3:5] = 0.5, 0.7
    _, misfit = events._places(Planted(), label, ["e1", "e2", "e3"], np.ones(6))  # type: ignore[arg-type]
    assert misfit[2] == "nearer to e2 (0.80)"
    assert misfit[5] == "alone, near e2 (0.70)"
    same[2] = 0.4
    _, misfit = events._places(Planted(), label, ["e1", "e2", "e3"], np.ones(6))  # type: ignore[arg-type]
    assert misfit[2] == "far from its event"


@pytest.mark.parametrize(
    ("declared", "doubtful"),
    [
        ({"x": [SNOW, SNOW, SNOW]}, {}),
        ({"x": [SNOW, SNOW, CAKE]}, {"x-2": "far from its event"}),
        ({"x": [CAKE, VOTE, SNOW, SNOW]}, {"x-0": "far from its event", "x-1": "far from its event"}),
        ({"x": [SNOW, CAKE]}, {"x-0": "far from its event", "x-1": "far from its event"}),
        ({"x": [SNOW, SNOW, VOTE, VOTE]}, dict.fromkeys(("x-0", "x-1", "x-2", "x-3"), "far from its event")),
        ({"x": [SNOW, SNOW], "y": [VOTE, VOTE, SNOW]}, {"y-2": "nearer to x"}),
        ({"x": [SNOW, SNOW], "y": [CAKE]}, {"y-0": "alone"}),
        ({"x": [SNOW, SNOW], "y": [SNOW]}, {"y-0": "alone, near x"}),
        ({"x": [SNOW, SNOW], "y": [VOTE, VOTE]}, {}),
    ],
)
def test_doubtful_places_in_declared_events(declared: dict[str, list[str]], doubtful: dict[str, str]) -> None:
    """What is not of the largest part of its event is doubtful and the rest is not; an even split makes all doubtful."""
    listed = [
        Article(f"{event}-{n}", event, f"o{n}", "", text)
        for event, texts in declared.items()
        for n, text in enumerate(texts)
    ]
    for order in (listed, listed[::-1]):
        found = find_misfits(order)
        assert list(found) == [one.id for one in order]
        assert {id: why.partition(" (")[0] for id, why in found.items() if why} == doubtful
    assert find_misfits([]) == {}


def test_linking_in_parts_is_linking_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking within connected parts, in blocks, gives what average linkage of everything at once gives."""
    rng = np.random.default_rng(0)
    centre = rng.integers(0, 12, 60)
    apart = np.clip(np.abs(rng.normal(0.12, 0.1, (60, 60))) + 0.6 * (centre[:, None] != centre), 0, 1)
    same = np.round(1 - (apart + apart.T) / 2, 4)

    class Planted:
        def probability(self, rows: slice | np.ndarray, columns: slice | np.ndarray = EVERY) -> np.ndarray:
            return same[rows][:, columns].copy()

    monkeypatch.setattr(events, "_BLOCK", 7)
    found = events._link(Planted(), 60)  # type: ignore[arg-type]
    upper = 1 - same[np.triu_indices(60, 1)]
    whole = fcluster(linkage(upper, "average"), 1 - events.MIN_PROBABILITY + 1e-9, "distance")
    assert b_cubed(whole.tolist(), found.tolist()) == (1.0, 1.0, 1.0)
    assert found.tolist() == average_linkage(upper, events.MIN_PROBABILITY).tolist()
    assert 5 < len(set(found.tolist())) < 60
    firsts = list(dict.fromkeys(found.tolist()))
    assert firsts == sorted(firsts)
