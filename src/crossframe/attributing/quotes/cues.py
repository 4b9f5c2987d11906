"""Find the cues of a region with their subjects: verbs of saying, thinking and wanting, "according to", nouns like "claim"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.syntax.quotation_marks import MASK
from crossframe.attributing.syntax.regions import Region
from crossframe.attributing.syntax.subjects import (
    SENTENCE_END,
    first_noun_phrase,
    inverts,
    noun_phrase_after,
    opened_subject,
    possessor_before,
    subject_before,
)
from crossframe.attributing.syntax.words import follows_phrase, is_headline, may_be_finite, split_words

_LETTERS = re.compile(r"[^\W\d_]+")
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|gets?|got|am)\s+(?:\w+ly\s+|not\s+|also\s+|once\s+|now\s+|never\s+)*$|['’]re\s+$",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"['’](?:s|m)\s+(?:\w+ly\s+|not\s+|also\s+|now\s+|still\s+)*$")
_PERFECT = re.compile(
    r"(?:\b(?:has|have|had)|['’](?:ve|d|s))\s+(?:\w+ly\s+|not\s+|also\s+|never\s+|ever\s+|long\s+|since\s+|already\s+|once\s+|often\s+)*$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?:\b(?:will|would|can|could|did|does|do|may|might|must|should|shall|cannot)|['’](?:ll|d)|n['’]t)\s+(?:\w+ly\s+|not\s+|also\s+|never\s+|ever\s+|even\s+)*$",
    re.IGNORECASE,
)
_QUOTED_AS = re.compile(r"\b(?:is|was|are|were|been|being)\s+(?:\w+ly\s+)?(?:quoted|cited)\s+(?:as\s+)?$")
_QUOTED_BY = re.compile(rf"\s+(?:as\s+)?(?:an?\s+)?{MASK}+\s+by\s+(?!\w+ing\b)")
_NAMED_SO = re.compile(rf"\s+(?:as\s+)?{MASK}+")
"""What is called so behind a participle, and nobody who calls it so ("the storm, dubbed “Bertha”, hit")."""
_BY = re.compile(rf"\s+by\s+(?=[^,.;:]{{2,60}}{MASK})")
_INFINITIVE = re.compile(r"\bto\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:went on|goes on|going on|continued|continues|proceeded)\s+to\s+$", re.IGNORECASE)
_PLURAL_SUBJECT = re.compile(
    r"(?:\b(?:I|we|you|they|who|people|some|many|most|others|both|few|all|several|men|women|media|police|two|three|experts|voters|officials)"
    r"|\band\s+(?-i:(?:[A-Z][\w.’'-]*\s+)*[A-Z][\w.’'-]*)"
    r"|\b(?!this\b|his\b|is\b|was\b|has\b|as\b|its\b)[^\W\d_]\w*(?<![s'’])s)[,\s]+(?:\w+ly\s+|also\s+|still\s+|now\s+|often\s+|just\s+|all\s+|even\s+)*$",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|his|her|their|its|our|my|your|of|any|no|to|in|for|with|by|on|from|such|"
    r"new|recent|other|formal|latest|and|or|about|into|at|as)|['’]s?)\s+$",
    re.IGNORECASE,
)
_DETERMINER_BEFORE = re.compile(
    r"(?:\b(?:the|an?|his|her|their|its|our|my|your|any|no|such|new|recent|latest)|['’]s?)\s\Z", re.IGNORECASE
)
_SEVERAL_BEFORE = re.compile(
    r"\b(?:some|several|many|most|few|others|two|three|more|all|both|these|those)\s+$", re.IGNORECASE
)
"""Words that mean several people where they are the subject ("some say"), and stand before nouns in the plural ("some claims")."""
_PLURAL_HEAD = re.compile(
    r"(?:[\w’'-]+\s+){0,4}?(?:some|many|several|most|few|others|all|both|people|police|those|(?!(?:this|his|is|was|has|as|its)\b)[^\W\d_]\w*(?<![s’'])s)"
    r"(?:\s+(?:of|in|from|at|on|with|for|near|around|across|inside|outside|like|here|there|who|close|familiar|[a-z]{3,}(?:ed|ing))\b|$)",
    re.IGNORECASE,
)
"""A subject in the plural with what is said of it ("residents of the island", "many in the town")."""
_CLAUSE_BEHIND = re.compile(
    r"\s(?:that\s)?(?:the|a|an|he|she|it|they|his|her|its|their|there|this|these|those|no|[A-Z]\w+)\s[^,.;:]*\b"
    r"(?:is|are|was|were|has|have|had|will|would|can|could|did|does|[a-z]{2,}ed)\b"
)
_RELATIVE_BEFORE = re.compile(r"\b(?:who|whom|which|that|what)\b[^,]{0,60},?\s*\Z")
_ONE_BEFORE = re.compile(r"(?:\b(this)|(?:(\S+)\s+)?\bofficial)\s+$", re.IGNORECASE)
"""Words that mean one where they are the subject ("an aid official says"), and stand before nouns in the singular."""
_ADJECTIVE_BEFORE = re.compile(r"(?:\b([a-z]+(?:ic|al|ous|ful|ive|able|ible|less|ary|ish|ed|ing))|\d)\s+$")
"""An adjective by its ending, or a number: what stands behind it is a noun ("dramatic claims", "18 votes")."""
_NUMBERED = re.compile(
    r"\b(?!(?:In|At|By|From|The|All|Over|About|Nearly|After|Of|For)\b)[A-Z][a-z]+\s\d+\s+$"
)
"""A heading with its number ("Article 12 states")."""
_OPENING_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){0,3}(?=\s[a-z])")
_BEING = frozenset(["are", "were", "have", "do", "can"])
_MODIFIES = re.compile(r"\s+(?:[a-z]+ly\s+)?([a-z]+)\b(?!['’])")
_LABEL = re.compile(rf"((?:[A-Z][\w.’'-]*\s){{0,3}}[A-Z][\w.’'-]+):\s+(?=[\w“\"‘'{MASK}])")
_END_LABEL = re.compile(
    rf"(?<=[\w{MASK}’'”\"])(?::|\s[–—-])\s([A-Za-zÀ-ÿ][\w.’'-]*(?:\s[\w.’'-]+){{0,2}}?)\s?\.?\s*\Z"
)
_DOCUMENTS = frozenset(
    ["report", "study", "source", "poll", "survey", "analysis", "memo", "police", "data", "experts"]
)
"""What speaks behind a headline's colon, beside people and bodies."""
NO_SPEAKERS = frozenset(
    ["analysis", "breaking", "breaking news", "correction", "editorial", "exclusive", "fact check", "live", "live updates",
     "note", "opinion", "photos", "related", "review", "update", "updated", "video", "watch", "watch live", "abstract",
     "full text", "ps", "p.s", "source", "sources", "by", "q", "a", "question", "answer"]
)  # fmt: skip
"""Words before a colon that name nobody who speaks."""
_STOPS = frozenset(".!?")
_BESIDE_NOUN = re.compile(r"\s+(?:of|from|by|about|on|for|against|was|were|is|are|have|had|has|will|would)\b")


MAX_DISTANCE = 600
"""Characters on either side of a cue within which its subject is looked for: the same metrics as without a limit on 420
articles of PolNeAR's train split."""


@dataclass(frozen=True)
class Cue:
    """Words that attribute, with their subject; all offsets count from the start of the region.

    Parameters
    ----------
    start, end : int
        The words ("said", "point out", "according to", "claim").
    takes : frozenset of str
        What may follow, as in `lexicons.saying_verbs`; ``according``, or ``noun`` beside what a noun takes.
    tense : str
        ``finite``, ``base``, ``ing`` or ``part``; ``base`` and ``part`` with an auxiliary are ``finite`` too.
    subject : (int, int) or None
        Where the words for the speaker stand; None where there are none.
    inverted : bool
        Whether the subject follows the cue.
    floor, ceiling : int
        The sentence in which the cue stands.
    """

    start: int
    end: int
    takes: frozenset[str]
    tense: str
    subject: tuple[int, int] | None
    inverted: bool
    floor: int = 0
    ceiling: int = 0

    @property
    def first(self) -> int:
        """Where cue and subject begin."""
        ahead = self.subject is not None and not self.inverted
        return min(self.start, self.subject[0]) if self.subject is not None and ahead else self.start


class _CueForm(NamedTuple):
    """A form of a cue: its words after the first, its tense, and what it takes."""

    rest: str
    tense: str
    takes: frozenset[str]


@cache
def _cue_forms() -> dict[str, tuple[_CueForm, ...]]:
    """Return first word of a cue -> its forms that begin with that word, the longest first."""
    forms = {"according": [_CueForm(" to", "according", frozenset({"according"}))]}
    for form, (tense, takes) in lexicons.saying_verbs().items():
        first, blank, rest = form.partition(" ")
        forms.setdefault(first, []).append(_CueForm(blank + rest, tense, frozenset(takes.split())))
    for noun, takes in lexicons.saying_nouns().items():
        forms.setdefault(noun, []).append(_CueForm("", "noun", frozenset({"noun", *takes.split()})))
    return {
        first: tuple(sorted(each, key=lambda one: (-len(one.rest), one.tense)))
        for first, each in forms.items()
    }


def sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the sentences in a region's masked text."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.start() + 1
        start = match.end()
    yield start, len(text)


@lru_cache(maxsize=512)
def find_cues(region: Region) -> list[Cue]:
    """Return the cues in `region`, in order. The list is cached and must not be changed.

    Examples
    --------
    >>> text = "Doe said it rained, according to Roe."
    >>> [text[cue.start : cue.end] for cue in find_cues(Region(0, len(text), 0, text, ()))]
    ['said', 'according to']
    """
    headline = region.title or (
        region.text.rstrip()[-1:] not in _STOPS and is_headline(region.text, split_words(region.text))
    )
    label = (_speaker_label(region) or _label_at_end(region)) if region.title else None
    cues = [label] if label is not None else []
    for floor, ceiling in sentence_bounds(region.text):
        text, last = region.text[floor:ceiling], None
        for match in _LETTERS.finditer(text):
            forms = _cue_forms().get(match.group().casefold())
            if forms is None or (match.group()[0].isupper() and match.start() > 0 and not headline):
                continue
            if text[match.end() : match.end() + 1] == "-" or text[match.start() - 1 : match.start()] in set(
                "-’'"
            ):
                continue
            cue = _read_near(text, match.start(), match.end(), forms, last)
            if cue is not None and headline:
                cue = _of_headline(text, cue, last)
            if cue is not None:
                cues.append(_shift(cue, floor, floor, ceiling))
                last = cue if "noun" not in cue.takes else last
    return cues


def takes_at(text: str, start: int, end: int) -> frozenset[str] | None:
    """Return what the words of saying from `start` to `end` take, None where there are none.

    Deeds take ``deed``, and participles that describe a noun nothing.

    Examples
    --------
    >>> text = "Doe refused to go, some reported cases rose, Roe sang."
    >>> takes_at(text, 4, 11), takes_at(text, 24, 32), takes_at(text, 49, 53)
    (frozenset({'deed'}), frozenset(), None)
    """
    taken: frozenset[str] | None = None
    for match in _LETTERS.finditer(text, start, end):
        forms = _cue_forms().get(match.group().casefold(), ())
        form = next((one for one in forms if text.casefold().startswith(one.rest, match.end())), None)
        if form is None:
            continue
        word, noun = match.group(), lexicons.saying_nouns().get(match.group().casefold())
        if noun and _NOUN_BEFORE.search(text, 0, match.start()):
            takes = frozenset({"noun", *noun.split()})
        elif word.endswith("ed") and _describes(text, *match.span()):
            takes = frozenset()
        else:
            takes = form.takes or frozenset({"deed"})
        taken = takes if taken is None else taken | takes
    return taken


def _describes(text: str, start: int, end: int) -> bool:
    """Return whether a participle stands between a determiner and a noun ("some reported cases")."""
    follows = _MODIFIES.match(text, end)
    if follows is None or follows_phrase(follows.group(1)):
        return False
    several = _SEVERAL_BEFORE.search(text, 0, start) and _verb_ahead(text, follows.end())
    return bool(several or _DETERMINER_BEFORE.search(text, 0, start))


def _verb_ahead(text: str, at: int) -> bool:
    """Return whether a finite verb follows within three words ("some reported cases were dropped", not "some expressed concerns")."""
    words = re.split(r"[,.;:]", text[at:], maxsplit=1)[0].split()[:3]
    return any(
        may_be_finite(word) or word in _BEING or word in lexicons.name_parts("irregular") for word in words
    )


def _speaker_label(region: Region) -> Cue | None:
    """Return the colon behind a speaker's name at the beginning of a headline ("Doe: We will go")."""
    match = _LABEL.match(region.text)
    if match is None or match.group(1).casefold() in NO_SPEAKERS:
        return None
    end = match.end(1)
    takes = frozenset({"bare", "quote"})
    return Cue(end, end + 1, takes, "finite", match.span(1), False, 0, len(region.text))


def _label_at_end(region: Region) -> Cue | None:
    """Return the colon or dash before who says it at the end of a headline ("Bridge unsafe: report")."""
    match = _END_LABEL.search(region.text)
    if match is None or not (match.group(1).isupper() or _is_source(match.group(1))):
        return None
    takes = frozenset({"bare", "quote"})
    return Cue(match.start(), match.start(1) - 1, takes, "finite", match.span(1), True, 0, len(region.text))


def _is_source(words: str) -> bool:
    last = words.casefold().split()[-1]
    nouns = (
        lexicons.role_nouns()
        | lexicons.person_nouns().keys()
        | lexicons.organisation_heads().keys()
        | _DOCUMENTS
    )
    return last in nouns or last.removesuffix("s") in nouns


def _of_headline(text: str, cue: Cue, last: Cue | None) -> Cue | None:
    """Return a cue with the headline's subject where a clause, and no subject, is behind it ("Doe defends Roe, says he lied")."""
    words = re.split(r"[,;:]", text[cue.end :], maxsplit=1)[0].split()
    clause = cue.inverted and any(map(_is_clause_verb, words[1:]))
    joined = cue.subject is not None and not cue.inverted and not text[cue.subject[1] : cue.start].strip(" ,")
    joined = joined and text[: cue.start].rstrip().endswith(",")
    if MASK in text[: cue.start] or not (clause or joined):
        return cue
    opening = _OPENING_NAME.match(text, 0, cue.start)
    subject = last.subject if last is not None else opening.span() if opening else None
    return replace(cue, subject=subject, inverted=False) if subject else cue if joined else None


def _is_clause_verb(word: str) -> bool:
    word = word.casefold()
    return may_be_finite(word) or word in _BEING or word in lexicons.name_parts("irregular")


def _shift(cue: Cue, by: int, floor: int = 0, ceiling: int = 0) -> Cue:
    subject = (cue.subject[0] + by, cue.subject[1] + by) if cue.subject is not None else None
    return replace(cue, start=cue.start + by, end=cue.end + by, subject=subject, floor=floor, ceiling=ceiling)


def _read_near(text: str, start: int, end: int, forms: Sequence[_CueForm], last: Cue | None) -> Cue | None:
    """Return the cue at `start`, if there is one, by the text around it; `last` is the verb before it in the sentence."""
    left = max(0, start - MAX_DISTANCE)
    before = [_shift(last, -left)] if last is not None else []
    cue = _read_form(text[left : end + MAX_DISTANCE], start - left, end - left, forms, before)
    return _shift(cue, left) if cue is not None else None


def _read_form(
    text: str, start: int, end: int, forms: Sequence[_CueForm], before: Sequence[Cue]
) -> Cue | None:
    """Return the cue that begins at `start`, in its longest form that is a cue there."""
    for rest, tense, takes in forms:
        last = end + len(rest)
        if rest and (text[end:last].casefold() != rest or text[last : last + 1].isalnum()):
            continue
        cue: Cue | None
        if tense == "according":
            cue = Cue(start, last, takes, "finite", noun_phrase_after(text, last), True)
        elif tense == "noun":
            cue = _noun_cue(text, start, last, takes)
        else:
            cue = _verb_cue(text, start, last, tense, takes, before)
        if cue is not None and (cue.subject is not None or tense == "noun"):
            return cue
    return None


def _noun_cue(text: str, start: int, end: int, takes: frozenset[str]) -> Cue | None:
    """Return a noun that attributes: one with an owner, or one before "that" ("the claim that it rained")."""
    subject = possessor_before(text, start)
    follows = re.match(r"\s+(that|to|of|for|on|against|about)\b", text[end:])
    if follows is None or follows.group(1) not in takes:
        return None
    if subject is None and (
        follows.group(1) != "that"
        or not re.search(r"\b(?:the|a|an|any|his|her|their)\s+(?:\w+\s+)?$", text[:start], re.IGNORECASE)
    ):
        return None
    return Cue(start, end, takes, "noun", subject, False)


def _verb_cue(
    text: str, start: int, end: int, tense: str, takes: frozenset[str], before: Sequence[Cue]
) -> Cue | None:
    left = text[max(0, start - 80) : start]
    subject, inverted = None, False
    if tense == "ing":
        subject = _subject_of_ing(text, start, left, before)
    elif (by := _QUOTED_BY.match(text, end)) and tense in {"finite", "part"} and not _PERFECT.search(left):
        subject = noun_phrase_after(text, by.end())
    elif tense == "part" or (tense == "finite" and _PASSIVE.search(left)):
        if _PERFECT.search(left):
            subject = subject_before(text, start)
        elif by := re.match(r"[^,.;:\ue000]{0,40}?\bby\s+", text[end:]):
            subject = noun_phrase_after(text, end + by.end()) if _PASSIVE.search(left) else None
    elif tense == "base":
        beside = left.rstrip(" ,").endswith(MASK) or MASK in text[end : end + 12]
        behind = _plural_behind(text, start, end) if "quote" in takes else None
        if behind is not None:
            subject, inverted = behind, True
        elif re.search(r"\band\s+$", left) and before and "noun" not in before[-1].takes:
            subject = before[-1].subject
        elif _INFINITIVE.search(left):
            if _GOES_ON.search(left) or beside:
                subject = (
                    before[-1].subject
                    if before
                    else first_noun_phrase(text, start) or subject_before(text, start)
                )
        elif _MODAL.search(left) or (_PLURAL_SUBJECT.search(left) and not _noun_use(text, start, end)):
            subject = subject_before(text, start)
        elif takes & {"bare", "that"} and (
            _CLAUSE_BEHIND.match(text, end) or not _noun_use(text, start, end)
        ):
            subject = _plural_before(text, start)
    elif (
        "predicate" in takes
        and left.rstrip().endswith(",")
        and _NAMED_SO.match(text, end)
        and not _RELATIVE_BEFORE.search(left)
    ):
        subject = None
    elif "hearer" not in takes and inverts(text[:start], text[end:]):
        subject, inverted = noun_phrase_after(text, end), True
    elif re.search(r"\b(?:and|but|or)\s+(?:also |then |later |\w+ly )?$", left):
        subject = before[-1].subject if before else first_noun_phrase(text, start)
    elif (by := _BY.match(text, end)) and left.rstrip().endswith(","):
        subject = noun_phrase_after(text, by.end())
    elif not _noun_use(text, start, end) and not re.match(r"\s+by\b", text[end:]):
        subject = subject_before(text, start)
    return Cue(start, end, takes, "ing" if tense == "ing" else "finite", subject, inverted)


def _plural_behind(text: str, verb: int, end: int) -> tuple[int, int] | None:
    """Return the subject in the plural behind a quotation and a verb ("“We were robbed”, say miners"), None where there is none."""
    if not text[:verb].rstrip(" ,").endswith(MASK) or not inverts(text[:verb], text[end:]):
        return None
    subject = noun_phrase_after(text, end)
    return (
        subject
        if subject and (_PLURAL_HEAD.match(text, *subject) or " and " in text[slice(*subject)])
        else None
    )


def _plural_before(text: str, verb: int) -> tuple[int, int] | None:
    """Return the subject before a verb in the plural where the head of the phrase is one ("residents of the island say").

    What may be a noun is a verb where a clause follows ("sources close to the club claim the coach lied").
    """
    word = text[verb:].split()[0]
    listed = word.casefold() in lexicons.name_parts("verb-or-noun")
    if listed and not _CLAUSE_BEHIND.match(text, verb + len(word)):
        return None
    subject = subject_before(text, verb)
    if subject is None or not _PLURAL_HEAD.match(text, *subject):
        return None
    return None if re.search(r"\b(?:that|which|who)\b", text[subject[1] : verb]) else subject


def _subject_of_ing(text: str, start: int, left: str, before: Sequence[Cue]) -> tuple[int, int] | None:
    """Return the subject of a participle: that of its auxiliary, of the verb before it, or of the clause before or behind it."""
    if not text[:start].strip():
        return opened_subject(text, start)
    if progressive := _PASSIVE.search(left) or _CONTRACTED.search(left) or _QUOTED_AS.search(left):
        return subject_before(text, start - len(left) + progressive.start())
    if re.search(
        r"\b(?:by|in|for|while|when|after|before|of|from|without|and|,)\s+(?:\w+ly\s+)?$", left
    ) or left.rstrip().endswith(","):
        nearest = first_noun_phrase(text, start)
        return (
            before[-1].subject if before and (nearest is None or nearest[0] < before[-1].start) else nearest
        )
    if _NOUN_BEFORE.search(left):
        return None
    return before[-1].subject if before else None


def _agrees_as_noun(text: str, end: int, form: str, single: re.Match[str] | None) -> bool:
    """Return whether a form behind "some" or "this", or behind "official", is a noun or an adjective by its number.

    "Some claim" and "an official claims" are subject and verb, "some claims" and "an official claim" one phrase; a form of the
    past is an adjective before a noun ("some alleged thefts").
    """
    first = form.partition(" ")[0]
    if first.endswith("ed"):
        follows = _MODIFIES.match(text, end)
        takes = lexicons.saying_verbs()[form][1].split()
        several = follows is not None and "whom" not in takes and not follows_phrase(follows.group(1))
        return follows is not None and several and (single is not None or _verb_ahead(text, follows.end()))
    if lexicons.saying_verbs().get(form, ("", ""))[0] == "finite" and not first.endswith("s"):
        return False
    if single is None:
        return first.endswith("s")
    alone = single.group(1) is None and not single.group(2)
    return alone or not first.endswith("s") or _BESIDE_NOUN.match(text, end) is not None


def _noun_use(text: str, start: int, end: int) -> bool:
    """Return whether a form that can be a noun ("reports", "calls") or an adjective is one here."""
    form, before = text[start:end].casefold(), text[max(0, start - 40) : start]
    if _NOUN_BEFORE.search(before):
        return True
    several, single = _SEVERAL_BEFORE.search(before), _ONE_BEFORE.search(before)
    if several or single:
        return _agrees_as_noun(text, end, form, single)
    listed = form in lexicons.name_parts("verb-or-noun")
    adjective = _ADJECTIVE_BEFORE.search(before) if listed and not _NUMBERED.search(before) else None
    if (
        adjective is not None
        and adjective.group(1) not in lexicons.role_nouns() | lexicons.person_nouns().keys()
    ):
        return True
    word = re.search(r"(\w+)\s+$", text[max(0, start - 20) : start])
    if (
        word is not None
        and word.group(1) in _cue_forms()
        and form.endswith("s")
        and not word.group(1).endswith("s")
    ):
        return True
    if not listed and not form.endswith("s"):
        return False
    return bool(_BESIDE_NOUN.match(text[end:])) and not re.search(
        r"\b(?:he|she|they|who|it|we|i)\s+(?:\w+ly\s+)?$", text[max(0, start - 30) : start], re.IGNORECASE
    )
