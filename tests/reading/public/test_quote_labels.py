"""Reference labels of quotes as a corpus: readings of invented tables, and the passages that are registered."""

from pathlib import Path

import pytest

from crossframe import read_corpus, storage
from crossframe.errors import InputError
from crossframe.reading.public import quote_labels
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.quote_labels import PILOT, LabelledQuote, load, read_invented, read_passages
from crossframe.reading.public.registry import Entry

TEXT = 'Mud.\n\nDoe said it rained. "No," she said. "It snowed." — Roe'
ITEMS = (
    "id\tcorpus\tarticle\tstart\tend\tsplit\nq1\tinvented\tv1\t6\t60\ttrain\nq2\tinvented\tv2\t0\t4\tpilot\n"
)
QUOTES = "speech 15-24 10-14 6-9; post 26-31,42-54 - 57-60"


def write(folder: Path, readings: str) -> Path:
    """Write both tables to a folder and return it."""
    (folder / "items.tsv").write_text(ITEMS, encoding="utf-8")
    (folder / "readings.tsv").write_text(f"id\treader\tquotes\n{readings}", encoding="utf-8")
    return folder


def test_readings_are_of_their_passages(tmp_path: Path) -> None:
    """Quotes are read with manner, fragments, cue and source; a reading without quotes is a reading; readers in order."""
    first, second = read_passages(write(tmp_path, f"q1\treader-02\t\nq1\treader-01\t{QUOTES}\n"))
    quotes = (
        LabelledQuote("speech", ((15, 24),), (10, 14), (6, 9)),
        LabelledQuote("post", ((26, 31), (42, 54)), None, (57, 60)),
    )
    assert first.readings == (("reader-01", quotes), ("reader-02", ()))
    assert (second.split, second.readings) == (PILOT, ())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("q9\tr\t", "Unknown passage 'q9'"),
        ("q1\tr\tshout 15-24 - -", "Invalid quote 'shout 15-24 - -'"),
        ("q1\tr\tspeech 15-24 -", "Invalid quote 'speech 15-24 -'"),
        ("q1\tr\tspeech - 10-14 -", "Invalid quote"),
        ("q1\tr\tspeech 15-24,10-14, - -", "Invalid quote"),
        ("q1\tr\tspeech 15-61 - -", "Invalid offsets 15-61"),
        ("q1\tr\tspeech 15-24 0-4 -", "Invalid offsets 0-4"),
        ("q1\tr\tspeech 15-24 14-10 -", "Invalid offsets 14-10"),
    ],
)
def test_bad_readings(tmp_path: Path, row: str, message: str) -> None:
    """Unknown passages, other manners, parts that lack and offsets outside of the passage are refused."""
    with pytest.raises(InputError, match=message):
        read_passages(write(tmp_path, f"{row}\n"))


def test_gold_is_the_first_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passage is an article with its own offsets; a post is direct, marks tell of speech; pilots are left out."""
    folder = tmp_path / "quote-labels"
    folder.mkdir()
    write(folder, f"q1\treader-01\t{QUOTES}\nq1\treader-02\tspeech 6-9 - -\nq2\treader-01\tspeech 0-3 - -\n")
    monkeypatch.setattr(storage, "corpora_folder", lambda: tmp_path)
    monkeypatch.setattr(quote_labels, "DEMOS", ())
    rows = [
        f'{{"id": "{id}", "title": "Mud.", "text": "{text}"}}' for id, text in (("v1", "?"), ("v2", "Wet."))
    ]
    body = TEXT.partition("\n\n")[2].replace('"', '\\"')
    (folder / "invented.jsonl").write_text("\n".join(rows).replace("?", body), encoding="utf-8")
    entry = Entry("quote-labels", "", "", "", "", "en", "free", "", "", splits={"train": (), "dev": ()})
    corpus = load(CorpusFiles(entry))
    (article,) = corpus.articles
    assert (article.id, article.event, article.split) == ("invented.v1", "invented.v1", "train")
    assert (article.title, article.document) == ("", TEXT[6:])
    found = {
        name: [
            (article.document[row["start"] : row["end"]], row["quote"], row["kind"])
            for row in corpus.gold[name].rows()
        ]  # type: ignore[union-attr]
        for name in ("quotes", "cues", "sources")
    }
    assert found == {
        "quotes": [
            ("it rained", "q01", "indirect"),
            ('"No,"', "q02", "direct"),
            ('"It snowed."', "q02", "direct"),
        ],
        "cues": [("said", "q01", "indirect")],
        "sources": [("Doe", "q01", "indirect"), ("Roe", "q02", "direct")],
    }


def test_invented_texts_are_short_articles() -> None:
    """Each has a headline, 80 to 200 words and an id of its own, and no two are alike."""
    articles = read_invented()
    assert len({article.id for article in articles}) == len({article.text for article in articles}) > 60
    assert all(article.title and 80 <= len(article.document.split()) <= 200 for article in articles)


def test_passages_are_apart_by_article_and_split() -> None:
    """An article has one passage; PolNeAR is the pilot alone, and the demo corpora are not trained on."""
    passages = read_passages()
    assert len({(one.corpus, one.article) for one in passages}) == len(passages)
    assert {one.corpus for one in passages if one.split == PILOT} == {"polnear"}
    assert {one.split for one in passages if one.corpus in quote_labels.DEMOS} == {"dev"}
    assert {one.split for one in passages if one.corpus != "polnear"} == {"train", "dev"}


@pytest.mark.mirror
@pytest.mark.slow
def test_real_labels(mirror: Path) -> None:
    """No event is in two splits; contents do not overlap, and begin and end with what is no blank; words are of their spans."""
    corpus = read_corpus("quote-labels")
    split_of: dict[str, set[str | None]] = {}
    for article in corpus.articles:
        split_of.setdefault(article.event, set()).add(article.split)
    assert all(len(splits) == 1 for splits in split_of.values())
    documents = {article.id: article.document for article in corpus.articles}
    assert {id.split(".")[0] for id in documents} == {
        "ecbplus",
        "georgia-2008",
        "invented",
        "mill-street",
        "neus",
    }
    taken: dict[str, set[int]] = {}
    for name, column in (("quotes", ""), ("cues", "cue"), ("sources", "speaker_text")):
        for row in corpus.gold[name].rows():  # type: ignore[union-attr]
            words = documents[row["article"]][row["start"] : row["end"]]
            assert words == words.strip() != ""
            if column:
                assert " ".join(words.split()) == row[column]
            else:
                places = set(range(row["start"], row["end"]))
                assert not places & taken.setdefault(row["article"], set())
                taken[row["article"]] |= places


def test_readings_are_of_readers_known_to_the_card() -> None:
    """Every passage has a first reading; of each draw some have a second by a reader of its own, none of the pilot."""
    passages = read_passages()
    draws = {
        "reader-05": (passages[:702], {f"reader-0{n}" for n in range(1, 5)}, 112),
        "reader-10": (passages[702:], {f"reader-0{n}" for n in range(6, 10)}, 120),
    }
    for second, (drawn, first, n_twice) in draws.items():
        readers = [tuple(name for name, _ in one.readings) for one in drawn]
        assert {names[0] for names in readers} == first
        assert {names[1:] for names in readers} == {(), (second,)}
        assert sum(len(names) == 2 for names in readers) == n_twice
    assert all(len(one.readings) == 1 for one in passages if one.split == PILOT)
    assert {one.split for one in passages[702:]} == {"train"}
