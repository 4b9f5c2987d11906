"""Metrics of finders of names."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.attributing.names.spotting import Name
from crossframe.records import Annotation, Article, Corpus, Sentences, Units
from crossframe.studies.evaluate.actors import evaluate_actors
from crossframe.studies.evaluate.names import score_names

TEXT = "Jane Doe of the Reform Party left Oslo"
LABELS = ("person", "politicalparty", "location", "election")


def corpus(n: int = 1) -> Corpus:
    """Return a corpus of `n` blocks of the same text."""
    return Corpus("tiny", tuple(Article(f"a{k}", f"a{k}", "o", "", TEXT) for k in range(n)))


def gold(*rows: tuple[str, str], n: int = 1) -> Annotation:
    """Return entities by their words and class, the same in every block."""
    units = [
        {"article": f"a{k}", "start": TEXT.index(words), "end": TEXT.index(words) + len(words)}
        for k in range(n)
        for words, _ in rows
    ]
    chosen = [LABELS.index(label) for _, label in rows] * n
    return Annotation(Units.from_rows(units), "span", LABELS, np.eye(len(LABELS))[chosen], "test")


def finder(*rows: tuple[str, str]):
    """Return a finder of these words with these kinds in every article it is given."""

    def find(sentences: Sentences) -> list[Name]:
        return [
            Name(article.id, 0, TEXT.index(words), TEXT.index(words) + len(words), words, kind=kind)
            for article in sentences.articles
            for words, kind in rows
        ]

    return find


ENTITIES = (("Jane Doe", "person"), ("Reform Party", "politicalparty"), ("Oslo", "location"))


def test_all_right() -> None:
    """What gold has scores one, and so does the interval; a country is a place."""
    find = finder(("Jane Doe", "person"), ("Reform Party", "party"), ("Oslo", "country"))
    metrics = score_names(corpus(2), gold(*ENTITIES, n=2), find)
    names = (
        "f1",
        "f1_low",
        "f1_high",
        "precision",
        "recall",
        "typed_f1",
        "person_f1",
        "party_f1",
        "place_f1",
    )
    assert [metrics[name] for name in names] == [1.0] * 9
    assert (metrics["n_gold"], metrics["n_found"], metrics["n_blocks"]) == (6, 6, 2)
    assert "organisation_f1" not in metrics


def test_metrics() -> None:
    """Boundaries are strict, kinds pooled; classes and kinds that are none of the four are passed over."""
    find = finder(
        ("Jane Doe", "organisation"), ("the Reform Party", "party"), ("Oslo", ""), ("left", "office")
    )
    metrics = score_names(corpus(), gold(*ENTITIES, ("left", "election")), find)
    # 3 gold (without the election), 3 found (without the office), 2 of them with gold's boundaries, none of its kind.
    assert metrics == pytest.approx(
        {
            "f1": 2 / 3, "f1_low": 2 / 3, "f1_high": 2 / 3, "precision": 2 / 3, "recall": 2 / 3,
            "typed_f1": 0.0, "person_f1": 0.0, "party_f1": 0.0, "place_f1": 0.0,
            "n_gold": 3.0, "n_found": 3.0, "n_blocks": 1.0,
        }
    )  # fmt: skip


def test_interval() -> None:
    """The interval holds the estimate and is the same every time; without any span there is none."""
    made, truth = corpus(40), gold(("Oslo", "location"), n=40)

    def find(sentences: Sentences) -> list[Name]:
        even = int(sentences.articles[0].id[1:]) % 2 == 0
        return finder(("Oslo", "country"))(sentences) if even else []

    metrics = score_names(made, truth, find)
    low, high = metrics["f1_low"], metrics["f1_high"]
    assert metrics["f1"] == pytest.approx(2 * 20 / (20 + 40))
    assert low is not None
    assert high is not None
    assert low < 2 / 3 < high
    assert metrics == score_names(made, truth, find)
    assert score_names(made, gold(), finder())["f1_low"] is None


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "n_gold"), [("crossner-politics", 2575), ("wnut17", 617), ("wikigold", 2846)]
)
def test_real(mirror: Path, name: str, n_gold: int) -> None:
    """Default parts have as many entities of our kinds as their cards say, and rules find names."""
    metrics = evaluate_actors(name, model="rules")
    assert metrics["n_gold"] == n_gold
    assert (metrics["f1"] or 0) > 0.3
