"""Text handling that several wings need: keys for matching words and names, words, shingles, slugs."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_SPELLED_OUT = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ə": "a",
        "ß": "ss",
        "&": "and",
    }
    | dict.fromkeys("’‘ʼʻʹ′´`ʾʿ", "'")
    | dict.fromkeys("‐‑–", "-")
)
"""Letters that no accent explains, signs that stand for apostrophe and hyphen, and the sign for "and"."""


def match_key(text: str) -> str:
    """Return `text` in the form in which names and words are matched: NFKC, case-folded, straight apostrophes, single blanks.

    Examples
    --------
    >>> match_key("Mr.  TRUMP’s")
    "mr. trump's"
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(folded.split())


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Return `text` in the form in which names are matched: like `match_key`, but without accents and with "and" for "&".

    Accents, apostrophes and hyphens of names differ from outlet to outlet; this is the one place that levels them.

    Examples
    --------
    >>> name_key("Sinéad O’Connor") == name_key("Sinead O'Connor"), name_key("Marks & Spencer"), name_key("Łódź")
    (True, 'marks and spencer', 'lodz')
    """
    key = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED_OUT)).casefold()
    return " ".join("".join(one for one in key if not unicodedata.combining(one)).split())


def words(text: str) -> list[str]:
    """Return the words of `text`, case-folded; full stops, apostrophes and hyphens inside a word stay ("U.S", "well-known").

    Examples
    --------
    >>> words("The U.S. Secretary said: “Don’t.”")
    ['the', 'u.s', 'secretary', 'said', "don't"]
    """
    return WORD.findall(match_key(text))


def shingles(tokens: Sequence[str], n: int) -> set[tuple[str, ...]]:
    """Return all runs of `n` consecutive `tokens`; the empty set when there are fewer than `n`."""
    return {tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)}


_LETTERS = dict(zip("абвгґдеєжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџηρ", (
    "a b v g g d e ye zh z i i yi i k l m n o p r s t u u f kh ts ch sh shch - y - e yu ya dj j lj nj c dz i r"
).replace("-", "").split(" "), strict=True))  # fmt: skip
"""Letters whose Unicode names are not how they are read, as newspapers spell them (BGN/PCGN, Serbian as Serbs do)."""
_READ = re.compile(
    r"(?:HIRAGANA|KATAKANA) LETTER (?:SMALL )?(?P<kana>[A-Z]+)|(?:HANGUL|ETHIOPIC) SYLLABLE (?P<syllable>[A-Z]+)"
    r"|[A-Z ]+?(?: VOWEL SIGN| CHARACTER SARA) (?P<sign>[A-Z]+).*"
    r"|(?!LATIN|MODIFIER)[A-Z]+ (?:SMALL )?(?:LETTER|CHARACTER) (?:FINAL |FARSI |VOCALIC )?"
    r"(?P<letter>[^AEIOU\W]{1,3}|[AEIOU]{1}).*"
)
"""By the Unicode name of a letter how it is read: syllables as they are called, other letters as their names begin."""


@lru_cache(maxsize=4096)
def _romanise(letter: str) -> str:
    """Return a letter of another script in Latin ones; itself where its Unicode name does not say how it is read."""
    for known in (letter, unicodedata.normalize("NFD", letter)[0]):
        if known in _LETTERS:
            return _LETTERS[known]
    read = _READ.fullmatch(unicodedata.name(letter, ""))
    return next(part for part in read.groups() if part).lower() if read else letter


def slug(text: str) -> str:
    """Return an id made from `text`: ASCII letters, digits and hyphens, at most 64; "x" when nothing is left.

    Letters of other alphabets and syllables are spelled in Latin ones; Chinese characters say nothing of their sound.

    Examples
    --------
    >>> slug("Mikheil Saakashvili’s Œuvre"), slug("Новая газета"), slug("한겨레")
    ('mikheil-saakashvilis-oeuvre', 'novaya-gazeta', 'hangyeore')
    """
    if not text.isascii():
        text = "".join(map(_romanise, unicodedata.normalize("NFC", text).casefold()))
    plain = name_key(text.replace("&", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:64].strip("-") or "x"
