"""Draw what gets reference labels of alignment and of differences: events, and aligned pairs of sentences, seeded.

Needs CROSSFRAME_MIRROR or the network; some three minutes on one core. Writes offsets and no text:
corpora/alignment-labels/items.tsv (a row per article of every event) and corpora/difference-labels/items.tsv (a row per pair).

Events are of ECB+ (one a topic), of NeuS (stories without US politics that have no gold yet) and those invented. Pairs are of ECB+
and the invented events where the shipped aligner finds them likely, and of NeuS where its gold aligns them: at random, and by
simple cues of a conflict, so that conflicts are not rare; rates can be told from the random ones alone. Each corpus has a seed of
its own, so that one can be drawn anew without the others. Further pairs, strata ``read-...``, are of what the readers of the events
of ECB+ and of those invented aligned, and need their readings: half at random, half by cues. Left out is what shares eight words in a row with basil,
superpal or msrp. All that tells one event is in one split, train, dev or test, by a hash of its name.
"""

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from crossframe import read_corpus
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligner import align_event
from crossframe.matching.aligners import load_aligner
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.alignment_labels import merge_readings, read_events
from crossframe.reading.public.difference_labels import fingerprint, read_invented
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.public.reference_labels import topic_of
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Corpus
from crossframe.text import shingles, words

ROOT = Path(__file__).parents[1]
SEED = 28
SOURCES = ("neus", "ecbplus", "invented")
READ = "read"
"""Name, and of the strata the beginning of it, of the pairs drawn from what readers of events aligned."""
N_EVENTS = {"ecbplus": 26, "neus": 20}
N_PAIRS = {
    "neus": {"random": 200, "number": 130, "polarity": 100, "certainty": 70, "roles": 100},
    "ecbplus": {"random": 70, "number": 80, "polarity": 35, "certainty": 30, "roles": 35},
    "invented": {"random": 100, "number": 90, "polarity": 60, "certainty": 40, "roles": 40},
}
"""Pairs by corpus and stratum: at random, and by cue."""
MAX_OF_EVENT = {"neus": 4, "ecbplus": 9, "invented": 16}
"""Pairs of one event."""
N_READ = {
    "ecbplus": {"random": 54, "roles": 14, "polarity": 22, "number": 22},
    "invented": {"random": 112, "roles": 3, "polarity": 54, "number": 55},
}
MAX_READ = {"ecbplus": 10, "invented": 16}
"""The same of what readers aligned."""
READERS = ("reader-03", "reader-04")
"""Who had read the events when these were drawn: what others read later leaves the draw as it is."""
TEST_SHARE, DEV_SHARE = 0.32, 0.13
MIN_PROBABILITY = 0.5
"""Of the aligner, for a pair to be drawn."""
MIN_OVERLAP, MAX_OVERLAP = 0.15, 0.9
"""Of the words of a pair drawn by a cue, shared by both; a pair above the second is a copy and never drawn."""
MIN_READ_OVERLAP = 0.08
"""The first for pairs that readers aligned, who see through other words."""
MIN_WORDS = 6
"""Of a sentence of a pair."""
MIN_LEADS_OVERLAP = 0.13
"""Of the words of two leads of a story of NeuS, on average, for the story to be drawn."""
SAME_STORY, NEAR_STORY = 0.5, 0.3
"""TF-IDF cosine from which two stories of NeuS are in one split, and at which none is drawn beside one with gold."""
N_SHARED = 8
"""Words in a row that no article may share with tests."""
TESTS = {"basil": None, "superpal": ("dev",), "msrp": ("train",)}
"""Corpora, and the splits of them that are at hand; None for all."""
_ADDRESS = re.compile(r"https? ?:|\bwww\b|\b(?:AM|PM) E[SD]T\b")
_POLITICS = re.compile(
    r"\b(?:Trump|Biden|Obama|Clinton|Bush|Pence|Harris|Pelosi|McConnell|Romney|Sanders|Warren|Congress\w*|Senat\w+|House|"
    r"Republicans?|Democrat\w*|GOP|DNC|President|White House|Supreme Court|Justice Department|Pentagon|FBI|CIA|Washington|"
    r"Capitol|lawmakers?|governor|Gov\.|liberals?|conservatives?|federal|administration|midterms?|voters?|primary)\b"
)
_NUMBER = re.compile(
    r"\d+(?:[.,:]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|half|"
    r"third|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|no|never|none|nobody|without|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)?|refus\w+|reject\w*|unable|neither|nor|"
    r"cannot|dismiss\w*|disput\w+)\b|n['’]t\b| n't\b"
)
_OPPOSITES = [
    (
        "rise|rose|risen|increase\\w*|up|gain\\w*|more",
        "fall|fell|fallen|decrease\\w*|down|drop\\w*|declin\\w+|less",
    ),
    ("win|won|wins|beat|victory", "lose|lost|loses|defeat\\w*"),
    (
        "accept\\w*|approv\\w+|agree\\w*|pass\\w*|support\\w*|back\\w*",
        "oppos\\w+|block\\w*|resist\\w*|vote\\w* down",
    ),
    ("guilty|convict\\w+", "acquit\\w+|innocent|cleared"),
    ("open\\w*|start\\w*|begin|began", "clos\\w+|stop\\w*|end\\w*|halt\\w*"),
]
_HEDGED = re.compile(
    r"\b(?:alleg\w+|accus\w+|claim\w*|could|may|might|expected|suspect\w*|plans?|planned|reportedly|apparently|likely|possibl\w|"
    r"believed|feared|according|would|said|says|told)\b"
)
_NAME = re.compile(r"\b[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)*")


@dataclass(frozen=True)
class Place:
    """An article of an event; sentences are offsets in characters of its document, the title among them."""

    id: str
    corpus: str
    article: str
    split: str
    sha256: str
    sentences: str


@dataclass(frozen=True)
class Pair:
    """A pair of sentences; offsets in characters of the articles' documents."""

    id: str
    corpus: str
    left_article: str
    left_start: int
    left_end: int
    right_article: str
    right_start: int
    right_end: int
    split: str
    stratum: str
    sha256: str


@dataclass(frozen=True)
class Side:
    """A sentence of an article."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.article.document[self.start : self.end]


Candidate = tuple[Side, Side]


def main() -> None:
    """Draw both tables and write them to the folder given, or to their places in the repository."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "corpora", help="folder (default: %(default)s)")
    parser.add_argument(
        "--only",
        choices=[*SOURCES, READ],
        help="draw this corpus, or what readers aligned, anew and keep the other rows",
    )
    options = parser.parse_args()
    if options.only == READ:
        table = options.out / "difference-labels" / "items.tsv"
        write(table, Pair, draw_read(table), [READ])
        return
    names = [name for name in SOURCES if options.only in (None, name)]
    sources = {name: [one for one in read_source(name) if not is_tested(one)] for name in names}
    stories = group_stories(sources["neus"]) if "neus" in sources else {}
    pairs = []
    for corpus, articles in sources.items():
        candidates = read_gold(articles) if corpus == "neus" else find_pairs(corpus, articles)
        drawn = draw_pairs(candidates, N_PAIRS[corpus], MAX_OF_EVENT[corpus], MIN_OVERLAP, 4)
        pairs += list_pairs("d", "", corpus, drawn, stories)
    write(options.out / "alignment-labels" / "items.tsv", Place, draw_events(sources, stories), names)
    write(options.out / "difference-labels" / "items.tsv", Pair, pairs, names)


def read_source(name: str) -> list[Article]:
    """Return the articles of a source that may be drawn; of the invented events where there are any."""
    if name == "invented":
        return read_invented()
    if name == "neus":
        excluded = read_excluded_stories()
        return [one for one in neus().articles if one.event not in excluded]
    return list(read_corpus(name).articles)


@cache
def neus() -> Corpus:
    """Return NeuS."""
    return read_corpus("neus")


def neus_gold() -> Alignment:
    """Return the gold of NeuS."""
    gold = neus().gold["alignment"]
    assert isinstance(gold, Alignment)
    return gold


@cache
def tested_runs() -> frozenset[tuple[str, ...]]:
    """Return every run of words of the corpora that are tests."""
    articles = [one for name, splits in TESTS.items() for one in read_corpus(name, splits=splits).articles]
    return frozenset(run for one in articles for run in shingles(words(one.document), N_SHARED))


def is_tested(article: Article) -> bool:
    """Return whether an article shares a run of words with a test."""
    return not tested_runs().isdisjoint(shingles(words(article.document), N_SHARED))


def cosines(articles: Sequence[Article]) -> tuple[list[str], np.ndarray]:
    """Return the stories of `articles`, and their TF-IDF cosines with each other."""
    texts: dict[str, list[str]] = defaultdict(list)
    for one in articles:
        texts[one.event].append(one.document)
    names = sorted(texts)
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(
        " ".join(texts[name]) for name in names
    )
    return names, (vectors @ vectors.T).toarray()


def group_stories(articles: Sequence[Article]) -> dict[str, str]:
    """Return for every story of NeuS the first of those that tell the same news."""
    names, cosine = cosines(articles)
    first = list(range(len(names)))
    for i, j in np.argwhere(np.triu(cosine, 1) >= SAME_STORY).tolist():
        low, high = sorted((first[i], first[j]))
        first = [low if one == high else one for one in first]
    return {name: names[one] for name, one in zip(names, first, strict=True)}


def split_of(corpus: str, topic: str) -> str:
    """Return the split of a topic."""
    share = int(hashlib.sha256(f"{SEED}.{corpus}.{topic}".encode()).hexdigest()[:8], 16) / 16**8
    return "test" if share < TEST_SHARE else "dev" if share < TEST_SHARE + DEV_SHARE else "train"


def split_article(corpus: str, article: Article, stories: Mapping[str, str]) -> str:
    """Return the split of an article."""
    return split_of(corpus, stories.get(article.event, topic_of(article)))


def draw_events(sources: Mapping[str, Sequence[Article]], stories: Mapping[str, str]) -> list[Place]:
    """Return the articles of the events drawn."""
    draws: dict[str, Callable[[Sequence[Article]], list[list[Article]]]] = {
        "ecbplus": draw_topics,
        "neus": lambda articles: draw_stories(articles, stories),
        "invented": lambda articles: list(of_events(articles).values()),
    }
    places = []
    for corpus, articles_of in sources.items():
        events = draws[corpus](articles_of)
        for number, articles in enumerate(events, 1):
            for one in articles:
                rows = split_sentences([one])
                offsets = ",".join(f"{start}-{end}" for start, end in zip(rows.start, rows.end, strict=True))
                split = split_article(corpus, one, stories)
                places.append(
                    Place(
                        f"{corpus[0]}{number:02d}", corpus, one.id, split, fingerprint(one.document), offsets
                    )
                )
    return places


def of_events(articles: Iterable[Article]) -> dict[str, list[Article]]:
    """Return the articles of every event."""
    events: dict[str, list[Article]] = defaultdict(list)
    for one in articles:
        events[one.event].append(one)
    return dict(sorted(events.items()))


def draw_topics(articles: Sequence[Article]) -> list[list[Article]]:
    """Return an event of each topic of ECB+ drawn, two to four documents of 6 to 25 sentences that are no copies."""
    rng = np.random.default_rng([SEED, 1])
    events = of_events(articles)
    names = rng.permutation(list(events)).tolist()
    found: dict[str, list[Article]] = {}
    for name in names:
        documents = [events[name][i] for i in rng.permutation(len(events[name]))]
        fit = leave_copies([one for one in documents if 6 <= len(one.sentences or ()) <= 25])
        fit = fit[: int(rng.choice([2, 3, 4], p=[0.2, 0.5, 0.3]))]
        if len(fit) > 1 and topic_of(fit[0]) not in found:
            found[topic_of(fit[0])] = sorted(fit, key=lambda one: one.id)
    return list(found.values())[: N_EVENTS["ecbplus"]]


def leave_copies(articles: Iterable[Article]) -> list[Article]:
    """Return the articles of which less than a third lies in one before, by runs of five words."""
    kept: list[tuple[Article, set[tuple[str, ...]]]] = []
    for one in articles:
        runs = shingles(words(one.document), 5)
        if all(len(runs & other) < 0.33 * min(len(runs), len(other)) for _, other in kept):
            kept.append((one, runs))
    return [one for one, _ in kept]


def draw_stories(articles: Sequence[Article], stories: Mapping[str, str]) -> list[list[Article]]:
    """Return stories of NeuS without US politics and gold, not near to one with gold, of ten sentences at least, leads alike."""
    rng = np.random.default_rng([SEED, 2])
    labelled = {one.event for one in neus_gold().sentences.articles}
    names, cosine = cosines(articles)
    known = np.array([name in labelled for name in names])
    near = dict(zip(names, cosine[:, known].max(axis=1).tolist(), strict=True))
    drawn: dict[str, list[Article]] = {}
    events = of_events(articles)
    for name in rng.permutation(list(events)).tolist():
        leads = events[name]
        n_sentences = len(split_sentences(leads).start)
        plain = not any(_POLITICS.search(one.document) for one in leads)
        shared = (
            np.mean([overlap(a.document, b.document) for a, b in combinations(leads, 2)])
            if len(leads) == 3
            else 0.0
        )
        fresh = name not in labelled and near[name] < NEAR_STORY
        if fresh and plain and shared >= MIN_LEADS_OVERLAP and n_sentences >= 10:
            drawn.setdefault(stories[name], leads)
    return list(drawn.values())[: N_EVENTS["neus"]]


def read_gold(articles: Iterable[Article]) -> list[Candidate]:
    """Return the pairs that the gold of NeuS aligns."""
    known = {one.id for one in articles}
    gold = neus_gold()
    rows = gold.sentences
    pairs = []
    for left, right, relation in zip(gold.left.tolist(), gold.right.tolist(), gold.relation, strict=True):
        sides = tuple(
            Side(rows.article_of(row), int(rows.start[row]), int(rows.end[row])) for row in (left, right)
        )
        if relation != "disputed" and {one.article.id for one in sides} <= known:
            pairs.append((sides[0], sides[1]))
    return pairs


def find_pairs(corpus: str, articles: Sequence[Article]) -> list[Candidate]:
    """Return the pairs of each event that the shipped aligner finds likely, of five documents of ECB+ at most."""
    rng = np.random.default_rng([SEED, 3])
    aligner, encoder = load_aligner(), load_encoder()
    pairs = []
    for event in of_events(articles).values():
        documents = [event[i] for i in rng.permutation(len(event))]
        if corpus == "ecbplus":
            documents = leave_copies([one for one in documents if 2 <= len(one.sentences or ()) <= 30])[:5]
        if len(documents) < 2:
            continue
        rows = split_sentences(documents)
        alignment = align_event(aligner, rows, embed_sentences(rows, encoder))
        for left, right, p in zip(alignment.left, alignment.right, alignment.probability, strict=True):
            if p >= MIN_PROBABILITY:
                sides = [
                    Side(rows.article_of(row), int(rows.start[row]), int(rows.end[row]))
                    for row in (left, right)
                ]
                pairs.append((sides[0], sides[1]))
    return pairs


def overlap(left: str, right: str) -> float:
    """Return the share of the words of both that both have."""
    first, second = set(words(left)), set(words(right))
    return len(first & second) / max(len(first | second), 1)


def is_told(text: str) -> bool:
    """Return whether a sentence is one: no address, no line of a date or a name alone."""
    return len(words(text)) >= MIN_WORDS and not _ADDRESS.search(text)


def differ_in_number(left: str, right: str) -> bool:
    """Return whether either has a number or day that the other lacks."""
    first, second = set(_NUMBER.findall(left)), set(_NUMBER.findall(right))
    return bool(first - second and second - first)


def differ_in_polarity(left: str, right: str) -> bool:
    """Return whether one alone is negated, or the two hold words of opposite sense."""
    if bool(_NEGATED.search(left)) != bool(_NEGATED.search(right)):
        return True
    for pattern in _OPPOSITES:
        up, down = (re.compile(rf"\b(?:{one})\b", re.IGNORECASE) for one in pattern)
        if any(
            up.search(one) and not down.search(one) and down.search(other)
            for one, other in ((left, right), (right, left))
        ):
            return True
    return False


def differ_in_certainty(left: str, right: str) -> bool:
    """Return whether one alone has a word of attribution, allegation or possibility."""
    return bool(_HEDGED.search(left)) != bool(_HEDGED.search(right))


def differ_in_roles(left: str, right: str) -> bool:
    """Return whether two names that both have stand in another order."""
    orders = []
    for one in (left, right):
        orders.append(
            {name: found.start() for found in reversed(list(_NAME.finditer(one))) for name in [found.group()]}
        )
    shared = sorted(set(orders[0]) & set(orders[1]))
    ranks = [sorted(shared, key=order.__getitem__) for order in orders]
    return len(shared) > 1 and ranks[0] != ranks[1]


CUES: dict[str, Callable[[str, str], bool]] = {
    "number": differ_in_number,
    "polarity": differ_in_polarity,
    "certainty": differ_in_certainty,
    "roles": differ_in_roles,
}


def draw_pairs(
    candidates: Iterable[Candidate], n_pairs: Mapping[str, int], limit: int, least: float, seed: int
) -> list[tuple[str, Candidate]]:
    """Return the pairs drawn, with their strata: first those at random, then by each cue, `limit` of an event at most.

    A pair drawn by a cue shares at least `least` of its words.
    """
    rng = np.random.default_rng([SEED, seed])
    fresh = [
        (left, right)
        for left, right in candidates
        if overlap(left.text, right.text) <= MAX_OVERLAP and is_told(left.text) and is_told(right.text)
    ]
    order = [fresh[i] for i in rng.permutation(len(fresh)).tolist()]
    of_event: Counter[str] = Counter()
    drawn: list[tuple[str, Candidate]] = []
    for stratum, n in n_pairs.items():
        taken = {(one[0], one[1]) for _, one in drawn}
        for pair in order:
            texts = (pair[0].text, pair[1].text)
            fits = stratum == "random" or (CUES[stratum](*texts) and overlap(*texts) >= least)
            event = pair[0].article.event
            # The random stratum has no limit of its own beyond the event's, so that it stays near to what is aligned.
            if n and fits and pair not in taken and of_event[event] < limit:
                drawn.append((stratum, pair))
                of_event[event] += 1
                n -= 1
    turned = rng.random(len(drawn)) < 0.5
    return [
        (stratum, pair[::-1] if turn else pair) for (stratum, pair), turn in zip(drawn, turned, strict=True)
    ]


def list_pairs(
    letter: str,
    beginning: str,
    corpus: str,
    drawn: Iterable[tuple[str, Candidate]],
    stories: Mapping[str, str],
) -> list[Pair]:
    """Return the rows of pairs drawn; ids begin with `letter`, strata with `beginning`."""
    pairs = []
    for number, (stratum, (left, right)) in enumerate(drawn, 1):
        split = split_article(corpus, left.article, stories)
        offsets = (left.article.id, left.start, left.end, right.article.id, right.start, right.end)
        pairs.append(
            Pair(
                f"{letter}{corpus[0]}{number:03d}",
                corpus,
                *offsets,
                split,
                f"{beginning}{stratum}",
                fingerprint(left.text, right.text),
            )
        )
    return pairs


def draw_read(table: Path) -> list[Pair]:
    """Return pairs that readers of events aligned and that are not among the other pairs of `table`."""
    columns = ("sha256", "stratum")
    known = {row["sha256"] for _, row in read_tsv(table, columns) if not row["stratum"].startswith(READ)}
    pairs = []
    for corpus, n_pairs in N_READ.items():
        candidates = read_aligned(corpus, known)
        drawn = draw_pairs(candidates, n_pairs, MAX_READ[corpus], MIN_READ_OVERLAP, 5)
        pairs += list_pairs("r", f"{READ}-", corpus, drawn, {})
    return pairs


def read_aligned(corpus: str, known: set[str]) -> list[Candidate]:
    """Return the pairs of the events of a corpus that all `READERS` of them align, each wording once, none of those `known`."""
    articles = {one.id: one for one in read_source(corpus)}
    pairs = []
    seen = set(known)
    for event in read_events():
        if event.articles[0].corpus != corpus:
            continue
        spans = {f"{corpus}.{one.article}": one.sentences for one in event.articles}
        readings = [reading for reader, reading in event.readings.items() if reader in READERS]
        for pair, relation in merge_readings(readings).items():
            sides = []
            for name, number in pair:
                article = articles[name.removeprefix(f"{corpus}.")]
                sides.append(Side(article, *spans[name][number if article.title else number - 1]))
            left, right = sides
            marks = {fingerprint(left.text, right.text), fingerprint(right.text, left.text)}
            if relation != "disputed" and seen.isdisjoint(marks):
                pairs.append((left, right))
                seen |= marks
    return pairs


def write(path: Path, record: type, rows: Sequence[Place] | Sequence[Pair], drawn: Sequence[str]) -> None:
    """Write a table, with the rows it has of corpora, or of what readers aligned, that were not `drawn`, and count them."""
    names = [one.name for one in fields(record)]
    cells = [list(map(str, astuple(one))) for one in rows]
    if path.is_file():
        kept = [row for _, row in read_tsv(path, names)]
        part = [READ if row.get("stratum", "").startswith(READ) else row["corpus"] for row in kept]
        cells += [
            [row[name] for name in names] for row, one in zip(kept, part, strict=True) if one not in drawn
        ]
    cells.sort(key=lambda row: (SOURCES.index(row[names.index("corpus")]), row[0]))
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows([names, *cells])
    for key, n in sorted(
        Counter((row[names.index("corpus")], row[names.index("split")]) for row in cells).items()
    ):
        sys.stdout.write(f"{path.parent.name} {' '.join(key)}: {n}\n")


if __name__ == "__main__":
    main()
