"""Spot names: runs of capitalised words in running text, cut at titles, possessives and demonyms, with their cues."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crossframe import lexicons
from crossframe.attributing.names.body_descriptions import describe_body, state_evidence
from crossframe.attributing.names.runs import adjacent, judge_run, run_end
from crossframe.attributing.syntax.words import (
    PARTY_AND_STATE,
    Word,
    country_code,
    dateline_end,
    is_capital,
    is_headline,
    is_saying_verb,
    may_be_finite,
    split_words,
)
from crossframe.records import Sentences

_PLACES = frozenset({"D.C.", "U.S.", "U.K.", "U.N.", "E.U."})
_BRACKETED = re.compile(r"\s\(\s?([A-Z][A-Za-z0-9-]{1,7})\s?\)")


@dataclass(frozen=True)
class Name:
    """A name where it stands, with what its surroundings show.

    Parameters
    ----------
    article : str
        Article id.
    row : int
        Sentence.
    start, end : int
        Offsets in characters of the document; titles and possessive endings are outside.
    text : str
        The name, single blanks.
    title : str
        Title words before it, case-folded ("" where there are none).
    kind : str
        Kind of actor by its form; "" where the form does not show it.
    owner : str
        ISO code of the country that owns it ("Georgia's Foreign Ministry"), else "".
    acronym : str
        Acronym given in brackets after it, else "".
    place, acts, subject, certain : bool
        It stands after a preposition of place; a verb of saying is next to it; a finite auxiliary or verb of
        saying (behind a capital any) follows it; its capitals are not merely those of the beginning of a sentence.
    state : int
        What shows that it is a state's name, as `state_evidence` has it.
    context : frozenset of str
        Title and lower-case words of its sentence, without function words and verbs of saying; of names of several words alone.
    """

    article: str
    row: int
    start: int
    end: int
    text: str
    title: str = ""
    kind: str = ""
    owner: str = ""
    acronym: str = ""
    place: bool = False
    acts: bool = False
    subject: bool = False
    state: int = 0
    certain: bool = True
    context: frozenset[str] = frozenset()


def spot_names(sentences: Sentences) -> list[Name]:
    """Return the names in `sentences` (of one event), in order; title-case headlines are passed over.

    A word at the beginning of a sentence is part of a name only where the event has it no more often in lower case than
    capitalised [1]_.

    References
    ----------
    .. [1] Lita, L., Ittycheriah, A., Roukos, S., Kambhatla, N. (2003). tRuEcasIng. ACL.
    """
    split = [split_words(text) for text in sentences.text]
    lower, capitals = _count_cases(sentences.text, split)
    clear = capitals - lower
    names = []
    for row, words in enumerate(split):
        if is_headline(sentences.text[row], words):
            continue
        article, offset = sentences.article_of(row), int(sentences.start[row])
        dateline = dateline_end(article.document, offset)
        for name in _names_of(sentences.text[row], words, (lower, capitals, clear)):
            start, end = offset + name.start, offset + name.end
            if start >= dateline:
                names.append(replace(name, article=article.id, row=row, start=start, end=end))
    return _without_openers(names)


def _without_openers(names: list[Name]) -> list[Name]:
    """Cut a word before a full name that the event has without it ("Journalist Ann Poe", "Crooked Ann Poe").

    Abbreviated places that end the sentence before are cut too ("... in Washington, D.C. Poe left").
    """
    firsts = lexicons.first_names()
    full = Counter(name.text for name in names if name.kind in {"person", ""} and " " in name.text)
    cut = []
    for name in names:
        lead, _, rest = name.text.partition(" ")
        if rest and lead in _PLACES and name.kind in {"person", ""}:
            cut.append(replace(name, start=name.start + len(lead) + 1, text=rest, kind=""))
        elif (
            " " in rest
            and name.kind in {"person", ""}
            and lead.casefold() not in firsts
            and len(lead.strip(".")) > 1
            and rest.split()[0].casefold() in firsts
            and (full[rest] or lead.casefold().rstrip("s") in lexicons.name_titles())
        ):
            start = name.start + len(lead) + 1
            cut.append(
                replace(name, start=start, text=rest, title=name.title or lead.casefold(), kind="person")
            )
        else:
            cut.append(name)
    return cut


def _count_cases(texts: Sequence[str], split: Sequence[Sequence[Word]]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each word is lower-case, and how often capitalised where no sentence begins."""
    lower: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for text, words in zip(texts, split, strict=True):
        if is_headline(text, words):
            continue
        for word in words:
            if not word.capital:
                lower[word.key] += 1
            elif not word.opens:
                capitals[word.key] += 1
    return lower, capitals


def _names_of(
    sentence: str, words: list[Word], cases: tuple[Counter[str], Counter[str], Counter[str]]
) -> Iterator[Name]:
    """Yield the names in a sentence: what is left of a run of words when titles and adjectives are cut.

    `cases`: how often the event has a word in lower case, capitalised, and more often capitalised than in lower case.
    """
    lower, capitals, clear = cases
    position = 0
    while position < len(words):
        end = run_end(sentence, words, position)
        if end == position:
            position += 1
            continue
        start = position
        if words[start].opens and _is_ordinary(words[start].key, lower, capitals):
            start += 1
        if start < end:
            first, title, kind = judge_run(words, start, end)
            if first < end:
                inside = first > start
                yield describe_name(
                    sentence, words, (first, end), clear, title=title, kind=kind, inside=inside
                )
        position = end


def _is_ordinary(key: str, lower: Counter[str], capitals: Counter[str]) -> bool:
    return key in lexicons.function_words() or lower[key] > capitals[key]


def describe_name(
    sentence: str,
    words: list[Word],
    bounds: tuple[int, int],
    capitals: Mapping[str, int],
    *,
    title: str = "",
    kind: str = "",
    inside: bool = False,
) -> Name:
    """Return the name that some words of `sentence` make, with what its surroundings show.

    Parameters
    ----------
    sentence : str
        Text.
    words : list of Word
        All its words.
    bounds : (int, int)
        First word of the name, and the one after its last; "administration" or "campaign" behind it may join it.
    capitals : mapping of str to int
        How much more often the event capitalises a word that begins no sentence than it writes it in lower case.
    title, kind : str
        Title before the name and kind of actor, where they are known.
    inside : bool
        Whether a word of its run stands before it.

    Returns
    -------
    Name
        Without article and row; offsets in characters of the sentence.
    """
    first, end = bounds
    text = " ".join(words[i].text for i in range(first, end))
    last = words[end - 1]
    if kind in {"", "person"} and first == end - 1 and _has_staff(sentence, words, end):
        last, kind, title, text = words[end], "organisation", "", f"{text} {words[end].text}"
    if kind in {"", "place"} and describe_body(sentence, words[first].start, last.end).nouns:
        kind = "organisation"
    kind = "place" if kind == "" and not title and is_capital(text) else kind
    before, after = _word_at(words, first - 1 - len(title.split())), _word_at(words, end)
    bracket = _BRACKETED.match(sentence, last.end)
    return Name(
        article="",
        row=-1,
        start=words[first].start,
        end=last.end,
        text=text,
        title=title,
        kind=kind,
        owner=_owner_of(sentence, before, words[first]) if kind == "organisation" else "",
        acronym=bracket.group(1) if bracket and not PARTY_AND_STATE.match(bracket.group(1)) else "",
        place=bool(before and before.key in lexicons.name_parts("place") and not title),
        acts=_acts(before, after, _word_at(words, end + 1)),
        subject=after is not None and _is_finite(after.key, capital=is_capital(text)),
        state=0 if title else state_evidence(sentence, words[first].start, last.end),
        certain=not words[first].opens or capitals.get(words[first].key, 0) > 0 or inside,
        context=_context_of(words, title) if " " in text else frozenset(),
    )


def _context_of(words: list[Word], title: str) -> frozenset[str]:
    """Return the title of a name and the lower-case words of its sentence that say what it is about, and roles that open it."""
    return frozenset(title.split()[-1:]) | frozenset(
        word.key
        for word in words
        if (word.text.islower() or (word.opens and is_role(word.key)))
        and word.key not in lexicons.function_words()
        and not is_saying_verb(word.key)
    )


def is_role(key: str) -> bool:
    """Return whether a case-folded word says who one person is: a title, an office or another noun for persons.

    Examples
    --------
    >>> [is_role(word) for word in ("mayor", "lawyer", "widow", "water")]
    [True, True, True, False]
    """
    return key in lexicons.role_nouns() or key in lexicons.name_titles() or key in lexicons.person_nouns()


def _is_finite(key: str, *, capital: bool) -> bool:
    """Return whether a word makes a clause of the name before it; behind a capital any finite verb does."""
    sure = key in lexicons.name_parts("auxiliary") or is_saying_verb(key)
    return sure or (capital and may_be_finite(key))


def _owner_of(sentence: str, before: Word | None, first: Word) -> str:
    """Return the code of the country whose possessive form stands directly before a name, else ""."""
    owns = before is not None and before.possessive
    beside = before is not None and sentence[before.end : first.start].strip("’'s ") == ""
    return country_code(before.text) if before is not None and owns and beside else ""


def _has_staff(sentence: str, words: list[Word], end: int) -> bool:
    """Return whether "administration" or "campaign" makes a body of the name before it ("the Doe campaign")."""
    follows = end < len(words) and words[end].text in {"administration", "campaign"}
    return follows and adjacent(sentence, words[end - 1], words[end])


def _word_at(words: list[Word], position: int) -> Word | None:
    return words[position] if 0 <= position < len(words) else None


def _acts(before: Word | None, after: Word | None, second: Word | None) -> bool:
    further = second if after and after.key in {"also", "has", "had", "later", "then"} else None
    return any(word is not None and is_saying_verb(word.key) for word in (before, after, further))
