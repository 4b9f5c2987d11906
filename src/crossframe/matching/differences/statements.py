"""Whether a sentence states what a word of it says, or only wishes it, holds it possible, or has it from somebody."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise

from crossframe import lexicons
from crossframe.matching.differences.amounts import is_figure
from crossframe.matching.differences.word_alignment import (
    AUXILIARIES,
    Word,
    WordAlignment,
    may_be_verb,
)

Spans = Sequence[tuple[int, int]]
"""Stretches of a sentence, offsets in characters of it."""
_MODALS = frozenset({"may", "might", "could", "possibly", "perhaps", "maybe", "potentially"})
_ALLEGEDLY = frozenset(
    {"allegedly", "reportedly", "apparently", "supposedly", "purportedly", "seemingly", "presumably"}
)
_ALLEGED = frozenset({"alleged", "suspected", "purported", "supposed"})
"""Adjectives: they hedge what stands behind them."""
_ALLEGING = frozenset({"allege", "claim", "accuse", "suspect", "believe", "contend", "assert", "insist"})
_HEDGED = {"likely": "to", "expected": "to", "set": "to", "thought": "to", "believed": "to", "appears": "to", "seems": "to", "said": "to", "accused": "of", "suspected": "of"}  # fmt: skip
_CLAUSE_JOINTS = frozenset({"and", "but", "while", "after", "before", "because", "although", "though", "which", "who", "where", "when", "as"})  # fmt: skip
_CLAUSE_MARKS = _CLAUSE_JOINTS | {",", ";", ":", "—", "–", "(", ")"}
_QUOTATION_MARKS = frozenset("\"\u201c\u201d\u201e\u2018\u2019'")
_LIKE_PREPOSITIONS = frozenset(
    {"including", "excluding", "following", "regarding", "concerning", "according"}
)
"""Participles that are used as prepositions."""
_NOT_BEFORE = frozenset({"of", "in", "on", "at", "by", "for", "from", "with"})
ATTRIBUTED = 0.65
"""Probability that what one side attributes and the other does not is a difference in certainty."""
MIN_COVERED = 0.7
"""Share of the words that two sentences have in common, from which an attribution is one of what they tell."""
MAX_ATTRIBUTION, MAX_SUBJECT = 14, 8
"""Words of a parenthetic attribution, and words before its verb, that it has at most."""


# --- what is stated ---------------------------------------------------------------------------------------


def is_stated(words: Sequence[Word], at: int) -> bool:
    """Return whether a verb states something: it is no infinitive, gerund or participle that only belongs to a noun.

    Parameters
    ----------
    words : sequence of Word
        Of a sentence.
    at : int
        Number of the verb.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> is_stated(read_words("The firm sold 58 serviced flats."), 2)
    True
    >>> is_stated(read_words("The firm sold 58 serviced flats."), 4)
    False
    """
    word, number = words[at], _before(words, at)
    before = words[number].key if number is not None else ""
    if word.key.endswith("ly") and before not in ("to", "not"):
        return False
    if before == "to":
        return not any(_is_predicate(words, earlier) for earlier in range(number or 0))
    binds = (
        before in _determiners()
        or before in _prepositions()
        or (number is not None and is_figure(words[number]))
    )
    if word.key.endswith("ing"):
        owned = number is not None and words[number].text.endswith(("'s", "\u2019s", "s'", "s\u2019"))
        return not (binds or owned or word.key in _LIKE_PREPOSITIONS)
    behind = words[at + 1] if at + 1 < len(words) else None
    is_participle = word.key != word.lemma and not word.key.endswith("s")
    return not (is_participle and binds and behind is not None and behind.content)


def have_one_governor(words: WordAlignment, left: int, right: int) -> bool:
    """Return whether two words are infinitives behind words that correspond, and no names ("wants to go", "wanted to go")."""
    sides = []
    for side, at in ((words.left, left), (words.right, right)):
        if at < 2 or side[at - 1].key != "to" or side[at - 2].capital:
            return False
        sides.append(at - 2)
    return words.partner.get(sides[0]) == sides[1]


def _before(words: Sequence[Word], at: int) -> int | None:
    """Return the number of the word before the one at `at`, adverbs and quotation marks aside."""
    at -= 1
    while at >= 0 and (words[at].key.endswith("ly") or words[at].text in _QUOTATION_MARKS):
        at -= 1
    return at if at >= 0 else None


def _is_predicate(words: Sequence[Word], at: int) -> bool:
    """Return whether the word is a verb on which an infinitive may hang."""
    return may_be_verb(words, at) or lexicons.saying_verbs().get(words[at].key, ("",))[0] == "finite"


@cache
def _function_words(kind: str) -> frozenset[str]:
    return frozenset(
        word
        for row in lexicons.read_wordlist("function_words")
        if row["class"] == kind
        for word in row["words"].split()
    )


def _determiners() -> frozenset[str]:
    return _function_words("articles and determiners") | {"his", "her", "its", "their", "our", "my", "own"}


def _prepositions() -> frozenset[str]:
    return _function_words("prepositions") - {"after", "before", "since", "until", "while", "like"}


# --- what is hedged ---------------------------------------------------------------------------------------


def read_hedge(words: Sequence[Word], at: int, quoted: Spans) -> tuple[int, int, float] | None:
    """Return the words that make the statement at `at` less than a fact, and how surely; None where it is a fact.

    Parameters
    ----------
    words : sequence of Word
        Of a sentence.
    at : int
        Number of the verb of the statement.
    quoted : sequence of (start, end)
        Stretches of the sentence in the words of others than the outlet.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> read_hedge(read_words("The bank could raise rates."), 3, ())
    (2, 2, 0.8)
    >>> read_hedge(read_words("The bank raised rates, officials told reporters."), 2, ())
    (5, 7, 0.65)
    """
    for number in range(at - 1, max(-1, at - 4), -1):
        if words[number].key in _MODALS and words[number + 1].key != "not":
            return number, number, 0.8
        if words[number].is_mark:
            break
    for number in range(max(0, at - 4), min(at + 4, len(words))):
        if words[number].key in _ALLEGEDLY or (words[number].key in _ALLEGED and number < at):
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
        if _governs(words, number, at):
            first = _subject_start(words, number)
            return first, number + (behind == "that"), 0.85 if word.lemma in _ALLEGING else ATTRIBUTED
        if word.key in (";", ".", "and", "but", "who", "which"):
            break
    return None


def _governs(words: Sequence[Word], at: int, verb: int) -> bool:
    """Return whether the word at `at` is a verb of saying or alleging in whose clause `verb` stands, and no noun or adjective."""
    word, behind = words[at], words[at + 1].key if at + 1 < len(words) else ""
    if not (word.lemma in _ALLEGING or _says(word, behind)):
        return False
    if behind == "that":
        return True
    is_verb = word.key != word.lemma or may_be_verb(words, at)
    before = words[at - 1].key if at else ""
    is_noun = (
        before in _determiners() or before in _NOT_BEFORE or (word.lemma in _ALLEGING and at + 1 == verb)
    )
    return is_verb and not is_noun


def _says(word: Word, behind: str) -> bool:
    """Return whether a verb of saying introduces a clause."""
    tense, takes = lexicons.saying_verbs().get(word.key, ("", ""))
    return (tense == "finite" and "bare" in takes.split()) or (
        tense in ("finite", "ing") and behind == "that"
    )


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
        closing = next(_closing_attributions(words, at), None) or _opening_attribution(words, at)
        return (*closing, ATTRIBUTED) if closing else None
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


def _closing_attributions(words: Sequence[Word], at: int) -> Iterator[tuple[int, int]]:
    """Yield first and last word of what, between marks behind `at`, attributes ("..., officials told the paper on Monday")."""
    marks = [n for n in range(at + 1, len(words)) if words[n].is_mark] + [len(words)]
    for mark, end in pairwise(marks):
        if words[mark].key not in (".", "-") and is_attribution(words[mark + 1 : end]):
            yield mark + 1, end - 1


def _opening_attribution(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the words of "According to ...," at the beginning of a sentence, where `at` stands behind them."""
    if words[0].key != "according":
        return None
    comma = next((n for n in range(at) if words[n].key == ","), None)
    return (0, comma - 1) if comma else None


def is_attribution(words: Sequence[Word]) -> bool:
    """Return whether the words are a parenthesis that attributes: a subject with a verb of saying and no clause of its own.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> is_attribution(read_words("officials told the Herald")), is_attribution(read_words("with officers in support"))
    (True, False)
    """
    if not 1 < len(words) <= MAX_ATTRIBUTION or words[0].key in _CLAUSE_JOINTS:
        return False
    if words[0].key == "according":
        return True
    verb = next((n for n in range(min(len(words), MAX_SUBJECT + 1)) if _introduces(words, n)), None)
    if verb is None:
        return False
    subject, rest = words[:verb], words[verb + 1 :]
    has_subject = any(word.content and not word.key.endswith("ly") for word in subject or rest)
    is_clause = any(
        may_be_verb(words, n) or word.key == "that" or word.key in _CLAUSE_JOINTS - {"and"}
        for n, word in enumerate(subject)
    ) or any(
        word.key == "that" or word.key in AUXILIARIES - {"to"} or may_be_verb(rest, n)
        for n, word in enumerate(rest)
    )
    return has_subject and not is_clause


def _introduces(words: Sequence[Word], at: int) -> bool:
    """Return whether the word is a verb that introduces what is said, and no noun behind a preposition ("in support")."""
    tense, takes = lexicons.saying_verbs().get(words[at].key, ("", ""))
    is_noun = tense == "base" and at > 0 and words[at - 1].key in (_determiners() | _prepositions())
    return tense in ("finite", "base") and {"quote", "that"} <= set(takes.split()) and not is_noun


def read_attribution(words: Sequence[Word], among: Collection[int], quoted: Spans) -> tuple[int, int] | None:
    """Return the words that attribute most of the words `among` to somebody; None where they are told as the outlet's own.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> read_attribution(read_words("Police said that two men died."), [4, 5], ())
    (0, 2)
    """
    for first, last in _closing_attributions(words, -1):
        return (first, last) if min(among) < first else None
    opening = _opening_attribution(words, max(among))
    if opening is not None:
        return opening
    for number in range(len(words) - 1):
        if _governs(words, number, -1) and sum(n > number for n in among) >= MIN_COVERED * len(among):
            return _subject_start(words, number), number + (words[number + 1].key == "that")
    inside = [n for n in among if any(first <= words[n].start < last for first, last in quoted)]
    hedge = _attribution(words, inside[0], quoted) if len(inside) >= MIN_COVERED * len(among) else None
    return hedge[:2] if hedge else None


def attributes_nothing(words: Sequence[Word], quoted: Spans) -> bool:
    """Return whether a sentence has no verb of saying, no "according to", nothing alleged and nothing quoted."""
    tenses = {lexicons.saying_verbs().get(word.key, ("",))[0] for word in words}
    hedges = _ALLEGED | _ALLEGEDLY | {"according"}
    return not quoted and tenses <= {"", "part"} and all(word.key not in hedges for word in words)


# --- what is said -----------------------------------------------------------------------------------------


def is_saying_verb(words: Sequence[Word], at: int) -> bool:
    """Return whether the word is a verb of saying, and no noun ("the claim", "harassment claims fell")."""
    if words[at].key not in lexicons.saying_verbs():
        return False
    before = _before(words, at)
    key = words[before].key if before is not None else ""
    return (
        words[at].key != words[at].lemma
        or key in AUXILIARIES
        or key.endswith("n't")
        or may_be_verb(words, at)
    )


def said_words(words: Sequence[Word], at: int) -> set[int]:
    """Return the numbers of the content words that a verb of saying governs: those behind it, at its end those before it."""
    behind = _run(words, range(at + 1, len(words)))
    return behind if len(behind) > 1 else behind | _run(words, range(at - 1, -1, -1))


def _run(words: Sequence[Word], numbers: range) -> set[int]:
    """Return the numbers of up to eight content words, none behind the end of a clause."""
    found: set[int] = set()
    for number in numbers:
        if words[number].key in (";", ".") or len(found) == 8:
            break
        if words[number].content:
            found.add(number)
    return found
