"""Surface forms of an event's names, spellings joined: how often each occurs, and what kind of actor it seems to name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crossframe import lexicons
from crossframe.attributing.actors.person_names import given_and_surname, short_names, surname_first
from crossframe.attributing.actors.spellings import (
    consonants_of,
    letters_of,
    same_spelling,
    similar_spelling,
    sound_alike,
    sounds_of,
    spelling_key,
)
from crossframe.attributing.actors.state_bodies import state_body
from crossframe.attributing.names.spotting import Name, is_role
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.records import Actor
from crossframe.text import name_key

MIN_CONSONANTS = 5
"""Consonants from which a surname is so long that a second person whose surname has the same ones is unlikely in an event."""
MIN_SHARED = 1 / 3
"""Share of the words beside a name that stand beside another spelling of it, from which both are one person's."""
_COLLECTIVES = ("organisation", "party", "group", "office")


@dataclass
class SurfaceForm:
    """One surface form of a name in all its spellings, with counts of the cues of all its occurrences.

    ``owner`` is the id of the declared actor whose name it is, else "".
    """

    text: str
    count: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    place: int = 0
    acts: int = 0
    subject: int = 0
    state: int = 0
    certain: int = 0
    titles: Counter[str] = field(default_factory=Counter)
    acronyms: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    kind: str = ""
    owner: str = ""

    @property
    def texts(self) -> list[str]:
        """The form and all its spellings."""
        return list(dict.fromkeys((self.text, *sorted(self.spellings))))

    def add(self, other: "SurfaceForm") -> None:
        """Count the occurrences of another spelling as this form's."""
        for name in ("count", "place", "acts", "subject", "certain"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("kinds", "titles", "acronyms", "spellings"):
            getattr(self, name).update(getattr(other, name))
        self.articles |= other.articles
        self.context |= other.context
        self.state = max(self.state, other.state)


def collect_forms(names: Iterable[Name], declared: Sequence[Actor] = ()) -> dict[str, SurfaceForm]:
    """Return the surface forms of `names` by key (`name_key`, without "the"), each with the kind that its cues suggest.

    Names of `declared` actors are forms too, those that no article uses with count 0.
    """
    forms = _declared_forms(declared)
    places: dict[tuple[str, str], int] = {}
    top: dict[str, int] = {}
    for name in names:
        text = _full_form(name)
        form = forms.setdefault(form_key(text), SurfaceForm(text))
        form.count += 1
        form.kinds[name.kind] += 1
        form.place += name.place
        form.acts += name.acts
        form.subject += name.subject
        form.state = max(form.state, name.state)
        form.certain += name.certain
        form.titles.update(name.title.split()[-1:])
        form.spellings[name.text] += 1
        form.articles.add(name.article)
        form.context |= name.context
        top.setdefault(name.article, name.row)
        if name.row > top[name.article] or " " in text:
            places.setdefault((name.article, form_key(text)), name.start)
        if name.acronym and _shortens(name.acronym, name):
            form.acronyms[name.acronym] += 1
    forms = _join_spellings(forms)
    for key, form in forms.items():
        if not form.owner:
            form.text = _usual_spelling(key, form)
            form.kind = _kind_of(form)
    _mark_persons_by_surname(forms)
    _mark_bodies_by_full_name(forms, places)
    return forms


def form_key(text: str) -> str:
    """Return the key of a form: as names are matched, without "the"."""
    return name_key(text).removeprefix("the ")


def _declared_forms(declared: Sequence[Actor]) -> dict[str, SurfaceForm]:
    """Return the forms of all declared names; the full form of a known body is its actor's unless another declares it."""
    forms: dict[str, SurfaceForm] = {}
    for full in (False, True):
        for actor in declared:
            for name in actor.names:
                text = (_known_form(name) or name) if full else name
                forms.setdefault(form_key(text), SurfaceForm(text, kind=actor.kind, owner=actor.id))
    return forms


def _join_spellings(forms: Mapping[str, SurfaceForm]) -> dict[str, SurfaceForm]:
    """Join the forms that are spellings of one name, the more frequent form first.

    Spellings that are merely similar are one name where no article has both, since outlets spell a name in one way. The
    surname alone of a person whose full name the event has is left to that person, whatever is spelled like it.
    """
    surnames = {key.split()[-1] for key, form in forms.items() if " " in key and form.kinds["person"]}
    joined: dict[str, SurfaceForm] = {}
    buckets: dict[str, list[str]] = defaultdict(list)
    for key, form in sorted(forms.items(), key=lambda one: (not one[1].owner, -one[1].count, one[0])):
        alone = key in surnames
        near = [other for bucket in _buckets(key) for other in buckets[bucket]]
        same = next((one for one in near if not alone and _is_one_name(joined[one], form)), None)
        if same is not None:
            joined[same].add(form)
            continue
        joined[key] = form
        if not alone:
            for bucket in _buckets(key):
                buckets[bucket].append(key)
    return joined


def _buckets(key: str) -> list[str]:
    """Return what two spellings of one name have in common, in one way or the other."""
    first, blank, _ = key.partition(" ")
    usual = lexicons.usual_spellings().get(key, key)
    given = {f"{consonants_of(first)} {key.split()[-1][:1]}"} if blank else set()
    return sorted(
        {letters_of(spelling_key(key)), consonants_of(key), letters_of(key), usual, sounds_of(key)} | given
    )


def are_spelled_apart(form: SurfaceForm, other: SurfaceForm) -> bool:
    """Return whether two full names that sound alike are two persons' ("Ann Smith", "Ann Smyth").

    They are where an article has both, since news introduces a person once by full name, and where given names and surnames are
    spelled in two ways each and nothing around them is the same ("Mohamed Salah scored", "Mohammed Saleh was elected"); spellings that lists
    or accents explain are one name all the same.
    """
    if " " not in form.text or " " not in other.text:
        return False
    (given, surname), (others, same) = map(given_and_surname, (form.text, other.text))
    usual = {lexicons.usual_spellings().get(name, letters_of(name)) for name in (surname, same)}
    if len(usual) == 1:
        return False
    if not form.articles.isdisjoint(other.articles):
        return same_spelling(surname, same)
    respelled = consonants_of(surname) == consonants_of(same) and spelling_key(surname) != spelling_key(same)
    short = respelled and len(consonants_of(surname)) < MIN_CONSONANTS
    return short and given != others and not _share_context(form, other)


def _share_context(form: SurfaceForm, other: SurfaceForm) -> bool:
    """Return whether a role stands beside both names, or two words and a third of those beside one; roles must not all differ."""
    both = form.context & other.context
    fewer = min(len(form.context), len(other.context))
    roles = [{word for word in words if is_role(word)} for words in (both, form.context, other.context)]
    if roles[0] or (roles[1] and roles[2]):
        return bool(roles[0])
    return len(both) >= max(MIN_SHARED * fewer, 2) or (fewer > 0 and form.context == other.context)


def _is_one_name(form: SurfaceForm, other: SurfaceForm) -> bool:
    if (form.owner and other.owner) or are_spelled_apart(form, other):
        return False
    if same_spelling(form.text, other.text):
        return True
    person = form.kinds["person"] and other.kinds["person"]
    if (person and " " not in other.text) or not form.articles.isdisjoint(other.articles):
        return False
    return similar_spelling(form.text, other.text) or (
        bool(person) and _share_context(form, other) and sound_alike(form.text, other.text)
    )


def _usual_spelling(key: str, form: SurfaceForm) -> str:
    """Return the most frequent spelling of a form in the articles ("U.S. Army"), the form itself where it does not occur."""
    spellings = [text for text in form.spellings if form_key(text) == key]
    return min(spellings, key=lambda text: (-form.spellings[text], text.isupper(), text), default=form.text)


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
    return _known_form(name.text) or name.text


def _known_form(name: str) -> str:
    """Return the full name of a known body or of a body of a state, "" where `name` is none."""
    known = lexicons.known_actors().get(form_key(name))
    return known[1] if known else state_body(name)


def _kind_of(form: SurfaceForm) -> str:
    """Return the kind of actor that the cues of a form suggest, "" where they suggest none."""
    known = kind_of_known(form.text)
    if known:
        return known
    if form.state > (form.kinds["person"] > 0 and form.place == 0) and not form.titles:
        return "country"
    body = next((kind for kind in _COLLECTIVES if form.kinds[kind]), "")
    if body:
        return body
    if form.kinds["person"]:
        return "person"
    if form.kinds["other"] or form.kinds["place"]:
        return ""
    return "person" if form.acts and 2 <= len(form.text.split()) <= 3 and form.place == 0 else ""


def _mark_persons_by_surname(forms: dict[str, SurfaceForm]) -> None:
    """Mark a form as a person's when its last word alone occurs with a title, or as somebody who says something.

    A word that a person's full name has for its surname is that person's, whatever body a finder takes it for.
    """
    surnames = {
        name_key(short)
        for form in forms.values()
        if form.kind == "person" and not form.owner
        for text in form.texts
        for short in short_names(text)
    }
    for key, form in forms.items():
        if key in surnames and form.kind in {"organisation", "party"} and not kind_of_known(key):
            form.kind = "person"
        surname = forms.get(form_key(surname_first(form.text)))
        if form.kind == "organisation" and surname is not None and surname.kind == "person":
            form.kind = "person"  # "Poe Min-ji", later Poe
    for form in forms.values():
        words = form.text.split()
        single = forms.get(form_key(words[-1]))
        if (
            form.kind
            or form.owner
            or form.kinds["other"]
            or form.kinds["place"]
            or not 2 <= len(words) <= 3
            or single is None
            or single is form
        ):
            continue
        if single.kind == "person" or (single.acts and not single.place):
            form.kind = "person"


def _mark_bodies_by_full_name(forms: dict[str, SurfaceForm], places: Mapping[tuple[str, str], int]) -> None:
    """Mark a word that finders took for a person or place as the body whose full name every article has before it.

    `places` has where each name first stands in each article, in the first line (the title) only those of several words. The word
    begins or ends the name of one body ("StarField", "Poe" of "Poe and Sons"), nobody's full name has it, and neither a
    title nor, of most occurrences, a preposition of place stands before it.
    """
    of_persons = {
        word for key, form in forms.items() if form.kind == "person" and " " in key for word in key.split()
    }
    for key, form in forms.items():
        doubtful = form.kind == "person" or (form.kind == "" and form.kinds["place"] > 0)
        if " " in key or not doubtful or form.owner or form.titles or key in of_persons or kind_of_known(key):
            continue
        if 2 * form.place > form.count or (form.kind == "" and not form.subject):
            continue
        bodies = [
            (other, one)
            for other, one in forms.items()
            if one.kind in {"organisation", "party"}
            and key in {other.split()[0], other.split()[-1]}
            and other != key
        ]
        if len(bodies) == 1 and all(
            places.get((article, bodies[0][0]), places[article, key]) < places[article, key]
            for article in form.articles
            if (article, key) in places
        ):
            form.kind = bodies[0][1].kind
