"""The README's commands exist and run, its Python runs, and its numbers are those of the committed results."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from crossframe.reading.public.registry import read_entry

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUALITY = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [
    line for kind, block in BLOCKS if kind == "console" for line in block.splitlines() if line.strip()
]
PYTHON = [block for kind, block in BLOCKS if kind == "python"]


def crossframe(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "crossframe.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


def test_readme_is_about_something() -> None:
    """The README has the two commands and an example of about twelve lines."""
    assert {"make demo", "make test"} <= {command.split("#")[0].strip() for command in COMMANDS}
    assert len(PYTHON) == 1
    assert len(PYTHON[0].strip().splitlines()) <= 14


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_make_targets_exist(command: str) -> None:
    """Every make command of the README is a target."""
    target = command.split("#")[0].split()[1]
    assert f"\n{target}:" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("crossframe ")])
def test_commands_parse(command: str) -> None:
    """Every crossframe command of the README names an existing command with existing options."""
    words = command.split("#")[0].split()[1:]
    depth = 2 if words[0] in ("corpora", "models", "annotate") else 1
    run = crossframe(*words[:depth], "--help", cwd=ROOT)
    assert run.returncode == 0
    for word in words:
        if word.startswith("--"):
            assert word in run.stdout


PAGE = """<html><head><title>Council closes the old ferry</title></head><body><h1>Council closes the old ferry</h1>
<p>The council voted on Tuesday to close the old ferry by the end of the year, the mayor said after the meeting.</p>
<p>Opponents had asked for a delay of a year and warned that the island would lose its only link in winter.</p>
<p>The last boat is expected to sail on the last day of December, according to the harbour office.</p></body></html>"""
SCRAPED = "Menu\nFerry to stop\nThe old ferry will stop at the end of the year, the council said on Tuesday night.\nChats\n"


@pytest.mark.slow
@pytest.mark.model
def test_commands_run(tmp_path: Path) -> None:
    """The README's crossframe commands run one after another as they stand; those that train, need people's labels or
    a corpus that is not here are left to tests of their own.
    """
    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "scraped.txt").write_text(SCRAPED, encoding="utf-8")
    for outlet in ("gazette", "herald"):
        (tmp_path / "pages" / outlet).mkdir(parents=True)
        (tmp_path / "pages" / outlet / "page.html").write_text(PAGE, encoding="utf-8")
    skipped = [
        "newsmtsc",
        "quote-labels",
        "annotate",
        *([] if os.environ.get("CROSSFRAME_MIRROR") else ["basil"]),
    ]
    ran = 0
    for command in COMMANDS:
        words = shlex.split(command.split("#")[0])
        if words[0] == "crossframe" and not any(name in command for name in skipped):
            done = crossframe(*words[1:], cwd=tmp_path)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            ran += 1
    assert ran == (10 if os.environ.get("CROSSFRAME_MIRROR") else 8)
    assert (tmp_path / "results" / "mine" / "report.html").is_file()


@pytest.mark.slow
@pytest.mark.model
def test_example_runs(tmp_path: Path) -> None:
    """The README's Python runs as it stands, in a folder that has the corpus."""
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    run = subprocess.run(
        [sys.executable, "-c", PYTHON[0]], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()


def test_numbers_come_from_results() -> None:
    """The counts of the demo in the README are those of the committed tables."""
    tables = ROOT / "results" / "georgia-2008" / "tables"
    counts = {
        name: len(pd.read_csv(tables / f"{name}.csv"))
        for name in ("articles", "sentences", "claims", "portrayal", "quotes")
    }
    for name, unit in (("articles", "articles"), ("sentences", "sentences"), ("portrayal", "portrayals")):
        found = re.search(rf"([\d,]+) {unit}", README)
        assert found, f"README does not say how many {unit}"
        assert int(found[1].replace(",", "")) == counts[name]


def test_quality_comes_from_the_benchmarks() -> None:
    """Every figure of the README's quality table stands in the committed benchmarks, task by task."""
    table = README[README.index("| task |") :].split("\n\n")[0].splitlines()[2:]
    measured = pd.read_csv(ROOT / "results" / "benchmarks" / "quality.csv", dtype=str)
    scored = pd.read_csv(ROOT / "results" / "benchmarks" / "alignment.csv", dtype=str)
    assert len(table) >= 6
    for line in table:
        task, on, _, ours, instead = (cell.strip() for cell in line.strip("|").split("|"))
        corpus = on.split(",")[0]
        known = set(measured[(measured["task"] == task) & (measured["corpus"] == corpus)]["value"])
        if task == "alignment":
            known |= set(scored["average_precision"]) | set(scored["f1"])
        assert set(re.findall(r"\d\.\d{3}", f"{ours} {instead}")) <= known, line


def measured(task: str, corpus: str, metric: str) -> float:
    """Return a metric of the shipped model in the committed benchmarks."""
    table = pd.read_csv(ROOT / "results" / "benchmarks" / "quality.csv").fillna("")
    rows = table[(table["task"] == task) & (table["corpus"] == corpus) & (table["model"] == "")]
    return float(rows.set_index("metric").loc[metric, "value"])


def signed(value: float) -> str:
    """Return a figure as the README writes it."""
    return f"{value:+.2f}".replace("-", "−")


def test_feelings_and_holders_come_from_the_benchmarks() -> None:
    """Every figure of the section on feelings and holders stands in the committed benchmarks."""
    section = QUALITY.split("## Against people's feelings")[1].split("\n## ")[0]
    table = pd.read_csv(ROOT / "results" / "benchmarks" / "quality.csv", dtype=str)
    published = {"0.683", "0.807"}  # Park, Pan and Joo 2021
    known = published | set(table[table["corpus"].isin(["seesaw", "directed-sentiment"])]["value"])
    assert set(re.findall(r"\d\.\d{3}", section)) <= known
    assert {"4915", "2226"} <= known
    n, articles, events, pairs = (
        measured("framing", "seesaw", f"annotator_{name}")
        for name in ("n", "n_articles", "n_events", "n_pairs")
    )
    assert events == 5
    assert (
        f"{n:.0f} judgements of entities in {articles:.0f} articles of five stories, which order {pairs:.0f} pairs"
        in section
    )


def test_the_two_sums_come_from_the_benchmarks() -> None:
    """What `compare` reports as framing stands beside the sum of what is negative, as both were measured."""
    [line] = [line for line in QUALITY.splitlines() if line.startswith("- The negative sum")]
    figures = [
        f"{measured('framing', corpus, f'{prefix}{metric}'):.3f}"
        for prefix in ("product_", "")
        for corpus in ("basil", "seesaw")
        for metric in ("auc", "ordering_accuracy")
    ]
    assert re.findall(r"\d\.\d{3}", line) == figures


def test_frames_come_from_the_benchmarks() -> None:
    """Every figure of the section on frames, and on the corpus's card, stands in the committed benchmarks or the model's log."""
    section = QUALITY.split("## Frames")[1].split("\n## ")[0]
    card = (ROOT / "corpora" / "narrative-frames" / "README.md").read_text(encoding="utf-8")
    models = pd.read_csv(ROOT / "results" / "benchmarks" / "frame-models.csv", dtype=str)
    quality = pd.read_csv(ROOT / "results" / "benchmarks" / "quality.csv", dtype=str)
    log = json.loads((ROOT / "src/crossframe/models/frames-news/log.json").read_text(encoding="utf-8"))
    known = set(models[["value", "low", "high"]].to_numpy().ravel()) | set(
        quality[quality["task"] == "frames"]["value"]
    )
    known |= {f"{log['cross_validated'][metric]:.3f}" for metric in ("prevalence", "always_yes_macro_f1")}
    told = set(re.findall(r"\d\.\d{3}", section + card)) - {"0.500"}
    assert len(told) > 60
    assert told <= {str(value).lstrip("-") for value in known}


def test_the_two_stance_models_come_from_the_benchmarks() -> None:
    """Every figure of the table of the stance models stands in the committed benchmarks, in its column; what is said of it, too."""
    section = QUALITY.split("## Stance\n")[1].split("\n## ")[0]
    table = pd.read_csv(ROOT / "results" / "benchmarks" / "quality.csv", dtype=str).fillna("")
    table = table[table["task"].isin(["stance", "framing"])]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 12
    beside = {"0.958", "0.949", "0.933", "0.313", "0.293", "0.326"}
    for _, metric, *columns in rows:
        assert set(re.findall(r"\d\.\d{3}", metric)) <= beside
        for column, model in zip(columns, ("", "stance-base"), strict=True):
            known = set(table[table["model"] == model]["value"])
            assert set(re.findall(r"\d\.\d{3}", column)) <= known, column
    for model, said, most in (
        ("stance-base", "Of it `stance-base` reaches {:.0%} on portrayal, {:.0%} on holders and {:.0%} on the author", 0.04),
        ("", "`stance-news` reaches {:.0%}, {:.0%} and {:.0%}.", 0.04),
    ):  # fmt: skip
        own = table[(table["model"] == model) & (table["corpus"] == "reference-labels")]
        values = own.set_index("metric")["value"].astype(float)
        shares = (values[f"{part}ceiling_share"] for part in ("", "holders_", "author_"))
        assert said.format(*shares).replace("%", " %") in section
        assert (
            max(abs(values[f"bias_{kind}"]) for kind in ("person", "state", "organisation", "group")) <= most
        )
        kinds = {kind: values[f"{kind}_macro_f1"] for kind in ("person", "state", "organisation", "group")}
        assert min(kinds, key=lambda kind: kinds[kind]) == "state"


def test_what_to_know_comes_from_results() -> None:
    """The numbers of the page on quality are those of the benchmarks, the model's log and the reproduced table."""
    low, gain, high = (
        signed(measured("framing", "basil", f"gain_over_fixed_order{end}")) for end in ("_low", "", "_high")
    )
    assert f"({gain}, 95 % interval {low} to {high})" in QUALITY
    log = json.loads((ROOT / "src/crossframe/models/stance-news/log.json").read_text(encoding="utf-8"))
    fits = [fit for seed, fit in log["fits"].items() if seed != "mean"]
    on_news, on_labels = (
        " and ".join(f"{fit[test]:.3f}" for fit in fits)
        for test in ("newsmtsc rw", "reference-labels test portrayal")
    )
    assert f"test they reach {on_news}, on portrayal of the reference labels {on_labels}" in QUALITY
    assert fits[0]["newsmtsc rw"] == pytest.approx(log["tests"]["newsmtsc rw"]["macro_f1"])
    moved, invented = log["stress"]["newsmtsc rw"], log["stress"]["invented sentences"]
    trump, obama = (signed(moved[f"actor.{name}.prior"]) for name in ("trump", "obama"))
    assert f"toward Donald Trump by {trump}, toward Barack Obama by {obama}" in QUALITY
    (cleared, n_cleared), (foil, n_foil) = (
        (
            invented[f"variant.{kind}.held_share"] * invented[f"variant.{kind}.n"],
            invented[f"variant.{kind}.n"],
        )
        for kind in ("cleared", "foil")
    )
    assert f"reads {cleared:.0f} of {n_cleared} acquittals" in QUALITY
    assert f"against another, {foil:.0f} of {n_foil}" in QUALITY
    person, country, organisation = (
        measured("stance", "narrative-frames", f"{kind}_macro_f1")
        for kind in ("person", "country", "organisation")
    )
    told_by_kind = f"{person:.3f} on persons, {country:.3f} on countries and states and {organisation:.3f} on organisations"
    assert f"`stance-news` has macro-F1 {told_by_kind}" in QUALITY
    n_targets = read_entry("newsmtsc").counts["rw"]["stance"]
    assert 0.45 < log["tests"]["newsmtsc rw"]["overlapping"] / n_targets < 0.55
    assert "Half of its targets come from articles that the training split has too" in QUALITY
    right, named, members = (
        measured("quotes", "basil", name) for name in ("speaker_accuracy", "n_named", "n_members")
    )
    assert f"{members:.0f} of its {named:.0f} speakers" in QUALITY
    assert f"by name alone {(round(right * named) - members) / named:.3f} are right" in QUALITY
    table = pd.read_csv(ROOT / "results" / "reproduce" / "newsmtsc-stance" / "table.csv")
    published = table[table["quantity"].str.match("rw: (Ro)?BERTa?-base")]["paper"] / 100
    assert f"reach {published.min():.2f} to {published.max():.2f} on NewsMTSC's test" in QUALITY


def test_the_data_card_of_the_demo_comes_from_results() -> None:
    """What the card says of the stance model on the demo corpus and on NewsMTSC is what was measured."""
    card = (ROOT / "corpora" / "georgia-2008" / "README.md").read_text(encoding="utf-8")
    here, there = (measured("stance", corpus, "macro_f1") for corpus in ("georgia-2008", "newsmtsc"))
    assert (
        f"its macro-F1 here is {here:.2f}, against {there:.2f} on the persons of NewsMTSC's own test set"
        in card
    )


def test_what_is_said_of_the_demos_comes_from_results() -> None:
    """The page on quality gives what always neutral reaches on both demos, and their sizes."""
    names = ("georgia-2008", "mill-street")
    one, other = (measured("stance", name, "majority_macro_f1") for name in names)
    cells = [measured("stance", name, "cells_n") for name in names]
    assert f"Always neutral has {one:.3f} and {other:.3f}." in QUALITY
    assert f"and {cells[0]:.0f} and {cells[1]:.0f} cells" in QUALITY


def test_what_is_said_of_headlines_comes_from_results() -> None:
    """The page on quality says how many of the labels of gvfc are neutral."""
    n = measured("stance", "gvfc", "n")
    labels = (ROOT / "corpora" / "gvfc" / "gold" / "stance" / "labels.tsv").read_text(encoding="utf-8")
    neutral = sum(line.endswith("\tneutral") for line in labels.splitlines())
    said = f"Of the {n:.0f} names in headlines of gvfc {neutral} are neutral, so that always saying so would be right on {neutral / n:.3f}"
    assert said in QUALITY


def test_the_card_of_our_stance_gold_comes_from_results() -> None:
    """What the card says of the stance model on our own labels is what was measured."""
    gold = ROOT / "corpora" / "narrative-frames" / "gold" / "stance" / "README.md"
    share, score = (measured("stance", "narrative-frames", name) for name in ("accuracy", "macro_f1"))
    said = f"says what the annotators say of .{1000 * share:.0f} of the names in the test split of `narrative-frames` (macro-F1 .{1000 * score:.0f})"
    assert said in gold.read_text(encoding="utf-8")
