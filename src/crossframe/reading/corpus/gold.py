"""Gold tables of a corpus folder (alignment, mentions, quotes, stance, portrayal) become records, every row checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from crossframe import _validation as check
from crossframe.errors import CrossframeError, InputError
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.text.split import split_sentences
from crossframe.records import (
    AUTHOR,
    BASES,
    MENTION_KINDS,
    QUOTE_KINDS,
    RELATIONS,
    SPEAKERS,
    STANCES,
    Alignment,
    Annotation,
    Article,
    Corpus,
    Gold,
    Sentences,
    Spans,
    Units,
)

_SOURCE = "gold"
_GOLD_COLUMNS = {
    "mentions": ("article", "start", "end", "actor", "kind"),
    "quotes": ("article", "quote", "start", "end", "kind", "cue", "speaker", "speaker_text"),
    "stance": ("article", "sentence", "start", "end", "actor", "voice", "p_negative", "p_neutral", "p_positive"),
    "portrayal": ("article", "sentence", "actor", "speaker", "basis", "p_negative", "p_neutral", "p_positive"),
    "alignment": ("event", "left_sentence", "right_sentence", "relation"),
}  # fmt: skip


@dataclass(frozen=True)
class _Places:
    """Articles, actors and sentences of a corpus, looked up by what a row of gold names."""

    corpus: Corpus

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {article.id: article for article in self.corpus.articles}

    @cached_property
    def actors(self) -> set[str]:
        return {actor.id for actor in self.corpus.actors}

    @cached_property
    def sentences(self) -> Sentences:
        return split_sentences(self.corpus.articles)

    def article(self, id: str) -> Article:
        if id not in self.articles:
            raise InputError(f"Unknown article {id!r}. It must be an article of corpus {self.corpus.name!r}.")
        return self.articles[id]

    def actor(self, id: str) -> str:
        if id not in self.actors:
            raise InputError(
                f"Unknown actor {id!r}. Gold names declared actors: {', '.join(sorted(self.actors))}."
            )
        return id

    def span(self, row: Mapping[str, str]) -> tuple[int, int]:
        article = self.article(row["article"])
        start, end = _whole_number(row, "start"), _whole_number(row, "end")
        if not 0 <= start < end <= len(article.document):
            raise InputError(
                f"Invalid span ({start}, {end}). It must be within the {len(article.document)} characters "
                f"of article {article.id!r}."
            )
        text = article.document[start:end]
        if "text" in row and " ".join(row["text"].split()) != " ".join(text.split()):
            raise InputError(f"Invalid text {row['text']!r}. The document has {text!r} there.")
        return start, end


def read_gold(corpus: Corpus, folder: Path) -> Corpus:
    """Return `corpus` with the gold that is stored in `folder`.

    Parameters
    ----------
    corpus : Corpus
        Whose gold it is.
    folder : Path
        May hold ``alignment.tsv``, ``mentions.tsv``, ``quotes.tsv``, ``stance.tsv``, ``portrayal.tsv`` (columns of the
        tables of those names; further columns are allowed, ``text`` is checked); need not exist. An alignment table
        without rows is no gold. Stance may have a column ``probability``: the probability with which the mention was
        drawn to be labelled, empty where that is not known.

    Returns
    -------
    Corpus
        With ``gold`` filled. ``stance.tsv`` beside ``portrayal.tsv`` is the stance of holders toward mentions. Alone it is
        what ``crossframe annotate`` writes: how sentences portray the mentions in them, with the voice they stand in.

    Raises
    ------
    InputError
        When a row names an unknown actor, article or sentence, or a span outside its document; names file and line.
    """
    places = _Places(corpus)
    gold: dict[str, Gold] = {}
    for name, make in (
        ("mentions", _mentions),
        ("quotes", _quotes),
        ("stance", _stance),
        ("portrayal", _portrayal),
    ):
        path = folder / f"{name}.tsv"
        if path.is_file():
            gold[name] = make(places, read_tsv(path, _GOLD_COLUMNS[name]))
    path = folder / "alignment.tsv"
    if path.is_file() and read_tsv(path, _GOLD_COLUMNS["alignment"]):
        gold["alignment"] = read_alignment(corpus, path, sentences=places.sentences)
    return replace(corpus, gold=gold) if gold else corpus


def read_alignment(
    corpus: Corpus, path: Path, *, sentences: Sentences | None = None, relation: str = "relation"
) -> Alignment:
    """Return the aligned pairs of the table at `path` as an Alignment over the sentences of `corpus`.

    Parameters
    ----------
    corpus : Corpus
        Corpus that holds the table's events.
    path : Path
        Tab-separated; ``left_article`` and ``right_article``, or ``left_outlet`` and ``right_outlet`` where each
        has one article in the event.
    sentences : Sentences, optional
        Of the corpus; None splits it.
    relation : str
        Column that holds the relation (an annotator's own column, for instance); rows with ``none`` are left out.

    Returns
    -------
    Alignment
        Over the sentences of the events that the table names; probability 1 for every pair listed.

    Raises
    ------
    InputError
        When there is no row, a row cannot be placed, or its sentences are not of two outlets on its event.
    """
    rows = read_tsv(path, (*_GOLD_COLUMNS["alignment"][:-1], relation))
    if not rows:
        raise InputError(f"Invalid gold {str(path)!r} without rows. It must list pairs of sentences.")
    by_outlet: dict[tuple[str, str], list[str]] = {}
    for article in corpus.articles:
        by_outlet.setdefault((article.event, article.outlet), []).append(article.id)
    events = {row["event"] for _, row in rows}
    sentences = (sentences or split_sentences(corpus.articles)).select(
        article.id for article in corpus.articles if article.event in events
    )
    left, right, relations = [], [], []
    listed: set[tuple[int, int]] = set()
    for where, row in rows:
        with _located(where):
            pair = [_sentence(row, side, by_outlet, sentences) for side in ("left", "right")]
            kind = row[relation] or "none"
            check.check_choice(kind, "relation", (*RELATIONS, "disputed"))
            articles = [sentences.article_of(sentence) for sentence in pair]
            if articles[0].outlet == articles[1].outlet:
                raise InputError("Invalid pair. Its sentences must be of different outlets.")
            if {article.event for article in articles} != {row["event"]}:
                raise InputError(f"Invalid pair. Its sentences must be of event {row['event']!r}.")
            if (min(pair), max(pair)) in listed:
                raise InputError("Invalid pair. It is listed twice.")
            listed.add((min(pair), max(pair)))
        if kind != "none":
            left.append(pair[0])
            right.append(pair[1])
            relations.append(kind)
    return Alignment(
        sentences, np.array(left), np.array(right), np.ones(len(left)), tuple(relations), source=_SOURCE
    )


class _located:
    """Context: puts file and line before the message of an error raised in it."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, CrossframeError):
            raise InputError(f"{self.where}: {error}") from None


def _whole_number(row: Mapping[str, str], column: str) -> int:
    try:
        return int(row[column])
    except ValueError:
        raise InputError(f"Invalid {column} {row[column]!r}. It must be a whole number.") from None


def _sentence(
    row: Mapping[str, str], side: str, by_outlet: Mapping[tuple[str, str], list[str]], sentences: Sentences
) -> int:
    article = row.get(f"{side}_article")
    if not article:
        outlet = row.get(f"{side}_outlet", "")
        candidates = by_outlet.get((row["event"], outlet), [])
        if len(candidates) != 1:
            raise InputError(
                f"Invalid {side}_outlet {outlet!r} with {len(candidates)} articles in event {row['event']!r}. "
                f"It must have one there, or {side}_article must be given."
            )
        article = candidates[0]
    return sentences.row(article, _whole_number(row, f"{side}_sentence"))


def _mentions(places: _Places, rows: list[tuple[str, dict[str, str]]]) -> Spans:
    spans = []
    for where, row in rows:
        with _located(where):
            start, end = places.span(row)
            kind = check.check_choice(row["kind"], "kind", MENTION_KINDS)
            spans.append(
                {
                    "article": row["article"],
                    "start": start,
                    "end": end,
                    "actor": places.actor(row["actor"]),
                    "kind": kind,
                }
            )
    return Spans.from_rows(spans)


def _quotes(places: _Places, rows: list[tuple[str, dict[str, str]]]) -> Spans:
    spans = []
    for where, row in rows:
        with _located(where):
            start, end = places.span(row)
            kind = check.check_choice(row["kind"], "kind", QUOTE_KINDS)
            speaker = places.actor(row["speaker"]) if row["speaker"] else ""
            texts = {name: row[name] for name in ("article", "quote", "cue", "speaker_text")}
            spans.append(texts | {"start": start, "end": end, "kind": kind, "speaker": speaker})
    return Spans.from_rows(spans)


def _stance(places: _Places, rows: list[tuple[str, dict[str, str]]]) -> Annotation:
    units, scores, probabilities = [], [], []
    for where, row in rows:
        with _located(where):
            start, end = places.span(row)
            probabilities.append(read_probability(row))
            scores.append(_stances(row))
            sentence = places.sentences.row(row["article"], _whole_number(row, "sentence"))
            if sentence != places.sentences.locate(row["article"], start):
                raise InputError(
                    f"Invalid sentence {row['sentence']!r}. The span ({start}, {end}) is in another."
                )
            units.append(
                {
                    "article": row["article"], "sentence": _whole_number(row, "sentence"), "start": start, "end": end,
                    "actor": places.actor(row["actor"]), "voice": row["voice"] or AUTHOR,
                }
            )  # fmt: skip
    probability = None if np.isnan(probabilities).all() else np.array(probabilities)
    return Annotation(Units.from_rows(units), "span", STANCES, np.array(scores), _SOURCE, probability)


def _portrayal(places: _Places, rows: list[tuple[str, dict[str, str]]]) -> Annotation:
    units: dict[tuple[str, int, str, str], list[float]] = {}
    bases: list[str] = []
    for where, row in rows:
        with _located(where):
            number = _whole_number(row, "sentence")
            places.sentences.row(places.article(row["article"]).id, number)
            bases.append(check.check_choice(row["basis"], "basis", BASES))
            speaker = check.check_choice(row["speaker"], "speaker", SPEAKERS)
            unit = row["article"], number, places.actor(row["actor"]), speaker
            if unit in units:
                raise InputError(
                    f"Invalid row. Article {unit[0]!r}, sentence {number}, actor {unit[2]!r} and speaker {speaker!r} are "
                    "listed twice."
                )
            units[unit] = _stances(row)
    columns = ("article", "sentence", "actor", "voice", "basis")
    listed = [
        dict(zip(columns, (*unit, basis), strict=True)) for unit, basis in zip(units, bases, strict=True)
    ]
    return Annotation(Units.from_rows(listed), "sentence", STANCES, np.array(list(units.values())), _SOURCE)


def _stances(row: Mapping[str, str]) -> list[float]:
    """Return the probabilities of negative, neutral and positive of a row."""
    try:
        scores = [float(row[f"p_{label}"]) for label in STANCES]
    except ValueError:
        raise InputError(
            "Invalid probabilities. p_negative, p_neutral and p_positive must be numbers."
        ) from None
    if not (min(scores) >= 0 and abs(sum(scores) - 1) <= 1e-3):
        raise InputError(f"Invalid probabilities {scores!r}. They must sum to 1.")
    return scores


def read_probability(row: Mapping[str, str]) -> float:
    """Return the probability with which the mention of a row was drawn to be labelled; NaN where the cell is empty."""
    cell = row.get("probability", "").strip()
    try:
        probability = float(cell) if cell else float("nan")
    except ValueError:
        probability = 0.0
    if cell and not 0 < probability <= 1:
        raise InputError(f"Invalid probability {cell!r}. It must be a number above 0 and at most 1.")
    return probability
