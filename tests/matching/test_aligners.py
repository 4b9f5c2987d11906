"""Aligners as names, folders and objects: what is accepted, and what is refused in one line."""

from pathlib import Path

import numpy as np
import pytest

import crossframe
from crossframe import storage
from crossframe.errors import InputError, UnknownNameError
from crossframe.matching.aligner import Aligner, AlignerDetails, align_event
from crossframe.matching.aligners import load_aligner
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Embeddings, Sentences


class FirstSentences:
    """An aligner of a user's own: titles aside, first sentences of two outlets are aligned."""

    name = "first-sentences"

    def align(self, sentences: Sentences, embeddings: Embeddings | None) -> Alignment:
        """Return the pairs of first sentences."""
        del embeddings
        first = np.flatnonzero(sentences.index == 1)
        left, right = first[:1], first[1:2]
        return Alignment(sentences, left, right, [0.75], ("partial",), source=self.name)


def snow() -> Sentences:
    """Return two outlets' coverage of one event."""
    return split_sentences(
        [Article("a", "e", "a", "", "Snow fell. Roads closed."), Article("b", "e", "b", "", "It snowed.")]
    )


def test_an_object_is_an_aligner() -> None:
    """Any object with a name and align is passed through, and has the defaults of all else."""
    mine = FirstSentences()
    assert isinstance(mine, crossframe.Aligner)
    assert load_aligner(mine) is mine
    assert AlignerDetails.of(mine) == AlignerDetails()
    alignment = align_event(mine, snow(), None)
    assert list(alignment.keys()) == [(("a", 1), ("b", 1))]


@pytest.mark.parametrize("name", ["aligner-lexical", "tfidf", "cosine"])
def test_names_and_folders(name: str) -> None:
    """What is loaded by name satisfies the protocol; a folder is a str or a Path."""
    aligner = load_aligner(name)
    assert isinstance(aligner, Aligner)
    assert aligner.name == name
    details = AlignerDetails.of(aligner)
    assert len(details.hash) == 64
    assert 0 < details.threshold < 1
    if name == "aligner-lexical":
        folder = storage.models_folder() / name
        for again in (load_aligner(folder), load_aligner(str(folder))):
            assert AlignerDetails.of(again) == details


@pytest.mark.parametrize("wrong", [3, object(), FirstSentences, ["tfidf"], Aligner])
def test_what_is_no_aligner(wrong: object) -> None:
    """Another type is refused in one line with what is accepted, a class as well as an object without align."""
    with pytest.raises(
        InputError, match="must be a name, a folder, or an object with name and align"
    ) as caught:
        load_aligner(wrong)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_unknown_names() -> None:
    """A name that does not exist is refused with those that do; removed baselines are not selectable."""
    for name in ("aligner-old", "margin"):
        with pytest.raises(UnknownNameError, match="aligner-lexical, aligner-news, endpoint, tfidf, cosine"):
            load_aligner(name)
    with pytest.raises(UnknownNameError, match="Did you mean 'aligner-news'"):
        load_aligner("aligner-new")
    with pytest.raises(UnknownNameError, match="no/such/folder"):
        load_aligner(Path("no/such/folder"))


def test_a_result_is_checked() -> None:
    """An aligner of a user's own must return an Alignment of the sentences it was given."""

    class Wrong(FirstSentences):
        result: object = None

        def align(self, sentences: Sentences, embeddings: Embeddings | None) -> Alignment:
            return self.result  # type: ignore[return-value]

    mine = Wrong()
    for mine.result in (None, [], FirstSentences().align(snow(), None)):
        with pytest.raises(InputError, match="Invalid result of aligner 'first-sentences'"):
            align_event(mine, snow(), None)
