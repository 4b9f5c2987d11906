"""Who judges whom in a sentence: targets of SEESAW's triplets are located, and a model is asked for each possible holder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from crossframe._progress import track
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.names.finders import NameFinder, load_name_finder
from crossframe.attributing.voices import assign_voices, split_voices
from crossframe.judging.stance.stance_model import StanceModel, constructs_of, items_of, predict_stances
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.seesaw import OTHER_HOLDER
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Annotation, Corpus, Sentences
from crossframe.studies.evaluate.corpora import list_gold

SOMEBODY = "somebody"
"""Holder that a model is asked for where the sentence does not name the one that people meant."""


class Key(NamedTuple):
    """A target in a sentence of an article."""

    article: str
    sentence: int
    target: str


@dataclass(frozen=True)
class Place:
    """Where a model must look to judge a target in a sentence.

    Parameters
    ----------
    items : tuple of StanceItem
        One per mention of the target; where the sentence does not mention it, one with its name before the sentence.
    located : bool
        Whether the sentence mentions the target: by name, description or pronoun, as a comparison finds it.
    voice : str
        Whose words the first mention is, or without one most of the sentence: ``author``, an entity of the article, or
        ``other``.
    holders : dict of str to str
        Who else may judge the target, with the words that name them: entities in the sentence, and the voice.
    """

    items: tuple[StanceItem, ...]
    located: bool
    voice: str
    holders: Mapping[str, str]


@dataclass(frozen=True)
class Triplets:
    """People's triplets whose target is listed, polarity 1 or -1 by key and holder, and the places of their targets.

    ``places`` also has every other entity of an article that a sentence mentions. ``event_of`` is by article, ``names`` by
    entity; ``n_unlisted`` counts the triplets that are left out because their target is not in the list.
    """

    polarity: Mapping[tuple[Key, str], int]
    places: Mapping[Key, Place]
    event_of: Mapping[str, str]
    names: Mapping[str, str]
    n_unlisted: int

    def select(self, events: Iterable[str]) -> "Triplets":
        """Return what is of these events."""
        chosen = frozenset(events)
        return Triplets(
            {
                pair: value
                for pair, value in self.polarity.items()
                if self.event_of[pair[0].article] in chosen
            },
            {key: place for key, place in self.places.items() if self.event_of[key.article] in chosen},
            self.event_of,
            self.names,
            self.n_unlisted,
        )


def read_triplets(corpus: Corpus) -> Triplets:
    """Return people's triplets of `corpus`, their targets located in their sentences.

    An entity is found by our own finder and resolver among all entities that were annotated in its story.
    """
    gold = corpus.gold["triplets"]
    if not isinstance(gold, Annotation):
        raise TypeError(f"triplets must be an annotation; gold is {list_gold(corpus)}")
    polarity: dict[tuple[Key, str], int] = {}
    for unit, row in zip(gold.units.rows(), gold.scores, strict=True):
        if unit["actor"]:
            key = Key(unit["article"], unit["sentence"], unit["actor"])
            polarity.setdefault((key, unit["voice"]), 1 if row[gold.labels.index("positive")] else -1)
    listed = list_entities(corpus)
    wanted: dict[str, set[Key]] = {}
    event_of = {article.id: article.event for article in corpus.articles}
    for key, _ in polarity:
        wanted.setdefault(event_of[key.article], set()).add(key)
    names = {actor.id: actor.name for actor in corpus.actors}
    finder = load_name_finder()
    places: dict[Key, Place] = {}
    for event in track(sorted(set(event_of.values())), "Finding entities"):
        places |= _places_of(corpus, event, listed, sorted(wanted.get(event, ())), finder)
    return Triplets(polarity, places, event_of, names, gold.units.actor.count(""))


def list_entities(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Return by article the entities that its annotators listed."""
    listed: dict[str, set[str]] = {article.id: set() for article in corpus.articles}
    known = {actor.id for actor in corpus.actors}
    for gold in corpus.gold.values():
        if isinstance(gold, Annotation):
            for article, actor, voice in zip(
                gold.units.article, gold.units.actor, gold.units.voice, strict=True
            ):
                listed[article] |= {actor, voice} & known
    return {article: frozenset(ids) for article, ids in listed.items()}


def _places_of(
    corpus: Corpus,
    event: str,
    listed: Mapping[str, frozenset[str]],
    wanted: Sequence[Key],
    finder: NameFinder,
) -> dict[Key, Place]:
    """Return the places of one story: of all entities that a sentence mentions, and of the `wanted` it does not."""
    sentences = split_sentences(article for article in corpus.articles if article.event == event)
    ids = frozenset().union(*(listed[article.id] for article in sentences.articles))
    declared = [actor for actor in corpus.actors if actor.id in ids]
    cast = find_actors(sentences, declared, names=finder.find(sentences))
    quotes = find_quotes(sentences, cast)
    keep = [
        actor in listed[article]
        for article, actor in zip(cast.mentions.article, cast.mentions.actor, strict=True)
    ]
    mentions = cast.mentions.select(np.array(keep, dtype=bool))
    items, units = items_of(sentences, mentions, assign_voices(mentions, quotes))
    mentioned: dict[tuple[str, int], dict[str, list[tuple[StanceItem, str]]]] = {}
    for item, unit in zip(items, units.rows(), strict=True):
        within = mentioned.setdefault((unit["article"], unit["sentence"]), {})
        within.setdefault(unit["actor"], []).append((item, unit["voice"]))
    places = {
        Key(article, number, target): _make_place(own, within, target, listed[article])
        for (article, number), within in mentioned.items()
        for target, own in within.items()
    }
    voices = _main_voices(split_voices(sentences, quotes).rows())
    names = {actor.id: actor.name for actor in declared}
    for key in wanted:
        if key not in places:
            sentence = key.article, key.sentence
            item = _name_before(names[key.target], sentences, key)
            own = [(item, voices.get(sentence, AUTHOR))]
            place = _make_place(own, mentioned.get(sentence, {}), key.target, listed[key.article])
            places[key] = Place(place.items, False, place.voice, place.holders)
    return places


def _make_place(
    own: Sequence[tuple[StanceItem, str]],
    within: Mapping[str, Sequence[tuple[StanceItem, str]]],
    target: str,
    listed: frozenset[str],
) -> Place:
    """Return the place of a target from its mentions, and from those of all entities `within` the sentence."""
    said = own[0][1]
    voice = said if said == AUTHOR or said in listed else OTHER_HOLDER
    holders = {
        entity: _words(mentions[0][0]) for entity, mentions in sorted(within.items()) if entity != target
    }
    if voice != AUTHOR:
        holders.setdefault(voice, said if voice == OTHER_HOLDER and said != "unknown" else SOMEBODY)
    return Place(tuple(item for item, _ in own), True, voice, holders)


def _words(item: StanceItem) -> str:
    return item.text[item.start : item.end]


def _name_before(name: str, sentences: Sentences, key: Key) -> StanceItem:
    """Return the sentence with the target's name before it."""
    text = sentences.text[sentences.row(key.article, key.sentence)]
    return StanceItem(f"{name}: {text}", 0, len(name))


def _main_voices(stretches: Iterable[Mapping[str, object]]) -> dict[tuple[str, int], str]:
    """Return the voice of most of every sentence, by article and number."""
    longest: dict[tuple[str, int], tuple[int, str]] = {}
    for row in stretches:
        key = str(row["article"]), int(str(row["sentence"]))
        length = int(str(row["end"])) - int(str(row["start"]))
        if length > longest.get(key, (0, ""))[0]:
            longest[key] = length, str(row["voice"])
    return {key: voice for key, (_, voice) in longest.items()}


# --- asking a model -------------------------------------------------------------------------------------


def possible_holders(place: Place, model: StanceModel) -> list[str]:
    """Return whom a model may name as holder: of one that answers portrayal alone, whose words the mention is."""
    if "stance" not in constructs_of(model):
        return [place.voice]
    return [AUTHOR, *(holder for holder in place.holders if holder != AUTHOR)]


def judge_pairs(
    model: StanceModel, triplets: Triplets, pairs: Sequence[tuple[Key, str]]
) -> dict[tuple[Key, str], np.ndarray]:
    """Return how likely each holder is against, neutral or for each target: the mean over the target's mentions.

    Parameters
    ----------
    model : StanceModel
        One that answers stance is asked for the holder; any other says of each pair how the sentence portrays the target.
    triplets : Triplets
        With the places of the targets.
    pairs : sequence of (Key, str)
        Targets and holders.

    Returns
    -------
    dict of (Key, str) to ndarray of shape (3,)
        In the order of `STANCES`.
    """
    asks_holders = "stance" in constructs_of(model)
    items: list[StanceItem] = []
    counts = []
    for key, holder in pairs:
        place = triplets.places[key]
        words = (
            AUTHOR if holder == AUTHOR else place.holders.get(holder, triplets.names.get(holder, SOMEBODY))
        )
        items += [item._replace(holder=words) if asks_holders else item for item in place.items]
        counts.append(len(place.items))
    probability = predict_stances(model, items)
    starts = np.cumsum([0, *counts])
    return {
        pair: probability[start : start + n].mean(axis=0)
        for pair, start, n in zip(pairs, starts[:-1].tolist(), counts, strict=True)
    }
