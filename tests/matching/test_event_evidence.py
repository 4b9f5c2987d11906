"""Evidence on pairs of articles: nearness in time counts with what both name, strangers and years tell events apart."""

import datetime
from dataclasses import replace

import numpy as np
import pytest

from crossframe.matching.event_evidence import EVERY, SLOPES, Evidence, read_anchors, read_persons, stem
from crossframe.records import Article

DAY = datetime.date(2024, 5, 6)
ROE = Article(
    "a", "e", "x", "Roe elected", "Tom Roe won the mayoral election in Harbour Town.", published=DAY
)
BELL = Article("b", "e", "y", "Bell concedes", "Anna Bell conceded to Roe in Harbour Town.", published=DAY)
POE = Article(
    "c", "e", "x", "Poe elected", "Jane Poe won the mayoral election in Bridge Town.", published=DAY
)


def values(one: Article, other: Article, *, dates: bool = True) -> dict[str, float]:
    """Return the evidence on two articles, which must be the same in both directions."""
    found = Evidence([one, other], dates=dates).values(EVERY)
    assert all(np.allclose(value, value.T) for value in found.values())
    assert list(found) == list(SLOPES)
    return {name: float(value[0, 1]) for name, value in found.items()}


@pytest.mark.parametrize(("other", "strangers"), [(BELL, 0.0), (POE, 1.0)])
def test_strangers(other: Article, strangers: float) -> None:
    """Two articles that name persons are strangers where neither has one of the other's, however alike their words are."""
    assert values(ROE, other)["strangers"] == strangers
    nobody = replace(other, title="", text="The mayor of Harbour Town lost.")
    assert values(ROE, nobody)["strangers"] == 0


def test_near_and_gap() -> None:
    """Nearness is greatest within three days, gone at seven, and nothing without dates, as the gap is."""
    apart = [
        values(ROE, replace(BELL, published=DAY + datetime.timedelta(days))) for days in (0, 3, 5, 7, 365)
    ]
    assert apart[0]["near"] == apart[1]["near"] > apart[2]["near"] > apart[3]["near"] == apart[4]["near"] == 0
    assert [one["gap"] for one in apart[:2]] == [0, 0]
    assert apart[3]["gap"] == 1
    for unknown in (values(ROE, replace(BELL, published=None)), values(ROE, BELL, dates=False)):
        assert unknown["near"] == unknown["gap"] == 0


def test_rows_and_columns() -> None:
    """Any part of the table is the part of the whole."""
    evidence = Evidence([ROE, BELL, POE])
    whole = evidence.probability(EVERY)
    rows, columns = np.array([2, 0]), np.array([1, 2])
    assert np.array_equal(evidence.probability(rows, columns), whole[rows][:, columns])


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Drones struck the Ukrainian capital.", "Kyiv mourns.", {"@UA"}),
        ("Peru's police", "The Peruvian president", {"@PE"}),
        ("New Zealand voted.", "Voters in Wellington", {"@NZ"}),
        ("At least 14 died.", "Fourteen people died.", {"14"}),
        ("Two died on Monday.", "Two were hurt on Monday.", set()),
        ("The bus left the road.", "The bus left the road.", set()),
    ],
)
def test_what_two_texts_share(one: str, other: str, shared: set[str]) -> None:
    """A country is shared by name, adjective or capital, a figure in digits or words; days and small numbers are none."""
    assert set(read_anchors(one)) & set(read_anchors(other)) == shared


@pytest.mark.parametrize(
    ("text", "surnames"),
    [
        ("Tom Roe won; Anna Bell's lead was gone.", {"roe", "bell"}),
        ("Harbour Town voted.", set()),
        ("Tom, Roe and others", set()),
        ("", set()),
    ],
)
def test_persons(text: str, surnames: set[str]) -> None:
    """A surname stands directly behind a common given name."""
    assert read_persons(text) == surnames


def test_stems_of_anchors() -> None:
    """Persons and anchors have the same form, so that the one can be looked up among the other."""
    text = "Anna Jennings met Karl Peters."
    assert read_persons(text) <= set(read_anchors(text))
    assert stem("peters") == "peter"
