"""A classifier of marked texts: learns, computes by ONNX Runtime what torch trained, reads long texts, resumes after a kill."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.fit_loop import Row, TrainingConfig
from crossframe.learning.targets.classifier import (
    AUTHOR_SPAN,
    Marked,
    MarkLogits,
    MarkTokenizer,
    TargetClassifier,
    write_marks,
)
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


def classes_of(read: Sequence[MarkLogits]) -> np.ndarray:
    """Return the logits of the marks: ndarray of shape (n_texts, n_classes)."""
    return np.array([one.classes for one in read])


def score(read: Sequence[MarkLogits]) -> float:
    """Return the share of marks that are classified right."""
    return float((classes_of(read).argmax(axis=1) == TRUTH).mean())


def fit(
    encoder: TransformerEncoder, config: TrainingConfig = QUICK, resume: Path | None = None
) -> tuple[dict[str, np.ndarray], list[Row]]:
    """Fit on the texts above."""
    return fit_targets(
        encoder,
        EXAMPLES * 12,
        HeldOut(EXAMPLES, score),
        config=config,
        resume=resume,
    )


@pytest.fixture(scope="module")
def arrays(encoder: TransformerEncoder) -> dict[str, np.ndarray]:
    """Return the weights of a fitted classifier."""
    return fit(encoder)[0]


def test_every_mark_is_written_and_the_target_is_located() -> None:
    """Marks stand around all mentions; offsets are those of the target; overlapping mentions are marked once."""
    text, start, end, _ = write_marks(Marked("Al met Al.", ((7, 9), (0, 2))))
    assert (text, text[start:end]) == ("{Al} met {Al}.", "{Al}")
    text, start, end, _ = write_marks(Marked("Al Ray met.", ((0, 6), (3, 6))))
    assert (text, text[start:end]) == ("{Al Ray} met.", "{Al Ray}")
    assert write_marks(Marked("Al met Al.", ((0, 2), (7, 9))))[1:3] == (0, 4)


@pytest.mark.parametrize(
    ("target", "holder"), [("Al", "Bo"), ("Bo", "Al"), ("Bo", "Cy Day"), ("Cy Day", "Al"), ("Al", "Cy Day")]
)
def test_holders_are_located_in_the_text_with_marks(target: str, holder: str) -> None:
    """Offsets of a holder are moved by the braces before it, whatever side of the target it stands on."""
    text = "Al met Bo and Cy Day."
    at = text.index(holder)
    asked = mark(text, target)._replace(holders=((at, at + len(holder)), AUTHOR_SPAN))
    written = write_marks(asked)
    (start, end), author = written.holders
    assert (written.text[start:end], author) == (holder, AUTHOR_SPAN)


def test_a_holder_that_is_not_read_is_replaced_by_the_first_token(encoder: TransformerEncoder) -> None:
    """Of a text that is too long only what is near the mark is read; a holder there is located, a distant one is not."""
    words = ["rain"] * 400 + ["minister", "mayor"] + ["snow"] * 300
    text = " ".join(words)
    near, far = text.index("minister"), 0
    asked = mark(text, "mayor")._replace(holders=((near, near + 8), (far, far + 4), AUTHOR_SPAN))
    [tokens] = MarkTokenizer(encoder).tokenize([asked])
    (first, last), *others = tokens.holders
    assert encoder.model.tokenizer.convert_ids_to_tokens(list(tokens.ids))[first:last] == ["minister"]
    assert others == [(0, 1), (0, 1)]


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
    logits = classes_of(classifier.read(MARKED))
    assert logits.argmax(axis=1).tolist() == TRUTH.tolist()
    assert np.array_equal(classes_of(classifier.read(MARKED[2:3])), logits[2:3])
    assert classifier.read([]) == []


@pytest.mark.slow
def test_one_reading_answers_several_questions(encoder: TransformerEncoder) -> None:
    """The class of a mark, its manners and the classes of its holders are learned at once, each from its own labels."""
    eye = np.eye(2).tolist()
    holders = [
        one._replace(holders=((text.index(other), text.index(other) + len(other)), AUTHOR_SPAN))
        for one, (text, word, _) in zip(MARKED, TEXTS, strict=True)
        for other in ({"mayor": "minister", "minister": "mayor"}[word],)
    ]
    examples = [
        Example(one, eye[label], (*np.eye(3)[label], 0, 0, 0), (eye[1 - label], eye[0]))
        for one, label in zip(holders, TRUTH, strict=True)
    ]
    unlabelled = [Example(one) for one in MARKED]
    arrays, _ = fit_targets(encoder, [*examples * 6, *unlabelled], config=replace(QUICK, epochs=90))
    read = TargetClassifier(encoder, arrays).read([*holders, *MARKED])
    assert classes_of(read[:4]).argmax(axis=1).tolist() == TRUTH.tolist()
    assert [one.manners[:3].argmax() for one in read[:4]] == TRUTH.tolist()
    assert [one.holders.argmax(axis=1).tolist() for one in read[:4]] == [[1 - label, 0] for label in TRUTH]
    assert [one.holders.shape for one in read[4:]] == [(0, 2)] * 4
    assert np.allclose(classes_of(read[:4]), classes_of(read[4:]))


def test_the_loss_weighs_rows_by_their_class() -> None:
    """By hand: with even scores each row costs log n, whatever the smoothing; a class without rows has no part in it."""
    import torch

    from crossframe.learning.targets.network import Labels

    rows = torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    labels = Labels({"classes": rows}, {"classes": torch.tensor([1.0, 3.0, 1e9])})
    even = torch.zeros((3, 3))
    assert float(labels.loss({"classes": even}, 0.1)) == pytest.approx(np.log(3))
    sure = torch.tensor([[0.0, 0.0, 0.0], [0.0, 50.0, 0.0], [9.0, 0.0, 0.0]])
    assert float(labels.loss({"classes": sure}, 0.0)) == pytest.approx(np.log(3) / 4)


def test_labels_without_questions(encoder: TransformerEncoder) -> None:
    """Examples without any label teach nothing; an example must have a label per holder."""
    with pytest.raises(InputError, match="without labels"):
        fit_targets(encoder, [Example(one) for one in MARKED])
    with pytest.raises(InputError, match="same length"):
        Example(MARKED[0]._replace(holders=((0, 3),)), (1.0, 0.0))


@pytest.mark.slow
@pytest.mark.parametrize("rank", [4, 0])
def test_it_reads_as_torch_trained_it(encoder: TransformerEncoder, rank: int) -> None:
    """Updates (or a whole encoder) by ONNX Runtime and the head in numpy give the scores of the network."""
    import torch

    from crossframe.learning.targets.network import Net

    asked = [one._replace(holders=(AUTHOR_SPAN, (4, 9))[: number % 3]) for number, one in enumerate(MARKED)]
    with torch.random.fork_rng():
        torch.manual_seed(1)
        config = replace(TARGET_CONFIG, rank=rank, dropout=0.0, encoder_dropout=0.0)
        net = Net(encoder.load_body(), {"classes": 2, "manners": 6, "holders": 2}, config)
        for weight in [*net.trained.values(), *net.head.parameters()]:
            weight.data += 0.1 * torch.randn_like(weight)
            weight.data = weight.data.half().float() if rank else weight.data  # as they are kept
    net.eval()
    with torch.no_grad():
        wanted = net.head(net.describe(MarkTokenizer(encoder).tokenize(asked)))
    found = TargetClassifier(encoder, net.arrays(), precision="float32").read(asked)
    for name, rows in wanted.items():
        own = [getattr(one, name) for one in found]
        assert np.allclose(np.concatenate([np.atleast_2d(row) for row in own if row.size]), rows, atol=1e-3)


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
            net = network.Net(encoder.load_body(), {"classes": 2}, config)
        net.train()
        learning = net.describe(tokens).texts
        learning.sum().backward()
        grads = [weight.grad for weight in net.trained.values() if weight.grad is not None]
        assert {learning.dtype, *(grad.dtype for grad in grads)} == {torch.float32}
        net.eval()
        with torch.no_grad():
            found[short] = learning.detach().numpy(), net.describe(tokens).texts.numpy()
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
            fit_ = TargetFit(encoder, EXAMPLES, config, balanced=False)
            net = fit_.net
            net.train()
            net.head.output.weight.data += torch.randn_like(net.head.output.weight)
            tokens = MarkTokenizer(encoder).tokenize(MARKED)
            return float(net.loss(tokens, fit_.collect(EXAMPLES)).detach())

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

    def killed(read: Sequence[MarkLogits]) -> float:
        seen.append(read)
        if len(seen) == 3:
            raise Killed
        return score(read)

    with pytest.raises(Killed):
        fit_targets(encoder, EXAMPLES * 6, HeldOut(EXAMPLES, killed), config=config, resume=kept)
    assert kept.is_file()
    found, again = fit(encoder, config, kept)
    timed = [row.pop("seconds") for row in (*again, *log)]
    assert min(timed) >= 0
    assert again == log
    assert all(np.array_equal(found[name], wanted[name]) for name in wanted)
    done = kept.read_bytes()
    assert len(fit(encoder, config, kept)[1]) == len(log)  # nothing is left to be fitted
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
    kept_log, log = fit(encoder, config, kept)[1], fit(encoder, config)[1]
    assert [row | {"seconds": 0} for row in kept_log] == [row | {"seconds": 0} for row in log]


def test_no_examples(encoder: TransformerEncoder) -> None:
    """Without an example nothing is learned."""
    with pytest.raises(InputError, match="at least one"):
        fit_targets(encoder, [])
