"""The user's configuration: read where it is stored, refused in one line when it is invalid."""

from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.learning.endpoint.configuration import (
    CONFIG_VARIABLE,
    EndpointSettings,
    read_endpoint_settings,
)

GOOD = '[endpoint]\naddress = "http://localhost:8000/v1"\nmodel = "tiny"\n'


def test_the_current_folder_and_the_named_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of the current folder is read, and the one that the environment names goes before it."""
    monkeypatch.delenv(CONFIG_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crossframe.toml").write_text(GOOD)
    assert read_endpoint_settings() == EndpointSettings(
        "http://localhost:8000/v1", "tiny", None, None, 3000, 60.0
    )
    (tmp_path / "other.toml").write_text(
        GOOD + "price_input = 1\nprice_output = 2.5\nmax_calls = 7\ntimeout = 3\n"
    )
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "other.toml"))
    assert read_endpoint_settings() == EndpointSettings("http://localhost:8000/v1", "tiny", 1, 2.5, 7, 3)


def test_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, one line has the place and the required content."""
    monkeypatch.delenv(CONFIG_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"crossframe\.toml.*\[endpoint\] with address and model") as caught:
        read_endpoint_settings()
    assert CONFIG_VARIABLE in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"Missing table \[endpoint\]"),
        ("endpoint = 3", r"Missing table \[endpoint\]"),
        ("[endpoint", "Invalid TOML"),
        ('[endpoint]\nmodel = "tiny"', "Missing address"),
        (
            GOOD + 'api_key = "secret"',
            "Unknown key 'api_key' .* Known: address, model, price_input, price_output",
        ),
        (GOOD + "[stance]", "Unknown table 'stance' .* Known: endpoint"),
        (GOOD + "max_calls = 1.5", "Invalid max_calls 1.5 .* whole number"),
        (GOOD + "max_calls = true", "Invalid max_calls True"),
        (GOOD + "timeout = 0", "Invalid timeout 0"),
        (GOOD + "price_input = -1", "Invalid price_input -1"),
        (GOOD + "price_input = nan\nprice_output = 1", "Invalid price_input nan"),
        (GOOD + "price_input = 1", "both price_input and price_output"),
        ('[endpoint]\naddress = "http://a/v1"\nmodel = " "', "Invalid model ' '"),
        ('[endpoint]\naddress = "a/v1"\nmodel = "m"', "Invalid endpoint 'a/v1'"),
        ('[endpoint]\naddress = "http://a/v1#b"\nmodel = "m"', "no user, password, query or fragment"),
        ('[endpoint]\naddress = "http://[a/v1"\nmodel = "m"', "Invalid endpoint"),
        ('[endpoint]\naddress = "http://a:99999/v1"\nmodel = "m"', "Invalid endpoint"),
    ],
)
def test_what_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    """Unknown, missing and useless values are named, in one line."""
    path = tmp_path / "mine.toml"
    path.write_text(content)
    monkeypatch.setenv(CONFIG_VARIABLE, str(path))
    with pytest.raises(InputError, match=message) as caught:
        read_endpoint_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:1/v1\u00e9", "http://b\u00fccher/v1", "http://a..b/v1", "http://a%2e%2eb/v1", "http://.a/v1",
        f"http://{'a' * 64}/v1", "http://a b/v1", "http://a/v1\t", "http://[::1/v1", "http://a:0/v1", "http://a:b/v1",
        "http://a\u2100b/v1", "http:///v1", "", "http://",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_sent_for(address: str) -> None:
    """What no request could be sent to is refused in one line, from the configuration and from the command line."""
    for make in (
        lambda: EndpointSettings.from_address(f"{address}#tiny"),
        lambda: EndpointSettings(address, "tiny"),
    ):
        with pytest.raises(InputError, match="Invalid endpoint") as caught:
            make()
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["http://[::1]:8000/v1", "https://xn--bcher-kva.example./v1/", "http://a-b.c:80/%C3%A9"]
)
def test_an_address_that_can(address: str) -> None:
    """Addresses by number, in punycode and with escapes are taken as they are."""
    assert EndpointSettings.from_address(f"{address}#tiny").address == address


def test_a_model_that_is_no_text() -> None:
    """Bytes of the command line that are no text are no model's name."""
    with pytest.raises(InputError, match="Invalid model"):
        EndpointSettings.from_address("http://a/v1#\udcff")


@pytest.mark.parametrize(
    "address",
    ["http://me:secret@a/v1#tiny", "http://a/v1?key=secret#tiny", "http://me:secret\u00e9@a/v1#tiny"],
)
def test_no_secret_in_an_address(address: str) -> None:
    """An address that may hold a secret is refused, and the secret is not repeated."""
    with pytest.raises(InputError, match=r"read from the environment|in ASCII") as caught:
        EndpointSettings.from_address(address)
    assert "secret" not in str(caught.value)
