"""Compare a corpus: one idempotent step an event, then what the events say together, then figures and page."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crossframe._progress import track
from crossframe.records import Corpus, Coverage, Estimates
from crossframe.studies.compare.checks import check_edits, check_everywhere
from crossframe.studies.compare.comparison import Comparison, check_folder, write_comparison
from crossframe.studies.compare.endpoints import begin_asking
from crossframe.studies.compare.event import EventStatus, Options, compare_event
from crossframe.studies.compare.manifest import describe_models, describe_run

if TYPE_CHECKING:
    from pandas import DataFrame


def compare(
    corpus: Corpus,
    *,
    event: str | None = None,
    encoder: str | None = None,
    aligner: str | None = None,
    actor_model: str | None = None,
    quote_model: str | None = None,
    stance_model: str | None = None,
    actors: str | Path | None = None,
    min_confidence: float | None = None,
    seed: int = 0,
) -> Comparison:
    """Compare how the outlets of a corpus tell its events.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    event : str, optional
        Only this event (a unique prefix will do).
    encoder, aligner, actor_model, quote_model, stance_model : str, optional
        Names or folders; None takes the shipped defaults.
    actors : str or Path, optional
        Edited actors table, obeyed.
    min_confidence : float, optional
        Probability of the likeliest stance below which a mention is left out of the estimates of stance.
    seed : int
        Seed of every interval.

    Returns
    -------
    Comparison
        Tables as DataFrames; figures are one call each.

    Raises
    ------
    UnknownNameError
        When event, encoder, aligner, actor model, quote model or stance model do not exist.

    Examples
    --------
    >>> import crossframe
    >>> crossframe.compare(crossframe.read_corpus("georgia-2008"))  # doctest: +SKIP
    """
    options = Options(
        event=event, encoder=encoder, aligner=aligner, actor_model=actor_model, quote_model=quote_model,
        stance_model=stance_model, actors=str(actors) if actors else None, min_confidence=min_confidence, seed=seed,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="crossframe-") as folder:
        return compare_to(corpus, Path(folder) / "study", options, draw=False)


def compare_to(
    corpus: Corpus, out: Path, options: Options, *, jobs: int = 1, draw: bool = True
) -> Comparison:
    """Compare `corpus` and write tables, figures, page and run.json to `out`, all or nothing.

    Parameters
    ----------
    corpus : Corpus
        The corpus, whole.
    out : Path
        Results folder: new, empty, or written by an earlier comparison.
    options : Options
        What to do.
    jobs : int
        Events compared side by side.
    draw : bool
        Whether figures and page are made.

    Returns
    -------
    Comparison
        What was written.

    Raises
    ------
    InputError
        When `out` holds files that no comparison wrote, or several jobs would ask an endpoint.
    UnknownNameError
        When event, encoder, aligner, actor model or stance model do not exist.
    """
    check_folder(out)
    chosen = corpus.select(event=options.event) if options.event is not None else corpus
    check_edits(corpus, options.actors)
    begin_asking(options, jobs)
    models = describe_models(options)
    events = sorted({article.event for article in chosen.articles})
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.part."))
    try:
        statuses = _run_events(chosen, events, work / "events", options, jobs)
        tables = _join(chosen, events, work / "events", options.seed)
        if options.event is None:
            check_everywhere(corpus, options.actors, set(tables["actors"]["actor"]))
        run = describe_run(corpus, chosen, options, models, statuses, tables)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    comparison = Comparison(tables, run)
    write_comparison(comparison, out, draw=draw)
    return comparison


def _run_events(
    corpus: Corpus, events: Sequence[str], folder: Path, options: Options, jobs: int
) -> list[EventStatus]:
    parts = ((corpus.select(event=event), folder / event, options) for event in events)
    if jobs == 1:
        return [compare_event(*part) for part in track(parts, "Comparing events", total=len(events))]
    from joblib import Parallel, delayed

    done = Parallel(n_jobs=jobs, return_as="generator")(delayed(compare_event)(*part) for part in parts)
    return list(track(done, "Comparing events", total=len(events)))


# --- over events, manifest, folder ----------------------------------------------------------------------


def _join(corpus: Corpus, events: Sequence[str], folder: Path, seed: int) -> "dict[str, DataFrame]":
    import pandas as pd

    from crossframe.contrasting.corrected import correct_over_events
    from crossframe.contrasting.coverage import estimate_omissions
    from crossframe.contrasting.over_events import compare_over_events
    from crossframe.showing.tables.build import make_estimates_table, make_outlets_table
    from crossframe.showing.tables.files import read_tables
    from crossframe.showing.tables.schema import TABLES

    each = [read_tables(folder / event) for event in events]
    tables = {
        name: pd.concat([part[name] for part in each], ignore_index=True)
        for name in TABLES
        if name != "outlets"
    }
    tables["outlets"] = make_outlets_table(corpus)
    if len(events) > 1:
        estimates = [Estimates.from_rows(part["estimates"].to_dict("records")) for part in each]
        coverages = [Coverage.from_rows(part["coverage"].to_dict("records")) for part in each]
        n_articles = Counter((article.event, article.outlet) for article in corpus.articles)
        copies = tables["articles"][tables["articles"]["copy_of"] != ""]
        copying = set(zip(copies["event"], copies["outlet"], strict=True))
        omissions = estimate_omissions(coverages, n_articles, copying)
        stance, gold = tables["stance"].to_dict("records"), corpus.gold.get("stance")
        corrected = correct_over_events(stance, gold, copying, seed=seed)
        over = [compare_over_events(estimates, seed=seed), corrected, omissions]
        tables["estimates"] = pd.concat(
            [tables["estimates"], *(make_estimates_table(one) for one in over)], ignore_index=True
        )
    return {name: tables[name] for name in TABLES}
