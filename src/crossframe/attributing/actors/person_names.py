"""A person's name: given names, surname and suffix, its short forms, whose a surname alone is, and whether two may be one's."""

import re
from collections import defaultdict
from collections.abc import Sequence

from crossframe import lexicons
from crossframe.attributing.actors.spellings import (
    MIN_LETTERS,
    MIN_SIMILARITY,
    letters_of,
    same_spelling,
    spelling_key,
)
from crossframe.attributing.names.spotting import Name
from crossframe.text import name_key

Namesakes = frozenset[tuple[str, str]]
"""Given name and surname of which an event has two bearers: the one with Jr. or III is somebody else."""
_ARABIC_ARTICLES = ("al-", "el-")
_SURNAME_FIRST = re.compile(r"([^\W\d_]\w+) [^\W\d_]\w*-[^\W\d_]\w+")


def name_words(name: str) -> list[str]:
    """Return the words of a name without case, accents, points, suffix and the article of Arabic surnames.

    Examples
    --------
    >>> name_words("Abdel Fattah el-Sisi"), name_words("Andrés Poe Jr.")
    (['abdel', 'fattah', 'sisi'], ['andres', 'poe'])
    """
    words = [
        word for word in name_key(name).replace(".", "").split() if word not in lexicons.name_parts("suffix")
    ]
    return [word[3:] if word.startswith(_ARABIC_ARTICLES) else word for word in words]


def given_and_surname(name: str) -> tuple[list[str], str]:
    """Return the given names (with initials) and the surname (with particles), without case, accents and suffix.

    Examples
    --------
    >>> given_and_surname("Charles E. Poe Jr."), given_and_surname("Ursula von der Poe")
    ((['charles', 'e'], 'poe'), (['ursula'], 'von der poe'))
    """
    words = name_words(name)
    first = len(words) - 1
    while first > 1 and words[first - 1] in lexicons.particles():
        first -= 1
    return words[: max(first, 0)], " ".join(words[max(first, 0) :])


def has_suffix(name: str) -> bool:
    """Return whether the name ends with Jr., III and the like."""
    return bool(_suffix(name))


def _suffix(name: str) -> str:
    last = (name_key(name).replace(".", "").split() or [""])[-1]
    return last if last in lexicons.name_parts("suffix") else ""


def surname_first(name: str) -> str:
    """Return the surname that a hyphenated given name follows ("Poe Min-ji"), "" where the name has another form.

    Examples
    --------
    >>> surname_first("Poe Min-ji"), surname_first("Ann Poe-Roe"), surname_first("Poe Min Ji")
    ('Poe', '', '')
    """
    match = _SURNAME_FIRST.fullmatch(name)
    return match.group(1) if match and name.rpartition("-")[2].islower() else ""


def short_names(name: str) -> list[str]:
    """Return the short forms of a person's full name: without its first words, or its surname where that comes first.

    Examples
    --------
    >>> short_names("Ursula von der Poe"), short_names("Bashar al-Poe"), short_names("Poe Min-ji")
    (['von der Poe', 'der Poe', 'Poe'], ['al-Poe', 'Poe'], ['Min-ji', 'Poe'])
    """
    words = [word for word in name.split() if word.casefold().strip(".") not in lexicons.name_parts("suffix")]
    short = [" ".join(words[i:]) for i in range(1, len(words)) if not _is_initial(words[i])]
    bare = [word[3:] for word in words[-1:] if word[:3].casefold() in _ARABIC_ARTICLES]
    first = [surname_first(name)] if surname_first(name) else []
    return (
        [one for one in short if one.split()[0].casefold() not in lexicons.particles() or " " in one]
        + bare
        + first
    )


def _is_initial(word: str) -> bool:
    """Return whether a word is a letter that stands for a name, and no particle ("Ó")."""
    return len(word.strip(".")) == 1 and name_key(word) not in lexicons.particles()


def compatible(left: str, right: str, namesakes: Namesakes = frozenset()) -> bool:
    """Return whether two full names may be one person's: same surname, and given names that do not contradict each other.

    A name is also one with a name that has further given names before it or a second surname behind it, and with itself in
    another spelling or with the surname first.

    Examples
    --------
    >>> compatible("Chuck Grassley", "Charles E. Grassley"), compatible("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> compatible("Jo Roe Jr.", "Jo Roe"), compatible("Jo Roe Jr.", "Jo Roe", frozenset({("jo", "roe")}))
    (True, False)
    >>> compatible("Claudia Roe", "Claudia Roe Poe"), compatible("Yoon Suk Roe", "Yoon Suk-roe")
    (True, True)
    >>> compatible("Magyar Péter", "Péter Magyar"), compatible("Thomas James", "James Thomas")
    (True, False)
    """
    (given, surname), (other, same) = given_and_surname(left), given_and_surname(right)
    if not given or not other or _are_namesakes(left, right, namesakes):
        return False
    if letters_of(" ".join((*given, surname))) == letters_of(" ".join((*other, same))):
        return True
    words, spelled = _spelled(left), _spelled(right)
    if _contains(words, spelled) or _contains(spelled, words) or _is_turned(left, right):
        return True
    if not _same_surname(surname, same):
        return False
    if not _same_given(given[0], other[0]) and not (
        (len(given[0]) == 1 and given[1:2] == other[:1]) or (len(other[0]) == 1 and other[1:2] == given[:1])
    ):  # "K. Michael Poe" is called Michael
        return False
    middle, others = {w[0] for w in given[1:]}, {w[0] for w in other[1:]}
    return not (middle and others and not middle & others)


def _are_namesakes(left: str, right: str, namesakes: Namesakes) -> bool:
    """Return whether a suffix tells the bearers of two names apart."""
    suffix, another = _suffix(left), _suffix(right)
    if suffix and another:
        return suffix != another
    both = {(given[0] if given else "", surname) for given, surname in map(given_and_surname, (left, right))}
    return suffix != another and bool(both & namesakes)


def _spelled(name: str) -> list[str]:
    """Return the words of a name, long ones in the form that all their spellings share."""
    return [spelling_key(word) if len(word) >= MIN_LETTERS else word for word in name_words(name)]


def _is_turned(left: str, right: str) -> bool:
    """Return whether one name has the surname of the other in front; two given names of English news are two names."""
    words, others = name_words(left), name_words(right)
    given = all(word in lexicons.first_names() for word in words)
    return not given and words != others and others in (words[-1:] + words[:-1], words[1:] + words[:1])


def _contains(longer: list[str], name: list[str]) -> bool:
    """Return whether a name of two words or more begins or ends a longer one."""
    if len(name) < 2 or len(name) >= len(longer) or min(map(len, (name[0], name[-1]))) < 2:
        return False
    return longer[: len(name)] == name or longer[-len(name) :] == name


def _same_surname(left: str, right: str) -> bool:
    particles = lexicons.particles()
    bare = [" ".join(word for word in one.split() if word not in particles) or one for one in (left, right)]
    return bare[0] == bare[1] or same_spelling(*bare)


def _same_given(left: str, right: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    if left == right or (min(len(left), len(right)) == 1 and left[0] == right[0]):
        return True
    short = lexicons.nicknames()
    full, fuller = short.get(left, frozenset({left})), short.get(right, frozenset({right}))
    if full & fuller or left in fuller or right in full or spelling_key(left) == spelling_key(right):
        return True
    both = lexicons.first_names()
    if min(len(left), len(right)) < MIN_LETTERS or left[0] != right[0] or (left in both and right in both):
        return False
    long = min(len(left), len(right)) >= 2 * MIN_LETTERS
    alike = long and Levenshtein.normalized_similarity(left, right) >= MIN_SIMILARITY
    return alike or Levenshtein.distance(left, right) <= 1


def plain_name(fullest: str, names: list[str]) -> str:
    """Return `fullest` without initials, and without middle names or second surnames that others of `names` leave out.

    A Roman numeral behind a middle initial is formal style and left out too; without one it tells father and son apart.

    Examples
    --------
    >>> plain_name("Charles E. Poe Jr.", []), plain_name("Ann Roe Poe", ["Ann Poe"]), plain_name("Ann Roe Poe", [])
    ('Charles Poe Jr', 'Ann Poe', 'Ann Roe Poe')
    >>> plain_name("Robert S. Poe III", []), plain_name("Robert Poe III", [])
    ('Robert Poe', 'Robert Poe Iii')
    """
    words = fullest.split()
    suffix = [_suffix(fullest).capitalize()] if has_suffix(fullest) else []
    words = words[:-1] if suffix else words
    if suffix and suffix != ["Jr"] and suffix != ["Sr"] and any(len(w.strip(".")) == 1 for w in words[1:-1]):
        suffix = []
    words = [w for i, w in enumerate(words) if i == 0 or not _is_initial(w)]
    short = [f"{words[0]} {words[-1]}", *(" ".join(words[:n]) for n in range(2, len(words)))]
    used = set(map(name_key, names))
    if len(words) > 2:
        words = next((one for one in short if name_key(one) in used), " ".join(words)).split()
    return " ".join([*words, *suffix]) if len(words) > 1 else fullest


def find_couples(names: Sequence[Name]) -> frozenset[str]:
    """Return the surnames, case-folded, that the event gives alone to a man and to a woman ("Mr. Poe", "Mrs. Poe")."""
    genders: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if " " not in name.text and name.title:
            genders[name_key(name.text)].add(lexicons.name_titles().get(name.title.split()[-1], ""))
    return frozenset(key for key, both in genders.items() if {"m", "f"} <= both)


def find_apart(names: Sequence[Name], full: Sequence[str]) -> frozenset[str]:
    """Return surnames that alone mean somebody whose full name the event does not give.

    Of "President Poe's daughters, Ann and Mary Poe" no outlet gives the father's full name: in every article with a
    full name of that surname, the surname with an office comes before it, and news style has full names first.

    Parameters
    ----------
    names : sequence of Name
        Of one event, in order.
    full : sequence of str
        Full names of its persons.

    Returns
    -------
    frozenset of str
        Surnames, case-folded.
    """
    surnames = {given_and_surname(name)[1] for name in full}
    offices: set[tuple[str, str]] = set()
    after_office: dict[tuple[str, str], bool] = {}
    for name in names:
        given, surname = given_and_surname(name.text)
        if surname not in surnames:
            continue
        key = (surname, name.article)
        if not given and name.title and not lexicons.name_titles().get(name.title.split()[-1]):
            offices.add(key)
        elif given and name.kind in {"person", ""}:
            after_office.setdefault(key, key in offices)
    by_surname: dict[str, list[bool]] = defaultdict(list)
    for (surname, _), after in after_office.items():
        by_surname[surname].append(after)
    return frozenset(surname for surname, after in by_surname.items() if all(after))
