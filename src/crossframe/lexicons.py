"""Word lists as package data: tab-separated files in ``wordlists/``, each with its source and licence on top."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from crossframe.errors import InputError, UnknownNameError
from crossframe.text import name_key


@cache
def read_wordlist(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of the packaged word list `name`, in order: one mapping of column to cell per row.

    Lines that begin with ``#`` state source and licence; the first other line names the columns.

    Raises
    ------
    UnknownNameError
        When no word list has that name.

    Examples
    --------
    >>> read_wordlist("saying_verbs")[0]["base"]
    'say'
    """
    file = resources.files("crossframe") / "wordlists" / f"{name}.tsv"
    if not file.is_file():
        raise UnknownNameError(f"Unknown word list {name!r}. It must be a file in crossframe/wordlists.")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    columns = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise InputError(
                f"Invalid row {line!r} in word list {name!r}. It must have {len(columns)} cells."
            )
        rows.append(MappingProxyType(dict(zip(columns, cells, strict=True))))
    return tuple(rows)


def _column(name: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_wordlist(name))


@cache
def saying_verbs() -> Mapping[str, tuple[str, str]]:
    """Return form -> (tense, what the verb takes) for verbs of saying, thinking and wanting.

    The tense is ``finite`` (says, said), ``base`` (say), ``ing`` (saying) or ``part`` (a participle that differs from
    the past tense). What the verb takes is one or several of: ``quote`` (a quotation), ``bare`` (said it rained), ``that``
    (said that it rained), ``wh`` (asked whether), ``to`` (promised to go), ``ing`` (suggested going), ``object``
    (criticized the plan), ``predicate`` (besides the object: called it a farce), ``whom`` (told them that), ``hearer``
    (``whom`` is never left out); nothing ("") where the verb is a deed of which the author tells (refused to go).

    Examples
    --------
    >>> saying_verbs()["claiming"], saying_verbs()["pointed out"], saying_verbs()["dubbed"]
    (('ing', 'quote bare that to object'), ('finite', 'quote that'), ('finite', 'quote object predicate'))
    """
    forms: dict[str, tuple[str, str]] = {}
    for row in read_wordlist("saying_verbs"):
        takes, inflected = row["takes"], _inflect(row)
        forms.setdefault(row["base"], ("base", takes))
        forms.setdefault(inflected["ing"], ("ing", takes))
        if row["participle"]:
            forms.setdefault(row["participle"], ("part", takes))
        forms[inflected["past"]] = forms[inflected["third"]] = ("finite", takes)
    return MappingProxyType(forms)


def _inflect(row: Mapping[str, str]) -> dict[str, str]:
    """Return past, third person and -ing form of a verb, as listed or else regular; of several words the first inflects."""
    base, blank, rest = row["base"].partition(" ")
    stem = base[:-1] if base.endswith("e") else base
    y = base.endswith("y") and base[-2] not in "aeiou"
    hiss = base.endswith(("s", "sh", "ch", "x", "z", "o"))
    regular = {
        "past": f"{base[:-1]}ied" if y else f"{stem}ed",
        "third": f"{base[:-1]}ies" if y else f"{base}es" if hiss else f"{base}s",
        "ing": f"{base if base.endswith('ee') else stem}ing",
    }
    return {name: row[name] or form + blank + rest for name, form in regular.items()}


@cache
def saying_nouns() -> Mapping[str, str]:
    """Return nouns that attribute ("claim", "promise") -> the words after them that introduce the content.

    Examples
    --------
    >>> saying_nouns()["vow"]
    'to'
    """
    return MappingProxyType({row["noun"]: row["takes"] for row in read_wordlist("saying_nouns")})


@cache
def name_titles() -> Mapping[str, str]:
    """Return words that stand before a person's name -> gender: ``m``, ``f``, or ``""`` for both.

    Examples
    --------
    >>> name_titles()["mrs"], name_titles()["senator"]
    ('f', '')
    """
    return MappingProxyType({row["title"]: row["gender"] for row in read_wordlist("name_titles")})


@cache
def role_nouns() -> frozenset[str]:
    """Return common nouns that name a speaker by role ("spokesman", "diplomat", "senator")."""
    return _column("role_nouns", "noun")


@cache
def organisation_heads() -> Mapping[str, str]:
    """Return last words of names of organisations -> kind of actor (organisation, party, group or office).

    Examples
    --------
    >>> organisation_heads()["ministry"], organisation_heads()["party"]
    ('organisation', 'party')
    """
    return MappingProxyType({row["head"]: row["kind"] for row in read_wordlist("organisation_heads")})


@cache
def known_actors() -> Mapping[str, tuple[str, str]]:
    """Return names of seats of power, parties, bodies and country short forms -> (kind, fullest name).

    Examples
    --------
    >>> known_actors()["kremlin"], known_actors()["britain"], known_actors()["republic of cyprus"]
    (('office', 'Kremlin'), ('country', 'United Kingdom'), ('country', 'Cyprus'))
    """
    listed = {
        key: (row["kind"], row["full"])
        for row in read_wordlist("known_actors")
        for key in (row["name"].casefold(), name_key(row["name"]))
    }
    formal = {
        name_key(f"{row['style']} {article}{state}"): listed.get(name_key(state), ("country", state))
        for row in read_wordlist("state_styles")
        for state in row["states"].split("|")
        for article in ("", "the ")
    }
    return MappingProxyType({**formal, **listed})


@cache
def demonyms() -> Mapping[str, str]:
    """Return adjectives of nationality -> ISO 3166 code of the country.

    Examples
    --------
    >>> demonyms()["georgian"]
    'GE'
    """
    return MappingProxyType({row["demonym"]: row["territory"] for row in read_wordlist("demonyms")})


@cache
def first_names() -> Mapping[str, str]:
    """Return common given names -> gender: ``m``, ``f``, or ``""`` for both.

    Examples
    --------
    >>> first_names()["condoleezza"], first_names()["vladimir"]
    ('f', 'm')
    """
    genders: dict[str, str] = {}
    for row in read_wordlist("first_names"):
        for name in row["names"].split():
            genders[name] = row["gender"] if row["gender"] != "u" else ""
    return MappingProxyType(genders)


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Return short given names -> the given names they stand for.

    Examples
    --------
    >>> sorted(nicknames()["chuck"])
    ['charles']
    """
    return MappingProxyType(
        {row["short"]: frozenset(row["full"].split()) for row in read_wordlist("nicknames")}
    )


@cache
def usual_spellings() -> Mapping[str, str]:
    """Return well-known spellings of names that no rule levels ("Kiev") -> the usual one ("kyiv"), all as `name_key`.

    Examples
    --------
    >>> usual_spellings()["kiev"], usual_spellings()["kyiv"]
    ('kyiv', 'kyiv')
    """
    return MappingProxyType(
        {
            name_key(name): name_key(row["usual"])
            for row in read_wordlist("spellings")
            for name in (row["usual"], *row["variants"].split("|"))
        }
    )


@cache
def name_parts(part: str) -> frozenset[str]:
    """Return words inside and around names by `part`, one of the classes of ``wordlists/name_parts.tsv``.

    Examples
    --------
    >>> "von" in name_parts("particle"), "jr" in name_parts("suffix")
    (True, True)
    """
    return frozenset(
        next(row["words"] for row in read_wordlist("name_parts") if row["class"] == part).split()
    )


@cache
def particles() -> frozenset[str]:
    """Return the particles of surnames ("von", "de", "Ó"), without case and accents.

    Examples
    --------
    >>> {"von", "o", "bin"} <= particles()
    True
    """
    return name_parts("particle") | name_parts("further-particle")


@cache
def function_words() -> frozenset[str]:
    """Return English function words and other words that open sentences but no names."""
    return frozenset(word for row in read_wordlist("function_words") for word in row["words"].split())


@cache
def person_nouns() -> Mapping[str, str]:
    """Return common nouns for one person -> gender: ``m``, ``f``, or ``""`` for both.

    Examples
    --------
    >>> person_nouns()["widow"], person_nouns()["suspect"]
    ('f', '')
    """
    return MappingProxyType(
        {
            noun: row["gender"] if row["gender"] != "u" else ""
            for row in read_wordlist("person_nouns")
            for noun in row["nouns"].split()
        }
    )


@cache
def people_nouns(kind: str) -> frozenset[str]:
    """Return nouns for groups of people by `kind`, one of the classes of ``wordlists/people_nouns.tsv``.

    Of ``persons``, the plurals of `person_nouns` and the heads of groups of `organisation_heads` are added.

    Examples
    --------
    >>> "officers" in people_nouns("persons"), "shares" in people_nouns("persons"), "kenyans" in people_nouns("peoples")
    (True, False, True)
    """
    words = next(row["words"] for row in read_wordlist("people_nouns") if row["class"] == kind).split()
    if kind == "persons":
        unsure = people_nouns("sometimes")
        words += [f"{noun}s" for noun in person_nouns() if not noun.endswith(("man", "y", "ch", "s"))]
        words = [word for word in words if word not in unsure]
        words += [head for head, of in organisation_heads().items() if of == "group"]
    return frozenset(words)


@cache
def natives() -> Mapping[str, str]:
    """Return plurals for the natives of countries -> ISO 3166 code of the country, adjectives ("the dutch") among them.

    Examples
    --------
    >>> natives()["danes"], natives()["kenyans"], natives()["dutch"]
    ('DK', 'KE', 'NL')
    """
    listed = (word.split("=", 1) for word in sorted(people_nouns("natives")))
    plurals = dict(listed) | {f"{one}s": code for one, code in demonyms().items()}
    adjectives = {one: code for one, code in demonyms().items() if one.endswith(("sh", "ch", "ese", "iss"))}
    return MappingProxyType({**plurals, **adjectives})


@cache
def body_nouns() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """Return nouns for bodies -> (classes of whose bodies news uses it for any, classes of which it is one sort).

    Examples
    --------
    >>> [sorted(classes) for classes in body_nouns()["club"]], [sorted(classes) for classes in body_nouns()["bank"]]
    ([['team'], []], [[], ['company']])
    """
    nouns: dict[str, tuple[set[str], set[str]]] = {}
    for row in read_wordlist("body_nouns"):
        for at, column in enumerate(("general", "special")):
            for noun in row[column].split():
                nouns.setdefault(noun, (set(), set()))[at].add(row["class"])
    return MappingProxyType({noun: (frozenset(one), frozenset(two)) for noun, (one, two) in nouns.items()})


@cache
def offices(kind: str) -> frozenset[str]:
    """Return nouns for offices, ranks and titles by `kind`, one of the classes of ``wordlists/offices.tsv``.

    Examples
    --------
    >>> "mayor" in offices("office"), "secretary" in offices("title"), "attorney general" in offices("compound")
    (True, True, True)
    """
    words = next(row["words"] for row in read_wordlist("offices") if row["class"] == kind)
    return frozenset(words.split("|") if "|" in words else words.split())


@cache
def us_states() -> Mapping[str, str]:
    """Return names and short forms of American states, case-folded and without full stops -> the state's name.

    Postal codes are in capitals ("IN" is Indiana, "in" is not).

    Examples
    --------
    >>> us_states()["iowa"], us_states()["nh"], us_states()["calif"], "IN" in us_states()
    ('iowa', 'new hampshire', 'california', True)
    """
    states: dict[str, str] = {}
    for row in read_wordlist("us_states"):
        states[row["state"]] = row["state"]
        for form in row["forms"].split():
            plain = form.replace(".", "")
            states[plain if plain.isupper() and "." not in form else plain.casefold()] = row["state"]
    return MappingProxyType(states)


@cache
def seats(kind: str) -> Mapping[str, frozenset[str]]:
    """Return seats of power of a `kind`, in the form in which names are matched -> ISO 3166 codes of the states (EU: the Union).

    Parameters
    ----------
    kind : str
        ``capital``; ``house``: a building, street or rock where a state's leaders sit; or ``executive``: one that mostly means
        the president's office alone.

    Examples
    --------
    >>> sorted(seats("capital")["brussels"]), sorted(seats("house")["downing street"])
    (['BE', 'EU'], ['GB'])
    """
    codes: dict[str, set[str]] = {}
    for row in read_wordlist("seats"):
        if row["kind"] == kind:
            for name in row["seats"].split("|"):
                codes.setdefault(name_key(name), set()).add(row["territory"])
    return MappingProxyType({name: frozenset(own) for name, own in codes.items()})


@cache
def other_names() -> Mapping[str, frozenset[str]]:
    """Return what news calls bodies beside their names, in the form in which names are matched -> the names of the bodies, alike.

    Examples
    --------
    >>> sorted(other_names()["pentagon"])
    ['department of defense']
    """
    bodies: dict[str, set[str]] = {}
    for row in read_wordlist("other_names"):
        for name in row["names"].split("|"):
            bodies.setdefault(name_key(name), set()).add(name_key(row["body"]))
    return MappingProxyType({name: frozenset(own) for name, own in bodies.items()})


@cache
def news_agencies() -> Mapping[str, tuple[str, ...]]:
    """Return names of news agencies, in the form in which names are matched -> all names of the agency.

    Examples
    --------
    >>> news_agencies()["reuters"]
    ('Reuters', 'Thomson Reuters')
    """
    rows = (tuple(row["names"].split("|")) for row in read_wordlist("news_agencies"))
    return MappingProxyType({name_key(name): names for names in rows for name in names})


@cache
def territories(language: str = "en") -> Mapping[str, str]:
    """Return names of countries (Unicode CLDR, through Babel), case-folded -> ISO 3166 code.

    Continents and regions are left out. A name in brackets behind another one ("Myanmar (Burma)") may be left out, too.

    Examples
    --------
    >>> territories()["georgia"], territories()["russia"]
    ('GE', 'RU')
    """
    from babel import Locale

    names = Locale(language).territories
    codes = {
        one.casefold(): code
        for code, name in names.items()
        if len(code) == 2 and code not in {"EU", "UN", "EZ", "ZZ", "QO"}
        for one in (name, name.partition(" (")[0])
    }
    return MappingProxyType({**codes, **{name_key(name): code for name, code in codes.items()}})


@cache
def calendar_words(language: str = "en") -> frozenset[str]:
    """Return names of days and months (Unicode CLDR, through Babel), case-folded.

    Examples
    --------
    >>> "august" in calendar_words(), "tuesday" in calendar_words()
    (True, True)
    """
    from babel import Locale

    locale = Locale(language)
    words: set[str] = set()
    for calendar in (locale.days, locale.months):
        for width in ("wide", "abbreviated"):
            words.update(name.casefold().rstrip(".") for name in calendar["format"][width].values())
    return frozenset(words)


@cache
def stop_words() -> frozenset[str]:
    """Return English function words, which comparisons of wording leave out.

    Examples
    --------
    >>> "the" in stop_words(), "officials" in stop_words()
    (True, False)
    """
    rows = (row for row in read_wordlist("function_words") if not row["class"].startswith("openers"))
    return frozenset(word for row in rows for word in row["words"].split())


@cache
def sentiment() -> Mapping[str, float]:
    """Return VADER's sentiment lexicon: word -> mean valence of ten raters, from -4 to 4.

    References
    ----------
    Hutto and Gilbert 2014, VADER: a parsimonious rule-based model for sentiment analysis of social media text.

    Examples
    --------
    >>> sentiment()["disaster"] < 0 < sentiment()["praised"]
    True
    """
    return MappingProxyType({row["word"]: float(row["valence"]) for row in read_wordlist("vader")})


@cache
def frame_words(frame: str) -> frozenset[str]:
    """Return the words that point to one of the five generic frames.

    Examples
    --------
    >>> "victims" in frame_words("human-interest")
    True
    """
    rows = {row["frame"]: frozenset(row["words"].split()) for row in read_wordlist("frames")}
    if frame not in rows:
        raise UnknownNameError(f"Unknown frame {frame!r}. It must be one of: {', '.join(sorted(rows))}.")
    return rows[frame]
