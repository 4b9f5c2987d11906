"""Tests of the lexicon baseline: sentiment words near the target, negation, and the stance planted in an invented press."""

import numpy as np

from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.judging.stance.stance_model import annotate_mentions
from crossframe.judging.targets import StanceItem
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Annotation, Spans
from crossframe.synthetic import make_press


def target(text: str, name: str) -> StanceItem:
    """Return the first occurrence of `name` in `text` as a target."""
    start = text.index(name)
    return StanceItem(text, start, start + len(name))


def score(model: object, text: str, name: str) -> float:
    """Return positive minus negative."""
    row = model.predict_proba([target(text, name)])[0]  # type: ignore[attr-defined]
    classes = list(model.classes_)  # type: ignore[attr-defined]
    return float(row[classes.index("positive")] - row[classes.index("negative")])


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


def test_planted_portrayal_is_recovered_by_the_lexicon() -> None:
    """On an invented press, where portrayal lies in adjectives of the lexicon, the baseline finds nearly all of it."""
    corpus = make_press(n_events=8, seed=13).corpus
    gold = corpus.gold["portrayal"]
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
    found = annotate_mentions(LexiconStance(), split_sentences(corpus.articles), mentions, gold.units.voice)
    wrong = found.scores.argmax(axis=1) != gold.scores.argmax(axis=1)
    speaker = np.array([row["voice"] == AUTHOR for row in gold.units.rows()])
    assert wrong[~speaker].mean() < 0.05
    assert wrong.mean() < 0.25
