"""What a comparison asks of an edited table of actors before its first slow step: that it can be read and obeyed."""

import warnings
from collections.abc import Collection

from crossframe.attributing.actors.edits import edits_of, unknown_events
from crossframe.errors import CrossframeWarning
from crossframe.records import Corpus


def check_edits(corpus: Corpus, path: str | None) -> None:
    """Refuse a table of actors that cannot be read, before anything slow is done.

    Parameters
    ----------
    corpus : Corpus
        Whole.
    path : str or None
        The table; None takes the one kept with the corpus, if any.

    Raises
    ------
    UnknownNameError, InputError
        As `read_actor_edits`.

    Warns
    -----
    CrossframeWarning
        Of rows for events that the corpus does not have.
    """
    edits = edits_of(corpus, path)
    strangers = unknown_events(edits, corpus) if edits is not None else []
    if edits is not None and strangers:
        warnings.warn(
            f"Unknown event {strangers[0].event!r} in {strangers[0].where}: {len(strangers)} of {len(edits.rows)} "
            f"rows of the actors table are for events that corpus {corpus.name!r} does not have.",
            CrossframeWarning,
            stacklevel=4,
        )


def check_everywhere(corpus: Corpus, path: str | None, actors: Collection[str]) -> None:
    """Warn of rows for all events whose actor no event has.

    Rows that drop or merge are passed over, for an actor so edited is in no event either.

    Parameters
    ----------
    corpus : Corpus
        Whole.
    path : str or None
        As in `check_edits`.
    actors : collection of str
        Ids of the actors of all events compared.

    Warns
    -----
    CrossframeWarning
        Once, naming the first such actor and its line.
    """
    edits = edits_of(corpus, path)
    rows = edits.rows if edits is not None else ()
    strangers = [row for row in rows if not (row.event or row.drop or row.merge_into or row.actor in actors)]
    if strangers:
        warnings.warn(
            f"Unknown actor {strangers[0].actor!r} in {strangers[0].where}: {len(strangers)} of {len(rows)} rows of the "
            "actors table are for all events, of which none has the actor.",
            CrossframeWarning,
            stacklevel=3,
        )
