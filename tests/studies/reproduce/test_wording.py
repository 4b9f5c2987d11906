"""Fightin' Words made again: the library's log-odds are the paper's equation."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from crossframe.studies.reproduce.wording import N_SHOWN, log_odds, reproduce_wording


def test_equation() -> None:
    """One word's ratio is that of equation 16 in numpy."""
    own, others = Counter(a=5, b=2, c=1), Counter(a=1, b=6, c=3)
    y_own, y_others = np.array([5, 2, 1.0]), np.array([1, 6, 3.0])
    prior = 500 * (y_own + y_others) / 18
    delta = np.log((y_own + prior) / (8 + 500 - y_own - prior)) - np.log(
        (y_others + prior) / (10 + 500 - y_others - prior)
    )
    assert [log_odds(term, others, own) for term in "abc"] == pytest.approx(delta.tolist())


@pytest.mark.mirror
def test_wording(mirror: Path) -> None:
    """All words agree to the last bits, none is a pair of words, and both outlets have some."""
    made = reproduce_wording()
    assert not any(row.fails for row in made.rows)
    assert all(" " not in row.quantity.split(":")[0] for row in made.rows)
    signs = [row.ours > 0 for row in made.rows]
    assert signs == sorted(signs)
    assert 0 < sum(signs) <= N_SHOWN
    assert 0 < len(signs) - sum(signs) <= N_SHOWN
