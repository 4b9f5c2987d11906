"""Tests of frame models: word lists, the frames planted in an invented press, the shipped model."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.judging.frames import FrameModel, LexiconFrames, load_frame_model
from crossframe.reading.text.split import split_sentences
from crossframe.records import FRAMES, Annotation, Article
from crossframe.synthetic import make_press


def test_frames_by_words() -> None:
    """An article full of a frame's words has that frame, and several can hold."""
    model = load_frame_model("frames-lexicon")
    assert isinstance(model, LexiconFrames)
    probability = model.predict_proba(
        [
            ["Taxes and prices cost jobs.", "The economy lost millions."],
            ["The treaty offers a plan and a solution."],
        ]
    )
    assert probability.shape == (2, len(FRAMES))
    assert FRAMES[int(probability[0].argmax())] == "economic"
    assert FRAMES[int(probability[1].argmax())] == "resolution"
    fitted = LexiconFrames().fit([["Taxes and prices cost jobs."], ["Rain fell."]])
    assert len(fitted.usual) == len(FRAMES)


def test_planted_frames_are_recovered_by_words() -> None:
    """On an invented press articles with a frame score higher on it than articles without."""
    from sklearn.metrics import roc_auc_score

    corpus = make_press(n_events=20, seed=14).corpus
    gold = corpus.gold["frames"]
    assert isinstance(gold, Annotation)
    found = load_frame_model("frames-lexicon").annotate(split_sentences(corpus.articles))
    assert found.units.article == gold.units.article
    for column, frame in enumerate(FRAMES):
        assert roc_auc_score(gold.scores[:, column], found.of(frame)) > 0.95, frame


@pytest.mark.model
@pytest.mark.slow
def test_the_shipped_frame_model(georgia: object) -> None:
    """Every article has a probability for each of the five frames."""
    from crossframe.reading.corpus.folders import read_folder

    corpus = read_folder(georgia)  # type: ignore[arg-type]
    model = load_frame_model()
    annotation = model.annotate(split_sentences(corpus.articles))
    assert annotation.labels == FRAMES
    assert annotation.unit == "article"
    assert annotation.scores.shape == (5, 5)
    again = pickle.loads(pickle.dumps(model)).annotate(split_sentences(corpus.articles))
    assert (again.scores == annotation.scores).all()


@pytest.mark.slow
def test_a_frame_model_reads_words_and_vectors(tiny_model: Path, tmp_path: Path) -> None:
    """Both regressions, calibration and thresholds come back from a folder; frames may be of one's own."""
    articles = [[f"The mayor opened the {word}."] for word in ("bridge", "ferry", "bridge", "ferry") * 3]
    shares = np.array([[1.0, 0.5], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]] * 3)
    model = FrameModel(encoder=str(tiny_model), C=0.1).fit(articles, shares, ("bridges", "roads"))
    bridge, ferry = model.predict_proba(articles[:2])
    assert (bridge > ferry + 0.3).all()
    parts = model.predict_parts(model.describe(articles[:2]))
    assert parts.shape == (2, 2, 2)
    assert (parts[:, 0] > parts[:, 1]).all()
    assert np.allclose(parts.mean(axis=0), [bridge, ferry])
    odds = np.log(bridge / (1 - bridge))
    model.calibration_, model.thresholds_ = np.array([[2.0, 1.0], [-1.0, 0.0]]), (1.0, 0.1)
    model.to_files("mine", "", {}).write(tmp_path / "mine")
    read = load_frame_model(tmp_path / "mine")
    calibrated = read.predict_proba(articles[:1])[0]
    assert np.allclose(np.log(calibrated / (1 - calibrated)), odds * [2.0, 1.0] + [-1.0, 0.0], atol=1e-4)
    assert read.predict(articles[:1]).tolist() == [[0, 1]]
    assert read.annotate(split_sentences([Article("a", "e", "o", "", articles[0][0])])).labels == (
        "bridges",
        "roads",
    )


@pytest.mark.slow
def test_a_frame_that_all_articles_have(tiny_model: Path) -> None:
    """A frame that does not vary cannot be learned."""
    with pytest.raises(InputError, match="Invalid labels of frame 'conflict'"):
        FrameModel(encoder=str(tiny_model)).fit([["The ferry."], ["The road."]], np.ones((2, 5)))


def test_unknown_frame_models() -> None:
    """Names that are not shipped are refused with those that are."""
    with pytest.raises(UnknownNameError, match="frames-news"):
        load_frame_model("frames-old")
