"""Words with their base forms, and which correspond."""

import pytest

from crossframe.matching.differences.word_alignment import align_words, base_form, may_be_verb, read_words


def test_words_tile_the_sentence() -> None:
    """Every letter and digit of a sentence lies in one word, and every word stands where its offsets say."""
    text = "The U.S. won’t send 34-year-old “jets”, he said at 9:30 a.m. ($1.5m)."
    words = read_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    covered = {at for word in words for at in range(word.start, word.end)}
    assert all(at in covered for at, sign in enumerate(text) if sign.isalnum())


@pytest.mark.parametrize(
    ("word", "expected"),
    [("rose", "rise"), ("fell", "fall"), ("shot", "shoot"), ("left", "leave"), ("families", "family"), ("voted", "vote"), ("bank", "bank"),
     ("cancelled", "cancel"), ("labelled", "label"), ("modelling", "model"), ("travelling", "travel"), ("shelled", "shell"),
     ("rebelled", "rebel"), ("misspelled", "misspell"), ("yelling", "yell")],
)  # fmt: skip
def test_base_forms(word: str, expected: str) -> None:
    """Irregular forms come from the list, the others from the lemmatiser; British doubled letters are single."""
    assert base_form(word) == expected


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ("The court jailed Roe.", "Roe was jailed by the court.", {("court", "court"), ("jailed", "jailed"), ("Roe", "Roe")}),
        ("Police shot a protester.", "A protester shot a policeman.", {("Police", "policeman"), ("shot", "shot"), ("protester", "protester")}),
        ("Russia shelled the port.", "Russian forces shelled it.", {("Russia", "Russian"), ("shelled", "shelled")}),
        ("Shares climbed.", "Shares rose.", {("Shares", "Shares"), ("climbed", "rose")}),
        ("It rained.", "Nobody came.", set()),
    ],
)  # fmt: skip
def test_words_correspond(left: str, right: str, pairs: set[tuple[str, str]]) -> None:
    """Words of one base form, of one stem, of one country, and near-synonyms correspond wherever they stand."""
    words = align_words(left, right)
    assert {(words.left[a].text, words.right[b].text) for a, b in words.partner.items()} == pairs
    turned = align_words(right, left)
    assert {(words.left[a].text, words.right[b].text) for b, a in turned.partner.items()} == pairs


def test_of_two_same_words_the_one_in_like_company_corresponds() -> None:
    """Where a word stands twice, its neighbours decide."""
    words = align_words("The fire killed two men.", "The flood killed a dog, the fire killed two men.")
    [partner] = [words.right[b].start for a, b in words.partner.items() if words.left[a].text == "killed"]
    assert partner == "The flood killed a dog, the fire killed".index("killed", 12)


def test_words_left_over_in_the_same_place_are_paired_by_it() -> None:
    """A word without a partner is paired with the one that stands in its place."""
    words = align_words("The regime jailed Roe.", "The government jailed Roe.")
    assert [(words.left[a].text, words.right[b].text) for a, b in words.in_place.items()] == [
        ("regime", "government")
    ]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [("They will march.", "march", True), ("The march ended.", "march", False), ("Roe won.", "won", True), ("The bill passed.", "bill", False)],
)  # fmt: skip
def test_verbs_are_told_by_form_and_company(text: str, word: str, *, expected: bool) -> None:
    """A past form, or an auxiliary before it, shows a verb."""
    words = read_words(text)
    assert may_be_verb(words, [one.key for one in words].index(word)) is expected
