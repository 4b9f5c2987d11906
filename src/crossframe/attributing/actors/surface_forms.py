"""Surface forms of an event's names: how often each occurs, and what kind of actor its surroundings suggest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from crossframe import lexicons
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.text import match_key

_COLLECTIVES = ("organisation", "party", "group", "office")


@dataclass
class SurfaceForm:
    """One surface form of a name, with counts of the cues of all its occurrences."""

    text: str
    count: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    place: int = 0
    acts: int = 0
    subject: int = 0
    certain: int = 0
    titled: int = 0
    acronyms: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    kind: str = ""


def collect_forms(names: Iterable[Name]) -> dict[str, SurfaceForm]:
    """Return the surface forms of `names` by key (case-folded, without "the"), each with the kind that its cues suggest."""
    forms: dict[str, SurfaceForm] = {}
    for name in names:
        text = _full_form(name)
        form = forms.setdefault(match_key(text).removeprefix("the "), SurfaceForm(text))
        form.count += 1
        form.kinds[name.kind] += 1
        form.place += name.place
        form.acts += name.acts
        form.subject += name.subject
        form.certain += name.certain
        form.titled += bool(name.title)
        form.spellings[name.text] += 1
        if name.acronym and _shortens(name.acronym, name):
            form.acronyms[name.acronym] += 1
    for key, form in forms.items():
        if state_body(form.text):
            form.text = _usual_spelling(key, form)
        form.kind = _kind_of(form)
    _mark_persons_by_surname(forms)
    return forms


def _usual_spelling(key: str, form: SurfaceForm) -> str:
    """Return the most frequent spelling of a form in the articles ("U.S. Army"), the form itself where it does not occur."""
    spellings = [text for text in form.spellings if match_key(text) == key]
    return min(spellings, key=lambda text: (-form.spellings[text], text), default=form.text)


def _shortens(acronym: str, name: Name) -> bool:
    """Return whether a word in brackets may be the name's acronym, rather than a state, agency or age ("Denver (AP)").

    Three capitals after several words are accepted without comparing letters: acronyms may be of another language ("PKK").
    """
    if name.kind == "person" or sum(c.isupper() for c in acronym) < 2:
        return False
    if " " in name.text and acronym.isupper() and len(acronym) >= 3:
        return True
    letters = iter(name.text.casefold())
    fits = all(letter in letters for letter in acronym.casefold() if letter.isalpha())
    return fits and acronym[0].casefold() in {word[0].casefold() for word in name.text.split()}


def _full_form(name: Name) -> str:
    """Return the name, with the adjective of the country that owns it, if any ("Georgia's Foreign Ministry")."""
    if name.owner and country_code(name.text.split()[0]) == "":
        adjective = next((word for word, code in lexicons.demonyms().items() if code == name.owner), "")
        if adjective:
            owned = f"{adjective.capitalize()} {name.text}"
            return state_body(owned) or owned
    known = lexicons.known_actors().get(match_key(name.text))
    return known[1] if known else state_body(name.text) or name.text


def _kind_of(form: SurfaceForm) -> str:
    """Return the kind of actor that the cues of a form suggest, "" where they suggest none."""
    known = kind_of_known(form.text)
    if known:
        return known
    body = next((kind for kind in _COLLECTIVES if form.kinds[kind]), "")
    if body:
        return body
    if form.kinds["person"]:
        return "person"
    if form.kinds["other"] or form.kinds["place"]:
        return ""
    return "person" if form.acts and 2 <= len(form.text.split()) <= 3 and form.place == 0 else ""


def _mark_persons_by_surname(forms: dict[str, SurfaceForm]) -> None:
    """Mark a form as a person's when its last word alone occurs with a title, or as somebody who says something."""
    for form in forms.values():
        words = form.text.split()
        single = forms.get(words[-1].casefold())
        if (
            form.kind
            or form.kinds["other"]
            or form.kinds["place"]
            or not 2 <= len(words) <= 3
            or single is None
            or single is form
        ):
            continue
        if single.kind == "person" or (single.acts and not single.place):
            form.kind = "person"
