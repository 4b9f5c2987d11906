"""Articles of one invented event for the tests of attribution."""

from collections.abc import Callable

import pytest

from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Sentences


@pytest.fixture
def make_sentences() -> Callable[..., Sentences]:
    """Return a maker of Sentences: each text is an article of its own outlet; a pair is (title, text)."""

    def make(*texts: str | tuple[str, str]) -> Sentences:
        articles = []
        for number, text in enumerate(texts):
            title, body = text if isinstance(text, tuple) else ("", text)
            articles.append(Article(f"a{number}", "event", f"outlet-{number}", title, body))
        return split_sentences(articles)

    return make
