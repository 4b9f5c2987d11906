"""Text copied or scraped from a page: title, text, dateline and date of the article, and all lines that were dropped."""

import datetime
from collections.abc import Sequence

from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File, Parts
from crossframe.reading.text.clean import Dropped, clean_text, read_date_line, read_dateline
from crossframe.reading.text.genre import read_genre
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.wrapping import unwrap

DATE_LINES = 3
"""Lines above the body that may hold its date: those farther up are of other stories."""


def recognises(file: File) -> bool:
    """Return whether `file` is text; raises InputError where it is not."""
    return bool(file.text)


def read(file: File) -> Contents:
    """Return the article of a text.

    Raises
    ------
    InputError
        When there is no article in it.
    """
    unwrapped = unwrap(file.text)
    cleaned = clean_text(unwrapped.text)
    dropped = unwrapped.renumbered(cleaned.dropped)
    if not cleaned.paragraphs:
        raise InputError(
            f"Invalid page {file.where!r}. No article was found in it; it must hold at least one sentence of prose."
        )
    body = "\n\n".join(cleaned.paragraphs)
    article = Parts(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=date_above(dropped),
        language=detect_language(body),
        byline=cleaned.byline or None,
        genre=read_genre(titles=[cleaned.title]),
        dropped=dropped,
        n_stripped=file.decoded.n_stripped,
    )
    return Contents("text", (article,))


def date_above(dropped: Sequence[Dropped]) -> datetime.date | None:
    """Return the date in a line just above the body, or in one "Published ...", where all such lines have the same."""
    above = [line.text for line in dropped if line.reason == "before the body"][-DATE_LINES:]
    phrases = [line.text for line in dropped if line.reason == "site phrase"]
    dates = {read_date_line(text) for text in (*above, *phrases)} - {None}
    return dates.pop() if len(dates) == 1 else None
