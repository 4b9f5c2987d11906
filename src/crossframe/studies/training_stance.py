"""Train stance models: held out by article, chosen and calibrated on the held-out part, then described."""

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import CrossframeWarning, InputError
from crossframe.judging.stance import LexiconStance, StanceModel
from crossframe.judging.stance_features import Target
from crossframe.learning.cards import render_card
from crossframe.learning.encoders import DEFAULT
from crossframe.learning.splits import split_by_group
from crossframe.reading.labelled import read_labelled
from crossframe.reading.public import read_corpus
from crossframe.reading.registry import registered_names
from crossframe.reading.sentences import split_sentences
from crossframe.records import Annotation, Corpus
from crossframe.statistics.metrics import expected_calibration_error

DEV_SHARE = 0.125
LEAST_ROWS = 20
LEAST_GROUPS = 5
"""Held-out groups below which a warning says how little the figures rest on."""
SEEDS = 5
STRENGTHS = (0.0003, 0.001, 0.003, 0.01)
NEWSMTSC_NOTE = (
    "The stance model was trained on NewsMTSC, whose targets are nearly all persons in US political news; toward states, "
    "parties and offices its scores are less certain."
)


@dataclass(frozen=True)
class Items:
    """Targets with their labels, and the group (article, event) that each belongs to."""

    targets: tuple[Target, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...]


def train_stance(on: Sequence[str], out: Path, *, encoder: str | None = None, seed: int = 0) -> str:
    """Train a stance model and write its folder.

    Parameters
    ----------
    on : sequence of str
        ``newsmtsc`` (its training split), corpora with gold stance, or training tables (.tsv, .jsonl).
    out : Path
        Model folder.
    encoder : str, optional
        A transformer's name or folder; None takes the default.
    seed : int
        Of the choice of held-out articles.

    Returns
    -------
    str
        Figures on the held-out articles.

    Raises
    ------
    InputError
        When there are too few rows or classes, or a row breaks its rule.
    """
    items = _join([_stance_items(name) for name in on])
    counts = Counter(items.labels)
    if len(items.labels) < LEAST_ROWS or len(counts) < 2 or min(counts.values()) < 2:
        raise InputError(
            f"Invalid labels {dict(sorted(counts.items()))!r}. Training needs at least {LEAST_ROWS} rows and two rows "
            "of each of two or more labels."
        )
    held = split_by_group(items.groups, share=DEV_SHARE, seed=seed)
    labels = np.array(items.labels)
    if set(labels[~held]) != set(labels) or len(set(labels[held])) < 2:
        raise InputError(
            "Invalid groups. Every label must occur in several groups, so that some can be held out."
        )
    features = StanceModel(encoder=encoder).describe(items.targets)
    held_groups = {group for group, inside in zip(items.groups, held, strict=True) if inside}
    if len(held_groups) < LEAST_GROUPS:
        warnings.warn(
            f"Only {len(held_groups)} of {len(set(items.groups))} groups are held out. Penalty, temperature and the card's "
            f"figures rest on them; {LEAST_GROUPS} or more would say more.",
            CrossframeWarning,
            stacklevel=2,
        )
    tried = {s: _dev_f1(features, labels, held, s) for s in track(STRENGTHS, "Choosing the penalty")}
    strength = max(tried, key=lambda one: (tried[one], -one))
    model = StanceModel(encoder=encoder, strength=strength)
    model.fit_features(features[~held], labels[~held].tolist())
    model.calibrate(features[held], labels[held].tolist())
    figures = stance_figures(labels[held], model.predict_proba_features(features[held]), model.classes_)
    lexicon = {}
    if set(labels) == {"negative", "neutral", "positive"}:
        baseline = LexiconStance().fit(
            [t for t, h in zip(items.targets, held, strict=True) if not h], labels[~held].tolist()
        )
        found = baseline.predict([t for t, h in zip(items.targets, held, strict=True) if h])
        lexicon = {"threshold": baseline.threshold, "macro_f1": _macro_f1(labels[held], np.array(found))}
    log = {
        "data": list(on),
        "encoder": encoder or DEFAULT,
        "seed": seed,
        "rows": len(items.labels),
        "labels": dict(sorted(counts.items())),
        "held_out_rows": int(held.sum()),
        "held_out_groups": len(held_groups),
        "strengths": {str(k): v for k, v in tried.items()},
        "held_out": figures,
        "seeds": _over_seeds(features, labels, items.groups, strength, seed),
        "lexicon_baseline": lexicon,
    }
    note = NEWSMTSC_NOTE if "newsmtsc" in on else "The stance model was trained on the user's own labels."
    model.to_files(out.name, _stance_card(out.name, on, log, note), log, note).write(out)
    return f"Wrote {out}\nHeld out by article ({int(held.sum())} targets): {line_of(figures)}"


def _join(parts: Sequence[Items]) -> Items:
    return Items(
        *(
            tuple(value for part in parts for value in getattr(part, name))
            for name in ("targets", "labels", "groups")
        )
    )


def _stance_items(name: str) -> Items:
    if Path(name).suffix in (".tsv", ".jsonl"):
        rows = read_labelled(Path(name), targets=True)
        return Items(
            tuple(Target(row.text, row.start, row.end) for row in rows),
            tuple(row.label for row in rows),
            tuple(row.group for row in rows),
        )
    corpus = read_corpus(name, splits=("train",)) if name == "newsmtsc" else read_corpus(name)
    if name == "basil":
        raise InputError(
            "Invalid corpus 'basil' for training stance. Its spans are judgements of bias, and it states no licence."
        )
    return stance_items(corpus)


def stance_items(corpus: Corpus) -> Items:
    """Return the mentions of a corpus that have gold stance, as targets in their sentences."""
    gold = corpus.gold.get("stance")
    if not isinstance(gold, Annotation) or not len(gold):
        raise InputError(f"Missing stance gold of corpus {corpus.name!r}. It must have gold/stance.tsv.")
    sentences = split_sentences(corpus.articles)
    events = {article.id: article.event for article in corpus.articles}
    targets = []
    for unit in gold.units.rows():
        row = sentences.row(unit["article"], unit["sentence"])
        begin = int(sentences.start[row])
        targets.append(Target(sentences.text[row], unit["start"] - begin, unit["end"] - begin))
    labels = tuple(gold.labels[i] for i in gold.scores.argmax(axis=1))
    return Items(tuple(targets), labels, tuple(events[article] for article in gold.units.article))


def _dev_f1(features: np.ndarray, labels: np.ndarray, held: np.ndarray, strength: float) -> float:
    model = StanceModel(strength=strength).fit_features(features[~held], labels[~held].tolist())
    found = np.array(model.classes_)[model.predict_proba_features(features[held]).argmax(axis=1)]
    return _macro_f1(labels[held], found)


def _over_seeds(
    features: np.ndarray, labels: np.ndarray, groups: Sequence[str], strength: float, seed: int
) -> dict[str, float]:
    """Return mean and standard deviation of macro-F1 over five choices of the held-out articles."""
    held = [split_by_group(groups, share=DEV_SHARE, seed=seed + number) for number in range(SEEDS)]
    found = [_dev_f1(features, labels, one, strength) for one in track(held, "Holding out others")]
    return {"macro_f1_mean": float(np.mean(found)), "macro_f1_sd": float(np.std(found, ddof=1))}


def _macro_f1(truth: np.ndarray, found: np.ndarray) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(truth, found, average="macro"))


def stance_figures(truth: np.ndarray, probability: np.ndarray, classes: Sequence[str]) -> dict[str, float]:
    """Return macro_f1, accuracy, <class>_f1 and ece of probabilities against labels."""
    from sklearn.metrics import f1_score

    found = np.array(classes)[probability.argmax(axis=1)]
    each = f1_score(truth, found, average=None, labels=list(classes), zero_division=0.0)
    return {
        "macro_f1": float(np.mean(each)),
        "accuracy": float(np.mean(found == truth)),
        **{f"{name}_f1": float(value) for name, value in zip(classes, each, strict=True)},
        "ece": expected_calibration_error(probability.max(axis=1), (found == truth).astype(float)),
    }


def _stance_card(name: str, on: Sequence[str], log: dict[str, Any], note: str) -> str:
    public = [one for one in on if one in registered_names()]
    return render_card(
        name=name,
        summary="Stance of a sentence toward a target in it: multinomial logistic regression on frozen vectors of "
        f"{log['encoder']} (the sentence; the words around the target; the hidden states at the target, whose name is "
        f"replaced by a neutral word) and on sentiment words (VADER). Classes: {', '.join(log['labels'])}.",
        data=f"{', '.join(on)}: {log['rows']} targets ({log['labels']}); {log['held_out_rows']} of them, "
        f"{log['held_out_groups']} whole articles, were held out to choose the penalty and the temperature."
        + (" NewsMTSC: Hamborg and Donnay 2021, MIT licence." if "newsmtsc" in public else ""),
        licence="Apache-2.0 (weights).",
        figures={
            "the held-out articles (also used to choose penalty and temperature)": log["held_out"],
            f"{SEEDS} choices of the held-out articles, the penalty kept": log["seeds"],
            "the first held-out articles, sentiment lexicon alone": log["lexicon_baseline"],
        },
        limits=f"{note} It reads one sentence and its window, not the article. A name swapped for another moves the "
        "score only through the sentence's vector. Test figures: `crossframe evaluate stance --on newsmtsc --split rw`.",
        command=train_command("stance", on, name, log["encoder"], log["seed"]),
    )


def train_command(task: str, on: Sequence[str], name: str, encoder: str, seed: int) -> str:
    """Return the command that trains the model called `name` again."""
    chosen = "" if encoder == DEFAULT else f" --encoder {encoder}"
    return (
        f"crossframe train {task} {' '.join('--on ' + one for one in on)}{chosen} --seed {seed} --out {name}"
    )


def line_of(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
