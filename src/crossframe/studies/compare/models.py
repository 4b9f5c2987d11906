"""The models of a study: names, folders and objects become models here and nowhere else, once, and are passed on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from crossframe._validation import shorten
from crossframe.errors import InputError
from crossframe.learning.endpoint.client import Endpoint, is_endpoint, open_endpoint
from crossframe.models.sets import RULES, choose_from_set
from crossframe.studies.compare.options import MODEL_OPTIONS, Options

if TYPE_CHECKING:
    from crossframe.attributing.names.finders import NameFinder
    from crossframe.attributing.quotes.readers import QuoteReader
    from crossframe.judging.stance.stance_model import StanceModel
    from crossframe.learning.encoders.by_name import Encoder
    from crossframe.matching.aligner import Aligner

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
    frame_model : object
        Of articles: ``name``, and ``annotate(sentences)`` as `load_frame_model`'s have.
    given : dict of str to str
        By option the class of a model that was given as an object.
    """

    encoder: "Encoder"
    aligner: "Aligner"
    name_finder: "NameFinder"
    quote_reader: "QuoteReader | None"
    stance_model: "StanceModel"
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


class _Role(NamedTuple):
    """A model's role in a study: attribute of `Models`, key in run.json, and what loads a name, folder or object."""

    attribute: str
    key: str
    load: Callable[[Any], Any]


def _load_encoder(model: Any) -> "Encoder":
    from crossframe.learning.encoders.by_name import load_encoder

    return load_encoder(model)


def _load_aligner(model: Any) -> "Aligner":
    from crossframe.matching.aligners import load_aligner

    return load_aligner(model)


def _load_name_finder(model: Any) -> "NameFinder":
    from crossframe.attributing.names.finders import load_name_finder

    return load_name_finder(model)


def _load_quote_reader(model: Any) -> "QuoteReader | None":
    from crossframe.attributing.quotes.readers import load_quote_reader

    return load_quote_reader(model)


def _load_stance_model(model: Any) -> "StanceModel":
    from crossframe.judging.stance.by_name import load_stance_model

    return load_stance_model(model)


def _load_frame_model(model: Any) -> Any:
    from crossframe.judging.frames import load_frame_model

    if isinstance(model, str):
        return load_frame_model(model)
    if isinstance(model, type) or not (hasattr(model, "name") and hasattr(model, "annotate")):
        raise InputError(
            f"Invalid frame model {shorten(model)}. It must be a name, a folder, or an object with name and annotate(sentences)."
        )
    return model


ROLES = {
    "encoder": _Role("encoder", "encoder", _load_encoder),
    "aligner": _Role("aligner", "aligner", _load_aligner),
    "actor_model": _Role("name_finder", "actors", _load_name_finder),
    "quote_model": _Role("quote_reader", "quotes", _load_quote_reader),
    "stance_model": _Role("stance_model", "stance", _load_stance_model),
    "frame_model": _Role("frame_model", "frames", _load_frame_model),
}
"""By option of `MODEL_OPTIONS`."""


def choose_models(options: Options) -> dict[str, Any]:
    """Return by option the model of a study: as given, else by the name that its set has (`choose_from_set`).

    Parameters
    ----------
    options : Options
        Of the study.

    Raises
    ------
    UnknownNameError
        When there is no such model set.
    MissingDataError
        When a model of the set is not there.

    Examples
    --------
    >>> choose_models(Options(encoder="tfidf"))["aligner"]
    'aligner-lexical'
    """
    given = {option: getattr(options, option) for option in MODEL_OPTIONS}
    given = {option: model for option, model in given.items() if model is not None}
    if isinstance(options.encoder, str) and options.encoder == "tfidf":
        given = _WITHOUT_WEIGHTS | given
    return choose_from_set(options.models, given)


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
    return ROLES[option].load(model)
