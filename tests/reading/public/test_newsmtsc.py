"""NewsMTSC: counts held against what its authors published."""

from collections import Counter
from pathlib import Path

import pytest

from crossframe.reading.public.corpora import read_corpus


@pytest.mark.mirror
def test_newsmtsc(mirror: Path) -> None:
    """Sentences, targets and the overlap of the official splits are as known."""
    corpus = read_corpus("newsmtsc")
    split = {article.id: article.split for article in corpus.articles}
    assert Counter(split.values()) == {"train": 7758, "rw": 1067}
    assert Counter(split[id] for id in corpus.gold["stance"].units.article) == {"train": 8739, "rw": 1146}
    train = {article.event for article in corpus.articles if article.split == "train"}
    assert sum(article.event in train for article in corpus.articles if article.split == "rw") == 516
