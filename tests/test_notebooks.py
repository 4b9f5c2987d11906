"""Every notebook runs from top to bottom on a clean kernel, shows what it says, and keeps the rules of notebooks."""

import ast
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from crossframe.text import words

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FETCHED = {"06": ("basil",), "07": ("basil",)}
"""By number of the notebook: the corpora whose files it fetches; others come with the package."""
SHORTER = {"06": ("n_events = 100", "n_events = 16")}
"""By number of the notebook: what tests change in it, so that it takes a fifth of its time."""
LARGEST, MAX_LINES, QUOTED_WORDS = 500_000, 20, 8
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    """Return a notebook."""
    import nbformat

    return nbformat.read(path, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    """Return the cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def python_of(cell: Any) -> str:
    """Return a cell's Python: without lines for the shell or the notebook."""
    return "\n".join(line for line in cell.source.splitlines() if not line.startswith(("!", "%")))


def texts_of(notebook: Any) -> Iterator[str]:
    """Yield every text that a reader of the notebook sees: cells, streams, outputs without their markup."""
    for cell in notebook.cells:
        yield cell.source
        for output in cell.get("outputs", ()):
            yield output.get("text", "")
            for kind, content in output.get("data", {}).items():
                if kind.startswith("text/"):
                    yield unescape(re.sub(r"<[^>]*>", " ", re.sub(r'title="([^"]*)"', r">\1<", content)))


def test_they_are_numbered() -> None:
    """Notebooks are named NN-verb-object, numbered without a gap or a double."""
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{n:02d}" for n in range(1, len(NOTEBOOKS) + 1)]
    assert all(re.fullmatch(r"\d\d(-[a-z]+){2,}\.ipynb", path.name) for path in NOTEBOOKS)


@each
def test_it_keeps_the_rules(path: Path) -> None:
    """It is small, its cells are short and without logic, and it was executed in order, without an error; it shows no place
    of the machine that executed it.
    """
    notebook = read(path)
    assert path.stat().st_size < LARGEST
    code = code_cells(notebook)
    for cell in notebook.cells:
        assert len(cell.source.splitlines()) <= MAX_LINES, cell.source
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Try, ast.Lambda)
    for cell in code:
        assert not [node for node in ast.walk(ast.parse(python_of(cell))) if isinstance(node, kinds)]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    shown = [
        str(text) for output in outputs for text in (output.get("text"), *output.get("data", {}).values())
    ]
    assert not [text[:200] for text in shown if str(ROOT) in text or "Path(" in text or "/tmp/" in text]
    assert not [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]


@each
def test_it_tells_a_story(path: Path) -> None:
    """The first cell states question, data and time; the last says what was learned with numbers from variables."""
    notebook = read(path)
    first, last = notebook.cells[0], notebook.cells[-1]
    assert first.cell_type == "markdown"
    for part in ("**Question.**", "**Data.**", "**Time.**"):
        assert part in first.source
    assert last.cell_type == "code"
    assert "Markdown(" in last.source
    assert re.search(r"\d", last.outputs[0]["data"]["text/markdown"])
    figures = sum("image/png" in out.get("data", {}) for cell in code_cells(notebook) for out in cell.outputs)
    captions = sum(
        cell.source.startswith("*Figure ") for cell in notebook.cells if cell.cell_type == "markdown"
    )
    assert figures == captions >= 1


@pytest.mark.mirror
@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if path.name[:2] in FETCHED], ids=lambda path: path.stem
)
def test_it_quotes_no_third_party(path: Path, mirror: Path) -> None:
    """No eight words in a row of what it shows stand in an article of the corpora that it fetches."""
    from crossframe.reading.public.corpora import read_corpus

    shown = {
        tuple(run[at : at + QUOTED_WORDS])
        for text in texts_of(read(path))
        for run in [words(text)]
        for at in range(len(run) - QUOTED_WORDS + 1)
    }
    for name in FETCHED[path.name[:2]]:
        for article in read_corpus(name).articles:
            printed = words(article.document)
            here = {tuple(printed[at : at + QUOTED_WORDS]) for at in range(len(printed) - QUOTED_WORDS + 1)}
            assert not shown & here, article.id


@pytest.mark.notebook
@pytest.mark.slow
@pytest.mark.model
@each
def test_it_runs(path: Path) -> None:
    """No cell fails, nothing is written to standard error, and every cell that showed something shows it again."""
    from nbclient import NotebookClient

    if path.name[:2] in FETCHED and not os.environ.get("CROSSFRAME_MIRROR"):
        pytest.skip(f"{path.name} needs {', '.join(FETCHED[path.name[:2]])}: set CROSSFRAME_MIRROR")
    committed, fresh = read(path), read(path)
    for cell in code_cells(fresh) if path.name[:2] in SHORTER else ():
        cell.source = cell.source.replace(*SHORTER[path.name[:2]])
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(fresh, timeout=600, kernel_name="python3", resources=folder).execute()
    outputs = [output for cell in code_cells(fresh) for output in cell.outputs]
    assert not [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]
    for before, now in zip(code_cells(committed), code_cells(fresh), strict=True):
        kinds = [[sorted(out["data"]) for out in cell.outputs if "data" in out] for cell in (before, now)]
        assert kinds[0] == kinds[1], before.source
