"""Pairs and event mentions of public corpora: scores with known answers, and real files end to end."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.records import Alignment, Annotation, Article, Corpus, Event, Sentences, Units
from crossframe.studies.evaluate import pairs as evaluating_pairs
from crossframe.studies.evaluate.pairs import best_accuracy, is_pair_corpus, rank_scores
from crossframe.studies.evaluate.tasks import evaluate


class Judge:
    """An aligner that aligns by rule: sentences that share a word in capitals, with the probability given."""

    threshold_, embedding, encoder_ = 0.5, False, ""

    def __init__(self, probability: dict[str, float]) -> None:
        self.probability = probability
        self.outlets: list[set[str]] = []

    def align(self, sentences: Sentences, embeddings: object = None) -> Alignment:
        """Return the pairs across outlets that share a word with a probability."""
        assert len({article.event for article in sentences.articles}) == 1
        self.outlets.append({article.outlet for article in sentences.articles})
        pairs = [
            (a, b, p)
            for a in range(len(sentences))
            for b in range(a + 1, len(sentences))
            if sentences.article_of(a).outlet != sentences.article_of(b).outlet
            for word, p in self.probability.items()
            if word in sentences.text[a] and word in sentences.text[b]
        ]
        left, right, probability = zip(*pairs, strict=True) if pairs else ((), (), ())
        return Alignment(sentences, left, right, probability, ("partial",) * len(pairs))


def use(monkeypatch: pytest.MonkeyPatch, judge: object, **corpora: Corpus) -> None:
    """Let the room read these corpora (by split), this aligner, and an encoder without weights."""

    def read(name: str, *, splits: Iterable[str] | None = None) -> Corpus:
        return corpora[next(iter(splits or ("usual",)))]

    monkeypatch.setattr(evaluating_pairs, "read_corpus", read)
    monkeypatch.setattr(evaluating_pairs, "load_aligner", lambda model: judge)
    monkeypatch.setattr(evaluating_pairs, "load_encoder", lambda name: load_encoder("tfidf"))


def pairs(name: str, *texts: tuple[str, str], same: Iterable[int] | None = None, topic: str = "t") -> Corpus:
    """Return a corpus of pairs, of which those numbered `same` are gold (None: all)."""
    articles = [
        Article(f"p-{i}-{side}", f"p-{i}", side, "", text, sentences=((0, len(text)),))
        for i, pair in enumerate(texts)
        for side, text in zip("ab", pair, strict=True)
    ]
    chosen = np.array(list(range(len(texts)) if same is None else same))
    sentences = evaluating_pairs.split_sentences(articles)
    gold = Alignment(
        sentences, 2 * chosen, 2 * chosen + 1, np.ones(len(chosen)), ("equivalent",) * len(chosen)
    )
    events = tuple(Event(f"p-{i}", topic) for i in range(len(texts)))
    return Corpus(name, tuple(articles), events=events, gold={"alignment": gold})


def test_superpal_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pairs that share a summary and one repeated: four distinct propositions make 3 pairs of them, 2 aligned."""
    corpus = pairs("superpal", ("X one", "X Y all"), ("Y two", "X Y all"), ("X one", "X Y all"))
    judge = Judge({"X": 0.9, "Y": 0.3})
    use(monkeypatch, judge, test=corpus)
    metrics = evaluate("alignment", "superpal")
    assert (metrics["n_pairs"], metrics["n_positives"], metrics["n_topics"]) == (2, 2, 1)
    assert judge.outlets == [{"a", "b"}]
    assert (metrics["precision"], metrics["recall"], metrics["average_precision"]) == (1.0, 0.5, 1.0)
    assert metrics["f1"] == pytest.approx(2 / 3)
    assert metrics["brier"] == pytest.approx((0.1**2 + 0.7**2) / 2)
    assert metrics["ece"] == pytest.approx((0.1 + 0.7) / 2)


@pytest.mark.parametrize("name", ["superpal", "msrp", "ecbplus"])
def test_a_corpus_that_taught_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An aligner that learned from a corpus, first or beside others, has no metrics on it; on others it has."""
    judge = Judge({"X": 0.9})
    use(monkeypatch, judge, test=pairs("superpal", ("X one", "X all")))
    judge.data_, judge.name = ("basil", name), "mine"  # type: ignore[attr-defined,unused-ignore]
    with pytest.raises(
        InputError, match=f"Invalid corpus '{name}' for aligner 'mine', which learned from it"
    ):
        evaluate("alignment", name)
    judge.data_ = ("basil", "neus")  # type: ignore[attr-defined,unused-ignore]
    assert evaluate("alignment", "superpal")["n_positives"] == 1


def test_superpal_negatives(monkeypatch: pytest.MonkeyPatch) -> None:
    """All other pairs of a topic are negatives; what the aligner does not list is ranked last."""
    use(monkeypatch, Judge({"X": 0.9, "Z": 0.6}), dev=pairs("superpal", ("X one", "X Z a"), ("Z two", "W b")))
    metrics = evaluate("alignment", "superpal", split="dev")
    assert (metrics["n_pairs"], metrics["n_positives"]) == (4, 2)
    assert (metrics["precision"], metrics["recall"]) == (0.5, 0.5)
    # Ranks: the right X pair, the wrong Z pair, then one right of two unlisted at once.
    assert metrics["average_precision"] == pytest.approx(0.5 * 1 + 0.5 * 2 / 4)


def test_msrp_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threshold comes from train alone; test is decided at it."""
    train = pairs("msrp", ("X a", "X b"), ("Y a", "Y b"), ("Z a", "Z b"), same=[0])
    test = pairs("msrp", ("X c", "X d"), ("Y c", "Y d"), ("Y e", "W f"), ("Z e", "Z f"), same=[0, 1])
    use(monkeypatch, Judge({"X": 0.9, "Y": 0.6, "Z": 0.7}), train=train, test=test)
    metrics = evaluate("alignment", "msrp")
    assert metrics["threshold"] == 0.9
    assert (metrics["accuracy"], metrics["n_pairs"], metrics["n_positives"]) == (0.75, 4, 2)
    assert metrics["f1"] == pytest.approx(2 / 3)
    assert metrics["average_precision"] == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)


def test_msrp_train_is_out_of_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    """On train, every fold is decided at a threshold that the other folds chose."""
    texts = [("X a", "X b"), ("Y a", "Y b")] * 10
    use(monkeypatch, Judge({"X": 0.9, "Y": 0.6}), train=pairs("msrp", *texts, same=range(0, 20, 2)))
    metrics = evaluate("alignment", "msrp", split="train")
    assert (metrics["accuracy"], metrics["threshold"]) == (1.0, pytest.approx(0.9))


@pytest.mark.parametrize(
    ("truth", "score", "threshold"),
    [
        ([1, 1, 0, 0], [0.9, 0.8, 0.3, 0.1], 0.8),
        ([1, 0, 1, 1], [0.9, 0.8, 0.8, 0.8], 0.8),
        ([1, 0], [0.9, 0.2], 0.9),
    ],
)
def test_best_accuracy(truth: list[int], score: list[float], threshold: float) -> None:
    """No threshold on the scores decides more items rightly."""
    labels, scores = np.array(truth, dtype=bool), np.array(score)
    found = best_accuracy(labels, scores)
    assert found == threshold
    best = max(((scores >= cut) == labels).mean() for cut in scores)
    assert ((scores >= found) == labels).mean() == best


def test_rank_scores() -> None:
    """Average precision agrees with scikit-learn where there are no ties, and the second score breaks ties."""
    from sklearn.metrics import average_precision_score

    rng = np.random.default_rng(0)
    right, score = rng.random((6, 9)) < 0.4, rng.random((6, 9))
    everything = np.ones_like(right)
    precision, top = rank_scores(right, everything, score, score)
    rows = np.flatnonzero(right.any(axis=1))
    assert precision == pytest.approx([average_precision_score(right[row], score[row]) for row in rows])
    assert top.tolist() == [float(right[row, score[row].argmax()]) for row in rows]
    tied, _ = rank_scores(right, everything, np.zeros_like(score), score)
    assert tied == pytest.approx(precision)


def ecbplus() -> Corpus:
    """Return one topic: two documents of one event, a similar event, and a sentence without annotation."""
    texts = {
        ("1_1ecb", "1-ecb"): "X quake hits\nNothing here",
        ("1_2ecb", "1-ecb"): "X quake felt\nX quake of old",
        ("1_1ecbplus", "1-ecbplus"): "Other quake hits",
    }
    articles = []
    for (id, event), text in texts.items():
        ends = np.cumsum([len(line) + 1 for line in text.split("\n")]) - 1
        spans = tuple(
            (int(end) - len(line), int(end)) for end, line in zip(ends, text.split("\n"), strict=True)
        )
        articles.append(Article(id, event, id, "", text, sentences=spans))
    mentions = [("1_1ecb", 1, "A1"), ("1_2ecb", 1, "A1"), ("1_1ecbplus", 1, "A2")]
    units = Units.from_rows({"article": a, "sentence": s, "actor": c} for a, s, c in mentions)
    gold = Annotation(units, "sentence", ("mentioned",), np.ones((3, 1)), "people")
    return Corpus("ecbplus", tuple(articles), gold={"event-chains": gold})


def test_ecbplus_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sentences of the shared event are queries; both events of the topic are one pool of three outlets."""
    judge = Judge({"X": 0.8})
    use(monkeypatch, judge, usual=ecbplus())
    metrics: dict[str, Any] = evaluate("alignment", "ecbplus")
    assert (metrics["n_queries"], metrics["n_topics"]) == (2, 1)
    assert judge.outlets == [{"1_1ecb", "1_2ecb", "1_1ecbplus"}]
    # "X quake hits": two X sentences tie, the shorter one is nearer by cosine and right; "X quake felt": the only X
    # sentence elsewhere is right. By cosine alone "X quake hits" is nearest to the similar event: "hits" is rarer than "X".
    assert metrics["mean_average_precision"] == metrics["precision_at_1"] == 1.0
    assert metrics["annotated_cosine_mean_average_precision"] == 0.75
    assert metrics["annotated_cosine_precision_at_1"] == 0.5
    assert (
        metrics["mean_average_precision_low"]
        <= metrics["mean_average_precision"]
        <= metrics["mean_average_precision_high"]
    )


@pytest.mark.parametrize(
    ("on", "expected"), [("superpal", True), ("basil", False), ("corpora/msrp", True), ("none", False)]
)
def test_is_pair_corpus(on: str, expected: bool) -> None:
    """The three names are scored here, with or without a path; a corpus folder of such a name is the user's own."""
    assert is_pair_corpus(on) is expected


def test_a_users_folder_of_that_name(small: Path) -> None:
    """A folder with corpus.toml is scored as any corpus."""
    assert not is_pair_corpus(str(small.rename(small.with_name("msrp"))))


@pytest.mark.mirror
def test_real_superpal(mirror: Path) -> None:
    """The lexical aligner, which needs no weights, ranks far better than chance; an unknown split is refused."""
    metrics = evaluate("alignment", "superpal", split="dev", model="aligner-lexical")
    assert (metrics["n_pairs"], metrics["n_positives"]) == (5787, 197)
    assert metrics["average_precision"] > 10 * 197 / 5787
    with pytest.raises(UnknownNameError, match="split"):
        evaluate("alignment", "superpal", split="train")


@pytest.mark.mirror
@pytest.mark.model
@pytest.mark.slow
def test_real_ecbplus(mirror: Path) -> None:
    """On the development topics every figure is one of the two rankings' and better than chance."""
    metrics = evaluate("alignment", "ecbplus", split="dev", model="aligner-lexical")
    assert (metrics["n_queries"], metrics["n_topics"]) == (522, 8)
    assert metrics["precision_at_1"] > 0.6
    assert metrics["cosine_precision_at_1"] > 0.6
