"""Spellings of one name: transliterations and house spellings, level by level, and which spelled names are one."""

import re
from collections.abc import Collection
from functools import lru_cache

from crossframe import lexicons
from crossframe.attributing.syntax.words import country_code, kind_of_known
from crossframe.text import name_key

MIN_LETTERS = 5
"""A shorter word is no spelling of another one unless a list says so: "Li" and "Lee" are two surnames."""
MIN_SIMILARITY = 0.75
"""Share of letters that two names with the same consonants must have in the same order (Levenshtein)."""
_ROMANISED = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("x", "ks"), ("q|ck", "k"), ("ph", "f"), ("w", "v"), ("sch", "sh"), ("tch", "ch"), ("ou|oo", "u"),
        ("[yj](?=[aeiou])|(?<=[aeiouy])j|y", "i"), ("ii+|ee", "i"), ("(?<![bcdfghklmnprstvz])ie", "e"), ("c(?![eihy])", "k"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
"""What the romanisations of Cyrillic and Arabic write in several ways (BGN/PCGN, ISO 9, ALA-LC and newspaper style)."""
_CONSONANTS = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("[kg]h?|c(?!h)", "k"), ("[dt]h", "d"), ("z(?!h)", "s"), ("(?<=.)h", ""), ("[aeiou]", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
_ASPIRATE = re.compile("(?<![bcdfghjklmnpqrstvwxz])h")
_NUMBER = re.compile(r".*\d.*|[ivx]+")


def letters_of(name: str) -> str:
    """Return the letters and digits of a name, without case, accents, marks and blanks.

    Examples
    --------
    >>> letters_of("Yoon Suk-yeol") == letters_of("Yoon Suk Yeol"), letters_of("O’Connor")
    (True, 'oconnor')
    """
    return "".join(one for one in name_key(name) if one.isalnum())


@lru_cache(maxsize=16384)
def spelling_key(name: str) -> str:
    """Return the form that all romanised spellings of a name share, word by word.

    Examples
    --------
    >>> [spelling_key(one) for one in ("Aleksei Zelenskyy", "Alexey Zelensky", "Kiev")]
    ['aleksei zelenski', 'aleksei zelenski', 'kiv']
    """
    words = []
    for word in name_key(name).replace(".", "").split():
        key = lexicons.usual_spellings().get(word, word)
        if not _NUMBER.fullmatch(key):
            for pattern, letter in _ROMANISED:
                key = pattern.sub(letter, key)
        words.append(key)
    return " ".join(words)


@lru_cache(maxsize=16384)
def consonants_of(name: str) -> str:
    """Return the consonants of a name as Arabic and other scripts without vowels would give them, words joined.

    Examples
    --------
    >>> consonants_of("Muammar Gaddafi") == consonants_of("Moammar Qadhafi"), consonants_of("Hezbollah")
    (True, 'hsbl')
    """
    words = []
    for word in spelling_key(name).replace("'", "").replace("-", " ").split():
        key = word
        if not _NUMBER.fullmatch(key):
            for pattern, letter in _CONSONANTS:
                key = pattern.sub(letter, key)
        words.append(key or word[:1])
    return "".join(words)


def usual_name(name: str) -> str:
    """Return a name with the usual spelling of every word that has one.

    Examples
    --------
    >>> usual_name("Wolodymyr Zelenskyy"), usual_name("Ann Poe")
    ('volodymyr zelensky', 'Ann Poe')
    """
    usual = lexicons.usual_spellings()
    words = [usual.get(name_key(word), word) for word in name.split()]
    return usual.get(name_key(name)) or " ".join(words)


def listed_spellings(name: str) -> list[str]:
    """Return the other well-known spellings of a name, or of the last word of one.

    Examples
    --------
    >>> listed_spellings("Kyiv"), listed_spellings("Ann Poe")
    (['Kiev'], [])
    """
    first, _, last = name.rpartition(" ")
    usual = lexicons.usual_spellings()
    key = name_key(last)
    same = [one for one, shared in usual.items() if one != key and usual.get(key) == shared]
    return [f"{first} {one.title()}".strip() for one in same]


def same_spelling(left: str, right: str) -> bool:
    """Return whether two names are spellings of one name, wherever they stand.

    Examples
    --------
    >>> same_spelling("Volodymyr Zelensky", "Volodymyr Zelenskiy"), same_spelling("Olena Zelenska", "Olena Zelensky")
    (True, False)
    >>> same_spelling("Kyiv", "Kiev"), same_spelling("Li", "Lee"), same_spelling("World War I", "World War II")
    (True, False, False)
    """
    if letters_of(left) == letters_of(right):
        return True
    if _is_other(left, right):
        return False
    usual = [lexicons.usual_spellings().get(name_key(name), name_key(name)) for name in (left, right)]
    if usual[0] == usual[1]:
        return True
    long = min(len(letters_of(left)), len(letters_of(right))) >= MIN_LETTERS * (1 + (" " in left.strip()))
    listed = any(
        word in lexicons.usual_spellings() for name in (left, right) for word in name_key(name).split()
    )
    return (long or listed) and spelling_key(left) == spelling_key(right)


def similar_spelling(left: str, right: str) -> bool:
    """Return whether two names may be spellings of one name: same consonants, and most letters.

    Two given names that English news has ("Mario", "Maria") are two names. Whether the names are one actor's is decided by
    who uses them: outlets have one spelling each.

    Examples
    --------
    >>> similar_spelling("Hezbollah", "Hizbollah"), similar_spelling("Muammar Gaddafi", "Moammar Qadhafi")
    (True, True)
    >>> similar_spelling("Mario Poe", "Maria Poe"), similar_spelling("Germany", "German")
    (False, False)
    """
    from rapidfuzz.distance import Levenshtein

    if same_spelling(left, right):
        return True
    letters, others = letters_of(spelling_key(left)), letters_of(spelling_key(right))
    if min(len(letters), len(others)) <= MIN_LETTERS or _is_other(left, right) or _is_known(left, right):
        return False
    if Levenshtein.normalized_similarity(letters, others) < MIN_SIMILARITY:
        return False
    words, ours = name_key(left).split(), name_key(right).split()
    if len(words) == len(ours) and any(_are_given_names(*pair) for pair in zip(words, ours, strict=True)):
        return False
    if consonants_of(left) == consonants_of(right):
        return True
    if len(words) < 2 or len(ours) < 2 or min(len(words[-1]), len(ours[-1])) < 2 * MIN_LETTERS - 3:
        return False
    given = consonants_of(words[0]) == consonants_of(ours[0])
    return given and Levenshtein.normalized_similarity(words[-1], ours[-1]) >= MIN_SIMILARITY


def sounds_of(name: str) -> str:
    """Return the consonants of a name in which Ukrainian h and Russian g are one ("Ihor Hnatiuk", "Igor Gnatyuk").

    Examples
    --------
    >>> sounds_of("Ihor Hnatiuk") == sounds_of("Igor Gnatyuk"), sounds_of("Ahmed Hussein") == sounds_of("Ahmad Hussain")
    (True, True)
    """
    words = spelling_key(name).replace("'", "").replace("-", " ").split()
    return " ".join(consonants_of(_ASPIRATE.sub("g", word)) for word in words)


def sound_alike(left: str, right: str) -> bool:
    """Return whether two full names have the same consonants word by word, and given names of one gender where it is known.

    Examples
    --------
    >>> sound_alike("Ahmed Hussein", "Ahmad Hussain"), sound_alike("Mario Poe", "Maria Poe")
    (True, False)
    """
    from rapidfuzz.distance import Levenshtein

    firsts = lexicons.first_names()
    genders = {firsts.get(name_key(name).split()[0], "") for name in (left, right)} - {""}
    alike = Levenshtein.normalized_similarity(spelling_key(left), spelling_key(right)) >= MIN_SIMILARITY
    return len(genders) < 2 and alike and sounds_of(left) == sounds_of(right)


def _are_given_names(left: str, right: str) -> bool:
    """Return whether two words are given names of English news, and not one long name in two spellings."""
    both = lexicons.first_names()
    if left == right or left not in both or right not in both or spelling_key(left) == spelling_key(right):
        return False
    long = min(len(left), len(right)) > MIN_LETTERS and consonants_of(left) == consonants_of(right)
    return not long or both[left] != both[right]


def _is_other(left: str, right: str) -> bool:
    """Return whether two names differ in a number, or are acronyms that differ."""
    numbers = [
        [word for word in name_key(name).split()[1:] if _NUMBER.fullmatch(word)] for name in (left, right)
    ]
    acronym = any(name.isupper() and len(name) <= MIN_LETTERS for name in (left, right))
    return acronym or numbers[0] != numbers[1]


def _is_known(left: str, right: str) -> bool:
    """Return whether word lists know both names, or one of them as an adjective: then they are two."""
    return all(map(_in_lists, (left, right))) or any(country_code(name) for name in (left, right))


def _in_lists(name: str) -> bool:
    key = name_key(name)
    lists: tuple[Collection[str], ...] = (
        lexicons.us_states(),
        lexicons.organisation_heads(),
        lexicons.function_words(),
    )
    return bool(kind_of_known(key)) or any(key in one for one in lists)
