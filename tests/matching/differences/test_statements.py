"""What a sentence states, and what it only wishes, holds possible or has from somebody."""

import pytest

from crossframe.matching.differences.statements import (
    attributes_nothing,
    have_one_governor,
    is_saying_verb,
    is_stated,
    read_attribution,
    read_hedge,
    said_words,
)
from crossframe.matching.differences.word_alignment import align_words, read_words


def number_of(sentence: str, word: str) -> int:
    """Return the number of the first word of that text."""
    return [one.text for one in read_words(sentence)].index(word)


def text_of(sentence: str, stretch: tuple[int, ...] | None) -> str | None:
    """Return the text from the first to the last word of a stretch."""
    words = read_words(sentence)
    return sentence[words[stretch[0]].start : words[stretch[1]].end] if stretch else None


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("The firm sold the port.", "sold"),
        ("The army shelled the town, killing nine people.", "killing"),
        ("Rescuers are searching for miners.", "searching"),
        ("Nine people were arrested.", "arrested"),
        ("Velm to sell the port", "sell"),
        ("After selling the port, it closed.", "selling"),
    ],
)
def test_statements(sentence: str, verb: str) -> None:
    """Finite verbs, participles of a clause, and the future of headlines state something."""
    assert is_stated(read_words(sentence), number_of(sentence, verb))


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("President wants an order to end the strike.", "end"),
        ("Nobody followed Velm in recognizing the region.", "recognizing"),
        ("Families fled the shelling of Velm.", "shelling"),
        ("The firm sold 58 serviced flats.", "serviced"),
        ("Nine died at the collapsed bridge.", "collapsed"),
        ("Visitors will be fully vaccinated.", "fully"),
        ("Nine states, including Velm, voted.", "including"),
        ("The council's planning committee met.", "planning"),
        ("The council’s planning committee met.", "planning"),
    ],
)
def test_what_states_nothing(sentence: str, verb: str) -> None:
    """Purposes, gerunds, participles that belong to a noun, and adverbs state nothing."""
    assert not is_stated(read_words(sentence), number_of(sentence, verb))


def test_infinitives_of_one_governor() -> None:
    """Two infinitives are alike where what they hang on corresponds."""
    words = align_words("Velm agreed to sell the port.", "The port is what Velm agreed to sell.")
    at = number_of("Velm agreed to sell the port.", "sell")
    assert have_one_governor(words, at, words.partner[at])
    words = align_words("Velm agreed to sell the port.", "Velm built ships to sell the port.")
    assert not have_one_governor(words, at, words.partner[at])


@pytest.mark.parametrize(
    ("sentence", "verb", "hedge"),
    [
        ("Two men died, officials told the Herald on Monday.", "died", "officials told the Herald on Monday"),
        (
            "Two men died, the mayor said in a statement, as rain fell.",
            "died",
            "the mayor said in a statement",
        ),
        ("Bell spoke, saying that two men died.", "died", "saying that"),
        ("The suspected thief fled.", "fled", "suspected"),
        ("Roe claims that the men died.", "died", "Roe claims that"),
        ("Two men died, and the mayor said that he was sad.", "died", None),
        ("Two men died, a loss that the mayor called hard to bear.", "died", None),
        ("New claims fell to a low.", "fell", None),
        ("Two men died, with officers in support.", "died", None),
        ("The man died, a ban he has supported for years.", "died", None),
        ("The plan died, vociferously protested as an abuse.", "died", None),
        ("Roe, the chief of staff, asked Mr. Bell to leave.", "leave", None),
        ("Girls fled for their alleged role.", "fled", None),
        ("The number of confirmed dead rose.", "rose", None),
    ],
)
def test_hedges(sentence: str, verb: str, hedge: str | None) -> None:
    """Parentheses with a verb of saying attribute; other clauses, and nouns and adjectives like such verbs, do not."""
    found = read_hedge(read_words(sentence), number_of(sentence, verb), ())
    assert text_of(sentence, found[:2] if found else None) == hedge


@pytest.mark.parametrize(
    ("sentence", "attribution"),
    [
        ("Police said that two men died on the bridge.", "Police said that"),
        ("Two men died on the bridge, police said.", "police said"),
        ("According to police, two men died on the bridge.", "According to police"),
        ("Two men died on the bridge.", None),
        ("Two men on the bridge died as Bell said that it was closed.", None),
    ],
)
def test_attributions_of_most_of_what_is_told(sentence: str, attribution: str | None) -> None:
    """An attribution counts where it is one of most of the words that are asked about."""
    among = [number_of(sentence, word) for word in ("men", "died", "bridge")]
    assert text_of(sentence, read_attribution(read_words(sentence), among, ())) == attribution


@pytest.mark.parametrize(
    ("sentence", "nothing"),
    [
        ("Two men died.", True),
        ("Two men died, police say.", False),
        ("He spoke, saying that two men died.", False),
    ],
)
def test_sentences_without_attribution(sentence: str, nothing: bool) -> None:
    """Any verb of saying, and anything quoted, may attribute."""
    assert attributes_nothing(read_words(sentence), ()) is nothing
    assert not attributes_nothing(read_words(sentence), [(0, 3)])


@pytest.mark.parametrize(
    ("sentence", "word", "is_verb", "said"),
    [
        ("Roe insisted that he had paid the fine.", "insisted", True, {"paid", "fine"}),
        ("He had paid the fine, Roe insisted.", "insisted", True, {"paid", "fine", "Roe"}),
        ("She settled the claim of harassment.", "claim", False, {"harassment", "settled"}),
        ("The site couldn’t “confirm” the two messages.", "confirm", True, {"messages", "site"}),
    ],
)
def test_verbs_of_saying_and_what_they_govern(
    sentence: str, word: str, is_verb: bool, said: set[str]
) -> None:
    """A noun is no verb of saying; at the end of its sentence a verb governs what is before it."""
    words, at = read_words(sentence), number_of(sentence, word)
    assert is_saying_verb(words, at) is is_verb
    assert {words[number].text for number in said_words(words, at)} == said
