"""The tables of a study: records become DataFrames with fixed columns, sorted and rounded."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossframe.records import (
    Alignment,
    Annotation,
    Cast,
    Copies,
    Corpus,
    Coverage,
    Differences,
    Estimates,
    Sentences,
    Spans,
    Wording,
)
from crossframe.showing.tables.schema import NUMBERS, SCORES, TABLES, typed_column
from crossframe.text import words

if TYPE_CHECKING:
    from pandas import DataFrame

MIN_CONFIDENCE = 0.5
"""Probability of the likeliest label from which a judgement counts as certain, unless a study sets its own."""


@dataclass(frozen=True)
class EventRecords:
    """The records of one event, from which its tables are made; `min_confidence` is that of the column ``certain``."""

    corpus: Corpus
    sentences: Sentences
    copies: Copies
    alignment: Alignment
    differences: Differences
    cast: Cast
    quotes: Spans
    portrayal: Annotation
    stance: Annotation
    frames: Annotation
    coverage: Coverage
    wording: Wording
    estimates: Estimates
    min_confidence: float = MIN_CONFIDENCE


def make_tables(records: EventRecords) -> "dict[str, DataFrame]":
    """Return the tables of one event.

    Parameters
    ----------
    records : EventRecords
        Of one event.

    Returns
    -------
    dict of str to DataFrame
        Every table of `TABLES`, sorted, scores rounded to four decimals.
    """
    place = _Places(records.sentences, records.corpus)
    rows: dict[str, list[dict[str, Any]]] = {
        "outlets": _outlets(records.corpus),
        "articles": _articles(records.sentences, records.copies),
        "sentences": _sentences(records.sentences, place),
        "pairs": _pairs(records.alignment, place),
        "claims": _claims(records.alignment, place),
        "differences": _differences(records.differences, records.alignment, place),
        "coverage": list(records.coverage.rows()),
        "actors": _actors(records.cast, place),
        "suggested_merges": [],
        "mentions": [
            place.span(row) | {k: row[k] for k in ("actor", "kind")} for row in records.cast.mentions.rows()
        ],
        "quotes": [place.span(row) | row for row in records.quotes.rows()],
        "stance": _judged(records.stance, place, records.min_confidence, {"voice": "voice"}),
        "portrayal": _judged(
            records.portrayal, place, records.min_confidence, {"speaker": "voice", "basis": "basis"}
        ),
        "frames": _frames(records.frames, place),
        "wording": list(records.wording.rows()),
        "estimates": list(records.estimates.rows()),
    }
    return {name: _make_table(name, rows[name]) for name in TABLES}


def make_outlets_table(corpus: Corpus) -> "DataFrame":
    """Return the table of the outlets of `corpus`, with their number of articles."""
    return _make_table("outlets", _outlets(corpus))


def make_merges_table(merges: Iterable[Mapping[str, Any]]) -> "DataFrame":
    """Return the merges of actors that are suggested (actor, other, why, probability) as their table, the likeliest first."""
    table = _make_table("suggested_merges", [dict(one) for one in merges])
    return table.sort_values("probability", ascending=False, kind="stable", ignore_index=True)


def make_estimates_table(estimates: Estimates) -> "DataFrame":
    """Return `estimates` as their table."""
    return _make_table("estimates", list(estimates.rows()))


class _Places:
    """The columns that locate an article or a span: event, outlet, article, sentence, start, end, text as the corpus has it."""

    def __init__(self, sentences: Sentences, corpus: Corpus) -> None:
        self.sentences = sentences
        self.articles = {article.id: article for article in corpus.articles}

    def article(self, id: str) -> dict[str, Any]:
        article = self.articles[id]
        return {"event": article.event, "outlet": article.outlet, "article": id}

    def span(self, row: Mapping[str, Any]) -> dict[str, Any]:
        start, end = row["start"], row["end"]
        number = int(self.sentences.index[self.sentences.locate(row["article"], start)])
        text = self.articles[row["article"]].document[start:end]
        return self.article(row["article"]) | {"sentence": number, "start": start, "end": end, "text": text}


def _outlets(corpus: Corpus) -> list[dict[str, Any]]:
    counts = Counter(article.outlet for article in corpus.articles)
    fields = ("name", "country", "owner", "lean", "group")
    return [
        {
            "outlet": outlet.id,
            "n_articles": counts[outlet.id],
            **{name: getattr(outlet, name) for name in fields},
        }
        for outlet in corpus.outlets
        if counts[outlet.id]
    ]


def _articles(sentences: Sentences, copies: Copies) -> list[dict[str, Any]]:
    copied = {row["article"]: row for row in copies.rows()}
    return [
        {
            "event": article.event,
            "outlet": article.outlet,
            "article": article.id,
            "published": article.published.isoformat() if article.published else "",
            **{
                name: getattr(article, name) or ""
                for name in ("dateline", "language", "genre", "title", "url")
            },
            "n_sentences": len(sentences.rows_of(article.id)),
            "n_words": len(words(article.document)),
            **{
                name: copied[article.id][name]
                for name in ("copy_of", "copied_share", "copy_direction", "version_of")
            },
            "misfit": "",
            "extent": article.extent or "",
        }
        for article in sentences.articles
    ]


def _sentences(sentences: Sentences, place: _Places) -> list[dict[str, Any]]:
    columns = zip(
        sentences.index.tolist(),
        sentences.start.tolist(),
        sentences.end.tolist(),
        strict=True,
    )
    return [
        place.article(article := sentences.article_of(row).id)
        | {
            "sentence": index,
            "start": start,
            "end": end,
            "text": place.articles[article].document[start:end],
        }
        for row, (index, start, end) in enumerate(columns)
    ]


def _pairs(alignment: Alignment, place: _Places) -> list[dict[str, Any]]:
    rows = []
    for (left, right), probability, relation in zip(
        alignment.keys(), alignment.probability.tolist(), alignment.relation, strict=True
    ):
        sides = [{"article": article, "sentence": number} for article, number in (left, right)]
        cells = _side_by_side(sides, place)
        event = place.articles[left[0]].event
        rows.append({"event": event, "probability": probability, "relation": relation} | cells)
    return rows


def _side_by_side(sides: Iterable[Mapping[str, Any]], place: _Places) -> dict[str, Any]:
    """Return two sides as columns of one row: left is the outlet (then the article, then the sentence) that comes first."""
    outlets = [{"outlet": place.articles[side["article"]].outlet} | dict(side) for side in sides]
    ordered = sorted(outlets, key=lambda side: (side["outlet"], side["article"], side["sentence"]))
    return {
        f"{name}_{column}": value
        for name, side in zip(("left", "right"), ordered, strict=True)
        for column, value in side.items()
    }


def _differences(differences: Differences, alignment: Alignment, place: _Places) -> list[dict[str, Any]]:
    """Return the rows of differences, each with the first claim that both its stretches tell, or none."""
    rows = []
    for one in differences.rows():
        sides, shared = [], []
        for side in ("left", "right"):
            cells = {name: one[f"{side}_{name}"] for name in ("article", "sentence", "start", "end")}
            text = place.articles[cells["article"]].document[cells["start"] : cells["end"]]
            sides.append(cells | {"text": text})
            row = alignment.sentences.row(cells["article"], cells["sentence"])
            shared.append(alignment.claims_at(row, cells["start"], cells["end"]))
        rows.append(
            {
                "event": place.articles[one["left_article"]].event,
                "claim": min(set.intersection(*shared), default=""),
            }
            | {"kind": one["kind"], "probability": one["probability"]}
            | _side_by_side(sides, place)
        )
    return rows


def _claims(alignment: Alignment, place: _Places) -> list[dict[str, Any]]:
    return [
        place.article(alignment.sentences.key(row)[0])
        | {
            "claim": claim.id,
            "sentence": alignment.sentences.key(row)[1],
            "representative": int(row == claim.representative),
            "start": start,
            "end": end,
        }
        for claim in alignment.claims
        for row, (start, end) in sorted(alignment.spans(claim).items())
    ]


def _actors(cast: Cast, place: _Places) -> list[dict[str, Any]]:
    counts = Counter(cast.mentions.actor)
    outlets = {
        (actor, place.articles[article].outlet)
        for actor, article in zip(cast.mentions.actor, cast.mentions.article, strict=True)
    }
    n_outlets = Counter(actor for actor, _ in outlets)
    event = place.sentences.articles[0].event
    return [
        {
            "event": event,
            "actor": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "names": "|".join(actor.names),
            "declared": int(actor.declared),
            "n_mentions": counts[actor.id],
            "n_outlets": n_outlets[actor.id],
            "how": cast.how.get(actor.id, ""),
        }
        for actor in cast.actors
    ]


def _judged(
    annotation: Annotation, place: _Places, min_confidence: float, own: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the rows of what was judged; `own` has the columns that one table alone has, and those of `Units` in them."""
    scores = dict(zip(annotation.labels, annotation.rounded.T.tolist(), strict=True))
    columns = {f"p_{label}": scores[label] for label in ("negative", "neutral", "positive")}
    certain = annotation.rounded.max(axis=1, initial=0.0) >= min_confidence
    columns |= {"score": annotation.score.tolist(), "certain": certain.astype(int).tolist()}
    return [
        place.article(unit["article"])
        | {name: unit[name] for name in ("sentence", "start", "end", "actor")}
        | {name: unit[column] for name, column in own.items()}
        | {name: column[row] for name, column in columns.items()}
        for row, unit in enumerate(annotation.units.rows())
    ]


def _frames(frames: Annotation, place: _Places) -> list[dict[str, Any]]:
    return [
        place.article(unit["article"])
        | {
            "sentence": unit["sentence"] if unit["sentence"] >= 0 else None,
            "frame": frame,
            "probability": probability,
        }
        for unit, scores in zip(frames.units.rows(), frames.scores.tolist(), strict=True)
        for frame, probability in zip(frames.labels, scores, strict=True)
    ]


def _make_table(name: str, rows: list[dict[str, Any]]) -> "DataFrame":
    """Return rows as the table `name`: with its columns and their types, scores rounded, sorted by all other columns."""
    import pandas as pd

    table = pd.DataFrame(rows, columns=list(TABLES[name]))
    for column in TABLES[name]:
        table[column] = typed_column(table[column], column)
    keys = [column for column in TABLES[name] if column not in SCORES | NUMBERS]
    return table.sort_values(keys, kind="stable", ignore_index=True, na_position="first")
