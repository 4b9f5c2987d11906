"""Rows of estimates: clipped to their quantity's range, copies marked, tests corrected within a quantity; measures subtract."""

import math

import numpy as np
import pytest

from crossframe.contrasting.cells import COPY, Estimate, Measure, Subject, collect_estimates
from crossframe.errors import UnknownNameError
from crossframe.statistics.tests import benjamini_hochberg


def estimate(quantity: str, outlet: str = "post", reference: str = "", **numbers: float) -> Estimate:
    """Return a row with some numbers."""
    return Estimate(Subject(quantity, outlet, reference), **({"value": 0.5, "method": "m", "n_units": 2, "n_articles": 1} | numbers))  # type: ignore[arg-type]  # fmt: skip


def test_estimates_end_where_their_quantity_ends() -> None:
    """Values and bounds are clipped to the registered range; NaN stays; an unknown quantity is refused."""
    rows = [
        estimate("stance", value=-1.5, low=-3.0, high=0.0),
        estimate("stance_difference", reference="herald", value=1.5, low=-3.0, high=3.0),
        estimate("length", value=-9.0, low=-12.0, high=1.0),
        estimate("own_voice", value=0.5),
    ]
    found = collect_estimates(rows, event="e")
    assert found.estimate.tolist() == [-1.0, 1.5, 0.0, 0.5]
    assert found.low.tolist()[:3] == [-1.0, -2.0, 0.0]
    assert found.high.tolist()[:3] == [0.0, 2.0, 1.0]
    assert math.isnan(found.low[3])
    assert (found.event, set(found.n_events.tolist())) == (("e",) * 4, {1})
    with pytest.raises(UnknownNameError, match="Invalid quantity 'moods'"):
        collect_estimates([estimate("moods")])


def test_only_differences_of_a_copying_outlet_are_marked() -> None:
    """Its own estimates stand, differences that it is a side of end in the mark, those of others do not."""
    rows = [
        estimate("stance"),
        estimate("stance_difference", "post", "wire"),
        estimate("stance_difference", "wire", "post"),
        estimate("stance_difference", "post", "herald"),
    ]
    marked = collect_estimates(rows, event="e", copying={"wire"}).method
    assert marked == ("m", f"m{COPY}", f"m{COPY}", "m")


def test_tests_are_corrected_within_their_quantity() -> None:
    """q-values of each quantity's differences alone; without a reference or a p-value there is none."""
    p_values = [0.01, 0.04, math.nan, 0.03]
    rows = [estimate("stance_difference", reference="herald", p_value=p) for p in p_values]
    rows += [estimate("stance", p_value=0.2), estimate("frame_difference", reference="herald", p_value=0.02)]
    found = collect_estimates(rows).q_value
    np.testing.assert_allclose(found[:4], benjamini_hochberg(np.array(p_values)))
    assert math.isnan(found[4])
    assert found[5] == 0.02


def test_all_voices_are_a_family_of_their_own() -> None:
    """Their tests repeat those of single voices, and cost these nothing."""
    rows = [
        Estimate(Subject("portrayal_difference", "post", "herald", voice=voice), 0.5, "m", 2, 1, p_value=p)
        for voice, p in (("outlet", 0.01), ("quoted", 0.04), ("", 0.02))
    ]
    assert collect_estimates(rows).q_value.tolist() == pytest.approx([0.02, 0.04, 0.02])


def test_measures_subtract() -> None:
    """Values and draws subtract, what they are made of adds up; the interval holds the value."""
    one = Measure(0.5, np.array([0.25, 0.75]), 3, 1)
    other = Measure(0.25, np.array([0.25, 0.25]), 2, 2)
    gap = one - other
    assert (gap.value, gap.draws.tolist(), gap.n_units, gap.n_articles) == (0.25, [0.0, 0.5], 5, 3)
    assert ((-gap).value, (-gap).draws.tolist()) == (-0.25, [0.0, -0.5])
    assert (one.is_constant, other.is_constant) == (False, True)
    assert other.interval() == (0.25, 0.25)
    assert Measure(0.9, np.array([0.1, 0.2]), 1, 1).interval()[1] == 0.9
