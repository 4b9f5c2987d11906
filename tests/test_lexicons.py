"""Word lists: source on top, cells in place, forms and look-ups right."""

from pathlib import Path

import pytest

from crossframe import lexicons
from crossframe.errors import UnknownNameError

FILES = sorted((Path(lexicons.__file__).parent / "wordlists").glob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_list_states_source_and_licence(path: Path) -> None:
    """Every list says where it comes from and under which licence, and every row has its cells."""
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert "licence" in " ".join(head).casefold()
    assert len(lexicons.read_wordlist(path.stem)) > 0


def test_unknown_list() -> None:
    """A list that does not exist is named."""
    with pytest.raises(UnknownNameError, match="Unknown word list 'nothing'"):
        lexicons.read_wordlist("nothing")


@pytest.mark.parametrize(
    ("form", "tense"),
    [
        ("said", "finite"),
        ("replies", "finite"),
        ("replied", "finite"),
        ("telling", "ing"),
        ("write", "base"),
        ("written", "part"),
        ("stresses", "finite"),
        ("pointed out", "finite"),
        ("dubbed", "finite"),
        ("wanted", "finite"),
        ("calling for", "ing"),
        ("rails against", "finite"),
    ],
)
def test_saying_verbs(form: str, tense: str) -> None:
    """Regular forms are made, irregular ones listed."""
    assert lexicons.saying_verbs()[form][0] == tense


def test_what_verbs_take() -> None:
    """What may follow a verb or a noun is one or several of a closed list."""
    frames = {"quote", "bare", "that", "wh", "to", "ing", "object", "predicate", "whom", "hearer"}
    assert all(set(takes.split()) <= frames for _, takes in lexicons.saying_verbs().values())
    assert lexicons.saying_verbs()["refused"] == ("finite", "")
    assert lexicons.saying_verbs()["said"] == ("finite", "quote bare that wh")
    words = {"that", "to", "of", "for", "on", "against", "about"}
    assert all(set(takes.split()) <= words for takes in lexicons.saying_nouns().values())


def test_lookups() -> None:
    """Titles, heads, names, countries and calendar words are found case-folded."""
    assert lexicons.name_titles()["ms"] == "f"
    assert lexicons.organisation_heads()["ministry"] == "organisation"
    assert lexicons.nicknames()["bill"] == {"william"}
    assert lexicons.first_names()["mary"] == "f"
    assert lexicons.territories()["ukraine"] == "UA"
    assert "wednesday" in lexicons.calendar_words()
    assert "the" in lexicons.function_words()
    assert "spokeswoman" in lexicons.role_nouns()


def test_demonyms_lead_to_countries() -> None:
    """Every demonym's code is a country of CLDR, or the European Union's."""
    assert set(lexicons.demonyms().values()) <= set(lexicons.territories().values()) | {"EU"}
