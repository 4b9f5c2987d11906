"""Pronouns he and she: resolved by gender, distance and subjects of clauses where only one person remains."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crossframe.attributing.coreference.genders import PRONOUN_GENDERS
from crossframe.attributing.coreference.profiles import Person, Profile
from crossframe.attributing.coreference.referents import Referent, read_place, unnamed_referents
from crossframe.attributing.syntax.quotation_marks import Quoted, pair_marks
from crossframe.records import Sentences

MAX_SENTENCES_BACK = 2
"""Sentences before its own in which the antecedent of a pronoun is looked for."""
MIN_VOTES = 4
MIN_SHARE = 0.75
"""Where nothing beside a name shows the gender, pronouns do: votes for one gender (`_Resolver._weigh`), and their share of
all. With the listed given names hidden, 354 of the 355 genders that these learned of 664 persons in BASIL, ECB+ and the
dev split of PolNeAR were right; two pronouns of any kind, when all agreed, learned 347, of which 341 were right."""
MAX_ROUNDS = 3
"""A gender that is learned leaves other pronouns less choice: rounds in which genders are learned."""

_PRONOUN = re.compile(rf"\b(?:{'|'.join(PRONOUN_GENDERS)})\b", re.IGNORECASE)
_FRONTED = re.compile(
    r"\W*(?:after|although|as|at|because|before|by|despite|during|for|from|given|if|in|once|on|since|though|through|"
    r"unlike|until|upon|when|while|with|without)\b[^,]*$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[,;:—–]|\b(?:that|who|which|whom|because|when|while|after|before|if|and|but|or|said|says|where|whether|"
    r"although|though|since|until)\b"
)
_ASIDE = re.compile(r"\s?, [^,]{1,60}, ")
_DOUBLE_MARKS = re.compile(r"[\"“”]")
ANSWERS = re.compile(
    r"\s(?:(?:has|had|also|later|then|since|repeatedly|[a-z]+ly)\s){0,2}(?:den(?:ied|ies)|reject(?:ed|s)|dismiss(?:ed|es)|"
    r"disput(?:ed|es)|refut(?:ed|es)|repl(?:ied|ies)|respond(?:ed|s)|answer(?:ed|s)|counter(?:ed|s))\b"
)
"""What follows a pronoun that denies or answers what was done or said before."""


class Link(NamedTuple):
    """A pronoun and the person it means: offsets in the document, id as in `Person`."""

    start: int
    end: int
    id: str


class _Pronoun(NamedTuple):
    start: int
    end: int
    word: str
    gender: str


class _Article(NamedTuple):
    """An article: the rows of its sentences, their referents, and its quoted stretches."""

    rows: Sequence[int]
    referents: Mapping[int, list[Referent]]
    quoted: Sequence[Quoted]


def find_pronouns(
    sentences: Sentences,
    persons: Mapping[str, Sequence[Person]],
    nominals: Mapping[str, Sequence[Person]],
    profiles: Mapping[str, Profile],
) -> dict[str, list[Link]]:
    """Return by article the pronouns he and she, in any case, that can mean one person alone.

    A pronoun means the only person of its gender mentioned before it in its sentence, or in the two before; of several,
    the subject, unless the pronoun's clause denies or answers what the subject did to another ("Doe called Roe a
    liar. He denied it."). Persons without a name ("his wife", "the officer") prevent a link as named ones do. Inside
    quotation marks only what the same quotation names counts.

    Parameters
    ----------
    sentences : Sentences
        Of one event.
    persons, nominals, profiles
        From `persons_by_article`, `find_nominals` and `read_profiles`. Genders that no name shows are learned from
        unambiguous pronouns.

    Returns
    -------
    dict of str to list of Link
        By article, in order; ids as in `persons`.

    References
    ----------
    Order of preference after Lappin, S., Leass, H. (1994). An algorithm for pronominal anaphora resolution.
    Computational Linguistics 20(4).
    """
    genders = {id: profile.gender for id, profile in profiles.items()}
    articles = {
        article.id: _Article(
            sentences.rows_of(article.id).tolist(),
            _referents_by_row(
                sentences,
                persons.get(article.id, ()),
                [one for one in nominals.get(article.id, ()) if one.id in profiles],
                article.id,
            ),
            pair_marks(article.document.replace("``", "''")),
        )
        for article in sentences.articles
    }
    for _ in range(MAX_ROUNDS):
        votes: dict[str, Counter[str]] = {}
        for article in articles.values():
            _Resolver(sentences, article, genders, votes).resolve()
        learned = {id: _decide(counts) for id, counts in votes.items()}
        genders |= learned
        if not any(learned.values()):
            break
    links = {id: _Resolver(sentences, article, genders, {}).resolve() for id, article in articles.items()}
    return {id: each for id, each in links.items() if each}


def _decide(votes: Counter[str]) -> str:
    """Return the gender that `votes` show, "" where they are too few or divided."""
    gender, count = votes.most_common(1)[0]
    return gender if count >= max(MIN_VOTES, MIN_SHARE * votes.total()) else ""


def _referents_by_row(
    sentences: Sentences, persons: Sequence[Person], nominals: Sequence[Person], article: str
) -> dict[int, list[Referent]]:
    referents: dict[int, list[Referent]] = defaultdict(list)
    for one in (*persons, *nominals):
        text, offset = sentences.text[one.row], int(sentences.start[one.row])
        place = read_place(text, one.start - offset, one.end - offset)
        referents[one.row].append(Referent(one.start, one.end, one.id, "", place))
    for row in sentences.rows_of(article).tolist():
        taken = [(one.start, one.end) for one in referents[row]]
        referents[row] += unnamed_referents(sentences.text[row], int(sentences.start[row]), taken)
        referents[row].sort()
    return referents


class _Resolver:
    """Resolves the pronouns of an article sentence by sentence; `before` are the referents of sentences read."""

    def __init__(
        self,
        sentences: Sentences,
        article: _Article,
        genders: Mapping[str, str],
        votes: dict[str, Counter[str]],
    ) -> None:
        self.sentences, self.article, self.genders, self.votes = sentences, article, genders, votes
        self.before: list[list[Referent]] = []
        self.text, self.offset = "", 0
        self.guess = ""  # whom the pronoun means if the person has its gender, which nothing shows yet

    def resolve(self) -> list[Link]:
        links = []
        for row in self.article.rows:
            links += self._resolve_row(row)
        return links

    def _resolve_row(self, row: int) -> list[Link]:
        text, offset = self.sentences.text[row], int(self.sentences.start[row])
        self.text, self.offset = text, offset
        title = int(self.sentences.index[row]) == 0
        referents = list(self.article.referents[row])
        links = []
        for match in _PRONOUN.finditer(text):
            word = match.group().casefold()
            one = _Pronoun(match.start() + offset, match.end() + offset, word, PRONOUN_GENDERS[word])
            self.guess = ""
            id = self._resolve_pronoun(one, text, offset, referents)
            place = read_place(text, match.start(), match.end(), pronoun=word)
            referents.append(Referent(one.start, one.end, id or self.guess, one.gender, place, pronoun=True))
            referents.sort()
            if id and not id.startswith("~"):
                links.append(Link(one.start, one.end, id))
        self.before.append([] if title else referents)
        return links

    # --- one pronoun ------------------------------------------------------------------------------------

    def _resolve_pronoun(self, one: _Pronoun, text: str, offset: int, referents: Sequence[Referent]) -> str:
        quote = next((q for q in self.article.quoted if q.start <= one.start < q.end), None)
        if quote is not None:
            rows = [*self.before[-MAX_SENTENCES_BACK:], referents]
            inside = [r for row in rows for r in row if quote.start <= r.start and r.end <= one.start]
            return self._only(self._fitting(inside, one), one)
        if any(
            not self._in_quotes(at.start() + offset)
            for at in _DOUBLE_MARKS.finditer(text[: one.start - offset])
        ):
            return ""  # after an unclosed mark it may be quoted
        here = [
            r for r in self._fitting(referents, one) if r.end <= one.start and not self._in_quotes(r.start)
        ]
        blocked = self._own_clause(one, here, text, offset)
        here = [r for r in here if r.id not in blocked or not r.id]
        if here:
            return self._from_sentence(one, here)
        if _FRONTED.match(text[: one.start - offset]):
            ahead = self._subject_ahead(one, text, offset, referents)
            if ahead is not None:
                return ahead
        return self._from_before(one, blocked)

    def _fitting(self, referents: Iterable[Referent], one: _Pronoun) -> list[Referent]:
        return [r for r in referents if self._gender(r) in {one.gender, ""}]

    def _gender(self, referent: Referent) -> str:
        return referent.gender or self.genders.get(referent.id, "")

    def _in_quotes(self, start: int) -> bool:
        return any(q.start <= start < q.end for q in self.article.quoted)

    def _only(self, fitting: Sequence[Referent], one: _Pronoun, *, of_several: bool = False) -> str:
        """Return the one person that all `fitting` are, "" where there are several or none, or the gender is unknown.

        `of_several` says that they were preferred to others.
        """
        ids = {r.id for r in fitting}
        if len(ids) != 1:
            return ""
        id = ids.pop()
        gender = self.genders.get(id, "")
        if id and gender != one.gender:
            if not gender:
                self.guess = id
                self.votes.setdefault(id, Counter())[one.gender] += (
                    1 if of_several else self._weigh(id, fitting, one)
                )
            return ""
        return id

    def _weigh(self, id: str, fitting: Sequence[Referent], one: _Pronoun) -> int:
        """Return the votes of a pronoun on the gender of `id`.

        4 where it is a subject, and a subject alone was mentioned before; 2 where one of both is true; else 1.
        """
        alone, subject = self._nobody_else(id, one), one.word in {"he", "she"}
        if alone and subject and any(r.place == "subject" for r in fitting):
            return MIN_VOTES
        return 2 if alone or subject else 1

    def _own_clause(self, one: _Pronoun, here: Sequence[Referent], text: str, offset: int) -> frozenset[str]:
        """Return the subject of its own clause, whom "him" does not mean."""
        if one.word != "him":
            return frozenset()
        subjects = [r for r in here if r.place == "subject"]
        between = _ASIDE.sub(" ", text[subjects[-1].end - offset : one.start - offset]) if subjects else ","
        return frozenset() if _BOUNDARY.search(between) else frozenset({subjects[-1].id})

    def _from_sentence(self, one: _Pronoun, here: Sequence[Referent]) -> str:
        last = here[-1]
        if last.pronoun:
            known = not last.id or self.genders.get(last.id, "") == one.gender
            self.guess = last.id
            return last.id if known else ""
        if len({r.id for r in here}) == 1:
            only = self._only(here, one)
            sure = any(r.place == "subject" for r in here) or one.word in {"his", "her"}
            return only if sure or self._nobody_else(only, one) else ""
        if last.place == "subject" and one.word in {"he", "she"}:
            return self._only([r for r in here if r.place == "subject"], one, of_several=True)
        return ""

    def _nobody_else(self, id: str, one: _Pronoun) -> bool:
        return all(
            r.id == id
            for row in self.before[-MAX_SENTENCES_BACK:]
            for r in self._fitting(row, one)
            if not self._in_quotes(r.start)
        )

    def _subject_ahead(
        self, one: _Pronoun, text: str, offset: int, referents: Sequence[Referent]
    ) -> str | None:
        """Return the subject after the comma ("In his speech, Poe said"), None where there is none."""
        comma = text.find(",", one.end - offset)
        if comma < 0:
            return None
        after = [
            r
            for r in self._fitting(referents, one)
            if r.start > comma + offset and not self._in_quotes(r.start)
        ]
        if not after or after[0].place != "subject" or after[0].start - offset - comma > 30:
            return None
        return self._only(after[:1], one)

    def _from_before(self, one: _Pronoun, blocked: frozenset[str]) -> str:
        rows = [
            [
                r
                for r in self._fitting(row, one)
                if not self._in_quotes(r.start) and r.id not in blocked - {""}
            ]
            for row in self.before[-MAX_SENTENCES_BACK:]
        ]
        everybody = {r.id for row in rows for r in row}
        for row in reversed(rows):
            if not row:
                continue
            if len({r.id for r in row}) == 1:
                sure = len(everybody) == 1 or any(r.place == "subject" for r in row)
                return self._only(row, one) if sure else ""
            subjects = [r for r in row if r.place == "subject"]
            if len({r.id for r in subjects}) == 1 and one.word in {"he", "she"} and row[0].place == "subject":
                return (
                    ""
                    if self._answers(one, row, subjects[0].id)
                    else self._only(subjects, one, of_several=True)
                )
            return ""
        return ""

    def _answers(self, one: _Pronoun, row: Sequence[Referent], subject: str) -> bool:
        """Return whether the pronoun's clause denies or answers, and somebody other than `subject` is an object in `row`."""
        after = self.text[one.end - self.offset :]
        return ANSWERS.match(after) is not None and any(r.id != subject and r.place == "other" for r in row)
