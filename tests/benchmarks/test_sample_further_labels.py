"""The draw of further labels for training: weights by hand, what a model is unsure of first, and what may not be in it."""

from collections.abc import Sequence

import numpy as np
import pytest
from reference_label_candidates import Sentence
from sample_further_labels import (
    DOUBTFUL_WEIGHTS,
    UNSURE_WEIGHTS,
    choose,
    find_doubts,
    find_judged,
    rank_sentences,
    weigh,
)
from sample_reference_labels import ITEMS

from crossframe.judging.targets import StanceItem
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.records import AUTHOR, Article

TEXT = "Ann met Bob and Cid and Dee and Eve."
PLACES = ((0, 3), (8, 11), (16, 19), (24, 27), (32, 35))


class Unsure:
    """Is unsure of the portrayal of the names in `of`, and thinks that the author judges the names in `judged`."""

    def __init__(self, of: str = "", judged: str = "") -> None:
        self.of, self.judged = of, judged

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities of negative, neutral and positive."""
        sure = [
            item.text[item.start : item.end] not in (self.judged if item.holder == AUTHOR else self.of)
            for item in items
        ]
        return np.array([(0.0, 1.0, 0.0) if one else (0.4, 0.4, 0.2) for one in sure])


def make_sentence(kinds: Sequence[str], hard_kind: str = "", corpus: str = "neus") -> Sentence:
    """Return a sentence whose first names are mentions of these kinds."""
    mentions = tuple((*place, kind) for place, kind in zip(PLACES, kinds, strict=False))
    return Sentence(corpus, Article("a", "e", "o", "", TEXT), 0, len(TEXT), hard_kind, mentions)


@pytest.mark.parametrize(
    ("kinds", "hard_kind", "corpus", "expected"),
    [
        (("person",), "", "neus", 0.5 * 0.7),
        (("person", "group"), "", "neus", 0.5 * 1.6 * 1.5),
        (("state",), "acquittal or denial", "ecbplus", 2.5 * 1.6 * 0.5),
    ],
)
def test_weights_by_hand(kinds: Sequence[str], hard_kind: str, corpus: str, expected: float) -> None:
    """Hard kind, heaviest kind of mention, whether there are several, corpus."""
    assert weigh(make_sentence(kinds, hard_kind, corpus)) == pytest.approx(expected)


def test_heavier_sentences_come_first_more_often() -> None:
    """Of two sentences the one of five times the weight is first in five of six draws."""
    light, heavy = make_sentence(("person",)), make_sentence(("person",), "acquittal or denial")
    first = [rank_sentences([light, heavy], np.random.default_rng(seed))[0] is heavy for seed in range(600)]
    assert np.mean(first) == pytest.approx(5 / 6, abs=0.06)


def test_what_the_model_is_unsure_of_is_taken_first() -> None:
    """By portrayal or author, at most three mentions of a sentence, until there are enough."""
    sure = make_sentence(("state", "state"))
    unsure = make_sentence(("person", "person", "person", "person"))
    model = Unsure(of="Dee")
    [(first, found), (second, other)] = choose([sure, unsure], model, find_doubts, UNSURE_WEIGHTS, 4)  # type: ignore[arg-type]
    assert (first, second) == (unsure, sure)
    assert len(found) == 3
    assert (24, 27, "person") in found
    assert other == sure.mentions
    [(first, _)] = choose([unsure, sure], Unsure(judged="Bob"), find_doubts, UNSURE_WEIGHTS, 1)  # type: ignore[arg-type]
    assert first is sure  # a state weighs more than a person
    [(first, _)] = choose([sure, unsure], model, find_judged, DOUBTFUL_WEIGHTS, 1)  # type: ignore[arg-type]
    assert first is unsure


def test_further_labels_are_of_training_articles_alone() -> None:
    """No article of dev or test, no excluded story, no mention or sentence of the draws before."""
    rows = [
        row
        for _, row in read_tsv(ITEMS, ("corpus", "article", "sentence_start", "split", "draw", "probability"))
    ]
    further = [row for row in rows if row["draw"] in "34"]
    before = [row for row in rows if row["draw"] in "12"]
    assert len(further) > 10_000
    assert {(row["split"], row["probability"]) for row in further} == {("train", "")}
    held = {(row["corpus"], row["article"]) for row in before if row["split"] != "train"}
    assert not held & {(row["corpus"], row["article"]) for row in further}
    sentences = {(row["corpus"], row["article"], row["sentence_start"]) for row in before}
    assert not sentences & {(row["corpus"], row["article"], row["sentence_start"]) for row in further}
    assert not read_excluded_stories() & {
        row["article"].rpartition("-")[0] for row in further if row["corpus"] == "neus"
    }
