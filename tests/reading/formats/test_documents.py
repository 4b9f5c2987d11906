"""RTF, DOCX and PDF: what they hold is read as if it were text, exports of databases included."""

import io
import sys
import textwrap
import zipfile
from collections.abc import Sequence

import docx
import pytest

from crossframe.errors import InputError, MissingPackageError
from crossframe.reading.formats import pdf_pages, rich_text, word_document
from crossframe.reading.formats.contents import Contents, File, Parts
from crossframe.reading.formats.known import read_contents
from reading.formats.make_pdf import Placed, make_pdf
from reading.formats.test_exports import (
    CLASSIC,
    CODED_ALONE,
    EXPORTS,
    FIRST,
    OUTLETS,
    PLAIN,
    SECOND,
    TITLES,
    UNI_COVER,
    UNI_FIRST,
    UNI_SECOND,
)

PARAGRAPHS = (*FIRST, *SECOND)
TITLE = TITLES[0]


def make_rtf(lines: Sequence[str], *, codepage: str = "cp1252") -> bytes:
    """Return an RTF with a paragraph per line, a header and a font table."""

    def escape(text: str) -> str:
        out = []
        for letter in text:
            if letter in "\\{}":
                out.append(f"\\{letter}")
            elif ord(letter) < 128:
                out.append(letter)
            else:
                try:
                    out.append("".join(f"\\'{byte:02x}" for byte in letter.encode(codepage)))
                except UnicodeEncodeError:
                    out.append(f"\\u{ord(letter)}?")
        return "".join(out)

    number = codepage.removeprefix("cp")
    head = rf"{{\rtf1\ansi\ansicpg{number}\deff0{{\fonttbl{{\f0\froman Times New Roman;}}}}{{\header \pard Island library\par}}"
    body = "\n".join(rf"\pard {escape(line)}\par" for line in lines)
    return f"{head}{{\\info{{\\title Export}}}}\n{body}\n}}".encode("ascii")


def make_docx(lines: Sequence[str]) -> bytes:
    """Return a DOCX with a paragraph per line and a header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Island library"
    for line in lines:
        document.add_paragraph(line.strip())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def column(
    left: float, top: float, paragraphs: Sequence[str], width: int, *, indent: float = 0, apart: float = 8
) -> list[Placed]:
    """Return wrapped paragraphs as lines of a column."""
    lines = []
    for paragraph in paragraphs:
        for number, text in enumerate(textwrap.wrap(paragraph, width)):
            lines.append(Placed(left + (indent if number == 0 else 0), top, text))
            top -= 12
        top -= apart
    return lines


def paired(left: Sequence[Placed], right: Sequence[Placed]) -> list[Placed]:
    """Return two columns as a page that draws them line by line."""
    lines: list[Placed] = []
    for number in range(max(len(left), len(right))):
        lines += [*left[number : number + 1], *right[number : number + 1]]
    return lines


def in_columns(paragraphs: Sequence[str], n_left: int) -> tuple[list[Placed], list[Placed]]:
    """Return paragraphs as one column that goes on in a second after `n_left` lines."""
    lines = column(50, 700, paragraphs, 44)
    right = lines[n_left:]
    shift = 700 - right[0].y if right else 0
    return lines[:n_left], [line._replace(x=310, y=line.y + shift) for line in right]


def in_three(paragraphs: Sequence[str], n_lines: int, width: int = 30) -> list[Placed]:
    """Return paragraphs in three columns of a number of lines, the first line of each indented, drawn line by line."""
    lines = [
        (10 * (number == 0), text)
        for paragraph in paragraphs
        for number, text in enumerate(textwrap.wrap(paragraph, width))
    ]
    placed = [
        Placed(40 + 175 * (number // n_lines) + indent, 700 - 12 * (number % n_lines), text)
        for number, (indent, text) in enumerate(lines)
    ]
    return sorted(placed, key=lambda line: -line.y)


def with_initial(paragraphs: Sequence[str]) -> list[Placed]:
    """Return paragraphs of which the first begins with a letter three lines high."""
    lines = textwrap.wrap(paragraphs[0][1:].lstrip(), 45)
    beside = [Placed(50 + 30 * (number < 3), 700 - 12 * number, text) for number, text in enumerate(lines)]
    return [
        Placed(50, 676, paragraphs[0][0], 34),
        *beside,
        *column(50, 692 - 12 * len(lines), paragraphs[1:], 50),
    ]


def spread(
    lead: float, width: int, *, indent: float = 20, apart: float = 0, size: float = 10
) -> list[Placed]:
    """Return paragraphs whose lines are `lead` points apart."""
    lines, top = [], 720.0
    for paragraph in PARAGRAPHS:
        for number, text in enumerate(textwrap.wrap(paragraph, width)):
            lines.append(Placed(50 + indent * (number == 0), top, text, size))
            top -= lead
        top -= apart
    return lines


def with_gaps(lines: Sequence[Placed]) -> list[Placed]:
    """Return lines with a gap behind their second word, as justified text may have."""
    placed = []
    for line in lines:
        first, rest = " ".join(line.text.split()[:2]), " ".join(line.text.split()[2:])
        placed += [line._replace(text=first), line._replace(x=line.x + 5 * len(first) + 9, text=rest)]
    return placed


def around(lines: Sequence[Placed], aside: Placed) -> list[Placed]:
    """Return lines with something of another size behind the first of them."""
    return [
        lines[0],
        aside._replace(y=lines[0].y - 22),
        *(line._replace(y=line.y - 35) for line in lines[1:]),
    ]


def address(number: int) -> list[Placed]:
    """Return what browsers print at the foot of a page."""
    return [Placed(24, 15, "https://gazette.example/2026/winter-boats", 7), Placed(560, 15, f"{number}/3", 7)]


def head(number: int) -> list[Placed]:
    """Return the running head and foot of a page."""
    return [Placed(50, 810, f"THE DAILY GAZETTE, 1 MAY 2026, PAGE {number}"), Placed(290, 25, str(number))]


BIG = Placed(50, 750, TITLE, 22)
HYPHENATED = "Harbour masters on both islands said on Fri-\nday that the winter timetable would be cut by a\nthird, and that nobody had been asked."
LONG = (*PARAGRAPHS, *(f"{one} That was in {year}." for one in PARAGRAPHS for year in (2024, 2025)))
LAYOUTS = {
    "one column": [[BIG, *column(50, 700, PARAGRAPHS, 90)]],
    "two columns": [[BIG, *column(50, 700, PARAGRAPHS[:2], 44), *column(310, 700, PARAGRAPHS[2:], 44)]],
    "columns line by line": [[BIG, *paired(column(50, 700, PARAGRAPHS[:2], 44), column(310, 700, PARAGRAPHS[2:], 44))]],
    "column goes on": [[BIG, *paired(*in_columns(PARAGRAPHS, 7))]],
    "indents": [[BIG, *column(50, 700, PARAGRAPHS, 90, indent=12, apart=0)]],
    "heads and feet": [[*head(3), BIG, *column(50, 700, PARAGRAPHS[:2], 80)], [*head(4), *column(50, 750, PARAGRAPHS[2:], 80)]],
    "title of two lines": [[Placed(50, 775, "Winter boats are", 22), Placed(50, 750, "cut by a third", 22), *column(50, 700, PARAGRAPHS, 70)]],
    "three columns": [[BIG, *in_three(PARAGRAPHS, 9)]],
    "three narrow columns": [[BIG, *in_three(PARAGRAPHS, 11, width=24)]],
    "columns of other heights": [[BIG, *(line._replace(y=line.y - 5 * (line.x > 200)) for line in paired(*in_columns(PARAGRAPHS, 7)))]],
    "a word alone in the last column": [[BIG, *in_three(PARAGRAPHS, 14)]],
    "columns below a headline of one": [[Placed(50, 750, TITLE, 12), *paired(*in_columns(PARAGRAPHS, 7))]],
    "an initial": [[BIG, *with_initial(PARAGRAPHS)]],
    "double spacing": [[BIG, *spread(24, 80)]],
    "double spacing, larger": [[BIG, *spread(27.6, 70, indent=36, size=12)]],
    "double spacing, no indents": [[BIG, *spread(24, 80, indent=0, apart=12)]],
    "half as much": [[BIG, *spread(18, 80)]],
    "a headline in double spacing": [[Placed(50, 770, TITLE), *spread(24, 80)]],
    "gaps inside lines": [[BIG, *with_gaps(column(50, 700, PARAGRAPHS, 80))]],
    "printed from a browser": [
        [Placed(24, 825, "5/6/26, 9:14 AM", 7), Placed(250, 825, f"{TITLE} | Daily Gazette", 7), BIG, *column(50, 700, PARAGRAPHS[:2], 80), *address(1)],
        [Placed(24, 825, "5/6/26, 9:14 AM", 7), Placed(250, 825, f"{TITLE} | Daily Gazette", 7), *column(50, 780, PARAGRAPHS[2:], 80), *address(2)],
        [Placed(24, 825, "5/6/26, 9:14 AM", 7), Placed(250, 825, f"{TITLE} | Daily Gazette", 7), *address(3)],
    ],
    "sentence over the page": [
        [*head(1), BIG, *column(50, 700, PARAGRAPHS, 70)[:5]],
        [*head(2), *[line._replace(y=line.y + 100) for line in column(50, 700, PARAGRAPHS, 70)[5:]]],
    ],
}  # fmt: skip


def read_one(content: bytes, name: str) -> Parts:
    """Return the one article of a file."""
    [parts] = read_contents(File(content, name)).articles
    return parts


@pytest.mark.parametrize("pages", LAYOUTS.values(), ids=LAYOUTS)
def test_pdf_layouts(pages: list[list[Placed]]) -> None:
    """Title and paragraphs come out of columns, across pages and without running heads."""
    parts = read_one(make_pdf(pages), "page.pdf")
    assert parts.title == TITLE
    assert parts.text == "\n\n".join(PARAGRAPHS)
    assert "GAZETTE" not in parts.text.upper()


def test_pdf_asides() -> None:
    """What stands amid a sentence in larger letters comes behind the text, where it is dropped, and listed."""
    aside = "“Not one letter”"
    parts = read_one(
        make_pdf([[BIG, *around(column(50, 700, PARAGRAPHS, 80), Placed(50, 0, aside, 15))]]), "page.pdf"
    )
    assert parts.text == "\n\n".join(PARAGRAPHS)
    assert [one.text for one in parts.dropped] == [aside]


STANDFIRST = "Harbour masters, fishermen and the owners of both ferries learned of it from the newspaper."


@pytest.mark.parametrize("right", [254, 258, 262, 290])
@pytest.mark.parametrize("shift", [0, 3, 6])
def test_pdf_columns_below_a_standfirst(right: float, shift: float) -> None:
    """A line across two columns that are near one another joins none of their lines."""
    first, second = in_columns(PARAGRAPHS, 7)
    second = [line._replace(x=right, y=line.y - shift) for line in second]
    parts = read_one(make_pdf([[BIG, Placed(50, 718, STANDFIRST), *paired(first, second)]]), "page.pdf")
    assert " ".join(parts.text.split()) == " ".join((STANDFIRST, *PARAGRAPHS))


@pytest.mark.parametrize(
    "start",
    [
        "A storm hit the town",
        "A Norwegian ship was late",
        "A 12-year-old boy was found",
        "A well-known captain left",
        "A STORM HIT the town",
        "I went to the town",
        "I’m from the town",
        "Analysts went to the town",
        "After a storm, the town",
        "Inga Moe went to the town",
        "The storm hit the town",
        "Alund was hit",
        "Angrybird was hit",
        "Bross was hit",
    ],
)
def test_pdf_initials(start: str) -> None:
    """An initial that is a word has a blank behind it, and another has none."""
    text = f"{start} on Tuesday, when I was there, and a ferry that had left Alund in the morning was not seen again until the next day."
    pages = [[BIG, *with_initial([text, *PARAGRAPHS])]]
    assert read_one(make_pdf(pages), "page.pdf").text == "\n\n".join((text, *PARAGRAPHS))


def test_pdf_initial_behind_a_quotation_mark() -> None:
    """The mark that opens a quotation is large with its letter, and stays before it."""
    text = "“Nobody was asked,” said the mayor of the northern island on Tuesday, when the boats had been cut by a third and no letter had come."
    lines = textwrap.wrap(text[2:], 50)
    beside = [Placed(50 + 44 * (number < 3), 700 - 12 * number, one) for number, one in enumerate(lines)]
    page = [BIG, Placed(50, 676, text[:2], 34), *beside, *column(50, 640, PARAGRAPHS, 60)]
    assert read_one(make_pdf([page]), "page.pdf").text == "\n\n".join((text, *PARAGRAPHS))


ISSUE = "The Daily Gazette, Friday 1 May 2026"
TEXT = column(50, 700, PARAGRAPHS, 80)
MORE = column(50, 750, [f"{one} So it went on." for one in PARAGRAPHS], 80)
HEADED = {
    "one page": ([[Placed(50, 810, ISSUE), BIG, *TEXT]], "2026-05-01"),
    "one page, capitals": ([[Placed(50, 810, ISSUE.upper(), 14), BIG, *TEXT]], "2026-05-01"),
    "two pages, the same head": ([[Placed(50, 810, ISSUE), BIG, *TEXT], [Placed(50, 810, ISSUE), *MORE]], "2026-05-01"),
    "two pages, smaller": ([[Placed(50, 810, ISSUE, 8), BIG, *TEXT], [Placed(50, 810, ISSUE, 8), *MORE]], "2026-05-01"),
    "left and right": ([[Placed(50, 810, "THE DAILY GAZETTE"), Placed(400, 810, "1 May 2026"), BIG, *TEXT]], "2026-05-01"),
    "at the foot": ([[BIG, *TEXT, Placed(50, 25, "1.05.2026 Daily Gazette")], [*MORE, Placed(50, 25, "1.05.2026 Daily Gazette")]], "2026-05-01"),
    "without a date": ([[Placed(50, 810, "The Daily Gazette"), BIG, *TEXT], [Placed(50, 810, "The Daily Gazette"), *MORE]], None),
    "two rows": ([[Placed(50, 822, "THE DAILY GAZETTE"), Placed(50, 806, "1 May 2026, page 3"), BIG, *TEXT], [Placed(50, 822, "THE DAILY GAZETTE"), Placed(50, 806, "1 May 2026, page 4"), *MORE]], "2026-05-01"),
    "masthead larger than the headline": ([[Placed(50, 800, "The Daily Gazette", 36), BIG, *TEXT]], None),
    "standfirst": ([[BIG, Placed(50, 725, "Nobody on the winter islands was asked", 13), *TEXT]], None),
    "date below the headline": ([[BIG, Placed(50, 725, "Published 1 May 2026, 9.15 am"), *TEXT]], "2026-05-01T09:15:00"),
    "other date in the text": ([[Placed(50, 810, ISSUE), BIG, *TEXT, Placed(50, TEXT[-1].y - 20, "The next meeting will be held on 8 May 2026.")]], "2026-05-01"),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "date"), HEADED.values(), ids=HEADED)
def test_pdf_heads(pages: list[list[Placed]], date: str | None) -> None:
    """The headline is the title, not the running head, however often that is there; its date is read, and it is listed."""
    parts = read_one(make_pdf(pages), "page.pdf")
    assert parts.title == TITLE
    assert parts.text.startswith("\n\n".join(PARAGRAPHS))
    assert "Gazette" not in parts.text
    assert (parts.published and parts.published.isoformat()) == date  # type: ignore[union-attr]
    assert sum("gazette" in one.text.lower() for one in parts.dropped) == (
        "Gazette" in str(pages) or "GAZETTE" in str(pages)
    )


def test_pdf_text_at_the_edges() -> None:
    """First and last lines of a page's text stay, with dates in them, too."""
    lines = [
        "The council will meet again on Friday, 8 May 2026,",
        "when it will be asked to vote on the winter boats",
        "that it had wanted to close on Monday, 4 May 2026,",
        "said the mayor.",
    ]
    placed = [Placed(50, 700 - 12 * n, line) for n, line in enumerate(lines)]
    assert read_one(make_pdf([[BIG, *placed]]), "page.pdf").text == " ".join(lines)


def styled(*parts: tuple[str, str], core: str = "") -> bytes:
    """Return a DOCX of paragraphs with styles, and a title among its properties."""
    document = docx.Document()
    document.core_properties.title = core
    for style, text in parts:
        document.add_paragraph(text, style=style)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


BODY_PARTS = tuple(("Normal", text) for text in PARAGRAPHS)
UNI_LINES = tuple(("Normal", line.strip()) for line in UNI_FIRST.split("\n") if line.strip())


@pytest.mark.parametrize(
    ("parts", "core"),
    [
        ((("Title", TITLE), *BODY_PARTS), ""),
        ((("Title", TITLE), ("Heading 1", TITLE), *BODY_PARTS), ""),
        ((("Title", TITLE), *BODY_PARTS), TITLE),
        ((("Normal", TITLE), ("Heading 1", TITLE), *BODY_PARTS), TITLE),
        ((("Heading 1", TITLE), ("Normal", TITLE), *BODY_PARTS), ""),
        ((("Title", "Press review of 1 May"), ("Heading 1", TITLE), *BODY_PARTS), ""),
        ((("Normal", "The Daily Gazette"), ("Title", TITLE), ("Subtitle", "By Petra Holm"), *BODY_PARTS), ""),
        ((("Heading 1", TITLE), *BODY_PARTS[:1], ("Heading 2", "What comes next"), *BODY_PARTS[1:]), ""),
        ((("Normal", TITLE), *BODY_PARTS), "Document1"),
    ],
)  # fmt: skip
def test_docx_titles(parts: tuple[tuple[str, str], ...], core: str) -> None:
    """The title is that of the style, once."""
    read = read_one(styled(*parts, core=core), "a.docx")
    assert read.title == TITLE
    assert [text for text in read.text.split("\n\n") if text != "What comes next"] == list(PARAGRAPHS)


BY, DATE = ("Normal", "By Petra Holm"), ("Normal", "5 May 2026")
PROSE_1 = (
    ("Normal", "The council voted on Tuesday to close the ferry."),
    ("Normal", "Mayor Anna Bell called the vote overdue."),
)
PROSE_2 = (
    ("Normal", "The islanders went to court on Friday."),
    ("Normal", "They want to be heard before the ferry is closed."),
)


@pytest.mark.parametrize(
    ("parts", "titles"),
    [
        ((("Heading 1", "One"), BY, *PROSE_1, ("Heading 1", "Two"), BY, *PROSE_2), ["One", "Two"]),
        ((("Heading 1", "One"), DATE, *PROSE_1, ("Heading 1", "Two"), PROSE_2[0], DATE, *PROSE_2[1:]), ["One", "Two"]),
        ((("Heading 1", "One"), ("Normal", "OSLO (AFP) - The vote was held on Tuesday."), *PROSE_1, ("Heading 1", "Two"), BY, *PROSE_2), ["One", "Two"]),
        ((("Title", "Press review"), DATE, ("Heading 1", "One"), BY, *PROSE_1, ("Heading 1", "Two"), BY, *PROSE_2), ["One", "Two"]),
        ((("Heading 1", "One"), ("Heading 2", "Cold water"), BY, *PROSE_1, ("Heading 1", "Two"), BY, *PROSE_2, ("Heading 1", "End")), ["One", "Two"]),
        ((("Title", "One"), BY, ("Heading 1", "Cold water"), *PROSE_1, ("Heading 1", "Who pays?"), *PROSE_2), ["One"]),
        ((("Title", "One"), BY, ("Heading 1", "Cold water"), *PROSE_1, ("Heading 1", "Who pays?"), *PROSE_2, DATE), ["One"]),
        ((("Heading 1", "One"), BY, DATE, *PROSE_1, ("Heading 1", "Cold water"), *PROSE_2, ("Heading 1", "Who pays?"), *PROSE_1), ["One"]),
        ((("Heading 1", "One"), *PROSE_1, ("Heading 1", "Who pays?"), *PROSE_2), ["One"]),
        ((("Title", "One"), *PROSE_1, ("Heading 1", "Who pays?"), *PROSE_2), ["One"]),
        ((("Title", "One"), *PROSE_1, ("Heading 1", "Cold water"), *PROSE_2, ("Heading 1", "Who pays?"), *PROSE_1), ["One"]),
        ((("Heading 1", "One"), *PROSE_1, ("Heading 2", "Cold water"), *PROSE_2, ("Heading 2", "Who pays?"), *PROSE_1), ["One"]),
        ((("Normal", "Council to close the ferry"), *PROSE_1, ("Heading 1", "Cold water"), *PROSE_2, ("Heading 1", "Who pays?"), *PROSE_1), ["Council to close the ferry"]),
    ],
)  # fmt: skip
def test_docx_of_several_articles(parts: tuple[tuple[str, str], ...], titles: list[str]) -> None:
    """Headings of the first level are headlines where dates, authors or places stand below several, else an article's own."""
    contents = read_contents(File(styled(*parts), "a.docx"))
    assert [one.title for one in contents.articles] == titles
    assert bool(contents.notes) == (len(titles) > 1)
    if len(titles) > 1:
        assert [one.where for one in contents.articles] == ["article 1", "article 2"]
        assert [
            one.text.endswith(prose[-1][1])
            for one, prose in zip(contents.articles, (PROSE_1, PROSE_2), strict=True)
        ] == [True, True]
    else:
        assert "Who pays?" in contents.articles[0].text


@pytest.mark.parametrize(
    "before",
    [
        (("Normal", TITLE),),
        (("Title", TITLE),),
        (("Normal", "Page 1 of 3"), ("Normal", TITLE)),
        (("Normal", TITLE), ("Normal", "Page 1 of 3")),
        (("Heading 1", TITLE.upper()),),
        (("Heading 1", f"{TITLE} "), ("Normal", TITLE)),
        (("Normal", TITLE.replace(" ", "  ")),),
        (),
    ],
)
def test_docx_titles_of_exports(before: tuple[tuple[str, str], ...]) -> None:
    """A title that is on the cover or in a heading, too, is there once in an export."""
    [article] = read_contents(File(styled(*before, *UNI_LINES, core=TITLE), "a.docx")).articles
    assert article.title == TITLE
    assert article.text == "\n\n".join(FIRST)


def test_pdf_hyphens() -> None:
    """A word that a line end divides is whole again."""
    lines = [Placed(50, 700 - 12 * number, text) for number, text in enumerate(HYPHENATED.split("\n"))]
    parts = read_one(make_pdf([[BIG, *lines, *column(50, 640, PARAGRAPHS[1:], 46)]]), "page.pdf")
    assert parts.text == "\n\n".join(PARAGRAPHS)


def exported(contents: Contents) -> list[tuple[str, str | None, str]]:
    """Return title, outlet and text of the articles."""
    return [(one.title, one.outlet, one.text) for one in contents.articles]


EXPECTED = [
    (title, outlet, "\n\n".join(text))
    for title, outlet, text in zip(TITLES, OUTLETS, (FIRST, SECOND), strict=True)
]


@pytest.mark.parametrize("text", [CLASSIC, UNI_FIRST + UNI_SECOND, UNI_COVER + UNI_FIRST + UNI_SECOND, CODED_ALONE, PLAIN], ids=["classic", "Uni", "Uni with cover page", "Factiva codes", "Factiva"])  # fmt: skip
@pytest.mark.parametrize("make", [make_rtf, make_docx])
def test_exports_inside(make: object, text: str) -> None:
    """An export is recognised in RTF and DOCX, and read by its documents."""
    assert callable(make)
    contents = read_contents(File(make(text.split("\n")), "export.bin"))
    assert exported(contents) == EXPECTED


def test_an_export_as_pdf() -> None:
    """An export that was saved as PDF comes apart, too."""
    lines = [line.strip() for line in (UNI_FIRST + UNI_SECOND).replace("\u00a0", " ").split("\n")]
    placed, top = [], 800.0
    for line in lines:
        for piece in textwrap.wrap(line, 80) or [""]:
            if piece:
                placed.append(Placed(50, top, piece))
            top -= 11 if line else 9
    contents = read_contents(File(make_pdf([placed]), "export.pdf"))
    assert exported(contents) == EXPECTED


RUSSIAN = (
    "Совет проголосовал во вторник за закрытие старого парома до конца года, сообщила мэр города.",
    "«Нас никто не спросил», — сказала начальница северной пристани Анна Белова журналистам.",
)
POLISH = ("„Nikt nas nie pytał” – powiedziała Łucja Żak, która kieruje północną przystanią w Łodzi od roku.",)


@pytest.mark.parametrize(
    ("codepage", "lines"), [("cp1252", FIRST), ("cp1251", RUSSIAN), ("cp1250", POLISH), ("cp1252", POLISH)]
)
def test_rtf_letters(codepage: str, lines: Sequence[str]) -> None:
    """Letters of code pages, Unicode escapes and marks come out as written."""
    assert read_one(make_rtf(lines, codepage=codepage), "a.rtf").text == "\n\n".join(lines)


def test_rtf_links() -> None:
    """The address of a link is no text."""
    linked = make_rtf([TITLE, *FIRST]).replace(
        b"Petra Holm", rb'{\field{\*\fldinst HYPERLINK "https://example.org/holm"}{\fldrslt Petra Holm}}'
    )
    assert read_one(linked, "a.rtf").text == "\n\n".join(FIRST)


def test_docx_parts() -> None:
    """Links, line breaks and cells of a DOCX are text; its header is not."""
    document = docx.Document()
    document.add_heading(TITLE)
    document.add_paragraph(FIRST[0])
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = SECOND[0]
    table.cell(0, 1).text = SECOND[1]
    document.add_paragraph(FIRST[1])
    target = io.BytesIO()
    document.save(target)
    parts = read_one(target.getvalue(), "a.docx")
    assert (parts.title, parts.text) == (TITLE, "\n\n".join([FIRST[0], *SECOND, FIRST[1]]))


def test_hard_wrapped_inside() -> None:
    """Text that was wrapped before it was pasted into a document is whole again."""
    lines = [TITLE, "", *[line for one in PARAGRAPHS for line in [*textwrap.wrap(one, 66), ""]]]
    for content in (make_rtf(lines), make_docx(lines)):
        assert read_one(content, "a").text == "\n\n".join(PARAGRAPHS)


def bomb() -> bytes:
    """Return an archive that is small, and huge when unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (word_document.MAX_UNPACKED + 1))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (make_docx([]), r"Invalid file 'x'\. It has no text; it must hold an article\."),
        (make_docx([TITLE, *FIRST])[:3000], r"It is no(t text| whole DOCX)"),
        (bomb(), r"bytes unpacked\. It must have at most 100,000,000\."),
        (make_rtf([]), r"Invalid file 'x'\. It has no text; it must hold an article\."),
        (b"{\\rtf1", r"Invalid file 'x'\. It has no text; it must hold an article\."),
        (b"{\\rtf1" + b"{" * 100_000, r"Invalid file 'x'\."),
        (make_pdf([[]]), r"It has no text layer \(a scan\?\); run text recognition \(OCR\) over it first\."),
        (make_pdf([[BIG, *column(50, 700, PARAGRAPHS, 90)]])[:300], r"Invalid file 'x'\. It (is no whole PDF|has no text layer)"),
        (b"%PDF-1.4\n" + b"\x00" * 1000, r"Invalid file 'x'\. It (is no whole PDF|has no text layer)"),
        (make_pdf([[BIG]] * (pdf_pages.MAX_PAGES + 1)), r"It must have at most 300 pages; give the pages of one article\."),
    ],
    ids=["empty docx", "cut docx", "bomb", "empty rtf", "stub", "braces", "scan", "cut pdf", "zeros", "many pages"],
)  # fmt: skip
def test_files_of_no_use(content: bytes, message: str) -> None:
    """A damaged, huge or empty document is refused in one line."""
    with pytest.raises(InputError, match=message) as caught:
        read_contents(File(content, "x"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("module", "package", "unpack", "content"), [
    ("striprtf.striprtf", "striprtf", rich_text._unpack, make_rtf([TITLE])),
    ("docx", "python-docx", word_document._unpack, make_docx([TITLE])),
    ("pdfminer.high_level", "pdfminer.six", pdf_pages._unpack, make_pdf([[BIG]])),
])  # fmt: skip
def test_a_missing_package_names_the_command(
    module: str, package: str, unpack: object, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package one line says how to install it."""
    monkeypatch.setitem(sys.modules, module, None)
    assert callable(unpack)
    with pytest.raises(
        MissingPackageError,
        match=rf"Missing package '{package}' for \w+\. Install it: pip install \"crossframe\[formats\]\"\.",
    ):
        unpack(File(content, "x"))


def test_text_that_only_begins_like_one() -> None:
    """An article on a file format is an article."""
    text = "\n\n".join([TITLE, f"%PDF-1.4 is no word of the letter. {FIRST[0]}", FIRST[1]])
    assert EXPORTS
    assert FIRST[1] in read_one(text.encode(), "a.txt").text
