"""A finished comparison: its tables, its figures, claims side by side, and the sentences behind its numbers."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import _validation as check
from crossframe import storage
from crossframe.studies.compare.results import check_folder, draw_page, read_results, write_results

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

    from crossframe.showing.html.displays import Claims, Differences, Evidence
    from crossframe.showing.tables.study_names import Names


@dataclass(frozen=True, repr=False)
class Comparison:
    """A finished comparison: its tables and how it was made.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The tables of a study by name, as written.
    run : dict
        What ``run.json`` holds.
    folder : Path or None
        Results folder in which it is stored, if it is.

    Examples
    --------
    >>> import crossframe
    >>> comparison = crossframe.compare(crossframe.read_corpus("georgia-2008"))  # doctest: +SKIP
    >>> comparison.tables["portrayal"].head()  # doctest: +SKIP
    >>> comparison.plot_portrayal()  # doctest: +SKIP
    >>> comparison.claims(outlet="mtkvari-post", omitted=True)  # doctest: +SKIP
    >>> comparison.evidence(actor="russia", outlet="volga-wire")  # doctest: +SKIP
    """

    tables: "dict[str, DataFrame]"
    run: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    def plot_portrayal(
        self,
        *,
        voice: str = "outlet",
        event: str | None = None,
        actors: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        ax: "Axes | None" = None,
    ) -> "Axes":
        """Draw how each outlet portrays each actor: in its own words (``outlet``) or in those it quotes (``quoted``)."""
        from crossframe.showing.plots.portrayal_plot import plot_portrayal

        chosen = self._ids(event=event, actors=actors, outlets=outlets)
        return plot_portrayal(self.tables["estimates"], voice=voice, **chosen, ax=ax)

    def plot_stance(
        self,
        *,
        voice: str = "author",
        event: str | None = None,
        actors: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        ax: "Axes | None" = None,
    ) -> "Axes":
        """Draw who takes which side toward each actor: the ``author``, or all other holders (``quoted``)."""
        from crossframe.showing.plots.portrayal_plot import plot_stance

        chosen = self._ids(event=event, actors=actors, outlets=outlets)
        return plot_stance(self.tables["estimates"], voice=voice, **chosen, ax=ax)

    def plot_claims(
        self,
        *,
        event: str | None = None,
        actors: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        ax: "Axes | None" = None,
    ) -> "Axes":
        """Draw which outlet covers each claim (`actors`: that mentions one of them), leaves it out, or where it was not found."""
        from crossframe.showing.plots.claims_plot import plot_claims
        from crossframe.showing.tables.claim_selection import list_actors_of_claims

        chosen = self._ids(event=event, actors=actors, outlets=outlets)
        mentions = list_actors_of_claims(self.tables) if actors is not None else None
        return plot_claims(
            self.tables["coverage"], self.tables["estimates"], **chosen, mentions=mentions, ax=ax
        )

    def plot_framing(
        self,
        *,
        event: str | None = None,
        actors: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        ax: "Axes | None" = None,
    ) -> "Axes":
        """Draw how much each outlet writes for or against each actor: length x prominence x tone."""
        from crossframe.showing.plots.framing_plot import plot_framing

        chosen = self._ids(event=event, actors=actors, outlets=outlets)
        return plot_framing(self.tables["estimates"], **chosen, ax=ax)

    def plot_voices(
        self,
        *,
        event: str | None = None,
        actors: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        ax: "Axes | None" = None,
    ) -> "Axes":
        """Draw who quotes whom: the share of each speaker (`actors`: of these) in what an outlet quotes."""
        from crossframe.showing.plots.voices_plot import plot_voices

        chosen = self._ids(event=event, speakers=actors, outlets=outlets)
        return plot_voices(self.tables["estimates"], **chosen, ax=ax)

    def plot_wording(
        self,
        *,
        event: str | None = None,
        actors: Sequence[str] | None = None,
        outlets: Sequence[str] | None = None,
        ax: "Axes | None" = None,
    ) -> "Axes":
        """Draw the words that set outlets apart (`actors`: in sentences that mention one of them)."""
        from crossframe.showing.plots.wording_plot import plot_wording
        from crossframe.showing.tables.claim_selection import list_actors_of_terms

        chosen = self._ids(event=event, actors=actors, outlets=outlets)
        mentions = list_actors_of_terms(self.tables) if actors is not None else None
        return plot_wording(self.tables["wording"], **chosen, mentions=mentions, ax=ax)

    def list_omissions(self, *, event: str | None = None) -> "DataFrame":
        """Return which outlet leaves out which claim (event, claim, label, outlet, certainty), the most certain first."""
        from crossframe.showing.tables.claim_selection import list_omissions

        return list_omissions(self.tables["coverage"], self.tables["estimates"], event)

    def differences(
        self,
        *,
        kind: str | None = None,
        event: str | None = None,
        actor: str | None = None,
        outlet: str | None = None,
    ) -> "Differences":
        """Return what differs inside pairs of sentences that tell the same, the most probable first; it displays itself.

        Parameters
        ----------
        kind : str, optional
            ``number``, ``polarity``, ``roles``, ``certainty``, ``detail``, ``wording``, or ``conflict`` for the first three.
        event, actor, outlet : str, optional
            Only this event, pairs of which a sentence mentions this actor, pairs of this outlet with others.

        Returns
        -------
        Differences
            With ``table`` (rows of the table ``differences``, and which side is known to be later or an update), ``sentences``,
            ``title`` and ``to_html()``; iterating yields named tuples.

        Examples
        --------
        >>> comparison.differences(kind="number", outlet="volga-wire")  # doctest: +SKIP
        """
        from crossframe.showing.html.displays import show_differences

        return show_differences(self.tables, kind=kind, event=event, actor=actor, outlet=outlet)

    def summary(self) -> str:
        """Return the portrayal of actors by outlet, conflicts, and the most contrasting claims as plain text."""
        from crossframe.showing.text.summary import summarise

        return summarise(self.tables, notes=self.run.get("notes", ()))

    def save(self, folder: str | Path) -> Path:
        """Write tables, figures, page and run.json, as the command does: all or nothing.

        Parameters
        ----------
        folder : str or Path
            New, empty, or written by an earlier comparison, which it replaces.

        Returns
        -------
        Path
            `folder`.

        Raises
        ------
        InputError
            When `folder` holds files that no comparison wrote.
        """
        path = check_folder(folder)
        write_results(path, self.tables, self.run)
        return path

    def to_html(self, path: str | Path) -> Path:
        """Write the page, with its figures inside: one file, no other needed.

        Parameters
        ----------
        path : str or Path
            Of the page.

        Returns
        -------
        Path
            `path`.
        """
        path = check.check_path(path, "page")
        with tempfile.TemporaryDirectory(prefix="crossframe-") as folder:
            storage.write_text(path, draw_page(self.tables, self.run, Path(folder)))
        return path

    def export(self, to: str, out: str | Path | None = None) -> Path:
        """Write the comparison for other programs and papers: rows that can be read alone, and what may be inferred of them.

        Parameters
        ----------
        to : {"xlsx", "parquet", "csv-readable", "latex", "methods"}
            An Excel workbook; folders of Parquet or CSV files; LaTeX tables; the methods as text for a paper.
        out : str, Path or None
            A file or folder that is not there yet; None takes a place beside the results folder.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        UnknownNameError
            When there is no such format.
        InputError
            When the place is taken or is none.
        MissingPackageError
            When a package that the format needs is not installed.
        """
        from crossframe.studies.exports.export import export_study

        return export_study(self.tables, self.run, to, out, folder=self.folder)

    def claims(
        self,
        *,
        event: str | None = None,
        outlet: str | None = None,
        omitted: bool | None = None,
        actor: str | None = None,
        claim: str | None = None,
    ) -> "Claims":
        """Return claims side by side: all, those that `outlet` covers or leaves out, or those that mention `actor`.

        Parameters
        ----------
        event, claim, actor : str, optional
            Only claims of this event, this one, those whose sentences mention this actor.
        outlet : str, optional
            Only claims that this outlet covers or leaves out.
        omitted : bool, optional
            True: only what `outlet` (None: any outlet) leaves out, the most certain first; False: only what it covers
            (None: what nobody leaves out).

        Returns
        -------
        Claims
            Outlets side by side in a notebook; ``.table`` and ``.sentences`` are DataFrames.
        """
        from crossframe.showing.html.displays import show_claims

        return show_claims(self.tables, event=event, outlet=outlet, omitted=omitted, actor=actor, claim=claim)

    def evidence(
        self,
        estimate: "Mapping[str, Any] | Any" = None,
        *,
        event: str | None = None,
        outlet: str | None = None,
        actor: str | None = None,
        voice: str | None = None,
        claim: str | None = None,
        frame: str | None = None,
        term: str | None = None,
    ) -> "Evidence":
        """Return the sentences behind a number.

        Parameters
        ----------
        estimate : Series or named tuple, optional
            A row of any of the tables; keywords override its cells.
        event, outlet, actor, claim, frame, term : str, optional
            Only evidence about these.
        voice : str, optional
            ``outlet``: the outlet's own words; ``quoted``: all words it quotes; or a speaker. With an actor, ``author`` and
            speakers are holders of a stance.

        Returns
        -------
        Evidence
            How sentences portray an actor, from most negative to most positive; stretches of a voice; else sentences.
        """
        from crossframe.showing.html.displays import show_evidence

        return show_evidence(
            self.tables, estimate, event=event, outlet=outlet, actor=actor, voice=voice, claim=claim,
            frame=frame, term=term,
        )  # fmt: skip

    @property
    def events(self) -> "Names":
        """Ids of the events, as attributes and in brackets."""
        return self._names("event", dict.fromkeys(self.tables["articles"]["event"], ""))

    @property
    def outlets(self) -> "Names":
        """Ids of the outlets, as attributes and in brackets."""
        outlets = self.tables["outlets"]
        return self._names("outlet", dict(zip(outlets["outlet"], outlets["name"], strict=True)))

    @property
    def actors(self) -> "Names":
        """Ids of the actors, those mentioned most first, as attributes and in brackets."""
        actors = self.tables["actors"]
        mentions = actors.groupby("actor")["n_mentions"].sum().sort_index()
        names = dict(zip(actors["actor"], actors["name"], strict=True))
        most_first = mentions.sort_values(ascending=False, kind="stable").index
        return self._names("actor", {actor: names[actor] for actor in most_first})

    @property
    def voices(self) -> "Names":
        """Voices that are quoted, and ``outlet``, ``quoted``, ``mixed`` and ``author``."""
        from crossframe.showing.tables.study_names import list_names

        return self._names("voice", dict.fromkeys(list_names(self.tables, "voice"), ""))

    def _names(self, thing: str, names: Mapping[str, str]) -> "Names":
        from crossframe.showing.tables.study_names import Names

        return Names(thing, tuple(names), tuple(names.values()))

    def _ids(self, event: str | None, **names: Sequence[str] | None) -> dict[str, Any]:
        """Return ids of an event, actors and outlets for a figure; `speakers` are given as its actors."""
        from crossframe.showing.tables.study_names import match_name, match_names

        ids: dict[str, Any] = {"event": match_name(self.tables, "event", event)}
        things = {"actors": "actor", "outlets": "outlet", "speakers": "voice"}
        for key, values in names.items():
            ids["actors" if key == "speakers" else key] = match_names(self.tables, things[key], values)
        return ids

    def __repr__(self) -> str:
        from crossframe.showing.html.glance import count_study

        return f"Comparison of {self.run.get('corpus', 'a corpus')}: {count_study(self.tables)}"

    def _repr_html_(self) -> str:
        from crossframe.showing.html.glance import html_comparison

        return html_comparison(self.tables, self.run)


def read_comparison(folder: str | Path) -> Comparison:
    """Return the comparison that is stored in a results folder.

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
    return Comparison(*read_results(folder), Path(folder))
