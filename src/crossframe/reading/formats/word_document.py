"""DOCX files: their text, a paragraph per line, tables by cells."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File, Headline
from crossframe.reading.formats.packages import import_package, refuse_damage
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.site_text import is_prose

MAX_UNPACKED = 100_000_000
"""Bytes of the parts of a DOCX when they are unpacked; the novel "War and Peace" has 20 million."""
MAX_DEPTH = 8
"""Tables in cells of tables, at most."""
MAX_CODE = 4
"""Characters of a field's code in the first of two cells ("HD"): it stays in one line with its value."""
_HEADING = "Heading 1"


def recognises(file: File) -> bool:
    """Return whether `file` is a DOCX, by what is in its archive."""
    if not file.content.startswith(b"PK\x03\x04"):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return file.ending == ".docx"
    is_other = any(name.startswith(("xl/", "ppt/")) for name in names)
    return "word/document.xml" in names or (
        file.ending == ".docx" and "[Content_Types].xml" in names and not is_other
    )


def unpack(file: File) -> File:
    """Return the text of a DOCX, read in a process that can be killed.

    Raises
    ------
    InputError
        When it is damaged, too large, or has no text.
    MissingPackageError
        When python-docx is not installed.

    References
    ----------
    python-docx, https://python-docx.readthedocs.io; ECMA-376, Office Open XML, part 1.
    """
    return read_in_worker(_unpack, file)


def _unpack(file: File) -> File:
    docx = import_package("docx", "python-docx", "DOCX")
    damaged = f"Invalid file {file.where!r}. It is no whole DOCX; save it again or as plain text."
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(file.content)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise InputError(damaged) from None
    if size > MAX_UNPACKED:
        raise InputError(
            f"Invalid file {file.where!r} of {size:,} bytes unpacked. It must have at most {MAX_UNPACKED:,}."
        )
    with refuse_damage(damaged):
        document = docx.Document(io.BytesIO(file.content))
        text = "\n".join(_lines(document, 0))
        paragraphs = _list_styled(document)
        headlines = tuple(map(Headline, _find_headings(paragraphs)))
        title = _find_title(paragraphs)
    if not text.strip():
        raise InputError(f"Invalid file {file.where!r}. It has no text; it must hold an article.")
    return replace(file, content=text.encode("utf-8", errors="replace"), title=title, headlines=headlines)


def _list_styled(document: Any) -> list[tuple[str, str]]:
    """Return style and text of the paragraphs that are not blank."""
    return [
        (paragraph.style.name if paragraph.style is not None else "", text)
        for paragraph in document.paragraphs
        if (text := " ".join(paragraph.text.split()))
    ]


def _find_title(paragraphs: Sequence[tuple[str, str]]) -> str:
    """Return the only heading of the first level, else what has the style of a title, else the first heading.

    A heading below prose is a subheading; "" where nothing else is styled.
    """
    headings = _find_headings(paragraphs)
    titles = [text for style, text in paragraphs if style == "Title"]
    if len(set(headings)) == 1:
        return headings[0]
    return next(iter((*titles, *headings)), "")


def _find_headings(paragraphs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the headings of the first level; none where prose is above the first of them."""
    above = takewhile(lambda one: one[0] != _HEADING, paragraphs)
    if any(style != "Title" and is_prose(text) for style, text in above):
        return []
    return [text for style, text in paragraphs if style == _HEADING]


def _lines(container: Any, depth: int) -> Iterator[str]:
    """Return the lines of a document's or cell's paragraphs and tables, in order."""
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            if depth < MAX_DEPTH:
                yield from _table_lines(item, depth)
        else:
            yield item.text.replace("\t", " ")


def _table_lines(table: Any, depth: int) -> Iterator[str]:
    for row in table.rows:
        cells = list({id(cell._tc): cell for cell in row.cells}.values())
        texts = [list(_lines(cell, depth + 1)) for cell in cells]
        if len(texts) == 2 and 0 < len("".join(texts[0]).strip()) <= MAX_CODE and texts[1]:
            yield f"{''.join(texts[0]).strip()} {texts[1][0]}"
            for line in texts[1][1:]:
                yield from ("", line)
        else:
            for lines in texts:
                yield from lines
