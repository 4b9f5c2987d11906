"""Find the subject of a verb: before it, past adverbs, auxiliaries, appositions and relative clauses, or behind it."""

import re

from crossframe import lexicons
from crossframe.attributing.syntax.appositions import ABBREVIATIONS, POINT_INSIDE
from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.words import country_code, may_be_finite

_FULL_STOP = "[.!?](?<![A-Z][.])" + "".join(rf"(?<!\b{word}[.])" for word in ABBREVIATIONS) + r"\s"
SENTENCE_END = re.compile(_FULL_STOP + rf"+(?=[A-Z“\"{MASK}])")
"""A full stop, other than an abbreviation's, before a capital letter or a quotation."""

DETERMINER = re.compile(
    r"(?:the|a|an|his|her|their|its|one|another|some|many|several|two|three|four|both|other)\b", re.IGNORECASE
)
_HARD_BREAK = rf"[;:—–{MASK}]|\s--?\s|{_FULL_STOP}|\b(?:but|that|because|although|though|while|if|whether|than|since|until|how|why|said|says|say|told"
_CLAUSE_BREAK = re.compile(rf"{_HARD_BREAK}|and|when|as|where|after|before|so|what)\b", re.IGNORECASE)
_APPOSITION_BREAK = re.compile(rf"{_HARD_BREAK})\b", re.IGNORECASE)
_PREPOSITIONS = (
    "in|on|at|of|for|from|with|by|to|around|about|after|before|during|under|over|into|near|through"
)
_PREPOSITION = re.compile(rf"(?:{_PREPOSITIONS})\b", re.IGNORECASE)
_RELATIVE = re.compile(r",\s+(?:who|which|where|whose|whom|when)\b[^,]*$", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:\b(?:also|later|earlier|then|again|still|only|just|even|already|now|once|reportedly|publicly|repeatedly|previously|"
    r"recently|flatly|simply|first|further|thus|has|have|had|is|are|was|were|been|be|would|will|did|does|could|can|may|might|must|not|never|"
    r"long|often|always|widely|himself|herself|themselves|itself|(?!(?:family|assembly|ally|rally|reply|supply|bully|monopoly|anomaly)\b)[a-z]+ly|on|in|at|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|\([^)]*\)|['’]d|['’]s|['’]ve|['’]re|['’]m|['’]ll|n['’]t)[\s,]*$",
    re.IGNORECASE,
)
_PRONOUN_BEFORE = re.compile(
    r"\b(he|she|they|it|we|i|you|who)(?:['’](?:d|s|ve|re|m|ll))?\s+(?:(?:also|later|then|again|still|only|just|even|already|now|once|first|has|have|had|is|are|was|were|am|be|been|would|will|did|does|do|could|"
    r"can|may|might|must|should|not|never|[a-z]+ly|wo|did|does|do|would|could|had|has)(?:n['’]t)?\s+)*$",
    re.IGNORECASE,
)
_VERB_LIKE = re.compile(
    r"\s(?:has|have|had|was|were|is|are|will|would|did|could|also|[a-z]+ed|[a-z]+ly|went|took|made|gave|spoke|came|left|who|"
    r"wrote|sent|held|stood|began|told|said|met|ran|sat|rose|cut|put|kept|sought|brought|drew|fought|lost|won)\b"
)


_WEEKDAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PHRASE_STOP = re.compile(
    rf"\s(?:that|who|which|as|when|while|because|after|before|during|(in|on|at|to|about)|and then|but|whose|where|via|adding|"
    rf"noting|saying|referring|released|published|obtained|told|{_WEEKDAYS})\b"
)
_OF_PARTICIPLE = re.compile(rf"(?<=[a-z]ed)\s\w+\s(?!{_WEEKDAYS})")
"""The preposition of a participle that is said of a noun ("a person briefed on the plan")."""


def noun_phrase_after(text: str, start: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins after `start`: up to a comma, mark, clause or verb of saying."""
    match = re.match(rf"\s*([^,.;:!?—–{MASK}()]|{POINT_INSIDE})+", text[start:])
    if match is None or not match.group().strip():
        return None
    first = start + len(match.group()) - len(match.group().lstrip())
    phrase = match.group().strip()
    stops = _PHRASE_STOP.finditer(phrase, 3)
    own = (one.start() for one in stops if not (one[1] and _OF_PARTICIPLE.match(phrase, one.start())))
    phrase = phrase[: next(own, len(phrase))]
    return (first, first + len(phrase)) if phrase else None


def first_noun_phrase(text: str, limit: int) -> tuple[int, int] | None:
    """Return the noun phrase that opens the clause before `limit`: the last stretch between commas that begins like a subject."""
    start = max((match.end() for match in re.finditer(_FULL_STOP, text[:limit])), default=0)
    for first, last in reversed(_pieces(text[:limit], start)):
        piece = text[first:last]
        verb = _VERB_LIKE.search(piece)
        if (
            verb
            and re.match(rf"(?:[A-Z]|{DETERMINER.pattern}|he\b|she\b|they\b)", piece)
            and MASK not in piece[: verb.start()]
        ):
            opener = re.match(
                r"(?:But|And|Yet|Still|Then|In|On|At|After|Before|As|When|While|Asked|Speaking)\b", piece
            )
            behind = _behind_opening(piece[: verb.start()]) if opener else 0
            if behind is not None:
                return first + behind, first + verb.start()
    return None


def subject_before(text: str, verb: int) -> tuple[int, int] | None:
    """Return the subject before the verb at `verb`, skipping adverbs, auxiliaries and appositions."""
    pronoun = _PRONOUN_BEFORE.search(text, max(0, verb - 40), verb)
    if pronoun is not None:
        return pronoun.span(1)
    end = verb
    while end > 0:
        tail = _TAIL.search(text[:end])
        if tail is None or tail.start() == end:
            break
        end = tail.start()
    left = text[:end].rstrip()
    aside = re.search(r"\s*(?:—|–|\s-)[^—–]*(?:—|–|\s-)$", left)
    if aside is not None and aside.start() > 0:
        left = left[: aside.start()]
    closed = text[:verb].rstrip().endswith(",")
    if closed:
        left = _RELATIVE.sub("", left.rstrip(", "))
    if not left or left.endswith(MASK):
        return None
    opening = left.rfind(",") if closed else -1
    start = _clause_start(
        left[:opening] if opening > 0 else left, _APPOSITION_BREAK if closed else _CLAUSE_BREAK
    )
    pieces = _pieces(left, start)
    if not pieces:
        return None
    if closed:
        return _with_apposition(left, pieces)
    return _before_verb(text, _with_pair(left, _last_piece(left, pieces)))


_AFTER_OPENING = re.compile(rf"(?:,|{MASK})\s+(?=[A-Z]|(?:the|he|she|they)\b)")


def opened_subject(text: str, start: int) -> tuple[int, int] | None:
    """Return the subject of the clause that a participle at `start` opens ("Calling it a farce, Doe left"), None without one."""
    opening = _AFTER_OPENING.search(text, start)
    phrase = noun_phrase_after(text, opening.end()) if opening else None
    if phrase is None:
        return None
    words = re.finditer(r"\s(\w+)", text[slice(*phrase)])
    verb = next((word.start() for word in words if may_be_finite(word.group(1).casefold())), None)
    return phrase if verb is None else (phrase[0], phrase[0] + verb)


_AUXILIARY = r"(?:has|have|had|is|are|was|were|will|would|could|did|does|may|might|must|should)\b"
_OWN_VERB = re.compile(rf"(?<!\bwho)(?<!\bwhich)(?<!\bthat)\s{_AUXILIARY}")
_RELATIVE_WORD = re.compile(r"\b(?:who|whom|whose|which|that|where)\b")
_NO_PHRASE = re.compile(rf"{_AUXILIARY}|(?:seems?|appears?|but|and|or|yet|not)\b")


def _before_verb(text: str, piece: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the part of `piece` before a finite verb of its own ("Doe has admitted it and then told").

    Where `piece` begins with that verb, it is the first noun phrase of the clause.
    """
    if piece is None:
        return None
    phrase = text[slice(*piece)]
    if _NO_PHRASE.match(phrase):
        return first_noun_phrase(text, piece[0])
    own = _OWN_VERB.search(phrase)
    if own is None or _RELATIVE_WORD.search(phrase, 0, own.start()):
        return piece
    return piece[0], piece[0] + own.start()


def possessor_before(text: str, noun: int) -> tuple[int, int] | None:
    """Return the possessor before the noun at `noun` ("Jane Doe's", "his"), None where there is none."""
    floor = max(0, noun - 100)
    match = re.search(
        r"(?:\b((?i:his|her|their|its|my|our))|((?:\b(?:[Tt]he|[A-Z][\w.-]*)\s+)?(?:[A-Z][\w.-]*\s+|of\s+){0,4}[\w.-]+)['’]s?)\s+(?:[a-z-]+\s+){0,2}$",
        text[floor:noun],
    )
    if match is None:
        return None
    group = 1 if match.group(1) else 2
    return floor + match.start(group), floor + match.end(group)


def _clause_start(left: str, breaks: re.Pattern[str]) -> int:
    starts = [match.end() for match in breaks.finditer(left)]
    # A word that opens a clause directly before the subject's end belongs to the subject ("the man who").
    return max((at for at in starts if left[at:].strip(" ,")), default=0)


def _pieces(left: str, start: int) -> list[tuple[int, int]]:
    """Return the stretches between commas from `start` on, without blanks around them."""
    pieces = []
    for match in re.finditer(r"[^,]+", left[start:]):
        piece = match.group().strip()
        if piece:
            first = start + match.start() + len(match.group()) - len(match.group().lstrip())
            pieces.append((first, first + len(piece)))
    return pieces


_HEADS = re.compile(
    r"(?!.*\b(?:hour|day|week|month|year|minute|moment|time)s?\b)(?:[A-Z]|(?:the|an?|his|her|their|its|some|many|several)\s|(?!(?:always|sometimes|perhaps|besides|nowadays)\b)[a-z]+(?<!s)s\Z)"
)
"""Beginning of a subject inside a relative clause ("which the ministry had announced", "which critics call"), times aside."""


def _last_piece(left: str, pieces: list[tuple[int, int]]) -> tuple[int, int] | None:
    first, last = pieces[-1]
    relative = re.search(r"\s(?:that|which)$", left[first:last])
    if relative:
        verb = _VERB_LIKE.search(left[first:last])
        last = first + min(verb.start() if verb else relative.start(), relative.start())
    opener = re.match(r"(?:who|which)\b\s*", left[first:last])
    if opener and len(pieces) > 1:
        own = first + opener.end()
        return (own, last) if _HEADS.match(left[own:last]) else (first, first + len(opener.group().strip()))
    if _PREPOSITION.match(left[first:last]) and not re.search(r"[A-Z][\w’'-]*$", left[first:last]):
        behind = _behind_opening(left[first:last])
        if behind is not None:
            return first + behind, last
        return pieces[-2] if len(pieces) > 1 and left[pieces[-2][0]].isupper() else None
    return (first, last) if last - first <= 120 else None


_GOVERNS = re.compile(rf"\b(?:{_PREPOSITIONS}|and|or|than|as|against|between|among|per)\s+\Z", re.IGNORECASE)
_DATED = re.compile(r"\S+\s+(?:(?:early|late|last|this)\s+)?([A-Z]?[\w’']+)(?:\s\d{1,4}\b)?\s+(?=[a-z])")


def _behind_opening(piece: str) -> int | None:
    """Return where the subject begins behind a prepositional phrase without a comma ("In its ruling the court"), None without one."""
    dated = _DATED.match(piece)
    if dated and (dated.group(1).casefold() in lexicons.calendar_words() or dated.group(1).isdigit()):
        return dated.end()
    starts = (match.start() for match in DETERMINER.finditer(piece) if match.start() > 0)
    return next((at for at in starts if not _GOVERNS.search(piece, 0, at)), None)


_PAIR = re.compile(
    r"(?:^|[,;:.—–\ue000]\s+|\b(?:but|that|while|as|when|where|if)\s+)((?:[Bb]oth\s+)?(?:[A-Z][\w.’'-]*|the|The|current|Current|former|Former)(?:\s+[A-Z][\w.’'-]*)*)\s+and\s+$"
)


def _with_pair(left: str, piece: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the subject with the name that "and" joins to it at the beginning of the clause ("Doe and Roe")."""
    if piece is None:
        return None
    joined = _PAIR.search(left, 0, piece[0])
    return (joined.start(1), piece[1]) if joined else piece


def _with_apposition(left: str, pieces: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the piece that is the subject where the last one is an apposition: the nearest one that names somebody."""
    for first, last in reversed(pieces[-4:]):
        text = left[first:last]
        capital = bool(
            re.match(r"(?:[A-Z][\w’'.-]+\s+)+[A-Z][\w’'-]+$|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.? [A-Z]", text)
        )
        if capital and not country_code(text) and not _PREPOSITION.match(text):
            return first, last
    named = (piece for piece in pieces[:-1] if not left[slice(*piece)].isdigit())  # an age names nobody
    others = [piece for piece in named if not _PREPOSITION.match(left[slice(*piece)])]
    return others[-1] if others else pieces[-1]


# --- subjects behind their verb ---------------------------------------------------------------------------

_AUXILIARY_WORD = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|should|may|might)\b"
)
_NOT_SUBJECT = re.compile(
    r"(?:that|to|in|on|at|of|by|as|when|after|for|with|from|about|and|or|but|if|while|during|him|her|them|us|me|it|[a-z]+ly|"
    r"again|later|earlier|last|yesterday|today|recently|before|via|through)\b"
)
_WEEKDAY = re.compile(rf"{_WEEKDAYS}\b")


def inverts(left: str, right: str) -> bool:
    """Return whether the subject follows the verb: a quotation or a comma before it, a name or description after."""
    before = left.rstrip()
    if before and before[-1] not in f"{MASK},—–-":
        return False
    if before.endswith(",") and _is_apposition(before):
        return False
    after = right.lstrip()
    if before.endswith(MASK) and re.match(r"[a-z\d@]", after):
        return not _NOT_SUBJECT.match(after)
    if _WEEKDAY.match(after):
        return False
    if before.endswith(",") and _AUXILIARY_WORD.search(re.split(r"[,.;:]", after, maxsplit=1)[0]):
        return False
    if before.endswith(",") and _BARE_SUBJECT.fullmatch(after) and _opens_subject(after):
        return True
    if not before and not after[:1].isupper():
        return False
    return bool(after) and (after[0].isupper() or bool(DETERMINER.match(after)) or _role_start(after))


_BARE_SUBJECT = re.compile(r"[a-z][\w’'-]*(?:\s[\w’'-]+){0,3}\.?\s*")


def _opens_subject(text: str) -> bool:
    """Return whether words that end a sentence behind a comma and a verb may be its subject ("..., says ombudsman")."""
    word = text.split()[0].casefold().rstrip(".")
    return not _NOT_SUBJECT.match(text) and word not in lexicons.function_words()


def _role_start(text: str) -> bool:
    words = re.findall(r"[A-Za-z’'-]+", text[:60])[:4]
    return text[:1].isalpha() and any(one.casefold() in lexicons.role_nouns() for one in words)


def _is_aside(head: str, aside: str) -> bool:
    """Return whether a prepositional phrase stands between a short subject and its verb ("Doe, for his part, dismissed it")."""
    words = head[head.rfind(". ") + 1 :].split()
    verb = any(may_be_finite(word.casefold()) for word in words)
    return len(words) <= 4 and not verb and _PREPOSITION.match(aside) is not None


def _is_apposition(before: str) -> bool:
    """Return whether a comma closes an apposition to the subject before it ("Doe, the minister, said")."""
    piece = before.rstrip(",")
    opening = max(piece.rfind(MASK), piece.rfind(", "))
    if opening < 0:
        return False
    head = piece[:opening].rstrip(" ,")
    apposition = piece[opening + 1 :].strip(" ,")
    if piece[opening] == MASK:
        return False
    if re.search(rf"{MASK}\s+[A-Z][^,{MASK}]*$", head):
        return True
    starts = (
        bool(DETERMINER.match(apposition))
        or apposition[:4] in {"who ", "whos"}
        or apposition[:1].isdigit()
        or bool(re.match(r"[a-z]+ing\b", apposition))
        or _is_aside(head, apposition)
    )
    role = any(word in lexicons.role_nouns() for word in re.findall(r"[a-z]+", apposition.casefold()))
    named = (
        bool(re.search(r"[A-Z][\w’'.-]*$", head)) or head.split(" ")[-1].casefold() in lexicons.role_nouns()
    )
    return named and (starts or role or bool(re.match(r"[RDI]-", apposition)))
