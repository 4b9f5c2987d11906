"""Files compared as they are: imported into a corpus beside the results, grouped where they are of several events, compared."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.corpus.events_table import EVENTS_TABLE
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.public.corpora import is_corpus
from crossframe.records import Corpus
from crossframe.records.display import count_of
from crossframe.showing.text.summary import MAX_EVENTS_LISTED
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.results import check_folder
from crossframe.studies.compare.study import compare_to
from crossframe.studies.prepare.grouping import group_corpus
from crossframe.studies.prepare.import_articles import ImportOptions
from crossframe.studies.prepare.import_status import ImportStatus
from crossframe.studies.prepare.imports import import_into
from crossframe.text import slug


def compare_given(
    corpus: str,
    out: Path | None,
    options: Options,
    *,
    show: Callable[[str], object],
    dry_run: bool = False,
    **given: Any,
) -> Comparison | None:
    """Compare a corpus, or the pages and other files of a folder, zip or file that is none.

    Parameters
    ----------
    corpus : str
        Folder or name of a corpus; or files, of which a corpus is made that is stored beside the results.
    out : Path, optional
        Results folder; None takes ``results/<corpus>``.
    options : Options
        How to compare.
    show : callable
        Given, as text, what came in, how it was grouped, and what there is to compare.
    dry_run : bool
        Whether to say only which articles would come in; nothing is written.
    **given
        How files are imported: outlet, published, columns, date_format, strict, as for `import_files`.

    Returns
    -------
    Comparison or None
        What was written; None after a dry run.

    Raises
    ------
    InputError, UnknownNameError
        When a corpus is given with options that are for files; or as for `import_files` and `compare`.
    """
    path = Path(corpus)
    if not path.exists() or is_corpus(corpus):
        for name, value in ({"dry_run": dry_run} | given).items():
            if value:
                option = "--map" if name == "columns" else f"--{name.replace('_', '-')}"
                raise InputError(
                    f"Invalid option {option} for {corpus!r}. It is for files that are not yet a corpus."
                )
        return compare_to(corpus, out, options, show=show)
    name = slug(path.resolve().stem if path.is_file() else path.resolve().name)
    folder = check_folder(out if out is not None else Path("results") / name)
    stored = folder.with_name(f"{folder.name}-corpus")
    imports = ImportOptions.read(event=name, jobs=options.jobs, dry_run=dry_run, name=name, **given)
    status = import_into(stored, [path], imports)
    show(status.summary())
    status.check()
    if dry_run:
        return None
    _warn_of_gone(status, path)
    if options.events is None:
        show(_group(stored, status))
    show(f"Corpus: {stored}\n")
    return compare_to(str(stored), folder, options, show=show)


def _warn_of_gone(status: ImportStatus, path: Path) -> None:
    """Warn of articles that an earlier comparison imported and that the files do not hold any more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        corpus = read_folder(status.corpus, regrouped=False)
    held = status.repeated | {one.article.id for one in status.imported}
    gone = [article.id for article in corpus.articles if article.id not in held]
    if gone:
        warnings.warn(
            f"Articles of an earlier comparison that {str(path)!r} does not hold any more are compared, too: {', '.join(gone[:5])}"
            f"{f' and {len(gone) - 5} more' if len(gone) > 5 else ''}. Delete {str(status.corpus)!r} to begin anew.",
            CrossframeWarning,
            stacklevel=3,
        )


def _group(folder: Path, status: ImportStatus) -> str:
    """Write the table of events where files that name none are of several; return what was done, as text.

    A table that was edited stays as it is.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        corpus = read_folder(folder, regrouped=False)
    table = folder / EVENTS_TABLE
    if len({article.event for article in corpus.articles}) > 1:
        return f"Events: {len(corpus.events)}, as the files name them."
    new = {one.article.id for one in status.imported}
    if table.exists() and not _is_unedited(table, corpus, new):
        return f"Events: as in {table}, which was edited."
    grouped = group_corpus(corpus)
    n_events = grouped["event"].nunique()
    if n_events == 1:
        table.unlink(missing_ok=True)
        return "Events: all articles report one."
    storage.write_csv(table, list(grouped.columns), grouped.values.tolist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        events = read_folder(folder).events
    counts = grouped["event"].value_counts()
    listed = [f"  {event.id} ({count_of(counts[event.id], 'article')}): {event.title}" for event in events]
    more = [f"  and {len(listed) - MAX_EVENTS_LISTED} more"] if len(listed) > MAX_EVENTS_LISTED else []
    return "\n".join(
        [
            f"Events: {n_events}, by content and date: {table}. Edit its column event, and compare {folder}.",
            *listed[:MAX_EVENTS_LISTED],
            *more,
        ]
    )


def _is_unedited(table: Path, corpus: Corpus, new: set[str]) -> bool:
    """Return whether the table of events is still that of the articles that were there before."""
    articles = tuple(article for article in corpus.articles if article.id not in new)
    if not articles:
        return False
    grouped = group_corpus(replace(corpus, articles=articles, gold={}))
    return _read_rows(table) == {(row.article, row.event) for row in grouped.itertuples()}


def _read_rows(table: Path) -> set[tuple[str, str]]:
    text = storage.read_table_text(table, "events table")
    _, rows = storage.parse_table(text, str(table), "events table")
    return {(row.get("article", ""), row.get("event", "")) for _, row in rows}
