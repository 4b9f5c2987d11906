"""Exports of ProQuest as text or HTML, one document or many."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.export_documents import (
    NO_TEXT,
    Document,
    Line,
    as_text,
    blocks_of,
    is_markup,
    numbered,
    read_documents,
)
from crossframe.reading.formats.worker import read_in_worker

_FIELDS = {
    "title": "title", "publication title": "outlet", "publication date": "date", "author": "byline",
    "section": "section", "document type": "type", "document url": "url", "dateline": "dateline", "column": "section",
    "publication info": "info",
}  # fmt: skip
_OTHERS = (
    "abstract", "links", "full text", "subject", "business indexing term", "location", "people", "identifier / keyword",
    "company / organization", "company", "url", "alternate title", "volume", "issue", "pages", "first page", "year",
    "publication year", "publication date (range)", "publisher", "place of publication",
    "country of publication", "publication subject", "issn", "e-issn", "source type", "language of publication", "language",
    "proquest document id", "copyright", "last updated", "database", "document feature", "supplement", "source",
    "classification", "credit", "highlights", "correction", "illustration", "product name", "edition", "number of pages",
    "source attribution", "accession number", "number of references", "doi", "nexis document id", "series", "ticker", "naics",
)  # fmt: skip
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(re.escape(one) for one in sorted((*_FIELDS, *_OTHERS), key=len, reverse=True))}) ?:(?:\s(?P<value>.*))?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_*=]{20,}")
_START = re.compile(r"(?:document|dokument|documento) \d+ (?:of|von|de|di) \d+", re.IGNORECASE)
_FOOT = re.compile(
    r"contact us at:?.*|database copyright\b.*|terms and conditions:?.*|©\s?\d{4} proquest\b.*|proquest document link.*|copyright ©.*proquest.*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s*;.*|,[^,;]*\bedition\b.*", re.IGNORECASE)
"""Place and edition behind the title of a publication ("New York Times, Late Edition (East Coast); New York, N.Y.")."""
_IN_HTML = tuple(
    re.compile(rb">\s*" + label + rb":?\s*(?:&nbsp;|\xc2\xa0)*\s*<")
    for label in (rb"publication title", rb"full text", rb"proquest document (?:id|link)")
)
_INFO = re.compile(r"(?P<outlet>[^;,\[]+).*?(?P<date>\d{1,2} [^\W\d_]{3,}\.? \d{4})\b.*")
"""Publication info: outlet and place, and the date before the page."""
_IS_PROQUEST = frozenset(
    ["publication title", "proquest document id", "source type", "document url", "full text", "database"]
)


def recognises(file: File) -> bool:
    """Return whether `file` is such an export, by its labels."""
    if is_markup(file):
        lowered = file.content.lower()
        return all(mark.search(lowered) is not None for mark in _IN_HTML)
    if file.head.startswith((b"{", b"%pdf")):
        return False
    labels = {
        match["label"].casefold() for line in numbered(file.text) if (match := _LABEL.fullmatch(line.text))
    }
    has_info = {"publication info", "full text"} <= labels
    return has_info or ("publication title" in labels and len(labels & _IS_PROQUEST) >= 3)


def read(file: File) -> Contents:
    """Return the documents of an export.

    Raises
    ------
    InputError
        When none has a text.

    References
    ----------
    pq_parser (Python): rules and labels of the text. tm.plugin.proquest (R): labels of the HTML, its titles and links.
    """
    return read_in_worker(_read_html, file) if is_markup(file) else _read_text(file)


def _read_html(file: File) -> Contents:
    return _read_text(as_text(file))


def _read_text(file: File) -> Contents:
    return read_documents("ProQuest export", file, list(_documents(numbered(file.text))))


def _documents(lines: Sequence[Line]) -> Iterator[Document]:
    chunks: list[list[Line]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line.text) or _START.fullmatch(line.text):
            chunks.append([])
        chunks[-1].append(line)
    number = 0
    cover: list[Line] = []
    for chunk in (piece for whole in chunks for piece in _split(whole)):
        labels = {match["label"].casefold() for line in chunk if (match := _LABEL.fullmatch(line.text))}
        if not labels & {"publication title", "full text", "proquest document id"}:
            cover += chunk
            continue
        number += 1
        document = Document(f"document {number}")
        document.drop(cover, "cover page")
        cover = []
        _read(document, chunk)
        _complete(document)
        yield document
    if number and cover:
        document.drop(cover, "search summary")


def _complete(document: Document) -> None:
    """Take what the labels of outlet and date do not say from the publication info; an outlet goes without its place."""
    match = _INFO.fullmatch(document.fields.pop("info", ""))
    for name in ("outlet", "date"):
        if match and not document.fields.get(name):
            document.fields[name] = match[name].strip()
    document.fields["outlet"] = _PLACE.sub("", document.fields.get("outlet", ""))


def _split(chunk: list[Line]) -> list[list[Line]]:
    """Return a piece without rules by its documents: each ends with its database, or begins with the label of the first."""
    labels = [
        (n, match["label"].casefold())
        for n, line in enumerate(chunk)
        if (match := _LABEL.fullmatch(line.text))
    ]
    n_texts = sum(label == "full text" for _, label in labels)
    ends = [n + 1 for n, label in labels if label == "database"]
    if n_texts > 1 and len(ends) == n_texts:
        ends[-1] = len(chunk)
        return [chunk[start:end] for start, end in pairwise([0, *ends])]
    starts = [n for n, label in labels if label == labels[0][1]]
    if n_texts < 2 or len(starts) != n_texts:
        return [chunk]
    return [chunk[start:end] for start, end in zip([0, *starts[1:]], [*starts[1:], len(chunk)], strict=True)]


def _read(document: Document, lines: Sequence[Line]) -> None:
    start = next(
        (
            n
            for n, line in enumerate(lines)
            if (match := _LABEL.fullmatch(line.text)) and match["label"].casefold() == "full text"
        ),
        None,
    )
    if start is None:
        _read_fields(document, lines)
        return
    _read_fields(document, lines[:start])
    end = _tail_start(lines, start)
    first = _LABEL.fullmatch(lines[start].text)
    value = (first["value"] or "") if first else ""
    body = [Line(lines[start].number, value), *lines[start + 1 : end]]
    said = [line.text for line in body if line.text]
    if len(said) == 1 and NO_TEXT.fullmatch(said[0]):
        document.drop(body)
    else:
        document.body = body
    _read_fields(document, lines[end:])


def _read_fields(document: Document, lines: Sequence[Line]) -> None:
    """Read labelled lines, and a title above them."""
    name: str | None = None
    for line in lines:
        match = _LABEL.fullmatch(line.text)
        if match:
            name = _FIELDS.get(match["label"].casefold(), "")
            if name and (name != "section" or "section" not in document.fields):
                document.fields[name] = match["value"] or ""
            document.drop([line])
        elif not line.text:
            name = None if name is None else ""
        elif (
            name is None
            and "title" not in document.fields
            and not (_RULE.fullmatch(line.text) or _START.fullmatch(line.text) or _FOOT.fullmatch(line.text))
        ):
            document.fields["title"] = line.text
        else:
            if name:
                document.fields[name] = f"{document.fields.get(name, '')} {line.text}".strip()
            document.drop([line])


def _tail_start(lines: Sequence[Line], start: int) -> int:
    """Return where the labels behind the text begin, nothing else being behind them: an e-mail in the text has some, too."""
    end = len(lines)
    for block in reversed(blocks_of(lines[start + 1 :])):
        first = block[0].text
        if not (
            _LABEL.fullmatch(first)
            or _FOOT.fullmatch(first)
            or _RULE.fullmatch(first)
            or first.startswith("http")
        ):
            break
        end = next(n for n in range(start + 1, len(lines)) if lines[n].number == block[0].number)
    inner = [n for n in range(start + 1, end) if _is_certain(lines[n].text)]
    return inner[0] if inner else end


def _is_certain(text: str) -> bool:
    """Return whether a line is a label that no article has."""
    match = _LABEL.fullmatch(text)
    return match is not None and match["label"].casefold() in (
        "publication title",
        "proquest document id",
        "source type",
    )
