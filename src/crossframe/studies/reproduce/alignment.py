"""Same-event sentence alignment: our benchmark on BASIL, its recorded table beside what the aligners give here."""

import csv
from collections.abc import Sequence
from typing import Any

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import MissingDataError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligners import load_aligner
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment
from crossframe.showing.plots.evaluation_plots import plot_reproduced
from crossframe.studies.evaluate.alignment_metrics import events_of, pool_scores, score_events
from crossframe.studies.reproduce.rows import Reproduction, Row, source_of, tabulate_rows

ALIGNERS = ("tfidf", "cosine", "aligner-lexical", "aligner-news")
FIGURES = ("f1", "precision", "recall")
TABLE = "results/benchmarks/alignment.csv"
_SAME = "0.6 points: the table has three decimals, and vectors differ in their last bits between machines"


def reproduce_alignment() -> Reproduction:
    """Return F1, precision and recall at the learned thresholds on the ten events that no aligner learned from."""
    corpus = read_corpus("basil")
    gold = corpus.gold.get("alignment-dev")
    if not isinstance(gold, Alignment):
        raise MissingDataError("Missing alignment gold of corpus 'basil'. Its loader gives it.")
    events = [
        split_sentences(article for article in corpus.articles if article.event == event)
        for event in events_of(gold)
    ]
    recorded = _recorded()
    rows: list[Row] = []
    used: dict[str, Any] = {"basil": source_of("basil")}
    for name in track(ALIGNERS, "Aligning with"):
        aligner = load_aligner(name)
        used[name] = getattr(aligner, "hash", "")
        found = _score(aligner, events, gold)
        rows += [
            Row(
                f"{name}: {figure}",
                recorded.get(name, {}).get(figure),
                100 * found[figure],
                0.6,
                _SAME if name in recorded else f"no recorded figure: {TABLE} is not here",
            )
            for figure in FIGURES
        ]
    table = tabulate_rows(rows)
    return Reproduction(tuple(rows), lambda: plot_reproduced(table, unit="per cent"), used)


def _score(aligner: Any, events: Sequence[Any], gold: Alignment) -> dict[str, Any]:
    encoder = load_encoder(aligner.encoder_ or None) if aligner.embedding else None
    found = [
        aligner.align(sentences, embed_sentences(sentences, encoder) if encoder else None)
        for sentences in events
    ]
    return pool_scores(score_events(gold, found))


def _recorded() -> dict[str, dict[str, float]]:
    """Return the figures of the committed benchmark in per cent, by aligner; nothing where there is no checkout."""
    path = storage.corpora_folder().parent / TABLE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["aligner"]: {figure: 100 * float(row[figure]) for figure in FIGURES}
            for row in csv.DictReader(file)
        }
