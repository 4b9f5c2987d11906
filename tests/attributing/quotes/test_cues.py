"""Cues and their subjects."""

import pytest

from crossframe.attributing.quotes.cues import find_cues, sentence_bounds
from crossframe.attributing.syntax.quotation_marks import pair_marks
from crossframe.attributing.syntax.regions import Region, split_regions


def cues_of(sentences) -> list[tuple[str, str | None]]:
    """Return words and subject of the cues in the first region."""
    article = sentences.articles[0]
    region = split_regions(article, sentences, pair_marks(article.document))[0]
    text = article.document
    return [
        (text[one.start : one.end], text[slice(*one.subject)] if one.subject else None)
        for one in find_cues(region)
    ]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Jane Doe also said that it rained.", [("said", "Jane Doe")]),
        ("On Monday, Jane Doe, the minister who fell, said it rained.", [("said", "Jane Doe")]),
        ('"It rained," said the minister of war.', [("said", "the minister of war")]),
        ('"It rained," said former Gov. Jane Doe (D-Ohio).', [("said", "former Gov. Jane Doe")]),
        ('"It rained," Doe, head of the guild, told Ohio Radio.', [("told", "Doe")]),
        ("Doe rose, looked around and said it rained.", [("said", "Doe")]),
        ("It rained, according to the ministry.", [("according to", "the ministry")]),
        ("He was told by Doe that it rained.", [("told", "Doe")]),
        ("Doe has long called for rain.", [("called for", "Doe")]),
        ("Doe and Roe believe it will rain.", [("believe", "Doe and Roe")]),
        ("Critics say it rained.", [("say", "Critics")]),
        ("Doe did not say it rained.", [("say", "Doe")]),
        ("Roe, who said it rained, left.", [("said", "who")]),
        ("Doe left on Friday, saying it rained.", [("saying", "Doe")]),
        ("Doe is hoping that it rains.", [("hoping", "Doe")]),
        ("Doe went on to say it rained.", [("went on", "Doe"), ("say", "Doe")]),
        ("Doe said his survey showed that it rained.", [("said", "Doe"), ("showed", "his survey")]),
        ("Doe’s suggestion that it rained was heard.", [("suggestion", "Doe")]),
        ("The notion that it rained was heard.", [("notion", None)]),
        ("The reports of rain came.", []),
        ("The United States rained.", []),
        ("The claims were heard.", []),
        ("The proposed rain fell.", []),
    ],
)
def test_find_cues(make_sentences, text: str, cues: list[tuple[str, str | None]]) -> None:
    """A verb is a cue when it has a subject, a noun when it is somebody's or leads a clause; passives are none."""
    assert cues_of(make_sentences(text)) == cues


def test_offsets_in_later_sentences() -> None:
    """Offsets count from the region, also in a sentence that is not its first; the sentence is kept."""
    text = "It rained. Doe said it rained."
    (cue,) = find_cues(Region(0, len(text), 0, text, ()))
    assert (text[cue.start : cue.end], text[slice(*cue.subject)]) == ("said", "Doe")
    assert (cue.floor, cue.ceiling) == (11, len(text))
    assert cue.first == 11


def test_sentence_bounds() -> None:
    """Full stops of titles and initials end no sentence."""
    text = "Sen. J. Doe left. Mr. Roe stayed."
    assert [text[start:end] for start, end in sentence_bounds(text)] == [
        "Sen. J. Doe left.",
        "Mr. Roe stayed.",
    ]


@pytest.mark.parametrize(
    ("text", "title", "speaker"),
    [
        ("Jane Doe: We will go", True, "Jane Doe"),
        ("Watch: We will go", True, None),
        ("Jane Doe: We will go.", False, None),
        ("DOE: We will go.", False, None),
    ],
)
def test_labels(text: str, title: bool, speaker: str | None) -> None:
    """A name and a colon attribute in headlines; transcripts are read by paragraphs."""
    cues = find_cues(Region(0, len(text), 0, text, (), title))
    assert [text[slice(*one.subject)] for one in cues if one.subject] == ([speaker] if speaker else [])
