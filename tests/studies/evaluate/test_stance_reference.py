"""Reference labels: a model against each of two readers by hand, what it is asked, marks, baselines, and the real labels."""

from collections.abc import Sequence

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.reference_readings import Item, Reading, add_holders
from crossframe.records import AUTHOR, STANCES, Article, Corpus
from crossframe.studies.evaluate import stance_reference
from crossframe.studies.evaluate.stance_reference import (
    Questions,
    agree,
    ask_author,
    ask_holders,
    ask_portrayal,
    describe,
    describe_ceilings,
    describe_parts,
    describe_unclear,
    evaluate_reference,
    score,
)
from crossframe.studies.evaluate.tasks import evaluate

TEXT = "It rained. Oslo blamed Rome. Rome left."
OSLO, ROME, LATER = (11, 15), (23, 27), (29, 33)
BLAMES = Reading("negative", "quoted", "neutral", {OSLO: "oppose"})
NEUTRAL = Reading("neutral", "outlet", "neutral")
NOBODY = Reading("no-mention")


class _Fixed:
    """Answers one label whatever it is asked, and keeps the questions."""

    name = "fixed"

    def __init__(self, construct: str, label: str = "negative") -> None:
        self.construct, self.label = construct, label
        self.asked: list[StanceItem] = []

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        self.asked += items
        return np.eye(3)[[STANCES.index(self.label)] * len(items)]


@pytest.fixture
def corpus() -> Corpus:
    """Return one article."""
    return Corpus("reference-labels", (Article("neus.a", "neus.e", "o", "", TEXT),))


@pytest.fixture
def items(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    """Return Rome, blamed by Oslo and read twice; Oslo, which one of two readers takes for no mention; Rome, read once."""
    made = [
        Item("r1", "neus", "neus.a", (11, 28), ROME, "state", "test", "hard", "two targets", (BLAMES, BLAMES)),
        Item("r2", "neus", "neus.a", (11, 28), OSLO, "state", "test", "random", "", (NOBODY, NEUTRAL)),
        Item("r3", "neus", "neus.a", (29, 39), LATER, "state", "test", "hard", "irony", (NEUTRAL,)),
    ]  # fmt: skip
    made = add_holders(made, {article.id: article.document for article in corpus.articles})
    monkeypatch.setattr(stance_reference, "read_labelled_items", lambda _: made)
    return made


def questions(first: Sequence[str], second: Sequence[str], twice: Sequence[bool] = ()) -> Questions:
    """Return questions by what two readers answer."""
    asked = tuple(StanceItem(f"Rome {number}", 0, 4) for number in range(len(first)))
    twice = twice or [True] * len(first)
    groups = tuple(f"e{number}" for number in range(len(first)))
    return Questions(asked, STANCES, np.array([first, second]).T, np.array(twice), groups)


def chosen(*labels: str) -> np.ndarray:
    """Return probabilities that are 1 for these labels."""
    return np.eye(3)[[STANCES.index(label) for label in labels]]


FIRST = ("negative", "neutral", "positive", "neutral")
SECOND = ("negative", "negative", "positive", "")
PREDICTED = chosen("negative", "neutral", "neutral", "neutral")


def test_each_reader_is_scored_and_the_mean_reported() -> None:
    """What a reader calls mixed is left out against it alone; a class that is missing on a side does no harm."""
    metrics = score(questions(FIRST, SECOND), PREDICTED)
    of_first, of_second = (1 + 4 / 5 + 0) / 3, (2 / 3 + 0 + 0) / 3
    assert metrics["macro_f1"] == pytest.approx((of_first + of_second) / 2)
    assert metrics["accuracy"] == pytest.approx((3 / 4 + 1 / 3) / 2)
    assert metrics["negative_f1"] == pytest.approx((1 + 2 / 3) / 2)
    assert metrics["ece"] == pytest.approx((1 / 4 + 2 / 3) / 2)
    wrong_of_first = (0 + 1 / 4 + 1 / 4) / 3
    wrong_of_second = (1 / 3 + 2 / 3 + 1 / 3) / 3
    assert metrics["classwise_ece"] == pytest.approx((wrong_of_first + wrong_of_second) / 2)
    part = np.array([True, False, False, False])
    assert score(questions(FIRST, SECOND), PREDICTED, part)["macro_f1"] == 1.0
    assert score(questions(("",), ("",)), PREDICTED[:1]) == {}


def test_the_ceiling_is_one_reader_against_the_other() -> None:
    """On what both answer; the share is of what two have read alone."""
    asked = questions(FIRST, SECOND)
    assert agree(asked) == pytest.approx((2 / 3 + 0 + 1) / 3)
    more = questions((*FIRST, "positive"), (*SECOND, "positive"), [True] * 4 + [False])
    assert agree(more) == agree(asked)
    metrics = describe("", more, np.vstack([PREDICTED, chosen("positive")]))
    assert metrics["n"] == 5
    assert metrics["macro_f1"] > score(asked, PREDICTED)["macro_f1"]
    assert metrics["ceiling_share"] == pytest.approx(score(asked, PREDICTED)["macro_f1"] / agree(asked))
    once = describe("", questions(FIRST, FIRST, [False] * 4), PREDICTED)
    assert (once["readers_macro_f1"], once["ceiling_share"]) == (None, None)
    assert once["macro_f1"] == pytest.approx((1 + 4 / 5) / 3)


def test_majority_is_always_neutral() -> None:
    """It needs no model, and is all there is without one."""
    metrics = describe("holders_", questions(FIRST, FIRST), None)
    assert set(metrics) == {"holders_readers_macro_f1", "holders_n", "majority_holders_macro_f1"}
    assert metrics["majority_holders_macro_f1"] == pytest.approx((2 / 3) / 3)


def test_the_interval_is_over_events() -> None:
    """Where there are enough of them: it holds the mean over readers, and an event that a reader leaves out is drawn, too."""
    asked, predicted = questions(FIRST * 8, SECOND * 8), np.tile(PREDICTED, (8, 1))
    metrics = describe("", asked, predicted)
    assert metrics["macro_f1_low"] < metrics["macro_f1"] < metrics["macro_f1_high"]
    assert "macro_f1_low" not in describe("", questions(FIRST, SECOND), PREDICTED)


def test_questions(items: list[Item], corpus: Corpus) -> None:
    """The first two readers answer; no mention is no answer, neither of the author nor of holders; one reading counts twice."""
    portrayal, author, holders = (ask(items, corpus) for ask in (ask_portrayal, ask_author, ask_holders))
    assert portrayal.answers.tolist() == [["negative"] * 2, ["", "neutral"], ["neutral"] * 2]
    assert portrayal.twice.tolist() == [True, True, False]
    assert portrayal.items[0] == StanceItem("Oslo blamed Rome.", 12, 16)
    assert author.answers.tolist() == [["neutral"] * 2, ["", "neutral"], ["neutral"] * 2]
    assert {item.holder for item in author.items} == {AUTHOR}
    assert holders.items == (
        StanceItem("Oslo blamed Rome.", 12, 16, holder="Oslo"),
        StanceItem("Oslo blamed Rome.", 0, 4, holder="Rome"),
    )
    assert holders.answers.tolist() == [["oppose"] * 2, ["", "neutral"]]
    assert portrayal.groups == ("neus.e",) * 3
    nothing = ask_holders(items[2:], corpus)
    assert describe("holders_", nothing, np.zeros((0, 3)))["holders_n"] == 0


def test_what_a_model_is_asked(items: list[Item], corpus: Corpus) -> None:
    """What it answers; the rest where that is asked for, which is marked. A model of portrayal is not told the holder."""
    of_portrayal = _Fixed("portrayal")
    metrics = evaluate_reference(corpus, of_portrayal)
    assert "not asked" in metrics["holders"]
    assert metrics["n"] == 3
    assert not [name for name in metrics if name.startswith(("holders_", "author_", "majority_holders"))]
    marked = evaluate_reference(corpus, of_portrayal, any_construct=True)
    assert marked["holders_labels_construct"] == marked["author_labels_construct"] == "stance"
    assert marked["holders_model_construct"] == "portrayal"
    assert "portrayal_labels_construct" not in marked
    assert {item.holder for item in of_portrayal.asked} == {None}

    of_stance = _Fixed("stance")
    metrics = evaluate_reference(corpus, of_stance)
    assert {name for name in metrics if name.endswith("_n")} == {"author_n", "holders_n"}
    assert not {"n", "macro_f1", "holders", "holders_labels_construct"} & set(metrics)
    assert {item.holder for item in of_stance.asked} == {AUTHOR, "Oslo", "Rome"}
    assert metrics["holders_oppose_f1"] == pytest.approx((1 + 2 / 3) / 2)
    assert metrics["majority_holders_macro_f1"] == pytest.approx((0 + (2 / 3 + 0) / 2) / 2)
    assert (
        evaluate_reference(corpus, of_stance, any_construct=True)["portrayal_labels_construct"] == "portrayal"
    )

    both = evaluate_reference(corpus, _Fixed("both"))
    assert {"n", "author_n", "holders_n"} <= set(both)
    assert not [name for name in both if name.endswith("construct")]


def test_parts(items: list[Item], corpus: Corpus) -> None:
    """By kind, source corpus, half and hard kind; macro-F1 of enough items alone; bias is mean score minus mean label."""
    asked = ask_portrayal(items, corpus)
    metrics = describe_parts(items, asked, chosen("neutral", "positive", "negative"))
    assert metrics["state_n"] == metrics["neus_n"] == 3
    assert (metrics["hard_n"], metrics["random_n"]) == (2, 1)
    assert metrics["two-targets_n"] == metrics["irony_n"] == 1
    assert "state_macro_f1" not in metrics
    assert metrics["bias_state"] == pytest.approx(((1 - 1) / 2 + (1 + 1 - 1) / 3) / 2)
    right = np.tile(chosen("negative", "neutral", "neutral"), (7, 1))
    many = describe_parts(items * 7, ask_portrayal(items * 7, corpus), right)
    assert many["state_macro_f1"] == 1.0
    assert "bias_neus" not in metrics


def test_unclear_and_disputed() -> None:
    """Mixed and unclear are a share of the readings that see a mention; without a majority an item is disputed."""
    unclear = Reading("unclear", "outlet", "neutral")
    readings = [(BLAMES, unclear), (NOBODY, NEUTRAL, NEUTRAL), (Reading("mixed", "outlet", "neutral"),)]
    items = [
        Item(f"r{number}", "neus", "a", (0, 9), (0, 4), readings=own) for number, own in enumerate(readings)
    ]
    assert describe_unclear(items) == {"unclear_share": 2 / 4, "n_disputed": 1}


def test_stress_is_of_portrayal(items: list[Item], corpus: Corpus) -> None:
    """Without a model of portrayal there is nothing to be tested."""
    for model in (None, _Fixed("stance")):
        with pytest.raises(InputError, match="Invalid option --stress"):
            evaluate_reference(corpus, model, stress=True)


@pytest.mark.mirror
@pytest.mark.slow
def test_real_labels_without_a_model() -> None:
    """Two readers agree far above the majority on the test split; dev is read once, so that it has no ceiling."""
    metrics = evaluate("stance", "reference-labels", model="majority")
    for part in ("", "author_", "holders_"):
        assert metrics[f"{part}readers_macro_f1"] > 0.9
        assert metrics[f"majority_{part}macro_f1"] < 0.34
    assert 0 < metrics["unclear_share"] < 0.05
    assert metrics["n"] > 1000
    dev = evaluate("stance", "reference-labels", split="dev", model="majority")
    assert dev["readers_macro_f1"] is None
    assert dev["n"] < metrics["n"]


@pytest.mark.mirror
@pytest.mark.slow
def test_real_labels_with_a_model() -> None:
    """Every kind of actor, source and half is scored, and the model lies between majority and readers."""
    metrics = evaluate("stance", "reference-labels", model="stance-lexicon", any_construct=True)
    for part in (
        "state",
        "organisation",
        "group",
        "person",
        "ecbplus",
        "gvfc",
        "narrative-frames",
        "neus",
        "hard",
    ):
        assert metrics[f"{part}_n"] > 20
        assert 0 < metrics[f"{part}_macro_f1"] < metrics["readers_macro_f1"]
    assert sum(metrics[f"{kind}_n"] for kind in ("state", "organisation", "group", "person")) == metrics["n"]
    assert metrics["majority_macro_f1"] < metrics["macro_f1_low"] < metrics["macro_f1_high"] < 0.7
    assert abs(metrics["bias_state"]) < 0.5
    assert metrics["holders_model_construct"] == "portrayal"
    assert metrics["ceiling_share"] == pytest.approx(metrics["macro_f1"] / metrics["readers_macro_f1"])


MEASURED = {
    "macro_f1": 0.7,
    "readers_macro_f1": 0.9,
    "ceiling_share": 0.8,
    "person_macro_f1": 0.75,
    "state_macro_f1": 0.5,
    "group_macro_f1": 0.875,
}
HOLDERS = {"holders_macro_f1": 0.6, "holders_readers_macro_f1": 0.9, "holders_ceiling_share": 0.65}


@pytest.mark.parametrize(
    ("metrics", "names"),
    [
        (MEASURED, {"portrayal_macro_f1", "portrayal_readers_macro_f1", "portrayal_share_of_readers"}),
        (HOLDERS, {"holders_macro_f1", "holders_readers_macro_f1", "holders_share_of_readers"}),
    ],
)
def test_only_what_is_answered_is_described(metrics: dict[str, float], names: set[str]) -> None:
    """A model of one question has the ceiling of that alone, and gaps only where portrayal was asked."""
    found = describe_ceilings(metrics)
    gaps = {name: value for name, value in found.items() if name.startswith("person_minus_")}
    assert set(found) - set(gaps) == names
    assert gaps == ({"person_minus_state": 0.25, "person_minus_group": -0.125} if metrics is MEASURED else {})
