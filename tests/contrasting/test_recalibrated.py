"""Recalibrated portrayal: a planted bias is removed, no label of an article touches its own judgements, few labels give one line."""

import numpy as np
import pytest

from crossframe.contrasting.judged import Judged
from crossframe.contrasting.recalibrated import (
    MIN_FITTED,
    Recalibrated,
    describe_recalibration,
    estimate_recalibrated,
    recalibrate,
)
from crossframe.learning.classifiers import softmax
from crossframe.records import PORTRAYAL, STANCES, Annotation, Units

BIAS = np.array([1.5, 0.0, -0.5])
"""What the classifier adds to the log-odds of negative, neutral and positive."""
SHARPNESS = 2.0
"""By how much it is too sure."""
MEANS = {"post": 0.4, "wire": -0.2}


def make_study(
    n_articles: int = 40, n_sentences: int = 20, *, labelled: int | None = None, seed: int = 0
) -> tuple[Judged, Annotation, np.ndarray]:
    """Return biased portrayals of one actor in one event, labels of the first sentences, and the true probabilities."""
    rng = np.random.default_rng(seed)
    rows, truth, values = [], [], []
    for number in range(n_articles):
        outlet = list(MEANS)[number % 2]
        for sentence in range(n_sentences):
            logits = rng.normal(scale=1.5, size=3) + np.array([0.0, 0.5, 2 * MEANS[outlet]])
            true, shown = softmax(logits[None])[0], softmax((SHARPNESS * logits + BIAS)[None])[0]
            truth.append(true)
            values.append(int(rng.choice(3, p=true)))
            rows.append(
                {"event": f"e{number // 20}", "outlet": outlet, "article": f"a{number:02d}", "sentence": sentence, "actor": "doe",
                 "voice": "outlet", "score": shown[2] - shown[0]}
                | dict(zip(("p_negative", "p_neutral", "p_positive"), shown, strict=True))
            )  # fmt: skip
    chosen = (
        np.arange(len(rows))
        if labelled is None
        else np.random.default_rng(1).permutation(len(rows))[:labelled]
    )
    units = Units.from_rows(
        {name: rows[i][name] for name in ("article", "sentence", "actor", "voice")} for i in chosen
    )
    scores = np.eye(3)[[values[i] for i in chosen]]
    return Judged.from_rows(rows), Annotation(units, "sentence", STANCES, scores, "gold"), np.array(truth)


def recalibrated(judged: Judged, labels: Annotation | None) -> Recalibrated:
    """Return a recalibration that there is."""
    result = recalibrate(judged, labels, PORTRAYAL)
    assert isinstance(result, Recalibrated)
    return result


@pytest.mark.parametrize(("labelled", "share"), [(None, 0.15), (200, 0.4)])
def test_a_planted_bias_is_removed(labelled: int | None, share: float) -> None:
    """Probabilities come near to the true ones, also where most judgements have no label, and labels are likelier."""
    judged, labels, truth = make_study(labelled=labelled)
    result = recalibrated(judged, labels)
    own = np.column_stack([judged.p_negative, judged.p_neutral, judged.p_positive])
    assert np.abs(result.probability - truth).mean() < share * np.abs(own - truth).mean()
    assert result.after < result.before
    np.testing.assert_allclose(result.probability.sum(axis=1), 1)
    for outlet in MEANS:
        rows = np.array([name == outlet for name in judged.outlet])
        wrong, right = (abs((one - truth)[rows] @ [-1, 0, 1]).mean() for one in (own, result.probability))
        assert right < share * wrong


def test_no_label_of_its_own_article() -> None:
    """Turning an article's labels round leaves its own judgements, and changes those of others."""
    judged, labels, _ = make_study(n_articles=8)
    own = np.array([article == "a03" for article in judged.article])
    turned = np.array([article == "a03" for article in labels.units.article])
    scores = labels.scores.copy()
    scores[turned] = scores[turned][:, ::-1]
    other = Annotation(labels.units, "sentence", STANCES, scores, "gold")
    one, two = (recalibrated(judged, given) for given in (labels, other))
    np.testing.assert_array_equal(one.probability[own], two.probability[own])
    assert (np.abs(one.probability - two.probability)[~own].max(axis=1) > 1e-6).all()
    np.testing.assert_array_equal(one.refits[:, own], two.refits[:, own])


def test_the_order_of_rows_does_not_matter() -> None:
    """Rows turned round give the same probabilities."""
    judged, labels, _ = make_study(n_articles=6)
    turned = np.arange(len(judged))[::-1]
    one, two = recalibrated(judged, labels), recalibrated(judged.select(turned), labels)
    np.testing.assert_allclose(one.probability[turned], two.probability, atol=1e-5)


def test_estimates() -> None:
    """Events have intervals that hold the truth and are wider than those of the biased scores alone; so do all events together."""
    judged, labels, truth = make_study(labelled=200)
    first, second, over = estimate_recalibrated(judged, labels, PORTRAYAL, set())
    for event, estimates in (("e0", first), ("e1", second)):
        rows = {
            row["outlet"]: row
            for row in estimates.rows()
            if row["voice"] == "outlet" and not row["reference"]
        }
        assert set(estimates.quantity) == {"portrayal_recalibrated", "portrayal_recalibrated_difference"}
        for outlet, row in rows.items():
            cell = np.array(
                [(e, o) == (event, outlet) for e, o in zip(judged.event, judged.outlet, strict=True)]
            )
            true = float((truth[cell] @ [-1, 0, 1]).mean())
            assert row["low"] < true < row["high"]
            assert abs(row["estimate"] - true) < abs(float(judged.score[cell].mean()) - true)
            assert np.isnan(row["p_value"])
    difference = [row for row in over.rows() if row["reference"] and row["voice"] == "outlet"]
    assert [(row["outlet"], row["reference"], row["n_events"]) for row in difference] == [("post", "wire", 2)]
    assert difference[0]["estimate"] > 0


def test_refits_widen_the_interval() -> None:
    """What few labels leave open about the scaling is in the interval of an event."""
    judged, labels, _ = make_study(n_articles=20, n_sentences=60)
    chosen = np.random.default_rng(0).permutation(len(labels))
    widths = []
    for n in (60, 1200):
        given = labels.select(np.isin(np.arange(len(labels)), chosen[:n]))
        row = next(estimate_recalibrated(judged, given, PORTRAYAL, set())[0].rows())
        widths.append(row["high"] - row["low"])
    assert widths[0] > 1.2 * widths[1]


@pytest.mark.parametrize(
    ("labelled", "articles", "found"), [(39, 40, "39 of 800"), (0, 40, "0 of 800"), (None, 4, "80 of 80")]
)
def test_too_few_labels(labelled: int | None, articles: int, found: str) -> None:
    """Too few labels, or of too few articles: nothing is estimated, and one line says why."""
    judged, labels, _ = make_study(n_articles=articles, labelled=labelled)
    note = recalibrate(judged, labels, PORTRAYAL)
    assert isinstance(note, str)
    assert note.startswith(f"Not recalibrated, portrayal: {found} judgements have a label, in ")
    assert note.endswith(f"it takes {MIN_FITTED} in 5.")
    assert "\n" not in note
    assert estimate_recalibrated(judged, labels, PORTRAYAL, set()) == []
    assert describe_recalibration(judged, labels, PORTRAYAL) == note
    assert describe_recalibration(judged, None, PORTRAYAL).startswith("Not recalibrated, portrayal: 0 of")


def test_what_it_says() -> None:
    """The note has the log loss of the labels, and says whether it fell."""
    judged, labels, truth = make_study()
    assert "to 800 labels of 40 articles" in describe_recalibration(judged, labels, PORTRAYAL)
    assert "It helps" in describe_recalibration(judged, labels, PORTRAYAL)
    columns = dict(zip(("p_negative", "p_neutral", "p_positive"), truth.T, strict=True))
    right = Judged(**judged.columns() | columns | {"score": truth @ [-1, 0, 1]})
    result = recalibrated(right, labels)
    assert result.after == pytest.approx(result.before, abs=0.01)
