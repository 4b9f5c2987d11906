"""Runs of words that one of two sentences has and the other lacks."""

import pytest

from crossframe.matching.differences.details import find_details
from crossframe.matching.differences.word_alignment import align_words


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Lund resigned on Friday.", "Lund resigned on Friday after an audit found $2 million missing.", "after an audit found $2 million missing"),
        ("Police raided the hall.", "Police raided the hall and found two stolen paintings.", "and found two stolen paintings"),
        ("The strike ended.", "The strike, which had cost the port nine days of work, ended.", "which had cost the port nine days of work"),
        ("The court fined the firm.", "The court fined the firm because it had hidden the leak of oil.", "because it had hidden the leak of oil"),
    ],
)  # fmt: skip
def test_a_clause_of_one_side_is_a_detail(left: str, right: str, expected: str) -> None:
    """The clause that the other sentence lacks is found with the word that joins it, whichever side has it."""
    [(side, (first, last), _)] = find_details(align_words(left, right))
    words = align_words(left, right).right
    assert (side, right[words[first].start : words[last].end]) == ("right", expected)
    [(side, stretch, _)] = find_details(align_words(right, left))
    assert (side, stretch) == ("left", (first, last))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mayor Anna Bell, 52, opened the pool on Monday.", "The pool was opened by the mayor."),
        ("The flight to Velm was delayed by snow.", "Snow held up the flight to Velm."),
        ("Bell, the head of the guild, resigned.", "Bell resigned."),
        ("The pool opened on Monday.", "The pool opened on Monday, officials said."),
    ],
)
def test_names_ages_and_attribution_are_no_details(left: str, right: str) -> None:
    """Appositions, days and attributions are of no weight, and a sentence in other words has no detail."""
    assert find_details(align_words(left, right)) == []
    assert find_details(align_words(right, left)) == []
