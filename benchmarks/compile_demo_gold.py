"""Make the gold of portrayal and of stance of a demo corpus from its readings: what the majority of the readers says.

Run: python benchmarks/compile_demo_gold.py mill-street. Writes gold/portrayal.tsv and gold/stance.tsv of the corpus from
gold/readings.tsv and gold/mentions.tsv, and prints how the readers agree and what the gold leaves out, as the card says it.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.tables import read_tsv
from crossframe.records import AUTHOR, STANCES

CORPORA = Path(__file__).parents[1] / "corpora"
SIDES = {"oppose": "negative", "neutral": "neutral", "support": "positive"}
_PROBABILITIES = (*(f"p_{label}" for label in STANCES), "score", "certain")
PORTRAYAL = ("event", "outlet", "article", "sentence", "actor", "speaker", "basis", *_PROBABILITIES)
STANCE = ("event", "outlet", "article", "sentence", "start", "end", "actor", "voice", *_PROBABILITIES)
Row = dict[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """A mention of ``gold/mentions.tsv``, and what each reader says of it: fields of ``gold/readings.tsv`` by reader."""

    row: Mapping[str, str]
    readings: Mapping[str, Mapping[str, str]]

    @property
    def span(self) -> Span:
        return int(self.row["start"]), int(self.row["end"])

    def vote(self, field: str) -> str:
        """Return what more than half of the readers say, "" without a majority."""
        return majority([reading[field] for reading in self.readings.values()])

    def agree(self, *fields: str) -> bool:
        """Return whether all readers say the same."""
        return all(len({reading[field] for reading in self.readings.values()}) == 1 for field in fields)


def majority(values: Sequence[str]) -> str:
    """Return the value that more than half of `values` have, "" where none has."""
    value, n = Counter(values).most_common(1)[0]
    return value if 2 * n > len(values) else ""


def read_mentions(folder: Path) -> list[Mention]:
    """Return the mentions of a corpus folder with their readings, in the order of articles and text."""
    by_place: dict[tuple[str, ...], dict[str, Mapping[str, str]]] = defaultdict(dict)
    for _, row in read_tsv(folder / "gold" / "readings.tsv", ("reader", "portrayal", "holders")):
        by_place[_place(row)][row["reader"]] = row
    rows = [row for _, row in read_tsv(folder / "gold" / "mentions.tsv", ("event", "outlet", "actor"))]
    rows.sort(key=lambda row: (row["event"], row["outlet"], row["article"], int(row["start"])))
    return [Mention(row, by_place[_place(row)]) for row in rows]


def _place(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("article", "start", "end", "actor"))


# --- portrayal ------------------------------------------------------------------------------------------


def compile_portrayal(mentions: Iterable[Mention]) -> tuple[list[Row], Counter[str]]:
    """Return one row per sentence, actor and speaker, and how many mentions were left out by reason.

    Of several mentions of an actor in a sentence in the words of one speaker the judgement that is not neutral counts;
    where one is positive and another negative, none does.
    """
    left_out: Counter[str] = Counter()
    grouped: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        votes = {field: mention.vote(field) for field in ("portrayal", "speaker", "basis")}
        missing = next((field for field, value in votes.items() if not value), "")
        if votes["portrayal"] not in ("", *STANCES):
            left_out[votes["portrayal"]] += 1
        elif missing:
            left_out[f"no majority on {missing}"] += 1
        else:
            key = *(mention.row[name] for name in PORTRAYAL[:5]), votes["speaker"]
            grouped[key].append(mention)
    rows = []
    for key, group in grouped.items():
        judged = [mention for mention in group if mention.vote("portrayal") != "neutral"] or group
        labels = {mention.vote("portrayal") for mention in judged}
        if len(labels) > 1:
            left_out["opposite signs in one sentence"] += len(group)
            continue
        bases = {mention.vote("basis") for mention in judged}
        place = dict(zip(PORTRAYAL[:6], key, strict=True))
        place["basis"] = "wording" if "wording" in bases else min(bases)
        certain = all(mention.agree("portrayal", "speaker", "basis") for mention in group)
        rows.append(place | _probabilities(labels.pop(), certain=certain))
    rows.sort(
        key=lambda row: [
            row["event"],
            row["outlet"],
            row["article"],
            int(row["sentence"]),
            row["actor"],
            row["speaker"],
        ]
    )
    return rows, left_out  # fmt: skip


def _probabilities(label: str, *, certain: bool) -> Row:
    scores = {f"p_{one}": int(one == label) for one in STANCES}
    return scores | {"score": scores["p_positive"] - scores["p_negative"], "certain": int(certain)}


# --- stance ---------------------------------------------------------------------------------------------


def compile_stance(
    mentions: Sequence[Mention], documents: Mapping[str, str]
) -> tuple[list[Row], Counter[str]]:
    """Return one row per mention for the author and for every other holder that most readers name, and what was left out."""
    left_out: Counter[str] = Counter()
    rows = []
    for mention in mentions:
        if mention.vote("portrayal") == "no-mention":
            left_out["no-mention"] += 1
            continue
        place = {name: mention.row[name] for name in STANCE[:7]}
        side = mention.vote("author")
        if side in SIDES:
            certain = mention.agree("author")
            rows.append(place | {"voice": AUTHOR} | _probabilities(SIDES[side], certain=certain))
        else:
            left_out[f"author: {side or 'no majority'}"] += 1
        named: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        for span, sides in group_holders(mention):
            side = majority([*sides, *[""] * (len(mention.readings) - len(sides))])
            if side:
                voice = name_holder(span, mention, mentions, documents)
                named[voice].add((SIDES[side], len(sides) == len(mention.readings) and len(set(sides)) == 1))
            else:
                seen = 2 * len(sides) > len(mention.readings)
                left_out[
                    "holder: two sides" if seen else "holder: named by one reader, so most say no side"
                ] += 1
        for voice, found in named.items():
            if len({label for label, _ in found}) > 1:
                left_out["holder: two sides"] += 1
                continue
            label = next(iter(found))[0]
            certain = any(sure for _, sure in found)
            rows.append(place | {"voice": voice} | _probabilities(label, certain=certain))
    rows.sort(
        key=lambda row: [
            row["event"],
            row["outlet"],
            row["article"],
            int(row["start"]),
            row["voice"] != AUTHOR,
            row["voice"],
        ]
    )
    return rows, left_out  # fmt: skip


def group_holders(mention: Mention) -> Iterator[tuple[Span, list[str]]]:
    """Yield each holder that a reader names, spans that overlap being one: its commonest span, and the side each reader gives.

    A reader who gives both sides to one holder gives none.
    """
    spans = sorted(
        (*span, reader, side)
        for reader, reading in mention.readings.items()
        for span, side in read_holders(reading["holders"])
    )
    groups: list[list[tuple[int, int, str, str]]] = []
    end = -1
    for one in spans:
        if one[0] >= end:
            groups.append([])
        groups[-1].append(one)
        end = max(end, one[1])
    for group in groups:
        counts = Counter((start, end) for start, end, *_ in group)
        span = max(counts, key=lambda span: (counts[span], span[1] - span[0], -span[0]))
        by_reader: dict[str, set[str]] = defaultdict(set)
        for *_, reader, side in group:
            by_reader[reader].add(side)
        yield span, [next(iter(sides)) for sides in by_reader.values() if len(sides) == 1]


def read_holders(cell: str) -> list[tuple[Span, str]]:
    """Return the holders of a cell of readings.

    Examples
    --------
    >>> read_holders("5-9=oppose;20-24=support")
    [((5, 9), 'oppose'), ((20, 24), 'support')]
    """
    holders = []
    for part in filter(None, cell.split(";")):
        place, _, side = part.partition("=")
        start, end = map(int, place.split("-"))
        holders.append(((start, end), side))
    return holders


def name_holder(
    span: Span, target: Mention, mentions: Iterable[Mention], documents: Mapping[str, str]
) -> str:
    """Return the actor whose mention a holder's words overlap most, never the target itself; else the words."""
    shared = [
        (
            min(span[1], mention.span[1]) - max(span[0], mention.span[0]),
            -mention.span[0],
            mention.row["actor"],
        )
        for mention in mentions
        if mention.row["article"] == target.row["article"] and mention.row["actor"] != target.row["actor"]
    ]
    length, _, actor = max(shared)
    words = documents[target.row["article"]][slice(*span)]
    return actor if length > 0 else " ".join(words.split())


# --- agreement ------------------------------------------------------------------------------------------


def describe_agreement(mentions: Sequence[Mention]) -> list[str]:
    """Return a Markdown table of how every two readers agree: Cohen's kappa with the number of cases."""
    readers = sorted({reader for mention in mentions for reader in mention.readings})
    columns = []
    for pair in combinations(readers, 2):
        both = [tuple(mention.readings[reader] for reader in pair) for mention in mentions]
        columns.append({"": ", ".join(pair), **_compare(both)})
    lines = [f"| {name} | {' | '.join(column[name] for column in columns)} |" for name in columns[0]]
    return [lines[0], "|---" * (len(columns) + 1) + "|", *lines[1:]]


def _compare(both: Sequence[tuple[Mapping[str, str], ...]]) -> dict[str, str]:
    seen = [pair for pair in both if all(one["portrayal"] != "no-mention" for one in pair)]
    holders = [pair for one in seen for pair in _pair_holders(one)]
    found = [pair for pair in holders if pair != ("none", "none")]
    n_shared = sum("none" not in pair for pair in found)
    f1 = 2 * n_shared / max(sum((a != "none") + (b != "none") for a, b in found), 1)
    mention = [tuple(str(one["portrayal"] == "no-mention") for one in pair) for pair in both]
    return {
        "mention or not": _kappa(mention),
        "portrayal": _kappa(_values(seen, "portrayal", STANCES)),
        "speaker": _kappa(_values(seen, "speaker")),
        "basis": _kappa(_values(seen, "basis")),
        "author": _kappa(_values(seen, "author", SIDES)),
        "holders found, F1": f"{f1:.3f} ({len(found)})",
        "stance of holders": _kappa(holders),
    }


def _values(
    both: Sequence[tuple[Mapping[str, str], ...]], field: str, kept: Iterable[str] = ()
) -> list[tuple[str, ...]]:
    values = [tuple(one[field] for one in pair) for pair in both]
    return [pair for pair in values if not kept or set(pair) <= set(kept)]


def _pair_holders(pair: tuple[Mapping[str, str], ...]) -> list[tuple[str, str]]:
    """Return the sides that two readers give each holder of a mention, "none" where one does not name it."""
    first, second = (read_holders(one["holders"]) for one in pair)
    sides = []
    for span, side in first:
        same = next((one for one in second if one[0][0] < span[1] and span[0] < one[0][1]), None)
        if same:
            second.remove(same)
        sides.append((side, same[1] if same else "none"))
    sides += [("none", side) for _, side in second]
    return sides or [("none", "none")]


def _kappa(pairs: Sequence[tuple[str, ...]]) -> str:
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(one[label] * other[label] for label in one) / n**2
    return f"{(observed - expected) / (1 - expected):.3f} ({n})"


# --- both -----------------------------------------------------------------------------------------------


def compile_gold(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Return the gold of a corpus folder as text by file name, and the lines that its data card holds."""
    mentions = read_mentions(folder)
    documents = {article.id: article.document for article in read_folder(folder).articles}
    portrayal, without = compile_portrayal(mentions)
    stance, sideless = compile_stance(mentions, documents)
    tables = {"portrayal.tsv": (PORTRAYAL, portrayal), "stance.tsv": (STANCE, stance)}
    files = {
        name: "".join("\t".join(map(str, cells)) + "\n" for cells in [columns, *([row[c] for c in columns] for row in rows)])
        for name, (columns, rows) in tables.items()
    }  # fmt: skip
    counts = [
        f"- `portrayal.tsv` leaves out {_list_counts(without)}.",
        f"- `stance.tsv` leaves out {_list_counts(sideless)}.",
    ]
    return files, [*describe_agreement(mentions), "", *counts]


def _list_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{n} ({reason})" for reason, n in sorted(counts.items())) or "nothing"


def main(corpus: str) -> None:
    """Write both tables and print what the card says."""
    folder = CORPORA / corpus
    files, lines = compile_gold(folder)
    for name, text in files.items():
        storage.write_text(folder / "gold" / name, text)
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
