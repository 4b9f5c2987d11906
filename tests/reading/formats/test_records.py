"""RIS records and feeds: an article per record or entry, as far as the file holds its text."""

import datetime

import pytest
import rispy

from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.known import read_contents
from crossframe.reading.text.dates import read_date
from reading.formats.test_exports import FIRST, OUTLETS, SECOND, TITLES

TEXTS = ("\n\n".join(FIRST), "\n\n".join(SECOND))

ZOTERO = f"""TY  - NEWS
TI  - {TITLES[0]}
AU  - Doe, Ann
T2  - Island Gazette
DA  - 2026/05/01/
PY  - 2026
SP  - 4
LA  - en
UR  - https://example.org/boats
Y2  - 2026/05/08/16:51:31
N1  - <p>{FIRST[0]}</p>
<p>{FIRST[1]}</p>
KW  - ferries
ER  -

TY  - NEWS
TI  - {TITLES[1]}
T2  - Harbour Herald
DA  - 2026/05/02/
PY  - 2026
N2  - {SECOND[0]}

{SECOND[1]}
ER  -
"""
PROQUEST = f"""TY  - NEWS
T1  - {TITLES[0]}
AN  - 2500000001
A1  - Doe, Ann
AB  - Boats are cut by a third.
N1  - Full text: {FIRST[0]}
{FIRST[1]}
JF  - Island Gazette
Y1  - 2026/05/01/
DA  - 2026 May 01
LA  - English
CY  - Island City
PB  - Island Gazette Ltd
M3  - News
UR  - https://www.proquest.com/docview/2500000001
ER  -
TY  - NEWS
T1  - {TITLES[1]}
AN  - 2500000002
N2  - {SECOND[0]}
{SECOND[1]}
JF  - Harbour Herald
Y1  - 2026/05/02/
M3  - Editorial
ER  -
"""
ONE_LINE = f"""TY - MGZN
TI - {TITLES[0]}
AU - Ann Doe
JO - Island Gazette
DA - 1 May 2026
AB - {FIRST[0]} {FIRST[1]}
ER -
TY - MGZN
TI - {TITLES[1]}
JO - Harbour Herald
DA - 2 May 2026
AB - {SECOND[0]} {SECOND[1]}
ER -
"""
RECORDS = {
    "Zotero": (ZOTERO, TEXTS),
    "Zotero, BOM and CRLF": ("\ufeff" + ZOTERO.replace("\n", "\r\n"), TEXTS),
    "ProQuest": (PROQUEST, TEXTS),
    "one blank": (ONE_LINE, tuple(text.replace("\n\n", " ") for text in TEXTS)),
    "no blank behind tags": (ZOTERO.replace("ER  -\n", "ER  - \n"), TEXTS),
    "last end missing": (ZOTERO.rstrip().removesuffix("ER  -"), TEXTS),
    "an end missing": (ZOTERO.replace("ER  -\n", "", 1), TEXTS),
    "unknown tags": (ZOTERO.replace("KW  - ferries", "C7  - 12\nXX  - a\nDB  - Some Database"), TEXTS),
}


def read_text(text: str, name: str) -> Contents:
    """Return what a file of this text holds."""
    return read_contents(File(text.encode("utf-8"), name))


@pytest.mark.parametrize(("text", "texts"), RECORDS.values(), ids=RECORDS)
def test_records(text: str, texts: tuple[str, str]) -> None:
    """Every record is an article with what its fields say."""
    contents = read_text(text, "library.ris")
    assert contents.format == "RIS file"
    assert [(one.title, one.outlet, one.text) for one in contents.articles] == list(
        zip(TITLES, OUTLETS, texts, strict=True)
    )
    assert [read_date(one.published) for one in contents.articles] == [
        datetime.date(2026, 5, 1),
        datetime.date(2026, 5, 2),
    ]
    assert contents.articles[0].byline in ("Doe, Ann", "Ann Doe")
    assert contents.articles[1].byline is None


@pytest.mark.parametrize("text", [ZOTERO, PROQUEST, ONE_LINE.replace(" - ", "  - ").replace("ER -", "ER  -")])
def test_records_as_rispy_reads_them(text: str) -> None:
    """A public parser of the format finds as many records, with the same titles and outlets."""
    records = rispy.loads(text)
    contents = read_text(text, "library.ris")
    assert len(records) == len(contents.articles)
    for record, article in zip(records, contents.articles, strict=True):
        assert article.title == record.get("title", record.get("primary_title"))
        names = ("secondary_title", "journal_name", "alternate_title3", "alternate_title1", "custom1")
        assert article.outlet in [record.get(name) for name in names]


def test_genres_and_notes_of_records() -> None:
    """What a record says of its kind is its genre, and that a text is only an abstract is said."""
    contents = read_text(PROQUEST, "library.ris")
    assert [one.genre for one in contents.articles] == ["news", "opinion"]
    assert [one.notes for one in contents.articles] == [(), ("Its text is the record's abstract.",)]


COPYRIGHT = "Copyright of Island Gazette is the property of its owner and may not be copied to other sites without leave. However, readers may print single pages for themselves, if they wish to."
ABSTRACT = "Boats are cut by a third, and nobody on the islands was asked about it."
NOTHING = {
    "copyright": "N1  - Copyright - Copyright Island Gazette Ltd May 1, 2026",
    "copyright of two sentences": f"N1  - {COPYRIGHT}",
    "rights": "N1  - (c) 2026 Island Gazette Ltd. All rights reserved. Nobody may copy any of this page without having been given leave.",
    "subjects": "N1  - SubjectsTermNotLitGenreText - Ferries; Timetables; Boats; Islands; Public transport; Quays; Winter; Holm, Petra",
    "names": "N1  - Name - Harbour Office; Centre party of the U.S.; Boats and Ferries Inc.; Holm, P. E.; Roe, T.",
    "update": "N1  - Last updated - 2026-05-06",
    "database": "N1  - Accession Number: 8765; Doe, Ann 1; Affiliation: 1: Staff writer; Source Info: May2026, Vol. 3 Issue 1, p4; Subject Term: FERRIES; Number of Pages: 1p; Full Text Word Count: 96",
    "remark": "N1  - Compare this with what the Harbour Herald wrote on Saturday.",
    "no text": "N1  - Full text: Not available.",
    "no abstract": "AB  - [No abstract available.]",
    "markup": "N1  - <p>Last updated - 2026-05-06</p>\n<p>Name - Harbour Office; Quay</p>",
}  # fmt: skip
TEXT = " ".join(FIRST)
HELD = {
    "abstract": (f"AB  - {ABSTRACT}", ABSTRACT, "abstract"),
    "second abstract": (f"N2  - {ABSTRACT}", ABSTRACT, "abstract"),
    "labelled abstract": (f"N1  - Abstract: {ABSTRACT}", ABSTRACT, "abstract"),
    "note": (f"N1  - {TEXT}", TEXT, None),
    "note beside an abstract": (f"AB  - {ABSTRACT}\nN1  - {TEXT}", TEXT, None),
    "text in a label": (f"AB  - {ABSTRACT}\nN1  - Full text - {FIRST[0]}", FIRST[0], None),
    "text with a place": (f"N1  - ISLAND CITY - {TEXT}", f"ISLAND CITY - {TEXT}", None),
    "remarks beside an abstract": (f"AB  - {ABSTRACT}\nN1  - I must ask Petra about this piece. The numbers look odd to me.", ABSTRACT, "abstract"),
}  # fmt: skip


def record_of(*lines: str) -> str:
    """Return a record of these lines, and what every one has."""
    return "\n".join(["TY  - NEWS", f"TI  - {TITLES[0]}", "T2  - Island Gazette", *lines, "ER  - \n"])


@pytest.mark.parametrize("more", NOTHING.values(), ids=NOTHING)
@pytest.mark.parametrize(("lines", "text", "extent"), HELD.values(), ids=HELD)
def test_which_field_is_the_text(lines: str, text: str, extent: str | None, more: str) -> None:
    """Rights, subjects and remarks are no text however long they are, before and behind it; an abstract is said to be one."""
    for record in (record_of(lines, more), record_of(more, lines)):
        [article] = read_text(record, "library.ris").articles
        assert (article.text, article.extent) == (text, extent)
        assert " ".join(more.split("\n")[0].split()) in [line.text for line in article.dropped]


@pytest.mark.parametrize("more", NOTHING.values(), ids=NOTHING)
def test_a_record_of_notes_alone_has_no_text(more: str) -> None:
    """Such a record is left out, and no database that provides records is an outlet."""
    contents = read_text(record_of(more) + record_of(f"N1  - {TEXT}").replace("T2 ", "DP "), "library.ris")
    assert [one.where for one in contents.left_out] == ["record 1"]
    assert contents.articles[0].outlet is None


def test_authors_and_addresses_of_atom() -> None:
    """All authors of an entry are its byline; an id is no address, and a feed of nothing is said to have no entries."""
    text = ATOM.replace(
        "<author><name>Ann Doe</name></author>",
        "<author><name>Ann Doe</name></author><author><name>Tom Roe</name></author>",
    )
    articles = read_text(text.replace('<link href="https://example.org/0"/>', ""), "feed.xml").articles
    assert [(one.byline, one.url) for one in articles] == [
        ("Ann Doe, Tom Roe", None),
        (None, "https://example.org/1"),
    ]
    with pytest.raises(InputError, match=r"It has no entries;"):
        read_text(text[: text.index("<entry>")] + "</feed>", "feed.xml")


def test_records_without_a_text() -> None:
    """A record that only cites is left out; a file of such records is refused."""
    cited = f"TY  - NEWS\nTI  - {TITLES[0]}\nT2  - Island Gazette\nPY  - 2026\nER  - \n"
    contents = read_text(ZOTERO + cited, "library.ris")
    assert len(contents.articles) == 2
    assert [one.where for one in contents.left_out] == ["record 3"]
    with pytest.raises(InputError, match=r"None of its 2 documents has a text; export them with full text\."):
        read_text(cited * 2, "library.ris")


def feed_of(*items: str, head: str = "") -> str:
    """Return an RSS feed."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Island Gazette</title><link>https://example.org/</link><description>News of the island</description>{head}
{"".join(f"<item>{item}</item>" for item in items)}</channel></rss>"""


def paragraphs(texts: tuple[str, ...]) -> str:
    """Return paragraphs as HTML."""
    return "".join(f"<p>{text}</p>" for text in texts)


def item(number: int, body: str, more: str = "") -> str:
    """Return what an item has but its text, and its text."""
    return (
        f"<title>{TITLES[number]}</title><link>https://example.org/{number}</link>{more}"
        f"<pubDate>Fri, 0{number + 1} May 2026 08:12:33 GMT</pubDate>{body}"
    )


def escaped(text: str) -> str:
    """Return text as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


FULL = tuple(
    f"<content:encoded><![CDATA[{paragraphs(texts)}]]></content:encoded>" for texts in (FIRST, SECOND)
)
SUMMARY = "<description>Nobody on both islands was asked about it, it says here.</description>"
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Island Gazette</title>
<id>urn:x</id><updated>2026-05-03T00:00:00Z</updated>
<entry><title type="html">{TITLES[0]}</title><id>a</id><link href="https://example.org/0"/><updated>2026-05-01T09:00:00Z</updated>
<published>2026-05-01T08:12:33Z</published><author><name>Ann Doe</name></author>
<content type="html">{escaped(paragraphs(FIRST))}</content></entry>
<entry><title>{TITLES[1]}</title><id>b</id><link href="https://example.org/1"/><updated>2026-05-02T08:12:33Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{paragraphs(SECOND)}</div></content></entry></feed>"""
RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.org"><title>Island Gazette</title></channel>
<item rdf:about="https://example.org/0"><title>{TITLES[0]}</title><link>https://example.org/0</link><dc:creator>Ann Doe</dc:creator>
<dc:date>2026-05-01T08:12:33Z</dc:date><description>{escaped(paragraphs(FIRST))}</description></item>
<item rdf:about="https://example.org/1"><title>{TITLES[1]}</title><link>https://example.org/1</link>
<dc:date>2026-05-02T08:12:33Z</dc:date><description>{escaped(paragraphs(SECOND))}</description></item></rdf:RDF>"""
DOE = "<dc:creator><![CDATA[Ann Doe]]></dc:creator>"
FEEDS = {
    "content": feed_of(item(0, SUMMARY + FULL[0], DOE), item(1, SUMMARY + FULL[1])),
    "description in CDATA": feed_of(
        item(0, f"<description><![CDATA[{paragraphs(FIRST)}]]></description>", DOE),
        item(1, f"<description><![CDATA[{paragraphs(SECOND)}]]></description>"),
    ),
    "escaped": feed_of(
        item(0, f"<description>{escaped(paragraphs(FIRST))}</description>", DOE),
        item(1, f"<description>{escaped(paragraphs(SECOND))}</description>"),
    ),
    "entities": feed_of(
        item(0, FULL[0].replace("“", "&#8220;").replace("”", "&rdquo;"), DOE), item(1, FULL[1].replace("had", "h&#97;d"))
    ),
    "foot": feed_of(
        item(0, FULL[0].replace("]]>", f"<p>The post <a href='x'>{TITLES[0]}</a> appeared first on <a href='y'>Island Gazette</a>.</p>]]>"), DOE),
        item(1, FULL[1].replace("]]>", "<p><a href='x'>Read more</a></p><script>alert(1)</script>]]>")),
    ),
    "line breaks": feed_of(
        item(0, f"<content:encoded><![CDATA[{'<br/><br/>'.join(FIRST)}]]></content:encoded>", DOE),
        item(1, f"<content:encoded><![CDATA[{'<br/><br/>'.join(SECOND)}]]></content:encoded>"),
    ),
    "Atom": ATOM,
    "RDF": RDF,
    "BOM": "\ufeff" + ATOM,
}  # fmt: skip


@pytest.mark.parametrize("text", FEEDS.values(), ids=FEEDS)
def test_feeds(text: str) -> None:
    """Every entry is an article: its content rather than its summary, without markup and foot lines."""
    contents = read_text(text, "feed.xml")
    assert contents.format == "feed"
    assert [(one.title, one.text) for one in contents.articles] == list(zip(TITLES, TEXTS, strict=True))
    days = [read_date(one.published) for one in contents.articles]
    assert [day.isoformat() for day in days if day] == [
        f"2026-05-0{number}T08:12:33+00:00" for number in (1, 2)
    ]
    assert [one.url for one in contents.articles] == ["https://example.org/0", "https://example.org/1"]
    assert [one.byline for one in contents.articles] == ["Ann Doe", None]
    assert {one.site for one in contents.articles} == {"Island Gazette"}
    assert {one.outlet for one in contents.articles} == {None}


@pytest.mark.parametrize(
    "damage",
    [
        (b"Winter", b"Winter & all"),
        (b"</link>", b"</lnk>"),
        (b"notes", b"n\xffotes"),
        (b"</item>", b""),
        (b"UTF-8", b"x-none"),
    ],
)
def test_damaged_feeds(damage: tuple[bytes, bytes]) -> None:
    """A feed that is not well-formed is read as far as it goes, its letters as written."""
    content = FEEDS["content"].replace("islands said", "islands said in notes").encode().replace(*damage, 1)
    contents = read_contents(File(content, "feed.xml"))
    assert len(contents.articles) == 2
    assert "“We were not told,” said Petra Holm" in contents.articles[0].text
    assert contents.articles[1].text == TEXTS[1]


def test_entries_that_damage_hides() -> None:
    """Entries that a parser skips are listed, so that none is lost in silence."""
    contents = read_text(
        FEEDS["content"]
        .replace("</item><item>", "</item><item", 1)
        .replace("<item<title>", "<item <title>", 1),
        "feed.xml",
    )
    assert len(contents.articles) + len(contents.left_out) == 2


def test_summaries_and_headlines_of_feeds() -> None:
    """A summary comes in with a note that it is one; a headline alone is left out; a feed of headlines is refused."""
    contents = read_text(feed_of(item(0, SUMMARY), item(1, "")), "feed.rss")
    [article] = contents.articles
    assert article.notes == (
        "Only the summary is in the feed; the full text is on the page that it links to.",
    )
    assert [(one.where, one.reason) for one in contents.left_out] == [
        ("entry 2", f"The entry {TITLES[1]!r} has no text in the feed; save the page that it links to.")
    ]
    with pytest.raises(
        InputError, match=r"None of its 1 entries has a text; save the pages that it links to\."
    ):
        read_text(feed_of(item(1, "")), "feed.rss")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("letter.txt", f"{TITLES[0]}\n\nTY  - so the note begins. {FIRST[0]}\n\n{FIRST[1]}"),
        ("tags.txt", f"TY  - so the note begins.\n\n{FIRST[0]}\n\n{FIRST[1]}"),
        ("page.html", f"<html><head><title>{TITLES[0]}</title></head><body><article><h1>{TITLES[0]}</h1><p>&lt;rss&gt; was the word. {FIRST[0]}</p><p>{FIRST[1]}</p><p>{SECOND[0]}</p></article></body></html>"),
        ("feeds.txt", f"{TITLES[0]}\n\nThe file began with <rss> and ended there. {FIRST[0]}\n\n{FIRST[1]}"),
    ],
)  # fmt: skip
def test_text_that_only_looks_like_records(name: str, text: str) -> None:
    """A tag or an element's name in an article makes no records of it."""
    [article] = read_text(text, name).articles
    assert FIRST[0] in article.text
    assert FIRST[1] in article.text


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><rss>",
        "<rss><channel>" + "<item>" * 20_000,
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 12))
        + "]><rss><channel><item><title>&l;</title><description>&l;</description></item></channel></rss>",
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&x;</description></item></channel></rss>',
    ],
    ids=["stub", "nested", "entities of entities", "a file"],
)  # fmt: skip
def test_feeds_of_no_use(text: str) -> None:
    """A broken or hostile feed is refused in one line."""
    with pytest.raises(InputError, match=r"Invalid (feed|file)"):
        read_text(text, "feed.xml")
