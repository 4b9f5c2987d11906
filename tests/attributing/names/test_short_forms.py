"""Names that the article introduces: what initials stand for, and short forms."""

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.from_spans import describe_names
from crossframe.records import NameSpans


@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        ("The Bharat Premier Trophy (BPT) began.", [], ["Bharat Premier Trophy"]),
        ("The March 3 Movement (M3M) advanced.", [], ["March 3 Movement"]),
        ("Friends of the Lower Valley (FLV) met.", [], ["Friends of the Lower Valley"]),
        ("He met the Quay Rowing Club (QRC).", ["Quay Rowing"], ["Quay Rowing Club"]),
        ("The vote in Quay (UK) was late.", [], []),
        ("She read it slowly (IRS).", [], []),
        ("Lim Siew Chen won. It rained. “No,” Lim told us.", ["Lim Siew Chen"], ["Lim Siew Chen", "Lim"]),
        ("Kavi Subram won. Then Kavi left.", ["Kavi Subram"], ["Kavi Subram", "Kavi"]),
        ("Then Kavi left. Kavi Subram won.", ["Kavi Subram"], ["Kavi Subram"]),
        ("Rose Subram won. A rose fell. Then Rose left.", ["Rose Subram"], ["Rose Subram"]),
        ("Lim Siew Chen won. Then Lim Road was shut.", ["Lim Siew Chen"], ["Lim Siew Chen"]),
    ],
)
def test_names(make_sentences, text: str, marked: list[str], found: list[str]) -> None:
    """Initials in brackets show the whole name; a first word alone is its bearer's behind the full name."""
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


def test_firm_of_a_family(make_sentences) -> None:
    """Who shares a firm with sons or partners is named by it, and no person."""
    cast = find_actors(make_sentences("It is by Venk Iyer and Sons. Then Venk Iyer and Sons left."), [])
    assert [(actor.id, actor.kind) for actor in cast.actors] == [("venk-iyer-and-sons", "organisation")]
