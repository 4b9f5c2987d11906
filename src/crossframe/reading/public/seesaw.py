"""Loader of SEESAW: stories told by three outlets, feelings toward entities per article, and who is for or against whom."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.public.parsing import CorpusFiles, index_of
from crossframe.records import AUTHOR, Actor, Annotation, Article, Corpus, Event, Outlet, Units
from crossframe.text import slug

FEELINGS = ("negative", "slightly negative", "neutral", "slightly positive", "positive")
"""Of an article's author toward an entity, in order; upstream's "very negative" and "very positive" are the outer two."""
IDEOLOGIES = ("liberal", "slightly liberal", "moderate", "slightly conservative", "conservative")
"""Of an entity, in order; upstream's "very liberal" and "very conservative" are the outer two."""
TRIPLET_LABELS = ("negative", "positive")
OTHER_HOLDER = "other"
"""Voice of a triplet whose holder is none of the article's listed entities: somebody, but never the author."""
_FOLDER = "SEESAW"
_UNKNOWN = frozenset({"unknown", "not applicable"})
_NOBODY, _UNLISTED = "None", "Not in the list"
_KINDS = {
    "People": "person", "Organization": "organisation", "GPE": "country", "Religion": "group",
    "Topic": "other", "Event": "other", "Others": "other",
}  # fmt: skip


@dataclass
class _Rows:
    """Gold rows of all articles, as they are read."""

    feelings: list[dict[str, object]] = field(default_factory=list)
    shares: list[np.ndarray] = field(default_factory=list)
    single: list[dict[str, object]] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    ideologies: list[dict[str, object]] = field(default_factory=list)
    ideology_shares: list[np.ndarray] = field(default_factory=list)
    triplets: list[dict[str, object]] = field(default_factory=list)
    polarities: list[int] = field(default_factory=list)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)


def load(files: CorpusFiles) -> Corpus:
    """Return stories of three articles, their entities declared as actors, outlets with a lean of 0 (left) to 4 (right).

    An entity is its name's slug; its kind is the one that most annotators gave. Gold:

    - ``framing`` (article x actor): the author's feeling, by `FEELINGS` the share of annotators who chose it;
      ``framing-by-annotator``: one row per annotator, whose letter is the ``voice``. "Unknown" is left out.
    - ``ideology`` (article x actor): of the entity, by `IDEOLOGIES`; "not applicable" is left out.
    - ``triplets`` (sentence): negative or positive of the holder, the ``voice`` (``author``, an entity, or ``other``: not
      in the list), toward ``actor`` ("": not in the list).
    """
    rows, articles, events = _Rows(), [], []
    outlets: dict[str, Outlet] = {}
    for split in files.choose("dev"):
        paths = files.paths(split)
        files.fetch(*paths)
        for path in (path for path in paths if path.startswith(f"{_FOLDER}/meta/")):
            meta = json.loads(files.read(path))
            story = path.removesuffix(".json").rpartition("_")[2]
            events.append(Event(story, meta["story_title"], date.fromisoformat(meta["story_time"])))
            for number in range(3):
                outlet = _read_outlet(meta[f"Meta info for article {number}"])
                outlets[outlet.id] = outlet
                articles.append(_read_article(files, story, number, meta, split))
                _read_notes(files, articles[-1], number, rows)
    gold = _make_gold(rows)
    ordered = [outlets[id] for id in sorted(outlets)]
    return files.make_corpus(articles, gold, actors=_actors(rows), outlets=ordered, events=events)


def read_shared_stories() -> frozenset[str]:
    """Return the stories of SEESAW that share text with NewsMTSC's training split."""
    path = storage.corpora_folder() / "seesaw" / "shared-with-newsmtsc.txt"
    return frozenset(path.read_text(encoding="utf-8").split())


def _read_outlet(meta: Mapping[str, Any]) -> Outlet:
    return Outlet(slug(meta["source"]), meta["source"], lean=str(meta["bias_label"]))


def _read_article(
    files: CorpusFiles, story: str, number: int, meta: Mapping[str, Any], split: str
) -> Article:
    """Return an article; its sentences, some of them empty, are joined by blanks."""
    raw = json.loads(files.read(f"{_FOLDER}/articles/TRIPLET_{story}_DOCUMENT_{number}.json"))
    own = meta[f"Meta info for article {number}"]
    text, sentences = "", []
    for position, sentence in enumerate(raw["text"]):
        text += " " if position else ""
        sentences.append((len(text), len(text) + len(sentence["text"])))
        text += sentence["text"]
    return Article(
        f"{story}-{number}",
        story,
        slug(own["source"]),
        raw["title"],
        text,
        published=date.fromisoformat(meta["story_time"]),
        language="en",
        url=own["url"],
        split=split,
        sentences=tuple(sentences),
    )


def _read_notes(files: CorpusFiles, article: Article, number: int, rows: _Rows) -> None:
    """Add an article's annotations to `rows`."""
    path = f"{_FOLDER}/annotations/TRIPLET_{article.event}_DOCUMENT_{number}.json"
    notes = json.loads(files.read(path))
    for name, kinds, *_ in notes["entity lists"]:
        rows.names.setdefault(slug(name), Counter())[name] += 1
        rows.kinds.setdefault(slug(name), Counter()).update(
            _KINDS[check] for check in kinds if index_of(check, tuple(_KINDS), "kind of entity", path) >= 0
        )
    for name, judged in notes["entity sentiments"].items():
        unit = {"article": article.id, "sentence": -1, "actor": slug(name)}
        choices = list(_choices(judged, FEELINGS, path))
        if choices:
            rows.feelings.append({**unit, "voice": AUTHOR})
            rows.shares.append(_shares([choice for choice, _ in choices]))
        rows.single += [{**unit, "voice": annotator} for _, annotator in choices]
        rows.chosen += [choice for choice, _ in choices]
    for name, judged in notes["entity ideologies"].items():
        choices = list(_choices(judged, IDEOLOGIES, path))
        if choices:
            rows.ideologies.append({"article": article.id, "sentence": -1, "actor": slug(name)})
            rows.ideology_shares.append(_shares([choice for choice, _ in choices]))
    _read_triplets(notes["sentence-level stances"], article, path, rows)


def _read_triplets(
    judged: Mapping[str, Sequence[Mapping[str, Any]]], article: Article, path: str, rows: _Rows
) -> None:
    """Add an article's triplets: upstream's sentence N is body sentence N + 1."""
    n_sentences = len(article.sentences or ())
    for number, triplets in judged.items():
        if not 0 <= int(number) < n_sentences:
            raise InputError(
                f"Invalid sentence {number!r} in {path!r}. The article has {n_sentences} sentences, counted from 0."
            )
        for triplet in triplets:
            holder, target = triplet["subject"], triplet["object"]
            voice = {_NOBODY: AUTHOR, _UNLISTED: OTHER_HOLDER}.get(holder) or slug(holder)
            actor = "" if target == _UNLISTED else slug(target)
            rows.triplets.append(
                {"article": article.id, "sentence": int(number) + 1, "actor": actor, "voice": voice}
            )
            rows.polarities.append(index_of(triplet["sentiment"], ("NEG", "POS"), "sentiment", path))


def _choices(judged: Sequence[Sequence[str]], labels: Sequence[str], path: str) -> Iterator[tuple[int, str]]:
    """Yield the number of the label that every annotator chose, and the annotator."""
    for value, annotator in judged:
        label = value.lower().removeprefix("very ")
        if label not in _UNKNOWN:
            yield index_of(label, labels, "judgement", path), annotator


def _shares(chosen: Sequence[int]) -> np.ndarray:
    return np.bincount(chosen, minlength=len(FEELINGS)) / len(chosen)


def _make_gold(rows: _Rows) -> dict[str, Annotation]:
    source = "SEESAW annotators"

    def of_shares(
        units: list[dict[str, object]], labels: Sequence[str], shares: list[np.ndarray]
    ) -> Annotation:
        scores = np.array(shares).reshape(-1, len(labels))
        return Annotation(Units.from_rows(units), "article x actor", tuple(labels), scores, source)

    return {
        "framing": of_shares(rows.feelings, FEELINGS, rows.shares),
        "framing-by-annotator": Annotation.of_choices(
            rows.single, "article x actor", FEELINGS, rows.chosen, source
        ),
        "ideology": of_shares(rows.ideologies, IDEOLOGIES, rows.ideology_shares),
        "triplets": Annotation.of_choices(rows.triplets, "sentence", TRIPLET_LABELS, rows.polarities, source),
    }


def _actors(rows: _Rows) -> list[Actor]:
    """Return every entity once: the commonest spelling of its name first, of kinds the commonest."""
    actors = []
    for id, names in sorted(rows.names.items()):
        ordered = sorted(names, key=lambda name: (-names[name], name))
        kinds = rows.kinds[id]
        kind = min(kinds, key=lambda one: (-kinds[one], one))
        actors.append(Actor(id, ordered[0], tuple(ordered[1:]), kind))
    return actors
