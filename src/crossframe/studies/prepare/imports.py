"""Import of files, folders and zips as articles of a corpus, all or none."""

import shutil
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError, printable
from crossframe.reading.corpus.article_files import article_file, toml_string
from crossframe.reading.corpus.folders import read_folder, read_settings
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE, natural_key, write_left_out
from crossframe.reading.text.clean import Dropped
from crossframe.records import Article
from crossframe.records.display import count_of
from crossframe.studies.prepare.import_articles import NO_OUTLET, ImportedArticle, ImportOptions, Intake
from crossframe.studies.prepare.import_status import MAX_NAME, ImportStatus, name_some, warn_of_articles
from crossframe.studies.prepare.outlet_ids import OutletIds
from crossframe.studies.prepare.read_sources import read_sources
from crossframe.studies.prepare.sources import Sources, list_sources
from crossframe.text import slug


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
        Outlet id, or name from which an id is made; created where it is new. It is the outlet of a page that is given alone;
        of several files that of those that name none. None takes the site's name, else that of the folder in which the file is.
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
        When a file that is named is missing or no article, or nothing would be imported.
    """
    given = {name: value for name, value in locals().items() if name not in ("files", "corpus")}
    folder, paths = check.check_path(corpus, "corpus folder"), _check_files(files)
    return import_into(folder, paths, ImportOptions.read(**given))


def import_into(folder: Path, paths: Sequence[Path], options: ImportOptions) -> ImportStatus:
    """Import `paths` into the corpus in `folder`, as `import_files` says."""
    event = options.event if options.event is not None else _name_event(paths, folder)
    options = replace(options, event=check.check_id(event, "event"))
    before = _existing_articles(folder)
    settings = _read_settings(folder)
    ids = OutletIds(settings.get("outlets", ()), (article.outlet for article in before.values()))
    given = ids.of(options.outlet) if options.outlet is not None else None
    sources = list_sources(paths)
    alone = len(sources.files) == 1 and sources.files[0].is_named
    intake = Intake(before, ids, options, alone=alone)
    intake.left_out += sources.left_out
    if options.dry_run:
        imported = _take_in(sources, intake, options, None, lambda new, dropped: None)
        return _make_status(folder, imported, intake, _refuse(imported, intake, paths, options.strict))
    with _work_beside(folder) as (kept, part):
        n_kept = sum(1 for _ in kept.iterdir())
        if n_kept:
            warnings.warn(
                f"Going on with an import into {str(folder)!r} that was stopped: {count_of(n_kept, 'file')} had been read.",
                CrossframeWarning,
                stacklevel=3,
            )
        imported = _take_in(
            sources, intake, options, kept, lambda new, dropped: _write_article(part, new.article, dropped)
        )
        if refusal := _refuse(imported, intake, paths, options.strict):
            raise InputError(refusal)
        warn_of_articles(imported, settings.get("language"), given)
        rows = [(one.where, one.row, one.reason) for one in intake.left_out]
        write_left_out(
            folder / LEFT_OUT_TABLE, part / LEFT_OUT_TABLE, rows, [source.where for source in sources.files]
        )
        if imported:
            name = options.name or slug(folder.resolve().name)
            text = _corpus_file(folder, imported, settings, ids.names, name)
            storage.write_text(part / "corpus.toml", text)
        _put_in_place(folder, part)
    return _make_status(folder, imported, intake)


def _make_status(
    folder: Path, imported: Sequence[ImportedArticle], intake: Intake, refusal: str | None = None
) -> ImportStatus:
    """Return what came in; `refusal` is None where something was written."""
    repeated = frozenset(intake.repeated)
    return ImportStatus(
        folder, tuple(imported), tuple(intake.left_out), repeated, refusal is not None, refusal or ""
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
    intake.left_out.sort(key=lambda one: natural_key(one.where, one.row))
    return imported


def _refuse(imported: Sequence[ImportedArticle], intake: Intake, paths: Sequence[Path], strict: bool) -> str:
    """Return why an import is refused, "" where it is not: nothing remains, or, if it is strict, anything is left out."""
    left_out = intake.left_out
    first = (
        f"{left_out[0].place}: {left_out[0].reason.removeprefix(f'{left_out[0].place}: ')}"
        if left_out
        else ""
    )
    if not imported and not intake.repeated:
        unknown = [printable(one.place, MAX_NAME) for one in left_out if one.reason == NO_OUTLET]
        if unknown and len(unknown) == len(left_out):
            return f"Unknown outlet of {name_some(unknown)}. {NO_OUTLET}"
        return f"No article was found in {printable(str(paths[0]), 300)}. {first}".rstrip()
    if strict and left_out:
        return (
            f"Invalid files: {len(left_out)} of what they hold would be left out. {first} "
            "Mend it, or import without --strict."
        )
    return ""


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
    if (part / "corpus.toml").exists():
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
        for name in (LEFT_OUT_TABLE, "corpus.toml"):
            if (part / name).exists():
                (part / name).replace(folder / name)
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise


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
