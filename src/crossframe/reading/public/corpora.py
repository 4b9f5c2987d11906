"""Corpora by path or name: folders of the user's, packaged ones, and public ones from the registry."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from crossframe import storage
from crossframe._validation import match_prefix
from crossframe.errors import MissingDataError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.public.loaders import load
from crossframe.reading.public.registry import Entry, Fetched, fetch_entry, read_entry, registered_names
from crossframe.records import Corpus


def read_corpus(
    path_or_name: str | Path, *, splits: Iterable[str] | None = None, regrouped: bool = True
) -> Corpus:
    """Return the corpus at a path, or the packaged or public corpus of that name.

    Parameters
    ----------
    path_or_name : str or Path
        Corpus folder; ``georgia-2008``; or a registered name, whose files are fetched where they are not cached.
    splits : iterable of str, optional
        Official parts of a public corpus to load; None loads the usual ones.
    regrouped : bool
        Whether the edited table of events that a folder keeps (``events.csv``) is obeyed.

    Returns
    -------
    Corpus
        Articles, declarations and gold.

    Raises
    ------
    UnknownNameError
        When there is neither such a folder nor such a name.
    InputError
        When a file of the corpus breaks its rule.
    MissingDataError
        When a public corpus cannot be fetched.

    Examples
    --------
    >>> read_corpus("georgia-2008").name
    'georgia-2008'
    """
    name = str(path_or_name)
    if Path(name).is_dir() and (Path(name) / "corpus.toml").is_file():
        return read_folder(Path(name), regrouped=regrouped)
    public = registered_names()
    plain = Path(name).name if Path(name).is_dir() else name
    if plain in public:
        return load(read_entry(plain), splits)
    packaged = storage.corpora_folder() / name
    if "/" not in name and (packaged / "corpus.toml").is_file():
        return read_folder(packaged, regrouped=regrouped)
    if Path(name).is_dir():
        return read_folder(Path(name), regrouped=regrouped)
    raise UnknownNameError(
        f"Unknown corpus {name!r}. It must be a folder with corpus.toml, or one of: "
        f"{', '.join(sorted([*_own_names(), *public]))}."
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
    """Return name, what of it can be read without fetching (none, all, or its splits), title and licence of every public corpus.

    Returns
    -------
    str
        A line a corpus, sorted by name.

    Examples
    --------
    >>> tabulate_corpora().splitlines()[0].split()
    ['name', 'fetched', 'title', '(licence)']
    """
    rows = [("name", "fetched", "title (licence)")]
    for name in registered_names():
        entry = read_entry(name)
        rows.append((name, _ready(entry), f"{entry.title} ({entry.licence})"))
    wide, state_wide = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"{name:<{wide}}  {state:<{state_wide}}  {told}" for name, state, told in rows)


def _ready(entry: Entry) -> str:
    """Return the splits whose files are in the cache, all of them or in part."""
    paths = {split: entry.files_of(split) for split in entry.splits}
    have = {split: entry.count_fetched(own) for split, own in paths.items()}
    if all(have[split] == len(own) for split, own in paths.items()):
        return "all"
    told = [
        split + ("" if have[split] == len(paths[split]) else " in part") for split in paths if have[split]
    ]
    return ", ".join(told) or "none"


def show_corpus(name: str) -> str:
    """Return what a corpus is: of a public one source, licence, files, splits with their counts, citation, BibTeX.

    Parameters
    ----------
    name : str
        Registered name; or, as in `read_corpus`, a folder or ``georgia-2008``, of which licence, provenance, counts and
        gold are told.

    Returns
    -------
    str
        Plain text.

    Raises
    ------
    UnknownNameError
        When no corpus is called so.
    """
    if (Path(name) / "corpus.toml").is_file():
        return _show_own(read_corpus(name))
    plain = Path(name).name if Path(name).is_dir() else name
    own = _own_names()
    full = match_prefix(plain, [*own, *registered_names()], "corpus")
    if full in own:
        return _show_own(read_corpus(full))
    entry = read_entry(full)
    lines = {
        "name": entry.name,
        "title": entry.title,
        "source": f"https://github.com/{entry.owner}/{entry.repository} at {entry.commit}",
        "licence": entry.licence,
        "redistribution": entry.redistribution,
        "citation": entry.citation,
        "splits": "; ".join(_describe_split(entry, split) for split in entry.splits),
        "files": f"{len(entry.files)} with known SHA-256, {entry.count_fetched(entry.files)} in {entry.folder}",
    }
    return "\n".join([_lines(lines), "", entry.bibtex.strip()])


def _show_own(corpus: Corpus) -> str:
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


def _lines(told: Mapping[str, str]) -> str:
    return "\n".join(f"{key:<15} {value}" for key, value in told.items())


def _own_names() -> list[str]:
    """Return the names of the corpora whose articles lie with the project."""
    return sorted(path.parent.name for path in storage.corpora_folder().glob("*/corpus.toml"))


def _describe_split(entry: Entry, split: str) -> str:
    """Return a split with its counts, where the registry gives them."""
    told = ", ".join(f"{n:,} {what}" for what, n in entry.counts.get(split, {}).items())
    return f"{split} ({told})" if told else split


def fetch_corpus(name: str, *, mirror: str | None = None) -> Fetched:
    """Fetch and verify every file of a public corpus; files that cannot be had are named and the rest kept.

    Parameters
    ----------
    name : str
        Registered name.
    mirror : str, optional
        Address or folder laid out ``<owner>/<repo>/<commit>/<path>``; None takes ``CROSSFRAME_MIRROR``, else GitHub.

    Returns
    -------
    Fetched
        What is in place and what is missing.

    Raises
    ------
    UnknownNameError
        When no public corpus is called so, or the mirror does not exist.
    MissingDataError
        When nothing at all could be had.
    """
    if name in _own_names():
        raise UnknownNameError(
            f"Invalid corpus {name!r}. It comes with crossframe: there is nothing to fetch."
        )
    entry = read_entry(name)
    fetched = fetch_entry(entry, entry.files_of(None), mirror=mirror)
    if not fetched.present:
        raise MissingDataError(
            f"Missing all {len(fetched.missing)} files of corpus {entry.name!r}, first "
            f"{fetched.describe_missing(*fetched.missing[0])}."
        )
    return fetched
