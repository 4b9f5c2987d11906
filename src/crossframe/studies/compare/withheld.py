"""Articles that count less: earlier versions of others, those known in part, and, for models, those in a language they do not read."""

from collections.abc import Iterable, Mapping
from typing import Any

from crossframe import storage
from crossframe._validation import MAX_LISTED
from crossframe.models.sets import LANGUAGE
from crossframe.reading.text.language import language_of_article
from crossframe.records import Article, Copies, Corpus
from crossframe.showing.tables.inventory import describe_extents
from crossframe.studies.compare.models import Models


def language_of_model(model: Any) -> str | None:
    """Return the language that a model reads: as it states it itself, that of the shipped ones; None where nobody knows.

    Parameters
    ----------
    model : object
        A stance or frame model. One of a user's own may state a ``language`` (ISO 639-1).

    Examples
    --------
    >>> from crossframe.judging.frames import load_frame_model
    >>> language_of_model(load_frame_model("frames-lexicon"))
    'en'
    """
    stated = getattr(model, "language", None)
    if stated is not None:
        return str(stated)
    name = str(model.name)
    is_shipped = name.endswith("-lexicon") or ("/" not in name and (storage.models_folder() / name).is_dir())
    return LANGUAGE if is_shipped else None


def list_unread(corpus: Corpus, language: str | None) -> dict[str, str]:
    """Return the articles that a model of this language does not read, each with its own language; none where it is None."""
    if language is None:
        return {}
    languages = {article.id: language_of_article(article, corpus.language) for article in corpus.articles}
    return {id: own for id, own in languages.items() if own not in (None, language)}


def find_unread(corpus: Corpus, models: Models) -> dict[str, str]:
    """Return the articles that the stance or the frame model does not read, each with its language."""
    judges = (models.stance_model, models.frame_model)
    return {
        id: language
        for model in judges
        for id, language in list_unread(corpus, language_of_model(model)).items()
    }


def describe_unread(corpus: Corpus, models: Models) -> str:
    """Return which articles have no model scores because of their language, as one sentence for readers; "" where none."""
    unread = find_unread(corpus, models)
    if not unread:
        return ""
    stance, frames = (language_of_model(model) for model in (models.stance_model, models.frame_model))
    languages = {"portrayal": stance, "stance": stance, "frames": frames}
    judges = {name: language for name, language in languages.items() if list_unread(corpus, language)}
    *names, last = judges
    listed = [f"{id} ({language})" for id, language in sorted(unread.items())]
    more = f" and {len(listed) - MAX_LISTED} more" if len(listed) > MAX_LISTED else ""
    return (
        f"{len(unread)} of {len(corpus)} articles are in another language than the models read "
        f"({', '.join(sorted({str(language) for language in judges.values()}))}): {', '.join(listed[:MAX_LISTED])}{more}. Model "
        f"scores of {', '.join(names)}{' and ' if names else ''}{last} are withheld for them; sentences and quotations are not. Names, claims and who "
        "speaks are found less well there, too."
    )


def list_partial(articles: Iterable[Article]) -> set[tuple[str, str]]:
    """Return event and outlet of the articles that are known in part: nothing counts there as left out."""
    return {(article.event, article.outlet) for article in articles if article.is_partial}


def describe_partial(articles: Iterable[Article]) -> str:
    """Return which articles are known by their openings, summaries or abstracts only, for readers; "" where none is."""
    known = describe_extents({article.id: article.extent or "" for article in articles})
    return known and (
        f"{known} What is not found there may be in the rest: it counts nowhere as left out, and these outlets have no share of "
        "claims there. Length, prominence and shares of voices are those of what is at hand."
    )


def list_earlier(articles: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the articles of which another of their outlet is a later version.

    Parameters
    ----------
    articles : iterable of mapping
        Rows with ``version_of``, of `Copies` or of the table ``articles``.
    """
    return {row["version_of"] for row in articles} - {""}


def keep_copies(copies: Copies, articles: Iterable[Article]) -> Copies:
    """Return the copies among these articles; what is a copy of an earlier version is one of the latest."""
    later = {row["version_of"]: row["article"] for row in copies.rows() if row["version_of"]}
    kept = {article.id for article in articles}

    def find_latest(article: str) -> str:
        while article in later:
            article = later[article]
        return article if article in kept else ""

    rows = (row for row in copies.rows() if row["article"] in kept)
    found = ((row, find_latest(row["copy_of"])) for row in rows)
    return Copies.from_rows(
        row | {"copy_of": source, "copy_direction": row["copy_direction"] if source else ""}
        for row, source in found
    )
