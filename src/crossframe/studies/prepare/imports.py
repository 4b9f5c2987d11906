"""Import of saved pages, scraped text and tables as articles of a corpus, all or none."""

import shutil
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.corpus.article_files import article_file, toml_string
from crossframe.reading.corpus.folders import read_folder, read_settings
from crossframe.reading.formats.contents import LeftOut
from crossframe.reading.text.clean import Dropped
from crossframe.records import Article
from crossframe.studies.prepare.import_articles import Defaults, ImportedArticle, OutletIds, read_articles
from crossframe.text import slug


@dataclass(frozen=True)
class ImportStatus:
    """The articles that were imported into a corpus folder, and the documents or rows that were left out."""

    corpus: Path
    imported: tuple[ImportedArticle, ...]
    left_out: tuple[LeftOut, ...] = ()

    def summary(self) -> str:
        """Return one line per article, each followed by the lines that were dropped."""
        lines = []
        for imported in self.imported:
            article = imported.article
            n_paragraphs = len(article.text.split("\n\n"))
            date = article.published.isoformat() if article.published else "unknown"
            lines.append(
                f"{self.corpus / 'articles' / article.event / (article.id + '.md')}: {n_paragraphs} paragraphs, "
                f"published {date}, dateline {article.dateline or 'none'}, {len(imported.dropped)} lines dropped"
            )
            lines += [f"  dropped ({line.reason}): {line.text[:100]}" for line in imported.dropped]
            lines += [f"  note: {note}" for note in imported.notes]
        lines += [f"left out: {one.where}. {one.reason}" for one in self.left_out]
        return "\n".join(lines)


def import_files(
    files: str | Path | Sequence[str | Path],
    *,
    corpus: str | Path,
    event: str,
    outlet: str,
    published: str | None = None,
) -> ImportStatus:
    """Turn files into articles of a corpus; nothing is written unless every file is good.

    Parameters
    ----------
    files : str, Path, or sequence of them
        Saved pages (.html), scraped text (.txt), or tables (.jsonl, .csv, .parquet) with one article per row.
    corpus : str or Path
        Corpus folder; created where it is new.
    event : str
        Event id; created where it is new. Fills the column that a table lacks, overwrites nothing.
    outlet : str
        Outlet id, or name from which an id is made; created where it is new. Fills as `event` does.
    published : str, optional
        Date as YYYY-MM-DD, where page or table have none.

    Returns
    -------
    ImportStatus
        What was written and what was left out; the left-out lines are also stored beside each article as
        ``<id>.dropped.tsv``.

    Raises
    ------
    InputError
        When a file is no article, an id is invalid or taken, an article is there already, or a path is neither str nor
        Path.
    UnknownNameError
        When a file does not exist.
    """
    paths = _check_files(files)
    folder = check.check_path(corpus, "corpus folder")
    defaults = Defaults(
        check.check_id(event, "event"), outlet, check.check_date(published, "publication date")
    )
    before = _existing_articles(folder)
    settings = _read_settings(folder)
    ids = OutletIds(settings.get("outlets", ()), (article.outlet for article in before.values()))
    ids.of(outlet)
    imported: list[ImportedArticle] = []
    left_out: list[LeftOut] = []
    for path in track(paths, "Reading files", total=len(paths)):
        read = read_articles(path, defaults, {*before, *(new.article.id for new in imported)}, ids)
        imported += read.articles
        left_out += read.left_out
    if not imported:
        raise InputError(f"No article was found in {paths[0]}. {left_out[0].where}: {left_out[0].reason}")
    _refuse_repetitions(imported, before)
    _warn(imported, settings.get("language"))
    _write(folder, imported, settings, ids.names)
    return ImportStatus(folder, tuple(imported), tuple(left_out))


def _check_files(files: object) -> list[Path]:
    listed = [files] if isinstance(files, str | Path) else files
    if not isinstance(listed, Iterable) or not (paths := [check.check_path(file, "file") for file in listed]):
        raise InputError(
            f"Invalid files {files!r}. They must be one path or several: each a str or a pathlib.Path."
        )
    return paths


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


def _refuse_repetitions(imported: Sequence[ImportedArticle], before: dict[str, Article]) -> None:
    id_of = {(article.outlet, article.text): article.id for article in before.values()}
    for new in imported:
        key = (new.article.outlet, new.article.text)
        if key in id_of:
            raise InputError(
                f"Duplicate article in {new.source}. Outlet {key[0]!r} has the same text as article {id_of[key]!r}."
            )
        id_of[key] = new.article.id


def _warn(imported: Sequence[ImportedArticle], language: str | None) -> None:
    expected = language or (imported[0].article.language if imported else None)
    for new in imported:
        article = new.article
        if article.published is None:
            dateline = f" (its dateline is {article.dateline!r}, without a year)" if article.dateline else ""
            warnings.warn(
                f"Publication date of {new.source} is unknown{dateline}. Give it with --published YYYY-MM-DD.",
                CrossframeWarning,
                stacklevel=3,
            )
        if article.language and expected and article.language != expected:
            warnings.warn(
                f"Article in {new.source} is in language {article.language!r}, the corpus in {expected!r}. "
                "Models and word lists are made for the corpus's language.",
                CrossframeWarning,
                stacklevel=3,
            )


# --- writing --------------------------------------------------------------------------------------------


def _write(
    folder: Path, imported: Sequence[ImportedArticle], settings: dict[str, Any], names: dict[str, str]
) -> None:
    """Write articles first and corpus.toml last, all prepared in a sibling folder; undo on failure."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
    is_new = not (folder / "corpus.toml").exists()
    placed: list[Path] = []
    try:
        for new in imported:
            base = part / "articles" / new.article.event / new.article.id
            storage.write_text(base.with_name(f"{base.name}.md"), article_file(new.article))
            if new.dropped:
                storage.write_text(base.with_name(f"{base.name}.dropped.tsv"), _dropped_table(new.dropped))
        storage.write_text(part / "corpus.toml", _corpus_file(folder, imported, settings, names))
        read_settings(part / "corpus.toml")
        if is_new:
            part.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            part.replace(folder)
            return
        for file in sorted(path for path in part.rglob("*") if path.is_file() and path.name != "corpus.toml"):
            target = folder / file.relative_to(part)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
            placed.append(target)
        (part / "corpus.toml").replace(folder / "corpus.toml")
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _dropped_table(dropped: Sequence[Dropped]) -> str:
    rows = [f"{line.line}\t{line.reason}\t{' '.join(line.text.split())}" for line in dropped]
    return "\n".join(["line\treason\ttext", *rows]) + "\n"


def _corpus_file(
    folder: Path, imported: Sequence[ImportedArticle], settings: dict[str, Any], names: dict[str, str]
) -> str:
    """Return corpus.toml as it was, with entries for new events and outlets appended; comments and order stay."""
    if settings:
        text = (folder / "corpus.toml").read_text(encoding="utf-8").rstrip("\n") + "\n"
    else:
        language = imported[0].article.language
        text = f"name = {toml_string(slug(folder.resolve().name))}\n" + (
            f"language = {toml_string(language)}\n" if language else ""
        )
    for thing in ("event", "outlet"):
        declared = {record.id for record in settings.get(f"{thing}s", ())}
        for id in dict.fromkeys(getattr(new.article, thing) for new in imported):
            if id in declared:
                continue
            text += f"\n[[{thing}s]]\nid = {toml_string(id)}\n"
            if thing == "outlet" and names.get(id, id) != id:
                text += f"name = {toml_string(names[id])}\n"
    return text
