"""Names of bodies that a finder misses: cut off before initials in brackets or "'s", or words that act and have members."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from crossframe import lexicons
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.names.spotting import Name, describe_name, is_role
from crossframe.attributing.syntax.words import (
    Word,
    country_code,
    follows_phrase,
    is_capital,
    is_headline,
    is_past,
    is_saying_verb,
    kind_of_known,
    split_words,
)
from crossframe.records import Sentences
from crossframe.text import name_key

_INITIALS = re.compile(r"\s\(([A-Z0-9][A-Za-z0-9]{1,6})\)")
_INITIAL_WORD = re.compile(r"[^\W_][\w’'-]*")
_MAX_BEFORE = 2
"""Words that may stand before what a finder marks of a name ("Democratic People's Republic of Korea")."""
_SMALL = frozenset({"and", "for", "in", "of", "on", "the", "to"})
MIN_TIMES_NAMED = 2
"""Times that an event has the word as a name: once may be emphasis or a slip."""
_OF_PARTIES = frozenset(
    ["candidate", "councillor", "councilor", "lawmaker", "legislator", "manifesto", "mp", "mep", "senator", "whip"]
)  # fmt: skip
"""Who and what belongs to a party."""
_OF_BODIES = _OF_PARTIES | frozenset(
    ["employee", "headquarters", "leader", "member", "shareholder", "spokesman", "spokesperson", "spokeswoman", "staffer"]
)  # fmt: skip
"""Who and what belongs to a body, and to no cause, place or season: "Brexit voters", "Olympics officials"."""

_BEFORE_OBJECTS = frozenset(
    ["about", "against", "between", "by", "for", "of", "on", "over", "with", "without"]
)


def complete_names(sentences: Sentences, names: Sequence[Name]) -> list[Name]:
    """Return `names` with what articles spell out before its initials, and those that end in "'s" with it.

    "The Bharat Premier Trophy (BPT)" names a body, whatever the finder made of its words. A name ends in "'s" where the
    event never has it without, and where no noun follows ("Moody's cut").

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As finders and rules found them.

    Returns
    -------
    list of Name
        In order of sentences and offsets.
    """
    split = [split_words(text) for text in sentences.text]
    names = [_begun(sentences, split, one) for one in _with_possessives(sentences, split, names)]
    spelled = [one for row, words in enumerate(split) for one in _spelled_out(sentences, row, words)]
    spelled = [
        one for one in spelled if not any(_crosses(name, one) for name in names if name.row == one.row)
    ]
    covered = {(one.row, at) for one in spelled for at in range(one.start, one.end)}
    whole = [name for name in names if (name.row, name.start) not in covered] + spelled
    return sorted(whole, key=lambda name: (name.row, name.start))


def _crosses(name: Name, one: Name) -> bool:
    """Return whether a name goes beyond what is spelled out, or is the same."""
    overlaps = name.start < one.end and one.start < name.end
    inside = one.start <= name.start and name.end <= one.end and name.end - name.start < one.end - one.start
    return overlaps and not inside


def _spelled_out(sentences: Sentences, row: int, words: list[Word]) -> Iterator[Name]:
    """Yield the bodies whose initials stand in brackets behind them: two words or more, one per letter, the first capitalised."""
    text, offset = sentences.text[row], int(sentences.start[row])
    for match in _INITIALS.finditer(text):
        letters = match.group(1).casefold()
        start = _start_of_initials(text[: match.start()], letters)
        inside = [i for i, word in enumerate(words) if start <= word.start and word.end <= match.start()]
        if (
            start < 0
            or len(inside) < 2
            or (words[inside[0]].possessive and country_code(words[inside[0]].text))
        ):
            continue
        found = describe_name(
            text, words, (inside[0], inside[-1] + 1), {}, kind=_kind_of_body(text[start : match.start()])
        )
        plain = " ".join(text[start : match.start()].split())
        yield replace(
            found,
            article=sentences.article_of(row).id,
            row=row,
            start=offset + start,
            end=offset + match.start(),
            text=plain,
            acronym=match.group(1),
            certain=True,
        )


def _kind_of_body(name: str) -> str:
    known = kind_of_known(name_key(name))
    return known or lexicons.organisation_heads().get(name.split()[-1].casefold(), "") or "organisation"


def _start_of_initials(before: str, letters: str) -> int:
    """Return where the words begin whose initials are `letters`, -1 where there are none; small words may have no letter."""
    tokens = list(_INITIAL_WORD.finditer(before))
    position = len(tokens)
    for letter in reversed(letters):
        position -= 1
        while (
            position >= 0
            and tokens[position].group() in _SMALL
            and before[tokens[position].start()] != letter
        ):
            position -= 1
        if position < 0 or not tokens[position].group().casefold().startswith(letter):
            return -1
    return tokens[position].start() if tokens[position].group()[0].isupper() else -1


# --- possessive names -----------------------------------------------------------------------------------


def _with_possessives(sentences: Sentences, split: Sequence[list[Word]], names: Sequence[Name]) -> list[Name]:
    """Return `names`, those that end in "'s" with it: where the event has none without, and no noun follows half of them."""
    ends: dict[str, list[bool]] = defaultdict(list)
    bare: set[str] = set()
    for row, words in enumerate(split):
        for at, word in enumerate(words):
            if not word.capital:
                continue
            if sentences.text[row][word.end : word.end + 2] in {"'s", "’s"}:
                ends[word.key].append(_ends_phrase(sentences.text[row], words, at))
            else:
                bare.add(word.key)
    whole = {key for key, free in ends.items() if key not in bare and sum(free) * 2 >= len(free)}
    rows = {row: {word.end: word.key for word in words} for row, words in enumerate(split)}
    return [_extended(sentences, name, rows[name.row], whole) for name in names]


def _extended(sentences: Sentences, name: Name, words: Mapping[int, str], whole: set[str]) -> Name:
    text, offset = sentences.text[name.row], int(sentences.start[name.row])
    end = name.end - offset
    if (name.kind in {"person", "country"} and " " in name.text) or words.get(end) not in whole:
        return name
    kind = "organisation" if name.kind == "person" else name.kind
    return replace(name, end=name.end + 2, text=name.text + text[end : end + 2], kind=kind)


def _begun(sentences: Sentences, split: Sequence[list[Word]], name: Name) -> Name:
    """Return a name with the words before it that word lists have with it, one of them possessive ("People's Republic")."""
    text, start = sentences.text[name.row], name.start - int(sentences.start[name.row])
    before = [word for word in split[name.row] if word.end < start][-_MAX_BEFORE:]
    for word in reversed(before):
        longer = " ".join(text[word.start : start + name.end - name.start].split())
        if word.capital and re.search("['’]s ", longer) and kind_of_known(longer):
            kind = kind_of_known(longer)
            return replace(name, start=name.start - start + word.start, text=longer, kind=kind)
    return name


def _ends_phrase(text: str, words: list[Word], at: int) -> bool:
    """Return whether a noun phrase ends with the possessive word `at`: a verb, a preposition or a mark follows, no noun."""
    if at + 1 == len(words) or text[words[at].end + 2 : words[at + 1].start] != " ":
        return True
    key = words[at + 1].key
    past = key in lexicons.name_parts("past") or key in lexicons.name_parts("auxiliary")
    return past or is_saying_verb(key) or key in lexicons.function_words()


# --- words that act -----------------------------------------------------------------------------------------


def add_acting_words(sentences: Sentences, names: Sequence[Name]) -> list[Name]:
    """Return `names` with the bodies that single capitalised words are and that no name of them has.

    A word is a body's name where an event capitalises it at least twice, once of these inside a sentence and once as no adjective, and a noun for who
    belongs to a body is behind it ("a Reform councillor") or joined to it by "of" ("members of Renew"), or where a verb of actors
    in the past is behind it ("Reform said") and the event has the word in lower case, too, so that it is no surname [1]_.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        Those of the event.

    Returns
    -------
    list of Name
        In order of sentences and offsets; parties where the noun says so, else organisations.

    References
    ----------
    .. [1] Collins, M., Singer, Y. (1999). Unsupervised models for named entity classification. EMNLP.
    """
    taken = {word for name in names for word in name_key(name.text).split()}
    split = [split_words(text) for text in sentences.text]
    lower = {word.key for words in split for word in words if word.text.islower()}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row, words in enumerate(split):
        text = sentences.text[row]
        if is_headline(text, words):
            continue
        for at, word in enumerate(words):
            if word.key in taken or not _stands_alone(text, words, at) or _is_listed(word.key):
                continue
            kind = _kind_by_members(words, at, text)
            if not kind and word.key in lower and not _is_of_person(word.key) and _acted(words, at, text):
                kind = "organisation"
            if kind or not word.opens:
                found[word.key].append((row, at))
            kinds[word.key].update([kind] if kind else [])
    added = []
    for key, places in found.items():
        certain = any(not split[row][at].opens for row, at in places)
        noun = any(_is_phrase(sentences.text[row], split[row], at) for row, at in places)
        if len(places) >= MIN_TIMES_NAMED and certain and noun and kinds[key]:
            kind = "party" if kinds[key]["party"] else "organisation"
            added += [_described(sentences, split[row], row, at, kind) for row, at in places]
    return sorted((*names, *added), key=lambda name: (name.row, name.start))


def _stands_alone(text: str, words: Sequence[Word], at: int) -> bool:
    """Return whether a word is capitalised, no acronym, and stands beside no other that is, but for small ones."""
    word = words[at]
    if not (word.capital and word.text.isalpha() and word.text[1:].islower() and len(word.text) > 2):
        return False
    if (
        text[max(0, word.start - 1) : word.start] in {"@", "#", "/", "-"}
        or text[word.end : word.end + 1] == "-"
    ):
        return False
    beside = [
        words[other]
        for other, first in ((at - 1, at - 1), (at + 1, at))
        if 0 <= other < len(words) and adjacent(text, words[first], words[first + 1])
    ]
    return not any(one.capital and one.key not in lexicons.function_words() for one in beside)


def _is_phrase(text: str, words: Sequence[Word], at: int) -> bool:
    """Return whether a word is a phrase of its own, and no adjective of the noun behind it ("Democratic lawmakers")."""
    if words[at].possessive or at + 1 == len(words):
        return True
    after = words[at + 1]
    if text[words[at].end : after.start] != " ":
        return True
    return follows_phrase(after.key) and _singular(after.key) not in _OF_BODIES


def _is_listed(key: str) -> bool:
    """Return whether word lists know a word as something else than a body of its own."""
    listed: tuple[Collection[str], ...] = (
        lexicons.function_words(),
        lexicons.demonyms(),
        lexicons.calendar_words(),
        lexicons.organisation_heads(),
        lexicons.people_nouns("plurals"),
        lexicons.people_nouns("persons"),
        lexicons.people_nouns("peoples"),
        lexicons.us_states(),
        lexicons.name_titles(),
    )
    known = bool(kind_of_known(key) or country_code(key)) or is_capital(key.title())
    return known or any(key in one for one in listed)


def _is_of_person(key: str) -> bool:
    return is_role(key) or key in lexicons.first_names()


def _acted(words: Sequence[Word], at: int, text: str) -> bool:
    """Return whether a verb of saying, or one in the past of what actors do, is behind a word that is its subject.

    That is no participle ("Reform promised by Poe"), and no preposition stands before the word ("tickets for Frieze sold out").
    """
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or words[at].possessive or text[words[at].end : after.start] != " ":
        return False
    passive = at + 2 < len(words) and words[at + 2].key == "by"
    joined = at > 0 and words[at - 1].key in _BEFORE_OBJECTS | lexicons.name_parts("place")
    past = is_past(after.key) and after.key not in lexicons.name_parts("happening")
    says = is_saying_verb(after.key) and not after.key.endswith("s")
    return (past or says) and not (passive or joined) and after.text.islower()


def _kind_by_members(words: Sequence[Word], at: int, text: str) -> str:
    """Return the kind of body that a noun for who belongs to it makes of a word, behind it or before "of"; "" without one."""
    word = words[at]
    nouns = []
    if at + 1 < len(words) and not word.opens and text[word.end : words[at + 1].start] == " ":
        after = words[at + 1]
        nouns = [_singular(after.text)] if after.text != "member" else []
    if at > 1 and words[at - 1].key == "of":
        nouns.append(_singular(words[at - 2].key))
    if not _OF_PARTIES.isdisjoint(nouns):
        return "party"
    return "" if _OF_BODIES.isdisjoint(nouns) else "organisation"


def _singular(key: str) -> str:
    return key if key in _OF_BODIES else key.removesuffix("s")


def _described(sentences: Sentences, words: list[Word], row: int, at: int, kind: str) -> Name:
    """Return the name that one word is."""
    offset = int(sentences.start[row])
    name = describe_name(sentences.text[row], words, (at, at + 1), {}, kind=kind, inside=True)
    return replace(
        name,
        article=sentences.article_of(row).id,
        row=row,
        start=name.start + offset,
        end=name.end + offset,
    )
