"""What a cue says, thinks or wants."""

import pytest

from crossframe.attributing.quotes.cues import find_cues
from crossframe.attributing.quotes.indirect import find_content
from crossframe.attributing.syntax.regions import Region


def contents(text: str) -> list[tuple[str, str]] | None:
    """Return stretches and frame of what the first cue attributes, None where nothing."""
    cues = find_cues(Region(0, len(text), 0, text, ()))
    found = find_content(Region(0, len(text), 0, text, ()), cues[0], cues[1:]) if cues else None
    return [(text[start:end], found.frame) for start, end in found.spans] if found else None


@pytest.mark.parametrize(
    ("text", "content", "frame"),
    [
        ("Doe told reporters on Friday that it had rained.", "it had rained", "that"),
        ("Doe said the roof was wet.", "the roof was wet", "said"),
        ("Doe said Friday the roof was wet.", "the roof was wet", "said"),
        ("Doe believes the roof is wet.", "the roof is wet", "bare"),
        ("Doe told the guild he would go.", "he would go", "bare"),
        ("The roof was wet all day, Doe said in a statement.", "The roof was wet all day", "before"),
        ("The roof was wet all day, Doe said Friday.", "The roof was wet all day", "before"),
        ("According to Doe, the roof was wet.", "the roof was wet", "according"),
        ("The roof was wet, according to Doe.", "The roof was wet", "according"),
        ("As Doe said on Friday, the roof was wet.", "the roof was wet", "as"),
        ("Doe asked whether the roof was wet.", "whether the roof was wet", "wh"),
        ("Doe explained how the roof got wet.", "how the roof got wet", "wh"),
        ("Doe promised to mend the roof.", "to mend the roof", "to"),
        ("Doe wants to mend it.", "to mend it", "to"),
        ("Doe proposed mending the roof.", "mending the roof", "ing"),
        ("Doe criticized Roe in a statement.", "Roe", "object"),
        ("Doe called for a new roof on Friday.", "a new roof", "object"),
        ("Doe accused Roe of breaking the roof, which fell.", "Roe of breaking the roof", "object"),
        (
            "Roe’s suggestion that the roof was wet angered Doe.",
            "that the roof was wet angered Doe",
            "noun-that",
        ),
        ("Her vow to go was noted.", "to go was noted", "noun-to"),
        ("Doe vowed to mend the roof as rain fell on the town.", "to mend the roof", "to"),
        ("Doe hopes to leave as soon as the roof is mended.", "to leave as soon as the roof is mended", "to"),
        ("Doe wants to serve as head of the guild.", "to serve as head of the guild", "to"),
        ("Doe demanded a new roof amid anger over the old one.", "a new roof", "object"),
        ("Doe promised to mend such roofs as leak.", "to mend such roofs as leak", "to"),
        ("Doe said the roof leaked as rain fell.", "the roof leaked as rain fell", "said"),
        ("Doe said that the roof was wet; nobody cared.", "the roof was wet", "that"),
        ("Doe said the roof was wet, a claim that few believe.", "the roof was wet", "said"),
        (
            "Doe said that it had sent 50 tons, figures that cannot be checked.",
            "it had sent 50 tons",
            "that",
        ),
        ("Doe said he wanted to leave, a day after the council had voted.", "he wanted to leave", "said"),
        ("Doe said she would go but did not say when.", "she would go", "said"),
        ("Doe, who said the roof was wet, left.", "the roof was wet", "said"),
        ("While Doe said the roof was wet, Roe left.", "the roof was wet", "said"),
        ("(Doe said the roof was wet.) Roe left.", "the roof was wet", "said"),
        ("Doe said the roof was wet, adding that it would fall.", "the roof was wet", "said"),
        ("Doe said the roof was wet and Roe said it was dry.", "the roof was wet", "said"),
    ],
)
def test_find_content(text: str, content: str, frame: str) -> None:
    """Content begins by what its cue takes, and ends with the sentence, or where others or the author speak."""
    assert contents(text) == [(content, frame)]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, Doe said.",
        "Doe said on Monday.",
        "Doe wrote in a book.",
        "Doe refused to say more.",
        "Doe declined to leave.",
        "The guild voted to mend the roof.",
        "The council agreed to mend the roof.",
        "Doe decided to mend the roof.",
        "The owners sought to sell the roof.",
        "Doe ordered a new roof.",
        "Doe asked for a new roof.",
        "Doe offered the guild a new roof.",
        "Her refusal to go was noted.",
        "Their request for a new roof was noted.",
    ],
)
def test_no_content(text: str) -> None:
    """A cue without a clause attributes nothing, nor does a deed."""
    assert contents(text) is None


def test_around() -> None:
    """A cue between commas attributes both sides."""
    assert contents("The roof, Doe said, was wet all day.") == [
        ("The roof", "around"),
        ("was wet all day", "around"),
    ]
