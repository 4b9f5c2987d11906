"""Train name finders on corpora with gold entities: out-of-fold metrics, each fold with its own seed, then all."""

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.attributing.names.finders import KINDS
from crossframe.attributing.names.word_features import describe_words
from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import DEFAULT, load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder, is_bert_like
from crossframe.learning.model_files import ModelFiles
from crossframe.learning.splits import folds_by_group
from crossframe.learning.tagging.fitting import TAGGING_CONFIG, Example, fit_tagger
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.tagger import Tagger
from crossframe.learning.tagging.words import WordText
from crossframe.records import Annotation, Corpus
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.corpora import read_training_corpus
from crossframe.studies.train.cards import describe_actors, summarise_metrics

CLASSES: dict[str, frozenset[str]] = {
    "politician": frozenset({"person"}),
    "person": frozenset({"person"}),
    "PER": frozenset({"person"}),
    "organisation": frozenset({"organisation"}),
    "corporation": frozenset({"organisation"}),
    "group": frozenset({"organisation"}),
    "ORG": frozenset({"organisation", "party"}),
    "politicalparty": frozenset({"party"}),
    "country": frozenset({"place"}),
    "location": frozenset({"place"}),
    "LOC": frozenset({"place"}),
    **dict.fromkeys(("event", "election", "misc", "MISC", "product", "creative-work"), frozenset()),
}
"""What a class of CrossNER politics, WNUT17 or Wikigold may be in our scheme: several where it is ambiguous, none where
it is no actor. WNUT17's groups are bands, teams and bodies, no groups of people: organisations."""
TIMES_PER_EPOCH = {"crossner-politics": 3}
"""Times a corpus is seen per epoch: politics counts thrice, or 200 sentences would be lost among thousands."""
EMPTY_SHARE = 0.2
"""Share of blocks without any entity that are trained on: half of WNUT17 and a quarter of Wikigold are such."""
TAGGER_FOLDS = 3
NEIGHBOURS = 20
"""Blocks in a row that stay on one side of every split: Wikigold's neighbours are of one article."""
ACTOR_CONFIG = replace(TAGGING_CONFIG, epochs=3)
PRECISION = "int8"
HEADLINES, CAPITALS = 0.1, 0.03
"""Share of examples repeated as title-case headlines, and in capitals: what corpora lack and news has."""


@dataclass(frozen=True)
class Block:
    """A text with its entities: offsets and the labels each may have."""

    text: str
    spans: tuple[tuple[int, int, frozenset[str]], ...]


def train_actors(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a name finder and write its folder.

    Corpora of different schemes are pooled: a span whose class may be an organisation or a party may be labelled either.

    Parameters
    ----------
    on : sequence of str
        ``crossner-politics``, ``wnut17`` (their training splits), ``wikigold`` and ``invented-names``, or corpora with gold ``entities`` whose
        classes are theirs.
    out : Path
        Model folder. Beside it a hidden folder keeps the state of all fits until it is written: the same command resumes.
    encoder : str, optional
        A transformer of BERT's build; None takes the default.
    seed : int
        Of the folds and fits.

    Returns
    -------
    str
        Out-of-fold metrics of each corpus.

    Raises
    ------
    InputError
        When a corpus has no gold entities, or has classes that are none of the known ones.
    """
    base = load_encoder(encoder)
    if not is_bert_like(base):
        raise InputError(
            f"Invalid encoder {encoder!r}. A name finder needs a plain transformer of BERT's build."
        )
    blocks = {name: _blocks(read_training_corpus(name)) for name in on}
    state = out.resolve().with_name(f".{out.name}.resume")
    log: dict[str, Any] = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "blocks": {name: len(of_corpus) for name, of_corpus in blocks.items()},
        "entities": {name: sum(map(_count_entities, of_corpus)) for name, of_corpus in blocks.items()},
        "epochs": ACTOR_CONFIG.epochs,
        "rank": ACTOR_CONFIG.rank,
        "out_of_fold": _out_of_fold(base, blocks, seed, state),
    }
    examples = _make_examples(blocks, seed)
    arrays = fit_tagger(base, examples, KINDS, config=ACTOR_CONFIG, seed=seed, resume=state / "all")
    config = {
        "name": out.name,
        "labels": list(KINDS),
        "base": encoder or DEFAULT,
        "base_fingerprint": base.fingerprint,
        "precision": PRECISION,
    }
    ModelFiles("actors", config, arrays, describe_actors(out.name, log, n_folds=TAGGER_FOLDS), log).write(out)
    shutil.rmtree(state, ignore_errors=True)
    lines = [
        f"Out-of-fold, {name}: {summarise_metrics(metrics)}" for name, metrics in log["out_of_fold"].items()
    ]
    return "\n".join([f"Wrote {out}", *lines])


def _count_entities(block: Block) -> int:
    return sum(bool(labels) for *_, labels in block.spans)


def _blocks(corpus: Corpus) -> list[Block]:
    gold = corpus.gold.get("entities")
    if not isinstance(gold, Annotation) or not len(gold):
        raise InputError(f"Missing entities of corpus {corpus.name!r}. It must have gold 'entities'.")
    unknown = sorted(set(gold.labels) - set(CLASSES))
    if unknown:
        raise InputError(
            f"Invalid class {unknown[0]!r} of entities in corpus {corpus.name!r}. It must be one of: {', '.join(CLASSES)}."
        )
    spans: dict[str, list[tuple[int, int, frozenset[str]]]] = {}
    for unit, label in zip(gold.units.rows(), gold.scores.argmax(axis=1).tolist(), strict=True):
        span = (unit["start"], unit["end"], CLASSES[gold.labels[label]])
        spans.setdefault(unit["article"], []).append(span)
    return [
        Block(article.document, tuple(sorted(spans.get(article.id, []), key=lambda span: span[:2])))
        for article in corpus.articles
    ]


# --- examples -------------------------------------------------------------------------------------------


def _make_examples(blocks: dict[str, list[Block]], seed: int) -> list[Example]:
    rng = np.random.default_rng(seed)
    examples = []
    for name, of_corpus in blocks.items():
        for block in of_corpus * TIMES_PER_EPOCH.get(name, 1):
            drawn = rng.random()
            if block.spans or drawn < EMPTY_SHARE:
                examples.append(_example(block))
            if block.spans and drawn < HEADLINES + CAPITALS:
                examples.append(_example(_in_capitals(block) if drawn < CAPITALS else _as_headline(block)))
    return examples


def _example(block: Block) -> Example:
    words = describe_words(block.text)[0]
    return Example(words, Scheme(KINDS).allow(len(words.start), _word_spans(words, block)))


def _word_spans(words: WordText, block: Block) -> list[tuple[int, int, Collection[str]]]:
    """Return spans in words: every word that a span touches is in it; of two that share a word the first stays."""
    spans: list[tuple[int, int, Collection[str]]] = []
    for start, end, labels in block.spans:
        first = int(np.searchsorted(words.end, start, side="right"))
        last = int(np.searchsorted(words.start, end, side="left"))
        if first < last and not (spans and spans[-1][1] > first):
            spans.append((first, last, labels))
    return spans


def _as_headline(block: Block) -> Block:
    """Return the text with its words capitalised but for short ones, and without its full stop."""
    letters = list(block.text)
    for match in describe_words(block.text)[1]:
        letter = match.text[0].upper()
        if (len(match.text) > 3 or match.start == 0) and len(letter) == 1:
            letters[match.start] = letter
    if len(letters) > 1 and letters[-1] == "." and not any(end == len(letters) for _, end, _ in block.spans):
        letters[-1] = " "
    return Block("".join(letters), block.spans)


def _in_capitals(block: Block) -> Block:
    capitals = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in block.text)
    return Block(capitals, block.spans)


# --- metrics --------------------------------------------------------------------------------------------


def _out_of_fold(
    encoder: TransformerEncoder, blocks: dict[str, list[Block]], seed: int, state: Path
) -> dict[str, dict[str, float]]:
    """Return the metrics of each corpus on held-out blocks: means over folds, and the standard deviation of F1."""
    folds = {
        name: list(
            folds_by_group([str(i // NEIGHBOURS) for i in range(len(of_corpus))], TAGGER_FOLDS, seed=seed)
        )
        for name, of_corpus in blocks.items()
    }
    metrics: dict[str, list[dict[str, float]]] = {name: [] for name in blocks}
    for fold in track(
        range(min(len(of_corpus) for of_corpus in folds.values())), "Training by fold", total=TAGGER_FOLDS
    ):
        rest = {name: [of_corpus[i] for i in folds[name][fold][0]] for name, of_corpus in blocks.items()}
        examples, resume = _make_examples(rest, seed + fold), state / f"fold-{fold}"
        arrays = fit_tagger(encoder, examples, KINDS, config=ACTOR_CONFIG, seed=seed + fold, resume=resume)
        tagger = Tagger(encoder, arrays, KINDS, precision=PRECISION)
        for name, of_corpus in blocks.items():
            metrics[name].append(score_tagger(tagger, [of_corpus[i] for i in folds[name][fold][1]]))
    return {
        name: {metric: float(np.mean([fold[metric] for fold in by_fold])) for metric in by_fold[0]}
        | {"f1_sd": float(np.std([fold["f1"] for fold in by_fold], ddof=1)) if len(by_fold) > 1 else 0.0}
        for name, by_fold in metrics.items()
    }


def score_tagger(tagger: Tagger, blocks: Sequence[Block]) -> dict[str, float]:
    """Return f1, precision and recall of spans (same start and end, kinds pooled) and typed_f1 (an allowed kind too)."""
    texts = [describe_words(block.text)[0] for block in blocks]
    hits = typed = n_predicted = n_gold = 0
    for words, block, spans in zip(texts, blocks, tagger.tag(texts), strict=True):
        gold = {(start, end): labels for start, end, labels in block.spans if labels}
        predicted = {
            (int(words.start[span.first]), int(words.end[span.end - 1])): span.label for span in spans
        }
        hits += len(gold.keys() & predicted.keys())
        typed += sum(predicted[span] in gold[span] for span in gold.keys() & predicted.keys())
        n_predicted, n_gold = n_predicted + len(predicted), n_gold + len(gold)
    precision, recall = hits / n_predicted if n_predicted else 0.0, hits / n_gold if n_gold else 0.0
    return {
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "typed_f1": 2 * typed / (n_predicted + n_gold) if n_predicted + n_gold else 0.0,
    }
