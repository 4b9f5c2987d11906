"""Targets with labels are parted so that nothing leaks: groups whole, outlets whole where named, a table's own parts kept."""

import json
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import CrossframeError, CrossframeWarning, InputError
from crossframe.judging.targets import StanceItem
from crossframe.studies.evaluate.stance_items import Items, read_items, split_items

LABELS = ("negative", "neutral", "positive")


def make(n: int = 90, *, n_groups: int = 30, n_outlets: int = 0, splits: tuple[str, ...] = ()) -> Items:
    """Return targets in groups, of all labels in turn."""
    return Items(
        tuple(StanceItem(f"Text {i} of Hale.", 10, 14) for i in range(n)),
        tuple(LABELS[i % 3] for i in range(n)),
        tuple(f"g{i // 3 % n_groups}" for i in range(n)),
        tuple(f"o{i % n_outlets}" for i in range(n)) if n_outlets else (),
        splits,
    )


def test_groups_stay_whole() -> None:
    """An eighth of the groups is held out; no group is on both sides; nothing is lost."""
    with pytest.warns(CrossframeWarning, match="Only 4 of 30 groups"):
        train, dev, test = split_items(make(), 0)
    assert (len(train), len(dev), len(test)) == (78, 12, 0)
    assert not set(train.groups) & set(dev.groups)


def test_outlets_stay_whole_and_their_events_leave_training() -> None:
    """Where every row names its outlet, held-out outlets are not trained on, nor are their articles or events."""
    items = make(720, n_groups=240, n_outlets=8)
    with pytest.warns(CrossframeWarning, match="rows are left out"):
        train, dev, _ = split_items(items, 0)
    assert not set(train.outlets) & set(dev.outlets)
    assert not set(train.groups) & set(dev.groups)
    assert len(train) + len(dev) < len(items)


def test_a_tables_own_parts_are_kept() -> None:
    """Rows said to be train, dev and test go there."""
    splits = tuple("train" if i < 60 else "dev" if i < 75 else "test" for i in range(90))
    train, dev, test = split_items(make(splits=splits), 0)
    assert [len(part) for part in (train, dev, test)] == [60, 15, 15]
    some = tuple("test" if i >= 75 else "train" for i in range(90))
    with pytest.warns(CrossframeWarning, match="Only 3 of 30 groups"):
        train, dev, test = split_items(make(splits=some), 0)
    assert len(test) == 15
    assert len(train) + len(dev) == 75


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (make(90, n_outlets=4, splits=("train",) * 45 + ("test",) * 45), "outlet 'o1'. Its rows are in train and in test"),
        (make(90, n_groups=2, splits=("train",) * 45 + ("test",) * 45), "Its rows are in train and in test"),
        (make(90, splits=("train",) * 45 + ("",) * 45), "Every row must say train, dev or test"),
        (make(9), "at least 20 rows"),
        (Items(*(make(90).select(np.arange(90) % 3 == 0).targets,), ("neutral",) * 30, ("g",) * 30), "two or more labels"),
(Items(make().targets, ("negative",) * 3 + ("neutral",) * 44 + ("positive",) * 43, make().groups, (), ("dev",) * 3 + ("train",) * 87), "Every label must occur in several groups"),
    ],
)  # fmt: skip
def test_what_cannot_be_parted(items: Items, said: str) -> None:
    """Leaks, half-said parts, too few rows and labels are one clear line."""
    with pytest.raises(InputError, match=said):
        split_items(items, 0)


def test_held_out_texts_are_not_trained_on() -> None:
    """A sentence that stands in two groups, of which one is held out, leaves training."""
    items = make(900, n_groups=300)
    same = tuple(
        StanceItem("Hale won again.", 0, 4) if i % 9 == 0 else one for i, one in enumerate(items.targets)
    )
    with pytest.warns(CrossframeWarning, match="rows are left out"):
        train, dev, _ = split_items(Items(same, items.labels, items.groups), 0)
    assert "Hale won again." in {one.text for one in dev.targets}
    assert not {one.text for one in train.targets} & {one.text for one in dev.targets}
    splits = tuple("train" if i < 600 else "dev" if i < 750 else "test" for i in range(900))
    with pytest.warns(CrossframeWarning, match="rows are left out"):
        parts = split_items(Items(same, items.labels, items.groups, (), splits), 0)
    assert ["Hale won again." in {one.text for one in part.targets} for part in parts] == [False, False, True]


def test_a_group_may_be_called_nought(tmp_path: Path) -> None:
    """Numbers of JSONL are names too, 0 like others; spans must be whole numbers."""
    file = tmp_path / "mine.jsonl"
    row = {"text": "Hale won.", "start": 0, "end": 4, "label": "positive", "group": 0, "outlet": 0}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    items = read_items(str(file))
    assert (items.groups, items.outlets) == (("0",), ("0",))
    for wrong in (3.9, float("inf")):
        file.write_text(json.dumps(row | {"end": wrong}) + "\n", encoding="utf-8")
        with pytest.raises(InputError, match="must be two whole numbers"):
            read_items(str(file))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("text\ttarget\nHale won.\tHale\n", "Missing column 'label'"),
        ("text\ttarget\tlabel\nHale won.\tHale\t \n", "Invalid label ' ' in .*, line 2"),
        ("text\tstart\tend\tlabel\nHale won.\t2\t99\tpositive\n", "Invalid span \\(2, 99\\) in .*, line 2"),
        ("text\ttarget\tlabel\nHale won.\tMoor\tpositive\n", "It must occur in the text"),
        (
            "text\ttarget\tlabel\tsplit\nHale won.\tHale\tpositive\tvalid\n",
            "Invalid split 'valid' in .*, line 2",
        ),
        ("text\ttarget\tlabel\nHale won.\tHale\n", "Invalid row of 2 cells in .*, line 2"),
        ("", "no rows"),
    ],
)
def test_rows_that_break_a_rule(table: str, said: str, tmp_path: Path) -> None:
    """File and line are named, and what would be accepted."""
    file = tmp_path / "mine.tsv"
    file.write_text(table, encoding="utf-8")
    with pytest.raises(CrossframeError, match=said):
        read_items(str(file))


def test_basil_is_not_trained_on() -> None:
    """A corpus without a licence trains no stance model."""
    with pytest.raises(CrossframeError, match="basil"):
        read_items("basil")
