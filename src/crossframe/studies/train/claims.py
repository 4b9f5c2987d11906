"""Choose the settings of claims and the curve of absence, on out-of-fold alignments of events with gold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.matching.claims import ClaimSettings, group_claims
from crossframe.records import Alignment, PairKey
from crossframe.statistics.intervals import bootstrap_ratio
from crossframe.statistics.metrics import f1
from crossframe.studies.compare.calibration import OMISSION_PRECISION, ClaimCalibration
from crossframe.studies.evaluate.claim_metrics import OmissionUnit, list_omission_units, pairs_within_claims

MERGE = (0.15, 0.2, 0.25, 0.3, 0.35)
JOIN = (0.25, 0.3, 0.35, 0.4, 0.5)
"""Settings of claims that are tried."""
SLACK = 0.005
"""How much F1 of purity and recall is given up for a purer choice: the values of a grid differ by less than this, and a
wrong sentence in a claim misleads more than a missing one."""
ANNOTATION = 0.90
"""Share of the omissions that follow from a second annotation of BASIL's training events which the first one confirms:
136 of 151 in eight events (basil-train-second.tsv). Gold that was annotated once confirms no more of an aligner's, so the
share required there is OMISSION_PRECISION * ANNOTATION."""
CONFIDENCE = 0.9
"""Share of draws of events, with replacement, in which the called omissions must be precise enough."""
MIN_CALLED = 30
"""Called omissions below which their precision is not estimated."""
MIN_UNITS = 50
FOLDS = 10


def calibrate_claims(alignments: Sequence[Alignment], truth: Alignment) -> ClaimCalibration:
    """Choose settings of claims, then fit the curve of absence on the claims they give.

    Parameters
    ----------
    alignments : sequence of Alignment
        One per event, each by an aligner that had not seen it, relations by the threshold that will be shipped;
        their claims do not count.
    truth : Alignment
        Gold pairs of these events.

    Returns
    -------
    ClaimCalibration
        To be stored with the aligner.
    """
    claims = choose_claims(alignments, truth)
    grouped = [group_claims(alignment, claims) for alignment in alignments]
    return ClaimCalibration(claims, fit_absence(grouped, truth))


def choose_claims(alignments: Sequence[Alignment], truth: Alignment) -> ClaimSettings:
    """Return the purest of the settings whose F1 of claim purity and recall is within 0.005 of the best.

    Parameters
    ----------
    alignments : sequence of Alignment
        As for `calibrate_claims`.
    truth : Alignment
        Gold pairs.

    Returns
    -------
    ClaimSettings
        Of the grid of `MERGE` and `JOIN`.
    """
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    tried = []
    for merge, join in product(MERGE, JOIN):
        settings = ClaimSettings(merge, join)
        purity, recall = _purity_and_recall(relation, alignments, settings)
        tried.append((f1(purity, recall), purity, settings))
    best = max(both for both, _, _ in tried)
    good = [(purity, settings) for both, purity, settings in tried if both >= best - SLACK]
    return max(good, key=lambda choice: (round(choice[0], 4), choice[1].merge, choice[1].join))[1]


def _purity_and_recall(
    relation: Mapping[PairKey, str], alignments: Sequence[Alignment], settings: ClaimSettings
) -> tuple[float, float]:
    disputed = {key for key, kind in relation.items() if kind == "disputed"}
    gold = set(relation) - disputed
    inside: set[PairKey] = set()
    for alignment in alignments:
        inside |= pairs_within_claims(group_claims(alignment, settings)) - disputed
    right = len(inside & gold)
    return right / max(len(inside), 1), right / max(len(gold), 1)


def fit_absence(alignments: Sequence[Alignment], truth: Alignment) -> AbsenceCurve:
    """Fit the probability that an outlet lacks a claim, and choose the certainty from which an omission is called.

    The curve is a logistic regression on the trace that an outlet shows of a sentence's claims, over sentences of
    claims that gold says are shared. The threshold is the lowest down to which gold that was annotated once
    confirms `OMISSION_PRECISION` * `ANNOTATION` of the called omissions in nine of ten draws of events [1]_, the certainty
    of every event by a curve fitted on the others; 1 where none is good enough, so that none is called.

    Parameters
    ----------
    alignments : sequence of Alignment
        With claims; otherwise as for `calibrate_claims`.
    truth : Alignment
        Gold pairs.

    Returns
    -------
    AbsenceCurve
        The default where there are too few sentences to fit one (below 50, or all of a kind).

    References
    ----------
    .. [1] Angelopoulos, A. N., Bates, S., Candès, E. J., Jordan, M. I., Lei, L. (2021). Learn then Test: calibrating
       predictive algorithms to achieve risk control. arXiv:2110.01052 (a threshold that holds with a stated confidence).
    """
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    events = [list_omission_units(relation, alignment) for alignment in alignments]
    every = [unit for units in events for unit in units]
    fitted = _fit(every)
    if fitted is None:
        return AbsenceCurve()
    folds = min(FOLDS, len(events))
    rated: list[tuple[int, float, bool]] = []
    for fold in range(folds):
        rest = [unit for i, units in enumerate(events) if i % folds != fold for unit in units]
        curve = _fit(rest) or fitted
        for i in range(fold, len(events), folds):
            rated += [
                (i, unit.evidence.certainty(curve), unit.shared and unit.lacks)
                for unit in events[i]
                if unit.evidence
            ]
    return replace(fitted, threshold=_threshold(rated))


def _fit(units: Sequence[OmissionUnit]) -> AbsenceCurve | None:
    from sklearn.linear_model import LogisticRegression

    rated = [(unit.evidence.trace, unit.lacks) for unit in units if unit.shared and unit.evidence]
    lacks = np.array([lacks for _, lacks in rated], dtype=int)
    if len(rated) < MIN_UNITS or lacks.all() or not lacks.any():
        return None
    model = LogisticRegression(C=100.0).fit(np.array([[trace] for trace, _ in rated]), lacks)
    level, slope = round(float(model.intercept_[0]), 4), round(float(model.coef_[0, 0]), 4)
    return AbsenceCurve(level, slope) if slope <= 0 else None


def _threshold(rated: Sequence[tuple[int, float, bool]]) -> float:
    """Return the lowest certainty down to which the called omissions are precise enough; 1 where there is none.

    Thresholds are tested from the highest down, until the first that fails. ``rated`` holds event, certainty, and whether
    gold confirms the omission.
    """
    event = np.array([event for event, _, _ in rated], dtype=np.int64)
    certainty = np.array([certainty for _, certainty, _ in rated])
    right = np.array([right for _, _, right in rated], dtype=np.int64)
    lowest = 1.0
    for threshold in np.unique(certainty[certainty > 0])[::-1]:
        called = certainty >= threshold
        if called.sum() < MIN_CALLED:
            continue
        n_called = np.bincount(event[called])
        n_right = np.bincount(event[called], weights=right[called])
        have = n_called > 0
        draws = bootstrap_ratio(n_right[have], n_called[have], np.random.default_rng(0))
        if np.quantile(draws, 1 - CONFIDENCE) < OMISSION_PRECISION * ANNOTATION:
            break
        lowest = float(threshold)
    return lowest
