"""Wire copy: containment by hand, direction, and who never counts."""

import warnings

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


def test_three_equals_have_one_source() -> None:
    """Copies point at the source, not at each other."""
    assert find_copies([article(id, 0, 20) for id in "abc"]).copy_of == ("", "a", "a")


@pytest.mark.parametrize("change", [{"outlet": "a"}, {"event": "f"}])
def test_same_outlet_or_other_event_never_counts(change: dict[str, str]) -> None:
    """An outlet may repeat itself, and events are apart."""
    found = find_copies([article("a", 0, 20), article("b", 0, 20, **change)])
    assert found.copy_of == ("", "")
    assert found.copied_share.tolist() == [0.0, 0.0]


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
