"""The house rule: a room imports only from floors below its own, and light commands load no heavy package."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import house
import pytest

HOUSE = Path(__file__).parents[1] / "src" / "crossframe"
HEAVY = {
    "numpy",
    "torch",
    "transformers",
    "sentence_transformers",
    "matplotlib",
    "sklearn",
    "scipy",
    "pandas",
    "trafilatura",
}

ROOMS = sorted(p for p in HOUSE.rglob("*.py") if p.name != "__init__.py")
GRAPH = {room: others for room, others in house.list_imports(house.read_trees(HOUSE)).items() if room}


def room_of(path: Path) -> str:
    """Return the dotted name of the module at `path` below crossframe."""
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts)


@pytest.mark.parametrize("room", sorted(GRAPH))
def test_room_imports_only_from_below(room: str) -> None:
    """A room imports from lower floors, from its own wing, and on the ground floor one way only."""
    top = room.split(".")[0]
    for other in sorted(GRAPH[room]):
        below = other.split(".")[0]
        assert below in house.FLOOR, f"{room} imports {other}, which is no room"
        if house.FLOOR[below] < house.FLOOR[top] or (below == top and below != "cli"):
            continue
        assert house.FLOOR[top] == house.FLOOR[below] == 1, f"{room} may not import {other}"
        assert house.GROUND.index(below) < house.GROUND.index(top), (
            f"arrow on the ground floor runs back: {room} -> {other}"
        )


def test_no_circles() -> None:
    """Inside a wing, too, arrows run one way."""
    done: set[str] = set()

    def visit(room: str, path: tuple[str, ...]) -> None:
        assert room not in path, " -> ".join((*path, room))
        if room in done:
            return
        for other in GRAPH.get(room, ()):
            visit(other, (*path, room))
        done.add(room)

    for room in GRAPH:
        visit(room, ())


@cache
def measure_this_house() -> dict[str, list[str]]:
    """Return what breaks each measure, measured once."""
    return house.measure_house(HOUSE)


@pytest.mark.parametrize(
    ("measure", "allowed"),
    [
        ("upward arrows", 0),
        ("wing to wing", 0),
        ("production to training", 0),
        ("cycles of modules", 0),
        ("cycles of folders", 0),
        ("modules with a single importer", 40),
        ("large functions", 0),
        ("large folders", 0),
        ("private words", 0),
        ("constants of two values", 0),
        ("file names in two wings", 0),
    ],
)
def test_the_measures_of_the_house(measure: str, allowed: int) -> None:
    """What `benchmarks/house.py` measures stays within its limits."""
    places = measure_this_house()[measure]
    assert len(places) <= allowed, "\n".join(places)


BROKEN = {
    "upward arrows": {"text": "import crossframe.studies"},
    "wing to wing": {"reading.language": "from crossframe.matching import claims", "matching.claims": ""},
    "production to training": {
        "studies.compare.event": "def step():\n    from crossframe.studies.train import claims",
        "studies.train.claims": "",
    },
    "cycles of modules": {
        "reading.a": "from crossframe.reading import b",
        "reading.b": "from crossframe.reading import a",
    },
    "cycles of folders": {
        "reading.x.a": "from crossframe.reading.y import c",
        "reading.y.b": "from crossframe.reading.x import a",
        "reading.y.c": "",
    },
    "large functions": {
        "text": f"def f({', '.join(f'p{i}' for i in range(9))}):\n    return p0",
    },
    "large folders": {f"reading.m{i}": "" for i in range(15)},
    "private words": {"text": "def f(told):\n    return told"},
    "constants of two values": {"matching.a": "LIMIT = 1", "matching.b": "LIMIT: int = 2"},
    "file names in two wings": {"matching.a": "", "reading.x.a": ""},
}


@pytest.mark.parametrize("measure", sorted(BROKEN))
def test_the_measures_see_what_breaks_them(measure: str, tmp_path: Path) -> None:
    """Each measure finds the fault that was built in, and a sound house has none."""
    sound = {"reading.language": "from crossframe import text", "text": "def f(words):\n    return words"}
    for name, code in {**sound, **BROKEN[measure]}.items():
        path = tmp_path.joinpath(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
    for folder in {path.parent for path in tmp_path.rglob("*.py")} | {tmp_path / "studies"}:
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text("", encoding="utf-8")
    found = house.measure_house(tmp_path)
    assert found[measure], measure
    assert {name for name, places in found.items() if places and "single" not in name} == {measure}


def test_a_single_importer_is_seen(tmp_path: Path) -> None:
    """A module that one other imports is listed with it; one that two import is not."""
    (tmp_path / "text.py").write_text("", encoding="utf-8")
    (tmp_path / "storage.py").write_text("from crossframe import text", encoding="utf-8")
    (tmp_path / "lexicons.py").write_text("from crossframe import text, errors", encoding="utf-8")
    (tmp_path / "errors.py").write_text("", encoding="utf-8")
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")
    assert house.measure_house(tmp_path)["modules with a single importer"] == ["errors <- lexicons"]


def test_every_folder_is_on_the_architecture_page() -> None:
    """The architecture page lists every folder of the package with the first line of its docstring, in at most 120 lines."""
    lines = (HOUSE.parents[1] / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ") and line[2].isdigit()]
    listed = {row[1].strip("`"): row[2] for row in rows if row[1] != "`cli.py`"}
    folders = {
        path.parent.relative_to(HOUSE).as_posix(): ast.get_docstring(ast.parse(path.read_text("utf-8")))
        for path in HOUSE.rglob("__init__.py")
        if path.parent != HOUSE
    }
    assert listed == {name: (text or "").splitlines()[0] for name, text in folders.items()}
    assert len(lines) <= 120


@pytest.mark.parametrize("code", ["import crossframe", "from crossframe.cli import main; main(['--help'])"])
def test_light_start(code: str) -> None:
    """Importing crossframe and asking for help load no heavy package."""
    script = (
        "import sys\ntry:\n    exec(sys.argv[1])\nexcept SystemExit:\n    pass\n"
        "print('HEAVY', sorted(set(sys.argv[2].split()) & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, code, " ".join(sorted(HEAVY))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip().endswith("HEAVY []")


@pytest.mark.parametrize("path", ROOMS, ids=room_of)
def test_first_line_says_the_job(path: Path) -> None:
    """The first line of a file is a docstring of one sentence."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith('"""')
    assert len(first) > 20
