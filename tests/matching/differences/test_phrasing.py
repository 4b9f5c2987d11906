"""Certainty, details and wording: differences that make no conflict."""

import pytest

from crossframe.matching.differences.phrasing import find_certainty, find_details, find_wording
from crossframe.matching.differences.word_alignment import align_words

UNSURE = [
    ("Twelve people died in the fire.", "Twelve people died in the fire, police said."),
    ("The bank raised its rate to 4 percent.", "The bank is expected to raise its rate to 4 percent."),
    ("The firm agreed to sell the port.", "The firm sold the port."),
    ("The bank could raise rates in June.", "The bank raised rates in June."),
    (
        "The minister took bribes from the company.",
        "Prosecutors allege that the minister took bribes from the company.",
    ),
    ("The suspect fired at police.", "The suspect allegedly fired at police."),
    ("The general was accused of ordering the raid.", "The general ordered the raid."),
    ("The army might strike the port.", "The army struck the port."),
]
OTHER_VERBS = [
    (
        "The mayor ended his campaign on Thursday, the Herald reported.",
        "The mayor is no longer in the campaign since Thursday, when he gave it up.",
    ),
    (
        "Police said the two men were found dead at the bridge.",
        "Both men lost their lives at the bridge, where they were found.",
    ),
]
SURE = [
    ("Moscow argues that it acted after Velm shelled Orsk.", "Families fled the shelling of Orsk."),
    (
        "Nobody followed Velm in recognizing the region.",
        "He added that Velm pressed nobody to recognize the region.",
    ),
    ("Bell plans 58 serviced flats, he said.", "Bell owns 58 serviced flats."),
    (
        "Bell asked Roe to remain in the House.",
        "It would have allowed Roe to remain in the House, an aide said.",
    ),
    ("Lund died in Orsk, the Herald stated.", "Lund died in Orsk, his grandson Rob Roe said."),
    ("Roe claimed that he had paid the fine.", "Roe said that he had paid the fine."),
    (
        "Twelve people died in the fire, officials say.",
        "According to the mayor, twelve people died in the fire.",
    ),
    ("Bell condemned the raid.", "Bell condemned the raid, calling it a disgrace."),
    ("The suspect fired at police.", "The suspect fired at officers."),
]


@pytest.mark.parametrize(("left", "right"), UNSURE)
def test_what_one_side_hedges_is_found(left: str, right: str) -> None:
    """Alleged, possible, planned or attributed on one side, told as a fact on the other; whichever side is first."""
    [found] = find_certainty(align_words(left, right))
    [turned] = find_certainty(align_words(right, left))
    assert (found.left, found.right) == (turned.right, turned.left)
    assert {found.asserting, turned.asserting} == {"left", "right"}


@pytest.mark.parametrize(("left", "right"), OTHER_VERBS)
def test_what_one_side_attributes_in_other_words_is_found(left: str, right: str) -> None:
    """Where one side attributes what both tell and the other nothing, their verbs may differ."""
    [found] = find_certainty(align_words(left, right))
    [turned] = find_certainty(align_words(right, left))
    assert (found.asserting, turned.asserting) == ("right", "left")


@pytest.mark.parametrize(("left", "right"), SURE)
def test_what_both_sides_say_alike_is_no_difference(left: str, right: str) -> None:
    """What both assert or both attribute is no difference in certainty."""
    assert find_certainty(align_words(left, right)) == []


def test_what_stands_in_a_quotation_is_attributed() -> None:
    """A stretch in the words of others is no fact of the outlet's, though no verb of saying stands before it."""
    left, right = "The dam broke on Monday.", "Bell: The dam broke on Monday."
    assert find_certainty(align_words(left, right)) == []
    assert len(find_certainty(align_words(left, right), (), [(6, 30)])) == 1


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
        ("Warehouse mob kicked out at last.", "Bailiffs backed by police emptied the old mill on Tuesday."),
        ("The pool opened.", "The pool opened, four officials of the local council told the Herald in Velm."),
    ],
)
def test_names_ages_and_attribution_are_no_details(left: str, right: str) -> None:
    """Appositions, days and attributions are of no weight, and a sentence in other words has no detail."""
    assert find_details(align_words(left, right)) == []
    assert find_details(align_words(right, left)) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            "The regime shut three newspapers.",
            "The government shut three newspapers.",
            ("regime", "government"),
        ),
        ("Roe slammed the plan.", "Roe criticised the plan.", ("slammed", "criticised")),
        ("Roe claimed that he had paid.", "Roe said that he had paid.", ("claimed", "said")),
        (
            "Terrorists seized the bridge at dawn.",
            "Fighters seized the bridge at dawn.",
            ("Terrorists", "Fighters"),
        ),
    ],
)
def test_loaded_words_beside_plain_ones(left: str, right: str, expected: tuple[str, str]) -> None:
    """A loaded word in the place of a plain one is a difference in wording."""
    words = align_words(left, right)
    [found] = find_wording(words)
    assert (words.left[found.left[0]].text, words.right[found.right[0]].text) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Gunmen killed two men.", "Two men were killed by gunmen."),
        ("The regime shut three newspapers.", "Three newspapers were shut by the regime."),
        ("The bill passed.", "The measure passed."),
        ("Bell insisted that talks were vital.", "Five envoys would stay in Orsk, Bell said."),
        ("She settled the claim of harassment.", "She would repay the sum, she said of the harassment."),
    ],
)
def test_plain_synonyms_are_no_wording(left: str, right: str) -> None:
    """The same loaded word on both sides, and plain words for one thing, are no difference."""
    assert find_wording(align_words(left, right)) == []
