"""Stance and frames: the target matters, voices are kept, baselines beat nothing, probabilities are probabilities."""

import numpy as np
import pytest

from crossframe.errors import InputError, UnknownNameError
from crossframe.judging.frames import LexiconFrames, load_frame_model
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.contract import StanceContract
from crossframe.judging.stance.features import (
    LEXICON_FEATURES,
    Target,
    describe_sentiment,
    masked,
    targets_of,
    to_stances,
    window,
)
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.linear import LinearStance
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, FRAMES, STANCES, Annotation, Article, Spans
from crossframe.synthetic import make_press


def target(text: str, name: str) -> Target:
    """Return the first occurrence of `name` in `text` as a target."""
    start = text.index(name)
    return Target(text, start, start + len(name))


def score(model: object, text: str, name: str) -> float:
    """Return positive minus negative."""
    row = model.predict_proba([target(text, name)])[0]  # type: ignore[attr-defined]
    classes = list(model.classes_)  # type: ignore[attr-defined]
    return float(row[classes.index("positive")] - row[classes.index("negative")])


@pytest.fixture(scope="module")
def shipped() -> StanceContract:
    """Return the shipped stance model."""
    model = load_stance_model()
    assert isinstance(model, StanceContract)
    return model


@pytest.mark.model
@pytest.mark.slow
class TestTheShippedStanceModel:
    """What a reader would expect of it on plain sentences."""

    @pytest.mark.parametrize(
        ("text", "name", "sign"),
        [
            ("Senator Hale is a liar who betrayed the voters who trusted him.", "Hale", -1),
            ("Critics accused Moor of corruption and called her leadership a disaster.", "Moor", -1),
            ("Everyone praised Lind for her courage and her brilliant work.", "Lind", 1),
            ("Roth won the hearts of the town with his kindness and honesty.", "Roth", 1),
        ],
    )
    def test_plain_cases(self, shipped: StanceContract, text: str, name: str, sign: int) -> None:
        """Praise and blame are told apart, and by more than a little."""
        assert sign * score(shipped, text, name) > 0.3

    def test_plain_news_is_neutral(self, shipped: StanceContract) -> None:
        """A plain report is neutral most likely."""
        row = shipped.predict_proba(
            [target("Minister Hale met with the delegation in Geneva on Tuesday.", "Hale")]
        )[0]
        assert shipped.classes_[int(row.argmax())] == "neutral"

    def test_the_target_matters(self, shipped: StanceContract) -> None:
        """In one sentence who blames and who is blamed are judged apart."""
        text = "Moor called the disgraced Hale a corrupt and dishonest coward."
        assert score(shipped, text, "Hale") < score(shipped, text, "Moor")

    def test_the_name_does_not_decide(self, shipped: StanceContract) -> None:
        """Another name in its place moves the score little: the name itself is masked where the target is read."""
        text = "Critics accused {} of corruption."
        scores = [score(shipped, text.format(name), name) for name in ("Hale", "Moor", "Okafor", "Nguyen")]
        assert max(scores) - min(scores) < 0.35

    def test_mentions_are_annotated_in_their_voice(self, shipped: StanceContract) -> None:
        """One row a mention, in order, with its voice, probabilities that sum to one; the chunking changes nothing."""
        article = Article(
            "a", "e", "o", "Hale resigns", "Hale left. “Hale lied,” said Moor. Nobody wept for Hale."
        )
        sentences = split_sentences([article])
        starts = [i for i in range(len(article.document)) if article.document.startswith("Hale", i)]
        mentions = Spans.from_rows(
            {"article": "a", "start": i, "end": i + 4, "actor": "hale", "kind": "name"} for i in starts
        )
        voices = (AUTHOR, AUTHOR, "moor", AUTHOR)
        annotation = shipped.annotate(sentences, mentions, voices)
        assert annotation.units.voice == voices
        assert annotation.units.sentence.tolist() == [0, 1, 2, 3]
        assert annotation.labels == STANCES
        assert np.allclose(annotation.scores.sum(axis=1), 1)
        alone = shipped.annotate(sentences, mentions.select(np.array([2])), voices[2:3])
        assert np.allclose(alone.scores[0], annotation.scores[2], atol=1e-5)

    def test_no_mentions(self, shipped: StanceContract) -> None:
        """An event without a mention has no stance and raises nothing."""
        sentences = split_sentences([Article("a", "e", "o", "", "Rain fell.")])
        assert len(shipped.annotate(sentences, Spans(), ())) == 0


def test_the_lexicon_baseline() -> None:
    """Sentiment words near the target decide; negation turns them; without any the mention is neutral."""
    model = LexiconStance()
    assert score(model, "The brave mayor Bell smiled.", "Bell") > 0.3
    assert score(model, "The cruel mayor Bell lied.", "Bell") < -0.3
    assert score(model, "Mayor Bell is not brave.", "Bell") < 0
    assert model.predict([target("Mayor Bell met the council.", "Bell")]) == ["neutral"]
    texts = ["The brave Bell smiled.", "The cruel Bell lied.", "Bell met the council."] * 8
    labels = ["positive", "negative", "neutral"] * 8
    fitted = LexiconStance(threshold=0.9).fit([target(text, "Bell") for text in texts], labels)
    assert fitted.threshold < 0.6
    assert fitted.predict([target(text, "Bell") for text in texts[:3]]) == labels[:3]


def test_planted_stance_is_recovered_by_the_lexicon() -> None:
    """On an invented press, where stance lies in adjectives of the lexicon, the baseline finds nearly all of it."""
    corpus = make_press(n_events=8, seed=13).corpus
    gold = corpus.gold["stance"]
    assert isinstance(gold, Annotation)
    mentions = Spans.from_rows(
        {
            "article": row["article"],
            "start": row["start"],
            "end": row["end"],
            "actor": row["actor"],
            "kind": "name",
        }
        for row in gold.units.rows()
    )
    found = LexiconStance().annotate(split_sentences(corpus.articles), mentions, gold.units.voice)
    wrong = found.scores.argmax(axis=1) != gold.scores.argmax(axis=1)
    speaker = np.array([row["voice"] == AUTHOR for row in gold.units.rows()])
    assert wrong[~speaker].mean() < 0.05
    assert wrong.mean() < 0.25


def test_what_the_features_see() -> None:
    """The name is masked, the window holds the words around it, sentiment is scaled."""
    one = target("Critics say the bold plan of Smith failed badly.", "Smith")
    assert "Smith" not in masked(one).text
    assert masked(one).text[masked(one).start : masked(one).end] not in ("", "Smith")
    assert "Smith" not in window(one)
    values = describe_sentiment(one)
    assert len(values) == len(LEXICON_FEATURES)
    assert all(-1 <= value <= 1 for value in values)


def test_targets_across_a_boundary() -> None:
    """A mention that runs over the end of its sentence is cut there."""
    article = Article("a", "e", "o", "", "Ada Moor. She left.", sentences=((0, 5), (5, 19)))
    mentions = Spans.from_rows([{"article": "a", "start": 0, "end": 8, "actor": "m", "kind": "name"}])
    [found], units = targets_of(split_sentences([article]), mentions, (AUTHOR,))
    assert found.text[found.start : found.end] == "Ada M"
    assert units.end.tolist() == [8]


def test_a_models_own_labels() -> None:
    """Other label names are mapped; a label without a stance is refused."""
    probability = np.array([[0.2, 0.5, 0.3]])
    mapped = to_stances(
        probability, ("con", "mixed", "pro"), {"con": "negative", "mixed": "neutral", "pro": "positive"}
    )
    assert mapped.tolist() == probability.tolist()
    with pytest.raises(InputError, match="Invalid label 'con'"):
        to_stances(probability, ("con", "neutral", "positive"), {})


def test_frames_by_words() -> None:
    """An article full of a frame's words has that frame, and several can hold."""
    model = load_frame_model("frames-lexicon")
    assert isinstance(model, LexiconFrames)
    probability = model.predict_proba(
        [
            ["Taxes and prices cost jobs.", "The economy lost millions."],
            ["The treaty offers a plan and a solution."],
        ]
    )
    assert probability.shape == (2, len(FRAMES))
    assert FRAMES[int(probability[0].argmax())] == "economic"
    assert FRAMES[int(probability[1].argmax())] == "resolution"
    fitted = LexiconFrames().fit([["Taxes and prices cost jobs."], ["Rain fell."]])
    assert len(fitted.usual) == len(FRAMES)


def test_planted_frames_are_recovered_by_words() -> None:
    """On an invented press articles with a frame score higher on it than articles without."""
    from sklearn.metrics import roc_auc_score

    corpus = make_press(n_events=20, seed=14).corpus
    gold = corpus.gold["frames"]
    assert isinstance(gold, Annotation)
    found = load_frame_model("frames-lexicon").annotate(split_sentences(corpus.articles))
    assert found.units.article == gold.units.article
    for column, frame in enumerate(FRAMES):
        assert roc_auc_score(gold.scores[:, column], found.of(frame)) > 0.95, frame


@pytest.mark.model
@pytest.mark.slow
def test_the_shipped_frame_model(georgia: object) -> None:
    """Every article has a probability for each of the five frames."""
    from crossframe.reading.corpus.folders import read_folder

    corpus = read_folder(georgia)  # type: ignore[arg-type]
    annotation = load_frame_model().annotate(split_sentences(corpus.articles))
    assert annotation.labels == FRAMES
    assert annotation.unit == "article"
    assert annotation.scores.shape == (5, 5)


def test_unknown_models() -> None:
    """Names that are not shipped are refused with those that are."""
    with pytest.raises(UnknownNameError, match="stance-news"):
        load_stance_model("stance-old")
    with pytest.raises(UnknownNameError, match="frames-news"):
        load_frame_model("frames-old")
    with pytest.raises(InputError, match="at least two different"):
        LinearStance().fit_features(np.zeros((3, 2)), ["a", "a", "a"])
