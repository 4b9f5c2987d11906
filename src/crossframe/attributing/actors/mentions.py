"""Find where given actors are named: exact names in the text, the longest first, capitals respected, homonyms apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from crossframe import lexicons
from crossframe.attributing.actors.common_words import WordCases, is_name_here
from crossframe.attributing.actors.disambiguation import Candidates, disambiguate
from crossframe.attributing.actors.matches import Match, build_automaton, case_fits, find_matches
from crossframe.attributing.actors.people import gender_of
from crossframe.attributing.actors.person_names import given_and_surname
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import (
    country_code,
    dateline_end,
    split_words,
    title_before,
)
from crossframe.records import Actor, Sentences, Spans
from crossframe.text import name_key

_RULERS = frozenset(
    ["king", "queen", "prince", "princess", "emperor", "empress", "sultan", "emir", "pope", "duke", "duchess", "sheikh", "sheik",
     "lord", "lady", "baron", "baroness"]
)  # fmt: skip
"""Titles whose bearers go by the given name alone: another person of that given name has no such title."""
_PRONOUN_BEHIND = re.compile(
    r"(?:,[^,A-Z“”\"]*,)?\s(?:\w+\s)??(?:said|says|added|adds)\s(?:that\s)?(he|she)\b"
)
"""A verb of plain saying and a pronoun behind a name: "Poe said she", "Poe, 61, later said that he"; who asks, denies or
alleges something speaks of others as often."""
_KNIGHTS = frozenset({"sir", "dame"})


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
    automaton = build_automaton(tuple(sorted(bearers)))
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
        matches = find_matches(article.document, automaton, bearers, known)
        matches = [one for one in matches if _is_whole_name(article.document, one, own_names, bearers)]
        for match, row in _within_sentences(sentences, rows, matches):
            ids = [one for one in bearers[match.key] if case_fits(article.document, match, known[one])]
            is_marked = (match.start, match.end) in marked or match.start in titles
            if not _is_name_in(sentences, row, match, cases, [known[one] for one in ids], marked=is_marked):
                continue
            ids = _owned(article.document, match, [known[one] for one in ids])
            ids = _of_gender(ids, namesakes[match.key], known, titles.get(match.start, ""))
            own = [one for one in ids if name_key(known[one].name) == match.key]
            ids = own if len(own) == 1 else ids
            if ids:
                title = titles.get(match.start, "")
                pronoun = _pronoun_behind(article.document, match.end, int(sentences.end[row]))
                candidates.append(Candidates(article.id, *match, ids, title, row, pronoun))
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
            yield Candidates(name.article, name.start, name.end, key, [id], title, name.row)


def _bearers(actors: Sequence[Actor]) -> dict[str, list[str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        own = {name_key(name) for name in actor.names}
        for name in actor.names:
            key = name_key(name).removeprefix("the ")
            address, _, surname = key.partition(" ")
            if not actor.declared and surname in own and address in lexicons.name_titles():
                continue  # "Mrs Poe" is found as Poe, as all spans are
            if key and actor.id not in bearers[key]:
                bearers[key].append(actor.id)
    return dict(bearers)


def _bearers_of_surnames(actors: Sequence[Actor]) -> Mapping[str, list[str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for actor in actors:
        for surname in sorted({name_key(name.split()[-1]) for name in actor.names if " " in name}):
            bearers[surname].append(actor.id)
    return bearers


def _is_whole_name(
    document: str, match: Match, names: Sequence[Name], bearers: Mapping[str, list[str]]
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
    sentences: Sentences, rows: np.ndarray, matches: Iterable[Match]
) -> Iterable[tuple[Match, int]]:
    """Yield the matches within one sentence and its row, without datelines."""
    article = sentences.articles[sentences.article[rows[0]]] if len(rows) else None
    for match in matches:
        at = int(np.searchsorted(sentences.start[rows], match.start, side="right")) - 1
        if article is None or at < 0 or match.end > sentences.end[rows[at]]:
            continue
        row = int(rows[at])
        if match.start >= dateline_end(article.document, int(sentences.start[row])):
            yield match, row


def _is_name_in(
    sentences: Sentences,
    row: int,
    match: Match,
    cases: WordCases,
    bearers: Sequence[Actor],
    *,
    marked: bool,
) -> bool:
    """Return whether the match, if one word, is a name in its sentence and no mere word of it."""
    if " " in match.key or _is_lower(match.key, bearers):
        return True
    offset, article = int(sentences.start[row]), sentences.article_of(row).id
    word = Match(match.start - offset, match.end - offset, match.key)
    text, person = sentences.text[row], all(actor.kind == "person" for actor in bearers)
    in_title = bool(sentences.index[row] == 0)
    return is_name_here(cases, article, text, word, marked=marked, person=person, in_title=in_title)


def _is_lower(key: str, bearers: Iterable[Actor]) -> bool:
    """Return whether an actor has the name in lower case ("police"): then its case shows nothing."""
    return any(name_key(name) == key and name.islower() for actor in bearers for name in actor.names)


def _of_gender(ids: list[str], namesakes: Sequence[str], known: Mapping[str, Actor], title: str) -> list[str]:
    """Return whom a surname may mean behind a title of one gender: "Mrs. Poe" is not Bob Poe where there is an Ann Poe."""
    other = {"m": "f", "f": "m"}.get(lexicons.name_titles().get(title, ""), "")
    if not other or any(gender_of(known[id]) != other for id in ids):
        return ids
    return [id for id in namesakes if gender_of(known[id]) != other] or ids


def _pronoun_behind(document: str, start: int, end: int) -> str:
    """Return the gender of the pronoun with which somebody named before `start` says something of themselves, "" where none stands."""
    match = _PRONOUN_BEHIND.match(document, start, end)
    if match is None:
        return ""
    return "f" if match.group(1) == "she" else "m"


def _owned(document: str, match: Match, bearers: Sequence[Actor]) -> list[str]:
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
