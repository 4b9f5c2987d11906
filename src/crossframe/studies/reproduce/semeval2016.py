"""Mohammad et al. 2016, SemEval-2016 Task 6 A: n-grams, unigrams and the majority label, per target and pooled."""

from collections import Counter

from crossframe.showing.plots.reproduced import plot_reproduced
from crossframe.studies.evaluate.debates import (
    LEARNED,
    SCORED,
    Debates,
    debate_figures,
    fit_debates,
    read_debates,
)
from crossframe.studies.reproduce.rows import Reproduction, Row, source_of, tabulate_rows

CORPUS = "semeval2016-stance"
# Mohammad et al. 2016, SemEval-2016 Task 6: mean F1 of favor and against (in per cent), pooled, over targets and of each.
_NGRAMS = {"f_average": 68.98, "favor_f1": 62.98, "against_f1": 74.98, "targets_f_average": 58.01}
_TARGETS = {"abortion": 66.42, "atheism": 65.19, "climate": 42.35, "feminist": 57.46, "hillary": 58.63}
_TARGETS_MAJORITY = {
    "abortion": 40.30,
    "atheism": 42.11,
    "climate": 42.12,
    "feminist": 39.10,
    "hillary": 36.83,
}
_UNIGRAMS, _MAJORITY, _COMBINED, _BEST = 63.31, 65.22, 62.06, 67.82
_TWEETEVAL, _BERTWEET = 67.3, 71.2
_WEAKER = (0.01, 0.03, 0.1, 0.3, 1.0)
"""Penalties tried for unigrams: of a hundredth of the features, each may weigh more."""
_NAMES = {
    "f_average": "F of favor and against, pooled",
    "favor_f1": "F of favor",
    "against_f1": "F of against",
    "targets_f_average": "F, mean over targets",
}
_MASKED = "these files are TweetEval's, where every user name is @user: the paper's systems saw the names"


def reproduce_debates() -> Reproduction:
    """Return the figures of one n-gram machine a target, of unigrams, and of each target's majority label."""
    train, test = read_debates(CORPUS, LEARNED), read_debates(CORPUS, ("test",))
    ngrams = fit_debates(train)
    unigrams = fit_debates(train, words=1, characters=None, strengths=_WEAKER)
    found = _percent(debate_figures(test, ngrams.predict(test.texts, test.targets)))
    plain = _percent(debate_figures(test, unigrams.predict(test.texts, test.targets)))
    major = _percent(debate_figures(test, _majority(train, test)))
    near = f"1.5 points, the figure that was aimed at: {_MASKED}"
    wider = f"4 points: {_MASKED}; F of one label rests on as few as 304 tweets"
    near_target = f"4 points: {_MASKED}; a target has 169 to 295 tweets"
    rows = [
        Row("n-grams: " + _NAMES["f_average"], _NGRAMS["f_average"], found["f_average"], 1.5, near),
        *(
            Row(f"n-grams: {_NAMES[name]}", _NGRAMS[name], found[name], 4.0, wider)
            for name in list(_NGRAMS)[1:]
        ),
        *(
            Row(f"n-grams: F toward {target}", published, found[f"{target}_f_average"], 4.0, near_target)
            for target, published in _TARGETS.items()
        ),
        Row(
            "unigrams: " + _NAMES["f_average"], _UNIGRAMS, plain["f_average"], 4.0,
            "4 points: the paper does not say how it parts tweets into words",
        ),
        *(
            Row(f"unigrams: F toward {target}", None, plain[f"{target}_f_average"], None, "published figure not at hand")
            for target in _TARGETS
        ),
        Row(
            "majority label of each target: " + _NAMES["f_average"], _MAJORITY, major["f_average"], 0.01,
            "nothing is left to choose: two decimals",
        ),
        *(
            Row(
                f"majority label: F toward {target}", published, major[f"{target}_f_average"], 0.01,
                "nothing is left to choose: two decimals",
            )
            for target, published in _TARGETS_MAJORITY.items()
        ),
        Row("n-grams, all targets in one: " + _NAMES["f_average"], _COMBINED, None, None, "not run here: to choose its penalty takes minutes"),
        Row("best team (MITRE): " + _NAMES["f_average"], _BEST, None, None, "a recurrent network, not run here"),
        Row(
            "SVM of TweetEval: " + _NAMES["f_average"], _TWEETEVAL, found["f_average"], None,
            "published on these very files (Barbieri et al. 2020), features not the same",
        ),
        Row(
            "BERTweet of TweetEval: " + _NAMES["f_average"], _BERTWEET, None, None,
            "published on these very files; not run here",
        ),
    ]  # fmt: skip
    table = tabulate_rows(rows)
    strengths = {target: one.strength for target, one in ngrams.separators_.items()}
    used = {CORPUS: source_of(CORPUS), "scored": list(SCORED), "strengths": strengths}
    return Reproduction(
        tuple(rows), lambda: plot_reproduced(table, unit="mean F1 of favor and against, per cent"), used
    )


def _majority(train: Debates, test: Debates) -> list[str]:
    """Return for every test text the label that its target has most often in training."""
    counts: dict[str, Counter[str]] = {}
    for target, label in zip(train.targets, train.labels, strict=True):
        counts.setdefault(target, Counter())[label] += 1
    most = {target: max(sorted(one), key=lambda label: one[label]) for target, one in counts.items()}
    return [most[target] for target in test.targets]


def _percent(figures: dict[str, float]) -> dict[str, float]:
    return {name: 100 * value for name, value in figures.items()}
