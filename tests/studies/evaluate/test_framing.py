"""The metrics of framing on BASIL, beside baselines that learn and that do not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import framing_weights
import pytest

from crossframe.errors import InputError
from crossframe.studies.evaluate import framing
from crossframe.studies.evaluate.tasks import evaluate


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """Read and judge BASIL's events once for the evaluation and the benchmark, which both take the shipped model."""
    read_events = framing.read_events
    kept: list[dict[str, framing.JudgedEvent]] = []

    def read(*given: Any) -> dict[str, framing.JudgedEvent]:
        if not kept:
            kept.append(read_events(*given))
        return kept[0]

    with pytest.MonkeyPatch.context() as patch:
        for module in (framing, framing_weights):
            patch.setattr(module, "read_events", read)
        yield


def test_gold_is_needed() -> None:
    """A corpus without judgements of framing is refused."""
    with pytest.raises(InputError, match="Missing framing gold"):
        evaluate("framing", "georgia-2008")


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
@pytest.mark.usefixtures("read_once")
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
@pytest.mark.usefixtures("read_once")
def test_framing_beats_what_is_learned(mirror: Path) -> None:
    """On BASIL the framing score orders outlets, and tells negative from the rest, better than every learned baseline."""
    metrics = {(name, metric): values for name, metric, values in framing_weights.measure()}
    for metric in ("ordering_accuracy", "auc"):
        ours = metrics["framing", metric]
        baselines = ("mean", "linear", "article", "outlet", "actor", "fixed_order")
        assert ours.value > max(metrics[name, metric].value for name in baselines)
        assert ours.low < ours.value < ours.high
    assert metrics["fixed_order", "ordering_accuracy"].value == pytest.approx(0.607, abs=0.001)
