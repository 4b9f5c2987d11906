"""Tables with one article per row."""

import json
from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.formats.contents import Contents, File
from crossframe.reading.formats.known import read_contents

ROW = {"id": "a", "event": "e", "outlet": "o", "title": "=1", "text": "Words."}


def read(content: bytes, name: str) -> Contents:
    """Return what a file of this name holds."""
    return read_contents(File(content, name))


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_kinds_of_tables(tmp_path: Path, ending: str) -> None:
    """The three kinds of tables give the same article; a neutralised cell gets its first character back."""
    import pandas as pd

    table, path = pd.DataFrame([ROW]), tmp_path / f"articles.{ending}"
    if ending == "jsonl":
        path.write_text(json.dumps(ROW), encoding="utf-8")
    elif ending == "csv":
        table.assign(title="'=1").to_csv(path, index=False)
    else:
        table.to_parquet(path)
    [parts] = read(path.read_bytes(), path.name).articles
    assert {key: getattr(parts, key) for key in ROW} == ROW


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"id,text\n1\n", "row 1"),
        ("a.csv", b'id,text\n1,"open', "Invalid CSV"),
        ("a.csv", b"id,id\n1,2\n", "column of .*'id'"),
        ("a.csv", b"\xff\xfe\x00", "is not text"),
        ("a.parquet", b"PAR1", "Invalid Parquet"),
        ("a.xlsx", b"PK\x03\x04", "is not text"),
    ],
)
def test_bad_tables(name: str, content: bytes, message: str) -> None:
    """A table that cannot be read is one clear error."""
    with pytest.raises(InputError, match=message):
        read(content, name)


def test_a_row_without_text_is_left_out() -> None:
    """The other rows come in; rows in are rows imported and rows left out."""
    contents = read(b"id,text\n1,Rain fell.\n2,\n", "a.csv")
    assert [parts.where for parts in contents.articles] == ["row 1"]
    assert [(one.where, one.reason) for one in contents.left_out] == [
        ("row 2", "It has no text; a row needs one.")
    ]
