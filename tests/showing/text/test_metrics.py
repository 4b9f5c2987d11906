"""Metrics of an evaluation as text: bounds behind their metric, events in tables that fit a terminal."""

from crossframe.showing.text.metrics import MAX_WIDTH, format_metrics


def test_bounds_follow_their_figure() -> None:
    """Lines keep the order of the metrics; a low without its metric is a metric of its own; None is a dash."""
    metrics = {"f1": 0.5, "recall": None, "f1_low": 0.25, "f1_high": 0.75, "tide_low": 1.0, "n": 3}
    lines = [line.split() for line in format_metrics(metrics).splitlines()]
    assert lines == [
        ["f1", "0.5000"], ["f1_low", "0.2500"], ["f1_high", "0.7500"], ["recall", "-"], ["tide_low", "1.0000"], ["n", "3"],
    ]  # fmt: skip


def test_wide_tables_are_cut() -> None:
    """Columns that do not fit a line go into a further table with the events again; columns stay straight."""
    names = [f"figure_number_{i}" for i in range(9)] + ["n"]
    metrics = {"n_events": 2} | {f"event.{e}.{name}": 0.5 for e in ("e1", "event.two") for name in names}
    metrics["event.e1.n"] = 12345
    pooled, *tables = format_metrics(metrics).split("\n\n")
    assert pooled == "n_events  2"
    assert len(tables) == 2
    found: list[str] = []
    for table in tables:
        header, *rows = table.splitlines()
        assert [row.split()[0] for row in rows] == ["e1", "event.two"]
        assert {len(line) for line in (header, *rows)} == {len(header)}
        assert len(header) <= MAX_WIDTH
        found += header.split()[1:]
    assert found == names
    assert "12345" in tables[-1]
    assert format_metrics({"n_events": 2}) == "n_events  2"


def test_each_part_has_its_table() -> None:
    """Figures by kind, actor and name stand in tables of their own, in that order; dots within ids stay."""
    metrics = {
        "actor.j.doe.prior": 0.25,
        "n": 2,
        "kind.person.n": 2,
        "name.poe.move": None,
        "actor.poe.prior": -0.5,
    }
    pooled, kinds, actors, names = format_metrics(metrics).split("\n\n")
    assert pooled == "n  2"
    assert [line.split() for line in kinds.splitlines()] == [["kind", "n"], ["person", "2"]]
    assert [line.split()[0] for line in actors.splitlines()] == ["actor", "j.doe", "poe"]
    assert names.splitlines()[1].split() == ["poe", "-"]
