"""What every export says of a study: who judged, on how many events, what was checked, and what may not be inferred."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from crossframe.errors import InputError
from crossframe.models.sets import MODEL_SETS, find_set
from crossframe.records import CONSTRUCTS
from crossframe.records.display import count_of
from crossframe.showing.html.glance import count_study
from crossframe.studies.exports.joined import ROW_OF

if TYPE_CHECKING:
    from pandas import DataFrame

_KINDS: dict[str, type] = {
    "configuration": dict,
    "models": dict,
    "labels": dict,
    "environment": dict,
    "event_titles": dict,
    "edited_tables": dict,
    "left_out_of_imports": dict,
    "unread": dict,
    "rows": dict,
    "notes": list,
    "events": list,
    "outlets_without_articles": list,
    "endpoints": list,
}
"""By key of run.json: what it holds, where it is there at all."""
TEXTS_BELONG = "Sentences and titles are those of the articles, and belong to their publishers: do not pass them on without a right to."


def check_run(run: Mapping[str, Any]) -> None:
    """Refuse a run.json whose parts are not what `compare` writes.

    Parameters
    ----------
    run : mapping of str to object
        What it holds; parts that an older version did not write may be missing.

    Raises
    ------
    InputError
        Naming the first part that is of another kind.
    """
    for key, kind in _KINDS.items():
        if key in run and not isinstance(run[key], kind):
            what = "a table" if kind is dict else "a list"
            raise InputError(
                f"Invalid run.json: {key!r} is {run[key]!r}. It must be {what}, as compare writes."
            )


def count_events(tables: "Mapping[str, DataFrame]") -> int:
    """Return the number of events that have articles."""
    return int(tables["articles"]["event"].nunique())


def name_model(run: Mapping[str, Any], role: str) -> str:
    """Return the name of the model in a role, as ``stance``; "" where the run does not say it."""
    model = run.get("models", {}).get(role)
    return str(model.get("name", "")) if isinstance(model, Mapping) else ""


def describe_judge(run: Mapping[str, Any]) -> str:
    """Return who judged portrayal and stance: the model's name and its set."""
    name = name_model(run, "stance")
    if not name:
        return "Judged by a model, not by people; the run does not say which model."
    return f"Judged by a model, {name}{_say_set(run, name)}, not by people."


def _say_set(run: Mapping[str, Any], name: str) -> str:
    chosen = run.get("configuration", {}).get("models")
    if chosen not in MODEL_SETS:
        return ""
    is_own = find_set(str(chosen)).stance_model == name
    return f" of the model set {chosen}" if is_own else f", in place of that of the model set {chosen}"


def describe_checks(run: Mapping[str, Any]) -> str:
    """Return whether anybody checked the model: how many of its judgements have labels of the study itself."""
    labels = run.get("labels")
    if labels is None:
        return "The run does not say whether judgements were checked."
    counts = [f"{labels[name]:,} of {name}" for name in CONSTRUCTS if isinstance(labels.get(name), int)]
    if not counts:
        return "Nobody checked these judgements: the study has no labels of its own."
    return (
        f"The study has labels of its own ({', '.join(counts)}). The run does not say whether people gave them: see the "
        "provenance of the corpus. Estimates corrected by them, and by how much the model differs, are among the estimates."
    )


def list_limits(n_events: int) -> list[str]:
    """Return what may not be inferred from a study of so many events, a sentence each."""
    if n_events == 1:
        scope = (
            "One event is a case, not a sample. These numbers describe these articles; they say nothing of what an outlet is "
            "like, or does on other events. Nothing was tested: no difference is significant, and none is shown to be absent."
        )
    else:
        scope = (
            f"The event is the unit: what holds over {n_events} events is about these, and about others only as far as these "
            "are a fair sample of them. Rows about one event describe its articles and test nothing."
        )
    return [
        scope,
        "A portrayal is how a sentence shows an actor, taken at its word. It is no measure of bias, intent, truth or effect: "
        "somebody who did harm is rightly shown doing it.",
        "A claim that was not found in an outlet is not left out by it. Claims are aligned, not checked.",
        "The model errs, more on some actors and outlets than on others; a single judgement is a reason to read the sentence.",
    ]


def describe_export(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a reader of an export must know.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.

    Returns
    -------
    list of (str, str)
        Heading and text; nothing that the run does not hold.
    """
    n_events = count_events(tables)
    packages = run.get("environment", {}).get("packages", {})
    version = packages.get("crossframe", "") if isinstance(packages, Mapping) else ""
    facts = [
        ("Study", f"{run.get('corpus', 'a corpus')}: {count_study(tables)}"),
        ("Judgements", describe_judge(run)),
        ("Events", count_of(n_events, "event")),
        ("Checked by people", describe_checks(run)),
        *(("Not to be inferred", limit) for limit in list_limits(n_events)),
        (
            "Made with",
            f"crossframe {version}" if version else "crossframe; the run does not say which version",
        ),
        ("Texts", TEXTS_BELONG),
        ("Licence", str(run.get("licence", ""))),
        ("Provenance", str(run.get("provenance", ""))),
        *(("Note", str(note)) for note in run.get("notes", ())),
    ]
    return [(heading, text) for heading, text in facts if text]


def describe_tables(tables: "Mapping[str, DataFrame]") -> list[tuple[str, str]]:
    """Return the name of each table, and what its rows are and how many."""
    return [
        (name, f"{count_of(len(table), 'row')}; each is {ROW_OF[name]}") for name, table in tables.items()
    ]


def format_facts(facts: Iterable[tuple[str, str]]) -> str:
    """Return headings and texts as plain text, a line each."""
    return "\n".join(f"{heading}: {' '.join(text.split())}" for heading, text in facts) + "\n"
