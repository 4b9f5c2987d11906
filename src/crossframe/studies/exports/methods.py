"""The methods of a study as text for a paper: what run.json and the tables hold, and nothing else."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe.errors import CrossframeError
from crossframe.learning.model_files import read_model
from crossframe.models.catalogue import find_card
from crossframe.models.sets import RULES
from crossframe.reading.public.registry import read_entry, registered_names
from crossframe.records.display import count_of
from crossframe.showing.tables.inventory import shorten_list
from crossframe.studies.exports.about import (
    count_events,
    describe_checks,
    describe_judge,
    list_limits,
    name_model,
)
from crossframe.studies.exports.joined import Names

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_LISTED_NAMES = 12
_SCORED = {
    "all": "All actors were scored.",
    "public": "Declared actors, states, bodies, groups and persons with an office or title were scored, others not.",
}
"""By value of the option ``score``."""
_CHOICES = ("event", "models", "only_actors", "score", "merge", "min_confidence", "recalibrate")
"""Options that are part of the plan; models have their own sentences."""
_STATISTICS: tuple[tuple[str, str], ...] = (
    (
        r"sentence bootstrap with drawn labels, (\d+)",
        "Intervals of mean portrayal and stance within an event are 95% percentile intervals of {0} bootstrap draws: sentences are "
        "drawn with replacement, and a label for each judgement from the model's probabilities (Davison and Hinkley 1997).",
    ),
    (
        r"drawn labels, sentences not redrawn, (\d+)",
        "Where a side has a single sentence, labels alone are drawn ({0} draws), so that its interval holds the model's doubt only.",
    ),
    (
        r"(?:^|; )sentence bootstrap, (\d+)",
        "Intervals of tone, prominence and framing within an event, and of means of labels, come from {0} bootstrap draws of "
        "sentences.",
    ),
    (
        r"bootstrap over passages, (\d+)",
        "Intervals of shares of voice within an event come from {0} bootstrap draws of passages.",
    ),
    (
        r"Wilson over claims",
        "Shares of claims covered have Wilson intervals over the claims that were found.",
    ),
    (
        r"normal over paired claims",
        "Differences in claims covered have normal intervals over claims, paired.",
    ),
    (
        r"certainty, called from ([\d.]+)",
        "A claim counts as left out by an outlet where this is certain with {0} or more.",
    ),
    (
        r"classifier's probability; no interval",
        "Frames of an article are the model's probabilities, without interval.",
    ),
    (
        r"no mean: \d+ judged",
        "Cells of fewer than three judged sentences have no mean and take part in no difference.",
    ),
    (
        r"all \d+ judgements labelled",
        "Where every judgement of a cell has a label of the study, the mean of the labels stands beside that of the model.",
    ),
    (
        r"prediction-powered",
        "Where a sample drawn with known probabilities is labelled, means are corrected by prediction-powered inference "
        "(Angelopoulos et al. 2023; Egami et al. 2023).",
    ),
    (
        r"cluster t over sentences",
        "Corrected means within an event have t intervals with sentences as clusters.",
    ),
    (
        r"^cluster t over events|; cluster t over events",
        "Over events the event is the unit: differences are paired within events, means of events have 95% t intervals over events "
        "(Donner and Klar 2000).",
    ),
    (
        r"sign-flip test",
        "Differences over events were tested by flipping the signs of the events' differences (Fisher 1935; Phipson and Smyth "
        "2010), from six events on.",
    ),
    (r"; t test", "Differences corrected by a sample of labels were tested by t tests over events."),
    (
        r"expected share; cluster t",
        "The rate of omissions is the expected share that an outlet leaves out of the claims that all other outlets tell.",
    ),
    (
        r"copy: not independent",
        "Differences within an event to which an outlet that prints a copy is a side are marked as not independent.",
    ),
)
"""By pattern of the column ``method`` of estimates: what was done, in words; groups are numbers in it."""
_REFERENCES = (
    ("Davison and Hinkley", "Davison and Hinkley 1997. Bootstrap Methods and their Application. Cambridge."),
    (
        "Angelopoulos",
        "Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023. Prediction-powered inference. Science 382:669-674.",
    ),
    (
        "Egami",
        "Egami, Hinck, Stewart and Wei 2023. Using imperfect surrogates for downstream inference. NeurIPS 36.",
    ),
    (
        "Donner and Klar",
        "Donner and Klar 2000. Design and Analysis of Cluster Randomization Trials in Health Research.",
    ),
    ("Fisher", "Fisher 1935. The Design of Experiments."),
    (
        "Phipson",
        "Phipson and Smyth 2010. Permutation p-values should never be zero. Statistical Applications in Genetics and Molecular "
        "Biology 9.",
    ),
    ("Benjamini", "Benjamini and Hochberg 1995. Controlling the false discovery rate. JRSS B 57:289-300."),
    (
        "Monroe",
        "Monroe, Colaresi and Quinn 2008. Fightin' words. Political Analysis 16:372-403.",
    ),
    ("sentencex", "Wikimedia Foundation. sentencex. https://github.com/wikimedia/sentencex"),
)
"""By what in the text refers to it: works that are cited only where what they describe was used."""


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
    material = _describe_material(tables, run)
    processing = _describe_processing(tables, run)
    judging, sources = _describe_judging(tables, run)
    statistics = _describe_statistics(tables)
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


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _join(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _list(names: Sequence[str]) -> str:
    return "; ".join(shorten_list([_one_line(name) for name in names], MAX_LISTED_NAMES))


def _version(run: Mapping[str, Any], package: str) -> str:
    """Return the version of a package that the run holds, behind a blank; "" where it holds none."""
    packages = run.get("environment", {}).get("packages", {})
    version = packages.get(package, "") if isinstance(packages, Mapping) else ""
    return f" {version}" if version and version != "not installed" else ""


# --- material -------------------------------------------------------------------------------------------


def _describe_material(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> str:
    """Return what was compared: corpus, articles, outlets, events, what was left out."""
    articles, names = tables["articles"], Names(tables, run)
    outlets = [one for one in tables["outlets"]["outlet"] if one in set(articles["outlet"])]
    events = sorted(set(articles["event"]))
    fingerprint = str(run.get("corpus_fingerprint", ""))[:12]
    marked = f" (fingerprint {fingerprint})" if fingerprint else ""
    return _join(
        [
            f"We compared {count_of(len(articles), 'article')} of {count_of(len(outlets), 'outlet')} "
            f"({_list([names.outlet(one) for one in outlets])}) on {count_of(len(events), 'event')} "
            f"({_list([names.event(one) for one in events])}), from the corpus {run.get('corpus', 'without a name')}{marked}.",
            f"Its provenance, as declared: {_one_line(str(run['provenance']))}"
            if run.get("provenance")
            else "",
            _describe_dates(articles),
            _describe_kinds(articles, "language", "language"),
            _describe_kinds(articles, "genre", "genre"),
            _describe_excluded(run, len(articles)),
            _describe_dependence(articles, len(events)),
        ]
    )


def _describe_dates(articles: "DataFrame") -> str:
    dates = sorted(date[:10] for date in articles["published"] if date)
    lacking = len(articles) - len(dates)
    if not dates:
        return "The articles carry no date."
    span = f"on {dates[0]}" if dates[0] == dates[-1] else f"from {dates[0]} to {dates[-1]}"
    return f"The articles were published {span}" + (f"; {lacking} carry no date." if lacking else ".")


def _describe_kinds(articles: "DataFrame", column: str, word: str) -> str:
    counts = articles[column].replace("", "not stated").value_counts().sort_index()
    if list(counts.index) == ["not stated"]:
        return f"No {word} is stated."
    listed = ", ".join(f"{kind} {n}" for kind, n in counts.items())
    return f"Articles by {word}: {listed}."


def _describe_excluded(run: Mapping[str, Any], n_compared: int) -> str:
    """Return what was left out and why, as far as the run says it."""
    whole, excluded = run.get("articles_in"), _one_line(str(run.get("excluded", "")))
    edited = run.get("edited_tables", {})
    absent = run.get("outlets_without_articles", [])
    parts = []
    if isinstance(whole, int) and whole > n_compared:
        parts.append(
            f"Of {whole} articles {whole - n_compared} were left out{f': {excluded}' if excluded else ''}."
        )
    elif isinstance(whole, int):
        parts.append("No article of the corpus was left out.")
    if edited:
        parts.append(f"Edited tables were applied: {', '.join(sorted(map(str, edited)))}.")
    if absent:
        parts.append(f"Outlets of the corpus without an article here: {_list([str(one) for one in absent])}.")
    return " ".join(parts)


def _describe_dependence(articles: "DataFrame", n_events: int) -> str:
    """Return how many articles are copies, versions, or doubtful, and what was done about copies."""
    copies, versions, doubtful = (
        (articles[name] != "").sum() for name in ("copy_of", "version_of", "misfit")
    )
    parts = []
    if copies:
        over = " and take no part in differences over events" if n_events > 1 else ""
        parts.append(
            f"{count_of(int(copies), 'article')} shared half or more with another outlet's; copies were kept, but count as no "
            f"independent voice{over}."
        )
    if versions:
        parts.append(f"{count_of(int(versions), 'article')} updated an earlier one of the same outlet.")
    if doubtful:
        parts.append(
            f"{count_of(int(doubtful), 'article')} may not belong to the event; see the column misfit."
        )
    return " ".join(parts)


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
    return _join(
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
    text = _join(
        [
            f"Portrayal and stance were {describe_judge(run)[0].lower()}{describe_judge(run)[1:]}",
            f"It judged {count_of(len(tables['portrayal']), 'portrayal')} of actors by sentences and "
            f"{count_of(len(tables['stance']), 'stance')} of holders toward them.",
            card,
            f"Only these actors were judged, as chosen: {_list([str(one) for one in chosen])}."
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


# --- statistics, plan, references -----------------------------------------------------------------------


def _describe_statistics(tables: "Mapping[str, DataFrame]") -> str:
    """Return the statistics that made the estimates, none that did not."""
    estimates = tables["estimates"]
    methods = list(dict.fromkeys(estimates["method"]))
    sentences = []
    for pattern, text in _STATISTICS:
        found = [match for match in (re.search(pattern, method) for method in methods) if match]
        if found:
            sentences.append(text.format(*found[0].groups()))
    if estimates["quantity"].str.contains("_recalibrated", regex=False).any():
        sentences.append(
            "Beside the others stand estimates by probabilities recalibrated to the study's labels, each article by those of others."
        )
    tested = estimates[estimates["p_value"].notna()]
    if len(tested):
        quantities = ", ".join(sorted(set(tested["quantity"])))
        sentences.append(f"{count_of(len(tested), 'difference')} were tested ({quantities}).")
    if estimates["q_value"].notna().any():
        sentences.append(
            "q-values correct within each quantity, of single voices and of all together (Benjamini and Hochberg 1995)."
        )
    if not len(tested):
        sentences.append("Nothing was tested.")
    if len(tables["wording"]):
        sentences.append(
            "Terms that set an outlet apart were found by log-odds ratios with an informative Dirichlet prior (Monroe et al. 2008)."
        )
    return " ".join(sentences)


def _describe_plan(run: Mapping[str, Any]) -> str:
    """Return the choices that were made, as far as the run holds them."""
    settings = run.get("configuration", {})
    chosen = [
        f"{name} {json.dumps(settings[name], ensure_ascii=False)}"
        for name in _CHOICES
        if settings.get(name) not in (None, False, [])
    ]
    seed = run.get("seed")
    return _join(
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
            yield f"{name}: {_one_line(read_entry(name).citation)}"
    yield from (work for mark, work in _REFERENCES if mark in text)
