"""What every training says of itself: the command that makes the model again, and figures as a line."""

from collections.abc import Mapping, Sequence

from crossframe.learning.encoders.by_name import DEFAULT


def train_command(
    task: str, on: Sequence[str], name: str, encoder: str, seed: int, *, options: Sequence[str] = ()
) -> str:
    """Return the command that trains the model called `name` again.

    Examples
    --------
    >>> train_command("frames", ["narrative-frames"], "mine", "all-MiniLM-L6-v2", 0)
    'crossframe train frames --on narrative-frames --seed 0 --out mine'
    """
    chosen = [] if encoder == DEFAULT else [f"--encoder {encoder}"]
    data = [f"--on {one}" for one in on]
    return " ".join([f"crossframe train {task}", *data, *chosen, *options, f"--seed {seed}", f"--out {name}"])


def line_of(figures: Mapping[str, float]) -> str:
    """Return figures as a line."""
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
