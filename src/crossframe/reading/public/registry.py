"""The registry of public corpora: what they are, every file with its hash, and how files are got and verified."""

import hashlib
import os
import shutil
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from crossframe import _validation as check
from crossframe import storage
from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError, MissingDataError, UnknownNameError

HOST = "https://raw.githubusercontent.com"
_KEYS = (
    "name",
    "title",
    "owner",
    "repository",
    "commit",
    "language",
    "licence",
    "redistribution",
    "citation",
    "bibtex",
    "splits",
    "counts",
)


@dataclass(frozen=True)
class Entry:
    """A public corpus in the registry.

    Parameters
    ----------
    name, title, owner, repository, commit, language, licence, redistribution, citation : str
        As in its ``registry.toml``.
    splits : dict of str to tuple of str
        Files, or folders ending in "/", that each split needs.
    files : dict of str to str
        SHA-256 of every file of the repository, by path.
    bibtex : str
        What to cite, as BibTeX.
    counts : dict of str to dict of str to int
        How many articles, and units of gold by its name, a split holds; checked at load where they are given.
    """

    name: str
    title: str
    owner: str
    repository: str
    commit: str
    language: str
    licence: str
    redistribution: str
    citation: str
    splits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    bibtex: str = ""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """Path of the corpus below a host or mirror."""
        return f"{self.owner}/{self.repository}/{self.commit}"

    @property
    def folder(self) -> Path:
        """Where verified files are cached."""
        return storage.cache_folder() / "corpora" / self.name / self.commit

    def count_fetched(self, paths: Iterable[str]) -> int:
        """Return how many of `paths` are in the cache."""
        return sum((self.folder / path).is_file() for path in paths)

    def files_of(self, split: str | None) -> list[str]:
        """Return the paths that `split` needs (None: every file of the registry)."""
        if split is None:
            return sorted(self.files)
        wanted = self.splits[check.check_choice(split, f"split of corpus {self.name!r}:", self.splits)]
        return sorted(
            p for p in self.files if any(p == w or (w.endswith("/") and p.startswith(w)) for w in wanted)
        )


@dataclass(frozen=True)
class Fetched:
    """What a fetch did: files in place, and those that could not be had, each with its reason."""

    entry: Entry
    present: tuple[str, ...]
    missing: tuple[tuple[str, str], ...] = ()

    def summary(self) -> str:
        """Return a line on what is in place and one for each file that is not, with the hash that it must have."""
        lines = [f"{self.entry.name}: {len(self.present)} files verified in {self.entry.folder}"]
        lines += [f"missing: {self.describe_missing(path, reason)}" for path, reason in self.missing]
        return "\n".join(lines)

    def describe_missing(self, path: str, reason: str) -> str:
        """Return a file that could not be had: its path, why, and the SHA-256 expected of it."""
        return f"{path} ({reason}; expected SHA-256 {self.entry.files[path]})"


def registered_names() -> list[str]:
    """Return the names of all registered corpora, sorted."""
    return sorted(path.parent.name for path in storage.corpora_folder().glob("*/registry.toml"))


def read_entry(name: str) -> Entry:
    """Return the registry entry called `name` (a unique prefix will do).

    Parameters
    ----------
    name : str
        Name of a registered corpus.

    Returns
    -------
    Entry
        With the hash of every file.

    Raises
    ------
    UnknownNameError
        When no registered corpus is called so.
    """
    name = check.match_prefix(name, registered_names(), "corpus")
    folder = storage.corpora_folder() / name
    table = dict(storage.read_toml(folder / "registry.toml"))
    check.check_columns(table.keys(), _KEYS, str(folder / "registry.toml"))
    splits = {split: tuple(paths) for split, paths in table.pop("splits").items()}
    lines = (folder / "files.sha256").read_text(encoding="utf-8").splitlines()
    files = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    return Entry(**table, splits=splits, files=files)


def parts_of(name: str) -> tuple[str, ...]:
    """Return the official parts of the registered corpus of that very name; none of anything else."""
    return tuple(read_entry(name).splits) if name in registered_names() else ()


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
        What is in place and what could not be had; files in place stay whatever happens to others.
    """
    source = mirror or os.environ.get("CROSSFRAME_MIRROR") or HOST
    present, missing = [], []
    unreachable = ""
    for path in track(paths, f"Fetching {entry.name}", total=len(paths)):
        reason = "" if _is_good(entry, path) else unreachable or _get(entry, path, _checked(source))
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
        Naming the first file that cannot be had, and why.
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


def _checked(source: str) -> str:
    """Return `source`; it need not exist while every file is in the cache."""
    if "://" not in source and not Path(source).is_dir():
        raise UnknownNameError(f"Unknown mirror {source!r}. It must be an address or a folder.")
    return source


def _is_good(entry: Entry, path: str) -> bool:
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


def _get(entry: Entry, path: str, source: str) -> str:
    """Fetch one file; return "" or the reason why it is not there."""
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
    found = mirror / entry.prefix / path
    if not found.is_file():
        return f"not in the mirror {mirror}"
    content = found.read_bytes()
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
