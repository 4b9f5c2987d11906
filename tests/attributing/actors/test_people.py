"""Names of one person, and of two."""

import pytest

from crossframe.attributing.actors.people import find_namesakes
from crossframe.attributing.actors.person_names import compatible, find_apart, given_and_surname, plain_name
from crossframe.attributing.actors.resolution import resolve_names
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.reading.text.split import split_sentences
from crossframe.records import Actor, Article
from crossframe.text import slug


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Chuck Poe", "Charles E. Poe", True),
        ("C. Poe", "Charles Poe", True),
        ("Vincente Lugo", "Vicente Lugo", True),
        ("Ann Poe", "Bob Poe", False),
        ("Ann B. Poe", "Ann C. Poe", False),
        ("Jo Roe Jr.", "Jo Roe", True),
        ("K. Michael Poe", "Michael Poe", True),
        ("Raúl Roé", "Raul Roe", True),
    ],
)
def test_compatible(left: str, right: str, same: bool) -> None:
    """Given names that agree are one person's, whatever the order of the two."""
    assert compatible(left, right) is compatible(right, left) is same


def test_particles() -> None:
    """A particle belongs to the surname."""
    assert given_and_surname("Ludwig van Roe") == (["ludwig"], "van roe")


def test_father_and_son(make_sentences) -> None:
    """An article that has both names, or the surname before the name with Jr., means two people; else it is one."""
    both = make_sentences(
        "Rep. Jo Roe Jr. pleaded guilty. His father, the Rev. Jo Roe, was in court. Mr. Roe wept."
    )
    early = make_sentences(
        "President Roe spoke.", "President Roe spoke. A photo showed Jo Roe Jr. with a gun."
    )
    alone = make_sentences("Senator Jo Roe spoke.", "Jo A. Roe Jr. spoke. Mr. Roe left.")
    assert find_namesakes(spot_names(both)) == {("jo", "roe")}
    assert find_namesakes(spot_names(early)) == {("jo", "roe")}
    assert find_namesakes(spot_names(alone)) == frozenset()
    later = make_sentences("Jo A. Roe Jr. spoke. Rain fell. Jo Roe left.")
    assert find_namesakes(spot_names(later)) == frozenset()
    assert [one.id for one in resolve_names(spot_names(both), []).discovered] == ["jo-roe", "jo-roe-jr"]
    assert [one.id for one in find_actors(alone, []).actors] == ["jo-roe"]


def test_suffix_stays_in_ids() -> None:
    """A son has the same id in every event, with his father there or not, and never his father's."""
    found = events(
        one="Jo Roe Jr. spoke. Mr. Roe left.",
        two="President Jo Roe spoke. Jo Roe Jr. wept. Jo Roe and Jo Roe Jr. left.",
    )
    assert found == {"one": {"jo-roe-jr"}, "two": {"jo-roe", "jo-roe-jr"}}
    assert not compatible("Jo Roe Jr.", "Jo Roe III")


def test_formal_suffix_over_events() -> None:
    """Middle initial and Roman number are formal style, so the plain name is the same person; beside it they tell the son."""
    found = events(
        one="Robert S. Roe III spoke. Mr. Roe left.",
        two="Robert Roe spoke. Mr. Roe left.",
        three="Robert Roe and his son Robert S. Roe III spoke. Robert Roe left. Robert S. Roe III wept.",
    )
    assert found["one"] == found["two"] == {"robert-roe"}
    assert found["three"] == {"robert-roe", "robert-roe-iii"}


def test_father_and_son_over_articles(make_sentences) -> None:
    """Who is named with Jr. in one outlet and without it in another is two people, unless formal style explains it."""
    outlets = make_sentences(
        "Jo Roe Jr. met a lawyer. Jo Roe Jr. left.", "President Jo Roe said he knew nothing. Jo Roe left."
    )
    assert [one.id for one in find_actors(outlets, []).actors] == ["jo-roe", "jo-roe-jr"]
    titled = make_sentences("Jo Roe Jr. met a lawyer. His father, President Jo Roe, said no.")
    assert find_namesakes(spot_names(titled)) == {("jo", "roe")}
    beside = make_sentences("Jo E. Roe Jr. left. Rain fell. Ann Poe saw Jo Roe and Jo Roe Jr. there.")
    assert find_namesakes(spot_names(beside)) == {("jo", "roe")}
    office = make_sentences("Jo Roe Jr. met a lawyer. President Roe knew nothing. Jo Roe left.")
    assert find_namesakes(spot_names(office)) == {("jo", "roe")}
    formal = make_sentences("Justice Jo E. Roe Jr. spoke.", "Justice Jo Roe spoke.")
    assert find_namesakes(spot_names(formal)) == frozenset()
    assert [one.id for one in resolve_names(spot_names(formal), []).discovered] == ["jo-roe-jr"]
    only = make_sentences("Jo Roe Jr. met a lawyer. Jo Roe Jr. left.")
    cast = find_actors(only, [Actor("roe", "Jo Roe", kind="person")])
    assert {*cast.mentions.actor} == {"jo-roe-jr"}


def test_man_and_woman_of_one_surname(make_sentences) -> None:
    """Where a surname alone is a man's and a woman's, each is an actor of its own who is mentioned twice."""
    assert [
        one.id for one in find_actors(make_sentences("Mr. Poe met Mrs. Poe. Mr. Poe left."), []).actors
    ] == ["poe-man-event"]


def test_epithets(make_sentences) -> None:
    """A name that no given name begins is the one bearer's who has one."""
    sentences = make_sentences(
        "Jim Poe spoke. General Mad Dog Poe left. They met Special Agent Poe. Poe slept."
    )
    [poe] = [one for one in resolve_names(spot_names(sentences), []).discovered if one.kind == "person"]
    assert poe.id == "jim-poe"
    assert "Mad Dog Poe" in poe.names


def test_surname_of_somebody_else(make_sentences) -> None:
    """A president of whom no outlet gives the full name is not his daughter."""
    sentences = make_sentences(
        "A post about the daughters of President Poe, Ann and Mary Poe, was deleted. Mary Poe laughed. "
        "President Poe did not."
    )
    spotted = spot_names(sentences)
    assert find_apart(spotted, ["Mary Poe"]) == {"poe"}
    cast = find_actors(sentences, [])
    assert {one.id: one.names for one in cast.actors} == {"mary-poe": ("Mary Poe",), "poe-event": ("Poe",)}


def test_full_name_first(make_sentences) -> None:
    """Who is introduced by the full name bears the surname."""
    spotted = spot_names(make_sentences("Senator Ann Poe spoke. Senator Poe left.", "Senator Poe left."))
    assert find_apart(spotted, ["Ann Poe"]) == frozenset()


def events(**texts: str) -> dict[str, set[str]]:
    """Return the ids of the actors of each event."""
    return {
        event: {
            one.id for one in find_actors(split_sentences([Article(event, event, "o", "", text)]), []).actors
        }
        for event, text in texts.items()
    }


def test_ids_over_events() -> None:
    """The same fullest name is the same actor in every event, with initial and middle name or without."""
    assert events(
        one="Senator Ann Poe spoke. Poe left.",
        two="Senator Ann E. Poe spoke. Mrs. Poe left.",
        four="Ann Rodham Poe spoke. Ann Poe said no.",
    ) == {key: {"ann-poe"} for key in ("one", "two", "four")}


def test_surname_alone_never_links_events() -> None:
    """Of whom only the surname is known has another id in every event."""
    found = events(one="Mr. Poe spoke. Mr. Poe left.", two="Mr. Poe spoke. Mr. Poe left.")
    assert found == {"one": {"poe-one"}, "two": {"poe-two"}}


def test_plain_name() -> None:
    """Initials and middle names that others leave out are no part of an id; a suffix always is."""
    assert slug(plain_name("John D. Poe III", [])) == "john-poe"
    assert slug(plain_name("John Poe III", [])) == "john-poe-iii"
    assert plain_name("Ann Rodham Poe", ["Ann Poe"]) == "Ann Poe"
