"""Make the word lists of nouns for groups of people and for bodies from WordNet, and from short lists of nouns for both.

Run: python benchmarks/compile_people_nouns.py FOLDER, where FOLDER holds WordNet 3.0's data.noun, index.noun, index.adj and
noun.exc (Debian: package wordnet-base). Writes people_nouns.tsv and body_nouns.tsv in src/crossframe/wordlists.
"""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossframe import lexicons
from crossframe.attributing.syntax.words import country_code

LISTS = Path(__file__).parents[1] / "src/crossframe/wordlists"
PERSON, GROUP, ANIMAL = "18", "14", "05"
"""Numbers of WordNet's files of nouns for persons, groups and animals."""
_INSULTS = re.compile(r"offensive|slur|disparag|derogat|obscene|vulgar")
_NO_PERSONS = frozenset({"spiritual_being", "imaginary_being"})
_TITLES_AND_NAMES = frozenset(
    {"da", "doc", "esq", "jr", "leo", "miss", "sir", "ma", "pa", "papa", "mama", "dear"}
)
_NATIVE = re.compile(r"(?:native|inhabitant|citizen)s? of (?:the )?([A-Z]\w+(?: [A-Z]\w+)*)")
_PLURAL_FORMS = frozenset({"brits"})
_NO_PLURAL = ("ese", "ish", "welsh", "swiss", "sioux")
HAND_MADE = {
    "bodies": "administration army assembly cabinet commission committee council court electorate embassy government "
    "judiciary junta jury leadership legislature militia military ministry navy opposition parliament prosecution public "
    "senate tribunal union audience clergy congregation constabulary crew crowd faculty family gendarmerie mob panel "
    "population regime workforce coastguard",
    "bare": "authorities clergy crew police staff troops",
    "compound": "forces services",
    "plurals": "allies authorities couples crews families gangs militias minorities tribes locals mps meps councilors evangelicals carers returnees picketers pastoralists trawlermen influencers jihadis policymakers homebuyers "
    "barbers boaters builders cleaners commuters enemies entrants firemen foresters founders grads herders medics mums pitmen postdocs progressives regulators runaways scavengers ushers "
    "counterprotesters townspeople tradespeople businesspeople tribespeople spokespeople laypeople servicewomen",
}  # fmt: skip
"""What WordNet's sense of a person does not give. ``bodies``: nouns of its file of groups for people who decide, judge, guard,
watch or belong together, of which a town, a state or a story has one; not nouns for bodies of any kind (company, group,
agency), which stand for names. ``bare``: those that need no article. ``compound``: nouns that mean people only behind another
noun ("security forces"). ``plurals``: several of the small groups, and nouns for persons that WordNet 3.0 does not have, or not as such, or second to a
thing of which news hardly tells (commuters)."""

BODIES = {
    "company": "company firm business corporation group enterprise conglomerate concern partnership subsidiary startup "
    "multinational giant",
    "team": "team club side squad franchise",
    "association": "association organisation organization body group society network movement alliance coalition",
    "party": "party movement alliance bloc coalition",
    "armed": "group movement militia faction",
    "agency": "agency authority body regulator watchdog",
    "charity": "charity foundation organisation organization group fund trust",
    "school": "school university college academy",
    "hospital": "hospital clinic",
    "museum": "museum gallery",
    "church": "church diocese parish",
    "press": "newspaper paper magazine outlet broadcaster network channel station",
    "court": "court tribunal",
}
"""Nouns that news uses for any body of a class, after it has named it."""
SPECIAL_BODIES = {
    "company": "airline bank brewer broadcaster builder carrier developer distributor exporter importer insurer lender manufacturer "
    "miner operator processor producer publisher retailer shipbuilder supplier utility wholesaler",
    "association": "union federation league confederation guild institute chamber lobby",
    "agency": "commission board department office bureau service committee council ministry directorate inspectorate",
    "armed": "front army brigade battalion",
    "party": "front",
    "press": "weekly daily journal",
}
"""Nouns for bodies of one sort within a class: another body of the class is not meant by them. WordNet adds companies."""


@dataclass(frozen=True)
class Synset:
    """A meaning: file, words, broader meanings, whether it is one particular thing, definition."""

    file: str
    words: tuple[str, ...]
    broader: tuple[str, ...]
    particular: bool
    gloss: str


def read_synsets(folder: Path) -> dict[str, Synset]:
    """Return the meanings of nouns by their offset in data.noun."""
    synsets = {}
    for line in (folder / "data.noun").read_text(encoding="latin1").splitlines():
        if line.startswith("  "):
            continue
        fields, _, gloss = line.partition(" | ")
        cells = fields.split()
        n_words = int(cells[3], 16)
        pointers = cells[5 + 2 * n_words :]
        kinds = list(zip(pointers[::4], pointers[1::4], strict=False))
        synsets[cells[0]] = Synset(
            file=cells[1],
            words=tuple(cells[4 : 4 + 2 * n_words : 2]),
            broader=tuple(offset for kind, offset in kinds if kind in {"@", "@i"}),
            particular=any(kind == "@i" for kind, _ in kinds),
            gloss=gloss,
        )
    return synsets


def read_senses(folder: Path) -> dict[str, list[str]]:
    """Return noun -> offsets of its meanings, the most frequent first; nouns of one word, letters alone."""
    senses = {}
    for line in (folder / "index.noun").read_text(encoding="latin1").splitlines():
        cells = line.split()
        if not line.startswith("  ") and re.fullmatch(r"[a-z]{2,}", cells[0]):
            senses[cells[0]] = cells[-int(cells[2]) :]
    return senses


def read_plurals(folder: Path) -> dict[str, str]:
    """Return singular -> irregular plural."""
    rows = (line.split() for line in (folder / "noun.exc").read_text(encoding="latin1").splitlines())
    plurals: dict[str, str] = {}
    for plural, singular, *_ in rows:
        plurals.setdefault(singular, plural)
    return plurals


def make_plural(noun: str, irregular: Mapping[str, str]) -> str:
    """Return the plural of a noun.

    Examples
    --------
    >>> [make_plural(noun, {}) for noun in ("voter", "deputy", "witness", "fireman", "german")]
    ['voters', 'deputies', 'witnesses', 'firemen', 'germans']
    """
    if noun.endswith("man") and noun not in {"human", "german", "roman", "shaman", "norman", "ottoman"}:
        return f"{noun[:-3]}men"
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "sh", "ch", "x", "z")) else f"{noun}s"


def list_persons(folder: Path) -> dict[str, list[str]]:
    """Return the plurals of nouns for persons.

    ``persons``: the most frequent meaning is a person, and no name of one. ``sometimes``: the second is, and the first is
    no animal. ``peoples``: some meaning is a person and written with a capital (nationalities, faiths, parties). Left out are
    words that WordNet calls insults, and gods, spirits and figures of tales.
    """
    synsets, senses, irregular = read_synsets(folder), read_senses(folder), read_plurals(folder)
    nouns: dict[str, list[str]] = {"persons": [], "sometimes": [], "peoples": []}
    for noun, offsets in senses.items():
        first, *others = (synsets[offset] for offset in offsets)
        if noun in _TITLES_AND_NAMES or any(_INSULTS.search(one.gloss) for one in (first, *others[:1])):
            continue
        meanings = [one for one in (first, *others) if _is_person(one, synsets)]
        plural = noun if noun in _PLURAL_FORMS else make_plural(noun, irregular)
        if any(noun.capitalize() in one.words for one in meanings) and not noun.endswith(_NO_PLURAL):
            nouns["peoples"].append(plural)
        if first in meanings and noun in first.words:
            nouns["persons"].append(plural)
        elif noun in {word for one in meanings[:1] if one in others[:1] for word in one.words}:
            nouns["sometimes"] += [plural] if first.file != ANIMAL else []
    return nouns


def list_natives(folder: Path) -> list[str]:
    """Return plurals of nouns for the natives of a country with its code, by WordNet's definition: "danes=DK"."""
    synsets, senses, irregular = read_synsets(folder), read_senses(folder), read_plurals(folder)
    natives = []
    for noun, offsets in senses.items():
        for one in (synsets[offset] for offset in offsets):
            country = (
                _NATIVE.search(one.gloss) if one.file == PERSON and noun.capitalize() in one.words else None
            )
            code = country_code(country.group(1)) if country else ""
            if code and not noun.endswith(_NO_PLURAL):
                natives.append(f"{make_plural(noun, irregular)}={code}")
                break
    return natives


def list_companies(folder: Path) -> list[str]:
    """Return nouns for companies: one of the first three meanings is a business or financial institution, and none is a person.

    Left out are acronyms, and nouns whose first meaning is no body and nothing made ("house" stays out by its first: a dwelling).
    """
    synsets, senses = read_synsets(folder), read_senses(folder)
    nouns = []
    for noun, offsets in senses.items():
        meanings = [synsets[offset] for offset in offsets[:3]]
        firms = [
            one
            for one in meanings
            if one.file == GROUP
            and noun in one.words
            and {"business", "financial_institution"} & {*_broader_words(one, synsets)}
        ]
        if firms and meanings[0].file == GROUP and not any(one.file == PERSON for one in meanings):
            nouns.append(noun)
    return nouns


def list_evaluative(folder: Path) -> list[str]:
    """Return the adjectives of VADER's lexicon of sentiment that are no nouns: "angry" residents are the residents."""
    nouns, adjectives = (
        {line.split()[0] for line in (folder / f"index.{part}").read_text(encoding="latin1").splitlines()}
        for part in ("noun", "adj")
    )
    return sorted(word for word in lexicons.sentiment() if word in adjectives - nouns)


def _is_person(synset: Synset, synsets: Mapping[str, Synset]) -> bool:
    return (
        synset.file == PERSON
        and not synset.particular
        and not _NO_PERSONS.intersection(_broader_words(synset, synsets))
    )


def _broader_words(synset: Synset, synsets: Mapping[str, Synset]) -> Iterable[str]:
    for offset in synset.broader:
        yield from synsets[offset].words
        yield from _broader_words(synsets[offset], synsets)


def write_list(name: str, head: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a word list."""
    lines = [*head, *WORDNET_LICENCE, "\t".join(columns), *("\t".join(row) for row in rows)]
    (LISTS / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    """Write the lists."""
    nouns = list_persons(folder)
    rows = [(kind, " ".join(sorted(set(words)))) for kind, words in nouns.items()]
    rows.append(("natives", " ".join(sorted(list_natives(folder)))))
    rows.append(("evaluative", " ".join(list_evaluative(folder))))
    rows += [(kind, " ".join(sorted(words.split()))) for kind, words in HAND_MADE.items()]
    write_list("people_nouns", PEOPLE_HEAD, ("class", "words"), rows)
    special = {**SPECIAL_BODIES, "company": " ".join([SPECIAL_BODIES["company"], *list_companies(folder)])}
    bodies = [
        (
            kind,
            " ".join(sorted(words.split())),
            " ".join(sorted({*special.get(kind, "").split()} - {*words.split()})),
        )
        for kind, words in BODIES.items()
    ]
    write_list("body_nouns", BODY_HEAD, ("class", "general", "special"), bodies)


WORDNET_LICENCE = (
    "# Licence: WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Use, copying, modification and",
    "# distribution are permitted for any purpose and without fee under the WordNet licence; provided as is, without warranty.",
)
PEOPLE_HEAD = (
    "# Nouns for groups of people, case-folded. persons, sometimes, peoples: plurals of nouns whose first (sometimes: second)",
    "# meaning in WordNet 3.0 is a person (peoples: written with a capital; natives: with the ISO 3166 code of the country in its",
    "# definition); evaluative: its adjectives, no nouns, that VADER has; all by benchmarks/compile_people_nouns.py. Other classes by the crossframe developers, by the rule that the script states.",
)
BODY_HEAD = (
    "# Nouns for bodies by class, case-folded. general: for any body of the class; special: for one sort of them. Companies by trade from",
    "# WordNet 3.0 by benchmarks/compile_people_nouns.py, all other nouns by the crossframe developers, by the rule that the script states.",
)

if __name__ == "__main__":
    main(Path(sys.argv[1]))
