"""SEESAW: a story in upstream's form, and counts of the real stories."""

import json
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry, read_entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation

MakeEntry = Callable[..., Entry]


def _story(**changes: Any) -> dict[str, str]:
    """Return the files of an invented story."""
    about = {
        f"Meta info for article {number}": {
            "source": source,
            "url": f"https://{source.lower()}.example/1",
            "title": "A dam",
            "bias_label": lean,
        }
        for number, (source, lean) in enumerate((("Vale Post", 0), ("The Courier", 2), ("Hill News", 4)))
    }
    meta = {"story_url": "", "story_title": "Dam", "story_time": "2020-05-01", "triplet_id": "901"} | about
    notes: dict[str, Any] = {
        "title": "A dam",
        "entity lists": [
            ["Ann Reed", ["People"], ["Main"], ["A"]],
            ["Water Board", ["Organization", "Topic", "Organization"], ["Salient"] * 3, ["A", "B", "C"]],
        ],
        "sentence-level stances": {
            "0": [
                {"id": 0, "subject": "None", "sentiment": "NEG", "object": "Ann Reed", "annotators": ["A"]},
                {"id": 1, "subject": "Water Board", "sentiment": "POS", "object": "Ann Reed", "annotators": ["A"]},
            ],
            "2": [
                {"id": 0, "subject": "Not in the list", "sentiment": "POS", "object": "Water Board", "annotators": []},
                {"id": 1, "subject": "Ann Reed", "sentiment": "NEG", "object": "Not in the list", "annotators": []},
            ],
        },
        "entity sentiments": {
            "Ann Reed": [["Very Negative", "A"], ["Neutral", "B"]],
            "Water Board": [["Unknown", "A"]],
        },
        "entity ideologies": {"Ann Reed": [["Liberal", "A"]], "Water Board": [["Not Applicable", "A"]]},
        "article ideology": [{"ideology": "Liberal", "annotator": "A"}],
    }  # fmt: skip
    text = [{"id": number, "text": words} for number, words in enumerate(("It broke.", "", "Reed left."))]
    files = {"SEESAW/meta/TRIPLET_901.json": json.dumps(meta)}
    for number in range(3):
        name = f"TRIPLET_901_DOCUMENT_{number}.json"
        files[f"SEESAW/articles/{name}"] = json.dumps({"title": "A dam", "text": text})
        files[f"SEESAW/annotations/{name}"] = json.dumps(notes | changes)
    return files


def test_a_story(make_entry: MakeEntry) -> None:
    """Sentences are the given ones; feelings are shares of annotators; an unlisted holder is not the author."""
    corpus = load_entry(make_entry("seesaw", {"dev": _story()}))
    assert [(outlet.id, outlet.lean) for outlet in corpus.outlets] == [
        ("hill-news", "4"),
        ("the-courier", "2"),
        ("vale-post", "0"),
    ]
    assert [(actor.id, actor.kind) for actor in corpus.actors] == [
        ("ann-reed", "person"),
        ("water-board", "organisation"),
    ]
    assert split_sentences(corpus.articles[:1]).text == ("A dam", "It broke.", "", "Reed left.")
    feelings, single = corpus.gold["framing"], corpus.gold["framing-by-annotator"]
    assert isinstance(feelings, Annotation)
    assert isinstance(single, Annotation)
    assert feelings.scores.tolist() == [[0.5, 0, 0.5, 0, 0]] * 3
    assert feelings.units.actor == ("ann-reed",) * 3
    assert single.units.voice == ("A", "B") * 3
    triplets = corpus.gold["triplets"].select(np.arange(4))
    assert [(unit["sentence"], unit["voice"], unit["actor"]) for unit in triplets.units.rows()] == [
        (1, "author", "ann-reed"),
        (1, "water-board", "ann-reed"),
        (3, "other", "water-board"),
        (3, "ann-reed", ""),
    ]
    assert triplets.scores.argmax(axis=1).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"entity sentiments": {"Ann Reed": [["Fond", "A"]]}}, "Invalid judgement 'fond'"),
        ({"entity lists": [["Ann Reed", ["Ship"], [], []]]}, "Invalid kind of entity 'Ship'"),
        ({"sentence-level stances": {"7": []}}, "Invalid sentence '7'"),
    ],
)
def test_bad_annotations(make_entry: MakeEntry, changes: dict[str, Any], message: str) -> None:
    """A value that is not in upstream's lists is one clear error with its file."""
    with pytest.raises(InputError, match=f"{message}.*TRIPLET_901_DOCUMENT_0"):
        load_entry(make_entry("seesaw", {"dev": _story(**changes)}))


def test_splits() -> None:
    """Dev and test are 113 and 90 stories without overlap; the stories shared with NewsMTSC are of dev."""
    entry = read_entry("seesaw")
    stories = {
        split: {path.removesuffix(".json")[-3:] for path in entry.files_of(split) if "/meta/" in path}
        for split in entry.splits
    }
    assert {split: len(own) for split, own in stories.items()} == {"dev": 113, "test": 90}
    assert {split: len(entry.files_of(split)) for split in entry.splits} == {"dev": 791, "test": 630}
    assert not stories["dev"] & stories["test"]
    shared = (storage.corpora_folder() / "seesaw" / "shared-with-newsmtsc.txt").read_text().split()
    assert len(shared) == 57
    assert set(shared) <= stories["dev"]


@pytest.mark.mirror
def test_real_stories(mirror: Path) -> None:
    """Articles, entities, judgements and pairs of outlets are as many as the data card says."""
    corpus = read_corpus("seesaw")
    assert (len(corpus), len(corpus.events), len(corpus.outlets)) == (339, 113, 20)
    assert Counter(actor.kind for actor in corpus.actors) == {
        "person": 552, "organisation": 114, "country": 47, "group": 3, "other": 315,
    }  # fmt: skip
    triplets, feelings = corpus.gold["triplets"], corpus.gold["framing"]
    assert isinstance(triplets, Annotation)
    assert isinstance(feelings, Annotation)
    assert triplets.scores.sum(axis=0).tolist() == [3510, 2161]
    assert Counter(triplets.units.voice).most_common(2) == [("other", 736), ("author", 511)]
    assert triplets.units.actor.count("") == 309
    mean = feelings.scores @ np.array([-1, -0.5, 0, 0.5, 1])
    cells: dict[tuple[str, str], list[float]] = {}
    for article, actor, value in zip(feelings.units.article, feelings.units.actor, mean, strict=True):
        cells.setdefault((article[:3], actor), []).append(value)
    assert sum(a != b for own in cells.values() for a, b in combinations(own, 2)) == 530
    assert sum(not text for text in split_sentences(corpus.articles).text) == 494
