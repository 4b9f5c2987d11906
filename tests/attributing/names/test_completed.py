"""Names of bodies that initials or "'s" complete."""

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
    ],
)
def test_names(make_sentences, text: str, marked: list[str], found: list[str]) -> None:
    """Initials in brackets show the whole name of a body."""
    starts = [(text.index(name), name) for name in marked]
    rows = [{"article": "a0", "start": at, "end": at + len(name), "kind": "person"} for at, name in starts]
    names = describe_names(make_sentences(text), NameSpans.from_rows(rows))
    assert [name.text for name in names if name.text in found or name.text in marked] == found


def test_firm_of_a_family(make_sentences) -> None:
    """Who shares a firm with sons or partners is named by it, and no person."""
    cast = find_actors(make_sentences("It is by Venk Iyer and Sons. Then Venk Iyer and Sons left."), [])
    assert [(actor.id, actor.kind) for actor in cast.actors] == [("venk-iyer-and-sons", "organisation")]
