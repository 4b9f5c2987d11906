"""How Sphinx builds the documentation: docstrings by numpydoc, notebooks as committed, numbers from the results."""

import csv
import json
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]

project = "crossframe"
author = "The crossframe developers"
project_copyright = f"2026, {author}"
release = version = metadata.version("crossframe")

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
default_role = "autolink"
exclude_patterns = ["**/.ipynb_checkpoints"]

# Notebooks are rendered with the outputs that were committed, never executed here.
nb_execution_mode = "off"
nb_merge_streams = True

myst_enable_extensions = ["deflist", "substitution"]
myst_heading_anchors = 3
# Data cards and model cards say their file's anchors, not those of the page that they are shown on.
suppress_warnings = ["myst.header"]

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autosummary_generate = False
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

html_theme = "pydata_sphinx_theme"
html_title = "crossframe"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "show_prev_next": False,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}
_ALONE = [
    "index",
    "start",
    "glossary",
    "quality",
    "codebook",
    "codebook-quotes",
    "codebook-alignment",
    "codebook-differences",
    "data-statement",
    "data-cards",
    "model-cards",
    "house",
    "reproducing",
    "changelog",
    "contributing",
]
html_sidebars = {page: [] for page in _ALONE}


def _measured(task: str, corpus: str, metric: str, model: str = "") -> str:
    """Return a metric of the committed benchmarks."""
    with (ROOT / "results" / "benchmarks" / "quality.csv").open(encoding="utf-8", newline="") as file:
        wanted = {"task": task, "corpus": corpus, "metric": metric, "model": model}
        found = [row["value"] for row in csv.DictReader(file) if wanted.items() <= row.items()]
    return found[0]


_STRESS = json.loads((ROOT / "src/crossframe/models/stance-news/log.json").read_text(encoding="utf-8"))[
    "stress"
]["newsmtsc rw"]
myst_substitutions = {
    "stance_f1": _measured("stance", "newsmtsc", "macro_f1"),
    "stance_f1_new_articles": _measured("stance", "newsmtsc", "disjoint_macro_f1"),
    "stance_f1_states": _measured("stance", "reference-labels", "state_macro_f1"),
    "stance_f1_all": _measured("stance", "reference-labels", "macro_f1"),
    "stance_f1_persons": _measured("stance", "narrative-frames", "person_macro_f1"),
    "stance_f1_countries": _measured("stance", "narrative-frames", "country_macro_f1"),
    "stance_f1_organisations": _measured("stance", "narrative-frames", "organisation_macro_f1"),
    "stance_f1_lexicon": _measured("stance", "newsmtsc", "macro_f1", "stance-lexicon"),
    "framing_accuracy": _measured("framing", "basil", "ordering_accuracy"),
    "framing_accuracy_fixed": _measured("framing", "basil", "fixed_order_ordering_accuracy"),
    "frames_f1": _measured("frames", "narrative-frames", "macro_f1"),
    "frames_f1_lexicon": _measured("frames", "narrative-frames", "macro_f1", "frames-lexicon"),
    "alignment_f1": _measured("alignment", "basil", "f1"),
    "omission_recall": _measured("alignment", "basil", "omission_recall"),
    "omission_precision": _measured("alignment", "basil", "omission_precision"),
    "prior_trump": f"{_STRESS['actor.trump.prior']:+.2f}".replace("-", "−"),
    "prior_obama": f"{_STRESS['actor.obama.prior']:+.2f}".replace("-", "−"),
}
