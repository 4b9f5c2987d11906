"""Score quotes against gold: contents, cues and speakers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossframe.attributing.coreference.profiles import Profile
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.readers import QuoteReader, load_quote_reader
from crossframe.errors import InputError
from crossframe.records import AUTHOR, QUOTE_KINDS, Annotation, Corpus, Spans
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.basil_names import is_member, last_word, names_person, profiles_of
from crossframe.studies.evaluate.corpora import casts_by_event, list_gold, read_split
from crossframe.studies.evaluate.metrics import ratio
from crossframe.text import match_key, slug, words

MIN_OVERLAP = 0.5
"""Share of both contents from which an overlap makes them the same (a convention of this evaluation)."""

_PARTING = re.compile(r"[,;:]|[(\[][^)\]]*[)\]]?|\s(?:[–—-]+|and|or|&)\s")
_TAIL = re.compile(
    r"\s(?:of|for|from|at|in|on|to|with|by|near|about|against|around|behind|inside|who|whom|whose|which|that|as|"
    r"familiar|close|representing|speaking)\s"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f].*")
_NO_HEADS = frozenset(["the", "a", "an", "jr", "sr", "'s"])
_HE = frozenset(["he", "she", "him", "her"])
_NO_NAMES = _HE | {"i", "it", "we", "you", "they", "who", "which", "that", "this"}


def evaluate_quotes(
    on: str, split: str | None = None, model: str | Path | QuoteReader | None = None
) -> dict[str, float]:
    """Score quotes and their speakers on a corpus with gold quotes, or on ``basil``.

    Parameters
    ----------
    on : str
        Corpus with ``gold["quotes"]`` (``polnear``); or ``basil``, whose quoted spans name their speaker.
    split : str, optional
        Split of the corpus; None takes ``dev`` of polnear, else all.
    model : str, Path or QuoteReader, optional
        What `load_quote_reader` takes; None is the shipped reader, ``rules`` the rules alone.

    Returns
    -------
    dict of str to float
        With gold quotes, fragments of a quote united: content_f1, content_precision, content_recall (one to one, overlap
        at least half of both); exact_f1 (the same characters, blanks aside); direct_recall, mixed_recall,
        indirect_recall (by the kind in gold); source_accuracy (among contents found whose speaker gold names, see
        `same_speaker`) and direct_speaker_accuracy (the same of direct ones); cue_f1 (one cue's words hold the
        other's, content found); n_gold, n_found, n_direct; n_unchecked: speakers counted as right whom gold calls by a
        pronoun and whom we resolve to a name. On basil: speaker_accuracy over quoted spans that name
        their speaker, person_accuracy over those that name a person, other_found (share of the spans of unnamed
        speakers inside a quote), n_named, n_persons, n_other; n_members: speakers counted as right because gold
        names a group ("house-democrats") to which the articles say that they belong (`is_member`), and wrong in
        speaker_accuracy_by_name.

    Raises
    ------
    InputError
        When the corpus has no such gold.
    """
    corpus = read_split(on, split)
    reader = load_quote_reader(model)
    if "quotes" in corpus.gold:
        return score_quotes(corpus, reader)
    bias = corpus.gold.get("bias")
    if isinstance(bias, Annotation):
        return _score_speakers(corpus, bias, reader)
    raise InputError(
        f"Invalid corpus {on!r} for task 'quotes'. It must have gold quotes; it has: {list_gold(corpus)}."
    )


@dataclass(frozen=True)
class Quote:
    """One quote with its fragments united: offsets of its characters, speakers by id and by the words that name them."""

    article: str
    content: frozenset[int]
    kind: str
    cue: str
    speaker: str
    speaker_text: str
    names: tuple[str, ...] = ()


def unite(quotes: Spans, names: Mapping[str, tuple[str, ...]] | None = None) -> list[Quote]:
    """Return the quotes, `names` the names of the actors that speak."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, row in enumerate(quotes.rows()):
        grouped.setdefault((row["article"], row["quote"] or f"#{number}"), []).append(row)
    united = []
    for (article, _), rows in grouped.items():
        content = frozenset(at for row in rows for at in range(row["start"], row["end"]))
        first = {
            name: next((row[name] for row in rows if row[name]), "")
            for name in ("cue", "speaker", "speaker_text")
        }
        united.append(
            Quote(article, content, rows[0]["kind"], **first, names=(names or {}).get(first["speaker"], ()))
        )
    return united


def match_contents(gold: Sequence[Quote], predicted: Sequence[Quote]) -> list[tuple[int, int]]:
    """Return (gold, predicted) of the contents that overlap in at least half of both, best overlap first, one to one."""
    by_article: dict[str, list[int]] = {}
    for j, quote in enumerate(predicted):
        by_article.setdefault(quote.article, []).append(j)
    pairs = []
    for i, quote in enumerate(gold):
        for j in by_article.get(quote.article, ()):
            content = predicted[j].content
            shorter, longer = sorted((len(quote.content), len(content)))
            if shorter and shorter >= MIN_OVERLAP * longer:
                common = len(quote.content & content)
                if common >= MIN_OVERLAP * longer:
                    pairs.append((-common, i, j))
    left, right, matched = set(), set(), []
    for _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            matched.append((i, j))
    return matched


def score_quotes(corpus: Corpus, reader: QuoteReader | None = None) -> dict[str, float]:
    """Return the metrics of quotes against the gold quotes of `corpus`, read with `reader` or by rules alone."""
    gold: Any = corpus.gold["quotes"]
    predicted: list[Quote] = []
    for sentences, cast in casts_by_event(corpus, "Finding quotes"):
        predicted += unite(
            find_quotes(sentences, cast, reader=reader), {actor.id: actor.names for actor in cast.actors}
        )
    truth = unite(gold)
    matched = match_contents(truth, predicted)
    sourced = [(i, j) for i, j in matched if truth[i].speaker or truth[i].speaker_text]
    right = {i for i, j in sourced if same_speaker(truth[i], predicted[j])}
    cues = sum(same_words(truth[i].cue, predicted[j].cue) for i, j in matched)
    unchecked = [i for i, j in sourced if i in right and _is_resolved_pronoun(truth[i], predicted[j])]
    kinds = [quote.kind for quote in truth]
    direct = [i for i, _ in sourced if kinds[i] == "direct"]
    documents = {article.id: article.document for article in corpus.articles}
    exact = _visible(truth, documents) & _visible(predicted, documents)
    recalls = {
        f"{kind}_recall": ratio(sum(kinds[i] == kind for i, _ in matched), kinds.count(kind))
        for kind in QUOTE_KINDS
    }
    precision, recall = ratio(len(matched), len(predicted)), ratio(len(matched), len(truth))
    return {
        "content_f1": f1(precision, recall),
        "content_precision": precision,
        "content_recall": recall,
        "exact_f1": ratio(2 * exact.total(), len(truth) + len(predicted)),
        **recalls,
        "source_accuracy": ratio(len(right), len(sourced)),
        "direct_speaker_accuracy": ratio(len(right.intersection(direct)), len(direct)),
        "cue_f1": ratio(2 * cues, sum(bool(quote.cue) for quote in (*truth, *predicted))),
        "n_gold": float(len(truth)),
        "n_found": float(len(predicted)),
        "n_direct": float(kinds.count("direct")),
        "n_unchecked": float(len(unchecked)),
    }


def _visible(quotes: Sequence[Quote], documents: Mapping[str, str]) -> Counter[tuple[str, frozenset[int]]]:
    """Count the contents by their characters that are no blanks."""
    return Counter(
        (quote.article, frozenset(at for at in quote.content if not documents[quote.article][at].isspace()))
        for quote in quotes
    )


def same_speaker(gold: Quote, predicted: Quote) -> bool:
    """Return whether both have one speaker.

    By id where gold has one. Else a head of gold's words (`speaker_heads`) must be a head of the predicted words or of
    a name of the predicted actor. The antecedent of a pronoun cannot be checked: where gold has "he" or "she", the predicted
    words must be the pronoun, or a name given for the subject of the same cue; either may be resolved wrongly.
    """
    if gold.speaker:
        return gold.speaker == predicted.speaker
    heads, others = speaker_heads(gold.speaker_text), speaker_heads(predicted.speaker_text)
    if heads & others.union(*map(speaker_heads, predicted.names)):
        return True
    return heads <= _HE and _is_name(predicted.speaker_text) and same_words(gold.cue, predicted.cue)


def _is_resolved_pronoun(gold: Quote, predicted: Quote) -> bool:
    pronoun = not gold.speaker and speaker_heads(gold.speaker_text) <= _HE
    return pronoun and bool(predicted.speaker or _is_name(predicted.speaker_text))


def _is_name(phrase: str) -> bool:
    first = phrase.split(" ")[0]
    return first[:1].isupper() and match_key(first) not in _NO_HEADS | _NO_NAMES


def speaker_heads(phrase: str) -> set[str]:
    """Return the head of each part of a phrase: the last word before a preposition, a bracket or a relative clause.

    Commas and conjunctions separate parts; articles, possessive endings and Jr. are no heads.

    Examples
    --------
    >>> sorted(speaker_heads("Katrina Pierson, a spokeswoman for Mr. Trump’s campaign"))
    ['pierson', 'spokeswoman']
    >>> speaker_heads("Sen. Bernie Sanders (I-Vt.)"), speaker_heads("the"), speaker_heads("he")
    ({'sanders'}, set(), {'he'})
    """
    heads = set()
    for part in _PARTING.split(match_key(phrase)):
        before = [word.removesuffix("'s") for word in words(_TAIL.split(f"{part} ")[0])]
        heads.update([word for word in before if word not in _NO_HEADS][-1:])
    return heads


def same_words(left: str, right: str) -> bool:
    """Return whether the words of one phrase hold those of the other."""
    a, b = set(words(left)), set(words(right))
    return bool(a and b) and (a <= b or b <= a)


def _score_speakers(corpus: Corpus, gold: Annotation, reader: QuoteReader | None) -> dict[str, float]:
    quotes: dict[str, list[dict[str, Any]]] = {}
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    profiles: dict[str, dict[str, Profile]] = {}
    for sentences, cast in casts_by_event(corpus, "Finding quotes"):
        of_actors, of_persons = {actor.id: actor.names for actor in cast.actors}, profiles_of(sentences, cast)
        for row in find_quotes(sentences, cast, reader=reader).rows():
            quotes.setdefault(row["article"], []).append(row)
        names.update({article.id: of_actors for article in sentences.articles})
        profiles.update({article.id: of_persons for article in sentences.articles})
    right, others, members = [], [], 0
    for unit in gold.units.rows():
        if unit["voice"] in {AUTHOR, ""}:
            continue
        quote = _overlapping(unit, quotes.get(unit["article"], []))
        if unit["voice"].startswith("other-"):
            others.append(quote is not None)
        else:
            voice, article = unit["voice"], unit["article"]
            named = quote is not None and _names_speaker(voice, quote, names[article])
            member = (
                quote is not None
                and not named
                and not names_person(voice)
                and is_member(voice, quote["speaker"], quote["speaker_text"], profiles[article])
            )
            right.append((voice, named or member))
            members += member
    persons = [hit for voice, hit in right if names_person(voice)]
    return {
        "speaker_accuracy": ratio(sum(hit for _, hit in right), len(right)),
        "speaker_accuracy_by_name": ratio(sum(hit for _, hit in right) - members, len(right)),
        "person_accuracy": ratio(sum(persons), len(persons)),
        "other_found": ratio(sum(others), len(others)),
        "n_members": float(members),
        "n_named": float(len(right)),
        "n_persons": float(len(persons)),
        "n_other": float(len(others)),
    }


def _overlapping(unit: Mapping[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the quote that shares most characters with the unit, None where none does."""

    def overlap(row: Mapping[str, Any]) -> int:
        return min(row["end"], unit["end"]) - max(row["start"], unit["start"])

    best = max(rows, key=overlap, default=None)
    return best if best is not None and overlap(best) > 0 else None


def _names_speaker(voice: str, row: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the last word of `voice` is in a name of the actor or in the predicted words, before a preposition.

    BASIL cuts names at letters beyond ASCII ("Felipe_Calder").
    """
    texts = [*names.get(row["speaker"], ()), _TAIL.split(f"{row['speaker_text']} ")[0]]
    cut = {slug(_BEYOND_ASCII.sub("", word)) for text in texts for word in text.split()}
    return last_word(voice) in cut.union(*(slug(text).split("-") for text in texts if text.strip()))
