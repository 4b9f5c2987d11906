"""Model sets: one table of names, what a set lacks taken from the small one, single options in the place of any."""

import dataclasses
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.errors import MissingDataError, UnknownNameError
from crossframe.learning.encoders.base_weights import BASE
from crossframe.learning.encoders.by_name import DEFAULT
from crossframe.models import sets
from crossframe.models.sets import MODEL_SETS, PARTS, RULES, choose_from_set, describe_borrowed

SMALL = {
    "encoder": DEFAULT,
    "aligner": "aligner-news",
    "actor_model": "actors-news",
    "quote_model": "quotes-news",
    "stance_model": "stance-news",
    "frame_model": "frames-news",
}


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the base set an aligner and a stance model alone; return the folder of shipped models."""
    own = sets.ModelSet(BASE, aligner="aligner-grown", stance_model="stance-grown")
    monkeypatch.setitem(sets.MODEL_SETS, "base", own)
    for name in (*SMALL.values(), "aligner-grown", "stance-grown"):
        storage.write_text(tmp_path / name / "config.json", "{}")
    monkeypatch.setattr(storage, "models_folder", lambda: tmp_path)
    return tmp_path


def test_the_table() -> None:
    """The small set names every model; each set its encoder; what a set names is shipped."""
    assert list(MODEL_SETS) == ["small", "base"]
    assert dataclasses.asdict(MODEL_SETS["small"]) == SMALL
    assert MODEL_SETS["base"].encoder == BASE
    for one in MODEL_SETS.values():
        for part in PARTS:
            name = getattr(one, part)
            assert name in (None, RULES) or (storage.models_folder() / name / "config.json").is_file()


def test_what_a_set_lacks_is_of_the_small_one(grown: Path) -> None:
    """A set's own models come first; an aligner keeps the encoder of its set; given models take any place."""
    assert choose_from_set("small", {}) == SMALL
    own = {"encoder": BASE, "aligner": "aligner-grown", "stance_model": "stance-grown"}
    assert choose_from_set("base", {}) == SMALL | own
    assert choose_from_set("base", {"aligner": "aligner-news"})["encoder"] == DEFAULT
    assert choose_from_set("small", {"aligner": "aligner-grown"})["encoder"] == BASE
    assert choose_from_set("base", {"aligner": "cosine"})["encoder"] == BASE
    given = {"aligner": "aligner-news", "encoder": "mine", "quote_model": "other"}
    assert choose_from_set("base", given) == SMALL | own | given


def test_a_set_without_an_aligner_keeps_the_small_ones_encoder(
    grown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentences are embedded for the aligner: where it is the small set's, so is the encoder."""
    monkeypatch.setitem(sets.MODEL_SETS, "base", sets.ModelSet(BASE, stance_model="stance-grown"))
    assert choose_from_set("base", {}) == SMALL | {"stance_model": "stance-grown"}


def test_what_is_borrowed_is_said(grown: Path) -> None:
    """One sentence lists the models that a set has none of; it depends on what is used, not on how it was chosen."""
    assert describe_borrowed("small", SMALL) == ""
    assert describe_borrowed("base", choose_from_set("base", {})) == (
        "Model set 'base' has no name finder, quote reader or frame model of its own yet; what 'small' has is used, each with "
        "its own encoder."
    )
    assert describe_borrowed("base", {"frame_model": "frames-news"}).startswith(
        "Model set 'base' has no frame model of"
    )
    assert describe_borrowed("base", {"frame_model": "mine", "stance_model": "stance-news"}) == ""


def test_names_that_do_not_exist(grown: Path) -> None:
    """An unknown set is refused with those there are; a shipped model that is not there is one line, unless another is given."""
    with pytest.raises(UnknownNameError, match=r"Invalid model set 'bas'.*base, small\. Did you mean 'base'"):
        choose_from_set("bas", {})
    (grown / "stance-grown" / "config.json").unlink()
    with pytest.raises(MissingDataError, match="Missing stance model 'stance-grown' of model set 'base'"):
        choose_from_set("base", {})
    assert choose_from_set("base", {"stance_model": "mine"})["stance_model"] == "mine"
    assert choose_from_set("small", {})["stance_model"] == "stance-news"
