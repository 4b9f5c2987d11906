"""A press whose truth is known: invented events with planted claims, omissions, quotes, portrayals and frames."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, cycle
from types import MappingProxyType

import numpy as np

from crossframe import _validation as check
from crossframe import lexicons
from crossframe.records import (
    AUTHOR,
    FRAMES,
    STANCES,
    Actor,
    Alignment,
    Annotation,
    Article,
    Corpus,
    Event,
    Gold,
    Outlet,
    Sentences,
    Spans,
    Units,
)

PEOPLE = ("Ada Moor", "Ben Hale", "Cora Lind", "Dan Roth")
MAIN = "ada-moor"


@cache
def read_prose() -> Mapping[str, tuple[str, ...]]:
    """Return the texts of the press by kind (aside, frame-list, praise, blame, place, day), and every fact's by number."""
    texts: dict[str, list[str]] = {}
    for row in lexicons.read_wordlist("invented_press"):
        texts.setdefault(row["fact"] or row["kind"], []).append(row["text"])
    return MappingProxyType({kind: tuple(of_kind) for kind, of_kind in texts.items()})


@dataclass(frozen=True)
class Press:
    """Invented coverage and the truth behind it.

    Parameters
    ----------
    corpus : Corpus
        Its ``gold`` holds alignment, mentions, quotes, portrayal (of mentions, by the voice in which they stand) and frames
        (of articles).
    slant : float
        Expected portrayal of Ada Moor in the first outlet's own words minus that in every other outlet's.
    omission : float
        Probability that an outlet leaves out a claim.
    """

    corpus: Corpus
    slant: float
    omission: float


@dataclass
class _Draft:
    """An article in the making."""

    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    claims: dict[int, int] = field(default_factory=dict)
    mentions: list[tuple[int, int, int, str, str, int]] = field(default_factory=list)
    quotes: list[tuple[int, int, str, str]] = field(default_factory=list)

    def add(self, sentence: str) -> int:
        """Append a sentence and return the offset at which it starts."""
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text} {sentence}" if self.text else sentence
        self.sentences.append((start, len(self.text)))
        return start


def make_press(
    *,
    n_events: int = 8,
    n_outlets: int = 3,
    n_claims: int = 8,
    slant: float = 0.0,
    omission: float = 0.25,
    seed: int | np.random.Generator | None = 0,
) -> Press:
    """Make invented coverage of events whose truth is known.

    Parameters
    ----------
    n_events, n_outlets, n_claims : int
        Events, outlets (one article per event each), and claims per event.
    slant : float
        Planted difference in the mean portrayal of Ada Moor between the first outlet's own words and every other's,
        in [-0.6, 0.6]; 0 makes a press without difference. Quoted words are never slanted.
    omission : float
        Probability that an outlet leaves out a claim, in [0, 0.9].
    seed : int, Generator or None
        Of everything drawn.

    Returns
    -------
    Press
        Corpus with gold, and what was planted.

    Raises
    ------
    InputError
        When an argument is out of its range.

    Examples
    --------
    >>> press = make_press(n_events=2, slant=0.4)
    >>> len(press.corpus), sorted(press.corpus.gold)
    (6, ['alignment', 'frames', 'mentions', 'portrayal', 'quotes'])
    """
    check.check_number(n_events, "n_events", 1, 10_000)
    check.check_number(n_outlets, "n_outlets", 1, 20)
    check.check_number(n_claims, "n_claims", 1, 50)
    check.check_number(slant, "slant", -0.6, 0.6)
    check.check_number(omission, "omission", 0.0, 0.9)
    rng = check.check_seed(seed)
    outlets = [f"outlet-{number + 1}" for number in range(n_outlets)]
    drafts: dict[str, tuple[str, str, _Draft, np.ndarray]] = {}
    for number in range(n_events):
        event = f"event-{number + 1:03d}"
        facts = _facts(n_claims, rng)
        asides = cycle(rng.permutation(read_prose()["aside"]).tolist())
        for outlet in outlets:
            tilt = slant if outlet == outlets[0] else 0.0
            draft, frames = _write(facts, asides, tilt, omission, rng)
            drafts[f"{event}-{outlet}"] = event, outlet, draft, frames
    return Press(_corpus(drafts, outlets), slant, omission)


# --- writing --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Fact:
    """What happened: which kind of fact, its particulars, its actor, and who says so ("": the outlet itself)."""

    kind: str
    particulars: dict[str, str]
    actor: str
    speaker: str


def _facts(n_claims: int, rng: np.random.Generator) -> list[_Fact]:
    prose = read_prose()
    kinds = rng.permutation(sorted((kind for kind in prose if kind.isdigit()), key=int)).tolist()
    facts = []
    for number in range(n_claims):
        actor = PEOPLE[0] if number % 2 == 0 else PEOPLE[1 + number % 3]
        other = PEOPLE[2 + number % 2]
        particulars = {
            "n": str(rng.integers(20, 990)),
            "place": str(rng.choice(prose["place"])),
            "day": str(rng.choice(prose["day"])),
        }
        speaker = other if other != actor and number % 3 == 2 else ""
        facts.append(_Fact(kinds[number % len(kinds)], particulars, actor, speaker))
    return facts


def _write(
    facts: Sequence[_Fact], asides: Iterator[str], tilt: float, omission: float, rng: np.random.Generator
) -> tuple[_Draft, np.ndarray]:
    draft, prose = _Draft(), read_prose()
    for number, fact in enumerate(facts):
        if rng.random() < omission and number:
            draft.add(next(asides).format(place=rng.choice(prose["place"])))
            continue
        draft.claims[len(draft.sentences)] = number
        _report(draft, fact, tilt, rng)
    frames = rng.random(len(FRAMES)) < 0.5
    for frame in (frame for frame, used in zip(FRAMES, frames, strict=True) if used):
        chosen = rng.choice(sorted(lexicons.frame_words(frame)), size=3, replace=False)
        draft.add(str(rng.choice(prose["frame-list"])).format(*chosen))
    return draft, frames.astype(float)


def _report(draft: _Draft, fact: _Fact, tilt: float, rng: np.random.Generator) -> None:
    """Write the sentence of a fact, with its mentions and its quote."""
    prose = read_prose()
    shift = tilt / 2 if fact.actor == PEOPLE[0] and not fact.speaker else 0.0
    label = int(rng.choice(3, p=[1 / 3 - shift, 1 / 3, 1 / 3 + shift]))
    adjectives = (prose["blame"], ("",), prose["praise"])[label]
    who = f"the {rng.choice(adjectives)} {fact.actor}" if label != 1 else fact.actor
    sentence = str(rng.choice(prose[fact.kind])).format(who=who, **fact.particulars)
    sentence = sentence[0].upper() + sentence[1:]
    if fact.speaker:
        quoted = (f'"{sentence[:-1]}," said {fact.speaker}.', f'{fact.speaker} said: "{sentence}"')
        sentence = quoted[rng.integers(2)]
    start, index = draft.add(sentence), len(draft.sentences)
    at = start + sentence.index(fact.actor)
    draft.mentions.append((index, at, at + len(fact.actor), fact.actor, fact.speaker, label))
    if fact.speaker:
        first, last = sentence.index('"'), sentence.rindex('"') + 1
        draft.quotes.append((start + first, start + last, fact.speaker, "said"))
        at = start + sentence.index(fact.speaker)
        draft.mentions.append((index, at, at + len(fact.speaker), fact.speaker, "", 1))


# --- the corpus and its gold ----------------------------------------------------------------------------


def _corpus(drafts: dict[str, tuple[str, str, _Draft, np.ndarray]], outlets: Sequence[str]) -> Corpus:
    articles = tuple(
        Article(id, event, outlet, "", draft.text, language="en", sentences=tuple(draft.sentences))
        for id, (event, outlet, draft, _) in drafts.items()
    )
    actors = tuple(Actor(_slug(name), name, (name.split()[1],), "person") for name in PEOPLE)
    gold: dict[str, Gold] = {
        "alignment": _alignment(articles, {id: draft.claims for id, (_, _, draft, _) in drafts.items()}),
        "mentions": Spans.from_rows(
            {"article": id, "start": start, "end": end, "actor": _slug(actor), "kind": "name"}
            for id, (_, _, draft, _) in drafts.items()
            for _, start, end, actor, _, _ in draft.mentions
        ),
        "quotes": Spans.from_rows(
            {
                "article": id, "start": start, "end": end, "kind": "direct", "quote": f"q{number + 1:02d}",
                "cue": cue, "speaker": _slug(speaker), "speaker_text": speaker,
            }
            for id, (_, _, draft, _) in drafts.items()
            for number, (start, end, speaker, cue) in enumerate(draft.quotes)
        ),
        "portrayal": _portrayal({id: draft for id, (_, _, draft, _) in drafts.items()}),
        "frames": Annotation(
            Units.from_rows({"article": id} for id in drafts), "article", FRAMES,
            np.array([frames for _, _, _, frames in drafts.values()]), "planted",
        ),
    }  # fmt: skip
    events = tuple(Event(event) for event in sorted({event for event, _, _, _ in drafts.values()}))
    return Corpus(
        "synthetic-press",
        articles,
        actors,
        tuple(Outlet(outlet) for outlet in outlets),
        events,
        gold,
        "en",
        "CC0-1.0",
        "Invented.",
    )


def _alignment(articles: tuple[Article, ...], claims: dict[str, dict[int, int]]) -> Alignment:
    offsets = [
        (i, n + 1, *span)
        for i, article in enumerate(articles)
        for n, span in enumerate(article.sentences or ())
    ]
    columns = np.array(offsets, dtype=np.int64).reshape(-1, 4).T
    sentences = Sentences(articles, *columns)
    left, right = [], []
    for one, other in combinations(articles, 2):
        if one.event == other.event:
            number_of = {claim: index for index, claim in claims[other.id].items()}
            for index, claim in claims[one.id].items():
                if claim in number_of:
                    left.append(sentences.row(one.id, index + 1))
                    right.append(sentences.row(other.id, number_of[claim] + 1))
    return Alignment(
        sentences,
        np.array(left),
        np.array(right),
        np.ones(len(left)),
        ("equivalent",) * len(left),
        source="planted",
    )


def _portrayal(drafts: dict[str, _Draft]) -> Annotation:
    rows = [
        {"article": id, "sentence": index, "start": start, "end": end, "actor": _slug(actor), "voice": _slug(speaker) or AUTHOR, "label": label}
        for id, draft in drafts.items()
        for index, start, end, actor, speaker, label in draft.mentions
    ]  # fmt: skip
    scores = np.eye(len(STANCES))[[int(str(row.pop("label"))) for row in rows]]
    return Annotation(Units.from_rows(rows), "span", STANCES, scores, "planted")


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")
