"""Public corpora: the registry, verified files, and counts held against what their authors published."""

import hashlib
import shutil
from collections import Counter
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError, MissingDataError, UnknownNameError
from crossframe.reading.corpus.gold import read_alignment
from crossframe.reading.public.corpora import (
    fetch_corpus,
    list_corpora,
    read_corpus,
    show_corpus,
    tabulate_corpora,
)
from crossframe.reading.public.loaders import load
from crossframe.reading.public.registry import Entry, parts_of, read_entry
from crossframe.reading.text.split import split_sentences

NAMES = (
    "basil", "crossner-politics", "directed-sentiment", "ecbplus", "ecbplus-validated", "gvfc", "msrp",
    "narrative-frames", "neus", "newsmtsc", "polnear", "semeval2016-stance", "superpal", "wikigold", "wnut17",
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


def test_how_much_is_fetched(cache: Path) -> None:
    """The list says of every corpus which of its splits are in the cache, whole or in part, and its licence."""
    entry = read_entry("semeval2016-stance")

    def state() -> str:
        (row,) = [line for line in tabulate_corpora().splitlines() if line.startswith(entry.name)]
        told, _, licence = row.partition(" SemEval-2016 Task 6 A: ")
        assert licence.endswith("(SemEval-2016 Task 6 terms: research; the tweets belong to their authors)")
        return told.removeprefix(entry.name).strip()

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


def test_counts(cache: Path) -> None:
    """A split that holds another number of articles than the registry says is refused; others are not asked after."""
    text = '{"sentence_normalized": "A won.", "primary_gid": "allsides_1_2_3_A_0_1", "targets": []}\n'
    digest = hashlib.sha256(text.encode()).hexdigest()
    for expected, asked in ((1, True), (2, False)):
        counts = {"train": {"articles": expected, "stance": 0}, "rw": {"articles": 9}}
        entry = Entry(
            "newsmtsc",
            "",
            "o",
            "r",
            "c",
            "en",
            "free",
            "",
            "",
            {"train": ("x",)},
            {"x": digest},
            counts=counts,
        )
        entry.folder.mkdir(parents=True, exist_ok=True)
        (entry.folder / "x").write_text(text, encoding="utf-8")
        if asked:
            assert len(load(entry, ["train"])) == 1
        else:
            with pytest.raises(InputError, match=r"number of articles 1 in split 'train'.*says 2"):
                load(entry, ["train"])


def test_unknown_names() -> None:
    """What is neither a folder nor registered is unknown, and the message lists what is."""
    for call in (read_corpus, show_corpus, fetch_corpus):
        with pytest.raises(UnknownNameError, match="narrative-frames"):
            call("nothing")


def test_nothing_to_be_had(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty mirror is one clear error that says what to do; a mirror that is not there is unknown."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingDataError, match="Missing all 5 files"):
        fetch_corpus("newsmtsc", mirror=str(tmp_path / "empty"))
    with pytest.raises(UnknownNameError, match="Unknown mirror"):
        fetch_corpus("newsmtsc", mirror=str(tmp_path / "none"))
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(tmp_path / "empty"))
    with pytest.raises(MissingDataError, match="crossframe corpora fetch newsmtsc --mirror"):
        read_corpus("newsmtsc")


def test_a_wrong_file_is_not_taken(cache: Path, tmp_path: Path) -> None:
    """A file whose hash is not the registered one never enters the cache."""
    entry = read_entry("newsmtsc")
    wrong = tmp_path / "mirror" / entry.prefix / "LICENSE"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("not it", encoding="utf-8")
    with pytest.raises(MissingDataError, match=f"LICENSE.*hash.*{entry.files['LICENSE']}"):
        fetch_corpus("newsmtsc", mirror=str(tmp_path / "mirror"))
    assert not (entry.folder / "LICENSE").exists()


@pytest.mark.mirror
def test_what_is_missing_is_named_and_the_rest_kept(cache: Path, mirror: Path) -> None:
    """A mirror without one file gives the others, and reading needs only what is asked for."""
    entry = read_entry("narrative-frames")
    own = cache.parent / "own" / entry.prefix
    shutil.copytree(mirror / entry.prefix, own)
    gone = own / entry.files_of("dev")[0]
    gone.unlink()
    fetched = fetch_corpus("narrative-frames", mirror=str(cache.parent / "own"))
    assert [path for path, _ in fetched.missing] == entry.files_of("dev")
    assert len(fetched.present) == len(entry.files) - 1
    assert f"missing: {entry.files_of('dev')[0]} (not in the mirror" in fetched.summary()
    assert f"expected SHA-256 {entry.files[entry.files_of('dev')[0]]})" in fetched.summary()


@pytest.mark.mirror
def test_damaged_file_is_fetched_again(cache: Path, mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A truncated file warns and is replaced; with all in the cache the mirror may be gone."""
    entry = read_entry("narrative-frames")
    fetch_corpus("narrative-frames", mirror=str(mirror))
    path = entry.folder / entry.files_of("dev")[0]
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.warns(CrossframeWarning, match="Damaged file"):
        assert len(read_corpus("narrative-frames")) == 428
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(cache.parent / "gone"))
    assert len(read_corpus("narrative-frames")) == 428


@pytest.mark.mirror
def test_basil(mirror: Path) -> None:
    """Articles, sentences, spans and judgements are as many as published, and sentences are the given ones."""
    corpus = read_corpus("basil")
    sentences = split_sentences(corpus.articles)
    assert (len(corpus), len(corpus.events), len(corpus.actors)) == (300, 100, 0)
    assert Counter(article.outlet for article in corpus.articles) == {"fox": 100, "hpo": 100, "nyt": 100}
    assert int((sentences.index > 0).sum()) == 7984
    assert sum(not text for text in sentences.text) == 7
    totals = {name: corpus.gold[name].scores.sum(axis=0).tolist() for name in ("bias", "stance", "framing")}
    assert totals == {"bias": [1246, 480], "stance": [1415, 0, 311], "framing": [126, 463, 23]}
    spans = corpus.gold["stance"].units
    assert sum(voice == "author" for voice in spans.voice) == 1726 - 722
    assert all(
        sentences.locate(unit["article"], unit["start"]) == sentences.row(unit["article"], unit["sentence"])
        for unit in spans.rows()
    )


@pytest.mark.mirror
def test_basil_alignment(mirror: Path) -> None:
    """The pairs are as many as their README says, whole and of each reader."""
    corpus = read_corpus("basil")
    train, dev = corpus.gold["alignment-train"], corpus.gold["alignment-dev"]
    assert Counter(train.relation) == {"equivalent": 315, "partial": 1355}
    assert len(dev) == 540
    assert Counter(dev.relation)["disputed"] == 56
    table = storage.corpora_folder() / "basil" / "gold" / "alignment" / "basil-dev.tsv"
    readers = [set(read_alignment(corpus, table, relation=f"annotator_{n}").keys()) for n in (1, 2)]
    assert len(readers[0] & readers[1]) == 484
    assert len(readers[0] ^ readers[1]) == 56


@pytest.mark.mirror
def test_newsmtsc(mirror: Path) -> None:
    """Sentences, targets and the overlap of the official splits are as known."""
    corpus = read_corpus("newsmtsc")
    split = {article.id: article.split for article in corpus.articles}
    assert Counter(split.values()) == {"train": 7758, "rw": 1067}
    assert Counter(split[id] for id in corpus.gold["stance"].units.article) == {"train": 8739, "rw": 1146}
    train = {article.event for article in corpus.articles if article.split == "train"}
    assert sum(article.event in train for article in corpus.articles if article.split == "rw") == 516


@pytest.mark.mirror
def test_narrative_frames(mirror: Path) -> None:
    """All 428 articles are there with the frames of the published splits."""
    corpus = read_corpus("narrative-frames")
    frames = corpus.gold["frames"]
    assert Counter(article.split for article in corpus.articles) == {"train": 258, "dev": 85, "test": 85}
    assert dict(zip(frames.labels, frames.scores.sum(axis=0).tolist(), strict=True)) == {
        "conflict": 268, "economic": 127, "human-interest": 49, "moral": 44, "resolution": 192,
    }  # fmt: skip


@pytest.mark.mirror
@pytest.mark.parametrize("name", NAMES)
def test_unknown_split(mirror: Path, name: str) -> None:
    """A split that a corpus does not have is unknown."""
    with pytest.raises(UnknownNameError, match="none"):
        read_corpus(name, splits=["none"])


def test_parts_are_of_registered_corpora_alone() -> None:
    """Official parts in the registry's order; a corpus of ours, a table and the beginning of a name have none."""
    assert parts_of("narrative-frames") == ("train", "dev", "test")
    assert parts_of("georgia-2008") == parts_of("labels.tsv") == parts_of("narrative") == ()
