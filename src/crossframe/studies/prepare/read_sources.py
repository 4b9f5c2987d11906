"""Files read side by side, and kept on disk until all are, so that an import that was killed goes on where it was."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File, LeftOut, Parts
from crossframe.reading.formats.known import read_contents
from crossframe.reading.text.clean import Dropped
from crossframe.studies.prepare.sources import Source, open_sources

Outcome = Contents | LeftOut
_Task = tuple[int, bytes | None, str, Mapping[str, str], Path | None]
_DATES = {"date": datetime.date.fromisoformat, "datetime": datetime.datetime.fromisoformat}


def read_sources(
    sources: Sequence[Source], columns: Mapping[str, str], *, jobs: int = 1, kept: Path | None = None
) -> Iterator[tuple[Source, Outcome]]:
    """Yield what every file holds, in order.

    Parameters
    ----------
    sources : sequence of Source
        Of `list_sources`.
    columns : mapping of str to str
        As `File.columns`.
    jobs : int
        Files read side by side.
    kept : Path, optional
        Folder in which what was read is stored until the import is done; what is in it already is not read again.

    Yields
    ------
    Source, Contents or LeftOut
        The latter, with the reason, for a file that cannot be read.
    """
    tasks = _list_tasks(sources, columns, kept)
    if jobs == 1:
        done: Iterator[tuple[int, Outcome | Path]] = map(_read, tasks)
    else:
        from joblib import Parallel, delayed

        done = Parallel(n_jobs=jobs, return_as="generator")(delayed(_read)(task) for task in tasks)
    for number, outcome in done:
        yield sources[number], _load(outcome) if isinstance(outcome, Path) else outcome


def _list_tasks(
    sources: Sequence[Source], columns: Mapping[str, str], kept: Path | None
) -> Iterator[_Task | tuple[int, LeftOut]]:
    """Yield what is to be read: number, content (None where it is kept already), name, columns, and where it is to be kept."""
    for number, (source, content) in enumerate(open_sources(sources)):
        if isinstance(content, LeftOut):
            yield number, content
            continue
        path = kept / f"{_key(content, source, columns)}.json" if kept is not None else None
        is_there = path is not None and path.is_file()
        yield number, None if is_there else content, source.where, columns, path


def _key(content: bytes, source: Source, columns: Mapping[str, str]) -> str:
    """Return a digest of all that what is read of a file depends on."""
    named = json.dumps([source.where, sorted(columns.items()), _fingerprint_readers()])
    return hashlib.sha256(hashlib.sha256(content).digest() + named.encode()).hexdigest()


@cache
def _fingerprint_readers() -> str:
    """Return a digest of the code that reads files."""
    folder = Path(__file__).parents[2] / "reading"
    digest = hashlib.sha256(json.dumps(storage.describe_environment()["packages"]).encode())
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(task: _Task | tuple[int, LeftOut]) -> tuple[int, Outcome | Path]:
    """Read one file; where it is to be kept, return its place."""
    if len(task) == 2:
        return task
    number, content, where, columns, path = task
    if content is None and path is not None:
        return number, path
    try:
        contents = read_contents(File(content or b"", where, columns))
    except InputError as error:
        return number, LeftOut(where, str(error))
    if path is None:
        return number, contents
    part = path.with_suffix(".part")
    part.write_bytes(dump_contents(contents))
    part.replace(path)
    return number, path


def _load(path: Path) -> Contents:
    return load_contents(path.read_bytes())


def dump_contents(contents: Contents) -> bytes:
    """Return `contents` as JSON, which `load_contents` reads."""
    return json.dumps(asdict(contents), default=_name_date).encode("utf-8", "surrogatepass")


def _name_date(value: object) -> object:
    """Return a date with its type; what JSON lacks, too, as its text."""
    if not isinstance(value, datetime.date):
        return str(value)
    return {"datetime" if isinstance(value, datetime.datetime) else "date": value.isoformat()}


def load_contents(content: bytes) -> Contents:
    """Return what `dump_contents` made JSON of."""
    stored = json.loads(content.decode("utf-8", "surrogatepass"))
    articles = tuple(_make_parts(one) for one in stored.pop("articles"))
    left_out = tuple(LeftOut(**one) for one in stored.pop("left_out"))
    return Contents(
        articles=articles, left_out=left_out, **{name: _freeze(value) for name, value in stored.items()}
    )


def _make_parts(stored: dict[str, Any]) -> Parts:
    dropped = tuple(Dropped(**line) for line in stored.pop("dropped"))
    published = stored.pop("published")
    if isinstance(published, dict):
        [(kind, text)] = published.items()
        read: Callable[[str], datetime.date] = _DATES[kind]
        published = read(text)
    return Parts(
        published=published, dropped=dropped, **{name: _freeze(value) for name, value in stored.items()}
    )


def _freeze(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
