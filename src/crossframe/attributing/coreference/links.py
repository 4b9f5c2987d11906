"""Mentions without a name: descriptions and pronouns of an event, linked to actors where only one can be meant."""

from collections.abc import Sequence

from crossframe.attributing.coreference.nominals import find_nominals
from crossframe.attributing.coreference.profiles import persons_by_article, read_profiles
from crossframe.attributing.coreference.pronouns import find_pronouns
from crossframe.attributing.names.spotting import Name
from crossframe.records import Cast, Sentences, Spans


def link_mentions(sentences: Sentences, cast: Cast, spotted: Sequence[Name]) -> Spans:
    """Return the descriptions ("the senator") and pronouns (he, she) that can mean one actor of `cast` alone.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Actors and their mentions by name.
    spotted : sequence of Name
        All names of the event: persons who are not of the cast stand in the way of a link.

    Returns
    -------
    Spans
        Mentions of kind ``nominal`` and ``pronoun``, articles in the order of `sentences`.
    """
    persons = persons_by_article(sentences, cast, spotted)
    profiles = read_profiles(sentences, cast, spotted, persons)
    nominals = find_nominals(sentences, cast, spotted, persons, profiles)
    pronouns = find_pronouns(sentences, persons, nominals, profiles)
    return Spans.from_rows(
        {"article": article.id, "start": one.start, "end": one.end, "actor": one.id, "kind": kind}
        for article in sentences.articles
        for kind, found in (("nominal", nominals), ("pronoun", pronouns))
        for one in found.get(article.id, ())
    )
