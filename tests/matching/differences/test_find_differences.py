"""Differences of an event's pairs: offsets in documents, kinds, and the relations that they imply."""

import pytest

from crossframe.matching.differences.find_differences import find_differences, mark_conflicts
from crossframe.reading.text.split import split_sentences
from crossframe.records import CONFLICTS, Alignment, Article, Differences, Stretches

CONFLICTING = [
    (
        "number",
        "It was 45 degrees Celsius in Phoenix on Monday.",
        "It was 100 degrees Fahrenheit in Phoenix on Monday.",
    ),
    (
        "number",
        "In a 48-page indictment released in May, Roe is charged with fraud.",
        "The 47-page indictment says that Roe lied.",
    ),
    ("number", "Senate Passes Bill 52-48", "Senate Passes Bill 54-46"),
    ("number", "Inflation hit 5% in May.", "Inflation hit 7.5% in May."),
    ("number", "The quake killed 1,200 people.", "The quake killed more than 3,000 people."),
    ("number", "Forty people were hurt in the crash.", "Eighty people were hurt in the crash."),
    (
        "number",
        "Some 80 people were injured when the train left the rails.",
        "120 were injured when the train left the rails.",
    ),
    ("number", "The fire broke out at 3 a.m. on Sunday.", "The fire broke out at 5 a.m. on Sunday."),
    ("number", "The summit opens on May 3.", "The summit opens on May 5."),
    ("number", "The ship sank 12 miles off the coast.", "The ship sank 40 kilometers off the coast."),
    ("number", "The company will cut 1,500 jobs.", "The firm will cut 2,500 jobs."),
    ("number", "A third of the houses were destroyed.", "Half of the houses were destroyed."),
    ("number", "Half the village was evacuated.", "All of the village was evacuated."),
    ("number", "The 34-year-old was arrested.", "The 38-year-old was arrested."),
    ("number", "Most of the miners were rescued.", "All of the miners were rescued."),
    ("number", "The team won 3-1 on Saturday.", "The team won 2-1 on Saturday."),
    ("number", "Profits doubled to $4 billion.", "Profits rose to $3 billion."),
    ("number", "The strike lasted two weeks.", "The strike lasted ten days."),
    ("number", "Three of the four suspects fled.", "Two of the four suspects fled."),
    ("number", "It was the fifth attack this year.", "It was the third attack this year."),
    ("number", "Ten Dead In Mine Fire", "Mine Fire Kills Twenty"),
    ("number", "Police detained a dozen protesters.", "Police detained 40 protesters."),
    ("number", "The court fined the bank 2 million euros.", "The court fined the bank 5 million euros."),
    ("number", "The election is on Sunday.", "The election is on Saturday."),
    ("number", "Between 10 and 15 boats sank.", "20 boats sank."),
    ("polarity", "Parliament Approves Budget", "Parliament Rejects Budget"),
    ("polarity", "The minister will attend the summit.", "The minister won't attend the summit."),
    ("polarity", "The minister can attend the summit.", "The minister cannot attend the summit."),
    ("polarity", "The rebels have yet to leave the city.", "The rebels have left the city."),
    ("polarity", "The firm ruled out selling the plant.", "The firm sold the plant."),
    ("polarity", "Oil prices jumped on Thursday.", "Oil prices dropped on Thursday."),
    ("polarity", "The strike ended on Monday.", "The strike continued on Monday."),
    ("polarity", "The border is open.", "The border is closed."),
    ("polarity", "The witness recognised the man.", "The witness did not recognise the man."),
    ("polarity", "The judge found him guilty.", "The judge found him not guilty."),
    ("polarity", "The deal was signed without the unions.", "The deal was signed with the unions."),
    ("polarity", "Police used tear gas against the crowd.", "Police used no tear gas against the crowd."),
    ("polarity", "The party won the election.", "The party lost the election."),
    ("polarity", "Doctors say he is alive.", "Doctors say he is dead."),
    ("polarity", "The ministry confirmed the deaths.", "The ministry denied the deaths."),
    (
        "polarity",
        "The ministry admitted that it had lost the files.",
        "The ministry denied that it had lost the files.",
    ),
    ("polarity", "The president refused to sign the bill.", "The president signed the bill."),
    ("polarity", "The army failed to take the town.", "The army took the town."),
    ("polarity", "The vaccine is safe, the agency says.", "The vaccine is unsafe, the agency says."),
    ("polarity", "The court allowed the march.", "The court banned the march."),
    ("polarity", "Nobody was killed in the blast.", "Three people were killed in the blast."),
    ("polarity", "The mayor supports the plan.", "The mayor opposes the plan."),
    ("polarity", "Exports grew last year.", "Exports shrank last year."),
    ("polarity", "She accepted the offer.", "She turned down the offer."),
    ("polarity", "The talks succeeded.", "The talks failed."),
    ("polarity", "The council voted for the plan.", "The council voted against the plan."),
    ("polarity", "The bridge was reopened.", "The bridge remains closed."),
    ("polarity", "Voters rejected the treaty.", "Voters backed the treaty."),
    ("polarity", "The hostages were released.", "The hostages are still being held."),
    ("roles", "The rebels attacked the army.", "The army attacked the rebels."),
    ("roles", "The teacher hit the pupil.", "The pupil hit the teacher."),
    ("roles", "The firm bought its rival.", "The firm was bought by its rival."),
    ("roles", "China warned Japan over the islands.", "Japan warned China over the islands."),
    ("roles", "Smith beat Jones in the final.", "Jones beat Smith in the final."),
    ("roles", "Hamas accused Israel of violating the truce.", "Israel accused Hamas of violating the truce."),
    ("roles", "The union blames the board for the strike.", "The board blames the union for the strike."),
    ("roles", "Turkey Accuses Greece Of Provocation", "Greece Accuses Turkey Of Provocation"),
    ("roles", "The governor criticized the mayor.", "The mayor criticized the governor."),
    ("roles", "French planes bombed the base.", "British planes bombed the base."),
]
"""Pairs that cannot both be true, and the one kind that says why."""
ALIKE = [
    ("U.S. Surpasses Six Million Reported Covid-19 Cases", "U.S. tops 6 million coronavirus cases."),
    (
        "It was 45 degrees Celsius in Phoenix on Monday.",
        "It was 113 degrees Fahrenheit in Phoenix on Monday.",
    ),
    ("Never had so many boats passed the port.", "A record number of boats passed the port."),
    (
        "Velm Police said nine people had been arrested and one of them charged.",
        "Velm Council said 47 people from 31 homes had lost the roof over their heads.",
    ),
    ("The strike lasted two weeks.", "The strike lasted 14 days."),
    ("At least ten dead in mine fire", "Mine fire kills 12"),
    ("Police detained a dozen protesters.", "Police detained 13 protesters."),
    ("The court fined the bank 2 million euros.", "The bank was fined €2m by the court."),
    ("The election is on Sunday, officials said on Friday.", "Officials said the election is on Sunday."),
    ("The flood killed 12 people, among them three children.", "Twelve people died in the flood."),
    ("Nearly half of the voters stayed home.", "48 percent of the voters stayed home."),
    ("One in four children is poor.", "25 percent of children are poor."),
    ("The bomb killed two soldiers and hurt five.", "The bomb hurt five people and killed two."),
    ("Between 10 and 15 boats sank.", "A dozen boats sank."),
    ("The man, 34, has two children.", "The 34-year-old has two children."),
    ("He served from 1999 to 2004.", "He served until 2004."),
    ("The bridge remains closed.", "The bridge has not reopened."),
    ("The team did not win.", "The team lost."),
    ("The talks failed.", "The talks did not succeed."),
    ("The court refused to free him.", "The court kept him in jail."),
    ("The minister rejected calls to resign.", "The minister will not resign."),
    ("He is not the only one to leave.", "He is one of many to leave."),
    ("The attack was nothing but murder.", "The attack was murder."),
    ("Few people voted.", "Not many people voted."),
    ("He said he would not comment.", "He did not comment."),
    ("Prices rose in May and fell in June.", "Prices fell in June after rising in May."),
    ("The senator opposed the ban.", "The senator voted against the ban."),
    ("The firm bought its rival.", "The rival was bought by the firm."),
    ("Smith beat Jones.", "Jones was beaten by Smith."),
    ("Smith married Jones.", "Jones married Smith."),
    ("Israel and Hamas accused each other.", "Hamas and Israel accused each other."),
    ("The police accused the gang of theft.", "The gang was accused of theft by police."),
]
"""Pairs that look like the above and can both be true."""


def align_pair(left: str, right: str, relation: str = "equivalent", language: str = "en") -> Alignment:
    """Return the alignment of two articles of one sentence each, below a title."""
    articles = [
        Article("a", "e", "x", "Title", left, language=language),
        Article("b", "e", "y", "", right, language=language),
    ]
    sentences = split_sentences(articles)
    return Alignment(sentences, [sentences.row("a", 1)], [sentences.row("b", 1)], [0.9], (relation,))


def texts(alignment: Alignment, differences: Differences) -> list[tuple[str, str, str]]:
    """Return kind and stretches of differences as they stand in the documents."""
    documents = {article.id: article.document for article in alignment.sentences.articles}
    return [
        (
            row["kind"],
            documents[row["left_article"]][row["left_start"] : row["left_end"]],
            documents[row["right_article"]][row["right_start"] : row["right_end"]],
        )
        for row in differences.rows()
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Twelve miners died when the shaft flooded.", "Fourteen miners died in the flooded shaft.", [("number", "Twelve", "Fourteen")]),
        ("All hostages were freed on Sunday.", "Some of the hostages were freed on Sunday.", [("number", "All", "Some")]),
        ("The guild will not sell the hall.", "The guild will sell its hall.", [("polarity", "will not sell", "will sell")]),
        ("The army struck the clinic, witnesses said.", "The army denied that it had struck the clinic.", [("polarity", "struck", "denied that it had struck")]),
        ("Ardania accused Velmark of firing first.", "Velmark accused Ardania of firing first.", [("roles", "Ardania accused Velmark", "Velmark accused Ardania")]),
        ("The treasurer took bribes from the port.", "Prosecutors allege that the treasurer took bribes from the port.", [("certainty", "took", "Prosecutors allege that")]),
        ("Lund resigned on Friday.", "Lund resigned on Friday after an audit found $2 million missing.", [("detail", "", "after an audit found $2 million missing")]),
        ("The regime shut three newspapers.", "The government closed three newspapers.", [("wording", "regime", "government")]),
        ("Thugs massacred 40 villagers at dawn.", "Thugs massacred 12 villagers at dawn.", [("number", "40", "12")]),
        ("The flight to Velm was delayed by snow.", "Snow held up the flight to Velm.", []),
    ],
)  # fmt: skip
def test_kinds_and_stretches(left: str, right: str, expected: list[tuple[str, str, str]]) -> None:
    """Every kind is found with exact stretches of the documents on both sides."""
    alignment = align_pair(left, right)
    assert texts(alignment, find_differences(alignment)) == expected


@pytest.mark.parametrize(
    ("left", "right", "relation", "expected"),
    [
        ("Twelve men died.", "Forty men died.", "equivalent", "conflict"),
        ("Twelve men died.", "Forty men died.", "partial", "conflict"),
        ("Twelve men died.", "Forty men died.", "none", "none"),
        ("Twelve men died.", "Forty men died.", "disputed", "disputed"),
        ("The bank could raise rates.", "The bank raised rates.", "equivalent", "partial"),
        ("Lund resigned.", "Lund resigned after an audit found the leak.", "equivalent", "equivalent"),
        ("The regime shut three papers.", "The government shut three papers.", "equivalent", "equivalent"),
    ],
)
def test_relations_follow_differences(left: str, right: str, relation: str, expected: str) -> None:
    """Number, polarity and roles make a conflict; certainty leaves no pair equivalent; detail and wording change nothing."""
    alignment = align_pair(left, right, relation)
    assert mark_conflicts(alignment, find_differences(alignment)).relation == (expected,)


def test_pairs_in_other_languages_have_none() -> None:
    """The rules read English: of other languages nothing is said."""
    alignment = align_pair("Twelve men died.", "Forty men died.", language="de")
    assert len(find_differences(alignment)) == 0


def test_left_is_the_side_with_the_smaller_key() -> None:
    """Sides do not depend on the order of rows in the alignment."""
    one = align_pair("Twelve men died.", "Forty men died.")
    other = Alignment(one.sentences, one.right, one.left, one.probability, one.relation)
    assert list(find_differences(one).rows()) == list(find_differences(other).rows())


def test_words_of_others_are_less_than_asserted() -> None:
    """What stands in a stretch of another voice is attributed."""
    alignment = align_pair("The dam broke on Monday.", "Bell: The dam broke on Monday.")
    voices = Stretches.from_rows(
        [
            {"article": "b", "sentence": 1, "start": 0, "end": 6, "voice": "author"},
            {"article": "b", "sentence": 1, "start": 6, "end": 30, "voice": "bell"},
        ]
    )
    assert len(find_differences(alignment)) == 0
    assert [kind for kind, _, _ in texts(alignment, find_differences(alignment, voices))] == ["certainty"]


@pytest.mark.parametrize(("kind", "left", "right"), CONFLICTING)
def test_conflicts_have_one_kind(kind: str, left: str, right: str) -> None:
    """What makes a conflict is told once, as one kind, whichever side is first."""
    for first, second in ((left, right), (right, left)):
        rows = find_differences(align_pair(first, second)).rows()
        assert [row["kind"] for row in rows if row["kind"] in CONFLICTS] == [kind]


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_what_can_both_be_true_is_no_conflict(left: str, right: str) -> None:
    """Other words, hedges, units, parts and other quantities in the sentence make no conflict, whichever side is first."""
    for first, second in ((left, right), (right, left)):
        rows = find_differences(align_pair(first, second)).rows()
        assert [row["kind"] for row in rows if row["kind"] in CONFLICTS] == []
