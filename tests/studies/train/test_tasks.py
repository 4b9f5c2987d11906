"""Training by command: folders without pickle, made again byte for byte, refused with one clear error."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.matching.aligners import load_aligner
from crossframe.models import sets
from crossframe.reading.corpus.article_files import article_file
from crossframe.studies.train.tasks import train
from crossframe.synthetic import make_press

SAID = {
    "negative": ["corrupt", "cruel", "dishonest", "selfish", "shameful", "failed", "disastrous", "brutal"],
    "neutral": ["new", "local", "former", "regional", "senior", "interim", "first", "second"],
    "positive": ["brave", "honest", "generous", "brilliant", "wise", "beloved", "successful", "kind"],
}
PEOPLE = ["Moor", "Hale", "Lind", "Roth"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a training table of 96 targets in eleven groups."""
    rows = ["text\ttarget\tlabel\tgroup"]
    for label, words in SAID.items():
        for i, word in enumerate(words):
            for j, name in enumerate(PEOPLE):
                rows.append(f"The {word} mayor {name} spoke.\t{name}\t{label}\tg{(i + j) % 12}")
    path = tmp_path_factory.mktemp("table") / "labels.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def press_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus folder of six invented events with alignment gold."""
    press = make_press(n_events=6, seed=5)
    folder = tmp_path_factory.mktemp("press") / "press"
    storage.write_text(folder / "corpus.toml", 'name = "press"\nlanguage = "en"\n')
    for article in press.corpus.articles:
        storage.write_text(folder / "articles" / article.event / f"{article.id}.md", article_file(article))
    gold = press.corpus.gold["alignment"]
    rows = ["event\tleft_article\tleft_sentence\tright_article\tright_sentence\trelation"]
    events = {article.id: article.event for article in press.corpus.articles}
    keys = gold.keys()
    rows += [f"{events[a]}\t{a}\t{i}\t{b}\t{j}\tequivalent" for (a, i), (b, j) in keys]
    storage.write_text(folder / "gold" / "alignment.tsv", "\n".join(rows) + "\n")
    return folder


@pytest.mark.slow
def test_an_aligner_on_a_corpus_of_the_users_own(press_folder: Path, tmp_path: Path) -> None:
    """Six events with gold make an aligner that finds invented claims in other words."""
    said = train("aligner", [str(press_folder)], tmp_path / "mine", encoder="tfidf")
    assert "Out-of-fold over 6 events" in said
    aligner = load_aligner(str(tmp_path / "mine"))
    assert not aligner.embedding
    log = json.loads((tmp_path / "mine" / "log.json").read_text(encoding="utf-8"))
    assert log["out_of_fold"]["average_precision"] > 0.8


@pytest.mark.model
def test_two_corpora_of_one_name(press_folder: Path, tmp_path: Path) -> None:
    """A corpus given twice, or two folders of one name, would be counted once: refused, and no folder is made."""
    other = shutil.copytree(press_folder, tmp_path / "other")
    for on in ([str(press_folder)] * 2, [str(press_folder), str(other)]):
        with pytest.raises(InputError, match="Invalid corpus to learn from 'press'"):
            train("aligner", on, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_too_little_or_no_gold(table: Path, small: Path, tmp_path: Path) -> None:
    """What cannot be trained on is said, and no folder is made."""
    short = tmp_path / "short.tsv"
    short.write_text("\n".join(table.read_text(encoding="utf-8").splitlines()[:6]), encoding="utf-8")
    one_group = tmp_path / "one.tsv"
    one_group.write_text(
        "\n".join(
            line.rpartition("\t")[0] + "\tg" for line in table.read_text(encoding="utf-8").splitlines()
        ).replace("label\tg", "label\tgroup", 1),
        encoding="utf-8",
    )
    for task, on, said in (
        ("stance", str(short), "at least 20 rows"),
        ("stance", str(one_group), "at least two"),
        ("stance", str(small), "Missing stance gold"),
        ("stance", str(tmp_path / "none.tsv"), "Unknown training table"),
        ("frames", str(small), "Missing frame gold"),
        ("aligner", str(small), "Missing alignment gold"),
        ("aligner", "georgia-2008", "at least 5 events"),
        ("actors", "georgia-2008", "Missing entities"),
        ("stance", "semeval2016-stance", "`crossframe reproduce semeval2016-stance`"),
        ("stanse", "newsmtsc", "Did you mean 'stance'"),
        ("stance", 7, "Invalid corpus or training table 7. It must be a name or a path"),
    ):
        with pytest.raises(CrossframeError, match=said):
            train(task, [on], tmp_path / "model")
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(("task", "options"), [("frames", {"method": "full"}), ("aligner", {"seeds": 5})])
def test_only_stance_models_take_a_method_or_seeds(
    task: str, options: dict[str, int], tmp_path: Path
) -> None:
    """An option that another task would pass over is refused."""
    with pytest.raises(InputError, match="Only stance models take"):
        train(task, ["basil"], tmp_path / "model", **options)  # type: ignore[arg-type]


def test_a_set_names_the_encoder(press_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model is trained on the encoder of the set that it is for, unless another is given."""
    monkeypatch.setitem(sets.MODEL_SETS, "base", sets.ModelSet(encoder="no/such"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(UnknownNameError, match="Unknown encoder 'no/such'"):
        train("aligner", press_folder, tmp_path / "mine", models="base")
    with pytest.raises(UnknownNameError, match=r"Invalid model set 'bas'.*Did you mean 'base'"):
        train("aligner", press_folder, tmp_path / "mine", models="bas")
    assert not (tmp_path / "mine").exists()
    train("aligner", press_folder, tmp_path / "mine", models="base", encoder="tfidf")
    assert not load_aligner(tmp_path / "mine").embedding


@pytest.mark.parametrize("on", [None, [], 7])
def test_data_is_a_path_or_several(on: object, tmp_path: Path) -> None:
    """What is neither a path nor several is answered with what is accepted, and so is a folder that is no path."""
    with pytest.raises(
        InputError, match=r"It must be corpora or training tables: a str or pathlib.Path, or several"
    ):
        train("stance", on, tmp_path / "model")  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"Invalid model folder None\. It must be a path"):
        train("stance", "newsmtsc", None)  # type: ignore[arg-type]


def test_a_foreign_folder_is_not_replaced(table: Path, tmp_path: Path) -> None:
    """A folder with other files than a model's is refused."""
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    for out in (tmp_path, str(tmp_path), tmp_path / "thesis.txt"):
        with pytest.raises(InputError, match="holds other files"):
            train("stance", table, out)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.model
def test_the_shipped_aligner_is_made_again(mirror: Path, tmp_path: Path) -> None:
    """The command of its card makes the shipped lexical aligner again, weight for weight up to rounding."""
    train("aligner", ["basil"], tmp_path / "aligner-lexical", encoder="tfidf")
    mine, shipped = load_aligner(str(tmp_path / "aligner-lexical")), load_aligner("aligner-lexical")
    assert mine.threshold_ == pytest.approx(shipped.threshold_, abs=0.01)
    assert np.allclose(mine.aligned_.weights, shipped.aligned_.weights, atol=1e-3)


@pytest.mark.parametrize(
    "name",
    [
        "stance-base",
        "stance-news",
        "frames-base",
        "frames-guns",
        "frames-news",
        "aligner-news",
        "aligner-lexical",
    ],
)
def test_shipped_models(name: str) -> None:
    """Every shipped model is small, without pickle, and has a card with data, licence, figures, limits and command."""
    folder = storage.models_folder() / name
    pictures = ["calibration.png"] if name.startswith("stance") else []
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        *pictures,
        "config.json",
        "log.json",
        "model.safetensors",
    ]
    assert sum(path.stat().st_size for path in folder.iterdir()) < (
        8_000_000 if name.endswith("base") else 4_000_000
    )
    card = (folder / "README.md").read_text(encoding="utf-8")
    for heading in (
        "## Training data",
        "## Licence",
        "## Metrics",
        "## Limits",
        "## Made by\n\n```\ncrossframe train",
    ):
        assert heading in card


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"seed": "x"}, "Invalid seed 'x'. It must be a whole number from 0 on"),
        ({"seed": -1}, "Invalid seed -1. It must be a whole number from 0 on"),
        ({"seeds": "2"}, "Invalid number of seeds '2'. It must be a whole number from 1 on"),
        ({"seeds": True}, "Invalid number of seeds True. It must be a whole number from 1 on"),
    ],
)
def test_seeds_are_whole_numbers(tmp_path: Path, given: dict[str, int], message: str) -> None:
    """A seed of another type is refused before anything is read."""
    with pytest.raises(InputError, match=message):
        train("stance", "georgia-2008", tmp_path / "model", **given)
