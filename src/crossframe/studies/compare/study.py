"""Compare a corpus: one idempotent step an event, then what the events say together, then figures and page."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.records import Corpus, Coverage, Estimates
from crossframe.studies.compare.checks import check_edits, check_everywhere
from crossframe.studies.compare.endpoints import begin_asking
from crossframe.studies.compare.event import EventStatus, Options, compare_event
from crossframe.studies.compare.explore import Explorable
from crossframe.studies.compare.manifest import describe_models, describe_run

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

T = TypeVar("T")
_WRITTEN = ("tables", "figures", "report.html", "run.json")


@dataclass(frozen=True, repr=False)
class Comparison(Explorable):
    """A finished comparison: its tables and how it was made.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The tables of a study by name, as written.
    run : dict
        What ``run.json`` holds.

    Examples
    --------
    >>> import crossframe
    >>> comparison = crossframe.compare(crossframe.read_corpus("georgia-2008"))  # doctest: +SKIP
    >>> comparison.tables["stance"].head()  # doctest: +SKIP
    >>> comparison.plot_stance()  # doctest: +SKIP
    >>> comparison.claims(outlet="mtkvari-post", omitted=True)  # doctest: +SKIP
    >>> comparison.evidence(actor="russia", outlet="volga-wire")  # doctest: +SKIP
    """

    tables: "dict[str, DataFrame]"
    run: dict[str, Any] = field(default_factory=dict)

    def plot_stance(
        self, *, voice: str = "author", event: str | None = None, ax: "Axes | None" = None
    ) -> "Axes":
        """Draw how each outlet frames each actor: in its own voice (``author``) or in those it quotes (``quoted``)."""
        from crossframe.showing.plots.figures import plot_stance

        return plot_stance(self.tables["estimates"], voice=voice, event=event, ax=ax)

    def plot_claims(self, *, event: str | None = None, ax: "Axes | None" = None) -> "Axes":
        """Draw which outlet tells each claim, which surely leaves it out, and where it was merely not found."""
        from crossframe.showing.plots.figures import plot_claims

        return plot_claims(self.tables["coverage"], self.tables["estimates"], event=event, ax=ax)

    def plot_framing(self, *, event: str | None = None, ax: "Axes | None" = None) -> "Axes":
        """Draw how much each outlet tells against each actor."""
        from crossframe.showing.plots.framing import plot_framing

        return plot_framing(self.tables["estimates"], event=event, ax=ax)

    def plot_voices(self, *, event: str | None = None, ax: "Axes | None" = None) -> "Axes":
        """Draw who quotes whom: each speaker's share of what an outlet quotes."""
        from crossframe.showing.plots.quoting import plot_voices

        return plot_voices(self.tables["estimates"], event=event, ax=ax)

    def plot_wording(self, *, event: str | None = None, ax: "Axes | None" = None) -> "Axes":
        """Draw the words that set outlets apart."""
        from crossframe.showing.plots.figures import plot_wording

        return plot_wording(self.tables["wording"], event=event, ax=ax)

    def list_omissions(self, *, event: str | None = None) -> "DataFrame":
        """Return who surely leaves out which claim (event, claim, label, outlet, certainty), the surest first."""
        from crossframe.showing.tables.choosing import called_omissions

        return called_omissions(self.tables["coverage"], self.tables["estimates"], event)

    def summary(self) -> str:
        """Return the stance of outlets by actor and the most contrasting claims as plain text."""
        from crossframe.showing.text.summary import summarise

        return summarise(self.tables, notes=self.run.get("notes", ()))


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
    certain_from: float | None = None,
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
    certain_from : float, optional
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
        stance_model=stance_model, actors=str(actors) if actors else None, certain_from=certain_from, seed=seed,
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
    _check_out(out)
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
        comparison = Comparison(tables, run)
        _write(comparison, work / "study", draw=draw)
        _put(work / "study", out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return comparison


def read_comparison(folder: str | Path) -> Comparison:
    """Return the comparison that lies in a results folder.

    Parameters
    ----------
    folder : str or Path
        What `crossframe compare` wrote.

    Returns
    -------
    Comparison
        Its tables and run.json.

    Raises
    ------
    InputError
        When the folder lacks run.json or a table, or a table lacks a column.
    """
    import json

    from crossframe.showing.tables.files import read_tables

    folder = Path(folder)
    if not (folder / "run.json").is_file():
        raise InputError(
            f"Invalid results folder {str(folder)!r}. It must hold run.json and tables/, as compare writes."
        )
    return Comparison(
        read_tables(folder / "tables"), json.loads((folder / "run.json").read_text(encoding="utf-8"))
    )


def render(folder: Path) -> None:
    """Draw figures and page of the results `folder` again from its tables.

    Parameters
    ----------
    folder : Path
        Results folder.
    """
    comparison = read_comparison(folder)
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
    try:
        _draw(comparison, work)
        for name in ("figures", "report.html"):
            _swap(work / name, folder / name)
    finally:
        shutil.rmtree(work, ignore_errors=True)


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
    from crossframe.showing.tables.build import estimates_table, outlets_table
    from crossframe.showing.tables.files import read_tables
    from crossframe.showing.tables.schema import TABLES

    each = [read_tables(folder / event) for event in events]
    tables = {
        name: pd.concat([part[name] for part in each], ignore_index=True)
        for name in TABLES
        if name != "outlets"
    }
    tables["outlets"] = outlets_table(corpus)
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
            [tables["estimates"], *(estimates_table(one) for one in over)], ignore_index=True
        )
    return {name: tables[name] for name in TABLES}


def _check_out(out: Path) -> None:
    if out.is_file():
        raise InputError(f"Invalid results folder {str(out)!r}. It is a file; name a folder.")
    if out.is_dir() and any(out.iterdir()) and not (out / "run.json").is_file():
        raise InputError(
            f"Invalid results folder {str(out)!r}. It holds files that no comparison wrote; name a new or empty folder."
        )


def _write(comparison: Comparison, folder: Path, *, draw: bool) -> None:
    from crossframe.showing.tables.files import write_tables

    write_tables(folder / "tables", comparison.tables)
    storage.write_json(folder / "run.json", comparison.run)
    if draw:
        _draw(comparison, folder)


def _draw(comparison: Comparison, folder: Path) -> None:
    from crossframe.showing.html.page import render_report
    from crossframe.showing.plots.figures import save_figures

    drawn = save_figures(folder / "figures", comparison.tables)
    figures = {path.stem: path.read_bytes() for path in drawn if path.suffix == ".png"}
    storage.write_text(folder / "report.html", render_report(comparison.tables, comparison.run, figures))


def _put(new: Path, out: Path) -> None:
    out.mkdir(exist_ok=True)
    for name in _WRITTEN:
        if (new / name).exists():
            _swap(new / name, out / name)


def _swap(new: Path, old: Path) -> None:
    if new.is_dir():
        storage.replace_folder(new, old)
    else:
        new.replace(old)
