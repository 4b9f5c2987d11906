"""Tests of swaps: what kind of actor a target names, and sentences with another name in its place."""

import numpy as np
import pytest

from crossframe.errors import UnknownNameError
from crossframe.judging.probes.swaps import draw_swap, names_of, swap
from crossframe.judging.targets import NAMED_KINDS, StanceItem, kind_of


def target(marked: str) -> StanceItem:
    """Return the target that square brackets mark."""
    start, end = marked.index("["), marked.index("]")
    return StanceItem(marked[:start] + marked[start + 1 : end] + marked[end + 1 :], start, end - 1)


def marked(found: StanceItem) -> str:
    """Return the sentence with its target in square brackets."""
    return f"{found.text[: found.start]}[{found.text[found.start : found.end]}]{found.text[found.end :]}"


def test_names_are_of_their_kind() -> None:
    """Every listed name is read as the kind it stands for; none is listed twice."""
    for kind in NAMED_KINDS:
        names = names_of(kind)
        assert len(set(names)) == len(names) >= 12
        assert {kind_of(StanceItem(name, 0, len(name))) for name in names} == {kind}


def test_names_of_refuses_kinds_without_names() -> None:
    """Pronouns have no names."""
    with pytest.raises(UnknownNameError, match="Invalid kind of name 'pronoun'"):
        names_of("pronoun")


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("Then [Trump] left.", "Anna Keller", "Then [Keller] left."),
        ("Then [Donald Trump] left.", "Anna Keller", "Then [Anna Keller] left."),
        ("[President Donald Trump] left.", "Omar Haddad", "[President Omar Haddad] left."),
        ("[Mr. Trump] left.", "Anna Keller", "[Ms. Keller] left."),
        ("Mrs. [Clinton] left.", "Omar Haddad", "Mr. [Haddad] left."),
        ("Then Hillary [Clinton] left.", "Anna Keller", "Then [Anna Keller] left."),
        ("Then [Trump's] plan failed.", "Anna Keller", "Then [Keller's] plan failed."),
        ("Then [Trump]'s plan failed.", "Anna Keller", "Then [Keller]'s plan failed."),
        ("Then [Sanders]’ plan failed.", "Anna Keller", "Then [Keller]’s plan failed."),
        ("Then [John Poe, R-Iowa,] left.", "Anna Keller", "Then [Anna Keller, R-Iowa,] left."),
        ("[TRUMP]: I left.", "Anna Keller", "[KELLER]: I left."),
        ("[President Trump] left.", "the Central Bank", "[The Central Bank] left."),
        ("Then President [Trump] left.", "the Central Bank", "Then [the Central Bank] left."),
        ("Then [Mr. Trump’s] plan failed.", "Norway", "Then [Norway’s] plan failed."),
        ("The [FBI] denied it.", "Norway", "[Norway] denied it."),
        ("Then the [FBI] denied it.", "the Central Bank", "Then the [Central Bank] denied it."),
        ("Then [the White House] denied it.", "Omar Haddad", "Then [Omar Haddad] denied it."),
        ("They met a [Trump] aide.", "Chidi Okafor", "They met an [Okafor] aide."),
        ("They met a [Trump] aide.", "the Audit Office", "They met an [Audit Office] aide."),
        ("“[Trump] left,” he said.", "the Audit Office", "“[The Audit Office] left,” he said."),
        ("Then suspect [Poe] left.", "Norway", "Then [Norway] left."),
        ("And White House press secretary Sean [Spicer] left.", "Norway", "And [Norway] left."),
        (
            "It is the leader [Trump] admires.",
            "the Audit Office",
            "It is the leader [the Audit Office] admires.",
        ),
        ("He said that [Trump] left.", "the Audit Office", "He said that [the Audit Office] left."),
        ("They blame [Russia].", "Norway", "They blame [Norway]."),
    ],
)
def test_swap(before: str, name: str, after: str) -> None:
    """Another name stands in the target's place, grammar intact, and the offsets are its."""
    assert marked(swap(target(before), name)) == after


def test_swap_replaces_all_mentions_of_the_target() -> None:
    """Other mentions by name are replaced as well, pronouns stay; their offsets are those in the new sentence."""
    text = "President Trump said he knew; Trump lied."
    found = swap(StanceItem(text, 30, 35, ((0, 15), (21, 23))), "Yuko Tanabe")
    assert found.text == "President Tanabe said he knew; Tanabe lied."
    spans = [(found.start, found.end), *found.others]
    assert [found.text[start:end] for start, end in spans] == ["Tanabe", "President Tanabe", "he"]
    whole = swap(StanceItem(text, 30, 35, ((0, 15), (21, 23))), "the Central Bank")
    assert whole.text == "The Central Bank said he knew; the Central Bank lied."
    assert [whole.text[start:end] for start, end in whole.others] == ["The Central Bank", "he"]


@pytest.mark.parametrize("text", ["Then [he] left.", "Then [the president] left.", "[Poe and Doe] left."])
def test_swap_leaves_targets_without_a_name(text: str) -> None:
    """Pronouns, descriptions and several names stay as they are."""
    assert swap(target(text), "Anna Keller") == target(text)


def test_draw_swap_draws_by_seed_and_kind() -> None:
    """The same seed draws the same names; only the kinds asked for are drawn; kinds come up equally often."""
    given = target("They blame [Norway].")
    one, other = np.random.default_rng(3), np.random.default_rng(3)
    assert [draw_swap(given, one) for _ in range(9)] == [draw_swap(given, other) for _ in range(9)]
    drawn = [draw_swap(given, one, ["party"]) for _ in range(50)]
    assert {kind_of(found) for found in drawn} == {"party"}
    kinds = [kind_of(draw_swap(given, one)) for _ in range(400)]
    assert all(70 < kinds.count(kind) < 130 for kind in NAMED_KINDS)
