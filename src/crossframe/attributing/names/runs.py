"""Runs of capitalised words: where one ends, alone or with words that join it, and what of it is title, adjective and name."""

import re
from collections.abc import Collection

from crossframe import lexicons
from crossframe.attributing.names.titles import is_title
from crossframe.attributing.syntax.words import PARTY_AND_STATE, Word, is_capital, kind_of_known

_LINKS = frozenset({"against", "for", "of", "the"})
_ACRONYM = re.compile(r"(?=.*[A-Z])[A-Z0-9&-]{2,5}s?|(?:[A-Z]\.){2,}")


def adjacent(sentence: str, left: Word, right: Word) -> bool:
    """Return whether only a blank is between two words, and the left one is no possessive."""
    return not left.possessive and sentence[left.end : right.start] in (" ", "\xa0", "  ")


def _is_name_word(word: Word) -> bool:
    if not word.capital or PARTY_AND_STATE.match(word.text):
        return False
    return word.key not in lexicons.function_words() or (
        bool(_ACRONYM.fullmatch(word.text)) and word.key != "i"
    )


def run_end(sentence: str, words: list[Word], start: int) -> int:
    """Return the position after the run of name words that begins at `start` (`start` itself: no name)."""
    if not _is_name_word(words[start]) or _is_calendar(words, start, start):
        return start
    end = start + 1
    while end < len(words) and adjacent(sentence, words[end - 1], words[end]):
        if (_is_name_word(words[end]) or _goes_on(words[end])) and not _is_calendar(words, start, end):
            end += 1
            continue
        step = _connector(sentence, words, start, end)
        if step == 0:
            break
        end += step
    return end


def _goes_on(word: Word) -> bool:
    """Return whether a capitalised function word continues a name ("Secure America Now")."""
    return word.capital and not word.opens and len(word.text) > 2 and "'" not in word.key


def _is_calendar(words: list[Word], start: int, position: int) -> bool:
    key = words[position].key
    if key not in lexicons.calendar_words():
        return False
    before = words[position - 1].key if position > start else ""
    return not (before in lexicons.first_names() or before in lexicons.name_titles())


def _connector(sentence: str, words: list[Word], start: int, at: int) -> int:
    """Return how many words a connector at `at` adds to the run ("of", "for the", "and", "de"); 0 where it ends."""
    word, left = words[at].text, words[at - 1].key
    after = at + 1
    if word in {"of", "for", "on"} and after < len(words) and words[after].text == "the":
        after += 1
    if after >= len(words) or _is_calendar(words, after, after):
        return 0
    if not (_is_name_word(words[after]) or _goes_on(words[after])):
        return 0
    if not all(adjacent(sentence, words[i], words[i + 1]) for i in range(at, after)):
        return 0
    heads = lexicons.organisation_heads()
    people = lexicons.people_nouns("persons") | lexicons.people_nouns("bare")
    if at == start + 1 and left in people and (word != "of" or left not in lexicons.people_nouns("peoples")):
        heads = {}  # a description ("Workers of Boeing"), but "Democrats of Catalonia" are a party
    body = left in heads or left in {"group", "house", "bank", "league", "office"}
    portfolio = left in lexicons.name_titles() and words[after].key in lexicons.name_parts("portfolio")
    if (word in lexicons.name_parts("particle") and after == at + 1) or (
        word == "of" and (body or portfolio)
    ):
        return after - at + 1
    if word in {"for", "on"} and left in heads:
        return after - at + 1
    inside = {words[i].text for i in range(start, at)} & {"of", "on", "for"}
    if word == "and" and inside and words[start].key in heads:
        return 2
    if word == "and" and words[start].key in {"house", "senate"}:
        ahead = [w.key for w in words[after : after + 5]]
        return 2 if {"committee", "subcommittee"} & set(ahead) else 0
    return 0


def judge_run(words: list[Word], start: int, end: int) -> tuple[int, str, str]:
    """Return the position of the name's first word in a run of words, the title before it, and its kind by its form."""
    keys = [words[i].key for i in range(start, end)]
    whole = " ".join(keys)
    known = kind_of_known(whole)
    if known:
        return start, "", known
    if keys[0] in lexicons.demonyms() and kind_of_known(" ".join(keys[1:])) == "organisation":
        return start, "", "organisation"  # "Canadian House of Commons"
    if whole in lexicons.people_nouns("plurals"):
        return end, "", ""  # "MPs"
    heads, firsts = lexicons.organisation_heads(), lexicons.first_names()
    if keys[-1] in heads and not (len(keys) == 2 and keys[0] in firsts and heads[keys[-1]] == "organisation"):
        before = _head_before_of(keys)
        if before == "other" or (before and heads[keys[-1]] == "group"):
            return start, "", before
        lead = 1 if keys[0] in {"former", "new", "many"} else 0
        return (start + lead, "", heads[keys[-1]]) if len(keys) > 1 + lead else (end, "", "")
    if len(keys) > 2 and keys[0] in heads and {"of", "for", "on"} & set(keys):
        return start, "", _head_before_of(keys) or heads[keys[0]]
    last_title = _last_title(keys, firsts)
    if last_title >= 0:
        return start + last_title + 1, " ".join(keys[: last_title + 1]), "person"
    first = 0
    while first < len(keys) and (
        keys[first] in lexicons.demonyms() or keys[first] in lexicons.name_parts("modifier")
    ):
        first += 1
    if first == len(keys) or (first and keys[first] not in firsts):
        first = first if first == len(keys) else 0
    full = len(keys) - first >= 2 and not is_capital(whole)
    if full and (keys[first] in firsts or keys[-1] in lexicons.name_parts("suffix")):
        return start + first, "", "person"
    if first == len(keys):
        return end, "", ""
    return (
        start + first,
        "",
        "organisation" if _ACRONYM.fullmatch(words[end - 1].text) and len(keys) == 1 else "",
    )


def _head_before_of(keys: list[str]) -> str:
    """Return what the word before the first "of", "for" or "on" is: a body ("Party of Liberal Democrats"), other ("War of ...") or ""."""
    at = next((i for i, key in enumerate(keys) if key in {"of", "for", "on"}), 0)
    kind = lexicons.organisation_heads().get(keys[at - 1], "") if at and keys[at - 1] != "house" else ""
    return kind if kind in {"organisation", "party", "other"} else ""


def _last_title(keys: list[str], firsts: Collection[str]) -> int:
    """Return the position of the last title word of a run (through its portfolio), -1 where there is none."""
    for position in range(len(keys) - 1, -1, -1):
        if not is_title(keys[position]):
            continue
        rest = [key for key in keys[position + 1 :] if key not in lexicons.name_parts("suffix")]
        if not rest and position and (keys[position - 1] in firsts or keys[0] in firsts):
            continue  # a surname that is also a title: "Peter King"
        if keys[position + 1 : position + 2] == ["of"]:
            position += 2
            while keys[position + 1 : position + 2] and keys[position + 1] in {
                "security",
                "affairs",
                "services",
                "intelligence",
            }:
                position += 1
        elif keys[position] == "attorney" and keys[position + 1 : position + 2] == ["general"]:
            position += 1
        return position
    return -1


# --- several runs in one name ----------------------------------------------------------------------------


def capitals_end(text: str, words: list[Word], start: int) -> int:
    """Return the position after the capitalised words that follow one another from `start`."""
    end = start
    while end < len(words) and words[end].capital and words[end].key not in lexicons.calendar_words():
        end += 1
        if end == len(words) or not adjacent(text, words[end - 1], words[end]):
            break
    return end


def list_parts(text: str, words: list[Word], at: int) -> list[tuple[int, int]]:
    """Return where the subjects of a body stand that lists them: "Bureau of Alcohol, Tobacco and Firearms" before word `at`."""
    if (
        words[at - 1].key not in lexicons.organisation_heads()
        or at == len(words)
        or words[at].text not in {"of", "for"}
    ):
        return []
    parts: list[tuple[int, int]] = []
    at += 1
    while at < len(words) and (end := capitals_end(text, words, at)) > at:
        parts.append((at, end))
        between = text[words[end - 1].end : words[end].start] if end < len(words) else ""
        last = end < len(words) and words[end].text == "and" and between in {" ", ", "} and len(parts) > 1
        if last:
            after = capitals_end(text, words, end + 1) if end + 1 < len(words) else end
            return [*parts, (end + 1, after)] if after > end + 1 else []
        at = end if between == ", " else len(words)
    return []


def phrase_end(text: str, words: list[Word], first: int, end: int) -> int:
    """Return the end of "Physicians for Human Rights": one capitalised word, a preposition or "the", and a run; else `end`."""
    after = end
    while (
        after < len(words) and words[after].text in _LINKS and adjacent(text, words[after - 1], words[after])
    ):
        after += 1
    title = words[first].key in lexicons.name_titles() or words[first].key in lexicons.function_words()
    if end != first + 1 or after == end or after > end + 2 or title or after == len(words):
        return end
    return (
        max(capitals_end(text, words, after), end) if adjacent(text, words[after - 1], words[after]) else end
    )


def end_of_peoples_body(text: str, words: list[Word], end: int) -> int:
    """Return the end of "Dock Workers' Federation", whose people end before word `end`: at the noun of the body; else `end`."""
    people = words[end - 1]
    after = capitals_end(text, words, end) if end < len(words) and people.possessive else end
    beside = after > end and text[people.end : words[end].start] in {"’ ", "' "}
    heads = [at for at in range(end, after) if words[at].key in lexicons.organisation_heads()]
    return heads[-1] + 1 if beside and heads and people.key in lexicons.people_nouns("persons") else end
