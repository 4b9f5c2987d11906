"""Dates in the forms in which files write them."""

import datetime

import pytest

from crossframe.errors import InputError
from crossframe.reading.text.dates import DateFormat, find_order, is_ambiguous, read_date

DAY = datetime.date(2026, 5, 5)


@pytest.mark.parametrize(
    "value",
    [
        "5 May 2026", "May 5, 2026", "May 5th, 2026", "the 5th of May, 2026", "05-May-2026", "Tuesday, May 5, 2026",
        "May 5, 2026 Tuesday", "2026-05-05", "2026-5-5", "2026/05/05", "2026.05.05", "05.05.2026", "5/5/2026",
        "20260505", "46147", 46147, 46147.0, "2026-05-05 00:00:00", "5. Mai 2026", "mardi 5 mai 2026",
        "mar. 5 mai 2026", "5 de mayo de 2026", "5 de maig de 2026", "2026. május 5.", "5 мая 2026 г.", "5 Μαΐου 2026",
        "5 maja 2026 r.", "2026年5月5日", "Published: 5 May 2026", "05-May-26", "5 May '26", "Tuesday, 05.05.2026", DAY, datetime.datetime(2026, 5, 5),
    ],
)  # fmt: skip
def test_days(value: object) -> None:
    """A day that is stated in full is read, in many languages and as spreadsheets number it."""
    assert read_date(value) == DAY
    assert type(read_date(value)) is datetime.date


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Tue, 05 May 2026 08:12:33 GMT", "2026-05-05T08:12:33+00:00"),
        ("2026-05-05 08:12:33 UTC", "2026-05-05T08:12:33+00:00"),
        ("2026-05-05T08:12:33.123Z", "2026-05-05T08:12:33+00:00"),
        ("2026-05-05T08:12:33+02:00", "2026-05-05T08:12:33+02:00"),
        ("2026-05-05 08:12:33 +0000 UTC", "2026-05-05T08:12:33+00:00"),
        ("2026-05-05 08:12", "2026-05-05T08:12:00"),
        ("May 5, 2026 at 10:15 p.m. EDT", "2026-05-05T22:15:00-04:00"),
        ("12:30 AM, May 5, 2026", "2026-05-05T00:30:00"),
        ("5 May 2026, 8.15pm", "2026-05-05T20:15:00"),
        ("5.5.2026, 10.15 Uhr", "2026-05-05T10:15:00"),
        ("05.05.2026 um 14:30 Uhr", "2026-05-05T14:30:00"),
        ("5. maj 2026 kl. 14.30", "2026-05-05T14:30:00"),
        ("5 maggio 2026 alle 14.30", "2026-05-05T14:30:00"),
        ("Tuesday 5 May 2026 at 09.14 BST", "2026-05-05T09:14:00+01:00"),
        ("May 5, 2026 3:14 pm ET", "2026-05-05T15:14:00"),
        ("May 05, 2026 04:12 ET (08:12 GMT)", "2026-05-05T04:12:00"),
        ("May 5, 2026, 02:30 PM IST", "2026-05-05T14:30:00"),
        ("Tue May 05 2026 08:12:33 GMT+0200 (Central European Summer Time)", "2026-05-05T08:12:33+02:00"),
        ("Tue May  5 08:12:33 UTC 2026", "2026-05-05T08:12:33+00:00"),
        ("20260505T081500Z", "2026-05-05T08:15:00+00:00"),
        ("20260505101500", "2026-05-05T10:15:00"),
        (46147.25, "2026-05-05T06:00:00"),
        (1777968753, "2026-05-05T08:12:33+00:00"),
        ("1777968753123", "2026-05-05T08:12:33+00:00"),
        ("2026-05-05T00:00:00Z", "2026-05-05T00:00:00+00:00"),
        ("25/05/2026 10:15", "2026-05-25T10:15:00"),
    ],
)
def test_times_and_zones_are_kept(value: object, moment: str) -> None:
    """A time is kept where one is stated, and its zone where that is."""
    read = read_date(value)
    assert read is not None
    assert read.isoformat() == moment


@pytest.mark.parametrize(
    "value",
    [
        "May 2026", "5 May", "2026", "2026-05", "2026-W19", "Tuesday", "yesterday", "5-6 May 2026", "", None, True,
        "5 May 2026 to 7 May 2026", "31/02/2026", "2026-02-30", "20/20/2026", "May 5, 2026 25:00", "5-6 May", "05-06-26",
        "12/05/2026", "12-05-2026", "listopad 5 2026", "1,234", "9" * 400, "5 May 2026 " * 50, float("nan"),
    ],
)  # fmt: skip
def test_what_is_missing_is_not_filled_in(value: object) -> None:
    """Half a date, a span, a day that no calendar has and a doubtful order are no date."""
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("named", "value", "day"),
    [
        ("DMY", "12/05/2026", "2026-05-12"),
        ("MDY", "12/05/2026", "2026-12-05"),
        ("dd/mm/yyyy", "12-05-2026", "2026-05-12"),
        ("MM/DD/YYYY HH:MM", "12/05/2026 10:15", "2026-12-05T10:15:00"),
        ("DMY", "12/05/26", "2026-05-12"),
        ("YMD", "26/05/12", "2026-05-12"),
        ("DMY", "05-May-26", "2026-05-05"),
        ("%d/%m/%Y", "12/05/2026", "2026-05-12"),
        ("%d/%m/%Y", "5 May 2026", "2026-05-05"),
        ("%Y-%d-%m", "2026-12-05", "2026-05-12"),
        ("%d%m%y", "120526", "2026-05-12"),
        ("%d/%m/%y", "12/05/26 10:15", "2026-05-12T10:15:00"),
        ("%m/%d/%Y", "12/05/2026, 9:05 pm", "2026-12-05T21:05:00"),
        ("%y|%m|%d", "26|05|12", "2026-05-12"),
        ("%y|%m|%d", "13.05.26", None),
        ("%y|%m|%d", "13/05/26", None),
        ("%d/%m/%y", "13.05.26", None),
        ("%d.%m.%Y", "04/05/2026", None),
        ("%d/%m/%Y", "04-05-2026", None),
        ("%m/%d/%y", "04-May-26", "2026-05-04"),
        ("%m/%d/%Y", "25/05/2026", "2026-05-25"),
        ("DMY", "05/13/2026", None),
        ("MDY", "05.12.2026", "2026-05-12"),
    ],
)
def test_a_format_decides(named: str, value: str, day: str | None) -> None:
    """The format that a user names settles day, month and century; a date that breaks it is none.

    A pattern settles dates of its form, and no others: these are read where they are plain.
    """
    read = read_date(value, DateFormat.read(named))
    assert (read.isoformat() if read else None) == day


@pytest.mark.parametrize(
    "named",
    [
        "day",
        "DM",
        "%d/%m",
        "%Q",
        "",
        "yyyy-dd-mm",
        "%d/%m/%Y|%m/%d/%Y",
        "%d/%m/%Y or %Y-%m-%d",
        "%d/%m/%y/%m",
        "%d/%m %A",
        "DMY|MDY",
        "%",
    ],
)
def test_wrong_formats(named: str) -> None:
    """A format without day, month and year is refused."""
    with pytest.raises(InputError, match=r"Invalid date format .* must be DMY"):
        DateFormat.read(named)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["12/05/2026", "25/05/2026"], "DMY"),
        (["12/05/2026", "05/25/2026 10:15"], "MDY"),
        (["12/05/2026", "05/05/2026"], None),
        (["25/05/2026", "05/25/2026"], None),
        (["12/05/2026", "2026-05-25"], None),
        (["12-05-2026", None, "", "25-05-2026"], "DMY"),
        ([], None),
        (["40/50/2026"], None),
    ],
)
def test_other_rows_settle_the_order(values: list[object], order: str | None) -> None:
    """One date of a column whose order is plain settles all; two that differ settle nothing."""
    assert find_order(values) == order


def test_ambiguity() -> None:
    """Day and month may each be the other where both are at most twelve and differ."""
    assert [is_ambiguous(v) for v in ("12/05/2026", "1-2-2026 10:15", "5/5/2026", "13/5/2026", "May 5", None)] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
