"""Reference labels of differences and of alignment: readings of invented tables, and the pairs and events registered."""

from pathlib import Path

import pytest

from crossframe import read_corpus, storage
from crossframe.errors import InputError, UnknownNameError
from crossframe.reading.public import alignment_labels
from crossframe.reading.public.alignment_labels import read_events
from crossframe.reading.public.difference_labels import (
    INVENTED,
    MINIMAL,
    Difference,
    check_fingerprint,
    fingerprint,
    match_differences,
    merge_readings,
    read_invented,
    read_pairs,
)
from crossframe.records import Alignment, Differences

ITEMS = (
    "id\tcorpus\tleft_article\tleft_start\tleft_end\tright_article\tright_start\tright_end\tsplit\tsha256\n"
    "d1\tneus\ta\t10\t30\tb\t0\t25\ttest\tx\n"
)
NUMBER, OTHER = Difference("number", (0, 4), (0, 3)), Difference("number", (10, 14), (9, 12))
DETAIL, WORDING = Difference("detail", (0, 0), (5, 20)), Difference("wording", (5, 9), (4, 8))


def write(folder: Path, readings: str) -> Path:
    """Write the tables of a corpus of differences to a folder and return it."""
    (folder / "items.tsv").write_text(ITEMS, encoding="utf-8")
    (folder / "minimal.tsv").write_text(
        "id\tsplit\tleft\tright\nd2\ttrain\tNine fell.\tTwo fell.\n", encoding="utf-8"
    )
    (folder / "readings.tsv").write_text(f"id\treader\taligned\tdifferences\n{readings}", encoding="utf-8")
    return folder


def test_readings_are_of_their_pairs(tmp_path: Path) -> None:
    """Differences have kind and offsets in both sentences; a pair that is not aligned is read, too; readers in order."""
    rows = "d1\treader-2\tno\t\nd1\treader-1\tyes\tnumber 0-4 0-3; detail - 5-20\nd2\treader-1\tyes\t\n"
    first, second = read_pairs(write(tmp_path, rows))
    assert first.readings == (("reader-1", (NUMBER, DETAIL)), ("reader-2", None))
    assert first.places == (("a", 10, 30), ("b", 0, 25))
    assert (second.corpus, second.texts) == (MINIMAL, ("Nine fell.", "Two fell."))
    assert second.readings == (("reader-1", ()),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("d9\tr\tyes\t", "Unknown pair 'd9'"),
        ("d1\tr\tperhaps\t", "aligned"),
        ("d1\tr\tno\tnumber 0-4 0-3", "must have none"),
        ("d1\tr\tyes\tcolour 0-4 0-3", "Invalid difference 'colour 0-4 0-3'"),
        ("d1\tr\tyes\tnumber 0-4", "Invalid difference"),
        ("d1\tr\tyes\tnumber 0-4 -", "Invalid difference"),
        ("d1\tr\tyes\tdetail 0-4 0-3", "Invalid difference"),
        ("d1\tr\tyes\tnumber 0-21 0-3", "Invalid offsets '0-21'"),
        ("d1\tr\tyes\tnumber 4-4 0-3", "Invalid offsets '4-4'"),
        ("d2\tr\tyes\tnumber 0-4 0-10", "Invalid offsets '0-10'"),
    ],
)
def test_bad_readings(tmp_path: Path, row: str, message: str) -> None:
    """Unknown pairs and kinds, sides that lack, and offsets outside of the sentences are refused."""
    with pytest.raises((InputError, UnknownNameError), match=message):
        read_pairs(write(tmp_path, f"{row}\n"))


@pytest.mark.parametrize(
    ("readings", "relation", "probabilities"),
    [
        ([()], "equivalent", []),
        ([(DETAIL,)], "partial", [1.0]),
        ([(WORDING,)], "equivalent", [1.0]),
        ([(NUMBER, DETAIL)], "conflict", [1.0, 1.0]),
        ([None], "", []),
        ([None, None], "", []),
        ([(NUMBER,), None], "disputed", []),
        ([(NUMBER,), ()], "disputed", [0.5]),
        ([(NUMBER,), (NUMBER, DETAIL)], "conflict", [1.0, 0.5]),
        ([(NUMBER,), (OTHER,)], "conflict", [0.5, 0.5]),
        ([(DETAIL,), ()], "equivalent", [0.5]),
        ([(DETAIL, WORDING), (DETAIL,)], "partial", [1.0, 0.5]),
    ],
)
def test_where_readers_part(
    readings: list[tuple[Difference, ...] | None], relation: str, probabilities: list[float]
) -> None:
    """What all mark is certain, what one of two marks is kept at a half, and parted pairs are disputed."""
    found, merged = merge_readings(readings)
    assert (found, [probability for _, probability in merged]) == (relation, probabilities)


@pytest.mark.parametrize(
    ("left", "right", "kind", "same"),
    [
        ((0, 4), (0, 3), "number", True),
        ((0, 4), (0, 3), "polarity", False),
        ((0, 8), (0, 6), "number", True),
        ((0, 8), (0, 7), "number", False),
        ((0, 4), (20, 21), "number", True),
        ((0, 4), (20, 24), "number", False),
        ((2, 4), (1, 3), "number", True),
        ((30, 34), (30, 33), "number", False),
    ],
)
def test_overlap_is_of_both_sides_together(
    left: tuple[int, int], right: tuple[int, int], kind: str, same: bool
) -> None:
    """Half of the characters of either, left and right together, make two differences of a kind the same."""
    assert bool(match_differences([NUMBER], [Difference(kind, left, right)])) is same


def test_matches_are_one_to_one() -> None:
    """The best overlap goes first, and a difference is matched once."""
    near = Difference("number", (0, 5), (0, 3))
    assert match_differences([NUMBER, DETAIL], [near, NUMBER, DETAIL]) == [(0, 1), (1, 2)]


def test_other_text_is_refused() -> None:
    """Labels hold for the text that was read, to the character."""
    check_fingerprint("d1", fingerprint("Nine fell.", "Two fell."), "Nine fell.", "Two fell.")
    with pytest.raises(InputError, match="Invalid text of 'd1'"):
        check_fingerprint("d1", fingerprint("Nine fell.", "Two fell."), "Nine fell.", "Two fell")


def test_test_pairs_are_read_twice() -> None:
    """All test pairs but the minimal ones have two readers, of minimal pairs for training some, all others one; ids are unique."""
    pairs = read_pairs()
    assert len({one.id for one in pairs}) == len(pairs) == 3242
    n_readers: dict[tuple[bool, bool], set[int]] = {}
    for one in pairs:
        n_readers.setdefault((one.split == "test", one.corpus == MINIMAL), set()).add(len(one.readings))
    assert n_readers == {(True, False): {2}, (True, True): {1}, (False, False): {1}, (False, True): {1, 2}}


def test_events_are_read(tmp_path: Path) -> None:
    """Letters are articles in order, numbers sentences; pairs of one article or with another relation are refused."""
    header = "id\tcorpus\tarticle\tsplit\tsha256\tsentences\n"
    rows = "e1\tneus\tx\ttest\th\t0-9,10-20\ne1\tneus\tw\ttest\th\t0-9\n"
    (tmp_path / "items.tsv").write_text(header + rows, encoding="utf-8")

    def read(pairs: str) -> list[alignment_labels.ReadEvent]:
        (tmp_path / "readings.tsv").write_text(f"id\treader\tpairs\ne1\tr\t{pairs}\n", encoding="utf-8")
        return read_events(tmp_path)

    (event,) = read("A1 B0 partial")
    assert [one.sentences for one in event.articles] == [((0, 9), (10, 20)), ((0, 9),)]
    assert event.readings == {"r": {(("neus.w", 0), ("neus.x", 1)): "partial"}}
    assert read("")[0].readings == {"r": {}}
    for wrong in ("A1 A2 partial", "A1 C1 partial", "A1 B1 none", "A1 B1"):
        with pytest.raises(InputError, match="Invalid pair"):
            read(wrong)


def test_two_readings_of_an_event() -> None:
    """A pair that one of two aligns is disputed; of equivalent and partial, partial stands."""
    pairs = [(("a", 1), ("b", number)) for number in range(3)]
    first = dict(zip(pairs, ("equivalent", "equivalent", "partial"), strict=True))
    second = {pairs[0]: "equivalent", pairs[1]: "partial"}
    merged = alignment_labels.merge_readings([first, second])
    assert list(merged.values()) == ["equivalent", "partial", "disputed"]
    assert alignment_labels.merge_readings([first]) == first


def test_invented_events_are_whole() -> None:
    """Each has three or four outlets, 8 to 14 sentences an article besides its headline, and is in one split."""
    articles = read_invented()
    outlets: dict[str, list[str]] = {}
    for one in articles:
        outlets.setdefault(one.event, []).append(one.outlet)
        assert one.title
        assert one.sentences
        assert 8 <= len(one.sentences) <= 14
    assert len(outlets) == 24
    assert all(names in (list("abc"), list("abcd")) for names in outlets.values())
    splits: dict[str, set[str]] = {}
    for event in read_events():
        splits.setdefault(event.id, set()).update(one.split for one in event.articles)
    assert all(len(split) == 1 for split in splits.values())
    invented = {article.id: article.event for article in articles}
    of_event: dict[str, set[str]] = {}
    for pair in read_pairs():
        if pair.corpus == INVENTED:
            of_event.setdefault(invented[pair.places[0][0]], set()).add(pair.split)
    for event in read_events():
        if event.articles[0].corpus == INVENTED:
            names = {invented[one.article] for one in event.articles}
            assert len(names) == 1
            assert of_event.get(names.pop(), splits[event.id]) == splits[event.id]


@pytest.mark.mirror
@pytest.mark.slow
def test_real_labels(mirror: Path) -> None:
    """No event is in two splits; stretches are whole words of their sentences; sentences are those that readers saw."""
    differences, aligned = read_corpus("difference-labels"), read_corpus("alignment-labels")
    split_of: dict[str, set[str | None]] = {}
    for article in (*differences.articles, *aligned.articles):
        split_of.setdefault(article.event, set()).add(article.split)
    assert all(len(splits) == 1 for splits in split_of.values())
    texts = {article.id: article.document for article in differences.articles}
    gold = differences.gold["differences"]
    assert isinstance(gold, Differences)
    for row in gold.rows():
        for side in ("left", "right"):
            text, start, end = texts[row[f"{side}_article"]], row[f"{side}_start"], row[f"{side}_end"]
            assert text[start:end] == text[start:end].strip()
            assert (start, end) == (0, 0) or start < end <= len(text)
            assert (start == end) <= (row["kind"] == "detail")
    alignment = aligned.gold["alignment"]
    assert isinstance(alignment, Alignment)
    places = {
        (f"{one.corpus}.{one.article}"): one.sentences for event in read_events() for one in event.articles
    }
    rows = alignment.sentences
    for id, spans in places.items():
        own = [n for n, one in enumerate(rows.article.tolist()) if rows.articles[one].id == id]
        assert [(int(rows.start[n]), int(rows.end[n])) for n in own] == list(spans)


def test_pilot_is_nobody_s_training_data() -> None:
    """The pairs that people judged stand in a table of their own, with two readers and without people's labels."""
    path = storage.corpora_folder() / "alignment-labels" / "pilot.tsv"
    header, *rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert header == ["id", "corpus", "left", "right", "reader-01", "reader-02"]
    assert len(rows) == 200
    assert {one for row in rows for one in row[4:]} == {"equivalent", "partial", "unaligned"}
