"""Exports of Factiva: text with field codes (HD, LP, TD) or without, HTML, and what an RTF of either holds."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.export_documents import (
    COPYRIGHT,
    Document,
    Line,
    date_in,
    numbered,
    read_documents,
)
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.dates import read_date
from crossframe.reading.text.html_text import parse_html

_FIELDS = {
    "HD": "title", "BY": "byline", "PD": "date", "ET": "time", "SN": "outlet", "SE": "section", "LP": "body", "TD": "body",
}  # fmt: skip
_HEAD_CODES = (
    "CLM",
    "SE",
    "HD",
    "CR",
    "BY",
    "WC",
    "PD",
    "ET",
    "SN",
    "SC",
    "ED",
    "PG",
    "VOL",
    "LA",
    "CY",
    "DLN",
)
_TAIL_CODES = ("CT", "CX", "RST", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART")
_CODE = re.compile(rf"(?P<code>{'|'.join((*_HEAD_CODES, 'LP', 'TD', *_TAIL_CODES))})(?:\s+|$)(?P<value>.*)")
_CELLS = re.compile(r"^([A-Z]{2,3})\s*\|\s*")
_TOPICS = re.compile(r"[\w.+-]+\s*:\s\S.*")
"""Value of CO, IN, NS and RE: a code and its name."""
_ID = re.compile(
    r"(?:AN\s+)?(?:document|dokument|documento|documento n\.?|документ|文件|文档|文書|문서)\s+(?P<id>[A-Z0-9]{4,}\d{6,}\w*)",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"[\d.,\s]*\d\s?(?:words?|wörter|mots|palabras|parole|woorden|palavras|słów|слов|ord|字|語|단어)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[ap]m)?(?:\s?(?:GMT|UTC|[A-Z]{2,4}))?", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:page \d+ of \d+\s*)?(?:©|\(c\)) ?\d{4} factiva\b.*|search summary|page \d+ of \d+", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?…][\"”’»)]*$")
_HEADED = ".//td[normalize-space(translate(., '\u00a0', ' '))='HD']"
MAX_SECTION_WORDS = 2
"""Words of the longest section name above a title of more words."""
MAX_META_WORDS = 6
"""Words of the longest line of metadata between outlet and text."""


def recognises(file: File) -> bool:
    """Return whether `file` is such an export: by codes, by Factiva's numbers of documents, or by its elements of HTML."""
    if _is_html(file):
        return True
    if file.head.startswith((b"<", b"{\\rtf", b"%pdf")):
        return False
    lines = _lines(file)
    return _has_codes(lines) or _has_numbers(lines)


def read(file: File) -> Contents:
    """Return the documents of an export.

    Raises
    ------
    InputError
        When none has a text.

    References
    ----------
    tm.plugin.factiva and newspapers (R), factiva_parser (Python): field codes, elements of the HTML, numbers of words and of
    documents in the languages of the interface.
    """
    if _is_html(file):
        return read_in_worker(_read_html, file)
    lines = _lines(file)
    documents = _coded_documents(lines) if _has_codes(lines) else _plain_documents(lines)
    return read_documents("Factiva export", file, list(documents))


def _read_html(file: File) -> Contents:
    return read_documents("Factiva export", file, _html_documents(file))


def _is_html(file: File) -> bool:
    if not file.head.startswith(b"<"):
        return False
    lowered = file.content.lower()
    is_article = re.search(rb"class=[\"']?article \w\w(?:\w\w)?article\b", lowered) is not None
    is_table = (
        re.search(rb"<td[^>]*>\s*(?:<[^>]+>\s*)*hd\s*(?:<[^>]+>\s*)*&?(?:nbsp;)?\s*</td>", lowered)
        is not None
    )
    return is_article or (
        is_table and re.search(rb">\s*(?:an|sn)\s*(?:<[^>]+>\s*)*</td>", lowered) is not None
    )


def _lines(file: File) -> list[Line]:
    """Return the lines of a text, without the marks of a table's cells."""
    return [Line(line.number, _CELLS.sub(r"\1 ", line.text).strip("| ")) for line in numbered(file.text)]


def _has_codes(lines: Sequence[Line]) -> bool:
    codes = [match["code"] for line in lines if (match := _CODE.fullmatch(line.text))]
    return {"HD", "PD", "SN"} <= set(codes) and ("LP" in codes or "TD" in codes)


def _has_numbers(lines: Sequence[Line]) -> bool:
    return any(_ID.fullmatch(line.text) for line in lines) and any(
        _WORDS.fullmatch(line.text) for line in lines
    )


# --- with codes -----------------------------------------------------------------------------------------


def _coded_documents(lines: Sequence[Line]) -> Iterator[Document]:
    starts = _starts(lines)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        document = Document(f"document {number}")
        if number == 1:
            document.drop(lines[:start], "cover page")
        _read_coded(document, lines[start:end])
        yield document


def _starts(lines: Sequence[Line]) -> list[int]:
    """Return where documents begin: at the first code, at the first behind a document's number, at a second headline."""
    starts: list[int] = []
    seen: set[str] = set()
    for position, line in enumerate(lines):
        match = _CODE.fullmatch(line.text)
        if match is None or (match["code"] == "AN" and match["value"] and not _ID.fullmatch(line.text)):
            continue
        code = match["code"]
        first = code in ("CLM", "SE", "HD") and (not starts or "AN" in seen)
        if first or (code == "HD" and seen & {"LP", "TD"}):
            starts.append(position)
            seen = set()
        seen.add(code)
    return starts


def _read_coded(document: Document, lines: Sequence[Line]) -> None:
    body = [
        n
        for n, line in enumerate(lines)
        if (match := _CODE.fullmatch(line.text)) and match["code"] in ("LP", "TD")
    ]
    first = body[0] if body else len(lines)
    end = _tail_start(lines, first)
    code = ""
    for line in lines[:first]:
        match = _CODE.fullmatch(line.text)
        if match:
            code, value = match["code"], match["value"]
        else:
            value = line.text
        name = _FIELDS.get(code)
        if name and value:
            document.fields[name] = f"{document.fields.get(name, '')} {value}".strip()
        if name != "title":
            document.drop([line])
    last = ""
    for line in lines[first:end]:
        match = _CODE.fullmatch(line.text)
        if (
            match
            and match["code"] in ("LP", "TD")
            and (not (last and match["value"]) or _SENTENCE.search(last))
        ):
            document.body.append(Line(line.number, ""))
            line = line._replace(text=match["value"])
        document.body.append(line)
        last = line.text or last
    document.drop(lines[end:])
    _add_time(document)


def _add_time(document: Document) -> None:
    """Put the time of a document to its date, where they make one."""
    time, date = document.fields.pop("time", ""), document.fields.get("date", "")
    if time and read_date(f"{date} {time}") is not None:
        document.fields["date"] = f"{date} {time}"


def _tail_start(lines: Sequence[Line], first: int) -> int:
    """Return where the codes behind the text begin: "CT scans show" and "IN May" at a line's beginning are none."""
    for position in range(first + 1, len(lines)):
        if _ID.fullmatch(lines[position].text) or _NOTICE.fullmatch(lines[position].text):
            return position
        match = _CODE.fullmatch(lines[position].text)
        if match is None or match["code"] not in _TAIL_CODES:
            continue
        code, value = match["code"], match["value"]
        if code == "AN":
            if _ID.fullmatch(lines[position].text) or not value:
                return position
        elif not value or (code in ("CO", "IN", "NS", "RE") and _TOPICS.fullmatch(value)):
            return position
        elif code not in ("CO", "IN", "NS", "RE"):
            following = next((line.text for line in lines[position + 1 :] if line.text), "")
            after = _CODE.fullmatch(following)
            if after and after["code"] in _TAIL_CODES:
                return position
    return len(lines)


# --- without codes --------------------------------------------------------------------------------------


def _plain_documents(lines: Sequence[Line]) -> Iterator[Document]:
    ends = [position for position, line in enumerate(lines) if _ID.fullmatch(line.text)]
    at = 0
    for number, end in enumerate(ends, 1):
        document = Document(f"document {number}")
        _read_plain(document, lines[at:end])
        document.drop(lines[end : end + 1])
        at = end + 1
        if number == len(ends):
            document.drop(lines[at:], "search summary")
        yield document


def _read_plain(document: Document, lines: Sequence[Line]) -> None:
    document.drop((line for line in lines if _NOTICE.fullmatch(line.text)), "page number")
    lines = [line for line in lines if not _NOTICE.fullmatch(line.text)]
    counted = next((n for n, line in enumerate(lines) if _WORDS.fullmatch(line.text)), None)
    if counted is None:
        document.fields["title"] = next((line.text for line in lines if line.text), "")
        document.drop(line for line in lines if line.text != document.fields["title"])
        return
    _read_heading(document, [line for line in lines[:counted] if line.text])
    start = _text_start(document, lines, counted)
    document.drop(lines[counted:start])
    document.body = list(lines[start:])


def _read_heading(document: Document, lines: Sequence[Line]) -> None:
    """Read section, title and byline of the lines above the number of words."""
    rest = list(lines)
    if (
        len(rest) > 1
        and len(rest[0].text.split()) <= MAX_SECTION_WORDS
        and len(rest[1].text.split()) > MAX_SECTION_WORDS
    ):
        document.fields["section"] = rest[0].text
        document.drop([rest.pop(0)])
    if len(rest) > 1:
        document.fields["byline"] = rest[-1].text
        document.drop([rest.pop()])
    document.fields["title"] = rest[0].text if rest else ""
    document.drop(rest[1:], "below the title")


def _text_start(document: Document, lines: Sequence[Line], counted: int) -> int:
    """Read date and outlet below the number of words; return where the text begins."""
    known = [n for n in range(counted + 1, min(counted + 24, len(lines))) if lines[n].text]
    dated = next((n for n in known[:4] if date_in(lines[n].text)), counted)
    if dated != counted:
        document.fields["date"] = date_in(lines[dated].text) or ""
    times = [lines[n].text for n in known if n > dated and _TIME.fullmatch(lines[n].text)]
    document.fields["time"] = times[0] if times else ""
    _add_time(document)
    below = [n for n in known if n > dated and not _TIME.fullmatch(lines[n].text)]
    if below:
        document.fields["outlet"] = lines[below[0]].text
    start = below[0] + 1 if below else counted + 1
    for n in below[1:]:
        if COPYRIGHT.match(lines[n].text):
            return max(m + 1 for m in range(n, len(lines)) if _are_rights(lines[n : m + 1]))
        if len(lines[n].text.split()) > MAX_META_WORDS or _SENTENCE.search(lines[n].text):
            break
        start = n + 1
    return start


def _are_rights(lines: Sequence[Line]) -> bool:
    """Return whether lines are blank or of copyright."""
    return all(not line.text or COPYRIGHT.match(line.text) for line in lines)


# --- HTML -----------------------------------------------------------------------------------------------


def _html_documents(file: File) -> list[Document]:
    tree = parse_html(file.text)
    elements = tree.xpath("//*[contains(concat(' ', @class, ' '), ' article ')][contains(@class, 'Article')]")
    tables = tree.xpath(f"//table[{_HEADED}]")
    tables = [one for one in tables if not one.xpath(f".//table[{_HEADED}]")]
    documents: list[Document] = []
    for element in tables or elements:
        document = Document(f"document {len(documents) + 1}")
        if tables:
            _read_coded(document, list(_table_lines(element)))
        else:
            _read_element(document, element)
        documents.append(document)
    return documents


def _table_lines(table: Any) -> Iterator[Line]:
    for row in table.iter("tr"):
        cells = [child for child in row if child.tag in ("td", "th")]
        if len(cells) < 2:
            continue
        code = "".join(cells[0].itertext()).strip()
        pieces = list(_paragraphs(cells[1]))
        yield Line(0, f"{code} {pieces[0] if pieces else ''}".strip())
        for piece in pieces[1:]:
            yield Line(0, "")
            yield Line(0, piece)


def _paragraphs(element: Any) -> Iterator[str]:
    """Return the text of an element by its paragraphs; the whole text where it has none."""
    found = [" ".join("".join(one.itertext()).split()) for one in element.iter("p", "pre")]
    yield from (text for text in found or [" ".join("".join(element.itertext()).split())] if text)


def _read_element(document: Document, element: Any) -> None:
    """Read one article's element: headline, author, paragraphs by their classes, all else by its form."""
    plain: list[Line] = []
    for child in _leaves(element):
        text, kind = " ".join("".join(child.itertext()).split()), (child.get("class") or "").lower()
        if not text:
            continue
        line = Line(0, text)
        if "headline" in kind or child.xpath("./*[contains(translate(@class, 'H', 'h'), 'headline')]"):
            document.fields["title"] = f"{document.fields.get('title', '')} {text}".strip()
        elif "articleparagraph" in kind:
            document.body += [line, Line(0, "")]
        elif "author" in kind:
            document.fields["byline"] = text
            document.drop([line])
        else:
            plain.append(line)
    counted = next((n for n, line in enumerate(plain) if _WORDS.fullmatch(line.text)), None)
    if counted is not None:
        _text_start(document, plain, counted)
        if counted:
            document.fields["section"] = plain[0].text
    document.drop(plain)


def _leaves(element: Any) -> Iterator[Any]:
    """Return the innermost blocks of an article's element, in order."""
    blocks = {"div", "p", "pre", "li", "td", "h1", "h2", "h3", "h4"}
    for one in element.iter(*blocks):
        if one is not element and not any(inner.tag in blocks for inner in one.iterdescendants(*blocks)):
            yield one
