"""Quotations with kind, cue and speaker."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.attributing.quotes.readers import QuoteReader
from crossframe.records import Actor, Cast, Sentences, Spans

DOE = Actor("doe", "Jane Doe", ("Doe",), "person")
ROE = Actor("roe", "Richard Roe", ("Roe",), "person")
MINISTRY = Actor("ministry", "Trade Ministry", (), "organisation")


def quoted(sentences: Sentences, reader: QuoteReader | None = None) -> list[tuple[str, str, str, str, str]]:
    """Return (quote, words, kind, speaker or the words for it, cue) of every fragment."""
    documents = {article.id: article.document for article in sentences.articles}
    cast = find_actors(sentences, [DOE, ROE, MINISTRY])
    return [
        (row["quote"], documents[row["article"]][row["start"] : row["end"]], row["kind"], row["speaker"] or row["speaker_text"], row["cue"])
        for row in find_quotes(sentences, cast, reader=reader).rows()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will go," Doe said.', ("direct", "doe", "said")),
        ('"We will go," said Doe, the minister.', ("direct", "doe", "said")),
        ('Jane Doe, the minister of trade and war, said: "We will go."', ("direct", "doe", "said")),
        ('The minister, Jane Doe, told reporters on Friday, "We will go."', ("direct", "doe", "told")),
        ('"Will we go?" asked Mr. Roe. It rained.', ("direct", "roe", "asked")),
        ('"We will go," a spokesman for the Trade Ministry said.', ("direct", "ministry", "said")),
        ('"We will go," a spokesman for Mr. Roe said.', ("direct", "a spokesman for Mr. Roe", "said")),
        ('"We will go," Roe\'s lawyer said.', ("direct", "Roe's lawyer", "said")),
        ('"We will go," said one of the drivers.', ("direct", "one of the drivers", "said")),
        ('Roe called the plan a "farce."', ("mixed", "roe", "called")),
        ('Roe said that the plan "was a farce from the start" and a danger.', ("mixed", "roe", "said")),
        ("Roe said that the plan was a farce.", ("indirect", "roe", "said")),
        ("Roe said he would go.", ("indirect", "roe", "said")),
        ("The plan was a farce, Roe said on Friday.", ("indirect", "roe", "said")),
        ("The plan was a farce, said Roe.", ("indirect", "roe", "said")),
        ("According to Roe, the plan was a farce.", ("indirect", "roe", "According to")),
        ("The plan was a farce, according to the Trade Ministry.", ("indirect", "ministry", "according to")),
        ("“We were there.” — Jane Doe", ("direct", "doe", "—")),
        ("«We will go,» said Jane Doe.", ("direct", "doe", "said")),
        ("‘We will go,’ said Jane Doe, the head of the guild.", ("direct", "doe", "said")),
        ("''We will go,'' Mrs. Doe said.", ("direct", "doe", "said")),
        ('"We will go," said former mayor Jane Doe (D-Ohio).', ("direct", "doe", "said")),
        ('"We will go," Jane Doe, head of the guild, told Ohio Radio.', ("direct", "doe", "told")),
        ('The plan is "dead," Jane Doe said.', ("mixed", "doe", "said")),
        ("Roe criticized the plan in a speech.", ("indirect", "roe", "criticized")),
        ("Roe hopes to go.", ("indirect", "roe", "hopes")),
        ("Roe believes the plan is dead.", ("indirect", "roe", "believes")),
        ("Roe promised that the plan would die.", ("indirect", "roe", "promised")),
        ("Roe denied that the plan was dead.", ("indirect", "roe", "denied")),
        ("Roe demanded that all of it stop.", ("indirect", "roe", "demanded")),
        ("Roe’s suggestion that the plan was dead hurt.", ("indirect", "roe", "suggestion")),
        ("The ministry heard from Roe, who said the plan was dead.", ("indirect", "roe", "said")),
        ("As Roe said on Friday, the plan was dead.", ("indirect", "roe", "said")),
    ],
)
def test_one_quote(make_sentences, text: str, expected: tuple[str, str, str]) -> None:
    """Kind, speaker and cue of one quotation in its usual forms."""
    found = quoted(make_sentences(f"Jane Doe met Richard Roe.\n\n{text}"))
    assert [(kind, speaker, cue) for _, _, kind, speaker, cue in found] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "experts" met.',
        'It was a "historic" day for the "peace process" of Roe.',
        'She spoke on "Face the Nation" on Sunday.',
        'Joseph "Joe" Poe left.',
        "Roe refused to say more.",
        "Roe declined to comment.",
        "The report of the states came out.",
        "Roe was told off by the ministers.",
        "The council voted to close the ferry on the island.",
        "Richard Roe refused to leave the house on the island.",
        "The court ordered the sale of the house on the island.",
        "The islanders asked for a new ferry to the island.",
        "The firm agreed to pay for the ferry to the island.",
        "Jane Doe did not answer. It was late.",
        "The plan passed by 18 votes to 12 on Monday.",
        "Two votes to close the ferry were held on Monday.",
        "Other dramatic claims about the ferry were on the table.",
        "Nobody in the town doubts who ended the talks with the union.",
        "None of the ministers said that the talks had failed.",
        "No minister said that the talks had failed.",
        "Not even Norway said that the talks had failed.",
    ],
)
def test_no_quote(make_sentences, reader, text: str) -> None:
    """Scare quotes, names of works and nicknames are no quotations, nor is a verb of saying alone, nor what nobody says."""
    assert quoted(make_sentences(text), reader) == []


@pytest.mark.parametrize("name", ["No 10", "No. 10", "No-nonsense mayor John Smith", "Norway"])
def test_a_name_that_begins_like_nobody(make_sentences, reader, name: str) -> None:
    """Somebody's words are a quotation, whatever he or she is called."""
    found = quoted(make_sentences(f"{name} said that the talks with the union had failed."), reader)
    assert [kind for _, _, kind, _, _ in found] == ["indirect"]


def test_split_quote(make_sentences) -> None:
    """Both halves of a split quotation, and a sentence that goes on with it, are fragments of one quote."""
    found = quoted(make_sentences('"We will go," Jane Doe said, "and come back. We must." She left.'))
    assert [(quote, words) for quote, words, *_ in found] == [
        ("q01", '"We will go,"'),
        ("q01", '"and come back. We must."'),
    ]
    found = quoted(make_sentences('"We will go," Jane Doe said. "We must."'))
    assert {(quote, speaker) for quote, _, _, speaker, _ in found} == {("q01", "doe")}


def test_over_paragraphs(make_sentences) -> None:
    """A quotation over paragraphs is one quote, and its speaker is everybody's."""
    found = quoted(make_sentences("“We will go.\n\n“We must,” said Jane Doe. “Soon.”"))
    assert [(quote, speaker) for quote, _, _, speaker, _ in found] == [("q01", "doe")] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe said: “We will go. She left.\n\n“We can do it,” Richard Roe said.", [("q01", "doe"), ("q02", "roe")]),
        ("“We will go now, Jane Doe said.\n\n“We can do it,” Richard Roe said.", [("q01", "doe"), ("q02", "roe")]),
        ("Jane Doe said: “We will go.\n\n“We can do it,” Doe said.", [("q01", "doe"), ("q01", "doe")]),
        ("Jane Doe said: “We will go.\n\n“We can do it,” she said.", [("q01", "doe"), ("q01", "doe")]),
    ],
)  # fmt: skip
def test_missing_mark(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """A quotation that no mark closes does not go on with one whose cue names another speaker."""
    assert [(quote, speaker) for quote, _, _, speaker, _ in quoted(make_sentences(text))] == expected


@pytest.mark.parametrize(
    ("text", "words", "speaker_text"),
    [
        ("According to the Trade Ministry, the envoy will sign the bill.", "the envoy will sign the bill", "the Trade Ministry"),
        ("According to Poe, a lawyer, the plan is dead.", "the plan is dead", "Poe, a lawyer"),
        ("According to Poe, the head of the guild, the plan is dead.", "the plan is dead", "Poe, the head of the guild"),
        ("According to Doe, who left, it is near.", "it is near", "Doe"),
        ("According to Poe, the plan, which was bad, is dead.", "the plan, which was bad, is dead", "Poe"),
        ("Doe and Richard Roe said they would go.", "they would go", "Doe and Richard Roe"),
        ('"We lost," Doe and Richard Roe said.', '"We lost,"', "Doe and Richard Roe"),
        ('"We lost," said Prof. Poe, who led the study.', '"We lost,"', "Prof. Poe"),
        ('"We lost," said Poe, chief engineer at the mill, on Friday.', '"We lost,"', "Poe, chief engineer at the mill"),
        ('"We lost," Poe, 43, a baker from Lund, told reporters.', '"We lost,"', "Poe, 43, a baker from Lund"),
        ('"We lost," said a witness, a boy of nine.', '"We lost,"', "a witness, a boy of nine"),
        ('"We lost," said Poe, his voice breaking.', '"We lost,"', "Poe"),
        ("It is near, according to Poe, who runs the mill.", "It is near", "Poe"),
        ("It is near, according to the guild's lawyer, John Poe, on Friday.", "It is near", "the guild's lawyer, John Poe"),
        ("It is near, according to a person briefed on the plan, which is secret.", "It is near", "a person briefed on the plan"),
    ],
)  # fmt: skip
def test_speaker_text(make_sentences, text: str, words: str, speaker_text: str) -> None:
    """What stands beside a name is no content, the content no apposition; joint speakers are no single actor."""
    sentences = make_sentences(f"Jane Doe met Richard Roe and John Poe.\n\n{text}")
    quotes = find_quotes(sentences, find_actors(sentences, [DOE, ROE, MINISTRY]))
    document = sentences.articles[0].document
    found = [(document[row["start"] : row["end"]], row["speaker_text"]) for row in quotes.rows()]
    assert found == [(words, speaker_text)]
    assert (quotes.speaker[0] == "") == (" and " in speaker_text or speaker_text[:2] == "a ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will go,” Jane Doe said. “And we will win.” “No,” Richard Roe said.", [("q01", "doe"), ("q01", "doe"), ("q02", "roe")]),
        ("“We will go,” said Jane Doe, “and we will win.” “It is late,” she said.", [("q01", "doe"), ("q01", "doe"), ("q02", "doe")]),
        ("“We will go”, “we must go”, Jane Doe said.", [("q01", "doe"), ("q01", "doe")]),
    ],
)  # fmt: skip
def test_adjacent(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """A quotation that ends its sentence goes on with the one before it, not with the one that opens behind it."""
    assert [(quote, speaker) for quote, _, _, speaker, _ in quoted(make_sentences(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Jane Doe was quoted as saying "we lost."', ('"we lost."', "mixed", "doe")),
        ('The plan was called "a disaster" by Jane Doe.', ('"a disaster"', "mixed", "doe")),
        ('The plan, called "a disaster" by Jane Doe, is dead.', ('"a disaster"', "mixed", "doe")),
        ("``We will go,'' Jane Doe said.", ("``We will go,''", "direct", "doe")),
        ("`` We will go , '' Jane Doe said .", ("`` We will go , ''", "direct", "doe")),
    ],
)
def test_further_forms(make_sentences, text: str, expected: tuple[str, str, str]) -> None:
    """Quoted as saying, called so by somebody, and the marks of tokenised text."""
    assert [row[1:4] for row in quoted(make_sentences(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("Jane Doe said: \"Richard Roe told me, 'I will quit tomorrow morning.' I was sad.\"", ["'I will quit tomorrow morning.'"]),
        ("“Richard Roe told me, ‘We will go now,’” Jane Doe said.", ["‘We will go now,’"]),
        ("“It was a ‘farce’ for Richard Roe,” Jane Doe said.", []),
        ("“I told Richard Roe, ‘We will go now,’” Jane Doe said.", []),
    ],
)  # fmt: skip
def test_nested(make_sentences, text: str, nested: list[str]) -> None:
    """A quotation inside another is a quote of its own where a cue and another's name stand beside it there."""
    found = quoted(make_sentences(text))
    assert [words for _, words, _, speaker, _ in found if speaker == "roe"] == nested
    assert [speaker for *_, speaker, _ in found].count("doe") == 1
    assert len({quote for quote, *_ in found}) == len(found)


def test_spokesman_of_only_body(make_sentences) -> None:
    """The spokesman speaks for the only body named just before, and for nobody known beside a person."""
    text = 'The Trade Ministry denied the report.\n\n"It is false," the spokesman said.'
    assert quoted(make_sentences(text))[-1][3] == "ministry"
    assert quoted(make_sentences(f"Jane Doe came. {text}"))[-1][3] == "the spokesman"


def test_pronouns(make_sentences) -> None:
    """He and she go to the last person of that gender, and to nobody where two may be meant."""
    text = 'Jane Doe spoke first. "We will go," she said.\n\nRichard Roe and John Poe met. "No," he said.\n\n"Never," she said.'
    assert [speaker for *_, speaker, _ in quoted(make_sentences(text))] == ["doe", "he", "doe"]


def test_descriptions(make_sentences) -> None:
    """The ministry is the last body of that noun; the minister the one person so called; else nobody."""
    text = (
        'The Trade Ministry met. Jane Doe, a minister, came.\n\nIt said no. "We will go," the ministry said.\n\n'
        '"So be it," the minister said.\n\n"Never again," the miner said.'
    )
    assert [speaker for *_, speaker, _ in quoted(make_sentences(text))] == ["ministry", "doe", "the miner"]


def test_only_person_described(make_sentences) -> None:
    """A description without evidence is the last speaker's where nobody else is named or spoken of so far."""
    alone = make_sentences('"We will go," Jane Doe said. "We will not stay," the diplomat said.')
    assert [row[3] for row in quoted(alone)] == ["doe", "doe"]
    two = make_sentences('"We will go," Jane Doe told Mr. Roe. "We will not stay," the diplomat said.')
    assert [row[3] for row in quoted(two)] == ["doe", "the diplomat"]
    unnamed = make_sentences(
        'A diplomat left. "We will go," Doe said. "We will not stay," the diplomat said.'
    )
    assert [row[3] for row in quoted(unnamed)] == ["doe", "the diplomat"]


def test_headline_of_a_body(make_sentences) -> None:
    """A bare noun that speaks in a headline is the one body of the article whose name ends with it."""
    sentences = make_sentences(("Roe will go home soon, ministry says", "The Trade Ministry met on Friday."))
    assert [row[3] for row in quoted(sentences)] == ["ministry"]
    two = make_sentences(
        ("Roe will go home soon, ministry says", "The Trade Ministry met the Georgian Energy Ministry.")
    )
    cast = find_actors(two, [MINISTRY, Actor("energy", "Georgian Energy Ministry", kind="organisation")])
    assert list(find_quotes(two, cast).speaker) == [""]


def test_answer_after_two(make_sentences) -> None:
    """Who denies what one of two said of the other does not follow from who stood first."""
    [_, denial] = quoted(make_sentences("Richard Roe called Bob Poe a liar. He denied the charge."))
    assert denial[3:] == ("He", "denied")


def test_paragraph_of_its_own(make_sentences) -> None:
    """A paragraph that is all quotation belongs to the speaker before it."""
    text = 'Jane Doe was blunt and said the plan was dead.\n\n"Nobody in this house will ever vote for it."'
    assert [(kind, speaker) for _, _, kind, speaker, _ in quoted(make_sentences(text))] == [
        ("indirect", "doe"),
        ("direct", "doe"),
    ]


def test_unbalanced_mark(make_sentences) -> None:
    """An unbalanced mark harms only its own paragraph."""
    text = 'Jane Doe said "we will go and come back.\n\n"We must go," she said.'
    assert [words for _, words, *_ in quoted(make_sentences(text))][-1] == '"We must go,"'


def test_added_remark_and_second_speaker(make_sentences) -> None:
    """A reported clause ends where another's begins."""
    text = "Jane Doe said that the plan was dead, adding that nobody much cared, but Richard Roe said it was alive."
    assert [(words, speaker) for _, words, _, speaker, _ in quoted(make_sentences(text))] == [
        ("the plan was dead", "doe"),
        ("nobody much cared", "doe"),
        ("it was alive", "roe"),
    ]


@pytest.mark.parametrize(
    ("title", "words", "kind"),
    [
        ("Doe: We will go", "We will go", "indirect"),
        ("Roe says plan is a farce", "plan is a farce", "indirect"),
        ("Plan is a farce, says Roe", "Plan is a farce", "indirect"),
        ("Jane Doe on Plan: ‘It Is Dead’", "‘It Is Dead’", "direct"),
        ("‘They lied to us’: Jane Doe on the plan", "‘They lied to us’", "direct"),
        ("Plan Is Dead", None, None),
    ],
)
def test_headlines(make_sentences, title: str, words: str | None, kind: str | None) -> None:
    """Headlines quote by a colon, and leave articles and the word "that" out."""
    found = quoted(make_sentences((title, "Jane Doe and Richard Roe met.")))
    assert [(found_words, how) for _, found_words, how, *_ in found] == ([(words, kind)] if words else [])


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Council votes to end ties as Russia tightens its grip", []),
        ("Minister vows to end ties as Russia tightens its grip", ["to end ties"]),
        ("President promises to act amid anger over botched rescue", ["to act"]),
        ("Minister says talks failed as protests spread", ["talks failed"]),
        ("Doe vows to resign as head of shamed council", ["to resign as head of shamed council"]),
        ("Doe slams rival's shameful betrayal of islanders", []),
        ("Doe blasts disastrous ferry plan", ["plan"]),
        ("Opposition demands inquiry into corrupt mayor", ["inquiry"]),
        ("Doe slams corrupt Richard Roe", ["Richard Roe"]),
        ("Doe Slams Disgraceful Richard Roe", ["Roe"]),
        ("Doe hails 'historic' ferry deal", ["'historic'"]),
        ("Police accuse corrupt mayor of lying", ["lying"]),
        ("Doe calls ferry plan a disaster", ["ferry plan a disaster"]),
        ("Doe urges islanders to stay calm as storm nears", ["islanders to stay calm"]),
        ("Doe vows to punish towns while ignoring courts", ["to punish towns"]),
        ("Doe says shameful deal must end", ["shameful deal must end"]),
    ],
)
def test_words_of_the_outlet_in_headlines(make_sentences, reader, title: str, words: list[str]) -> None:
    """Beside a cue of a headline circumstances, and adjectives and phrases of an object, are the outlet's; what was said is not."""
    found = quoted(make_sentences((title, "Jane Doe and Richard Roe met on the island.")), reader)
    assert [found_words for _, found_words, *_ in found] == words


def test_goes_on(make_sentences) -> None:
    """A quotation that follows a quoted sentence in its paragraph is the same quote; a new cue begins another."""
    text = '"We will go," Jane Doe told me. "We must. All of us." She added, "Soon."'
    assert [(quote, words) for quote, words, *_ in quoted(make_sentences(text))] == [
        ("q01", '"We will go,"'),
        ("q01", '"We must. All of us."'),
        ("q02", '"Soon."'),
    ]


def test_two_cues(make_sentences) -> None:
    """What was said, and what was added in quotation marks, are two quotes; the cue beside a quotation governs it."""
    text = 'The plan will die next week, Jane Doe said, adding, "We will go."'
    assert [(words, kind) for _, words, kind, *_ in quoted(make_sentences(text))] == [
        ("The plan will die next week", "indirect"),
        ('"We will go."', "direct"),
    ]
    text = '"We will go," Jane Doe said in a speech, according to Richard Roe.'
    assert [(words, speaker) for _, words, _, speaker, _ in quoted(make_sentences(text))] == [
        ('"We will go,"', "doe")
    ]


def test_after_a_sentence_about_somebody(make_sentences) -> None:
    """She, in a paragraph of her own, is the subject of the sentence before."""
    text = 'Anna Poe went. Jane Doe blamed Anna Poe for the long delay.\n\n"We must go," she said.'
    assert [speaker for *_, speaker, _ in quoted(make_sentences(text))][-1] == "doe"


def test_without_cast(make_sentences) -> None:
    """Without actors the words still name the speaker, and ids stay empty."""
    quotes = find_quotes(make_sentences('"We will go," Jane Poe said.'), Cast((), Spans()))
    assert (quotes.speaker, quotes.speaker_text) == (("",), ("Jane Poe",))


def test_empty() -> None:
    """No articles, no quotes."""
    assert len(find_quotes(Sentences((), [], [], [], []), Cast((), Spans()))) == 0


@pytest.mark.mirror
@pytest.mark.slow
def test_basil_event(mirror: Path) -> None:
    """On one event of BASIL fragments lie inside their documents, and most quotes have a speaker."""
    from crossframe.reading.public.corpora import read_corpus
    from crossframe.reading.text.split import split_sentences

    sentences = split_sentences(read_corpus("basil").select(event="542cd22c").articles)
    quotes = find_quotes(sentences, find_actors(sentences, []))
    length = {article.id: len(article.document) for article in sentences.articles}
    assert all(end <= length[article] for article, end in zip(quotes.article, quotes.end, strict=True))
    assert np.mean([bool(text) for text in quotes.speaker_text]) > 0.8


def test_dateline_is_nobody(make_sentences) -> None:
    """Neither content nor speaker begins in the dateline."""
    text = "ARDEN, May 4 (Agency) - The roof was wet all day, Doe said.\n\nARDEN, May 4 - The town's drivers said it rained all night."
    found = [(words, speaker) for _, words, _, speaker, _ in quoted(make_sentences(text))]
    assert found == [("The roof was wet all day", "doe"), ("it rained all night", "The town's drivers")]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“The talks are dead,” a senior official said.", "“The talks are dead,”", "a senior official"),
        ("“The talks are dead,” said one union official.", "“The talks are dead,”", "one union official"),
        ("An aid official warned that the town would starve.", "the town would starve", "An aid official"),
        ("The former official claims the talks are dead.", "the talks are dead", "The former official"),
        ("Officials told reporters that the talks were dead.", "the talks were dead", "Officials"),
        ("Some say the talks are dead.", "the talks are dead", "Some"),
        ("Many argue that the talks are dead.", "the talks are dead", "Many"),
        ("Several told the court that they were paid.", "they were paid", "Several"),
        ("Some claim the talks are dead.", "the talks are dead", "Some"),
        ("Two warned that the talks were dead.", "the talks were dead", "Two"),
        ("Most believe that the talks are dead.", "the talks are dead", "Most"),
        ("A few fear the talks are dead.", "the talks are dead", "A few"),
        ("Many in the town say the talks are dead.", "the talks are dead", "Many in the town"),
        ("Some of them insist that the talks are dead.", "the talks are dead", "Some of them"),
        ("Residents of the island say the talks are dead.", "the talks are dead", "Residents of the island"),
        ("“The talks are dead,” those close to the envoy say.", "“The talks are dead,”", "those close to the envoy"),
        ("The talks are dead, residents said.", "The talks are dead", "residents"),
        ("A spokeswoman for the miners said the talks were dead.", "the talks were dead", "A spokeswoman for the miners"),
        ("On Monday officials said the talks were dead.", "the talks were dead", "officials"),
        ("In its ruling the court said the talks were dead.", "the talks were dead", "the court"),
        ("“The talks are dead,” said 34-year-old Amara Cole.", "“The talks are dead,”", "34-year-old Amara Cole"),
        ("Amara Cole, in an interview, told The Loom that the talks were dead.", "the talks were dead", "Amara Cole"),
        ("The envoy, visibly tired, told The Loom that the talks were dead.", "the talks were dead", "The envoy"),
    ],
)  # fmt: skip
def test_roles_speak(make_sentences, reader, text: str, words: str, speaker: str) -> None:
    """Officials, "some" and "many", residents and spokeswomen speak like persons; whom somebody tells does not."""
    sentences = make_sentences(text)
    quotes = find_quotes(sentences, find_actors(sentences, []), reader=reader)
    assert [(text[row["start"] : row["end"]], row["speaker_text"]) for row in quotes.rows()] == [
        (words, speaker)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Official reports of the talks came out.",
        "An official report on the talks came out.",
        "Some reported cases were dropped.",
        "Some claims about the talks were false.",
        "Several alleged thefts were dropped.",
        "Many promises of the envoy were kept.",
        "These fears about the talks are old.",
        "Two calls for talks were heard.",
    ],
)
def test_nouns_behind_some_and_official(make_sentences, reader, text: str) -> None:
    """The same forms are nouns and adjectives where they agree as such."""
    assert quoted(make_sentences(text), reader) == []


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Roe called Doe “a coward.”", "Doe “a coward.”", "roe"),
        ("Roe described the vote as “a disgrace.”", "the vote as “a disgrace.”", "roe"),
        ("Roe branded the plan “a shame”.", "the plan “a shame”", "roe"),
        ("Roe has labelled the ministry “a den of thieves”.", "the ministry “a den of thieves”", "roe"),
        ("Roe accused Doe of “a swindle.”", "Doe of “a swindle.”", "roe"),
        ("Doe was called “a coward” by Roe.", "“a coward”", "roe"),
        ("Roe said Monday, “She must go.”", "“She must go.”", "roe"),
        ("Roe said flatly, “She must go.”", "“She must go.”", "roe"),
        ("Roe told the ministers late on Friday: “She must go.”", "“She must go.”", "roe"),
        ("In a post, Roe wrote: “Shame on this council.” Jane Doe did not answer.", "“Shame on this council.”", "roe"),
        ("Roe wrote on Monday, “Shame on this council.” Doe left the hall.", "“Shame on this council.”", "roe"),
        ("In her speech the envoy took a swipe at Doe, calling her “a coward.”", "her “a coward.”", "the envoy"),
        ("Roe asked about the vote, “What could be more like a farce?”", "“What could be more like a farce?”", "roe"),
        ("Richard Roe, who said the plan was “a farce,” left.", "the plan was “a farce,”", "roe"),
        ("Calling Doe “a coward,” Richard Roe left.", "Doe “a coward,”", "roe"),
        ("Of Doe, the envoy, Roe said on Friday: “She must go.”", "“She must go.”", "roe"),
        ("Roe wrote on X: This council is a joke.", "This council is a joke", "roe"),
        ("“This council is a joke,” tweeted @priyanair.", "“This council is a joke,”", "@priyanair"),
        ("Doe, described by Roe as “a liar,” left.", "“a liar,”", "roe"),
        ("And from Richard Roe:\n\n“She knows the sea, and the town is lucky to have her.”", "“She knows the sea, and the town is lucky to have her.”", "roe"),
    ],
)  # fmt: skip
def test_who_called_it_so(make_sentences, reader, text: str, words: str, speaker: str) -> None:
    """A quotation is of whom its own cue names, in whatever order, without day and manner; not of the next sentence."""
    found = quoted(make_sentences(f"Jane Doe met Richard Roe.\n\n{text}"), reader)
    assert [(found_words, who) for _, found_words, _, who, _ in found] == [(words, speaker)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("« Nous avons tout essayé », a déclaré la maire Jane Doe.", [("« Nous avons tout essayé »", "doe")]),
        ("»Das ist das Ende«, rief Richard Roe. „Wir verlieren Geld“, sagte Jane Doe.",
         [("»Das ist das Ende«", "roe"), ("„Wir verlieren Geld“", "doe")]),
        ("«Es una vergüenza», añadió Richard Roe.", [("«Es una vergüenza»", "roe")]),
        ("„To jest koniec”, powiedział Richard Roe.", [("„To jest koniec”", "roe")]),
        ("„Wir verlieren Geld“, sagte sie.", [("„Wir verlieren Geld“", "")]),
        ("Jane Doe sagte: „Wir verlieren Geld“.", [("„Wir verlieren Geld“", "doe")]),
        ("Der »Retter« kam.", []),
        ("El «nuevo» puente se cayó.", []),
        ("“Dead Man Walking”, a film, opened.", []),
    ],
)  # fmt: skip
def test_marks_of_other_languages(make_sentences, text: str, found: list[tuple[str, str]]) -> None:
    """Where cues are not known an utterance shows by its place, and who speaks by the name behind the verb."""
    direct = [(words, who) for _, words, kind, who, _ in quoted(make_sentences(text)) if kind == "direct"]
    assert direct == found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Roe spoke of the plan. Of Tom Poe, he said: “Never again.”", "roe"),
        ("Roe took a swipe at Tom Poe, whom he called “a coward.”", "roe"),
        ("Roe met the press. About Tom Poe, he said, “Never again.”", "roe"),
        ("Tom Poe came. “Never again,” he said.", "tom-poe"),
    ],
)
def test_pronoun_and_whom_it_is_said_of(make_sentences, text: str, speaker: str) -> None:
    """He is not the person of whom he speaks in the same clause."""
    sentences = make_sentences(f"{text} Tom Poe left.")
    rows = find_quotes(sentences, find_actors(sentences, [ROE])).rows()
    assert [row["speaker"] for row in rows][-1] == speaker


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # who speaks
        ("It was a trap, several former ministers told local radio.", "It was a trap", "several former ministers"),
        ("The bank hid its losses, according to two people familiar with the audit.", "hid its losses", "two people familiar with the audit"),
        ("Unnamed officials quoted by the Post say the spy was a double agent.", "the spy was", "Unnamed officials quoted by the Post"),
        ("The envoys, speaking anonymously because the talks are secret, said the chair had lied.", "the chair had lied", "The envoys"),
        ("The rebels’ wing said in a statement that the truce was over.", "the truce was over", "The rebels’ wing"),
        ("Poe, for his part, dismissed the report as “gossip”.", "gossip", "Poe"),
        ("Loe branded Poe “a coward” and Poe called Loe “a clown”.", "a clown", "poe"),
        ("The plan, described as “toxic” by the health minister, passed.", "toxic", "the health minister"),
        ("The harvest will fail, said farmers.", "The harvest will fail", "farmers"),
        ("“A shame from start to finish.”\n\n— Samir Khoury, in his last letter", "A shame", "Samir Khoury"),
        ("“We’re done,” said Ann Poe. “Finished.” She shrugged. “What can you do?”", "What can you do", "ann-poe"),
        ("“We’re done,” said Ann Poe. “Finished.” She shrugged.", "Finished", "ann-poe"),
        ("Minutes later came the denial from Otieno: “I never met her.”", "I never met her", "Otieno"),
        ("She told the jury: 'My boss said, \"Sign or starve\", and I signed.' It rained.", "and I signed", "She"),
        # clauses
        ("Poe claimed, without evidence, that the nurses had poisoned the wells.", "the nurses had", "Poe"),
        ("Experts warned the dam could burst.", "the dam could burst", "Experts"),
        ("Poe denied wrongdoing as more victims came forward.", "wrongdoing", "Poe"),
        ("The verdict: “Useless.” Nobody spoke.", "Useless", ""),
        ("“We lost,” Poe said. “[The bank] knew it.”", "knew it", "Poe"),
        ("Critics slammed the report as “fiction”.", "fiction", "Critics"),
        # the author's words
        ("The storm, dubbed “Big Bertha”, hit the coast.", "Big Bertha", None),
        ("Poe promised to rebuild the school, which his own cabinet had let rot.", "let rot", None),
        ("Poe hopes to win even though voters despise him.", "despise", None),
        ("Poe pledged to pay despite a record of broken promises.", "broken promises", None),
        ("The court asked both sides for written arguments.", "written arguments", None),
        ("The king agreed with Brussels to reopen the border.", "Brussels", None),
        ("Poe denied wrongdoing as more victims came forward.", "more victims", None),
        ("Poe claimed, without evidence, that the nurses had poisoned the wells.", "without evidence", None),
    ],
)  # fmt: skip
def test_speakers_and_the_author(make_sentences, reader, text: str, words: str, speaker: str | None) -> None:
    """Roles, groups and names behind asides speak; circumstances, names and requests are the author's."""
    found = [
        (one, speaker_text)
        for _, one, _, speaker_text, _ in quoted(make_sentences(text), reader)
        if words in one
    ]
    assert [who for _, who in found[:1]] == ([] if speaker is None else [speaker])


@pytest.mark.parametrize(
    ("title", "words", "speaker"),
    [
        ("‘We were lied to for years’, say miners", "We were lied to", "miners"),
        ("Mayor ‘lied to us’, says ombudsman", "lied to us", "ombudsman"),
        ("“I’d do it again”: nurse who freed prisoners speaks out", "I’d do it again", "nurse"),
        ("Experts warn dam could burst", "dam could burst", "Experts"),
        ("Bank admits it misled clients", "it misled clients", "Bank"),
        ("Trump Touts Bogus Cure as Cases Soar", "Bogus", None),
        ("Trump Touts Bogus Cure as Cases Soar", "Cases", None),
        ("Club denies cheating despite mounting evidence", "evidence", None),
        ("Farmers demand end to ruinous quotas", "ruinous", None),
        ("Bank insists savings are safe despite collapse of rival", "collapse", None),
    ],
)
def test_headlines_of_roles(make_sentences, reader, title: str, words: str, speaker: str | None) -> None:
    """Roles without an article speak in headlines; what describes and surrounds what they said is the outlet's."""
    found = quoted(make_sentences((title, "The sides met on Monday.")), reader)
    assert [who for _, one, _, who, _ in found if words in one] == ([] if speaker is None else [speaker])


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        # nobody speaks
        ("", "Nobody in Lund said “we surrender to the crown and all its men”. It rained.", []),
        ("", "No one at the bank believes the chairman knew.", []),
        ("", "Neither minister claimed that the vote was bought.", []),
        ("", "Hardly anyone in the port thinks the strike will last.", []),
        ("", "Few in the port think the strike will last.", ["the strike will last"]),
        # deeds
        ("", "The regent agreed to pay the miners. The court ordered the release of the monks.", []),
        ("", "Ortiz asked for more time. The panel voted to shut the mill. The king refused on Friday to sign.", []),
        ("", "The envoy offered the rebels a truce. The judge ordered the firm to pay.", []),
        ("", "The regent agreed that the miners had been cheated.", ["the miners had been cheated"]),
        # participles and remarks that describe
        ("", "Many alleged victims were heard. The reported losses were small. A claimed victory was undone.", []),
        ("", "Ama threatened to sack the pilots, a step that enraged the corrupt unions.", ["to sack the pilots"]),
        ("", "Ama said the deal was dead, a claim that stunned the envoys who had toiled at it.", ["the deal was dead"]),
        ("", "Ama condemned the raid, which left nine dead and a town in ruins.", ["the raid"]),
        # circumstances
        ("", "Ama vowed to leave as soldiers closed in on the town.", ["to leave"]),
        ("", "Ama wants to stay although the town loathes her.", ["to stay"]),
        ("", "Ama urged the crews to return as the storm tore at the quay.", ["the crews to return"]),
        ("", "Ama dismissed the charge as protesters gathered outside.", ["the charge"]),
        ("", "Ama said the charge was absurd as the archive had burned.", ["the charge was absurd as the archive had burned"]),
        # what somebody is asked
        ("", "Asked whether she would quit, Ama replied: “Never.”", ["“Never.”"]),
        ("", "Pressed on why the dam broke, Ama blamed the rain.", ["the rain"]),
        # called so by somebody
        ("", "The treaty, hailed by Ama as “a triumph,” collapsed.", ["“a triumph,”"]),
        # titles
        ("Minister defends shameful raid on camp", "", ["raid"]),
        ("Bishop denounces greedy landlords as rents soar", "", ["landlords"]),
        ("Union accuses reckless owner of theft", "", ["theft"]),
        ("Governor promises to rebuild bridge while critics fume", "", ["to rebuild bridge"]),
        ("Regent says miners were cheated as prices climb", "", ["miners were cheated"]),
    ],
)  # fmt: skip
def test_clean_voices(make_sentences, reader, title: str, text: str, words: list[str]) -> None:
    """What is the outlet's stays the outlet's, whatever reads the quotes beside the rules."""
    found = quoted(make_sentences((title, text or "The sides met on Monday.")), reader)
    assert [found_words for _, found_words, *_ in found] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # what happened while it was said
        ("Ama said the dam was safe as terrified villagers fled their homes.", "the dam was safe"),
        ("Ama told the council that the truce held even as shells rained on the port.", "the truce held"),
        ("Ama insisted that the ward was open as angry relatives waited outside.", "the ward was open"),
        ("The emir claimed victory was near while hungry soldiers deserted.", "victory was near"),
        ("Ama said talks would go on even as tanks rolled into Kano.", "talks would go on"),
        ("The rector maintained that nothing had changed as exhausted nurses walked out.", "nothing had changed"),
        ("Ama told savers that the bank was sound just as a jeering crowd broke its windows.", "the bank was sound"),
        ("Ama argued that the levy was fair as thousands of furious farmers blocked the roads.", "the levy was fair"),
        ("Ama said the plan was “fair” as weeping tenants packed their bags.", "the plan was “fair”"),
        ("Ama said the side was ready as injured players limped off.", "the side was ready"),
        ("Ama said ties with Lima were sound even as Peru shuts its embassy.", "ties with Lima were sound"),
        ("Ama vowed to stay as rain falls. Critics laughed.", "to stay"),
        ("Ama promised to resign as members of parliament jeered.", "to resign"),
        # what somebody said happened, and why
        ("Ama said prices rose as demand grew.", "prices rose as demand grew"),
        ("Ama said inflation would fall as demand cooled.", "inflation would fall as demand cooled"),
        ("Ama said imports rose even as prices climbed.", "imports rose even as prices climbed"),
        ("Ama said police fired as terrified villagers fled.", "police fired as terrified villagers fled"),
        ("Ama said two boys drowned as they waited for help.", "two boys drowned as they waited for help"),
        ("Ama said she was proud as her daughter took the stage.", "she was proud as her daughter took the stage"),
        ("Ama said the strike was a disgrace as nurses quit.", "the strike was a disgrace as nurses quit"),
        ("Ama said it was too early to judge as the inquiry was not over.", "it was too early to judge as the inquiry was not over"),
        ("Ama told us the vaccine was as good as the one sold by rivals.", "the vaccine was as good as the one sold by rivals"),
        ("Ama praised Obi as the man who saved the mill.", "Obi as the man who saved the mill"),
        ("Ama said sales were good as tourists returned.", "sales were good as tourists returned"),
    ],
)  # fmt: skip
def test_what_happens_while_somebody_speaks(make_sentences, reader, text: str, words: str) -> None:
    """What happened while a state of things was claimed is the outlet's; what is reported to have happened is the speaker's."""
    assert [found_words for _, found_words, *_ in quoted(make_sentences(text), reader)] == [words]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("And then, from a spokesman for the port: “We are open to all.”", "a spokesman for the port"),
        ("Then, from the back of the hall, from a miner: “We are open to all.”", "a miner"),
        ("Next came a shout from the harbour master: “We are open to all.”", "the harbour master"),
        ("And, from two residents of the quay: “We are open to all.”", "two residents of the quay"),
        ("A final word by Amara Cole: “We are open to all.”", "Amara Cole"),
        ("There was this from the Trade Ministry: “We are open to all.”", "ministry"),
        ("And this from a nurse:\n\n“We are open to all.”", "a nurse"),
        ("Over the door, from May to June: “We are open to all.”", ""),
        ("The sign read, from top to bottom: “We are open to all.”", "The sign"),
    ],
)
def test_from_whom_words_come(make_sentences, reader, text: str, speaker: str) -> None:
    """A quotation behind a colon is of whom the words before it come from, a role, a group or a name."""
    found = quoted(make_sentences(f"Jane Doe spoke first.\n\n{text}"), reader)
    assert [(words, who) for _, words, _, who, _ in found] == [("“We are open to all.”", speaker)]


@pytest.mark.parametrize(
    ("title", "words", "speaker"),
    [
        # who says it ends the headline
        ("Talks on prisoner swap stall, officials say", "Talks on prisoner swap stall", "officials"),
        ("Ferry fares to double by spring, researchers project", "Ferry fares to double by spring", "researchers"),
        ("Harbour bridge unsafe for lorries: report", "Harbour bridge unsafe for lorries", "report"),
        ("Gunmen storm hotel in Velm – police", "Gunmen storm hotel in Velm", "police"),
        ("Ferry deal close to collapse: sources", "Ferry deal close to collapse", "sources"),
        ("Harbour bridge reopens: a day in pictures", "Harbour bridge reopens", None),
        ("Port strike: week two", "Port strike", None),
        # title case
        ("Guild Vows To End Harbour Lease", "To End Harbour Lease", "Guild"),
        ("Senate Republicans Vow to Block Ferry Bill", "to Block Ferry Bill", "Senate Republicans"),
        ("Mayor Denies Sending Letter to Guild", "Sending Letter to Guild", "Mayor"),
        ("Port Panel Wants To Interview Pilots", "To Interview Pilots", "Port Panel"),
        # a second verb of one subject
        ("Poe blames guild for strike, says pilots never asked him", "pilots never asked him", "Poe"),
        ("Poe sells harbour, claims guild was paid", "guild was paid", "Poe"),
        ("Pilots never asked him, says Poe", "Pilots never asked him", "Poe"),
    ],
)  # fmt: skip
def test_frames_of_headlines(make_sentences, title: str, words: str, speaker: str | None) -> None:
    """A headline needs no finite verb before who says it, capitals hide no infinitive, and a second verb has no subject."""
    found = quoted(make_sentences((title, "The sides met on Monday.")))
    assert [who for _, one, _, who, _ in found if one == words] == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # who is close to somebody, and not that somebody
        ("Sources close to the club claim the coach was bribed.", "the coach was bribed", "Sources close to the club"),
        ("Officials in the capital hope the talks will end.", "the talks will end", "Officials in the capital"),
        ("Pilots at the Trade Ministry claim that the engines were faulty.", "the engines were faulty", "Pilots at the Trade Ministry"),
        ("Insiders at the port fear the owner has fled.", "the owner has fled", "Insiders at the port"),
        ("Those familiar with the Trade Ministry say the talks had failed.", "the talks had failed", "Those familiar with the Trade Ministry"),
        ("Most claims of the club were dropped. Reports on the mine were late.", "", ""),
        # whose a letter is that is read
        ("The dockers’ union received a letter on Monday. It reads: “You will pay.”", "“You will pay.”", "a letter"),
        ("The union published the letter from its chair, Olga Brandt, on Monday. It reads: “You will pay.”", "“You will pay.”", "Olga Brandt"),
        ("The Trade Ministry was handed a note by a miner. It begins: “You will pay.”", "“You will pay.”", "a miner"),
        ("A guard of the Trade Ministry was shown Jane Doe’s message. It said: “You will pay.”", "“You will pay.”", "doe"),
        ("Vandals sent the Trade Ministry their worst. A banner hung from its roof. It read: “You will pay.”", "“You will pay.”", "A banner"),
        ("The Trade Ministry issued a statement. It said: “You will pay.”", "“You will pay.”", "ministry"),
        ("The Trade Ministry sent a letter to its staff. It read: “You will pay.”", "“You will pay.”", "ministry"),
        # a person by role
        ("Nurse Abena Osei disagreed with Mr. Kofi Mensah. “You will pay,” she said.", "“You will pay,”", "Nurse Abena Osei"),
        ("Surgeon Ngozi Bello met Sir Tom Frith. “You will pay,” she said.", "“You will pay,”", "Surgeon Ngozi Bello"),
        ("Pilot Adaeze Obi argued with Mr. Abara, she said.", "Pilot Adaeze Obi argued with Mr. Abara", "pilot-adaeze-obi"),
    ],
)  # fmt: skip
def test_whose_words_they_are(make_sentences, reader, text: str, words: str, speaker: str) -> None:
    """Sources close to a club, the writer of a letter and a person named with a role speak, not whom else the sentence names."""
    found = [(one, who) for _, one, _, who, _ in quoted(make_sentences(text), reader)]
    assert found == ([(words, speaker)] if words else [])


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Nurse Abena Osei disagreed with doctor Kofi Mensah. “He left the ward,” she said. “I was alone,” he replied.", ["Osei", "mensah"]),
        ("Pilot Adaeze Obi argued with Mr. Emeka Abara. “He slept,” she said. “I was ill,” he replied.", ["obi", "abara"]),
    ],
)  # fmt: skip
def test_who_has_spoken_as_she_is_not_he(make_sentences, text: str, speakers: list[str]) -> None:
    """Of two persons the one who has spoken as "she" is not whom "he" means, though no title or first name says so."""
    sentences = make_sentences(text)
    rows = find_quotes(sentences, find_actors(sentences, []), reader=None).rows()
    found = [f"{row['speaker_text']} {row['speaker']}" for row in rows]
    assert len(found) == len(speakers)
    assert all(name in words for name, words in zip(speakers, found, strict=True))
