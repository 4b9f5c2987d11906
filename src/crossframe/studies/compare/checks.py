"""A study before its first slow step: corpus, edited tables and models, read and checked whole."""

import hashlib
import json
import pickle
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe._validation import MAX_LISTED, shorten, suggest_name
from crossframe.attributing.actors.edits import ActorEdits, edits_of, unknown_events
from crossframe.contrasting.labelled import labels_of
from crossframe.errors import CrossframeWarning, InputError, UnknownNameError
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.learning.endpoint.client import Endpoint, is_endpoint
from crossframe.models.sets import describe_borrowed
from crossframe.reading.corpus.events_table import regroup
from crossframe.reading.public.corpora import load_corpus
from crossframe.records import CONSTRUCTS, Annotation, Corpus
from crossframe.studies.compare.configuration import locate_paths
from crossframe.studies.compare.models import Models, choose_models, resolve_models
from crossframe.studies.compare.options import OPTIONS, Options
from crossframe.studies.compare.withheld import describe_unread
from crossframe.text import slug

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Study:
    """What a study compares, and how: everything read, nothing slow done.

    Parameters
    ----------
    corpus : Corpus
        Whole.
    compared : Corpus
        The chosen events, with labels of the chosen actors.
    options : Options
        As given.
    edits : ActorEdits or None
        Edited actors.
    models : Models
        Loaded.
    described : dict
        The models as run.json names them.
    configuration : dict
        Options with names of models in place of defaults, and the corpus: paths absolute, None for a corpus in memory.
    edited_tables : dict of str to str
        SHA-256 of the edited tables that the options name.
    """

    corpus: Corpus
    compared: Corpus
    options: Options
    edits: ActorEdits | None
    models: Models
    described: dict[str, dict[str, str]]
    configuration: dict[str, Any]
    edited_tables: dict[str, str]


def prepare_study(corpus: "str | Path | Corpus | DataFrame", options: Options) -> Study:
    """Read and check everything that a study needs.

    Parameters
    ----------
    corpus : str, Path, Corpus or DataFrame
        Folder or name of a corpus, the corpus, or its articles.
    options : Options
        How to compare it.

    Raises
    ------
    UnknownNameError
        When corpus, event, actor, model or table do not exist.
    InputError
        When one of them cannot be used, or the models cannot be used by several jobs.

    Warns
    -----
    CrossframeWarning
        Naming the models of the chosen set that are those of another; and the articles in a language that models do not read.
    """
    check_jobs(options)
    loaded = load_corpus(corpus, regrouped=options.events is None)
    if options.events is not None:
        loaded = regroup(loaded, options.events)
    compared = loaded.select(event=options.event) if options.event is not None else loaded
    edits = read_edits(loaded, options.actors)
    models = resolve_models(options)
    borrowed = describe_borrowed(options.models, choose_models(options))
    if borrowed:
        warnings.warn(borrowed, CrossframeWarning, stacklevel=3)
    predict_stances(models.stance_model, [])
    if options.only_actors:
        check_only_actors(options.only_actors, compared, edits)
        compared = _with_labels_of(compared, options.only_actors)
    unread = describe_unread(compared, models)
    if unread:
        warnings.warn(unread, CrossframeWarning, stacklevel=3)
    tables = {name: getattr(options, name) for name in ("actors", "events")}
    return Study(
        corpus=loaded,
        compared=compared,
        options=options,
        edits=edits,
        models=models,
        described=models.describe(),
        configuration=describe_configuration(corpus, options),
        edited_tables={
            name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in tables.items() if path
        },
    )


def read_edits(corpus: Corpus, path: Path | None) -> ActorEdits | None:
    """Return the edits of actors that hold for `corpus`.

    Parameters
    ----------
    corpus : Corpus
        Whole.
    path : Path or None
        The edited table; None takes the one stored with the corpus, if any.

    Raises
    ------
    UnknownNameError, InputError
        When the table cannot be read.

    Warns
    -----
    CrossframeWarning
        Of rows for events that the corpus does not have.
    """
    edits = edits_of(corpus, path)
    unused = unknown_events(edits, corpus) if edits is not None else []
    if edits is not None and unused:
        warnings.warn(
            f"Unknown event {unused[0].event!r} in {unused[0].where}: {len(unused)} of {len(edits.rows)} "
            f"rows of the actors table are for events that corpus {corpus.name!r} does not have.",
            CrossframeWarning,
            stacklevel=4,
        )
    return edits


def warn_of_unused_edits(edits: ActorEdits | None, actors: Collection[str]) -> None:
    """Warn of rows for all events whose actor no event has.

    Rows that drop or merge are passed over, for an actor so edited is in no event either.

    Parameters
    ----------
    edits : ActorEdits or None
        Of the study.
    actors : collection of str
        Ids of the actors of all events compared.

    Warns
    -----
    CrossframeWarning
        Once, naming the first such actor and its line.
    """
    rows = edits.rows if edits is not None else ()
    unused = [row for row in rows if not (row.event or row.drop or row.merge_into or row.actor in actors)]
    if unused:
        warnings.warn(
            f"Unknown actor {unused[0].actor!r} in {unused[0].where}: {len(unused)} of {len(rows)} rows of the "
            "actors table are for all events, of which none has the actor.",
            CrossframeWarning,
            stacklevel=3,
        )


def check_jobs(options: Options) -> None:
    """Refuse several jobs with models that cannot be used by several processes.

    Parameters
    ----------
    options : Options
        Of the study.

    Raises
    ------
    InputError
        When a model is an endpoint, whose calls are counted by one process, or an object that cannot be pickled.
    """
    if options.jobs == 1:
        return
    from joblib.externals.loky.backend.reduction import dumps

    for option, model in choose_models(options).items():
        if is_endpoint(model):
            raise InputError(
                f"Invalid number of jobs {options.jobs!r} with an endpoint. It must be 1, so that max_calls holds for the run."
            )
        try:
            dumps(model)
        except (TypeError, ValueError, AttributeError, RuntimeError, pickle.PicklingError) as error:
            raise InputError(
                f"Invalid number of jobs {options.jobs!r} with {option} {shorten(model)}. It must be 1, for the model "
                f"cannot be pickled: {error}."
            ) from None


def check_only_actors(ids: Collection[str], corpus: Corpus, edits: ActorEdits | None) -> None:
    """Refuse ids of actors that cannot be found: neither declared nor edited, and their first word in no article.

    The id of a discovered actor begins with the first word of its name, so others cannot be refused yet.

    Parameters
    ----------
    ids : collection of str
        Of the actors to judge.
    corpus : Corpus
        The events compared.
    edits : ActorEdits or None
        Of the study.

    Raises
    ------
    UnknownNameError
        Naming the first of them.
    """
    rows = edits.rows if edits is not None else ()
    gone = {row.actor for row in rows if not row.event and (row.drop or row.merge_into)}
    known = ({actor.id for actor in corpus.actors} | {row.actor for row in rows}) - gone
    unsure = [id for id in ids if id not in known]
    words = (
        {slug(word) for article in corpus.articles for word in article.document.split()} if unsure else set()
    )
    for id in unsure:
        first = id.partition("-")[0]
        if id in gone or not any(part.startswith(first) for word in words for part in word.split("-")):
            refuse_actor(id, known, "declared or edited")


def warn_of_changes(study: Study, run: Mapping[str, Any], path: Path) -> None:
    """Warn where a study that is repeated from its run.json is not made from the same things.

    Parameters
    ----------
    study : Study
        As it is now.
    run : mapping of str to object
        The run.json of the earlier study.
    path : Path
        Where that is stored.

    Warns
    -----
    CrossframeWarning
        Once, naming everything that has changed.
    """
    changed = [
        f"{role} model" for role, model in study.described.items() if run.get("models", {}).get(role) != model
    ]
    changed += ["corpus"] if run.get("corpus_fingerprint") != study.corpus.fingerprint else []
    changed += ["labels"] if run.get("labels") != describe_labels_of(study.compared) else []
    changed += [
        f"edited table of {name}"
        for name, digest in study.edited_tables.items()
        if run.get("edited_tables", {}).get(name) != digest
    ]
    if changed:
        warnings.warn(
            f"Changed since {str(path)!r} was written: {', '.join(changed)}. Tables may differ from those beside it.",
            CrossframeWarning,
            stacklevel=3,
        )


def describe_labels_of(corpus: Corpus) -> dict[str, Any]:
    """Return number and hash of the labels of a study, which its corpus's fingerprint leaves out; empty without any."""
    labels = _list_labels(corpus)
    if not labels:
        return {}
    content = [
        [
            [list(unit.values()) for unit in one.units.rows()],
            one.scores.tolist(),
            None if one.probability is None else one.probability.tolist(),
        ]
        for one in labels.values()
    ]
    digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    return {name: len(one) for name, one in labels.items()} | {"sha256": digest}


def _list_labels(corpus: Corpus) -> dict[str, Annotation]:
    """Return the labels of a study by the name of the gold that they are."""
    own = [labels_of(corpus, construct) for construct in CONSTRUCTS]
    return {
        name: gold
        for name, gold in corpus.gold.items()
        if isinstance(gold, Annotation) and any(gold is labels for labels in own)
    }


def refuse_actor(id: str, known: Collection[str], how: str) -> None:
    """Raise UnknownNameError for an actor to judge that is not among those `known`; `how` says how they are known."""
    listed = ", ".join(sorted(known)[:MAX_LISTED]) + (", ..." if len(known) > MAX_LISTED else "")
    raise UnknownNameError(
        f"Unknown actor {id!r} in only_actors. Of {len(known)} {how}: {listed or 'none'}.{suggest_name(id, known)}"
    )


def describe_configuration(corpus: object, options: Options) -> dict[str, Any]:
    """Return the options of a study as run.json holds them, each model as it was chosen.

    Parameters
    ----------
    corpus : object
        As given: its folder or name is held, None for a corpus in memory.
    options : Options
        Of the study.

    Returns
    -------
    dict of str to object
        By option, and ``corpus``; paths absolute.
    """
    chosen = choose_models(options)
    values = {name: getattr(options, name) for name in OPTIONS} | {
        name: model if isinstance(model, str) else None for name, model in chosen.items()
    }
    values["corpus"] = str(corpus) if isinstance(corpus, str | Path) else None
    located = locate_paths(values, Path.cwd())
    named = {name: _name_of(model) for name, model in chosen.items() if not isinstance(model, str)}
    return located | named | {"only_actors": list(options.only_actors) if options.only_actors else None}


def _name_of(model: Any) -> str:
    return f"{model.address}#{model.model}" if isinstance(model, Endpoint) else str(model.name)


def _with_labels_of(corpus: Corpus, actors: Collection[str]) -> Corpus:
    """Return the corpus with labels of these actors alone."""
    kept = {
        name: labels.select(np.array([actor in actors for actor in labels.units.actor], dtype=bool))
        for name, labels in _list_labels(corpus).items()
    }
    return replace(corpus, gold={**corpus.gold, **kept})
