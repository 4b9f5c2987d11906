"""Dates of publication as files write them."""

import datetime


def read_date(value: object) -> datetime.date | None:
    """Return the day that `value` states in full; None where it states none.

    Parameters
    ----------
    value : object
        A date, a date and time, or ISO 8601 text.

    Returns
    -------
    datetime.date or None
        Never a guess: what is missing is not filled in.

    Examples
    --------
    >>> read_date("2026-05-04T10:15:00Z"), read_date("May")
    (datetime.date(2026, 5, 4), None)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        return None
