"""Which part of a corpus is scored."""

from pathlib import Path

import pytest

from crossframe.records import Article, Corpus
from crossframe.studies.evaluate import attribution as room


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
def test_part_of_a_public_corpus(
    monkeypatch: pytest.MonkeyPatch, on: str, split: str | None, asked: dict
) -> None:
    """Public corpora are read by part, those with a development part by that one when nothing is asked for."""
    calls = []
    monkeypatch.setattr(room, "read_corpus", lambda name, **options: calls.append((name, options)))
    room.read_scored(on, split)
    assert calls == [(on, asked)]


def test_part_of_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of the user's is read whole, whatever its name, and its part chosen."""
    (tmp_path / "polnear").mkdir()
    (tmp_path / "polnear" / "corpus.toml").write_text('name = "polnear"', encoding="utf-8")
    made = Corpus(
        "polnear", tuple(Article(part, "e", "o", "", "Text.", split=part) for part in ("one", "two"))
    )
    monkeypatch.setattr(room, "read_corpus", lambda name: made)
    assert len(room.read_scored(str(tmp_path / "polnear"), None)) == 2
    assert [article.id for article in room.read_scored(str(tmp_path / "polnear"), "two").articles] == ["two"]
