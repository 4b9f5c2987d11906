"""Corpora by path or name: folders, packaged corpora, and public ones of the registry."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe import storage
from crossframe._validation import check_name_or_path, check_path, match_prefix, suggest_name
from crossframe.errors import InputError, MissingDataError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.public.fetching import Fetched, fetch_entry
from crossframe.reading.public.loading import Loader, load_entry
from crossframe.reading.public.registry import Entry, list_needed, read_entry, registered_names
from crossframe.records import Corpus

if TYPE_CHECKING:
    from pandas import DataFrame


def read_corpus(
    path_or_name: str | Path,
    *,
    splits: Iterable[str] | None = None,
    regrouped: bool = True,
    loader: Loader | None = None,
) -> Corpus:
    """Return the corpus at a path, or the packaged or public corpus of that name.

    Parameters
    ----------
    path_or_name : str or Path
        Corpus folder, ``georgia-2008``, or a registered name, whose files are fetched where they are not cached.
    splits : iterable of str, optional
        Official splits of a public corpus to load; None loads the usual ones.
    regrouped : bool
        Whether the edited table of events in a corpus folder (``events.csv``) is applied.
    loader : callable, optional
        Reads a public corpus of your own, whose path is a folder with ``registry.toml`` (see `crossframe.reading.public`).

    Returns
    -------
    Corpus

    Raises
    ------
    UnknownNameError
        When there is neither such a folder nor such a name.
    InputError
        When the path is neither str nor Path, or a file of the corpus is invalid.
    MissingDataError
        When a public corpus cannot be fetched.

    Examples
    --------
    >>> read_corpus("georgia-2008").name
    'georgia-2008'
    """
    folder = check_path(path_or_name, "corpus")
    name = str(path_or_name)
    if loader is not None:
        return load_entry(read_entry(name), splits, loader=loader)
    if (folder / "corpus.toml").is_file():
        return read_folder(folder, regrouped=regrouped)
    public = registered_names()
    plain = folder.name if folder.is_dir() else name
    if plain in public:
        return load_entry(read_entry(plain), splits)
    packaged = storage.corpora_folder() / name
    if "/" not in name and (packaged / "corpus.toml").is_file():
        return read_folder(packaged, regrouped=regrouped)
    if folder.is_dir():
        return read_folder(folder, regrouped=regrouped)
    known = sorted([*_packaged_names(), *public])
    raise UnknownNameError(
        f"Unknown corpus {name!r}. It must be a folder with corpus.toml, or one of: {', '.join(known)}."
        f"{suggest_name(name, known)}"
    )


def is_corpus(path: str | Path) -> bool:
    """Return whether a path is the folder of a corpus, or of a public one; a folder or file of pages is none.

    A folder with ``articles/`` that lacks its ``corpus.toml`` counts as one, which `read_corpus` refuses.
    """
    folder = Path(path)
    if (folder / "corpus.toml").is_file() or folder.name in registered_names():
        return True
    return (folder / "articles").is_dir() or (folder / "articles.jsonl").is_file()


def load_corpus(corpus: "Corpus | str | Path | DataFrame", *, regrouped: bool = True) -> Corpus:
    """Return the corpus that is given as it is, by folder or name, or as a table of its articles.

    Parameters
    ----------
    corpus : Corpus, str, Path or DataFrame
        A DataFrame has one article per row (`Corpus.from_frame`).
    regrouped : bool
        As in `read_corpus`.

    Raises
    ------
    UnknownNameError
        When there is no such corpus.
    InputError
        When it is of another type, or a file or row is not as documented.
    """
    if isinstance(corpus, Corpus):
        return corpus
    if isinstance(corpus, str | Path):
        return read_corpus(corpus, regrouped=regrouped)
    if hasattr(corpus, "columns") and hasattr(corpus, "to_dict"):
        return Corpus.from_frame(corpus)
    raise InputError(
        f"Invalid corpus of type {type(corpus).__name__}. It must be a corpus folder, the name of a corpus, a Corpus, or a "
        "DataFrame of articles."
    )


def list_corpora() -> dict[str, str]:
    """Return name and title of every public corpus of the registry.

    Returns
    -------
    dict of str to str
        Titles by name, sorted.

    Examples
    --------
    >>> "basil" in list_corpora()
    True
    """
    return {name: read_entry(name).title for name in registered_names()}


def tabulate_corpora() -> str:
    """Return name, fetched splits, title and licence of every public corpus.

    Returns
    -------
    str
        One line per corpus, sorted by name.

    Examples
    --------
    >>> tabulate_corpora().splitlines()[0].split()
    ['name', 'fetched', 'title', '(licence)']
    """
    rows = [("name", "fetched", "title (licence)")]
    for name in registered_names():
        entry = read_entry(name)
        rows.append((name, _fetched_splits(entry), f"{entry.title} ({entry.licence})"))
    name_width, state_width = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"{name:<{name_width}}  {state:<{state_width}}  {title}" for name, state, title in rows)


def _fetched_splits(entry: Entry) -> str:
    """Return the splits whose files are in the cache, all of them or in part; ``all`` or ``none`` where that is so."""
    counts = {split: _count_fetched(entry, split) for split in entry.splits}
    if all(n_fetched == n for n_fetched, n in counts.values()):
        return "all"
    states = [
        split + ("" if n_fetched == n else " in part")
        for split, (n_fetched, n) in counts.items()
        if n_fetched
    ]
    return ", ".join(states) or "none"


def _count_fetched(entry: Entry, split: str | None = None) -> tuple[int, int]:
    """Return how many of the files that a split needs are in the cache, and how many there are."""
    needed = list_needed(entry, split)
    n_fetched = sum(source.count_fetched(paths) for source, paths in needed)
    return n_fetched, sum(len(paths) for _, paths in needed)


def show_corpus(name: str | Path) -> str:
    """Return a description of a corpus: of a public one source, construct of its labels, licence, files, splits with counts, citation, BibTeX.

    Parameters
    ----------
    name : str
        Registered name; or, as in `read_corpus`, a folder or ``georgia-2008``, of which it is licence, provenance, counts
        and gold.

    Returns
    -------
    str
        Plain text.

    Raises
    ------
    UnknownNameError
        When there is no corpus of that name.
    """
    name = check_name_or_path(name, "corpus")
    if (Path(name) / "corpus.toml").is_file():
        return _show_folder(read_corpus(name))
    plain = Path(name).name if Path(name).is_dir() else name
    packaged = _packaged_names()
    full = match_prefix(plain, [*packaged, *registered_names()], "corpus")
    if full in packaged:
        return _show_folder(read_corpus(full))
    entry = read_entry(full)
    n_fetched, n_files = _count_fetched(entry)
    where = "the folders of these corpora" if entry.sources else entry.folder
    lines = {
        "name": entry.name,
        "title": entry.title,
        "source": _describe_source(entry),
        "construct": entry.construct,
        "licence": entry.licence,
        "redistribution": entry.redistribution,
        "citation": entry.citation,
        "splits": "; ".join(_describe_split(entry, split) for split in entry.splits),
        "files": f"{n_files} with known SHA-256, {n_fetched} in {where}",
    }
    return "\n".join([_lines(lines), "", entry.bibtex.strip()])


def _describe_source(entry: Entry) -> str:
    if entry.repository:
        return f"https://github.com/{entry.owner}/{entry.repository} at {entry.commit}"
    if entry.sources:
        return f"labels come with crossframe; texts are of {', '.join(entry.sources)}"
    return "texts and labels come with crossframe"


def _show_folder(corpus: Corpus) -> str:
    return _lines(
        {
            "name": corpus.name,
            "licence": corpus.licence or "not stated",
            "provenance": corpus.provenance or "not stated",
            "holds": repr(corpus).partition("; ")[0].removeprefix(f"{corpus.name}: "),
            "outlets": ", ".join(outlet.id for outlet in corpus.outlets),
            "gold": ", ".join(sorted(corpus.gold)) or "none",
        }
    )


def _lines(fields: Mapping[str, str]) -> str:
    return "\n".join(f"{key:<15} {value}" for key, value in fields.items())


def _packaged_names() -> list[str]:
    """Return the names of the corpora whose articles come with the package."""
    return sorted(path.parent.name for path in storage.corpora_folder().glob("*/corpus.toml"))


def _describe_split(entry: Entry, split: str) -> str:
    """Return a split with its counts, where the registry gives them."""
    counts = ", ".join(f"{n:,} {what}" for what, n in entry.counts.get(split, {}).items())
    return f"{split} ({counts})" if counts else split


def fetch_corpus(name: str, *, mirror: str | None = None) -> Fetched:
    """Fetch and verify every file of a public corpus; files that cannot be fetched are named and the rest stay.

    Of ``reference-labels``, whose labels come with crossframe, these are the files of the corpora that its texts are of.

    Parameters
    ----------
    name : str
        Registered name.
    mirror : str, optional
        Address or folder laid out ``<owner>/<repo>/<commit>/<path>``; None takes ``CROSSFRAME_MIRROR``, else GitHub.

    Returns
    -------
    Fetched
        The files in place and the missing ones.

    Raises
    ------
    UnknownNameError
        When no public corpus has that name, or the mirror does not exist.
    MissingDataError
        When no file at all could be fetched.
    """
    name = check_name_or_path(name, "corpus")
    entry = None if name in _packaged_names() else read_entry(name)
    if entry is None or not (entry.repository or entry.sources):
        raise UnknownNameError(
            f"Invalid corpus {name!r}. It comes with crossframe: there is nothing to fetch."
        )
    parts = [fetch_entry(source, paths, mirror=mirror) for source, paths in list_needed(entry)]
    present = tuple(path for part in parts for path in part.present)
    missing = tuple(one for part in parts for one in part.missing)
    if not present:
        raise MissingDataError(
            f"Missing all {len(missing)} files of corpus {entry.name!r}, first "
            f"{parts[0].describe_missing(*missing[0])}."
        )
    return Fetched(entry, present, missing, tuple(parts) if entry.sources else ())
