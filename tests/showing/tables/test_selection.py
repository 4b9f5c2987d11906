"""Selection of rows: one event or over events, quantities by their registered names, leading actors."""

import pandas as pd
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.showing.tables.selection import list_leading, select_event, select_quantity
from crossframe.studies.compare.comparison import Comparison


def test_the_only_event_need_not_be_named(demo: Comparison) -> None:
    """Rows of one event need not be named; of several, those over events are taken, or one must be named."""
    assert len(select_event(demo.tables["coverage"], None)) == len(demo.tables["coverage"])
    table = pd.DataFrame({"event": ["first", "second", ""]})
    assert select_event(table, None)["event"].tolist() == [""]
    assert select_event(table, "sec")["event"].tolist() == ["second"]
    with pytest.raises(InputError, match="name one of: first, second"):
        select_event(table.iloc[:2], None)
    with pytest.raises(UnknownNameError, match="Unknown event 'third'"):
        select_event(table, "third")


def test_quantities_are_registered(demo: Comparison) -> None:
    """A quantity that no estimate has is refused with those there are."""
    estimates = demo.tables["estimates"]
    rows = select_quantity(estimates, "portrayal", voice="outlet", actor="russia")
    assert (
        len(rows)
        == len(estimates.query("quantity == 'portrayal' and voice == 'outlet' and actor == 'russia'"))
        > 0
    )
    with pytest.raises(UnknownNameError, match="Invalid quantity 'stanse'"):
        select_quantity(estimates, "stanse")


def test_leading() -> None:
    """Those with the most units in all come first, ties by name."""
    rows = pd.DataFrame({"actor": ["b", "a", "c", "b"], "n_units": [1, 3, 3, 1]})
    assert list_leading(rows, "actor", 2) == ["a", "c"]
