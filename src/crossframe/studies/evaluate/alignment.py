"""Score alignment and claims against gold."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crossframe._progress import track
from crossframe.errors import InputError
from crossframe.learning.encoders.by_name import load_encoder
from crossframe.learning.encoders.embedding import embed_sentences
from crossframe.matching.aligner import Aligner, AlignerDetails, align_event
from crossframe.matching.aligners import load_aligner
from crossframe.matching.claims import group_claims, split_claims
from crossframe.matching.clauses import cut_sentences
from crossframe.reading.corpus.gold import read_alignment
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.difference_labels import ALIGNMENT_LABELS
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Corpus, Sentences
from crossframe.studies.compare.calibration import calibration_of
from crossframe.studies.evaluate.alignment_metrics import (
    EventScore,
    bound_scores,
    describe_events,
    events_of,
    pool_scores,
    score_annotators,
    score_clauses,
    score_events,
)
from crossframe.studies.evaluate.pairs import evaluate_pairs, is_pair_corpus


def evaluate_alignment(
    on: str,
    *,
    gold: Path | None = None,
    split: str | None = None,
    model: str | Path | Aligner | None = None,
) -> dict[str, Any]:
    """Score the aligner on the events of a corpus that have alignment gold.

    Parameters
    ----------
    on : str
        Corpus with alignment gold; of ``basil`` the split ``dev`` (default) is the test; of ``train`` the out-of-fold
        metrics are printed that the training recorded. For ``superpal``, ``msrp`` and ``ecbplus`` see `evaluate_pairs`.
    gold : Path, optional
        Alignment table of the user's own for that corpus.
    split : str, optional
        ``dev`` or ``train`` of ``basil``; of ``alignment-labels`` ``test`` (None takes it), ``dev`` or ``train``.
    model : str, Path or Aligner, optional
        Aligner; None takes the shipped one.

    Returns
    -------
    dict of str to float
        Over pairs that annotators agree on (disputed ones left out), pooled over events, None where a metric is not defined:
        average_precision, f1, precision, recall at the shipped threshold, f1 per relation, brier and ece (over pairs
        listed, probability >= 0.05); claim_purity (share of the cross-outlet pairs within claims that are gold) and
        claim_recall (share of gold pairs within a claim); omission_precision and omission_recall: a sentence and an
        outlet, called by `find_omissions`, right when gold gives the sentence a partner in another outlet and none in
        this one; omission_brier and omission_ece of ``p_absent``, over sentences of claims that gold says are shared.
        All with ``_low`` and ``_high``: interval over events. Claims are of whole sentences; ``clauses_<metric>`` are of claims
        split by clauses, as a comparison has them (`score_clauses`). ``event.<id>.<metric>``: the same of one event. For
        basil dev also, nothing left out, against each of the two annotators: ``annotator_1_f1``,
        ``annotator_1_average_precision``, ``annotator_2_...``, their means ``annotator_mean_f1`` and
        ``annotator_mean_average_precision``, and beside these ``annotators_f1``, the two annotators against each other.
        Of basil train, what the training recorded. Of alignment-labels also ``<source>_<metric>``, by what the events are of.

    Raises
    ------
    InputError
        When the corpus has no alignment gold, the split is unknown, or the aligner learned from an event of `gold`.
    """
    if gold is None and is_pair_corpus(on):
        return evaluate_pairs(on, split=split, model=model)
    labelled = Path(on).name == ALIGNMENT_LABELS and gold is None
    corpus = read_corpus(on, splits=(split or "test",)) if labelled else read_corpus(on)
    truth, annotators = _gold(corpus, gold, None if labelled else split)
    aligner = load_aligner(model)
    details = AlignerDetails.of(aligner)
    held_out = split != "train" if labelled else (corpus.name, split or "dev") == ("basil", "dev")
    if gold is None and corpus.name in details.data and not held_out:
        return _out_of_fold(corpus.name, aligner.name, details)
    if not labelled:
        _refuse_learned(corpus, truth, aligner)
    calibration = calibration_of(aligner)
    grouped = [group_claims(one, calibration.claims) for one in align_events(aligner, _events(corpus, truth))]
    events = score_events(truth, grouped, curve=calibration.absence)
    beside = score_sources(events) if labelled else _against_annotators(annotators, grouped)
    beside |= score_clauses(truth, split_by_clauses(aligner, grouped), curve=calibration.absence)
    return pool_scores(events) | bound_scores(events) | beside | describe_events(events)


def score_sources(events: Sequence[EventScore]) -> dict[str, Any]:
    """Return the metrics of the events of each source, after which events are named."""
    metrics: dict[str, Any] = {}
    for source in sorted({event.event.partition(".")[0] for event in events}):
        part = [event for event in events if event.event.startswith(f"{source}.")]
        metrics |= {
            f"{source}_{name}": value for name, value in (pool_scores(part) | bound_scores(part)).items()
        }
    return metrics


def _out_of_fold(name: str, aligner: str, details: AlignerDetails) -> dict[str, Any]:
    """Return the metrics that the training recorded for events the models had not seen."""
    if name != details.data[0] or "out_of_fold" not in details.log:
        raise InputError(
            f"Invalid corpus {name!r} for aligner {aligner!r}, which learned from it. It must be a corpus it has not "
            "seen, or the one of which its training recorded out-of-fold metrics."
        )
    return dict(details.log["out_of_fold"])


def _refuse_learned(corpus: Corpus, truth: Alignment, aligner: Aligner) -> None:
    """Refuse gold on events that the aligner learned from: metrics there would mean nothing."""
    learned = corpus.gold.get("alignment-train" if corpus.name == "basil" else "alignment")
    if corpus.name not in AlignerDetails.of(aligner).data or not isinstance(learned, Alignment):
        return
    known = sorted(set(events_of(learned)) & set(events_of(truth)))
    if known:
        raise InputError(
            f"Invalid gold on event {known[0]!r} and {len(known) - 1} others, from which aligner {aligner.name!r} learned. It "
            "must be on events that the aligner has not seen."
        )


def _against_annotators(annotators: Sequence[Alignment], alignments: Sequence[Alignment]) -> dict[str, Any]:
    """Return the metrics against each annotator, and the two against each other; no pair is left out."""
    if not annotators:
        return {}
    first, second = (set(gold.keys()) for gold in annotators)
    agreement = 2 * len(first & second) / (len(first) + len(second))
    return score_annotators(annotators, alignments) | {"annotators_f1": agreement}


def _gold(corpus: Corpus, gold: Path | None, split: str | None) -> tuple[Alignment, list[Alignment]]:
    if corpus.name == "basil" and f"alignment-{split or 'dev'}" not in corpus.gold:
        raise InputError(f"Invalid split {split!r} of basil. It must be dev or train.")
    if gold is not None:
        return read_alignment(corpus, gold), []
    if corpus.name == "basil":
        split = split or "dev"
        annotators = _annotators(corpus) if split == "dev" else []
        return _alignment_gold(corpus, f"alignment-{split}"), annotators
    if split is not None:
        raise InputError(f"Invalid split {split!r}. Alignment gold of corpus {corpus.name!r} has no splits.")
    return _alignment_gold(corpus, "alignment"), []


def _annotators(corpus: Corpus) -> list[Alignment]:
    from crossframe import storage

    path = storage.corpora_folder() / "basil" / "gold" / "alignment" / "basil-dev.tsv"
    return [read_alignment(corpus, path, relation=f"annotator_{number}") for number in (1, 2)]


def _alignment_gold(corpus: Corpus, name: str) -> Alignment:
    gold = corpus.gold.get(name)
    if not isinstance(gold, Alignment):
        raise InputError(f"Missing gold {name!r} of corpus {corpus.name!r}. Give a table with --gold.")
    return gold


def _events(corpus: Corpus, truth: Alignment) -> list[Sentences]:
    """Return the sentences of every event that has gold."""
    return [
        split_sentences(article for article in corpus.articles if article.event == event)
        for event in events_of(truth)
    ]


def split_by_clauses(aligner: Aligner, grouped: Sequence[Alignment]) -> list[Alignment]:
    """Return alignments of events with their claims split by clauses, which are aligned as sentences are."""
    cut = [
        cut_sentences(one.sentences, (row for claim in one.claims for row in claim.rows)) for one in grouped
    ]
    aligned, settings = align_events(aligner, cut), calibration_of(aligner).claims
    return [
        split_claims(one, clauses, settings) if len(clauses.sentences) > len(one.sentences) else one
        for one, clauses in zip(grouped, aligned, strict=True)
    ]


def align_events(aligner: Aligner, events: Sequence[Sentences]) -> list[Alignment]:
    """Return the alignment of each event, its sentences embedded by the encoder that the aligner was calibrated with."""
    details = AlignerDetails.of(aligner)
    encoder = load_encoder(details.encoder or None) if details.embedding else None
    return [
        align_event(aligner, sentences, embed_sentences(sentences, encoder) if encoder else None)
        for sentences in track(events, "Aligning events")
    ]
