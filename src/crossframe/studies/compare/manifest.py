"""run.json: everything needed to make a comparison again, and what its reader must know."""

import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe.contrasting.labelled import describe_labels
from crossframe.judging.probes.name_priors import NamePrior
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.records import Annotation, Corpus
from crossframe.studies.compare.calibration import describe_promise
from crossframe.studies.compare.endpoints import describe_asking
from crossframe.studies.compare.event import (
    EventStatus,
    Options,
    chosen_aligner,
    chosen_encoder,
    chosen_finder,
    chosen_frame_model,
    chosen_quote_model,
    chosen_stance_model,
)
from crossframe.studies.compare.name_priors import describe_priors, list_priors, measure_priors

if TYPE_CHECKING:
    from pandas import DataFrame


def describe_models(options: Options) -> dict[str, dict[str, str]]:
    encoder = chosen_encoder(options.encoder)
    loaded = {
        "aligner": chosen_aligner(options.aligner, options.encoder),
        "actors": chosen_finder(options.actor_model, options.encoder),
        "stance": chosen_stance_model(options.stance_model),
        "frames": chosen_frame_model(),
    }
    predict_stances(loaded["stance"], [])
    reader = chosen_quote_model(options.quote_model)
    if reader is not None:
        loaded["quotes"] = reader
    models = {role: {"name": model.name, "sha256": model.hash} for role, model in loaded.items()}
    return {"encoder": {"name": encoder.name, "sha256": encoder.fingerprint}, **models}


def describe_run(
    corpus: Corpus,
    chosen: Corpus,
    options: Options,
    models: dict[str, dict[str, str]],
    statuses: Sequence[EventStatus],
    tables: "Mapping[str, DataFrame]",
) -> dict[str, Any]:
    names = {role: model["name"] for role, model in models.items()}
    configuration = asdict(options) | {
        "encoder": names["encoder"],
        "aligner": names["aligner"],
        "actor_model": names["actors"],
        "quote_model": names.get("quotes"),
        "stance_model": names["stance"],
        "frame_model": names["frames"],
    }
    steps: dict[str, float] = {}
    for status in statuses:
        for step, taken in status.seconds.items():
            steps[step] = round(steps.get(step, 0.0) + taken, 3)
    start = time.perf_counter()
    priors = measure_priors(chosen_stance_model(options.stance_model), tables, seed=options.seed)
    steps["name_priors"] = round(time.perf_counter() - start, 3)
    return {
        "corpus": corpus.name,
        "corpus_fingerprint": corpus.fingerprint,
        "labels": _describe_labels(chosen),
        "licence": corpus.licence,
        "provenance": corpus.provenance,
        "configuration": configuration,
        "configuration_sha256": hashlib.sha256(
            json.dumps(configuration, sort_keys=True).encode()
        ).hexdigest(),
        "seed": options.seed,
        "events": [status.event for status in statuses],
        "models": models,
        "endpoints": describe_asking(options),
        "environment": storage.describe_environment() | {"threads": os.cpu_count()},
        "rows": {name: len(table) for name, table in tables.items()},
        "articles_in": len(corpus),
        "articles_compared": len(chosen),
        "excluded": f"articles of events other than {options.event!r}" if options.event else "",
        "seconds": steps,
        "name_priors": list_priors(priors),
        "notes": _notes(chosen, tables, statuses, options, priors),
    }


def _describe_labels(corpus: Corpus) -> dict[str, Any]:
    """Return number and hash of the corpus's stance gold, which its fingerprint leaves out and estimates make use of."""
    gold = corpus.gold.get("stance")
    if not isinstance(gold, Annotation):
        return {}
    rows = [list(unit.values()) for unit in gold.units.rows()]
    drawn = None if gold.probability is None else gold.probability.tolist()
    content = [rows, gold.scores.tolist(), drawn]
    return {"stance": len(gold), "sha256": hashlib.sha256(json.dumps(content).encode()).hexdigest()}


def _notes(
    corpus: Corpus,
    tables: "Mapping[str, DataFrame]",
    statuses: Sequence[EventStatus],
    options: Options,
    priors: Sequence[NamePrior],
) -> list[str]:
    aligner = chosen_aligner(options.aligner, options.encoder)
    notes = [
        getattr(aligner, "note", ""),
        describe_promise(aligner),
        chosen_stance_model(options.stance_model).note,
        chosen_frame_model().note,
        *describe_priors(priors, dict(zip(tables["actors"]["actor"], tables["actors"]["name"], strict=True))),
    ]
    if options.min_confidence is not None:
        unsure = int((tables["stance"]["certain"] == 0).sum())
        notes.append(
            f"{unsure} of {len(tables['stance'])} mentions whose likeliest stance is below {options.min_confidence:g} are left "
            "out of the estimates of stance (not of framing, nor of those corrected by labels); what is left out is not missing at "
            "random."
        )
    copies = tables["articles"][tables["articles"]["copy_of"] != ""]
    notes += [
        f"{row.article} shares {row.copied_share:.0%} of its word 5-grams with {row.copy_of}: "
        "a copy is not an independent voice."
        for row in copies.itertuples()
    ]
    genres = sorted({article.genre for article in corpus.articles if article.genre})
    if len(genres) > 1:
        notes.append(f"Genres differ ({', '.join(genres)}): opinion and news are not of one kind.")
    if len(statuses) == 1:
        notes.append(
            "One event is a case, not a sample: intervals describe these articles, and nothing is tested."
        )
    if not (tables["estimates"]["quantity"] == "omission_rate").any():
        notes.append(
            "How often an outlet leaves out what all others tell: too little data. That needs six events or more, with "
            "three outlets or more that print no copies."
        )
    declared = {actor.id for actor in corpus.actors}
    notes += describe_labels(tables["stance"].to_dict("records"), corpus.gold.get("stance"), declared)
    notes += [note for status in statuses for note in status.warnings]
    return list(dict.fromkeys(note for note in notes if note))
