"""What all tests share: no network, a private cache, the mirror where there is one."""

import os
import socket
from pathlib import Path

import pytest

from crossframe.records import Article


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {host!r}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True, scope="session")
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests' cache apart from the user's."""
    os.environ["CROSSFRAME_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def mirror() -> Path:
    """Return the mirror of public corpora, or skip the test where there is none."""
    folder = os.environ.get("CROSSFRAME_MIRROR")
    if not folder:
        pytest.skip("needs CROSSFRAME_MIRROR")
    return Path(folder)


@pytest.fixture
def article() -> Article:
    """Return a small article with a title."""
    return Article("a-1", "event", "outlet-a", "A title", "First sentence. Second one.")
