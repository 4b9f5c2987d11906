"""Writing is at once or not at all; texts are matched in one form; progress is shown only where it is of use."""

import io
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe import _progress, storage
from crossframe.errors import CrossframeWarning, InputError
from crossframe.text import shingles, slug, words


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old content stays and no part lies about."""
    path = tmp_path / "a.txt"
    storage.write_text(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_folders_are_swapped_whole(tmp_path: Path) -> None:
    """A finished folder takes the place of the old one; files of the old are gone."""
    old, new = tmp_path / "old", tmp_path / "new"
    storage.write_text(old / "a.txt", "1")
    storage.write_text(new / "b.txt", "2")
    storage.replace_folder(new, old)
    assert [path.name for path in old.iterdir()] == ["b.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """A hidden folder of a process that is no more goes, with a warning; that of a running one, and any other, stays."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    killed, running, other = (tmp_path / f".pages.part.{name}.x" for name in (done.pid, os.getppid(), "old"))
    for left in (killed, running, other):
        left.mkdir()
        (left / "run.json").write_text("{}")
    with ExitStack() as stack:
        with pytest.warns(
            CrossframeWarning, match=r"Removed '.*\.\d+\.x', which a run that was stopped had left\."
        ):
            work = stack.enter_context(storage.make_work_folder(tmp_path / "pages"))
        second = stack.enter_context(storage.make_work_folder(tmp_path / "pages"))
        assert work.is_dir()
        assert second.is_dir()
        assert second != work
    assert sorted(tmp_path.iterdir()) == sorted([running, other])


def test_json_and_toml(tmp_path: Path) -> None:
    """JSON is sorted and has no NaN; TOML that does not parse is named."""
    storage.write_json(tmp_path / "a.json", {"b": 1, "a": "é"})
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == '{\n  "a": "é",\n  "b": 1\n}\n'
    with pytest.raises(ValueError, match="JSON"):
        storage.write_json(tmp_path / "b.json", {"a": float("nan")})
    assert not (tmp_path / "b.json").exists()
    (tmp_path / "c.toml").write_bytes(b"a = \xff")
    with pytest.raises(InputError, match=r"c\.toml"):
        storage.read_toml(tmp_path / "c.toml")


def test_the_cache_is_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment chooses the cache; without it the platform does."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path))
    assert storage.cache_folder() == tmp_path
    monkeypatch.delenv("CROSSFRAME_CACHE")
    assert storage.cache_folder().name == "crossframe"


@given(st.text(max_size=40))
def test_forms_of_text(text: str) -> None:
    """Words have no blanks, ids made of any text are legal."""
    from crossframe._validation import ID_RULE

    assert all(word and not set(word) & set(" \n\t") for word in words(text))
    assert ID_RULE.fullmatch(slug(text))


def test_shingles() -> None:
    """Runs of words; none where there are too few."""
    assert shingles(["a", "b", "c"], 2) == {("a", "b"), ("b", "c")}
    assert shingles(["a"], 2) == set()


def test_progress_is_silent_off_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off a terminal nothing is written; on one, long work shows what it is."""
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    assert list(_progress.track([1, 2], "Working")) == [1, 2]
    assert shown.getvalue() == ""
    shown.isatty = lambda: True  # type: ignore[method-assign]
    clock = iter(range(0, 10_000, 3))
    monkeypatch.setattr("tqdm.std.time", lambda: next(clock))
    assert list(_progress.track(iter([1, 2, 3]), "Working", total=3)) == [1, 2, 3]
    assert "Working" in shown.getvalue()


def test_a_folder_or_a_path_through_a_file_is_no_file(tmp_path: Path) -> None:
    """Writing names the path that it was given, not its temporary sibling."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="It is a folder; name a file"):
        storage.write_text(tmp_path, "")
    with pytest.raises(InputError, match="file' is a file; name a file in a folder"):
        storage.write_text(tmp_path / "file" / "page.html", "")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
