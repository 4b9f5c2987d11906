"""Mentions of actors with what was judged of them: in whose words they stand, and the portrayal by their sentence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crossframe.records import SPEAKERS
from crossframe.showing.tables.selection import PLACE

if TYPE_CHECKING:
    from pandas import DataFrame

OUTLET, QUOTED, _ = SPEAKERS
_SCORES = ["basis", "p_negative", "p_neutral", "p_positive", "score", "certain"]


def list_portrayed_mentions(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return every mention with the portrayal of its actor by its sentence.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of a study.

    Returns
    -------
    DataFrame
        Columns event, outlet, article, sentence, start, end, actor, speaker, basis, p_negative, p_neutral, p_positive, score,
        certain. Of several portrayals in a sentence a mention has that of the words in which it stands; where the actor is
        not scored, ``speaker`` and ``basis`` are "" and numbers are missing.
    """
    import pandas as pd

    mentions = tables["mentions"][[*PLACE, "start", "end", "actor"]].copy()
    speakers = _find_speakers(mentions, tables["quotes"])
    mentions["speaker"] = pd.Series(speakers, index=mentions.index, dtype=object)
    place = [*PLACE, "actor"]
    exact = mentions.merge(tables["portrayal"], on=[*place, "speaker"], how="left")
    # Where the portrayal is in other words than the mention stands in, the sentence has one alone, or the first is taken.
    first = tables["portrayal"].drop_duplicates(place)
    other = mentions.drop(columns="speaker").merge(first, on=place, how="left")
    lacking = exact["score"].isna()
    found = exact.where(~lacking, other[exact.columns])
    texts = ["speaker", "basis"]
    found[texts] = found[texts].fillna("")
    found[["sentence", "start", "end"]] = found[["sentence", "start", "end"]].astype("int64")
    return found


def _find_speakers(mentions: "DataFrame", quotes: "DataFrame") -> list[str]:
    """Return for every mention whether it stands in the outlet's own words or in quoted ones."""
    quoted: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in zip(quotes["article"], quotes["start"], quotes["end"], strict=True):
        quoted.setdefault(article, []).append((int(start), int(end)))
    return [
        QUOTED if any(low <= start and end <= high for low, high in quoted.get(article, ())) else OUTLET
        for article, start, end in zip(mentions["article"], mentions["start"], mentions["end"], strict=True)
    ]


def list_evidence_of_portrayals(tables: "Mapping[str, DataFrame]") -> "DataFrame":
    """Return every portrayal once, with the place of the actor's first mention in its words: columns as above."""
    mentions = list_portrayed_mentions(tables).dropna(subset="score")
    return mentions.drop_duplicates([*PLACE, "actor", "speaker"], ignore_index=True)
