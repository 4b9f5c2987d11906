"""Public corpora of alignment: small files in upstream's forms, and counts held against what is known of the real ones."""

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.errors import InputError, MissingDataError
from crossframe.reading.public import loaders_pairs
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loaders import load
from crossframe.reading.public.registry import Entry, read_entry
from crossframe.records import Alignment, Corpus

Maker = Callable[[str, dict[str, str]], Entry]
STORY = "TITLE=> Bridge opens. ARTICLE=> The bridge opened. It cost 9 million."
BARE = "TITLE=> No body ARTICLE=>"


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Return a maker of registry entries whose files, one a split, lie verified in an empty cache."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(storage, "corpora_folder", lambda: tmp_path / "corpora")

    def made(name: str, contents: dict[str, str]) -> Entry:
        files = {path: hashlib.sha256(content.encode()).hexdigest() for path, content in contents.items()}
        splits: dict[str, tuple[str, ...]] = {}
        for path in contents:
            splits[path.split("/")[0]] = (*splits.get(path.split("/")[0], ()), path)
        entry = Entry(name, "", "o", "r", "c", "en", "free", "", "", splits, files)
        for path, content in contents.items():
            (entry.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (entry.folder / path).write_bytes(content.encode())
        return entry

    return made


def neus(make: Maker) -> Entry:
    """Return an entry of two training stories, the second with a lead without a body, and one of each other split."""
    first, second = " [SEP] ".join([STORY] * 3), f"{STORY} [SEP] {BARE} [SEP]  {STORY}"
    return make("neus", {"train/x": f"{first}\n{second}\n", "val/x": f"{first}\n", "test/x": f"{first}\n"})


def write_gold(tmp_path: Path, name: str, *rows: str) -> None:
    """Write a table of our own gold; cells are parted by blanks."""
    text = "".join(row.replace(" ", "\t") + "\n" for row in rows)
    storage.write_text(tmp_path / "corpora" / "neus" / "gold" / "alignment" / name, text)


class TestNeus:
    """Stories of three leads."""

    def test_leads(self, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ids count lines and parts, a lead without a body is left out, and nothing is split into sentences."""
        monkeypatch.setattr(loaders_pairs, "read_alignment", None)
        corpus = load(neus(make))
        assert [a.id for a in corpus.articles][:5] == [
            "train-0000-1",
            "train-0000-2",
            "train-0000-3",
            "train-0001-1",
            "train-0001-3",
        ]
        one = corpus.article("train-0001-3")
        assert (one.event, one.outlet, one.split) == ("train-0001", "unknown-3", "train")
        assert (one.title, one.text) == ("Bridge opens.", "The bridge opened. It cost 9 million.")
        assert len(corpus) == 11
        assert not corpus.gold

    def test_a_line_of_another_form(self, make: Maker) -> None:
        """A story with two leads is refused with its line."""
        entry = make("neus", {"val/x": f"{STORY} [SEP] {STORY}\n"})
        with pytest.raises(InputError, match="line 1 of split 'val'"):
            load(entry, ["val"])

    def test_gold(self, make: Maker, tmp_path: Path) -> None:
        """Our offsets override the splitter, and our pairs are read on their events alone."""
        write_gold(
            tmp_path, "sentences.tsv", "article sentence start end", "val-0000-1 1 0 10", "val-0000-1 2 11 37"
        )
        write_gold(
            tmp_path,
            "neus.tsv",
            "event left_article left_sentence right_article right_sentence relation",
            "val-0000 val-0000-1 2 val-0000-3 1 equivalent",
        )
        entry = neus(make)
        gold = load(entry).gold["alignment"]
        assert isinstance(gold, Alignment)
        assert gold.keys() == [(("val-0000-1", 2), ("val-0000-3", 1))]
        assert {article.event for article in gold.sentences.articles} == {"val-0000"}
        assert gold.sentences.text[1:3] == ("The bridge", "opened. It cost 9 million.")
        assert load(entry, ["val"]).gold["alignment"].sentences.text == gold.sentences.text
        assert not load(entry, ["train"]).gold

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("val-0009-1 1 0 10", "line 2: Unknown article"),
            ("val-0000-1 2 0 10", "line 2: Invalid sentence 2"),
            ("val-0000-1 one 0 10", "line 2: Invalid row"),
            ("val-0000-1 1 0 99", "Invalid sentence offsets"),
        ],
    )
    def test_bad_offsets(self, make: Maker, tmp_path: Path, row: str, message: str) -> None:
        """A row that cannot be placed is one clear error."""
        write_gold(tmp_path, "sentences.tsv", "article sentence start end", row)
        with pytest.raises(InputError, match=message):
            load(neus(make))


def test_superpal(make: Maker) -> None:
    """A row is an event of two one-sentence articles; its topic is the event's title; commas and breaks are kept."""
    table = 'topic,docSpanText,summarySpanText\r\nt1,"It rained, they say",Rain fell\r\nt2,"Two\r\nlines.",One\r\n'
    corpus = load(make("superpal", {"dev/x": table, "test/x": table}), ["dev"])
    assert [(a.id, a.outlet, a.text) for a in corpus.articles] == [
        ("dev-0000-a", "a", "It rained, they say"),
        ("dev-0000-b", "b", "Rain fell"),
        ("dev-0001-a", "a", "Two\r\nlines."),
        ("dev-0001-b", "b", "One"),
    ]
    assert [event.title for event in corpus.events] == ["t1", "t2"]
    assert pairs_of(corpus) == [("dev-0000-a", "dev-0000-b"), ("dev-0001-a", "dev-0001-b")]


def test_msrp(make: Maker) -> None:
    """Only paraphrases are listed; quotation marks are text."""
    table = '\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t1\t2\t"A\tB\n1\t3\t4\tC "d"\tE\n'
    corpus = load(make("msrp", {"train/x": table, "test/x": table}))
    assert [a.text for a in corpus.articles] == ['"A', "B", 'C "d"', "E"] * 2
    assert pairs_of(corpus) == [("train-0001-a", "train-0001-b"), ("test-0001-a", "test-0001-b")]


def pairs_of(corpus: Corpus) -> list[tuple[str, str]]:
    """Return the articles of every gold pair, all of them equivalent first sentences."""
    gold = corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    assert set(gold.relation) == {"equivalent"}
    ids = [article.id for article in gold.sentences.articles]
    return [(ids[a], ids[b]) for a, b in zip(gold.left, gold.right, strict=True)]


@pytest.mark.mirror
def test_real_neus(mirror: Path) -> None:
    """All stories are there; 22 leads of 21 events have no body."""
    corpus = read_corpus("neus")
    leads = Counter(article.event for article in corpus.articles)
    assert Counter(event.split("-")[0] for event in leads) == {"train": 2452, "val": 307, "test": 307}
    assert Counter(leads.values()) == {3: 3045, 2: 20, 1: 1}


@pytest.mark.mirror
def test_real_superpal(mirror: Path) -> None:
    """The development part has its 198 pairs of four topics; a file that the mirror lacks is named."""
    corpus = read_corpus("superpal", splits=["dev"])
    assert Counter(event.title for event in corpus.events) == {
        "MultiNews_val10": 81, "MultiNews_val8": 60, "MultiNews_train5": 34, "MultiNews_test16": 23,
    }  # fmt: skip
    entry = read_entry("superpal")
    if not (mirror / entry.prefix / entry.files_of("test")[0]).exists():
        with pytest.raises(MissingDataError, match=r"test_MN_only\.csv"):
            read_corpus("superpal")


@pytest.mark.mirror
def test_real_msrp(mirror: Path) -> None:
    """The training part has its 4,076 pairs, 2,753 of them paraphrases."""
    corpus = read_corpus("msrp", splits=["train"])
    assert (len(corpus.events), len(pairs_of(corpus))) == (4076, 2753)
