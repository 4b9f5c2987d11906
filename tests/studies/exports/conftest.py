"""Finished studies to be exported: a part of the demo's results, as it is, with hostile texts, and over several events."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from crossframe.studies.compare.comparison import Comparison, read_comparison

RESULTS = Path(__file__).parents[3] / "results" / "georgia-2008"
_N_SPOILT = 4
"""Rows of each table of a spoilt study."""
_OUTLETS, _ACTORS = ("harbour-echo", "volga-wire"), ("", "russia", "georgia", "andrei-beloretsky")


def _shorten(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Return the rows of two outlets and two actors: enough of every table, and quickly written."""
    tables = {}
    for name, table in comparison.tables.items():
        kept = pd.Series(True, index=table.index)
        for column in ("outlet", "reference", "left_outlet", "right_outlet"):
            kept &= table[column].isin(["", *_OUTLETS]) if column in table else True
        if name in ("estimates", "actors"):
            kept &= table["actor"].isin(_ACTORS)
        tables[name] = table[kept].reset_index(drop=True)
    return tables


@pytest.fixture(scope="session")
def study() -> Comparison:
    """Return a part of the demo's results."""
    whole = read_comparison(RESULTS)
    return Comparison(_shorten(whole), {key: value for key, value in whole.run.items() if key != "rows"})


@pytest.fixture
def spoil(study: Comparison) -> Callable[[str], Comparison]:
    """Return a function that puts a text wherever a study holds text of its articles or its maker."""

    def put(text: str) -> Comparison:
        tables = {name: table.head(_N_SPOILT).copy() for name, table in study.tables.items()}
        tables["estimates"] = (
            study.tables["estimates"].query("quantity == 'portrayal'").head(4 * _N_SPOILT).copy()
        )
        for name, column in (
            ("articles", "title"), ("sentences", "text"), ("outlets", "name"), ("actors", "name"), ("quotes", "text"),
            ("quotes", "speaker_text"), ("coverage", "label"), ("mentions", "text"),
        ):  # fmt: skip
            tables[name][column] = text
        described: dict[str, Any] = {
            "event_titles": {"diplomatic-ties": text},
            "notes": [text],
            "provenance": text,
        }
        return Comparison(tables, study.run | described)

    return put


@pytest.fixture(scope="session")
def of_events(study: Comparison) -> Comparison:
    """Return a study of two events whose differences over events were tested."""
    tables = {}
    for name, table in study.tables.items():
        other = table.copy()
        for column in ("event", "article", "left_article", "right_article", "copy_of"):
            if column in other:
                other[column] = other[column].map(lambda id: f"{id}-2" if id else "")
        tables[name] = pd.concat([table, other], ignore_index=True) if "event" in table else table
    over = study.tables["estimates"].query("quantity == 'portrayal_difference' and voice == 'outlet'").copy()
    over = over.assign(
        event="", p_value=0.03125, q_value=0.0625, n_events=6, method="cluster t over events; sign-flip test"
    )
    mean = study.tables["estimates"].query("quantity == 'portrayal' and voice != ''").copy()
    mean = mean.assign(event="", n_events=6, method="cluster t over events")
    tables["estimates"] = pd.concat([tables["estimates"], mean, over], ignore_index=True)
    return Comparison(tables, study.run | {"labels": {}, "notes": []})
