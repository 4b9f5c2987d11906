"""Monroe et al. 2008, Fightin' Words: log-odds with an informative Dirichlet prior, held against the formula itself."""

import math
from collections import Counter

from crossframe.contrasting.wording import MIN_COUNT, PRIOR_WORDS, compare_wording
from crossframe.lexicons import stop_words
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.showing.plots.evaluation_plots import plot_terms
from crossframe.studies.reproduce.rows import Reproduction, Row, source_of
from crossframe.text import words

OUTLETS = ("fox", "hpo")
MOST = 12
"""Words of either outlet that are shown."""


def reproduce_wording() -> Reproduction:
    """Return the log-odds ratio of the words that set Fox News and HuffPost apart over the 100 events of BASIL.

    What stands as the paper's figure is its equation 16 written out for one word, counts taken anew.
    """
    import pandas as pd

    corpus = read_corpus("basil")
    sentences = split_sentences(article for article in corpus.articles if article.outlet in OUTLETS)
    found = compare_wording(sentences, event="basil")
    table = pd.DataFrame(found.columns())
    table = table[(table["outlet"] == OUTLETS[1]) & ~table["term"].str.contains(" ")]
    shown = pd.concat(
        [
            table[table["log_odds"] < 0].nsmallest(MOST, "z"),
            table[table["log_odds"] > 0].nlargest(MOST, "z")[::-1],
        ]
    )
    counts = _counts(sentences.text, sentences.outlet)
    rows = [
        Row(
            f"{row.term}: log-odds ratio",
            log_odds(row.term, *counts),
            float(row.log_odds),
            1e-9,
            "equation 16 of the paper written out for this word: the last bits alone may differ",
        )
        for row in shown.itertuples()
    ]
    used = {"basil": source_of("basil"), "outlets": list(OUTLETS), "prior_words": PRIOR_WORDS}
    return Reproduction(tuple(rows), lambda: plot_terms(shown, sides=("Fox News", "HuffPost")), used)


def _counts(texts: tuple[str, ...], outlets: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each outlet uses the terms that both together use often enough: words, and pairs of them."""
    told: dict[str, Counter[str]] = {outlet: Counter() for outlet in OUTLETS}
    for text, outlet in zip(texts, outlets, strict=True):
        before = ""
        for word in words(text):
            plain = word not in stop_words()
            if plain and len(word) > 1 and not word.isdigit():
                told[outlet][word] += 1
            if plain and before:
                told[outlet][f"{before} {word}"] += 1
            before = word if plain else ""
    kept = {term for term in set(told[OUTLETS[0]]) | set(told[OUTLETS[1]])
            if told[OUTLETS[0]][term] + told[OUTLETS[1]][term] >= MIN_COUNT}  # fmt: skip
    first, second = (Counter({t: n for t, n in told[outlet].items() if t in kept}) for outlet in OUTLETS)
    return first, second


def log_odds(term: str, others: Counter[str], own: Counter[str]) -> float:
    """Return the log-odds ratio of `term` in `own` against `others` (Monroe et al. 2008, equation 16).

    The prior of a term is its share of all terms times `PRIOR_WORDS`.

    Examples
    --------
    >>> from collections import Counter
    >>> round(log_odds("tax", Counter(tax=1, war=3), Counter(tax=3, war=1)), 4)
    0.0159
    """
    n_own, n_others = sum(own.values()), sum(others.values())
    prior = PRIOR_WORDS * (own[term] + others[term]) / (n_own + n_others)
    odds = (own[term] + prior) / (n_own + PRIOR_WORDS - own[term] - prior)
    against = (others[term] + prior) / (n_others + PRIOR_WORDS - others[term] - prior)
    return math.log(odds / against)
