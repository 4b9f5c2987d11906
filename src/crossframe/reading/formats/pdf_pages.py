"""PDF files with a text layer: their lines in the order of reading, columns one after another."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.packages import import_package
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.decode import MAX_BYTES

MAX_PAGES = 300
"""Pages of one file; a newspaper has a hundred."""
MAX_LEADING = 1.6
"""Distance of two lines of one paragraph, in heights of a line: double spacing has two."""
INDENT = 5.0
"""Points from which on a line is indented."""
SHORT = 0.85
"""Share of its column's width that a line has at most where a paragraph ends with it."""


@dataclass(frozen=True)
class _Line:
    """A line on a page: its place in points from the lower left corner, the size of its letters, and its text."""

    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str

    @property
    def ended(self) -> bool:
        return self.text.rstrip("\"”’'»)]*").endswith((".", "!", "?", "…", ":"))


def recognises(file: File) -> bool:
    """Return whether `file` is a PDF, by its mark."""
    return file.head.startswith(b"%pdf-") or (b"%pdf-" in file.head[:1024] and b"startxref" in file.content)


def unpack(file: File) -> File:
    """Return the text of a PDF, read in a process that can be killed: paragraphs between blank lines, lines as they are.

    Raises
    ------
    InputError
        When it is damaged, protected or too large, or has no text layer.
    MissingPackageError
        When pdfminer.six is not installed.

    References
    ----------
    pdfminer.six, https://pdfminersix.readthedocs.io; its layout analysis keeps columns apart, which pypdf 7.1.1 does not
    where a page draws them line by line (``tests/reading/formats/test_documents.py``).
    """
    if len(file.content) > MAX_BYTES:
        raise InputError(
            f"Invalid file {file.where!r} of {len(file.content):,} bytes. It must have at most {MAX_BYTES:,}."
        )
    return read_in_worker(_unpack, file)


def _unpack(file: File) -> File:
    high_level = import_package("pdfminer.high_level", "pdfminer.six", "PDF")
    try:
        pages = [
            list(_page_lines(page))
            for page in high_level.extract_pages(io.BytesIO(file.content), maxpages=MAX_PAGES + 1)
        ]
    except Exception as error:  # noqa: BLE001 - pdfminer lets errors of its many parsers through
        protected = "Password" in type(error).__name__ or "Encrypt" in type(error).__name__
        reason = (
            "It is protected by a password; save it without one."
            if protected
            else "It is no whole PDF; save it again or as plain text."
        )
        raise InputError(f"Invalid file {file.where!r}. {reason}") from None
    if len(pages) > MAX_PAGES:
        raise InputError(
            f"Invalid file {file.where!r}. It must have at most {MAX_PAGES} pages; give the pages of one article."
        )
    if not any(pages):
        raise InputError(
            f"Invalid file {file.where!r}. It has no text layer (a scan?); run text recognition (OCR) over it first."
        )
    sizes = Counter(round(line.size) for lines in pages for line in lines for _ in line.text)
    body = sizes.most_common(1)[0][0]
    text = "\n\n".join(_page_text(lines, body) for lines in pages if lines)
    return replace(file, content=text.encode("utf-8", errors="replace"))


def _page_lines(page: Any) -> Iterator[_Line]:
    """Return the lines of a page in the order of reading."""
    layout = import_package("pdfminer.layout", "pdfminer.six", "PDF")
    for box in page:
        if not isinstance(box, layout.LTTextBox):
            continue
        for line in box:
            text = " ".join(line.get_text().split())
            if text:
                yield _Line(line.x0, line.x1, line.y0, line.y1, line.height, text)


def _page_text(lines: Sequence[_Line], body: float) -> str:
    """Return the text of a page: a blank line where a paragraph ends, a blank where a heading has another line."""
    edges = _right_edges(lines)
    pieces = [lines[0].text]
    for line, following in pairwise(lines):
        same_size = abs(line.size - following.size) < 0.15 * body
        below = 0 < line.top - following.top <= MAX_LEADING * max(line.size, following.size)
        if same_size and below and abs(line.size - body) >= 0.15 * body:
            pieces.append(" ")
        elif (
            not same_size
            or (below and _ends_paragraph(line, following, edges))
            or not (below or _goes_over(line, following))
        ):
            pieces.append("\n\n")
        else:
            pieces.append("\n")
        pieces.append(following.text)
    return "".join(pieces)


def _right_edges(lines: Sequence[_Line]) -> dict[int, float]:
    """Return the right edge of the widest line by left edges that are near one another."""
    edges: dict[int, float] = {}
    for line in lines:
        for near in range(round(line.left) - 24, round(line.left) + 25):
            edges[near] = max(edges.get(near, 0.0), line.right)
    return edges


def _ends_paragraph(line: _Line, following: _Line, edges: dict[int, float]) -> bool:
    """Return whether a line ends a paragraph: a full stop, and a short line or an indent behind it."""
    width = edges[round(line.left)] - line.left
    short = line.right - line.left < SHORT * width
    return line.ended and (short or following.left - line.left >= INDENT)


def _goes_over(line: _Line, following: _Line) -> bool:
    """Return whether a paragraph may go on at the head of the next column."""
    return not line.ended and following.top > line.top and following.left > line.right
