"""Lines on a page of a PDF in the order of reading: columns one after another, and what stands across them in its place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

MIN_GUTTER = 4.0
"""Points between two columns, at least."""
MIN_SHARED = 0.1
"""Share of their height that two lines have in common which are beside one another: the lines of two columns may be half a line apart."""
MAX_GAP = 2.5
"""Blank inside a line, in heights of its letters, at most: justified text has gaps."""
MIN_INITIAL = 1.8
"""Height of an initial, in heights of the text, at least."""
INITIAL = re.compile(r"[“\"„«‘'(]?[^\W\d_]")
"""A letter, with the quotation mark that opens before it."""
MAX_DEPTH = 12
"""Parts of a page in parts of a page, at most."""


@dataclass(frozen=True)
class PlacedLine:
    """A line on a page: its place in points from the lower left corner, the size of its letters, and its text."""

    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str

    @property
    def ended(self) -> bool:
        """Whether it ends like a sentence."""
        return self.text.rstrip("\"”’'»)]*").endswith((".", "!", "?", "…", ":"))

    def is_beside(self, other: "PlacedLine") -> bool:
        """Return whether two lines are at one height, and neither is above a part of the other."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        apart = max(self.left, other.left) - min(self.right, other.right)
        return shared > MIN_SHARED * min(self.size, other.size) and apart >= 0


def order_lines(lines: Sequence[PlacedLine], depth: int = MAX_DEPTH) -> list[PlacedLine]:
    """Return the lines of a page, or of a part of it, in the order of reading.

    A page is cut where no line crosses a gutter, else above and below the lines that do, and each part in the same way.

    References
    ----------
    Nagy et al. 1992, A prototype document image analysis system for technical journals, Computer 25 (recursive X-Y cut).

    Examples
    --------
    >>> def place(left, right, top, text):
    ...     return PlacedLine(left, right, top - 10, top, 10, text)
    >>> page = [place(0, 90, 100, "It rained,"), place(100, 190, 100, "for days."), place(0, 90, 80, "and it blew,"), place(0, 190, 130, "Rain")]
    >>> [line.text for line in order_lines(page)]
    ['Rain', 'It rained,', 'and it blew,', 'for days.']
    """
    if depth > 0:
        for parts in (_columns(lines), _bands(lines)):
            if len(parts) > 1:
                return [line for part in parts for line in order_lines(part, depth - 1)]
    return _by_rows(lines)


def _columns(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """Return lines by column, left ones first: between two columns is a gutter that no line crosses."""
    columns: list[list[PlacedLine]] = []
    right = 0.0
    for line in sorted(lines, key=lambda line: line.left):
        if columns and line.left - right < MIN_GUTTER:
            columns[-1].append(line)
        else:
            columns.append([line])
        right = max(right, line.right)
    return columns


def _bands(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    """Return lines in bands from top to bottom: a band ends where a line stands across its columns, or columns begin."""
    bands: list[list[PlacedLine]] = []
    spans: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        hit = [span for span in spans if line.left < span[1] and span[0] < line.right]
        beside = [
            one
            for one in (bands[-1] if hit else ())
            if one.is_beside(line) and (len(hit) > 1 or (one.left < hit[0][1] and hit[0][0] < one.right))
        ]
        if beside:
            bands[-1] = [one for one in bands[-1] if one not in beside]
        if not bands or len(hit) > 1 or beside:
            bands.append([])
            spans = [(one.left, one.right) for one in beside]
            hit = []
        bands[-1] += [*beside, line]
        left, right = (
            min([line.left, *(span[0] for span in hit)]),
            max([line.right, *(span[1] for span in hit)]),
        )
        spans = [*(span for span in spans if span not in hit), (left, right)]
    return [band for band in bands if band]


def _by_rows(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return lines from top to bottom, those at one height from left to right."""
    return [line for row in _rows(lines) for line in row]


def _rows(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    rows: list[list[PlacedLine]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and abs(rows[-1][0].bottom - line.bottom) <= min(rows[-1][0].size, line.size) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def join_pieces(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return lines, those joined that are pieces of one: a small gap is between them, which most rows around it cross.

    A gap that goes on in the row above or below is one between columns.

    Examples
    --------
    >>> pieces = [PlacedLine(0, 30, 12, 22, 10, "It rained"), PlacedLine(45, 90, 12, 22, 10, "for"), PlacedLine(0, 90, 0, 10, 10, "many days.")]
    >>> [line.text for line in join_pieces(pieces)]
    ['It rained for', 'many days.']
    """
    rows = _rows(lines)
    joined: list[PlacedLine] = []
    for number, row in enumerate(rows):
        above, below = rows[max(number - 2, 0) : number], rows[number + 1 : number + 3]
        pieces = row[:1]
        for line in row[1:]:
            last = pieces[-1]
            is_small = 0 <= line.left - last.right <= MAX_GAP * last.size and _is_of_size(line, last.size)
            goes_on = any(_has_gap(other, last, line) for other in (*above[-1:], *below[:1]))
            if is_small and not goes_on and _is_crossed(last, line, (*above, *below)):
                pieces[-1] = replace(last, right=line.right, text=f"{last.text} {line.text}")
            else:
                pieces.append(line)
        joined += pieces
    return joined


def _has_gap(row: Sequence[PlacedLine], left: PlacedLine, right: PlacedLine) -> bool:
    """Return whether a row has nothing, but a line behind it, in half of the gap between two lines."""
    gap = right.left - left.right
    ends = [-inf, *(line.right for line in row)]
    return any(
        min(line.left, right.left) - max(end, left.right) >= gap / 2
        for end, line in zip(ends, row, strict=False)
    )


def _is_crossed(left: PlacedLine, right: PlacedLine, rows: Sequence[Sequence[PlacedLine]]) -> bool:
    """Return whether in most of the rows with lines of the same size one crosses the gap between two lines."""
    place = (left.right + right.left) / 2
    sized = [[line for line in row if _is_of_size(line, left.size)] for row in rows]
    crossed = [any(line.left < place < line.right for line in row) for row in sized if row]
    return 2 * sum(crossed) > len(crossed)


def _is_of_size(line: PlacedLine, size: float) -> bool:
    return abs(line.size - size) < 0.15 * size


def attach_initials(
    lines: Sequence[PlacedLine], written: Mapping[str, int], is_known: Callable[[str], bool]
) -> list[PlacedLine]:
    """Return lines with each large initial before the highest line that is right beside it, and a blank behind those that are words.

    An initial is a word where its line has a blank behind it; else where it is one elsewhere, and so is what follows, but not
    both together. `written` has the words of the file, case-folded, initials left out, and how often each is there;
    `is_known` tells whether a dictionary has a word.

    Examples
    --------
    >>> page = [PlacedLine(0, 20, 60, 90, 30, "A"), PlacedLine(22, 90, 80, 90, 10, "storm hit"), PlacedLine(22, 90, 68, 78, 10, "a town.")]
    >>> [line.text for line in attach_initials(page, {"storm": 1, "hit": 1, "a": 1, "town": 1}, {"storm", "hit", "town"}.__contains__)]
    ['A storm hit', 'a town.']
    """
    kept = list(lines)
    for initial in lines:
        letter = initial.text.rstrip()
        if not INITIAL.fullmatch(letter) or not letter[-1].isupper():
            continue
        beside = [
            line
            for line in kept
            if line.size * MIN_INITIAL <= initial.size
            and line.is_beside(initial)
            and 0 <= line.left - initial.right <= initial.size
        ]
        if beside:
            first = max(beside, key=lambda line: line.top)
            is_word = letter != initial.text or _is_word(letter[-1], first.text, written, is_known)
            text = f"{letter}{' ' * is_word}{first.text}"
            kept[kept.index(first)] = replace(first, left=initial.left, text=text)
            kept.remove(initial)
    return kept


def _is_word(letter: str, rest: str, written: Mapping[str, int], is_known: Callable[[str], bool]) -> bool:
    """Return whether an initial is a word, and no part of the first word of `rest`."""
    found = re.match(r"[^\W_]+", rest)
    if not found or not written.get(letter.casefold(), 0):
        return False
    if rest[0].isdigit() or found.group().istitle():
        return True
    word = found.group().casefold()
    whole = letter.casefold() + word
    if written.get(whole, 0) or is_known(whole):
        return False
    return written.get(word, 0) > 1 or is_known(word)


def set_asides_last(lines: Sequence[PlacedLine], body: float) -> list[PlacedLine]:
    """Return ordered lines, behind all others those of another size than the text's that stand amid a sentence of it.

    Examples
    --------
    >>> sizes = {"It rained for": 10, "Rain, by Ann Poe": 7, "days.": 10}
    >>> lines = [PlacedLine(0, 90, 0, 10, size, text) for text, size in sizes.items()]
    >>> [line.text for line in set_asides_last(lines, 10)]
    ['It rained for', 'days.', 'Rain, by Ann Poe']
    """
    text = [number for number, line in enumerate(lines) if _is_of_size(line, body)]
    aside = {
        number
        for before, after in pairwise(text)
        if not lines[before].ended and lines[after].text[:1].islower()
        for number in range(before + 1, after)
    }
    return [
        lines[number] for number in sorted(range(len(lines)), key=lambda number: (number in aside, number))
    ]
