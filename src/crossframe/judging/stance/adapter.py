"""Stance by an encoder that was trained for it: low-rank updates or the whole of it, with the target marked in the text."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from crossframe.errors import InputError, MissingDataError
from crossframe.judging.probes.swaps import draw_swap
from crossframe.judging.stance.stance_model import PORTRAYAL, StanceEstimator
from crossframe.judging.targets import StanceItem
from crossframe.learning.calibration import fit_temperature
from crossframe.learning.classifiers import softmax
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import TrainingConfig
from crossframe.learning.model_files import ModelFiles, check_config
from crossframe.learning.targets.classifier import Marked, TargetClassifier
from crossframe.learning.targets.fitting import TARGET_CONFIG, Example, HeldOut, fit_targets
from crossframe.statistics.metrics import macro_f1

ADAPTER = "adapter"


class AdapterStance(StanceEstimator):
    """An encoder trained to judge a marked target: LoRA by default, the whole encoder with rank 0.

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
    construct : {"portrayal", "stance", "both"}
        What it learns; of stance it reads the holder, named before the sentence.

    Attributes
    ----------
    arrays_ : dict of str to ndarray
        Trained weights.
    temperature_ : float
        Divides the logits; 1 until `calibrate`.
    epochs_ : list of dict
        Loss and held-out macro-F1 of every epoch.

    References
    ----------
    Hu et al. 2022, LoRA: low-rank adaptation of large language models. Hamborg and Donnay 2021, NewsMTSC.
    """

    temperature_ = 1.0
    reads_marks = True

    def __init__(
        self,
        *,
        encoder: str | None = None,
        config: TrainingConfig = TARGET_CONFIG,
        swapped: float = 0.0,
        seed: int = 0,
        construct: str = PORTRAYAL,
    ) -> None:
        self.encoder = encoder
        self.config = config
        self.swapped = swapped
        self.seed = seed
        self.construct = construct

    @cached_property
    def _base(self) -> TransformerEncoder:
        base = load_encoder(self.encoder)
        if not isinstance(base, TransformerEncoder) or base.precision != "float32":
            raise InputError(
                f"Invalid encoder {self.encoder!r} for stance. It must be a transformer in float32: a name or folder."
            )
        return base

    def fit(
        self,
        items: Sequence[StanceItem],
        labels: Sequence[str],
        *,
        held_out: tuple[Sequence[StanceItem], Sequence[str]] = ((), ()),
        resume: Path | None = None,
    ) -> Self:
        """Learn from items and their labels.

        Parameters
        ----------
        items : sequence of StanceItem
        labels : sequence of str
            Two or more different ones.
        held_out : (sequence of StanceItem, sequence of str)
            Held-out items with labels: the result is the epoch of best macro-F1 on them, and fitting stops early; without
            them it is the last epoch.
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
        return self.fit_soft(items, one_hot(labels, classes), classes, held_out=held_out, resume=resume)

    def fit_soft(
        self,
        items: Sequence[StanceItem],
        soft_labels: np.ndarray,
        classes: Sequence[str],
        *,
        held_out: tuple[Sequence[StanceItem], Sequence[str]] = ((), ()),
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
        held_out, resume
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
        truth = [self.classes_.index(label) for label in held_out[1]]
        items = self.read_holders(items)
        examples = _examples(items, soft_labels)
        held = _examples(self.read_holders(held_out[0]), one_hot(held_out[1], self.classes_))

        def redraw(number: int, rng: np.random.Generator) -> Example:
            if rng.random() >= self.swapped:
                return examples[number]
            return Example(marked(draw_swap(items[number], rng)), examples[number].label)

        self.arrays_, self.epochs_ = fit_targets(
            self._base,
            examples,
            HeldOut(held, lambda logits: macro_f1(truth, logits.argmax(axis=1))) if truth else None,
            class_weights=len(soft_labels) / soft_labels.shape[1] / soft_labels.sum(axis=0),
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
        """Choose the temperature on held-out items and labels."""
        truth = np.array([self.classes_.index(label) for label in labels])
        self.temperature_ = fit_temperature(self.logits(items), truth)
        return self

    @cached_property
    def classifier(self) -> TargetClassifier:
        """The classifier of marked texts."""
        return TargetClassifier(self._base, self.arrays_)

    def logits(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return logits of shape (n_items, n_classes), before the temperature."""
        return self.classifier.logits([marked(item) for item in self.read_holders(items)])

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_items, n_classes)."""
        return softmax(self.logits(items) / self.temperature_)

    def to_files(self, name: str, card: str, log: dict[str, Any], note: str) -> ModelFiles:
        """Return the model as files."""
        config = {
            "name": name,
            "method": ADAPTER,
            "construct": self.construct,
            "encoder": self.encoder,
            "encoder_fingerprint": self._base.fingerprint,
            "classes": list(self.classes_),
            "temperature": self.temperature_,
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
            {"classes": list, "temperature": float, "note": str, "encoder_fingerprint": str},
            {"target.head.output.weight": 2},
        )
        model = cls(encoder=files.config["encoder"], construct=files.config.get("construct", PORTRAYAL))
        if model._base.fingerprint != files.config["encoder_fingerprint"]:
            raise MissingDataError(
                f"Invalid encoder {model.encoder!r} of stance model {str(files.config['name'])!r}. It was trained on other "
                "weights."
            )
        model.set_weights(tuple(files.config["classes"]), dict(files.arrays), [])
        model.temperature_ = files.config["temperature"]
        return model


def _examples(items: Sequence[StanceItem], soft_labels: np.ndarray) -> list[Example]:
    return [Example(marked(item), tuple(row)) for item, row in zip(items, soft_labels.tolist(), strict=True)]


def one_hot(labels: Sequence[str], classes: Sequence[str]) -> np.ndarray:
    """Return 1 for the class of each label, else 0: ndarray of shape (n_labels, n_classes)."""
    return np.eye(len(classes))[[classes.index(label) for label in labels]]


def marked(item: StanceItem) -> Marked:
    """Return the item's text with all mentions of its target marked, the judged one first."""
    return Marked(item.text, ((item.start, item.end), *item.others))
