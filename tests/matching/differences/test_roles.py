"""Doer and target exchanged, in the active and the passive."""

import pytest

from crossframe.matching.differences.roles import find_roles
from crossframe.matching.differences.word_alignment import align_words

EXCHANGED = [
    (
        "Russia accused Ukraine of breaking the ceasefire on Monday.",
        "Ukraine accused Russia of breaking the ceasefire on Monday.",
    ),
    ("Police shot a protester dead on Monday night.", "A protester shot a policeman dead on Monday night."),
    ("The general blames the minister for the defeat.", "The minister blames the general for the defeat."),
    ("India defeated Pakistan by five wickets.", "Pakistan defeated India by five wickets."),
    ("The union sued the company over pay.", "The company sued the union over pay."),
    ("The union sued the company over pay.", "The union was sued by the company over pay."),
    ("The senator apologised to the mayor.", "The mayor apologised to the senator."),
    ("Israel attacked Iran on Friday.", "Iran attacked Israel on Friday."),
    ("Russian forces shelled the town, killing two.", "Ukrainian forces shelled the town, killing two."),
    ("The coach praised the captain after the game.", "The captain praised the coach after the game."),
    ("A dog bit a man in the park.", "A man bit a dog in the park."),
    ("Smith threatened to kill Jones.", "Jones threatened to kill Smith."),
]
ALIKE = [
    ("The House on Wednesday passed the bill on ports.", "The bill on ports passed the House on Wednesday."),
    ("Police shot a protester dead on Monday night.", "A protester was shot dead by police on Monday night."),
    ("The union sued the company over pay.", "The company was sued by the union over pay."),
    ("The president met the banker on Monday.", "The banker met the president on Monday."),
    ("Russian forces shelled the town, killing two.", "The town was shelled by Russia, killing two."),
    ("The coach praised the captain, who praised the fans.", "The captain praised the fans after the game."),
    ("John Smith hired Mary Jones.", "Mary Jones was hired by Mr Smith."),
]


@pytest.mark.parametrize(("left", "right"), EXCHANGED)
def test_exchanged_roles_are_found(left: str, right: str) -> None:
    """Who does it and to whom it is done are exchanged, or another country does it; whichever side is first."""
    [found] = find_roles(align_words(left, right))
    [turned] = find_roles(align_words(right, left))
    assert (found.left, found.right) == (turned.right, turned.left)


@pytest.mark.parametrize(("left", "right"), ALIKE)
def test_the_same_deed_in_other_words_is_no_difference(left: str, right: str) -> None:
    """The passive, deeds that are mutual, and chains of deeds raise no alarm."""
    assert find_roles(align_words(left, right)) == []
    assert find_roles(align_words(right, left)) == []
