"""Portrayal by sentences and stance by holders: what is asked, what has a row, and models that answer one question alone."""

from collections.abc import Sequence

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.judging.stance.judgements import MIN_SIDED, Judgements, judge_actors
from crossframe.judging.targets import StanceItem
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Article, Sentences, Spans

TEXT = 'The G7 accused Russia of force. "Russia lies and Russia steals," said Ann Bell. Russia left.'
NAMES = {"g7": "G7", "russia": "Russia", "ann-bell": "Ann Bell"}


def study() -> tuple[Sentences, Spans, tuple[str, ...]]:
    """Return sentences, all mentions and the voices they stand in."""
    article = Article("a", "e", "post", "", TEXT)
    rows = []
    for id, word in (("g7", "G7"), ("russia", "Russia"), ("ann-bell", "Ann Bell")):
        at = TEXT.find(word)
        while at >= 0:
            rows.append({"article": "a", "start": at, "end": at + len(word), "actor": id, "kind": "name"})
            at = TEXT.find(word, at + 1)
    mentions = Spans.from_rows(sorted(rows, key=lambda row: row["start"]))
    quoted = range(TEXT.index('"'), TEXT.rindex('"'))
    voices = tuple("ann-bell" if start in quoted else AUTHOR for start in mentions.start.tolist())
    return split_sentences([article]), mentions, voices


class OfBoth:
    """Says that sentences portray Russia negatively, and that only the G7 and Ann Bell take a side; keeps what it is asked."""

    name, construct = "of-both", "both"
    sided = 0.9

    def __init__(self) -> None:
        self.asked: list[list[StanceItem]] = []

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return the probabilities of an item by its holder."""
        self.asked.append(list(items))
        return np.array([self._judge(item) for item in items])

    def _judge(self, item: StanceItem) -> list[float]:
        if item.holder is None:
            return [0.8, 0.2, 0.0] if "lies" not in item.text or item.start < 3 else [0.4, 0.6, 0.0]
        sided = self.sided if item.holder in ("G7", "Ann Bell") else 0.1
        return [sided, 1 - sided, 0.0]


def judge(model: object, targets: Sequence[str] = ("russia",)) -> Judgements:
    """Return what a model says of some actors."""
    sentences, mentions, voices = study()
    return judge_actors(model, sentences, mentions, voices, targets=targets, names=NAMES)  # type: ignore[arg-type]


def stances(judgements: Judgements) -> list[tuple[int, int, str, float]]:
    """Return sentence, start, holder and score of every row of stance."""
    units = judgements.stance.units
    rows = zip(
        units.sentence.tolist(),
        units.start.tolist(),
        units.voice,
        judgements.stance.score.tolist(),
        strict=True,
    )
    return [(sentence, start, voice, round(score, 4)) for sentence, start, voice, score in rows]


def test_a_portrayal_is_of_sentence_actor_and_speaker() -> None:
    """Mentions in the same words are averaged; the author and every likely holder have a row per mention."""
    model = OfBoth()
    found = judge(model)
    units = found.portrayal.units
    assert list(zip(units.sentence.tolist(), units.actor, units.voice, strict=True)) == [
        (1, "russia", "outlet"), (2, "russia", "quoted"), (3, "russia", "outlet"),
    ]  # fmt: skip
    assert found.portrayal.scores.tolist() == pytest.approx(
        np.array([[0.8, 0.2, 0], [0.6, 0.4, 0], [0.8, 0.2, 0]])
    )
    assert found.portrayal.unit == "sentence"
    assert set(units.basis) == {""}
    starts = [at for at in range(len(TEXT)) if TEXT.startswith("Russia", at)]
    assert stances(found) == [
        (1, starts[0], AUTHOR, -0.1), (1, starts[0], "g7", -0.9),
        (2, starts[1], AUTHOR, -0.1), (2, starts[1], "ann-bell", -0.9),
        (2, starts[2], AUTHOR, -0.1), (2, starts[2], "ann-bell", -0.9),
        (3, starts[3], AUTHOR, -0.1),
    ]  # fmt: skip


def test_a_mention_outside_of_the_quotation_is_another_row() -> None:
    """Own and quoted words of one sentence portray an actor each for themselves."""
    text = 'Doe said: "Doe never lies."'
    mentions = Spans.from_rows(
        {"article": "a", "start": at, "end": at + 3, "actor": "doe", "kind": "name"} for at in (0, 11)
    )
    sentences = split_sentences([Article("a", "e", "post", "", text)])
    found = judge_actors(
        OfBoth(), sentences, mentions, (AUTHOR, "doe"), targets=("doe",), names={"doe": "Doe"}
    )
    assert found.portrayal.units.voice == ("outlet", "quoted")
    assert found.portrayal.score.tolist() == pytest.approx([-0.8, -0.4])
    # The speaker of the quotation is the target itself: nobody judges itself here.
    assert found.stance.units.voice == (AUTHOR, AUTHOR)


def test_holders_are_asked_by_their_words() -> None:
    """Other actors of the sentence by the words they have there, a speaker whom it does not name by the actor's name."""
    model = OfBoth()
    judge(model)
    [items] = model.asked
    assert [item.holder for item in items[:4]] == [None] * 4
    assert {(item.text[:9], item.holder) for item in items[4:]} == {
        ("The G7 ac", AUTHOR), ("The G7 ac", "G7"), ('"Russia l', AUTHOR), ('"Russia l', "Ann Bell"), ("Russia le", AUTHOR),
    }  # fmt: skip


def test_unlikely_holders_have_no_row() -> None:
    """From a probability of one half of taking a side on, not below."""
    model = OfBoth()
    for sided, n_rows in ((MIN_SIDED, 7), (MIN_SIDED - 0.001, 4)):
        model.sided = sided
        assert len(judge(model).stance) == n_rows


def test_only_targets_are_judged() -> None:
    """An actor that is not scored may be a holder, and is no target."""
    found = judge(OfBoth(), targets=("g7",))
    assert set(found.portrayal.units.actor) == set(found.stance.units.actor) == {"g7"}
    nobody = judge(OfBoth(), targets=())
    assert len(nobody.portrayal) == len(nobody.stance) == 0


def test_a_model_that_reads_no_holders_fills_both() -> None:
    """It says the same of a mention, by the voice in which it stands."""
    model = OfBoth()
    model.construct = "portrayal"
    found = judge(model)
    assert len(found.portrayal) == 3
    assert found.stance.units.voice == (AUTHOR, "ann-bell", "ann-bell", AUTHOR)
    assert found.stance.score.tolist() == pytest.approx([-0.8, -0.8, -0.4, -0.8])
    assert {item.holder for items in model.asked for item in items} == {None}


def test_a_model_of_stance_alone_portrays_nobody() -> None:
    """The table of portrayals stays empty."""
    model = OfBoth()
    model.construct = "stance"
    found = judge(model)
    assert (len(found.portrayal), len(found.stance)) == (0, 7)
    assert None not in {item.holder for items in model.asked for item in items}


class WithManners(OfBoth):
    """Says by how the sentence portrays, too."""

    manners = np.array([[0.1, 0.8, 0.1], [0.2, 0.7, 0.1]])

    def predict_manners(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return the same for every item."""
        assert items
        return (
            np.tile(self.manners, (len(items), 1, 1)) if self.manners.size else np.zeros((len(items), 0, 3))
        )


def test_the_basis_is_the_models() -> None:
    """Facts or wording where it portrays, none where it is neutral; speakers stay those of the quotations."""
    found = judge(WithManners()).portrayal
    assert found.units.basis == ("facts", "facts", "facts")
    assert found.units.voice == ("outlet", "quoted", "outlet")
    worded = WithManners()
    worded.manners = np.array([[0.1, 0.8, 0.1], [0.3, 0.2, 0.5]])
    worded._judge = lambda item: [0.0, 1.0, 0.0] if "left" in item.text else [0.9, 0.1, 0.0]  # type: ignore[method-assign]
    assert judge(worded).portrayal.units.basis == ("wording", "wording", "none")


def test_a_model_that_was_not_taught_manners_says_no_basis() -> None:
    """An empty axis leaves the basis empty; another shape is one clear error."""
    model = WithManners()
    model.manners = np.zeros((0, 3))
    assert set(judge(model).portrayal.units.basis) == {""}
    model.manners = np.zeros((1, 3))
    with pytest.raises(InputError, match=r"Invalid manners of shape \(3, 3\) from stance model 'of-both'"):
        judge(model)


def test_judgements_and_manners_are_cached_by_article() -> None:
    """A model with a hash is asked once."""
    model = WithManners()
    model.hash = "f" * 64  # type: ignore[attr-defined]
    first, again = judge(model), judge(model)
    assert len(model.asked) == 1
    assert first.stance.scores.tolist() == again.stance.scores.tolist()
    assert first.portrayal.units.basis == again.portrayal.units.basis
