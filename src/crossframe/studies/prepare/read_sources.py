"""Files read side by side, and kept on disk until all are, so that an import that was killed goes on where it was."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File, LeftOut, Parts
from crossframe.reading.formats.known import read_contents
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.clean import Dropped
from crossframe.reading.text.dates import DateFormat
from crossframe.records import DATED
from crossframe.studies.prepare.sources import Source, open_sources

Outcome = Contents | LeftOut
_Task = tuple[Source, File | LeftOut | None, Path | None]
_DATES = {"date": datetime.date.fromisoformat, "datetime": datetime.datetime.fromisoformat}


def read_sources(
    sources: Sequence[Source],
    columns: Mapping[str, str],
    date_format: DateFormat | None = None,
    *,
    jobs: int = 1,
    kept: Path | None = None,
) -> Iterator[tuple[Source, Outcome]]:
    """Yield what every file holds, in order; each is read in a process that can be killed.

    Parameters
    ----------
    sources : sequence of Source
        Of `list_sources`.
    columns, date_format : mapping of str to str, and DateFormat
        As those of `File`.
    jobs : int
        Files read side by side.
    kept : Path, optional
        Folder in which what was read is stored until the import is done; what is in it already is not read again.

    Yields
    ------
    Source, Contents or LeftOut
        The latter, with the reason, for a file that cannot be read.
    """
    made = partial(File, columns=columns, date_format=date_format)
    tasks = _list_tasks(sources, made, kept)
    if jobs == 1:
        done: Iterator[tuple[Source, LeftOut | bytes | Path]] = map(_read, tasks)
    else:
        from joblib import Parallel, delayed

        # Threads are enough: each has a process of its own that reads (`read_in_worker`), and waits for it.
        parallel = Parallel(n_jobs=jobs, backend="threading", return_as="generator")
        done = parallel(delayed(_read)(task) for task in tasks)
    for source, outcome in done:
        if isinstance(outcome, Path):
            outcome = outcome.read_bytes()
        yield source, load_contents(outcome) if isinstance(outcome, bytes) else outcome


def _list_tasks(sources: Sequence[Source], made: Callable[..., File], kept: Path | None) -> Iterator[_Task]:
    """Yield what is to be read, nothing where it is kept already, and where it is to be kept."""
    for source, content in open_sources(sources):
        if isinstance(content, LeftOut):
            yield source, content, None
            continue
        file = made(content, source.where)
        path = kept / f"{_key(file)}.json" if kept is not None else None
        yield source, None if path is not None and path.is_file() else file, path


def _key(file: File) -> str:
    """Return a digest of all that what is read of a file depends on."""
    rest = [file.where, sorted(file.columns.items()), repr(file.date_format), _fingerprint_readers()]
    digest = hashlib.sha256(json.dumps(rest).encode("utf-8", "surrogatepass"))
    digest.update(file.content)
    return digest.hexdigest()


@cache
def _fingerprint_readers() -> str:
    """Return a digest of the code that reads files."""
    folder = Path(__file__).parents[2] / "reading"
    digest = hashlib.sha256(json.dumps(storage.describe_environment()["packages"]).encode())
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(task: _Task) -> tuple[Source, LeftOut | bytes | Path]:
    """Read one file, as JSON; where it is to be kept, return its place."""
    source, file, path = task
    if isinstance(file, LeftOut):
        return source, file
    if file is None:
        return source, path or b""
    try:
        stored = read_in_worker(read_as_json, file)
    except InputError as error:
        return source, LeftOut(source.where, str(error))
    if path is None:
        return source, stored
    part = path.with_suffix(".part")
    part.write_bytes(stored)
    part.replace(path)
    return source, path


def read_as_json(file: File) -> bytes:
    """Return what a file holds as `load_contents` reads it."""
    return dump_contents(read_contents(file))


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
    for name in DATED:
        if isinstance(stored[name], dict):
            [(kind, text)] = stored[name].items()
            read: Callable[[str], datetime.date] = _DATES[kind]
            stored[name] = read(text)
    return Parts(dropped=dropped, **{name: _freeze(value) for name, value in stored.items()})


def _freeze(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
