"""Alignment: order-free, N outlets, mostly null, better than plain similarity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligners import load_aligner
from crossframe.matching.claims import group_claims
from crossframe.matching.pair_features import EMBEDDING_FEATURES, LEXICAL_FEATURES, describe_pairs
from crossframe.matching.trained_aligner import TrainedAligner
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Corpus, Embeddings, Sentences
from crossframe.studies.evaluate.alignment_metrics import score_alignment
from crossframe.synthetic import make_press


def bridge(outlets: str = "abc") -> list[Article]:
    """Return coverage of one event by three outlets, in different orders, with much that one alone tells."""
    texts = {
        "a": "The new bridge over the Elm opened on Monday. It cost 90 million crowns. Children sang a song.",
        "b": "Critics say 90 million crowns was too much. The Elm bridge was opened on Monday. The ferry will stop.",
        "c": "A ferry captain, Ole Berg, wept. From now on the ferry will stop. Traffic was light at noon.",
    }
    return [Article(outlet, "e", outlet, "", texts[outlet]) for outlet in outlets]


def pairs_of(alignment: Alignment) -> dict[tuple, float]:
    """Return the probability of every listed pair by its key."""
    return dict(zip(alignment.keys(), alignment.probability.tolist(), strict=True))


def embedded(sentences: Sentences) -> Embeddings:
    """Return vectors of TF-IDF, which need no weights."""
    encoder = load_encoder("tfidf")
    return Embeddings(encoder.encode(sentences.text), encoder.name, encoder.fingerprint)


def test_the_right_pairs_are_found() -> None:
    """What two outlets tell is aligned whatever its place; what one alone tells is not."""
    alignment = load_aligner("aligner-lexical").align(split_sentences(bridge()))
    found = pairs_of(alignment)
    best = {
        max((p, key) for key, p in found.items() if {k[0] for k in key} == set(two))[1]
        for two in ("ab", "bc")
    }
    assert best == {(("a", 1), ("b", 2)), (("b", 3), ("c", 2))}
    assert (("a", 3), ("c", 1)) not in found or found[("a", 3), ("c", 1)] < 0.3
    assert all(left[0] != right[0] for left, right in found)


@pytest.mark.parametrize("order", ["abc", "cab", "bca", "cba"])
@pytest.mark.parametrize("name", ["aligner-lexical", pytest.param("aligner-news", marks=pytest.mark.model)])
def test_the_order_of_articles_does_not_matter(name: str, order: str) -> None:
    """Pairs, relations and claims are the same whatever the order in which articles are given, read or not."""
    aligner = load_aligner(name)

    def align(articles: list[Article]) -> Alignment:
        sentences = split_sentences(articles)
        vectors = embed_sentences(sentences, load_encoder()) if aligner.embedding else None
        return group_claims(aligner.align(sentences, vectors))

    expected, found = align(bridge()), align(bridge(order))
    assert pairs_of(found) == pairs_of(expected)
    claims = [{found.sentences.key(row) for row in claim.rows} for claim in found.claims]
    assert claims == [{expected.sentences.key(row) for row in claim.rows} for claim in expected.claims]
    assert dict(zip(found.keys(), found.relation, strict=True)) == dict(
        zip(expected.keys(), expected.relation, strict=True)
    )


def test_features_are_symmetric() -> None:
    """Swapping the two sentences of a pair changes no feature."""
    sentences, turned = split_sentences(bridge("ab")), split_sentences(bridge("ba"))
    one = describe_pairs(sentences, embedded(sentences).vectors)
    other = describe_pairs(turned, embedded(turned).vectors)
    assert one.names == (*EMBEDDING_FEATURES, *LEXICAL_FEATURES)
    found = {
        frozenset((turned.key(a), turned.key(b))): row
        for a, b, row in zip(other.left.tolist(), other.right.tolist(), other.values, strict=True)
    }
    for a, b, row in zip(one.left.tolist(), one.right.tolist(), one.values, strict=True):
        assert np.allclose(row, found[frozenset((sentences.key(a), sentences.key(b)))], atol=1e-6)


_SENTENCE = st.sampled_from(
    ["The bridge opened.", "It cost 90 million.", "“No,” she said.", "Rain.", "—", "", "漢字。"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_SENTENCE, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_sentences_can_be_aligned(texts: list[list[str]]) -> None:
    """Marks, empty sentences, a single outlet: probabilities stay within bounds, outlets are never their own partner."""
    articles = []
    for number, parts in enumerate(texts):
        text, spans = "", []
        for part in parts:
            spans.append((len(text), len(text) + len(part)))
            text += part + " "
        articles.append(Article(f"a{number}", "e", f"o{number}", "", text.rstrip() or ".", sentences=tuple(
            (min(s, len(text.rstrip() or ".")), min(e, len(text.rstrip() or "."))) for s, e in spans
        )))  # fmt: skip
    alignment = group_claims(load_aligner("aligner-lexical").align(split_sentences(articles)))
    assert ((alignment.probability >= 0.05) & (alignment.probability <= 1)).all()
    sentences = alignment.sentences
    for a, b in zip(alignment.left, alignment.right, strict=True):
        assert sentences.article_of(a).outlet != sentences.article_of(b).outlet
        assert sentences.text[a].strip()
        assert sentences.text[b].strip()
    claims = [set(claim.rows) for claim in alignment.claims]
    assert not any(one <= other for i, one in enumerate(claims) for j, other in enumerate(claims) if i != j)


def test_the_truth_of_an_invented_press_is_recovered() -> None:
    """Claims in other words, by four outlets and in quotes, are found again."""
    press = make_press(n_events=6, n_outlets=4, seed=7)
    truth = press.corpus.gold["alignment"]
    assert isinstance(truth, Alignment)
    aligner = load_aligner("aligner-lexical")
    found = [
        group_claims(aligner.align(split_sentences(press.corpus.select(event=event.id).articles)))
        for event in press.corpus.events
    ]
    metrics = score_alignment(truth, found)
    assert metrics["average_precision"] > 0.9
    assert metrics["recall"] > 0.95
    assert metrics["claim_recall"] > 0.9


def test_nothing_shared_is_nothing_aligned() -> None:
    """Outlets that tell different stories have no claim in common."""
    articles = [
        Article("a", "e", "a", "", "Snow closed the pass. Lorries wait below. A plough is on its way."),
        Article("b", "e", "b", "", "Bakers made a loaf of forty metres. Two thousand people ate of it."),
    ]
    assert group_claims(load_aligner("aligner-lexical").align(split_sentences(articles))).claims == ()


def test_what_the_aligner_needs() -> None:
    """Several events at once, or embeddings of other sentences, are refused."""
    sentences = split_sentences(bridge())
    with pytest.raises(InputError, match="must be of one event"):
        load_aligner("aligner-lexical").align(
            split_sentences([*bridge(), Article("z", "f", "z", "", "A b c.")])
        )
    for wrong in (None, embedded(split_sentences(bridge("ab")))):
        with pytest.raises(InputError, match="embeddings of the same sentences"):
            load_aligner("aligner-news").align(sentences, wrong)
    features = describe_pairs(sentences, None)
    with pytest.raises(InputError, match="aligned pairs and pairs that are not"):
        TrainedAligner(embedding=False).fit([features], [np.array(["none"] * len(features.left))])


@pytest.mark.mirror
def test_most_pairs_of_real_coverage_are_not_aligned(mirror: object) -> None:
    """On real coverage the aligner leaves most sentences alone, as readers do."""
    from crossframe.reading.public.corpora import read_corpus

    corpus: Corpus = read_corpus("basil").select(event="542cd22c")
    alignment = load_aligner("aligner-lexical").align(split_sentences(corpus.articles))
    sizes = np.bincount(alignment.sentences.article)
    n_pairs = (sizes.sum() ** 2 - (sizes**2).sum()) / 2
    aligned = sum(relation != "none" for relation in alignment.relation)
    assert 0.005 < aligned / n_pairs < 0.06
