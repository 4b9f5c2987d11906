"""The names that BASIL's slugs stand for, and speakers who belong to a group."""

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.reading.text.split import split_sentences
from crossframe.records import Actor, Article, Spans
from crossframe.studies.evaluate.basil_names import declare_target, find_targets, is_member, profiles_of

TEXT = (
    "Rep. Jane Doe (D-Ohio) met Sen. Anna Roe, R-Iowa. Doe left. Roe left. "
    "Richard Poe, a spokesman for the Grey campaign, stayed. Poe slept."
)


@pytest.mark.parametrize(
    ("group", "speaker", "words", "expected"),
    [
        ("house-democrats", "jane-doe", "Doe", True),
        ("democratic-lawmakers", "jane-doe", "she", True),
        ("senate-democrats", "jane-doe", "Doe", False),
        ("house-republicans", "jane-doe", "Doe", False),
        ("republican-lawmakers", "anna-roe", "Roe", True),
        ("iowa-officials", "anna-roe", "Roe", True),
        ("white-house-officials-and-lawmakers", "anna-roe", "Roe", True),
        ("grey-campaign", "richard-poe", "Poe", True),
        ("roe-campaign", "anna-roe", "Roe", True),
        ("grey-campaign", "anna-roe", "Roe", False),
        ("house-democrats", "", "Rep. Jane Moe, Democrat of Ohio", True),
        ("house-democrats", "", "a miner", False),
        ("house-democrats", "", "", False),
    ],
)
def test_is_member(group: str, speaker: str, words: str, expected: bool) -> None:
    """A member is who the articles or the words say is of the party, chamber, place or campaign."""
    sentences = split_sentences([Article("a", "e", "o", "", TEXT)])
    declared = [Actor("jane-doe", "Jane Doe", kind="person"), Actor("anna-roe", "Anna Roe", kind="person")]
    profiles = profiles_of(sentences, find_actors(sentences, declared))
    assert is_member(group, speaker, words, profiles) is expected


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("chris-christie", ("Chris Christie", "Christie")),
        ("gop-leaders", ("Gop Leaders", "gop leaders", "Republicans", "Republican", "GOP")),
        ("walmart", ("Walmart", "walmart")),
        ("chick-fil-a", ("Chick Fil A", "chick fil a")),
    ],
)
def test_names_of_targets(target: str, names: tuple[str, ...]) -> None:
    """A person goes by full name and surname, a group by its name and its party's names."""
    assert declare_target(target).names == names


def test_targets_of_one_name() -> None:
    """Two targets that go by one name are both found where it stands."""
    sentences = split_sentences([Article("a", "e", "o", "", "Leaders met. Angry Republicans left the hall.")])
    found = find_targets(sentences, ["gop-leaders", "senate-republicans"], [])
    assert list(found.actor) == ["gop-leaders", "senate-republicans"]
    assert found.start.tolist() == [19, 19]
    assert isinstance(found, Spans)
