"""Every option of a comparison, once: its default, what it accepts, and one line of help for command line and files."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from numbers import Integral, Real
from os.path import relpath
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe._validation import check_path, suggest_name
from crossframe.errors import InputError, UnknownNameError

PLACES = ("corpus", "out")
"""What a configuration may hold beside the options: the corpus and the results folder."""
_NAME = re.compile(r"(zero-shot:|spacy:)?(.*?)(:int8)?", re.DOTALL)
"""The name or folder of a model, between what may stand before and after it."""


@dataclass(frozen=True)
class Kind:
    """A kind of option: what it accepts, in words and by a parser, and how the command line reads it.

    Parameters
    ----------
    accepts : str
        Ends the message "Invalid <option> <value>. It must be ...".
    parse : callable
        Returns the value as it is stored; raises TypeError or ValueError where it cannot be used.
    type : type
        Of one argument on the command line.
    low, high : float or None
        Bounds there.
    """

    accepts: str
    parse: Callable[[Any], Any]
    type: type = str
    low: float | None = None
    high: float | None = None


def _parse_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _parse_model(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _parse_path(value: object) -> Path:
    return check_path(value, "path")


def _parse_ids(value: object) -> tuple[str, ...]:
    values = value.split(",") if isinstance(value, str) else value
    if not isinstance(values, Iterable):
        raise TypeError
    ids = tuple(dict.fromkeys(_parse_text(one).strip() for one in values))
    if not all(ids) or not ids:
        raise ValueError
    return ids


def _parse_probability(value: object) -> float:
    if not isinstance(value, Real) or isinstance(value, bool) or not 0 <= float(value) <= 1:
        raise ValueError
    return float(value)


def _count(low: int) -> Kind:
    def parse(value: object) -> int:
        if not isinstance(value, Integral) or isinstance(value, bool) or value < low:
            raise ValueError
        return int(value)

    return Kind(f"a whole number from {low} on", parse, int, low)


TEXT = Kind("a str", _parse_text)
MODEL = Kind("a name or a folder", _parse_model)
PATH = Kind("a path: a str or a pathlib.Path", _parse_path, Path)
IDS = Kind("ids of actors: a list of str, or one str with commas between them", _parse_ids)
PROBABILITY = Kind("a probability, from 0 to 1", _parse_probability, float, 0, 1)


def _describe(kind: Kind, help: str) -> dict[str, Any]:
    return {"kind": kind, "help": help}


@dataclass(frozen=True)
class Options:
    """How a corpus is compared. None takes an option's default.

    Parameters
    ----------
    event : str or None
        Id of the only event compared, or a unique prefix.
    models : str
        Name of a set in `MODEL_SETS`: what every model is that no other option names.
    encoder, aligner, actor_model, quote_model, stance_model, frame_model : object, str or None
        A model, its name, or its folder.
    actors, events : Path or None
        Edited tables of actors and of events to apply.
    only_actors : tuple of str or None
        Ids of the actors to judge. Actors, quotes and speakers are found as always and the actors table lists them
        all; mentions, stance and every estimate of an actor are of these alone.
    min_confidence : float or None
        Probability of the likeliest stance below which a mention is left out of estimates of stance; None leaves none
        out.
    jobs : int
        Events compared side by side.
    seed : int
        Seed of every interval.

    Raises
    ------
    InputError
        When a value is not of an option's kind.

    Examples
    --------
    >>> Options(only_actors="russia,nato").only_actors
    ('russia', 'nato')
    """

    event: str | None = field(
        default=None, metadata=_describe(TEXT, "Compare only this event (a unique prefix will do).")
    )
    models: str = field(
        default="small", metadata=_describe(TEXT, "Set of models that belong together: small.")
    )
    encoder: Any = field(
        default=None,
        metadata=_describe(
            MODEL,
            "all-MiniLM-L6-v2, tfidf, or any sentence-transformers name or folder; ending in :int8, faster.",
        ),
    )
    aligner: Any = field(
        default=None,
        metadata=_describe(
            MODEL,
            "aligner-news, aligner-lexical, a trained folder, endpoint (or http://...#model), tfidf or cosine.",
        ),
    )
    actor_model: Any = field(
        default=None,
        metadata=_describe(
            MODEL, "Finds names: actors-news, rules, a trained folder, or spacy:PIPELINE (spaCy installed)."
        ),
    )
    quote_model: Any = field(
        default=None, metadata=_describe(MODEL, "Reads quotes: rules, or a folder that `train quotes` wrote.")
    )
    stance_model: Any = field(
        default=None,
        metadata=_describe(
            MODEL,
            "stance-news, stance-lexicon, a trained folder, zero-shot:NAME (an entailment model), or endpoint (or "
            "http://...#model).",
        ),
    )
    frame_model: Any = field(
        default=None, metadata=_describe(MODEL, "frames-news, frames-lexicon, or a trained folder.")
    )
    actors: Path | None = field(
        default=None,
        metadata=_describe(PATH, "Edited table of actors [default: the corpus folder's, if any]."),
    )
    events: Path | None = field(
        default=None,
        metadata=_describe(
            PATH, "Edited table of events, as `group` writes it [default: the corpus folder's, if any]."
        ),
    )
    only_actors: tuple[str, ...] | None = field(
        default=None,
        metadata=_describe(
            IDS, "Judge these actors alone: ids, with commas between them [default: all that are found]."
        ),
    )
    min_confidence: float | None = field(
        default=None,
        metadata=_describe(
            PROBABILITY,
            "Leave mentions whose likeliest stance is less probable out of estimates of stance [default: none].",
        ),
    )
    jobs: int = field(default=1, metadata=_describe(_count(1), "Events compared side by side."))
    seed: int = field(default=0, metadata=_describe(_count(0), "Seed of every interval."))

    def __post_init__(self) -> None:
        for name in OPTIONS:
            object.__setattr__(self, name, parse_option(name, getattr(self, name)))


OPTIONS = {option.name: option for option in fields(Options)}
"""Every option by name: its default, and in its metadata kind and help."""
MODEL_OPTIONS = tuple(name for name, option in OPTIONS.items() if option.metadata["kind"] is MODEL)


def parse_option(name: str, value: object, where: str = "") -> Any:
    """Return `value` as option `name` stores it; None becomes the default.

    Parameters
    ----------
    name : str
        Of the option.
    value : object
        As given.
    where : str
        Ends the first sentence of the message: the file that holds the value.

    Raises
    ------
    InputError
        When `value` is not of the option's kind.
    """
    option = OPTIONS[name]
    if value is None:
        return option.default
    kind: Kind = option.metadata["kind"]
    try:
        return kind.parse(value)
    except (TypeError, ValueError):
        raise InputError(f"Invalid {name} {value!r}{where}. It must be {kind.accepts}.") from None


# --- configurations: study.toml, and the run.json of an earlier study ------------------------------------


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
    settings = {}
    for name, value in values.items():
        if name not in OPTIONS and name not in PLACES:
            known = [*PLACES, *OPTIONS]
            raise InputError(
                f"Unknown key {name!r} in {str(path)!r}. Known: {', '.join(known)}.{suggest_name(name, known)}"
            )
        if value is not None:
            settings[name] = _check_value(name, value, f" in {str(path)!r}")
    return locate_paths(settings, path.parent)


def _check_value(name: str, value: object, where: str) -> Any:
    text = name in PLACES or OPTIONS[name].metadata["kind"] in (MODEL, PATH)
    if text and not isinstance(value, str):
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
    if not isinstance(run, dict) or not isinstance(run.get("configuration"), dict):
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
