"""Tables with one article per row."""

import datetime
import io
import json
import struct
from pathlib import Path

import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.reading.formats.contents import Contents, File, LeftOut, Parts
from crossframe.reading.formats.known import read_contents
from crossframe.reading.formats.table_columns import map_columns, read_given
from crossframe.reading.formats.workbooks import read_xls
from crossframe.reading.text.dates import AMBIGUOUS, UNREADABLE, DateFormat

ROW = {"id": "a", "event": "e", "outlet": "o", "title": "=1", "text": "Words."}
DAY = datetime.date(2026, 5, 5)


def read(content: bytes | str, name: str = "a.csv", *given: str, dates: str = "") -> Contents:
    """Return what a file of this name holds."""
    content = content.encode() if isinstance(content, str) else content
    return read_contents(File(content, name, read_given(given), DateFormat.read(dates) if dates else None))


def counts(contents: Contents) -> tuple[int, list[str]]:
    """Return the number of articles, and the places of what was left out."""
    return len(contents.articles), [one.where for one in contents.left_out]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_kinds_of_tables(tmp_path: Path, ending: str) -> None:
    """The three kinds of tables give the same article; a neutralised cell gets its first character back."""
    import pandas as pd

    table, path = pd.DataFrame([ROW]), tmp_path / f"articles.{ending}"
    if ending == "jsonl":
        path.write_text(json.dumps(ROW), encoding="utf-8")
    elif ending == "csv":
        table.assign(title="'=1").to_csv(path, index=False)
    else:
        table.to_parquet(path)
    [parts] = read(path.read_bytes(), path.name).articles
    assert {key: getattr(parts, key) for key in ROW} == ROW


# --- layouts --------------------------------------------------------------------------------------------

TEXT = "The council voted on Tuesday night to close the old ferry."


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("Media Cloud", {"stories_id": "7", "publish_date": "2026-05-05 00:00:00", "title": "T", "url": "https://s.example/a",
                         "language": "en", "ap_syndicated": "f", "media_id": "3", "media_name": "The Star",
                         "media_url": "http://s.example", "story_text": TEXT}),
        ("Media Cloud", {"id": "7", "indexed_date": "2026-06-01", "language": "en", "media_name": "The Star",
                         "media_url": "s.example", "publish_date": "2026-05-05", "title": "T", "url": "https://s.example/a",
                         "text": TEXT}),
        ("LexisNexisTools", {"ID": "1", "Source_File": "a.docx", "Newspaper": "The Star", "Date": "2026-05-05",
                             "Length": "200 words", "Section": "News", "Author": "Ann Poe", "Edition": "1", "Headline": "T",
                             "Article": TEXT}),
        ("Nexis", {"Title": "T", "Publication": "The Star", "Publication Date": "May 5, 2026", "Byline": "Ann Poe",
                   "Section": "News", "Length": "200 words", "Full Text": TEXT}),
        ("Factiva", {"AN": "STAR0000", "HD": "T", "SN": "The Star", "PD": "5 May 2026", "LA": "English", "WC": "200",
                     "LP": "The council voted on Tuesday night", "TD": "to close the old ferry."}),
        ("ProQuest", {"Title": "T", "Authors": "Ann Poe", "pubtitle": "The Star", "AlphaDate": "May 5, 2026", "issn": "1",
                      "StoreId": "99", "DocumentURL": "https://p.example/99", "FullText": TEXT, "Abstract": "Short."}),
        ("trafilatura", {"title": "T", "author": "Ann Poe", "hostname": "star.example", "date": "2026-05-05",
                         "fingerprint": "f", "id": None, "raw_text": "x", "text": TEXT, "source": "https://star.example/a",
                         "source-hostname": "The Star", "excerpt": "The council", "categories": "", "tags": ""}),
        ("newspaper", {"url": "https://star.example/a", "source_url": "https://www.star.example", "title": "T", "text": TEXT,
                       "authors": "['Ann Poe', 'Tom Roe']", "publish_date": "2026-05-05 00:00:00", "meta_site_name": "The Star",
                       "top_image": "", "summary": "", "keywords": "[]"}),
        ("newspaper", {"url": "https://star.example/a", "read_more_link": "", "language": "en", "title": "T", "text": TEXT, "authors": "['Ann Poe']",
                       "publish_date": "2026-05-05 00:00:00", "source_url": "https://star.example", "meta_data.og.site_name": "The Star", "top_image": ""}),
        ("news-please", {"authors": "['Ann Poe']", "date_download": "2026-06-01", "date_publish": "2026-05-05 00:00:00",
                         "maintext": TEXT, "source_domain": "The Star", "title": "T", "url": "https://star.example/a"}),
        ("Event Registry", {"uri": "8", "lang": "eng", "isDuplicate": "false", "dateTime": "2026-05-05", "title": "T",
                            "body": TEXT, "source.title": "The Star", "url": "https://star.example/a", "sim": "0"}),
        ("", {"Headline": "T", "Body": TEXT, "Source": "The Star", "Date": "5 May 2026"}),
        ("", {"Titel": "T", "Volltext": TEXT, "Quelle": "The Star", "Datum": "05.05.2026"}),
        ("", {"Título": "T", "Texto": TEXT, "Medium": "The Star", "Fecha": "5 de mayo de 2026"}),
        ("", {"title": "T", "content": TEXT, "source.name": "The Star", "publishedAt": "2026-05-05"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_known_layouts(layout: str, row: dict[str, str | None], ending: str) -> None:
    """Columns are known by the exports that have them, several together, or by their names in several languages."""
    import pandas as pd

    table = pd.DataFrame([row])
    content = table.to_csv(index=False) if ending == "csv" else json.dumps(row)
    contents = read(content, f"a.{ending}")
    [parts] = contents.articles
    assert " ".join(parts.text.split()) == TEXT
    assert (parts.title, parts.outlet) == ("T", "The Star")
    from crossframe.reading.text.dates import read_date

    assert read_date(parts.published) == DAY
    assert parts.byline in (None, "Ann Poe", "Ann Poe, Tom Roe")
    assert parts.language in (None, "en")
    assert contents.format == (f"{layout} table" if layout else "table")
    assert contents.notes


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (["text", "title"], {"text": ("text",), "title": ("title",)}),
        (["content"], {}),
        (["content", "headline"], {"text": ("content",), "title": ("headline",)}),
        (
            ["Article", "Headline", "Newspaper"],
            {"text": ("Article",), "title": ("Headline",), "outlet": ("Newspaper",)},
        ),
        (["abstract", "title"], {"title": ("title",)}),
        (["text", "Full Text"], {"text": ("text",)}),
        (["outlet", "publication", "text"], {"outlet": ("outlet",), "text": ("text",)}),
        (["domain", "Publication", "text"], {"outlet": ("Publication", "domain"), "text": ("text",)}),
        (["", "text"], {"text": ("text",)}),
        (
            ["Titre", "Date de parution", "Texte intégral"],
            {"title": ("Titre",), "published": ("Date de parution",), "text": ("Texte intégral",)},
        ),
    ],
)
def test_columns_by_name(columns: list[str], found: dict[str, tuple[str, ...]]) -> None:
    """Own names win; a name that may mean other things needs another known column beside it."""
    assert map_columns(columns, {}).columns == found


def test_a_table_of_our_own_has_no_notes() -> None:
    """Columns with the names of fields need no word."""
    assert read("outlet,title,text\nstar,T,Rain fell.\n").notes == ()
    assert read("outlet,title,text,colour\nstar,T,Rain fell.,red\n").unused == ("colour",)


# --- columns that the user names ------------------------------------------------------------------------


def test_the_user_names_columns() -> None:
    """What a user says holds, whatever the columns are called, and whatever else they would be taken for."""
    table = "Lead;text;Paper;When\nRain fell.;not this;Star;2026-05-05\n"
    [parts] = read(table, "a.csv", "text=Lead", "Paper=outlet", "published=when").articles
    assert (parts.text, parts.outlet, parts.published) == ("Rain fell.", "Star", DAY)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("text=Led", r"Unknown column 'Led' for text in a\.csv.*Did you mean 'Lead'"),
        ("txt=Lead", r"Unknown field 'txt'.*Did you mean 'text'"),
        ("Lead", "It must be FIELD=COLUMN"),
        ("text=", "It must be FIELD=COLUMN"),
    ],
)
def test_unknown_columns_and_fields(given: str, said: str) -> None:
    """What is unknown is one line with what is known."""
    with pytest.raises((UnknownNameError, InputError), match=said):
        read("Lead;Paper\nRain fell.;Star\n", "a.csv", given)


@pytest.mark.parametrize(
    ("table", "hint"),
    [
        ("Paper,When\nStar,2026\n", "--map text=COLUMN"),
        ("Place,Lead and body,When\nStar," + "Rain fell. " * 20 + ",2026\n", '--map text="Lead and body"'),
        (
            "Sheet,Heading,Stuff\nStar,Boats are cut by a third," + "Rain fell. " * 9 + "\n",
            "--map text=COLUMN",
        ),
        ("Link to it,Words\nhttps://example.org/a,Rain\n", "--map text=COLUMN"),
        (
            "title,Abstract\nT,Short.\n",
            r"--map text=Abstract\. \('Abstract' seems to hold no whole texts\.\)",
        ),
        ("Body copy,title\n" + "Rain fell. " * 20 + ",T\n", '--map text="Body copy"'),
    ],
)
def test_a_table_without_texts(table: str, hint: str) -> None:
    """A table of whose columns none is known to hold texts is one line that says how to name it."""
    with pytest.raises(InputError, match=f"No column is known to hold the text.*{hint}"):
        read(table)


ADDRESSES = "save the pages of column {} and import these, or join their texts to the table as a column text"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("id,indexed_date,language,media_name,media_url,publish_date,title,url\n1,,en,Star,s.x,2026-05-05,T,http://s.x/1\n", "Media Cloud gives out addresses, not texts: " + ADDRESSES.format("url")),
        ("guid,stories_id,processed_stories_id,title,url,language,collect_date,publish_date,media_id,media_name,media_url,tags\n1,1,1,T,http://s.x/1,en,,2026-05-05,1,Star,s.x,\n", "Media Cloud gives out addresses, not texts: " + ADDRESSES.format("url")),
        ("stories_id,publish_date,title,url,media_name,themes\n1,2026-05-05,T,http://s.x/1,Star,\n", "Media Cloud gives out addresses, not texts: " + ADDRESSES.format("url")),
        ("GKGRECORDID,V2DOCUMENTIDENTIFIER,V2SOURCECOMMONNAME,DATE\n1,http://s.x/1,s.x,20260505\n", "GDELT gives out addresses, not texts: " + ADDRESSES.format("V2DOCUMENTIDENTIFIER")),
        ("Link,Headline\nhttp://s.x/1,T\n", "It has addresses, not texts: " + ADDRESSES.format("Link")),
        ("Article URL,Headline\nhttp://s.x/1,T\n", "It has addresses, not texts: " + ADDRESSES.format('"Article URL"')),
        ("url,Abstract\nhttp://s.x/1,T\n", "Name it, as in --map text=Abstract"),
        ("id,title\n1,T\n", "Name it, as in --map text=COLUMN"),
        ("id,Wording\n1,T\n", "Name it, as in --map text=COLUMN"),
    ],
)  # fmt: skip
def test_a_table_of_addresses(table: str, says: str) -> None:
    """A table of addresses says in one short line that the pages must be saved or their texts joined."""
    with pytest.raises(InputError) as raised:
        read(table)
    said = str(raised.value)
    assert says in said
    assert LeftOut("a.csv", said).reason == said


@pytest.mark.parametrize(
    ("record", "outlet"),
    [
        ({"meta_data": {"og": {"site_name": "The Star"}}}, "The Star"),
        ({"meta_data": {"og": {"site_name": "The Star", "title": "T"}, "twitter": {"site": "@star"}}, "source_url": "https://star.example"}, "The Star"),
        ({"meta_data": {"og": {"title": "T"}}, "source_url": "https://www.star.example"}, "star.example"),
        ({"meta_site_name": "The Star", "meta_data": {"og": {"site_name": "Star Media"}}}, "The Star"),
        ({"og": {"site_name": "The Star"}}, "The Star"),
        ({"openGraph": {"site_name": "The Star"}}, "The Star"),
        ({"source": {"name": "The Star", "id": 4}}, "The Star"),
        ({"meta_data": {"og": {"site_name": ""}}, "source_url": "https://star.example"}, "star.example"),
        ({"meta_data": {"a": {"b": {"c": {"d": 1}}}}, "source_url": "https://star.example"}, "star.example"),
    ],
)  # fmt: skip
def test_the_site_in_nested_metadata(record: dict[str, object], outlet: str) -> None:
    """The name of the site that a scraper stores inside metadata is the outlet, before the address."""
    row = {"title": "T", "text": TEXT, "authors": ["Ann Poe"], "publish_date": "2026-05-05", "top_image": ""}
    [parts] = read(json.dumps({**row, **record}), "a.json").articles
    assert parts.outlet == outlet


# --- cells ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>Rain fell.</p><p>It stopped.</p>", "Rain fell.\n\nIt stopped."),
        ("Rain fell.<br><br>It stopped.", "Rain fell.\n\nIt stopped."),
        ("<p>Bell called it &ldquo;overdue&rdquo; &amp; said</p>", "Bell called it “overdue” & said"),
        ("AT&amp;T&#8217;s profit fell.", "AT&T’s profit fell."),
        ("He <em>said</em> so.\n\nShe <a href='x'>left</a>.", "He said so.\n\nShe left."),
        ('<p>Rain fell.</p><div class="ad">Advertisement</div><p>It stopped.</p>', "Rain fell.\n\nIt stopped."),
        ("<p>Rain fell.</p><p>ADVERTISEMENT</p><p>It stopped.</p>", "Rain fell.\n\nIt stopped."),
        ("<p>Rain fell.</p><script>var x = '<p>';</script><p>It stopped.</p>", "Rain fell.\n\nIt stopped."),
        ("<p>Rain fell.</p><figure><img><figcaption>A cloud</figcaption></figure>", "Rain fell."),
        ("Rain fell.\n\n<blockquote>It stopped.</blockquote>\n\nIt fell again.", "Rain fell.\n\nIt stopped.\n\nIt fell again."),
        ("Prices fell by <5% & rose by >3%.", "Prices fell by <5% & rose by >3%."),
        ("if a < b and b > c, R&D falls", "if a < b and b > c, R&D falls"),
        (["Rain fell.", "It stopped."], "Rain fell.\n\nIt stopped."),
    ],
)  # fmt: skip
def test_html_in_cells_becomes_text(cell: object, text: str) -> None:
    """Tags become paragraphs, entities letters, what is no text goes; what only looks like markup stays."""
    [parts] = read(json.dumps({"title": "A &amp; <b>B</b>", "text": cell}), "a.jsonl").articles
    assert (parts.text, parts.title) == (text, "A & B")


@pytest.mark.parametrize("empty", ["", " ", "NaN", "null", "None", "N/A"])
def test_a_row_without_text_is_left_out(empty: str) -> None:
    """The other rows come in; rows in are rows imported and rows left out."""
    contents = read(f"id,text\n1,Rain fell.\n2,{empty}\n")
    assert [parts.where for parts in contents.articles] == ["row 1"]
    assert [(one.where, one.reason) for one in contents.left_out] == [
        ("row 2", "It has no text; a row needs one.")
    ]


# --- dates ----------------------------------------------------------------------------------------------


def published(*dates: str, format: str = "") -> list[Parts]:
    """Return the articles of a table with these dates."""
    rows = "".join(f'Rain fell.,"{date}"\n' for date in dates)
    return list(read(f"text,date\n{rows}", dates=format).articles)


def test_an_open_order_is_never_guessed() -> None:
    """A date that may be read in two ways is empty, with a note; so is one that is none."""
    one, two, three = published("12/05/2026", "next week", "")
    assert [parts.published for parts in (one, two, three)] == [None, None, None]
    assert [parts.notes for parts in (one, two, three)] == [(AMBIGUOUS,), (UNREADABLE,), ()]
    [named] = published("12/05/2026", format="MDY")
    assert named.published == datetime.date(2026, 12, 5)


def test_another_row_settles_the_order() -> None:
    """One plain date of a column settles all, and that is said."""
    contents = read('text,date\nRain.,"12/05/2026"\nSnow.,"25/05/2026"\nHail.,"5 May 2026"\n')
    assert [parts.published.isoformat() for parts in contents.articles] == [
        "2026-05-12",
        "2026-05-25",
        "2026-05-05",
    ]  # type: ignore[union-attr]
    assert "Dates of column 'date' are read day first, as '25/05/2026' shows." in contents.notes


# --- files ----------------------------------------------------------------------------------------------

_TABLE = "title,text,outlet\nÖl,“Bell” – said,Süd\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (_TABLE.encode(), "a.csv"),
        (b"\xef\xbb\xbf" + _TABLE.encode(), "a.csv"),
        (_TABLE.encode("utf-16"), "a.csv"),
        (_TABLE.encode("cp1252"), "a.csv"),
        (_TABLE.replace(",", ";").encode("cp1252"), "a.csv"),
        (("sep=;\r\n" + _TABLE.replace(",", ";").replace("\n", "\r\n")).encode("cp1252"), "a.csv"),
        (_TABLE.replace(",", "\t").encode("utf-16"), "a.txt"),
        (_TABLE.replace(",", "\t").encode(), "a.tsv"),
        (_TABLE.replace(",", "\t").encode(), "a.xls"),
        (_TABLE.encode(), "a.txt"),
        (("Search: ferry\n\n" + _TABLE).encode(), "a.csv"),
        (_TABLE.replace("\n", "\r").encode(), "a.csv"),
        (_TABLE.replace(",", "|").encode(), "a.csv"),
    ],
)
def test_encodings_and_separators(content: bytes, name: str) -> None:
    """Encodings, separators, line ends and lines above the header are understood."""
    [parts] = read(content, name).articles
    assert (parts.title, parts.text, parts.outlet) == ("Öl", "“Bell” – said", "Süd")


@pytest.mark.parametrize(
    ("table", "texts", "left_out"),
    [
        ('title,text\nA,"He said ""no"" to it."\n', ['He said "no" to it.'], []),
        ('title,text\nA,"Rain fell.\n\nIt stopped."\nB,Snow.\n', ["Rain fell.\n\nIt stopped.", "Snow."], []),
        ('title,text\nA,"He said "no" to it."\nB,Snow.\n', ['He said "no" to it.', "Snow."], []),
        ('title,text\nA,"He said "no", and left."\nB,Snow.\n', ["Snow."], ["row 1"]),
        ('title,text\nA,"Rain fell\nB,Snow.\nC,Hail.\n', ["Snow.", "Hail."], ["row 1"]),
        ('title,text\nA,"Rain fell\nB,"Snow, too."\nC,Hail.\n', ["Snow, too.", "Hail."], ["row 1"]),
        ("title,text\nA,Rain, again.\nB,Snow.\n", ["Snow."], ["row 1"]),
        ("title,text\nA\nB,Snow.\n", ["Snow."], ["row 1"]),
        ("title,text\nA,Rain.\n,\nB,Snow.\n,\n,\n", ["Rain.", "Snow."], ["row 2"]),
        ("title,text,\nA,Rain.,\n", ["Rain."], []),
    ],
)
def test_broken_rows_are_left_out(table: str, texts: list[str], left_out: list[str]) -> None:
    """A broken row takes no other with it; quotation marks that are not doubled are mended where the cells are plain."""
    contents = read(table)
    assert [parts.text for parts in contents.articles] == texts
    assert [one.where for one in contents.left_out] == left_out


@pytest.mark.parametrize(
    ("content", "n", "left_out"),
    [
        ('{"text": "Rain."}\n{"text": "Snow."}\n', 2, []),
        ('{"text": "Rain."}\nno\n[1]\n{"text": ""}\n', 1, ["line 2", "line 3", "line 4"]),
        ('[{"text": "Rain."}, {"text": "Snow."}]', 2, []),
        ('[{"text": "Rain."}, 7, {"text": "Snow."}]', 2, ["record 2"]),
        ('[{"text": "Rain."}, {"text": "Sn', 1, ["record 2 and all behind it"]),
        ('{\n "text": "Rain.",\n "title": "T"\n}', 1, []),
        ('{"status": "ok", "articles": [{"text": "Rain."}, {"text": "Snow."}]}', 2, []),
        ('{"text": "Rain.", "number": ' + "9" * 5000 + "}\n" + '{"text": "Snow."}\n', 1, ["line 1"]),
    ],
)
def test_json(content: str, n: int, left_out: list[str]) -> None:
    """Lines, lists and single objects; what is no record is left out, and the rest comes in."""
    found, places = counts(read(content, "a.json"))
    assert found == n
    assert sorted(places) == sorted(left_out)


def workbook(**sheets: list[list[object]]) -> bytes:
    """Return a workbook (.xlsx)."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_workbooks() -> None:
    """Sheets with texts are read: formulas as their text, dates and serials as days; other sheets are listed."""
    content = workbook(
        Hits=[
            ["Results for: ferry"],
            [],
            ["Headline", "Full Text", "Publication", "Date"],
            ["=1+1", "Rain fell.", "Star", datetime.datetime(2026, 5, 5)],
            ["T", None, "Star", None],
            ['=HYPERLINK("http://x.example","T")', "Snow.", "Sun", 46147.25],
        ],
        About=[["made", "by"], ["x", "y"]],
    )
    contents = read(content, "hits.xlsx")
    assert [parts.title for parts in contents.articles] == ["=1+1", '=HYPERLINK("http://x.example","T")']
    assert [str(parts.published) for parts in contents.articles] == ["2026-05-05", "2026-05-05 06:00:00"]
    assert [one.where for one in contents.left_out] == ["row 5 of sheet 'Hits'", "row 2 of sheet 'About'"]
    assert read(content, "without an ending") == contents


def old_sheet(rows: list[list[str | float]]) -> bytes:
    """Return a sheet as the oldest Excel writes it (BIFF2): cells of text and of numbers."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    sheet = record(0x09, struct.pack("<HH", 2, 0x10))
    for line, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HH", line, column) + bytes(3)
            if isinstance(cell, str):
                sheet += record(0x04, place + bytes([len(cell)]) + cell.encode("cp1252"))
            else:
                sheet += record(0x03, place + struct.pack("<d", cell))
    return sheet + record(0x0A, b"")


def old_workbook(rows: list[list[str | float]]) -> bytes:
    """Return a workbook as Excel 97 to 2003 write it (BIFF8 in a container, OLE2): one sheet of texts and numbers."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    first = record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start = len(first) + 4 + 13 + 4
    book = first + record(0x85, struct.pack("<IHBB", start, 0, 5, 0) + b"Texts") + record(0x0A, b"")
    book += record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for line, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", line, column, 0)
            if isinstance(cell, str):
                book += record(0x204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            else:
                book += record(0x203, place + struct.pack("<d", cell))
    book = (book + record(0x0A, b"")).ljust(4096, b"\0")
    n_sectors = -(-len(book) // 512)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, n_sectors + 2), end]
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    folder = b""
    for name, kind, child, start, size in (("Root Entry", 5, 1, end, 0), ("Workbook", 2, free, 2, len(book))):
        title = name.encode("utf-16-le")
        folder += title.ljust(64, b"\0") + struct.pack("<HBB3I", len(title) + 2, kind, 1, free, free, child)
        folder += bytes(36) + struct.pack("<III", start, size, 0)
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff") + folder.ljust(512, b"\0")
    return head + sectors + book.ljust(512 * n_sectors, b"\0")


def test_old_workbooks() -> None:
    """Cells of an .xls are read as text and numbers; rows count as in the sheet."""
    content = old_sheet([["Title", "Full Text", "Date"], ["T", "Räin fell.", 46147.0]])
    [grid] = read_xls(File(content, "a.xls"))
    assert [line.cells for line in grid.lines] == [("Title", "Full Text", "Date"), ("T", "Räin fell.", 46147)]
    assert [line.where for line in grid.lines] == ["row 1", "row 2"]
    [parts] = read(
        old_workbook([["Title", "Full Text", "Date"], ["T", "Räin fell.", 46147.0]]), "a.xls"
    ).articles
    assert parts.text == "Räin fell."


def test_web_pages_that_are_called_workbooks() -> None:
    """Databases name pages with one table .xls."""
    page = (
        "<html><table><tr><th>Title<th>Full text<th>Publication<tr><td>T<td>Rain fell.<td>Star</table></html>"
    )
    [parts] = read(page, "a.xls").articles
    assert (parts.title, parts.text, parts.outlet) == ("T", "Rain fell.", "Star")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"id,text\n1\n", "has no rows.*row 1: It has 1 cells; the header has 2"),
        ("a.csv", b'id,text\n1,"open', "row 1: Its quotation marks are broken"),
        ("a.csv", b"id,text\n", "has no rows"),
        ("a.csv", b"\xff\xfe\x00", "is not text"),
        ("a.csv", b"", "is empty"),
        ("a.jsonl", b'{"text": ', "line 1: It is no JSON"),
        ("a.parquet", b"PAR1", "Invalid Parquet"),
        ("a.xlsx", b"PK\x03\x04", "is not text"),
        ("a.xlsx", b"PK\x03\x04xl/workbook.xml", "is damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "is damaged"),
    ],
)
def test_bad_tables(name: str, content: bytes, message: str) -> None:
    """A table that cannot be read is one clear error."""
    with pytest.raises(InputError, match=message):
        read(content, name)
