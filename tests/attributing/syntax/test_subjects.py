"""Words that are a verb's subject."""

import pytest

from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.subjects import (
    first_noun_phrase,
    inverts,
    noun_phrase_after,
    subject_before,
)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("It rained, but Jane Doe has also", "Jane Doe"),
        ("The minister, Jane Doe, ", "Jane Doe"),
        ("Jane Doe, a minister of trade and war, ", "Jane Doe"),
        ("The suit, which nobody read, ", "The suit"),
        ("In a statement, the ministry", "the ministry"),
        ("The council called on Roe to break with Poe, which two days before had", "which"),
        ("It praised Poe, which the council", "the council"),
        ("It praised Poe, which critics", "critics"),
        ("It praised Poe, which sometimes", "which"),
        ("It rained; the family", "the family"),
        ("Jane Doe has owned up to it and then", "Jane Doe"),
        ("Jane Doe left, but did", "Jane Doe"),
    ],
)
def test_subject_before(text: str, subject: str) -> None:
    """Adverbs, auxiliaries, appositions and relative clauses are looked past."""
    found = subject_before(text, len(text))
    assert found is not None
    assert text[slice(*found)] == subject


def test_no_subject() -> None:
    """Nothing before the verb: nobody."""
    assert subject_before("", 0) is None
    assert noun_phrase_after("said", 4) is None
    assert first_noun_phrase("", 0) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (" Jane Doe, a minister.", "Jane Doe"),
        (" Mr. Doe on Friday.", "Mr. Doe"),
        (" the man who left.", "the man"),
        (" Capt. Jane Doe of St. Olaf.", "Capt. Jane Doe of St. Olaf"),
        (" a person briefed on the plan.", "a person briefed on the plan"),
        (" a man arrested on Monday.", "a man arrested"),
    ],
)
def test_noun_phrase_after(text: str, phrase: str) -> None:
    """A phrase ends at a mark, a clause or an adverbial."""
    found = noun_phrase_after(text, 0)
    assert found is not None
    assert text[slice(*found)] == phrase


def test_first_noun_phrase() -> None:
    """A participle's subject is the subject of the clause before it."""
    text = "Asked about rain, Mr. Doe did not answer, "
    found = first_noun_phrase(text, len(text))
    assert found is not None
    assert text[slice(*found)] == "Mr. Doe"


QUOTE = MASK * 8


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (f"{QUOTE} ", " Jane Doe.", True),
        (f"{QUOTE} ", " the minister.", True),
        (f"{QUOTE} ", " former minister Jane Doe.", True),
        (f"{QUOTE} ", " on Friday.", False),
        ("It rained, ", " Doe.", True),
        ("It rained, ", " Doe had left.", False),
        (f"{QUOTE} Jane Doe, head of the guild, ", " Ohio Radio.", False),
        ("Doe, the minister, ", " Roe was wrong.", False),
        ("Doe, speaking for Roe, ", " the crowd.", False),
        ("Roe, the nominee, Jane Doe, ", " Sunday.", False),
        ("Doe ", " Roe.", False),
    ],
)
def test_inverts(left: str, right: str, expected: bool) -> None:
    """After a quotation or a comma the subject may follow; after an apposition it stands before."""
    assert inverts(left, right) is expected
