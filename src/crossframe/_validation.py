"""Every check of values that records and rooms share, each with one message that carries the offending value."""

import re
import reprlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from difflib import get_close_matches
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    import numpy as np

ID_RULE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
MAX_LISTED = 20
"""Known names that a message lists."""


def check_id(value: object, thing: str) -> str:
    """Return `value` when it is a legal id (``[a-z0-9][a-z0-9._-]{0,63}``), else raise InputError."""
    if not isinstance(value, str) or not ID_RULE.fullmatch(value):
        raise InputError(
            f"Invalid {thing} id {value!r}. Ids have 1 to 64 characters from a-z, 0-9, '.', '_' and '-', "
            "and start with a letter or digit."
        )
    return value


def check_text(value: object, thing: str) -> str:
    """Return `value` when it is a string with at least one visible character, else raise InputError."""
    if not isinstance(value, str) or not value.strip():
        raise InputError(
            f"Invalid {thing} {value!r}. It must be a string with at least one visible character."
        )
    return value


def check_choice(value: object, thing: str, choices: Collection[str]) -> str:
    """Return `value` when it is one of `choices`, else raise UnknownNameError listing them, with the nearest if one is near.

    Examples
    --------
    >>> check_choice("bazil", "corpus", ["basil", "newsmtsc"])
    Traceback (most recent call last):
    crossframe.errors.UnknownNameError: Invalid corpus 'bazil'. It must be one of: basil, newsmtsc. Did you mean 'basil'?
    """
    if not isinstance(value, str) or value not in choices:
        raise UnknownNameError(
            f"Invalid {thing} {value!r}. It must be one of: {', '.join(sorted(choices))}.{suggest_name(value, choices)}"
        )
    return value


def suggest_name(value: object, names: Iterable[str]) -> str:
    """Return ``" Did you mean 'name'?"`` of the one of `names` most like `value`; "" where none is like it.

    Upper and lower case count as equal. Ends the message of an error, after its full stop.

    Examples
    --------
    >>> suggest_name("stanse", ["stance", "voice"]), suggest_name("7", ["stance", "voice"])
    (" Did you mean 'stance'?", '')
    """
    by_key = {name.casefold(): name for name in sorted(names, reverse=True)}
    near = get_close_matches(value.casefold(), by_key, n=1) if isinstance(value, str) else []
    return f" Did you mean {by_key[near[0]]!r}?" if near else ""


def check_path(value: object, thing: str) -> Path:
    """Return `value`, a str that is not empty or a Path, as a Path, else raise InputError."""
    if not isinstance(value, str | Path) or value == "":
        raise InputError(f"Invalid {thing} {value!r}. It must be a path: a str or a pathlib.Path.")
    return Path(value)


def check_name_or_path(value: object, thing: str) -> str:
    """Return `value`, a str that is not empty or a Path, as a str, else raise InputError."""
    if not isinstance(value, str | Path) or value == "":
        raise InputError(f"Invalid {thing} {value!r}. It must be a name or a path: a str or a pathlib.Path.")
    return str(value)


def shorten(value: object) -> str:
    """Return the repr of a value of any type, in one line and not too long: for messages about objects of users."""
    return " ".join(reprlib.repr(value).split())


def check_same_length(thing: str, **columns: "Sequence[object] | np.ndarray") -> int:
    """Return the common length of all `columns`, else raise InputError naming the lengths."""
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise InputError(f"Invalid {thing} {lengths!r}. All columns must have the same length.")
    return next(iter(lengths.values()), 0)


def check_unique(values: Iterable[str], thing: str) -> None:
    """Raise InputError naming the first of `values` that occurs twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InputError(f"Invalid {thing} {value!r}. It occurs twice; it must be unique.")
        seen.add(value)


def check_range(values: "np.ndarray", thing: str, low: float, high: float) -> None:
    """Raise InputError when any of `values` lies outside [`low`, `high`] or is not a number."""
    wrong = ~((values >= low) & (values <= high))
    if wrong.any():
        raise InputError(f"Invalid {thing} {values[wrong][0]!r}. It must lie between {low:g} and {high:g}.")


def check_number(value: float, thing: str, low: float, high: float) -> float:
    """Return `value` when it lies in [low, high]."""
    if not low <= value <= high:
        raise InputError(f"Invalid {thing} {value!r}. It must lie between {low} and {high}.")
    return value


def check_whole(value: object, thing: str, low: int) -> int:
    """Return `value` when it is a whole number from `low` on, else raise InputError."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < low:
        raise InputError(f"Invalid {thing} {value!r}. It must be a whole number from {low} on.")
    return int(value)


def check_spans(start: "np.ndarray", end: "np.ndarray", thing: str) -> None:
    """Raise InputError unless 0 <= start <= end holds for every row."""
    wrong = (start < 0) | (end < start)
    if wrong.any():
        row = int(wrong.nonzero()[0][0])
        raise InputError(
            f"Invalid {thing} offsets ({int(start[row])}, {int(end[row])}) in row {row}. 0 <= start <= end must hold."
        )


def check_date(value: object, thing: str) -> date | None:
    """Return `value` (None, a date, or an ISO 8601 string YYYY-MM-DD) as a date, else raise InputError."""
    if value is None or (isinstance(value, date) and type(value) is date):
        return value
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InputError(f"Invalid {thing} {value!r}. It must be a full date as YYYY-MM-DD.") from None


def check_moment(value: object, thing: str) -> date | None:
    """Return `value` (None, a date, a date and time, or either in ISO 8601) as a date or datetime, else raise InputError.

    Seconds are whole and zones fixed offsets; midnight without a zone is no time: the date alone.
    """
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)  # type: ignore[arg-type]
        if isinstance(value, str) and len(value) < len("2026-05-05"):
            raise ValueError
    except (TypeError, ValueError):
        raise InputError(
            f"Invalid {thing} {value!r}. It must be a full date as YYYY-MM-DD, a time may follow as in 2026-05-05T08:12:33Z."
        ) from None
    offset = moment.utcoffset()
    zone = None if offset is None else timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    plain = datetime(*moment.timetuple()[:6], tzinfo=zone)
    return plain.date() if zone is None and plain.time() == time() else plain


def check_seed(seed: "int | np.random.Generator | None") -> "np.random.Generator":
    """Return a generator made from `seed` (a generator is passed through; None draws fresh entropy)."""
    import numpy as np

    return seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)


def check_keys(row: Collection[str], known: Collection[str], where: str, *, thing: str = "key") -> None:
    """Raise InputError naming the first key of `row` that is not `known`, and the nearest known one if one is near.

    Examples
    --------
    >>> check_keys({"titel": "Storm"}, ["id", "title"], "a.jsonl, line 1")
    Traceback (most recent call last):
    crossframe.errors.InputError: Unknown key 'titel' in a.jsonl, line 1. Known: id, title. Did you mean 'title'?
    """
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise InputError(
            f"Unknown {thing} {unknown[0]!r} in {where}. Known: {', '.join(known)}.{suggest_name(unknown[0], known)}"
        )


def is_encodable(text: str) -> bool:
    """Return whether UTF-8 can store `text`; it cannot where half a surrogate pair stands in it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def check_columns(columns: Collection[str], required: Collection[str], where: str) -> None:
    """Raise InputError naming the columns that `where` lacks."""
    missing = [name for name in required if name not in columns]
    if missing:
        raise InputError(
            f"Invalid columns {sorted(columns)!r} in {where}. Missing: {', '.join(missing)}; "
            f"required are {', '.join(required)}."
        )


def match_prefix(value: str, names: Collection[str], thing: str) -> str:
    """Return the one of `names` that equals `value` or that alone begins with it, else raise UnknownNameError."""
    if value in names:
        return value
    is_text = isinstance(value, str) and value != ""
    matching = sorted(name for name in names if is_text and name.startswith(value))
    if len(matching) == 1:
        return matching[0]
    some = ", ".join(matching or sorted(names)[:MAX_LISTED]) or "none"
    why = "It is the beginning of several" if matching else f"Of {len(names)} known"
    raise UnknownNameError(
        f"Unknown {thing} {value!r}. {why}: {some}{'' if matching or len(names) <= MAX_LISTED else ', ...'}."
        f"{'' if matching else suggest_name(value, names)}"
    )
