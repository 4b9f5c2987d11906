"""Mentions with what was judged of them: by whose words they stand in, and none where the actor is not scored."""

import pandas as pd

from crossframe.showing.tables.portrayals import list_evidence_of_portrayals, list_portrayed_mentions
from crossframe.studies.compare.comparison import Comparison

PLACE = {"event": "e", "outlet": "post", "article": "a", "sentence": 1}
SCORES = {"basis": "", "p_negative": 0.0, "p_neutral": 1.0, "p_positive": 0.0, "certain": 1}


def make_tables() -> dict[str, pd.DataFrame]:
    """Return a sentence with three mentions of Bell, the second quoted, and one of Roe, who is not scored."""
    mentions = [PLACE | {"start": n, "end": n + 4, "actor": "bell"} for n in (0, 20, 40)]
    mentions.append(PLACE | {"start": 60, "end": 63, "actor": "roe"})
    portrayal = [
        PLACE | SCORES | {"actor": "bell", "speaker": speaker, "score": score}
        for speaker, score in (("outlet", 0.5), ("quoted", -0.5))
    ]
    return {
        "mentions": pd.DataFrame(mentions),
        "quotes": pd.DataFrame([{"article": "a", "start": 18, "end": 30}]),
        "portrayal": pd.DataFrame(portrayal),
    }


def test_a_mention_has_the_portrayal_of_its_words() -> None:
    """Own words, quoted words, own words again; nothing for an actor that is not scored."""
    found = list_portrayed_mentions(make_tables())
    assert found["speaker"].tolist() == ["outlet", "quoted", "outlet", ""]
    assert found["score"].tolist()[:3] == [0.5, -0.5, 0.5]
    assert found["score"].isna().tolist() == [False, False, False, True]
    assert found["start"].tolist() == [0, 20, 40, 60]


def test_other_words_than_the_mention_stands_in() -> None:
    """Where a model says whose words carry it, the sentence's own portrayal is shown at every mention."""
    tables = make_tables()
    tables["portrayal"] = tables["portrayal"].head(1).assign(speaker="mixed")
    found = list_portrayed_mentions(tables).head(3)
    assert found["speaker"].tolist() == ["mixed"] * 3


def test_nobody_is_mentioned() -> None:
    """Articles that name no actor have no mentions, and nothing to show of them."""
    empty = {name: table.iloc[:0] for name, table in make_tables().items()}
    assert len(list_portrayed_mentions(empty)) == len(list_evidence_of_portrayals(empty)) == 0


def test_every_portrayal_once(demo: Comparison) -> None:
    """The place of its first mention in these words, for every row of the table."""
    found = list_evidence_of_portrayals(make_tables())
    assert found[["speaker", "start"]].to_numpy().tolist() == [["outlet", 0], ["quoted", 20]]
    key = ["article", "sentence", "actor", "speaker", "score"]
    every, table = list_evidence_of_portrayals(demo.tables), demo.tables["portrayal"]
    assert sorted(every[key].itertuples(False, None)) == sorted(table[key].itertuples(False, None))
