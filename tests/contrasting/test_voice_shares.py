"""Who gets to speak: shares by hand, whose words one outlet alone carries, copies, and the planted truth over events."""

import numpy as np
import pytest

from crossframe.contrasting.over_events import compare_over_events
from crossframe.contrasting.voice_shares import find_carried, summarise_voices
from crossframe.records import AUTHOR, Alignment, Article, Copies, Estimates, Sentences, Spans, Stretches
from crossframe.synthetic import Press, make_press

Passages = list[list[tuple[str, str]]]
"""An outlet's sentences, each as (words, voice) one after another; a voice in capitals is no actor's."""


def event_of(outlets: dict[str, Passages]) -> tuple[Stretches, Sentences]:
    """Return the stretches and sentences of one event, an article an outlet."""
    articles, spans, rows = [], [], []
    for number, (outlet, sentences) in enumerate(outlets.items()):
        document, at = "\n".join("".join(words for words, _ in one) for one in sentences), 0
        articles.append(Article(f"{outlet}-1", "e", outlet, "", document))
        for index, sentence in enumerate(sentences, 1):
            start = at
            for words, voice in sentence:
                speaker = "" if voice == AUTHOR or voice.isupper() else voice
                rows.append((f"{outlet}-1", index, at, at + len(words), voice, speaker))
                at += len(words)
            spans.append((number, index, start, at))
            at += 1
    columns = ("article", "sentence", "start", "end", "voice", "speaker")
    stretches = Stretches.from_rows(dict(zip(columns, row, strict=True)) for row in rows)
    return stretches, Sentences(tuple(articles), *np.array(spans).T)


def align(sentences: Sentences, *pairs: tuple[str, int, str, int], relation: str = "equivalent") -> Alignment:
    """Return an alignment of (outlet, sentence, outlet, sentence)."""
    left = [sentences.row(f"{pair[0]}-1", pair[1]) for pair in pairs]
    right = [sentences.row(f"{pair[2]}-1", pair[3]) for pair in pairs]
    return Alignment(
        sentences, np.array(left), np.array(right), np.ones(len(pairs)), (relation,) * len(pairs)
    )


def copies_of(**source: str) -> Copies:
    """Return that outlets (names) print the article of others (values)."""
    return Copies.from_rows(
        {"article": f"{one}-1", "copy_of": f"{other}-1", "copied_share": 0.9} for one, other in source.items()
    )


def rows(estimates: Estimates, **wanted: str) -> list[dict]:
    """Return the rows that have the values asked for."""
    return [row for row in estimates.rows() if all(row[name] == value for name, value in wanted.items())]


def shares(estimates: Estimates, quantity: str) -> dict[tuple[str, str], float]:
    """Return the estimates of a quantity by outlet and voice."""
    return {(row["outlet"], row["voice"]): row["estimate"] for row in rows(estimates, quantity=quantity)}


# --- shares ---------------------------------------------------------------------------------------------


TEN = "ten chars."
SPOKEN: dict[str, Passages] = {
    "post": [
        [(TEN * 3, AUTHOR), (TEN, "anna")],
        [(TEN * 2, "anna")],
        [(TEN * 2, AUTHOR), (TEN, "A BAKER")],
        [(TEN, AUTHOR)],
    ],
    "wire": [[(TEN, AUTHOR), (TEN, "bert")], [(TEN, "anna"), (TEN, AUTHOR)]],
    "mute": [[(TEN, AUTHOR)], [(TEN, AUTHOR)]],
}


def test_shares_by_hand() -> None:
    """Own voice is of all text, shares of voice are of quoted text and sum to one; actors others quote count as zero."""
    stretches, sentences = event_of(SPOKEN)
    summary = summarise_voices(stretches, align(sentences), Copies(), event="e")
    assert shares(summary, "own_voice") == pytest.approx(
        {("post", AUTHOR): 6 / 10, ("wire", AUTHOR): 2 / 4, ("mute", AUTHOR): 1.0}
    )
    assert shares(summary, "share_of_voice") == pytest.approx(
        {
            ("post", "anna"): 3 / 4, ("post", "A BAKER"): 1 / 4, ("post", "bert"): 0.0,
            ("wire", "anna"): 1 / 2, ("wire", "bert"): 1 / 2,
        }
    )  # fmt: skip
    [baker] = rows(summary, quantity="share_of_voice", voice="A BAKER")
    assert (baker["actor"], baker["n_units"], baker["n_articles"]) == ("", 1, 1)
    [anna] = rows(summary, quantity="share_of_voice", outlet="post", voice="anna")
    assert (anna["actor"], anna["n_units"]) == ("anna", 2)


def test_intervals_are_over_passages() -> None:
    """Neighbours that quote one speaker are drawn together; where all draws agree there is no interval; no test."""
    stretches, sentences = event_of(SPOKEN)
    summary = summarise_voices(stretches, align(sentences), Copies(), event="e")
    assert np.isnan(summary.p_value).all()
    [own] = rows(summary, quantity="own_voice", outlet="post")
    rng = np.random.default_rng(1)  # passages of post: the first two sentences, the third, the fourth
    chosen = rng.integers(3, size=(20_000, 3))
    draws = np.array([30, 20, 10])[chosen].sum(axis=1) / np.array([60, 30, 10])[chosen].sum(axis=1)
    assert [own["low"], own["high"]] == pytest.approx(np.quantile(draws, [0.025, 0.975]), abs=0.02)
    [mute] = rows(summary, quantity="own_voice", outlet="mute")
    [bert] = rows(summary, quantity="share_of_voice", outlet="post", voice="bert")
    [only] = rows(summary, quantity="quoted_only_here", outlet="post", voice="A BAKER")
    for row in (mute, bert, only):
        assert np.isnan([row["low"], row["high"]]).all()
        assert row["method"].startswith("no interval")


def test_differences_are_of_what_both_have() -> None:
    """Own voices and actors' shares are set side by side where both outlets have them; speakers without name are not."""
    stretches, sentences = event_of(SPOKEN)
    summary = summarise_voices(stretches, align(sentences), Copies(), event="e")
    found = {
        (r["outlet"], r["reference"], r["voice"]): r
        for r in rows(summary, quantity="share_of_voice_difference")
    }
    assert {key: row["estimate"] for key, row in found.items()} == pytest.approx(
        {("post", "wire", "anna"): 1 / 4, ("post", "wire", "bert"): -1 / 2}
    )
    assert np.isnan(found["post", "wire", "bert"]["low"])
    assert len(rows(summary, quantity="own_voice_difference")) == 3
    [only] = rows(summary, quantity="quoted_only_here_difference")
    assert (only["outlet"], only["reference"], only["voice"]) == ("post", "wire", "quoted")


def test_an_outlet_alone_and_no_words() -> None:
    """One outlet has nobody to carry its quotes; no stretches make no rows."""
    stretches, sentences = event_of({"post": SPOKEN["post"]})
    assert (
        "quoted_only_here" not in summarise_voices(stretches, align(sentences), Copies(), event="e").quantity
    )
    assert len(summarise_voices(Stretches(), align(sentences), Copies(), event="e")) == 0


# --- whose words one outlet alone carries ---------------------------------------------------------------


SAYING = [("we will never leave this town,", "anna"), (" she said.", AUTHOR)]


@pytest.mark.parametrize(
    ("other", "relation", "carried"),
    [
        ([("He said: ", AUTHOR), ("“nobody is going anywhere”", "bert")], "equivalent", True),
        ([("He said: ", AUTHOR), ("“nobody is going anywhere”", "bert")], "none", False),
        ([("Anna will never leave.", AUTHOR)], "equivalent", False),
        ([("We Will  Never Leave This", "BERT")], "none", True),
        ([("we will never leave", "bert")], "none", False),
        ([("we will never leave this or any other town", "bert")], "none", True),
        ([("We will never leave this town.", AUTHOR)], "none", False),
    ],
)  # fmt: skip
def test_counterparts(other: list[tuple[str, str]], relation: str, carried: bool) -> None:
    """Words are carried where the aligned sentence quotes, or somebody is quoted with the same words."""
    stretches, sentences = event_of({"post": [SAYING], "wire": [other]})
    alignment = align(sentences, ("post", 1, "wire", 1), relation=relation)
    assert find_carried(stretches, alignment, Copies()).tolist()[:2] == [carried, False]


@pytest.mark.parametrize(("n_words", "carried"), [(9, True), (10, False)])
def test_a_turn_of_phrase_is_not_the_same_words(n_words: int, carried: bool) -> None:
    """One run of five words carries a quotation only as long as it is a fifth of its runs."""
    spoken = " ".join("abcdefghijklmnop"[:n_words])
    stretches, sentences = event_of({"post": [[(spoken, "anna")]], "wire": [[("a b c d e", "bert")]]})
    assert find_carried(stretches, align(sentences), Copies())[0] == carried


@pytest.mark.parametrize(
    ("words", "carried"), [("a farce", True), ("farce", False), ("a sad farce", False), ("—", False)]
)
def test_short_quotations_are_shared_whole(words: str, carried: bool) -> None:
    """Fewer than five words must all be there, in order; a single word is no one's own."""
    stretches, sentences = event_of({"post": [[(words, "anna")]], "wire": [[("it is a farce", "bert")]]})
    assert find_carried(stretches, align(sentences), Copies())[0] == carried


def test_a_copy_carries_nothing_of_its_source() -> None:
    """To a source its copies are no other outlets, at whatever hand; to a copy its source is, and to third ones both are."""
    spoken = {"a": [SAYING], "b": [SAYING], "c": [SAYING], "d": [[("x", AUTHOR)]]}
    stretches, sentences = event_of(spoken)  # type: ignore[arg-type]
    copies = copies_of(b="a", c="b")
    assert find_carried(stretches, align(sentences), copies).tolist()[:6:2] == [False, True, True]
    summary = summarise_voices(stretches, align(sentences), copies, event="e")
    assert shares(summary, "quoted_only_here") == {
        (outlet, voice): share
        for outlet, share in (("a", 1.0), ("b", 0.0), ("c", 0.0))
        for voice in ("anna", "quoted")
    }
    for row in summary.rows():
        if row["reference"]:
            assert row["method"].endswith("copy: not independent") is not {"b", "c"}.isdisjoint(
                {row["outlet"], row["reference"]}
            )
    pair, alone = event_of({"a": [SAYING], "b": [SAYING]})
    summary = summarise_voices(pair, align(alone), copies_of(b="a"), event="e")
    assert {outlet for outlet, _ in shares(summary, "quoted_only_here")} == {"b"}


def test_a_speakers_share_is_of_his_words() -> None:
    """What one outlet alone quotes of a speaker is set beside all that it quotes of him."""
    spoken: dict[str, Passages] = {
        "post": [SAYING, [("It was cold.", AUTHOR)], [("“ask the baker”", "anna")]],
        "wire": [SAYING],
    }
    stretches, sentences = event_of(spoken)
    [row] = rows(
        summarise_voices(stretches, align(sentences), Copies(), event="e"),
        quantity="quoted_only_here", outlet="post", actor="anna",
    )  # fmt: skip
    assert row["estimate"] == pytest.approx(15 / (15 + 30))
    assert row["n_units"] == 2
    assert 0.0 == row["low"] < row["estimate"] < row["high"] == 1.0


# --- over events ----------------------------------------------------------------------------------------


def summaries(press: Press) -> list[Estimates]:
    """Return who speaks in every event of a press, from its gold."""
    found = []
    for event in press.corpus.events:
        gold = press.corpus.select(event=event.id).gold
        alignment, quotes = gold["alignment"], gold["quotes"]
        assert isinstance(alignment, Alignment)
        assert isinstance(quotes, Spans)
        stretches = stretches_of(alignment.sentences, quotes)
        found.append(summarise_voices(stretches, alignment, Copies(), event=event.id))
    return found


def stretches_of(sentences: Sentences, quotes: Spans) -> Stretches:
    """Cut sentences of which each holds one quote at most."""
    inside = {sentences.locate(quote["article"], quote["start"]): quote for quote in quotes.rows()}
    made = []
    for row in range(len(sentences)):
        article, number = sentences.key(row)
        start, end, quote = int(sentences.start[row]), int(sentences.end[row]), inside.get(row)
        cuts = [(start, quote["start"], ""), (quote["start"], quote["end"], quote["speaker"]), (quote["end"], end, "")] if quote else [(start, end, "")]  # fmt: skip
        made += [
            {
                "article": article,
                "sentence": number,
                "start": low,
                "end": high,
                "voice": who or AUTHOR,
                "speaker": who,
            }
            for low, high, who in cuts
            if low < high
        ]
    return Stretches.from_rows(made)


@pytest.mark.slow
def test_planted_exclusive_quotes_are_recovered() -> None:
    """Over events the share that one outlet alone quotes is near the probability that both others leave a fact out."""
    over = compare_over_events(summaries(make_press(n_events=200, n_claims=9, omission=0.4, seed=3)))
    found = rows(over, quantity="quoted_only_here", voice="quoted")
    assert len(found) == 3
    for row in found:
        assert row["estimate"] == pytest.approx(0.4**2, abs=0.05)
        assert row["low"] <= 0.4**2 <= row["high"]
    gaps = rows(over, quantity="quoted_only_here_difference")
    assert len(gaps) == 3
    assert all(row["q_value"] > 0.05 for row in gaps)


def test_over_events_the_event_is_the_unit() -> None:
    """Means and differences of shares are over events, differences paired; only actors and whole voices are pooled."""
    each = [
        summarise_voices(stretches, align(sentences), Copies(), event=f"e{number}")
        for number in range(6)
        for stretches, sentences in [
            event_of(
                SPOKEN
                | {
                    "mute": [[(TEN * (number + 1), AUTHOR)]],
                    "wire": SPOKEN["wire"] + [[(TEN * number, AUTHOR)]],
                }
            )
        ]
    ]
    over = compare_over_events(each)
    assert ("post", "A BAKER") not in shares(over, "share_of_voice")
    assert shares(over, "share_of_voice")["post", "anna"] == pytest.approx(3 / 4)
    shared = [0.6 - (2 + number) / (4 + number) for number in range(6)]
    [gap] = rows(over, quantity="own_voice_difference", outlet="post", reference="wire")
    assert (gap["estimate"], gap["n_events"]) == (pytest.approx(np.mean(shared)), 6)
    assert gap["low"] < gap["estimate"] < gap["high"]
    assert 0 < gap["p_value"] <= 1
    assert gap["method"] == "cluster t over events; sign-flip test"
    [own] = rows(over, quantity="own_voice", outlet="post")
    assert np.isnan(own["low"])
    assert own["method"] == "the same in every event: no interval"
    assert not {"quoted_only_here", "share_of_voice", "own_voice"} - set(over.quantity)
