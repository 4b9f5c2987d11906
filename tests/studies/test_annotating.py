"""Labels by people, out and in."""

import json
import math
from pathlib import Path

import pytest

from crossframe.errors import CrossframeError, CrossframeWarning, InputError
from crossframe.reading.corpus import read_folder
from crossframe.studies.annotating import export_annotation, import_annotation

TOML = """name = "tiny"
[[events]]
id = "vote"
[[actors]]
id = "doe"
name = "Jane Doe"
aliases = ["Doe"]
kind = "person"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus folder of two outlets and three mentions."""
    path = tmp_path / "tiny"
    path.mkdir()
    (path / "corpus.toml").write_text(TOML, encoding="utf-8")
    rows = [
        {
            "id": "a",
            "event": "vote",
            "outlet": "one",
            "title": "Doe quits",
            "text": "Jane Doe left the house.",
        },
        {
            "id": "b",
            "event": "vote",
            "outlet": "two",
            "title": "",
            "text": '"Doe is a coward," said Richard Roe.',
        },
    ]
    (path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def label(file: Path, labels: list[str], annotator: str) -> list[str]:
    """Return the rows of an exported table with labels filled in."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return ["\t".join([*row[:-2], one, annotator]) for row, one in zip(rows, labels, strict=True)]


def test_round_trip_tsv(folder: Path, tmp_path: Path) -> None:
    """Exported, labelled by three and read back, the majority is the corpus's stance gold."""
    file = tmp_path / "labels.tsv"
    exported = export_annotation(read_folder(folder), file)
    assert exported.n_mentions == 3
    assert "3 mentions" in str(exported)
    header = file.read_text(encoding="utf-8").splitlines()[0]
    lines = [
        *label(file, ["negative", "neutral", "negative"], "ann"),
        *label(file, ["negative", "neutral", "negative"], "bob"),
        *label(file, ["neutral", "neutral", "negative"], "cid"),
    ]
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    imported = import_annotation(folder, file)
    assert (imported.n_mentions, imported.n_labels, imported.annotators) == (3, 9, ("ann", "bob", "cid"))
    assert 0 < imported.alpha < 1
    gold = read_folder(folder).gold["stance"]
    assert gold.of("negative").tolist() == [1.0, 0.0, 1.0]
    assert gold.units.voice == ("author", "author", "richard roe")


def test_round_trip_label_studio(folder: Path, tmp_path: Path) -> None:
    """Tasks of Label Studio come back with the choices of their annotators; ties are left out with a warning."""
    file = tmp_path / "tasks.json"
    export_annotation(read_folder(folder), file)
    tasks = json.loads(file.read_text(encoding="utf-8"))
    for task, choices in zip(tasks, (["positive"], ["positive", "negative"], []), strict=True):
        task["annotations"] = [
            {"completed_by": number, "result": [{"type": "choices", "value": {"choices": [one]}}]}
            for number, one in enumerate(choices, 1)
        ]
    file.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.warns(CrossframeWarning, match="1 mentions have no majority"):
        imported = import_annotation(folder, file)
    assert (imported.n_mentions, imported.n_ties) == (1, 1)
    assert read_folder(folder).gold["stance"].of("positive").tolist() == [1.0]


def test_one_annotator(folder: Path, tmp_path: Path) -> None:
    """One annotator's labels are gold, and agreement is not defined."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(folder), file)
    lines = label(file, ["negative", "", "neutral"], "ann")
    file.write_text(
        "\n".join([file.read_text(encoding="utf-8").splitlines()[0], *lines]) + "\n", encoding="utf-8"
    )
    imported = import_annotation(folder, file)
    assert imported.n_mentions == 2
    assert math.isnan(imported.alpha)
    assert "no mention has two labels" in str(imported)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("label", "bad", r"labels\.tsv, line 2: Invalid label 'bad'"),
        ("article", "zzz", "Invalid article 'zzz'"),
        ("actor", "roe", "Invalid actor 'roe'"),
        ("start", "x", "Invalid start 'x'"),
        ("end", "9999", "Invalid span"),
        ("target", "Roe", "The document has 'Doe' there"),
        ("sentence", "7", "The target lies in sentence 0"),
        ("annotator", " ", "Invalid annotator"),
        ("voice", "", "Invalid voice"),
    ],
)
def test_bad_rows(folder: Path, tmp_path: Path, column: str, value: str, message: str) -> None:
    """Every row is checked, file and line named, and nothing is written."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(folder), file)
    header = file.read_text(encoding="utf-8").splitlines()[0].split("\t")
    row = dict(zip(header, label(file, ["negative"] * 3, "ann")[0].split("\t"), strict=True)) | {
        column: value
    }
    file.write_text("\t".join(header) + "\n" + "\t".join(row.values()) + "\n", encoding="utf-8")
    with pytest.raises(CrossframeError, match=message):
        import_annotation(folder, file)
    assert not (folder / "gold").exists()


def test_bad_files(folder: Path, tmp_path: Path) -> None:
    """Wrong suffixes, missing files and folders, doubled labels and empty tables are refused."""
    corpus, file = read_folder(folder), tmp_path / "labels.tsv"
    with pytest.raises(InputError, match=r"suffix must be \.tsv"):
        export_annotation(corpus, tmp_path / "labels.xlsx")
    export_annotation(corpus, file)
    with pytest.raises(InputError, match="No row has a label"):
        import_annotation(folder, file)
    header, lines = file.read_text(encoding="utf-8").splitlines()[0], label(file, ["neutral"] * 3, "ann")
    file.write_text("\n".join([header, lines[0], lines[0]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="a second time"):
        import_annotation(folder, file)
    with pytest.raises(CrossframeError, match="Unknown annotation file"):
        import_annotation(folder, tmp_path / "none.tsv")
    with pytest.raises(CrossframeError, match="Unknown corpus folder"):
        import_annotation(tmp_path / "none", file)
    broken = tmp_path / "tasks.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="Invalid JSON"):
        import_annotation(folder, broken)
