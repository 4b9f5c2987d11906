"""Tests of stress tests on invented sentences: models that read roles, names or nothing, and what each metric says of them."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from crossframe.judging.probes.invented import fill, names_of_side, read_templates, read_variants
from crossframe.judging.probes.swaps import names_of
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.targets import NAMED_KINDS, StanceItem
from crossframe.learning.encoders.base_weights import missing_packages
from crossframe.records import AUTHOR, STANCES
from crossframe.studies.evaluate.stress_sentences import judge_variants, stress_sentences

MIN_HELD = {
    "stance-base": {
        "cleared": 9,
        "dropped": 8,
        "false-charge": 7,
        "not-this-one": 8,
        "trusted-and-distrusted": 7,
        "opposite-words": 8,
        "foil": 7,
        "praiser": 6,
        "donor": 2,
        "accuser": 8,
        "denial": 7,
        "victim": 7,
    },
    "stance-news": {
        "trusted-and-distrusted": 5,
        "opposite-words": 4,
        "false-charge": 1,
        "dropped": 1,
        "not-this-one": 4,
        "praiser": 4,
        "donor": 2,
        "accuser": 8,
        "denial": 4,
        "victim": 6,
    },
}
"""Variants of each kind that hold with the shipped model, at least; 0 where a kind is missing. Set when a model ships."""
SURE = {"negative": (0.8, 0.1, 0.1), "neutral": (0.1, 0.8, 0.1), "positive": (0.1, 0.1, 0.8)}


class Fixed:
    """Answers by a table of items, neutral where an item is not in it."""

    name, construct = "fixed", "both"

    def __init__(self, answers: dict[StanceItem, str]) -> None:
        self.answers = answers

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return a sure answer to each."""
        return np.array([SURE[self.answers.get(item, "neutral")] for item in items])


class ByName(Fixed):
    """Knows names alone: what is hostile is negative, and so is Peru."""

    construct = "portrayal"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return a sure answer to each."""
        hostile = [
            name for kind in ("country", "party", "organisation") for name in names_of_side(kind, "hostile")
        ]
        known = {name.casefold() for name in (*hostile, "Peru")}
        words = [item.text[item.start : item.end] for item in items]
        return np.array([SURE["negative" if word.casefold() in known else "neutral"] for word in words])


def _all_right() -> Fixed:
    """Return a model that answers every template, under every pair of names, and every variant as the codebook has it."""
    answers: dict[StanceItem, str] = {row.item: row.expected[0] for row in read_variants()}
    answers |= {row.above: "negative" for row in read_variants() if row.above and row.above not in answers}
    for test, side in (("roles", ""), ("praise", "positive"), ("accusation", "negative")):
        for template in read_templates(test):
            for kind in template.kinds:
                for first in names_of(kind):
                    for second in names_of(kind):
                        items = fill(template.sentence, A=first, B=second)
                        answers |= {items[p]: e[0] for p, e in zip("AB", template.expected, strict=True)}
                        if template.without:
                            answers[fill(template.without, B=second)["B"]] = "negative"
                        holder = items["A"].text[items["A"].start : items["A"].end]
                        bare = holder[4:] if holder.casefold().startswith("the ") else holder
                        if side:
                            answers[items["B"]._replace(holder=bare)] = side
                            answers[items["B"]._replace(holder=AUTHOR)] = "neutral"
    for template in read_templates("deed"):
        for kind in template.kinds:
            for name in (*names_of_side(kind, "friendly"), *names_of_side(kind, "hostile")):
                answers[fill(template.sentence, A=name)["A"]] = template.expected[0][0]
    return Fixed(answers)


@pytest.fixture(scope="module")
def right() -> dict[str, Any]:
    """Return the metrics of a model that is always right."""
    return stress_sentences(_all_right())


def test_who_is_always_right(right: dict[str, Any]) -> None:
    """Every share is 1, no name moves a score, nobody is favoured; the interval holds the difference."""
    for name, value in right.items():
        metric = name.rsplit(".", 1)[1]
        if metric in ("name_move", "giver_positive_share", "bias", "bias_low", "bias_high"):
            assert value == pytest.approx(0, abs=1e-12), name
        elif metric.endswith("share"):
            assert value == 1, name
    assert right["praise.all.difference"] == pytest.approx(0.7)
    assert right["accusation.all.difference"] == 0
    assert (
        right["roles.all.difference_low"] < right["roles.all.difference"] < right["roles.all.difference_high"]
    )
    assert right["roles.all.n"] == sum(right[f"roles.{kind}.n"] for kind in NAMED_KINDS)
    assert right["praise.person.n"] == 2 * len(read_templates("praise"))
    assert right["deed.country.n"] == 15 * 16


def test_who_knows_names_alone(right: dict[str, Any]) -> None:
    """Scores follow no role; deeds of hostile actors are judged by who did them; a model of portrayal is asked no more."""
    metrics = stress_sentences(ByName({}))
    assert metrics["roles.all.follow_share"] == 0
    assert metrics["praise.all.follow_share"] == 0
    assert metrics["praise.all.difference"] == pytest.approx(0, abs=1e-12)
    for kind in ("country", "party", "organisation"):
        assert metrics[f"deed.{kind}.bias"] == pytest.approx(0.7)
        assert metrics[f"deed.{kind}.friendly_right_share"] == pytest.approx(1 / 3)
        assert metrics[f"deed.{kind}.hostile_right_share"] == pytest.approx(1 / 3)
    assert set(right) - set(metrics) == {
        f"{test}.{part}.{name}"
        for test in ("praise", "accusation")
        for part in ("all", *NAMED_KINDS)
        for name in ("holder_right_share", "author_neutral_share")
    }


def test_the_seed_chooses_names() -> None:
    """The same seed gives the same metrics, and with another Peru is met another number of times."""
    metrics = stress_sentences(ByName({}), seed=1)
    assert stress_sentences(ByName({}), seed=1) == metrics
    others = {stress_sentences(ByName({}), seed=seed)["roles.country.name_move"] for seed in range(4)}
    assert len(others) > 1


def test_a_variant_holds_where_all_its_rows_do() -> None:
    """One wrong label of one row takes its variant away, and so does a score that is not above the other's."""
    model = _all_right()
    kinds = {row.kind for row in read_variants()}
    whole = stress_sentences(model)
    assert {whole[f"variant.{kind}.held_share"] for kind in kinds} == {1.0}
    row = next(row for row in read_variants() if row.kind == "cleared")
    model.answers[row.item] = "negative"
    assert stress_sentences(model)["variant.cleared.held_share"] == pytest.approx(10 / 11)
    row = next(row for row in read_variants() if row.kind == "foil" and row.above)
    model.answers[row.item] = "neutral"
    assert stress_sentences(model)["variant.foil.held_share"] == 1
    assert row.above is not None
    model.answers[row.above] = "neutral"
    failing = [
        (one.item, holds) for one, _, holds in judge_variants(model) if one.kind == "foil" and not holds
    ]
    assert failing == [(row.item, False), (row.above, False)]


def test_labels_are_of_three_stances() -> None:
    """Only what a model of portrayal can answer is asked of it."""
    asked = {row.item.holder for row, _, _ in judge_variants(ByName({}))}
    assert asked == {None}
    assert {row.item.holder is None for row, _, _ in judge_variants(_all_right())} == {True, False}
    assert set(SURE) == set(STANCES)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize(
    "name",
    ["stance-base", "stance-news"],
)
def test_how_many_variants_hold_with_a_shipped_model(name: str) -> None:
    """As many variants of each kind as when the model was shipped; without its encoder a model is not asked."""
    if name == "stance-base" and missing_packages():
        pytest.skip("the packages of the base encoder are not installed")
    judged = judge_variants(load_stance_model(name))
    held: Counter[str] = Counter()
    for (kind, _), rows in groupby(judged, key=lambda row: (row[0].kind, row[0].variant)):
        held[kind] += all(holds for *_, holds in rows)
    assert {kind: held[kind] for kind, least in MIN_HELD[name].items() if held[kind] < least} == {}
