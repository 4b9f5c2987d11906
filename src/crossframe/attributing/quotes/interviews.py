"""Answers of interviews: whole paragraphs that are the words of whoever answers questions in paragraphs of their own."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crossframe.attributing.coreference.discourse_state import Speaker, inside
from crossframe.attributing.quotes.turns import (
    ABOUT_INTERVIEW,
    MAY_BE_PERSON,
    QUESTION_LABEL,
    SECOND_PERSON,
    Script,
    Turn,
    surname,
)

_MARKUP = "*_ \t"
_ANSWER_LABEL = re.compile(r"[*_]{0,3}(?:A|Answer)\s?[.:][*_]{0,3}\s+(?=\S)", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:interview(?:ed|s)?|asked|asks|(?:sat|sits)\sdown|(?:spoke|speaks|talked|talks)|conversation|questions|Q\s?&\s?A)\s(?:(?:to|with|for)\s)?"
    r"(?:(?:the|its|our)\s)?(?:[\w’'-]+,?\s){0,4}\Z",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters within which somebody is asked."""
_TITLE_LABEL = re.compile(r"\s?:\s")
_TITLE_WORDS_OF = re.compile(r"[“\"‘'«][^\n]{3,120}[”\"’'»]\s?(?:[:|–—-]|,)\s")
_ANNOUNCES = re.compile(
    r"\b(?:questions\s(?:for|to)|interview\swith|in\sconversation\swith|Q\s?&\s?A\swith)\s(?P<name>(?:the\s)?(?-i:[A-ZÀ-Þ])[\w.’'-]*(?:\s(?-i:[A-ZÀ-Þ])[\w.’'-]*){0,3})",
    re.IGNORECASE,
)
_PRESENTS = re.compile(
    r"\b(?:talks|speaks|discusses|answers|explains|reflects|looks\sback|opens\sup|tells\s(?:us|why|how|what))\b"
)
"""How a lead presents whom it has talked to ("The captain talks about the storm")."""
MIN_QUESTIONS = 2
"""Fewer questions in paragraphs of their own are no interview."""
MAX_QUESTION_WORDS = 80
"""Words up to which a paragraph that ends in a question mark is a question to somebody."""
MAX_NAMED = 0.34
"""Share of the paragraphs between questions that may be about whoever answers: of an essay with rhetorical questions more are."""


def read_interview(script: Script) -> list[Turn]:
    """Return the answers to questions that stand in paragraphs of their own, where somebody answers of himself or herself.

    Questions and answers by which the author explains something speak to nobody, and no "I" or "we" answers them.
    """
    asked = [at for at, one in enumerate(script.paragraphs) if _is_question(script, one)]
    pairs = [
        (at, range(at + 1, until))
        for at, until in pairwise([*asked, len(script.paragraphs)])
        if until > at + 1
    ]
    if script.article.genre == "opinion" or len(pairs) < MIN_QUESTIONS:
        return []
    if not _is_interview(script, pairs):
        return []
    speaker = _interviewee(script, script.paragraphs[pairs[0][0]][0])
    if not speaker.text:
        speaker = _addressed(script, [script.paragraphs[at] for at, _ in pairs])
    if not speaker.text and (named := _ANNOUNCES.search(script.article.title)):
        speaker = Speaker("", named["name"], "", True)
    spoken = [script.paragraphs[at] for _, answer in pairs[:-1] for at in answer] + [
        script.paragraphs[pairs[-1][1][0]]
    ]
    if sum(script.names(one, speaker) for one in spoken) > MAX_NAMED * len(spoken):
        return []
    turns = []
    for at, answer in pairs:
        spans = list(_answer(script, answer, speaker, at == pairs[-1][0]))
        if spans:
            turns.append(Turn(tuple(spans), "", speaker))
    return turns


def _is_interview(script: Script, pairs: Sequence[tuple[int, Sequence[int]]]) -> bool:
    """Return whether somebody answers: of himself or herself, or somebody whom a question calls by name or the title announces.

    Else two things must show it: words about an interview, a title with somebody's words, a lead by which somebody talks of
    something, labels of answers, questions to "you" or an answer in the first person.
    """
    paragraphs, masked = script.paragraphs, script.masked
    answered = sum(any(script.is_first_person(paragraphs[at]) for at in answer) for _, answer in pairs)
    advised = sum(
        not any(script.is_first_person(paragraphs[at]) for at in answer)
        and any(SECOND_PERSON.search(masked, *paragraphs[at]) for at in answer)
        for _, answer in pairs
    )
    addressed = sum(SECOND_PERSON.search(masked, *paragraphs[at]) is not None for at, _ in pairs)
    labelled = sum(_ANSWER_LABEL.match(masked, *paragraphs[answer[0]]) is not None for _, answer in pairs)
    first = paragraphs[pairs[0][0]][0]
    announced = script.article.genre == "interview" or ABOUT_INTERVIEW.search(masked, 0, first) is not None
    if 2 * answered >= len(pairs) and (announced or 3 * addressed >= len(pairs)):
        return True
    if _addressed(script, [paragraphs[at] for at, _ in pairs]).text or _ANNOUNCES.search(
        script.article.title
    ):
        return True
    personal = answered > 0 or 3 * addressed >= len(pairs)
    clues = announced + (2 * labelled >= len(pairs)) + personal
    if _interviewee(script, first).text:
        clues += _has_words(script) + (_PRESENTS.search(masked, script.article.text_start, first) is not None)
    return clues > 1 and advised <= max(answered, len(pairs) // 3)


def _has_words(script: Script) -> bool:
    """Return whether the title has words of whom it names ("'It was hell': Ana Roe on the flood")."""
    title = script.article.title
    people = [one for one in script.possible_people(len(title)) if one.end <= len(title)]
    return _TITLE_WORDS_OF.match(title) is not None or any(
        _TITLE_LABEL.match(title, one.end) for one in people
    )


def _is_question(script: Script, paragraph: tuple[int, int]) -> bool:
    """Return whether a paragraph is a question to somebody: labelled so, or one that ends with its mark and is not about the asker."""
    start, end = paragraph
    if QUESTION_LABEL.match(script.masked, start, end):
        return True
    text = script.masked[start:end].strip(_MARKUP)
    if _ANSWER_LABEL.match(text) or not text.endswith("?") or len(text.split()) > MAX_QUESTION_WORDS:
        return False
    return not script.is_first_person(paragraph) or SECOND_PERSON.search(text) is not None


def _answer(
    script: Script, answer: Sequence[int], speaker: Speaker, is_last: bool
) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of an answer; behind the last one only those in which the speaker goes on about himself or herself."""
    for number, at in enumerate(answer):
        start, end = script.paragraphs[at]
        about = number > 0 and is_last and not script.is_first_person((start, end))
        if about or script.tells_of((start, end), speaker):
            if is_last:
                return
            continue
        label = _ANSWER_LABEL.match(script.masked, start, end)
        yield (label.end() if label else start, end)


def _interviewee(script: Script, first: int) -> Speaker:
    """Return who answers, of the persons named before the first question, nobody where none is.

    It is the speaker of the title, or whom somebody asked, or the only one in the title, or the one named most, or the
    first.
    """
    article = script.article
    askers = {surname(article.byline or ""), surname(article.outlet.replace("-", " "))}
    people = [
        one
        for one in script.possible_people(first)
        if surname(script.words(one)) not in askers and not script.words(one).startswith("The ")
    ]
    for one in people:
        if _TITLE_LABEL.match(article.title, one.end):
            return script.speaker(one)
    for one in people:
        if _ASKS.search(script.masked, max(0, one.start - _NEAR), one.start):
            return script.speaker(one)
    named = [surname(script.words(one)) for one in people]
    of_title = {surname for one, surname in zip(people, named, strict=True) if one.end <= len(article.title)}
    only = of_title if len(of_title) == 1 else set()
    chosen = max(named, key=lambda surname: (surname in only, named.count(surname)), default="")
    return next((script.speaker(one) for one in people if surname(script.words(one)) == chosen), Speaker())


_CALLED = re.compile(r"\s?[,?]")
_TITLE_WORDS = re.compile(r"(?:\b[A-Z][\w.]*\s)+\Z")


def _addressed(script: Script, questions: Sequence[tuple[int, int]]) -> Speaker:
    """Return who is addressed by name at the beginning or the end of a question ("Captain Roe, what happened?"), nobody where none is."""
    for start, end in questions:
        for one in inside(script.entities, start, end):
            before = _TITLE_WORDS.sub("", script.masked[start : one.start]).strip(_MARKUP)
            opens = not before or before.endswith((",", ":", "."))
            if opens and one.kind in MAY_BE_PERSON and _CALLED.match(script.masked, one.end):
                return script.speaker(one)
    return Speaker()
