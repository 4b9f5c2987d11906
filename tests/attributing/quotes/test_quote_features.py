"""Features of words for quotes: paragraphs, marks around them, verbs of saying, the paragraph before."""

import numpy as np

from crossframe.attributing.quotes.quote_features import (
    N_QUOTE_FEATURES,
    N_WORD_FEATURES,
    describe_paragraphs,
    paragraphs_of,
)
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.records import Article

TEXT = "“We go,” Doe said.\n\nIt rained. “It\n“poured.”"


def features(title: str = "Rain") -> list[dict[str, np.ndarray]]:
    """Return for each paragraph its words with their features beside the word features."""
    article = Article("a", "e", "o", title, TEXT)
    words = describe_paragraphs(article, paragraphs_of(article), pair_marks(article.document))
    assert all(one.features.shape == (len(one.start), N_QUOTE_FEATURES) for one in words)
    return [
        {
            one.text[start:end]: row
            for start, end, row in zip(one.start, one.end, one.features[:, N_WORD_FEATURES:], strict=True)
        }
        for one in words
    ]


def test_paragraphs_are_lines_without_blanks_around() -> None:
    """Empty lines are none; the headline is distinguished from the text; a text without headline has none."""
    article = Article("a", "e", "o", "Rain", "  One. \n \n\tTwo.\n")
    found = paragraphs_of(article)
    assert [article.document[one.start : one.end] for one in found] == ["Rain", "One.", "Two."]
    assert [one.title for one in found] == [True, False, False]
    assert [one.title for one in paragraphs_of(Article("a", "e", "o", "", "One.\nTwo."))] == [False, False]


def test_marks_and_verbs() -> None:
    """Words in quotation marks, the marks themselves, and what a verb of saying takes."""
    first = features()[1]
    assert [first[word][0] for word in ("“", "We", "”", "Doe")] == [1, 1, 1, 0]
    assert first["“"][1] == 1
    assert first["”"][2] == 1
    assert first["We"][1] == 0
    assert first["said"][4:10].tolist() == [1, 0, 0, 0, 1, 1]
    assert not first["Doe"][4:15].any()


def test_the_paragraph_before() -> None:
    """The headline, the first paragraph, and whether the one before begins in marks or is left open are features."""
    title, first, second, third = features()
    assert title["Rain"][15] == 1
    assert first["We"][15:17].tolist() == [0, 1]
    assert second["It"][17] == 1
    assert third["poured"][18] == third["poured"][20] == 1
    assert second["It"][20] == 0
    assert not title["Rain"][17:21].any()
