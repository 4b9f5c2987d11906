"""Differences that make no conflict: how certain it is said to be, and loaded words."""

from collections.abc import Sequence
from functools import cache

from crossframe import lexicons
from crossframe.matching.differences.number import Found
from crossframe.matching.differences.polarity import read_denials
from crossframe.matching.differences.word_alignment import AUXILIARIES, Word, WordAlignment, may_be_verb

Spans = Sequence[tuple[int, int]]
"""Stretches of a sentence, offsets in characters of it."""
_MODALS = frozenset({"may", "might", "could", "possibly", "perhaps", "maybe", "potentially"})
_ALLEGED = frozenset(
    {
        "allegedly",
        "reportedly",
        "apparently",
        "supposedly",
        "purportedly",
        "seemingly",
        "presumably",
        "alleged",
        "suspected",
        "purported",
        "supposed",
    }
)
_ALLEGING = frozenset({"allege", "claim", "accuse", "suspect", "believe", "contend", "assert", "insist"})
_HEDGED = {"likely": "to", "expected": "to", "set": "to", "thought": "to", "believed": "to", "appears": "to", "seems": "to", "said": "to", "accused": "of", "suspected": "of"}  # fmt: skip
_CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")", "and", "but", "while", "after", "before", "because", "although", "though", "which", "who", "where", "when", "as"})  # fmt: skip
ATTRIBUTED = 0.65
"""Probability that what one side attributes and the other does not is a difference in certainty."""
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
        one, other = _hedge(words.left, a, left_quoted), _hedge(words.right, b, right_quoted)
        if (one is None) == (other is None):
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
    return [best] if best else []


def _hedge(words: Sequence[Word], at: int, quoted: Spans) -> tuple[int, int, float] | None:
    """Return the words that make the statement at `at` less than a fact, and how surely; None where it is a fact."""
    for number in range(at - 1, max(-1, at - 4), -1):
        if words[number].key in _MODALS and words[number + 1].key != "not":
            return number, number, 0.8
        if words[number].is_mark:
            break
    for number in range(max(0, at - 4), min(at + 4, len(words))):
        if words[number].key in _ALLEGED:
            return number, number, 0.85
    return _governor(words, at) or _attribution(words, at, quoted)


def _governor(words: Sequence[Word], at: int) -> tuple[int, int, float] | None:
    """Return the verb before the word at `at` in whose clause it stands ("allege that", "is expected to", "said"), if any."""
    for number in range(at - 1, max(-1, at - 12), -1):
        word = words[number]
        behind = words[number + 1].key if number + 1 < len(words) else ""
        if word.key in _HEDGED and behind == _HEDGED[word.key] and at - number <= 4:
            first = number - (words[number - 1].key in AUXILIARIES if number else 0)
            return first, number + 1, 0.75
        governs = word.key != word.lemma or behind == "that" or may_be_verb(words, number)
        if governs and (word.lemma in _ALLEGING or _says(word, behind)):
            first = _subject_start(words, number)
            return first, number + (behind == "that"), 0.85 if word.lemma in _ALLEGING else ATTRIBUTED
        if word.key in (";", ".", "and", "but", "who", "which"):
            break
    return None


def _says(word: Word, behind: str) -> bool:
    """Return whether a finite verb of saying introduces a clause."""
    tense, takes = lexicons.saying_verbs().get(word.key, ("", ""))
    return tense == "finite" and ("bare" in takes.split() or behind == "that")


def _subject_start(words: Sequence[Word], verb: int) -> int:
    """Return the first word of the subject before a verb."""
    at = verb
    while at > 0 and verb - at < 5 and not words[at - 1].is_mark and words[at - 1].key not in _CLAUSE_MARKS:
        at -= 1
    return at


def _attribution(words: Sequence[Word], at: int, quoted: Spans) -> tuple[int, int, float] | None:
    """Return the words that attribute what stands at `at`: those of the outlet next to the quoted stretch in which it is."""
    inside = next(((first, last) for first, last in quoted if first <= words[at].start < last), None)
    if inside is None:
        behind = [n for n in range(at + 1, len(words) - 1) if words[n].key == "," and _closes(words, n)]
        return (behind[0] + 1, _last_word(words), ATTRIBUTED) if behind else None
    own = [
        n
        for n, word in enumerate(words)
        if not word.is_mark and not any(f <= word.start < e for f, e in quoted)
    ]
    said = [n for n in own if words[n].key in lexicons.saying_verbs() or words[n].key == "according"]
    if not said:
        return at, at, 0.5
    first = max((n for n in own if n <= said[0] and n - 1 not in own), default=said[0])
    last = min((n for n in own if n >= said[0] and n + 1 not in own), default=said[0])
    return max(first, said[0] - 5), min(last, said[0] + 5), ATTRIBUTED


def _closes(words: Sequence[Word], comma: int) -> bool:
    """Return whether the words behind a comma attribute what is before it ("..., officials said", "..., according to police")."""
    rest = [word for word in words[comma + 1 :] if not word.is_mark]
    if not 1 < len(rest) <= 7:
        return False
    return rest[0].key == "according" or any(_says(word, "") for word in (*rest[-3:], rest[0]))


def _last_word(words: Sequence[Word]) -> int:
    return max(number for number, word in enumerate(words) if not word.is_mark)


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
            if any(-1 - place in other for place in one) and (placed or (alone and words.near(a, b, 3))):
                found.append(Found((a, a), (b, b), 0.75 if placed else 0.6))
    seen = {one.left[0] for one in found}
    valence = lexicons.sentiment()
    for a, b in sorted(words.in_place.items()):
        values = sorted((valence.get(words.left[a].key, 0.0), valence.get(words.right[b].key, 0.0)), key=abs)
        if a not in seen and abs(values[0]) < 0.5 and abs(values[1]) >= MIN_GAP and not words.left[a].capital:
            found.append(Found((a, a), (b, b), 0.5))
    return found[:3]
