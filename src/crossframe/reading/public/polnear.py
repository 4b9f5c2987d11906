"""Loader of PolNeAR: news articles with attributions: source, cue and content."""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from crossframe.errors import CrossframeWarning
from crossframe.reading.public.parsing import CorpusFiles
from crossframe.records import Article, Corpus, Spans

_SPAN = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_RELATION = re.compile(r"(E\d+)\t(.+)", re.DOTALL)
_BRAT_LINE = re.compile(r"(?:[TEARMN*]\d*|#\d+)\t")
_ROLES = ("Source", "Cue", "Content")

Offsets = list[tuple[int, int]]


@dataclass(frozen=True)
class Attribution:
    """An attribution: the spans of its source, cue and content, as offsets in order.

    Each may be empty; spans that only white space separates are one, because brat splits them at line breaks.
    """

    id: str
    source: Offsets = field(default_factory=list)
    cue: Offsets = field(default_factory=list)
    content: Offsets = field(default_factory=list)


def load(files: CorpusFiles) -> Corpus:
    """Return PolNeAR: each article its own event, its first paragraph (the headline) the title, all text unaltered.

    Where an article has several annotation files, the first by name is gold. Gold, all Spans whose ``quote`` is
    upstream's id of the attribution: ``quotes``, one row per span of content, ``cue`` and ``speaker_text`` (words of
    cue and source) "" where there are none, kind from the quotation marks by `quote_kind`; ``cues`` and ``sources``,
    the same for the spans of cue and source. An attribution without content has no row in ``quotes``.

    Warns
    -----
    CrossframeWarning
        Naming each annotation file with a line that cannot be read; its other lines are used.
    """
    articles = []
    rows: dict[str, list[dict[str, object]]] = {role: [] for role in _ROLES}
    for split in files.choose("train", "dev"):
        paths = _first_annotations(files.paths(split))
        folder = files.fetch(*(path for pair in paths.items() for path in pair if path))
        for text_path, path in paths.items():
            article = _read_article(text_path, (folder / text_path).read_bytes().decode("utf-8"), split)
            articles.append(article)
            if path:
                content = (folder / path).read_bytes().decode("utf-8")
                for attribution in read_attributions(article.document, content, PurePosixPath(path).name):
                    _add_rows(rows, article, attribution)
    gold = {role: Spans.from_rows(rows[role]) for role in _ROLES}
    return files.make_corpus(
        articles, {"quotes": gold["Content"], "cues": gold["Cue"], "sources": gold["Source"]}
    )


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


def _read_article(path: str, document: str, split: str) -> Article:
    id = PurePosixPath(path).stem
    outlet, published, _ = id.split("_", 2)
    title, _, text = document.partition("\n\n")
    if not text.strip():
        title, text = "", document
    return Article(
        id, id, outlet, title, text, date.fromisoformat(published), language="en", genre="news", split=split
    )


def read_attributions(document: str, content: str, name: str) -> list[Attribution]:
    """Return the attributions of a standoff file of brat, in order of their first span.

    Parameters
    ----------
    document : str
        The text that offsets count characters of.
    content : str
        The file. A line that begins with no id continues the text of the line above.
    name : str
        Of the file, for the warning.

    Warns
    -----
    CrossframeWarning
        Once, when a line cannot be read or its text is not at its offsets; such lines are ignored.

    Examples
    --------
    >>> content = "T1\\tSource 0 3\\tAnn\\nT2\\tCue 4 8\\tsaid\\nT3\\tContent 9 12;13 15\\tyes no\\n"
    >>> read_attributions("Ann said yes,no", content + "E1\\tAttribution:T2 Source:T1 Cue:T2 Content:T3", "a.ann")
    [Attribution(id='E1', source=[(0, 3)], cue=[(4, 8)], content=[(9, 12), (13, 15)])]
    """
    spans: dict[str, Offsets] = {}
    relations, bad = [], []
    for line in _join_lines(content):
        span, relation = _SPAN.fullmatch(line), _RELATION.fullmatch(line)
        if span and (offsets := _check_offsets(document, span[2], span[3])):
            spans[span[1]] = offsets
        elif relation:
            relations.append((relation[1], line, relation[2].split()))
        elif span or line[0] not in "#ARMN*":
            bad.append(line)
    attributions = []
    for id, line, words in relations:
        arguments = [word.rpartition(":")[::2] for word in words]
        if any(target not in spans for role, target in arguments if role.startswith(_ROLES)):
            bad.append(line)
            continue
        offsets_of = {
            wanted: sorted(o for role, target in arguments if role.rstrip("0123456789") == wanted for o in spans[target])
            for wanted in _ROLES
        }  # fmt: skip
        if any(offsets_of.values()):
            attributions.append(
                Attribution(id, *(_join_spans(document, offsets_of[role]) for role in _ROLES))
            )
    if bad:
        warnings.warn(
            f"Malformed annotation file {name!r}: {len(bad)} of its lines cannot be read, first {bad[0][:80]!r}. "
            "They are ignored.",
            CrossframeWarning,
            stacklevel=2,
        )
    return sorted(attributions, key=lambda a: (a.content + a.cue + a.source, a.id))


def _join_lines(content: str) -> list[str]:
    """Return the lines, those that begin with no id joined to the line above: the text of a span may have line breaks."""
    lines: list[str] = []
    for line in content.split("\n"):
        if lines and not _BRAT_LINE.match(line):
            lines[-1] += f"\n{line}"
        elif line:
            lines.append(line)
    return [line.rstrip("\n") for line in lines]


def _check_offsets(document: str, offsets: str, text: str) -> Offsets:
    """Return the offsets in order, none when `text` is not at them."""
    spans = [(int(start), int(end)) for start, end in (pair.split() for pair in offsets.split(";"))]
    if " ".join(" ".join(document[start:end] for start, end in spans).split()) != " ".join(text.split()):
        return []
    return sorted(spans)


def _join_spans(document: str, offsets: Offsets) -> Offsets:
    """Return the spans, those joined that overlap or that only white space separates."""
    joined: Offsets = []
    for start, end in offsets:
        if joined and not document[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _add_rows(rows: dict[str, list[dict[str, object]]], article: Article, attribution: Attribution) -> None:
    places = {"Source": attribution.source, "Cue": attribution.cue, "Content": attribution.content}
    words = {
        role: " ".join(article.document[start:end] for start, end in spans) for role, spans in places.items()
    }
    shared = {
        "article": article.id,
        "kind": quote_kind(article.document, attribution.content),
        "quote": attribution.id,
        "cue": words["Cue"],
        "speaker_text": words["Source"],
    }
    for role, spans in places.items():
        rows[role] += [{**shared, "start": start, "end": end} for start, end in spans]


# --- quotation marks --------------------------------------------------------------------------------------

_MARK = re.compile(r"[“”\"]|''|``")
_OPENING, _CLOSING = frozenset(["“", "``"]), frozenset(["”"])


def quote_kind(document: str, offsets: Offsets) -> str:
    """Return direct where all letters and digits of a content are inside double quotation marks, indirect where none
    is, else mixed; indirect also where there are none.

    Marks are paired within a paragraph (a line); an unclosed one runs to its end. Single marks are ignored.

    Examples
    --------
    >>> text = '“We go,” he said, who would “not stay.”'
    >>> quote_kind(text, [(0, 8)]), quote_kind(text, [(1, 7)]), quote_kind(text, [(18, 39)]), quote_kind(text, [(9, 16)])
    ('direct', 'direct', 'mixed', 'indirect')
    """
    inside = []
    for start, end in offsets:
        quoted = quoted_spans(document, start, end)
        inside += [
            any(first <= at < last for first, last in quoted)
            for at in range(start, end)
            if document[at].isalnum()
        ]
    if not any(inside):
        return "indirect"
    return "direct" if all(inside) else "mixed"


def quoted_spans(document: str, start: int, end: int) -> Offsets:
    """Return the spans inside double quotation marks of the lines that `start` to `end` touches, marks included."""
    first = document.rfind("\n", 0, start) + 1
    last = document.find("\n", end)
    quoted: Offsets = []
    at = first
    for line in document[first : last if last >= 0 else len(document)].split("\n"):
        quoted += [(at + opened, at + closed) for opened, closed in _pair_marks(line)]
        at += len(line) + 1
    return quoted


def _pair_marks(line: str) -> Offsets:
    quoted: Offsets = []
    opened = -1
    for mark in _MARK.finditer(line):
        if opened < 0 and mark.group() not in _CLOSING:
            opened = mark.start()
        elif opened >= 0 and mark.group() not in _OPENING:
            quoted.append((opened, mark.end()))
            opened = -1
    return [*quoted, (opened, len(line))] if opened >= 0 else quoted
