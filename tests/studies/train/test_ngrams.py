"""Training for debates: what is asked for by which words, and a folder that scores as it says."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.learning.model_files import read_model
from crossframe.studies.evaluate import debates as evaluating_debates
from crossframe.studies.evaluate.debates import Debates, evaluate_debates
from crossframe.studies.train import ngrams as training_ngrams
from crossframe.studies.train.ngrams import is_debates
from crossframe.studies.train.tasks import train


@pytest.fixture
def debates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put forty invented tweets in the place of the corpus."""
    words = {"favor": "good", "against": "bad", "none": "plain"}
    rng = np.random.default_rng(0)
    labels = tuple(list(words)[i % 3] for i in range(39))
    texts = tuple(f"{words[label]} {rng.integers(9)}" for label in labels)
    told = Debates(texts, ("x",) * 39, labels)
    for room in (evaluating_debates, training_ngrams):
        monkeypatch.setattr(room, "read_debates", lambda *_: told)


def test_what_is_asked_for() -> None:
    """A corpus of debates or the method's name asks for n-grams; another method on debates is refused."""
    assert is_debates(["semeval2016-stance"], None)
    assert is_debates(["semeval2016-stance"], "ngrams")
    assert is_debates(["newsmtsc"], "ngrams")
    assert not is_debates(["newsmtsc"], None)
    with pytest.raises(InputError, match="Invalid method 'linear' for semeval2016-stance"):
        is_debates(["semeval2016-stance"], "linear")


def test_folder(debates: None, tmp_path: Path) -> None:
    """The folder holds model, log and card; evaluating it gives the figures that its log tells."""
    told = train("stance", ["semeval2016-stance"], tmp_path / "mine")
    assert told.startswith(f"Wrote {tmp_path / 'mine'}\nTest (39 texts): f_average 1.000")
    files = read_model(str(tmp_path / "mine"), "stance")
    assert files.log["tests"]["test"] == evaluate_debates("semeval2016-stance", model=str(tmp_path / "mine"))
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "crossframe train stance --on semeval2016-stance --seed 0 --out mine" in card
    with pytest.raises(InputError, match=r"'mine' was fitted on it"):
        evaluate_debates("semeval2016-stance", split="dev", model=str(tmp_path / "mine"))


@pytest.mark.parametrize(
    ("on", "options", "message"),
    [
        (["newsmtsc"], {"method": "ngrams"}, "trained on one of: semeval2016-stance"),
        (["semeval2016-stance", "newsmtsc"], {}, "Invalid corpora 'semeval2016-stance, newsmtsc'"),
        (["semeval2016-stance"], {"encoder": "tfidf"}, "Invalid encoder 'tfidf'"),
        (["semeval2016-stance"], {"seeds": 2}, "with 2 seeds"),
    ],
)
def test_refusals(on: list[str], options: dict[str, object], message: str, tmp_path: Path) -> None:
    """Corpora and options that make no sense for n-grams are refused, and nothing is written."""
    with pytest.raises(InputError, match=message):
        train("stance", on, tmp_path / "mine", **options)
    assert not (tmp_path / "mine").exists()
