"""A public corpus loaded by the module of its name, with our own stance labels, its counts checked."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.errors import InputError, UnknownNameError
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.registry import Entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import STANCES, Alignment, Annotation, Corpus, Differences
from crossframe.text import slug

SOURCE = "language models"
"""Source of our own labels."""
_LABEL_COLUMNS = ("article", "start", "end", "label")
Loader = Callable[[CorpusFiles], Corpus]


def load_entry(entry: Entry, splits: Iterable[str] | None = None, *, loader: Loader | None = None) -> Corpus:
    """Return the public corpus of `entry` with its gold; files that are not in the cache are fetched first.

    Parameters
    ----------
    entry : Entry
        From the registry.
    splits : iterable of str, optional
        Only these; None takes all that a default load needs.
    loader : callable, optional
        Makes a Corpus of `CorpusFiles`; None takes ``load`` of the module that is called as the corpus.

    Returns
    -------
    Corpus
        Text exactly as upstream has it.

    Raises
    ------
    MissingDataError
        When a file cannot be fetched.
    InputError
        When the corpus does not hold as many articles and gold units as the registry states.
    UnknownNameError
        When there is no loader of that name.
    """
    load = loader or _find_loader(entry.name)
    corpus = load(CorpusFiles(entry, None if splits is None else tuple(splits)))
    if "stance" not in corpus.gold:
        corpus = add_stance_labels(corpus)
    check_counts(entry, corpus)
    return corpus


def _find_loader(name: str) -> Loader:
    module = f"crossframe.reading.public.{name.replace('-', '_')}"
    try:
        load: Loader | None = getattr(import_module(module), "load", None)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        load = None
    if load is None:
        raise UnknownNameError(
            f"Unknown loader of corpus {name!r}. It must be `load` of {module}, or given as loader."
        )
    return load


def check_counts(entry: Entry, corpus: Corpus) -> None:
    """Raise InputError when the number of articles, or of gold units, of a loaded split is not the one that `entry` states.

    Articles without a split are those of the only split of `entry`.
    """
    only = next(iter(entry.splits)) if len(entry.splits) == 1 else ""
    split_of = {article.id: article.split or only for article in corpus.articles}
    counted = {(split, "articles"): n for split, n in Counter(split_of.values()).items()}
    for name, gold in corpus.gold.items():
        if not isinstance(gold, Alignment):
            articles = (
                gold.units.article
                if isinstance(gold, Annotation)
                else gold.left_article
                if isinstance(gold, Differences)
                else gold.article
            )
            counted |= {
                (split, name): n for split, n in Counter(split_of[article] for article in articles).items()
            }
    for split, counts in entry.counts.items():
        for what, expected in counts.items():
            if (split, "articles") in counted and counted.get((split, what), 0) != expected:
                raise InputError(
                    f"Invalid number of {what} {counted.get((split, what), 0)!r} in split {split!r} of corpus "
                    f"{entry.name!r}. The registry says {expected}."
                )


def add_stance_labels(corpus: Corpus, path: Path | None = None) -> Corpus:
    """Return a public corpus with gold ``stance`` of those of its articles that we labelled, where there are any.

    Parameters
    ----------
    corpus : Corpus
        As upstream has it.
    path : Path, optional
        Tab-separated, without quoting: article, start and end (characters of the document), label. None takes the table
        beside the corpus's data card; without one the corpus is returned as it is.

    Raises
    ------
    InputError
        When a label is not a stance, or a span is outside its document.
    """
    path = path or storage.corpora_folder() / corpus.name / "gold" / "stance" / "labels.tsv"
    if not path.is_file():
        return corpus
    rows = read_tsv(path, _LABEL_COLUMNS)
    labelled = {row["article"] for _, row in rows}
    sentences = split_sentences(article for article in corpus.articles if article.id in labelled)
    documents = {article.id: article.document for article in sentences.articles}
    units, labels = [], []
    for where, row in rows:
        if row["article"] not in documents:
            continue
        try:
            start, end = (int(row[name]) for name in ("start", "end"))
        except ValueError:
            raise InputError(f"{where}: start and end must be whole numbers.") from None
        document = documents[row["article"]]
        if not 0 <= start < end <= len(document):
            raise InputError(
                f"{where}: Invalid span ({start}, {end}). It must be within the {len(document)} characters of article "
                f"{row['article']!r}."
            )
        check_choice(row["label"], f"{where}: label", STANCES)
        actor = slug(document[start:end])
        sentence = sentences.key(sentences.locate(row["article"], start))[1]
        units.append(
            {"article": row["article"], "sentence": sentence, "start": start, "end": end, "actor": actor}
        )
        labels.append(STANCES.index(row["label"]))
    if not units:
        return corpus
    stance = Annotation.of_choices(units, "span", STANCES, labels, SOURCE)
    return replace(corpus, gold={**corpus.gold, "stance": stance})
