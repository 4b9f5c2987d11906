"""Descriptions and pronouns together."""

from crossframe.attributing.find_actors import find_actors


def test_order_and_kinds(make_sentences) -> None:
    """Mentions of all kinds stand in order; a description is somebody for the pronoun after it; names alone are names."""
    sentences = make_sentences(
        "Gov. Ann Poe resigned. Rain fell. It was cold. It was wet. The governor said she was tired. Poe left.",
        "Poe won.",
    )
    cast = find_actors(sentences, [])
    documents = {article.id: article.document for article in sentences.articles}
    told = [
        (row["article"], documents[row["article"]][row["start"] : row["end"]], row["kind"])
        for row in cast.mentions.rows()
    ]
    assert told == [
        ("a0", "Ann Poe", "name"),
        ("a0", "The governor", "nominal"),
        ("a0", "she", "pronoun"),
        ("a0", "Poe", "name"),
        ("a1", "Poe", "name"),
    ]
    assert [one.names for one in cast.actors] == [("Poe", "Ann Poe")] or cast.actors[0].name == "Ann Poe"
    assert {name for one in cast.actors for name in one.names} == {"Ann Poe", "Poe"}


def test_names_alone_make_an_actor(make_sentences) -> None:
    """Who is named once is no actor, however often a pronoun may mean him."""
    assert find_actors(make_sentences("Bob Roe said he was tired. He left. He slept."), []).actors == ()
