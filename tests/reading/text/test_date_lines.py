"""Lines that say when an article was published."""

import pytest

from crossframe.reading.text.date_lines import date_within, published_in, read_date_line


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Published 6 Mar 2026, 3:14 pm GMT", "2026-03-06T15:14:00+00:00"),
        ("6 March 2026", "2026-03-06"),
        ("06.03.2026 um 14:30 Uhr", "2026-03-06T14:30:00"),
        ("06-Mar-26", "2026-03-06"),
        ("Last updated on Friday 6 March 2026 at 09.14 BST", "2026-03-06T09:14:00+01:00"),
        ("Publié le 6 mars 2026 à 14h30", "2026-03-06T14:30:00"),
        ("Publicado: 6 de marzo de 2026 14:30 CET", "2026-03-06T14:30:00+01:00"),
        ("Opublikowano: 6 marca 2026, 14:30", "2026-03-06T14:30:00"),
        ("Опубликовано 6 марта 2026 в 14:30", "2026-03-06T14:30:00"),
        ("Posted on March 6, 2026 by Dora Finch", "2026-03-06"),
        ("By Dora Finch, 6 March 2026", "2026-03-06"),
        ("Harbour Herald · 6 March 2026 · 4 · By Dora Finch", "2026-03-06"),
        ("Harbour Herald | 6 March 2026 | Page A12", "2026-03-06"),
        ("Dora Finch and Tom de Wit | 6 March 2026 | 14:30 | 3 min read", "2026-03-06T14:30:00"),
        ("Harbour City, 6 March 2026", "2026-03-06"),
        ("Published March 6, 2026 3:14 pm ET • Updated March 7, 2026 9:00 am ET", "2026-03-06T15:14:00"),
        ("Updated: 7 March 2026, first published 6 March 2026", "2026-03-06"),
        ("Updated: 7 March 2026 | First published: 6 March 2026", "2026-03-06"),
        ("DATE: 2026-03-06", "2026-03-06"),
        ("(6 March 2026)", "2026-03-06"),
        ("THE EVENING MERCURY 6 March 2026", "2026-03-06"),
        ("THE EVENING MERCURY Friday 6 March 2026", "2026-03-06"),
        ("HARBOUR TIMES, Friday, March 6, 2026", "2026-03-06"),
        ("March 06, 2026 04:12 ET (09:12 GMT)", "2026-03-06T04:12:00"),
    ],
)
def test_lines_of_dates(line: str, moment: str | None) -> None:
    """A label, a name, a place, a time of reading may be beside a date; of two the publication counts."""
    stamp = read_date_line(line)
    assert (stamp and stamp.when.isoformat()) == moment


@pytest.mark.parametrize(
    "line",
    [
        "Updated 2 hours ago", "Published yesterday at 14:30", "Published in March 2026", "Updated 6 March", "3 min read",
        "Copyright 2026 Harbour Times", "The bridge fell on 6 March 2026.", "Storm of 6 March 2026 leaves three dead",
        "Weather for Friday, 6 March 2026", "03/06/2026", "6 March 2026 to 8 March 2026", "Kick-off: 6 March 2026, 19:45",
        "Born 6 March 1970", "Three Dead 6 March 2026", "Issue 12, 31 Mar", "6 March 2026 was the coldest day", "", "2026",
    ],
)  # fmt: skip
def test_other_lines(line: str) -> None:
    """A day that is missing or open is not guessed, and a line that says more is no line of a date."""
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    ("near", "others", "moment"),
    [
        (["6 March 2026"], [], "2026-03-06"),
        (["6 March 2026", "Friday, 6 March 2026, 14:30"], [], "2026-03-06T14:30:00"),
        (["6 March 2026"], ["8 March 2026"], "2026-03-06"),
        ([], ["8 March 2026"], None),
        ([], ["Published: 8 March 2026"], "2026-03-08"),
        (["6 March 2026"], ["Published: 8 March 2026"], None),
        (["6 March 2026"], ["Updated: 8 March 2026"], "2026-03-06"),
        (["Updated: 8 March 2026"], ["Updated 2 hours ago"], "2026-03-08"),
        (["6 March 2026", "7 March 2026"], [], None),
    ],
)
def test_several_lines(near: list[str], others: list[str], moment: str | None) -> None:
    """Bare dates count near the article only; lines that disagree settle nothing; an update counts where nothing else does."""
    published = published_in(near, others)
    assert (published and published.isoformat()) == moment


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("THE EVENING MERCURY Tuesday 10 March 2026", "2026-03-10"),
        ("12 Harbour Times, Tuesday, March 10, 2026", "2026-03-10"),
        ("Hafenpost · Dienstag, 10. März 2026 · Seite 3", "2026-03-10"),
        ("10.03.2026 Hafenpost 3", "2026-03-10"),
        ("Page 4 of 12", None),
        ("Spring 2026", None),
        ("From 1 March 2026 to 10 March 2026", None),
        ("03/10/2026, 14:30 Harbour Times", None),
    ],
)
def test_dates_in_running_heads(head: str, moment: str | None) -> None:
    """A running head has a date among other words, and one only."""
    when = date_within(head)
    assert (when and when.isoformat()) == moment
