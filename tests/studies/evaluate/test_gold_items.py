"""Gold of portrayal and of stance in a folder: where a model looks, whom it is asked for, and which metrics come of it."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import CrossframeWarning, InputError
from crossframe.judging.targets import StanceItem
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import Corpus
from crossframe.studies.evaluate.gold_items import holder_items, portrayal_items
from crossframe.studies.evaluate.stance_items import read_items
from crossframe.studies.evaluate.tasks import evaluate
from crossframe.studies.train import stance_data

TOML = 'name = "small"\nlanguage = "en"\n' + "".join(
    f'[[actors]]\nid = "{name.casefold()}"\nname = "{name}"\n' for name in ("Doe", "Roe", "Poe", "Loe")
)
TEXT = "Roe told Poe that Doe lied. Doe said Doe won."
PLACES = (("roe", 0), ("poe", 9), ("doe", 18), ("doe", 28), ("doe", 37))
LABELS = {"negative": "1\t0\t0", "neutral": "0\t1\t0", "positive": "0\t0\t1"}


def write(folder: Path, **gold: Sequence[str]) -> Path:
    """Write a corpus of two articles without titles, with gold mentions and what `gold` holds."""
    (folder / "gold").mkdir(parents=True)
    (folder / "corpus.toml").write_text(TOML, encoding="utf-8")
    rows = [
        {"id": id, "event": "e", "outlet": id, "title": "", "text": TEXT, "language": "en"} for id in "ab"
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    heads = {
        "mentions": "article\tstart\tend\tactor\tkind",
        "portrayal": "article\tsentence\tactor\tspeaker\tbasis\tp_negative\tp_neutral\tp_positive",
        "stance": "article\tsentence\tstart\tend\tactor\tvoice\tp_negative\tp_neutral\tp_positive",
    }
    gold = {"mentions": [f"a\t{start}\t{start + 3}\t{actor}\tname" for actor, start in PLACES], **gold}
    for name, rows in gold.items():
        (folder / "gold" / f"{name}.tsv").write_text("\n".join([heads[name], *rows]) + "\n", encoding="utf-8")
    return folder


def portrayal(sentence: int, actor: str, speaker: str, label: str) -> str:
    return f"a\t{sentence}\t{actor}\t{speaker}\tfacts\t{LABELS[label]}"


def stance(sentence: int, start: int, actor: str, voice: str, label: str) -> str:
    return f"a\t{sentence}\t{start}\t{start + 3}\t{actor}\t{voice}\t{LABELS[label]}"


PORTRAYAL = (
    portrayal(1, "doe", "quoted", "negative"),
    portrayal(2, "doe", "outlet", "neutral"),
    portrayal(2, "doe", "quoted", "positive"),
)
STANCE = (
    stance(1, 18, "doe", "author", "neutral"),
    stance(1, 18, "doe", "roe", "negative"),
    stance(1, 0, "roe", "author", "neutral"),
    stance(1, 0, "roe", "loe", "positive"),
    stance(2, 28, "doe", "the union", "positive"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus folder with gold of portrayal and of stance."""
    return write(tmp_path / "small", portrayal=PORTRAYAL, stance=STANCE)


@pytest.fixture
def corpus(folder: Path) -> Corpus:
    """Return the corpus of the folder."""
    return read_folder(folder)


class OfBoth:
    """A model that finds Roe against everybody, and every target that is not asked for a holder praised."""

    name, construct = "of-both", "both"

    def predict_proba(self, items: Sequence[StanceItem]) -> np.ndarray:
        """Return certainty."""
        best = [2 if item.holder is None else 0 if item.holder == "Roe" else 1 for item in items]
        return np.eye(3)[best]


class OfStance(OfBoth):
    """The same, of stance alone."""

    name, construct = "of-stance", "stance"


def test_the_first_mention_of_the_sentence_is_judged(corpus: Corpus) -> None:
    """Each row of gold is an item: the actor's first mention in the sentence, its others beside it, and no holder."""
    first, *second = portrayal_items(corpus)
    assert (first.item.start, first.item.end, first.item.others, first.item.holder) == (18, 21, (), None)
    assert (first.item.text, first.label, first.article) == ("Roe told Poe that Doe lied.", "negative", "a")
    assert {one.item for one in second} == {StanceItem("Doe said Doe won.", 0, 3, ((9, 12),))}
    assert [one.label for one in second] == ["neutral", "positive"]


def test_all_who_may_judge_a_mention(corpus: Corpus) -> None:
    """Gold's holders by their words in the sentence, an actor elsewhere by name; other actors there are neutral, never the target."""
    found = [(one.item.start, one.item.holder, one.label) for one in holder_items(corpus)]
    assert found == [
        (18, "author", "neutral"), (18, "Roe", "negative"), (18, "Poe", "neutral"),
        (0, "author", "neutral"), (0, "Loe", "positive"), (0, "Doe", "neutral"), (0, "Poe", "neutral"),
        (0, "the union", "positive"),
    ]  # fmt: skip


def test_metrics_of_both_constructs(folder: Path) -> None:
    """Portrayal is scored whole, by speaker and in cells; a model that answers stance also by holder."""
    metrics = evaluate("stance", folder, model=OfBoth())
    assert metrics["accuracy"] == pytest.approx(1 / 3)
    assert (metrics["n"], metrics["outlet_n"], metrics["quoted_n"]) == (3, 1, 2)
    assert metrics["quoted_accuracy"] == 0.5
    assert metrics["majority_macro_f1"] == pytest.approx(1 / 6)  # neutral is right once, found thrice
    assert metrics["cells_n"] == 0
    assert (metrics["holders_n"], metrics["author_n"]) == (6, 2)
    assert metrics["holders_negative_f1"] == 1.0
    model = OfBoth()
    model.construct = "portrayal"
    alone = evaluate("stance", folder, model=model)
    assert not [name for name in alone if name.startswith(("holders_", "author_"))]


def test_a_model_of_stance(folder: Path, tmp_path: Path) -> None:
    """It is scored on author and holders alone; where a folder has no gold of them, it is refused."""
    metrics = evaluate("stance", folder, model=OfStance())
    of_both = evaluate("stance", folder, model=OfBoth())
    assert metrics == {name: of_both[name] for name in of_both if name.startswith(("author_", "holders_"))}
    assert (metrics["author_n"], metrics["holders_n"]) == (2, 6)
    with pytest.raises(InputError, match="--stress"):
        evaluate("stance", folder, model=OfStance(), stress=True)
    alone = write(tmp_path / "alone" / "small", stance=STANCE[:1])
    with pytest.raises(InputError, match="It answers stance, and the labels of small ask for portrayal"):
        evaluate("stance", alone, model=OfStance())


def test_the_other_construct_is_marked_apart(folder: Path) -> None:
    """With --any-construct both are scored, and the mark names the metrics that it is of."""
    metrics = evaluate("stance", folder, model=OfStance(), any_construct=True)
    assert (metrics["n"], metrics["holders_n"]) == (3, 6)
    assert {name: metrics[name] for name in metrics if name.endswith("construct")} == {
        "portrayal_labels_construct": "portrayal",
        "portrayal_model_construct": "stance",
    }
    model = OfBoth()
    model.construct = "portrayal"
    metrics = evaluate("stance", folder, model=model, any_construct=True)
    assert metrics["holders_positive_f1"] == pytest.approx(0.5)  # it is told no holder: 2 of 6 positive
    assert [name for name in metrics if name.endswith("construct")] == [
        "author_labels_construct", "author_model_construct", "holders_labels_construct", "holders_model_construct",
    ]  # fmt: skip


def test_gold_needs_mentions(tmp_path: Path) -> None:
    """Portrayal of an actor that the sentence does not mention, and stance toward no mention, are one clear line."""
    gold = {
        "portrayal": [portrayal(2, "roe", "outlet", "neutral")],
        "stance": [stance(1, 4, "roe", "author", "neutral")],
    }
    corpus = read_folder(write(tmp_path / "small", **gold))
    with pytest.raises(InputError, match="Missing mention of 'roe' in sentence 2 of article 'a'"):
        portrayal_items(corpus)
    with pytest.raises(InputError, match=r"Missing mention \(4, 7\) of 'roe' in article 'a'"):
        holder_items(corpus)


def test_what_is_learned_from_a_folder(folder: Path, tmp_path: Path) -> None:
    """Portrayal by default, stance with its holders when asked; gold stance alone is of portrayal."""
    assert {one.holder for one in read_items(str(folder)).targets} == {None}
    assert read_items(str(folder)) == read_items(str(folder), "portrayal")
    asked = {one.holder for one in read_items(str(folder), "stance").targets}
    assert asked == {"author", "Roe", "Poe", "Loe", "Doe", "the union"}
    alone = write(tmp_path / "alone" / "small", stance=STANCE[:1])
    assert read_items(str(alone)).labels == ("neutral",)
    with pytest.raises(InputError, match=r"for training stance\. Its labels are of portrayal"):
        read_items(str(alone), "stance")


def test_further_data_answer_the_question_of_the_first(folder: Path, tmp_path: Path) -> None:
    """A folder beside a table with holders gives its stance, beside one without its portrayal."""
    for holder, construct, n in (("minister", "stance", 8), ("", "portrayal", 3)):
        rows = [
            {"text": f"Hale won {i}.", "target": "Hale", "label": list(LABELS)[i % 3], "group": f"g{i // 3}", "holder": holder}
            for i in range(90)
        ]  # fmt: skip
        table = tmp_path / f"{construct}.tsv"
        with table.open("w", encoding="utf-8") as file:
            writer = csv.DictWriter(
                file, list(rows[0]) if holder else list(rows[0])[:-1], delimiter="\t", extrasaction="ignore"
            )
            writer.writeheader()
            writer.writerows(rows)
        with pytest.warns(CrossframeWarning, match="groups are held out"):
            data = stance_data.read_data([str(table), str(folder)], 0)
        assert (data.construct, data.further) == (construct, {str(folder): n})
