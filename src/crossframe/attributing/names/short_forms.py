"""Names that a finder misses and the article itself introduces: what initials stand for, and short forms of what was named."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crossframe import lexicons
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.names.spotting import Name, describe_name
from crossframe.attributing.syntax.words import (
    Word,
    country_code,
    dateline_end,
    is_headline,
    kind_of_known,
    split_words,
)
from crossframe.records import Sentences
from crossframe.text import name_key

_INITIALS = re.compile(r"\s\(([A-Z0-9][A-Za-z0-9]{1,6})\)")
_INITIAL_WORD = re.compile(r"[^\W_][\w’'-]*")
_SMALL = frozenset({"and", "for", "in", "of", "on", "the", "to"})


def add_introduced(sentences: Sentences, names: Sequence[Name]) -> list[Name]:
    """Return `names` with what articles spell out before its initials, and with short forms of the names.

    "The Bharat Premier Trophy (BPT)" names a body, whatever the finder made of its words. A person's first word alone
    ("Lim" of Lim Siew Cheng) and a team's plural ("the Strikers" of the Quay Strikers) are names where the article has
    the full one before, unless the event has the word in lower case too.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As finders and rules found them.

    Returns
    -------
    list of Name
        In order of sentences and offsets.
    """
    split = [split_words(text) for text in sentences.text]
    spelled = [one for row, words in enumerate(split) for one in _spelled_out(sentences, row, words)]
    spelled = [
        one for one in spelled if not any(_crosses(name, one) for name in names if name.row == one.row)
    ]
    covered = {(one.row, at) for one in spelled for at in range(one.start, one.end)}
    whole = [name for name in names if (name.row, name.start) not in covered] + spelled
    short = list(_short_forms(sentences, split, whole))
    return sorted([*whole, *short], key=lambda name: (name.row, name.start))


def _crosses(name: Name, one: Name) -> bool:
    """Return whether a name goes beyond what is spelled out, or is the same."""
    overlaps = name.start < one.end and one.start < name.end
    inside = one.start <= name.start and name.end <= one.end and name.end - name.start < one.end - one.start
    return overlaps and not inside


def _spelled_out(sentences: Sentences, row: int, words: list[Word]) -> Iterator[Name]:
    """Yield the bodies whose initials stand in brackets behind them: two words or more, one per letter, the first capitalised."""
    text, offset = sentences.text[row], int(sentences.start[row])
    for match in _INITIALS.finditer(text):
        letters = match.group(1).casefold()
        start = _start_of_initials(text[: match.start()], letters)
        inside = [i for i, word in enumerate(words) if start <= word.start and word.end <= match.start()]
        if (
            start < 0
            or len(inside) < 2
            or (words[inside[0]].possessive and country_code(words[inside[0]].text))
        ):
            continue
        found = describe_name(
            text, words, (inside[0], inside[-1] + 1), {}, kind=_kind_of_body(text[start : match.start()])
        )
        plain = " ".join(text[start : match.start()].split())
        yield replace(
            found,
            article=sentences.article_of(row).id,
            row=row,
            start=offset + start,
            end=offset + match.start(),
            text=plain,
            acronym=match.group(1),
            certain=True,
        )


def _kind_of_body(name: str) -> str:
    known = kind_of_known(name_key(name))
    return known or lexicons.organisation_heads().get(name.split()[-1].casefold(), "") or "organisation"


def _start_of_initials(before: str, letters: str) -> int:
    """Return where the words begin whose initials are `letters`, -1 where there are none; small words may have no letter."""
    tokens = list(_INITIAL_WORD.finditer(before))
    position = len(tokens)
    for letter in reversed(letters):
        position -= 1
        while (
            position >= 0
            and tokens[position].group() in _SMALL
            and before[tokens[position].start()] != letter
        ):
            position -= 1
        if position < 0 or not tokens[position].group().casefold().startswith(letter):
            return -1
    return tokens[position].start() if tokens[position].group()[0].isupper() else -1


def _short_forms(sentences: Sentences, split: Sequence[list[Word]], names: Sequence[Name]) -> Iterator[Name]:
    """Yield the unmarked words that are short for a name that their article has before."""
    lower = {word.key for words in split for word in words if not word.capital}
    by_row: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        by_row[name.row].append(name)
    for article in sentences.articles:
        kinds: dict[str, str] = {}
        for row in sentences.rows_of(article.id).tolist():
            text, words, offset = sentences.text[row], split[row], int(sentences.start[row])
            dateline = dateline_end(article.document, offset)
            for at, word in enumerate(words) if not is_headline(text, words) else ():
                start, end = offset + word.start, offset + word.end
                if (
                    word.key not in kinds
                    or word.key in lower
                    or start < dateline
                    or not word.capital
                    or _has_neighbour(text, words, at)
                    or any(one.start < end and start < one.end for one in by_row[row])
                ):
                    continue
                found = describe_name(text, words, (at, at + 1), {}, kind=kinds[word.key])
                yield replace(found, article=article.id, row=row, start=start, end=end)
            for name in by_row[row]:
                kinds |= dict.fromkeys(_short_keys(name), name.kind)


def _has_neighbour(text: str, words: list[Word], at: int) -> bool:
    """Return whether a capitalised word that is no title stands beside the one at `at`: both are then another name."""
    left = words[at - 1] if at else None
    right = words[at + 1] if at + 1 < len(words) else None
    before = left is not None and left.capital and not left.opens and adjacent(text, left, words[at])
    behind = right is not None and right.capital and adjacent(text, words[at], right)
    return (before and left is not None and left.key not in lexicons.name_titles()) or behind


def end_words(name: str) -> tuple[str, str]:
    """Return the first and the last word of a name, in the form in which names are matched: what may be short for it.

    Examples
    --------
    >>> end_words("Quay Rowing Club")
    ('quay', 'club')
    """
    words = name_key(name).split()
    return words[0], words[-1]


def _short_keys(name: Name) -> Iterator[str]:
    """Yield the words that alone may be short for a name: a person's first, and the plural that ends a body's name."""
    words = name.text.split()
    if len(words) < 2:
        return
    first, last = end_words(name.text)
    no_name = first in lexicons.name_titles() or first in lexicons.function_words() or len(first) < 3
    if name.kind == "person" and words[0][0].isupper() and not no_name and not kind_of_known(first):
        yield first
    listed = last in lexicons.organisation_heads() or bool(kind_of_known(last))
    if (
        name.kind in {"organisation", "party"}
        and last.endswith("s")
        and words[-1][0].isupper()
        and not listed
    ):
        yield last
