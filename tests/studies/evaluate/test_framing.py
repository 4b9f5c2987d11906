"""The metrics of framing on BASIL, beside baselines that learn and that do not."""

from pathlib import Path

import pytest
from framing_weights import measure

from crossframe.errors import InputError
from crossframe.studies.evaluate.tasks import evaluate


def test_gold_is_needed() -> None:
    """A corpus without judgements of framing is refused."""
    with pytest.raises(InputError, match="Missing framing gold"):
        evaluate("framing", "georgia-2008")


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_framing_beats_its_baselines(mirror: Path) -> None:
    """On BASIL the negative sum orders outlets, and tells negative from the rest, better than every baseline."""
    metrics = evaluate("framing", "basil")
    baselines = ("mean", "lexicon", "fixed_order")
    assert metrics["product_auc"] > max(metrics[f"{name}_auc"] for name in baselines)
    for metric in ("ordering_accuracy", "auc"):
        assert metrics[metric] > max(metrics[f"{name}_{metric}"] for name in baselines)
        assert metrics[metric] < metrics[f"spans_{metric}"]
        assert metrics[f"{metric}_low"] < metrics[metric] < metrics[f"{metric}_high"]
    assert (metrics["n"], metrics["n_pairs"], metrics["n_events"]) == (612, 173, 67)
    assert metrics["spans_ordering_accuracy"] == pytest.approx(0.829, abs=0.001)
    assert metrics["fixed_order_ordering_accuracy"] == pytest.approx(0.607, abs=0.001)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_framing_beats_what_is_learned(mirror: Path) -> None:
    """On BASIL the framing score orders outlets, and tells negative from the rest, better than every learned baseline.

    It stands beside the test above, whose portrayals of the same mentions are in the cache.
    """
    metrics = {(name, metric): values for name, metric, values in measure()}
    for metric in ("ordering_accuracy", "auc"):
        framing = metrics["framing", metric]
        baselines = ("mean", "linear", "article", "outlet", "actor", "fixed_order")
        assert framing.value > max(metrics[name, metric].value for name in baselines)
        assert framing.low < framing.value < framing.high
    assert metrics["fixed_order", "ordering_accuracy"].value == pytest.approx(0.607, abs=0.001)
