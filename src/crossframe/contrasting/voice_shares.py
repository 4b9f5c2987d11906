"""Who gets to speak within one event: an outlet's own voice, whom it quotes, and whose words it alone carries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.cells import Estimate, Measure, Subject, collect_estimates
from crossframe.records import AUTHOR, QUOTED, Alignment, Copies, Estimates, Sentences, Stretches
from crossframe.statistics.intervals import DRAWS, bootstrap_ratio
from crossframe.text import shingles, words

RUN_LENGTH, MIN_SHARED_RUNS = 5, 0.2
"""An outlet quotes the same words where at least this share of a quotation's runs of five words stand in what it
quotes; a shorter quotation must be there in full, a single word ("today") does not count. Chosen on BASIL's
30 training events: of 240 such matches in another outlet the annotators had aligned the two sentences of 212, and of the
other 28 most are the same words, too; with a single run it is 241 of 289, the rest often a turn of phrase."""


def summarise_voices(
    stretches: Stretches,
    alignment: Alignment,
    copies: Copies,
    *,
    event: str,
    seed: int | np.random.Generator | None = 0,
) -> Estimates:
    """Describe who speaks in one event: each outlet's own voice, whom it quotes, and whose words it alone carries.

    Parameters
    ----------
    stretches : Stretches
        Whose words the sentences of the event are made of.
    alignment : Alignment
        Of the event.
    copies : Copies
        Wire copy; a difference to which a copying outlet is a side is marked in ``method``.
    event : str
        Id of the event.
    seed : int, Generator or None
        Of the bootstrap.

    Returns
    -------
    Estimates
        Description only: no p- and no q-values. Shares are of characters; ``n_units`` counts the sentences that a
        share is made of (of ``share_of_voice``: those in which the speaker is quoted). The interval says how far a
        share depends on the passages it is made of: sentences, neighbours that quote one speaker taken together, are
        drawn with replacement. Where every draw gives the same (one passage, none, all) there is no interval, and
        ``method`` notes it.

    Notes
    -----
    Quantities:

    - ``own_voice`` (outlet; voice ``author``): share of the outlet's text in its own voice.
    - ``share_of_voice`` (outlet, speaker as voice, and as actor where he is one): share of what the outlet quotes. An
      actor whom another outlet quotes has 0 in an outlet that quotes others only; an outlet that quotes nobody has
      no row.
    - ``quoted_only_here`` (outlet, speaker, or ``quoted`` for all): share of what the outlet quotes of the speaker
      that no other outlet carries (see `find_carried`).
    - ``own_voice_difference``, ``share_of_voice_difference`` (of actors) and ``quoted_only_here_difference`` (of all
      speakers): between two outlets.
    """
    rng = check.check_seed(seed)
    sources = copies.sources({article.id: article.outlet for article in alignment.sentences.articles})
    sides = _sides(stretches, alignment.sentences, find_carried(stretches, alignment, copies))
    rows: list[Estimate] = []
    for shares in (_own_voice(sides, rng), _share_of_voice(sides, rng), _only_here(sides, sources, rng)):
        rows += [_estimate(subject, share, fixed=share.is_constant) for subject, share in shares.items()]
        rows += _compare_shares(shares)
    return collect_estimates(rows, event=event, copying=sources)


# --- shares ---------------------------------------------------------------------------------------------

_Shares = dict[Subject, Measure]


class _Side(NamedTuple):
    """The text of one outlet: arrays with one entry per stretch.

    ``length`` in characters, ``voice``, whether another outlet carries it, its passage and its sentence by number.
    """

    length: np.ndarray
    voice: np.ndarray
    carried: np.ndarray
    passage: np.ndarray
    sentence: np.ndarray
    speakers: dict[str, str]
    n_articles: int

    def count_sentences(self, stretches: np.ndarray) -> int:
        return len(set(self.sentence[stretches].tolist()))


def _sides(stretches: Stretches, sentences: Sentences, carried: np.ndarray) -> dict[str, _Side]:
    row = np.array(
        [sentences.row(a, n) for a, n in zip(stretches.article, stretches.sentence.tolist(), strict=True)]
    )
    passage = _passages(stretches, sentences)
    outlet = np.array([sentences.outlet[number] for number in row])
    sides = {}
    for name in sorted(set(outlet.tolist())):
        here = np.flatnonzero(outlet == name)
        sides[name] = _Side(
            (stretches.end - stretches.start)[here].astype(np.float64),
            np.array([stretches.voice[number] for number in here]),
            carried[here],
            passage[row[here]],
            row[here],
            {stretches.voice[n]: stretches.speaker[n] for n in here if stretches.voice[n] != AUTHOR},
            len({stretches.article[n] for n in here}),
        )
    return sides


def _passages(stretches: Stretches, sentences: Sentences) -> np.ndarray:
    """Return the passage of every sentence: neighbours in which one speaker is quoted are of one passage."""
    voices: list[set[str]] = [set() for _ in range(len(sentences))]
    for article, number, voice in zip(
        stretches.article, stretches.sentence.tolist(), stretches.voice, strict=True
    ):
        if voice != AUTHOR:
            voices[sentences.row(article, number)].add(voice)
    new = [
        row == 0
        or sentences.article[row] != sentences.article[row - 1]
        or voices[row].isdisjoint(voices[row - 1])
        for row in range(len(sentences))
    ]
    return np.cumsum(new)


def _share(side: _Side, part: np.ndarray, whole: np.ndarray, rng: np.random.Generator) -> Measure:
    """Return the share of the stretches of `part` in those of `whole` (masks); it is made of the sentences of `whole`."""
    passages, number = np.unique(side.passage[whole], return_inverse=True)
    whole_length = np.bincount(number, side.length[whole], len(passages))
    part_length = np.bincount(number, (side.length * part)[whole], len(passages))
    draws = bootstrap_ratio(part_length, whole_length, rng)
    value = float(part_length.sum() / whole_length.sum())
    return Measure(value, draws, side.count_sentences(whole), side.n_articles)


def _own_voice(sides: Mapping[str, _Side], rng: np.random.Generator) -> _Shares:
    return {
        Subject("own_voice", outlet, voice=AUTHOR): _share(
            side, side.voice == AUTHOR, np.ones(len(side.voice), dtype=bool), rng
        )
        for outlet, side in sides.items()
    }


def _share_of_voice(sides: Mapping[str, _Side], rng: np.random.Generator) -> _Shares:
    actors = {speaker: speaker for side in sides.values() for speaker in side.speakers.values() if speaker}
    shares = {}
    for outlet, side in sides.items():
        if not side.speakers:
            continue
        for voice, speaker in sorted((actors | side.speakers).items()):
            own = side.voice == voice
            share = _share(side, own, side.voice != AUTHOR, rng)
            subject = Subject("share_of_voice", outlet, actor=speaker, voice=voice)
            shares[subject] = replace(share, n_units=side.count_sentences(own))
    return shares


def _only_here(sides: Mapping[str, _Side], sources: Mapping[str, str], rng: np.random.Generator) -> _Shares:
    shares = {}
    for outlet, side in sides.items():
        if not side.speakers or not _list_others(outlet, sides, sources):
            continue
        for voice, speaker in [(QUOTED, ""), *sorted(side.speakers.items())]:
            whole = side.voice != AUTHOR if voice == QUOTED else side.voice == voice
            subject = Subject("quoted_only_here", outlet, actor=speaker, voice=voice)
            shares[subject] = _share(side, ~side.carried, whole, rng)
    return shares


# --- rows -----------------------------------------------------------------------------------------------


def _compare_shares(shares: _Shares) -> Iterator[Estimate]:
    """Yield the differences between outlets of what has one name in both: the author, actors, all quoted."""
    by_subject: dict[Subject, dict[str, Measure]] = {}
    for subject, share in shares.items():
        if subject.voice in (AUTHOR, QUOTED) or (subject.actor and subject.quantity == "share_of_voice"):
            by_subject.setdefault(subject._replace(outlet=""), {})[subject.outlet] = share
    for subject, by_outlet in sorted(by_subject.items()):
        for one, other in combinations(sorted(by_outlet), 2):
            first, second = by_outlet[one], by_outlet[other]
            pair = subject._replace(quantity=f"{subject.quantity}_difference", outlet=one, reference=other)
            yield _estimate(pair, first - second, fixed=first.is_constant or second.is_constant)


def _estimate(subject: Subject, share: Measure, *, fixed: bool) -> Estimate:
    method = "no interval: one passage, or none or all" if fixed else f"bootstrap over passages, {DRAWS}"
    return Estimate.of_measure(subject, share, method, interval=not fixed)


# --- words that several outlets carry -------------------------------------------------------------------


def find_carried(stretches: Stretches, alignment: Alignment, copies: Copies) -> np.ndarray:
    """Return for every quoted stretch whether another outlet carries it.

    Parameters
    ----------
    stretches : Stretches
        Whose words the sentences of the event are made of.
    alignment : Alignment
        Of the event.
    copies : Copies
        Wire copy: an outlet that prints an outlet's article does not count as another one to it.

    Returns
    -------
    ndarray of bool of shape (n_stretches,)
        True where the stretch's sentence is aligned with a sentence of another outlet in which somebody is quoted, or
        another outlet quotes the same words: at least a fifth of the stretch's runs of five words (after `match_key`),
        or all of a shorter stretch of two words or more. False for words of the author.
    """
    sentences = alignment.sentences
    outlet_of = {article.id: article.outlet for article in sentences.articles}
    sources = copies.sources(outlet_of)
    quoted = [number for number, voice in enumerate(stretches.voice) if voice != AUTHOR]
    row_of = {n: sentences.row(stretches.article[n], int(stretches.sentence[n])) for n in quoted}
    aligned = _aligned_outlets(alignment, set(row_of.values()))
    tokens = {number: _words(stretches, number, sentences) for number in quoted}
    runs_of: dict[str, set[tuple[str, ...]]] = {}
    for number in quoted:
        runs = runs_of.setdefault(outlet_of[stretches.article[number]], set())
        runs.update(*(shingles(tokens[number], n) for n in range(2, RUN_LENGTH + 1)))
    carried = np.zeros(len(stretches), dtype=bool)
    for number in quoted:
        others = _list_others(outlet_of[stretches.article[number]], runs_of, sources)
        own = shingles(tokens[number], min(RUN_LENGTH, len(tokens[number])))
        needed = max(MIN_SHARED_RUNS * len(own), 1)
        carried[number] = any(
            other in aligned.get(row_of[number], ()) or len(own & runs_of[other]) >= needed
            for other in others
        )
    return carried


def _words(stretches: Stretches, number: int, sentences: Sentences) -> list[str]:
    start, end = int(stretches.start[number]), int(stretches.end[number])
    row = sentences.row(stretches.article[number], int(stretches.sentence[number]))
    tokens = words(sentences.article_of(row).document[start:end])
    return tokens if len(tokens) > 1 else []


def _aligned_outlets(alignment: Alignment, quoting: set[int]) -> dict[int, set[str]]:
    """Return for each row the outlets that have a quoting sentence aligned with it."""
    aligned: dict[int, set[str]] = {}
    outlet = alignment.sentences.outlet
    pairs = zip(alignment.left.tolist(), alignment.right.tolist(), alignment.relation, strict=True)
    for left, right, relation in pairs:
        if relation not in ("none", "disputed"):
            for one, other in ((left, right), (right, left)):
                if other in quoting:
                    aligned.setdefault(one, set()).add(outlet[other])
    return aligned


def _list_others(outlet: str, outlets: Iterable[str], sources: Mapping[str, str]) -> list[str]:
    """Return the outlets that count as others to `outlet`: all but those that print its articles."""
    return [other for other in outlets if other != outlet and not _prints(other, outlet, sources)]


def _prints(outlet: str, source: str, sources: Mapping[str, str]) -> bool:
    """Return whether `outlet` prints an article of `source`, at first or at later hand."""
    seen = {outlet}
    while (outlet := sources.get(outlet, "")) and outlet not in seen:
        if outlet == source:
            return True
        seen.add(outlet)
    return False
