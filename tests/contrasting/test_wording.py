"""Words that set outlets apart: by hand, copies aside, nothing where there is one outlet."""

from collections.abc import Callable

import numpy as np
import pytest

from crossframe.contrasting.wording import compare_wording
from crossframe.reading.text.split import split_sentences
from crossframe.records import (
    Article,
)

Rows = Callable[..., list[dict]]


def test_words_that_set_outlets_apart(rows: Rows) -> None:
    """An outlet's own word leads its list, words that all share are near zero, and intervals hold the estimate."""
    articles = [
        Article(
            "a",
            "e",
            "a",
            "",
            "The regime fell. The regime lied. Regime troops left. Mayor Bell spoke. Bell left.",
        ),
        Article(
            "b",
            "e",
            "b",
            "",
            "The government fell. Government aides erred. The government left. Bell spoke. Bell left.",
        ),
    ]
    wording = compare_wording(split_sentences(articles), event="e")
    leading = {row["outlet"]: row["term"] for row in sorted(wording.rows(), key=lambda row: row["z"])}
    assert leading == {"a": "regime", "b": "government"}
    by_term = {(row["outlet"], row["term"]): row for row in wording.rows()}
    assert abs(by_term["a", "bell"]["z"]) < 1
    for row in by_term.values():
        assert row["low"] <= row["log_odds"] <= row["high"]
        assert np.isnan(row["q_value"])
    assert ("a", "the") not in by_term


def test_a_copy_is_not_set_against_its_source(rows: Rows) -> None:
    """A word that an outlet and its copy alone use leads both their lists."""
    texts = {"a": "The regime fell. " * 4, "b": "The regime fell. " * 4, "c": "The cabinet left. " * 4}
    sentences = split_sentences(
        [Article(outlet, "e", outlet, "", text.strip()) for outlet, text in texts.items()]
    )
    found = []
    for copies in (None, {"b": "a"}):
        wording = compare_wording(sentences, event="e", copies=copies)
        found += [
            row["log_odds"] for row in wording.rows() if (row["outlet"], row["term"]) == ("a", "regime")
        ]
    plain, apart = found
    assert apart > plain + 0.01


def test_log_odds_by_hand() -> None:
    """The estimate is Monroe et al.'s equation 16 with the prior scaled to 500 words."""
    from crossframe.contrasting.wording import _log_odds

    delta, z = _log_odds(np.array([10.0, 0.0]), np.array([5.0, 5.0]), np.array([2.0, 1.0]))
    expected = np.log(12 / (13 - 12)) - np.log(7 / (13 - 7))
    assert delta[0] == pytest.approx(expected)
    assert z[0] == pytest.approx(expected / np.sqrt(1 / 12 + 1 / 7))


def test_one_outlet_has_no_wording() -> None:
    """Nothing sets a single outlet apart, and rare words are not listed."""
    assert (
        len(compare_wording(split_sentences([Article("a", "e", "a", "", "Snow fell. " * 9)]), event="e")) == 0
    )
    two = [Article("a", "e", "a", "", "Snow fell."), Article("b", "e", "b", "", "Rain fell.")]
    assert len(compare_wording(split_sentences(two), event="e")) == 0
