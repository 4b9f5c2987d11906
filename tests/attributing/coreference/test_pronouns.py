"""Pronouns and whom they mean."""

import pytest

from crossframe.attributing.find_actors import find_actors

START = "Ann Poe, a senator, arrived. Bob Roe, a lawyer, arrived. Tom Lee arrived. Lee, Poe and Roe knew each other.\n"


def pronouns(sentences) -> list[tuple[str, str]]:
    """Return text and actor of every pronoun that was linked."""
    documents = {article.id: article.document for article in sentences.articles}
    return [
        (documents[row["article"]][row["start"] : row["end"]], row["actor"])
        for row in find_actors(sentences, []).mentions.rows()
        if row["kind"] == "pronoun"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Poe said she was tired.", [("she", "ann-poe")]),
        ("Rain fell. Rain stopped. Roe left. He slept.", [("He", "bob-roe")]),
        (
            "Rain fell. Rain stopped. Roe met Poe. She slept, and he left.",
            [("She", "ann-poe"), ("he", "bob-roe")],
        ),
        ("Poe and her friends left.", [("her", "ann-poe")]),
        ("Roe killed himself.", [("himself", "bob-roe")]),
        ("After a talk with Lee, Roe said he was tired.", [("he", "bob-roe")]),
        ("Roe met Lee before he left.", []),
        ("Roe and Lee said he was tired.", []),
        ("Rain fell. Rain stopped. Roe met Lee. His wife left.", []),
        ("Rain fell. Rain stopped. Roe called Lee a liar. He denied it.", []),
        ("Rain fell. Rain stopped. Roe sat beside Lee. He slept.", [("He", "bob-roe")]),
        ("Roe told him so.", [("him", "tom-lee")]),
        ("Rain fell. Rain stopped. Roe, after all, told him so.", []),
        ("Roe fired Lee, who said he was tired.", []),
        ("Roe’s father said he was tired.", []),
        ("An officer came. He arrested Roe.", []),
        ("Rain fell. In his speech, Roe said no.", [("his", "bob-roe")]),
        ("They left. It rained on her.", [("her", "ann-poe")]),
        ("Rain fell. Rain stopped. It was wet. It was cold. She left.", []),
    ],
)
def test_one_reading(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """A pronoun is linked when gender, nearness and clause leave one person."""
    assert pronouns(make_sentences(START + text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Roe is kind. He helps,” said Poe.", [("He", "bob-roe")]),
        ("Roe left. “He is kind,” said Poe.", []),
        ("Rain fell. Rain stopped. “I left,” said Poe. “Roe stayed.” She slept.", [("She", "ann-poe")]),
        ('Roe wept. The sign said "he was here.', []),
    ],
)
def test_quotations(make_sentences, text: str, expected: list[tuple[str, str]]) -> None:
    """Inside quotation marks only the quotation's own names count, outside only those outside."""
    assert pronouns(make_sentences(START + text)) == expected


def test_gender_is_learned(make_sentences) -> None:
    """A gender that no name tells is learned from pronouns that leave no choice."""
    sentences = make_sentences(
        "Xanq Quill arrived. Quill said she was tired.",
        "Xanq Quill left. Then she came back. Quill said she slept.",
    )
    assert pronouns(sentences) == [("she", "xanq-quill")] * 3
    assert pronouns(make_sentences("Xanq Quill arrived. Quill said she was tired.")) == []


def test_title_is_no_antecedent(make_sentences) -> None:
    """The title is no part of the story that the body tells."""
    assert pronouns(make_sentences(("Ann Poe quits", "She was tired. Then Ann Poe left."))) == []
