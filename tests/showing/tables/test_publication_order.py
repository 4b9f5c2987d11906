"""Who told a claim first, which side of a difference is later, and what comes from an update."""

import pandas as pd
import pytest

from crossframe.showing.tables.publication_order import add_changes, list_first


def make_tables(*articles: tuple[str, str, str, str, str], clause: str = "") -> dict[str, pd.DataFrame]:
    """Return tables of an event with one sentence an article: its id, outlet, time, what it is a version of, the sentence.

    The latest version of every article tells a claim: with `clause` where its sentence has that, else with the sentence.
    """
    rows = [
        {"event": "e", "outlet": outlet, "article": id, "published": time, "version_of": version, "sentence": 1, "start": 9, "text": text}
        for id, outlet, time, version, text in articles
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    latest = table[~table["article"].isin(table["version_of"])]
    parts = [clause if clause and clause in text else text for text in latest["text"]]
    start = [9 + text.index(part) for text, part in zip(latest["text"], parts, strict=True)]
    end = [at + len(part) for at, part in zip(start, parts, strict=True)]
    claims = latest.drop(columns="text").assign(claim="c01", start=start, end=end)
    return {"articles": table, "sentences": table, "claims": claims}


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (("2026-05-05", "2026-05-06"), "a"),
        (("2026-05-06", "2026-05-05"), "b"),
        (("2026-05-05", "2026-05-05"), ""),
        (("2026-05-05", ""), ""),
        (("2026-05-05", "2026-05-05T10:00:00"), ""),
        (("2026-05-05T09:59:00", "2026-05-05T10:00:00"), "a"),
        (("2026-05-05T11:00:00+02:00", "2026-05-05T09:30:00Z"), "a"),
        (("2026-05-05T09:00:00", "2026-05-05T10:00:00Z"), ""),
        (("2026-05-07", "2026-05-06", "2026-05-05"), "c"),
        (("2026-05-05", "2026-05-05", "2026-05-06"), ""),
        (("2026-05-05", "2026-05-06", "2026-05-06"), "a"),
    ],
)
def test_who_told_a_claim_first(times: tuple[str, ...], first: str) -> None:
    """The outlet that is known to be before all others, by days or by times that can be compared; otherwise nobody."""
    tables = make_tables(
        *((f"{outlet}1", outlet, time, "", "It burned.") for outlet, time in zip("abc", times, strict=False))
    )
    listed = list_first(tables)
    assert "".join(listed["outlet"][listed["first"] == 1]) == first
    assert tuple(listed["reported"]) == times


@pytest.mark.parametrize(
    ("draft", "first"),
    [("The mill burned.", "a"), ("The mill, burned!", "a"), ("Smoke was seen.", "b"), ("The mill burned down.", "")],
)  # fmt: skip
def test_an_earlier_version_tells_it_where_it_has_the_sentence(draft: str, first: str) -> None:
    """An update counts from when the claim was in the article; where it may have been there in other words, nobody is first."""
    tables = make_tables(
        ("a1", "a", "2026-05-05T08:00:00", "", draft),
        ("a2", "a", "2026-05-05T12:00:00", "a1", "The mill burned."),
        ("b1", "b", "2026-05-05T10:00:00", "", "A mill has burned."),
    )
    listed = list_first(tables)
    assert "".join(listed["outlet"][listed["first"] == 1]) == first
    assert dict(zip(listed["outlet"], listed["update"], strict=True)) == {"a": int(first == "b"), "b": 0}


@pytest.mark.parametrize(
    ("draft", "first", "update"),
    [
        ("Police raided the office and found a list of donors.", "a", 0),
        ("Police searched two flats and found a list of donors, Roe said.", "a", 0),
        ("Police raided the office.", "b", 1),
        ("Police raided the office and found a list with donors on it.", "", 0),
    ],
)
def test_a_clause_counts_from_when_it_was_told(draft: str, first: str, update: int) -> None:
    """Of a claim that a clause tells, the rest of the sentence may have changed; an update may have added the clause alone."""
    tables = make_tables(
        ("a1", "a", "2026-05-05T08:00:00Z", "", draft),
        ("a2", "a", "2026-05-05T12:00:00Z", "a1", "Police raided the office and found a list of donors."),
        ("b1", "b", "2026-05-05T12:00:00+02:00", "", "A list of donors was found."),
        clause="found a list of donors",
    )
    listed = list_first(tables)
    assert "".join(listed["outlet"][listed["first"] == 1]) == first
    assert dict(zip(listed["outlet"], listed["update"], strict=True)) == {"a": update, "b": 0}


@pytest.mark.parametrize(
    ("versions", "update"),
    [
        (("Smoke was seen.", "The mill burned."), 1),
        (("The mill burned.", "The mill burned."), 0),
        (("Smoke was seen.", "The mill burned.", "The mill burned."), 1),
        (("The mill burned.", "Smoke was seen.", "The mill burned."), 0),
        (("The mill burned.",), 0),
    ],
)
def test_a_claim_that_an_update_alone_tells(versions: tuple[str, ...], update: int) -> None:
    """It is told since then, and not since the first version; of one that no other outlet tells nobody is the first."""
    articles = [
        (f"a{n}", "a", f"2026-05-0{n}", f"a{n - 1}" if n > 1 else "", text)
        for n, text in enumerate(versions, start=1)
    ]
    [row] = list_first(make_tables(*articles)).to_dict("records")
    since = versions.index("The mill burned.") + 1
    assert (row["reported"], row["first"], row["update"]) == (f"2026-05-0{since}", 0, update)


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (("2026-05-05T09:00:00", "2026-05-05T10:00:00", "2026-05-06"), "a"),
        (("2026-05-05T09:00:00", "2026-05-05T08:00:00", "2026-05-06"), "b"),
        (("2026-05-05T09:00:00", "2026-05-06", "2026-05-05T08:00:00"), "b"),
        (("2026-05-05T09:00:00", "2026-05-06", "2026-05-05T08:00:00Z"), ""),
        (("2026-05-05T09:00:00", "2026-05-06", "2026-05-05"), ""),
        (("2026-05-05", "2026-05-06", ""), ""),
        (("2026-05-05", "2026-05-06", "2026-05-06"), "a"),
    ],
)
def test_an_outlet_of_several_articles(times: tuple[str, str, str], first: str) -> None:
    """Of the two articles of the second outlet either may be the earlier; where one cannot be compared, nobody is the first."""
    own, *others = times
    tables = make_tables(
        ("a1", "a", own, "", "It burned."),
        *((f"b{n}", "b", time, "", "It burned.") for n, time in enumerate(others)),
    )
    listed = list_first(tables)
    assert "".join(listed["outlet"][listed["first"] == 1]) == first


@pytest.mark.parametrize(
    ("draft", "now", "left", "right", "update"),
    [
        ("The quake killed 12 people.", "The quake killed 14 people.", "14", "12", "a"),
        ("The quake killed 12 people.", "The quake killed at least 14 people.", "at least 14", "about 12", "a"),
        ("The quake killed 14 people.", "The quake has killed 14 people.", "14", "12", ""),
        ("The quake killed 11 people.", "The quake killed 14 people.", "14", "12", ""),
        ("The bus carried 12 tourists home.", "The quake killed 14 people.", "14", "12", ""),
        ("Roe will run for mayor.", "Roe will not run for mayor.", "will not run", "will run", "a"),
        ("Roe will not run for mayor.", "Roe will not stand for mayor.", "will not", "will run", ""),
        ("The mill burned on Monday.", "The mill burned on Monday after a blast.", "after a blast", "", "a"),
        ("The mill burned after a blast.", "The old mill burned after a blast.", "after a blast", "", ""),
        ("The mill burned after a blast.", "The mill burned.", "", "after a blast", "a"),
    ],
)  # fmt: skip
def test_what_comes_from_an_update(draft: str, now: str, left: str, right: str, update: str) -> None:
    """An earlier version that told it as the other side does, in what is else the same sentence, and no other."""
    tables = make_tables(
        ("a1", "a", "2026-05-05T08:00:00", "", draft),
        ("a2", "a", "2026-05-05T12:00:00", "a1", now),
        ("b1", "b", "2026-05-05T10:00:00", "", f"Another told it: {right}."),
    )
    for mine, other in (("left", "right"), ("right", "left")):
        row = {f"{mine}_outlet": "a", f"{mine}_article": "a2", f"{mine}_sentence": 1, f"{mine}_text": left}
        row |= {
            f"{other}_outlet": "b",
            f"{other}_article": "b1",
            f"{other}_sentence": 1,
            f"{other}_text": right,
        }
        [found] = add_changes(tables, pd.DataFrame([row])).to_dict("records")
        assert (found["later"], found["update"]) == ("a", update)
