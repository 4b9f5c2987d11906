"""The draw of the reference labels: numbers by hand, probabilities by hand and by simulation, and what may not be in it."""

from collections import Counter

import numpy as np
import pytest
from reference_label_candidates import Sentence
from sample_reference_labels import ITEMS, allocate, draw_sentences, draw_targets

from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.records import Article

ARTICLE = Article("a", "e", "o", "", "Text.")
STATE, SECOND_STATE, PERSON, GROUP = (
    (0, 1, "state"),
    (2, 3, "state"),
    (4, 5, "person"),
    (6, 7, "group"),
)


def make_sentence(*mentions: tuple[int, int, str]) -> Sentence:
    """Return a sentence with these candidates."""
    return Sentence("neus", ARTICLE, 0, 9, "", mentions)


@pytest.mark.parametrize(
    ("n", "sizes", "expected"),
    [
        (10, {"a": 20, "b": 20}, {"a": 6, "b": 4}),
        (10, {"a": 3, "b": 20}, {"a": 3, "b": 7}),  # what a lacks goes to b
        (10, {"a": 2, "b": 3}, {"a": 2, "b": 3}),  # never more than there are
        (10, {"b": 20}, {"b": 10}),
        (0, {"a": 2, "b": 3}, {"a": 0, "b": 0}),
    ],
)
def test_numbers_by_stratum(n: int, sizes: dict[str, int], expected: dict[str, int]) -> None:
    """By shares of .6 and .4."""
    found = allocate(n, {(name,): size for name, size in sizes.items()}, [{"a": 0.6, "b": 0.4}])
    assert found == {(name,): number for name, number in expected.items()}


def test_numbers_are_divided_level_by_level() -> None:
    """A part gets its share first, whatever its strata are; within it, what one of them lacks goes to the other."""
    sizes = {("a", "x"): 1, ("a", "y"): 9, ("b", "x"): 9, ("b", "y"): 9}
    found = allocate(12, sizes, [{"a": 0.5, "b": 0.5}, {"x": 0.5, "y": 0.5}])
    assert found == {("a", "x"): 1, ("a", "y"): 5, ("b", "x"): 3, ("b", "y"): 3}


def test_probabilities_of_targets_by_hand() -> None:
    """One of the leading kind is drawn first, each alike; another by the weights of kinds among the rest."""
    assert draw_targets(make_sentence(PERSON), np.random.default_rng(0)) == [(PERSON, 1.0)]
    expected = {
        STATE: 0.5 + 0.5 * 4 / 5.7,  # first; or second after the other state, beside person .2 and group 1.5
        SECOND_STATE: 0.5 + 0.5 * 4 / 5.7,
        PERSON: 0.2 / 5.7,
        GROUP: 1.5 / 5.7,
    }
    sentence = make_sentence(*expected)
    for seed in range(20):
        drawn = draw_targets(sentence, np.random.default_rng(seed))
        assert len(drawn) == 2
        assert drawn == sorted(drawn)
        for target, probability in drawn:
            assert probability == pytest.approx(expected[target])


def test_targets_are_drawn_as_often_as_it_says() -> None:
    """In 4,000 draws the share of every mention is its probability, within four standard errors."""
    sentence, rng, n = make_sentence(STATE, PERSON, GROUP, SECOND_STATE), np.random.default_rng(1), 4000
    probability, counts = {}, Counter()
    for _ in range(n):
        for target, chance in draw_targets(sentence, rng):
            counts[target] += 1
            probability[target] = chance
    assert sum(probability.values()) == pytest.approx(2)
    for target, chance in probability.items():
        assert counts[target] / n == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / n))


def test_probability_of_a_sentence_is_its_share_of_the_stratum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Number drawn by number that there is, stratum by stratum."""
    monkeypatch.setattr("sample_reference_labels.N_SENTENCES", 20)
    sentences = [make_sentence(STATE, PERSON) for _ in range(60)] + [make_sentence(GROUP) for _ in range(40)]
    draws = draw_sentences(sentences, "random", np.random.default_rng(0))
    assert len({id(draw.sentence) for draw in draws}) == len(draws) == 20
    size = {"neus/several/state": 60, "neus/one/group": 40}
    number = Counter(draw.stratum for draw in draws)
    assert set(number) == set(size)
    assert all(draw.probability == number[draw.stratum] / size[draw.stratum] for draw in draws)


def test_nothing_is_of_a_story_that_shares_text_with_test_data() -> None:
    """No item of NeuS; and every probability of the draws that have one is one."""
    rows = [row for _, row in read_tsv(ITEMS, ("corpus", "article", "draw", "probability"))]
    stories = {row["article"].rpartition("-")[0] for row in rows if row["corpus"] == "neus"}
    assert len(stories) > 1000
    assert not stories & read_excluded_stories()
    assert all(0 < float(row["probability"]) <= 1 for row in rows if row["draw"] in "12")
