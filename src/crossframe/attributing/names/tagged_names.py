"""Names from spans that a finder marked: it says where they are and of what kind, rules give titles and evidence."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from crossframe import lexicons
from crossframe.attributing.names.runs import judge_run
from crossframe.attributing.names.spotting import Name, describe_name, spot_names
from crossframe.attributing.syntax.words import Word, dateline_end, is_headline, kind_of_known, split_words
from crossframe.records import Sentences
from crossframe.text import match_key

_DEGREE = re.compile(r"[RDI]-")
_PARTISAN = frozenset({"democratic", "republican"})
_ELECTION = re.compile(r"(?:\s\w+)?\s(?:by-)?elections?\b")
_CAPITALS = re.compile(r"[A-Z0-9&.-]+s?")
SURE = 0.8
"""Probability from which a finder is believed in a title-case headline; below it, in those of 25 events of BASIL, half of
what it marked was wrong, above it hardly any."""
KINDS = ("organisation", "party", "person", "place")
"""What a finder marks; groups and offices, which no corpus teaches, are told by word lists."""


class Marked(NamedTuple):
    """A span that a finder marked: offsets in characters of its sentence, one of `KINDS`, and how sure it is."""

    start: int
    end: int
    kind: str
    probability: float = 1.0


def name_marked(sentences: Sentences, marked: Sequence[Sequence[Marked]]) -> list[Name]:
    """Return the names that a finder marked, and those of rules where word lists leave no doubt.

    A name has one kind in an event: what is marked now so, now so is what it is marked most. Titles are cut off,
    datelines are passed over, and in title-case headlines only names count that are sure or that the event has elsewhere.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    marked : sequence of sequence of Marked
        For each sentence, in order.

    Returns
    -------
    list of Name
        In order; `kind` is one of `KINDS`, or what word lists know the name for.
    """
    ruled: dict[int, list[Name]] = defaultdict(list)
    for name in spot_names(sentences):
        ruled[name.row].append(name)
    usual = _usual_kinds(sentences, marked)
    split = [split_words(text) for text in sentences.text]
    headline = [is_headline(text, words) for text, words in zip(sentences.text, split, strict=True)]
    found: list[Name] = []
    for row in np.argsort(headline, kind="stable").tolist():
        text, spans = sentences.text[row], marked[row]
        if headline[row]:
            known = _keys(found)
            spans = [s for s in spans if s.probability >= SURE or match_key(text[s.start : s.end]) in known]
        article, offset = sentences.article_of(row), int(sentences.start[row])
        own = [_placed(one, article.id, row, offset) for one in _names_of(text, split[row], spans, usual)]
        dateline = dateline_end(article.document, offset)
        found += [one for one in _join(article.document, own, ruled[row]) if one.start >= dateline]
    return sorted(found, key=lambda name: (name.row, name.start))


def _keys(names: Sequence[Name]) -> set[str]:
    """Return the names, and the last words of persons' names, as they are matched."""
    people = {match_key(name.text.split()[-1]) for name in names if name.kind == "person"}
    return {match_key(name.text) for name in names} | people


def _usual_kinds(sentences: Sentences, marked: Sequence[Sequence[Marked]]) -> dict[str, str]:
    """Return the kind that every marked text is marked as most, by summed probability."""
    weight: dict[str, Counter[str]] = defaultdict(Counter)
    for text, spans in zip(sentences.text, marked, strict=True):
        for span in spans:
            weight[match_key(text[span.start : span.end])][span.kind] += span.probability  # type: ignore[assignment]
    return {key: min(kinds, key=lambda kind: (-kinds[kind], kind)) for key, kinds in weight.items()}


def _names_of(text: str, words: list[Word], spans: Sequence[Marked], usual: dict[str, str]) -> Iterator[Name]:
    for span in spans:
        inside = [i for i, word in enumerate(words) if word.start < span.end and span.start < word.end]
        if not _is_written_large(text, [words[i] for i in inside]):
            continue
        kind = usual[match_key(text[span.start : span.end])]
        first, end, title, kind = _settle(text, words, inside[0], inside[-1] + 1, kind)
        if first >= end:
            continue
        name = describe_name(text, words, first, end, {}, title=title, kind=kind, inside=True)
        told = " ".join(text[name.start : name.end].split())
        yield replace(name, text=told, kind=kind_of_known(told) or name.kind)


def _settle(text: str, words: list[Word], first: int, end: int, kind: str) -> tuple[int, int, str, str]:
    """Return first word, word after the last, title and kind of what is marked as `kind`; no word where it is no name.

    The form of a name may tell more than the finder: a title before it and a suffix behind it, a body or a law by its last
    word ("Doe administration", "Doe Act"), an adjective that is none ("Democratic").
    """
    start, title, judged = judge_run(words, first, end)
    if judged in {"group", "office"}:
        return first, end, "", judged
    if all(words[i].key in lexicons.demonyms() or words[i].key in _PARTISAN for i in range(first, end)):
        return end, end, "", kind
    if kind != "person":
        return first, end, "", kind
    if judged not in {"person", ""} and words[first].key not in lexicons.first_names():
        return first, end, "", judged
    first, title = (start, title) if judged == "person" else (first, "")
    while end < len(words) and _is_suffix(text, words[end - 1], words[end]):
        end += 1
    return first, end, title, kind


def _is_suffix(text: str, name: Word, word: Word) -> bool:
    return word.key in lexicons.name_parts("suffix") and text[name.end : word.start] in {" ", ", "}


def _is_written_large(text: str, words: Sequence[Word]) -> bool:
    """Return whether a word is written large, in a text that writes any so, and none is a letter or a party's and state's ("R-Ohio")."""
    large = any(letter.isupper() for word in words for letter in word.text) or text == text.lower()
    letter_only = sum(letter.isalnum() for word in words for letter in word.text) < 2
    return large and not letter_only and not any(_DEGREE.match(word.text) for word in words)


def _placed(name: Name, article: str, row: int, offset: int) -> Name:
    return replace(name, article=article, row=row, start=offset + name.start, end=offset + name.end)


def _join(text: str, own: Sequence[Name], ruled: Sequence[Name]) -> list[Name]:
    """Return the marked names with the titles that rules see, and the rules' own where they are sure.

    A sure one that holds a marked one and more ("House Democrats") stands for it; else what is marked stands.
    """
    sure = [
        one
        for one in ruled
        if _is_sure(text, one) and all(_holds(one, name) for name in own if _overlap(one, name))
    ]
    joined = list(sure)
    for name in own:
        if not any(_overlap(one, name) for one in sure):
            same = next((one for one in ruled if one.end == name.end and one.title), None)
            joined.append(replace(name, title=name.title or same.title) if same is not None else name)
    return joined


def _overlap(left: Name, right: Name) -> bool:
    return left.start < right.end and right.start < left.end


def _holds(longer: Name, name: Name) -> bool:
    return longer.start <= name.start and name.end <= longer.end and longer.text != name.text


def _is_sure(text: str, name: Name) -> bool:
    """Return whether word lists alone tell a name: a body, known or told by its head, or a person with a form of address.

    Bodies that an election is named after ("2014 United States Senate election") are none, and neither is what only
    its capitals tell.
    """
    if name.kind == "person":
        return lexicons.name_titles().get(name.title, "") != ""
    if _ELECTION.match(text, name.end):
        return False
    told = name.kind in {"group", "office", "organisation", "party"} and not _CAPITALS.fullmatch(name.text)
    return told or kind_of_known(name.text) in {"group", "office", "organisation", "party"}
