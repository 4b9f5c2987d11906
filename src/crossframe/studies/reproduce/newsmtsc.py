"""Hamborg and Donnay 2021, NewsMTSC: counts of its splits, and F1 of stance models beside the published ones."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from crossframe._progress import track
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.targets import StanceItem
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import STANCES
from crossframe.showing.plots.evaluation_plots import plot_reproduced
from crossframe.studies.evaluate.stance import evaluate_stance
from crossframe.studies.evaluate.stance_items import Items, stance_items
from crossframe.studies.reproduce.rows import Reproduction, Row, missing_files, source_of, tabulate_rows

CORPUS = "newsmtsc"
SPLITS = ("train", "rw", "mt")
# Hamborg and Donnay 2021, NewsMTSC, table 1 (sentences, targets) and table 2 (F1-macro in per cent on rw and mt).
_COUNTS = {"train": (7758, 8739), "rw": (1067, 1146), "mt": (721, 1476)}
_PUBLISHED = {
    "BERT-base SPC": (80.1, 73.7),
    "BERT-base GRU-TSC": (80.2, 77.3),
    "RoBERTa-base SPC": (81.1, 79.4),
    "RoBERTa-base TD": (81.7, 78.4),
    "RoBERTa-base LCF": (81.4, 81.2),
    "RoBERTa-base GRU-TSC": (83.1, 82.5),
}
_NGRAMS = (62.7, 58.8)
_C_VALUES = (0.3, 1.0, 3.0)


def reproduce_newsmtsc_counts() -> Reproduction:
    """Return sentences and targets of every split, and our targets by class, whose published counts are not available."""
    rows = []
    for split in SPLITS:
        sentences, targets = _COUNTS[split]
        missing = missing_files(CORPUS, split)
        items = None if missing else stance_items(read_corpus(CORPUS, splits=(split,)))
        n_sentences = None if missing else len(read_corpus(CORPUS, splits=(split,)))
        note = missing or "upstream's files are those of the paper"
        rows.append(Row(f"{split}: sentences", sentences, n_sentences, 0, note))
        rows.append(Row(f"{split}: targets", targets, None if items is None else len(items), 0, note))
        counts = Counter(items.labels) if items else Counter()
        rows += [
            Row(f"{split}: {stance} targets", None, counts[stance], None, "published figure not available")
            for stance in STANCES
            if items
        ]
    table = tabulate_rows(rows)
    return Reproduction(
        tuple(rows), lambda: plot_reproduced(table, unit="sentences or targets"), {CORPUS: source_of(CORPUS)}
    )


def reproduce_newsmtsc_stance() -> Reproduction:
    """Return F1-macro of n-grams, the lexicon and the shipped model on every available test split."""
    train = stance_items(read_corpus(CORPUS, splits=("train",)))
    shipped = load_stance_model()
    ngrams = None
    rows: list[Row] = []
    for number, split in enumerate(SPLITS[1:]):
        missing = missing_files(CORPUS, split)
        published = {name: scores[number] for name, scores in _PUBLISHED.items()}
        if missing:
            names = ("n-grams around the masked target", "stance-lexicon", shipped.name)
            rows += [
                Row(f"{split}: {name}", None if at else _NGRAMS[number], None, None, missing)
                for at, name in enumerate(names)
            ]
        else:
            ngrams = ngrams or _fit_ngrams(train)
            rows += _rows_of(split, ngrams, shipped.name, _NGRAMS[number])
        rows += [
            Row(f"{split}: {name}", score, None, None, "published; not run here")
            for name, score in published.items()
        ]
    table = tabulate_rows(rows)
    used = {
        CORPUS: source_of(CORPUS),
        "model": {"name": shipped.name, "sha256": getattr(shipped, "hash", "")},
    }
    return Reproduction(tuple(rows), lambda: plot_reproduced(table, unit="macro-F1, per cent"), used)


def _rows_of(split: str, ngrams: Any, shipped: str, published: float) -> list[Row]:
    from sklearn.metrics import f1_score

    test = stance_items(read_corpus(CORPUS, splits=(split,)))
    macro_f1 = f1_score(
        test.labels, ngrams.predict(_masked(test.targets)), average="macro", labels=list(STANCES)
    )
    lexicon = evaluate_stance(CORPUS, split=split, model="stance-lexicon")
    ours = evaluate_stance(CORPUS, split=split)
    return [
        Row(
            f"{split}: n-grams around the masked target", published, 100 * float(macro_f1), 5.0,
            "5 points: features and penalty are ours, chosen on folds of the train split",
        ),
        Row(f"{split}: stance-lexicon", None, 100 * lexicon["macro_f1"], None, "no weights; nothing published"),
        Row(f"{split}: {shipped}", None, 100 * ours["macro_f1"], None, "the shipped model; beside the published ones below"),
        Row(
            f"{split}: {shipped}, articles not in train", None, 100 * ours["disjoint_macro_f1"], None,
            f"{ours['disjoint_n']} targets; the splits of {CORPUS} share articles",
        ),
    ]  # fmt: skip


def _fit_ngrams(train: Items) -> Any:
    """Return a logistic regression on n-grams around the masked target, C chosen on folds of articles."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_score
    from sklearn.pipeline import make_pipeline

    def model(c: float) -> Any:
        return make_pipeline(
            TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True),
            LogisticRegression(C=c, class_weight="balanced", max_iter=2000, tol=1e-3),
        )

    texts, folds = _masked(train.targets), list(GroupKFold(5).split(train.targets, groups=train.groups))
    scores = {
        c: cross_val_score(model(c), texts, train.labels, scoring="f1_macro", cv=folds).mean()
        for c in track(_C_VALUES, "Choosing the penalty of n-grams")
    }
    return model(max(scores, key=lambda c: scores[c])).fit(texts, train.labels)


def _masked(targets: Sequence[StanceItem]) -> list[str]:
    return [f"{target.text[: target.start]}TARGET{target.text[target.end :]}" for target in targets]
