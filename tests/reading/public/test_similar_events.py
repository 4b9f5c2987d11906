"""The invented articles on events of one pattern: what the loader reads."""

from collections import Counter

import pytest

from crossframe import read_corpus
from crossframe.records import Corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return the whole corpus."""
    return read_corpus("similar-events")


def test_groups_lie_in_one_split(corpus: Corpus) -> None:
    """A group is whole in one split; every article has a day, a headline and an event that the corpus names."""
    split = {article.event.partition("-")[0]: article.split for article in corpus.articles}
    assert Counter(split.values()) == {"train": 30, "dev": 12, "test": 30}
    for article in corpus.articles:
        assert article.id.partition("-")[0] == article.event.partition("-")[0]
        assert split[article.event.partition("-")[0]] == article.split
        assert article.published
        assert article.title
        assert article.text
    assert {article.event for article in corpus.articles} == {event.id for event in corpus.events}


def test_one_split(corpus: Corpus) -> None:
    """A split has its own groups alone; events of a group share the title."""
    test = read_corpus("similar-events", splits=["test"])
    assert [one.id for one in test.articles] == [one.id for one in corpus.articles if one.split == "test"]
    titles = {event.id.partition("-")[0]: event.title for event in test.events}
    assert all(event.title == titles[event.id.partition("-")[0]] for event in test.events)
    assert len(set(titles.values())) == len(titles) == 30
