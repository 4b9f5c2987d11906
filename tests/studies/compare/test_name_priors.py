"""Tests of name priors in a study: planted ones are found, cost is bounded, and models that read no names are left alone."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.targets import StanceItem
from crossframe.records import STANCES
from crossframe.studies.compare.name_priors import (
    MAX_MENTIONS,
    N_NAMES,
    describe_priors,
    list_priors,
    measure_priors,
)

SENTENCES = ["Grimm met Poe today.", "Poe waited, and he left."]


class Wary:
    """Knows one thing: that Grimm is bad."""

    name = "wary"
    classes_ = STANCES

    def __init__(self) -> None:
        self.seen: list[StanceItem] = []

    def predict_proba(self, targets: Sequence[StanceItem]) -> np.ndarray:
        """Return minus 0.5 for Grimm, 0 for others."""
        self.seen += targets
        named = np.array([one.text[one.start : one.end] == "Grimm" for one in targets])
        return np.array([[0.25, 0.5, 0.25]]) + 0.25 * named[:, None] * np.array([[1.0, 0.0, -1.0]])


def make_tables(n_articles: int, n_events: int = 1) -> dict[str, pd.DataFrame]:
    """Return the tables of a study whose articles all hold the same two sentences, the second after a blank."""
    sentences, mentions, portrayal, articles = [], [], [], []
    for i in range(n_articles):
        article, event = f"a{i}", f"e{i % n_events}"
        articles.append({"event": event, "article": article})
        begin = 0
        for number, text in enumerate(SENTENCES):
            sentences.append({"article": article, "sentence": number, "start": begin, "text": text})
            for name in ("Grimm", "Poe", "he"):
                for word in [part for part in text.replace(",", " ").split(" ") if part == name]:
                    at = begin + text.index(word)
                    mentions.append(
                        {
                            "event": event, "article": article, "sentence": number, "start": at, "end": at + len(word),
                            "actor": "grimm" if word == "Grimm" else "poe", "kind": "pronoun" if word == "he" else "name",
                        }
                    )  # fmt: skip
                    portrayal.append({"actor": mentions[-1]["actor"]})
            begin += len(text) + 1
    actors = [
        {"event": f"e{e}", "actor": actor, "name": actor.title(), "kind": "person", "n_mentions": n}
        for e in range(n_events)
        for actor, n in (("grimm", n_articles // n_events), ("poe", 3 * n_articles // n_events))
    ]
    rows = {
        "sentences": sentences,
        "mentions": mentions,
        "portrayal": portrayal,
        "stance": [{"actor": ""}],
        "articles": articles,
        "actors": actors,
    }
    return {name: pd.DataFrame(table) for name, table in rows.items()}


def test_a_planted_prior_is_found() -> None:
    """Grimm's score is the name alone, Poe's is not; a note names the first and how much it is."""
    priors = measure_priors(Wary(), make_tables(12))
    assert [one.actor for one in priors] == ["grimm", "poe"]
    assert [one.estimate for one in priors] == pytest.approx([-0.5, 0.0])
    assert [one.n_targets for one in priors] == [12, 24]
    [note] = describe_priors(priors, {"grimm": "Ada Grimm"})
    assert "The score of Ada Grimm" in note
    assert "in 12 of its sentences the score is -0.50 [-0.50, -0.50]" in note
    assert list_priors(priors)[0] == {
        "actor": "grimm", "estimate": -0.5, "low": -0.5, "high": -0.5, "n_targets": 12, "n_clusters": 12,
    }  # fmt: skip


def test_clusters_are_events_where_there_are_several() -> None:
    """In a study of several events these are the clusters; a single cluster has no interval, and no note."""
    assert {one.n_clusters for one in measure_priors(Wary(), make_tables(12, n_events=3))} == {3}
    tables = make_tables(12)
    tables["mentions"] = tables["mentions"].head(1)
    [alone] = measure_priors(Wary(), tables)
    assert alone.n_clusters == 1
    assert describe_priors([alone], {}) == []
    assert list_priors([alone])[0]["low"] is None


def test_cost_is_bounded_and_rare_actors_are_left_out() -> None:
    """No actor costs more than its names times its most mentions; below ten mentions nothing is scored."""
    model = Wary()
    priors = measure_priors(model, make_tables(50))
    assert [one.n_targets for one in priors] == [MAX_MENTIONS, MAX_MENTIONS]
    assert len(model.seen) <= 2 * (1 + N_NAMES) * MAX_MENTIONS
    model = Wary()
    assert [one.actor for one in measure_priors(model, make_tables(4))] == ["poe"]
    assert measure_priors(Wary(), make_tables(3)) == []


def test_other_mentions_are_replaced_too() -> None:
    """A pronoun of the same actor in the sentence is known to the model, as it is in the study."""
    model = Wary()
    measure_priors(model, make_tables(10))
    others = {one.text[a:b] for one in model.seen for a, b in one.others}
    assert others == {"he"}
    assert {type(one.start) for one in model.seen} == {int}  # some models hash their items as JSON


def test_actors_that_are_not_scored_are_left_alone() -> None:
    """A private person's name is not put to the test."""
    tables = make_tables(12)
    tables["portrayal"] = tables["portrayal"][tables["portrayal"]["actor"] == "grimm"]
    assert [one.actor for one in measure_priors(Wary(), tables)] == ["grimm"]


def test_a_model_of_stance_is_asked_for_the_author() -> None:
    """One that does not answer portrayal is asked what the author thinks."""
    model = Wary()
    model.construct = "stance"  # type: ignore[attr-defined]
    measure_priors(model, make_tables(12))
    assert {one.holder for one in model.seen} == {"author"}


def test_models_that_read_no_names_are_left_alone() -> None:
    """The lexicon has no priors."""
    assert measure_priors(LexiconStance(), make_tables(12)) == []


def test_the_seed_fixes_the_names() -> None:
    """The same seed asks the same, another one other names."""
    seen = []
    for seed in (0, 0, 1):
        model = Wary()
        measure_priors(model, make_tables(12), seed=seed)
        seen.append(model.seen)
    assert seen[0] == seen[1] != seen[2]
