"""The order of reading of lines on a page."""

import pytest

from crossframe.reading.formats.pdf_order import PlacedLine, join_pieces, order_lines


def place(text: str, left: float, top: float, width: float = 90) -> PlacedLine:
    """Return a line of ten points."""
    return PlacedLine(left, left + width, top - 10, top, 10, text)


LEFT = [place(f"left {n}", 0, 100 - 12 * n) for n in range(4)]
MIDDLE = [place(f"middle {n}", 100, 100 - 12 * n) for n in range(4)]
RIGHT = [place(f"right {n}", 200, 100 - 12 * n) for n in range(4)]
HEAD, DECK = place("head", 0, 130, 290), place("deck", 100, 115, 190)
LOWER = [place(f"lower {n}", 100 * (n // 2), 20 - 12 * (n % 2)) for n in range(4)]


@pytest.mark.parametrize(
    "lines",
    [
        [*LEFT, *MIDDLE, *RIGHT],
        [HEAD, *LEFT, *MIDDLE],
        [HEAD, *LEFT, *MIDDLE, *RIGHT[:1]],
        [*LEFT, DECK, *MIDDLE, *RIGHT],
        [place("head", 50, 130), *LEFT, *MIDDLE],
        [HEAD, *LEFT, *MIDDLE, place("second head", 0, 40, 290), *LOWER],
        [HEAD, *LEFT, place("across", 0, 40, 290)],
        [place("place", 0, 130), place("date", 200, 130), place("text", 0, 110, 290), place("more", 0, 98, 290)],
        [*LEFT, place("indented", 12, 52), place("last", 0, 40)],
        [place("it", 0, 40, 20), place("rained", 30, 40, 60), place("for", 0, 28, 40), place("days.", 50, 28, 60)],
        [],
        [HEAD],
    ],
)  # fmt: skip
def test_order(lines: list[PlacedLine]) -> None:
    """Columns come one after another, whatever the order in which a page draws its lines."""
    for drawn in (lines, lines[::-1], sorted(lines, key=lambda line: (-line.top, line.left)), sorted(lines, key=lambda line: line.text)):  # fmt: skip
        assert [line.text for line in order_lines(drawn)] == [line.text for line in lines]


def pieces(row: int, *spans: tuple[float, float]) -> list[PlacedLine]:
    """Return lines of one row, each from a left to a right edge, below the rows with lower numbers."""
    return [place(f"{row}.{n}", left, 100 - 12 * row, right - left) for n, (left, right) in enumerate(spans)]


WHOLE, SPLIT = ((0.0, 474.0),), ((0.0, 230.0), (244.0, 474.0))


@pytest.mark.parametrize(
    ("rows", "joined"),
    [
        ([WHOLE, SPLIT, WHOLE], True),
        ([SPLIT, WHOLE], True),
        ([WHOLE, SPLIT], True),
        ([WHOLE, WHOLE, SPLIT, ((0.0, 90.0),), WHOLE], True),
        ([WHOLE, SPLIT, ((0.0, 90.0), (104.0, 474.0))], True),
        ([WHOLE, SPLIT, SPLIT, SPLIT], False),
        ([SPLIT, SPLIT, SPLIT, WHOLE], False),
        ([WHOLE, SPLIT, SPLIT, WHOLE], False),
        ([WHOLE, SPLIT, ((0.0, 230.0),), ((0.0, 230.0),)], False),
        ([WHOLE, SPLIT, ((244.0, 474.0),), ((244.0, 474.0),)], False),
        ([WHOLE, SPLIT, ((0.0, 220.0), (250.0, 474.0)), SPLIT], False),
        ([WHOLE, ((0.0, 230.0), (264.0, 474.0)), WHOLE], False),
        ([SPLIT], False),
    ],
)  # fmt: skip
def test_pieces(rows: list[tuple[tuple[float, float], ...]], joined: bool) -> None:
    """A gap inside one line is closed, one between two columns is not."""
    lines = [line for number, spans in enumerate(rows) for line in pieces(number, *spans)]
    split = next(number for number, spans in enumerate(rows) if len(spans) > 1)
    texts = [line.text for line in join_pieces(lines)]
    assert (f"{split}.0 {split}.1" in texts) == joined
    assert joined == any(" " in text for text in texts)
