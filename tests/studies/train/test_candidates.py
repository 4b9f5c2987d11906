"""Mentions that may be labelled or learned from: names and nouns of actors where actors stand, not places and attributes."""

import pytest

from crossframe.records import Article
from crossframe.studies.train.candidates import find_candidates

pytestmark = pytest.mark.model


def mentions_in(text: str) -> list[tuple[str, str]]:
    """Return words and kind of every mention in a text of one sentence."""
    return [
        (text[start:end], kind)
        for found in find_candidates([Article("a", "e", "o", "", text)])
        for start, end, kind in found.mentions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Russia accused the Georgian government and Angela Merkel of a provocation.",
            [("Russia", "state"), ("Georgian government", "state"), ("Angela Merkel", "person")],
        ),
        ("Residents blamed the company for the flood on Monday.", [("Residents", "group"), ("company", "organisation")]),
        ("It has been raining in Russia for many days now.", []),  # a place
        ("The police chief said nothing at all on Monday.", []),  # an attribute
        ("Residents blamed it.", []),  # too short
    ],
)  # fmt: skip
def test_where_actors_stand(text: str, expected: list[tuple[str, str]]) -> None:
    """Every mention with its kind, in order; none where a name is a place or modifies another noun."""
    assert mentions_in(text) == expected


def test_sentences_are_those_of_their_articles() -> None:
    """Offsets are of the document, title included, whatever stands in the same batch."""
    articles = [
        Article("a", "e", "o", "Floods everywhere", "It rained. Residents blamed the company for the flood."),
        Article("b", "f", "o", "", "Nobody was there on Monday, they said. The company denied it on Tuesday evening."),
    ]  # fmt: skip
    found = list(find_candidates(articles))
    assert [(one.article.id, one.text) for one in found] == [
        ("a", "Residents blamed the company for the flood."),
        ("b", "The company denied it on Tuesday evening."),
    ]
    assert [[one.article.document[a:b] for a, b, _ in one.mentions] for one in found] == [
        ["Residents", "company"],
        ["company"],
    ]
