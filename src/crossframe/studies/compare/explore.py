"""What a comparison answers when it is asked: claims side by side, the sentences behind a number, its ids, itself."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

    from crossframe.showing.html.claims import Claims
    from crossframe.showing.html.evidence import Evidence
    from crossframe.showing.html.naming import Names


class Explorable:
    """Tables of a study that can be asked: by ids, their unique prefixes, or the names of outlets and actors."""

    tables: "dict[str, DataFrame]"
    run: dict[str, Any]

    def claims(
        self,
        *,
        event: str | None = None,
        outlet: str | None = None,
        omitted: bool | None = None,
        actor: str | None = None,
        claim: str | None = None,
    ) -> "Claims":
        """Return claims side by side: all, those that `outlet` tells or leaves out, or those that name `actor`.

        Parameters
        ----------
        event, claim, actor : str, optional
            Only claims of this event, this one, those whose sentences mention this actor.
        outlet : str, optional
            Only claims that this outlet tells or surely leaves out.
        omitted : bool, optional
            True: only what `outlet` (None: any outlet) surely leaves out, the surest first; False: only what it tells
            (None: what nobody surely leaves out).

        Returns
        -------
        Claims
            Outlets side by side in a notebook; ``.table`` and ``.sentences`` are DataFrames.
        """
        from crossframe.showing.html.claims import choose_claims

        return choose_claims(
            self.tables, event=event, outlet=outlet, omitted=omitted, actor=actor, claim=claim
        )

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
            A row of any of the tables; keywords take the place of what it says.
        event, outlet, actor, claim, frame, term : str, optional
            Only what is of these.
        voice : str, optional
            ``author``: in the outlet's own voice; ``quoted``: in any it quotes; or a speaker.

        Returns
        -------
        Evidence
            Judged mentions of an actor, from most against to most for; stretches of a voice; else sentences.
        """
        from crossframe.showing.html.evidence import choose_evidence

        return choose_evidence(
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
        """Voices that are quoted, and ``author`` and ``quoted``."""
        from crossframe.showing.html.placing import known_names

        return self._names("voice", dict.fromkeys(known_names(self.tables, "voice"), ""))

    def _names(self, thing: str, names: Mapping[str, str]) -> "Names":
        from crossframe.showing.html.naming import Names

        return Names(thing, tuple(names), tuple(names.values()))

    def __repr__(self) -> str:
        from crossframe.showing.html.overview import count_study

        return f"Comparison of {self.run.get('corpus', 'a corpus')}: {count_study(self.tables)}"

    def _repr_html_(self) -> str:
        from crossframe.showing.html.overview import html_comparison

        return html_comparison(self.tables, self.run)
