"""A classifier of marked texts: learns, computes by ONNX Runtime what torch trained, reads long texts, resumes after a kill."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Row, TrainingConfig
from crossframe.learning.targets.classifier import Marked, MarkTokenizer, TargetClassifier, write_marks
from crossframe.learning.targets.fitting import TARGET_CONFIG, Example, HeldOut, fit_targets

TEXTS = (
    ("the brave mayor said the corrupt minister voted", "mayor", 1),
    ("the brave mayor said the corrupt minister voted", "minister", 0),
    ("the corrupt mayor said the brave minister voted", "mayor", 0),
    ("the corrupt mayor said the brave minister voted", "minister", 1),
)
QUICK = replace(
    TARGET_CONFIG,
    rank=4,
    epochs=30,
    patience=30,
    learning_rate=3e-3,
    head_learning_rate=1e-2,
    dropout=0.0,
    batch_size=4,
)


def mark(text: str, word: str) -> Marked:
    """Return the first occurrence of `word` in `text` as a mark."""
    start = text.index(word)
    return Marked(text, ((start, start + len(word)),))


MARKED = [mark(text, word) for text, word, _ in TEXTS]
TRUTH = np.array([label for _, _, label in TEXTS])
EXAMPLES = [Example(one, tuple(np.eye(2)[label])) for one, label in zip(MARKED, TRUTH, strict=True)]


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TransformerEncoder:
    """Return the tiny model as an encoder."""
    loaded = load_encoder(str(tiny_model))
    assert isinstance(loaded, TransformerEncoder)
    return loaded


def fit(
    encoder: TransformerEncoder, config: TrainingConfig = QUICK, resume: Path | None = None
) -> tuple[dict[str, np.ndarray], list[Row]]:
    """Fit on the texts above."""
    return fit_targets(
        encoder,
        EXAMPLES * 6,
        HeldOut(EXAMPLES, lambda logits: float((logits.argmax(axis=1) == TRUTH).mean())),
        config=config,
        resume=resume,
    )


@pytest.fixture(scope="module")
def arrays(encoder: TransformerEncoder) -> dict[str, np.ndarray]:
    """Return the weights of a fitted classifier."""
    return fit(encoder)[0]


def test_every_mark_is_written_and_the_target_is_located() -> None:
    """Marks stand around all mentions; offsets are those of the target; overlapping mentions are marked once."""
    text, start, end = write_marks(Marked("Al met Al.", ((7, 9), (0, 2))))
    assert (text, text[start:end]) == ("{Al} met {Al}.", "{Al}")
    text, start, end = write_marks(Marked("Al Ray met.", ((0, 6), (3, 6))))
    assert (text, text[start:end]) == ("{Al Ray} met.", "{Al Ray}")
    assert write_marks(Marked("Al met Al.", ((0, 2), (7, 9))))[1:] == (0, 4)


@pytest.mark.parametrize("n_before", [0, 30, 500])
def test_long_texts_are_read_around_their_mark(encoder: TransformerEncoder, n_before: int) -> None:
    """A mark anywhere in a text that is longer than the encoder reads is among the tokens read, at the stated place."""
    words = ["rain"] * n_before + ["mayor"] + ["snow"] * 500
    [tokens] = MarkTokenizer(encoder).tokenize([mark(" ".join(words), "mayor")])
    assert len(tokens.ids) <= 64
    assert "{mayor}" in tokens.text
    tokenizer = encoder.model.tokenizer
    assert tokenizer.convert_ids_to_tokens(list(tokens.ids))[tokens.first : tokens.last] == [
        "[UNK]",
        "mayor",
        "[UNK]",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_it_learns_which_mark_is_meant(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], precision: str
) -> None:
    """One sentence with two marks gets two labels, whatever else is classified."""
    classifier = TargetClassifier(encoder, arrays, precision=precision)
    logits = classifier.logits(MARKED)
    assert logits.argmax(axis=1).tolist() == TRUTH.tolist()
    assert np.array_equal(classifier.logits(MARKED[2:3]), logits[2:3])
    assert classifier.logits([]).shape == (0, 2)


@pytest.mark.slow
@pytest.mark.parametrize("rank", [4, 0])
def test_it_reads_as_torch_trained_it(encoder: TransformerEncoder, rank: int) -> None:
    """Updates (or a whole encoder) by ONNX Runtime and the head in numpy give the scores of the network."""
    import torch

    from crossframe.learning.targets.network import Net

    with torch.random.fork_rng():
        torch.manual_seed(1)
        config = replace(TARGET_CONFIG, rank=rank, dropout=0.0, encoder_dropout=0.0)
        net = Net(encoder.load_body(), 2, config)
        for weight in [*net.trained.values(), *net.head.parameters()]:
            weight.data += 0.1 * torch.randn_like(weight)
            weight.data = weight.data.half().float() if rank else weight.data  # as they are kept
    net.eval()
    with torch.no_grad():
        wanted = net.head(net.describe(MarkTokenizer(encoder).tokenize(MARKED))).numpy()
    found = TargetClassifier(encoder, net.arrays(), precision="float32").logits(MARKED)
    assert np.allclose(found, wanted, atol=1e-3)


@pytest.mark.slow
def test_products_are_short_only_while_it_learns(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the CPU gains by it the body learns in bfloat16: near to float32, gradients in float32; predictions stay."""
    import torch

    from crossframe.learning.targets import network

    tokens = MarkTokenizer(encoder).tokenize(MARKED)
    config = replace(TARGET_CONFIG, rank=4, dropout=0.0, encoder_dropout=0.0)
    found = {}
    for short in (False, True):
        monkeypatch.setattr(network, "has_fast_bfloat16", lambda short=short: short)
        with torch.random.fork_rng():
            torch.manual_seed(1)
            net = network.Net(encoder.load_body(), 2, config)
        net.train()
        learning = net.describe(tokens)
        learning.sum().backward()
        grads = [weight.grad for weight in net.trained.values() if weight.grad is not None]
        assert {learning.dtype, *(grad.dtype for grad in grads)} == {torch.float32}
        net.eval()
        with torch.no_grad():
            found[short] = learning.detach().numpy(), net.describe(tokens).numpy()
    assert np.array_equal(found[False][1], found[True][1])
    assert np.allclose(found[False][0], found[False][1], atol=1e-5)
    assert not np.array_equal(found[False][0], found[True][0])
    assert np.abs(found[False][0] - found[True][0]).max() < 0.1


@pytest.mark.slow
def test_two_passes_differ_by_their_masks_alone(encoder: TransformerEncoder) -> None:
    """R-Drop compares two passes: without dropout they do, with it in the encoder alone they do not."""
    import torch

    from crossframe.learning.targets.fitting import TargetFit

    def loss(encoder_dropout: float, rdrop_weight: float) -> float:
        config = replace(QUICK, encoder_dropout=encoder_dropout, rdrop_weight=rdrop_weight)
        with torch.random.fork_rng():
            torch.manual_seed(1)
            net = TargetFit(encoder, EXAMPLES, None, config).net
            net.train()
            net.head.output.weight.data += torch.randn_like(net.head.output.weight)
            labels = torch.tensor([example.label for example in EXAMPLES])
            return float(net.loss(MarkTokenizer(encoder).tokenize(MARKED), labels, None).detach())

    assert loss(0.0, 1.0) == pytest.approx(loss(0.0, 0.0), rel=1e-5)
    apart = loss(0.3, 2.0) - loss(0.3, 1.0)
    assert apart > 0.01
    assert loss(0.3, 3.0) - loss(0.3, 2.0) == pytest.approx(apart, rel=1e-3)


@pytest.mark.slow
def test_a_killed_fit_goes_on_where_it_was(encoder: TransformerEncoder, tmp_path: Path) -> None:
    """Killed between epochs and begun again, a fit ends with the very weights of one that was never killed."""
    config = replace(TARGET_CONFIG, rank=4, epochs=4, patience=4, batch_size=4, ema_decay=0.9)
    wanted, log = fit(encoder, config)
    kept = tmp_path / "kept.safetensors"

    class Killed(Exception):
        """Stands for a kill."""

    seen = []

    def score(logits: np.ndarray) -> float:
        seen.append(logits)
        if len(seen) == 3:
            raise Killed
        return float((logits.argmax(axis=1) == TRUTH).mean())

    with pytest.raises(Killed):
        fit_targets(encoder, EXAMPLES * 6, HeldOut(EXAMPLES, score), config=config, resume=kept)
    assert kept.is_file()
    found, again = fit(encoder, config, kept)
    assert again == log
    assert all(np.array_equal(found[name], wanted[name]) for name in wanted)
    done = kept.read_bytes()
    assert fit(encoder, config, kept)[1] == log  # nothing is left to be fitted
    assert kept.read_bytes() == done


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"not a file of weights"])
def test_a_damaged_state_is_not_gone_on_with(
    encoder: TransformerEncoder, tmp_path: Path, content: bytes
) -> None:
    """What is no state of a fit is passed over."""
    kept = tmp_path / "kept.safetensors"
    kept.write_bytes(content)
    config = replace(TARGET_CONFIG, rank=4, epochs=1, batch_size=4)
    assert fit(encoder, config, kept)[1] == fit(encoder, config)[1]


def test_no_examples(encoder: TransformerEncoder) -> None:
    """Without an example nothing is learned."""
    with pytest.raises(InputError, match="at least one"):
        fit_targets(encoder, [])
