"""The models of a study: names, folders and objects become models here and nowhere else, once, and are passed on."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.learning.endpoint.client import Endpoint, is_endpoint, open_endpoint
from crossframe.studies.compare.options import MODEL_OPTIONS, Options

RULES = "rules"
"""Name of what needs no model: names and quotes by rules."""


@dataclass(frozen=True)
class ModelSet:
    """Models that belong together, by name: what a study takes where no option names another."""

    encoder: str
    aligner: str
    actor_model: str
    quote_model: str
    stance_model: str
    frame_model: str


MODEL_SETS = {
    "small": ModelSet("all-MiniLM-L6-v2", "aligner-news", "actors-news", RULES, "stance-news", "frames-news"),
}
"""Model sets by name; the weights of ``small`` come with the package."""
_WITHOUT_WEIGHTS = {"aligner": "aligner-lexical", "actor_model": RULES}
"""What a set's models become where the encoder is ``tfidf``: it is chosen where no weights shall be loaded."""


@dataclass(frozen=True)
class Models:
    """The models of a study, loaded once.

    Parameters
    ----------
    encoder : Encoder
        Of sentences, for alignment.
    aligner : Aligner
        Of sentences across outlets.
    name_finder : NameFinder
        Of names, which become actors.
    quote_reader : QuoteReader or None
        Of quotes; None: by rules.
    stance_model : StanceModel
        Of mentions.
    frame_model : FrameModel
        Of articles.
    given : dict of str to str
        By option the class of a model that was given as an object.
    """

    encoder: Any
    aligner: Any
    name_finder: Any
    quote_reader: Any
    stance_model: Any
    frame_model: Any
    given: dict[str, str]

    def describe(self) -> dict[str, dict[str, str]]:
        """Return by role name and hash of each model ("" where an object has none), and the class of an object.

        A model that learns from the articles it is used on (``tfidf``) is described as it is before that.
        """
        described = {}
        for option, role in ROLES.items():
            model = getattr(self, role.attribute)
            if model is not None:
                hash_ = getattr(model, "fingerprint" if option == "encoder" else "hash", "")
                described[role.key] = {"name": str(model.name), "sha256": str(hash_)}
                if option in self.given:
                    described[role.key]["object"] = self.given[option]
        return described

    def describe_endpoints(self) -> list[dict[str, Any]]:
        """Return the use of each endpoint so far: roles, address, model, calls, tokens, cost; empty without endpoints."""
        roles: dict[Endpoint, list[str]] = {}
        for role in ROLES.values():
            endpoint = getattr(getattr(self, role.attribute), "endpoint", None)
            if isinstance(endpoint, Endpoint):
                roles.setdefault(endpoint, []).append(role.key)
        return [{"roles": keys, **endpoint.describe()} for endpoint, keys in roles.items()]


@dataclass(frozen=True)
class _Role:
    """A model's part in a study: attribute of `Models`, key in run.json, loader, and what an object must have."""

    attribute: str
    key: str
    load: Callable[[str], Any]
    needs: tuple[str, ...]


def _load_encoder(name: str) -> Any:
    from crossframe.learning.encoders.by_name import load_encoder

    return load_encoder(name)


def _load_aligner(name: str) -> Any:
    from crossframe.matching.aligners import load_aligner

    return load_aligner(name)


def _load_name_finder(name: str) -> Any:
    from crossframe.attributing.names.finders import load_name_finder

    return load_name_finder(name)


def _load_quote_reader(name: str) -> Any:
    from crossframe.attributing.quotes.readers import load_quote_reader

    return load_quote_reader(None if name == RULES else name)


def _load_stance_model(name: str) -> Any:
    from crossframe.judging.stance.by_name import load_stance_model

    return load_stance_model(name)


def _load_frame_model(name: str) -> Any:
    from crossframe.judging.frames import load_frame_model

    return load_frame_model(name)


ROLES = {
    "encoder": _Role("encoder", "encoder", _load_encoder, ("name", "fingerprint", "encode")),
    "aligner": _Role("aligner", "aligner", _load_aligner, ("name", "align")),
    "actor_model": _Role("name_finder", "actors", _load_name_finder, ("name", "find")),
    "quote_model": _Role("quote_reader", "quotes", _load_quote_reader, ("name", "find")),
    "stance_model": _Role("stance_model", "stance", _load_stance_model, ("name", "predict_proba")),
    "frame_model": _Role("frame_model", "frames", _load_frame_model, ("name", "annotate")),
}
"""By option of `MODEL_OPTIONS`."""


def choose_models(options: Options) -> dict[str, Any]:
    """Return by option the model of a study: as given, else by the name that its set has.

    Parameters
    ----------
    options : Options
        Of the study.

    Raises
    ------
    UnknownNameError
        When there is no such model set.

    Examples
    --------
    >>> choose_models(Options(encoder="tfidf"))["aligner"]
    'aligner-lexical'
    """
    chosen = asdict(MODEL_SETS[check_choice(options.models, "model set", MODEL_SETS)])
    if options.encoder == "tfidf":
        chosen |= _WITHOUT_WEIGHTS
    given = {option: getattr(options, option) for option in MODEL_OPTIONS}
    return chosen | {option: model for option, model in given.items() if model is not None}


def resolve_models(options: Options) -> Models:
    """Return the models of a study; weights are loaded when they are first needed.

    Parameters
    ----------
    options : Options
        Of the study.

    Returns
    -------
    Models
        Those that are one endpoint share its count of calls.

    Raises
    ------
    UnknownNameError
        When there is no such model or model set.
    InputError
        When a folder is damaged, or an object is no model.
    """
    opened: dict[Any, Endpoint] = {}
    loaded, given = {}, {}
    for option, model in choose_models(options).items():
        if is_endpoint(model):
            endpoint = open_endpoint(model)
            model = opened.setdefault(endpoint.settings, endpoint)
        elif not isinstance(model, str):
            given[option] = f"{type(model).__module__}.{type(model).__qualname__}"
        loaded[ROLES[option].attribute] = resolve_model(option, model)
    return Models(**loaded, given=given)


def resolve_model(option: str, model: Any) -> Any:
    """Return the model that an option names, or that it is.

    Parameters
    ----------
    option : str
        One of `MODEL_OPTIONS`.
    model : str, Endpoint or object
        Name, folder, endpoint, or the model itself.

    Returns
    -------
    object
        None for quotes by rules.

    Raises
    ------
    UnknownNameError, InputError
        As `resolve_models`.
    """
    role = ROLES[option]
    if isinstance(model, str) or is_endpoint(model):
        return role.load(model)
    if isinstance(model, type) or not all(hasattr(model, name) for name in role.needs):
        kind = "the class " if isinstance(model, type) else ""
        raise InputError(
            f"Invalid {option} {kind}{model!r}. It must be a name, a folder, or an object with {_list(role.needs)}."
        )
    return model


def _list(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
