"""Quotes that a reader marks beside those that the rules read: direct quotations stand, the rest is as marked."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from crossframe.attributing.coreference.discourse_state import Speaker
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.fragments import Fragment
from crossframe.attributing.quotes.joining import MarkedQuote, join_marked, read_marked
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.errors import InputError
from crossframe.records import Actor, Cast, Sentences, Spans

TEXT = "“We go,” said Doe, who thinks that rain helps. The plan is “bad” for all, Roe claimed."
DOE, ROE = Speaker("doe", "Doe"), Speaker("roe", "Roe")


def part(words: str) -> tuple[int, int]:
    """Return where the words first stand in the text."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def quote(*contents: str, cue: str = "", source: str = "") -> MarkedQuote:
    """Return the quote that a reader marks."""
    return MarkedQuote(tuple(map(part, contents)), "", cue, part(source) if source else None)


def read(words: str, kind: str, number: int, cue: str = "", speaker: Speaker = DOE) -> Fragment:
    """Return a fragment that the rules read."""
    start, end = part(words)
    return Fragment(start, end, kind, number, cue, speaker)


def join(
    known: list[Fragment], marked: list[MarkedQuote], **speakers: Speaker
) -> list[tuple[str, str, int, str, str]]:
    """Return the words, kind, number, cue and speaker's text of what is joined."""
    who = {part(words): speaker for words, speaker in speakers.items()}
    joined = sorted(join_marked(TEXT, known, marked, who, pair_marks(TEXT)), key=lambda one: one.start)
    return [(TEXT[one.start : one.end], one.kind, one.number, one.cue, one.speaker.text) for one in joined]


def test_direct_quotations_stand() -> None:
    """A direct quotation keeps its bounds; cue and speaker come from what is marked, where that has them."""
    known = [read("“We go,”", "direct", 1, speaker=Speaker())]
    one = quote("We go", cue="said", source="Doe")
    assert join(known, [one], Doe=DOE) == [("“We go,”", "direct", 1, "said", "Doe")]
    known = [read("“We go,”", "direct", 1, "said", ROE)]
    assert join(known, [quote("We go")]) == [("“We go,”", "direct", 1, "said", "Roe")]
    assert join(known, []) == [("“We go,”", "direct", 1, "said", "Roe")]


def test_marked_contents_replace_what_they_touch() -> None:
    """Other quotes have the bounds marked; those that nothing touches stay; a new quote has a new number."""
    known = [
        read("that rain helps", "indirect", 1, "thinks"),
        read("The plan is “bad”", "mixed", 2, "claimed", ROE),
    ]
    whole = quote("The plan is “bad” for all", source="Roe")
    assert join(known, [whole], Roe=Speaker("", "Mr. Roe")) == [
        ("that rain helps", "indirect", 1, "thinks", "Doe"),
        ("The plan is “bad” for all", "mixed", 3, "claimed", "Mr. Roe"),
    ]


def test_contents_beside_a_direct_quotation() -> None:
    """Of contents of one cue, what lies beside a direct quotation is a quote of its own; marks belong to what they hold."""
    one = quote("We go", "rain helps", cue="thinks", source="Doe")
    assert join([read("“We go,”", "direct", 4, "said")], [one], Doe=DOE) == [
        ("“We go,”", "direct", 4, "said", "Doe"),
        ("rain helps", "indirect", 5, "thinks", "Doe"),
    ]
    assert join([], [quote("bad")]) == [("“bad”", "direct", 1, "", "")]


class Reader:
    """Marks what Roe claimed."""

    name = "mine"

    def __init__(self, **columns: object) -> None:
        self.columns = columns

    def find(self, sentences: Sentences) -> Spans:
        """Return the quote of the one article."""
        start, end = part("The plan is “bad” for all")
        row = {
            "article": "a0",
            "start": start,
            "end": end,
            "kind": "content",
            "cue": "claimed",
            "speaker_text": "Roe",
        }
        return Spans.from_rows([row | self.columns])


def test_quotes_are_read_with_a_reader(make_sentences: Callable[..., Sentences]) -> None:
    """What is marked has the actor that its source names; the rules' direct quotation is there as without a reader."""
    sentences = make_sentences(TEXT)
    cast = find_actors(sentences, (Actor("roe", "Jane Roe", ("Roe",), "person"),))
    rows = list(find_quotes(sentences, cast, reader=Reader()).rows())
    assert rows[0]["kind"] == "direct"
    last = rows[-1]
    assert TEXT[last["start"] : last["end"]] == "The plan is “bad” for all"
    assert (last["cue"], last["speaker"], last["speaker_text"]) == ("claimed", "roe", "Roe")
    assert last["kind"] == "mixed"
    last = list(find_quotes(sentences, cast, reader=Reader(kind="indirect")).rows())[-1]
    assert (last["kind"], last["speaker"]) == ("indirect", "roe")
    last = list(find_quotes(sentences, cast, reader=Reader(speaker_text="Jane Poe")).rows())[-1]
    assert (last["speaker"], last["speaker_text"]) == ("", "Jane Poe")


def test_what_a_reader_says(make_sentences: Callable[..., Sentences]) -> None:
    """A source is where its row says, else where its words stand nearest; fragments of one quote are joined."""
    sentences = make_sentences("Doe met Roe. Doe said it rained and, Doe said, it poured.")
    document = sentences.articles[0].document
    contents = [
        (document.index(words), document.index(words) + len(words)) for words in ("it rained", "it poured")
    ]
    rows = [
        {"article": "a0", "quote": "q", "kind": "indirect", "cue": "said", "speaker_text": "Doe", "start": start, "end": end}
        for start, end in contents
    ]  # fmt: skip
    places = [
        {"article": "a0", "quote": "q", "kind": "source", "start": 0, "end": 3},
        {"article": "a0", "quote": "q", "kind": "cue", "start": 17, "end": 21},
    ]
    bounds = tuple(contents)
    nearest = MarkedQuote(bounds, "indirect", "said", (13, 16), "Doe")
    assert read_marked(sentences, Spans.from_rows(rows)) == {"a0": [nearest]}
    assert read_marked(sentences, Spans.from_rows([*places, *reversed(rows)])) == {
        "a0": [nearest._replace(source=(0, 3))]
    }
    alone = [row | {"quote": ""} for row in rows]
    assert [one.contents for one in read_marked(sentences, Spans.from_rows(alone))["a0"]] == [
        (one,) for one in contents
    ]
    assert read_marked(sentences, Spans.from_rows(places)) == {}


def test_what_is_no_reading(make_sentences: Callable[..., Sentences]) -> None:
    """Offsets beyond the document, another article, and what are no spans: one clear error."""
    sentences, cast = make_sentences(TEXT), Cast((), Spans())
    for wrong in ({"end": 999}, {"article": "b"}):
        with pytest.raises(InputError, match="It must lie within the document of one of the articles read"):
            find_quotes(sentences, cast, reader=Reader(**wrong))
    reader = SimpleNamespace(name="mine", find=lambda _: [])
    with pytest.raises(InputError, match=r"of type 'list' from quote reader 'mine'\. They must be Spans"):
        find_quotes(sentences, cast, reader=reader)
