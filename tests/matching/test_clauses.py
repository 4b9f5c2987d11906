"""Sentences split into clauses: what is cut, what is not, and exact offsets."""

from itertools import pairwise

import pytest

from crossframe.matching.clauses import MIN_WORDS, split_clauses


def cut(sentence: str) -> list[str]:
    """Return the texts of the clauses."""
    return [sentence[start:end] for start, end in split_clauses(sentence)]


@pytest.mark.parametrize(
    "clauses",
    [
        ["Police raided the party's office on Monday", "and", "found receipts for a secret donation."],
        ["The council approved the new budget", ", and", "the mayor promised to sign it on Friday."],
        ["The company closed its plant in May", "but", "it kept the workers on its payroll."],
        ["The minister resigned late on Tuesday", "", "after reporters found his second passport."],
        ["The ferry left the harbour at noon", "", "although the coast guard had warned its captain."],
        ["Doctors treated nine people at the scene", ", ", "while two others were flown to the capital."],
        ["The firm has hired Jane Doe", ", ", "who led the bank for eleven years."],
        ["The storm crossed the island overnight", ", ", "killing five people in two villages."],
        ["After the court had rejected the appeal", ", ", "the union called off its strike."],
        ["Doe, who was elected to the board in May", ", ", "told reporters that she would not resign."],
        ["The senator opposes the treaty with Ruritania", "and", "has promised to vote against the bill."],
        ["Prosecutors said that the mayor had taken bribes", "and", "that his brother had hidden the money."],
        ["The ship was built in 1911", "; ", "the owners sold it to a museum in spring."],
        ["The crowd left the square", "", "after the mayor and her deputy had spoken to them."],
        ["The firm sold its last ship in spring", "", "after losing two contracts to a rival."],
        ["He was arrested at the border", "and", "charged with fraud by a court", "", "before his lawyers arrived in town."],
        ["The man shot the mayor on Monday", "and", "fled the city in a stolen car."],
        ["The firm has hired Jane Doe", ", ", "who shot the mayor in May", "and", "fled the city in a stolen car."],
        ["The mayor denied that he took bribes", ", but", "he hid the money in Cyprus."],
        ["The mayor denied the charges on Monday", "and", "hid the money in Cyprus."],
        ["A clerk wrote the letter in May", "and", "mailed it to the press."],
        ["Police said little on Monday", "and", "told reporters to leave the square."],
        ["The banker called the plan ‘a bad joke’", "and", "told his clients to sell their shares."],
        ["The workers’ union left the talks", "and", "called a strike for the next day."],
    ],
)  # fmt: skip
def test_clauses_that_stand_alone_are_cut(clauses):
    """Coordinated, subordinate, relative and participial clauses are clauses of their own."""
    texts, between = clauses[::2], clauses[1::2]
    sentence = texts[0]
    for mark, text in zip(between, texts[1:], strict=True):
        sentence += (mark.rstrip() if mark.startswith((",", ";")) else f" {mark}".rstrip()) + " " + text
    assert cut(sentence) == texts


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Flood warning",
        "Police and prosecutors met in the old town hall.",
        "The talks between the union and the railway broke down.",
        "Police said the mother and the two children were safe.",
        "Doe, Poe, and Roe were arrested near the border on Monday.",
        "The government wants to cut taxes and raise pensions.",
        "Reporters waited outside after the vote.",
        "The bill failed because of a single vote in the upper house.",
        "The mayor left and wept.",
        "The owners of the ferry did not say when the ship had been repaired.",
        "They will look after the hundreds of children who fled from the coast.",
        "The treaty that the two states had signed three days before was never read.",
        "She has led the party, including its youth wing, since March.",
        "The man leaving the building and wearing a green hat is a suspect.",
        "The report names those who were paid and who knew.",
        "“We looked everywhere and we found nothing after he left the building,” she said.",
        '"We looked everywhere and they found nothing in the house," she said.',
        "we looked everywhere and they found nothing in the house,” she said.",
        "The man who shot the mayor and fled the city was arrested on Monday.",
        "The dog that bit the girl and chased the postman was shot",
        "The woman whom the police sought and the papers named was found in Rome.",
        "The mayor denied that he took bribes and hid the money in Cyprus.",
        "Nobody believes he wrote the letter and sent it to the press.",
        "Few doubt the firm paid the fine and closed its plant in May.",
        "Police said the driver stole the car and left it at the border.",
        "Nobody wrote the letter in May and mailed it to the press.",
        "‘We searched the house on Monday and found nothing in the cellar,’ she said.",
        "We searched the house on Monday and found nothing in the cellar,’ she said.",
        "‘We don’t know the man and they found nothing in the house",
        "The paper (which was sold in May and moved its office in June) has no editor.",
    ],
)
def test_what_is_no_clause_of_its_own_is_not_cut(sentence):
    """Coordinated nouns, lists, short parts, what has no verb, brackets and quoted speech stay whole."""
    assert split_clauses(sentence) == ((0, len(sentence)),)


@pytest.mark.parametrize("blank", ["", "  "])
def test_clauses_are_ordered_and_long_enough(blank):
    """Offsets rise, begin and end with the sentence, and every clause has the words it needs."""
    sentence = f"{blank}The strike, which began in May, ended quietly on Monday night after the owners raised wages, and trains ran.{blank}"
    spans = split_clauses(sentence)
    assert len(spans) == 3
    assert spans[0][0] == 0
    assert spans[-1][1] == len(sentence)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(len(sentence[start:end].split()) >= MIN_WORDS for start, end in spans)
