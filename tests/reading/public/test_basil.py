"""BASIL: counts held against what its authors published."""

from collections import Counter
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.reading.corpus.gold import read_alignment
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences


@pytest.mark.mirror
def test_basil(mirror: Path) -> None:
    """Articles, sentences, spans and judgements are as many as published, and sentences are the given ones."""
    corpus = read_corpus("basil")
    sentences = split_sentences(corpus.articles)
    assert (len(corpus), len(corpus.events), len(corpus.actors)) == (300, 100, 0)
    assert Counter(article.outlet for article in corpus.articles) == {"fox": 100, "hpo": 100, "nyt": 100}
    assert int((sentences.index > 0).sum()) == 7984
    assert sum(not text for text in sentences.text) == 7
    totals = {name: corpus.gold[name].scores.sum(axis=0).tolist() for name in ("bias", "stance", "framing")}
    assert totals == {"bias": [1246, 480], "stance": [1415, 0, 311], "framing": [126, 463, 23]}
    spans = corpus.gold["stance"].units
    assert sum(voice == "author" for voice in spans.voice) == 1726 - 722
    assert all(
        sentences.locate(unit["article"], unit["start"]) == sentences.row(unit["article"], unit["sentence"])
        for unit in spans.rows()
    )


@pytest.mark.mirror
def test_basil_alignment(mirror: Path) -> None:
    """The pairs are as many as their README says, whole and of each annotator."""
    corpus = read_corpus("basil")
    train, dev = corpus.gold["alignment-train"], corpus.gold["alignment-dev"]
    assert Counter(train.relation) == {"equivalent": 315, "partial": 1355}
    assert len(dev) == 540
    assert Counter(dev.relation)["disputed"] == 56
    table = storage.corpora_folder() / "basil" / "gold" / "alignment" / "basil-dev.tsv"
    annotators = [set(read_alignment(corpus, table, relation=f"annotator_{n}").keys()) for n in (1, 2)]
    assert len(annotators[0] & annotators[1]) == 484
    assert len(annotators[0] ^ annotators[1]) == 56
