"""Same-event sentence alignment: our benchmark on BASIL, its recorded table beside the aligners' metrics here."""

import csv
from typing import Any

from crossframe import storage
from crossframe._progress import track
from crossframe.errors import MissingDataError
from crossframe.matching.aligner import AlignerDetails
from crossframe.matching.aligners import load_aligner
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment
from crossframe.showing.plots.evaluation_plots import plot_reproduced
from crossframe.studies.evaluate.alignment import align_events
from crossframe.studies.evaluate.alignment_metrics import events_of, pool_scores, score_events
from crossframe.studies.reproduce.rows import Reproduction, Row, source_of, tabulate_rows

ALIGNERS = ("tfidf", "cosine", "aligner-lexical", "aligner-news")
METRICS = ("f1", "precision", "recall")
TABLE = "results/benchmarks/alignment.csv"
_SAME = "0.6 points: the table has three decimals, and vectors differ in their last bits between machines"


def reproduce_alignment() -> Reproduction:
    """Return F1, precision and recall at the learned thresholds on the ten events that no aligner was trained on."""
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
        used[name] = AlignerDetails.of(aligner).hash
        metrics = pool_scores(score_events(gold, align_events(aligner, events)))
        rows += [
            Row(
                f"{name}: {metric}",
                recorded.get(name, {}).get(metric),
                100 * metrics[metric],
                0.6,
                _SAME if name in recorded else f"no recorded value: {TABLE} is not here",
            )
            for metric in METRICS
        ]
    table = tabulate_rows(rows)
    return Reproduction(tuple(rows), lambda: plot_reproduced(table, unit="per cent"), used)


def _recorded() -> dict[str, dict[str, float]]:
    """Return the metrics of the committed benchmark in per cent, by aligner; nothing outside a checkout."""
    path = storage.corpora_folder().parent / TABLE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["aligner"]: {metric: 100 * float(row[metric]) for metric in METRICS}
            for row in csv.DictReader(file)
        }
