"""Exports of Nexis, one document or many: classic, also as HTML ("1 of 20 DOCUMENTS"), and Nexis Uni, Advance or Nexis+ ("End of Document")."""

import re
from collections.abc import Sequence
from itertools import pairwise

from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.export_documents import (
    COPYRIGHT,
    Document,
    Line,
    as_text,
    blocks_of,
    date_in,
    is_markup,
    numbered,
    read_documents,
)
from crossframe.reading.formats.stories import DOCUMENT_END, NUMBERED_HEAD
from crossframe.reading.formats.worker import read_in_worker
from crossframe.text import match_key

MAX_HEADING = 12
"""Lines among which title, outlet, date and copyright are."""

_START_IN_HTML = re.compile(
    rb">\s*(?:\d+ (?:of|von|de|van|di) \d+ documents?|(?:document|dokument|documento) \d+ (?:of|von|de|van|di) \d+)\s*<"
)
_LABEL_IN_HTML = re.compile(
    rb">\s*(?:length|l[^<>:]{1,6}nge|longueur|load-date|date-chargement|language|sprache|langue|byline|section|rubrique):"
)
_HEAD = {
    "byline": r"byline|author|autor|auteur|autore",
    "section": r"section|rubrik|rubrique|sección|seccion|sectie|sezione",
    "length": r"length|länge|longueur|longitud|lengte|lunghezza",
    "title": r"headline|überschrift|titre",
    "dateline": r"dateline|ort der meldung",
    "highlight": r"highlight|lead|zusammenfassung|insert|encart",
    "series": r"series|column|copyright|source|edition|type|document-type|publication-type|language|acc-no|bylines|distribution",
}
_TAIL = (
    r"load-date|update|upload-date|language|sprache|langue|idioma|taal|lingua|publication-type|publication type|pub-type|"
    r"publikationstyp|type de publication|zeitungs-code|journal-code|journal code|subject|subjects|organization|company|"
    r"ticker|industry|person|people|city|state|country|geographic|geographic area|graphic|grafik|graphique|photo|"
    r"doc-type|document-type|document type|acc-no|series|correction|correction-date|notes?|distribution|enhancement|"
    r"classification|content|name|type|url|issn|isbn|edition|copyright|length|section|correction appended|category|"
    r"date-chargement|type-publication|sujet|soci[eé]t[eé]|symbole-boursier|secteur-activit[eé]|localisation-g[eé]o|"
    r"transmission|product|product name|special-code|category-code|website|web|fax|contact"
)
_LABEL = re.compile(
    rf"(?P<label>{'|'.join([*_HEAD.values(), 'body'])})(?:\(s\))?:\s?(?P<value>.*)", re.IGNORECASE
)
_TAIL_LABEL = re.compile(rf"(?:{_TAIL}):(?:\s.*)?", re.IGNORECASE)
_LOADED = re.compile(r"(?:load-date|upload-date|update|date-chargement):.*\d.*", re.IGNORECASE)
_TAIL_ALONE = re.compile(r"classification|graphic|grafik|graphique|klassifizierung", re.IGNORECASE)
_ABSTRACT, _FULL_TEXT = re.compile(r"abstract", re.IGNORECASE), re.compile(r"full text:?", re.IGNORECASE)
_BODY = re.compile(r"body|body of document|textkörper|text|cuerpo|corps|hauptteil", re.IGNORECASE)
_EDITION = re.compile(
    r"\b(?:edition|ausgabe|édition|edición|editie)\b|^(?:correction appended|final|first|late|main)$",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:[^\W\d]+[\s.,/–-]+){1,3}(?:19|20)\d\d")
"""Date of a magazine: month or season, and year."""
_COVER = re.compile(
    r"(?:documents?|dokumente?|documentos?) ?\(\d+\)|job number:.*|user name:.*|date and time:.*",
    re.IGNORECASE,
)
_PAGE = re.compile(r"page \d+(?: of \d+)?|seite \d+(?: von \d+)?", re.IGNORECASE)
_CAPITALS = re.compile(r"(?P<label>[A-ZÄÖÜÉÓÇ][A-ZÄÖÜÉÓÇ-]+(?: [A-ZÄÖÜÉ-]+)?):(?:\s|$)")


def recognises(file: File) -> bool:
    """Return whether `file` is such an export, by the lines between its documents and by its labels."""
    if is_markup(file):
        lowered = file.content.lower()
        return _START_IN_HTML.search(lowered) is not None and _LABEL_IN_HTML.search(lowered) is not None
    if b"\x00" in file.content[:100]:
        return False
    lines = [line.text for line in numbered(file.text)]
    return _is_classic(lines) or _is_uni(lines)


def read(file: File) -> Contents:
    """Return the documents of an export.

    Raises
    ------
    InputError
        When none has a text.

    References
    ----------
    Gruber 2023, LexisNexisTools (R): lines between documents, labels in English, German and French, covers. tm.plugin.lexisnexis
    and newspapers (R): the same in HTML, abstracts before full texts.
    """
    return read_in_worker(_read_html, file) if is_markup(file) else _read_text(file)


def _read_html(file: File) -> Contents:
    return _read_text(as_text(file))


def _read_text(file: File) -> Contents:
    lines = numbered(file.text)
    if _is_classic([line.text for line in lines]):
        documents = _classic_documents(lines)
    else:
        documents = _uni_documents(lines)
    return read_documents("Nexis export", file, documents)


def _is_classic(lines: Sequence[str]) -> bool:
    labels = {
        match["label"]
        for line in lines
        if (match := _CAPITALS.match(line)) and (_LABEL.match(line) or _TAIL_LABEL.match(line))
    }
    return len(labels) >= 2 and any(NUMBERED_HEAD.fullmatch(line) for line in lines)


def _is_uni(lines: Sequence[str]) -> bool:
    marks = [
        any(_BODY.fullmatch(line) for line in lines),
        any(DOCUMENT_END.fullmatch(line) for line in lines),
        any(_LOADED.fullmatch(line) for line in lines),
        any(re.match(r"(?:length|länge|longueur|longitud|lengte):", line, re.IGNORECASE) for line in lines),
        any(re.match(r"(?:section|rubrik|byline):", line, re.IGNORECASE) for line in lines),
        any(COPYRIGHT.match(line) for line in lines),
    ]
    return (marks[0] or marks[1]) and sum(marks) >= 3


# --- classic --------------------------------------------------------------------------------------------


def _classic_documents(lines: Sequence[Line]) -> list[Document]:
    starts = [position for position, line in enumerate(lines) if NUMBERED_HEAD.fullmatch(line.text)]
    ends = [*starts[1:], len(lines)]
    documents = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        document = Document(f"document {number}")
        if number == 1:
            document.drop(lines[:start], "cover page")
        document.drop(lines[start : start + 1])
        _read_classic(document, lines[start + 1 : end])
        documents.append(document)
    return documents


def _read_classic(document: Document, lines: Sequence[Line]) -> None:
    end = _tail_start(lines)
    document.drop(lines[end:])
    above: list[list[Line]] = []
    labelled = False
    position = 0
    blocks = blocks_of(lines[:end])
    for position, block in enumerate(blocks):
        match = _LABEL.fullmatch(block[0].text)
        if match and match["label"].isupper():
            labelled = True
            rest = _read_labels(document, block)
            if rest is not None:
                document.body = [*rest, *_from(lines[:end], blocks[position + 1 :])]
                break
        elif labelled and not COPYRIGHT.match(block[0].text):
            document.body = _from(lines[:end], blocks[position:])
            break
        else:
            document.drop(line for line in block if COPYRIGHT.match(line.text))
            above.append([line for line in block if not COPYRIGHT.match(line.text)])
    above = [block for block in above if block]
    below = _read_heading(document, above, titled="title" in document.fields)
    if labelled:
        document.drop((line for block in below for line in block), "below the title")
    else:
        document.body = _from(lines[:end], below)


def _field_of(label: str) -> str:
    return next((name for name, labels in _HEAD.items() if re.fullmatch(labels, label, re.IGNORECASE)), "")


def _read_labels(document: Document, block: Sequence[Line]) -> list[Line] | None:
    """Read the fields of a block; return the lines of the body where it begins here, else None."""
    name = ""
    for position, line in enumerate(block):
        match = _LABEL.fullmatch(line.text)
        if match and match["label"].isupper():
            if match["label"] == "BODY":
                rest = [Line(line.number, match["value"]), *block[position + 1 :]]
                return [one for one in rest if one.text]
            name = _field_of(match["label"])
            document.fields[name] = match["value"]
        else:
            document.fields[name] += f" {line.text}"
        if name != "title":
            document.drop([line])
    return None


def _read_heading(document: Document, blocks: Sequence[list[Line]], *, titled: bool) -> list[list[Line]]:
    """Read outlet, date and title of the lines above the fields; return the blocks below the title."""
    dated = next((n for n, block in enumerate(blocks) if any(date_in(line.text) for line in block)), None)
    if dated is None:
        dated = next((n for n, block in enumerate(blocks[:3]) if n and _MONTH.fullmatch(block[0].text)), None)
    for block in blocks[: 1 if dated is None else dated + 1]:
        for line in block:
            date = date_in(line.text) or (line.text if _MONTH.fullmatch(line.text) else None)
            if date and "date" not in document.fields:
                document.fields["date"] = date
            elif not date and "outlet" not in document.fields:
                document.fields["outlet"] = line.text
            document.drop([line])
    rest = list(blocks[1 if dated is None else dated + 1 :])
    while (
        rest and len(rest[0]) == 1 and len(rest[0][0].text.split()) <= 6 and _EDITION.search(rest[0][0].text)
    ):
        document.drop(rest.pop(0))
    if rest and not titled:
        document.fields["title"] = " ".join(line.text for line in rest.pop(0))
    return rest


def _from(lines: Sequence[Line], blocks: Sequence[list[Line]]) -> list[Line]:
    """Return the lines from the first of `blocks` on, blank ones included."""
    return [line for line in lines if blocks and line.number >= blocks[0][0].number]


def _tail_start(lines: Sequence[Line]) -> int:
    """Return the position of the first line behind the body: of labels and copyright, nothing else being behind them."""
    loaded = [position for position, line in enumerate(lines) if _LOADED.fullmatch(line.text)]
    start = loaded[-1] if loaded else len(lines)
    blocks = blocks_of(lines[:start])
    for block in reversed(blocks):
        first = block[0].text
        if not (_TAIL_LABEL.fullmatch(first) or _TAIL_ALONE.fullmatch(first) or COPYRIGHT.match(first)):
            break
        if re.match(r"(?:length|section):", first, re.IGNORECASE):
            break  # of the head: a document without a text
        start = next(position for position, line in enumerate(lines) if line.number == block[0].number)
    return start


# --- Nexis Uni ------------------------------------------------------------------------------------------


def _uni_documents(lines: Sequence[Line]) -> list[Document]:
    chunks: list[list[Line]] = [[]]
    for line in lines:
        chunks[-1].append(line)
        if DOCUMENT_END.fullmatch(line.text):
            chunks.append([])
    chunks = [piece for chunk in chunks for piece in _split_loaded(chunk)]
    rest = chunks.pop()
    if not chunks or any(_BODY.fullmatch(line.text) for line in rest):
        chunks.append(rest)
    else:
        chunks[-1] += rest
    documents = []
    for number, chunk in enumerate(chunks, 1):
        document = Document(f"document {number}")
        _read_uni(document, chunk)
        documents.append(document)
    return documents


def _split_loaded(chunk: list[Line]) -> list[list[Line]]:
    """Return the documents of a piece whose last lines are missing: each ends with its Load-Date."""
    loaded = [n for n, line in enumerate(chunk) if _LOADED.fullmatch(line.text)]
    if len(loaded) < 2 or sum(_BODY.fullmatch(line.text) is not None for line in chunk) < 2:
        return [chunk]
    edges = [0, *(n + 1 for n in loaded[:-1]), len(chunk)]
    return [chunk[start:end] for start, end in pairwise(edges)]


def _read_uni(document: Document, lines: Sequence[Line]) -> None:
    document.drop((line for line in lines if _PAGE.fullmatch(line.text)), "page number")
    lines = [line for line in lines if not _PAGE.fullmatch(line.text)]
    end = next(
        (position for position, line in enumerate(lines) if DOCUMENT_END.fullmatch(line.text)), len(lines)
    )
    marker = next((position for position, line in enumerate(lines[:end]) if _BODY.fullmatch(line.text)), None)
    head = lines[: marker if marker is not None else end]
    labels = [position for position, line in enumerate(head) if _is_label(line.text)]
    if marker is None:
        marker = _last_of_head(head, labels)
        head = lines[: marker + 1]
    _read_uni_head(document, head)
    body = lines[marker + 1 : end]
    if marker < len(lines) and _BODY.fullmatch(lines[marker].text):
        document.drop(lines[marker : marker + 1])
    body = list(_without_abstract(document, body))
    stop = _tail_start(body)
    stop = next((n for n, line in enumerate(body[:stop]) if _TAIL_ALONE.fullmatch(line.text)), stop)
    document.body = list(body[:stop])
    document.drop(body[stop:])
    document.drop(lines[end:])


def _without_abstract(document: Document, body: Sequence[Line]) -> Sequence[Line]:
    """Return a body from its full text on, where an abstract stands before it."""
    first = next((line.text for line in body if line.text), "")
    at = next((n for n, line in enumerate(body) if _FULL_TEXT.fullmatch(line.text)), None)
    if at is None or not _ABSTRACT.fullmatch(first):
        return body
    document.drop(body[: at + 1], "abstract")
    return body[at + 1 :]


def _is_label(text: str) -> bool:
    match = _LABEL.fullmatch(text)
    return match is not None and match["label"][:1].isupper()


def _last_of_head(head: Sequence[Line], labels: Sequence[int]) -> int:
    """Return the position of the last line of the head where no line says "Body": of labels, copyright, date."""
    dates = [position for position, line in enumerate(head[:MAX_HEADING]) if date_in(line.text)]
    first = [
        position
        for position in labels
        if not _TAIL_LABEL.fullmatch(head[position].text) or position < MAX_HEADING
    ]
    notices = [position for position, line in enumerate(head[:MAX_HEADING]) if COPYRIGHT.match(line.text)]
    return max([*dates[:1], *first, *notices], default=0)


def _read_uni_head(document: Document, head: Sequence[Line]) -> None:
    lines = [line for line in head if line.text]
    cover = _cover_end(lines)
    document.drop(lines[:cover], "cover page")
    lines = lines[cover:]
    dates = [n for n, line in enumerate(lines[:MAX_HEADING]) if date_in(line.text)]
    dated = dates[0] if dates else min(2, len(lines))
    titled = max(dated - 1, 1)
    titles: dict[str, str] = {}
    for line in reversed(lines[:titled]):  # a cover has the title, too
        titles.setdefault(match_key(line.text), line.text)
    document.fields["title"] = " ".join(reversed(titles.values()))
    if titled < dated:
        document.fields["outlet"] = lines[titled].text
    if dates:
        document.fields["date"] = date_in(lines[dated].text) or ""
    name = ""
    for line in lines[dated + 1 :]:
        match = _LABEL.fullmatch(line.text)
        if match and match["label"][:1].isupper():
            name = _field_of(match["label"])
            document.fields[name] = match["value"]
        elif name:
            document.fields[name] += f" {line.text}"
    document.drop(lines[titled:])


def _cover_end(lines: Sequence[Line]) -> int:
    """Return the position of the title below a cover page (job, search, list of documents), 0 where there is none."""
    marks = [n for n, line in enumerate(lines) if _COVER.fullmatch(line.text)]
    if not marks:
        return 0
    listed = [
        re.sub(r"^1\.\s*", "", line.text) for line in lines[marks[0] :] if re.match(r"1\.\s*\S", line.text)
    ]
    if listed:
        same = [
            n
            for n, line in enumerate(lines)
            if n > marks[-1] and match_key(line.text) == match_key(listed[0])
        ]
        if same:
            return same[-1]
    dates = [n for n, line in enumerate(lines) if n > marks[-1] and date_in(line.text)]
    return max(dates[0] - 2, marks[-1] + 1) if dates else marks[-1] + 1
