"""Score links of names, descriptions and pronouns to actors against gold chains of coreference across documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crossframe.records import Annotation, Cast, Sentences
from crossframe.statistics.metrics import b_cubed
from crossframe.studies.evaluate.metrics import ratio

MIN_OVERLAP = 0.5
"""Share of both spans from which an overlap makes them one mention: annotators and we cut titles and articles differently."""
KINDS = ("nominal", "pronoun")
_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])


class _Span(NamedTuple):
    article: str
    start: int
    end: int


def score_links(casts: Iterable[tuple[Sentences, Cast]], gold: Annotation) -> dict[str, float]:
    """Score the links of an event's mentions to its actors.

    An actor represents the gold chain that most of its name mentions belong to. A description or pronoun is linked
    right when its gold mention belongs to that chain. Only mentions that gold has too can be judged, and of those only
    links to actors with a chain.

    Parameters
    ----------
    casts : iterable of (Sentences, Cast)
        Events with their actors.
    gold : Annotation
        Unit span; ``actor`` is the chain.

    Returns
    -------
    dict of str to float
        Of nominal and pronoun: precision, recall (of gold mentions whose chain some actor represents; of pronouns he and
        she in any case; of nominals those in lower case) and n_links judged; of names: name_b_cubed_precision and
        name_b_cubed_recall of actors as clusters within an event, name_pair_precision (of two mentions of one actor,
        both of one chain) and n_names.
    """
    chains: dict[str, dict[_Span, str]] = defaultdict(dict)
    for unit in gold.units.rows():
        span = _Span(unit["article"], unit["start"], unit["end"])
        chains[span.article][span] = unit["actor"]
    counts: Counter[str] = Counter()
    named: list[tuple[str, str]] = []
    for sentences, cast in casts:
        named += _score_event(sentences, cast, chains, counts)
    scores = {f"{kind}_{name}": value for kind in KINDS for name, value in _shares(counts, kind).items()}
    precision, recall, _ = b_cubed([chain for _, chain in named], [actor for actor, _ in named])
    return scores | {
        "name_b_cubed_precision": precision,
        "name_b_cubed_recall": recall,
        "name_pair_precision": _pair_precision(named),
        "n_names": float(len(named)),
    }


def _shares(counts: Mapping[str, int], kind: str) -> dict[str, float]:
    right, linked, wanted = (counts[f"{kind} {what}"] for what in ("right", "linked", "wanted"))
    return {"precision": ratio(right, linked), "recall": ratio(right, wanted), "n_links": float(linked)}


def _score_event(
    sentences: Sentences,
    cast: Cast,
    chains: Mapping[str, Mapping[_Span, str]],
    counts: Counter[str],
) -> list[tuple[str, str]]:
    """Add to `counts`, and return actor and chain of every name mention that gold has, both marked with the event."""
    event = sentences.articles[0].event
    matched: list[tuple[dict[str, Any], str]] = []
    for row in cast.mentions.rows():
        mention = _Span(row["article"], row["start"], row["end"])
        chain = _chain_of(mention, chains.get(mention.article, {}))
        if chain:
            matched.append((row, chain))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row, chain in matched:
        if row["kind"] == "name":
            votes[row["actor"]][chain] += 1
    represents = {actor: min(v, key=lambda chain: (-v[chain], chain)) for actor, v in votes.items()}
    for row, chain in matched:
        if row["kind"] in KINDS and row["actor"] in represents:
            counts[f"{row['kind']} linked"] += 1
            counts[f"{row['kind']} right"] += represents[row["actor"]] == chain
    for article in sentences.articles:
        for span, chain in chains.get(article.id, {}).items():
            if chain in represents.values():
                counts[f"{_kind_of(article.document[span.start : span.end])} wanted"] += 1
    return [
        (f"{event}/{row['actor']}", f"{event}/{chain}") for row, chain in matched if row["kind"] == "name"
    ]


def _chain_of(mention: _Span, gold: Mapping[_Span, str]) -> str:
    """Return the chain of the gold mention that is `mention` or, without its article, its end; else ""."""
    best = max(gold, key=lambda span: (_overlap(mention, span), -span.start, -span.end), default=None)
    return gold[best] if best is not None and _overlap(mention, best) >= MIN_OVERLAP else ""


def _overlap(mention: _Span, gold: _Span) -> float:
    if gold.end == mention.end and mention.start <= gold.start:
        return 1.0
    both = min(mention.end, gold.end) - max(mention.start, gold.start)
    return max(0, both) / (max(mention.end, gold.end) - min(mention.start, gold.start))


def _kind_of(text: str) -> str:
    if text.casefold() in _PRONOUNS:
        return "pronoun"
    return "name" if any(word[:1].isupper() for word in text.split()) else "nominal"


def _pair_precision(named: Sequence[tuple[str, str]]) -> float:
    def pairs(values: Iterable[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(values).values())

    return ratio(pairs(named), pairs(actor for actor, _ in named))
