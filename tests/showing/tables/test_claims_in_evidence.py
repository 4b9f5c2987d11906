"""Which claims a row of evidence tells, by where it stands in its sentence."""

import pandas as pd
import pytest

from crossframe.showing.tables.claims_in_evidence import add_claims, in_shared_claims

TEXT = "Ada Bell met Bo Cole, and Bell fled before Cole won."
PLACE = {"event": "e", "outlet": "x", "article": "a", "sentence": 1}
CLAUSES = {"c01": "Ada Bell met Bo Cole", "c02": "Bell fled", "c03": "Cole won."}
MENTIONS = [("bell", 0, 8), ("cole", 13, 20), ("bell", 26, 30), ("cole", 43, 47)]
BEGIN = 100


def span_of(part: str) -> tuple[int, int]:
    """Return where a part of the sentence stands in its document."""
    start = BEGIN + TEXT.rindex(part)
    return start, start + len(part)


def make_tables(clauses: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Return tables of one sentence that tells claims with parts of it, and mentions Bell and Cole twice each."""
    claims = [
        PLACE | {"claim": claim, **dict(zip(("start", "end"), span_of(part), strict=True))}
        for claim, part in clauses.items()
    ]
    mentions = [
        PLACE | {"actor": actor, "start": BEGIN + start, "end": BEGIN + end} for actor, start, end in MENTIONS
    ]
    return {
        "claims": pd.DataFrame(claims, columns=[*PLACE, "claim", "start", "end"]),
        "mentions": pd.DataFrame(mentions),
    }


def make_rows(*stretches: tuple[int, int], actor: str = "") -> pd.DataFrame:
    """Return rows of evidence of the sentence, each with its stretch in it."""
    rows = [
        PLACE
        | {"start": BEGIN + start, "end": BEGIN + end, "actor": actor, "voice": ""}
        | {"sentence_start": BEGIN, "sentence_end": BEGIN + len(TEXT)}
        for start, end in stretches
    ]
    return pd.DataFrame(rows)


def parts_of(rows: pd.DataFrame, side: str = "") -> list[str]:
    """Return what stands from start to end of rows, or from claim_start to claim_end."""
    return [
        TEXT[start - BEGIN : end - BEGIN]
        for start, end in zip(rows[f"{side}start"], rows[f"{side}end"], strict=True)
    ]


@pytest.mark.parametrize(
    ("clauses", "claim", "shown"),
    [
        (CLAUSES, "c01", [CLAUSES["c01"]]),
        (CLAUSES, "c02", [CLAUSES["c02"]]),
        ({"c01": TEXT}, "c01", [TEXT]),
        ({"c01": TEXT}, "c02", []),
        ({}, "c01", []),
    ],
)
def test_a_sentence_is_cut_to_what_tells_the_claim(
    clauses: dict[str, str], claim: str, shown: list[str]
) -> None:
    """A clause where the claim is one, the sentence where it is all of it, nothing where it is not told."""
    found = add_claims(make_rows((0, len(TEXT))), make_tables(clauses), claim)
    assert parts_of(found) == parts_of(found, "claim_") == shown
    assert list(found["claim"]) == [claim] * len(shown)


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        (CLAUSES, ["c01", "c02", "c03"]),
        ({"c01": TEXT, "c02": TEXT}, ["c01 c02"]),
        ({"c01": TEXT, "c02": CLAUSES["c02"]}, ["c01", "c02"]),
        ({}, []),
    ],
)
def test_of_any_claims_every_part_is_shown_once(clauses: dict[str, str], told: list[str]) -> None:
    """Where any claim will do a sentence is one row for every part that tells one; claims of one part are joined."""
    found = add_claims(make_rows((0, len(TEXT))), make_tables(clauses), required=True)
    assert list(found["claim"]) == told
    assert parts_of(found) == [clauses[ids.split()[0]] for ids in told]


@pytest.mark.parametrize(("clauses", "joined"), [(CLAUSES, "c01 c02 c03"), ({}, "")])
def test_without_a_claim_sentences_stay_whole(clauses: dict[str, str], joined: str) -> None:
    """Nothing is cut or left out, and the claims are named."""
    found = add_claims(make_rows((0, len(TEXT))), make_tables(clauses))
    assert parts_of(found) == parts_of(found, "claim_") == [TEXT]
    assert list(found["claim"]) == [joined]


@pytest.mark.parametrize(
    ("stretch", "shown"),
    [
        ((0, 8), {"c01": "Ada Bell"}),
        ((9, 30), {"c01": "met Bo Cole", "c02": "Bell"}),
        ((20, 25), {}),
        ((26, len(TEXT)), {"c02": "Bell fled", "c03": "Cole won."}),
    ],
)
def test_stretches_of_a_voice_are_cut_to_the_claim(stretch: tuple[int, int], shown: dict[str, str]) -> None:
    """A quotation tells what it overlaps, and no other claim of its sentence."""
    rows, tables = make_rows(stretch), make_tables(CLAUSES)
    assert add_claims(rows, tables)["claim"].item() == " ".join(shown)
    for claim in CLAUSES:
        assert parts_of(add_claims(rows, tables, claim)) == ([shown[claim]] if claim in shown else [])


@pytest.mark.parametrize(
    ("actor", "claim", "mention"),
    [
        ("bell", "c01", "Ada Bell"),
        ("bell", "c02", "Bell"),
        ("bell", "c03", None),
        ("cole", "c01", "Bo Cole"),
        ("cole", "c02", None),
        ("cole", "c03", "Cole"),
    ],
)
def test_portrayals_are_shown_at_a_mention_in_the_claim(actor: str, claim: str, mention: str | None) -> None:
    """A sentence's portrayal of an actor is evidence in the claims that mention the actor, at a mention there."""
    own = {"bell": (0, 8), "cole": (13, 20)}[actor]
    rows, tables = make_rows(own, actor=actor), make_tables(CLAUSES)
    found = add_claims(rows, tables, claim, of_sentences=True)
    assert parts_of(found) == ([mention] if mention else [])
    assert parts_of(found, "claim_") == ([CLAUSES[claim]] if mention else [])
    every = add_claims(rows, tables, of_sentences=True)
    assert (every["start"].item(), every["end"].item()) == (BEGIN + own[0], BEGIN + own[1])
    assert (claim in every["claim"].item().split()) == bool(mention)
    of_mentions = add_claims(rows, tables, claim)
    assert parts_of(of_mentions) == ([mention] if claim == "c01" else [])


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"x": ["c01"], "y": ["c01"]}, "xy"),
        ({"x": ["c01"], "y": ["c02"]}, ""),
        ({"x": ["c01 c02", "c03"], "y": ["c02"]}, "xy"),
        ({"x": [""], "y": [""]}, ""),
    ],
)
def test_claims_that_two_outlets_share(told: dict[str, list[str]], kept: str) -> None:
    """Rows stay that tell a claim which the other outlet tells, too."""
    rows = pd.DataFrame(
        [{"event": "e", "outlet": outlet, "claim": ids} for outlet, each in told.items() for ids in each]
    )
    found = in_shared_claims(rows)
    assert "".join(found["outlet"]) == kept
    assert "c03" not in set(found["claim"])
