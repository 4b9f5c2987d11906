"""Which actors may be one under two names, and which only look like it."""

import pytest

from crossframe.attributing.cast.suggested_merges import MIN_PROBABILITY, FoundActor, suggest_merges
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
        (("RSF", "organisation"), ("Rapid Support Forces", "organisation")),
        (("MSF", "organisation"), ("Médecins Sans Frontières", "organisation")),
        (("Kyiv", "other"), ("Ukrainian government", "organisation")),
        (("Brussels", "other"), ("European Union", "organisation")),
        (("Athens", "other"), ("Greece", "country")),
        (("The Hague", "other"), ("Netherlands", "country")),
        (("New Delhi", "other"), ("Indian government", "organisation")),
        (("Brasilia", "other"), ("Brazil", "country")),
        (("Casa Rosada", "office"), ("Argentina", "country")),
        (("Planalto", "other"), ("Brazil", "country")),
        (("Moscow", "other"), ("Kremlin", "office")),
        (("Manila", "other"), ("Malacañang", "organisation")),
        (("London", "other"), ("No 10", "office")),
        (("Downing Street", "office"), ("Number 10", "office")),
        (("Social Democrats", "group"), ("Social Democratic Party", "party")),
        (("Lib Dems", "group"), ("Liberal Democrats", "party")),
        (("Foreign Ministry", "organisation"), ("Russian Foreign Ministry", "organisation")),
        (("Defence Ministry", "organisation"), ("Indian Ministry of Defence", "organisation")),
        (("Israeli army", "organisation"), ("Israeli military", "organisation")),
        (("Shell", "organisation"), ("Royal Dutch Shell", "organisation")),
        (("Boeing", "organisation"), ("Boeing Company", "organisation")),
        (("DOJ", "organisation"), ("Justice Department", "organisation")),
        (("DoD", "organisation"), ("U.S. Department of Defense", "organisation")),
        (("MoD", "organisation"), ("Defence Ministry", "organisation")),
        (("BoE", "organisation"), ("Bank of England", "organisation")),
        (("AFN", "organisation"), ("Alliance for the North", "organisation")),
        (("MACC", "organisation"), ("Malaysian Anti-Corruption Commission", "organisation")),
        (("AU", "organisation"), ("African Union", "organisation")),
        (("NDP", "organisation"), ("New Democrats", "party")),
        (("Fed", "organisation"), ("Federal Reserve", "organisation")),
        (("Met", "organisation"), ("Metropolitan Police", "organisation")),
        (("Met Police", "organisation"), ("Metropolitan Police", "organisation")),
        (("Man United", "organisation"), ("Manchester United", "organisation")),
        (("Dept of Health", "organisation"), ("Department of Health", "organisation")),
        (("Ofcom", "organisation"), ("Office of Communications", "organisation")),
        (("Velmarb", "organisation"), ("Velm Arbitration Board", "organisation")),
        (("Tories", "party"), ("Conservative Party", "party")),
        (("Tories", "party"), ("Conservatives", "group")),
        (("Dems", "group"), ("Democratic Party", "party")),
        (("Pentagon", "office"), ("U.S. Defense Department", "organisation")),
        (("Scotland Yard", "organisation"), ("Metropolitan Police", "organisation")),
        (("White House", "office"), ("U.S. government", "organisation")),
        (("Russian troops", "group"), ("Russian forces", "group")),
        (("rebel soldiers", "group"), ("rebel army", "group")),
        (("Facebook", "organisation"), ("Meta", "organisation")),
        (("Google", "organisation"), ("Alphabet", "organisation")),
        (("Israeli military", "organisation"), ("Israel Defense Forces", "organisation")),
        (("National Front", "party"), ("National Rally", "party")),
        (("protesters", "group"), ("demonstrators", "group")),
        (("locals", "group"), ("residents", "group")),
        (("Velm locals", "group"), ("Velm residents", "group")),
        (("police", "group"), ("police officers", "group")),
        (("workers", "group"), ("employees", "group")),
        (("Iranian regime", "organisation"), ("Iran", "country")),
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
        (("Paris", "other"), ("Kremlin", "office")),
        (("Nairobi", "other"), ("Mombasa", "other")),
        (("Hague", "person"), ("Netherlands", "country")),
        (("Moscow", "other"), ("Kyiv", "other")),
        (("Facebook", "organisation"), ("Alphabet", "organisation")),
        (("Meta", "organisation"), ("Metro", "organisation")),
        (("rioters", "group"), ("protesters", "group")),
        (("employers", "group"), ("employees", "group")),
        (("Velm locals", "group"), ("Quay residents", "group")),
        (("voters", "group"), ("lawmakers", "group")),
        (("Iranian regime", "organisation"), ("Iraq", "country")),
        (("Niger army", "group"), ("Nigerian army", "group")),
        (("House", "organisation"), ("Household Bank", "organisation")),
        (("Nation", "organisation"), ("National Rifle Association", "organisation")),
        (("Union", "organisation"), ("Unionist Party", "party")),
        (("Kenya", "country"), ("Kenyatta University", "organisation")),
        (("Vermeer Trust", "organisation"), ("Vermeersch Trust", "organisation")),
        (("FA", "organisation"), ("Fire Authority of Velm", "organisation")),
        (("It", "organisation"), ("Institute of Trade", "organisation")),
        (("Met", "organisation"), ("Kent Police", "organisation")),
        (("Fed", "organisation"), ("FBI", "organisation")),
        (("Pentagon", "office"), ("Ministry of Defence", "organisation")),
        (("Tories", "party"), ("Labour Party", "party")),
        (("Israeli forces", "group"), ("Palestinian forces", "group")),
        (("security forces", "group"), ("government troops", "group")),
        (("soldiers", "group"), ("army", "group")),
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
        (("North Korea", "country"), ("South Korea", "country")),
        (("Foreign Ministry", "organisation"), ("Defense Ministry", "organisation")),
        (("Russian Foreign Ministry", "organisation"), ("Ukrainian Foreign Ministry", "organisation")),
        (("Liverpool", "other"), ("Liverpool FC", "organisation")),
        (("Madrid", "other"), ("Real Madrid", "organisation")),
        (("Supreme Court", "organisation"), ("Wisconsin Supreme Court", "organisation")),
        (("House", "organisation"), ("White House", "office")),
        (("Manchester United", "organisation"), ("Manchester City", "organisation")),
        (("Democrats", "group"), ("Democratic Unionist Party", "party")),
        (("Islamic State", "organisation"), ("State Department", "organisation")),
        (("Guinea", "country"), ("Equatorial Guinea", "country")),
        (("Peter Hall", "person"), ("Peter Hill", "person")),
    ],
)
def test_not_suggested(actor: tuple[str, str], other: tuple[str, str]) -> None:
    """Namesakes, parts of a party, peoples, bodies and persons of a state are others."""
    assert suggest_merges([found(*actor), found(*other)]) == []


@pytest.mark.parametrize(
    ("short", "full", "another"),
    [
        (("police", "group"), ("Quay police", "group"), ("Velm police", "group")),
        (("Foreign Ministry", "organisation"), ("Russian Foreign Ministry", "organisation"), ("Ukrainian Foreign Ministry", "organisation")),
        (("ICC", "organisation"), ("International Chamber of Commerce", "organisation"), ("International Criminal Court", "organisation")),
        (("Poe", "person"), ("Ann Poe", "person"), ("Bob Poe", "person")),
        (("Judiciary Committee", "organisation"), ("Senate Judiciary Committee", "organisation"), ("House Judiciary Committee", "organisation")),
    ],
)  # fmt: skip
def test_short_for_two(short: tuple[str, str], full: tuple[str, str], another: tuple[str, str]) -> None:
    """A name that may be short for two others is merged into neither."""
    one, two, three = found(*short), found(*full), found(*another)
    assert len(suggest_merges([one, two])) == 1
    assert suggest_merges([one, two, three]) == []


def test_unlikely() -> None:
    """The White House is suggested as the country too, with how seldom that was right: it is not merged on request."""
    [merge] = suggest_merges([found("White House", "office"), found("United States", "country")])
    assert (merge.actor, merge.other) == ("white-house", "united-states")
    assert merge.probability < MIN_PROBABILITY


def test_events() -> None:
    """Parties and seats are the same in every event; what is short for what is known within one event only."""
    one, two = found("Republicans", "group", "e1"), found("Republican Party", "party", "e2")
    assert len(suggest_merges([one, two])) == 1
    short, full = found("ABC", "organisation", "e1"), found("ABC News", "organisation", "e2")
    assert suggest_merges([short, full]) == []
    assert len(suggest_merges([short, full, full._replace(event="e1")])) == 1


def test_seats_of_one_state() -> None:
    """Capital and house of power are merged into the state where the event has it; a capital of two states into neither."""
    moscow, kremlin = found("Moscow", "other"), found("Kremlin", "office")
    merges = suggest_merges([moscow, kremlin, found("Russia", "country")])
    assert {(one.actor, one.other) for one in merges} == {("moscow", "russia"), ("kremlin", "russia")}
    brussels = [
        found("Brussels", "other"),
        found("Belgium", "country"),
        found("European Union", "organisation"),
    ]
    assert suggest_merges(brussels) == []


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
