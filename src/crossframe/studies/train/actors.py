"""Train finders of names on corpora with gold entities: figures out-of-fold, each fold a seed of its own, then all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.attributing.names.finders import KINDS
from crossframe.attributing.names.word_features import describe_words
from crossframe.errors import InputError
from crossframe.learning.cards import render_card
from crossframe.learning.encoders.by_name import DEFAULT, load_encoder
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.learning.model_files import ModelFiles
from crossframe.learning.pairs.late_interaction import can_interact
from crossframe.learning.splits import folds_by_group
from crossframe.learning.tagging.fitting import Lesson, Pace, fit_tagger
from crossframe.learning.tagging.paths import Scheme
from crossframe.learning.tagging.tagger import Tagger
from crossframe.learning.tagging.words import WordText
from crossframe.records import Annotation, Corpus
from crossframe.statistics.metrics import f1
from crossframe.studies.evaluate.corpora import read_training_corpus
from crossframe.studies.train.cards import line_of, train_command

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
"""What a class of CrossNER politics, WNUT17 or Wikigold may be in our scheme: several where it does not tell, none where
it is no actor. WNUT17's groups are bands, teams and bodies, no groups of people: organisations."""
REPEATS = {"crossner-politics": 3}
"""Times a corpus is seen an epoch: politics counts thrice, or 200 sentences would be lost among thousands."""
PLAIN = 0.2
"""Share of blocks without any entity that are learned from: half of WNUT17 and a quarter of Wikigold are such."""
FOLDS = 3
NEIGHBOURS = 20
"""Blocks in a row that stay on one side of every split: Wikigold's neighbours are of one article."""
PACE = Pace(rank=16, epochs=3)
PRECISION = "int8"
HEADLINES, CAPITALS = 0.1, 0.03
"""Share of lessons told again as title-case headlines, and in capitals: what corpora lack and news has."""


@dataclass(frozen=True)
class Block:
    """A text with its entities: offsets and the labels each may have."""

    text: str
    spans: tuple[tuple[int, int, frozenset[str]], ...]


def train_actors(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a finder of names and write its folder.

    Corpora of different schemes teach together: a span that a corpus calls an organisation or party alike may be either.

    Parameters
    ----------
    on : sequence of str
        ``crossner-politics``, ``wnut17`` (their training parts) and ``wikigold``, or corpora with gold ``entities`` whose
        classes are theirs.
    out : Path
        Model folder.
    encoder : str, optional
        A transformer of BERT's build; None takes the default.
    seed : int
        Of the folds and fits.

    Returns
    -------
    str
        Out-of-fold figures of each corpus.

    Raises
    ------
    InputError
        When a corpus has no gold entities, or has classes that are none of the known ones.
    """
    base = load_encoder(encoder)
    if not can_interact(base):
        raise InputError(
            f"Invalid encoder {encoder!r}. A finder of names needs a plain transformer of BERT's build."
        )
    blocks = {name: _blocks(read_training_corpus(name)) for name in on}
    log = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "blocks": {name: len(part) for name, part in blocks.items()},
        "entities": {name: sum(bool(labels) for one in part for *_, labels in one.spans) for name, part in blocks.items()},
        "epochs": PACE.epochs,
        "rank": PACE.rank,
        "out_of_fold": _out_of_fold(base, blocks, seed),
    }  # fmt: skip
    arrays = fit_tagger(base, _lessons(blocks, seed), KINDS, pace=PACE, seed=seed)
    config = {
        "name": out.name,
        "labels": list(KINDS),
        "base": encoder or DEFAULT,
        "base_fingerprint": base.fingerprint,
        "precision": PRECISION,
    }
    ModelFiles("actors", config, arrays, _card(out.name, on, log), log).write(out)
    told = "\n".join(f"Out-of-fold, {name}: {line_of(one)}" for name, one in log["out_of_fold"].items())  # type: ignore[attr-defined]
    return f"Wrote {out}\n{told}"


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
        told = (unit["start"], unit["end"], CLASSES[gold.labels[label]])
        spans.setdefault(unit["article"], []).append(told)
    return [
        Block(article.document, tuple(sorted(spans.get(article.id, []), key=lambda span: span[:2])))
        for article in corpus.articles
    ]


# --- lessons --------------------------------------------------------------------------------------------


def _lessons(blocks: dict[str, list[Block]], seed: int) -> list[Lesson]:
    rng = np.random.default_rng(seed)
    lessons = []
    for name, part in blocks.items():
        for block in part * REPEATS.get(name, 1):
            drawn = rng.random()
            if block.spans or drawn < PLAIN:
                lessons.append(_lesson(block))
            if block.spans and drawn < HEADLINES + CAPITALS:
                lessons.append(_lesson(_shouted(block) if drawn < CAPITALS else _as_headline(block)))
    return lessons


def _lesson(block: Block) -> Lesson:
    words = describe_words(block.text)[0]
    return Lesson(words, Scheme(KINDS).allow(len(words.start), _word_spans(words, block)))


def _word_spans(words: WordText, block: Block) -> list[tuple[int, int, Collection[str]]]:
    """Return spans in words: every word that a span touches is in it; of two that share a word the first stays."""
    found: list[tuple[int, int, Collection[str]]] = []
    for start, end, labels in block.spans:
        first = int(np.searchsorted(words.end, start, side="right"))
        last = int(np.searchsorted(words.start, end, side="left"))
        if first < last and not (found and found[-1][1] > first):
            found.append((first, last, labels))
    return found


def _as_headline(block: Block) -> Block:
    """Return the text with its words written large, short ones apart, and without its full stop."""
    made = list(block.text)
    for match in describe_words(block.text)[1]:
        letter = match.text[0].upper()
        if (len(match.text) > 3 or match.start == 0) and len(letter) == 1:
            made[match.start] = letter
    if len(made) > 1 and made[-1] == "." and not any(end == len(made) for _, end, _ in block.spans):
        made[-1] = " "
    return Block("".join(made), block.spans)


def _shouted(block: Block) -> Block:
    made = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in block.text)
    return Block(made, block.spans)


# --- figures --------------------------------------------------------------------------------------------


def _out_of_fold(
    encoder: TransformerEncoder, blocks: dict[str, list[Block]], seed: int
) -> dict[str, dict[str, float]]:
    """Return the figures of each corpus on blocks not learned from: means over folds, and how F1 varies over them."""
    folds = {
        name: list(folds_by_group([str(i // NEIGHBOURS) for i in range(len(part))], FOLDS, seed=seed))
        for name, part in blocks.items()
    }
    found: dict[str, list[dict[str, float]]] = {name: [] for name in blocks}
    for fold in track(range(min(len(one) for one in folds.values())), "Training by fold", total=FOLDS):
        known = {name: [part[i] for i in folds[name][fold][0]] for name, part in blocks.items()}
        arrays = fit_tagger(encoder, _lessons(known, seed + fold), KINDS, pace=PACE, seed=seed + fold)
        tagger = Tagger(encoder, arrays, KINDS, precision=PRECISION)
        for name, part in blocks.items():
            found[name].append(score_tagger(tagger, [part[i] for i in folds[name][fold][1]]))
    return {
        name: {figure: float(np.mean([one[figure] for one in each])) for figure in each[0]}
        | {"f1_sd": float(np.std([one["f1"] for one in each], ddof=1)) if len(each) > 1 else 0.0}
        for name, each in found.items()
    }


def score_tagger(tagger: Tagger, blocks: Sequence[Block]) -> dict[str, float]:
    """Return f1, precision and recall of spans (same start and end, kinds pooled) and typed_f1 (an allowed kind too)."""
    looks = [describe_words(block.text)[0] for block in blocks]
    hits = typed = n_found = n_gold = 0
    for look, block, spans in zip(looks, blocks, tagger.tag(looks), strict=True):
        gold = {(start, end): labels for start, end, labels in block.spans if labels}
        found = {(int(look.start[one.first]), int(look.end[one.end - 1])): one.label for one in spans}
        hits += len(gold.keys() & found.keys())
        typed += sum(found[span] in gold[span] for span in gold.keys() & found.keys())
        n_found, n_gold = n_found + len(found), n_gold + len(gold)
    precision, recall = hits / n_found if n_found else 0.0, hits / n_gold if n_gold else 0.0
    return {
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "typed_f1": 2 * typed / (n_found + n_gold) if n_found + n_gold else 0.0,
    }


def _card(name: str, on: Sequence[str], log: dict[str, Any]) -> str:
    parts = "; ".join(
        f"{one}: {log['blocks'][one]:,} blocks, {log['entities'][one]:,} entities" for one in on
    )
    return render_card(
        name=name,
        summary=f"Finds names of persons, organisations, parties and places: low-rank updates (rank {log['rank']}) of all "
        f"layers of {log['encoder']}, letter case, shape and word lists of each word, a head over neighbouring words, and "
        "the best legal path. Titles, groups, offices and what surrounds a name are told by rules.",
        data=f"{parts}. Training parts only. Classes that are no actors (events, elections, products, works, "
        "miscellaneous) teach what is no name of ours. CrossNER: Liu et al. 2021, MIT; WNUT17: Derczynski et al. 2017, "
        "CC BY 4.0; Wikigold: Balasuriya et al. 2009, CC BY 4.0.",
        licence="Apache-2.0 (weights); no text is contained.",
        figures={
            f"{one}, out-of-fold: {FOLDS} fits with a seed each, means; strict spans, kinds pooled": log[
                "out_of_fold"
            ][one]
            for one in on
        },
        limits="English. Wikipedia and tweets taught it, no news: titles inside names, bodies named by a common noun and "
        "groups of people are where it is least sure. Kinds are less certain than spans. The figures above are of marked spans "
        "alone, before rules. On parts not learned from: `crossframe evaluate actors --on crossner-politics` (or wnut17); on "
        "what taught it (wikigold) only the out-of-fold figure counts.",
        command=train_command("actors", on, name, log["encoder"], log["seed"]),
    )
