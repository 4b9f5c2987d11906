"""Names become actors."""

from crossframe.attributing.actors.resolution import resolve_names
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Actor


def discovered(sentences, *declared: Actor) -> dict[str, tuple[str, str]]:
    """Return id -> (name, kind) of the discovered actors."""
    return {one.id: (one.name, one.kind) for one in resolve_names(spot_names(sentences), declared).discovered}


def test_people(make_sentences) -> None:
    """Nicknames, initials and titles are one person's; other given names are another's."""
    sentences = make_sentences(
        "Sen. Charles E. Poe spoke. Poe left.", "Chuck Poe spoke to Mr. Poe's son.", "Mary Poe spoke."
    )
    actors = resolve_names(spot_names(sentences), []).discovered
    assert [one.id for one in actors] == ["charles-poe", "mary-poe"]
    assert {"Chuck Poe", "Charles E. Poe", "Poe"} <= set(actors[0].names)


def test_bodies(make_sentences) -> None:
    """Acronyms join their bodies, short forms the only longer one; ministries of two countries stay apart."""
    sentences = make_sentences(
        "The Regional Trade Council (RTC) met. The RTC and Russia's Trade Ministry spoke.",
        "Georgia's Trade Ministry spoke to the Senate Budget Committee. The Budget Committee said no.",
    )
    actors = {one.id: one for one in resolve_names(spot_names(sentences), []).discovered}
    assert "RTC" in actors["regional-trade-council"].names
    assert "Budget Committee" in actors["senate-budget-committee"].names
    assert {"russian-trade-ministry", "georgian-trade-ministry"} <= actors.keys()


def test_countries(make_sentences) -> None:
    """Short forms of a country are one actor under its full name."""
    sentences = make_sentences("The U.S. spoke.", "The United States spoke. America and Britain spoke.")
    assert discovered(sentences) == {
        "united-states": ("United States", "country"),
        "united-kingdom": ("United Kingdom", "country"),
    }


def test_places_are_no_actors(make_sentences) -> None:
    """What only things happen in is no actor."""
    assert discovered(make_sentences("They met in Springfield and died near Springfield.")) == {}


def test_declared_own_their_names(make_sentences) -> None:
    """Declared names make no new actors, and neither do spellings of a declared person's name."""
    jane = Actor("jd", "Jane Doe", (), "person")
    sentences = make_sentences("Jane Doe spoke. Mrs. Doe left. Minister Jane Q. Doe spoke.")
    assert discovered(sentences, jane) == {}
    assert set(resolve_names(spot_names(sentences), [jane]).further["jd"]) == {"Jane Q. Doe", "Doe"}


def test_known_bodies_stay_themselves(make_sentences) -> None:
    """A party is not its branch; the American court with its country is the same court, unless a state has one too."""
    sentences = make_sentences(
        "The Republican Party met. The Ohio Republican Party met. The U.S. Supreme Court and the Supreme Court met."
    )
    actors = {one.id: one for one in resolve_names(spot_names(sentences), []).discovered}
    assert {"republican-party", "ohio-republican-party"} <= actors.keys()
    assert "U.S. Supreme Court" in actors["supreme-court"].names
