"""Stance by a user's own language model."""

import hashlib
from collections.abc import Sequence

import numpy as np

from crossframe.judging.stance.stance_model import StanceEstimator
from crossframe.judging.stance.zero_shot import name_target
from crossframe.judging.targets import StanceItem
from crossframe.learning.endpoint.client import Endpoint, open_endpoint
from crossframe.records import STANCES

_PROMPT = (
    "How does the following sentence from a news article portray {name!r}: in a negative, a neutral or a positive "
    "light? Judge what the words say of {name!r}, not what you know of it.\nSentence: {text}"
)


class EndpointStance(StanceEstimator):
    """Asks a language model behind an address about one mention after another.

    Parameters
    ----------
    name : str or Endpoint
        As `open_endpoint` takes it: ``endpoint``, an address with a model's name, or an open endpoint.
    """

    note = (
        "Stance was judged by a language model behind an endpoint of the user's: its probabilities are 0 or 1, so no "
        "interval covers its errors, and its answers may change with its version."
    )

    caches_itself = True

    def __init__(self, name: str | Endpoint) -> None:
        self.endpoint = open_endpoint(name)
        self.name = self.endpoint.model
        content = f"{self.endpoint.address}#{self.endpoint.model}\n{_PROMPT}"
        self.hash = hashlib.sha256(content.encode()).hexdigest()

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return 1 for the stance answered, else 0: ndarray of shape (n_items, 3)."""
        prompts = [_PROMPT.format(name=name_target(item), text=item.text) for item in items]
        chosen = self.endpoint.choose(prompts, STANCES)
        return np.eye(len(STANCES))[[STANCES.index(label) for label in chosen]].reshape(-1, len(STANCES))
