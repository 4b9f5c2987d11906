"""Differences that make no conflict: how certain it is said to be, words that one side lacks, and loaded words."""

import math
from collections.abc import Iterator, Sequence
from functools import cache

from crossframe import lexicons
from crossframe.matching.differences.amounts import is_figure
from crossframe.matching.differences.number import Found
from crossframe.matching.differences.polarity import read_denials
from crossframe.matching.differences.statements import (
    ATTRIBUTED,
    Spans,
    attributes_nothing,
    have_one_governor,
    is_attribution,
    is_saying_verb,
    is_stated,
    read_attribution,
    read_hedge,
    said_words,
)
from crossframe.matching.differences.word_alignment import (
    Word,
    WordAlignment,
    may_be_verb,
)

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
MIN_DETAIL = 0.5
"""Probability from which a run is a detail."""
MIN_COMMON = 0.4
"""Share of content words, of the sentence that has fewer, from which two sentences tell one thing in other words."""
MIN_SAID = 0.5
"""Share of the words that two verbs of saying govern, of those that are fewer, from which they tell the same statement."""
MAX_SHARE = 0.85
"""Share of the content words of its sentence that a detail is at most: beside it something is told that the other tells too."""
MIN_GAP = 2.0
"""Difference in valence (VADER, -4 to 4) from which words in the same place are worded differently."""


def find_certainty(words: WordAlignment, left_quoted: Spans = (), right_quoted: Spans = ()) -> list[Found]:
    """Return where one side states as a fact what the other calls possible, alleged, or somebody's words.

    Parameters
    ----------
    words : WordAlignment
        Of the two sentences.
    left_quoted, right_quoted : sequence of (start, end)
        Stretches of the sentences in the words of others than the outlet.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> len(find_certainty(align_words("The bank could raise rates.", "The bank raised rates.")))
    1
    """
    best: Found | None = None
    denied = [read_denials(side).denied for side in (words.left, words.right)]
    for a, b in sorted(words.partner.items()):
        if (a in denied[0]) != (b in denied[1]) or words.left[a].lemma != words.right[b].lemma:
            continue
        if not (may_be_verb(words.left, a) and may_be_verb(words.right, b)):
            continue
        one, other = read_hedge(words.left, a, left_quoted), read_hedge(words.right, b, right_quoted)
        if (one is None) == (other is None) or not _states_fact(words, (a, b), one is None):
            continue
        enough = 0.4 if (one or other or (0, 0, 0.0))[2] <= ATTRIBUTED else 0.2
        if words.shared < enough or not (words.near(a, b, 3) or words.shared >= 0.6):
            continue
        first, last, probability = one or other or (0, 0, 0.0)
        hedge = (first, last)
        found = (
            Found(hedge, (b, b), probability, "right") if one else Found((a, a), hedge, probability, "left")
        )
        if best is None or found.probability > best.probability:
            best = found
    return [best] if best else _find_attribution(words, left_quoted, right_quoted)


def _find_attribution(words: WordAlignment, left_quoted: Spans, right_quoted: Spans) -> list[Found]:
    """Return where one side attributes what both tell and the other attributes nothing, whatever verbs they have."""
    if words.shared < MIN_COMMON or len(words.partner) < 3:
        return []
    sides = (
        (words.left, set(words.partner), left_quoted),
        (words.right, set(words.partner.values()), right_quoted),
    )
    for asserting, (attributed, plain) in (("right", sides), ("left", sides[::-1])):
        verb = _plain_verb(plain[0])
        if verb is None or not attributes_nothing(plain[0], plain[2]):
            continue
        hedge = read_attribution(*attributed)
        if hedge is not None:
            fact = (verb, verb)
            stretches = (hedge, fact) if asserting == "right" else (fact, hedge)
            return [Found(*stretches, 0.6, asserting)]
    return []


def _plain_verb(words: Sequence[Word]) -> int | None:
    """Return the first verb that states something, None where no word is known for one."""
    return next((n for n in range(len(words)) if may_be_verb(words, n) and is_stated(words, n)), None)


def _states_fact(words: WordAlignment, at: tuple[int, int], left: bool) -> bool:
    """Return whether the side without hedge states what the two words at `at` say; of two alike infinitives both do."""
    side, number = (words.left, at[0]) if left else (words.right, at[1])
    return is_stated(side, number) or have_one_governor(words, *at)


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
            run = one.left[first : last + 1]
            rest = _count_content(run) <= MAX_SHARE * _count_content(one.left)
            if rest and probability >= MIN_DETAIL and not is_attribution(run):
                found.append((side, (first, last), probability))
    return found


def _count_content(words: Sequence[Word]) -> int:
    return sum(word.content for word in words)


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
        elif is_figure(word):
            gains.append(_SHARED / 2 if word.key in other else _FIGURE)
        else:
            gains.append(_MARK if word.key in _MARKS else 0.0)
    return gains


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
    n = sum(word.content or is_figure(word) for word in run)
    lead = run[: next(number for number, word in enumerate(run) if word.content or is_figure(word))]
    linked = first > 0 and (run[0].key in _LINKS or words[first - 1].is_mark)
    opened = any(word.key in _OPENERS for word in (run[0], *lead))
    names = sum(word.capital for word in content) / max(len(content), 1)
    logit = _LEVEL + _LENGTH * math.log(n) + _NAMES * names + _LINKED * linked + _OPENED * opened
    return round(1 / (1 + math.exp(-logit)), 4)


@cache
def _loaded() -> dict[str, frozenset[int]]:
    """Return base form -> rows of the list in which it is plain (number) or loaded (-1 - number)."""
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(lexicons.read_wordlist("loaded_words")):
        for column, place in (("plain", number), ("loaded", -1 - number)):
            for word in row[column].split():
                rows.setdefault(word, set()).add(place)
    return {word: frozenset(places) for word, places in rows.items()}


def find_wording(words: WordAlignment) -> list[Found]:
    """Return loaded or euphemistic words where the other side has a plain one for the same.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> len(find_wording(align_words("The regime jailed the editor.", "The government jailed the editor.")))
    1
    """
    first, second = (
        [n for n, word in enumerate(side) if word.lemma in _loaded()] for side in (words.left, words.right)
    )
    matched = set(words.partner.values())
    found = []
    for a in first:
        for b in second:
            one, other = _loaded()[words.left[a].lemma], _loaded()[words.right[b].lemma]
            alone = a not in words.partner and b not in matched
            placed = words.in_place.get(a) == b or words.partner.get(a) == b
            if not any(-1 - place in other for place in one) or not _say_the_same(words, a, b):
                continue
            if placed or (alone and words.near(a, b, 3)):
                found.append(Found((a, a), (b, b), 0.75 if placed else 0.6))
    seen = {one.left[0] for one in found}
    valence = lexicons.sentiment()
    for a, b in sorted(words.in_place.items()):
        values = sorted((valence.get(words.left[a].key, 0.0), valence.get(words.right[b].key, 0.0)), key=abs)
        alike = may_be_verb(words.left, a) == may_be_verb(words.right, b) and words.near(a, b, 1)
        loaded = abs(values[0]) < 0.5 and abs(values[1]) >= MIN_GAP
        if a not in seen and alike and loaded and not words.left[a].capital:
            found.append(Found((a, a), (b, b), 0.5))
    return found[:3]


def _say_the_same(words: WordAlignment, a: int, b: int) -> bool:
    """Return whether two verbs of saying govern the same words; of other words nothing is asked.

    One of the two that is a noun ("the claim", "a charge of") says nothing.
    """
    verbs = [is_saying_verb(side, at) for side, at in ((words.left, a), (words.right, b))]
    if not any(verbs):
        return True
    said, other = said_words(words.left, a), said_words(words.right, b)
    shared = sum(words.partner.get(one) in other for one in said)
    return all(verbs) and shared >= MIN_SAID * min(len(said), len(other))
