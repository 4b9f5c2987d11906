"""Tests of stress tests: a model that reads only names, one that reads only words, and what each figure says of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.targets import StanceItem, hide_target
from crossframe.records import STANCES
from crossframe.studies.evaluate.stress import MIN_MENTIONS, NAMES, name_actors, stress_stance
from crossframe.studies.evaluate.tasks import evaluate

BAD, GOOD = "Critics blamed {} again in case {}.", "Friends praised {} again in case {}."


class Words:
    """Reads the sentence alone: blamed is negative, praised positive."""

    classes_ = STANCES

    def predict_proba(self, targets: Sequence[StanceItem]) -> np.ndarray:
        """Return a sure answer."""
        return np.array([[0.7, 0.1, 0.2] if "blamed" in one.text else [0.2, 0.1, 0.7] for one in targets])


class Names(Words):
    """Moves by 0.3 toward negative where the target is called Grimm."""

    def predict_proba(self, targets: Sequence[StanceItem]) -> np.ndarray:
        """Return the answer of the words, moved by the name."""
        found = super().predict_proba(targets)
        named = np.array(["Grimm" in one.text[one.start : one.end] for one in targets])
        return found + 0.15 * named[:, None] * np.array([1.0, 0.0, -1.0])


@pytest.fixture
def items() -> tuple[list[StanceItem], list[str], list[str]]:
    """Return targets (persons Grimm and Poe, a country, a pronoun), their stance and their source documents."""
    targets, truth, groups = [], [], []
    for i in range(MIN_MENTIONS):
        for name in ("Grimm", "Poe", "Norway", "him"):
            sentence, stance = ((BAD, "negative"), (GOOD, "positive"))[i % 2]
            text = sentence.format(name, i)
            start = text.index(name)
            targets.append(StanceItem(text, start, start + len(name)))
            truth.append(stance)
            groups.append(f"article-{i // 2}")
    return targets, truth, groups


def test_a_model_of_words_alone(items: tuple[list[StanceItem], list[str], list[str]]) -> None:
    """Nothing moves it, and it needs no target: which is what the metrics say."""
    metrics = stress_stance(Words(), *items)
    for name in ("name_masked", "sentence_only", "target_removed", "swap", "swap_own"):
        assert metrics[f"{name}_macro_f1"] == 1.0
    for name in ("mean_move", "flip_share", "name_sd"):
        assert metrics[f"swap_{name}"] == metrics[f"kind.person.{name}"] == pytest.approx(0, abs=1e-12)
    assert metrics["swap_n"] == 3 * MIN_MENTIONS
    assert metrics["kind.pronoun.n"] == metrics["kind.country.n"] == MIN_MENTIONS
    assert "kind.pronoun.mean_move" not in metrics
    assert metrics["actor.norway.prior"] == 0


class Stretch(Words):
    """Reads the marked stretch alone, as it is marked."""

    reads_marks = True

    def predict_proba(self, targets: Sequence[StanceItem]) -> np.ndarray:
        """Return the answer of the words inside the mark."""
        return super().predict_proba([StanceItem(one.text[one.start : one.end], 0, 1) for one in targets])


def test_what_reads_marks_is_given_the_whole_sentence(
    items: tuple[list[StanceItem], list[str], list[str]],
) -> None:
    """A mark around the whole text means no target to a model that reads marks; the commonest label is the baseline."""
    metrics = stress_stance(Stretch(), *items)
    assert metrics["sentence_only_macro_f1"] == metrics["target_removed_macro_f1"] == 1.0
    assert metrics["name_masked_macro_f1"] < 0.5
    assert metrics["majority_macro_f1"] == pytest.approx(1 / 3)


@pytest.mark.slow
@pytest.mark.model
def test_the_shipped_model_does_not_fall_silent_without_a_target() -> None:
    """Told of no target it still tells the mood of a sentence."""
    said = ("Critics condemned the corrupt minister's cruel lies.", "Voters praised the brave minister's great success.",
            "The minister will speak on Monday.")  # fmt: skip
    found = load_stance_model().predict([hide_target(StanceItem(one, 4, 8), whole=True) for one in said])
    assert found == ["negative", "positive", "neutral"]


def test_a_model_that_knows_a_name(items: tuple[list[StanceItem], list[str], list[str]]) -> None:
    """The planted prior of one actor is found, that of the others is 0; half of the persons' scores move by it."""
    metrics = stress_stance(Names(), *items)
    assert metrics["actor.grimm.prior"] == pytest.approx(-0.3)
    assert metrics["actor.grimm.prior_low"] == pytest.approx(-0.3)
    assert metrics["actor.grimm.n"] == MIN_MENTIONS
    assert metrics["actor.poe.prior"] == pytest.approx(0, abs=1e-12)
    assert metrics["kind.person.mean_move"] == pytest.approx(0.15)
    assert metrics["swap_mean_move"] == pytest.approx(0.1)
    assert metrics["kind.country.mean_move"] == pytest.approx(0, abs=1e-12)


def test_a_name_that_all_sentences_are_given_shows(
    items: tuple[list[StanceItem], list[str], list[str]],
) -> None:
    """A name of the list that a model dislikes stands out among the names; the spread says so."""
    targets, truth, groups = items
    first = next(name for name in stress_stance(Words(), targets, truth, groups) if name.startswith("name."))
    disliked = first.split(".")[1].split("-")[-1]

    class Dislikes(Words):
        def predict_proba(self, targets: Sequence[StanceItem]) -> np.ndarray:
            found = super().predict_proba(targets)
            named = np.array([disliked in one.text[one.start : one.end].casefold() for one in targets])
            return found + 0.05 * named[:, None] * np.array([1.0, 0.0, -1.0])

    metrics = stress_stance(Dislikes(), targets, truth, groups)
    moves = {name: value for name, value in metrics.items() if name.startswith("name.")}
    assert min(moves, key=lambda name: moves[name]) == first
    assert moves[first] == pytest.approx(-0.1 * (NAMES - 1) / NAMES)
    by_hand = np.std([-0.1 * (NAMES - 1) / NAMES] + [0.1 / NAMES] * (NAMES - 1), ddof=1)
    assert metrics["kind.person.name_sd"] == pytest.approx(by_hand)
    assert metrics["swap_name_sd"] == pytest.approx(by_hand * 2 / 3)


def test_seed_and_order(items: tuple[list[StanceItem], list[str], list[str]]) -> None:
    """The same seed gives the same metrics, another order of targets too; another seed other names."""
    metrics = stress_stance(Names(), *items, seed=1)
    assert stress_stance(Names(), *items, seed=1) == metrics
    turned = stress_stance(Names(), *(part[::-1] for part in items), seed=1)
    assert turned == pytest.approx(metrics)
    names = {name for name in metrics if name.startswith("name.")}
    assert names != {name for name in stress_stance(Names(), *items, seed=2) if name.startswith("name.")}


def test_targets_without_names() -> None:
    """Where no target bears a name there is nothing to swap, and the rest is measured all the same."""
    metrics = stress_stance(Words(), [StanceItem("Critics blamed him.", 15, 18)], ["negative"], ["a"])
    assert metrics["swap_n"] == 0
    assert metrics["name_masked_macro_f1"] == 1.0
    assert not [name for name in metrics if name.startswith(("actor.", "name."))]


def test_name_actors_keeps_namesakes_apart() -> None:
    """Surnames unite; a rarer given name, a suffix, or another kind keep apart."""
    texts = [
        "Hillary Clinton",
        "Clinton",
        "Mrs. Clinton",
        "Hillary Clinton",
        "Bill Clinton",
        "Donald Poe Jr.",
        "U.S.",
    ]
    assert name_actors([StanceItem(text, 0, len(text)) for text in texts]) == [
        "clinton", "clinton", "clinton", "clinton", "bill-clinton", "donald-poe-jr", "u-s",
    ]  # fmt: skip


@pytest.mark.mirror
@pytest.mark.slow
def test_one_flag_stresses_a_public_corpus(mirror: Path) -> None:
    """The flag adds its metrics to the others'; a lexicon, which reads no names, has hardly a prior for anybody."""
    metrics = evaluate("stance", "newsmtsc", model="stance-lexicon", stress=True)
    plain = evaluate("stance", "newsmtsc", model="stance-lexicon")
    assert {name: metrics[name] for name in plain} == plain
    assert (
        sum(value for name, value in metrics.items() if name.startswith("kind.") and name.endswith(".n"))
        == 1146
    )
    assert metrics["swap_n"] > 900
    assert metrics["swap_mean_move"] < 0.01
    priors = [
        value for name, value in metrics.items() if name.startswith("actor.") and name.endswith(".prior")
    ]
    assert len(priors) >= 3
    assert np.abs(priors).max() < 0.02


def test_only_stance_is_stressed() -> None:
    """Another task refuses the flag in one line."""
    with pytest.raises(InputError, match="Invalid option '--stress' for task 'frames'"):
        evaluate("frames", "narrative-frames", stress=True)
