"""Loaders of public corpora: their files, unaltered, become a Corpus with gold."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

import numpy as np

from crossframe.errors import InputError
from crossframe.reading.public.basil import load_basil
from crossframe.reading.public.ecbplus import load_ecbplus, load_validated
from crossframe.reading.public.loaders_labels import load_debates, load_directed, load_gun_frames
from crossframe.reading.public.loaders_pairs import load_msrp, load_neus, load_superpal
from crossframe.reading.public.loaders_spans import load_names, load_polnear
from crossframe.reading.public.own_labels import add_own_stance
from crossframe.reading.public.registry import Entry, need_files
from crossframe.records import (
    FRAMES,
    STANCES,
    Annotation,
    Article,
    Corpus,
    Outlet,
    Spans,
    Units,
)
from crossframe.text import slug


def load(entry: Entry, splits: Iterable[str] | None = None) -> Corpus:
    """Return the public corpus of `entry` with its gold; files that are not in the cache are fetched first.

    Parameters
    ----------
    entry : Entry
        From the registry.
    splits : iterable of str, optional
        Only these; None takes all that a default load needs.

    Returns
    -------
    Corpus
        Text exactly as upstream has it.

    Raises
    ------
    MissingDataError
        When a file cannot be had.
    InputError
        When the corpus does not hold as many articles and judgements as the registry says.
    """
    corpus = _LOADERS[entry.name](entry, None if splits is None else tuple(splits))
    if "stance" not in corpus.gold:
        corpus = add_own_stance(corpus)
    check_counts(entry, corpus)
    return corpus


def check_counts(entry: Entry, corpus: Corpus) -> None:
    """Raise InputError when a loaded split holds another number of articles, or of units of gold, than `entry` says.

    Articles without a split are those of the split that `entry` has alone.
    """
    only = next(iter(entry.splits)) if len(entry.splits) == 1 else ""
    split_of = {article.id: article.split or only for article in corpus.articles}
    held = {(split, "articles"): n for split, n in Counter(split_of.values()).items()}
    for name, gold in corpus.gold.items():
        if isinstance(gold, Annotation | Spans):
            articles = gold.units.article if isinstance(gold, Annotation) else gold.article
            held |= {(split, name): n for split, n in Counter(split_of[one] for one in articles).items()}
    for split, counts in entry.counts.items():
        for what, expected in counts.items():
            if (split, "articles") in held and held.get((split, what), 0) != expected:
                raise InputError(
                    f"Invalid number of {what} {held.get((split, what), 0)!r} in split {split!r} of corpus "
                    f"{entry.name!r}. The registry says {expected}."
                )


# --- NewsMTSC -------------------------------------------------------------------------------------------

_MTSC_STANCE = {2.0: 0, 4.0: 1, 6.0: 2}


def _load_newsmtsc(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return NewsMTSC: one sentence an article, its source document the event; gold ``mentions`` and ``stance``."""
    articles: list[Article] = []
    mentions, labels = [], []
    for split in splits or ("train", "rw"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for line in (folder / paths[0]).read_text(encoding="utf-8").strip().split("\n"):
            item = json.loads(line)
            text, gid = item["sentence_normalized"], item["primary_gid"]
            id = f"{split}-{hashlib.sha256(f'{gid} {text}'.encode()).hexdigest()[:16]}"
            articles.append(
                Article(
                    id,
                    mtsc_source(gid),
                    "unknown",
                    "",
                    text,
                    language="en",
                    split=split,
                    sentences=((0, len(text)),),
                )
            )
            for target in item["targets"]:
                start, end = target["from"], target["to"]
                mentions.append(
                    {
                        "article": id,
                        "start": start,
                        "end": end,
                        "actor": slug(target["mention"]),
                        "kind": "name",
                    }
                )
                labels.append(_MTSC_STANCE[target["polarity"]])
    units = [
        {"article": m["article"], "sentence": 1, **{k: m[k] for k in ("start", "end", "actor")}}
        for m in mentions
    ]
    return Corpus(
        "newsmtsc",
        tuple(articles),
        language="en",
        licence=entry.licence,
        provenance=entry.citation,
        gold={
            "mentions": Spans.from_rows(mentions),
            "stance": Annotation.of_choices(units, "span", STANCES, labels, "NewsMTSC annotators"),
        },
    )


def mtsc_source(gid: str) -> str:
    """Return the source document that a NewsMTSC item was taken from, as an id.

    Examples
    --------
    >>> mtsc_source("allsides_1000_401_25_Reality Leigh Winner_0_6")
    'allsides-1000-401'
    >>> mtsc_source("polusa_v1_6154_12_Mr. Trump_3_9")
    'polusa-6154'
    """
    parts = gid.split("_")
    return f"allsides-{parts[1]}-{parts[2]}" if parts[0] == "allsides" else f"polusa-{slug(parts[2])}"


# --- narrative frames -----------------------------------------------------------------------------------

_FRAME_COLUMNS = ("resolution", "human-interest", "conflict", "moral", "economic")


def _load_narrative_frames(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return the climate articles: each its own event; gold ``frames`` (articles, several frames may hold)."""
    articles: list[Article] = []
    scores = []
    leans: dict[str, str] = {}
    for split in splits or ("train", "dev", "test"):
        paths = entry.files_of(split)
        folder = need_files(entry, paths)
        for line in (folder / paths[0]).read_text(encoding="utf-8").split("\n"):
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
            held = dict(zip(_FRAME_COLUMNS, (flag.strip(")\r ") == "True" for flag in flags), strict=True))
            scores.append([float(held[frame]) for frame in FRAMES])
    units = Units.from_rows({"article": article.id} for article in articles)
    return Corpus(
        "narrative-frames",
        tuple(articles),
        outlets=tuple(Outlet(outlet, lean=lean) for outlet, lean in sorted(leans.items())),
        language="en",
        licence=entry.licence,
        provenance=entry.citation,
        gold={
            "frames": Annotation(units, "article", FRAMES, np.array(scores), "narrative-framing annotators")
        },
    )


_LOADERS: dict[str, Callable[[Entry, tuple[str, ...] | None], Corpus]] = {
    "basil": load_basil,
    "newsmtsc": _load_newsmtsc,
    "narrative-frames": _load_narrative_frames,
    "neus": load_neus,
    "superpal": load_superpal,
    "msrp": load_msrp,
    "ecbplus": load_ecbplus,
    "ecbplus-validated": load_validated,
    "polnear": load_polnear,
    "crossner-politics": load_names,
    "wnut17": load_names,
    "wikigold": load_names,
    "semeval2016-stance": load_debates,
    "gvfc": load_gun_frames,
    "directed-sentiment": load_directed,
}
