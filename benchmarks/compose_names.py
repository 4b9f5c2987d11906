"""Compose the invented sentences that name finders are trained on: frames filled with listed and made-up names, seeded.

Reads names.txt and frames.txt of corpora/invented-names and writes blocks.txt beside them; no network, some seconds.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "corpora" / "invented-names"
SEED = 26
N_BLOCKS = 1500
TWO, SPACED = 0.3, 0.5
"""Share of blocks of two frames, and of those written as CrossNER and Wikigold are: marks between blanks."""
WITH_SHORT_FORM = 0.5
"""Of the names with a short form where a frame has room for it in brackets."""
_SLOT = re.compile(r"\{(the )?(\w+)(\.acr|\+)?\}")
_MARK = re.compile(r"\[\w+ |\]|[(),;:—\"]|['’]s\b|\.$")
Fillers = dict[str, tuple[str, list[str]]]


class Composer:
    """Fills frames at random.

    Parameters
    ----------
    fillers : dict of str to (str, list of str)
        Class, "" for none, and fillers of every slot.
    seed : int
    """

    def __init__(self, fillers: Fillers, seed: int = SEED) -> None:
        self.fillers = fillers
        self.rng = np.random.default_rng(seed)

    def choose(self, options: list[str]) -> str:
        """Return one of `options` at equal odds."""
        return options[int(self.rng.integers(len(options)))]

    def fill(self, frame: str, *, marked: bool = True, used: tuple[str, ...] = ()) -> str:
        """Return the frame with its slots filled, names in square brackets behind their class."""
        text, position = "", 0
        for slot in _SLOT.finditer(frame):
            text += frame[position : slot.start()]
            filled, name = self._fill_slot(slot, marked, used)
            text, used, position = text + filled, (*used, name), slot.end()
        return text + frame[position:]

    def _fill_slot(self, slot: re.Match[str], marked: bool, used: tuple[str, ...]) -> tuple[str, str]:
        article, key, form = slot.groups()
        label, fillers = self.fillers[key]
        for _ in range(8):
            name, short = self._draw(fillers)
            if name not in used and (short or form != ".acr"):
                break
        the = "the " if article and name.startswith("the ") else ""
        plain = short if form == ".acr" and short else name.removeprefix("the ")
        if not label or not marked:
            return the + plain, name
        text = f"{the}[{label} {plain}]"
        if form == "+" and short and self.rng.random() < WITH_SHORT_FORM:
            text += f" ([{label} {short}])"
        return text, name

    def _draw(self, fillers: list[str]) -> tuple[str, str]:
        """Return a filler with its own slots filled, and its short form or ""."""
        pattern, _, short = self.choose(fillers).partition("=")
        if whole := _SLOT.fullmatch(pattern):
            return self._draw(self.fillers[whole[2]][1])
        name = self.fill(pattern, marked=False)
        return name, "".join(re.findall(r"\b[A-Z]", name)) if short == "*" else short

    def compose(self, frames: list[str], n_blocks: int) -> Iterator[str]:
        """Yield `n_blocks` blocks, every frame in turn."""
        order: list[int] = []
        for _ in range(n_blocks):
            order = order or self.rng.permutation(len(frames)).tolist()
            block = self._sentence(frames[order.pop()])
            if block.endswith(".") and self.rng.random() < TWO:
                block += f" {self._sentence(self.choose(frames))}"
            yield space_marks(block) if self.rng.random() < SPACED else block

    def _sentence(self, frame: str) -> str:
        text = self.fill(frame)
        first = text.index(" ") + 1 if text.startswith("[") else 0
        return text[:first] + text[first].upper() + text[first + 1 :]


def space_marks(block: str) -> str:
    """Return a block with blanks around punctuation marks and before 's, also inside of names.

    Examples
    --------
    >>> space_marks("[person Ann Bell]'s aunt (of [location Cork]) left.")
    "[person Ann Bell] 's aunt ( of [location Cork] ) left ."
    """
    spaced = _MARK.sub(lambda mark: mark.group() if mark.group()[0] in "[]" else f" {mark.group()} ", block)
    return re.sub(r" +", " ", spaced).replace(" ]", "]").strip()


def read_fillers(path: Path) -> Fillers:
    """Return class and fillers of every slot of names.txt."""
    fillers: Fillers = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            head, _, names = line.partition(": ")
            slot, _, label = head.partition(" ")
            fillers[slot] = (label, names.split("; "))
    return fillers


def main() -> None:
    """Write blocks.txt."""
    composer = Composer(read_fillers(FOLDER / "names.txt"))
    frames = (FOLDER / "frames.txt").read_text(encoding="utf-8").splitlines()
    blocks = composer.compose(frames, N_BLOCKS)
    (FOLDER / "blocks.txt").write_text("".join(f"{block}\n" for block in blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
