"""Card of a stance model: what it was taught by, what was held out, how it scores, every number from the training's log."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossframe.judging.probes.invented import INVENTED
from crossframe.learning.cards import render_card
from crossframe.reading.public.registry import registered_names
from crossframe.studies.train.cards import Log, command_of

PICTURE = "calibration.png"
"""File of a stance model's reliability diagram."""
NEWSMTSC_NOTE = (
    "The stance model was trained on NewsMTSC, whose targets are nearly all persons in US political news; toward states, "
    "parties and offices its scores are less certain."
)
NOTES = {
    "newsmtsc": NEWSMTSC_NOTE,
    "reference-labels": "The stance model was trained on labels by language models, not by people, of sentences mostly from US "
    "news.",
}
"""What a reader of a model's scores must know, by the first corpus it was trained on."""
_OWN_NOTE = "The stance model was trained on the user's own labels."
BOTH_NOTE = (
    "The stance model learned portrayal from NewsMTSC, whose targets are nearly all persons in US political news, and from labels "
    "by language models, not by people, of states, organisations and groups; whose stance it is from such labels and from "
    "directed-sentiment."
)
_OWN_LABELS = " {}, {} licence; its stance labels are our own, by language models (its data card)."
_LABELLED = {
    "newsmtsc": " NewsMTSC: Hamborg and Donnay 2021, MIT licence; labelled by people, five per sentence (its data card).",
    "narrative-frames": _OWN_LABELS.format("narrative-frames: Frermann et al. 2023", "MIT"),
    "gvfc": _OWN_LABELS.format("GVFC: Liu et al. 2019", "Apache-2.0"),
    "reference-labels": " reference-labels: our own labels by language models (its data card), Apache-2.0, of texts of ECB+, "
    "GVFC, narrative-frames and NeuS, which belong to their publishers.",
    "directed-sentiment": " directed-sentiment: Park, Pan and Joo 2021, labelled by crowd workers, for any use that cites the paper; "
    "its text belongs to its publishers.",
}
_HEAD = "a head that reads the target, what it attends to and the whole sentence; every mention of the target is marked in the text"
_METHODS = {
    "adapter": f"low-rank updates of all linear layers of {{encoder}} and {_HEAD}",
    "full": f"{{encoder}}, all of its weights trained, and {_HEAD}",
    "linear": "multinomial logistic regression on frozen vectors of {encoder} (the sentence; the words around the target; "
    "the hidden states at the target, whose name is replaced by a neutral word) and on sentiment words (VADER)",
}


_ASKED = {
    "stance": "Stance of a holder toward a target in a sentence: ",
    "both": "Portrayal of a target by a sentence (with whose words carry it, and by wording or facts), and stance of the author "
    "and of holders in the sentence toward it: ",
}


IN_KIND = (
    " Of the stress sentences those about charges that fall away, contrast, praise, payments, denials and victims are in-domain: "
    "invented training sentences were written of these kinds (not of these sentences), while roles, deeds and news text stay "
    "independent."
)
"""What the stress tests of a model can show that learned from invented sentences."""


def note_of(on: Sequence[str], construct: str) -> str:
    """Return what a reader of the scores of a stance model must know, by what it was trained on."""
    if construct == "both":
        return BOTH_NOTE if {"newsmtsc", "reference-labels"} <= set(on) else _OWN_NOTE
    return NOTES.get(on[0], _OWN_NOTE)


def describe_stance(name: str, log: Log, note: str) -> str:
    """Return the card of a stance model; `note` says what a reader of its scores must know."""
    fits = log.get("fits", {})
    unlabelled = log.get("unlabelled", {}).get("corpora", [])
    return render_card(
        name=name,
        summary=(_ASKED.get(log.get("construct", ""), "Stance of a sentence toward a target in it: "))
        + _METHODS[log["method"]].format(encoder=log["encoder"])
        + f". Classes: {', '.join(log['labels'])}."
        + "".join(f" Not measured: {test}, whose file could not be had." for test in log["missing_tests"]),
        data=_describe_labelled(log)
        + _describe_distillation(fits)
        + _describe_teacher(log)
        + "".join(_LABELLED[source] for source in log["data"] if source in _LABELLED),
        licence="Apache-2.0 (weights)."
        if {*log["data"], *unlabelled} <= set(registered_names())
        else "Weights: that of the labels and texts they were learned from; their maker must say which.",
        metrics=_stance_metrics(log),
        limits=f"{note}{IN_KIND if log.get('invented_rows') else ''} It reads one sentence, not the article. Probabilities were calibrated on the "
        "held-out articles (a temperature, and a shift of each class); the diagram shows how far they hold there.\n\n"
        f"![Share of correct labels against the stated probability, held-out articles]({PICTURE})\n\n"
        "A score that moves with the name alone is prior knowledge, not framing; `crossframe evaluate stance --stress` "
        "measures it on other corpora, and `compare` on the study's own sentences.",
        command=command_of(
            "stance",
            name,
            log,
            [
                *([f"--method {log['method']}"] if log["method"] != "adapter" else []),
                *([f"--construct {log['construct']}"] if log.get("construct") in ("stance", "both") else []),
                *([f"--teacher {log['teacher']['given']}"] if "teacher" in log else []),
                *(f"--unlabelled {corpus}" for corpus in unlabelled),
                *([f"--seeds {_count_seeds(fits)}"] if _count_seeds(fits) > 1 else []),
            ],
        ),
    )


def _stance_metrics(log: Log) -> dict[str, Mapping[str, Any]]:
    """Return the metrics of a stance model by what they were measured on."""
    tables: dict[str, Mapping[str, Any]] = {
        "the held-out articles (also used to choose and to calibrate)": log["held_out"]
    }
    for test, metrics in log["tests"].items():
        tables[
            f"{test}; `overlapping` of its targets are of groups or texts that were trained or chosen on, "
            "the `disjoint` metrics leave them out"
        ] = metrics
    for test, metrics in log.get("ceilings", {}).items():
        tables[f"{test}; {_CEILINGS}"] = metrics
    if "mean" in log.get("fits", {}):
        of_all = (
            "students of the teacher, of which this is the first"
            if "teacher" in log
            else "single fits before the student of all of them"
        )
        tables[f"macro-F1 of the {of_all}"] = log["fits"]["mean"]
    if "choices" in log:
        tables["macro-F1 on the held-out articles by penalty"] = log["choices"]
    for baseline, metrics in log["baselines"].items():
        tables[f"macro-F1 of the {baseline}, same splits"] = metrics
    for where, metrics in log.get("stress", {}).items():
        if where == INVENTED:
            tables[_INVENTED] = metrics
            continue
        names = ", and how far names alone move the score" if "swap_n" in metrics else ""
        tables[f"{where}, what is left without the target{names}"] = metrics
    for where, kinds in log["kinds"].items():
        tables[f"{where}, macro-F1 by kind of target (number of targets)"] = {
            f"{kind} ({of_kind['n']})": of_kind["macro_f1"] for kind, of_kind in kinds.items()
        }
    for where, metrics in log.get("calibration", {}).items():
        tables[f"{where}, calibration; `bias` is mean score minus mean label, by kind of target"] = metrics
    fits = log.get("fits", {})
    seconds = {fit: scores["seconds"] for fit, scores in fits.items() if scores.get("seconds") is not None}
    if seconds:
        tables[f"the clock, seconds of each fit ({log['machine']}; several seeds run side by side)"] = seconds
    return tables


_CEILINGS = (
    "ceiling: one reader against the other (`readers`), the model against either, and on what both read its share of that, of "
    "the portrayal, the stance of the author and that of holders; and macro-F1 of portrayal of persons minus that of other kinds"
)
_INVENTED = (
    "invented sentences: scores by who does what (`roles`, `praise`: actors exchanged), the same `accusation` with and without "
    "its holder, `bias` toward friendly against hostile actors of the same `deed`, and by kind the share of `variant`s of "
    "what models misread that hold"
)


def _describe_labelled(log: Log) -> str:
    """Return the labels that were learned from, and what was held out of them."""
    first, rows, held = log["data"][0], log["rows"], log["held_out_rows"]
    invented = ""
    if log.get("invented_rows"):
        invented = (
            f" {log['invented_rows']} of the {log['learned_rows']} learned labels are of invented sentences."
        )
    whole = f"{log['held_out_groups']} whole groups (articles or events)"
    further = ", ".join(f"{n} targets of {source}" for source, n in sorted(log["further_rows"].items()))
    if log.get("construct") == "both":
        learned = f" Also trained on {further}." if further else ""
        return (
            f"{first}: {rows} targets ({log['labels']}).{learned} Held out to choose and to calibrate, of every source its own: "
            f"{held} targets, {whole}.{invented}"
        )
    learned = (
        f" Also trained on {further}; nothing was chosen, calibrated or tested on these." if further else ""
    )
    return f"{first}: {rows} targets ({log['labels']}); {held} of them, {whole}, were held out to choose and to calibrate.{learned}{invented}"


def _describe_distillation(fits: Mapping[str, Any]) -> str:
    """Return what a student learned from beside the labels; nothing where one model was fitted."""
    if "student" not in fits:
        return ""
    return (
        f" The model is a student of {_count_seeds(fits)} fits: it learned from the mean of each label and their probabilities "
        f"for its target, and from their probabilities for {fits['student']['other_names']} other names, at most one per "
        "sentence, found by actors-news (persons, places, organisations, parties), which are not labelled."
    )


def _describe_teacher(log: Log) -> str:
    """Return who taught a student what, on which texts without labels; nothing where there was no teacher."""
    if "teacher" not in log:
        return ""
    teacher = f"{log['teacher']['name']} (on {log['teacher']['encoder']})"
    if "unlabelled" not in log:
        return f" A student of {teacher}: it learned from the mean of each label and the teacher's probabilities."
    drawn = log["unlabelled"]
    corpora = "; ".join(
        f"{corpus}, {drawn['targets'][corpus]} ({drawn['licences'][corpus] or 'no licence stated'})"
        for corpus in drawn["corpora"]
    )
    kinds = ", ".join(f"{kind} {n}" for kind, n in drawn["kinds"].items())
    left_out = drawn["left_out"]
    return (
        f" A student of {teacher}: it learned from the mean of each label and the teacher's probabilities, and from these alone "
        f"(of portrayal, speaker, basis, the author and other holders, as far as the teacher answers them) for "
        f"{sum(drawn['targets'].values())} mentions without labels ({kinds}), found by actors-news and word lists in training "
        f"articles of {corpora}. Left out: {left_out['articles']} articles (held out, of a dev or test split, or of a story that "
        f"shares text with test data) and {left_out['sentences']} sentences (held out or tested on elsewhere, labelled, or "
        "repeated). No text is contained."
    )


def _count_seeds(fits: Mapping[str, Any]) -> int:
    return sum(key.startswith("seed ") for key in fits)
