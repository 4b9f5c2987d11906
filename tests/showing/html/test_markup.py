"""Bars, colours and marks: every text escaped."""

import pandas as pd
import pytest

from crossframe.showing.html.markup import Mark, html_marked, mark_portrayals, mix_colour


@pytest.mark.parametrize(
    ("score", "colour"), [(0.0, "#ffffff"), (1.0, "#4095c5"), (-1.0, "#e08640"), (7.0, "#4095c5")]
)
def test_colours(score: float, colour: str) -> None:
    """Zero is white; for is blue, against vermilion, three quarters of the full colour at most."""
    assert mix_colour(score) == colour


def test_marks() -> None:
    """A mark bounds its words, of overlapping ones the first holds, and all text is escaped."""
    html = html_marked("<b> Bell lied", [Mark(4, 8, -0.5, '"x"'), Mark(6, 13, 0.5)])
    assert html.startswith("&lt;b&gt; <span")
    assert ">Bell</span> lied" in html
    assert "&#34;x&#34;" in html
    assert html.count("<span") == 1


def test_marks_of_a_sentence() -> None:
    """Marks have offsets of the document; those outside the sentence are cut off."""
    html = html_marked("Bell lied", [Mark(100, 104), Mark(107, 200), Mark(0, 100)], start=100)
    assert html.count("<span") == 2
    assert ">Bell</span> li" in html
    assert html.endswith("ed</span>")


def test_marks_of_portrayals() -> None:
    """Every mention with its score and whose words they are; one that is not scored is grey."""
    mentions = pd.DataFrame(
        {"article": ["a", "a"], "sentence": [1, 1], "start": [0, 5], "end": [4, 9], "actor": ["bell", "roe"],
         "speaker": ["quoted", ""], "score": [-0.5, float("nan")]}
    )  # fmt: skip
    assert mark_portrayals(mentions) == {
        ("a", 1): [Mark(0, 4, -0.5, "bell: -0.50, quoted words"), Mark(5, 9, None, "roe: not scored")]
    }


@pytest.mark.parametrize(
    ("part", "grey"),
    [
        (None, []),
        ((100, 109), []),
        ((100, 104), ["Bell"]),
        ((105, 109), ["lied"]),
        ((102, 109), ["ll ", "d"]),
        ((104, 105), [" "]),
        ((105, 106), []),
    ],
)
def test_a_part_is_grey_where_no_mark_is(part: tuple[int, int] | None, grey: list[str]) -> None:
    """What is asked for is grey around the marks in it; the rest, and a text that is all of it, is not."""
    marks = [Mark(105, 108, -0.5)] if part in ((102, 109), (105, 106)) else []
    html = html_marked("Bell lied", marks, start=100, part=part)
    assert [piece.split("</span>")[0].split(">")[1] for piece in html.split("#dddddd")[1:]] == grey
    assert html.count("<span") == len(grey) + len(marks)
