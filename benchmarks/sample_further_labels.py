"""Draw further mentions of training articles for reference labels: hard kinds first, then what a stance model is unsure of.

Needs CROSSFRAME_MIRROR or the network, and the draws that `sample_reference_labels.py` made; ten minutes on two cores. Adds
rows of draw 3 to corpora/reference-labels/items.tsv: offsets, no text. They have no probability, since the second part depends
on a model: they are for training, and say nothing about how often anything occurs.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from reference_label_candidates import Sentence, find_sentences
from sample_reference_labels import (
    COLUMNS,
    CORPORA,
    ITEMS,
    drop_repeated,
    is_labelled,
    read_labelled,
    report,
    split_articles,
    write_items,
)

from crossframe import read_corpus
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.targets import StanceItem
from crossframe.learning.model_files import read_model
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.records import AUTHOR, STANCES

SEED = 25
N_RANKED = 8000
"""Sentences, drawn by the weights below, that mentions are taken from."""
BY_KIND = (range(2600), range(6500, 7300))
"""Their ranks whose mentions are taken whatever a model says of them."""
N_UNSURE = 4500
"""Mentions taken of the other sentences, those first that the model is least sure of."""
N_OF_SENTENCE, N_OF_UNSURE = 4, 3
"""Mentions taken of a sentence at most."""
KIND_WEIGHTS = {"state": 1.6, "organisation": 1.4, "group": 1.6, "person": 0.7}
HARD_WEIGHTS = {
    "": 0.5, "bad event": 1.0, "two targets": 0.8, "accusation": 1.6, "praise": 1.6, "acquittal or denial": 2.5, "irony": 1.0,
    "loaded noun": 1.6,
}  # fmt: skip
CORPUS_WEIGHTS = {"neus": 1.0, "ecbplus": 0.5, "narrative-frames": 1.0, "gvfc": 1.5}
UNSURE_WEIGHTS = {"state": 1.25, "organisation": 1.15, "group": 1.2, "person": 0.85}
SEVERAL_WEIGHT = 1.5
"""Weight of sentences with more than one mention."""
Mention = tuple[int, int, str]


def main() -> None:
    """Draw, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="adapter of both questions: a name or folder")
    parser.add_argument("--out", type=Path, default=ITEMS, help="table to write (default: %(default)s)")
    options = parser.parse_args()
    rows = [row for _, row in read_tsv(ITEMS, COLUMNS) if row["draw"] != "3"]
    taken = {(row["corpus"], row["article"], int(row["sentence_start"])) for row in rows}
    rng = np.random.default_rng(SEED)
    ranked = rank_sentences(drop_repeated(find_training_sentences(taken)), rng)
    by_kind = {rank for ranks in BY_KIND for rank in ranks}
    drawn = [
        (one, one.mentions[:N_OF_SENTENCE], "kinds") for rank, one in enumerate(ranked) if rank in by_kind
    ]
    others = [one for rank, one in enumerate(ranked) if rank not in by_kind]
    model = AdapterStance.from_files(read_model(options.model, "stance"))
    drawn += [(one, found, "uncertain") for one, found in choose_unsure(others, model)]
    further = []
    for i in rng.permutation(len(drawn)).tolist():
        one, mentions, why = drawn[i]
        for start, end, kind in mentions:
            row = (
                f"r{len(rows) + len(further) + 1:05d}", one.corpus, one.article.id, one.start, one.end, start, end, kind, "train",
                "chosen", one.hard_kind, f"{one.corpus}/{why}", "", 3,
            )  # fmt: skip
            further.append(dict(zip(COLUMNS, row, strict=True)))
    write_items(options.out, [*rows, *further])
    report(further)


def find_training_sentences(taken: set[tuple[str, str, int]]) -> list[Sentence]:
    """Return the sentences with candidates of training articles, without those drawn before (corpus, article, start)."""
    excluded = {("neus", event) for event in read_excluded_stories()}
    sentences: list[Sentence] = []
    for corpus in CORPORA:
        articles = [one for one in read_corpus(corpus).articles if (corpus, one.event) not in excluded]
        splits = split_articles(corpus, articles)
        labelled = read_labelled(corpus)
        found = find_sentences(corpus, [one for one in articles if splits[one.id] == "train"])
        sentences += [
            one
            for one in found
            if (corpus, one.article.id, one.start) not in taken and not is_labelled(one, labelled)
        ]
        sys.stderr.write(f"{corpus}: {len(sentences)} sentences so far\n")
    return sentences


def rank_sentences(sentences: Sequence[Sentence], rng: np.random.Generator) -> list[Sentence]:
    """Return `N_RANKED` sentences drawn without replacement, in the order they were drawn (Efraimidis and Spirakis 2006)."""
    weights = np.array([weigh(one) for one in sentences])
    keys = rng.random(len(sentences)) ** (1 / weights)
    return [sentences[i] for i in np.argsort(-keys)[:N_RANKED].tolist()]


def weigh(sentence: Sentence) -> float:
    """Return the weight of a sentence: of its hard kind, of its heaviest kind of mention, of their number, of its corpus.

    Examples
    --------
    >>> from crossframe.records import Article
    >>> weigh(Sentence("neus", Article("a", "e", "o", "", ""), 0, 9, "praise", ((0, 1, "state"), (2, 3, "person"))))
    3.84
    """
    kind = max(KIND_WEIGHTS[kind] for *_, kind in sentence.mentions)
    several = SEVERAL_WEIGHT if len(sentence.mentions) > 1 else 1.0
    return round(HARD_WEIGHTS[sentence.hard_kind] * kind * several * CORPUS_WEIGHTS[sentence.corpus], 6)


def choose_unsure(
    sentences: Sequence[Sentence], model: AdapterStance
) -> list[tuple[Sentence, tuple[Mention, ...]]]:
    """Return sentences and mentions, `N_UNSURE` of them: those of the sentences first that the model is least sure of."""
    places = [
        (number, place) for number, one in enumerate(sentences) for place in one.mentions[:N_OF_SENTENCE]
    ]
    items = [
        StanceItem(sentences[number].text, start - sentences[number].start, end - sentences[number].start)
        for number, (start, end, _) in places
    ]
    portrayal, author = (
        model.predict_proba([item._replace(holder=holder) for item in items]) for holder in (None, AUTHOR)
    )
    entropy = -(portrayal * np.log(portrayal + 1e-9)).sum(axis=1)
    judged = 1 - author[:, STANCES.index("neutral")]
    praised = portrayal[:, STANCES.index("positive")]
    doubts = entropy + 1.2 * np.minimum(judged, 0.5) + 0.5 * praised
    of_sentence: dict[int, list[int]] = {}
    for row, (number, _) in enumerate(places):
        of_sentence.setdefault(number, []).append(row)
    weighed = {
        number: max(UNSURE_WEIGHTS[places[row][1][2]] * float(doubts[row]) for row in rows)
        for number, rows in of_sentence.items()
    }
    chosen: list[tuple[Sentence, tuple[Mention, ...]]] = []
    for number in sorted(weighed, key=lambda number: -weighed[number]):
        if sum(len(found) for _, found in chosen) >= N_UNSURE:
            break
        rows = sorted(of_sentence[number], key=lambda row: -(entropy[row] + judged[row]))[:N_OF_UNSURE]
        chosen.append((sentences[number], tuple(sorted(places[row][1] for row in rows))))
    return chosen


if __name__ == "__main__":
    main()
