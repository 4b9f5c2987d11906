"""One progress bar for all long work: counts and time left, from the third second on, silent off a terminal."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def track(items: Iterable[T], what: str, *, total: int | None = None) -> Iterator[T]:
    """Yield `items`, showing a bar named `what` on stderr when it is a terminal and the work outlasts two seconds."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=what, total=total, delay=2, leave=False, disable=not sys.stderr.isatty()))
