"""Score stance and frame models against gold: whole, on articles not in training, and per voice."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.judging.frames import load_frame_model, texts_of
from crossframe.judging.stance import load_stance_model, to_stances
from crossframe.reading.public import read_corpus
from crossframe.reading.sentences import split_sentences
from crossframe.records import AUTHOR, FRAMES, STANCES, Annotation, Corpus
from crossframe.studies.stressing_stance import stress_stance
from crossframe.studies.training_frames import frame_figures
from crossframe.studies.training_stance import stance_figures, stance_items


def evaluate_stance(
    on: str, *, split: str | None = None, model: str | None = None, stress: bool | None = None
) -> dict[str, Any]:
    """Score a stance model on a corpus with gold stance of targets.

    Parameters
    ----------
    on : str
        ``newsmtsc`` (splits ``rw``, the default, and ``mt``), or a corpus with gold stance of mentions.
    split : str, optional
        Part of ``newsmtsc``.
    model : str, optional
        Stance model; None takes the shipped one.
    stress : bool, optional
        Whether the model is also tested without the target and under other names (`stress_stance`).

    Returns
    -------
    dict of str to float
        macro_f1, accuracy, <class>_f1, ece, n over the whole split; of newsmtsc the same as ``disjoint_...`` over
        sentences whose source article is not in the training split; elsewhere as ``author_...`` and ``quoted_...``; then
        the figures of stress.

    Raises
    ------
    InputError
        When the corpus has no gold stance, or the split is the one the model was trained on.
    """
    corpus = _stance_corpus(on, split)
    items = stance_items(corpus)
    loaded = load_stance_model(model)
    labels = getattr(loaded, "labels_", {})
    probability = to_stances(loaded.predict_proba(list(items.targets)), loaded.classes_, labels)
    truth = np.array(items.labels)
    figures = _part("", truth, probability, np.ones(len(truth), dtype=bool))
    stressed = stress_stance(loaded, items.targets, items.labels, items.groups) if stress else {}
    if corpus.name == "newsmtsc":
        train = {article.event for article in read_corpus("newsmtsc", splits=("train",)).articles}
        disjoint = np.array([group not in train for group in items.groups])
        return figures | _part("disjoint_", truth, probability, disjoint) | stressed
    gold = corpus.gold["stance"]
    voices = gold.units.voice if isinstance(gold, Annotation) else ()
    author = np.array([voice == AUTHOR for voice in voices])
    own, quoted = _part("author_", truth, probability, author), _part("quoted_", truth, probability, ~author)
    return figures | own | quoted | stressed


def _stance_corpus(on: str, split: str | None) -> Corpus:
    if on == "newsmtsc":
        if split == "train":
            raise InputError(
                "Invalid split 'train' of newsmtsc. Shipped models were trained on it; score rw or mt."
            )
        return read_corpus(on, splits=(split or "rw",))
    corpus = read_corpus(on)
    if split is not None:
        raise InputError(f"Invalid split {split!r}. Corpus {corpus.name!r} has none.")
    return corpus


def _part(prefix: str, truth: np.ndarray, probability: np.ndarray, keep: np.ndarray) -> dict[str, Any]:
    if not keep.any():
        return {f"{prefix}n": 0}
    figures = stance_figures(truth[keep], probability[keep], STANCES)
    return {f"{prefix}{name}": value for name, value in figures.items()} | {f"{prefix}n": int(keep.sum())}


def evaluate_frames(on: str, *, split: str | None = None, model: str | None = None) -> dict[str, Any]:
    """Score a frame model on a corpus with gold frames of articles.

    Parameters
    ----------
    on : str
        ``narrative-frames`` (splits ``dev`` and ``test``, the default), or a corpus with gold frames.
    split : str, optional
        Part of ``narrative-frames``.
    model : str, optional
        Frame model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        macro_f1, average_precision (mean over frames), always_yes_macro_f1 and prevalence (what they must beat),
        <frame>_f1, ece, n.

    Raises
    ------
    InputError
        When the corpus has no gold frames, or the split is the one the model was trained on.
    """
    if on == "narrative-frames":
        if split == "train":
            raise InputError(
                "Invalid split 'train' of narrative-frames. The shipped model was trained on it; score dev or test."
            )
        corpus = read_corpus(on, splits=(split or "test",))
    else:
        corpus = read_corpus(on)
    gold = corpus.gold.get("frames")
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing frame gold of corpus {corpus.name!r}.")
    loaded = load_frame_model(model)
    annotation = loaded.annotate(split_sentences(corpus.articles))
    order = [gold.labels.index(frame) for frame in FRAMES]
    found = np.stack([annotation.of(frame) for frame in FRAMES], axis=1)
    thresholds = [loaded.thresholds_[loaded.labels_.index(frame)] for frame in FRAMES]
    figures: dict[str, Any] = frame_figures(gold.scores[:, order], found, thresholds)
    return figures | {"n": len(texts_of(split_sentences(corpus.articles)))}


def evaluate_framing(on: str, *, model: str | None = None) -> dict[str, Any]:
    """Compare the mean stance of an article toward an actor with people's judgement of the article's author.

    Parameters
    ----------
    on : str
        ``basil``: 612 judgements of the author's feeling toward an actor.
    model : str, optional
        Stance model; None takes the shipped one.

    Returns
    -------
    dict of str to float
        ordering_accuracy (two outlets of one event on one actor ordered as people ordered them; ties count half),
        auc (negative against the rest, by the negated score), macro_f1 (likeliest stance by the mean probabilities),
        n_pairs, n (judgements whose actor is mentioned).

    Raises
    ------
    InputError
        When the corpus has no judgements of articles toward actors.
    """
    from sklearn.metrics import f1_score, roc_auc_score

    corpus = read_corpus(on)
    gold = corpus.gold.get("framing")
    if not isinstance(gold, Annotation):
        raise InputError(f"Missing framing gold of corpus {corpus.name!r}. basil has it.")
    judged = dict(zip(zip(gold.units.article, gold.units.actor, strict=True), gold.scores, strict=True))
    found = _mean_probabilities(corpus, list(judged), model)
    keys = sorted(found)
    truth = {key: int(judged[key].argmax()) - 1 for key in keys}
    score = {key: float(found[key][2] - found[key][0]) for key in keys}
    event = {article.id: article.event for article in corpus.articles}
    right, n_pairs = 0.0, 0
    for i, one in enumerate(keys):
        for other in keys[i + 1 :]:
            if event[one[0]] == event[other[0]] and one[1] == other[1] and truth[one] != truth[other]:
                gap = score[one] - score[other]
                n_pairs += 1
                right += 0.5 if gap == 0 else float((gap > 0) == (truth[one] > truth[other]))
    likeliest = [int(found[key].argmax()) - 1 for key in keys]
    return {
        "ordering_accuracy": right / n_pairs if n_pairs else None,
        "auc": float(roc_auc_score([truth[key] == -1 for key in keys], [-score[key] for key in keys])),
        "macro_f1": float(f1_score([truth[key] for key in keys], likeliest, average="macro")),
        "n_pairs": n_pairs,
        "n": len(keys),
    }


def _mean_probabilities(
    corpus: Corpus, judged: Sequence[tuple[str, str]], model: str | None
) -> dict[tuple[str, str], np.ndarray]:
    """Return the mean probabilities of every judged article toward its actor, found by the actor's last name."""
    from crossframe.attributing.actors import find_actors
    from crossframe.records import Actor

    loaded = load_stance_model(model)
    found: dict[tuple[str, str], np.ndarray] = {}
    by_article: dict[str, list[str]] = {}
    for article, actor in judged:
        by_article.setdefault(article, []).append(actor)
    articles = {article.id: article for article in corpus.articles}
    for article, actors in track(by_article.items(), "Reading articles", total=len(by_article)):
        sentences = split_sentences([articles[article]])
        declared = [
            Actor(a, a.replace("-", " ").title(), (a.rsplit("-", 1)[-1].title(),), "person")
            for a in dict.fromkeys(actors)
        ]
        cast = find_actors(sentences, declared)
        wanted = np.array([actor in actors for actor in cast.mentions.actor], dtype=bool)
        mentions = cast.mentions.select(wanted)
        annotation = loaded.annotate(sentences, mentions, ("",) * len(mentions))
        for actor in set(mentions.actor):
            rows = np.array([a == actor for a in mentions.actor])
            found[article, actor] = annotation.scores[rows].mean(axis=0)
    return found
