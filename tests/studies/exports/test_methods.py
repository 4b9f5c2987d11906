"""The methods as text: what the run holds, in the words of a paper, and no claim beyond it."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from crossframe.studies.compare.comparison import Comparison
from hostile_texts import HOSTILE


def text_of(study: Comparison, folder: Path) -> str:
    """Return the exported methods of a study."""
    return study.export("methods", folder / "methods.txt").read_text(encoding="utf-8")


def altered(study: Comparison, **values: Any) -> Comparison:
    """Return a study with another run; None takes a key away."""
    run = deepcopy(study.run) | values
    return Comparison(study.tables, {key: value for key, value in run.items() if value is not None})


def test_one_event(study: Comparison, tmp_path: Path) -> None:
    """Corpus, numbers, models, quality by the card, statistics, seed and versions of the demo are there; no test is claimed."""
    text = text_of(study, tmp_path)
    for said in (
        "We compared 2 articles of 2 outlets (Harbour Echo; Volga Wire) on 1 event",
        "from the corpus georgia-2008 (fingerprint 13cf6ab91d71)",
        "The articles were published on 2008-08-29.",
        "crossframe 0.2.0",
        "sentencex 1.0.32",
        "Quotations were read by quotes-news (sha256 9f71ecb6dd0f)",
        "Portrayal and stance were judged by a model, stance-news of the model set small, not by people.",
        "Seed of every interval: 0.",
        "Nothing was tested.",
        "newsmtsc: Hamborg and Donnay 2021.",
        "Davison and Hinkley 1997. Bootstrap",
    ):
        assert said in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Methods", "## Plan of the study", "## What may not be inferred", "## Notes of the run", "## References"
    ]  # fmt: skip
    for claim in ("sign-flip", "Benjamini", "over events the event", "were tested ("):
        assert claim not in text


def test_the_quality_is_that_of_the_card(study: Comparison, tmp_path: Path) -> None:
    """Figures are those of the log of the model that judged, labels of language models named as such."""
    import json

    from crossframe import storage

    log = json.loads((storage.models_folder() / "stance-news" / "log.json").read_text(encoding="utf-8"))
    run = altered(
        study,
        models=study.run["models"] | {"stance": {"name": "stance-news", "sha256": _hash_of("stance-news")}},
    )
    text = text_of(run, tmp_path)
    for test, metrics in log["tests"].items():
        assert f"on {test}" in text
        assert f" {metrics['macro_f1']:.3f}" in text
    assert "reference-labels test portrayal (labels by language models)" in text


def _hash_of(name: str) -> str:
    from crossframe.learning.model_files import read_model

    return read_model(name, "stance").hash


def test_another_version_of_the_model_has_no_figures(study: Comparison, tmp_path: Path) -> None:
    """Where the card at hand is of other weights than those that judged, its figures are not given."""
    other = altered(
        study, models=study.run["models"] | {"stance": {"name": "stance-news", "sha256": "0" * 64}}
    )
    text = text_of(other, tmp_path)
    assert "macro-F1" not in text
    assert "another version of this model" in text
    assert "Hamborg" not in text


@pytest.mark.parametrize(
    "name", ["stance-lexicon", "my-own-model", "models/../../etc", "http://localhost:1#tiny"]
)
def test_models_without_a_card(study: Comparison, tmp_path: Path, name: str) -> None:
    """A lexicon, an object, a folder that is gone and an endpoint are named, without a measurement."""
    settings = study.run["configuration"] | {"stance_model": name}
    text = text_of(
        altered(study, models={"stance": {"name": name, "sha256": ""}}, configuration=settings), tmp_path
    )
    assert f"judged by a model, {name}, in place of that of the model set small" in text
    assert "macro-F1" not in text
    assert "No measurement of its quality" in text


def test_several_events(of_events: Comparison, tmp_path: Path) -> None:
    """Over events the tests that were made are named, and cited; nothing says that one event is a case."""
    text = text_of(of_events, tmp_path)
    for said in (
        "on 2 events", "flipping the signs of the events' differences", "Benjamini and Hochberg 1995. Controlling",
        "Fisher 1935. The Design", "were tested (portrayal_difference)", "take no part in differences over events",
    ):  # fmt: skip
        assert said in text
    for claim in ("One event is a case", "Nothing was tested"):
        assert claim not in text


@pytest.mark.parametrize(
    ("values", "said", "unsaid"),
    [
        ({"labels": {}}, "Nobody checked these judgements", "does not say whether"),
        ({"labels": None}, "does not say whether judgements were checked", "Nobody checked"),
        ({"labels": {"stance": 3, "sha256": "x"}}, "(3 of stance)", "of portrayal)"),
        ({"articles_in": 9, "excluded": "articles of events other than 'e'"}, "Of 9 articles 7 were left out: articles of events", ""),
        ({"articles_in": None}, "We compared", "was compared."),
        ({"outlets_without_articles": ["ledger"]}, "Outlets of the corpus without an article here: ledger.", ""),
        ({"edited_tables": {"actors": "abc"}}, "Edited tables were applied: actors.", ""),
        ({"seed": None}, "Plan of the study", "Seed of every"),
        ({"environment": None}, "made with crossframe.", "0.2.0"),
        ({"models": {}}, "the run does not say which model", "were aligned by"),
        ({"corpus_fingerprint": None}, "from the corpus georgia-2008.", "fingerprint"),
        ({"provenance": None}, "from the corpus georgia-2008", "provenance, as declared"),
        ({"event_titles": None}, "(diplomatic-ties)", "calls for an end"),
        ({"endpoints": [{"model": "tiny", "roles": ["stance"], "calls": 7}]}, "The language model tiny answered", ""),
        ({"configuration": {"corpus": "basil"}}, "basil: Fan", ""),
        ({"configuration": {"corpus": "../mine/basil"}}, "from the corpus", "basil: Fan"),
        ({"configuration": {"only_actors": ["nato"], "min_confidence": 0.7}}, "as chosen: nato. Judgements whose likeliest", "were scored"),
        ({"configuration": {"score": "all"}}, "All actors were scored.", "were scored, others not"),
        ({"unread": {"a": "de", "b": "fr", "c": "de"}}, "Of 3 articles in a language that the models do not read (de 2, fr 1) no model", ""),
        ({"unread": {"a": "de"}}, "Of 1 article in a language", ""),
        ({"unread": {}}, "Articles by language: en 2.", "do not read"),
        ({"unread": None}, "Articles by language: en 2.", "do not read"),
        ({"left_out_of_imports": {"It is hidden": 1, "It has no text": 3}, "articles_in": 2},
         "Of 6 pages, documents and rows that were read 4 were left out when the corpus was imported: it has no text (3); it is hidden (1).", ""),
        ({"left_out_of_imports": {}}, "We compared", "when the corpus was imported"),
        ({"left_out_of_imports": None}, "We compared", "when the corpus was imported"),
        ({"left_out_of_imports": {"It\n## Results": 1}}, "it ## Results (1)", "\n## Results"),
    ],
)  # fmt: skip
def test_nothing_is_claimed_that_the_run_does_not_hold(
    study: Comparison, tmp_path: Path, values: dict[str, Any], said: str, unsaid: str
) -> None:
    """Each part of the run has its words, and where it is not there they are not."""
    text = text_of(altered(study, **values), tmp_path)
    assert said in text
    assert not unsaid or unsaid not in text


def test_statistics_are_those_that_were_used(study: Comparison, tmp_path: Path) -> None:
    """A study without quotes, wording or called omissions names none of their statistics."""
    tables = dict(study.tables)
    tables["wording"] = tables["wording"].head(0)
    tables["estimates"] = tables["estimates"].query("quantity == 'length'").reset_index(drop=True)
    text = text_of(Comparison(tables, study.run), tmp_path)
    for claim in ("bootstrap", "Wilson", "Dirichlet", "left out by an outlet where", "prediction-powered"):
        assert claim not in text.split("## What may not")[0]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_stay_in_their_lines(
    spoil: Callable[[str], Comparison], tmp_path: Path, text: str
) -> None:
    """A title of any kind adds no line and no heading to the text."""
    written = text_of(spoil(text), tmp_path)
    assert next(line for line in written.splitlines() if line.startswith("## ")) == "## Methods"
    assert len([line for line in written.splitlines() if line.startswith("## ")]) == 5


@pytest.mark.parametrize(
    ("columns", "said", "unsaid"),
    [
        ({"genre": ["", ""]}, "No article states its genre.", "Articles by genre"),
        (
            {"genre": ["news", ""]},
            "Articles by genre: news 1; 1 article states none and counts as news.",
            "not stated",
        ),
        ({"genre": ["opinion", "news"]}, "Articles by genre: news 1, opinion 1.", "states none"),
        ({"extent": ["", "full"]}, "We compared 2 articles", "known by"),
        ({"extent": ["teaser", ""]}, "1 of 2 articles is known by its opening only", "abstract"),
        ({"extent": ["teaser", "teaser"]}, "2 of 2 articles are known by their openings only", "is known"),
        (
            {"extent": ["abstract", "summary"]},
            "What is not found in them counts nowhere as left out.",
            "openings",
        ),
        (
            {"version_of": ["x", ""]},
            "1 article updated an earlier one of the same outlet; the latest version counts",
            "",
        ),
        ({"version_of": ["", ""]}, "We compared", "updated an earlier"),
    ],
)
def test_what_counts_less_is_in_the_methods(
    study: Comparison, tmp_path: Path, columns: dict[str, list[str]], said: str, unsaid: str
) -> None:
    """Genres that are not stated, articles known in part and versions are told as they are in the table of articles."""
    tables = study.tables | {"articles": study.tables["articles"].assign(**columns)}
    text = text_of(Comparison(tables, altered(study, notes=[]).run), tmp_path)
    assert said in text
    assert not unsaid or unsaid not in text
