"""The registry of public corpora: source, licence, splits and counts of each, and the hash of every file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from crossframe import _validation as check
from crossframe import storage
from crossframe.records import CONSTRUCTS

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
NO_CONSTRUCT = "none"
"""Of a corpus without labels of how targets are judged; also where its registry entry does not say."""


@dataclass(frozen=True)
class Entry:
    """A public corpus in the registry.

    Parameters
    ----------
    name, title, owner, repository, commit, language, licence, redistribution, citation : str
        As in its ``registry.toml``.
    splits : dict of str to tuple of str
        Files, folders ending in "/", or patterns with "*", that each split needs.
    files : dict of str to str
        SHA-256 of every file of the repository, by path.
    bibtex : str
        What to cite, as BibTeX.
    construct : {"portrayal", "stance", "none"}
        What its labels of targets are: how a sentence portrays its target, where a holder stands toward it, or neither.
    counts : dict of str to dict of str to int
        Number of articles, and of gold units by name, in a split; checked at load where they are given.
    sources : dict of str to tuple of str
        Of a corpus whose labels come with crossframe: the registered corpora whose texts they are of, and the splits that
        are needed of each. It has no files of its own.
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
    construct: str = NO_CONSTRUCT
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check.check_choice(self.construct, f"construct of corpus {self.name!r}:", (*CONSTRUCTS, NO_CONSTRUCT))

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
        """Return the paths that `split` needs (None: every file of the registry), sorted."""
        if split is None:
            return sorted(self.files)
        listed = self.splits[check.check_choice(split, f"split of corpus {self.name!r}:", self.splits)]
        folders = tuple(path for path in listed if path.endswith("/"))
        patterns = [path for path in listed if "*" in path]
        return sorted(
            path
            for path in self.files
            if path in listed
            or path.startswith(folders)
            or any(fnmatchcase(path, pattern) for pattern in patterns)
        )


def registered_names() -> list[str]:
    """Return the names of all registered corpora, sorted."""
    return sorted(path.parent.name for path in storage.corpora_folder().glob("*/registry.toml"))


def read_entry(name: str | Path) -> Entry:
    """Return the registry entry of a corpus.

    Parameters
    ----------
    name : str or Path
        Name of a registered corpus (a unique prefix will do), or a folder that holds ``registry.toml`` and
        ``files.sha256`` (where a repository has files).

    Returns
    -------
    Entry
        With the hash of every file.

    Raises
    ------
    UnknownNameError
        When no registered corpus has that name.
    """
    folder = Path(name)
    if not (folder / "registry.toml").is_file():
        folder = storage.corpora_folder() / check.match_prefix(str(name), registered_names(), "corpus")
    table = dict(storage.read_toml(folder / "registry.toml"))
    check.check_columns(table.keys(), _KEYS, str(folder / "registry.toml"))
    splits = {split: tuple(paths) for split, paths in table.pop("splits").items()}
    sources = {source: tuple(own) for source, own in table.pop("sources", {}).items()}
    lines = (folder / "files.sha256").read_text(encoding="utf-8").splitlines() if table["repository"] else []
    files = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    return Entry(**table, splits=splits, files=files, sources=sources)


def list_needed(entry: Entry, split: str | None = None) -> list[tuple[Entry, list[str]]]:
    """Return the files that a split needs (None: all of the registry), by the corpus that lists them.

    Of a corpus of labels these are its sources, whatever the split; of any other it is the corpus itself.
    """
    if not entry.sources:
        return [(entry, entry.files_of(split))]
    sources = [(read_entry(name), splits) for name, splits in entry.sources.items()]
    return [
        (source, sorted({path for own in splits for path in source.files_of(own)}))
        for source, splits in sources
    ]


def splits_of(name: str) -> tuple[str, ...]:
    """Return the official splits of the registered corpus of exactly that name; none for any other name or path."""
    return tuple(read_entry(name).splits) if name in registered_names() else ()
