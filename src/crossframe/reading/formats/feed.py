"""Feeds, RSS and Atom: an article per entry, as far as its text is in the file; no address is ever fetched."""

import io
import re
from dataclasses import replace
from typing import Any

from crossframe.errors import InputError, printable
from crossframe.reading.formats.contents import MAX_NAMED, Contents, File, LeftOut, Parts
from crossframe.reading.formats.export_documents import MAX_DOCUMENTS, genre_of
from crossframe.reading.formats.packages import import_package, refuse_damage
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.clean import Dropped, clean_text, read_dateline
from crossframe.reading.text.cut_text import is_marked_as_cut
from crossframe.reading.text.dates import read_date
from crossframe.reading.text.decode import normalise
from crossframe.reading.text.html_text import read_paragraphs
from crossframe.reading.text.language import detect_language

_ROOT = re.compile(rb"<(?:rss|feed|rdf:rdf|(?:atom|a):feed)\b")
_ENTRY = re.compile(r"<(?:\w{1,8}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENCODING = re.compile(r"(<\?xml\b[^>]{0,80}?)\sencoding\s*=\s*[\"'][^\"'>]{0,40}[\"']", re.IGNORECASE)
_FOOT = re.compile(
    r"the post .{1,300} (?:first )?appeared (?:first )?on .{1,100}|(?:continue reading|read more|weiterlesen|lire la suite)\b.{0,200}|\[?(?:…|\.\.\.)\]?",
    re.IGNORECASE,
)


def recognises(file: File) -> bool:
    """Return whether `file` is a feed, by its first element."""
    return file.head.startswith(b"<") and _ROOT.search(file.head) is not None and b"<html" not in file.head


def read(file: File) -> Contents:
    """Return the entries of a feed, read in a process that can be killed.

    Raises
    ------
    InputError
        When no entry has a text.
    MissingPackageError
        When feedparser is not installed.

    References
    ----------
    feedparser, https://feedparser.readthedocs.io; RSS 2.0 with its module content; RFC 4287, Atom.
    """
    return read_in_worker(_read_feed, file)


def _read_feed(file: File) -> Contents:
    feedparser = import_package("feedparser", "feedparser", "feeds")
    source = _ENCODING.sub(r"\1", file.text, count=1)
    n_entries = len(_ENTRY.findall(source))
    if n_entries > MAX_DOCUMENTS:
        raise InputError(
            f"Invalid feed {file.where!r} of {n_entries:,} entries. It must have at most {MAX_DOCUMENTS:,}."
        )
    with refuse_damage(f"Invalid feed {file.where!r}. Its markup cannot be read; save it again."):
        feed = feedparser.parse(
            io.BytesIO(source.encode("utf-8")), sanitize_html=True, resolve_relative_uris=False
        )
    articles: list[Parts] = []
    left_out: list[LeftOut] = []
    for number, entry in enumerate(feed.entries, 1):
        read = _article(entry, feed.feed, f"entry {number}")
        if isinstance(read, Parts):
            articles.append(read)
        else:
            left_out.append(read)
    left_out += [
        LeftOut(f"entry {number}", "The feed is damaged where the entry is; save it again.")
        for number in range(len(feed.entries) + 1, n_entries + 1)
    ]
    if not articles:
        found = f"None of its {n_entries} entries has a text" if n_entries else "It has no entries"
        raise InputError(f"Invalid feed {file.where!r}. {found}; save the pages that it links to.")
    return Contents("feed", tuple(articles), tuple(left_out))


def _article(entry: Any, feed: Any, where: str) -> Parts | LeftOut:
    title = " ".join(_lines(str(entry.get("title", ""))))
    contents = [str(one.get("value", "")) for one in entry.get("content", ())]
    full = max(contents, key=len, default="")
    html = full or str(entry.get("summary", ""))
    lines = _lines(html)
    feet = [line for line in lines if _FOOT.fullmatch(line)]
    cleaned = clean_text("\n".join(line for line in lines if line not in feet), title=title or None)
    if not cleaned.paragraphs:
        return LeftOut(
            where,
            f"The entry '{printable(title, MAX_NAMED)}' has no text in the feed; save the page that it links to.",
        )
    text = "\n\n".join(cleaned.paragraphs)
    names = [name for one in entry.get("authors", ()) if (name := str(one.get("name") or "").strip())]
    site = (entry.get("source") or {}).get("title") or feed.get("title")
    published = entry.get("published") or entry.get("updated") or None
    parts = Parts(
        text,
        cleaned.title,
        where,
        published=published if published and read_date(published) is not None else None,
        byline=", ".join(names) or entry.get("author") or cleaned.byline or None,
        url=link if (link := str(entry.get("link", ""))).startswith("http") else None,
        language=detect_language(text),
        dateline=read_dateline(cleaned.paragraphs[0]),
        genre=genre_of(
            {"section": "; ".join(str(tag.get("term", "")) for tag in entry.get("tags", ())), "title": title}
        ),
        site=" ".join(_lines(str(site))) if site else None,
        dropped=(*cleaned.dropped, *(Dropped(0, "feed line", line) for line in feet)),
    )
    if not full or is_marked_as_cut(text):
        parts = replace(
            parts,
            extent="summary",
            notes=("Only the summary is in the feed; the full text is on the page that it links to.",),
        )
    return parts


def _lines(html: str) -> list[str]:
    """Return the visible lines of a piece of HTML or text."""
    text = normalise(html)[0]
    shown = read_paragraphs(text) if "<" in text or "&" in text else text
    return [line for raw in shown.split("\n") if (line := " ".join(raw.split()))]
