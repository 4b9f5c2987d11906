"""The Gun Violence Frame Corpus: small files in upstream's form, and counts of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.gvfc import GUN_FRAMES
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry

MakeEntry = Callable[..., Entry]


def test_gun_frames(make_entry: MakeEntry) -> None:
    """A row is a headline whose frames are its last nine columns."""
    row = "36\tShots in A, B says\ta\t" + "\t".join(["0.0", "1.0", "0.0", "1.0", *["0.0"] * 5])
    corpus = load_entry(make_entry("gvfc", {"train": {"train.tsv": row + "\n"}}))
    assert [(a.id, a.text) for a in corpus.articles] == [("train-0036", "Shots in A, B says")]
    gold = corpus.gold["gun-frames"]
    assert [GUN_FRAMES[j] for j in np.flatnonzero(gold.scores[0])] == ["gun-control", "mental-health"]


@pytest.mark.parametrize("flags", ["1.0", "\t".join(["2.0", *["0.0"] * 8])])
def test_bad_gun_frames(make_entry: MakeEntry, flags: str) -> None:
    """Frames that are too few or no flags are one clear error."""
    with pytest.raises(InputError, match="nine of"):
        load_entry(make_entry("gvfc", {"train": {"train.tsv": f"1\tA\ta\t{flags}\n"}}))


@pytest.mark.mirror
def test_real_gun_frames(mirror: Path) -> None:
    """The training split holds 1,037 headlines, 260 of them with two frames."""
    gold = read_corpus("gvfc").gold["gun-frames"]
    assert Counter(gold.scores.sum(axis=1).tolist()) == {1: 777, 2: 260}
    assert gold.scores.sum(axis=0).tolist() == [53, 257, 349, 64, 141, 107, 210, 39, 77]
