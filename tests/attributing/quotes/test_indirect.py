"""What a cue says, thinks or wants."""

import pytest

from crossframe.attributing.quotes.cues import find_cues
from crossframe.attributing.quotes.indirect import find_content
from crossframe.attributing.syntax.regions import Region


def contents(text: str) -> list[tuple[str, str]] | None:
    """Return stretches and frame of what the first cue attributes, None where nothing."""
    cues = find_cues(Region(0, len(text), 0, text, ()))
    found = find_content(Region(0, len(text), 0, text, ()), cues[0], cues[1:]) if cues else None
    return [(text[start:end], found.frame) for start, end in found.spans] if found else None


@pytest.mark.parametrize(
    ("text", "content", "frame"),
    [
        ("Doe told reporters on Friday that it had rained.", "it had rained", "that"),
        ("Doe said the roof was wet.", "the roof was wet", "said"),
        ("Doe said Friday the roof was wet.", "the roof was wet", "said"),
        ("Doe believes the roof is wet.", "the roof is wet", "bare"),
        ("Doe told the guild he would go.", "he would go", "bare"),
        ("The roof was wet all day, Doe said in a statement.", "The roof was wet all day", "before"),
        ("The roof was wet all day, Doe said Friday.", "The roof was wet all day", "before"),
        ("According to Doe, the roof was wet.", "the roof was wet", "according"),
        ("The roof was wet, according to Doe.", "The roof was wet", "according"),
        ("As Doe said on Friday, the roof was wet.", "the roof was wet", "as"),
        ("Doe asked whether the roof was wet.", "whether the roof was wet", "wh"),
        ("Doe explained how the roof got wet.", "how the roof got wet", "wh"),
        ("Doe promised to mend the roof.", "to mend the roof", "to"),
        ("Doe wants to mend it.", "to mend it", "to"),
        ("Doe proposed mending the roof.", "mending the roof", "ing"),
        ("Doe criticized Roe in a statement.", "Roe", "object"),
        ("Doe called for a new roof on Friday.", "a new roof", "object"),
        ("Doe accused Roe of breaking the roof, which fell.", "Roe of breaking the roof", "object"),
        (
            "Roe’s suggestion that the roof was wet angered Doe.",
            "that the roof was wet angered Doe",
            "noun-that",
        ),
        ("Her vow to go was noted.", "to go was noted", "noun-to"),
        ("Doe vowed to mend the roof as rain fell on the town.", "to mend the roof", "to"),
        ("Doe hopes to leave as soon as the roof is mended.", "to leave as soon as the roof is mended", "to"),
        ("Doe wants to serve as head of the guild.", "to serve as head of the guild", "to"),
        ("Doe demanded a new roof amid anger over the old one.", "a new roof", "object"),
        ("Doe promised to mend such roofs as leak.", "to mend such roofs as leak", "to"),
        ("Doe said the roof leaked as rain fell.", "the roof leaked as rain fell", "said"),
        ("Doe said that the roof was wet; nobody cared.", "the roof was wet", "that"),
        ("Doe said the roof was wet, a claim that few believe.", "the roof was wet", "said"),
        (
            "Doe said that it had sent 50 tons, figures that cannot be checked.",
            "it had sent 50 tons",
            "that",
        ),
        ("Doe said he wanted to leave, a day after the council had voted.", "he wanted to leave", "said"),
        ("Doe said she would go but did not say when.", "she would go", "said"),
        ("Doe, who said the roof was wet, left.", "the roof was wet", "said"),
        ("While Doe said the roof was wet, Roe left.", "the roof was wet", "said"),
        ("(Doe said the roof was wet.) Roe left.", "the roof was wet", "said"),
        ("Doe said the roof was wet, adding that it would fall.", "the roof was wet", "said"),
        ("Doe said the roof was wet and Roe said it was dry.", "the roof was wet", "said"),
    ],
)
def test_find_content(text: str, content: str, frame: str) -> None:
    """Content begins by what its cue takes, and ends with the sentence, or where others or the author speak."""
    assert contents(text) == [(content, frame)]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, Doe said.",
        "Doe said on Monday.",
        "Doe wrote in a book.",
        "Doe refused to say more.",
        "Doe declined to leave.",
        "The guild voted to mend the roof.",
        "The council agreed to mend the roof.",
        "Doe decided to mend the roof.",
        "The owners sought to sell the roof.",
        "Doe ordered a new roof.",
        "Doe asked for a new roof.",
        "Doe offered the guild a new roof.",
        "Her refusal to go was noted.",
        "Their request for a new roof was noted.",
    ],
)
def test_no_content(text: str) -> None:
    """A cue without a clause attributes nothing, nor does a deed."""
    assert contents(text) is None


def test_around() -> None:
    """A cue between commas attributes both sides."""
    assert contents("The roof, Doe said, was wet all day.") == [
        ("The roof", "around"),
        ("was wet all day", "around"),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # a second verb of the same subject and tense has a content of its own
        ("Doe said the well was dry and promised a new one.", "the well was dry"),
        ("Doe says the well is dry, but denies that he knew.", "the well is dry"),
        ("The guild argued that rents had doubled, and accused the mayor of sloth.", "rents had doubled"),
        ("Okoro told the court he was abroad and then claimed that he was ill.", "he was abroad"),
        ("Ito praised the crew and blamed the owners for the fire.", "the crew"),
        ("Lund acknowledged that it was late, but insisted it would pay.", "it was late"),
        ("Doe warned the dam could burst and also urged the town to leave.", "the dam could burst"),
        ("Ama left, calling the vote a farce and urging the court to annul it.", "the vote a farce"),
        # but not one of another tense, nor what the subject of the clause does, plans, or had no verb before
        ("Doe says the mayor lied and denied it.", "the mayor lied and denied it"),
        ("Doe said the mayor had lied and planned to leave.", "the mayor had lied and planned to leave"),
        ("Doe said the mayor sold the well and left.", "the mayor sold the well and left"),
    ],
)
def test_joined_verbs(text: str, content: str) -> None:
    """A content ends where a verb of its speaker is joined to its cue."""
    assert contents(text)[0][0] == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Doe urged Ann Poe, his oldest friend, to leave the guild.", "Ann Poe, his oldest friend, to leave the guild"),
        ("Doe accused the smith, a cousin, of theft.", "the smith, a cousin, of theft"),
        ("Doe praised Sen. Roe (D-Ohio) for his courage.", "Sen. Roe (D-Ohio) for his courage"),
        ("Doe denounced the attack by the militia on Friday.", "the attack by the militia"),
        ("Doe criticized the repeated delays by the guild.", "the repeated delays by the guild"),
        ("Doe described several crimes, including a theft in Lund.", "several crimes, including a theft in Lund"),
        ("Doe rejected a list of demands, such as a pause.", "a list of demands, such as a pause"),
        ("Doe condemned the strike by leaving the hall.", "the strike"),
        ("Doe criticized the plan, which is old.", "the plan"),
        ("Doe praised the smith, who left.", "the smith"),
        ("Doe condemned the strike (it lasted a day and cost the town two boats) again.", "the strike"),
    ],
)  # fmt: skip
def test_objects_with_what_stands_inside(text: str, content: str) -> None:
    """An object goes on behind brackets, an apposition, what it includes, and by whom something is done."""
    assert contents(text) == [(content, "object")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Doe said he would resign in June, paving the way for a vote.", "he would resign in June"),
        ("The court found that the ban could stand, delivering a blow to Lund.", "the ban could stand"),
        ("Doe said the roof was wet, quietly bowing to the guild.", "the roof was wet"),
        ("Doe said the law covers all boats, including the old ones.", "the law covers all boats, including the old ones"),
        ("Doe promised to write to all, thanking them.", "to write to all, thanking them"),
        ("The gap between what Doe says the roof cost, and what it cost, is wide.", "the roof cost"),
        ("Firms hired 300 people in May, the ministry reported on Friday, a sign of hope.", "Firms hired 300 people in May"),
        ("The envoy has resigned, an aide said on Monday, after a stormy year.", "The envoy has resigned"),
        ("The shop will close, its owner announced Tuesday.", "The shop will close"),
        ("He’s claiming that the vote was bought.", "the vote was bought"),
        ("She's also warning that the well is dry.", "the well is dry"),
    ],
)  # fmt: skip
def test_the_authors_words_beside_a_clause(text: str, content: str) -> None:
    """Participles, circumstances, days and remarks of the author are no content of the cue."""
    assert [words for words, _ in contents(text)] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "The old roof, Doe said, is wet and leaks.",
        "They must pay, Doe said, or leave the guild.",
        "The roof was wet, Doe said, because nobody had mended it.",
        "The tools his guild has at its disposal, Doe added, are old.",
        "Nothing was lost, Doe said, apart from one boat.",
    ],
)
def test_what_goes_on_behind_a_cue(text: str) -> None:
    """The second part of a clause, its reason and its other half are the speaker's."""
    assert [frame for _, frame in contents(text)] == ["around", "around"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # the verb has no subject of its own, or no object
        ("The mayor had made a pledge that insulted the poor.", None),
        ("It was a promise that angered farmers.", None),
        ("The bank kept to a claim that was soon disproved.", None),
        ("Roe repeated an allegation that never reached a court.", None),
        ("The town lives with a fear that haunts parents.", None),
        ("The guild recalled the vow that she made in May.", None),
        ("It was a threat that cost him the vote.", None),
        ("The report dealt with a complaint that rests on a forged letter.", None),
        ("Few recall the promise that he later broke.", None),
        ("The paper printed an accusation that the bank denies.", None),
        # the noun holds a clause
        ("The mayor had made a pledge that taxes would fall.", "that taxes would fall"),
        ("It was a promise that farmers would be paid.", "that farmers would be paid"),
        ("The bank kept to its assertion that she had lied.", "that she had lied"),
        ("Roe heard the allegation that armed men had fled.", "that armed men had fled"),
        ("The town lives with a fear that prices rose.", "that prices rose"),
        ("It was a threat that the dam would be opened.", "that the dam would be opened"),
        ("The report dealt with the complaint that the well was never dropped.", "that the well was never dropped"),
        ("Her promise that nobody would pay was noted.", "that nobody would pay was noted"),
        ("They share the hope that schools reopen in May.", "that schools reopen in May"),
        ("The town heard the accusation that the bank made a profit.", "that the bank made a profit"),
    ],
)  # fmt: skip
def test_what_a_noun_holds_and_what_is_said_of_it(text: str, content: str | None) -> None:
    """A clause with a gap for the noun before it is the author's; a whole one is what the noun holds."""
    found = [words for words, frame in contents(text) or [] if frame == "noun-that"]
    assert found == ([content] if content else [])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # a time before the infinitive
        ("Doe vowed on Monday to mend the roof.", "to mend the roof"),
        ("The guild promised last week to pay.", "to pay"),
        ("Doe pledged to mend the roof.", "to mend the roof"),
        # clauses that begin with a number, or have two words
        ("Doe said more than 40 roofs were wet.", "more than 40 roofs were wet"),
        ("Doe said at least two roofs fell.", "at least two roofs fell"),
        ("The guild says he misspoke.", "he misspoke"),
        ("Doe said nothing.", None),
        ("Doe said more.", None),
        ("Doe said at dawn.", None),
        # the noun before is the subject of what is said
        ("It is a roof that builders say is safe in any storm.", "is safe in any storm"),
        ("The guild bought tools which Doe said would last for years.", "would last for years"),
        # deeds
        ("Doe agreed to mend the roof.", None),
        ("Doe agreed on Monday to mend the roof.", None),
        ("The guild asked for a new roof.", None),
        # adjectives and verbs behind "others"
        ("Others expressed dismay.", "dismay"),
        ("Some reported leaks were mended.", None),
    ],
)
def test_frames_of_clauses(text: str, content: str | None) -> None:
    """A day, a number or a gap hides no content, and a deed has none."""
    assert [words for words, _ in contents(text) or []] == ([content] if content else [])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Doe denounced the plan as a grab designed to please the guild.", "the plan as a grab designed to please the guild"),
        ("Doe praised Roe as the most admired smith.", "Roe as the most admired smith"),
        ("Doe vowed to stay as the guild sharpens its knives.", "to stay"),
        ("Doe vowed to stay as the guild turned on him.", "to stay"),
        ("Doe promised to pay, a step that angered the guild.", "to pay"),
        ("Doe promised to pay the smith, a man that the guild had cheated, by May.", "to pay the smith, a man that the guild had cheated, by May"),
    ],
)  # fmt: skip
def test_as_what_and_as_somebody_does(text: str, content: str) -> None:
    """As what somebody is praised or blamed is the speaker's; as something happens, and remarks, the author's."""
    assert [words for words, _ in contents(text)] == [content]
