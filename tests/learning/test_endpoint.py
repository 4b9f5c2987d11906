"""A language model behind an address: asked, understood, and refused in one line when it does not answer as it should."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError, MissingDataError
from crossframe.judging.stance import load_stance_model
from crossframe.learning.endpoint import KEY, Endpoint
from crossframe.reading.corpus import read_folder
from crossframe.studies.comparing import compare


class Server(ThreadingHTTPServer):
    """A stand-in that answers by the words of the prompt and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict] = []
        self.keys: list[str | None] = []
        self.answer: str | None = None
        self.status = 200


class Handler(BaseHTTPRequestHandler):
    """Speaks chat completions."""

    server: Server

    def do_POST(self) -> None:
        """Answer one question."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers.get("Authorization"))
        prompt = body["messages"][0]["content"]
        said = "Negative." if "corrupt" in prompt else "positive" if "brave" in prompt else "neutral"
        reply = {"choices": [{"message": {"content": said}}]}
        content = self.server.answer if self.server.answer is not None else json.dumps(reply)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a running server."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def address(server: Server) -> str:
    """Return the address of a server with a model's name."""
    return f"http://127.0.0.1:{server.server_port}/v1#tiny"


def test_labels_are_chosen(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are read whatever their case and punctuation; the key goes with the request and nowhere else."""
    monkeypatch.setenv(KEY, "secret")
    endpoint = Endpoint(address(server))
    assert endpoint.choose(["a corrupt deal", "a brave town"], ("negative", "neutral", "positive")) == [
        "negative", "positive",
    ]  # fmt: skip
    assert server.asked[0]["model"] == "tiny"
    assert server.asked[0]["temperature"] == 0
    assert server.keys == ["Bearer secret"] * 2
    assert "secret" not in repr(endpoint)


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("no json", 200, "must speak OpenAI's chat completions"),
        ("{}", 200, "must speak OpenAI's chat completions"),
        ('{"choices": [{"message": {"content": "positive or negative"}}]}', 200, "must be one of"),
        ('{"choices": [{"message": {"content": "I cannot say"}}]}', 200, "must be one of"),
        ("{}", 500, "No answer from endpoint"),
    ],
)
def test_bad_answers(server: Server, answer: str, status: int, said: str) -> None:
    """An answer that is none is one clear error, never a guess."""
    server.answer, server.status = answer, status
    with pytest.raises(MissingDataError, match=said):
        Endpoint(address(server)).choose(["a text"], ("negative", "positive"))


def test_no_server_and_no_address() -> None:
    """A dead address and one that is none are told apart."""
    with pytest.raises(MissingDataError, match="No answer"):
        Endpoint("http://127.0.0.1:9/v1#tiny", timeout=2).ask("a text")
    for wrong in ("localhost:8000#tiny", "http://localhost:8000/v1", "file:///etc/passwd#x"):
        with pytest.raises(InputError, match="Invalid endpoint"):
            Endpoint(wrong)


@pytest.mark.slow
def test_a_comparison_by_endpoint(server: Server, small: Path) -> None:
    """A comparison judges every mention by the user's own model; run.json names it and its note warns."""
    found = compare(read_folder(small), encoder="tfidf", stance_model=address(server))
    stance = found.tables["stance"]
    assert set(np.unique(stance[["p_negative", "p_neutral", "p_positive"]])) == {0.0, 1.0}
    assert len(server.asked) == len(stance)
    assert found.run["models"]["stance"]["name"] == "tiny"
    assert any("endpoint" in note for note in found.run["notes"])
    assert load_stance_model(address(server)).name == "tiny"
