"""Sets of models that belong together: what is taken where no option names another."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from crossframe._validation import check_choice
from crossframe.errors import MissingDataError

RULES = "rules"
"""Name of what needs no model: names and quotes by rules."""
SMALL = "small"
LANGUAGE = "en"
"""Language that the shipped models and word lists read."""
PARTS = {
    "aligner": "aligner",
    "actor_model": "name finder",
    "quote_model": "quote reader",
    "stance_model": "stance model",
    "frame_model": "frame model",
}
"""The models of a set beside its encoder, by option, in words."""


@dataclass(frozen=True)
class ModelSet:
    """Models that belong together, by name; of what a set has None, that of ``small`` is taken.

    Parameters
    ----------
    encoder : str
        What the set's own models are fitted on.
    aligner, actor_model, quote_model, stance_model, frame_model : str or None
        Shipped models, or ``rules``.
    """

    encoder: str
    aligner: str | None = None
    actor_model: str | None = None
    quote_model: str | None = None
    stance_model: str | None = None
    frame_model: str | None = None


MODEL_SETS = {
    SMALL: ModelSet(
        encoder="all-MiniLM-L6-v2",
        aligner="aligner-news",
        actor_model="actors-news",
        quote_model="quotes-news",
        stance_model="stance-news",
        frame_model="frames-news",
    ),
    "base": ModelSet(encoder="all-mpnet-base-v2", stance_model="stance-base", frame_model="frames-base"),
}
"""Model sets by name; the encoder of ``small`` comes with a package that crossframe requires, that of ``base`` is fetched."""


def find_set(name: str) -> ModelSet:
    """Return the model set of that name; raises UnknownNameError when there is none."""
    return MODEL_SETS[check_choice(name, "model set", MODEL_SETS)]


def choose_from_set(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return by option the models of a set, with those in the place of its own that are given.

    Parameters
    ----------
    name : str
        Of the set.
    given : mapping of str to object
        By option: ``encoder`` or one of `PARTS`.

    Returns
    -------
    dict of str to object
        The encoder, which is there for the aligner, is that of the set whose aligner is taken, unless it is given.

    Raises
    ------
    UnknownNameError
        When there is no such set.
    MissingDataError
        When a model of the set does not lie where shipped models do.

    Examples
    --------
    >>> choose_from_set("base", {"stance_model": "stance-lexicon"})["stance_model"]
    'stance-lexicon'
    """
    from crossframe import storage

    own = {option: model for option, model in asdict(find_set(name)).items() if model is not None}
    chosen = asdict(MODEL_SETS[SMALL]) | own
    for option in (part for part in PARTS if part not in given):
        folder = storage.models_folder() / chosen[option]
        if chosen[option] != RULES and not (folder / "config.json").is_file():
            raise MissingDataError(
                f"Missing {PARTS[option]} {chosen[option]!r} of model set {name!r}. It comes with crossframe: install crossframe "
                "again."
            )
    chosen |= given
    encoders = {one.aligner: one.encoder for one in MODEL_SETS.values() if one.aligner}
    if "encoder" not in given and isinstance(chosen["aligner"], str):
        chosen["encoder"] = encoders.get(chosen["aligner"], chosen["encoder"])
    return chosen


def describe_borrowed(name: str, chosen: Mapping[str, Any]) -> str:
    """Return a sentence on the models among those `chosen` that are of ``small`` because the set `name` has none; "" without any.

    Examples
    --------
    >>> describe_borrowed("small", {"aligner": "aligner-news"})
    ''
    """
    small, own = MODEL_SETS[SMALL], find_set(name)
    borrowed = [
        words
        for option, words in PARTS.items()
        if getattr(own, option) is None and chosen.get(option) == getattr(small, option)
    ]
    if not borrowed:
        return ""
    listed = " or ".join([", ".join(borrowed[:-1]), borrowed[-1]] if borrowed[1:] else borrowed)
    return f"Model set {name!r} has no {listed} of its own yet; what {SMALL!r} has is used, each with its own encoder."
