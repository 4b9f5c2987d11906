"""Numbers, amounts and dates that differ, and those that agree in other words."""

from datetime import date

import pytest

from crossframe.matching.differences.number import Day, find_numbers, read_days, same_day
from crossframe.matching.differences.word_alignment import align_words, read_words

TUESDAY = date(2026, 5, 5)
DIFFERENT = [
    ("A bomb killed 12 people.", "A bomb killed 40 people."),
    (
        "At least 12 people were killed when a bomb went off in a market on Monday.",
        "At least 40 people were killed when a bomb went off in a market on Monday.",
    ),
    ("12 dead and 3 hurt in blast", "Blast kills 15"),
    ("The company will pay $5 million in damages.", "The company will pay $8 million in damages."),
    ("Turnout was 60 percent.", "Turnout was 48 percent."),
    ("The mayor resigned on Monday.", "The mayor resigned on Sunday, 3 May."),
    ("The mayor resigned on Monday.", "The mayor resigned on Tuesday."),
    ("A man, 34, was arrested in Leeds.", "A man, 43, was arrested in Leeds."),
    ("A 34-year-old man was arrested in Leeds.", "A 43-year-old man was arrested in Leeds."),
    ("The House voted 219-212 on the bill.", "The House voted 229-212 on the bill."),
    ("The town is 50 miles from Kyiv.", "The town lies 50 km from Kyiv."),
    ("Two of the five hostages were freed.", "Three of the five hostages were freed."),
    ("He was sentenced to three years in prison.", "He was sentenced to five years in prison."),
    ("The court opens at 9 a.m. on Monday.", "The court opens at 11 a.m. on Monday."),
    ("It was her second term in office.", "It was her third term in office."),
    ("Lund is the first senator since Roe to resign.", "Lund is the second senator since Roe to resign."),
    ("The election was held in 2014.", "The election was held in 2016."),
    ("The death toll rose to 12.", "Officials put the death toll at 25."),
    ("Dozens of people marched in the capital.", "Hundreds of people marched in the capital."),
    ("Two soldiers were killed in the ambush.", "Five soldiers were killed in the ambush."),
    ("The storm sank about 40 boats.", "The storm sank 60 boats."),
    ("At least 40 miners died in the flood.", "Twelve miners died in the flood."),
    ("The choir has 30 singers.", "The choir has 29 singers."),
    ("Fewer than ten boats sank.", "Twelve boats sank."),
    ("Organisers said that 3,000 people marched.", "Police said that 300 people marched."),
]
ALIKE = [
    ("Lund is the first senator from Velm since Roe.", "Lund is the second senator from Velm, after Roe."),
    ("It is her first win in ten years.", "It is her third win."),
    ("At least 12 people were killed.", "14 people were killed."),
    ("About a dozen people were killed.", "12 people were killed, 3 were hurt."),
    ("12 dead and 3 hurt in blast", "Blast kills 12"),
    (
        "The blast killed 12 people and wounded 40.",
        "The blast wounded 40 people and killed no fewer than 12.",
    ),
    ("The mayor will resign on Monday.", "The mayor will resign on Monday, 4 May."),
    ("The mayor resigned, officials said Monday.", "The mayor resigned, officials said Tuesday."),
    ("The town is 50 miles from Kyiv.", "The town lies 80 km from Kyiv."),
    ("Sixty percent of voters backed the plan.", "Three out of five voters backed the plan."),
    ("The toll rose to 12.", "Officials put the death toll at more than 10."),
    ("Nearly 50 people marched.", "48 people marched."),
    ("Two soldiers and five civilians were killed.", "Seven people were killed."),
    ("Police arrested 12 people and seized 40 guns.", "Police seized 40 guns in the raids."),
    ("The storm sank about 40 boats.", "The storm sank 42 boats."),
    ("The port earned $1.2 billion in May.", "The port earned $1,213 million in May."),
    ("About 30,000 fans came to the match.", "The match drew 29,800 fans."),
    ("More than 30 boats sank.", "The storm sank 34 boats."),
    ("Divers found two of the boys.", "Two boys were found by divers."),
]


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_numbers_are_found(left: str, right: str) -> None:
    """Where both sentences quantify the same thing differently, the two quantities are the stretches, whichever side is first."""
    [found] = find_numbers(align_words(left, right), TUESDAY, TUESDAY)
    [turned] = find_numbers(align_words(right, left), TUESDAY, TUESDAY)
    assert (found.left, found.right) == (turned.right, turned.left)
    assert found.probability >= 0.5


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_numbers_that_agree_are_no_difference(left: str, right: str) -> None:
    """Hedges, rounding, units, shares, sums and other quantities in the sentence raise no alarm, whichever side is first."""
    assert find_numbers(align_words(left, right), TUESDAY, TUESDAY) == []
    assert find_numbers(align_words(right, left), TUESDAY, TUESDAY) == []


def test_the_stretch_has_the_hedge() -> None:
    """The stretches of a difference are the quantities with their hedges and units."""
    left, right = "At least 12 people were killed.", "Some 60 people were killed in the blast."
    words = align_words(left, right)
    [found] = find_numbers(words)
    assert left[words.left[found.left[0]].start : words.left[found.left[1]].end] == "At least 12"
    assert right[words.right[found.right[0]].start : words.right[found.right[1]].end] == "Some 60"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Sunday, 3 May", Day(1, 4, weekday=6, month=5, day=3)),
        ("Oct. 7, 2014", Day(0, 4, month=10, day=7, year=2014)),
        ("in June 2014", Day(1, 2, month=6, year=2014)),
        ("in 2016", Day(1, 1, year=2016)),
        ("it left yesterday", Day(2, 2, offset=-1)),
    ],
)
def test_dates_are_read(text: str, expected: Day) -> None:
    """Days of the week, of months, years and relative days are read with the words they take."""
    assert list(read_days(read_words(text))) == [expected]


@pytest.mark.parametrize("text", ["They may march on.", "2,014 people came.", "The march may be long."])
def test_what_is_no_date(text: str) -> None:
    """Words that are months only by spelling, and numbers that are no years, are no dates."""
    assert list(read_days(read_words(text))) == []


def test_days_are_counted_from_publication() -> None:
    """A day of the week and a date are the same or not by the day on which the article was published."""
    sunday, third = Day(0, 0, weekday=6), Day(0, 0, month=5, day=3)
    assert same_day(sunday, third, TUESDAY, TUESDAY) is True
    assert same_day(Day(0, 0, weekday=0), third, TUESDAY, TUESDAY) is False
    assert same_day(Day(0, 0, weekday=0), third) is None
    assert same_day(Day(0, 0, offset=-1), Day(0, 0, weekday=0), TUESDAY, TUESDAY) is True


@pytest.mark.parametrize(
    ("left", "right", "stretches"),
    [
        ("She won the race in 30 minutes 12 seconds.", "She won the race in 29 minutes 48 seconds.", ("30 minutes 12 seconds", "29 minutes 48 seconds")),
        ("The flight took 2 hours and 40 minutes.", "The flight took 3 hours and 5 minutes.", ("2 hours and 40 minutes", "3 hours and 5 minutes")),
        ("The statue is six feet two inches tall.", "The statue is five feet two inches tall.", ("six feet two inches", "five feet two inches")),
        ("He was jailed for four years and six months.", "He was jailed for five years.", ("four years and six months", "five years")),
        ("The siege lasted three weeks and two days.", "The siege lasted two weeks.", ("three weeks and two days", "two weeks")),
        ("She won the race in 1,812 seconds.", "She won the race in 30 minutes 12 seconds.", None),
        ("The flight took 2 hours and 30 minutes.", "The flight took 150 minutes.", None),
        ("He was jailed for four years and six months.", "He was jailed for 54 months.", None),
        ("The statue is six feet six inches tall.", "The statue is two yards six inches tall.", None),
        ("The wall is 5 feet 11 inches high.", "The wall is about 1.8 metres high.", None),
    ],
)  # fmt: skip
def test_a_measure_in_two_units_is_one(left: str, right: str, stretches: tuple[str, str] | None) -> None:
    """What is told in a greater and a smaller unit is added up, and is one stretch."""
    words = align_words(left, right)
    found = [
        (
            left[words.left[one.left[0]].start : words.left[one.left[1]].end],
            right[words.right[one.right[0]].start : words.right[one.right[1]].end],
        )
        for one in find_numbers(words)
    ]
    assert found == ([stretches] if stretches else [])


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("with 2 , 117 points .", ["2,117"]),
        ("some 1 , 250 , 000 votes", ["1,250,000"]),
        ("at 6 : 30 a.m. on Monday", ["6:30"]),
        ("10 : 03 to play", ["10:03"]),
        ("in 2014 , 250 people came", ["2014", "250"]),
        ("wins in 3 , 12 and 15 minutes", ["3", "12", "15"]),
        ("12, 117 and 250", ["12", "117", "250"]),
        ("2 ,117 of them", ["2", "117"]),
        ("12 , 1999 and 300", ["12", "1999", "300"]),
        ("won 13 : 7", ["13", "7"]),
    ],
)
def test_numbers_that_a_tokenizer_pulled_apart(text: str, keys: list[str]) -> None:
    """Thousands and times of day with blanks around their mark are one number; lists are not."""
    assert [word.key for word in read_words(text) if word.text[0].isdigit()] == keys
