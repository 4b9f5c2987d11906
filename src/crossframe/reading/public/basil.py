"""Loader of BASIL: articles by event, spans of bias with their targets, feelings toward actors, our own gold alignment."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.errors import InputError
from crossframe.reading.corpus.gold import read_alignment
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import AUTHOR, STANCES, Annotation, Article, Corpus, Event, Gold, Outlet
from crossframe.text import slug

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


def load(files: CorpusFiles) -> Corpus:
    """Return BASIL: gold ``stance`` and ``bias`` (spans), ``framing`` and ``main-entities`` (article x actor),
    ``relative-stance`` (articles), ``alignment-train`` and ``alignment-dev`` (pairs)."""
    paths = [path for split in files.choose("all") for path in files.paths(split)]
    folder = files.fetch(*paths)
    raw_of = {path.stem: _read_json(path) for path in sorted((folder / "articles").glob("*/*.json"))}
    pairs = [(_read_article(id, raw), raw) for id, raw in raw_of.items()]
    pairs.sort(key=lambda pair: (pair[0].event, pair[0].outlet, pair[0].id))
    events = {article.event: Event(article.event, raw["main-event"]) for article, raw in pairs}
    corpus = files.make_corpus(
        [article for article, _ in pairs], outlets=_BASIL_OUTLETS, events=list(events.values())
    )
    notes = {
        path.stem.removesuffix("_ann"): _read_json(path)
        for path in sorted((folder / "annotations").glob("*/*.json"))
    }
    gold: dict[str, Gold] = {**_read_gold(pairs, notes)}
    gold_folder = storage.corpora_folder() / "basil" / "gold" / "alignment"
    for split in ("train", "dev"):
        gold[f"alignment-{split}"] = read_alignment(corpus, gold_folder / f"basil-{split}.tsv")
    return replace(corpus, gold=gold)


def _read_article(id: str, raw: dict[str, Any]) -> Article:
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


def _read_gold(
    pairs: list[tuple[Article, dict[str, Any]]], notes: dict[str, dict[str, Any]]
) -> dict[str, Annotation]:
    spans, stance, kind = [], [], []
    judged, feelings, entities, leaning = [], [], [], []
    for article, raw in pairs:
        note = notes[article.id]
        for span in note["phrase-level-annotations"]:
            spans.append(_place_span(article, span))
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
        "stance": Annotation.of_choices(spans, "span", STANCES, stance, "BASIL annotators"),
        "bias": Annotation.of_choices(spans, "span", ("informational", "lexical"), kind, "BASIL annotators"),
        "framing": Annotation.of_choices(judged, "article x actor", STANCES, feelings, "BASIL annotators"),
        "main-entities": Annotation.of_choices(
            entities, "article x actor", ("main",), [0] * len(entities), "BASIL metadata"
        ),
        "relative-stance": Annotation.of_choices(
            [{"article": id} for id, _ in leaning],
            "article",
            ("liberal", "center", "conservative"),
            [leaned for _, leaned in leaning],
            "BASIL annotators",
        ),
    }


def _place_span(article: Article, span: dict[str, Any]) -> dict[str, Any]:
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


def _read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
