"""Quantities of a sentence: counts, shares, money, measures, votes, ages, ordinals and times of day, as intervals with what they count."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crossframe import lexicons
from crossframe.matching.differences.word_alignment import Word, number_words

COUNT, SHARE, MONEY, MEASURE, VOTE, AGE, ORDINAL, TIME = (
    "count", "share", "money", "measure", "vote", "age", "ordinal", "time",
)  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
ROUGH = 0.1
"""Share of itself by which a rough figure may be off (codebook of differences)."""
_SIGNS = {"$": "$", "£": "£", "€": "€", "¥": "¥"}
_PERCENT = frozenset({"percent", "per cent", "percentage", "pc"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True)
class Amount:
    """A quantity: numbers of its first and last word, kind, unit, least and greatest value, and the word that it counts.

    Parameters
    ----------
    first, last : int
        Numbers of its words, hedges ("at least") included.
    kind : str
        One of the kinds above.
    unit : str
        Base unit, currency, or "".
    low, high : float
        What the words admit.
    head : int
        Number of the word that is counted, -1 where none follows.
    value : float
        The number as it stands, without hedge.
    """

    first: int
    last: int
    kind: str
    unit: str
    low: float
    high: float
    head: int
    value: float

    def times(self, factor: float) -> "Amount":
        """Return the amount in another unit, `factor` of which it has."""
        return replace(self, low=self.low * factor, high=self.high * factor, value=self.value * factor)

    def hedged(self, low: float, high: float) -> "Amount":
        """Return the amount with its least and greatest value multiplied."""
        return replace(self, low=low * self.low, high=math.inf if high == math.inf else high * self.high)

    def agrees(self, other: "Amount") -> bool:
        """Return whether both may be true: their intervals meet, or the one is the other rounded.

        What has no upper bound ("at least 12") is read as at most twice as much: of 12 and 40 a reader asks which is right.
        """
        if math.inf in (self.high, other.high) and self.high == other.high:
            return abs(self.value - other.value) <= ROUGH * max(self.value, other.value)
        bounds = [(one.low, 2 * one.value if one.high == math.inf else one.high) for one in (self, other)]
        if all(
            low <= high * (1 + 1e-6)
            for low, high in ((bounds[0][0], bounds[1][1]), (bounds[1][0], bounds[0][1]))
        ):
            return True
        scale = 100 if self.kind == SHARE else 1
        pair = (scale * self.value, scale * other.value)
        return _is_rounded(*pair, share=scale > 1) or _is_rounded(*pair[::-1], share=scale > 1)


def _is_rounded(coarse: float, fine: float, *, share: bool) -> bool:
    """Return whether `coarse` is `fine` rounded: of thousands and more to its significant digits, of percent to whole ones."""
    if share:
        return abs(coarse - round(coarse)) < 1e-6 < abs(fine - round(fine)) and abs(coarse - fine) < 1
    if coarse < 1000 or fine <= 0:
        return False
    step = 10 ** math.floor(math.log10(coarse))
    while round(coarse / step, 6) != round(coarse / step):
        step /= 10
    finer = abs(fine / step - round(fine / step)) > 1e-6
    return finer and abs(coarse - fine) <= min(step / 2, ROUGH * coarse / 2)


@cache
def _entries(kind: str) -> dict[str, tuple[str, float, float]]:
    rows = [row for row in lexicons.read_wordlist("quantity_words") if row["class"] == kind]
    return {
        word: (row["name"], float(row["low"]), float(row["high"]))
        for row in rows
        for word in (row["words"].split("|") if kind in ("before", "behind") else row["words"].split())
    }


@cache
def roles() -> dict[str, str]:
    """Return base forms ("kill", "toll") -> what they say becomes of people who are counted ("killed")."""
    return {word: name for word, (name, _, _) in _entries("role").items()}


@cache
def person_words() -> frozenset[str]:
    """Return base forms that count any persons ("people", "victim")."""
    return frozenset(_entries("person"))


def is_figure(word: Word) -> bool:
    """Return whether a word is a number, in digits or spelled out."""
    return word.text[0].isdigit() or word.key in number_words()


def read_amounts(words: Sequence[Word]) -> list[Amount]:
    """Return the quantities of a sentence in their order; dates are none.

    Examples
    --------
    >>> from crossframe.matching.differences.word_alignment import read_words
    >>> [(a.kind, a.unit, a.low, a.high) for a in read_amounts(read_words("At least a dozen men paid $1.2 million."))]
    [('count', '', 10.0, inf), ('money', '$', 1200000.0, 1200000.0)]
    """
    amounts = []
    at = 0
    while at < len(words):
        amount = _read_amount(words, at)
        if amount is None:
            at += 1
        else:
            amount = _with_smaller_unit(words, amount)
            amounts.append(_hedged(words, amount))
            at = amount.last + 1
    return amounts


def _with_smaller_unit(words: Sequence[Word], amount: Amount) -> Amount:
    """Return a measure with the part of it that is told in a smaller unit ("30 minutes and 12 seconds", "six feet two inches")."""
    behind = amount.last + 1
    behind += _key(words, behind) in ("and", ",")
    more = _read_number(words, behind) if amount.kind == MEASURE and behind < len(words) else None
    if more is None or more.kind != MEASURE or more.unit != amount.unit:
        return amount
    units = [_entries("unit").get(_key(words, one.last), ("", 0.0, 0.0))[1] for one in (amount, more)]
    if not 0 < units[1] < units[0] or more.value >= units[0]:
        return amount
    whole = replace(
        amount,
        last=more.last,
        low=amount.low + more.low,
        high=amount.high + more.high,
        value=amount.value + more.value,
    )
    return _with_smaller_unit(words, whole)


def _read_amount(words: Sequence[Word], at: int) -> Amount | None:
    for read in (_read_time, _read_vote, _read_ordinal, _read_number):
        amount = read(words, at)
        if amount is not None:
            return amount
    return None


def _key(words: Sequence[Word], at: int) -> str:
    return words[at].key if 0 <= at < len(words) else ""


def _is_numeral(word: Word) -> bool:
    return word.text[0].isdigit() and ":" not in word.text


def _read_time(words: Sequence[Word], at: int) -> Amount | None:
    """A time of day: "9:30 a.m.", "10pm", "14:05"."""
    match = _CLOCK.fullmatch(words[at].key)
    if match is None or int(match.group(1)) > 24:
        return None
    half = _key(words, at + 1).replace(".", "")
    if half not in ("am", "pm") and ":" not in words[at].key:
        return None
    hours = int(match.group(1)) % 12 + 12 * (half == "pm") if half in ("am", "pm") else int(match.group(1))
    minutes = float(60 * hours + int(match.group(2) or 0))
    return Amount(at, at + (half in ("am", "pm")), TIME, "", minutes, minutes, -1, minutes)


def _read_vote(words: Sequence[Word], at: int) -> Amount | None:
    """A vote or score ("51-49", "by 51 votes to 49"): one value, the greater share thousandfold plus the smaller."""
    first = _plain_value(words[at])
    if first is None:
        return None
    step = at + 1
    if _key(words, step) in ("vote", "votes"):
        step += 1
    if _key(words, step) not in ("-", "–", "to", "against") or step + 1 >= len(words):
        return None
    second = _plain_value(words[step + 1])
    dash = words[step].is_mark
    voted = any(
        _key(words, near).startswith(("vote", "voting", "ballot", "score", "margin"))
        for near in range(max(0, at - 6), step)
    )
    if second is None or not (voted or (dash and first > second and not words[step + 1].key.endswith("s"))):
        return None
    greater, smaller = max(first, second), min(first, second)
    value = greater * 1000 + smaller
    return Amount(at, step + 1, VOTE, "", value, value, -1, value)


def _plain_value(word: Word) -> float | None:
    if _is_numeral(word):
        return float(word.key.replace(",", "")) if word.key.count(".") < 2 else None
    value = number_words().get(word.key)
    return None if value is None else float(value)


def _read_ordinal(words: Sequence[Word], at: int) -> Amount | None:
    """An ordinal before a noun ("third term", "21st birthday"); fractions ("two thirds") are none."""
    key, last = words[at].key, at
    if _is_numeral(words[at]) and _key(words, at + 1) in ("st", "nd", "rd", "th"):
        value, last = float(key.replace(",", "")), at + 1
    elif (key in _ORDINALS and key != "second") or (
        key == "second" and _key(words, at - 1) not in ("a", "per")
    ):
        value = float(_ORDINALS[key])
    else:
        return None
    head = last + 1 if last + 1 < len(words) and words[last + 1].content else -1
    if head < 0 or _key(words, at - 1) in number_words() or _key(words, at - 1) in MONTHS:
        return None
    return Amount(at, last, ORDINAL, "", value, value, head, value)


def _read_number(words: Sequence[Word], at: int) -> Amount | None:
    """A number with what it counts or its unit."""
    sign = _SIGNS.get(words[at].text, "")
    start = at + 1 if sign else at
    if not sign and start > 0 and words[start].text[0].isdigit() and _is_part_of_name(words, start):
        return None
    read = _read_value(words, start)
    if read is None:
        return None
    low, high, last = read
    if last == start and _key(words, start) in ("half", "a", "an") and high < 1:
        return Amount(at, at + (_key(words, at) != "half"), SHARE, "", low, high, -1, low)
    if _key(words, start) == "one" and last == start and not _counts_one(words, start):
        return None
    if not sign and _is_date_part(words, start, last):
        return None
    ranged = _read_range(words, last)
    if ranged is not None and ranged[0] >= low:
        high, last = ranged
    amount = Amount(at, last, MONEY if sign else COUNT, sign, low, high, -1, low)
    return _with_unit(words, amount)


def _counts_one(words: Sequence[Word], at: int) -> bool:
    """Return whether "one" at `at` counts: a noun or share follows, and it is no pronoun ("one of them", "this one")."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or _key(words, at - 1) in ("no", "this", "that", "any", "every", "each", "the"):
        return False
    return (following.content and following.lemma != "day") or following.key in ("in", "-", "out")


def _is_part_of_name(words: Sequence[Word], at: int) -> bool:
    """Return whether a number names ("No. 10", "Flight 93", "Article 5", "Boeing 737")."""
    before = words[at - 1]
    if (before.key in ("no", "number", "#", ".") and _key(words, at - 2) in ("no", "")) or before.key == "#":
        return True
    opening = at == 1 or words[at - 2].key in (".", "“", '"')
    return before.capital and before.content and not opening and before.key not in MONTHS


def _read_value(words: Sequence[Word], at: int) -> tuple[float, float, int] | None:
    """Return least and greatest value of the number at `at` and its last word."""
    if at >= len(words):
        return None
    key = words[at].key
    if key in ("a", "an", "half") and at + 1 < len(words):
        return _read_indefinite(words, at)
    vague = _entries("vague").get(key)
    if vague is not None and key not in ("few", "dozen", "couple"):
        if key in ("hundreds", "thousands", "millions", "tens") and _key(words, at + 1) == "of":
            more = _SCALES.get(_key(words, at + 2).rstrip("s"))
            if more and _key(words, at + 2).endswith("s"):
                return vague[1] * more, vague[2] * more, at + 2
        return vague[1], vague[2], at
    if key == "tens" and _key(words, at + 1) == "of" and _key(words, at + 2).rstrip("s") in _SCALES:
        scale = _SCALES[_key(words, at + 2).rstrip("s")]
        return 10 * scale, 99 * scale, at + 2
    value, last = _plain_value(words[at]), at
    if value is None:
        return None
    if value >= 20 and value % 10 == 0 and key in number_words():
        more = at + 1 + (_key(words, at + 1) == "-")
        ones = number_words().get(_key(words, more), 0)
        if 0 < ones < 10:
            value, last = value + ones, more
    return _scaled(words, value, last)


def _scaled(words: Sequence[Word], value: float, last: int) -> tuple[float, float, int]:
    """Return a value with the scale words behind it ("2 million", "three dozen", "6m", "two hundred and fifty")."""
    following = _key(words, last + 1)
    if following in _SHORT_SCALES and words[last].end == words[last + 1].start:
        value, last = value * _SHORT_SCALES[following], last + 1
    elif following == "dozen":
        return value * 12 - 2, value * 12 + 2, last + 1
    while _key(words, last + 1) in _SCALES:
        value, last = value * _SCALES[_key(words, last + 1)], last + 1
        rest = last + 1 + (_key(words, last + 1) == "and")
        more = _plain_value(words[rest]) if rest < len(words) else None
        if more is not None and more < value and words[rest].key in number_words():
            low, _, last = _read_value(words, rest) or (more, more, rest)
            value += low
    return value, value, last


def _read_indefinite(words: Sequence[Word], at: int) -> tuple[float, float, int] | None:
    """Return "a dozen", "a few", "a couple", "a hundred", "half a dozen", "half a million"."""
    half = 0.5 if words[at].key == "half" else 1.0
    step = at + 1 if half == 1.0 else at + 1 + (_key(words, at + 1) in ("a", "an", "-"))
    following = _key(words, step)
    if half == 0.5 and following not in _SCALES and following != "dozen":
        whole = _key(words, at + 1) in ("of", "the", "its", "their", "his", "her", "all")
        return (0.5, 0.5, at) if whole else None
    fraction = _entries("fraction").get(following)
    if fraction and _key(words, at + 2) == "of":
        return fraction[1], fraction[1], at
    if following == "few" and _key(words, step + 1) in _SCALES:
        scale = _SCALES[_key(words, step + 1)]
        return 2 * scale, 9 * scale, step + 1
    if following in ("dozen", "few", "couple", "handful"):
        low, high = _entries("vague")[following][1:]
        if half == 0.5:
            return 5.0, 7.0, step
        last = step + 1 if following == "couple" and _key(words, step + 1) == "of" else step
        return low, high, last
    if following in _SCALES:
        return half * _SCALES[following], half * _SCALES[following], step
    return None


def _is_date_part(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether the number is a day or a year."""
    key = words[first].key
    if _key(words, first - 1) in MONTHS or (
        _key(words, first - 1) == "." and _key(words, first - 2) in MONTHS
    ):
        return True
    if _key(words, last + 1) in MONTHS and words[first].text[0].isdigit():
        return True
    if not _YEAR.fullmatch(key) or last > first:
        return False
    following = words[last + 1] if last + 1 < len(words) else None
    return not (following is not None and following.content and following.lemma != following.key)


def _read_range(words: Sequence[Word], last: int) -> tuple[float, int] | None:
    """Return greatest value and last word of a range that goes on behind `last` ("10 to 15", "10-15", "between 10 and 15")."""
    joint = _key(words, last + 1)
    if joint not in ("to", "-", "–", "or") and not (joint == "and" and _has_between(words, last)):
        return None
    read = _read_value(words, last + 2)
    return (read[1], read[2]) if read else None


def _has_between(words: Sequence[Word], last: int) -> bool:
    return any(_key(words, at) == "between" for at in range(max(0, last - 3), last))


def _with_unit(words: Sequence[Word], amount: Amount) -> Amount:
    """Return the amount with the unit, currency or counted word behind it."""
    at = amount.last + 1
    if _key(words, at) == "-":
        at += 1
    key = _key(words, at)
    two = f"{key} {_key(words, at + 1)}"
    if key == "%" or key in _PERCENT or two == "per cent":
        return replace(amount, kind=SHARE, unit="", last=at + (two == "per cent")).times(0.01)
    fraction = _entries("fraction").get(key)
    if fraction and amount.kind == COUNT:
        return replace(amount, kind=SHARE, last=at).times(fraction[1])
    behind = at + 1 + (two == "out of")
    behind += _key(words, behind) in ("the", "its", "their", "his", "her", "those", "these")
    total = _read_value(words, behind) if key in ("in", "of", "out") else None
    if key in ("in", "of", "out") and total and amount.kind == COUNT and total[0] > amount.high:
        if key == "in" and not total[0] <= 10:
            return replace(amount, head=-1)
        share = replace(amount, kind=SHARE, last=total[2]).times(1 / total[0])
        return share if key != "of" else _with_head(words, amount, total[2] + 1)
    if amount.kind == MONEY:
        return amount
    adjective = at + 1 if _key(words, at) in ("us", "u.s.", "american", "canadian", "australian") else at
    currency = _entries("currency").get(_key(words, adjective))
    if currency:
        return replace(amount, kind=MONEY, unit=currency[0], last=adjective).times(currency[1])
    if key.endswith(("year-old", "years-old", "month-old", "year-olds")):
        return replace(amount, kind=AGE, last=at)
    unit = _entries("unit").get(key)
    if unit and _key(words, at + 1) in ("fahrenheit", "f") and unit[0] == "degree":
        celsius = [(degrees - 32) / 1.8 for degrees in (amount.low, amount.high, amount.value)]
        low, high, value = (round(degrees) for degrees in celsius)
        return replace(
            amount, kind=MEASURE, unit="degree", low=low, high=high, value=value, last=at + 1, head=at
        )
    if unit:
        if unit[0] == "s" and _key(words, at + 1) == "old":
            return replace(amount, kind=AGE, last=at + 1)
        return replace(amount, kind=MEASURE, unit=unit[0], last=at, head=at).times(unit[1])
    return _with_head(words, amount, at)


def _with_head(words: Sequence[Word], amount: Amount, at: int) -> Amount:
    """Return the amount with the word that it counts: the last of the words of its phrase."""
    if _key(words, at) in ("of", "other", "more", "additional", "further"):
        at += 1
    while _key(words, at) in ("the", "these", "those", "its", "his", "their", "her", "all", "of"):
        at += 1
    head = -1
    for number in range(at, min(at + 4, len(words))):
        if not words[number].content:
            break
        if head >= 0 and _ends_phrase(words, head, number):
            break
        head = number
    of = _key(words, amount.first - 1) == "of" and _key(words, amount.first - 2) in lexicons.person_nouns()
    if head < 0 and of and 0 < amount.low < 120:
        return replace(amount, kind=AGE)
    if head < 0 and amount.first > 0 and _key(words, amount.first - 1) in ("aged", "age"):
        return replace(amount, kind=AGE, first=amount.first - 1)
    alone = _key(words, amount.last + 1) in (",", ")", ".") and _key(words, amount.first - 1) in (",", "(")
    if head < 0 and alone and amount.first > 1 and 0 < amount.low < 120:
        owner = words[amount.first - 2]
        if owner.capital or owner.lemma in lexicons.person_nouns():
            return replace(amount, kind=AGE)
    return replace(amount, head=head)


def _ends_phrase(words: Sequence[Word], head: int, number: int) -> bool:
    """Return whether the phrase ends before a word: its head is a plural, or the word a verb."""
    plural = (words[head].key != words[head].lemma and words[head].key.endswith("s")) or words[head].lemma in (
        "people", "person", "child", "man", "woman",
    )  # fmt: skip
    return plural or (words[number].key.endswith(("ed", "ing")) and words[number].lemma != words[number].key)


def _hedged(words: Sequence[Word], amount: Amount) -> Amount:
    """Return the amount with the hedge before or behind it."""
    start = amount.first
    if _key(words, start - 1) in ("a", "an", "the", "his", "her", "their"):
        start -= 1
    for length in (4, 3, 2, 1):
        phrase = " ".join(_key(words, at) for at in range(start - length, start)) if start >= length else ""
        hedge = _entries("before").get(phrase)
        if hedge and not (phrase in ("above", "below", "around", "over", "under") and amount.kind == ORDINAL):
            return replace(amount, first=start - length).hedged(*hedge[1:])
    behind = amount.last + 1
    for skip in (0, 1):
        for length in (2, 1):
            phrase = " ".join(_key(words, at) for at in range(behind + skip, behind + skip + length))
            hedge = _entries("behind").get(phrase)
            if hedge:
                return replace(amount, last=behind + skip + length - 1).hedged(*hedge[1:])
    return amount
