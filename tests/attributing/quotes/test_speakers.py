"""Subjects resolved to actors."""

import pytest

from crossframe.attributing.coreference.discourse_state import DiscourseState, entities_by_article
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.attributing.quotes.speakers import resolve_subject
from crossframe.attributing.syntax.regions import Region
from crossframe.records import Actor

ACTORS = [
    Actor("doe", "Jane Doe", ("Doe",), "person"),
    Actor("ministry", "Trade Ministry", (), "organisation"),
]


@pytest.mark.parametrize(
    ("phrase", "actor", "words"),
    [
        ("Trade Ministry counsel Jane Doe", "doe", "Trade Ministry counsel Jane Doe"),
        ("Doe's lawyer", "", "Doe's lawyer"),
        ("a friend of Jane Doe", "", "a friend of Jane Doe"),
        ("a Trade Ministry spokesman", "ministry", "a Trade Ministry spokesman"),
        ("Trade Ministry officials", "", "Trade Ministry officials"),
        ("Anna Poe", "", "Anna Poe"),
        ("they", "", "they"),
        ("only hours later the Trade Ministry", "ministry", "the Trade Ministry"),
        ("Jane Doe, a lawyer of Mr. Roe", "doe", "Jane Doe, a lawyer of Mr. Roe"),
        # who stands for or against a person, and what is sent to one
        ("Critics of Jane Doe", "", "Critics of Jane Doe"),
        ("The lawyer for Ms Doe", "", "The lawyer for Ms Doe"),
        ("Supporters of former President Doe", "", "Supporters of former President Doe"),
        ("The letter to Jane Doe", "", "The letter to Jane Doe"),
        ("Neighbours of the late Jane Doe", "", "Neighbours of the late Jane Doe"),
        ("Officials close to Doe", "", "Officials close to Doe"),
        ("Opponents in parliament of Jane Doe", "", "Opponents in parliament of Jane Doe"),
        ("An aide from Doe", "", "An aide from Doe"),
        # but not where the preposition has a name of its own, nor what a person wrote
        ("on Monday in Lund Ms Doe", "doe", "in Lund Ms Doe"),
        ("The letter from Jane Doe", "doe", "The letter from Jane Doe"),
        ("A post by Jane Doe", "doe", "A post by Jane Doe"),
    ],
)
def test_resolve_subject(make_sentences, phrase: str, actor: str, words: str) -> None:
    """A name that heads the phrase is the speaker, one that modifies it is not; a spokesman speaks for his body."""
    sentences = make_sentences(f"It was cold and {phrase} said it rained.")
    document = sentences.articles[0].document
    cast = find_actors(sentences, ACTORS)
    entities = entities_by_article(cast, spot_names(sentences), {}).get("a0", [])
    start = document.index(phrase)
    region = Region(0, len(document), 0, document, ())
    speaker = resolve_subject(DiscourseState(document, entities), region, (start, start + len(phrase)))
    assert (speaker.actor, speaker.text) == (actor, words)
