"""How far readers of alignment and of differences agree with each other, with people, and with writers of minimal pairs.

Run: python benchmarks/difference_label_agreement.py [--write]. Prints the tables of the cards of alignment-labels and
difference-labels, or writes them into the cards, between their comments. The table of people needs CROSSFRAME_MIRROR or the
network: their labels stay with MSRP and SuperPAL.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from crossframe import read_corpus
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.alignment_labels import ReadEvent, merge_readings, read_events
from crossframe.reading.public.difference_labels import (
    ALIGNMENT_LABELS,
    DIFFERENCE_LABELS,
    MINIMAL,
    LabelledPair,
    Reading,
    has_conflict,
    read_pairs,
)
from crossframe.reading.public.difference_labels import merge_readings as merge_differences
from crossframe.records import CONFLICT, DIFFERENCES
from crossframe.studies.evaluate.differences import METRICS, count

CORPORA = Path(__file__).parents[1] / "corpora"
SPLITS = ("train", "dev", "test")
BEGIN, END = "<!-- {}, by benchmarks/difference_label_agreement.py -->", "<!-- end -->"


def main() -> None:
    """Print or write all tables."""
    events, pairs = read_events(), [one for one in read_pairs() if one.readings]
    tables = {
        ALIGNMENT_LABELS: {
            "events": tabulate_events(events),
            "agreement": tabulate_alignment(events),
            "people": tabulate_people(),
        },
        DIFFERENCE_LABELS: {
            "pairs": tabulate_pairs(pairs),
            "agreement": tabulate_differences(pairs),
            "rates": tabulate_rates(pairs),
            "minimal": tabulate_minimal(pairs),
        },
    }
    for corpus, named in tables.items():
        card = CORPORA / corpus / "README.md"
        for name, lines in named.items():
            if "--write" in sys.argv:
                write(card, name, lines)
            else:
                sys.stdout.write("\n".join([f"\n{corpus}, {name}", *lines, ""]))


def write(card: Path, name: str, lines: Iterable[str]) -> None:
    """Put a table into a card, between its comments."""
    before, begin, rest = card.read_text(encoding="utf-8").partition(BEGIN.format(name))
    _, end, after = rest.partition(END)
    card.write_text("\n".join([before + begin, "", *lines, "", end + after]), encoding="utf-8")


def tabulate(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table of Markdown."""
    lines = [list(head), ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return ["| " + " | ".join(line) + " |" for line in lines]


def share(part: float, whole: float) -> str:
    """Return part / whole with three decimals and no leading zero, "" where there is none."""
    return f"{part / whole:.3f}".removeprefix("0") if whole else ""


def f1(gold: int, other: int, both: int) -> str:
    """Return F1 and what it is made of."""
    return f"{share(2 * both, gold + other)} ({gold}, {other}, {both})" if gold + other else ""


# --- alignment --------------------------------------------------------------------------------------------


def tabulate_events(events: Sequence[ReadEvent]) -> list[str]:
    """Return what there is, by source and split."""
    rows = []
    for source in [*sorted({one.articles[0].corpus for one in events}), "all"]:
        for split in SPLITS:
            part = [
                one
                for one in events
                if source in (one.articles[0].corpus, "all") and one.articles[0].split == split
            ]
            relations = Counter(
                relation for one in part for relation in merge_readings(list(one.readings.values())).values()
            )
            articles = [article for one in part for article in one.articles]
            named = [relations[name] for name in ("equivalent", "partial", "disputed")]
            twice = sum(len(one.readings) > 1 for one in part)
            rows.append(
                [
                    source,
                    split,
                    len(part),
                    len(articles),
                    sum(len(one.sentences) for one in articles),
                    *named,
                    twice,
                ]
            )
    head = (
        "source",
        "split",
        "events",
        "articles",
        "sentences",
        "equivalent",
        "partial",
        "disputed",
        "read twice",
    )
    return tabulate(head, rows)


def tabulate_alignment(events: Sequence[ReadEvent]) -> list[str]:
    """Return how two readings of an event agree."""
    twice = [one for one in events if len(one.readings) > 1]
    rows = []
    for source in [*sorted({one.articles[0].corpus for one in twice}), "all"]:
        part = [list(one.readings.values()) for one in twice if source in (one.articles[0].corpus, "all")]
        sizes = [sum(len(readings[k]) for readings in part) for k in (0, 1)]
        both = [
            (first[pair], second[pair]) for first, second in part for pair in first.keys() & second.keys()
        ]
        same = sum(a == b for a, b in both)
        rows.append([source, len(part), f1(*sizes, len(both)), share(same, len(both))])
    return tabulate(("source", "events", "pair F1 (first, second, both)", "same relation, of both"), rows)


def tabulate_people() -> list[str]:
    """Return how each reader agrees with people's labels of MSRP and SuperPAL, and with the other reader."""
    table = [
        row
        for _, row in read_tsv(CORPORA / ALIGNMENT_LABELS / "pilot.tsv", ("id", "corpus", "left", "right"))
    ]
    msrp = read_corpus("msrp", splits=("train",)).gold["alignment"]
    same = {left[0].rpartition("-")[0] for left, _ in msrp.keys()}  # type: ignore[union-attr] # noqa: SIM118
    people = {
        row["id"]: row["left"] in same if row["corpus"] == "msrp" else row["left"][:-2] == row["right"][:-2]
        for row in table
    }
    readers = [name for name in table[0] if name.startswith("reader-")]
    says: dict[str, Callable[[str], bool]] = {
        "equivalent": lambda one: one == "equivalent",
        "equivalent or partial": lambda one: one != "unaligned",
    }
    rows = []
    for corpus in ("msrp", "superpal"):
        part = [row for row in table if row["corpus"] == corpus]
        for name, counts in says.items():
            for reader in readers:
                pairs = [(people[row["id"]], counts(row[reader])) for row in part]
                rows.append([corpus, name, f"people, {reader}", len(pairs), *_agree(pairs)])
            pairs = [(counts(row[readers[0]]), counts(row[readers[1]])) for row in part]
            rows.append([corpus, name, "both readers", len(pairs), *_agree(pairs)])
    return tabulate(
        ("corpus", "a reader's yes", "between", "pairs", "F1 (first, second, both)", "kappa"), rows
    )


def _agree(pairs: Sequence[tuple[bool, bool]]) -> tuple[str, str]:
    """Return F1 and Cohen's kappa of two judgements."""
    n = len(pairs)
    first, second = (sum(pair[k] for pair in pairs) for k in (0, 1))
    chance = (first * second + (n - first) * (n - second)) / n**2
    observed = sum(a == b for a, b in pairs) / n
    return f1(first, second, sum(all(pair) for pair in pairs)), share(observed - chance, 1 - chance)


# --- differences ------------------------------------------------------------------------------------------


def tabulate_pairs(pairs: Sequence[LabelledPair]) -> list[str]:
    """Return what there is, by source and split: relations of the pairs, and differences that all readers of a pair mark."""
    rows = []
    for source in [*sorted({one.corpus for one in pairs}), "all"]:
        for split in SPLITS:
            part = [one for one in pairs if source in (one.corpus, "all") and one.split == split]
            merged = [merge_differences(_readings(one)) for one in part]
            relations = Counter(relation for relation, _ in merged)
            kinds = Counter(one.kind for _, found in merged for one, probability in found if probability == 1)
            aligned = sum(relations[name] for name in ("equivalent", "partial", CONFLICT))
            named = [relations[name] for name in (CONFLICT, "disputed")]
            twice = sum(len(one.readings) > 1 for one in part)
            rows.append(
                [source, split, len(part), aligned, *named, *(kinds[kind] for kind in DIFFERENCES), twice]
            )
    return tabulate(
        ("source", "split", "pairs", "aligned", "conflict", "disputed", *DIFFERENCES, "read twice"), rows
    )


def _readings(pair: LabelledPair) -> list[Reading]:
    return [reading for _, reading in pair.readings]


def tabulate_differences(pairs: Sequence[LabelledPair]) -> list[str]:
    """Return how two readings of a pair agree, by source."""
    twice = [one for one in pairs if len(one.readings) > 1]
    parts = {
        source: [one for one in twice if one.corpus == source]
        for source in sorted({one.corpus for one in twice})
    }
    parts |= {"all but minimal": [one for one in twice if one.corpus != MINIMAL]}
    aligned = {
        source: [(one, other) for one, other in map(_readings, part) if one is not None and other is not None]
        for source, part in parts.items()
    }
    rows: list[list[object]] = [["pairs", *(len(part) for part in parts.values())]]
    rows.append(
        [
            "aligned",
            *(
                f1(
                    *(sum(_readings(one)[k] is not None for one in part) for k in (0, 1)),
                    len(aligned[source]),
                )
                for source, part in parts.items()
            ),
        ]
    )
    for name in METRICS:
        cells = []
        for both in aligned.values():
            counts = [count(*readings)[name] for readings in both]
            cells.append(f1(*(sum(one[k] for one in counts) for k in (0, 1, 2))))
        rows.append([name, *cells])
    return tabulate(("F1 (first, second, both)", *parts), rows)


def tabulate_rates(pairs: Sequence[LabelledPair]) -> list[str]:
    """Return how often what is drawn at random differs, by source and stratum: pairs that the first reader aligns."""
    strata = {
        row["id"]: row["stratum"]
        for _, row in read_tsv(CORPORA / DIFFERENCE_LABELS / "items.tsv", ("id", "stratum"))
    }
    rows = []
    drawn_of: dict[tuple[str, str], list[Reading]] = {}
    for one in pairs:
        if strata.get(one.id) in ("random", "read-random"):
            drawn_of.setdefault((one.corpus, strata[one.id]), []).append(_readings(one)[0])
    for (source, stratum), drawn in sorted(drawn_of.items()):
        read = [one for one in drawn if one is not None]
        kinds = Counter(kind for one in read for kind in {each.kind for each in one})
        shares = [share(sum(map(has_conflict, read)), len(read))]
        shares += [share(kinds[kind], len(read)) for kind in DIFFERENCES]
        rows.append([source, stratum, len(drawn), len(read), *shares])
    return tabulate(("source", "stratum", "pairs", "aligned", *METRICS), rows)


def tabulate_minimal(pairs: Sequence[LabelledPair]) -> list[str]:
    """Return what the first reader marks in minimal pairs, by what their writers meant."""
    meant = _read_intended()
    rows = []
    for kind in (*DIFFERENCES, "none"):
        read = [_readings(one)[0] for one in pairs if meant.get(one.id) == kind]
        marked = [{each.kind for each in one} for one in read if one is not None]
        cells = [sum(kind in one for one in marked), sum(bool(one) for one in marked)]
        conflicts = sum(has_conflict(one) for one in read if one is not None)
        rows.append([kind, len(read), len(marked), cells[0] if kind != "none" else "", cells[1], conflicts])
    return tabulate(("meant", "pairs", "aligned", "that kind", "any difference", "conflict"), rows)


def _read_intended() -> Mapping[str, str]:
    path = CORPORA / DIFFERENCE_LABELS / "minimal.tsv"
    return {row["id"]: row["intended"] for _, row in read_tsv(path, ("id", "intended"))}


if __name__ == "__main__":
    main()
