"""Bodies of a state named by country and common noun."""

import pytest

from crossframe.attributing.actors.state_bodies import add_state_bodies, ends_phrase, state_body
from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.names.spotting import spot_names
from crossframe.records import Actor


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("the Georgian parliament", "Georgian parliament"),
        ("Parliament of Georgia", "Georgian parliament"),
        ("Georgia’s Parliament", "Georgian parliament"),
        ("Russian Ministry of Foreign Affairs", "Russian Foreign Ministry"),
        ("Ministry of Defence of Ukraine", "Ukrainian Defense Ministry"),
        ("American army", "U.S. army"),
        ("the US Senate", "U.S. Senate"),
        ("Georgia's Senate", ""),
        ("European Parliament", ""),
        ("Georgian troops", ""),
        ("the parliament", ""),
    ],
)
def test_state_body(name: str, body: str) -> None:
    """All names of one body share a form; what an American state has too, or several states, has none."""
    assert state_body(name) == body


def test_one_actor(make_sentences) -> None:
    """The forms of an event are one actor, and "the parliament" is it where no other parliament is named before."""
    sentences = make_sentences(
        "Georgia’s parliament voted. The parliament had debated it.",
        "The Parliament of Georgia met in Tbilisi.",
        "The Georgian parliament speaker left. The Georgian parliament rose.",
    )
    cast = find_actors(sentences, [])
    [body] = [one for one in cast.actors if one.kind == "organisation"]
    assert (body.id, body.name) == ("georgian-parliament", "Georgian parliament")
    documents = {article.id: article.document for article in sentences.articles}
    texts = [
        documents[row["article"]][row["start"] : row["end"]]
        for row in cast.mentions.rows()
        if row["actor"] == body.id
    ]
    assert texts == ["Georgia’s parliament", "The parliament", "Parliament of Georgia", "Georgian parliament"]


def test_named_once(make_sentences) -> None:
    """A body named once is no actor, and its country is still named there."""
    cast = find_actors(make_sentences("Georgia's parliament voted. Georgia was calm."), [])
    assert [one.id for one in cast.actors] == ["georgia"]
    assert len(cast.mentions) == 2


def test_declared(make_sentences) -> None:
    """Other forms of a declared body are its names, whichever form is declared."""
    declared = Actor("body", "Parliament of Georgia", kind="organisation")
    cast = find_actors(
        make_sentences("The Georgian parliament voted. Georgia's parliament rose."), [declared]
    )
    assert [one.id for one in cast.actors] == ["body"]
    assert list(cast.mentions.actor) == ["body", "body"]


def test_indefinite_and_longer_nouns(make_sentences) -> None:
    """Neither "a new Iraqi government" nor "the Israeli army base" names a body; a body's spokesman does."""
    sentences = make_sentences(
        "A new Iraqi government may form. Any Iraqi government would. The Israeli army base burned. "
        "An Israeli army spokesman spoke. The Israeli army said no."
    )
    found = add_state_bodies(sentences, spot_names(sentences))
    assert [one.text for one in found if one.kind == "organisation"] == ["Israeli army", "Israeli army"]


def test_spotted_names_stand(make_sentences) -> None:
    """What a finder spotted is not spotted again, and nothing is lost where no body is named."""
    sentences = make_sentences(
        "Georgia's Trade Ministry spoke. Georgia's Trade Ministry left. Jane Doe slept."
    )
    spotted = spot_names(sentences)
    assert add_state_bodies(sentences, spotted) == spotted


def test_ends_phrase() -> None:
    """A phrase ends before a verb, a mark or a function word."""
    assert ends_phrase("the army, which", 8)
    assert ends_phrase("the army", 8)
    assert not ends_phrase("the army-led", 8)
    assert not ends_phrase("the army tank", 8)
