"""Signs in an event that a noun means people which no list has, or has for other things too: "baristas said", "fans booed"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from crossframe import lexicons
from crossframe.attributing.cast.group_heads import (
    ARTICLES,
    DEFINITE,
    OWN,
    PLACE_NOUNS,
    QUANTITIES,
    Cases,
    group_heads,
    is_plain,
    modifies,
    plurals_of,
)
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.names.spotting import Name
from crossframe.attributing.syntax.words import (
    Word,
    country_code,
    follows_phrase,
    is_headline,
    is_saying_verb,
    may_be_finite,
    split_words,
)
from crossframe.records import Sentences

_MEN = re.compile(r"[a-z-]{3,}(?:men|women|people|folk)")
_NO_MEN = frozenset(["chessmen", "dolmen", "mermen", "omen", "regimen", "snowmen", "specimen", "talismen"])
_ENDS_AS_PERSONS = re.compile(
    r"[a-z-]{3,}(?:buyers|dwellers|farmers|fighters|goers|growers|holders|hunters|keepers|lovers|mates|members|owners|players|"
    r"riders|seekers|sellers|traders|trippers|users|walkers|watchers|winners|workers)"
)
"""Nouns made of two ("stallholders") that mean people where they do something: candleholders never do."""
_ACTS = frozenset(
    ["applaud", "applauded", "boo", "booed", "chant", "chanted", "cheer", "cheered", "clap", "clapped", "cried", "grieve", "grieved",
     "heckled", "jeer", "jeered", "knelt", "laughed", "looted", "march", "marched", "mourn", "mourned", "picketed", "pray", "prayed",
     "queue", "queued", "rioted", "sang", "screamed", "shouted", "sobbed", "testified", "weep", "wept", "yelled"]
)  # fmt: skip
"""Verbs with which nobody but people is the subject in news."""
_THINGS_DO = frozenset(
    [
        "became",
        "began",
        "broke",
        "came",
        "cost",
        "fell",
        "grew",
        "hung",
        "lay",
        "meant",
        "ran",
        "rose",
        "sank",
        "sold",
        "stood",
        "went",
    ]
)
"""Verbs with which anything is."""
_SUFFERED = frozenset(
    ["arrested", "convicted", "deported", "evicted", "handcuffed", "hospitalised", "hospitalized", "imprisoned", "injured",
     "interviewed", "jailed", "sacked", "told", "wounded"]
)  # fmt: skip
"""What is done to nobody but people, behind "were"."""
_SAYS = frozenset(
    ["accuse", "admit", "applaud", "argue", "ask", "blame", "boast", "complain", "concede", "condemn", "criticise", "criticize", "demand",
     "denounce", "deny", "doubt", "hope", "insist", "joke", "lament", "mock", "plead", "pledge", "praise", "promise", "protest", "refuse",
     "say", "swear", "tell", "thank", "urge", "vow", "wish", "wonder", "worry"]
)  # fmt: skip
"""Verbs of saying whose subjects are people, or texts: others have figures, plans and storms, too."""
_OF_PARTICIPLES = frozenset(
    [
        "about",
        "as",
        "at",
        "by",
        "during",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "over",
        "since",
        "to",
        "with",
    ]
)
_HEARERS = frozenset(
    ["accused", "arrested", "assured", "congratulated", "convinced", "deported", "evicted", "informed", "interviewed", "jailed",
     "notified", "persuaded", "reassured", "reminded", "thank", "thanked", "told"]
)  # fmt: skip
"""Verbs whose object is somebody."""
_CALLED_ON = frozenset(["ask", "asked", "begged", "encouraged", "invited", "urge", "urged", "warned"])
"""Verbs whose object is somebody where "to" or "that" follows: "urged gamers to", but "urged reforms"."""
_WRITINGS = frozenset(
    ["accounts", "adverts", "analyses", "articles", "banners", "blogs", "books", "brochures", "bulletins", "charts", "codes",
     "columns", "contracts", "data", "databases", "diaries", "dispatches", "documents", "editorials", "emails", "e-mails", "estimates",
     "figures", "files", "filings", "findings", "forecasts", "forms", "graphs", "guidelines", "headlines", "images", "indicators",
     "indictments", "instructions", "laws", "lawsuits", "leaflets", "letters", "lies", "maps", "memoirs", "memos", "messages", "minutes",
     "models", "movies", "notes", "notices", "numbers", "odds", "orders", "pamphlets", "papers", "pages", "photos", "pictures",
     "placards", "policies", "polls", "posters", "posts", "projections", "recommendations", "records", "regulations", "releases",
     "reports", "results", "reviews", "rules", "rumors", "rumours", "scriptures", "signs", "sites", "statistics", "stickers", "stories",
     "studies", "surveys", "tables", "tales", "tallies", "tests", "texts", "transcripts", "treaties", "trials", "tweets", "verdicts",
     "videos", "warrants", "websites", "words", "days", "decades", "hours", "months", "times", "weeks", "years"]
)  # fmt: skip
"""What says something and is nobody."""
_ACTING_BODIES = frozenset(
    [
        "businesses",
        "campaigns",
        "communities",
        "governments",
        "markets",
        "municipalities",
        "platforms",
        "states",
    ]
)
_OWNED = frozenset(
    ["anger", "association", "children", "demands", "families", "federation", "grievances", "guild", "homes", "husbands", "lawyer",
     "lawyers", "leader", "leaders", "parents", "representatives", "rights", "spokesman", "spokeswoman", "strike", "union", "unions",
     "wages", "wives"]
)  # fmt: skip
"""What only people have: "the baristas' union"."""
_HUMAN = frozenset(["bereaved", "disgruntled", "elderly", "retired"])
_OPENERS = frozenset(
    ["after", "although", "and", "as", "because", "before", "but", "if", "since", "that", "though", "until", "when", "where",
     "while"]
)  # fmt: skip
"""Words behind which a clause begins."""
_IS_CALLED = re.compile(
    r"(?:, \d{1,3})?, (?:an?|the) ((?:[a-z][\w’'-]*\s){0,3}?[a-z][a-z-]+)(?=[,.;]|\s(?:at|from|in|of|on|who|with)\b)"
)
_CALLS_BY = re.compile(r"(?:^|\s)([a-z][a-z-]{3,})\s$")
_ONE_OF = re.compile(
    r"\b(?:[Oo]ne|[Tt]wo|[Ss]ome|[Mm]any|[Mm]ost) of (?:the|these|those|its|their) ([a-z-]+), $"
)
_GLOSSED = re.compile(
    r"\b([A-Za-z-]+s)(?:, (?:as|or|the) |\s\()(?:(?!(?:by|for|from|in|of|with|without)\b)[a-z-]+\s){0,3}?([a-z-]+)(?=,|\)| are\b| were\b)"
)
_KNOWN_AS = re.compile(
    r"\b([a-z-]+),? (?:locally |widely )?(?:called|dubbed|known as|nicknamed) (?:the )?[“\"‘']?([a-z-]+s)\b"
)
"""What a noun is explained by: "garimpeiros, as wildcat miners are called", "miners known as garimpeiros"."""
_KIN_AND_WORK = frozenset(
    ["children", "families", "husbands", "jobs", "livelihoods", "parents", "wages", "wives"]
)
MAX_WORDS_BACK = 4


def find_people(sentences: Sentences, names: Sequence[Name], cases: Cases) -> frozenset[str]:
    """Return the plurals that mean people somewhere in an event, of those that no list has for people alone.

    A noun means people where "who" follows; as the subject of a verb of saying or of another deed of people, at the beginning
    of its clause; as whom somebody tells, thanks or accuses; with what only people have ("the baristas' union") or are
    ("retired baristas"); where a person is one ("Ann Poe, a barista"); and by its ending ("oystermen"). Texts that say
    something ("reports said") are nobody.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        Of the event: a description beside a person's name shows what persons are called.
    cases : Cases
        Of the event.

    Returns
    -------
    frozenset of str
        Case-folded.
    """
    doubtful = lexicons.people_nouns("sometimes")
    found: set[str] = set()
    for text in sentences.text:
        words = split_words(text)
        headline = is_headline(text, words)
        for at, word in enumerate(words):
            key = word.key.rsplit("-", 1)[-1]
            known = key in group_heads() and key not in doubtful
            if not known and _is_plural(word, headline) and _means_people(text, words, at, headline):
                found.add(key)
        found.update(_explained(text))
    for name in names:
        if name.kind == "person":
            found.update(_described(sentences, name))
    names_only = cases.capitals - cases.lower
    return frozenset(found - (group_heads() - doubtful) - _nobody() - names_only)


@cache
def _nobody() -> frozenset[str]:
    """Return plurals that say or do something and are no people: texts, bodies and places."""
    nouns = PLACE_NOUNS | lexicons.organisation_heads().keys()
    return frozenset(_WRITINGS | _ACTING_BODIES | plurals_of(nouns) | lexicons.saying_nouns().keys())


def _explained(text: str) -> Iterator[str]:
    """Yield the plurals that a sentence explains by a noun for people."""
    people = lexicons.people_nouns("persons") | lexicons.people_nouns("plurals")
    yield from (match.group(1).casefold() for match in _GLOSSED.finditer(text) if match.group(2) in people)
    yield from (match.group(2) for match in _KNOWN_AS.finditer(text) if match.group(1) in people)


def _is_plural(word: Word, headline: bool) -> bool:
    if word.capital and not (word.opens or headline):
        return False
    key = word.key
    if _MEN.fullmatch(key):
        return True
    plural = key.endswith("s") and not key.endswith(("ss", "us", "is")) and len(key) > 3
    is_word = key.replace("-", "").isalpha() and key not in lexicons.function_words()
    return plural and is_word and not is_saying_verb(key)


def _means_people(text: str, words: Sequence[Word], at: int, headline: bool) -> bool:
    word, key = words[at], words[at].key
    if _MEN.fullmatch(key):
        return key not in _NO_MEN
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None:
        return _is_object(text, words, at, "")
    if word.possessive:
        return following.key in _OWNED
    if at and words[at - 1].key in _HUMAN and follows_phrase(following.key):
        return True
    first = _first_of_phrase(text, words, at)
    if following.key == "who" and text[word.end : following.start] in {" ", ", "}:
        return first == 0 or words[first - 1].key not in _OF_PARTICIPLES
    if adjacent(text, word, following) and not headline and _opens_clause(text, words, first):
        return _acts(text, words, at)
    return _is_object(text, words, at, following.key)


def _first_of_phrase(text: str, words: Sequence[Word], at: int) -> int:
    """Return the position of the first word of the phrase whose head stands at `at`."""
    first = at
    while first and at - first < MAX_WORDS_BACK and adjacent(text, words[first - 1], words[first]):
        word = words[first - 1]
        known = word.key in DEFINITE | ARTICLES | OWN | QUANTITIES or word.key.isdigit()
        adjective = modifies(word.key) and (not word.capital or is_plain(word.key) or country_code(word.text))
        if word.possessive or word.key in _OPENERS | _OF_PARTICIPLES or not (known or adjective):
            break
        first -= 1
    return first


def _opens_clause(text: str, words: Sequence[Word], first: int) -> bool:
    if words[first].opens:
        return True
    before = words[first - 1]
    return not before.possessive and (before.key in _OPENERS or not adjacent(text, before, words[first]))


def _acts(text: str, words: Sequence[Word], at: int) -> bool:
    """Return whether the verb behind a subject is a deed of people."""
    then = at + 1
    while then + 1 < len(words) and (
        words[then].key in {"also", "had", "have", "later", "then", "never", "still", "will", "would"}
        or words[then].key.endswith("ly")
    ):
        then += 1
    verb, behind = words[then].key, words[then + 1].key if then + 1 < len(words) else ""
    if words[then].capital:
        return False
    if verb in {"are", "were", "been"}:
        return behind in _SUFFERED
    if any(
        one.key == "their" and two.key in _KIN_AND_WORK
        for one, two in zip(words[then : then + 3], words[then + 1 : then + 4], strict=False)
    ):
        return words[at].key not in _nobody()
    if verb in _ACTS or (_ENDS_AS_PERSONS.fullmatch(words[at].key) and may_be_finite(verb)):
        return verb not in lexicons.name_parts("auxiliary") | _THINGS_DO
    if verb == "said" and behind == "to":
        return False
    says = (is_saying_verb(verb) or verb in _SAYS) and not _SAYS.isdisjoint(_bases(verb))
    return says and behind not in _OF_PARTICIPLES - {"about", "to"} and words[at].key not in _nobody()


def _bases(verb: str) -> set[str]:
    """Return what may be the base of a form of a verb."""
    irregular = {"said": "say", "told": "tell", "swore": "swear", "denied": "deny", "worried": "worry"}
    endings = ("", "d", "ed", "s", "es", "ted")
    return {verb.removesuffix(ending) for ending in endings} | {irregular.get(verb, verb)}


def _is_object(text: str, words: Sequence[Word], at: int, following: str) -> bool:
    """Return whether somebody tells, thanks or accuses whom the noun at `at` means."""
    first = _first_of_phrase(text, words, at)
    if not first or not adjacent(text, words[first - 1], words[first]) or words[at].key in _nobody():
        return False
    verb = words[first - 1].key
    if following == "of" or (following and not follows_phrase(following)):
        return False
    return verb in _HEARERS or (verb in _CALLED_ON and following in {"to", "that", "not"})


def _described(sentences: Sentences, name: Name) -> Iterator[str]:
    """Yield the plural of what a person is called beside the name: "Ann Poe, a barista", "barista Ann Poe"."""
    text, offset = sentences.text[name.row], int(sentences.start[name.row])
    behind = _IS_CALLED.match(text, name.end - offset)
    before = _CALLS_BY.search(text[: name.start - offset])
    one_of = _ONE_OF.search(text[: name.start - offset])
    if one_of:
        yield one_of.group(1)
    for match in (behind, before):
        noun = match.group(1).split()[-1] if match else ""
        if (
            noun
            and not noun.endswith(("s", "ed", "ing", "ly"))
            and noun not in lexicons.function_words()
            and not may_be_finite(noun)
        ):
            yield (
                f"{noun[:-1]}ies"
                if re.search(r"[^aeiou]y$", noun)
                else f"{noun}{'es' if noun.endswith(('sh', 'ch', 'x')) else 's'}"
            )
