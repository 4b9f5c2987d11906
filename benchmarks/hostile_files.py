"""Read broken and hostile files of every format, and count what is refused, what breaks, what hangs and what is lost.

Sound files, those that the tests of formats build, are mutated: flipped bits, cuts, doubled and swapped blocks, bytes of other
formats, wrong endings and encodings, very long lines, deep nesting, archives that are huge when unpacked. Each is read as an
import reads it, in a process that can be ended; a sample is imported, as folder, as zip and by itself, into a corpus. Every file
is known by format and number alone, so that it can be made again.

Run: python benchmarks/hostile_files.py [--files 10000] [--keep FOLDER]; with --keep, what was ended goes on.
"""

import argparse
import io
import json
import math
import os
import random
import resource
import sys
import tempfile
import time
import traceback
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from crossframe import storage
from crossframe.errors import MAX_MESSAGE, CrossframeError, printable
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.corpus.left_out import LEFT_OUT_TABLE
from crossframe.reading.formats import worker
from crossframe.reading.formats.contents import File
from crossframe.reading.formats.known import read_contents
from crossframe.reading.formats.worker import read_in_worker
from crossframe.studies.prepare.imports import import_files

ROOT = Path(__file__).parents[1]
OUT = ROOT / "results" / "benchmarks" / "reliability.csv"
PROGRESS = "progress.json"
"""How far a run came, in the folder where files are kept."""
PER_FOLDER = 20
"""Files of a folder that is imported."""
SHARE_IMPORTED = 0.1
"""Share of the files that are imported, too."""
LIMIT = 20
"""Seconds of the processor from which on a file counts as one that hangs."""
LONG_LINES = (b"a", b"Word ", b"said, ", b"A. ", b"By Ann ", b"1 ", b"\xe2\x80\x9cNo,\xe2\x80\x9d he said. ", b"- ", b" ", b"\t", b"(", b"&amp;", b"a@", b"=", b"Ann Doe is ", b"http://")  # fmt: skip
NESTS = (b"<div>", b"<b>", b"<table><tr><td>", b"<blockquote>", b"<ul><li>", b"{", b"[", b'{"a":', b'[{"a":[', b"(", b"{\\b ", b"<item>", b"\\", b"<!--", b"<![CDATA[", b"[[", b"<<", b"> ")  # fmt: skip
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b[31m", b"\r", b"\x0c", b"\x85", b"]]>", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"\xed\xa0\x80",
    "\u202e\u00ad\ufeff\u2028".encode(), b"\n\n", b'"', b"'", b",", b";", b"\t", b"9" * 400, b"-" * 500, b"." * 3000, b"\\bin99999999999 ", b"\\u99999999?", b"/Count 99999999", b"1e999",
    b"NaN", b"null", b"%PDF-", b"{\\rtf1", b"PK\x03\x04", b"PAR1", b"TY  - NEWS\n", b"ER  - \n", b"HD ", b"LP\n", b"Full text:", b"End of Document\n", b"1 of 2 DOCUMENTS\n", b"Load-Date: May 99, 2026\n",
    b"<script>", b"</body>", b"<html>", b"<?xml version='1.0' encoding='klingon'?>", b'<meta charset="utf-7">', b"9999-99-99", b"0000-00-00",
)  # fmt: skip
ENDINGS = (".html", ".txt", ".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".xls", ".parquet", ".docx", ".rtf", ".pdf", ".ris", ".xml", ".mhtml", ".md", "")  # fmt: skip
ENCODINGS = (
    "utf-16",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "cp1251",
    "shift_jis",
    "utf-7",
    "cp037",
    "gb18030",
    "koi8-r",
)
NAMES = (
    "{}", "a b {}", "é{}", "日本 {}", "a'b\"{}", "line\nbreak {}", "tab\t{}", "esc\x1b[31m{}", "%s {{}} {}", "-{}", "~{}", "\udcff{}", "a\u202eb{}", "{}" + "x" * 180,
    "\U0001f600{}", "#?&;{}", "\u200b{}", "CON{}",
)  # fmt: skip
BOMB = b'<!DOCTYPE a [<!ENTITY a "%s">%s]><a>&z;</a>' % (
    b"ha" * 50,
    b"".join(
        b'<!ENTITY %c "%s">' % (c + 1 if c < 0x69 else 0x7A, b"&%c;" % c * 20) for c in range(0x61, 0x6A)
    ),
)
"""Entities of entities: XML that is huge when they are put in."""


@cache
def seeds() -> Mapping[str, tuple[tuple[str, bytes], ...]]:
    """Return sound files, name and content, by format."""
    sys.path.insert(0, str(ROOT / "tests"))
    from reading.formats import test_documents as documents
    from reading.formats import test_exports as exports
    from reading.formats import test_makes as makes
    from reading.formats import test_pages as pages
    from reading.formats import test_records as records
    from reading.formats import test_rows as rows
    from reading.formats import test_saved_page as saved

    ferry = pages.page(pages.story(), data={**pages.NEWS, "articleBody": pages.BODY})
    html = [make().html for make in makes.MAKES.values()]
    table = [["Title", "Full Text", "Publication", "Date", "Language"]]
    table += [[f"T{n}", text, "Star", f"{n + 1}/5/2026", "en"] for n, text in enumerate(documents.LONG)]
    lines = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    nexis = (exports.UNI_FIRST + exports.UNI_SECOND).split("\n")

    def of(name: str, *contents: str | bytes) -> tuple[tuple[str, bytes], ...]:
        return tuple((name, one.encode() if isinstance(one, str) else one) for one in contents)

    found = {
        "page": of("a.html", ferry, saved.MODERN, saved.OLD, saved.GERMAN, *html),
        "web archive": of(
            "a.mhtml", pages.archive(ferry), pages.archive(html[0], encoding="base64", end="\n")
        ),
        "text": of("a.txt", saved.SCRAPED, saved.LIVE, saved.AGENCY, *documents.LONG[:2]),
        "RIS": of("a.ris", *(text for text, _ in records.RECORDS.values())),
        "feed": of("a.xml", *records.FEEDS.values()),
        "RTF": of("a.rtf", documents.make_rtf(exports.CLASSIC.split("\n")), documents.make_rtf(documents.LONG)),
        "DOCX": of("a.docx", documents.make_docx(nexis), documents.make_docx(documents.LONG)),
        "PDF": of("a.pdf", *(documents.make_pdf(p, compressed=c) for p in documents.LAYOUTS.values() for c in (True, False))),
        "CSV": of("a.csv", _delimited(table, ","), _delimited(table, ";"), rows._TABLE),
        "TSV": of("a.tsv", _delimited(table, "\t")),
        "JSON": of("a.json", json.dumps(lines), json.dumps({"articles": lines}, indent=1)),
        "JSON lines": of("a.jsonl", "\n".join(map(json.dumps, lines)), json.dumps(rows.ROW)),
        "xlsx": of("a.xlsx", rows.workbook(Hits=table), rows.workbook(About=[["made"], ["x"]], Hits=table)),
        "xls": of("a.xls", rows.old_workbook([[cell[:250] for cell in row] for row in table])),
        "Parquet": of("a.parquet", _parquet(lines)),
    }  # fmt: skip
    for kind in ("Nexis", "Factiva", "ProQuest"):
        of_kind = [(one.name, one.text.encode()) for name, one in exports.EXPORTS.items() if name.startswith(kind)]  # fmt: skip
        found[kind] = tuple(of_kind)
    return found


def _delimited(table: list[list[str]], delimiter: str) -> str:
    return "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in table) + "\n"


def _parquet(lines: list[dict[str, str]]) -> bytes:
    import pandas as pd

    target = io.BytesIO()
    pd.DataFrame(lines).to_parquet(target)
    return target.getvalue()


# --- mutations ------------------------------------------------------------------------------------------


def make_file(kind: str, number: int) -> tuple[str, bytes]:
    """Return name and content of a file: the same for the same format and number."""
    chance = random.Random(f"{kind} {number}")
    name, content = chance.choice(seeds()[kind])
    if kind in ("DOCX", "xlsx") and chance.random() < 0.6:
        content = _mutate_inside(content, chance)
    else:
        for _ in range(chance.choice((1, 1, 1, 2, 4, 12))):
            content = chance.choice(MUTATIONS)(content, chance)[:4_000_000]
    stem, ending = Path(name).stem, Path(name).suffix
    if chance.random() < 0.15:
        ending = chance.choice(ENDINGS)
    return chance.choice(NAMES if chance.random() < 0.3 else ("{}",)).format(f"{stem}{number}") + ending, content  # fmt: skip


def _archive(folder: Path, target: Path) -> Path:
    """Zip the files of a folder, names that are no UTF-8 made ones that are, and return the zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for path in sorted(folder.iterdir()):
            new.writestr(os.fsencode(path.name).decode("utf-8", "replace"), path.read_bytes())
    return target


def _mutate_inside(content: bytes, chance: random.Random) -> bytes:
    """Return a zip with one file of it mutated, gone, doubled, or huge."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        names = old.namelist()
        hit = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        if chance.random() < 0.5:
            hit = next(name for name in names if name.endswith(("document.xml", "sheet1.xml")))
        way = chance.random()
        for name in names:
            inside = old.read(name)
            if name == hit:
                if way < 0.1:
                    continue
                if way < 0.15:
                    inside = BOMB
                elif way < 0.2:
                    inside = inside[: len(inside) // 2] + b" " * chance.choice((1_000_000, 30_000_000, 400_000_000))  # fmt: skip
                else:
                    for _ in range(chance.choice((1, 1, 3))):
                        inside = chance.choice(MUTATIONS)(inside, chance)[:4_000_000]
            new.writestr(name, inside)
    return target.getvalue()


def _place(content: bytes, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _insert(content: bytes, chance: random.Random, piece: bytes) -> bytes:
    place = _place(content, chance)
    return content[:place] + piece + content[place:]


def _flip(content: bytes, chance: random.Random) -> bytes:
    new = bytearray(content)
    for _ in range(chance.choice((1, 3, 20, 200)) if new else 0):
        new[chance.randrange(len(new))] ^= 1 << chance.randrange(8)
    return bytes(new)


def _cut(content: bytes, chance: random.Random) -> bytes:
    first, last = sorted((_place(content, chance), _place(content, chance)))
    return chance.choice((content[:first], content[first:], content[:first] + content[last:], b""))


def _double(content: bytes, chance: random.Random) -> bytes:
    first = _place(content, chance)
    block = content[first : first + chance.choice((10, 500, 5000))]
    return content[:first] + block * chance.choice((2, 3, 30)) + content[first:]


def _swap(content: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(_place(content, chance) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _shuffle(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _mix(content: bytes, chance: random.Random) -> bytes:
    _, other = chance.choice(chance.choice(tuple(seeds().values())))
    first = _place(other, chance)
    piece = chance.choice((other, other[first : first + 2000], other[:100]))
    return chance.choice((piece + content, content + piece, _insert(content, chance, piece)))


def _recode(content: bytes, chance: random.Random) -> bytes:
    return content.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def _lengthen(content: bytes, chance: random.Random) -> bytes:
    piece = chance.choice(LONG_LINES)
    line = piece * (chance.choice((2_000, 20_000, 150_000, 1_000_000)) // len(piece))
    return chance.choice((content.replace(b"\n", b" "), _insert(content, chance, line), _insert(content, chance, b"\n" + line + b"\n")))  # fmt: skip


def _nest(content: bytes, chance: random.Random) -> bytes:
    return _insert(content, chance, chance.choice(NESTS) * chance.choice((50, 1000, 20_000)))


def _strew(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 3, 30))):
        content = _insert(content, chance, chance.choice(TOKENS) * chance.choice((1, 1, 50)))
    return content


def _explode(content: bytes, chance: random.Random) -> bytes:
    return chance.choice((BOMB + content, content + BOMB, BOMB))


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _flip, _cut, _cut, _double, _swap, _shuffle, _mix, _recode, _lengthen, _nest, _strew, _strew, _explode,
)  # fmt: skip


# --- reading --------------------------------------------------------------------------------------------


@dataclass
class Counts:
    """What became of the files of a format; seconds are the processor's, ``longest_message`` is in characters."""

    format: str
    files: int = 0
    articles: int = 0
    left_out: int = 0
    refused: int = 0
    stopped: int = 0
    tracebacks: int = 0
    over_20_s: int = 0
    slowest_seconds: float = 0.0
    longest_message: int = 0
    bad_messages: int = 0
    imported: int = 0
    unaccounted: int = 0
    half_made: int = 0
    kept: list[str] = field(default_factory=list)

    def note_message(self, message: str) -> bool:
        """Return whether a message is one line that every terminal shows, and count it where it is not."""
        self.longest_message = max(self.longest_message, len(message))
        is_good = len(message) <= MAX_MESSAGE and not any(
            unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in message
        )
        self.bad_messages += not is_good
        return is_good


COLUMNS = tuple(one.name for one in fields(Counts) if one.name != "kept")


def measure(file: File) -> dict[str, Any]:
    """Return what came of reading a file, in the process that reads: numbers, messages, and the traceback of what broke."""
    start = time.process_time()
    answer: dict[str, Any] = {"articles": 0, "messages": [], "refused": False, "traceback": ""}
    try:
        contents = read_contents(file)
        answer["articles"] = len(contents.articles)
        answer["messages"] = [*(one.reason for one in contents.left_out), *contents.notes]
        empty = [one.where for one in contents.articles if not one.text.strip()]
        answer["traceback"] = f"Articles without text: {empty}" if empty else ""
        if not contents.articles and not contents.left_out:
            answer["traceback"] = "Neither articles nor anything that was left out."
    except CrossframeError as error:
        answer |= {"messages": [str(error)], "refused": True}
    except Exception:  # noqa: BLE001 - what breaks is what is counted
        answer["traceback"] = traceback.format_exc()
    return answer | {"seconds": time.process_time() - start}


def read_one(kind: str, number: int, counts: Counts, keep: Path | None) -> None:
    """Read one file and count what came of it."""
    import hostile_files  # by its own name: the reading process imports it

    name, content = make_file(kind, number)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    counts.files += 1
    fault = ""
    try:
        answer = read_in_worker(hostile_files.measure, File(content, name))
    except CrossframeError as error:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        allowed = max(worker.MAX_SECONDS, len(content) / worker.BYTES_PER_SECOND)
        answer = {"articles": 0, "messages": [str(error)], "refused": True, "traceback": "", "seconds": min(spent, allowed)}  # fmt: skip
        counts.stopped += 1
        fault = "stopped"
    counts.articles += answer["articles"]
    counts.refused += answer["refused"]
    counts.left_out += 0 if answer["refused"] else len(answer["messages"])
    counts.slowest_seconds = max(counts.slowest_seconds, round(answer["seconds"], 1))
    counts.over_20_s += answer["seconds"] > LIMIT
    if answer["traceback"]:
        counts.tracebacks += 1
        fault = answer["traceback"]
    bad = [message for message in answer["messages"] if not counts.note_message(message)]
    fault = fault or (f"message {bad[0][:300]!r}" if bad else "")
    fault = fault or (f"slow: {answer['seconds']:.1f} s" if answer["seconds"] > 5 else "")
    _keep(fault, f"{kind} {number}", name, content, keep)


def _keep(fault: str, label: str, name: str, content: bytes, keep: Path | None) -> None:
    if not fault:
        return
    print(f"{label} ({len(content)} bytes, {name!r}): {fault.strip()[-700:]}", file=sys.stderr)  # noqa: T201
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{label}{Path(name).suffix[:9]}").write_bytes(content)


def import_some(numbers: list[tuple[str, int]], turn: int, counts: Counts) -> None:
    """Import a folder of files, the same as a damaged or sound zip, and one of them by itself, into one corpus."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "brought"
        folder.mkdir()
        for kind, number in numbers:
            name, content = make_file(kind, number)
            (folder / name).write_bytes(content)
        chance = random.Random(turn)
        whole = _archive(folder, Path(place) / "whole.zip") if turn % 2 else None
        given = [folder]
        if whole is not None:
            given.append(whole)
            broken = Path(place) / "broken.zip"
            broken.write_bytes(chance.choice((_flip, _cut, _strew))(whole.read_bytes(), chance))
            given.append(broken)
        given.append(chance.choice(sorted(folder.iterdir())))
        for path in given:
            counts.files += sum(1 for _ in folder.iterdir()) if path.is_dir() else 1
            _import_one(path, Path(place) / "corpus", 1 + turn % 3, counts)


def _import_one(path: Path, corpus: Path, jobs: int, counts: Counts) -> None:
    """Import a path, and hold the corpus afterwards against what was said."""
    before = _state(corpus)
    said = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            status = import_files(path, corpus=corpus, outlet="star", jobs=jobs)
        said = [*status.summary().split("\n"), *(str(one.message) for one in caught)]
        counts.imported += len(status.imported)
        if path.is_dir():
            named = [one.source for one in status.imported] + [one.where for one in status.left_out]
            lost = [
                one
                for one in path.iterdir()
                if not any(name.startswith(printable(str(one))) for name in named)
            ]
            counts.unaccounted += len(lost)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = {article.id for article in read_folder(corpus, regrouped=False).articles}
        written = {one.article.id for one in status.imported} <= known
        listed = not status.left_out or (corpus / LEFT_OUT_TABLE).is_file()
        counts.half_made += not (written and listed)
    except CrossframeError as error:
        said = [str(error)]
        counts.refused += 1
        counts.half_made += _state(corpus) != before
    except Exception:  # noqa: BLE001 - what breaks is what is counted
        counts.tracebacks += 1
        counts.half_made += _state(corpus) != before
        print(f"import of {path.name!r}: {traceback.format_exc()[-1500:]}", file=sys.stderr)  # noqa: T201
    for message in said:
        if not counts.note_message(message):
            print(f"import of {path.name!r}: message {message[:300]!r}", file=sys.stderr)  # noqa: T201
    counts.half_made += any(one.name.endswith(".import") for one in corpus.parent.iterdir())


def _state(corpus: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in sorted(corpus.rglob("*")) if path.is_file()}


def run(n_files: int, *, seconds: float = math.inf, keep: Path | None = None) -> list[Counts]:
    """Return the counts of every format, and of imports.

    Parameters
    ----------
    n_files : int
        Over all formats.
    seconds : float
        Time on the clock after which no further file is made; three quarters of it are for reading, the rest for imports.
    keep : Path, optional
        Folder for the files with which something is wrong, and for how far it came: a run of as many files that was ended
        before it was done goes on there.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    progress = Progress.read(keep, n_files)
    *rows, imports = progress.rows
    start = time.monotonic()
    n_each = -(-n_files // len(rows))
    while progress.number < n_each and time.monotonic() - start < 0.75 * seconds:
        for counts in rows:
            if time.monotonic() - start < 0.75 * seconds:
                read_one(counts.format, progress.number, counts, keep)
        progress.number += 1
        progress.store(keep)
    for turn, numbers in enumerate(_sample(n_each)):
        if turn == progress.turn and time.monotonic() - start < seconds:
            import_some(numbers, turn, imports)
            progress.turn += 1
            progress.store(keep)
    return progress.rows


@dataclass
class Progress:
    """How far a run came: its counts, and the next file of each format and the next folder to be imported."""

    n_files: int
    rows: list[Counts]
    number: int = 0
    turn: int = 0

    @classmethod
    def read(cls, keep: Path | None, n_files: int) -> "Progress":
        """Return how far a run of as many files came that was ended, else its beginning."""
        path = keep / PROGRESS if keep is not None else None
        if path is not None and path.is_file():
            stored = json.loads(path.read_text(encoding="utf-8"))
            if stored["n_files"] == n_files:
                print(f"going on at file {stored['number']} of each format", file=sys.stderr)  # noqa: T201
                return cls(**stored | {"rows": [Counts(**row) for row in stored["rows"]]})
        names = [*seeds(), "import of folders, zips and single files"]
        return cls(n_files, [Counts(name) for name in names])

    def store(self, keep: Path | None) -> None:
        """Write it down where files are kept."""
        if keep is not None:
            storage.write_json(keep / PROGRESS, asdict(self))


def _sample(n_each: int) -> Iterator[list[tuple[str, int]]]:
    drawn = [(kind, number) for number in range(n_each) for kind in seeds()]
    random.Random(n_each).shuffle(drawn)
    drawn = drawn[: max(1, int(len(drawn) * SHARE_IMPORTED))]
    for start in range(0, len(drawn), PER_FOLDER):
        yield drawn[start : start + PER_FOLDER]


def main() -> None:
    """Write the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="files over all formats")
    parser.add_argument(
        "--seconds", type=float, default=math.inf, help="time after which no further file is read"
    )
    parser.add_argument(
        "--keep", type=Path, help="folder for files with which something is wrong, and to go on"
    )
    parser.add_argument("--out", type=Path, default=OUT, help="table to be written")
    options = parser.parse_args()
    rows = run(options.files, seconds=options.seconds, keep=options.keep)
    storage.write_csv(options.out, COLUMNS, [[getattr(row, name) for name in COLUMNS] for row in rows])
    if options.keep is not None:
        (options.keep / PROGRESS).unlink(missing_ok=True)
    print(options.out.read_text())  # noqa: T201


if __name__ == "__main__":
    main()
