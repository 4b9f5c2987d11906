"""The order of publication: which outlet reported a claim first, which side of a difference is later, and what an update changed."""

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from crossframe.lexicons import function_words
from crossframe.records.articles import is_later
from crossframe.showing.tables.selection import PLACE
from crossframe.text import words

if TYPE_CHECKING:
    from pandas import DataFrame

MIN_AKIN = 0.5
"""Share of a sentence's other words that one of an earlier version has, from which the two are taken for one sentence."""


def list_first(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return when each outlet first told each claim that it covers, by the times of publication that articles state.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.

    Returns
    -------
    DataFrame
        Columns event, claim, outlet; ``reported``: day or time of its earliest article that tells the claim, "" where one
        states none (an earlier version counts where it has the sentence, or the clause, word for word); ``first``: 1 for the
        outlet of which it is known that it was before all others that cover the claim; ``update``: 1 for an outlet that tells
        the claim since an update alone: no first version of its articles has anything like it.
    """
    import pandas as pd

    history = _History(tables)
    whole = tables["sentences"][[*PLACE, "start", "text"]].rename(columns={"start": "begin"})
    by_claim: dict[tuple[str, str], dict[str, list[_Report]]] = {}
    for row in tables["claims"].merge(whole, on=PLACE).itertuples():
        part = row.text[row.start - row.begin : row.end - row.begin]
        report = history.find_report(row.article, part, is_clause=part != row.text)
        by_claim.setdefault((row.event, row.claim), {}).setdefault(row.outlet, []).append(report)
    listed = []
    for (event, claim), by_outlet in by_claim.items():
        for outlet, own in by_outlet.items():
            others = [one.possible for other, of in by_outlet.items() if other != outlet for one in of]
            first = bool(others) and any(
                all(is_later(_read(time), _read(one.published)) for time in others) for one in own
            )
            reported = _earliest([one.published for one in own])
            update = all(one.is_update for one in own)
            listed.append((event, claim, outlet, reported, int(first), int(update)))
    return pd.DataFrame(listed, columns=["event", "claim", "outlet", "reported", "first", "update"])


class _Report(NamedTuple):
    """Since when an article tells a claim: surely, by the words of a version; possibly, by similar ones; and whether by an update."""

    published: str
    possible: str
    is_update: bool


def add_changes(tables: "Mapping[str, DataFrame]", differences: "DataFrame") -> "DataFrame":
    """Return rows of the table ``differences`` with what is known of their order in time.

    Returns
    -------
    DataFrame
        With two columns more. ``later``: the outlet whose article was published later, "" where that is not known.
        ``update``: the outlet of which an earlier version of the article has the words of the other side in what is else the
        same sentence, so that the difference comes from its update; "" where there is none.
    """
    history = _History(tables)
    rows = differences.to_dict("records")
    return differences.assign(
        later=[history.later_side(row) for row in rows], update=[history.updated_side(row) for row in rows]
    )


class _History:
    """The articles of a study with their times, their sentences and their earlier versions."""

    def __init__(self, tables: "Mapping[str, DataFrame]") -> None:
        articles, sentences = tables["articles"], tables["sentences"]
        self._published: dict[str, str] = dict(zip(articles["article"], articles["published"], strict=True))
        self._version_of: dict[str, str] = dict(zip(articles["article"], articles["version_of"], strict=True))
        self._texts: dict[str, dict[int, str]] = {}
        for article, number, text in zip(
            sentences["article"], sentences["sentence"], sentences["text"], strict=True
        ):
            self._texts.setdefault(article, {})[number] = _words_of(text)

    def _earlier(self, article: str) -> Iterator[str]:
        while article := self._version_of[article]:
            yield article

    def find_report(self, article: str, part: str, *, is_clause: bool) -> _Report:
        """Return since when an article tells what a sentence, or a clause of one, says; times are "" where they are not stated."""
        wanted = _words_of(part)
        content = set(wanted.split()) - function_words() or set(wanted.split())
        versions = [article, *self._earlier(article)]
        exact, similar = 0, 0
        for number, version in enumerate(versions[1:], start=1):
            texts = self._texts.get(version, {}).values()
            if any(wanted in text if is_clause else wanted == text for text in texts):
                exact = number
            if any(_is_akin(content, text) for text in texts):
                similar = number
        oldest = max(exact, similar)
        published = self._published[versions[exact]]
        return _Report(published, self._published[versions[oldest]], oldest < len(versions) - 1)

    def later_side(self, row: Mapping[str, Any]) -> str:
        """Return the outlet of a difference whose article is known to be the later one, "" where none is."""
        left, right = (_read(self._published[row[f"{side}_article"]]) for side in ("left", "right"))
        later = is_later(left, right)
        return "" if later is None else str(row["left_outlet" if later else "right_outlet"])

    def updated_side(self, row: Mapping[str, Any]) -> str:
        """Return the outlet of a difference whose article told it as the other side does before its update, "" where none did."""
        for side, other in (("left", "right"), ("right", "left")):
            own, others = _key(row[f"{side}_text"]), _key(row[f"{other}_text"])
            article = row[f"{side}_article"]
            rest = set(self._texts[article][row[f"{side}_sentence"]].split()) - set(own.split())
            for earlier in self._earlier(article):
                texts = self._texts.get(earlier, {}).values()
                kept = bool(own.strip()) and any(own in text for text in texts)
                if not kept and any(others in text and _is_akin(rest, text) for text in texts):
                    return str(row[f"{side}_outlet"])
        return ""


def _words_of(text: str) -> str:
    return f" {' '.join(words(text))} "


def _key(stretch: str) -> str:
    """Return the words by which a stretch is known again: its figures, where it has any, whatever qualifies them."""
    every = words(stretch)
    figures = [word for word in every if any(letter.isdigit() for letter in word)]
    return f" {' '.join(figures or every)} " if every else " "


def _is_akin(rest: set[str], text: str) -> bool:
    return bool(rest) and len(rest & set(text.split())) >= MIN_AKIN * len(rest)


def _earliest(stated: list[str]) -> str:
    """Return the earliest of times as articles state them, "" where one states none."""
    first = stated[0]
    for time in stated[1:]:
        if not time or (first and is_later(_read(first), _read(time))):
            first = time
    return first


def _read(stated: str) -> datetime.date | None:
    if not stated:
        return None
    return (datetime.datetime if "T" in stated else datetime.date).fromisoformat(stated)
