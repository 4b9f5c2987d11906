"""Where the body of a scraped text begins and ends: what is the article's above a dateline and at its end, and what is the site's."""

import pytest

from crossframe.reading.text.clean import clean_text
from crossframe.reading.text.site_text import end_matter

# Of each text the title is marked with T, lines of the body with +, all others with -.
TEXTS = {
    "regional paper, own lead, dateline in 4th, text": """
T Fishing fleet fears quota cut after vote across the water
- By Joan Cole
- 4 May 2026, 3 p.m.
+ Skippers in Southport met at the harbour hall on Sunday night.
+ They left angry.
+ “We have been here before,” said Ben Cole, who owns two trawlers.
+ EASTPORT (AP) — Norland will hold a snap election on June 14, its prime minister said on Monday.
+ Her coalition had been divided over a planned tax on fuel.
- Related
- Mayor wins third term
- Who pays for the dam?
""",
    "agency with teaser and caption above": """
T Norland to hold snap election on June 14
- Share
- Norland will hold a snap election on June 14.
- FILE PHOTO: Helga Strand speaks in parliament in Eastport, Norland, April 2, 2026. REUTERS/Jane Doe
+ EASTPORT, May 4 (Reuters) - Norland will hold a snap election on June 14, Prime Minister Helga Strand said on Monday.
+ “The people deserve a say,” she said.
+ Polls open at seven.
- (Reporting by Jane Doe; Editing by John Roe)
- Our Standards: The Thomson Reuters Trust Principles.
""",
    "AP caption": """
T Norland premier calls vote
- 1 of 4
- Prime Minister Helga Strand waves to supporters in Eastport, Norland, Monday, May 4, 2026. (AP Photo/Jane Doe)
- By JANE DOE and JOHN ROE
+ EASTPORT, Norland (AP) — Norland's prime minister called an early election on Monday after her coalition fell apart.
+ Why now?
+ Nobody would say.
- ___
- Associated Press writer Ann Poe in Southport contributed to this report.
""",
    "sports report with scores": """
T Late goal sends Eastport into the final
+ Eastport reached the cup final on Saturday with a goal in the last minute of the match.
+ Coach Jon Dahl wept.
+ “I am empty,” he said.
+ The semi-final scores:
+ Eastport 2, Southport 1
+ Harbour City 0, Vale 3
+ The final is on June 6.
- More sport
- Dahl signs new deal
""",
    "live page text": """
T Norland votes: live updates
- 14:05
+ Polls have closed in the northern islands, the electoral commission said on Monday.
- 13:40
+ Turnout was 61 percent.
- 13:10
+ Helga Strand has voted at a school in Eastport.
+ She smiled.
- 12:55
+ Queues are long.
""",
    "lead of short sentences, text, no dateline": """
T The day the ferry stopped
- By Dora Finch
+ It was cold.
+ Nobody came.
+ “Where are they?” the captain asked.
+ By noon on Monday the harbour of the northern island stood empty for the first time in forty years.
+ The captain shrugged.
""",
    "ends with list after colon and bare names, then sentence": """
T Three want to lead Norland
+ Three people have told the electoral commission that they will stand for the presidency in June.
+ The candidates are:
+ Helga Strand
+ Piet Vos
+ Anna Bell
+ The vote is on June 14.
""",
    "ends with list bare names then nav": """
T Three want to lead Norland
+ Three people have told the electoral commission that they will stand for the presidency in June.
+ Their names were published on Monday by the commission, which had checked the signatures.
- Topics:
- Norland
- Elections
- Who pays for the dam?
""",
    "Q&A at end": """
T Strand answers voters
+ Prime Minister Helga Strand took questions from voters in the old town hall of Eastport on Monday evening.
+ “Will you stay?”
+ “Yes.”
+ “And the tax?”
+ “Gone.”
+ The hall cheered.
""",
    "subheading at end": """
T Norland votes early
+ Norland will hold an early election on June 14, its prime minister said on Monday in the capital.
+ What happens next
+ Parliament is dissolved on Friday.
+ The vote follows in June.
- © 2026 Courier
""",
    "dateline with colon style prose above, German": """
T Nordland wählt im Juni
+ Die Fischer in Südhafen haben am Montag mit Sorge auf die Nachricht aus dem Nachbarland reagiert.
+ „Das hilft uns nicht“, sagte Ben Kohl.
+ OSTHAFEN (dpa) - Nordland wählt am 14. Juni vorzeitig ein neues Parlament, sagte Regierungschefin Helga Strand am Montag.
+ Sie lächelte.
- Teilen
""",
    "NATO false datelines": """
T Alliance weighs reply
+ Ministers of the alliance met behind closed doors in Eastport on Monday to talk about the northern border.
+ NATO - the alliance that Norland joined in May - was split, three diplomats said after the meeting.
+ EU — and not only the EU — stayed silent on the matter for the whole of the weekend, they added.
""",
    "advert between end sentences": """
T Court frees miner
+ A court in Vale freed the miner on Monday after eleven years in prison for a murder he did not commit.
- Advertisement
+ He wept.
+ His wife held him.
- Advertisement
- Comments (12)
- So true!
- I agree with this.
""",
    "final paragraph without stop": """
T Dam repairs begin
+ Repairs to the dam above Vale begin in May, the minister said on Monday after a visit to the valley.
+ The work is to last until the autumn. Villagers will be housed in Eastport, and the state pays
- Read more: Who pays for the dam?
""",
    "byline prose": """
T Norland to hold snap election in June
- By Ida Moen, Jon Dahl and Piet Roe in Eastport.
- Published May 4, 2026 5:12 p.m.
+ EASTPORT — Norland will hold a snap election in June, its prime minister, Helga Strand, said on Monday.
+ She did not smile.
""",
    "numbers list in the middle": """
T Budget in brief
+ The finance minister presented the budget of Norland to parliament in Eastport on Monday morning.
+ Its main points:
+ 1. Fuel tax up by two cents
+ 2. Schools get 30 million
+ 300 million for roads and bridges
+ the navy gets a new ship
+ Parliament will vote on the budget in June, after a debate of two weeks, the speaker said.
""",
    "colon then quote at end": """
T Captain speaks
+ The captain of the ferry spoke for the first time on Monday about the night on which it sank.
+ Asked whether he slept, he said:
+ “No.”
""",
    "agencies sign-off": """
T Storm hits coast
+ A storm hit the coast of Norland on Monday and cut power to three valleys, the grid company said.
+ Nobody died.
- Reuters
""",
    "agencies sign-off 2": """
T Storm hits coast
+ A storm hit the coast of Norland on Monday and cut power to three valleys, the grid company said.
+ Nobody died.
- Agencies.
- ENDS
""",
    "one-word question then prose above the title": """
T What now for the islands?
- Opinion
+ Nothing.
+ That is what the government has to say to the people of the northern islands after the storm.
+ Shame on it.
""",
    "own lead and subheading above the dateline": """
T Fishermen in Southport fear vote in Norland
+ Fishermen in Southport reacted with worry on Monday to news from across the water.
+ Worry at the quay
+ “Every time they vote, the quotas get renegotiated,” said Ben Cole, who owns two trawlers.
+ EASTPORT, May 4 (Reuters) - Norland will hold a snap parliamentary election on June 14, Prime Minister Helga Strand said on Monday.
+ In Southport the harbour master had asked for talks.
""",
    "two datelines in roundup": """
T Storm kills three on both coasts
+ A storm that came in from the sea on Sunday night killed three people in two countries.
+ EASTPORT (AP) — Two men drowned when their boat sank off the northern islands, the coast guard said.
+ SOUTHPORT (AP) — A woman died when a tree fell on her car near the old harbour, police said.
+ Schools stay shut.
""",
    "editor's note above": """
T Norland to hold snap election in June
- (Adds quotes, details)
- Editor's note: This story contains descriptions of violence.
+ EASTPORT, May 4 (NPA) - Norland will hold a snap election in June, its prime minister, Helga Strand, said on Monday.
+ She did not smile.
""",
    "standfirst": """
T Norland to hold snap election in June
+ The vote comes after months of quarrel about fuel.
+ Three parties hope to gain from it.
- By Ida Moen
+ EASTPORT — Norland will hold a snap election in June, its prime minister, Helga Strand, said on Monday.
+ She did not smile.
""",
    "weather warning bullets at the end": """
T Storm nears coast
+ The weather service of Norland warned on Monday of a storm that will reach the northern islands at night.
+ What to do now:
+ • Stay at home
+ • Close the shutters
+ • Keep a radio at hand
- Share this story
""",
    "poll at the end": """
T Polls tighten in Norland
+ The gap between the two biggest parties of Norland has shrunk to two points, the institute Norstat said.
+ The results in full:
+ Liberals 30 percent
+ Centre 28 percent
+ Greens 11 percent
+ Others 31 percent
- Read next
""",
    "obituaries ends": """
T Singer Mara Lind dies at 80
+ The singer Mara Lind, whose songs the whole country knew by heart, died on Monday in Eastport.
+ She was 80.
+ Lind leaves a son.
- Mara Lind, 1946-2026
- More obituaries
""",
    "column sign-off": """
T The vote that nobody wanted
- Opinion
- Dora Finch
+ What does a prime minister do who has no majority, no money and no plan for the year to come?
+ She calls a vote.
+ And us?
+ We watch.
- Dora Finch is a columnist for the Courier.
""",
    "local court report with quote list": """
T Teacher cleared of theft
+ A teacher from Vale was cleared on Monday of stealing from the school's fund for a trip abroad.
+ “I am tired,” she said.
+ “So tired.”
+ “Take me home.”
- Court
- Vale
""",
    "related questions without header": """
T Court frees miner
+ A court in Vale freed the miner on Monday after eleven years in prison for a murder he did not commit.
+ He wept.
- Most read
- Who pays for the dam?
- Can the ferry be saved?
- Why is bread so dear?
""",
    "tail headlines direct": """
T Court frees miner
+ A court in Vale freed the miner on Monday after eleven years in prison for a murder he did not commit.
+ He wept.
- Ferry returns to old route
- Who pays for the dam?
- Subscribe
""",
    "contact box": """
T Court frees miner
+ A court in Vale freed the miner on Monday after eleven years in prison for a murder he did not commit.
+ He wept.
- Contact the author:
- anna.bell@courier.example
- Follow @annabell
""",
    "authors at the end": """
T Court frees miner
+ A court in Vale freed the miner on Monday after eleven years in prison for a murder he did not commit.
+ He wept.
- Written by:
- Anna Bell
- Jon Dahl
- Updated: 5 May 2026, 10:15
""",
    "statistics dash": """
T Cup final
+ Eastport won the cup on Saturday with two late goals against Southport in front of 40,000 people.
+ Eastport: Dahl; Moen, Roe, Poe (Lind 60), Finch.
+ Southport: Cole; Pike, Bell, Stone.
+ Goals: 1-0 Moen (82), 2-0 Lind (90).
- Tables
""",
    "transcript like": """
T Minister on the dam
+ The minister answered questions on Monday about the dam above Vale and what its repair will cost the state.
+ Reporter: Is it safe?
+ Minister: Yes.
+ Reporter: Sure?
+ Minister: Quite.
- Listen to the full interview
""",
    "breaking short piece": """
T Minister resigns
+ The transport minister of Norland has resigned, her office said on Monday.
+ More soon.
- More to follow
""",
    "recipe for lower-case": """
T Town council in brief
+ The council of Vale met on Monday night and took five decisions within an hour, the clerk said.
+ It agreed:
+ - to close the ferry;
+ - to open a school;
+ - to sell the old mill.
+ It meets again in June.
- Back to top
""",
    "Spanish": """
T Norlandia votará en junio
- Por Ana Cruz
+ Los pescadores del puerto del sur reaccionaron el lunes con preocupación a la noticia del país vecino.
+ “No nos ayuda”, dijo Ben Cole.
+ PUERTO ESTE (EFE) - Norlandia celebrará elecciones anticipadas el 14 de junio, dijo el lunes la primera ministra Helga Strand.
+ ¿Por qué ahora?
+ Nadie lo dijo.
- Compartir
""",
    "French": """
T La Norlande votera en juin
- Par Anne Croix
+ La Norlande votera le 14 juin pour un nouveau parlement, a annoncé lundi la première ministre Helga Strand.
+ « Il le faut », a-t-elle dit.
+ Son rival a ri.
- Partager
""",
    "question headline lead": """
T Who pays for the dam?
+ Nobody knows.
+ The repair of the dam above Vale will cost two hundred million, the ministry said on Monday evening.
+ Vale cannot pay.
""",
    "a name alone above the dateline": """
T Norland to hold snap election in June
+ The vote comes after months of quarrel about fuel.
- Ida Moen
+ EASTPORT — Norland will hold a snap election in June, its prime minister, Helga Strand, said on Monday.
""",
    "a list of names behind a short line": """
T Norland votes early
+ Norland will hold an early election on June 14, its prime minister, Helga Strand, said on Monday.
+ The candidates are:
+ - Helga Strand
+ - Piet Vos
- Share
""",
    "a list of values under a heading": """
T Norland votes early
+ Norland will hold an early election on June 14, its prime minister, Helga Strand, said on Monday.
+ The poll in numbers
+ - Liberals: 30 percent
+ - Centre: 26 percent
- Topics
""",
    "a list of stories under a heading": """
T Norland votes early
+ Norland will hold an early election on June 14, its prime minister, Helga Strand, said on Monday.
+ He left.
- Our stories
- - Ferry returns to old route
- - Mayor wins third term
""",
    "verse": """
T Norland votes early
+ Norland will hold an early election on June 14, its prime minister, Helga Strand, said on Monday.
+ “We stay,
+ we pay,
+ we pray.”
+ The crowd sang.
- Comments
""",
    "speech behind dashes": """
T Norland votes early
+ Norland will hold an early election on June 14, its prime minister, Helga Strand, said on Monday.
+ – No, he said.
+ – Never?
+ – Never.
- dpa
""",
    "tabloid": """
T STRAND PULLS THE PLUG
- EXCLUSIVE
- By ANNA BELL, Political Editor
- Published: 22:30, 4 May 2026
+ HELGA Strand shocked the nation last night by calling a snap poll for June 14.
+ She'd had ENOUGH.
+ And her rivals? SPEECHLESS!
+ One minister told us: “Carnage.”
- Got a story? Ring us on 0800 555 123.
- MORE FROM POLITICS
""",
    "wire flash series": """
T UPDATE 2-Norland to hold snap election
- (Adds details)
+ EASTPORT, May 4 (Reuters) - Norland will hold a snap election on June 14, Prime Minister Helga Strand said on Monday.
+ * Coalition divided over fuel tax
+ * Liberals lead polls
+ “It is time,” she said.
- (Reporting by Jane Doe)
- ((jane.doe@reuters.example; +44 20 555))
- © 2026 Reuters
""",
    "dpa like": """
T Strand kündigt Neuwahlen an
- Osthafen (dpa)
+ Norlands Regierungschefin Helga Strand hat am Montag in Osthafen vorgezogene Neuwahlen angekündigt.
+ Warum jetzt?
+ Das sagte sie nicht.
- © dpa-infocom, dpa:260504-99-1/2
""",
    "broadcaster with own analysis below": """
T Norland calls snap election
+ Prime Minister Helga Strand has called a snap election in Norland for 14 June, after a row about fuel tax.
+ Analysis: a gamble
+ Strand has staked everything on a single summer vote that her own party did not want, insiders say.
+ It may pay off.
+ It may not.
- Additional reporting by Jon Dahl
""",
    "local with address list": """
T Where to vote on June 14
+ Voters in Vale can cast their ballots on June 14 at three places, the town clerk said on Monday.
+ Polling stations:
+ Town hall, 1 Market Square
+ Old mill, 12 River Road
+ School, 4 Hill Street
+ All open at seven.
- Share
""",
    "match report with minute": """
T Eastport 2 Southport 0
+ Two late goals gave Eastport the cup on Saturday in front of 40,000 people in the national stadium.
+ 82': Moen heads in.
+ 90': Lind seals it.
+ Full time.
- Man of the match: vote now
""",
    "press release": """
T Company to close mill
- FOR IMMEDIATE RELEASE
+ VALE, May 4, 2026 – The Vale Paper Company will close its mill by the end of the year, it announced today.
+ Two hundred jobs go.
- ###
- Media contact:
- press@vale.example
""",
    "feature opening quote": """
T The last ferryman
+ “Nobody waves.”
+ That is the first thing he says.
+ Ben Cole, 61, has steered the ferry to the northern island for forty years, and on Friday he will stop.
+ Then silence.
""",
    "aggregator excerpt": """
T Norland calls vote
- Source: Courier
- 3 hours ago
+ Norland will hold an early election on June 14, its prime minister said on Monday in the capital.
- Read full article at courier.example
""",
    "paragraphs of one word and interview": """
T “I sleep well”
+ Helga Strand receives us in her office above the harbour, where the shutters are closed against the sun.
+ Are you tired?
+ Never.
+ Afraid?
+ No.
+ Then why the vote?
+ Because I can.
- Interview: Dora Finch
""",
    "own lead, agency in mid, bylines prose": """
T Vale firm hit by vote abroad
+ A paper mill in Vale that sells half of what it makes to Norland halted production on Monday.
+ “We wait,” its owner said.
- By Ida Moen
+ EASTPORT (AP) — Norland will hold an early election on June 14, its prime minister, Helga Strand, said on Monday.
+ The mill employs 200 people.
- The Associated Press contributed to this report.
""",
}


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("marked", TEXTS.values(), ids=TEXTS)
def test_bodies(marked: str, between: str, known: bool) -> None:
    """The body is what an outlet wrote, from its first sentence to its last, whether the title is known or not."""
    lines = marked.strip().split("\n")
    title = next(line[2:] for line in lines if line.startswith("T "))
    text = between.join(line[2:] for line in lines if not (known and line.startswith("T ")))
    cleaned = clean_text(text, title=title if known else None)
    assert list(cleaned.paragraphs) == [line[2:] for line in lines if line.startswith("+ ")]
    assert cleaned.title == title


CAPTIONS = """
FILE PHOTO: Helga Strand speaks in parliament in Eastport, Norland, April 2, 2026. REUTERS/Jane Doe
Prime Minister Helga Strand waves to supporters in Eastport, Norland, Monday, May 4, 2026. (AP Photo/Jane Doe)
FILE - Helga Strand speaks in Eastport, May 4, 2026.
Voters queue in Eastport. Photo by Jane Doe / AFP
Voters queue in Eastport. Photograph: Jane Doe/Getty Images
Header Image: People have lived in the forests for thousands of years. Credit: Tomas Muni/CIFOR (CC BY-NC-ND 2.0)
Helga Strand in Eastport on Monday. (Photo by Jane Doe/Getty Images)
A man walks past a poster in Eastport, Norland. Jane Doe/EPA
Demonstrators in Eastport, May 4. Jane Doe via Reuters
Helga Strand (Foto: dpa)
Die Kanzlerin am Montag in Berlin. Foto: Jane Doe/dpa
""".strip().split("\n")
NO_CAPTIONS = """
Strand spoke to Reuters/Ipsos pollsters on Monday.
She told AFP.
He showed the court a photo: Jane Doe in the harbour.
The files - all of them - were burnt.
File after file was burnt, he said.
He declined to comment, according to AP.
A spokesman confirmed the report to Reuters.
The picture is mixed. Images of the ship went around the world.
The main: a pipe of two metres broke.
Main point: nobody knew.
The court saw it. Picture Anna Bell, alone, on the bridge.
Image matters to him, Bell said.
Lead - the metal - was found in the water.
She has been compared to Image Comics (a publisher).
The agency dpa reported it first, via AFP.
""".strip().split("\n")


@pytest.mark.parametrize("line", CAPTIONS)
def test_captions(line: str) -> None:
    """A line that names its photographer is under a picture, not in the article."""
    assert end_matter(line) == "caption"
    text = f"Rain floods town\n{line}\nHeavy rain fell on the old town all night.\n{line[:-1]}\nThe river rose by two metres on Monday.\n"
    assert ("caption", line) in [(one.reason, one.text) for one in clean_text(text).dropped]


@pytest.mark.parametrize("line", NO_CAPTIONS)
def test_sentences_with_the_words_of_captions(line: str) -> None:
    """A sentence that speaks of pictures, files or agencies is the article's."""
    assert end_matter(line) == ""


BODY = "The harbour board closed the old ferry on Tuesday.\nNobody had offered to pay for it.\nWho will carry the mail to the island now?"


@pytest.mark.parametrize(
    ("above", "title", "first"),
    [
        (
            "Why did nobody offer to pay for it?\nBy Ruth Bell\n",
            "Why did nobody offer to pay for it?",
            "The harbour",
        ),
        (
            "Home\nNews\nGive us the old ferry back, now!\n5 May 2026\n",
            "Give us the old ferry back, now!",
            "The harbour",
        ),
        ("“Who will pay for the old ferry?”\n", "“Who will pay for the old ferry?”", "The harbour"),
        (
            "Board closes old ferry\nWhy did nobody offer to pay for it?\n",
            "Board closes old ferry",
            "Why did",
        ),
        ("Nobody knew why it was closed so early.\n", "", "Nobody knew"),
    ],
)
def test_headlines_that_ask_or_call(above: str, title: str, first: str) -> None:
    """A long question above the body is the headline where nothing else is, and the first paragraph below a headline."""
    cleaned = clean_text(above + BODY)
    assert cleaned.title == title
    assert cleaned.paragraphs[0].startswith(first)
    assert cleaned.paragraphs[-1].endswith("island now?")
