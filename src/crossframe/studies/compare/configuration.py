"""Configurations of a study: a TOML file or an earlier run.json, with paths relative to its folder."""

import json
import re
from collections.abc import Callable, Mapping
from os.path import relpath
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe._validation import check_keys, check_path
from crossframe.errors import InputError, UnknownNameError
from crossframe.studies.compare.options import MODEL, MODEL_OPTIONS, OPTIONS, PATH, parse_option

PLACES = ("corpus", "out")
"""What a configuration may hold beside the options: the corpus and the results folder."""
_NAME = re.compile(r"(zero-shot:|spacy:)?(.*?)(:int8)?", re.DOTALL)
"""The name or folder of a model, between what may stand before and after it."""


def read_configuration(path: Path | str) -> dict[str, Any]:
    """Return what a configuration sets, by name of an option or of `PLACES`.

    Parameters
    ----------
    path : Path or str
        A TOML file, or the run.json of a study. Relative paths in it are relative to its folder.

    Returns
    -------
    dict of str to object
        Without what it leaves to the default.

    Raises
    ------
    UnknownNameError
        When there is no such file.
    InputError
        When it does not parse, has an unknown key, or a value of the wrong type.
    """
    path = check_path(path, "configuration")
    if not path.is_file():
        raise UnknownNameError(
            f"Unknown configuration {str(path)!r}. It must be a TOML file or the run.json of a study."
        )
    values = read_run(path)["configuration"] if path.suffix == ".json" else storage.read_toml(path)
    where = repr(str(path))
    check_keys(values, (*PLACES, *OPTIONS), where)
    settings = {
        name: _check_value(name, value, f" in {where}") for name, value in values.items() if value is not None
    }
    return locate_paths(settings, path.parent)


def _check_value(name: str, value: object, where: str) -> Any:
    text = name in PLACES or OPTIONS[name].metadata["kind"] in (MODEL, PATH)
    if text and (not isinstance(value, str) or value == ""):
        accepts = "a str: " + ("a path" if name not in (*MODEL_OPTIONS, "corpus") else "a name or a folder")
        raise InputError(f"Invalid {name} {value!r}{where}. It must be {accepts}.")
    return value if name in PLACES else parse_option(name, value, where)


def read_run(path: Path) -> dict[str, Any]:
    """Return the run.json of a study.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError):
        run = None
    parts = [run.get("configuration"), run.get("models", {})] if isinstance(run, dict) else [None]
    models = parts[-1].values() if isinstance(parts[-1], dict) else ()
    if not all(isinstance(part, dict) for part in (*parts, *models)):
        raise InputError(f"Invalid run {str(path)!r}. It must be the run.json of a results folder.")
    return run


def locate_paths(settings: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return `settings` with absolute paths in place of those relative to `folder`; names stay names.

    A model or corpus is meant as a path where one is stored there; a corpus also where it has a slash.

    Parameters
    ----------
    settings : mapping of str to object
        By name of an option or of `PLACES`.
    folder : Path
        What relative paths are relative to.
    """

    def locate(name: str, value: Any) -> Any:
        if name == "corpus":
            stored = (folder / value / "corpus.toml").is_file()
            return str((folder / value).resolve()) if stored or "/" in value else value
        if name in MODEL_OPTIONS:
            return _map_name(value, _locate_model, folder)
        is_path = name == "out" or OPTIONS[name].metadata["kind"] is PATH
        return str((folder / value).resolve()) if is_path else value

    return {name: value if value is None else locate(name, value) for name, value in settings.items()}


def _locate_model(name: str, folder: Path) -> str:
    packaged = "/" not in name and (storage.models_folder() / name).is_dir()
    stored = name != "" and not packaged and (folder / name).resolve().is_dir()
    return str((folder / name).resolve()) if stored else name


def relate_paths(settings: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return `settings` with paths relative to `folder` in place of absolute ones: what `locate_paths` undoes.

    Parameters
    ----------
    settings : mapping of str to object
        With absolute paths, by name of an option or of `PLACES`.
    folder : Path
        What relative paths will be relative to.
    """

    def relate(value: str, folder: Path) -> str:
        return Path(relpath(value, folder.resolve())).as_posix() if Path(value).is_absolute() else value

    paths = (
        "corpus",
        *MODEL_OPTIONS,
        *(name for name, one in OPTIONS.items() if one.metadata["kind"] is PATH),
    )
    return {
        name: _map_name(value, relate, folder) if name in paths and value else value
        for name, value in settings.items()
    }


def _map_name(value: str, change: Callable[[str, Path], str], folder: Path) -> str:
    """Return `value` with its name or folder changed; an address stays."""
    match = _NAME.fullmatch(value)
    if match is None or value.startswith(("http://", "https://")):
        return value
    before, name, after = match.groups(default="")
    return f"{before}{change(name, folder)}{after}"
