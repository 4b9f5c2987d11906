"""Our own standoff labels of stance: read beside any corpus, checked against its documents, told as language models'."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import CrossframeError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.own_labels import SOURCE, add_own_stance
from crossframe.reading.text.split import split_sentences
from crossframe.records import STANCES, Annotation, Article, Corpus

CORPUS = Corpus("mine", (Article("a", "e", "o", "", "The mayor lied. Ann won."),))
HEAD = "article\tsentence\tstart\tend\tlabel"


def table(tmp_path: Path, *rows: str) -> Path:
    """Return a table of labels."""
    path = tmp_path / "stance.tsv"
    path.write_text("\n".join([HEAD, *(row.replace(" ", "\t") for row in rows)]) + "\n", encoding="utf-8")
    return path


def test_labels_become_gold(tmp_path: Path) -> None:
    """Labels of articles that are loaded become gold stance; of others they are passed over; the rest stays."""
    path = table(tmp_path, "a 1 4 9 negative", "b 1 0 3 neutral", "a 2 16 19 positive")
    gold = add_own_stance(CORPUS, path).gold["stance"]
    assert isinstance(gold, Annotation)
    assert gold.source == SOURCE
    assert list(gold.units.actor) == ["mayor", "ann"]
    assert [STANCES[i] for i in gold.scores.argmax(axis=1)] == ["negative", "positive"]
    assert add_own_stance(CORPUS, table(tmp_path, "b 1 0 3 neutral")) is CORPUS
    assert add_own_stance(CORPUS, tmp_path / "none.tsv") is CORPUS


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a 1 4 99 negative", r"line 2: Invalid span \(4, 99\)"),
        ("a 1 4 9 bad", "negative, neutral, positive"),
        ("a 1 four 9 neutral", "line 2: .*whole numbers"),
    ],
)
def test_rows_that_break_a_rule(tmp_path: Path, row: str, said: str) -> None:
    """A wrong row is named with its line."""
    with pytest.raises(CrossframeError, match=said):
        add_own_stance(CORPUS, table(tmp_path, row))


@pytest.mark.mirror
@pytest.mark.parametrize("name", ["narrative-frames", "gvfc"])
def test_shipped_labels_lie_in_their_sentences(name: str) -> None:
    """Every shipped label marks a name within the sentence it says, once."""
    corpus = read_corpus(name)
    gold = corpus.gold["stance"]
    assert isinstance(gold, Annotation)
    sentences = split_sentences(corpus.articles)
    places = set()
    for unit in gold.units.rows():
        row = sentences.row(unit["article"], unit["sentence"])
        assert sentences.start[row] <= unit["start"] < unit["end"] <= sentences.end[row]
        places.add((unit["article"], unit["start"], unit["end"]))
    assert len(places) == len(gold)
    assert np.all(gold.scores.sum(axis=0) > 10)
