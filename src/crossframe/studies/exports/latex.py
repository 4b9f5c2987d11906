"""Estimates as LaTeX tables for a paper: booktabs, every text escaped, with captions and notes."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossframe import storage
from crossframe.records import STANCES
from crossframe.records.display import count_of
from crossframe.showing.tables.grids import MAX_ACTORS, Cell, make_portrayal_grid
from crossframe.showing.tables.selection import VOICES, select_quantity
from crossframe.studies.exports.about import count_events, describe_export, list_limits
from crossframe.studies.exports.joined import Names, join_tables
from crossframe.text import slug

if TYPE_CHECKING:
    from pandas import DataFrame

MAX_ROWS_OF_TABLE, MAX_NAME = 36, 60
"""Rows that one page holds; a longer table goes on in the next. Characters of a name in a cell."""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\symbol{34}",
    "`": r"\symbol{96}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "−": "$-$",
    "…": r"\ldots{}",
    "‐": "-",
    "‑": "-",
    "‒": "--",
    "–": "--",
    "—": "---",
    "―": "---",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
}
"""What has a meaning in LaTeX, ends a row's optional argument ("[", "*"), or is active in some languages (the quotation mark)."""
_JOINERS = "\u200c\u200d"
"""Marks without a glyph that belong to the spelling, of Persian for instance."""
_LIGATURE = re.compile(r"([-',])(?=\1)")
_BEYOND_T1 = re.compile(r"[^\x00-\u017f]|[ĦħĸŦŧŉĿŀſ]")
_HEAD = """% {title}
% Put \\usepackage[T1]{{fontenc}} and \\usepackage{{booktabs}} into the preamble and \\input{{{name}}} where the tables shall stand.
{unicode}"""
_UNICODE = "% Names in it have letters that pdfLaTeX lacks: compile with LuaLaTeX or XeLaTeX, and a font that has them.\n"


def escape(text: str, limit: int | None = None) -> str:
    """Return `text` as LaTeX prints it, on one line.

    Parameters
    ----------
    text : str
        Any.
    limit : int or None
        Characters from which on it is cut; None leaves it.

    Returns
    -------
    str
        Without control characters and marks of direction; braces are balanced, no command of the text's own is left.

    Examples
    --------
    >>> print(escape("50% of A&B_c"), escape("{x}^2"), escape("one--two"))
    50\\% of A\\&B\\_c \\{x\\}\\textasciicircum{}2 one-{}-two
    """
    plain = "".join(
        " " if unicodedata.category(mark) in ("Cc", "Zl", "Zp") else mark
        for mark in text
        if unicodedata.category(mark) not in ("Cf", "Cs", "Co", "Cn") or mark in _JOINERS
    )
    plain = " ".join(plain.split())
    if limit is not None and len(plain) > limit:
        plain = f"{plain[: limit - 1].rstrip()}…"
    marked = _LIGATURE.sub("\\1\x00", plain)
    return "".join("{}" if mark == "\x00" else _SPECIAL.get(mark, mark) for mark in marked)


@dataclass(frozen=True)
class LatexTable:
    """A table before it is LaTeX.

    Parameters
    ----------
    key : str
        Of its label.
    caption, notes : str
        Plain text.
    columns : sequence of str
        Heads, plain text; the first `n_texts` columns are flush left.
    rows : sequence of sequence of str
        Cells, as LaTeX.
    n_texts : int
    """

    key: str
    caption: str
    notes: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    n_texts: int = 2


def write_latex(path: Path, tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> None:
    """Write tables of estimates, and of what was judged, as LaTeX to be read by a paper's own file.

    Parameters
    ----------
    path : Path
        Of the file.
    tables : mapping of str to DataFrame
        Of the study.
    run : mapping of str to object
        What ``run.json`` holds.
    """
    names = Names(tables, run)
    made = [
        _tabulate_articles(tables, names),
        _tabulate_judged(tables, run),
        *(_tabulate_portrayal(tables, names, voice) for voice in VOICES),
        _tabulate_differences(tables, names),
    ]
    facts = dict(describe_export(tables, run))
    study = slug(str(run.get("corpus", "study"))) or "study"
    scope = list_limits(count_events(tables))[0].split(". ")[0]
    common = f"{facts['Judgements']} {facts['Checked by people']} {facts['Events']}. {scope}. Made with {facts['Made with']}."
    body = "\n".join(_format(one, study, common) for one in made if one.rows)
    title = _comment(facts["Study"])
    limits = "".join(
        f"% {heading}: {_comment(text)}\n"
        for heading, text in describe_export(tables, run)
        if heading in ("Not to be inferred", "Texts")
    )
    head = _HEAD.format(
        title=title, name=_comment(path.name), unicode=_UNICODE if _BEYOND_T1.search(body) else ""
    )
    storage.write_text(path, f"{head}{limits}\n{body}")


def _comment(text: str) -> str:
    """Return a text that stays in its comment: on one line."""
    return " ".join("".join(" " if unicodedata.category(mark)[0] in "CZ" else mark for mark in text).split())


def _tabulate_articles(tables: "Mapping[str, DataFrame]", names: Names) -> LatexTable:
    articles = tables["articles"]
    rows = []
    for outlet in tables["outlets"]["outlet"]:
        own = articles[articles["outlet"] == outlet]
        if len(own):
            counts = (
                own["event"].nunique(),
                len(own),
                (own["copy_of"] != "").sum(),
                own["n_sentences"].sum(),
            )
            rows.append([_name(names.outlet(outlet)), *(f"{int(count):,}" for count in counts)])
    return LatexTable(
        "articles",
        "Outlets compared.",
        "Copies: articles of which half or more stands in an article of another outlet on the event; they are no independent voice.",
        ("Outlet", "Events", "Articles", "Copies", "Sentences"),
        rows,
        n_texts=1,
    )


def _tabulate_judged(tables: "Mapping[str, DataFrame]", run: Mapping[str, Any]) -> LatexTable:
    """Return of one event what was judged: counts, not means; without rows where there are more events."""
    rows: list[Sequence[str]] = []
    more = ""
    if count_events(tables) == 1:
        joined = join_tables(tables, run)["portrayal"]
        sizes = joined["actor_name"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        more = (
            f" {count_of(len(sizes) - MAX_ACTORS, 'more actor')} left out." if len(sizes) > MAX_ACTORS else ""
        )
        for actor in sizes.index[:MAX_ACTORS]:
            own = joined[joined["actor_name"] == actor]
            for (outlet, voice), cell in own.groupby(["outlet_name", "voice_in_words"]):
                counts = [int((cell["judged_as"] == label).sum()) for label in STANCES]
                cells = (sum(counts), *counts)
                rows.append([_name(actor), _name(outlet), escape(voice), *(f"{n:,}" for n in cells)])
    return LatexTable(
        "judged",
        "Sentences that mention an actor, by how they portray it.",
        f"What was judged, not an estimate: each sentence counts under the likeliest label of the model.{more}",
        ("Actor", "Outlet", "In", "Sentences", *STANCES),
        rows,
        n_texts=3,
    )


def _tabulate_portrayal(tables: "Mapping[str, DataFrame]", names: Names, voice: str) -> LatexTable:
    grid = make_portrayal_grid(tables, voice)
    rows = [
        [_name(names.actor(actor)), _name(names.outlet(outlet)), *_format_mean(cell)]
        for actor, cells in grid.cells.items()
        for outlet, cell in zip(grid.outlets, cells, strict=True)
        if cell is not None
    ]
    more = f" {count_of(grid.n_hidden, 'more actor')} left out." if grid.n_hidden > 0 else ""
    return LatexTable(
        f"portrayal-{voice}",
        f"Portrayal of actors {VOICES[voice]}.",
        f"Mean over sentences, from -1 (negative) to +1 (positive), with 95% interval; {grid.scope}. Fewer than three judged "
        f"sentences give no mean.{more}",
        ("Actor", "Outlet", "Mean", "95% interval", "Sentences"),
        rows,
    )


def _format_mean(cell: Cell) -> list[str]:
    return [
        _number(cell.estimate) if cell.has_mean else "--",
        _interval(cell.low, cell.high),
        f"{int(cell.n_units):,}",
    ]


def _tabulate_differences(tables: "Mapping[str, DataFrame]", names: Names) -> LatexTable:
    """Return the differences over events in the outlets' own words; without rows where there is one event."""
    rows = select_quantity(tables["estimates"], "portrayal_difference", event="", voice="outlet")
    rows = rows[rows["estimate"].notna()].sort_values(["actor", "outlet", "reference"], kind="stable")
    body = [
        [
            _name(names.actor(row.actor)),
            f"{_name(names.outlet(row.outlet))} $-$ {_name(names.outlet(row.reference))}",
            _number(row.estimate),
            _interval(row.low, row.high),
            _probability(row.p_value),
            _probability(row.q_value),
            f"{int(row.n_events):,}",
        ]
        for row in rows.itertuples()
    ]
    return LatexTable(
        "differences",
        "Differences between outlets in the portrayal of actors, in their own words.",
        "Mean over events of the difference within each, with 95% interval over events. p: sign-flip test, from six events on; q: "
        "corrected within the quantity (Benjamini and Hochberg).",
        ("Actor", "Outlets", "Difference", "95% interval", "p", "q", "Events"),
        body,
    )


def _name(text: str) -> str:
    return escape(text, MAX_NAME)


def _number(value: float) -> str:
    return f"${value:+.2f}$" if math.isfinite(value) else "--"


def _interval(low: float, high: float) -> str:
    return f"{{[}}${low:+.2f}$, ${high:+.2f}${{]}}" if math.isfinite(low) and math.isfinite(high) else "--"


def _probability(value: float) -> str:
    if not math.isfinite(value):
        return "--"
    return "$<.001$" if value < 0.001 else f"${value:.3f}$"


def _format(table: LatexTable, study: str, common: str) -> str:
    """Return a table as LaTeX; one with many rows as several, each with its caption."""
    parts = [table.rows[at : at + MAX_ROWS_OF_TABLE] for at in range(0, len(table.rows), MAX_ROWS_OF_TABLE)]
    return "\n".join(
        _format_part(table, rows, number, len(parts), f"tab:{study}-{table.key}", common)
        for number, rows in enumerate(parts, 1)
    )


def _format_part(
    table: LatexTable, rows: Iterable[Sequence[str]], number: int, n: int, label: str, common: str
) -> str:
    caption = table.caption if n == 1 else f"{table.caption.removesuffix('.')} (part {number} of {n})."
    heads = [escape(head if len(head) == 1 else head[0].upper() + head[1:]) for head in table.columns]
    layout = "l" * table.n_texts + "r" * (len(heads) - table.n_texts)
    lines = [
        r"\begin{table}[tbp]",
        r"\centering\small",
        rf"\caption{{{escape(caption)}}}",
        rf"\label{{{label}{'' if number == 1 else f'-{number}'}}}",
        rf"\begin{{tabular}}{{{layout}}}",
        r"\toprule",
        " & ".join(heads) + r" \\",
        r"\midrule",
        *(" & ".join(row) + r" \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
        "",
        r"\medskip",
        rf"\parbox{{\linewidth}}{{\footnotesize \textit{{Notes.}} {escape(f'{table.notes} {common}')}}}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"
