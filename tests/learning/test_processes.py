"""Processes that share a fit: together they learn what one alone learns, the first alone goes on, and what cannot be shared is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.learning.processes import Processes, count_processes

SCRIPT = """
import json, sys
from dataclasses import replace
from pathlib import Path
import torch
from crossframe.learning.fit_loop import Checkpoint, Fit
from crossframe.learning.processes import Processes
from crossframe.learning.targets.fitting import TARGET_CONFIG

out = Path(sys.argv[1])
processes = Processes.started()
torch.manual_seed(0)
net = torch.nn.ModuleList([torch.nn.Linear(2, 2), torch.nn.Linear(2, 1), torch.nn.Linear(2, 1)])
config = replace(TARGET_CONFIG, learning_rate=0.1, head_learning_rate=0.1, ema_decay=0.5)
fit = Fit(net, list(net[0].parameters()), [*net[1].parameters(), *net[2].parameters()], config, 6, processes=processes)


def loss_of(batch):
    inputs = torch.tensor([[i / 9, 1.0] for i in batch])
    loss = net[1](net[0](inputs)).pow(2).mean()
    if 7 in batch:  # a question that some examples alone answer
        loss = loss + net[2](net[0](inputs[:1])).pow(2).mean() * 0
    return loss


checkpoint = Checkpoint(out / "state", "key")
for epoch in (1, 2):
    loss = fit.run_epoch([[0, 1, 2, 3], [4, 5, 6, 7], [1, 3, 5], [8]], loss_of, "Fitting")
    (out / f"seen-{processes.rank}").write_text("")
    checkpoint.save(fit, {"epoch": epoch, "loss": loss})
with fit.averaged():
    values = [value for param in net.parameters() for value in param.detach().reshape(-1).tolist()]
processes.leave()
(out / f"values-{processes.rank}.json").write_text(json.dumps(values))
"""


def run(folder: Path, *launcher: str) -> list[float]:
    """Return the averaged weights of a fit, by the first process; no other may write any."""
    folder.mkdir()
    script = folder / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, *launcher, str(script), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    [file] = folder.glob("values-*.json")
    assert file.name == "values-0.json"
    assert (folder / "state").is_file()
    return [float(value) for value in json.loads(file.read_text("utf-8"))]


@pytest.mark.slow
def test_two_processes_learn_what_one_learns(tmp_path: Path) -> None:
    """Batches of even and of odd size, a batch of one, and a layer that only one of the processes uses."""
    alone = run(tmp_path / "one")
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    together = run(tmp_path / "two", *launcher)
    assert (tmp_path / "two" / "seen-1").is_file()
    assert together == pytest.approx(alone, abs=1e-5)


def test_parts_of_a_batch() -> None:
    """Each process sees its own examples; a batch of fewer examples than processes is seen whole."""
    first, second = Processes(0, 2), Processes(1, 2)
    assert (first.part([5, 6, 7]), second.part([5, 6, 7])) == ([5, 7], [6])
    assert (first.part([5]), second.part([5])) == ([5], [5])
    assert Processes().part([5, 6]) == [5, 6]
    assert first.seed(3) == Processes().seed(3) == 3 != second.seed(3)


def test_what_cannot_be_shared_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line names the number of processes and what they cannot share: several fits, or a model without one."""
    assert count_processes("3 fits", 3) == 1
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert count_processes("1 fit") == 2
    for n_fits in (0, 3):
        with pytest.raises(InputError, match=f"Invalid number of processes: 2 for {n_fits} fits"):
            count_processes(f"{n_fits} fits", n_fits)
