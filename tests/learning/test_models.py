"""Model folders, splits, calibration and the linear model: scikit-learn's contract, no pickle, no leak, honest probabilities."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe.errors import InputError, UnknownNameError
from crossframe.judging.frames import FrameModel, LexiconFrames
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.linear import LinearStance
from crossframe.learning.calibration import fit_temperature, reliability
from crossframe.learning.cards import render_card
from crossframe.learning.classifiers import Logistic, fit_logistic, fit_shares, softmax
from crossframe.learning.model_files import ModelFiles, check_config, read_model
from crossframe.learning.splits import folds_by_group, split_by_group
from crossframe.matching.trained_aligner import TrainedAligner
from crossframe.statistics.metrics import expected_calibration_error

MODELS = (TrainedAligner, AdapterStance, LinearStance, LexiconStance, FrameModel, LexiconFrames)


def written(folder: Path, **config: object) -> Path:
    """Write a small model folder."""
    made = {"name": "mine", "threshold": 0.5, **config}
    ModelFiles("aligner", made, {"aligned.weights": np.ones((2, 1), np.float32)}, "# mine\n", {"n": 1}).write(
        folder
    )
    return folder


@pytest.mark.parametrize("model", MODELS)
def test_estimators_can_be_cloned(model: type) -> None:
    """Parameters are those of the constructor: scikit-learn's clone and its searches work."""
    from sklearn.base import clone

    one = model()
    again = clone(one)
    assert again.get_params() == one.get_params()
    name = next(iter(one.get_params()))
    assert one.set_params(**{name: one.get_params()[name]}) is one
    assert repr(one).startswith(f"{model.__name__}({name}=")
    with pytest.raises(InputError, match="Invalid parameter 'colour'"):
        one.set_params(colour=1)


def test_a_model_folder_is_read_back(tmp_path: Path) -> None:
    """Configuration and weights come back as they were; the hash covers both; another kind is refused."""
    folder = written(tmp_path / "mine")
    files = read_model(str(folder), "aligner")
    assert files.config == {"name": "mine", "threshold": 0.5}
    assert np.array_equal(files.arrays["aligned.weights"], np.ones((2, 1)))
    assert files.hash != read_model(str(written(tmp_path / "other", threshold=0.6)), "aligner").hash
    assert written(tmp_path / "mine", threshold=0.7) == folder
    assert read_model(str(folder), "aligner").config["threshold"] == 0.7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "other"]
    with pytest.raises(InputError, match="must be of kind 'stance'"):
        read_model(str(folder), "stance")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", b"{"),
        ("model.safetensors", b"not tensors"),
        ("model.safetensors", pickle.dumps({"w": 1})),
        ("model.safetensors", None),
    ],
)
def test_damaged_model_folders(tmp_path: Path, name: str, content: bytes | None) -> None:
    """A damaged or pickled file is one clear error; nothing of it is run."""
    folder = written(tmp_path / "mine")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(InputError, match="Invalid model folder"):
        read_model(str(folder), "aligner")


def test_what_a_model_needs(tmp_path: Path) -> None:
    """A configuration or weights that lack what a model needs are named."""
    files = read_model(str(written(tmp_path / "mine")), "aligner")
    with pytest.raises(InputError, match="Invalid encoder None in config"):
        check_config(files, {"encoder": str}, {})
    with pytest.raises(InputError, match=r"'aligned.weights' must have 1 dimensions"):
        check_config(files, {}, {"aligned.weights": 1})
    with pytest.raises(UnknownNameError, match="aligner-lexical, aligner-news"):
        read_model("aligner-none", "aligner")


_GROUPS = st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=60).filter(lambda g: len(set(g)) > 1)


@given(_GROUPS, st.floats(0.05, 0.6), st.integers(0, 50))
def test_splits_never_cut_a_group(groups: list[str], share: float, seed: int) -> None:
    """No group is on both sides; both sides have some; the order of rows does not matter."""
    held = split_by_group(groups, share=share, seed=seed)
    inside = {g for g, h in zip(groups, held, strict=True) if h}
    outside = {g for g, h in zip(groups, held, strict=True) if not h}
    assert inside
    assert outside
    assert not inside & outside
    assert split_by_group(groups[::-1], share=share, seed=seed).tolist() == held.tolist()[::-1]


@given(_GROUPS, st.integers(2, 5))
def test_folds_never_cut_a_group(groups: list[str], n_folds: int) -> None:
    """Every row is held out once, with its whole group."""
    seen: list[int] = []
    for train, held in folds_by_group(groups, n_folds):
        assert not {groups[i] for i in train} & {groups[i] for i in held}
        seen += held.tolist()
    assert sorted(seen) == list(range(len(groups)))


def test_too_few_groups() -> None:
    """One group cannot be split."""
    with pytest.raises(InputError, match="at least two"):
        split_by_group(["a", "a"], share=0.5)


def test_the_linear_model_is_scikit_learns() -> None:
    """Plain arrays give the probabilities of the pipeline they were taken from, after a trip through a file."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rng = np.random.default_rng(0)
    features = rng.normal(3, 5, size=(200, 4))
    for labels in ((features[:, 0] > 3).astype(int), rng.integers(3, size=200)):
        pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=3000)).fit(
            features, labels
        )
        ours = fit_logistic(features, labels, C=0.3)
        read = Logistic.from_arrays(ours.arrays("x"), "x")
        found = read.sigmoid(features)[:, 0] if ours.weights.shape[1] == 1 else softmax(read.logits(features))
        expected = pipeline.predict_proba(features)
        assert np.allclose(found, expected[:, 1] if ours.weights.shape[1] == 1 else expected, atol=1e-4)


def test_labels_that_do_not_exclude_each_other() -> None:
    """Two columns of labels make two regressions; a constant feature does no harm."""
    rng = np.random.default_rng(1)
    features = np.column_stack([rng.normal(size=(300, 2)), np.ones(300)])
    labels = (features[:, :2] > 0).astype(int)
    probability = fit_shares(features, labels, C=1.0).sigmoid(features)
    assert probability.shape == (300, 2)
    assert ((probability > 0.5) == labels).mean() > 0.95


def test_shares_of_annotators_are_rows_counted_in_part() -> None:
    """A share of two thirds teaches as two rows with the label and one without; labels of 0 and 1 as scikit-learn's regression."""
    from scipy.sparse import csr_array

    rng = np.random.default_rng(3)
    features = rng.normal(size=(40, 3))
    votes = rng.integers(2, size=(40, 3))
    shares = fit_shares(features, votes.mean(axis=1)[:, None], C=3.0, standardise=False)
    single = fit_logistic(np.repeat(features, 3, axis=0), votes.ravel(), C=1.0)
    told = fit_shares(np.repeat(features, 3, axis=0), votes.reshape(-1, 1), C=1.0)
    assert np.allclose(single.logits(features), told.logits(features), atol=1e-3)
    rows = fit_shares(np.repeat(features, 3, axis=0), votes.reshape(-1, 1), C=1.0, standardise=False)
    assert np.allclose(rows.logits(features), shares.logits(features), atol=1e-3)
    sparse = fit_shares(csr_array(features), votes.mean(axis=1)[:, None], C=3.0, standardise=False)
    assert np.allclose(sparse.logits(csr_array(features)), shares.logits(features), atol=1e-3)


def test_temperature_makes_probabilities_honest() -> None:
    """Logits twice too large are brought back: the calibration error falls to nearly nothing."""
    rng = np.random.default_rng(2)
    logits = rng.normal(size=(8000, 3)) * 2
    labels = np.array([rng.choice(3, p=row) for row in softmax(logits)])
    temperature = fit_temperature(logits * 3, labels)
    assert temperature == pytest.approx(3, rel=0.1)

    def error(scale: float) -> float:
        probability = softmax(logits * 3 / scale)
        return expected_calibration_error(
            probability.max(axis=1), (probability.argmax(axis=1) == labels).astype(float)
        )

    assert error(temperature) < 0.02 < error(1.0)


def test_reliability_bins() -> None:
    """Bins without items are left out; a probability of 1 falls into the last."""
    assert reliability(np.array([0.05, 1.0, 0.95]), np.array([0, 1, 0])) == [
        (0.05, 0.0, 1),
        (0.975, 0.5, 2),
    ]


def test_cards_say_all() -> None:
    """A card has every part, and a metric that is not defined is a dash."""
    card = render_card(
        name="n", summary="s", data="d", licence="l", metrics={"dev": {"f1": 0.5, "n": 3, "x": None}}, limits="m",
        command="c",
    )  # fmt: skip
    assert "| f1 | 0.5000 |\n| n | 3 |\n| x | - |" in card
    assert json.dumps(card).count("## ") == 5
