"""Joined tables: each row can be read alone, and nothing of the tables is lost."""

import pandas as pd
import pytest

from crossframe.showing.tables.schema import TABLES
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.exports.joined import ROW_OF, join_tables


@pytest.fixture(scope="module")
def joined(study: Comparison) -> dict[str, pd.DataFrame]:
    """Return the joined tables of a part of the demo."""
    return join_tables(study.tables, study.run)


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_lost(study: Comparison, joined: dict[str, pd.DataFrame], name: str) -> None:
    """Every column of the table is there once, with its values, rows in their order; and what a row is, is said."""
    assert joined[name].columns.is_unique
    pd.testing.assert_frame_equal(joined[name][list(TABLES[name])], study.tables[name])
    assert name in ROW_OF


def test_portrayals_can_be_read_alone(study: Comparison, joined: dict[str, pd.DataFrame]) -> None:
    """A portrayal has event, outlet, date, title, sentence, actor, whose words and label in words; the label is the likeliest."""
    texts = {(row.article, row.sentence): row.text for row in study.tables["sentences"].itertuples()}
    rows = joined["portrayal"]
    assert len(rows) > 20
    for row in rows.itertuples():
        assert row.event_title == "Georgia's parliament calls for an end to diplomatic ties with Russia"
        assert row.outlet_name == {"harbour-echo": "Harbour Echo", "volga-wire": "Volga Wire"}[row.outlet]
        assert row.published == "2008-08-29"
        assert row.article_title
        assert row.sentence_text == texts[row.article, row.sentence]
        assert (
            row.voice_in_words == {"outlet": "the outlet's own words", "quoted": "quoted words"}[row.speaker]
        )
        chances = {"negative": row.p_negative, "neutral": row.p_neutral, "positive": row.p_positive}
        assert chances[row.judged_as] == max(chances.values())
    assert set(rows[rows["actor"] == "russia"]["actor_name"]) == {"Russia"}


def test_other_rows_can_be_read_alone(joined: dict[str, pd.DataFrame]) -> None:
    """Pairs and claims have their sentences, quotes their speakers and words, mentions and stances the words that are meant."""
    for side in ("left", "right"):
        assert (
            joined["pairs"][[f"{side}_sentence_text", f"{side}_outlet_name", f"{side}_published"]] != ""
        ).all(axis=None)
    assert (joined["claims"][["sentence_text", "claim_label", "outlet_name"]] != "").all(axis=None)
    quotes = joined["quotes"]
    assert all(text in around for text, around in zip(quotes["text"], quotes["sentence_text"], strict=True))
    assert "Russian Foreign Ministry" not in set(
        quotes["speaker_name"]
    )  # the actor is not among those kept: its id stands
    assert {"Russia"} <= set(quotes["speaker_name"])
    for name, column in (("mentions", "text"), ("stance", "mention_text")):
        rows = joined[name]
        assert all(
            said and said in text for said, text in zip(rows[column], rows["sentence_text"], strict=True)
        )
    assert set(joined["coverage"]["state"]) <= {"covered", "left out", "not found"}
    assert {"the author"} <= set(joined["stance"]["voice_in_words"])


def test_estimates_are_named_in_words(of_events: Comparison) -> None:
    """An estimate says what it is about; one over events has no event's title."""
    rows = join_tables(of_events.tables, of_events.run)["estimates"]
    over = rows[rows["event"] == ""]
    assert len(over) > 2
    assert set(over["event_title"]) == {"over all events"}
    difference = over[over["quantity"] == "portrayal_difference"].iloc[0]
    assert difference["what"] == (
        f"difference in portrayal; Harbour Echo minus Volga Wire; {difference['actor_name']}; the outlet's own words"
    )
    stance = rows[(rows["quantity"] == "stance") & (rows["voice"] == "quoted")].iloc[0]
    assert stance["voice_in_words"] == "others than the author"
    share = rows[(rows["quantity"] == "share_of_voice") & (rows["voice"] == "russia")].iloc[0]
    assert share["voice_in_words"] == "Russia"


def test_what_is_not_known_is_empty(study: Comparison) -> None:
    """Without titles of events there are ids; a sentence, an outlet or an actor that is nowhere is an id or empty, no error."""
    tables = {
        name: table.head(0) if name in ("sentences", "outlets", "actors") else table
        for name, table in study.tables.items()
    }
    joined = join_tables(tables, {})
    rows = joined["portrayal"]
    assert set(rows["event_title"]) == {"diplomatic-ties"}
    assert set(rows["sentence_text"]) == {""}
    assert set(rows["outlet_name"]) == {"harbour-echo", "volga-wire"}
    assert "russia" in set(rows["actor_name"])


def test_tables_may_be_empty(study: Comparison) -> None:
    """A study without judgements, quotes or claims is joined, too."""
    empty = {
        name: table if name in ("articles", "outlets", "sentences") else table.head(0)
        for name, table in study.tables.items()
    }
    assert all(len(table) == len(empty[name]) for name, table in join_tables(empty, study.run).items())
