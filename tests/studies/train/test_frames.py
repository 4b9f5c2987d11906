"""Training of frame models: folds, decisions, and an invented corpus of headlines from training to the test split."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from crossframe import storage
from crossframe.errors import CrossframeError, InputError, MissingDataError
from crossframe.judging.frames import calibrate_frames
from crossframe.reading.public.gvfc import GUN_FRAMES
from crossframe.records import Article
from crossframe.statistics.metrics import expected_calibration_error
from crossframe.studies.evaluate.frames import frame_groups
from crossframe.studies.evaluate.metrics import frame_metrics
from crossframe.studies.evaluate.tasks import evaluate
from crossframe.studies.train.frames import (
    choose_penalty,
    decide_held_out,
    fit_decision,
    read_frames,
    split_folds,
)
from crossframe.studies.train.tasks import train

TEXT = " ".join(f"word{number}" for number in range(40))
REGISTRY = """name = "gvfc"
title = "Invented headlines"
owner = "o"
repository = "r"
commit = "c"
language = "en"
licence = "free"
redistribution = ""
citation = ""
bibtex = ""
[splits]
train = ["train.tsv"]
test = ["test.tsv"]
[counts]
"""


def headlines(n: int, seed: int) -> str:
    """Return rows of headlines in upstream's form: the name of a frame is in the headline where it holds."""
    rng, rows = np.random.default_rng(seed), []
    for number in range(n):
        held = {number % 9, int(rng.integers(9))}
        said = " ".join(GUN_FRAMES[j].replace("-", "") for j in sorted(held))
        flags = [str(float(j in held)) for j in range(9)]
        rows.append("\t".join([str(number), f"The {said} ferry number{number}", "a", *flags]))
    return "\n".join(rows) + "\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put invented headlines in the place of GVFC's, of which the test split is not there yet; return its path."""
    files = {"train.tsv": headlines(120, 0), "test.tsv": headlines(45, 1)}
    lines = [f"{hashlib.sha256(text.encode()).hexdigest()}  {path}" for path, text in files.items()]
    storage.write_text(tmp_path / "corpora" / "gvfc" / "registry.toml", REGISTRY)
    storage.write_text(tmp_path / "corpora" / "gvfc" / "files.sha256", "\n".join(lines) + "\n")
    storage.write_text(tmp_path / "mirror" / "o" / "r" / "c" / "train.tsv", files["train.tsv"])
    storage.write_text(tmp_path / "test.tsv", files["test.tsv"])
    monkeypatch.setattr(storage, "corpora_folder", lambda: tmp_path / "corpora")
    monkeypatch.setenv("CROSSFRAME_MIRROR", str(tmp_path / "mirror"))
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))
    return tmp_path / "mirror" / "o" / "r" / "c" / "test.tsv"


@pytest.mark.slow
def test_frames_of_ones_own_corpus(corpus: Path, tiny_model: Path, tmp_path: Path) -> None:
    """A model of a corpus's own frames is trained without its test split, and scored on it once it is there."""
    data = read_frames(["gvfc"])
    assert data.frames == GUN_FRAMES
    assert (data.shares == data.truth).all()
    said = train("frames", "gvfc", tmp_path / "mine", encoder=str(tiny_model))
    assert "macro_f1" in said
    log = json.loads((tmp_path / "mine" / "log.json").read_text(encoding="utf-8"))
    assert log["cross_validated"]["macro_f1"] > 0.9
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "crossframe evaluate frames --on gvfc --model mine" in card
    with pytest.raises(MissingDataError, match=r"Missing file 'test.tsv' of corpus 'gvfc'"):
        evaluate("frames", "gvfc", model=tmp_path / "mine")
    storage.write_text(corpus, (tmp_path / "test.tsv").read_text(encoding="utf-8"))
    metrics = evaluate("frames", "gvfc", model=tmp_path / "mine")
    assert metrics["n"] == 45
    assert metrics["macro_f1_low"] <= metrics["macro_f1"] <= metrics["macro_f1_high"]
    assert metrics["macro_f1"] > 0.9 > metrics["always_yes_macro_f1"]
    with pytest.raises(InputError, match="all splits but test"):
        evaluate("frames", "gvfc", split="train", model=tmp_path / "mine")


def test_frames_of_another_corpus(corpus: Path) -> None:
    """A model of other frames is refused, and the model of these is named."""
    storage.write_text(corpus, (corpus.parents[4] / "test.tsv").read_text(encoding="utf-8"))
    with pytest.raises(
        CrossframeError, match=r"Invalid frame model 'frames-lexicon' for corpus 'gvfc'.*as has 'frames-guns'"
    ):
        evaluate("frames", "gvfc", model="frames-lexicon")


def test_what_is_held_out_together() -> None:
    """Outlets where every article is its own event, else events; copies of what is held out are not learned from."""
    articles = [
        Article(f"a{n}", f"e{n}", f"outlet{n % 6}", "", f"{TEXT} end{n}" if n < 2 else f"text {n}")
        for n in range(18)
    ]
    assert frame_groups(articles) == [article.outlet for article in articles]
    told = [Article(a.id, "e", a.outlet, "", a.text) for a in articles]
    assert frame_groups(told) == ["e"] * 18
    for folds in split_folds(articles, repeats=2):
        assert sorted(row for _, held in folds for row in held) == list(range(18))
        for learned, held in folds:
            outlets = [{articles[row].outlet for row in rows} for rows in (learned, held)]
            assert not outlets[0] & outlets[1]
            assert not ({0, 1} & set(learned) and {0, 1} & set(held))


def test_decisions_are_calibrated_and_made_at_half_of_the_best_f1() -> None:
    """Probabilities that are too high for a rare frame become honest; the threshold is half of the F1 it reaches."""
    rng = np.random.default_rng(0)
    honest = rng.beta(0.5, 3, size=(4000, 2))
    truth = (rng.random((4000, 2)) < honest).astype(float)
    stated = 1 / (1 + (1 - honest) / honest / 4)
    calibration, thresholds = fit_decision(truth, stated)
    assert np.allclose(calibration, [[1, 1], [-np.log(4)] * 2], atol=0.15)
    calibrated = calibrate_frames(stated, calibration)
    assert expected_calibration_error(stated.ravel(), truth.ravel()) > 0.15
    assert expected_calibration_error(calibrated.ravel(), truth.ravel()) < 0.02
    f1 = frame_metrics("ab", truth, calibrated, thresholds, ["x"] * 4000)
    assert 2 * thresholds == pytest.approx([f1["a_f1"], f1["b_f1"]], abs=0.01)
    assert f1["macro_f1_low"] is None
    folds = [(np.arange(2000, 4000), np.arange(2000)), (np.arange(2000), np.arange(2000, 4000))]
    held, chosen = decide_held_out(truth, stated, folds)
    assert np.allclose(
        held[:2000], calibrate_frames(stated[:2000], fit_decision(truth[2000:], stated[2000:])[0])
    )
    assert len(np.unique(chosen[:, 0])) == 2


def test_the_penalty_that_ranks_best() -> None:
    """The first of equals, by average precision over repeats."""
    truth = np.array([[1, 0], [0, 1], [0, 0]])
    worse, better = 1.0 - truth, truth * 0.9
    assert choose_penalty(truth, [[worse, better], [better, better], [better, better]]) == 1
