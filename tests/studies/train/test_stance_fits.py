"""Several stance models are distilled into one: names without labels are drawn, and the student follows its teachers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.targets import StanceItem
from crossframe.learning.targets.fitting import TARGET_CONFIG
from crossframe.studies.evaluate.stance_items import Items
from crossframe.studies.train.stance_fits import distil, draw_other_names, soften_labels, student_of

TEXT = "Angela Merkel praised Barack Obama in Berlin."


@pytest.mark.slow
def test_other_names_are_one_per_text_and_never_a_target() -> None:
    """Of every text one name is drawn that no target touches, where it has one; the seed says which."""
    obama = TEXT.index("Barack Obama")
    targets = [StanceItem(TEXT, 0, 13), StanceItem(TEXT, obama + 7, obama + 12)]
    found = draw_other_names([*targets, StanceItem("He failed.", 0, 2)], 0)
    assert [one.text[one.start : one.end] for one in found] == ["Berlin"]
    drawn = {draw_other_names([StanceItem(TEXT, 14, 21)], seed) for seed in range(30)}
    names = {one[0].text[one[0].start : one[0].end] for one in drawn if len(one) == 1}
    assert len(drawn) == len(names)
    assert names == {"Angela Merkel", "Barack Obama", "Berlin"}


def test_soft_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a labelled target the mean of its label and the teachers' mean probabilities, of another name the latter alone."""
    one, other = AdapterStance(), AdapterStance()
    for teacher, probabilities in ((one, [0.9, 0.1]), (other, [0.5, 0.5])):
        teacher.classes_ = ("negative", "positive")
        monkeypatch.setattr(
            teacher,
            "predict_proba",
            lambda targets, probabilities=probabilities: np.tile(probabilities, (len(targets), 1)),
        )
    labelled = Items((StanceItem("he won", 0, 2),), ("positive",), ("a",))
    targets, soft_labels = soften_labels([one, other], labelled, [StanceItem("she won", 0, 3)])
    assert [target.text for target in targets] == ["he won", "she won"]
    assert np.allclose(soft_labels, [[0.35, 0.65], [0.7, 0.3]])


@pytest.mark.slow
def test_a_student_follows_its_teachers(tiny_model: Path, tmp_path: Path) -> None:
    """Where labels are noise of one class, teachers that know better are followed; the same call gives the same weights."""
    words = {"brave": "positive", "corrupt": "negative"}
    items = Items(
        tuple(
            StanceItem(f"the {word} {name} voted", 5 + len(word), 5 + len(word) + len(name))
            for word in words
            for name in ("mayor", "minister")
        )
        * 6,
        tuple(label for label in words.values() for _ in range(2)) * 6,
        tuple("abcd") * 6,
    )
    student = student_of(
        [AdapterStance(encoder="x", config=replace(TARGET_CONFIG, epochs=4, label_smoothing=0.1))], 3
    )
    assert student.config is not None
    assert (student.config.epochs, student.config.patience, student.config.label_smoothing) == (6, 2, 0.0)
    assert (student.encoder, student.seed) == ("x", 3)
    config = replace(
        TARGET_CONFIG,
        rank=4,
        epochs=20,
        patience=20,
        learning_rate=3e-3,
        head_learning_rate=1e-2,
        dropout=0.0,
        batch_size=4,
    )
    teachers = [
        AdapterStance(encoder=str(tiny_model), config=config, seed=seed).fit(items.targets, items.labels)
        for seed in (0, 1)
    ]
    noisy = replace(items, labels=("negative", "positive") * 12)
    students = [
        distil(
            [AdapterStance(encoder=str(tiny_model), config=replace(config, label_smoothing=0.0))],
            teachers,
            noisy,
            items.targets[:4],
            items,
            tmp_path / name,
        )[0]
        for name in ("one", "two")
    ]
    assert students[0].predict(items.targets) == list(items.labels)
    first, second = (student.arrays_ for student in students)
    assert all(np.array_equal(first[name], second[name]) for name in first)
