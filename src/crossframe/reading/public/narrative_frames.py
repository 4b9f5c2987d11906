"""Loader of narrative-frames: news articles on climate with the generic frames that hold in them."""

from datetime import date

import numpy as np

from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import FRAMES, Annotation, Article, Corpus, Outlet, Units
from crossframe.text import slug

_FRAME_COLUMNS = ("resolution", "human-interest", "conflict", "moral", "economic")


def load(files: CorpusFiles) -> Corpus:
    """Return the climate articles: each its own event; gold ``frames`` (articles, several frames may hold)."""
    articles: list[Article] = []
    scores = []
    leans: dict[str, str] = {}
    for split in files.choose("train", "dev", "test"):
        for line in files.lines(split):
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
    units = Units.from_rows({"article": article.id} for article in articles)
    gold = Annotation(units, "article", FRAMES, np.array(scores), "narrative-framing annotators")
    outlets = [Outlet(outlet, lean=lean) for outlet, lean in sorted(leans.items())]
    return files.make_corpus(articles, {"frames": gold}, outlets=outlets)
