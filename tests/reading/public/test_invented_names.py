"""The invented sentences with names: what the loader reads, and what composes them."""

import compose_names
import pytest

from crossframe import read_corpus, storage
from crossframe.reading.public.invented_names import INVENTED_CLASSES


def test_names_are_read_with_offsets_and_classes() -> None:
    """Marks are cut out of the text; every name is where they stood, of the class they gave."""
    corpus = read_corpus("invented-names")
    gold = corpus.gold["entities"]
    lines = (
        (storage.corpora_folder() / "invented-names" / "blocks.txt").read_text(encoding="utf-8").splitlines()
    )
    documents = {article.id: article.document for article in corpus.articles}
    rebuilt = dict(documents)
    rows = list(zip(gold.units.rows(), gold.scores.argmax(axis=1).tolist(), strict=True))
    for unit, label in reversed(rows):
        id, start, end = unit["article"], unit["start"], unit["end"]
        text = rebuilt[id]
        rebuilt[id] = f"{text[:start]}[{gold.labels[label]} {text[start:end]}]{text[end:]}"
    assert list(rebuilt.values()) == lines
    assert gold.labels == INVENTED_CLASSES
    assert not any(mark in text for text in documents.values() for mark in "[]{}=")


def test_blocks_are_those_of_the_composer() -> None:
    """The committed sentences are what names and frames give."""
    folder = compose_names.FOLDER
    frames = (folder / "frames.txt").read_text(encoding="utf-8").splitlines()
    composer = compose_names.Composer(compose_names.read_fillers(folder / "names.txt"))
    composed = list(composer.compose(frames, compose_names.N_BLOCKS))
    assert composed == (folder / "blocks.txt").read_text(encoding="utf-8").splitlines()


FILLERS = {
    "person": ("person", ["Ann Bell"]),
    "bank": ("organisation", ["the {word} Bank=*"]),
    "known": ("", ["the Red Fund=RF"]),
    "fund": ("organisation", ["{known}"]),
    "word": ("", ["Old"]),
    "event": ("", ["the Cold War"]),
}


@pytest.mark.parametrize(
    ("frame", "filled"),
    [
        ("{person} left.", "[person Ann Bell] left."),
        ("At {the bank}.", "At the [organisation Old Bank]."),
        ("An {bank} man.", "An [organisation Old Bank] man."),
        ("At {the bank.acr}.", "At the [organisation OB]."),
        ("At {the fund}.", "At the [organisation Red Fund]."),
        ("{fund.acr} men.", "[organisation RF] men."),
        ("After {the event}.", "After the Cold War."),
        ("{the person} left.", "[person Ann Bell] left."),
    ],
)
def test_frames_are_filled(frame: str, filled: str) -> None:
    """Names are marked with their class, articles and events are not; a short form is that of its name."""
    assert compose_names.Composer(FILLERS).fill(frame) == filled


@pytest.mark.parametrize(
    ("block", "spaced"),
    [
        ("[person Ann Bell]'s aunt left.", "[person Ann Bell] 's aunt left ."),
        ("The [party Greens] (of [place Cork]).", "The [party Greens] ( of [place Cork] ) ."),
        ("[organisation Bell, Roe & Co.] fell.", "[organisation Bell , Roe & Co.] fell ."),
        ("He met [person Jo Roe Jr.]", "He met [person Jo Roe Jr.]"),
    ],
)
def test_marks_are_set_off(block: str, spaced: str) -> None:
    """Punctuation marks stand alone, as in tokens joined by blanks; abbreviations keep their point."""
    assert compose_names.space_marks(block) == spaced
