"""Text copied or scraped from a page: title, text, dateline and date of the article, and all lines that were dropped."""

import datetime
from collections.abc import Sequence

from crossframe.reading.formats.contents import Contents, File, Parts, no_article
from crossframe.reading.text.clean import Dropped, clean_text, read_dateline
from crossframe.reading.text.date_lines import date_within, day_of, published_in
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
    unwrapped = unwrap(file.text, title=file.title or None)
    cleaned = clean_text(unwrapped.text, title=file.title or None)
    heads = tuple(Dropped(0, "running head", text) for text in file.heads)
    dropped = (*heads, *unwrapped.renumbered(cleaned.dropped))
    if not cleaned.paragraphs:
        raise no_article(file)
    body = "\n\n".join(cleaned.paragraphs)
    article = Parts(
        title=cleaned.title,
        text=body,
        dateline=read_dateline(cleaned.paragraphs[0]),
        published=date_beside(dropped) or _date_of_issue(dropped),
        language=detect_language(body),
        byline=cleaned.byline or None,
        genre=read_genre(titles=[cleaned.title]),
        dropped=dropped,
        n_stripped=file.decoded.n_stripped,
    )
    return Contents("text", (article,))


def date_beside(dropped: Sequence[Dropped], between: Sequence[str] = ()) -> datetime.date | None:
    """Return when an article was published by the lines above its body, and by those with a label right behind it.

    Parameters
    ----------
    dropped : sequence of Dropped
        Lines of a text that are not the article's.
    between : sequence of str
        Further lines between headline and body, in order.
    """
    above = [line.text for line in dropped if line.reason == "before the body"]
    behind = [line.text for line in dropped if line.reason == "after the body"][:DATE_LINES]
    phrases = [line.text for line in dropped if line.reason in ("site phrase", "byline", "date line")]
    near = [*above[-DATE_LINES:], *between[-DATE_LINES:]]
    return published_in(near, [*phrases, *between]) or published_in((), behind)


def _date_of_issue(dropped: Sequence[Dropped]) -> datetime.date | None:
    """Return the one date that running heads have."""
    dates = [when for line in dropped if line.reason == "running head" and (when := date_within(line.text))]
    return dates[0] if len({day_of(when) for when in dates}) == 1 else None
