"""Targets with labels, from corpora with gold and from tables, split so that no group is on two sides."""

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from crossframe.errors import CrossframeWarning, InputError
from crossframe.judging.targets import StanceItem
from crossframe.learning.splits import split_by_group
from crossframe.reading.corpus.tables import read_labelled
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import REFERENCE, read_labelled_items
from crossframe.reading.text.split import split_sentences
from crossframe.records import STANCES, Corpus
from crossframe.studies.evaluate.corpora import read_training_corpus
from crossframe.studies.evaluate.gold_items import (
    GoldItem,
    holder_items,
    portrayal_items,
    portrays_sentences,
    read_labels,
)
from crossframe.studies.evaluate.stance_directed import make_items

DEBATES, DIRECTED = "semeval2016-stance", "directed-sentiment"
DEV_SHARE = 0.125
"""Share of groups, or of outlets, held out to choose and to calibrate."""
MIN_ROWS = 20
MIN_GROUPS = 5
"""Held-out groups below which a warning says how little the metrics rest on."""


@dataclass(frozen=True)
class Items:
    """Targets with their labels, and what is known of each.

    Parameters
    ----------
    targets : tuple of StanceItem
    labels, groups : tuple of str
        Groups are articles or events.
    outlets, splits, sources : tuple of str
        Outlet, split in the table, and name of the corpus or table; empty where not known.
    manners : tuple of (str, str)
        Whose words carry the portrayal (`SPEAKERS`) and by what (`BASES`); empty where not known.
    """

    targets: tuple[StanceItem, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...]
    outlets: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    manners: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name in ("outlets", "splits", "sources"):
            if not getattr(self, name):
                object.__setattr__(self, name, ("",) * len(self.targets))
        if not self.manners:
            object.__setattr__(self, "manners", (("", ""),) * len(self.targets))

    def __len__(self) -> int:
        return len(self.targets)

    def select(self, keep: np.ndarray) -> "Items":
        """Return the items where `keep`, bool of shape (n_items,), is true."""
        chosen = np.flatnonzero(keep)
        columns = {name: tuple(getattr(self, name)[i] for i in chosen) for name in _FIELDS}
        return replace(self, **columns)


_FIELDS = ("targets", "labels", "groups", "outlets", "splits", "sources", "manners")


def join_items(several: Sequence[Items]) -> Items:
    """Return all items, in order."""
    return Items(*(tuple(value for items in several for value in getattr(items, name)) for name in _FIELDS))


def read_items(name: str, construct: str | None = None) -> Items:
    """Return the items of a training table, of a registered corpus's training split, or of a corpus folder with gold.

    Parameters
    ----------
    name : str
        Table, corpus or folder.
    construct : {"portrayal", "stance"} or None
        Of a folder with gold of both, and of ``reference-labels``, which is read; None takes portrayal. Gold stance alone is
        of portrayal.

    Returns
    -------
    Items
        Of ``reference-labels`` those of train and of dev, each with its split.

    Raises
    ------
    InputError
        When it has no such gold, or may not be trained on.
    """
    if Path(name).suffix in (".tsv", ".jsonl"):
        rows = read_labelled(Path(name), targets=True)
        return Items(
            tuple(StanceItem(row.text, row.start, row.end, holder=row.holder) for row in rows),
            tuple(row.label for row in rows),
            tuple(row.group for row in rows),
            tuple(row.outlet for row in rows),
            tuple(row.split for row in rows),
        )
    refuse_untrainable(name)
    if name == REFERENCE:
        return read_reference_items(construct, "train", "dev")
    corpus = read_training_corpus(name)
    if name == DIRECTED:
        return directed_items(corpus)
    if construct == "stance" and portrays_sentences(corpus):
        return to_items(corpus, holder_items(corpus))
    if construct == "stance" and "stance" in corpus.gold:
        raise InputError(
            f"Invalid corpus {name!r} for training stance. Its labels are of portrayal; a model learns one of the two."
        )
    return stance_items(corpus)


def read_reference_items(construct: str | None, *splits: str) -> Items:
    """Return the items of splits of the reference labels, each with its split: stance with holders, else portrayal."""
    parts = []
    for split in splits:
        corpus = read_corpus(REFERENCE, splits=(split,))
        if construct == "stance":
            items = _span_items(corpus, "stance", holders=True)
        else:
            labelled = [item for item in read_labelled_items(corpus.articles) if item.portrayal in STANCES]
            manners = tuple((item.speaker, item.basis) for item in labelled)
            items = replace(stance_items(corpus), manners=manners)
        parts.append(replace(items, splits=(split,) * len(items)))
    return join_items(parts)


def directed_items(corpus: Corpus) -> Items:
    """Return where each of the two entities of a sentence of ``directed-sentiment`` stands toward the other."""
    gold = read_labels(corpus, DIRECTED)
    rows = []
    for article, label, one, other in zip(
        gold.units.article, gold.scores.argmax(axis=1), *make_items(corpus), strict=True
    ):
        kind = gold.labels[label]
        for direction, target in (("p-q-", one), ("q-p-", other)):
            side = kind.removeprefix(direction) if kind.startswith(direction) else "neutral"
            rows.append(GoldItem(target, side, article))
    return to_items(corpus, rows)


def refuse_untrainable(name: str) -> None:
    """Raise InputError when `name` is a corpus that no stance model may learn from."""
    refuse_debates(name)
    if name == "seesaw":
        raise InputError(
            "Invalid corpus 'seesaw' for training. Its licence is CC BY-NC-SA: crossframe evaluates on it and trains nothing on it."
        )
    if name == "basil":
        raise InputError(
            "Invalid corpus 'basil' for training stance. Its spans are judgements of bias, and it states no licence."
        )


def refuse_debates(name: str) -> None:
    """Raise InputError when `name` is a corpus whose texts need not name their target."""
    if name == DEBATES:
        raise InputError(
            f"Invalid corpus {name!r} for stance. Its tweets need not name their target; `crossframe reproduce {name}` "
            "trains and scores models of its own."
        )


def stance_items(corpus: Corpus) -> Items:
    """Return what has gold portrayal in a corpus, or without it the mentions that have gold stance, as targets in sentences.

    Groups are events, or the articles of the only event.
    """
    if portrays_sentences(corpus):
        return to_items(corpus, portrayal_items(corpus))
    return _span_items(corpus, "portrayal" if "portrayal" in corpus.gold else "stance")


def _span_items(corpus: Corpus, name: str, *, holders: bool = False) -> Items:
    """Return the mentions that have gold of that name, with its voices as holders where they are the holders of stance."""
    gold = read_labels(corpus, name)
    sentences = split_sentences(corpus.articles)
    labelled = []
    for unit, best in zip(gold.units.rows(), gold.scores.argmax(axis=1), strict=True):
        row = sentences.row(unit["article"], unit["sentence"])
        begin = int(sentences.start[row])
        holder = unit["voice"] if holders else None
        item = StanceItem(sentences.text[row], unit["start"] - begin, unit["end"] - begin, holder=holder)
        labelled.append(GoldItem(item, gold.labels[best], unit["article"]))
    return to_items(corpus, labelled)


def to_items(corpus: Corpus, labelled: Sequence[GoldItem]) -> Items:
    """Return labelled items of a corpus, grouped by event, or by article where there is one event."""
    groups = {article.id: article.event for article in corpus.articles}
    if len(set(groups.values())) == 1:
        groups = {article: article for article in groups}
    items, labels, articles = zip(*labelled, strict=True)
    return Items(items, labels, tuple(groups[article] for article in articles))


def apart_from(items: Items, others: Items) -> np.ndarray:
    """Return which of the items share neither group nor text with `others`: bool of shape (n_items,)."""
    groups, texts = set(others.groups), {target.text for target in others.targets}
    return np.array(
        [
            group not in groups and target.text not in texts
            for group, target in zip(items.groups, items.targets, strict=True)
        ],
        dtype=bool,
    )


def split_items(items: Items, seed: int) -> tuple[Items, Items, Items]:
    """Return the items to train on, those held out to choose and calibrate, and those to test on (there may be none).

    A table's own splits are kept; rows whose text is in a later split too are left out. Without a dev split whole groups
    are held out; where every row names its outlet, whole outlets, and the rows of other outlets on the same groups are left
    out of training.

    Parameters
    ----------
    items : Items
    seed : int
        Of the choice of groups or outlets.

    Returns
    -------
    Items, Items, Items
        train, dev, test.

    Raises
    ------
    InputError
        When there are too few rows or classes, a group or outlet is in two splits, or a split lacks a class.
    """
    check_enough(items)
    check_leaks(items)
    split = np.array(items.splits)
    if (split == "").any() and (split != "").any():
        raise InputError("Invalid splits. Every row must say train, dev or test, or none may.")
    test = split == "test"
    dev = split == "dev"
    left_out = np.zeros(len(items), dtype=bool)
    if not dev.any():
        rest = np.flatnonzero(~test)
        dev[rest], left_out[rest] = _hold_out(items.select(~test), seed)
    text = np.array([target.text for target in items.targets])
    left_out |= dev & np.isin(text, text[test])
    left_out |= ~dev & ~test & np.isin(text, text[dev | test])
    train, dev = ~dev & ~test & ~left_out, dev & ~left_out
    if left_out.any():
        warnings.warn(
            f"{int(left_out.sum())} rows are left out of training: the same text, or another outlet's of the same group, is held "
            "out or tested on.",
            CrossframeWarning,
            stacklevel=2,
        )
    labels = np.array(items.labels)
    if set(labels[train]) != set(labels) or len(set(labels[dev])) < 2:
        raise InputError(
            "Invalid groups. Every label must occur in several groups, so that some can be held out."
        )
    n_held = len({group for group, held in zip(items.groups, dev, strict=True) if held})
    if n_held < MIN_GROUPS:
        warnings.warn(
            f"Only {n_held} of {len(set(items.groups))} groups are held out. What is chosen, the temperature and the "
            f"card's metrics rest on them; {MIN_GROUPS} or more would say more.",
            CrossframeWarning,
            stacklevel=2,
        )
    return items.select(train), items.select(dev), items.select(test)


def check_enough(items: Items) -> None:
    """Raise InputError when there are too few rows, labels, or rows of a label."""
    counts = Counter(items.labels)
    if len(items) < MIN_ROWS or len(counts) < 2 or min(counts.values()) < 2:
        raise InputError(
            f"Invalid labels {dict(sorted(counts.items()))!r}. Training needs at least {MIN_ROWS} rows and two rows "
            "of each of two or more labels."
        )


def check_leaks(items: Items) -> None:
    """Raise InputError when a group, or where every row names its outlet an outlet, is in two splits."""
    kinds = {"group": items.groups}
    if all(items.outlets):
        kinds["outlet"] = items.outlets
    for kind, names in kinds.items():
        split_of: dict[str, str] = {}
        for name, split in zip(names, items.splits, strict=True):
            if split and split_of.setdefault(name, split) != split:
                raise InputError(
                    f"Invalid splits of {kind} {name[:60]!r}. Its rows are in {split_of[name]} and in {split}; "
                    f"{'an' if kind == 'outlet' else 'a'} {kind} must be in one."
                    + (" Without the column outlet, outlets are not kept apart." if kind == "outlet" else "")
                )


def _hold_out(items: Items, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which items are held out, and which are left out because they are of a group that is held out."""
    if not all(items.outlets) or len(set(items.outlets)) < 2:
        return split_by_group(items.groups, share=DEV_SHARE, seed=seed), np.zeros(len(items), dtype=bool)
    held = split_by_group(items.outlets, share=DEV_SHARE, seed=seed)
    groups = {group for group, is_held in zip(items.groups, held, strict=True) if is_held}
    return held, np.array([group in groups for group in items.groups]) & ~held
