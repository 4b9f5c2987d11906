"""Find where given actors are named: exact names in the text, the longest first, capitals respected, homonyms apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe.attributing.actors.common_words import WordCases, is_name_here
from crossframe.attributing.actors.disambiguation import Candidates, disambiguate
from crossframe.attributing.actors.people import gender_of
from crossframe.attributing.actors.person_names import given_and_surname
from crossframe.attributing.actors.state_bodies import ends_phrase, state_body
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, dateline_end, split_words, title_before
from crossframe.records import Actor, Sentences, Spans
from crossframe.text import name_key

_PLAIN = re.compile(r"[!-%'-_a-~]+(?: [!-%'-_a-~]+)*")
_RULERS = frozenset(
    ["king", "queen", "prince", "princess", "emperor", "empress", "sultan", "emir", "pope", "duke", "duchess", "sheikh", "sheik",
     "lord", "lady", "baron", "baroness"]
)  # fmt: skip
"""Titles whose bearers go by the given name alone: another person of that given name has no such title."""
_KNIGHTS = frozenset({"sir", "dame"})
_LOWER_PREFIX = re.compile(r"(?<![^\W_])[^\W\d_A-Z][^\W_]*-$")


MAX_ACRONYM = 3
"""Letters up to which capitals make another name of a word, unless the whole line is in capitals."""


class _Match(NamedTuple):
    start: int
    end: int
    key: str


def find_mentions(sentences: Sentences, actors: Sequence[Actor], names: Sequence[Name]) -> Spans:
    """Return where `sentences` have the names of `actors`.

    Names match in the form of `name_key` at word boundaries; the longest match wins. A word that is capitalised in the
    actor's name must be capitalised in the text, and an acronym must be the same, so that the pronoun "us" is
    not "US". Spans cover the name alone, without title and possessive ending. Names in datelines are no mentions, and
    neither are names inside a longer name that is somebody else's ("Clinton Foundation", "Michelle Obama") or
    inside a compound adjective ("US-led"). A name that several actors have is a mention of the one that title, gender
    or the rest of the article point to, else of nobody (`disambiguate`).

    Parameters
    ----------
    sentences : Sentences
        Articles of one event.
    actors : sequence of Actor
        Whom to find.
    names : sequence of Name
        All names of `sentences`.

    Returns
    -------
    Spans
        Mentions of kind ``name``, in order of articles and offsets.
    """
    bearers = _bearers(actors)
    if not bearers:
        return Spans()
    automaton = _automaton(tuple(sorted(bearers)))
    known = {actor.id: actor for actor in actors}
    cases = WordCases(sentences)
    namesakes = _bearers_of_surnames(actors)
    by_article: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_article[name.article].append(name)
    candidates: list[Candidates] = []
    for position, article in enumerate(sentences.articles):
        rows = np.flatnonzero(sentences.article == position)
        own_names = by_article[article.id]
        titles = {name.start: name.title.split()[-1] for name in own_names if name.title}
        marked = {(name.start, name.end) for name in own_names if name.certain}
        matches = _matches(article.document, automaton, bearers, known)
        matches = [one for one in matches if _is_whole_name(article.document, one, own_names, bearers)]
        for match, row in _within_sentences(sentences, rows, matches):
            ids = [one for one in bearers[match.key] if _case_fits(article.document, match, known[one])]
            is_marked = (match.start, match.end) in marked or match.start in titles
            if not _is_lower(match.key, [known[one] for one in ids]) and not _is_name_in(
                sentences, row, match, cases, marked=is_marked
            ):
                continue
            ids = _owned(article.document, match, [known[one] for one in ids])
            ids = _of_gender(ids, namesakes[match.key], known, titles.get(match.start, ""))
            own = [one for one in ids if name_key(known[one].name) == match.key]
            ids = own if len(own) == 1 else ids
            if ids:
                candidates.append(Candidates(article.id, *match, ids, titles.get(match.start, "")))
    candidates += [*_by_given_name(sentences, names, candidates, known)]
    order = {article.id: position for position, article in enumerate(sentences.articles)}
    candidates.sort(key=lambda one: (order[one.article], one.start))
    text_starts = {one.id: len(one.document) - len(one.text) for one in sentences.articles}
    return disambiguate(candidates, known, text_starts)


def _by_given_name(
    sentences: Sentences,
    names: Iterable[Name],
    candidates: Sequence[Candidates],
    known: Mapping[str, Actor],
) -> Iterable[Candidates]:
    """Yield titles with a given name ("Sir Keir", "Dr Mahathir") of the one person named in the article who has that name.

    Every knight is called so; a ruler ("Prince Omar") only who has that title before other names of his, too. Other titles
    stand before surnames in English ("Judge Thomas"), so that the given name must be none that is common there.
    """
    documents = {article.id: article.document for article in sentences.articles}
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        if len(one.ids) == 1 and known[one.ids[0]].kind == "person":
            titles[one.ids[0]].add(one.title or title_before(documents[one.article], one.start))
            for first in {
                first for name in known[one.ids[0]].names for first in given_and_surname(name)[0][:1]
            }:
                given[one.article, first].add(one.ids[0])
    taken = {(one.article, one.start) for one in candidates}
    for name in names:
        key, title = name_key(name.text), name.title.split()[-1] if name.title else ""
        ids = given.get((name.article, key), set())
        if not title or len(ids) != 1 or (name.article, name.start) in taken:
            continue
        [id] = ids
        genders = {lexicons.name_titles().get(title, ""), gender_of(known[id])} - {""}
        called = title in (titles[id] if title in _RULERS else _KNIGHTS)
        if len(genders) < 2 and (called or (title not in _RULERS and key not in lexicons.first_names())):
            yield Candidates(name.article, name.start, name.end, key, [id], title)


def _bearers(actors: Sequence[Actor]) -> dict[str, list[str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for name in actor.names:
            key = name_key(name).removeprefix("the ")
            if key and actor.id not in bearers[key]:
                bearers[key].append(actor.id)
    return dict(bearers)


def _bearers_of_surnames(actors: Sequence[Actor]) -> Mapping[str, list[str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for surname in sorted({name_key(name.split()[-1]) for name in actor.names if " " in name}):
            bearers[surname].append(actor.id)
    return bearers


def _automaton(keys: Iterable[str]) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for key in keys:
        automaton.add_word(key, key)
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=4096)
def _character_key(cluster: str) -> str:
    return name_key(f"x{cluster}x")[1:-1]


def keyed(text: str) -> tuple[str, list[int]]:
    """Return `text` in the form of `name_key`, and the offset in `text` of each of its characters.

    Examples
    --------
    >>> keyed("U.S.’s  ﬁt")
    ("u.s.'s fit", [0, 1, 2, 3, 4, 5, 6, 8, 8, 9])
    """
    import unicodedata

    key: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        plain = _PLAIN.match(text, position)
        if plain:
            end = plain.end() - bool(unicodedata.combining(text[plain.end() : plain.end() + 1] or " "))
            key.append(text[position:end].lower())
            offsets.extend(range(position, end))
            position = end
            if end == plain.end():
                continue
        end = position + 1
        while end < len(text) and (
            text[end].isspace() if text[position].isspace() else unicodedata.combining(text[end])
        ):
            end += 1
        characters = " " if text[position].isspace() else _character_key(text[position:end])
        key.append(characters)
        offsets.extend([position] * len(characters))
        position = end
    return "".join(key), offsets


def _matches(
    document: str, automaton: Any, bearers: Mapping[str, list[str]], known: Mapping[str, Actor]
) -> list[_Match]:
    text, offsets = keyed(document)
    offsets.append(len(document))
    matches = []
    for last, key in automaton.iter(text):
        first = last - len(key) + 1
        if _bounded(text, first, last + 1):
            match = _Match(offsets[first], offsets[last + 1], key)
            if any(_case_fits(document, match, known[one]) for one in bearers[key]):
                matches.append(match)
    longest: list[_Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in longest):
            longest.append(match)
    return sorted(longest)


def _bounded(text: str, start: int, end: int) -> bool:
    """Return whether start and end are word boundaries, outside web addresses and hashtags."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in {"@", "#", "/", "_"}:
        return False
    if after[:1].isalnum() or after[:1] in {"_", "@"}:
        return False
    if after[:1] == "'" and after[1:2].isalpha() and after[1:2] != "s":
        return False
    return not (after[:1] == "." and after[1:2].isalnum())


def _case_fits(document: str, match: _Match, actor: Actor) -> bool:
    """Return whether the text capitalises every word that is capitalised in one of the actor's names of that key."""
    text = document[match.start : match.end]
    after = document[match.end : match.end + 2]
    if (after[:1] == "-" and after[1:2].islower()) or _LOWER_PREFIX.search(document[: match.start][-20:]):
        return False  # a compound adjective: "US-led", "anti-Doe"
    lower = text.split()[-1].islower() and not actor.declared and bool(state_body(text))
    if lower and not ends_phrase(document, match.end):
        return False  # "the Israeli army base"
    for name in actor.names:
        plain = name[4:] if name[:4].casefold() == "the " else name
        if name_key(plain) != match.key:
            continue
        own, written = plain.split(), text.split()
        if len(own) == len(written) and all(map(_word_case_fits, own, written)):
            return not _is_acronym(plain, text) or _line_of(document, match).isupper()
    return False


def _word_case_fits(own: str, written: str) -> bool:
    letters = [c for c in own if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return own == written
    return not own[:1].isupper() or written[:1].isupper()


def _is_acronym(name: str, written: str) -> bool:
    """Return whether a text has a short name in capitals that are not the name's: "UN" is not "Un"."""
    return written.isupper() and not name.isupper() and 1 < len(written) <= MAX_ACRONYM


def _line_of(document: str, match: _Match) -> str:
    return document[document.rfind("\n", 0, match.start) + 1 :].split("\n", 1)[0]


def _is_whole_name(
    document: str, match: _Match, names: Sequence[Name], bearers: Mapping[str, list[str]]
) -> bool:
    """Return whether the match is not part of a longer name that is somebody else's."""
    for name in names:
        if name.start > match.start:
            break
        if name.end < match.end or (name.end - name.start) <= match.end - match.start:
            continue
        if name_key(name.text) in bearers or ("-" in name.text and " " not in name.text):
            continue
        if name.kind or " " not in match.key:
            return False
    following = split_words(document[match.end : match.end + 30].split("\n")[0])
    if following and document[match.end : match.end + 1] == " " and following[0].start == 1:
        word = following[0]
        kind = lexicons.organisation_heads().get(word.key, "") if word.text[:1].isupper() else ""
        return kind not in {"organisation", "party"} or " " in match.key or bool(country_code(match.key))
    return True


def _within_sentences(
    sentences: Sentences, rows: np.ndarray, matches: Iterable[_Match]
) -> Iterable[tuple[_Match, int]]:
    """Yield the matches within one sentence and its row, without datelines."""
    article = sentences.articles[sentences.article[rows[0]]] if len(rows) else None
    for match in matches:
        at = int(np.searchsorted(sentences.start[rows], match.start, side="right")) - 1
        if article is None or at < 0 or match.end > sentences.end[rows[at]]:
            continue
        row = int(rows[at])
        if match.start >= dateline_end(article.document, int(sentences.start[row])):
            yield match, row


def _is_name_in(sentences: Sentences, row: int, match: _Match, cases: WordCases, *, marked: bool) -> bool:
    """Return whether the match, if one word, is a name in its sentence and no mere word of it."""
    if " " in match.key:
        return True
    offset, article = int(sentences.start[row]), sentences.article_of(row).id
    start, end = match.start - offset, match.end - offset
    return is_name_here(cases, article, sentences.text[row], start, end, match.key, marked=marked)


def _is_lower(key: str, bearers: Iterable[Actor]) -> bool:
    """Return whether an actor has the name in lower case ("police"): then its case shows nothing."""
    return any(name_key(name) == key and name.islower() for actor in bearers for name in actor.names)


def _of_gender(ids: list[str], namesakes: Sequence[str], known: Mapping[str, Actor], title: str) -> list[str]:
    """Return whom a surname may mean behind a title of one gender: "Mrs. Poe" is not Bob Poe where there is an Ann Poe."""
    other = {"m": "f", "f": "m"}.get(lexicons.name_titles().get(title, ""), "")
    if not other or any(gender_of(known[id]) != other for id in ids):
        return ids
    return [id for id in namesakes if gender_of(known[id]) != other] or ids


def _owned(document: str, match: _Match, bearers: Sequence[Actor]) -> list[str]:
    """Return whose name it may be by the country before it: a body of that country, else any that is no other country's."""
    before = document[max(0, match.start - 40) : match.start].rstrip()
    words = split_words(before)
    stated = words and not before[words[-1].end :].strip("’'s ") and words[-1].text[:1].isupper()
    owner = country_code(words[-1].text) if stated else ""
    if not owner:
        return [actor.id for actor in bearers]
    countries = {
        actor.id: {country_code(word.text) for name in actor.names for word in split_words(name)} - {""}
        for actor in bearers
        if actor.kind in {"organisation", "office", "party"}
    }
    own = [id for id, codes in countries.items() if owner in codes]
    return own or [actor.id for actor in bearers if not countries.get(actor.id)]
