"""What title and apposition tell of persons."""

import pytest

from crossframe.attributing.coreference.profiles import (
    Profile,
    persons_by_article,
    read_phrase,
    read_profiles,
)
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names


def profiles(sentences) -> dict[str, Profile]:
    """Return the profiles of all persons of an event."""
    names = spot_names(sentences)
    cast = find_actors(sentences, [])
    return read_profiles(sentences, cast, names, persons_by_article(sentences, cast, names))


@pytest.mark.parametrize(
    ("text", "roles", "marks"),
    [
        ("Sen. Ann Poe, R-Iowa, spoke. Poe left.", {"senator"}, {"republican", "iowa"}),
        ("Ann Poe (D-N.H.) spoke. Poe left.", set(), {"democrat", "new hampshire"}),
        ("Ann Poe, an Ohio Republican, spoke. Poe left.", set(), {"republican", "ohio"}),
        ("Former South Carolina Gov. Ann Poe spoke. Poe left.", {"former governor"}, {"south carolina"}),
        ("Ann Poe, the Georgian prime minister, spoke. Poe left.", {"minister"}, {"GE"}),
        ("The Democratic nominee, Ann Poe, spoke. Poe left.", {"nominee"}, {"democrat"}),
        ("Ann Poe, president of the Trade Council, spoke. Poe left.", {"president of"}, {"trade"}),
        ("Ann Poe is the governor of Maine. Poe left.", {"governor"}, {"maine"}),
    ],
)
def test_read_profiles(make_sentences, text: str, roles: set[str], marks: set[str]) -> None:
    """Titles, degrees, appositions and predicates give offices, parties and places."""
    [profile] = profiles(make_sentences(text)).values()
    assert roles == set(profile.roles)
    assert marks <= profile.marks


def test_gender(make_sentences) -> None:
    """First name, title and description tell the gender, in whichever article they stand."""
    described = profiles(
        make_sentences(
            "Xanthe Quill spoke to Mary Roe and Tamsin Lee, an actress. Quill and Roe and Lee left.",
            "Mrs. Quill left.",
        )
    )
    assert {id: one.gender for id, one in described.items()} == {
        "xanthe-quill": "f",
        "mary-roe": "f",
        "~lee": "f",
    }


def test_who_is_no_person(make_sentences) -> None:
    """A team that is mostly named with an article is no person; a surname that nobody got is somebody else."""
    sentences = make_sentences(
        "The Quill Saints said no. The Quill Saints said yes. Ann Poe and Bob Poe met. Poe left."
    )
    names, cast = spot_names(sentences), find_actors(sentences, [])
    persons = persons_by_article(sentences, cast, names)["a0"]
    assert {one.id for one in persons} == {"~poe"}


def test_offices_of_two_words() -> None:
    """An attorney general is no lawyer, a vice president no president."""
    assert read_phrase("the attorney general").roles == ("lawyer general",)
    assert read_phrase("the deputy Iowa governor").roles == ("deputy governor",)
