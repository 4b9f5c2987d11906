"""Model cards: what each trained model is, learned from and scores, every number in it from the training's log."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossframe.learning.cards import render_card
from crossframe.learning.encoders.by_name import DEFAULT

Log = Mapping[str, Any]
_ANNOTATED_BY_MODELS = {
    "basil": " (annotated by language models following a codebook, not by people)",
    "neus": " (short leads; annotated by language models following a codebook, not by people)",
}
_SHARED_STORIES = (
    " 25 of the events of neus share text with corpora that models are tested on, 24 with SEESAW and one with BASIL; it "
    "learned from them before that was known, and training leaves them out now."
)
_POLNEAR = (
    " Most articles of PolNeAR were annotated by one person; its text is third-party and upstream states no licence, so a "
    "tagger trained on it is for one's own use, and crossframe ships none."
)


_INVENTED_NAMES = (
    " invented-names: sentences and labels by a language model, not by people, CC0; its metrics say only how well frames and "
    "lists are learned, and its lists were written after errors on the dev split of crossner-politics were read."
)
_QUOTE_LABELS = (
    " The labels of quote-labels are reference labels by language models that followed a codebook, not by people. The lists of "
    "verbs of saying that its features come from were compiled partly from the training split of PolNeAR, where the features "
    "were tried, too; how rules and tagger are joined was chosen on the dev split of quote-labels, so that the metrics below "
    "are a little better than on texts that nothing was chosen on. It has not learned from PolNeAR's texts or labels."
)


def train_command(
    task: str, on: Sequence[str], name: str, encoder: str, seed: int, *, options: Sequence[str] = ()
) -> str:
    """Return the command that trains the model called `name` again.

    Examples
    --------
    >>> train_command("frames", ["narrative-frames"], "mine", "all-MiniLM-L6-v2", 0)
    'crossframe train frames --on narrative-frames --seed 0 --out mine'
    """
    chosen = [] if encoder == DEFAULT else [f"--encoder {encoder}"]
    data = [f"--on {source}" for source in on]
    return " ".join([f"crossframe train {task}", *data, *chosen, *options, f"--seed {seed}", f"--out {name}"])


def summarise_metrics(metrics: Mapping[str, float]) -> str:
    """Return metrics as a line.

    Examples
    --------
    >>> summarise_metrics({"f1": 0.51234, "ece": 0.05})
    'f1 0.512, ece 0.050'
    """
    return ", ".join(f"{name} {value:.3f}" for name, value in metrics.items())


def command_of(task: str, name: str, log: Log, options: Sequence[str] = ()) -> str:
    """Return the command of `train_command` that the log of a training records."""
    return train_command(task, log["data"], name, log["encoder"], log["seed"], options=options)


def describe_aligner(name: str, log: Log, *, embedding: bool, metrics: Mapping[str, Any]) -> str:
    """Return the card of an aligner; `embedding`: whether vectors of the encoder are among its features."""
    encoder = log["encoder"]
    interaction = (
        f", both with a late-interaction reading of the pairs that the features let through (low-rank updates of the upper "
        f"layers of {encoder} and a head) and, for the trees, its output for the event's other pairs."
    )
    gold = "; ".join(
        f"{corpus}, {counts}{_ANNOTATED_BY_MODELS.get(corpus, '')}" for corpus, counts in log["gold"].items()
    )
    return render_card(
        name=name,
        summary="Probability that an annotator would align two sentences of different outlets on one event: the mean of a "
        f"logistic regression on lexical{f' and embedding ({encoder})' if embedding else ''} pair features and their products, "
        f"and of boosted trees{interaction if log['interaction'] else '.'}",
        data=f"Alignment gold of {gold}.{_describe_left_out(log)} Only the first corpus decides thresholds and calibration.",
        licence="Apache-2.0 (weights); no text is contained.",
        metrics={
            "the first corpus, ranked out-of-fold by event; thresholds and calibration chosen on these rankings": metrics
        },
        limits="English news, two to a few outlets per event, articles of up to about a hundred sentences. The relation "
        "(equivalent or partial) is less certain than the alignment. With another encoder than its own its "
        "probabilities are not calibrated.",
        command=command_of("aligner", name, log),
    )


def _describe_left_out(log: Log) -> str:
    """Return which events of neus were left out, or, of a log that does not say, that some should have been."""
    if "neus" not in log["gold"]:
        return ""
    if "left_out" not in log:
        return _SHARED_STORIES
    return f" {log['left_out']['neus']} further events of neus were left out, for they share text with test data."


def describe_actors(name: str, log: Log, *, n_folds: int) -> str:
    """Return the card of a name finder."""
    sizes = "; ".join(
        f"{source}: {log['blocks'][source]:,} blocks, {log['entities'][source]:,} entities"
        for source in log["data"]
    )
    return render_card(
        name=name,
        summary=f"Finds names of persons, organisations, parties and places: low-rank updates (rank {log['rank']}) of all "
        f"layers of {log['encoder']}, letter case, shape and word lists of each word, a head over neighbouring words, and "
        "the best legal path. Titles, groups, offices and the context of a name are found by rules.",
        data=f"{sizes}. Training splits only. Classes that are no actors (events, elections, products, works, "
        "miscellaneous) are negative examples. CrossNER: Liu et al. 2021, MIT; WNUT17: Derczynski et al. 2017, "
        f"CC BY 4.0; Wikigold: Balasuriya et al. 2009, CC BY 4.0.{_INVENTED_NAMES if 'invented-names' in log['data'] else ''}",
        licence="Apache-2.0 (weights); no text is contained.",
        metrics={
            f"{source}, out-of-fold: {n_folds} fits with a seed each, means; strict spans, kinds pooled": metrics
            for source, metrics in log["out_of_fold"].items()
        },
        limits="English. It was trained on Wikipedia and tweets, not on news: titles inside names, bodies named by a common "
        "noun and groups of people are where it is least certain. Kinds are less certain than spans. The metrics above are of "
        "marked spans alone, before rules. On splits it was not trained on: `crossframe evaluate actors --on "
        "crossner-politics` (or wnut17); on wikigold, all of which it was trained on, only the out-of-fold metrics count.",
        command=command_of("actors", name, log),
    )


def describe_quotes(name: str, log: Log) -> str:
    """Return the card of a tagger of attributions."""
    sources = "; ".join(
        f"{source}: {n:,} articles ({log['licences'][source] or 'no licence stated'}; "
        f"{log['provenances'][source] or 'provenance not stated'})"
        for source, n in log["articles"].items()
    )
    return render_card(
        name=name,
        summary="Tags attributions: which words are the content of a quote, its cue and its source. Low-rank updates (rank "
        f"{log['rank']}) of all layers of {log['encoder']}, features of each word, quotation marks around it and verbs of "
        "speech, a head over neighbouring words, the best legal path through a paragraph; two regressions link contents with "
        "cues and cues with sources. Rules keep quotations in marks that it misses, and resolve who a source is.",
        data=f"{sources}. {log['paragraphs']:,} paragraphs, {log['contents']:,} spans of content."
        f"{_POLNEAR if 'polnear' in log['data'] else ''}{_QUOTE_LABELS if log['data'] == ['quote-labels'] else ''}",
        licence="Apache-2.0 (weights); no text is contained."
        if log["data"] == ["quote-labels"]
        else "That of the corpora it was trained on, as far as it reaches; no text is contained.",
        metrics={
            f"{how}, articles held out (the dev split, else a tenth by event; fragments united; the names are those of "
            "`crossframe evaluate quotes`)": metrics
            for how, metrics in log["held_out"].items()
        },
        limits="English news. It follows its training data: what people are said to think or want counts there too, in "
        "PolNeAR also what they feel, so shares of voice grow by such. It reads paragraph by paragraph: a cue in another "
        "paragraph is not seen. Contents within contents are not separated. On the dev split: `crossframe evaluate quotes --on polnear --model "
        f"{name}`.",
        command=command_of("quotes", name, log),
    )
