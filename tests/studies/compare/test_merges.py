"""Actors that may be one: listed, noted where their estimates differ in sign, and merged on request only."""

import warnings
from pathlib import Path

import pandas as pd
import pytest

from crossframe.attributing.actors.edits import ActorEdit, ActorEdits
from crossframe.attributing.cast.suggested_merges import FoundActor, Merge
from crossframe.errors import CrossframeWarning
from crossframe.records import Article, Corpus
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.compare.merges import add_merges, describe_opposites
from crossframe.studies.compare.study import compare

LIGHT = {
    "encoder": "tfidf", "aligner": "aligner-lexical", "actor_model": "rules", "stance_model": "stance-lexicon",
    "frame_model": "frames-lexicon", "quote_model": "rules",
}  # fmt: skip
PRAISE = "On Monday the Republicans won a great and honest victory. Voters praised the Republicans. Again the Republicans won. "
BLAME = "The Republican Party lied in a terrible scandal. Critics blamed the Republican Party. Again the Republican Party lied. "


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return one event in which members are praised and their party is blamed, and one with the members alone."""
    return Corpus(
        "house-style",
        (
            Article("a", "e1", "one", "", PRAISE + BLAME),
            Article("b", "e1", "two", "", BLAME + PRAISE),
            Article("c", "e2", "one", "", PRAISE),
            Article("d", "e2", "two", "", PRAISE),
        ),
    )


def run(corpus: Corpus, **options: str | Path) -> Comparison:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return compare(corpus, **LIGHT, **options)


def test_suggested_and_noted(corpus: Corpus) -> None:
    """Members and party stay two actors, are suggested as one, and a note says that they come out as opposites."""
    study = run(corpus)
    [row] = study.tables["suggested_merges"].to_dict("records")
    assert (row["actor"], row["other"], row["why"]) == (
        "republicans",
        "republican-party",
        "the members of the party",
    )
    assert set(study.tables["actors"]["actor"]) >= {"republicans", "republican-party"}
    [note] = [note for note in study.run["notes"] if "may be one actor" in note]
    assert note.startswith("republicans and republican-party")
    assert "differ in sign" in note


def test_merged_on_request(corpus: Corpus) -> None:
    """Merged, they are one in every event, also where only the members are named; nothing is left to suggest."""
    study = run(corpus, merge="suggested")
    actors = study.tables["actors"]
    assert set(actors["actor"]) & {"republicans", "republican-party"} == {"republican-party"}
    own = actors[actors["actor"] == "republican-party"].set_index("event")
    assert set(own["name"]) == {"Republican Party"}
    assert own["n_mentions"].to_dict() == {"e1": 12, "e2": 6}
    assert len(study.tables["suggested_merges"]) == 0
    assert study.run["configuration"]["merge"] == "suggested"


def test_edited_table_goes_first(corpus: Corpus, tmp_path: Path) -> None:
    """An actor that the researcher's table drops is not merged."""
    path = tmp_path / "actors.csv"
    path.write_text("actor,drop\nrepublican-party,1\n", encoding="utf-8")
    study = run(corpus, merge="suggested", actors=path)
    assert set(study.tables["actors"]["actor"]) & {"republicans", "republican-party"} == {"republicans"}


ACTORS = {id: FoundActor("e", id, id.title(), "group") for id in ("greens", "green-party", "lawmakers")}


@pytest.mark.parametrize(
    ("row", "merged"),
    [
        (None, {"greens": "green-party"}),
        (ActorEdit("", "greens", name="The Greens"), {"greens": "green-party"}),
        (ActorEdit("", "greens", drop=True), {}),
        (ActorEdit("", "greens", merge_into="lawmakers"), {"greens": "lawmakers"}),
        (ActorEdit("", "green-party", drop=True), {}),
        (ActorEdit("", "green-party", merge_into="greens"), {"green-party": "greens"}),
        (ActorEdit("e", "greens", drop=True), {}),
        (ActorEdit("", "lawmakers", drop=True), {"greens": "green-party"}),
    ],
)
def test_add_merges(row: ActorEdit | None, merged: dict[str, str]) -> None:
    """Suggested merges join the rows of an edited table, and never contradict or close a circle with it."""
    edits = ActorEdits((row,)) if row is not None else None
    rows = add_merges(edits, [Merge("greens", "green-party", "the members of the party", 0.9)], ACTORS).rows
    assert {one.actor: one.merge_into for one in rows if one.merge_into} == merged
    assert len({(one.event, one.actor) for one in rows}) == len(rows)


@pytest.mark.parametrize(
    ("left", "right", "noted"),
    [
        ((0.62, "portrayal", "one"), (-0.49, "portrayal", "one"), True),
        ((0.62, "portrayal", "one"), (0.49, "portrayal", "one"), False),
        ((0.62, "portrayal", "one"), (-0.49, "portrayal", "two"), True),
        ((0.62, "portrayal", "one"), (0.49, "portrayal", "two"), False),
        ((0.62, "portrayal", "one"), (-0.49, "stance", "one"), False),
        ((0.62, "prominence", "one"), (-0.49, "prominence", "one"), False),
        ((0.0, "portrayal", "one"), (-0.49, "portrayal", "one"), False),
        ((float("nan"), "portrayal", "one"), (-0.49, "portrayal", "one"), False),
        ((0.01, "stance_difference", "one"), (-0.01, "stance_difference", "one"), True),
    ],
)  # fmt: skip
def test_opposites(left: tuple[float, str, str], right: tuple[float, str, str], noted: bool) -> None:
    """Estimates of one quantity, event and voice are compared by their sign: of one outlet, and of two with one name each."""
    rows = [
        {
            "quantity": quantity,
            "event": "",
            "outlet": outlet,
            "reference": "",
            "voice": "",
            "actor": actor,
            "estimate": value,
        }
        for actor, (value, quantity, outlet) in (("greens", left), ("green-party", right))
    ]
    merges = pd.DataFrame(
        [("greens", "green-party", "x", 0.9)], columns=["actor", "other", "why", "probability"]
    )
    notes = describe_opposites({"estimates": pd.DataFrame(rows), "suggested_merges": merges})
    assert bool(notes) is noted


def test_opposites_of_other_outlets() -> None:
    """Where an outlet has both names, its estimates are compared with each other, and with no other outlet's."""
    cells = [("one", "greens", 0.6), ("one", "green-party", 0.5), ("two", "green-party", -0.4)]
    rows = [
        {"quantity": "portrayal", "event": "", "outlet": outlet, "reference": "", "voice": "", "actor": actor, "estimate": value}
        for outlet, actor, value in cells
    ]  # fmt: skip
    merges = pd.DataFrame(
        [("greens", "green-party", "x", 0.9)], columns=["actor", "other", "why", "probability"]
    )
    assert not describe_opposites({"estimates": pd.DataFrame(rows), "suggested_merges": merges})
    apart = [{**row, "outlet": "one" if row["actor"] == "greens" else "two"} for row in (rows[0], rows[2])]
    [note] = describe_opposites({"estimates": pd.DataFrame(apart), "suggested_merges": merges})
    assert "portrayal of one is +0.60 for greens and that of two -0.40 for green-party" in note
