"""Records as HTML for notebooks: small tables in which every text is escaped."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

_CELL = "text-align:left;vertical-align:top;padding:3px 8px"


def html_table(columns: Sequence[object], rows: Iterable[Sequence[object]], *, caption: str = "") -> Markup:
    """Return a table as HTML; the first cell of a row is its head.

    Parameters
    ----------
    columns : sequence
        Heads of the columns.
    rows : iterable of sequence
        Cells, as many as `columns`. `Markup` stays as it is, everything else is escaped; None is an empty cell.
    caption : str
        Stands above the table; "" leaves it out.

    Returns
    -------
    Markup
        Safe to show.

    Examples
    --------
    >>> print(html_table(["outlet"], [["<b>post</b>"]]).count("&lt;b&gt;post"))
    1
    """
    heads = Markup("").join(_cell("th", column) for column in columns)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(_cell("td" if place else "th", cell) for place, cell in enumerate(row))
        )
        for row in rows
    )
    title = (
        Markup('<caption style="text-align:left;caption-side:top">{}</caption>').format(caption)
        if caption
        else ""
    )
    return Markup("<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(title, heads, body)


def _cell(tag: str, value: object) -> Markup:
    return Markup('<{0} style="{1}">{2}</{0}>').format(
        Markup(tag), Markup(_CELL), "" if value is None else value
    )


def html_paragraph(text: object) -> Markup:
    """Return a paragraph as HTML, its text escaped unless it is `Markup`."""
    return Markup("<p>{}</p>").format(text)


def count_of(n: int, thing: str) -> str:
    """Return a number with its thing, one or several.

    Examples
    --------
    >>> count_of(1, "claim"), count_of(1200, "quoted stretch")
    ('1 claim', '1,200 quoted stretches')
    """
    return f"{n:,} {thing}" + ("" if n == 1 else "es" if thing.endswith("ch") else "s")
