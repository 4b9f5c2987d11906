"""What tests of contrasting share: an event's gold in place of models, events described from it, rows by their values."""

from collections.abc import Callable

import pytest

from crossframe.contrasting.judged import Judged, Values, average_by_event, pair_values
from crossframe.contrasting.within_event import summarise_event
from crossframe.matching.claims import group_claims
from crossframe.records import (
    PORTRAYAL,
    STANCE,
    Alignment,
    Annotation,
    Copies,
    Corpus,
    Estimates,
    group_by_sentence,
)
from crossframe.synthetic import Press


def _gold_of(corpus: Corpus) -> tuple[Judged, Judged, Annotation, Alignment]:
    portrayal, frames, alignment = (corpus.gold[name] for name in ("portrayal", "frames", "alignment"))
    assert isinstance(portrayal, Annotation)
    assert isinstance(frames, Annotation)
    assert isinstance(alignment, Alignment)
    outlet_of = {article.id: article.outlet for article in corpus.articles}
    event = corpus.articles[0].event
    return (
        Judged.of_annotation(group_by_sentence(portrayal), PORTRAYAL, event, outlet_of),
        Judged.of_annotation(portrayal, STANCE, event, outlet_of),
        frames,
        group_claims(alignment),
    )


def _summaries(press: Press, seed: int = 0) -> list[Estimates]:
    summaries = []
    for event in press.corpus.events:
        corpus = press.corpus.select(event=event.id)
        copies = Copies.from_rows({"article": article.id} for article in corpus.articles)
        summaries.append(summarise_event(*_gold_of(corpus), copies, event=event.id, seed=seed))
    return summaries


def _values(press: Press) -> Values:
    each = [_gold_of(press.corpus.select(event=event.id))[0] for event in press.corpus.events]
    values = average_by_event(Judged.concat(each).with_all_voices(), PORTRAYAL)
    return values | pair_values(values, ())


def _rows(estimates: Estimates, **wanted: str) -> list[dict]:
    return [row for row in estimates.rows() if all(row[name] == value for name, value in wanted.items())]


@pytest.fixture(scope="session")
def gold_of() -> Callable[[Corpus], tuple[Judged, Judged, Annotation, Alignment]]:
    """Return what gives an event's gold: the truth in place of models."""
    return _gold_of


@pytest.fixture(scope="session")
def summaries() -> Callable[..., list[Estimates]]:
    """Return what describes every event of a press from its gold."""
    return _summaries


@pytest.fixture(scope="session")
def values() -> Callable[[Press], Values]:
    """Return what gives the planted portrayals of a press by event."""
    return _values


@pytest.fixture(scope="session")
def rows() -> Callable[..., list[dict]]:
    """Return what gives the rows of estimates that have the values asked for."""
    return _rows
