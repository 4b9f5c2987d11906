"""Loaders of public corpora: their files, unaltered, become a Corpus with gold."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.gold import read_alignment
from crossframe.reading.loaders_ecbplus import load_ecbplus, load_validated
from crossframe.reading.loaders_labels import load_debates, load_directed, load_gun_frames
from crossframe.reading.loaders_pairs import load_msrp, load_neus, load_superpal
from crossframe.reading.loaders_spans import load_names, load_polnear
from crossframe.reading.own_stance import add_own_stance
from crossframe.reading.registry import Entry, need_files
from crossframe.records import (
    AUTHOR,
    FRAMES,
    STANCES,
    Annotation,
    Article,
    Corpus,
    Event,
    Outlet,
    Spans,
    Units,
)
from crossframe.text import slug


def load(entry: Entry, splits: Iterable[str] | None = None) -> Corpus:
    """Return the public corpus of `entry` with its gold; files that are not in the cache are fetched first.

    Parameters
    ----------
    entry : Entry
        From the registry.
    splits : iterable of str, optional
        Only these; None takes all that a default load needs.

    Returns
    -------
    Corpus
        Text exactly as upstream has it.

    Raises
    ------
    MissingDataError
        When a file cannot be had.
    InputError
        When the corpus does not hold as many articles and judgements as the registry says.
    """
    corpus = _LOADERS[entry.name](entry, None if splits is None else tuple(splits))
    if "stance" not in corpus.gold:
        corpus = add_own_stance(corpus)
    check_counts(entry, corpus)
    return corpus


def check_counts(entry: Entry, corpus: Corpus) -> None:
    """Raise InputError when a loaded split holds another number of articles, or of units of gold, than `entry` says.

    Articles without a split are those of the split that `entry` has alone.
    """
    only = next(iter(entry.splits)) if len(entry.splits) == 1 else ""
    split_of = {article.id: article.split or only for article in corpus.articles}
    held = {(split, "articles"): n for split, n in Counter(split_of.values()).items()}
    for name, gold in corpus.gold.items():
        if isinstance(gold, Annotation | Spans):
            articles = gold.units.article if isinstance(gold, Annotation) else gold.article
            held |= {(split, name): n for split, n in Counter(split_of[one] for one in articles).items()}
    for split, counts in entry.counts.items():
        for what, expected in counts.items():
            if (split, "articles") in held and held.get((split, what), 0) != expected:
                raise InputError(
                    f"Invalid number of {what} {held.get((split, what), 0)!r} in split {split!r} of corpus "
                    f"{entry.name!r}. The registry says {expected}."
                )


# --- BASIL ----------------------------------------------------------------------------------------------

_BASIL_OUTLETS = (
    Outlet("fox", "Fox News", "US", lean="right"),
    Outlet("hpo", "HuffPost", "US", lean="left"),
    Outlet("nyt", "The New York Times", "US", lean="centre-left"),
)
_BASIL_LEANINGS = {
    "liberal": 0,
    "left": 0,
    "center": 1,
    "conservative": 2,
    "right": 2,
}  # both spellings occur
_BASIL_STANCE = {"neg": 0, "neu": 1, "pos": 2}


def _load_basil(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return BASIL: gold ``stance`` and ``bias`` (spans), ``framing`` and ``main-entities`` (article x actor),
    ``relative-stance`` (articles), ``alignment-train`` and ``alignment-dev`` (pairs)."""
    for split in splits or ():
        entry.files_of(split)
    folder = need_files(entry, entry.files_of("all"))
    files = sorted((folder / "articles").glob("*/*.json"))
    pairs = [
        (_basil_article(path.stem, raw), raw) for path, raw in zip(files, map(_read_json, files), strict=True)
    ]
    pairs.sort(key=lambda pair: (pair[0].event, pair[0].outlet, pair[0].id))
    events = {article.event: Event(article.event, raw["main-event"]) for article, raw in pairs}
    corpus = Corpus(
        "basil",
        tuple(article for article, _ in pairs),
        outlets=_BASIL_OUTLETS,
        events=tuple(events.values()),
        language="en",
        licence=entry.licence,
        provenance=entry.citation,
    )
    files = sorted((folder / "annotations").glob("*/*.json"))
    notes = {path.stem.removesuffix("_ann"): _read_json(path) for path in files}
    gold: dict[str, Any] = _basil_gold(pairs, notes)
    gold_folder = storage.corpora_folder() / "basil" / "gold" / "alignment"
    for split in ("train", "dev"):
        gold[f"alignment-{split}"] = read_alignment(corpus, gold_folder / f"basil-{split}.tsv")
    return Corpus(**{**_fields(corpus), "gold": gold})


def _fields(corpus: Corpus) -> dict[str, Any]:
    names = ("name", "articles", "actors", "outlets", "events", "language", "licence", "provenance")
    return {name: getattr(corpus, name) for name in names}


def _basil_article(id: str, raw: dict[str, Any]) -> Article:
    text, sentences = "", []
    for number, paragraph in enumerate(raw["body-paragraphs"]):
        text += "\n\n" if number else ""
        for position, sentence in enumerate(paragraph):
            text += " " if position else ""
            sentences.append((len(text), len(text) + len(sentence)))
            text += sentence
    return Article(
        id=id,
        event=raw["triplet-uuid"],
        outlet=raw["source"].lower(),
        title=raw["title"],
        text=text,
        published=date.fromisoformat(raw["date"]),
        language="en",
        url=raw["url"],
        genre="news",
        sentences=tuple(sentences),
    )


def _basil_gold(
    pairs: list[tuple[Article, dict[str, Any]]], notes: dict[str, dict[str, Any]]
) -> dict[str, Annotation]:
    spans, stance, kind = [], [], []
    judged, feelings, entities, leaning = [], [], [], []
    for article, raw in pairs:
        note = notes[article.id]
        for span in note["phrase-level-annotations"]:
            spans.append(_basil_span(article, span))
            stance.append(_BASIL_STANCE[span["polarity"]])
            kind.append(("inf", "lex").index(span["bias"]))
        judgements = note["article-level-annotations"]
        for key, value in sorted(judgements.items()):
            actor = key.removeprefix("author_feeling_")
            if key.startswith("author_feeling_") and actor != "main_event":
                judged.append({"article": article.id, "sentence": -1, "actor": slug(actor), "voice": AUTHOR})
                feelings.append(_BASIL_STANCE[value])
        entities += [{"article": article.id, "actor": slug(name)} for name in raw["main-entities"]]
        leaning.append((article.id, _BASIL_LEANINGS[judgements["relative_stance"]]))
    return {
        "stance": _labelled(spans, "span", STANCES, stance, "BASIL annotators"),
        "bias": _labelled(spans, "span", ("informational", "lexical"), kind, "BASIL annotators"),
        "framing": _labelled(judged, "article x actor", STANCES, feelings, "BASIL annotators"),
        "main-entities": _labelled(
            entities, "article x actor", ("main",), [0] * len(entities), "BASIL metadata"
        ),
        "relative-stance": _labelled(
            [{"article": id} for id, _ in leaning],
            "article",
            ("liberal", "center", "conservative"),
            [leaned for _, leaned in leaning],
            "BASIL annotators",
        ),
    }


def _basil_span(article: Article, span: dict[str, Any]) -> dict[str, Any]:
    """Place a span: id ``pN`` means body sentence N + 1; any other id means the title."""
    if span["id"].startswith("p") and article.sentences is not None:
        number = int(span["id"][1:]) + 1
        shift = article.text_start + article.sentences[number - 1][0]
    else:
        number, shift = 0, 0
    start, end = shift + span["start"], shift + span["end"]
    if article.document[start:end] != span["txt"]:
        raise InputError(
            f"Invalid span {span['id']!r} of BASIL article {article.id!r}. Its text is not at its offsets."
        )
    voice = slug(span["speaker"]) if span["quote"] == "yes" else AUTHOR
    return {
        "article": article.id, "sentence": number, "start": start, "end": end, "actor": slug(span["target"]), "voice": voice
    }  # fmt: skip


def _labelled(
    rows: list[dict[str, Any]], unit: str, labels: tuple[str, ...], chosen: list[int], source: str
) -> Annotation:
    return Annotation(Units.from_rows(rows), unit, labels, np.eye(len(labels))[chosen], source)


# --- NewsMTSC -------------------------------------------------------------------------------------------

_MTSC_STANCE = {2.0: 0, 4.0: 1, 6.0: 2}


def _load_newsmtsc(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return NewsMTSC: one sentence an article, its source document the event; gold ``mentions`` and ``stance``."""
    articles: list[Article] = []
    mentions, labels = [], []
    for split in splits or ("train", "rw"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for line in (folder / paths[0]).read_text(encoding="utf-8").strip().split("\n"):
            item = json.loads(line)
            text, gid = item["sentence_normalized"], item["primary_gid"]
            id = f"{split}-{hashlib.sha256(f'{gid} {text}'.encode()).hexdigest()[:16]}"
            articles.append(
                Article(
                    id,
                    mtsc_source(gid),
                    "unknown",
                    "",
                    text,
                    language="en",
                    split=split,
                    sentences=((0, len(text)),),
                )
            )
            for target in item["targets"]:
                start, end = target["from"], target["to"]
                mentions.append(
                    {
                        "article": id,
                        "start": start,
                        "end": end,
                        "actor": slug(target["mention"]),
                        "kind": "name",
                    }
                )
                labels.append(_MTSC_STANCE[target["polarity"]])
    units = [
        {"article": m["article"], "sentence": 1, **{k: m[k] for k in ("start", "end", "actor")}}
        for m in mentions
    ]
    return Corpus(
        "newsmtsc",
        tuple(articles),
        language="en",
        licence=entry.licence,
        provenance=entry.citation,
        gold={
            "mentions": Spans.from_rows(mentions),
            "stance": _labelled(units, "span", STANCES, labels, "NewsMTSC annotators"),
        },
    )


def mtsc_source(gid: str) -> str:
    """Return the source document that a NewsMTSC item was taken from, as an id.

    Examples
    --------
    >>> mtsc_source("allsides_1000_401_25_Reality Leigh Winner_0_6")
    'allsides-1000-401'
    >>> mtsc_source("polusa_v1_6154_12_Mr. Trump_3_9")
    'polusa-6154'
    """
    parts = gid.split("_")
    return f"allsides-{parts[1]}-{parts[2]}" if parts[0] == "allsides" else f"polusa-{slug(parts[2])}"


# --- narrative frames -----------------------------------------------------------------------------------

_FRAME_COLUMNS = ("resolution", "human-interest", "conflict", "moral", "economic")


def _load_narrative_frames(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return the climate articles: each its own event; gold ``frames`` (articles, several frames may hold)."""
    articles: list[Article] = []
    scores = []
    leans: dict[str, str] = {}
    for split in splits or ("train", "dev", "test"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for line in (folder / paths[0]).read_text(encoding="utf-8").split("\n"):
            if not line.strip():
                continue
            number, source, lean, published, text, *flags = line.split("\t")
            id = f"climate-{number}"
            outlet = slug(source).replace("-", "")
            leans.setdefault(outlet, lean.removesuffix("_bias").replace("_", "-"))
            articles.append(
                Article(id, id, outlet, "", text, date.fromisoformat(published), language="en", split=split)
            )
            # Row 716 reads "False)" in its last column upstream.
            held = dict(zip(_FRAME_COLUMNS, (flag.strip(")\r ") == "True" for flag in flags), strict=True))
            scores.append([float(held[frame]) for frame in FRAMES])
    units = Units.from_rows({"article": article.id} for article in articles)
    return Corpus(
        "narrative-frames",
        tuple(articles),
        outlets=tuple(Outlet(outlet, lean=lean) for outlet, lean in sorted(leans.items())),
        language="en",
        licence=entry.licence,
        provenance=entry.citation,
        gold={
            "frames": Annotation(units, "article", FRAMES, np.array(scores), "narrative-framing annotators")
        },
    )


def _read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


_LOADERS: dict[str, Callable[[Entry, tuple[str, ...] | None], Corpus]] = {
    "basil": _load_basil,
    "newsmtsc": _load_newsmtsc,
    "narrative-frames": _load_narrative_frames,
    "neus": load_neus,
    "superpal": load_superpal,
    "msrp": load_msrp,
    "ecbplus": load_ecbplus,
    "ecbplus-validated": load_validated,
    "polnear": load_polnear,
    "crossner-politics": load_names,
    "wnut17": load_names,
    "wikigold": load_names,
    "semeval2016-stance": load_debates,
    "gvfc": load_gun_frames,
    "directed-sentiment": load_directed,
}
