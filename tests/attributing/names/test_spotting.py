"""Names in running text."""

import pytest

from crossframe.attributing.names.spotting import spot_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday President Jane Doe spoke.", [("Jane Doe", "person", "president")]),
        (
            "The British Foreign Minister David Roe spoke.",
            [("David Roe", "person", "british foreign minister")],
        ),
        (
            "Officials of the Department of Foreign Affairs met.",
            [("Department of Foreign Affairs", "organisation", "")],
        ),
        (
            "He met Secretary of State Jane Doe of Iowa.",
            [("Jane Doe", "person", "secretary of state"), ("Iowa", "", "")],
        ),
        (
            "The House Energy and Commerce Committee met.",
            [("House Energy and Commerce Committee", "organisation", "")],
        ),
        ("They heard Sen. Peter King, R-Iowa, speak.", [("Peter King", "person", "sen")]),
        ("The Doe administration said no.", [("Doe administration", "organisation", "")]),
        ("He walked in the Rose Garden.", [("Rose Garden", "other", "")]),
        ("In August they met on Tuesday.", []),
        ("The Prime Minister and the Senator met.", []),
    ],
)
def test_spot_names(make_sentences, text: str, expected: list[tuple[str, str, str]]) -> None:
    """Titles, adjectives and calendar words are cut; connecting words hold names of bodies together."""
    assert [(name.text, name.kind, name.title) for name in spot_names(make_sentences(text))] == expected


def test_sentence_start(make_sentences) -> None:
    """A word at the beginning of a sentence is a name only when the event does not have it in lower case."""
    text = "Ministers met. Later the ministers met Doe. Doe left. Tomatoes rotted."
    names = spot_names(make_sentences(text))
    assert [(name.text, name.certain) for name in names] == [
        ("Doe", True),
        ("Doe", True),
        ("Tomatoes", False),
    ]


def test_owner_and_acronym(make_sentences) -> None:
    """A country's possessive owns the body after it; brackets give the acronym."""
    names = spot_names(make_sentences("We asked Georgia's Trade Ministry. The Group of Nine (G9) met."))
    assert [(name.text, name.owner, name.acronym) for name in names] == [
        ("Georgia", "", ""),
        ("Trade Ministry", "GE", ""),
        ("Group of Nine", "", "G9"),
        ("G9", "", ""),
    ]


def test_offsets_and_headlines(make_sentences) -> None:
    """Offsets count from the document's start, and title-case headlines are passed over."""
    sentences = make_sentences(("Jane Doe Meets Richard Roe Today", "Jane Doe met him."))
    names = spot_names(sentences)
    assert [sentences.articles[0].document[name.start : name.end] for name in names] == ["Jane Doe"]
    assert names[0].start > 30


def test_words_before_a_full_name(make_sentences) -> None:
    """A word before a full name that the event has without it is cut, and so is a place that ends a sentence."""
    sentences = make_sentences(
        "They met Ann Poe. He said that “Crooked Ann Poe” lied, he met in Washington, D.C. Poe left. "
        "They thanked Senators Bob Roe and Cy Lee."
    )
    assert [name.text for name in spot_names(sentences)] == [
        "Ann Poe", "Ann Poe", "Washington", "Poe", "Bob Roe", "Cy Lee",
    ]  # fmt: skip
