"""Parts of paragraphs become quotes: contents by their cue, cues by their source."""

import numpy as np
import pytest

from crossframe.attributing.quotes.cue_links import N_LINK_FEATURES, Attribution, Links, Part, pair_features
from crossframe.learning.classifiers import Logistic

TEXT = "“We go,” Doe said, “and stay.” Rain fell, Roe told us."
CONTENTS = Part(0, 8, "content"), Part(19, 30, "content"), Part(31, 40, "content")
SAID, TOLD, DOE, ROE = Part(13, 17, "cue"), Part(46, 50, "cue"), Part(9, 12, "source"), Part(42, 45, "source")
PARTS = sorted([*CONTENTS, SAID, TOLD, DOE, ROE])


def near(bias: float = 1.6) -> Links:
    """Return links that prefer what few words part, and no end of a sentence."""
    weights = np.zeros((N_LINK_FEATURES, 1))
    weights[[1, 18]], weights[[10, 27]] = -1, -5
    one = Logistic(np.zeros(N_LINK_FEATURES), np.ones(N_LINK_FEATURES), weights, np.array([bias]))
    return Links(one, one)


def test_contents_of_one_cue_are_one_quote() -> None:
    """A split quotation is one quote of two contents, the next sentence's is another, each with its own source."""
    assert near().join(TEXT, PARTS) == [
        Attribution(CONTENTS[:2], SAID, DOE),
        Attribution(CONTENTS[2:], TOLD, ROE),
    ]


def test_what_is_not_likely_linked_stands_alone() -> None:
    """A content without a likely cue is a quote of its own; a cue without a content is none."""
    assert near(-5).join(TEXT, PARTS) == [Attribution((content,)) for content in CONTENTS]
    assert near().join(TEXT, [SAID, DOE]) == []
    assert near().join(TEXT, [CONTENTS[0], SAID]) == [Attribution(CONTENTS[:1], SAID)]


def test_what_is_told_of_a_pair() -> None:
    """The order, words and parts between, and the ends of sentences, in places of their own for each order."""
    after, before = (
        pair_features(TEXT, CONTENTS[0], SAID, PARTS),
        pair_features(TEXT, CONTENTS[1], SAID, PARTS),
    )
    assert after[0] == 1
    assert after[1] == pytest.approx(np.log(2))
    assert after[5] == 1  # a source between
    assert not after[18:].any()
    assert before[0] == 0
    assert not before[1:18].any()
    assert pair_features(TEXT, CONTENTS[0], TOLD, PARTS)[9:11].tolist() == [1, 1]


def test_weights_come_back() -> None:
    """What is written as arrays joins the same after reading."""
    assert Links.from_arrays(near().arrays()).join(TEXT, PARTS) == near().join(TEXT, PARTS)
