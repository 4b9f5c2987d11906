"""Loaders of public corpora of marked stretches: names with their classes, and attributions with source, cue and content."""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.public.registry import Entry, need_files
from crossframe.records import Annotation, Article, Corpus, Spans

# --- names: CrossNER, WNUT17, Wikigold --------------------------------------------------------------------

_CLASSES = {
    "crossner-politics": (
        "politician", "person", "organisation", "politicalparty", "event", "election", "country", "location", "misc"
    ),
    "wnut17": ("person", "location", "corporation", "group", "product", "creative-work"),
    "wikigold": ("PER", "LOC", "ORG", "MISC"),
}  # fmt: skip
_NAMED_SPLITS = {
    "crossner-politics": ("train", "dev"),
    "wnut17": ("train", "dev"),
    "wikigold": ("all",),
}


def load_names(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return CrossNER politics, WNUT17 or Wikigold: an article a block of upstream, each its own event.

    Tokens are joined by single blanks; a block is one sentence. Gold ``entities``: an Annotation of spans, a unit
    an entity with its offsets, labels upstream's classes as upstream writes them.
    """
    labels = _CLASSES[entry.name]
    articles, units, chosen = [], [], []
    for split in splits or _NAMED_SPLITS[entry.name]:
        path = entry.files_of(split)[0]
        content = (need_files(entry, [path]) / path).read_text(encoding="utf-8-sig")
        for number, rows in enumerate(_blocks(content, path)):
            text = " ".join(word for word, _ in rows)
            id = f"{split}-{number:04d}"
            articles.append(
                Article(id, id, "unknown", "", text, language="en", split=split, sentences=((0, len(text)),))
            )
            for start, end, label in _entities(rows):
                if label not in labels:
                    raise InputError(
                        f"Invalid class {label!r} in {path!r} of corpus {entry.name!r}. "
                        f"It must be one of: {', '.join(labels)}."
                    )
                units.append({"article": id, "sentence": 1, "start": start, "end": end})
                chosen.append(labels.index(label))
    source = f"annotators of {entry.name}"
    gold = Annotation.of_choices(units, "span", labels, chosen, source)
    return _corpus(entry, articles, entities=gold)


def _blocks(content: str, path: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the (token, tag) rows of every block; blocks are parted by blank lines, columns by a tab or a blank."""
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*content.replace("\r\n", "\n").split("\n"), ""], 1):
        if line.strip():
            word, _, tag = line.rpartition("\t" if "\t" in line else " ")
            if not word or not (tag == "O" or tag[:2] in {"B-", "I-"}):
                raise InputError(
                    f"{path}: line {number}: Invalid row {line!r}. It must be a token and a tag (O, B-..., I-...)."
                )
            rows.append((word, tag))
        elif rows:
            yield rows
            rows = []


def _entities(rows: Sequence[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """Return (start, end, class) of the entities; an I- tag after another class, or after O, opens one."""
    found: list[tuple[int, int, str]] = []
    at, before = 0, ""
    for word, tag in rows:
        label = tag[2:]
        if label and tag[0] == "I" and label == before:
            found[-1] = (found[-1][0], at + len(word), label)
        elif label:
            found.append((at, at + len(word), label))
        at, before = at + len(word) + 1, label
    return found


# --- attributions: PolNeAR --------------------------------------------------------------------------------

_STRETCH = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_RELATION = re.compile(r"(E\d+)\t(.+)", re.DOTALL)
_LINE = re.compile(r"(?:[TEARMN*]\d*|#\d+)\t")
_PARTS = ("Source", "Cue", "Content")

Offsets = list[tuple[int, int]]


@dataclass(frozen=True)
class Attribution:
    """Who (``source``) is said by which words (``cue``) to say or hold what (``content``): offsets, in order.

    Each may be empty; stretches that only blanks part are one, as brat cannot hold one over a line break.
    """

    id: str
    source: Offsets = field(default_factory=list)
    cue: Offsets = field(default_factory=list)
    content: Offsets = field(default_factory=list)


def load_polnear(entry: Entry, splits: tuple[str, ...] | None) -> Corpus:
    """Return PolNeAR: each article its own event, its first paragraph (the headline) the title, all text unaltered.

    Where an article has several annotation files, the first by name is gold. Gold, all Spans whose ``quote`` is
    upstream's id of the attribution: ``quotes``, a row a stretch of content, ``cue`` and ``speaker_text`` (words of
    cue and source) "" where there are none, kind from the quotation marks by `kind_of`; ``cues`` and ``sources``,
    the same for the stretches of cue and source. An attribution without content has no row in ``quotes``.

    Warns
    -----
    CrossframeWarning
        Naming each annotation file with a line that cannot be read; its other lines are kept.
    """
    articles = []
    rows: dict[str, list[dict[str, object]]] = {part: [] for part in _PARTS}
    for split in splits or ("train", "dev"):
        paths = _first_annotations(entry.files_of(split))
        folder = need_files(entry, [path for pair in paths.items() for path in pair if path])
        for text_path, path in paths.items():
            article = _polnear_article(text_path, (folder / text_path).read_bytes().decode("utf-8"), split)
            articles.append(article)
            if path:
                content = (folder / path).read_bytes().decode("utf-8")
                for one in read_attributions(article.document, content, PurePosixPath(path).name):
                    _add_rows(rows, article, one)
    gold = {part: Spans.from_rows(rows[part]) for part in _PARTS}
    return _corpus(entry, articles, quotes=gold["Content"], cues=gold["Cue"], sources=gold["Source"])


def _first_annotations(paths: Iterable[str]) -> dict[str, str]:
    """Return the annotation file that is gold by the text's path, "" where there is none."""
    first: dict[str, str] = {}
    texts = []
    for path in sorted(paths):
        name = PurePosixPath(path)
        if name.parent.name == "text":
            texts.append(path)
        else:
            first.setdefault(name.stem.rsplit("_", 1)[0], path)
    return {path: first.get(PurePosixPath(path).stem, "") for path in texts}


def _polnear_article(path: str, document: str, split: str) -> Article:
    id = PurePosixPath(path).stem
    outlet, published, _ = id.split("_", 2)
    title, _, text = document.partition("\n\n")
    if not text.strip():
        title, text = "", document
    return Article(
        id, id, outlet, title, text, date.fromisoformat(published), language="en", genre="news", split=split
    )


def read_attributions(document: str, content: str, name: str) -> list[Attribution]:
    """Return the attributions of a standoff file of brat, in order of their first stretch.

    Parameters
    ----------
    document : str
        The text that offsets count characters of.
    content : str
        The file. A line that opens with no id goes on with the text of the line above.
    name : str
        Of the file, for the warning.

    Warns
    -----
    CrossframeWarning
        Once, when a line cannot be read or its text does not stand at its offsets; it is passed over.

    Examples
    --------
    >>> content = "T1\\tSource 0 3\\tAnn\\nT2\\tCue 4 8\\tsaid\\nT3\\tContent 9 12;13 15\\tyes no\\n"
    >>> read_attributions("Ann said yes,no", content + "E1\\tAttribution:T2 Source:T1 Cue:T2 Content:T3", "a.ann")
    [Attribution(id='E1', source=[(0, 3)], cue=[(4, 8)], content=[(9, 12), (13, 15)])]
    """
    stretches: dict[str, Offsets] = {}
    relations, bad = [], []
    for line in _whole_lines(content):
        stretch, relation = _STRETCH.fullmatch(line), _RELATION.fullmatch(line)
        if stretch and (offsets := _checked(document, stretch[2], stretch[3])):
            stretches[stretch[1]] = offsets
        elif relation:
            relations.append((relation[1], line, relation[2].split()))
        elif stretch or line[0] not in "#ARMN*":
            bad.append(line)
    found = []
    for id, line, words in relations:
        named = [word.rpartition(":")[::2] for word in words]
        if any(target not in stretches for role, target in named if role.startswith(_PARTS)):
            bad.append(line)
            continue
        parts = {
            part: sorted(o for role, target in named if role.rstrip("0123456789") == part for o in stretches[target])
            for part in _PARTS
        }  # fmt: skip
        if any(parts.values()):
            found.append(Attribution(id, *(_joined(document, parts[part]) for part in _PARTS)))
    if bad:
        warnings.warn(
            f"Malformed annotation file {name!r}: {len(bad)} of its lines cannot be read, first {bad[0][:80]!r}. "
            "They are passed over.",
            CrossframeWarning,
            stacklevel=2,
        )
    return sorted(found, key=lambda one: (one.content + one.cue + one.source, one.id))


def _whole_lines(content: str) -> list[str]:
    """Return the lines, those that open with no id joined to the line above: the text of a stretch may have breaks."""
    lines: list[str] = []
    for line in content.split("\n"):
        if lines and not _LINE.match(line):
            lines[-1] += f"\n{line}"
        elif line:
            lines.append(line)
    return [line.rstrip("\n") for line in lines]


def _checked(document: str, offsets: str, told: str) -> Offsets:
    """Return the offsets in order, none when the text told does not stand there."""
    given = [(int(start), int(end)) for start, end in (pair.split() for pair in offsets.split(";"))]
    if " ".join(" ".join(document[start:end] for start, end in given).split()) != " ".join(told.split()):
        return []
    return sorted(given)


def _joined(document: str, offsets: Offsets) -> Offsets:
    """Return the stretches, those joined that overlap or that blanks alone part."""
    joined: Offsets = []
    for start, end in offsets:
        if joined and not document[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _add_rows(rows: dict[str, list[dict[str, object]]], article: Article, one: Attribution) -> None:
    document = article.document
    cue, source = (" ".join(document[start:end] for start, end in part) for part in (one.cue, one.source))
    told = {"article": article.id, "kind": kind_of(document, one.content), "quote": one.id, "cue": cue, "speaker_text": source}  # fmt: skip
    for part, offsets in zip(_PARTS, (one.source, one.cue, one.content), strict=True):
        rows[part] += [{**told, "start": start, "end": end} for start, end in offsets]


# --- quotation marks --------------------------------------------------------------------------------------

_MARK = re.compile(r"[“”\"]|''|``")
_OPENING, _CLOSING = frozenset(["“", "``"]), frozenset(["”"])


def kind_of(document: str, offsets: Offsets) -> str:
    """Return direct where all letters and digits of a content stand inside double quotation marks, indirect where
    none does, else mixed; indirect also where there are none.

    Marks are paired in their own paragraph (a line); one left open runs to its end. Single marks count for nothing.

    Examples
    --------
    >>> text = '“We go,” he said, who would “not stay.”'
    >>> kind_of(text, [(0, 8)]), kind_of(text, [(1, 7)]), kind_of(text, [(18, 39)]), kind_of(text, [(9, 16)])
    ('direct', 'direct', 'mixed', 'indirect')
    """
    inside = []
    for start, end in offsets:
        quoted = quoted_stretches(document, start, end)
        inside += [
            any(first <= at < last for first, last in quoted)
            for at in range(start, end)
            if document[at].isalnum()
        ]
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"


def quoted_stretches(document: str, start: int, end: int) -> Offsets:
    """Return the stretches inside double quotation marks of the lines that `start` to `end` touches, marks included."""
    first = document.rfind("\n", 0, start) + 1
    last = document.find("\n", end)
    found: Offsets = []
    at = first
    for line in document[first : last if last >= 0 else len(document)].split("\n"):
        found += [(at + opened, at + closed) for opened, closed in _quoted_in(line)]
        at += len(line) + 1
    return found


def _quoted_in(line: str) -> Offsets:
    found: Offsets = []
    opened = -1
    for mark in _MARK.finditer(line):
        if opened < 0 and mark.group() not in _CLOSING:
            opened = mark.start()
        elif opened >= 0 and mark.group() not in _OPENING:
            found.append((opened, mark.end()))
            opened = -1
    return [*found, (opened, len(line))] if opened >= 0 else found


def _corpus(entry: Entry, articles: Sequence[Article], **gold: Spans | Annotation) -> Corpus:
    return Corpus(
        entry.name,
        tuple(articles),
        gold=gold,
        language=entry.language,
        licence=entry.licence,
        provenance=entry.citation,
    )
