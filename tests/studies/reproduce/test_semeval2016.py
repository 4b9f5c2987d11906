"""SemEval-2016 stance made again: the majority label exactly, n-grams within what masked user names cost."""

from pathlib import Path

import pytest

from crossframe.studies.reproduce.semeval2016 import reproduce_debates


@pytest.mark.mirror
@pytest.mark.slow
def test_debates(mirror: Path) -> None:
    """Nothing fails; n-grams lie above unigrams and the majority label."""
    rows = {row.quantity: row for row in reproduce_debates().rows}
    assert not any(row.fails for row in rows.values())
    pooled = "F of favor and against, pooled"
    ours = [
        rows[f"{name}: {pooled}"].ours for name in ("n-grams", "majority label of each target", "unigrams")
    ]
    assert ours == sorted(ours, reverse=True)
    assert ours[1] == pytest.approx(65.22, abs=0.005)
    assert rows[f"best team (MITRE): {pooled}"].ours is None
