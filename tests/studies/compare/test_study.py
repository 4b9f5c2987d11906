"""Compare: all tables with their columns, the same bytes every time, results swapped in whole or not at all."""

import csv
import json
import shutil
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import Annotation, Corpus
from crossframe.showing.tables.schema import SCORES, TABLES
from crossframe.statistics.sampling import draw_stratified
from crossframe.studies.compare.comparison import Comparison, read_comparison
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.results import render
from crossframe.studies.compare.study import compare, compare_to
from crossframe.studies.prepare.annotation_export import export_annotation
from crossframe.synthetic import make_press

ROOT = Path(__file__).parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.model]


@pytest.fixture(scope="module")
def results(georgia: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results folder of the demo's command."""
    folder = tmp_path_factory.mktemp("results") / "georgia-2008"
    compare_to(georgia, folder, Options())
    return folder


@pytest.fixture(scope="module")
def demo(results: Path) -> Comparison:
    """Return the demo's comparison."""
    return read_comparison(results)


@pytest.fixture(scope="module")
def press() -> Comparison:
    """Return the comparison of sixteen invented events with a planted slant."""
    return compare(make_press(n_events=16, slant=0.5, seed=1).corpus)


def test_all_tables(results: Path, demo: Comparison) -> None:
    """Every table of the design is there with its columns, in their order, sorted, floats with four decimals."""
    assert sorted(path.stem for path in (results / "tables").iterdir()) == sorted(TABLES)
    for name, columns in TABLES.items():
        raw = pd.read_csv(results / "tables" / f"{name}.csv", dtype=str, keep_default_na=False)
        assert tuple(raw.columns) == columns
        assert len(raw) == demo.run["rows"][name] > 0
        for column in SCORES & set(columns):
            assert raw[column].str.fullmatch(r"-?\d+\.\d{4}|").all(), (name, column)


def test_same_bytes_warm_and_cold(
    results: Path, georgia: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cold cache, a warm one and another order of the articles give the same bytes."""
    corpus = read_folder(georgia)
    turned = Corpus(
        corpus.name, tuple(reversed(corpus.articles)), corpus.actors, corpus.outlets, corpus.events,
        gold=corpus.gold, language=corpus.language, licence=corpus.licence, provenance=corpus.provenance,
    )  # fmt: skip
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    for number, given in enumerate((corpus, corpus, turned)):
        compare_to(given, tmp_path / str(number), Options())
        for name in TABLES:
            found = (tmp_path / str(number) / "tables" / f"{name}.csv").read_bytes()
            assert found == (results / "tables" / f"{name}.csv").read_bytes(), (number, name)


def test_jobs_change_nothing(tmp_path: Path) -> None:
    """Events compared side by side give the same bytes as one after another."""
    corpus = make_press(n_events=3, seed=2).corpus
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for jobs in (1, 2):
            compare_to(corpus, tmp_path / str(jobs), Options(jobs=jobs), draw=False)
    for name in TABLES:
        one, two = ((tmp_path / str(jobs) / "tables" / f"{name}.csv").read_bytes() for jobs in (1, 2))
        assert one == two, name


def test_committed_results_are_those_of_the_command(demo: Comparison) -> None:
    """The committed tables of the demo say what the command says now, up to the last decimal of another machine."""
    committed = read_comparison(ROOT / "results" / "georgia-2008")
    for name in TABLES:
        pd.testing.assert_frame_equal(
            committed.tables[name], demo.tables[name], atol=2e-3, rtol=2e-2, obj=name
        )
    for key in ("corpus_fingerprint", "configuration", "models", "rows", "events"):
        assert committed.run[key] == demo.run[key], key


def test_run_json_says_how_it_was_made(demo: Comparison) -> None:
    """run.json holds versions, fingerprints, models with hashes, configuration, seed, counts, seconds and notes."""
    run = demo.run
    assert set(run["models"]) == {"encoder", "aligner", "actors", "stance", "frames"}
    assert all(len(model["sha256"]) == 64 for model in run["models"].values())
    assert run["environment"]["packages"]["torch"]
    assert run["environment"]["threads"]
    assert len(run["configuration_sha256"]) == len(run["corpus_fingerprint"]) == 64
    assert run["articles_in"] == run["articles_compared"] == 5
    assert {"embeddings", "alignment", "stance"} <= set(run["seconds"])
    notes = " ".join(run["notes"])
    assert "nearly all persons" in notes
    assert "a copy is not an independent voice" in notes
    assert "case, not a sample" in notes
    assert "How often an outlet leaves out what all others tell: too little data." in notes
    assert "Nor is p_absent calibrated" not in notes


def test_offsets_of_every_table_point_at_their_text(demo: Comparison, georgia: Path) -> None:
    """What a table quotes stands in the article at the offsets it gives."""
    documents = {article.id: article.document for article in read_folder(georgia).articles}
    for name in ("sentences", "mentions", "quotes"):
        for row in demo.tables[name].itertuples():
            assert documents[row.article][row.start : row.end] == row.text, name
    sentences = demo.tables["sentences"].set_index(["article", "sentence"])
    for row in demo.tables["stance"].itertuples():
        place = sentences.loc[(row.article, row.sentence)]
        assert place.start <= row.start < row.end <= place.end


def test_tables_hang_together(demo: Comparison) -> None:
    """Claims, coverage, pairs and stance speak of the same sentences, actors and outlets."""
    tables = demo.tables
    keys = set(zip(tables["sentences"]["article"], tables["sentences"]["sentence"], strict=True))
    for side in ("left", "right"):
        pairs = tables["pairs"]
        assert set(zip(pairs[f"{side}_article"], pairs[f"{side}_sentence"], strict=True)) <= keys
    assert (tables["pairs"]["left_outlet"] < tables["pairs"]["right_outlet"]).all()
    covering = tables["claims"].groupby(["claim", "outlet"]).size()
    covered = tables["coverage"].set_index(["claim", "outlet"])
    assert (covered.loc[covering.index, "n_sentences"] == covering).all()
    assert covered["covered"].sum() == len(covering)
    assert (tables["claims"].groupby("claim")["representative"].sum() == 1).all()
    assert set(tables["mentions"]["actor"]) <= set(tables["actors"]["actor"])
    assert len(tables["stance"]) == len(tables["mentions"])
    total = tables["stance"][["p_negative", "p_neutral", "p_positive"]].sum(axis=1)
    assert (abs(total - 1) < 3e-4).all()


def test_one_event_is_described_not_tested(demo: Comparison) -> None:
    """With one event there is no p-value and no q-value anywhere, and every estimate names its method."""
    estimates = demo.tables["estimates"]
    assert estimates["p_value"].isna().all()
    assert estimates["q_value"].isna().all()
    assert demo.tables["wording"]["q_value"].isna().all()
    assert (estimates["method"] != "").all()
    known = estimates.dropna(subset=["low"])
    assert ((known["low"] <= known["estimate"]) & (known["estimate"] <= known["high"])).all()


def test_a_copy_is_flagged_everywhere(demo: Comparison) -> None:
    """The outlet that reprints another is named in the articles, and differences between the two are marked."""
    [copy] = demo.tables["articles"].query("copy_of != ''").itertuples()
    source = copy.copy_of.split("-")[0]
    rows = demo.tables["estimates"].query("quantity == 'stance_difference'")
    pair = rows[
        (rows["outlet"] + " " + rows["reference"]).map(
            lambda both: {copy.outlet, source} <= set(both.split())
        )
    ]
    assert copy.copied_share > 0.2
    if len(pair):
        assert pair["method"].str.endswith("copy: not independent").all()


def test_the_planted_difference_is_found_over_events(press: Comparison) -> None:
    """Over events the event is the unit: paired differences with p- and q-values, in the planted direction."""
    rows = press.tables["estimates"].query(
        "event == '' and quantity == 'stance_difference' and actor == 'ada-moor' and voice == 'author'"
    )
    first = rows[rows["outlet"] == "outlet-1"]
    assert len(first) == 2
    assert (first["estimate"] > 0.1).all()
    assert (first["n_events"] == 16).all()
    assert first["p_value"].notna().all()
    assert (first["q_value"] >= first["p_value"]).all()
    assert (first["p_value"] < 0.05).all()
    assert set(press.tables["estimates"].query("quantity == 'omission_rate'")["n_events"]) == {16}
    assert not any("How often an outlet leaves out" in note for note in press.run["notes"])
    single = press.tables["estimates"].query("event != ''")
    assert single["p_value"].isna().all()


def test_annotators_get_the_mentions_that_are_judged(demo: Comparison, georgia: Path, tmp_path: Path) -> None:
    """What `annotate export` writes are the mentions of declared actors that a comparison judges, voices included."""
    corpus = read_folder(georgia)
    export_annotation(corpus, tmp_path / "all.tsv")
    exported = pd.read_csv(tmp_path / "all.tsv", sep="\t", quoting=csv.QUOTE_NONE)
    stance = demo.tables["stance"]
    declared = stance[stance["actor"].isin([actor.id for actor in corpus.actors])]
    keys = ["article", "start", "end", "actor", "voice"]
    assert set(exported[keys].itertuples(False, None)) == set(declared[keys].itertuples(False, None))


def test_labels_of_a_sample_correct_the_classifier() -> None:
    """With a sample of the planted stance as labels, estimates over events stand corrected beside the uncorrected."""
    corpus = make_press(n_events=12, n_outlets=2, n_claims=14, slant=0.5, seed=7).corpus
    stance = corpus.gold["stance"]
    assert isinstance(stance, Annotation)
    strata = list(zip(stance.units.article, stance.units.actor, stance.units.voice, strict=True))
    drawn = draw_stratified(strata, len(stance) // 2, np.random.default_rng(0))
    labels = replace(stance, probability=drawn.probability).select(drawn.chosen)
    sampled = replace(corpus, gold=corpus.gold | {"stance": labels})
    found = compare(sampled, encoder="tfidf", stance_model="stance-lexicon")
    rows = found.tables["estimates"].query(
        "event == '' and quantity == 'stance_difference_corrected' and actor == 'ada-moor' and voice == 'author'"
    )
    [row] = rows.itertuples()
    assert row.low <= 0.5 <= row.high
    assert row.n_events == 12
    assert "prediction-powered" in row.method
    assert 0 < row.p_value <= row.q_value <= 1
    plain = compare(replace(corpus, gold={}), encoder="tfidf", stance_model="stance-lexicon")
    without = plain.tables["estimates"]
    uncorrected = found.tables["estimates"][~found.tables["estimates"]["quantity"].str.endswith("_corrected")]
    pd.testing.assert_frame_equal(uncorrected.reset_index(drop=True), without)
    assert any(note.startswith("Labels of the study itself: ") for note in found.run["notes"])
    assert found.run["labels"]["stance"] == len(labels)
    assert plain.run["labels"] == {}
    assert "  corrected" in found.summary()
    assert "  corrected" not in plain.summary()


def test_edited_actors_are_applied(small: Path, tmp_path: Path) -> None:
    """An edited table of actors is used instead of the own finding."""
    corpus = read_folder(small)
    first = compare_to(
        corpus, tmp_path / "a", Options(encoder="tfidf", stance_model="stance-lexicon"), draw=False
    )
    table = first.tables["actors"]
    table.loc[table["actor"] == "mayor", "name"] = "Mayor Bell"
    table.to_csv(tmp_path / "actors.csv", index=False)
    options = Options(encoder="tfidf", stance_model="stance-lexicon", actors=str(tmp_path / "actors.csv"))
    again = compare_to(corpus, tmp_path / "b", options, draw=False)
    assert "Mayor Bell" in set(again.tables["actors"]["name"])


def test_unsure_mentions_are_left_out() -> None:
    """Below the minimum confidence, mentions stay in the table, marked, and leave the estimates; the notes count them."""
    corpus = make_press(n_events=2, seed=3).corpus
    found = compare(corpus, encoder="tfidf", min_confidence=0.7)
    stance = found.tables["stance"]
    sure = stance[["p_negative", "p_neutral", "p_positive"]].max(axis=1) >= 0.7
    assert 0 < sure.sum() < len(sure)
    assert (stance["certain"] == sure.astype(int)).all()
    estimates = found.tables["estimates"]
    means = estimates[(estimates["quantity"] == "stance") & (estimates["voice"] == "author")]
    means = means[means["event"] != ""]
    for row in means.itertuples():
        own = stance[sure & (stance["outlet"] == row.outlet) & (stance["actor"] == row.actor)]
        own = own[own["event"] == row.event]
        assert row.estimate == pytest.approx(own[own["voice"] == "author"]["score"].mean(), abs=1e-4)
    assert any(f"{(~sure).sum()} of {len(sure)} mentions" in note for note in found.run["notes"])
    with pytest.raises(InputError, match=r"Invalid min_confidence 1\.5"):
        compare(corpus, min_confidence=1.5)


def test_one_event_of_several(tmp_path: Path) -> None:
    """A unique beginning of an event's id chooses it; run.json says what was left out."""
    corpus = make_press(n_events=3, seed=3).corpus
    chosen = compare(corpus, event="event-002")
    assert set(chosen.tables["articles"]["event"]) == {"event-002"}
    assert chosen.run["articles_compared"] == 3
    assert "event-002" in chosen.run["excluded"]
    with pytest.raises(UnknownNameError, match="beginning of several"):
        compare(corpus, event="event-0")


def test_results_are_put_in_place_at_the_end(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure in the last step leaves earlier results whole and nothing half made beside them."""
    from crossframe.studies.compare import results as writing

    options = Options(encoder="tfidf", stance_model="stance-lexicon")
    compare_to(read_folder(small), tmp_path / "out", options)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}

    def failing(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(writing, "draw_page", failing)
    with pytest.raises(RuntimeError, match="gone"):
        compare_to(read_folder(small), tmp_path / "out", options)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small"]


def test_an_outlet_with_two_articles(small: Path, tmp_path: Path) -> None:
    """Two articles of one outlet on one event are its coverage together."""
    from dataclasses import replace

    corpus = read_folder(small)
    more = replace(
        corpus.articles[0], id="gazette-2", title="More", text="Anna Bell thanked the brave crews."
    )
    path = small / "articles" / "bridge" / "gazette-2.md"
    path.write_text(article_file(more), encoding="utf-8")
    found = compare(read_folder(small), encoder="tfidf", stance_model="stance-lexicon")
    assert found.tables["outlets"].set_index("outlet").loc["gazette", "n_articles"] == 2
    rows = found.tables["estimates"].query(
        "quantity == 'stance' and outlet == 'gazette' and voice == 'author'"
    )
    assert rows["n_articles"].max() == 2


def test_render_draws_again_from_tables(results: Path, tmp_path: Path) -> None:
    """`report` needs tables and run.json only, and says what is missing."""
    folder = tmp_path / "study"
    shutil.copytree(results, folder)
    shutil.rmtree(folder / "figures")
    (folder / "report.html").unlink()
    render(folder)
    assert (folder / "report.html").read_bytes() == (results / "report.html").read_bytes()
    assert sorted(path.name for path in (folder / "figures").iterdir()) == [
        "claims.png", "framing.png", "stance.png", "voices.png", "wording.png",
    ]  # fmt: skip
    (folder / "tables" / "claims.csv").unlink()
    with pytest.raises(InputError, match=r"Missing table .*claims\.csv"):
        render(folder)
    (folder / "run.json").unlink()
    with pytest.raises(InputError, match=r"must hold run\.json"):
        render(folder)


def test_another_encoder_than_the_aligner_knows(small: Path) -> None:
    """An aligner used with another encoder than its own says that its probabilities are not calibrated."""
    with pytest.warns(CrossframeWarning, match="not calibrated"):
        found = compare(
            read_folder(small), encoder="tfidf", aligner="aligner-news", stance_model="stance-lexicon"
        )
    assert any("not calibrated" in note for note in found.run["notes"])


def test_a_peer_is_not_calibrated_for_absence(small: Path) -> None:
    """A way of the literature to align brings no curve: page and run.json say what p_absent is worth then."""
    found = compare(read_folder(small), encoder="tfidf", aligner="tfidf", stance_model="stance-lexicon")
    assert any("Nor is p_absent calibrated" in note for note in found.run["notes"])


def test_summary_is_what_make_demo_prints(demo: Comparison) -> None:
    """The summary gives stance by outlet and actor in both voices, contrasting claims with sentences, and notes."""
    shown = demo.summary()
    assert "Stance in the outlet's own words" in shown
    assert "Stance in quoted words" in shown
    assert "the classifier's uncertainty; no significance test" in shown
    assert "Most contrasting claims" in shown
    assert json.dumps(demo.run["notes"][0])[1:20] in shown


@pytest.mark.mirror
def test_a_public_event(mirror: Path, tmp_path: Path) -> None:
    """An event of BASIL is compared whole: three outlets, every table, pairs that a reader would align."""
    from crossframe.reading.public.corpora import read_corpus

    found = compare_to(read_corpus("basil"), tmp_path / "basil", Options(event="542cd22c"))
    assert set(found.tables["outlets"]["outlet"]) == {"fox", "hpo", "nyt"}
    assert all(len(found.tables[name]) for name in TABLES)
    assert (found.tables["pairs"]["probability"] > 0.5).sum() > 5
    assert found.run["articles_compared"] == 3
    assert found.run["articles_in"] == 300


def test_only_some_actors(demo: Comparison, georgia: Path) -> None:
    """Only the chosen actors are judged; their rows, and all that is no actor's, are those of the whole study."""
    found = compare(georgia, only_actors=["russia", "nato"])
    some = ["russia", "nato"]
    for name in ("mentions", "stance"):
        whole = demo.tables[name]
        pd.testing.assert_frame_equal(
            found.tables[name], whole[whole["actor"].isin(some)].reset_index(drop=True), atol=1e-3
        )
    for name in ("actors", "quotes", "pairs", "claims", "frames", "wording", "sentences"):
        pd.testing.assert_frame_equal(found.tables[name], demo.tables[name])
    estimates, whole = found.tables["estimates"], demo.tables["estimates"]
    keys = ["quantity", "outlet", "reference", "actor", "voice", "claim", "frame"]
    expected = whole[whole["actor"].isin([*some, ""])]
    assert set(estimates[keys].itertuples(False, None)) == set(expected[keys].itertuples(False, None))
    both = estimates.merge(expected, on=keys)
    assert both["estimate_x"].to_numpy() == pytest.approx(
        both["estimate_y"].to_numpy(), abs=1e-3, nan_ok=True
    )
    assert found.run["labels"]["portrayal"] < demo.run["labels"]["portrayal"]
    assert any("these alone were judged, as chosen: russia, nato." in note for note in found.run["notes"])
    assert set(found.evidence().table["actor"]) <= {*some, ""}


def test_an_actor_that_was_not_found(small: Path) -> None:
    """An id that only finding the actors can refuse is one line, with the nearest that was found."""
    with pytest.raises(
        UnknownNameError, match=r"Unknown actor 'anna' in only_actors\. Of \d+ found: .*mayor"
    ):
        compare(small, encoder="tfidf", stance_model="stance-lexicon", only_actors=["anna"])


def test_save_writes_what_the_command_writes(small: Path, tmp_path: Path) -> None:
    """A comparison in memory is written as the command writes it, over an earlier one too, and its page alone."""
    compare_to(small, tmp_path / "command", Options(encoder="tfidf", stance_model="stance-lexicon"))
    found = compare(small, encoder="tfidf", stance_model="stance-lexicon")
    for _ in range(2):
        assert found.save(str(tmp_path / "saved")) == tmp_path / "saved"
    saved = read_comparison(tmp_path / "saved")
    assert saved.run["configuration"] == found.run["configuration"]
    names = [
        path.relative_to(tmp_path / "command") for path in (tmp_path / "command").rglob("*") if path.is_file()
    ]
    assert {path.suffix for path in names} == {".csv", ".png", ".html", ".json"}
    for name in names:
        if name.suffix in (".csv", ".png"):
            assert (tmp_path / "saved" / name).read_bytes() == (tmp_path / "command" / name).read_bytes(), (
                name
            )
    page = found.to_html(tmp_path / "page" / "mine.html")
    assert page.read_bytes() == (tmp_path / "saved" / "report.html").read_bytes()
    assert sorted(path.name for path in (tmp_path / "page").iterdir()) == ["mine.html"]
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="files that no comparison wrote"):
        found.save(tmp_path / "home")
    with pytest.raises(InputError, match=r"Invalid results folder 3\. It must be a path"):
        found.save(3)  # type: ignore[arg-type]
