"""Articles of the files that people have: the parts that a file states, and what it does not say from the command."""

import datetime
import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from crossframe import _validation as check
from crossframe.attributing.find_quotes import is_interview
from crossframe.errors import CrossframeWarning, InputError, printable
from crossframe.reading.formats.contents import MAX_NAMED, Contents, LeftOut, Parts
from crossframe.reading.formats.table_columns import list_names, read_given
from crossframe.reading.text.dates import AMBIGUOUS, UNREADABLE, DateFormat, describe_unread, read_date
from crossframe.reading.text.split import split_sentences
from crossframe.records import ARTICLE_KEYS, Article
from crossframe.studies.prepare.outlet_ids import OutletIds
from crossframe.studies.prepare.sources import Source
from crossframe.text import slug, words

FILLED = "Its outlet is that of --outlet, for nothing in it names one."
"""Note of an article whose outlet was given."""
NO_OUTLET = "It does not name its outlet; give it with --outlet NAME, in a table by --map outlet=COLUMN, or put the files of each outlet into a folder of its name."


@dataclass(frozen=True)
class ImportedArticle:
    """An imported article, and the file it is from.

    Parameters
    ----------
    article : Article
    source : str
        File, and line or row of a table.
    format : str
        Of the file, as `Contents.format` names it.
    n_dropped : int
        Lines that were left out; they are stored beside the article.
    n_stripped : int
        Invisible characters stripped.
    notes : tuple of str
        What a user must be told of it.
    """

    article: Article
    source: str
    format: str
    n_dropped: int = 0
    n_stripped: int = 0
    notes: tuple[str, ...] = ()

    @classmethod
    def of_parts(cls, article: Article, parts: Parts, source: str, format: str) -> Self:
        """Return the article that was made of `parts`."""
        return cls(article, source, format, len(parts.dropped), parts.n_stripped, parts.notes)


@dataclass(frozen=True)
class ImportOptions:
    """How files are imported.

    Parameters
    ----------
    event, outlet, published : optional
        For what a file does not say; they overwrite nothing.
    jobs : int
        Files read side by side.
    dry_run : bool
        Whether nothing is written.
    name : str, optional
        Of a new corpus; None takes that of its folder.
    columns : mapping of str to str
        Columns of tables by the field of an article that they hold.
    date_format : DateFormat, optional
        How dates are read in which day and month may be either.
    strict : bool
        Whether nothing is imported where a file, document or row is left out.
    """

    event: str | None = None
    outlet: str | None = None
    published: datetime.date | None = None
    jobs: int = 1
    dry_run: bool = False
    name: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_format: DateFormat | None = None
    strict: bool = False

    @classmethod
    def read(
        cls,
        *,
        published: object = None,
        columns: Mapping[str, str] | Sequence[str] = (),
        date_format: str | None = None,
        jobs: int = 1,
        **rest: Any,
    ) -> Self:
        """Return the options as a user gives them, checked; raises InputError."""
        return cls(
            published=check.check_date(published, "publication date"),
            columns=read_given(columns),
            date_format=DateFormat.read(date_format) if date_format is not None else None,
            jobs=check.check_whole(jobs, "number of jobs", 1),
            **rest,
        )


class Intake:
    """What comes into a corpus, file after file: articles with ids, and what is left out with the reason.

    Parameters
    ----------
    before : mapping of str to Article
        Articles of the corpus, by id.
    ids : OutletIds
        Of the corpus; new outlets are added.
    options : ImportOptions
        With the event of what names none.
    alone : bool
        Whether a single file is imported that was named itself: an outlet that is given is its, whatever its site is called.

    Attributes
    ----------
    left_out : list of LeftOut
        Files, documents and rows that are not imported.
    repeated : set of str
        Ids of articles of `before` that files hold again.
    """

    def __init__(
        self, before: Mapping[str, Article], ids: OutletIds, options: ImportOptions, *, alone: bool = False
    ) -> None:
        self.left_out: list[LeftOut] = []
        self.repeated: set[str] = set()
        self._ids = ids
        self._options = options
        self._alone = alone
        self._taken = set(before)
        self._known = {_identify(article.outlet, article.text): article.id for article in before.values()}
        self._seen: dict[tuple[str, bytes], str] = {}

    def take(self, source: Source, outcome: Contents | LeftOut) -> Iterator[tuple[ImportedArticle, Parts]]:
        """Yield the articles of a file, and the parts that they are made of.

        Raises
        ------
        InputError
            When a file that was named itself cannot be read, or is one article that is invalid.
        """
        if isinstance(outcome, LeftOut):
            self._leave_out(source, "", outcome.reason)
            return
        for one in outcome.left_out:
            self._leave_out(source, one.where, one.reason)
        for note in outcome.notes:
            warnings.warn(f"{source.where}: {note}", CrossframeWarning, stacklevel=3)
        if outcome.unused:
            warnings.warn(
                f"Columns {list_names(outcome.unused)} of {source.where} are not used. Used are: {', '.join(ARTICLE_KEYS)}.",
                CrossframeWarning,
                stacklevel=3,
            )
        for parts in outcome.articles:
            where = f"{source.where}, {parts.where}" if parts.where else source.where
            parts = self._settle_outlet(self._read_date(parts), source)
            if parts.outlet is None:
                self.left_out.append(LeftOut(source.where, NO_OUTLET, parts.where))
                continue
            try:
                article = self._make_article(parts, where, source)
            except InputError as error:
                self._leave_out(source, parts.where, str(error).removeprefix(f"{where}: "))
                continue
            if article is not None:
                yield ImportedArticle.of_parts(article, parts, where, outcome.format), parts

    def _leave_out(self, source: Source, row: str, reason: str) -> None:
        if source.is_named and not row:
            raise InputError(reason)
        reason = reason.removeprefix(f"{source.where}: ")
        reason = re.sub(rf"^Invalid [\w ]+ {re.escape(repr(source.where))}\. ", "", reason)
        self.left_out.append(LeftOut(source.where, reason, row))

    def _read_date(self, parts: Parts) -> Parts:
        """Return the parts with their date read; what cannot be read is left empty, with a note, and filled by nothing."""
        value = parts.published
        if value is None:
            is_open = not {AMBIGUOUS, UNREADABLE} & set(parts.notes)
            return replace(parts, published=self._options.published) if is_open else parts
        day = read_date(value, self._options.date_format)
        notes = parts.notes if day else (*parts.notes, describe_unread(value))
        return replace(parts, published=day, notes=notes)

    def _settle_outlet(self, parts: Parts, source: Source) -> Parts:
        """Return the parts with the id of their outlet: the file's own, that of its site, the one given, or the folder's.

        Of a file that is imported alone the one given comes before that of its site. None where nothing names it.
        """
        given, notes = self._options.outlet, list(parts.notes)
        site = parts.site if parts.site and OutletIds.is_usable(parts.site) else None
        if parts.outlet:
            name = parts.outlet
        elif given and (self._alone or not site):
            name = given
            if site is None:
                notes.append(FILLED)
            elif slug(site) != slug(given):
                notes.append(
                    f"Its outlet is that of --outlet; the page calls its site '{printable(site, MAX_NAMED)}'."
                )
        else:
            name = site or (source.folder if OutletIds.is_usable(source.folder) else "")
        return replace(parts, outlet=self._ids.of(name, parts.url) if name else None, notes=tuple(notes))

    def _make_article(self, parts: Parts, where: str, source: Source) -> Article | None:
        """Return the article; None, noted, where the corpus has it already or the files have it twice."""
        outlet = str(parts.outlet)
        key = _identify(outlet, parts.text)
        if key in self._seen:
            reason = f"It repeats a text of its outlet: the same text as article {self._seen[key]!r}."
            self.left_out.append(LeftOut(source.where, reason, parts.where))
            return None
        if key in self._known:
            self._seen[key] = self._known[key]
            self.repeated.add(self._known[key])
            return None
        id = parts.id or _new_id(outlet, parts.title or parts.text[:60], self._taken)
        if id in self._taken:
            raise InputError(f"Duplicate article id {id!r} in {where}. Ids must be unique in a corpus.")
        article = Article.from_row(
            {
                "id": id,
                "event": parts.event or self._options.event,
                "outlet": outlet,
                "title": parts.title,
                "text": parts.text,
                "published": parts.published,
                "dateline": parts.dateline,
                "language": parts.language,
                "url": parts.url,
                "byline": parts.byline,
                "genre": parts.genre,
                "extent": parts.extent,
                "updated": parts.updated,
                **parts.other,
            },
            where,
        )
        self._seen[key] = id
        self._taken.add(id)
        if article.genre in {None, "news"} and is_interview(split_sentences([article])):
            article = replace(article, genre="interview")
        return article


def _identify(outlet: str, text: str) -> tuple[str, bytes]:
    """Return what two articles share of which only one counts: outlet and words, whatever marks and breaks are between them."""
    said = " ".join(words(text)) or text
    return outlet, hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()


def _new_id(outlet: str, title: str, taken: set[str]) -> str:
    base = f"{outlet}-{slug(title)}"[:60].rstrip("-._")
    if base not in taken:
        return base
    return next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)
