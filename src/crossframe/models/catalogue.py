"""The models that crossframe knows: encoders, shipped models and their sets, listed, described and fetched."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from crossframe import storage
from crossframe._validation import check_name_or_path, match_prefix, suggest_name
from crossframe.errors import UnknownNameError
from crossframe.learning.encoders.base_weights import (
    BASE,
    FILES,
    HUB,
    is_base_here,
    missing_packages,
    need_base,
)
from crossframe.learning.encoders.by_name import DEFAULT, default_folder
from crossframe.models.sets import MODEL_SETS, PARTS, SMALL, choose_from_set, find_set

CARD = "README.md"


class _Row(NamedTuple):
    """A model in the list, as text."""

    name: str
    kind: str
    sets: str
    encoder: str
    size: str
    here: str


def tabulate_models() -> str:
    """Return name, kind, sets, encoder and size of every encoder of a set and of every shipped model, and whether it is here.

    Returns
    -------
    str
        One line per model: encoders first, then by name. Of an encoder that is not here but in installed packages,
        ``in packages``: it is unpacked when it is first used.

    Examples
    --------
    >>> tabulate_models().splitlines()[0].split()
    ['name', 'kind', 'sets', 'encoder', 'size', 'here']
    """
    rows = [_Row("name", "kind", "sets", "encoder", "size", "here"), *_list_encoders(), *_list_shipped()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _list_encoders() -> list[_Row]:
    default = sum(path.stat().st_size for path in default_folder().rglob("*") if path.is_file())
    sizes = {DEFAULT: (default, "yes"), BASE: (sum(size for size, _ in FILES.values()), _where_base_is())}
    return [
        _Row(name, "encoder", ", ".join(key for key, one in MODEL_SETS.items() if one.encoder == name), "-", *_say(*where))
        for name, where in sizes.items()
    ]  # fmt: skip


def _where_base_is() -> str:
    return "yes" if is_base_here() else "no" if missing_packages() else "in packages"


def _list_shipped() -> list[_Row]:
    rows = []
    for path in sorted(storage.models_folder().glob("*/config.json")):
        name, config = path.parent.name, json.loads(path.read_text(encoding="utf-8"))
        sets = [key for key in MODEL_SETS if name in choose_from_set(key, {}).values()]
        size = (path.parent / "model.safetensors").stat().st_size
        rows.append(
            _Row(name, config["kind"], ", ".join(sets) or "-", _encoder_of(config) or "-", *_say(size, "yes"))
        )
    return rows


def _encoder_of(config: dict[str, Any]) -> str:
    """Return the encoder that a model's configuration names: None there is the default, "" none at all."""
    name = config.get("encoder", config.get("base"))
    return DEFAULT if name is None else str(name)


def _say(size: int, here: str) -> tuple[str, str]:
    return (f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"), here


def show_model_text(name: str | Path) -> str:
    """Return the card of a model, or what a model set consists of.

    Parameters
    ----------
    name : str or Path
        Model set, encoder or shipped model (the beginning of its name will do), or a folder that `train` wrote.

    Returns
    -------
    str
        A card is Markdown.

    Raises
    ------
    UnknownNameError
        When there is none of that name.
    """
    name = check_name_or_path(name, "model")
    if name in MODEL_SETS:
        return _describe_set(name)
    folder = find_card(name)
    if folder is None:
        folder = storage.models_folder() / match_prefix(name, [*MODEL_SETS, *shipped_cards()], "model")
    return (folder / CARD).read_text(encoding="utf-8").rstrip()


def _describe_set(name: str) -> str:
    own, chosen = find_set(name), choose_from_set(name, {})
    lines = {"name": name, "encoder": own.encoder}
    for option, words in PARTS.items():
        borrowed = "" if getattr(own, option) else f" (of {SMALL})"
        lines[words] = f"{chosen[option]}{borrowed}"
    return "\n".join(f"{key:<15} {value}" for key, value in lines.items())


def find_card(name_or_folder: str | Path) -> Path | None:
    """Return the folder that has the card of a shipped model or encoder, or of a model folder; None where there is none."""
    name = str(name_or_folder)
    if name in shipped_cards():
        return storage.models_folder() / name
    folder = Path(name)
    return folder if (folder / CARD).is_file() and (folder / "config.json").is_file() else None


def shipped_cards() -> list[str]:
    """Return the names of the encoders and models whose cards come with crossframe, sorted."""
    return sorted(path.parent.name for path in storage.models_folder().glob(f"*/{CARD}"))


def fetch_models(name: str) -> str:
    """Bring the encoder of a model set into the cache, and verify every file of it; what is there is verified again.

    Parameters
    ----------
    name : str
        Model set, or encoder of one.

    Returns
    -------
    str
        A line on what is where.

    Raises
    ------
    UnknownNameError
        When there is no such set or encoder, or it is a model that comes with crossframe.
    MissingPackageError, MissingDataError
        As `need_base`.
    """
    name = check_name_or_path(name, "model set")
    encoder = MODEL_SETS[name].encoder if name in MODEL_SETS else name
    if encoder in (BASE, HUB):
        return f"{BASE}: {len(FILES)} files verified in {need_base()}"
    if encoder == DEFAULT:
        return f"{DEFAULT}: weights verified in {default_folder()}; a package that crossframe requires brings them"
    if encoder in shipped_cards():
        raise UnknownNameError(
            f"Invalid model {name!r}. It comes with crossframe: there is nothing to fetch."
        )
    known = [*MODEL_SETS, DEFAULT, BASE]
    raise UnknownNameError(
        f"Unknown model set {name!r}. It must be a set or an encoder of one: {', '.join(known)}.{suggest_name(name, known)}"
    )
