"""Corrected portrayal and stance: censuses are the labels, samples take a planted error off, and too few labels correct nothing."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from crossframe.contrasting.cells import COPY
from crossframe.contrasting.corrected import correct_event, correct_over_events
from crossframe.contrasting.judged import Judged
from crossframe.records import PORTRAYAL, STANCE, STANCES, Annotation, Estimates, Units
from crossframe.statistics.sampling import draw_stratified

ERROR = {"post": 0.4, "wire": -0.2}
"""What the classifier adds to each outlet's scores."""
CHANCES = {"post": (0.2, 0.5, 0.3), "wire": (0.3, 0.5, 0.2)}
"""How likely each stance is: means .1 and -.1."""


def make_study(
    rng: np.random.Generator, events: Sequence[str], n: int, sample: int | None = None, *, known: bool = True
) -> tuple[Judged, Annotation]:
    """Return stances of authors toward an actor, `n` mentions a cell, and labels of all or of a sample of them."""
    rows, values = [], []
    for event in events:
        for outlet, chances in CHANCES.items():
            for number in range(n):
                value = float(rng.choice([-1.0, 0.0, 1.0], p=chances))
                values.append(value)
                score = float(np.clip(0.5 * value + ERROR[outlet] + 0.2 * rng.normal(), -1, 1))
                rows.append(
                    {"event": event, "outlet": outlet, "article": f"{event}-{outlet}", "sentence": number // 2,
                     "start": 10 * number, "end": 10 * number + 3, "actor": "doe", "voice": "author", "holder": "author",
                     "score": score}
                )  # fmt: skip
    chosen, drawn = np.ones(len(rows), dtype=bool), np.ones(len(rows))
    if sample is not None:
        chosen, drawn = draw_stratified([(row["event"], row["outlet"]) for row in rows], sample, rng)
    kept = np.flatnonzero(chosen)
    columns = ("article", "sentence", "start", "end", "actor", "voice")
    units = Units.from_rows({name: rows[i][name] for name in columns} for i in kept)
    scores = np.array([[values[i] == -1, values[i] == 0, values[i] == 1] for i in kept], dtype=float)
    labels = Annotation(units, "span", STANCES, scores, "gold", drawn[kept] if known else None)
    return Judged.from_rows(rows), labels


def correct_one(judged: Judged, gold: Annotation | None, *, copying: Sequence[str] = ()) -> Estimates:
    """Return the corrected estimates of the only event that was judged."""
    return correct_event(judged, gold, STANCE, event="e", copying=copying)


def correct_all(
    judged: Judged, gold: Annotation | None, copying: set[tuple[str, str]] | None = None
) -> Estimates:
    """Return the corrected estimates over events."""
    return correct_over_events(judged, gold, STANCE, copying or set())


def rows_of(estimates: Estimates, quantity: str) -> list[dict]:
    """Return the rows of a quantity."""
    return [row for row in estimates.rows() if row["quantity"] == quantity]


def test_a_census_is_the_mean_of_the_labels() -> None:
    """Where all mentions are labelled the classifier plays no part, also when no probabilities were kept."""
    rows, gold = make_study(np.random.default_rng(0), ["e"], 12, known=False)
    found = correct_one(rows, gold)
    value = gold.of("positive") - gold.of("negative")
    for row, part in zip(rows_of(found, "stance_corrected"), (value[:12], value[12:]), strict=True):
        assert row["estimate"] == pytest.approx(part.mean())
        assert row["low"] <= row["estimate"] <= row["high"]
        assert row["method"] == "all 12 judgements labelled; sentence bootstrap, 2000"
        assert (row["n_units"], row["n_articles"], row["n_events"], row["event"]) == (12, 1, 1, "e")
    [gap] = rows_of(found, "stance_difference_corrected")
    assert (gap["outlet"], gap["reference"], gap["n_units"]) == ("post", "wire", 24)
    assert gap["estimate"] == pytest.approx(value[:12].mean() - value[12:].mean())
    assert np.isnan(found.p_value).all()


def test_two_sentences_have_no_mean() -> None:
    """Four labelled judgements of two sentences are no tendency, as without labels."""
    rows, gold = make_study(np.random.default_rng(1), ["e"], 4)
    found = correct_one(rows, gold)
    corrected = rows_of(found, "stance_corrected")
    assert set(found.quantity) == {"stance_corrected", "stance_minus_labels"}
    assert all(np.isnan(row["estimate"]) for row in corrected)
    assert {row["method"] for row in corrected} == {"no mean: 2 judged sentences, a mean needs 3"}


def test_by_how_much_model_and_labels_part() -> None:
    """On labelled judgements alone, in whatever number they are: the planted error, with an interval over sentences."""
    rows, gold = make_study(np.random.default_rng(12), ["e"], 200, 160, known=False)
    gaps = rows_of(correct_one(rows, gold), "stance_minus_labels")
    assert [(gap["outlet"], gap["n_units"]) for gap in gaps] == [("post", 80), ("wire", 80)]
    for gap in gaps:
        mean = -0.5 * {"post": 0.1, "wire": -0.1}[gap["outlet"]] + ERROR[gap["outlet"]]
        assert gap["low"] < mean < gap["high"]
        assert gap["method"] == "80 labelled judgements; sentence bootstrap, 2000"
    over, labels = make_study(np.random.default_rng(13), [f"e{number}" for number in range(8)], 10)
    for gap in rows_of(correct_all(over, labels), "stance_minus_labels"):
        assert gap["low"] < ERROR[gap["outlet"]] < gap["high"]
        assert (gap["n_events"], gap["event"]) == (8, "")


@pytest.mark.parametrize(
    ("labels", "gap"),
    [
        ([1.0], None),  # one of two sentences
        ([1.0, -1.0], 0.5),
        ([1.0, -1.0, 0.0], 0.5),
        ([None, None], None),
    ],
)
def test_cells_of_few_sentences_are_compared_where_all_are_labelled(
    labels: list[float | None], gap: float | None
) -> None:
    """One or two sentences with labels each: by how much the model lies above them, without an interval; not on a part of them."""
    n = max(len(labels), 2)
    place = {"article": "e-post", "actor": "doe"}
    judged = Judged.from_rows(place | {"event": "e", "outlet": "post", "sentence": s, "voice": "outlet", "score": 0.5} for s in range(n))  # fmt: skip
    told = [(s, label) for s, label in enumerate(labels) if label is not None]
    gold = None
    if told:
        units = Units.from_rows(place | {"sentence": s, "voice": "outlet"} for s, _ in told)
        gold = Annotation(
            units, "sentence", STANCES, np.eye(3)[[int(label) + 1 for _, label in told]], "gold"
        )
    found = rows_of(correct_event(judged, gold, PORTRAYAL, event="e"), "portrayal_minus_labels")
    assert [row["estimate"] for row in found] == ([] if gap is None else [pytest.approx(gap)] * 2)
    assert {row["voice"] for row in found} == ({"outlet", ""} if found else set())
    for row in found:
        assert np.isnan(row["low"]) == (len(labels) < 3)
        assert ("no interval" in row["method"]) == (len(labels) < 3)


def test_two_sentences_of_two_events_have_no_interval() -> None:
    """Over events, too: by how much the model lies above the labels, and no interval over two sentences."""
    place = {"outlet": "post", "actor": "doe", "sentence": 0, "voice": "outlet", "score": 0.5}
    judged = Judged.from_rows(place | {"event": e, "article": f"{e}-post"} for e in "ef")
    units = Units.from_rows({"article": f"{e}-post", "sentence": 0, "actor": "doe", "voice": "outlet"} for e in "ef")  # fmt: skip
    gold = Annotation(units, "sentence", STANCES, np.eye(3)[[2, 0]], "gold")
    gaps = rows_of(correct_over_events(judged, gold, PORTRAYAL, ()), "portrayal_minus_labels")
    assert {(row["estimate"], row["n_events"], np.isnan(row["low"])) for row in gaps} == {(0.5, 2, True)}


def test_portrayals_of_all_voices_are_corrected_too() -> None:
    """By the labels of sentences: own words, quoted words, and both together, where a sentence counts once."""
    said = [(n, voice) for n in range(6) for voice in ("outlet", "quoted")]
    place = {"article": "e-post", "actor": "doe"}
    judged = Judged.from_rows(place | {"event": "e", "outlet": "post", "sentence": n, "voice": voice, "score": 0.2} for n, voice in said)  # fmt: skip
    units = Units.from_rows(place | {"sentence": n, "voice": voice} for n, voice in said)
    chosen = [2 if voice == "outlet" and n < 3 else 1 if voice == "outlet" else 0 for n, voice in said]
    labels = Annotation(units, "sentence", STANCES, np.eye(3)[chosen], "gold")
    found = correct_event(judged, labels, PORTRAYAL, event="e")
    means = {row["voice"]: row["estimate"] for row in rows_of(found, "portrayal_corrected")}
    assert means == {"outlet": pytest.approx(0.5), "quoted": pytest.approx(-1.0), "": pytest.approx(-0.25)}
    gaps = {row["voice"]: row["estimate"] for row in rows_of(found, "portrayal_minus_labels")}
    assert gaps == {"outlet": pytest.approx(-0.3), "quoted": pytest.approx(1.2), "": pytest.approx(0.45)}


def test_labels_that_agree_have_no_interval() -> None:
    """Where every label is the same, redrawing sentences changes nothing: no interval is better than one of no width."""
    rows, gold = make_study(np.random.default_rng(1), ["e"], 6)
    neutral = replace(gold, scores=np.tile([0.0, 1.0, 0.0], (12, 1)))
    for row in rows_of(correct_one(rows, neutral), "stance_corrected"):
        assert row["estimate"] == 0.0
        assert np.isnan([row["low"], row["high"]]).all()
        assert row["method"].endswith("labels agree: no interval")


def test_a_sample_takes_the_error_off() -> None:
    """With a third of many judgements labelled the estimates are those of the labels, not of the classifier."""
    rows, gold = make_study(np.random.default_rng(2), ["e"], 300, 200)
    [gap] = rows_of(correct_one(rows, gold), "stance_difference_corrected")
    plain = rows.score[:300].mean() - rows.score[300:].mean()
    assert plain > 0.6
    assert gap["low"] <= 0.2 <= gap["high"] < plain
    assert gap["n_units"] == 200
    assert gap["method"].startswith("prediction-powered, 200 of 600 judgements labelled, power ")
    assert gap["method"].endswith("; cluster t over sentences")


@pytest.mark.parametrize(
    ("sample", "known", "reason"),
    [(8, True, "too little data: 4 of 30"), (40, False, "not corrected: 20 of 30 judgements labelled")],
)
def test_no_estimate_has_its_reason(sample: int, known: bool, reason: str) -> None:
    """Too few labels, or labels of unknown probabilities: no estimate, no difference, and the method says why."""
    rows, gold = make_study(np.random.default_rng(3), ["e"], 30, sample, known=known)
    found = correct_one(rows, gold)
    corrected = rows_of(found, "stance_corrected")
    assert len(corrected) == 2
    assert not rows_of(found, "stance_difference_corrected")
    assert all(np.isnan(row["estimate"]) and row["method"].startswith(reason) for row in corrected)


def test_without_labels_nothing_is_said() -> None:
    """A corpus without stance gold has no corrected rows."""
    rows, _ = make_study(np.random.default_rng(4), ["e"], 5)
    assert len(correct_one(rows, None)) == len(correct_all(rows, None)) == 0


def test_copies_are_marked() -> None:
    """A difference to an outlet that prints a copy is no contrast of two voices."""
    rows, gold = make_study(np.random.default_rng(5), ["e"], 12)
    [gap] = rows_of(correct_one(rows, gold, copying=["post"]), "stance_difference_corrected")
    assert gap["method"].endswith(COPY)


def test_over_events_the_labels_of_all_events_correct() -> None:
    """Three labels a cell, too few within an event, are enough over twenty: the planted difference is found."""
    events = [f"e{number:02}" for number in range(20)]
    rows, gold = make_study(np.random.default_rng(6), events, 12, 120)
    found = correct_all(rows, gold)
    [gap] = rows_of(found, "stance_difference_corrected")
    assert gap["low"] <= 0.2 <= gap["high"]
    assert (gap["event"], gap["n_events"], gap["n_units"]) == ("", 20, 120)
    assert 0 < gap["p_value"] <= 1
    assert gap["q_value"] == gap["p_value"]
    assert gap["method"].endswith("cluster t over events; t test")
    for row, mean in zip(rows_of(found, "stance_corrected"), (0.1, -0.1), strict=True):
        assert row["low"] <= mean <= row["high"]
        assert np.isnan(row["p_value"])


def test_over_few_events_there_is_no_test() -> None:
    """Below six events there is an interval and no p-value; events with a copy take no part in differences."""
    events = [f"e{number}" for number in range(5)]
    rows, gold = make_study(np.random.default_rng(7), events, 12, 60)
    [gap] = rows_of(correct_all(rows, gold, {("e4", "wire")}), "stance_difference_corrected")
    assert gap["n_events"] == 4
    assert np.isnan(gap["p_value"])
    assert gap["method"].endswith("too few events with labels for a test")


def test_labels_of_few_events_test_nothing() -> None:
    """Twenty events of which five have labels: there is an interval and no p-value."""
    events = [f"e{number:02}" for number in range(20)]
    rows, gold = make_study(np.random.default_rng(6), events, 12, 480)
    some = np.array([article.split("-")[0] in events[:5] for article in gold.units.article])
    [gap] = rows_of(correct_all(rows, gold.select(some)), "stance_difference_corrected")
    assert gap["low"] < gap["high"]
    assert np.isnan(gap["p_value"])
    assert gap["method"].endswith("too few events with labels for a test")


def test_bounds_end_where_the_quantity_ends() -> None:
    """A t interval of few sentences is wide, but no stance lies beyond 1 and no difference beyond 2."""
    rows, gold = make_study(np.random.default_rng(8), ["e0", "e1", "e2"], 10, 24)
    for quantity, most in (("stance_corrected", 1), ("stance_difference_corrected", 2)):
        for row in rows_of(correct_all(rows, gold), quantity):
            assert -most <= row["low"] <= row["high"] <= most


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Bootstraps are functions of the seed, and rows of their order."""
    rows, gold = make_study(np.random.default_rng(9), ["e"], 12)
    assert list(map(repr, correct_one(rows, gold).rows())) == list(map(repr, correct_one(rows, gold).rows()))


@pytest.mark.slow
def test_corrected_intervals_cover_over_many_studies() -> None:
    """Of studies over eight events whose classifier errs by outlet, 95 % hold the true difference; without labels none."""
    rng, held, plain = np.random.default_rng(10), [], []
    for _ in range(300):
        rows, gold = make_study(rng, [f"e{number}" for number in range(8)], 8, 64)
        [gap] = rows_of(correct_all(rows, gold), "stance_difference_corrected")
        held.append(gap["low"] <= 0.2 <= gap["high"])
        means = {
            outlet: rows.score[np.array([name == outlet for name in rows.outlet])].mean()
            for outlet in CHANCES
        }
        plain.append(means["post"] - means["wire"])
    assert 0.92 <= np.mean(held) <= 0.99
    assert np.mean(plain) > 0.6
