"""Cards of the shipped models are what the code writes from their logs."""

import json

import pytest
from tests.shipped_models import SHIPPED

from crossframe import storage
from crossframe.studies.train import actors, frames
from crossframe.studies.train.cards import (
    describe_actors,
    describe_aligner,
    describe_quotes,
)
from crossframe.studies.train.frames import describe_frames
from crossframe.studies.train.stance_card import describe_stance, note_of


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_cards(name: str) -> None:
    """A card says what the log of its training recorded, in the words of the code as it is."""
    folder = storage.models_folder() / name
    log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
    if name.startswith("aligner"):
        ends = ("_low", "_high")
        metrics = {
            key: value
            for key, value in log["out_of_fold"].items()
            if not key.endswith(ends) and not key.startswith("event.")
        }
        card = describe_aligner(name, log, embedding=log["encoder"] != "tfidf", metrics=metrics)
    elif name == "actors-news":
        card = describe_actors(name, log, n_folds=actors.TAGGER_FOLDS)
    elif name == "quotes-news":
        card = describe_quotes(name, log)
    elif name.startswith("frames"):
        card = describe_frames(name, log, n_repeats=frames.FRAME_REPEATS)
    else:
        card = describe_stance(name, log, note_of(log["data"], log.get("construct", "portrayal")))
    shipped = (folder / "README.md").read_text(encoding="utf-8")
    assert sorted(card.splitlines()) == sorted(shipped.splitlines())


def test_a_card_of_ceilings_invented_sentences_and_time() -> None:
    """What newer logs record is said: the readers' ceiling, gaps between kinds, invented labels, seconds; older cards lack it."""
    log = json.loads((storage.models_folder() / "stance-base" / "log.json").read_text(encoding="utf-8"))
    own = {
        "ceilings": {
            "reference-labels test": {"author_share_of_readers": 0.75, "person_minus_state": 0.0625}
        },
        "invented_rows": 7,
        "learned_rows": 70,
        "machine": "x86_64, 2 threads",
        "fits": {"seed 0": log["fits"]["seed 0"] | {"seconds": 61.5}},
    }
    card = describe_stance("mine", log | own, "")
    for said in (
        "Measured on: reference-labels test; ceiling:",
        "| author_share_of_readers | 0.7500 |",
        "| person_minus_state | 0.0625 |",
        "7 of the 70 learned labels are of invented sentences.",
        "are in-domain: invented training sentences were written of these kinds",
        "seconds of each fit (x86_64, 2 threads;",
        "| seed 0 | 61.5000 |",
    ):
        assert said in card
    without = describe_stance("mine", log | own | {"invented_rows": 0}, "")
    assert "learned labels" not in without
    assert "in-domain" not in without
