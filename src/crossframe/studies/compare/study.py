"""Compare a corpus: one idempotent step per event, then estimates over events, then name priors and run.json."""

import math
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.matching.copies import find_copies
from crossframe.matching.events import find_misfits
from crossframe.records import CONSTRUCTS, Corpus, Coverage, Estimates
from crossframe.studies.compare.checks import (
    Study,
    prepare_study,
    refuse_actor,
    warn_of_changes,
    warn_of_unused_edits,
)
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.compare.configuration import read_configuration, read_run
from crossframe.studies.compare.event import EventStatus, compare_event, select_certain
from crossframe.studies.compare.manifest import describe_run
from crossframe.studies.compare.merges import list_merges, merge_suggested
from crossframe.studies.compare.models import ROLES, resolve_models
from crossframe.studies.compare.name_priors import measure_priors
from crossframe.studies.compare.options import Options
from crossframe.studies.compare.results import check_folder, write_results
from crossframe.studies.compare.withheld import language_of_model, list_earlier, list_partial, list_unread

if TYPE_CHECKING:
    from pandas import DataFrame

    from crossframe.attributing.actors.edits import ActorEdits

MAX_SHARD = 32
"""Events that a process compares with the models it loaded: loading takes about as long as one event, and the progress bar
moves when as many are done."""


def compare(
    corpus: "str | Path | Corpus | DataFrame",
    *,
    event: str | None = None,
    models: str = "small",
    encoder: Any = None,
    aligner: Any = None,
    actor_model: Any = None,
    quote_model: Any = None,
    stance_model: Any = None,
    frame_model: Any = None,
    actors: str | Path | None = None,
    merge: str | None = None,
    events: str | Path | None = None,
    only_actors: str | Sequence[str] | None = None,
    score: str = "public",
    min_confidence: float | None = None,
    recalibrate: bool = False,
    jobs: int = 1,
    seed: int = 0,
) -> Comparison:
    """Compare how the outlets of a corpus tell its events.

    Parameters
    ----------
    corpus : str, Path, Corpus or DataFrame
        A corpus folder, the name of a corpus, a corpus, or its articles as a table.
    event, models : str, optional
        Only this event (a unique prefix will do); the model set, ``small`` or ``base``, of every model that is not given.
    encoder, aligner, actor_model, quote_model, stance_model, frame_model : object, str or Path, optional
        A model (an `Encoder`, `Aligner`, `NameFinder`, ... of your own), its name, or its folder.
    actors, merge, events : str or Path, optional
        Edited tables to apply; `merge` is ``suggested`` to merge the actors of the table suggested_merges.
    only_actors : sequence of str, optional
        Ids of the actors to judge: mentions, scores and estimates are of these alone; the actors table lists all found.
    score : str
        Who is scored: ``public`` (declared actors, states, bodies, groups, persons with an office or title) or ``all``.
    min_confidence : float, optional
        Probability of the likeliest label below which a judgement is left out of estimates of portrayal and stance.
    recalibrate : bool
        Whether to add estimates by probabilities recalibrated to the study's own labels, where there are 40 or more.
    jobs, seed : int
        Events compared side by side; seed of every interval.

    Returns
    -------
    Comparison
        Tables, figures and page, in memory.

    Raises
    ------
    UnknownNameError, InputError
        When corpus, event, actor, model or table do not exist, or cannot be used; when an option has the wrong type.

    Examples
    --------
    >>> crossframe.compare("georgia-2008", only_actors=["russia"])  # doctest: +SKIP
    """
    given = {name: value for name, value in locals().items() if name != "corpus"}
    return compare_study(prepare_study(corpus, Options(**given)))


def compare_to(
    corpus: "str | Path | Corpus | DataFrame",
    out: str | Path | None,
    options: Options,
    *,
    draw: bool = True,
    show: Callable[[str], object] | None = None,
) -> Comparison:
    """Compare `corpus` and write tables, figures, page and run.json to `out`, all or nothing.

    Parameters
    ----------
    corpus : str, Path, Corpus or DataFrame
        As for `compare`.
    out : str, Path or None
        Results folder: new, empty, or written by an earlier comparison; None takes ``results/<corpus>``.
    options : Options
        How to compare.
    draw : bool
        Whether figures and page are made.
    show : callable, optional
        Given what there is to compare, as text, before the first slow step.

    Returns
    -------
    Comparison
        What was written.

    Raises
    ------
    InputError
        When `out` holds files that no comparison wrote, or as for `compare`.
    UnknownNameError
        As for `compare`.
    """
    if out is not None:
        check_folder(out)
    return _compare_to(prepare_study(corpus, options), out, draw=draw, show=show)


def compare_configured(
    configuration: str | Path, given: Mapping[str, Any], *, show: Callable[[str], object] | None = None
) -> Comparison:
    """Compare as a configuration says and write the results folder.

    Parameters
    ----------
    configuration : str or Path
        TOML file, or the run.json of an earlier study, whose tables come out again.
    given : mapping of str to object
        What takes the place of its values: options by name, ``corpus`` and ``out``; None leaves them.
    show : callable, optional
        As for `compare_to`.

    Returns
    -------
    Comparison
        What was written.

    Raises
    ------
    UnknownNameError, InputError
        As for `compare_to` and `read_configuration`; and when neither names a corpus, or a model that was an object.

    Warns
    -----
    CrossframeWarning
        When the corpus or another thing that the earlier study was made from has changed since.
    """
    path = Path(configuration)
    settings = read_configuration(path)
    given = {name: value for name, value in given.items() if value is not None}
    run = read_run(path) if path.suffix == ".json" else None
    models = run.get("models", {}) if run is not None else {}
    objects = {option for option, role in ROLES.items() if "object" in models.get(role.key, {})}
    for option in sorted(objects - set(given)):
        raise InputError(
            f"Missing {option} for {str(path)!r}. It was an object named {settings[option]!r}, which a file cannot hold: "
            "name another, or compare from Python."
        )
    settings |= given
    corpus, out = settings.pop("corpus", None), settings.pop("out", None)
    if corpus is None:
        raise InputError(f"Missing corpus in {str(path)!r}. Name one there, or on the command line.")
    if out is not None:
        check_folder(out)
    study = prepare_study(corpus, Options(**settings))
    if run is not None and not set(given) - {"out", "jobs", "corpus"}:
        warn_of_changes(study, run, path)
    return _compare_to(study, out, show=show)


def _compare_to(
    study: Study,
    out: str | Path | None,
    *,
    draw: bool = True,
    show: Callable[[str], object] | None = None,
) -> Comparison:
    folder = Path("results") / study.corpus.name if out is None else Path(out)
    check_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    comparison = compare_study(study, beside=folder, show=show)
    write_results(folder, comparison.tables, comparison.run, draw=draw)
    return replace(comparison, folder=folder)


def compare_study(
    study: Study, *, beside: Path | None = None, show: Callable[[str], object] | None = None
) -> Comparison:
    """Compare what was prepared.

    Parameters
    ----------
    study : Study
        Of `prepare_study`.
    beside : Path or None
        Path beside which the tables of single events are stored until the comparison is done; None takes the system's
        folder for temporary files.
    show : callable, optional
        As for `compare_to`.

    Returns
    -------
    Comparison
        In memory.

    Raises
    ------
    UnknownNameError
        When a chosen actor was not found.
    """
    misfits = find_misfits(study.compared.articles)
    if show is not None:
        show(_look_at_articles(study, misfits))
    events = sorted({article.event for article in study.compared.articles})
    if study.options.merge is not None:
        study = replace(study, edits=merge_suggested(study))
    place: AbstractContextManager[str | Path] = (
        storage.make_work_folder(beside) if beside else tempfile.TemporaryDirectory(prefix="crossframe-")
    )
    with place as work:
        statuses = _compare_events(study, events, Path(work))
        tables = _join_events(study, [Path(work) / event for event in events])
    tables["articles"]["misfit"] = tables["articles"]["article"].map(misfits)
    found = set(tables["actors"]["actor"])
    for id in study.options.only_actors or ():
        if id not in found:
            refuse_actor(id, found, "found")
    if study.options.event is None:
        warn_of_unused_edits(study.edits, found)
    start = time.perf_counter()
    priors = measure_priors(study.models.stance_model, tables, seed=study.options.seed)
    seconds = {"name_priors": round(time.perf_counter() - start, 3)}
    return Comparison(tables, describe_run(study, statuses, tables, priors, seconds))


def _look_at_articles(study: Study, misfits: Mapping[str, str]) -> str:
    """Return as text what there is to compare; `misfits` says which places are doubtful."""
    from crossframe.showing.tables.inventory import make_inventory
    from crossframe.showing.text.summary import summarise_inventory

    articles = study.compared.articles
    rows = [
        {
            **{name: getattr(article, name) or "" for name in ("event", "outlet", "extent")},
            "misfit": misfits[article.id],
            **row,
        }
        for article, row in zip(articles, find_copies(articles).rows(), strict=True)
    ]
    return summarise_inventory(make_inventory(rows, (outlet.id for outlet in study.corpus.outlets)))


def _compare_events(study: Study, events: Sequence[str], folder: Path) -> list[EventStatus]:
    """Compare event after event, or as many side by side as the options say; statuses are in the order of events."""
    options, edits = study.options, study.edits
    parts = [(study.compared.select(event=event), folder / event) for event in events]
    if options.jobs == 1:
        return [
            compare_event(corpus, target, options, study.models, edits)
            for corpus, target in track(parts, "Comparing events", total=len(events))
        ]
    from joblib import Parallel, delayed

    n_shards = options.jobs * math.ceil(len(events) / (options.jobs * MAX_SHARD))
    bounds = [len(events) * i // n_shards for i in range(n_shards + 1)]
    shards = [parts[start:end] for start, end in pairwise(bounds) if start < end]
    done = Parallel(n_jobs=options.jobs, return_as="generator")(
        delayed(_compare_shard)(shard, options, edits) for shard in shards
    )
    return list(track(chain.from_iterable(done), "Comparing events", total=len(events)))


def _compare_shard(
    parts: Sequence[tuple[Corpus, Path]], options: Options, edits: "ActorEdits | None"
) -> list[EventStatus]:
    """Compare some events in a process of their own, with models loaded once for all of them."""
    models = resolve_models(options)
    return [compare_event(corpus, target, options, models, edits) for corpus, target in parts]


def _join_events(study: Study, folders: Sequence[Path]) -> "dict[str, DataFrame]":
    """Return the tables of all events as one, with the estimates over events."""
    import pandas as pd

    from crossframe.showing.tables.build import make_estimates_table, make_merges_table, make_outlets_table
    from crossframe.showing.tables.files import read_tables
    from crossframe.showing.tables.schema import TABLES

    corpus, options = study.compared, study.options
    each = [read_tables(folder) for folder in folders]
    tables = {
        name: pd.concat([part[name] for part in each], ignore_index=True)
        for name in TABLES
        if name not in {"outlets", "suggested_merges"}
    }
    tables["outlets"] = make_outlets_table(corpus)
    tables["suggested_merges"] = make_merges_table(one._asdict() for one in list_merges(tables["actors"]))
    more = _over_events(study, each, tables) if len(each) > 1 else []
    if options.recalibrate:
        more += _recalibrated(corpus, tables, options)
    if more:
        parts = [tables["estimates"], *(make_estimates_table(one) for one in more)]
        tables["estimates"] = pd.concat(parts, ignore_index=True)
    return {name: tables[name] for name in TABLES}


def _over_events(
    study: Study, each: "Sequence[Mapping[str, DataFrame]]", tables: "Mapping[str, DataFrame]"
) -> list[Estimates]:
    from crossframe.contrasting.corrected import correct_over_events
    from crossframe.contrasting.coverage import estimate_omissions
    from crossframe.contrasting.framing import sum_by_event
    from crossframe.contrasting.judged import Judged, average_by_event, pair_values
    from crossframe.contrasting.labelled import labels_of
    from crossframe.contrasting.over_events import compare_over_events
    from crossframe.records import PORTRAYAL, STANCE

    estimates = [Estimates.from_rows(part["estimates"].to_dict("records")) for part in each]
    coverages = [Coverage.from_rows(part["coverage"].to_dict("records")) for part in each]
    corpus, options = study.compared, study.options
    earlier = list_earlier(tables["articles"].to_dict("records"))
    unread = list_unread(corpus, language_of_model(study.models.stance_model))
    counted = [article for article in corpus.articles if article.id not in earlier]
    n_articles = Counter((article.event, article.outlet) for article in counted)
    n_scored = Counter((article.event, article.outlet) for article in counted if article.id not in unread)
    copying = _list_copying(tables)
    portrayals, stances = (
        Judged.of_table(tables[name].to_dict("records"), name) for name in (PORTRAYAL, STANCE)
    )
    merged = portrayals.merge_voices()
    values = {
        **average_by_event(select_certain(portrayals, options.min_confidence).with_all_voices(), PORTRAYAL),
        **average_by_event(select_certain(stances, options.min_confidence), STANCE),
        **sum_by_event(merged, n_scored),
    }
    values |= pair_values(values, copying) | average_by_event(merged, "tone")
    return [
        compare_over_events(estimates, values, seed=options.seed),
        *(
            correct_over_events(judged, labels_of(corpus, construct), construct, copying, seed=options.seed)
            for construct, judged in ((PORTRAYAL, portrayals), (STANCE, stances))
        ),
        estimate_omissions(coverages, n_articles, copying | list_partial(counted)),
    ]


def _list_copying(tables: "Mapping[str, DataFrame]") -> set[tuple[str, str]]:
    """Return which outlets print a copy in which event."""
    copies = tables["articles"][tables["articles"]["copy_of"] != ""]
    copies = copies[~copies["article"].isin(list_earlier(tables["articles"].to_dict("records")))]
    return set(zip(copies["event"], copies["outlet"], strict=True))


def _recalibrated(corpus: Corpus, tables: "Mapping[str, DataFrame]", options: Options) -> list[Estimates]:
    from crossframe.contrasting.judged import Judged
    from crossframe.contrasting.labelled import labels_of
    from crossframe.contrasting.recalibrated import estimate_recalibrated

    return [
        one
        for construct in CONSTRUCTS
        for one in estimate_recalibrated(
            select_certain(
                Judged.of_table(tables[construct].to_dict("records"), construct), options.min_confidence
            ),
            labels_of(corpus, construct),
            construct,
            _list_copying(tables),
            seed=options.seed,
        )
    ]
