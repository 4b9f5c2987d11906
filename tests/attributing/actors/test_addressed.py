"""A man and a woman of one surname: who is an actor by form of address, and whom the surname alone means."""

import pytest

from crossframe.attributing.actors.addressed import find_addressed
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Sentences


@pytest.mark.parametrize(
    ("text", "full", "found"),
    [
        ("Mr. Poe met Mrs. Poe.", (), ["Mrs Poe", "Mr Poe"]),
        ("Mr. Poe left. Mrs. Poe wept. Ms. Poe slept. Ms. Poe left.", ("Bob Poe",), ["Ms Poe"]),
        ("Mr. Bob Poe left. Mrs. Poe wept.", ("Bob Poe",), ["Mrs Poe"]),
        ("Mrs. Poe left.", ("Bob Poe",), []),
        ("Mrs. Poe left.", ("Ann Poe",), []),
        ("Mr. Poe met Mrs. Poe.", ("Ann Poe", "Bob Poe"), []),
        ("Mr. Poe met Mrs. Poe.", ("Ann Poe",), ["Mr Poe"]),
        ("Mr. Poe left. Mr. Poe slept.", (), []),
        ("Mrs. Poe left. Dr. Poe slept.", (), []),
        ("Zed Poe fled. Mr. Poe left. Mrs. Poe slept.", ("Zed Poe",), ["Mrs Poe"]),
        ("Zed Poe fled. Mrs. Poe slept.", ("Zed Poe",), []),
        ("Mrs. Poe left.", ("Bob Roe",), []),
        ("Lord Poe met Lady Poe.", (), ["Lady Poe", "Lord Poe"]),
    ],
)
def test_find_addressed(make_sentences, text: str, full: tuple[str, ...], found: list[str]) -> None:
    """Somebody of the other gender has the surname, and nobody of this one has it in a full name."""
    assert [one.name for one in find_addressed(spot_names(make_sentences(text)), full)] == found


def owners(sentences: Sentences, actors: list[str], words: str) -> list[str]:
    cast = find_actors(sentences, [])
    assert [actor.id for actor in cast.actors] == actors
    documents = {article.id: article.document for article in sentences.articles}
    rows = [row for row in cast.mentions.rows() if row["kind"] == "name"]
    return [row["actor"] for row in rows if documents[row["article"]][row["start"] : row["end"]] == words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bob Poe and Ann Poe met. Mr. Poe left. Ms. Poe slept. ", ["bob-poe", "ann-poe"]),
        (
            "Bob Poe and Ann Poe met. Then Poe said she had lost. Then Poe said he had won.",
            ["ann-poe", "bob-poe"],
        ),
        ("Bob Poe and Ann Poe met. Then Poe, 61, said that he had lost.", ["bob-poe"]),
        ("Bob Poe and Ann Poe met. Then Poe echoed his words.", []),
        ("Bob Poe and Ann Poe met. Then Ann Poe left. Then Poe slept.", ["ann-poe"]),
        ("Bob Poe and Ann Poe met. Then Bob Poe left. Then Poe slept.", ["bob-poe"]),
        ("Bob Poe and Ann Poe met. Then Poe slept.", []),
        ("Bob Poe and Ann Poe met. Then Poe told Jim Roe that he slept.", []),
        ("Bob Poe and Ann Poe met. Then Poe said: “She slept.”", []),
        ("Bob Poe and Ann Poe met. Then Bob Poe left. Poe later added that she had lied.", ["ann-poe"]),
        ("Bob Poe and Ann Poe met. Then Bob Poe left. Poe asked whether she had lied.", ["bob-poe"]),
        ("Bob Poe and Ann Poe met. Then Bob Poe left. Poe denied that she had lied.", ["bob-poe"]),
        ("Bob Poe and Ann Poe met. Then Bob Poe left. Poe alleged she had lied.", ["bob-poe"]),
        ("Bob Poe and Ann Poe met. Then Bob Poe left. Poe said why she had lied.", ["bob-poe"]),
        ("Bob Poe and Ann Poe met. Then Poe asked if she had lied.", []),
    ],
)
def test_surname_of_a_couple(make_sentences, text: str, expected: list[str]) -> None:
    """Title, pronoun and the last sentence that names one of them tell who is meant; else nobody is."""
    sentences = make_sentences(text, "Bob Poe and Ann Poe fled.")
    assert owners(sentences, ["ann-poe", "bob-poe"], "Poe") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bob Poe and Jim Poe met. Then Jim Poe left. Then Poe slept.", []),
        ("Bob Poe, Jim Poe and Ann Poe met. Then Ann Poe left. Then Poe slept.", []),
        ("Bob Poe, Jim Poe and Ann Poe met. Then Poe said she had lost.", ["ann-poe"]),
    ],
)
def test_surname_of_a_family(make_sentences, text: str, expected: list[str]) -> None:
    """Of brothers, and of more than two, the last sentence does not tell who is meant."""
    sentences = make_sentences(text, "Bob Poe, Jim Poe and Ann Poe fled.")
    cast = find_actors(sentences, [])
    documents = {article.id: article.document for article in sentences.articles}
    rows = [row for row in cast.mentions.rows() if row["kind"] == "name"]
    assert [
        row["actor"] for row in rows if documents[row["article"]][row["start"] : row["end"]] == "Poe"
    ] == expected


def test_wife_without_given_name(make_sentences) -> None:
    """Who is named by form of address alone is an actor beside the other, who has the surname alone."""
    sentences = make_sentences(
        "Bob Poe was jailed. Mr. Poe fell. Mrs. Poe wept. Mrs. Poe left. Then Poe slept.", "Bob Poe fled."
    )
    assert owners(sentences, ["bob-poe", "poe-woman-event"], "Poe") == [
        "bob-poe",
        *["poe-woman-event"] * 2,
        "bob-poe",
    ]
