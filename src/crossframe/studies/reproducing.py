"""Make published tables again, ours beside the paper's."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from crossframe._progress import track
from crossframe._validation import check_choice
from crossframe.errors import MissingDataError
from crossframe.judging.stance_features import Target
from crossframe.reading.public import read_corpus
from crossframe.reading.sentences import split_sentences
from crossframe.records import STANCES, Annotation
from crossframe.studies.evaluating_stance import evaluate_stance
from crossframe.studies.stance_items import Items, stance_items

if TYPE_CHECKING:
    from pandas import DataFrame

Rows = list[tuple[str, float, float | None]]
# Fan et al. 2019, In plain sight: media bias through the lens of factual reporting, tables 2 and 3 and section 4.
_BASIL = {
    "articles": 300.0, "sentences": 7984.0, "spans": 1727.0, "informational": 1249.0, "lexical": 478.0,
    "nyt informational": 468.0, "nyt lexical": 168.0, "fox informational": 421.0, "fox lexical": 152.0,
    "hpo informational": 360.0, "hpo lexical": 158.0,
}  # fmt: skip
# Hamborg and Donnay 2021, NewsMTSC, F1-macro on the real-world test set.
_NEWSMTSC = {"n-grams": 62.7, "BERT-base SPC": 80.1, "RoBERTa-base SPC": 81.1, "RoBERTa-base GRU-TSC": 83.1}
_STRENGTHS = (0.1, 0.3, 1.0, 3.0)


def list_reproductions() -> dict[str, str]:
    """Return the published tables that can be made again: name and what it is.

    Returns
    -------
    dict of str to str
        Sorted by name.
    """
    return {name: title for name, (title, _) in sorted(_STUDIES.items())}


def reproduce(name: str) -> "DataFrame":
    """Make a published table again.

    Parameters
    ----------
    name : str
        One of `list_reproductions`.

    Returns
    -------
    DataFrame
        Columns quantity, published, ours (NaN where one side has no figure).

    Raises
    ------
    InputError
        When there is no reproduction of that name.
    MissingDataError
        When the corpus cannot be fetched.

    Examples
    --------
    >>> list_reproductions()["basil-counts"]
    'Fan et al. 2019, BASIL: articles, sentences and bias spans (the paper counts its first release)'
    """
    import pandas as pd

    _, make = _STUDIES[check_choice(name, "reproduction", _STUDIES)]
    return pd.DataFrame(make(), columns=["quantity", "published", "ours"]).astype(
        {"published": float, "ours": float}
    )


def _basil_counts() -> Rows:
    corpus = read_corpus("basil")
    bias = corpus.gold["bias"]
    if not isinstance(bias, Annotation):
        raise MissingDataError("Missing bias spans of corpus 'basil'. Its loader gives them.")
    outlet_of = {article.id: article.outlet for article in corpus.articles}
    kind = np.array(bias.labels)[bias.scores.argmax(axis=1)]
    outlet = np.array([outlet_of[article] for article in bias.units.article])
    ours = {
        "articles": len(corpus),
        "sentences": int((split_sentences(corpus.articles).index > 0).sum()),
        "spans": len(bias),
    }
    for label in bias.labels:
        ours[label] = int((kind == label).sum())
        ours |= {f"{one} {label}": int(((kind == label) & (outlet == one)).sum()) for one in set(outlet)}
    return [(name, published, ours[name]) for name, published in _BASIL.items()]


def _newsmtsc() -> Rows:
    train = stance_items(read_corpus("newsmtsc", splits=("train",)))
    test = stance_items(read_corpus("newsmtsc", splits=("rw",)))
    ours = {
        "n-grams": 100 * _ngram_f1(train, test),
        "stance-lexicon (no weights)": 100 * evaluate_stance("newsmtsc", model="stance-lexicon")["macro_f1"],
        "stance-news (22 M parameters, frozen)": 100 * evaluate_stance("newsmtsc")["macro_f1"],
    }
    return [(name, _NEWSMTSC.get(name, np.nan), ours.get(name)) for name in (*ours, *list(_NEWSMTSC)[1:])]


def _ngram_f1(train: Items, test: Items) -> float:
    """Return macro-F1 of a logistic regression on n-grams around the masked target; strength by folds of articles."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import GroupKFold, cross_val_score
    from sklearn.pipeline import make_pipeline

    def model(strength: float) -> Any:
        return make_pipeline(
            TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True),
            LogisticRegression(C=strength, class_weight="balanced", max_iter=2000),
        )

    texts, folds = _masked(train.targets), list(GroupKFold(5).split(train.targets, groups=train.groups))
    tried = {
        strength: cross_val_score(model(strength), texts, train.labels, scoring="f1_macro", cv=folds).mean()
        for strength in track(_STRENGTHS, "Choosing the penalty of n-grams")
    }
    found = model(max(tried, key=lambda strength: tried[strength])).fit(texts, train.labels)
    return float(f1_score(test.labels, found.predict(_masked(test.targets)), average="macro", labels=STANCES))


def _masked(targets: Sequence[Target]) -> list[str]:
    return [f"{one.text[: one.start]}TARGET{one.text[one.end :]}" for one in targets]


_STUDIES: dict[str, tuple[str, Callable[[], Rows]]] = {
    "basil-counts": (
        "Fan et al. 2019, BASIL: articles, sentences and bias spans (the paper counts its first release)",
        _basil_counts,
    ),
    "newsmtsc-stance": (
        "Hamborg and Donnay 2021, NewsMTSC: F1-macro of target-dependent sentiment on the real-world test set",
        _newsmtsc,
    ),
}
