"""Several articles in one file come apart where the format marks them; else a note says that they may be several."""

import textwrap
from collections.abc import Sequence

import pytest

from crossframe.reading.formats.contents import File, Headline
from crossframe.reading.formats.known import read_contents
from crossframe.reading.formats.stories import find_stories
from reading.formats.make_pdf import Placed, make_pdf
from reading.formats.test_exports import CLASSIC, FIRST, SECOND, TITLES, UNI_FIRST, UNI_SECOND

ONE = (
    *FIRST,
    "The winter boats have run since 1963, and two hundred people use them every week to get to work.",
)
TWO = (
    *SECOND,
    "The court is expected to hear the case in the autumn, when the new timetable is already in force.",
)
BIG_1, BIG_2 = (TITLES[0], 20), (TITLES[1], 20)
DOE, FOX = "By Ann Doe", "By Tom Fox"
Piece = str | tuple[str, float] | None


def lay_out(pieces: Sequence[Piece]) -> list[list[Placed]]:
    """Return paragraphs, with the size of their letters where it is not 10, one below another; None begins a page."""
    pages: list[list[Placed]] = [[]]
    top = 780.0
    for piece in pieces:
        if piece is None:
            pages.append([])
            top = 780.0
            continue
        text, size = piece if isinstance(piece, tuple) else (piece, 10.0)
        for line in textwrap.wrap(text, int(820 / size)):
            pages[-1].append(Placed(50, top, line, size))
            top -= 1.2 * size
        top -= 0.8 * size
    return pages


def plain(export: str) -> list[str]:
    """Return the lines of an export that are not blank."""
    return [line.strip() for line in export.replace("\u00a0", " ").split("\n") if line.strip()]


CLASSICS = CLASSIC[CLASSIC.index("1 of 2 DOC") :].split("2 of 2 DOC")
SEVERAL: dict[str, list[Piece]] = {
    "Nexis Uni, a page each": [BIG_1, *plain(UNI_FIRST)[1:], None, BIG_2, *plain(UNI_SECOND)[1:]],
    "numbered heads": ["Document 1 of 2", BIG_1, DOE, *ONE, None, "Document 2 of 2", BIG_2, FOX, *TWO],
    "numbered heads, one size": ["Document 1 of 2", TITLES[0], *ONE, "Document 2 of 2", TITLES[1], *TWO],
    "numbered heads in German": ["Dokument 1 von 2", TITLES[0], *ONE, "Dokument 2 von 2", TITLES[1], *TWO],
    "authors and dates": [("The Daily Gazette", 30), BIG_1, DOE, "1 May 2026", *ONE, BIG_2, FOX, "1 May 2026", *TWO],
    "on one line": [BIG_1, f"{DOE} | 1 May 2026", *ONE, (TITLES[1], 14), f"{FOX} | 1 May 2026", *TWO],
    "authors": [BIG_1, DOE, *ONE, BIG_2, FOX, *TWO],
    "a subheading": [BIG_1, DOE, ONE[0], ("Letters and calls", 13), *ONE[1:], BIG_2, FOX, *TWO],
    "kickers": [("POLITICS", 13), BIG_1, DOE, *ONE, ("BUSINESS NEWS", 13), BIG_2, FOX, *TWO],
    "a page each": [BIG_1, DOE, "1 May 2026", *ONE, None, BIG_2, FOX, "2 May 2026", *TWO],
    "one size": [TITLES[0], DOE, "1 May 2026", *ONE, TITLES[1], FOX, "2 May 2026", *TWO],
    "one size, names beside dates": [TITLES[0], "Island Gazette, 1 May 2026", *ONE, TITLES[1], "Harbour Herald, 2 May 2026", *TWO],
    "one size, pages beside dates": [TITLES[0], f"Herald · 1 May 2026 · 4 · {DOE}", *ONE, TITLES[1], f"Gazette · 2 May 2026 · 1 · {FOX}", *TWO],
    "end marks": [BIG_1, *ONE, "-30-", BIG_2, *TWO, "-30-"],
    "end marks, one size": [TITLES[0], *ONE, "###", TITLES[1], *TWO, "###"],
    "end marks behind the last word": [BIG_1, *ONE[:-1], f"{ONE[-1]} •", BIG_2, *TWO[:-1], f"{TWO[-1]} •"],
}  # fmt: skip


@pytest.mark.parametrize("pieces", SEVERAL.values(), ids=SEVERAL)
def test_a_pdf_of_several_articles(pieces: Sequence[Piece]) -> None:
    """Each article has its own title and text, and nothing of the other."""
    contents = read_contents(File(make_pdf(lay_out(pieces)), "a.pdf"))
    assert [one.title for one in contents.articles] == list(TITLES)
    for article, (whole, short) in zip(contents.articles, ((ONE, FIRST), (TWO, SECOND)), strict=True):
        paragraphs = [text for text in article.text.split("\n\n") if text != "Letters and calls"]
        assert tuple(paragraphs) in (whole, short)
    assert bool(contents.notes) == (contents.format == "text")
    assert not contents.left_out


def test_a_classic_export_as_pdf() -> None:
    """What stands above each document is no running head, though it is at the top of every page."""
    pieces = [*plain(CLASSICS[0]), None, *plain(f"2 of 2 DOC{CLASSICS[1]}")]
    contents = read_contents(File(make_pdf(lay_out(pieces)), "a.pdf"))
    assert contents.format == "Nexis export"
    assert [one.outlet for one in contents.articles] == ["Island Gazette", "Harbour Herald"]


UNSURE: dict[str, tuple[list[Piece], str]] = {
    "two headlines": ([BIG_1, *ONE, BIG_2, *TWO], "equally large"),
    "the second has an author": ([BIG_1, *ONE, (TITLES[1], 14), FOX, *TWO], "amid the text"),
    "authors alone, one size": ([TITLES[0], DOE, *ONE, TITLES[1], FOX, *TWO], "have an author"),
    "places, one size": ([TITLES[0], f"ALUND (AFP) - {ONE[0]}", *ONE[1:], TITLES[1], f"HOLM (AFP) - {TWO[0]}", *TWO[1:]], "have an author"),
    "authors without headlines": ([BIG_1, DOE, *ONE, FOX, *TWO], "several authors"),
    "dates above headlines": (["Harbour Herald", "5 May 2026", TITLES[0], *ONE, "Island Gazette", "6 May 2026", TITLES[1], *TWO], "several dates"),
    "an end amid it": ([BIG_1, *ONE, "###", *TWO], "mark of an article's end"),
}  # fmt: skip


@pytest.mark.parametrize(("pieces", "reason"), UNSURE.values(), ids=UNSURE)
def test_a_pdf_that_may_hold_several(pieces: Sequence[Piece], reason: str) -> None:
    """Where nothing sure tells articles apart they are one, and a note says why they may be several."""
    contents = read_contents(File(make_pdf(lay_out(pieces)), "a.pdf"))
    assert len(contents.articles) == 1
    [note] = contents.notes
    assert note.startswith("It may hold several articles: ")
    assert reason in note


SINGLE: dict[str, list[Piece]] = {
    "subheadings": [BIG_1, DOE, "1 May 2026", *ONE, ("What the company says", 13), *TWO],
    "two authors": [BIG_1, DOE, FOX, "1 May 2026", *ONE, *TWO],
    "links to others": [BIG_1, DOE, "1 May 2026", *ONE, *TWO, ("Related stories", 14), ("Ferry strike is over", 12), "30 April 2026", ("School closes on the island", 12), "29 April 2026"],
    "teasers of others": [BIG_1, DOE, "1 May 2026", *ONE, *TWO, ("Ferry strike is over", 12), "By Bo Lund, 30 April 2026", "It ended on Thursday.", ("School closes on the island", 12), "By Bo Lund, 29 April 2026", "Nobody is left to teach."],
    "an end mark": [BIG_1, *ONE, *TWO, "###"],
    "an end mark and notes": [BIG_1, *ONE, *TWO, "ENDS", "Notes to editors", "Call the office of the island council."],
    "a large quotation": [BIG_1, *ONE, ("“Not one letter, not one call”", 20), *TWO],
}  # fmt: skip


@pytest.mark.parametrize("pieces", SINGLE.values(), ids=SINGLE)
def test_a_pdf_of_one_article(pieces: Sequence[Piece]) -> None:
    """Subheadings, teasers of other articles and quotations are no second article."""
    contents = read_contents(File(make_pdf(lay_out(pieces)), "a.pdf"))
    [article] = contents.articles
    assert article.title == TITLES[0]
    assert TWO[-1] in article.text
    assert not contents.notes


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("1 of 2 DOCUMENTS", True),
        ("Article 1 of 2", True),
        ("Story 1 of 2", True),
        ("Artikel 1 von 2", True),
        ("Page 1 of 2", False),
        ("1 of 2", False),
        ("Document 1 of 2 was signed.", False),
    ],
)
def test_numbered_heads(line: str, is_head: bool) -> None:
    """Heads name what they count, and nothing else."""
    lines = [line, "It rained.", line.replace("1", "2", 1), "It snowed."]
    assert (len(find_stories(lines).starts) == 2) == is_head


def test_pieces_of_a_download() -> None:
    """Heads that do not count from 1, or count to different numbers, divide nothing."""
    assert not find_stories(["Document 3 of 12", "It rained.", "Document 7 of 12", "It snowed."]).starts
    assert not find_stories(["Document 1 of 2", "It rained.", "Document 2 of 3", "It snowed."]).starts


def test_headlines_without_marks_beside_marked_ones() -> None:
    """A large headline without author begins an article where others with one do; a smaller one does not."""
    lines = ["One", "By Ann Doe", *ONE, "Two", "By Tom Fox", *TWO, "Three", *ONE, "Four", *ONE]
    sized = [("One", 3.0), ("Two", 2.0), ("Three", 2.0), ("Four", 1.3)]
    starts = find_stories(lines, [Headline(*one) for one in sized]).starts
    assert [title for _, title in starts] == ["One", "Two", "Three"]
