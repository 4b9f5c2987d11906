"""Runs of words that one of two sentences has and the other lacks."""

import math
from collections.abc import Iterator, Sequence

from crossframe.matching.differences.word_alignment import Word, WordAlignment, number_words

_SHARED, _MARK, _FIGURE = -2.0, -1.0, 0.5
"""What a word in common, a mark between clauses and a figure add to a run, a content word of one side alone being 1; a run
ends where as much is lost as a word in common costs."""
_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")"})
_OPENERS = frozenset(
    {
        "after", "although", "amid", "and", "because", "before", "but", "despite", "since", "though", "unless", "until", "when",
        "where", "which", "while", "who", "whom", "whose",
    }
)  # fmt: skip
"""Words that open a clause."""
_LINKS = _OPENERS | {
    "about", "against", "as", "at", "by", "during", "for", "from", "in", "including", "not", "of", "on", "over", "than",
    "that", "to", "with", "without",
}  # fmt: skip
_LENGTH, _NAMES, _LINKED, _OPENED, _LEVEL = 1.4, -1.65, 0.4, 0.55, -2.4
"""Weights of a logistic regression: logarithm of the number of content words and figures, share of capitalised words, whether
a link or mark stands first, whether it opens a clause. Fitted on the training pairs of difference-labels, minimal pairs aside,
as to whether a reader marks a detail of which the run shares half; on the dev pairs .66 of the runs from 0.5 on are such, and
their mean probability is .64."""
MIN_PROBABILITY = 0.5
"""Probability from which a run is a detail."""


def find_details(words: WordAlignment) -> list[tuple[str, tuple[int, int], float]]:
    """Return the runs of words that one side has and the other lacks: side, first and last word, probability.

    A run goes on over single words that both have, and begins with the words that join it to what is before. Names, ages
    and days alone are hardly ever details, and a few words are less likely one than many.

    Parameters
    ----------
    words : WordAlignment
        Of the two sentences.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> find_details(align_words("Police raided the house and found two stolen paintings.", "Police raided the house."))
    [('left', (4, 8), 0.6203)]
    """
    found = []
    for side, one in (("left", words), ("right", words.turned())):
        for first, last in _lone_runs(one):
            probability = _judge_run(one.left, first, last)
            if probability >= MIN_PROBABILITY:
                found.append((side, (first, last), probability))
    return found


def _lone_runs(words: WordAlignment) -> Iterator[tuple[int, int]]:
    """Yield first and last word of the runs of the left sentence that gain most from words that the right one lacks."""
    gains = _gains(words)
    first = 0
    while first < len(gains):
        if gains[first] <= 0:
            first += 1
            continue
        total = most = 0.0
        last = first
        for at in range(first, len(gains)):
            total += gains[at]
            if total > most:
                most, last = total, at
            if most - total > -_SHARED:
                break
        yield _open(words.left, first), last
        first = last + 1


def _gains(words: WordAlignment) -> list[float]:
    """Return for each word of the left sentence what it adds to a run."""
    other = {word.key for word in words.right}
    gains = []
    for at, word in enumerate(words.left):
        if word.content:
            gains.append(_SHARED if at in words.partner else 1.0)
        elif _is_figure(word):
            gains.append(_SHARED / 2 if word.key in other else _FIGURE)
        else:
            gains.append(_MARK if word.key in _MARKS else 0.0)
    return gains


def _is_figure(word: Word) -> bool:
    return word.text[0].isdigit() or word.key in number_words()


def _open(words: Sequence[Word], first: int) -> int:
    """Return the first of the words before a run that say nothing but how it is joined."""
    while first and not (
        words[first - 1].content or words[first - 1].is_mark or words[first - 1].text[0].isdigit()
    ):
        first -= 1
    return first


def _judge_run(words: Sequence[Word], first: int, last: int) -> float:
    """Return how likely a reader would call the run a detail."""
    run = words[first : last + 1]
    content = [word for word in run if word.content]
    n = sum(word.content or _is_figure(word) for word in run)
    lead = run[: next(number for number, word in enumerate(run) if word.content or _is_figure(word))]
    linked = first > 0 and (run[0].key in _LINKS or words[first - 1].is_mark)
    opened = any(word.key in _OPENERS for word in (run[0], *lead))
    names = sum(word.capital for word in content) / max(len(content), 1)
    logit = _LEVEL + _LENGTH * math.log(n) + _NAMES * names + _LINKED * linked + _OPENED * opened
    return round(1 / (1 + math.exp(-logit)), 4)
