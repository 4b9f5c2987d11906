"""Contents of cues without quotation marks: that-clauses, bare clauses, questions, infinitives, objects, clauses before a cue."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.quotes.content_ends import BEHIND_NOUN, TOLD_TO, find_end, has_verb, own_object
from crossframe.attributing.quotes.cues import Cue
from crossframe.attributing.syntax.appositions import apposed_after
from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.regions import Region, only_adverbial
from crossframe.attributing.syntax.words import may_be_finite

_TIME = r"(?:(?:on|late|early|last|this|earlier|by)\s+){0,2}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|week|month|year|night|morning|yesterday|today|tonight)(?:\s+(?:night|morning|afternoon|evening))?(?:\s+(?:that)\b(?=\s+that))?"
_WHEN = rf"(?:\s+(?:{_TIME}|(?:(?:in|on|at|during|via|through|with|from|before|after)\s+[\w.’'-]+|to\s+(?:the|an?|his|her|their|reporters|supporters|voters|[A-Z]\w*))(?:\s[\w.’'-]+){{0,6}}?|later|again|recently|here|publicly|repeatedly|[a-z]+ly))"
_WHOM = r"(?:\s+(?:[A-Z][\w.’'-]*(?:\s(?:of|the|[A-Z][\w.’'-]*)){0,4}|him|her|them|us|me|you|(?:the|a|an|his|her|their|its)\s[\w’'-]+(?:\s[\w’'-]+){0,3}?|[a-z]+s|himself|herself|themselves|people))"
_THAT = re.compile(rf"{_WHOM}?{_WHEN}{{0,2}}(?:,[^,;:{MASK}]{{1,60}}(?=,))?,?\s+(?=that\s)")
_WH = re.compile(rf"{_WHOM}??{_WHEN}?,?\s+(?=(?:whether|if|how|what|why|where|who|which)\b)")
_LOWER_WORD = re.compile(r"[a-z]+")
_TO = re.compile(rf"(?:{_WHEN}{{1,2}})?,?\s+(?=(?:not\s+|never\s+)?to\s+[a-z]+\b)")
_ING = re.compile(r"\s+(?=(?:not\s+|ever\s+|[a-z]+ly\s+)?[a-z]{2,}ing\b)")
_NOUN_ALONE = re.compile(
    r"\s+[a-z]+ing(?=[.,;:]|\s(?:as|amid|despite|in|on|at|after|before|during|for|while|when|but|and)\b|\s*$)"
)
"""A noun in -ing by itself ("denied wrongdoing on Monday")."""
_WHOM_TO = re.compile(rf"{_WHOM}\s+(?:to|about)\s+[a-z]+")
_WHOM_BARE = re.compile(
    rf"{_WHOM}(?:\s+{_TIME})?\s+(?=(?:he|she|it|they|we|i|you|there|this|his|her|its|their|the)\b|(?:he|she|it|they)['’])"
)
_BARE = re.compile(rf"(?:\s+{_TIME})?(?:,\s+(?=(?:he|she|it|they|the)\b))?:?\s+(?=[\w“\"$#‘'{MASK}])")
_CLAUSE_AHEAD = re.compile(
    r"\s+(?=(?:(?!(?:to|that|of|about|against|for|if|as|when|it)\b)[\w’'-]+\s+){1,4}?(?:could|will|would|may|might|must|can|is|are|was|were|has|have|had)\b)"
)
"""A few words and an auxiliary, which begin a clause ("warned the dam could burst")."""
_DAY_AND_STOP = re.compile(rf"\s+{_TIME}\s*(?:[.,;]|$)")
_DAY_ALONE = re.compile(rf"\s+{_TIME}[\s.,]*")
_LEADS_TO_QUOTE = re.compile(rf"(?:\s+[a-z]+ly|{_WHOM}?{_WHEN}{{1,2}}|{_WHOM})\s?[,:]\s*{MASK}")
"""A hearer, a time or a manner between a cue and its quotation ("said Monday, “...”", "told them flatly: “...”")."""
_LEADS_TO_WORDS = re.compile(rf"{_WHOM}?{_WHEN}{{0,2}}:\s+(?=[A-ZÀ-Þ])")
"""The same before words without marks that begin like a sentence ("wrote on X: This is a joke.")."""
_OBJECT = re.compile(r"\s+(?=[\w$#“\"‘'" + MASK + r"])")
_NO_CLAUSE = re.compile(
    r"(?:on|in|at(?!\s+(?:least|most)\b)|during|of|about(?!\s+(?:half|\d|an?\s|one|two|three))|as|with|for|from|by|to|after|before|when|while|since|because|so|and|or|but|than|until|through|"
    r"is|was|are|were|goodbye|hello|yes|nothing|anything|something|much|more(?!\s+than)|little|less(?!\s+than)|here|again|later|earlier|last|ago|"
    r"early|late|too|further|repeatedly|recently|afterward|aloud|publicly|privately|that|whether|over|into|against|under)\b(?!['’])",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(
    r"(?:on|in|at|during|of|about|as|with|for|from|by|to|after|before|when|while|since|because|so|and|or|but|than|until|through|"
    r"is|was|are|were|has|had|have|will|would|could|can|may|might|here|again|later|earlier|last|ago|early|late|too|repeatedly|"
    r"recently|publicly|privately|that|whether|over|into|against|under|back|up|out|off|down|away|if|not|well|better|then|also|just|who|which)\b(?!['’])",
    re.IGNORECASE,
)
_HEARER = re.compile(r"\s(?!that\b)[\w’'-]+(?:\s(?!on\b|in\b|at\b|during\b)[\w’'-]+){0,3}")
_AS_SAID = re.compile(r"(?:\s+[^,;:]{1,40})?,\s+(?=\w)")
_SECOND_PART = re.compile(
    r"(?:and|but|or|nor|so|because|including|apart|except|if|unless|until|who|which|that|where|when|while|whose|rather|not|to)\b|"
    + MASK
)
"""How the second part of a clause begins behind a cue; what else stands there behind a whole clause is the author's."""
_REMARK = re.compile(r",\s(?:an?|the)\s(?:[\w’'-]+\s){1,3}?(?=that\s)")
"""How authors begin to say what follows from it (", a step that angered the unions")."""
_SAY = frozenset(["said", "says", "say", "saying", ":"])
_PART_OF_CLAUSE = re.compile(
    r"(?:[^,.;:—–]|(?<=\b[A-Z])\.|(?<=\bMr|\bMs|\bDr|\bSt)\.|(?<=\bMrs|\bSen|\bRep|\bGov|\bGen)\.)*"
)
_ANY_WORD = re.compile(r"[\w’'-]+")
_HELPING_VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do)(?:n['’]t)?|won['’]t|can['’]t|cannot"
)
_SOMEBODY = re.compile(r"he|she|they|we|you|i", re.IGNORECASE)
_RELATES = re.compile(r"who|whose|whom|which|that")
_BEFORE_NOUN = re.compile(r"a|an|the|his|her|its|their|this|that|these|those|some|many|two|three")
_BE = re.compile(r"is|are|was|were|be|been|being|gets?|got")
_BESIDE_VERB = re.compile(r"\w+ly|never|still|also|once|even|now|then|soon|long|always|later|again|since|not")
_WHEN_WORD = re.compile(r"last|this|yesterday|today|earlier|again|twice|so|when|as")
_DONE_TO_WORDS = re.compile(
    r"ma(?:de|kes?)|ke(?:pt|eps?)|g(?:ave|ives?|iven)|issue[sd]?|repeat(?:s|ed)?|withdr(?:awn?|aws|ew)|retract(?:s|ed)?|"
    r"drop(?:s|ped)?|abandon(?:s|ed)?|honou?r(?:s|ed)?|fulfil(?:l|l?s|led)?|forg(?:ets?|ot|otten)"
)
"""What is done to promises and claims: verbs whose object these are."""
_BREAKS = re.compile(r"br(?:eaks?|oke|oken)")
_SHORT_CLAUSE = re.compile(r"(?:he|she|it|they|we|i|you)\s", re.IGNORECASE)
_GAP = re.compile(
    rf"(?:{_WHEN})?\s+(?=(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|must)\b)"
)
_GAP_BEFORE = re.compile(r"\b(?:that|which|who|what)\s+(?:the\s+|an?\s+)?\Z")
"""What a relative clause says of the noun before it ("a vaccine that makers say is safe")."""
_MIN_WORDS = 3
"""Fewer words are no clause."""


class Content(NamedTuple):
    """What a cue attributes: stretches as offsets in the region, and the cue's frame by which it was read."""

    spans: tuple[tuple[int, int], ...]
    frame: str


def find_content(region: Region, cue: Cue, later: Sequence[Cue] = ()) -> Content | None:
    """Return what `cue` attributes outside of quotation marks, None where nothing is certain.

    Parameters
    ----------
    region : Region
        Where the cue stands.
    cue : Cue
        A cue, from `find_cues`.
    later : sequence of Cue
        The cues after it in the region; content ends where the clause of another cue begins.
    """
    if cue.tense == "ing" and cue.subject is not None and cue.subject[0] > cue.end:
        cue = replace(cue, ceiling=cue.subject[0])  # "Calling it a farce, Doe left"
    text = region.text[: cue.ceiling]
    content = (
        _according(text, cue)
        if "according" in cue.takes
        else _after(text, cue, title=region.title) or _around(text, cue, title=region.title)
    )
    if content is not None and content.frame == "object" and region.title:
        own = own_object(text, cue, content.spans[0])
        content = content._replace(spans=(own,)) if own else None
    if content is None:
        return None
    spans = []
    for start, end in content.spans:
        if start >= cue.end and content.frame not in {"around", "as"}:
            end = find_end(text, start, end, cue, later, content.frame, title=region.title)
            remarks = (
                one
                for one in _REMARK.finditer(text, start, end)
                if is_relative(text, one.end()) and "," not in text[one.end() : end]
            )
            end = next((one.start() for one in remarks), end)
        start, end = _trim(text, start, end)
        if start < end:
            spans.append((start, end))
    if not spans or not _is_content(text, spans, content.frame, region.title):
        return None
    return Content(tuple(spans), content.frame)


def _is_content(text: str, spans: list[tuple[int, int]], frame: str, title: bool) -> bool:
    """Return whether the words are enough for the frame: an object needs one, a clause some and a finite verb."""
    piece = " ".join(text[start:end] for start, end in spans)
    if frame in {"object", "noun"}:
        return bool(re.search(rf"[\w{MASK}]", piece))
    short = frame == "to" or title or _SHORT_CLAUSE.match(piece)
    enough = len(re.findall(r"\w+", piece)) >= (2 if short else _MIN_WORDS) or MASK in piece
    return enough and (
        frame in {"that", "wh", "to", "ing", "said", "noun-that"} or MASK in piece or title or has_verb(piece)
    )


def _after(text: str, cue: Cue, *, title: bool) -> Content | None:
    """Return the content that follows the cue, by the first frame that fits."""
    if cue.inverted or text[cue.floor : cue.first].rstrip(" ,").endswith(MASK):
        return None
    takes, ceiling = cue.takes, cue.ceiling
    right = text[cue.end :]
    led = _LEADS_TO_QUOTE.match(right) if "quote" in takes else None
    if led is not None and not re.search(r"\bthat\b", led.group()):
        return None
    if "noun" in takes:
        return _after_noun(right, cue)
    if "quote" in takes and (match := _LEADS_TO_WORDS.match(right)):
        return Content(((cue.end + match.end(), ceiling),), "said")
    small = right.lower() if title and len(right.lower()) == len(right) else right
    if "that" in takes and (match := _THAT.match(small)):
        return Content(((cue.end + match.end() + len("that "), ceiling),), "that")
    if "wh" in takes and (match := _WH.match(small)):
        return Content(((cue.end + match.end(), ceiling),), "wh")
    if "to" in takes and (match := _TO.match(small)):
        return Content(((cue.end + match.end(), ceiling),), "to")
    if "ing" in takes and (match := _ING.match(small)) and not _NOUN_ALONE.match(small):
        return Content(((cue.end + match.end(), ceiling),), "ing")
    if "whom" in takes and "bare" in takes and (match := _WHOM_BARE.match(right)):
        return Content(((cue.end + match.end(), ceiling),), "bare")
    if "bare" in takes and _GAP_BEFORE.search(text, cue.floor, cue.first) and (match := _GAP.match(right)):
        return Content(((cue.end + match.end(), ceiling),), "bare")
    alone = _DAY_ALONE.fullmatch(right[: ceiling - cue.end])
    if "bare" in takes and "whom" not in takes and not alone and (match := _BARE.match(right)):
        at = match.end()
        if not _NO_CLAUSE.match(right, at) and not right.startswith(MASK, at):
            frame = "said" if text[cue.start : cue.end] in _SAY else "bare"
            end = ceiling - cue.end
            if frame == "said" or has_verb(right[at:end]):
                return Content(((cue.end + at, ceiling),), frame)
    if {"whom", "bare"} <= takes and "hearer" not in takes and (match := _CLAUSE_AHEAD.match(right)):
        return Content(((cue.end + match.end(), ceiling),), "bare")
    if "whom" in takes and _WHOM_TO.match(right):
        return Content(((cue.end + 1, ceiling),), "object")
    if "object" in takes and (match := _OBJECT.match(right)):
        at = match.end()
        agreed = text[: cue.end].endswith(" with") and TOLD_TO.search(
            right
        )  # "agreed with Brussels to close it" is a deed
        if (
            not _NO_OBJECT.match(right, at)
            and not agreed
            and not _DAY_AND_STOP.match(right)
            and not ("quote" in takes and right.startswith(MASK, at))
        ):
            return Content(((cue.end + at, ceiling),), "object")
    return None


def _after_noun(right: str, cue: Cue) -> Content | None:
    match = re.match(r"\s+(that|to|of|for|on|against|about)\s+", right)
    if match is None:
        return None
    word = match.group(1)
    if word == "that" and is_relative(right, match.start(1)):
        return None
    if word in {"that", "to"}:
        return Content(((cue.end + match.start(1), cue.ceiling),), f"noun-{word}")
    return Content(((cue.end + match.end(), cue.ceiling),), "noun")


def is_relative(text: str, at: int) -> bool:
    """Return whether the clause that begins with "that" at `at`, behind a noun, is said of the noun and not what it holds.

    Its verb lacks a subject ("a pledge that insulted the poor") or an object ("the promise that she made").

    Examples
    --------
    >>> is_relative("that angered farmers.", 0), is_relative("that taxes would fall.", 0)
    (True, False)
    """
    clause = _PART_OF_CLAUSE.match(text, at + len("that "))
    words = _ANY_WORD.findall(clause.group() if clause else "")
    while words and _BESIDE_VERB.fullmatch(words[0]):
        words = words[1:]
    return bool(words) and (_opens_with_verb(words) or _lacks_object(words))


def _opens_with_verb(words: Sequence[str]) -> bool:
    """Return whether a finite verb, which has no subject before it, opens the words of a clause."""
    small = lexicons.function_words()
    first, behind = words[0], words[1:2]
    if _HELPING_VERB.fullmatch(first):
        return True
    if not first[0].islower() or (first in small and not may_be_finite(first)):
        return False
    takes_object = bool(behind) and behind[0] in small and not _RELATES.fullmatch(behind[0])
    takes_object = takes_object and not _is_finite("", behind[0])
    further = [at for at in range(1, len(words)) if _is_finite(words[at - 1], words[at])]
    if _is_finite("", first):
        return takes_object or not any(at < 4 for at in further)
    if not first.endswith("s") or first.endswith("ss") or not behind:
        return False
    if further:
        return takes_object and behind[0] not in BEHIND_NOUN
    return takes_object or words[1:4][-1].endswith("s")


def _lacks_object(words: Sequence[str]) -> bool:
    """Return whether the words end with a verb of making or saying without its object ("he later broke")."""
    stops = (
        at for at, word in enumerate(words) if at and (word in BEHIND_NOUN or _WHEN_WORD.fullmatch(word))
    )
    ends = next(stops, len(words))
    if any(_is_finite(words[at - 1], words[at]) for at in range(ends, len(words))):
        return False
    verb, before = words[ends - 1], [word for word in words[: ends - 1] if not _BESIDE_VERB.fullmatch(word)]
    takes = lexicons.saying_verbs().get(verb, ("", ""))[1].split()
    broken = _BREAKS.fullmatch(verb) and _SOMEBODY.fullmatch(words[0])
    spoken = "object" in takes and "bare" not in takes
    done = spoken or broken or _DONE_TO_WORDS.fullmatch(verb)
    return bool(done and before) and not _BE.fullmatch(before[-1])


def _is_finite(before: str, word: str) -> bool:
    """Return whether a word reads as a finite verb, and not as an adjective behind a determiner."""
    if _HELPING_VERB.fullmatch(word):
        return True
    verb = may_be_finite(word) or word in lexicons.name_parts("irregular")
    return verb and not _BEFORE_NOUN.fullmatch(before)


def _around(text: str, cue: Cue, *, title: bool) -> Content | None:
    """Return the clause that ends with the comma before subject and cue, and its continuation behind the cue."""
    if (
        cue.subject is None
        or cue.tense != "finite"
        or not {"bare", "that", "quote"} & cue.takes
        or "noun" in cue.takes
    ):
        return None
    left = text[cue.floor : cue.start if cue.inverted else cue.first].rstrip()
    as_said = _AS_SAID.match(text, cue.end) if re.search(r"\b[Aa]s$", left) and not cue.inverted else None
    if as_said is not None:
        return Content(((as_said.end(), cue.ceiling),), "as")
    if cue.inverted and not text[cue.start].isalpha():
        enough = title and len(left.split()) >= _MIN_WORDS
        return Content(((cue.floor, cue.floor + len(left)),), "before") if enough else None
    if left.endswith(MASK):
        return _up_to_quote(text, left, cue)
    if not left.endswith((",", "—", "–")):
        return None
    last = cue.subject[1] if cue.inverted else cue.end
    hearer = _HEARER.match(text, last) if "hearer" in cue.takes and not cue.inverted else None
    last = hearer.end() if hearer else last
    rest = text[last:]
    goes_on = re.match(r"(?:\s+[^,;:]{0,40})?,\s+(?=[\w\ue000])", rest) if not only_adverbial(rest) else None
    if goes_on is None and not only_adverbial(rest) and not cue.inverted:
        return None
    clause = left[:-1]
    if clause.rstrip().endswith(MASK) and not re.search(r"\w", clause.replace(MASK, "")):
        return None
    start, end = cue.floor, cue.floor + len(clause)
    if goes_on is not None and not cue.inverted:
        return _both_sides(text, cue, (start, end), last + goes_on.end())
    bare = title and (
        not cue.inverted or ("object" not in cue.takes and len(text[cue.end :].split()) <= _MIN_WORDS)
    )
    if len(clause.split()) <= (2 if bare else _MIN_WORDS) or not (bare or has_verb(clause)):
        return None
    return Content(((start, end),), "before")


def _both_sides(text: str, cue: Cue, before: tuple[int, int], behind: int) -> Content | None:
    """Return the clause around a cue between commas ("The plan, Doe said, was dead"), None where these are two clauses."""
    word = _LOWER_WORD.match(text, behind)
    own = lexicons.saying_verbs().get(word.group().casefold(), ("", ""))[0] if word else ""
    if own == "ing":
        return Content((before,), "before") if has_verb(text[slice(*before)]) else None
    apposed = cue.subject is not None and "," in text[cue.subject[1] : cue.start]
    quoted = text.startswith(MASK, behind) and (apposed or has_verb(text[slice(*before)]))
    if quoted or "bare" not in cue.takes:
        return None
    last = text[slice(*before)].split()[-1]
    whole = has_verb(text[slice(*before)]) and last not in lexicons.function_words()
    if (
        whole
        and not _SECOND_PART.match(text, behind)
        and not (word and (has_verb(word.group()) or word.group().endswith("s")))
    ):
        return Content((before,), "before")
    return Content((before, (behind, cue.ceiling)), "around")


def _up_to_quote(text: str, left: str, cue: Cue) -> Content | None:
    """Return the clause before subject and cue that ends with a quotation: the plan is "dead," Doe said."""
    own = re.split(rf"{MASK}+", left)
    last = cue.subject[1] if cue.inverted and cue.subject is not None else cue.end
    opening = own[-2] if len(own) > 1 else ""
    if not re.search(r"\w\s+$", opening) or not (only_adverbial(text[last:]) or cue.inverted):
        return None
    return Content(((cue.floor, cue.floor + len(left)),), "before")


def _according(text: str, cue: Cue) -> Content | None:
    if cue.subject is None:
        return None
    left = text[cue.floor : cue.start].rstrip()
    if re.search(r"\w", left) or MASK in left:
        return Content(((cue.floor, cue.floor + len(left.rstrip(" ,—–-"))),), "according")
    comma = text.find(", ", cue.subject[1] - 1)
    comma = apposed_after(text, comma) if comma >= 0 else comma
    return Content(((comma + 2, cue.ceiling),), "according") if comma >= 0 else None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
