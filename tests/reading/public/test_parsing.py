"""Corpora of tokens with tags of names: small files in upstream's forms, and counts of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry
from crossframe.records import Annotation, Corpus

MakeEntry = Callable[..., Entry]


def entities(corpus: Corpus) -> list[tuple[str, str, str]]:
    """Return article, text and class of every gold entity."""
    gold = corpus.gold["entities"]
    assert isinstance(gold, Annotation)
    texts = {article.id: article.document for article in corpus.articles}
    labels = [gold.labels[number] for number in gold.scores.argmax(axis=1)]
    return [
        (unit["article"], texts[unit["article"]][unit["start"] : unit["end"]], label)
        for unit, label in zip(gold.units.rows(), labels, strict=True)
    ]


class TestNames:
    """Tokens and tags."""

    def test_crossner(self, make_entry: MakeEntry) -> None:
        """Tokens are joined by blanks; B- opens an entity beside another; a split is loaded when asked for."""
        rows = "The\tO\nGreens\tB-politicalparty\nof\tO\nNew\tB-location\nTown\tI-location\nBell\tB-politician\n\n"
        entry = make_entry(
            "crossner-politics",
            {
                "train": {"train": rows + "Ann\tB-person\nBell\tB-person\n"},
                "dev": {"dev": rows},
                "test": {"test": rows},
            },
        )
        corpus = load_entry(entry)
        assert [(a.id, a.event, a.split, a.document) for a in corpus.articles] == [
            ("train-0000", "train-0000", "train", "The Greens of New Town Bell"),
            ("train-0001", "train-0001", "train", "Ann Bell"),
            ("dev-0000", "dev-0000", "dev", "The Greens of New Town Bell"),
        ]
        assert entities(corpus)[:5] == [
            ("train-0000", "Greens", "politicalparty"),
            ("train-0000", "New Town", "location"),
            ("train-0000", "Bell", "politician"),
            ("train-0001", "Ann", "person"),
            ("train-0001", "Bell", "person"),
        ]
        assert [a.id for a in load_entry(entry, ["test"]).articles] == ["test-0000"]

    def test_wnut17(self, make_entry: MakeEntry) -> None:
        """A line of a lone tab separates posts; characters stay as they are."""
        entry = make_entry("wnut17", {"train": {"train": "´\tO\nl’Ann\tB-person\n\t\nthe\tO\n"}})
        corpus = load_entry(entry, ["train"])
        assert [a.text for a in corpus.articles] == ["´ l’Ann", "the"]
        assert entities(corpus) == [("train-0000", "l’Ann", "person")]

    def test_wikigold(self, make_entry: MakeEntry) -> None:
        """Columns are separated by a blank, and every tag is I-: another class opens another entity."""
        entry = make_entry("wikigold", {"all": {"x": "Ann I-PER\nBell I-PER\nOslo I-LOC\n. O\n\n"}})
        assert entities(load_entry(entry)) == [("all-0000", "Ann Bell", "PER"), ("all-0000", "Oslo", "LOC")]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("Ann\tB-person\nBell\n", "train: line 2: Invalid row 'Bell'"),
            ("Ann\tperson\n", "line 1: Invalid row"),
            ("Ann\tB-poet\n", "Invalid class 'poet' in 'train' of corpus 'wnut17'"),
        ],
    )
    def test_bad_rows(self, make_entry: MakeEntry, content: str, message: str) -> None:
        """A row of another form and a class unheard of are one clear error."""
        with pytest.raises(InputError, match=message):
            load_entry(make_entry("wnut17", {"train": {"train": content}}), ["train"])


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "blocks", "n_entities"),
    [
        ("crossner-politics", {"train": 200, "dev": 541}, 4786),
        ("wnut17", {"train": 3394, "dev": 1009}, 2811),
        ("wikigold", {"all": 1841}, 3558),
    ],
)
def test_real_names(mirror: Path, name: str, blocks: dict[str, int], n_entities: int) -> None:
    """Blocks are as many as known, entities as many as upstream opens."""
    corpus = read_corpus(name)
    assert Counter(article.split for article in corpus.articles) == blocks
    assert len(entities(corpus)) == n_entities
