"""What there is of each outlet on each event: articles that are there, missing, doubtful, copied, updated or there in part."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crossframe._validation import MAX_LISTED
from crossframe.records.display import count_of

REMARKS = {
    "doubtful": "may not belong to its event",
    "copied": "half or more of it is in another outlet's article, or of that article in it",
    "updated": "a later version of an article of the same outlet",
    "partial": "only its opening, summary or abstract is here",
}
"""What can be said of an article that is there, the most serious first."""
_KNOWN_FROM = {"published": ", by date", "agency": ", an agency article"}
"""By direction of a copy: how it is known."""
_KNOWN_BY = {
    "teaser": ("opening", "openings"),
    "summary": ("summary", "summaries"),
    "abstract": ("abstract", "abstracts"),
}
"""By extent: what of an article is known, of one and of several."""
COUNTS = ("articles", "outlets", "missing", *REMARKS)
"""Columns of an event where outlets are too many for a column each."""


@dataclass(frozen=True)
class InventoryCell:
    """The articles of one outlet on one event: their number, and how many of them carry each of `REMARKS`.

    Examples
    --------
    >>> str(InventoryCell()), str(InventoryCell(1)), str(InventoryCell(1, {"copied": 1}))
    ('missing', 'there', 'copied')
    >>> str(InventoryCell(2, {"updated": 1}))
    '2, 1 updated'
    """

    n_articles: int = 0
    remarks: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """The most serious word that holds: one of `REMARKS`, else ``there`` or ``missing``."""
        return next(iter(self.remarks), "there" if self.n_articles else "missing")

    def __str__(self) -> str:
        if self.n_articles < 2:
            return ", ".join(self.remarks) or self.state
        remarks = [f"{n} {word}" for word, n in self.remarks.items()]
        return ", ".join([str(self.n_articles), *remarks]) if remarks else f"{self.n_articles} there"


@dataclass(frozen=True)
class Inventory:
    """What there is, event by event and outlet by outlet.

    Parameters
    ----------
    outlets : tuple of str
        Columns, sorted.
    cells : dict of str to tuple of InventoryCell
        By event, sorted, one cell per outlet.
    details : dict of str to tuple of str
        By the remarks that occur, the articles that carry each, with the reason.
    """

    outlets: tuple[str, ...]
    cells: dict[str, tuple[InventoryCell, ...]]
    details: dict[str, tuple[str, ...]]

    @property
    def summary(self) -> str:
        """The numbers in one sentence, without a full stop."""
        every = [cell for cells in self.cells.values() for cell in cells]
        n_articles = sum(cell.n_articles for cell in every)
        counts = {"article": n_articles, "event": len(self.cells), "outlet": len(self.outlets)}
        remarks = ", ".join(f"{len(self.details.get(word, ()))} {word}" for word in REMARKS)
        n_missing = sum(cell.state == "missing" for cell in every)
        return (
            f"{', '.join(count_of(n, thing) for thing, n in counts.items())}; {remarks}; "
            f"no article in {n_missing} of {len(every)} cells"
        )

    def choose_events(self, n: int) -> list[str]:
        """Return at most `n` events in their order: those with most doubtful, then copied or updated, then missing articles."""
        counts = {event: self.count(event) for event in self.cells}
        first = sorted(
            counts,
            key=lambda event: (
                -counts[event]["doubtful"],
                -counts[event]["copied"] - counts[event]["updated"],
                -counts[event]["missing"],
            ),
        )
        return sorted(first[:n])

    def count(self, event: str) -> dict[str, int]:
        """Return the numbers of an event by `COUNTS`: articles, outlets with and without any, articles by remark."""
        cells = self.cells[event]
        n_missing = sum(cell.state == "missing" for cell in cells)
        remarks = {word: sum(cell.remarks.get(word, 0) for cell in cells) for word in REMARKS}
        n_articles = sum(cell.n_articles for cell in cells)
        return {
            "articles": n_articles,
            "outlets": len(cells) - n_missing,
            "missing": n_missing,
            **remarks,
        }

    def count_missing(self) -> list[tuple[str, int]]:
        """Return the outlets that lack events and how many, most first."""
        columns = zip(*self.cells.values(), strict=True)
        missing = {
            outlet: sum(cell.state == "missing" for cell in cells)
            for outlet, cells in zip(self.outlets, columns, strict=True)
        }
        return sorted(((outlet, n) for outlet, n in missing.items() if n), key=lambda one: (-one[1], one[0]))


def make_inventory(articles: Iterable[Mapping[str, Any]], outlets: Iterable[str]) -> Inventory:
    """Return what there is of `outlets` on the events of `articles`.

    Parameters
    ----------
    articles : iterable of mapping
        Rows with event, outlet, article, misfit, copy_of, copy_direction, version_of and extent ("" where there is nothing to
        say), as the table ``articles`` and that of `group_corpus` have them. Of two articles of which either may be the copy
        both are called copied.
    outlets : iterable of str
        Outlets that might have written, beside those of `articles`.

    Returns
    -------
    Inventory

    Examples
    --------
    >>> row = {"event": "e", "outlet": "post", "article": "p2", "misfit": "", "copy_of": "", "copy_direction": "",
    ...        "version_of": "p1", "extent": ""}
    >>> found = make_inventory([row], ["herald", "post"])
    >>> found.outlets, [str(cell) for cell in found.cells["e"]], found.details
    (('herald', 'post'), ['missing', 'updated'], {'updated': ('p2 of post (version of p1)',)})
    """
    rows = sorted(articles, key=lambda row: (row["event"], row["outlet"], row["article"]))
    columns = tuple(sorted({*outlets, *(row["outlet"] for row in rows)}))
    n_articles: Counter[tuple[str, str]] = Counter()
    remarks: Counter[tuple[str, str, str]] = Counter()
    details: dict[str, list[str]] = {word: [] for word in REMARKS}
    copied_by = {
        row["copy_of"]: row["article"] for row in reversed(rows) if row["copy_direction"] == "unknown"
    }
    for row in rows:
        place = (row["event"], row["outlet"])
        n_articles[place] += 1
        for word, reason in _reasons(row, copied_by).items():
            remarks[*place, word] += 1
            details[word].append(f"{row['article']} of {row['outlet']} ({reason})")

    def cell(event: str, outlet: str) -> InventoryCell:
        noted = {word: remarks[event, outlet, word] for word in REMARKS if remarks[event, outlet, word]}
        return InventoryCell(n_articles[event, outlet], noted)

    return Inventory(
        columns,
        {
            event: tuple(cell(event, outlet) for outlet in columns)
            for event in sorted({row["event"] for row in rows})
        },
        {word: tuple(listed) for word, listed in details.items() if listed},
    )


def _reasons(row: Mapping[str, Any], copied_by: Mapping[str, str]) -> dict[str, str]:
    """Return why each remark holds of an article, for those that do; `copied_by` says whose copy it may be where it counts as none."""
    reasons = {
        "doubtful": row["misfit"],
        "copied": describe_copy(row["copy_of"], row["copy_direction"])
        or describe_copy(copied_by.get(row["article"], ""), "unknown"),
        "updated": f"version of {row['version_of']}" if row["version_of"] else "",
        "partial": row["extent"] if row["extent"] not in ("", "full") else "",
    }
    return {word: reason for word, reason in reasons.items() if reason}


def describe_copy(copy_of: str, direction: str) -> str:
    """Return of which article another is a copy and by what that is known; "" where it is none.

    Parameters
    ----------
    copy_of : str
        Article id, or "".
    direction : str
        One of `COPY_DIRECTIONS`; "" where results of an earlier version do not say it.

    Examples
    --------
    >>> describe_copy("a", "agency"), describe_copy("a", "unknown"), describe_copy("", "")
    ('copy of a, an agency article', 'shares text with a; which of the two copied is not known', '')
    """
    if not copy_of:
        return ""
    if direction == "unknown":
        return f"shares text with {copy_of}; which of the two copied is not known"
    return f"copy of {copy_of}{_KNOWN_FROM.get(direction, '')}"


def describe_extents(extents: Mapping[str, str]) -> str:
    """Return by what of them articles are known in part, a sentence per extent; "" where all are whole.

    Parameters
    ----------
    extents : mapping of str to str
        By article, "" where nothing says that it is less than the whole.

    Examples
    --------
    >>> describe_extents({"a": "teaser", "b": "", "c": "teaser", "d": "full"})
    '2 of 4 articles are known by their openings only: a, c.'
    >>> describe_extents({"a": "abstract"}), describe_extents({"a": ""})
    ('1 of 1 article is known by its abstract only: a.', '')
    """
    sentences = []
    for extent, (one, several) in _KNOWN_BY.items():
        ids = sorted(id for id, own in extents.items() if own == extent)
        if ids:
            how = f"is known by its {one}" if len(ids) == 1 else f"are known by their {several}"
            listed = ", ".join(shorten_list(ids, MAX_LISTED))
            sentences.append(f"{len(ids)} of {count_of(len(extents), 'article')} {how} only: {listed}.")
    return " ".join(sentences)


def shorten_list(listed: Sequence[str], n: int) -> list[str]:
    """Return the first `n`, and how many more there are.

    Examples
    --------
    >>> shorten_list(["a", "b", "c"], 2)
    ['a', 'b', '1 more']
    """
    return [*listed[:n], *([f"{len(listed) - n} more"] if len(listed) > n else [])]
