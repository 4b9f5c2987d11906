"""Descriptions and whom they mean."""

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.records import Actor


def nominals(sentences, *declared: Actor) -> list[tuple[str, str]]:
    """Return text and actor of every description that was linked."""
    cast = find_actors(sentences, declared)
    documents = {article.id: article.document for article in sentences.articles}
    return [
        (documents[row["article"]][row["start"] : row["end"]], row["actor"])
        for row in cast.mentions.rows()
        if row["kind"] == "nominal"
    ]


POE = "Sen. Ann Poe, R-Iowa, met Gov. Bob Roe of Maine, a Democrat. Poe and Roe spoke. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The senator left.", [("The senator", "ann-poe")]),
        ("The Iowa Republican left.", [("The Iowa Republican", "ann-poe")]),
        ("They heard the Maine governor, and left.", [("the Maine governor", "bob-roe")]),
        ("“It was the Democrat’s plan,” he said.", [("the Democrat", "bob-roe")]),
        ("The lawmaker said no.", [("The lawmaker", "ann-poe")]),
        ("The former senator left.", []),
        ("The Ohio Republican left.", []),
        ("The young senator left.", []),
        ("The senator from Ohio left.", []),
        ("The senator, Tom Lee, left.", []),
        ("The senator Tom Lee left.", []),
        ("The senator aide left.", []),
        ("The Democrats left.", []),
        ("The politician left.", []),
    ],
)
def test_persons(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """A description is linked when all its words are said of the one person whom it fits, and of nobody else."""
    assert nominals(make_sentences(POE + text)) == expected


def test_told_by_another_outlet(make_sentences) -> None:
    """What one outlet tells of a person helps in the article of another, but not before the name."""
    sentences = make_sentences(POE, "The senator met a friend. Ann Poe smiled. The Iowa senator left.")
    assert nominals(sentences) == [("The Iowa senator", "ann-poe")]


def test_two_of_an_office(make_sentences) -> None:
    """Two senators in an article: "the senator" is nobody's."""
    assert nominals(make_sentences(POE + "Sen. Tom Lee spoke. The senator left. Lee smiled.")) == []


def test_work_of_several(make_sentences) -> None:
    """Of a work that an unnamed person of the story does too, nobody is taken."""
    text = "Ann Poe, a lawyer, sued. Poe won. {}The lawyer smiled."
    assert nominals(make_sentences(text.format(""))) == [("The lawyer", "ann-poe")]
    assert nominals(make_sentences(text.format("His lawyer wept. "))) == []


def test_declared(make_sentences) -> None:
    """Declared persons are linked like discovered ones."""
    jane = Actor("pm", "Jane Doe", (), "person")
    sentences = make_sentences("Prime Minister Jane Doe spoke. The prime minister left.")
    assert nominals(sentences, jane) == [("The prime minister", "pm")]
