"""The pronouns "they" and "it" of a group or body that is the subject just before, where they can mean nobody else."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.coreference.pronouns import Link
from crossframe.attributing.coreference.referents import read_place
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.quotation_marks import Quoted, pair_marks
from crossframe.attributing.syntax.words import is_saying_verb
from crossframe.records import Cast, Sentences

_BODY_KINDS = frozenset({"group", "organisation", "party"})
_SINGULAR_KINDS = frozenset({"organisation", "party", "office", "country"})
_OPENING = re.compile(r"(?:(?:But|And|Yet|Still|Meanwhile|The|the),?\s)*")
_THEY_OPENS = re.compile(r"(?:(?:But|And|Yet|Still|Then|Later|Instead),?\s)?([Tt]hey)\b")
_SAID_THEY = re.compile(
    r"\s(?:(?:has|have|had|also|[a-z]+ly)\s){0,2}([a-z]+)\s(?:that\s)?(they)\b"
    r"(?:\s(?:are|were|(?:had|have)\s(?:all\s)?been)\s(?:not\s)?([a-z]+))?"
)
"""Behind the subject, with what they are: "police said they were shot" is of others."""
_SAID_IT = re.compile(
    r"\s(?:(?:has|had|also|[a-z]+ly)\s){0,2}([a-z]+)\s(?:that\s)?(it)\s"
    r"(?:(?:would|will|had|has|could|can|might|may|did|does|also|never|not|[a-z]+ly)\s)*([a-z]+)"
)
"""Behind a body, with the verb that "it" has: "the bank said it would pay"."""
_EXPLETIVE = frozenset(
    ["be", "been", "is", "was", "take", "took", "takes", "taken", "cost", "costs", "seem", "seems", "seemed", "appear", "appears",
     "appeared", "happen", "happened", "turned", "rain", "rained", "snow", "snowed", "matter", "mattered", "depend",
     "depended", "remain", "remained", "remains", "make", "made", "makes", "come", "came", "become", "became", "mean", "meant"]
)  # fmt: skip
"""Verbs with which "it" may be nobody: "said it would take years"."""
_BESIDE_SUBJECT = re.compile(r"(?:,\s[^,.;:“”\"]{1,80},)?")
_NON_BINARY = re.compile(r"\b(?:non-?binary|gender-?queer|gender-?fluid|agender|they/them)\b", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_MANY = frozenset(
    [
        "and",
        "both",
        "children",
        "men",
        "others",
        "people",
        "police",
        "staff",
        "troops",
        "two",
        "three",
        "women",
    ]
)
_NO_PLURAL = re.compile(r".{0,3}|.*(?:ss|us|is|[’']s)")


class _Named(NamedTuple):
    """A name: offsets in the document, kind, and actor id or text."""

    start: int
    end: int
    kind: str
    id: str


def find_plurals(sentences: Sentences, cast: Cast, names: Sequence[Name]) -> dict[str, list[Link]]:
    """Return by article the pronouns "they" and "it" that can mean one group or body of the cast alone.

    "They" means the group that opens the sentence as the subject of the verb of saying before it ("Tenants said they would
    stay"), and at the beginning of a sentence the group that is the subject of the sentence before, when that has nobody
    else in the plural: no further group, no two persons, no plural noun for persons, no "and"; beside a body in the singular,
    no further body and no plural at all. Quotations are passed over.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Actors and their mentions by name.
    names : sequence of Name
        All names of the event.

    Returns
    -------
    dict of str to list of Link
        By article, in order.
    """
    kinds = {actor.id: actor.kind for actor in cast.actors}
    named: dict[int, list[_Named]] = defaultdict(list)
    for row in cast.mentions.rows():
        at = sentences.locate(row["article"], row["start"])
        named[at].append(_Named(row["start"], row["end"], kinds[row["actor"]], row["actor"]))
    for name in names:
        if all(name.end <= one.start or one.end <= name.start for one in named[name.row]):
            named[name.row].append(_Named(name.start, name.end, name.kind, name.text))
    single = _are_non_binary(sentences, named)
    links = {one.id: _links_of(sentences, one.id, one.document, named, single) for one in sentences.articles}
    return {id: [one for one in each if one.id in kinds] for id, each in links.items()}


def _links_of(
    sentences: Sentences,
    id: str,
    document: str,
    named: Mapping[int, Sequence[_Named]],
    single: Collection[str],
) -> list[Link]:
    quoted = pair_marks(document.replace("``", "''"))
    links: list[Link] = []
    rows = sentences.rows_of(id).tolist()
    for row, following in zip(rows, [*rows[1:], -1], strict=True):
        text, offset = sentences.text[row], int(sentences.start[row])
        group = next(
            (one for one in named.get(row, ()) if _OPENING.fullmatch(text, 0, one.start - offset)), None
        )
        if group is not None and group.kind in _SINGULAR_KINDS and int(sentences.index[row]):
            links += _said_it(text, offset, group, quoted)
        if (
            group is None
            or (group.kind not in _BODY_KINDS and group.id not in single)
            or int(sentences.index[row]) == 0
        ):
            continue
        start, end = group.start - offset, group.end - offset
        aside = _BESIDE_SUBJECT.match(text, end)
        said = _SAID_THEY.match(text, aside.end() if aside else end)
        found = [offset + said.start(2)] if said and _is_of_speaker(said) else []
        then = _THEY_OPENS.match(sentences.text[following]) if following >= 0 else None
        if then and read_place(text, start, end) == "subject" and _is_alone(text, start, group, named[row]):
            found.append(int(sentences.start[following]) + then.start(1))
        spoken = [at for at in (group.start, *found) if any(one.start <= at < one.end for one in quoted)]
        links += [Link(at, at + len("they"), group.id) for at in found if not spoken]
    return links


def _said_it(text: str, offset: int, body: _Named, quoted: Sequence[Quoted]) -> list[Link]:
    """Return the "it" of a body that opens a sentence as the subject of a verb of saying: "The bank said it would pay"."""
    aside = _BESIDE_SUBJECT.match(text, body.end - offset)
    said = _SAID_IT.match(text, aside.end() if aside else body.end - offset)
    if said is None or not is_saying_verb(said.group(1)) or said.group(3) in _EXPLETIVE:
        return []
    start = offset + said.start(2)
    spoken = any(one.start <= at < one.end for one in quoted for at in (body.start, start))
    return [] if spoken else [Link(start, start + len("it"), body.id)]


def _is_of_speaker(said: re.Match[str]) -> bool:
    """Return whether "they" behind a verb of saying are who speaks: they do something, or are something but a victim."""
    what = said.group(3) or ""
    active = not what or what.endswith("ing") or what in lexicons.people_nouns("evaluative")
    return is_saying_verb(said.group(1)) and active


def _are_non_binary(sentences: Sentences, named: Mapping[int, Sequence[_Named]]) -> frozenset[str]:
    """Return the persons of whom a sentence that names no other says that "they" is their pronoun."""
    found = set()
    for row, each in named.items():
        persons = {one.id for one in each if one.kind == "person"}
        if len(persons) == 1 and _NON_BINARY.search(sentences.text[row]):
            found |= persons
    return frozenset(found)


def _is_alone(text: str, start: int, group: _Named, named: Sequence[_Named]) -> bool:
    """Return whether a sentence mentions nobody else whom "they" may mean beside `group`, which begins at `start` in `text`.

    Beside a group that is itself plural ("Democrats"), things and single bodies are no such others: the subject goes on.
    """
    end = start + group.end - group.start
    beside = [one for one in named if one.id != group.id]
    plural = group.kind == "group" or text[:end].endswith("s")
    bodies = {"group", "party"} if plural else {"group", "party", "organisation", "office", "other", ""}
    if (
        any(one.kind in bodies for one in beside)
        or len({one.id for one in beside if one.kind == "person"}) > 1
    ):
        return False
    words = [word.group() for word in _PLAIN_WORD.finditer(text, end) if word.group()[0].islower()][1:]
    return not any(_is_plural(word, of_persons=plural) for word in words)


def _is_plural(word: str, *, of_persons: bool) -> bool:
    """Return whether a word is a plural, or names a body; with `of_persons`, one of things does not count."""
    if word in _MANY or lexicons.organisation_heads().get(word, "other") != "other":
        return True
    if not word.endswith("s") or word in lexicons.function_words() or _NO_PLURAL.fullmatch(word):
        return False
    return not of_persons or word[:-1] in lexicons.person_nouns().keys() | lexicons.role_nouns()
