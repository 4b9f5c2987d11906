"""Figures of actors."""

from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.text.split import split_sentences
from crossframe.records import Actor, Annotation, Article, Cast, Corpus, Spans, Units
from crossframe.studies.evaluate import actors as room
from crossframe.studies.evaluate import corpora

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")
TEXT = '"We will go," Jane Doe said, "and come back." Doe left. The plan was a farce, a miner said.'


def corpus(**gold: Spans | Annotation) -> Corpus:
    """Return a corpus of one article with that gold."""
    return Corpus("tiny", (Article("a", "e", "o", "", TEXT),), actors=(DOE,), gold=gold)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    """Return a setter of the corpus that every name stands for."""
    return lambda made: monkeypatch.setattr(corpora, "read_corpus", lambda name, **_: made)


def test_actors(given) -> None:
    """Spans count strictly; a nominal in gold is a miss but no name."""
    rows = [
        ("name", TEXT.index("Jane"), 8),
        ("name", TEXT.index("Doe left"), 3),
        ("nominal", TEXT.index("a miner"), 7),
    ]
    given(corpus(mentions=Spans.from_rows(
        {"article": "a", "start": start, "end": start + n, "actor": "doe", "kind": kind} for kind, start, n in rows
    )))  # fmt: skip
    metrics = room.evaluate_actors("tiny")
    assert metrics["precision"] == 1.0
    assert metrics["recall"] == pytest.approx(2 / 3)
    assert metrics["name_recall"] == metrics["link_accuracy"] == 1.0


def test_no_gold(given) -> None:
    """A corpus without gold is refused, with what it has."""
    given(corpus())
    with pytest.raises(
        InputError, match="It must have gold mentions, entities, entity-chains or main-entities; it has: none"
    ):
        room.evaluate_actors("tiny")


def main_entities(*names: str) -> Annotation:
    """Return these as the main entities of the article."""
    units = Units.from_rows({"article": "a", "actor": name} for name in names)
    return Annotation(units, "article x actor", ("main",), [[1.0]] * len(names), "test")


@pytest.mark.parametrize(
    ("mention", "entity"),
    [
        ("jane-doe", "jane-doe"),
        ("roe", "john-roe"),
        ("senator-john-roe", "john-roe"),
        ("jack-roe", "john-roe"),
        ("mary-roe", "~mary-roe"),
        ("john-roe-jr", "~john-roe-jr"),
        ("john-e-roe-jr", "john-roe"),
        ("doe", ""),
        ("house", ""),
    ],
)
def test_name_entity(mention: str, entity: str) -> None:
    """A mention is the entity it agrees with, somebody else, or ambiguous."""
    assert room.name_entity(mention, ["jane-doe", "ann-doe", "john-roe"]) == entity


def test_purities(given, monkeypatch: pytest.MonkeyPatch) -> None:
    """Purity of three actors of whom one mixes two people, and completeness of two entities of whom one is split."""
    text = "Jane Doe, Doe, Mary Roe, John Roe, Roe, Roe, the White House, Jane Doe"
    at = [0, 10, 15, 25, 35, 40, 49, 62]
    words = ["Jane Doe", "Doe", "Mary Roe", "John Roe", "Roe", "Roe", "White House", "Jane Doe"]
    whose = ["doe", "doe", "roe", "roe", "roe", "roe", "house", "jane"]
    rows = [
        {"article": "a", "start": start, "end": start + len(word), "actor": actor, "kind": "name"}
        for start, word, actor in zip(at, words, whose, strict=True)
    ]
    assert [text[row["start"] : row["end"]] for row in rows] == words
    nominal = {"article": "a", "start": 45, "end": 48, "actor": "doe", "kind": "nominal"}
    actors = [Actor(id, name) for id, name in (("doe", "Jane Doe"), ("jane", "Jane"), ("roe", "John Roe"), ("house", "House"))]  # fmt: skip
    made = Corpus("tiny", (Article("a", "e", "o", "", text),), gold={"main-entities": main_entities("jane-doe", "john-roe", "ann-poe")})  # fmt: skip
    given(made)
    cast = Cast(tuple(actors), Spans.from_rows([*rows, nominal]))
    sentences = split_sentences(made.articles)
    monkeypatch.setattr(room, "casts_by_event", lambda corpus, what, finder: [(sentences, cast)])
    assert room.evaluate_actors("tiny") == pytest.approx(
        {
            "found": 2 / 3, "found_persons": 2 / 3, "persons_split": 1 / 2, "n_entities": 3.0, "n_unmatched": 0.0,
            # doe: Jane Doe 2; jane: Jane Doe 1; roe: John Roe 3 and Mary Roe 1; house tells nothing.
            "purity": 2 / 3, "mention_purity": (2 + 1 + 3) / 7,
            # Jane Doe: 2 mentions in doe, 1 in jane; John Roe: 3 in roe.
            "completeness": 1 / 2, "mention_completeness": (2 + 3) / 6,
            "n_actors": 3.0, "n_mentioned": 2.0,
        }
    )  # fmt: skip


def test_model(given) -> None:
    """Any finder is scored on main entities; a mention that two entities may be is counted as unmatched."""
    given(corpus(**{"main-entities": main_entities("jane-doe", "ann-doe")}))
    metrics = room.evaluate_actors("tiny", model="rules")
    assert metrics["found"] == metrics["n_unmatched"] == 1.0


def test_learned_corpora_are_out_of_fold(given) -> None:
    """What the shipped finder was trained on gives the recorded metrics alone; other splits are scored."""
    nobody = Annotation(Units.from_rows([]), "span", ("person",), [], "test")
    for name, split in (("wikigold", None), ("wnut17", "train")):
        given(Corpus(name, (Article("a", "e", "o", "", TEXT),), gold={"entities": nobody}))
        metrics = room.evaluate_actors(name, split)
        assert all(key.startswith("out_of_fold_") for key in metrics)
        assert 0 < (metrics["out_of_fold_f1"] or 0) < 1
    assert not room._has_learned(room.load_name_finder(), "wnut17", "dev")
    assert not room._has_learned(room.load_name_finder("rules"), "wikigold", None)


@pytest.mark.mirror
@pytest.mark.slow
def test_basil(mirror: Path) -> None:
    """On BASIL persons are found without declaration, and actors are one entity each."""
    metrics = room.evaluate_actors("basil")
    assert (metrics["found_persons"] or 0) > 0.9
    assert (metrics["purity"] or 0) > 0.9
    assert metrics["persons_split"] == pytest.approx(0, abs=0.005)
