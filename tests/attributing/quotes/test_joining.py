"""Quotes that a reader marks beside those that the rules read: direct quotations stand, the rest is as marked."""

from collections.abc import Callable

from crossframe.attributing.coreference.discourse_state import Speaker
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.cue_links import Attribution, Part
from crossframe.attributing.quotes.fragments import Fragment
from crossframe.attributing.quotes.joining import join_marked
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.records import Actor, Sentences

TEXT = "“We go,” said Doe, who thinks that rain helps. The plan is “bad” for all, Roe claimed."
DOE, ROE = Speaker("doe", "Doe"), Speaker("roe", "Roe")


def part(words: str, label: str = "content") -> Part:
    """Return the words where they first stand in the text."""
    return Part(TEXT.index(words), TEXT.index(words) + len(words), label)


def read(words: str, kind: str, number: int, cue: str = "", speaker: Speaker = DOE) -> Fragment:
    """Return a fragment that the rules read."""
    start, end, _ = part(words)
    return Fragment(start, end, kind, number, cue, speaker)


def join(
    known: list[Fragment], marked: list[Attribution], **speakers: Speaker
) -> list[tuple[str, str, int, str, str]]:
    """Return the words, kind, number, cue and speaker's text of what is joined."""
    who = {part(words, "source"): speaker for words, speaker in speakers.items()}
    made = sorted(join_marked(TEXT, known, marked, who, pair_marks(TEXT)), key=lambda one: one.start)
    return [(TEXT[one.start : one.end], one.kind, one.number, one.cue, one.speaker.text) for one in made]


def test_direct_quotations_stand() -> None:
    """A direct quotation keeps its bounds; cue and speaker come from what is marked, where that has them."""
    known = [read("“We go,”", "direct", 1, speaker=Speaker())]
    one = Attribution((part("We go"),), part("said", "cue"), part("Doe", "source"))
    assert join(known, [one], Doe=DOE) == [("“We go,”", "direct", 1, "said", "Doe")]
    known = [read("“We go,”", "direct", 1, "said", ROE)]
    assert join(known, [Attribution((part("We go"),))]) == [("“We go,”", "direct", 1, "said", "Roe")]
    assert join(known, []) == [("“We go,”", "direct", 1, "said", "Roe")]


def test_marked_contents_replace_what_they_touch() -> None:
    """Other quotes have the bounds marked; those that nothing touches stay; a new quote has a new number."""
    known = [
        read("that rain helps", "indirect", 1, "thinks"),
        read("The plan is “bad”", "mixed", 2, "claimed", ROE),
    ]
    whole = Attribution((part("The plan is “bad” for all"),), None, part("Roe", "source"))
    assert join(known, [whole], Roe=Speaker("", "Mr. Roe")) == [
        ("that rain helps", "indirect", 1, "thinks", "Doe"),
        ("The plan is “bad” for all", "mixed", 3, "claimed", "Mr. Roe"),
    ]


def test_contents_beside_a_direct_quotation() -> None:
    """Of contents of one cue, what lies beside a direct quotation is a quote of its own; marks belong to what they hold."""
    one = Attribution((part("We go"), part("rain helps")), part("thinks", "cue"), part("Doe", "source"))
    assert join([read("“We go,”", "direct", 4, "said")], [one], Doe=DOE) == [
        ("“We go,”", "direct", 4, "said", "Doe"),
        ("rain helps", "indirect", 5, "thinks", "Doe"),
    ]
    assert join([], [Attribution((part("bad"),))]) == [("“bad”", "direct", 1, "", "")]


class Reader:
    """Marks what Roe claimed."""

    def mark(self, articles: object) -> dict[str, list[Attribution]]:
        """Return the quote of the one article."""
        content = part("The plan is “bad” for all")
        return {"a0": [Attribution((content,), part("claimed", "cue"), part("Roe", "source"))]}


def test_quotes_are_read_with_a_reader(make_sentences: Callable[..., Sentences]) -> None:
    """What is marked has the actor that its source names; the rules' direct quotation is there as without a reader."""
    sentences = make_sentences(TEXT)
    cast = find_actors(sentences, (Actor("roe", "Jane Roe", ("Roe",), "person"),))
    rows = list(find_quotes(sentences, cast, model=Reader()).rows())
    assert rows[0]["kind"] == "direct"
    last = rows[-1]
    assert TEXT[last["start"] : last["end"]] == "The plan is “bad” for all"
    assert (last["cue"], last["speaker"], last["speaker_text"]) == ("claimed", "roe", "Roe")
