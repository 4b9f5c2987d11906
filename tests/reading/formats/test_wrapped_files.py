"""Hard-wrapped text in files of all kinds comes in with whole paragraphs, its title and its quotations."""

import csv
import html
import io
import json
import textwrap

import pytest

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.known import read_contents

TITLE = "Bridge over the Vale is closed to lorries"
BODY = (
    "The old bridge over the Vale was closed to lorries on Thursday after engineers found a crack in its northern pier "
    "that is as long as a man is tall.",
    "“Nobody needs to be afraid, but nobody should wait,” Minister Omar Vance told the assembly. Haulage firms put the "
    "cost of the detour at two million a month.",
    "The opposition asked for a list of all bridges of that age, and for an answer before the summer.",
)
WRAPPED = "\n\n".join(textwrap.fill(one, 68) for one in BODY)
PAGE = "<html><head><title>{title}</title></head><body>{body}</body></html>"


def cell(delimiter: str) -> str:
    """Return a table with a wrapped text in a cell."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerows([["title", "text", "outlet"], [TITLE, WRAPPED, "a"]])
    return target.getvalue()


def broken(text: str, between: str = "<br><br>\n") -> str:
    """Return wrapped paragraphs with line breaks of HTML."""
    return between.join(html.escape(one, quote=False).replace("\n", "<br>\n") for one in text.split("\n\n"))


FILES = {
    "a.txt": f"{TITLE}\n\n{WRAPPED}",
    "mail.txt": "\n".join(f"> {line}".rstrip() for line in f"{TITLE}\n\n{WRAPPED}".split("\n")).replace("> ", "  ").replace(">", ""),
    "quoted mail.txt": "\n".join(f"> {line}".rstrip() for line in f"{TITLE}\n\n{WRAPPED}".split("\n")),
    "narrow, by.txt": "\n\n".join([f"{TITLE}\nBy Ella Stone\n7 May 2026", *(textwrap.fill(one, 42) for one in BODY)]),
    "narrow.txt": "\n\n".join([TITLE, *(textwrap.fill(one, 36) for one in BODY)]),
    "by.txt": f"THE VALE POST\n\n{TITLE}\n\nBy Ella Stone\n\n{WRAPPED}",
    "pages.txt": f"THE VALE POST, 7 MAY 2026        PAGE 1\n\n{TITLE}\n\n{WRAPPED.replace(chr(10) + chr(10), chr(10) * 2 + 'THE VALE POST, 7 MAY 2026        PAGE 2' + chr(10) * 2, 1)}",
    "pre.html": PAGE.format(title=TITLE, body=f"<pre>{TITLE}\n\n{html.escape(WRAPPED)}</pre>"),
    "br.html": PAGE.format(title=TITLE, body=f"<div>{broken(WRAPPED)}</div>"),
    "p.html": PAGE.format(title=TITLE, body=f"<article><h1>{TITLE}</h1>{''.join(f'<p>{broken(textwrap.fill(one, 60))}</p>' for one in BODY)}</article>"),
    "lines.html": PAGE.format(title=TITLE, body=f"<article><h1>{TITLE}</h1>{''.join(f'<p>{textwrap.fill(one, 60)}</p>' for one in BODY)}</article>"),
    "a.csv": cell(","),
    "a.tsv": cell("\t"),
    "a.jsonl": json.dumps({"title": TITLE, "text": WRAPPED}),
    "crlf.jsonl": json.dumps({"title": TITLE, "text": WRAPPED.replace("\n", "\r\n")}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_wrapped_files(name: str) -> None:
    """Title and paragraphs are whole; nothing of the site is among them."""
    [parts] = read_contents(File(FILES[name].encode("utf-8"), name)).articles
    assert parts.title == TITLE
    assert parts.text.split("\n\n") == list(BODY)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "\n".join([TITLE, *BODY])),
        ("lists.txt", "\n\n".join([TITLE, *BODY, "What is closed:", "- the old bridge\n- the northern pier\n- the lorry park of Vale City"])),
        ("a.jsonl", json.dumps({"title": TITLE, "text": "\n".join(BODY)})),
        ("sentences.jsonl", json.dumps({"title": TITLE, "text": WRAPPED, "sentences": [[0, 146]]})),
    ],
)  # fmt: skip
def test_files_that_are_not_wrapped(name: str, text: str) -> None:
    """Lines that are paragraphs stay apart, and a text with given sentences is not altered."""
    [parts] = read_contents(File(text.encode("utf-8"), name)).articles
    lines = WRAPPED.split("\n") if name.startswith("sentences") else BODY
    assert set(lines) <= set(parts.text.split("\n"))


def test_nothing_but_invisible_characters() -> None:
    """A file of which nothing is left is refused in one line."""
    with pytest.raises(InputError, match="No article was found in it"):
        read_contents(File("\u200b\u200b\u00ad".encode(), "a.txt"))


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("THE VALE POST, 7 MAY 2026        PAGE {}", "2026-05-07"),
        ("The Vale Post, Thursday 7 May 2026", "2026-05-07"),
        ("THE VALE POST 7 MAY 2026", "2026-05-07"),
        ("Vale Post | 07.05.2026 | Seite {}", "2026-05-07"),
        ("Page {} of 2", None),
        ("THE VALE POST, PAGE {}", None),
    ],
)
def test_dates_of_running_heads(head: str, day: str | None) -> None:
    """The date of a running head is that of the article where no other line has one."""
    first, rest = WRAPPED.split("\n\n", 1)
    text = f"{head.format(1)}\n\n{TITLE}\n\n{first}\n\n{head.format(2)}\n\n{rest}"
    [article] = read_contents(File(text.encode(), "a.txt")).articles
    assert (article.title, article.text) == (TITLE, "\n\n".join(BODY))
    assert (article.published and str(article.published)) == day
    dated = text.replace(TITLE, f"{TITLE}\n\nPublished 6 May 2026", 1)
    [article] = read_contents(File(dated.encode(), "a.txt")).articles
    assert str(article.published) == "2026-05-06"
