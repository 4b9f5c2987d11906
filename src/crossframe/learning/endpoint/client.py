"""A user's own language model behind an OpenAI-compatible address: it chooses among labels; its answers are cached."""

import hashlib
import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeGuard, TypeVar

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import InputError, MissingDataError
from crossframe.learning.endpoint.configuration import ENDPOINT, EndpointSettings, read_endpoint_settings

T = TypeVar("T")
KEY = "CROSSFRAME_ENDPOINT_KEY"
"""Environment variable that holds the key, where the address needs one; it is never written anywhere."""
WAITS = (1.0, 4.0, 16.0)
"""Seconds before each new try where the server is busy (429) or fails (5xx); the time a server states
(``Retry-After``) is waited for, up to the last of them. Chosen so that a failing server is given up within half a minute."""
TEMPERATURE = 0
MAX_BYTES = 1_000_000
"""Read of a reply."""
_NEGATION = re.compile(
    r"\b(?:not|no|non|nor|neither|never|cannot|hardly|barely|almost|nearly|part(?:ly|ially))\b|n['\u2019]t\b",
    re.IGNORECASE,
)
"""Words that may reverse or weaken a label. An answer with one of them names a label only where its first sentence is
nothing but the label ("Partial. The second does not say when.")."""


@dataclass
class Usage:
    """Calls to an endpoint since it was opened.

    Parameters
    ----------
    calls : int
        Answers that the server gave.
    cached : int
        Answers from the cache; they cost nothing.
    unmetered : int
        Calls whose answer did not say how many tokens it used.
    input_tokens, output_tokens : int
        As the server counted them.
    """

    calls: int = 0
    cached: int = 0
    unmetered: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def count(self, reply: object) -> None:
        """Count one call by the ``usage`` of its reply."""
        self.calls += 1
        usage = reply.get("usage") if isinstance(reply, dict) else None
        usage = usage if isinstance(usage, dict) else {}
        n_input, n_output = usage.get("prompt_tokens"), usage.get("completion_tokens")
        if _is_count(n_input) and _is_count(n_output):
            self.input_tokens += n_input
            self.output_tokens += n_output
        else:
            self.unmetered += 1

    def cost(self, settings: EndpointSettings) -> float | None:
        """Return what the calls cost by the prices of `settings`; None without prices, or where tokens are unknown.

        Examples
        --------
        >>> prices = EndpointSettings("http://a/v1", "tiny", price_input=2.0, price_output=8.0)
        >>> Usage(calls=1, input_tokens=500_000, output_tokens=250_000).cost(prices)
        3.0
        """
        if settings.price_input is None or settings.price_output is None or self.unmetered:
            return None
        spent = self.input_tokens * settings.price_input + self.output_tokens * settings.price_output
        return round(spent / 1e6, 6)


class Endpoint:
    """A chat model behind an address: every answer is cached, every call counted, and their number is limited.

    Parameters
    ----------
    settings : EndpointSettings
        Address, model, prices, limit of calls.

    Attributes
    ----------
    usage : Usage
        Calls since it was opened.

    Examples
    --------
    >>> Endpoint(EndpointSettings.from_address("http://localhost:8000/v1#tiny")).model
    'tiny'
    """

    def __init__(self, settings: EndpointSettings) -> None:
        self.settings = settings
        self.address = settings.address.rstrip("/")
        self.model = settings.model
        self.url = f"{self.address}/chat/completions"
        self.usage = Usage()

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, model={self.model!r})"

    def describe(self) -> dict[str, Any]:
        """Return address, model, usage and cost for run.json."""
        described = {"address": self.address, "model": self.model, **asdict(self.usage)}
        return described | {"cost": self.usage.cost(self.settings)}

    def complete(self, prompt: str) -> str:
        """Return the model's answer to `prompt` at temperature 0.

        Raises
        ------
        InputError
            When no call is left.
        MissingDataError
            When the address does not answer as it should.
        """
        return self._answers([prompt], str)[0]

    def choose(self, prompts: Sequence[str], labels: Sequence[str]) -> list[str]:
        """Return which of `labels` the model answers to each of `prompts`; the same prompt is sent once.

        Raises
        ------
        InputError
            Before the first of these prompts is sent, when more calls are needed than ``max_calls`` leaves.
        MissingDataError
            When an answer names none of the labels, or several.
        """
        questions = [f"{prompt}\nAnswer with one word: {', '.join(labels)}." for prompt in prompts]
        return self._answers(questions, lambda answer: self._label_of(answer, labels))

    def _answers(self, prompts: Sequence[str], parse: Callable[[str], T]) -> list[T]:
        """Return each prompt's answer as `parse` reads it; an answer that cannot be parsed is never cached."""
        parsed: dict[str, T] = {}
        for prompt in dict.fromkeys(prompts):
            content = storage.read_cached_bytes(self._entry(prompt))
            if content is not None:
                parsed[prompt] = parse(content.decode())
        self.usage.cached += len(parsed)
        missing = [prompt for prompt in dict.fromkeys(prompts) if prompt not in parsed]
        self._check_calls(len(missing))
        for prompt in track(missing, "Asking", total=len(missing)):
            answer = self._call(prompt)
            parsed[prompt] = parse(answer)
            storage.write_cached_bytes(self._entry(prompt), answer.encode(), "The answer is not cached.")
        return [parsed[prompt] for prompt in prompts]

    def _entry(self, prompt: str) -> Path:
        """Return the cache's file of an answer; its name hashes everything that is sent, apart from the user's key."""
        content = json.dumps([self.address, self.model, prompt, TEMPERATURE])
        key = hashlib.sha256(content.encode()).hexdigest()
        return storage.cache_folder() / "endpoint" / key[:2] / f"{key}.txt"

    def _check_calls(self, planned: int) -> None:
        left = self.settings.max_calls - self.usage.calls
        if planned > left:
            raise InputError(
                f"Invalid number of calls {planned!r} to endpoint {self.url!r}. At most {self.settings.max_calls} a run "
                f"are allowed and {left} are left; raise max_calls in [{ENDPOINT}] or compare fewer events."
            )

    def _label_of(self, answer: str, labels: Sequence[str]) -> str:
        """Return the one label that `answer` names; "not equivalent" and "partly equivalent" name none."""
        named = set(re.findall(r"[\w-]+", answer.casefold())) & set(labels)
        first = re.split(r"[.!\n]", answer.strip(), maxsplit=1)[0].casefold().strip(" *_\"'")
        if len(named) != 1 or (first not in named and _NEGATION.search(answer)):
            raise MissingDataError(
                f"Invalid answer {answer[:80]!r} from endpoint {self.url!r}. It must be one of: {', '.join(labels)}."
            )
        return named.pop()

    def _call(self, prompt: str) -> str:
        messages = [{"role": "user", "content": prompt}]
        body = {"model": self.model, "temperature": TEMPERATURE, "messages": messages}
        request = urllib.request.Request(self.url, json.dumps(body).encode(), _headers())
        content = self._send(request)
        try:
            reply = json.loads(content)
        except ValueError:
            reply = None
        self.usage.count(reply)
        try:
            answer = reply["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            answer = None
        if not isinstance(answer, str):
            raise MissingDataError(
                f"Invalid answer from endpoint {self.url!r}. It must speak OpenAI's chat completions."
            )
        return answer

    def _send(self, request: urllib.request.Request) -> bytes:
        waits = iter(WAITS)
        while True:
            try:
                with _OPENER.open(request, timeout=self.settings.timeout) as reply:
                    return reply.read(MAX_BYTES)
            except urllib.error.HTTPError as error:
                error.close()
                wait = next(waits, None) if error.code == 429 or error.code >= 500 else None
                if wait is None:
                    hint = f" Its key is read from {KEY}." if error.code in (401, 403) else ""
                    raise MissingDataError(f"No answer from endpoint {self.url!r}: {error}.{hint}") from None
                time.sleep(_bounded_wait(error.headers.get("Retry-After"), wait))
            except (OSError, http.client.HTTPException, UnicodeError) as error:
                raise MissingDataError(f"No answer from endpoint {self.url!r}: {error}.") from None


def open_endpoint(name: str | Endpoint = ENDPOINT) -> Endpoint:
    """Return the endpoint called `name`, with a count of calls of its own.

    Parameters
    ----------
    name : str or Endpoint
        ``endpoint``, which the user's configuration describes (read now), or ``http://localhost:8000/v1#model-name``; an
        endpoint is returned as it is, so that all who are given it count together.

    Returns
    -------
    Endpoint
        Nothing is sent yet.

    Raises
    ------
    InputError
        When the configuration or the address cannot be used.
    """
    if isinstance(name, Endpoint):
        return name
    return Endpoint(read_endpoint_settings() if name == ENDPOINT else EndpointSettings.from_address(name))


def is_endpoint(name: object) -> TypeGuard[str]:
    """Return whether `name` is an endpoint, or the name of one, for `open_endpoint`.

    Examples
    --------
    >>> is_endpoint("endpoint"), is_endpoint("https://a/v1#tiny"), is_endpoint("aligner-news"), is_endpoint(None)
    (True, True, False, False)
    """
    if isinstance(name, Endpoint):
        return True
    return isinstance(name, str) and (name == ENDPOINT or name.startswith(("http://", "https://")))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the key would go to an address that the user did not name."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def _headers() -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise InputError(f"Invalid key in {KEY}. It must be printable ASCII.")
    return headers | ({"Authorization": f"Bearer {key}"} if key else {})


def _bounded_wait(retry_after: str | None, wait: float) -> float:
    """Return the seconds to wait: what the server asks for, when that is a number, at most the last of `WAITS`."""
    return min(float(retry_after), WAITS[-1]) if retry_after and retry_after.isdecimal() else wait


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
