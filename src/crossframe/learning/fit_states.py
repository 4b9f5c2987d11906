"""States of the fit of a judge of marked texts, in a file: after a kill the same fit goes on there, another does not."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from crossframe import storage
from crossframe.learning.targets.marks import Lesson


class State(NamedTuple):
    """Weights, their moving averages and the optimizer's moments by name, and the steps done."""

    arrays: dict[str, np.ndarray]
    n_steps: int


def fit_key(
    fingerprint: str, pace: Any, seed: int, redrawn: bool, short: bool, seen: Sequence[Lesson]
) -> str:
    """Return a hash over all that a fit depends on.

    Parameters
    ----------
    fingerprint : str
        Of the encoder.
    pace : dataclass
    seed : int
    redrawn : bool
        Whether lessons are drawn anew in every epoch.
    short : bool
        Whether products are in bfloat16 (`multiplies_short`).
    seen : sequence of Lesson
        Those of the first epoch and those held out.
    """
    lessons = [[*one.marked, one.told] for one in seen]
    said = json.dumps([fingerprint, asdict(pace), seed, redrawn, short, lessons])
    return hashlib.sha256(said.encode()).hexdigest()


def keep_state(
    file: Path, key: str, log: Sequence[dict[str, float]], best: dict[str, np.ndarray], state: State
) -> None:
    """Write a fit's log, best weights and state, at once."""
    from safetensors.numpy import save

    arrays = {f"best.{name}": np.ascontiguousarray(array) for name, array in best.items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {"key": key, "log": json.dumps(log), "steps": str(state.n_steps)}
    storage.write_bytes(file, save(arrays | state.arrays, metadata=told))


def take_up(file: Path | None, key: str) -> tuple[list[dict[str, float]], dict[str, np.ndarray], State]:
    """Return log, best weights and state that `file` holds of this very fit; empty ones where it holds none."""
    from safetensors import SafetensorError, safe_open

    nothing: tuple[list[dict[str, float]], dict[str, np.ndarray], State] = [], {}, State({}, 0)
    if file is None or not file.is_file():
        return nothing
    try:
        with safe_open(file, "numpy") as kept:
            told = kept.metadata() or {}
            if told.get("key") != key:
                return nothing
            arrays = {name: kept.get_tensor(name) for name in kept.keys()}  # noqa: SIM118
    except SafetensorError:
        return nothing
    best = {name.removeprefix("best."): array for name, array in arrays.items() if name.startswith("best.")}
    rest = {name: array for name, array in arrays.items() if not name.startswith("best.")}
    return json.loads(told["log"]), best, State(rest, int(told["steps"]))
