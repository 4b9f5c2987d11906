"""Students follow their teachers in all they answer, also where labels say nothing; answers are asked for once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.targets import StanceItem
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.targets.fitting import TARGET_CONFIG
from crossframe.records import AUTHOR, STANCES
from crossframe.studies.evaluate.stance_items import Items
from crossframe.studies.train import distillation
from crossframe.studies.train.candidates import Target
from crossframe.studies.train.distillation import (
    ask_teachers,
    distil,
    draw_other_names,
    load_teacher,
    make_students,
    soften_labels,
    student_of,
)
from crossframe.studies.train.stance_fits import StanceOptions

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


def make_teacher(
    probabilities: Sequence[float], manners: Sequence[float] = (), *, asked: list[int] | None = None
) -> AdapterStance:
    """Return a model that answers alike whatever it is asked, and appends to `asked` how much that is."""
    teacher = AdapterStance()
    teacher.classes_ = ("negative", "positive")
    given = np.reshape(manners, (-1, 3))

    def predict_all(items: Sequence[StanceItem]) -> tuple[np.ndarray, np.ndarray]:
        if asked is not None:
            asked.append(len(items))
        return np.tile(probabilities, (len(items), 1)), np.tile(given, (len(items), 1, 1))

    teacher.predict_all = predict_all  # type: ignore[method-assign]
    return teacher


def test_soft_labels(tmp_path: Path) -> None:
    """Of a labelled target the mean of its label and the teachers' mean probabilities, of another name the latter alone."""
    teachers = [make_teacher([0.9, 0.1]), make_teacher([0.5, 0.5])]
    labelled = Items((StanceItem("he won", 0, 2),), ("positive",), ("a",))
    soft_labels, manners = soften_labels(teachers, labelled, [StanceItem("she won", 0, 3)], tmp_path)
    assert np.allclose(soft_labels, [[0.35, 0.65], [0.7, 0.3]])
    assert manners is None


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (
            (0.6, 0.4, 0, 0.2, 0, 0.8),
            [(0.8, 0.2, 0, 0.2, 0, 0.8), (0.6, 0.4, 0, 0.2, 0, 0.8), (0.6, 0.4, 0, 0.2, 0, 0.8)],
        ),
        ((), [(1, 0, 0, 0, 0, 0), (0,) * 6, (0,) * 6]),
    ],
)
def test_soft_manners(answered: Sequence[float], expected: Sequence[Sequence[float]], tmp_path: Path) -> None:
    """Speaker and basis alike, each where a label is known; labels alone where the teacher has none."""
    labelled = Items(
        (StanceItem("he won", 0, 2), StanceItem("it won", 0, 2)),
        ("positive", "negative"),
        ("a", "b"),
        manners=(("outlet", ""), ("", "")),
    )
    _, manners = soften_labels(
        [make_teacher([0.5, 0.5], answered)], labelled, [StanceItem("she won", 0, 3)], tmp_path
    )
    assert manners is not None
    assert np.allclose(manners, expected)


def test_teachers_are_asked_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was answered before a kill is not asked again; other questions and other teachers are."""
    monkeypatch.setattr(distillation, "PART", 2)
    items = [StanceItem(f"{name} won", 0, 1) for name in "edcba"]
    asked: list[int] = []
    teacher = make_teacher([0.8, 0.2], asked=asked)
    answer = teacher.predict_all

    def killed(part: Sequence[StanceItem]) -> tuple[np.ndarray, np.ndarray]:
        if len(asked) == 2:
            raise KeyboardInterrupt
        return answer(part)

    teacher.predict_all = killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        ask_teachers([teacher], items, tmp_path)
    teacher.predict_all = answer  # type: ignore[method-assign]
    classes, manners = ask_teachers([teacher], items, tmp_path)
    assert asked == [2, 2, 1]
    assert np.array_equal(classes, np.tile([0.8, 0.2], (5, 1)))
    assert manners.shape == (5, 0, 3)
    ask_teachers([teacher], items, tmp_path)
    assert asked == [2, 2, 1]
    ask_teachers([teacher], items[1:2], tmp_path)
    teacher.scaling_ = {"portrayal": np.ones(3)}
    ask_teachers([teacher], items[1:2], tmp_path)
    assert asked == [2, 2, 1, 1, 1]


def test_answers_come_back_in_the_order_of_the_questions(tmp_path: Path) -> None:
    """Whatever order they are asked in."""
    teacher = make_teacher([0.5, 0.5])
    texts = ["c", "a", "b", "a"]
    teacher.predict_all = lambda items: (  # type: ignore[method-assign]
        np.array([[ord(item.text), 0.0] for item in items]),
        np.zeros((len(items), 0, 3)),
    )
    classes, _ = ask_teachers([teacher], [StanceItem(text, 0, 1) for text in texts], tmp_path)
    assert [chr(int(row[0])) for row in classes] == texts


@pytest.mark.parametrize(
    ("name", "construct", "classes", "said"),
    [
        ("stance-lexicon", "portrayal", STANCES, "must be a stance model that was trained by method"),
        ("stance-news", "portrayal", STANCES, r"of both \(negative, neutral, positive\). A student of portrayal"),
        ("stance-news", "both", ("hero", "villain"), r"A student of both \(hero, villain\) needs a teacher"),
    ],
)  # fmt: skip
def test_teachers_that_cannot_teach(name: str, construct: str, classes: Sequence[str], said: str) -> None:
    """No network, another construct or other classes are refused in one line."""
    with pytest.raises(InputError, match=f"Invalid teacher '{name}'.*{said}"):
        load_teacher(name, construct, classes)


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


TAUGHT = [  # text, target, portrayal, and the stance of the other of the two toward it
    ("the brave mayor said the minister voted", "mayor", "positive", "neutral"),
    ("the corrupt mayor said the minister voted", "mayor", "negative", "neutral"),
    ("the brave minister said the mayor voted", "mayor", "neutral", "positive"),
    ("the corrupt minister said the mayor voted", "mayor", "neutral", "negative"),
    ("the brave minister said the mayor voted", "minister", "positive", "neutral"),
    ("the corrupt minister said the mayor voted", "minister", "negative", "neutral"),
    ("the brave mayor said the minister voted", "minister", "neutral", "positive"),
    ("the corrupt mayor said the minister voted", "minister", "neutral", "negative"),
]


@pytest.mark.slow
def test_a_student_learns_what_labels_do_not_say(tiny_model: Path, tmp_path: Path) -> None:
    """From targets without labels: the portrayal by words that no label has, its manners, the author, other holders."""
    asked, labels = [], []
    for text, target, portrayal, stance in TAUGHT:
        other = {"mayor": "minister", "minister": "mayor"}[target]
        item = StanceItem(text, text.index(target), text.index(target) + len(target))
        asked.append(Target(item, "person", (other,), "taught"))
        labels += [portrayal, "neutral", stance]
    questions = [question for target in asked for question in target.ask("both")]
    assert [question.holder for question in questions[:3]] == [None, AUTHOR, "minister"]
    manners = np.tile([0.0, 1, 0, 0, 0, 1], (len(questions), 1))
    manners[0::6] = [1, 0, 0, 1, 0, 0]
    config = replace(
        TARGET_CONFIG, rank=4, epochs=150, patience=150, learning_rate=2e-3, head_learning_rate=1e-2, dropout=0.0,
        encoder_dropout=0.0, label_smoothing=0.0, batch_size=8,
    )  # fmt: skip
    teacher = AdapterStance(encoder=str(tiny_model), config=config).fit(questions, labels, manners=manners)
    assert teacher.predict(questions) == labels

    words = {"negative": "old", "neutral": "local", "positive": "new"}
    known = Items(
        tuple(StanceItem(f"the {word} town voted", 5 + len(word), 9 + len(word)) for word in words.values()),
        tuple(words),
        tuple(words),
    )
    (student,) = distil(
        [AdapterStance(encoder=str(tiny_model), config=config, seed=1)],
        [teacher],
        known,
        questions,
        known,
        tmp_path,
    )
    assert student.predict(questions) == labels
    portrayals = [target.item for target in asked]
    expected = teacher.predict_manners(portrayals).argmax(axis=2)
    assert len(np.unique(expected, axis=0)) == 2
    assert np.array_equal(student.predict_manners(portrayals).argmax(axis=2), expected)


@pytest.mark.model
def test_a_student_on_the_default_encoder_is_small() -> None:
    """Weights of both questions with manners take at most 4 MB, whatever they are taught."""
    from crossframe.learning.targets.network import CLASSES, HOLDERS, MANNERS, Net

    first, second = make_students(StanceOptions(construct="both", teacher="mine", seeds=2), 40_000)
    assert (first.seed, second.seed) == (0, 1)
    assert first.config.label_smoothing == 0
    net = Net(load_encoder(None).load_body(), {CLASSES: 3, MANNERS: 6, HOLDERS: 3}, first.config)
    assert 3e6 < sum(array.nbytes for array in net.arrays().values()) < 4e6
