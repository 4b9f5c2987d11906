"""Wire copy and updates: containment by hand, direction, and who never counts."""

import warnings
from dataclasses import replace

import pytest

from crossframe.matching.copies import find_copies
from crossframe.records import Article

WORDS = [f"w{number}" for number in range(40)]


def article(
    id: str, first: int, last: int, *, outlet: str = "", event: str = "e", day: str | None = None
) -> Article:
    """Return an article made of the words `first` to `last`."""
    return Article(id, event, outlet or id, "", " ".join(WORDS[first:last]), published=day)


def test_share_is_containment() -> None:
    """Of 16 five-grams of the copy (20 words) 11 stand in the source: 15 words in common."""
    copies = find_copies([article("a", 0, 35), article("b", 20, 40)])
    assert copies.copy_of == ("", "a")
    assert copies.copied_share.tolist() == pytest.approx([11 / 31, 11 / 16])


def test_half_is_the_threshold() -> None:
    """With 8 of 16 an article is a copy, with 7 of 16 it is not."""
    assert find_copies([article("a", 0, 32), article("b", 20, 40)]).copy_of == ("", "a")
    assert find_copies([article("a", 0, 31), article("b", 20, 40)]).copy_of == ("", "")


def test_later_of_two_equals_is_the_copy() -> None:
    """Dates decide between equals, then ids; the order of the articles does not matter."""
    early, late = article("z", 0, 20, day="2008-08-28"), article("a", 0, 20, day="2008-08-29")
    for order in ([early, late], [late, early]):
        found = find_copies(order)
        assert dict(zip(found.article, found.copy_of, strict=True)) == {"z": "", "a": "z"}
    assert find_copies([article("a", 0, 20), article("b", 0, 20)]).copy_of == ("", "a")


def test_times_of_a_day_decide_too() -> None:
    """Of two equals of a day the later hour is the copy, whatever the zones; a day without time decides nothing."""
    early, late = (
        article("z", 0, 20, day="2008-08-28T09:00:00Z"),
        article("a", 0, 20, day="2008-08-28T10:00:00Z"),
    )
    far = article("a", 0, 20, day="2008-08-28T11:00:00+03:00")
    assert find_copies([early, late]).copy_of == ("", "z")
    assert find_copies([early, far]).copy_of == ("a", "")
    assert find_copies([early, article("a", 0, 20, day="2008-08-28")]).copy_of == ("a", "")
    update = article("b", 0, 20, outlet="z", day="2008-08-28T10:00:00Z")
    assert versions(early, update) == {"b": "z"}


@pytest.mark.parametrize(
    ("wire", "paper", "copies"),
    [
        ((0, 20, "2026-05-04"), (0, 40, "2026-05-05"), {}),
        ((20, 40, "2026-05-04"), (0, 40, "2026-05-06"), {}),
        ((10, 30, "2026-05-04"), (0, 40, "2026-05-05"), {}),
        ((0, 16, "2025-12-31"), (0, 40, "2026-01-01"), {}),
        ((0, 24, "2026-05-04"), (0, 40, "2026-05-05"), {"paper": "wire"}),
        ((0, 20, "2026-05-05"), (0, 40, "2026-05-04"), {"wire": "paper"}),
        ((0, 20, "2026-05-04"), (0, 40, "2026-05-04"), {"wire": "paper"}),
        ((0, 20, None), (0, 40, None), {"wire": "paper"}),
        ((0, 20, "2026-05-04"), (0, 40, None), {"wire": "paper"}),
        ((0, 40, "2026-05-04"), (0, 20, "2026-05-05"), {"paper": "wire"}),
        ((0, 40, "2026-05-05"), (0, 20, "2026-05-04"), {}),
    ],
)
def test_the_earlier_is_never_the_copy(
    wire: tuple[int, int, str | None], paper: tuple[int, int, str | None], copies: dict[str, str]
) -> None:
    """An earlier story inside a longer, later article is the original; that is a copy where half of it is in the story."""
    both = [
        article(id, first, last, day=day) for id, (first, last, day) in (("wire", wire), ("paper", paper))
    ]
    for order in (both, both[::-1]):
        found = find_copies(order)
        assert {
            id: source for id, source in zip(found.article, found.copy_of, strict=True) if source
        } == copies


def test_three_equals_have_one_source() -> None:
    """Copies point at the source, not at each other."""
    assert find_copies([article(id, 0, 20) for id in "abc"]).copy_of == ("", "a", "a")


@pytest.mark.parametrize("change", [{"outlet": "a"}, {"event": "f"}])
def test_same_outlet_or_other_event_never_counts(change: dict[str, str]) -> None:
    """An outlet may repeat itself, and events are apart."""
    found = find_copies([article("a", 0, 20), article("b", 0, 20, **change)])
    assert found.copy_of == ("", "")
    assert found.copied_share.tolist() == [0.0, 0.0]


def directed(first: dict[str, str], second: dict[str, str]) -> tuple[str, str]:
    """Return the copy of two equal articles and by what that is known, the same in every order and under either id."""
    found = set()
    for ids in ("ab", "ba"):
        pair = [replace(article(id, 0, 20), **own) for id, own in zip(ids, (first, second), strict=True)]
        for order in (pair, pair[::-1]):
            [row] = [one for one in find_copies(order).rows() if one["copy_of"]]
            direction = str(row["copy_direction"])
            found.add(("" if direction == "unknown" else "ab"[ids.index(str(row["article"]))], direction))
    [one] = found
    return one


WIRE, PAPER = {"outlet": "volga-wire"}, {"outlet": "herald"}


@pytest.mark.parametrize(
    ("first", "second", "copy"),
    [
        ({"outlet": "reuters"}, PAPER, "b"),
        ({"outlet": "reuters.com"}, PAPER | {"byline": "Ann Poe"}, "b"),
        ({"outlet": "ap-news"}, PAPER | {"dateline": "QUAY, May 4 (AP)"}, "b"),
        ({"outlet": "associated-press"}, PAPER | {"byline": "By Ann Poe, AP"}, "b"),
        (PAPER | {"byline": "Agence France-Presse"}, {"outlet": "afp"}, "a"),
        (WIRE, PAPER | {"byline": "Ann Poe and Volga Wire"}, "b"),
        (WIRE, PAPER | {"dateline": "QUAY, May 4 (Volga Wire)"}, "b"),
        (WIRE | {"dateline": "QUAY, May 4 (Volga Wire)"}, PAPER, "b"),
        (WIRE | {"dateline": "QUAY (Volga Wire)"}, PAPER | {"dateline": "QUAY (Volga Wire)"}, "b"),
        ({"outlet": "reuters", "dateline": "QUAY (Reuters)"}, {"outlet": "afp", "byline": "Reuters"}, "b"),
        (WIRE | {"published": "2026-05-04"}, PAPER | {"published": "2026-05-04", "byline": "Volga Wire"}, "b"),
        ({"outlet": "reuters", "published": "2026-05-04"}, PAPER | {"published": None}, "b"),
    ],
)  # fmt: skip
def test_an_agency_is_the_original(first: dict[str, str], second: dict[str, str], copy: str) -> None:
    """Where dates tell nothing, an outlet that byline or dateline names, or that is an agency, has the original."""
    assert directed(first, second) == (copy, "agency")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (WIRE, PAPER),
        (WIRE | {"dateline": "VOLGA WIRE"}, PAPER),
        (PAPER | {"byline": "Ann Poe, Herald"}, WIRE),
        (PAPER | {"byline": "Reuters"}, WIRE | {"byline": "Reuters"}),
        (PAPER | {"byline": "Reuters"}, WIRE),
        ({"outlet": "pa"}, {"outlet": "afp"}),
        ({"outlet": "ap-valley"}, PAPER),
        (WIRE, PAPER | {"byline": "Anna Volga"}),
        ({"outlet": "post", "byline": "Herald"}, {"outlet": "herald", "byline": "Post"}),
        (WIRE | {"published": "2026-05-04"}, PAPER | {"published": "2026-05-04"}),
        (WIRE | {"published": "2026-05-04T09:00:00Z"}, PAPER | {"published": "2026-05-04"}),
        ({"outlet": "quay-afp-club"}, PAPER | {"byline": "Afp Smith"}),
    ],
)
def test_who_copied_may_be_unknown(first: dict[str, str], second: dict[str, str]) -> None:
    """Ids and lengths tell nothing; nor does an agency that is neither's outlet, or a paper's name over its own story."""
    assert directed(first, second) == ("", "unknown")


@pytest.mark.parametrize(
    ("opening", "direction"),
    [
        ("(Reuters) - ", "agency"),
        ("QUAY, May 4 (Reuters) — ", "agency"),
        ("Reuters – ", "agency"),
        ("The harbour - ", "unknown"),
        ("Many (all in Quay) said ", "unknown"),
        ("QUAY — ", "unknown"),
    ],
)
def test_a_dateline_left_in_the_text(opening: str, direction: str) -> None:
    """An agency that opens the text before a dash is its credit, too, as it is where a dateline was read."""
    agency = replace(article("a", 0, 20), outlet="thomson-reuters" if direction == "agency" else "wire")
    paper = article("b", 0, 20)
    paper = replace(paper, text=opening + paper.text)
    [row] = [one for one in find_copies([agency, paper]).rows() if one["copy_of"]]
    assert row["copy_direction"] == direction


@pytest.mark.parametrize(("day", "copy"), [("2026-05-05", "a"), ("2026-05-03", "b")])
def test_dates_come_before_agencies(day: str, copy: str) -> None:
    """What is published later is the copy, whoever is named."""
    first = {"outlet": "reuters", "published": day}
    second = PAPER | {"published": "2026-05-04", "dateline": "QUAY, May 4 (Reuters)"}
    assert directed(first, second) == (copy, "published")


def versions(*articles: Article) -> dict[str, str]:
    """Return what is found to update what, the same in every order."""
    ways = [find_copies(order) for order in (articles, articles[::-1])]
    found = [dict(zip(one.article, one.version_of, strict=True)) for one in ways]
    assert found[0] == found[1]
    return {id: source for id, source in found[0].items() if source}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0, 20, "2026-05-04"), (0, 24, "2026-05-05"), {"b": "a"}),
        ((0, 24, "2026-05-05"), (0, 20, "2026-05-04"), {"a": "b"}),
        ((0, 8, "2026-05-04"), (0, 40, "2026-05-04"), {"b": "a"}),
        ((0, 40, None), (0, 20, None), {"a": "b"}),
        ((0, 20, "2026-05-05"), (0, 24, None), {"a": "b"}),
        ((0, 20, None), (0, 20, None), {"b": "a"}),
        ((0, 24, None), (8, 40, None), {"b": "a"}),
        ((0, 20, None), (14, 40, None), {}),
        ((0, 20, "2026-05-04"), (20, 40, "2026-05-05"), {}),
    ],
)
def test_updates(
    first: tuple[int, int, str | None], second: tuple[int, int, str | None], expected: dict[str, str]
) -> None:
    """Half of either in the other makes the later, the longer, then the second by id an update, whatever it adds."""
    pair = [
        article(id, low, high, outlet="post", day=day)
        for id, (low, high, day) in zip("ab", (first, second), strict=True)
    ]
    assert versions(*pair) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((0, 30, None), (0, 25, "2008-08-28T09:00:00Z")),
        ((0, 30, "2008-08-28T09:00:00Z"), (0, 25, "2008-08-28T11:30:00Z")),
        ((0, 30, "2008-08-28T10:00:00Z"), (0, 25, "2008-08-28T10:00:00-04:00")),
        ((0, 30, "2008-08-28T09:00:00Z"), (0, 25, "2008-08-29")),
        ((0, 25, "2008-08-28T09:00:00Z"), (0, 30, "2008-08-28T09:00:00Z")),
    ],
)
def test_the_last_update_counts(
    first: tuple[int, int, str | None], second: tuple[int, int, str | None]
) -> None:
    """Of two versions that were first published at one time the last updated is the later, though it be shorter."""
    one, other = (
        replace(article(id, start, end, outlet="o", day="2008-08-28T07:00:00Z"), updated=updated)
        for id, (start, end, updated) in (("b", first), ("a", second))
    )
    assert versions(one, other) == {"a": "b"}


def test_an_update_makes_no_copy() -> None:
    """Whose story it was is decided by when it was published, not by when it was last changed."""
    source = replace(article("b", 0, 20, day="2008-08-28T07:00:00Z"), updated="2008-08-28T20:00:00Z")
    assert find_copies([source, article("a", 0, 20, day="2008-08-28T12:00:00Z")]).copy_of == ("", "b")


def test_updates_make_a_chain_within_outlet_and_event() -> None:
    """Each update names the one before it; other outlets and other events are no versions, and versions no copies."""
    chain = [article(id, 0, 20 + n, outlet="post", day=f"2026-05-0{n}") for n, id in enumerate("cab", 1)]
    others = [article("d", 0, 20, outlet="wire", day="2026-05-09"), article("e", 0, 20, event="f")]
    assert versions(*chain, *others) == {"a": "c", "b": "a"}
    found = find_copies(chain)
    assert found.copy_of == ("", "", "")
    assert found.copied_share.tolist() == [0.0, 0.0, 0.0]


def test_too_short_for_a_shingle() -> None:
    """Fewer than five words are never a copy, and no articles make no rows."""
    assert find_copies([article("a", 0, 4), article("b", 0, 4)]).copy_of == ("", "")
    assert len(find_copies([])) == 0


def test_the_packaged_copy_is_found(georgia: object) -> None:
    """In the packaged corpus one outlet reprints parts of another, and no other outlet does."""
    from crossframe.reading.corpus.folders import read_folder

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        copies = find_copies(read_folder(georgia).articles)  # type: ignore[arg-type]
    assert sum(bool(source) for source in copies.copy_of) == 1
    [copy] = [row for row in copies.rows() if row["copy_of"]]
    for row in copies.rows():
        assert (row["copied_share"] > 0.3) is (row["article"] in (copy["article"], copy["copy_of"]))
