"""Names of bodies completed by what stands behind them: initials in brackets that they are spelled out for, and "'s"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crossframe import lexicons
from crossframe.attributing.names.spotting import Name, describe_name
from crossframe.attributing.syntax.words import (
    Word,
    country_code,
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
