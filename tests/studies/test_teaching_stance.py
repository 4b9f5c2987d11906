"""Several stance models teach one: names without labels are found, and the student says what its teachers say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.judging.stance_adapter import AdapterStance
from crossframe.judging.stance_features import Target
from crossframe.learning.targeting_fitting import Pace
from crossframe.studies.stance_items import Items
from crossframe.studies.teaching_stance import other_names, student_pace, teach

TEXT = "Angela Merkel praised Barack Obama in Berlin."


@pytest.mark.slow
def test_other_names_are_one_a_text_and_never_a_target() -> None:
    """Of every text one name is drawn that no target touches, where it has one; the seed says which."""
    obama = TEXT.index("Barack Obama")
    targets = [Target(TEXT, 0, 13), Target(TEXT, obama + 7, obama + 12)]
    found = other_names([*targets, Target("He failed.", 0, 2)], 0)
    assert [one.text[one.start : one.end] for one in found] == ["Berlin"]
    drawn = {other_names([Target(TEXT, 14, 21)], seed) for seed in range(30)}
    names = {one[0].text[one[0].start : one[0].end] for one in drawn if len(one) == 1}
    assert len(drawn) == len(names)
    assert names == {"Angela Merkel", "Barack Obama", "Berlin"}


@pytest.mark.slow
def test_a_student_says_what_its_teachers_say(tiny_model: Path, tmp_path: Path) -> None:
    """Where labels are noise of one class, teachers that know better are followed; the same call gives the same weights."""
    words = {"brave": "positive", "corrupt": "negative"}
    items = Items(
        tuple(
            Target(f"the {word} {name} voted", 5 + len(word), 5 + len(word) + len(name))
            for word in words
            for name in ("mayor", "minister")
        )
        * 6,
        tuple(label for label in words.values() for _ in range(2)) * 6,
        tuple("abcd") * 6,
    )
    longer = student_pace(Pace(epochs=4, smoothing=0.1))
    assert (longer.epochs, longer.patience, longer.smoothing) == (6, 2, 0.0)
    pace = Pace(rank=4, epochs=20, patience=20, rate=3e-3, head_rate=1e-2, dropout=0.0, texts=4)
    teachers = [
        AdapterStance(encoder=str(tiny_model), pace=pace, seed=seed).fit(items.targets, items.labels)
        for seed in (0, 1)
    ]
    noisy = replace(items, labels=("negative", "positive") * 12)
    students = [
        teach(
            AdapterStance(encoder=str(tiny_model), pace=student_pace(pace)),
            teachers,
            noisy,
            items.targets[:4],
            items,
            tmp_path / name,
        )
        for name in ("one", "two")
    ]
    assert students[0].predict(items.targets) == list(items.labels)
    first, second = (student.arrays_ for student in students)
    assert all(np.array_equal(first[name], second[name]) for name in first)
