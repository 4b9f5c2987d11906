"""Training of name finders: corpora of different schemes are pooled, headlines are made, folders are finders."""

import dataclasses
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.names.from_spans import describe_names
from crossframe.errors import InputError
from crossframe.learning.tagging.fitting import TAGGING_CONFIG
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation, Article, Corpus, Units
from crossframe.studies.evaluate.actors import evaluate_actors
from crossframe.studies.train import actors as room
from crossframe.studies.train.actors import Block
from crossframe.studies.train.tasks import train

PERSON, BODY, NONE = frozenset({"person"}), frozenset({"organisation", "party"}), frozenset()


def corpus(name: str, labels: tuple[str, ...], sentences: list[tuple[str, str, str]]) -> Corpus:
    """Return a corpus of sentences with one entity each: text, entity, class."""
    articles = [
        Article(f"{name}-{i}", f"{name}-{i}", "o", "", text, sentences=((0, len(text)),))
        for i, (text, _, _) in enumerate(sentences)
    ]
    units = [
        {"article": a.id, "sentence": 1, "start": text.index(entity), "end": text.index(entity) + len(entity)}
        for a, (text, entity, _) in zip(articles, sentences, strict=True)
        if entity
    ]
    scores = np.eye(len(labels))[[labels.index(label) for _, entity, label in sentences if entity]]
    gold = Annotation(Units.from_rows(units), "span", labels, scores, "test")
    return Corpus(name, tuple(articles), gold={"entities": gold})


FIRST = corpus(
    "first",
    ("politician", "politicalparty", "election"),
    [
        ("the mayor Anna Bell said rain fell", "Anna Bell", "politician"),
        ("the Harbour Party voted in town", "Harbour Party", "politicalparty"),
        ("rain fell on the 1999 Harbour election", "1999 Harbour election", "election"),
        ("rain fell in the valley", "", ""),
    ]
    * 12,
)
SECOND = corpus(
    "second",
    ("PER", "ORG"),
    [("by Lina Moor and others", "Lina Moor", "PER"), ("the Harbour Board closed", "Harbour Board", "ORG")]
    * 12,
)


def given(monkeypatch: pytest.MonkeyPatch, *corpora: Corpus) -> None:
    """Let these corpora be read by name, and learn fast."""
    known = {one.name: one for one in corpora}
    monkeypatch.setattr(room, "read_training_corpus", lambda name: known[name])
    monkeypatch.setattr(
        room,
        "ACTOR_CONFIG",
        replace(
            TAGGING_CONFIG,
            rank=4,
            epochs=6,
            learning_rate=3e-3,
            head_learning_rate=1e-2,
            dropout=0.0,
            batch_size=4,
        ),
    )
    monkeypatch.setattr(room, "NEIGHBOURS", 4)
    monkeypatch.setattr(room, "TAGGER_FOLDS", 2)


@pytest.mark.slow
@pytest.mark.model
def test_a_trained_folder_is_a_finder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two corpora of different schemes become one model: found, logged out-of-fold, described, without pickle."""
    given(monkeypatch, FIRST, SECOND)
    summary = train("actors", ["first", "second"], tmp_path / "mine")
    assert "Out-of-fold, first: f1" in summary
    files = {path.name for path in (tmp_path / "mine").iterdir()}
    assert files == {"README.md", "config.json", "log.json", "model.safetensors"}
    finder = load_name_finder(str(tmp_path / "mine"))
    text = "the mayor Anna Bell said the Harbour Party voted in the valley"
    sentences = split_sentences([Article("a", "e", "o", "", text)])
    names = describe_names(sentences, finder.find(sentences))
    assert [(one.text, one.kind) for one in names] == [("Anna Bell", "person"), ("Harbour Party", "party")]
    log = finder.files.log  # type: ignore[attr-defined]
    assert log["blocks"] == {"first": 48, "second": 24}
    assert log["entities"] == {"first": 24, "second": 24}
    assert set(log["out_of_fold"]["first"]) == {"f1", "precision", "recall", "typed_f1", "f1_sd"}
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "crossframe train actors --on first --on second --seed 0 --out mine" in card


def test_what_cannot_be_trained_on_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Corpora without entities or of unknown classes, and encoders without layers to update."""
    bare = Corpus("bare", FIRST.articles)
    strange = corpus("strange", ("wizard",), [("he met Anna Bell", "Anna Bell", "wizard")])
    given(monkeypatch, bare, strange, FIRST)
    with pytest.raises(InputError, match="Missing entities of corpus 'bare'"):
        train("actors", ["bare"], tmp_path / "m")
    with pytest.raises(InputError, match="Invalid class 'wizard'"):
        train("actors", ["strange"], tmp_path / "m")
    with pytest.raises(InputError, match="Invalid encoder 'tfidf'"):
        train("actors", ["first"], tmp_path / "m", encoder="tfidf")
    assert not (tmp_path / "m").exists()


def test_headlines_and_capitals_keep_the_spans() -> None:
    """An example repeated as a headline has the same entities at the same places."""
    text = "yesterday the mayor of Ağrı, Anna Bell, came."
    start = text.index("Anna Bell")
    block = Block(text, ((start, start + 9, PERSON),))
    head, loud = room._as_headline(block), room._in_capitals(block)
    assert head.text == "Yesterday the Mayor of Ağrı, Anna Bell, Came "
    assert head.text[start : start + 9] == "Anna Bell"
    assert loud.text[start : start + 9] == "ANNA BELL"
    assert len(loud.text) == len(head.text) == len(text)
    end = Block("They met Bell Jr.", ((9, 17, PERSON),))
    assert room._as_headline(end).text == "They met Bell Jr."


def test_spans_are_cut_at_words() -> None:
    """A span inside a word takes the word; of two in one word the first stays; what has no word is passed over."""
    block = Block("Anna-Lena Bell !", ((0, 4, PERSON), (5, 14, BODY), (15, 16, NONE)))
    example = room._example(block)
    assert len(example.words.start) == 3
    allowed = [np.flatnonzero(row).tolist() for row in example.allowed]
    person = 4 * room.KINDS.index("person")
    assert allowed == [[person + 4], [0], [0]]


def test_few_blocks_without_entities_are_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of blocks without entities a share is trained on, of all others every one, politics several times."""
    monkeypatch.setattr(room, "HEADLINES", 0.0)
    monkeypatch.setattr(room, "CAPITALS", 0.0)
    plain, named = Block("rain fell", ()), Block("met Bell", ((4, 8, PERSON),))
    examples = room._make_examples({"x": [plain] * 500 + [named] * 7, "crossner-politics": [named]}, 0)
    n_named = sum(example.allowed[:, 1:].any() for example in examples)
    assert n_named == 7 + room.TIMES_PER_EPOCH["crossner-politics"]
    assert 60 < len(examples) - n_named < 140


def test_scores_are_those_counted_by_hand() -> None:
    """Two found of which one is right in place and kind, and of three in gold one that is no actor is passed over."""

    class Fake:
        def tag(self, texts):
            span = dataclasses.make_dataclass("span", ["first", "end", "label"])
            return [[span(0, 1, "person"), span(1, 2, "place")] for _ in texts]

    block = Block("Bell met Moor", ((0, 4, PERSON), (9, 13, PERSON), (5, 8, NONE)))
    metrics = room.score_tagger(Fake(), [block])  # type: ignore[arg-type]
    assert metrics == {"f1": 0.5, "precision": 0.5, "recall": 0.5, "typed_f1": 0.5}


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_the_shipped_finder_holds_what_its_issue_asks(mirror: Path) -> None:
    """On CrossNER politics dev, which it was not trained on, strict F1 is 0.75 or more, and the rules alone have less."""
    shipped = evaluate_actors("crossner-politics")
    rules = evaluate_actors("crossner-politics", model="rules")
    assert (shipped["f1"] or 0) >= 0.75 > (rules["f1"] or 0)
