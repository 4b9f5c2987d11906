"""Stance by n-grams: features by hand, machines that part what can be parted, files that give the same back."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.svm import SVC

from crossframe.errors import InputError, UnknownNameError
from crossframe.judging.stance.ngrams import NgramStance, ngrams_of, vectors_of
from crossframe.learning.model_files import read_model

LIKED = ["great bridge", "we love it", "good and great", "love the bridge", "a good love", "great good"]
LOATHED = ["awful road", "we hate it", "bad and awful", "hate the road", "a bad hate", "awful bad"]
TEXTS, LABELS = LIKED + LOATHED, ["favor"] * 6 + ["against"] * 6


@pytest.fixture(scope="module")
def model() -> NgramStance:
    """Return machines of two targets, toward which the same words tell opposite stances."""
    turned = ["against"] * 6 + ["favor"] * 6
    return NgramStance(strengths=(0.1,)).fit(TEXTS * 2, ["bridge"] * 12 + ["ferry"] * 12, LABELS + turned)


def test_ngrams() -> None:
    """Marks and tags are words of their own, case is folded, blanks are one."""
    assert ngrams_of("No,  @A!", words=2, characters=None) == {
        "w no", "w ,", "w @a", "w !", "w no ,", "w , @a", "w @a !"
    }  # fmt: skip
    assert ngrams_of("A  bc", words=0, characters=(2, 3)) == {"c a ", "c  b", "c bc", "c a b", "c  bc"}
    assert ngrams_of("") == set()


def test_vectors() -> None:
    """An n-gram occurs or not; those that are not known do not count; no n-gram is no vector."""
    found = vectors_of([{"w a", "c ab", "w z"}, set()], ["c ab", "c bc", "w a", "w b"]).toarray()
    assert found.tolist() == [[1, 0, 1, 0], [0, 0, 0, 0]]


def test_targets_are_learned_apart(model: NgramStance) -> None:
    """What is for one target is against the other."""
    assert model.classes_ == ("against", "favor")
    assert model.predict(["great love", "great love", "hate"], ["bridge", "ferry", "ferry"]) == [
        "favor", "against", "favor"
    ]  # fmt: skip


def test_as_scikit_learn(model: NgramStance) -> None:
    """Weights and bias are those of a linear machine of a class against the rest on the same vectors."""
    one = model.separators_["bridge"]
    features = vectors_of([ngrams_of(text) for text in TEXTS], one.vocabulary).toarray()
    for number, label in enumerate(model.classes_):
        truth = np.array(LABELS) == label
        machine = SVC(C=0.1, kernel="linear", class_weight="balanced").fit(features, truth)
        expected = machine.decision_function(features)
        found = features @ one.weights[:, number] + one.bias[number]
        assert found == pytest.approx(expected, abs=1e-3)


def test_penalty_is_chosen_on_the_training_texts() -> None:
    """Of strengths that do equally well the smallest is taken; the figure is that of cross-validation."""
    model = NgramStance(strengths=(0.05, 0.1), scored=["favor"], seed=3).fit(TEXTS, ["bridge"] * 12, LABELS)
    assert model.separators_["bridge"].strength == 0.05
    assert 0.5 < model.cross_validated_["bridge"] <= 1


def test_rows_in_any_order(model: NgramStance) -> None:
    """The order of targets and texts to predict does not matter."""
    texts, targets = TEXTS[::-1], ["bridge", "ferry"] * 6
    assert model.predict(texts, targets)[::-1] == model.predict(texts[::-1], targets[::-1])


def test_files(model: NgramStance, tmp_path: Path) -> None:
    """A model that is written and read predicts the same; clone keeps its parameters."""
    model.to_files("mine", "# mine\n", {}, "note").write(tmp_path / "mine")
    back = NgramStance.from_files(read_model(str(tmp_path / "mine"), "stance"))
    targets = ["bridge"] * 12
    assert back.predict(TEXTS, targets) == model.predict(TEXTS, targets)
    assert back.separators_["ferry"].vocabulary == model.separators_["ferry"].vocabulary
    assert clone(model).get_params() == model.get_params()


def test_bad_input(model: NgramStance, tmp_path: Path) -> None:
    """A target that was not learned, a label with one text, and a folder without weights are one clear error each."""
    with pytest.raises(UnknownNameError, match=r"Unknown target 'tunnel'.*bridge, ferry"):
        model.predict(["good"], ["tunnel"])
    with pytest.raises(InputError, match=r"'favor': 1.*of target 'bridge'"):
        NgramStance().fit(["a b", "c d", "e f"], ["bridge"] * 3, ["favor", "against", "against"])
    files = model.to_files("mine", "# mine\n", {}, "note")
    del files.arrays["ferry.weights"]
    files.write(tmp_path / "mine")
    with pytest.raises(InputError, match=r"'ferry\.weights' must have 2 dimensions"):
        NgramStance.from_files(read_model(str(tmp_path / "mine"), "stance"))
