"""Stance toward given targets by n-grams: one linear support vector machine a target, stored as plain arrays."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError, UnknownNameError
from crossframe.learning.model_files import Estimator, ModelFiles, check_config

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

METHOD = "ngrams"
WORDS = 3
CHARACTERS = (2, 5)
"""Word 1- to 3-grams and character 2- to 5-grams: the features of the task's own support vector machines
(Mohammad et al. 2016)."""
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1)
FOLDS = 5
REPEATS = 3
_WORD = re.compile(r"[@#]?\w+(?:['’]\w+)*|[^\w\s]+")


def ngrams_of(text: str, *, words: int = WORDS, characters: tuple[int, int] | None = CHARACTERS) -> set[str]:
    """Return the n-grams that occur in `text`: of words ("w " before them) and of characters ("c " before them).

    Parameters
    ----------
    text : str
        Lower-cased first. Words are runs of letters and digits with a leading @ or #, or runs of other marks.
    words : int
        Longest run of words.
    characters : (int, int) or None
        Shortest and longest run of characters; None takes none.

    Returns
    -------
    set of str

    Examples
    --------
    >>> sorted(ngrams_of("Oh no", words=2, characters=None))
    ['w no', 'w oh', 'w oh no']
    >>> sorted(ngrams_of("ab", words=0, characters=(2, 5)))
    ['c ab']
    """
    told = text.lower()
    tokens = _WORD.findall(told)
    found = {
        "w " + " ".join(tokens[i : i + n]) for n in range(1, words + 1) for i in range(len(tokens) - n + 1)
    }
    if characters:
        low, high = characters
        plain = " ".join(told.split())
        found |= {"c " + plain[i : i + n] for n in range(low, high + 1) for i in range(len(plain) - n + 1)}
    return found


@dataclass(frozen=True)
class Separator:
    """A linear support vector machine of one target: a class wins by the largest value.

    Parameters
    ----------
    vocabulary : tuple of str
        n-grams, sorted.
    weights : ndarray of shape (n_ngrams, n_classes)
    bias : ndarray of shape (n_classes,)
    strength : float
        Inverse of the L2 penalty (scikit-learn's C).
    """

    vocabulary: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray
    strength: float

    def values(self, features: "csr_matrix") -> np.ndarray:
        """Return the value of every class: ndarray of shape (n_texts, n_classes)."""
        return np.asarray(features @ self.weights) + self.bias


class NgramStance(Estimator):
    """One linear support vector machine a target on which n-grams occur, a class against the rest.

    Features are the published ones: an n-gram occurs or not. A class is set against the rest, as scikit-learn's linear
    machines do; that both sides weigh the same did better in cross-validation on the training part of SemEval-2016 Task
    6 A (mean F1 of favor and against 67.8, else 67.6). One class against another did better there (68.3), and scaled
    vectors too (68.8), but neither is closer to the paper: on its later test part they fall to 66.5 and 65.0.

    Parameters
    ----------
    words : int
        Longest run of words.
    characters : (int, int) or None
        Shortest and longest run of characters.
    strengths : sequence of float
        Tried for every target; the best mean F1 of `scored` in cross-validation on the texts of `fit` is taken, of
        equally good ones the smallest.
    scored : sequence of str
        Labels whose mean F1 is the task's figure; None takes all.
    seed : int
        Of the folds.

    Attributes
    ----------
    classes_ : tuple of str
        Label names, sorted.
    separators_ : dict of str to Separator
        By target.
    cross_validated_ : dict of str to float
        Mean F1 of `scored` of the strength taken, by target.

    References
    ----------
    Mohammad, Kiritchenko, Sobhani, Zhu and Cherry 2016. SemEval-2016 Task 6: Detecting Stance in Tweets.
    """

    def __init__(
        self,
        *,
        words: int = WORDS,
        characters: tuple[int, int] | None = CHARACTERS,
        strengths: Sequence[float] = STRENGTHS,
        scored: Sequence[str] | None = None,
        seed: int = 0,
    ) -> None:
        self.words = words
        self.characters = characters
        self.strengths = strengths
        self.scored = scored
        self.seed = seed

    def fit(self, texts: Sequence[str], targets: Sequence[str], labels: Sequence[str]) -> Self:
        """Learn from texts, the target of each, and its label toward it.

        Parameters
        ----------
        texts, targets, labels : sequence of str
            Of one length; two or more labels, each of which every target has.

        Returns
        -------
        NgramStance
            Itself.

        Raises
        ------
        InputError
            When a target has fewer than five texts of a label.
        """
        self.classes_ = tuple(sorted(set(labels)))
        truth = np.array([self.classes_.index(label) for label in labels])
        where = np.array(targets)
        self.separators_: dict[str, Separator] = {}
        self.cross_validated_: dict[str, float] = {}
        for target in track(sorted(set(targets)), "Fitting targets"):
            rows = np.flatnonzero(where == target)
            counts = np.bincount(truth[rows], minlength=len(self.classes_))
            if len(self.classes_) < 2 or counts.min() < FOLDS:
                told = dict(zip(self.classes_, counts.tolist(), strict=True))
                raise InputError(
                    f"Invalid labels {told!r} of target {target!r}. Each of two or more labels needs {FOLDS} texts."
                )
            self.separators_[target], self.cross_validated_[target] = self._fit_target(
                [texts[i] for i in rows.tolist()], truth[rows]
            )
        return self

    def _fit_target(self, texts: Sequence[str], truth: np.ndarray) -> tuple[Separator, float]:
        """Return the machine of the strength that does best in cross-validation, and its mean F1 there."""
        grams = self._grams(texts)
        vocabulary = tuple(sorted(set().union(*grams)))
        features = vectors_of(grams, vocabulary)
        kernel = (features @ features.T).toarray()
        tried = {strength: self._cross_validate(kernel, truth, strength) for strength in self.strengths}
        best = max(tried, key=lambda one: (round(tried[one], 6), -one))
        dual, bias = _fit_kernel(kernel, truth, len(self.classes_), best)
        return Separator(vocabulary, features.T @ dual, bias, best), tried[best]

    def _cross_validate(self, kernel: np.ndarray, truth: np.ndarray, strength: float) -> float:
        from sklearn.metrics import f1_score
        from sklearn.model_selection import StratifiedKFold

        n_classes = len(self.classes_)
        wanted = [i for i, label in enumerate(self.classes_) if label in (self.scored or self.classes_)]
        scores = []
        for repeat in range(REPEATS):
            folds = StratifiedKFold(FOLDS, shuffle=True, random_state=self.seed + repeat)
            found = np.empty_like(truth)
            for train, held in folds.split(kernel, truth):
                dual, bias = _fit_kernel(kernel[np.ix_(train, train)], truth[train], n_classes, strength)
                found[held] = (kernel[np.ix_(held, train)] @ dual + bias).argmax(axis=1)
            scores.append(f1_score(truth, found, labels=wanted, average="macro", zero_division=0.0))
        return float(np.mean(scores))

    def _grams(self, texts: Iterable[str]) -> list[set[str]]:
        return [ngrams_of(text, words=self.words, characters=self.characters) for text in texts]

    def predict(self, texts: Sequence[str], targets: Sequence[str]) -> list[str]:
        """Return the label of every text toward its target.

        Raises
        ------
        UnknownNameError
            When a target was not fitted.
        """
        unknown = sorted(set(targets) - set(self.separators_))
        if unknown:
            raise UnknownNameError(
                f"Unknown target {unknown[0]!r}. It must be one of: {', '.join(self.separators_)}."
            )
        where, found = np.array(targets), np.empty(len(texts), dtype=int)
        for target in sorted(set(targets)):
            separator, rows = self.separators_[target], np.flatnonzero(where == target)
            features = vectors_of(self._grams(texts[i] for i in rows.tolist()), separator.vocabulary)
            found[rows] = separator.values(features).argmax(axis=1)
        return [self.classes_[i] for i in found]

    def to_files(self, name: str, card: str, log: dict[str, Any], note: str) -> ModelFiles:
        """Return the model as files; a vocabulary is kept as the bytes of its JSON."""
        arrays: dict[str, np.ndarray] = {}
        for target, one in self.separators_.items():
            told = json.dumps(one.vocabulary, ensure_ascii=False).encode()
            arrays |= {
                f"{target}.vocabulary": np.frombuffer(told, dtype=np.uint8),
                f"{target}.weights": one.weights.astype(np.float32),
                f"{target}.bias": one.bias.astype(np.float32),
            }
        config = {
            "name": name,
            "method": METHOD,
            "words": self.words,
            "characters": self.characters and list(self.characters),
            "classes": list(self.classes_),
            "strengths": {target: one.strength for target, one in self.separators_.items()},
            "note": note,
        }
        return ModelFiles("stance", config, arrays, card, log)

    @classmethod
    def from_files(cls, files: ModelFiles) -> "NgramStance":
        """Return the model that `to_files` wrote.

        Raises
        ------
        InputError
            When configuration or weights lack something.
        """
        check_config(files, {"words": int, "classes": list, "strengths": dict, "note": str}, {})
        config = files.config
        parts = {"vocabulary": 1, "weights": 2, "bias": 1}
        check_config(
            files, {}, {f"{one}.{part}": n for one in config["strengths"] for part, n in parts.items()}
        )
        characters = config.get("characters")
        model = cls(words=config["words"], characters=tuple(characters) if characters else None)
        model.classes_ = tuple(config["classes"])
        model.separators_ = {
            target: Separator(
                tuple(json.loads(files.arrays[f"{target}.vocabulary"].tobytes())),
                files.arrays[f"{target}.weights"].astype(np.float64),
                files.arrays[f"{target}.bias"].astype(np.float64),
                strength,
            )
            for target, strength in config["strengths"].items()
        }
        return model


def vectors_of(grams: Sequence[set[str]], vocabulary: Sequence[str]) -> "csr_matrix":
    """Return which n-grams of `vocabulary` each text has, 1 or 0: shape (n_texts, n_ngrams)."""
    from scipy.sparse import csr_matrix

    number = {gram: i for i, gram in enumerate(vocabulary)}
    rows = [sorted(number[gram] for gram in one if gram in number) for one in grams]
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(grams), len(vocabulary)))


def _fit_kernel(
    kernel: np.ndarray, truth: np.ndarray, n_classes: int, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return dual weights, of shape (n_texts, n_classes), and bias of one machine a class against the rest, both weighing the same."""
    from sklearn.svm import SVC

    dual, bias = np.zeros((len(truth), n_classes)), np.zeros(n_classes)
    for number in range(n_classes):
        model = SVC(C=strength, kernel="precomputed", class_weight="balanced").fit(kernel, truth == number)
        dual[model.support_, number] = model.dual_coef_[0]
        bias[number] = model.intercept_[0]
    return dual, bias
