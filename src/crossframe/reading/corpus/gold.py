"""Gold tables of a corpus folder (alignment, mentions, quotes, stance) become records, every row checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from crossframe import _validation as check
from crossframe.errors import CrossframeError, InputError
from crossframe.reading.text.split import split_sentences
from crossframe.records import (
    AUTHOR,
    MENTION_KINDS,
    QUOTE_KINDS,
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
_COLUMNS = {
    "mentions": ("article", "start", "end", "actor", "kind"),
    "quotes": ("article", "quote", "start", "end", "kind", "cue", "speaker", "speaker_text"),
    "stance": (
        "article",
        "sentence",
        "start",
        "end",
        "actor",
        "voice",
        "p_negative",
        "p_neutral",
        "p_positive",
    ),
    "alignment": ("event", "left_sentence", "right_sentence", "relation"),
}


@dataclass(frozen=True)
class _Reader:
    """The corpus as gold rows refer to it."""

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
        start, end = _whole(row, "start"), _whole(row, "end")
        if not 0 <= start < end <= len(article.document):
            raise InputError(
                f"Invalid span ({start}, {end}). It must lie within the {len(article.document)} characters "
                f"of article {article.id!r}."
            )
        found = article.document[start:end]
        if "text" in row and " ".join(row["text"].split()) != " ".join(found.split()):
            raise InputError(f"Invalid text {row['text']!r}. The document has {found!r} there.")
        return start, end


def read_gold(corpus: Corpus, folder: Path) -> Corpus:
    """Return `corpus` with the gold that lies in `folder`.

    Parameters
    ----------
    corpus : Corpus
        What the gold is about.
    folder : Path
        May hold ``alignment.tsv``, ``mentions.tsv``, ``quotes.tsv``, ``stance.tsv`` (columns of the tables of
        those names; further columns are allowed, ``text`` is checked); need not exist. A table of alignment without
        rows names no event, so the corpus has no such gold. Stance may have a column ``probability``: with what
        probability the mention was drawn to be labelled, empty where that is not known.

    Returns
    -------
    Corpus
        With ``gold`` filled.

    Raises
    ------
    InputError
        When a row names an unknown actor, article or sentence, or lies outside its document; names file and line.
    """
    reader = _Reader(corpus)
    gold: dict[str, Gold] = {}
    for name, make in (("mentions", _mentions), ("quotes", _quotes), ("stance", _stance)):
        path = folder / f"{name}.tsv"
        if path.is_file():
            gold[name] = make(reader, read_tsv(path, _COLUMNS[name]))
    path = folder / "alignment.tsv"
    if path.is_file() and read_tsv(path, _COLUMNS["alignment"]):
        gold["alignment"] = read_alignment(corpus, path, sentences=reader.sentences)
    return replace(corpus, gold=gold) if gold else corpus


def read_alignment(
    corpus: Corpus, path: Path, *, sentences: Sentences | None = None, relation: str = "relation"
) -> Alignment:
    """Return the aligned pairs of the table at `path` as an Alignment over the sentences of `corpus`.

    Parameters
    ----------
    corpus : Corpus
        Corpus of which the table's events are a part.
    path : Path
        Tab-separated; ``left_article`` and ``right_article``, or ``left_outlet`` and ``right_outlet`` where each
        has one article in the event.
    sentences : Sentences, optional
        Of the corpus; None splits it.
    relation : str
        Column that holds the relation (an annotator's own column, for instance); rows that say ``none`` are left out.

    Returns
    -------
    Alignment
        Over the sentences of the events that the table names; probability 1 for every pair listed.

    Raises
    ------
    InputError
        When there is no row, a row cannot be placed, or its sentences are not of two outlets on its event.
    """
    rows = read_tsv(path, (*_COLUMNS["alignment"][:-1], relation))
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
    seen: set[tuple[int, int]] = set()
    for where, row in rows:
        with _placed(where):
            pair = [_sentence(row, side, by_outlet, sentences) for side in ("left", "right")]
            kind = row[relation] or "none"
            check.check_choice(kind, "relation", ("equivalent", "partial", "disputed", "none"))
            articles = [sentences.article_of(one) for one in pair]
            if articles[0].outlet == articles[1].outlet:
                raise InputError("Invalid pair. Its sentences must be of different outlets.")
            if {article.event for article in articles} != {row["event"]}:
                raise InputError(f"Invalid pair. Its sentences must be of event {row['event']!r}.")
            if (min(pair), max(pair)) in seen:
                raise InputError("Invalid pair. It is listed twice.")
            seen.add((min(pair), max(pair)))
        if kind != "none":
            left.append(pair[0])
            right.append(pair[1])
            relations.append(kind)
    return Alignment(
        sentences, np.array(left), np.array(right), np.ones(len(left)), tuple(relations), source=_SOURCE
    )


def read_tsv(path: Path, required: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """Return (where, row) of every row of a tab-separated table without quoting; raises InputError."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"Invalid encoding of {str(path)!r} at byte {error.start}. It must be UTF-8."
        ) from None
    header, *lines = [line.split("\t") for line in content.split("\n")]
    check.check_columns(header, tuple(required), str(path))
    check.check_unique(header, f"column of {path}:")
    rows = []
    for number, cells in enumerate(lines, 2):
        if cells == [""]:
            continue
        where = f"{path}, line {number}"
        if len(cells) != len(header):
            raise InputError(f"Invalid row of {len(cells)} cells in {where}. It must have {len(header)}.")
        rows.append((where, dict(zip(header, cells, strict=True))))
    return rows


class _placed:
    """Put file and line before the message of an error raised in the block."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, CrossframeError):
            raise InputError(f"{self.where}: {error}") from None


def _whole(row: Mapping[str, str], column: str) -> int:
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
        found = by_outlet.get((row["event"], outlet), [])
        if len(found) != 1:
            raise InputError(
                f"Invalid {side}_outlet {outlet!r} with {len(found)} articles in event {row['event']!r}. "
                f"It must have one there, or {side}_article must be given."
            )
        article = found[0]
    return sentences.row(article, _whole(row, f"{side}_sentence"))


def _mentions(reader: _Reader, rows: list[tuple[str, dict[str, str]]]) -> Spans:
    made = []
    for where, row in rows:
        with _placed(where):
            start, end = reader.span(row)
            kind = check.check_choice(row["kind"], "kind", MENTION_KINDS)
            made.append(
                {
                    "article": row["article"],
                    "start": start,
                    "end": end,
                    "actor": reader.actor(row["actor"]),
                    "kind": kind,
                }
            )
    return Spans.from_rows(made)


def _quotes(reader: _Reader, rows: list[tuple[str, dict[str, str]]]) -> Spans:
    made = []
    for where, row in rows:
        with _placed(where):
            start, end = reader.span(row)
            kind = check.check_choice(row["kind"], "kind", QUOTE_KINDS)
            speaker = reader.actor(row["speaker"]) if row["speaker"] else ""
            texts = {name: row[name] for name in ("article", "quote", "cue", "speaker_text")}
            made.append(texts | {"start": start, "end": end, "kind": kind, "speaker": speaker})
    return Spans.from_rows(made)


def _stance(reader: _Reader, rows: list[tuple[str, dict[str, str]]]) -> Annotation:
    units, scores, drawn = [], [], []
    for where, row in rows:
        with _placed(where):
            start, end = reader.span(row)
            drawn.append(read_probability(row))
            try:
                score = [float(row[f"p_{label}"]) for label in STANCES]
            except ValueError:
                raise InputError(
                    "Invalid probabilities. p_negative, p_neutral and p_positive must be numbers."
                ) from None
            if not (min(score) >= 0 and abs(sum(score) - 1) <= 1e-3):
                raise InputError(f"Invalid probabilities {score!r}. They must sum to 1.")
            sentence = reader.sentences.row(row["article"], _whole(row, "sentence"))
            if sentence != reader.sentences.locate(row["article"], start):
                raise InputError(
                    f"Invalid sentence {row['sentence']!r}. The span ({start}, {end}) lies in another."
                )
            units.append(
                {
                    "article": row["article"], "sentence": _whole(row, "sentence"), "start": start, "end": end,
                    "actor": reader.actor(row["actor"]), "voice": row["voice"] or AUTHOR,
                }
            )  # fmt: skip
            scores.append(score)
    known = np.array(drawn) if not np.isnan(drawn).all() else None
    return Annotation(Units.from_rows(units), "span", STANCES, np.array(scores), _SOURCE, known)


def read_probability(row: Mapping[str, str]) -> float:
    """Return with what probability the mention of a row was drawn to be labelled; NaN where the row does not say."""
    written = row.get("probability", "").strip()
    try:
        probability = float(written) if written else float("nan")
    except ValueError:
        probability = 0.0
    if written and not 0 < probability <= 1:
        raise InputError(f"Invalid probability {written!r}. It must be a number above 0 and at most 1.")
    return probability
