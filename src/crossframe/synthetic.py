"""A press whose truth is known: invented events with planted claims, omissions, quotes, stance and frames."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

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
_GOODS = (
    "tents",
    "blankets",
    "lanterns",
    "boats",
    "pumps",
    "stoves",
    "bandages",
    "ladders",
    "radios",
    "bricks",
)
_PLACES = ("Arden", "Brask", "Corvin", "Dunmere", "Elsmoor", "Farrow", "Gant", "Harle", "Istra", "Jorvel")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_PRAISE = ("brave", "honest", "generous", "brilliant")
_BLAME = ("cruel", "dishonest", "selfish", "corrupt")
_TOLD = (
    "{who} sent {n} {goods} to {place} on {day}.",
    "On {day} {n} {goods} reached {place}, sent by {who}.",
    "{place} received {n} {goods} on {day} from {who}.",
    "It was {who} that had {n} {goods} brought to {place} on {day}.",
)
_SAID = (
    '"{who} has left {n} {goods} for us in {place}," said {speaker}.',
    '{speaker} said: "There were {n} {goods} in {place}, and {who} left them."',
)
_ALONE = (
    "A choir from {place} rehearsed for the harvest feast.",
    "Two old mills near {place} will be painted in autumn.",
    "The ferry to {place} runs on its winter timetable.",
    "Children in {place} counted swallows above the river.",
)


@dataclass(frozen=True)
class Press:
    """Invented coverage and the truth behind it.

    Parameters
    ----------
    corpus : Corpus
        Its ``gold`` holds alignment, mentions, quotes, stance (of mentions, by voice) and frames (of articles).
    slant : float
        Expected score of the first outlet's own voice toward Ada Moor minus that of every other outlet.
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
        Events, outlets (one article an event each), and claims an event.
    slant : float
        Planted difference in mean stance toward Ada Moor between the first outlet's own voice and every other's,
        in [-0.6, 0.6]; 0 makes a press without difference. Quoted voices are never slanted.
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
    (6, ['alignment', 'frames', 'mentions', 'quotes', 'stance'])
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
        for outlet in outlets:
            tilt = slant if outlet == outlets[0] else 0.0
            draft, frames = _write(facts, tilt, omission, rng)
            drafts[f"{event}-{outlet}"] = event, outlet, draft, frames
    return Press(_corpus(drafts, outlets), slant, omission)


# --- writing --------------------------------------------------------------------------------------------


def _facts(n_claims: int, rng: np.random.Generator) -> list[dict[str, str]]:
    facts = []
    for number in range(n_claims):
        people = [PEOPLE[0] if number % 2 == 0 else PEOPLE[1 + number % 3], PEOPLE[2 + number % 2]]
        facts.append(
            {
                "n": str(rng.integers(20, 990)),
                "goods": _GOODS[(number + int(rng.integers(3))) % len(_GOODS)],
                "place": str(rng.choice(_PLACES)),
                "day": str(rng.choice(_DAYS)),
                "actor": people[0],
                "speaker": people[1] if people[1] != people[0] and number % 3 == 2 else "",
            }
        )
    return facts


def _write(
    facts: Sequence[dict[str, str]], tilt: float, omission: float, rng: np.random.Generator
) -> tuple[_Draft, np.ndarray]:
    draft = _Draft()
    for number, fact in enumerate(facts):
        if rng.random() < omission and number:
            draft.add(str(rng.choice(_ALONE)).format(place=rng.choice(_PLACES)))
            continue
        draft.claims[len(draft.sentences)] = number
        _tell(draft, fact, tilt, rng)
    frames = rng.random(len(FRAMES)) < 0.5
    for frame in (frame for frame, used in zip(FRAMES, frames, strict=True) if used):
        chosen = rng.choice(sorted(lexicons.frame_words(frame)), size=3, replace=False)
        draft.add(f"People spoke of {chosen[0]}, of {chosen[1]} and of {chosen[2]}.")
    return draft, frames.astype(float)


def _tell(draft: _Draft, fact: dict[str, str], tilt: float, rng: np.random.Generator) -> None:
    speaker, actor = fact["speaker"], fact["actor"]
    shift = tilt / 2 if actor == PEOPLE[0] and not speaker else 0.0
    label = int(rng.choice(3, p=[1 / 3 - shift, 1 / 3, 1 / 3 + shift]))
    words = (_BLAME, ("",), _PRAISE)[label]
    who = f"the {rng.choice(words)} {actor}" if label != 1 else actor
    sentence = str(rng.choice(_SAID if speaker else _TOLD)).format(**{**fact, "who": who})
    sentence = sentence[0].upper() + sentence[1:] if sentence[0] != '"' else sentence
    start, index = draft.add(sentence), len(draft.sentences)
    at = start + sentence.index(actor)
    draft.mentions.append((index, at, at + len(actor), actor, speaker, label))
    if speaker:
        first, last = sentence.index('"'), sentence.rindex('"') + 1
        draft.quotes.append((start + first, start + last, speaker, "said"))
        at = start + sentence.index(speaker)
        draft.mentions.append((index, at, at + len(speaker), speaker, "", 1))


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
        "stance": _stance({id: draft for id, (_, _, draft, _) in drafts.items()}),
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
        tuple(Outlet(one) for one in outlets),
        events,
        gold,
        "en",
        "CC0-1.0",
        "Invented.",
    )


def _alignment(articles: tuple[Article, ...], claims: dict[str, dict[int, int]]) -> Alignment:
    offsets = [
        (i, n + 1, *span) for i, one in enumerate(articles) for n, span in enumerate(one.sentences or ())
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


def _stance(drafts: dict[str, _Draft]) -> Annotation:
    rows = [
        {"article": id, "sentence": index, "start": start, "end": end, "actor": _slug(actor), "voice": _slug(speaker) or AUTHOR, "label": label}
        for id, draft in drafts.items()
        for index, start, end, actor, speaker, label in draft.mentions
    ]  # fmt: skip
    scores = np.eye(len(STANCES))[[int(str(row.pop("label"))) for row in rows]]
    return Annotation(Units.from_rows(rows), "span", STANCES, scores, "planted")


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")
