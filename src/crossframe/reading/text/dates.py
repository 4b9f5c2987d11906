"""Dates of publication in the forms in which files write them: read strictly, what is missing is never filled in."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crossframe import _validation as check
from crossframe.errors import InputError

_LOCALES = (
    "en", "de", "de_AT", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "sk", "sl", "hr", "hu",
    "ro", "bg", "el", "tr", "ru", "uk", "et", "lv", "lt", "ca", "id",
)  # fmt: skip
"""Languages whose months and weekdays are read, by their names in CLDR; a name of two months (listopad) is none."""
_FURTHER_MONTHS = {"sept": 9, "mrz": 3}
_FILLERS = frozenset([
    "of", "the", "on", "at", "de", "del", "di", "den", "der", "am", "um", "le", "el", "il", "la", "los", "do", "o", "a", "as", "à",
    "às", "d", "uhr", "kl", "klo", "klokken", "alle", "ore", "om", "uur", "h", "t", "m", "g", "r", "г", "р", "в", "published", "posted",
])  # fmt: skip
_MARKS = re.compile(r"[\s,.;:|/()'’\-–]")
_TOKEN = re.compile(r"(?P<number>\d+)(?:(?:st|nd|rd|th|er|re|ème|ª|º|°)\b)?|(?P<word>[^\W\d_]+)|(?P<mark>.)")
_MAX_CHARACTERS = 80

_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7,
    "PST": -8, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours from UTC of the zones of RFC 822, of Europe and of the Pacific; the time of any other has no zone."""
_ZONE = "|".join(sorted(_HOURS, key=len, reverse=True))
_BEHIND_AT = "(?:" + "|".join(rf"(?<=\b{word} {digits})" for word in ("at", "um", "kl", r"kl\.", "klo", "à", "alle", "om") for digits in (r"\d", r"\d\d")) + ")"  # fmt: skip
"""A full stop is between hour and minute where such a word is before the hour."""
_TIME = re.compile(
    rf"(?<![\d:.+])(?:(?P<hour>\d{{1,2}})(?:[:h]|\.(?=\d\d ?(?:uhr|[ap]\.?m|{_ZONE})\b)|{_BEHIND_AT}\.)(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?|(?P<full_hour>\d{1,2})\s?(?P<full_half>[ap])\.?m\b\.?)"
    r"(?:\s?(?:uhr|hrs)\b)?"
    rf"(?:\s?\(?(?P<zone>{_ZONE})\b\)?)?"
    rf"(?:\s?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?: (?:{_ZONE})\b)?)?(?![\d:]|\.\d)",
    re.IGNORECASE,
)
_OTHER_ZONE = re.compile(r"\s?\(?(?:[A-Z]{2,5}|(?:[A-Z][a-z]+ )?[Tt]ime)\b\)?")
"""A zone behind a time that is none of these (ET and IST mean several): the time has none."""
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z?)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|(\d{4})年()(\d{1,2})月(\d{1,2})日")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_SHORT = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{1,2})")
_NAMED_SHORT = re.compile(r"\d{1,2}([-/. ])[^\W\d_]{3,}\.?\1['’]?\d\d")
"""Day, month by its name, and the last two digits of the year."""
_ORDERS = ("DMY", "MDY", "YMD")
_SERIAL_EPOCH = datetime.datetime(1899, 12, 30)
_SERIALS = (20_000, 80_000)
"""Days of 1954 and 2119 as spreadsheets number them (from 1900; ECMA-376 part 1, 18.17.4.1)."""
_SECONDS = (1_000_000_000, 4_000_000_000)
"""Seconds of Unix in 2001 and 2096."""


AMBIGUOUS = "Day and month of its date may each be the other, and it is left empty; say which by --date-format DMY or MDY."
UNREADABLE = "Its date is no full date that is known, and is left empty; say its form by --date-format."
"""What a user must be told of an article whose date is written, and cannot be read."""


@dataclass(frozen=True)
class DateFormat:
    """How dates are to be read: ``order`` "DMY", "MDY" or "YMD" where it is open; or those of a ``pattern`` as of strptime.

    A pattern says nothing of dates in other forms: beside "%y|%m|%d", 13.05.26 is no day of 2013.
    """

    order: str | None
    pattern: str = ""

    @classmethod
    def read(cls, text: str) -> "DateFormat":
        """Return the format that a user names: letters (``DMY``, ``dd/mm/yyyy``) or a pattern (``%d/%m/%Y``).

        Examples
        --------
        >>> DateFormat.read("dd/mm/yyyy"), DateFormat.read("%m/%d/%y")
        (DateFormat(order='DMY', pattern=''), DateFormat(order=None, pattern='%m/%d/%y'))
        """
        if "%" in text and _is_pattern(text):
            return cls(None, text)
        letters = re.sub(r"[^A-Z]", "", re.split(r"(?<=[YMD])[ T]+(?=H)", text.upper())[0])
        order = re.sub(r"(.)\1+", r"\1", letters)
        if "%" in text or order not in _ORDERS:
            raise InputError(
                f"Invalid date format {text!r}. It must be DMY, MDY or YMD, or one pattern of a full date as %d/%m/%Y."
            )
        return cls(order)


def _is_pattern(pattern: str) -> bool:
    """Return whether a pattern of strptime has a full date, once."""
    day = datetime.datetime(2001, 2, 3)
    try:
        return datetime.datetime.strptime(day.strftime(pattern), pattern).date() == day.date()
    except (ValueError, re.error):  # the latter where a part of the date is in it twice
        return False


def read_date(value: object, format: DateFormat | None = None) -> datetime.date | None:
    """Return the day, or day and time, that `value` states in full; None where it states none, or several.

    Parameters
    ----------
    value : object
        A date, a date and time, or text: ISO 8601, RFC 822, names of months in many languages, numbers with the year
        first or last; a number is a spreadsheet's serial, YYYYMMDD, or a time of Unix.
    format : DateFormat, optional
        Decides where day and month may be either (``12/05/2026``) and where the year has two digits.

    Returns
    -------
    datetime.date, datetime.datetime or None
        A time where one is stated, with its zone where that is; midnight without a zone is no time. Never a guess:
        what is missing is not filled in. Between full stops, and before a month's name and a year of two digits, the day
        comes first, as in all locales of CLDR.

    Examples
    --------
    >>> read_date("5 May 2026"), read_date("May 2026"), read_date("12/05/2026")
    (datetime.date(2026, 5, 5), None, None)
    >>> read_date("12/05/2026", DateFormat("DMY")), read_date("Tue, 05 May 2026 08:12:33 GMT").isoformat()
    (datetime.date(2026, 5, 12), '2026-05-05T08:12:33+00:00')
    """
    try:
        if isinstance(value, datetime.datetime):
            return _moment(value)
        if isinstance(value, datetime.date):
            return value
        return None if isinstance(value, bool) else _read_text(" ".join(str(value).split()), format)
    except (ValueError, OverflowError):  # a day or time that no calendar has
        return None


def find_order(values: Iterable[object]) -> str | None:
    """Return the order of day and month ("DMY" or "MDY") that some of `values` settle for all; None where none does, or both.

    Examples
    --------
    >>> find_order(["12/05/2026", "25/05/2026"]), find_order(["12/05/2026", "11/05/2026"])
    ('DMY', None)
    """
    orders = set()
    for value in values:
        parts = _numeric(value)
        if parts and max(parts) > 12 >= min(parts):
            orders.add("DMY" if parts[0] > 12 else "MDY")
    return orders.pop() if len(orders) == 1 else None


def is_ambiguous(value: object) -> bool:
    """Return whether the first two numbers of `value` may each be day or month, and differ."""
    parts = _numeric(value)
    return parts is not None and parts[0] != parts[1] and all(1 <= part <= 12 for part in parts)


def describe_unread(value: object) -> str:
    """Return why `read_date` returned None for a value that is not empty."""
    return AMBIGUOUS if is_ambiguous(value) else UNREADABLE


def _numeric(value: object) -> tuple[int, int] | None:
    """Return the first two numbers of a date that has the year last."""
    text = _TIME.sub("", " ".join(str(value).split())[:_MAX_CHARACTERS]).strip(" ,")
    match = _YEAR_LAST.fullmatch(text)
    return (int(match[1]), int(match[3])) if match else None


def _read_text(text: str, format: DateFormat | None) -> datetime.date | None:
    if len(text) > _MAX_CHARACTERS:
        return None
    time = _TIME.search(text)
    pattern = format.pattern if format else ""
    if pattern and (exact := _match_pattern(text, pattern)):
        return _moment(exact)
    if pattern and time and (exact := _match_pattern(_without(text, time.span()), pattern)):
        return _moment(_at(exact.date(), time))
    if re.fullmatch(r"\d+(\.\d+)?", text) and (moment := _read_number(text)):
        return moment
    if match := _COMPACT.fullmatch(text):
        zone = datetime.UTC if match[7] else None
        return _moment(datetime.datetime(*(int(part or 0) for part in match.groups()[:6]), tzinfo=zone))  # type: ignore[arg-type, misc]
    order = format.order if format else None
    day = _read_rest(text, time.span() if time else (0, 0), order)
    if day is None and time and (other := _OTHER_ZONE.match(text, time.end())):
        day = _read_rest(text, (time.start(), other.end()), order)
    return _moment(_at(day, time)) if day and time else day


def _match_pattern(text: str, pattern: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.strptime(text, pattern)
    except ValueError:
        return None


def _without(text: str, span: tuple[int, int]) -> str:
    return " ".join(f"{text[: span[0]]} {text[span[1] :]}".split()).strip(" ,;|")


def _read_rest(text: str, span: tuple[int, int], order: str | None) -> datetime.date | None:
    """Return the day of a text without its time."""
    rest = f"{text[: span[0]]} {text[span[1] :]}"
    rest = re.sub(r"\([^()]*\)|\[[^\]]*\]", " ", rest)  # RFC 822 has comments in brackets, Java a zone's name
    return _read_day(" ".join(re.sub(r"(?<=\d)T\b", "", rest).split()).strip(" ,;|"), order)


def _read_number(text: str) -> datetime.date | None:
    number = float(text)
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return _moment(_SERIAL_EPOCH + datetime.timedelta(seconds=round(number * 86_400)))
    seconds = number / 1000 if number > 100 * _SECONDS[1] and len(text.split(".")[0]) == 13 else number
    if _SECONDS[0] <= seconds <= _SECONDS[1]:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    return None


def _read_day(text: str, order: str | None) -> datetime.date | None:
    bare = _without_words(text)
    if match := _YEAR_FIRST.fullmatch(bare):
        year, _, month, day = (group for group in match.groups() if group is not None)
        return datetime.date(int(year), int(month), int(day))
    if match := _YEAR_LAST.fullmatch(bare):
        first, second = int(match[1]), int(match[3])
        if order is None or order == "YMD":
            if match[2] != "." and first != second and max(first, second) <= 12:
                return None
            order = "MDY" if second > 12 else "DMY"
        day, month = (first, second) if order == "DMY" else (second, first)
        return datetime.date(int(match[4]), month, day)
    if order and (match := _SHORT.fullmatch(bare)):
        parts = dict(zip(order, (int(match[n]) for n in (1, 3, 4)), strict=True))
        return datetime.date(_century(parts["Y"]), parts["M"], parts["D"])
    return _read_words(text, order)


def _without_words(text: str) -> str:
    """Return a date in numbers without weekday and "on" before it and "at" behind it."""
    pieces = text.split()
    passed_over = _FILLERS | _names()[1]
    while pieces and (pieces[0].lower().strip(",.:") in passed_over):
        del pieces[0]
    while pieces and (pieces[-1].lower().strip(",.:") in passed_over):
        del pieces[-1]
    return " ".join(pieces).rstrip(",")


def _read_words(text: str, order: str | None) -> datetime.date | None:
    """Return the date of a day, a month's name and a year in any order; other words than weekdays make it none."""
    months_of, weekdays = _names()
    numbers: list[str] = []
    months: list[str] = []
    for token in _TOKEN.finditer(text.lower()):
        if token["number"]:
            numbers.append(token["number"])
        elif token["mark"]:
            if not _MARKS.fullmatch(token["mark"]):
                return None
        elif token["word"] in months_of:
            months.append(token["word"])
        elif token["word"] not in weekdays and token["word"] not in _FILLERS:
            return None
    if len(months) > 1:
        months = [month for month in months if month not in weekdays]  # "mar. 5 mai": Tuesday in French
    if len(months) != 1 or len(numbers) != 2:
        return None
    years = [number for number in numbers if len(number) == 4]
    if order is None and _NAMED_SHORT.fullmatch(text):
        order = "DMY"
    if not years and order and len(numbers[0]) <= 2 >= len(numbers[1]):
        day, year = numbers[::-1] if order == "YMD" else numbers
        return datetime.date(_century(int(year)), months_of[months[0]], int(day))
    if len(years) != 1:
        return None
    numbers.remove(years[0])
    return (
        datetime.date(int(years[0]), months_of[months[0]], int(numbers[0])) if len(numbers[0]) <= 2 else None
    )


def _century(year: int) -> int:
    """Return the year of two digits as POSIX reads it."""
    return year + (1900 if year >= 69 else 2000)


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """Return the months by their names, and the names of weekdays, of all languages that are read."""
    from babel import Locale

    months: defaultdict[str, set[int]] = defaultdict(set)
    weekdays: set[str] = set()
    for locale in map(Locale.parse, _LOCALES):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    months[re.sub(r"^d(?:e |['’])", "", name.lower()).strip(" .")].add(number)
                for name in locale.days[context][width].values():
                    weekdays.update(re.findall(r"[^\W\d_]+", name.lower()))
    certain = {name: numbers.pop() for name, numbers in months.items() if len(numbers) == 1}
    return certain | _FURTHER_MONTHS, frozenset(weekdays | {"tues", "thur", "thurs", "weds"})


def _at(day: datetime.date, match: re.Match[str]) -> datetime.datetime:
    """Return the day at the time that `match` has; raises ValueError where there is no such time."""
    hour, half = int(match["hour"] or match["full_hour"]), (match["half"] or match["full_half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = None
    if match["zone"] or match["sign"]:
        offset = datetime.timedelta(hours=_HOURS[match["zone"].upper()] if match["zone"] else 0)
        if match["sign"]:
            given = datetime.timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
            offset += -given if match["sign"] == "-" else given
        zone = datetime.timezone(offset)
    time = datetime.time(hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=zone)
    return datetime.datetime.combine(day, time)


def _moment(moment: datetime.datetime) -> datetime.date | None:
    return check.check_moment(moment, "moment")
