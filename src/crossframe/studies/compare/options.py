"""Every option of a comparison, once: its default, what it accepts, and one line of help."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from crossframe._validation import check_path, shorten
from crossframe.errors import InputError
from crossframe.models.sets import SMALL


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


def _parse_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _count(low: int) -> Kind:
    def parse(value: object) -> int:
        if not isinstance(value, Integral) or isinstance(value, bool) or value < low:
            raise ValueError
        return int(value)

    return Kind(f"a whole number from {low} on", parse, int, low)


def _choice(*values: str) -> Kind:
    def parse(value: object) -> str:
        if value not in values:
            raise ValueError
        return str(value)

    return Kind(f"one of: {', '.join(values)}", parse)


SUGGESTED = "suggested"
"""Merges of actors that are applied: those that the study suggests."""
PUBLIC, ALL = "public", "all"
"""Who is scored: declared actors, bodies, groups and persons with an office; or private persons, too."""
TEXT = Kind("a str", _parse_text)
MODEL = Kind("a name or a folder", _parse_model)
PATH = Kind("a path: a str or a pathlib.Path", _parse_path, Path)
IDS = Kind("ids of actors: a list of str, or one str with commas between them", _parse_ids)
FLAG = Kind("true or false", _parse_flag, bool)
PROBABILITY = Kind("a probability, from 0 to 1", _parse_probability, float, 0, 1)


def _describe(kind: Kind, help: str) -> dict[str, Any]:
    return {"kind": kind, "help": help}


@dataclass(frozen=True)
class Options:
    """How a corpus is compared: each option with its kind and help; None takes its default.

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
        default=SMALL, metadata=_describe(TEXT, "Set of models that belong together: small or base.")
    )
    encoder: Any = field(
        default=None,
        metadata=_describe(
            MODEL,
            "all-MiniLM-L6-v2, all-mpnet-base-v2, tfidf, or any sentence-transformers name or folder; ending in :int8, faster.",
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
        default=None, metadata=_describe(MODEL, "Reads quotes: quotes-news, rules, or a trained folder.")
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
        default=None,
        metadata=_describe(
            MODEL, "frames-news, frames-base, frames-guns, frames-lexicon, or a trained folder."
        ),
    )
    actors: Path | None = field(
        default=None,
        metadata=_describe(PATH, "Edited table of actors [default: the corpus folder's, if any]."),
    )
    merge: str | None = field(
        default=None,
        metadata=_describe(
            _choice(SUGGESTED),
            "Merge actors that may be one under two names: suggested, as in the table suggested_merges [default: none].",
        ),
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
    score: str = field(
        default=PUBLIC,
        metadata=_describe(
            _choice(PUBLIC, ALL),
            "Who is scored: public (declared actors, states, bodies, groups, and persons with an office or title) or all.",
        ),
    )
    min_confidence: float | None = field(
        default=None,
        metadata=_describe(
            PROBABILITY,
            "Leave judgements whose likeliest label is less probable out of estimates of portrayal and stance [default: none].",
        ),
    )
    recalibrate: bool = field(
        default=False,
        metadata=_describe(
            FLAG,
            "Give estimates by probabilities recalibrated to the study's own labels, where there are 40 or more, beside the others.",
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
        raise InputError(f"Invalid {name} {shorten(value)}{where}. It must be {kind.accepts}.") from None
