"""Differences of an event's pairs: offsets in documents, kinds, and the relations that they imply."""

import pytest

from crossframe.matching.differences.find_differences import find_differences, mark_conflicts
from crossframe.reading.text.split import split_sentences
from crossframe.records import Alignment, Article, Differences, Stretches


def align_pair(left: str, right: str, relation: str = "equivalent", language: str = "en") -> Alignment:
    """Return the alignment of two articles of one sentence each, below a title."""
    articles = [
        Article("a", "e", "x", "Title", left, language=language),
        Article("b", "e", "y", "", right, language=language),
    ]
    sentences = split_sentences(articles)
    return Alignment(sentences, [sentences.row("a", 1)], [sentences.row("b", 1)], [0.9], (relation,))


def texts(alignment: Alignment, differences: Differences) -> list[tuple[str, str, str]]:
    """Return kind and stretches of differences as they stand in the documents."""
    documents = {article.id: article.document for article in alignment.sentences.articles}
    return [
        (
            row["kind"],
            documents[row["left_article"]][row["left_start"] : row["left_end"]],
            documents[row["right_article"]][row["right_start"] : row["right_end"]],
        )
        for row in differences.rows()
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Twelve miners died when the shaft flooded.", "Fourteen miners died in the flooded shaft.", [("number", "Twelve", "Fourteen")]),
        ("All hostages were freed on Sunday.", "Some of the hostages were freed on Sunday.", [("number", "All", "Some")]),
        ("The guild will not sell the hall.", "The guild will sell its hall.", [("polarity", "will not sell", "will sell")]),
        ("The army struck the clinic, witnesses said.", "The army denied that it had struck the clinic.", [("polarity", "struck", "denied that it had struck")]),
        ("Ardania accused Velmark of firing first.", "Velmark accused Ardania of firing first.", [("roles", "Ardania accused Velmark", "Velmark accused Ardania")]),
        ("The treasurer took bribes from the port.", "Prosecutors allege that the treasurer took bribes from the port.", [("certainty", "took", "Prosecutors allege that")]),
        ("Lund resigned on Friday.", "Lund resigned on Friday after an audit found $2 million missing.", [("detail", "", "after an audit found $2 million missing")]),
        ("The regime shut three newspapers.", "The government closed three newspapers.", [("wording", "regime", "government")]),
        ("Thugs massacred 40 villagers at dawn.", "Thugs massacred 12 villagers at dawn.", [("number", "40", "12")]),
        ("The flight to Velm was delayed by snow.", "Snow held up the flight to Velm.", []),
    ],
)  # fmt: skip
def test_kinds_and_stretches(left: str, right: str, expected: list[tuple[str, str, str]]) -> None:
    """Every kind is found with exact stretches of the documents on both sides."""
    alignment = align_pair(left, right)
    assert texts(alignment, find_differences(alignment)) == expected


@pytest.mark.parametrize(
    ("left", "right", "relation", "expected"),
    [
        ("Twelve men died.", "Forty men died.", "equivalent", "conflict"),
        ("Twelve men died.", "Forty men died.", "partial", "conflict"),
        ("Twelve men died.", "Forty men died.", "none", "none"),
        ("Twelve men died.", "Forty men died.", "disputed", "disputed"),
        ("The bank could raise rates.", "The bank raised rates.", "equivalent", "partial"),
        ("Lund resigned.", "Lund resigned after an audit found the leak.", "equivalent", "equivalent"),
        ("The regime shut three papers.", "The government shut three papers.", "equivalent", "equivalent"),
    ],
)
def test_relations_follow_differences(left: str, right: str, relation: str, expected: str) -> None:
    """Number, polarity and roles make a conflict; certainty leaves no pair equivalent; detail and wording change nothing."""
    alignment = align_pair(left, right, relation)
    assert mark_conflicts(alignment, find_differences(alignment)).relation == (expected,)


def test_pairs_in_other_languages_have_none() -> None:
    """The rules read English: of other languages nothing is said."""
    alignment = align_pair("Twelve men died.", "Forty men died.", language="de")
    assert len(find_differences(alignment)) == 0


def test_left_is_the_side_with_the_smaller_key() -> None:
    """Sides do not depend on the order of rows in the alignment."""
    one = align_pair("Twelve men died.", "Forty men died.")
    other = Alignment(one.sentences, one.right, one.left, one.probability, one.relation)
    assert list(find_differences(one).rows()) == list(find_differences(other).rows())


def test_words_of_others_are_less_than_asserted() -> None:
    """What stands in a stretch of another voice is attributed."""
    alignment = align_pair("The dam broke on Monday.", "Bell: The dam broke on Monday.")
    voices = Stretches.from_rows(
        [
            {"article": "b", "sentence": 1, "start": 0, "end": 6, "voice": "author"},
            {"article": "b", "sentence": 1, "start": 6, "end": 30, "voice": "bell"},
        ]
    )
    assert len(find_differences(alignment)) == 0
    assert [kind for kind, _, _ in texts(alignment, find_differences(alignment, voices))] == ["certainty"]
