"""Tables with one article per row: CSV, JSON, workbooks and Parquet, with columns of any names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crossframe.errors import InputError
from crossframe.reading.formats import table_columns as naming
from crossframe.reading.formats.contents import Contents, File, LeftOut, Parts
from crossframe.reading.formats.delimited_text import find_header, find_table, read_delimited
from crossframe.reading.formats.json_records import read_json
from crossframe.reading.formats.table_cells import is_empty, read_language, read_line, read_names, read_text
from crossframe.reading.formats.table_columns import ColumnMap, map_columns
from crossframe.reading.formats.table_lines import Grid, Rows, name_rows
from crossframe.reading.formats.workbooks import read_html_table, read_parquet, read_xls, read_xlsx
from crossframe.reading.formats.worker import read_in_worker
from crossframe.reading.text.cut_text import find_full, is_marked_as_cut
from crossframe.reading.text.dates import DateFormat, describe_unread, find_order, is_ambiguous, read_date
from crossframe.reading.text.decode import decode_table
from crossframe.reading.text.language import detect_language
from crossframe.reading.text.wrapping import Unwrapped, unwrap
from crossframe.text import slug

OTHER = ("extent", "split", "sentences")
"""Fields of an article that are taken as a table has them."""
CUT = "The text is cut: it breaks off where its cell was full, or ends with an ellipsis. Give the full text, or leave it out."
_ENDINGS = (".csv", ".tsv", ".tab", ".xls", ".xlsx")
MIN_TEXT = 100
"""Characters on average from which on cells of an unknown name may be texts: headlines have fewer."""
_JSON = re.compile(rb"\{\s*(?:\"|\})|\[\s*(?:\{|\])")
_OLD_WORKBOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/\s]+\.[^/\s.]+)(?:/.*)?", re.IGNORECASE)


def recognises(file: File) -> bool:
    """Return whether `file` is a table, whatever its name: by its mark, its first record, or a line that names known columns."""
    if file.content.startswith(b"PAR1") or _JSON.match(file.head) or _is_xlsx(file) or _is_xls(file):
        return True
    if file.head.startswith(b"<"):
        return _is_html_table(file)
    return find_header(file.start.decode("utf-8", "replace"), file.columns) is not None


def is_named_table(file: File) -> bool:
    """Return whether a file that is in no other format is a table by its name, with columns that are not known."""
    if file.ending in (".jsonl", ".ndjson"):
        return file.head.startswith((b"{", b"["))
    return file.ending in _ENDINGS and find_table(file.start.decode("utf-8", "replace")) is not None


def read(file: File) -> Contents:
    """Return an article per row, read in a process that can be killed; bad rows are left out.

    Raises
    ------
    InputError
        When the file is damaged, has no rows, or no column that is known to hold texts.
    """
    return read_in_worker(_read_rows, file)


def _read_rows(file: File) -> Contents:
    tables = [table for table in _read_tables(file) if table.rows or table.left_out]
    if not any(table.rows and table.columns for table in tables):
        reason = (
            f" {tables[0].left_out[0].where}: {tables[0].left_out[0].reason}"
            if tables and tables[0].left_out
            else ""
        )
        raise InputError(
            f"Invalid table {file.where!r}. It has no rows; it must have one per article.{reason}"
        )
    whole = [_Table.of(table, file) for table in tables]
    readable = [one for one in whole if "text" in one.map.columns]
    if not readable:
        widest = max(tables, key=lambda table: len(table.columns))
        naming.check_given(file.columns, widest.columns, file.where)
        raise InputError(
            f"Invalid table {file.where!r}. {naming.describe_missing_text(widest.columns, _longest(widest))}"
        )
    articles: list[Parts] = []
    left_out: list[LeftOut] = []
    notes: list[str] = []
    unused: set[str] = set()
    for one in whole:
        if one not in readable:
            left_out += [LeftOut(where, "Its sheet has no column of texts.") for where, _ in one.rows.rows]
            continue
        naming.check_given(file.columns, one.rows.columns, file.where)
        found, refused = one.read()
        articles += found
        left_out += [*one.rows.left_out, *refused]
        notes += one.notes
        unused |= {column for column in one.rows.columns if not one.map.is_known(column)}
    layout = next((one.map.layout for one in readable if one.map.layout), "")
    name = f"{layout} table" if layout else "table"
    return Contents(
        name, tuple(articles), tuple(left_out), tuple(sorted(unused)), tuple(dict.fromkeys(notes))
    )


def _longest(table: Rows) -> str:
    """Return the column whose cells are the longest; "" where they are no longer than names and headlines."""
    lengths = {
        column: sum(len(str(row.get(column) or "")) for _, row in table.rows) / len(table.rows)
        for column in table.columns
    }
    longest = max(table.columns, key=lambda column: lengths[column], default="")
    return longest if lengths.get(longest, 0) >= MIN_TEXT else ""


def _read_tables(file: File) -> Sequence[Rows]:
    if file.content.startswith(b"PAR1"):
        return read_parquet(file)
    if _JSON.match(file.head):
        return [read_json(decode_table(file.content, file.where))]
    grids: Sequence[Grid]
    if _is_xlsx(file):
        grids = read_xlsx(file)
    elif _is_xls(file):
        grids = read_xls(file)
    elif _is_html_table(file):
        grids = read_html_table(file)
    else:
        grids = [read_delimited(decode_table(file.content, file.where), file.columns)]
    return [name_rows(grid, file.columns) for grid in grids]


def _is_xlsx(file: File) -> bool:
    return file.content.startswith(b"PK\x03\x04") and b"xl/workbook" in file.content


def _is_xls(file: File) -> bool:
    return file.content.startswith(b"\xd0\xcf\x11\xe0") and any(
        name in file.content for name in _OLD_WORKBOOK
    )


def _is_html_table(file: File) -> bool:
    """Return whether a page is a table of articles, as databases write them for spreadsheets: its first row names known columns."""
    if not file.head.startswith(b"<") or b"<table" not in file.head:
        return False
    wanted = {naming.key_of(column) for column in file.columns.values()}
    for grid in read_html_table(file):
        names = [str(cell) for cell in grid.lines[0].cells] if grid.lines else []
        columns = map_columns(names, {}).columns
        if ("text" in columns and len(columns) >= 2) or (wanted and wanted <= set(map(naming.key_of, names))):
            return True
    return file.ending in (".xls", ".xlsx") and any(map(_is_filled, read_html_table(file)))


def _is_filled(grid: Grid) -> bool:
    """Return whether the lines of a table have as many cells as its first, which are several: columns that are not known."""
    widths = [len(line.cells) for line in grid.lines]
    return len(widths) > 1 and widths[0] > 2 and all(width == widths[0] for width in widths)


@dataclass(eq=False)
class _Table:
    """Rows, and what their columns hold."""

    rows: Rows
    map: ColumnMap
    format: DateFormat | None
    notes: list[str]

    @classmethod
    def of(cls, rows: Rows, file: File) -> "_Table":
        """Return the table with its columns known, of those that are filled first."""
        found = map_columns(rows.filled, file.columns)
        if "text" not in found.columns:
            found = map_columns(rows.columns, file.columns)
        table = cls(rows, found, file.date_format, [])
        named = [
            f"{field} from {' and '.join(repr(naming.list_names([name])) for name in names)}"
            for field, names in found.columns.items()
            if names != (field,) and field not in file.columns
        ]
        if named:
            kind = f"Read as a {found.layout} table: " if found.layout else "Read from its columns: "
            table.notes.append(f"{kind}{', '.join(named)}.")
        if table.format is None:
            table._settle_order()
        return table

    def _settle_order(self) -> None:
        """Read dates of open order as other dates of their column are plainly written."""
        for column in self.map.columns.get("published", ()):
            values = [row.get(column) for _, row in self.rows.rows]
            order = find_order(values)
            if order and any(map(is_ambiguous, values)):
                shows = next(value for value in values if find_order([value]))
                way = "day first" if order == "DMY" else "month first"
                self.format = DateFormat(order)
                self.notes.append(
                    f"Dates of column {naming.list_names([column])!r} are read {way}, as {str(shows).strip()[:40]!r} shows."
                )
                return

    def read(self) -> tuple[list[Parts], list[LeftOut]]:
        """Return the articles, and the rows without text."""
        articles, left_out = [], []
        ends = [self._texts(row)[-1:] for _, row in self.rows.rows]
        full = find_full([str(texts[0]) if texts else "" for texts in ends])
        for number, (where, row) in enumerate(self.rows.rows):
            parts = self._read_row(row, where)
            if parts is None:
                left_out.append(LeftOut(where, "It has no text; a row needs one."))
                continue
            if "extent" not in parts.other and (number in full or is_marked_as_cut(parts.text)):
                parts = replace(parts, extent=parts.extent or "teaser", notes=(*parts.notes, CUT))
            articles.append(parts)
        return articles, left_out

    def _texts(self, row: Mapping[str, Any]) -> list[Any]:
        """Return the cells that the text of a row is in: the first that is filled, or all that are joined."""
        filled = [row[name] for name in self.map.columns.get("text", ()) if not is_empty(row.get(name))]
        return filled if self.map.joined else filled[:1]

    def _read_row(self, row: Mapping[str, Any], where: str) -> Parts | None:
        values = {
            field: [row[column] for column in names if not is_empty(row.get(column))]
            for field, names in self.map.columns.items()
        }
        cells = {field: found[0] for field, found in values.items() if found}
        filled = [name for name in self.map.columns.get("text", ()) if not is_empty(row.get(name))]
        if self.map.joined:
            cells["text"] = "\n\n".join(map(str, self._texts(row)))
        text, dropped, n_text = read_text(cells.get("text", ""))
        if not text:
            return None
        title, n_title = read_line(cells.get("title", ""))
        language = read_language(cells["language"]) if "language" in cells else None
        language = language or detect_language(f"{title}\n\n{text}")
        unwrapped = Unwrapped(text) if "sentences" in cells else unwrap(text, language=language)
        published, notes = self._read_date(cells.get("published"))
        return Parts(
            text=unwrapped.text,
            title=title,
            where=where,
            published=published,
            outlet=_read_outlet(cells["outlet"]) if "outlet" in cells else None,
            event=_read_id(cells["event"]) if "event" in cells else None,
            id=_read_id(cells["id"]) if "id" in cells else None,
            byline=read_names(cells["byline"]) if "byline" in cells else None,
            url=str(cells["url"]).strip() if "url" in cells else None,
            language=language,
            dateline=read_line(cells["dateline"])[0] if "dateline" in cells else None,
            genre=str(cells["genre"]).strip() if "genre" in cells else None,
            updated=read_date(cells["updated"], self.format) if "updated" in cells else None,
            extent=naming.extent_of(filled if self.map.joined else filled[:1]),
            other={field: cells[field] for field in OTHER if field in cells},
            dropped=(*dropped, *unwrapped.dropped),
            n_stripped=n_title + n_text,
            notes=notes,
        )

    def _read_date(self, value: object) -> tuple[Any, tuple[str, ...]]:
        if is_empty(value):
            return None, ()
        day = read_date(value, self.format)
        if day is not None:
            return day, ()
        return None, (describe_unread(value),)


def _read_outlet(value: object) -> str:
    """Return the name of an outlet; of an address its host."""
    name = read_line(value)[0]
    host = _HOST.fullmatch(name)
    return host[1].lower() if host and "/" in name else name


def _read_id(value: object) -> str | None:
    """Return an id; letters that none may have become hyphens."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return text if re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", text) else slug(text) or None
