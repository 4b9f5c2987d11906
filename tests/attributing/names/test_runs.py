"""Runs of capitalised words."""

import pytest

from crossframe.attributing.names.runs import judge_run, run_end
from crossframe.attributing.syntax.words import split_words


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("Jane Doe spoke", "Jane Doe"),
        ("Ludwig van Beethoven wrote", "Ludwig van Beethoven"),
        ("Bank of England officials", "Bank of England"),
        ("Jane Doe of Iowa", "Jane Doe"),
        ("Congress on Friday", "Congress"),
        ("Secure America Now paid", "Secure America Now"),
        ("Jane Doe's Senate", "Jane Doe"),
        ("spoke", ""),
    ],
)
def test_run_end(text: str, run: str) -> None:
    """A run ends at lower-case words, marks, possessives and calendar words; connectors hold it together."""
    words = split_words(text)
    end = run_end(text, words, 0)
    assert " ".join(word.text for word in words[:end]) == run


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Attorney General Jane Doe", "Jane Doe", "person"),
        ("Martin Luther King", "Martin Luther King", "person"),
        ("Russian Foreign Ministry", "Russian Foreign Ministry", "organisation"),
        ("Democratic Party", "Democratic Party", "party"),
        ("Prime Minister", "", "person"),
        ("NATO", "NATO", "organisation"),
    ],
)
def test_judge_run(text: str, name: str, kind: str) -> None:
    """What is left of a run, and the kind its form tells."""
    words = split_words(text)
    first, _, judged = judge_run(words, 0, len(words))
    assert " ".join(word.text for word in words[first:]) == name
    assert judged == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("League of Women Voters", "organisation"),
        ("Party of Croatian Socialists", "party"),
        ("Alliance for Young Workers", "organisation"),
        ("Union of Free Democrats", "organisation"),
        ("National Association of Black Voters", "organisation"),
        ("Workers' Party of Belgium", "party"),
        ("Council on Migrant Workers", "organisation"),
        ("Labour Party of Kenyan Workers", "party"),
        ("Senate Democrats", "group"),
        ("Young Socialists", "group"),
        ("Democrats of the Left", "group"),
        ("House Republicans", "group"),
        ("Canadian House of Commons", "organisation"),
        ("Irish Senate", "organisation"),
        ("Canadian Democrats", "group"),
    ],
)
def test_a_body_of_people_is_a_body(text: str, kind: str) -> None:
    """A body that is named after its members is no group of people; a group without such a word is one."""
    words = split_words(text)
    assert judge_run(words, 0, len(words))[2] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("War of the Fifth Coalition", "other"),
        ("Act of Parliament", "other"),
        ("Treaty of the Harbour Union", "other"),
        ("Bill of the Welsh Assembly", "other"),
        ("Prize of the Harbour Foundation", "other"),
        ("Constitution of the Quillian Federation", "other"),
        ("House of Representatives Committee", "organisation"),
        ("Council of Europe Commission", "organisation"),
        ("Office of the Treasury", "organisation"),
        ("Quillian Civil War Commission", "organisation"),
    ],
)
def test_wars_and_laws_are_no_bodies(text: str, kind: str) -> None:
    """What a war, law or prize is called after is no body; a body that is called after one is."""
    words = split_words(text)
    assert judge_run(words, 0, len(words))[2] == kind
