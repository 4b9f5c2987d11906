"""Turn the readers' answers into the readings of alignment-labels and difference-labels: words become offsets.

Needs CROSSFRAME_MIRROR or the network; half a minute on one core. Run: python benchmarks/compile_difference_labels.py ANSWERS

ANSWERS has a folder per reader (r01, r02, ...). In it lie diff-NN.jsonl (a pair a line: id, aligned, differences, each kind,
left words, right words; where words stand in a sentence twice, words around them and the stretch in double brackets),
align-NN.tsv (a pair of sentences a line: event, A2, B5, relation; "done" ends an event) and align-pN.tsv (a pair that people
judged, too: id and relation). Writes readings.tsv of both corpora, and pilot.tsv of alignment-labels from pilot.tsv itself.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from crossframe.reading.corpus.tables import read_jsonl, read_tsv
from crossframe.reading.public.difference_labels import ALIGNMENT_LABELS, DIFFERENCE_LABELS, read_sources
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.reading.public.registry import read_entry

CORPORA = Path(__file__).parents[1] / "corpora"
ALIGNMENT, DIFFERENCES = CORPORA / ALIGNMENT_LABELS, CORPORA / DIFFERENCE_LABELS
PILOT = ("id", "corpus", "left", "right")


def main() -> None:
    """Write the three tables."""
    answers = Path(sys.argv[1])
    write_readings(ALIGNMENT / "readings.tsv", "pairs", compile_alignment(answers))
    write_readings(
        DIFFERENCES / "readings.tsv", "aligned\tdifferences", compile_differences(answers, read_sentences())
    )
    write_pilot(answers)


def write_readings(path: Path, columns: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows, each id, reader and the rest, in their order."""
    lines = ["\t".join(row) for row in sorted(rows)]
    path.write_text("\n".join([f"id\treader\t{columns}", *lines, ""]), encoding="utf-8")
    sys.stdout.write(f"{path.parent.name}: {len(lines)} readings\n")


def name_reader(path: Path) -> str:
    """Return the name of the reader in whose folder a file of answers lies."""
    return path.parent.name.replace("r", "reader-")


def compile_alignment(answers: Path) -> Iterator[tuple[str, str, str]]:
    """Yield event, reader and the pairs aligned, of every event that a reader read."""
    for path in sorted(answers.glob("r*/align-*.tsv")):
        if path.stem.startswith("align-p"):
            continue
        pairs: dict[str, list[tuple[str, int, str, int, str]]] = defaultdict(list)
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            event, *cells = line.split("\t")
            if cells == ["done"]:
                pairs.setdefault(event, [])
            else:
                left, right = sorted(cells[:2])
                pairs[event].append((left[0], int(left[1:]), right[0], int(right[1:]), cells[2]))
        for event, listed in pairs.items():
            words = [f"{a}{i} {b}{j} {relation}" for a, i, b, j, relation in sorted(listed)]
            yield event, name_reader(path), "; ".join(words)


def read_sentences() -> dict[str, tuple[str, str]]:
    """Return both sentences of every pair."""
    documents = dict(read_sources(CorpusFiles(read_entry(DIFFERENCE_LABELS))))
    sentences = {}
    for _, row in read_tsv(DIFFERENCES / "items.tsv", ("id",)):
        texts = [
            documents[row["corpus"], row[f"{side}_article"]].document[
                int(row[f"{side}_start"]) : int(row[f"{side}_end"])
            ]
            for side in ("left", "right")
        ]
        sentences[row["id"]] = (texts[0], texts[1])
    for _, row in read_tsv(DIFFERENCES / "minimal.tsv", ("id", "left", "right")):
        sentences[row["id"]] = (row["left"], row["right"])
    return sentences


def compile_differences(
    answers: Path, sentences: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield pair, reader, yes or no, and the differences with their offsets, of every pair that a reader read."""
    for path in sorted(answers.glob("r*/diff-*.jsonl")):
        for _, row in read_jsonl(path):
            found = []
            for kind, *words in row["differences"]:
                sides = [place(text, one) for text, one in zip(sentences[row["id"]], words, strict=True)]
                found.append(
                    " ".join([kind, *("-" if one is None else f"{one[0]}-{one[1]}" for one in sides)])
                )
            yield row["id"], name_reader(path), "yes" if row["aligned"] else "no", "; ".join(found)


def place(text: str, words: str) -> tuple[int, int] | None:
    """Return where words stand in a text, whole; None where there are none; ValueError where that is not clear.

    Examples
    --------
    >>> place("killed 12 men and 2 women", "killed [[12]] men")
    (7, 9)
    """
    if not words:
        return None
    before, brackets, rest = words.partition("[[")
    stretch, _, after = rest.partition("]]") if brackets else (before, "", "")
    whole, offset = (before + stretch + after, len(before)) if brackets else (before, 0)
    starts = [
        at
        for at in range(len(text))
        if text.startswith(whole, at)
        and (brackets or not _cuts(text, at))
        and (brackets or not _cuts(text, at + len(whole)))
    ]
    if len(starts) != 1:
        raise ValueError(f"{words!r} stands {len(starts)} times in {text!r}")
    return starts[0] + offset, starts[0] + offset + len(stretch)


def _cuts(text: str, at: int) -> bool:
    """Return whether a cut at an offset is inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def write_pilot(answers: Path) -> None:
    """Write what readers say of the pairs that people judged, a column per reader."""
    path = ALIGNMENT / "pilot.tsv"
    rows = [{name: row[name] for name in PILOT} for _, row in read_tsv(path, PILOT)]
    readers = []
    for folder in sorted(answers.glob("r*")):
        said = {}
        for file in sorted(folder.glob("align-p*.tsv")):
            said |= dict(
                line.split("\t") for line in file.read_text(encoding="utf-8").split("\n") if line.strip()
            )
        if said:
            readers.append(name_reader(folder / "x"))
            rows = [row | {readers[-1]: said[row["id"]]} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*PILOT, *readers), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
