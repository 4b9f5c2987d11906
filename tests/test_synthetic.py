"""The invented press: its gold is true of its texts, and what was planted is there to be found."""

import numpy as np
import pytest

from crossframe import lexicons
from crossframe.errors import InputError
from crossframe.records import AUTHOR, FRAMES, STANCES, Alignment, Annotation, Spans
from crossframe.synthetic import MAIN, Press, make_press, read_prose
from crossframe.text import words


@pytest.fixture(scope="module")
def press() -> Press:
    """Return a press large enough for its shares to be seen."""
    return make_press(n_events=60, n_outlets=3, n_claims=12, slant=0.4, omission=0.3, seed=11)


def documents(press: Press) -> dict[str, str]:
    """Return the text of every article."""
    return {article.id: article.document for article in press.corpus.articles}


def test_gold_spans_stand_in_the_texts(press: Press) -> None:
    """Mentions name their actor, quotes stand between quotation marks and name their speaker."""
    texts = documents(press)
    names = {actor.id: actor.name for actor in press.corpus.actors}
    mentions, quotes = press.corpus.gold["mentions"], press.corpus.gold["quotes"]
    assert isinstance(mentions, Spans)
    assert isinstance(quotes, Spans)
    for row in mentions.rows():
        assert texts[row["article"]][row["start"] : row["end"]] == names[row["actor"]]
    for row in quotes.rows():
        quoted = texts[row["article"]][row["start"] : row["end"]]
        assert quoted[0] == quoted[-1] == '"'
        assert row["speaker_text"] == names[row["speaker"]]
    assert len(quotes) > 100


def test_portrayal_is_in_the_adjective(press: Press) -> None:
    """A mention that is praised or blamed has the word before it; no other word carries sentiment or a frame."""
    texts, prose, portrayal = documents(press), read_prose(), press.corpus.gold["portrayal"]
    assert isinstance(portrayal, Annotation)
    planted = {*prose["blame"], *prose["praise"]}
    for unit, scores in zip(portrayal.units.rows(), portrayal.scores, strict=True):
        before = texts[unit["article"]][: unit["start"]].split()[-1:]
        label = STANCES[int(scores.argmax())]
        expected = {"negative": prose["blame"], "positive": prose["praise"]}.get(label)
        assert (before[0] in expected) if expected else (not before or before[0] not in planted)
    sentiment = lexicons.sentiment()
    facts = [text for kind, texts in prose.items() if kind.isdigit() for text in texts]
    assert len(facts) == 36
    plain = {token for text in (*prose["aside"], *facts) for token in words(text)}
    assert not plain & set(sentiment)
    assert not plain & {word for frame in FRAMES for word in lexicons.frame_words(frame)}
    assert planted <= set(sentiment)


def test_the_slant_is_planted_in_the_first_outlets_own_voice(press: Press) -> None:
    """The first outlet's own voice differs by the slant; other outlets and quoted voices do not."""
    portrayal = press.corpus.gold["portrayal"]
    assert isinstance(portrayal, Annotation)
    outlet_of = {article.id: article.outlet for article in press.corpus.articles}
    score = portrayal.scores[:, 2] - portrayal.scores[:, 0]
    rows = list(portrayal.units.rows())

    def mean(first: bool, own: bool) -> float:
        keep = [
            row["actor"] == MAIN
            and (outlet_of[row["article"]] == "outlet-1") is first
            and (row["voice"] == AUTHOR) is own
            for row in rows
        ]
        return float(score[np.array(keep)].mean())

    assert mean(True, True) - mean(False, True) == pytest.approx(0.4, abs=0.12)
    assert mean(True, False) - mean(False, False) == pytest.approx(0.0, abs=0.25)


def test_claims_are_left_out_at_the_planted_rate(press: Press) -> None:
    """Aligned pairs are of one event, never of one article, and as many as the rate of omission allows."""
    gold = press.corpus.gold["alignment"]
    assert isinstance(gold, Alignment)
    event_of = {article.id: article.event for article in press.corpus.articles}
    keys = gold.keys()
    for (left, _), (right, _) in keys:
        assert event_of[left] == event_of[right]
        assert left != right
    expected = 60 * 3 * (1 + 11 * 0.7**2)
    assert len(gold) == pytest.approx(expected, rel=0.06)


def test_frames_are_in_the_words(press: Press) -> None:
    """An article that has a frame holds three of its words."""
    gold, texts = press.corpus.gold["frames"], documents(press)
    assert isinstance(gold, Annotation)
    for unit, scores in zip(gold.units.rows(), gold.scores, strict=True):
        tokens = words(texts[unit["article"]])
        for frame, held in zip(FRAMES, scores, strict=True):
            if held:
                assert sum(token in lexicons.frame_words(frame) for token in tokens) >= 3


def test_the_same_seed_makes_the_same_press() -> None:
    """A press is a function of its arguments."""
    one, two, other = (make_press(n_events=2, seed=seed).corpus.fingerprint for seed in (1, 1, 2))
    assert one == two != other
    assert len(make_press(n_events=1, n_outlets=1, n_claims=30).corpus) == 1


@pytest.mark.parametrize(
    "wrong", [{"n_events": 0}, {"n_outlets": 21}, {"n_claims": 0}, {"slant": 0.7}, {"omission": 0.95}]
)
def test_arguments_are_checked(wrong: dict[str, float]) -> None:
    """Arguments outside their ranges are refused."""
    with pytest.raises(InputError, match="It must lie between"):
        make_press(**wrong)  # type: ignore[arg-type]
