"""The page: self-contained, nothing of an article runs, offsets and intervals as the tables have them."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import escape

from crossframe.showing.html.page import CAPTIONS, _pieces, render_page
from crossframe.showing.tables.grids import MIN_GAP, make_framing_grid, make_portrayal_grid
from crossframe.showing.text.summary import format_cell, format_interval, summarise
from crossframe.studies.compare.comparison import Comparison, read_comparison

ROOT = Path(__file__).parents[3]


class Page(HTMLParser):
    """The elements of a page, their attributes and their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data

    def count(self, tag: str) -> int:
        """Return how many elements of a tag there are."""
        return sum(name == tag for name, _ in self.elements)


def rendered(comparison: Comparison) -> str:
    """Return the page of a comparison with its figures."""
    return render_page(comparison.tables, comparison.run)


def test_nothing_of_an_article_is_markup(hostile: Comparison) -> None:
    """Script, style, attributes and links of articles are text on the page, not markup of it."""
    html = rendered(hostile)
    page = Page(html)
    assert page.count("script") == page.count("style") == 1
    drawn = {attributes.get("class") for tag, attributes in page.elements if tag == "svg"}
    assert drawn == {"counts", "key", "patterns"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("src", "href"):
            address = attributes.get(name) or ""
            assert (
                address.startswith(("data:image/png;base64,", "#", "http://", "https://")) or not address
            ), address
    assert "{{ 7 * 7 }}" in page.text
    assert not re.search(r">\s*49\b(?!%)", page.text)
    assert '<script>document.title = "owned"</script>' in page.text


def test_what_two_outlets_share(two_outlets: Comparison, hostile: Comparison) -> None:
    """Of an event of two outlets the page gives shares of sentences, and draws no figure of claims; of three it does neither."""
    html = rendered(two_outlets)
    [shared] = re.findall('<p class="shared">(.*?)</p>', html)
    for row in two_outlets.tables["estimates"].query("quantity == 'sentences_shared'").itertuples():
        assert f"{row.outlet} {row.estimate:.0%} [" in shared
    assert CAPTIONS["claims"] not in html
    other = rendered(hostile)
    assert '<p class="shared">' not in other
    assert str(escape(CAPTIONS["claims"])) in other


def test_the_policy_lets_only_the_own_script_run(hostile: Comparison) -> None:
    """The content security policy names the page's own style and script by hash and forbids all else."""
    page = Page(rendered(hostile))
    [policy] = [
        a["content"] or "" for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "script-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "base-uri 'none'; form-action 'none'" in policy


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_runs_in_a_browser(hostile: Comparison, tmp_path: Path, chromium: str) -> None:
    """In a real browser the hostile page keeps its title and its own script works."""
    path = tmp_path / "report.html"
    path.write_text(rendered(hostile), encoding="utf-8")
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom", path.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    if not done.stdout.strip():
        pytest.skip("Chromium does not run here")
    assert "<title>hostile: coverage compared</title>" in done.stdout
    assert Page(done.stdout).count("script") == 1


def test_the_demos_page() -> None:
    """The committed page shows claims side by side, portrayals marked by sign and word, voices, intervals and notes."""
    folder = ROOT / "results" / "georgia-2008"
    html = (folder / "report.html").read_text(encoding="utf-8")
    tables, page = read_comparison(folder).tables, Page(re.sub(r"<sup>.*?</sup>", "", html))
    text = " ".join(page.text.split())
    for row in tables["sentences"].itertuples():
        first = " ".join(str(row.text).split())[:12]
        assert first in text, row.text
    assert set(tables["claims"]["claim"]) <= set(re.findall(r">\s*(c\d+)\b", html))
    assert "the classifier's uncertainty; no significance test" in text
    assert "nearly all persons" in text
    assert {"−", "+"} & set(re.findall(r"<sup>(.)</sup>", html))
    assert page.count("img") == 5
    assert all(attributes.get("alt") for tag, attributes in page.elements if tag == "img")
    assert not re.search(r'(?:src|href)="(?!data:|#|https?://)', html)
    assert "p =" not in text
    assert len(html) < 3_000_000


def test_the_first_screen_of_one_event(demo: Comparison) -> None:
    """Scope, differences in words, claims as dots with words and counts come before caveats, which are all in one folded section."""
    html = render_page(demo.tables, demo.run, {})
    page = Page(html)
    text = " ".join(page.text.split())
    assert "5 outlets: Harbour Echo (copy of Volga Wire), Mtkvari Post" in text
    assert "5 articles · published 2008-08-29 · language: en · left out: nothing that was given" in text
    parts = ('id="differs"', 'id="divide"', 'id="judged"', 'id="notes"', 'id="side-by-side"', 'id="outlets"')
    assert sorted(parts, key=html.index) == list(parts)
    assert '<details id="notes">' in html
    folded = html[html.index('<details id="notes">') :].partition("</details>")[0]
    assert folded.count("<li>") == len(demo.run["notes"])
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    links = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    targets = {link[1:] for link in links if link and link.startswith("#")}
    assert targets <= set(ids)
    opening = html[html.index('id="differs"') :].partition("</section>")[0]
    assert 1 <= opening.count("<li><a href=") <= 3
    dots = html[html.index('id="divide"') :].partition("</section>")[0]
    assert re.findall(r'class="dot (\w+)"></span> ([a-z]+)', dots)
    assert {(dot, word) for dot, word in re.findall(r'class="dot (\w+)"></span> ([a-z]+)', dots)} == {
        ("reported", "reported"),
        ("left", "left"),
        ("unknown", "not"),
    }


def test_a_copy_whose_direction_is_unknown_is_called_no_copy(demo: Comparison) -> None:
    """Of two outlets with mostly the same text the page calls one a copy only where it is known which of them copied."""
    articles = demo.tables["articles"]
    unknown = articles.assign(
        copy_direction=articles["copy_direction"].where(articles["copy_of"] == "", "unknown")
    )
    text = " ".join(Page(render_page(demo.tables | {"articles": unknown}, demo.run, {})).text.split())
    assert "Harbour Echo (mostly the text of Volga Wire)" in text
    assert "copy of Volga Wire" not in text


def test_the_counts_of_the_first_screen_are_those_of_the_table(demo: Comparison) -> None:
    """A panel's numbers and squares are the judged sentences, the uncertain ones hatched; the evidence lists each of them."""
    html = render_page(demo.tables, demo.run, {})
    portrayal = demo.tables["portrayal"].query("actor == 'russia'")
    panel = html[html.index("<bdi>Russia</bdi></a></caption>") :].partition("</table>")[0]
    assert panel.count("<rect") == len(portrayal)
    assert panel.count(' uncertain" x=') == int((portrayal["certain"] == 0).sum())
    own = portrayal.query("outlet == 'rhine-observer' and speaker == 'outlet'")
    likeliest = own[["p_negative", "p_neutral", "p_positive"]].idxmax(axis=1).value_counts()
    shown = " | ".join(str(likeliest.get(f"p_{label}", 0)) for label in ("negative", "neutral", "positive"))
    assert f'<span class="numbers">{shown}' in panel
    evidence = html[html.index('id="judged-1"') :].partition("</table>")[0]
    assert evidence.count("<tr>") == len(portrayal) + 1


def test_several_events(several: Comparison) -> None:
    """With several events portrayal is a mean over events, and every event has its own section."""
    page = Page(rendered(several))
    assert "mean over events" in page.text
    for event in sorted(set(several.tables["articles"]["event"])):
        assert event in page.text


def test_the_demo_tells_where_model_and_labels_part(demo: Comparison) -> None:
    """Every cell whose labels' mean lies .3 or more away is marked, with by how much, and they are counted."""
    page = " ".join(Page(rendered(demo)).text.split())
    for voice, heading in (
        ("outlet", "Portrayal in the outlet's own words"),
        ("quoted", "Portrayal in quoted words"),
    ):
        gaps = demo.tables["estimates"].query(f"quantity == 'portrayal_minus_labels' and voice == '{voice}'")
        parted = gaps[gaps["estimate"].abs() >= MIN_GAP]
        section = page.split(heading)[1].split("Portrayal in")[0].split("Framing: how long")[0]
        assert f"in {len(parted)} of {len(gaps)} cells with labels" in section
        assert sorted(re.findall(r"≠ ([+-]\d\.\d\d)", section)) == sorted(
            f"{gap:+.2f}" for gap in parted["estimate"]
        )
    assert page.index("Portrayal in the outlet's own words") < page.index("Portrayal in quoted words")


@pytest.mark.parametrize(("gap", "marked"), [(0.3, True), (-0.42, True), (0.29, False), (None, False)])
@pytest.mark.parametrize("shown", ["mean", "scores", "tone"])
def test_every_kind_of_cell_is_marked(demo: Comparison, shown: str, gap: float | None, marked: bool) -> None:
    """Where labels lie 0.30 or more away: beside means, single scores in brackets, and tone in the table of framing."""
    tables = dict(demo.tables)
    estimates = tables["estimates"]
    own = estimates[~estimates["quantity"].str.endswith("_minus_labels")]
    voice = "" if shown == "tone" else "outlet"
    cells = own[(own["quantity"] == "portrayal") & (own["voice"] == "outlet")]
    cell = cells[cells["estimate"].isna() if shown == "scores" else cells["estimate"].notna()].iloc[0]
    if gap is not None:
        row = cell.to_dict() | {"quantity": "portrayal_minus_labels", "voice": voice, "estimate": gap}
        own = pd.DataFrame([*own.to_dict("records"), row])
    tables["estimates"] = own
    if shown == "tone":
        grid = make_framing_grid(own)
        found = [one for row in grid.cells.values() for one in row if one and one["parted"]]
        assert [one["parted"].estimate for one in found] == ([gap] if marked else [])
        assert (grid.n_labelled, grid.n_parted) == (int(gap is not None), int(marked))
        return
    grid = make_portrayal_grid(tables, "outlet")
    texts = [(format_cell(one), str(one.gap)) for row in grid.cells.values() for one in row if one]
    starred = [(text, value) for text, value in texts if text.endswith("*")]
    assert [value for _, value in starred] == ([str(gap)] if marked else [])
    assert all(text.startswith("(") == (shown == "scores") for text, _ in starred)


def test_cells_without_a_mean_show_their_judgements(demo: Comparison) -> None:
    """One or two sentences: their scores, in brackets."""
    page = " ".join(Page(rendered(demo)).text.split())
    portrayal = demo.tables["portrayal"].query("speaker == 'outlet' and actor in ('georgia', 'russia')")
    cells = portrayal.groupby(["actor", "outlet"])["score"]
    few = [list(scores) for _, scores in cells if len(scores) < 3]
    assert {len(scores) for scores in few} == {1, 2}
    for scores in few:
        assert f"({', '.join(f'{score:+.2f}' for score in scores)})" in page


def test_framing_is_three_numbers(demo: Comparison) -> None:
    """Share of sentences, tone, and the product with the length, as the estimates have them."""
    rows = (
        demo.tables["estimates"]
        .query("outlet == 'volga-wire' and actor in ('russia', '')")
        .set_index("quantity")
    )
    rows = rows[rows["voice"] == ""]["estimate"]
    page = " ".join(Page(rendered(demo)).text.split())
    assert f"volga-wire{rows['length']:.0f} sentences" in page
    shown = f"{rows['prominence'] * 100:.0f}% [{rows['title_and_lead'] * 100:.0f}%] × {rows['tone']:+.2f} = {rows['framing']:+.1f}"
    assert shown in page
    assert rows["framing"] == pytest.approx(rows["length"] * rows["prominence"] * rows["tone"], abs=2e-3)


def test_who_is_not_scored_is_shown(demo: Comparison) -> None:
    """A mention without a score is marked as such, and nothing is said for or against it."""
    html = rendered(demo)
    assert "gori" not in set(demo.tables["portrayal"]["actor"])
    assert '<span class="mention unscored" data-actor="gori" title="gori: not scored">Gori</span>' in html
    assert any("1 actor shown, not scored: gori." in note for note in demo.run["notes"])


def check_row_below(comparison: Comparison, made: str, place: int) -> None:
    """Fail where an actor's portrayal that is `made` with labels is not the row at `place` below it, in page and summary."""
    html, text = rendered(comparison), comparison.summary()
    rows = comparison.tables["estimates"].query(
        f"event == '' and quantity == 'portrayal_{made}' and actor == 'ada-moor' and voice == 'outlet'"
    )
    assert len(rows) == 3
    cells = html[html.index(f"ada-moor, {made}") :].split("</tr>")[0]
    line = text[text.index("ada-moor") :].splitlines()[place]
    assert line.startswith(f"  {made}")
    for row in rows.itertuples():
        shown = format_interval(row.estimate, row.low, row.high)
        assert f"{shown} <small>{row.n_units}</small>" in cells
        assert f"{shown} {row.n_units}" in line


def test_recalibrated_portrayal_stands_below(several: Comparison, recalibrated: Comparison) -> None:
    """Estimates by recalibrated probabilities are rows of their own, in page and summary, only where they are asked for."""
    check_row_below(recalibrated, "recalibrated", 2)
    assert "(recalibrated: by the model's probabilities" in recalibrated.summary()
    assert "recalibrated" not in rendered(several)
    assert "recalibrated" not in several.summary()


def test_corrected_portrayal_stands_below_the_uncorrected(several: Comparison) -> None:
    """Where labels correct an actor's portrayal, page and summary show it in the next row, with the number labelled."""
    check_row_below(several, "corrected", 1)


def test_who_gets_to_speak(hostile: Comparison, several: Comparison) -> None:
    """The page shows each outlet's own voice and whom it quotes, speakers by the names in the articles."""
    html = rendered(several)
    own = several.tables["estimates"].query("event == '' and quantity == 'own_voice'")
    assert len(own) == 3
    for row in own.itertuples():
        assert f"{row.estimate * 100:.0f}% [{row.low * 100:.0f}, {row.high * 100:.0f}]" in html
    section = html[html.index("Who gets to speak") :].partition("</section>")[0]
    assert "Cora Lind" in section
    assert "cora-lind" not in section
    assert "Who gets to speak" in rendered(hostile)


def test_what_is_left_out_and_what_was_not_found(several: Comparison) -> None:
    """A gap is called left out where the estimates call it, with its certainty; any other is not found, no more."""
    tables = dict(several.tables)
    gaps = tables["coverage"].query("covered == 0")
    omissions = (
        gaps.iloc[::3]
        .assign(quantity="omission", estimate=0.8765, actor="", voice="", frame="", reference="", method="")
        .reindex(columns=tables["estimates"].columns)
    )
    tables["estimates"] = pd.concat([tables["estimates"].query("quantity != 'omission'"), omissions])
    html = render_page(tables, several.run, {})
    page = " ".join(Page(html).text.split())
    assert page.count("left out certainty 0.88") == len(omissions) > 0
    assert page.count("not found absent with probability") == len(gaps) - len(omissions) > 0
    assert f"{len(omissions)} of {len(gaps)} gaps are counted as left out" in page
    assert "omitted (" not in page
    text = summarise(tables)
    assert "Left out: claims that other outlets cover" in text
    assert text.count("(0.88)") >= 5
    assert "more in tables/estimates.csv, quantity omission" in text
    assert "Left out" not in summarise(several.tables | {"estimates": tables["estimates"].iloc[:0]})


def test_nested_quotes_are_the_innermost_speakers() -> None:
    """Words in a quote within a quote are shaded as those of the inner speaker."""
    sentence = {"start": 0, "end": 9, "text": "a b c d e"}
    spans = [("outer", 0, 9), ("inner", 4, 5)]
    quotes = [{"speaker": who, "start": start, "end": end} for who, start, end in spans]
    for order in (quotes, quotes[::-1]):
        pieces = [(piece["text"], piece["speaker"]) for piece in _pieces(sentence, [], order)]
        assert pieces == [("a b ", "outer"), ("c", "inner"), (" d e", "outer")]


def inventory_of(comparison: Comparison, **run: object) -> str:
    """Return the page's section on what there is, as HTML."""
    html = render_page(comparison.tables, comparison.run | run, {})
    return html[html.index('<section id="inventory">') :].partition("</section>")[0]


def test_what_is_there_and_what_is_missing(several: Comparison) -> None:
    """Each state has its word and a mark, rows and columns have heads, and articles with a remark are named with the reason."""
    tables = dict(several.tables)
    articles = tables["articles"].copy()
    events = sorted(set(articles["event"]))
    remarks = {
        "misfit": "far from its event",
        "copy_of": "a-copied-article",
        "version_of": "an-older-article",
        "extent": "teaser",
    }
    for n, (column, value) in enumerate(remarks.items()):
        articles.loc[articles["event"].eq(events[n]) & articles["outlet"].eq("outlet-1"), column] = value
    tables["articles"] = articles
    html = inventory_of(Comparison(tables, several.run), outlets_without_articles=["lighthouse"])
    assert '<th scope="col">lighthouse</th>' in html
    assert all(f'<th scope="row">{event}</th>' in html for event in events)
    cells = re.findall(r'<td class="(\w+)"><span aria-hidden="true">(.)</span> (\w+)</td>', html)
    assert len(cells) == len(events) * (articles["outlet"].nunique() + 1)
    assert {(state, mark) for state, mark, word in cells if state == word} == {
        ("there", "✓"), ("missing", "–"), ("doubtful", "?"), ("copied", "="), ("updated", "↻"), ("partial", "…"),
    }  # fmt: skip
    assert sum(word == "missing" for *_, word in cells) == len(events)
    text = " ".join(Page(html).text.split())
    assert f"no article in {len(events)} of {len(cells)} cells" in text
    for reason in ("far from its event", "copy of a-copied-article", "version of an-older-article"):
        assert f"of outlet-1 ({reason})</li>" in html


def test_many_outlets_are_counted_on_the_page(several: Comparison) -> None:
    """More outlets than a table can show by columns become counts, with those that lack most events by name."""
    absent = [f"paper-{n:02}" for n in range(30)]
    html = inventory_of(several, outlets_without_articles=absent)
    n_events = several.tables["articles"]["event"].nunique()
    assert "paper-29" not in html
    assert '<th scope="col">missing</th>' in html
    assert html.count("<td>30</td>") == n_events
    assert f"paper-19 {n_events}, 10 more" in html
    assert "paper-00" not in inventory_of(several)
