"""What may be inferred: planted differences are found over events, none is found where none was planted, copies stand apart."""

import warnings
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.contrasting.coverage import estimate_coverage, estimate_omissions, measure_coverage
from crossframe.contrasting.over_events import compare_over_events
from crossframe.contrasting.within_event import summarise_event
from crossframe.contrasting.wording import compare_wording
from crossframe.matching.claims import group_claims
from crossframe.matching.copies import find_copies
from crossframe.reading.text.split import split_sentences
from crossframe.records import (
    Alignment,
    Annotation,
    Article,
    Copies,
    Corpus,
    Coverage,
    Estimates,
)
from crossframe.synthetic import MAIN, Press, make_press


def gold_of(corpus: Corpus) -> tuple[Annotation, Annotation, Alignment]:
    """Return an event's gold: the truth in place of models."""
    stance, frames, alignment = (corpus.gold[n] for n in ("stance", "frames", "alignment"))
    assert isinstance(stance, Annotation)
    assert isinstance(frames, Annotation)
    assert isinstance(alignment, Alignment)
    return stance, frames, group_claims(alignment)


def summaries(press: Press, seed: int = 0) -> list[Estimates]:
    """Return the description of every event of a press, from its gold."""
    found = []
    for event in press.corpus.events:
        corpus = press.corpus.select(event=event.id)
        copies = Copies.from_rows({"article": article.id} for article in corpus.articles)
        found.append(summarise_event(*gold_of(corpus), copies, event=event.id, seed=seed))
    return found


def rows(estimates: Estimates, **wanted: str) -> list[dict]:
    """Return the rows that have the values asked for."""
    return [row for row in estimates.rows() if all(row[name] == value for name, value in wanted.items())]


def main_differences(press: Press, voice: str = "author") -> list[dict]:
    """Return the differences over events between the first outlet and the others toward the main actor."""
    over = compare_over_events(summaries(press))
    return rows(over, quantity="stance_difference", actor=MAIN, voice=voice, outlet="outlet-1")


def test_a_planted_slant_is_recovered() -> None:
    """Over forty events the estimate is near the slant, its interval holds it, and the test calls it."""
    found = main_differences(make_press(n_events=40, slant=0.5, n_claims=12, seed=21))
    assert len(found) == 2
    for row in found:
        assert row["estimate"] == pytest.approx(0.5, abs=0.15)
        assert row["low"] <= 0.5 <= row["high"]
        assert row["q_value"] < 0.01
        assert row["n_events"] > 35
        assert row["method"] == "cluster t over events; sign-flip test"


@pytest.mark.slow
def test_intervals_cover_and_tests_hold_over_presses() -> None:
    """Over many invented presses: intervals hold the planted slant at their level, null tests reject at theirs."""
    covered, called = [], []
    for seed in range(40):
        for row in main_differences(make_press(n_events=10, n_outlets=2, slant=0.3, seed=100 + seed)):
            covered.append(row["low"] <= 0.3 <= row["high"])
        for row in main_differences(make_press(n_events=10, n_outlets=2, slant=0.0, seed=300 + seed)):
            called.append(row["p_value"] <= 0.05)
    assert np.mean(covered) > 0.85
    assert np.mean(called) < 0.13


def test_quoted_voices_are_not_slanted() -> None:
    """The slant is the outlet's own: what it quotes others as saying shows no difference."""
    for row in main_differences(make_press(n_events=40, slant=0.5, n_claims=12, seed=21), voice="quoted"):
        assert row["q_value"] > 0.05


def test_one_event_has_no_test() -> None:
    """A single event is described: estimates within intervals, the method named, no p- and no q-value."""
    [summary] = summaries(make_press(n_events=1, slant=0.5, seed=3))
    assert np.isnan(summary.p_value).all()
    assert np.isnan(summary.q_value).all()
    assert set(summary.quantity) >= {
        "stance",
        "stance_difference",
        "frame",
        "frame_difference",
    }
    for row in rows(summary, quantity="stance"):
        assert row["low"] <= row["estimate"] <= row["high"]
        assert row["method"].startswith(
            "sentence bootstrap" if row["n_units"] > 1 else "drawn labels, sentences not redrawn"
        )
    for row in rows(summary, quantity="frame"):
        assert np.isnan(row["low"])
        assert "no interval from one article" in row["method"]


def test_few_events_have_no_test() -> None:
    """Below six events there is an interval but no p-value, and the method says why."""
    over = compare_over_events(summaries(make_press(n_events=4, slant=0.5, seed=4)))
    for row in rows(over, quantity="stance_difference", actor=MAIN):
        assert np.isnan(row["p_value"])
        assert "too few events for a test" in row["method"]


def test_intervals_end_where_the_quantity_ends() -> None:
    """With two events a t interval is wide, but no stance lies beyond 1 and no difference beyond 2."""
    over = compare_over_events(summaries(make_press(n_events=2, seed=18)))
    for quantity, most in (("stance", 1), ("stance_difference", 2), ("frame", 1), ("frame_difference", 1)):
        found = rows(over, quantity=quantity)
        assert found
        assert all(abs(row[side]) <= most for row in found for side in ("low", "high") if row["n_events"] > 1)


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Bootstraps are functions of the seed."""
    press = make_press(n_events=1, n_claims=20, seed=5)
    one, two, other = summaries(press, 1)[0], summaries(press, 1)[0], summaries(press, 2)[0]
    assert list(map(repr, one.rows())) == list(map(repr, two.rows()))
    assert not np.array_equal(one.low, other.low, equal_nan=True)


def test_the_classifiers_doubt_widens_the_interval() -> None:
    """The same mean from doubtful labels has a wider interval than from certain ones."""
    corpus = make_press(n_events=1, n_claims=20, seed=6).corpus
    stance, frames, alignment = gold_of(corpus)
    copies = Copies.from_rows({"article": article.id} for article in corpus.articles)
    doubtful = replace(stance, scores=0.4 * stance.scores + 0.2)

    def width(annotation: Annotation) -> float:
        summary = summarise_event(annotation, frames, alignment, copies, event="e")
        found = rows(summary, quantity="stance", actor=MAIN, voice="author")
        return float(np.mean([row["high"] - row["low"] for row in found]))

    shrunk = replace(stance, scores=np.full_like(stance.scores, 1 / 3))
    assert width(shrunk) > 0.5
    assert width(doubtful) > 0.5


def with_a_copy(press: Press) -> Corpus:
    """Return the corpus of a press in which one more outlet prints the first outlet's articles word for word."""
    printed = [
        replace(article, id=article.id.replace("outlet-1", "z-copycat"), outlet="z-copycat")
        for article in press.corpus.articles
        if article.outlet == "outlet-1"
    ]
    return replace(press.corpus, articles=(*press.corpus.articles, *printed), gold={})


def test_a_copy_makes_no_finding() -> None:
    """An outlet that prints another's articles word for word changes no difference, no share of claims, no omission."""
    from crossframe.studies.compare.study import compare

    press = make_press(n_events=7, slant=0.4, seed=1)
    light = {"encoder": "tfidf", "aligner": "aligner-lexical", "stance_model": "stance-lexicon"}
    plain, copied = (
        compare(corpus, **light).tables["estimates"].query("event == '' and actor in ('', @MAIN)")
        for corpus in (press.corpus, with_a_copy(press))
    )
    for quantity in ("stance_difference", "frame_difference", "claims_covered_difference", "omission_rate"):
        before, after = (one[one["quantity"] == quantity] for one in (plain, copied))
        assert len(before)
        assert "z-copycat" not in {*after["outlet"], *after["reference"]}
        key = ["outlet", "reference", "actor", "voice", "frame"]
        both = before.merge(after, on=key, suffixes=("", "_copied"))
        assert len(both) == len(before) == len(after)
        assert (abs(both["estimate"] - both["estimate_copied"]) < 0.12).all(), quantity
    assert "z-copycat" in set(copied[copied["quantity"] == "stance"]["outlet"])


def test_differences_of_a_copy_are_marked() -> None:
    """In one event every difference to which a copying outlet is a side says so; it has no contrasts within claims."""
    corpus = make_press(n_events=1, slant=0.4, seed=7).corpus
    source, copy, _ = (article.id for article in corpus.articles)
    copies = Copies.from_rows([{"article": copy, "copy_of": source, "copied_share": 0.9}])
    summary = summarise_event(*gold_of(corpus), copies, event="e")
    for quantity in ("stance_difference", "frame_difference"):
        for row in rows(summary, quantity=quantity):
            assert row["method"].endswith("copy: not independent") is (
                "outlet-2" in (row["outlet"], row["reference"])
            )
    for quantity in ("claim_contrast", "stance_difference_in_claims"):
        assert not any(
            "outlet-2" in (row["outlet"], row["reference"]) for row in rows(summary, quantity=quantity)
        )


def test_what_a_copy_and_its_source_alone_tell_is_no_claim() -> None:
    """A claim needs two tellers that are not one another's copy."""
    claims = {"c1": "ab", "c2": "ac", "c3": "abc"}
    coverage = Coverage.from_rows(
        {"event": "e", "claim": claim, "outlet": outlet, "covered": int(outlet in told), "p_absent": 0.0}
        for claim, told in claims.items()
        for outlet in "abc"
    )
    counts = dict.fromkeys("abc", 1)
    plain = estimate_coverage(coverage, counts, event="e")
    copied = estimate_coverage(coverage, counts, event="e", copies={"b": "a"})
    for found, n_claims, share in ((plain, 3, 2 / 3), (copied, 2, 1.0)):
        [row] = rows(found, quantity="claims_covered", outlet="c")
        assert (row["n_units"], row["estimate"]) == (n_claims, pytest.approx(share))
    marked = {
        (r["outlet"], r["reference"]): r["method"] for r in rows(copied, quantity="claims_covered_difference")
    }
    assert [method.endswith("copy: not independent") for method in marked.values()] == [True, False, True]


def test_differences_within_claims_are_paired() -> None:
    """Over events the slant is found within claims, too, where both outlets tell the same of the actor."""
    over = compare_over_events(summaries(make_press(n_events=40, slant=0.5, n_claims=12, seed=21)))
    found = rows(over, quantity="stance_difference_in_claims", actor=MAIN, voice="author", outlet="outlet-1")
    assert len(found) == 2
    for row in found:
        assert row["estimate"] == pytest.approx(0.5, abs=0.2)
        assert row["low"] <= 0.5 <= row["high"]
        assert row["q_value"] < 0.05


def test_contrasts_within_claims_name_the_extremes() -> None:
    """A contrast is the highest outlet minus the lowest within one claim, and says that they were chosen so."""
    [summary] = summaries(make_press(n_events=1, n_outlets=4, omission=0.0, seed=8))
    found = rows(summary, quantity="claim_contrast")
    assert found
    for row in found:
        assert row["estimate"] > 0
        assert row["outlet"] != row["reference"]
        assert "chosen as highest and lowest" in row["method"]


# --- coverage -------------------------------------------------------------------------------------------


SURE = AbsenceCurve(level=0.0, slope=-3.0)
"""The curve of an aligner that misses nothing: no trace is hardly ever a miss."""


def press_coverage(press: Press, curve: AbsenceCurve = SURE) -> list[Coverage]:
    """Return the coverage of every event of a press, from its gold alignment."""
    return [
        measure_coverage(gold_of(press.corpus.select(event=event.id))[2], event=event.id, curve=curve)
        for event in press.corpus.events
    ]


def omissions(press: Press) -> Estimates:
    """Return the rates of omission over the events of a press."""
    counts = Counter((article.event, article.outlet) for article in press.corpus.articles)
    return estimate_omissions(press_coverage(press), counts)


def test_planted_omissions_are_recovered() -> None:
    """Over events the rate at which each outlet leaves out what all others tell is the planted one."""
    found = omissions(make_press(n_events=60, n_outlets=4, n_claims=12, omission=0.3, seed=9))
    shared = np.random.default_rng(0).binomial(11, 0.7**3, 100_000)
    expected = 0.3 * np.mean(shared / (1 + shared))  # the first claim is never left out
    assert len(found) == 4
    for row in found.rows():
        assert row["estimate"] == pytest.approx(expected, abs=0.06)
        assert row["low"] <= expected <= row["high"]
        assert row["method"] == "expected share; cluster t over events"
        assert row["n_articles"] == row["n_events"]


def test_too_few_claims_have_no_interval() -> None:
    """Where hardly any claim is told by all others, the rate is given without an interval and says so."""
    found = omissions(make_press(n_events=1, n_outlets=3, n_claims=3, seed=10))
    for row in found.rows():
        assert row["method"] == "too little data"
        assert np.isnan(row["low"])
    assert len(omissions(make_press(n_events=3, n_outlets=2, seed=10))) == 0


def test_an_outlet_without_a_claim_says_so() -> None:
    """Who is in an event of three but never faces a claim of all others has a row that says too little data."""
    coverage = Coverage.from_rows(
        {"event": "e", "claim": "c1", "outlet": outlet, "covered": int(outlet in "ab"), "p_absent": 0.5}
        for outlet in "abc"
    )
    counts = dict.fromkeys(
        [*(("e", o) for o in "abcz"), *(("none", o) for o in "def"), *(("two", o) for o in "xy")], 1
    )
    found = {row["outlet"]: row for row in estimate_omissions([coverage], counts, {("e", "z")}).rows()}
    assert sorted(found) == list("abcdef")  # x and y are two; z prints a copy
    assert {row["method"] for row in found.values()} == {"too little data"}
    assert (found["c"]["n_units"], found["c"]["n_events"], found["c"]["estimate"]) == (1, 1, 0.5)
    for outlet in "abdef":
        assert (found[outlet]["n_units"], found[outlet]["n_events"], found[outlet]["n_articles"]) == (0, 0, 0)
        assert np.isnan([found[outlet][name] for name in ("estimate", "low", "high")]).all()


@pytest.mark.parametrize(("n_events", "enough"), [(5, False), (6, True)])
def test_too_few_events_have_no_interval(n_events: int, enough: bool) -> None:
    """Below six events an outlet's rate has no interval, however many claims there are."""
    found = omissions(make_press(n_events=n_events, n_outlets=3, n_claims=20, seed=10))
    assert len(found) == 3
    for row in found.rows():
        assert row["n_units"] > 20
        assert (row["method"] == "too little data") is not enough
        assert np.isnan(row["low"]) is not enough or np.isfinite(row["low"]) is enough


def test_omissions_count_by_their_certainty() -> None:
    """The rate is the mean p_absent of claims that all others tell, whether the outlet is taken to tell them or not."""
    coverage = Coverage.from_rows(
        {"event": "e", "claim": claim, "outlet": outlet, "covered": int(outlet in told), "p_absent": p}
        for claim, told, absent in (("c1", "abc", (0.1, 0.2, 0.3)), ("c2", "ab", (0.0, 0.0, 0.8)))
        for outlet, p in zip("abc", absent, strict=True)
    )
    rate = {
        row["outlet"]: row["estimate"]
        for row in estimate_omissions([coverage], {("e", o): 1 for o in "abc"}).rows()
    }
    assert rate == pytest.approx({"a": 0.1, "b": 0.2, "c": (0.3 + 0.8) / 2})


def test_shares_of_claims() -> None:
    """The share of claims told lies within Wilson's interval, differences are paired within claims, nothing is tested."""
    [coverage] = press_coverage(make_press(n_events=1, n_outlets=3, n_claims=20, seed=12))
    found = estimate_coverage(coverage, {f"outlet-{n}": n for n in (1, 2, 3)}, event="e")
    for row in found.rows():
        assert row["low"] <= row["estimate"] <= row["high"]
        assert np.isnan(row["p_value"])
    told = {r["outlet"]: r["estimate"] for r in rows(found, quantity="claims_covered")}
    assert [row["n_articles"] for row in rows(found, quantity="claims_covered")] == [1, 2, 3]
    for row in rows(found, quantity="claims_covered_difference"):
        assert row["estimate"] == pytest.approx(told[row["outlet"]] - told[row["reference"]])


# --- wording and copies ---------------------------------------------------------------------------------


def test_words_that_set_outlets_apart() -> None:
    """An outlet's own word leads its list, words that all share are near zero, and intervals hold the estimate."""
    articles = [
        Article(
            "a",
            "e",
            "a",
            "",
            "The regime fell. The regime lied. Regime troops left. Mayor Bell spoke. Bell left.",
        ),
        Article(
            "b",
            "e",
            "b",
            "",
            "The government fell. Government aides erred. The government left. Bell spoke. Bell left.",
        ),
    ]
    wording = compare_wording(split_sentences(articles), event="e")
    leading = {row["outlet"]: row["term"] for row in sorted(wording.rows(), key=lambda row: row["z"])}
    assert leading == {"a": "regime", "b": "government"}
    by_term = {(row["outlet"], row["term"]): row for row in wording.rows()}
    assert abs(by_term["a", "bell"]["z"]) < 1
    for row in by_term.values():
        assert row["low"] <= row["log_odds"] <= row["high"]
        assert np.isnan(row["q_value"])
    assert ("a", "the") not in by_term


def test_a_copy_is_not_set_against_its_source() -> None:
    """A word that an outlet and its copy alone use leads both their lists."""
    told = {"a": "The regime fell. " * 4, "b": "The regime fell. " * 4, "c": "The cabinet left. " * 4}
    sentences = split_sentences(
        [Article(outlet, "e", outlet, "", text.strip()) for outlet, text in told.items()]
    )
    found = []
    for copies in (None, {"b": "a"}):
        wording = compare_wording(sentences, event="e", copies=copies)
        found += [
            row["log_odds"] for row in wording.rows() if (row["outlet"], row["term"]) == ("a", "regime")
        ]
    plain, apart = found
    assert apart > plain + 0.01


def test_log_odds_by_hand() -> None:
    """The estimate is Monroe et al.'s equation 16 with the prior scaled to 500 words."""
    from crossframe.contrasting.wording import _log_odds

    delta, z = _log_odds(np.array([10.0, 0.0]), np.array([5.0, 5.0]), np.array([2.0, 1.0]))
    expected = np.log(12 / (13 - 12)) - np.log(7 / (13 - 7))
    assert delta[0] == pytest.approx(expected)
    assert z[0] == pytest.approx(expected / np.sqrt(1 / 12 + 1 / 7))


def test_one_outlet_has_no_wording() -> None:
    """Nothing sets a single outlet apart, and rare words are not listed."""
    assert (
        len(compare_wording(split_sentences([Article("a", "e", "a", "", "Snow fell. " * 9)]), event="e")) == 0
    )
    two = [Article("a", "e", "a", "", "Snow fell."), Article("b", "e", "b", "", "Rain fell.")]
    assert len(compare_wording(split_sentences(two), event="e")) == 0


def test_the_packaged_copy_is_found(georgia: object) -> None:
    """In the packaged corpus one outlet reprints parts of another, and no other outlet does."""
    from crossframe.reading.corpus.folders import read_folder

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        copies = find_copies(read_folder(georgia).articles)  # type: ignore[arg-type]
    assert sum(bool(source) for source in copies.copy_of) == 1
    [copy] = [row for row in copies.rows() if row["copy_of"]]
    for row in copies.rows():
        assert (row["copied_share"] > 0.3) is (row["article"] in (copy["article"], copy["copy_of"]))
