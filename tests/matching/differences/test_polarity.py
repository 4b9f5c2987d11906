"""Denials, opposites, and all against some: found where they contradict, not where they say the same."""

import pytest

from crossframe.matching.differences.polarity import find_polarity
from crossframe.matching.differences.word_alignment import align_words

CONTRADICTING = [
    (
        "The mayor said that she would resign on Friday.",
        "The mayor said that she would not resign on Friday.",
    ),
    (
        "Israel struck the hospital, killing at least 12 people, officials said.",
        "Israel denied that it had struck the hospital, where 12 people were killed.",
    ),
    ("The firm shut the plant before the vote.", "The firm shut the plant after the vote."),
    ("Kerr said she had no plan to run.", "Kerr will run, she told the radio."),
    ("Unemployment rose to 5 percent in May.", "Unemployment fell to 5 percent in May."),
    ("The Senate approved the bill on Tuesday.", "The Senate rejected the bill on Tuesday."),
    ("The bill was approved by the Senate.", "The bill was rejected by the Senate."),
    ("The Tigers won the final on Sunday.", "The Tigers lost the final on Sunday."),
    ("The minister refused to apologise to the families.", "The minister apologised to the families."),
    ("Police failed to stop the march.", "Police stopped the march."),
    ("The company denied dumping waste in the river.", "The company dumped waste in the river."),
    ("No one was injured in the fire.", "Several people were injured in the fire."),
    ("The court upheld the ban on Monday.", "The court overturned the ban on Monday."),
    ("The suspect was acquitted of murder.", "The suspect was convicted of murder."),
    ("The deal is likely to pass.", "The deal is unlikely to pass."),
    ("Ministers confirmed that talks had taken place.", "Ministers denied that talks had taken place."),
    ("The bridge is safe, engineers said.", "The bridge is not safe, engineers said."),
    ("The president has never met the banker.", "The president met the banker."),
    ("Voters backed the plan without reading it.", "Voters backed the plan after reading it."),
    ("The governor isn't running for a second term.", "The governor is running for a second term."),
    ("Talks ended with an agreement.", "Talks ended without an agreement."),
    ("The army advanced on the city on Friday.", "The army withdrew from the city on Friday."),
    ("The strike will go ahead on Friday.", "The strike will not go ahead on Friday."),
    ("The union supports the plan.", "The union opposes the plan."),
    ("The government lifted the ban on rallies.", "The government imposed a ban on rallies."),
]
ALIKE = [
    ("You cannot end the right by an order.", "The president wants to use an order to end the right."),
    ("The court ruled that the town was liable.", "The court never ruled on whether the town was liable."),
    ("The site could not confirm the messages.", "Roe himself later confirmed the messages."),
    (
        "Bell tweeted on Monday that the site couldn’t “confirm” Roe's messages.",
        "Roe later on Monday confirmed his messages to the site.",
    ),
    ("Kerr is no longer seeking the party's nomination.", "Kerr ended his race for the party's nomination."),
    (
        "Despite reports that Roe would not return to the play, talks go on.",
        "Roe talks about returning to the play.",
    ),
    ("The talks ended after the vote.", "The talks ended when the vote was over."),
    ("Democrats won the House.", "Republicans lost the House."),
    ("The minister refused to resign.", "The minister will not resign."),
    ("The minister declined to comment.", "The minister would not comment."),
    ("No one was hurt in the fire.", "There were no injuries in the fire."),
    ("Not only did the mayor resign, she left the party.", "The mayor resigned and left the party."),
    ("He denied the allegations of fraud.", "He said the allegations of fraud were not true."),
    ("Ministers denied that talks had taken place.", "Talks did not take place, ministers said."),
    ("The bridge is unsafe, engineers said.", "The bridge is not safe, engineers said."),
    ("Shares rose on Monday before falling on Tuesday.", "Shares fell on Tuesday."),
    ("The House approved the bill.", "The Senate rejected the bill."),
    ("She said she did not know when he would leave.", "She did not know when he would leave."),
    ("No doubt the mayor will resign.", "The mayor will resign."),
    ("The senator did not say whether he would run.", "The senator declined to say whether he would run."),
    ("The council opposed the plan.", "The council did not support the plan."),
]


@pytest.mark.parametrize(("left", "right"), CONTRADICTING)
def test_contradictions_are_found(left: str, right: str) -> None:
    """One side denies what the other states, whichever side is first."""
    [found] = find_polarity(align_words(left, right))
    [turned] = find_polarity(align_words(right, left))
    assert (found.left, found.right) == (turned.right, turned.left)
    assert found.probability >= 0.5


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_what_says_the_same_is_no_contradiction(left: str, right: str) -> None:
    """Denials in other words, idioms, converses with exchanged sides and other subjects raise no alarm."""
    assert find_polarity(align_words(left, right)) == []
    assert find_polarity(align_words(right, left)) == []


def test_the_stretch_reaches_from_the_denial_to_what_is_denied() -> None:
    """The stretch of the denying side runs from the word that denies to the word denied."""
    left, right = "Israel struck the port, officials said.", "Israel denied that it had struck the port."
    words = align_words(left, right)
    [found] = find_polarity(words)
    assert (
        right[words.right[found.right[0]].start : words.right[found.right[1]].end]
        == "denied that it had struck"
    )
    assert left[words.left[found.left[0]].start : words.left[found.left[1]].end] == "struck"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("There was no race in Linz on Sunday.", "Organisers cancelled the race in Linz on Sunday."),
        ("There was no march in Leeds on Friday.", "The march in Leeds was halted on Friday."),
        ("There is no ban on rallies in the capital.", "The court lifted the ban on rallies in the capital."),
        ("No vote was held on the budget in May.", "The Senate cancelled the vote on the budget in May."),
        ("There will be no strike at the port.", "The union suspended the strike at the port."),
        ("There was no parade in the town this year.", "The town scrapped its parade this year."),
        ("The town had no fireworks on Friday.", "The fireworks were cancelled in the town on Friday."),
        ("The bank has no such rule for clients.", "The bank dropped the rule for clients."),
    ],
)
def test_what_is_undone_is_not(left: str, right: str) -> None:
    """That there is none, and that it was undone, say the same, whichever side is first."""
    assert find_polarity(align_words(left, right)) == []
    assert find_polarity(align_words(right, left)) == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("There was no race in Linz on Sunday.", "A race was held in Linz on Sunday."),
        ("There will be no strike at the port on Friday.", "There will be a strike at the port on Friday."),
        ("The court will not hear the case in May.", "The court will hear the case in May."),
        ("The union called off its strike and will not sue the port.", "The union will sue the port."),
        ("Roe dropped out and will not sue the paper.", "Roe dropped out and will sue the paper."),
        ("The school has not closed its gates.", "The school has closed its gates."),
        ("The chair announced that he will not seek a second term.", "The chair announced that he will seek a second term."),
        ("Roe will not run again, whatever becomes of the plan.", "Roe will run again, whatever becomes of the plan."),
    ],
)  # fmt: skip
def test_what_is_told_beside_something_undone(left: str, right: str) -> None:
    """Denials stay contradictions where nothing undoes the thing itself, whichever side is first."""
    assert len(find_polarity(align_words(left, right))) == 1
    assert len(find_polarity(align_words(right, left))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("On Monday the chair announces whether he will step down or will defy his critics in the party and seek a second term.", "The chair will not seek a second term."),
        ("Whether Roe retires or runs for mayor is open.", "Roe does not run for mayor."),
        ("The board must say whether it will close the mill or sell the land.", "The board will not sell the land."),
        ("Nobody knows whether the king will abdicate or name an heir.", "The king will not name an heir."),
        ("The court decides today whether to free the editor or to extend her term.", "The court will not free the editor today."),
        ("Roe would not say whether he will stay or leave the club.", "Roe will leave the club."),
        ("It is unclear whether the army will stay in the valley or withdraw its tanks.", "The army will not withdraw its tanks."),
        ("Fans ask whether the band will split up or record an album.", "The band will not record an album."),
    ],
)  # fmt: skip
def test_what_is_open_is_no_statement(left: str, right: str) -> None:
    """Of two ways between which somebody has yet to decide neither is stated, whichever side is first."""
    assert find_polarity(align_words(left, right)) == []
    assert find_polarity(align_words(right, left)) == []
