"""Names from the spans that a finder marks: rules add titles, surroundings, and the groups and offices of word lists."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe.attributing.names.body_descriptions import is_body_noun
from crossframe.attributing.names.completed import add_acting_words, complete_names
from crossframe.attributing.names.compounds import join_compounds
from crossframe.attributing.names.repeated import repeat_names
from crossframe.attributing.names.runs import judge_run
from crossframe.attributing.names.spotting import Name, describe_name, spot_names
from crossframe.attributing.names.titles import is_title, title_length
from crossframe.attributing.syntax.words import (
    PARTY_AND_STATE,
    Word,
    dateline_end,
    is_capital,
    is_headline,
    is_saying_verb,
    kind_of_known,
    may_be_finite,
    split_words,
    title_before,
)
from crossframe.errors import InputError
from crossframe.records import NameSpans, Sentences
from crossframe.text import name_key

_PARTISAN = frozenset({"democratic", "republican"})
_ELECTION = re.compile(r"(?:\s\w+)?\s(?:(?:by-)?elections?|primar(?:y|ies))\b")
_AGE_BEHIND = re.compile(r",\s\d{1,3}\b")
_MEETING = re.compile(r"\b(?:conference|convention|summit)$", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z0-9&.-]+s?")
_MARKED_BODIES = frozenset({"organisation", "party"})
_LISTED_KINDS = _MARKED_BODIES | {"group", "office"}
_PUBLIC_BODIES = frozenset(
    ["agency", "army", "bundestag", "bureau", "caucus", "commission", "committee", "corps", "council", "court", "department",
     "duma", "government", "hospital", "knesset", "legislature", "ministry", "navy", "parliament", "police", "senate",
     "treasury", "tribunal", "university"]
)  # fmt: skip
"""Head nouns of bodies that are never parties, though a finder may take them for one, or for a place ("Parliament of Norway")."""
MIN_IN_HEADLINES = 0.8
"""Probability from which a finder is believed in a title-case headline; below it, half of what the shipped finder marked in
those of 25 events of BASIL was wrong, above it hardly any."""


class MarkedName(NamedTuple):
    """A name that a finder marks: offsets in characters of its sentence, kind, probability."""

    start: int
    end: int
    kind: str
    probability: float = 1.0


def spans_of_names(names: Sequence[Name]) -> NameSpans:
    """Return where `names` stand, and of what kind they are; countries are places here."""
    return NameSpans.from_rows(
        {
            "article": name.article,
            "start": name.start,
            "end": name.end,
            "kind": "place" if name.kind == "country" else name.kind,
        }
        for name in names
    )


def describe_names(sentences: Sentences, spans: NameSpans | None = None) -> list[Name]:
    """Return the names at `spans` with what rules add, and those of rules where word lists leave no doubt.

    A name has one kind in an event: the one it is marked as most, by summed probability, unless word lists know another.
    Titles are cut off, datelines are passed over, and in title-case headlines only names count that are certain or that
    the event has elsewhere.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    spans : NameSpans, optional
        From a finder; those that reach beyond their sentence are passed over, and of overlapping ones the longest
        counts. None, or spans that the rule finder marks in `sentences`, stands for the names that rules spot.

    Returns
    -------
    list of Name
        In order of sentences and offsets.

    Raises
    ------
    InputError
        When `spans` are no NameSpans, or one lies outside the articles of `sentences`.
    """
    if not isinstance(spans, NameSpans | None):
        raise InputError(f"Invalid names of type {type(spans).__name__!r}. They must be NameSpans.")
    spotted = spot_names(sentences)
    if spans is None or np.isnan(spans.probability).all():
        joined = join_compounds(sentences, spotted)
        if spans is None or _are_those_of(joined, spans):
            return complete_names(sentences, joined)
    marked = _by_sentence(sentences, spans)
    usual = _usual_kinds(sentences, marked)
    split = [split_words(text) for text in sentences.text]
    headline = [is_headline(text, words) for text, words in zip(sentences.text, split, strict=True)]
    ruled: dict[int, list[Name]] = defaultdict(list)
    for name in spotted:
        ruled[name.row].append(name)
    names: list[Name] = []
    for row in np.argsort(headline, kind="stable").tolist():
        text, listed = sentences.text[row], marked[row]
        if headline[row]:
            elsewhere = _keys(names)
            listed = [
                one
                for one in listed
                if one.probability >= MIN_IN_HEADLINES or name_key(text[one.start : one.end]) in elsewhere
            ]
        article, offset = sentences.article_of(row), int(sentences.start[row])
        own = [_placed(one, article.id, row, offset) for one in _names_of(text, split[row], listed, usual)]
        dateline = dateline_end(article.document, offset)
        names += [one for one in _join(article.document, own, ruled[row]) if one.start >= dateline]
    names = join_compounds(sentences, repeat_names(sentences, names), _body_shares(sentences, marked))
    names = add_acting_words(sentences, names)
    return complete_names(sentences, _unite_kinds(names))


def _unite_kinds(names: list[Name]) -> list[Name]:
    """Return the names, acronyms with the kind of the body that the event introduces them behind ("Reform Union (RU)")."""
    kinds = {name.acronym: name.kind for name in names if name.acronym and name.kind in _MARKED_BODIES}
    return [replace(name, kind=kinds.get(name.text, name.kind)) for name in names]


def _body_shares(sentences: Sentences, marked: Sequence[Sequence[MarkedName]]) -> dict[str, float]:
    """Return name, as it is matched -> mean probability with which it is marked as a body; marks of other kinds count as 0."""
    marks: dict[str, list[float]] = defaultdict(list)
    for text, spans in zip(sentences.text, marked, strict=True):
        for span in spans:
            key = name_key(text[span.start : span.end])
            marks[key].append(span.probability if span.kind in _MARKED_BODIES else 0)
    return {key: sum(some) / len(some) for key, some in marks.items()}


def _are_those_of(names: Sequence[Name], spans: NameSpans) -> bool:
    """Return whether `spans` are what `spans_of_names` returns for `names`."""
    return len(spans) == len(names) and str([*spans.rows()]) == str([*spans_of_names(names).rows()])


def _by_sentence(sentences: Sentences, spans: NameSpans) -> list[list[MarkedName]]:
    """Return the spans of every sentence in order, offsets in its characters."""
    lengths = {article.id: len(article.document) for article in sentences.articles}
    by_row: dict[int, list[MarkedName]] = defaultdict(list)
    for one in spans.rows():
        if one["end"] > lengths.get(one["article"], -1):
            raise InputError(
                f"Invalid name ({one['start']}, {one['end']}) of article {one['article']!r}. It must lie within the "
                "document of one of the articles read."
            )
        if not len(sentences.rows_of(one["article"])):
            continue
        row = sentences.locate(one["article"], one["start"])
        offset = int(sentences.start[row])
        probability = 1.0 if np.isnan(one["probability"]) else one["probability"]
        if offset <= one["start"] and one["end"] <= sentences.end[row]:
            span = MarkedName(one["start"] - offset, one["end"] - offset, one["kind"], probability)
            span = _without_people(sentences.text[row], span, sentences.text)
            by_row[row].append(_without_tail(sentences.text[row], span, sentences.text))
    return [_longest(by_row[row]) for row in range(len(sentences))]


def _longest(spans: Sequence[MarkedName]) -> list[MarkedName]:
    """Return the spans in order, of overlapping ones the longest, else the first."""
    chosen: list[MarkedName] = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        if all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen)


def _without_people(text: str, span: MarkedName, event: Collection[str]) -> MarkedName:
    """Return a marked name without the people of whom it speaks ("Friends of Poe"), unless the event has it twice.

    People who open a sentence are capitalised for that; a body that is called so ("Friends of Poe Park") is named again.
    """
    words = [word for word in split_words(text) if word.start < span.end and span.start < word.end]
    nouns = lexicons.people_nouns("persons") | lexicons.people_nouns("plurals")
    people = len(words) > 2 and words[0].opens and words[0].key in nouns and words[1].text == "of"
    if not people or not words[2].capital or sum(one.count(text[span.start : span.end]) for one in event) > 1:
        return span
    return span._replace(start=words[2].start)


def _without_tail(text: str, span: MarkedName, event: Collection[str]) -> MarkedName:
    """Return a marked name without the lower-case words behind its last other word ("Lai deaf", "AU envoys").

    They stay where they end with the noun of a body ("Doe administration"), and where no text of the event has the name
    without them, unless they end with a verb ("O’Neill continued").
    """
    words = [word for word in split_words(text) if word.start < span.end and span.start < word.end]
    ends = [word.end for word in words if not word.text.islower()]
    last = words[-1].key if ends and ends[-1] < words[-1].end else ""
    whole, end = text[span.start : span.end], ends[-1] if ends else span.end
    verb = is_saying_verb(last) or may_be_finite(last)
    body = lexicons.organisation_heads().get(last, "group") != "group" or is_body_noun(last)
    if not last or (body and not verb):
        return span
    name = re.compile(rf"\b{re.escape(text[span.start : end])}\b(?!{re.escape(whole[end - span.start :])}\b)")
    return span._replace(end=end) if verb or any(map(name.search, event)) else span


def _keys(names: Sequence[Name]) -> set[str]:
    """Return the names, and the last words of persons' names, in the form in which they are matched."""
    people = {name_key(name.text.split()[-1]) for name in names if name.kind == "person"}
    return {name_key(name.text) for name in names} | people


def _usual_kinds(sentences: Sentences, marked: Sequence[Sequence[MarkedName]]) -> dict[str, str]:
    """Return the kind that every marked text is marked as most, by summed probability, or that other names show it to be.

    A title or an age makes a body a person. A surname alone is a person's where the event has the full name, whatever body it is
    marked as, or place that no preposition of place stands before; so is a longer name that ends with a full one ("Aung San Suu Kyi"), and a first word alone whose full name's last word never stands alone ("Xi"). A
    name of two words is a person's where a person has its last word and its first letter: a spelling of that name. A
    capital is a place, unless the event has a longer name with it ("Jack London") or gives it a title or an age.
    """
    weight: dict[str, Counter[str]] = defaultdict(Counter)
    places: set[str] = set()
    called: set[str] = set()
    for text, spans in zip(sentences.text, marked, strict=True):
        for span in spans:
            key, before = name_key(text[span.start : span.end]), set(text[: span.start].split()[-1:])
            weight[key][span.kind] += span.probability  # type: ignore[assignment]
            places |= {key} if span.kind == "place" and before & lexicons.name_parts("place") else set()
            called |= {key} if title_before(text, span.start) or _AGE_BEHIND.match(text, span.end) else set()
    usual = {key: min(kinds, key=lambda kind: (-kinds[kind], kind)) for key, kinds in weight.items()}
    usual |= {
        key: "person"
        for key in called
        if usual[key] in _MARKED_BODIES
        and not kind_of_known(key)
        and lexicons.organisation_heads().keys().isdisjoint(key.split())
    }
    initials = {(key[0], key.split()[-1]) for key, kind in usual.items() if kind == "person" and " " in key}
    for key, kind in usual.items():
        if kind in _MARKED_BODIES and key.count(" ") == 1 and (key[0], key.split()[1]) in initials:
            usual[key] = "person"
    full = [key.split() for key, kind in usual.items() if kind == "person" and " " in key]
    tails = {" ".join(words) for words in full}
    no_name = lexicons.function_words() | lexicons.organisation_heads().keys()
    usual |= {
        key: "person"
        for key in usual
        if " ".join(key.split()[-2:]) in tails and no_name.isdisjoint(key.split())
    }
    surnames = {" ".join(words[at:]) for words in full for at in range(1, len(words))}
    first = {words[0]: weight[" ".join(words)]["person"] for words in full if words[-1] not in usual}
    usual |= dict.fromkeys(
        (key for key in usual if is_capital(key) and _is_seat(key, usual, called)), "place"
    )
    for key, kind in usual.items():
        free = kind in _MARKED_BODIES or (
            kind == "place" and key not in places and not (len(key) > 2 and key in lexicons.us_states())
        )  # postal codes are no names: "Ri" is a surname
        leads = (kind == "place" and key in first and key not in lexicons.first_names()) or (
            kind in _MARKED_BODIES and weight[key][kind] < first.get(key, 0)
        )
        if free and not kind_of_known(key) and (key in surnames or leads):
            usual[key] = "person"
    return usual


def _is_seat(capital: str, usual: Mapping[str, str], called: Collection[str]) -> bool:
    """Return whether a capital's name is the place: nobody is called so, and nothing of the kind that it is marked as."""
    longer = (other for other, kind in usual.items() if kind == usual[capital] and " " in other)
    free = capital not in called and capital not in lexicons.first_names()
    return free and not any(capital in other.split() for other in longer)


def _names_of(
    text: str, words: list[Word], spans: Sequence[MarkedName], usual: dict[str, str]
) -> Iterator[Name]:
    for span in spans:
        inside = [i for i, word in enumerate(words) if word.start < span.end and span.start < word.end]
        if not _is_capitalised(text, [words[i] for i in inside]):
            continue
        kind = usual[name_key(text[span.start : span.end])]
        first, end, title, kind = _bounds_of(text, words, inside[0], inside[-1] + 1, kind)
        if first >= end:
            continue
        length = 0 if title else title_length(words[first:end], usual)
        if length:
            title = " ".join(word.key for word in words[first : first + length])
            first, kind = first + length, "person"
        name = describe_name(text, words, (first, end), {}, title=title, kind=kind, inside=True)
        plain = " ".join(text[name.start : name.end].split())
        yield replace(name, text=plain, kind=kind_of_known(plain) or name.kind)


def _bounds_of(text: str, words: list[Word], first: int, end: int, kind: str) -> tuple[int, int, str, str]:
    """Return first word, word after the last, title and kind of what is marked as `kind`; no words where it is no name.

    The form of a name may say more than the finder: a title before it and a suffix behind it, a body or a law by its last
    word ("Doe administration", "Doe Act"), an adjective that is no name ("Democratic").
    """
    while kind == "person" and end > first + 1 and _is_post_nominal(words[end - 1], words[first]):
        end -= 1
    start, title, judged = judge_run(words, first, end)
    if kind == "person" and start == end and not _is_title(words[first]):
        return first, end, "", kind  # a surname that is a title, too: "Hun Sen"
    if judged in {"group", "office"}:
        return first, end, "", judged
    if end == first + 1 and words[first].key in lexicons.people_nouns("plurals"):
        return end, end, "", kind
    if end == first + 1 and words[first].key in lexicons.people_nouns("peoples"):
        return first, end, "", "group"
    if all(words[i].key in lexicons.demonyms() or words[i].key in _PARTISAN for i in range(first, end)):
        return end, end, "", kind
    office = title.split()[-1:] if judged == "person" else []
    if kind == "place" and office and not lexicons.name_titles().get(office[0]):
        return start, end, title, "person"
    if kind != "person":
        return first, end, "", "organisation" if _is_public_body(words[first:end]) else kind
    if judged not in {"person", ""} and words[first].key not in lexicons.first_names():
        return first, end, "", judged
    first, title = (start, title) if judged == "person" else (first, "")
    while end < len(words) and _is_suffix(text, words[end - 1], words[end]):
        end += 1
    return first, end, title, kind


def _is_public_body(words: Sequence[Word]) -> bool:
    """Return whether a name is that of a parliament, court, ministry or the like by its head noun: no party, no place."""
    keys = [word.key for word in words]
    at = next((i for i, key in enumerate(keys) if key in {"of", "for", "on"}), len(keys))
    return (
        keys[at - 1] in _PUBLIC_BODIES
        or keys[:2] == ["house", "of"]
        or keys[at - 1 : at + 1] == ["assembly", "of"]
    )


def _is_title(word: Word) -> bool:
    return is_title(word.key) or word.key in lexicons.name_parts("modifier")


def _is_post_nominal(word: Word, first: Word) -> bool:
    """Return whether a word is of a seat, degree or honour behind a name that begins with `first` ("MP", "PhD"), by its capitals."""
    capitals = sum(letter.isupper() for letter in word.text) > 1 and not first.text.isupper()
    return capitals and word.key.replace(".", "") in lexicons.name_parts("post-nominal")


def _is_suffix(text: str, name: Word, word: Word) -> bool:
    return word.key in lexicons.name_parts("suffix") and text[name.end : word.start] in {" ", ", "}


def _is_capitalised(text: str, words: Sequence[Word]) -> bool:
    """Return whether a word is capitalised, in a text that has capitals, and none is one letter or party and state ("R-Ohio")."""
    capital = any(letter.isupper() for word in words for letter in word.text) or text == text.lower()
    letter_only = sum(letter.isalnum() for word in words for letter in word.text) < 2
    return capital and not letter_only and not any(PARTY_AND_STATE.match(word.text) for word in words)


def _placed(name: Name, article: str, row: int, offset: int) -> Name:
    return replace(name, article=article, row=row, start=offset + name.start, end=offset + name.end)


def _join(text: str, own: Sequence[Name], ruled: Sequence[Name]) -> list[Name]:
    """Return the marked names with the titles that rules see, and the names of rules that are certain.

    A certain one that contains a marked one and more ("House Democrats") replaces it; otherwise the marked one stays.
    """
    certain = [
        one
        for one in ruled
        if _is_certain(text, one) and _may_replace(one, [name for name in own if _overlap(one, name)])
    ]
    joined = list(certain)
    for name in own:
        if not any(_overlap(one, name) for one in certain):
            same = next((one for one in ruled if one.end == name.end and one.title), None)
            joined.append(replace(name, title=name.title or same.title) if same is not None else name)
    return joined


def _may_replace(certain: Name, own: Sequence[Name]) -> bool:
    """Return whether a certain name contains every one of `own`, and is no two bodies and no campaign of a war.

    "Club for Growth and Reform Party" are two; a campaign is a body's where a person or party has it, not where a place is
    before it ("the Gaza campaign"), nor in capitals alone ("the Persian Campaign").
    """
    kinds = {name.kind for name in own}
    of_war = bool(kinds & {"place", "country"}) or (certain.text.endswith("Campaign") and not kinds)
    if certain.text.casefold().endswith(" campaign") and of_war and not kinds & {"person", "party"}:
        return False
    bodies = sum(name.kind in _MARKED_BODIES for name in own)
    return bodies < 2 and all(_contains(certain, name) for name in own)


def _overlap(left: Name, right: Name) -> bool:
    return left.start < right.end and right.start < left.end


def _contains(longer: Name, name: Name) -> bool:
    return longer.start <= name.start and name.end <= longer.end and longer.text != name.text


def _is_certain(text: str, name: Name) -> bool:
    """Return whether word lists alone show a name: a body, known or by its head noun, a person with a form of address, or a
    country of two words, of which a finder may mark the last ("Northern Ireland").

    Bodies that an election is named after ("2014 United States Senate election") are not certain, nor are meetings
    ("Constitutional Convention") and names that only their capitals show.
    """
    if name.kind == "person":
        return lexicons.name_titles().get(name.title, "") != ""
    if _ELECTION.match(text, name.end) or (_MEETING.search(name.text) and not kind_of_known(name.text)):
        return False
    listed = name.kind in _LISTED_KINDS and not _CAPITALS.fullmatch(name.text)
    known = kind_of_known(name.text)
    return listed or known in _LISTED_KINDS or (known == "country" and " " in name.text)
