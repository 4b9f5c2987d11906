"""Articles of one invented event for the tests of attribution."""

from collections.abc import Callable

import pytest

from crossframe.attributing.quotes.readers import QuoteReader, load_quote_reader
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


@pytest.fixture(params=["rules", pytest.param("quotes-news", marks=pytest.mark.model)], scope="session")
def reader(request: pytest.FixtureRequest) -> QuoteReader | None:
    """Return how quotes are read: by rules alone, and by rules with the shipped reader beside them."""
    return load_quote_reader(request.param)
