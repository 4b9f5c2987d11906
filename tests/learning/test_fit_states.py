"""States of a fit: taken up by the very same fit alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from crossframe.learning.fit_states import State, fit_key, keep_state, take_up
from crossframe.learning.targets.fitting import Pace
from crossframe.learning.targets.marks import Lesson, Marked

SEEN = [Lesson(Marked("Ann won.", ((0, 3),)), (0.0, 1.0))]
PACE = Pace()


def test_the_key_says_all_that_a_fit_depends_on() -> None:
    """Encoder, pace, seed, redrawing, arithmetic and lessons: another of any gives another key."""
    key = fit_key("e", PACE, 0, False, False, SEEN)
    assert key == fit_key("e", Pace(), 0, False, False, list(SEEN))
    others = {
        fit_key("f", PACE, 0, False, False, SEEN),
        fit_key("e", replace(PACE, rate=1e-3), 0, False, False, SEEN),
        fit_key("e", PACE, 1, False, False, SEEN),
        fit_key("e", PACE, 0, True, False, SEEN),
        fit_key("e", PACE, 0, False, True, SEEN),
        fit_key("e", PACE, 0, False, False, [replace(SEEN[0], told=(1.0, 0.0))]),
    }
    assert len(others | {key}) == 7


def test_a_state_is_taken_up_by_its_key_alone(tmp_path: Path) -> None:
    """What was kept comes back; under another key, without a file or from a damaged one, nothing does."""
    file = tmp_path / "state"
    log = [{"epoch": 1, "loss": 0.5, "score": 0.7}]
    state = State({"param.0": np.arange(3.0)}, 5)
    keep_state(file, "key", log, {"w": np.ones(2)}, state)
    found, best, again = take_up(file, "key")
    assert found == log
    assert best["w"].tolist() == [1, 1]
    assert again.n_steps == 5
    assert again.arrays["param.0"].tolist() == [0, 1, 2]
    damaged = tmp_path / "damaged"
    damaged.write_bytes(file.read_bytes()[:20])
    for path, key in ((file, "other"), (None, "key"), (tmp_path / "none", "key"), (damaged, "key")):
        assert take_up(path, key) == ([], {}, State({}, 0))
