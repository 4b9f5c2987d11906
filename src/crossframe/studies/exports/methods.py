"""The methods of a study as text for a paper: what run.json and the tables hold, and nothing else."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe.errors import CrossframeError
from crossframe.learning.model_files import read_model
from crossframe.models.catalogue import find_card
from crossframe.models.sets import RULES
from crossframe.reading.public.registry import read_entry, registered_names
from crossframe.records.display import count_of
from crossframe.studies.exports.about import (
    count_events,
    describe_checks,
    describe_judge,
    list_limits,
    name_model,
)
from crossframe.studies.exports.material import describe_material, join_sentences, list_names, one_line
from crossframe.studies.exports.statistics_in_words import describe_statistics, list_works

if TYPE_CHECKING:
    from pandas import DataFrame

_SCORED = {
    "all": "All actors were scored.",
    "public": "Declared actors, states, bodies, groups and persons with an office or title were scored, others not.",
}
"""By value of the option ``score``."""
_CHOICES = ("event", "models", "only_actors", "score", "merge", "min_confidence", "recalibrate")
"""Options that are part of the plan; models have their own sentences."""


def write_methods(path: Path, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> None:
    """Write the methods and the plan of a study as text for a paper.

    Parameters
    ----------
    path : Path
        Of the file.
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.
    """
    material = describe_material(tables, run)
    processing = _describe_processing(tables, run)
    judging, sources = _describe_judging(tables, run)
    statistics = describe_statistics(tables)
    parts = {
        "Methods": [material, processing, judging, statistics],
        "Plan of the study": [_describe_plan(run)],
        "What may not be inferred": [" ".join(list_limits(count_events(tables)))],
        "Notes of the run": [str(note) for note in run.get("notes", ())],
        "References": list(
            _list_references(" ".join((material, processing, judging, statistics)), sources, run)
        ),
    }
    text = "\n\n".join(
        "\n\n".join([f"## {heading}", *filter(None, paragraphs)])
        for heading, paragraphs in parts.items()
        if any(paragraphs)
    )
    storage.write_text(path, f"{text}\n")


def _version(run: Mapping[str, Any], package: str) -> str:
    """Return the version of a package that the run holds, behind a blank; "" where it holds none."""
    packages = run.get("environment", {}).get("packages", {})
    version = packages.get(package, "") if isinstance(packages, Mapping) else ""
    return f" {version}" if version and version != "not installed" else ""


# --- processing and judging -----------------------------------------------------------------------------


def _named(run: Mapping[str, Any], role: str) -> str:
    """Return a model in a role with the beginning of its hash; "" where the run does not say it."""
    name = name_model(run, role)
    digest = str(run["models"][role].get("sha256", ""))[:12] if name else ""
    return f"{name} (sha256 {digest})" if digest else name


def _describe_processing(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> str:
    """Return how sentences, actors, quotes and claims were found."""
    claims = tables["claims"][["event", "claim"]].drop_duplicates()
    finder, reader = _named(run, "actors"), _named(run, "quotes")
    has_models = "models" in run
    encoder, aligner = _named(run, "encoder"), _named(run, "aligner")
    return join_sentences(
        [
            f"The study was made with crossframe{_version(run, 'crossframe')}.",
            f"Articles were split into {count_of(len(tables['sentences']), 'sentence')} by rules and "
            f"sentencex{_version(run, 'sentencex')}.",
            "" if not finder else f"Names were found by {'rules' if name_model(run, 'actors') == RULES else finder} and joined to actors by rules.",
            "" if not has_models else f"Quotations were read by {reader if reader and name_model(run, 'quotes') != RULES else 'rules'}.",
            f"Sentences were embedded with {encoder}." if encoder else "",
            f"Sentences of different outlets were aligned by {aligner} and grouped into {count_of(len(claims), 'claim')}."
            if aligner
            else "",
            _describe_endpoints(run),
        ]
    )  # fmt: skip


def _describe_endpoints(run: Mapping[str, Any]) -> str:
    used = [one for one in run.get("endpoints", ()) if isinstance(one, Mapping)]
    return " ".join(
        f"The language model {one.get('model', 'without a name')} answered at an endpoint of the users"
        f" ({', '.join(map(str, one.get('roles', ())))}; {one.get('calls', 'an unknown number of')} calls)."
        for one in used
    )


def _describe_judging(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return who judged what, how well by the model's card, and the corpora that the card names."""
    settings = run.get("configuration", {})
    card, sources = _describe_quality(run)
    chosen, floor = settings.get("only_actors"), settings.get("min_confidence")
    frames = _named(run, "frames")
    text = join_sentences(
        [
            f"Portrayal and stance were {describe_judge(run)[0].lower()}{describe_judge(run)[1:]}",
            f"It judged {count_of(len(tables['portrayal']), 'portrayal')} of actors by sentences and "
            f"{count_of(len(tables['stance']), 'stance')} of holders toward them.",
            card,
            f"Only these actors were judged, as chosen: {list_names([str(one) for one in chosen])}."
            if isinstance(chosen, list) and chosen
            else _SCORED.get(str(settings.get("score")), ""),
            f"Judgements whose likeliest label has a probability below {floor:g} were left out of means of portrayal and stance."
            if isinstance(floor, int | float)
            else "",
            f"Frames of articles were judged by {frames}." if frames and len(tables["frames"]) else "",
            describe_checks(run),
        ]
    )
    return text, sources


def _describe_quality(run: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the measured quality of the stance model, from its card, and the corpora of its log.

    The card of another version than the one that judged says nothing about it: hashes must agree.
    """
    name = name_model(run, "stance")
    model = str(run.get("configuration", {}).get("stance_model") or name)
    folder = find_card(model) if name else None
    if folder is None or not (folder / "log.json").is_file():
        return ("No measurement of its quality comes with it." if name else ""), []
    try:
        files = read_model(str(folder), "stance")
    except (CrossframeError, OSError):
        return "Its card cannot be read.", []
    if files.hash != run["models"]["stance"].get("sha256"):
        return "The card at hand is of another version of this model; its figures are not given.", []
    log = files.log
    scores = [
        f"{_word_test(test)} {metrics['macro_f1']:.3f}"
        + (
            f" ({metrics['disjoint_macro_f1']:.3f} on targets that share no text with its training data)"
            if "disjoint_macro_f1" in metrics
            else ""
        )
        for test, metrics in log.get("tests", {}).items()
        if "macro_f1" in metrics
    ]
    figures = f"By its card its macro-F1 on test data is {'; '.join(scores)}." if scores else ""
    return figures or "Its card has no figures of test data.", [str(one) for one in log.get("data", ())]


def _word_test(test: str) -> str:
    """Return the name of a test; that labels are those of language models is said with it."""
    return f"on {test}" + (" (labels by language models)" if test.startswith("reference-labels") else "")


# --- plan, references -----------------------------------------------------------------------------------


def _describe_plan(run: Mapping[str, Any]) -> str:
    """Return the choices that were made, as far as the run holds them."""
    settings = run.get("configuration", {})
    chosen = [
        f"{name} {json.dumps(settings[name], ensure_ascii=False)}"
        for name in _CHOICES
        if settings.get(name) not in (None, False, [])
    ]
    seed = run.get("seed")
    return join_sentences(
        [
            "The run holds no plan that was declared before the estimates were seen; where there was one, say so, and where.",
            f"Options of the comparison: {', '.join(chosen)}." if chosen else "",
            f"Seed of every interval: {seed}." if seed is not None else "",
            "`crossframe compare --config run.json` makes the tables again from the same corpus and versions.",
        ]
    )


def _list_references(text: str, sources: Sequence[str], run: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be cited: crossframe, the corpus where it is registered, data of the model, statistics that were used."""
    version = _version(run, "crossframe").strip()
    yield "The crossframe developers. crossframe: how different outlets tell the same story." + (
        f" Version {version}." if version else ""
    )
    known = registered_names()
    corpus = run.get("configuration", {}).get("corpus")
    for name in dict.fromkeys([*([str(corpus)] if corpus in known else []), *sources]):
        if name in known:
            yield f"{name}: {one_line(read_entry(name).citation)}"
    yield from list_works(text)
