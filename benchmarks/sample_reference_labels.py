"""Draw the mentions that get reference labels: strata with known probabilities, one half at random, one half of hard kinds.

Needs CROSSFRAME_MIRROR or the network; minutes on one core. Writes corpora/reference-labels/items.tsv: offsets, no text.

Articles are split first. Of every sentence at most two mentions can be drawn: one of the kind that names its stratum, and
one other. `probability` is that of the mention to be drawn in its half: of the random half, over all sentences of the frame;
of the hard half, over the sentences of hard kinds that the random half has left.

A second draw adds organisations and states, one mention a sentence, since the first held fewer of them than were wanted once
readers had left out what is no mention. Its probabilities are over the sentences that everything drawn before has left.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from reference_label_candidates import HARD_KINDS, Sentence, find_sentences

from crossframe import read_corpus
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.public.reference_labels import split_articles
from crossframe.studies.train.candidates import plain_words

ROOT = Path(__file__).parents[1]
ITEMS = ROOT / "corpora" / "reference-labels" / "items.tsv"
COLUMNS = (
    "id", "corpus", "article", "sentence_start", "sentence_end", "start", "end", "kind", "split", "half",
    "hard_kind", "stratum", "probability", "draw",
)  # fmt: skip
SEED = 24
N_SENTENCES = 1260
"""Sentences of each half."""
CORPORA = {"ecbplus": 0.14, "narrative-frames": 0.33, "gvfc": 0.06, "neus": 0.47}
KIND_SHARES = {"state": 0.72, "group": 0.08, "organisation": 0.16, "person": 0.04}
"""Shares of sentences by the kind that names their stratum, set so that mentions have the shares that were decided."""
N_TARGET_SHARES = {"several": 0.90, "one": 0.10}
SECOND_WEIGHTS = {"state": 4.0, "group": 1.5, "organisation": 2.5, "person": 0.2}
"""Weights of the other mentions of a sentence when the second is drawn."""
N_FURTHER = {"organisation": 236, "state": 166}
"""Mentions of each half of the second draw, by kind."""


@dataclass(frozen=True)
class Draw:
    """A sentence that was drawn: its half, stratum and probability."""

    sentence: Sentence
    half: str
    stratum: str
    probability: float


def main() -> None:
    """Draw the sample and write the table to the path given, or to its place in the repository."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ITEMS, help="table to write (default: %(default)s)")
    out = parser.parse_args().out
    sentences, splits = [], {}
    excluded = {("neus", event) for event in read_excluded_stories()}
    for corpus in CORPORA:
        articles = [one for one in read_corpus(corpus).articles if (corpus, one.event) not in excluded]
        splits |= {(corpus, id): split for id, split in split_articles(corpus, articles).items()}
        labelled = read_labelled(corpus)
        found = find_sentences(corpus, articles)
        sentences += [one for one in found if not is_labelled(one, labelled)]
        sys.stderr.write(f"{corpus}: {len(articles)} articles, {len(sentences)} sentences so far\n")
    rows = sample_mentions(drop_repeated(sentences), splits, np.random.default_rng(SEED))
    write_items(out, rows)
    report(rows)


def read_labelled(corpus: str) -> dict[str, list[int]]:
    """Return by article where the mentions stand that have labels of stance already."""
    path = ROOT / "corpora" / corpus / "gold" / "stance" / "labels.tsv"
    starts: dict[str, list[int]] = defaultdict(list)
    if path.is_file():
        for _, row in read_tsv(path, ("article", "start")):
            starts[row["article"]].append(int(row["start"]))
    return starts


def is_labelled(sentence: Sentence, labelled: Mapping[str, Sequence[int]]) -> bool:
    """Return whether a sentence has a mention with labels of stance (`read_labelled`)."""
    return any(sentence.start <= start < sentence.end for start in labelled.get(sentence.article.id, ()))


def drop_repeated(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences without those whose words an earlier one has."""
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        first.setdefault(plain_words(sentence.text), sentence)
    return list(first.values())


def sample_mentions(
    sentences: Sequence[Sentence], splits: Mapping[tuple[str, str], str], rng: np.random.Generator
) -> list[dict[str, str | int]]:
    """Return the rows of the table, in an order that tells nothing."""
    at_random = draw_sentences(sentences, "random", rng)
    taken = {id(draw.sentence) for draw in at_random}
    left = [one for one in sentences if one.hard_kind and id(one) not in taken]
    draws = at_random + draw_sentences(left, "hard", rng)
    rng.shuffle(draws)  # type: ignore[arg-type]
    drawn = [(draw, target, share, 1) for draw in draws for target, share in draw_targets(draw.sentence, rng)]
    taken = {id(draw.sentence) for draw in draws}
    drawn += draw_further([one for one in sentences if id(one) not in taken], rng)
    rows: list[dict[str, str | int]] = []
    for number, (draw, (start, end, kind), share, which) in enumerate(drawn, start=1):
        one = draw.sentence
        row = (
            f"r{number:05d}", one.corpus, one.article.id, one.start, one.end, start, end, kind,
            splits[one.corpus, one.article.id], draw.half, one.hard_kind, draw.stratum,
            f"{draw.probability * share:.6g}", which,
        )  # fmt: skip
        rows.append(dict(zip(COLUMNS, row, strict=True)))
    return rows


def draw_further(
    sentences: Sequence[Sentence], rng: np.random.Generator
) -> list[tuple[Draw, tuple[int, int, str], float, int]]:
    """Return the second draw in random order: sentence, mention, probability of the mention given its sentence, 2."""
    drawn = []
    left = list(sentences)
    for half in ("random", "hard"):
        for wanted, n in N_FURTHER.items():
            strata: dict[tuple[str, ...], list[Sentence]] = defaultdict(list)
            for one in left:
                if any(kind == wanted for _, _, kind in one.mentions) and (half == "random" or one.hard_kind):
                    strata[one.corpus, *((one.hard_kind,) if half == "hard" else ())].append(one)
            shares: list[Mapping[str, float]] = [CORPORA]
            if half == "hard":
                shares.append(dict.fromkeys(HARD_KINDS, 1 / len(HARD_KINDS)))
            numbers = allocate(n, {key: len(listed) for key, listed in strata.items()}, shares)
            for key in sorted(strata):
                listed, number = strata[key], numbers[key]
                for i in sorted(rng.choice(len(listed), number, replace=False).tolist()):
                    targets = [mention for mention in listed[i].mentions if mention[2] == wanted]
                    target = targets[int(rng.integers(len(targets)))]
                    draw = Draw(listed[i], half, "/".join((*key, wanted)), number / len(listed))
                    drawn.append((draw, target, 1 / len(targets), 2))
            taken = {id(draw.sentence) for draw, *_ in drawn}
            left = [one for one in left if id(one) not in taken]
    order = rng.permutation(len(drawn)).tolist()
    return [drawn[i] for i in order]


def draw_sentences(sentences: Sequence[Sentence], half: str, rng: np.random.Generator) -> list[Draw]:
    """Return the sentences of a half, drawn without replacement within strata."""
    strata: dict[tuple[str, ...], list[Sentence]] = defaultdict(list)
    for one in sentences:
        several = "several" if len(one.mentions) > 1 else "one"
        hard = (one.hard_kind,) if half == "hard" else ()
        strata[one.corpus, *hard, several, one.kind].append(one)
    shares: list[Mapping[str, float]] = [CORPORA, N_TARGET_SHARES, KIND_SHARES]
    if half == "hard":
        shares.insert(1, dict.fromkeys(HARD_KINDS, 1 / len(HARD_KINDS)))
    numbers = allocate(N_SENTENCES, {key: len(listed) for key, listed in strata.items()}, shares)
    draws = []
    for key in sorted(strata):
        listed, n = strata[key], numbers[key]
        chosen = rng.choice(len(listed), n, replace=False)
        draws += [Draw(listed[i], half, "/".join(key), n / len(listed)) for i in sorted(chosen.tolist())]
    return draws


def allocate(
    n: int, sizes: Mapping[tuple[str, ...], int], shares: Sequence[Mapping[str, float]]
) -> dict[tuple[str, ...], int]:
    """Return how many to draw of every stratum: by the shares of one level after another, never more than there are.

    Examples
    --------
    >>> allocate(10, {("a", "x"): 2, ("a", "y"): 9, ("b", "x"): 9}, [{"a": 0.6, "b": 0.4}, {"x": 0.5, "y": 0.5}])
    {('a', 'x'): 2, ('a', 'y'): 4, ('b', 'x'): 4}
    """
    if not shares:
        return {(): min(n, sizes[()])}
    below: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for (first, *rest), size in sizes.items():
        below[first][tuple(rest)] = size
    parts = _fill(n, {name: sum(one.values()) for name, one in below.items()}, shares[0])
    return {
        (name, *rest): number
        for name in sorted(below)
        for rest, number in allocate(parts[name], below[name], shares[1:]).items()
    }


def _fill(n: int, sizes: Mapping[str, int], shares: Mapping[str, float]) -> dict[str, int]:
    """Return `n` divided by `shares`; what a part lacks goes to the others."""
    parts = dict.fromkeys(sorted(sizes), 0)
    for _ in range(min(n, sum(sizes.values()))):
        free = [name for name in parts if parts[name] < sizes[name]]
        parts[min(free, key=lambda name: (parts[name] + 0.5) / shares[name])] += 1
    return parts


def draw_targets(sentence: Sentence, rng: np.random.Generator) -> list[tuple[tuple[int, int, str], float]]:
    """Return at most two mentions of a sentence in order, each with its probability given the sentence."""
    mentions = sentence.mentions
    weights = np.array([SECOND_WEIGHTS[kind] for _, _, kind in mentions])
    leading = np.array([kind == sentence.kind for _, _, kind in mentions]) / 1.0
    leading /= leading.sum()
    if len(mentions) == 1:
        return [(mentions[0], 1.0)]
    second = weights / (weights.sum() - weights[:, None])
    np.fill_diagonal(second, 0.0)
    probability = leading + leading @ second
    first = int(rng.choice(len(mentions), p=leading))
    other = int(rng.choice(len(mentions), p=second[first]))
    return [(mentions[i], float(probability[i])) for i in sorted((first, other))]


def write_items(path: Path, rows: Sequence[Mapping[str, str | int]]) -> None:
    """Write the table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def report(rows: Sequence[Mapping[str, str | int]]) -> None:
    """Print how many mentions there are by each column that groups them."""
    places = {(row["corpus"], row["article"], row["sentence_start"]) for row in rows}
    sys.stdout.write(f"{len(rows)} mentions in {len(places)} sentences\n")
    for column in ("corpus", "kind", "split", "half", "hard_kind"):
        counts = Counter(str(row[column]) or "none" for row in rows)
        listed = ", ".join(f"{name} {n} ({n / len(rows):.1%})" for name, n in sorted(counts.items()))
        sys.stdout.write(f"{column}: {listed}\n")


if __name__ == "__main__":
    main()
