"""The summary says what the tables say, on lines that stay short."""

from pathlib import Path

import pandas as pd

from crossframe.showing.tables.grids import MIN_GAP
from crossframe.showing.tables.inventory import make_inventory
from crossframe.showing.tables.selection import PLACE
from crossframe.showing.text.summary import format_interval, summarise, summarise_inventory
from crossframe.studies.compare.comparison import Comparison

ROOT = Path(__file__).parents[3]


def test_the_summary_of_several_events(several: Comparison) -> None:
    """Means over events are named so; the greatest mean stands in the grid as the table has it."""
    shown = summarise(several.tables, notes=["Read this."])
    assert "(mean over events, with 95% intervals over events)" in shown
    assert shown.endswith("Note: Read this.")
    rows = several.tables["estimates"].query(
        "event == '' and quantity == 'portrayal' and voice == 'outlet' and actor == 'ada-moor' and outlet == 'outlet-1'"
    )
    [row] = rows.itertuples()
    assert format_interval(row.estimate, row.low, row.high) in shown


def test_cells_without_a_mean(demo: Comparison) -> None:
    """One or two sentences are shown by their scores, in round brackets, and never as a mean."""
    shown = demo.summary()
    assert "(in round brackets: the scores of one or two sentences, which give no mean)" in shown
    portrayal = demo.tables["portrayal"].query("speaker == 'outlet' and actor in ('georgia', 'russia')")
    cells = portrayal.groupby(["actor", "outlet"])["score"]
    few = [(actor, list(scores)) for (actor, _), scores in cells if len(scores) < 3]
    assert {len(scores) for _, scores in few} == {1, 2}
    for actor, scores in few:
        line = next(line for line in shown.splitlines() if line.startswith(f"{actor} "))
        assert f"({', '.join(f'{score:+.2f}' for score in scores)})" in line


def test_cells_where_model_and_labels_part(demo: Comparison) -> None:
    """A star marks them, and the heading counts them as the table has them."""
    gaps = demo.tables["estimates"].query("quantity == 'portrayal_minus_labels' and voice == 'outlet'")
    n_parted = int((gaps["estimate"].abs() >= MIN_GAP).sum())
    assert 0 < n_parted < len(gaps)
    block = demo.summary().split("Portrayal in quoted words")[0]
    assert f"{n_parted} of {len(gaps)} cells with labels" in block
    assert block.count("*") == n_parted + 1


def test_intervals_in_words() -> None:
    """An estimate without an interval says so."""
    assert format_interval(0.5, 0.25, 0.75) == "+0.50 [+0.25, +0.75]"
    assert format_interval(-0.5, float("nan"), float("nan")) == "-0.50 [no interval]"


def test_conflicts_are_named_with_both_sides(demo: Comparison) -> None:
    """Of differences, those that make a conflict are shown: kind, probability, the words on both sides and their sentences."""
    place = demo.tables["sentences"].query("sentence == 1").drop_duplicates("outlet").to_dict("records")[:2]
    row = {
        **{f"left_{key}": place[0][key] for key in ("outlet", "article", "sentence")},
        **{f"right_{key}": place[1][key] for key in ("outlet", "article", "sentence")},
        "event": place[0]["event"], "claim": "c09", "left_text": "12", "right_text": "at least 40", "probability": 0.9,
    }  # fmt: skip
    rows = pd.DataFrame([row | {"kind": kind} for kind in ("number", "detail")])
    shown = summarise({**demo.tables, "differences": rows})
    block = shown.split("Conflicts: ")[1].split("\n\n")[0].splitlines()
    assert block[1] == "c09  number (0.90)"
    assert block[2].startswith(f"    {place[0]['outlet']}: “12” in: {place[0]['text'][:40]}")
    assert block[3].startswith(f"    {place[1]['outlet']}: “at least 40” in: {place[1]['text'][:40]}")
    assert len(block) == 4
    assert "Conflicts: " not in summarise({**demo.tables, "differences": rows[rows["kind"] == "detail"]})


def test_claims_of_clauses_stand_in_their_sentences(demo: Comparison) -> None:
    """A claim that is left out or contrasts is a clause with its sentence behind it where it is one, else the sentence."""
    contrasts, left_out = (
        demo.summary().split(head)[1].split("\n\n")[0] for head in ("Most contrasting", "Left out: ")
    )
    whole = demo.tables["claims"].merge(
        demo.tables["sentences"][[*PLACE, "text", "start"]], on=PLACE, suffixes=("", "_of_sentence")
    )
    lines = [line.split(": ", 1)[1] for line in contrasts.splitlines() if line.startswith("    ")]
    lines += [line.split(": ", 1)[1] for line in left_out.splitlines()[1:] if line.startswith("c")]
    parts = [line[1:].split("” in: ") for line in lines if line.startswith("“") and "” in: " in line]
    assert len(parts) >= 2
    for part, sentence in ([text.removesuffix(" …") for text in pair] for pair in parts):
        rows = whole[[" ".join(text.split()).startswith(sentence) for text in whole["text"]]]
        assert any(
            " ".join(row.text[row.start - row.start_of_sentence :].split()).startswith(part)
            for row in rows.itertuples()
        )
    [omitted] = [line for line in left_out.splitlines() if line.startswith("c18 ")]
    assert omitted.endswith(
        ": “after Georgia shelled Tskhinvali on the night to 8 August.” in: Moscow argues that it had to "
        "protect the population after Georgia shelled Tskhinvali on the night to 8 August."
    )


def test_what_two_outlets_share(two_outlets: Comparison, demo: Comparison, several: Comparison) -> None:
    """Of two outlets the share of each one's sentences that the other has; of more, the claims that each covers."""
    estimates, summary = two_outlets.tables["estimates"], two_outlets.summary()
    assert not estimates["quantity"].str.startswith("claims_covered").any()
    block = summary.split("Shared: ")[1].split("\n\n")[0].splitlines()
    assert block[1] == "(one event; intervals over sentences, as aligned)"
    rows = estimates.query("quantity == 'sentences_shared'").to_dict("records")
    assert len(rows) == len(block) - 2 == 2
    for line, row in zip(block[2:], rows, strict=True):
        low, high = (round(row[side] * 100) for side in ("low", "high"))
        assert line == f"{row['outlet']}  {round(row['estimate'] * 100)}% [{low}, {high}] {row['n_units']}"
        assert 0 < row["estimate"] < 1
    [gap] = estimates.query("quantity == 'sentences_shared_difference'").to_dict("records")
    assert abs(gap["estimate"] - rows[0]["estimate"] + rows[1]["estimate"]) < 2e-4
    for other in (demo, several):
        assert "Shared: " not in other.summary()
        assert not other.tables["estimates"]["quantity"].str.startswith("sentences_shared").any()
        assert other.tables["estimates"]["quantity"].str.startswith("claims_covered").any()


def test_a_hostile_summary(hostile: Comparison) -> None:
    """Texts of articles stay on one line each and are shortened."""
    assert all(len(line) < 400 for line in hostile.summary().splitlines() if not line.startswith("Note"))


def rows_of(n_events: int, n_outlets: int, n_doubtful: int = 0) -> list[dict[str, str]]:
    """Return rows of articles of outlets on events, the first of them doubtful."""
    return [
        {
            "event": f"event-{event:03}",
            "outlet": f"outlet-{outlet:02}",
            "article": f"a-{event:03}-{outlet:02}",
            "misfit": "alone" if event * n_outlets + outlet < n_doubtful else "",
            "copy_of": "",
            "copy_direction": "",
            "version_of": "",
            "extent": "",
        }
        for event in range(n_events)
        for outlet in range(n_outlets)
    ]


def test_the_inventory_of_few_outlets() -> None:
    """Each outlet has a column; doubtful articles are named with what the word means."""
    shown = summarise_inventory(make_inventory(rows_of(2, 3, 1)[1:] + rows_of(1, 1, 1), ["zenith"]))
    assert shown.splitlines() == [
        "What is there: 6 articles, 2 events, 4 outlets",
        "1 doubtful, 0 copied, 0 updated, 0 partial; no article in 2 of 8 cells",
        "",
        "event      outlet-00  outlet-01  outlet-02  zenith",
        "event-000  doubtful   there      there      missing",
        "event-001  there      there      there      missing",
        "",
        "doubtful (may not belong to its event):",
        "  a-000-00 of outlet-00 (alone)",
    ]


def test_the_docs_show_the_demos_inventory(demo: Comparison) -> None:
    """Getting started shows what the command prints for the demo."""
    shown = summarise_inventory(make_inventory(demo.tables["articles"].to_dict("records"), []))
    assert shown in (ROOT / "docs" / "start.md").read_text(encoding="utf-8")


def test_the_inventory_of_many_events_and_outlets_stays_readable() -> None:
    """Counts stand in for outlets that do not fit; events and names beyond a screen are counted; no line is wider than it."""
    rows = [one for one in rows_of(60, 40, 35) if one["outlet"] != "outlet-07" or one["event"] < "event-031"]
    shown = summarise_inventory(make_inventory(rows, ["zenith"])).splitlines()
    assert max(map(len, shown)) <= 100
    assert len(shown) < 45
    assert "event      articles  outlets  missing  doubtful  copied  updated  partial" in shown
    assert "event-000  40        40       1        35        0       0        0" in shown
    assert "event-031  39        39       2        0         0       0        0" in shown
    assert "(40 more events; those with most to look at are listed)" in shown
    assert "events missing by outlet: zenith 60, outlet-07 29" in shown
    assert "  25 more" in shown
    long = summarise_inventory(
        make_inventory([one | {"event": "x" * 64} for one in rows_of(1, 40)], [])
    ).splitlines()
    assert max(map(len, long)) <= 100
