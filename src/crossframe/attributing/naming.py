"""Names from spans that a finder marked: it says where they are and of what kind, rules give titles and evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.names import Name, describe_name, spot_names
from crossframe.attributing.runs import judge_run
from crossframe.attributing.words import Word, dateline_end, is_headline, kind_of_known, split_words
from crossframe.records import Sentences
from crossframe.text import match_key

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
    datelines are passed over, and in title-case headlines only names count that the event has elsewhere.

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
    found: list[Name] = []
    headlines: list[Name] = []
    for row, spans in enumerate(marked):
        text = sentences.text[row]
        words = split_words(text)
        article, offset = sentences.article_of(row), int(sentences.start[row])
        own = [_placed(name, article.id, row, offset) for name in _names_of(text, words, spans, usual)]
        names = _join(own, ruled[row])
        dateline = dateline_end(article.document, offset)
        kept = headlines if is_headline(text, words) else found
        kept += [name for name in names if name.start >= dateline]
    known = {match_key(name.text) for name in found}
    known |= {match_key(name.text.split()[-1]) for name in found if name.kind == "person"}
    found += [name for name in headlines if match_key(name.text) in known]
    return sorted(found, key=lambda name: (name.row, name.start))


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
        if not inside:
            continue
        first, end = inside[0], inside[-1] + 1
        kind, title = usual[match_key(text[span.start : span.end])], ""
        if kind == "person":
            start, title, judged = judge_run(words, first, end)
            first, title = (start, title) if judged == "person" and start < end else (first, "")
        name = describe_name(text, words, first, end, {}, title=title, kind=kind, inside=True)
        told = " ".join(text[name.start : name.end].split())
        yield replace(
            name,
            text=told,
            kind=kind_of_known(told) or name.kind,
            place=name.place or name.kind == "place",
        )


def _placed(name: Name, article: str, row: int, offset: int) -> Name:
    return replace(name, article=article, row=row, start=offset + name.start, end=offset + name.end)


def _join(own: Sequence[Name], ruled: Sequence[Name]) -> list[Name]:
    """Return the marked names, with what rules say of the same ones, and the rules' own where they are sure."""
    joined = []
    for name in own:
        same = next((one for one in ruled if one.end == name.end and one.title), None)
        joined.append(replace(name, title=name.title or same.title) if same is not None else name)
    for one in ruled:
        if _is_sure(one) and all(one.end <= name.start or name.end <= one.start for name in own):
            joined.append(one)
    return joined


def _is_sure(name: Name) -> bool:
    """Return whether word lists alone tell a name: a known group or office, or a person with a form of address."""
    known = kind_of_known(name.text) in {"group", "office"}
    return known or (name.title != "" and lexicons.name_titles().get(name.title, "") != "")
