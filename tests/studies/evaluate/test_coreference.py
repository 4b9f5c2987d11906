"""Links against gold chains, by hand."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation, Article, Units
from crossframe.studies.evaluate.coreference import score_links
from crossframe.studies.evaluate.tasks import evaluate

TEXT = "Sen. Ann Poe said she was tired. Gov. Bob Roe smiled. Poe and Roe met. The governor said he had slept. Roe left."


def scored(**chains: list[tuple[str, int]]) -> dict[str, float]:
    """Return the scores of TEXT against gold: chain -> words and which of their occurrences."""
    rows = []
    for chain, mentions in chains.items():
        for words, number in mentions:
            start = -1
            for _ in range(number):
                start = TEXT.index(words, start + 1)
            rows.append({"article": "a", "start": start, "end": start + len(words), "actor": chain})
    gold = Annotation(Units.from_rows(rows), "span", ("mentioned",), np.ones((len(rows), 1)), "hand")
    sentences = split_sentences([Article("a", "e", "o", "", TEXT)])
    return score_links([(sentences, find_actors(sentences, []))], gold)


def test_right_and_wrong() -> None:
    """A link is right when the gold mention is of the chain that the actor's names are of; heads match descriptions."""
    metrics = scored(
        poe=[("Ann Poe", 1), ("she", 1), ("Poe", 2)],
        roe=[("Bob Roe", 1), ("governor", 1), ("Roe", 2)],
        other=[("he ", 2)],
    )
    assert (metrics["pronoun_precision"], metrics["pronoun_n_links"], metrics["pronoun_recall"]) == (1, 1, 1)
    assert (metrics["nominal_precision"], metrics["nominal_n_links"], metrics["nominal_recall"]) == (1, 1, 1)
    assert (metrics["name_b_cubed_precision"], metrics["name_b_cubed_recall"], metrics["n_names"]) == (
        1,
        1,
        4,
    )


def test_wrong_chain() -> None:
    """A pronoun of another chain is a wrong link; an actor of two chains lowers the precision of names."""
    metrics = scored(poe=[("Ann Poe", 1), ("Poe", 2)], roe=[("Bob Roe", 1), ("she", 1)], lee=[("Roe", 2)])
    assert (metrics["pronoun_precision"], metrics["pronoun_recall"]) == (0, 0)
    assert metrics["name_pair_precision"] == pytest.approx(1 / 2)
    assert metrics["name_b_cubed_precision"] == pytest.approx((2 + 2 * 0.5) / 4)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_ecbplus(mirror: Path) -> None:
    """On the development topics of ECB+ nine links of ten are right."""
    metrics = evaluate("actors", "ecbplus", split="dev")
    assert metrics["pronoun_precision"] >= 0.9
    assert metrics["pronoun_recall"] >= 0.3
    assert metrics["name_b_cubed_precision"] >= 0.95
