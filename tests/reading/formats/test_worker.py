"""The process that reads files: one answer per file, errors as they are, and an end to whatever hangs or breaks."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.formats import worker
from crossframe.reading.formats.contents import Contents, File, Parts


def read_text(file: File) -> Contents:
    """Return the text, and in `where` the process that read it."""
    return Contents("text", (Parts(file.text, where=str(os.getpid())),))


def refuse(file: File) -> Contents:
    """Refuse as formats do."""
    raise InputError(f"Invalid file {file.where!r}. It is upside down.")


def hang(file: File) -> Contents:
    """Work without end."""
    while True:
        pass


def wait(file: File) -> Contents:
    """Wait for something that never comes."""
    while True:
        time.sleep(1)


def crash(file: File) -> Contents:
    """End the process."""
    os._exit(3)


def fail(file: File) -> Contents:
    """Fail as parsers do."""
    raise RecursionError(file.where)


def exhaust(file: File) -> Contents:
    """Ask for more memory than there is."""
    return Contents(str(bytearray(worker.MAX_MEMORY)), ())


@pytest.fixture(autouse=True)
def _own_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give a test a worker of its own that finds this module."""
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path)
    worker.end_worker()
    yield
    worker.end_worker()


def reader_of(text: str) -> str:
    """Return the process that reads `text`."""
    [parts] = worker.read_in_worker(read_text, File(text.encode(), "a.txt")).articles
    assert parts.text == text
    return parts.where


def test_one_process_reads_many_files() -> None:
    """The second file is read by the process of the first, which is not ours; so is the one after a refusal."""
    first = reader_of("Rain fell.")
    with pytest.raises(InputError, match=r"upside down\.$"):
        worker.read_in_worker(refuse, File(b"Rain", "b.txt"))
    assert reader_of("Snow fell. " * 100_000) == first != str(os.getpid())


def test_it_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a number of files another process reads on."""
    monkeypatch.setattr(worker, "MAX_FILES", 2)
    assert len({reader_of("Rain fell.") for _ in range(4)}) == 2


@pytest.mark.parametrize("read", [hang, wait, crash, fail, exhaust])
def test_whatever_breaks_is_one_line(
    read: Callable[[File], Contents], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that hangs or breaks a parser is refused in one line, and the next one is read."""
    reader_of("Rain fell.")
    monkeypatch.setattr(worker, "MAX_SECONDS", 0.5)
    monkeypatch.setattr(worker, "MAX_WAIT", 3 if read is wait else 60)
    with pytest.raises(InputError, match=r"Invalid file 'b\.html'\. .* damaged") as refused:
        worker.read_in_worker(read, File(b"<p>Rain", "b.html"))
    assert "\n" not in str(refused.value)
    monkeypatch.setattr(worker, "MAX_SECONDS", 15)
    monkeypatch.setattr(worker, "MAX_WAIT", 60)
    assert reader_of("Snow fell.")
