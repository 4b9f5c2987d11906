"""Records check themselves at birth, never change, and keep what belongs together."""

import datetime
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.reading.text.split import split_sentences
from crossframe.records import (
    STANCES,
    Actor,
    Alignment,
    Annotation,
    Article,
    Cast,
    Claim,
    Columns,
    Copies,
    Corpus,
    Embeddings,
    Estimates,
    Event,
    NameSpans,
    Outlet,
    Sentences,
    Spans,
    Units,
    score_stances,
)
from crossframe.synthetic import make_press


def an_article(**changes: object) -> Article:
    """Return an article with changes."""
    fields = {"id": "a", "event": "e", "outlet": "o", "title": "T", "text": "One. Two."}
    return Article(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: an_article(id="A b"), "Invalid article id 'A b'"),
        (lambda: an_article(id="../a"), "Invalid article id"),
        (lambda: an_article(id="a" * 65), "Invalid article id"),
        (lambda: an_article(event=""), "event of article 'a': id ''"),
        (lambda: an_article(text=" \n"), "Invalid text of article 'a'"),
        (lambda: an_article(title=None), "Invalid title None"),
        (lambda: an_article(published="2020"), "full date as YYYY-MM-DD"),
        (lambda: an_article(published="2020-01"), "full date"),
        (lambda: an_article(published="2020-01-01T25:00"), "full date"),
        (lambda: an_article(sentences=((3, 2),)), r"Invalid sentence offsets \(3, 2\)"),
        (lambda: an_article(sentences=((0, 4), (2, 6))), "must rise, not overlap"),
        (lambda: Outlet("No"), "Invalid outlet id"),
        (lambda: Event("e", date="May"), "Invalid date of event 'e'"),
        (lambda: Actor("a", " "), "Invalid name of actor 'a'"),
        (lambda: Actor("a", "A", kind="hero"), "Invalid kind of actor 'a'"),
        (lambda: Corpus("c", ()), "has no articles"),
        (lambda: Corpus("c", (an_article(), an_article())), "article id 'a'. It occurs twice"),
        (lambda: Corpus("c", (an_article(),), (Actor("x", "X"), Actor("x", "Y"))), "actor id 'x'. It occurs twice"),
        (lambda: Spans(article=("a",), start=[2], end=[1], actor=("x",), kind=("name",), quote=("",), cue=("",),
                       speaker=("",), speaker_text=("",)), r"Invalid span offsets \(2, 1\)"),
        (lambda: Spans(article=("a",)), "All columns must have the same length"),
        (lambda: Spans.from_rows([{"article": "a", "color": "x"}]), "Invalid columns"),
        (lambda: Spans.from_rows([{"article": "a", "start": 0, "end": 1, "kind": "shout"}]), "Invalid kind of span"),
        (lambda: NameSpans(["a"], [0], [1], ["country"], [1.0]), "Invalid kind of name"),
        (lambda: NameSpans(["a"], [2], [1], ["place"], [1.0]), "Invalid name offsets"),
        (lambda: NameSpans(["a", "a"], [0, 2], [1, 3], ["", ""], [np.nan, 1.1]), "Invalid probability of a name"),
        (lambda: Annotation(Units(), "verse", STANCES, np.zeros((0, 3)), "s"), "Invalid kind of unit 'verse'"),
        (lambda: Annotation(Units.from_rows([{"article": "a"}]), "article", ("x",), [[1.5]], "s"), "score 1.5|1.5"),
        (lambda: Annotation(Units.from_rows([{"article": "a"}]), "article", ("x",), [[1.0]], "s", [0.0]), "Invalid probability of being drawn"),
        (lambda: Annotation(Units.from_rows([{"article": "a"}]), "article", ("x",), [[1.0]], "s", [1.0, 1.0]), "same length"),
        (lambda: Annotation(Units(), "article", ("x", "x"), np.zeros((0, 2)), "s"), "label 'x'. It occurs twice"),
        (lambda: Cast((), Spans.from_rows([{"article": "a", "start": 0, "end": 1, "actor": "x", "kind": "name"}])),
         "Unknown actor 'x' in mentions"),
        (lambda: Embeddings(np.ones((2, 2)), "e", "f"), "must have unit length"),
        (lambda: Embeddings(np.ones(2), "e", "f"), "Invalid shape"),
        (lambda: Claim("c1", (1, 2), 3), "Invalid representative 3"),
    ],
)  # fmt: skip
def test_bad_records_are_never_born(make: object, said: str) -> None:
    """What breaks a rule raises one clear error that names the value."""
    with pytest.raises(CrossframeError, match=said):
        make()  # type: ignore[operator]


def test_records_do_not_change() -> None:
    """Fields cannot be set, arrays cannot be written to, and the caller's array is not the record's."""
    given_to = np.array([0, 5])
    spans = Spans.from_rows([{"article": "a", "start": 0, "end": 1, "kind": "name"}] * 2)
    spans = replace(spans, start=given_to * 0, end=given_to + 1)
    given_to[0] = 9
    assert spans.end.tolist() == [1, 6]
    with pytest.raises(FrozenInstanceError):
        spans.article = ()  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        spans.start[0] = 1


def test_documents_and_offsets() -> None:
    """All offsets count the document: title, blank line, text."""
    article = an_article()
    assert article.document == "T\n\nOne. Two."
    assert article.document[article.text_start :] == article.text
    assert an_article(title="").document == "One. Two."


def test_sentences_find_their_rows() -> None:
    """Keys, rows and offsets lead to each other; a character between two sentences belongs to the earlier."""
    sentences = split_sentences([an_article(), an_article(id="b", title="", text="Three.  Four.")])
    for row in range(len(sentences)):
        assert sentences.row(*sentences.key(row)) == row
        assert sentences.locate(sentences.key(row)[0], int(sentences.start[row])) == row
    assert sentences.locate("b", 6) == sentences.row("b", 1)
    assert sentences.select(["b"]).text == ("Three.", "Four.")
    with pytest.raises(UnknownNameError, match="Unknown sentence 9 of article 'a'"):
        sentences.row("a", 9)
    with pytest.raises(InputError, match="follow the order of their articles"):
        Sentences(sentences.articles, [1, 0], [1, 1], [0, 0], [1, 1])


_ROWS = st.lists(
    st.fixed_dictionaries(
        {"quantity": st.text(max_size=4), "estimate": st.floats(-1, 1), "n_units": st.integers(0, 99)}
    ),
    max_size=6,
)


@given(_ROWS, st.randoms())
def test_tables_keep_their_rows(rows: list[dict], random: object) -> None:
    """Rows in, rows out; selecting and joining keep values and order."""
    table = Estimates.from_rows(rows)
    assert [{k: row[k] for k in ("quantity", "estimate", "n_units")} for row in table.rows()] == rows
    assert all(
        row["outlet"] == "" and np.isnan(row["p_value"]) and row["n_events"] == -1 for row in table.rows()
    )
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert [row["n_units"] for row in table.select(np.array(order, dtype=int)).rows()] == [
        rows[i]["n_units"] for i in order
    ]
    assert len(Estimates.concat([table, table])) == 2 * len(rows)
    assert isinstance(table, Columns)


def test_a_score_is_positive_minus_negative() -> None:
    """Of probabilities with four decimals, whatever the order of the labels; other labels have no score."""
    units = Units.from_rows([{"article": "a"}, {"article": "b"}])
    stance = Annotation(units, "article", STANCES, [[0.11114, 0.2, 0.68886], [0.9, 0.1, 0.0]], "s")
    assert stance.score.tolist() == pytest.approx([0.6889 - 0.1111, -0.9], abs=1e-12)
    reordered = Annotation(units, "article", ("positive", "negative"), [[0.25, 0.5], [1.0, 0.0]], "s")
    assert reordered.score.tolist() == [-0.25, 1.0]
    assert score_stances(np.array([[[0.2, 0.3, 0.5]]])).tolist() == [[pytest.approx(0.3)]]
    frames = Annotation(units, "article", ("moral", "positive"), np.zeros((2, 2)), "s")
    with pytest.raises(InputError, match=r"Invalid labels 'moral, positive' for a score"):
        _ = frames.score


def test_a_part_of_a_corpus_keeps_its_gold() -> None:
    """Selecting an event keeps its articles and the gold about them, with rows that still point right."""
    corpus = make_press(n_events=3, seed=16).corpus
    part = corpus.select(event="event-002")
    assert {article.event for article in part.articles} == {"event-002"}
    assert [event.id for event in part.events] == ["event-002"]
    alignment, whole = part.gold["alignment"], corpus.gold["alignment"]
    assert isinstance(alignment, Alignment)
    assert isinstance(whole, Alignment)
    assert set(alignment.keys()) == {key for key in whole.keys() if key[0][0].startswith("event-002")}  # noqa: SIM118
    for name in ("mentions", "quotes"):
        assert all(article.startswith("event-002") for article in part.gold[name].article)  # type: ignore[union-attr]
    assert len(part.gold["frames"]) == 3
    one = corpus.select(event="event-001", outlet="outlet-2")
    assert len(one) == 1
    assert len(one.gold["alignment"]) == 0


def test_fingerprints_of_corpora() -> None:
    """A fingerprint depends on articles and declarations, not on their order or on gold."""
    corpus = make_press(n_events=2, seed=17).corpus
    turned = replace(corpus, articles=corpus.articles[::-1], gold={})
    assert turned.fingerprint == corpus.fingerprint
    first = replace(corpus.articles[0], title="Another title", sentences=None)
    assert replace(corpus, articles=(first, *corpus.articles[1:])).fingerprint != corpus.fingerprint


def test_names_are_found_by_their_beginning() -> None:
    """A unique prefix will do; several or none are refused with what is known."""
    corpus = make_press(n_events=2, seed=17).corpus
    assert corpus.article("event-001-outlet-2").outlet == "outlet-2"
    with pytest.raises(UnknownNameError, match="beginning of several: event-001, event-002"):
        corpus.select(event="event")
    with pytest.raises(UnknownNameError, match="Of 2 known: event-001, event-002"):
        corpus.select(event="flood")
    with pytest.raises(UnknownNameError, match="at once"):
        replace(corpus, articles=(an_article(event="x"), an_article(id="b", outlet="p"))).select(
            event="x", outlet="p"
        )
    assert Copies().article == ()


def test_choices_become_scores() -> None:
    """One label a unit, by its number: 1 there and 0 elsewhere; no units are no scores."""
    rows = [{"article": "a", "sentence": 1}, {"article": "b", "sentence": 2}]
    found = Annotation.of_choices(rows, "sentence", ("no", "yes", "both"), [2, 0], "people")
    assert found.scores.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert list(found.units.article) == ["a", "b"]
    assert Annotation.of_choices([], "sentence", ("no", "yes"), [], "people").scores.shape == (0, 2)


@pytest.mark.parametrize(
    ("earlier", "later", "is_later"),
    [
        ("2026-05-05", "2026-05-06", True),
        ("2026-05-05", "2026-05-05", None),
        ("2026-05-05", "2026-05-05T10:00:00", None),
        ("2026-05-05T23:00:00", "2026-05-06", True),
        ("2026-05-05T09:00:00", "2026-05-05T10:00:00", True),
        ("2026-05-05T10:00:00+02:00", "2026-05-05T08:30:00Z", True),
        ("2026-05-05T10:00:00Z", "2026-05-05T12:00:00+02:00", None),
        ("2026-05-05T09:00:00", "2026-05-05T10:00:00Z", None),
        (None, "2026-05-05", None),
    ],
)
def test_order_of_publication(earlier: str | None, later: str, is_later: bool | None) -> None:
    """Days and times are compared, times only where both have zones or neither has."""
    first, second = an_article(published=earlier), an_article(published=later)
    assert second.is_later_than(first) is is_later
    assert first.is_later_than(second) is (None if is_later is None else not is_later)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-05-05", datetime.date(2026, 5, 5)),
        ("2026-05-05T00:00:00", datetime.date(2026, 5, 5)),
        ("2026-05-05T08:12:33.5Z", datetime.datetime(2026, 5, 5, 8, 12, 33, tzinfo=datetime.UTC)),
        (datetime.datetime(2026, 5, 5), datetime.date(2026, 5, 5)),
        (datetime.datetime(2026, 5, 5, 8, 12), datetime.datetime(2026, 5, 5, 8, 12)),
    ],
)
def test_moments_of_publication(given: object, kept: datetime.date) -> None:
    """A time is kept where one is given; its day is that of its own zone."""
    article = an_article(published=given)
    assert (article.published, type(article.published)) == (kept, type(kept))
    assert article.day == datetime.date(2026, 5, 5)
