"""Finders of names by name: the shipped tagger, a trained one, rules alone, or a spaCy pipeline of the user's."""

import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from typing import Any, Protocol

from crossframe.attributing.names.spotting import Name, spot_names
from crossframe.attributing.names.tagged_names import KINDS, Marked, name_marked
from crossframe.attributing.names.word_features import look_at
from crossframe.errors import InputError, MissingPackageError, UnknownNameError
from crossframe.learning.model_files import ModelFiles, check_config, hash_arrays, read_model
from crossframe.learning.tagging.tagger import Tagger, load_tagger
from crossframe.records import Sentences

DEFAULT = "actors-news"
RULES = "rules"
SPACY = "spacy:"
"""Beginning of a finder's name that asks for a spaCy pipeline: ``spacy:en_core_web_sm``."""
_SPACY_KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
}


class Finder(Protocol):
    """Anything that finds names in the sentences of one event.

    Attributes
    ----------
    name, hash : str
        For the reader of run.json.
    """

    name: str

    @property
    def hash(self) -> str:
        """What its names depend on."""

    def find(self, sentences: Sentences) -> list[Name]:
        """Return the names in `sentences`, in order."""


class RuleFinder:
    """Names by rules over capitals and word lists alone (`spot_names`): needs no weights."""

    name = RULES

    @property
    def hash(self) -> str:
        """Hash of the package's version, which has the rules and word lists."""
        return hash_arrays(f"rules {metadata.version('crossframe')}", {})

    def find(self, sentences: Sentences) -> list[Name]:
        """Return the names in `sentences`, in order."""
        return spot_names(sentences)


class TaggingFinder:
    """Names by a trained tagger; titles, surroundings, groups and offices by rules.

    Parameters
    ----------
    files : ModelFiles
        Of kind actors.
    """

    def __init__(self, files: ModelFiles) -> None:
        check_config(files, {"labels": list, "base": str, "base_fingerprint": str, "precision": str}, {})
        self.files = files
        self.name = str(files.config["name"])

    def __repr__(self) -> str:
        return f"TaggingFinder({self.name!r})"

    @property
    def hash(self) -> str:
        """Hash over weights and configuration."""
        return self.files.hash

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger, on the encoder that it was fitted on."""
        return load_tagger(self.files, tuple(self.files.config["labels"]), "finder")

    def find(self, sentences: Sentences) -> list[Name]:
        """Return the names in `sentences`, in order."""
        return name_marked(sentences, self.mark(sentences.text))

    def mark(self, texts: Sequence[str]) -> list[list[Marked]]:
        """Return the spans that the tagger marks in each text."""
        looks = [look_at(text)[0] for text in texts]
        return [
            [
                Marked(int(look.start[span.first]), int(look.end[span.end - 1]), span.label, span.probability)
                for span in spans
            ]
            for look, spans in zip(looks, self.tagger.tag(looks), strict=True)
        ]


class SpacyFinder:
    """Names by a spaCy pipeline that the user has installed; titles, surroundings, groups and offices by rules.

    Parameters
    ----------
    pipeline : str
        Name or folder; its entities must be called as those of spaCy's English or multi-language pipelines.
    """

    def __init__(self, pipeline: str) -> None:
        self.pipeline = pipeline
        self.name = SPACY + pipeline

    def __repr__(self) -> str:
        return f"SpacyFinder({self.pipeline!r})"

    @property
    def hash(self) -> str:
        """Hash of the pipeline's description of itself: name, versions, parts."""
        return hash_arrays(json.dumps(self.nlp.meta, sort_keys=True, default=str), {})

    @cached_property
    def nlp(self) -> Any:
        """The loaded pipeline."""
        try:
            import spacy
        except ImportError:
            raise MissingPackageError(
                f"Missing package 'spacy' for finder {self.name!r}. Install it: pip install 'crossframe[spacy]' "
                f"&& python -m spacy download {self.pipeline}."
            ) from None
        try:
            return spacy.load(self.pipeline)
        except (OSError, ValueError):
            raise UnknownNameError(
                f"Unknown spaCy pipeline {self.pipeline!r}. Install it: python -m spacy download {self.pipeline}."
            ) from None

    def find(self, sentences: Sentences) -> list[Name]:
        """Return the names in `sentences`, in order."""
        marked = [
            [
                Marked(entity.start_char, entity.end_char, _SPACY_KINDS[entity.label_])
                for entity in document.ents
                if entity.label_ in _SPACY_KINDS
            ]
            for document in self.nlp.pipe(sentences.text)
        ]
        return name_marked(sentences, marked)


def load_finder(name: str | None = None) -> Finder:
    """Return the finder of names called `name`; weights are loaded when it first finds.

    Parameters
    ----------
    name : str, optional
        None or ``actors-news`` (shipped), ``rules`` (needs no weights), a folder that ``crossframe train actors``
        wrote, or ``spacy:PIPELINE``, a spaCy pipeline that is installed.

    Returns
    -------
    Finder
        Ready to find.

    Raises
    ------
    UnknownNameError
        When there is no such finder.
    InputError
        When the folder is damaged or holds a model of another kind.

    Examples
    --------
    >>> load_finder("rules").name
    'rules'
    """
    name = name or DEFAULT
    if name == RULES:
        return RuleFinder()
    if name.startswith(SPACY):
        return SpacyFinder(name.removeprefix(SPACY))
    files = read_model(name, "actors")
    if not set(files.config.get("labels", ())) <= set(KINDS):
        raise InputError(
            f"Invalid labels {files.config.get('labels')!r} of finder {str(files.folder)!r}. "
            f"They must be among {', '.join(KINDS)}."
        )
    return TaggingFinder(files)
