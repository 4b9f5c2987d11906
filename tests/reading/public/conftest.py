"""Registry entries of invented files for the tests of public corpora."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.reading.public.registry import Entry

MakeEntry = Callable[..., Entry]


@pytest.fixture
def make_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeEntry:
    """Return a maker of registry entries whose files, by split and path, are stored verified in an empty cache."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))

    def make(name: str, texts: dict[str, dict[str, str]], /, **more: object) -> Entry:
        contents = {path: text.encode() for files in texts.values() for path, text in files.items()}
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
        listed = {split: tuple(files) for split, files in texts.items()}
        fields = {"splits": listed, "files": hashes} | more
        entry = Entry(name, "", "o", "r", "c", "en", "free", "", "", **fields)  # type: ignore[arg-type]
        for path, content in contents.items():
            (entry.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (entry.folder / path).write_bytes(content)
        return entry

    return make
