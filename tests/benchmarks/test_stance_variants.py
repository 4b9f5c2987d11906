"""The table of models, and the lines of what does not hold."""

from collections.abc import Sequence

import numpy as np
from stance_variants import list_failing, tabulate

from crossframe.judging.targets import StanceItem


class AlwaysNeutral:
    """Says neutral, whatever is asked."""

    name = "always-neutral"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return a sure answer to each."""
        return np.array([[0.1, 0.8, 0.1]] * len(items))


def test_table_of_models() -> None:
    """A column per model, tests by kind of actor of deeds alone, what a model lacks or cannot be bounded as a dash."""
    metrics = {
        "one": {"roles.all.difference": 0.25, "roles.person.difference": 0.3, "deed.country.bias_low": None},
        "another": {"roles.all.difference": 0.5, "variant.foil.n": 9},
    }
    assert [line.split() for line in tabulate(metrics).splitlines()] == [
        ["one", "another"],
        ["roles.all.difference", "0.250", "0.500"],
        ["deed.country.bias_low", "-", "-"],
        ["variant.foil.n", "-", "9"],
    ]


def test_lines_of_what_fails() -> None:
    """Each row that does not hold with its target marked, what was said and what was expected."""
    lines = list_failing(AlwaysNeutral())
    assert (
        "cleared 1: A jury found [Maren Holt] guilty of all nine counts on Thursday. is 0.10 0.80 0.10, not negative"
        in lines
    )
    assert not any("[Maren Holt] not guilty" in line for line in lines)
    assert any(line.endswith("not positive, above Otto Kern") for line in lines)
