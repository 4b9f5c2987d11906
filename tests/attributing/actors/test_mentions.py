"""Given actors found where they are named."""

import pytest

from crossframe.attributing.actors.mentions import find_mentions
from crossframe.attributing.actors.people import gender_of
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Actor

US = Actor("us", "United States", ("US", "U.S.", "Washington"), "country")
RUSSIA = Actor("russia", "Russia", ("Moscow",), "country")


def found(sentences, *actors: Actor) -> list[tuple[str, str]]:
    """Return (words, actor) of every mention."""
    documents = {article.id: article.document for article in sentences.articles}
    mentions = find_mentions(sentences, actors, spot_names(sentences))
    rows = zip(mentions.article, mentions.start, mentions.end, mentions.actor, strict=True)
    return [(documents[a][s:e], actor) for a, s, e, actor in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They told us that the US and the U.S.'s allies met.", ["US", "U.S."]),
        ("Russia’s army and Russian forces met.", ["Russia"]),
        ("RUSSIA SAYS NO TO UNITED STATES", ["RUSSIA", "UNITED STATES"]),
        ("They met in the United  States and anti-Russia crowds.", ["United  States"]),
        ("The US-led force met the Russia-Georgia panel.", ["Russia"]),
        ("MOSCOW, August 29 (Agency) - Talks began in Moscow.", ["Moscow"]),
        ("He read the Washington Post in Washington.", ["Washington"]),
        ("See russia.example or @Russia or Russiagate.", []),
    ],
)
def test_names_in_text(make_sentences, text: str, expected: list[str]) -> None:
    """Boundaries, capitals, possessives, datelines, compounds and longer names are respected."""
    assert [words for words, _ in found(make_sentences(text), US, RUSSIA)] == expected


REFORM = Actor("reform", "Reform", (), "party")


@pytest.mark.parametrize(
    ("sentence", "is_name"),
    [
        ("Reform won in the north.", True),
        ("Reform has accused the mayor.", True),
        ("Reform will contest every seat.", True),
        ("Reform councillors walked out.", True),
        ("Reform’s plan failed.", True),
        ("Reform wants to join.", True),
        ("Reform shares fell.", True),
        ("Reform refused a deal.", True),
        ("Reform is needed.", False),
        ("Reform came late.", False),
        ("Reform has failed.", False),
        ("Reform will take time.", False),
        ("Reform of the courts stalled.", False),
        ("Reform plans are stuck.", False),
        ("Reform in prisons stalled.", False),
        ("Reform promised by the mayor stalled.", False),
        ("Reform the courts.", False),
        ("Reform to that end stalled.", False),
    ],
)
def test_words_that_open_a_sentence(make_sentences, sentence: str, is_name: bool) -> None:
    """What follows a word that opens a sentence shows whether it is an actor's name."""
    sentences = make_sentences(f"The reform was long. Tax reform is hard. {sentence}")
    assert bool(found(sentences, REFORM)) is is_name


def test_longest_match_wins(make_sentences) -> None:
    """A name inside a longer name of another actor is not a mention of its own."""
    party = Actor("united-russia", "United Russia", (), "party")
    sentences = make_sentences("United Russia met. Russia waited.")
    assert found(sentences, RUSSIA, party) == [("United Russia", "united-russia"), ("Russia", "russia")]


def test_homonyms(make_sentences) -> None:
    """A surname two people bear goes to whom title, article or the last sentence tell, else to nobody."""
    jane = Actor("jane-doe", "Jane Doe", ("Doe",), "person")
    john = Actor("john-doe", "John Doe", ("Doe",), "person")
    sentences = make_sentences(
        "Jane Doe met. Doe left.", "John Doe and Jane Doe met. Doe slept. Mrs. Doe left. Doe stayed."
    )
    assert found(sentences, jane, john) == [
        ("Jane Doe", "jane-doe"),
        ("Doe", "jane-doe"),
        ("John Doe", "john-doe"),
        ("Jane Doe", "jane-doe"),
        ("Doe", "jane-doe"),
        ("Doe", "jane-doe"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "title", "expected"),
    [
        ("Ms. Xanq Poe", "Mr. Orlek Poe", "Mrs.", "xanq-poe"),
        ("Ms. Xanq Poe", "Mr. Orlek Poe", "Sir", "orlek-poe"),
        ("Xanq Poe", "Sir Orlek Poe", "Ms.", "xanq-poe"),
        ("Dame Xanq Poe", "Orlek Poe", "Mr.", "orlek-poe"),
        ("Ms. Xanq Poe", "Dame Orlek Poe", "Mrs.", ""),
        ("Xanq Poe", "Orlek Poe", "Mrs.", ""),
    ],
)
def test_homonyms_by_title(make_sentences, first: str, second: str, title: str, expected: str) -> None:
    """A title before a surname that two bear tells them apart where titles before their full names show the gender."""
    actors = [Actor(f"{one}-poe".lower(), f"{one} Poe", ("Poe",), "person") for one in ("Xanq", "Orlek")]
    sentences = make_sentences(f"{first} and {second} met. {title} Poe left.")
    assert [actor for words, actor in found(sentences, *actors) if words == "Poe"] == [expected] * bool(
        expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sir Keir Poe spoke. Sir Keir left.", ["Keir Poe", "Keir"]),
        ("Dame Ann Poe spoke. “No,” Dame Ann said.", ["Ann Poe", "Ann"]),
        ("Dr Mahathir Poe spoke. It rained, Dr Mahathir said.", ["Mahathir Poe", "Mahathir"]),
        ("The premier, Abiy Poe, spoke. Mr. Abiy left.", ["Abiy Poe", "Abiy"]),
        ("Crown Prince Omar Poe spoke. Aides of Prince Omar left.", ["Omar Poe", "Omar"]),
        ("Sheikh Tamim Poe spoke. Later Sheikh Tamim left.", ["Tamim Poe", "Tamim"]),
        ("Lady Ann Poe spoke. Later Lady Ann left.", ["Ann Poe", "Ann"]),
        ("Prime Minister Prayuth Poe spoke. Later General Prayuth left.", ["Prayuth Poe", "Prayuth"]),
        ("Ann Poe spoke. Later Queen Ann left.", ["Ann Poe"]),
        ("Thomas Poe spoke. Later Judge Thomas left.", ["Thomas Poe"]),
        ("James Poe spoke. Later Mr. James left.", ["James Poe"]),
        ("Ann Poe spoke. Later Sir Ann left.", ["Ann Poe"]),
        ("Keir Poe and Keir Roe spoke. Later Sir Keir left.", ["Keir Poe", "Keir Roe"]),
        ("Keir Poe spoke. Later Keir left.", ["Keir Poe"]),
        ("Later Sir Keir left.", []),
        ("Prince Omar Poe spoke. Later King Omar left.", ["Omar Poe"]),
    ],
)
def test_title_and_given_name(make_sentences, text: str, expected: list[str]) -> None:
    """A title and a given name mean the one person so named, where English does not put a surname there."""
    firsts = ("Keir", "Ann", "Mahathir", "Abiy", "Omar", "Tamim", "Prayuth", "Thomas", "James")
    actors = [Actor(f"{first}-poe".lower(), f"{first} Poe", ("Poe",), "person") for first in firsts]
    actors.append(Actor("keir-roe", "Keir Roe", ("Roe",), "person"))
    assert [words for words, _ in found(make_sentences(text), *actors)] == expected


def test_foreign_owner(make_sentences) -> None:
    """A body's short name after another country's possessive is that country's body."""
    ministry = Actor("ru-ministry", "Russian Trade Ministry", ("Trade Ministry",), "organisation")
    text = "Russia's Trade Ministry spoke. Georgia's Trade Ministry and the Georgian Trade Ministry did not."
    assert found(make_sentences(text), ministry) == [("Trade Ministry", "ru-ministry")]


def test_nobody(make_sentences) -> None:
    """No actors, no mentions."""
    assert found(make_sentences("Nothing happened.")) == []


def test_gender() -> None:
    """Given names tell gender; what is no person has none."""
    assert gender_of(Actor("x", "Mary Poe", (), "person")) == "f"
    assert gender_of(Actor("x", "Kim Poe", (), "person")) == ""
    assert gender_of(RUSSIA) == ""


def test_ministries_of_two_countries(make_sentences) -> None:
    """What a country is said to own is no mention of a body that another article line leaves without a country."""
    text = (
        "The Foreign Ministry spoke. The Foreign Ministry of the capital waited. Georgia's Foreign Ministry answered. "
        "The Foreign Ministry spoke again."
    )
    cast = find_actors(make_sentences(text), [])
    found = {text[start:end] for start, end in zip(cast.mentions.start, cast.mentions.end, strict=True)}
    at = text.index("Foreign Ministry answered")
    assert "Foreign Ministry" in found
    assert at not in cast.mentions.start.tolist()
