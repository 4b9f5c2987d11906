"""Options, once: the same over command line, Python, study.toml and run.json, and one line for every wrong one."""

import inspect
import json
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest

from crossframe.cli import main
from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.studies.compare import study
from crossframe.studies.compare.checks import Study, describe_configuration
from crossframe.studies.compare.configuration import locate_paths, read_configuration, relate_paths
from crossframe.studies.compare.options import OPTIONS, Options

VALUES: dict[str, Any] = {
    "event": "bridge",
    "models": "small",
    "encoder": "tfidf",
    "aligner": "cosine",
    "actor_model": "rules",
    "quote_model": "models/mine",
    "stance_model": "zero-shot:models/mine",
    "frame_model": "frames-lexicon",
    "actors": "tables/actors.csv",
    "merge": "suggested",
    "events": "tables/events.csv",
    "only_actors": ["mayor", "anna-bell"],
    "score": "all",
    "min_confidence": 0.75,
    "recalibrate": True,
    "jobs": 2,
    "seed": 7,
}


class Stop(CrossframeError):
    """Raised where a study would begin."""


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Options]]:
    """Return what corpora and options studies are prepared with; none goes on. There is a folder models/mine."""
    calls = []

    def prepare(corpus: object, options: Options) -> Study:
        calls.append((corpus, options))
        raise Stop("prepared")

    monkeypatch.setattr(study, "prepare_study", prepare)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models" / "mine").mkdir(parents=True)
    return calls


def run(*arguments: str | Path) -> None:
    """Run the command line up to the study."""
    with pytest.raises(SystemExit) as stop:
        main([str(one) for one in arguments])
    assert stop.value.code == 1


def test_every_option_has_a_value_here() -> None:
    """The values that these tests send round are those of all options, none of them the default but of models."""
    assert list(VALUES) == list(OPTIONS)
    plain = Options()
    assert [name for name in OPTIONS if getattr(Options(**VALUES), name) == getattr(plain, name)] == [
        "models"
    ]


@pytest.mark.parametrize("name", OPTIONS)
def test_round_trip(name: str, prepared: list[tuple[Any, Options]], tmp_path: Path) -> None:
    """An option is the same over Python, command line and TOML, and over the run.json that describes it."""
    value = VALUES[name]
    with pytest.raises(Stop):
        study.compare("corpus", **{name: value})
    text = ",".join(value) if isinstance(value, list) else str(value)
    given = () if value is True else (text,)
    run("compare", "corpus", f"--{name.replace('_', '-')}", *given)
    (tmp_path / "study.toml").write_text(f"{name} = {json.dumps(value)}\n", encoding="utf-8")
    run("compare", "corpus", "--config", "study.toml")
    (_, over_python), (_, over_command), (_, over_toml) = prepared
    assert over_python == over_command
    assert getattr(over_python, name) != OPTIONS[name].default or name == "models"
    held = getattr(over_toml, name)
    assert str(held).replace(f"{tmp_path}/", "") == str(getattr(over_python, name))
    results = tmp_path / "results" / "x"
    results.mkdir(parents=True)
    configuration = relate_paths(describe_configuration(str(tmp_path / "corpus"), over_python), results)
    (results / "run.json").write_text(json.dumps({"configuration": configuration}), encoding="utf-8")
    run("compare", "--config", results / "run.json")
    corpus, over_run = prepared[-1]
    assert corpus == str(tmp_path / "corpus")
    assert getattr(over_run, name) == held
    assert str(tmp_path) not in json.dumps(configuration)


def test_python_takes_the_options_of_the_record() -> None:
    """The keywords of `compare`, in their order and with their defaults, are the options."""
    own = list(inspect.signature(study.compare).parameters.values())[1:]
    assert [(one.name, one.default) for one in own] == [(one.name, one.default) for one in fields(Options)]


def test_the_command_line_takes_the_options_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    """The help lists every option with its line of help."""
    with pytest.raises(SystemExit):
        main(["compare", "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    for name, option in OPTIONS.items():
        assert f"--{name.replace('_', '-')} " in shown
        assert option.metadata["help"].removesuffix(".").split(";")[0].split(" [")[0][:30] in shown


def test_the_command_line_wins(prepared: list[tuple[Any, Options]], tmp_path: Path) -> None:
    """An option on the command line takes the place of the configuration's, the corpus too; the rest stays."""
    (tmp_path / "mine" / "articles").mkdir(parents=True)
    (tmp_path / "mine" / "corpus.toml").write_text("", encoding="utf-8")
    (tmp_path / "study.toml").write_text('corpus = "mine"\nseed = 3\njobs = 4\n', encoding="utf-8")
    run("compare", "--config", "study.toml", "--seed", "5")
    run("compare", "other", "--config", "study.toml")
    assert prepared[0] == (str(tmp_path / "mine"), Options(seed=5, jobs=4))
    assert prepared[1] == ("other", Options(seed=3, jobs=4))


def test_paths_are_relative_to_their_file(tmp_path: Path) -> None:
    """In a configuration a relative path begins at its folder, a name stays a name, and what is written is undone by reading."""
    folder = tmp_path / "a"
    (folder / "stance-news").mkdir(parents=True)
    (folder / "tuned").mkdir()
    settings = {
        "corpus": "../corpora/mine",
        "out": "out",
        "encoder": "tuned:int8",
        "stance_model": "stance-news",
        "aligner": "http://localhost:1/v1#tuned",
        "actors": "actors.csv",
        "seed": 1,
        "events": None,
    }
    located = locate_paths(settings, folder)
    assert located == settings | {
        "corpus": str(tmp_path / "corpora" / "mine"),
        "out": str(folder / "out"),
        "encoder": f"{folder / 'tuned'}:int8",
        "actors": str(folder / "actors.csv"),
    }
    related = relate_paths(located, tmp_path / "b")
    assert related["encoder"] == "../a/tuned:int8"
    assert locate_paths(related, tmp_path / "b") | {"out": located["out"]} == located
    assert locate_paths({"corpus": "basil"}, folder) == {"corpus": "basil"}


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("event", 3, "a str"),
        ("models", ["small"], "a str"),
        ("actors", 3, "a path: a str or a pathlib.Path"),
        ("actors", "", "a path"),
        ("events", b"x", "a path"),
        ("only_actors", 3, "ids of actors"),
        ("only_actors", [], "ids of actors"),
        ("only_actors", ["russia", 3], "ids of actors"),
        ("only_actors", "russia,,nato", "ids of actors"),
        ("score", "private", "one of: public, all"),
        ("score", 3, "one of: public, all"),
        ("score", ["all"], "one of: public, all"),
        ("min_confidence", "high", "a probability, from 0 to 1"),
        ("min_confidence", 1.5, "a probability, from 0 to 1"),
        ("min_confidence", float("nan"), "a probability, from 0 to 1"),
        ("min_confidence", True, "a probability, from 0 to 1"),
        ("recalibrate", 1, "true or false"),
        ("recalibrate", "yes", "true or false"),
        ("jobs", 0, "a whole number from 1 on"),
        ("jobs", 1.0, "a whole number from 1 on"),
        ("seed", -1, "a whole number from 0 on"),
        ("seed", "3", "a whole number from 0 on"),
        ("seed", True, "a whole number from 0 on"),
    ],
)
def test_wrong_types(name: str, value: object, accepted: str) -> None:
    """A value of another type is one line with the option, the value and what is accepted."""
    with pytest.raises(InputError, match=rf"^Invalid {name} .*\. It must be {accepted}") as stop:
        Options(**{name: value})
    assert "\n" not in str(stop.value)
    assert repr(value) in str(stop.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "stance-model = 'x'",
            "Unknown key 'stance-model' in 'study.toml'. Known: corpus, out, event, models, ",
        ),
        ("stance-model = 'x'", "Did you mean 'stance_model'?"),
        ("[endpoint]\naddress = 'x'", "Unknown key 'endpoint'"),
        ("seed = 'three'", "Invalid seed 'three' in 'study.toml'. It must be a whole number from 0 on."),
        ("corpus = 3", "Invalid corpus 3 in 'study.toml'. It must be a str: a name or a folder."),
        ("out = true", "Invalid out True in 'study.toml'. It must be a str: a path."),
        ("encoder = 3", "Invalid encoder 3 in 'study.toml'. It must be a str: a name or a folder."),
        ("actors = ['a']", "Invalid actors ['a'] in 'study.toml'. It must be a str: a path."),
        ("out = ''", "Invalid out '' in 'study.toml'. It must be a str: a path."),
        ("only_actors = [1]", "Invalid only_actors [1] in 'study.toml'."),
        ("seed = ", "Invalid TOML in 'study.toml'"),
        ("models = 'smal'\ncorpus = 'georgia-2008'", "one of: base, small. Did you mean 'small'?"),
        ("seed = 3", "Missing corpus in 'study.toml'. Name one there, or on the command line."),
    ],
)
def test_bad_configurations(
    content: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A fault in a configuration is one line that names file, key, value and what is accepted; nothing is made."""
    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(content, encoding="utf-8")
    run("compare", "--config", "study.toml")
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["study.toml"]


def test_no_configuration(tmp_path: Path) -> None:
    """A missing file, and a JSON file that is no run.json, are refused."""
    with pytest.raises(UnknownNameError, match=r"must be a TOML file or the run\.json of a study"):
        read_configuration(tmp_path / "none.toml")
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match=r"must be the run\.json of a results folder"):
        read_configuration(tmp_path / "x.json")
    with pytest.raises(InputError, match="Invalid configuration 3"):
        read_configuration(3)  # type: ignore[arg-type]


def test_a_model_that_was_an_object_is_asked_for(
    prepared: list[tuple[Any, Options]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An object cannot be repeated from a file: which one it was is said, and another may take its place."""
    run_json = {
        "configuration": {"corpus": "georgia-2008", "stance_model": "mine"},
        "models": {"stance": {"name": "mine", "sha256": "", "object": "__main__.Mine"}},
    }
    (tmp_path / "run.json").write_text(json.dumps(run_json), encoding="utf-8")
    run("compare", "--config", "run.json")
    assert "Missing stance_model for 'run.json'. It was an object named 'mine'" in capsys.readouterr().err
    run("compare", "--config", "run.json", "--stance-model", "stance-lexicon")
    assert prepared == [("georgia-2008", Options(stance_model="stance-lexicon"))]


def test_options_do_not_change() -> None:
    """The record is frozen."""
    with pytest.raises(FrozenInstanceError):
        Options().seed = 3  # type: ignore[misc]


@pytest.mark.parametrize("models", ["[1]", '{"stance": "stance-news"}', "null"])
def test_a_damaged_run_is_refused(tmp_path: Path, models: str) -> None:
    """A run.json whose models are no table of tables is none."""
    path = tmp_path / "run.json"
    path.write_text(f'{{"configuration": {{}}, "models": {models}}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"It must be the run\.json of a results folder"):
        read_configuration(path)
