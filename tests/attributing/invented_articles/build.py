#!/usr/bin/env python3
"""Build articles.jsonl and mentions.tsv from the inline markup below (standard library only).

Markup: {id/f|words}; f is n (name), p (pronoun), d (description). Mentions may nest.
`python3 build.py` writes both files; `python3 build.py --check` also prints what is left unmarked.

Conventions
  minor        1 if the actor has one or two mentions in the article, else 0 (all forms counted).
  name         Proper name, whole or part, acronym, or nationality noun for a group ("Kenyans").
               A capitalised title straight before it is inside the span (Cllr, Sir, Dr, Sheikh,
               Judge, Prime Minister ...); lower-case roles, "the", and the 's are outside.
  pronoun      Personal, possessive, reflexive, first and second person in quotes. Not: relative
               pronouns (who, which, whose), "one", "some", "both" alone, expletive "it".
  description  Common-noun phrase with its determiner and prepositional complement, without relative
               or participial clauses. Bare "police", "residents" count as description. A definite apposition
               ("X, the mayor") is a mention; an indefinite one ("X, a postman"), or a predicate
               ("is the candidate"), or a bare role glued to the name is not.
  groups       Only particular sets of people acting or spoken to in the story; generic sets
               ("children cannot eat a promise") are not actors, nor are bodies named
               only as property ("minority stakes in a handball league"). Two actors together ("both sides")
               are a group of their own.
  places       Only those that act as states; all mentions of such a place are then marked, also
               the merely locative ones and a dateline. Adjectives ("Kenyan troops") are not.
"""
import json, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
FORMS = {"n": "name", "p": "pronoun", "d": "description"}
ARTICLES = []


def art(id, outlet, title, published, region, topic, kinds, text, curly=False):
    ARTICLES.append(dict(id=id, outlet=outlet, title=title, published=published, region=region,
                         topic=topic, kinds=kinds, text=text, curly=curly))


def K(s):
    """'person: a b; party: c' -> {a: person, ...}"""
    out = {}
    for part in s.split(";"):
        kind, ids = part.split(":")
        for i in ids.split():
            assert i not in out, i
            out[i] = kind.strip()
    return out


def parse(raw):
    raw = re.sub(r"(?<!\n)\n(?!\n)", " ", raw.strip())
    out, stack, mentions, pos, i = [], [], [], 0, 0
    while i < len(raw):
        c = raw[i]
        if c == "{":
            m = re.compile(r"\{(\w+)/([npd])\|").match(raw, i)
            assert m, raw[i:i + 40]
            stack.append((m[1], m[2], pos))
            i = m.end()
        elif c == "}":
            a, f, s = stack.pop()
            mentions.append((s, pos, a, FORMS[f]))
            i += 1
        else:
            out.append(c)
            pos += 1
            i += 1
    assert not stack, stack
    return "".join(out), sorted(mentions, key=lambda m: (m[0], -m[1]))


def curl(t):
    """Typographic quotes, one character for one character, so that offsets hold."""
    t = re.sub(r'(^|[\s(\[])"', "\\1\u201c", t).replace('"', "\u201d")
    return t.replace("'", "\u2019")


art("a01", "Severn Shore Courier", "Council drops plan to shut Aberlyn swing bridge overnight",
    "2024-12-11", "British Isles", "local",
    K("person: pugh ohare niamh lloyd treharne spokeswoman;"
      "organisation: council hartnell hrw finance; party: independents;"
      "group: councillors residents police officers colleagues boatowners signatories"),
    """
{councillors/d|Councillors} in Aberlyn have dropped a plan to shut the town's swing bridge to traffic overnight
after more than 400 {residents/d|residents} signed a petition against it.

{pugh/n|Cllr Siân Pugh-Davies}, {pugh/d|the leader of {council/n|Aberlyn Town Council}}, told a packed meeting on Tuesday that
{pugh/p|she} had "listened and changed {pugh/p|my} mind". The bridge will stay open round the clock until at least next
April, when a survey by the engineers {hartnell/n|Hartnell & Boyce} is due.

{council/d|The council} had argued that closing the bridge between 11pm and 6am would save £84,000 a year in staffing. {council/p|It}
owns the structure, built in 1908, but shares the cost of maintenance with {hrw/n|Harbours and Rivers Wales}, {hrw/d|the public body} that runs the port.

{residents/d|Residents on the north bank} said {residents/p|they} would have faced a 14-mile detour through Pont-y-felin to reach the nearest
hospital. "{residents/p|We} are not an island, but {council/p|they} were about to make {residents/p|us} one," said {ohare/n|Gerald O'Hare}, a retired postman who
organised the petition with {niamh/d|{ohare/p|his} daughter}, {niamh/n|Niamh}.

{ohare/n|Mr O'Hare}, 71, said {ohare/p|he} had knocked on every door in Quay Street {ohare/p|himself}. "{ohare/p|I} thought {ohare/p|I} would be told to go
home," {ohare/p|he} said. "Instead {signatories/d|people} asked {ohare/p|me} for more forms."

{police/d|Police} had also raised concerns. {lloyd/n|Insp Rhodri Lloyd} said {officers/d|{lloyd/p|his} officers} used the bridge up to six times a night and that
{police/d|the force} had not been consulted until January. "{lloyd/p|I} put that in writing to {council/d|the council} and {lloyd/p|I} was grateful that
{council/p|they} took it seriously," {lloyd/p|he} said.

Not everyone was pleased. {treharne/n|Cllr Marcus Treharne}, who leads the {independents/n|Independent Group}, said {pugh/n|Cllr Pugh-Davies} had "given
way to the loudest voices" and asked {pugh/p|her} where the savings would now be found. {treharne/p|He} voted against the change
along with {colleagues/d|three of {treharne/p|his} colleagues}; it was carried by 11 votes to four.

{pugh/n|Cllr Pugh-Davies} replied that {finance/d|the finance committee} would look again at the budget in March. {pugh/p|She} did not rule out a
rise in mooring fees, an idea that has angered {boatowners/d|boat owners} before.

{hrw/n|Harbours and Rivers Wales} said {hrw/p|it} welcomed the decision. {spokeswoman/d|A spokeswoman} said {hrw/d|the body} would put £30,000 towards the survey,
but warned that {hrw/p|it} could not pay for a full replacement, which {hartnell/n|Hartnell & Boyce} has estimated at £9m. "{hrw/p|We} want to
work with {council/d|the council}," {spokeswoman/p|she} said, "but {hrw/p|we} have 22 harbours to look after."

{hartnell/d|The firm} is expected to begin inspecting the bridge's turning gear in the new year. {residents/d|Residents} have been invited to a
public meeting at the Memorial Hall on 14 January, when {ohare/n|Mr O'Hare} says {ohare/p|he} will hand over the last 60 signatures.
""", curly=True)

art("a02", "Andean Wire", "Peruvian mayor suspends bus fare rise after three days of blockades",
    "2025-09-18", "Latin America", "local",
    K("person: quispe nunez huaman ticona paredes; organisation: nunezfirm succ municipality ombudsman ministry;"
      "group: protesters leaders companies family members police officers detained voters"),
    """
SAN JACINTO DEL VALLE, Peru, Sept. 18 (Andean Wire) — {quispe/d|The mayor of this city in the southern highlands} suspended a bus fare
increase on Thursday after {protesters/d|protesters} blocked the main road to the coast for a third day.

{quispe/n|María Fernanda Quispe Loayza} signed the order shortly before dawn, following nine hours of talks with {leaders/d|neighborhood
leaders} at the cathedral. The fare, which had risen from 1.20 to 1.80 soles on Monday, will go back to its old level
for 90 days.

"{quispe/p|I} was elected by {voters/d|people} who take two buses to work, and {quispe/p|I} could not look away," {quispe/n|Quispe} said on the steps of the town hall, {quispe/p|her}
voice hoarse. {quispe/p|She} said {municipality/d|the municipality} would use the time to audit the books of {companies/d|the three companies} that hold route concessions.

{nunezfirm/d|The largest of {companies/p|them}}, {nunezfirm/n|Transportes Núñez & Hijos}, called the order illegal and said {nunezfirm/p|it} would challenge it in court.
"{nunezfirm/p|We} have not had an increase in six years, while diesel has doubled," said {nunez/n|Raúl Núñez Arce}, {nunez/d|{nunezfirm/d|the company}'s general
manager}. {nunez/p|He} said {family/d|{nunez/p|his} family} had mortgaged two depots and that {nunezfirm/d|the company} was losing 11,000 soles a day.

The {succ/n|Union of Urban Drivers and Conductors} ({succ/n|SUCC}) took a more cautious line. {huaman/d|{succ/p|Its} secretary-general}, {huaman/n|Efraín Huamán
del Carpio}, said {members/d|{succ/p|its} members} did not want a strike but needed wages paid on time. {succ/d|The union}, which represents {members/d|about 900 workers}, sent {quispe/n|Quispe} a letter in August warning {quispe/p|her} that the contracts were close to collapse. {quispe/p|She} did not reply,
{huaman/n|Huamán} said.

{protesters/d|The protesters} began to clear tires and stones from the highway by mid-morning. Many of {protesters/p|them} were students and market
vendors from Alto Mirador, a hillside district where households may spend a quarter of their income on transport.
"{companies/d|The companies} told {protesters/p|us} it was only 60 cents," said {ticona/n|Yolanda Ticona}, 44, who sells cheese in the central market. "For {ticona/p|me}
it is the gas for the kitchen."

{police/d|Police} detained {detained/d|17 people} during the blockades and released {detained/p|them} without charge on Wednesday night. {paredes/d|The regional
commander}, {paredes/n|Col. Iván Paredes Ñahui}, said {officers/d|{paredes/p|his} officers} had used tear gas once, on Tuesday, when a fuel truck was stoned.
{ombudsman/d|The ombudsman's office} said {ombudsman/p|it} had asked {police/d|police} for video of the incident and had not yet received it.

The {ministry/n|Ministry of Transport} in Lima, which subsidizes fares in the capital only, said in a statement that {ministry/p|it} would
send a technical team to San Jacinto next week. {quispe/n|Quispe} welcomed the offer but said {quispe/p|she} wanted money as well as advice.

The {succ/n|SUCC} will meet on Saturday to decide whether to accept the freeze. {nunez/n|Núñez} said {nunez/p|he} would wait for the outcome before
going to a judge.
""")

art("a03", "Polder Business Daily", "Kennemer sold to Danish fund after 41 years in family hands",
    "2025-03-27", "Continental Europe", "sport business",
    K("person: joost father annemiek kjaergaard terpstra dhondt; organisation: kennemer bs foundation nvu board municipality duinrand licensing chamber;"
      "group: family members bidders supporters friends reporters youthcoaches"),
    """
{kennemer/n|FC Kennemer} has agreed to sell 60 per cent of {kennemer/p|its} shares to the Danish investment firm {bs/n|Brandt & Sørensen}, ending 41 years in
which {kennemer/d|the second-division football club} was run by {family/d|one family}.

{members/d|Members of {foundation/d|the supporters' foundation}}, which holds a golden share, approved the deal by 1,204 votes to 377 at a meeting
on Wednesday evening. {bs/d|The buyer} will pay €38m and has promised to invest a further €20m in the stadium and the academy
within four years.

{joost/n|Joost van der Meulen}, who succeeded {father/d|{joost/p|his} father} as chairman in 2009, said {joost/p|he} had turned down three earlier offers because
{bidders/d|the bidders} "wanted the land and not {kennemer/d|the team}". {bs/n|Brandt & Sørensen} was different, {joost/p|he} said. "{bs/p|They} asked {joost/p|me} first about {youthcoaches/d|the youth
coaches}. {joost/p|I} have not had that question from an investor before."

{joost/n|Van der Meulen}, 63, will keep 15 per cent and stay on {board/d|the board} for two seasons. {annemiek/d|{joost/p|His} sister}, {annemiek/n|Annemiek van der Meulen-Bakker}, is
selling all of {annemiek/p|her} shares.

Based in Aarhus, {bs/n|Brandt & Sørensen} manages about €2.1bn and owns minority stakes in a handball league and in a cycling
team. {bs/p|It} has no controlling interest in any other football club, which spared {bs/p|it} a review under the multi-club rules of
the {nvu/n|Netherlands Football Union} ({nvu/n|NVU}). {nvu/d|The union} said on Thursday that {nvu/p|it} had no objection to the sale, provided that {licensing/d|{nvu/p|its}
licensing committee} received audited accounts by 1 June.

{kjaergaard/n|Mette Kjærgaard}, {kjaergaard/d|the partner} who led the negotiations for the {bs/n|Danes}, said {bs/d|the fund} expected to break even in {bs/p|its} fifth year.
"{bs/p|We} are not going to buy promotion," {kjaergaard/p|she} told {reporters/d|reporters} at {kennemer/d|the club}'s training ground. "{kjaergaard/p|I} would rather lose a
play-off than sell a nineteen-year-old too early."

{kennemer/n|Kennemer} lost €4.6m last season on turnover of €17m, according to figures filed with {chamber/d|the chamber of commerce}. {kennemer/p|Its} wage
bill has risen each year since relegation from the top flight in 2021, while television income has fallen by half.

{supporters/d|Some supporters} remain doubtful. {terpstra/n|Dirk-Jan Terpstra}, who speaks for the fan group {duinrand/n|Duinrand}, said {terpstra/p|he} and {friends/d|{terpstra/p|his} friends} had seen
"too many clubs find a friend abroad and then lose him". {terpstra/p|He} wants {foundation/d|the supporters' foundation} to publish the full
contract. {foundation/d|The foundation} said {foundation/p|it} would do so once the shares had been transferred, apart from clauses on players'
salaries.

{dhondt/d|The mayor}, {dhondt/n|Els D'hondt}, welcomed the outcome but said {municipality/d|the municipality} would not sell the ground on which the stadium
stands. {dhondt/p|She} is due to meet {kjaergaard/n|Kjærgaard} next week to discuss the lease, which runs until 2031. {joost/n|Van der Meulen} said {joost/p|he} hoped
for a longer one.
""", curly=True)

art("a04", "Deccan Ledger", "Strikers put up for sale as broadcast row drains cricket league",
    "2025-02-12", "South Asia", "sport business",
    K("person: lakshmi ranasinghe deshmukh qureshi gill; organisation: strikers iyersons bpt starfield bca board crescent ledger consortium;"
      "group: sources owners twosides lawyers players bankers worried indians otherowners"),
    """
HYDERABAD, 12 February — {iyersons/d|The owners of the {strikers/n|Godavari Strikers}} have put {strikers/d|the cricket franchise} up for sale, {sources/d|two people} familiar with the process said, as a dispute over broadcast money threatens the fourth season of the {bpt/n|Bharat Premier Trophy}
({bpt/n|BPT}).

{iyersons/n|Venkataraman Iyer and Sons}, {iyersons/d|the Chennai tyre maker} that has owned {strikers/d|the team} since 2021, has appointed {bankers/d|bankers} and hopes to
raise about 11 billion rupees. {iyersons/p|It} paid 6.4 billion.

"A sale is one of several options," {lakshmi/n|R. Lakshmi Iyer}, {lakshmi/d|{iyersons/d|the company}'s managing director}, said in an interview. "{lakshmi/p|I} love {strikers/d|this
team}. But {iyersons/p|we} make tyres, and {iyersons/p|we} cannot carry a club for ever." {lakshmi/p|She} said {board/d|{lakshmi/p|her} board} would decide before the player auction
in April.

The {strikers/n|Strikers}, who finished second last year, depend on {bpt/d|the league} for about two-thirds of {strikers/p|their} revenue. That money has
been late since {starfield/n|StarField Media}, which bought the television and digital rights for five years, withheld {starfield/p|its} second
instalment in November. {starfield/d|The broadcaster} says that the {bpt/n|BPT} broke the contract when {bpt/p|it} moved nine matches from evening to
afternoon.

{ranasinghe/n|Pradeep Ranasinghe}, {ranasinghe/d|the Sri Lankan executive} hired last year to run {bpt/d|the league}, rejected the claim. {ranasinghe/p|He} told {owners/d|franchise owners}
in a letter dated 3 February, seen by {ledger/d|this newspaper}, that {ranasinghe/p|he} expected "full payment, with interest, within weeks"
and that {starfield/n|StarField} had been told of the changes before {starfield/p|it} signed. {starfield/n|StarField} declined to comment.

The {bca/n|Board of Cricket Administration} ({bca/n|BCA}), which sanctions {bpt/d|the tournament}, has so far stayed out of the quarrel. {deshmukh/d|{bca/p|Its}
president}, {deshmukh/n|Dr Arjun Deshmukh}, said on Tuesday that {bca/d|the board} would "not act as a bank". But {deshmukh/p|he} added that {deshmukh/p|he} had offered {twosides/d|the
two sides} {qureshi/d|{deshmukh/p|his} vice-president}, the retired judge {qureshi/n|Farida Qureshi}, as mediator. {qureshi/n|Qureshi} confirmed that {qureshi/p|she} had met {lawyers/d|{starfield/n|StarField}'s
lawyers} in Mumbai, and described the talks as "civil".

{players/d|The players} are watching with concern. {gill/d|The {strikers/n|Strikers}' captain}, {gill/n|Simranjit Gill}, said {players/d|{gill/p|his} team-mates} had been paid in full,
but that {worried/d|several of {players/p|them}} were worried about next season. "{players/p|We} trust {lakshmi/n|Lakshmi ma'am}," {gill/n|Gill} said. "{lakshmi/p|She} has never been late with
{players/p|us}. {gill/p|I} only want to know whom {gill/p|I} will be playing for."

Any buyer would need the approval of the {bca/n|BCA} and of at least six of {otherowners/d|the other seven owners}. {bankers/d|Bankers} have mentioned
two: {crescent/n|Crescent Ports and Logistics}, which already sponsors the {strikers/n|Strikers}' shirts, and {consortium/d|a consortium of {indians/n|Indians}} living in Dubai. {crescent/n|Crescent} said {crescent/p|it} had "no present plan".

{lakshmi/n|Iyer} would not discuss either of them. Asked whether {lakshmi/p|she} would be in the owners' box this season, {lakshmi/p|she} laughed. "{lakshmi/p|I}
have bought {lakshmi/p|my} tickets," {lakshmi/p|she} said.
""")

art("a05", "Meridian News", "Shelling goes on in Suwayrat as Tamrana minister says truce is near",
    "2025-05-06", "Middle East and North Africa", "war",
    K("person: zayyani rumaihi abudrees benothman samira diplomat brother; organisation: csf government army redcrescent league;"
      "place: tamrana qasira oman; group: fighters dead bothsides mediators reporters residents sons others observers diplomats surgeons family soldiers refugees envoys familysamira"),
    """
SUWAYRAT, {tamrana/n|Tamrana}, May 6 (Meridian) — {army/d|Government troops} and {fighters/d|fighters of the {csf/n|Coastal Salvation Front}} ({csf/n|CSF}) exchanged artillery fire for a
second night on Tuesday, hours after {rumaihi/d|{tamrana/n|Tamrana}'s foreign minister} said that a truce was "within reach".

{dead/d|At least 14 people} were killed in and around Suwayrat, a port of 90,000, according to {zayyani/n|Dr Huda al-Zayyani}, {zayyani/d|the director of
its main hospital}. Nine of {dead/p|them} came from {family/d|one family}. "{zayyani/p|I} have {surgeons/d|two surgeons} and one of {surgeons/p|them} has not slept since Sunday," {zayyani/n|al-Zayyani}
said by telephone. {zayyani/p|She} appealed to {bothsides/d|both sides} to let fuel through.

{government/d|The government in {tamrana/n|Tamrana}} has been fighting the {csf/n|CSF} since {csf/d|the front} seized the coastal road last autumn. {government/p|It} accuses
neighbouring {qasira/n|Qasira} of arming {csf/d|the group} with drones. {qasira/n|Qasira} denies this and says {qasira/p|it} has sent only food and medicine.

{rumaihi/n|Foreign Minister Khalid bin Nasser al-Rumaihi} flew to Muscat on Monday to meet {mediators/d|Omani mediators}. In a short statement on
{rumaihi/p|his} arrival {rumaihi/p|he} said {government/d|{rumaihi/p|his} government} had accepted a 72-hour pause "in principle" and was waiting for an answer. "{rumaihi/p|I} did not
come here to be photographed," {rumaihi/n|al-Rumaihi} told {reporters/d|reporters}.

The answer came in a recorded message from {abudrees/n|Sheikh Yusuf Abu Drees}, {abudrees/d|the preacher} who leads the {csf/n|CSF}. {abudrees/p|He} said {fighters/d|{abudrees/p|his} men} would stop
firing only when {army/d|the army} left the refinery at Wadi Nakhil. "{government/p|They} bomb {csf/p|us} and then {government/p|they} send {csf/p|us} {envoys/d|envoys}," {abudrees/n|Abu Drees} said.

{benothman/d|A spokesman for {army/d|the army}}, {benothman/n|Brig. Tariq Ben Othman}, said {army/p|its} guns had answered fire and had not begun it. {benothman/p|He} said {army/d|the army} had lost
{soldiers/d|five soldiers} and destroyed eleven launchers. {benothman/p|His} figures could not be checked. The {csf/n|CSF} did not give {csf/p|its} own losses.

{residents/d|Residents} described a night of explosions. {samira/n|Samira Haddouche}, a teacher, said {samira/p|she} and {sons/d|{samira/p|her} three sons} had lain in a corridor
until the call to prayer. "{familysamira/p|We} counted to forty and then {familysamira/p|we} stopped counting," {samira/p|she} said. {others/d|Others} left on foot at first light
for the border with {qasira/n|Qasira}, which has opened two crossings. The {redcrescent/n|Qasiran Red Crescent} said {redcrescent/p|it} had registered {refugees/d|3,100 people} and
that {redcrescent/p|its} camp at Tell Rumman would be full by the weekend.

{oman/n|Oman} said {oman/p|it} remained in contact with {bothsides/d|both sides}. {diplomat/d|A diplomat} briefed on the talks said the {mediators/n|Omanis} had proposed that {observers/d|observers
from the {league/n|Arab League}} be placed at the refinery, an idea which {tamrana/n|Tamrana} had not rejected. {qasira/n|Qasira}, {diplomat/d|the diplomat} said, had been asked
to use {qasira/p|its} influence with {abudrees/n|Abu Drees} but had answered that {qasira/p|it} had less than people thought.

{rumaihi/n|Al-Rumaihi} is expected to stay in Muscat until Friday. {diplomats/d|Diplomats} say {rumaihi/p|he} has asked to see {brother/d|{abudrees/d|the sheikh}'s brother}, who lives there
in exile.
""")

art("a06", "Great Rift Tribune", "Kenyan troops take airport as rebels close in on Lubara town",
    "2025-08-21", "Sub-Saharan Africa", "war",
    K("person: lagat ntambwe chiefstaff nsele bahati okito mwangi noor husband; organisation: m3m force army lakeaid burasafm parliament committee school;"
      "place: kenya lubara burasa; group: peacekeepers rebels thousands reporters officers aidworkers civilians survivors children men attackers militias displaced governments opposition kenyans"),
    """
MBANGU, {lubara/n|Lubara}, Aug. 21 — {peacekeepers/d|Kenyan peacekeepers} took control of the airport in this eastern town on Thursday as {rebels/d|rebels of
the {m3m/n|March 3 Movement}} ({m3m/n|M3M}) advanced to within 12 kilometres, sending {thousands/d|thousands of people} towards the lake.

{peacekeepers/d|The soldiers}, part of {force/d|a regional force} that was deployed in June, met no resistance. {lagat/d|{peacekeepers/p|Their} commander}, {lagat/n|Brig. Gen. Joseph
Kiprotich Lagat}, said the runway would be kept open for aid flights. "{peacekeepers/p|We} have not come to fight anybody's war," {lagat/p|he}
told {reporters/d|reporters}. "But if {rebels/p|they} fire on {peacekeepers/p|us}, {lagat/p|I} will not ask {kenya/n|Nairobi} twice."

{army/d|{lubara/n|Lubara}'s army}, which held the airport until this week, has fallen back to a ridge west of the town. {officers/d|Two officers} said {army/p|it}
had left behind four howitzers. {ntambwe/n|President Théophile Mugaruka Ntambwe} dismissed {chiefstaff/d|{ntambwe/p|his} chief of staff} on Wednesday night and has
not been seen in public since.

The {m3m/n|M3M} said {m3m/p|it} would not enter Mbangu if {ntambwe/d|the president} agreed to talks. {nsele/d|{m3m/p|Its} spokesman}, {nsele/n|Désiré N'Sele}, said by satellite phone that
{m3m/d|the movement} wanted "a share of the state, not the whole of it". {nsele/p|He} denied that {rebels/d|{nsele/p|his} fighters} had burned houses in Kirundwe, where {aidworkers/d|aid workers} say {civilians/d|22 civilians} died last weekend.

{survivors/d|Survivors} tell a different story. {bahati/n|Espérance Bahati}, 29, reached Mbangu with {children/d|two of {bahati/p|her} children} after walking for three days.
"{attackers/p|They} came at night and called {men/d|the men} out by name," {bahati/p|she} said, sitting in the yard of {school/d|a Catholic school}. "{bahati/p|I} hid
in the maize. {husband/d|{bahati/p|My} husband} did not." {bahati/p|She} said {bahati/p|she} did not know whether {attackers/d|the attackers} belonged to the {m3m/n|M3M} or to {militias/d|one of the militias} allied with {m3m/p|it}.

{okito/n|Father Anselme Okito-Mbuyi}, who runs {school/d|the school}, said {okito/p|he} had {displaced/d|600 people} in eleven classrooms. {okito/p|He} has asked the relief agency {lakeaid/n|Lake Aid} for maize flour; {lakeaid/p|it} has promised a first truck on Saturday. "{okito/p|I} believe {lakeaid/p|them}, but children cannot eat a
promise," {okito/d|the priest} said.

{lubara/n|Lubara} accuses neighbouring {burasa/n|Burasa} of commanding {rebels/d|the rebels}, a charge {burasa/p|it} has always denied. On Thursday {burasafm/d|{burasa/n|Burasa}'s foreign ministry}
said that {burasafm/p|it} was "alarmed" by the arrival of the {peacekeepers/n|Kenyans} and that {peacekeepers/p|they} should stay away from the frontier.

{kenya/n|Kenya} said {peacekeepers/d|{kenya/p|its} troops} would remain for six months. {mwangi/n|Defence Minister Grace Wanjiru
Mwangi-Otieno} told {parliament/d|parliament} in Nairobi that {mwangi/p|she} had spoken to {governments/d|both governments} and that neither objected. {opposition/d|The opposition}
was not convinced. "{kenyans/n|Kenyans} were promised a mission with an end," said {noor/n|Hassan Abdi Noor}, an opposition member of {committee/d|the
defence committee}. {noor/p|He} asked {mwangi/d|the minister} how many body bags {mwangi/p|she} had ordered; {mwangi/p|she} did not answer.

By evening {peacekeepers/d|the peacekeepers} had dug trenches along the northern edge of the runway. {lagat/n|Lagat} said {peacekeepers/d|{lagat/p|his} men} had heard artillery,
but that it was "still far".
""")

art("a07", "Great Lakes Press", "Ex-treasurer convicted of stealing $2.3 million from firefighters' fund",
    "2025-06-13", "North America", "court",
    K("person: odell son stclair venkatesh devries ibarra wife arroyo lawyer receiver; organisation: fund whitlock court office;"
      "group: jury prosecutors witnesses members others reporters retirees"),
    """
TOLEDO, Ohio — {jury/d|A federal jury} on Friday convicted {odell/d|the former treasurer of {fund/d|a firefighters' pension fund}} of stealing $2.3 million,
money that {prosecutors/d|prosecutors} said {odell/p|he} spent on a lake house, a boat and {son/d|{odell/p|his} son}'s racing team.

{odell/n|Terrence J. O'Dell}, 58, showed no emotion as the verdict was read. {jury/d|Jurors} deliberated for less than six hours before
finding {odell/p|him} guilty on 11 counts of wire fraud and one of money laundering. {odell/p|He} faces up to 20 years in prison.

"{odell/p|He} wore {members/p|their} patch on {odell/p|his} jacket while {odell/p|he} emptied {members/p|their} accounts," {venkatesh/n|Assistant U.S. Attorney Priya Venkatesh} told {jury/d|jurors} in
{venkatesh/p|her} closing argument. {venkatesh/p|She} had called {witnesses/d|31 witnesses} in three weeks, among {witnesses/p|them} {stclair/d|{odell/n|O'Dell}'s former secretary}, {stclair/n|Dolores
St. Clair}, who said {stclair/p|she} had typed false invoices at {odell/p|his} dictation. "{stclair/p|I} was scared of losing {stclair/p|my} job," {stclair/n|St. Clair}
testified.

The invoices came from {whitlock/n|Whitlock and Sons}, {whitlock/d|the accounting firm in Sandusky} that audited the {fund/n|Lake Cities Firefighters Relief Fund} for 12 years. {whitlock/d|The firm} has not been charged. {whitlock/p|It} paid {fund/d|the fund} $900,000 in a civil settlement last year and
admitted no wrongdoing.

{devries/d|{odell/n|O'Dell}'s attorney}, {devries/n|Marcus DeVries-Hall}, told {jury/d|the jury} that {whitlock/n|Whitlock} had approved every payment and that {odell/d|{devries/p|his} client} had
believed the transfers were loans. "If {whitlock/d|the auditors} saw nothing wrong, why should {odell/p|he}?" {devries/n|DeVries-Hall} asked. {devries/p|He} said after
the hearing that {devries/p|he} would appeal.

{ibarra/n|U.S. District Judge Carmen Ibarra} allowed {odell/n|O'Dell} to remain free until sentencing on Oct. 9 but ordered {odell/p|him} to surrender
{odell/p|his} passport. {ibarra/p|She} rejected a request by {prosecutors/d|the government} to seize the lake house at once, saying {ibarra/p|she} wanted to hear
first from {wife/d|{odell/p|his} wife}, whose name is on the deed.

{retirees/d|About 40 retired firefighters} filled the benches behind {prosecutors/d|the prosecutors}. Some of {retirees/p|them} wept. "{retirees/p|We} carried people out of
buildings, and this is who was minding {retirees/p|our} money," said {arroyo/n|Luis Arroyo}, 74, who retired as a captain in 2006. {arroyo/n|Arroyo}
said {arroyo/p|his} monthly check had been cut by a third, and that {arroyo/p|he} had gone back to work as a school bus driver.

{fund/d|The fund}, which pays benefits to {members/d|about 1,900 people} in four counties, is now run by {receiver/d|a receiver} appointed by {court/d|the court}. In a statement {fund/p|it} said {fund/p|it} had recovered $1.4 million so far and hoped to restore full payments by 2027. {members/d|{fund/p|Its}
members} will be allowed to speak at the sentencing.

{venkatesh/n|Venkatesh} said {office/d|{venkatesh/p|her} office} was still investigating {others/d|others}, but {venkatesh/p|she} declined to say whether {others/p|they} included anyone at
{whitlock/n|Whitlock}. {lawyer/d|A lawyer for {whitlock/d|the firm}} said {whitlock/p|it} had cooperated fully. "{prosecutors/p|They} have every document {whitlock/p|we} have," {lawyer/p|she} said.

{odell/n|O'Dell} left through a side door with {wife/d|{odell/p|his} wife} and did not speak to {reporters/d|reporters}. {son/d|{odell/p|His} son} was not in court.
""")

art("a08", "Eastern Strait Daily", "Shipyard chairman cleared over divers' deaths; two managers jailed",
    "2025-11-27", "East Asia", "court",
    K("person: noh baek bakelawyer ryu pyo hanh seo cho husband consul interpreter; organisation: court haeseong prosecutors harbourlight kmdf vnembassy vnlabour krlabour;"
      "place: southkorea vietnam; group: divers managers families subcontractors workers"),
    """
BUSAN, {southkorea/n|South Korea}, Nov. 27 — {court/d|A court in Busan} on Thursday acquitted {baek/d|the chairman of {haeseong/n|Haeseong Marine Industries}} over the deaths
of {divers/d|three Vietnamese divers}, but sent {managers/d|two of {haeseong/d|the shipbuilder}'s managers} to prison for ignoring warnings about a faulty air
line.

Presiding judge {noh/n|Noh Eun-seop} said {prosecutors/d|prosecutors} had failed to prove that {baek/n|Chairman Baek Sang-cheol} knew {divers/d|the divers} had been
ordered into the dry dock intake on the night of Feb. 11. "A chairman answers for a company's system," {noh/n|Noh} said. "He does
not answer for an order that was hidden from him."

{baek/n|Baek}, 66, bowed to {court/d|the bench} and then to {families/d|the families}, who did not return the gesture. In a statement read by {bakelawyer/d|{baek/p|his}
lawyer} {baek/p|he} said {baek/p|he} was "a sinner without a sentence" and would give up {baek/p|his} salary for a year.

Site director {ryu/n|Ryu Dong-hyuk} received three years. Safety manager {pyo/n|Pyo Ji-won} was given 18 months. {noh/d|The judge} said {ryu/n|Ryu} had
twice been told by {subcontractors/d|subcontractors} that a compressor was leaking, and had answered with a text message that read
"finish first". {pyo/n|Pyo} had signed an inspection form for a day on which {pyo/p|she} was on leave. Both of {managers/p|them} will appeal.

{haeseong/n|Haeseong}, {haeseong/d|{southkorea/d|the country}'s fifth-largest shipbuilder}, was fined 800 million won. {haeseong/d|The company} said {haeseong/p|it} accepted the ruling and had
replaced all of {haeseong/p|its} diving equipment. {haeseong/p|It} added that {haeseong/p|it} had paid compensation to {families/d|the families} but did not say how much.

{hanh/n|Nguyễn Thị Hạnh}, {husband/d|whose husband} was the youngest of {divers/d|the divers}, flew from Hải Phòng for the verdict. "{hanh/p|I} understood {interpreter/d|the interpreter}, but {hanh/p|I} did not understand {noh/d|the judge}," {hanh/p|she} said outside the courthouse, holding {husband/p|his} photograph. "{noh/p|He} says nobody
at the top knew. Then who is the top for?"

{seo/d|{hanh/p|Her} lawyer}, {seo/n|Seo Kang-il} of the legal aid group {harbourlight/n|Harbour Light}, said {seo/p|he} would press {prosecutors/d|prosecutors} to appeal. The Serious
Accidents Act was written for exactly such cases, {seo/p|he} said, and "if it cannot reach a chairman it reaches nobody".

The {prosecutors/n|Busan District Prosecutors' Office}, which had sought seven years for {baek/n|Baek}, said {prosecutors/p|it} would study the judgment
before {prosecutors/p|it} decided.

The {kmdf/n|Korean Metal and Dock Workers' Federation} ({kmdf/n|KMDF}) called the acquittal "a licence". {cho/d|{kmdf/p|Its} president}, {cho/n|Cho Yeong-nam}, said {kmdf/d|the
federation} would stop work at {haeseong/n|Haeseong} for four hours on Monday. "{kmdf/p|We} told {haeseong/p|them} about that compressor," {cho/n|Cho} said.


{vnembassy/d|{vietnam/n|Vietnam}'s embassy in Seoul} said {vnembassy/p|it} had followed the trial closely and that {consul/d|{vnembassy/p|its} consul} had met {families/d|the families} twice.
{vietnam/n|Vietnam} sends about {workers/d|10,000 workers} a year to {southkorea/n|South Korea}. In Hanoi, {vnlabour/d|the labour ministry} said {vnlabour/p|it} would ask {southkorea/n|South Korea} to
ban night dives by subcontracted crews. {krlabour/d|{southkorea/n|South Korea}'s employment ministry} said {krlabour/p|it} was already reviewing the rules.
""")

art("a09", "Straits Bulletin", "Harmony Front clings on in Tanjung Laut by 412 votes",
    "2025-07-13", "South-East Asia", "election",
    K("person: lim rosli kavitha shahrul wong faridah jeyanthi ismail; organisation: ec government institute court; party: phf mpp;"
      "group: supporters fishermen agents allies analysts townvoters chinese malay mppmembers kavithavoters partyagents"),
    """
TANJUNG LAUT, Malaysia, July 13 — The governing {phf/n|People's Harmony Front} ({phf/n|PHF}) held the coastal seat of Tanjung Laut on Saturday,
but {phf/p|its} majority fell from 9,600 to 412 in a by-election that had been seen as a test of {faridah/d|the prime minister}'s fuel
policy.

{lim/n|Lim Siew Cheng}, a 38-year-old pharmacist, won 21,877 votes for the {phf/n|PHF} after two recounts. {rosli/d|{lim/p|Her} main rival}, {rosli/n|Datuk Rosli bin Hamdan}
of the {mpp/n|Malay Progress Party} ({mpp/n|MPP}), took 21,465. {kavitha/d|A third candidate}, {kavitha/n|Kavitha Subramaniam}, an independent, won 3,190.

"{lim/p|I} know what 412 means," {lim/n|Lim} told {supporters/d|supporters} at a badminton hall. "It means {lim/p|I} must listen harder." {lim/p|She}
thanked {fishermen/d|fishermen on the southern shore} and said {lim/p|her} first question in parliament
would be about diesel.

{rosli/n|Rosli}, who held the seat from 2008 to 2018, did not concede. {rosli/p|He} said {agents/d|{rosli/p|his} agents} had been kept out of two counting rooms and
that {rosli/p|he} would file a petition within 28 days. "{mpp/p|We} are not bad losers, but {mpp/p|we} can count," {rosli/p|he} said. The {ec/n|Election Commission}
rejected the complaint. {shahrul/d|{ec/p|Its} chairman}, {shahrul/n|Tan Sri Shahrul Azman Idris}, said {partyagents/d|party agents} had signed every result sheet, and that
{ec/d|the commission} would show the papers to {court/d|the court} if asked.

The vote followed the death in April of {wong/n|Wong Kah Hoe}, {wong/d|the {phf/n|PHF}'s treasurer}, who had represented the area for seven years.
Fuel soon became the only subject. In May {government/d|the government} ended the diesel subsidy for boats under 15 metres, which
{fishermen/d|fishermen} say has cost {fishermen/p|them} 300 ringgit a week.

{faridah/n|Prime Minister Nik Faridah binti Salleh} visited the seat four times. {allies/d|{faridah/p|Her} allies} had urged {faridah/p|her} to postpone the cut until after
the vote; {faridah/p|she} refused. On Sunday {faridah/p|she} said the result was "a warning that {faridah/p|I} have heard", but that the
policy would stay.

{analysts/d|Analysts} said the {phf/n|PHF} had been rescued by {townvoters/d|town voters}. "{chinese/d|The Chinese voters} stayed with {phf/d|the coalition} and {malay/d|the Malay voters} left
{phf/p|it}," said {jeyanthi/n|Dr Jeyanthi Pillai-Morais} of the {institute/n|Institute for Electoral Research}. {jeyanthi/p|She} said the {mpp/n|MPP} had gained 17 points in
rural polling districts. "If {mpp/p|they} repeat this in a general election, {mpp/p|they} will be in government."

{ismail/d|The {mpp/n|MPP}'s president}, {ismail/n|Haji Ismail Che Daud}, said {mpp/d|{ismail/p|his} party} would no longer support {government/d|the government} on the budget. That would
leave {faridah/n|Nik Faridah} with a majority of three. The {mpp/n|MPP} has 19 seats and ended {mpp/p|its} formal pact with {faridah/p|her} in January.

{kavitha/n|Kavitha}, whose share was larger than {lim/n|Lim}'s margin, was blamed by {mppmembers/d|some {mpp/n|MPP} members} for the defeat. {kavitha/p|She} laughed at the idea.
"{kavithavoters/d|{kavitha/p|My} voters} are not anybody's property," {kavitha/p|she} said.

{lim/n|Lim} will be sworn in on Monday. {lim/p|She} said {lim/p|she} would go first to the jetty: {lim/p|she} had promised {fishermen/d|the fishermen} breakfast.
""")

art("a10", "Central European Observer", "Vlčková and Hrdlička head for run-off in Slovak presidential race",
    "2025-05-18", "Continental Europe", "election",
    K("person: vlckova hrdlicka szalay ondrus bartos mrazova hanus brotherinlaw kohcandidate; organisation: sec coalition zrkadlo ministry novak prosecutors fokal government oes tv;"
      "party: newpath snu bridge koh farmers; group: vsupporters officials hungarians candidates bridgemembers kohvoters observers disliked"),
    """
BRATISLAVA — The former constitutional judge {vlckova/n|Katarína Vlčková} and {hrdlicka/d|the outgoing interior minister}, {hrdlicka/n|Tomáš Hrdlička}, will meet in a
run-off for the Slovak presidency on 31 May after neither won an outright majority on Saturday.

With all districts counted, {vlckova/n|Vlčková} had 38.6 per cent and {hrdlicka/n|Hrdlička} 36.9. Turnout, at 61 per cent, was the highest in a
first round for twenty years, the {sec/n|State Election Committee} said.

{vlckova/n|Vlčková}, 57, who ran as an independent with the support of the liberal party {newpath/n|New Path}, said {vlckova/p|she} had spoken "to {disliked/d|people} who do not like {vlckova/p|me}" and would go on doing so. "{vlckova/p|I} do not need to be loved in every village," {vlckova/p|she} told {vsupporters/d|supporters} in Košice, {vlckova/p|her}
home town. "{vlckova/p|I} need to be believed."

{hrdlicka/n|Hrdlička} had led every poll until April. {hrdlicka/p|He} is the candidate of the {snu/n|Social and National Union} ({snu/n|SNÚ}), {snu/d|the largest party in
{coalition/d|the governing coalition}}, and has promised to veto any law that would send soldiers abroad. "{vlckova/p|She} is celebrating today,"
{hrdlicka/p|he} said. "{hrdlicka/p|I} will celebrate in two weeks."

{hrdlicka/d|The minister}'s campaign was shaken last month when the weekly {zrkadlo/n|Zrkadlo} reported that {ministry/d|{hrdlicka/p|his} ministry} had bought radios from
{novak/n|Novák & Partner}, a firm owned by {brotherinlaw/d|{hrdlicka/p|his} brother-in-law}. {hrdlicka/p|He} denies any wrongdoing. {prosecutors/d|Prosecutors} have questioned {officials/d|two officials}, but
{prosecutors/p|they} have not charged anyone.

Much will now depend on {szalay/n|Péter Szalay-Horváth}, who came third with 14.2 per cent. {szalay/p|He} said on Sunday that {szalay/p|his} {bridge/n|Bridge Alliance}
would poll {bridgemembers/d|{bridge/p|its} members} before making a recommendation. {hungarians/n|Hungarians} in the south, {szalay/p|he} said, were "tired of being remembered every
five years". {candidates/d|Both candidates} telephoned {szalay/p|him} overnight. "{szalay/p|I} told {vlckova/p|her} and {szalay/p|I} told {hrdlicka/p|him} the same thing," {szalay/n|Szalay-Horváth} said. "Bring {szalay/p|me}
something on paper."

The {koh/n|Christian Civic Movement} ({koh/n|KOH}), {kohcandidate/d|whose candidate} won only 5 per cent, said {koh/p|it} would back nobody. {ondrus/d|{koh/p|Its} leader}, {ondrus/n|Dr Ján Ondruš}, said
{koh/d|the party} could not support "a liberal or a policeman". {kohvoters/d|{koh/p|Its} voters} may not obey {ondrus/p|him}: in a survey by the agency {fokal/n|Fokal},
two-thirds of {kohvoters/p|them} preferred {hrdlicka/n|Hrdlička}.

{bartos/d|The prime minister}, {bartos/n|Marián Bartoš-Kollár}, who appointed {hrdlicka/n|Hrdlička} in 2023, said {government/d|the government} would stand behind {hrdlicka/p|him} "to the last
vote". But the {farmers/n|Farmers' Party}, {farmers/d|the smaller partner in {coalition/d|the coalition}}, did not say whom {farmers/p|it} would support. {mrazova/d|{farmers/p|Its} chairwoman},
{mrazova/n|Eva Mrázová}, said {mrazova/p|she} was waiting for the television debate on Thursday.

{observers/d|Observers from the {oes/n|Organization for Electoral Standards}} said the vote had been calm and well run. {observers/p|They} noted complaints about
unequal time on {tv/n|Slovak Public Television}, which said {tv/p|it} had followed the law.

{hanus/d|The outgoing president}, {hanus/n|Rudolf Hanus}, leaves office in June. {hanus/p|He} has endorsed no one. "{hanus/p|I} shall vote," {hanus/p|he} said on Sunday, "and then
{hanus/p|I} shall go fishing."
""", curly=True)

art("a11", "Copperbelt Standard", "Mine halts smelter after acid spill as villagers seek damages",
    "2025-03-04", "Africa", "business and environment",
    K("person: mwale chanda zhao tembo; organisation: kansanga sanhe union agency ministry government;"
      "group: villagers miners farmers police chinese"),
    """
KITWE, Zambia, March 4 — {kansanga/n|Kansanga Copper Mines} has shut its smelter after a dam wall broke and sent acid into the Mwambashi stream, killing
fish over 40 kilometres and leaving three towns without water.

{kansanga/d|The company}, a unit of {sanhe/d|the Chinese group} {sanhe/n|Sanhe Metals}, said on Tuesday that {kansanga/p|it} regretted the spill and would pay for clean water.
{villagers/d|Villagers} along the stream said {villagers/p|they} had found dead goats and burned maize. "{villagers/p|We} dug wells last year and now {villagers/p|we} cannot drink
from them," said {tembo/n|Agness Tembo}, who grows cabbages near the dam.

{agency/n|The Zambia Environmental Management Agency} ({agency/n|ZEMA}) said {agency/p|it} had told {kansanga/n|Kansanga} twice to mend the wall. {agency/p|Its} director, {mwale/n|Gift Mwale}, said
{agency/d|the agency} had fined {kansanga/d|the miner} in November and would now go to court. "{mwale/p|I} do not write letters for pleasure," {mwale/p|he} said.

About 2,000 {miners/d|miners} were sent home on full pay. {miners/p|They} do not know when {miners/p|they} will return, according to {union/n|the United Mineworkers' Union}. {union/d|The union} has called on
{government/d|the government} to take over the site. {union/p|Its} president, {chanda/n|Mutale Chanda}, told {miners/d|the miners} at the gate that {chanda/p|he} would not sign any deal "written in
Changsha".

{sanhe/n|Sanhe}, which bought the mine in 2011, sent a team of engineers on Sunday. {zhao/n|Zhao Guowei}, {zhao/d|the vice-president} who leads them, met {chinese/d|Chinese
residents} of the town after two shops were looted. {police/d|Police} arrested nine people. {police/p|They} said the looters were not from the villages.

{zhao/n|Zhao} said {sanhe/d|the group} had set aside $20 million. {farmers/d|The farmers}' lawyers want four times as much. {farmers/d|Farmers} met {ministry/d|the water ministry} in Lusaka on Monday and
left without an offer; {ministry/d|the ministry} said {ministry/p|it} was waiting for test results.

{government/d|The government}, which owns a fifth of the mine, has said little. {government/p|It} depends on copper for most of {government/p|its} foreign exchange, and an election is due
next year. {mwale/n|Mwale} said nobody had leaned on {mwale/p|him}.
""")

art("a12", "Baltic Courier", "Court tells Tallinn museum to hand back painting to Finnish family trust",
    "2025-10-17", "Northern Europe", "court and culture",
    K("person: saar lehto virtanen kask; organisation: museum trust court ministry embassy;"
      "group: finns visitors curators lawyers judges; place: estonia"),
    """
TALLINN, Estonia — An Estonian court has ordered {museum/n|the Kalamaja Museum of Art} to return a seascape to {trust/d|a Finnish family trust} that lost it in 1940, in
the first ruling of its kind in the Baltic states.

{court/n|Harju County Court} found on Friday that {museum/d|the museum} had known since 1993 whose picture it was. {court/d|The court} gave {museum/p|it} ninety days. {museum/d|The
museum}'s director, {kask/n|Liisi Kask}, said {museum/p|it} would appeal. "{kask/p|We} bought it in good faith, and {kask/p|I} have the receipt," {kask/p|she} said.

{trust/n|The Virtanen Trust}, set up in Turku by the heirs of a timber merchant, had asked for the painting four times. {trust/p|It} has offered to lend it back every second
summer. {virtanen/n|Olavi Virtanen}, who chairs {trust/d|the trust}, wept as {judges/d|the judges} left the room. {virtanen/p|His} grandmother, {virtanen/p|he} said, had hidden the frame
in a sauna.

{lawyers/d|Lawyers for the state} had argued that too much time had passed. {lawyers/p|They} warned that dozens of families might follow the {finns/n|Finns}. {judges/d|The judges} were not
persuaded. {judges/p|They} wrote that "a theft does not grow old".

{saar/n|Kristjan Saar}, {saar/d|the culture minister}, said {saar/p|he} respected the decision but that {ministry/d|{saar/p|his} ministry} would study it. {estonia/n|Estonia} spent years
asking Moscow for the return of {estonia/p|its} own collections, {saar/p|he} noted, and could not have two rules. {ministry/d|The ministry} pays most of the museum's costs.

{embassy/d|Finland's embassy} said {embassy/p|it} had not been a party to the case. {embassy/p|Its} spokeswoman, {lehto/n|Päivi Lehto}, thanked {curators/d|the curators} for the care {curators/p|they} had
taken. "{lehto/p|I} have seen it, and it looks as if it had been painted yesterday," {lehto/n|Lehto} said.

{visitors/d|Visitors} queued on Saturday to see the picture. Some of {visitors/p|them} left flowers under it. {curators/d|Curators} said {curators/p|they} would keep it on show until the last
day. {kask/n|Kask} has told {curators/d|the curators} not to pack anything yet, and the {finns/n|Finns} say {finns/p|they} can wait. "{virtanen/p|I} am 81," said {virtanen/n|Virtanen}, "but the sea
in that picture is older."
""")

PRON = set("i me my mine myself we us our ours ourselves you your he him his himself she her hers herself "
           "it its itself they them their theirs themselves one some both others neither".split())


def main():
    check = "--check" in sys.argv
    rows, recs = [], []
    for a in ARTICLES:
        text, ms = parse(a["text"])
        if a["curly"]:
            plain, text = text, curl(text)
            assert len(plain) == len(text)
        used = {m[2] for m in ms}
        assert used <= set(a["kinds"]), (a["id"], used - set(a["kinds"]))
        if check and set(a["kinds"]) - used:
            print(a["id"], "declared, unused:", set(a["kinds"]) - used)
        n = {}
        for m in ms:
            n[m[2]] = n.get(m[2], 0) + 1
        assert len(set(ms)) == len(ms) == len({m[:3] for m in ms})
        for s, e, act, form in ms:
            w = text[s:e]
            assert w and w == w.strip() and "\n" not in w and "\t" not in w, w
            if form == "pronoun":
                assert w.lower() in PRON, w
            rows.append((a["id"], act, a["kinds"][act], int(n[act] < 3), form, s, e, w))
        recs.append({k: a[k] for k in ("id", "outlet", "title", "published", "region", "topic")} | {"text": text})
        if check:
            cov = [False] * len(text)
            for s, e, _, f in ms:
                for i in range(s, e):
                    cov[i] = True
            print("==", a["id"], len(text.split()), "words")
            for m in re.finditer(r"[^\W\d_]+", text):
                w = m.group()
                if not cov[m.start()] and (w.lower() in PRON or w[0].isupper()):
                    kind = "PRON" if w.lower() in PRON else "cap"
                    print("  ", kind, "…" + text[max(0, m.start() - 35):m.end() + 35].replace("\n", "/") + "…")
    with open(os.path.join(HERE, "articles.jsonl"), "w", encoding="utf-8", newline="\n") as f:
        for r in recs:
            f.write(json.dumps(r, ensure_ascii=False) + "\n")
    with open(os.path.join(HERE, "mentions.tsv"), "w", encoding="utf-8", newline="\n") as f:
        f.write("article\tactor\tkind\tminor\tform\tstart\tend\twords\n")
        for r in rows:
            f.write("\t".join(map(str, r)) + "\n")
    # Read both back and check every span.
    texts = {}
    for line in open(os.path.join(HERE, "articles.jsonl"), encoding="utf-8"):
        r = json.loads(line)
        texts[r["id"]] = r["text"]
    for line in open(os.path.join(HERE, "mentions.tsv"), encoding="utf-8").read().splitlines()[1:]:
        aid, _, _, _, _, s, e, w = line.split("\t")
        assert texts[aid][int(s):int(e)] == w, line
    print(len(texts), "articles,", len(rows), "mentions, all spans exact")


if __name__ == "__main__":
    main()
