"""The documentation builds without a warning, its links lead somewhere, and what its pages show runs as it stands."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

import crossframe
from crossframe.cli import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "api" not in path.parts)
PROSE = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "REPRODUCING.md", ROOT / "CHANGELOG.md"]
LONG = ("newsmtsc", "zero-shot:", "labelled.tsv", "endpoint", "multilingual", "base", "mpnet")
"""Commands with these in them take long, fetch, or need what only the reader has: they are parsed, not run."""
FETCHED = () if os.environ.get("CROSSFRAME_MIRROR") else ("reference-labels",)
"""Corpora that commands read whose texts are not here: nor are these commands run."""
FENCE = re.compile(
    r"^```(?:\{code-block\} )?(\w+)\n(?::caption: (\S+)\n)?(.*?)^```$", re.DOTALL | re.MULTILINE
)


class Block(NamedTuple):
    """A fenced block of a page: its kind, the file that its caption names, and its lines."""

    kind: str
    file: str
    body: str


def blocks_of(path: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    return [Block(*found.groups("")) for found in FENCE.finditer(path.read_text(encoding="utf-8"))]


def commands_of(path: Path) -> list[str]:
    """Return the lines for the shell that a page shows, without their comments."""
    lines = [line for block in blocks_of(path) if block.kind == "console" for line in block.body.splitlines()]
    return [line.split("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


COMMANDS = [(path, command) for path in PROSE for command in commands_of(path)]


def name_of(value: object) -> str | None:
    """Return a page's name for the list of tests."""
    return str(value.relative_to(ROOT)) if isinstance(value, Path) else None


@pytest.mark.parametrize(
    ("page", "command"), [one for one in COMMANDS if one[1].startswith("crossframe ")], ids=name_of
)
def test_commands_parse(page: Path, command: str) -> None:
    """Every crossframe command names a command that exists, with options and values that it takes."""
    here: Any = typer.main.get_command(app)
    words = shlex.split(command)[1:]
    context = here.make_context("crossframe", list(words))
    while hasattr(here, "resolve_command"):
        name, here, words = here.resolve_command(context, words)
        context = here.make_context(name, list(words), parent=context)


@pytest.mark.parametrize(
    ("page", "command"), [one for one in COMMANDS if one[1].startswith("make ")], ids=name_of
)
def test_make_targets_exist(page: Path, command: str) -> None:
    """Every make command is a target of the Makefile."""
    assert f"\n{command.split()[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PROSE, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file or folder that is there, and a heading that it has."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if "://" not in target:
            file, _, heading = target.partition("#")
            assert (page.parent / file).exists(), target
            titles = re.findall(
                r"^#+ (.+)$", (page.parent / file).read_text("utf-8") if heading else "", re.MULTILINE
            )
            assert not heading or heading in {re.sub(r"\W+", "-", title.lower()) for title in titles}, target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_blocks_can_be_read(page: Path) -> None:
    """Python compiles, TOML and JSON can be read, and no block has a kind that nobody checks."""
    for block in blocks_of(page):
        assert block.kind in ("console", "python", "toml", "json", "markdown", "text", "csv", "html"), (
            block.kind
        )
        if block.kind == "python":
            compile(block.body, str(page), "exec")
        elif block.kind == "toml":
            tomllib.loads(block.body)
        elif block.kind == "json":
            json.loads(block.body)


RUNNER = """
import json, sys
from pathlib import Path

names = {"__name__": "__main__"}
for kind, file, body in json.load(sys.stdin):
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(body, encoding="utf-8")
    elif kind == "python":
        exec(body, names)
    else:
        from crossframe.cli import main
        try:
            main(json.loads(body))
        except SystemExit as done:
            assert not done.code, body
"""
"""Does what a page says in one process: writes files, runs commands, and runs Python in one namespace."""


def steps_of(page: Path) -> list[Block]:
    """Return what a reader of a page would do: write the files, run the Python and the commands, in order."""
    steps = []
    for block in blocks_of(page):
        if block.file or block.kind == "python":
            steps.append(block)
        elif block.kind == "console":
            for line in block.body.splitlines():
                command = line.split("  #")[0].strip()
                if command.startswith("crossframe ") and not any(
                    word in command for word in (*LONG, *FETCHED)
                ):
                    steps.append(Block("command", "", json.dumps(shlex.split(command)[1:])))
    return steps


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("page", [page for page in PAGES if steps_of(page)], ids=name_of)
def test_page_runs(page: Path, tmp_path: Path) -> None:
    """What a page shows runs from top to bottom where the demo lies, and prints what is said after a `#`."""
    (tmp_path / "corpora").mkdir()
    shutil.copytree(ROOT / "corpora" / "georgia-2008", tmp_path / "corpora" / "georgia-2008")
    shutil.copytree(ROOT / "results" / "georgia-2008", tmp_path / "results" / "georgia-2008")
    run = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(steps_of(page)),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "agg"},
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout[-3000:]}\n{run.stderr[-3000:]}"
    for said in re.findall(r"^print\(.*\)  # (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        assert said in run.stdout


# --- the site -------------------------------------------------------------------------------------------


def test_every_public_name_has_its_place() -> None:
    """The reference describes every public name, each once."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((DOCS / "api").glob("*.md"))]
    described = re.findall(r"^\.\. auto(?:class|exception|function):: (\w+)$", "\n".join(pages), re.MULTILINE)
    assert sorted(described) == list(crossframe.__all__)


@pytest.mark.parametrize(
    ("page", "pattern"),
    [
        ("data-cards.md", "corpora/*/README.md"),
        ("data-cards.md", "corpora/*/gold/alignment/README.md"),
        ("data-cards.md", "corpora/*/gold/stance/README.md"),
        ("data-cards.md", "corpora/*/codebook.md"),
        ("model-cards.md", "src/crossframe/models/*/README.md"),
    ],
)
def test_every_card_is_shown(page: str, pattern: str) -> None:
    """Every data card, codebook and model card stands on its page."""
    shown = set(re.findall(r"^```\{include\} \.\./(\S+)$", (DOCS / page).read_text("utf-8"), re.MULTILINE))
    assert {str(path.relative_to(ROOT)) for path in ROOT.glob(pattern)} <= shown


def test_figures_of_agreement_are_those_of_the_cards() -> None:
    """Every figure of agreement in the data statement stands in a data card."""
    cards = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "corpora").rglob("README.md"))
    stated = re.findall(r"\b0(\.\d{3})\b", (DOCS / "data-statement.md").read_text(encoding="utf-8"))
    assert stated
    assert set(stated) <= set(re.findall(r"(\.\d{3})\b", cards))


def test_citation_is_of_this_version() -> None:
    """CITATION.cff gives version and licence of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert {f"version: {project['version']}", f"license: {project['license']}"} <= set(lines)


@pytest.mark.slow
def test_site_builds_without_a_warning(tmp_path: Path) -> None:
    """Sphinx builds all pages, warnings being errors; every public name can be linked; nothing is loaded from elsewhere."""
    site = tmp_path / "site"
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", tmp_path / "trees", DOCS, site],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    written = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    for path in (*PAGES, *(DOCS / "notebooks").glob("*.ipynb")):
        assert path.relative_to(DOCS).with_suffix(".html").as_posix() in written
    for name in crossframe.__all__:
        assert any(f'id="crossframe.{name}"' in page for page in written.values()), name
    for name, page in written.items():
        assert not re.search(r'<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)="(?:https?:)?//', page), name
