"""The registry of quantities: complete, with ranges that every table keeps, and differences derived."""

import math
from pathlib import Path

import pandas as pd
import pytest

from crossframe.errors import UnknownNameError
from crossframe.records.quantities import QUANTITIES, Quantity, find_quantity

ROOT = Path(__file__).parents[2]


def assert_registered(estimates: pd.DataFrame) -> None:
    """Assert that all quantities of the table are registered, and that estimates and bounds keep their ranges."""
    assert set(estimates["quantity"]) <= set(QUANTITIES)
    for name, rows in estimates.groupby("quantity"):
        quantity = find_quantity(str(name))
        for column in ("estimate", "low", "high"):
            assert rows[column].dropna().between(quantity.low, quantity.high).all(), (name, column)
        assert (rows["reference"].ne("") == (quantity.difference_of is not None)).all(), name


def test_the_demo_keeps_the_ranges() -> None:
    """All rows of the packaged study are of registered quantities and lie in their ranges."""
    estimates = pd.read_csv(ROOT / "results/georgia-2008/tables/estimates.csv", keep_default_na=False)
    numbers = estimates[["estimate", "low", "high"]].apply(pd.to_numeric)
    assert_registered(estimates.assign(**numbers))


@pytest.mark.slow
@pytest.mark.model
def test_an_invented_press_keeps_the_ranges() -> None:
    """Over several events, too, of three outlets and of two; what is registered and in no table needs labels of a study's own mentions."""
    from crossframe import compare
    from crossframe.synthetic import make_press

    estimates = compare(make_press(n_events=7, seed=7).corpus).tables["estimates"]
    assert_registered(estimates)
    light = {"encoder": "tfidf", "aligner": "aligner-lexical", "stance_model": "stance-lexicon"}
    of_two = compare(make_press(n_events=7, n_outlets=2, seed=7).corpus, **light).tables["estimates"]
    assert_registered(of_two)
    over = {*estimates.query("event == ''")["quantity"], *of_two.query("event == ''")["quantity"]}
    assert {name for name, quantity in QUANTITIES.items() if quantity.poolable} <= over


def test_differences_are_derived() -> None:
    """A difference has twice the width of its quantity, its unit and its evidence."""
    for quantity in QUANTITIES.values():
        if quantity.difference_of is None:
            assert quantity.low < quantity.high
            continue
        side = find_quantity(quantity.difference_of)
        assert (quantity.low, quantity.high) == (side.low - side.high, side.high - side.low)
        assert (quantity.unit, quantity.evidence) == (side.unit, side.evidence)
        assert side.difference_of is None
    assert find_quantity("stance_difference").high == 2.0
    assert find_quantity("framing_difference").low == -math.inf
    assert len({quantity.label for quantity in QUANTITIES.values()}) == len(QUANTITIES)


def test_unknown_quantities_are_refused() -> None:
    """A name that is not registered, and a record with an unknown unit, drawing or evidence."""
    with pytest.raises(UnknownNameError, match="Invalid quantity 'stances'"):
        find_quantity("stances")
    for wrong in (
        ("metres", "marker", "mentions"),
        ("share", "pie", "mentions"),
        ("share", "share", "rumours"),
    ):
        with pytest.raises(UnknownNameError, match=r"of quantity 'x':"):
            Quantity("x", "x", 0.0, 1.0, *wrong)
