"""Groups of an event: who counts as one, by which place or body, and what edits make of them."""

from pathlib import Path

import pytest

from crossframe.attributing.actors.edits import read_actor_edits
from crossframe.attributing.find_actors import find_actors
from crossframe.records import Actor, Cast, NameSpans, Sentences


def described(sentences: Sentences, cast: Cast, actor: str) -> list[tuple[str, str]]:
    documents = {article.id: article.document for article in sentences.articles}
    return [
        (row["article"], documents[row["article"]][row["start"] : row["end"]])
        for row in cast.mentions.rows()
        if row["actor"] == actor
    ]


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (("Police came.", "The police left."), ["police"]),
        (("Quay police came.", "Police left Quay."), ["quay-police"]),
        (("Police in Quay came.", "Quay police left."), ["quay-police"]),
        (("Police came.", "Farmers left."), []),
        (("Farmers came. " * 5, "It rained."), ["farmers"]),
        (("Farmers came. " * 4, "It rained."), []),
        (("Farmers came. " * 3,), ["farmers"]),
        (("Farmers came. " * 2,), []),
        (("Farmers came. The farmers left.",), ["farmers"]),
        (("The farmers came. Farmers left.",), []),
        (("Rebels took the town, the army said.", "The army shelled the rebels."), ["army", "rebels"]),
        (("It shook as rebels close in on Quay.", "The rebels rested."), ["rebels"]),
        (("Doctors and nurses walked out.", "Nurses joined the doctors at noon."), ["doctors", "nurses"]),
        (("The council approved it.", "The opposition called the council reckless."), ["council"]),
        (("Ukrainian troops withdrew. Russian troops came.", "Russian troops hid, and Ukrainian troops left."), ["russian-troops", "ukrainian-troops"]),
        (("A tax, which fishermen say is new, rose.", "The fishermen left."), ["fishermen"]),
        (("Fans booed at the gate.", "Angry fans said they would stay away."), ["fans"]),
        (("Fans were sold.", "The fans cooled the room."), []),
        (("The French are weary.", "Most of the French oppose it."), ["french"]),
        (("The Dutch blame the rain.", "It is late: the Dutch want dikes."), ["dutch"]),
        (("The French president left.", "The French voters left."), []),
        (("MPs voted late.", "Some MPs slept. The MPs left."), ["mps"]),
        (("Locals blamed the mine.", "The locals fear for wells."), ["locals"]),
        (("Syrian refugees crossed the river.", "Refugees from Syria left."), ["syrian-refugees"]),
        (("Officers of the firm own shares.", "The firm paid."), []),
        (("Two officers came.", "Two officers left."), []),
        (("People were late. Years passed.", "People in general like talks. Years passed."), []),
        (("Dutch farmers came.", "Farmers from the Netherlands left."), ["dutch-farmers"]),
        (("Dutch farmers and Irish farmers came.", "Irish farmers met Dutch farmers."), ["dutch-farmers", "irish-farmers"]),
        (("Boat owners came. The owners left.", "Boat owners met."), ["boat-owners"]),
        (("Federal prosecutors came. Prosecutors left.", "It rained."), []),
        (("Federal prosecutors came. Prosecutors left. Prosecutors spoke.",), ["federal-prosecutors"]),
        (("A jury of seven women came. The jury left. The jury spoke.",), ["jury"]),
        (("Shares rose in the talks.", "The talks ended, and shares fell."), []),
        (("Danes came.", "Many Danes left."), ["danes"]),
        (("The town council met.", "The council met."), ["council"]),
        (("Supporters of Poe came.", "Poe supporters left."), ["poe-supporters"]),
        (("The club's players came.", "Players left."), ["players"]),
        (("Shareholders of the company came.", "Shareholders left."), ["shareholders"]),
        (("Customers of the bank came.", "The airline's customers left."), ["customers"]),
        (("Members of the club came.", "Members left."), []),
        (("Officials of the club came.", "Officials left."), []),
        (("Members of the union came.", "Union members left."), ["union-members"]),
        (("Survivors of the flood came.", "Survivors left."), []),
    ],
)  # fmt: skip
def test_who_is_a_group(make_sentences, texts: tuple[str, ...], groups: list[str]) -> None:
    """Two outlets, or five sentences (three where there is one outlet); one group by place, however it is stated."""
    found = find_actors(make_sentences(*texts), []).actors
    assert [actor.id for actor in found if actor.kind == "group"] == groups


@pytest.mark.parametrize(
    ("texts", "group"),
    [
        (("Baristas said the machines broke.", "Baristas met."), "baristas"),
        (("Gamers complained about it.", "It rained on gamers."), "gamers"),
        (("Dabbawalas, who carry meals, met.", "The dabbawalas slept."), "dabbawalas"),
        (("Poe told bikers that it rained.", "Bikers left."), "bikers"),
        (("Retired roadies met. The roadies slept.", "Retired roadies left."), "roadies"),
        (("The vapers' union met.", "It rained on vapers."), "vapers"),
        (("Squaddies were injured at noon.", "Squaddies slept."), "squaddies"),
        (("Mr. Tim Roe, a cocalero, slept. The cocaleros left.", "It rained on cocaleros."), "cocaleros"),
        (("One of the vloggers, Ann Poe, left.", "It rained on vloggers."), "vloggers"),
        (("Oystermen left.", "It rained on oystermen."), "oystermen"),
        (("Stallholders packed up.", "The council fined stallholders."), "stallholders"),
        (("Fans booed Poe.", "Fans left."), "fans"),
        (("Poe thanked the fans.", "The fans left."), "fans"),
        (("Commuters waited.", "It rained on commuters."), "commuters"),
        (("Lifeguards slept.", "It rained on lifeguards."), "lifeguards"),
        (("Garimpeiros, as wildcat miners are called, left.", "It rained on garimpeiros."), "garimpeiros"),
        (("Poe met miners known as garimpeiros. The garimpeiros left.", "Garimpeiros left."), "garimpeiros"),
        (("Campesinos (landless farmers) left.", "It rained on campesinos."), "campesinos"),
        (("Garimpeiros feed their families.", "It rained on garimpeiros."), "garimpeiros"),
        (("Drones, as planes without pilots are called, fell.", "The drones fell."), ""),
        (("Poe met miners and drones.", "The drones fell."), ""),
        (("Fans whirred.", "The fans were sold."), ""),
        (("The owner of the drones said it rained.", "Drones fell."), ""),
        (("Reports said it rained.", "Reports suggested more rain."), ""),
        (("Figures say so.", "The figures told the story."), ""),
        (("Figures show that it rained.", "Figures fell."), ""),
        (("Drones said to be stolen fell.", "Drones fell."), ""),
        (("Reforms criticised by Poe fell.", "The reforms died."), ""),
        (("Poe told stories.", "The stories were long."), ""),
        (("Candleholders were sold.", "The candleholders fell."), ""),
        (("Years passed.", "The years said little."), ""),
        (("Some people left.", "Some people slept."), ""),
        (("A man selling drones said no.", "Drones fell."), ""),
        (("Chessmen fell.", "The chessmen were sold."), ""),
    ],
)  # fmt: skip
def test_people_in_no_list(make_sentences, texts: tuple[str, ...], group: str) -> None:
    """Who speaks, acts, suffers or owns as only people do is a group, whatever lists hold; things and texts are none."""
    found = find_actors(make_sentences(*texts), []).actors
    assert [actor.id for actor in found if actor.kind == "group"] == [group] * bool(group)


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (("Kenyans in Leeds marched.", "Kenyans abroad sent money."), ["leeds-kenyans"]),
        (("It helped Kenyans in Leeds.", "The Kenyans in Leeds slept."), ["leeds-kenyans"]),
        (("It helped Danes overseas.", "Danes abroad slept."), ["danes-abroad"]),
        (("Kenyans in Leeds marched.", "Kenyans in Turin slept."), ["kenyans"]),
        (("Kenyans in Leeds marched.", "The vote split Kenyans."), ["kenyans"]),
        (("Kenyans in Leeds marched. The Kenyans sang.", "It helped Kenyans in Leeds."), ["leeds-kenyans"]),
        (("Russian forces shelled Sumy.", "Russian troops slept."), ["russian-forces"]),
        (("Russian troops left. Russian troops slept.", "Russian forces slept."), ["russian-troops"]),
        (("Rebel troops left.", "Rebel forces slept."), ["rebel-forces"]),
        (("Russian forces shelled Sumy.", "Ukrainian troops slept."), []),
        (("Russian forces shelled Sumy.", "Security forces slept."), []),
        (("Russian forces shelled Sumy.", "Troops slept."), []),
    ],
)  # fmt: skip
def test_natives_and_forces(make_sentences, texts: tuple[str, ...], groups: list[str]) -> None:
    """Natives elsewhere are a group by their place, and no others; the forces and troops of one side are one."""
    found = find_actors(make_sentences(*texts), []).actors
    assert [actor.id for actor in found if actor.kind == "group"] == groups


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The town's foundation met. The foundation said no.", {"foundation": "organisation"}),
        ("The tenants' association met. The association said no.", {"tenants-association": "organisation"}),
        ("The foundation met. The foundation slept.", {}),
        ("The three firms met. The firms said no.", {"firms": "group"}),
        ("Three firms met. Firms said no.", {}),
        ("The banks said no. It rained. The banks left.", {"banks": "group"}),
        ("The government in Velm fell. It denied the claim.", {"velm-government": "group"}),
        ("Norway's embassy in Quay said it would help.", {"norway-embassy": "group"}),
        ("Norway's embassy in Quay burned.", {}),
        ("The government fell. Poe thanked his government.", {"government": "group"}),
        ("Some 2,000 miners went home. They want to return.", {"miners": "group"}),
        ("Some 12 miners went home. The dozen wept.", {}),
        ("About 40 retired nurses came. Some of them wept.", {"retired-nurses": "group"}),
        ("Kenyan peacekeepers came. Poe thanked the Kenyans.", {"kenyan-peacekeepers": "group"}),
        ("Danish divers came. Poe thanked the Danes.", {"danish-divers": "group"}),
        ("Danish divers met Danish nurses. Poe thanked the Danes.", {}),
        ("Danish divers came. Poe thanked the Finns.", {}),
    ],
)  # fmt: skip
def test_taken_up(make_sentences, text: str, ids: dict[str, str]) -> None:
    """A group or a body without a name is an actor where "the", a pronoun or its nationality takes it up."""
    found = find_actors(make_sentences(text), []).actors
    assert {actor.id: actor.kind for actor in found} == ids


@pytest.mark.parametrize(
    ("text", "phrase", "actor"),
    [
        ("The Danish firm Brandt & Roe paid. Brandt & Roe left. The Danes slept.", "The Danes", "brandt-roe"),
        ("The Danish firm Brandt & Roe paid. Brandt & Roe left. Some Danes slept.", "Some Danes", ""),
        ("The Dutch firm Brandt & Roe paid. Brandt & Roe left. The Danes slept.", "The Danes", ""),
        ("The Danish firm Brandt & Roe met Danish divers. Brandt & Roe left. The Danes slept.", "The Danes", ""),
        ("It met the Quay Prosecutors' Office. The Quay Prosecutors' Office left. Prosecutors slept.", "Prosecutors", "quay-prosecutors-office"),
        ("It met the Quay Prosecutors' Union. The Quay Prosecutors' Union left. Prosecutors slept.", "Prosecutors", ""),
        ("It met the Quay Prosecutors' Office. The Quay Prosecutors' Office left. Velm prosecutors slept.", "Velm prosecutors", ""),
        ("It met the Quay Prosecutors' Office. The Quay Prosecutors' Office left. Nurses slept.", "Nurses", ""),
    ],
)  # fmt: skip
def test_means_a_body(make_sentences, text: str, phrase: str, actor: str) -> None:
    """The Danes are the one body that is Danish, and prosecutors their office; not where others are Danish, too."""
    sentences = make_sentences(text)
    found = {start_and_words(row, text): row["actor"] for row in find_actors(sentences, []).mentions.rows()}
    assert found.get((text.rindex(phrase), phrase), "") == actor


def start_and_words(row, text: str) -> tuple[int, str]:
    """Return where a mention begins and its words."""
    return row["start"], text[row["start"] : row["end"]]


def test_police_of_several_places(make_sentences) -> None:
    """Police without a place are those that their own article states, and in other articles the police in general."""
    sentences = make_sentences(
        "Quay police came. The police left.", "Velm police came. Police left.", "It rained in Velm and Quay.",
        "Police left. Velm police did not, for the police of Quay came.", "Police came.", "The police left.",
    )  # fmt: skip
    cast = find_actors(sentences, [])
    assert described(sentences, cast, "quay-police")[:2] == [("a0", "Quay police"), ("a0", "The police")]
    assert described(sentences, cast, "velm-police")[:2] == [("a1", "Velm police"), ("a1", "Police")]
    assert described(sentences, cast, "police") == [("a3", "Police"), ("a4", "Police"), ("a5", "The police")]


@pytest.mark.parametrize(
    ("name", "text", "owned"),
    [
        ("Velm Town Council", "The council", True),
        ("Metropolitan Police", "Police", True),
        ("Velm Police Department", "The police", True),
        ("Council of Velm", "The council", True),
        ("Velm Council Tower", "The council", False),
        ("Velm Bank", "The council", False),
        ("Army of Velm", "The army", False),
    ],
)
def test_named_body_owns_its_descriptions(make_sentences, name: str, text: str, owned: bool) -> None:
    """A body that the event names is meant by its noun, also in articles that do not name it; not by another noun."""
    sentences = make_sentences(f"The vote of {name} was late.", f"{text} voted. {text} left.")
    cast = find_actors(sentences, [Actor("body", name, (), "organisation")])
    assert (("a1", text) in described(sentences, cast, "body")) is owned


def test_body_named_once(make_sentences) -> None:
    """A body that is named once is an actor by its name where it is described often enough."""
    sentences = make_sentences(
        "The council met. Poe of Quay Town Council spoke.", "The council refused to pay."
    )
    cast = find_actors(sentences, [])
    assert described(sentences, cast, "quay-town-council") == [
        ("a0", "The council"), ("a0", "Quay Town Council"), ("a1", "The council"),
    ]  # fmt: skip


def test_declared_group_owns_its_phrases(make_sentences) -> None:
    """A declared group gets the phrases with its name."""
    sentences = make_sentences("The residents left. Residents wept.", "Residents came.")
    cast = find_actors(sentences, [Actor("locals", "Residents", (), "group")])
    assert [actor.id for actor in cast.actors] == ["locals"]
    assert len(described(sentences, cast, "locals")) == 3


TEXTS = (
    "Quay police came. Police left. Nurses slept.",
    "The police of Quay came. Nurses woke. The force met.",
)


def table(cast: Cast) -> str:
    rows = [f"event,{one.id},{one.name},{one.kind},{'|'.join(one.names)}" for one in cast.actors]
    return "\n".join(["event,actor,name,kind,names", *rows]) + "\n"


def test_unchanged_table_changes_nothing(make_sentences, tmp_path: Path) -> None:
    """The table of actors, given back as it was written, gives the same cast."""
    sentences, path = make_sentences(*TEXTS), tmp_path / "actors.csv"
    before = find_actors(sentences, [])
    path.write_text(table(before), encoding="utf-8")
    again = find_actors(sentences, [], read_actor_edits(path))
    assert (again.actors, list(again.mentions.rows())) == (before.actors, list(before.mentions.rows()))


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ("nurses,,,1,", {"quay-police": 3}),
        ("nurses,,,,quay-police", {"quay-police": 5}),
        ("quay-police,Force,,,", {"quay-police": 3, "nurses": 2}),
        ("quay-police,,Quay police,,", {"quay-police": 2, "nurses": 2}),
        ("yard,The Yard,police,,", {"quay-police": 2, "yard": 1, "nurses": 2}),
        ("quay-police,,Quay police|police|the force,,", {"quay-police": 4, "nurses": 2}),
        ("yard,The Yard,Scotland Yard,,\nquay-police,,,,yard", {"yard": 3, "nurses": 2}),
        ("nurses,,,,quay-police\nquay-police,,,1,", {}),
    ],
)
def test_edits(make_sentences, tmp_path: Path, rows: str, counts: dict[str, int]) -> None:
    """Groups are dropped, merged, renamed, split and given further names like all other actors."""
    path = tmp_path / "actors.csv"
    path.write_text(f"actor,name,names,drop,merge_into\n{rows}\n", encoding="utf-8")
    cast = find_actors(make_sentences(*TEXTS), [], read_actor_edits(path))
    found = {id: cast.mentions.actor.count(id) for id in dict.fromkeys(cast.mentions.actor)}
    assert found == counts


def test_they(make_sentences) -> None:
    """A group that is described is meant by "they" behind it."""
    sentences = make_sentences("Residents said they would sue. Rain fell.", "Residents met.")
    cast = find_actors(sentences, [])
    assert described(sentences, cast, "residents") == [
        ("a0", "Residents"),
        ("a0", "they"),
        ("a1", "Residents"),
    ]


def test_ministry_before_its_name(make_sentences) -> None:
    """What every state has is no declared body's before its article names that; elsewhere it is."""
    ministry = Actor("m", "Dutch Foreign Ministry", ("Foreign Ministry",), "organisation")
    sentences = make_sentences(
        "The foreign ministry will cut its staff. The Dutch Foreign Ministry said no. The foreign ministry left.",
        "The foreign ministry said no.",
    )
    cast = find_actors(sentences, [ministry])
    starts = [row["start"] for row in cast.mentions.rows() if row["actor"] == "m" and row["article"] == "a0"]
    assert 0 not in starts
    assert len(starts) == 2
    assert [article for article, _ in described(sentences, cast, "m")].count("a1") == 1


@pytest.mark.parametrize(("noun", "groups"), [("garimpeiros", ["garimpeiros"]), ("Garimpeiros", [])])
def test_taken_for_a_name(make_sentences, noun: str, groups: list[str]) -> None:
    """A noun that a finder takes for a name where it opens a sentence is a group's where the event has it in lower case."""
    sentences = make_sentences(f"Garimpeiros wept. Later {noun} slept.", f"Then {noun} left.")
    names = NameSpans.from_rows(
        [{"article": "a0", "start": 0, "end": 11, "kind": "organisation", "probability": 0.6}]
    )
    found = find_actors(sentences, [], names=names).actors
    assert [actor.id for actor in found if actor.kind == "group"] == groups
