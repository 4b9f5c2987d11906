"""Late interaction: symmetric, learns, reads the same by ONNX Runtime as by torch, survives being written."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.pairs import fitting as interaction_fitting
from crossframe.learning.pairs import late_interaction as interaction
from crossframe.learning.pairs.fitting import PairTask, fit_interaction
from crossframe.learning.pairs.late_interaction import LateInteraction, can_interact

TOLD = (
    "the mayor opened the bridge",
    "rain fell in town",
    "the minister closed the ferry",
    "snow on the road",
)
AGAIN = (
    "the bridge was opened by the mayor",
    "in town rain fell",
    "the ferry closed by the minister",
    "road snow",
)


def task() -> PairTask:
    """Return an event of two outlets that tell the same four things."""
    n = len(TOLD)
    left, right = np.divmod(np.arange(n * n), n)
    return PairTask((*TOLD, *AGAIN), left, right + n, np.where(left == right, 2, 0))


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TransformerEncoder:
    """Return the tiny model as an encoder."""
    loaded = load_encoder(str(tiny_model))
    assert isinstance(loaded, TransformerEncoder)
    return loaded


@pytest.fixture(scope="module")
def arrays(encoder: TransformerEncoder) -> dict[str, np.ndarray]:
    """Return the weights of a reader fitted on three hundred times the same event."""
    return fit_interaction(encoder, [task()] * 300)


@pytest.mark.slow
def test_it_learns_what_is_told_twice(encoder: TransformerEncoder, arrays: dict[str, np.ndarray]) -> None:
    """On its own training event, pairs that tell the same get higher log-odds than most others."""
    one = task()
    odds = LateInteraction(encoder, arrays).score_pairs(one.texts, one.left, one.right)[:, 0]
    same, other = odds[one.label > 0], odds[one.label == 0]
    assert same.min() > np.median(other)
    assert same.mean() > other.mean() + 1


@pytest.mark.slow
def test_swapping_and_order_change_nothing(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray]
) -> None:
    """A pair's log-odds depend neither on which text is left, nor on the other pairs, nor on the order."""
    one, reader = task(), LateInteraction(encoder, arrays)
    odds = reader.score_pairs(one.texts, one.left, one.right)
    swapped = reader.score_pairs(one.texts, one.right, one.left)
    assert np.allclose(odds, swapped, atol=1e-4)
    some = np.array([5, 2, 9])
    assert np.allclose(odds[some], reader.score_pairs(one.texts, one.left[some], one.right[some]), atol=1e-4)
    assert reader.score_pairs(one.texts, one.left[:0], one.right[:0]).shape == (0, 2)


@pytest.mark.slow
def test_what_was_read_is_not_read_again(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second reading of the same event comes from the cache; other weights, texts or pairs are read."""
    one, calls = task(), []
    fresh = LateInteraction.read_anew

    def counted(self: LateInteraction, *asked: Any) -> np.ndarray:
        calls.append(1)
        return fresh(self, *asked)

    monkeypatch.setattr(LateInteraction, "read_anew", counted)
    odds = LateInteraction(encoder, arrays).score_pairs(one.texts, one.left, one.right)
    first = len(calls)
    again = LateInteraction(encoder, arrays).score_pairs(one.texts, one.left, one.right)
    assert np.array_equal(odds, again)
    assert len(calls) == first
    name = next(name for name in arrays if name.startswith("reader.head."))
    LateInteraction(encoder, arrays | {name: arrays[name] + 1}).score_pairs(one.texts, one.left, one.right)
    LateInteraction(encoder, arrays).score_pairs(one.texts, one.left[:3], one.right[:3])
    LateInteraction(encoder, arrays).score_pairs(("another", *one.texts[1:]), one.left, one.right)
    assert len(calls) == first + 3


@pytest.mark.slow
def test_merged_weights_are_the_trained_ones(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates merged into the body and run in float32 give the states of the network that was trained."""
    from crossframe.learning.pairs.network import Net

    monkeypatch.setattr(interaction, "PRECISION", "float32")
    reader = LateInteraction(encoder, arrays)
    net = Net(encoder.load_body(), interaction_fitting.RANK).eval()
    net.put(arrays)
    ids = [reader.fast.tokenizer.encode(text).ids for text in TOLD]
    states, length = net.read_upper(net.read_lower(ids))
    for found, wanted, n in zip(reader.fast.encode_tokens(TOLD), states, length.tolist(), strict=True):
        assert np.allclose(found, wanted[:n].detach().numpy(), atol=1e-4)


@pytest.mark.slow
def test_what_was_fitted_is_kept(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same fit again comes from the cache; another seed or a start does not."""
    monkeypatch.setattr(interaction_fitting, "_fit", lambda *_: {"reader.made": np.zeros(1)})
    again = fit_interaction(encoder, [task()] * 300)
    assert all(np.array_equal(again[name], array) for name, array in arrays.items())
    assert set(fit_interaction(encoder, [task()] * 300, seed=1)) == {"reader.made"}
    assert set(fit_interaction(encoder, [task()], start=arrays)) == {"reader.made"}


def test_which_encoders_can_interact(encoder: TransformerEncoder) -> None:
    """A plain BERT can, TF-IDF cannot."""
    assert can_interact(encoder)
    assert not can_interact(load_encoder("tfidf"))
