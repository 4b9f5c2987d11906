"""Whom a name means that several actors bear: whom title, order in the article and weight in the event tell."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.people import gender_of, has_suffix
from crossframe.records import Actor, Spans

LEADS = 2
"""A bearer of a surname is who is meant without further words when the event names him so many times as often as each
other by full name: of the 56 surnames in BASIL that this or their order decides, read one by one, 55 were right."""


class Found(NamedTuple):
    """A name in an article: offsets, key, the actors that bear it, and the last word of a title before it."""

    article: str
    start: int
    end: int
    key: str
    ids: list[str]
    title: str


@dataclass
class _Presence:
    """Who is in an article: where each is named beyond doubt, who is addressed by office and surname
    or by Mr. and Mrs., and which surnames its text says before it names a bearer."""

    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    addressed: set[str] = field(default_factory=set)
    styled: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)

    def before(self, one: Found) -> list[str]:
        """Return who of those that `one` may mean is named before it."""
        return [id for id in one.ids if id in self.named and self.named[id][0] < one.start]


def settle(found: list[Found], known: Mapping[str, Actor], bodies: Mapping[str, int]) -> Spans:
    """Give every match to one actor; a match that several could claim goes to the one that evidence tells.

    Names that only one bears come first, then surnames with a title, then surnames alone. `bodies` tells where the
    text of each article begins.
    """
    presence: dict[str, _Presence] = defaultdict(_Presence)
    titles: dict[str, set[str]] = defaultdict(set)
    weight: Counter[str] = Counter()
    chosen = [one.ids[0] if len(one.ids) == 1 else "" for one in found]
    for one in found:
        if len(one.ids) == 1:
            presence[one.article].named[one.ids[0]].append(one.start)
            titles[one.ids[0]] |= {one.title} - {""}
            weight[one.ids[0]] += 1
    for one in found:
        here = presence[one.article]
        if len(one.ids) > 1 and one.start >= bodies[one.article] and not here.before(one):
            here.early.add(one.key)
    for titled in (True, False):
        for at, one in enumerate(found):
            if chosen[at] or bool(one.title) is not titled:
                continue
            here, leading = presence[one.article], _leading(one.ids, weight, known)
            if titled:
                chosen[at] = _addressed(one, here, titles, known, leading)
                style = here.styled if lexicons.name_titles().get(one.title) else here.addressed
                style |= {chosen[at]} - {""}
            else:
                chosen[at] = _called(one, here, leading, title=one.start < bodies[one.article])
    return Spans.from_rows(
        {"article": o.article, "start": o.start, "end": o.end, "actor": actor, "kind": "name"}
        for o, actor in zip(found, chosen, strict=True)
        if actor
    )


def _addressed(
    one: Found,
    presence: _Presence,
    titles: Mapping[str, set[str]],
    known: Mapping[str, Actor],
    leading: str,
) -> str:
    """Return whom a surname with a title means: of the title's gender or office, and named in the article; else ""."""
    gender = lexicons.name_titles().get(one.title, "")
    if gender:
        ids = [id for id in one.ids if gender_of(known[id]) == gender]
        ids = ids or [id for id in one.ids if gender_of(known[id]) == ""]
    else:
        ids = [id for id in one.ids if one.title in titles[id]] or [id for id in one.ids if not titles[id]]
    if len(ids) == 1:
        return ids[0]
    if one.key in presence.early and leading in ids:
        return leading
    here = [id for id in presence.before(one) if id in ids]
    called = [id for id in ids if id in presence.addressed | presence.styled]
    choices = (called,) if len(here) == 1 and called and here != called else (here, called)
    return next((some[0] for some in choices if len(some) == 1), "")


def _leading(ids: Sequence[str], weight: Mapping[str, int], known: Mapping[str, Actor]) -> str:
    """Return the bearer whom the event names far more often than the others, "" where none is, or a son is."""
    leading = max(ids, key=lambda id: (weight[id], id))
    rivals = [id for id in ids if id != leading]
    clear = all(weight[leading] >= LEADS * weight[id] for id in rivals)
    return leading if clear and not has_suffix(known[leading].name) else ""


def _called(one: Found, presence: _Presence, leading: str, *, title: bool) -> str:
    """Return whom a surname alone means, "" where doubt is left.

    It is the only bearer named before. Where the text says the surname before it names anybody, it is somebody whom
    readers know, by the news style of full names first: the `leading` bearer of the event. Of several named before it
    is that one too, if he was named first. A title means whom its article names.
    """
    here = presence.before(one)
    called = [id for id in one.ids if id in presence.addressed and id not in here]
    if len(here) > 1:
        first = min(here, key=lambda id: presence.named[id][0])
        return first if first == leading else ""
    if leading and (one.key in presence.early or here == [leading]):
        return leading
    if called:
        return called[0] if len(called) == 1 else ""
    if title and leading:
        return leading
    later = [id for id in one.ids if id in presence.named] if title else []
    chosen = here or later
    return chosen[0] if len(chosen) == 1 else ""
