"""Gold of the demos is what the majority of their readings says: the committed tables, the cards, and hard cases by hand."""

from pathlib import Path

import pytest
from compile_demo_gold import Mention, compile_gold, compile_portrayal, compile_stance

CORPORA = Path(__file__).parents[2] / "corpora"
TEXT = "Doe, whom Roe and the mayor of Velm blame, left. Doe said that he had won."
DOCUMENTS = {"a": TEXT}


def mention(
    start: int,
    *readings: str,
    actor: str = "doe",
    sentence: int = 1,
    readers: tuple[str, ...] = ("x", "y", "z"),
) -> Mention:
    """Return a mention of three characters with readings "portrayal speaker basis author [holders]"."""
    row = {
        "event": "e", "outlet": "o", "article": "a", "sentence": str(sentence), "start": str(start),
        "end": str(start + 3), "actor": actor,
    }  # fmt: skip
    fields = ("portrayal", "speaker", "basis", "author", "holders")
    cells = (
        dict.fromkeys(fields, "") | dict(zip(fields, reading.split(), strict=False)) for reading in readings
    )
    return Mention(row, dict(zip(readers, cells, strict=True)))


NEUTRAL = "neutral outlet none neutral"
BAD, GOOD = "negative outlet facts neutral", "positive outlet wording neutral"


@pytest.mark.parametrize("corpus", ["georgia-2008", "mill-street"])
def test_committed_gold_and_card(corpus: str) -> None:
    """The tables of a demo are those of its readings, and its card gives their agreement and what they leave out."""
    files, lines = compile_gold(CORPORA / corpus)
    for name, text in files.items():
        assert (CORPORA / corpus / "gold" / name).read_text(encoding="utf-8") == text, name
    card = (CORPORA / corpus / "README.md").read_text(encoding="utf-8")
    assert "\n".join(lines) in card


@pytest.mark.parametrize(
    ("mentions", "rows"),
    [
        ([mention(0, BAD, BAD, NEUTRAL)], [("outlet", "facts", -1, 0)]),
        ([mention(0, BAD, BAD, BAD)], [("outlet", "facts", -1, 1)]),
        ([mention(0, BAD, GOOD, NEUTRAL)], []),
        ([mention(0, *["mixed outlet facts neutral"] * 3)], []),
        ([mention(0, *["no-mention"] * 2, BAD)], []),
        ([mention(0, *[NEUTRAL] * 3), mention(5, BAD, BAD, BAD)], [("outlet", "facts", -1, 1)]),
        ([mention(0, *[GOOD] * 3), mention(5, *[BAD] * 3)], []),
        ([mention(0, *[GOOD] * 3), mention(5, *[BAD] * 3, sentence=2)], [("outlet", "wording", 1, 1), ("outlet", "facts", -1, 1)]),
        ([mention(0, *[NEUTRAL] * 3), mention(5, *["negative quoted facts neutral"] * 3)], [("outlet", "none", 0, 1), ("quoted", "facts", -1, 1)]),
    ],
)  # fmt: skip
def test_portrayal_of_a_sentence(mentions: list[Mention], rows: list[tuple[object, ...]]) -> None:
    """Two of three decide; of several mentions in one speaker's words the judgement stands, and opposite ones cancel."""
    found, _ = compile_portrayal(mentions)
    assert [tuple(row[name] for name in ("speaker", "basis", "score", "certain")) for row in found] == rows


ROE, MAYOR, VELM = "10-13", "22-35", "31-35"


@pytest.mark.parametrize(
    ("holders", "rows"),
    [
        (("", "", ""), []),
        ((f"{ROE}=oppose", f"{ROE}=oppose", f"{ROE}=oppose"), [("roe", -1, 1)]),
        ((f"{ROE}=oppose", f"{ROE}=oppose", ""), [("roe", -1, 0)]),
        ((f"{ROE}=oppose", "", ""), []),
        ((f"{ROE}=oppose", f"{ROE}=support", ""), []),
        ((f"{MAYOR}=support", f"{VELM}=support", f"{MAYOR}=support"), [("mayor of Velm", 1, 1)]),
        ((f"{ROE}=oppose;{MAYOR}=support", f"{ROE}=oppose;{MAYOR}=support", ""), [("mayor of Velm", 1, 0), ("roe", -1, 0)]),
    ],
)  # fmt: skip
def test_holders_most_readers_name(holders: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """The author always has a row; spans that overlap are one holder, named by its actor or by its words."""
    target = mention(0, *(f"{NEUTRAL} {cell}" for cell in holders))
    found, _ = compile_stance([target, mention(10, *[NEUTRAL] * 3, actor="roe")], DOCUMENTS)
    own = [(row["voice"], row["score"], row["certain"]) for row in found if row["actor"] == "doe"]
    assert own == [("author", 0, 1), *rows]


def test_what_most_readers_leave_open_has_no_stance() -> None:
    """No mention has no row; a mixed author has none either, and the others keep theirs."""
    mixed = mention(0, *[f"neutral outlet none mixed {ROE}=oppose"] * 3)
    found, left_out = compile_stance([mixed, mention(10, *["no-mention"] * 3, actor="roe")], DOCUMENTS)
    assert [(row["actor"], row["voice"]) for row in found] == [("doe", "roe")]
    assert left_out == {"author: mixed": 1, "no-mention": 1}


@pytest.mark.parametrize(
    ("holders", "reason"),
    [
        (f"{ROE}=oppose", "holder: named by one reader, so most say no side"),
        (f"{ROE}=oppose {ROE}=support", "holder: two sides"),
    ],
)
def test_why_a_holder_is_left_out(holders: str, reason: str) -> None:
    """A holder whom one reader names has no side for most; one to whom two give opposite sides has two."""
    named = holders.split()
    target = mention(0, *(f"{NEUTRAL} {cell}" for cell in [*named, *[""] * (3 - len(named))]))
    _, left_out = compile_stance([target, mention(10, *[NEUTRAL] * 3, actor="roe")], DOCUMENTS)
    assert left_out == {reason: 1}
