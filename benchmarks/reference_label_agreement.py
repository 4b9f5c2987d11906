"""Tables of the card of reference-labels: what the labels are, how readers agree, what third readings decided.

Run: python benchmarks/reference_label_agreement.py, which prints them; with --write they replace those of the card, between its
marker comments. Reads items.tsv and readings.tsv of corpora/reference-labels alone; no text is needed.

Labels are those that `crossframe.reading.public.reference_readings` makes of readings: the only one, the one of two that
agree, the one of two out of three, or disputed. A mention is what most readers see as one; speaker, basis, author and holders
are by the readers who see one. Of holders that overlap, the longest place counts.

Where an item was read by the mended codebook, that reading is the label; agreement and third readings leave it aside.

Agreement is that of the first and the second reading, before any third. Cohen's kappa, but for n, macro-F1 and F1:

- mention: no-mention or anything else, of every item; all that follows is of items that both see as a mention;
- portrayal, and its macro-F1: negative, neutral, positive, where neither says mixed or unclear;
- speaker, basis; author where neither says mixed or unclear;
- holders, F1: of the holders of one reading against those of the other. Two are one where their places overlap; equal places are
  matched first;
- stance of holders: none, oppose or support, of every holder that either names; a mention without any counts once, as none.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crossframe.reading.public.reference_readings import DISPUTED, Item, Reading, Span, overlap, read_items
from crossframe.records import STANCES
from crossframe.statistics.metrics import macro_f1

FOLDER = Path(__file__).parents[1] / "corpora" / "reference-labels"
CARD = FOLDER / "README.md"
SPLITS = ("train", "dev", "test")
UNSURE = ("mixed", "unclear")
Pair = tuple[Reading, Reading]
FIELDS = ("mention", "portrayal", "speaker", "basis", "author", "holders")
MEASURES = ("mention", "portrayal", "macro-F1", "speaker", "basis", "author", "holders, F1", "stance of holders")  # fmt: skip
COLUMNS = (*SPLITS, "all", *STANCES, "mixed, unclear", DISPUTED)
ROWS = {
    "state": "states, governments",
    "organisation": "organisations, parties, institutions",
    "group": "groups",
    "person": "persons",
    "random": "random half",
    "hard": "hard half",
    "chosen": "chosen for training",
}
"""Names of rows by value, in the order of the tables; other values follow by name."""


def main(argv: Sequence[str]) -> int:
    """Print the tables, or put them into the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="replace the tables of the card")
    write = parser.parse_args(argv).write
    tables = make_tables(read_items(FOLDER))
    if write:
        CARD.write_text(fill_card(CARD.read_text("utf-8"), tables), encoding="utf-8")
    else:
        sys.stdout.write("\n\n".join(tables.values()) + "\n")
    return 0


def make_tables(items: Sequence[Item]) -> dict[str, str]:
    """Return the parts of the card, in Markdown, by the name in their marker comments."""
    twice = [replace(item, resolved=()) for item in items if len(item.readings) > 1]
    return {
        "summary": describe_summary(items),
        "agreement": describe_agreement(twice),
        "third readings": describe_third(twice),
        "labels": describe_labels(items),
    }


def fill_card(card: str, tables: Mapping[str, str]) -> str:
    """Return a card with `tables` between their marker comments; ValueError where it has not one place for each."""
    for name, table in tables.items():
        start, end = f"<!-- {name}, by benchmarks/reference_label_agreement.py -->", f"<!-- end of {name} -->"
        if card.count(start) != 1 or end not in card.partition(start)[2]:
            raise ValueError(f"Invalid card. It needs {start!r} once, and {end!r} after it.")
        before, _, rest = card.partition(start)
        card = f"{before}{start}\n\n{table}\n\n{end}{rest.partition(end)[2]}"
    return card


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return Cohen's kappa; NaN without pairs, or where all values are one and the same."""
    n = len(pairs)
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(left[value] * right[value] for value in left)
    n_same = sum(one == other for one, other in pairs)
    return (n_same * n - expected) / (n**2 - expected) if n**2 > expected else math.nan


def pair_holders(left: Reading, right: Reading) -> list[tuple[str, str]]:
    """Return the sides that two readings give each holder that either names; none and none where neither names any."""
    free = dict(right.holders)
    pairs = []
    for span in sorted(left.holders, key=lambda span: (span not in free, span)):
        same = sorted(
            (other for other in free if overlap(span, other)), key=lambda other: (other != span, other)
        )
        pairs.append((left.holders[span], free.pop(same[0]) if same else "none"))
    return pairs + [("none", side) for side in free.values()] or [("none", "none")]


def measure_agreement(items: Iterable[Item]) -> dict[str, float]:
    """Return how the first two readings of items agree, by the names in `MEASURES`; NaN where that is not defined."""
    pairs, seen = pair_readings(items)
    portrayal = pair_values(seen, "portrayal")
    sides = [pair for one, two in seen for pair in pair_holders(one, two)]
    n_named = sum(side != "none" for pair in sides for side in pair)
    measured = (
        kappa([(one.is_mention, two.is_mention) for one, two in pairs]),
        kappa(portrayal),
        macro_f1(*zip(*portrayal, strict=True)) if portrayal else math.nan,
        *(kappa(pair_values(seen, field)) for field in ("speaker", "basis", "author")),
        2 * sum("none" not in pair for pair in sides) / n_named if n_named else math.nan,
        kappa(sides),
    )
    return dict(zip(MEASURES, measured, strict=True))


def pair_readings(items: Iterable[Item]) -> tuple[list[Pair], list[Pair]]:
    """Return the first two readings of every item that has two, and those of them that both see a mention."""
    pairs = [(item.readings[0], item.readings[1]) for item in items if len(item.readings) > 1]
    return pairs, [(one, two) for one, two in pairs if one.is_mention and two.is_mention]


def pair_values(pairs: Iterable[Pair], field: str) -> list[tuple[str, str]]:
    """Return what both say of a field; of portrayal and author only where neither says mixed or unclear."""
    values = [(getattr(one, field), getattr(two, field)) for one, two in pairs]
    return [pair for pair in values if field in ("speaker", "basis") or not set(pair) & set(UNSURE)]


def is_disputed(item: Item, field: str) -> bool:
    """Return whether a field has no label; all but mention and portrayal have one only where there is a mention."""
    if field == "mention":
        return item.mention is None
    if field == "holders":
        return bool(item.mention) and DISPUTED in find_sides(item)
    return (field == "portrayal" or bool(item.mention)) and getattr(item, field) == DISPUTED


def find_sides(item: Item) -> list[str]:
    """Return the sides, by most readers, of the holders that any reader names."""
    spans = {span for reading in item.resolved or item.readings for span in reading.holders}
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if not any(overlap(span, other) for other in kept):
            kept.append(span)
    return [item.side_of(span) for span in kept]


def group_items(items: Sequence[Item], *fields: str) -> dict[str, list[Item]]:
    """Return the items with each value of each field, by the name of the row that they are counted in."""
    order = list(ROWS)
    groups = {}
    for field in fields:
        values = {getattr(item, field) for item in items} - {""}
        for value in sorted(values, key=lambda value: (order.index(value) if value in ROWS else 0, value)):
            name = {"hard_kind": f"hard: {value}", "corpus": f"`{value}`"}.get(field, ROWS.get(value, value))
            groups[name] = [item for item in items if getattr(item, field) == value]
    return groups


def describe_summary(items: Sequence[Item]) -> str:
    """Return how many items there are, how often they were read, and how they are labelled."""
    mentions = [item for item in items if item.mention]
    n_readings = Counter(len(item.readings) for item in items)
    portrayals = Counter(item.portrayal for item in mentions)
    names = (*STANCES, *UNSURE, DISPUTED)
    rows = [
        ("marked words", f"{len(items):,} in {count_sentences(items)} sentences"),
        ("read once / twice / three times", " / ".join(f"{n_readings[times]:,}" for times in (1, 2, 3))),
        ("read once more by the mended codebook", f"{sum(bool(item.resolved) for item in items):,}"),
        ("mentions of an actor", f"{len(mentions):,} in {count_sentences(mentions)} sentences"),
        (
            f"portrayal: {' / '.join(names)}",
            " / ".join(share(portrayals[name], len(mentions)) for name in names),
        ),
        ("not a mention", of(len(items) - len(mentions), len(items))),
    ]
    return tabulate(("what", "number"), rows)


def describe_agreement(items: Sequence[Item]) -> str:
    """Return how first and second readings agree, of items that have both."""
    groups = {"all": items, **group_items(items, "split", "kind", "half", "hard_kind", "corpus")}
    rows = [
        (name, f"{len(listed):,}", *map(decimals, measure_agreement(listed).values()))
        for name, listed in groups.items()
    ]
    pairs, seen = pair_readings(items)
    n_unsure = len(seen) - len(pair_values(seen, "portrayal"))
    named = [sides for one, two in seen for sides in pair_holders(one, two) if "none" not in sides]
    return tabulate(("", "n", *MEASURES), rows) + list_notes(
        f"Mentions that either calls `mixed` or `unclear`: {of(n_unsure, len(seen))}.",
        f"Side of holders that both name: the same for {of(sum(one == two for one, two in named), len(named))}.",
        f"All fields the same, places of holders too: {of(sum(one == two for one, two in pairs), len(pairs))}.",
    )


def describe_third(items: Sequence[Item]) -> str:
    """Return by field what third readings decided, of items that were read twice or more."""
    thrice = [item for item in items if len(item.readings) > 2]
    rows = []
    for field in FIELDS:
        differ = [item for item in thrice if is_disputed(replace(item, readings=item.readings[:2]), field)]
        n_decided = sum(not is_disputed(item, field) for item in differ)
        rows.append((field, len(differ), n_decided, sum(is_disputed(item, field) for item in thrice)))
    n_disputed = sum(any(is_disputed(item, field) for field in FIELDS) for item in thrice)
    n_overruled = sum(item.portrayal != item.readings[0].portrayal for item in items)
    header = ("field", "first two differ", "third decides", "disputed in the end")
    return tabulate(header, rows) + list_notes(
        f"Disputed in some field: {of(n_disputed, len(thrice))} items that have a third reading.",
        f"First reading's portrayal is not the label: {of(n_overruled, len(items))} that were read twice or more.",
    )


def describe_labels(items: Sequence[Item]) -> str:
    """Return the labels of mentions by kind, half, corpus and split, and the shares of the other fields."""
    mentions = [item for item in items if item.mention]
    rows = []
    for name, listed in {**group_items(mentions, "kind", "half", "corpus"), "all": mentions}.items():
        n = Counter(item.split for item in listed) + Counter(item.portrayal for item in listed)
        n["all"], n["mixed, unclear"] = len(listed), n["mixed"] + n["unclear"]
        rows.append((name, *(f"{n[column]:,}" for column in COLUMNS), share(len(listed), len(mentions))))
    missing = (
        f"{name.partition(',')[0]} {share(sum(not item.mention for item in listed), len(listed))}"
        for name, listed in group_items(items, "kind").items()
    )
    sides = [find_sides(item) for item in mentions]
    side = Counter(one for listed in sides for one in listed)
    n_judged = sum(bool({"oppose", "support"} & set(listed)) for listed in sides)
    return tabulate(("", *COLUMNS, "share"), rows) + list_notes(
        f"Not a mention: {', '.join(missing)}.",
        *(
            f"{field.capitalize()}: {list_values(mentions, field)}."
            for field in ("speaker", "basis", "author")
        ),
        f"Holders who take a side: {side['oppose']:,} oppose, {side['support']:,} support, in {n_judged:,} mentions.",
    )


def list_values(items: Sequence[Item], field: str) -> str:
    """Return the labels of a field with their numbers and shares, the most frequent first."""
    values = Counter(getattr(item, field) for item in items).most_common()
    return ", ".join(f"{value} {n:,} ({share(n, len(items))})" for value, n in values)


def count_sentences(items: Iterable[Item]) -> str:
    """Return in how many sentences items stand."""
    return f"{len({(item.article, item.sentence) for item in items}):,}"


def decimals(value: float) -> str:
    """Return a number with three decimals, without a zero before the point; a dash for NaN."""
    return "–" if math.isnan(value) else f"{value:.3f}".removeprefix("0")


def share(n: int, total: int) -> str:
    """Return a share of a total."""
    return decimals(n / total if total else math.nan)


def of(n: int, total: int) -> str:
    """Return a number, the total and the share."""
    return f"{n:,} of {total:,} ({share(n, total)})"


def list_notes(*notes: str) -> str:
    """Return notes as the list that follows a table."""
    return "\n" + "".join(f"\n- {note}" for note in notes)


def tabulate(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines).replace("|  |", "| |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
