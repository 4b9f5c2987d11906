"""Files of public corpora: fetched from GitHub or a mirror, verified by their hashes, cached."""

import hashlib
import os
import shutil
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError, MissingDataError, UnknownNameError
from crossframe.reading.public.registry import Entry

HOST = "https://raw.githubusercontent.com"


@dataclass(frozen=True)
class Fetched:
    """Result of a fetch: the files in place, and those that could not be fetched, each with the reason.

    Of a corpus of labels, whose texts are of other corpora, ``sources`` has the result of each of these.
    """

    entry: Entry
    present: tuple[str, ...]
    missing: tuple[tuple[str, str], ...] = ()
    sources: tuple["Fetched", ...] = ()

    def summary(self) -> str:
        """Return a line on the files in place and one for each missing file, with its expected hash."""
        if self.sources:
            return "\n".join(source.summary() for source in self.sources)
        lines = [f"{self.entry.name}: {len(self.present)} files verified in {self.entry.folder}"]
        lines += [f"missing: {self.describe_missing(path, reason)}" for path, reason in self.missing]
        return "\n".join(lines)

    def describe_missing(self, path: str, reason: str) -> str:
        """Return a missing file's path, the reason, and its expected SHA-256."""
        return f"{path} ({reason}; expected SHA-256 {self.entry.files[path]})"


def fetch_entry(entry: Entry, paths: Sequence[str], *, mirror: str | None = None) -> Fetched:
    """Bring the files `paths` of `entry` into the cache, each verified by its hash.

    Parameters
    ----------
    entry : Entry
        The corpus.
    paths : sequence of str
        Paths in its repository; a path that the registry does not list is refused.
    mirror : str, optional
        Address or folder laid out ``<owner>/<repo>/<commit>/<path>``; None takes ``CROSSFRAME_MIRROR``, else GitHub.

    Returns
    -------
    Fetched
        The files in place, and those that could not be fetched; each file is fetched independently of the others.
    """
    source = mirror or os.environ.get("CROSSFRAME_MIRROR") or HOST
    present, missing = [], []
    unreachable = ""
    for path in track(paths, f"Fetching {entry.name}", total=len(paths)):
        reason = (
            "" if _is_verified(entry, path) else unreachable or _download(entry, path, _check_source(source))
        )
        if reason.startswith("no connection"):
            unreachable = reason
        if reason:
            missing.append((path, reason))
        else:
            present.append(path)
    return Fetched(entry, tuple(present), tuple(missing))


def need_files(entry: Entry, paths: Iterable[str]) -> Path:
    """Return the cache folder with all of `paths` in place, fetched first where they are not.

    Raises
    ------
    MissingDataError
        Naming the first file that cannot be fetched, and the reason.
    """
    listed = list(paths)
    fetched = fetch_entry(entry, listed)
    if fetched.missing:
        path, reason = fetched.missing[0]
        more = f" and {len(fetched.missing) - 1} more" if len(fetched.missing) > 1 else ""
        raise MissingDataError(
            f"Missing file {path!r}{more} of corpus {entry.name!r}: {reason}; expected SHA-256 {entry.files[path]}. "
            f"Fetch it with network, or name a mirror: crossframe corpora fetch {entry.name} --mirror ADDRESS_OR_FOLDER."
        )
    return entry.folder


def _check_source(source: str) -> str:
    """Return `source`; called only where a file is not in the cache."""
    if "://" not in source and not Path(source).is_dir():
        raise UnknownNameError(f"Unknown mirror {source!r}. It must be an address or a folder.")
    return source


def _is_verified(entry: Entry, path: str) -> bool:
    local = entry.folder / path
    if not local.is_file():
        return False
    if hashlib.sha256(local.read_bytes()).hexdigest() == entry.files[path]:
        return True
    warnings.warn(
        f"Damaged file {path!r} of corpus {entry.name!r} in the cache. It is fetched again.",
        CrossframeWarning,
        stacklevel=4,
    )
    local.unlink()
    return False


def _download(entry: Entry, path: str, source: str) -> str:
    """Fetch one file; return "" or the reason why it is missing."""
    if path not in entry.files or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise InputError(
            f"Invalid path {path!r}. It must be a file of the registry of corpus {entry.name!r}."
        )
    if "://" not in source:
        return _copy(entry, path, Path(source))
    import pooch
    import requests

    target = entry.folder / path
    pooch.get_logger().setLevel("ERROR")
    try:
        pooch.retrieve(
            url=f"{source.rstrip('/')}/{entry.prefix}/{path}",
            known_hash=f"sha256:{entry.files[path]}",
            fname=target.name,
            path=target.parent,
            downloader=pooch.HTTPDownloader(timeout=30),
        )
    except requests.exceptions.HTTPError as error:
        return f"the host answered {error.response.status_code if error.response is not None else 'with an error'}"
    except requests.exceptions.RequestException:
        return f"no connection to {source}"
    except ValueError:
        return "its hash is not the registered one"
    except OSError as error:
        return error.strerror or "it cannot be written"
    return ""


def _copy(entry: Entry, path: str, mirror: Path) -> str:
    copied = mirror / entry.prefix / path
    if not copied.is_file():
        return f"not in the mirror {mirror}"
    content = copied.read_bytes()
    if hashlib.sha256(content).hexdigest() != entry.files[path]:
        return "its hash is not the registered one"
    target = entry.folder / path
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        shutil.move(part, target)
    except OSError as error:
        if part.is_file():
            part.unlink()
        return f"it cannot be written ({error.strerror})"
    return ""
