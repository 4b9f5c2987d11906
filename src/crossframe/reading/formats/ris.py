"""RIS records as Zotero, EndNote, ProQuest and other databases write them, with the text that they hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.export_documents import COPYRIGHT, NO_TEXT, Document, Line, read_documents
from crossframe.reading.text.html_text import TAG, read_paragraphs
from crossframe.reading.text.site_text import MIN_WORDS, TERMINAL, is_site_phrase

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?:\s(?P<value>.*))?")
_ABSTRACTS, _NOTES = ("AB", "N2"), ("N1", "RN")
"""RIS has no field for a full text: databases write it into an abstract or a note, beside rights, subjects and the like."""
_TITLES = ("TI", "T1", "ST", "CT", "BT")
_OUTLETS = ("T2", "JO", "JF", "JA", "J2", "T3", "PB")
_DATES = ("DA", "Y1", "PY")
_FULL_TEXT = re.compile(r"\s*(?:full ?text|text|article|body)\s*(?::| -)\s*", re.IGNORECASE)
_ABSTRACT = re.compile(r"\s*(?:abstract|summary)\s*(?::| -)\s*", re.IGNORECASE)
_LABEL = re.compile(r"\s*[^\W\d_][\w /&'’-]{0,40}?(?::| -)\s+")
_RIGHTS = re.compile(r"copyright\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”“’‘'»«)\]]*\s+|(?<=[。！？।؟])")
_MIN_SENTENCES = 2
"""Sentences from which on a note without a label is a text: a single one is a remark."""
_MIN_TIMES = 2
"""How much longer than the abstract it is, at least: a reader's remarks on an article are shorter."""

_REMARKS = {
    "abstract": ["Its text is the record's abstract."],
    "note": ["Its text is a note of the record that does not say what it is; see whether it is the article."],
}


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
        "RIS file", file, [_document(number, one) for number, one in enumerate(_records(file.text), 1)]
    )


@dataclass
class _Value:
    """What a tag of a record says, and its lines."""

    tag: str
    text: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """Its text without markup, which Zotero's notes have."""
        return read_paragraphs(self.text) if TAG.search(self.text) else self.text.strip()


def _records(text: str) -> Iterator[list[_Value]]:
    """Return the values of each record, lines outside of them with the tag ""."""
    values: list[_Value] = [_Value("")]
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        match = _TAG.fullmatch(line)
        if match and match["tag"] == "TY" and len(values) > 1:
            yield values
            values = [_Value("")]
        if match:
            values.append(_Value(match["tag"], (match["value"] or "").strip()))
        else:
            values[-1].text += f"\n{line}"
        values[-1].lines.append(Line(number, " ".join(line.split())))
        if match and match["tag"] == "ER":
            yield values
            values = [_Value("")]
    if len(values) > 1:
        yield values


def _document(number: int, values: Sequence[_Value]) -> Document:
    def first(tags: Sequence[str]) -> str:
        found = (one.text.strip() for tag in tags for one in values if one.tag == tag)
        return next((text for text in found if text), "")

    used, text, kind = _find_text(values)
    document = Document(
        f"record {number}",
        fields={
            "title": _Value("", first(_TITLES)).plain,
            "outlet": first(_OUTLETS),
            "date": _date(values),
            "byline": "; ".join(
                one.text for tag in ("AU", "A1") for one in values if one.tag == tag and one.text
            ),
            "url": first(("UR", "L2", "DO")),
            "section": first(("SE",)),
            "type": f"{first(('M3',))}; {'news' if first(('TY',)) == 'NEWS' else ''}",
        },
        body=[Line(0, line) for line in text.split("\n")] if text else [],
    )
    document.extent = "abstract" if kind == "abstract" else None
    document.notes += _REMARKS.get(kind, ())
    for one in values:
        if one is not used and one.tag not in ("TI", "T1"):
            document.drop(one.lines)
    return document


def _find_text(values: Sequence[_Value]) -> tuple[_Value | None, str, str]:
    """Return the value that is a record's text, the text, and what it is: labelled a text, a note of many sentences, an abstract."""
    found: dict[str, tuple[_Value | None, str]] = {
        "full text": (None, ""),
        "note": (None, ""),
        "abstract": (None, ""),
    }
    for one in values:
        if one.tag not in _ABSTRACTS + _NOTES:
            continue
        text = _ABSTRACT.sub("", _FULL_TEXT.sub("", one.plain, count=1), count=1)
        n_sentences = sum(map(_count_sentences, text.split("\n")))
        if _FULL_TEXT.match(one.plain) and n_sentences:
            kind = "full text"
        elif one.tag in _ABSTRACTS or _ABSTRACT.match(one.plain):
            kind = "abstract" if not _is_notice(text) else ""
        else:
            kind = "note" if n_sentences >= _MIN_SENTENCES else ""
        if kind and len(text) > len(found[kind][1]):
            found[kind] = one, text
    if found["full text"][0] is not None:
        return *found["full text"], "full text"
    kind = "note" if len(found["note"][1]) >= _MIN_TIMES * max(1, len(found["abstract"][1])) else "abstract"
    return *found[kind], kind


def _count_sentences(paragraph: str) -> int:
    """Return the number of whole sentences of a paragraph; none of a notice, and of a list behind a label.

    Examples
    --------
    >>> _count_sentences("Rain fell on both islands on Monday. Nobody was hurt by it, the mayor said.")
    2
    >>> _count_sentences("Copyright - Copyright Ledger Ltd May 5, 2026"), _count_sentences("Name - Centre party; U.N.; A. B. Doe.")
    (0, 0)
    """
    if _is_notice(paragraph) or _is_notice(_LABEL.sub("", paragraph, count=1)):
        return 0
    sentences = _SENTENCE_END.split(paragraph)
    return sum(_is_sentence(sentence.strip()) for sentence in sentences)


def _is_notice(text: str) -> bool:
    return any((COPYRIGHT.match(text), _RIGHTS.match(text), NO_TEXT.fullmatch(text))) or is_site_phrase(text)


def _is_sentence(text: str) -> bool:
    """Return whether a text is a whole sentence, and no list: its words stand in a row, and most are in lower case."""
    words = text.split()
    if text.endswith(("。", "！", "？", "।", "؟")):
        return len(text) > 2 * MIN_WORDS
    n_lists = sum(word.endswith(";") for word in words)
    n_large = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return (
        len(words) >= MIN_WORDS
        and TERMINAL.search(text) is not None
        and 6 * n_lists < len(words)
        and 2 * n_large < len(words) + 2
    )


def _date(values: Sequence[_Value]) -> str:
    """Return the fullest date: ``2026/05/01/``, ``2026-05-01`` or words; the year alone where there is nothing else."""
    found = [one.text.strip().strip("/") for tag in _DATES for one in values if one.tag == tag]
    dates = [date for date in found if date]
    return max(dates, key=lambda date: (len(re.findall(r"\w+", date)), -dates.index(date)), default="")
