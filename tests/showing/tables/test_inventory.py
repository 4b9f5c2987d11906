"""What there is by event and outlet: each of the six states, several articles in a cell, and which events come first."""

import pytest

from crossframe.showing.tables.inventory import Inventory, make_inventory, shorten_list

OUTLETS = ("courier", "gazette", "herald")


def row(event: str, outlet: str, n: int = 1, **remarks: str) -> dict[str, str]:
    """Return a row of the table of articles."""
    blank = {"misfit": "", "copy_of": "", "copy_direction": "", "version_of": "", "extent": ""}
    return {"event": event, "outlet": outlet, "article": f"{outlet}-{event}-{n}", **blank, **remarks}


def harbour() -> Inventory:
    """Return a fire, on which every state occurs but `missing`, and a vote that one outlet alone reports."""
    rows = [
        row("fire", "herald", misfit="far from its event"),
        row("fire", "courier", copy_of="gazette-fire-1"),
        row("fire", "gazette", 2, version_of="gazette-fire-1"),
        row("fire", "gazette"),
        row("vote", "gazette", extent="full"),
        row("vote", "herald", extent="teaser"),
    ]
    return make_inventory(rows, ("lighthouse", *OUTLETS))


@pytest.mark.parametrize(
    ("event", "outlet", "state", "shown"),
    [
        ("vote", "gazette", "there", "there"),
        ("vote", "lighthouse", "missing", "missing"),
        ("fire", "herald", "doubtful", "doubtful"),
        ("fire", "courier", "copied", "copied"),
        ("fire", "gazette", "updated", "2, 1 updated"),
        ("vote", "herald", "partial", "partial"),
    ],
)
def test_the_six_states(event: str, outlet: str, state: str, shown: str) -> None:
    """An article is there, doubtful, copied, updated or there in part by what its row says; an outlet without one is missing."""
    found = harbour()
    cell = found.cells[event][found.outlets.index(outlet)]
    assert (cell.state, str(cell)) == (state, shown)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([{}, {}], "2 there"),
        ([{}, {}, {"copy_of": "x"}, {"copy_of": "y"}], "4, 2 copied"),
        ([{"version_of": "x", "misfit": "alone"}], "doubtful, updated"),
        ([{"extent": "abstract"}, {"extent": "summary"}, {"extent": "full"}, {}], "4, 2 partial"),
        ([{"version_of": "x"}, {"copy_of": "x"}, {"misfit": "alone"}], "3, 1 doubtful, 1 copied, 1 updated"),
    ],
)  # fmt: skip
def test_several_remarks_in_a_cell(rows: list[dict[str, str]], shown: str) -> None:
    """Articles are counted, remarks in order of their weight; the order of the rows does not matter."""
    listed = [row("fire", "herald", n, **remarks) for n, remarks in enumerate(rows)]
    for order in (listed, listed[::-1]):
        [[cell]] = make_inventory(order, []).cells.values()
        assert str(cell) == shown


def test_numbers_and_names() -> None:
    """Counts add up over events and outlets; every remark names its article, outlet and reason; an empty one has no list."""
    found = harbour()
    assert found.outlets == ("courier", "gazette", "herald", "lighthouse")
    assert found.summary == (
        "6 articles, 2 events, 4 outlets; 1 doubtful, 1 copied, 1 updated, 1 partial; no article in 3 of 8 cells"
    )
    assert found.details == {
        "doubtful": ("herald-fire-1 of herald (far from its event)",),
        "copied": ("courier-fire-1 of courier (copy of gazette-fire-1)",),
        "updated": ("gazette-fire-2 of gazette (version of gazette-fire-1)",),
        "partial": ("herald-vote-1 of herald (teaser)",),
    }
    assert list(found.count("fire").values()) == [4, 3, 1, 1, 1, 1, 0]
    assert list(found.count("vote").values()) == [2, 2, 2, 0, 0, 0, 1]
    assert found.count_missing() == [("lighthouse", 2), ("courier", 1)]
    assert make_inventory([row("vote", "gazette")], []).details == {}


@pytest.mark.parametrize(
    ("direction", "courier", "gazette"),
    [
        ("published", "copy of gazette-fire-1, by date", None),
        ("agency", "copy of gazette-fire-1, an agency article", None),
        ("", "copy of gazette-fire-1", None),
        (
            "unknown",
            "shares text with gazette-fire-1; which of the two copied is not known",
            "shares text with courier-fire-1; which of the two copied is not known",
        ),
    ],
)
def test_who_copied(direction: str, courier: str, gazette: str | None) -> None:
    """Of two that share text the copy alone is called copied, with how that is known; both are where it is not."""
    rows = [
        row("fire", "courier", copy_of="gazette-fire-1", copy_direction=direction),
        row("fire", "gazette"),
    ]
    found = make_inventory(rows, ())
    expected = {"courier": courier} | ({"gazette": gazette} if gazette else {})
    assert found.details["copied"] == tuple(
        f"{outlet}-fire-1 of {outlet} ({reason})" for outlet, reason in expected.items()
    )
    assert [str(cell) for cell in found.cells["fire"]] == ["copied", "copied" if gazette else "there"]


def test_the_events_to_look_at_first() -> None:
    """Of too many events those with doubtful articles are shown, then copied or updated, then missing ones, in their order."""
    rows = [row(f"e{n}", outlet) for n in range(6) for outlet in OUTLETS]
    rows[3 * 5] |= {"misfit": "alone"}
    rows[3 * 1] |= {"copy_of": "x"}
    rows[3 * 3] |= {"version_of": "x"}
    found = make_inventory([one for one in rows if one["article"] != "herald-e4-1"], OUTLETS)
    shown = [found.choose_events(n) for n in range(1, 7)]
    assert shown[:4] == [["e5"], ["e1", "e5"], ["e1", "e3", "e5"], ["e1", "e3", "e4", "e5"]]
    assert shown[5] == found.choose_events(99) == sorted(found.cells)


def test_a_long_list_is_cut() -> None:
    """What does not fit is counted; what fits stays whole."""
    assert shorten_list("abcd", 3) == ["a", "b", "c", "1 more"]
    assert shorten_list("abc", 3) == ["a", "b", "c"]
    assert shorten_list("", 3) == []
