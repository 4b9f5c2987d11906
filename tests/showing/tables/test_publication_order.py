"""Who told a claim first, which side of a difference is later, and what comes from an update."""

import pandas as pd
import pytest

from crossframe.showing.tables.publication_order import add_changes, list_first


def make_tables(*articles: tuple[str, str, str, str, str]) -> dict[str, pd.DataFrame]:
    """Return tables of an event with one sentence an article: its id, outlet, time, what it is a version of, the sentence."""
    rows = [
        {"event": "e", "outlet": outlet, "article": id, "published": time, "version_of": version, "sentence": 1, "text": text}
        for id, outlet, time, version, text in articles
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    latest = table[~table["article"].isin(table["version_of"])]
    return {"articles": table, "sentences": table, "claims": latest.drop(columns="text").assign(claim="c01")}


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
    [("The mill burned.", "a"), ("The mill, burned!", "a"), ("Smoke was seen.", "b"), ("The mill burned down.", "b")],
)  # fmt: skip
def test_an_earlier_version_tells_it_where_it_has_the_sentence(draft: str, first: str) -> None:
    """An update counts from when the claim was in the article."""
    tables = make_tables(
        ("a1", "a", "2026-05-05T08:00:00", "", draft),
        ("a2", "a", "2026-05-05T12:00:00", "a1", "The mill burned."),
        ("b1", "b", "2026-05-05T10:00:00", "", "A mill has burned."),
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
