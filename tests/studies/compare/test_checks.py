"""Everything a study needs, read and checked before its first slow step."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from crossframe.errors import CrossframeError, CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.folders import read_folder
from crossframe.studies.compare.checks import (
    check_only_actors,
    prepare_study,
    read_edits,
    warn_of_unused_edits,
)
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.study import compare, compare_to


def test_bad_table_stops_before_anything_slow(small: Path, tmp_path: Path) -> None:
    """A stored table that cannot be read is one line, and nothing is written."""
    (small / "actors.tsv").write_text("actor\tdrop\nmayor\tperhaps\n", encoding="utf-8")
    out = tmp_path / "out"
    with pytest.raises(CrossframeError, match=r"Invalid drop 'perhaps' in .*actors\.tsv:2"):
        compare_to(read_folder(small), out, Options())
    assert not out.exists()


def test_rows_for_no_event(small: Path) -> None:
    """Rows for events that the corpus does not have are warned of."""
    (small / "actors.csv").write_text("event,actor\nbridge,mayor\nferry,mayor\n", encoding="utf-8")
    with pytest.warns(CrossframeWarning, match=r"Unknown event 'ferry' in .*:3: 1 of 2 rows"):
        read_edits(read_folder(small), None)


def test_no_table(small: Path) -> None:
    """Without a table there is nothing to check."""
    read_edits(read_folder(small), None)


@pytest.mark.slow
@pytest.mark.model
def test_stored_table_is_applied(small: Path, tmp_path: Path) -> None:
    """A stored table is applied, one given in its place wins, and a written table given back changes nothing."""
    plain = compare_to(read_folder(small), tmp_path / "plain", Options(), draw=False)
    (small / "actors.csv").write_bytes((tmp_path / "plain" / "tables" / "actors.csv").read_bytes())
    again = compare_to(read_folder(small), tmp_path / "again", Options(), draw=False)
    for name in ("mentions", "quotes", "stance"):
        assert again.tables[name].equals(plain.tables[name])
    without_reasons = [table.tables["actors"].drop(columns="how") for table in (again, plain)]
    assert without_reasons[0].equals(without_reasons[1])
    (small / "actors.csv").write_text("actor,drop\nmayor,1\n", encoding="utf-8")
    dropped = compare_to(read_folder(small), tmp_path / "dropped", Options(), draw=False)
    assert "mayor" not in set(dropped.tables["actors"]["actor"])
    table = tmp_path / "given.csv"
    table.write_text("actor,name\nmayor,The Mayor\n", encoding="utf-8")
    given = compare_to(read_folder(small), tmp_path / "given", Options(actors=str(table)), draw=False)
    assert list(given.tables["actors"].query("actor == 'mayor'")["name"]) == ["The Mayor"]


def test_actor_of_no_event(small: Path, tmp_path: Path) -> None:
    """A row for all events whose actor no event has is warned of once; one that drops is not."""
    (tmp_path / "actors.csv").write_text(
        "actor,name,drop\nroe,Jo Roe,\npoe,Ann Poe,\ndoe,,yes\n", encoding="utf-8"
    )
    with pytest.warns(CrossframeWarning, match=r"Unknown actor 'poe' in .*:3: 1 of 3 rows") as caught:
        warn_of_unused_edits(read_edits(read_folder(small), tmp_path / "actors.csv"), {"roe"})
    assert len(caught) == 1


@pytest.mark.parametrize("corpus", [3, None, ["georgia-2008"], object(), Options(), b"georgia-2008"])
def test_what_is_no_corpus(corpus: Any) -> None:
    """A wrong type is one line that names what is accepted."""
    with pytest.raises(
        InputError, match=r"^Invalid corpus .*folder, .*name of a corpus, a Corpus, or a\s+DataFrame"
    ):
        compare(corpus)


def test_ways_to_give_a_corpus(small: Path) -> None:
    """A folder as str or Path, a corpus, and its articles as a table are the same corpus; run.json knows where it is stored."""
    corpus = read_folder(small)
    rows = [
        {"id": a.id, "event": a.event, "outlet": a.outlet, "title": a.title, "text": a.text}
        for a in corpus.articles
    ]
    light = Options(encoder="tfidf", stance_model="stance-lexicon")
    ways = [prepare_study(one, light) for one in (str(small), small, corpus, pd.DataFrame(rows))]
    assert [len(one.compared) for one in ways] == [2, 2, 2, 2]
    assert [one.configuration["corpus"] for one in ways] == [str(small), str(small), None, None]
    assert ways[0].corpus.fingerprint == ways[2].corpus.fingerprint


def test_wrong_keywords(small: Path) -> None:
    """A mistyped keyword is a TypeError, as everywhere in Python."""
    with pytest.raises(TypeError, match="stance_modle"):
        compare(small, stance_modle="stance-lexicon")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (
            ["mayor", "majors"],
            r"Unknown actor 'majors' in only_actors\. Of 2 .*: anna, mayor\. Did you mean 'mayor'",
        ),
        (["bell"], "Unknown actor 'bell'"),
        (["Mayor"], r"Unknown actor 'Mayor'.*Did you mean 'mayor'"),
    ],
)
def test_actors_that_cannot_be_found(ids: list[str], said: str, small: Path, tmp_path: Path) -> None:
    """An id that is neither declared nor edited, of whose first word no article has the like, is refused at once."""
    table = tmp_path / "actors.csv"
    table.write_text("actor,names,drop\nanna,Anna,\nbell,,yes\n", encoding="utf-8")
    with pytest.raises(UnknownNameError, match=said):
        compare(small, only_actors=ids, actors=table)


def test_actors_that_may_be_found(small: Path) -> None:
    """What the articles may hold is not refused before they are read."""
    check_only_actors(["mayor", "critics-of-gori", "new-bridge"], read_folder(small), None)
