"""Score the finding of actors and the attribution of quotes against gold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossframe._progress import track
from crossframe.attributing.actors import find_actors
from crossframe.attributing.quotes import find_quotes
from crossframe.errors import InputError
from crossframe.reading.public import read_corpus
from crossframe.reading.sentences import split_sentences
from crossframe.records import AUTHOR, Annotation, Cast, Corpus, Sentences, Spans
from crossframe.statistics.metrics import f1
from crossframe.text import match_key, slug

SHARE = 0.5
"""Two contents are the same when they overlap in at least this share of both (a convention of this evaluation)."""

_GROUPS = frozenset(
    ["lawmakers", "democrats", "republicans", "officials", "campaign", "party", "companies", "members", "department",
     "house", "foundation", "administration", "committee", "now", "america", "plaintiffs", "protesters", "police", "congress"]
)  # fmt: skip


def evaluate_actors(on: str, split: str | None = None) -> dict[str, float]:
    """Score the finding of actors on a corpus with gold mentions, or on ``basil``.

    Parameters
    ----------
    on : str
        Corpus with ``gold["mentions"]``; or ``basil``, whose main entities are looked for without declaration.
    split : str, optional
        Part of the corpus; None takes all.

    Returns
    -------
    dict of str to float
        With gold mentions: f1, precision, recall of spans (boundaries strict, kinds pooled, declared actors only),
        name_recall (of gold mentions of kind name) and link_accuracy (right actor, among spans found). On basil:
        found (share of the annotated main entities, per event, of which an actor has the same last word),
        found_persons (entities that are no groups or offices by their last word) and n_entities.

    Raises
    ------
    InputError
        When the corpus has no such gold.
    """
    corpus = _read(on, split)
    if "mentions" in corpus.gold:
        return _score_mentions(corpus, corpus.gold["mentions"])
    if "main-entities" in corpus.gold:
        return _score_main_entities(corpus, corpus.gold["main-entities"])
    raise InputError(
        f"Invalid corpus {on!r} for task 'actors'. It must have gold mentions; it has: {_names(corpus)}."
    )


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
    corpus = _read(on, split)
    if "quotes" in corpus.gold:
        return _score_quotes(corpus, corpus.gold["quotes"])
    bias = corpus.gold.get("bias")
    if isinstance(bias, Annotation):
        return _score_speakers(corpus, bias)
    raise InputError(
        f"Invalid corpus {on!r} for task 'quotes'. It must have gold quotes; it has: {_names(corpus)}."
    )


def _read(on: str, split: str | None) -> Corpus:
    corpus = read_corpus(on)
    return corpus.select(split=split) if split is not None else corpus


def _names(corpus: Corpus) -> str:
    return ", ".join(sorted(corpus.gold)) or "none"


def _by_event(corpus: Corpus, what: str) -> Iterator[tuple[Sentences, Cast]]:
    for event in track(sorted({article.event for article in corpus.articles}), what):
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        yield sentences, find_actors(sentences, corpus.actors)


# --- actors ---------------------------------------------------------------------------------------------


def _score_mentions(corpus: Corpus, gold: Any) -> dict[str, float]:
    declared = {actor.id for actor in corpus.actors}
    found: dict[tuple[str, int, int], str] = {}
    for _, cast in _by_event(corpus, "Finding actors"):
        rows = zip(cast.mentions.article, cast.mentions.start.tolist(), cast.mentions.end.tolist(), cast.mentions.actor, strict=True)  # fmt: skip
        found.update({(a, s, e): actor for a, s, e, actor in rows if actor in declared})
    keys = list(zip(gold.article, gold.start.tolist(), gold.end.tolist(), strict=True))
    truth = dict(zip(keys, gold.actor, strict=True))
    names = {key for key, kind in zip(keys, gold.kind, strict=True) if kind == "name"}
    both = found.keys() & truth.keys()
    precision, recall = _share(len(both), len(found)), _share(len(both), len(truth))
    return {
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "name_recall": _share(len(names & both), len(names)),
        "link_accuracy": _share(sum(found[key] == truth[key] for key in both), len(both)),
        "n_gold": float(len(truth)),
    }


def _score_main_entities(corpus: Corpus, gold: Any) -> dict[str, float]:
    events = {article.id: article.event for article in corpus.articles}
    wanted = sorted(
        {(events[a], actor) for a, actor in zip(gold.units.article, gold.units.actor, strict=True)}
    )
    endings: dict[str, set[str]] = {}
    for sentences, cast in _by_event(corpus, "Finding actors"):
        names = (name for actor in cast.actors for name in actor.names)
        endings[sentences.articles[0].event] = {_last_word(slug(name)) for name in names}
    hits = [_last_word(entity) in endings[event] for event, entity in wanted]
    persons = [hit for hit, (_, entity) in zip(hits, wanted, strict=True) if _is_person(entity)]
    return {
        "found": _share(sum(hits), len(hits)),
        "found_persons": _share(sum(persons), len(persons)),
        "n_entities": float(len(hits)),
    }


def _last_word(name: str) -> str:
    return name.rsplit("-", 1)[-1]


def _is_person(name: str) -> bool:
    return "-" in name and not _GROUPS & set(name.split("-"))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


# --- quotes ---------------------------------------------------------------------------------------------


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
    for sentences, cast in _by_event(corpus, "Finding quotes"):
        found += _unite(find_quotes(sentences, cast))
    truth = _unite(gold)
    matched = match_contents(truth, found)
    precision, recall = _share(len(matched), len(found)), _share(len(matched), len(truth))
    sourced = [(i, j) for i, j in matched if truth[i].speaker or truth[i].speaker_text]
    right = sum(_same_speaker(truth[i], found[j]) for i, j in sourced)
    direct = [i for i, one in enumerate(truth) if one.kind == "direct"]
    hit = {i for i, _ in matched}
    cues = sum(bool(truth[i].cue) and _same_words(truth[i].cue, found[j].cue) for i, j in matched)
    return {
        "content_f1": f1(precision, recall),
        "content_precision": precision,
        "content_recall": recall,
        "direct_recall": _share(sum(i in hit for i in direct), len(direct)),
        "source_accuracy": _share(right, len(sourced)),
        "cue_f1": f1(
            _share(cues, sum(bool(one.cue) for one in found)),
            _share(cues, sum(bool(one.cue) for one in truth)),
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
    for sentences, cast in _by_event(corpus, "Finding quotes"):
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
    persons = [hit for voice, hit in right if _is_person(voice)]
    return {
        "speaker_accuracy": _share(sum(hit for _, hit in right), len(right)),
        "person_accuracy": _share(sum(persons), len(persons)),
        "other_found": _share(sum(others), len(others)),
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
    return any(_last_word(voice) in slug(name).split("-") for name in told if name)
