"""The order of reading of lines on a page."""

import pytest

from crossframe.reading.formats.pdf_order import PlacedLine, order_lines


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
