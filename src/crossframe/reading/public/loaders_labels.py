"""Loaders of public corpora of short labelled texts: tweets toward a target, headlines with frames, pairs of entities."""

import re
from collections.abc import Sequence

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.registry import Entry, need_files
from crossframe.records import AUTHOR, Actor, Annotation, Article, Corpus, Units
from crossframe.text import slug

# --- SemEval-2016 Task 6 A ----------------------------------------------------------------------------------

DEBATE_LABELS = ("none", "against", "favor")
"""In the order of upstream's numbers 0, 1, 2."""
DEBATE_TARGETS = (
    Actor("abortion", "Legalization of Abortion", kind="other"),
    Actor("atheism", "Atheism", kind="other"),
    Actor("climate", "Climate Change is a Real Concern", kind="other"),
    Actor("feminist", "Feminist Movement", kind="group"),
    Actor("hillary", "Hillary Clinton", kind="person"),
)
"""The five targets of SemEval-2016 Task 6 A, ids as upstream's folders, names as in the task's paper."""


def load_debates(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return SemEval-2016 Task 6 A: a tweet an article of an event of its own.

    Gold ``debate-stance``: an Annotation of article x actor, the actor being the target, labels none, against, favor.
    Upstream divides the task's own training part into ``train`` and ``dev``.
    """
    articles, units, chosen = [], [], []
    for split in splits or ("train", "dev", "test"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for labels, texts in zip(paths[::2], paths[1::2], strict=True):
            target = labels.split("/")[-2]
            numbers = (folder / labels).read_text(encoding="utf-8").split()
            tweets = (folder / texts).read_text(encoding="utf-8").removesuffix("\n").split("\n")
            if len(numbers) != len(tweets):
                raise InputError(
                    f"Invalid number of labels {len(numbers)!r} in {labels!r} of corpus {entry.name!r}. "
                    f"It must be that of the {len(tweets)} tweets."
                )
            for number, (text, label) in enumerate(zip(tweets, numbers, strict=True)):
                id = f"{target}-{split}-{number:04d}"
                articles.append(_item(id, text, split))
                units.append({"article": id, "sentence": 1, "actor": target, "voice": AUTHOR})
                chosen.append(_one_of(label, ("0", "1", "2"), "label", labels))
    gold = Annotation.of_choices(
        units, "article x actor", DEBATE_LABELS, chosen, "annotators of SemEval-2016"
    )
    return _corpus(entry, articles, {"debate-stance": gold}, DEBATE_TARGETS)


# --- Gun Violence Frame Corpus ------------------------------------------------------------------------------

GUN_FRAMES = (
    "gun-rights", "gun-control", "politics", "mental-health", "safety", "race", "public-opinion", "society",
    "economic",
)  # fmt: skip
"""The nine frames of the codebook, in the order of upstream's columns."""


def load_gun_frames(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return the Gun Violence Frame Corpus: a headline an article of an event of its own; one or two frames hold.

    Gold ``gun-frames``: an Annotation of articles.
    """
    articles, scores = [], []
    for split in splits or ("train",):
        path = entry.files_of(split)[0]
        content = (need_files(entry, [path]) / path).read_text(encoding="utf-8")
        for line in content.removesuffix("\n").split("\n"):
            number, text, _, *flags = line.split("\t")
            if len(flags) != len(GUN_FRAMES) or not set(flags) <= {"0.0", "1.0"}:
                raise InputError(
                    f"Invalid frames {flags!r} in {path!r} of corpus {entry.name!r}. It must be nine of 0.0 and 1.0."
                )
            articles.append(_item(f"{split}-{int(number):04d}", text, split))
            scores.append([float(flag) for flag in flags])
    units = Units.from_rows({"article": article.id} for article in articles)
    gold = Annotation(units, "article", GUN_FRAMES, np.array(scores), "annotators of GVFC")
    return _corpus(entry, articles, {"gun-frames": gold})


# --- directed sentiment -------------------------------------------------------------------------------------

DIRECTED_LABELS = ("neutral", "p-q-positive", "q-p-positive", "p-q-negative", "q-p-negative")
"""In the order of upstream's numbers 0 to 4; p is the entity that stands first."""
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def load_directed(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return the sentences with two entities in brackets: a sentence an article of an event of its own.

    The brackets are upstream's and stay in the text. Gold, a row a sentence and in one order: ``first`` and ``second``,
    Annotations of spans, where p and q stand between their brackets; and ``directed-sentiment``, an Annotation of
    articles.
    """
    articles, chosen = [], []
    places: dict[str, list[dict[str, object]]] = {"first": [], "second": []}
    for split in splits or ("train", "dev"):
        path = entry.files_of(split)[0]
        content = (need_files(entry, [path]) / path).read_text(encoding="utf-8")
        for number, line in enumerate(content.removesuffix("\n").split("\n")):
            text, first, second, label = line.split("\t")
            id = f"{split}-{number:05d}"
            found = [match.span() for match in _BRACKETED.finditer(text)]
            if len(found) != 2:
                raise InputError(
                    f"Invalid sentence in line {number + 1} of {path!r} of corpus {entry.name!r}. It must hold two "
                    f"entities in brackets, not {len(found)}."
                )
            articles.append(_item(id, text, split))
            for name, entity, (start, end) in zip(places, (first, second), found, strict=True):
                places[name].append(
                    {"article": id, "sentence": 1, "start": start + 1, "end": end - 1, "actor": slug(entity)}
                )
            chosen.append(_one_of(label, ("0", "1", "2", "3", "4"), "label", path))
    source = "annotators of directed-sentiment"
    gold = {
        name: Annotation(Units.from_rows(rows), "span", ("named",), np.ones((len(rows), 1)), source)
        for name, rows in places.items()
    }
    whole = ({"article": article.id} for article in articles)
    gold["directed-sentiment"] = Annotation.of_choices(whole, "article", DIRECTED_LABELS, chosen, source)
    return _corpus(entry, articles, gold)


# --- what they share ----------------------------------------------------------------------------------------


def _item(id: str, text: str, split: str) -> Article:
    return Article(id, id, "unknown", "", text, language="en", split=split, sentences=((0, len(text)),))


def _one_of(value: str, choices: Sequence[str], thing: str, path: str) -> int:
    if value not in choices:
        raise InputError(f"Invalid {thing} {value!r} in {path!r}. It must be one of: {', '.join(choices)}.")
    return choices.index(value)


def _corpus(
    entry: Entry, articles: Sequence[Article], gold: dict[str, Annotation], actors: Sequence[Actor] = ()
) -> Corpus:
    return Corpus(
        entry.name,
        tuple(articles),
        actors=tuple(actors),
        gold=dict(gold),
        language=entry.language,
        licence=entry.licence,
        provenance=entry.citation,
    )
