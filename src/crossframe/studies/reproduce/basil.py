"""Fan et al. 2019, BASIL: counts, outlets, quarters of articles, targets and polarity of bias, from the gold."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossframe.errors import MissingDataError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Annotation, Corpus
from crossframe.showing.plots.evaluation_plots import plot_reproduced, plot_shares
from crossframe.studies.reproduce.rows import Reproduction, Row, source_of, tabulate_rows

if TYPE_CHECKING:
    from pandas import DataFrame

KINDS = ("informational", "lexical")
_EXACT = "the same in both releases"
_RELEASE = (
    "the paper counts release 1 (1,249 + 478 spans), upstream now has release 2 (1,246 + 480): up to 3 apart"
)
# Fan et al. 2019, In plain sight: media bias through the lens of factual reporting, tables and section 4.
_SPANS = {"informational": 1249, "lexical": 478}
_QUOTED = {"informational": 608, "lexical": 113}
_OUTLETS = {
    "nyt": {"informational": 468, "lexical": 168},
    "fox": {"informational": 421, "lexical": 152},
    "hpo": {"informational": 360, "lexical": 158},
}
_QUARTERS = {"informational": (321, 323, 313, 292), "lexical": (211, 105, 100, 62)}
N_TARGETS = 10


def _spans(corpus: Corpus) -> "DataFrame":
    """Return the spans of bias: article, outlet, sentence, actor, voice, kind, polarity."""
    import pandas as pd

    bias, stance = corpus.gold.get("bias"), corpus.gold.get("stance")
    if not isinstance(bias, Annotation) or not isinstance(stance, Annotation):
        raise MissingDataError(
            f"Missing bias spans of corpus {corpus.name!r}. The loader of basil gives them."
        )
    table = pd.DataFrame(list(bias.units.rows()))
    outlet_of = {article.id: article.outlet for article in corpus.articles}
    table["outlet"] = [outlet_of[article] for article in table["article"]]
    table["kind"] = [bias.labels[i] for i in bias.scores.argmax(axis=1)]
    table["polarity"] = [stance.labels[i] for i in stance.scores.argmax(axis=1)]
    return table


def reproduce_counts() -> Reproduction:
    """Return articles, sentences and spans, the latter by kind and inside quotations."""
    corpus = read_corpus("basil")
    spans = _spans(corpus)
    kinds, quoted = Counter(spans["kind"]), Counter(spans["kind"][spans["voice"] != AUTHOR])
    n_sentences = int((split_sentences(corpus.articles).index > 0).sum())
    rows = [
        Row("articles", 300, len(corpus), 0, _EXACT),
        Row("sentences", 7984, n_sentences, 0, _EXACT),
        Row("spans", 1727, len(spans), 3, _RELEASE),
        *(Row(f"{kind} spans", _SPANS[kind], kinds[kind], 3, _RELEASE) for kind in KINDS),
        *(Row(f"{kind} spans in quotations", _QUOTED[kind], quoted[kind], 3, _RELEASE) for kind in KINDS),
    ]
    return _drawn(rows, rows[2:], "spans")


def reproduce_outlets() -> Reproduction:
    """Return spans by outlet and kind."""
    counts = Counter(zip(*(_spans(read_corpus("basil"))[name] for name in ("outlet", "kind")), strict=True))
    rows = [
        Row(f"{outlet} {kind}", published[kind], counts[outlet, kind], 3, _RELEASE)
        for outlet, published in _OUTLETS.items()
        for kind in KINDS
    ]
    return _drawn(rows, rows, "spans")


def reproduce_quarters() -> Reproduction:
    """Return spans by kind and quarter of the article; sentence n of N is in quarter 1 + 4 (n - 1) // N."""
    corpus = read_corpus("basil")
    spans = _spans(corpus)
    length = {article.id: len(article.sentences or ()) for article in corpus.articles}
    spans["quarter"] = [
        1 + 4 * max(sentence - 1, 0) // length[article]
        for article, sentence in zip(spans["article"], spans["sentence"], strict=True)
    ]
    counts = Counter(zip(spans["kind"], spans["quarter"], strict=True))
    note = (
        "5 spans: up to 3 for the releases; the paper does not say how titles and sentences at a quarter's border count "
        "(here titles are in the first quarter)"
    )
    rows = [
        Row(f"{kind} spans in quarter {number}", published, counts[kind, number], 5, note)
        for kind, quarters in _QUARTERS.items()
        for number, published in enumerate(quarters, 1)
    ]
    table = tabulate_rows(rows)
    table["kind"] = [kind for kind in _QUARTERS for _ in range(4)]
    table["quarter"] = [1, 2, 3, 4] * len(_QUARTERS)
    return Reproduction(tuple(rows), lambda: plot_shares(table), {"basil": source_of("basil")})


def reproduce_targets() -> Reproduction:
    """Return spans by kind and polarity, and by polarity of the most frequent targets; published numbers are not available."""
    spans = _spans(read_corpus("basil"))
    note = "no published figure is available; counted from the gold of release 2"
    counts = Counter(zip(spans["kind"], spans["polarity"], strict=True))
    polarities = sorted(set(spans["polarity"]))
    rows = [
        Row(f"{kind} {polarity}", None, counts[kind, polarity], None, note)
        for kind in KINDS
        for polarity in polarities
    ]
    by_target = Counter(zip(spans["actor"], spans["polarity"], strict=True))
    frequency = Counter(spans["actor"])
    most = sorted(frequency, key=lambda actor: (-frequency[actor], actor))[:N_TARGETS]
    rows += [
        Row(f"{actor} {polarity}", None, by_target[actor, polarity], None, note)
        for actor in most
        for polarity in polarities
    ]
    return _drawn(rows, rows, "spans")


def _drawn(rows: Sequence[Row], shown: Sequence[Row], unit: str) -> Reproduction:
    table = tabulate_rows(shown)
    return Reproduction(tuple(rows), lambda: plot_reproduced(table, unit=unit), {"basil": source_of("basil")})
