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
        ("Jane Doe, a lawyer of Mr. Roe", "", "Jane Doe, a lawyer of Mr. Roe"),
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
