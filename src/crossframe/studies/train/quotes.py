"""Train taggers of attributions on corpora with gold quotes: metrics on held-out articles, with the tagger and without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from crossframe.attributing.quotes.cue_links import Links, Part, pair_features
from crossframe.attributing.quotes.quote_features import (
    N_QUOTE_FEATURES,
    Paragraph,
    describe_paragraphs,
    paragraphs_of,
)
from crossframe.attributing.quotes.readers import TrainedQuoteReader
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.errors import InputError
from crossframe.learning.classifiers import Logistic, fit_logistic
from crossframe.learning.encoders.by_name import DEFAULT, load_encoder
from crossframe.learning.encoders.transformer import is_bert_like
from crossframe.learning.model_files import ModelFiles
from crossframe.learning.splits import split_by_group
from crossframe.learning.tagging.fitting import TAGGING_CONFIG, Example, fit_tagger
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.words import WordText
from crossframe.reading.public.registry import splits_of
from crossframe.records import QUOTE_PARTS, Article, Corpus, Spans
from crossframe.studies.evaluate.corpora import read_split, read_training_corpus
from crossframe.studies.evaluate.quotes import score_quotes
from crossframe.studies.train.cards import describe_quotes, summarise_metrics

HELD_SHARE = 0.1
"""Of the articles of a corpus without a dev split, held out: what the metrics are measured on."""
MIN_EVENTS = 5
DEV = "dev"
QUOTE_CONFIG = replace(TAGGING_CONFIG, epochs=6)
PRECISION = "int8"
LINK_C = 1.0
"""C (inverse L2 penalty) of the regressions that link parts."""


@dataclass(frozen=True)
class GoldParagraph:
    """A paragraph with its gold: parts with the quotes they are of, offsets in the paragraph; labels that gold lacks."""

    text: str
    words: WordText
    parts: dict[Part, frozenset[str]]
    unlabelled: frozenset[str]


def train_quotes(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a tagger of attributions and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``quote-labels``, ``polnear`` (their training splits), or corpora with gold ``quotes``.
    out : Path
        Model folder. Beside it a hidden file keeps the state of the fit until it is written: the same command resumes.
    encoder : str, optional
        A transformer of BERT's build; None takes the default.
    seed : int
        Of the choice of held-out articles and of the fit.

    Returns
    -------
    str
        Metrics on held-out articles (a public corpus's dev split), of the rules with the tagger and of the rules alone.

    Raises
    ------
    InputError
        When a corpus has no gold quotes, or too few articles with such.
    """
    base = load_encoder(encoder)
    if not is_bert_like(base):
        raise InputError(
            f"Invalid encoder {encoder!r}. A tagger of attributions needs a plain transformer of BERT's build."
        )
    corpora = {name: _read_corpus(name) for name in on}
    splits = {name: _split(name, corpus, seed) for name, corpus in corpora.items()}
    gold = [
        paragraph
        for name, (train, _) in splits.items()
        for paragraph in read_paragraphs(corpora[name], train)
    ]
    state = out.resolve().with_name(f".{out.name}.resume")
    arrays = fit_tagger(base, make_examples(gold), QUOTE_PARTS, config=QUOTE_CONFIG, seed=seed, resume=state)
    arrays |= fit_links(gold).arrays()
    config = {
        "name": out.name,
        "labels": list(QUOTE_PARTS),
        "n_features": N_QUOTE_FEATURES,
        "base": encoder or DEFAULT,
        "base_fingerprint": base.fingerprint,
        "precision": PRECISION,
    }
    log: dict[str, Any] = {"data": list(on), "encoder": encoder or DEFAULT, "seed": seed}
    log |= {"articles": {name: len(train) for name, (train, _) in splits.items()}}
    log |= {
        f"{what}s": {name: getattr(corpus, what) for name, corpus in corpora.items()}
        for what in ("licence", "provenance")
    }
    log |= {"paragraphs": len(gold), "contents": sum(map(_count_contents, gold))}
    log |= {"epochs": QUOTE_CONFIG.epochs, "rank": QUOTE_CONFIG.rank}
    log["held_out"] = _score(TrainedQuoteReader(ModelFiles("quotes", config, arrays)), splits)
    ModelFiles("quotes", config, arrays, describe_quotes(out.name, log), log).write(out)
    state.unlink(missing_ok=True)
    lines = [f"Held out, {how}: {summarise_metrics(metrics)}" for how, metrics in log["held_out"].items()]
    return "\n".join([f"Wrote {out}", *lines])


def _read_corpus(name: str) -> Corpus:
    corpus = read_training_corpus(name)
    if not isinstance(corpus.gold.get("quotes"), Spans) or not len(corpus.gold["quotes"]):
        raise InputError(f"Missing quotes of corpus {corpus.name!r}. It must have gold 'quotes'.")
    return corpus


def _split(name: str, corpus: Corpus, seed: int) -> tuple[list[Article], Corpus]:
    """Return the articles to train on, and what is held out: the dev split where there is one, else a part by event."""
    if DEV in splits_of(name):
        return list(corpus.articles), read_split(name, DEV)
    events = sorted({article.event for article in corpus.articles})
    if len(events) < MIN_EVENTS:
        raise InputError(
            f"Invalid number of events {len(events)!r} in corpus {corpus.name!r}. Training needs at least {MIN_EVENTS}."
        )
    held = dict(zip(events, split_by_group(events, share=HELD_SHARE, seed=seed).tolist(), strict=True))
    ids = {article.id for article in corpus.articles if held[article.event]}
    gold: Any = corpus.gold["quotes"]
    quotes = gold.select(np.array([article in ids for article in gold.article], dtype=bool))
    articles = tuple(article for article in corpus.articles if article.id in ids)
    return [article for article in corpus.articles if article.id not in ids], replace(
        corpus, articles=articles, gold={"quotes": quotes}
    )


def _score(
    tagger: TrainedQuoteReader, splits: dict[str, tuple[list[Article], Corpus]]
) -> dict[str, dict[str, float]]:
    """Return the metrics of every corpus's held-out articles, of the rules with the tagger and of the rules alone."""
    return {
        f"{name}, {how}": score_quotes(held, model)
        for name, (_, held) in splits.items()
        for how, model in (("with the tagger", tagger), ("rules alone", None))
    }


def _count_contents(paragraph: GoldParagraph) -> int:
    return sum(part.label == "content" for part in paragraph.parts)


# --- examples -------------------------------------------------------------------------------------------


def read_paragraphs(corpus: Corpus, articles: Sequence[Article]) -> list[GoldParagraph]:
    """Return the paragraphs of `articles` with the parts that the gold of `corpus` marks in them.

    Cues and sources are those of ``gold["cues"]`` and ``gold["sources"]`` where the corpus has them; else the words
    that its quotes name as cue and speaker, where they are nearest to the content in its paragraph.
    """
    quotes: Any = corpus.gold["quotes"]
    spans = {"content": _by_article(quotes)}
    for label, name in (("cue", "cues"), ("source", "sources")):
        if isinstance(corpus.gold.get(name), Spans):
            spans[label] = _by_article(corpus.gold[name])
    columns = {"cue": quotes.cue, "source": quotes.speaker_text}
    unlabelled = frozenset(label for label in columns if label not in spans and not any(columns[label]))
    gold = []
    for article in articles:
        paragraphs = paragraphs_of(article)
        texts = describe_paragraphs(article, paragraphs, pair_marks(article.document))
        for paragraph, words in zip(paragraphs, texts, strict=True):
            parts = _parts_of(
                paragraph, words, {label: rows.get(article.id, []) for label, rows in spans.items()}
            )
            gold.append(GoldParagraph(words.text, words, parts, unlabelled))
    return gold


def _by_article(spans: Any) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in spans.rows():
        rows.setdefault(row["article"], []).append(row)
    return rows


def _parts_of(
    paragraph: Paragraph, words: WordText, spans: dict[str, list[dict[str, Any]]]
) -> dict[Part, frozenset[str]]:
    """Return the parts in a paragraph with the quotes they are of: where labels have no `spans`, by the quotes' words."""
    parts: dict[Part, set[str]] = {}
    for label in QUOTE_PARTS:
        for row in spans.get(label, spans["content"]):
            part = _cut(row, paragraph, label)
            if part is not None and label not in spans:
                name = row["cue" if label == "cue" else "speaker_text"]
                part = _find_nearest(words.text, part, name, label)
            if part is not None:
                parts.setdefault(part, set()).add(row["quote"] or f"#{row['start']}")
    return {part: frozenset(parts[part]) for part in _apart(words, parts)}


def _cut(row: dict[str, Any], paragraph: Paragraph, label: str) -> Part | None:
    """Return what of a span is in the paragraph, None where nothing is."""
    start, end = max(row["start"], paragraph.start), min(row["end"], paragraph.end)
    return Part(start - paragraph.start, end - paragraph.start, label) if start < end else None


def _find_nearest(text: str, content: Part, words: str, label: str) -> Part | None:
    """Return where `words` occur nearest to `content` outside it, None where they do not."""
    places = []
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if end <= content.start or at >= content.end:
            places.append((min(abs(content.start - end), abs(at - content.end)), at))
        at = text.find(words, at + 1)
    return Part(min(places)[1], min(places)[1] + len(words), label) if places else None


def _apart(words: WordText, parts: Iterable[Part]) -> list[Part]:
    """Return the parts that hold a word; of two that share one the first stays."""
    apart: list[Part] = []
    last = 0
    for part in sorted(parts):
        first, end = _words_of(words, part)
        if first < end and first >= last:
            apart.append(part)
            last = end
    return apart


def _words_of(words: WordText, part: Part) -> tuple[int, int]:
    first = int(np.searchsorted(words.end, part.start, side="right"))
    return first, int(np.searchsorted(words.start, part.end, side="left"))


def make_examples(paragraphs: Sequence[GoldParagraph]) -> list[Example]:
    """Return what a tagger learns from paragraphs."""
    scheme = Scheme(QUOTE_PARTS)
    return [
        Example(
            paragraph.words,
            scheme.allow(
                len(paragraph.words.start),
                [(*_words_of(paragraph.words, part), {part.label}) for part in paragraph.parts],
                unmarked=paragraph.unlabelled,
            ),
        )
        for paragraph in paragraphs
    ]


def fit_links(paragraphs: Sequence[GoldParagraph]) -> Links:
    """Return what links contents with cues and cues with sources, learned from the pairs of parts in each paragraph."""
    return Links(_fit_pairs(paragraphs, "content", "cue"), _fit_pairs(paragraphs, "cue", "source"))


def _fit_pairs(paragraphs: Sequence[GoldParagraph], left: str, right: str) -> Logistic:
    rows, labels = [], []
    for paragraph in paragraphs:
        parts = list(paragraph.parts)
        for a in parts:
            for b in parts:
                if (a.label, b.label) == (left, right):
                    rows.append(pair_features(paragraph.text, a, b, parts))
                    labels.append(bool(paragraph.parts[a] & paragraph.parts[b]))
    if len(set(labels)) < 2:
        raise InputError(
            f"Invalid gold quotes. Training needs paragraphs with several contents, cues and sources; too few name {right}s."
        )
    return fit_logistic(np.stack(rows), np.array(labels, dtype=int), C=LINK_C)
