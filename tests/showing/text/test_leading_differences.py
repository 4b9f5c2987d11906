"""What differs most, in sentences: the rule by which it is chosen, and that nothing is written that the tables lack."""

from collections.abc import Mapping

import pandas as pd
import pytest

from crossframe.showing.tables.dividing_claims import list_dividing_claims
from crossframe.showing.tables.judged_counts import make_judgement_grid
from crossframe.showing.tables.schema import TABLES, typed_column
from crossframe.showing.text.leading_differences import isolate, list_leading_differences

OUTLETS = ("east", "north", "south")
Tables = Mapping[str, pd.DataFrame]
SCORES = {"-": (0.9, 0.05, 0.05), "0": (0.1, 0.8, 0.1), "+": (0.05, 0.05, 0.9)}


def make_tables(
    *,
    outlets: tuple[str, ...] = OUTLETS,
    judged: Mapping[tuple[str, str], str] | None = None,
    coverage: Mapping[str, str] | None = None,
    differences: list[tuple[str, str, str, str, str, str, float]] | None = None,
    names: Mapping[str, str] | None = None,
    copies: Mapping[str, str] | None = None,
    gap: float = 0.0,
) -> dict[str, pd.DataFrame]:
    """Return tables of one event.

    `judged` gives by (outlet, speaker) one sign per sentence about the actor "bell", with "?" behind an uncertain one;
    `coverage` by claim one letter per outlet: r (reported), l (left out), n (not found); `differences` rows of claim, left and
    right outlet, kind, left and right text, probability; `gap` is model minus labels of what "north" says of "bell".
    """
    names, copies = names or {}, copies or {}
    portrayal = []
    for (outlet, speaker), signs in (judged or {}).items():
        for number, (sign, doubt) in enumerate(zip(signs[::2], signs[1::2], strict=True)):
            negative, neutral, positive = SCORES[sign]
            portrayal.append(
                {
                    "event": "e", "outlet": outlet, "article": f"{outlet}-1", "sentence": number, "actor": "bell",
                    "speaker": speaker, "p_negative": negative, "p_neutral": neutral, "p_positive": positive,
                    "score": positive - negative, "certain": int(doubt != "?"),
                }
            )  # fmt: skip
    cells = [
        (claim, outlet, state)
        for claim, states in (coverage or {}).items()
        for outlet, state in zip(outlets, states, strict=True)
    ]
    rows: dict[str, list[dict[str, object]]] = {
        "outlets": [{"outlet": outlet, "name": names.get(outlet, outlet.title())} for outlet in outlets],
        "articles": [
            {"event": "e", "outlet": outlet, "article": f"{outlet}-1", "copy_of": f"{copies[outlet]}-1" if outlet in copies else "", "version_of": ""}
            for outlet in outlets
        ],
        "actors": [{"event": "e", "actor": "bell", "name": names.get("bell", "Ada Bell")}],
        "portrayal": portrayal,
        "coverage": [
            {"event": "e", "claim": claim, "label": f"Label of {claim}.", "outlet": outlet, "covered": int(state == "r"), "p_absent": 0.1 if state == "r" else 0.5}
            for claim, outlet, state in cells
        ],
        "estimates": [
            {"quantity": "omission", "event": "e", "claim": claim, "outlet": outlet, "estimate": 0.8}
            for claim, outlet, state in cells
            if state == "l"
        ]
        + [{"quantity": "portrayal_minus_labels", "event": "e", "outlet": "north", "actor": "bell", "voice": "outlet", "estimate": gap}],
        "differences": [
            {"event": "e", "claim": claim, "left_outlet": left, "right_outlet": right, "kind": kind, "left_text": one, "right_text": other, "probability": p}
            for claim, left, right, kind, one, other, p in differences or []
        ],
    }  # fmt: skip
    tables = {}
    for name, columns in TABLES.items():
        table = pd.DataFrame(rows.get(name, []), columns=list(columns), dtype=object)
        tables[name] = pd.DataFrame({column: typed_column(table[column], column) for column in columns})
    return tables


def list_texts(tables: Tables, n: int = 3) -> list[str]:
    """Return the sentences of an event."""
    return [one.text for one in list_leading_differences(tables, "e", n)]


def test_one_of_each_kind_comes_first() -> None:
    """Conflict, portrayal, claim left out and certainty come in this order, then the second of each."""
    tables = make_tables(
        judged={("north", "outlet"): "- - - 0 ", ("south", "outlet"): "0 0 0 0 "},
        coverage={"c1": "rrr", "c2": "rrl", "c3": "lrr", "c4": "rrr", "c5": "rrr"},
        differences=[
            ("c1", "north", "south", "number", "41 injured", "87", 0.6),
            ("c4", "north", "east", "polarity", "will sell", "will not sell", 0.9),
            ("c5", "east", "south", "certainty", "took", "allegedly", 0.5),
        ],
    )
    listed = list_leading_differences(tables, "e", 10)
    assert [one.kind for one in listed] == [
        "conflict",
        "portrayal",
        "left out",
        "certainty",
        "conflict",
        "left out",
    ]
    assert [one.claim for one in listed] == ["c4", "", "c2", "c5", "c1", "c3"]
    assert (
        listed[0].text
        == "Contradicting each other on “Label of c4.”: North “will sell”; East “will not sell”."
    )
    assert listed[1].text == (
        "In 3 of 4 sentences of its own words North charges Ada Bell with fault; South in 0 of 4 (model reading)."
    )
    assert listed[2].text == "South leaves out what East and North report: “Label of c2.” (certainty 0.80)."
    assert len(list_texts(tables)) == 3


@pytest.mark.parametrize(
    ("north", "south", "said"),
    [
        ("- - - ", "0 0 0 ", True),
        ("- - 0 ", "0 0 0 ", False),
        ("- - ", "0 0 0 0 0 0 ", False),
        ("- -?-?0 ", "0 0 0 0 ", False),
        ("- - - ", "0 0 -?", False),
        ("- - - 0 ", "- - - 0 ", False),
        ("+ + + ", "0 0 0 ", True),
    ],
    ids=[
        "clear",
        "one sentence decides",
        "two judged",
        "uncertain is no vote",
        "uncertain below",
        "equal",
        "merit",
    ],
)
@pytest.mark.parametrize("speaker", ["outlet", "quoted"])
def test_when_a_portrayal_is_put_in_words(north: str, south: str, said: bool, speaker: str) -> None:
    """Three judged sentences on both sides, and the order stays though one sentence of each were judged otherwise."""
    tables = make_tables(judged={("north", speaker): north, ("south", speaker): south})
    texts = list_texts(tables)
    assert len(texts) == int(said)
    if said:
        assert ("Quoted words: Ada Bell is" in texts[0]) == (speaker == "quoted")
        assert ("merit" in texts[0]) == north.startswith("+")
        assert "3 of 3" in texts[0]


def test_uncertain_sentences_are_named() -> None:
    """Those of the same label beside the certain ones are written as more, uncertain."""
    tables = make_tables(judged={("north", "outlet"): "- - - - -?", ("south", "outlet"): "0 0 0 0 -?"})
    [text] = list_texts(tables)
    assert "4 of 5 (1 more uncertain)" in text
    assert "0 of 5 (1 more uncertain)" in text


@pytest.mark.parametrize(("gap", "said"), [(-0.5, True), (0.1, False)])
def test_labels_that_part_from_the_model_are_said(gap: float, said: bool) -> None:
    """A cell whose labels' mean lies far from the model's is written as such."""
    tables = make_tables(judged={("north", "outlet"): "- - - ", ("south", "outlet"): "0 0 0 "}, gap=gap)
    assert ("labels part here" in list_texts(tables)[0]) == said


@pytest.mark.parametrize("outlets", [("north",), ("north", "south")])
def test_few_outlets_and_nothing_to_say(outlets: tuple[str, ...]) -> None:
    """One outlet, or two alike, without actors, conflicts or omissions: no sentence, no claim."""
    tables = make_tables(outlets=outlets, coverage={"c1": "r" * len(outlets)})
    assert list_texts(tables) == []
    assert list_dividing_claims(tables, "e") == []
    grid = make_judgement_grid(tables, "e")
    assert (grid.outlets, grid.cells, grid.longest) == (list(outlets), {}, 0)


def test_two_outlets_may_contradict_each_other() -> None:
    """Where no claim can be left out a conflict divides."""
    rows = [("c1", "north", "south", "roles", "the army", "rebels", 0.5)]
    tables = make_tables(outlets=("north", "south"), coverage={"c1": "rr"}, differences=rows)
    [claim] = list_dividing_claims(tables, "e")
    assert (claim.n_pairs, claim.n_conflicts, [cell.kinds for cell in claim.cells]) == (
        1,
        1,
        [("roles",)] * 2,
    )
    assert list_texts(tables) == [
        "Contradicting each other on “Label of c1.”: North “the army”; South “rebels”."
    ]


def test_copies_are_not_compared() -> None:
    """What sets a copying outlet apart is neither said nor counted."""
    tables = make_tables(
        judged={("north", "outlet"): "- - - ", ("south", "outlet"): "0 0 0 "},
        coverage={"c1": "rrl", "c2": "rrr"},
        differences=[("c2", "north", "south", "number", "1", "2", 0.9)],
        copies={"south": "east"},
    )
    assert list_texts(tables) == []
    assert list_dividing_claims(tables, "e") == []


def test_claims_that_divide_most_come_first() -> None:
    """Conflicts first, then pairs of outlets that are divided, ties in the order of claims; not found divides nobody."""
    outlets = ("a", "b", "c", "d")
    tables = make_tables(
        outlets=outlets,
        coverage={
            "c1": "rrrl",
            "c2": "rrll",
            "c3": "rrnn",
            "c4": "rrrr",
            "c5": "rlrl",
            "c6": "rrrr",
            "c7": "rrrr",
        },
        differences=[
            ("c4", "a", "b", "number", "1", "2", 0.5),
            ("c6", "a", "b", "certainty", "took", "could take", 0.5),
            ("c7", "a", "b", "wording", "regime", "government", 0.5),
        ],
    )
    claims = list_dividing_claims(tables, "e")
    assert [(one.claim, one.n_pairs, one.n_conflicts) for one in claims] == [
        ("c4", 1, 1), ("c2", 4, 0), ("c5", 4, 0), ("c1", 3, 0), ("c6", 1, 0),
    ]  # fmt: skip
    assert [cell.state for cell in claims[1].cells] == ["covered", "covered", "left out", "left out"]


def test_the_same_division_is_said_once() -> None:
    """Of claims that the same outlets report and the same leave out, one is put in words; many outlets are counted."""
    tables = make_tables(coverage={"c1": "rrl", "c2": "rrl", "c3": "lrr"})
    assert [one.claim for one in list_leading_differences(tables, "e")] == ["c1", "c3"]
    tables = make_tables(outlets=tuple("abcdef"), coverage={"c1": "rrrrll"})
    assert list_texts(tables) == [
        "E and F leave out what 4 outlets report: “Label of c1.” (certainty 0.80 or more)."
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("A <b>&amp; Sons", "A <b>&amp; Sons"),
        ("الجزيرة", "\u2068الجزيرة\u2069"),
        ("x\u202ey", "\u2068x\u202ey\u2069"),
        ("", "south"),
    ],
    ids=["markup is text", "right to left", "override", "no name"],
)
def test_names_are_written_as_they_are(name: str, shown: str) -> None:
    """A name is plain text, which the page escapes; one of another direction of writing is isolated."""
    tables = make_tables(coverage={"c1": "rrl"}, names={"south": name})
    assert list_texts(tables)[0].startswith(f"{shown} leaves out")
    if name:
        assert isolate(name) == shown
