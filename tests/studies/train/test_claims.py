"""The numbers of claims and omissions are chosen from held-out events: by rule, stored, and brought back."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from crossframe import storage
from crossframe.contrasting.absence import AbsenceCurve
from crossframe.matching.claims import ClaimSettings, group_claims
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment
from crossframe.studies.evaluate.alignment_metrics import score_alignment
from crossframe.studies.evaluate.claim_metrics import list_omission_units
from crossframe.studies.train.claims import (
    ANNOTATION,
    _threshold,
    calibrate_claims,
    choose_claims,
    fit_absence,
)
from crossframe.synthetic import make_press


@pytest.fixture(scope="module")
def press() -> tuple[Alignment, list[Alignment]]:
    """Return the truth of an invented press, and alignments in which a fifth of the pairs is a near miss."""
    corpus = make_press(n_events=20, n_outlets=3, n_claims=12, omission=0.3, seed=6).corpus
    truth = corpus.gold["alignment"]
    assert isinstance(truth, Alignment)
    true, rng, found = set(truth.keys()), np.random.default_rng(0), []
    for event in corpus.events:
        sentences = split_sentences(corpus.select(event=event.id).articles)
        left, right, p = [], [], []
        for a in range(len(sentences)):
            for b in range(a + 1, len(sentences)):
                if sentences.article[a] == sentences.article[b]:
                    continue
                aligned = tuple(sorted((sentences.key(a), sentences.key(b)))) in true
                if aligned or rng.random() < 0.05:
                    left, right = [*left, a], [*right, b]
                    p.append(
                        rng.uniform(0.6, 0.95) if aligned and rng.random() < 0.8 else rng.uniform(0.05, 0.4)
                    )
        relation = tuple("partial" if one >= 0.5 else "none" for one in p)
        found.append(Alignment(sentences, left, right, np.round(p, 4), relation))
    return truth, found


def test_the_choice_follows_its_rule(press: tuple[Alignment, list[Alignment]]) -> None:
    """Of the settings within half a point of the best F1 of purity and recall, none is purer than the chosen."""
    truth, found = press
    chosen = choose_claims(found, truth)

    def metrics(settings: ClaimSettings) -> tuple[float, float]:
        scored = score_alignment(truth, [group_claims(one, settings) for one in found])
        purity, recall = scored["claim_purity"], scored["claim_recall"]
        return 2 * purity * recall / (purity + recall), purity

    both, purity = metrics(chosen)
    for other in (ClaimSettings(0.15, 0.25), ClaimSettings(0.25, 0.35), ClaimSettings(0.35, 0.5)):
        other_both, other_purity = metrics(other)
        assert both >= other_both - 0.005 - 1e-9
        assert other_both < both or other_purity <= purity + 1e-9 or other_both < both + 0.005
    assert both > 0.8


def test_the_curve_is_calibrated(press: tuple[Alignment, list[Alignment]]) -> None:
    """On the sentences it is fitted on, stated absences add up to those that are; its called omissions are right."""
    truth, found = press
    calibration = calibrate_claims(found, truth)
    grouped = [group_claims(one, calibration.claims) for one in found]
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    units = [u for one in grouped for u in list_omission_units(relation, one) if u.shared and u.evidence]
    stated = sum(calibration.absence.p_absent(unit.evidence.trace) for unit in units if unit.evidence)
    assert stated == pytest.approx(sum(unit.lacks for unit in units), rel=0.02)
    assert calibration.absence.slope < 0
    metrics = score_alignment(truth, grouped, curve=calibration.absence)
    assert metrics["omission_precision"] >= 0.85
    assert metrics["omission_recall"] > 0.3


def test_too_little_gold_fits_nothing(press: tuple[Alignment, list[Alignment]]) -> None:
    """From no sentence of a claim, or from a few, no curve is fitted: the default stays."""
    truth, found = press
    assert fit_absence(found[:1], truth) == AbsenceCurve()
    grouped = group_claims(found[0])
    assert fit_absence([replace(grouped, claims=grouped.claims[:2])], truth) == AbsenceCurve()


def test_threshold_by_hand() -> None:
    """The lowest certainty above which 0.85 * 0.90 of at least thirty are confirmed, surely so on other events too."""
    one_event = (
        [(0, 0.9, True)] * 154 + [(0, 0.8, False)] * 47 + [(0, 0.7, False)] * 10 + [(0, 0.0, True)] * 99
    )
    assert _threshold(one_event) == 0.8
    assert _threshold(one_event[2:]) == 0.9
    uneven = [(at % 10, 0.9, True) for at in range(90)] + [(0, 0.8, False)] * 25
    assert _threshold(uneven) == 0.9  # 90 of 115 is enough, but a draw with event 0 twice has too few
    later = [*uneven, *((at % 10, 0.7, True) for at in range(900))]
    assert _threshold(later) == 0.9  # what holds again further down counts for nothing
    assert _threshold([(at, 0.9, True) for at in range(29)]) == 1.0
    assert _threshold([]) == 1.0


def test_share_that_one_annotation_confirms() -> None:
    """The constant is what the two annotations of eight training events give."""
    both = []
    for name in ("basil-train.tsv", "basil-train-second.tsv"):
        omitted: dict[str, set[tuple[str, str, str]]] = {}
        partners: dict[tuple[str, str, str], set[str]] = {}
        with (storage.corpora_folder() / "basil" / "gold" / "alignment" / name).open(
            encoding="utf-8"
        ) as file:
            for row in csv.DictReader(file, delimiter="\t"):
                for own, other in (("left", "right"), ("right", "left")):
                    place = row["event"], row[f"{own}_outlet"], row[f"{own}_sentence"]
                    partners.setdefault(place, set()).add(row[f"{other}_outlet"])
        for place, outlets in partners.items():
            lacking = {(*place[1:], outlet) for outlet in {"fox", "hpo", "nyt"} - outlets - {place[1]}}
            omitted.setdefault(place[0], set()).update(lacking)
        both.append(omitted)
    first, second = both
    confirmed = sum(len(first[event] & omissions) for event, omissions in second.items())
    total = sum(map(len, second.values()))
    assert (confirmed, total) == (136, 151)
    assert round(confirmed / total, 2) == ANNOTATION
