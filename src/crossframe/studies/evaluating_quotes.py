"""Score quotes against gold: contents, cues and speakers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossframe.attributing.quotes import find_quotes
from crossframe.errors import InputError
from crossframe.records import AUTHOR, Annotation, Corpus, Spans
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluating_attribution import (
    casts_by_event,
    last_word,
    name_gold,
    names_person,
    read_scored,
    share_of,
)
from crossframe.text import match_key, slug

SHARE = 0.5
"""Two contents are the same when they overlap in at least this share of both (a convention of this evaluation)."""


def evaluate_quotes(on: str, split: str | None = None) -> dict[str, float]:
    """Score quotes and their speakers on a corpus with gold quotes, or on ``basil``.

    Parameters
    ----------
    on : str
        Corpus with ``gold["quotes"]``; or ``basil``, whose quoted spans name their speaker.
    split : str, optional
        Part of the corpus; None takes all.

    Returns
    -------
    dict of str to float
        With gold quotes: content_f1, content_precision, content_recall (fragments of a quote united, overlap at
        least half of both), direct_recall, direct_f1, source_accuracy (among contents found), cue_f1. On basil:
        speaker_accuracy over quoted spans that name their speaker, person_accuracy over those that name a person,
        other_found (share of the spans of unnamed speakers inside a quote), n_named, n_persons.

    Raises
    ------
    InputError
        When the corpus has no such gold.
    """
    corpus = read_scored(on, split)
    if "quotes" in corpus.gold:
        return _score_quotes(corpus, corpus.gold["quotes"])
    bias = corpus.gold.get("bias")
    if isinstance(bias, Annotation):
        return _score_speakers(corpus, bias)
    raise InputError(
        f"Invalid corpus {on!r} for task 'quotes'. It must have gold quotes; it has: {name_gold(corpus)}."
    )


@dataclass(frozen=True)
class _Quote:
    """One quote with its fragments united."""

    article: str
    content: frozenset[int]
    kind: str
    cue: str
    speaker: str
    speaker_text: str


def _unite(quotes: Spans) -> list[_Quote]:
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, row in enumerate(quotes.rows()):
        grouped.setdefault((row["article"], row["quote"] or f"#{number}"), []).append(row)
    united = []
    for (article, _), rows in grouped.items():
        content = frozenset(at for row in rows for at in range(row["start"], row["end"]))
        told = {
            name: next((row[name] for row in rows if row[name]), "")
            for name in ("cue", "speaker", "speaker_text")
        }
        united.append(_Quote(article, content, rows[0]["kind"], **told))
    return united


def match_contents(gold: Sequence[_Quote], found: Sequence[_Quote]) -> list[tuple[int, int]]:
    """Return (gold, found) of the contents that overlap in at least half of both, best overlap first, one to one."""
    pairs = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            common = len(one.content & other.content) if one.article == other.article else 0
            if common and common >= SHARE * len(one.content) and common >= SHARE * len(other.content):
                pairs.append((-common, i, j))
    left, right, matched = set(), set(), []
    for _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            matched.append((i, j))
    return matched


def _score_quotes(corpus: Corpus, gold: Any) -> dict[str, float]:
    found: list[_Quote] = []
    for sentences, cast in casts_by_event(corpus, "Finding quotes"):
        found += _unite(find_quotes(sentences, cast))
    truth = _unite(gold)
    matched = match_contents(truth, found)
    precision, recall = share_of(len(matched), len(found)), share_of(len(matched), len(truth))
    sourced = [(i, j) for i, j in matched if truth[i].speaker or truth[i].speaker_text]
    right = sum(_same_speaker(truth[i], found[j]) for i, j in sourced)
    direct = [i for i, one in enumerate(truth) if one.kind == "direct"]
    hit = {i for i, _ in matched}
    cues = sum(bool(truth[i].cue) and _same_words(truth[i].cue, found[j].cue) for i, j in matched)
    return {
        "content_f1": f1(precision, recall),
        "content_precision": precision,
        "content_recall": recall,
        "direct_recall": share_of(sum(i in hit for i in direct), len(direct)),
        "source_accuracy": share_of(right, len(sourced)),
        "cue_f1": f1(
            share_of(cues, sum(bool(one.cue) for one in found)),
            share_of(cues, sum(bool(one.cue) for one in truth)),
        ),
        "n_gold": float(len(truth)),
    }


def _same_speaker(gold: _Quote, found: _Quote) -> bool:
    if gold.speaker:
        return gold.speaker == found.speaker
    return not found.speaker and _same_words(gold.speaker_text, found.speaker_text)


def _same_words(left: str, right: str) -> bool:
    """Return whether one phrase holds the other, articles aside."""
    a, b = (match_key(text).removeprefix("the ").removeprefix("a ") for text in (left, right))
    return bool(a) and bool(b) and (a in b or b in a)


def _score_speakers(corpus: Corpus, gold: Annotation) -> dict[str, float]:
    found: dict[str, list[dict[str, Any]]] = {}
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    for sentences, cast in casts_by_event(corpus, "Finding quotes"):
        known = {actor.id: actor.names for actor in cast.actors}
        for row in find_quotes(sentences, cast).rows():
            found.setdefault(row["article"], []).append(row)
        names.update({article.id: known for article in sentences.articles})
    right, others = [], []
    for unit in gold.units.rows():
        if unit["voice"] in {AUTHOR, ""}:
            continue
        quote = _overlapping(unit, found.get(unit["article"], []))
        if unit["voice"].startswith("other-"):
            others.append(quote is not None)
        else:
            right.append(
                (
                    unit["voice"],
                    quote is not None and _names_speaker(unit["voice"], quote, names[unit["article"]]),
                )
            )
    persons = [hit for voice, hit in right if names_person(voice)]
    return {
        "speaker_accuracy": share_of(sum(hit for _, hit in right), len(right)),
        "person_accuracy": share_of(sum(persons), len(persons)),
        "other_found": share_of(sum(others), len(others)),
        "n_named": float(len(right)),
        "n_persons": float(len(persons)),
    }


def _overlapping(unit: Mapping[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the quote that shares most characters with the unit, None where none does."""
    best = max(
        rows, key=lambda row: min(row["end"], unit["end"]) - max(row["start"], unit["start"]), default=None
    )
    if best is None or min(best["end"], unit["end"]) <= max(best["start"], unit["start"]):
        return None
    return best


def _names_speaker(voice: str, row: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> bool:
    told = [*names.get(row["speaker"], ()), row["speaker_text"]]
    return any(last_word(voice) in slug(name).split("-") for name in told if name)
