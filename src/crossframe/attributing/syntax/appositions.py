"""Appositions behind names: what else somebody is called between commas, without what is told of them in a clause."""

import re

from crossframe import lexicons
from crossframe.attributing.syntax.quotation_marks import MASK

ABBREVIATIONS = (
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Sens", "Rep", "Reps", "Gov", "Rev", "Msgr", "Hon", "Cllr", "Amb", "Gen",
    "Lt", "Col", "Sgt", "Capt", "Maj", "Cmdr", "Adm", "Brig", "Cpl", "Pvt", "Supt", "Insp", "Det", "St", "Ft", "Mt",
    "vs", "No", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec",
)  # fmt: skip
"""Words before a point that ends no sentence: forms of address and rank, months, places."""
POINT_INSIDE = rf"(?:(?<=\b[A-Z])|{'|'.join(rf'(?<={word})' for word in ABBREVIATIONS)})\."
"""The point of an initial or an abbreviation."""

_PIECE = re.compile(rf",\s((?:[^,;:.“”\"()—–{MASK}]|{POINT_INSIDE})+)")
_YEARS_OLD = re.compile(r"(?:aged\s)?\d{1,3}")
_CLAUSE_INSIDE = re.compile(r"\s(?:who|whom|whose|which|that|where|when|while|as|after|before|because)\s")
_PARTY = re.compile(r"(?:[RDI]-\w|Democrat\b|Republican\b|independent\b)")
_ONE_OF_SEVERAL = re.compile(r"(?:one|another) of\b")
_ARTICLE_AHEAD = re.compile(r"(?:the|an?)\s")
_NO_OPENING = re.compile(
    r"(?:who|whom|whose|which|that|where|when|while|as|after|before|because|if|and|or|but|in|on|at|to|from|with|by|for|during)\b"
)
_BEHIND_HEAD = re.compile(
    r"\s(?:of|for|at|in|on|from|with|to|by|about|and|or|representing|based|familiar|close|[a-z]+ed)\s"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should)\b"
)
_DOES = re.compile(r"\w{2,}(?:er|or|ist|ian|man|woman|men|women|people)s?")
"""Endings of nouns for who does something ("a miner")."""
_SPAN_OF_TIME = re.compile(r"(?:second|minute|hour|day|week|month|year|moment|time|night|evening|morning)s?")


def names_somebody(noun: str) -> bool:
    """Return whether a noun, singular or plural, says what somebody is, by the lists of roles and persons or its ending.

    Examples
    --------
    >>> [names_somebody(noun) for noun in ("minister", "widows", "plumber", "claim", "however")]
    [True, True, True, False, False]
    """
    word = noun.casefold()
    people = lexicons.role_nouns() | lexicons.person_nouns().keys() | lexicons.name_titles().keys()
    if {word, word.removesuffix("s")} & people:
        return True
    return word == "head" or (bool(_DOES.fullmatch(word)) and word not in lexicons.function_words())


def apposition_end(text: str, end: int, limit: int | None = None, *, before_clause: bool = False) -> int:
    """Return where the apposition ends whose comma stands at `end`, behind a name; `end` where none stands there.

    An apposition says who somebody is: its noun names somebody, or an article opens it. An age may stand before it. Clauses
    ("who bakes bread"), times and remarks on what was said ("a claim that she denies") are none, and end one.

    Parameters
    ----------
    text : str
        A document or region.
    end : int
        Where the name ends, in characters.
    limit : int, optional
        Where to stop reading; None is the end of the text.
    before_clause : bool, optional
        Whether a clause follows, whose subject an article opens, too ("according to Doe, the plan is dead").

    Examples
    --------
    >>> for text in ("Doe, 43, chief engineer at the mill, said", "Doe, a clerk who fled, said", "Doe, her voice breaking"):
    ...     print(text[: apposition_end(text, 3)])
    Doe, 43, chief engineer at the mill
    Doe, a clerk
    Doe
    """
    limit = len(text) if limit is None else limit
    at = end
    while piece := _PIECE.match(text, at, limit):
        if not _YEARS_OLD.fullmatch(piece[1].strip()):
            clause = _CLAUSE_INSIDE.search(piece[1])
            words = piece[1][: clause.start()] if clause else piece[1].rstrip()
            return piece.start(1) + len(words) if _says_who(words, before_clause) else end
        at = piece.end()
    return end


def _says_who(words: str, before_clause: bool) -> bool:
    """Return whether words between commas say who somebody is; before a clause their noun must name somebody."""
    if _PARTY.match(words) or _ONE_OF_SEVERAL.match(words):
        return True
    if _NO_OPENING.match(words) or _FINITE.search(words):
        return False
    head = _BEHIND_HEAD.split(f"{words} ", maxsplit=1)[0].split()[-1]
    if before_clause or not _ARTICLE_AHEAD.match(words):
        return names_somebody(head)
    return not _SPAN_OF_TIME.fullmatch(head) and head.removesuffix("s") not in lexicons.saying_nouns()


_TOLD_OF = re.compile(r",\swho(?:se)?\s")
_TO_COMMA = re.compile(rf"[^,;:“”\"{MASK}]{{0,90}}(?=,\s(?!who\b|which\b|and\b|or\b))")


def apposed_after(text: str, end: int) -> int:
    """Return where what is said of a name between commas ends, apposition or clause; `end` where there is none.

    Examples
    --------
    >>> for text in ("According to Doe, a lawyer, it rains.", "According to Doe, who left, it rains."):
    ...     print(text[16 : apposed_after(text, 16)])
    , a lawyer
    , who left
    """
    clause = _TOLD_OF.match(text, end)
    at = clause.end() if clause else apposition_end(text, end, before_clause=True)
    rest = _TO_COMMA.match(text, at) if at > end else None
    return rest.end() if rest else end
