"""Models of a study: users' objects, names and folders alike, loaded once, handed to every process, named in run.json."""

import hashlib
import json
import re
import shutil
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pytest

import crossframe
from crossframe.cli import main
from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.judging.frames import FrameModel
from crossframe.learning.encoders.transformer import TransformerEncoder
from crossframe.models import sets
from crossframe.records import Alignment, Annotation, Embeddings, NameSpans, Sentences, Spans, Units
from crossframe.studies.compare.models import (
    ROLES,
    choose_models,
    resolve_model,
    resolve_models,
)
from crossframe.studies.compare.options import MODEL_OPTIONS, Options
from crossframe.synthetic import make_press

LIGHT = Options(encoder="tfidf", stance_model="stance-lexicon", frame_model="frames-lexicon")


class LetterEncoder:
    """Vectors of letter counts."""

    name = "letters"
    fingerprint = hashlib.sha256(b"letters").hexdigest()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return counts of the letters, at unit length."""
        counts = np.array([[text.casefold().count(letter) for letter in "aeinorst"] for text in texts])
        length = np.linalg.norm(counts, axis=1, keepdims=True)
        return (counts / np.maximum(length, 1)).astype(np.float32)


class SameVectors:
    """Aligns sentences of nearly the same vectors."""

    name = "same-vectors"

    def align(self, sentences: Sentences, embeddings: Embeddings) -> Alignment:
        """Return pairs of different outlets with a cosine from 0.97."""
        cosine, outlet = embeddings.vectors @ embeddings.vectors.T, np.array(sentences.outlet)
        left, right = np.nonzero(np.triu((cosine > 0.97) & (outlet[:, None] != outlet)))
        return Alignment(sentences, left, right, np.full(len(left), 0.9), ("equivalent",) * len(left))


class CapitalPairs:
    """Finds two capitalised words in a row."""

    name = "capital-pairs"

    def find(self, sentences: Sentences) -> NameSpans:
        """Return every such pair as a person."""
        return NameSpans.from_rows(
            {"article": article.id, "start": match.start(), "end": match.end(), "kind": "person"}
            for article in sentences.articles
            for match in re.finditer(r"[A-Z][a-z]+ [A-Z][a-z]+", article.document)
        )


class Sales:
    """Takes what somebody sold for what somebody said."""

    name = "sales"

    def find(self, sentences: Sentences) -> Spans:
        """Return the objects of "sold" as indirect quotes."""
        return Spans.from_rows(
            {"article": one.id, "quote": f"q{n}", "kind": "indirect", "cue": "sold", "speaker_text": match[1],
             "start": match.start(2), "end": match.end(2)}
            for one in sentences.articles
            for n, match in enumerate(re.finditer(r"(\w+ \w+) sold ([^.]*)", one.document))
        )  # fmt: skip


class Alarmed:
    """Takes everything for negative."""

    name = "alarmed"

    def predict_proba(self, items: Sequence[Any]) -> np.ndarray:
        """Return 0.8 for negative."""
        return np.array([[0.8, 0.1, 0.1]] * len(items))


class Conflict:
    """Sees conflict everywhere."""

    name = "all-conflict"
    hash = "c0ffee"

    def annotate(self, sentences: Sentences) -> Annotation:
        """Return conflict for every article."""
        units = Units.from_rows({"article": article.id} for article in sentences.articles)
        return Annotation(units, "article", ("conflict",), np.ones((len(units), 1)), self.name)


OWN: dict[str, Any] = {
    "encoder": LetterEncoder(),
    "aligner": SameVectors(),
    "actor_model": CapitalPairs(),
    "quote_model": Sales(),
    "stance_model": Alarmed(),
    "frame_model": Conflict(),
}


@pytest.mark.slow
def test_own_models_are_used_and_named() -> None:
    """A model of each kind, written here, makes the tables, is named in run.json, and does the same in other processes."""
    corpus = make_press(n_events=3, seed=2).corpus
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found, beside = (crossframe.compare(corpus, **OWN, jobs=jobs) for jobs in (1, 2))
    for name, table in found.tables.items():
        assert table.equals(beside.tables[name]), name
    for option, role in ROLES.items():
        model = OWN[option]
        expected = {
            "name": model.name,
            "sha256": getattr(model, "fingerprint", getattr(model, "hash", "")),
            "object": f"{__name__}.{type(model).__name__}",
        }
        assert found.run["models"][role.key] == beside.run["models"][role.key] == expected
        assert found.run["configuration"][option] == model.name
    assert (found.tables["stance"]["p_negative"] == 0.8).all()
    assert set(found.tables["pairs"]["probability"]) == {0.9}
    assert set(found.tables["frames"]["frame"]) == {"conflict"}
    assert "sold" in set(found.tables["quotes"]["cue"])
    discovered = found.tables["actors"].query(
        "declared == 0 and kind != 'group'"
    )  # groups are described, not named
    assert all(" " in name for name in discovered["name"])


def test_a_set_names_every_model() -> None:
    """The default set has a name for each model option; single options and objects take its names' places."""
    assert choose_models(Options()) == {
        "encoder": "all-MiniLM-L6-v2",
        "aligner": "aligner-news",
        "actor_model": "actors-news",
        "quote_model": "quotes-news",
        "stance_model": "stance-news",
        "frame_model": "frames-news",
    }
    chosen = choose_models(Options(models="small", aligner="cosine", stance_model=OWN["stance_model"]))
    assert (chosen["aligner"], chosen["stance_model"]) == ("cosine", OWN["stance_model"])
    assert tuple(ROLES) == MODEL_OPTIONS


def test_without_weights() -> None:
    """With the encoder that needs no weights, aligner and name finder need none either, unless they are named."""
    assert choose_models(Options(encoder="tfidf"))["aligner"] == "aligner-lexical"
    assert choose_models(Options(encoder="tfidf"))["actor_model"] == "rules"
    assert choose_models(Options(encoder="tfidf", aligner="aligner-news"))["aligner"] == "aligner-news"


def test_an_unknown_set_is_refused() -> None:
    """A set that does not exist is one line with those that do."""
    with pytest.raises(
        UnknownNameError, match=r"Invalid model set 'smol'.*one of: base, small\. Did you mean 'small'"
    ):
        resolve_models(Options(models="smol"))


def test_what_a_set_lacks_is_said(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the base set, one warning and a note say which models are the small one's; a repeated study says it again."""
    monkeypatch.setitem(sets.MODEL_SETS, "base", sets.ModelSet(encoder="tfidf"))
    light = ("--encoder", "tfidf", "--stance-model", "stance-lexicon", "--frame-model", "frames-lexicon")
    said = "Model set 'base' has no quote reader of its own yet; what 'small' has is used, each with its own encoder."
    notes = []
    for out, options in (
        ("first", ("compare", str(small), "--models", "base", *light)),
        ("again", ("compare", "--config", str(tmp_path / "first" / "run.json"))),
        ("plain", ("compare", str(small), *light)),
    ):
        with pytest.raises(SystemExit) as stop:
            main([*options, "--out", str(tmp_path / out)])
        assert not stop.value.code
        error = capsys.readouterr().err
        notes.append(json.loads((tmp_path / out / "run.json").read_text(encoding="utf-8"))["notes"])
        assert (said in notes[-1], f"crossframe: warning: {said}\n" in error) == (out != "plain",) * 2
    assert notes[0] == notes[1]


@pytest.mark.slow
def test_an_encoder_reads_a_sentence_once(
    small: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alignment and frames on one encoder embed each sentence once; on two, each encoder does."""
    counts: Counter[tuple[str, str]] = Counter()
    encode = TransformerEncoder._encode

    def counted(self: TransformerEncoder, texts: list[str]) -> np.ndarray:
        counts.update((self.fingerprint, text) for text in texts)
        return encode(self, texts)

    other = shutil.copytree(tiny_model, tmp_path / "other")
    (other / "extra.json").write_text("{}", encoding="utf-8")
    articles = [["The mayor opened the bridge."], ["Rain fell on the town."], ["The ferry closed."]]
    frames = FrameModel(encoder=str(tiny_model)).fit(articles, np.array([[1] * 5, [0] * 5, [1] * 5]))
    frames.to_files("frames-tiny", "", {}).write(tmp_path / "frames")
    monkeypatch.setattr(TransformerEncoder, "_encode", counted)
    for number, encoder in enumerate((tiny_model, other)):
        counts.clear()
        monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / f"cache-{number}"))
        options: dict[str, Any] = {"actor_model": "rules", "stance_model": "stance-lexicon"}
        options |= {"aligner": SameVectors(), "frame_model": tmp_path / "frames"}
        crossframe.compare(small, encoder=encoder, **options)
        assert set(counts.values()) == {1}
        assert len({fingerprint for fingerprint, _ in counts}) == number + 1


@pytest.mark.parametrize("option", MODEL_OPTIONS)
@pytest.mark.parametrize("wrong", [3, object(), ["stance-news"], Alarmed, dict])
def test_what_is_no_model(option: str, wrong: object) -> None:
    """A wrong type, also a class in place of an object, is one line that names what is accepted."""
    with pytest.raises(
        InputError, match=r"^Invalid .*must be a .*folder.*, or an object with .*name"
    ) as stop:
        resolve_models(Options(**{option: wrong}))
    assert "\n" not in str(stop.value)


@pytest.mark.parametrize("option", MODEL_OPTIONS)
def test_unknown_names(option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that does not exist, and an empty one, are one line."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in ("no-such-model", str(tmp_path / "nothing")):
        with pytest.raises(CrossframeError) as stop:
            resolve_model(option, name)
        assert name in str(stop.value)
        assert "\n" not in str(stop.value)


def test_models_are_described() -> None:
    """Every model has a name and a hash; quotes by rules need no model; a mistyped shipped model is guessed."""
    described = resolve_models(Options()).describe()
    assert set(described) == {"encoder", "aligner", "actors", "quotes", "stance", "frames"}
    assert "quotes" not in resolve_models(Options(quote_model="rules")).describe()
    assert all(len(model["sha256"]) == 64 for model in described.values())
    with pytest.raises(UnknownNameError, match="Did you mean 'stance-news'"):
        resolve_models(Options(stance_model="stance-new"))


def test_folders_as_str_and_path() -> None:
    """A folder is a model whichever way its path is given."""
    folder = Path(crossframe.__file__).parent / "models" / "stance-news"
    both = [resolve_models(Options(stance_model=one)).describe()["stance"] for one in (folder, str(folder))]
    assert both[0] == both[1]
    assert both[0]["name"] == "stance-news"


def test_one_endpoint_counts_for_all() -> None:
    """Roles that are the same endpoint share it and its count; another study's is another."""
    address = "http://localhost:1/v1#tiny"
    models = resolve_models(Options(encoder="tfidf", aligner=address, stance_model=address))
    assert models.aligner.endpoint is models.stance_model.endpoint
    [usage] = models.describe_endpoints()
    assert (usage["roles"], usage["calls"]) == (["aligner", "stance"], 0)
    again = resolve_models(Options(encoder="tfidf", aligner=address, stance_model=address))
    assert again.stance_model.endpoint is not models.stance_model.endpoint
    assert resolve_models(LIGHT).describe_endpoints() == []


def test_a_model_that_cannot_be_sent_to_other_processes(small: Path) -> None:
    """With several jobs an object that cannot be pickled is refused before anything slow is done."""
    own = Alarmed()
    own.lock = Lock()  # type: ignore[attr-defined]
    with pytest.raises(InputError, match=r"Invalid number of jobs 2 with stance_model .*cannot be pickled"):
        crossframe.compare(small, stance_model=own, jobs=2)


class Row(LetterEncoder):
    """Returns one vector whatever it is given."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return too few vectors."""
        return super().encode(texts[:1])


class Listing(LetterEncoder):
    """Returns a list."""

    def encode(self, texts: Sequence[str]) -> Any:
        """Return no array."""
        return super().encode(texts).tolist()


class Silent:
    """A frame model that returns nothing."""

    name = "silent"

    def annotate(self, sentences: Sentences) -> None:
        """Return None."""


@pytest.mark.parametrize(
    ("option", "model", "message"),
    [
        ("encoder", Row(), r"Invalid vectors of shape \(1, \d\) from encoder 'letters'\. For \d+ texts"),
        ("encoder", Listing(), r"Invalid vectors of type list from encoder 'letters'"),
        ("frame_model", Silent(), r"Invalid frames of type 'NoneType' from frame model 'silent'"),
    ],
)
def test_what_an_own_model_returns(small: Path, option: str, model: object, message: str) -> None:
    """What a user's model returns is checked where it is used, with one line that says what it must return."""
    given: dict[str, Any] = {
        "encoder": "tfidf",
        "stance_model": "stance-lexicon",
        "frame_model": "frames-lexicon",
    }
    with pytest.raises(InputError, match=message):
        crossframe.compare(small, **given | {option: model})


def test_vectors_are_not_cached_without_a_fingerprint() -> None:
    """An encoder without a fingerprint is refused: vectors of two such would be taken for each other's."""
    own = LetterEncoder()
    own.fingerprint = None  # type: ignore[assignment]
    with pytest.raises(InputError, match="Invalid fingerprint None of encoder 'letters'"):
        resolve_models(Options(encoder=own))


@pytest.mark.parametrize("option", MODEL_OPTIONS)
def test_messages_about_objects_are_one_short_line(option: str) -> None:
    """An array or a long object is no model, and does not fill the screen."""
    for wrong in (np.zeros((300, 3)), ["x\n"] * 9999):
        with pytest.raises(InputError) as caught:
            resolve_models(Options(**{option: wrong}))
        assert len(str(caught.value)) < 300
        assert "\n" not in str(caught.value)


def test_loading_refuses_what_is_no_model() -> None:
    """Loading by itself takes and refuses what a comparison does."""
    assert crossframe.load_quote_reader("rules") is None
    with pytest.raises(UnknownNameError, match="Did you mean 'rules'"):
        crossframe.load_quote_reader("rule")
    with pytest.raises(UnknownNameError, match="Unknown actors model ''"):
        crossframe.load_name_finder("")
    with pytest.raises(InputError, match=r"Invalid frame model 3\. It must be a name or a path"):
        crossframe.load_frame_model(3)  # type: ignore[arg-type]
