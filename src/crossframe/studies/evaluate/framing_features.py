"""What BASIL's articles tell of the actors that people judged: features of the text, vectors, and the actors' parties."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from crossframe._progress import track
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.voices import assign_voices
from crossframe.contrasting.framing import ALL, VOICES, score_framing, tell_against
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.lexicon import LEXICON
from crossframe.judging.stance.stance_model import annotate_mentions
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.reading.text.split import split_sentences
from crossframe.records import POSITIVE, Annotation, Corpus, Sentences, score_stances
from crossframe.studies.evaluate.framing_metrics import Cases
from crossframe.studies.evaluate.group_members import profiles_of
from crossframe.studies.evaluate.target_names import declare_target, find_targets
from crossframe.text import slug

LEAD = 5
"""Body sentences that make up the lead, with the title."""


@dataclass(frozen=True)
class Told:
    """What the articles of one event tell of the judged actors.

    Parameters
    ----------
    sentences : Sentences
    stance, lexicon : Annotation
        Of the actors' mentions, by a stance model and by a sentiment lexicon.
    vectors : ndarray of shape (n_sentences, n_dims)
    parties : dict of str to Counter
        For every actor how often its name, or a title or apposition of the event, tells which party.
    """

    sentences: Sentences
    stance: Annotation
    lexicon: Annotation
    vectors: np.ndarray
    parties: dict[str, Counter[str]]


_PARTY = {"republican": "republican", "republicans": "republican", "gop": "republican"}
_PARTY |= {"democrat": "democrat", "democrats": "democrat", "democratic": "democrat"}


def _party(actor: str, profiles: Mapping[str, set[str]]) -> Counter[str]:
    words = [*actor.split("-"), *(slug(mark) for mark in sorted(profiles.get(actor, set())))]
    return Counter(_PARTY[word] for word in words if word in _PARTY)


def read_events(corpus: Corpus, cases: Cases, model: str | None) -> dict[str, Told]:
    """Return by event what its articles tell of the actors that were judged in it.

    Names are spotted by rules; mentions are names, descriptions and pronouns, as comparisons link them.
    """
    loaded, lexicon, encoder = load_stance_model(model), load_stance_model(LEXICON), load_encoder(None)
    told = {}
    for event in track(sorted(set(cases.event)), "Reading events"):
        actors = sorted({a for e, a in zip(cases.event, cases.actor, strict=True) if e == event})
        sentences = split_sentences(article for article in corpus.articles if article.event == event)
        spotted = spot_names(sentences)
        mentions = find_targets(sentences, actors, spotted)
        cast = find_actors(sentences, [declare_target(actor) for actor in actors], spotted=spotted)
        voices = assign_voices(mentions, find_quotes(sentences, cast))
        profiles = {id: one.marks for id, one in profiles_of(sentences, cast).items()}
        told[event] = Told(
            sentences,
            annotate_mentions(loaded, sentences, mentions, voices),
            annotate_mentions(lexicon, sentences, mentions, voices),
            embed_sentences(sentences, encoder).vectors,
            {actor: _party(actor, profiles) for actor in actors},
        )
    return told


def describe_cases(cases: Cases, told: Mapping[str, Told]) -> dict[str, np.ndarray]:
    """Return features of the text by name: ndarray of shape (n_cases,) each, higher as a rule where it is kinder.

    ``all``, ``author``, ``quoted`` (the framing score of those voices), ``mentioned`` (1 where the actor is), ``mean``
    (stance of mentions), ``lexicon_mean``, ``favour`` (sum of positive over sentences), ``strongest`` (the sentence most
    against the actor), ``lead`` (framing score of title and lead), ``lexicon`` (framing score by the lexicon), ``speaks``
    (share of its mentions in its own quotations). All are 0 where the actor is not mentioned.
    """
    rows: list[dict[str, float]] = []
    against = {
        (event, voice): tell_against(one.stance, voice) for event, one in told.items() for voice in VOICES
    }
    words = {event: tell_against(one.lexicon) for event, one in told.items()}
    for event, article, actor in zip(cases.event, cases.article, cases.actor, strict=True):
        stance, lexicon, key = told[event].stance, told[event].lexicon, (article, actor)
        of = np.array([one == key for one in zip(stance.units.article, stance.units.actor, strict=True)])
        of = of.reshape(-1).astype(bool)
        row = {voice or "all": score_framing(against[event, voice].get(key, {})) for voice in VOICES}
        sentences = against[event, ALL].get(key, {})
        score = score_stances(stance.scores[of])
        tone = score_stances(lexicon.scores[of])
        row |= {
            "mentioned": float(of.any()),
            "mean": float(score.mean()) if of.any() else 0.0,
            "lexicon_mean": float(tone.mean()) if of.any() else 0.0,
            "favour": _favour(stance, of),
            "strongest": -max(sentences.values(), default=0.0),
            "lead": score_framing({n: value for n, value in sentences.items() if n <= LEAD}),
            "lexicon": score_framing(words[event].get(key, {})),
            "speaks": float(np.mean([stance.units.voice[i] == actor for i in np.flatnonzero(of)] or [False])),
        }
        rows.append(row)
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _favour(stance: Annotation, of: np.ndarray) -> float:
    """Return the sum over sentences of the mean probability of positive."""
    number = stance.units.sentence[of]
    _, place, counts = np.unique(number, return_inverse=True, return_counts=True)
    return float((stance.scores[of, POSITIVE] / counts[place]).sum()) if len(number) else 0.0


def average_vectors(cases: Cases, told: Mapping[str, Told], *, whole: bool) -> np.ndarray:
    """Return the mean vector of the sentences that mention the actor, or of the whole article: (n_cases, n_dims)."""
    made = []
    for event, article, actor in zip(cases.event, cases.article, cases.actor, strict=True):
        one = told[event]
        rows = one.sentences.rows_of(article)
        if not whole:
            named = tell_against(one.stance).get((article, actor), {})
            rows = np.array([one.sentences.row(article, number) for number in named], dtype=int)
        made.append(one.vectors[rows].mean(axis=0) if len(rows) else np.zeros(one.vectors.shape[1]))
    return np.stack(made).astype(np.float64)


def side_of(told: Mapping[str, Told]) -> dict[str, int]:
    """Return 1 for every actor that the articles of all events tell to be a Republican, -1 for a Democrat."""
    counts: dict[str, Counter[str]] = {}
    for one in told.values():
        for actor, found in one.parties.items():
            counts.setdefault(actor, Counter()).update(found)
    balance = {actor: found["republican"] - found["democrat"] for actor, found in counts.items()}
    return {actor: 1 if value > 0 else -1 for actor, value in sorted(balance.items()) if value}
