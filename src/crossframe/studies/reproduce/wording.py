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
N_SHOWN = 12
"""Words per outlet that are shown."""


def reproduce_wording() -> Reproduction:
    """Return the log-odds ratio of the words that distinguish Fox News and HuffPost over the 100 events of BASIL.

    The value in the column paper is the paper's equation 16, written out for one word on counts of its own.
    """
    import pandas as pd

    corpus = read_corpus("basil")
    sentences = split_sentences(article for article in corpus.articles if article.outlet in OUTLETS)
    table = pd.DataFrame(compare_wording(sentences, event="basil").columns())
    table = table[(table["outlet"] == OUTLETS[1]) & ~table["term"].str.contains(" ")]
    shown = pd.concat(
        [
            table[table["log_odds"] < 0].nsmallest(N_SHOWN, "z"),
            table[table["log_odds"] > 0].nlargest(N_SHOWN, "z")[::-1],
        ]
    )
    counts = _counts(sentences.text, sentences.outlet)
    rows = [
        Row(
            f"{row.term}: log-odds ratio",
            log_odds(row.term, *counts),
            float(row.log_odds),
            1e-9,
            "equation 16 of the paper written out for this word: only the last bits may differ",
        )
        for row in shown.itertuples()
    ]
    used = {"basil": source_of("basil"), "outlets": list(OUTLETS), "prior_words": PRIOR_WORDS}
    return Reproduction(tuple(rows), lambda: plot_terms(shown, sides=("Fox News", "HuffPost")), used)


def _counts(texts: tuple[str, ...], outlets: tuple[str, ...]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each outlet uses the terms that both together use often enough: words, and pairs of them."""
    counts: dict[str, Counter[str]] = {outlet: Counter() for outlet in OUTLETS}
    for text, outlet in zip(texts, outlets, strict=True):
        before = ""
        for word in words(text):
            plain = word not in stop_words()
            if plain and len(word) > 1 and not word.isdigit():
                counts[outlet][word] += 1
            if plain and before:
                counts[outlet][f"{before} {word}"] += 1
            before = word if plain else ""
    frequent = {term for term in set(counts[OUTLETS[0]]) | set(counts[OUTLETS[1]])
            if counts[OUTLETS[0]][term] + counts[OUTLETS[1]][term] >= MIN_COUNT}  # fmt: skip
    first, second = (
        Counter({t: n for t, n in counts[outlet].items() if t in frequent}) for outlet in OUTLETS
    )
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
