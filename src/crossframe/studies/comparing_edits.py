"""What a comparison asks of an edited table of actors before its first slow step: that it can be read and obeyed."""

import warnings

from crossframe.attributing.edits import edits_of, unknown_events
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
