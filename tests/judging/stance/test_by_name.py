"""Tests of stance models by name: the shipped one on plain sentences, folders and objects, names that are unknown."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.linear import LinearStance
from crossframe.judging.stance.stance_model import StanceEstimator, StanceModel, annotate_mentions
from crossframe.judging.targets import StanceItem
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, STANCES, Article, Spans


def target(text: str, name: str) -> StanceItem:
    """Return the first occurrence of `name` in `text` as a target."""
    start = text.index(name)
    return StanceItem(text, start, start + len(name))


def score(model: object, text: str, name: str) -> float:
    """Return positive minus negative."""
    row = model.predict_proba([target(text, name)])[0]  # type: ignore[attr-defined]
    classes = list(model.classes_)  # type: ignore[attr-defined]
    return float(row[classes.index("positive")] - row[classes.index("negative")])


@pytest.fixture(scope="module")
def shipped() -> StanceEstimator:
    """Return the shipped stance model."""
    model = load_stance_model()
    assert isinstance(model, StanceEstimator)
    return model


@pytest.mark.model
@pytest.mark.slow
class TestTheShippedStanceModel:
    """What a reader would expect of it on plain sentences."""

    @pytest.mark.parametrize(
        ("text", "name", "sign"),
        [
            ("Senator Hale is a liar who betrayed the voters who trusted him.", "Hale", -1),
            ("Critics accused Moor of corruption and called her leadership a disaster.", "Moor", -1),
            ("Everyone praised Lind for her courage and her brilliant work.", "Lind", 1),
            ("Roth won the hearts of the town with his kindness and honesty.", "Roth", 1),
        ],
    )
    def test_plain_cases(self, shipped: StanceEstimator, text: str, name: str, sign: int) -> None:
        """Praise and blame are distinguished, and by more than a little."""
        assert sign * score(shipped, text, name) > 0.3

    def test_plain_news_is_neutral(self, shipped: StanceEstimator) -> None:
        """A plain report is neutral most likely."""
        row = shipped.predict_proba(
            [target("Minister Hale met with the delegation in Geneva on Tuesday.", "Hale")]
        )[0]
        assert shipped.classes_[int(row.argmax())] == "neutral"

    def test_the_target_matters(self, shipped: StanceEstimator) -> None:
        """In one sentence who blames and who is blamed are judged apart."""
        text = "Moor called the disgraced Hale a corrupt and dishonest coward."
        assert score(shipped, text, "Hale") < score(shipped, text, "Moor")

    def test_the_name_does_not_decide(self, shipped: StanceEstimator) -> None:
        """Another name in its place moves the score little: the name itself is masked where the target is read."""
        text = "Critics accused {} of corruption."
        scores = [score(shipped, text.format(name), name) for name in ("Hale", "Moor", "Okafor", "Nguyen")]
        assert max(scores) - min(scores) < 0.35

    def test_mentions_are_annotated_in_their_voice(self, shipped: StanceEstimator) -> None:
        """One row per mention, in order, with its voice, probabilities that sum to one; the chunking changes nothing."""
        article = Article(
            "a", "e", "o", "Hale resigns", "Hale left. “Hale lied,” said Moor. Nobody wept for Hale."
        )
        sentences = split_sentences([article])
        starts = [i for i in range(len(article.document)) if article.document.startswith("Hale", i)]
        mentions = Spans.from_rows(
            {"article": "a", "start": i, "end": i + 4, "actor": "hale", "kind": "name"} for i in starts
        )
        voices = (AUTHOR, AUTHOR, "moor", AUTHOR)
        annotation = annotate_mentions(shipped, sentences, mentions, voices)
        assert annotation.units.voice == voices
        assert annotation.units.sentence.tolist() == [0, 1, 2, 3]
        assert annotation.labels == STANCES
        assert np.allclose(annotation.scores.sum(axis=1), 1)
        alone = annotate_mentions(shipped, sentences, mentions.select(np.array([2])), voices[2:3])
        assert np.allclose(alone.scores[0], annotation.scores[2], atol=1e-5)

    def test_no_mentions(self, shipped: StanceEstimator) -> None:
        """An event without a mention has no stance and raises nothing."""
        sentences = split_sentences([Article("a", "e", "o", "", "Rain fell.")])
        assert len(annotate_mentions(shipped, sentences, Spans(), ())) == 0


def test_unknown_models() -> None:
    """Names that are not shipped are refused with those that are."""
    with pytest.raises(UnknownNameError, match="stance-news"):
        load_stance_model("stance-old")
    with pytest.raises(InputError, match="at least two different"):
        LinearStance().fit_features(np.zeros((3, 2)), ["a", "a", "a"])


class Mine:
    """The smallest stance model."""

    name = "mine"

    def predict_proba(self, items: list[StanceItem]) -> np.ndarray:
        """Return neutral for all."""
        return np.tile([0.0, 1.0, 0.0], (len(items), 1))


def test_objects_pass_through() -> None:
    """An object with a name and probabilities is a stance model; what is loaded by name is one, too."""
    model = Mine()
    assert load_stance_model(model) is model
    assert isinstance(load_stance_model("stance-lexicon"), StanceModel)


@pytest.mark.parametrize("wrong", [7, Mine, object(), ["stance-news"]])
def test_what_is_no_stance_model(wrong: object) -> None:
    """Other types are refused in one line that says what is accepted."""
    with pytest.raises(
        InputError, match="must be a name, a folder, or an object with name and predict_proba"
    ):
        load_stance_model(wrong)  # type: ignore[arg-type]


@pytest.mark.slow
def test_folders_by_str_and_path_and_pickles(tiny_model: Path, tmp_path: Path) -> None:
    """A folder is given as str or Path; a model is the same after a pickle, also one that has been used."""
    items = [target(text, "Bell") for text in ("The brave Bell smiled.", "The cruel Bell lied.")] * 3
    model = LinearStance(encoder=str(tiny_model)).fit(items, ["positive", "negative"] * 3)
    model.to_files("mine", "# mine\n", {}, "A note.").write(tmp_path / "mine")
    for folder in (tmp_path / "mine", str(tmp_path / "mine")):
        loaded = load_stance_model(folder)
        probability = loaded.predict_proba(items)
        assert np.allclose(probability, model.predict_proba(items), atol=1e-6)
        assert np.array_equal(pickle.loads(pickle.dumps(loaded)).predict_proba(items), probability)


def test_names_without_weights_are_pickled() -> None:
    """The lexicon and a language model behind an address are the same after a pickle."""
    for name in ("stance-lexicon", "http://localhost:8000/v1#tiny"):
        model = load_stance_model(name)
        again = pickle.loads(pickle.dumps(model))
        assert (again.name, again.hash, again.note) == (model.name, model.hash, model.note)


@pytest.mark.model
@pytest.mark.slow
def test_the_shipped_model_is_pickled(shipped: StanceEstimator) -> None:
    """After it has been used, too."""
    items = [target("Critics accused Moor of corruption.", "Moor")]
    probability = shipped.predict_proba(items)
    assert np.array_equal(pickle.loads(pickle.dumps(shipped)).predict_proba(items), probability)


def test_a_mistyped_name() -> None:
    """The nearest known name ends the message."""
    with pytest.raises(UnknownNameError, match=r"Did you mean 'stance-news'\?$"):
        load_stance_model("stance-new")
