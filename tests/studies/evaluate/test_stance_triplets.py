"""Who judges whom: invented stories, and SEESAW."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.studies.evaluate.invented_stories import make_stories

from crossframe.attributing.names.finders import load_name_finder
from crossframe.errors import InputError
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import AUTHOR, Corpus
from crossframe.studies.evaluate import stance, stance_holders
from crossframe.studies.evaluate.stance_holders import Key, possible_holders, read_triplets
from crossframe.studies.evaluate.stance_triplets import evaluate_triplets
from crossframe.studies.evaluate.tasks import evaluate


class _Portrayal:
    """Takes "liar" and "lied" for negative, "praised" for positive, of every entity in the sentence."""

    name = "portrayal"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        kinds = [
            0 if "liar" in item.text or "lied" in item.text else 2 if "praised" in item.text else 1
            for item in items
        ]
        return np.eye(3)[kinds]


class _Stance(_Portrayal):
    """Knows who holds the view in the invented sentences."""

    name, construct = "stance", "stance"

    def __init__(self) -> None:
        self.asked: list[StanceItem] = []

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        self.asked += items
        probability = super().predict_proba(items)
        for row, item in enumerate(items):
            of_reed = item.text[item.start : item.end] == "Ann Reed"
            holder = AUTHOR if "liar" in item.text else "Water Board"
            if not of_reed or item.holder != holder:
                probability[row] = [0, 1, 0]
        return probability


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find names by rules, which need no weights."""
    monkeypatch.setattr(stance_holders, "load_name_finder", lambda: load_name_finder("rules"))


def test_places() -> None:
    """Targets are located by their mentions; one that the sentence does not mention stands before it."""
    triplets = read_triplets(make_stories(1))
    quoted = triplets.places[Key("000-a", 2, "ann-reed")]
    assert (quoted.located, quoted.voice, dict(quoted.holders)) == (
        True,
        "water-board",
        {"water-board": "Water Board"},
    )
    absent = triplets.places[Key("000-c", 1, "dam-act")]
    assert (absent.located, absent.voice) == (False, "author")
    assert absent.items[0].text == "Dam Act: The Water Board praised Ann Reed."
    assert absent.items[0][1:3] == (0, 7)
    assert (len(triplets.polarity), triplets.n_unlisted) == (6, 2)


def test_whom_a_model_is_asked_for() -> None:
    """A model of portrayal has the voice alone; one of stance is asked for the author and all others in the sentence."""
    triplets = read_triplets(make_stories(1))
    praise = triplets.places[Key("000-b", 1, "ann-reed")]
    assert possible_holders(praise, _Portrayal()) == ["water-board"]
    assert possible_holders(praise, _Stance()) == [AUTHOR, "water-board"]


def test_a_model_of_stance() -> None:
    """What the model knows is counted right; the unmentioned target is missed, and only its polarity is asked for."""
    model = _Stance()
    metrics = evaluate_triplets(make_stories(), model)
    n = 12
    assert (metrics["n_triplets"], metrics["n_targets"], metrics["n_located"]) == (6 * n, 6 * n, 4 * n)
    assert (metrics["target_precision"], metrics["target_recall"]) == (4 / 5, 4 / 6)
    assert (metrics["triplet_precision"], metrics["triplet_recall"]) == (4 / 5, 4 / 6)
    assert metrics["located_polarity_accuracy"] == 1.0
    assert metrics["author_f1"] == metrics["holder_accuracy"] == 1.0
    assert {item.holder for item in model.asked} >= {AUTHOR, "Water Board", "somebody"}


def test_a_model_of_portrayal() -> None:
    """Whose words a mention is stands in for the holder, of a target that is not mentioned whose words most of the sentence is."""
    metrics = evaluate_triplets(make_stories(), _Portrayal())
    assert metrics["author_recall"] == 1.0
    assert metrics["author_precision"] == pytest.approx(1 / 3)
    assert metrics["holder_accuracy"] == 1.0
    assert metrics["located_polarity_accuracy"] == 1.0
    assert metrics["target_f1_low"] <= metrics["target_f1"] <= metrics["target_f1_high"]


def test_baselines_need_no_model() -> None:
    """Without a model there is always other, and always negative, and nothing else."""
    metrics = evaluate_triplets(make_stories(), None)
    assert "target_f1" not in metrics
    assert metrics["majority_polarity_accuracy"] == pytest.approx(4 / 6)
    assert metrics["majority_polarity_macro_f1"] == pytest.approx(0.4)
    assert metrics["always_other_author_accuracy"] == pytest.approx(5 / 6)
    assert metrics["always_other_target_recall"] == pytest.approx(4 / 6)
    assert metrics["always_other_triplet_f1"] == 0.0


def test_the_other_construct(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of portrayal is refused in one line; --any-construct scores it and marks the metrics."""
    monkeypatch.setattr(stance, "read_corpus", lambda name, splits: make_stories(2))
    with pytest.raises(
        InputError, match=r"'portrayal'\. It answers portrayal, and the labels of seesaw ask for stance"
    ):
        evaluate("stance", "seesaw", model=_Portrayal())
    metrics = evaluate("stance", "seesaw", model=_Portrayal(), any_construct=True)
    assert (metrics["labels_construct"], metrics["model_construct"]) == ("stance", "portrayal")
    assert "model_construct" not in evaluate("stance", "seesaw", model=_Stance())
    assert "target_f1" not in evaluate("stance", "seesaw", model="always-other")
    with pytest.raises(InputError, match="--stress"):
        evaluate("stance", "seesaw", model=_Stance(), stress=True)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_seesaw(mirror: Path, monkeypatch: pytest.MonkeyPatch, third_of: Callable[[Corpus], Corpus]) -> None:
    """Triplets are as many as the benchmark counts; on a third of the stories polarity is better than always negative.

    The third resembles the whole: macro-F1 of polarity 0.70 (0.71), AUC of the author 0.81 (0.80); a standard error of either
    is about 0.02.
    """
    monkeypatch.setattr(stance_holders, "load_name_finder", load_name_finder)
    corpus = read_corpus("seesaw")
    listed = {
        (unit["article"], unit["sentence"], unit["actor"], unit["voice"])
        for unit in corpus.gold["triplets"].units.rows()
        if unit["actor"]
    }
    assert (len(listed), len({one[:3] for one in listed})) == (5361, 4915)
    monkeypatch.setattr(stance, "read_corpus", lambda name, splits: third_of(corpus))
    metrics = evaluate("stance", "seesaw", any_construct=True)
    assert (metrics["n_triplets"], metrics["n_targets"], metrics["n_unlisted"]) == (1790, 1687, 136)
    assert metrics["n_located"] == pytest.approx(778, abs=8)
    assert metrics["polarity_macro_f1"] > metrics["majority_polarity_macro_f1"]
    assert metrics["author_accuracy"] < metrics["always_other_author_accuracy"]
    assert metrics["author_auc"] > 0.7
