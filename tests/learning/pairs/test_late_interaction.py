"""Late interaction: symmetric, learns, computes the same by ONNX Runtime as by torch, is fitted once."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder, is_bert_like
from crossframe.learning.fit_loop import Fit
from crossframe.learning.pairs import fitting as interaction_fitting
from crossframe.learning.pairs import late_interaction
from crossframe.learning.pairs.fitting import LabelledPairs, fit_interaction
from crossframe.learning.pairs.late_interaction import LateInteraction

TEXTS = (
    "the mayor opened the bridge",
    "rain fell in town",
    "the minister closed the ferry",
    "snow on the road",
)
PARAPHRASES = (
    "the bridge was opened by the mayor",
    "in town rain fell",
    "the ferry closed by the minister",
    "road snow",
)


def event() -> LabelledPairs:
    """Return an event of two outlets that report the same four things."""
    n = len(TEXTS)
    left, right = np.divmod(np.arange(n * n), n)
    return LabelledPairs((*TEXTS, *PARAPHRASES), left, right + n, np.where(left == right, 2, 0))


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TransformerEncoder:
    """Return the tiny model as an encoder."""
    loaded = load_encoder(str(tiny_model))
    assert isinstance(loaded, TransformerEncoder)
    return loaded


@pytest.fixture(scope="module")
def arrays(encoder: TransformerEncoder) -> dict[str, np.ndarray]:
    """Return weights fitted on three hundred times the same event."""
    return fit_interaction(encoder, [event()] * 300)


@pytest.mark.slow
def test_it_learns_what_is_reported_twice(encoder: TransformerEncoder, arrays: dict[str, np.ndarray]) -> None:
    """On its own training event, pairs that report the same get higher log-odds than most others."""
    one = event()
    odds = LateInteraction(encoder, arrays).score_pairs(one.texts, one.left, one.right)[:, 0]
    same, other = odds[one.label > 0], odds[one.label == 0]
    assert same.min() > np.median(other)
    assert same.mean() > other.mean() + 1


@pytest.mark.slow
def test_swapping_and_order_change_nothing(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray]
) -> None:
    """A pair's log-odds depend neither on which text is left, nor on the other pairs, nor on the order."""
    one, interaction = event(), LateInteraction(encoder, arrays)
    odds = interaction.score_pairs(one.texts, one.left, one.right)
    swapped = interaction.score_pairs(one.texts, one.right, one.left)
    assert np.allclose(odds, swapped, atol=1e-4)
    some = np.array([5, 2, 9])
    assert np.allclose(
        odds[some], interaction.score_pairs(one.texts, one.left[some], one.right[some]), atol=1e-4
    )
    assert interaction.score_pairs(one.texts, one.left[:0], one.right[:0]).shape == (0, 2)


@pytest.mark.slow
def test_what_was_scored_is_not_scored_again(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same event again comes from the cache; other weights, texts or pairs are scored."""
    one, calls = event(), []
    fresh = LateInteraction.compute_logits

    def counted(self: LateInteraction, *content: Any) -> np.ndarray:
        calls.append(1)
        return fresh(self, *content)

    monkeypatch.setattr(LateInteraction, "compute_logits", counted)
    odds = LateInteraction(encoder, arrays).score_pairs(one.texts, one.left, one.right)
    first = len(calls)
    again = LateInteraction(encoder, arrays).score_pairs(one.texts, one.left, one.right)
    assert np.array_equal(odds, again)
    assert len(calls) == first
    name = next(name for name in arrays if name.startswith("interaction.head."))
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

    monkeypatch.setattr(late_interaction, "PRECISION", "float32")
    interaction = LateInteraction(encoder, arrays)
    net = Net(encoder.load_body(), interaction_fitting.INTERACTION_CONFIG.rank).eval()
    interaction_fitting.load_arrays(net, arrays)
    ids = [interaction.fast.tokenizer.encode(text).ids for text in TEXTS]
    states, length = net.encode_upper(net.encode_lower(ids))
    for found, wanted, n in zip(interaction.fast.encode_tokens(TEXTS), states, length.tolist(), strict=True):
        assert np.allclose(found, wanted[:n].detach().numpy(), atol=1e-4)


@pytest.mark.slow
def test_what_was_fitted_is_kept(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same fit again comes from the cache; another seed or a start does not."""

    def finish(*content: Any) -> None:
        content[4].best = {"interaction.made": np.zeros(1)}

    monkeypatch.setattr(interaction_fitting, "_run_stages", finish)
    again = fit_interaction(encoder, [event()] * 300)
    assert all(np.array_equal(again[name], array) for name, array in arrays.items())
    assert set(fit_interaction(encoder, [event()] * 300, seed=1)) == {"interaction.made"}
    assert set(fit_interaction(encoder, [event()], start=arrays)) == {"interaction.made"}


@pytest.mark.slow
@pytest.mark.parametrize("n_epochs", [1, 2])
def test_a_killed_fit_goes_on_where_it_was(
    encoder: TransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_epochs: int
) -> None:
    """Killed after the head alone or later, a fit ends with the very weights of one that was never killed."""
    events = [event()] * 20
    wanted = fit_interaction(encoder, events, seed=3, resume=tmp_path / "whole")
    run_epoch, calls = Fit.run_epoch, []

    class Killed(Exception):
        """Stands for a kill."""

    def killed(self: Fit, *content: Any) -> float:
        if len(calls) == n_epochs:
            raise Killed
        calls.append(1)
        return run_epoch(self, *content)

    with monkeypatch.context() as patch:
        patch.setattr(Fit, "run_epoch", killed)
        with pytest.raises(Killed):
            fit_interaction(encoder, events, seed=3, resume=tmp_path / "killed")
    found = fit_interaction(encoder, events, seed=3, resume=tmp_path / "killed")
    assert found.keys() == wanted.keys()
    assert all(np.array_equal(found[name], wanted[name]) for name in wanted)


def test_which_encoders_are_bert_like(encoder: TransformerEncoder) -> None:
    """A plain BERT is, TF-IDF is not."""
    assert is_bert_like(encoder)
    assert not is_bert_like(load_encoder("tfidf"))
