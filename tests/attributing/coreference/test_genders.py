"""Genders by what stands beside a name."""

import pytest

from crossframe.attributing.coreference.genders import decide_gender, gender_evidence, gender_of_description
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.records import Actor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sir Quill left.", {("address", "m")}),
        ("Baroness Quill left.", {("address", "f")}),
        ("King Quill left.", {("description", "m")}),
        ("Businesswoman Quill left.", {("description", "f")}),
        ("Roe and his wife Quill left.", {("description", "f")}),
        ("Roe’s late husband, Quill, left.", {("description", "m")}),
        ("Their youngest daughter, Quill, left.", {("description", "f")}),
        ("Roe told his wife, Quill said.", set()),
        ("Roe’s wife’s lawyer, Quill, left.", set()),
        ("Roe and his doctor, Quill, left.", set()),
        ("The woman Quill beat left.", set()),
        ("President Quill left.", set()),
        ("Sheikh Quill left.", set()),
    ],
)
def test_beside_a_surname(text: str, expected: set[tuple[str, str]]) -> None:
    """Address and relation show the gender; the noun of another clause or of another person does not."""
    start = text.index("Quill")
    assert set(gender_evidence(text, start, start + len("Quill"))) == expected


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("the actress and singer", "f"),
        ("a grandfather of six", "m"),
        ("the country’s first female premier", "f"),
        ("a lawyer for the actress", ""),
        ("the actress’s lawyer", ""),
        ("a Burger King manager", ""),
        ("a mother and a father", ""),
        ("the premier", ""),
    ],
)
def test_description(words: str, gender: str) -> None:
    """The head of a description shows the gender, not its complements, owners and names."""
    assert gender_of_description(words) == gender


def test_given_name_and_pronoun() -> None:
    """A full name is looked up by its given name; a pronoun that means the person shows the gender itself."""
    assert set(gender_evidence("Ann Poe left.", 0, 7)) == {("given name", "f")}
    assert set(gender_evidence("Then she left.", 5, 8)) == {("pronoun", "f")}


def test_decide() -> None:
    """The most reliable kind of evidence decides, and none where it contradicts itself."""
    assert decide_gender([("pronoun", "f"), ("address", "m")]) == "m"
    assert decide_gender([("address", "m"), ("address", "f"), ("description", "f")]) == ""
    assert decide_gender([]) == ""


@pytest.mark.parametrize(
    ("learned", "text", "speaker"),
    [
        (
            "Xanq Quill spoke. Then she left.",
            "Orlek Bexley, a grandfather, met Quill. “No,” she said.",
            "xanq-quill",
        ),
        ("Xanq Quill spoke. Then he left.", "Dame Orlek Bexley met Quill. “No,” he said.", "xanq-quill"),
        ("Ms. Xanq Quill spoke.", "Orlek Bexley’s son met Quill. “No,” she said.", ""),
        (
            "Xanq Quill spoke. Then she left.",
            "Orlek Bexley, a grandfather, met Quill. “No,” he said.",
            "orlek-bexley",
        ),
    ],
)
def test_speakers_have_the_gender_of_mentions(make_sentences, learned: str, text: str, speaker: str) -> None:
    """The gender that pronouns and titles of any article show tells who speaks, nobody where another may be meant."""
    sentences = make_sentences(
        learned, f"{text} It rained. Bexley slept.", "Xanq Quill and Orlek Bexley slept."
    )
    people = [Actor("xanq-quill", "Xanq Quill", ("Quill",), "person"), Actor("orlek-bexley", "Orlek Bexley", ("Bexley",), "person")]  # fmt: skip
    cast = find_actors(sentences, people)
    assert [row["speaker"] for row in find_quotes(sentences, cast).rows()] == [speaker]
