"""Loading of public corpora: counts, our own stance labels read beside any corpus, loaders of a user's own."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import SOURCE, add_stance_labels, load_entry
from crossframe.reading.public.parsing import CorpusFiles, sentence_article
from crossframe.reading.public.registry import Entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import STANCES, Annotation, Article, Corpus

MakeEntry = Callable[..., Entry]
CORPUS = Corpus("mine", (Article("a", "e", "o", "", "The mayor lied. Ann won."),))
HEAD = "article\tstart\tend\tlabel"


def test_counts(make_entry: MakeEntry) -> None:
    """A split with another number of articles than the registry states is refused; splits not loaded are not counted."""
    text = '{"sentence_normalized": "A won.", "primary_gid": "allsides_1_2_3_A_0_1", "targets": []}\n'
    for expected in (1, 2):
        counts = {"train": {"articles": expected, "stance": 0}, "rw": {"articles": 9}}
        entry = make_entry("newsmtsc", {"train": {"x": text}}, counts=counts)
        if expected == 1:
            assert len(load_entry(entry, ["train"])) == 1
        else:
            with pytest.raises(InputError, match=r"number of articles 1 in split 'train'.*says 2"):
                load_entry(entry, ["train"])


def load_lines(files: CorpusFiles) -> Corpus:
    """Return a corpus of one article per line: the smallest loader."""
    return files.make_corpus(
        [
            sentence_article(f"{split}-{number}", line, split)
            for split in files.choose("train")
            for number, line in enumerate(files.lines(split))
        ]
    )


def test_a_loader_of_ones_own(make_entry: MakeEntry, tmp_path: Path) -> None:
    """A folder with a registry entry and a function that makes a corpus of its files are enough."""
    entry = make_entry("mine", {"train": {"train.txt": "A won.\nB lost.\n"}, "dev": {"dev.txt": "C.\n"}})
    rows = (
        "name",
        "title",
        "owner",
        "repository",
        "commit",
        "language",
        "licence",
        "redistribution",
        "citation",
    )
    lines = [f"{key} = {getattr(entry, key)!r}" for key in rows] + ["bibtex = ''", "[splits]"]
    lines += [f"{split} = {list(paths)!r}" for split, paths in entry.splits.items()] + [
        "[counts]",
        "train = { articles = 2 }",
    ]
    (tmp_path / "registry.toml").write_text("\n".join(lines), encoding="utf-8")
    hashes = "".join(f"{digest}  {path}\n" for path, digest in entry.files.items())
    (tmp_path / "files.sha256").write_text(hashes, encoding="utf-8")
    for folder in (tmp_path, str(tmp_path)):
        corpus = read_corpus(folder, loader=load_lines)
        assert [(a.id, a.text, a.split) for a in corpus.articles] == [
            ("train-0", "A won.", "train"),
            ("train-1", "B lost.", "train"),
        ]
    assert [a.text for a in read_corpus(tmp_path, splits=["dev"], loader=load_lines).articles] == ["C."]
    assert corpus.licence == "free"
    with pytest.raises(UnknownNameError, match=r"crossframe\.reading\.public\.mine"):
        load_entry(entry)


def table(tmp_path: Path, *rows: str) -> Path:
    """Return a table of labels."""
    path = tmp_path / "stance.tsv"
    path.write_text("\n".join([HEAD, *(row.replace(" ", "\t") for row in rows)]) + "\n", encoding="utf-8")
    return path


def test_labels_become_gold(tmp_path: Path) -> None:
    """Labels of articles that are loaded become gold stance; of others they are ignored; the rest stays."""
    path = table(tmp_path, "a 4 9 negative", "b 0 3 neutral", "a 16 19 positive")
    gold = add_stance_labels(CORPUS, path).gold["stance"]
    assert isinstance(gold, Annotation)
    assert gold.source == SOURCE
    assert list(gold.units.actor) == ["mayor", "ann"]
    assert [STANCES[i] for i in gold.scores.argmax(axis=1)] == ["negative", "positive"]
    assert add_stance_labels(CORPUS, table(tmp_path, "b 0 3 neutral")) is CORPUS
    assert add_stance_labels(CORPUS, tmp_path / "none.tsv") is CORPUS


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a 4 99 negative", r"line 2: Invalid span \(4, 99\)"),
        ("a 4 9 bad", "negative, neutral, positive"),
        ("a four 9 neutral", "line 2: .*whole numbers"),
    ],
)
def test_rows_that_break_a_rule(tmp_path: Path, row: str, said: str) -> None:
    """A wrong row is named with its line."""
    with pytest.raises(CrossframeError, match=said):
        add_stance_labels(CORPUS, table(tmp_path, row))


@pytest.mark.mirror
@pytest.mark.parametrize("name", ["narrative-frames", "gvfc"])
def test_shipped_labels_are_in_their_sentences(name: str) -> None:
    """Every shipped label marks a name within one sentence, once."""
    corpus = read_corpus(name)
    gold = corpus.gold["stance"]
    assert isinstance(gold, Annotation)
    sentences = split_sentences(corpus.articles)
    places = set()
    for unit in gold.units.rows():
        row = sentences.row(unit["article"], unit["sentence"])
        assert sentences.start[row] <= unit["start"] < unit["end"] <= sentences.end[row]
        places.add((unit["article"], unit["start"], unit["end"]))
    assert len(places) == len(gold)
    assert np.all(gold.scores.sum(axis=0) > 10)
