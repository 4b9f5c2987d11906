"""Casts of whole events."""

from pathlib import Path

import numpy as np
import pytest

from crossframe.attributing.actors.edits import read_actor_edits
from crossframe.attributing.find_actors import find_actors
from crossframe.records import Actor, Sentences

TEXTS = (
    (
        "Doe quits",
        "Prime Minister Jane Doe resigned on Friday. Doe had lost a vote. Richard Roe was pleased, Roe said.",
    ),
    ("Jane Doe Resigns", "Doe resigned, the Trade Union Council said. The council of Ms. Doe met Roe."),
)


def test_discovered(make_sentences) -> None:
    """Actors mentioned twice are found, once they are not; names are those in use, most frequent first."""
    cast = find_actors(make_sentences(*TEXTS), [])
    assert [(one.id, one.name, one.aliases, one.kind, one.declared) for one in cast.actors] == [
        ("jane-doe", "Jane Doe", ("Doe", "Jane Doe"), "person", False),
        ("richard-roe", "Richard Roe", ("Roe", "Richard Roe"), "person", False),
    ]


def test_declared_stay(make_sentences) -> None:
    """Declared actors come first, keep their names, and stay when nothing mentions them."""
    doe = Actor("pm", "Jane Doe", ("the premier",), "person")
    gone = Actor("gone", "Nobody Here", (), "person")
    cast = find_actors(make_sentences(*TEXTS), [doe, gone])
    assert [one.id for one in cast.actors] == ["pm", "gone", "richard-roe"]
    assert cast.actors[0].names[:2] == ("Jane Doe", "the premier")
    assert cast.mentions.actor.count("pm") == 6
    assert "gone" not in cast.mentions.actor


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Doe resigned. Doe left.", 0),
        ("Senator Doe resigned. Doe left.", 2),
        ("Ms. Doe resigned. Doe left.", 2),
        ("Ann Doe resigned. Doe left.", 0),
        ("Senator Jane resigned. Jane left.", 0),
        ("Senator Roe resigned. Roe left.", 0),
    ],
)
def test_declared_surname_alone(make_sentences, text: str, count: int) -> None:
    """A declared person's surname alone is that person's where the event has no other bearer, by full name or by gender."""
    cast = find_actors(make_sentences(text), [Actor("pm", "Jane Doe", (), "person")])
    assert cast.mentions.actor.count("pm") == count


def test_order_of_articles_does_not_matter(make_sentences) -> None:
    """The cast is the same whichever article comes first."""
    one, other = make_sentences(*TEXTS), make_sentences(*reversed(TEXTS))
    assert find_actors(one, []).actors == find_actors(other, []).actors


def test_edits_are_applied(make_sentences, tmp_path: Path) -> None:
    """The next run applies the edited table; a table given back unchanged changes nothing."""
    sentences = make_sentences(*TEXTS)
    before = find_actors(sentences, [])
    path = tmp_path / "actors.csv"
    rows = [
        f"event,{one.id},{one.name},{one.kind},{'|'.join(one.names)},{one.declared}" for one in before.actors
    ]
    path.write_text("\n".join(["event,actor,name,kind,names,declared", *rows]) + "\n", encoding="utf-8")
    again = find_actors(sentences, [], read_actor_edits(path))
    assert again.actors == before.actors
    assert again.mentions.rows
    assert np.array_equal(again.mentions.start, before.mentions.start)
    path.write_text("actor,drop,names\nrichard-roe,1,\nunion,,Trade Union Council\n", encoding="utf-8")
    after = find_actors(sentences, [], read_actor_edits(path))
    assert {"richard-roe", "jane-doe", "union"} - {one.id for one in after.actors} == {"richard-roe"}
    assert after.mentions.actor.count("union") == 1


def test_order_and_kinds(make_sentences) -> None:
    """Mentions of all kinds stand in order; a description is somebody for the pronoun after it; names alone are names."""
    sentences = make_sentences(
        "Gov. Ann Poe resigned. Rain fell. It was cold. It was wet. The governor said she was tired. Poe left.",
        "Poe won.",
    )
    cast = find_actors(sentences, [])
    documents = {article.id: article.document for article in sentences.articles}
    mentions = [
        (row["article"], documents[row["article"]][row["start"] : row["end"]], row["kind"])
        for row in cast.mentions.rows()
    ]
    assert mentions == [
        ("a0", "Ann Poe", "name"),
        ("a0", "The governor", "nominal"),
        ("a0", "she", "pronoun"),
        ("a0", "Poe", "name"),
        ("a1", "Poe", "name"),
    ]
    assert [one.names for one in cast.actors] == [("Poe", "Ann Poe")] or cast.actors[0].name == "Ann Poe"
    assert {name for one in cast.actors for name in one.names} == {"Ann Poe", "Poe"}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Bob Roe said he was tired.", ["bob-roe"]),
        ("Bob Roe, the mayor, spoke. It rained. The mayor left.", ["bob-roe"]),
        ("The Trade Ministry said it would pay.", ["trade-ministry"]),
        ("Bob Roe left.", []),
        ("Bob Roe met Tim Lee. It rained. It snowed. It poured. He left.", []),
        ("Ann Poe met Bob Roe. She slept, and he left.", ["ann-poe", "bob-roe"]),
        ("The Trade Ministry said it was late.", []),
        ("“He is ill,” said Bob Roe.", []),
    ],
)
def test_named_once(make_sentences, text: str, actors: list[str]) -> None:
    """Who is named once is an actor where a description or a pronoun means nobody else."""
    assert [actor.id for actor in find_actors(make_sentences(text), []).actors] == actors


def test_empty() -> None:
    """No articles, no actors."""
    cast = find_actors(Sentences((), [], [], [], []), [])
    assert (len(cast.actors), len(cast.mentions)) == (0, 0)


@pytest.mark.mirror
@pytest.mark.slow
def test_basil_event(mirror: Path) -> None:
    """On one event of BASIL the annotated main entities are found, and every mention lies inside one sentence."""
    from crossframe.reading.public.corpora import read_corpus
    from crossframe.reading.text.split import split_sentences

    corpus = read_corpus("basil").select(event="542cd22c")
    sentences = split_sentences(corpus.articles)
    cast = find_actors(sentences, [])
    assert len(cast.actors) >= 3
    for article, start, end in zip(
        cast.mentions.article, cast.mentions.start, cast.mentions.end, strict=True
    ):
        row = sentences.locate(article, int(start))
        assert sentences.start[row] <= start < end <= sentences.end[row]
