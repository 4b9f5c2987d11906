"""The user's configuration: read where it lies, refused in one line when it cannot be used."""

from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.learning.configuration import CONFIG, EndpointSettings, read_endpoint_settings

GOOD = '[endpoint]\naddress = "http://localhost:8000/v1"\nmodel = "tiny"\n'


def test_the_current_folder_and_the_named_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of the current folder is read, and the one that the environment names goes before it."""
    monkeypatch.delenv(CONFIG, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crossframe.toml").write_text(GOOD)
    assert read_endpoint_settings() == EndpointSettings(
        "http://localhost:8000/v1", "tiny", None, None, 3000, 60.0
    )
    (tmp_path / "other.toml").write_text(
        GOOD + "price_input = 1\nprice_output = 2.5\nmost_calls = 7\ntimeout = 3\n"
    )
    monkeypatch.setenv(CONFIG, str(tmp_path / "other.toml"))
    assert read_endpoint_settings() == EndpointSettings("http://localhost:8000/v1", "tiny", 1, 2.5, 7, 3)


def test_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, one line says where it is looked for and what must be in it."""
    monkeypatch.delenv(CONFIG, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"crossframe\.toml.*\[endpoint\] with address and model") as caught:
        read_endpoint_settings()
    assert CONFIG in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
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
        (GOOD + "most_calls = 1.5", "Invalid most_calls 1.5 .* whole number"),
        (GOOD + "most_calls = true", "Invalid most_calls True"),
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, said: str
) -> None:
    """Unknown, missing and useless values are named, in one line."""
    path = tmp_path / "mine.toml"
    path.write_text(content)
    monkeypatch.setenv(CONFIG, str(path))
    with pytest.raises(InputError, match=said) as caught:
        read_endpoint_settings()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://me:secret@a/v1#tiny", "http://a/v1?key=secret#tiny"])
def test_no_secret_in_an_address(address: str) -> None:
    """An address that may hold a secret is refused, and the secret is not repeated."""
    with pytest.raises(InputError, match="read from the environment") as caught:
        EndpointSettings.from_address(address)
    assert "secret" not in str(caught.value)
