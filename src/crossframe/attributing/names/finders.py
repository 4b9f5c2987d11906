"""Name finders: anything that marks names in sentences; the shipped tagger, a trained one, rules, or a spaCy pipeline."""

import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from crossframe._validation import shorten
from crossframe.attributing.names.compounds import join_compounds
from crossframe.attributing.names.from_spans import MarkedName, spans_of_names
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.names.word_features import describe_words
from crossframe.errors import InputError, MissingPackageError, UnknownNameError
from crossframe.learning.model_files import ModelFiles, check_config, hash_arrays, read_model
from crossframe.learning.tagging.tagger import Tagger, load_tagger
from crossframe.records import NameSpans, Sentences

DEFAULT = "actors-news"
RULES = "rules"
SPACY = "spacy:"
"""Beginning of a finder's name that asks for a spaCy pipeline: ``spacy:en_core_web_sm``."""
KINDS = ("organisation", "party", "person", "place")
"""What a trained finder marks; groups and offices, which no corpus has, come from word lists."""
_SPACY_KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
}


@runtime_checkable
class NameFinder(Protocol):
    """Anything that marks names in the sentences of one event.

    An object may also have ``hash`` (str), which run.json then records.

    Attributes
    ----------
    name : str
        What run.json calls it.

    Examples
    --------
    >>> import re
    >>> from crossframe.records import Article
    >>> class CapitalPairs:
    ...     name = "capital-pairs"
    ...
    ...     def find(self, sentences):
    ...         return NameSpans.from_rows(
    ...             {"article": article.id, "start": match.start(), "end": match.end(), "kind": "person"}
    ...             for article in sentences.articles
    ...             for match in re.finditer(r"[A-Z][a-z]+ [A-Z][a-z]+", article.document))
    >>> article = Article("a", "e", "o", "", "We met Jane Doe.")
    >>> names = load_name_finder(CapitalPairs()).find(Sentences((article,), [0], [1], [0], [16]))
    >>> names.start.tolist(), names.kind
    ([7], ('person',))
    """

    name: str

    def find(self, sentences: Sentences) -> NameSpans:
        """Return the names in `sentences`: offsets in characters of each article's document, and kinds.

        Titles, the words around a name, groups and offices need not be marked: rules add them afterwards
        (`describe_names`).
        """


class RuleNameFinder:
    """Names by rules on capitals and word lists alone (`spot_names`); needs no weights."""

    name = RULES

    def __repr__(self) -> str:
        return "RuleNameFinder()"

    @property
    def hash(self) -> str:
        """Hash of the package's version, which has the rules and word lists."""
        return hash_arrays(f"rules {metadata.version('crossframe')}", {})

    def find(self, sentences: Sentences) -> NameSpans:
        """Return the names in `sentences`, in order."""
        return spans_of_names(join_compounds(sentences, spot_names(sentences)))


class TrainedNameFinder:
    """Names by a trained tagger.

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
        return f"TrainedNameFinder({self.name!r})"

    @property
    def hash(self) -> str:
        """Hash over weights and configuration."""
        return self.files.hash

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger, on the encoder that it was fitted on."""
        return load_tagger(self.files, tuple(self.files.config["labels"]), "name finder")

    def find(self, sentences: Sentences) -> NameSpans:
        """Return the names in `sentences`, in order."""
        return _in_documents(sentences, self.tag_texts(sentences.text))

    def tag_texts(self, texts: Sequence[str]) -> list[list[MarkedName]]:
        """Return the names in each text, offsets in its characters."""
        words = [describe_words(text)[0] for text in texts]
        return [
            [
                MarkedName(
                    int(one.start[span.first]), int(one.end[span.end - 1]), span.label, span.probability
                )
                for span in spans
            ]
            for one, spans in zip(words, self.tagger.tag(words), strict=True)
        ]


class SpacyNameFinder:
    """Names by a spaCy pipeline that the user has installed.

    Parameters
    ----------
    pipeline : str
        Name or folder; its entities must have the labels of spaCy's English or multi-language pipelines.
    """

    def __init__(self, pipeline: str) -> None:
        self.pipeline = pipeline
        self.name = SPACY + pipeline

    def __repr__(self) -> str:
        return f"SpacyNameFinder({self.pipeline!r})"

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded pipeline out: whoever unpickles the finder loads it again."""
        return {name: value for name, value in self.__dict__.items() if name != "nlp"}

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
                f"Missing package 'spacy' for name finder {self.name!r}. Install it: pip install 'crossframe[spacy]' "
                f"&& python -m spacy download {self.pipeline}."
            ) from None
        try:
            return spacy.load(self.pipeline)
        except (OSError, ValueError):
            raise UnknownNameError(
                f"Unknown spaCy pipeline {self.pipeline!r}. Install it: python -m spacy download {self.pipeline}."
            ) from None

    def find(self, sentences: Sentences) -> NameSpans:
        """Return the names in `sentences`, in order."""
        return _in_documents(
            sentences,
            [
                [
                    MarkedName(entity.start_char, entity.end_char, _SPACY_KINDS[entity.label_])
                    for entity in document.ents
                    if entity.label_ in _SPACY_KINDS
                ]
                for document in self.nlp.pipe(sentences.text)
            ],
        )


def _in_documents(sentences: Sentences, marked: Sequence[Sequence[MarkedName]]) -> NameSpans:
    """Return what is marked in each sentence, offsets in characters of the document."""
    return NameSpans.from_rows(
        {
            "article": sentences.article_of(row).id,
            "start": offset + one.start,
            "end": offset + one.end,
            "kind": one.kind,
            "probability": one.probability,
        }
        for row, (offset, names) in enumerate(zip(sentences.start.tolist(), marked, strict=True))
        for one in names
    )


def load_name_finder(finder: str | Path | NameFinder | None = None) -> NameFinder:
    """Return a name finder by name or folder; an object is returned as it is. Weights are loaded on first use.

    Parameters
    ----------
    finder : str, Path or NameFinder, optional
        None or ``actors-news`` (shipped), ``rules`` (needs no weights), a folder that ``crossframe train actors``
        wrote, ``spacy:PIPELINE``, a spaCy pipeline that is installed, or any object with ``name`` and ``find``.

    Returns
    -------
    NameFinder
        Ready to find.

    Raises
    ------
    UnknownNameError
        When there is no such finder.
    InputError
        When the folder is damaged or holds a model of another kind, or the object is no name finder.

    Examples
    --------
    >>> load_name_finder("rules").name
    'rules'
    """
    if not isinstance(finder, str | Path | None):
        if isinstance(finder, type) or not isinstance(finder, NameFinder):
            raise InputError(
                f"Invalid name finder {shorten(finder)}. It must be a name, a folder, or an object with `name` and "
                "`find(sentences)`, which returns NameSpans."
            )
        return finder
    name = DEFAULT if finder is None else str(finder)
    if name == RULES:
        return RuleNameFinder()
    if name.startswith(SPACY):
        return SpacyNameFinder(name.removeprefix(SPACY))
    files = read_model(name, "actors", also=(RULES, f"{SPACY}PIPELINE"))
    if not set(files.config.get("labels", ())) <= set(KINDS):
        raise InputError(
            f"Invalid labels {files.config.get('labels')!r} of name finder {str(files.folder)!r}. "
            f"They must be among {', '.join(KINDS)}."
        )
    return TrainedNameFinder(files)
