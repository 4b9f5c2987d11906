"""Public corpora of marked stretches: small files in upstream's forms, and counts held against the real ones."""

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.errors import CrossframeWarning, InputError
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loaders import load
from crossframe.reading.public.loaders_spans import kind_of, quoted_stretches, read_attributions
from crossframe.reading.public.registry import Entry, need_files, read_entry
from crossframe.records import Annotation, Corpus, Spans

Maker = Callable[[str, dict[str, str], dict[str, tuple[str, ...]]], Entry]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Return a maker of registry entries whose files lie verified in an empty cache."""
    monkeypatch.setenv("CROSSFRAME_CACHE", str(tmp_path / "cache"))

    def made(name: str, contents: dict[str, str], splits: dict[str, tuple[str, ...]]) -> Entry:
        files = {path: hashlib.sha256(content.encode()).hexdigest() for path, content in contents.items()}
        entry = Entry(name, "", "o", "r", "c", "en", "free", "", "", splits, files)
        for path, content in contents.items():
            (entry.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (entry.folder / path).write_bytes(content.encode())
        return entry

    return made


def entities(corpus: Corpus) -> list[tuple[str, str, str]]:
    """Return article, text and class of every gold entity."""
    gold = corpus.gold["entities"]
    assert isinstance(gold, Annotation)
    texts = {article.id: article.document for article in corpus.articles}
    labels = [gold.labels[number] for number in gold.scores.argmax(axis=1)]
    return [
        (unit["article"], texts[unit["article"]][unit["start"] : unit["end"]], label)
        for unit, label in zip(gold.units.rows(), labels, strict=True)
    ]


class TestNames:
    """Tokens and tags."""

    def test_crossner(self, make: Maker) -> None:
        """Tokens are joined by blanks; B- opens an entity beside another; a split is loaded when asked for."""
        told = "The\tO\nGreens\tB-politicalparty\nof\tO\nNew\tB-location\nTown\tI-location\nBell\tB-politician\n\n"
        entry = make(
            "crossner-politics",
            {"train": told + "Ann\tB-person\nBell\tB-person\n", "dev": told, "test": told},
            {split: (split,) for split in ("train", "dev", "test")},
        )
        corpus = load(entry)
        assert [(a.id, a.event, a.split, a.document) for a in corpus.articles] == [
            ("train-0000", "train-0000", "train", "The Greens of New Town Bell"),
            ("train-0001", "train-0001", "train", "Ann Bell"),
            ("dev-0000", "dev-0000", "dev", "The Greens of New Town Bell"),
        ]
        assert entities(corpus)[:5] == [
            ("train-0000", "Greens", "politicalparty"),
            ("train-0000", "New Town", "location"),
            ("train-0000", "Bell", "politician"),
            ("train-0001", "Ann", "person"),
            ("train-0001", "Bell", "person"),
        ]
        assert [a.id for a in load(entry, ["test"]).articles] == ["test-0000"]

    def test_wnut17(self, make: Maker) -> None:
        """A line of a lone tab parts posts; characters stay as they are."""
        entry = make("wnut17", {"train": "´\tO\nl’Ann\tB-person\n\t\nthe\tO\n"}, {"train": ("train",)})
        corpus = load(entry, ["train"])
        assert [a.text for a in corpus.articles] == ["´ l’Ann", "the"]
        assert entities(corpus) == [("train-0000", "l’Ann", "person")]

    def test_wikigold(self, make: Maker) -> None:
        """Columns are parted by a blank, and every tag is I-: another class opens another entity."""
        entry = make("wikigold", {"x": "Ann I-PER\nBell I-PER\nOslo I-LOC\n. O\n\n"}, {"all": ("x",)})
        assert entities(load(entry)) == [("all-0000", "Ann Bell", "PER"), ("all-0000", "Oslo", "LOC")]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("Ann\tB-person\nBell\n", "train: line 2: Invalid row 'Bell'"),
            ("Ann\tperson\n", "line 1: Invalid row"),
            ("Ann\tB-poet\n", "Invalid class 'poet' in 'train' of corpus 'wnut17'"),
        ],
    )
    def test_bad_rows(self, make: Maker, content: str, message: str) -> None:
        """A row of another form and a class unheard of are one clear error."""
        with pytest.raises(InputError, match=message):
            load(make("wnut17", {"train": content}, {"train": ("train",)}), ["train"])


DOCUMENT = "Bridge opens.\n\n“We go,” Ann Bell said, “and\u00a0stay.”\n\nIt may rain, they fear, and “pour.”"


def stretch(number: int, kind: str, *words: str) -> str:
    """Return the line of a stretch of these words, each found in the document."""
    at = [DOCUMENT.index(word) for word in words]
    offsets = ";".join(f"{start} {start + len(word)}" for start, word in zip(at, words, strict=True))
    return f"T{number}\t{kind} {offsets}\t{' '.join(words)}\n"


ANNOTATION = (
    stretch(1, "Content", "“and\u00a0stay.”", "“We go,”")
    + stretch(2, "Cue", "said")
    + "E2\tAttribution:T3 Content:T5 Cue:T4 Source:T6\n"
    + "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T7\n"
    + stretch(3, "Attribution", "fear")
    + stretch(4, "Cue", "fear")
    + stretch(5, "Content", "It may rain", "and “pour.”")
    + stretch(6, "Source", "they")
    + stretch(7, "Source", "Ann Bell")
    + "E3\tAttribution-no-source:T2 \n"
    + stretch(8, "Discuss", "Bridge")
    + "#1\tAnnotatorNotes T8\tIs it?\n"
)
PATH = "data/dev/{}/the-post_2016-09-12_bridge-opens"


class TestPolnear:
    """Attributions in standoff files."""

    def polnear(self, make: Maker, **annotations: str) -> Corpus:
        """Return a corpus of one article with these annotation files."""
        contents = {f"{PATH.format('text')}.txt": DOCUMENT}
        contents |= {f"{PATH.format('attributions')}_{by}.ann": text for by, text in annotations.items()}
        return load(make("polnear", contents, {"dev": ("data/dev/",)}), ["dev"])

    def test_gold(self, make: Maker) -> None:
        """Fragments share the attribution's id, cue and source in the order of the text, and the document is upstream's."""
        corpus = self.polnear(make, b222="broken", a111=ANNOTATION)
        (article,) = corpus.articles
        assert article.document == DOCUMENT
        assert (article.id, article.outlet, str(article.published), article.title) == (
            "the-post_2016-09-12_bridge-opens", "the-post", "2016-09-12", "Bridge opens."
        )  # fmt: skip
        rows = {name: self.told(gold) for name, gold in corpus.gold.items() if isinstance(gold, Spans)}
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

    def told(self, spans: Spans) -> list[tuple[str, ...]]:
        """Return text, quote, kind, cue and speaker of every row."""
        return [
            (DOCUMENT[r["start"] : r["end"]], r["quote"], r["kind"], r["cue"], r["speaker_text"])
            for r in spans.rows()
        ]

    def test_no_annotation(self, make: Maker) -> None:
        """An article that nobody annotated is loaded without gold."""
        assert [len(gold) for gold in self.polnear(make).gold.values() if isinstance(gold, Spans)] == [
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

    def test_text_of_a_stretch_over_lines(self) -> None:
        """A line without an id goes on with the text above, and blanks alone do not part a stretch."""
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
def test_kind_of(document: str, content: str, kind: str) -> None:
    """A content is direct when all its words stand inside double marks, paired line by line."""
    start = document.index(content)
    assert kind_of(document, [(start, start + len(content))]) == kind


def test_quoted_stretches() -> None:
    """Marks are inside their stretch; only the lines touched are read."""
    assert quoted_stretches('"a"\n"b" c "d', 4, 5) == [(4, 7), (10, 12)]


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "blocks", "n_entities"),
    [
        ("crossner-politics", {"train": 200, "dev": 541}, 4786),
        ("wnut17", {"train": 3394, "dev": 1009}, 2811),
        ("wikigold", {"all": 1841}, 3558),
    ],
)
def test_real_names(mirror: Path, name: str, blocks: dict[str, int], n_entities: int) -> None:
    """Blocks are as many as known, entities as many as upstream opens."""
    corpus = read_corpus(name)
    assert Counter(article.split for article in corpus.articles) == blocks
    assert len(entities(corpus)) == n_entities


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
