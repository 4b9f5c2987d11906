"""The tables of a study joined with texts, names and dates, so that each row can be read alone."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crossframe.records import AUTHOR, SPEAKERS, STANCES
from crossframe.records.quantities import find_quantity
from crossframe.showing.tables.claim_selection import list_claim_states
from crossframe.showing.tables.selection import QUOTED, UNKNOWN
from crossframe.text import match_key

if TYPE_CHECKING:
    from pandas import DataFrame, Series

OVER_EVENTS = "over all events"
"""What stands for the event in a row about several."""
LABELS = tuple(sorted(STANCES, key=lambda label: label != "neutral"))
"""Of equal probabilities the first counts, as on the page."""
IN_WORDS = {
    "portrayals": dict(zip(SPEAKERS, ("the outlet's own words", "quoted words", "own and quoted words"), strict=True))
    | {"": "all words"},
    "mentions": {AUTHOR: "the author", QUOTED: "others than the author", "": "everybody"},
    "stretches": {AUTHOR: "the outlet's own voice", QUOTED: "everybody quoted", UNKNOWN: "a speaker who is not named", "": ""},
}  # fmt: skip
"""By the evidence of a quantity: what a voice is called where it is no speaker."""
ROW_OF = {
    "outlets": "an outlet",
    "articles": "an article",
    "sentences": "a sentence; 0 is the title",
    "pairs": "two sentences of different outlets, and the probability that they tell the same",
    "claims": "a sentence of a claim that two outlets or more tell",
    "differences": "what differs inside two aligned sentences: one stretch on either side, and its kind",
    "coverage": "a claim in an outlet: covered, left out, or not found",
    "actors": "an actor of an event",
    "suggested_merges": "two actors that may be one",
    "mentions": "a mention of an actor",
    "quotes": "a quoted stretch, with its speaker",
    "stance": "which side a holder takes toward an actor at one mention, as the model judges it",
    "portrayal": "how a sentence portrays an actor in one kind of words, as the model judges it",
    "frames": "a frame in an article, as the model judges it",
    "wording": "a term that an outlet uses more or less than others",
    "estimates": "a number with its interval",
}
"""By table: what one row is."""
_FIRST = (
    "what", "event_title", "published", "outlet_name", "article_title", "title", "left_outlet_name", "left_published",
    "left_sentence_text", "left_text", "right_outlet_name", "right_published", "right_sentence_text", "right_text", "reference_name", "name",
    "claim_label", "label", "state", "speaker_name", "text", "sentence_text", "mention_text", "actor_name", "other_name",
    "voice_in_words", "judged_as",
)  # fmt: skip
_IDS = (
    "event", "outlet", "article", "sentence", "start", "end", "quote", "left_outlet", "left_article", "left_sentence",
    "left_start", "left_end", "right_outlet", "right_article", "right_sentence", "right_start", "right_end", "reference", "actor", "other", "claim", "voice", "speaker",
    "copy_of", "version_of",
)  # fmt: skip


def join_tables(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> "dict[str, DataFrame]":
    """Return the tables of a study with texts, names and dates beside their ids.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of a study.
    run : mapping of str to object
        What ``run.json`` holds; titles of events are there.

    Returns
    -------
    dict of str to DataFrame
        By name, rows in the same order. Every column of the table is there as it was, with what can be read in front
        and ids at the end. What an id stands for is "" where the study does not say it; an event without a title has
        its id.
    """
    names = Names(tables, run)
    return {name: _join(name, table, names) for name, table in tables.items()}


class Names:
    """What the ids of a study stand for.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Of a study.
    run : mapping of str to object
        What ``run.json`` holds.
    """

    def __init__(self, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> None:
        self.tables = tables
        titles = run.get("event_titles")
        self._titles = titles if isinstance(titles, Mapping) else {}

    def event(self, id: str) -> str:
        """Return the title of an event, its id where it has none."""
        return str(self._titles.get(id) or id)

    def outlet(self, id: str) -> str:
        """Return the name of an outlet, its id where it has none."""
        return self._outlets.get(id) or id

    def actor(self, id: str, event: str = "") -> str:
        """Return the name of an actor in an event ("": in any), its id where it has none."""
        return self._actors_of_events.get((event, id)) or self._actors.get(id) or id

    def speaker(self, voice: str) -> str:
        """Return how a speaker is written: an actor by its name, others as the articles first write them."""
        return self._actors.get(voice) or self._speakers.get(voice) or voice

    def voice(self, voice: str, evidence: str) -> str:
        """Return a voice in words, for the evidence of a quantity."""
        words = IN_WORDS.get(evidence, {"": ""})
        return words[voice] if voice in words else self.speaker(voice)

    def published(self, article: str) -> str:
        """Return when an article was published, "" where that is not known."""
        return self._articles.get(article, ("", ""))[0]

    def title(self, article: str) -> str:
        """Return the title of an article."""
        return self._articles.get(article, ("", ""))[1]

    def sentence(self, article: str, number: Any) -> str:
        """Return the text of a sentence; "" where there is none."""
        return self._sentences.get((article, number), (0, ""))[1]

    def stretch(self, article: str, number: Any, start: int, end: int) -> str:
        """Return the characters [start, end) of an article, which lie in one sentence."""
        first, text = self._sentences.get((article, number), (0, ""))
        return text[max(start - first, 0) : max(end - first, 0)]

    def around(self, article: str, start: int, end: int) -> str:
        """Return the text of the sentences that [start, end) of an article touches."""
        starts, rows = self._by_article.get(article, ([], []))
        last = bisect_right(starts, max(start, end - 1))
        first = max(bisect_right(starts, start) - 1, 0)
        return " ".join(text for _, text in rows[first:last])

    def claim(self, event: str, claim: str) -> str:
        """Return the label of a claim: its most typical sentence."""
        return self._claims.get((event, claim), "")

    @cached_property
    def _outlets(self) -> dict[str, str]:
        return _pair(self.tables["outlets"], "outlet", "name")

    @cached_property
    def _actors(self) -> dict[str, str]:
        return _pair(self.tables["actors"], "actor", "name")

    @cached_property
    def _actors_of_events(self) -> dict[tuple[str, str], str]:
        table = self.tables["actors"]
        return dict(zip(zip(table["event"], table["actor"], strict=True), table["name"], strict=True))

    @cached_property
    def _speakers(self) -> dict[str, str]:
        texts = self.tables["quotes"]["speaker_text"][::-1]
        return {match_key(text).removeprefix("the "): text for text in texts if text}

    @cached_property
    def _articles(self) -> dict[str, tuple[str, str]]:
        table = self.tables["articles"]
        return dict(zip(table["article"], zip(table["published"], table["title"], strict=True), strict=True))

    @cached_property
    def _sentences(self) -> dict[tuple[str, int], tuple[int, str]]:
        table = self.tables["sentences"]
        keys = zip(table["article"], table["sentence"], strict=True)
        return dict(zip(keys, zip(table["start"], table["text"], strict=True), strict=True))

    @cached_property
    def _by_article(self) -> dict[str, tuple[list[int], list[tuple[int, str]]]]:
        rows: dict[str, list[tuple[int, str]]] = {}
        for (article, _), sentence in self._sentences.items():
            rows.setdefault(article, []).append(sentence)
        return {article: ([start for start, _ in sorted(own)], sorted(own)) for article, own in rows.items()}

    @cached_property
    def _claims(self) -> dict[tuple[str, str], str]:
        table = self.tables["coverage"]
        return dict(zip(zip(table["event"], table["claim"], strict=True), table["label"], strict=True))


def _pair(table: "DataFrame", key: str, value: str) -> dict[str, str]:
    return dict(zip(table[key], table[value], strict=True))


def _join(name: str, table: "DataFrame", names: Names) -> "DataFrame":
    """Return one table with what its ids stand for."""
    import pandas as pd

    added: dict[str, Any] = {}
    for column, (given, function) in _LOOKUPS.items():
        if column not in table and all(one in table for one in given) and name not in _NOT_IN.get(column, ()):
            added[column] = _look_up(table, given, function, names)
    for column, function in _OF_TABLES.get(name, {}).items():
        added[column] = function(table, names)
    whole = pd.concat([table, pd.DataFrame(added, index=table.index, dtype=object)], axis=1)
    first = [column for column in _FIRST if column in whole]
    last = [column for column in _IDS if column in whole]
    return whole[[*first, *(column for column in whole if column not in (*first, *last)), *last]]


def _look_up(
    table: "DataFrame", given: Iterable[str], function: Callable[..., str], names: Names
) -> list[str]:
    columns = (table[column] for column in given)
    return [function(names, *cells) for cells in zip(*columns, strict=True)]


_LOOKUPS: dict[str, tuple[tuple[str, ...], Callable[..., str]]] = {
    "event_title": (("event",), lambda names, event: names.event(event) if event else OVER_EVENTS),
    "reference_name": (("reference",), Names.outlet),
    "actor_name": (("actor", "event"), Names.actor),
    "claim_label": (("event", "claim"), Names.claim),
    **{
        f"{side}{column}": (tuple(f"{side}{one}" for one in given), function)
        for side in ("", "left_", "right_")
        for column, given, function in (
            ("outlet_name", ("outlet",), Names.outlet),
            ("published", ("article",), Names.published),
            ("article_title", ("article",), Names.title),
            ("sentence_text", ("article", "sentence"), Names.sentence),
        )
    },
}
"""By new column: the columns that it needs, and what makes its cells of theirs."""
_NOT_IN = {
    "outlet_name": ("outlets",),
    "article_title": ("articles",),
    "sentence_text": ("sentences", "frames"),
    "actor_name": ("actors", "suggested_merges"),
    "claim_label": ("coverage",),
}
"""By new column: the tables that say it under another name."""


def _judged_as(table: "DataFrame", names: Names) -> "Series":
    """Return the likeliest label; "" where nothing was judged."""
    columns = table[[f"p_{label}" for label in LABELS]].astype("float64")
    best = columns.fillna(-1.0).to_numpy().argmax(axis=1) if len(columns) else []
    missing = columns.isna().any(axis=1)
    return missing.map({True: "", False: None}).where(missing, [LABELS[at] for at in best])


def _voice_of_estimates(table: "DataFrame", names: Names) -> list[str]:
    pairs = zip(table["quantity"], table["voice"], strict=True)
    return [names.voice(voice, find_quantity(quantity).evidence) for quantity, voice in pairs]


def _describe_estimates(table: "DataFrame", names: Names) -> list[str]:
    """Return what each row of estimates is about, in words."""
    rows = []
    for row, voice in zip(table.to_dict("records"), _voice_of_estimates(table, names), strict=True):
        outlet = names.outlet(row["outlet"]) + (
            f" minus {names.outlet(row['reference'])}" if row["reference"] else ""
        )
        actor = names.actor(row["actor"], row["event"]) if row["actor"] else ""
        claim = names.claim(row["event"], row["claim"]) if row["claim"] else ""
        parts = (find_quantity(row["quantity"]).label, outlet, actor, voice, row["frame"], claim)
        rows.append("; ".join(part for part in parts if part))
    return rows


def _states(table: "DataFrame", names: Names) -> list[str]:
    states = list_claim_states(table, names.tables["estimates"])
    keys = zip(states["event"], states["claim"], states["outlet"], strict=True)
    of_claims = dict(zip(keys, states["state"], strict=True))
    return [of_claims[key] for key in zip(table["event"], table["claim"], table["outlet"], strict=True)]


def _speakers(table: "DataFrame", names: Names) -> list[str]:
    rows = zip(table["speaker"], table["event"], table["speaker_text"], strict=True)
    return [names.actor(id, event) if id else text for id, event, text in rows]


_OF_TABLES: dict[str, dict[str, Callable[["DataFrame", Names], Any]]] = {
    "suggested_merges": {
        "actor_name": lambda table, names: _look_up(table, ("actor",), Names.actor, names),
        "other_name": lambda table, names: _look_up(table, ("other",), Names.actor, names),
    },
    "coverage": {"state": _states},
    "quotes": {
        "speaker_name": _speakers,
        "sentence_text": lambda table, names: _look_up(
            table, ("article", "start", "end"), Names.around, names
        ),
    },
    "stance": {
        "mention_text": lambda table, names: _look_up(
            table, ("article", "sentence", "start", "end"), Names.stretch, names
        ),
        "voice_in_words": lambda table, names: [names.voice(voice, "mentions") for voice in table["voice"]],
        "judged_as": _judged_as,
    },
    "portrayal": {
        "voice_in_words": lambda table, names: [
            names.voice(voice, "portrayals") for voice in table["speaker"]
        ],
        "judged_as": _judged_as,
    },
    "estimates": {"what": _describe_estimates, "voice_in_words": _voice_of_estimates},
}
"""By table: its own new columns, and what makes them."""
