"""How every actor was found and why its names belong together: one clause in plain English for the table of actors."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from crossframe import lexicons
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.cast.groups import Groups
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.records import Actor, Article, Cast, Sentences
from crossframe.records.display import count_of
from crossframe.text import match_key, name_key

MAX_NAMES = 4
"""Names that a clause explains; it counts those that are left."""


def explain_actors(
    sentences: Sentences,
    cast: Cast,
    names: Sequence[Name],
    groups: Groups,
    edited: Collection[str] = (),
) -> dict[str, str]:
    """Return by id how each actor was found and why its names belong together.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    cast : Cast
        Its actors and all their mentions.
    names : sequence of Name
        All names of the event, with what stands beside them.
    groups : Groups
        Who was found by descriptions.
    edited : collection of str
        Ids that the researcher's table of actors names.

    Returns
    -------
    dict of str to str
        One clause per actor.
    """
    articles = {article.id: article for article in sentences.articles}
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in cast.mentions.rows():
        found[row["actor"]].append(row)
    by_text: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_text[match_key(name.text)].append(name)
    described = {group.id for group in groups.actors}
    reasons = {}
    for actor in cast.actors:
        rows = found[actor.id]
        group = actor.id in described and not any(row["kind"] == "name" for row in rows)
        kind = "" if group or not rows else _kind_reason(actor, by_text)
        joined = [_reason_of_group(actor, form) for form in actor.names[1:]] if group else []
        joined = joined or _reasons_of_names(actor, by_text)
        counted = _count(rows, articles)
        reasons[actor.id] = "; ".join(
            [_source(actor, edited) + counted, *kind.split("; "), *_shorten(joined)]
        )
    return {id: re.sub(r"(?:; )+", "; ", reason).strip("; ") for id, reason in reasons.items()}


def _count(rows: Sequence[Mapping[str, Any]], articles: Mapping[str, Article]) -> str:
    """Return how often an actor is named, described and meant by pronouns, in how many outlets, and by which names."""
    if not rows:
        return "not found in this event"
    kinds = Counter(row["kind"] for row in rows)
    outlets = count_of(len({articles[row["article"]].outlet for row in rows}), "outlet")
    words = (("name", "named"), ("nominal", "described"), ("pronoun", "meant by a pronoun"))
    counts = [f"{word} {_times(kinds[kind])}" for kind, word in words if kinds[kind]]
    texts = Counter(
        " ".join(articles[row["article"]].document[row["start"] : row["end"]].split())
        for row in rows
        if row["kind"] == "name"
    )
    shown = sorted(texts, key=lambda text: (-texts[text], text))[:MAX_NAMES]
    forms = f" ({', '.join(f'“{text}” {texts[text]}' for text in shown)})" if len(texts) > 1 else ""
    return f"{', '.join([counts[0] + forms, *counts[1:]])}, in {outlets}"


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _shorten(reasons: Sequence[str]) -> list[str]:
    left = len(reasons) - MAX_NAMES
    return [*reasons[:MAX_NAMES], *([f"{count_of(left, 'more name')}"] if left > 0 else [])]


def _reasons_of_names(actor: Actor, names: Mapping[str, Sequence[Name]]) -> list[str]:
    """Return why each further name is the actor's; of a declared one all in one."""
    if not actor.declared:
        return [_reason(actor, form, names) for form in actor.names[1:]]
    forms = ", ".join(f"“{form}”" for form in actor.names[1 : 1 + MAX_NAMES])
    return [f"{forms}: declared, or short for a declared name"] if forms else []


def _source(actor: Actor, edited: Collection[str]) -> str:
    """Return who named the actor, where the articles alone did not."""
    if actor.id in edited:
        return "in your table of actors, "
    return "declared, " if actor.declared else ""


def _kind_reason(actor: Actor, names: Mapping[str, Sequence[Name]]) -> str:
    """Return what shows the kind of an actor: a title, a list, or the last word of its name; else ""."""
    own = [one for form in actor.names for one in names.get(match_key(form), ())]
    titles = Counter(one.title for one in own if one.title)
    if actor.kind == "person" and titles:
        title = min(titles, key=lambda one: (-titles[one], one))
        return f"has the title “{title.title()}”"
    if kind_of_known(actor.name):
        return f"known from crossframe's lists as {_with_article(kind_of_known(actor.name))}"
    last = actor.name.split()[-1]
    if lexicons.organisation_heads().get(last.casefold()) == actor.kind:
        kind = "place, a law or a thing" if actor.kind == "other" else actor.kind
        return f"{_with_article(kind)} by the word “{last}”"
    if actor.kind == "other":
        return explain_place(actor.name, own)
    return "" if actor.declared else f"taken for {_with_article(actor.kind)} from the words around it"


def explain_place(name: str, own: Sequence[Name]) -> str:
    """Return what is known of an actor that is no person, body, party, group or country: mostly places."""
    codes = lexicons.seats("capital").get(name_key(name), frozenset())
    if codes:
        states = " or ".join(sorted(_state_of(code) for code in codes))
        return f"a place: a capital ({states}), which may stand for its government"
    if name_key(name) in lexicons.us_states():
        return "a place: a state of the United States"
    n_places, n_acts = sum(one.place for one in own), sum(one.acts or one.subject for one in own)
    acts = f"says or does something {_times(n_acts)}, so that a body or people may be meant" if n_acts else ""
    if n_places:
        behind = "“in”, “from” or the like" if len(own) > 1 else "a preposition of place"
        return f"taken for a place: {_times(n_places)} of {len(own)} behind {behind}" + (
            f"; {acts}" if acts else ""
        )
    return f"a place or a thing with a name{f'; {acts}' if acts else ''}"


@cache
def _state_of(code: str) -> str:
    """Return the name of a state, or the Union, by its code."""
    names = [name for name, own in lexicons.territories().items() if own == code]
    full = next((full for kind, full in lexicons.known_actors().values() if country_code(full) == code), "")
    return (
        "European Union"
        if code == "EU"
        else full or " ".join(word.capitalize() for word in min(names, key=len).split())
    )


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _reason_of_group(actor: Actor, form: str) -> str:
    """Return why a description is the group's."""
    if match_key(actor.name).endswith(f" {match_key(form)}"):
        return f"“{form}” alone: their articles have no other {actor.name.split()[-1]}"
    if form.split()[-1] != actor.name.split()[-1]:
        return f"“{form}”: another word for the same people, of the same state or side"
    return f"“{form}”: the same noun, of the same place or body"


def _reason(actor: Actor, form: str, names: Mapping[str, Sequence[Name]]) -> str:
    """Return why a name is the actor's."""
    if actor.kind == "person":
        return _reason_of_person(actor.name, form)
    if form in {one.acronym for one in names.get(match_key(actor.name), ())}:
        return f"“{form}” stands in brackets behind the name"
    return _reason_of_body(actor.name, form)


def _reason_of_person(full: str, form: str) -> str:
    words, own = _plain(full).split(), _plain(form).split()
    if own == words:
        return f"“{form}” is another spelling of it"
    if own == words[-len(own) :]:
        return f"“{form}” ends the name, and no other person's here"
    if own[-1] == words[-1]:
        return f"“{form}” has the same surname and a given name that fits"
    if own == words[: len(own)]:
        return f"“{form}” begins the name, and no other person's here"
    return f"“{form}” is taken for another form of the name: check it"


def _reason_of_body(full: str, form: str) -> str:
    key, own = _plain(full), _plain(form)
    known = lexicons.known_actors().get(match_key(form))
    words, others = key.split(), own.split()
    if key == own:
        return f"“{form}” is another spelling of it"
    if known and match_key(known[1]) == match_key(full):
        return f"“{form}” is another name of it in crossframe's lists"
    if "".join(word[0] for word in full.split() if word[0].isupper()).casefold() == own:
        return f"“{form}” are its initials"
    if state_body(form) and state_body(form) == state_body(full):
        return f"“{form}” is the same body of the same state"
    if set(others) <= set(words):
        return f"“{form}” is part of this name and of no other here"
    if set(words) <= set(others):
        return f"“{form}” is the name with further words"
    return f"“{form}” is taken for another form of the name: check it"


def _plain(name: str) -> str:
    """Return a name without case, accents, points and article."""
    folded = unicodedata.normalize("NFKD", match_key(name).removeprefix("the ").replace(".", ""))
    return "".join(one for one in folded if not unicodedata.combining(one)).replace("-", " ")
