"""A trained reader of attributions: it marks contents, cues and sources in paragraphs and joins them into quotes."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from crossframe.attributing.quotes.cue_links import LABELS, N_LINK_FEATURES, Attribution, Links, Part
from crossframe.attributing.quotes.quote_features import N_FEATURES, look_at_paragraphs, paragraphs_of
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.errors import InputError, UnknownNameError
from crossframe.learning.model_files import ModelFiles, check_config, read_model
from crossframe.learning.tagging.tagger import Tagger, load_tagger
from crossframe.records import Article


class QuoteModel:
    """Reads attributions by a trained tagger.

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
        return f"QuoteModel({self.name!r})"

    @property
    def hash(self) -> str:
        """Hash over weights and configuration."""
        return self.files.hash

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger, on the encoder that it was fitted on."""
        return load_tagger(self.files, LABELS, "quote model")

    @cached_property
    def links(self) -> Links:
        """What joins the parts."""
        return Links.from_arrays(self.files.arrays)

    def mark(self, articles: Sequence[Article]) -> dict[str, list[Attribution]]:
        """Return the quotes of each article by its id, in order; offsets count characters of the document."""
        return join_parts(self.links, articles, mark_parts(self.tagger, articles))


def mark_parts(tagger: Tagger, articles: Sequence[Article]) -> list[list[list[Part]]]:
    """Return the parts in each paragraph of each article; offsets count characters of the paragraph."""
    looks = [look_at_paragraphs(one, paragraphs_of(one), pair_marks(one.document)) for one in articles]
    found = iter(tagger.tag([words for each in looks for words in each]))
    return [
        [
            [
                Part(int(words.start[span.first]), int(words.end[span.end - 1]), span.label)
                for span in next(found)
            ]
            for words in each
        ]
        for each in looks
    ]


def join_parts(
    links: Links, articles: Sequence[Article], parts: Sequence[Sequence[Sequence[Part]]]
) -> dict[str, list[Attribution]]:
    """Return the quotes of each article by its id, with offsets in the document, from the parts of its paragraphs."""
    made: dict[str, list[Attribution]] = {}
    for article, each in zip(articles, parts, strict=True):
        made[article.id] = [
            _shift(quote, paragraph.start)
            for paragraph, told in zip(paragraphs_of(article), each, strict=True)
            for quote in links.join(article.document[paragraph.start : paragraph.end], told)
        ]
    return made


def _shift(quote: Attribution, by: int) -> Attribution:
    def moved(part: Part) -> Part:
        return Part(part.start + by, part.end + by, part.label)

    return Attribution(
        tuple(moved(part) for part in quote.contents),
        moved(quote.cue) if quote.cue else None,
        moved(quote.source) if quote.source else None,
    )


def load_quote_model(folder: str) -> QuoteModel:
    """Return the reader of attributions in a folder that ``crossframe train quotes`` wrote.

    Raises
    ------
    UnknownNameError
        When there is no such folder.
    InputError
        When the folder is damaged or holds a model of another kind.
    """
    if not (Path(folder) / "config.json").is_file():
        raise UnknownNameError(
            f"Unknown quote model {folder!r}. It must be a folder that `crossframe train quotes` wrote."
        )
    files = read_model(folder, "quotes")
    links = [files.arrays.get(f"links.{name}.mean", np.zeros(0)).shape for name in ("cues", "sources")]
    told = (tuple(files.config.get("labels", ())), files.config.get("n_features"))
    if told != (LABELS, N_FEATURES) or links != [(N_LINK_FEATURES,)] * 2:
        raise InputError(
            f"Invalid quote model {str(files.folder)!r}. It was trained by another version; train it again."
        )
    return QuoteModel(files)
