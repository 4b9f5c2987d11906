"""Draw further mentions of training articles for reference labels: hard kinds first, then what a stance model is unsure of.

Needs CROSSFRAME_MIRROR or the network, and the draws that `sample_reference_labels.py` made; ten minutes on two cores. Adds
rows of draws 3 and 4 to corpora/reference-labels/items.tsv: offsets, no text. They have no probability, since they depend on
models: they are for training, and say nothing about how often anything occurs.

Draw 3 takes mentions by their kinds, and what a model of both questions is least sure of. Draw 4 takes of the sentences that
are left those that the shipped small model sees most judgement or doubt in.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
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
    write_items,
)

from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.targets import StanceItem
from crossframe.learning.model_files import read_model
from crossframe.reading.corpus.tables import read_tsv
from crossframe.records import AUTHOR, STANCES
from crossframe.studies.train.candidates import Mention, read_training_articles

SEED = 25
SMALL = "stance-news"
"""The shipped model that chooses draw 4."""
N_RANKED = 8000
"""Sentences, drawn by the weights below, that mentions are taken from."""
BY_KIND = (range(2600), range(6500, 7300))
"""Their ranks whose mentions are taken whatever a model says of them."""
N_UNSURE = 4500
"""Mentions taken of the other sentences, those first that the model is least sure of."""
N_DOUBTFUL = 9000
"""Mentions of draw 4."""
N_OF_SENTENCE, N_OF_UNSURE = 4, 3
"""Mentions taken of a sentence at most: where no model chooses, and where one does."""
KIND_WEIGHTS = {"state": 1.6, "organisation": 1.4, "group": 1.6, "person": 0.7}
HARD_WEIGHTS = {
    "": 0.5, "bad event": 1.0, "two targets": 0.8, "accusation": 1.6, "praise": 1.6, "acquittal or denial": 2.5, "irony": 1.0,
    "loaded noun": 1.6,
}  # fmt: skip
CORPUS_WEIGHTS = {"neus": 1.0, "ecbplus": 0.5, "narrative-frames": 1.0, "gvfc": 1.5}
UNSURE_WEIGHTS = {"state": 1.25, "organisation": 1.15, "group": 1.2, "person": 0.85}
DOUBTFUL_WEIGHTS = {"state": 1.3, "organisation": 1.15, "group": 1.15, "person": 0.75}
SEVERAL_WEIGHT = 1.5
"""Weight of sentences with more than one mention."""


def main() -> None:
    """Draw, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="adapter of both questions: a name or folder")
    parser.add_argument("--out", type=Path, default=ITEMS, help="table to write (default: %(default)s)")
    options = parser.parse_args()
    rows = [row for _, row in read_tsv(ITEMS, COLUMNS) if row["draw"] in ("1", "2")]
    taken = {(row["corpus"], row["article"], int(row["sentence_start"])) for row in rows}
    rng = np.random.default_rng(SEED)
    left = drop_repeated(find_training_sentences(taken))
    ranked = rank_sentences(left, rng)
    by_kind = {rank for ranks in BY_KIND for rank in ranks}
    third = [
        (one, one.mentions[:N_OF_SENTENCE], "kinds") for rank, one in enumerate(ranked) if rank in by_kind
    ]
    others = [one for rank, one in enumerate(ranked) if rank not in by_kind]
    unsure = choose(others, read_adapter(options.model), find_doubts, UNSURE_WEIGHTS, N_UNSURE)
    third += [(*one, "uncertain") for one in unsure]
    drawn = {id(one) for one, *_ in third}
    left = [one for one in left if id(one) not in drawn]
    doubtful = choose(left, read_adapter(SMALL), find_judged, DOUBTFUL_WEIGHTS, N_DOUBTFUL)
    fourth = [(*one, "doubtful") for one in doubtful]
    further: list[dict[str, str | int]] = []
    for draw, chosen in ((3, third), (4, fourth)):
        for i in rng.permutation(len(chosen)).tolist():
            one, mentions, why = chosen[i]
            for start, end, kind in mentions:
                row = (
                    f"r{len(rows) + len(further) + 1:05d}", one.corpus, one.article.id, one.start, one.end, start, end, kind,
                    "train", "chosen", one.hard_kind, f"{one.corpus}/{why}", "", draw,
                )  # fmt: skip
                further.append(dict(zip(COLUMNS, row, strict=True)))
    write_items(options.out, [*rows, *further])
    report(further)


def read_adapter(model: str) -> AdapterStance:
    """Return a trained model by name or folder."""
    return AdapterStance.from_files(read_model(model, "stance"))


def find_training_sentences(taken: set[tuple[str, str, int]]) -> list[Sentence]:
    """Return the sentences with candidates of training articles, without those drawn before (corpus, article, start)."""
    sentences: list[Sentence] = []
    for corpus in CORPORA:
        _, articles = read_training_articles(corpus, set())
        labelled = read_labelled(corpus)
        sentences += [
            one
            for one in find_sentences(corpus, articles)
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


def find_doubts(model: AdapterStance, items: Sequence[StanceItem]) -> np.ndarray:
    """Return how unsure a model of both questions is of each item, more where the author may judge or the target be praised."""
    portrayal = model.predict_proba(items)
    author = model.predict_proba([item._replace(holder=AUTHOR) for item in items])
    judged = 1 - author[:, STANCES.index("neutral")]
    return (
        entropy_of(portrayal) + 1.2 * np.minimum(judged, 0.5) + 0.5 * portrayal[:, STANCES.index("positive")]
    )


def find_judged(model: AdapterStance, items: Sequence[StanceItem]) -> np.ndarray:
    """Return how likely a model finds a judgement in each item, more where it is unsure."""
    portrayal = model.predict_proba(items)
    return 0.5 * entropy_of(portrayal) + 1 - portrayal[:, STANCES.index("neutral")]


def entropy_of(probability: np.ndarray) -> np.ndarray:
    """Return the entropy of every row, in nats."""
    return -(probability * np.log(probability + 1e-9)).sum(axis=1)


def choose(
    sentences: Sequence[Sentence],
    model: AdapterStance,
    find: Callable[[AdapterStance, Sequence[StanceItem]], np.ndarray],
    weights: Mapping[str, float],
    n: int,
) -> list[tuple[Sentence, tuple[Mention, ...]]]:
    """Return sentences and mentions, `n` of them: those first that `find` gives most, by `weights` of kinds."""
    places = [
        (number, place) for number, one in enumerate(sentences) for place in one.mentions[:N_OF_SENTENCE]
    ]
    found = find(
        model,
        [
            StanceItem(sentences[number].text, start - sentences[number].start, end - sentences[number].start)
            for number, (start, end, _) in places
        ],
    )
    weighed = [weights[place[2]] * value for (_, place), value in zip(places, found.tolist(), strict=True)]
    of_sentence: dict[int, list[int]] = {}
    for row, (number, _) in enumerate(places):
        of_sentence.setdefault(number, []).append(row)
    chosen: list[tuple[Sentence, tuple[Mention, ...]]] = []
    most = {number: max(weighed[row] for row in rows) for number, rows in of_sentence.items()}
    for number in sorted(most, key=lambda number: -most[number]):
        if sum(len(listed) for _, listed in chosen) >= n:
            break
        rows = sorted(of_sentence[number], key=lambda row: -weighed[row])[:N_OF_UNSURE]
        chosen.append((sentences[number], tuple(sorted(places[row][1] for row in rows))))
    return chosen


if __name__ == "__main__":
    main()
