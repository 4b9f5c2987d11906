"""Exports of Nexis, Factiva and ProQuest: every document is an article of its own, and text that only looks like one stays one."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.known import read_contents
from crossframe.reading.text.dates import read_date

FIRST = (
    "Harbour masters on both islands said on Friday that the winter timetable would be cut by a third, and that nobody "
    "had been asked.",
    "“We were not told,” said Petra Holm, who runs the northern quay. “Not one letter, not one call.”",
)
SECOND = (
    "The company that runs the boats answered in the evening that it had written twice to every office that it knew of.",
    "Its director, Tom Roe, called the harbour masters ungrateful and said that the boats had been empty since autumn.",
)
TITLES = ("Winter boats are cut by a third", "Company says it wrote twice")
OUTLETS = ("Island Gazette", "Harbour Herald")


@dataclass(frozen=True)
class Export:
    """An export, and what of its two documents it states: date of the first, byline of the first, genre of the second."""

    text: str
    name: str = "export.txt"
    date: str | None = "2026-05-01"
    byline: str | None = "Ann Doe"
    genre: str | None = "opinion"


def fill(paragraphs: tuple[str, ...], width: int = 78, between: str = "\n\n") -> str:
    """Return wrapped paragraphs."""
    return between.join(textwrap.fill(one, width) for one in paragraphs)


CLASSIC = f"""

Download Request: Selected Items: 1-2
Time Of Request: Friday, May 8, 2026  16:51:31

Send To:
UNIVERSITY LIBRARY

Terms: (ferry and boats)

Source: All English Language News
Project ID: None


                               1 of 2 DOCUMENTS



                                Island Gazette

                              May 1, 2026 Friday
                                 First Edition

{TITLES[0]}

BYLINE: Ann Doe

SECTION: NEWS; Pg. 4

LENGTH: 96 words


{fill(FIRST)}

LOAD-DATE: May 1, 2026

LANGUAGE: ENGLISH

GRAPHIC: The northern quay on Friday

PUBLICATION-TYPE: Newspaper


                       Copyright 2026 Island Gazette Ltd.
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                                Harbour Herald

                            May 2, 2026 Saturday

{TITLES[1]}

SECTION: OPINION; Pg. 12

LENGTH: 101 words

{fill(SECOND)}

LOAD-DATE: May 2, 2026

LANGUAGE: ENGLISH

                       Copyright 2026 Harbour Herald plc
                              All Rights Reserved
"""
CLASSIC_LABELLED = f"""
                              1 of 2 DOCUMENTS

                  Copyright 2026 The Island Gazette Company
                               Island Gazette

                          May 1, 2026 Friday
                         Late Edition - Final

SECTION: Section A; Column 4; National Desk; Pg. 4

LENGTH: 96 words

HEADLINE: {TITLES[0]}

BYLINE:  By Ann Doe

DATELINE: NORTH QUAY, May 1

 BODY:
{fill(FIRST)}

URL: http://example.org

SUBJECT: FERRIES (90%); HARBOURS & PORTS (78%);
WINTER (50%)

LOAD-DATE: May 1, 2026

                              2 of 2 DOCUMENTS

                        Copyright 2026 Harbour Herald plc
                               Harbour Herald

                          May 2, 2026 Saturday

SECTION: Section A; Column 1; Editorial Desk; Pg. 22

LENGTH: 101 words

HEADLINE: {TITLES[1]}

 BODY:
{fill(SECOND)}

LOAD-DATE: May 2, 2026
"""
CLASSIC_GERMAN = f"""
                               Dokument 1 von 2

                                Island Gazette

                              1. Mai 2026 Freitag

{TITLES[0]}

AUTOR: Ann Doe

RUBRIK: POLITIK; S. 4

LÄNGE: 96 Wörter

{fill(FIRST, 70)}

UPDATE: 2. Mai 2026

SPRACHE: GERMAN; DEUTSCH

PUBLICATION-TYPE: Zeitung

                    Copyright 2026 Island Gazette GmbH
                           Alle Rechte vorbehalten

                               Dokument 2 von 2

                                Harbour Herald

                             2. Mai 2026 Samstag

{TITLES[1]}

RUBRIK: MEINUNG; S. 5

LÄNGE: 101 Wörter

{fill(SECOND, 70)}

SPRACHE: GERMAN; DEUTSCH
"""
CLASSIC_FRENCH = f"""
                              Document 1 de 2

                               Island Gazette

                             1 mai 2026 vendredi

{TITLES[0]}

AUTEUR: Ann Doe

RUBRIQUE: INTERNATIONAL; Pg. 4

LONGUEUR: 96 mots

{fill(FIRST)}

DATE-CHARGEMENT: 1 mai 2026

LANGUE: FRENCH; FRANÇAIS

                              Document 2 de 2

                               Harbour Herald

                             2 mai 2026 samedi

{TITLES[1]}

RUBRIQUE: TRIBUNES; Pg. 5

LONGUEUR: 101 mots

{fill(SECOND)}

LANGUE: FRENCH; FRANÇAIS
""".replace("DATE-CHARGEMENT: 1 mai 2026\n\n", "")
UNI_COVER = f"""User Name: Ann Researcher
Date and Time: Friday, May 8, 2026 4:51:00 PM EDT
Job Number: 117000001

Documents (2)

1. {TITLES[0]}
Client/Matter: -None-
Search Terms: ferry
Search Type: Natural Language
Narrowed by:
Content Type Narrowed by
News -None-

2. {TITLES[1]}
Client/Matter: -None-
Search Terms: ferry

"""
UNI_FIRST = f"""{TITLES[0]}

Island Gazette

May 1, 2026 Friday 10:15 AM GMT

Copyright 2026 Island Gazette Ltd. All Rights Reserved

Section:\u00a0NEWS; Pg. 4

Length:\u00a096 words

Byline:\u00a0By Ann Doe

Highlight:\u00a0Nobody was asked

Body


{FIRST[0]}

{FIRST[1]}

Graphic

The northern quay on Friday

Classification


Language:\u00a0ENGLISH

Publication-Type:\u00a0Newspaper

Subject:\u00a0FERRIES (90%); HARBOURS & PORTS (78%)

Load-Date:\u00a0May 1, 2026


End of Document


"""
UNI_SECOND = f"""{TITLES[1]}
Harbour Herald
May 2, 2026 Saturday
Copyright 2026 Harbour Herald plc All Rights Reserved
Section: COMMENT; Pg. 12
Length: 101 words
Body
{SECOND[0]}
{SECOND[1]}
Load-Date: May 2, 2026
End of Document
"""
UNI_WRAPPED = f"""Page 1 of 2

{TITLES[0]}

Island Gazette
May 1, 2026 Friday

Copyright 2026 Island Gazette Ltd. All Rights Reserved
Section: NEWS; Pg. 4
Length: 96 words
Byline: Ann Doe
Body

{fill(FIRST, 60)}

Load-Date: May 1, 2026

End of Document

Page 2 of 2

{TITLES[1]}

Harbour Herald
May 2, 2026 Saturday

Copyright 2026 Harbour Herald plc All Rights Reserved
Section: LETTERS; Pg. 12
Length: 101 words
Body

{fill(SECOND, 60)}

Load-Date: May 2, 2026

End of Document
"""
CODED = f"""HD {TITLES[0]}
BY By Ann Doe
WC 96 words
PD 1 May 2026
SN Island Gazette
SC ISLGAZ
LA English
CY (c) 2026 Island Gazette Ltd.
LP {FIRST[0]}
TD {FIRST[1]}
NS gcat : Political/General News
RE uk : United Kingdom
PUB Island Gazette Ltd
AN Document ISLGAZ0020260501em5500012

SE Opinion
HD {TITLES[1]}
WC 101 words
PD 2 May 2026
SN Harbour Herald
LP {SECOND[0]}
TD {SECOND[1]}
AN Document HARHER0020260502em5600034
"""
CODED_ALONE = f"""SE
News
HD
{TITLES[0]}
BY
By Ann Doe
WC
96 words
PD
1 May 2026
ET
10:15
SN
Island Gazette
SC
ISLGAZ
PG
4
LA
English
CY
(c) 2026 Island Gazette Ltd.
LP

{fill(FIRST[:1], 64)}

TD

{fill(FIRST[1:], 64)}

CO
ilgzt : Island Gazette
IN
i75 : Shipping | i7501 : Ferries
NS
gcat : Political/General News | nedc :
Commentaries/Opinions
AN
Document ISLGAZ0020260501em5500012

SE
Comment
HD
{TITLES[1]}
WC
101 words
PD
2 May 2026
SN
Harbour Herald
LA
English
LP

{fill(SECOND[:1], 64)}

TD

{fill(SECOND[1:], 64)}

RE
uk : United Kingdom
AN
Document HARHER0020260502em5600034

Search Summary
Text ferry
"""
PLAIN = f"""News
{TITLES[0]}
Ann Doe
96 words
1 May 2026
10:15
Island Gazette
ISLGAZ
First
4
English
(c) 2026 Island Gazette Ltd. All rights reserved.

{FIRST[0]}

{FIRST[1]}

Document ISLGAZ0020260501em5500012

Page 1 of 2 © 2026 Factiva, Inc. All rights reserved.

Editorial
{TITLES[1]}
101 words
2 May 2026
Harbour Herald
HARHER
English
Copyright 2026 Harbour Herald plc

{SECOND[0]}

{SECOND[1]}

Document HARHER0020260502em5600034

Search Summary
Text	ferry
"""
HTML = f"""<html><head><meta charset="utf-8"><title>Factiva</title></head><body>
<div class="article enArticle"><p>News</p><div id="hd"><span class="enHeadline">{TITLES[0]}</span></div>
<div class="author">By Ann Doe</div><div>96 words</div><div>1 May 2026</div><div>10:15</div><div>Island Gazette</div>
<div>ISLGAZ</div><div>English</div><div>(c) 2026 Island Gazette Ltd.</div>
<p class="articleParagraph enarticleParagraph">{FIRST[0]}</p><p class="articleParagraph enarticleParagraph">{FIRST[1]}
</p><p>Document ISLGAZ0020260501em5500012</p></div><br/>
<div class="article enArticle"><p>Opinion</p><div><span class="enHeadline">{TITLES[1]}</span></div><div>101 words</div>
<div>2 May 2026</div><div>Harbour Herald</div><div>HARHER</div><div>English</div>
<p class="articleParagraph enarticleParagraph">{SECOND[0]}</p><p class="articleParagraph enarticleParagraph">{SECOND[1]}</p>
<p>Document HARHER0020260502em5600034</p></div></body></html>"""
_ROW = '<tr><td class="index" align="right"><b>{}</b>&nbsp;</td><td>{}</td></tr>'


def html_table(**fields: str) -> str:
    """Return a document of an HTML export with field codes."""
    return f'<div class="article deArticle"><table>{"".join(_ROW.format(*one) for one in fields.items())}</table></div>'


HTML_CODED = "<!DOCTYPE html><html><body>" + html_table(
    SE="News", HD=f"<span class='deHeadline'><b>{TITLES[0]}</b></span>", BY="By Ann Doe", WC="96 words", PD="1 May 2026", SN="Island Gazette",
    LP=f"<p>{FIRST[0]}</p>", TD=f"<p>{FIRST[1]}</p>", NS="gcat : Political/General News", AN="Document ISLGAZ0020260501em5500012",
) + html_table(
    SE="Comment", HD=TITLES[1], WC="101 words", PD="2 May 2026", SN="Harbour Herald",
    LP=f"<p>{SECOND[0]}</p>", TD=f"<p>{SECOND[1]}</p>", AN="Document HARHER0020260502em5600034",
) + "</body></html>"  # fmt: skip
RULE = "_" * 60
PROQUEST = f"""{RULE}

Document 1 of 2

{TITLES[0]}

Author: Doe, Ann

Publication info: Island Gazette ; Island City [Island City]. 01 May 2026: 4.

ProQuest document link

Abstract: Boats are cut.

Links:

Full text: {FIRST[0]}

{FIRST[1]}

Subject: Ferries; Ports

Location: North Quay

Title: {TITLES[0]}

Publication title: Island Gazette; Island City

First page: 4

Publication year: 2026

Publication date: May 1, 2026

Section: News

Publisher: Island Gazette Ltd

Source type: Newspapers

Language of publication: English

Document type: News

ProQuest document ID: 2500000001

Document URL: https://www.proquest.com/newspapers/winter-boats/docview/2500000001/se-2

Copyright: (Copyright (c) 2026 Island Gazette Ltd.)

Last updated: 2026-05-02

Database: ProQuest Central

{RULE}

Document 2 of 2

{TITLES[1]}

Publication info: Harbour Herald ; Harbour City [Harbour City]. 02 May 2026: 12.

Full Text: {SECOND[0]}

{SECOND[1]}

Title: {TITLES[1]}

Publication title: Harbour Herald, Late Edition (East Coast); Harbour City

Publication date: May 2, 2026

Source type: Newspapers

Document type: Editorial

ProQuest document ID: 2500000002

Database: ProQuest Central

{RULE}

Contact us at: http://www.proquest.com/go/pqissupportcontact
Database copyright © 2026 ProQuest LLC. All rights reserved.
Terms and Conditions: https://www.proquest.com/info/termsAndConditions
"""
PROQUEST_SHORT = f"""Title: {TITLES[0]}
Author: Ann Doe
Publication title: Island Gazette
Publication date: May 1, 2026
ProQuest document ID: 2500000001
Full text: {FIRST[0]}
{FIRST[1]}
{"*" * 50}
Title: {TITLES[1]}
Publication title: Harbour Herald
Publication date: May 2, 2026
Document type: Commentary
ProQuest document ID: 2500000002
Full text:
{SECOND[0]}
{SECOND[1]}
"""


def nexis_html(count: str, *documents: tuple[Sequence[str], Sequence[str], Sequence[str]]) -> str:
    """Return an HTML export of documents, each of lines above its text, paragraphs, and lines below."""

    def block(line: str, centred: bool = False) -> str:
        label, mark, value = line.partition(": ")
        inner = (
            f'<SPAN CLASS="c8">{label}: </SPAN><SPAN CLASS="c2">{value}</SPAN>'
            if mark and label.isupper()
            else f'<SPAN CLASS="c2">{line}</SPAN>'
        )
        return f'<BR><DIV CLASS="{"c0" if centred else "c5"}"><P CLASS="c6">{inner}</P>\n</DIV>\n'

    pages = []
    for number, (above, paragraphs, below) in enumerate(documents, 1):
        head = block(count.format(number, len(documents)), centred=True) + "".join(map(block, above))
        body = "".join(f'<P CLASS="c9"><SPAN CLASS="c2">{one}</SPAN></P>\n' for one in paragraphs)
        pages.append(
            f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n{head}<BR><DIV CLASS="c5">{body}</DIV>\n{"".join(map(block, below))}'
        )
    return f'<HTML><HEAD><STYLE TYPE="text/css"><!-- .c0 {{ text-align: center; }} --></STYLE><TITLE>&nbsp;</TITLE></HEAD><BODY><DIV CLASS="c5"><P>Download Request: Selected Items: 1-2<BR>Terms: ferry</P></DIV>{"".join(pages)}</BODY></HTML>'


NEXIS_HTML = nexis_html(
    "{} of {} DOCUMENTS",
    (["Island Gazette", "May 1, 2026 Friday", TITLES[0], "BYLINE: Ann Doe", "SECTION: NEWS; Pg. 4", "LENGTH: 96 words"], FIRST,
     ["LOAD-DATE: May 1, 2026", "LANGUAGE: ENGLISH", "PUBLICATION-TYPE: Newspaper", "Copyright 2026 Island Gazette Ltd.<BR>All Rights Reserved"]),
    (["Harbour Herald", "May 2, 2026 Saturday", TITLES[1], "SECTION: OPINION; Pg. 12", "LENGTH: 101 words"], SECOND,
     ["LANGUAGE: ENGLISH", "Copyright 2026 Harbour Herald plc<BR>All Rights Reserved"]),
)  # fmt: skip
NEXIS_HTML_GERMAN = nexis_html(
    "Dokument {} von {}",
    (["Island Gazette", "1. Mai 2026 Freitag 10:15 AM GMT+1", TITLES[0], "AUTOR: Ann Doe", "RUBRIK: POLITIK", "L&Auml;NGE: 96 W&ouml;rter"], FIRST,
     ["UPDATE: 2. Mai 2026", "SPRACHE: GERMAN; DEUTSCH", "ZEITUNGS-CODE: isg", "Copyright 2026 Island Gazette GmbH<BR>Alle Rechte vorbehalten"]),
    (["Harbour Herald", "2. Mai 2026 Samstag", TITLES[1], "RUBRIK: MEINUNG", "L&Auml;NGE: 101 W&ouml;rter"], SECOND, ["SPRACHE: GERMAN; DEUTSCH"]),
)  # fmt: skip


def proquest_html(*documents: Sequence[tuple[str, str]], anchor: str = "DocID_X_") -> str:
    """Return an HTML export of documents, each of labels and values; "" labels what has none."""
    style = 'style="margin-bottom:5pt; padding:0;"'
    pages = []
    for number, fields in enumerate(documents):
        lines = "".join(
            f"<p {style}><strong>{label}: </strong>{value}</p>\n" if label else f"<p {style}>{value}</p>\n"
            for label, value in fields
        )
        pages.append(
            f'<div style="border-bottom:2px solid #ccc"><a name="{anchor}{number}"></a><p {style}></p>{lines}</div>'
        )
    return (
        "<html><head><title>ProQuest</title></head><body>"
        + "".join(pages)
        + "<div>Copyright © 2026 ProQuest LLC. All rights reserved.</div></body></html>"
    )


def in_text(paragraphs: Sequence[str]) -> str:
    """Return a text as ProQuest marks it up."""
    return f'<text wordcount="96" htmlcontent="true"><title></title>{"".join(f"<p>{one}</p>" for one in paragraphs)}</text>'


LINK = ("", '<a href="https://search.proquest.com/docview/1">ProQuest document link</a>')
PROQUEST_HTML = proquest_html(
    [("", f"<b>{TITLES[0]}</b>"), ("Author", "Ann Doe"), ("Publication info", "Island Gazette ; North Quay [North Quay]01 May 2026: A.4."), LINK,
     ("Abstract", "Boats are cut."), ("Full text", in_text(FIRST)), ("Subject", "Ferries; Harbours"), ("Publication title", "Island Gazette; North Quay"),
     ("Publication date", "May 1, 2026"), ("Section", "News"), ("Source type", "Newspapers"), ("Document type", "News"), ("ProQuest document ID", "1"), ("Database", "ProQuest Central")],
    [("", TITLES[1]), ("Publication info", "Harbour Herald ; Quay [Quay]02 May 2026: 12."), LINK, ("Full text", in_text(SECOND)),
     ("Publication title", "Harbour Herald"), ("Publication date", "May 2, 2026"), ("Document type", "Commentary"), ("ProQuest document ID", "2"), ("Database", "ProQuest Central")],
)  # fmt: skip

EXPORTS = {
    "Nexis classic, HTML": Export(NEXIS_HTML, "export.html"),
    "Nexis classic, HTML in German": Export(NEXIS_HTML_GERMAN, "export.HTML", date="2026-05-01T10:15:00+01:00"),
    "ProQuest HTML": Export(PROQUEST_HTML, "export.html"),
    "ProQuest HTML without its page": Export(PROQUEST_HTML[PROQUEST_HTML.index("<div style") : PROQUEST_HTML.rindex("<div>")], "export.htm"),
    "Nexis Uni, abstract": Export(
        UNI_FIRST.replace("Body\n", "Body\n\nABSTRACT\n\nBoats are cut, says a paper.\n\nFULL TEXT\n") + UNI_SECOND, date="2026-05-01T10:15:00+00:00"
    ),
    "Nexis Uni, Text": Export((UNI_FIRST + UNI_SECOND).replace("\nBody\n", "\nText\n"), date="2026-05-01T10:15:00+00:00"),
    "Nexis classic, one document each": Export(CLASSIC.replace("2 DOCUMENTS", "2 DOCUMENT")),
    "Nexis classic, edition on two lines": Export(CLASSIC.replace("First Edition", "Edition 1;\n                                Scotland")),
    "Nexis classic, French labels": Export(
        CLASSIC_FRENCH.replace("LANGUE: FRENCH", "TYPE-PUBLICATION: Journal\n\nSUJET: FERRIES (90%)\n\nSOCIETE: BATEAUX SA\n\nDATE-CHARGEMENT: 3 mai 2026\n\nLANGUE: FRENCH").replace("LONGUEUR: 96", "ENCART: Personne n'a su\n\nLONGUEUR: 96")
    ),
    "Factiva codes, correction": Export(CODED.replace("NS gcat", "CX Corrected on 3 May\nNS gcat").replace("CX Corrected on 3 May", "RST\nCX")),
    "Factiva plain, Chinese interface": Export(PLAIN.replace("96 words", "96 字").replace("101 words", "101 字").replace("Document ", "文件 "), date="2026-05-01T10:15:00"),
    "Factiva plain, Japanese interface": Export(PLAIN.replace("96 words", "96 語").replace("101 words", "101 語").replace("Document ", "文書 "), date="2026-05-01T10:15:00"),
    "Factiva HTML, German interface": Export(
        HTML.replace("enHeadline", "deHeadline").replace("enArticle", "deArticle").replace("enarticleParagraph", "dearticleParagraph").replace("96 words", "96 Wörter")
        .replace("101 words", "101 Wörter").replace("Document ISLGAZ0020260501em5500012", "Dokument islgaz0020260501em5500012").replace("Document HARHER", "Dokument HARHER"),
        "export.html", date="2026-05-01T10:15:00",
    ),
    "Nexis classic": Export(CLASSIC),
    "Nexis classic, CRLF": Export(CLASSIC.replace("\n", "\r\n")),
    "Nexis classic, labels": Export(CLASSIC_LABELLED),
    "Nexis classic, German": Export(CLASSIC_GERMAN),
    "Nexis classic, French": Export(CLASSIC_FRENCH),
    "Nexis Uni": Export(UNI_FIRST + UNI_SECOND, date="2026-05-01T10:15:00+00:00"),
    "Nexis Uni, cover page": Export(UNI_COVER + UNI_FIRST + UNI_SECOND, date="2026-05-01T10:15:00+00:00"),
    "Nexis Uni, pages": Export(UNI_WRAPPED),
    "Nexis Uni, a last line missing": Export(
        UNI_FIRST.replace("End of Document", "") + UNI_SECOND, date="2026-05-01T10:15:00+00:00"
    ),
    "Nexis Uni, no last line": Export((UNI_FIRST + UNI_SECOND).replace("End of Document", ""), date="2026-05-01T10:15:00+00:00"),
    "Factiva codes": Export(CODED),
    "Factiva codes, tabs": Export("\n".join(line.replace(" ", "\t", 1) for line in CODED.split("\n"))),
    "Factiva codes alone": Export(CODED_ALONE, date="2026-05-01T10:15:00"),
    "Factiva codes, cells": Export("\n".join(f"{line.replace(' ', '|', 1)}|" if line else "" for line in CODED.split("\n"))),
    "Factiva plain": Export(PLAIN, date="2026-05-01T10:15:00"),
    "Factiva HTML": Export(HTML, "export.html", date="2026-05-01T10:15:00"),
    "Factiva HTML codes": Export(HTML_CODED, "export.htm"),
    "ProQuest": Export(PROQUEST, byline="Doe, Ann"),
    "ProQuest, short": Export(PROQUEST_SHORT),
    "ProQuest, no rules": Export(PROQUEST_SHORT.replace("*" * 50, "")),
}  # fmt: skip


def read_text(text: str, name: str = "export.txt") -> Contents:
    """Return what a file of this text holds."""
    return read_contents(File(text.encode("utf-8"), name))


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_every_document_is_an_article(export: Export) -> None:
    """Documents come apart with title, outlet, date, byline and genre; the body is its paragraphs and nothing else."""
    contents = read_text(export.text, export.name)
    first, second = contents.articles
    assert [one.title for one in contents.articles] == list(TITLES)
    assert [one.text for one in contents.articles] == ["\n\n".join(FIRST), "\n\n".join(SECOND)]
    assert [one.outlet for one in contents.articles] == list(OUTLETS)
    assert [one.where for one in contents.articles] == ["document 1", "document 2"]
    assert first.byline == export.byline
    assert second.byline is None
    day = read_date(first.published)
    assert day is not None
    assert day.isoformat() == export.date
    assert second.genre == export.genre
    assert first.genre in (None, "news")
    assert first.language == "en"


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
def test_no_line_is_lost(export: Export) -> None:
    """Every word of the file is in an article, in a field of one, or listed as dropped."""
    if export.name != "export.txt":
        return
    contents = read_text(export.text)
    kept: list[str] = []
    for one in contents.articles:
        kept += [one.title, one.text, *(line.text for line in one.dropped)]
    listed = set(" ".join(kept).split())
    assert {word for word in " ".join(export.text.split()).split() if word.strip("|") not in listed} <= {"Full", "text:", "Text:", "LP", "TD", "HD", "HEADLINE:", "BODY:", "|"} | {
        word for word in export.text.split() if "|" in word
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join([TITLES[0], FIRST[0], "1 of 2 documents", FIRST[1]]),
        "\n\n".join([TITLES[0], *FIRST, "End of Document"]),
        "\n\n".join([TITLES[0], "Section: the northern quay", *FIRST, "Length: a third of the winter."]),
        "\n\n".join([TITLES[0], FIRST[0], "Subject: the boats", "Title: harbour master", FIRST[1]]),
        "\n".join([TITLES[0], FIRST[0], "IN May all boats stopped, the company said on Friday.", "HD screens went dark on both quays, it said.", FIRST[1]]),
        "\n\n".join([TITLES[0], "BELL: We were not told, and nobody was asked.", "ROE: We wrote twice to every office.", *FIRST]),
        "\n\n".join([TITLES[0], FIRST[0], "Document ISLGAZ0020260501em5500012 was leaked on Friday, the company said.", FIRST[1]]),
        "\n\n".join([TITLES[0], FIRST[0], "Full text: the letter of the company", FIRST[1], "Source type: a letter"]),
    ],
    ids=["count", "end", "labels", "e-mail", "codes", "turns", "number", "full text"],
)  # fmt: skip
def test_text_that_only_looks_like_an_export(text: str) -> None:
    """A phrase or a label in an article makes no export of it."""
    contents = read_text(text)
    assert contents.format == "text"
    [article] = contents.articles
    assert FIRST[0] in article.text
    assert FIRST[1] in article.text


@pytest.mark.parametrize(
    ("export", "line"),
    [
        (CLASSIC, "BELL: We were not told."),
        (CLASSIC, "Subject: the boats and the winter of both islands."),
        (UNI_FIRST + UNI_SECOND, "Section: a word that the letter used."),
        (UNI_FIRST + UNI_SECOND, "1 of 3 documents"),
        (CODED_ALONE, "IN May all boats stopped, it said."),
        (CODED_ALONE, "CT scans of the hull showed a crack, it said."),
        (PROQUEST, "Subject: your boats"),
        (PROQUEST, "Location: the northern quay."),
        (PLAIN, "96 words were enough, it said."),
    ],
)
def test_bodies_with_lines_like_metadata(export: str, line: str) -> None:
    """A line inside a body that looks like a label stays, and so does what follows it."""
    body = (
        fill(FIRST[:1], 64) if export is CODED_ALONE else (fill(FIRST[:1]) if export is CLASSIC else FIRST[0])
    )
    assert body in export
    contents = read_text(export.replace(body, f"{body}\n\n{line}", 1))
    assert contents.articles[0].text == "\n\n".join([FIRST[0], line, FIRST[1]])
    assert contents.articles[1].text == "\n\n".join(SECOND)


@pytest.mark.parametrize(
    "name", ["Nexis classic", "Nexis Uni", "Factiva codes", "Factiva plain", "Factiva HTML", "ProQuest"]
)
def test_documents_without_a_text_are_left_out(name: str) -> None:
    """A document whose text the export lacks is listed with its reason; without any text the export is refused."""
    export = EXPORTS[name]
    text = export.text
    for paragraph in (*SECOND, fill(SECOND[:1]), fill(SECOND[1:])):
        text = text.replace(paragraph, "")
    contents = read_text(text, export.name)
    assert [one.title for one in contents.articles] == [TITLES[0]]
    [left_out] = contents.left_out
    assert left_out.where == "document 2"
    assert "no text; export it with full text." in left_out.reason
    for paragraph in (*FIRST, fill(FIRST[:1]), fill(FIRST[1:])):
        text = text.replace(paragraph, "")
    with pytest.raises(InputError, match=r"None of its 2 documents has a text; export them with full text\."):
        read_text(text, export.name)


LAST_LINES = (
    "(END) Dow Jones Newswires",
    "May 01, 2026 04:15 ET (08:15 GMT)",
    "Write to Ann Doe at ann.doe@gazette.example",
    "Copyright 2026 Island Gazette Ltd. All rights reserved.",
    "(c) 2026 Island Gazette Ltd.",
    "© 2026 The Associated Press. This material may not be published, broadcast, rewritten or redistributed.",
    "--\n\nann.doe@gazette.example",
    "Ann Doe: ann.doe@gazette.example",
    "Reporting by Ann Doe; editing by Tom Roe",
    "Follow us on Twitter @gazette",
    "Published: 1 May 2026, 10:15",
    "###",
    "Gazette Newspapers Ltd.",
    "(Copyright (c) 2026, Island Gazette & Company, Inc.)",
    "[Copyright 2026 by the Island Gazette]",
)


@pytest.mark.parametrize("line", LAST_LINES)
@pytest.mark.parametrize("name", ["Nexis classic", "Nexis Uni", "Factiva codes", "Factiva plain", "ProQuest"])
def test_lines_behind_the_story(name: str, line: str) -> None:
    """Credits, copyright, dates and whom to write to at the end of a body are listed, not read as the story."""
    text = EXPORTS[name].text
    for last in (fill(FIRST[1:]), FIRST[1]):
        text = text.replace(last, f"{last}\n\n{line}")
    article = read_text(text).articles[0]
    assert article.text == "\n\n".join(FIRST)
    listed = " ".join(one.text for one in article.dropped)
    assert all(piece in listed for piece in line.split("\n\n"))


@pytest.mark.parametrize(
    "line", ["“Write to me,” she said.", "He died on 1 May 2026.", "All rights were reserved for the company, it said.", "Copyright was disputed.", "Copyright law will change, she said.", "The end.", "They follow us on foot, he said, and nobody else.", "Bell has an address: it is on the quay.", "Nobody reported it by telephone."]
)  # fmt: skip
@pytest.mark.parametrize("name", ["Nexis classic", "Factiva codes", "Factiva plain", "ProQuest"])
def test_last_sentences_stay(name: str, line: str) -> None:
    """A sentence at the end of a body is the story's."""
    text = EXPORTS[name].text
    for last in (fill(FIRST[1:]), FIRST[1]):
        text = text.replace(last, f"{last}\n\n{line}")
    assert read_text(text).articles[0].text.endswith(line)


@pytest.mark.parametrize(
    "line",
    [
        "(Copyright (c) 2026, Dow Gazette & Company, Inc.)",
        "(c) 2026 Dow Gazette",
        "Copyright © 2026 Gazette. All rights reserved.",
        "[Copyright 2026 The Island Gazette]",
        "© Island Gazette 2026. Tous droits réservés.",
        "Copyright 2026 Gazette.\n\n(c) 2026 Herald Newspapers, all rights reserved",
        "Alle Rechte vorbehalten. (c) Gazette GmbH",
        "Todos los derechos reservados",
        "COPYRIGHT 2026, THE ISLAND GAZETTE",
    ],
)
def test_copyright_above_the_story(line: str) -> None:
    """What says whose the rights are, in brackets or not, is no paragraph, and hides no dateline."""
    notice = "(c) 2026 Island Gazette Ltd. All rights reserved."
    text = PLAIN.replace(notice, line, 1).replace(FIRST[0], f"NORTH QUAY, May 1 (Coast Press) - {FIRST[0]}")
    article = read_text(text).articles[0]
    assert article.text.startswith("NORTH QUAY")
    assert article.dateline == "NORTH QUAY, May 1 (Coast Press)"
    assert set(line.split("\n\n")) <= {one.text for one in article.dropped}


FACTIVA_TAILS = {
    "number without a code": CODED.replace("AN Document", "Document"),
    "no number": "\n".join(line for line in CODED.split("\n") if not line.startswith("AN ")).replace("RE uk : United Kingdom\n", "RE uk : United Kingdom\nAN Document ISLGAZ0020260501em5500012\n"),
    "copyright of Factiva": CODED + "\n© 2026 Factiva, Inc. All rights reserved.\n",
    "search summary without a number": CODED.replace("AN Document HARHER0020260502em5600034", "\nSearch Summary\nText ferry and boats\nDate All Dates\nSource All Sources"),
    "copyright in capitals": CODED.replace("AN Document HARHER", "(C) 2026 HARBOUR HERALD\nAN Document HARHER"),
    "German": CODED.replace("AN Document", "AN Dokument"),
    "number on a line of its own": CODED.replace("AN Document", "AN\nDocument"),
    "page of": CODED.replace("AN Document", "Page 2 of 9 © 2026 Factiva, Inc. All rights reserved.\nAN Document"),
}  # fmt: skip


@pytest.mark.parametrize("text", FACTIVA_TAILS.values(), ids=FACTIVA_TAILS)
def test_tails_of_factiva(text: str) -> None:
    """Neither the number of a document nor copyright nor the summary of the search is in a body."""
    contents = read_text(text)
    assert [one.text for one in contents.articles] == ["\n\n".join(FIRST), "\n\n".join(SECOND)]


@pytest.mark.parametrize(
    ("time", "moment"),
    [("10:15", "2026-05-01T10:15:00"), ("10:15 GMT", "2026-05-01T10:15:00+00:00"), ("10:15 PM", "2026-05-01T22:15:00"), ("22:15 ET", "2026-05-01T22:15:00"), ("", "2026-05-01"), ("early", "2026-05-01"), ("25:99", "2026-05-01"), ("10:15:30", "2026-05-01T10:15:30")],
)  # fmt: skip
def test_times_of_factiva(time: str, moment: str) -> None:
    """The time that an export has beside its date is kept, where it is one."""
    day = read_date(
        read_text(CODED.replace("PD 1 May 2026", f"PD 1 May 2026\nET {time}")).articles[0].published
    )
    assert day is not None
    assert day.isoformat() == moment


def test_publication_info_of_proquest() -> None:
    """Outlet and date that only the publication info has are read there."""
    page = PROQUEST_HTML
    for label in ("Publication date", "Source type"):
        page = re.sub(rf"<p [^>]*><strong>{label}: </strong>[^<]*</p>", "", page)
    assert [one.published for one in read_text(page, "a.html").articles] == ["01 May 2026", "02 May 2026"]
    without = re.sub(r"(<strong>Publication title: </strong>)[^<]*", r"\1", page)
    assert [one.outlet for one in read_text(without, "a.html").articles] == list(OUTLETS)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>{TITLES[0]} | Star</title></head><body><article><h1>{TITLES[0]}</h1><p>{FIRST[0]}</p><p>1 of 2 documents</p><p>{FIRST[1]}</p></article></body></html>",
        f"<html><head><title>{TITLES[0]} | Star</title></head><body><article><h1>{TITLES[0]}</h1><p>{FIRST[0]}</p><p>Section: the quay</p><p>{FIRST[1]}</p></article></body></html>",
        f"<html><head><title>{TITLES[0]} | Star</title></head><body><article><h1>{TITLES[0]}</h1><p>{FIRST[0]}</p><p>{FIRST[1]}</p><p>Find it by its <b>ProQuest document ID</b>.</p></article></body></html>",
    ],
)  # fmt: skip
def test_pages_that_are_no_exports(page: str) -> None:
    """A word of an export on a page makes no export of it."""
    contents = read_text(page, "a.html")
    assert contents.format == "saved page"
    assert FIRST[1] in contents.articles[0].text


def test_a_month_is_no_full_date() -> None:
    """A magazine's date without a day is no date, and that is said."""
    for text in (CODED.replace("1 May 2026", "May 2026"), CLASSIC.replace("May 1, 2026 Friday", "May 2026")):
        article = read_text(text).articles[0]
        assert (article.title, article.outlet, article.published) == (TITLES[0], OUTLETS[0], None)
        assert article.notes == ("Its date 'May 2026' is no full date.",)


def test_proquest_with_publication_info_alone() -> None:
    """Documents of ProQuest that name their source in one line come apart, numbered heads being theirs."""
    rule = "_" * 60
    documents = [
        f"Document {number} of 2\n\n{title}\n\nAuthor: Doe, Ann\n\nPublication info: {outlet} ; London (UK)  0{number} May 2026: 4.\n\n"
        "Full text: " + "\n\n".join(text) + f"\n\nCopyright: Copyright {outlet} May {number}, 2026"
        for number, title, outlet, text in zip((1, 2), TITLES, OUTLETS, (FIRST, SECOND), strict=True)
    ]
    contents = read_contents(File(f"\n\n{rule}\n\n".join(["", *documents]).encode(), "a.txt"))
    assert contents.format == "ProQuest export"
    assert [(one.title, one.outlet, one.text) for one in contents.articles] == [
        (title, outlet, "\n\n".join(text))
        for title, outlet, text in zip(TITLES, OUTLETS, (FIRST, SECOND), strict=True)
    ]
