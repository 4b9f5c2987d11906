"""Models in other processes: pickled without sessions and tokenizers, which are opened again, with the same results."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.pairs.fitting import arrays_of as interaction_arrays
from crossframe.learning.pairs.late_interaction import LateInteraction
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.tagger import Tagger
from crossframe.learning.tagging.words import WordText
from crossframe.learning.targets.classifier import Marked, TargetClassifier
from crossframe.learning.targets.fitting import TARGET_CONFIG

TEXT = "the mayor opened the bridge"
WORDS = WordText(TEXT, np.array([4]), np.array([9]), np.ones((1, 1), np.float32))


def encode(encoder: TransformerEncoder) -> tuple[Any, Callable[[Any], Any]]:
    """Return an encoder and how to use it."""
    return encoder, lambda model: model.encode([TEXT])


def encode_by_words(_: TransformerEncoder) -> tuple[Any, Callable[[Any], Any]]:
    """Return an encoder without weights, fitted, and how to use it."""
    return load_encoder("tfidf").fit([TEXT]), lambda model: model.encode([TEXT])  # type: ignore[attr-defined]


def tag(encoder: TransformerEncoder) -> tuple[Any, Callable[[Any], Any]]:
    """Return a tagger and how to use it."""
    from crossframe.learning.tagging.network import Net

    arrays = Net(encoder.load_body(), Scheme(("person",)), 1, 2, 0.0).arrays()
    return Tagger(encoder, arrays, ("person",)), lambda model: model.describe_words([WORDS])


def classify(encoder: TransformerEncoder) -> tuple[Any, Callable[[Any], Any]]:
    """Return a classifier of marked texts and how to use it."""
    from crossframe.learning.targets.network import Net

    arrays = Net(encoder.load_body(), {"classes": 2}, TARGET_CONFIG).arrays()
    return TargetClassifier(encoder, arrays), lambda model: model.read([Marked(TEXT, ((4, 9),))])[0].classes


def compare_pairs(encoder: TransformerEncoder) -> tuple[Any, Callable[[Any], Any]]:
    """Return late interaction and how to use it."""
    from crossframe.learning.pairs.network import Net

    interaction = LateInteraction(encoder, interaction_arrays(Net(encoder.load_body(), 2)))
    first, second = np.array([0]), np.array([1])
    return interaction, lambda model: model.compute_logits([TEXT, "rain fell"], first, second)


@pytest.mark.slow
@pytest.mark.parametrize("make", [encode, encode_by_words, tag, classify, compare_pairs])
def test_a_model_does_the_same_in_another_process(
    tiny_model: Path, make: Callable[[TransformerEncoder], tuple[Any, Callable[[Any], Any]]]
) -> None:
    """Used or not yet used, a model comes out of a pickle as it was; sessions stay behind."""
    encoder = load_encoder(tiny_model)
    assert isinstance(encoder, TransformerEncoder)
    model, use = make(encoder)
    fresh = pickle.dumps(model)
    wanted = use(model)
    used = pickle.dumps(model)
    assert b"InferenceSession" not in used
    for content in (fresh, used):
        assert np.array_equal(use(pickle.loads(content)), wanted)
