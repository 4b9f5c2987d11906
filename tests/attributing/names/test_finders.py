"""Name finders: rules, trained folders, spaCy where it is installed, objects; what is none is one clear error."""

import pickle
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.finders import NameFinder, load_name_finder
from crossframe.attributing.names.from_spans import describe_names
from crossframe.attributing.names.spotting import spot_names
from crossframe.errors import InputError, MissingDataError, MissingPackageError, UnknownNameError
from crossframe.learning.model_files import ModelFiles
from crossframe.records import NameSpans, Sentences

TEXT = "They later visited Xanthe Quill of the Trade Ministry somewhere near Harbour Town."


def test_rules_are_a_finder(make_sentences) -> None:
    """They find what `spot_names` finds, and have no weights."""
    sentences = make_sentences(TEXT)
    finder = load_name_finder("rules")
    assert describe_names(sentences, finder.find(sentences)) == spot_names(sentences)
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
    """Its entities become names of our kinds; what is no actor is passed over; its version is hashed, and it pickles."""
    fake_spacy(monkeypatch)
    finder = load_name_finder("spacy:en_small")
    sentences = make_sentences(TEXT)
    assert [(one.text, one.kind) for one in describe_names(sentences, finder.find(sentences))] == [
        ("Xanthe Quill", "person"),
        ("Trade Ministry", "organisation"),
        ("Harbour Town", "place"),
    ]
    assert finder.name == "spacy:en_small"
    assert len(finder.hash) == 64
    assert repr(pickle.loads(pickle.dumps(finder))) == "SpacyNameFinder('en_small')"


def test_spacy_that_is_not_installed_is_named(make_sentences, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, or without the pipeline, the error says what to install."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'crossframe\[spacy\]'"):
        load_name_finder("spacy:en_small").find(make_sentences(TEXT))
    fake_spacy(monkeypatch)
    with pytest.raises(UnknownNameError, match="python -m spacy download en_large"):
        load_name_finder("spacy:en_large").find(make_sentences(TEXT))


def write(folder: Path, **changed: object) -> str:
    """Write a model folder of kind actors without weights."""
    config = {"name": "mine", "labels": ["person"], "base": "all-MiniLM-L6-v2", "base_fingerprint": "x", "precision": "int8"}  # fmt: skip
    ModelFiles("actors", config | changed, {"tagger.head.transitions": np.zeros((5, 5), np.float32)}).write(
        folder
    )
    return str(folder)


def test_folders_are_checked(tmp_path: Path, make_sentences) -> None:
    """Unknown names, foreign labels, and another encoder's weights are refused."""
    with pytest.raises(UnknownNameError, match="Unknown actors model"):
        load_name_finder("no-such")
    with pytest.raises(InputError, match="Invalid labels"):
        load_name_finder(write(tmp_path / "labels", labels=["cue"]))
    with pytest.raises(InputError, match="Invalid precision"):
        load_name_finder(write(tmp_path / "precision", precision=8))
    with pytest.raises(MissingDataError, match="fitted on other weights"):
        load_name_finder(write(tmp_path / "weights")).find(make_sentences(TEXT))


class CapitalPairs:
    """Marks two capitalised words in a row."""

    name = "capital-pairs"

    def find(self, sentences: Sentences) -> NameSpans:
        """Return the names."""
        return NameSpans.from_rows(
            {"article": article.id, "start": match.start(), "end": match.end(), "kind": "person"}
            for article in sentences.articles
            for match in re.finditer(r"[A-Z][a-z]+ [A-Z][a-z]+", article.document)
        )


def test_an_object_is_a_finder(make_sentences) -> None:
    """A finder of the user's is returned as it is, and its names become actors with what rules add."""
    finder = CapitalPairs()
    assert load_name_finder(finder) is finder
    assert all(isinstance(load_name_finder(one), NameFinder) for one in (finder, "rules", None))
    sentences = make_sentences("They later met Senator Xanthe Quill. Quill spoke.", "They saw Xanthe Quill.")
    cast = find_actors(sentences, [], names=finder.find(sentences))
    assert [(one.id, one.kind) for one in cast.actors] == [("xanthe-quill", "person")]
    assert len(cast.mentions) == 3


@pytest.mark.parametrize("wrong", [3, ["rules"], CapitalPairs, object()])
def test_what_is_no_finder(wrong: object) -> None:
    """Other types, and a class instead of its object, are one clear error."""
    with pytest.raises(InputError, match="It must be a name, a folder, or an object with `name` and `find"):
        load_name_finder(wrong)
