"""A judge of marked texts: learns, reads by ONNX Runtime what torch trained, reads long texts, goes on after a kill."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.targets.classifier import TargetClassifier
from crossframe.learning.targets.fitting import Pace, fit_targets
from crossframe.learning.targets.marks import Lesson, Marked, MarkReader, write_marks

TEXTS = (
    ("the brave mayor said the corrupt minister voted", "mayor", 1),
    ("the brave mayor said the corrupt minister voted", "minister", 0),
    ("the corrupt mayor said the brave minister voted", "mayor", 0),
    ("the corrupt mayor said the brave minister voted", "minister", 1),
)
QUICK = Pace(rank=4, epochs=30, patience=30, rate=3e-3, head_rate=1e-2, dropout=0.0, texts=4)


def mark(text: str, word: str) -> Marked:
    """Return the first occurrence of `word` in `text` as a mark."""
    start = text.index(word)
    return Marked(text, ((start, start + len(word)),))


MARKED = [mark(text, word) for text, word, _ in TEXTS]
TRUTH = np.array([label for _, _, label in TEXTS])
LESSONS = [Lesson(one, tuple(np.eye(2)[label])) for one, label in zip(MARKED, TRUTH, strict=True)]


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TransformerEncoder:
    """Return the tiny model as an encoder."""
    loaded = load_encoder(str(tiny_model))
    assert isinstance(loaded, TransformerEncoder)
    return loaded


def fit(
    encoder: TransformerEncoder, pace: Pace = QUICK, resume: Path | None = None
) -> tuple[dict[str, np.ndarray], list[dict[str, float]]]:
    """Fit on the texts above."""
    return fit_targets(
        encoder,
        LESSONS * 6,
        score=lambda logits: float((logits.argmax(axis=1) == TRUTH).mean()),
        held=LESSONS,
        pace=pace,
        resume=resume,
    )


@pytest.fixture(scope="module")
def arrays(encoder: TransformerEncoder) -> dict[str, np.ndarray]:
    """Return the weights of a fitted judge."""
    return fit(encoder)[0]


def test_every_mark_is_written_and_the_judged_one_is_found() -> None:
    """Marks stand around all mentions; offsets are those of the judged one; overlapping mentions are marked once."""
    text, start, end = write_marks(Marked("Al met Al.", ((7, 9), (0, 2))))
    assert (text, text[start:end]) == ("{Al} met {Al}.", "{Al}")
    text, start, end = write_marks(Marked("Al Ray met.", ((0, 6), (3, 6))))
    assert (text, text[start:end]) == ("{Al Ray} met.", "{Al Ray}")
    assert write_marks(Marked("Al met Al.", ((0, 2), (7, 9))))[1:] == (0, 4)


@pytest.mark.parametrize("n_before", [0, 30, 500])
def test_long_texts_are_read_around_their_mark(encoder: TransformerEncoder, n_before: int) -> None:
    """A mark anywhere in a text that is longer than the encoder reads is among the tokens read, where it says."""
    words = ["rain"] * n_before + ["mayor"] + ["snow"] * 500
    [place] = MarkReader(encoder).read([mark(" ".join(words), "mayor")])
    assert len(place.ids) <= 64
    assert "{mayor}" in place.text
    tokenizer = encoder.model.tokenizer
    assert tokenizer.convert_ids_to_tokens(list(place.ids))[place.first : place.last] == [
        "[UNK]",
        "mayor",
        "[UNK]",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_it_learns_which_mark_is_meant(
    encoder: TransformerEncoder, arrays: dict[str, np.ndarray], precision: str
) -> None:
    """One sentence with two marks gets two labels, whatever is judged beside it."""
    judge = TargetClassifier(encoder, arrays, precision=precision)
    logits = judge.score(MARKED)
    assert logits.argmax(axis=1).tolist() == TRUTH.tolist()
    assert np.array_equal(judge.score(MARKED[2:3]), logits[2:3])
    assert judge.score([]).shape == (0, 2)


@pytest.mark.slow
@pytest.mark.parametrize("rank", [4, 0])
def test_it_reads_as_torch_trained_it(encoder: TransformerEncoder, rank: int) -> None:
    """Updates (or a whole encoder) by ONNX Runtime and the head in numpy give the scores of the network."""
    import torch

    from crossframe.learning.targets.network import Net

    with torch.random.fork_rng():
        torch.manual_seed(1)
        net = Net(encoder.load_body(), 2, rank, 0.0, 0.0)
        for weight in [*net.trained().values(), *net.head.parameters()]:
            weight.data += 0.1 * torch.randn_like(weight)
            weight.data = weight.data.half().float() if rank else weight.data  # as they are kept
    net.eval()
    with torch.no_grad():
        wanted = net.head(net.gather(MarkReader(encoder).read(MARKED))).numpy()
    found = TargetClassifier(encoder, net.arrays(), precision="float32").score(MARKED)
    assert np.allclose(found, wanted, atol=1e-3)


@pytest.mark.slow
def test_products_are_short_only_while_it_learns(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the CPU gains by it the body learns in bfloat16: near to float32, gradients in float32; it judges as ever."""
    import torch

    from crossframe.learning.targets import network as targeting_net

    places = MarkReader(encoder).read(MARKED)
    found = {}
    for short in (False, True):
        monkeypatch.setattr(targeting_net, "multiplies_short", lambda short=short: short)
        with torch.random.fork_rng():
            torch.manual_seed(1)
            net = targeting_net.Net(encoder.load_body(), 2, 4, 0.0, 0.0)
        net.train()
        learning = net.gather(places)
        learning.sum().backward()
        grads = [weight.grad for weight in net.trained().values() if weight.grad is not None]
        assert {learning.dtype, *(grad.dtype for grad in grads)} == {torch.float32}
        net.eval()
        with torch.no_grad():
            found[short] = learning.detach().numpy(), net.gather(places).numpy()
    assert np.array_equal(found[False][1], found[True][1])
    assert np.allclose(found[False][0], found[False][1], atol=1e-5)
    assert not np.array_equal(found[False][0], found[True][0])
    assert np.abs(found[False][0] - found[True][0]).max() < 0.1


@pytest.mark.slow
def test_two_passes_differ_by_their_masks_alone(encoder: TransformerEncoder) -> None:
    """R-Drop asks two passes to agree: without dropout they do, with it in the encoder alone they do not."""
    import torch

    from crossframe.learning.targets.fitting import _Fit

    def loss(hidden: float, agree: float) -> float:
        pace = replace(QUICK, hidden=hidden, agree=agree)
        with torch.random.fork_rng():
            torch.manual_seed(1)
            fit = _Fit(encoder, LESSONS, None, pace)
            fit.net.train()
            fit.net.head.judge.weight.data += torch.randn_like(fit.net.head.judge.weight)
            told = torch.tensor([lesson.told for lesson in LESSONS])
            return float(fit._loss(MarkReader(encoder).read(MARKED), told).detach())

    assert loss(0.0, 1.0) == pytest.approx(loss(0.0, 0.0), rel=1e-5)
    apart = loss(0.3, 2.0) - loss(0.3, 1.0)
    assert apart > 0.01
    assert loss(0.3, 3.0) - loss(0.3, 2.0) == pytest.approx(apart, rel=1e-3)


@pytest.mark.slow
def test_a_killed_fit_goes_on_where_it_was(encoder: TransformerEncoder, tmp_path: Path) -> None:
    """Killed between epochs and begun again, a fit ends with the very weights of one that was never killed."""
    pace = Pace(rank=4, epochs=4, patience=4, texts=4, average=0.9)
    wanted, log = fit(encoder, pace)
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
        fit_targets(encoder, LESSONS * 6, score=score, held=LESSONS, pace=pace, resume=kept)
    assert kept.is_file()
    found, again = fit(encoder, pace, kept)
    assert again == log
    assert all(np.array_equal(found[name], wanted[name]) for name in wanted)
    done = kept.read_bytes()
    assert fit(encoder, pace, kept)[1] == log  # nothing is left to be fitted
    assert kept.read_bytes() == done


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"not a file of weights"])
def test_a_damaged_state_is_not_gone_on_with(
    encoder: TransformerEncoder, tmp_path: Path, content: bytes
) -> None:
    """What is no state of a fit is passed over."""
    kept = tmp_path / "kept.safetensors"
    kept.write_bytes(content)
    pace = Pace(rank=4, epochs=1, texts=4)
    assert fit(encoder, pace, kept)[1] == fit(encoder, pace)[1]


def test_no_lessons(encoder: TransformerEncoder) -> None:
    """Without a lesson nothing is learned."""
    with pytest.raises(InputError, match="at least one"):
        fit_targets(encoder, [], score=lambda _: 0.0, held=[])
