"""Figures of alignments and claims against gold pairs."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from crossframe.records import Alignment, Sentences
from crossframe.statistics.metrics import expected_calibration_error, f1

Key = tuple[tuple[str, int], tuple[str, int]]


def events_of(alignment: Alignment) -> list[str]:
    """Return the events of the alignment's articles, sorted."""
    return sorted({article.event for article in alignment.sentences.articles})


def score_alignment(truth: Alignment, found: Iterable[Alignment]) -> dict[str, Any]:
    """Return the figures of `evaluate_alignment` for alignments of events (with claims) against gold pairs."""
    from sklearn.metrics import average_precision_score, brier_score_loss

    found = list(found)
    relation = dict(zip(truth.keys(), truth.relation, strict=True))
    disputed = {key for key, kind in relation.items() if kind == "disputed"}
    gold = set(relation) - disputed
    scored = {
        k: p
        for one in found
        for k, p in zip(one.keys(), one.probability.tolist(), strict=True)
        if k not in disputed
    }
    missed = len(gold - set(scored))
    unlisted = sum(_count_pairs(one.sentences) for one in found) - len(scored) - len(disputed)
    labels = np.array(
        [key in gold for key in scored] + [True] * missed + [False] * (unlisted - missed), dtype=int
    )
    scores = np.array([*scored.values(), *([0.0] * unlisted)])
    kept, kept_labels = np.array(list(scored.values())), labels[: len(scored)]
    decided = decided_pairs(found) - disputed
    precision, recall = share(decided & gold, decided), share(decided & gold, gold)
    figures: dict[str, Any] = {
        "average_precision": float(average_precision_score(labels, scores)) if labels.any() else None,
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "brier": float(brier_score_loss(kept_labels, kept)) if len(kept) else None,
        "ece": expected_calibration_error(kept, kept_labels) if len(kept) else None,
    }
    for kind in ("equivalent", "partial"):
        of_kind = {
            k for one in found for k, r in zip(one.keys(), one.relation, strict=True) if r == kind
        } - disputed
        figures[f"{kind}_f1"] = pair_f1({key for key in gold if relation[key] == kind}, of_kind)
    purity, within = _claim_scores(found, gold, disputed)
    return figures | {
        "claim_purity": purity,
        "claim_recall": within,
        "n_events": len(found),
        "n_gold_pairs": len(gold),
    }


def _count_pairs(sentences: Sentences) -> int:
    """Return the number of cross-outlet pairs of an event: what is not listed was ranked last."""
    sizes = Counter(sentences.article_of(row).outlet for row in range(len(sentences)))
    return (len(sentences) ** 2 - sum(size**2 for size in sizes.values())) // 2


def _claim_scores(found: list[Alignment], gold: set[Key], disputed: set[Key]) -> tuple[float, float]:
    inside: set[Key] = set()
    for one in found:
        for claim in one.claims:
            for i, a in enumerate(claim.rows):
                for b in claim.rows[i + 1 :]:
                    if one.sentences.article_of(a).outlet != one.sentences.article_of(b).outlet:
                        left, right = sorted((one.sentences.key(a), one.sentences.key(b)))
                        inside.add((left, right))
    inside -= disputed
    return share(inside & gold, inside), share(inside & gold, gold)


def decided_pairs(found: Iterable[Alignment]) -> set[Key]:
    return {
        key for one in found for key, kind in zip(one.keys(), one.relation, strict=True) if kind != "none"
    }


def share(part: set[Key], whole: set[Key]) -> float:
    return len(part) / len(whole) if whole else 0.0


def pair_f1(gold: set[Key], found: set[Key]) -> float:
    return f1(share(found & gold, found), share(found & gold, gold))
