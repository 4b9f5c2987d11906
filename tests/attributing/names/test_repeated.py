"""Names of persons that a finder cuts or misses are repeated; what is no name is not."""

import re

import pytest

from crossframe.attributing.names.from_spans import describe_names
from crossframe.records import NameSpans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alderman Klaas ter {Poe} left. Klaas ter {Poe} slept.", ["Klaas ter Poe", "Klaas ter Poe"]),
        ("A court fined Marine {Le Poe}. Marine {Le Poe} left.", ["Marine Le Poe", "Marine Le Poe"]),
        ("Wen {Jiabo} left. They thanked {Wen Jiabo}.", ["Wen Jiabo", "Wen Jiabo"]),
        ("They called General Abdel {Fattah al-Poe}.", ["Abdel Fattah al-Poe"]),
        ("He met {Bong Joon-ro} twice. Bong {Joon Ro} won.", ["Bong Joon-ro", "Bong Joon Ro"]),
        ("Goh Chok Tun wept. {Goh} left.", ["Goh Chok Tun", "Goh"]),
        ("He saw {Gu Kailo}. Gu wept.", ["Gu Kailo", "Gu"]),
        ("They met {James} May.", ["James May"]),
        ("General To {Lamb} won. To {Lamb} slept.", ["To Lamb", "To Lamb"]),
        # what is no part of the name
        ("Critics {Poe} left. They met {Poe}.", ["Poe", "Poe"]),
        ("Then {Poe} left. Then {Poe} slept.", ["Poe", "Poe"]),
        ("They met {James} Friday.", ["James"]),
        ("Then Vice President-elect {Mike Poe} left.", ["Mike Poe"]),
        (
            "Under Presidents {Poe} and {Roe} it grew. They met Presidents {Poe} and {Roe}.",
            ["Poe", "Roe", "Poe", "Roe"],
        ),
        ("{W. Douglas Roe} left. “[W]e heard him,” he said.", ["W. Douglas Roe"]),
        ("They saw {Ann Poe} Tower. {Poe} left.", ["Ann Poe", "Poe"]),
        ("He met {Keith Roe}. Keith Poe left. {Roe} slept.", ["Keith Roe", "Roe"]),
        ("{Ann Poe} left. He read it in the park. Park rules are strict.", ["Ann Poe"]),
        ("{Rose Poe} left. {Poe} wept. The rose is red. Rose beds are in bloom.", ["Rose Poe", "Poe"]),
    ],
)
def test_repeated_names(text: str, expected: list[str], make_sentences) -> None:
    """A name is as long as the event shows it to be, wherever it stands; the words around it are left."""
    plain, spans = "", []
    for part in re.split(r"([{][^}]+[}])", text):
        if part.startswith("{"):
            spans.append((len(plain), len(plain) + len(part) - 2))
        plain += part.strip("{}")
    sentences = make_sentences(plain)
    marked = NameSpans.from_rows(
        {
            "article": sentences.articles[0].id,
            "start": start,
            "end": end,
            "kind": "person",
            "probability": 0.9,
        }
        for start, end in spans
    )
    assert [name.text for name in describe_names(sentences, marked)] == expected
