"""Which actors may be one under two names, and which only look like it."""

import pytest

from crossframe.attributing.cast.suggested_merges import FoundActor, suggest_merges
from crossframe.text import slug


def found(name: str, kind: str, event: str = "e") -> FoundActor:
    return FoundActor(event, slug(name), name, kind)


@pytest.mark.parametrize(
    ("actor", "other"),
    [
        (("Republicans", "group"), ("Republican Party", "party")),
        (("Greens", "group"), ("Green Party", "party")),
        (("Fish & Wildlife Service", "organisation"), ("U.S. Fish and Wildlife Service", "organisation")),
        (("Department of Justice", "organisation"), ("U.S. Justice Department", "organisation")),
        (("Moscow", "other"), ("Russia", "country")),
        (("Kremlin", "office"), ("Russia", "country")),
        (("Nairobi", "other"), ("Kenya", "country")),
        (("Downing Street", "office"), ("United Kingdom", "country")),
        (("Georgian government", "organisation"), ("Georgia", "country")),
        (("VTA", "organisation"), ("Velm Trade Association", "organisation")),
        (("ABC", "organisation"), ("ABC News", "organisation")),
        (("Judiciary Committee", "organisation"), ("Senate Judiciary Committee", "organisation")),
        (("prosecutors", "group"), ("federal prosecutors", "group")),
        (("Calderón", "person"), ("Felipe Calderon", "person")),
        (("Aleksander Petrenko", "person"), ("Alexander Petrenko", "person")),
        (("Hezbollah", "organisation"), ("Hizbollah", "organisation")),
    ],
)
def test_suggested(actor: tuple[str, str], other: tuple[str, str]) -> None:
    """Members and party, seat and state, name and its parts, spellings: merged into the fuller one, whichever comes first."""
    one, two = found(*actor), found(*other)
    for pair in ([one, two], [two, one]):
        [merge] = suggest_merges(pair)
        assert (merge.actor, merge.other) == (one.id, two.id)
        assert merge.why
        assert 0 < merge.probability < 1


@pytest.mark.parametrize(
    ("actor", "other"),
    [
        (("Republicans", "group"), ("Democratic Party", "party")),
        (("Republicans", "group"), ("Wisconsin Republican Party", "party")),
        (("House Democrats", "group"), ("Democrats", "group")),
        (("Russians", "group"), ("Russia", "country")),
        (("Moscow", "other"), ("Ukraine", "country")),
        (("White House", "office"), ("United States", "country")),
        (("U.S. government", "organisation"), ("Iranian government", "organisation")),
        (("Georgian parliament", "organisation"), ("Georgia", "country")),
        (("State Department", "organisation"), ("Justice Department", "organisation")),
        (("Senate", "organisation"), ("Senate Judiciary Committee", "organisation")),
        (("Washington", "other"), ("Washington Post", "organisation")),
        (("Trump administration", "organisation"), ("Obama administration", "organisation")),
        (("Bill Clinton", "person"), ("Hillary Clinton", "person")),
        (("Ann Poe", "person"), ("Poe administration", "organisation")),
        (("farmers", "group"), ("fishermen", "group")),
        (("Iran", "country"), ("Iraq", "country")),
    ],
)
def test_not_suggested(actor: tuple[str, str], other: tuple[str, str]) -> None:
    """Namesakes, parts of a party, peoples, bodies and persons of a state are others."""
    assert suggest_merges([found(*actor), found(*other)]) == []


def test_events() -> None:
    """Parties and seats are the same in every event; what is short for what is known within one event only."""
    one, two = found("Republicans", "group", "e1"), found("Republican Party", "party", "e2")
    assert len(suggest_merges([one, two])) == 1
    short, full = found("ABC", "organisation", "e1"), found("ABC News", "organisation", "e2")
    assert suggest_merges([short, full]) == []
    assert len(suggest_merges([short, full, full._replace(event="e1")])) == 1


def test_no_chains() -> None:
    """An actor goes into one other, by the likeliest reason, and never into one that is merged itself."""
    actors = [
        found("Moscow", "other"), found("Kremlin", "office"), found("Russia", "country"),
        found("Russian government", "organisation"), found("prosecutors", "group"), found("federal prosecutors", "group"),
        found("senior federal prosecutors", "group"),
    ]  # fmt: skip
    merges = suggest_merges(actors)
    assert {
        merge.other for merge in merges if merge.actor in {"moscow", "kremlin", "russian-government"}
    } == {"russia"}
    assert not {merge.actor for merge in merges} & {merge.other for merge in merges}
    assert len({merge.actor for merge in merges}) == len(merges)
    assert merges == sorted(merges, key=lambda one: -one.probability)
