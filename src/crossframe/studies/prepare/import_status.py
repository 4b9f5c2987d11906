"""What an import says: which articles came in or would, what must be known of them, what was left out, and the numbers."""

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossframe.errors import MAX_MESSAGE, CrossframeWarning, InputError, printable
from crossframe.models.sets import LANGUAGE
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE
from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.text.dates import AMBIGUOUS, UNREADABLE
from crossframe.records import Article
from crossframe.records.display import count_of
from crossframe.studies.prepare.import_articles import FILLED, ImportedArticle

MAX_LISTED = 20
"""Articles, files and outlets that the summary of an import names."""
MIN_WORDS = 50
"""Words below which an article is looked at: a lead alone has fewer."""
MAX_DATELINE = 30
"""Characters of a dateline in a message."""
MAX_NAME = 80
"""Characters of a file's name where several are named."""
UNREAD = (AMBIGUOUS, UNREADABLE)
"""Notes of articles whose date is written, and could not be read: --published does not fill these."""
MAX_NAMED = 5
"""Files that a warning names."""


@dataclass(frozen=True)
class ImportStatus:
    """The articles that were imported into a corpus folder, and what was left out.

    Parameters
    ----------
    corpus : Path
        The folder.
    imported : tuple of ImportedArticle
        In the order of the files.
    left_out : tuple of LeftOut
        Files, documents and rows that were not.
    repeated : frozenset of str
        Ids of articles that the corpus had before and that the files hold again.
    is_dry_run : bool
        Whether nothing was written.
    refusal : str
        Of a dry run: why the import itself would be refused; "" where it would not.
    """

    corpus: Path
    imported: tuple[ImportedArticle, ...]
    left_out: tuple[LeftOut, ...] = ()
    repeated: frozenset[str] = frozenset()
    is_dry_run: bool = False
    refusal: str = ""

    def summary(self) -> str:
        """Return the numbers of what was imported, below what needs a look: articles that may be no whole ones, and what was left out."""
        lines = self._table() if self.is_dry_run else _shorten([*self._lines()], "to look at")
        listed = [
            printable(f"left out: {one.place}: {one.reason.removeprefix(f'{one.place}: ')}", MAX_MESSAGE)
            for one in self.left_out
        ]
        lines += _shorten(listed, "left out") if not self.is_dry_run else listed
        known = f"; {len(self.repeated)} known already" if self.repeated else ""
        if self.is_dry_run:
            lines.append(
                f"Would import {self._counts()}{known}; {len(self.left_out)} left out. Nothing was written."
            )
            return "\n".join(lines)
        n_dropped = sum(one.n_dropped for one in self.imported)
        dropped = f"; {count_of(n_dropped, 'line')} dropped" if self.imported else ""
        lines.append(f"Imported {self._counts()} into {self.corpus}{known}{dropped}.")
        if n_dropped:
            lines.append("Dropped lines are stored beside each article, as ID.dropped.tsv.")
        if self.left_out:
            lines.append(f"{len(self.left_out)} left out: {self.corpus / LEFT_OUT_TABLE}")
        return "\n".join(lines)

    def check(self) -> None:
        """Raise InputError after a dry run of an import that would be refused."""
        if self.refusal:
            raise InputError(self.refusal)

    def _counts(self) -> str:
        """Return the numbers of what came in, by outlet."""
        if not self.imported:
            return "nothing new"
        outlets = Counter(one.article.outlet for one in self.imported)
        counts = f"{count_of(len(self.imported), 'article')} of {count_of(len(outlets), 'outlet')}"
        listed = [f"{outlet} {n}" for outlet, n in outlets.most_common(MAX_LISTED)]
        more = f" and {len(outlets) - MAX_LISTED} more" if len(outlets) > MAX_LISTED else ""
        return f"{counts} ({', '.join(listed)}{more})"

    def _lines(self) -> Iterator[str]:
        """Yield a line for each article that may be no whole one, or of another genre: warnings say the rest."""
        for one in self.imported:
            article, reasons = one.article, []
            if not article.title:
                reasons.append("no title")
            if len(article.text.split()) < MIN_WORDS and not article.is_partial:
                reasons.append(f"{count_of(len(article.text.split()), 'word')} only")
            if article.genre not in (None, "news"):
                reasons.append(f"genre {article.genre}")
            if reasons:
                path = self.corpus / "articles" / article.event / f"{article.id}.md"
                yield printable(f"look at {path}: {', '.join(reasons)}", MAX_MESSAGE)

    def _table(self) -> list[str]:
        """Return what would come in: file, format, outlet, date, title, paragraphs, and what must be known of each."""
        rows = [("file", "format", "outlet", "date", "title", "paragraphs", "warnings")]
        for one in self.imported:
            article = one.article
            rows.append(
                (
                    one.source,
                    one.format,
                    article.outlet,
                    _date_of(article),
                    article.title[:60] or "(none)",
                    str(_count_paragraphs(article)),
                    " ".join(_remarks(one)) or "-",
                )
            )
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
        return [
            "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
            for row in rows
        ]


def _count_paragraphs(article: Article) -> int:
    return len(article.text.split("\n\n"))


def _date_of(article: Article) -> str:
    return article.published.isoformat() if article.published else "unknown"


def _remarks(one: ImportedArticle) -> Iterator[str]:
    article = one.article
    if article.published is None:
        yield "No date."
    if article.language not in (None, LANGUAGE):
        yield f"Language {article.language}: the models read {LANGUAGE}."
    if article.genre not in (None, "news"):
        yield f"Genre: {article.genre}."
    yield from one.notes


def _shorten(lines: Sequence[str], what: str) -> list[str]:
    more = [f"... and {len(lines) - MAX_LISTED} more {what}"] if len(lines) > MAX_LISTED else []
    return [*lines[:MAX_LISTED], *more]


def warn_of_articles(
    imported: Sequence[ImportedArticle], language: str | None, given: str | None = None
) -> None:
    """Warn, once per kind, of what a reader of results must know: dates, languages, and what files say of themselves.

    Parameters
    ----------
    imported : sequence of ImportedArticle
        All of an import.
    language : str or None
        Of the corpus.
    given : str, optional
        Id of the outlet of the command.
    """
    if given and imported and given not in {one.article.outlet for one in imported}:
        warnings.warn(
            f"Outlet {given!r} of --outlet is that of no article: all say of which outlet they are.",
            CrossframeWarning,
            stacklevel=3,
        )
    of_all = f"of {len(imported)} articles"
    undated = [one for one in imported if one.article.published is None and not set(UNREAD) & set(one.notes)]
    found = [
        (of_note, _message_of(note))
        for note in UNREAD
        if (of_note := [one for one in imported if note in one.notes])
    ]
    found.append(
        (undated, "Publication date of {n} is unknown: {files}. Give it with --published YYYY-MM-DD.")
    )
    foreign = [one for one in imported if one.article.language not in (None, LANGUAGE)]
    found.append(
        (
            foreign,
            f"{{n}} are in another language than the models, which read {LANGUAGE!r}: {{files}}. Model scores of them "
            "(portrayal, stance, frames) are withheld; sentences and quotes are not.",
        )
    )
    other = language if language != LANGUAGE else None
    mixed = [one for one in imported if other and one.article.language not in (None, other)]
    found.append((mixed, f"{{n}} are in another language than the corpus, which is in {other!r}: {{files}}."))
    for note in dict.fromkeys(note for one in imported for note in one.notes):
        of_note = [one for one in imported if note in one.notes]
        if note in UNREAD or (note == FILLED and len(of_note) == len(imported)):
            continue
        found.append((of_note, _message_of(note)))
    for articles, message in found:
        if articles:
            files = name_some([_describe(one) for one in articles])
            warnings.warn(
                message.format(n=f"{len(articles)} {of_all}", files=files), CrossframeWarning, stacklevel=3
            )


def _message_of(note: str) -> str:
    """Return a note as a warning, in which numbers and files are still to be put."""
    return f"{{n}}: {note.replace('{', '{{').replace('}', '}}')} {{files}}."


def _describe(one: ImportedArticle) -> str:
    """Return the file of an article, with what of its date and language is known in part."""
    article = one.article
    known = []
    if article.published is None and article.dateline:
        known.append(f"its dateline is {printable(article.dateline, MAX_DATELINE)!r}, without a year")
    if article.language not in (None, LANGUAGE):
        known.append(f"language {article.language!r}")
    return printable(one.source, MAX_NAME) + (f" ({'; '.join(known)})" if known else "")


def name_some(names: Sequence[str]) -> str:
    """Return the first of `names`, and how many more there are."""
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return "; ".join(names[:MAX_NAMED]) + more
