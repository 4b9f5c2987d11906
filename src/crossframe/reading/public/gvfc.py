"""Loader of the Gun Violence Frame Corpus: headlines with one or two of nine frames."""

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.parsing import CorpusFiles, sentence_article
from crossframe.records import Annotation, Corpus, Units

GUN_FRAMES = (
    "gun-rights", "gun-control", "politics", "mental-health", "safety", "race", "public-opinion", "society",
    "economic",
)  # fmt: skip
"""The nine frames of the codebook, in the order of upstream's columns."""


def load(files: CorpusFiles) -> Corpus:
    """Return the Gun Violence Frame Corpus: each headline an article of its own event; one or two frames hold.

    Gold ``gun-frames``: an Annotation of articles.
    """
    articles, scores = [], []
    for split in files.choose("train"):
        for line in files.lines(split):
            number, text, _, *flags = line.split("\t")
            if len(flags) != len(GUN_FRAMES) or not set(flags) <= {"0.0", "1.0"}:
                raise InputError(
                    f"Invalid frames {flags!r} in {files.paths(split)[0]!r} of corpus {files.entry.name!r}. It must be nine of "
                    "0.0 and 1.0."
                )
            articles.append(sentence_article(f"{split}-{int(number):04d}", text, split))
            scores.append([float(flag) for flag in flags])
    units = Units.from_rows({"article": article.id} for article in articles)
    gold = Annotation(units, "article", GUN_FRAMES, np.array(scores), "annotators of GVFC")
    return files.make_corpus(articles, {"gun-frames": gold})
