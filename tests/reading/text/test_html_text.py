"""HTML as text, the same wherever a file has it."""

import html

import pytest

from crossframe.reading.formats.contents import File
from crossframe.reading.formats.known import read_contents
from crossframe.reading.text.html_text import read_paragraphs

FIRST = "The council voted on Tuesday night to close the old ferry by the end of this year."
SECOND = "Mayor Anna Bell called the decision overdue & said that the town had no money left."
THIRD = "Residents of the island had asked for a delay of one year, and many stood outside."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One\n  goes on.</p>", "One goes on."),
        ("One.<br>Two.", "One.\nTwo."),
        ("One.<br/><br />Two.", "One.\n\nTwo."),
        ("<div>One.\n\nTwo.</div>", "One.\n\nTwo."),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("One <b>and</b> a half.\nTwo &amp; more.", "One and a half.\nTwo & more."),
        ("<p>O<b>n</b>e<i>.</i></p><!-- <p>No.</p> --><script>No.</script><style>No.</style>", "One."),
        ("<blockquote>“One.”</blockquote>Two.", "“One.”\n\nTwo."),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", "One\n\nTwo"),
        ("<p></p><p> </p>", ""),
        ("", ""),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    ],
)
def test_paragraphs(source: str, text: str) -> None:
    """Elements that begin a line end paragraphs, two breaks too, one break a line; what is not shown is no text."""
    assert read_paragraphs(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "<p>{0}</p><p>{1}</p><p>{2}</p>",
        "<div>{0}</div>\n<div>{1}</div>\n<div>{2}</div>",
        "{0}<br><br>{1}<br/>\n<br/>{2}",
        "<p>{0}</p>{1}<p>{2}</p>",
        "<p>{0}<br><br>{1}</p><p>{2}</p>",
        "<p><span>{0}</span></p>\n\n<p><strong>{1}</strong></p><p>{2}</p>",
        "<p>{0}</p><h2></h2><p>{1}</p><p>&nbsp;</p><p>{2}</p>",
        "<div>{0}\n\n{1}\n\n{2}</div>",
    ],
)
@pytest.mark.parametrize("kind", ["feed", "ris", "table", "page"])
def test_one_reading_in_all_formats(source: str, kind: str) -> None:
    """The same HTML gives the same paragraphs in a feed, a record, a table's cell and a page's metadata."""
    import json

    markup = source.format(*(html.escape(text, quote=False) for text in (FIRST, SECOND, THIRD)))
    files = {
        "feed": f"<rss version='2.0'><channel><title>S</title><item><title>Ferry</title><description>{html.escape(markup)}</description></item></channel></rss>",
        "ris": "TY  - NEWS\nTI  - Ferry\nN1  - " + markup + "\nER  - \n",
        "table": json.dumps({"title": "Ferry", "text": markup, "outlet": "S"}),
        "page": f"<html><head><title>Ferry</title><script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': 'Ferry', 'articleBody': markup})}</script></head><body></body></html>",
    }
    [article] = read_contents(File(files[kind].encode(), "a")).articles
    assert article.text.split("\n\n") == [FIRST, SECOND, THIRD]
