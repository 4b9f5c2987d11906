"""narrative-frames: counts held against what its authors published, and what each annotator's answers say."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.narrative_frames import vote_frames
from crossframe.records import FRAMES

QUESTIONS = ("co1", "co2", "co3", "ec1", "ec2", "ec3", "hi1", "hi2", "hi5", "mo1", "mo2", "re2", "re6")


def test_votes() -> None:
    """A frame is in an annotator's vote from enough of its questions on; who did not label the article has no vote."""
    answers = {question: ("", ["no", -1, "no"]) for question in QUESTIONS}
    for question in ("co1", "co3", "hi1", "mo2", "re2"):
        answers[question] = ("", ["yes", -1, "no"])
    for question in ("re2", "re6"):
        answers[question] = ("", [*answers[question][1][:2], "yes"])
    votes = vote_frames(answers)
    assert [[FRAMES[j] for j in np.flatnonzero(row)] for row in votes] == [
        ["conflict", "moral"],
        ["resolution"],
    ]


@pytest.mark.mirror
def test_narrative_frames(mirror: Path) -> None:
    """All 428 articles are there with the frames of the published splits; votes are of train and dev alone."""
    corpus = read_corpus("narrative-frames")
    frames = corpus.gold["frames"]
    assert Counter(article.split for article in corpus.articles) == {"train": 258, "dev": 85, "test": 85}
    assert dict(zip(frames.labels, frames.scores.sum(axis=0).tolist(), strict=True)) == {
        "conflict": 268, "economic": 127, "human-interest": 49, "moral": 44, "resolution": 192,
    }  # fmt: skip
    votes = corpus.gold["frame-votes"]
    assert votes.units.article == tuple(a.id for a in corpus.articles if a.split != "test")
    truth = frames.scores[: len(votes.units)]
    assert (votes.scores[truth == 1] > 0.3).mean() > 0.98
    assert votes.scores[truth == 1].mean() > 0.9
    assert votes.scores[truth == 0].mean() < 0.25
    assert "frame-votes" not in read_corpus("narrative-frames", splits=("test",)).gold
