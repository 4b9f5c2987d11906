"""The folder of a trained stance model: weights, configuration, log, reliability diagram, and its card."""

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from crossframe.learning.cards import render_card
from crossframe.learning.model_files import ModelFiles
from crossframe.reading.public.registry import registered_names
from crossframe.showing.plots.drawing import save_figure
from crossframe.showing.plots.evaluation_plots import plot_reliability
from crossframe.studies.evaluate.stance_items import Items
from crossframe.studies.train.cards import train_command

NEWSMTSC_NOTE = (
    "The stance model was trained on NewsMTSC, whose targets are nearly all persons in US political news; toward states, "
    "parties and offices its scores are less certain."
)
PICTURE = "calibration.png"
_OURS = " {}, {} licence; its stance labels are our own, by language models (its data card)."
_LABELLED = {
    "newsmtsc": " NewsMTSC: Hamborg and Donnay 2021, MIT licence; labelled by people, five a sentence (its data card).",
    "narrative-frames": _OURS.format("narrative-frames: Frermann et al. 2023", "MIT"),
    "gvfc": _OURS.format("GVFC: Liu et al. 2019", "Apache-2.0"),
}
_WAYS = {
    "adapter": "low-rank updates of all linear layers of {encoder} and a head that reads the target, what it attends to and "
    "the whole sentence; every mention of the target is marked in the text",
    "full": "{encoder}, all of its weights trained, and a head that reads the target, what it attends to and the whole "
    "sentence; every mention of the target is marked in the text",
    "linear": "multinomial logistic regression on frozen vectors of {encoder} (the sentence; the words around the target; "
    "the hidden states at the target, whose name is replaced by a neutral word) and on sentiment words (VADER)",
}


def describe_stance(model: Any, name: str, log: dict[str, Any], note: str, dev: Items) -> ModelFiles:
    """Return a trained stance model as files.

    Parameters
    ----------
    model : AdapterStance or LinearStance
    name : str
        Of its folder.
    log : dict
        What training measured (see `train_stance`).
    note : str
        What a reader of its scores must know.
    dev : Items
        Held-out targets, for the reliability diagram.
    """
    files: ModelFiles = model.to_files(name, _card(name, log, note), log, note)
    probability = model.predict_proba(dev.targets)
    right = np.array(model.classes_)[probability.argmax(axis=1)] == np.array(dev.labels)
    drawn = plot_reliability(probability.max(axis=1), right.astype(float)).figure
    with tempfile.TemporaryDirectory(prefix="crossframe-") as folder:
        picture = save_figure(drawn, Path(folder) / PICTURE).read_bytes()
    return dataclasses.replace(files, pictures={PICTURE: picture})


def _card(name: str, log: dict[str, Any], note: str) -> str:
    """Return the model card; every figure in it is the log's."""
    on = log["data"]
    figures: dict[str, dict[str, Any]] = {
        "the held-out articles (also used to choose and to calibrate)": log["held_out"]
    }
    for test, measured in log["tests"].items():
        figures[
            f"{test}; `overlapping` of its targets are of groups or texts that were trained or chosen on, "
            "the `disjoint` figures leave them out"
        ] = measured
    if "mean" in log.get("fits", {}):
        figures["macro-F1 of the single fits before the student of all of them"] = log["fits"]["mean"]
    if "choices" in log:
        figures["macro-F1 on the held-out articles by penalty"] = log["choices"]
    for what, measured in log["baselines"].items():
        figures[f"macro-F1 of the {what}, same parts"] = measured
    for where, measured in log.get("stress", {}).items():
        names = ", and how far names alone move the score" if "swap_n" in measured else ""
        figures[f"{where}, what is left without the target{names}"] = measured
    for where, kinds in log["kinds"].items():
        figures[f"{where}, macro-F1 by kind of target (number of targets)"] = {
            f"{kind} ({one['n']})": one["macro_f1"] for kind, one in kinds.items()
        }
    return render_card(
        name=name,
        summary="Stance of a sentence toward a target in it: "
        + _WAYS[log["method"]].format(encoder=log["encoder"])
        + f". Classes: {', '.join(log['labels'])}."
        + "".join(f" Not measured: {test}, whose file could not be had." for test in log["missing_tests"]),
        data=f"{on[0]}: {log['rows']} targets ({log['labels']}); {log['held_out_rows']} of them, "
        f"{log['held_out_groups']} whole groups (articles or events), were held out to choose and to calibrate."
        + _further(log["further_rows"])
        + _taught(log.get("fits", {}))
        + "".join(_LABELLED[name] for name in on if name in _LABELLED),
        licence="Apache-2.0 (weights)."
        if all(one in registered_names() for one in on)
        else "Weights: that of the labels they were learned from; their maker must say which.",
        figures=figures,
        limits=f"{note} It reads one sentence, not the article. Probabilities were calibrated by one temperature on the "
        "held-out articles; the diagram shows how far they hold there.\n\n"
        f"![Share of right answers against the probability stated, held-out articles]({PICTURE})\n\n"
        "A score that moves with the name alone is prior knowledge, not framing; `crossframe evaluate stance --stress` "
        "measures it on other corpora, and `compare` on the study's own sentences.",
        command=_command(name, log),
    )


def _further(rows: dict[str, int]) -> str:
    """Return what taught beside the first data, of which nothing was held out."""
    told = ", ".join(f"{n} targets of {name}" for name, n in rows.items())
    return f" Beside them {told} taught; nothing was chosen, calibrated or tested on these." if rows else ""


def _taught(fits: dict[str, Any]) -> str:
    """Return what a student learned from beside the labels; nothing where one model was fitted."""
    if "student" not in fits:
        return ""
    return (
        f" The model is a student of {_count_seeds(fits)} fits: it learned from the mean of each label and what these say of its target, and "
        f"from what they say of {fits['student']['other_names']} other names, at most one a sentence, found by actors-news "
        "(persons, places, organisations, parties), which nobody labelled."
    )


def _count_seeds(fits: dict[str, Any]) -> int:
    return sum(key.startswith("seed ") for key in fits)


def _command(name: str, log: dict[str, Any]) -> str:
    n_fits = _count_seeds(log.get("fits", {}))
    options = [f"--method {log['method']}"] if log["method"] != "adapter" else []
    options += [f"--seeds {n_fits}"] if n_fits > 1 else []
    return train_command("stance", log["data"], name, log["encoder"], log["seed"], options=options)
