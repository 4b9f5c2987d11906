"""Which split of a corpus is scored, and which is learned from."""

from pathlib import Path

import pytest

from crossframe.records import Article, Corpus
from crossframe.studies.evaluate import corpora as room


@pytest.mark.parametrize(
    ("on", "split", "asked"),
    [
        ("polnear", None, {"splits": ("dev",)}),
        ("corpora/wnut17", None, {"splits": ("dev",)}),
        ("polnear", "test", {"splits": ("test",)}),
        ("wikigold", None, {}),
        ("basil", None, {}),
    ],
)
def test_split_of_a_public_corpus(
    monkeypatch: pytest.MonkeyPatch, on: str, split: str | None, asked: dict
) -> None:
    """Public corpora are read by split, those with a dev split by that one when none is asked for."""
    calls = []
    monkeypatch.setattr(room, "read_corpus", lambda name, **options: calls.append((name, options)))
    room.read_split(on, split)
    assert calls == [(on, asked)]


def test_split_of_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of the user's is read whole, whatever its name, and its split chosen."""
    (tmp_path / "polnear").mkdir()
    (tmp_path / "polnear" / "corpus.toml").write_text('name = "polnear"', encoding="utf-8")
    made = Corpus(
        "polnear", tuple(Article(part, "e", "o", "", "Text.", split=part) for part in ("one", "two"))
    )
    monkeypatch.setattr(room, "read_corpus", lambda name: made)
    assert len(room.read_split(str(tmp_path / "polnear"), None)) == 2
    assert [article.id for article in room.read_split(str(tmp_path / "polnear"), "two").articles] == ["two"]


def test_split_to_learn_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public corpus with a training split is learned from by that split, any other corpus whole."""
    calls = []
    monkeypatch.setattr(room, "read_corpus", lambda name, **options: calls.append((name, options["splits"])))
    for name in ("wnut17", "wikigold", "my/corpus"):
        room.read_training_corpus(name)
    assert calls == [("wnut17", ("train",)), ("wikigold", None), ("my/corpus", None)]
    assert (room.training_split("wnut17"), room.training_split("basil")) == ("train", None)
