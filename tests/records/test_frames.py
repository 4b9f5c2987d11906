"""A DataFrame becomes a corpus: columns and cells checked, rows in any order."""

import datetime

import numpy as np
import pandas as pd
import pytest

from crossframe import Corpus
from crossframe.errors import CrossframeError
from crossframe.synthetic import make_press

ROWS = [
    {"id": "b", "event": "flood", "outlet": "post", "title": "Rain", "text": "It rained."},
    {"id": "a", "event": "flood", "outlet": "herald", "title": "", "text": "It poured."},
]


def frame_of(**changes: object) -> pd.DataFrame:
    """Return two rows with the columns changed."""
    return pd.DataFrame(ROWS).assign(**changes)


def test_a_frame_becomes_a_corpus() -> None:
    """Articles in order of event, outlet and id; empty cells are unknown; dates come from dates, times and strings."""
    frame = frame_of(published=[pd.Timestamp("2020-05-01 10:00"), pd.NaT], genre=["news", None], url=np.nan)
    corpus = Corpus.from_frame(frame, name="town")
    assert corpus.name == "town"
    assert [article.id for article in corpus.articles] == ["a", "b"]
    one, other = corpus.articles
    assert (other.published, other.genre, other.url) == (datetime.datetime(2020, 5, 1, 10), "news", None)
    assert (one.published, one.genre, one.title) == (None, None, "")
    assert Corpus.from_frame(frame[::-1], name="town") == corpus
    assert Corpus.from_frame(frame_of(published="2020-05-01")).articles[0].published == datetime.date(
        2020, 5, 1
    )
    assert Corpus.from_frame(frame_of(title=np.nan)).articles[1].document == "It rained."
    assert Corpus.from_frame(frame_of(sentences=[[[0, 10]], None])).articles[1].sentences == ((0, 10),)


def test_an_invented_press_survives_its_frame() -> None:
    """The articles of a corpus, written as rows, are the same articles."""
    articles = make_press(n_events=2, seed=3).corpus.articles
    frame = pd.DataFrame([vars(article) for article in articles])
    assert set(Corpus.from_frame(frame).articles) == set(articles)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (ROWS, "Invalid frame of type list. It must be a pandas DataFrame with the columns id, event"),
        (frame_of().drop(columns="text"), "Missing: text; required are id, event, outlet, title, text"),
        (
            frame_of().rename(columns={"outlet": "outlets"}),
            "Unknown column 'outlets' .* Did you mean 'outlet'?",
        ),
        (frame_of(colour="red"), r"Unknown column 'colour' in the DataFrame. Known: id, .*sentences\.$"),
        (frame_of().rename(columns={"id": 7}), "Unknown column '7'"),
        (frame_of().set_axis(["id", "event", "outlet", "text", "text"], axis=1), "Missing: title"),
        (
            pd.concat([frame_of(), frame_of()["text"]], axis=1),
            "column of the DataFrame: 'text'. It occurs twice",
        ),
        (frame_of(event=[1, 2]), "Invalid event 1 in row 0 of the DataFrame. It must be a string"),
        (frame_of(text=["It rained.", None]), "Missing field 'text' in row 1 of the DataFrame"),
        (frame_of(text=" "), "row 0 of the DataFrame: Invalid text of article 'b'"),
        (frame_of(id="a"), "article id 'a'. It occurs twice"),
        (frame_of(id=["A b", "a"]), "row 0 of the DataFrame: Invalid article id 'A b'"),
        (frame_of(published="May 2020"), "full date as YYYY-MM-DD"),
        (frame_of()[:0], "It has no articles"),
    ],
)
def test_bad_frames_are_refused_in_one_line(frame: object, message: str) -> None:
    """Wrong types, columns and cells: one line that names the column or the row."""
    with pytest.raises(CrossframeError, match=message) as error:
        Corpus.from_frame(frame)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)
