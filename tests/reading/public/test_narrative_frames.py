"""narrative-frames: counts held against what its authors published."""

from collections import Counter
from pathlib import Path

import pytest

from crossframe.reading.public.corpora import read_corpus


@pytest.mark.mirror
def test_narrative_frames(mirror: Path) -> None:
    """All 428 articles are there with the frames of the published splits."""
    corpus = read_corpus("narrative-frames")
    frames = corpus.gold["frames"]
    assert Counter(article.split for article in corpus.articles) == {"train": 258, "dev": 85, "test": 85}
    assert dict(zip(frames.labels, frames.scores.sum(axis=0).tolist(), strict=True)) == {
        "conflict": 268, "economic": 127, "human-interest": 49, "moral": 44, "resolution": 192,
    }  # fmt: skip
