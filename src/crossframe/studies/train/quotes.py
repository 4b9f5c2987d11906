"""Train readers of attributions on corpora with gold quotes: figures on articles held out, with the reader and without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from crossframe.attributing.quotes.cue_links import LABELS, Links, Part, pair_features
from crossframe.attributing.quotes.quote_features import (
    N_FEATURES,
    Paragraph,
    describe_paragraphs,
    paragraphs_of,
)
from crossframe.attributing.quotes.readers import TrainedQuoteReader
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.errors import InputError
from crossframe.learning.cards import render_card
from crossframe.learning.encoders.by_name import DEFAULT, load_encoder
from crossframe.learning.linear import Logistic, fit_logistic
from crossframe.learning.model_files import ModelFiles
from crossframe.learning.pairs.late_interaction import can_interact
from crossframe.learning.splits import split_by_group
from crossframe.learning.tagging.fitting import Lesson, Pace, fit_tagger
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.words import WordText
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import Article, Corpus, Spans
from crossframe.studies.evaluate.quotes import score_quotes
from crossframe.studies.train.cards import line_of, train_command

TRAIN_PARTS = {"polnear": "train"}
HELD_SHARE = 0.1
"""Of the articles, held out: what the figures are measured on."""
LEAST_EVENTS = 5
POLNEAR_NOTE = (
    " Most articles of PolNeAR were read by one annotator; its text is third-party and upstream states no licence, so a "
    "reader trained on it is for one's own use, and crossframe ships none."
)
PACE = Pace(rank=16, epochs=2)
PRECISION = "int8"
STRENGTH = 1.0
"""Of the regressions that link parts (scikit-learn's C)."""


@dataclass(frozen=True)
class Told:
    """A paragraph with what its teacher marks: parts with the quotes they are of, offsets in the paragraph."""

    text: str
    words: WordText
    parts: dict[Part, frozenset[str]]
    untold: frozenset[str]


def train_quotes(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a reader of attributions and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``polnear`` (its training part), or corpora with gold ``quotes``.
    out : Path
        Model folder.
    encoder : str, optional
        A transformer of BERT's build; None takes the default.
    seed : int
        Of the choice of held-out articles and of the fit.

    Returns
    -------
    str
        Figures on the held-out articles, of the rules with the reader and of the rules alone.

    Raises
    ------
    InputError
        When a corpus has no gold quotes, or too few articles with such.
    """
    base = load_encoder(encoder)
    if not can_interact(base):
        raise InputError(
            f"Invalid encoder {encoder!r}. A reader of attributions needs a plain transformer of BERT's build."
        )
    corpora = {name: _corpus(name) for name in on}
    parts = {name: _split(corpus, seed) for name, corpus in corpora.items()}
    told = [one for name, (fit, _) in parts.items() for one in read_told(corpora[name], fit)]
    arrays = fit_tagger(base, make_lessons(told), LABELS, pace=PACE, seed=seed) | fit_links(told).arrays()
    config = {
        "name": out.name,
        "labels": list(LABELS),
        "n_features": N_FEATURES,
        "base": encoder or DEFAULT,
        "base_fingerprint": base.fingerprint,
        "precision": PRECISION,
    }
    log: dict[str, Any] = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "articles": {name: len(fit) for name, (fit, _) in parts.items()},
        "paragraphs": len(told),
        "contents": sum(part.label == "content" for one in told for part in one.parts),
        "epochs": PACE.epochs,
        "rank": PACE.rank,
        "held_out": {},
    }
    reader = TrainedQuoteReader(ModelFiles("quotes", config, arrays))
    for name, (_, held) in parts.items():
        for how, model in (("with the reader", reader), ("rules alone", None)):
            log["held_out"][f"{name}, {how}"] = score_quotes(held, model)
    ModelFiles("quotes", config, arrays, _card(out.name, on, log, parts), log).write(out)
    lines = [f"Held out, {how}: {line_of(figures)}" for how, figures in log["held_out"].items()]
    return "\n".join([f"Wrote {out}", *lines])


def _corpus(name: str) -> Corpus:
    corpus = read_corpus(name, splits=(TRAIN_PARTS[name],)) if name in TRAIN_PARTS else read_corpus(name)
    if not isinstance(corpus.gold.get("quotes"), Spans) or not len(corpus.gold["quotes"]):
        raise InputError(f"Missing quotes of corpus {corpus.name!r}. It must have gold 'quotes'.")
    return corpus


def _split(corpus: Corpus, seed: int) -> tuple[list[Article], Corpus]:
    """Return the articles to learn from, and the part of the corpus held out, by event."""
    events = sorted({article.event for article in corpus.articles})
    if len(events) < LEAST_EVENTS:
        raise InputError(
            f"Invalid number of events {len(events)!r} in corpus {corpus.name!r}. Training needs at least {LEAST_EVENTS}."
        )
    held = dict(zip(events, split_by_group(events, share=HELD_SHARE, seed=seed).tolist(), strict=True))
    ids = {article.id for article in corpus.articles if held[article.event]}
    gold: Any = corpus.gold["quotes"]
    kept = gold.select(np.array([article in ids for article in gold.article], dtype=bool))
    chosen = tuple(article for article in corpus.articles if article.id in ids)
    return [article for article in corpus.articles if article.id not in ids], replace(
        corpus, articles=chosen, gold={"quotes": kept}
    )


def _card(
    name: str, on: Sequence[str], log: dict[str, Any], parts: dict[str, tuple[list[Article], Corpus]]
) -> str:
    sources = "; ".join(
        f"{one}: {log['articles'][one]:,} articles ({parts[one][1].licence or 'no licence stated'}; "
        f"{parts[one][1].provenance or 'provenance not stated'})"
        for one in on
    )
    return render_card(
        name=name,
        summary=f"Reads attributions: which words are the content of a quote, its cue and its source. Low-rank updates (rank "
        f"{log['rank']}) of all layers of {log['encoder']}, each word's look, quotation marks around it and verbs of saying, a "
        "head over neighbouring words, the best legal path through a paragraph; two regressions link contents with cues and "
        "cues with sources. Rules keep quotations in marks that it passes over, and say who a source is.",
        data=f"{sources}. {log['paragraphs']:,} paragraphs, {log['contents']:,} stretches of content."
        f"{POLNEAR_NOTE if 'polnear' in on else ''}",
        licence="That of the corpora it was trained on, as far as it reaches; no text is contained.",
        figures={
            f"{how}, articles held out (a tenth, by event; fragments united; the names are those of `crossframe evaluate "
            "quotes`)": figures
            for how, figures in log["held_out"].items()
        },
        limits="English news. It follows its teachers: PolNeAR also counts what people are said to think, want or feel, so "
        "shares of voice grow by such. It reads paragraph by paragraph: a cue in another paragraph is not seen. "
        "Contents in contents are not told apart. On the development part: `crossframe evaluate quotes --on polnear --model "
        f"{name}`.",
        command=train_command("quotes", on, name, log["encoder"], log["seed"]),
    )


# --- lessons --------------------------------------------------------------------------------------------


def read_told(corpus: Corpus, articles: Sequence[Article]) -> list[Told]:
    """Return the paragraphs of `articles` with the parts that the gold of `corpus` marks in them.

    Cues and sources are those of ``gold["cues"]`` and ``gold["sources"]`` where the corpus has them; else the words
    that its quotes name as cue and speaker, where they stand nearest the content in its paragraph.
    """
    quotes: Any = corpus.gold["quotes"]
    given = {"content": _by_article(quotes)}
    for label, name in (("cue", "cues"), ("source", "sources")):
        if isinstance(corpus.gold.get(name), Spans):
            given[label] = _by_article(corpus.gold[name])
    columns = {"cue": quotes.cue, "source": quotes.speaker_text}
    untold = frozenset(label for label in columns if label not in given and not any(columns[label]))
    told = []
    for article in articles:
        paragraphs = paragraphs_of(article)
        looks = describe_paragraphs(article, paragraphs, pair_marks(article.document))
        for paragraph, words in zip(paragraphs, looks, strict=True):
            parts: dict[Part, set[str]] = {}
            for label in LABELS:
                rows = given.get(label, given["content"]).get(article.id, [])
                for row in rows:
                    part = _cut(row, paragraph, label)
                    if part is not None and label not in given:
                        part = _named(
                            words.text, part, row["cue" if label == "cue" else "speaker_text"], label
                        )
                    if part is not None:
                        parts.setdefault(part, set()).add(row["quote"] or f"#{row['start']}")
            kept = _apart(words, parts)
            told.append(Told(words.text, words, {part: frozenset(parts[part]) for part in kept}, untold))
    return told


def _by_article(spans: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in spans.rows():
        found.setdefault(row["article"], []).append(row)
    return found


def _cut(row: dict[str, Any], paragraph: Paragraph, label: str) -> Part | None:
    """Return what of a stretch lies in the paragraph, None where nothing does."""
    start, end = max(row["start"], paragraph.start), min(row["end"], paragraph.end)
    return Part(start - paragraph.start, end - paragraph.start, label) if start < end else None


def _named(text: str, content: Part, words: str, label: str) -> Part | None:
    """Return where `words` stand nearest to `content` outside it, None where they do not."""
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
    kept: list[Part] = []
    last = 0
    for part in sorted(parts):
        first, end = _words_of(words, part)
        if first < end and first >= last:
            kept.append(part)
            last = end
    return kept


def _words_of(words: WordText, part: Part) -> tuple[int, int]:
    first = int(np.searchsorted(words.end, part.start, side="right"))
    return first, int(np.searchsorted(words.start, part.end, side="left"))


def make_lessons(told: Sequence[Told]) -> list[Lesson]:
    """Return what a tagger learns from paragraphs."""
    scheme = Scheme(LABELS)
    return [
        Lesson(
            one.words,
            scheme.allow(
                len(one.words.start),
                [(*_words_of(one.words, part), {part.label}) for part in one.parts],
                untold=one.untold,
            ),
        )
        for one in told
    ]


def fit_links(told: Sequence[Told]) -> Links:
    """Return what links contents with cues and cues with sources, learned from the pairs of parts in each paragraph."""
    return Links(_fit_pairs(told, "content", "cue"), _fit_pairs(told, "cue", "source"))


def _fit_pairs(told: Sequence[Told], left: str, right: str) -> Logistic:
    rows, labels = [], []
    for one in told:
        parts = list(one.parts)
        for a in parts:
            for b in parts:
                if (a.label, b.label) == (left, right):
                    rows.append(pair_features(one.text, a, b, parts))
                    labels.append(bool(one.parts[a] & one.parts[b]))
    if len(set(labels)) < 2:
        raise InputError(
            f"Invalid gold quotes. Training needs paragraphs with several contents, cues and sources; too few name {right}s."
        )
    return fit_logistic(np.stack(rows), np.array(labels, dtype=int), C=STRENGTH)
