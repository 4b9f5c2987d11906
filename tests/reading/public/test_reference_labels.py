"""The reference labels as a corpus: gold of invented readings, and texts and labels of the real ones."""

from pathlib import Path

import pytest

from crossframe import storage
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.reference_labels import (
    INVENTED,
    REFERENCE,
    make_gold,
    read_invented,
    read_labelled_items,
)
from crossframe.reading.public.reference_readings import Item, Reading, read_items
from crossframe.reading.text.split import split_sentences
from crossframe.records import AUTHOR, Annotation, Article

TEXT = "It rained. Oslo blamed Rome."
ROME, OSLO, SENTENCE = (23, 27), (11, 15), (11, 28)


def mention(*readings: Reading) -> Item:
    """Return Rome as it was read, with Oslo as the possible holder."""
    return Item("r1", "neus", "neus.a", SENTENCE, ROME, readings=readings, holders=(OSLO,))


def gold_of(*readings: Reading) -> dict[str, list[tuple[str, str]]]:
    """Return voice and label of every row of gold by its name."""
    sentences = split_sentences([Article("neus.a", "neus.e", "o", "", TEXT)])
    gold = make_gold([mention(*readings)], sentences)
    for annotation in gold.values():
        for unit in annotation.units.rows():
            assert (unit["article"], unit["sentence"], unit["start"], unit["end"]) == ("neus.a", 2, *ROME)
            assert unit["actor"] == "rome"
    return {
        name: [
            (voice, one.labels[row])
            for voice, row in zip(one.units.voice, one.scores.argmax(axis=1), strict=True)
        ]
        for name, one in gold.items()
    }


BLAMED = Reading("negative", "quoted", "neutral", {OSLO: "oppose"})


@pytest.mark.parametrize(
    ("readings", "portrayal", "stance"),
    [
        ([BLAMED], [("quoted", "negative")], [(AUTHOR, "neutral"), ("Oslo", "negative")]),
        (
            [BLAMED, Reading("negative", "outlet", "support", {OSLO: "support"})],
            [("", "negative")],
            [],
        ),
        ([Reading("unclear", "outlet", "support")], [], [(AUTHOR, "positive"), ("Oslo", "neutral")]),
        ([Reading("mixed", "outlet", "mixed")], [], [("Oslo", "neutral")]),
        ([Reading("no-mention")], [], []),
        ([BLAMED, Reading("no-mention")], [], []),
    ],
    ids=["one", "two part", "unclear", "mixed", "no mention", "perhaps no mention"],
)
def test_gold(
    readings: list[Reading], portrayal: list[tuple[str, str]], stance: list[tuple[str, str]]
) -> None:
    """What readers agree on is gold: portrayal with its speaker, stance of the author and of each possible holder."""
    assert gold_of(*readings) == {"portrayal": portrayal, "stance": stance}


@pytest.mark.mirror
@pytest.mark.slow
def test_real_labels(mirror: Path) -> None:
    """Marked words stand in the sentences that were read; no event is in two splits; every mention's author is judged."""
    corpus = read_corpus("reference-labels")
    split_of: dict[str, set[str | None]] = {}
    for article in corpus.articles:
        split_of.setdefault(article.event, set()).add(article.split)
    assert all(len(splits) == 1 for splits in split_of.values())
    assert "ecbplus.1" in split_of
    sentences = split_sentences(corpus.articles)
    items = read_labelled_items(corpus.articles)
    as_split = 0
    for item in items:
        row = sentences.locate(item.article, item.target[0])
        as_split += (sentences.start[row], sentences.end[row]) == item.sentence
        assert item.sentence[0] <= item.target[0] < item.target[1] <= item.sentence[1]
        assert all(item.sentence[0] <= start < end <= item.sentence[1] for start, end in item.holders)
    assert as_split > 0.99 * len(items)  # read in the sentences of the splitter as it was
    portrayal, stance = corpus.gold["portrayal"], corpus.gold["stance"]
    assert isinstance(portrayal, Annotation)
    assert isinstance(stance, Annotation)
    assert set(portrayal.units.voice) == {"outlet", "quoted", "mixed", ""}
    labelled = {item.id for item in items if item.portrayal in portrayal.labels}
    assert len(portrayal) == len(labelled)
    assert 0.9 * len(portrayal) < stance.units.voice.count(AUTHOR) < len(items)


@pytest.mark.mirror
@pytest.mark.slow
def test_a_split_is_read_alone(mirror: Path) -> None:
    """Articles and gold are those of the splits that are asked for."""
    corpus = read_corpus("reference-labels", splits=("dev",))
    assert {article.split for article in corpus.articles} == {"dev"}
    ids = {article.id for article in corpus.articles}
    for gold in corpus.gold.values():
        assert isinstance(gold, Annotation)
        assert set(gold.units.article) <= ids
    assert {id.split(".")[0] for id in ids} == {"ecbplus", "gvfc", "narrative-frames", "neus"}


def test_invented_sentences_are_articles_of_train() -> None:
    """Each is an article and an event of its own, every marked word stands in it, none is held out, and no two are alike."""
    invented = {article.id: article for article in read_invented()}
    items = [item for item in read_items(storage.corpora_folder() / REFERENCE) if item.corpus == INVENTED]
    assert {item.article for item in items} == set(invented)
    assert {item.split for item in items} == {"train"}
    assert len({article.text.casefold() for article in invented.values()}) == len(invented) > 1500
    for item in items:
        start, end = item.target
        assert (
            invented[item.article].document[start:end].strip()
            == invented[item.article].document[start:end]
            != ""
        )
