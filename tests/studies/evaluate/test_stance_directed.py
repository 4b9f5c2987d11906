"""Five classes of directed sentiment from two questions per sentence: invented sentences, and the real ones."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from crossframe.judging.targets import StanceItem
from crossframe.reading.public.directed_sentiment import DIRECTED_LABELS
from crossframe.reading.public.parsing import sentence_article
from crossframe.records import Annotation, Corpus
from crossframe.studies.evaluate.stance_directed import evaluate_directed, judge_directed, make_items
from crossframe.studies.evaluate.tasks import evaluate

SENTENCES = (
    "[Rome] likes [Oslo].",
    "[Rome] is liked by [Oslo].",
    "[Rom]e blames [Osl]o.",
    "[Rome] is blamed by [Oslo].",
    "[Rome] and [Oslo] met.",
)


class _Grammar:
    """Reads active and passive voice."""

    name, construct = "grammar", "both"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        rows = []
        for item in items:
            passive = " by " in item.text
            holds = item.start > 0 if not passive else item.start == 0
            value = 0.8 if holds and "met" not in item.text else 0.0
            rows.append([value, 1 - value, 0] if "blame" in item.text else [0, 1 - value, value])
        return np.array(rows)


@pytest.fixture
def sentences() -> Corpus:
    """Return five invented sentences, one of each class."""
    articles = [sentence_article(f"s{number}", text, "dev") for number, text in enumerate(SENTENCES)]
    places: dict[str, list[dict[str, object]]] = {"first": [], "second": []}
    for article in articles:
        for name, match in zip(places, re.finditer(r"\w+(?=\])", article.text), strict=True):
            span = {"start": match.start(), "end": match.end()}
            places[name].append({"article": article.id, "sentence": 1, **span})
    gold = {
        name: Annotation.of_choices(rows, "span", ("named",), [0] * len(rows), "people")
        for name, rows in places.items()
    }
    units = ({"article": article.id} for article in articles)
    gold["directed-sentiment"] = Annotation.of_choices(
        units, "article", DIRECTED_LABELS, [1, 2, 3, 4, 0], "people"
    )
    return Corpus("directed-sentiment", tuple(articles), gold=gold)


def test_items(sentences: Corpus) -> None:
    """Brackets are taken off, and a mark that cuts a word reaches its end; the other entity is the holder."""
    toward_second, toward_first = make_items(sentences)
    assert toward_second[2] == StanceItem("Rome blames Oslo.", 12, 16, (), "Rome")
    assert toward_first[2] == StanceItem("Rome blames Oslo.", 0, 4, (), "Oslo")


def test_classes(sentences: Corpus) -> None:
    """Who judges whom, and how, comes from the two answers; all five are right."""
    probability = judge_directed(sentences, _Grammar())
    assert probability.sum(axis=1) == pytest.approx(np.ones(5))
    assert probability.argmax(axis=1).tolist() == [1, 2, 3, 4, 0]
    metrics = evaluate_directed(sentences, _Grammar())
    assert metrics["micro_f1"] == metrics["macro_f1"] == metrics["average_precision"] == 1.0
    assert metrics["p-q-negative_f1"] == metrics["direction_accuracy"] == 1.0
    assert (metrics["majority_micro_f1"], metrics["n"]) == (0.2, 5)


@pytest.mark.parametrize("whole", [False, True])
def test_without_marks_a_sentence_has_no_direction(sentences: Corpus, whole: bool) -> None:
    """A model that is shown neither entity answers both questions alike: only the tone is left, and the tie goes to p."""

    class Reads(_Grammar):
        reads_marks = whole

        def __init__(self) -> None:
            self.seen: list[StanceItem] = []

        def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
            self.seen += items
            value = [0.0 if "met" in item.text else 0.8 for item in items]
            return np.array(
                [
                    [v, 1 - v, 0] if "blame" in item.text else [0, 1 - v, v]
                    for v, item in zip(value, items, strict=True)
                ]
            )

    model = Reads()
    assert judge_directed(sentences, model, marked=False).argmax(axis=1).tolist() == [1, 1, 3, 3, 0]
    assert all(item.holder is None and item.start == 0 for item in model.seen)
    assert {item.text[: item.end] == item.text for item in model.seen} == {whole}
    assert evaluate_directed(sentences, model)["sentence_only_micro_f1"] == 0.6


def test_a_model_of_portrayal_knows_no_direction(sentences: Corpus) -> None:
    """What is said of both entities alike is no direction: it is not asked for a holder, and the tie goes to p."""

    class Tone:
        name = "tone"

        def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
            assert all(item.holder is None for item in items)
            return np.array([[0.6, 0.4, 0] if "blame" in item.text else [0, 0.4, 0.6] for item in items])

    assert judge_directed(sentences, Tone()).argmax(axis=1).tolist() == [1, 1, 3, 3, 1]


@pytest.mark.mirror
def test_majority(mirror: Path) -> None:
    """Always neutral is right in .65 of the sentences, as the paper says."""
    metrics = evaluate("stance", "directed-sentiment", model="majority")
    assert metrics == {
        "majority_micro_f1": pytest.approx(0.654, abs=0.001),
        "majority_macro_f1": pytest.approx(0.158, abs=0.001),
        "n": 1461,
    }
