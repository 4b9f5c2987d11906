"""Turns of transcripts and answers of interviews."""

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes, is_interview


def speaker_of(sentences, words: str) -> str | None:
    """Return whose words `words` are by the shortest quote that holds them, None where they are the author's."""
    document = sentences.articles[0].document
    rows = [
        row
        for row in find_quotes(sentences, find_actors(sentences, [])).rows()
        if words in document[row["start"] : row["end"]]
    ]
    if not rows:
        return None
    row = min(rows, key=lambda row: row["end"] - row["start"])
    return row["speaker_text"]


INTRO = "Marta Voss, the head of the water board, spoke to The Loom about the drought."
TRANSCRIPTS = [
    # names in capitals, several sentences, a paragraph that goes on
    ("PAUL NDIAYE: Why did you close the mine?\n\nMARTA VOSS: We had no choice. The owner is a thief.\n\nHe sold our water.\n\nNDIAYE: Thank you.",
     {"Why did you": "NDIAYE", "The owner is a thief": "VOSS", "He sold our water": "VOSS", "Thank you": "NDIAYE"}),
    # names with office, party and time
    ("[00:04] SEN. MARTA VOSS (D-OHIO): I will vote no. It is a swindle.\n\n[00:31] PAUL NDIAYE, HOST: You said yes in May.",
     {"It is a swindle": "VOSS", "You said yes": "NDIAYE"}),
    # capitalised names, one of them unknown
    ("Marta Voss: You sold the port. That was a crime.\n\nPaul Ndiaye: I did not. You are lying.\n\nModerator: Let us move on.",
     {"That was a crime": "Voss", "You are lying": "Ndiaye", "Let us move on": "Moderator"}),
    # a press conference: the questions are the reporters'
    ("QUESTION: Minister, is the dam safe?\n\nMINISTER VOSS: It is not. The builders lied to us.\n\nThey ran.\n\nQUESTION: Who knew?\n\nMINISTER VOSS: I did.",
     {"is the dam safe": None, "The builders lied": "Voss", "They ran": "Voss", "Who knew": None}),
    # initials
    ("MV: We were robbed. Nobody came.\n\nPN: Will you sue?\n\nMV: Yes, and we will win.",
     {"Nobody came": "Voss", "Will you sue": "Ndiaye", "we will win": "Voss"}),
    # marked by asterisks; the outlet asks
    ("**Outlet 0:** Is the river dry?\n\n**Marta Voss:** It is. The minister sold it.\n\n**Outlet 0:** What will you do?\n\n**Marta Voss:** We will march.",
     {"Is the river dry": None, "The minister sold it": "Voss", "We will march": "Voss"}),
    # asides and what the author tells between turns
    ("NDIAYE: What happened?\n\nVOSS: They beat us. It was a crime.\n\n(Laughter.)\n\nVoss was in tears.\n\nNDIAYE: I am sorry.",
     {"It was a crime": "Voss", "(Laughter.)": None, "Voss was in tears": None, "I am sorry": "Ndiaye"}),
    # nobody known, addressed by title
    ("MS. DLAMINI: Madam Speaker, the minister has robbed the miners. It was a crime.\n\nMR. NAIDOO: That is a lie.",
     {"It was a crime": "DLAMINI", "That is a lie": "NAIDOO"}),
    # one turn of a known person
    ("VOSS: The board is broke. The minister knows it.\n\nThe meeting ended at noon.",
     {"The minister knows it": "Voss", "ended at noon": None}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TRANSCRIPTS)
def test_transcripts(make_sentences, text: str, expected: dict[str, str | None]) -> None:
    """Every sentence of a turn is the speaker's; asides, questions of the outlet and what is told between are the author's."""
    sentences = make_sentences(f"The two met on Monday, Marta Voss and Paul Ndiaye.\n\n{text}")
    for words, speaker in expected.items():
        found = speaker_of(sentences, words)
        assert (found is None) == (speaker is None), words
        assert speaker is None or speaker.casefold() in (found or "").casefold(), words


@pytest.mark.parametrize(
    "text",
    [
        "NEW DELHI: Prime Minister Asha Rao left on Monday. Nobody was hurt.",
        "MONDAY: Rain in the north.\n\nTUESDAY: Sun all day. Nobody will complain.",
        "WINNERS: The banks. They paid nothing.\n\nLOSERS: The rest of the town.",
        "Marta Voss: The mayor since 2019. She closed the port.\n\nPaul Ndiaye: A lawyer. He was born in Dakar.",
        "CORRECTION: The name of the mayor is Voss. It was wrong.",
        "The score: Arden won. It was late.\n\nThe crowd: Nobody came.",
        "Where: The town hall.\n\nWhen: Monday at noon.",
        "What is next: The bill goes to the senate. It may fail.",
    ],
)
def test_labels_of_nobody(make_sentences, reader, text: str) -> None:
    """Places, days, headings and descriptions before or behind a colon are the author's."""
    sentences = make_sentences(f"Marta Voss met Paul Ndiaye on Monday.\n\n{text}")
    assert len(find_quotes(sentences, find_actors(sentences, []), reader=reader)) == 0


INTERVIEWS = [
    ("Is there enough water?\n\nNo. The minister sold our river. He is a thief.\n\nDid you tell him so?\n\nI did, and he laughed.",
     {"He is a thief": "Voss", "Did you tell": None, "and he laughed": "Voss"}),
    ("Q: Is there enough water?\n\nA: No. The minister is a thief.\n\nHe should go.\n\nQ: What now?\n\nA: We wait.",
     {"The minister is a thief": "Voss", "He should go": "Voss", "What now": None, "We wait": "Voss"}),
    ("Q. Who is to blame?\n\nA. The minister is. I told him.\n\nQ. Will you resign?\n\nA. Never.",
     {"The minister is": "Voss", "Will you": None, "Never": "Voss"}),
    ("Question: Who is to blame?\n\nAnswer: The minister is. I told him.\n\nQuestion: Will he go?\n\nAnswer: He must, and my board will see to it.",
     {"The minister is": "Voss", "He must": "Voss"}),
    ("**You have run the board since May. Why is the river dry?**\n\nBecause it was sold. The minister lied to us.\n\n**Are you afraid?**\n\nI am not. He is a coward.",
     {"You have run": None, "The minister lied": "Voss", "He is a coward": "Voss"}),
    ("What did the minister say to you?\n\nHe threatened me. He said the board would be closed in a week.\n\nAnd what did you do?\n\nI went home and wept.",
     {"He threatened me": "Voss", "the board would be closed": "", "and wept": "Voss"}),
    ("Why did you speak out?\n\nWe had no water. Children fell ill, and nobody in the capital cared.\n\nThen the army came. It was a disgrace.\n\nWould you do it again?\n\nYes. I would.\n\nVoss has run the board since 2019.\n\nThis interview has been edited for length.",
     {"nobody in the capital cared": "Voss", "It was a disgrace": "Voss", "Yes. I would": "Voss", "since 2019": None, "edited for length": None}),
    ("How are you?\n\nTired. We all are.\n\nWhat do you want from the minister?\n\nThe truth. He owes us that much.\n\nWho will pay?\n\nThe thieves who built the dam.",
     {"Tired": "Voss", "He owes us": "Voss", "The thieves who built": "Voss"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INTERVIEWS)
def test_interviews(make_sentences, text: str, expected: dict[str, str | None]) -> None:
    """Answers are the interviewee's to their end; questions and what is told after the last answer are the author's."""
    sentences = make_sentences(("A talk about water", f"{INTRO}\n\n{text}"))
    for words, speaker in expected.items():
        found = speaker_of(sentences, words)
        assert (found is None) == (speaker is None), words
        assert speaker is None or speaker in (found or ""), words


@pytest.mark.parametrize(
    ("title", "intro", "speaker"),
    [
        ("Marta Voss: The river is dead", "Paul Ndiaye met the head of the water board.", "Marta Voss"),
        ("The river is dead", "Marta Voss runs the water board.", "Marta Voss"),
        ("The river is dead", "Paul Ndiaye sat down with Marta Voss on Monday.", "Marta Voss"),
        ("The river is dead", "Marta Voss blames Paul Ndiaye. Voss was in tears.", "Marta Voss"),
        ("The river is dead", "The head of the water board was in tears.", ""),
    ],
)
def test_interviewee(make_sentences, title: str, intro: str, speaker: str) -> None:
    """The interviewee is the speaker of the title, the only person before the first question, whom somebody met, or nobody known."""
    text = "Is there water?\n\nNo. I told the minister.\n\nWhat will you do?\n\nWe will march on the hall."
    assert speaker_of(make_sentences((title, f"{intro}\n\n{text}")), "I told the minister") == speaker


@pytest.mark.parametrize(
    "text",
    [
        # an article that explains by questions
        "Why was it agreed?\n\nThe river is dry. It has not rained since May.\n\nWhat does it mean for you?\n\nYou will pay ten more a month.\n\nWhen does it start?\n\nIn June.",
        "Who is Marta Voss?\n\nVoss was born in Arden. She has run the board since May.\n\nWhat did she do?\n\nVoss sold the river.",
        # labelled, and nobody speaks of himself or herself
        "Q: What is the plan?\n\nA: The board will close the dam.\n\nQ: When?\n\nA: In June.",
        # one question in an essay
        "Can you believe it?\n\nI cannot. Voss sold our river and called it progress.",
        # an essay with questions about whom it is about
        "Do you trust her?\n\nI do not. Voss sold the river.\n\nWho would?\n\nVoss lied to us all. Voss must go.",
        "What next?\n\nNobody knows.\n\nWho will pay?\n\nThe town will.",
    ],
)
def test_no_interview(make_sentences, reader, text: str) -> None:
    """Questions and answers by which an author explains or argues are the author's."""
    sentences = make_sentences(
        ("The plan for the river", f"The board of Marta Voss agreed a plan.\n\n{text}")
    )
    direct = [
        row
        for row in find_quotes(sentences, find_actors(sentences, []), reader=reader).rows()
        if row["kind"] == "direct"
    ]
    assert direct == []


@pytest.mark.parametrize(
    ("title", "text", "speaker"),
    [
        # somebody is called by name, has the title's words, talks of something in the lead, or is announced
        ("Captain Roe on the mutiny", "The ship lies in Lund.\n\nCaptain Roe, what happened?\n\nThe crew locked the bridge.\n\nDid anyone warn the owners?\n\nThe owners knew.", "Roe"),
        ("'It was a lie': Piet Vos on the vote", "The leader of the opposition talks about taxes.\n\nWas it a surprise?\n\nNo. The premier had no majority.\n\nWhat now?\n\nA campaign on facts.", "Vos"),
        ("‘Nobody listened’: a year of fever", "Nurse Abena Osei has worked in Kumasi since May. She talks about fear.\n\nHow did it begin?\n\nWith a rash.\n\nWhen did you know?\n\nOn the third day.", "Osei"),
        ("Five questions for Lena Frost", "The skipper won the cup on Friday.\n\nHow was the race?\n\nHard. The wind turned twice.\n\nWhat next?\n\nSleep.", "Frost"),
        ("In conversation with Amara Cole", "The banker left in May.\n\nWas the bank sound?\n\nIt was rotten.\n\nWho knew?\n\nEverybody on the board.", "Cole"),
        ("The price of salt", "Salt is dear. Tomas Lind explains the market.\n\nHow much do you sell?\n\nLess each year.\n\nIs that a worry for you?\n\nThe cartel is the worry.", "Lind"),
        ("A night at sea", "Ravi Menon was the last to leave the ferry.\n\nMr Menon, was there an alarm?\n\nNone. The bell was broken.\n\nWho saved the children?\n\nThe cook did.", "Menon"),
        ("“Rome has failed us”: Ada Conti, mayor of Bari", "Ada Conti answers in her office.\n\nDo you feel alone?\n\nThe south is alone.\n\nDoes that hurt you?\n\nIt hurts the port.", "Conti"),
        # an explainer, questions to readers, and an article that asks about whom it tells of
        ("What you need to know about the tax", "The minister, Rita Moya, presented it on Monday.\n\nWho pays?\n\nEveryone with a house.\n\nWhat if you cannot pay?\n\nYou can ask for a delay.", None),
        ("Explainer: why the dam broke", "Nine people died.\n\nWhat happened?\n\nThe wall gave way. We know that from cameras.\n\nWho is responsible?\n\nThe board. Its head, Anna Bell, has resigned.", None),
        ("Can you still travel to Peru?", "Minister Ana Ruiz announced new rules.\n\nDo you need a test?\n\nYes. It must be new.\n\nDo you have to wear a mask?\n\nWe advise you to.\n\nIs food safe?\n\nIt is.", None),
        ("The senator who said no", "Senator Bo Lind voted against his party.\n\nWhy did he do it?\n\nLind says his voters wanted it.\n\nWill he be expelled?\n\nThe party meets on Friday.", None),
        ("Rates: your questions answered", "The bank raised its rate on Monday.\n\nWill your loan cost more?\n\nIt depends on the contract.\n\nShould you sell?\n\nExperts are divided.", None),
        ("Three lessons of the vote", "Jan Holub won on Sunday.\n\nWhat went wrong for the left?\n\nNearly all.\n\nWho gains?\n\nThe farmers.", None),
    ],
)  # fmt: skip
def test_unlabelled_interviews(make_sentences, reader, title: str, text: str, speaker: str | None) -> None:
    """Answers without I are somebody's where the article shows that it is an interview; an explainer's are the author's."""
    sentences = make_sentences((title, text))
    document = sentences.articles[0].document
    rows = find_quotes(sentences, find_actors(sentences, []), reader=reader).rows()
    body = [row for row in rows if row["kind"] == "direct" and row["start"] > len(title)]
    answers = [one for one in text.split("\n\n")[1:] if not one.endswith("?")] if speaker else []
    assert [document[row["start"] : row["end"]] for row in body] == answers
    assert all(speaker is None or speaker in row["speaker_text"] for row in body)
    assert is_interview(sentences) == (speaker is not None)


OTHER_KINDS = [
    # announced by whom the author met: short answers without I
    ("", "We met Amara Diallo, a cook, in Dakar.\n\n**How did it start?**\n\nMy aunt sold fish. The port robbed her twice.\n\n**And the critics?**\n\nThey are snobs.\n\n**What next?**\n\nA school.",
     {"The port robbed her": "Diallo", "They are snobs": "Diallo", "And the critics": None, "We met": None}),
    # labelled, the name in a question alone
    ("", "From the inquest in Manila.\n\nQ: Captain Reyes, were the jackets on board?\n\nA: No. The owner had sold them.\n\nQ: Did you object?\n\nA: He told me to shut up.",
     {"The owner had sold them": "Reyes", "were the jackets": None, "He told me": "Reyes"}),
    ("Okafor on the blast", "Q: What went wrong, Dr. Okafor?\n\nA: It was negligence.\n\nQ: Who is to blame?\n\nA: The ministry. It cut our staff.",
     {"It was negligence": "Okafor", "It cut our staff": "Okafor", "Who is to blame": None}),
    # constituency and party, particles, initials behind a trade
    ("", "The exchange ran as follows.\n\nFiona Mackay (Aberdeen South) (SNP): Are you proud? The ferries are a scandal.\n\nThe Minister: I will not.\n\nFiona Mackay: I am ashamed of you.",
     {"The ferries are a scandal": "Mackay", "I will not": "Minister", "I am ashamed": "Mackay"}),
    ("", "A transcript follows.\n\n00:14:22 Lucia Ferraro: The bridge was cracked.\n\n00:14:30 Piet de Wit: The engineers lied.\n\n00:15:01 Lucia Ferraro: We have your letters.",
     {"The engineers lied": "Wit", "We have your letters": "Ferraro"}),
    ("", "Filmmaker Rosa Quintero and critic Bo Lindgren talked.\n\nBL: Why did you leave?\n\nRQ: They burned my films.\n\nBL: And now?\n\nRQ: I film.",
     {"They burned my films": "Quintero", "Why did you leave": "Lindgren"}),
    # a transcript in which nobody is known, the surname alone later
    ("", "This transcript has been edited.\n\nSCOTT DALE, HOST: Is the governor a coward?\n\nJOY ADLER, FORMER AIDE: He hid in his bunker.\n\nHe let the town drown.\n\nDALE: Strong stuff.",
     {"He hid in his bunker": "ADLER", "He let the town drown": "ADLER", "Strong stuff": "DALE"}),
    # advice, guides and lists are the author's
    ("", "A tax starts in May.\n\nWho has to pay?\n\nOwners of second homes. Critics hate it.\n\nCan I appeal?\n\nYou can write to the tax office.",
     {"Critics hate it": None, "You can write": None}),
    ("", "We asked the tax office.\n\nQ: Can I appeal?\n\nA: You can, within a month.\n\nQ: Must I pay?\n\nA: Yes. If you do not, it doubles.",
     {"You can, within": None, "it doubles": None}),
    ("", "Take our quiz.\n\nWho built the bridge?\n\nConvicts, in 1871.\n\nWho burned the mill?\n\nThe owner did it himself.",
     {"Convicts": None, "The owner did it": None}),
    ("", "In brief: The port reopens. Nobody knows for how long.\n\nBusiness: Harbour Bank lost a third of its value.\n\nSport: Rovers lost. You can read our report.",
     {"Nobody knows": None, "lost a third": None, "Rovers lost": None}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), OTHER_KINDS)
def test_other_kinds(make_sentences, title: str, text: str, expected: dict[str, str | None]) -> None:
    """Interviews, hearings and transcripts of other kinds have their speakers; advice, quizzes and lists are the author's."""
    sentences = make_sentences((title, text))
    for words, speaker in expected.items():
        found = speaker_of(sentences, words)
        assert (found is None) == (speaker is None), words
        assert speaker is None or speaker in (found or ""), words


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_transcript_whose_paragraphs_open_with_marks(make_sentences, mark: str) -> None:
    """Every paragraph opens with a mark and none closes: turns are their speakers', not one long quotation."""
    lines = ["HOLM: Why did you sell the dam?", "ACHIENG: We had to. I signed it myself.", "And I would sign it again.", "HOLM: Who paid you?", "ACHIENG: Nobody paid me."]  # fmt: skip
    text = "Ruth Achieng spoke to Ola Holm on Sunday. Transcript as follows:\n\n" + "\n\n".join(
        mark + line for line in lines
    )
    (article,) = (sentences := make_sentences(text)).articles
    quotes = find_quotes(sentences, find_actors(sentences, []))
    found = [(article.document[row["start"] : row["end"]], row["speaker_text"]) for row in quotes.rows()]
    assert found == [
        ("Why did you sell the dam?", "Ola Holm"),
        ("We had to. I signed it myself.", "Ruth Achieng"),
        (f"{mark}And I would sign it again.", "Ruth Achieng"),
        ("Who paid you?", "Ola Holm"),
        ("Nobody paid me.", "Ruth Achieng"),
    ]
