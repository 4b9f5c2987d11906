"""Claims, differences and evidence as notebooks show them: the same attributes, everything in `to_html`, nothing that runs."""

import re
from pathlib import Path

import pandas as pd
from markupsafe import escape

from crossframe.showing.html.displays import MAX_SENTENCES_SHOWN
from crossframe.showing.html.table_display import show_table
from crossframe.showing.tables.selection import PLACE
from crossframe.studies.compare.comparison import Comparison


def test_nothing_hostile_gets_through(hostile: Comparison) -> None:
    """Whatever articles, names and titles hold, a notebook gets tables of escaped text."""
    article = hostile.tables["articles"]["article"].iloc[0]
    assert article
    displays = (
        hostile,
        hostile.claims(),
        hostile.differences(),
        hostile.evidence(actor="bell"),
        hostile.evidence(outlet="one"),
        hostile.actors,
        hostile.outlets,
        show_table(hostile.tables["articles"]),
    )
    for display in displays:
        html = display._repr_html_()
        assert "&lt;script&gt;" in html or "script" not in html
        for bad in ("<script", "<img", "<svg", "</style", "onload=alert(1)>"):
            assert bad not in html


def test_displays_have_the_same_attributes(demo: Comparison) -> None:
    """All have a table, its sentences, a title, a length that iteration agrees with, and HTML."""
    claims, evidence = demo.claims(outlet="mtkvari", omitted=True), demo.evidence(actor="russia")
    differences = demo.differences(kind="wording", outlet="volga")
    for display in (claims, differences, evidence):
        assert {"event", "outlet", "article", "sentence", "start", "end", "text"} <= set(display.sentences)
        assert len(list(display)) == len(display) > 0
        assert display.title in repr(display)
    assert claims.title == "outlet mtkvari-post, left out"
    assert evidence.title == "actor russia"
    assert differences.title == "kind wording, outlet volga"
    assert [row.claim for row in claims] == list(dict.fromkeys(claims.table["claim"]))
    assert all("mtkvari-post" in row.left_out and len(row.covered) >= 2 for row in claims)
    assert [row.score for row in evidence] == list(evidence.table["score"])
    keys = evidence.table[["article", "sentence"]].drop_duplicates()
    assert len(evidence.sentences) == len(keys)


def test_differing_words_are_marked_on_both_sides(demo: Comparison) -> None:
    """In either sentence the words of the difference, and nothing else, stand in a mark that names its kind."""
    for kind, n_marks in (("wording", 2), ("detail", 1)):
        [row, *_] = differences = demo.differences(kind=kind)
        [_, html, *_] = differences.to_html().split("<tr>")[1:]
        marks = [piece.split("</span>")[0] for piece in html.split(f'title="{kind}">')[1:]]
        assert marks == [str(escape(text)) for text in (row.left_text, row.right_text) if text]
        assert len(marks) == n_marks


def test_the_first_and_the_later_are_named(demo: Comparison) -> None:
    """Where times are known a claim says who told it first, a difference which outlet is the later one."""
    articles = demo.tables["articles"]
    times = {outlet: f"2008-08-29T0{n}:30:00" for n, outlet in enumerate(articles["outlet"])}
    dated = Comparison(demo.tables | {"articles": articles.assign(published=articles["outlet"].map(times))})
    assert all(row.first == min(row.covered) for row in dated.claims())
    assert "<b>first</b> (2008-08-29T00:30:00)" in dated.claims().to_html()
    assert {row.later for row in dated.differences()} <= set(times) - {min(times)}
    assert "volga-wire later" in dated.differences().to_html()
    assert {row.first for row in demo.claims()} == {row.later for row in demo.differences()} == {""}


def test_what_an_update_alone_tells_is_named(demo: Comparison) -> None:
    """Where the first version of an article has nothing like a claim, its outlet is said to tell it since an update."""
    articles = demo.tables["articles"]
    [draft] = articles.query("outlet == 'volga-wire'").assign(article="draft").to_dict("records")
    versions = articles["version_of"].where(articles["outlet"] != "volga-wire", "draft")
    updated = pd.concat([articles.assign(version_of=versions), pd.DataFrame([draft])], ignore_index=True)
    claims = Comparison(demo.tables | {"articles": updated}).claims()
    for row in claims:
        assert row.updated == (("volga-wire",) if "volga-wire" in row.covered else ())
    n_told = claims.table.query("outlet == 'volga-wire' and state == 'covered'").shape[0]
    assert claims.to_html().count("<i>since an update</i>") == n_told > 0
    assert {row.updated for row in demo.claims()} == {()}
    assert "since an update" not in demo.claims().to_html()


def test_whole_html(demo: Comparison, hostile: Comparison, tmp_path: Path) -> None:
    """`to_html` shows every row, where a notebook shows the first; written, it is a page of its own."""
    evidence = demo.evidence()
    assert len(evidence) > MAX_SENTENCES_SHOWN
    html = evidence.to_html(tmp_path / "evidence.html")
    assert html.count("<tr>") == len(evidence) + 1
    assert evidence._repr_html_().count("<tr>") == MAX_SENTENCES_SHOWN + 1
    assert f"{len(evidence) - MAX_SENTENCES_SHOWN} more rows" in evidence._repr_html_()
    page = (tmp_path / "evidence.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert html in page
    assert "<script" not in hostile.claims().to_html(tmp_path / "claims.html")
    assert "<script" not in (tmp_path / "claims.html").read_text(encoding="utf-8")


def test_title_of_everything(demo: Comparison) -> None:
    """Without a restriction the claims have no title, and evidence is that for everything."""
    assert repr(demo.claims()).startswith(f"{len(demo.claims())} claims\n")
    assert "evidence for everything" in repr(demo.evidence())


def test_the_clause_that_tells_a_claim_is_marked(demo: Comparison) -> None:
    """Evidence and claims show the sentence whole, grey where it tells the claim if it tells more than that."""
    tables = demo.tables
    whole = tables["claims"].merge(tables["sentences"], on=PLACE, suffixes=("", "_of_sentence"))
    parts = whole[(whole["start"] != whole["start_of_sentence"]) | (whole["end"] != whole["end_of_sentence"])]
    assert len(parts) > 10
    for row in whole.itertuples():
        is_part = row.Index in parts.index
        clause = row.text[row.start - row.start_of_sentence :][: row.end - row.start]
        for shown in (
            demo.evidence(claim=row.claim, outlet=row.outlet),
            demo.evidence(tables["claims"].loc[row.Index]),
        ):
            [html] = [one for one in shown.to_html().split("<tr>")[1:] if f"sentence {row.sentence}<" in one]
            assert (f">{escape(clause)}</span>" in html) == is_part
            assert is_part or str(escape(row.text)) in html
        html = demo.claims(claim=row.claim).to_html()
        text = re.sub("<[^>]*>", "", html.split("<tbody>")[1])
        assert str(escape(row.text)) in text


def test_contrasts_are_marked_in_their_clauses(demo: Comparison) -> None:
    """The mentions that a contrast is made of stand in what tells its claim."""
    spans = demo.tables["claims"].set_index(["claim", "article", "sentence"])[["start", "end"]]
    rows = demo.tables["estimates"].query("quantity == 'claim_contrast'")
    assert len(rows) > 5
    for row in rows.itertuples():
        for found in demo.evidence(row):
            start, end = spans.loc[(row.claim, found.article, found.sentence)]
            assert start <= found.start < end
