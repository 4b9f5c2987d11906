"""PolNeAR: small files in upstream's form, and counts of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.errors import CrossframeWarning
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.fetching import need_files
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.polnear import quote_kind, quoted_spans, read_attributions
from crossframe.reading.public.registry import Entry, read_entry
from crossframe.records import Corpus, Spans

MakeEntry = Callable[..., Entry]
DOCUMENT = "Bridge opens.\n\n“We go,” Ann Bell said, “and\u00a0stay.”\n\nIt may rain, they fear, and “pour.”"


def span(number: int, kind: str, *words: str) -> str:
    """Return the line of a span of these words, each found in the document."""
    at = [DOCUMENT.index(word) for word in words]
    offsets = ";".join(f"{start} {start + len(word)}" for start, word in zip(at, words, strict=True))
    return f"T{number}\t{kind} {offsets}\t{' '.join(words)}\n"


ANNOTATION = (
    span(1, "Content", "“and\u00a0stay.”", "“We go,”")
    + span(2, "Cue", "said")
    + "E2\tAttribution:T3 Content:T5 Cue:T4 Source:T6\n"
    + "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T7\n"
    + span(3, "Attribution", "fear")
    + span(4, "Cue", "fear")
    + span(5, "Content", "It may rain", "and “pour.”")
    + span(6, "Source", "they")
    + span(7, "Source", "Ann Bell")
    + "E3\tAttribution-no-source:T2 \n"
    + span(8, "Discuss", "Bridge")
    + "#1\tAnnotatorNotes T8\tIs it?\n"
)
PATH = "data/dev/{}/the-post_2016-09-12_bridge-opens"


class TestPolnear:
    """Attributions in standoff files."""

    def polnear(self, make_entry: MakeEntry, **annotations: str) -> Corpus:
        """Return a corpus of one article with these annotation files."""
        contents = {f"{PATH.format('text')}.txt": DOCUMENT}
        contents |= {f"{PATH.format('attributions')}_{by}.ann": text for by, text in annotations.items()}
        return load_entry(make_entry("polnear", {"dev": contents}, splits={"dev": ("data/dev/",)}), ["dev"])

    def test_gold(self, make_entry: MakeEntry) -> None:
        """Fragments share the attribution's id, cue and source in the order of the text, and the document is upstream's."""
        corpus = self.polnear(make_entry, b222="broken", a111=ANNOTATION)
        (article,) = corpus.articles
        assert article.document == DOCUMENT
        assert (article.id, article.outlet, str(article.published), article.title) == (
            "the-post_2016-09-12_bridge-opens", "the-post", "2016-09-12", "Bridge opens."
        )  # fmt: skip
        rows = {name: self.rows_of(gold) for name, gold in corpus.gold.items() if isinstance(gold, Spans)}
        assert rows == {
            "quotes": [
                ("“We go,”", "E1", "direct", "said", "Ann Bell"),
                ("“and\u00a0stay.”", "E1", "direct", "said", "Ann Bell"),
                ("It may rain", "E2", "mixed", "fear", "they"),
                ("and “pour.”", "E2", "mixed", "fear", "they"),
            ],
            "cues": [("said", "E1", "direct", "said", "Ann Bell"), ("fear", "E2", "mixed", "fear", "they")],
            "sources": [
                ("Ann Bell", "E1", "direct", "said", "Ann Bell"),
                ("they", "E2", "mixed", "fear", "they"),
            ],
        }

    def rows_of(self, spans: Spans) -> list[tuple[str, ...]]:
        """Return text, quote, kind, cue and speaker of every row."""
        return [
            (DOCUMENT[r["start"] : r["end"]], r["quote"], r["kind"], r["cue"], r["speaker_text"])
            for r in spans.rows()
        ]

    def test_no_annotation(self, make_entry: MakeEntry) -> None:
        """An article that nobody annotated is loaded without gold."""
        assert [len(gold) for gold in self.polnear(make_entry).gold.values() if isinstance(gold, Spans)] == [
            0,
            0,
            0,
        ]

    @pytest.mark.parametrize(
        ("line", "shown"),
        [
            ("T9\tCue 0 6\tBrigde\n", "T9"),
            ("T9\tCue 400 406\tBridge\n", "T9"),
            ("T9 Cue 0 6 Bridge\n", "T9 Cue|E2"),
            ("E4\tContent:T99\n", "E4"),
        ],
    )
    def test_malformed(self, line: str, shown: str) -> None:
        """A line that cannot be read is named once with its file, and all others are kept."""
        with pytest.warns(CrossframeWarning, match=rf"Malformed .*'a\.ann': 1 of its lines .*'(?:{shown})"):
            found = read_attributions(
                DOCUMENT, line + ANNOTATION if " " in line[:3] else ANNOTATION + line, "a.ann"
            )
        assert [one.id for one in found] == ["E1", "E2"]

    def test_text_of_a_span_over_lines(self) -> None:
        """A line without an id goes on with the text above, and blanks alone do not split a span."""
        document = "One.\n\nThen two, she says."
        lines = (
            "T1\tContent 0 4;6 14\tOne. Then two\nT2\tContent 0 14\tOne.\n\nThen two\nT3\tCue 20 24\tsays\n"
        )
        for number in (1, 2):
            (one,) = read_attributions(document, f"{lines}E1\tCue:T3 Content:T{number}\n", "a.ann")
            assert (one.content, one.cue, one.source) == ([(0, 14)], [(20, 24)], [])

    def test_two_contents(self) -> None:
        """A second content of one attribution is another fragment of it."""
        lines = "T1\tContent 4 5\tb\nT2\tContent 0 1\ta\nE1\tContent:T1 Content2:T2\n"
        assert read_attributions("a, xb c", lines.replace("4 5", "4 5"), "a.ann")[0].content == [
            (0, 1),
            (4, 5),
        ]


@pytest.mark.parametrize(
    ("document", "content", "kind"),
    [
        ('"We go," he said.', '"We go,"', "direct"),
        ('"We go," he said.', "We go", "direct"),
        ("''We go,'' he said, ''and stay.''", "We go,'' he said, ''and stay.''", "mixed"),
        ("“We go.\n\n“We stay,” he said.", "“We go.\n\n“We stay,”", "direct"),
        ("He said that “we go.”", "that “we go.”", "mixed"),
        ("He said that we go. “No.”", "that we go", "indirect"),
        ("He said ‘we go.’", "‘we go.’", "indirect"),
        ('It is 6" high, he said.\nShe goes.', "She goes", "indirect"),
        ("“No.” He goes ” she said.", "He goes", "indirect"),
    ],
)
def test_quote_kind(document: str, content: str, kind: str) -> None:
    """A content is direct when all its words are inside double marks, paired line by line."""
    start = document.index(content)
    assert quote_kind(document, [(start, start + len(content))]) == kind


def test_quoted_spans() -> None:
    """Marks are inside their span; only the lines touched are read."""
    assert quoted_spans('"a"\n"b" c "d', 4, 5) == [(4, 7), (10, 12)]


@pytest.mark.mirror
@pytest.mark.slow
def test_real_polnear(mirror: Path) -> None:
    """Articles, attributions and contents are as many as known; the documents are upstream's files; nothing is malformed."""
    entry = read_entry("polnear")
    assert sum("/text/" in path for path in entry.files) == 1008
    corpus = read_corpus("polnear")
    assert Counter(article.split for article in corpus.articles) == {"train": 840, "dev": 84}
    documents = {article.id: article.document for article in corpus.articles}
    folder = entry.folder / "data" / "dev" / "text"
    assert all((folder / f"{a.id}.txt").read_bytes().decode() == a.document for a in corpus.select(split="dev").articles)  # fmt: skip
    contents = []
    for split in ("train", "dev"):
        paths = [path for path in entry.files_of(split) if path.endswith(".ann")]
        for path in paths:
            raw = (need_files(entry, [path]) / path).read_bytes().decode()
            id = Path(path).stem.rsplit("_", 1)[0]
            contents += [one.content for one in read_attributions(documents[id], raw, path) if one.content]
    assert (len(contents), sum(len(one) > 1 for one in contents)) == (24784, 3737)
    quotes = corpus.gold["quotes"]
    assert isinstance(quotes, Spans)
    assert len(set(zip(quotes.article, quotes.quote, strict=True))) == 19832 + 2192
