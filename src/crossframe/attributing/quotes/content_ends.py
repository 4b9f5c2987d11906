"""Where the content of a cue ends, and what of a headline's object is the speaker's."""

import re
from collections.abc import Sequence
from functools import cache

from crossframe import lexicons
from crossframe.attributing.quotes.cues import Cue
from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.words import is_headline, is_past, may_be_finite, split_words

_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|not|be|been|\w+ed|"
    r"(?:\w+n|is|are|has|was|were|wo|ca|do)['’]t|\w+['’](?:s|re|ll|ve|d)|came|went|made|took|gave|told|said|won|lost|left|kept|met|got|"
    r"knew|held|brought|began|wrote|ran|spoke|became|felt|found|meant|needs?|wants?|plans|seems?|means?|takes?|makes?|remains?)\b",
    re.IGNORECASE,
)
_JUDGES = re.compile(r"\w+(?:ous|ful|less|ish|ed)")
"""Endings of adjectives that judge ("disastrous", "botched")."""
_BEFORE_VERB = re.compile(rf"({MASK}+)\s([a-z]+)")
_MASKED = re.compile(f"{MASK}+")
_OBJECT_WORD = re.compile(r"\w[\w’'.-]*")
_OF_WHAT = re.compile(r"\s(?:of|as)\s+")
TOLD_TO = re.compile(rf"\s(?:not\s)?to\s([a-z{MASK}]+)")
_AS = re.compile(
    r",?\s((?:just\s)?as|amid|amidst|while|even\sas|(?:even\s)?though|although|despite|in\sspite\sof)\s|,\s(?:which|who|whose|where)\s"
)
_BESIDE_SAYING = re.compile(r",?\s((?:just\s|even\s)?as|while)\s")
_SO_AS = re.compile(r"\b(?:such|(?:as|so|same)(?:\s+\S+){1,3})\Z")
_NO_CIRCUMSTANCE = frozenset(
    ["soon", "long", "well", "much", "many", "far", "if", "though", "of", "part", "to", "such"]
)
_OWNERS = frozenset(["its", "his", "her", "their"])
_BEHIND_VERB = _OWNERS | {"the", "a", "an", "him", "it", "them", "up", "down", "off", "out", "away", "back"}
_SKIPPED_ADVERB = re.compile(
    r"\w+ly|not|still|also|now|never|always|already|again|then|all|once|ever|too|very"
)
_BEFORE_PARTICIPLE = frozenset(
    [
        "a",
        "an",
        "the",
        "most",
        "more",
        "less",
        "least",
        "very",
        "highly",
        "newly",
        "his",
        "her",
        "its",
        "their",
    ]
)
_PARTICIPLE_TAKES = frozenset(["to", "by"])
_CLAUSE_PRONOUNS = frozenset(["he", "she", "it", "they", "we", "there"])
_ANAPHORS = _CLAUSE_PRONOUNS | _OWNERS | {"i", "you", "this", "that", "these", "those", "my", "our", "your"}
_RELATIVES = frozenset(["who", "whom", "whose", "which", "that"])
_FORMS_OF_BE = frozenset(["is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't"])
_FORMS_OF_HAVE = frozenset(["has", "have", "had", "hasn't", "haven't", "hadn't"])
_MODAL_VERBS = frozenset(["will", "would", "can", "could", "may", "might", "must", "should", "wouldn't", "couldn't", "won't", "can't"])  # fmt: skip
_DENYING_WORDS = frozenset(["no", "not", "never", "nothing", "nobody", "none", "neither", "hadn't", "hasn't", "haven't"])  # fmt: skip
_STATIVE = re.compile(
    r"(?:held|kept|stood|knew|meant|felt|(?:believe|continue|deserve|lack|like|love|matter|own|remain|respect|seem|stay|support|trust|want|need)e?d|"
    r"(?:hold|keep|stand|know|mean|feel|believe|continue|deserve|lack|love|own|remain|respect|seem|stay|support|trust|want|need)s?)"
)
"""Verbs of states (Vendler 1957, Verbs and Times), and of what goes on as it was."""
_CHANGES = re.compile(
    r"(?:rose|grew|shrank|(?:increase|decline|dropp|climb|ease|cool|recover|slow|improve|worsen|weaken|strengthen|return|expand|narrow|widen)e?d)"
)
"""What causes states of affairs rather than happens beside the saying ("sales were good as tourists returned")."""
BEHIND_NOUN = frozenset(
    ["of", "for", "in", "on", "at", "by", "with", "from", "to", "and", "or", "into", "over", "about", "against", "after", "before"]
)  # fmt: skip
"""Words behind which a noun phrase has more to it than its head."""
_OBJECT_END = re.compile(
    r"\s*[,;:—–()]|\s--?\s|\s(?:while|when|after|before|because|although|though|but|during|since|until|even|despite|amid|by \w+ing|in part|in order|in (?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4}))\b|"
    r"\s(?:on|last|this|earlier|late|early)\s+(?:\w+day|week|month|year|night)\b|\s(?:\w+day)\b(?=[\s.,]*$)|\sin\s+an?\s+(?:\w+\s+)?(?:interview|statement|speech|tweet|post|email|letter)\b|\sand\s+(?:\w+ly\s+)?(?:\w+ed|said|told|made|gave)\b"
)
_OBJECT_GOES_ON = re.compile(
    r"\s*\([^()]{1,40}\)|,\s[^,;:—–()]{2,80},(?=\s(?:to|of|as|for)\s)|,\s(?=including\b|such as\b)"
)
"""What stands inside an object: brackets, an apposition ("urged Doe, a friend, to go"), and what it includes."""
_ADDED = re.compile(r",?\s+(?:adding|saying|noting|according to)\b")
_CLAUSE_END = re.compile(
    r",?\s+but\s+(?:he|she|it|they|[a-z]+ed|did|would|has|had|was|is|not|also|that)\b|,\s+(?:while|although|though|even though|even as|however|whereas|as (?:has|have|did|had)|(?:which|who) (?:few|he|she|they))\b|"
    r",\s+(?:an?\s+|the\s+)?(?:accusation|allegation|argument|assertion|assessment|charge|claim|comment|contention|figure|move|"
    r"number|remark|statement|suggestion|view|apparent|reference)s?\s+(?:few|he|it|many|no|not|most|she|that|they|to|which|with|reference)\b|"
    r",\s+(?:an?\s+|the\s+)?(?:hour|day|week|month|year)s?\s+(?:after|before)\b"
)
"""Where a reported clause certainly ends: at the author's own "but", "while", or remark on what was said."""
_AUTHORS_ING = re.compile(
    r",\s(?!including|during|morning|evening|according|nothing|something|anything|everything)(?:[a-z]+ly\s)?[a-z]{2,}ing\b"
)
"""A participle behind a clause, by which authors say what follows from it (", paving the way for an election")."""
_SUBORDINATE = re.compile(
    r"(?:^|[,;:—–]\s*|\b(?:and|but)\s+)(?:while|although|though|if|as|when|after|since|because|whether|where|despite)\s+[^,]{0,80}$|\bwhat\s+[^,]{0,80}$",
    re.IGNORECASE,
)
_JOINED_VERB = re.compile(r",?\s(?:and|but)\s(?:(?:also|then|later|again|\w+ly)\s)?\Z")
_SUBJECT_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you)\b", re.IGNORECASE)
_CONTEXT = 80
"""Characters before a cue that show in what kind of clause it stands."""


def has_verb(text: str) -> bool:
    """Return whether a finite verb is among the words."""
    irregular = lexicons.name_parts("irregular")
    return bool(_FINITE_VERB.search(text)) or any(word in irregular for word in re.findall(r"[a-z]+", text))


def _object_end(text: str, start: int) -> int:
    """Return where an object ends, past what stands inside it."""
    at = start + 1
    while stop := _OBJECT_END.search(text, at):
        inside = _OBJECT_GOES_ON.match(text, stop.start())
        if inside is None:
            return stop.start()
        at = inside.end()
    return len(text)


def find_end(
    text: str, start: int, end: int, cue: Cue, later: Sequence[Cue], frame: str, *, title: bool
) -> int:
    """Return where the content of `cue` that begins at `start`, and goes to `end` at most, ends by its frame.

    It ends at another cue's clause, at the author's words or circumstances, and at the object's end.
    """
    end = _cut(text, start, end, cue, later, frame)
    return _circumstance(text, start, end, cue, frame, title)


def _cut(text: str, start: int, end: int, cue: Cue, later: Sequence[Cue], frame: str) -> int:
    """Return where content that begins at `start` ends: at another cue's clause, the author's words, or the object's end."""
    if text[:start].count("(") > text[:start].count(")") and text.find(")", start, end) > 0:
        end = text.find(")", start, end)
    if frame in {"object", "noun"}:
        return min(_before_others(text, start, end, cue, later, frame), _object_end(text, start))
    end = _before_others(text, start, end, cue, later, frame)
    minimum = start + 8
    for pattern in (_ADDED, _CLAUSE_END):
        if stop := pattern.search(text, minimum, end):
            end = stop.start()
    aside = _AUTHORS_ING.search(text, minimum, end) if frame in {"that", "said", "bare"} else None
    if aside is not None and has_verb(text[start : aside.start()]):
        end = aside.start()
    semicolon = text.find("; ", minimum, end)
    end = semicolon if semicolon > 0 else end
    relative = (
        cue.subject is not None
        and re.search(r"\b(?:who|which)$", text[cue.subject[0] : cue.subject[1]]) is not None
    )
    relative = relative or bool(re.search(r",\s+who\s+(?:\w+\s+){0,2}$", text[cue.floor : cue.start]))
    if relative or _SUBORDINATE.search(text[max(cue.floor, cue.first - 2 * _CONTEXT) : cue.first]):
        comma = text.find(",", minimum, end)
        end = comma if comma > 0 else end
        quoted = _BEFORE_VERB.search(text, start, end)
        end = quoted.end(1) if quoted and may_be_finite(quoted.group(2)) else end
    return end


def own_object(text: str, cue: Cue, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return what is the speaker's of an object in a headline, None where its words judge: they are the author's.

    The speaker's is what somebody calls it or accuses it of, what somebody is told to do, and else the thing spoken of,
    without the adjectives and phrases by which the author describes it.
    """
    start, end = span
    end = _circumstance(text, start, end, cue, "object", title=True)
    if "predicate" in cue.takes:
        of_what = _OF_WHAT.search(text, start, end)
        return (of_what.end(), end) if of_what else span
    words = list(_OBJECT_WORD.finditer(text, start, end))
    if words and words[0].group().casefold() in _CLAUSE_PRONOUNS and has_verb(text[words[0].end() : end]):
        return span
    order = TOLD_TO.search(text, start, end) if {"to", "whom"} & cue.takes else None
    if order and not _judges(order.group(1)):
        return span
    if MASK in text[start:end]:
        quoted = _MASKED.search(text, start, end)
        return quoted.span() if quoted and "quote" not in cue.takes else None
    if words and is_headline(text, split_words(text)):
        stop = next(
            (at for at, word in enumerate(words) if at and word.group().casefold() in BEHIND_NOUN),
            len(words),
        )
        words = words[stop - 1 : stop]
    elif words:
        words = _bare_phrase(words)
    if not words or any(_judges(word.group()) for word in words):
        return None
    return words[0].start(), words[-1].end()


def _bare_phrase(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the head of a noun phrase with the names before it, and the names behind it ("plan", "Bell plan of Roe")."""
    small = lexicons.function_words()
    stop = next((at for at, word in enumerate(words) if at and word.group() in BEHIND_NOUN), len(words))
    first = next((at for at, word in enumerate(words[:stop]) if word.group()[0].isupper()), stop - 1)
    while stop < len(words) and (words[stop].group()[0].isupper() or words[stop].group() in small):
        stop += 1
    while stop > first and words[stop - 1].group() in small:
        stop -= 1
    return words[first:stop]


def _judges(word: str) -> bool:
    return word.casefold() in lexicons.sentiment() or _JUDGES.fullmatch(word.casefold()) is not None


def _circumstance(text: str, start: int, end: int, cue: Cue, frame: str, title: bool) -> int:
    """Return where the author's circumstance begins ("vowed to end ties as Russia tightens its grip"), `end` where there is none.

    Inside a reported clause it is mostly the speaker's; in a headline it is the author's there, too.
    """
    if frame not in {"to", "ing", "object", "noun", "noun-to"} and not title:
        return _beside_saying(text, start, end)
    return _find_circumstance(text, start, end, headline=title and "predicate" not in cue.takes)


def cut_circumstance(text: str, start: int, end: int) -> int:
    """Return where the author's circumstance begins behind words that a reader marks, `end` where there is none.

    Examples
    --------
    >>> text = "to win as rain falls"
    >>> text[: cut_circumstance(text, 0, len(text))]
    'to win'
    """
    phrase = text.startswith("to ", start)
    begins = _find_circumstance(text, start, end)
    relative = (
        text.startswith(",", begins) and text.find(",", begins + 1, end) > 0
    )  # "Doe, who left, is wrong"
    if phrase or not (relative or has_verb(text[start:begins])):
        return begins
    return _beside_saying(text, start, end)


def headline_end(text: str, start: int, end: int) -> int:
    """Return where a headline's circumstance begins behind words that a reader marks, `end` where there is none."""
    return _find_circumstance(text, start, end, headline=True)


def _beside_saying(text: str, start: int, end: int) -> int:
    """Return where a reported clause ends before what happened while it was said, `end` where nothing of the kind follows.

    Its time is that of the saying where the clause tells a state, of which no event is the time, and what is told of it
    differs in tone or is a deed of people ("said the dam was safe as terrified villagers fled"). Behind "even as" states that
    are to come count, too. What a pronoun ties to the clause, states, and what explains it are the speaker's ("said the road
    was icy as it snowed", "said sales were good as prices fell").

    Examples
    --------
    >>> for text in ("the dam was safe as angry villagers fled", "prices rose as angry villagers fled"):
    ...     print(text[: _beside_saying(text, 0, len(text))])
    the dam was safe
    prices rose as angry villagers fled
    """
    for match in _BESIDE_SAYING.finditer(text, start + 1, end):
        clause = text[match.end() : end]
        if _SO_AS.search(text, start, match.start()) or MASK in clause:
            continue
        words, even = _clause_words(clause), match.group(1) == "even as"
        verb = _finite_at(words, headline=False)
        if verb is None or words[0].casefold() in _ANAPHORS or not _is_event(words, verb):
            continue
        content = text[start : match.start()]
        if _is_state(content, to_come=even) and (even or _is_apart(content, clause, words)):
            return start + len(content.rstrip(" ,–—-"))
    return end


def _is_apart(content: str, clause: str, words: Sequence[str]) -> bool:
    """Return whether a clause does not explain a content: it differs in tone, or people do something where nothing bad is said."""
    tone, beside = _tone(content), _tone(clause)
    if beside:
        return (tone > 0) != (beside > 0) or not tone
    people = frozenset().union(*map(lexicons.people_nouns, ("persons", "bare", "bodies")))
    acting = any(not people.isdisjoint([word, word.removesuffix("s")]) for word in words[:5])
    return tone >= 0 and acting and not any(map(_CHANGES.fullmatch, words))


def _tone(text: str) -> float:
    sentiment = lexicons.sentiment()
    return sum(sentiment.get(word, 0.0) for word in re.findall(r"[a-z-]+", text.casefold()))


def _is_event(words: Sequence[str], verb: int) -> bool:
    """Return whether the finite verb of a clause tells what happens, not how something was, had been or would be."""
    word, behind = words[verb].casefold(), words[verb + 1 : verb + 2]
    if word in _FORMS_OF_BE:
        return bool(behind) and behind[0].endswith("ing")
    return word not in _FORMS_OF_HAVE | _MODAL_VERBS and not word.endswith("n't")


def _is_state(content: str, *, to_come: bool) -> bool:
    """Return whether the first finite verb of a clause tells a state; `to_come`: or what will be."""
    words = [word.casefold().replace("’", "'") for word in re.findall(rf"[\w’'-]+|{MASK}+", content)]
    for at, word in enumerate(words):
        behind = next((one for one in words[at + 1 :] if not _SKIPPED_ADVERB.fullmatch(one)), "")
        if word in _FORMS_OF_BE:
            return to_come or not (is_past(behind) or behind.endswith("ing"))
        if word in _FORMS_OF_HAVE:
            perfect = behind == "been" or is_past(behind) or behind in _irregular("participle")
            return not perfect or bool(_DENYING_WORDS.intersection(words))
        if word in _MODAL_VERBS:
            return to_come
        if _STATIVE.fullmatch(word):
            return True
        if at and may_be_finite(word) and _is_past(words, at):
            return False
    return False


@cache
def _irregular(form: str) -> frozenset[str]:
    rows = lexicons.read_wordlist("irregular_verbs")
    return frozenset(word for row in rows for word in row[form].split())


def _find_circumstance(text: str, start: int, end: int, *, headline: bool = False) -> int:
    """Return where the first circumstance begins behind `start`, `end` where there is none."""
    for match in _AS.finditer(text, start + 1, end):
        if _SO_AS.search(text, start, match.start()):
            continue
        if match.group(1) not in {"as", "just as"} or _is_clause(text[match.end() : end], headline):
            return match.start()
    return end


def _clause_words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", re.split(r"[,;:]", text, maxsplit=1)[0])


def _is_clause(text: str, headline: bool) -> bool:
    """Return whether words behind "as" are a clause, a noun phrase and its verb; in a headline without the small words, too."""
    words = _clause_words(text)
    if not words or words[0].casefold() in _NO_CIRCUMSTANCE:
        return False
    if words[0].casefold() in _CLAUSE_PRONOUNS:
        return True
    if headline and words[0].casefold() not in {"a", "an", "head", "chief"} | lexicons.role_nouns():
        return len(words) > 1
    return _finite_at(words, headline) is not None


def _finite_at(words: Sequence[str], headline: bool) -> int | None:
    """Return which word is the finite verb behind the noun phrase that opens the words, None where there is none."""
    stops = BEHIND_NOUN | _RELATIVES | {"as"}
    of_many = words[1:2] == ["of"] and words[0].endswith("s")  # "thousands of farmers marched"
    first = 2 if of_many else 1
    for at, word in enumerate(words[first : first + 6], first):
        if word in stops:
            return None
        if _is_past(words, at) if word.endswith("ed") else may_be_finite(word):
            return at
        if word.endswith("s") and (headline or _is_present(words, at)):
            return at
    return None


def _is_present(words: Sequence[str], at: int) -> bool:
    """Return whether a word in -s is a verb by what stands behind it, or by the list of irregular ones ("rain falls")."""
    behind = words[at + 1 : at + 2]
    if behind and behind[0] in _BEHIND_VERB:
        return True
    base = words[at].removesuffix("s")
    irregular = base in _irregular("base") or base.removesuffix("e") in _irregular("base")
    return irregular and not words[at - 1].endswith("s") and behind != ["of"]


def _is_past(words: Sequence[str], at: int) -> bool:
    """Return whether a word in -ed is a verb, no participle ("the most favored candidate", "a grab designed to help")."""
    behind = words[at + 1 : at + 2]
    return words[at - 1] not in _BEFORE_PARTICIPLE and not _PARTICIPLE_TAKES.intersection(behind)


def _before_others(text: str, start: int, end: int, cue: Cue, later: Sequence[Cue], frame: str) -> int:
    """Return where the first later cue with a content of its own begins: another clause, "..., adding that", "and denied it"."""
    for other in later:
        if not start < other.start < end:
            continue
        if joined := _joins(text, start, cue, other, frame):
            return min(end, joined)
        if "quote" not in other.takes:
            continue
        before = text[max(0, other.first - _CONTEXT) : other.first].rstrip()
        if other.tense == "ing" and text[max(0, other.start - _CONTEXT) : other.start].rstrip().endswith(","):
            return min(end, other.start)
        if other.subject is None or other.subject[0] <= start or other.inverted:
            continue
        own = text[other.subject[0]].isupper() or bool(_SUBJECT_PRONOUN.match(text, *other.subject))
        if before.endswith((",", MASK)) or (own and re.search(r"\b(?:and|but|while)$", before)):
            cut = re.sub(r"[,\s]*(?:and|but|while)?$", "", before)
            return min(end, max(0, other.first - _CONTEXT) + len(cut))
    return end


def _joins(text: str, start: int, cue: Cue, other: Cue, frame: str) -> int:
    """Return where a verb of the same subject and tense is joined to the cue ("said it rained and promised help"), 0 where none is.

    Within a clause that has no verb yet it is one of the clause ("said Doe and denied").
    """
    joined = _JOINED_VERB.search(text, start, other.start)
    if joined is None or other.subject != cue.subject or other.tense != cue.tense or cue.tense == "noun":
        return 0
    if other.takes <= {"to", "ing"}:
        return 0  # what the subject of the content plans or wants
    present = [text[one.start : one.end].split()[0].endswith("s") for one in (cue, other)]
    whole = frame == "object" or has_verb(text[start : joined.start()])
    return joined.start() if present[0] == present[1] and whole else 0
