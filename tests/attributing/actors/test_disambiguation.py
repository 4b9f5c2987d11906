"""Surnames of two."""

from crossframe.attributing.actors.mentions import find_mentions
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Actor


def test_surname_of_two(make_sentences) -> None:
    """A surname goes to whom title, order and the event tell; where they do not, to nobody."""
    ann = Actor("ann-doe", "Ann Doe", ("Doe",), "person")
    bob = Actor("bob-doe", "Bob Doe", ("Doe",), "person")
    events = {
        "President Doe laughed. So did Ann Doe. Doe left.": ["bob-doe", "bob-doe"],
        "Doe laughed. So did Ann Doe. Doe left.": ["bob-doe", "bob-doe"],
        "Bob Doe and Ann Doe came. Doe left.": ["bob-doe"],
        "Ann Doe and Bob Doe came. Doe left.": [""],
        "Ann Doe came. Doe left.": ["ann-doe"],
    }
    introduced = "President Bob Doe spoke. Bob Doe left. Bob Doe slept."
    for text, expected in events.items():
        mentions = find_mentions(
            make_sentences(introduced, text), [ann, bob], spot_names(make_sentences(introduced, text))
        )
        actors = {
            s: a
            for s, a, where in zip(mentions.start.tolist(), mentions.actor, mentions.article, strict=True)
            if where == "a1"
        }
        starts = [
            at
            for at in range(len(text))
            if text.startswith("Doe", at) and text[max(0, at - 4) : at] not in {"Ann ", "Bob "}
        ]
        assert [actors.get(start, "") for start in starts] == expected, text


def test_titles(make_sentences) -> None:
    """Mr. and Mrs. tell the gender; who has been called so once is meant again."""
    ann = Actor("ann-doe", "Ann Doe", ("Doe",), "person")
    bob = Actor("bob-doe", "Bob Doe", ("Doe",), "person")
    sentences = make_sentences("Ann Doe and Bob Doe came. Mrs. Doe left. Mr. Doe stayed. Senator Doe slept.")
    mentions = find_mentions(sentences, [ann, bob], spot_names(sentences))
    assert mentions.actor == ("ann-doe", "bob-doe", "ann-doe", "bob-doe")


def test_full_name_of_its_own(make_sentences) -> None:
    """A name that is one actor's full name is his, though others are called so for short."""
    fund = Actor("doe-fund", "Doe Fund", (), "organisation")
    longer = Actor("save-doe-fund", "Save Doe Fund", ("Doe Fund",), "organisation")
    sentences = make_sentences("The Doe Fund met. The Save Doe Fund met.")
    mentions = find_mentions(sentences, [fund, longer], spot_names(sentences))
    assert mentions.actor == ("doe-fund", "save-doe-fund")
