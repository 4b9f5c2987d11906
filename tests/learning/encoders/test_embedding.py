"""The embedding cache: kills in the middle of a write, two writers, truncation, and vectors that never differ."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import CrossframeWarning
from crossframe.learning.encoders import embedding
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_parts, embed_sentences, embed_units
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article

KEY = "ab" + "0" * 62


class Counting:
    """An encoder that counts the texts it encodes."""

    name = "counting"
    fingerprint = "f" * 64

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return vectors that depend on the text alone."""
        self.seen += texts
        angle = np.array([len(text) for text in texts], dtype=np.float32)
        return np.stack([np.cos(angle), np.sin(angle)], axis=1)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache of this test's own."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def entries(cache: Path) -> list[Path]:
    """Return all files of the cache, half-written ones included."""
    return sorted(path for path in cache.rglob("*") if path.is_file())


@pytest.mark.usefixtures("cache")
def test_of_parts_only_new_texts_are_encoded() -> None:
    """What is a sentence as it was has its vector, a part of one is encoded, and rows keep their order."""
    whole = split_sentences([Article("a", "e", "x", "Title", "One came and two went. Three stayed.")])
    parts = replace(whole, article=[0] * 4, index=range(4), start=[0, 7, 16, 30], end=[5, 15, 29, 43])
    encoder = Counting()
    vectors = embed_sentences(whole, encoder)
    encoder.seen.clear()
    found = embed_parts(parts, whole, vectors, encoder)
    assert encoder.seen == sorted(set(parts.text) - set(whole.text))
    np.testing.assert_array_equal(found.vectors, Counting().encode(list(parts.text)))
    assert (found.encoder, found.fingerprint) == (vectors.encoder, vectors.fingerprint)


def test_what_was_encoded_is_not_encoded_again(cache: Path) -> None:
    """A second call encodes nothing; a changed article alone is encoded anew."""
    units = [["One.", "Two words.", "One."], ["Three."]]
    first = Counting()
    made = embed_units(units, first)
    assert sorted(first.seen) == ["One.", "Three.", "Two words."]
    second = Counting()
    again = embed_units([*units[:1], ["Three, changed."], []], second)
    assert second.seen == ["Three, changed."]
    assert np.array_equal(made[0], again[0])
    assert again[2].shape[0] == 0


def test_other_encoders_have_other_entries(cache: Path) -> None:
    """The fingerprint is a part of the address: a changed model never gets another's vectors."""
    embed_units([["One."]], Counting())
    other = Counting()
    other.fingerprint = "e" * 64
    embed_units([["One."]], other)
    assert other.seen == ["One."]


@pytest.mark.parametrize(
    "spoil", [lambda b: b[:-3], lambda b: b[:10], lambda b: b"", lambda b: b[:-1] + b"\xff"]
)
def test_a_damaged_entry_is_remade(cache: Path, spoil: object) -> None:
    """A truncated, empty or altered entry is a warning, remade and good afterwards."""
    made = embed_units([["One.", "Two words."]], Counting())[0]
    [entry] = entries(cache)
    whole = entry.read_bytes()
    entry.write_bytes(spoil(whole))  # type: ignore[operator]
    with pytest.warns(CrossframeWarning, match="Damaged cache entry"):
        again = embed_units([["One.", "Two words."]], Counting())[0]
    assert np.array_equal(made, again)
    assert entry.read_bytes() == whole


def test_a_kill_in_the_middle_of_a_write(cache: Path) -> None:
    """A process killed while it writes leaves no entry that is read; the next one makes it."""
    script = (
        "import os, signal, numpy as np\n"
        "from crossframe import storage\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"storage.cached_array({KEY!r}, lambda: np.ones((50, 50), np.float32))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    assert not list(cache.rglob("*.bin"))
    made = storage.cached_array(KEY, lambda: np.ones((50, 50), np.float32))
    assert made.shape == (50, 50)
    assert len(list(cache.rglob("*.bin"))) == 1


def _write_often(folder: str, number: int) -> None:
    os.environ["CROSSFRAME_CACHE"] = folder
    path = storage.cache_folder() / "embeddings" / KEY[:2] / f"{KEY}.bin"
    stop = time.monotonic() + 1.5
    while time.monotonic() < stop:
        made = storage.cached_array(KEY, lambda: np.full((200, 100), 7, np.float32))
        assert (made == 7).all()
        if number == 0:
            path.unlink(missing_ok=True)


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_two_writers_and_a_deleter(cache: Path) -> None:
    """Processes that write, read and delete one entry at once never see a half-written one."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_often, args=(str(cache), number)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert not [path for path in entries(cache) if path.suffix == ".part"]


def test_sentences_of_articles(cache: Path) -> None:
    """Vectors follow the order of sentences; an article with no text to encode has none."""
    articles = [Article("a", "e", "o", "Title", "One. Two words."), Article("b", "e", "p", "", "Three.")]
    embeddings = embed_sentences(split_sentences(articles), Counting())
    assert embeddings.vectors.shape == (4, 2)
    assert embeddings.encoder == "counting"
    again = embed_sentences(split_sentences(articles[::-1]), Counting())
    assert np.array_equal(embeddings.vectors[3], again.vectors[0])


def test_texts_of_many_units_are_encoded_together(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder whose vectors depend on the text alone gets each missing text once, whatever unit it is of."""
    monkeypatch.setattr(embedding, "CHUNK", 4)
    units = [
        ["One.", "Two words."],
        [],
        ["Two words.", "Three in all.", "One."],
        ["Four."],
        ["One."],
        ["One."],
    ]
    encoder = Counting()
    encoder.independent = True
    calls: list[list[str]] = []
    encode = encoder.encode
    encoder.encode = lambda texts: calls.append(list(texts)) or encode(texts)  # type: ignore[assignment, func-returns-value]
    made = embed_units(units, encoder)
    assert calls == [["One.", "Three in all.", "Two words."], ["Four.", "One."]]
    for unit, vectors in zip(units, made, strict=True):
        assert np.array_equal(vectors, Counting().encode(unit))
    assert len(entries(cache)) == 5
    again = embed_units(units[::-1], encoder)
    assert len(calls) == 2
    assert all(np.array_equal(a, b) for a, b in zip(made, again[::-1], strict=True))


def test_other_routes_have_other_entries(cache: Path) -> None:
    """Who computes is a part of the address: last bits differ between torch and ONNX Runtime."""
    encoder = Counting()
    for backend in ("torch 2", "onnxruntime 1", "onnxruntime 1"):
        encoder.backend = backend
        embed_units([["One."]], encoder)
    assert encoder.seen == ["One.", "One."]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["", ":int8"])
def test_vectors_do_not_depend_on_what_the_cache_holds(cache: Path, tiny_model: Path, ending: str) -> None:
    """Cold, warm and half-warm give the same bits, in float32 and in int8."""
    encoder = load_encoder(f"{tiny_model}{ending}")
    units = [["The mayor opened the bridge.", "Rain fell."], ["Snow closed the pass.", "The ferry was old."]]
    alone = embed_units(units[1:], encoder)[0]
    assert np.array_equal(embed_units(units, encoder)[1], alone)
    for entry in cache.rglob("*.bin"):
        entry.unlink()
    assert np.array_equal(embed_units(units, encoder)[1], alone)
