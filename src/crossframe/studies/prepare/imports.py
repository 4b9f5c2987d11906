"""Import of files, folders and zips as articles of a corpus, all or none."""

import shutil
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.errors import MAX_MESSAGE, CrossframeWarning, InputError, printable
from crossframe.models.sets import LANGUAGE
from crossframe.reading.corpus.article_files import article_file, toml_string
from crossframe.reading.corpus.folders import read_folder, read_settings
from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.formats.table_columns import read_given
from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.dates import DateFormat
from crossframe.records import Article
from crossframe.records.display import count_of
from crossframe.studies.prepare.import_articles import ImportedArticle, ImportOptions, Intake, OutletIds
from crossframe.studies.prepare.read_sources import read_sources
from crossframe.studies.prepare.sources import Sources, list_sources
from crossframe.text import slug

LEFT_OUT_TABLE = "left-out.tsv"
"""Table in a corpus folder of the files, documents and rows that were not imported."""
MAX_LISTED = 20
"""Articles and files that the summary of an import names."""
MAX_DATELINE = 30
"""Characters of a dateline in a message."""
MAX_NAME = 100
"""Characters of a file's name where several are named."""
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
    """

    corpus: Path
    imported: tuple[ImportedArticle, ...]
    left_out: tuple[LeftOut, ...] = ()
    repeated: frozenset[str] = frozenset()
    is_dry_run: bool = False

    def summary(self) -> str:
        """Return what was imported: a line per article, of many the first ones, what was left out, and the numbers."""
        lines = self._table() if self.is_dry_run else [*self._lines()]
        listed = [
            printable(f"left out: {one.place}: {one.reason.removeprefix(f'{one.place}: ')}", MAX_MESSAGE)
            for one in self.left_out
        ]
        lines += _shorten(listed)
        articles = [one.article for one in self.imported]
        outlets = Counter(article.outlet for article in articles)
        n_dropped = sum(one.n_dropped for one in self.imported)
        counts = f"{count_of(len(articles), 'article')} of {count_of(len(outlets), 'outlet')}"
        of_outlets = ", ".join(f"{outlet} {n}" for outlet, n in outlets.most_common(MAX_LISTED))
        if self.is_dry_run:
            lines.append(
                f"Would import {counts} ({of_outlets}); {len(self.left_out)} left out. Nothing was written."
            )
        else:
            lines.append(
                f"Imported {counts} ({of_outlets}) into {self.corpus}; {count_of(n_dropped, 'line')} dropped."
            )
            if n_dropped:
                lines.append("Dropped lines are stored beside each article, as ID.dropped.tsv.")
            if self.left_out:
                lines.append(f"{len(self.left_out)} left out: {self.corpus / LEFT_OUT_TABLE}")
        return "\n".join(lines)

    def _lines(self) -> Iterator[str]:
        listed = []
        for one in self.imported[: MAX_LISTED + 1]:
            article = one.article
            listed.append(
                f"{self.corpus / 'articles' / article.event / (article.id + '.md')}: "
                f"{count_of(_count_paragraphs(article), 'paragraph')}, published {_date_of(article)}, "
                f"dateline {article.dateline or 'none'}, {count_of(one.n_dropped, 'line')} dropped"
            )
        yield from listed[:MAX_LISTED]
        if len(self.imported) > MAX_LISTED:
            yield f"... and {len(self.imported) - MAX_LISTED} more"

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


def _shorten(lines: Sequence[str]) -> list[str]:
    more = [f"... and {len(lines) - MAX_LISTED} more left out"] if len(lines) > MAX_LISTED else []
    return [*lines[:MAX_LISTED], *more]


def import_files(
    files: str | Path | Sequence[str | Path],
    *,
    corpus: str | Path,
    event: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    columns: Mapping[str, str] | Sequence[str] = (),
    date_format: str | None = None,
    strict: bool = False,
    jobs: int = 1,
    dry_run: bool = False,
) -> ImportStatus:
    """Turn files into articles of a corpus; nothing is written unless every file that is named is good.

    Parameters
    ----------
    files : str, Path, or sequence of them
        Files in any of the formats (pages, text, documents, exports of databases, tables), and folders and zips of them.
    corpus : str or Path
        Corpus folder; created where it is new.
    event : str, optional
        Event id; created where it is new. Fills what a table lacks. None takes the name of folder, zip or corpus.
    outlet : str, optional
        Outlet id, or name from which an id is made; created where it is new. It takes the place of the name of its site
        that a page states, not of a table's column. None takes the site's name, else that of the folder in which the file is.
    published : str, optional
        Date as YYYY-MM-DD, where page or table have none.
    columns : mapping of str to str, or sequence of str
        Columns of tables by the field that they hold, ``{"text": "Full Text"}`` or ``["text=Full Text"]``: the surest way.
    date_format : str, optional
        ``"DMY"``, ``"MDY"``, ``"YMD"`` or a pattern (``"%d/%m/%Y"``): how dates are read in which day and month may be either.
    strict : bool
        Whether nothing is imported where anything would be left out.
    jobs : int
        Files read side by side. After a kill the same command goes on where it was.
    dry_run : bool
        Whether only to say what would come in.

    Returns
    -------
    ImportStatus
        What was written and what was left out: of folders and zips also files that cannot be read, and texts of an outlet that
        are there already. Both are also stored: lines as ``<id>.dropped.tsv`` beside each article, files in `LEFT_OUT_TABLE`.

    Raises
    ------
    InputError, UnknownNameError
        When a file that is named is missing or no article, nothing is imported, or an outlet or id is unknown or taken.
    """
    options = ImportOptions(
        *(event, outlet, check.check_date(published, "publication date")),
        jobs=check.check_whole(jobs, "number of jobs", 1),
        dry_run=dry_run,
        columns=read_given(columns),
        date_format=DateFormat.read(date_format) if date_format is not None else None,
        strict=strict,
    )
    return import_into(check.check_path(corpus, "corpus folder"), _check_files(files), options)


def import_into(folder: Path, paths: Sequence[Path], options: ImportOptions) -> ImportStatus:
    """Import `paths` into the corpus in `folder`, as `import_files` says."""
    event = options.event if options.event is not None else _name_event(paths, folder)
    options = replace(options, event=check.check_id(event, "event"))
    before = _existing_articles(folder)
    settings = _read_settings(folder)
    ids = OutletIds(settings.get("outlets", ()), (article.outlet for article in before.values()))
    if options.outlet is not None:
        ids.of(options.outlet)
    sources = list_sources(paths)
    intake = Intake(before, ids, options)
    intake.left_out += sources.left_out
    if options.dry_run:
        imported = _take_in(sources, intake, options, None, lambda new, dropped: None)
        _check_intake(imported, intake, paths, options)
    else:
        with _work_beside(folder) as (kept, part):
            imported = _take_in(
                sources,
                intake,
                options,
                kept,
                lambda new, dropped: _write_article(part, new.article, dropped),
            )
            _check_intake(imported, intake, paths, options)
            _warn(imported, settings.get("language"))
            if imported:
                _write_left_out(folder, part, intake.left_out)
                name = options.name or slug(folder.resolve().name)
                text = _corpus_file(folder, imported, settings, ids.names, name)
                storage.write_text(part / "corpus.toml", text)
                _put_in_place(folder, part)
    return ImportStatus(
        folder,
        tuple(imported),
        tuple(intake.left_out),
        frozenset(intake.repeated),
        is_dry_run=options.dry_run,
    )


def _check_files(files: object) -> list[Path]:
    listed = [files] if isinstance(files, str | Path) else files
    if not isinstance(listed, Iterable) or not (paths := [check.check_path(file, "file") for file in listed]):
        raise InputError(
            f"Invalid files {files!r}. They must be one path or several: each a str or a pathlib.Path."
        )
    return paths


def _name_event(paths: Sequence[Path], corpus: Path) -> str:
    """Return the event's id: of the folder or zip that is given, else of the corpus."""
    [path] = paths if len(paths) == 1 else [corpus]
    path = path.resolve()
    if path.is_dir() or path == corpus.resolve():
        return slug(path.name)
    return slug(path.stem) if path.suffix.lower() == ".zip" else slug(corpus.resolve().name)


def _existing_articles(folder: Path) -> dict[str, Article]:
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise InputError(f"Invalid corpus folder {str(folder)!r}. It is a file; give a folder.")
    if not (folder / "corpus.toml").exists():
        if any(folder.iterdir()):
            raise InputError(
                f"Invalid corpus folder {str(folder)!r}. It holds files but no corpus.toml; give a new or empty folder."
            )
        return {}
    if (folder / "articles.jsonl").exists():
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. Its articles are in articles.jsonl; import writes articles/<event>/<id>.md."
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return {article.id: article for article in read_folder(folder, regrouped=False).articles}


def _read_settings(folder: Path) -> dict[str, Any]:
    return read_settings(folder / "corpus.toml") if (folder / "corpus.toml").is_file() else {}


def _take_in(
    sources: Sources,
    intake: Intake,
    options: ImportOptions,
    kept: Path | None,
    write: Callable[[ImportedArticle, Sequence[Dropped]], object],
) -> list[ImportedArticle]:
    """Return the articles of all files, each written as soon as it is there: only the texts stay in memory."""
    read = read_sources(sources.files, options.columns, options.date_format, jobs=options.jobs, kept=kept)
    articles = (pair for source, outcome in read for pair in intake.take(source, outcome))
    imported = []
    for new, parts in track(articles, "Importing articles", total=len(sources.files)):
        write(new, parts.dropped)
        imported.append(new)
    return imported


def _check_intake(
    imported: Sequence[ImportedArticle], intake: Intake, paths: Sequence[Path], options: ImportOptions
) -> None:
    """Refuse an import of which nothing remains, whose outlets nobody knows, or, if it is strict, that leaves anything out."""
    unknown = intake.without_outlet
    if unknown:
        raise InputError(
            f"Unknown outlet of {_name_some(unknown)}: what they hold does not name it. Give it with --outlet NAME, or put the "
            "files of each outlet into a folder of its name."
        )
    if not imported and not (intake.repeated and options.may_repeat):
        first = f" {intake.left_out[0].place}: {intake.left_out[0].reason}" if intake.left_out else ""
        raise InputError(f"No article was found in {printable(str(paths[0]), 300)}.{first}")
    if options.strict and intake.left_out:
        first = f"{intake.left_out[0].place}: {intake.left_out[0].reason}"
        raise InputError(
            f"Invalid files: {len(intake.left_out)} of what they hold would be left out. {first} "
            "Mend it, or import without --strict."
        )


def _name_some(names: Sequence[str]) -> str:
    """Return the first of `names`, and how many more there are."""
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(printable(name, MAX_NAME) for name in names[:MAX_NAMED]) + more


def _warn(imported: Sequence[ImportedArticle], language: str | None) -> None:
    """Warn, once per kind, of what a reader of results must know: dates, languages, and what files say of themselves."""
    of_all = f"of {len(imported)} articles"
    undated = [one for one in imported if one.article.published is None]
    found = [(undated, "Publication date of {n} is unknown: {files}. Give it with --published YYYY-MM-DD.")]
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
        found.append(([one for one in imported if note in one.notes], f"{{n}}: {_escape(note)} {{files}}."))
    for articles, message in found:
        if articles:
            files = _name_some([_describe(one) for one in articles])
            warnings.warn(
                message.format(n=f"{len(articles)} {of_all}", files=files), CrossframeWarning, stacklevel=3
            )


def _escape(note: str) -> str:
    return note.replace("{", "{{").replace("}", "}}")


def _describe(one: ImportedArticle) -> str:
    """Return the file of an article, with what of its date and language is known in part."""
    article = one.article
    known = []
    if article.published is None and article.dateline:
        known.append(f"its dateline is {printable(article.dateline, MAX_DATELINE)!r}, without a year")
    if article.language not in (None, LANGUAGE):
        known.append(f"language {article.language!r}")
    return one.source + (f" ({'; '.join(known)})" if known else "")


# --- writing --------------------------------------------------------------------------------------------


@contextmanager
def _work_beside(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Make a hidden folder beside the corpus: for what was read, which a kill leaves there, and for the new files."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = folder.parent / f".{folder.resolve().name}.import"
    kept, part = work / "read", work / "new"
    try:
        shutil.rmtree(part, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)
        part.mkdir()
        yield kept, part
    except Exception:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work, ignore_errors=True)


def _write_article(part: Path, article: Article, dropped: Sequence[Dropped]) -> None:
    folder = part / "articles" / article.event
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{article.id}.md").write_text(article_file(article), encoding="utf-8", newline="\n")
    if dropped:
        rows = [f"{line.line}\t{line.reason}\t{' '.join(line.text.split())}" for line in dropped]
        table = "\n".join(["line\treason\ttext", *rows]) + "\n"
        (folder / f"{article.id}.dropped.tsv").write_text(table, encoding="utf-8", newline="\n")


def _put_in_place(folder: Path, part: Path) -> None:
    """Put the new files in place, articles first and corpus.toml last; undo on failure."""
    read_settings(part / "corpus.toml")
    if not (folder / "corpus.toml").exists():
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
        return
    placed: list[Path] = []
    try:
        for file in sorted(path for path in (part / "articles").rglob("*") if path.is_file()):
            target = folder / file.relative_to(part)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
            placed.append(target)
        if (part / LEFT_OUT_TABLE).exists():
            (part / LEFT_OUT_TABLE).replace(folder / LEFT_OUT_TABLE)
        (part / "corpus.toml").replace(folder / "corpus.toml")
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise


def _write_left_out(folder: Path, part: Path, left_out: Sequence[LeftOut]) -> None:
    """Write the table of what was left out: that of earlier imports, and new rows."""
    if not left_out:
        return
    before = folder / LEFT_OUT_TABLE
    text = before.read_text(encoding="utf-8") if before.is_file() else "file\trow\treason\n"
    cells = ((one.where, one.row, one.reason) for one in left_out)
    rows = ("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in cells)
    storage.write_text(part / LEFT_OUT_TABLE, text + "".join(rows))


def _corpus_file(
    folder: Path,
    imported: Sequence[ImportedArticle],
    settings: dict[str, Any],
    names: Mapping[str, str],
    name: str,
) -> str:
    """Return corpus.toml as it was, with entries for new events and outlets appended; comments and order stay."""
    if settings:
        text = (folder / "corpus.toml").read_text(encoding="utf-8").rstrip("\n") + "\n"
    else:
        languages = Counter(new.article.language for new in imported if new.article.language)
        text = f"name = {toml_string(name)}\n"
        text += f"language = {toml_string(languages.most_common(1)[0][0])}\n" if languages else ""
    for thing in ("event", "outlet"):
        declared = {record.id for record in settings.get(f"{thing}s", ())}
        for id in dict.fromkeys(getattr(new.article, thing) for new in imported):
            if id in declared:
                continue
            text += f"\n[[{thing}s]]\nid = {toml_string(id)}\n"
            if thing == "outlet" and names.get(id, id) != id:
                text += f"name = {toml_string(names[id])}\n"
    return text
