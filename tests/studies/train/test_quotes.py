"""Training of taggers of attributions: what gold says about a paragraph's words, and a folder made by command."""

from dataclasses import replace
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.attributing.quotes.cue_links import Part
from crossframe.attributing.quotes.readers import load_quote_reader
from crossframe.errors import CrossframeError, InputError
from crossframe.learning.tagging.fitting import TAGGING_CONFIG
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.text.split import split_sentences
from crossframe.records import Article, Corpus, Spans
from crossframe.studies.compare.study import compare
from crossframe.studies.evaluate.tasks import evaluate
from crossframe.studies.train import quotes as room
from crossframe.studies.train.tasks import train

TEXT = "Doe said on Monday it rained,\nand that Roe said so. Doe said snow fell."


def corpus(**gold: Spans) -> Corpus:
    """Return a corpus of one article with that gold."""
    return Corpus("tiny", (Article("a", "e", "o", "", TEXT),), gold=gold)


def span(words: str, quote: str, nth: int = 0, **columns: str) -> dict[str, object]:
    """Return a row: where `words` stand in the text for the `nth` time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {
        "article": "a",
        "start": start,
        "end": start + len(words),
        "quote": quote,
        "kind": "indirect",
        **columns,
    }


def parts_of(made: Corpus) -> list[dict[tuple[str, str], set[str]]]:
    """Return for each paragraph the words of its parts and their labels, with the quotes they are of."""
    return [
        {(gold.text[part.start : part.end], part.label): set(quotes) for part, quotes in gold.parts.items()}
        for gold in room.read_paragraphs(made, made.articles)
    ]


def test_words_of_cues_and_speakers_are_found_beside_the_content() -> None:
    """Gold that names cue and speaker by their words: the nearest such words outside the content, in its paragraph."""
    rows = [
        span("it rained", "q1", cue="said", speaker_text="Doe"),
        span("snow fell", "q2", cue="said", speaker_text="Doe"),
        span("Roe", "q3", cue="claimed"),
    ]
    first, second = parts_of(corpus(quotes=Spans.from_rows(rows)))
    assert first == {("Doe", "source"): {"q1"}, ("said", "cue"): {"q1"}, ("it rained", "content"): {"q1"}}
    assert second == {
        ("Roe", "content"): {"q3"},
        ("Doe", "source"): {"q2"},
        ("said", "cue"): {"q2"},
        ("snow fell", "content"): {"q2"},
    }
    gold = room.read_paragraphs(corpus(quotes=Spans.from_rows(rows)), corpus().articles)[1]
    assert Part(26, 30, "cue") in gold.parts  # the second "said" of its line


def test_marked_cues_and_sources_are_taken() -> None:
    """Where gold marks them they are taken as they stand; contents over two paragraphs are a part of each."""
    quotes = Spans.from_rows([span("it rained,\nand that Roe said so", "q1", cue="said", speaker_text="Doe")])
    cues, sources = Spans.from_rows([span("said", "q1")]), Spans.from_rows([span("Doe", "q1")])
    first, second = parts_of(corpus(quotes=quotes, cues=cues, sources=sources))
    assert set(first) == {("Doe", "source"), ("said", "cue"), ("it rained,", "content")}
    assert set(second) == {("and that Roe said so", "content")}


def test_what_gold_does_not_mark_is_unlabelled() -> None:
    """Without any cue or speaker, words outside contents may be such; what overlaps an earlier part is left out."""
    quotes = Spans.from_rows([span("it rained", "q1"), span("rained", "q2"), span("snow fell", "q3")])
    gold = room.read_paragraphs(corpus(quotes=quotes), corpus().articles)
    assert gold[0].unlabelled == {"cue", "source"}
    assert [part.label for part in gold[0].parts] == ["content"]
    allowed = room.make_examples(gold)[0].allowed
    assert allowed[0].sum() == 9  # outside, or any state of a cue or of a source
    assert allowed[4].sum() == 1
    with pytest.raises(InputError, match="too few name cues"):
        room.fit_links(gold)


SAID = (
    ("The mayor of {} said that the {} was closed for good.", "the {} was closed for good", "said", "The mayor of {}"),
    ("“The {} is safe,” a miner from {} told reporters.", "“The {} is safe,”", "told", "a miner from {}"),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus folder of six events with gold quotes."""
    made = tmp_path_factory.mktemp("quotes") / "mine"
    storage.write_text(made / "corpus.toml", 'name = "mine"\nlanguage = "en"\n')
    rows = ["article\tquote\tstart\tend\tkind\tcue\tspeaker\tspeaker_text"]
    places, things = (
        ("Ash", "Birk", "Cole", "Dene", "Elm", "Firth"),
        ("pit", "road", "pass", "ferry", "mill", "mine"),
    )
    for number, (place, thing) in enumerate(zip(places, things, strict=True)):
        lines, quotes = [], []
        for sentence, content, cue, source in SAID:
            words = (place, thing) if source[4] == "m" else (thing, place)
            lines.append(sentence.format(*words))
            quotes.append((content.format(thing), cue, source.format(place)))
        article = Article(f"a{number}", f"e{number}", "gazette", "Rain", " ".join(["Rain fell.", *lines]))
        storage.write_text(made / "articles" / article.event / f"{article.id}.md", article_file(article))
        other = Article(f"b{number}", f"e{number}", "herald", "Snow", "Snow fell in the valley.")
        storage.write_text(made / "articles" / other.event / f"{other.id}.md", article_file(other))
        for at, (content, cue, source) in enumerate(quotes):
            start = article.document.index(content)
            kind = "direct" if content[0] == "“" else "indirect"
            rows.append(f"{article.id}\tq{at}\t{start}\t{start + len(content)}\t{kind}\t{cue}\t\t{source}")
    storage.write_text(made / "gold" / "quotes.tsv", "\n".join(rows) + "\n")
    return made


@pytest.mark.slow
@pytest.mark.model
def test_a_tagger_is_trained_by_command(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corpus of the user's own becomes a tagger that knows its quotes, with a card."""
    monkeypatch.setattr(
        room,
        "QUOTE_CONFIG",
        replace(
            TAGGING_CONFIG,
            rank=8,
            epochs=30,
            learning_rate=2e-3,
            head_learning_rate=1e-2,
            dropout=0.0,
            batch_size=8,
        ),
    )
    summary = train("quotes", [str(folder)], tmp_path / "one")
    assert "Held out, " in summary
    assert "rules alone" in summary
    made = read_corpus(str(folder))
    spans = load_quote_reader(str(tmp_path / "one")).find(split_sentences(made.articles))
    document = made.articles[0].document
    quotes = [
        (document[row["start"] : row["end"]], row["cue"])
        for row in spans.rows()
        if (row["article"], row["kind"]) == ("a0", "content")
    ]
    assert quotes == [("the pit was closed for good", "said"), ("“The pit is safe,”", "told")]
    assert evaluate("quotes", str(folder), model=str(tmp_path / "one"))["content_f1"] == 1.0
    comparison = compare(
        made.select(event="e0"), encoder="tfidf", actor_model="rules", quote_model=str(tmp_path / "one")
    )
    assert comparison.run["models"]["quotes"]["name"] == "one"
    assert comparison.run["configuration"]["quote_model"] == str(tmp_path / "one")
    assert "the pit was closed for good" in set(comparison.tables["quotes"]["text"])
    card = (tmp_path / "one" / "README.md").read_text(encoding="utf-8")
    assert "crossframe train quotes --on" in card
    assert ": 10 articles" in card  # those of one event are held out


def test_what_cannot_be_trained_on(small: Path, tmp_path: Path) -> None:
    """No gold quotes, too few events, or an encoder that is no transformer: one clear error, nothing written."""
    for on, encoder, match in (
        (str(small), None, "Missing quotes"),
        ("georgia-2008", "tfidf", "plain transformer"),
    ):
        with pytest.raises(CrossframeError, match=match):
            train("quotes", [on], tmp_path / "model", encoder=encoder)
    gold = small / "gold" / "quotes.tsv"
    storage.write_text(
        gold,
        "article\tquote\tstart\tend\tkind\tcue\tspeaker\tspeaker_text\ngazette-1\tq\t0\t5\tdirect\t\t\t\n",
    )
    with pytest.raises(InputError, match="at least 5"):
        train("quotes", [str(small)], tmp_path / "model")
    assert not (tmp_path / "model").exists()
