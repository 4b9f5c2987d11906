"""Lines that say when an article was published or updated: above it, below it, in running heads."""

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from crossframe.reading.text.dates import read_date

MAX_LINE = 160
"""Characters of the longest line of a date."""
MAX_BESIDE = 8
"""Words of the longest names of persons or places beside a date."""
MAX_SPAN = 12
"""Words of the longest date with its time."""

_UPDATED = (
    r"(?:last |most recently )?(?:updated|modified|revised|edited)|last update|update|"
    r"(?:zuletzt )?(?:aktualisiert|geändert)|(?:letzte )?aktualisierung|stand|mis(?:e)? à jour|modifié|dernière mise à jour|"
    r"(?:última )?actualización|actualizado|última atualização|atualizado|(?:ultimo )?aggiornamento|aggiornato|"
    r"(?:laatst )?(?:bijgewerkt|gewijzigd)|(?:senast )?uppdaterad|(?:sist )?oppdatert|(?:sidst )?opdateret|päivitetty|"
    r"(?:ostatnia )?aktualizacja|zaktualizowano|aktualizováno|обновлено|оновлено"
)
_PUBLISHED = (
    r"(?:first |originally )?(?:published|posted|issued|released|filed)|(?:publication |publish |posted |release )?date|"
    r"(?:erst)?veröffentlicht|erschienen|erstellt|veröffentlichung|datum|publié|paru|publicado|publicación|publicação|fecha|data|"
    r"pubblicato|gepubliceerd|geplaatst|publicerad|publisert|publiceret|udgivet|julkaistu|opublikowano|publikacja|"
    r"publikováno|vydáno|опубликовано|опубліковано"
)
"""What sites write before the date, in the languages whose months are read."""
_DATE_LABEL = re.compile(
    rf"(?P<label>(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))\b(?:\s+(?:on|at|am|vom|le|el|il|op|den|em|in data|dnia))?\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[|·•●∙;]|\s[–—/-]\s)\s*")
_WRITTEN_BY = re.compile(r"(?:by|von|par|por|di|door|af|av|autor|author)\b:?\s*", re.IGNORECASE)
_BEHIND = re.compile(r"\s+(?:by|in|von|par|por|di|door|af|av)\s+(?P<name>.+)$", re.IGNORECASE)
_SMALL_WORDS = frozenset(["and", "de", "der", "del", "di", "da", "la", "le", "of", "the", "und", "et", "y", "van", "von", "zu"])  # fmt: skip
_CLOCK = re.compile(r"(?:at |um )?\d{1,2}[:.h]\d\d\b.{0,16}|\d{1,2} ?[ap]\.?m\b.{0,12}", re.IGNORECASE)
_PAGE = re.compile(r"(?:(?:page|pg|p|seite|s|página|pagina)\.? ?)?[A-Z]?\d{1,3}", re.IGNORECASE)
_READING = re.compile(r"\d+[ -]?(?:min(?:ute)?s?\.?|minuten)(?: read| lesezeit| de lecture)?", re.IGNORECASE)


class Stamp(NamedTuple):
    """A day, or day and time, that a line states; and whether the line has a label, and is of an update."""

    when: datetime.date
    is_labelled: bool = False
    is_update: bool = False


def read_date_line(line: str) -> Stamp | None:
    """Return what a line states that is nothing but a date: with a label, or names of persons and places beside it.

    Of a line with several the date of publication counts. None where a line says more, or no full date.

    Examples
    --------
    >>> read_date_line("Published on Monday, May 4, 2026 at 10:15 a.m.")
    Stamp(when=datetime.datetime(2026, 5, 4, 10, 15), is_labelled=True, is_update=False)
    >>> read_date_line("By Dora Finch | 4 May 2026 | 3 min read").when
    datetime.date(2026, 5, 4)
    >>> read_date_line("Updated 2 hours ago"), read_date_line("The council met on May 4, 2026.")
    (None, None)
    """
    line = " ".join(line.split())
    if len(line) > MAX_LINE or not any(character.isdigit() for character in line):
        return None
    stamps: list[Stamp] = []
    for label, rest in _labelled(line):
        match = _DATE_LABEL.match(label)
        when = _read_alone(rest)
        if when is not None:
            stamps.append(Stamp(when, match is not None, bool(match and match["updated"])))
        elif match is None and rest:
            return None
    published = [stamp for stamp in stamps if not stamp.is_update]
    return _agreed(published) if published else _agreed(stamps)


def is_dated_label(line: str) -> bool:
    """Return whether a line is nothing but a date with its label, which no article has among its paragraphs."""
    stamp = read_date_line(line) if _DATE_LABEL.match(line) else None
    return stamp is not None and stamp.is_labelled


def date_within(line: str) -> datetime.date | None:
    """Return the one full date among the words of a running head, with its time; None where there is none, or several.

    Examples
    --------
    >>> date_within("THE EVENING MERCURY Tuesday 10 March 2026 Page 4"), date_within("1 May 2026 to 3 May 2026") is None
    (datetime.date(2026, 3, 10), True)
    """
    tokens = line[:MAX_LINE].split()
    for length in range(min(MAX_SPAN, len(tokens)), 0, -1):
        found = {}
        for start in range(len(tokens) - length + 1):
            if when := read_date(" ".join(tokens[start : start + length]).strip("|·•–—-()[],; ")):
                found[start] = when
        if found:
            rest = [tokens[at] for at in range(len(tokens)) if not any(s <= at < s + length for s in found)]
            others = date_within(" ".join(rest)) if len(rest) < len(tokens) else None
            days = {day_of(when) for when in (*found.values(), *([others] if others else []))}
            return next(iter(found.values())) if len(days) == 1 else None
    return None


def published_in(near: Iterable[str], others: Iterable[str] = ()) -> datetime.date | None:
    """Return when an article was published by lines beside it.

    Parameters
    ----------
    near : iterable of str
        Lines right above it: a bare date counts.
    others : iterable of str
        Further lines: only a date with a label counts.

    Returns
    -------
    datetime.date, datetime.datetime or None
        Dates of publication before those of updates; None where lines of a kind have different days.
    """
    stamps = [stamp for line in near if (stamp := read_date_line(line))]
    stamps += [stamp for line in others if (stamp := read_date_line(line)) and stamp.is_labelled]
    published = [stamp for stamp in stamps if not stamp.is_update]
    agreed = _agreed(published or stamps)
    return agreed.when if agreed else None


def finer(stated: datetime.date | None, other: datetime.date | None) -> datetime.date | None:
    """Return `stated`, or `other` where nothing is stated, or the same day without its time."""
    if stated is None or (
        other is not None and not isinstance(stated, datetime.datetime) and day_of(other) == stated
    ):
        return other
    return stated


def day_of(when: datetime.date) -> datetime.date:
    """Return the day of a date or of a date and time, where it was written."""
    return when.date() if isinstance(when, datetime.datetime) else when


def _agreed(stamps: list[Stamp]) -> Stamp | None:
    """Return the first stamp with a time, or else the first, where all are of one day."""
    if len({day_of(stamp.when) for stamp in stamps}) != 1:
        return None
    return next((stamp for stamp in stamps if isinstance(stamp.when, datetime.datetime)), stamps[0])


def _labelled(line: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a line behind each of its labels, the label with each; "" is that of what is before the first."""
    starts = [match.start() for match in _DATE_LABEL.finditer(line) if _begins(line, match.start())]
    edges = [0, *(start for start in starts if start), len(line)]
    for start, end in pairwise(edges):
        piece = _bare(line[start:end])
        match = _DATE_LABEL.match(piece)
        yield (match["label"], piece[match.end() :]) if match else ("", piece)


def _bare(text: str) -> str:
    """Return a piece of a line without the marks around it."""
    text = text.strip(" |·•,;–—-")
    return text[1:-1].strip() if re.fullmatch(r"\([^()]*\)|\[[^\[\]]*\]", text) else text


def _begins(line: str, at: int) -> bool:
    """Return whether a word may begin a piece of a line: it is capitalised, or stands behind a mark."""
    return at == 0 or line[at].isupper() or line[:at].rstrip()[-1:] in "|·•,;–—-(["


def _read_alone(text: str) -> datetime.date | None:
    """Return the date of a piece of a line; None where it says more than names and times of reading beside it."""
    text = _bare(_READING.sub("", text)) or text
    if (match := _BEHIND.search(text)) and _is_name(match["name"]):
        text = text[: match.start()]
    if (when := read_date(text)) is not None:
        return when
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    dates: list[datetime.date] = []
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) else ""
        joined = read_date(f"{piece} {following}") if _CLOCK.fullmatch(following) else None
        if when := joined or read_date(piece) or _behind_name(piece):
            dates.append(when)
        elif not (_CLOCK.fullmatch(piece) or _PAGE.fullmatch(piece) or _is_name(piece)):
            return None
    return dates[0] if len({day_of(when) for when in dates}) == 1 else None


def _behind_name(piece: str) -> datetime.date | None:
    """Return the date behind a name and a comma, or behind one in capitals ("Dora Finch, 4 May 2026", "THE HERALD 4 May 2026")."""
    tokens = piece.split()
    capitals = takewhile(lambda token: token.isupper() and not any(map(str.isdigit, token)), tokens)
    n_capitals = sum(1 for _ in capitals)
    if n_capitals > 1 and (when := read_date(" ".join(tokens[n_capitals:]))) is not None:
        return when
    for match in re.finditer(r",\s+", piece):
        if _is_name(piece[: match.start()]) and (when := read_date(piece[match.end() :])) is not None:
            return when
    return None


def _is_name(text: str) -> bool:
    """Return whether a piece is a name: a few capitalised words, "by" before them."""
    names = _WRITTEN_BY.sub("", text, count=1).split()
    return 0 < len(names) <= MAX_BESIDE and all(
        name[:1].isupper() or name.casefold() in _SMALL_WORDS for name in names
    )
