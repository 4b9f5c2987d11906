"""Compare: all tables with their columns, the same bytes every time, results swapped in whole or not at all."""

import csv
import json
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.targets import StanceItem
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import CONFLICTS, Actor, Annotation, Article, Corpus, Outlet
from crossframe.showing.tables.schema import SCORES, TABLES
from crossframe.statistics.sampling import draw_stratified
from crossframe.studies.compare.comparison import Comparison, read_comparison
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.results import render
from crossframe.studies.compare.study import compare, compare_to
from crossframe.studies.prepare.annotation_export import export_annotation
from crossframe.synthetic import make_press, read_prose

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
        assert len(raw) == demo.run["rows"][name]
        assert len(raw) or name == "suggested_merges"
        for column in SCORES & set(columns):
            assert raw[column].str.fullmatch(r"-?\d+\.\d{4}|").all(), (name, column)


def test_differences_lie_in_aligned_pairs(demo: Comparison) -> None:
    """Every difference is of an aligned pair and quotes both documents; its kinds decide which pairs are conflicts."""
    differences, pairs = demo.tables["differences"], demo.tables["pairs"]
    sides = [f"{side}_{column}" for side in ("left", "right") for column in ("article", "sentence")]
    found = differences.merge(pairs, on=sides)
    assert len(found) == len(differences) > 0
    assert "none" not in set(found["relation"])
    conflicts = differences[differences["kind"].isin(CONFLICTS)][sides].drop_duplicates()
    assert len(conflicts) == (pairs["relation"] == "conflict").sum()
    documents = {
        article.id: article.document for article in read_folder(ROOT / "corpora" / "georgia-2008").articles
    }
    for side in ("left", "right"):
        columns = [differences[f"{side}_{name}"] for name in ("article", "start", "end", "text")]
        for article, start, end, text in zip(*columns, strict=True):
            assert documents[article][start:end] == text


def test_a_conflict_is_told_in_the_tables() -> None:
    """Sentences that give one toll differently are a conflict in one claim, with the two figures."""
    texts = (
        "At least 12 people were killed when a bomb went off in a market.",
        "A bomb in a market killed 40 people.",
    )
    articles = [Article(f"a{n}", "e", f"o{n}", "", text) for n, text in enumerate(texts)]
    comparison = compare(Corpus("toll", tuple(articles)))
    assert comparison.tables["pairs"]["relation"].tolist() == ["conflict"]
    [row] = comparison.differences(kind="number")
    assert (row.claim, row.left_text, row.right_text) == ("c01", "At least 12", "40")
    assert "“At least 12” in: At least 12 people" in comparison.summary()


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
    assert set(run["models"]) == {"encoder", "aligner", "actors", "quotes", "stance", "frames"}
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
    told = {}
    for row in demo.tables["claims"].itertuples():
        place = sentences.loc[(row.article, row.sentence)]
        assert place.start <= row.start < row.end <= place.end
        if row.representative:
            told[row.claim] = (
                row.start,
                row.end,
                " ".join(documents[row.article][row.start : row.end].split()),
            )
    for row in demo.tables["coverage"].itertuples():
        assert (row.start, row.end, row.label) == told[row.claim]


def test_tables_hang_together(demo: Comparison) -> None:
    """Claims, coverage, pairs, portrayal and stance speak of the same sentences, actors and outlets."""
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
    scored = tables["mentions"][tables["mentions"]["actor"] != "gori"]
    authors = tables["stance"][tables["stance"]["voice"] == "author"]
    assert len(authors) == len(scored) < len(tables["stance"])
    place = ["article", "sentence", "actor"]
    assert set(tables["portrayal"][place].itertuples(False, None)) == set(
        scored[place].itertuples(False, None)
    )
    assert not tables["portrayal"].duplicated([*place, "speaker"]).any()
    assert set(tables["portrayal"]["speaker"]) == {"outlet", "quoted"}
    for name in ("portrayal", "stance"):
        total = tables[name][["p_negative", "p_neutral", "p_positive"]].sum(axis=1)
        assert (abs(total - 1) < 3e-4).all()


def test_a_portrayal_is_the_mean_of_its_mentions(georgia: Path) -> None:
    """Models judge mentions: those of a sentence in the same kind of words are one portrayal."""
    found = compare(
        read_folder(georgia), encoder="tfidf", aligner="aligner-lexical", stance_model="stance-lexicon"
    )
    stance = found.tables["stance"].copy()
    stance["speaker"] = stance["voice"].map(lambda voice: "outlet" if voice == "author" else "quoted")
    key = ["article", "sentence", "actor", "speaker"]
    means = stance.groupby(key)["p_negative"].mean()
    portrayal = found.tables["portrayal"].set_index(key)["p_negative"]
    assert len(portrayal) == len(means) < len(stance)
    assert (portrayal - means).abs().max() <= 1e-4


def test_no_mean_of_fewer_than_three_sentences(demo: Comparison) -> None:
    """Wherever a mean, a tone or a product stands, three sentences or more were judged, also on both sides of a difference."""
    estimates, portrayal = demo.tables["estimates"], demo.tables["portrayal"]
    size = portrayal.groupby(["outlet", "actor", "speaker"]).size()
    both = portrayal.drop_duplicates(["article", "sentence", "actor"]).groupby(["outlet", "actor"]).size()
    sizes = {**size.to_dict(), **{(*key, ""): n for key, n in both.items()}}
    means = estimates[estimates["quantity"].isin(["portrayal", "tone", "framing"])]
    assert set(means["quantity"]) == {"portrayal", "tone", "framing"}
    for row in means.itertuples():
        n = sizes.get((row.outlet, row.actor, row.voice), 0)
        assert (row.estimate == row.estimate) == (n >= 3 or (n == 0 and row.quantity == "framing")), row
    gaps = estimates[
        estimates["quantity"].isin(
            ["portrayal_difference", "framing_difference", "portrayal_difference_in_claims"]
        )
    ]
    assert len(gaps) > 20
    for row in gaps.itertuples():
        assert min(sizes[side, row.actor, row.voice] for side in (row.outlet, row.reference)) >= 3


def test_numbers_of_framing_multiply(demo: Comparison) -> None:
    """Length x prominence x tone is the product, for every outlet and actor that has one."""
    estimates = demo.tables["estimates"]
    table = estimates[estimates["quantity"].isin(["prominence", "tone", "framing"])]
    table = table.pivot_table(index=["outlet", "actor"], columns="quantity", values="estimate").dropna()
    length = estimates[estimates["quantity"] == "length"].set_index("outlet")["estimate"]
    product = table["prominence"] * table["tone"] * table.index.get_level_values("outlet").map(length)
    assert len(table) > 5
    assert (product - table["framing"]).abs().max() < 5e-3


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
    rows = demo.tables["estimates"].query("quantity == 'portrayal_difference'")
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
        "event == '' and quantity == 'portrayal_difference' and actor == 'ada-moor' and voice == 'outlet'"
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
    """What `annotate export` writes are the portrayals of declared actors that a comparison judges, each by a mention."""
    corpus = read_folder(georgia)
    export_annotation(corpus, tmp_path / "all.tsv")
    exported = pd.read_csv(tmp_path / "all.tsv", sep="\t", quoting=csv.QUOTE_NONE)
    exported["speaker"] = exported["voice"].map(lambda voice: "outlet" if voice == "author" else "quoted")
    portrayal = demo.tables["portrayal"]
    declared = portrayal[portrayal["actor"].isin([actor.id for actor in corpus.actors])]
    keys = ["article", "sentence", "actor", "speaker"]
    assert sorted(exported[keys].itertuples(False, None)) == sorted(declared[keys].itertuples(False, None))
    stance, spans = demo.tables["stance"], ["article", "start", "end", "actor"]
    assert set(exported[spans].itertuples(False, None)) <= set(stance[spans].itertuples(False, None))


def test_labels_of_a_sample_correct_the_classifier() -> None:
    """With a sample of the planted portrayals as labels, estimates over events stand corrected beside the uncorrected."""
    corpus = make_press(n_events=12, n_outlets=2, n_claims=14, slant=0.5, seed=7).corpus
    portrayal = corpus.gold["portrayal"]
    assert isinstance(portrayal, Annotation)
    strata = list(zip(portrayal.units.article, portrayal.units.actor, portrayal.units.voice, strict=True))
    drawn = draw_stratified(strata, len(portrayal) // 2, np.random.default_rng(0))
    labels = replace(portrayal, probability=drawn.probability).select(drawn.chosen)
    sampled = replace(corpus, gold={"stance": labels})
    found = compare(sampled, encoder="tfidf", stance_model="stance-lexicon")
    rows = found.tables["estimates"].query(
        "event == '' and quantity == 'portrayal_difference_corrected' and actor == 'ada-moor' and voice == 'outlet'"
    )
    [row] = rows.itertuples()
    assert row.low <= 0.5 <= row.high
    assert row.n_events == 12
    assert "prediction-powered" in row.method
    assert 0 < row.p_value <= row.q_value <= 1
    plain = compare(replace(corpus, gold={}), encoder="tfidf", stance_model="stance-lexicon")
    without = plain.tables["estimates"]
    of_labels = found.tables["estimates"]["quantity"].str.endswith(("_corrected", "_minus_labels"))
    uncorrected = found.tables["estimates"][~of_labels]
    pd.testing.assert_frame_equal(uncorrected.reset_index(drop=True), without)
    assert any(note.startswith("Labels of the study itself, portrayal: ") for note in found.run["notes"])
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
    """Below the minimum confidence, portrayals stay in the table, marked, and leave the estimates; the notes count them."""
    corpus = make_press(n_events=2, seed=3).corpus
    found = compare(corpus, encoder="tfidf", min_confidence=0.7)
    portrayal = found.tables["portrayal"]
    sure = portrayal[["p_negative", "p_neutral", "p_positive"]].max(axis=1) >= 0.7
    assert 0 < sure.sum() < len(sure)
    assert (portrayal["certain"] == sure.astype(int)).all()
    estimates = found.tables["estimates"]
    means = estimates[(estimates["quantity"] == "portrayal") & (estimates["voice"] == "outlet")]
    for row in means[means["estimate"].notna()].itertuples():
        own = portrayal[sure & (portrayal["outlet"] == row.outlet) & (portrayal["actor"] == row.actor)]
        own = own[own["speaker"] == "outlet"]
        if row.event:
            mean = own[own["event"] == row.event]["score"].mean()
        else:
            mean = own.groupby("event")["score"].mean().mean()
        assert row.estimate == pytest.approx(mean, abs=1e-4)
    assert any(f"{(~sure).sum()} of {len(sure)} portrayals" in note for note in found.run["notes"])
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
    corpus = read_folder(small)
    more = replace(
        corpus.articles[0], id="gazette-2", title="More", text="Anna Bell thanked the brave crews."
    )
    path = small / "articles" / "bridge" / "gazette-2.md"
    path.write_text(article_file(more), encoding="utf-8")
    found = compare(read_folder(small), encoder="tfidf", stance_model="stance-lexicon")
    assert found.tables["outlets"].set_index("outlet").loc["gazette", "n_articles"] == 2
    rows = found.tables["estimates"].query(
        "quantity == 'portrayal' and outlet == 'gazette' and voice == 'outlet'"
    )
    assert rows["n_articles"].max() == 2


def test_what_there_is_to_compare(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown before an event is compared; table, notes and run.json have the update, the misfit and who is absent."""
    from crossframe.studies.compare import study

    corpus = read_folder(small)
    first, *others = corpus.articles
    again = replace(first, id="later", text=f"{first.text} The town celebrated all night.")
    cake = replace(
        first, id="cake", outlet="chef", title="Ten cakes", text="Beat eggs with sugar until pale."
    )
    outlets = (*corpus.outlets, Outlet("chef"), Outlet("lighthouse"))
    corpus = replace(corpus, articles=(first, *others, again, cake), outlets=outlets)
    steps: list[str] = []
    compare_event = study.compare_event
    monkeypatch.setattr(study, "compare_event", lambda *given: steps.append("event") or compare_event(*given))
    options = Options(encoder="tfidf", stance_model="stance-lexicon")
    found = compare_to(corpus, tmp_path / "out", options, draw=False, show=steps.append)
    assert steps[1:] == ["event"]
    assert f"{len(corpus)} articles, 1 event" in steps[0]
    assert "1 doubtful, 0 copied, 1 updated, 0 partial; no article in 1 of" in steps[0]
    table = found.tables["articles"].set_index("article")
    assert table.loc["later", "version_of"] == first.id
    assert table["misfit"].to_dict() == dict.fromkeys(table.index, "") | {"cake": "far from its event"}
    assert found.run["outlets_without_articles"] == ["lighthouse"]
    notes = " ".join(found.run["notes"])
    assert f"later is a later version of {first.id}, of the same outlet: the later counts." in notes
    assert "1 article may not belong to the event of the others: cake (far from its event)." in notes


def test_run_json_has_what_training_measured(small: Path) -> None:
    """On invented sentences, and of calibration; a model that measured nothing leaves both empty."""
    model = LexiconStance()
    found = compare(read_folder(small), encoder="tfidf", stance_model=model)
    assert found.run["stress"] == found.run["stance_calibration"] == {}
    measured = {"roles.all.follow_share": 0.5, "roles.all.n": 140}
    calibration = {"newsmtsc rw": {"ece": 0.02, "classwise_ece": 0.03, "bias_person": -0.01}}
    model.log_ = {
        "stress": {"invented sentences": measured, "newsmtsc rw": {"swap_n": 3}},
        "calibration": calibration,
    }
    found = compare(read_folder(small), encoder="tfidf", stance_model=model)
    assert found.run["stress"] == measured
    assert found.run["stance_calibration"] == calibration


def test_render_draws_again_from_tables(results: Path, tmp_path: Path) -> None:
    """`report` needs tables and run.json only, and says what is missing."""
    folder = tmp_path / "study"
    shutil.copytree(results, folder)
    shutil.rmtree(folder / "figures")
    (folder / "report.html").unlink()
    render(folder)
    assert (folder / "report.html").read_bytes() == (results / "report.html").read_bytes()
    assert sorted(path.name for path in (folder / "figures").iterdir()) == [
        "claims.png", "framing.png", "portrayal.png", "voices.png", "wording.png",
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
    """The summary gives portrayal by outlet and actor in own and quoted words, contrasting claims with sentences, and notes."""
    shown = demo.summary()
    assert "Portrayal in the outlet's own words" in shown
    assert "Portrayal in quoted words" in shown
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
    for name in ("mentions", "portrayal", "stance"):
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


PRIVATE = {
    "gazette": "Mayor Anna Bell thanked Tom Reed, a nurse. Reed smiled. Jane Poe, the fire chief, praised the brave Reed. "
    "Poe left. The corrupt Lee Roe, 15, fled, police said. Roe hid.",
    "herald": "Tom Reed, a brave nurse, helped. Reed left. Chief Jane Poe waited. Lee Roe ran. Roe fell. Bell came.",
}


@pytest.fixture
def town(small: Path) -> Corpus:
    """Return a corpus with a declared mayor, and of discovered persons a fire chief, a nurse and a minor."""
    corpus = read_folder(small)
    articles = tuple(replace(one, text=PRIVATE[one.outlet], title="") for one in corpus.articles)
    return replace(corpus, articles=articles)


LIGHT = {
    "encoder": "tfidf",
    "aligner": "aligner-lexical",
    "actor_model": "rules",
    "stance_model": "stance-lexicon",
}


def test_private_persons_are_shown_not_scored(town: Corpus) -> None:
    """They are actors with mentions, have no score in any table, and a note names them; `score="all"` scores them."""
    found = compare(town, **LIGHT)
    actors = set(found.tables["actors"]["actor"])
    assert {"mayor", "jane-poe", "tom-reed", "lee-roe"} <= actors
    assert {"tom-reed", "lee-roe"} <= set(found.tables["mentions"]["actor"])
    for name in ("portrayal", "stance", "estimates"):
        scored = set(found.tables[name]["actor"]) - {""}
        assert {"mayor", "jane-poe"} <= scored
        assert not scored & {"tom-reed", "lee-roe"}, name
    [note] = [note for note in found.run["notes"] if "shown, not scored" in note]
    assert "tom-reed" in note
    assert "lee-roe" in note
    assert "not scored" in found.claims()._repr_html_() or "tom-reed: not scored" in _page(found)
    everybody = compare(town, **LIGHT, score="all")
    assert {"tom-reed", "lee-roe"} <= set(everybody.tables["portrayal"]["actor"])
    assert not any("not scored" in note for note in everybody.run["notes"])
    both = everybody.tables["portrayal"]
    pd.testing.assert_frame_equal(
        both[~both["actor"].isin(["tom-reed", "lee-roe"])].reset_index(drop=True), found.tables["portrayal"]
    )
    assert everybody.run["configuration"]["score"] == "all"
    assert everybody.run["configuration_sha256"] != found.run["configuration_sha256"]


def _page(comparison: Comparison) -> str:
    from crossframe.showing.html.page import render_page

    return render_page(comparison.tables, comparison.run, {})


def test_a_private_person_can_be_declared(town: Corpus, tmp_path: Path) -> None:
    """By 1 under declared in an edited table of actors, or in the corpus; naming one in only_actors is not enough."""
    table = compare(town, **LIGHT).tables["actors"]
    table.loc[table["actor"] == "tom-reed", "declared"] = 1
    table.to_csv(tmp_path / "actors.csv", index=False)
    edited = compare(town, **LIGHT, actors=tmp_path / "actors.csv")
    assert "tom-reed" in set(edited.tables["portrayal"]["actor"])
    assert "lee-roe" not in set(edited.tables["portrayal"]["actor"])
    declared = replace(town, actors=(*town.actors, Actor("roe", "Lee Roe", ("Roe",), "person")))
    assert "roe" in set(compare(declared, **LIGHT).tables["portrayal"]["actor"])
    only = compare(town, **LIGHT, only_actors=["tom-reed"])
    assert len(only.tables["portrayal"]) == 0
    assert len(only.tables["mentions"]) > 0
    assert any("1 actor shown, not scored: tom-reed" in note for note in only.run["notes"])


def test_articles_that_name_nobody(small: Path) -> None:
    """A comparison without a mention, and one whose only actors are private, have tables, figures and a page."""
    corpus = replace(read_folder(small), actors=())
    for text in ("It rained. The road was wet.", "Tom Reed, a nurse, fell. Tom Reed got up. Reed left."):
        articles = tuple(replace(one, title="", text=text) for one in corpus.articles)
        found = compare(replace(corpus, articles=articles), **LIGHT)
        assert len(found.tables["portrayal"]) == len(found.tables["stance"]) == 0
        assert _page(found)
        assert found.summary()
        assert len(found.evidence()) == len(found.tables["sentences"])
        assert found.claims()._repr_html_()


class Partisan:
    """Reads holders: the first outlet's own words are as planted, everybody quoted opposes, authors take no side."""

    name, construct = "partisan", "both"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return what the adjective before the target says; of a holder who is not the author, against."""
        prose = read_prose()
        rows = []
        for item in items:
            before = item.text[: item.start].split()[-1:] or [""]
            label = 0 if before[0] in prose["blame"] else 2 if before[0] in prose["praise"] else 1
            if item.holder is not None:
                label = 1 if item.holder == "author" else 0
            rows.append(np.eye(3)[label])
        return np.array(rows)

    def predict_manners(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return wording for every item."""
        return np.tile(np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 0.0]]), (len(items), 1, 1))


def test_planted_portrayals_are_recovered() -> None:
    """A model that reads what was planted gives the planted tables, and over events the planted slant in own words alone."""
    press = make_press(n_events=24, n_outlets=2, n_claims=12, slant=0.4, seed=5)
    found = compare(
        press.corpus,
        encoder="tfidf",
        aligner="aligner-lexical",
        actor_model="rules",
        stance_model=Partisan(),
    )
    planted = press.corpus.gold["portrayal"]
    assert isinstance(planted, Annotation)
    truth = {
        (
            unit["article"],
            unit["sentence"],
            unit["actor"],
            "outlet" if unit["voice"] == "author" else "quoted",
        ): score
        for unit, score in zip(planted.units.rows(), planted.score.tolist(), strict=True)
    }
    table = found.tables["portrayal"]
    table = table[table["actor"].isin([actor.id for actor in press.corpus.actors])]  # not the groups found
    rows = {(row.article, row.sentence, row.actor, row.speaker): row.score for row in table.itertuples()}
    assert {key: rows.get(key) for key in truth} == truth
    assert len(rows) - len(truth) < 0.02 * len(truth)  # pronouns in the asides
    assert set(table["basis"]) == {"wording", "none"}
    assert ((table["basis"] == "none") == (table["score"] == 0)).all()
    estimates = found.tables["estimates"].query("event == '' and actor == 'ada-moor'")
    by_voice = estimates[estimates["quantity"] == "portrayal_difference"].set_index("voice")
    own, quoted = by_voice.loc["outlet"], by_voice.loc["quoted"]
    assert own["low"] <= 0.4 <= own["high"]
    assert own["p_value"] < 0.01
    assert quoted["low"] <= 0.0 <= quoted["high"]
    own_rows = table[(table["actor"] == "ada-moor") & (table["speaker"] == "outlet")]
    means = own_rows.pivot_table(index="event", columns="outlet", values="score").dropna()
    assert own["estimate"] == pytest.approx((means["outlet-1"] - means["outlet-2"]).mean(), abs=1e-4)
    assert own["n_events"] == len(means)


def test_stances_are_of_holders() -> None:
    """Authors have a row for every mention, others where they take a side; the model's note is gone."""
    press = make_press(n_events=3, n_outlets=2, n_claims=12, seed=6)
    found = compare(
        press.corpus,
        encoder="tfidf",
        aligner="aligner-lexical",
        actor_model="rules",
        stance_model=Partisan(),
    )
    stance, mentions = found.tables["stance"], found.tables["mentions"]
    scored = found.tables["actors"].query("declared == 1 or kind == 'group'")
    mentions = mentions.merge(scored[["event", "actor"]], on=["event", "actor"])
    authors, others = stance[stance["voice"] == "author"], stance[stance["voice"] != "author"]
    key = ["article", "start", "end", "actor"]
    assert sorted(authors[key].itertuples(False, None)) == sorted(mentions[key].itertuples(False, None))
    assert (authors["score"] == 0).all()
    assert (others["score"] == -1).all()
    present = {(row.article, row.sentence, row.actor) for row in found.tables["mentions"].itertuples()}
    for row in others.itertuples():
        assert row.voice != row.actor
        assert (row.article, row.sentence, row.voice) in present
    means = found.tables["estimates"].query("quantity == 'stance' and estimate == estimate")
    assert set(means[means["voice"] == "author"]["estimate"]) == {0.0}
    assert set(means[means["voice"] == "quoted"]["estimate"]) == {-1.0}
    assert not any("the table stance repeats" in note for note in found.run["notes"])


def test_recalibration_adds_and_changes_nothing() -> None:
    """A model that sees blame everywhere is recalibrated to the study's labels, beside all that is there without; a note says what it did."""

    class Grim(Partisan):
        def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
            return 0.4 * super().predict_proba(items) + np.array([0.4, 0.1, 0.1])

    press = make_press(n_events=6, n_outlets=2, n_claims=12, seed=6)
    light = {
        "encoder": "tfidf",
        "aligner": "aligner-lexical",
        "actor_model": "rules",
        "stance_model": Grim(),
    }
    plain, found = (compare(press.corpus, **light, recalibrate=asked) for asked in (False, True))
    made = found.tables["estimates"]["quantity"].str.contains("recalibrated")
    for name in TABLES:
        rest = found.tables[name][~made] if name == "estimates" else found.tables[name]
        pd.testing.assert_frame_equal(rest.reset_index(drop=True), plain.tables[name], obj=name)
    estimates = found.tables["estimates"].set_index(
        ["quantity", "event", "outlet", "reference", "actor", "voice"]
    )
    planted = press.corpus.gold["portrayal"]
    assert isinstance(planted, Annotation)
    for outlet in ("outlet-1", "outlet-2"):
        keys = ["", outlet, "", "ada-moor", "outlet"]
        shown, fitted, gap = (
            float(estimates.loc[(quantity, *keys), "estimate"])
            for quantity in ("portrayal", "portrayal_recalibrated", "portrayal_minus_labels")
        )
        assert abs(fitted - (shown - gap)) < 0.3 * abs(gap)
    assert set(found.tables["estimates"][made]["event"]) == {"", *found.run["events"]}
    notes = [note for note in found.run["notes"] if "ecalibrated" in note]
    assert [note.split(",")[0] for note in notes] == ["Recalibrated", "Not recalibrated"]
    assert "It helps: the log loss" in notes[0]
    assert notes[1].startswith("Not recalibrated, stance: 0 of ")
    assert not any("ecalibrated" in note for note in plain.run["notes"])
    assert found.run["configuration"]["recalibrate"] is True
    assert found.run["configuration_sha256"] != plain.run["configuration_sha256"]


@pytest.mark.parametrize("construct", ["portrayal", "stance"])
def test_a_model_of_one_question_says_so(construct: str) -> None:
    """One that reads no holders repeats itself in the table of stance, one of stance alone portrays nobody; notes say so."""
    model = Partisan()
    model.construct = construct
    corpus = make_press(n_events=2, n_outlets=2, n_claims=12, seed=6).corpus
    found = compare(
        corpus, encoder="tfidf", aligner="aligner-lexical", actor_model="rules", stance_model=model
    )
    n_portrayals, notes = len(found.tables["portrayal"]), " ".join(found.run["notes"])
    assert (n_portrayals > 0) == (construct == "portrayal")
    assert ("the table stance repeats" in notes) == (construct == "portrayal")
    assert ("the table portrayal is empty" in notes) == (construct == "stance")
    assert len(found.tables["stance"])
    assert _page(found)
    assert found.summary()


@pytest.mark.slow
def test_intervals_of_one_event_cover() -> None:
    """Of outlets whose own words are drawn from known chances, most intervals of a single event hold the true mean."""
    held = []
    for seed in range(12):
        press = make_press(n_events=3, n_outlets=2, n_claims=40, omission=0.0, slant=0.0, seed=100 + seed)
        found = compare(
            press.corpus,
            encoder="tfidf",
            aligner="aligner-lexical",
            actor_model="rules",
            stance_model=Partisan(),
        )
        rows = found.tables["estimates"].query(
            "quantity == 'portrayal' and voice == 'outlet' and event != '' and n_units >= 8"
        )
        held += [row.low <= 0.0 <= row.high for row in rows.itertuples()]
    assert len(held) > 60
    assert 0.85 <= np.mean(held) <= 1.0
