"""The statistics of a study in words, with the works that they are from."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from crossframe.records.display import count_of

if TYPE_CHECKING:
    from pandas import DataFrame

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
        "Shares of claims have Wilson intervals over the claims that were found.",
    ),
    (
        r"normal over paired claims",
        "Differences in shares of claims have normal intervals over claims, paired.",
    ),
    (
        r"(?:Wilson|normal) over sentences as aligned",
        "Shares of sentences that another outlet has have Wilson intervals over sentences, their differences normal ones.",
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


def list_works(text: str) -> Iterator[str]:
    """Yield the works that a text refers to."""
    yield from (work for mark, work in _REFERENCES if mark in text)


def describe_statistics(tables: "Mapping[str, DataFrame]") -> str:
    """Return the statistics that made the estimates of a study, none that did not."""
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
