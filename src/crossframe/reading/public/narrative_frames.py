"""Loader of narrative-frames: news articles on climate with the generic frames that hold in them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import FRAMES, Annotation, Article, Corpus, Outlet, Units
from crossframe.text import slug

_FRAME_COLUMNS = ("resolution", "human-interest", "conflict", "moral", "economic")
_ANSWERS = "data/full_annotations.json"
_QUESTIONS = {
    "conflict": (("co1", "co2", "co3"), 2),
    "economic": (("ec1", "ec2", "ec3"), 2),
    "human-interest": (("hi1", "hi2", "hi5"), 2),
    "moral": (("mo1", "mo2"), 1),
    "resolution": (("re2", "re6"), 2),
}
"""The yes-no questions of every frame, and to how many of them yes is the answer where it holds. Applied to the answers that
annotators agree on, this gives the published frames of all articles of train and dev; for resolution upstream's README names other questions."""


def load(files: CorpusFiles) -> Corpus:
    """Return the climate articles, each its own event.

    Gold of articles: ``frames``, several of which may hold; and of those outside the split ``test`` ``frame-votes``: the share
    of annotators whose own answers give the frame.
    """
    articles: list[Article] = []
    scores = []
    leans: dict[str, str] = {}
    splits = files.choose("train", "dev", "test")
    for split in splits:
        for line in files.read(files.paths(split)[-1]).removesuffix("\n").split("\n"):
            if not line.strip():
                continue
            number, source, lean, published, text, *flags = line.split("\t")
            id = f"climate-{number}"
            outlet = slug(source).replace("-", "")
            leans.setdefault(outlet, lean.removesuffix("_bias").replace("_", "-"))
            articles.append(
                Article(id, id, outlet, "", text, date.fromisoformat(published), language="en", split=split)
            )
            # Row 716 reads "False)" in its last column upstream.
            holds = dict(zip(_FRAME_COLUMNS, (flag.strip(")\r ") == "True" for flag in flags), strict=True))
            scores.append([float(holds[frame]) for frame in FRAMES])
    gold = {"frames": _annotate(articles, scores)}
    voted = [article for article in articles if _ANSWERS in files.paths(article.split or "")]
    if voted:
        answers = json.loads(files.read(_ANSWERS))
        shares = [vote_frames(answers[article.id.removeprefix("climate-")]).mean(axis=0) for article in voted]
        gold["frame-votes"] = _annotate(voted, shares)
    outlets = [Outlet(outlet, lean=lean) for outlet, lean in sorted(leans.items())]
    return files.make_corpus(articles, gold, outlets=outlets)


def vote_frames(answers: Mapping[str, Any]) -> np.ndarray:
    """Return which frames the answers of each annotator of an article give: ndarray of 0 and 1 of shape (n_annotators, n_frames).

    Parameters
    ----------
    answers : mapping of str to pair
        By question: what annotators agree on, and the answer of each, yes or no, -1 of those who did not label the article.
    """
    labelled = [k for k, one in enumerate(answers["co1"][1]) if one != -1]
    rules = [_QUESTIONS[frame] for frame in FRAMES]
    return np.array(
        [
            [sum(answers[one][1][k] == "yes" for one in questions) >= least for questions, least in rules]
            for k in labelled
        ],
        dtype=float,
    )


def _annotate(articles: Sequence[Article], scores: Sequence[Any]) -> Annotation:
    units = Units.from_rows({"article": article.id} for article in articles)
    return Annotation(units, "article", FRAMES, np.array(scores), "narrative-framing annotators")
