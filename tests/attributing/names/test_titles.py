"""Titles inside what a finder marks, and what stands behind names."""

import pytest

from crossframe.attributing.names.from_spans import describe_names
from crossframe.attributing.names.titles import title_length
from crossframe.attributing.syntax.words import split_words
from crossframe.records import NameSpans


@pytest.mark.parametrize(
    ("marked", "length"),
    [
        ("Cpl. Poe", 1),
        ("Rear Adm. Poe", 2),
        ("Hon. Ann Poe", 1),
        ("ex-PM Poe", 1),
        ("Ms Roe", 1),
        ("Mme Roe", 1),
        ("Cpl. Roe", 0),
        ("General Mills", 0),
        ("Hunter Poe", 0),
        ("Justice Poe Foundation", 0),
        ("Ms Magazine", 0),
        ("Poe", 0),
        ("Ms", 0),
    ],
)
def test_title_length(marked: str, length: int) -> None:
    """Titles stand before somebody whom the event knows; forms of address before anybody."""
    kinds = {"poe": "person", "ann poe": "person", "mills": "organisation"}
    assert title_length(split_words(marked), kinds) == length


@pytest.mark.parametrize(
    ("text", "marked", "name"),
    [
        ("It was Ann Poe MP who left.", "Ann Poe MP", "Ann Poe"),
        ("It was Ann Poe OBE FRS who left.", "Ann Poe OBE FRS", "Ann Poe"),
        ("It was Ann Poe PhD who left.", "Ann Poe PhD", "Ann Poe"),
        ("It was Ann Poe Jr. who left.", "Ann Poe Jr.", "Ann Poe Jr."),
        ("It was Yo-Yo Ma who left.", "Yo-Yo Ma", "Yo-Yo Ma"),
        ("It was MC HAMMER who left.", "MC HAMMER", "MC HAMMER"),
        ("It was Sgt. Poe who left. Poe left.", "Sgt. Poe", "Poe"),
    ],
)
def test_what_is_no_name(make_sentences, text: str, marked: str, name: str) -> None:
    """Seats, degrees and honours behind a name are no part of it; suffixes and surnames are."""
    start = text.index(marked)
    row = {"article": "a0", "start": start, "end": start + len(marked), "kind": "person", "probability": 0.9}
    names = describe_names(make_sentences(text), NameSpans.from_rows([row]))
    assert name in [one.text for one in names if one.start <= text.index(name) < one.end]
