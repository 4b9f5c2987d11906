"""Disambiguate names that several actors have: by title, by order in the article, and by frequency in the event."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crossframe import lexicons
from crossframe.attributing.actors.people import gender_of
from crossframe.attributing.actors.person_names import has_suffix
from crossframe.records import Actor, Spans

MIN_RATIO = 2
"""A surname alone means the bearer whom the event names at least this many times as often by full name as any other bearer:
of the 56 surnames in BASIL that this rule or their order decides, read one by one, 55 were right."""


MAX_ROWS_BACK = 3
"""Sentences back in which a surname alone of a man and a woman may find the one whom it takes up; a choice, not calibrated."""


class Candidates(NamedTuple):
    """A name in an article: offsets, key, the actors that it may mean, and the last word of a title before it.

    ``row`` is its sentence, ``pronoun`` the gender of a pronoun behind it that takes it up ("Poe said she", ``f``), else "".
    """

    article: str
    start: int
    end: int
    key: str
    ids: list[str]
    title: str
    row: int = -1
    pronoun: str = ""


@dataclass
class _Presence:
    """Who is in an article: where each actor is named beyond doubt, who has office and surname, who Mr. or Mrs. and surname,
    and which surnames stand in its text before any full name."""

    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    with_office: set[str] = field(default_factory=set)
    with_address: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)
    rows: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def nearest(self, one: Candidates) -> str:
        """Return the only one of the candidates in the last sentence before `one` that names any, "" where it is far or names two."""
        for row in range(one.row - 1, one.row - 1 - MAX_ROWS_BACK, -1):
            named = self.rows.get(row, set()).intersection(one.ids)
            if named:
                return named.pop() if len(named) == 1 else ""
        return ""

    def before(self, one: Candidates) -> list[str]:
        """Return those of the candidates that are named before `one`."""
        return [id for id in one.ids if id in self.named and self.named[id][0] < one.start]


def disambiguate(
    names: list[Candidates], known: Mapping[str, Actor], text_starts: Mapping[str, int]
) -> Spans:
    """Return the mentions that `names` make, each of one actor; names whose actor remains in doubt are left out.

    Names of one actor alone come first, then surnames with a title, then surnames alone.

    Parameters
    ----------
    names : list of Candidates
        In order of articles and offsets.
    known : mapping of str to Actor
        By id.
    text_starts : mapping of str to int
        Where the text of each article begins, behind its headline.
    """
    presence: dict[str, _Presence] = defaultdict(_Presence)
    titles: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    chosen = [one.ids[0] if len(one.ids) == 1 else "" for one in names]
    for one in names:
        if len(one.ids) == 1:
            presence[one.article].named[one.ids[0]].append(one.start)
            presence[one.article].rows[one.row].add(one.ids[0])
            titles[one.ids[0]] |= {one.title} - {""}
            counts[one.ids[0]] += 1
    for one in names:
        here = presence[one.article]
        if len(one.ids) > 1 and one.start >= text_starts[one.article] and not here.before(one):
            here.early.add(one.key)
    for titled in (True, False):
        for at, one in enumerate(names):
            if chosen[at] or bool(one.title) is not titled:
                continue
            here, leading = presence[one.article], _leading(one.ids, counts, known)
            if titled:
                chosen[at] = _choose_titled(one, here, titles, known, leading)
                address = lexicons.name_titles().get(one.title)
                (here.with_address if address else here.with_office).update({chosen[at]} - {""})
            else:
                headline = one.start < text_starts[one.article]
                chosen[at] = _choose_untitled(one, here, known, leading, headline=headline)
            here.rows[one.row].update({chosen[at]} - {""})
    return Spans.from_rows(
        {"article": o.article, "start": o.start, "end": o.end, "actor": actor, "kind": "name"}
        for o, actor in zip(names, chosen, strict=True)
        if actor
    )


def _choose_titled(
    one: Candidates,
    presence: _Presence,
    titles: Mapping[str, set[str]],
    known: Mapping[str, Actor],
    leading: str,
) -> str:
    """Return whom a surname with a title means: somebody of that gender or office named in the article, else ""."""
    gender = lexicons.name_titles().get(one.title, "")
    genders: dict[str, str] = {}
    if gender:
        genders = {id: gender_of(known[id]) or _gender_of_titles(titles[id]) for id in one.ids}
        ids = _of_gender(one.ids, genders, gender)
    else:
        ids = [id for id in one.ids if one.title in titles[id]] or [id for id in one.ids if not titles[id]]
    if len(ids) == 1:
        return ids[0]
    if one.key in presence.early and leading in ids:
        return leading
    here = [id for id in presence.before(one) if id in ids]
    called = [id for id in ids if id in presence.with_office | presence.with_address]
    choices = (called,) if len(here) == 1 and called and here != called else (here, called)
    found = next((some[0] for some in choices if len(some) == 1), "")
    open_to_both = gender and len(here) == len(one.ids) == 2 and not any(genders.values())
    return found or (presence.nearest(one) if open_to_both else "")


def _of_gender(ids: Sequence[str], genders: Mapping[str, str], gender: str) -> list[str]:
    """Return those of the gender, where there are none those of whom it is unknown."""
    return [id for id in ids if genders[id] == gender] or [id for id in ids if genders[id] == ""]


def _gender_of_titles(titles: Collection[str]) -> str:
    """Return the gender that all `titles` with a gender have, "" where none has one or they differ."""
    genders = {lexicons.name_titles().get(title, "") for title in titles} - {""}
    return genders.pop() if len(genders) == 1 else ""


def _leading(ids: Sequence[str], counts: Mapping[str, int], known: Mapping[str, Actor]) -> str:
    """Return the bearer whom the event names far more often than the others, "" where there is none or it has a suffix."""
    leading = max(ids, key=lambda id: (counts[id], id))
    rivals = [id for id in ids if id != leading]
    clear = counts[leading] and all(counts[leading] >= MIN_RATIO * counts[id] for id in rivals)
    return leading if clear and not has_suffix(known[leading].name) else ""


def _choose_untitled(
    one: Candidates, presence: _Presence, known: Mapping[str, Actor], leading: str, *, headline: bool
) -> str:
    """Return whom a surname alone means, "" where doubt remains.

    It means the bearer whose gender a pronoun behind it has, else the only bearer named before. Where the text has the surname
    before any full name, it means somebody whom readers know, because news gives full names first: the `leading` bearer of the
    event. Of several named before, it means the declared one, else the leading one if that one was named first, else of a man
    and a woman the one whom the last sentence with one of them names (of other families that was wrong as often as right in
    BASIL). In a headline it means a bearer whom the article names.
    """
    here = presence.before(one)
    genders = {id: gender_of(known[id]) for id in one.ids}
    taken_up = _of_gender(one.ids, genders, one.pronoun) if one.pronoun else []
    if len(taken_up) == 1 and any(genders.values()):
        return taken_up[0]
    called = [id for id in one.ids if id in presence.with_office and id not in here]
    declared = [id for id in here if known[id].declared]
    if len(here) > 1 and len(declared) == 1:
        return declared[0]
    if len(here) > 1:
        first = min(here, key=lambda id: presence.named[id][0])
        couple = sorted(genders.values()) == ["f", "m"]
        return first if first == leading else presence.nearest(one) if couple else ""
    if leading and (one.key in presence.early or here == [leading]):
        return leading
    if called:
        return called[0] if len(called) == 1 else ""
    if headline and leading:
        return leading
    later = [id for id in one.ids if id in presence.named] if headline else []
    chosen = here or later
    return chosen[0] if len(chosen) == 1 else ""
