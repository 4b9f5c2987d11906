"""Stress tests of a stance model: without the target, and with other names in its place."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from crossframe import lexicons
from crossframe._progress import track
from crossframe.judging.probes.name_priors import choose_names, measure_prior, swap_others
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.judging.targets import (
    KINDS,
    NAMED_KINDS,
    StanceItem,
    hide_target,
    kind_of,
    mask_name,
    read_name,
)
from crossframe.records import STANCES, score_stances
from crossframe.statistics.metrics import macro_f1
from crossframe.text import slug

NAMES = 8
"""Other names that each target is given."""
MIN_MENTIONS = 20
"""Mentions by name from which an actor's prior is reported."""


def stress_stance(
    model: Any, targets: Sequence[StanceItem], truth: Sequence[str], groups: Sequence[str], *, seed: int = 0
) -> dict[str, Any]:
    """Return what is left of a model's quality without the target, and how far its score moves with the name alone.

    Parameters
    ----------
    model : stance model
        Anything with ``predict_proba``, ``classes_`` and ``labels_``.
    targets : sequence of StanceItem
    truth : sequence of str
        Their stance.
    groups : sequence of str
        Source document of each.
    seed : int
        Of the choice of names.

    Returns
    -------
    dict of str to float
        ``name_masked_macro_f1`` (a neutral word in the target's place, which is still marked), ``sentence_only_macro_f1``
        (the sentence as it is, no target marked: `hide_target`), ``target_removed_macro_f1`` (the neutral word and no
        target marked), ``majority_macro_f1`` (the commonest label for all).

        With each of `NAMES` other names of its kind in the place of every target that bears a name (``swap_n``):
        ``swap_macro_f1`` (mean over names) beside ``swap_own_macro_f1`` (the same targets under their own names),
        ``swap_mean_move`` (mean absolute move of the score), ``swap_flip_share`` (labels that change), ``swap_name_sd``
        (standard deviation over names of the mean score of the same sentences; mean of the kinds, by their targets).

        ``kind.<kind>.<metric>``: the same by kind of target. ``name.<name>.move``: a name's mean score less that of all
        names given to the same sentences. ``actor.<actor>.prior``: own score less the mean under other names, over the
        mentions of an actor of at least `MIN_MENTIONS`, with its interval over source documents.
    """
    own, labels = predict_stances(model, targets), np.array(truth)
    metrics: dict[str, Any] = remove_target(
        lambda changed: _likeliest(predict_stances(model, changed)),
        targets,
        truth,
        whole=getattr(model, "reads_marks", False),
    )
    kinds = np.array([kind_of(target) for target in targets])
    swaps = _Swaps(model, targets, kinds, labels, own, np.random.default_rng(seed))
    metrics |= {f"swap_{name}": value for name, value in swaps.measure(swaps.rows).items()}
    return metrics | dict(swaps.by_kind(kinds)) | dict(swaps.by_name()) | dict(swaps.by_actor(groups))


def remove_target(
    judge: Callable[[Sequence[StanceItem]], Sequence[str]],
    targets: Sequence[StanceItem],
    truth: Sequence[str],
    *,
    whole: bool,
) -> dict[str, float]:
    """Return what is left of a model's macro-F1 without the target: the first four metrics of `stress_stance`.

    Parameters
    ----------
    judge : callable
        Gives targets their labels.
    targets : sequence of StanceItem
    truth : sequence of str
        Their labels, of any names.
    whole : bool
        Whether the model reads marks (see `hide_target`).
    """
    masked = [mask_name(target) for target in targets]
    changed = {
        "name_masked": masked,
        "sentence_only": [hide_target(target, whole=whole) for target in targets],
        "target_removed": [hide_target(target, whole=whole) for target in masked],
    }
    metrics = {f"{name}_macro_f1": macro_f1(truth, judge(given)) for name, given in changed.items()}
    majority = Counter(truth).most_common(1)[0][0]
    return metrics | {"majority_macro_f1": macro_f1(truth, [majority] * len(truth))}


class _Swaps:
    """Targets that bear a name of their own, scored under other names of their kind.

    Attributes
    ----------
    rows : ndarray of shape (n_named,)
        Numbers of these targets among all.
    names : list of list of str
        The names that each was given.
    swapped : ndarray of shape (n_named, n_names, 3)
        Probabilities under each.
    """

    def __init__(
        self, model: Any, targets: Sequence[StanceItem], kinds: np.ndarray, labels: np.ndarray, own: np.ndarray,
        rng: np.random.Generator,
    ) -> None:  # fmt: skip
        self.targets, self.kinds, self.labels, self.own = targets, kinds, labels, own
        self.rows = np.flatnonzero(np.isin(kinds, NAMED_KINDS))
        chosen = choose_names(NAMES, rng)
        given = [swap_others(targets[row], chosen) for row in self.rows.tolist()]
        self.names = [[name for name, _ in one] for one in given]
        columns = [
            predict_stances(model, [one[k][1] for one in given])
            for k in track(range(NAMES), "Swapping names", total=NAMES)
        ]
        self.swapped = np.stack(columns, axis=1)
        self.moved = score_stances(self.swapped) - score_stances(own[self.rows])[:, None]

    def measure(self, rows: np.ndarray) -> dict[str, Any]:
        """Return the metrics of swaps over some of `rows`."""
        if not len(rows):
            return {"n": 0}
        part = np.isin(self.rows, rows)
        own, swapped, labels = self.own[rows], self.swapped[part], self.labels[rows]
        return {
            "n": len(rows),
            "own_macro_f1": macro_f1(labels, _likeliest(own)),
            "macro_f1": float(np.mean([macro_f1(labels, _likeliest(swapped[:, k])) for k in range(NAMES)])),
            "mean_move": float(np.abs(self.moved[part]).mean()),
            "flip_share": float((swapped.argmax(axis=2) != own.argmax(axis=1)[:, None]).mean()),
            "name_sd": self._spread(rows),
        }

    def _spread(self, rows: np.ndarray) -> float:
        kinds = self.kinds[rows]
        moves = {kind: list(self._moves(rows[kinds == kind]).values()) for kind in sorted(set(kinds))}
        return float(sum((kinds == kind).mean() * np.std(own, ddof=1) for kind, own in moves.items()))

    def _moves(self, rows: np.ndarray) -> dict[str, float]:
        """Return how far each name moves the score from the mean of the names given to the same sentences."""
        part = np.flatnonzero(np.isin(self.rows, rows))
        score = score_stances(self.swapped[part])
        moves_of: dict[str, list[float]] = defaultdict(list)
        for i, row in zip(part, score - score.mean(axis=1, keepdims=True), strict=True):
            for name, move in zip(self.names[i], row.tolist(), strict=True):
                moves_of[name].append(move)
        return {name: float(np.mean(moves)) for name, moves in sorted(moves_of.items())}

    def by_kind(self, kinds: np.ndarray) -> Iterator[tuple[str, Any]]:
        """Yield ``kind.<kind>.<metric>``: of kinds without names only their number and macro-F1."""
        for kind in KINDS:
            rows = np.flatnonzero(kinds == kind)
            if not len(rows):
                continue
            metrics = {"n": len(rows), "macro_f1": macro_f1(self.labels[rows], _likeliest(self.own[rows]))}
            if kind in NAMED_KINDS:
                swaps = self.measure(rows)
                metrics |= {"swap_macro_f1": swaps["macro_f1"]}
                metrics |= {name: swaps[name] for name in ("mean_move", "flip_share", "name_sd")}
            yield from ((f"kind.{kind}.{name}", value) for name, value in metrics.items())

    def by_name(self) -> Iterator[tuple[str, Any]]:
        """Yield ``name.<name>.move``, kind by kind."""
        for kind in NAMED_KINDS:
            moves = self._moves(self.rows[self.kinds[self.rows] == kind])
            yield from ((f"name.{slug(name)}.move", move) for name, move in moves.items())

    def by_actor(self, groups: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Yield ``actor.<actor>.prior`` with its interval and ``n``, the actor most often named first."""
        actors = name_actors([self.targets[row] for row in self.rows.tolist()])
        for actor, n in sorted(Counter(actors).items(), key=lambda item: (-item[1], item[0])):
            if n < MIN_MENTIONS:
                break
            inside = np.array([named == actor for named in actors])
            rows = self.rows[inside]
            prior = measure_prior(
                actor,
                score_stances(self.own[rows]),
                score_stances(self.swapped[inside]),
                [groups[row] for row in rows.tolist()],
            )
            bounds = (None, None) if math.isnan(prior.low) else (prior.low, prior.high)
            metrics = {"prior": prior.estimate, "prior_low": bounds[0], "prior_high": bounds[1], "n": n}
            yield from ((f"actor.{actor}.{name}", value) for name, value in metrics.items())


def name_actors(targets: Sequence[StanceItem]) -> list[str]:
    """Return whom each target names: persons by surname, others by name.

    A full name whose given name is not the one that the surname mostly has among `targets` is somebody else's, and stays
    whole; so does one with a suffix.

    Examples
    --------
    >>> texts = ["President Donald Trump", "Trump", "Donald Trump", "Melania Trump", "the FBI"]
    >>> name_actors([StanceItem(text, 0, len(text)) for text in texts])
    ['trump', 'trump', 'trump', 'melania-trump', 'fbi']
    """
    names = [read_name(target.text[target.start : target.end]) for target in targets]
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.kind == "person" and " " in name.core:
            given[name.core.split()[-1].casefold()][name.core.split()[0].casefold()] += 1
    actors = []
    for name in names:
        words = name.core.casefold().split()
        if name.kind != "person" or words[-1].strip(".") in lexicons.name_parts("suffix"):
            actors.append(slug(name.core.casefold().removeprefix("the ")))
            continue
        usual = max(sorted(given[words[-1]].items()), key=lambda item: item[1], default=("", 0))[0]
        actors.append(slug(words[-1] if len(words) == 1 or words[0] == usual else name.core))
    return actors


def _likeliest(probability: np.ndarray) -> list[str]:
    return [STANCES[i] for i in probability.argmax(axis=1)]
