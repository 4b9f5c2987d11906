"""Stance by a trained encoder: learns who is meant, is calibrated, is saved and loaded, takes labels of any name."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError, MissingDataError
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.questions import HeldOutItems, find_holder, group_items, marked
from crossframe.judging.stance.stance_model import annotate_mentions, constructs_of
from crossframe.judging.targets import StanceItem
from crossframe.learning.targets.fitting import TARGET_CONFIG
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Article, Spans

pytestmark = pytest.mark.slow
TEXTS = [
    ("the brave mayor said the corrupt minister voted", "mayor", "positive"),
    ("the brave mayor said the corrupt minister voted", "minister", "negative"),
    ("the corrupt mayor said the brave minister voted", "mayor", "negative"),
    ("the corrupt mayor said the brave minister voted", "minister", "positive"),
    ("the mayor said rain fell on the minister", "mayor", "neutral"),
    ("the mayor said rain fell on the minister", "minister", "neutral"),
]
TARGETS = [StanceItem(text, text.index(name), text.index(name) + len(name)) for text, name, _ in TEXTS]
LABELS = [label for _, _, label in TEXTS]
QUICK = replace(
    TARGET_CONFIG,
    rank=4,
    epochs=25,
    patience=25,
    learning_rate=3e-3,
    head_learning_rate=1e-2,
    dropout=0.0,
    batch_size=4,
)


def held(items: Sequence[StanceItem], labels: Sequence[str]) -> HeldOutItems:
    """Return held-out items of one part."""
    return HeldOutItems(items, labels, [""] * len(items))


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> AdapterStance:
    """Return a model that learned the texts above."""
    made = AdapterStance(encoder=str(tiny_model), config=QUICK, swapped=0.0)
    return made.fit(TARGETS * 6, LABELS * 6, held_out=held(TARGETS, LABELS))


def test_it_learns_who_is_meant(model: AdapterStance) -> None:
    """Two targets of one sentence get two labels; the best epoch is kept."""
    assert model.classes_ == ("negative", "neutral", "positive")
    assert model.predict(TARGETS) == LABELS
    assert max(epoch["score"] for epoch in model.epochs_) == 1.0


def test_probabilities_and_their_temperature(model: AdapterStance) -> None:
    """Probabilities sum to one, of no targets there are none, and the temperature flattens them."""
    sure = model.predict_proba(TARGETS)
    assert np.allclose(sure.sum(axis=1), 1)
    assert model.predict_proba([]).shape == (0, 3)
    labels = [*LABELS[:4], "positive", "negative"]
    wrong = AdapterStance(encoder=model.encoder)
    wrong.arrays_, wrong.classes_ = model.arrays_, model.classes_
    wrong.calibrate(TARGETS, labels)
    flat = wrong.predict_proba(TARGETS)
    assert wrong.scaling_["portrayal"][0] > 1
    assert flat.max() < sure.max()


def test_it_is_the_same_after_saving(model: AdapterStance, tmp_path: Path) -> None:
    """A written folder gives the same probabilities, and one whose encoder has other weights is refused."""
    files = model.to_files("mine", "# mine\n", {}, "A note.")
    files.write(tmp_path / "mine")
    loaded = load_stance_model(str(tmp_path / "mine"))
    assert np.array_equal(loaded.predict_proba(TARGETS), model.predict_proba(TARGETS))
    assert (loaded.name, loaded.note) == ("mine", "A note.")
    files.config["encoder_fingerprint"] = "other"
    files.write(tmp_path / "other")
    with pytest.raises(MissingDataError, match="trained on other weights"):
        load_stance_model(str(tmp_path / "other"))


def test_mentions_of_one_actor_are_all_marked(model: AdapterStance) -> None:
    """Every mention of an actor in the sentence is marked, each is judged at its own place, cached or not."""
    article = Article("a", "e", "o", "", "the brave mayor said the corrupt minister met the mayor")
    sentences = split_sentences([article])
    at = [(i, "mayor") for i in (10, 50)] + [(33, "minister")]
    mentions = Spans.from_rows(
        {"article": "a", "start": i, "end": i + len(name), "actor": name, "kind": "nominal"}
        for i, name in sorted(at)
    )
    voices = (AUTHOR,) * 3
    once, again = (annotate_mentions(model, sentences, mentions, voices) for _ in range(2))
    assert np.array_equal(once.scores, again.scores)
    targets = [StanceItem(article.text, 10, 15, ((50, 55),)), StanceItem(article.text, 33, 41)]
    assert marked(targets[0]).spans == ((10, 15), (50, 55))
    assert np.allclose(once.scores[:2], model.predict_proba(targets), atol=1e-6)


def test_a_whole_encoder_is_trained_and_labels_have_any_name(tiny_model: Path, tmp_path: Path) -> None:
    """With rank 0 all weights learn; two labels of free names are kept in order."""
    config = replace(
        TARGET_CONFIG,
        rank=0,
        epochs=25,
        patience=25,
        learning_rate=1e-3,
        head_learning_rate=1e-2,
        dropout=0.0,
        batch_size=4,
    )
    labels = ["foe" if label == "negative" else "friend" for label in LABELS[:4]]
    model = AdapterStance(encoder=str(tiny_model), config=config, swapped=0.0)
    model.fit(TARGETS[:4] * 6, labels * 6, held_out=held(TARGETS[:4], labels))
    assert model.classes_ == ("foe", "friend")
    assert model.predict(TARGETS[:4]) == labels
    assert any(name.startswith("target.body.") for name in model.arrays_)
    model.to_files("mine", "# mine\n", {}, "").write(tmp_path / "mine")
    assert load_stance_model(str(tmp_path / "mine")).predict(TARGETS[:4]) == labels


def test_swapped_names_are_learned_from(tiny_model: Path) -> None:
    """With swaps the targets are seen under other names, and the same seed gives the same weights."""
    people = [
        StanceItem(text.replace("mayor", "Jane Hale"), start, start + len("Jane Hale"))
        for text, start, *_ in TARGETS
        if text[start:].startswith("mayor")
    ]
    labels = ["positive", "negative", "neutral"]
    fits = [
        AdapterStance(
            encoder=str(tiny_model), config=replace(TARGET_CONFIG, rank=4, epochs=2), swapped=share
        ).fit(people * 3, labels * 3)
        for share in (0.9, 0.9, 0.0)
    ]
    first, second, without = (model.arrays_ for model in fits)
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert not all(np.array_equal(first[name], without[name]) for name in first)


@pytest.mark.parametrize("encoder", ["tfidf", "all-MiniLM-L6-v2:int8"])
def test_encoders_that_cannot_be_trained(encoder: str) -> None:
    """Only a transformer in float32 has weights to train."""
    with pytest.raises(InputError, match="must be a transformer in float32"):
        AdapterStance(encoder=encoder).fit(TARGETS, LABELS)


def test_without_held_out_targets_nothing_stops_a_fit(tiny_model: Path) -> None:
    """All epochs are run, whatever the patience: there is nothing to be patient about."""
    fitted = AdapterStance(
        encoder=str(tiny_model), config=replace(TARGET_CONFIG, rank=2, epochs=5, patience=1)
    ).fit(TARGETS, LABELS)
    assert len(fitted.epochs_) == 5


def test_one_label_teaches_nothing(tiny_model: Path) -> None:
    """A single label is refused."""
    with pytest.raises(InputError, match="at least two"):
        AdapterStance(encoder=str(tiny_model)).fit(TARGETS, ["neutral"] * len(TARGETS))


HOLDERS = [
    ("the brave mayor said the minister voted", "minister", "mayor", "positive"),
    ("the corrupt mayor said the minister voted", "minister", "mayor", "negative"),
    ("the brave minister said the mayor voted", "mayor", "minister", "positive"),
    ("the corrupt minister said the mayor voted", "mayor", "minister", "negative"),
    ("the brave mayor said the minister voted", "mayor", "minister", "neutral"),
    ("the corrupt minister said the mayor voted", "minister", "mayor", "neutral"),
]


def test_one_model_answers_two_questions(tiny_model: Path, tmp_path: Path) -> None:
    """Taught portrayal and stance it answers each, by holder, the same after saving, each with a scaling of its own."""
    asked = [
        StanceItem(text, text.index(target), text.index(target) + len(target), holder=holder)
        for text, target, holder, _ in HOLDERS
    ]
    truth = [label for *_, label in HOLDERS]
    items, labels = [*TARGETS, *asked], [*LABELS, *truth]
    manners = np.zeros((len(items), 6))
    manners[: len(TARGETS)] = [1, 0, 0, 0, 0, 1]
    model = AdapterStance(
        encoder=str(tiny_model),
        config=replace(QUICK, epochs=120, patience=120, batch_size=6, learning_rate=2e-3),
    )
    model.fit(items, labels, manners=manners, held_out=held(items, labels))
    assert model.predict(items) == labels
    assert constructs_of(model) == ("portrayal", "stance")
    model.calibrate(items, labels)
    assert sorted(model.scaling_) == ["holders", "portrayal"]
    assert model.predict_manners(TARGETS).argmax(axis=2).tolist() == [[0, 2]] * len(TARGETS)
    model.to_files("mine", "# mine\n", {}, "").write(tmp_path / "mine")
    loaded = load_stance_model(str(tmp_path / "mine"))
    assert np.array_equal(loaded.predict_proba(items), model.predict_proba(items))
    assert constructs_of(loaded) == ("portrayal", "stance")


def test_a_target_is_read_once_for_all_its_holders() -> None:
    """Portrayal and all holders of a target are one question; a holder that the text does not name is set before it."""
    one = StanceItem("Ann praised Bea, and Cy did not.", 12, 15)
    asked = [one, one._replace(holder="Cy"), one._replace(holder="author"), one._replace(holder="Di"), one]
    first, second = group_items(asked)
    assert (first.item, first.holders, first.portrayal, first.stances) == (
        one,
        ("Cy", "author"),
        (0, 4),
        (1, 2),
    )
    assert (second.item.text, second.holders, second.stances) == (f"Di: {one.text}", ("Di",), (3,))


@pytest.mark.parametrize(
    ("text", "target", "holder", "found"),
    [
        ("Ann's aide blamed Ann.", (18, 21), "Ann", (0, 3)),
        ("Annapolis, not Ann, blamed Bea.", (27, 30), "Ann", (15, 18)),
        ("The G7 blamed Sovia.", (14, 19), "the G7", (0, 6)),
        ("Sovia blamed the G7.", (0, 5), "Sovia", None),
        ("Sovia blamed the G7.", (0, 5), "Velm", None),
        ("Sovia blamed the G7.", (0, 5), "author", (0, 0)),
        ("Sovia blamed the G7 (U.S.).", (0, 5), "U.S.", (21, 25)),
    ],
)
def test_where_a_holder_stands(
    text: str, target: tuple[int, int], holder: str, found: tuple[int, int] | None
) -> None:
    """Whole words outside of the target, whatever their case."""
    assert find_holder(StanceItem(text, *target), holder) == found


def test_what_a_model_was_not_taught(model: AdapterStance) -> None:
    """A model of portrayal gives it for every holder; one of stance alone, asked for portrayal, says where the author stands."""
    asked = [item._replace(holder="author") for item in TARGETS]
    assert np.array_equal(model.predict_proba(asked), model.predict_proba(TARGETS))
    of_stance = AdapterStance(encoder=model.encoder, config=replace(TARGET_CONFIG, rank=2, epochs=1))
    of_stance.fit(asked, LABELS)
    assert constructs_of(of_stance) == ("stance",)
    assert np.array_equal(of_stance.predict_proba(asked), of_stance.predict_proba(TARGETS))
