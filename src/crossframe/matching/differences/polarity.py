"""Statements of which one side denies what the other states: negation, opposites, and all against some or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossframe.matching.differences.number import DAYS, Found
from crossframe.matching.differences.statements import have_one_governor, is_saying_verb, is_stated
from crossframe.matching.differences.word_alignment import (
    AUXILIARIES,
    Word,
    WordAlignment,
    converse_rows,
    may_be_verb,
    opposite_row,
)

_NOT = frozenset({"not", "never", "cannot"})
_NO = frozenset({"no", "nobody", "none", "neither", "nothing", "nor"})
_IDIOMS = frozenset(
    {
        "not only", "not just", "not least", "not merely", "not simply", "not to mention", "not necessarily", "no doubt", "no matter", "no sooner", "no wonder",
        "no more", "no fewer", "no less", "no later", "not more", "not less", "no stranger", "none other", "nothing but", "or not", "if not",
        "no .", "no time", "no alternative", "no choice", "no option", "not the", "not until", "never mind", "no confidence", "not for", "why not",
    }
)  # fmt: skip
"""Two words of which the first denies nothing, or not what follows."""
_DENIERS = {
    "fail": "to", "yet": "to", "refuse": "to", "decline": "to", "neglect": "to", "unable": "to", "unwilling": "to", "reluctant": "to",
    "deny": "that ing", "avoid": "ing", "without": "ing", "prevent": "ing from", "stop": "from", "bar": "from",
    "discourage": "from", "dissuade": "from", "refrain": "from", "ban": "from", "prohibit": "from", "block": "from",
}  # fmt: skip
"""Base forms that deny a clause behind them, and how the clause begins."""
_LIGHT = frozenset(
    {
        "go",
        "able",
        "have",
        "seem",
        "appear",
        "intend",
        "plan",
        "expect",
        "decide",
        "agree",
        "want",
        "choose",
        "continue",
        "likely",
        "allow",
        "set",
        "ready",
        "prepare",
    }
)
"""Base forms whose denial is a denial of what follows behind "to"."""
_INTENTS = frozenset({"plan", "intention", "intent", "desire", "wish", "need", "ambition", "reason"})
"""What nobody has who will not do it ("no plan to run")."""
_REBUFFS = frozenset({"reject", "resist", "dismiss", "ignore", "rebuff", "refuse", "defy"})
_CALLS = frozenset({"call", "demand", "request", "appeal", "plea", "pressure", "order"})
"""Who rejects calls to do something does not do it."""
_REVERSERS = frozenset(
    {
        "reverse",
        "lift",
        "suspend",
        "halt",
        "end",
        "overturn",
        "repeal",
        "remove",
        "drop",
        "stop",
        "abandon",
        "withdraw",
        "scrap",
        "cancel",
        "undo",
        "block",
        "threaten",
    }
)
"""Base forms that undo what the noun or clause behind them names."""
_CLAUSE_ENDS = frozenset(
    {
        ";",
        ":",
        ".",
        "!",
        "?",
        ",",
        "but",
        "because",
        "although",
        "though",
        "while",
        "after",
        "before",
        "when",
        "unless",
        "until",
        "—",
        "–",
    }
)
_ALL, _MOST, _SOME, _NONE = 3, 2, 1, 0
_QUANTIFIERS = {
    "all": _ALL, "every": _ALL, "each": _ALL, "both": _ALL, "everyone": _ALL, "everybody": _ALL, "entire": _ALL, "whole": _ALL,
    "most": _MOST, "some": _SOME, "half": _SOME, "several": _SOME, "few": _SOME, "part": _SOME, "someone": _SOME,
    "no": _NONE, "none": _NONE, "neither": _NONE, "nobody": _NONE,
}  # fmt: skip
_NO_QUANTIFIER = frozenset(
    {"at all", "after all", "above all", "in all", "of all", "not all", "all but", "all about", "all over"}
)


@dataclass(frozen=True)
class Denials:
    """A sentence with the words that are denied: their number -> numbers of the words that deny them, an odd number of times."""

    words: Sequence[Word]
    denied: dict[int, tuple[int, ...]]
    n_denials: int


def find_polarity(words: WordAlignment) -> list[Found]:
    """Return where one sentence denies what the other states.

    Words that correspond are compared: the same word denied on one side alone, opposites of the same subject, and words
    with quantifiers that exclude each other. A denial beside which the other sentence has one of its own that hangs on
    nothing shared ("denied it" and "said it was not so") is none.

    Parameters
    ----------
    words : WordAlignment
        Of the two sentences.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> [find.probability >= 0.5 for find in find_polarity(align_words("She will resign.", "She will not resign."))]
    [True]
    >>> find_polarity(align_words("She refused to resign.", "She will not resign."))
    []
    """
    sides = read_denials(words.left), read_denials(words.right)
    found = list(_compare_prepositions(words))
    for a, b in sorted(words.partner.items()):
        one = _compare(words, sides, a, b)
        if one is not None and not any(_meet(one, other) for other in found):
            found.append(one)
    return found[:2]


def _meet(one: Found, other: Found) -> bool:
    return (one.left[0] <= other.left[1] and other.left[0] <= one.left[1]) or (
        one.right[0] <= other.right[1] and other.right[0] <= one.right[1]
    )


def _compare(words: WordAlignment, sides: tuple[Denials, Denials], a: int, b: int) -> Found | None:
    left, right = sides
    row = opposite_row(words.left[a], words.right[b])
    same = words.left[a].lemma == words.right[b].lemma or row is None
    denied = (a in left.denied) != (b in right.denied)
    if same == (not denied):
        return None
    if not same and _repeated(words, a, b):
        return None
    if same:
        probability = _judge_denial(words, sides, a, b)
    else:
        probability = _judge_opposites(words, a, b, row if row is not None else -1)
    if probability < 0.5:
        return None
    if not same:
        return Found((a, a), (b, b), probability)
    return Found(_stretch(left, a), _stretch(right, b), probability)


def _stretch(side: Denials, at: int) -> tuple[int, int]:
    """Return the words that deny or state: from what denies, with its auxiliaries, to what is denied."""
    by = side.denied.get(at, (at,))
    first = min(at, *by)
    while first > 0 and side.words[first - 1].key in AUXILIARIES - {"to"}:
        first -= 1
    return first, max(at, *by)


_PREPOSITIONS = (
    {"before", "after"},
    {"above", "below"},
    {"inside", "outside"},
    {"for", "against"},
    {"with", "without"},
    {"up", "down"},
)


def _compare_prepositions(words: WordAlignment) -> Iterator[Found]:
    """Yield opposite prepositions ("before the vote", "after the vote") between words that correspond on both sides."""
    for a, one in enumerate(words.left):
        pair = next((pair for pair in _PREPOSITIONS if one.key in pair), None)
        if pair is None:
            continue
        for b, other in enumerate(words.right):
            if other.key in pair and other.key != one.key and _framed(words, a, b):
                yield Found((a, a), (b, b), 0.75)


def _framed(words: WordAlignment, a: int, b: int) -> bool:
    """Return whether the content words directly before and behind two words correspond."""
    sides = []
    for step in (-1, 1):
        left, right = (_nearest(side, at, step) for side, at in ((words.left, a), (words.right, b)))
        sides.append(left is not None and words.partner.get(left) == right)
    return all(sides)


def _nearest(words: Sequence[Word], at: int, step: int) -> int | None:
    """Return the first content word on one side of the word at `at`, None where the clause has none."""
    at += step
    while 0 <= at < len(words) and not (words[at].is_mark):
        if words[at].content:
            return at
        at += step
    return None


def _judge_denial(words: WordAlignment, sides: tuple[Denials, Denials], a: int, b: int) -> float:
    """Return how likely a word denied on one side alone is denied of the same thing."""
    near = words.near(a, b, 4)
    close = words.shared >= 0.5
    probability = 0.9 if near >= 2 else 0.8 if (near and close) or _is_short(words) else 0.45
    if not (may_be_verb(words.left, a) or may_be_verb(words.right, b)):
        probability -= 0.15 if near >= 2 else 0.4
    if _related(words, a, b, -1) is False and not close:
        probability -= 0.3
    if any(_is_open(side, at) or _is_only(side, at) for side, at in ((words.left, a), (words.right, b))):
        probability -= 0.45
    plain = 1 if a in sides[0].denied else 0
    if sides[plain].n_denials or _is_undone(sides[plain].words, (a, b)[plain]):
        probability -= 0.45
    if not _is_answered(words, sides, (a, b), plain):
        probability -= 0.45
    return round(probability, 4)


def _is_answered(
    words: WordAlignment, sides: tuple[Denials, Denials], at: tuple[int, int], plain: int
) -> bool:
    """Return whether the plain side states what the other denies, and of the same speaker where it is something said.

    A wish, a purpose or a thing that has the name of a deed states nothing, nor does a denial answer a question with it ("never
    ruled on whether").
    """
    stated, denied = sides[plain].words, sides[1 - plain].words
    here, there = at[plain], at[1 - plain]
    if not (is_stated(stated, here) or have_one_governor(words, *at)):
        return False
    is_other_class = may_be_verb(denied, there) and not may_be_verb(stated, here)
    if is_other_class and stated[here].lemma != denied[there].lemma:
        return False
    if is_saying_verb(denied, there) and _are_two_speakers(words, *at):
        return False
    asked = [
        any(word.key == "whether" for word in side[number + 1 : number + 4])
        for side, number in ((stated, here), (denied, there))
    ]
    return asked[0] or not asked[1]


_OPEN = frozenset(
    {"should", "ought", "whether", "if", "chance", "risk", "possibility", "fear", "threat", "odds"}
)


def _is_undone(words: Sequence[Word], at: int) -> bool:
    """Return whether a thing is the object of a verb that undoes it, or its subject in the passive ("the race was cancelled")."""
    for number in range(at - 1, max(-1, at - 4), -1):
        if words[number].key in _CLAUSE_ENDS or words[number].key in ("to", "and", "or"):
            break
        if words[number].lemma in _REVERSERS:
            return True
    for number in range(at + 1, min(at + 5, len(words))):
        if words[number].key in _CLAUSE_ENDS:
            break
        if words[number].key in AUXILIARIES - {"to"}:
            behind = _next_content(words, number)
            return behind is not None and words[behind].lemma in _REVERSERS
    return False


def _is_open(words: Sequence[Word], at: int) -> bool:
    """Return whether a word is no statement: asked, supposed, or only called for ("whether", "if", "should")."""
    if any(word.key == "whether" for word in words[max(0, at - 30) : at]) and any(
        word.key == "or" for word in words[max(0, at - 30) : at]
    ):
        return True
    if _is_conceded(words, at):
        return True
    for number in range(at - 1, max(-1, at - 10), -1):
        if words[number].key in _OPEN:
            return True
        if words[number].key in (";", ".", ",", "that"):
            return False
    return False


def _are_two_speakers(words: WordAlignment, a: int, b: int) -> bool:
    """Return whether both words have a subject before them, days aside, and nothing of the one corresponds to the other's."""
    left, right = (_subject(side, at) for side, at in ((words.left, a), (words.right, b)))
    return bool(left and right) and not any(words.partner.get(number) in right for number in left)


def _subject(words: Sequence[Word], verb: int) -> set[int]:
    """Return the numbers of the content words before a verb, up to "that" or the end of a clause."""
    numbers: set[int] = set()
    for at in range(verb - 1, -1, -1):
        if words[at].key == "that" or words[at].key in _CLAUSE_ENDS - {"."}:
            break
        if words[at].content and words[at].key not in DAYS:
            numbers.add(at)
    return numbers


def _is_conceded(words: Sequence[Word], at: int) -> bool:
    """Return whether a word stands behind "despite", in what the sentence sets aside ("Despite reports that he would not")."""
    for number in range(at - 1, max(-1, at - 16), -1):
        if words[number].key == "despite":
            return True
        if words[number].is_mark:
            return False
    return False


def _is_only(words: Sequence[Word], at: int) -> bool:
    """Return whether "only" restricts a word ("interested only in", "only interested in")."""
    return any(word.key in ("only", "solely") for word in words[max(0, at - 1) : at + 3])


def _is_short(words: WordAlignment) -> bool:
    return min(sum(word.content for word in side) for side in (words.left, words.right)) <= 2


def _judge_opposites(words: WordAlignment, a: int, b: int, row: int) -> float:
    """Return how likely two opposites are said of the same thing: the content words before or behind them correspond."""
    before = _related(words, a, b, -1)
    behind = _related(words, a, b, 1)
    if (
        _is_reversed(words.left, a)
        or _is_reversed(words.right, b)
        or _is_open(words.left, a)
        or _is_open(words.right, b)
    ):
        return 0.0
    if row in converse_rows():
        return 0.8 if before is True else 0.0
    if before is True:
        return 0.85 if behind is not False or words.near(a, b, 4) >= 2 else 0.45
    if before is None and behind is True:
        return 0.75
    if before is False and behind is True and words.near(a, b, 4) >= 3:
        return 0.55
    return 0.0


def _is_reversed(words: Sequence[Word], at: int) -> bool:
    """Return whether a word that undoes it stands before a word ("lift the ban", "reversed a decision to allow")."""
    return any(words[number].lemma in _REVERSERS for number in range(max(0, at - 6), at))


def _related(words: WordAlignment, a: int, b: int, step: int) -> bool | None:
    """Return whether a content word in the clause on one side of two words corresponds; None where neither has one."""
    left = _clause(words.left, a, step)
    right = _clause(words.right, b, step)
    if not left and not right:
        return None
    return any(words.partner.get(one) in right for one in left)


def _clause(words: Sequence[Word], at: int, step: int) -> set[int]:
    """Return the numbers of up to three content words of the clause on one side of the word at `at`."""
    numbers: set[int] = set()
    at += step
    while 0 <= at < len(words) and len(numbers) < 3 and words[at].key not in _CLAUSE_ENDS:
        if words[at].content:
            numbers.add(at)
        at += step
    return numbers


def _repeated(words: WordAlignment, a: int, b: int) -> bool:
    """Return whether a sentence has both of two opposites ("rose, then fell")."""
    return any(
        opposite_row(word, other) is not None
        for side, at in ((words.left, a), (words.right, b))
        for number, word in enumerate(side)
        for other in [side[at]]
        if number != at and word.content
    )


# --- denials of one sentence ----------------------------------------------------------------------------------


def read_denials(words: Sequence[Word]) -> Denials:
    """Return which words of a sentence are denied.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> sorted(read_denials(read_words("She did not deny that she had lied, but refused to resign.")).denied)
    [3, 12]
    """
    denials: dict[int, list[int]] = {}
    cues = {at: targets for at in range(len(words)) if (targets := list(_targets(words, at)))}
    for at, targets in sorted(cues.items()):
        for target in targets:
            denials.setdefault(target, []).append(at)
            if len(denials.get(at, ())) % 2:
                denials[target] += denials[at]
    odd = {target: tuple(by) for target, by in denials.items() if len(by) % 2}
    return Denials(words, odd, len(cues))


def _targets(words: Sequence[Word], at: int) -> Iterator[int]:
    """Yield the numbers of the words that the word at `at` denies."""
    key = words[at].key
    following = words[at + 1].key if at + 1 < len(words) else ""
    if f"{key} {following}" in _IDIOMS or (at and f"{words[at - 1].key} {key}" in _IDIOMS):
        return
    if key == "never" and any(word.key == "so" for word in words[at + 1 : at + 4]):
        return
    plan = words[at + 2].key if at + 3 < len(words) else ""
    if key == "no" and words[at + 1].lemma in _INTENTS and plan == "to":
        yield at + 3
    elif key in _NOT or key.endswith("n't") or (key == "longer" and at and words[at - 1].key == "no"):
        yield from _denied_behind(words, at)
    elif key in _NO and following != "longer":
        yield from _denied_by_no(words, at)
    elif (
        words[at].lemma in _REBUFFS
        and words[at + 1 : at + 3]
        and plan == "to"
        and words[at + 1].lemma in _CALLS
    ):
        yield at + 3
    elif words[at].lemma == "rule" and following == "out":
        yield from _denied_clause(words, at + 1, "ing")
    elif words[at].lemma in _DENIERS or key in _DENIERS:
        yield from _denied_clause(words, at, _DENIERS.get(words[at].lemma) or _DENIERS[key])


def _next_content(words: Sequence[Word], at: int) -> int | None:
    """Return the first content word of the clause behind `at`, adverbs aside."""
    for number in range(at + 1, len(words)):
        word = words[number]
        if word.key in _CLAUSE_ENDS:
            return None
        if word.content and not word.key.endswith("ly"):
            return number
    return None


def _denied_behind(words: Sequence[Word], at: int) -> Iterator[int]:
    target = _next_content(words, at)
    while target is not None:
        yield target
        light = words[target].lemma in _LIGHT and target + 2 < len(words) and words[target + 1].key == "to"
        behind = _next_content(words, target) if light else None
        target = behind if behind is not None and behind <= target + 3 else None


def _denied_by_no(words: Sequence[Word], at: int) -> Iterator[int]:
    """Yield what "no", "none of", "nobody" deny: the noun and, where they are a subject, the verb behind it."""
    head = at
    for number in range(at + 1, min(at + 5, len(words))):
        if (
            words[number].key in ("of", "the", "one", "these", "those", "its", "their", "his", "her")
            or words[number].content
        ):
            head = number
        else:
            break
    if head == at and words[at].key == "no":
        return
    if head > at and words[head].content:
        yield head
        if may_be_verb(words, head) and head > at + 1:
            return
    for number in range(head + 1, min(head + 4, len(words))):
        if words[number].key in AUXILIARIES:
            target = _next_content(words, number)
            if target is not None:
                yield target
            return
        if words[number].content and may_be_verb(words, number):
            yield number
            return


def _denied_clause(words: Sequence[Word], at: int, begins: str) -> Iterator[int]:
    """Yield the verb of the clause that a verb of denying governs ("refused to go", "denied that he went", "denied going")."""
    following = words[at + 1].key if at + 1 < len(words) else ""
    forms = begins.split()
    if "to" in forms:
        if following == "to":
            target = _next_content(words, at + 1)
            if target is not None:
                yield target
        return
    if "from" in forms:
        source = next((n for n in range(at + 1, min(at + 7, len(words))) if words[n].key == "from"), None)
        target = _next_content(words, source) if source is not None else None
        if target is not None and words[target].key.endswith("ing"):
            yield target
        if "ing" not in forms:
            return
    if "ing" in forms and at + 1 < len(words):
        target = _next_content(words, at)
        if target is not None and (words[target].key.endswith("ing") or words[at].key == "without"):
            yield target
            return
    if "that" in forms:
        target = _clause_verb(words, at)
        if target is not None:
            yield target


def _clause_verb(words: Sequence[Word], at: int) -> int | None:
    """Return the verb of the clause behind "deny", None where a noun follows alone ("denied service to")."""
    for number in range(at + 1, min(at + 9, len(words))):
        word = words[number]
        if word.key == "to" or word.key in _CLAUSE_ENDS:
            return None
        if word.key in AUXILIARIES:
            return _next_content(words, number)
        if word.content and number > at + 1 and word.key != word.lemma and may_be_verb(words, number):
            return number
    return None


# --- all, some, none --------------------------------------------------------------------------------------------


def find_quantifiers(words: WordAlignment) -> Iterator[Found]:
    """Yield where one side says all, and the other some or none of the same.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> len(list(find_quantifiers(align_words("All hostages are free.", "Some hostages are free."))))
    1
    """
    left, right = dict(_quantified(words.left)), dict(_quantified(words.right))
    for head, (at, degree) in left.items():
        partner = words.partner.get(head)
        if partner not in right:
            continue
        other, other_degree = right[partner]
        if {degree, other_degree} & {_ALL, _NONE} and degree != other_degree and words.near(head, partner, 3):
            yield Found((at, at), (other, other), 0.8)


def _quantified(words: Sequence[Word]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the number of a word that a quantifier goes with, the number of the quantifier, and its degree."""
    for at, word in enumerate(words):
        degree = _QUANTIFIERS.get(word.key)
        before = words[at - 1].key if at else ""
        following = words[at + 1].key if at + 1 < len(words) else ""
        if degree is None or f"{before} {word.key}" in _NO_QUANTIFIER or f"{word.key} {following}" in _IDIOMS:
            continue
        if f"{word.key} {following}" == "all but":
            continue
        for number in range(at + 1, min(at + 6, len(words))):
            if words[number].content:
                while (
                    number + 1 < len(words)
                    and words[number + 1].content
                    and not may_be_verb(words, number + 1)
                ):
                    number += 1
                yield number, (at, degree)
                break
            if words[number].is_mark or (words[number].text[0].isdigit() and degree == _SOME):
                break
