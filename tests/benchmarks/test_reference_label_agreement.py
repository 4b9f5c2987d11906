"""The tables of the card of reference-labels: by hand on invented readings, and the card and the data statement hold them."""

import math
from pathlib import Path

import pytest
from reference_label_agreement import (
    CARD,
    FOLDER,
    describe_labels,
    describe_summary,
    describe_third,
    fill_card,
    kappa,
    main,
    make_tables,
    measure_agreement,
    pair_holders,
)

from crossframe.reading.public.reference_readings import NO_MENTION, Item, Reading, read_items

STATEMENT = Path(__file__).parents[2] / "docs" / "data-statement.md"
A, B, WIDE_A = (0, 4), (10, 14), (0, 8)
BLAMED = Reading("negative", "quoted", "neutral", {A: "oppose"}, "facts")
PLAIN = Reading("neutral", "outlet", "neutral", {}, "none")
PRAISED = Reading("positive", "outlet", "support", {B: "support"}, "wording")
NOBODY = Reading(NO_MENTION)


def make_item(id: str, *readings: Reading, kind: str = "state", split: str = "test") -> Item:
    """Return an item of a sentence of its own."""
    return Item(id, "neus", "neus.a", (int(id), int(id) + 1), (0, 1), kind, split, "random", "", readings)


ITEMS = [
    make_item("1", BLAMED, BLAMED),
    make_item("2", BLAMED, PLAIN, PLAIN),
    make_item("3", PLAIN, PLAIN),
    make_item("4", PRAISED, NOBODY, PRAISED, kind="person"),
    make_item("5", NOBODY, NOBODY, kind="person"),
    make_item("6", PRAISED, BLAMED, PLAIN),
    make_item("7", PRAISED, split="train"),
]


@pytest.fixture(scope="module")
def real() -> list[Item]:
    """Return the items of the repository."""
    return read_items(FOLDER)


def cells_of(table: str, name: str) -> list[str]:
    """Return the cells of a row, without its name."""
    (row,) = [line for line in table.splitlines() if line.startswith(f"| {name} |")]
    return row.strip("| ").split(" | ")[1:]


def test_kappa() -> None:
    """Three of four agree where half is expected: one half; with one value throughout, or nothing, there is none."""
    assert kappa([(0, 0), (0, 1), (1, 1), (1, 1)]) == 0.5
    assert math.isnan(kappa([(0, 0), (0, 0)]))
    assert math.isnan(kappa([]))


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ({}, {}, [("none", "none")]),
        ({A: "oppose"}, {}, [("oppose", "none")]),
        ({}, {A: "oppose", B: "support"}, [("none", "oppose"), ("none", "support")]),
        ({A: "oppose"}, {WIDE_A: "oppose"}, [("oppose", "oppose")]),
        ({WIDE_A: "oppose", A: "support"}, {A: "support"}, [("support", "support"), ("oppose", "none")]),
        ({A: "oppose", B: "oppose"}, {B: "support"}, [("oppose", "support"), ("oppose", "none")]),
    ],
)
def test_holders_are_paired(
    left: dict[tuple[int, int], str], right: dict[tuple[int, int], str], pairs: list[tuple[str, str]]
) -> None:
    """Equal places first, then overlapping ones; what the other does not name stands against none."""
    named = [Reading("neutral", "outlet", "neutral", holders) for holders in (left, right)]
    assert pair_holders(*named) == pairs


def test_agreement() -> None:
    """First and second readings of six items; four that both see a mention in count for all but mention."""
    measured = measure_agreement(ITEMS)
    # mention: 5 of 6 agree; 5 and 4 of 6 see one, so 22 of 36 are expected.
    assert measured["mention"] == pytest.approx((5 / 6 - 22 / 36) / (1 - 22 / 36))
    # portrayal: negative negative, negative neutral, neutral neutral, positive negative.
    assert measured["portrayal"] == pytest.approx((2 / 4 - 6 / 16) / (1 - 6 / 16))
    assert measured["macro-F1"] == pytest.approx((2 / 4 + 2 / 3 + 0) / 3)
    # author: neutral four times by the second, three by the first.
    assert measured["author"] == 0
    # holders: oppose oppose, oppose none, none none, and for item 6 support none, none oppose.
    assert measured["holders, F1"] == pytest.approx(2 * 1 / (3 + 2))
    assert measured["stance of holders"] == pytest.approx((2 / 5 - 10 / 25) / (1 - 10 / 25))


def test_unsure_readings_are_left_out() -> None:
    """Mixed and unclear count neither for portrayal nor for author."""
    unsure = Reading("mixed", "outlet", "unclear", {}, "facts")
    more = [*ITEMS, make_item("8", unsure, BLAMED), make_item("9", BLAMED, unsure)]
    for name in ("portrayal", "macro-F1", "author"):
        assert measure_agreement(more)[name] == measure_agreement(ITEMS)[name]
    assert measure_agreement(more)["speaker"] != measure_agreement(ITEMS)["speaker"]


def test_third_readings() -> None:
    """By field: how many first two differ, how many of these a third decides, how many stay without a label."""
    table = describe_third(ITEMS[:6])
    assert cells_of(table, "mention") == ["1", "1", "0"]
    assert cells_of(table, "portrayal") == ["3", "2", "1"]
    assert cells_of(table, "basis") == ["2", "1", "1"]
    assert cells_of(table, "speaker") == ["2", "2", "0"]
    # Of item 6 the three name other holders: each is named by one, so two say neutral.
    assert cells_of(table, "holders") == ["2", "2", "0"]
    assert "Disputed in some field: 1 of 3 (.333)" in table
    # Items 2 and 6.
    assert "First reading's portrayal is not the label: 2 of 6 (.333)" in table


def test_labels() -> None:
    """Mentions by the label of most readers, in the columns of split and portrayal."""
    table = describe_labels(ITEMS)
    assert table.splitlines()[0] == (
        "| | train | dev | test | all | negative | neutral | positive | mixed, unclear | disputed | share |"
    )
    assert cells_of(table, "states, governments") == ["1", "0", "4", "5", "1", "2", "1", "0", "1", ".833"]
    assert cells_of(table, "persons") == ["0", "0", "1", "1", "0", "0", "1", "0", "0", ".167"]
    assert cells_of(table, "all") == ["1", "0", "5", "6", "1", "2", "2", "0", "1", "1.000"]
    assert "Not a mention: states .000, persons .500." in table
    assert "Holders who take a side: 1 oppose, 2 support, in 3 mentions." in table
    assert "Speaker: outlet 5 (.833), quoted 1 (.167)." in table


def test_summary() -> None:
    """Items, readings, and the shares of portrayals among mentions."""
    table = describe_summary(ITEMS)
    assert cells_of(table, "marked words") == ["7 in 7 sentences"]
    assert cells_of(table, "read once / twice / three times") == ["1 / 3 / 3"]
    assert cells_of(table, "not a mention") == ["1 of 7 (.143)"]


def test_the_card_holds_the_tables(real: list[Item]) -> None:
    """The tables of the card are what the script gives."""
    card = CARD.read_text("utf-8")
    assert fill_card(card, make_tables(real)) == card, "run benchmarks/reference_label_agreement.py --write"


def test_the_card_is_filled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Writing replaces what stands between the marker comments, and nothing else; a card without them is refused."""
    card = CARD.read_text("utf-8")
    old = tmp_path / "README.md"
    old.write_text(card.replace("| neutral |", "| neuter |"), encoding="utf-8")
    assert old.read_text("utf-8") != card
    monkeypatch.setattr("reference_label_agreement.CARD", old)
    assert main(["--write"]) == 0
    assert old.read_text("utf-8") == card
    old.write_text(card.replace("<!-- end of labels -->", ""), encoding="utf-8")
    with pytest.raises(ValueError, match=r"Invalid card\. It needs .*end of labels"):
        main(["--write"])


def test_the_data_statement_quotes_the_numbers(real: list[Item]) -> None:
    """Items, mentions, readings and kappas are those of the labels."""
    (row,) = [
        line for line in STATEMENT.read_text("utf-8").splitlines() if line.startswith("| `reference-labels`")
    ]
    twice = [item for item in real if len(item.readings) > 1]
    measured = measure_agreement(real)
    for number in (
        f"{len(real):,} marked words",
        f"{sum(bool(item.mention) for item in real):,} of them mentions",
        f"{len(twice):,} read twice",
        f"of portrayal {measured['portrayal']:.3f}",
        f"holders' stance {measured['stance of holders']:.3f}",
        f"{sum(len(item.readings) > 2 for item in real)} a third time",
    ):
        assert number in row


def test_every_test_item_is_read_twice_and_a_third_time_where_two_differ(real: list[Item]) -> None:
    """So all labels of the test split are of two readers who agree, or of three; elsewhere the mended codebook may decide instead."""
    assert all(len(item.readings) > 1 for item in real if item.split == "test")
    assert not any(item.resolved for item in real if item.split != "train")
    pairs = [item for item in real if len(item.readings) == 2]
    assert all(item.readings[0] == item.readings[1] or item.resolved for item in pairs)


def test_the_sample_is_what_was_decided(real: list[Item]) -> None:
    """4,000 mentions in 2,000 sentences at least; 35 % states, 25 % organisations, 15 % groups without those chosen for training; 400 of train read twice."""
    mentions = [item for item in real if item.mention]
    assert len(mentions) >= 4000
    assert len({(item.article, item.sentence) for item in mentions}) >= 2000
    for kind, least in (("state", 0.35), ("organisation", 0.25), ("group", 0.15)):
        drawn = [item for item in mentions if item.half != "chosen"]
        assert sum(item.kind == kind for item in drawn) >= least * len(drawn)
    assert sum(len(item.readings) > 1 for item in real if item.split == "train") >= 400
