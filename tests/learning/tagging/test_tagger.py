"""A tagger: learns, computes by ONNX Runtime what torch trained, tags long texts whole, takes annotations that differ."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Checkpoint
from crossframe.learning.tagging.fitting import TAGGING_CONFIG, Example, fit_tagger
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.tagger import Tagger
from crossframe.learning.tagging.words import PieceCutter, WordText

LABELS = ("body", "person")
SENTENCES = (
    ("the Mayor said rain fell in town", [(1, 2, {"person"})]),
    ("the old Parliament Bridge was closed", [(2, 4, {"body"})]),
    ("a Minister voted by storm", [(1, 2, {"person"})]),
    ("Parliament Bridge said power fell", [(0, 2, {"body"})]),
    ("the mayor said rain fell", []),
    ("snow in the valley", []),
)


def cut(text: str) -> WordText:
    """Return a text's words; their feature is whether they are capitalised."""
    words = list(re.finditer(r"\w+", text))
    start, end = (np.array([getattr(word, side)() for word in words], dtype=int) for side in ("start", "end"))
    capital = np.array([[word.group()[0].isupper()] for word in words], dtype=np.float32).reshape(-1, 1)
    return WordText(text, start, end, capital)


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TransformerEncoder:
    """Return the tiny model as an encoder."""
    loaded = load_encoder(str(tiny_model))
    assert isinstance(loaded, TransformerEncoder)
    return loaded


FILLER = "snow in the valley . "
N_FILLER = 4
"""Words of the filler."""


def fit(
    encoder: TransformerEncoder,
    seed: int = 0,
    labels: tuple[str, ...] = LABELS,
    fillers: tuple[int, ...] = (0,),
) -> dict[str, np.ndarray]:
    """Return the weights of a tagger fitted on the sentences above, each behind some times the filler."""
    scheme = Scheme(labels)
    examples = [
        Example(
            cut(FILLER * n + text),
            scheme.allow(
                N_FILLER * n + len(text.split()),
                [(N_FILLER * n + a, N_FILLER * n + b, k & {*labels}) for a, b, k in spans],
            ),
        )
        for text, spans in SENTENCES
        for n in fillers
    ]
    config = replace(
        TAGGING_CONFIG,
        rank=4,
        epochs=30,
        learning_rate=3e-3,
        head_learning_rate=1e-2,
        dropout=0.0,
        batch_size=4,
    )
    return fit_tagger(encoder, examples * 4, labels, config=config, seed=seed)


@pytest.fixture(scope="module")
def arrays(encoder: TransformerEncoder) -> dict[str, np.ndarray]:
    """Return the weights of a fitted tagger."""
    return fit(encoder)


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_it_learns_its_examples(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], precision: str
) -> None:
    """Spans and labels are those of its examples, also where only the capital letter distinguishes them."""
    tagger = Tagger(encoder, arrays, LABELS, precision=precision)
    found = tagger.tag([cut(text) for text, _ in SENTENCES])
    for spans, (_, wanted) in zip(found, SENTENCES, strict=True):
        assert [(span.first, span.end, {span.label}) for span in spans] == wanted
        assert all(0.5 < span.probability <= 1 for span in spans)


@pytest.mark.slow
def test_it_reads_as_torch_trained_it(encoder: TransformerEncoder, arrays: dict[str, np.ndarray]) -> None:
    """Merged updates, run by ONNX Runtime, and the head in numpy give the scores of the network."""
    import torch

    from crossframe.learning.tagging.network import Net
    from crossframe.learning.tagging.tagger import run_head

    texts = [cut(text) for text, _ in SENTENCES]
    net = Net(encoder.load_body(), Scheme(LABELS), 1, 4, 0.0).eval()
    own = {name: torch.from_numpy(np.array(array)).float() for name, array in arrays.items()}
    with torch.no_grad():
        for name, weight in net.updates.items():
            weight.copy_(own[f"tagger.body.{name}"])
        net.head.load_state_dict({name: own[f"tagger.head.{name}"] for name in net.head.state_dict()})
        scores, length = net.score(PieceCutter(encoder).cut(texts), [text.features for text in texts])
    tagger = Tagger(encoder, arrays, LABELS, precision="float32")
    rows = tagger.describe_words(texts)
    ours = np.split(run_head(tagger.arrays, rows, length.tolist()), np.cumsum(length.tolist())[:-1])
    for row, one in enumerate(ours):
        assert np.allclose(one, scores[row, : len(one)].numpy(), atol=5e-3)


@pytest.mark.slow
def test_a_text_alone_decides(encoder: TransformerEncoder, arrays: dict[str, np.ndarray]) -> None:
    """Neither the other texts nor their order change what is found in one; texts without words have no spans."""
    tagger = Tagger(encoder, arrays, LABELS)
    texts = [cut(text) for text, _ in SENTENCES]
    together = tagger.tag([*texts, cut("..."), cut("")])
    assert together[-2:] == [[], []]
    for number in (3, 0):
        alone = tagger.tag([texts[number]])[0]
        assert [(s.first, s.end, s.label) for s in alone] == [
            (s.first, s.end, s.label) for s in together[number]
        ]
        assert [s.probability for s in alone] == pytest.approx([s.probability for s in together[number]])
    assert tagger.tag([]) == [] == tagger.tag([cut("")])[0]


@pytest.mark.slow
def test_the_end_of_a_long_text_is_read(encoder: TransformerEncoder) -> None:
    """Text many times longer than the encoder reads has its last name found, by a tagger that saw such texts cut."""
    text = FILLER * 60 + "the Mayor said rain fell in town"
    found = Tagger(encoder, fit(encoder, fillers=(0, 1, 2, 3, 8)), LABELS).tag([cut(text)])[0]
    assert [(span.first, span.label) for span in found] == [(241, "person")]


@pytest.mark.parametrize("n_words", [3, 70, 200])
def test_every_word_belongs_to_one_piece(encoder: TransformerEncoder, n_words: int) -> None:
    """Pieces hold no more tokens than the encoder reads, and each word's tokens are used once."""
    text = cut("town, said (mayor) " * n_words)
    pieces = PieceCutter(encoder, 32).cut([text])[0]
    assert all(len(piece.ids) <= 32 for piece in pieces)
    words = [word for piece in pieces for word in piece.words.tolist() if word >= 0]
    assert sorted(words) == list(range(len(text.start)))
    assert (len(pieces) == 1) == (n_words == 3)


def test_a_word_longer_than_the_encoder_reads_is_kept(encoder: TransformerEncoder) -> None:
    """Of a word of hundreds of tokens the first are read, and its neighbours are read too."""
    text = "the " + "!" * 300 + " mayor"
    words = WordText(text, np.array([0, 4, 305]), np.array([3, 304, 310]), np.zeros((3, 1), np.float32))
    pieces = PieceCutter(encoder).cut([words])[0]
    assert {word for piece in pieces for word in piece.words.tolist()} >= {0, 1, 2}


@pytest.mark.slow
def test_a_seed_fits_the_same_weights_again(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray]
) -> None:
    """One seed, one result; another seed, another."""
    again, other = fit(encoder), fit(encoder, seed=1)
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)
    assert any(not np.array_equal(arrays[name], other[name]) for name in arrays)


@pytest.mark.slow
def test_a_killed_fit_goes_on_where_it_was(
    encoder: TransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between epochs and begun again, a fit ends with the very weights of one that was never killed."""
    scheme = Scheme(LABELS)
    examples = [Example(cut(text), scheme.allow(len(text.split()), spans)) for text, spans in SENTENCES] * 2
    config = replace(TAGGING_CONFIG, rank=4, epochs=3, batch_size=4)
    wanted = fit_tagger(encoder, examples, LABELS, config=config)
    save, calls = Checkpoint.save, []

    class Killed(Exception):
        """Stands for a kill."""

    def count(self: Checkpoint, *content: Any) -> None:
        save(self, *content)
        calls.append(len(self.log))
        if calls == [1, 2]:
            raise Killed

    monkeypatch.setattr(Checkpoint, "save", count)
    with pytest.raises(Killed):
        fit_tagger(encoder, examples, LABELS, config=config, resume=tmp_path / "kept")
    found = fit_tagger(encoder, examples, LABELS, config=config, resume=tmp_path / "kept")
    assert calls == [1, 2, 3]
    assert all(np.array_equal(found[name], wanted[name]) for name in wanted)


@pytest.mark.slow
def test_annotations_that_say_less_are_learned_from_together(encoder: TransformerEncoder) -> None:
    """An annotation that does not distinguish the labels leaves them to the one that does."""
    scheme = Scheme(LABELS)
    both = {"body", "person"}
    examples = [
        Example(cut(text), scheme.allow(len(text.split()), [(a, b, k if text[0] != "P" else both) for a, b, k in spans]))
        for text, spans in SENTENCES
    ]  # fmt: skip
    config = replace(
        TAGGING_CONFIG,
        rank=4,
        epochs=30,
        learning_rate=3e-3,
        head_learning_rate=1e-2,
        dropout=0.0,
        batch_size=4,
    )
    tagger = Tagger(encoder, fit_tagger(encoder, examples * 4, LABELS, config=config), LABELS)
    assert [(s.first, s.end, s.label) for s in tagger.tag([cut(SENTENCES[3][0])])[0]] == [(0, 2, "body")]


def test_examples_are_checked(encoder: TransformerEncoder) -> None:
    """No example with words, or examples with other features, are refused."""
    empty = Example(cut("..."), np.zeros((0, 9), dtype=bool))
    with pytest.raises(InputError, match="Invalid examples"):
        fit_tagger(encoder, [empty], LABELS)
    one = Example(cut("a town"), Scheme(LABELS).allow(2, []))
    wide = WordText("a town", one.words.start, one.words.end, np.zeros((2, 3), np.float32))
    with pytest.raises(InputError, match="features"):
        fit_tagger(encoder, [one, Example(wide, one.allowed)], LABELS)
