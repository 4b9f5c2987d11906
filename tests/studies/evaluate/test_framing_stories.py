"""Framing on stories with feelings toward entities: invented ones, and SEESAW."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.studies.evaluate.invented_stories import make_stories

from crossframe.errors import InputError, UnknownNameError
from crossframe.judging.targets import StanceItem
from crossframe.studies.evaluate import framing, framing_stories
from crossframe.studies.evaluate.framing_stories import evaluate_feelings, read_feelings
from crossframe.studies.evaluate.tasks import evaluate


class _Alarmed:
    """Takes "liar" and "lied" for negative, "praised" for positive."""

    name = "alarmed"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        return np.array(
            [
                [1.0, 0, 0] if "lia" in item.text or "lied" in item.text else [0, 0, 1.0] if "praised" in item.text else [0, 1.0, 0]
                for item in items
            ]
        )  # fmt: skip


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find names by rules, which need no weights."""
    from crossframe.attributing.names.finders import load_name_finder

    monkeypatch.setattr(framing_stories, "load_name_finder", lambda: load_name_finder("rules"))


def test_scores_and_what_is_known() -> None:
    """Scores are of the sentences by voice; an entity that is not found has 0 and stays in."""
    feelings = read_feelings(make_stories(2), _Alarmed())
    rows = {
        (outlet, actor): number
        for number, (outlet, actor) in enumerate(
            zip(feelings.cases.outlet, feelings.cases.actor, strict=True)
        )
    }
    assert len(feelings.cases) == 18
    assert {name: feelings.scores[name][rows["a", "ann-reed"]] for name in ("", "outlet_", "quoted_", "mean_")} == {
        "": -2, "outlet_": -1, "quoted_": -1, "mean_": -1
    }  # fmt: skip
    assert feelings.scores[""][rows["c", "ann-reed"]] == 0
    assert feelings.scores["mean_"][rows["c", "ann-reed"]] == 1
    assert feelings.scores["found"][rows["a", "dam-act"]] == 0
    assert feelings.kind[rows["a", "dam-act"]] == "topic"
    assert feelings.cases.truth[rows["b", "ann-reed"]] == 0.25
    assert feelings.lean[rows["c", "ann-reed"]] == 2
    assert feelings.ideology[rows["a", "ann-reed"]] == -1


def test_metrics() -> None:
    """The headline leaves topics out; what the score cannot tell apart counts half; annotators are held against each other."""
    metrics = evaluate_feelings(make_stories(), _Alarmed())
    assert metrics["score"] == "negative-sum"
    assert list(metrics)[:2] == ["score", "auc"]
    assert metrics["auc"] == metrics["ordering_accuracy"] == metrics["person_ordering_accuracy"] == 1.0
    assert metrics["outlet_ordering_accuracy"] == pytest.approx((1 + 1 + 0.5) / 3)
    assert metrics["product_auc"] == metrics["product_ordering_accuracy"] == 1.0
    assert metrics["prior_ordering_accuracy"] == 0.0
    assert metrics["fixed_order_ordering_accuracy"] == 1.0
    assert metrics["gain_over_prior_low"] < metrics["gain_over_prior"] < metrics["gain_over_prior_high"]
    assert (metrics["cells_ordering_accuracy"], metrics["cells_n_pairs"]) == (1.0, 3)
    assert (metrics["n"], metrics["n_pairs"], metrics["topic_n"], metrics["n_found"]) == (72, 36, 36, 72)
    assert metrics["topic_auc"] is None
    assert metrics["annotator_ordering_accuracy"] == 1.0
    assert (metrics["annotator_n"], metrics["annotator_n_pairs"]) == (12 * 3 * 2, 12 * 3)
    assert (metrics["annotator_n_articles"], metrics["annotator_n_events"]) == (12 * 3, 12)
    assert "unshared_auc" in metrics
    assert metrics["unshared_n_events"] < metrics["n_events"] == 12


def test_a_model_of_stance_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The framing score is made of portrayal; --any-construct lifts that, and the metrics say so."""
    monkeypatch.setattr(framing, "read_corpus", lambda name: make_stories())

    class OfStance(_Alarmed):
        construct = "stance"

    with pytest.raises(
        InputError, match=r"'alarmed'\. It answers stance, and framing scores ask for portrayal"
    ):
        evaluate("framing", "seesaw", model=OfStance())
    metrics = evaluate("framing", "seesaw", model=OfStance(), any_construct=True)
    assert (metrics["labels_construct"], metrics["model_construct"]) == ("portrayal", "stance")
    assert metrics["auc"] == 1.0
    assert "model_construct" not in evaluate("framing", "seesaw", model=_Alarmed())


@pytest.mark.parametrize(
    ("on", "message"), [("basil", "one split only"), ("seesaw", "must be one of: dev, test")]
)
def test_splits(on: str, message: str) -> None:
    """Only SEESAW has splits of judged articles."""
    with pytest.raises((InputError, UnknownNameError), match=message):
        evaluate("framing", on, split="train")


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_seesaw(mirror: Path) -> None:
    """On SEESAW the shipped model tells negative from the rest better than what needs no text, and orders outlets worse."""
    metrics = evaluate("framing", "seesaw")
    assert (metrics["n"], metrics["n_events"], metrics["topic_n"], metrics["n_pairs"]) == (
        1999,
        113,
        416,
        472,
    )
    assert metrics["unshared_n_events"] == 56
    counts = [metrics[f"annotator_{name}"] for name in ("n", "n_articles", "n_events", "n_pairs")]
    assert counts == [109, 15, 5, 32]
    assert metrics["prior_ordering_accuracy"] == pytest.approx(0.642, abs=0.001)
    assert metrics["annotator_auc"] > metrics["mean_auc"] > metrics["prior_auc"]
    assert metrics["mean_auc"] == pytest.approx(0.716, abs=0.02)
    assert metrics["gain_over_prior"] > 0
    assert metrics["cells_n"] == metrics["n_found"] > 1500
    assert metrics["recalibrated_200_cells_rmse"] < metrics["cells_rmse"] < metrics["constant_200_cells_rmse"]
    assert metrics["recalibrated_100_cells_mean_error"] == pytest.approx(0.299, abs=0.015)
