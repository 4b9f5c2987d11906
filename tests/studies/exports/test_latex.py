"""LaTeX tables: every text is escaped, every table is whole, captions and notes say what is behind the numbers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.exports.latex import MAX_ROWS_OF_TABLE, escape
from hostile_texts import HOSTILE

COMMANDS = {
    "begin", "end", "centering", "small", "caption", "label", "toprule", "midrule", "bottomrule", "medskip", "parbox",
    "linewidth", "footnotesize", "textit", "textbackslash", "textasciicircum", "textasciitilde", "textless", "textgreater",
    "textbar", "symbol", "ldots", "textquoteleft", "textquoteright", "textquotedblleft", "textquotedblright",
}  # fmt: skip
"""Commands that a table may have; all are LaTeX's own or booktabs'."""
ESCAPED = set("{}$&#%_")


def check_latex(text: str) -> list[str]:
    """Return the names of environments in `text`, which must be closed in order; fails where LaTeX would.

    Outside of comments a backslash begins a known command, an escaped mark or the end of a row; braces and mathematics are
    closed; special marks stand only where a table has them; a row has as many cells as its tabular has columns.
    """
    body = "\n".join(line for line in text.splitlines() if not line.startswith("%")).replace("[tbp]", "")
    assert not [mark for mark in body if mark < " " and mark != "\n"]
    depth, in_math, at, opened, seen = 0, False, 0, [], []
    while at < len(body):
        mark = body[at]
        if mark == "\\":
            command = re.match(r"\\([a-zA-Z]+)", body[at:])
            if command is None:
                assert body[at + 1] in ESCAPED | {"\\"}, body[at : at + 20]
                at += 2
                continue
            assert command[1] in COMMANDS, command[1]
            named = re.match(r"\\(begin|end)\{(table|tabular)\}", body[at:])
            if named:
                opened.append(named[2]) if named[1] == "begin" else None
                assert named[1] == "begin" or opened.pop() == named[2]
                seen += [named[2]] if named[1] == "begin" else []
            at += len(command[0])
            continue
        assert mark not in "[]*" or body[at - 1 : at + 2] == f"{{{mark}}}", body[max(at - 20, 0) : at + 20]
        assert mark not in '#%_^~"`<>|' or (in_math and mark == "<"), body[max(at - 20, 0) : at + 20]
        assert mark != "&" or opened[-1:] == ["tabular"]
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
        in_math ^= mark == "$"
        assert not (in_math and mark == "\n")
        at += 1
    assert (depth, in_math, opened) == (0, False, [])
    for layout, rows in re.findall(r"\\begin\{tabular\}\{([lr]+)\}\n(.*?)\\end\{tabular\}", body, re.DOTALL):
        for line in rows.splitlines():
            if line not in (r"\toprule", r"\midrule", r"\bottomrule"):
                assert line.endswith(r" \\")
                assert len(re.findall(r"(?<!\\)&", line)) == len(layout) - 1
                assert not line.lstrip().startswith(("[", "*"))
    return seen


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_compile(spoil: Callable[[str], Comparison], tmp_path: Path, text: str) -> None:
    """Whatever outlets, actors and events are called, the file holds whole tables and no command of theirs."""
    path = spoil(text).export("latex", tmp_path / "study.tex")
    written = path.read_text(encoding="utf-8")
    assert check_latex(written).count("tabular") >= 3
    assert len(max(written.splitlines(), key=len)) < 3000
    assert ("LuaLaTeX" in written) == any(mark > "\u017f" and mark not in "\u202e\ufe0f" for mark in text)


@given(st.text())
def test_any_text_is_escaped(text: str) -> None:
    """Of whatever marks a text consists, no command, comment, group or mathematics of its own is left; it stays on one line."""
    for limit in (None, 10):
        escaped = escape(text, limit)
        assert "\n" not in escaped
        check_latex(escaped)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("A&B", r"A\&B"),
        ("100 %", r"100 \%"),
        ("a_b^c~d", r"a\_b\textasciicircum{}c\textasciitilde{}d"),
        ("\\input{x}", r"\textbackslash{}input\{x\}"),
        ("{[*]}", r"\{{[}{*}{]}\}"),
        ("a -- b --- c ''d''", "a -{}- b -{}-{}- c '{}'d'{}'"),
        ("„Müller“ – «Łódź»", "„Müller\\textquotedblleft{} -- «Łódź»"),
        ("two\nlines\u2028three\x00four", "two lines three four"),
        ("txt\u202eexe", "txtexe"),
        ("  many   blanks ", "many blanks"),
        ("", ""),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_escapes(text: str, escaped: str) -> None:
    """Each special mark becomes what prints it."""
    assert escape(text) == escaped


def test_a_long_name_is_cut() -> None:
    """A name as long as an article does not break the page."""
    assert escape("x" * 100, 10) == "x" * 9 + r"\ldots{}"


def test_one_event_has_counts_of_what_was_judged(study: Comparison, tmp_path: Path) -> None:
    """Of one event there is a table of what was judged, with the counts of the table of portrayals; and no test."""
    text = study.export("latex", tmp_path / "study.tex").read_text(encoding="utf-8")
    rows = study.tables["portrayal"].query(
        "actor == 'russia' and outlet == 'volga-wire' and speaker == 'quoted'"
    )
    best = rows[["p_negative", "p_neutral", "p_positive"]].idxmax(axis=1).value_counts()
    counts = [best.get(f"p_{label}", 0) for label in ("negative", "neutral", "positive")]
    assert rf"Russia & Volga Wire & quoted words & {len(rows)} & {' & '.join(map(str, counts))} \\" in text
    assert "Difference" not in text
    assert r"Judged by a model, stance-news of the model set small, not by people. " in text
    assert text.count("One event is a case, not a sample.") == text.count(r"\begin{table}") + 1


def test_estimates_are_those_of_the_table(study: Comparison, tmp_path: Path) -> None:
    """A mean has sign, interval and number of sentences as in the table of estimates; without a mean there is a dash."""
    text = study.export("latex", tmp_path / "study.tex").read_text(encoding="utf-8")
    rows = study.tables["estimates"].query(
        "quantity == 'portrayal' and voice == 'outlet' and actor == 'russia'"
    )
    for row in rows.itertuples():
        name = {"harbour-echo": "Harbour Echo", "volga-wire": "Volga Wire"}[row.outlet]
        cells = (
            f"${row.estimate:+.2f}$ & {{[}}${row.low:+.2f}$, ${row.high:+.2f}${{]}}"
            if row.estimate == row.estimate
            else "-- & --"
        )
        assert rf"Russia & {name} & {cells} & {row.n_units} \\" in text


def test_several_events_have_differences(of_events: Comparison, tmp_path: Path) -> None:
    """Over events, differences have p and q, and there is no table of what was judged in one."""
    text = of_events.export("latex", tmp_path / "study.tex").read_text(encoding="utf-8")
    check_latex(text)
    assert "Harbour Echo $-$ Volga Wire" in text
    assert r"& $0.031$ & $0.062$ & 6 \\" in text
    assert r"\label{tab:georgia-2008-judged}" not in text


def test_a_long_table_is_several(
    spoil: Callable[[str], Comparison], study: Comparison, tmp_path: Path
) -> None:
    """A table of more rows than a page goes on in the next, with labels of their own."""
    tables = dict(study.tables)
    many = [tables["portrayal"].assign(actor=f"actor-{n}") for n in range(12)]
    import pandas as pd

    tables["portrayal"] = pd.concat(many, ignore_index=True)
    text = Comparison(tables, study.run).export("latex", tmp_path / "study.tex").read_text(encoding="utf-8")
    check_latex(text)
    labels = re.findall(r"\\label\{(.*?)\}", text)
    assert "tab:georgia-2008-judged-2" in labels
    assert len(labels) == len(set(labels))
    parts = re.findall(r"\\midrule\n(.*?)\\bottomrule", text, re.DOTALL)
    assert max(len(part.splitlines()) for part in parts) <= MAX_ROWS_OF_TABLE
