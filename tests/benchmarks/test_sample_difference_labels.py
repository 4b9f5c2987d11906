"""The draw of pairs that readers aligned: nothing twice, and the rows of the table again."""

from dataclasses import astuple, fields

import pytest
from sample_difference_labels import (
    MAX_READ,
    MIN_READ_OVERLAP,
    N_READ,
    READ,
    Pair,
    draw_pairs,
    list_pairs,
    read_aligned,
)

from crossframe import storage
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.difference_labels import INVENTED


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """Return the rows of all pairs drawn."""
    names = [one.name for one in fields(Pair)]
    path = storage.corpora_folder() / "difference-labels" / "items.tsv"
    return [[row[name] for name in names] for _, row in read_tsv(path, names)]


def is_read(row: list[str]) -> bool:
    return row[-2].startswith(f"{READ}-")


def test_the_table_has_the_invented_pairs_that_the_seed_draws(rows):
    known = {row[-1] for row in rows if not is_read(row)}
    candidates = read_aligned(INVENTED, known)
    drawn = draw_pairs(candidates, N_READ[INVENTED], MAX_READ[INVENTED], MIN_READ_OVERLAP, 5)
    pairs = list_pairs("r", f"{READ}-", INVENTED, drawn, {})
    assert [list(map(str, astuple(one))) for one in pairs] == [
        row for row in rows if is_read(row) and row[1] == INVENTED
    ]


def test_no_pair_is_drawn_twice_either_way_round(rows):
    pairs = [frozenset([tuple(row[2:5]), tuple(row[5:8])]) for row in rows]
    assert len({(row[1], pair) for row, pair in zip(rows, pairs, strict=True)}) == len(rows)


def test_an_event_is_in_one_split(rows):
    splits: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for article in (row[2], row[5]):
            splits.setdefault((row[1], article), set()).add(row[8])
    assert {len(one) for one in splits.values()} == {1}


def test_a_known_wording_is_left_out(rows):
    candidates = read_aligned(INVENTED, set())
    known = {row[-1] for row in rows if row[1] == INVENTED}
    assert len(read_aligned(INVENTED, known)) < len(candidates)
