"""Words that set an outlet apart from the others: log-odds with an informative Dirichlet prior."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from crossframe import lexicons
from crossframe.records import Sentences, Wording
from crossframe.text import words

MIN_COUNT = 3
PRIOR_WORDS = 500.0
"""Weight of the prior in words: about the length of an article, so that one article cannot make a rare word certain."""
MAX_TERMS = 30


def compare_wording(
    sentences: Sentences,
    *,
    event: str,
    copies: Mapping[str, str] | None = None,
    min_count: int = MIN_COUNT,
) -> Wording:
    """Return the words and word pairs that set each outlet apart from the other outlets of an event.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    event : str
        Its id.
    copies : mapping of str to str, optional
        Outlet whose article an outlet prints, by the outlet that prints it; the two are not set against each other.
    min_count : int
        Times a term must occur in the event.

    Returns
    -------
    Wording
        For each outlet the 30 terms of greatest absolute z; ``low`` and ``high`` from the asymptotic variance. It
        describes these articles: one event has no q-values (NaN).

    References
    ----------
    Monroe, Colaresi and Quinn 2008, Fightin' Words, Political Analysis 16:372-403.
    """
    counts: dict[str, Counter[str]] = {}
    for row, text in enumerate(sentences.text):
        counts.setdefault(sentences.outlet[row], Counter()).update(_terms(text))
    total = sum(counts.values(), Counter())
    terms = sorted(term for term, n in total.items() if n >= min_count)
    if len(counts) < 2 or not terms:
        return Wording()
    pooled = np.array([total[term] for term in terms], dtype=float)
    used = {
        outlet: np.array([counts[outlet][term] for term in terms], dtype=float) for outlet in sorted(counts)
    }
    prior = PRIOR_WORDS * pooled / pooled.sum()
    source = {outlet: outlet for outlet in used} | dict(copies or {})
    rows: list[dict[str, object]] = []
    for outlet, own in used.items():
        others = [used[other] for other in used if source[other] != source[outlet]]
        if others:
            leading = _leading_terms(terms, own, np.sum(others, axis=0), prior)
            rows += [{"event": event, "outlet": outlet} | row for row in leading]
    return Wording.from_rows(rows)


def _leading_terms(
    terms: Sequence[str], own: np.ndarray, others: np.ndarray, prior: np.ndarray
) -> list[dict[str, object]]:
    """Return the terms of greatest absolute z with their log-odds and interval."""
    delta, z = _log_odds(own, others, prior)
    half = 1.959964 * np.abs(delta / np.where(z == 0, np.inf, z))
    order = sorted(range(len(terms)), key=lambda i: (-abs(round(float(z[i]), 9)), terms[i]))
    return [
        {
            "term": terms[i],
            "log_odds": delta[i],
            "low": delta[i] - half[i],
            "high": delta[i] + half[i],
            "z": z[i],
        }
        for i in order[:MAX_TERMS]
    ]


def _log_odds(own: np.ndarray, others: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-odds ratio of every term and its z-score (equations 16, 19, 20 and 22 of Monroe et al.)."""
    weight = prior.sum()
    first = np.log(own + prior) - np.log(own.sum() + weight - own - prior)
    second = np.log(others + prior) - np.log(others.sum() + weight - others - prior)
    delta = first - second
    return delta, delta / np.sqrt(1 / (own + prior) + 1 / (others + prior))


def _terms(text: str) -> list[str]:
    stop = lexicons.stop_words()
    tokens = words(text)
    single = [token for token in tokens if token not in stop and not token.isdigit() and len(token) > 1]
    double = [f"{a} {b}" for a, b in pairwise(tokens) if a not in stop and b not in stop]
    return single + double
