"""Gold portrayal and stance of a corpus folder as stance items: an actor's mention in a sentence, and who may judge it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from crossframe.errors import InputError
from crossframe.judging.stance.stance_model import items_of
from crossframe.judging.targets import StanceItem
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation, Corpus, Spans


class GoldItem(NamedTuple):
    """A stance item with its label, and the article that it is of."""

    item: StanceItem
    label: str
    article: str


def read_labels(corpus: Corpus, construct: str) -> Annotation:
    """Return gold ``portrayal`` or ``stance``; raise InputError where the corpus has none."""
    gold = corpus.gold.get(construct)
    if not isinstance(gold, Annotation) or not len(gold):
        raise InputError(
            f"Missing {construct} gold of corpus {corpus.name!r}. It must have labels of {construct}."
        )
    return gold


def portrays_sentences(corpus: Corpus) -> bool:
    """Return whether gold portrayal is of sentences, as a folder has it, and gold stance beside it of holders toward mentions."""
    gold = corpus.gold.get("portrayal")
    return isinstance(gold, Annotation) and gold.unit == "sentence"


def portrayal_items(corpus: Corpus) -> list[GoldItem]:
    """Return the sentences that have gold portrayal, in its order, each with the actor's first mention in it as target.

    Raises
    ------
    InputError
        When ``gold/mentions.tsv`` has no mention of the actor in the sentence.
    """
    gold = read_labels(corpus, "portrayal")
    mentioned = _list_mentions(corpus)
    items = []
    for unit, label in zip(gold.units.rows(), _labels(gold), strict=True):
        found = mentioned.get((unit["article"], unit["sentence"]), {}).get(unit["actor"])
        if not found:
            raise InputError(
                f"Missing mention of {unit['actor']!r} in sentence {unit['sentence']} of article {unit['article']!r}. "
                "gold/mentions.tsv must have it, for the actor is portrayed there."
            )
        items.append(GoldItem(next(iter(found.values())), label, unit["article"]))
    return items


def holder_items(corpus: Corpus) -> list[GoldItem]:
    """Return every mention that has gold stance with each possible holder: those of gold, and as neutral all others.

    Others are actors that ``gold/mentions.tsv`` has in the sentence, the target aside, and that gold does not name: most
    readers say that they take no side. A holder is asked for by the words of its first mention in the sentence.
    """
    gold = read_labels(corpus, "stance")
    mentioned = _list_mentions(corpus)
    names = {actor.id: actor.name for actor in corpus.actors}
    named: dict[tuple[Any, ...], dict[str, str]] = {}
    for unit, label in zip(gold.units.rows(), _labels(gold), strict=True):
        place = tuple(unit[name] for name in ("article", "sentence", "start", "end", "actor"))
        named.setdefault(place, {})[unit["voice"]] = label
    items = []
    for (article, sentence, start, end, target), labels in named.items():
        within = mentioned.get((article, sentence), {})
        item = within.get(target, {}).get((start, end))
        if item is None:
            raise InputError(
                f"Missing mention ({start}, {end}) of {target!r} in article {article!r}. gold/mentions.tsv must have it, for "
                "gold/stance.tsv has its stance."
            )
        words = {actor: _words(next(iter(found.values()))) for actor, found in within.items()}
        others = dict.fromkeys(sorted(set(within) - {target, *labels}), "neutral")
        items += [
            GoldItem(item._replace(holder=words.get(voice, names.get(voice, voice))), label, article)
            for voice, label in (labels | others).items()
        ]
    return items


def _labels(gold: Annotation) -> list[str]:
    return [gold.labels[best] for best in gold.scores.argmax(axis=1)]


def _words(item: StanceItem) -> str:
    return item.text[item.start : item.end]


def _list_mentions(
    corpus: Corpus,
) -> Mapping[tuple[str, int], Mapping[str, Mapping[tuple[int, int], StanceItem]]]:
    """Return the gold mentions by article and sentence, actor and span, as items; those of an actor in order."""
    gold = corpus.gold.get("mentions")
    if not isinstance(gold, Spans):
        raise InputError(f"Missing mentions of corpus {corpus.name!r}. gold/mentions.tsv must have them.")
    items, units = items_of(split_sentences(corpus.articles), gold, ("",) * len(gold))
    mentioned: dict[tuple[str, int], dict[str, dict[tuple[int, int], StanceItem]]] = {}
    for unit, item in sorted(zip(units.rows(), items, strict=True), key=lambda row: row[0]["start"]):
        within = mentioned.setdefault((unit["article"], unit["sentence"]), {})
        within.setdefault(unit["actor"], {})[unit["start"], unit["end"]] = item
    return mentioned
