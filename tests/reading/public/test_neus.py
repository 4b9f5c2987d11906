"""NeuS: small files in upstream's form, and counts of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.public import neus as neus_loader
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry
from crossframe.records import Alignment

MakeEntry = Callable[..., Entry]
STORY = "TITLE=> Bridge opens. ARTICLE=> The bridge opened. It cost 9 million."
BARE = "TITLE=> No body ARTICLE=>"


@pytest.fixture(autouse=True)
def no_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Look for our own gold in an empty folder, but for real files."""
    if not request.node.get_closest_marker("mirror"):
        monkeypatch.setattr(storage, "corpora_folder", lambda: tmp_path / "corpora")


def neus(make_entry: MakeEntry) -> Entry:
    """Return an entry of two training stories, the second with a lead without a body, and one of each other split."""
    first, second = " [SEP] ".join([STORY] * 3), f"{STORY} [SEP] {BARE} [SEP]  {STORY}"
    return make_entry(
        "neus",
        {
            "train": {"train/x": f"{first}\n{second}\n"},
            "val": {"val/x": f"{first}\n"},
            "test": {"test/x": f"{first}\n"},
        },
    )


def write_gold(tmp_path: Path, name: str, *rows: str) -> None:
    """Write a table of our own gold; cells are separated by blanks."""
    text = "".join(row.replace(" ", "\t") + "\n" for row in rows)
    storage.write_text(tmp_path / "corpora" / "neus" / "gold" / "alignment" / name, text)


class TestNeus:
    """Stories of three leads."""

    def test_leads(self, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ids count lines and leads, a lead without a body is left out, and nothing is split into sentences."""
        monkeypatch.setattr(neus_loader, "read_alignment", None)
        corpus = load_entry(neus(make_entry))
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

    def test_a_line_of_another_form(self, make_entry: MakeEntry) -> None:
        """A story with two leads is refused with its line."""
        entry = make_entry("neus", {"val": {"x": f"{STORY} [SEP] {STORY}\n"}})
        with pytest.raises(InputError, match="line 1 of split 'val'"):
            load_entry(entry, ["val"])

    def test_gold(self, make_entry: MakeEntry, tmp_path: Path) -> None:
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
        entry = neus(make_entry)
        gold = load_entry(entry).gold["alignment"]
        assert isinstance(gold, Alignment)
        assert gold.keys() == [(("val-0000-1", 2), ("val-0000-3", 1))]
        assert {article.event for article in gold.sentences.articles} == {"val-0000"}
        assert gold.sentences.text[1:3] == ("The bridge", "opened. It cost 9 million.")
        assert load_entry(entry, ["val"]).gold["alignment"].sentences.text == gold.sentences.text
        assert not load_entry(entry, ["train"]).gold

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("val-0009-1 1 0 10", "line 2: Unknown article"),
            ("val-0000-1 2 0 10", "line 2: Invalid sentence 2"),
            ("val-0000-1 one 0 10", "line 2: Invalid row"),
            ("val-0000-1 1 0 99", "Invalid sentence offsets"),
        ],
    )
    def test_bad_offsets(self, make_entry: MakeEntry, tmp_path: Path, row: str, message: str) -> None:
        """A row that cannot be placed is one clear error."""
        write_gold(tmp_path, "sentences.tsv", "article sentence start end", row)
        with pytest.raises(InputError, match=message):
            load_entry(neus(make_entry))


@pytest.mark.mirror
def test_real_neus(mirror: Path) -> None:
    """All stories are there; 22 leads of 21 events have no body."""
    corpus = read_corpus("neus")
    leads = Counter(article.event for article in corpus.articles)
    assert Counter(event.split("-")[0] for event in leads) == {"train": 2452, "val": 307, "test": 307}
    assert Counter(leads.values()) == {3: 3045, 2: 20, 1: 1}
