"""What all tests share: no network, a private cache, the mirror where there is one."""

import hashlib
import json
import os
import shutil
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

from crossframe import storage
from crossframe.reading.corpus.article_files import article_file
from crossframe.records import Article, Corpus

# The same examples every time, however busy the machine; `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
_TINY_TEXT = (
    "the a of in on mayor town bridge ferry rain fell opened closed was by said minister parliament voted bill "
    "storm cut power valley crews road snow pass monday friday new old brave corrupt he she they it . , ' \" ! ?"
)
TINY_VOCABULARY = list(dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_TINY_TEXT.split()]))
SMALL = """name = "small"
language = "en"

[[actors]]
id = "mayor"
name = "Anna Bell"
aliases = ["Bell", "the mayor"]
kind = "person"
"""


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Start the files with most slow tests first where workers share them out, so that none is left with one at the end."""
    if hasattr(config, "workerinput"):
        n_slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
        items.sort(key=lambda item: -n_slow[item.path])


@pytest.fixture(autouse=True, scope="session")
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests' cache apart from the user's; workers share what depends on nothing but its key: vectors and exports."""
    cache, base = tmp_path_factory.mktemp("cache"), tmp_path_factory.getbasetemp()
    os.environ["CROSSFRAME_CACHE"] = str(cache)
    if "PYTEST_XDIST_WORKER" in os.environ:
        for name in ("embeddings", "onnx"):
            (base.parent / "shared" / name).mkdir(parents=True, exist_ok=True)
            (cache / name).symlink_to(base.parent / "shared" / name)


@pytest.fixture
def mirror() -> Path:
    """Return the mirror of public corpora, or skip the test where there is none."""
    folder = os.environ.get("CROSSFRAME_MIRROR")
    if not folder:
        pytest.skip("needs CROSSFRAME_MIRROR")
    return Path(folder)


@pytest.fixture(autouse=True)
def marked_mirror(request: pytest.FixtureRequest) -> None:
    """Ask for the mirror in every test that is marked so."""
    if request.node.get_closest_marker("mirror"):
        request.getfixturevalue("mirror")


@pytest.fixture(scope="session")
def third_of() -> Callable[[Corpus], Corpus]:
    """Return a function that keeps about a third of a corpus's events, the same of every machine: those whose id's hash says so."""

    def third(corpus: Corpus) -> Corpus:
        articles = []
        for one in corpus.articles:
            drawn = int(hashlib.sha256(one.event.encode()).hexdigest(), 16) % 3 == 0
            articles.append(replace(one, split="drawn" if drawn else "left"))
        return replace(corpus, articles=tuple(articles)).select(split="drawn")

    return third


@pytest.fixture
def article() -> Article:
    """Return a small article with a title."""
    return Article("a-1", "event", "outlet-a", "A title", "First sentence. Second one.")


@pytest.fixture(scope="session")
def georgia() -> Path:
    """Return the folder of the corpus that comes with crossframe."""
    return ROOT / "corpora" / "georgia-2008"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the folder of a corpus of one event, two outlets and one declared actor."""
    folder = tmp_path / "small"
    storage.write_text(folder / "corpus.toml", SMALL)
    texts = {
        "gazette": "Mayor Anna Bell opened the new bridge on Monday. "
        '"This brave town deserves it," Bell said. Ferries will stop in autumn.',
        "herald": "The new bridge was opened by Anna Bell on Monday. "
        "Critics called the corrupt deal of Bell a disgrace. The town paid nine million for it.",
    }
    for outlet, text in texts.items():
        article = Article(f"{outlet}-1", "bridge", outlet, f"Bridge opens, says the {outlet}", text)
        storage.write_text(folder / "articles" / "bridge" / f"{article.id}.md", article_file(article))
    return folder


class EndpointServer(ThreadingHTTPServer):
    """A stand-in for a language model: answers by the words of the prompt and keeps the requests."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _EndpointHandler)
        self.requests: list[dict] = []
        self.keys: list[str | None] = []
        self.answer_to: Callable[[str], str] = lambda prompt: (
            "Negative." if "corrupt" in prompt else "positive" if "brave" in prompt else "neutral"
        )
        self.usage: object = {"prompt_tokens": 100, "completion_tokens": 2}
        self.answer: str | None = None
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}

    @property
    def base(self) -> str:
        """Address to configure."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _EndpointHandler(BaseHTTPRequestHandler):
    server: EndpointServer

    def do_POST(self) -> None:
        """Answer one question: the next of `statuses` first, 200 when there is none left."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("Authorization"))
        answer = self.server.answer_to(body["messages"][0]["content"])
        reply = {"choices": [{"message": {"content": answer}}], "usage": self.server.usage}
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write((json.dumps(reply) if self.server.answer is None else self.server.answer).encode())

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def endpoint_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EndpointServer]:
    """Return a running stand-in for a language model: no answers cached, no configuration, no waiting."""
    from crossframe.learning.endpoint import client as endpoint
    from crossframe.learning.endpoint import configuration

    shutil.rmtree(storage.cache_folder() / "endpoint", ignore_errors=True)
    monkeypatch.setattr(endpoint, "WAITS", (0.0, 0.0, 0.0))
    for name in (endpoint.KEY, configuration.CONFIG_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    with EndpointServer() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a sentence-transformers model of two layers and 32 dimensions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(TINY_VOCABULARY), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        initializer_range=0.3,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab={word: i for i, word in enumerate(TINY_VOCABULARY)}).save_pretrained(
        folder / "bert"
    )
    body = Transformer(str(folder / "bert"), max_seq_length=64)
    SentenceTransformer(modules=[body, Pooling(32)], device="cpu").save(str(folder / "model"))
    assert json.loads((folder / "model" / "modules.json").read_text(encoding="utf-8"))
    return folder / "model"
