"""Offices and titles: what gives a person one, what does not, minors, and which actors of a cast hold one."""

import pytest

from crossframe.attributing.offices import find_officeholders, has_office, is_minor
from crossframe.records import Actor, Article, Cast, Sentences, Spans

OFFICE = [
    "Mayor [Ann Bell] opened it.",
    "Georgian President [Mikheil Saakashvili] spoke.",
    "Russian Foreign Minister [Sergei Lavrov] left.",
    "Secretary of State [John Roe] left.",
    "Former Gov. [Tim Roe] spoke.",
    "President-elect [Tim Roe] spoke.",
    "Corvane boss [Piers Ravenhall] told us so.",
    "Attorney General [Jane Roe] spoke.",
    "A spokesman, police Sgt. [Tim Roe], was there.",
    "The president of Georgia [Mikheil Saakashvili] spoke.",
    "The former Sens. John Poe, Kit Bond and [Tim Roe] signed.",
    "Police said [Ann Bell], the mayor of Velm, was out.",
    "[Ann Bell], 52, president of the council, left.",
    "[Ann Bell], chairman and chief executive of Acme, spoke.",
    "[Jane Doe], a spokeswoman for the ministry, said it.",
    "[Brett Roe], the U.S. envoy for the coalition, quit.",
    "[Jane Doe], who was the governor of Ohio, spoke.",
    "[Ann Bell], the homeland security secretary, left.",
    "[Tim Roe], a retired police officer, spoke.",
    "[Ann Bell], a member of the city council, voted no.",
    "The company's chief executive, [Ann Bell], left.",
    "[Ann Bell] was elected mayor on Sunday.",
    "Voters elected [Ann Bell] mayor in May.",
    "[Ann Bell] is running for parliament.",
    "[Cyrus Roe] quit as secretary of state.",
    "[Tim Roe] became prime minister in May.",
    "[Ann Bell], D-Ohio, voted.",
    "[Ann Bell] (R-Iowa) voted.",
    "[Pope Francis] prayed.",
]
NO_OFFICE = [
    "[Ann Bell] was hurt.",
    "The driver was [Ann Bell], the mayor said.",
    "[Tim Roe], the sheriff of Velm said.",
    "[Tim Roe], the mayor's son, fell.",
    "[Ann Roe], wife of Senator Bob Poe, fell.",
    "The mayor's son [Tim Roe] fell.",
    "[Tim Roe], 34, was arrested.",
    "[Tim Roe], a driver, fell.",
    "Mr. [Roe] fell.",
    "Dr. [Ann Lee] treated them.",
    "The lawyer [Tim Roe] spoke.",
    "The victim, [Tim Roe], fell.",
    "Suspect [Tim Roe] fled.",
    "Witness [Ann Bell] spoke.",
    "[Tim Roe], who accused the mayor of theft, fell.",
    "[Tim Roe], the man who shot the president, fled.",
    "[Tim Roe] was shot by the mayor.",
    "[Ann Bell] was driving the mayor home.",
    "[Tim Roe] was not the mayor.",
    "[Ann Bell], the mayor and two others were hurt.",
    "Her secretary [Ann Bell] spoke.",
    "His father [Tim Roe] spoke.",
    "[Tim Roe], a former aide's driver, spoke.",
    "[Tim Roe], whose father is the president, spoke.",
    "[Tim Roe], a friend of the governor, spoke.",
    "The president thanked [Tim Roe], a nurse.",
    "[Dean Roe] fell.",
    "Officers shot Ann Lee and [Tim Roe].",
    "[Tim Roe], asked the judge to wait.",
]
MINORS = [
    "[Ann Bell], 15, fell.",
    "The 9-year-old [Ann Bell] fell.",
    "The 16-year-old student president [Ann Bell] spoke.",
    "[Ann Bell] (12) fell.",
    "[Ann Bell], a 14-year-old from Velm, fell.",
    "[Ann Bell], aged 7, fell.",
    "[Ann Bell], 17, who fell, is well.",
    "[Ann Bell], 3; her mother was out.",
]
ADULTS = [
    "[Ann Bell], 34, fell.",
    "[Ann Bell], 18, fell.",
    "The 40-year-old [Ann Bell] fell.",
    "[Ann Bell] 15 percent of whose land burned.",
    "[Ann Bell], 12 others and a dog fell.",
    "[Ann Bell] won 12 of 15 votes.",
    "[Ann Bell] (2012) was a book.",
    "A 12-year-old dog bit the cousin of the man next to [Ann Bell].",
]


def cut(text: str) -> tuple[str, str, str]:
    """Return what stands before the name in square brackets, the name, and what stands after it."""
    before, rest = text.split("[")
    name, after = rest.split("]")
    return before, name, after


@pytest.mark.parametrize("text", OFFICE)
def test_an_office_or_title_is_given(text: str) -> None:
    """A title before a name, an apposition, a predicate, party and state."""
    assert has_office(*cut(text))


@pytest.mark.parametrize("text", NO_OFFICE)
def test_no_office_is_given(text: str) -> None:
    """Occupations, parties to a case, relations of the powerful, and offices of somebody else in the sentence."""
    assert not has_office(*cut(text))


@pytest.mark.parametrize("text", MINORS)
def test_minors(text: str) -> None:
    """Ages below eighteen beside a name."""
    before, _, after = cut(text)
    assert is_minor(before, after)


@pytest.mark.parametrize("text", ADULTS)
def test_no_minors(text: str) -> None:
    """Ages of adults, and numbers that are none of the person's."""
    before, _, after = cut(text)
    assert not is_minor(before, after)


def test_any_article_may_give_the_office() -> None:
    """One sentence is enough for a person; states are none, and a minor has none whatever else is said."""
    texts = [
        "Bell left. Roe stayed.",
        "Mayor Bell came. Velm cheered.",
        "School president Tim Roe, 16, spoke.",
    ]
    articles = tuple(Article(f"a{n}", "e", f"o{n}", "", text) for n, text in enumerate(texts))
    ends = [[(0, 10), (11, 22)], [(0, 16), (17, 29)], [(0, len(texts[2]))]]
    sentences = Sentences(
        articles,
        [n for n, own in enumerate(ends) for _ in own],
        [number for own in ends for number in range(1, len(own) + 1)],
        [start for own in ends for start, _ in own],
        [end for own in ends for _, end in own],
    )
    places = [("a0", 0, "Bell", "bell"), ("a0", 11, "Roe", "roe"), ("a1", 6, "Bell", "bell"), ("a1", 17, "Velm", "velm"), ("a2", 17, "Tim Roe", "roe")]  # fmt: skip
    mentions = Spans.from_rows(
        {"article": article, "start": start, "end": start + len(word), "actor": actor, "kind": "name"}
        for article, start, word, actor in places
    )
    cast = Cast(
        (Actor("bell", "Bell", kind="person"), Actor("roe", "Tim Roe", kind="person"), Actor("velm", "Velm", kind="country")),
        mentions,
    )  # fmt: skip
    assert find_officeholders(sentences, cast) == {"bell"}
