"""Measure the house by its syntax trees: arrows, cycles, importers, sizes and names; a line per measure, then what breaks it.

Run: python benchmarks/house.py [FOLDER]
"""

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

HOUSE = Path(__file__).parents[1] / "src" / "crossframe"
WINGS = ("reading", "matching", "attributing", "judging", "contrasting", "showing")
GROUND = (
    "errors",
    "_validation",
    "_progress",
    "records",
    "text",
    "lexicons",
    "storage",
    "statistics",
    "learning",
    "synthetic",
    "models",
)
"""Ground floor; a room imports only from those before it."""
FLOOR = {"cli": 4, "studies": 3} | dict.fromkeys(WINGS, 2) | dict.fromkeys(GROUND, 1)
PRODUCTION = ("studies.compare", "studies.exports", "studies.prepare")
TRAINING = ("studies.train", "studies.evaluate", "studies.reproduce")
PLUG_INS = ("reading.public", "reading.formats", "studies.evaluate", "studies.exports", "studies.reproduce")
"""Folders of plug-ins, one module per corpus, format, task or paper: free in size and in importers."""
MAX_SINGLE_IMPORTERS = 40
MAX_LINES = 60
MAX_PARAMETERS = 8
MAX_MODULES = 14
FREE_PARAMETERS = {
    ("studies.compare.study", "compare"),
    ("studies.prepare.imports", "import_files"),
    ("studies.train.tasks", "train"),
}
"""Functions whose parameters are options of a user; typer commands (in cli) are free, too."""
PRIVATE_WORDS = {"told", "Told", "heed", "Pace", "pace", "Lesson", "lessons", "strength"}


def read_trees(house: Path = HOUSE) -> dict[str, ast.Module]:
    """Return the syntax tree of every module by its dotted name below `house`; a folder's ``__init__`` by the folder's name."""
    trees = {}
    for path in sorted(house.rglob("*.py")):
        parts = path.relative_to(house).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(path.read_text(encoding="utf-8"))
    return trees


def list_imports(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Return by module the modules that it imports, also inside functions and for type checking."""
    return {name: set(_imported(tree, trees)) - {name} for name, tree in trees.items()}


def _imported(tree: ast.Module, trees: Mapping[str, ast.Module]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"Invalid relative import in line {node.lineno}. Imports must be absolute.")
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] != "crossframe":
                continue
            below = name.removeprefix("crossframe").removeprefix(".")
            yield below if below in trees else below.rpartition(".")[0]


def list_upward(imports: Mapping[str, set[str]]) -> list[str]:
    """Return imports that do not run downward: from a lower floor, or against the order of the ground floor."""
    wrong = []
    for room, others in imports.items():
        top = room.split(".")[0]
        for other in sorted(others):
            below = other.split(".")[0]
            if top == "" or (top == below and top != "cli"):
                continue
            down = FLOOR[below] < FLOOR[top]
            beside = FLOOR[below] == FLOOR[top] == 1 and GROUND.index(below) < GROUND.index(top)
            wings = top in WINGS and below in WINGS
            if not (down or beside or wings):
                wrong.append(f"{room} -> {other}")
    return wrong


def list_between_wings(imports: Mapping[str, set[str]]) -> list[str]:
    """Return imports from one wing into another."""
    return [
        f"{room} -> {other}"
        for room, others in imports.items()
        for other in sorted(others)
        if room.split(".")[0] in WINGS
        and other.split(".")[0] in WINGS
        and room.split(".")[0] != other.split(".")[0]
    ]


def list_to_training(imports: Mapping[str, set[str]]) -> list[str]:
    """Return imports of production rooms from training, evaluation or reproduction."""
    return [
        f"{room} -> {other}"
        for room, others in imports.items()
        for other in sorted(others)
        if room.startswith(PRODUCTION) and other.startswith(TRAINING)
    ]


def list_cycles(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """Return one cycle for every arrow that closes one, in depth-first order."""
    done: set[str] = set()
    cycles = []

    def visit(node: str, path: tuple[str, ...]) -> None:
        if node in path:
            cycles.append(" -> ".join((*path[path.index(node) :], node)))
            return
        if node in done:
            return
        for other in sorted(arrows.get(node, ())):
            visit(other, (*path, node))
        done.add(node)

    for node in sorted(arrows):
        visit(node, ())
    return cycles


def folder_arrows(imports: Mapping[str, set[str]], folders: set[str]) -> dict[str, set[str]]:
    """Return arrows between the folders of one wing, floor or ground-floor room; a module counts for its folder."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for room, others in imports.items():
        for other in others:
            ends = [name if name in folders else name.rpartition(".")[0] for name in (room, other)]
            same_top = ends[0].split(".")[0] == ends[1].split(".")[0] != ""
            if ends[0] != ends[1] and same_top:
                arrows[ends[0]].add(ends[1])
    return arrows


def list_single_importers(imports: Mapping[str, set[str]]) -> list[str]:
    """Return modules that exactly one other module imports, plug-ins aside."""
    importers: dict[str, set[str]] = defaultdict(set)
    for room, others in imports.items():
        for other in others:
            importers[other].add(room or "crossframe")
    return [
        f"{room} <- {next(iter(who))}"
        for room, who in sorted(importers.items())
        if room and len(who) == 1 and not room.startswith(PLUG_INS)
    ]


def list_large_functions(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return functions over `MAX_LINES` lines (docstring included) or `MAX_PARAMETERS` parameters (self aside)."""
    large = []
    for room, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            n_lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if n_lines > MAX_LINES:
                large.append(f"{room}.{node.name}: {n_lines} lines")
            n_parameters = _count_parameters(node.args)
            free = (room, node.name) in FREE_PARAMETERS or room == "cli"
            if n_parameters > MAX_PARAMETERS and not free:
                large.append(f"{room}.{node.name}: {n_parameters} parameters")
    return large


def _count_parameters(arguments: ast.arguments) -> int:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    starred = [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    return len(named) + len(starred) - sum(one.arg in ("self", "cls") for one in named[:1])


def list_large_folders(trees: Mapping[str, ast.Module], folders: set[str]) -> list[str]:
    """Return folders with more than `MAX_MODULES` modules, ``__init__`` and plug-ins aside."""
    counts = Counter(room.rpartition(".")[0] for room in trees if room and room not in folders)
    return [f"{folder}: {n}" for folder, n in counts.items() if n > MAX_MODULES and folder not in PLUG_INS]


def list_private_words(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return where one of `PRIVATE_WORDS` is a name (of a variable, parameter, attribute, function or class): one row per module."""
    places = []
    for room, tree in trees.items():
        lines: dict[str, set[int]] = defaultdict(set)
        for name, line in _names(tree):
            if name in PRIVATE_WORDS:
                lines[name].add(line)
        places += [f"{room}: {name} in lines {sorted(where)}" for name, where in sorted(lines.items())]
    return places


def list_two_valued_constants(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return constants that two modules of one wing, ground-floor room or folder of studies give different values; plug-ins aside."""
    values: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room, tree in trees.items():
        if room.startswith(PLUG_INS):
            continue
        top = ".".join(room.split(".")[: 2 if room.startswith("studies") else 1])
        for name, value in _constants(tree):
            values[top, name][value].append(room)
    return [
        f"{name}: {', '.join(sorted(room for rooms in places.values() for room in rooms))}"
        for (_, name), places in sorted(values.items())
        if len(places) > 1
    ]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and target.id.isupper():
                    yield target.id, ast.unparse(node.value)


def list_repeated_file_names(trees: Mapping[str, ast.Module], folders: set[str]) -> list[str]:
    """Return names of modules that stand in two wings."""
    wings: dict[str, set[str]] = defaultdict(set)
    for room in set(trees) - folders:
        if room.split(".")[0] in WINGS:
            wings[room.rpartition(".")[2]].add(room)
    return [
        ", ".join(sorted(rooms))
        for _, rooms in sorted(wings.items())
        if len({room.split(".")[0] for room in rooms}) > 1
    ]


def _names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg, node.value.lineno
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.rpartition(".")[2], node.lineno


def measure_house(house: Path = HOUSE) -> dict[str, list[str]]:
    """Return by measure what breaks it."""
    trees = read_trees(house)
    imports = list_imports(trees)
    folders = {room for room in trees if any(other.startswith(f"{room}.") for other in trees)} | {""}
    return {
        "upward arrows": list_upward(imports),
        "wing to wing": list_between_wings(imports),
        "production to training": list_to_training(imports),
        "cycles of modules": list_cycles({room: others for room, others in imports.items() if room}),
        "cycles of folders": list_cycles(folder_arrows(imports, folders)),
        "modules with a single importer": list_single_importers(imports),
        "large functions": list_large_functions(trees),
        "large folders": list_large_folders(trees, folders),
        "private words": list_private_words(trees),
        "constants of two values": list_two_valued_constants(trees),
        "file names in two wings": list_repeated_file_names(trees, folders),
    }


def _show(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(argv: list[str]) -> int:
    """Print the measures; return 1 where one is broken."""
    house = Path(argv[0]) if argv else HOUSE
    files = sorted(house.rglob("*.py"))
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    _show(f"{len(files)} files, {lines} lines")
    broken = False
    for measure, places in measure_house(house).items():
        allowed = MAX_SINGLE_IMPORTERS if measure == "modules with a single importer" else 0
        _show(f"{measure}: {len(places)}, at most {allowed}")
        broken |= len(places) > allowed
        for place in places:
            _show(f"    {place}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
