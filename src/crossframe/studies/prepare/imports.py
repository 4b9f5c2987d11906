"""Import what people have: saved pages, scraped text and tables become articles of a corpus, all or none."""

import datetime
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.article_files import article_file, toml_string
from crossframe.reading.corpus.folders import read_folder, read_settings
from crossframe.reading.corpus.tables import read_table
from crossframe.reading.formats.saved_page import read_page
from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.language import detect_language
from crossframe.records import Article
from crossframe.studies.prepare.import_rows import OutletIds, fields_of_row, warn_of_unused
from crossframe.text import slug

_PAGES = (".html", ".htm", ".txt")
_TABLES = (".jsonl", ".csv", ".parquet")


@dataclass(frozen=True)
class Imported:
    """One article that was imported, from which file, and the lines that were left out."""

    article: Article
    source: str
    dropped: tuple[Dropped, ...] = ()
    n_stripped: int = 0


@dataclass(frozen=True)
class ImportStatus:
    """What an import did."""

    corpus: Path
    imported: tuple[Imported, ...]

    def summary(self) -> str:
        """Return a line an article, and the lines that were dropped."""
        lines = []
        for one in self.imported:
            article = one.article
            n_paragraphs = len(article.text.split("\n\n"))
            date = article.published.isoformat() if article.published else "unknown"
            lines.append(
                f"{self.corpus / 'articles' / article.event / (article.id + '.md')}: {n_paragraphs} paragraphs, "
                f"published {date}, dateline {article.dateline or 'none'}, {len(one.dropped)} lines dropped"
            )
            lines += [f"  dropped ({drop.reason}): {drop.text[:100]}" for drop in one.dropped]
        return "\n".join(lines)


def import_files(
    files: Sequence[Path], *, corpus: Path, event: str, outlet: str, published: str | None = None
) -> ImportStatus:
    """Turn files into articles of a corpus; nothing is written unless every file is good.

    Parameters
    ----------
    files : sequence of Path
        Saved pages (.html), scraped text (.txt), or tables (.jsonl, .csv, .parquet) with a row an article.
    corpus : Path
        Corpus folder; made where it is new.
    event : str
        Event id; made where it is new. Fills the column that a table lacks, overwrites nothing.
    outlet : str
        Outlet id, or name of which an id is made; made where it is new. Fills as `event` does.
    published : str, optional
        Date as YYYY-MM-DD, where page or table do not say it.

    Returns
    -------
    ImportStatus
        What was written and what was left out; the left-out lines also lie beside each article as
        ``<id>.dropped.tsv``.

    Raises
    ------
    InputError
        When a file is no article, an id breaks its rule or is taken, or an article is there already.
    UnknownNameError
        When a file does not exist.
    """
    folder = Path(corpus)
    event = check.check_id(event, "event")
    day = check.check_date(published, "publication date")
    before = _existing(folder)
    settings = _settings(folder)
    ids = OutletIds(settings.get("outlets", ()), (article.outlet for article in before.values()))
    ids.of(outlet)
    imported: list[Imported] = []
    for path in track([Path(file) for file in files], "Reading files", total=len(files)):
        imported += _read(path, event, outlet, day, {*before, *(one.article.id for one in imported)}, ids)
    _refuse_repetitions(imported, before)
    _warn(imported, settings.get("language"))
    _write(folder, imported, settings, ids.names)
    return ImportStatus(folder, tuple(imported))


def _existing(folder: Path) -> dict[str, Article]:
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise InputError(f"Invalid corpus folder {str(folder)!r}. It is a file; name a folder.")
    if not (folder / "corpus.toml").exists():
        if any(folder.iterdir()):
            raise InputError(
                f"Invalid corpus folder {str(folder)!r}. It holds files but no corpus.toml; name a new or empty folder."
            )
        return {}
    if (folder / "articles.jsonl").exists():
        raise InputError(
            f"Invalid corpus folder {str(folder)!r}. Its articles lie in articles.jsonl; import writes articles/<event>/<id>.md."
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return {article.id: article for article in read_folder(folder, regrouped=False).articles}


def _settings(folder: Path) -> dict[str, Any]:
    return read_settings(folder / "corpus.toml") if (folder / "corpus.toml").is_file() else {}


# --- reading files --------------------------------------------------------------------------------------


def _read(
    path: Path, event: str, outlet: str, day: datetime.date | None, taken: set[str], ids: OutletIds
) -> list[Imported]:
    suffix = path.suffix.lower()
    if not path.is_file():
        raise UnknownNameError(f"Unknown file {str(path)!r}. It must be an existing file.")
    if suffix in _PAGES:
        return [_from_page(path, event, ids.of(outlet), day, taken)]
    if suffix in _TABLES:
        return _from_table(path, event, outlet, day, taken, ids)
    raise InputError(
        f"Invalid file {str(path)!r}. Its name must end in one of: {', '.join((*_PAGES, *_TABLES))}."
    )


def _from_page(path: Path, event: str, outlet: str, day: datetime.date | None, taken: set[str]) -> Imported:
    page = read_page(path)
    article = Article(
        id=_new_id(outlet, page.title or page.text[:60], taken),
        event=event,
        outlet=outlet,
        title=page.title,
        text=page.text,
        published=page.published or day,
        dateline=page.dateline,
        language=page.language,
        url=page.url,
        byline=page.byline,
    )
    return Imported(article, str(path), page.dropped, page.n_stripped)


def _from_table(
    path: Path, event: str, outlet: str, day: datetime.date | None, taken: set[str], ids: OutletIds
) -> list[Imported]:
    rows = read_table(path)
    if not rows:
        raise InputError(f"Invalid table {str(path)!r}. It has no rows; it must have one an article.")
    warn_of_unused(path, (row for _, row in rows))
    made: list[Imported] = []
    for where, row in rows:
        fields, n_stripped = fields_of_row(row, where, event=event, outlet=outlet, day=day, ids=ids)
        seen = taken | {one.article.id for one in made}
        if "id" not in fields:
            fields["id"] = _new_id(fields["outlet"], fields["title"] or str(fields["text"])[:60], seen)
        article = Article.from_row(fields, where)
        if article.id in seen:
            raise InputError(
                f"Duplicate article id {article.id!r} in {where}. Ids must be unique in a corpus."
            )
        if article.language is None:
            article = replace(article, language=detect_language(article.document))
        made.append(Imported(article, where, (), n_stripped))
    return made


def _new_id(outlet: str, title: str, taken: set[str]) -> str:
    base = f"{outlet}-{slug(title)}"[:60].rstrip("-._")
    if base not in taken:
        return base
    return next(name for n in range(2, len(taken) + 3) if (name := f"{base}-{n}") not in taken)


def _refuse_repetitions(imported: Sequence[Imported], before: dict[str, Article]) -> None:
    seen = {(article.outlet, article.text): article.id for article in before.values()}
    for one in imported:
        key = (one.article.outlet, one.article.text)
        if key in seen:
            raise InputError(
                f"Duplicate article in {one.source}. Outlet {key[0]!r} has the same text as article {seen[key]!r}."
            )
        seen[key] = one.article.id


def _warn(imported: Sequence[Imported], language: str | None) -> None:
    for one in imported:
        if one.article.published is None:
            said = (
                f" (its dateline says {one.article.dateline!r}, without a year)"
                if one.article.dateline
                else ""
            )
            warnings.warn(
                f"Publication date of {one.source} is unknown{said}. Give it with --published YYYY-MM-DD.",
                CrossframeWarning,
                stacklevel=3,
            )
        found = one.article.language
        expected = language or imported[0].article.language
        if found and expected and found != expected:
            warnings.warn(
                f"Article in {one.source} is in language {found!r}, the corpus in {expected!r}. "
                "Models and word lists are made for the corpus's language.",
                CrossframeWarning,
                stacklevel=3,
            )


# --- writing --------------------------------------------------------------------------------------------


def _write(
    folder: Path, imported: Sequence[Imported], settings: dict[str, Any], names: dict[str, str]
) -> None:
    """Write articles first and corpus.toml last, all prepared in a sibling folder; undo on failure."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
    is_new = not (folder / "corpus.toml").exists()
    placed: list[Path] = []
    try:
        for one in imported:
            base = part / "articles" / one.article.event / one.article.id
            storage.write_text(base.with_name(f"{base.name}.md"), article_file(one.article))
            if one.dropped:
                storage.write_text(base.with_name(f"{base.name}.dropped.tsv"), _dropped_table(one.dropped))
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
    rows = [f"{one.line}\t{one.reason}\t{' '.join(one.text.split())}" for one in dropped]
    return "\n".join(["line\treason\ttext", *rows]) + "\n"


def _corpus_file(
    folder: Path, imported: Sequence[Imported], settings: dict[str, Any], names: dict[str, str]
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
        declared = {one.id for one in settings.get(f"{thing}s", ())}
        for id in dict.fromkeys(getattr(one.article, thing) for one in imported):
            if id in declared:
                continue
            text += f"\n[[{thing}s]]\nid = {toml_string(id)}\n"
            if thing == "outlet" and names.get(id, id) != id:
                text += f"name = {toml_string(names[id])}\n"
    return text
