"""What a stance model is trained on, chosen and calibrated by, and tested on: one source's held-out articles, or every one's own."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from crossframe.errors import CrossframeWarning, InputError, MissingDataError
from crossframe.judging.stance.stance_model import BOTH
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import REFERENCE, read_invented
from crossframe.reading.public.registry import read_entry, registered_names
from crossframe.records import AUTHOR, CONSTRUCTS, PORTRAYAL
from crossframe.studies.evaluate.stance_items import (
    DIRECTED,
    Items,
    apart_from,
    check_leaks,
    join_items,
    read_items,
    read_reference_items,
    split_items,
    stance_items,
)

OFFICIAL = {"newsmtsc": ("rw", "mt"), REFERENCE: ("test",)}
"""Test splits that a corpus publishes: never trained on, scored at the end."""
N_DIRECTED = (600, 150)
"""Sentences of directed-sentiment that a model of both questions is taught by: with a judgement, and without."""

HELD_OUT = "held_out"
"""What the held-out articles are called where one question is learned."""


@dataclass(frozen=True)
class StanceData:
    """Targets to train on, to choose and calibrate by, and to test on.

    Parameters
    ----------
    train, dev : Items
        `train` with the further data, `dev` of the first data alone; where both questions are learned, of every source.
    tests : dict of str to Items
        By name; not trained on, chosen or calibrated by.
    first : Items
        The first data whole.
    further : dict of str to int
        Number of targets in `train` by name of the further data.
    missing_tests : tuple of str
        Official test splits whose files could not be had.
    construct : str
        ``portrayal``, ``stance`` or ``both``; items that ask for stance have a holder, those of portrayal none.
    """

    train: Items
    dev: Items
    tests: Mapping[str, Items]
    first: Items
    further: Mapping[str, int]
    missing_tests: tuple[str, ...] = ()
    construct: str = PORTRAYAL

    def describe(self) -> dict[str, Any]:
        """Return numbers of rows and groups for the log."""
        return {
            "rows": len(self.first),
            "labels": dict(sorted(Counter(self.first.labels).items())),
            "further_rows": dict(self.further),
            "learned_rows": len(self.train),
            "invented_rows": int(is_invented(self.train).sum()),
            "held_out_rows": len(self.dev),
            "held_out_groups": len(set(self.dev.groups)),
            "missing_tests": list(self.missing_tests),
        }

    @property
    def scored(self) -> dict[str, Items]:
        """The held-out articles, apart by source where both questions are learned, and all tests by name."""
        if self.construct != BOTH:
            return {HELD_OUT: self.dev, **self.tests}
        return {name_held_out(source): items for source, items in self.held_out.items()} | dict(self.tests)

    @property
    def held_out(self) -> dict[str, Items]:
        """The held-out articles by source."""
        sources = np.array(self.dev.sources)
        return {source: self.dev.select(sources == source) for source in sorted(set(self.dev.sources))}

    def portrayals(self) -> "StanceData":
        """Return what asks for portrayal; all where one question is learned."""
        if self.construct != BOTH:
            return self
        tests = {name: _portrayals_of(items) for name, items in self.tests.items()}
        return replace(
            self,
            train=_portrayals_of(self.train),
            dev=_portrayals_of(self.dev),
            tests={name: items for name, items in tests.items() if len(items)},
            construct=PORTRAYAL,
        )


def is_invented(items: Items) -> np.ndarray:
    """Return which items are of the invented sentences of ``reference-labels``: ndarray of bool of shape (n_items,)."""
    texts = {article.document for article in read_invented()}
    return np.array([target.text in texts for target in items.targets], dtype=bool)


def name_held_out(source: str) -> str:
    """Return what the held-out articles of a source are called where both questions are learned."""
    return f"held out of {source}"


def read_data(on: Sequence[str], seed: int, construct: str | None = None) -> StanceData:
    """Return the data of a training: articles held out of the first source, official tests, further sources.

    `construct` None takes stance where the first source is a table that names holders, else portrayal; with ``both``, every
    source has held-out articles of its own (`read_both`).

    Raises
    ------
    InputError
        As `split_items`, when further data have labels that the first lack, or a corpus's labels are of another construct.
    """
    if construct == BOTH:
        return read_both(on, seed)
    source = read_items(on[0], construct)
    chosen = construct or construct_of_items(on[0], source)
    check_constructs(on, chosen)
    sources = [source, *(read_items(name, chosen) for name in on[1:])]
    first, *others = (set_holders(items, chosen) for items in sources)
    train, dev, test = split_items(first, seed)
    official, missing = _official_tests(on[0], chosen)
    tests = ({"test": test} if len(test) else {}) | official
    held = join_items([dev, *tests.values()])
    further = [_only_train(items, held, first) for items in others]
    sizes = {name: len(items) for name, items in zip(on[1:], further, strict=True)}
    own = join_items([train, dev, test])
    return StanceData(join_items([train, *further]), dev, tests, own, sizes, tuple(missing), chosen)


def read_both(on: Sequence[str], seed: int) -> StanceData:
    """Return the data of both questions: of every source its own held-out articles, and the rest without what is held out.

    A row's source is the corpus, with the construct where it has labels of both. Of ``directed-sentiment`` sentences are drawn
    (`N_DIRECTED`).

    Raises
    ------
    InputError
        As `split_items`.
    """
    parts: list[Items] = []
    tests: dict[str, Items] = {}
    missing: list[str] = []
    for name in on:
        constructs = CONSTRUCTS if name == REFERENCE else (construct_of_items(name, read_items(name)),)
        for construct in constructs:
            items = set_holders(read_items(name, construct), construct)
            if name == DIRECTED:
                items = draw_directed(items, seed)
            suffix = f" {construct}" if len(constructs) > 1 else ""
            parts.append(_from_source(items, name + suffix))
            official, absent = _official_tests(name, construct)
            tests |= {test + suffix: _from_source(part, name + suffix) for test, part in official.items()}
            missing += absent
    split = [split_items(items, seed) for items in parts]
    tests |= {f"{test.sources[0]} test": test for _, _, test in split if len(test)}
    held = [*(dev for _, dev, _ in split), *tests.values()]
    train = [
        part.select(
            apart_from(part, join_items([one for one in held if _source_of(one) != _source_of(part)]))
        )
        for part, _, _ in split
    ]
    further = {_source_of(part): len(part) for part in train[1:]}
    own = join_items([train[0], split[0][1]])
    dev = join_items([dev for _, dev, _ in split])
    return StanceData(join_items(train), dev, tests, own, further, tuple(missing), BOTH)


def _portrayals_of(items: Items) -> Items:
    return items.select(np.array([target.holder is None for target in items.targets], dtype=bool))


def _from_source(items: Items, source: str) -> Items:
    return replace(items, sources=(source,) * len(items))


def _source_of(items: Items) -> str:
    return next(iter(items.sources), "")


def draw_directed(items: Items, seed: int) -> Items:
    """Return the items of `N_DIRECTED` sentences: first number with a judgement, second without."""
    judged = {group for group, label in zip(items.groups, items.labels, strict=True) if label != "neutral"}
    idle = sorted(set(items.groups) - judged)
    rng = np.random.default_rng(seed)
    drawn = {
        group
        for names, n in zip((sorted(judged), idle), N_DIRECTED, strict=True)
        for group in rng.permutation(names)[:n].tolist()
    }
    return items.select(np.array([group in drawn for group in items.groups]))


def construct_of_items(name: str, items: Items) -> str:
    """Return the construct of a source: the registry's of a corpus; of any other, stance where it names holders."""
    registered = read_entry(name).construct if name in registered_names() else ""
    if registered in CONSTRUCTS:
        return registered
    return "stance" if any(target.holder is not None for target in items.targets) else PORTRAYAL


def check_constructs(on: Sequence[str], construct: str) -> None:
    """Raise InputError when a registered corpus among `on` has labels of the other construct alone."""
    for name in on:
        single = name in registered_names() and name != REFERENCE
        own = read_entry(name).construct if single else construct
        if own in CONSTRUCTS and own != construct:
            raise InputError(
                f"Invalid corpus {name!r} for training {construct}. Its labels are of {own}; a model learns one of the two."
            )


def set_holders(items: Items, construct: str) -> Items:
    """Return the items with a holder each for stance (the author where none is named), with none for portrayal."""
    return replace(
        items,
        targets=tuple(
            target._replace(holder=(target.holder or AUTHOR) if construct == "stance" else None)
            for target in items.targets
        ),
    )


def _official_tests(name: str, construct: str) -> tuple[dict[str, Items], list[str]]:
    """Return the published test splits of a corpus whose files can be had, and the names of the others."""
    tests, missing = {}, []
    for split in OFFICIAL.get(name, ()):
        try:
            tests[f"{name} {split}"] = (
                read_reference_items(construct, split)
                if name == REFERENCE
                else stance_items(read_corpus(name, splits=(split,)))
            )
        except MissingDataError as error:
            missing.append(f"{name} {split}")
            warnings.warn(f"{missing[-1]} is not scored: {error}", CrossframeWarning, stacklevel=4)
    return tests, missing


def _only_train(items: Items, held: Items, first: Items) -> Items:
    """Return the items that may be trained on beside `first`: of no dev or test split, no group, text or outlet of `held`.

    Raises
    ------
    InputError
        When they have a label that `first` lacks, or a group or outlet in two splits.
    """
    foreign = sorted(set(items.labels) - set(first.labels))
    if foreign:
        raise InputError(
            f"Invalid label {foreign[0]!r} of further data. It must be one of the first data: {', '.join(sorted(set(first.labels)))}."
        )
    check_leaks(items)
    training = np.array([split in ("", "train") for split in items.splits], dtype=bool)
    apart = apart_from(items, held)
    if all(first.outlets):
        apart &= ~np.isin(items.outlets, sorted(set(held.outlets)))
    if (training & ~apart).any():
        warnings.warn(
            f"{int((training & ~apart).sum())} rows of further data are left out of training: their text, group or outlet is "
            "held out or tested on.",
            CrossframeWarning,
            stacklevel=4,
        )
    return items.select(training & apart)
