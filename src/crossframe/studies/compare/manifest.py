"""run.json: everything needed to make a comparison again, and what its reader must know."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe._validation import MAX_LISTED
from crossframe.contrasting.judged import Judged
from crossframe.contrasting.labelled import describe_labels, labels_of
from crossframe.contrasting.recalibrated import describe_recalibration
from crossframe.judging.probes.invented import INVENTED
from crossframe.judging.probes.name_priors import NamePrior
from crossframe.judging.stance.stance_model import constructs_of
from crossframe.matching.copies import COPY_SHARE
from crossframe.models.sets import describe_borrowed
from crossframe.records import CONSTRUCTS, Article
from crossframe.records.display import count_of
from crossframe.showing.tables.inventory import shorten_list
from crossframe.studies.compare.calibration import describe_promise
from crossframe.studies.compare.checks import Study, describe_labels_of
from crossframe.studies.compare.event import EventStatus, select_certain
from crossframe.studies.compare.merges import describe_opposites
from crossframe.studies.compare.models import choose_models
from crossframe.studies.compare.name_priors import describe_priors, list_priors
from crossframe.studies.compare.withheld import describe_partial, describe_unread, find_unread

if TYPE_CHECKING:
    from pandas import DataFrame

_NOTES_OF_CONSTRUCTS: dict[tuple[str, ...], str] = {
    (
        "portrayal",
    ): "The model judges how sentences portray actors, and does not read who judges them: the table stance repeats "
    "its judgement of every mention, by the voice in which the mention stands. It is no stance of the author or the speaker.",
    (
        "stance",
    ): "The model judges who takes which side, and not how sentences portray actors: the table portrayal is empty.",
}
"""By the questions that a model answers, what a reader of its tables must know."""


def describe_run(
    study: Study,
    statuses: Sequence[EventStatus],
    tables: "Mapping[str, DataFrame]",
    priors: Sequence[NamePrior],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """Return what run.json holds; nothing is computed but counts and hashes.

    Parameters
    ----------
    study : Study
        What was compared, and how.
    statuses : sequence of EventStatus
        One per event.
    tables : mapping of str to DataFrame
        Of the study.
    priors : sequence of NamePrior
        Of the actors.
    seconds : mapping of str to float
        Of the steps over all events.

    Returns
    -------
    dict of str to object
        Paths in ``configuration`` are absolute.
    """
    options = study.options
    stance_log = getattr(study.models.stance_model, "log_", {})
    return {
        "corpus": study.corpus.name,
        "corpus_fingerprint": study.corpus.fingerprint,
        "labels": describe_labels_of(study.compared),
        "licence": study.corpus.licence,
        "provenance": study.corpus.provenance,
        "configuration": study.configuration,
        "configuration_sha256": _hash_configuration(study),
        "edited_tables": study.edited_tables,
        "seed": options.seed,
        "events": [status.event for status in statuses],
        "event_titles": {event.id: event.title for event in study.compared.events if event.title},
        "models": study.described,
        "endpoints": study.models.describe_endpoints(),
        "environment": storage.describe_environment() | {"threads": os.cpu_count()},
        "rows": {name: len(table) for name, table in tables.items()},
        "articles_in": len(study.corpus),
        "articles_compared": len(study.compared),
        "unread": find_unread(study.compared, study.models),
        "left_out_of_imports": dict(study.corpus.left_out),
        "outlets_without_articles": _list_absent(study),
        "excluded": f"articles of events other than {options.event!r}" if options.event else "",
        "seconds": _add_seconds([status.seconds for status in statuses] + [seconds]),
        "name_priors": list_priors(priors),
        "stress": stance_log.get("stress", {}).get(INVENTED, {}),
        "stance_calibration": stance_log.get("calibration", {}),
        "notes": _notes(study, tables, statuses, priors),
    }


def _list_absent(study: Study) -> list[str]:
    """Return the outlets of the corpus that have no article among those compared."""
    present = {article.outlet for article in study.compared.articles}
    return sorted({outlet.id for outlet in study.corpus.outlets} - present)


def _hash_configuration(study: Study) -> str:
    """Return the SHA-256 of what tables depend on beside the corpus, wherever files are stored."""
    options = study.options
    content = {
        "event": options.event,
        "only_actors": sorted(options.only_actors or ()),
        "merge": options.merge,
        "score": options.score,
        "min_confidence": options.min_confidence,
        "recalibrate": options.recalibrate,
        "seed": options.seed,
        "models": study.described,
        "edited_tables": study.edited_tables,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _add_seconds(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return {step: round(seconds, 3) for step, seconds in total.items()}


def _notes(
    study: Study,
    tables: "Mapping[str, DataFrame]",
    statuses: Sequence[EventStatus],
    priors: Sequence[NamePrior],
) -> list[str]:
    models = study.models
    names = dict(zip(tables["actors"]["actor"], tables["actors"]["name"], strict=True))
    notes = [
        getattr(models.aligner, "note", ""),
        describe_promise(models.aligner),
        getattr(models.stance_model, "note", ""),
        _NOTES_OF_CONSTRUCTS.get(constructs_of(models.stance_model), ""),
        getattr(models.frame_model, "note", ""),
        *describe_priors(priors, names),
        *describe_opposites(tables),
        describe_unread(study.compared, models),
        describe_partial(study.compared.articles),
        *_notes_of_choices(study, tables),
        *_notes_of_articles(study, tables, n_events=len(statuses)),
        *_notes_of_labels(study, tables),
        *(note for status in statuses for note in status.warnings),
    ]
    return list(dict.fromkeys(note for note in notes if note))


def _notes_of_labels(study: Study, tables: "Mapping[str, DataFrame]") -> list[str]:
    declared = {actor.id for actor in study.compared.actors}
    options, notes = study.options, []
    for construct in CONSTRUCTS:
        judged = Judged.of_table(tables[construct].to_dict("records"), construct)
        labels = labels_of(study.compared, construct)
        notes += describe_labels(judged, labels, construct, declared)
        if options.recalibrate:
            chosen = select_certain(judged, options.min_confidence)
            notes.append(describe_recalibration(chosen, labels, construct, seed=options.seed))
    return notes


def list_unscored(tables: "Mapping[str, DataFrame]") -> list[str]:
    """Return the actors that are mentioned and not scored, those with the most mentions first."""
    counts = tables["mentions"]["actor"].value_counts()
    scored = set(tables["portrayal"]["actor"]) | set(tables["stance"]["actor"])
    return sorted(set(counts.index) - scored, key=lambda actor: (-counts[actor], actor))


def _notes_of_choices(study: Study, tables: "Mapping[str, DataFrame]") -> list[str]:
    """Return what the options left out, and which models the chosen set lacks."""
    notes = [describe_borrowed(study.options.models, choose_models(study.options))]
    unscored = list_unscored(tables)
    if unscored:
        more = f" and {len(unscored) - MAX_LISTED} more" if len(unscored) > MAX_LISTED else ""
        notes.append(
            f"{count_of(len(unscored), 'actor')} shown, not scored: {', '.join(unscored[:MAX_LISTED])}{more}. These are persons "
            "to whom the articles give no office or title, or are of no known kind. Declare an actor to score it (in "
            "corpus.toml, or by 1 under declared in an edited table of actors), or all with --score all."
        )
    if study.options.min_confidence is not None:
        portrayal = tables["portrayal"]
        unsure = int((portrayal["certain"] == 0).sum())
        notes.append(
            f"{unsure} of {len(portrayal)} portrayals whose likeliest label is below {study.options.min_confidence:g} are "
            "left out of the estimates of portrayal (not of framing, nor of those corrected by labels), and so are stances; what "
            "is left out is not missing at random."
        )
    if study.options.only_actors:
        notes.append(
            f"Of {tables['actors']['actor'].nunique()} actors these alone were judged, as chosen: "
            f"{', '.join(study.options.only_actors)}."
        )
    return notes


def _notes_of_kinds(articles: Sequence[Article]) -> list[str]:
    """Return that genres are mixed, if they are; an article that does not say its genre is taken for news."""
    kinds: dict[str, list[str]] = {}
    for article in articles:
        kinds.setdefault(article.genre or "", []).append(article.id)
    if not set(kinds) - {"news", ""} or len({genre or "news" for genre in kinds}) < 2:
        return []
    silent = len(kinds.pop("", []))
    listed = [
        f"{genre} {len(ids)}" + ("" if genre == "news" else f" ({', '.join(shorten_list(ids, MAX_LISTED))})")
        for genre, ids in sorted(kinds.items())
    ]
    listed += [f"not stated {silent} (taken for news)"] if silent else []
    return [f"Genres differ: {', '.join(listed)}. Opinion and news are not of one kind; compare them apart."]


def _notes_of_articles(study: Study, tables: "Mapping[str, DataFrame]", *, n_events: int) -> list[str]:
    """Return what the articles themselves keep from being concluded."""
    copies = tables["articles"][tables["articles"]["copy_of"] != ""]
    notes = [
        f"{row.article} shares {row.copied_share:.0%} of its word 5-grams with {row.copy_of}"
        f"{', and which of the two copied is not known' if row.copy_direction == 'unknown' else ''}: "
        "a copy is not an independent voice."
        for row in copies.itertuples()
    ]
    copied = {*copies["copy_of"]}
    notes += [
        f"Most of {row.article} is printed in an article of another outlet that is longer or later: what the two share is not "
        "said independently."
        for row in tables["articles"].itertuples()
        if row.copied_share >= COPY_SHARE and not row.copy_of and row.article not in copied
    ]
    notes += [
        f"{row.article} is a later version of {row.version_of}, of the same outlet: the later counts. The earlier is listed, with "
        "its sentences, names and quotations, and takes no part in claims, scores and estimates."
        for row in tables["articles"].itertuples()
        if row.version_of
    ]
    doubtful = [f"{row.article} ({row.misfit})" for row in tables["articles"].itertuples() if row.misfit]
    if doubtful:
        notes.append(
            f"{count_of(len(doubtful), 'article')} may not belong to the event of the others: "
            f"{', '.join(shorten_list(doubtful, MAX_LISTED))}. What is compared there may be two events."
        )
    notes += _notes_of_kinds(study.compared.articles)
    if n_events == 1:
        notes.append(
            "One event is a case, not a sample: intervals describe these articles, and nothing is tested."
        )
    if not (tables["estimates"]["quantity"] == "omission_rate").any():
        notes.append(
            "How often an outlet leaves out what all others tell: too little data. That needs six events or more, with "
            "three outlets or more that print no copies."
        )
    return notes
