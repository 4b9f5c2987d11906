"""The pronouns "they", "it" and "its" of the group or body that is the subject just before, where they can mean nobody else."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.coreference.pronouns import Link
from crossframe.attributing.coreference.referents import read_place
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.quotation_marks import Quoted, pair_marks
from crossframe.attributing.syntax.words import is_saying_verb
from crossframe.records import Article, Cast, Sentences

_BODY_KINDS = frozenset({"group", "organisation", "party"})
_SINGULAR_KINDS = frozenset({"organisation", "party", "office", "country"})
_OPENING = re.compile(r"(?:(?:But|And|Yet|Still|Meanwhile|The|the),?\s)*")
_LEADS = r"(?:(?:But|And|Yet|Still|Then|Later|Instead),?\s)?"
_THEY_OPENS = re.compile(
    rf"{_LEADS}(?:(?:Some|Many|Most|Several|All|None|Half) of (?=them\b))?([Tt]hey|[Tt]heir|them)\b"
)
_SAID_THEY = re.compile(
    r"\s(?:(?:has|have|had|also|[a-z]+ly)\s){0,2}([a-z]+)\s(?:that\s)?(they)\b"
    r"(?:\s(?:are|were|(?:had|have)\s(?:all\s)?been)\s(?:not\s)?([a-z]+))?"
)
"""Behind the subject, with what they are: "police said they were shot" is of others."""
_VERBS = r"(?:(?:would|will|had|has|could|can|might|may|did|does|also|never|not|still|now|[a-z]+ly)\s)*"
_SAID_IT = re.compile(
    rf"\s{_VERBS}([a-z]+)\s(?:(?:in|on|at|by)\s(?:a\s|an\s|the\s)?(?:[\w’'-]+\s){{1,3}})?"
    rf"(?:(?:that|whether|why|how|when|if|what|whom)\s)?(?:(it)\s{_VERBS}([a-z]+)(?:\s([a-z]+))?|(its)\b)"
)
"""Behind a body, with the verb that "it" has: "the bank said it would pay", "the club did not say whom it would sign"."""
_IT_GOES_ON = re.compile(rf"[^;:“”\"]*[;:]\s(?:but\s|and\s)?(it)\s{_VERBS}([a-z]+)")
_IT_OPENS = re.compile(rf"{_LEADS}(?:([Ii]t)\s{_VERBS}([a-z]+)|([Ii]ts)\s((?:[a-z][\w’'-]*\s?){{1,4}}))")
"""What opens a sentence: "It" with its verb, or "Its" with a noun."""
_EXPLETIVE = frozenset(
    ["be", "been", "is", "was", "take", "took", "takes", "taken", "cost", "costs", "seem", "seems", "seemed", "appear", "appears",
     "appeared", "happen", "happened", "turned", "rain", "rained", "snow", "snowed", "matter", "mattered", "depend",
     "depended", "remain", "remained", "remains", "make", "made", "makes", "come", "came", "become", "became", "mean", "meant"]
)  # fmt: skip
"""Verbs with which "it" may be nobody: "said it would take years"."""
_HAPPENING = frozenset(["raining", "snowing", "going", "being", "becoming", "getting", "taking", "happening"])
"""What nobody does: other verbs in -ing behind "was" are somebody's ("it was waiting")."""
_BESIDE_SUBJECT = re.compile(r"(?:\sin\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)?(?:,\s[^,.;:“”\"]{1,80},)?")
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
    """Return by article the pronouns "they", "it" and "its" that can mean one group or body of the cast alone.

    "They" means the group that opens the sentence as the subject of the verb of saying before it ("Tenants said they would
    stay"), and at the beginning of a sentence the group that is the subject of the sentence before, when that has nobody
    else in the plural: no further group, no two persons, no plural noun for persons, no "and"; beside a body in the singular,
    no further body and no plural at all. "It" and "its" mean the body that says something in the same clause, the one body
    before a semicolon, and at the beginning of a sentence, with a verb of saying or a person behind ("Its president"), the
    body that opens the sentence before. Quotations are passed over.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Actors and their mentions by name and description.
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
        if row["kind"] != "pronoun":
            at = sentences.locate(row["article"], row["start"])
            named[at].append(_Named(row["start"], row["end"], kinds[row["actor"]], row["actor"]))
    for name in names:
        if all(name.end <= one.start or one.end <= name.start for one in named[name.row]):
            named[name.row].append(_Named(name.start, name.end, name.kind, name.text))
    for each in named.values():
        each.sort(key=lambda one: (one.start, -one.end))
    single = _are_non_binary(sentences, named)
    links = {
        one.id: [*_plural_links(sentences, one, named, single), *_singular_links(sentences, one, named)]
        for one in sentences.articles
    }
    return {id: sorted({one for one in each if one.id in kinds}) for id, each in links.items()}


def _plural_links(
    sentences: Sentences, article: Article, named: Mapping[int, Sequence[_Named]], single: Collection[str]
) -> Iterator[Link]:
    """Yield "they", "their" and "them" of the group that opens a sentence, in it or at the beginning of the next."""
    quoted = pair_marks(article.document.replace("``", "''"))
    rows = sentences.rows_of(article.id).tolist()
    for row, following in zip(rows, [*rows[1:], -1], strict=True):
        text, offset = sentences.text[row], int(sentences.start[row])
        group = _opening(text, offset, named.get(row, ()))
        if (
            group is None
            or (group.kind not in _BODY_KINDS and group.id not in single)
            or int(sentences.index[row]) == 0
        ):
            continue
        start, end = group.start - offset, group.end - offset
        aside = _BESIDE_SUBJECT.match(text, end)
        said = _SAID_THEY.match(text, aside.end() if aside else end)
        found = [(offset + said.start(2), offset + said.end(2))] if said and _is_of_speaker(said) else []
        then = _THEY_OPENS.match(sentences.text[following]) if following >= 0 else None
        if then and read_place(text, start, end) == "subject" and _is_alone(text, start, group, named[row]):
            found.append(
                (
                    int(sentences.start[following]) + then.start(1),
                    int(sentences.start[following]) + then.end(1),
                )
            )
        if not _is_quoted(quoted, group.start, *(at for at, _ in found)):
            yield from (Link(*place, group.id) for place in found)


def _opening(text: str, offset: int, named: Sequence[_Named]) -> _Named | None:
    return next((one for one in named if _OPENING.fullmatch(text, 0, one.start - offset)), None)


def _is_quoted(quoted: Sequence[Quoted], *places: int) -> bool:
    return any(one.start <= at < one.end for one in quoted for at in places)


# --- it and its -----------------------------------------------------------------------------------------


def _singular_links(
    sentences: Sentences, article: Article, named: Mapping[int, Sequence[_Named]]
) -> Iterator[Link]:
    """Yield "it" and "its" of the bodies of an article; its title has none."""
    quoted = pair_marks(article.document.replace("``", "''"))
    before: list[_Named] = []
    opening: _Named | None = None
    for row in sentences.rows_of(article.id).tolist():
        if int(sentences.index[row]) == 0:
            continue
        text, offset = sentences.text[row], int(sentences.start[row])
        bodies = [one for one in named.get(row, ()) if _is_singular(text, offset, one)]
        found = [(at, body) for body in bodies for at in _said_it(text, offset, body)]
        if len({one.id for one in bodies}) == 1:
            goes_on = _IT_GOES_ON.match(text)
            if goes_on and _speaks(goes_on.group(2)) and bodies[0].start - offset < goes_on.start(1):
                found.append((goes_on.span(1), bodies[0]))
        opens = _IT_OPENS.match(text)
        only = before[0] if len({one.id for one in before}) == 1 else None
        spoken = opens is not None and bool(opens.group(1)) and _speaks(opens.group(2))
        owned = opens is not None and bool(opens.group(3)) and _is_somebody(opens.group(4))
        subject = opening or (only if owned else None)
        if opens is not None and subject is not None and (spoken or owned):
            found.append((opens.span(1 if spoken else 3), subject))
        for (start, end), body in found:
            if not _is_quoted(quoted, body.start, offset + start):
                yield Link(offset + start, offset + end, body.id)
        if found and opens and not bodies:
            continue  # the story stays with that body
        first = _opening(text, offset, named.get(row, ()))
        before = bodies
        opening = (
            first
            if first in bodies and read_place(text, first.start - offset, first.end - offset) == "subject"
            else None
        )


def _is_singular(text: str, offset: int, one: _Named) -> bool:
    """Return whether a mention is of a body in the singular: by its kind, of a group by its noun ("the council")."""
    if one.kind in _SINGULAR_KINDS:
        return True
    words = _PLAIN_WORD.findall(text[one.start - offset : one.end - offset])
    head = next(
        (word for word, then in zip(words, [*words[1:], "of"], strict=True) if then in {"of", "in", "from"}),
        "",
    )
    return one.kind == "group" and head in lexicons.people_nouns("bodies") - lexicons.people_nouns("bare")


def _said_it(text: str, offset: int, body: _Named) -> Iterator[tuple[int, int]]:
    """Yield the "it" or "its" of a body that is the subject of a verb of saying: "The bank said it would pay"."""
    start, end = body.start - offset, body.end - offset
    aside = _BESIDE_SUBJECT.match(text, end)
    said = _SAID_IT.match(text, aside.end() if aside else end)
    if (
        said is None
        or read_place(text, start, end) != "subject"
        or not lexicons.saying_verbs().get(said.group(1))
    ):
        return
    doing = (said.group(4) or "").endswith("ing") and said.group(4) not in _HAPPENING
    if said.group(5) or doing or said.group(3) not in _EXPLETIVE:
        yield said.span(5) if said.group(5) else said.span(2)


def _speaks(verb: str) -> bool:
    """Return whether "it" with that verb is a body: one that says or wants something."""
    return verb in lexicons.saying_verbs() and verb not in _EXPLETIVE


def _is_somebody(words: str) -> bool:
    """Return whether a noun behind "Its" is a person or persons: "Its president", "Its members"."""
    nouns = (
        lexicons.person_nouns().keys()
        | lexicons.role_nouns()
        | lexicons.people_nouns("persons")
        | lexicons.offices("office")
    )
    return any(word in nouns for word in re.split(r"[\s-]+", words))


# --- they -----------------------------------------------------------------------------------------------


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
