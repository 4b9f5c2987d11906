"""The fit loop: batches of like length, schedules, and checkpoints that the very same fit alone goes on from."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.errors import CrossframeWarning
from crossframe.learning.fit_loop import Checkpoint, Fit, batch_by_length, fit_key
from crossframe.learning.targets.classifier import Marked
from crossframe.learning.targets.fitting import TARGET_CONFIG, Example

SEEN = [Example(Marked("Ann won.", ((0, 3),)), (0.0, 1.0))]


def test_the_key_says_all_that_a_fit_depends_on() -> None:
    """Encoder, hyperparameters, seed, redrawing, arithmetic and examples: another of any gives another key."""
    key = fit_key("e", TARGET_CONFIG, 0, False, False, SEEN)
    assert key == fit_key("e", replace(TARGET_CONFIG), 0, False, False, list(SEEN))
    others = {
        fit_key("f", TARGET_CONFIG, 0, False, False, SEEN),
        fit_key("e", replace(TARGET_CONFIG, learning_rate=1e-3), 0, False, False, SEEN),
        fit_key("e", TARGET_CONFIG, 1, False, False, SEEN),
        fit_key("e", TARGET_CONFIG, 0, True, False, SEEN),
        fit_key("e", TARGET_CONFIG, 0, False, True, SEEN),
        fit_key("e", TARGET_CONFIG, 0, False, False, [replace(SEEN[0], label=(1.0, 0.0))]),
    }
    assert len(others | {key}) == 7
    with pytest.raises(TypeError, match="Invalid part"):
        fit_key(object())


def fit_line(n_steps: int = 4) -> tuple[Fit, Any]:
    """Return the fit of a linear layer, and the loss of a batch of numbers."""
    import torch

    net = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1))
    config = replace(TARGET_CONFIG, learning_rate=0.1, head_learning_rate=0.1, ema_decay=0.5)
    fit = Fit(net, list(net[0].parameters()), list(net[1].parameters()), config, n_steps)
    return fit, lambda batch: net(torch.tensor([[float(i), 1.0] for i in batch])).pow(2).sum()


def test_a_checkpoint_is_gone_on_from_by_its_key_alone(tmp_path: Path) -> None:
    """What was saved comes back; under another key, without a file or from a damaged one, nothing does."""
    import torch

    file = tmp_path / "folder" / "state"
    rng = np.random.default_rng(3)
    checkpoint = Checkpoint(file, "key")
    checkpoint.best = {"w": np.ones(2)}
    with torch.random.fork_rng():
        torch.manual_seed(1)
        fit, loss_of = fit_line()
        fit.run_epoch([[1, 2], [3, 4]], loss_of, "Fitting")
        checkpoint.save(fit, {"epoch": 1, "loss": 0.5}, rng)
        drawn, noise = rng.random(), torch.rand(1)
        fit.run_epoch([[1, 3]], loss_of, "Fitting")
        again, loss_again = fit_line()
        other = np.random.default_rng(9)
        kept = Checkpoint(file, "key")
        kept.restore(again, other)
        assert (other.random(), torch.rand(1)) == (drawn, noise)
        assert again.n_done == 2
        again.run_epoch([[1, 3]], loss_again, "Fitting")
    assert kept.log == [{"epoch": 1, "loss": 0.5}]
    assert kept.best["w"].tolist() == [1, 1]
    wanted = fit.state()
    assert all(np.array_equal(array, wanted[name]) for name, array in again.state().items())
    damaged = tmp_path / "damaged"
    damaged.write_bytes(file.read_bytes()[:20])
    for path, key in ((file, "other"), (None, "key"), (tmp_path / "none", "key"), (damaged, "key")):
        nothing = Checkpoint(path, key)
        assert (nothing.log, nothing.best) == ([], {})
        nothing.restore(again)
        assert again.n_done == 3


def test_a_fit_that_cannot_be_saved_goes_on(tmp_path: Path) -> None:
    """Where the file cannot be written, that is a warning."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.warns(CrossframeWarning, match="Cannot save the fit"):
        Checkpoint(tmp_path / "file" / "state", "key").save(fit_line()[0], {"epoch": 1})


@pytest.mark.parametrize("across_pools", [True, False])
def test_batches_hold_examples_of_like_length(across_pools: bool) -> None:
    """Every example is in one batch, lengths in a batch are near, and only as many batches are short as there are pools."""
    lengths = np.random.default_rng(0).integers(1, 200, size=333).tolist()
    batches = batch_by_length(lengths, 4, np.random.default_rng(1), across_pools=across_pools)
    assert sorted(i for batch in batches for i in batch) == list(range(333))
    spread = [max(lengths[i] for i in batch) - min(lengths[i] for i in batch) for batch in batches]
    assert np.median(spread) < 20
    assert sum(len(batch) < 4 for batch in batches) == (1 if across_pools else 2)
    assert batches != batch_by_length(lengths, 4, np.random.default_rng(2), across_pools=across_pools)


def test_schedules_rise_and_fall() -> None:
    """A tenth of the steps rises by default; a rate may be constant; a fall may end above 0."""
    factor = TARGET_CONFIG.schedule(100)
    assert [factor(step) for step in (0, 4, 50, 99, 100)] == pytest.approx([0.1, 0.48, 0.5, 0.01, 0.0])
    constant = replace(TARGET_CONFIG, warmup_steps=1, min_decay=1.0).schedule(10)
    assert {constant(step) for step in range(10)} == {1.0}
    assert replace(TARGET_CONFIG, warmup_steps=5, min_decay=0.2).schedule(10)(9) == pytest.approx(0.2)


def test_patience_follows_from_the_epochs() -> None:
    """A quarter of the epochs, two at least."""
    assert [TARGET_CONFIG.for_epochs(n).patience for n in (4, 12)] == [2, 3]
