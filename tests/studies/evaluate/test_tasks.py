"""Quality: the shipped models hold what their cards promise, on data they were not made from."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from crossframe import storage
from crossframe.cli import main
from crossframe.errors import CrossframeError, CrossframeWarning, InputError, UnknownNameError
from crossframe.judging.targets import KINDS, StanceItem
from crossframe.models import sets
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.registry import read_entry
from crossframe.records import Alignment, Sentences
from crossframe.studies.evaluate.stance_items import read_items
from crossframe.studies.evaluate.tasks import evaluate

ROOT = Path(__file__).parents[3]
QUALITY = ROOT / "results" / "benchmarks" / "quality.csv"


def committed(task: str, corpus: str, metric: str, model: str = "") -> float:
    """Return the committed value that the README's table shows."""
    with QUALITY.open(encoding="utf-8") as file:
        [value] = [
            float(row["value"])
            for row in csv.DictReader(file)
            if (row["task"], row["corpus"], row["metric"], row["model"]) == (task, corpus, metric, model)
        ]
    return value


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_alignment_beats_the_baseline(mirror: Path) -> None:
    """On BASIL's test events the aligner beats TF-IDF's average precision of .619 by a wide margin."""
    metrics = evaluate("alignment", "basil")
    assert metrics["average_precision"] > 0.67
    for name in ("average_precision", "f1"):
        assert metrics[name] == pytest.approx(committed("alignment", "basil", name), abs=0.01)
    assert metrics["ece"] < 0.05
    assert metrics["claim_purity"] > 0.6
    assert metrics["f1_low"] < metrics["f1"] < metrics["f1_high"]
    assert metrics["annotators_f1"] == pytest.approx(0.945, abs=0.0005)
    assert metrics["annotator_mean_f1"] < metrics["annotators_f1"]
    both = [metrics["annotator_1_f1"], metrics["annotator_2_f1"]]
    assert min(both) < metrics["annotator_mean_f1"] == pytest.approx(sum(both) / 2)
    for name in ("precision", "recall", "brier", "equivalent_f1", "partial_f1", "annotator_mean_f1"):
        assert metrics[f"{name}_low"] < metrics[name] < metrics[f"{name}_high"], name
    assert metrics["event.22b6e900.n_pairs"] > metrics["event.22b6e900.n_gold_pairs"] > 0


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_stance_on_our_own_labels_is_of_the_test_part(mirror: Path) -> None:
    """What a corpus trains on is not scored unless asked for; gold that tells no voices gives no metrics by voice."""
    metrics = evaluate("stance", "narrative-frames")
    assert metrics["n"] == read_entry("narrative-frames").counts["test"]["stance"]
    assert metrics["macro_f1"] == pytest.approx(committed("stance", "narrative-frames", "macro_f1"), abs=0.01)
    assert not [name for name in metrics if name.startswith(("author_", "quoted_"))]
    assert len(read_items("narrative-frames")) == read_entry("narrative-frames").counts["train"]["stance"]
    with pytest.raises(CrossframeError, match="dev, test, train"):
        evaluate("stance", "narrative-frames", split="rw")


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_stance_beats_the_published_floor(mirror: Path) -> None:
    """On NewsMTSC's real-world test set: macro-F1 above the published n-grams' 62.7, whole and on unseen articles."""
    metrics = evaluate("stance", "newsmtsc", split="rw")
    for part in ("", "disjoint_"):
        assert {
            f"{part}{name}" for name in ("macro_f1", "accuracy", "negative_f1", "neutral_f1", "positive_f1")
        } <= set(metrics)
        assert metrics[f"{part}macro_f1"] > 0.72
    for name in ("macro_f1", "disjoint_macro_f1"):
        assert metrics[name] == pytest.approx(committed("stance", "newsmtsc", name), abs=0.01)
    assert metrics["macro_f1_low"] < metrics["macro_f1"] < metrics["macro_f1_high"]
    assert metrics["n"] == 1146
    assert sum(metrics[f"{kind}_n"] for kind in KINDS if f"{kind}_n" in metrics) > 1100
    assert 0 < metrics["disjoint_n"] < metrics["n"]
    assert metrics["ece"] < 0.05
    lexicon = evaluate("stance", "newsmtsc", split="rw", model="stance-lexicon")["macro_f1"]
    assert lexicon == pytest.approx(committed("stance", "newsmtsc", "macro_f1", "stance-lexicon"), abs=0.01)
    assert lexicon < metrics["macro_f1"] - 0.1


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_frames_events_and_framing(mirror: Path) -> None:
    """Frames rank above chance, events are grouped, and the article's stance orders outlets better than chance."""
    words = evaluate("frames", "narrative-frames", model="frames-lexicon")
    assert words["average_precision"] > words["prevalence"] + 0.1
    frames = evaluate("frames", "narrative-frames")
    assert frames["macro_f1"] == pytest.approx(committed("frames", "narrative-frames", "macro_f1"), abs=0.02)
    assert frames["average_precision"] > words["average_precision"]
    assert evaluate("events", "basil")["b_cubed_f1"] > 0.9
    framing = evaluate("framing", "basil", model="stance-lexicon")
    assert framing["n_pairs"] > 100
    assert framing["ordering_accuracy"] > 0.5
    assert {"auc", "macro_f1", "n"} <= set(framing)


@pytest.mark.mirror
def test_gold_that_taught_is_refused(mirror: Path) -> None:
    """A table on events that the aligner learned from gives no metrics."""
    gold = storage.corpora_folder() / "basil" / "gold" / "alignment" / "basil-train.tsv"
    with pytest.raises(InputError, match="and 29 others, from which aligner 'aligner-lexical' learned"):
        evaluate("alignment", "basil", gold=gold, model="aligner-lexical")


@pytest.mark.mirror
def test_out_of_fold_metrics_are_lower_than_in_sample(mirror: Path) -> None:
    """Of the training events the metrics of models that did not see them are printed, and none where there are none."""
    metrics = evaluate("alignment", "basil", split="train", model="aligner-lexical")
    assert 0.4 < metrics["average_precision"] < 0.65
    with pytest.raises(InputError, match="which learned from it"):
        evaluate("alignment", "basil", split="train", model="cosine")


@pytest.mark.slow
@pytest.mark.model
def test_the_packaged_corpus(georgia: Path) -> None:
    """The corpus that comes with crossframe is scored on every task it has gold for; of quotes its gold has what is said,
    not what is thought, wanted or done by words, so what is found is more.
    """
    assert evaluate("alignment", str(georgia))["average_precision"] > 0.7
    assert evaluate("actors", str(georgia))["f1"] > 0.9
    quotes = evaluate("quotes", str(georgia))
    assert quotes["content_recall"] > 0.9
    assert quotes["content_f1"] > 0.7
    stance = evaluate("stance", str(georgia))
    assert "macro_f1_low" not in stance  # one event is a case
    assert stance["n"] == stance["outlet_n"] + stance["quoted_n"]
    assert stance["cells_n"] > stance["cells_wrong"]
    assert stance["macro_f1"] > 0.45


@pytest.mark.parametrize(
    ("task", "on", "options", "said"),
    [
        ("alignment", "georgia-2008", {"split": "dev"}, "has no splits"),
        ("stance", "georgia-2008", {"split": "rw"}, "has none"),
        ("frames", "narrative-frames", {"split": "dev"}, "all splits but test"),
        ("framing", "georgia-2008", {}, "Missing framing gold"),
        ("events", "georgia-2008", {"model": "x"}, "Invalid option '--model'"),
        ("alignment", "georgia-2008", {"model": "x"}, "Unknown aligner model 'x'"),
        ("stance", "semeval2016-stance", {}, "`crossframe reproduce semeval2016-stance`"),
        ("aligment", "georgia-2008", {}, "Did you mean 'alignment'"),
        ("alignment", 7, {}, "Invalid corpus 7. It must be a name or a path: a str or a pathlib.Path."),
        ("alignment", "georgia-2008", {"gold": 7}, "Invalid gold 7. It must be a path"),
        ("stance", "georgia-2008", {"model": 7}, "It must be a name, a folder, or an object"),
    ],
)
def test_what_cannot_be_scored(task: str, on: str, options: dict[str, str], said: str) -> None:
    """A split, model or gold that is not there is one clear error."""
    with pytest.raises(CrossframeError, match=said):
        evaluate(task, on, **options)


def test_the_models_of_a_set(georgia: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set names the model that a task scores, with a warning where it is another set's; a given model takes its place."""
    own = sets.ModelSet(encoder="tfidf", stance_model="stance-news")
    monkeypatch.setitem(sets.MODEL_SETS, "base", own)
    with pytest.warns(CrossframeWarning, match="Model set 'base' has no quote reader of its own"):
        assert evaluate("quotes", georgia, models="base") == evaluate("quotes", georgia)
    assert evaluate("quotes", georgia, models="small") == evaluate("quotes", georgia)
    lexicon = evaluate("stance", georgia, model="stance-lexicon")
    assert evaluate("stance", georgia, model="stance-lexicon", models="base") == lexicon
    with pytest.raises(UnknownNameError, match="Did you mean 'base'"):
        evaluate("stance", georgia, model="stance-lexicon", models="bas")
    with pytest.raises(InputError, match="Invalid option '--models' for task 'events'"):
        evaluate("events", georgia, models="base")


class SameWords:
    """An aligner of one line of rules: sentences of the same words are equivalent."""

    name = "same-words"
    embedding = False

    def align(self, sentences: Sentences, embeddings: object) -> Alignment:
        """Return the pairs of equal sentences of different outlets."""
        text, outlet = sentences.text, sentences.outlet
        pairs = [(a, b) for b in range(len(text)) for a in range(b) if outlet[a] != outlet[b]]
        same = [pair for pair in pairs if text[pair[0]] == text[pair[1]]]
        left, right = zip(*same, strict=True) if same else ((), ())
        return Alignment(sentences, left, right, [0.9] * len(same), ("equivalent",) * len(same))


class Cheerful:
    """A stance model that finds every target praised."""

    name = "cheerful"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return certain praise."""
        return np.tile([0.0, 0.0, 1.0], (len(items), 1))


def test_models_of_the_users_own(georgia: Path) -> None:
    """An object that satisfies a protocol is scored like a model by name."""
    metrics = evaluate("alignment", georgia, model=SameWords())
    assert metrics["n_gold_pairs"] > 0
    assert metrics["recall"] < 0.5
    stance = evaluate("stance", georgia, model=Cheerful())
    assert (stance["negative_f1"], stance["neutral_f1"]) == (0.0, 0.0)
    assert stance["positive_f1"] > 0


def test_gold_of_the_users_own(georgia: Path, tmp_path: Path) -> None:
    """A table of the user's own is scored in place of the corpus's gold."""
    table = (georgia / "gold" / "alignment.tsv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "mine.tsv").write_text("\n".join(table[:11]) + "\n", encoding="utf-8")
    metrics = evaluate("alignment", str(georgia), gold=tmp_path / "mine.tsv", model="aligner-lexical")
    assert metrics["n_gold_pairs"] == 10


@pytest.mark.mirror
def test_split_of_newsmtsc(mirror: Path) -> None:
    """Train and real-world test share source articles: that is why metrics are given for the disjoint part too."""
    train = {article.event for article in read_corpus("newsmtsc", splits=("train",)).articles}
    test = {article.event for article in read_corpus("newsmtsc", splits=("rw",)).articles}
    assert train & test
    assert test - train


def test_gold_of_some_events_of_any_corpus(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Gold that names one of a corpus's events scores that event; the command prints it under the pooled metrics."""
    other = small / "articles" / "flood"
    for path in sorted((small / "articles" / "bridge").iterdir()):
        storage.write_text(
            other / path.name.replace("-1", "-2"),
            path.read_text(encoding="utf-8").replace("bridge", "flood", 1).replace("-1", "-2", 1),
        )
    assert {article.event for article in read_corpus(str(small)).articles} == {"bridge", "flood"}
    rows = "event\tleft_outlet\tleft_sentence\tright_outlet\tright_sentence\trelation\n"
    rows += "bridge\tgazette\t1\therald\t1\tequivalent\nbridge\tgazette\t0\therald\t0\tpartial\n"
    (tmp_path / "mine.tsv").write_text(rows, encoding="utf-8")
    command = ["evaluate", "alignment", "--on", str(small), "--model", "aligner-lexical"]
    with pytest.raises(SystemExit) as ended:
        main([*command, "--gold", str(tmp_path / "mine.tsv"), "--json", str(tmp_path / "metrics.json")])
    assert ended.value.code == 0
    metrics = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))
    assert (metrics["n_events"], metrics["n_gold_pairs"], metrics["event.bridge.n_pairs"]) == (1, 2, 16)
    assert "f1_low" not in metrics
    pooled, *by_event = capsys.readouterr().out.rstrip().split("\n\n")
    assert "event." not in pooled
    for table in by_event:
        assert [line.split()[0] for line in table.splitlines()] == ["event", "bridge"]
    assert [name for table in by_event for name in table.splitlines()[0].split()[1:]] == [
        "n_pairs", "n_gold_pairs", "average_precision", "f1", "precision", "recall", "brier", "ece", "equivalent_f1",
        "partial_f1", "claim_purity", "claim_recall", "omission_precision", "omission_recall", "omission_brier",
        "omission_ece", "n_omissions", "n_omissions_called",
    ]  # fmt: skip
