"""What articles tell of judged actors, how lean is read off them, and the figures on BASIL."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Annotation, Article, Spans, Units
from crossframe.studies.evaluate.framing_features import Told, average_vectors, describe_cases, side_of
from crossframe.studies.evaluate.framing_metrics import Cases
from crossframe.studies.evaluate.target_names import declare_target, find_targets
from crossframe.studies.evaluate.tasks import evaluate

TEXT = "Doe lied. Doe, a Democrat, lost. It rained."


def stance_of(rows: list[tuple[int, str, float, float]]) -> Annotation:
    """Return the stance of mentions of doe in post-1: (sentence, voice, negative, positive)."""
    units = Units.from_rows(
        {"article": "post-1", "sentence": n, "start": 0, "end": 1, "actor": "doe", "voice": voice}
        for n, voice, _, _ in rows
    )
    scores = np.array([[low, 1 - low - high, high] for _, _, low, high in rows])
    return Annotation(units, "span", STANCES, scores, "test")


@pytest.fixture
def told() -> dict[str, Told]:
    """Return what one event tells of doe: three mentions in two sentences, one of them in doe's own words."""
    sentences = split_sentences(
        [Article("post-1", "e", "post", "", TEXT), Article("sun-1", "e", "sun", "", TEXT)]
    )
    stance = stance_of([(1, AUTHOR, 0.8, 0.0), (2, AUTHOR, 0.4, 0.2), (2, "doe", 0.2, 0.6)])
    lexicon = stance_of([(1, AUTHOR, 1.0, 0.0), (2, AUTHOR, 0.0, 0.0), (2, "doe", 0.0, 0.5)])
    vectors = np.arange(12.0).reshape(6, 2)
    return {"e": Told(sentences, stance, lexicon, vectors, {"doe": Counter(democrat=2), "roe": Counter()})}


@pytest.fixture
def cases() -> Cases:
    """Return three judgements: of doe in two articles, and of roe, whom nobody mentions."""
    return Cases(
        ("e",) * 3,
        ("post", "sun", "post"),
        ("post-1", "sun-1", "post-1"),
        ("doe", "doe", "roe"),
        np.array([-1, 0, 1]),
    )


def test_features(told: dict[str, Told], cases: Cases) -> None:
    """Features by hand; what is not mentioned has 0."""
    found = {name: values.tolist() for name, values in describe_cases(cases, told).items()}
    assert {name: values[1:] for name, values in found.items()} == {name: [0.0, 0.0] for name in found}
    expected = {
        "all": -(0.8 + 0.3), "author": -(0.8 + 0.4), "quoted": -0.2, "mentioned": 1.0, "mean": (-0.8 - 0.2 + 0.4) / 3,
        "lexicon_mean": (-1.0 + 0.5) / 3, "favour": 0.4, "strongest": -0.8, "lead": -1.1, "lexicon": -1.0, "speaks": 1 / 3,
    }  # fmt: skip
    assert {name: values[0] for name, values in found.items()} == pytest.approx(expected)


def test_vectors(told: dict[str, Told], cases: Cases) -> None:
    """The mean vector of the sentences that mention the actor, zero without any; or of the whole article."""
    assert average_vectors(cases, told, whole=False).tolist() == [[1.0, 2.0], [0.0, 0.0], [0.0, 0.0]]
    assert average_vectors(cases, told, whole=True).tolist() == [[2.0, 3.0], [8.0, 9.0], [2.0, 3.0]]


def test_sides(told: dict[str, Told]) -> None:
    """An actor's side is the party that is told more often over all events; of the others nothing is said."""
    again = {"f": told["e"].__class__(**(vars(told["e"]) | {"parties": {"roe": Counter(republican=1)}}))}
    assert side_of(told | again) == {"doe": -1, "roe": 1}


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("chris-christie", ("Chris Christie", "Christie")),
        ("gop-leaders", ("Gop Leaders", "gop leaders", "Republicans", "Republican", "GOP")),
        ("walmart", ("Walmart", "walmart")),
        ("chick-fil-a", ("Chick Fil A", "chick fil a")),
    ],
)
def test_names_of_targets(target: str, names: tuple[str, ...]) -> None:
    """A person goes by full name and surname, a group by its name and its party's names."""
    assert declare_target(target).names == names


def test_targets_of_one_name() -> None:
    """Two targets that go by one name are both found where it stands."""
    sentences = split_sentences([Article("a", "e", "o", "", "Leaders met. Angry Republicans left the hall.")])
    found = find_targets(sentences, ["gop-leaders", "senate-republicans"], [])
    assert list(found.actor) == ["gop-leaders", "senate-republicans"]
    assert found.start.tolist() == [19, 19]
    assert isinstance(found, Spans)


def test_gold_is_needed() -> None:
    """A corpus without judgements of framing is refused."""
    with pytest.raises(InputError, match="Missing framing gold"):
        evaluate("framing", "georgia-2008")


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_framing_beats_its_baselines(mirror: Path) -> None:
    """On BASIL the framing score orders outlets, and tells negative from the rest, better than every baseline."""
    figures = evaluate("framing", "basil")
    baselines = ("mean", "lexicon", "linear", "article", "outlet", "actor", "fixed_order")
    for figure in ("ordering_accuracy", "auc"):
        assert figures[figure] > max(figures[f"{name}_{figure}"] for name in baselines)
        assert figures[figure] < figures[f"spans_{figure}"]
        assert figures[f"{figure}_low"] < figures[figure] < figures[f"{figure}_high"]
    assert (figures["n"], figures["n_pairs"], figures["n_events"]) == (612, 173, 67)
    assert figures["spans_ordering_accuracy"] == pytest.approx(0.829, abs=0.001)
    assert figures["fixed_order_ordering_accuracy"] == pytest.approx(0.607, abs=0.001)
