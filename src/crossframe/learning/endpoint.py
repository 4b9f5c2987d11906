"""A user's own language model behind an OpenAI-compatible address: ask it to choose among labels."""

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import urldefrag

from crossframe._progress import track
from crossframe.errors import InputError, MissingDataError

KEY = "CROSSFRAME_ENDPOINT_KEY"
"""Environment variable that holds the key, where the address needs one; it is never written anywhere."""
_MOST_BYTES = 1_000_000


class Endpoint:
    """A chat model behind an address.

    Parameters
    ----------
    address : str
        Base address and model, as ``http://localhost:8000/v1#model-name``: ``/chat/completions`` is added.
    timeout : float
        Seconds to wait for an answer.

    Raises
    ------
    InputError
        When the address is not http(s) or names no model.

    Examples
    --------
    >>> Endpoint("http://localhost:8000/v1#tiny").model
    'tiny'
    """

    def __init__(self, address: str, *, timeout: float = 60.0) -> None:
        base, self.model = urldefrag(address)
        if not base.startswith(("http://", "https://")) or not self.model:
            raise InputError(
                f"Invalid endpoint {address!r}. It must be an http or https address and, after #, a model's name."
            )
        self.url = f"{base.rstrip('/')}/chat/completions"
        self.timeout = timeout

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, model={self.model!r})"

    def ask(self, prompt: str) -> str:
        """Return the model's answer to `prompt` at temperature 0.

        Raises
        ------
        MissingDataError
            When the address does not answer as it should.
        """
        body = {"model": self.model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
        headers = {"Content-Type": "application/json"}
        if os.environ.get(KEY):
            headers["Authorization"] = f"Bearer {os.environ[KEY]}"
        request = urllib.request.Request(self.url, json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as reply:
                answer = json.loads(reply.read(_MOST_BYTES))
            return str(answer["choices"][0]["message"]["content"])
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise MissingDataError(f"No answer from endpoint {self.url!r}: {error}.") from None
        except (ValueError, KeyError, IndexError, TypeError):
            raise MissingDataError(
                f"Invalid answer from endpoint {self.url!r}. It must speak OpenAI's chat completions."
            ) from None

    def choose(self, prompts: Sequence[str], labels: Sequence[str]) -> list[str]:
        """Return which of `labels` the model answers to each of `prompts`.

        Raises
        ------
        MissingDataError
            When an answer names none of the labels, or several.
        """
        return [self._choose(prompt, labels) for prompt in track(prompts, "Asking", total=len(prompts))]

    def _choose(self, prompt: str, labels: Sequence[str]) -> str:
        answer = self.ask(f"{prompt}\nAnswer with one word: {', '.join(labels)}.")
        said = set(re.findall(r"[\w-]+", answer.casefold())) & set(labels)
        if len(said) != 1:
            raise MissingDataError(
                f"Invalid answer {answer[:80]!r} from endpoint {self.url!r}. It must be one of: {', '.join(labels)}."
            )
        return said.pop()
