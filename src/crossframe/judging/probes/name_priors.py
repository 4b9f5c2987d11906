"""How much the stance score of a sentence depends on the target's name alone: the same sentences with other names."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crossframe.judging.probes.swaps import gender_of, names_of, swap
from crossframe.judging.targets import NAMED_KINDS, StanceItem, kind_of, read_name
from crossframe.statistics.intervals import LEVEL, Interval


@dataclass(frozen=True)
class NamePrior:
    """Mean difference between an actor's scores under its own name and under other names, in the same sentences.

    Parameters
    ----------
    actor : str
        Id or name.
    estimate, low, high : float
        Own minus other, in [-2, 2], with its 95 % interval; bounds are NaN where one cluster holds all sentences.
    n_targets, n_clusters : int
        Mentions scored, and the documents (or sentences, or events) they come from.
    """

    actor: str
    estimate: float
    low: float
    high: float
    n_targets: int
    n_clusters: int

    @property
    def certain(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0 or self.high < 0


def choose_names(n: int, rng: np.random.Generator) -> dict[str, tuple[str, ...]]:
    """Return `n` names of every kind of actor and a spare one, drawn without replacement; of persons, women and men by turns.

    Examples
    --------
    >>> {kind: len(names) for kind, names in choose_names(3, np.random.default_rng(0)).items()}
    {'person': 4, 'country': 4, 'party': 4, 'organisation': 4}
    """
    chosen = {}
    for kind in NAMED_KINDS:
        names = [names_of(kind)[i] for i in rng.permutation(len(names_of(kind)))]
        women = [name for name in names if gender_of(name) == "f"]
        men = [name for name in names if gender_of(name) != "f"]
        if women:
            turns = [name for pair in zip(women, men, strict=False) for name in pair]
            names = turns + women[len(men) :] + men[len(women) :]
        chosen[kind] = tuple(names[: n + 1])
    return chosen


def swap_others(
    item: StanceItem, names: Mapping[str, tuple[str, ...]], *, kind: str | None = None
) -> list[tuple[str, StanceItem]]:
    """Return the item with each name of its target's kind in the target's place: pairs of name and item.

    Parameters
    ----------
    item : StanceItem
    names : mapping of str to tuple of str
        As `choose_names` returns them; the spare name is used where another is the target's own name.
    kind : str, optional
        Of the target, one of `NAMED_KINDS`; None takes `kind_of`.

    Returns
    -------
    list of (str, StanceItem)
        Empty for targets that bear no name of their own.
    """
    if kind_of(item) not in NAMED_KINDS:
        return []
    own = kind or kind_of(item)
    core = read_name(item.text[item.start : item.end]).core.casefold().removeprefix("the ")
    alike = [
        name
        for name in names[own]
        if core in (name.casefold().removeprefix("the "), name.split()[-1].casefold())
    ]
    others = [name for name in names[own] if name not in alike] + alike  # "the ministry" is alike to several
    return [(name, swap(item, name)) for name in others[: len(names[own]) - 1]]


def measure_prior(actor: str, own: np.ndarray, swapped: np.ndarray, clusters: Sequence[str]) -> NamePrior:
    """Return an actor's prior: the mean of own score minus mean score under other names.

    Parameters
    ----------
    actor : str
    own : ndarray of shape (n_targets,)
        Scores (positive minus negative) under the own name.
    swapped : ndarray of shape (n_targets, n_names)
        Scores of the same sentences under other names.
    clusters : sequence of str
        Document, sentence or event of each target; targets of one cluster are not independent.

    Returns
    -------
    NamePrior
        With a cluster-robust t interval.
    """
    interval = clustered_mean(own - swapped.mean(axis=1), clusters)
    return NamePrior(actor, *interval, len(own), len(set(clusters)))


def clustered_mean(values: np.ndarray, clusters: Sequence[str], *, level: float = LEVEL) -> Interval:
    """Return the mean of `values` with its cluster-robust t interval, of n_clusters - 1 degrees of freedom.

    Parameters
    ----------
    values : ndarray of shape (n_units,)
    clusters : sequence of str
        Of the same length.
    level : float
        Coverage.

    Returns
    -------
    Interval
        Bounds are NaN for fewer than two clusters.

    References
    ----------
    Cameron, A. C., Miller, D. L. (2015). A practitioner's guide to cluster-robust inference. Journal of Human Resources
    50(2), 317-372.

    Examples
    --------
    >>> [round(x, 3) for x in clustered_mean(np.array([1.0, 2.0, 3.0]), ["a", "b", "c"])]
    [2.0, -0.484, 4.484]
    """
    from scipy.stats import t

    names = sorted(set(clusters))
    mean = math.fsum(values.tolist()) / len(values) if len(values) else math.nan
    if len(names) < 2:
        return Interval(mean, math.nan, math.nan)
    number = {name: i for i, name in enumerate(names)}
    sums = np.bincount([number[cluster] for cluster in clusters], weights=values - mean)
    error = math.sqrt(math.fsum((sums**2).tolist()) * len(names) / (len(names) - 1)) / len(values)
    half = float(t.ppf((1 + level) / 2, len(names) - 1)) * error
    return Interval(mean, mean - half, mean + half)
