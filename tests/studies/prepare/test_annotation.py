"""Labels by people, out and in."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from crossframe.errors import CrossframeError, CrossframeWarning, InputError
from crossframe.reading.corpus.folders import read_folder
from crossframe.records import Corpus
from crossframe.studies.prepare.annotation_export import ExportStatus
from crossframe.studies.prepare.annotation_export import export_annotation as export_by
from crossframe.studies.prepare.annotation_import import import_annotation

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


def export_annotation(corpus: Corpus | str | Path, file: str | Path, **options: Any) -> ExportStatus:
    """Export with names found by rules, which needs no weights."""
    return export_by(corpus, file, actor_model="rules", **options)


def label(file: Path, labels: list[str], annotator: str) -> list[str]:
    """Return the rows of an exported table with labels filled in."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    return ["\t".join([*row[:-2], one, annotator]) for row, one in zip(rows, labels, strict=True)]


def test_gold_of_holders_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    """Beside gold portrayal, gold stance is of holders: labels of mentions do not take its place."""
    export_annotation(read_folder(folder), tmp_path / "labels.tsv")
    (folder / "gold").mkdir()
    head = "article\tsentence\tactor\tspeaker\tbasis\tp_negative\tp_neutral\tp_positive\n"
    (folder / "gold" / "portrayal.tsv").write_text(head + "a\t1\tdoe\toutlet\tnone\t0\t1\t0\n")
    with pytest.raises(
        InputError, match=r"It has gold/portrayal.tsv, so that gold/stance.tsv is .* of holders"
    ):
        import_annotation(folder, tmp_path / "labels.tsv", replace=True)
    assert not (folder / "gold" / "stance.tsv").exists()


def test_a_sentence_is_labelled_once_in_each_kind_of_words(folder: Path, tmp_path: Path) -> None:
    """Of an actor's mentions in a sentence there is the first in the outlet's own words, and the first in quoted ones."""
    row = {
        "id": "c", "event": "vote", "outlet": "three", "title": "",
        "text": 'Doe, said Roe, is like Doe. Roe said of Doe: "Doe lies and Doe steals."',
    }  # fmt: skip
    with (folder / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    export_annotation(read_folder(folder), tmp_path / "labels.tsv")
    lines = (tmp_path / "labels.tsv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    own = [(row["sentence"], row["start"], row["voice"] == "author") for row in rows if row["article"] == "c"]
    assert len(own) == len({(sentence, of_author) for sentence, _, of_author in own})
    assert {start for sentence, start, _ in own if sentence == "2"} == {"40", "46"}


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
            {
                "completed_by": number,
                "result": [
                    {"type": "choices", "from_name": name, "value": {"choices": [choice]}}
                    for name, choice in (("label", one), ("sure", "very"))
                ],
            }
            for number, one in enumerate(choices, 1)
        ]
    file.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.warns(CrossframeWarning, match="1 mentions have no majority"):
        imported = import_annotation(folder, file)
    assert (imported.n_mentions, imported.n_ties) == (1, 1)
    assert read_folder(folder).gold["stance"].of("positive").tolist() == [1.0]


def test_str_and_path_alike(folder: Path, tmp_path: Path) -> None:
    """A corpus or its folder, and paths as str or Path, give the same files; other types are refused in one line."""
    first, second = tmp_path / "1.tsv", tmp_path / "2.tsv"
    export_annotation(read_folder(folder), first)
    export_annotation(str(folder), str(second))
    assert first.read_bytes() == second.read_bytes()
    header, lines = first.read_text(encoding="utf-8").splitlines()[0], label(first, ["neutral"] * 3, "ann")
    first.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    assert import_annotation(str(folder), str(first)).n_mentions == 3
    with pytest.raises(InputError, match="Invalid corpus of type int"):
        export_annotation(7, first)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Invalid annotation file None"):
        export_annotation(folder, None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Invalid corpus folder 7"):
        import_annotation(7, first)  # type: ignore[arg-type]


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


def test_labels_are_not_lost_unasked(folder: Path, tmp_path: Path) -> None:
    """A second file that lacks mentions of the first is refused unless asked for; one that has them all is not."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(folder), file)
    header = file.read_text(encoding="utf-8").splitlines()[0]
    batches = {"all": ["negative", "neutral", "neutral"], "some": ["positive", "", ""]}
    for name, labels in batches.items():
        labelled = "\n".join([header, *label(file, labels, "ann")]) + "\n"
        (tmp_path / f"{name}.tsv").write_text(labelled, encoding="utf-8")
    import_annotation(folder, tmp_path / "some.tsv")
    assert import_annotation(folder, tmp_path / "all.tsv").n_mentions == 3
    with pytest.raises(InputError, match=r"labels of 2 mentions that have none in this file.*--replace"):
        import_annotation(folder, tmp_path / "some.tsv")
    assert len(read_folder(folder).gold["stance"]) == 3
    labelled = (
        "\n".join([header, *label(file, ["positive"] * 3, "bob"), *label(file, batches["all"], "ann")]) + "\n"
    )
    (tmp_path / "both.tsv").write_text(labelled, encoding="utf-8")
    with pytest.warns(CrossframeWarning, match="3 mentions have no majority"):
        import_annotation(folder, tmp_path / "both.tsv")
    import_annotation(folder, tmp_path / "all.tsv")
    import_annotation(folder, tmp_path / "some.tsv", replace=True)
    assert len(read_folder(folder).gold["stance"]) == 1


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("label", "bad", r"labels\.tsv, line 2: Invalid label 'bad'"),
        ("article", "zzz", "Invalid article 'zzz'"),
        ("actor", "roe", "Invalid actor 'roe'"),
        ("start", "x", "Invalid start 'x'"),
        ("end", "9999", "Invalid span"),
        ("target", "Roe", "The document has 'Doe' there"),
        ("sentence", "7", "The target is in sentence 0"),
        ("annotator", " ", "Invalid annotator"),
        ("voice", "", "Invalid voice"),
        ("event", "other", "Invalid event 'other'. Article 'a' has 'vote'"),
        ("outlet", "two", "Invalid outlet 'two'. Article 'a' has 'one'"),
        ("text", "Doe stays", "Invalid text 'Doe stays'. The document has 'Doe quits' there"),
        ("probability", "0", "Invalid probability '0'. It must be a number above 0 and at most 1"),
        ("probability", "1.01", r"Invalid probability '1.01'"),
        ("probability", "-0.5", r"Invalid probability '-0.5'"),
        ("probability", "nan", r"Invalid probability 'nan'"),
        ("probability", "0,5", r"Invalid probability '0,5'"),
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


# --- samples --------------------------------------------------------------------------------------------


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """Return a corpus folder of two events, two outlets, and forty-eight mentions in four cells."""
    path = tmp_path / "wide"
    path.mkdir()
    (path / "corpus.toml").write_text(TOML, encoding="utf-8")
    counts = {("vote", "one"): 4, ("vote", "two"): 16, ("trial", "one"): 1, ("trial", "two"): 27}
    rows = [
        {"id": f"{event}-{outlet}", "event": event, "outlet": outlet, "title": "",
         "text": " ".join(f"Jane Doe did deed {number} that day." for number in range(count))}
        for (event, outlet), count in counts.items()
    ]  # fmt: skip
    (path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def rows_of(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    header, *lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [dict(zip(header, cells, strict=True)) for cells in lines]


def write_rows(file: Path, rows: list[dict[str, str]], *, end: str = "\n", mark: str = "") -> None:
    """Write rows as a table."""
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    file.write_bytes((mark + end.join(lines) + end).encode())


def test_a_sample_has_known_probabilities(wide: Path, tmp_path: Path) -> None:
    """Shares go by the root of a cell's size: of 48 mentions 12 are drawn, 1, 2, 4 and 5.2 on average to a cell."""
    file = tmp_path / "labels.tsv"
    exported = export_annotation(read_folder(wide), file, sample=12, seed=3)
    assert (exported.n_mentions, exported.n_all, exported.n_cells) == (12, 48, 4)
    rows = rows_of(file)
    roots = {("vote", "one"): 2.0, ("vote", "two"): 4.0, ("trial", "one"): 1.0, ("trial", "two"): 27**0.5}
    sizes = {cell: round(root**2) for cell, root in roots.items()}
    for row in rows:
        cell = row["event"], row["outlet"]
        # 12 / 12.196 of each root: no share exceeds its cell
        share = 12 * roots[cell] / sum(roots.values())
        assert float(row["probability"]) == pytest.approx(share / sizes[cell], abs=1e-8)
    assert [row["start"] for row in rows] != sorted(row["start"] for row in rows)
    assert export_annotation(read_folder(wide), tmp_path / "b.tsv", sample=12, seed=3).n_correctable in (0, 1)
    assert (tmp_path / "b.tsv").read_bytes() == file.read_bytes()
    export_annotation(read_folder(wide), tmp_path / "c.tsv", sample=12, seed=4)
    assert (tmp_path / "c.tsv").read_bytes() != file.read_bytes()
    assert "12 of 48 mentions drawn" in str(exported)


def test_without_a_sample_every_mention_is_certain(wide: Path, tmp_path: Path) -> None:
    """All mentions in the order of the articles, each with probability 1."""
    exported = export_annotation(read_folder(wide), tmp_path / "all.tsv")
    rows = rows_of(tmp_path / "all.tsv")
    assert len(rows) == exported.n_all == 48
    assert {row["probability"] for row in rows} == {"1"}
    assert exported.n_correctable == exported.n_cells == 4


@pytest.mark.parametrize("size", [0, 49, -1])
def test_a_sample_must_fit(wide: Path, tmp_path: Path, size: int) -> None:
    """A sample of none, or of more than there are, is refused and nothing is written."""
    with pytest.raises(InputError, match=rf"Invalid sample {size}. It must be a number from 1 to 48"):
        export_annotation(read_folder(wide), tmp_path / "labels.tsv", sample=size)
    assert not (tmp_path / "labels.tsv").exists()


@pytest.mark.parametrize(("end", "mark"), [("\n", ""), ("\r\n", ""), ("\r\n", "\ufeff"), ("\r", "\ufeff")])
def test_a_hand_edited_sample_comes_back(wide: Path, tmp_path: Path, end: str, mark: str) -> None:
    """Rows in another order, columns in another order, quotation marks and line ends of a spreadsheet: the same gold."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(wide), file, sample=12, seed=3)
    rows = [row | {"label": "Negative", "annotator": "ann "} for row in rows_of(file)]
    write_rows(file, rows)
    import_annotation(wide, file)
    gold = (wide / "gold" / "stance.tsv").read_bytes()
    turned = [dict(reversed(row.items())) | {"text": f'"{row["text"]}"'} for row in reversed(rows)]
    write_rows(file, turned, end=end, mark=mark)
    imported = import_annotation(wide, file)
    assert imported.annotators == ("ann",)
    assert (wide / "gold" / "stance.tsv").read_bytes() == gold
    stance = read_folder(wide).gold["stance"]
    wanted = {(row["article"], int(row["start"])): float(row["probability"]) for row in rows}
    found = zip(stance.units.article, stance.units.start.tolist(), strict=True)
    assert stance.probability.tolist() == [wanted[key] for key in found]


def test_a_sample_through_label_studio(wide: Path, tmp_path: Path) -> None:
    """The probabilities travel in the tasks' data, whatever the order in which the tasks come back."""
    file = tmp_path / "tasks.json"
    export_annotation(read_folder(wide), file, sample=12, seed=3)
    tasks = json.loads(file.read_text(encoding="utf-8"))
    wanted = sorted(float(task["data"]["probability"]) for task in tasks)
    choice = {"result": [{"type": "choices", "value": {"choices": ["positive"]}}]}
    for task in tasks:
        task["annotations"] = [choice | {"completed_by": {"email": who}} for who in ("a@x.org", "b@x.org")]
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(tasks[::-1]).encode())
    imported = import_annotation(wide, file)
    assert (imported.n_mentions, imported.n_labels, imported.n_unlabelled) == (12, 24, 0)
    assert sorted(read_folder(wide).gold["stance"].probability.tolist()) == wanted


def test_a_table_without_the_column(wide: Path, tmp_path: Path) -> None:
    """Tables of before have no probability, and neither has their gold; what nobody labelled is counted."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(wide), file)
    rows = rows_of(file)
    for number, row in enumerate(rows):
        del row["probability"]
        row |= {"label": "neutral", "annotator": "ann"} if number < 40 else {}
    write_rows(file, rows)
    imported = import_annotation(wide, file)
    assert imported.n_unlabelled == 8
    assert "8 mentions of the file have no label" in str(imported)
    assert read_folder(wide).gold["stance"].probability is None
    assert (
        not (wide / "gold" / "stance.tsv").read_text(encoding="utf-8").split("\n")[0].endswith("probability")
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", r"line 3: Invalid probability\. Every labelled row must have one, or none"),
        ("0.9", r"line 3: Invalid probability '0.9'\. Another row of the mention has 0\.\d+"),
    ],
)
def test_tampered_probabilities(wide: Path, tmp_path: Path, value: str, message: str) -> None:
    """Rows of one mention that disagree, and rows that lost their probability, are refused."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(wide), file, sample=12, seed=3)
    first = rows_of(file)[0] | {"label": "neutral"}
    write_rows(file, [first | {"annotator": "ann"}, first | {"annotator": "bob", "probability": value}])
    with pytest.raises(InputError, match=message):
        import_annotation(wide, file)
    assert not (wide / "gold").exists()


@pytest.mark.parametrize("column", ["article", "label", "target", "voice"])
def test_missing_columns(wide: Path, tmp_path: Path, column: str) -> None:
    """A table that lost a column is one clear line."""
    file = tmp_path / "labels.tsv"
    export_annotation(read_folder(wide), file, sample=12)
    rows = rows_of(file)
    for row in rows:
        del row[column]
    write_rows(file, rows)
    with pytest.raises(InputError, match=f"labels.tsv.*{column}"):
        import_annotation(wide, file)
