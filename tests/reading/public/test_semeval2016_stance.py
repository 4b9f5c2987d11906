"""SemEval-2016 Task 6 A: small files in upstream's form, and counts of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry
from crossframe.reading.public.semeval2016_stance import DEBATE_LABELS

MakeEntry = Callable[..., Entry]


def debates(labels: str = "2\n1") -> dict[str, dict[str, str]]:
    """Return two tweets toward one target."""
    return {
        "train": {
            "d/hillary/train_labels.txt": labels,
            "d/hillary/train_text.txt": "Yes \u2028 she can\nNever\n",
        }
    }


def test_debates(make_entry: MakeEntry) -> None:
    """A line is a tweet, whatever Python takes for a line break in it; its target is the folder."""
    corpus = load_entry(make_entry("semeval2016-stance", debates()), ["train"])
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
def test_bad_debates(make_entry: MakeEntry, labels: str, message: str) -> None:
    """Labels that are too few or unknown are one clear error."""
    with pytest.raises(InputError, match=message):
        load_entry(make_entry("semeval2016-stance", debates(labels)), ["train"])


@pytest.mark.mirror
def test_real_debates(mirror: Path) -> None:
    """The test split holds as many labels of every target as the task's paper says."""
    corpus = read_corpus("semeval2016-stance")
    gold = corpus.gold["debate-stance"]
    assert Counter(article.split for article in corpus.articles) == {"train": 2620, "dev": 294, "test": 1249}
    test = np.array([id.split("-")[1] == "test" for id in gold.units.article])
    assert gold.scores[test].sum(axis=0).tolist() == [230, 715, 304]
    targets = np.array(gold.units.actor)[test]
    assert Counter(targets.tolist()) == {
        "abortion": 280, "atheism": 220, "climate": 169, "feminist": 285, "hillary": 295
    }  # fmt: skip
