"""A comparison answers: claims side by side, the sentences behind every number, ids that complete themselves."""

from pathlib import Path
from typing import Any

import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.studies.compare.comparison import Comparison, read_comparison


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Return the committed comparison of the demo corpus."""
    return read_comparison(Path(__file__).parents[3] / "results" / "georgia-2008")


@pytest.mark.parametrize("quantity", ["portrayal", "stance"])
def test_every_mean_has_its_judgements(comparison: Comparison, quantity: str) -> None:
    """The mean and the number of what `evidence` returns for a row are that row's; without a mean, the number."""
    rows = comparison.tables["estimates"].query("quantity == @quantity and voice != ''")
    assert len(rows) > 50
    for row in rows.itertuples():
        found = comparison.evidence(row)
        assert len(found) == row.n_units
        if row.estimate == row.estimate:
            assert found.table["score"].mean() == pytest.approx(row.estimate, abs=1e-4)


@pytest.mark.parametrize("quantity", ["portrayal_difference", "stance_difference", "claim_contrast"])
def test_differences_have_the_judgements_of_both_sides(comparison: Comparison, quantity: str) -> None:
    """A difference shows what was judged of both outlets, one mean minus the other its estimate."""
    for row in comparison.tables["estimates"].query("quantity == @quantity and voice != ''").itertuples():
        found = comparison.evidence(row).table
        means = found.groupby("outlet")["score"].mean()
        assert len(found) == row.n_units
        assert means[row.outlet] - means[row.reference] == pytest.approx(row.estimate, abs=2e-4)


def test_prominence_has_its_sentences(comparison: Comparison) -> None:
    """The sentences that mention the actor, as many as the row says; of a length, all sentences of the outlet."""
    of_sentences = "quantity in ('prominence', 'tone', 'framing', 'length') and n_units > 0"
    for row in comparison.tables["estimates"].query(of_sentences).itertuples():
        assert len(comparison.evidence(row).sentences) == row.n_units


@pytest.mark.parametrize("quantity", ["share_of_voice", "quoted_only_here"])
def test_every_voice_has_its_sentences(comparison: Comparison, quantity: str) -> None:
    """The sentences behind a share are as many as it says, and their stretches are of that voice."""
    for row in comparison.tables["estimates"].query("quantity == @quantity and estimate > 0").itertuples():
        found = comparison.evidence(row).table
        assert len(found[["article", "sentence"]].drop_duplicates()) == row.n_units
        assert row.voice == "quoted" or set(found["voice"]) == {row.voice}


def test_words_and_omissions_have_sentences(comparison: Comparison) -> None:
    """A word shows every sentence that holds it, an omission the sentences of those who tell the claim."""
    for row in comparison.tables["wording"].itertuples():
        assert len(comparison.evidence(row))
    for row in comparison.tables["estimates"].query("quantity == 'omission'").itertuples():
        found = comparison.evidence(row).table
        assert len(found)
        assert row.outlet not in set(found["outlet"])


def test_evidence_by_names(comparison: Comparison) -> None:
    """Names filter alike, prefixes will do, and marked stretches are the mentions."""
    found = comparison.evidence(actor="russia", outlet="volga", voice="outlet").table
    portrayal = comparison.tables["portrayal"]
    chosen = portrayal.query("actor == 'russia' and outlet == 'volga-wire' and speaker == 'outlet'")
    assert sorted(found["sentence"]) == sorted(chosen["sentence"])
    assert found["score"].is_monotonic_increasing
    assert found.equals(comparison.evidence(actor="Russia", outlet="Volga Wire", voice="outlet").table)
    stance = comparison.tables["stance"].query("actor == 'russia' and outlet == 'volga-wire'")
    of_author = comparison.evidence(actor="russia", outlet="volga", voice="author").table
    assert sorted(of_author["start"]) == sorted(stance.query("voice == 'author'")["start"])
    quoted = comparison.evidence(voice="dmitry-medvedev").table
    assert len(quoted)
    assert quoted.equals(comparison.evidence(voice="Dmitry  Medvedev").table)
    told = comparison.tables["claims"].groupby("claim")["outlet"].agg(set)
    claim = next(claim for claim, outlets in told.items() if "mtkvari-post" not in outlets)
    assert len(comparison.evidence(claim=claim, outlet="mtkvari-post")) == 0
    assert len(comparison.evidence(claim=claim))
    assert set(comparison.evidence(frame="moral").table["outlet"]) == set(comparison.outlets)
    assert len(comparison.evidence(voice="author")) + len(comparison.evidence(voice="quoted")) > 92
    assert comparison.evidence(voice="outlet").table.equals(comparison.evidence(voice="author").table)


@pytest.mark.parametrize(
    ("thing", "value", "accepted"),
    [
        ("actor", "putin", "abkhazia"),
        ("outlet", "times", "volga-wire"),
        ("outlet", 3, "volga-wire"),
        ("actor", "", "abkhazia"),
        ("voice", "putin", "a deputy from gori"),
        ("claim", "z9", "c01"),
        ("event", "war", "diplomatic-ties"),
    ],
)
def test_unknown_names(comparison: Comparison, thing: str, value: Any, accepted: str) -> None:
    """An unknown name is refused in one line with what would be accepted."""
    with pytest.raises(UnknownNameError, match=f"Unknown {thing} {value!r}.*{accepted}"):
        comparison.evidence(**{thing: value})


def test_a_mention_shows_itself(comparison: Comparison) -> None:
    """With its score where it was judged, marked in its sentence where it was not."""
    tables = comparison.tables
    judged = set(zip(tables["stance"]["article"], tables["stance"]["start"], strict=True))
    for row in tables["mentions"].itertuples():
        (found,) = comparison.evidence(row).table.itertuples()
        assert (found.article, found.sentence, found.start, found.end) == (
            row.article,
            row.sentence,
            row.start,
            row.end,
        )
        assert (found.score == found.score) == ((row.article, row.start) in judged)


@pytest.mark.parametrize("table", ["sentences", "claims"])
def test_a_row_of_one_sentence_shows_it(comparison: Comparison, table: str) -> None:
    """Whatever a table says of a sentence or a clause, that is its evidence."""
    for row in comparison.tables[table].head(40).itertuples():
        found = comparison.evidence(row).table
        place = found[["article", "sentence", "start", "end"]].to_numpy().tolist()
        assert place == [[row.article, row.sentence, row.start, row.end]]


def test_rows_of_other_tables_show_what_they_are_made_of(comparison: Comparison) -> None:
    """A mention shows itself, a pair both sentences, a quote its words, a claim's cell who tells it or, left out, the others."""
    tables = comparison.tables
    for row in tables["stance"].itertuples():
        found = comparison.evidence(row).table
        assert found[["article", "start", "end", "voice", "score"]].to_numpy().tolist() == [
            [row.article, row.start, row.end, row.voice, row.score]
        ]
    for row in tables["portrayal"].itertuples():
        found = comparison.evidence(row).table
        assert found[["article", "sentence", "actor", "voice", "score"]].to_numpy().tolist() == [
            [row.article, row.sentence, row.actor, row.speaker, row.score]
        ]
    for row in tables["pairs"].head(20).itertuples():
        found = comparison.evidence(row).table
        places = {(row.left_article, row.left_sentence), (row.right_article, row.right_sentence)}
        assert set(zip(found["article"], found["sentence"], strict=True)) == places
    for row in tables["quotes"].itertuples():
        found = comparison.evidence(row).table
        assert len(found)
        assert (found["start"].min(), found["end"].max()) == (row.start, row.end)
    for row in tables["coverage"].itertuples():
        found = comparison.evidence(row).table
        assert len(found)
        assert (set(found["outlet"]) == {row.outlet}) == bool(row.covered)
        assert row.covered == (row.outlet in set(found["outlet"]))
    for table in ("articles", "frames"):
        row = tables[table].iloc[0]
        assert len(comparison.evidence(row)) == (tables["sentences"]["article"] == row["article"]).sum()
    assert set(comparison.evidence(tables["articles"].iloc[0]).table["article"]) == {
        tables["articles"]["article"][0]
    }
    assert len(comparison.evidence(tables["actors"].iloc[0])) == len(
        comparison.evidence(actor=tables["actors"]["actor"][0])
    )
    assert set(comparison.evidence(tables["outlets"].iloc[0]).table["outlet"]) == {
        tables["outlets"]["outlet"][0]
    }


def test_what_is_no_row_is_refused(comparison: Comparison) -> None:
    """Anything else is one clear line."""
    others = [{"mean": 0.5}, {"p_absent": 0.9}, {"left_article": "x"}, {"quote": "q"}, 5]
    for other in [*others, comparison.tables["estimates"], comparison.tables["coverage"]]:
        with pytest.raises(InputError, match="must be one row of a table of the study"):
            comparison.evidence(other)
    with pytest.raises(UnknownNameError, match="Unknown article 'nope'"):
        comparison.evidence({"article": "nope", "sentence": 1})
    assert len(comparison.evidence({"article": "harbour-echo-ties", "sentence": ""})) == 16


def test_claims(comparison: Comparison) -> None:
    """`omitted` parts the claims of an outlet: left out, or covered."""
    every = comparison.claims()
    gone = comparison.claims(outlet="mtkvari", omitted=True)
    covered = comparison.claims(outlet="mtkvari", omitted=False)
    either = comparison.claims(outlet="mtkvari")
    assert len(every) == comparison.tables["coverage"]["claim"].nunique()
    assert len(either) == len(gone) + len(covered)
    mine = gone.table.query("outlet == 'mtkvari-post'")
    listed = comparison.list_omissions().query("outlet == 'mtkvari-post'")
    assert list(mine["claim"]) == list(listed["claim"])
    assert set(comparison.claims(actor="nato").table["claim"]) < set(every.table["claim"])
    with pytest.raises(UnknownNameError, match="Unknown outlet 'times'"):
        comparison.claims(outlet="times", omitted=True)


def test_names(comparison: Comparison) -> None:
    """Ids complete as attributes and in brackets, those mentioned most first."""
    assert comparison.outlets.volga_wire == comparison.outlets["volga"] == "volga-wire"
    assert "volga_wire" in dir(comparison.outlets)
    assert comparison.outlets._ipython_key_completions_() == list(comparison.outlets)
    assert comparison.actors[0] == "russia"
    assert list(comparison.events) == ["diplomatic-ties"]
    assert "author" in comparison.voices
    with pytest.raises(AttributeError, match=r"Unknown outlet 'times'.*volga_wire"):
        _ = comparison.outlets.times


def test_all_show_themselves(comparison: Comparison) -> None:
    """Comparison, claims, evidence and names are HTML in a notebook and text elsewhere."""
    shown = (comparison, comparison.claims(), comparison.evidence(actor="russia"), comparison.actors)
    for one in shown:
        assert "<table" in one._repr_html_()
    assert "✕ left out" in comparison.claims()._repr_html_()
    assert repr(comparison.evidence(actor="russia")).startswith("51 rows of evidence for actor russia")
    assert repr(comparison.claims(claim="c08")).startswith("1 claim (claim c08)\n")


@pytest.mark.parametrize("wrong", [3, object()])
def test_names_of_figures_are_checked(comparison: Comparison, wrong: Any) -> None:
    """A figure's actors and outlets are one name or several, its voice one of two."""
    with pytest.raises(InputError, match=r"Invalid actors .*Name one, or several in a list"):
        comparison.plot_portrayal(actors=wrong)
    with pytest.raises(InputError, match=r"Invalid outlets .*Name one, or several in a list"):
        comparison.plot_voices(outlets=wrong)
    with pytest.raises(UnknownNameError, match=r"Invalid voice 'autlet'.*Did you mean 'outlet'"):
        comparison.plot_portrayal(voice="autlet")
    with pytest.raises(UnknownNameError, match=r"Invalid voice 'autor'.*Did you mean 'author'"):
        comparison.plot_stance(voice="autor")


def test_a_path_through_a_file_is_no_folder(comparison: Comparison, tmp_path: Path) -> None:
    """A results folder cannot lie in a file."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="file' is a file; name a folder"):
        comparison.save(tmp_path / "file" / "results")
