"""The pronouns "they" and "it", and whom they mean."""

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes
from crossframe.records import Actor

ACTORS = (
    Actor("tenants", "Tenants", ("tenants",), "group"),
    Actor("quay-police", "Quay police", ("Quay Police",), "group"),
    Actor("green-party", "Green Party", ("Greens",), "party"),
    Actor("harbour-council", "Harbour Council", (), "organisation"),
    Actor("ann-poe", "Ann Poe", ("Poe",), "person"),
    Actor("freedonia", "Freedonia", (), "country"),
)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Tenants said they would stay.", "tenants"),
        ("The Greens said that they had no choice.", "green-party"),
        ("Quay police said they will look into it.", "quay-police"),
        ("Tenants marched on Monday. They want lower rent.", "tenants"),
        ("The Greens voted against the bill. But they lost.", "green-party"),
        ("The Harbour Council rejected the plan. They will vote again.", "harbour-council"),
        ("Tenants have also said they would stay.", "tenants"),
        ("The Greens rejected the cuts. They will vote again.", "green-party"),
        ("The Harbour Council rejected the cuts. They will vote again.", ""),
        ("The Greens accused ministers. They will vote again.", ""),
        ("Tenants attacked Ann Poe. They want her to go.", "tenants"),
        ("Quay police said they were shot.", ""),
        ("Quay police said they had been robbed.", ""),
        ("Some tenants said they would stay.", ""),
        ("Tenants and owners met. They left.", ""),
        ("Tenants met owners. They left.", ""),
        ("Tenants met the Greens. They left.", ""),
        ("Tenants accused the council. They want money.", ""),
        ("Ann Poe met tenants. They left.", ""),
        ("Freedonia rejected the plan. They will vote again.", ""),
        ("Tenants spoke. “They lie,” a man said.", ""),
        ("Tenants wept. It rained. They left.", ""),
        ("Tenants accused two men. They left.", ""),
    ],
)
def test_they(make_sentences, text: str, actor: str) -> None:
    """They are the group that is the subject before, unless anybody else in the plural is mentioned."""
    sentences = make_sentences(text)
    rows = [row for row in find_actors(sentences, ACTORS).mentions.rows() if row["kind"] == "pronoun"]
    document = sentences.articles[0].document
    found = {row["actor"] for row in rows if document[row["start"] : row["end"]].casefold() == "they"}
    assert found == ({actor} - {""})


def test_they_speak(make_sentences) -> None:
    """What they say is the group's."""
    sentences = make_sentences("Tenants marched on Monday. They said the rent was too high.")
    [quote] = find_quotes(sentences, find_actors(sentences, ACTORS)).rows()
    assert (quote["speaker"], quote["speaker_text"]) == ("tenants", "They")


def test_title_is_no_antecedent(make_sentences) -> None:
    """The title is no part of the story that the body tells."""
    sentences = make_sentences(("Tenants march", "They want lower rent."))
    assert "pronoun" not in find_actors(sentences, ACTORS).mentions.kind


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Harbour Council said it would pay.", "harbour-council"),
        ("The Harbour Council, which met late, said that it had sold the pier.", "harbour-council"),
        ("Harbour Council has also said it will not appeal.", "harbour-council"),
        ("The Green Party said it accepted the cuts.", "green-party"),
        ("Freedonia says it has sent only food.", "freedonia"),
        ("The Harbour Council said it was late.", ""),
        ("The Harbour Council said it would take years.", ""),
        ("The Harbour Council said it had rained.", ""),
        ("The Harbour Council said it would be wrong.", ""),
        ("Ann Poe said it would sink.", ""),
        ("Tenants said it would sink.", ""),
        ("A plan of the Harbour Council said it would sink.", ""),
        ("“The Harbour Council said it would pay,” Ann Poe said.", ""),
    ],
)
def test_it(make_sentences, text: str, actor: str) -> None:
    """It is the body that opens the sentence and says something, unless the verb may be of nobody."""
    sentences = make_sentences(text)
    rows = [row for row in find_actors(sentences, ACTORS).mentions.rows() if row["kind"] == "pronoun"]
    document = sentences.articles[0].document
    assert {row["actor"] for row in rows if document[row["start"] : row["end"]] == "it"} == ({actor} - {""})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Poe, who is nonbinary, said they would appeal.", True),
        ("Ann Poe, a non-binary singer, said they hoped so.", True),
        ("Ann Poe uses they/them. Poe left on Monday. They were tired.", True),
        ("Ann Poe said they would appeal.", False),
        ("Ann Poe met a nonbinary singer. It rained. Poe said they would appeal.", True),
        ("Ann Poe met Bob Roe, who is nonbinary. Poe said they would appeal.", False),
    ],
)
def test_singular_they(make_sentences, text: str, found: bool) -> None:
    """They is one person only where a sentence that names nobody else says that this is the pronoun."""
    people = (*ACTORS, Actor("bob-roe", "Bob Roe", ("Roe",), "person"))
    rows = find_actors(make_sentences(text), people).mentions.rows()
    assert any(row["actor"] == "ann-poe" and row["kind"] == "pronoun" for row in rows) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Harbour Council voted late. It accused Poe of lying.", "It"),
        ("The Harbour Council voted late. But it denied the plan.", "it"),
        ("The Harbour Council voted late. It was a long night.", ""),
        ("The Harbour Council voted late. It rained.", ""),
        ("Ann Poe sued the Harbour Council. It denied the claim.", ""),
        ("The Harbour Council voted late. Its chairman wept.", "Its"),
        ("Ann Poe sued the Harbour Council. Its lawyers left.", "Its"),
        ("The Harbour Council voted late. Its roof leaks.", ""),
        ("Poe thanked the Green Party and the Harbour Council. Its lawyers left.", ""),
        ("The Harbour Council said its roof leaks.", "its"),
        ("The Harbour Council did not say whether it would pay.", "it"),
        ("The Harbour Council said in a statement that it would pay.", "it"),
        ("The Harbour Council said it was weighing an offer.", "it"),
        ("The Harbour Council said it was raining.", ""),
        ("Ann Poe asked the Harbour Council for maize; it has promised a truck.", "it"),
        ("Ann Poe asked the Harbour Council for maize; it has rained.", ""),
        ("Freedonia said its troops would stay.", "its"),
        ("Ann Poe said its troops would stay.", ""),
    ],
)
def test_it_goes_on(make_sentences, text: str, found: str) -> None:
    """It and its go on with the body that was the subject, before a verb of saying or a person; weather is nobody."""
    sentences = make_sentences(text)
    document = sentences.articles[0].document
    rows = [row for row in find_actors(sentences, ACTORS).mentions.rows() if row["kind"] == "pronoun"]
    words = {
        document[row["start"] : row["end"]]
        for row in rows
        if row["actor"] in {"harbour-council", "freedonia"}
    }
    assert words == {found} - {""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tenants marched on Monday. Some of them wept.", "them"),
        ("Tenants marched on Monday. Most of them want lower rent.", "them"),
        ("Tenants marched on Monday. Their anger grew.", "Their"),
        ("Tenants attacked ministers. Some of them wept.", ""),
        ("Tenants marched on Monday. Some of it was late.", ""),
        ("Ann Poe met tenants. Some of them wept.", ""),
        ("Tenants marched. It rained. Some of them wept.", ""),
        ("Tenants marched with their owners. Their anger grew.", ""),
    ],
)
def test_some_of_them(make_sentences, text: str, found: str) -> None:
    """Some of them, and what is theirs, are of the group that is alone in the sentence before."""
    sentences = make_sentences(text)
    document = sentences.articles[0].document
    rows = [row for row in find_actors(sentences, ACTORS).mentions.rows() if row["kind"] == "pronoun"]
    assert {document[row["start"] : row["end"]] for row in rows if row["actor"] == "tenants"} == {found} - {
        ""
    }
