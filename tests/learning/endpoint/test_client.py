"""A language model behind an address: called once per question, counted, and refused in one line when its answer is invalid."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import CrossframeWarning, InputError, MissingDataError
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.learning.endpoint import client as room
from crossframe.learning.endpoint.client import KEY, Endpoint, Usage, open_endpoint
from crossframe.learning.endpoint.configuration import EndpointSettings
from crossframe.reading.corpus.folders import read_folder
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.study import compare, compare_to
from crossframe.studies.evaluate.tasks import evaluate

STANCES = ("negative", "neutral", "positive")


def opened(server: Any, **settings: Any) -> Endpoint:
    """Return an endpoint that asks `server`, counts at zero."""
    return Endpoint(EndpointSettings(server.base, "tiny", **settings))


def configure(server: Any, folder: Path, more: str = "") -> None:
    """Write the configuration of `server` into `folder`."""
    (folder / "crossframe.toml").write_text(f'[endpoint]\naddress = "{server.base}"\nmodel = "tiny"\n{more}')


def cached() -> list[Path]:
    """Return the answers in the cache."""
    return sorted((storage.cache_folder() / "endpoint").rglob("*.txt"))


def test_labels_are_chosen(endpoint_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are read whatever their case and punctuation; the key goes with the request and nowhere else."""
    monkeypatch.setenv(KEY, "secret\n")
    endpoint = opened(endpoint_server)
    assert endpoint.choose(["a corrupt deal", "a brave town"], STANCES) == ["negative", "positive"]
    assert endpoint_server.requests[0]["model"] == "tiny"
    assert endpoint_server.requests[0]["temperature"] == 0
    assert endpoint_server.keys == ["Bearer secret"] * 2
    assert "secret" not in repr(endpoint)
    assert "secret" not in json.dumps(endpoint.describe())


@pytest.mark.parametrize("key", ["secret\nX-Evil: 1", "geheimnisträger"])
def test_a_key_that_is_none(endpoint_server: Any, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """A key that no header can carry is refused without being shown."""
    monkeypatch.setenv(KEY, key)
    with pytest.raises(InputError, match="printable ASCII") as caught:
        opened(endpoint_server).complete("a text")
    assert key[:6] not in str(caught.value)
    assert endpoint_server.requests == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("no json", "must speak OpenAI's chat completions"),
        ("{}", "must speak OpenAI's chat completions"),
        ("[]", "must speak OpenAI's chat completions"),
        ('{"choices": [{"message": {"content": null}}]}', "must speak OpenAI's chat completions"),
        ('{"choices": [{"message": {"content": "positive or\\nnegative"}}]}', "must be one of"),
        ('{"choices": [{"message": {"content": "I cannot say"}}]}', "must be one of"),
    ],
)
def test_bad_answers(endpoint_server: Any, answer: str, message: str) -> None:
    """An invalid answer is one clear line, never a guess; it is counted and never cached."""
    endpoint_server.answer = answer
    endpoint = opened(endpoint_server)
    with pytest.raises(MissingDataError, match=message) as caught:
        endpoint.choose(["a text"], ("negative", "positive"))
    assert "\n" not in str(caught.value)
    assert endpoint.usage.calls == 1
    assert cached() == []


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ("Partial.", "partial"), ("**Equivalent**", "equivalent"), ("The answer is: unaligned", "unaligned"),
        ("Partial. The second does not say when.", "partial"), ("unaligned\n\nThey share no claim.", "unaligned"),
        ("not equivalent", None), ("They aren\u2019t equivalent.", None), ("Non-equivalent", None), ("not unaligned", None),
        ("partly equivalent", None), ("No, partial", None), ("Equivalent? Hardly.", None), ("partial or equivalent", None),
    ],
)  # fmt: skip
def test_a_label_denied_is_none(endpoint_server: Any, answer: str, label: str | None) -> None:
    """A label counts where it is affirmed; one that is denied or softened is no answer, never its own contrary."""
    endpoint_server.answer_to = lambda _: answer
    question = (["a pair"], ("equivalent", "partial", "unaligned"))
    if label:
        assert opened(endpoint_server).choose(*question) == [label]
    else:
        with pytest.raises(MissingDataError, match="must be one of: equivalent"):
            opened(endpoint_server).choose(*question)


def test_no_server_and_no_address(endpoint_server: Any) -> None:
    """A dead address and an invalid one have different messages."""
    with pytest.raises(MissingDataError, match="No answer"):
        open_endpoint("http://127.0.0.1:9/v1#tiny").complete("a text")
    for wrong in ("localhost:8000#tiny", "http://localhost:8000/v1", "file:///etc/passwd#x"):
        with pytest.raises(InputError, match="Invalid endpoint"):
            open_endpoint(wrong)


def test_an_answer_is_asked_once(endpoint_server: Any) -> None:
    """The same prompt is one call, a second run makes none and gives the same; another model is another question."""
    prompts = ["a brave town", "a corrupt deal", "a brave town"]
    first = opened(endpoint_server)
    labels = first.choose(prompts, STANCES)
    assert labels == ["positive", "negative", "positive"]
    assert (first.usage.calls, first.usage.cached) == (2, 0)
    endpoint_server.answer_to = lambda _: "neutral"
    again = opened(endpoint_server, price_input=1.0, price_output=1.0)
    assert again.choose(prompts, STANCES) == labels
    assert again.usage == Usage(cached=2)
    assert again.describe()["cost"] == 0.0
    assert len(endpoint_server.requests) == 2
    Endpoint(EndpointSettings(endpoint_server.base, "other")).choose(["a brave town"], STANCES)
    assert len(endpoint_server.requests) == 3


@pytest.mark.parametrize("damage", [b"", b"positive", b"0" * 64 + b"\npositive", b"\xff\xfe"])
def test_a_damaged_answer_is_asked_again(endpoint_server: Any, damage: bytes) -> None:
    """An altered or truncated entry warns and is replaced."""
    assert opened(endpoint_server).choose(["a brave town"], STANCES) == ["positive"]
    (entry,) = cached()
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    with pytest.warns(CrossframeWarning, match="Damaged cache entry"):
        assert opened(endpoint_server).choose(["a brave town"], STANCES) == ["positive"]
    assert entry.read_bytes() == whole
    assert len(endpoint_server.requests) == 2


def test_a_cache_that_cannot_be_written(
    endpoint_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cache is no folder, the answer is given all the same, with a warning."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "file"))
    with pytest.warns(CrossframeWarning, match="cache"):
        assert opened(endpoint_server).choose(["a brave town"], STANCES) == ["positive"]


def test_cost_is_counted(endpoint_server: Any) -> None:
    """Tokens are those of the answers; the cost follows from the prices, and is unknown where either is."""
    priced = opened(endpoint_server, price_input=2.0, price_output=10.0)
    priced.choose(["one", "two", "three"], STANCES)
    assert (priced.usage.input_tokens, priced.usage.output_tokens) == (300, 6)
    assert priced.describe()["cost"] == pytest.approx(3 * (100 * 2.0 + 2 * 10.0) / 1e6)
    free = opened(endpoint_server)
    free.choose(["four"], STANCES)
    assert free.describe()["cost"] is None


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": 3}, {"prompt_tokens": -1, "completion_tokens": 1}, "3"]
)
def test_unknown_tokens(endpoint_server: Any, usage: object) -> None:
    """An answer without usable counts is counted as such, and no cost is claimed."""
    endpoint_server.usage = usage
    priced = opened(endpoint_server, price_input=2.0, price_output=10.0)
    priced.choose(["one"], STANCES)
    assert priced.usage == Usage(calls=1, unmetered=1)
    assert priced.describe()["cost"] is None


def test_the_cap_refuses(endpoint_server: Any) -> None:
    """More calls than allowed are refused before the first; earlier calls and cached answers count."""
    endpoint = opened(endpoint_server, max_calls=3)
    with pytest.raises(InputError, match=r"Invalid number of calls 4 .* At most 3 a run .* max_calls"):
        endpoint.choose(["a", "b", "c", "d"], STANCES)
    assert endpoint_server.requests == []
    endpoint.choose(["a", "b", "b"], STANCES)
    with pytest.raises(InputError, match="and 1 are left"):
        endpoint.choose(["c", "d"], STANCES)
    endpoint.choose(["a", "b", "c"], STANCES)
    assert endpoint.usage.calls == 3


@pytest.mark.parametrize("statuses", [[429], [503, 429], [500, 502, 503]])
def test_a_busy_server_is_asked_again(endpoint_server: Any, statuses: list[int]) -> None:
    """Some refusals are waited out; only the answer counts as a call."""
    endpoint_server.statuses = list(statuses)
    endpoint = opened(endpoint_server)
    assert endpoint.choose(["a brave town"], STANCES) == ["positive"]
    assert len(endpoint_server.requests) == len(statuses) + 1
    assert endpoint.usage.calls == 1


@pytest.mark.parametrize(
    ("status", "tries", "message"),
    [
        (429, 4, "Error 429"),
        (500, 4, "Error 500"),
        (400, 1, "Error 400"),
        (401, 1, KEY),
        (302, 1, "Error 302"),
    ],
)
def test_a_server_that_refuses(endpoint_server: Any, status: int, tries: int, message: str) -> None:
    """Trying ends; what another try cannot mend is not tried again, and no redirect is followed."""
    endpoint_server.statuses = [status] * 9
    endpoint_server.headers = {"Location": f"{endpoint_server.base}/elsewhere"}
    with pytest.raises(MissingDataError, match=message):
        opened(endpoint_server).complete("a text")
    assert len(endpoint_server.requests) == tries


@pytest.mark.parametrize(("retry_after", "waited"), [("3", 3.0), ("900", 16.0), ("soon", 1.0), (None, 1.0)])
def test_the_server_says_when(
    endpoint_server: Any, monkeypatch: pytest.MonkeyPatch, retry_after: str | None, waited: float
) -> None:
    """A server that says how long to wait is waited for, within bounds."""
    slept: list[float] = []
    monkeypatch.setattr(room, "WAITS", (1.0, 4.0, 16.0))
    monkeypatch.setattr(room.time, "sleep", slept.append)
    endpoint_server.statuses = [429]
    endpoint_server.headers = {"Retry-After": retry_after} if retry_after else {}
    opened(endpoint_server).complete("a text")
    assert slept == [waited]


def test_whoever_is_given_an_endpoint_shares_its_count(endpoint_server: Any, tmp_path: Path) -> None:
    """Stance and whoever else is given the same endpoint count together; one opened anew begins anew."""
    configure(endpoint_server, tmp_path, "max_calls = 2")
    shared = open_endpoint()
    assert open_endpoint(shared) is shared
    model = load_stance_model(shared)
    assert model.name == "tiny"
    assert model.endpoint is shared
    shared.choose(["one", "two"], STANCES)
    with pytest.raises(InputError, match="and 0 are left"):
        model.endpoint.choose(["three"], STANCES)
    assert open_endpoint().choose(["three"], STANCES) == ["neutral"]


def test_endpoint_without_configuration(endpoint_server: Any) -> None:
    """The endpoint without a configuration is one line with what would be accepted."""
    with pytest.raises(InputError, match=r"Missing configuration .* address and model"):
        load_stance_model("endpoint")


@pytest.mark.slow
def test_a_comparison_by_endpoint(endpoint_server: Any, small: Path) -> None:
    """A comparison classifies every mention by the user's own model; run.json names it and its note warns."""
    address = f"{endpoint_server.base}#tiny"
    comparison = compare(read_folder(small), encoder="tfidf", stance_model=address)
    stance = comparison.tables["stance"]
    assert set(np.unique(stance[["p_negative", "p_neutral", "p_positive"]])) == {0.0, 1.0}
    assert 0 < len(endpoint_server.requests) <= len(stance)
    assert comparison.run["models"]["stance"]["name"] == "tiny"
    assert any("endpoint" in note for note in comparison.run["notes"])
    (usage,) = comparison.run["endpoints"]
    assert (usage["roles"], usage["calls"], usage["cost"]) == (
        ["stance"],
        len(endpoint_server.requests),
        None,
    )
    again = compare(read_folder(small), encoder="tfidf", stance_model=address)
    assert again.tables["stance"].equals(stance)
    assert again.run["endpoints"][0]["calls"] == 0
    assert again.run["endpoints"][0]["cached"] == usage["calls"]


@pytest.mark.slow
def test_the_key_is_never_written(
    endpoint_server: Any, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the cache nor any file of the results holds the key."""
    monkeypatch.setenv(KEY, "top-secret-key")
    configure(endpoint_server, tmp_path)
    compare_to(
        read_folder(small), tmp_path / "out", Options(encoder="tfidf", stance_model="endpoint"), draw=False
    )
    assert set(endpoint_server.keys) == {"Bearer top-secret-key"}
    written = [*(path for path in tmp_path.rglob("*") if path.is_file()), *cached()]
    assert {"run.json", cached()[0].name} <= {path.name for path in written}
    assert not [path for path in written if b"top-secret-key" in path.read_bytes()]


@pytest.mark.slow
def test_an_evaluation_tells_calls_and_cost(endpoint_server: Any, georgia: Path, tmp_path: Path) -> None:
    """Metrics of stance by an endpoint come with its calls, counted anew each time; other models make none."""
    configure(endpoint_server, tmp_path, "price_input = 1.0\nprice_output = 10.0\n")
    first, again = (evaluate("stance", str(georgia), model="endpoint") for _ in range(2))
    n_requests = len(endpoint_server.requests)
    assert 0 < first["endpoint_calls"] == n_requests
    assert first["endpoint_cost"] == pytest.approx(n_requests * 120 / 1e6)
    assert (again["endpoint_calls"], again["endpoint_cached"], again["endpoint_cost"]) == (0, n_requests, 0.0)
    assert again["macro_f1"] == first["macro_f1"]
    assert "endpoint_calls" not in evaluate("stance", str(georgia), model="stance-lexicon")


def test_one_process_asks(endpoint_server: Any, small: Path, tmp_path: Path) -> None:
    """Several jobs with an endpoint are refused, before anything is read."""
    with pytest.raises(InputError, match="jobs 2 with an endpoint"):
        compare_to(read_folder(small), tmp_path / "out", Options(stance_model="endpoint", jobs=2))
    assert not (tmp_path / "out").exists()
