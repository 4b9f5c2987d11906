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


def sleep(file: File) -> Contents:
    """Wait for longer than the processor may work."""
    time.sleep(1)
    return Contents("text", ())


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


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (hang, r"It cannot be read in 1 seconds of the processor; it is damaged"),
        (wait, r"It was not read in 3 seconds on the clock, of which it may use 1 of the processor: the machine is busy"),
        (crash, "broke down or ran out of memory; it is damaged"),
        (fail, "broke down or ran out of memory; it is damaged"),
        (exhaust, "broke down or ran out of memory; it is damaged"),
    ],
)  # fmt: skip
def test_whatever_breaks_is_one_line(
    read: Callable[[File], Contents], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that hangs or breaks a parser is refused in one line that says which limit was hit, and the next one is read."""
    reader_of("Rain fell.")
    monkeypatch.setattr(worker, "MAX_SECONDS", 1)
    monkeypatch.setattr(worker, "MAX_WAIT", 3 if read is wait else 300)
    with pytest.raises(InputError, match=rf"^Invalid file 'b\.html'\. .*{reason}") as refused:
        worker.read_in_worker(read, File(b"<p>Rain", "b.html"))
    assert "\n" not in str(refused.value)
    monkeypatch.setattr(worker, "MAX_SECONDS", 15)
    monkeypatch.setattr(worker, "MAX_WAIT", 300)
    assert reader_of("Snow fell.")


def test_a_busy_machine_damages_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time on the clock is not counted: neither that of a slow start, nor that of waiting for the processor."""
    monkeypatch.setattr(worker, "MAX_SECONDS", 0.5)
    worker.read_in_worker(sleep, File(b"Rain", "a.txt"))
    monkeypatch.setattr(worker, "MAX_WAIT", 0)
    worker.end_worker()
    with pytest.raises(InputError, match=r"did not start in 0 seconds on the clock: the machine is busy"):
        worker.read_in_worker(read_text, File(b"Rain", "a.txt"))


@pytest.mark.parametrize(("size", "seconds"), [(0, 15), (3_000_000, 15), (4_000_000, 20), (40_000_000, 200)])
def test_seconds_of_a_file(size: int, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken file of four megabytes has 20 seconds of the processor at most, a large table as many as it may need."""
    given = []
    monkeypatch.setattr(worker._Worker, "ask", lambda _, read, file, limit: given.append(limit))
    worker.read_in_worker(read_text, File(bytes(size), "a.txt"))
    assert given == [seconds]
