"""Quote readers: parts of paragraphs become quotes of the document; what is no reader is refused."""

import pickle
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from crossframe.attributing.quotes.cue_links import N_LINK_FEATURES, Attribution, Links, Part
from crossframe.attributing.quotes.quote_features import N_QUOTE_FEATURES
from crossframe.attributing.quotes.readers import (
    QuoteReader,
    TrainedQuoteReader,
    link_parts,
    load_quote_reader,
    spans_of_quotes,
    tag_parts,
)
from crossframe.errors import InputError, MissingDataError, UnknownNameError
from crossframe.learning.classifiers import Logistic
from crossframe.learning.model_files import ModelFiles
from crossframe.learning.tagging.paths import WordSpan
from crossframe.learning.tagging.words import WordText
from crossframe.reading.text.split import split_sentences
from crossframe.records import QUOTE_PARTS, Article, Sentences, Spans

ARTICLE = Article("a", "e", "o", "Rain", "Doe said it rained.\nRoe agreed.")
SENTENCES = split_sentences([ARTICLE])
ALWAYS = Logistic(
    np.zeros(N_LINK_FEATURES), np.ones(N_LINK_FEATURES), np.zeros((N_LINK_FEATURES, 1)), np.ones(1)
)


class Tagger:
    """Marks the first word of a paragraph of four or more as source, the next as cue, the rest as content."""

    def tag(self, texts: list[WordText]) -> list[list[WordSpan]]:
        """Return the spans in each text."""
        return [
            [WordSpan(0, 1, "source"), WordSpan(1, 2, "cue"), WordSpan(2, len(text.start) - 1, "content")]
            if len(text.start) > 3
            else []
            for text in texts
        ]


def test_parts_and_quotes() -> None:
    """Parts count from their paragraph, quotes from the document; a paragraph without parts has none."""
    parts = tag_parts(Tagger(), [ARTICLE])
    assert parts == [
        [[], [Part(0, 3, "source"), Part(4, 8, "cue"), Part(9, 18, "content")], []],
    ]
    quotes = link_parts(Links(ALWAYS, ALWAYS), ARTICLE, parts[0])
    at = ARTICLE.document.index("Doe")
    assert quotes == [
        Attribution(
            (Part(at + 9, at + 18, "content"),), Part(at + 4, at + 8, "cue"), Part(at, at + 3, "source")
        )
    ]
    spans = spans_of_quotes(ARTICLE, quotes)
    assert spans.kind == ("content", "cue", "source")
    assert spans.start.tolist() == [at + 9, at + 4, at]
    assert (set(spans.quote), set(spans.cue), set(spans.speaker_text)) == ({"q01"}, {"said"}, {"Doe"})


def files(**changed: object) -> ModelFiles:
    """Return what a folder holds, as far as it is looked at before reading."""
    config = {"name": "mine", "labels": list(QUOTE_PARTS), "n_features": N_QUOTE_FEATURES, "base": "all-MiniLM-L6-v2", "base_fingerprint": "no", "precision": "int8"}  # fmt: skip
    return ModelFiles("quotes", config | changed, Links(ALWAYS, ALWAYS).arrays())


def test_a_folder_is_read(tmp_path: Path) -> None:
    """It has the name and hash that were written; another encoder than it was fitted on is refused when it reads."""
    files().write(tmp_path / "mine")
    model = load_quote_reader(str(tmp_path / "mine"))
    assert (model.name, repr(model)) == ("mine", "TrainedQuoteReader('mine')")
    assert model.links.cues.bias == 1
    assert len(model.hash) == 64
    assert pickle.loads(pickle.dumps(model)).hash == model.hash


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader fitted on another encoder than the one at hand says so when it first reads."""
    monkeypatch.setattr(
        "crossframe.learning.encoders.by_name.load_encoder", lambda _: SimpleNamespace(fingerprint="other")
    )
    with pytest.raises(MissingDataError, match="fitted on other weights"):
        TrainedQuoteReader(files()).find(SENTENCES)


def test_folders_that_are_no_reader(tmp_path: Path) -> None:
    """No folder, another kind, or features of another version: one clear error."""
    with pytest.raises(UnknownNameError, match="quotes-news, rules"):
        load_quote_reader(str(tmp_path / "none"))
    ModelFiles("stance", {"name": "x"}, {}).write(tmp_path / "stance")
    with pytest.raises(InputError, match="of kind 'stance'"):
        load_quote_reader(str(tmp_path / "stance"))
    for number, broken in enumerate((files(n_features=3), ModelFiles("quotes", files().config, {}))):
        broken.write(tmp_path / str(number))
        with pytest.raises(InputError, match="train it again"):
            load_quote_reader(str(tmp_path / str(number)))


class SaidThat:
    """Marks what somebody "said that"."""

    name = "said-that"

    def find(self, sentences: Sentences) -> Spans:
        """Return no quotes."""
        return Spans()


def test_an_object_is_a_reader() -> None:
    """A reader of the user's is returned as it is; the rules are none; other types are one clear error."""
    reader = SaidThat()
    assert load_quote_reader(reader) is reader
    assert isinstance(reader, QuoteReader)
    assert load_quote_reader("rules") is None
    for wrong in (3, SaidThat, object()):
        with pytest.raises(InputError, match="or an object with `name` and `find"):
            load_quote_reader(wrong)
