"""Lines on a page of a PDF in the order of reading: columns one after another, and what stands across them in its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

MIN_GUTTER = 4.0
"""Points between two columns, at least."""
MIN_SHARED = 0.1
"""Share of their height that two lines have in common which are beside one another: the lines of two columns may be half a line apart."""
MAX_GAP = 2.5
"""Blank inside a line, in heights of its letters, at most: justified text has gaps."""
MIN_INITIAL = 1.8
"""Height of an initial, in heights of the text, at least."""
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
    """Return lines, those joined that are pieces of one: a small gap is between them, which the line above or below crosses.

    Examples
    --------
    >>> pieces = [PlacedLine(0, 30, 12, 22, 10, "It rained"), PlacedLine(45, 90, 12, 22, 10, "for"), PlacedLine(0, 90, 0, 10, 10, "many days.")]
    >>> [line.text for line in join_pieces(pieces)]
    ['It rained for', 'many days.']
    """
    rows = _rows(lines)
    joined: list[list[PlacedLine]] = []
    for number, row in enumerate(rows):
        near = [line for other in (*joined[-1:], *rows[number + 1 : number + 2]) for line in other]
        pieces = row[:1]
        for line in row[1:]:
            last = pieces[-1]
            gap, place = line.left - last.right, (line.left + last.right) / 2
            crossed = any(one.left < place < one.right for one in near if _is_of_size(one, last.size))
            if crossed and 0 <= gap <= MAX_GAP * last.size and _is_of_size(line, last.size):
                pieces[-1] = replace(last, right=line.right, text=f"{last.text} {line.text}")
            else:
                pieces.append(line)
        joined.append(pieces)
    return [line for pieces in joined for line in pieces]


def _is_of_size(line: PlacedLine, size: float) -> bool:
    return abs(line.size - size) < 0.15 * size


def attach_initials(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Return lines with each large initial before the highest line that is right beside it.

    Examples
    --------
    >>> page = [PlacedLine(0, 20, 60, 90, 30, "T"), PlacedLine(22, 90, 80, 90, 10, "he rain"), PlacedLine(22, 90, 68, 78, 10, "fell.")]
    >>> [line.text for line in attach_initials(page)]
    ['The rain', 'fell.']
    """
    kept = list(lines)
    for initial in lines:
        if len(initial.text) != 1 or not initial.text.isupper():
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
            kept[kept.index(first)] = replace(first, left=initial.left, text=initial.text + first.text)
            kept.remove(initial)
    return kept


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
