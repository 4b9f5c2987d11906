"""Stance by an encoder that was trained for it: low-rank updates or the whole of it, with the target marked in the text."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from crossframe.errors import InputError, MissingDataError
from crossframe.judging.probes.swaps import draw_swap
from crossframe.judging.stance.questions import (
    HeldOutItems,
    find_holder,
    group_items,
    make_example,
    mark,
    one_hot,
    question_of,
)
from crossframe.judging.stance.stance_model import BOTH, StanceEstimator
from crossframe.judging.targets import StanceItem
from crossframe.learning.calibration import fit_scaling, scale_logits
from crossframe.learning.classifiers import softmax
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.model_files import ModelFiles, check_config
from crossframe.learning.targets.classifier import (
    HEAD,
    TargetClassifier,
)
from crossframe.learning.targets.fitting import TARGET_CONFIG, Example, fit_targets
from crossframe.records import AUTHOR, PORTRAYAL, SPEAKERS, STANCE

ADAPTER = "adapter"


class AdapterStance(StanceEstimator):
    """An encoder trained to judge a marked target: LoRA by default, the whole encoder with rank 0.

    It answers what it was taught: the portrayal of the target, where holders stand toward it, or both. A target is read once
    for its portrayal and all its holders.

    Parameters
    ----------
    encoder : str or None
        Name or folder; None takes the default.
    config : TrainingConfig
        Hyperparameters.
    swapped : float
        Share of examples whose target is given another name (person, country, party, institution) each time it is trained on.
    seed : int
        Of initial weights, order, dropout and swaps.

    Attributes
    ----------
    arrays_ : dict of str to ndarray
        Trained weights.
    scaling_ : dict of str to ndarray
        By question (portrayal, author, holders), of shape (n_classes + 1,): the temperature that divides logits, then what is
        added to each (`fit_scaling`); no change until `calibrate`.
    epochs_ : list of dict
        Loss, held-out macro-F1 and seconds of every epoch.

    References
    ----------
    Hu et al. 2022, LoRA: low-rank adaptation of large language models. Hamborg and Donnay 2021, NewsMTSC.
    """

    reads_marks = True

    def __init__(
        self,
        *,
        encoder: str | None = None,
        config: TrainingConfig = TARGET_CONFIG,
        swapped: float = 0.0,
        seed: int = 0,
    ) -> None:
        self.encoder = encoder
        self.config = config
        self.swapped = swapped
        self.seed = seed
        self.arrays_: dict[str, np.ndarray] = {}
        self.scaling_: dict[str, np.ndarray] = {}

    @property
    def construct(self) -> str:  # type: ignore[override]
        """What the model answers: ``portrayal``, ``stance`` or ``both``."""
        if f"{HEAD}holder_output.bias" not in self.arrays_:
            return PORTRAYAL
        return BOTH if f"{HEAD}output.bias" in self.arrays_ else STANCE

    @cached_property
    def _base(self) -> TransformerEncoder:
        base = load_encoder(self.encoder)
        if not isinstance(base, TransformerEncoder) or base.precision != "float32":
            raise InputError(
                f"Invalid encoder {self.encoder!r} for stance. It must be a transformer in float32: a name or folder."
            )
        return base

    @property
    def n_dims(self) -> int:
        """Dimensions of the encoder's token states."""
        return int(self._base.load_body().config.hidden_size)

    def fit(
        self,
        items: Sequence[StanceItem],
        labels: Sequence[str],
        *,
        manners: np.ndarray | None = None,
        held_out: "HeldOutItems | None" = None,
        resume: Path | None = None,
    ) -> Self:
        """Learn from items and their labels: portrayal where an item has no holder, else the holder's stance.

        Parameters
        ----------
        items : sequence of StanceItem
        labels : sequence of str
            Two or more different ones.
        manners : ndarray of shape (n_items, 6), optional
            Speaker and basis of portrayals, 0 or 1 in the order of `SPEAKERS` and `BASES`; rows of 0 where not known.
        held_out : HeldOutItems, optional
            The result is the epoch that does best on them, and fitting stops early; without them it is the last epoch.
        resume : Path, optional
            File of the state after every epoch and at the end; fitting is resumed from it.

        Returns
        -------
        AdapterStance
            Itself.

        Raises
        ------
        InputError
            When there are fewer than two different labels.
        """
        classes = tuple(sorted(set(labels)))
        if len(classes) < 2:
            raise InputError(f"Invalid labels {classes!r}. Training needs at least two different ones.")
        soft = one_hot(labels, classes)
        return self.fit_soft(items, soft, classes, manners=manners, held_out=held_out, resume=resume)

    def fit_soft(
        self,
        items: Sequence[StanceItem],
        soft_labels: np.ndarray,
        classes: Sequence[str],
        *,
        manners: np.ndarray | None = None,
        held_out: "HeldOutItems | None" = None,
        resume: Path | None = None,
    ) -> Self:
        """Learn from items and soft labels: the class probabilities of a teacher.

        Parameters
        ----------
        items : sequence of StanceItem
        soft_labels : ndarray of shape (n_items, n_classes)
            Probabilities, in the order of `classes`.
        classes : sequence of str
            In alphabetical order.
        manners, held_out, resume
            As in `fit`.

        Returns
        -------
        AdapterStance
            Itself.

        References
        ----------
        Hinton et al. 2015, Distilling the knowledge in a neural network.
        """
        self.classes_ = tuple(classes)
        questions = group_items(items)
        examples = [make_example(one, soft_labels, manners) for one in questions]

        def redraw(number: int, rng: np.random.Generator) -> Example:
            if rng.random() >= self.swapped:
                return examples[number]
            swapped = questions[number]._replace(item=draw_swap(questions[number].item, rng))
            if None in (find_holder(swapped.item, words) for words in swapped.holders):
                return examples[number]
            return make_example(swapped, soft_labels, manners)

        self.arrays_, self.epochs_ = fit_targets(
            self._base,
            examples,
            held_out.prepare(self.classes_) if held_out is not None and held_out.labels else None,
            balanced=True,
            config=self.config,
            seed=self.seed,
            resume=resume,
            redraw=redraw if self.swapped else None,
        )
        self.__dict__.pop("classifier", None)
        return self

    def set_weights(
        self, classes: tuple[str, ...], arrays: dict[str, np.ndarray], epochs: list[dict[str, float]]
    ) -> Self:
        """Set classes, weights and epochs to those of a fit elsewhere."""
        self.classes_, self.arrays_, self.epochs_ = classes, arrays, epochs
        self.__dict__.pop("classifier", None)
        return self

    def calibrate(self, items: Sequence[StanceItem], labels: Sequence[str]) -> Self:
        """Choose the scaling of each question on held-out items and labels."""
        truth = np.array([self.classes_.index(label) for label in labels])
        logits = self.logits(items)
        asked = np.array([question_of(item) for item in items])
        for question in sorted(set(asked.tolist())):
            own = asked == question
            self.scaling_[question] = fit_scaling(logits[own], truth[own])
        return self

    @cached_property
    def classifier(self) -> TargetClassifier:
        """The classifier of marked texts."""
        return TargetClassifier(self._base, self.arrays_)

    def logits(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return logits of shape (n_items, n_classes), before scaling."""
        return self._read(self.as_taught(items))[0]

    def _read(self, items: Sequence[StanceItem]) -> tuple[np.ndarray, np.ndarray]:
        """Return logits of classes, of shape (n_items, n_classes), and of manners, of shape (n_items, n_manners, 3)."""
        questions = group_items(items)
        logits = np.zeros((len(items), len(self.classes_)))
        n_values = len(self.arrays_.get(f"{HEAD}manner.bias", ()))
        manners = np.zeros((len(items), n_values))
        for one, read in zip(questions, self.classifier.read([mark(one) for one in questions]), strict=True):
            if one.portrayal:
                logits[list(one.portrayal)] = read.classes
            if one.stances:
                logits[list(one.stances)] = read.holders
            manners[[*one.portrayal, *one.stances]] = read.manners
        return logits, manners.reshape(len(items), n_values // len(SPEAKERS), len(SPEAKERS))

    def as_taught(self, items: Sequence[StanceItem]) -> list[StanceItem]:
        """Return the items as the model can answer them: one of portrayal alone has no holder, one of stance alone the author."""
        if self.construct == BOTH:
            return list(items)
        default = AUTHOR if self.construct == STANCE else None
        return [item._replace(holder=default and (item.holder or default)) for item in items]

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_items, n_classes)."""
        return self.predict_all(items)[0]

    def predict_manners(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return the probabilities of speaker and basis of portrayals: ndarray of shape (n_items, 2, 3).

        In the order of `SPEAKERS` and `BASES`; shape (n_items, 0, 3) of a model that was not taught them.
        """
        return self.predict_all([item._replace(holder=None) for item in items])[1]

    def predict_all(self, items: Sequence[StanceItem]) -> tuple[np.ndarray, np.ndarray]:
        """Return what `predict_proba` and `predict_manners` do, each target of a text read once."""
        items = self.as_taught(items)
        logits, manners = self._read(items)
        for question, scaling in self.scaling_.items():
            own = [number for number, item in enumerate(items) if question_of(item) == question]
            logits[own] = scale_logits(logits[own], scaling)
        return softmax(logits), softmax(manners)

    def to_files(self, name: str, card: str, log: dict[str, Any], note: str) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "method": ADAPTER,
            "construct": self.construct,
            "encoder": self.encoder,
            "encoder_fingerprint": self._base.fingerprint,
            "classes": list(self.classes_),
            "scaling": {question: scaling.tolist() for question, scaling in self.scaling_.items()},
            "note": note,
        }
        return ModelFiles("stance", config, self.arrays_, card, log)

    @classmethod
    def from_files(cls, files: ModelFiles) -> "AdapterStance":
        """Return the model that `to_files` wrote.

        Raises
        ------
        InputError
            When configuration or weights lack something.
        MissingDataError
            When the encoder of that name has other weights than those it was trained on.
        """
        check_config(
            files,
            {"classes": list, "scaling": dict, "note": str, "encoder_fingerprint": str},
            {"target.head.query.weight": 2},
        )
        model = cls(encoder=files.config["encoder"])
        if model._base.fingerprint != files.config["encoder_fingerprint"]:
            raise MissingDataError(
                f"Invalid encoder {model.encoder!r} of stance model {str(files.config['name'])!r}. It was trained on other "
                "weights."
            )
        model.set_weights(tuple(files.config["classes"]), dict(files.arrays), [])
        model.scaling_ = {name: np.array(values) for name, values in files.config["scaling"].items()}
        return model
