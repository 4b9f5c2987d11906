"""Tests of name priors: planted ones are found, absent ones are not, intervals are cluster-robust."""

import math

import numpy as np
import pytest

from crossframe.judging.probes.name_priors import (
    choose_names,
    clustered_mean,
    measure_prior,
    swap_others,
)
from crossframe.judging.probes.swaps import names_of
from crossframe.judging.targets import NAMED_KINDS, StanceItem


def test_chosen_names_are_of_their_kind_and_of_both_genders() -> None:
    """A seed fixes the names; there is a spare one of each kind; women and men take turns."""
    names = choose_names(8, np.random.default_rng(1))
    assert names == choose_names(8, np.random.default_rng(1))
    assert names != choose_names(8, np.random.default_rng(2))
    for kind in NAMED_KINDS:
        assert len(set(names[kind])) == 9
        assert set(names[kind]) <= set(names_of(kind))
    women = {"Anna Keller", "Priya Nair", "Susan Whitlock", "Yuko Tanabe", "Ngozi Adeleke"}
    everyone = choose_names(43, np.random.default_rng(0))["person"]
    assert len(everyone) == 44
    assert len({everyone.index(name) % 2 for name in women}) == 1


def test_a_target_is_not_given_its_own_name() -> None:
    """The spare name stands in where a chosen one is the target's own, with or without its article or given name."""
    names = {
        "country": ("Norway", "Peru", "Oman"),
        "party": (),
        "organisation": ("the Central Bank", "the Audit Office", "the City Council"),
        "person": ("Anna Keller", "Omar Haddad", "Ming Zhao"),
    }
    for text, others in [
        ("Norway", ["Peru", "Oman"]),
        ("Central Bank", ["the Audit Office", "the City Council"]),
        ("Keller", ["Omar Haddad", "Ming Zhao"]),
        ("Chile", ["Norway", "Peru"]),
        ("voters", []),
        ("she", []),
    ]:
        given = swap_others(StanceItem(f"They blame {text}.", 11, 11 + len(text)), names)
        assert [name for name, _ in given] == others
    swapped = swap_others(StanceItem("They blame Oxfam.", 11, 16), names, kind="organisation")
    assert [found.text for _, found in swapped] == [
        "They blame the Central Bank.",
        "They blame the Audit Office.",
    ]


def test_every_target_is_given_as_many_names() -> None:
    """Where a description is alike to several names, those fill up what is left."""
    names = {"organisation": ("the Foreign Ministry", "the Interior Ministry", "the Audit Office")}
    given = swap_others(StanceItem("They blame the ministry.", 11, 23), names, kind="organisation")
    assert [name for name, _ in given] == ["the Audit Office", "the Foreign Ministry"]


def test_prior_is_own_less_others() -> None:
    """The estimate is the mean over targets of own score less the mean of the others; the interval says how sure."""
    own = np.array([0.5, 0.3, 0.4, 0.6])
    swapped = np.array([[0.1, 0.3], [0.1, 0.1], [0.2, 0.0], [0.3, 0.5]])
    found = measure_prior("poe", own, swapped, ["a", "b", "c", "d"])
    assert found.estimate == pytest.approx(np.mean([0.3, 0.2, 0.3, 0.2]))
    assert found.certain
    assert (found.n_targets, found.n_clusters) == (4, 4)
    alone = measure_prior("poe", own, swapped, ["a"] * 4)
    assert math.isnan(alone.low)
    assert not alone.certain


def test_clustered_mean_is_cluster_robust() -> None:
    """By hand: sums of residuals by cluster, n_clusters - 1 degrees of freedom; repeated units are no new evidence."""
    values, clusters = np.array([1.0, 3.0, 2.0, 6.0]), ["a", "a", "b", "c"]
    sums = np.array([-2.0 + 0.0, -1.0, 3.0])
    half = 4.302652729911275 * math.sqrt((sums**2).sum() * 3 / 2) / 4
    assert clustered_mean(values, clusters) == pytest.approx((3.0, 3.0 - half, 3.0 + half))
    once = clustered_mean(np.array([1.0, 2.0, 4.0]), ["a", "b", "c"])
    often = clustered_mean(np.repeat([1.0, 2.0, 4.0], 5), ["a"] * 5 + ["b"] * 5 + ["c"] * 5)
    assert often == pytest.approx(once)


def test_clustered_mean_covers() -> None:
    """Of planted truths, about 95 in 100 lie within their interval, at eight clusters of uneven size."""
    rng = np.random.default_rng(0)
    clusters = [str(i) for i, n in enumerate([1, 1, 2, 2, 3, 3, 4, 4]) for _ in range(n)]
    number = np.array([int(one) for one in clusters])
    inside = 0
    for _ in range(600):
        values = rng.normal(size=8)[number] + rng.normal(size=len(number)) + 0.7
        found = clustered_mean(values, clusters)
        inside += found.low <= 0.7 <= found.high
    assert 0.9 < inside / 600 < 0.98
