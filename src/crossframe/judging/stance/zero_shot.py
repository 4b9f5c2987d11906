"""Stance without training: an entailment model reads whether the sentence says that its target is shown well or badly."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, TypeGuard

import numpy as np

from crossframe import storage
from crossframe.errors import InputError, MissingDataError, UnknownNameError
from crossframe.judging.stance.contract import StanceContract
from crossframe.judging.stance.features import Target
from crossframe.judging.target_kinds import NAMED_KINDS, read_name
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.linear import softmax
from crossframe.records import STANCES

PREFIX = "zero-shot:"
"""Beginning of the name of such a model."""
HYPOTHESES = {
    "negative": "{name} is portrayed negatively.",
    "neutral": "{name} is portrayed neutrally.",
    "positive": "{name} is portrayed positively.",
}
"""What is asked of the model about a target: a sentence that spells each label out, as Yin et al. ask; not tuned."""
ENTAILMENT = "entailment"
_OTHERS = ({"neutral", "contradiction"}, {"not_entailment"})
"""Labels beside entailment: of three-way inference (SNLI, MultiNLI), and of two-way (RTE)."""
BATCH = 16
MAX_LENGTH = 512
_WANTED = ("*.json", "*.safetensors", "*.txt", "*.model")


class ZeroShotStance(StanceContract):
    """An entailment model by name: premise the sentence, hypotheses what a label says of the target.

    The probability of a stance is that of its hypothesis to be entailed, divided by the sum over the three; it is not
    calibrated. A pronoun is asked about by the name that stands for the same target in the sentence, where one does.

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
            tokenizer = AutoTokenizer.from_pretrained(str(self.folder), local_files_only=True)
            model = AutoModelForSequenceClassification.from_pretrained(
                str(self.folder), local_files_only=True, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            reason = str(error).split("\n", maxsplit=1)[0]
            raise MissingDataError(f"Invalid entailment model {self.name!r}: {reason}.") from None
        finally:
            if bar:
                logging.enable_progress_bar()
        return tokenizer, model.eval()

    def predict_proba(self, targets: Sequence[Target]) -> np.ndarray:
        """Return probabilities of negative, neutral, positive: ndarray of shape (n_targets, 3)."""
        pairs = [
            (target.text, HYPOTHESES[stance].format(name=asked_name(target)))
            for target in targets
            for stance in STANCES
        ]
        return softmax(self._log_entailment(pairs).reshape(-1, len(STANCES)))

    def judge_article(self, targets: Sequence[Target]) -> np.ndarray:
        """Return `predict_proba` of an article's mentions, from the cache where they were judged before."""
        said = json.dumps([self.hash, metadata.version("torch"), targets])
        key = hashlib.sha256(said.encode()).hexdigest()
        return storage.cached_array(key, lambda: self.predict_proba(targets))

    def _log_entailment(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return the log-probability of entailment of every (premise, hypothesis): ndarray of shape (n_pairs,)."""
        import torch

        tokenizer, model = self._loaded
        most = min(
            int(tokenizer.model_max_length),
            int(getattr(model.config, "max_position_embeddings", MAX_LENGTH)),
            MAX_LENGTH,
        )
        distinct = sorted(set(pairs), key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
        found: dict[tuple[str, str], float] = {}
        for first in range(0, len(distinct), BATCH):
            batch = distinct[first : first + BATCH]
            read = tokenizer(
                [premise for premise, _ in batch],
                [hypothesis for _, hypothesis in batch],
                padding=True,
                truncation=True,
                max_length=most,
                return_tensors="pt",
            )
            with torch.no_grad():
                said = torch.log_softmax(model(**read).logits.double(), dim=1)[:, self.entailed_]
            found.update(zip(batch, said.tolist(), strict=True))
        return np.array([found[pair] for pair in pairs])


def is_zero_shot(name: object) -> TypeGuard[str]:
    """Return whether a stance model's name asks for an entailment model.

    Examples
    --------
    >>> is_zero_shot("zero-shot:facebook/bart-large-mnli"), is_zero_shot("stance-news")
    (True, False)
    """
    return isinstance(name, str) and name.startswith(PREFIX)


def asked_name(target: Target) -> str:
    """Return the words by which a hypothesis names the target: its own, without a possessive; for a pronoun a name.

    Examples
    --------
    >>> asked_name(Target("Smith's plan failed.", 0, 7)), asked_name(Target("Smith said he won.", 11, 13, ((0, 5),)))
    ('Smith', 'Smith')
    """
    spans = [(target.start, target.end), *target.others]
    names = [read_name(target.text[start:end]) for start, end in spans]
    chosen = names[0]
    if chosen.kind == "pronoun":
        named = [name for name in names[1:] if name.kind in NAMED_KINDS]
        chosen = max(named, key=lambda name: len(name.core), default=chosen)
    return (chosen.lead + chosen.core).strip() or target.text[target.start : target.end]


def _folder(name: str) -> Path:
    if name and Path(name).is_dir():
        return Path(name)
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        return Path(huggingface_hub.snapshot_download(name, allow_patterns=list(_WANTED)))
    except (OSError, ValueError, HfHubHTTPError, HFValidationError):
        raise UnknownNameError(
            f"Unknown entailment model {name!r}. After {PREFIX!r} it must be a model folder, or a name that the Hugging Face "
            "hub (reachable from here) or its cache knows."
        ) from None


def _entailed(folder: Path, name: str) -> int:
    """Return the number of the label that says entailment, wherever the model has it."""
    try:
        labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
        found = {str(label).casefold(): int(number) for number, label in labels.items()}
    except (OSError, ValueError, KeyError, AttributeError):
        found = {}
    if ENTAILMENT not in found or set(found) - {ENTAILMENT} not in _OTHERS:
        raise InputError(
            f"Invalid labels {', '.join(found) or 'none'} of entailment model {name!r}. They must be entailment, neutral and "
            "contradiction, or entailment and not_entailment, in the id2label of its config.json."
        )
    return found[ENTAILMENT]
