"""Names that a finder marks in one place of an event and misses, or cuts short, in another: full ones, and what is short for them."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from crossframe import lexicons
from crossframe.attributing.names.runs import adjacent
from crossframe.attributing.names.spotting import Name, describe_name
from crossframe.attributing.syntax.words import Word, dateline_end, is_headline, kind_of_known, split_words
from crossframe.records import Sentences
from crossframe.text import name_key

MIN_REPEATS = 2
"""Times that an event has a word before a person's name, once of them inside a sentence, for it to be part of the name."""
MAX_WORDS = 4
"""Words of a full name that is not marked whole."""
_LETTER_CATEGORIES = frozenset({"Ll", "Lo", "Lu", "Nd"})
_Bounds = tuple[int, int]


def repeat_names(sentences: Sentences, names: Sequence[Name]) -> list[Name]:
    """Return `names`, those of persons as long as the event shows them to be, and with those that the finder missed [1]_.

    A person's name begins earlier where a particle belongs to it ("Klaas ter Poe"), where the event has the longer name
    elsewhere, or where it repeats it. A run of capitalised words is a full name where the event has it elsewhere, or
    where it begins with a person of whom the event has no full name. The first word of a full name whose last word
    never stands alone is a name where it does ("Gu" of "Gu Kailai"). Headlines are left as they are.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    names : sequence of Name
        As a finder marks them.

    Returns
    -------
    list of Name
        In order of sentences and offsets.

    References
    ----------
    .. [1] Krishnan, V., Manning, C. D. (2006). An effective two-stage model for exploiting non-local dependencies in
       named entity recognition. ACL.
    """
    event = _Event(sentences, names)
    event.lengthen()
    event.add_full_names()
    event.add_short_forms()
    return sorted(event.names(), key=lambda name: (name.row, name.start))


class _Event:
    """The words of an event's sentences and where its names stand in them, as first word and the one after the last.

    Parameters
    ----------
    sentences, names
        As in `repeat_names`.
    """

    def __init__(self, sentences: Sentences, names: Sequence[Name]) -> None:
        self.sentences = sentences
        self.words = [split_words(text) for text in sentences.text]
        self.rows = [
            row for row, words in enumerate(self.words) if not is_headline(sentences.text[row], words)
        ]
        self.lower = {word.key for words in self.words for word in words if not word.capital}
        self.placed: dict[int, dict[_Bounds, Name]] = defaultdict(dict)
        for name in names:
            self.placed[name.row][self._bounds_of(name)] = name
        self.others = {name.text.casefold() for name in names if name.kind not in {"person", ""}}

    def names(self) -> Iterator[Name]:
        """Yield all names."""
        for placed in self.placed.values():
            yield from placed.values()

    def lengthen(self) -> None:
        """Let persons' names begin where the event shows that they do."""
        for row, bounds, name in self._persons():
            end = self._end_of(row, bounds)
            if end > bounds[1]:
                del self.placed[row][bounds]
                self.placed[row][bounds[0], end] = replace(
                    self._named(row, (bounds[0], end)), title=name.title
                )
        counts, inside = self._count_runs()
        alone = self._alone()
        for by_name in (False, True):
            full = self._full_names()
            longer = {(row, bounds): [*self._longer(row, bounds)] for row, bounds, _ in self._persons()}
            for (row, bounds), some in longer.items():
                for one in reversed(some):
                    letters = self._letters(row, one)
                    repeated = counts[letters] >= MIN_REPEATS and (
                        letters in inside or self._is_lead(row, one, bounds)
                    )
                    shown = self._is_joined(row, one, bounds, alone) or (
                        repeated and not self._is_given(row, bounds)
                    )
                    if letters in full if by_name else shown:
                        self.placed[row][one] = self._named(row, one)
                        del self.placed[row][bounds]
                        break

    def add_full_names(self) -> None:
        """Add full names that the event has elsewhere, or that begin with a person whose full name it does not have."""
        full = self._full_names()
        parts = {
            self.words[row][at].key
            for row, (first, end), _ in self._persons()
            if end - first > 1
            for at in range(first, end)
        }
        single = {self.words[row][first].key for row, (first, end), _ in self._persons() if end - first == 1}
        for row in self.rows:
            for first, end in self._runs(row):
                words = self.words[row]
                begins = words[first].key in single - parts and all(
                    map(self._is_free, words[first + 1 : end])
                )
                if self._letters(row, (first, end)) in full or begins:
                    for bounds in [one for one in self.placed[row] if first <= one[0] < end]:
                        del self.placed[row][bounds]
                    self.placed[row][first, end] = self._named(row, (first, end))

    def add_short_forms(self) -> None:
        """Add single words that are short for a name: of persons the first, of bodies a plural that ends the name."""
        alone = self._alone()
        leads = {
            self.words[row][first].key
            for row, (first, end), _ in self._persons()
            if end - first > 1 and self.words[row][end - 1].key not in alone
        }
        leads -= lexicons.first_names().keys() | lexicons.function_words()
        for article in self.sentences.articles:
            before: dict[str, str] = {}
            for row in self.sentences.rows_of(article.id).tolist():
                dateline = dateline_end(article.document, int(self.sentences.start[row]))
                for at in self._single_words(row) if row in self.rows else ():
                    word = self.words[row][at]
                    kind = before.get(word.key) or (
                        "person" if word.key in leads and len(word.key) > 1 else ""
                    )
                    free = (
                        word.key not in self.lower
                        and not kind_of_known(word.key)
                        and not self._covered(row, at)
                    )
                    if kind and free and self.sentences.start[row] + word.start >= dateline:
                        self.placed[row][at, at + 1] = self._named(row, (at, at + 1), kind)
                for name in self.placed[row].values():
                    before |= dict.fromkeys(_short_keys(name), name.kind)

    def _alone(self) -> set[str]:
        """Return the capitalised words that somewhere stand by themselves, and not in a longer name ("Silva" of "Lula da Silva")."""
        return {
            self.words[row][at].key
            for row in self.rows
            for at in self._single_words(row)
            if not any(first <= at < end and end - first > 1 for first, end in self.placed[row])
        }

    def _persons(self) -> Iterator[tuple[int, _Bounds, Name]]:
        for row in self.rows:
            for bounds, name in [*self.placed[row].items()]:
                if name.kind == "person":
                    yield row, bounds, name

    def _count_runs(self) -> tuple[Counter[str], set[str]]:
        """Return how often every two to four words stand side by side in the event, and which do inside a sentence."""
        counts: Counter[str] = Counter()
        inside: set[str] = set()
        for row in self.rows:
            words, text = self.words[row], self.sentences.text[row]
            for first in range(len(words)):
                for end in range(first + 2, min(first + MAX_WORDS, len(words)) + 1):
                    if not (words[first].capital and adjacent(text, words[end - 2], words[end - 1])):
                        break
                    counts[self._letters(row, (first, end))] += 1
                    inside |= set() if words[first].opens else {self._letters(row, (first, end))}
        return counts, inside

    def _full_names(self) -> set[str]:
        return {self._letters(row, bounds) for row, bounds, _ in self._persons() if bounds[1] - bounds[0] > 1}

    def _end_of(self, row: int, bounds: _Bounds) -> int:
        """Return where a person's name ends: behind the capitalised words that follow a given name or a surname that is first."""
        words, (first, end) = self.words[row], bounds
        given = words[first].key in lexicons.first_names()
        if given != (end - first == 1):
            return end
        while (
            end < len(words)
            and end - first < MAX_WORDS
            and adjacent(self.sentences.text[row], words[end - 1], words[end])
        ):
            if self._covered(row, end) or not self._is_free(words[end], month=given and end - first == 1):
                break
            end += 1
        return end

    def _longer(self, row: int, bounds: _Bounds) -> Iterator[_Bounds]:
        """Yield the bounds of what may be the whole of a person's name, shortest first: with capitalised words before it.

        A title directly before the name ends it.
        """
        words, (first, end) = self.words[row], bounds
        if first and self.placed[row][bounds].title.split()[-1:] == [words[first - 1].key]:
            return
        while (
            first
            and end - first < MAX_WORDS
            and adjacent(self.sentences.text[row], words[first - 1], words[first])
        ):
            first -= 1
            particle = words[first].key in lexicons.particles()
            if self._covered(row, first) or not (particle or self._is_free(words[first])):
                break
            if words[first].capital and not (particle and words[first].opens):
                yield first, end

    def _runs(self, row: int) -> Iterator[_Bounds]:
        """Yield runs of two to four capitalised words of which a finder marks nothing but the first as a person."""
        words, at = self.words[row], 0
        while at < len(words):
            end = at + 1
            while (
                end < len(words)
                and words[end].capital
                and adjacent(self.sentences.text[row], words[end - 1], words[end])
            ):
                end += 1
            first = at
            while first < end and _is_title(words[first]):
                first += 1
            marked = [one for one in self.placed[row] if one[0] < end and first < one[1]]
            if words[at].capital and 1 < end - first <= MAX_WORDS and marked in ([], [(first, first + 1)]):
                yield first, end
            at = end

    def _single_words(self, row: int) -> Iterator[int]:
        """Yield the positions of capitalised words that no other but a title stands beside."""
        words, text = self.words[row], self.sentences.text[row]
        for at, word in enumerate(words):
            before = (
                at > 0
                and adjacent(text, words[at - 1], word)
                and words[at - 1].capital
                and not words[at - 1].opens
            )
            after = at + 1 < len(words) and adjacent(text, word, words[at + 1]) and words[at + 1].capital
            if word.capital and not after and (not before or _is_title(words[at - 1])):
                yield at

    def _is_free(self, word: Word, *, month: bool = False) -> bool:
        """Return whether a capitalised word may be part of a person's name, and nothing that word lists or the event know.

        A month may where a given name stands before it ("James May").
        """
        listed: tuple[Collection[str], ...] = (
            lexicons.demonyms(),
            lexicons.organisation_heads(),
            frozenset() if month and not word.key.endswith("day") else lexicons.calendar_words(),
            lexicons.role_nouns(),
            lexicons.us_states() if len(word.key) > 2 or word.text.isupper() else frozenset(),
        )
        ordinary = word.opens and word.key in self.lower and word.key not in lexicons.function_words()
        known = any(word.key in one for one in listed) or kind_of_known(word.key) or _is_title(word)
        return word.capital and not ordinary and not known and (len(word.key) > 1 or word.text.endswith("."))

    def _is_lead(self, row: int, longer: _Bounds, bounds: _Bounds) -> bool:
        """Return whether the first word of a sentence may begin a name: none that the event has in lower case, before a surname.

        The event has no other full name with that surname, to which the word would be added ("Striker Poe", "Ann Poe").
        """
        words = self.words[row]
        key, last = words[longer[0]].key, words[bounds[1] - 1].key
        full = {
            self.words[at][end - 1].key
            for at, (first, end), _ in self._persons()
            if end - first > 1 and (self._letters(at, (first, end)) != self._letters(row, bounds))
        }
        return key not in self.lower | lexicons.function_words() and last not in full

    def _is_joined(self, row: int, longer: _Bounds, bounds: _Bounds, alone: Collection[str]) -> bool:
        """Return whether words before a marked name are shown to be part of it.

        A particle or initial joins them, a title stands before them all, or the first is a name `alone` elsewhere in the
        event, as the surname of a person who has no given name here.
        """
        words, text = self.words[row], self.sentences.text[row]
        lead, given = words[longer[0]], self._is_given(row, bounds)
        initial = len(lead.key) == 1
        if lead.opens and not initial and lead.key not in lexicons.first_names():
            return False
        before = words[longer[0] - 1] if longer[0] else None
        titled = before is not None and _is_title(before) and adjacent(text, before, lead)
        if titled and lead.key not in self.lower:
            return True
        particle = any(word.key in lexicons.particles() for word in words[longer[0] : bounds[0] + 1])
        called = lead.key in alone and lead.key not in self.lower | self.others and bounds[1] - bounds[0] == 1
        return not given and (particle or titled or initial or called)

    def _is_given(self, row: int, bounds: _Bounds) -> bool:
        """Return whether a name has a given name already."""
        return bounds[1] - bounds[0] > 1 and self.words[row][bounds[0]].key in lexicons.first_names()

    def _covered(self, row: int, at: int) -> bool:
        return any(first <= at < end for first, end in self.placed[row])

    def _letters(self, row: int, bounds: _Bounds) -> str:
        """Return the letters of some words, so that "Poe Min-ji" is "Poe Min Ji"."""
        key = unicodedata.normalize("NFKD", "".join(word.key for word in self.words[row][slice(*bounds)]))
        return "".join(one for one in key if unicodedata.category(one) in _LETTER_CATEGORIES)

    def _bounds_of(self, name: Name) -> _Bounds:
        offset = int(self.sentences.start[name.row])
        inside = [
            at
            for at, word in enumerate(self.words[name.row])
            if word.start + offset < name.end and name.start < word.end + offset
        ]
        return (inside[0], inside[-1] + 1) if inside else (-name.start, -name.start)

    def _named(self, row: int, bounds: _Bounds, kind: str = "person") -> Name:
        """Return the name of that kind that some words are."""
        words, text, offset = self.words[row], self.sentences.text[row], int(self.sentences.start[row])
        title = words[bounds[0] - 1].key if bounds[0] and _is_title(words[bounds[0] - 1]) else ""
        name = describe_name(text, words, bounds, {}, title=title, kind=kind, inside=True)
        return replace(
            name,
            article=self.sentences.article_of(row).id,
            row=row,
            start=name.start + offset,
            end=name.end + offset,
            text=" ".join(text[name.start : name.end].split()),
        )


def _is_title(word: Word) -> bool:
    """Return whether a word is a title, also of several persons or in part ("Presidents", "President-elect"), or before one."""
    forms = {word.key, word.key.removesuffix("s"), word.key.split("-")[0]}
    return not forms.isdisjoint(lexicons.name_titles()) or word.key in lexicons.name_parts("modifier")


def _short_keys(name: Name) -> Iterator[str]:
    """Yield the words that alone may be short for a name: a person's first, and the plural that ends a body's name."""
    words = name.text.split()
    if len(words) < 2:
        return
    first, *_, last = name_key(name.text).split()
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
