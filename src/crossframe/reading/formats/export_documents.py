"""Documents of database exports: what their metadata lines say, and their body with its paragraphs whole."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from crossframe.errors import InputError, printable
from crossframe.reading.formats.contents import MAX_NAMED, Contents, File, LeftOut, Parts
from crossframe.reading.text.clean import Dropped, read_dateline
from crossframe.reading.text.date_lines import read_date_line
from crossframe.reading.text.dates import read_date
from crossframe.reading.text.genre import read_genre
from crossframe.reading.text.html_text import read_paragraphs
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.site_text import end_matter, is_site_phrase
from crossframe.reading.text.wrapping import Unwrapped, Wrapping, find_wrapping, unwrap

MAX_DATE = 60
"""Characters of the longest line that is a date."""
MAX_DOCUMENTS = 20_000
"""Most documents of one export; databases give out at most some thousand at once."""

COPYRIGHT = re.compile(
    r"[\s(\[*–—-]{0,3}(?:©|\(c\) ?(?:\d|copyright)|copyright(?:ed)?\b(?=\W*(?:©|\(c\)|\d|by\b|(?-i:[A-ZÀ-Þ])|$))|"
    r"all rights reserved\b|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|"
    r"todos os direitos reservados|alle rechten voorbehouden)",
    re.IGNORECASE,
)
"""The beginning of a line of copyright, in brackets or not."""
NO_TEXT = re.compile(
    r"[\[(]?(?:(?:full text|abstract|text) )?(?:is )?(?:not available|unavailable|not supplied)\b.*|none(?: available)?\.?|n/?a|[\[(]?no (?:abstract|full text|text)\b.*",
    re.IGNORECASE,
)
"""What stands in a field of a document in place of its text."""
_DATE_FIRST = re.compile(
    r"(?P<date>.{6,40}?\b(?:19|20)\d\d\b)(?P<rest>\W+(?:[\w.:-]+\s?){1,8})", re.IGNORECASE
)
_LAST = re.compile(
    r"\(END\).{0,60}|(?-i:[A-Z])[\w&.,'’ -]{2,50},? (?:ltd|limited|inc|llc|plc|gmbh|corp)\.?|[-–—*#_. ]{2,}|[-–—] ?30 ?[-–—]|"
    r"(?:(?:please )?(?:write|e-?mail|contact|reach|follow)\b[^.!?]{0,80}|[\w .,'’-]{0,60}[:;,]\s)?\(?[\w.+-]+@[\w-]+\.[\w.-]+\)?\.?",
    re.IGNORECASE,
)
"""The last line of an agency's story: its end, its number, whom to write to."""
MAX_LAST = 10
"""Paragraphs at the end of a body that may be none of it."""
MAX_LAST_CHARACTERS = 300
_BY = re.compile(r"(?:by|von|par|por|door|di)\s+(?=\S)", re.IGNORECASE)


class Line(NamedTuple):
    """A line of a file without outer blanks, and its number from 1."""

    number: int
    text: str


@dataclass
class Document:
    """A document of an export while it is read.

    Parameters
    ----------
    where : str
        Place in the file, e.g. ``"document 2"``.
    fields : dict of str to str
        title, outlet, date, byline, section, dateline, url, by the name of the field of an article.
    body : list of Line
        Blank lines included.
    dropped : list of Dropped
        Metadata lines.
    notes : list of str
        What a user must be told of it.
    extent : str or None
        As that of `Parts`.
    """

    where: str
    fields: dict[str, str] = field(default_factory=dict)
    body: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extent: str | None = None

    @property
    def body_text(self) -> str:
        """The lines of the body."""
        return "\n".join(line.text for line in self.body)

    def drop(self, lines: Iterable[Line], reason: str = "metadata") -> None:
        """List lines that are no part of the article."""
        self.dropped += [Dropped(line.number, reason, line.text) for line in lines if line.text]


def numbered(text: str) -> list[Line]:
    """Return the lines of a text without outer blanks, numbered from 1."""
    return [Line(number, " ".join(raw.split())) for number, raw in enumerate(text.split("\n"), 1)]


def is_markup(file: File) -> bool:
    """Return whether a file begins with markup."""
    return file.head.startswith(b"<")


def as_text(file: File) -> File:
    """Return a file of HTML with what it shows in place of its content: paragraphs between blank lines, labels beside their values."""
    return replace(file, content=read_paragraphs(file.text).encode("utf-8"))


def blocks_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the runs of lines between blank ones."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def date_in(line: str) -> str | None:
    """Return the date that a line states and nothing else but an edition; None where it is no line of a date.

    Examples
    --------
    >>> date_in("May 5, 2026 Tuesday First Edition"), date_in("The council met on May 5, 2026.")
    ('May 5, 2026', None)
    """
    if len(line) > MAX_DATE or not re.search(r"\d", line) or not re.search(r"[^\W\d]|\d[-/.]\d", line):
        return None
    if read_date(line) is not None:
        return line
    match = _DATE_FIRST.fullmatch(line)
    return (
        match["date"] if match and not line.endswith(".") and read_date(match["date"]) is not None else None
    )


def read_documents(format: str, file: File, documents: Sequence[Document]) -> Contents:
    """Return the articles of an export: all its documents, but those without a text.

    Raises
    ------
    InputError
        When no document has a text.
    """
    if len(documents) > MAX_DOCUMENTS:
        raise InputError(
            f"Invalid export {file.where!r} of {len(documents):,} documents. It must have at most {MAX_DOCUMENTS:,}."
        )
    wrapping = find_wrapping("\n\n".join(document.body_text for document in documents))
    articles: list[Parts] = []
    left_out: list[LeftOut] = []
    for document in documents:
        read = _article(document, wrapping)
        if isinstance(read, Parts):
            articles.append(read)
        else:
            left_out.append(read)
    if not articles:
        raise InputError(
            f"Invalid {format} {file.where!r}. None of its {len(documents)} documents has a text; export them with full text."
        )
    heads = tuple(Dropped(0, "running head", text) for text in file.heads)
    first = replace(articles[0], dropped=(*heads, *articles[0].dropped))
    articles[0] = replace(first, n_stripped=file.decoded.n_stripped)
    return Contents(format, tuple(articles), tuple(left_out))


def _article(document: Document, wrapping: Wrapping | None) -> Parts | LeftOut:
    fields = {name: " ".join(value.split()) for name, value in document.fields.items()}
    unwrapped = unwrap(document.body_text, wrapping=wrapping) if wrapping else Unwrapped(document.body_text)
    lines = unwrapped.text.split("\n")
    n_body = _end_of_body(lines)
    paragraphs = [line for line in lines[:n_body] if line]
    numbers = unwrapped.numbers or range(1, len(lines) + 1)
    last = [
        Dropped(document.body[number - 1].number, "after the body", line)
        for number, line in zip(numbers[n_body:], lines[n_body:], strict=True)
        if line
    ]
    if not paragraphs:
        title = f" '{printable(fields['title'], MAX_NAMED)}'" if fields.get("title") else ""
        return LeftOut(document.where, f"The document{title} has no text; export it with full text.")
    text = "\n\n".join(paragraphs)
    furniture = (replace(one, line=document.body[one.line - 1].number) for one in unwrapped.dropped)
    date = fields.get("date") or None
    known = date is not None and read_date(date) is not None
    return Parts(
        text,
        fields.get("title", ""),
        document.where,
        published=date if known else None,
        outlet=fields.get("outlet") or None,
        byline=_BY.sub("", fields.get("byline", ""), count=1) or None,
        url=fields.get("url") or None,
        language=detect_language(text),
        dateline=fields.get("dateline") or read_dateline(paragraphs[0]),
        genre=genre_of(fields),
        extent=document.extent,
        dropped=tuple(sorted((*document.dropped, *furniture, *last), key=lambda one: one.line)),
        notes=(
            *document.notes,
            *([f"Its date '{printable(date, MAX_NAMED)}' is no full date."] if date and not known else []),
        ),
    )


def _end_of_body(lines: Sequence[str]) -> int:
    """Return the number of lines without the last ones that are none of the article: dates, credits, copyright, whom to write to."""
    end = len(lines)
    for number in range(len(lines) - 1, max(0, len(lines) - 2 * MAX_LAST), -1):
        line = lines[number]
        if line and not _is_last(line):
            break
        end = number if line else end
    return end


def _is_last(line: str) -> bool:
    if len(line) > MAX_LAST_CHARACTERS:
        return False
    return (
        COPYRIGHT.match(line) is not None
        or _LAST.fullmatch(line) is not None
        or read_date_line(line) is not None
        or is_site_phrase(line)
        or end_matter(line) != ""
    )


def genre_of(fields: Mapping[str, str]) -> str | None:
    """Return the genre that section and type of a document say.

    Examples
    --------
    >>> genre_of({"section": "EDITORIAL; Opinion; Pg. 12"}), genre_of({"section": "NEWS; Pg. 4"}), genre_of({})
    ('opinion', 'news', None)
    """
    said = [
        re.sub(r"\s+(?:desk|pages?)\b", "", fields.get(name, ""), flags=re.IGNORECASE)
        for name in ("section", "type")
    ]
    genre = read_genre(sections=[one for one in said if one], titles=[fields.get("title", "")])
    return genre or ("news" if any(re.search(r"\bnews\b", one, re.IGNORECASE) for one in said) else None)
