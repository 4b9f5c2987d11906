"""Public corpora by name: what the registry says of each, how much of it is fetched, names that are unknown."""

from pathlib import Path

import pytest

from crossframe import storage
from crossframe.errors import InputError, UnknownNameError
from crossframe.reading.public.corpora import (
    fetch_corpus,
    list_corpora,
    read_corpus,
    show_corpus,
    tabulate_corpora,
)
from crossframe.reading.public.registry import Entry, list_needed, read_entry, splits_of

NAMES = (
    "basil", "crossner-politics", "directed-sentiment", "ecbplus", "ecbplus-validated", "gvfc", "msrp",
    "narrative-frames", "neus", "newsmtsc", "polnear", "seesaw", "semeval2016-stance", "superpal", "wikigold", "wnut17",
)  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("name", NAMES)
def test_registry(name: str) -> None:
    """Every entry says what it is, and each of its splits names files with hashes."""
    entry = read_entry(name)
    assert name in list_corpora()
    assert all(word in show_corpus(name) for word in (entry.commit, entry.licence, entry.citation))
    assert all(entry.files_of(split) for split in entry.splits)
    assert set(entry.counts) == set(entry.splits)
    assert entry.bibtex.strip().startswith("@inproceedings{")
    assert entry.bibtex.strip() in show_corpus(name)
    assert all(len(digest) == 64 for digest in entry.files.values())
    assert (storage.corpora_folder() / name / "README.md").is_file()


def test_a_corpus_of_labels(cache: Path) -> None:
    """Its texts are of other corpora: it lists no files of its own, and is fetched as far as these are."""
    entry = read_entry("reference-labels")
    assert entry.files == {}
    assert set(entry.counts) == set(entry.splits)
    shown = show_corpus("reference-labels")
    assert "texts are of ecbplus, gvfc, narrative-frames, neus" in shown
    assert "no text" in shown
    needed = list_needed(entry, "test")
    assert [source.name for source, _ in needed] == list(entry.sources)
    assert f"{sum(len(paths) for _, paths in needed)} with known SHA-256, 0 in" in shown

    def state() -> str:
        (row,) = [line for line in tabulate_corpora().splitlines() if line.startswith(entry.name)]
        return row.removeprefix(entry.name).split("  Reference")[0].strip()

    def put(source: Entry, paths: list[str]) -> None:
        for path in paths:
            (source.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (source.folder / path).write_bytes(b"")

    assert state() == "none"
    put(*needed[1])
    assert state() == "train in part, dev in part, test in part"
    for source, paths in needed:
        put(source, paths)
    assert state() == "all"


def test_constructs() -> None:
    """The registry says which labels are portrayal and which are stance; other corpora have none."""
    constructs = {name: read_entry(name).construct for name in NAMES}
    assert {name for name, one in constructs.items() if one == "portrayal"} == {
        "basil",
        "gvfc",
        "narrative-frames",
        "newsmtsc",
    }
    assert {name for name, one in constructs.items() if one == "stance"} == {
        "directed-sentiment",
        "seesaw",
        "semeval2016-stance",
    }
    assert "construct       stance" in show_corpus("seesaw")
    assert read_entry("reference-labels").construct == "portrayal"


def test_splits_are_of_registered_corpora_alone() -> None:
    """Official splits in the registry's order; a corpus of ours, a table and the beginning of a name have none."""
    assert splits_of("narrative-frames") == ("train", "dev", "test")
    assert splits_of("georgia-2008") == splits_of("labels.tsv") == splits_of("narrative") == ()


def test_how_much_is_fetched(cache: Path) -> None:
    """The list says of every corpus which of its splits are in the cache, whole or in part, and its licence."""
    entry = read_entry("semeval2016-stance")

    def state() -> str:
        (row,) = [line for line in tabulate_corpora().splitlines() if line.startswith(entry.name)]
        name_and_state, _, licence = row.partition(" SemEval-2016 Task 6 A: ")
        assert licence.endswith("(SemEval-2016 Task 6 terms: research; the tweets belong to their authors)")
        return name_and_state.removeprefix(entry.name).strip()

    def put(paths: list[str]) -> None:
        for path in paths:
            (entry.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (entry.folder / path).write_bytes(b"")

    assert state() == "none"
    put(entry.files_of("dev")[:1])
    assert state() == "dev in part"
    put(entry.files_of("dev"))
    assert state() == "dev"
    for split in entry.splits:
        put(entry.files_of(split))
    assert state() == "all"


def test_unknown_names() -> None:
    """What is neither a folder nor registered is unknown, and the message lists what is."""
    for call in (read_corpus, show_corpus, fetch_corpus):
        with pytest.raises(UnknownNameError, match="narrative-frames"):
            call("nothing")


@pytest.mark.mirror
@pytest.mark.parametrize(
    "name",
    [
        *NAMES,
        "alignment-labels",
        "difference-labels",
        "reference-labels",
        "quote-labels",
        "invented-names",
        "similar-events",
    ],
)
def test_unknown_split(mirror: Path, name: str) -> None:
    """A split that a corpus does not have is unknown."""
    with pytest.raises(UnknownNameError, match="none"):
        read_corpus(name, splits=["none"])


def test_a_corpus_that_comes_with_crossframe(cache: Path) -> None:
    """It is read and shown without any file of its own, and there is nothing to fetch."""
    assert "texts and labels come with crossframe" in show_corpus("invented-names")
    assert len(read_corpus("invented-names").articles) == 1500
    for name in ("invented-names", "georgia-2008"):
        with pytest.raises(UnknownNameError, match="there is nothing to fetch"):
            fetch_corpus(name)


@pytest.mark.parametrize(
    ("name", "suggested"), [("bazil", "basil"), ("newsmtcs", "newsmtsc"), ("georgia2008", "georgia-2008")]
)
def test_mistyped_names_are_suggested(name: str, suggested: str) -> None:
    """The nearest known corpus ends the message."""
    for call in (read_corpus, show_corpus):
        with pytest.raises(UnknownNameError, match=rf"Did you mean '{suggested}'\?$"):
            call(name)


@pytest.mark.parametrize("wrong", [7, None, ["basil"]])
def test_wrong_types(wrong: object) -> None:
    """What is neither str nor Path is refused in one line."""
    with pytest.raises(InputError, match=r"Invalid corpus .*: a str or a pathlib\.Path"):
        read_corpus(wrong)  # type: ignore[arg-type]
