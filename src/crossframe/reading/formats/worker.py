"""A process that reads files one after another, and is killed where one takes too long: broken files can hang parsers for minutes."""

import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

from crossframe.errors import CrossframeError, InputError
from crossframe.reading.formats.contents import File

MAX_SECONDS = 15
"""Seconds of the processor for reading one file: another program's work is not its fault."""
MAX_WAIT = 600
"""Seconds on the clock after which the process is given up; on a busy machine 15 of the processor take minutes."""
MAX_MEMORY = 4 << 30
"""Bytes of address space that a worker may use."""
MAX_FILES = 500
"""Files after which a worker is replaced: what parsers keep in memory stays small."""
BYTES_PER_SECOND = 200_000
"""Bytes that are read in a second at least: a table of many articles has more time, all formats being five times as fast."""
_IN_WORKER = "CROSSFRAME_WORKER"
T = TypeVar("T")
_own = threading.local()


class _Stopped(Exception):
    """A process gave no answer; its message is the reason, a sentence or two."""


class _Worker:
    """The process, started at the first file."""

    def __init__(self) -> None:
        self.n_files = 0
        self.owner = os.getpid()
        self.pipe, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "crossframe.reading.formats.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, _IN_WORKER: "1"},
            )
        self.stop = weakref.finalize(self, _stop, self.process, self.pipe, self.owner)

    def ask(self, read: Callable[[File], T], file: File, seconds: float) -> T | CrossframeError:
        """Return the answer; raise _Stopped where there is none in time, or the process broke down."""
        self.n_files += 1
        try:
            if self.n_files == 1:
                self._receive("The process that reads files did not start", "")
            self.pipe.send((read, file, seconds))
            answer: T | CrossframeError = self._receive(
                "It was not read", f", of which it may use {seconds:.0f} of the processor"
            )
        except (EOFError, OSError):
            damaged = "it is damaged: save it again or as plain text."
            if self.process.wait() == -signal.SIGPROF:
                raise _Stopped(
                    f"It cannot be read in {seconds:.0f} seconds of the processor; {damaged}"
                ) from None
            raise _Stopped(f"The process that read it broke down or ran out of memory; {damaged}") from None
        return answer

    def _receive(self, what: str, more: str) -> Any:
        if not self.pipe.poll(MAX_WAIT):
            raise _Stopped(
                f"{what} in {MAX_WAIT} seconds on the clock{more}: the machine is busy; try again."
            )
        return self.pipe.recv()


def read_in_worker(read: Callable[[File], T], file: File) -> T:
    """Return ``read(file)``, computed in a process that can be killed; every thread has one, which waits for the next file.

    In such a process it is computed there and then.

    Parameters
    ----------
    read : callable
        A function at the top of a module.
    file : File

    Raises
    ------
    InputError
        When `read` raises it, takes more than `MAX_SECONDS` of the processor (a large file: one for every `BYTES_PER_SECOND`)
        or `MAX_WAIT` on the clock, or breaks down; the message says which.
    """
    if _IN_WORKER in os.environ:
        return read(file)
    worker = getattr(_own, "worker", None)
    if worker is None or worker.n_files >= MAX_FILES or worker.owner != os.getpid():
        end_worker()
        worker = _own.worker = _Worker()
    seconds = max(MAX_SECONDS, len(file.content) / BYTES_PER_SECOND)
    try:
        answer: T | CrossframeError = worker.ask(read, file, seconds)
    except _Stopped as stopped:
        end_worker()
        raise InputError(f"Invalid file {file.where!r}. {stopped}") from None
    if isinstance(answer, CrossframeError):
        raise answer
    return answer


def end_worker() -> None:
    """End this thread's process; the next file starts another."""
    worker = getattr(_own, "worker", None)
    if worker is not None:
        worker.stop()
    _own.worker = None


def _stop(process: "subprocess.Popen[bytes]", pipe: Connection, owner: int) -> None:
    if os.getpid() == owner:  # a fork has the pipe, too, and must leave the process alone
        process.kill()
        process.wait()
    pipe.close()


def _serve(pipe: Connection) -> None:
    """Answer until nobody asks; an error that is none of ours ends the process."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    pipe.send("ready")
    while True:
        try:
            read, file, seconds = pipe.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process, wherever it hangs
        try:
            answer = read(file)
        except CrossframeError as error:
            answer = error
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(answer)


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
