"""Stance without training: an entailment model tells which statement about the target follows from the sentence."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeGuard

import numpy as np

from crossframe.errors import InputError, MissingDataError, UnknownNameError
from crossframe.judging.stance.stance_model import StanceEstimator
from crossframe.judging.targets import NAMED_KINDS, StanceItem, read_name
from crossframe.learning.classifiers import softmax
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.records import STANCES

PREFIX = "zero-shot:"
"""Beginning of the name of such a model."""
HYPOTHESES = {
    "negative": "{name} is portrayed negatively.",
    "neutral": "{name} is portrayed neutrally.",
    "positive": "{name} is portrayed positively.",
}
"""Statements about a target, one per label, as Yin et al. word them; not tuned."""
ENTAILMENT = "entailment"
_OTHERS = ({"neutral", "contradiction"}, {"not_entailment"})
"""Labels beside entailment: of three-way inference (SNLI, MultiNLI), and of two-way (RTE)."""
BATCH = 16
MAX_LENGTH = 512
_FILES = ("*.json", "*.safetensors", "*.txt", "*.model")


class ZeroShotStance(StanceEstimator):
    """An entailment model by name: the premise is the sentence, the hypotheses are statements about the target.

    The probability of a stance is that of its hypothesis to be entailed, divided by the sum over the three; it is not
    calibrated. In a hypothesis a pronoun is replaced by another mention of the same target in the sentence that is a name.

    Parameters
    ----------
    name : str
        ``zero-shot:`` and a Hugging Face name (fetched once by its own library) or a folder, of a model for sequence
        classification whose labels are entailment, neutral and contradiction in any order, or entailment and
        not_entailment; weights as safetensors.

    Raises
    ------
    UnknownNameError
        When there is no such model, or it cannot be fetched.
    InputError
        When its labels are no entailment labels.

    References
    ----------
    Yin, W., Hay, J., Roth, D. (2019). Benchmarking zero-shot text classification: datasets, evaluation and entailment
    approach. EMNLP-IJCNLP, 3914-3923.
    """

    note = (
        "Stance was judged by an entailment model that was not trained for it: its probabilities are not calibrated, and "
        "what it knows of a name may move them."
    )
    classes_ = STANCES

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = _folder(name.removeprefix(PREFIX))
        self.entailed_ = _entailed(self.folder, name)

    @cached_property
    def hash(self) -> str:  # type: ignore[override]
        """SHA-256 over all files of the model, the hypotheses and the size of a batch."""
        files = TransformerEncoder(self.name, self.folder).fingerprint
        return hashlib.sha256(json.dumps([files, HYPOTHESES, BATCH]).encode()).hexdigest()

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging

        bar = logging.is_progress_bar_enabled()
        logging.disable_progress_bar()
        try:
            tokenizer = AutoTokenizer.from_pretrained(
                str(self.folder), local_files_only=True, trust_remote_code=False
            )
            model = AutoModelForSequenceClassification.from_pretrained(
                str(self.folder), local_files_only=True, trust_remote_code=False, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            reason = str(error).split("\n", maxsplit=1)[0]
            raise MissingDataError(f"Invalid entailment model {self.name!r}: {reason}.") from None
        finally:
            if bar:
                logging.enable_progress_bar()
        return tokenizer, model.eval()

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return probabilities of negative, neutral, positive: ndarray of shape (n_items, 3)."""
        pairs = [
            (item.text, HYPOTHESES[stance].format(name=name_target(item)))
            for item in items
            for stance in STANCES
        ]
        return softmax(self._log_entailment(pairs).reshape(-1, len(STANCES)))

    def _log_entailment(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return the log-probability of entailment of every (premise, hypothesis): ndarray of shape (n_pairs,)."""
        import torch

        tokenizer, model = self._loaded
        max_length = min(
            int(tokenizer.model_max_length),
            int(getattr(model.config, "max_position_embeddings", MAX_LENGTH)),
            MAX_LENGTH,
        )
        distinct = sorted(set(pairs), key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
        entailment: dict[tuple[str, str], float] = {}
        for first in range(0, len(distinct), BATCH):
            batch = distinct[first : first + BATCH]
            tokens = tokenizer(
                [premise for premise, _ in batch],
                [hypothesis for _, hypothesis in batch],
                padding=True,
                truncation=True,
                max_length=max_length,
                return_tensors="pt",
            )
            with torch.no_grad():
                log_probability = torch.log_softmax(model(**tokens).logits.double(), dim=1)[:, self.entailed_]
            entailment.update(zip(batch, log_probability.tolist(), strict=True))
        return np.array([entailment[pair] for pair in pairs])


def is_zero_shot(name: object) -> TypeGuard[str]:
    """Return whether a stance model's name is that of an entailment model.

    Examples
    --------
    >>> is_zero_shot("zero-shot:facebook/bart-large-mnli"), is_zero_shot("stance-news")
    (True, False)
    """
    return isinstance(name, str) and name.startswith(PREFIX)


def name_target(item: StanceItem) -> str:
    """Return the words by which a statement names the target: its own without a possessive; for a pronoun a name.

    Examples
    --------
    >>> name_target(StanceItem("Smith's plan failed.", 0, 7)), name_target(StanceItem("Smith said he won.", 11, 13, ((0, 5),)))
    ('Smith', 'Smith')
    """
    spans = [(item.start, item.end), *item.others]
    names = [read_name(item.text[start:end]) for start, end in spans]
    chosen = names[0]
    if chosen.kind == "pronoun":
        named = [name for name in names[1:] if name.kind in NAMED_KINDS]
        chosen = max(named, key=lambda name: len(name.core), default=chosen)
    return (chosen.lead + chosen.core).strip() or item.text[item.start : item.end]


def _folder(name: str) -> Path:
    if name and Path(name).is_dir():
        return Path(name)
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(huggingface_hub.snapshot_download(name, allow_patterns=list(_FILES)))
    except (OSError, ValueError, HfHubHTTPError, HFValidationError):
        raise UnknownNameError(
            f"Unknown entailment model {name!r}. After {PREFIX!r} it must be a model folder, or a name that the Hugging Face "
            "hub (reachable from here) or its cache knows."
        ) from None


def _entailed(folder: Path, name: str) -> int:
    """Return the index of the entailment label in the model's output."""
    try:
        labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
        index = {str(label).casefold(): int(number) for number, label in labels.items()}
    except (OSError, ValueError, KeyError, AttributeError):
        index = {}
    if ENTAILMENT not in index or set(index) - {ENTAILMENT} not in _OTHERS:
        raise InputError(
            f"Invalid labels {', '.join(index) or 'none'} of entailment model {name!r}. They must be entailment, neutral and "
            "contradiction, or entailment and not_entailment, in the id2label of its config.json."
        )
    return index[ENTAILMENT]
