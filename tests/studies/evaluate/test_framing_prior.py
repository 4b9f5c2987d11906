"""Lean, ideology, cells and the gain of a score over them, on invented judgements."""

import numpy as np
import pytest

from crossframe.records import Annotation, Units
from crossframe.studies.evaluate.framing_metrics import Cases, score_order
from crossframe.studies.evaluate.framing_prior import (
    gain_over_prior,
    known_ideology,
    known_lean,
    order_by_hindsight,
    order_cells,
)


def _cases(rows: list[tuple[str, str, str, float]]) -> Cases:
    """Return cases of (event, outlet, actor, judgement), an article for each outlet in an event."""
    events, outlets, actors, truth = zip(*rows, strict=True)
    articles = tuple(f"{event}-{outlet}" for event, outlet in zip(events, outlets, strict=True))
    return Cases(events, outlets, articles, actors, np.array(truth))


def test_ideology_is_of_other_stories() -> None:
    """What the judged story itself says of an entity does not count; an entity of one story alone is unknown."""
    cases = _cases([("e1", "a", "doe", 0.0), ("e2", "a", "doe", 0.0), ("e2", "a", "roe", 0.0)])
    units = Units.from_rows(
        [
            {"article": "e1-a", "actor": "doe"},
            {"article": "e2-a", "actor": "doe"},
            {"article": "e2-a", "actor": "roe"},
        ]
    )
    gold = Annotation.of_choices(
        list(units.rows()), "article x actor", ("left", "half left", "middle", "half right", "right"), [4, 1, 0], "people"
    )  # fmt: skip
    assert known_ideology(cases, gold).tolist() == [-0.5, 1.0, 0.0]


def test_lean_is_centred() -> None:
    """AllSides' 0 to 4 becomes -2 to 2; an outlet without a lean is in the middle."""
    cases = _cases([("e", "a", "doe", 0.0), ("e", "b", "doe", 0.0), ("e", "c", "doe", 0.0)])
    assert known_lean(cases, {"a": "0", "b": "4", "c": ""}).tolist() == [-2, 2, 0]


def test_cells_need_four_stories_and_a_gap() -> None:
    """Cells of three stories, and cells whose people's means are near, are not compared."""
    rows = [
        (f"e{n}", outlet, "doe", value)
        for n in range(4)
        for outlet, value in (("a", 1.0), ("b", 0.0), ("c", 0.9))
    ]
    rows += [(f"e{n}", outlet, "roe", value) for n in range(3) for outlet, value in (("a", 1.0), ("b", 0.0))]
    cases = _cases(rows)
    score = np.array([{"a": 0.5, "b": 0.5, "c": 0.8}[outlet] for outlet in cases.outlet])
    assert order_cells(cases, score) == (0.75, 2)
    assert order_cells(_cases(rows[-6:]), np.zeros(6)) == (None, 0)


def test_hindsight_finds_a_consistent_order() -> None:
    """Where one order of outlets explains every pair it is found, whatever the outlets' means over entities are."""
    rows = [
        ("e1", "a", "doe", -0.9),
        ("e1", "b", "doe", -1.0),
        ("e2", "b", "roe", 1.0),
        ("e2", "c", "roe", 0.9),
    ]
    cases = _cases(rows)
    assert score_order(cases, [order_by_hindsight(cases)]).value == 1.0


@pytest.mark.parametrize(("informative", "sign"), [(True, 1), (False, -1)])
def test_gain_over_prior(informative: bool, sign: int) -> None:
    """A score that tells negative from the rest saves log-loss beside lean and ideology; noise costs a little."""
    rng = np.random.default_rng(1)
    truth = rng.choice([-1.0, 0.0], size=300)
    cases = _cases([(f"e{n // 3}", "abc"[n % 3], "doe", value) for n, value in enumerate(truth)])
    lean, ideology = rng.normal(size=(2, 300))
    score = rng.normal(size=300) + (3 * truth if informative else 0)
    gain = gain_over_prior(cases, lean, ideology, score)
    assert sign * gain.value > 0
    assert gain.low < gain.value < gain.high
    assert gain_over_prior(cases, lean, ideology, 7 * score - 2).value == pytest.approx(gain.value)
