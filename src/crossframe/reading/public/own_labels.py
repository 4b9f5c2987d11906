"""Our own standoff labels of stance over public corpora: they lie with the data card and name places in texts, no text."""

from dataclasses import replace
from pathlib import Path

from crossframe import storage
from crossframe._validation import check_choice
from crossframe.errors import InputError
from crossframe.reading.corpus.gold import read_tsv
from crossframe.records import STANCES, Annotation, Corpus
from crossframe.text import slug

SOURCE = "language models"
"""Who labelled: told wherever the labels are."""
_COLUMNS = ("article", "sentence", "start", "end", "label")


def add_own_stance(corpus: Corpus, path: Path | None = None) -> Corpus:
    """Return a public corpus with gold ``stance`` of those of its articles that we labelled, where there are any.

    Parameters
    ----------
    corpus : Corpus
        As upstream has it.
    path : Path, optional
        Tab-separated, without quoting: article, sentence, start and end (characters of the document), label. None takes
        the table beside the corpus's data card; where there is none the corpus stays as it is.

    Raises
    ------
    InputError
        When a label is none of a stance, or a span lies outside its document.
    """
    path = path or storage.corpora_folder() / corpus.name / "gold" / "stance" / "labels.tsv"
    if not path.is_file():
        return corpus
    documents = {article.id: article.document for article in corpus.articles}
    units, labels = [], []
    for where, row in read_tsv(path, _COLUMNS):
        if row["article"] not in documents:
            continue
        try:
            sentence, start, end = (int(row[name]) for name in ("sentence", "start", "end"))
        except ValueError:
            raise InputError(f"{where}: sentence, start and end must be whole numbers.") from None
        document = documents[row["article"]]
        if not 0 <= start < end <= len(document):
            raise InputError(
                f"{where}: Invalid span ({start}, {end}). It must lie within the {len(document)} characters of article "
                f"{row['article']!r}."
            )
        check_choice(row["label"], f"{where}: label", STANCES)
        actor = slug(document[start:end])
        units.append(
            {"article": row["article"], "sentence": sentence, "start": start, "end": end, "actor": actor}
        )
        labels.append(STANCES.index(row["label"]))
    if not units:
        return corpus
    stance = Annotation.of_choices(units, "span", STANCES, labels, SOURCE)
    return replace(corpus, gold={**corpus.gold, "stance": stance})
