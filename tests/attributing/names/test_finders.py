"""Finders by name: rules, trained folders, spaCy where it is installed; what is not there is one clear error."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from crossframe.attributing.names.finders import load_finder
from crossframe.attributing.names.spotting import spot_names
from crossframe.errors import InputError, MissingDataError, MissingPackageError, UnknownNameError
from crossframe.learning.model_files import ModelFiles

TEXT = "They later visited Xanthe Quill of the Trade Ministry somewhere near Harbour Town."


def test_rules_are_a_finder(make_sentences) -> None:
    """They find what `spot_names` finds, and have no weights."""
    sentences = make_sentences(TEXT)
    finder = load_finder("rules")
    assert finder.find(sentences) == spot_names(sentences)
    assert (finder.name, len(finder.hash)) == ("rules", 64)


def fake_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a spaCy in place whose one pipeline knows three entities and a date."""

    def read(texts):
        for text in texts:
            found = [
                ("Xanthe Quill", "PERSON"),
                ("Trade Ministry", "ORG"),
                ("Harbour Town", "GPE"),
                ("They", "DATE"),
            ]
            yield SimpleNamespace(
                ents=[
                    SimpleNamespace(
                        start_char=text.index(name), end_char=text.index(name) + len(name), label_=label
                    )
                    for name, label in found
                    if name in text
                ]
            )

    def load(name):
        if name != "en_small":
            raise OSError(f"[E050] Can't find model {name!r}.")
        return SimpleNamespace(
            pipe=read, meta={"name": "small", "version": "3.8.0", "spacy_version": ">=3.8"}
        )

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))


def test_a_spacy_pipeline_is_a_finder(make_sentences, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its entities become names of our kinds; what is no actor is passed over; its version is told."""
    fake_spacy(monkeypatch)
    finder = load_finder("spacy:en_small")
    assert [(one.text, one.kind) for one in finder.find(make_sentences(TEXT))] == [
        ("Xanthe Quill", "person"),
        ("Trade Ministry", "organisation"),
        ("Harbour Town", "place"),
    ]
    assert finder.name == "spacy:en_small"
    assert len(finder.hash) == 64


def test_spacy_that_is_not_installed_is_named(make_sentences, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, or without the pipeline, the error says what to install."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'crossframe\[spacy\]'"):
        load_finder("spacy:en_small").find(make_sentences(TEXT))
    fake_spacy(monkeypatch)
    with pytest.raises(UnknownNameError, match="python -m spacy download en_large"):
        load_finder("spacy:en_large").find(make_sentences(TEXT))


def write(folder: Path, **changed: object) -> str:
    """Write a model folder of kind actors without weights."""
    config = {"name": "mine", "labels": ["person"], "base": "all-MiniLM-L6-v2", "base_fingerprint": "x", "precision": "int8"}  # fmt: skip
    ModelFiles("actors", config | changed, {"tagger.head.steps": np.zeros((5, 5), np.float32)}).write(folder)
    return str(folder)


def test_folders_are_checked(tmp_path: Path, make_sentences) -> None:
    """Unknown names, foreign labels, and another encoder's weights are refused."""
    with pytest.raises(UnknownNameError, match="Unknown actors model"):
        load_finder("no-such")
    with pytest.raises(InputError, match="Invalid labels"):
        load_finder(write(tmp_path / "labels", labels=["cue"]))
    with pytest.raises(InputError, match="Invalid precision"):
        load_finder(write(tmp_path / "precision", precision=8))
    with pytest.raises(MissingDataError, match="fitted on other weights"):
        load_finder(write(tmp_path / "weights")).find(make_sentences(TEXT))
