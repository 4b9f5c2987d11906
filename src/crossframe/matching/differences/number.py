"""Numbers, amounts and dates that differ where both sentences speak of the same thing."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crossframe import lexicons
from crossframe.matching.differences.amounts import (
    AGE,
    COUNT,
    MEASURE,
    MONEY,
    MONTHS,
    ORDINAL,
    SHARE,
    TIME,
    VOTE,
    Amount,
    person_words,
    read_amounts,
    roles,
)
from crossframe.matching.differences.word_alignment import (
    Word,
    WordAlignment,
    likeness,
    may_be_verb,
    near_words,
    opposite_row,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BREAKS = frozenset(";:.?!()")
_JOINTS = frozenset({"and", "but", "while", "as", "including", "with"})
_BEFORE_DAYS = frozenset({"on", "in", "at", "since", "by", "until", "late", "early", "last", "next"})
DISTINCT = 13
"""Value from which the same number on both sides is taken to be of the same thing, whatever stands beside it."""
MIN_SHARED = 0.4
"""Share of content words that must correspond before dates are compared: two events may be held by one verb."""
MIN_MATCH = 0.5
"""How well two quantities must match in what they quantify; chosen by reading pairs of BASIL's training events."""
MAX_START = 8
"""Words behind an ordinal within which it is said from where it counts."""


@dataclass(frozen=True)
class Found:
    """A difference: numbers of the first and the last word on either side, its probability, and the side that asserts more."""

    left: tuple[int, int]
    right: tuple[int, int]
    probability: float
    asserting: str = ""


def find_numbers(
    words: WordAlignment, left_published: date | None = None, right_published: date | None = None
) -> list[Found]:
    """Return where two sentences give the same thing other numbers, amounts or dates.

    Quantities that agree are paired first: what is told alike is no difference, whatever else stands beside it. Of the
    others, the best matches by what is counted, by what becomes of it, and by the words around are compared.

    Parameters
    ----------
    words : WordAlignment
        Of the two sentences.
    left_published, right_published : date, optional
        Of their articles; days of the week and "yesterday" are counted from them.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import align_words
    >>> len(find_numbers(align_words("A bomb killed 12 people.", "A bomb killed at least 40 people.")))
    1
    >>> find_numbers(align_words("A bomb killed 12 people.", "A bomb killed about a dozen people."))
    []
    """
    first, second = read_amounts(words.left), read_amounts(words.right)
    scores = {
        (a, b): _match(words, one, other)
        for a, one in enumerate(first)
        for b, other in enumerate(second)
        if one.kind == other.kind and one.unit == other.unit
    }
    agreed = sorted(
        (-score, a, b)
        for (a, b), score in scores.items()
        if (score > 0 or first[a].value == second[b].value >= DISTINCT) and first[a].agrees(second[b])
    )
    used = _take(agreed)
    lone = len(first) - len(used) == len(second) - len(used) == 1
    rest = sorted(
        (-score, a, b)
        for (a, b), score in scores.items()
        if score >= MIN_MATCH and not first[a].agrees(second[b])
    )
    taken_left, taken_right = {a for a, _ in used}, {b for _, b in used}
    rest = [r for r in rest if not _adds_up(words, first, second, r[1:])]
    found = []
    for a, b in _take([r for r in rest if r[1] not in taken_left and r[2] not in taken_right]):
        rivals = [s for (c, d), s in scores.items() if (c == a) != (d == b) and s >= scores[a, b]]
        likely = scores[a, b] - (0.25 if rivals and not lone else 0.0)
        found.append(Found(_span(first[a]), _span(second[b]), round(min(0.5 + 0.45 * likely, 0.95), 4)))
        if likely < MIN_MATCH:
            found.pop()
    days = _find_days(words, left_published, right_published)
    return found + days


def _adds_up(words: WordAlignment, first: list[Amount], second: list[Amount], pair: tuple[int, int]) -> bool:
    """Return whether two unlike quantities agree by arithmetic.

    Either one count is the sum of the other and its neighbour, of whom the same becomes ("2 soldiers and 5 civilians" are
    7), or two shares make up the whole and the sentences are of opposite things.
    """
    one, other = first[pair[0]], second[pair[1]]
    if one.kind == SHARE:
        turned = any(
            opposite_row(words.left[a], words.right[b]) is not None for a, b in words.partner.items()
        )
        return turned and abs(one.value + other.value - 1) < 0.02
    sides = ((words.left, first, pair[0], other), (words.right, second, pair[1], one))
    return any(
        here.kind == beside.kind == COUNT
        and here.value + beside.value == total.value
        and _roles(side, here) == _roles(side, beside)
        for side, amounts, at, total in sides
        for here, beside in itertools.pairwise(amounts)
        if amounts[at] in (here, beside)
    )


def _span(amount: Amount) -> tuple[int, int]:
    return amount.first, amount.last


def _take(ranked: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return pairs, best first, of which no two share a side."""
    taken: list[tuple[int, int]] = []
    for _, a, b in ranked:
        if all(a != c and b != d for c, d in taken):
            taken.append((a, b))
    return taken


def _match(words: WordAlignment, one: Amount, other: Amount) -> float:
    """Return from 0 to 1 how surely two quantities quantify the same thing."""
    near = _shared_context(words, one, other)
    if one.kind in (TIME, VOTE, AGE):
        return 0.8 if near >= 2 else 0.7 if near or one.kind == VOTE else 0.3
    if one.kind in (MONEY, SHARE, MEASURE):
        beside = _beside(words, one, other)
        return (
            0.9
            if near >= 2 and beside
            else 0.7
            if beside
            else 0.55
            if near >= 3 and words.shared >= 0.6
            else 0.3
        )
    return _match_counted(words, one, other, near)


def _match_counted(words: WordAlignment, one: Amount, other: Amount, near: int) -> float:
    """Return how surely two counts (or ordinals) are of the same things: the word counted, and what becomes of them."""
    roles_left, roles_right = _roles(words.left, one), _roles(words.right, other)
    if roles_left and roles_right and not roles_left & roles_right:
        return 0.0
    same_role = bool(roles_left & roles_right)
    heads = [
        side[amount.head] if amount.head >= 0 else None
        for side, amount in ((words.left, one), (words.right, other))
    ]
    likely = _match_heads(heads, same_role)
    if one.kind == ORDINAL:
        sides = ((words.left, one), (words.right, other))
        if any(_not_the(side, amount) for side, amount in sides):
            return 0.0
        if len({_counts_from(side, amount) for side, amount in sides}) > 1:
            return 0.0
        return 0.7 if likely >= 0.9 and near else 0.0
    if not same_role and bool(roles_left) != bool(roles_right):
        people = all(head is None or head.lemma in person_words() for head in heads)
        likely -= 0.55 if people and words.shared < 0.5 else 0.35
    if not same_role and not near:
        likely -= 0.4
    return max(likely, 0.0)


def _not_the(words: Sequence[Word], amount: Amount) -> bool:
    """Return whether an ordinal is denied ("not the first time")."""
    return any(
        words[at].key in ("not", "hardly") or words[at].key.endswith("n't")
        for at in range(max(0, amount.first - 3), amount.first)
    )


def _counts_from(words: Sequence[Word], amount: Amount) -> bool:
    """Return whether an ordinal counts from somewhere ("the first senator since Roe", "her second win in ten years")."""
    behind = words[amount.last + 1 : amount.last + MAX_START]
    keys = [word.key for word in itertools.takewhile(lambda word: not word.is_mark, behind)]
    years = any(key in ("years", "decades", "months", "weeks", "days") for key in keys)
    return "since" in keys or ("in" in keys and years)


def _match_heads(heads: Sequence[Word | None], same_role: bool) -> float:
    first, second = heads
    general = person_words() | roles().keys()
    if first is None or second is None or first.lemma in roles() or second.lemma in roles():
        named = next((one for one in heads if one is not None and one.lemma not in roles()), None)
        return 0.9 if same_role and (named is None or named.lemma in general) else 0.5 if same_role else 0.3
    if likeness(first, second) >= 0.8:
        return 1.0
    if first.lemma in person_words() and second.lemma in person_words():
        return 0.8
    if same_role and (first.lemma in ("people", "person") or second.lemma in ("people", "person")):
        return 0.45
    return 0.0


def _window(words: Sequence[Word], amount: Amount, reach: int = 7) -> tuple[int, int]:
    """Return the first and last word of the stretch around a quantity that ends at marks and at the next quantity."""
    first, last = amount.first, max(amount.last, amount.head)
    while first > 0 and amount.first - first < reach and not _breaks(words, first - 1):
        first -= 1
    while last + 1 < len(words) and last - amount.last < reach and not _breaks(words, last + 1):
        last += 1
    return first, last


def _breaks(words: Sequence[Word], at: int) -> bool:
    return words[at].key in _BREAKS or words[at].key == ","


def _roles(words: Sequence[Word], amount: Amount) -> set[str]:
    """Return what becomes of those who are counted: by the nearest word that says so."""
    first, last = _window(words, amount)
    best: tuple[int, str] | None = None
    for at in range(first, last + 1):
        role = roles().get(words[at].lemma) or roles().get(words[at].key)
        if role is None or amount.first <= at <= amount.last:
            continue
        between = range(amount.last + 1, at) if at > amount.last else range(at + 1, amount.first)
        joints = sum(words[step].key in _JOINTS for step in between)
        other = any(words[step].text[0].isdigit() for step in between)
        distance = abs(at - (amount.last if at > amount.last else amount.first)) + 3 * joints + 4 * other
        if best is None or distance < best[0]:
            best = (distance, role)
    return {best[1]} if best else set()


def _shared_context(words: WordAlignment, one: Amount, other: Amount) -> int:
    """Return how many words near the two quantities correspond, those that belong to them aside."""
    left = [n for n in near_words(words.left, one.first, 4) if not one.first <= n <= one.last]
    right = [n for n in near_words(words.right, other.first, 4) if not other.first <= n <= other.last]
    own = {(one.head, other.head)}
    return sum(words.partner.get(a) in right and (a, words.partner[a]) not in own for a in left)


def _beside(words: WordAlignment, one: Amount, other: Amount) -> bool:
    """Return whether the content word directly before or behind both quantities corresponds."""
    left = _next_words(words.left, one)
    right = _next_words(words.right, other)
    return any(words.partner.get(a) in right for a in left)


def _next_words(words: Sequence[Word], amount: Amount) -> set[int]:
    first, last = _window(words, amount)
    before = [n for n in range(amount.first - 1, first - 1, -1) if words[n].content][:2]
    behind = [n for n in range(amount.last + 1, last + 1) if words[n].content][:2]
    return set(before + behind)


# --- dates --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """A date as it stands: its words, and day of the week, month, day, year and days from publication where given."""

    first: int
    last: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    offset: int | None = None


def _find_days(words: WordAlignment, left: date | None, right: date | None) -> list[Found]:
    first, second = list(read_days(words.left)), list(read_days(words.right))
    taken = _take(
        [
            (-len(_held_by(words, one, other)), a, b)
            for a, one in enumerate(first)
            for b, other in enumerate(second)
            if same_day(one, other, left, right) is not False
        ]
    )
    found = []
    for a, one in enumerate(first):
        for b, other in enumerate(second):
            if any(a == c or b == d for c, d in taken) or same_day(one, other, left, right) is not False:
                continue
            held = _held_by(words, one, other) if words.shared >= MIN_SHARED else set()
            if held and len(first) == len(second) == 1:
                found.append(Found((one.first, one.last), (other.first, other.last), 0.8))
            elif held:
                found.append(Found((one.first, one.last), (other.first, other.last), 0.6))
    return found[:1]


def read_days(words: Sequence[Word]) -> Iterator[Day]:
    """Yield the dates of a sentence: days of the week, days of months, months with years, years, and days from today.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> [(d.weekday, d.day, d.month, d.year) for d in read_days(read_words("on Sunday, 3 May, and in June 2014"))]
    [(6, 3, 5, None), (None, None, 6, 2014)]
    """
    at = 0
    while at < len(words):
        day = _read_day(words, at)
        if day is None:
            at += 1
        else:
            yield day
            at = day.last + 1


def _read_day(words: Sequence[Word], at: int) -> Day | None:
    key = words[at].key
    if key in DAYS:
        comma = at + 1 + (at + 1 < len(words) and words[at + 1].key == ",")
        more = _read_month(words, comma) if comma < len(words) else None
        if more is None:
            return Day(at, at, weekday=DAYS.index(key))
        return Day(at, more.last, DAYS.index(key), more.month, more.day, more.year)
    offsets = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
    if key in offsets:
        return Day(at, at, offset=offsets[key])
    month = _read_month(words, at)
    if month is not None:
        return month
    before = words[at - 1].key if at else ""
    if _YEAR.fullmatch(key) and before in (
        "in",
        "since",
        "of",
        "until",
        "by",
        "during",
        "from",
        "to",
        "–",
        "-",
    ):
        return Day(at, at, year=int(key))
    return None


def _read_month(words: Sequence[Word], at: int) -> Day | None:
    """Return "3 May", "May 3", "Oct. 7, 2014", "June 2014" at `at`, None where there is none."""
    keys = [words[n].key if n < len(words) else "" for n in range(at, at + 6)]
    if words[at].text[0].isdigit() and ":" not in keys[0] and "." not in keys[0]:
        skip = 1 + (keys[1] in ("st", "nd", "rd", "th"))
        skip += keys[skip] == "of"
        if keys[skip] in MONTHS and int(keys[0].replace(",", "")) <= 31:
            year = int(keys[skip + 1]) if skip < 5 and _YEAR.fullmatch(keys[skip + 1]) else None
            return Day(
                at, at + skip + (year is not None), month=MONTHS[keys[skip]], day=int(keys[0]), year=year
            )
        return None
    if keys[0] not in MONTHS or not (words[at].capital or keys[0] not in ("may", "march")):
        return None
    skip = 1 + (keys[1] == ".")
    if keys[skip].isdigit() and int(keys[skip]) <= 31:
        last = skip + (keys[skip + 1] in ("st", "nd", "rd", "th"))
        comma = last + 1 + (keys[last + 1] == "," if last < 5 else 0)
        year = int(keys[comma]) if comma < 6 and _YEAR.fullmatch(keys[comma]) else None
        return Day(at, at + (comma if year else last), month=MONTHS[keys[0]], day=int(keys[skip]), year=year)
    skip += keys[skip] in (",", "of")
    if _YEAR.fullmatch(keys[skip]):
        return Day(at, at + skip, month=MONTHS[keys[0]], year=int(keys[skip]))
    return Day(at, at, month=MONTHS[keys[0]]) if keys[0] not in ("may", "march") else None


def same_day(one: Day, other: Day, left: date | None = None, right: date | None = None) -> bool | None:
    """Return whether two dates may be the same, None where that cannot be said.

    Examples
    --------
    >>> monday, may = Day(0, 0, weekday=0), Day(0, 0, month=5, day=3)
    >>> same_day(monday, may), same_day(monday, may, date(2026, 5, 5), date(2026, 5, 5))
    (None, False)
    """
    both = [
        (getattr(one, name), getattr(other, name))
        for name in ("year", "month", "day")
        if getattr(one, name) is not None and getattr(other, name) is not None
    ]
    if both and one.weekday is None and other.weekday is None:
        return all(a == b for a, b in both)
    if one.weekday is not None and other.weekday is not None:
        far = left and right and abs((left - right).days) > 4
        return None if far else one.weekday == other.weekday
    first, second = _resolve(one, left or right), _resolve(other, right or left)
    return None if not first or not second else bool(first & second)


def _resolve(day: Day, published: date | None) -> set[date]:
    """Return the days that a date may mean, seen from publication; none where that is unknown."""
    if published is None:
        return set()
    if day.offset is not None:
        return {published + timedelta(day.offset)}
    if day.month is not None and day.day is not None:
        years = [day.year] if day.year else [published.year - 1, published.year, published.year + 1]
        return {date(year, day.month, day.day) for year in years if _exists(year, day.month, day.day)}
    if day.weekday is None:
        return set()
    back = (published.weekday() - day.weekday) % 7
    return {published - timedelta(back), published - timedelta(back - 7), published - timedelta(back + 7)}


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _held_by(words: WordAlignment, one: Day, other: Day) -> set[int]:
    """Return the left words on which both dates hang (the nearest verb or noun on either side), if the same on both sides."""
    left, right = _holders(words.left, one), _holders(words.right, other)
    return {a for a in left if words.partner.get(a) in right}


def _holders(words: Sequence[Word], day: Day) -> set[int]:
    """Return the content words on which a date hangs: the nearest before it, or behind a date that opens the sentence.

    Verbs of saying hold none: two outlets may quote what somebody said on two days.
    """
    before, said = [], False
    for at in range(day.first - 1, -1, -1):
        word = words[at]
        if word.key in _BREAKS or word.key in ("and", "but", "while"):
            break
        if word.lemma in ("say", "tell") or word.key in lexicons.saying_verbs():
            said = True
            break
        if word.content and not _is_time(word) and not (word.capital and at):
            before.append(at)
        if len(before) == 2:
            break
    if said and not before:
        return set()
    opens = not before or words[day.first - 1].key not in _BEFORE_DAYS
    verbs = [at for at in range(day.last + 1, min(day.last + 12, len(words))) if may_be_verb(words, at)]
    owned = day.last + 1 < len(words) and words[day.last].text.casefold().endswith(("'s", "’s"))
    return {*before, *(verbs[:1] if opens else ()), *((day.last + 1,) if owned else ())}


def _is_time(word: Word) -> bool:
    return word.key in lexicons.calendar_words() or word.lemma in (
        "night",
        "morning",
        "evening",
        "afternoon",
        "day",
    )
