"""Quote readers: anything that marks quotes in sentences, and the trained one, which tags contents, cues and sources."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from crossframe._validation import shorten
from crossframe.attributing.quotes.cue_links import N_LINK_FEATURES, Attribution, Links, Part
from crossframe.attributing.quotes.quote_features import N_QUOTE_FEATURES, describe_paragraphs, paragraphs_of
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.errors import InputError
from crossframe.learning.model_files import ModelFiles, check_config, read_model
from crossframe.learning.tagging.tagger import Tagger, load_tagger
from crossframe.records import QUOTE_PARTS, Article, Sentences, Spans

QUOTES_NEWS = "quotes-news"
"""Name of the reader that is shipped, which comparisons use."""
RULES = "rules"
"""Name of quotes by rules, which need no model."""


@runtime_checkable
class QuoteReader(Protocol):
    """Anything that marks quotes in the sentences of one event.

    An object may also have ``hash`` (str), which run.json then records.

    Attributes
    ----------
    name : str
        What run.json calls it.

    Examples
    --------
    >>> import re
    >>> from crossframe.records import Article
    >>> class SaidThat:
    ...     name = "said-that"
    ...
    ...     def find(self, sentences):
    ...         return Spans.from_rows(
    ...             {"article": article.id, "quote": f"q{number}", "kind": "indirect", "cue": "said",
    ...              "start": match.start(2), "end": match.end(2), "speaker_text": match.group(1)}
    ...             for article in sentences.articles
    ...             for number, match in enumerate(re.finditer(r"(\\w+) said that ([^.]*)", article.document)))
    >>> article = Article("a", "e", "o", "", "Doe said that it rained.")
    >>> quotes = load_quote_reader(SaidThat()).find(Sentences((article,), [0], [1], [0], [24]))
    >>> article.document[quotes.start[0] : quotes.end[0]], quotes.speaker_text
    ('it rained', ('Doe',))
    """

    name: str

    def find(self, sentences: Sentences) -> Spans:
        """Return the quotes in `sentences`, offsets in characters of each article's document.

        A row is a fragment of a quote; the fragments of one quote share a ``quote`` id. ``kind`` is direct, indirect,
        mixed, or ``content``, which leaves it to the quotation marks. ``cue`` and ``speaker_text`` are the words of cue
        and source as they stand there; `find_quotes` looks for the source nearest to the quote, and resolves it to an
        actor. A reader that knows the places adds rows of kind ``cue`` and ``source`` with the ``quote`` id.
        """


class TrainedQuoteReader:
    """Quotes by a trained tagger of contents, cues and sources, and two regressions that link them.

    Parameters
    ----------
    files : ModelFiles
        Of kind quotes.
    """

    def __init__(self, files: ModelFiles) -> None:
        check_config(files, {"base": str, "base_fingerprint": str, "precision": str}, {})
        self.files = files
        self.name = str(files.config["name"])

    def __repr__(self) -> str:
        return f"TrainedQuoteReader({self.name!r})"

    @property
    def hash(self) -> str:
        """Hash over weights and configuration."""
        return self.files.hash

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger, on the encoder that it was fitted on."""
        return load_tagger(self.files, QUOTE_PARTS, "quote reader")

    @cached_property
    def links(self) -> Links:
        """What links contents with cues, and cues with sources."""
        return Links.from_arrays(self.files.arrays)

    def find(self, sentences: Sentences) -> Spans:
        """Return the quotes in `sentences`; contents, cues and sources have a row each."""
        parts = tag_parts(self.tagger, sentences.articles)
        return Spans.concat(
            spans_of_quotes(article, link_parts(self.links, article, tagged))
            for article, tagged in zip(sentences.articles, parts, strict=True)
        )


def tag_parts(tagger: Tagger, articles: Sequence[Article]) -> list[list[list[Part]]]:
    """Return the parts in each paragraph of each article; offsets in characters of the paragraph."""
    words = [describe_paragraphs(one, paragraphs_of(one), pair_marks(one.document)) for one in articles]
    tagged = iter(tagger.tag([paragraph for paragraphs in words for paragraph in paragraphs]))
    return [
        [
            [
                Part(int(paragraph.start[span.first]), int(paragraph.end[span.end - 1]), span.label)
                for span in next(tagged)
            ]
            for paragraph in paragraphs
        ]
        for paragraphs in words
    ]


def link_parts(links: Links, article: Article, parts: Sequence[Sequence[Part]]) -> list[Attribution]:
    """Return the quotes of `article`, offsets in characters of its document, from the parts of its paragraphs."""
    return [
        quote.shifted(paragraph.start)
        for paragraph, tagged in zip(paragraphs_of(article), parts, strict=True)
        for quote in links.join(article.document[paragraph.start : paragraph.end], tagged)
    ]


def spans_of_quotes(article: Article, quotes: Sequence[Attribution]) -> Spans:
    """Return the parts of `quotes`, one row per part; their labels are the kinds."""
    return Spans.from_rows(
        {
            "article": article.id,
            "start": part.start,
            "end": part.end,
            "kind": part.label,
            "quote": f"q{number:02d}",
            "cue": _words(article, quote.cue),
            "speaker_text": _words(article, quote.source),
        }
        for number, quote in enumerate(quotes, 1)
        for part in (*quote.contents, quote.cue, quote.source)
        if part is not None
    )


def _words(article: Article, part: Part | None) -> str:
    return " ".join(article.document[part.start : part.end].split()) if part is not None else ""


def load_quote_reader(reader: str | Path | QuoteReader | None = None) -> QuoteReader | None:
    """Return a quote reader by name or folder; an object is returned as it is. Weights are loaded on first use.

    Parameters
    ----------
    reader : str, Path or QuoteReader, optional
        None or ``quotes-news`` (shipped), ``rules``, a folder that ``crossframe train quotes`` wrote, or any object with
        ``name`` and ``find``.

    Returns
    -------
    QuoteReader or None
        None for ``rules``: `find_quotes` then reads quotes by rules alone.

    Raises
    ------
    UnknownNameError
        When there is no such reader.
    InputError
        When the folder is damaged or holds a model of another kind, or the object is no quote reader.

    Examples
    --------
    >>> load_quote_reader("rules") is None
    True
    """
    if not isinstance(reader, str | Path | None):
        if isinstance(reader, type) or not isinstance(reader, QuoteReader):
            raise InputError(
                f"Invalid quote reader {shorten(reader)}. It must be a name, a folder, or an object with `name` and "
                "`find(sentences)`, which returns Spans."
            )
        return reader
    name = QUOTES_NEWS if reader is None else str(reader)
    if name == RULES:
        return None
    files = read_model(name, "quotes", also=(RULES,))
    links = [files.arrays.get(f"links.{name}.mean", np.zeros(0)).shape for name in ("cues", "sources")]
    version = (tuple(files.config.get("labels", ())), files.config.get("n_features"))
    if version != (QUOTE_PARTS, N_QUOTE_FEATURES) or links != [(N_LINK_FEATURES,)] * 2:
        raise InputError(
            f"Invalid quote reader {str(files.folder)!r}. It was trained by another version; train it again."
        )
    return TrainedQuoteReader(files)
