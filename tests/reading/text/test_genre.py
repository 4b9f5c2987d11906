"""The genre of an article by what its outlet says, and by the form of its text."""

import pytest

from crossframe.reading.text.genre import genre_of_form

ASKED, ANSWERED = (
    "Why is the council closing the old ferry?",
    "Because the town can no longer carry the loss.",
)
PROSE = "The council voted on Tuesday to close the old ferry."


def talk(first: str, second: str, n_turns: int = 3) -> list[str]:
    """Return questions and answers behind their speakers."""
    return [line for _ in range(n_turns) for line in (f"{first}: {ASKED}", f"{second}: {ANSWERED}")]


def stamped(*times: str) -> list[str]:
    """Return entries below their times."""
    return [line for time in times for line in (time, PROSE)]


@pytest.mark.parametrize(
    ("lines", "genre"),
    [
        (talk("HOST", "BELL"), "transcript"),
        (talk("SPEAKER 1", "SPEAKER 2"), "transcript"),
        ([PROSE, *talk("THE PRESIDENT", "Q")], "transcript"),
        (talk("Herald", "Anna Bell"), "interview"),
        ([PROSE, *talk("Der Spiegel", "Bell")], "interview"),
        (stamped("4:40 PM", "4:12 PM", "3:55 PM"), "live"),
        (stamped("16.40 Uhr", "16.12 Uhr", "15.55 Uhr"), "live"),
        (stamped("16:40 BST", "16:12 BST", "15:55 BST"), "live"),
        (talk("HOST", "BELL", 1), None),
        ([*talk("HOST", "BELL", 2), *[PROSE] * 12], None),
        ([f"Update {n}: {PROSE}" for n in range(6)], None),
        ([f"Wanted: {PROSE}", f"Found: {PROSE}", f"Lost: {PROSE}", f"Given: {PROSE}"], None),
        ([*[f"Pro: {PROSE}"] * 3, *[f"Contra: {PROSE}"] * 3], None),
        (stamped("4:40 PM"), None),
        ([PROSE, PROSE], None),
        ([], None),
    ],
)
def test_genre_of_form(lines: list[str], genre: str | None) -> None:
    """Speakers who take turns make a transcript or interview, times on lines of their own a live blog; a few of either do not."""
    assert genre_of_form(lines) == genre
