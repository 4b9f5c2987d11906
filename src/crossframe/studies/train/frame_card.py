"""The card of a frame model, and the note that stands beside its probabilities."""

from collections.abc import Sequence

from crossframe.learning.cards import render_card
from crossframe.studies.train.cards import Log, command_of

_FRAMES_OF = {
    "narrative-frames": "the five generic news frames of an article, several of which may hold",
    "gvfc": "the frames of a headline on guns, one or two of nine",
}
_FRAME_LABELS = {
    "narrative-frames": " Labels are by trained annotators, two or three of each article (Frermann, Li, Khanehzar and Mikolajczak "
    "2023, MIT licence): the share of them whose answers give a frame is learned, what they agree on is scored.",
    "gvfc": " Labels are by trained coders (Liu et al. 2019, files of Akyürek et al. 2020; Apache-2.0, the headlines belong to "
    "their publishers).",
}
_FRAME_LIMITS = {
    "narrative-frames": "Weak, also where it was trained: climate news of US and UK outlets. On other topics the words of frames "
    "differ. Of an article with a frame and one without, the right one gets the higher probability in {auc:.0%} of cases: one "
    "estimate, and one difference between two articles, is a reason to read them, not a finding. Means over many articles may be "
    "compared, after reading some. How well it tells apart outlets that report one event is not known, for no corpus has such "
    "labels. Human interest and moral are rare and the least certain; annotators, too, agree least on human interest.",
    "gvfc": "Headlines of US outlets on guns in 2018, and nothing else. Rare frames (society) are uncertain. Copies of a headline in "
    "other words may stand in several folds, as in the published splits.",
}
_FRAME_NOTES = {
    "narrative-frames": "The frame model is weak, also on the climate news that it was trained on: one probability, or one "
    "difference between two articles, is a reason to read them, not a finding.",
    "gvfc": "The frame model was trained on US headlines on guns of 2018; its frames are of that topic alone.",
}


def note_of_frames(on: Sequence[str]) -> str:
    """Return what a reader of the probabilities of a frame model must know, by the first corpus it was trained on."""
    return _FRAME_NOTES.get(on[0], "The frame model was trained on the user's own labels.")


def describe_frames(name: str, log: Log, *, n_repeats: int) -> str:
    """Return the card of a frame model."""
    shares = ", ".join(f"{frame} {share:.0%}" for frame, share in sorted(log["shares"].items()))
    held_out = f"{log['groups']:,} {log['grouped_by']}s"
    public = [source for source in log["data"] if source in _FRAMES_OF]
    return render_card(
        name=name,
        summary=f"Judges {_FRAMES_OF.get(log['data'][0], 'frames of articles')}: the calibrated mean of two logistic regressions "
        f"per frame, on frozen {log['encoder']} vectors of sentences (mean, spread, lead) with shares of frame words, and on "
        f"TF-IDF of {log['words']:,} words.",
        data=f"{', '.join(log['data'])}: {log['articles']:,} articles of all splits but test ({shares})."
        + "".join(_FRAME_LABELS[source] for source in public),
        licence="Apache-2.0 (weights). No text is contained, only the words that two articles or more have.",
        metrics={
            f"cross-validation over {held_out}, whole ones held out, calibration and thresholds of the other folds, mean of "
            f"{n_repeats} repeats; low and high: 95 % interval over {log['grouped_by']}s": log[
                "cross_validated"
            ]
        },
        limits="".join(_FRAME_LIMITS[source].format(**log["cross_validated"]) + " " for source in public)
        + "Penalties were chosen on the same folds."
        + "".join(
            f" On the test split: `crossframe evaluate frames --on {source} --model {name}`."
            for source in public
        ),
        command=command_of("frames", name, log),
    )
