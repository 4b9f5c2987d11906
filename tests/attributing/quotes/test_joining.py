"""Quotes that a reader marks beside those that the rules read: what the rules read stands, what they lack is as marked."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from crossframe.attributing.coreference.discourse_state import DiscourseState, Speaker
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.fragments import Fragment
from crossframe.attributing.quotes.joining import join_marked, resolve_sources
from crossframe.attributing.quotes.marked import MarkedQuote, read_marked
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.attributing.syntax.regions import Region, split_regions
from crossframe.errors import InputError
from crossframe.records import Actor, Cast, Sentences, Spans

TEXT = "“We go,” said Doe, who thinks that rain helps. The plan is “bad” for all, Roe claimed."
SALE = "“We go,” said Doe. Roe sold the mill."
FIRST = TEXT.index(" The plan")
SENTENCES = (
    Region(0, FIRST, 0, TEXT[:FIRST], ()),
    Region(FIRST + 1, len(TEXT), 0, TEXT[FIRST + 1 :], ()),
)
DOE, ROE, NOBODY = Speaker("doe", "Doe"), Speaker("roe", "Roe"), Speaker()


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


def join(known: list[Fragment], *marked: tuple[MarkedQuote, Speaker]) -> list[tuple[str, str, int, str, str]]:
    """Return the words, kind, number, cue and speaker's text of what is joined; nobody speaks for `NOBODY`."""
    who = {one: speaker for one, speaker in marked if speaker.text}
    read_by_rules = join_marked(TEXT, known, [one for one, _ in marked], who, SENTENCES, pair_marks(TEXT))
    joined = sorted(read_by_rules, key=lambda one: one.start)
    return [(TEXT[one.start : one.end], one.kind, one.number, one.cue, one.speaker.text) for one in joined]


def test_direct_quotations_stand() -> None:
    """A direct quotation keeps its bounds, cue and speaker; what the rules lack comes from what is marked."""
    marked = quote("We go", cue="said", source="Doe")
    assert join([read("“We go,”", "direct", 1, speaker=NOBODY)], (marked, DOE)) == [
        ("“We go,”", "direct", 1, "said", "Doe")
    ]
    for one in (marked, quote("We go")):
        assert join([read("“We go,”", "direct", 1, "said", ROE)], (one, DOE)) == [
            ("“We go,”", "direct", 1, "said", "Roe")
        ]
    assert join([read("“We go,”", "direct", 1, "said", ROE)]) == [("“We go,”", "direct", 1, "said", "Roe")]


@pytest.mark.parametrize(
    ("by_rules", "marked", "expected"),
    [
        ("The plan is “bad” for all", "The plan is “bad” for all", ""),  # the same
        ("The plan is “bad”", "The plan is “bad” for all", ""),  # half of both is shared
        ("The plan is “bad” for all", "plan is “bad” for all", ""),
        ("The plan is “bad” for all", "bad", ""),  # within: the outermost counts
        ("“bad”", "bad", ""),  # marks aside
        ("“bad”", "The plan is “bad” for all", "The plan is “bad” for all"),  # longer by far
        ("for all", "The plan is “bad” for all", "The plan is “bad” for all"),
        ("all, Roe claimed", "The plan is “bad” for all", "The plan is “bad” for all"),
    ],
)
def test_the_same_and_what_lies_within_stay_as_read(by_rules: str, marked: str, expected: str) -> None:
    """What both find, and a content within one of the rules, is as the rules read it; else it is as marked."""
    known = [read("that rain helps", "indirect", 1, "thinks"), read(by_rules, "mixed", 2, "claimed", ROE)]
    joined = join(known, (quote(marked, cue="is", source="Roe"), DOE))
    assert joined[0] == ("that rain helps", "indirect", 1, "thinks", "Doe")
    assert joined[1:] == [(expected or by_rules, "mixed", 3 if expected else 2, "claimed", "Roe")]


def test_marked_attributions_fill_what_the_rules_lack() -> None:
    """A quote of the rules without a speaker has the one marked, and a new quote the cue and speaker marked for it."""
    marked = quote("The plan is “bad” for all", cue="claimed", source="Roe")
    for by_rules, number in (("The plan is “bad”", 2), ("“bad”", 3)):
        (joined,) = join([read(by_rules, "mixed", 2, speaker=NOBODY)], (marked, ROE))
        assert joined[2:] == (number, "claimed", "Roe")
    assert join([], (marked, ROE)) == [("The plan is “bad” for all", "mixed", 1, "claimed", "Roe")]


def test_contents_beside_a_direct_quotation() -> None:
    """Of contents of one cue, what lies beside a direct quotation is a quote of its own; marks belong to what they hold."""
    one = quote("We go", "rain helps", cue="thinks", source="Doe")
    assert join([read("“We go,”", "direct", 4, "said")], (one, DOE)) == [
        ("“We go,”", "direct", 4, "said", "Doe"),
        ("rain helps", "indirect", 5, "said", "Doe"),
    ]
    assert join([], (quote("bad"), NOBODY)) == [("“bad”", "direct", 1, "", "")]


@pytest.mark.parametrize(
    ("text", "content", "cue", "speaker"),
    [
        ("McConnell rejects the plan for the ports.", "the plan for the ports", "", "McConnell"),
        ("The guild condemned a strike before June.", "a strike before June", "condemned", "The guild"),
        ("It rained, the two farmers claimed.", "It rained", "claimed", "the two farmers"),
        ("It rained, according to two farmers.", "It rained", "", "two farmers"),
        ("Experts deplored the long delay.", "the long delay", "deplored", "Experts"),
        ("She criticised the mayor of Lund.", "the mayor of Lund", "", "She"),
        ("Lawyers fear that the river floods.", "the river floods", "fear", "Lawyers"),
        ("Ann Poe told the court that the well was dry.", "the well was dry", "", "Ann Poe"),
        ("It rained all day. The well was dry.", "The well was dry", "", ""),
        ("Ann Poe left early. The well was dry.", "The well was dry", "", ""),
        ("Ann Poe said so. The well was dry.", "The well was dry", "", ""),
        ("Ann Poe ate while the well was dry.", "the well was dry", "ate", ""),  # no cue of the rules
    ],
)
def test_a_quote_without_a_source_has_the_subject_of_its_cue(
    make_sentences: Callable[..., Sentences], text: str, content: str, cue: str, speaker: str
) -> None:
    """The cue is the one marked, else the one that governs the content; without such a cue nobody speaks."""
    (article,) = (sentences := make_sentences(text)).articles
    bounds = [(text.index(words), text.index(words) + len(words)) for words in (content, cue)]
    one = MarkedQuote((bounds[0],), "", cue, None, "", bounds[1] if cue else None)
    state = DiscourseState(text, (), {})
    found = {}
    for region in split_regions(article, sentences, ()):
        found |= resolve_sources(state, region, [one])
    assert found.get(one, NOBODY).text == speaker


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "expected"),
    [
        # words without marks end with the sentence of their cue, wherever the reader ends them
        ("Prices would double, the baker feared. Flour is dear in Minsk.", "Prices would double, the baker feared. Flour is dear in Minsk", "feared", "the baker", "Prices would double, the baker feared"),
        ("Ama Boateng doubted the maps. They are from 1962. Few use them.", "the maps. They are from 1962", "doubted", "Ama Boateng", "the maps"),
        ("Rain fell at noon. The pitch was dead, the groundsman felt.", "Rain fell at noon. The pitch was dead", "felt", "the groundsman", "The pitch was dead"),
        # and nothing of them is left where the cue is in another sentence
        ("“We lost,” Ito said. The stadium emptied.", "The stadium emptied", "said", "Ito", ""),
        ("Okoro shrugged. The dam has three cracks.", "The dam has three cracks", "shrugged", "Okoro", ""),
        # what neither cue nor source attributes is nobody's, in one sentence or in two
        ("“We lost,” Ito said. The stadium emptied.", "The stadium emptied", "", "", ""),
        ("Two sheds burned. The fire is out. Nobody was hurt.", "Two sheds burned. The fire is out", "", "", ""),
        ("The council of Riga met. Trams will run on Sundays.", "Trams will run on Sundays", "", "", ""),
        # either is enough
        ("Trams will run on Sundays, Riga hopes.", "Trams will run on Sundays", "", "Riga", "Trams will run on Sundays"),
        ("It is feared the trams will stop.", "the trams will stop", "feared", "", "the trams will stop"),
        # marks of quotation attribute, and go over sentences, also where one is missing
        ("Call it “a mess of a plan” and go.", "a mess of a plan", "", "", "“a mess of a plan”"),
        ("Then came the text. “It is late. Go home,” it ended there", "“It is late. Go home,”", "", "", "“It is late. Go home,”"),
        ("The note ends so: It is late. Go home.”", "It is late. Go home", "", "", "It is late. Go home"),
    ],
)  # fmt: skip
def test_words_without_marks_stay_in_the_sentence_that_attributes_them(
    make_sentences: Callable[..., Sentences], text: str, content: str, cue: str, source: str, expected: str
) -> None:
    """What only a reader finds has cue or source in its sentence, and ends with it; words in marks are as marked."""
    (article,) = (sentences := make_sentences(text)).articles
    bounds = {words: (text.rindex(words), text.rindex(words) + len(words)) for words in (content, source)}
    first = (text.index(cue), text.index(cue) + len(cue)) if cue else None
    one = MarkedQuote((bounds[content],), "", cue, bounds[source] if source else None, source, first)
    quoted = pair_marks(text)
    joined = join_marked(text, [], [one], {}, split_regions(article, sentences, quoted), quoted)
    assert [text[each.start : each.end] for each in joined] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("title", "content", "cue", "expected"),
    [
        # clauses of what is said
        ("Tenants will not pay for lifts, port says", "Tenants will not pay for lifts", "says", "Tenants will not pay for lifts"),
        ("Story claiming book was given to pupils draws fire", "book was given to pupils", "claiming", "book was given to pupils"),
        ("Envoy says dam was safe as villagers flee", "dam was safe as villagers flee", "says", "dam was safe"),
        ("Critics warn ferry could sink amid gales", "ferry could sink amid gales", "warn", "ferry could sink"),
        # what is spoken of, deeds, and what nobody says
        ("Regent rejects shameful raid on camp", "shameful raid on camp", "rejects", ""),
        ("Court orders firm to pay miners", "firm to pay miners", "orders", ""),
        ("Guild stands by reckless smith", "reckless smith", "stands by", ""),
        ("No minister says dam was safe", "dam was safe", "says", ""),
    ],
)  # fmt: skip
def test_what_is_marked_in_titles(
    make_sentences: Callable[..., Sentences], title: str, content: str, cue: str, expected: str
) -> None:
    """In a title a clause that somebody says is taken as marked, without the outlet's circumstances, and nothing else."""
    (article,) = (sentences := make_sentences((title, "It rained on Monday."))).articles
    start, at = title.index(content), title.index(cue)
    one = MarkedQuote(((start, start + len(content)),), "", cue, None, "", (at, at + len(cue)))
    joined = join_marked(
        article.document, [], [one], {}, split_regions(article, sentences, []), pair_marks(article.document)
    )
    assert [title[each.start : each.end] for each in joined] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("by_rules", "marked", "cue", "expected"),
    [
        ("plan is “bad” for all", "The plan is “bad” for all", "claimed", "The plan is “bad” for all"),
        ("is “bad”", "The plan is “bad” for all", "claimed", "The plan is “bad” for all"),
        (
            "plan is “bad” for all",
            "The plan is “bad”",
            "claimed",
            "plan is “bad” for all",
        ),  # does not hold all
        ("“bad” for all", "plan is “bad” for all", "is", "“bad” for all"),  # behind its own cue
    ],
)
def test_what_begins_before_the_words_of_the_rules(
    by_rules: str, marked: str, cue: str, expected: str
) -> None:
    """What is marked replaces indirect and mixed words that it holds and begins before, but not where their cue is within it."""
    joined = join([read(by_rules, "mixed", 1, cue)], (quote(marked), DOE))
    assert [words for words, *_ in joined] == [expected]


class Reader:
    """Marks what is sold in `SALE`, of which the rules read nothing, as Roe's words."""

    name = "mine"

    def __init__(self, **columns: object) -> None:
        self.columns = columns

    def find(self, sentences: Sentences) -> Spans:
        """Return the quote of the one article."""
        start = SALE.index("the mill")
        row = {"article": "a0", "start": start, "end": start + 8, "kind": "content", "cue": "sold", "speaker_text": "Roe"}  # fmt: skip
        return Spans.from_rows([row | self.columns])


def test_quotes_are_read_with_a_reader(make_sentences: Callable[..., Sentences]) -> None:
    """What is marked has the actor that its source names; the rules' direct quotation is there as without a reader."""
    sentences = make_sentences(SALE)
    cast = find_actors(sentences, (Actor("roe", "Jane Roe", ("Roe",), "person"),))
    rows = list(find_quotes(sentences, cast, reader=Reader()).rows())
    assert rows[0]["kind"] == "direct"
    last = rows[-1]
    assert SALE[last["start"] : last["end"]] == "the mill"
    assert (last["cue"], last["speaker"], last["speaker_text"]) == ("sold", "roe", "Roe")
    assert last["kind"] == "indirect"
    last = list(find_quotes(sentences, cast, reader=Reader(kind="mixed")).rows())[-1]
    assert (last["kind"], last["speaker"]) == ("mixed", "roe")
    last = list(find_quotes(sentences, cast, reader=Reader(speaker_text="Jane Poe")).rows())[-1]
    assert (last["speaker"], last["speaker_text"]) == ("", "Jane Poe")


def test_what_a_reader_says(make_sentences: Callable[..., Sentences]) -> None:
    """Cue and source are where their rows say, else where their words stand nearest; fragments of one quote are joined."""
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
    said = document.index("said")
    nearest = MarkedQuote(bounds, "indirect", "said", (13, 16), "Doe", (said, said + 4))
    assert read_marked(sentences, Spans.from_rows(rows)) == {"a0": [nearest]}
    assert read_marked(sentences, Spans.from_rows([*places, *reversed(rows)])) == {
        "a0": [nearest._replace(source=(0, 3), cue_at=(17, 21))]
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
