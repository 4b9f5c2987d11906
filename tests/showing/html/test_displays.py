"""Claims and evidence as notebooks show them: the same attributes, everything in `to_html`, nothing that runs."""

from pathlib import Path

from crossframe.showing.html.displays import MAX_SENTENCES_SHOWN
from crossframe.showing.html.table_display import show_table
from crossframe.studies.compare.comparison import Comparison


def test_nothing_hostile_gets_through(hostile: Comparison) -> None:
    """Whatever articles, names and titles hold, a notebook gets tables of escaped text."""
    article = hostile.tables["articles"]["article"].iloc[0]
    assert article
    displays = (
        hostile,
        hostile.claims(),
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


def test_claims_and_evidence_have_the_same_attributes(demo: Comparison) -> None:
    """Both have a table, its sentences, a title, a length that iteration agrees with, and HTML."""
    claims, evidence = demo.claims(outlet="mtkvari", omitted=True), demo.evidence(actor="russia")
    for display in (claims, evidence):
        assert {"event", "outlet", "article", "sentence", "start", "end", "text"} <= set(display.sentences)
        assert len(list(display)) == len(display) > 0
        assert display.title in repr(display)
    assert claims.title == "outlet mtkvari-post, left out"
    assert evidence.title == "actor russia"
    assert [row.claim for row in claims] == list(dict.fromkeys(claims.table["claim"]))
    assert all("mtkvari-post" in row.left_out and len(row.covered) >= 2 for row in claims)
    assert [row.score for row in evidence] == list(evidence.table["score"])
    keys = evidence.table[["article", "sentence"]].drop_duplicates()
    assert len(evidence.sentences) == len(keys)


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
