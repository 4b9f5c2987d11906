"""Whether a subject follows its verb of saying ("...," said Jane Doe), and appositions that close before one."""

import re

from crossframe import lexicons
from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.subjects import DETERMINER

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|should|may|might)\b"
)
_NOT_SUBJECT = re.compile(
    r"(?:that|to|in|on|at|of|by|as|when|after|for|with|from|about|and|or|but|if|while|during|him|her|them|us|me|it|[a-z]+ly|"
    r"again|later|earlier|last|yesterday|today|recently|before|via|through)\b"
)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def inverts(left: str, right: str) -> bool:
    """Return whether the subject follows the verb: a quotation or a comma before it, a name or description after."""
    before = left.rstrip()
    if before and before[-1] not in f"{MASK},—–-":
        return False
    if before.endswith(",") and _is_apposition(before):
        return False
    after = right.lstrip()
    if before.endswith(MASK) and re.match(r"[a-z]", after):
        return not _NOT_SUBJECT.match(after)
    if _DAY.match(after):
        return False
    if before.endswith(",") and _AUXILIARY.search(re.split(r"[,.;:]", after, maxsplit=1)[0]):
        return False
    if not before and not after[:1].isupper():
        return False
    return bool(after) and (after[0].isupper() or bool(DETERMINER.match(after)) or _role_start(after))


def _role_start(text: str) -> bool:
    words = re.findall(r"[A-Za-z’'-]+", text[:60])[:4]
    return text[:1].isalpha() and any(one.casefold() in lexicons.role_nouns() for one in words)


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
    )
    role = any(word in lexicons.role_nouns() for word in re.findall(r"[a-z]+", apposition.casefold()))
    named = (
        bool(re.search(r"[A-Z][\w’'.-]*$", head)) or head.split(" ")[-1].casefold() in lexicons.role_nouns()
    )
    return named and (starts or role or bool(re.match(r"[RDI]-", apposition)))
