"""Ahmed et al. 2023, ECB+: which pairs of event mentions corefer, by the lemma heuristic.

Ahmed, Nath, Martin and Krishnaswamy 2023, 2*n is better than n²: Decomposing event coreference resolution into two
tractable problems. What they count is read off their code (github.com/ahmeshaf/lemma_ce_coref) and the outputs stored
with it. Mentions are the gold actions, negated ones too, of the validated sentences; one in no chain corefers with
nothing. All pairs of mentions of one topic are decided; on the test topics, of one cluster of documents that a model
predicted, which nearly are the two events of a topic. Two mentions corefer where their sentences overlap and the lemma
of one occurs in the other, or where their two lemmas corefer anywhere in the train topics.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import combinations

from crossframe.errors import MissingDataError
from crossframe.lexicons import stop_words
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import Annotation, Corpus
from crossframe.showing.plots.evaluation_plots import plot_reproduced
from crossframe.studies.reproduce.rows import Reproduction, Row, missing_files, source_of, tabulate_rows

SPLITS = ("train", "dev", "test")
MIN_OVERLAP = 0.05
"""Jaccard similarity of the lemmas of two sentences above which their mentions may corefer (the paper's, chosen on dev)."""
_PUBLISHED = {"train": (13065, 14863, 2146), "dev": (3540, 4929, 2343), "test": (3517, 2058, 3081)}
"""True positives, false positives and false negatives that the authors' code printed (PleaseRunThis.ipynb, commit
c93c0b4d): on the test topics precision 63.1 and recall 53.3."""
_TOLERANCE = {"train": 3.0, "dev": 3.0, "test": 5.0}
_RULES = "heads are found by rules and lemmas looked up here, by a parser there"
_NOTES = {
    "train": f"3 points: {_RULES}; pairs of lemmas that corefer are learned from these very topics",
    "dev": f"3 points: {_RULES}",
    "test": f"5 points: {_RULES}; pairs are of one event of a topic, of one predicted cluster of documents there",
}
_PARTICLES = frozenset(
    ["about", "against", "apart", "away", "back", "down", "for", "in", "into", "off", "on", "out", "over", "to", "up", "with"]
)  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """A mention of an event.

    Parameters
    ----------
    group : str
        Topic or event within which pairs are decided.
    chain : str
        What it corefers with.
    text : str
        Lower-case.
    lemma : str
        Of its head.
    context : frozenset of str
        Lemmas of its sentence without stop words and punctuation.
    """

    group: str
    chain: str
    text: str
    lemma: str
    context: frozenset[str]


def lemma_of(word: str) -> str:
    """Return the lemma of an English word, lower-case.

    Examples
    --------
    >>> [lemma_of(word) for word in ("Kills", "fired", "stopped", "bodies", "crash")]
    ['kill', 'fire', 'stop', 'body', 'crash']
    """
    import simplemma

    return simplemma.lemmatize(word.lower(), lang="en")


def head_of(mention: str) -> str:
    """Return the head word of a mention: the last one, or the first where particles follow it.

    Examples
    --------
    >>> head_of("murder charges"), head_of("stepped down")
    ('charges', 'stepped')
    """
    words = mention.split()
    while len(words) > 1 and words[-1].lower() in _PARTICLES:
        words.pop()
    return words[-1]


def make_mention(group: str, chain: str, text: str, sentence: str) -> Mention:
    """Return a mention with the lemmas of its head and of its sentence, words of which blanks separate."""
    words = [word for word in sentence.split() if any(map(str.isalnum, word))]
    context = frozenset(lemma_of(word) for word in words if word.lower() not in stop_words())
    return Mention(group, chain, text.lower(), lemma_of(head_of(text)), context)


def pair_mentions(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield every two mentions of one group."""
    groups = defaultdict(list)
    for mention in mentions:
        groups[mention.group].append(mention)
    for group in groups.values():
        yield from combinations(group, 2)


def learn_lemma_pairs(mentions: Iterable[Mention]) -> set[frozenset[str]]:
    """Return the pairs of lemmas that corefer anywhere among `mentions`."""
    pairs = pair_mentions(mentions)
    return {frozenset((one.lemma, other.lemma)) for one, other in pairs if one.chain == other.chain}


def corefer(one: Mention, other: Mention, lemma_pairs: Collection[frozenset[str]]) -> bool:
    """Return whether the heuristic takes two mentions to corefer."""
    related = (
        one.lemma in other.text
        or other.lemma in one.text
        or one.lemma in other.lemma
        or other.lemma in one.lemma
        or frozenset((one.lemma, other.lemma)) in lemma_pairs
    )
    n_shared = len(one.context & other.context)
    return related and n_shared > MIN_OVERLAP * len(one.context | other.context)


def count_pairs(mentions: Iterable[Mention], lemma_pairs: Collection[frozenset[str]]) -> tuple[int, int, int]:
    """Return the true positives, false positives and false negatives of the heuristic over all pairs of one group."""
    counts = {True: [0, 0], False: [0, 0]}
    for one, other in pair_mentions(mentions):
        counts[one.chain == other.chain][corefer(one, other, lemma_pairs)] += 1
    return counts[True][True], counts[False][True], counts[True][False]


def score_counts(true_positives: int, false_positives: int, false_negatives: int) -> dict[str, float]:
    """Return precision, recall and F1 in per cent, 0 where nothing is counted.

    Examples
    --------
    >>> {name: round(value, 1) for name, value in score_counts(3517, 2058, 3081).items()}
    {'precision': 63.1, 'recall': 53.3, 'f1': 57.8}
    """
    wrong = false_positives + false_negatives
    return {
        "precision": 100 * true_positives / max(true_positives + false_positives, 1),
        "recall": 100 * true_positives / max(true_positives + false_negatives, 1),
        "f1": 200 * true_positives / max(2 * true_positives + wrong, 1),
    }


def reproduce_lemma() -> Reproduction:
    """Return precision, recall and F1 of the heuristic on the topics of every available split."""
    missing = {
        split: missing_files("ecbplus", split) or missing_files("ecbplus-validated", split)
        for split in SPLITS
    }
    lemma_pairs = set() if missing["train"] else learn_lemma_pairs(read_mentions("train"))
    rows: list[Row] = []
    for split in SPLITS:
        lacking = missing[split] or missing["train"]
        ours = {} if lacking else score_counts(*count_pairs(read_mentions(split), lemma_pairs))
        rows += [
            Row(
                f"{split} topics: {name}",
                round(published, 1),
                ours.get(name),
                _TOLERANCE[split],
                lacking or _NOTES[split],
            )
            for name, published in score_counts(*_PUBLISHED[split]).items()
        ]
    table = tabulate_rows(rows)
    used = {name: source_of(name) for name in ("ecbplus", "ecbplus-validated")}
    used["lemmas"] = {"package": "simplemma", "version": version("simplemma")}
    return Reproduction(tuple(rows), lambda: plot_reproduced(table, unit="per cent of pairs"), used)


def read_mentions(split: str) -> list[Mention]:
    """Return the mentions of events in the validated sentences of a split.

    Raises
    ------
    MissingDataError
        When the corpus comes without its gold.
    """
    corpus = read_corpus("ecbplus-validated", splits=(split,))
    gold = corpus.gold.get("event-mentions")
    if not isinstance(gold, Annotation):
        raise MissingDataError("Missing event mentions of corpus 'ecbplus-validated'. Its loader gives them.")
    return list(_mentions(corpus, gold, by_event=split == "test"))


def _mentions(corpus: Corpus, gold: Annotation, *, by_event: bool) -> Iterator[Mention]:
    articles = {article.id: article for article in corpus.articles}
    for unit in gold.units.rows():
        article = articles[unit["article"]]
        text = article.document
        start, end = next(span for span in article.sentences or () if span[0] <= unit["start"] < span[1])
        yield make_mention(
            article.event if by_event else article.event.split("-")[0],
            unit["actor"],
            text[unit["start"] : unit["end"]],
            text[start:end],
        )
