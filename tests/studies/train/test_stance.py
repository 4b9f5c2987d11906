"""Training stance by command: a folder with card and diagram, made again byte for byte; several fits become one model."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import CrossframeError, CrossframeWarning, InputError, MissingDataError
from crossframe.judging.stance.adapter import AdapterStance
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.stance_model import constructs_of
from crossframe.judging.targets import StanceItem
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import read_invented
from crossframe.records import AUTHOR, Article, Corpus
from crossframe.studies.train import candidates, distillation, stance, stance_data
from crossframe.studies.train.tasks import train

pytestmark = pytest.mark.filterwarnings("ignore:Only . of .* groups are held out")
SAID = {
    "negative": ["corrupt", "closed", "old"],
    "neutral": ["said rain", "said snow", "said storm"],
    "positive": ["brave", "new", "opened"],
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a training table of 108 targets in 36 groups, with a test split."""
    rows = ["text\ttarget\tlabel\tgroup\tsplit"]
    for label, words in SAID.items():
        for i, word in enumerate(words):
            for number in range(12):
                name = ("mayor", "minister")[number % 2]
                split = "test" if number > 9 else "train"
                rows.append(
                    f"the {word} {name} voted on friday , {number} .\t{name}\t{label}\tg{i}-{number}\t{split}"
                )
    path = tmp_path_factory.mktemp("table") / "labels.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("method", ["adapter", "full", "linear"])
def test_a_table_becomes_a_model(table: Path, tiny_model: Path, tmp_path: Path, method: str) -> None:
    """A model that knows its labels, with card, log and diagram, without pickle; made again it is the same."""
    for name in ("one", "two"):
        summary = train("stance", [str(table)], tmp_path / name, encoder=str(tiny_model), method=method)
    assert "Held out by group" in summary
    assert "Test test (18 targets)" in summary
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert set(files) == {"README.md", "calibration.png", "config.json", "log.json", "model.safetensors"}
    assert files["model.safetensors"] == (tmp_path / "two" / "model.safetensors").read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    card = files["README.md"].decode()
    for heading in ("## Training data", "## Licence", "## Metrics", "## Limits", "## Made by"):
        assert heading in card
    assert f"crossframe train stance --on {table}" in card
    assert ("--method" in card) == (method != "adapter")
    log = json.loads(files["log.json"])
    assert (log["rows"], log["held_out_rows"]) == (108, 12)
    assert log["tests"]["test"]["overlapping"] == 0
    assert (log["learned_rows"], log["invented_rows"], log["ceilings"]) == (78, 0, {})
    assert ("seconds of each fit" in card) == (method != "linear")
    invented = log["stress"]["invented sentences"]
    assert {name.split(".")[0] for name in invented} == {"roles", "praise", "accusation", "deed", "variant"}
    assert "roles.person.n" not in invented
    assert "Measured on: invented sentences" in card
    found = load_stance_model(str(tmp_path / "one")).predict_proba(
        [StanceItem("the brave mayor voted .", 10, 15)]
    )
    assert found.sum() == pytest.approx(1)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["adapter", "linear"])
def test_labels_of_other_names_are_tested_without_the_target(
    table: Path, tiny_model: Path, tmp_path: Path, method: str
) -> None:
    """Whatever labels are called, the card says what is left where the target is masked, not given, or both."""
    renamed = (
        table.read_text(encoding="utf-8").replace("\tnegative\t", "\tvillain\t").replace("positive", "hero")
    )
    (tmp_path / "roles.tsv").write_text(renamed, encoding="utf-8")
    train("stance", [str(tmp_path / "roles.tsv")], tmp_path / "m", encoder=str(tiny_model), method=method)
    log = json.loads((tmp_path / "m" / "log.json").read_text(encoding="utf-8"))
    left = log["stress"]["test"]
    assert set(left) == {
        f"{name}_macro_f1" for name in ("name_masked", "sentence_only", "target_removed", "majority")
    }
    assert left["name_masked_macro_f1"] > 0.5
    assert left["majority_macro_f1"] == pytest.approx(1 / 6)
    assert (
        "Measured on: test, what is left without the target.\n" in (tmp_path / "m" / "README.md").read_text()
    )


@pytest.mark.slow
def test_several_seeds_become_one_model(table: Path, tiny_model: Path, tmp_path: Path) -> None:
    """Each fit is logged with its metrics, mean and deviation; what is written is their student."""
    train("stance", [str(table)], tmp_path / "two", encoder=str(tiny_model), seeds=2)
    log = json.loads((tmp_path / "two" / "log.json").read_text(encoding="utf-8"))
    fits = [log["fits"][f"seed {number}"]["held_out"] for number in (0, 1)]
    assert log["fits"]["mean"]["held_out mean"] == pytest.approx(np.mean(fits))
    assert log["fits"]["mean"]["held_out sd"] == pytest.approx(np.std(fits, ddof=1))
    assert log["fits"]["student"]["held_out"] == log["held_out"]["macro_f1"]
    card = (tmp_path / "two" / "README.md").read_text(encoding="utf-8")
    assert "--seeds 2" in card
    assert "student of 2 fits" in card


@pytest.mark.slow
def test_further_tables_are_only_trained_on(table: Path, tiny_model: Path, tmp_path: Path) -> None:
    """Of later tables nothing is held out, and no row on a text or group that is held out or tested on is trained on."""
    alone = tmp_path / "alone"
    train("stance", [str(table)], alone, encoder=str(tiny_model), method="linear")
    more = ["text\ttarget\tlabel\tgroup\tsplit"]
    more += [f"the old clerk of town {i} slept .\tclerk\tneutral\tm{i}\ttrain" for i in range(7)]
    more += ["the old clerk slept , 9 .\tclerk\tneutral\tm9\ttest"]
    more += ["the old mayor voted on friday , 10 .\tmayor\tneutral\tm10\ttrain"]  # a text that is tested on
    more += [f"the clerk slept , {i} .\tclerk\tneutral\tg0-{i}\ttrain" for i in range(12)]
    (tmp_path / "more.tsv").write_text("\n".join(more) + "\n", encoding="utf-8")
    both = [str(table), str(tmp_path / "more.tsv")]
    with pytest.warns(CrossframeWarning, match="4 rows of further data are left out"):
        train("stance", both, tmp_path / "both", encoder=str(tiny_model), method="linear")
    logs = [json.loads((folder / "log.json").read_text()) for folder in (alone, tmp_path / "both")]
    assert logs[0]["further_rows"] == {}
    assert [log["held_out_rows"] for log in logs] == [12, 12]
    assert [log["rows"] for log in logs] == [108, 108]
    apart = logs[1]["further_rows"][both[1]]
    assert apart == 16  # g0-10 and g0-11 are tested on, g0-0 is held out
    card = (tmp_path / "both" / "README.md").read_text(encoding="utf-8")
    assert (
        f"Also trained on {apart} targets of {both[1]}; nothing was chosen, calibrated or tested on these"
        in card
    )


@pytest.mark.slow
def test_a_test_split_that_cannot_be_had_is_named(
    monkeypatch: pytest.MonkeyPatch, table: Path, tiny_model: Path, tmp_path: Path
) -> None:
    """A published test split whose file is missing is named when training, in the log and on the card."""

    def missing(name: str, **_: object) -> None:
        raise MissingDataError(f"Missing file of {name}.")

    monkeypatch.setattr(stance_data, "OFFICIAL", {str(table): ("mt",)})
    monkeypatch.setattr(stance_data, "read_corpus", missing)
    with pytest.warns(CrossframeWarning, match="mt is not scored: Missing file of"):
        train("stance", [str(table)], tmp_path / "m", encoder=str(tiny_model), method="linear")
    assert json.loads((tmp_path / "m" / "log.json").read_text())["missing_tests"] == [f"{table} mt"]
    assert (
        f"Not measured: {table} mt, whose file could not be had."
        in (tmp_path / "m" / "README.md").read_text()
    )


def test_further_tables_use_the_labels_of_the_first(table: Path, tmp_path: Path) -> None:
    """A label that the first table lacks is refused before anything is fitted."""
    rows = ["text\ttarget\tlabel\tgroup", *(f"a mayor {i}\tmayor\thero\tx{i}" for i in range(30))]
    (tmp_path / "more.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"Invalid label 'hero' of further data.*negative, neutral, positive"
    ):
        train("stance", [str(table), str(tmp_path / "more.tsv")], tmp_path / "model")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"method": "svm"}, "adapter, full, linear"),
        ({"seeds": 0}, "must be a whole number from 1 on"),
        ({"method": "linear", "seeds": 3}, "1 for a linear model"),
    ],
)
def test_options_it_does_not_take(table: Path, tmp_path: Path, options: dict[str, object], said: str) -> None:
    """Unknown methods and numbers of seeds are refused before anything is read."""
    with pytest.raises(CrossframeError, match=said):
        train("stance", [str(table)], tmp_path / "model", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "model").exists()


def test_few_groups_raise_a_warning(table: Path, tmp_path: Path) -> None:
    """Few held-out groups are said before the fit begins, and encoders without weights are refused."""
    with (
        pytest.warns(CrossframeWarning, match="groups are held out"),
        pytest.raises(InputError, match="must be a transformer"),
    ):
        train("stance", [str(table)], tmp_path / "model", encoder="tfidf")


@pytest.fixture
def holders(tmp_path: Path) -> Path:
    """Return a training table whose label depends on the holder alone; an empty cell is the author."""
    rows = ["text\ttarget\tlabel\tgroup\tholder"]
    for number in range(60):
        for holder, label in (("minister", "negative"), ("storm", "positive"), ("", "neutral")):
            rows.append(
                f"the minister said the mayor closed , {number} .\tmayor\t{label}\tg{number}\t{holder}"
            )
    path = tmp_path / "holders.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_holders_make_it_stance(holders: Path, table: Path) -> None:
    """A table with holders is of stance, one without is of portrayal; --construct decides otherwise."""
    data = stance_data.read_data([str(holders)], 0)
    assert data.construct == "stance"
    assert {target.holder for target in data.train.targets} == {"minister", "storm", "author"}
    plain = stance_data.read_data([str(holders)], 0, "portrayal")
    assert {target.holder for target in plain.train.targets} == {None}
    assert stance_data.read_data([str(table)], 0).construct == "portrayal"
    of_author = stance_data.read_data([str(table)], 0, "stance")
    assert {target.holder for target in of_author.dev.targets} == {"author"}


@pytest.mark.parametrize(
    ("on", "options", "message"),
    [
        (["newsmtsc"], {"construct": "stance"}, "for training stance. Its labels are of portrayal"),
        (["seesaw"], {}, "CC BY-NC-SA"),
        (["newsmtsc"], {"construct": "tone"}, "must be one of: both, portrayal, stance"),
    ],
)
def test_what_may_not_be_learned(
    on: list[str], options: dict[str, str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels of the other construct, and a corpus for evaluation only, are refused in one line."""
    items = stance_data.Items((StanceItem("Doe left.", 0, 3),), ("neutral",), ("g",))
    real = stance_data.read_items
    monkeypatch.setattr(
        stance_data,
        "read_items",
        lambda name, construct: items if name == "newsmtsc" else real(name, construct),
    )
    with pytest.raises(CrossframeError, match=message):
        train("stance", on, tmp_path / "m", **options)
    assert not (tmp_path / "m").exists()


@cache
def read_reference_labels(split: str) -> Corpus:
    """Return a split of the reference labels, read once."""
    return read_corpus("reference-labels", splits=(split,))


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.parametrize("construct", [None, "stance"])
def test_reference_labels_keep_their_splits(construct: str | None) -> None:
    """Portrayal by default, stance with holders on request; dev is held out, test is tested on, no event is in two."""
    data = stance_data.read_data(["reference-labels"], 0, construct)
    assert data.construct == (construct or "portrayal")
    gold = {split: read_reference_labels(split) for split in ("train", "dev", "test")}
    parts = {"train": data.train, "dev": data.dev, "test": data.tests["reference-labels test"]}
    events = {split: {article.event for article in corpus.articles} for split, corpus in gold.items()}
    for split, items in parts.items():
        assert len(items) == len(gold[split].gold[data.construct])
        assert set(items.groups) <= events[split]
    assert not events["test"] & (events["train"] | events["dev"])
    holders = {target.holder for target in data.train.targets}
    assert holders == {None} if construct is None else {AUTHOR, "Trump", "White House"} < holders


@pytest.mark.mirror
@pytest.mark.slow
def test_reference_labels_as_further_data(holders: Path, table: Path) -> None:
    """Their training split is added, of the construct of the first data: what these hold out stays held out."""
    for first, construct in ((table, "portrayal"), (holders, "stance")):
        data = stance_data.read_data([str(first), "reference-labels"], 0)
        train = read_reference_labels("train").gold[construct]
        assert data.construct == construct
        assert data.further == {"reference-labels": len(train)}
        assert len(data.train) + len(data.dev) == len(data.first) + len(train) - sum(
            map(len, data.tests.values())
        )
        assert {target.holder is None for target in data.train.targets} == {construct == "portrayal"}


@pytest.mark.slow
@pytest.mark.parametrize("method", ["adapter", "linear"])
def test_a_model_of_stance_reads_the_holder(
    holders: Path, tiny_model: Path, tmp_path: Path, method: str
) -> None:
    """The written model says what it answers, and its answer depends on whom it is asked for."""
    train("stance", [str(holders)], tmp_path / "m", encoder=str(tiny_model), method=method)
    config = json.loads((tmp_path / "m" / "config.json").read_text())
    assert config["construct"] == "stance"
    assert "--construct stance" in (tmp_path / "m" / "README.md").read_text()
    model = load_stance_model(str(tmp_path / "m"))
    assert constructs_of(model) == ("stance",)
    item = StanceItem("the minister said the mayor closed , 1 .", 22, 27)
    answers = model.predict_proba([item._replace(holder=holder) for holder in ("minister", "storm")])
    assert np.abs(answers[0] - answers[1]).max() > 1e-4


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:newsmtsc mt is not scored", "ignore:.*rows are left out of training")
def test_both_questions_have_held_out_articles_of_their_own() -> None:
    """Every source teaches what it has labels of, and holds out its own articles; nothing held out is trained on elsewhere."""
    data = stance_data.read_data(["newsmtsc", "reference-labels", "directed-sentiment"], 0, "both")
    sources = ["directed-sentiment", "newsmtsc", "reference-labels portrayal", "reference-labels stance"]
    assert sorted(data.held_out) == sorted(set(data.train.sources)) == sources
    assert sorted(set(data.tests) - {"newsmtsc mt"}) == [
        "newsmtsc rw", "reference-labels test portrayal", "reference-labels test stance"
    ]  # fmt: skip
    held = {target.text for items in (data.dev, *data.tests.values()) for target in items.targets}
    official = [items for name, items in data.tests.items() if name.startswith("newsmtsc")]
    own = {target.text for items in official for target in items.targets}
    assert not {target.text for target in data.train.targets} & (held - own)
    dev = read_corpus("reference-labels", splits=("dev",)).gold
    assert len(data.held_out["reference-labels portrayal"]) == len(dev["portrayal"])
    assert len(data.held_out["reference-labels stance"]) == len(dev["stance"])
    for source, items in data.held_out.items():
        asked = {target.holder is None for target in items.targets}
        assert asked == {source in ("newsmtsc", "reference-labels portrayal")}, source
    known = [
        manner for manner, source in zip(data.train.manners, data.train.sources, strict=True) if manner[0]
    ]
    assert len(known) > 2000
    assert {basis for _, basis in known} >= {"wording", "facts", "none"}
    portrayals = data.portrayals()
    assert {target.holder for target in portrayals.train.targets} == {None}
    assert sorted(set(portrayals.tests) - {"newsmtsc mt"}) == [
        "newsmtsc rw",
        "reference-labels test portrayal",
    ]


def test_invented_sentences_are_counted() -> None:
    """A target is of an invented sentence where its text is one; what is learned is counted for the log."""
    text = read_invented()[0].document
    targets = (StanceItem(text, 0, 3), StanceItem("Doe left.", 0, 3), StanceItem(text, 4, 6, holder="author"))
    items = stance_data.Items(targets, ("neutral",) * 3, ("a", "b", "a"))
    assert stance_data.is_invented(items).tolist() == [True, False, True]
    described = stance_data.StanceData(items, items, {}, items, {}).describe()
    assert (described["invented_rows"], described["learned_rows"]) == (2, 3)


def test_sentences_of_directed_sentiment_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many with a judgement and so many without, both questions of each, by the seed."""
    target = StanceItem("Doe met Roe.", 0, 3, holder="Roe")
    labels = ("negative", "neutral") * 5 + ("neutral", "neutral") * 5
    items = stance_data.Items((target,) * 20, labels, tuple(f"g{i // 2}" for i in range(20)))
    monkeypatch.setattr(stance_data, "N_DIRECTED", (3, 2))
    drawn = stance_data.draw_directed(items, 0)
    assert (drawn.labels.count("negative"), len(drawn)) == (3, 10)
    assert drawn.groups == stance_data.draw_directed(items, 0).groups
    assert len({stance_data.draw_directed(items, seed).groups for seed in range(9)}) > 1


@pytest.mark.slow
def test_a_model_of_both_answers_both(table: Path, holders: Path, tiny_model: Path, tmp_path: Path) -> None:
    """One network is trained on a table of portrayals and one of holders; its card says what it answers and how it was made."""
    train("stance", [str(table), str(holders)], tmp_path / "m", encoder=str(tiny_model), construct="both")
    model = load_stance_model(str(tmp_path / "m"))
    assert constructs_of(model) == ("portrayal", "stance")
    card = (tmp_path / "m" / "README.md").read_text()
    assert "--construct both" in card
    log = json.loads((tmp_path / "m" / "log.json").read_text())
    assert {f"{table} macro_f1", f"{holders} macro_f1"} <= set(log["held_out"])
    assert set(log["calibration"]) == {f"held out of {table}", f"held out of {holders}", f"{table} test"}
    for measured in log["calibration"].values():
        assert {"ece", "classwise_ece"} <= set(measured)
    assert "calibration; `bias` is mean score minus mean label" in card
    for options in ({"method": "linear"}, {"seeds": 2}):
        with pytest.raises(CrossframeError, match="for both constructs"):
            train("stance", [str(table)], tmp_path / "n", construct="both", **options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"teacher": "mine", "method": "linear"}, "Invalid method 'linear' with a teacher"),
        ({"unlabelled": "mine"}, "Invalid corpora without labels mine. They need a teacher"),
        ({"teacher": 7}, "Invalid teacher 7. It must be a name or a path"),
        ({"teacher": "mine", "unlabelled": []}, r"Invalid data \[\]. It must be corpora"),
        ({"teacher": "no-such-model"}, "'no-such-model'"),
        ({"teacher": "stance-news", "construct": "stance"}, "'stance-news' of both .*A student of stance"),
    ],
)  # fmt: skip
def test_teachers_it_does_not_take(
    table: Path, tmp_path: Path, options: dict[str, object], said: str
) -> None:
    """Refused in one line before anything is fitted."""
    with pytest.raises(CrossframeError, match=said):
        train("stance", [str(table)], tmp_path / "model", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "model").exists()


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a corpus without labels, in whose sentences mayor and minister are found."""
    folder = tmp_path / "texts"
    storage.write_text(folder / "corpus.toml", 'name = "texts"\nlanguage = "en"\nlicence = "CC0"\n')
    for outlet in ("one", "two"):
        text = f"The brave mayor met the minister {outlet} . The old mayor met the minister {outlet} ."
        article = Article(f"{outlet}-1", "meeting", outlet, "", text)
        storage.write_text(folder / "articles" / "meeting" / f"{article.id}.md", article_file(article))

    def find(articles: Sequence[Article]) -> Iterator[candidates.Candidates]:
        for article in articles:
            start = 0
            for end in (match.end() for match in re.finditer(r"\.", article.text)):
                names = re.finditer("mayor|minister", article.text[start:end])
                found = tuple((start + name.start(), start + name.end(), "person") for name in names)
                yield candidates.Candidates(article, start, end, found)
                start = end + 1

    monkeypatch.setattr(candidates, "find_candidates", find)
    return folder


@pytest.mark.slow
def test_students_of_a_teacher(
    table: Path, holders: Path, texts: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first seed's is written, the scores of all are logged, the card says who taught what; a kill loses no answer."""
    on, out = [str(table), str(holders)], tmp_path / "student"
    train("stance", on, tmp_path / "teacher", encoder=str(tiny_model), construct="both")
    asked: list[str] = []
    answer, fit = AdapterStance.predict_all, distillation.fit_models

    def record(model: AdapterStance, items: Sequence[StanceItem]) -> tuple[np.ndarray, np.ndarray]:
        asked.append(model.name)
        return answer(model, items)

    def kill(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    def student() -> str:
        return train(
            "stance", on, out, encoder=str(tiny_model), construct="both", seeds=2, teacher=tmp_path / "teacher",
            unlabelled=texts,
        )  # fmt: skip

    monkeypatch.setattr(AdapterStance, "predict_all", record)
    monkeypatch.setattr(distillation, "fit_models", kill)
    with pytest.raises(KeyboardInterrupt):
        student()
    assert asked == ["teacher"]
    monkeypatch.setattr(distillation, "fit_models", fit)
    student()
    assert asked.count("teacher") == 1
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]

    log = json.loads((out / "log.json").read_text())
    taught_by = load_stance_model(str(tmp_path / "teacher"))
    assert log["teacher"] == {
        "given": str(tmp_path / "teacher"), "name": "teacher", "hash": taught_by.hash, "encoder": str(tiny_model),
    }  # fmt: skip
    assert log["unlabelled"]["targets"] == {"texts": 8}
    assert log["unlabelled"]["licences"] == {"texts": "CC0"}
    where = f"held out of {holders}"
    fits = [log["fits"][f"seed {seed}"][where] for seed in (0, 1)]
    assert fits[0] == log["held_out"][f"{holders} macro_f1"]
    assert log["fits"]["mean"][f"{where} mean"] == pytest.approx(np.mean(fits))
    assert log["fits"]["mean"][f"{where} sd"] == pytest.approx(np.std(fits, ddof=1))
    assert json.loads((out / "config.json").read_text())["teacher"] == {
        "name": "teacher",
        "hash": taught_by.hash,
    }
    card = (out / "README.md").read_text()
    for said in (
        f"A student of teacher (on {tiny_model})",
        "for 8 mentions without labels (person 8)",
        "training articles of texts, 8 (CC0)",
        "Left out: 0 articles",
        "of the students of the teacher, of which this is the first",
        f"--construct both --teacher {tmp_path / 'teacher'} --unlabelled texts --seeds 2",
    ):
        assert said in card


@pytest.mark.parametrize(
    ("test", "asked"),
    [
        ("reference-labels test", True),
        ("reference-labels test portrayal", True),
        ("newsmtsc rw", False),
        ("test", False),
    ],
)
def test_ceilings_of_reference_labels_alone(test: str, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers are asked where their labels are a test, once; elsewhere nothing is read."""
    read: list[tuple[str, tuple[str, ...]]] = []
    monkeypatch.setattr(stance, "read_corpus", lambda name, splits: read.append((name, splits)) or "corpus")
    monkeypatch.setattr(stance, "evaluate_reference", lambda corpus, model: {"macro_f1": 0.7})
    items = stance_data.Items((StanceItem("Doe left.", 0, 3),), ("neutral",), ("g",))
    found = stance.measure_ceilings("model", stance_data.StanceData(items, items, {test: items}, items, {}))
    assert read == ([("reference-labels", ("test",))] if asked else [])
    assert found == ({"reference-labels test": {"portrayal_macro_f1": 0.7}} if asked else {})
