"""Pair quotation marks by paragraph: outermost pairs, straight or curly, without apostrophes; quotations over paragraphs."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MASK = "\ue000"
"""Replaces every character of a quoted stretch, so that offsets stay the same and nothing inside is read."""

_OPENING_MARKS = frozenset("“«„")
_SECOND = "\ue001"  # stands for the second of two straight single marks that are meant as a double one
_TRIPLE = re.compile(r"(?<=[^\s'])\'\'\'(?!\')")  # a single mark closes before the double one
_SPACED = re.compile(r"[,:]\s\Z")  # a blank on both sides of a mark that opens: said, " We will go."
_TOKENISED = re.compile(r"``((?:(?!``|'')[^\n])*)''")  # ``We will go''
_DOUBLE = frozenset('"“”«»„')

MAX_DEPTH = 8
"""Number of nested opening marks that are kept; of more, the outermost are dropped."""
MAX_LENGTH = 3000
"""Characters within which a single mark closes; the same metrics as without a limit on 420 articles of PolNeAR."""
MAX_PARAGRAPHS = 5
"""Paragraphs after its own in which a curly mark may close a quotation whose paragraphs have no marks."""


class Quoted(NamedTuple):
    """A quoted stretch with its marks: offsets in characters of the document.

    ``goes_on``: no mark closes it and the next paragraph opens with one, so that the quotation continues there.
    """

    start: int
    end: int
    goes_on: bool = False


def pair_marks(document: str) -> list[Quoted]:
    """Return the outermost quoted stretches of `document`, in order.

    Every paragraph (line) is paired on its own. An unclosed opening mark runs to the end of the paragraph when it begins
    a sentence and the next paragraph begins with an opening mark too (a quotation over several paragraphs), or when a
    curly mark closes it within a few paragraphs that have no others; else it is passed over.

    Examples
    --------
    >>> text = '"We won\\'t," he said. “It’s ‘over’.”'
    >>> [text[quoted.start : quoted.end] for quoted in pair_marks(text)]
    ['"We won\\'t,"', '“It’s ‘over’.”']
    >>> pair_marks('An "unbalanced mark.')
    []
    """
    document = _TOKENISED.sub(f"“{_SECOND}\\1”{_SECOND}", document)
    document = _TRIPLE.sub(f"'\"{_SECOND}", document).replace("''", f'"{_SECOND}')
    quoted: list[Quoted] = []
    paragraphs = list(split_paragraphs(document))
    until = -1
    for position, (start, end) in enumerate(paragraphs):
        if position <= until:
            close = document.find("”", start, end) + 1 if position == until else 0
            quoted.append(Quoted(start, close or end, not close))
            if close:
                quoted += _pair_singles(document, close, end, [])
            continue
        following = document[paragraphs[position + 1][0]] if position + 1 < len(paragraphs) else ""
        doubles, left_open = _pair_doubles(document, start, end)
        if _goes_on(document, left_open, start) and following in {'"', "“", "«", "„"}:
            doubles = [one for one in doubles if one.end <= left_open]
            doubles.append(Quoted(left_open, end, True))
        elif _goes_on(document, left_open, start) and document[left_open] == "“":
            until = _closed_at(document, paragraphs, position)
            if until >= 0:
                doubles = [*(one for one in doubles if one.end <= left_open), Quoted(left_open, end, True)]
        singles = list(_pair_singles(document, start, end, doubles))
        inner = [
            one
            for one in doubles
            if any(other.start < one.start and one.end <= other.end for other in singles)
        ]
        quoted += sorted([*(one for one in doubles if one not in inner), *singles])
    return [
        one._replace(end=one.end + 1) if document[one.end : one.end + 1] == _SECOND else one for one in quoted
    ]


def mask_quoted(document: str, quoted: Sequence[Quoted]) -> str:
    """Return `document` with every quoted character replaced by `MASK`.

    Examples
    --------
    >>> text = 'Doe: "No."'
    >>> mask_quoted(text, pair_marks(text)) == "Doe: " + MASK * 5
    True
    """
    characters = list(document)
    for one in quoted:
        characters[one.start : one.end] = MASK * (one.end - one.start)
    return "".join(characters)


def pair_inside(document: str, outer: Quoted) -> list[Quoted]:
    """Return the stretches in marks of the other kind inside a quoted one: single inside double, or the reverse.

    Examples
    --------
    >>> text = "“Roe told me, ‘I will go.’ I wept.”"
    >>> [text[one.start : one.end] for one in pair_inside(text, pair_marks(text)[0])]
    ['‘I will go.’']
    """
    start, end = outer.start + 1, outer.end if outer.goes_on else outer.end - 1
    if document.startswith(("''", "``"), outer.start):
        start, end = start + 1, end - 1
    elif document[outer.start] in "'‘":
        return _pair_doubles(document, start, end)[0]
    return list(_pair_singles(document, start, end, []))


def _closed_at(document: str, paragraphs: list[tuple[int, int]], opened: int) -> int:
    """Return the paragraph whose only mark closes what paragraph `opened` left open, -1 where none within range does."""
    for position in range(opened + 1, min(opened + 1 + MAX_PARAGRAPHS, len(paragraphs))):
        marks = [mark for mark in document[slice(*paragraphs[position])] if mark in _DOUBLE]
        if marks:
            return position if marks == ["”"] else -1
    return -1


def _goes_on(document: str, mark: int, start: int) -> bool:
    """Return whether an unclosed mark may open a quotation over paragraphs: at a paragraph's or sentence's start."""
    if mark <= start:
        return mark == start
    before, after = document[start:mark].rstrip(), document[mark + 1 : mark + 2]
    return after.isupper() and before[-1:] in set(".,:;!?")


def split_paragraphs(document: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the paragraphs, which are the lines that are not blank, without outer blanks."""
    position = 0
    for line in document.splitlines(keepends=True):
        body = line.rstrip()
        lead = len(body) - len(body.lstrip())
        if body.strip():
            yield position + lead, position + len(body)
        position += len(line)


def _pair_doubles(document: str, start: int, end: int) -> tuple[list[Quoted], int]:
    """Return the outermost pairs of double marks in a paragraph, and where an unclosed one opens (-1: none)."""
    opened: list[tuple[int, str]] = []
    pairs: list[Quoted] = []
    for at in range(start, end):
        mark = document[at]
        if mark not in _DOUBLE:
            continue
        closes = _closes(document, at, start, end, opened)
        if closes is None:
            continue
        if closes:
            wanted = _partners(mark, [kind for _, kind in opened])
            while opened[-1][1] not in wanted:
                opened.pop()
            first, _ = opened.pop()
            pairs = [one for one in pairs if one.start < first]
            pairs.append(Quoted(first, at + 1))
        else:
            opened = [*opened[-MAX_DEPTH:], (at, mark)]
    if len(opened) == 2 and [mark for _, mark in opened] == [
        '"',
        '"',
    ]:  # the second closes, whatever follows it
        pairs.append(Quoted(opened[0][0], opened[1][0] + 1))
        opened = []
    outer: list[Quoted] = []
    for one in sorted(pairs):
        if not outer or one.end > outer[-1].end:
            outer.append(one)
    return outer, opened[0][0] if opened else -1


def _partners(mark: str, opened: list[str]) -> str:
    """Return the opening mark that `mark` may close: its own, else one of another style ("mixed”), "" where none is open."""
    partners = {"”": '“„"”', "»": "«", "«": "»", "“": "„", '"': '"“'}.get(mark, mark)
    return next((one for one in partners if one in opened), "")


def _closes(document: str, at: int, start: int, end: int, opened: list[tuple[int, str]]) -> bool | None:
    """Return whether the mark at `at` closes (True) or opens (False) a stretch; None when it does neither."""
    mark = document[at]
    kinds = [kind for _, kind in opened]
    if mark == '"':
        after = document[at + 1] if at + 1 < end else ""
        before = document[at - 1] if at > start else ""
        if '"' in kinds:
            return not (before.isspace() and after and after.isalnum())
        if "“" in kinds and not before.isspace() and not after.isalnum():
            return True
        if before.isdigit() and not kinds:
            return None  # inches
        if after == "" or (after.isspace() and not _SPACED.search(document, start, at)):
            return None
        return False
    if (mark == "“" and "„" in kinds) or (mark == "«" and "»" in kinds):
        return True
    before, after = document[at - 1 : at] if at > start else "", document[at + 1 : at + 2]
    inwards = mark == "»" and "«" not in kinds and not before.isalnum() and after.isalnum()
    alike = mark == "”" and not kinds and not before.strip(" (") and after.isalnum()  # ”Vi går”, sade han
    if mark in _OPENING_MARKS or inwards or alike:
        return False
    return True if _partners(mark, kinds) else None


_ENDS_SINGLE = re.compile("[’']")
_SINGLE = re.compile("[‘']")
_ENDS_INSIDE = frozenset(".,!?;:…")


def _pair_singles(document: str, start: int, end: int, doubles: list[Quoted]) -> Iterator[Quoted]:
    """Yield stretches in single marks outside double ones; an apostrophe neither opens nor closes one."""
    done = start
    starts = [one.start for one in doubles]
    for match in _SINGLE.finditer(document, start, end):
        at = match.start()
        following = bisect_right(starts, at)
        if at < done or (following and at < doubles[following - 1].end):
            continue
        if _opens_single(document, at, start):
            limit = doubles[following].start if following < len(doubles) else end
            close = _closing_single(document, at, min(limit, at + MAX_LENGTH))
            if close < 0 and limit < end:
                close = _closes_around(document, at, min(end, at + MAX_LENGTH), doubles)
            if close > 0:
                yield Quoted(at, close + 1)
                done = close + 1


def _closes_around(document: str, at: int, end: int, doubles: list[Quoted]) -> int:
    """Return where the single mark that opens at `at` closes behind double ones inside it ('He said, "Go", and I went.'), -1 where it does not."""
    for match in _ENDS_SINGLE.finditer(document, at + 2, end):
        position = match.start()
        inside = any(one.start < position < one.end for one in doubles)
        if (
            not inside
            and document[position - 1] in _ENDS_INSIDE
            and not document[position + 1 : position + 2].isalnum()
        ):
            return position
    return -1


def _opens_single(document: str, at: int, start: int) -> bool:
    before = document[at - 1] if at > start else " "
    after = document[at + 1 : at + 2]
    elided = document[at + 1 : at + 6].casefold().startswith(("tis", "twas", "em ", "til ", "cause", "n "))
    return (before.isspace() or before in "([—–-") and (after.isalpha() or after == "…") and not elided


def _closing_single(document: str, at: int, end: int) -> int:
    """Return where the single mark that opens at `at` closes, -1 where it does not."""
    candidates = []
    for match in _ENDS_SINGLE.finditer(document, at + 2, end):
        position = match.start()
        before, after = document[position - 1], document[position + 1 : position + 2]
        if before.isspace() or after.isalnum():
            continue
        if before in _ENDS_INSIDE:
            return position
        candidates.append(position)
    if not candidates:
        return -1
    certain = [position for position in candidates if document[position - 1] != "s"]
    return certain[0] if certain else candidates[0]
