"""What stands beside a name and says what it is."""

import pytest

from crossframe.attributing.names.body_descriptions import (
    body_classes,
    describe_body,
    is_body_noun,
    state_evidence,
)


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("The relief agency Velm left.", {"agency"}),
        ("The weekly Velm left.", {"weekly"}),
        ("Its union, Velm, left.", {"union"}),
        ("Velm, the country's fifth-largest shipbuilder, left.", {"shipbuilder"}),
        ("Velm, a firm owned by Poe, left.", {"firm"}),
        ("Velm (VLM), the union of dockers, left.", {"union"}),
        ("Velm is the oldest bank in Iowa.", {"bank"}),
        ("Velm was once an airline.", {"airline"}),
        ("Velm, a toymaker that Poe bought, left.", {"toymaker"}),
        ("In Velm, the ministry said no.", set()),
        ("In Velm, the company left.", set()),
        ("Velm, the mayor of Quay, left.", set()),
        ("Velm, its harbour and the bank were shut.", set()),
        ("The bank of Velm left.", set()),
        ("Velm said the bank left.", set()),
    ],
)
def test_nouns(text: str, nouns: set[str]) -> None:
    """Nouns for bodies directly before a name, in an apposition and in a predicate; not of what stands near it."""
    at = text.index("Velm")
    assert describe_body(text, at, at + 4).nouns == nouns


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("It accuses neighbouring Velm.", 2),
        ("The road to the border with Velm is shut.", 2),
        ("The government in Velm fell.", 2),
        ("Velm’s foreign minister left.", 1),
        ("Velm's defence ministry said no.", 1),
        ("They hid from Velm's army.", 1),
        ("Velm's mayor left.", 0),
        ("They live in Velm.", 0),
        ("Velm’s ministry of silly walks", 0),
        ("Neighbours met Velm.", 0),
    ],
)
def test_states(text: str, evidence: int) -> None:
    """What only states have, or only stands before them; a mayor or a ministry of any sort shows none."""
    at = text.index("Velm")
    assert state_evidence(text, at, at + 4) == evidence


@pytest.mark.parametrize(
    ("noun", "body"),
    [("club", True), ("drugmaker", True), ("insurer", True), ("tribunal", True), ("river", False), ("mayor", False), ("policymaker", False), ("filmmaker", False), ("toymaker", True), ("shares", False)],
)  # fmt: skip
def test_nouns_for_bodies(noun: str, body: bool) -> None:
    """Nouns of the list, and makers of anything."""
    assert is_body_noun(noun) is body
    assert any(body_classes(noun)) is body
