"""RIS records as Zotero, EndNote, ProQuest and other databases write them, with the text that they hold."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.export_documents import Document, Line, read_documents
from crossframe.reading.text.html_text import TAG, read_paragraphs

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?:\s(?P<value>.*))?")
_TEXTS = ("N1", "N2", "AB", "RN")
"""Notes and abstract: RIS has no field for a full text, and databases write it into these."""
_TITLES = ("TI", "T1", "ST", "CT", "BT")
_OUTLETS = ("T2", "JO", "JF", "JA", "J2", "T3", "PB", "DP")
_DATES = ("DA", "Y1", "PY")
_LABEL = re.compile(r"(?:full text|abstract|text)\s*:\s*", re.IGNORECASE)


def recognises(file: File) -> bool:
    """Return whether `file` holds RIS records: its first tag is TY, and a record ends with ER."""
    if file.head.startswith((b"<", b"{", b"%pdf", b"pk")) or not re.search(
        rb"^ty  ?-", file.head, re.MULTILINE
    ):
        return False
    tags = [match["tag"] for line in file.text.split("\n") if (match := _TAG.fullmatch(line.strip()))]
    return tags[:1] == ["TY"] and "ER" in tags


def read(file: File) -> Contents:
    """Return an article per record.

    Raises
    ------
    InputError
        When no record has a text.

    References
    ----------
    Research Information Systems, RIS format specification 2001; checked against rispy 0.10.
    """
    return read_documents(
        "RIS file", file, [_document(number, *one) for number, one in enumerate(_records(file.text), 1)]
    )


def _records(text: str) -> Iterator[tuple[dict[str, list[str]], list[Line]]]:
    """Return the values of each record by tag, and its lines."""
    values: dict[str, list[str]] = {}
    lines: list[Line] = []
    tag = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        match = _TAG.fullmatch(line)
        if match and match["tag"] == "TY" and values:
            yield values, lines
            values, lines = {}, []
        if match:
            tag = match["tag"]
            values.setdefault(tag, []).append((match["value"] or "").strip())
        elif tag in values:
            values[tag][-1] += f"\n{line}"
        lines.append(Line(number, " ".join(line.split())))
        if match and tag == "ER":
            yield values, lines
            values, lines, tag = {}, [], ""
    if values:
        yield values, lines


def _document(number: int, values: Mapping[str, Sequence[str]], lines: Sequence[Line]) -> Document:
    def first(tags: Sequence[str]) -> str:
        return next((value.strip() for tag in tags for value in values.get(tag, ()) if value.strip()), "")

    texts = [(tag, _plain(value)) for tag in _TEXTS for value in values.get(tag, ())]
    tag, text = max(texts, key=lambda one: len(one[1]), default=("", ""))
    document = Document(
        f"record {number}",
        fields={
            "title": _plain(first(_TITLES)),
            "outlet": first(_OUTLETS),
            "date": _date(values),
            "byline": "; ".join(name for one in ("AU", "A1") for name in values.get(one, ()) if name),
            "url": first(("UR", "L2", "DO")),
            "section": first(("SE",)),
            "type": f"{first(('M3',))}; {'news' if first(('TY',)) == 'NEWS' else ''}",
        },
        body=[Line(0, line) for line in _LABEL.sub("", text, count=1).split("\n")] if text else [],
    )
    if tag in ("AB", "N2"):
        document.extent = "abstract"
        document.notes.append("Its text is the record's abstract.")
    document.drop(_unused(lines, tag))
    return document


def _unused(lines: Sequence[Line], used: str) -> Iterator[Line]:
    """Return the lines of a record that are neither its title nor its text."""
    tag = ""
    for line in lines:
        match = _TAG.fullmatch(line.text)
        tag = match["tag"] if match else tag
        if tag not in (used, "TI", "T1"):
            yield line


def _date(values: Mapping[str, Sequence[str]]) -> str:
    """Return the fullest date: ``2026/05/01/``, ``2026-05-01`` or words; the year alone where there is nothing else."""
    dates = [
        value.strip().strip("/")
        for tag in _DATES
        for value in values.get(tag, ())
        if value.strip().strip("/")
    ]
    return max(dates, key=lambda date: (len(re.findall(r"\w+", date)), -dates.index(date)), default="")


def _plain(value: str) -> str:
    """Return a value without markup, which Zotero's notes have."""
    return read_paragraphs(value) if TAG.search(value) else value.strip()
