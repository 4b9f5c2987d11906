"""Names of persons that a finder cuts or misses are repeated; what is no name is not."""

import re

import pytest

from crossframe.attributing.find_actors import find_actors
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
        ("They met Premier Fia {Naomi Poe}.", ["Fia Naomi Poe"]),
        ("Then Premier Fiä {Naomi Poe} spoke. They met Fia {Naomi Poe}.", ["Fiä Naomi Poe", "Fia Naomi Poe"]),
        ("They met M. K. {Stahl}.", ["M. K. Stahl"]),
        ("M. K. {Stahl} spoke.", ["M. K. Stahl"]),
        ("He met Debret {Gebrem}. Debret bowed.", ["Debret Gebrem", "Debret"]),
        # what is no part of the name
        ("He met Debret {Ann Poe}. Debret bowed.", ["Ann Poe"]),
        ("He met Debret {Gebrem}. The debret bowed.", ["Gebrem"]),
        ("They met Premier Iowa {Ann Poe}.", ["Ann Poe"]),
        ("They sold Vitamin C {Poe}.", ["Poe"]),
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


@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        ("Lim Siew Chen won. It rained. “No,” Lim told us.", ["Lim Siew Chen"], ["Lim Siew Chen", "Lim"]),
        ("Kavi Subram won. Then Kavi left.", ["Kavi Subram"], ["Kavi Subram", "Kavi"]),
        ("Then Kavi left. Kavi Subram won.", ["Kavi Subram"], ["Kavi Subram"]),
        ("Rose Subram won. A rose fell. Then Rose left.", ["Rose Subram"], ["Rose Subram"]),
        ("Lim Siew Chen won. Then Lim Road was shut.", ["Lim Siew Chen"], ["Lim Siew Chen"]),
    ],
)
def test_short_forms(make_sentences, text: str, marked: list[str], found: list[str]) -> None:
    """A person's first word alone is a name behind the full one, unless the event has it as a word, too."""
    starts = [(text.index(name), name) for name in marked]
    rows = [{"article": "a0", "start": at, "end": at + len(name), "kind": "person"} for at, name in starts]
    names = describe_names(make_sentences(text), NameSpans.from_rows(rows))
    assert [name.text for name in names if name.text in found or name.text in marked] == found


@pytest.mark.parametrize(
    ("text", "marked", "actors"),
    [
        ("The Quay Strikers lost. The Strikers left.", {"Quay Strikers": "organisation"}, ["quay-strikers"]),
        ("StarField Media paid. Then StarField left.", {"StarField Media": "organisation", "StarField": "person"}, ["starfield-media"]),
        ("FC Kennem lost. It rained. Kennem left.", {"FC Kennem": "organisation", "Kennem": "person"}, ["fc-kennem"]),
        ("Lim Siew Chen won. It rained. Lim left.", {"Lim Siew Chen": "person"}, ["lim-siew-chen"]),
        ("Pyo Jiwon-un met us. Then Pyo left, and Pyo slept.", {"Pyo Jiwon-un": "organisation", "Pyo": "person"}, ["pyo-jiwon-un"]),
        ("Then Mr. Trunk left. The Trunk Foundation paid.", {"Trunk Foundation": "organisation", "Trunk": "person"}, []),
        ("Ann Trunk left. The Trunk Works paid. Trunk slept.", {"Trunk Works": "organisation", "Trunk": "person", "Ann Trunk": "person"}, ["ann-trunk"]),
    ],
)  # fmt: skip
def test_one_actor(make_sentences, text: str, marked: dict[str, str], actors: list[str]) -> None:
    """The short form and the full name are one actor; a person with a title, or whose full name is there, is no body."""
    sentences = make_sentences(f"It was late. {text}")
    document, taken, rows = sentences.articles[0].document, set(), []
    for name, kind in sorted(marked.items(), key=lambda one: -len(one[0])):
        at = document.find(name)
        while at >= 0:
            if at not in taken:
                rows.append({"article": "a0", "start": at, "end": at + len(name), "kind": kind})
                taken |= set(range(at, at + len(name)))
            at = document.find(name, at + 1)
    cast = find_actors(sentences, [], names=NameSpans.from_rows(rows))
    assert [actor.id for actor in cast.actors] == actors
