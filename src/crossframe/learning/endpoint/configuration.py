"""The user's configuration: one TOML file, read only when something in it is needed; unknown keys are refused."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from crossframe import storage
from crossframe._validation import check_keys
from crossframe.errors import InputError

CONFIG_VARIABLE = "CROSSFRAME_CONFIG"
"""Environment variable that names the configuration file; without it, ``crossframe.toml`` of the current folder."""
DEFAULT_FILE = "crossframe.toml"
ENDPOINT = "endpoint"
"""Name of the table, and the value of ``--aligner`` and ``--stance-model`` that selects it."""


@dataclass(frozen=True)
class EndpointSettings:
    """Where a user's own language model answers, and what may be spent on it.

    Parameters
    ----------
    address : str
        Base address of an OpenAI-compatible server, as ``http://localhost:8000/v1``.
    model : str
        Name of the model there.
    price_input, price_output : float or None
        Price of a million tokens read and written, in any one currency; None: no cost is reported.
    max_calls : int
        Limit of calls per run. The default is a safeguard: it suffices for some thirty events of BASIL's length.
    timeout : float
        Seconds to wait for an answer.

    Raises
    ------
    InputError
        When a value cannot be used.

    Examples
    --------
    >>> EndpointSettings("http://localhost:8000/v1", "tiny").max_calls
    3000
    """

    address: str
    model: str
    price_input: float | None = None
    price_output: float | None = None
    max_calls: int = 3000
    timeout: float = 60.0

    def __post_init__(self) -> None:
        _check_address(self.address)
        named = isinstance(self.model, str) and self.model.strip() and self.model.isprintable()
        _check(named, "model", self.model, "a model's name")
        _check(_is_number(self.timeout) and self.timeout > 0, "timeout", self.timeout, "seconds above 0")
        whole = isinstance(self.max_calls, int) and not isinstance(self.max_calls, bool)
        _check(whole and self.max_calls >= 0, "max_calls", self.max_calls, "a whole number from 0 on")
        for name, price in (("price_input", self.price_input), ("price_output", self.price_output)):
            _check(price is None or (_is_number(price) and price >= 0), name, price, "a number from 0 on")
        if (self.price_input is None) != (self.price_output is None):
            raise InputError(
                "Invalid prices of the endpoint. Give both price_input and price_output, or neither."
            )

    @classmethod
    def from_address(cls, address: str) -> "EndpointSettings":
        """Return the settings of ``http://localhost:8000/v1#model-name``, with defaults for the rest.

        Examples
        --------
        >>> EndpointSettings.from_address("http://localhost:8000/v1#tiny").model
        'tiny'
        """
        base, _, model = address.partition("#")
        if not model:
            raise InputError(
                f"Invalid endpoint {address!r}. It must be an http or https address and, after #, a model's name."
            )
        return cls(base, model)


def read_endpoint_settings() -> EndpointSettings:
    """Return the table ``[endpoint]`` of the user's configuration.

    Returns
    -------
    EndpointSettings
        Read anew at every call.

    Raises
    ------
    InputError
        When there is no file or no such table, or a key is unknown, missing or invalid.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    path = Path(named or DEFAULT_FILE)
    if not path.is_file():
        raise InputError(
            f"Missing configuration {str(path)!r}. {_wanted()} in {DEFAULT_FILE} of the current folder, "
            f"or in the file that {CONFIG_VARIABLE} names."
        )
    content = storage.read_toml(path)
    check_keys(content, [ENDPOINT], str(path), thing="table")
    table = content.get(ENDPOINT)
    if not isinstance(table, Mapping):
        raise InputError(f"Missing table [{ENDPOINT}] in {str(path)!r}. {_wanted()}.")
    known = fields(EndpointSettings)
    check_keys(table, [field.name for field in known], f"[{ENDPOINT}] of {str(path)!r}")
    missing = [field.name for field in known if field.default is MISSING and field.name not in table]
    if missing:
        raise InputError(f"Missing {', '.join(missing)} in [{ENDPOINT}] of {str(path)!r}. {_wanted()}.")
    return EndpointSettings(**table)


def _wanted() -> str:
    optional = [field.name for field in fields(EndpointSettings) if field.default is not MISSING]
    return f"An endpoint needs a table [{ENDPOINT}] with address and model (optional: {', '.join(optional)})"


def _check_address(address: object) -> None:
    """Refuse what is no address, and what may hold a secret, without repeating the secret."""
    parts = _parts_of(address)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        shown = "" if isinstance(address, str) and set("@?") & set(address) else f" {address!r}"
        raise InputError(
            f"Invalid endpoint{shown}. It must be an http or https address in ASCII and name a model."
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise InputError(
            f"Invalid endpoint at {parts.hostname!r}. Its address may hold no user, password, query or fragment: "
            "a key is read from the environment alone."
        )


def _parts_of(address: object) -> SplitResult | None:
    """Return the parts of an address that can be sent for: in ASCII, its host's labels neither empty nor too long."""
    if not (isinstance(address, str) and address.isascii() and address.isprintable() and " " not in address):
        return None
    try:
        parts = urlsplit(address)
        unquote(parts.hostname or "").encode("idna")
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def _check(good: object, name: str, value: object, rule: str) -> None:
    if not good:
        raise InputError(f"Invalid {name} {value!r} of the endpoint. It must be {rule}.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value < float("inf")
