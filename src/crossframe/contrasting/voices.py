"""Who gets to speak within one event: an outlet's own voice, whom it quotes, and whose words it alone carries."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from crossframe import _validation as check
from crossframe.contrasting.carrying import find_carried, list_others
from crossframe.contrasting.within_event import COPY, QUOTED, Row
from crossframe.records import AUTHOR, Alignment, Copies, Estimates, Sentences, Stretches
from crossframe.statistics.intervals import DRAWS, bootstrap_ratio, percentile_interval


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
        share is made of (of ``share_of_voice``: those in which the speaker is quoted). The interval says how far a share depends on the passages it is made of: sentences, neighbours that quote one speaker
        taken together, are drawn with replacement. Where every draw gives the same (one passage, none, all) there is
        no interval, and ``method`` says so.

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
    rows: list[Row] = []
    for told in (_own_voice(sides, rng), _share_of_voice(sides, rng), _only_here(sides, sources, rng)):
        rows += [_row(key, share) for key, share in told.items()]
        rows += _differences(told, sources)
    return Estimates.from_rows({"event": event, "n_events": 1, **row} for row in rows)


# --- shares ---------------------------------------------------------------------------------------------


class _Side(NamedTuple):
    """The text of one outlet: arrays with one entry a stretch.

    ``length`` in characters, ``voice``, whether another outlet carries it, its passage and its sentence by number.
    """

    length: np.ndarray
    voice: np.ndarray
    carried: np.ndarray
    passage: np.ndarray
    sentence: np.ndarray
    speakers: dict[str, str]
    n_articles: int


class _Share(NamedTuple):
    """A share with its draws; ``n_units`` counts sentences."""

    estimate: float
    draws: np.ndarray
    n_units: int
    n_articles: int


class _Key(NamedTuple):
    quantity: str
    outlet: str
    actor: str
    voice: str


_Shares = dict[_Key, _Share]


def _sides(stretches: Stretches, sentences: Sentences, carried: np.ndarray) -> dict[str, _Side]:
    row = np.array(
        [sentences.row(a, n) for a, n in zip(stretches.article, stretches.sentence.tolist(), strict=True)]
    )
    passage = _passages(stretches, sentences)
    outlet = np.array([sentences.outlet[one] for one in row])
    sides = {}
    for name in sorted(set(outlet.tolist())):
        here = np.flatnonzero(outlet == name)
        sides[name] = _Side(
            (stretches.end - stretches.start)[here].astype(np.float64),
            np.array([stretches.voice[one] for one in here]),
            carried[here],
            passage[row[here]],
            row[here],
            {stretches.voice[one]: stretches.speaker[one] for one in here if stretches.voice[one] != AUTHOR},
            len({stretches.article[one] for one in here}),
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


def _share(side: _Side, part: np.ndarray, whole: np.ndarray, rng: np.random.Generator) -> _Share:
    """Return the share of the stretches of `part` in those of `whole` (masks); it is made of the sentences of `whole`."""
    passages, number = np.unique(side.passage[whole], return_inverse=True)
    whole_length = np.bincount(number, side.length[whole], len(passages))
    part_length = np.bincount(number, (side.length * part)[whole], len(passages))
    draws = bootstrap_ratio(part_length, whole_length, rng)
    estimate = float(part_length.sum() / whole_length.sum())
    return _Share(estimate, draws, _n_sentences(side, whole), side.n_articles)


def _n_sentences(side: _Side, stretches: np.ndarray) -> int:
    return len(set(side.sentence[stretches].tolist()))


def _own_voice(sides: Mapping[str, _Side], rng: np.random.Generator) -> _Shares:
    return {
        _Key("own_voice", outlet, "", AUTHOR): _share(
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
            said = side.voice == voice
            share = _share(side, said, side.voice != AUTHOR, rng)
            shares[_Key("share_of_voice", outlet, speaker, voice)] = share._replace(
                n_units=_n_sentences(side, said)
            )
    return shares


def _only_here(sides: Mapping[str, _Side], sources: Mapping[str, str], rng: np.random.Generator) -> _Shares:
    shares = {}
    for outlet, side in sides.items():
        if not side.speakers or not list_others(outlet, sides, sources):
            continue
        for voice, speaker in [(QUOTED, ""), *sorted(side.speakers.items())]:
            whole = side.voice != AUTHOR if voice == QUOTED else side.voice == voice
            shares[_Key("quoted_only_here", outlet, speaker, voice)] = _share(side, ~side.carried, whole, rng)
    return shares


# --- rows -----------------------------------------------------------------------------------------------


def _row(key: _Key, share: _Share) -> Row:
    low, high, method = _interval(share.estimate, share.draws, fixed=_is_fixed(share))
    return {
        **key._asdict(), "estimate": share.estimate, "low": low, "high": high,
        "n_units": share.n_units, "n_articles": share.n_articles, "method": method,
    }  # fmt: skip


def _differences(told: _Shares, sources: Mapping[str, str]) -> list[Row]:
    """Return the differences between outlets in what can be told apart in both: the author, actors, all quoted."""
    by_subject: dict[tuple[str, str, str], dict[str, _Share]] = {}
    for key, share in told.items():
        if key.voice in (AUTHOR, QUOTED) or (key.actor and key.quantity == "share_of_voice"):
            by_subject.setdefault((key.quantity, key.actor, key.voice), {})[key.outlet] = share
    rows = []
    for (quantity, actor, voice), shares in sorted(by_subject.items()):
        for one, other in combinations(sorted(shares), 2):
            first, second = shares[one], shares[other]
            gap = first.estimate - second.estimate
            fixed = _is_fixed(first) or _is_fixed(second)
            low, high, method = _interval(gap, first.draws - second.draws, fixed=fixed)
            rows.append(
                {
                    "quantity": f"{quantity}_difference", "outlet": one, "reference": other, "actor": actor,
                    "voice": voice, "estimate": gap, "low": low, "high": high,
                    "n_units": first.n_units + second.n_units, "n_articles": first.n_articles + second.n_articles,
                    "method": method + (COPY if {one, other} & set(sources) else ""),
                }
            )  # fmt: skip
    return rows


def _is_fixed(share: _Share) -> bool:
    """Say whether every draw gives the same share: there is one passage, or none or all of it is meant."""
    return bool(np.ptp(share.draws) == 0.0)


def _interval(estimate: float, draws: np.ndarray, *, fixed: bool) -> tuple[float, float, str]:
    if fixed:
        return float("nan"), float("nan"), "no interval: one passage, or none or all"
    low, high = percentile_interval(draws)
    return min(low, estimate), max(high, estimate), f"bootstrap over passages, {DRAWS}"
