"""PDF files with a text layer: their lines in the order of reading, columns one after another."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File, Headline
from crossframe.reading.formats.packages import import_package
from crossframe.reading.formats.pdf_order import (
    INITIAL,
    MIN_INITIAL,
    PlacedLine,
    attach_initials,
    join_pieces,
    order_lines,
    set_asides_last,
)
from crossframe.reading.formats.stories import DOCUMENT_END, END_MARK, MIN_STORY, NUMBERED_HEAD, SAME_SIZE
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.date_lines import date_within
from crossframe.reading.text.decode import MAX_BYTES
from crossframe.reading.text.language import detect_language, is_known_word
from crossframe.reading.text.wrapping import MAX_HEAD, Wrapping
from crossframe.text import match_key, words

MAX_PAGES = 300
"""Pages of one file; a newspaper has a hundred."""
MAX_LEADING = 1.6
"""Distance of two lines of one paragraph, in heights of a line, at most; double spacing has two and more."""
MAX_SPACING = 3.0
"""Largest usual distance of two lines of one paragraph."""
SPARE_LEADING = 1.2
"""Share of the usual distance up to which lines of text with double spacing are of one paragraph."""
INDENT = 5.0
"""Points from which on a line is indented."""
MAX_HEAD_ROWS = 2
"""Lines of the highest running head."""
MAX_SHIFT = 3.0
"""Points by which the places of a running head differ from page to page."""
MIN_DISPLAY = 1.15
"""Height from which on a line is a heading, in heights of the text."""
MAX_TITLE_WORDS = 35
"""Words of the longest headline."""
_NUMBER = re.compile(r"[-–—\[(|]?\s?\d{1,4}\s?[-–—\])|]?")
_NUMBERED = re.compile(r"\b(?:page|seite|pagina|página|strona)\s?\d", re.IGNORECASE)
SHORT = 0.85
"""Share of its column's width that a line has at most where a paragraph ends with it."""


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
    pdfminer.six, https://pdfminersix.readthedocs.io; its layout analysis keeps lines of columns apart, which pypdf 7.1.1 does
    not where a page draws them line by line (``tests/reading/formats/test_documents.py``).
    """
    if len(file.content) > MAX_BYTES:
        raise InputError(
            f"Invalid file {file.where!r} of {len(file.content):,} bytes. It must have at most {MAX_BYTES:,}."
        )
    return read_in_worker(_unpack, file)


def _unpack(file: File) -> File:
    high_level = import_package("pdfminer.high_level", "pdfminer.six", "PDF")
    layout = import_package("pdfminer.layout", "pdfminer.six", "PDF").LAParams(boxes_flow=None)
    try:
        pages = [
            list(_page_lines(page))
            for page in high_level.extract_pages(
                io.BytesIO(file.content), maxpages=MAX_PAGES + 1, laparams=layout
            )
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
    kept, heads = _without_heads(pages, body)
    pages = [set_asides_last(order_lines(join_pieces(lines)), body) for lines in _with_initials(kept)]
    leading = _find_leading(pages)
    text = "\n\n".join(_page_text(lines, body, leading) for lines in pages if lines)
    title = _find_title(next(filter(None, pages), []), body)
    headlines = tuple(_find_headlines([line for lines in pages for line in lines], body))
    widths = [len(line.text) for lines in pages for line in lines if round(line.size) == body]
    wrapping = Wrapping(max(widths), gap=0, exact=False, spaced=True) if widths else None
    content = text.encode("utf-8", errors="replace")
    return replace(file, content=content, title=title, heads=heads, headlines=headlines, wrapping=wrapping)


def _page_lines(page: Any) -> Iterator[PlacedLine]:
    """Return the lines of a page, in no order."""
    layout = import_package("pdfminer.layout", "pdfminer.six", "PDF")
    for box in page:
        if not isinstance(box, layout.LTTextBox):
            continue
        for line in box:
            text = " ".join(line.get_text().split())
            letters = [one for one in line if isinstance(one, layout.LTChar) and one.get_text().strip()]
            if not text or not letters:
                continue
            size = median(one.height for one in letters[1:] or letters)
            n_large = next((n for n, one in enumerate(letters) if one.height < MIN_INITIAL * size), 0)
            large, rest = letters[:n_large], letters[n_large:]
            if len(rest) > 1 and INITIAL.fullmatch("".join(one.get_text() for one in large)):
                yield from _cut_initial(text, large, rest, line)
            else:
                yield PlacedLine(line.x0, line.x1, line.y0, line.y1, line.height, text)


def _cut_initial(text: str, large: Sequence[Any], rest: Sequence[Any], line: Any) -> Iterator[PlacedLine]:
    """Yield the initial of a line, a blank behind it where one is drawn, and the rest of the line."""
    initial = "".join(one.get_text() for one in large)
    drawn = " ".join("".join(one.get_text() for one in line if hasattr(one, "fontname")).split())
    blank = " " * drawn.removeprefix(initial).startswith(" ")
    bottom, top = min(one.y0 for one in large), max(one.y1 for one in large)
    height = max(one.height for one in large)
    yield PlacedLine(large[0].x0, large[-1].x1, bottom, top, height, initial + blank)
    bottom, top = min(one.y0 for one in rest), max(one.y1 for one in rest)
    size = median(one.height for one in rest)
    after = re.sub(rf"^\W*{initial[-1]}\s*", "", text)
    yield PlacedLine(rest[0].x0, line.x1, bottom, top, size, after)


def _with_initials(pages: Sequence[Sequence[PlacedLine]]) -> list[list[PlacedLine]]:
    """Return pages with their initials before the lines that they begin."""
    text = " ".join(line.text for lines in pages for line in lines if len(line.text.rstrip()) > 1)
    written = Counter(words(text))

    @cache
    def language() -> str:
        return detect_language(text) or "en"

    return [attach_initials(lines, written, lambda word: is_known_word(word, language())) for lines in pages]


def _without_heads(
    pages: Sequence[Sequence[PlacedLine]], body: float
) -> tuple[list[list[PlacedLine]], tuple[str, ...]]:
    """Return the pages without their running heads and feet, and these, each once.

    At the top and the foot of a page is a running head what another page has at the same height, whatever the number of the
    page is; a number alone; and, as large as the text at most and with nothing else beyond it, what has a date or the number of
    the page in it.
    """
    rows = [[_edge_rows(lines, at_top=True), _edge_rows(lines, at_top=False)] for lines in pages]
    places: dict[str, list[tuple[int, float]]] = {}
    for number, edges in enumerate(rows):
        for row in (row for edge in edges for row in edge):
            places.setdefault(_form(row), []).append((number, row[0].bottom))
    heads: dict[str, None] = {}
    kept = [list(lines) for lines in pages]
    for number, edge in ((number, edge) for number, edges in enumerate(rows) for edge in edges):
        is_outermost = True
        for row in edge:
            text = _row_text(row)
            is_repeated = any(
                other != number and abs(height - row[0].bottom) <= MAX_SHIFT
                for other, height in places[_form(row)]
            )
            is_dated = is_outermost and _is_head(row, pages[number], body)
            is_head = is_repeated or is_dated or _NUMBER.fullmatch(text) is not None
            is_outermost &= is_head
            if not is_head or len(row) == len(kept[number]) or _is_mark(text, is_repeated=is_repeated):
                continue
            heads[text] = None
            kept[number] = [line for line in kept[number] if line not in row]
    return kept, tuple(heads)


def _is_mark(text: str, *, is_repeated: bool) -> bool:
    """Return whether a document of a download, or an article, begins or ends with a line."""
    if NUMBERED_HEAD.fullmatch(text) or DOCUMENT_END.fullmatch(text):
        return True
    return not is_repeated and END_MARK.fullmatch(text) is not None


def _is_head(row: Sequence[PlacedLine], lines: Sequence[PlacedLine], body: float) -> bool:
    """Return whether a row apart from the others of its page, no larger than text or in capitals, has a date or a page's number."""
    text = _row_text(row)
    is_small = text.isupper() or all(line.size < MIN_DISPLAY * body for line in row)
    if not is_small or row[-1].ended or len(text) > MAX_HEAD:
        return False
    others = [line for line in lines if line not in row]
    gaps = [max(line.bottom - row[0].top, row[0].bottom - line.top) for line in others]
    is_apart = min(gaps, default=0.0) >= row[0].size
    return is_apart and (date_within(text) is not None or _NUMBERED.search(text) is not None)


def _edge_rows(lines: Sequence[PlacedLine], *, at_top: bool) -> list[list[PlacedLine]]:
    """Return the outermost lines of a page, those at one height together: as many rows as heads may have."""
    rows: list[list[PlacedLine]] = []
    for line in sorted(lines, key=lambda line: -line.bottom if at_top else line.bottom):
        if rows and abs(rows[-1][0].bottom - line.bottom) <= line.size / 2:
            rows[-1].append(line)
        elif len(rows) < MAX_HEAD_ROWS:
            rows.append([line])
        else:
            break
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _row_text(row: Sequence[PlacedLine]) -> str:
    return " ".join(line.text for line in row)


def _form(row: Sequence[PlacedLine]) -> str:
    return re.sub(r"\d+", "0", match_key(_row_text(row)))


class _Heading(NamedTuple):
    """A heading: the positions of its first line and of the line behind its last, its height in points, and its text."""

    start: int
    end: int
    size: float
    text: str


def _find_title(lines: Sequence[PlacedLine], body: float) -> str:
    """Return the headline of a page; "" where nothing is larger than its text."""
    heading = _largest(_headings(lines, body), _small_words(lines, body))
    return heading.text if heading else ""


def _find_headlines(lines: Sequence[PlacedLine], body: float) -> Iterator[Headline]:
    """Yield the headlines of a file: the largest of headings near one another that have text enough for an article."""
    headings = _headings(lines, body)
    groups: list[list[_Heading]] = []
    for number, heading in enumerate(headings):
        as_large = (one.start for one in headings[number + 1 :] if one.size >= SAME_SIZE * heading.size)
        if _count_words(lines[heading.end : next(as_large, len(lines))]) < MIN_STORY:
            continue
        if groups and _count_words(lines[groups[-1][-1].end : heading.start]) < MIN_STORY:
            groups[-1].append(heading)
        else:
            groups.append([heading])
    edges = [*(group[0].start for group in groups), len(lines)]
    for group, end in zip(groups, edges[1:], strict=True):
        largest = _largest(group, _small_words(lines[group[-1].end : end], body))
        if largest and largest.text[0] not in "“\"„«‘'" and not largest.text.endswith("."):
            yield Headline(largest.text, largest.size / body)


def _count_words(lines: Sequence[PlacedLine]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _headings(lines: Sequence[PlacedLine], body: float) -> list[_Heading]:
    """Return what is larger than text, lines of one heading together."""
    headings: list[_Heading] = []
    for number, line in enumerate(lines):
        last = headings[-1] if headings and headings[-1].end == number else None
        if line.size < MIN_DISPLAY * body:
            continue
        if last is not None and _is_one_heading(lines[number - 1], line, body):
            headings[-1] = _Heading(last.start, number + 1, line.size, f"{last.text} {line.text}")
        else:
            headings.append(_Heading(number, number + 1, line.size, line.text))
    return headings


def _small_words(lines: Sequence[PlacedLine], body: float) -> set[str]:
    return {word for line in lines if line.size < MIN_DISPLAY * body for word in words(line.text)}


def _largest(headings: Sequence[_Heading], said: set[str]) -> _Heading | None:
    """Return the largest heading that shares a word with the text, else the largest; None where there is none."""
    named = [
        one
        for one in headings
        if 2 <= len(one.text.split()) <= MAX_TITLE_WORDS and date_within(one.text) is None
    ]
    shared = [one for one in named if any(len(word) > 3 and word in said for word in words(one.text))]
    return max(shared or named, key=lambda one: one.size, default=None)


def _is_one_heading(line: PlacedLine, following: PlacedLine, body: float) -> bool:
    """Return whether two lines of a size that is not the text's are one heading."""
    same_size = abs(line.size - following.size) < 0.15 * body
    below = 0 < line.top - following.top <= MAX_LEADING * max(line.size, following.size)
    return same_size and below and abs(line.size - body) >= 0.15 * body


def _find_leading(pages: Sequence[Sequence[PlacedLine]]) -> float:
    """Return the largest distance of two lines of one paragraph, in heights of a line: more than usual with double spacing."""
    ratios = [
        (line.top - following.top) / following.size
        for lines in pages
        for line, following in pairwise(lines)
        if abs(line.size - following.size) < 0.15 * line.size
        and not line.ended
        and following.text[:1].islower()
    ]
    usual = median(ratios) if ratios else 0.0
    return SPARE_LEADING * usual if MAX_LEADING < usual <= MAX_SPACING else MAX_LEADING


def _page_text(lines: Sequence[PlacedLine], body: float, leading: float) -> str:
    """Return the text of a page: a blank line where a paragraph ends, a blank where a heading has another line.

    In double spacing one blank line is between all lines, and two are where a paragraph ends.
    """
    edges = _right_edges(lines)
    pieces = [lines[0].text]
    for line, following in pairwise(lines):
        same_size = abs(line.size - following.size) < 0.15 * body
        distance = (line.top - following.top) / max(line.size, following.size)
        below = 0 < distance <= MAX_LEADING
        ends = same_size and 0 < distance <= leading and _ends_paragraph(line, following, edges)
        if _is_one_heading(line, following, body):
            pieces.append(" ")
        elif below and same_size and not ends:
            pieces.append("\n")
        elif ends and not below:
            pieces.append("\n\n\n")
        else:
            pieces.append("\n" if same_size and _goes_over(line, following) else "\n\n")
        pieces.append(following.text)
    return "".join(pieces)


def _right_edges(lines: Sequence[PlacedLine]) -> dict[int, float]:
    """Return the right edge of the widest line by left edges that are near one another."""
    edges: dict[int, float] = {}
    for line in lines:
        for near in range(round(line.left) - 24, round(line.left) + 25):
            edges[near] = max(edges.get(near, 0.0), line.right)
    return edges


def _ends_paragraph(line: PlacedLine, following: PlacedLine, edges: dict[int, float]) -> bool:
    """Return whether a line ends a paragraph: a full stop, and a short line or an indent behind it."""
    width = edges[round(line.left)] - line.left
    short = line.right - line.left < SHORT * width
    return line.ended and (short or following.left - line.left >= INDENT)


def _goes_over(line: PlacedLine, following: PlacedLine) -> bool:
    """Return whether a paragraph may go on at the head of the next column."""
    return not line.ended and following.top > line.top and following.left > line.right
