"""Quotation marks in pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe.attributing.syntax.quotation_marks import pair_marks


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"One," he said, "two."', ['"One,"', '"two."']),
        ("“One,” he said, “two.”", ["“One,”", "“two.”"]),
        ("«Un», „zwei“", ["«Un»", "„zwei“"]),
        ("“He said ‘no’ and “yes” to me.”", ["“He said ‘no’ and “yes” to me.”"]),
        ("'Enough,' he said of Jane's and the states' plan.", ["'Enough,'"]),
        ("‘Enough is enough,’ she said; it’s the ’90s.", ["‘Enough is enough,’"]),
        ("''Enough,'' he said.", ["''Enough,''"]),
        ("It is 6' 2\" tall.", []),
        ('A "broken line.\n"A whole one," he said.', ['"A whole one,"']),
        ("A closing” mark.", []),
        ('"Mixed,” he said. “Other," too.', ['"Mixed,”', '“Other,"']),
        ("", []),
    ],
)
def test_pair_marks(text: str, quoted: list[str]) -> None:
    """Straight, curly, nested, single and unbalanced marks; apostrophes are no marks."""
    assert [text[one.start : one.end] for one in pair_marks(text)] == quoted


def test_over_paragraphs() -> None:
    """A quotation whose paragraphs all open, and of which the last closes, goes on from one to the next."""
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    assert [(text[one.start : one.end], one.goes_on) for one in pair_marks(text)] == [
        ("“One.", True),
        ("“Two.", True),
        ("“Three,”", False),
    ]


def test_paragraphs_without_marks() -> None:
    """A curly mark may close a quotation whose later paragraphs open with none; a straight one may not."""
    text = "Doe wrote: “One.\n\nTwo.\n\nThree,” he said. Four."
    assert [(text[one.start : one.end], one.goes_on) for one in pair_marks(text)] == [
        ("“One.", True),
        ("Two.", True),
        ("Three,”", False),
    ]
    assert pair_marks('Doe wrote: "One.\n\nTwo.\n\nThree," he said.') == []
    assert pair_marks("Doe wrote: “One.\n\nTwo “three” four.\n\nFive.”")[0].start > 12


def test_single_closes_before_double() -> None:
    """Of three single marks the first closes what is nested."""
    text = "QQI said 'go,QQQ he said.".replace("Q", "'")
    assert [text[one.start : one.end] for one in pair_marks(text)] == [text[:-9]]


@given(st.text(alphabet=st.sampled_from("ab \n\"“”'’‘.,«»„"), max_size=60))
def test_any_text(text: str) -> None:
    """Whatever the marks, stretches lie inside the text, in order, and never overlap."""
    last = 0
    for one in pair_marks(text):
        assert last <= one.start < one.end <= len(text)
        last = one.end
