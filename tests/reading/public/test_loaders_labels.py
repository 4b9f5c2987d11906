"""Public corpora of short labelled texts: small files in upstream's forms, and counts of the real ones."""

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loaders import load
from crossframe.reading.public.loaders_labels import DEBATE_LABELS, DIRECTED_LABELS, GUN_FRAMES
from crossframe.reading.public.registry import Entry

Maker = Callable[[str, dict[str, dict[str, str]]], Entry]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Return a maker of registry entries whose files, by split and path, lie verified in an empty cache."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))

    def made(name: str, splits: dict[str, dict[str, str]]) -> Entry:
        contents = {path: text.encode() for files in splits.values() for path, text in files.items()}
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
        entry = Entry(
            name, "", "o", "r", "c", "en", "free", "", "", {s: tuple(f) for s, f in splits.items()}, hashes
        )
        for path, content in contents.items():
            (entry.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (entry.folder / path).write_bytes(content)
        return entry

    return made


def debates(labels: str = "2\n1") -> dict[str, dict[str, str]]:
    """Return two tweets toward one target."""
    return {
        "train": {
            "d/hillary/train_labels.txt": labels,
            "d/hillary/train_text.txt": "Yes \u2028 she can\nNever\n",
        }
    }


def test_debates(make: Maker) -> None:
    """A line is a tweet, whatever Python takes for a line break in it; its target is the folder."""
    corpus = load(make("semeval2016-stance", debates()), ["train"])
    assert [(a.id, a.text, a.split) for a in corpus.articles] == [
        ("hillary-train-0000", "Yes \u2028 she can", "train"),
        ("hillary-train-0001", "Never", "train"),
    ]
    gold = corpus.gold["debate-stance"]
    assert (gold.unit, gold.labels, gold.units.actor) == ("article x actor", DEBATE_LABELS, ("hillary",) * 2)
    assert gold.scores.tolist() == [[0, 0, 1], [0, 1, 0]]


@pytest.mark.parametrize(
    ("labels", "message"), [("2", "Invalid number of labels 1"), ("2 3", "Invalid label '3'")]
)
def test_bad_debates(make: Maker, labels: str, message: str) -> None:
    """Labels that are too few or unknown are one clear error."""
    with pytest.raises(InputError, match=message):
        load(make("semeval2016-stance", debates(labels)), ["train"])


def test_gun_frames(make: Maker) -> None:
    """A row is a headline whose frames are its last nine columns."""
    row = "36\tShots in A, B says\ta\t" + "\t".join(["0.0", "1.0", "0.0", "1.0", *["0.0"] * 5])
    corpus = load(make("gvfc", {"train": {"train.tsv": row + "\n"}}))
    assert [(a.id, a.text) for a in corpus.articles] == [("train-0036", "Shots in A, B says")]
    gold = corpus.gold["gun-frames"]
    assert [GUN_FRAMES[j] for j in np.flatnonzero(gold.scores[0])] == ["gun-control", "mental-health"]


@pytest.mark.parametrize("flags", ["1.0", "\t".join(["2.0", *["0.0"] * 8])])
def test_bad_gun_frames(make: Maker, flags: str) -> None:
    """Frames that are too few or no flags are one clear error."""
    with pytest.raises(InputError, match="nine of"):
        load(make("gvfc", {"train": {"train.tsv": f"1\tA\ta\t{flags}\n"}}))


def test_directed(make: Maker) -> None:
    """Spans stand between the brackets, whatever the row calls them."""
    rows = "[Rome] likes [Oslo].\tRome\tOslo\t1\n[A]s, [Rome]s.\tB\tRome\t4\n"
    corpus = load(make("directed-sentiment", {"train": {"train.txt": rows}}), ["train"])
    gold, text = corpus.gold, {article.id: article.text for article in corpus.articles}
    told = {
        name: [text[unit["article"]][unit["start"] : unit["end"]] for unit in gold[name].units.rows()]
        for name in ("first", "second")
    }
    assert told == {"first": ["Rome", "A"], "second": ["Oslo", "Rome"]}
    assert gold["first"].units.actor == ("rome", "b")
    found = [DIRECTED_LABELS[j] for j in gold["directed-sentiment"].scores.argmax(axis=1)]
    assert found == ["p-q-positive", "q-p-negative"]


def test_bad_directed(make: Maker) -> None:
    """A sentence without two bracketed entities is one clear error with its line."""
    with pytest.raises(InputError, match=r"line 1 of 'train\.txt'"):
        load(
            make("directed-sentiment", {"train": {"train.txt": "[Rome] rests.\tRome\tOslo\t0\n"}}), ["train"]
        )


@pytest.mark.mirror
def test_real_debates(mirror: Path) -> None:
    """The test part holds as many labels of every target as the task's paper says."""
    corpus = read_corpus("semeval2016-stance")
    gold = corpus.gold["debate-stance"]
    assert Counter(article.split for article in corpus.articles) == {"train": 2620, "dev": 294, "test": 1249}
    test = np.array([id.split("-")[1] == "test" for id in gold.units.article])
    assert gold.scores[test].sum(axis=0).tolist() == [230, 715, 304]
    targets = np.array(gold.units.actor)[test]
    assert Counter(targets.tolist()) == {
        "abortion": 280, "atheism": 220, "climate": 169, "feminist": 285, "hillary": 295
    }  # fmt: skip


@pytest.mark.mirror
def test_real_gun_frames(mirror: Path) -> None:
    """The training part holds 1,037 headlines, 260 of them with two frames."""
    gold = read_corpus("gvfc").gold["gun-frames"]
    assert Counter(gold.scores.sum(axis=1).tolist()) == {1: 777, 2: 260}
    assert gold.scores.sum(axis=0).tolist() == [53, 257, 349, 64, 141, 107, 210, 39, 77]


@pytest.mark.mirror
def test_real_directed(mirror: Path) -> None:
    """Classes of train and dev are as many as the data card says."""
    gold = read_corpus("directed-sentiment").gold["directed-sentiment"]
    assert gold.scores.sum(axis=0).tolist() == [9544, 1490, 294, 2847, 430]
