"""Sentences: golden cases of news prose, and the promise that no character is lost or invented."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossframe.reading.text.split import MAX_CHARACTERS, split_sentences, split_text
from crossframe.records import Article

GOLDEN = [
    ["U.S. Secretary of State Anna Reed flew to Geneva.", "She said little."],
    ["MOSCOW, August 29 (RIA Novosti) - The ministry answered.", "It did so late."],
    ["The summit in St. Petersburg ended early.", "Mr. Trump's aides left."],
    ['"We regret such plans."', "He then left the room."],
    ['"We regret such plans," he said.', '"They are final."'],
    ["“There were no such plans.”", "The minister left."],
    ["He met Sen. Chuck Grassley, R-Iowa, on Monday.", "They spoke for an hour."],
    ["No. 10 declined to comment.", "The cost was 3.5 percent of output."],
    ["J. R. Doe of Ft. Worth paid $4.2 bn. in cash.", "The rest came later."],
    ["The vote began at 5 p.m. Friday in the U.S. Senate.", "It failed."],
    ["They arrived in the U.S. in May.", "They stayed."],
    ["Is it over?", "Nobody knows!", "Perhaps..."],
    ["Gen. Lee and Lt. Col. Ray signed.", "Mrs. Ray watched."],
]


@pytest.mark.parametrize("sentences", GOLDEN, ids=lambda s: s[0][:20])
def test_golden_paragraphs(sentences: list[str]) -> None:
    """Hard cases of news prose are split as a reader would."""
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_text(text)] == sentences


def test_line_break_is_a_boundary() -> None:
    """A heading without a full stop does not run into the next paragraph."""
    text = "A heading\n\nThe text"
    assert split_text(text) == [(0, 9), (11, 19)]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB .?!\"“”'()\n\r\t…,-1\u00a0\u2028é😀\u0301中。"), max_size=200))
def test_no_character_lost_or_invented(text: str) -> None:
    """Every visible character lies in exactly one sentence, in order, and no sentence is blank."""
    spans = split_text(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u3000", "\x85", "\x1c"])
def test_blanks_of_other_kinds(blank: str) -> None:
    """Blanks of other kinds, which scraped pages are full of, are blanks."""
    text = f"Plan{blank}A{blank}. It{blank}failed."
    assert [text[start:end] for start, end in split_text(text)] == [
        f"Plan{blank}A{blank}.",
        f"It{blank}failed.",
    ]


def test_endless_sentence_is_capped() -> None:
    """A page without any boundary does not become one endless sentence."""
    spans = split_text("word " * 5000)
    assert max(end - start for start, end in spans) <= MAX_CHARACTERS
    assert sum(end - start for start, end in spans) > 24000 - len(spans)


def test_numbers_and_offsets() -> None:
    """The title is sentence 0, the body counts from 1 with or without a title, offsets count the document."""
    with_title = Article("a", "e", "o", "Head", "One. Two.")
    without = Article("b", "e", "o", "", "Three. Four.")
    sentences = split_sentences([with_title, without])
    assert sentences.index.tolist() == [0, 1, 2, 1, 2]
    assert sentences.text == ("Head", "One.", "Two.", "Three.", "Four.")
    for row in range(len(sentences)):
        document = sentences.article_of(row).document
        assert document[sentences.start[row] : sentences.end[row]] == sentences.text[row]


def test_given_offsets_override_the_splitter() -> None:
    """Offsets that come with an article win, empty sentences included."""
    article = Article("a", "e", "o", "T", "One. Two.", sentences=((0, 9), (9, 9)))
    sentences = split_sentences([article])
    assert sentences.text == ("T", "One. Two.", "")


def test_no_articles() -> None:
    """No articles make no sentences."""
    assert len(split_sentences([])) == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It opens Mon. and Tues. from 9. He left.", ["It opens Mon. and Tues. from 9.", "He left."]),
        ("He came on Fri. 5 May. She left.", ["He came on Fri. 5 May.", "She left."]),
        ("Sgts. and Lts. marched. They left.", ["Sgts. and Lts. marched.", "They left."]),
        ("It rained. Col. Sgts. and Capts. marched on Wed. and Fri. at noon.", ["It rained.", "Col. Sgts. and Capts. marched on Wed. and Fri. at noon."]),
        ("All Gens. met. No Cols. were there. He left.", ["All Gens. met.", "No Cols. were there.", "He left."]),
        ("The Revs. of Lund agreed. So did Drs. from Oslo.", ["The Revs. of Lund agreed.", "So did Drs. from Oslo."]),
        ("See vols. 2 and 3. Then figs. 4 and 5. He left.", ["See vols. 2 and 3.", "Then figs. 4 and 5.", "He left."]),
        ("Under arts. 12 and 13, and paras. 2 to 4, it is banned. He left.", ["Under arts. 12 and 13, and paras. 2 to 4, it is banned.", "He left."]),
        ("He came on Wed. She left.", ["He came on Wed.", "She left."]),
        ("Profs. Moe and Loe spoke to Cpl. Poe.", ["Profs. Moe and Loe spoke to Cpl. Poe."]),
        ("Roe et al. [2004] studied the tides.", ["Roe et al. [2004] studied the tides."]),
        ("See pp. 5 and 6. It rained.", ["See pp. 5 and 6.", "It rained."]),
        (
            "It cost approx. 5 million. iPhone sales fell.",
            ["It cost approx. 5 million.", "iPhone sales fell."],
        ),
        ("he left. she stayed.", ["he left.", "she stayed."]),
        ("(He was wrong.) She was right.", ["(He was wrong.)", "She was right."]),
        ("It rained. (It always does.) They ran.", ["It rained.", "(It always does.)", "They ran."]),
        ("The club (founded in 1899 a.d.) Rovers won.", ["The club (founded in 1899 a.d.) Rovers won."]),
        ("It fell to -4.5 C. Roads froze.", ["It fell to -4.5 C.", "Roads froze."]),
        ("George W. Bush met J. Will Smith.", ["George W. Bush met J. Will Smith."]),
        ("Her name is Dana L. She sings.", ["Her name is Dana L.", "She sings."]),
        ("He moved to Elm St. The house burned.", ["He moved to Elm St.", "The house burned."]),
        ("Was it safe? No. The owner knew.", ["Was it safe?", "No.", "The owner knew."]),
        ("Dr. Who? No, Dr. Roe.", ["Dr. Who?", "No, Dr. Roe."]),
        ("Sen. Ann Poe voted no. Sen. Bo Loe voted yes.", ["Sen. Ann Poe voted no.", "Sen. Bo Loe voted yes."]),
        ("No. 10 denied it. No. 11 did not.", ["No. 10 denied it.", "No. 11 did not."]),
        ("Fish, meat, etc. Nobody buys it.", ["Fish, meat, etc.", "Nobody buys it."]),
        ("Apples, pears, etc. are cheap.", ["Apples, pears, etc. are cheap."]),
        ("1. The bank lied. 2. The state paid.", ["1. The bank lied.", "2. The state paid."]),
        ("He paid Sh. 20. See Ch. 4 and Vol. 3.", ["He paid Sh. 20.", "See Ch. 4 and Vol. 3."]),
        ("Messrs. Doe and Roe met Mmes. Poe and Loe.", ["Messrs. Doe and Roe met Mmes. Poe and Loe."]),
    ],
)  # fmt: skip
def test_abbreviations_and_small_letters(text: str, sentences: list[str]) -> None:
    """Abbreviations of days and ranks end no sentence before a number, a name or a small letter; in text without capitals a stop does."""
    assert [text[start:end] for start, end in split_text(text)] == sentences


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("She works for the U.N.", "Mr. Diaz does not."),
        ("He fled the U.S.", "Mrs. Okafor stayed."),
        ("They sued Quay Ltd.", "Ms. Roe lost."),
        ("He runs Loe Bros.", "Messrs. Hall and Bly own it."),
        ("She flew to Washington, D.C.", "Dr. Amadi did not."),
        ("He left the U.K.", "Sir Keir Poe stayed."),
        ("The post went to Ali Roe Jr.", "Prof. Sow was surprised."),
        ("“We left the U.A.E.”", "Mr. Haddad agreed."),
        ("The U.S. Sen. Ann Poe left.", ""),
        ("U.S. Rep. Bo Li met U.K. Gen. Roe.", ""),
        ("Rev. Dr. Martin Poe met the Rt. Hon. Mrs. Justice Loe.", ""),
        ("He met J. R. Poe and Lt. Col. Amadi.", ""),
    ],
)
def test_forms_of_address_open_sentences(left: str, right: str) -> None:
    """A form of address behind an acronym or a firm begins a sentence, an office is the country's."""
    text = f"{left} {right}".strip()
    assert [text[start:end] for start, end in split_text(text)] == [one for one in (left, right) if one]
