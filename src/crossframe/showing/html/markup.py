"""HTML of single values: bars for shares, colours for scores, and texts with coloured marks, all escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from pandas import DataFrame

    from crossframe.showing.tables.judged_counts import JudgedCounts

AGAINST, FOR = (213, 94, 0), (0, 114, 178)
"""Vermilion and blue of Okabe and Ito 2008, which colour-blind readers can distinguish."""
MAX_INTENSITY = 0.75
"""Share of the full colour that a score of -1 or +1 gets, so that black text on it stays readable."""
_BAR_WIDTH = 90
_GREY = "#dddddd"
_LANE, _SPACE, _HEIGHT = 60, 4, 12
_WIDEST, _NARROWEST = 10, 4
"""Pixels of a sentence in `svg_counts`: at most, and from which on sentences are drawn apart from each other."""


def html_bar(share: float, text: str) -> Markup:
    """Return a bar as long as a share of 0 to 1, with its text."""
    width = round(_BAR_WIDTH * min(max(float(share), 0.0), 1.0))
    return Markup(
        '<span style="display:inline-block;width:{}px;height:9px;background-color:#56B4E9"></span> {}'
    ).format(width, text)


def svg_counts(counts: "JudgedCounts", longest: int) -> Markup:
    """Return judged sentences as squares: negative ones grow to the left, neutral ones from the middle, positive ones to the right.

    Parameters
    ----------
    counts : JudgedCounts
        Of one cell.
    longest : int
        The largest number of sentences with one label in any cell: the common scale.

    Returns
    -------
    Markup
        An SVG whose colours are those of its classes, uncertain sentences in the pattern ``#hatch-LABEL`` of the page, with
        its numbers in words.
    """
    unit = min(_WIDEST, _LANE / max(longest, 1))
    width = unit - 1 if unit >= _NARROWEST else unit
    lefts = {"negative": _LANE, "neutral": _LANE + _SPACE, "positive": 2 * (_LANE + _SPACE)}
    squares = []
    for label, left in lefts.items():
        kinds = [""] * counts.certain.get(label, 0) + ["uncertain"] * counts.uncertain.get(label, 0)
        for n, kind in enumerate(kinds):
            at = left - (n + 1) * unit if label == "negative" else left + n * unit
            squares.append(
                Markup('<rect class="{}" x="{}" y="0" width="{}" height="{}"/>').format(
                    f"{label} {kind}".strip(), f"{at:.2f}", f"{width:.2f}", _HEIGHT
                )
            )
    axes = Markup("").join(
        Markup('<path class="axis" d="M{0} 0V{1}"/>').format(f"{at - 1:.1f}", _HEIGHT)
        for at in lefts.values()
    )
    words = ", ".join(f"{counts.total(label)} {label}" for label in lefts)
    words += f"; {counts.n_uncertain} of these uncertain" if counts.n_uncertain else ""
    return Markup(
        '<svg class="counts" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}{}</svg>'
    ).format(
        3 * _LANE + 2 * _SPACE,
        _HEIGHT,
        3 * _LANE + 2 * _SPACE,
        _HEIGHT,
        words,
        Markup("").join(squares),
        axes,
    )


def html_score(score: float, text: str | None = None) -> Markup:
    """Return a score of -1 to +1 on its colour: blue for, vermilion against, paler towards 0."""
    return Markup(
        '<span style="display:inline-block;padding:1px 5px;white-space:nowrap;color:#111111;background-color:{}">{}</span>'
    ).format(mix_colour(score), f"{score:+.2f}" if text is None else text)


def mix_colour(score: float) -> str:
    """Return the colour of a score as ``#rrggbb``: blue for, vermilion against, mixed with white as it nears 0."""
    intensity = MAX_INTENSITY * min(abs(float(score)), 1.0)
    full = FOR if score > 0 else AGAINST
    return "#" + "".join(f"{round(255 + (channel - 255) * intensity):02x}" for channel in full)


@dataclass(frozen=True)
class Mark:
    """A stretch of text to mark: its first and last-plus-one character, a score for its colour (None: grey), a title."""

    start: int
    end: int
    score: float | None = None
    title: str = ""


def html_marked(
    text: str, marks: Iterable[Mark], *, start: int = 0, part: tuple[int, int] | None = None
) -> Markup:
    """Return a text as HTML with its marks; where marks overlap the first is drawn.

    Parameters
    ----------
    text : str
        Plain text.
    marks : iterable of Mark
        Offsets in characters of the document; what is outside the text is cut off.
    start : int
        Where the text starts in the document.
    part : (int, int), optional
        Part of the document that is asked for: grey where no mark is. Nothing is where the text is no more than that.

    Returns
    -------
    Markup
        Every text in it escaped.
    """
    shifted = (
        Mark(max(mark.start - start, 0), min(mark.end - start, len(text)), mark.score, mark.title)
        for mark in marks
    )
    chosen: list[Mark] = []
    for mark in sorted(shifted, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < mark.end and (not chosen or mark.start >= chosen[-1].end):
            chosen.append(mark)
    if part is not None and (part[0] > start or part[1] < start + len(text)):
        chosen += _fill(Mark(max(part[0] - start, 0), min(part[1] - start, len(text))), chosen)
    by_start = {mark.start: mark for mark in chosen}
    borders = sorted({0, len(text), *by_start, *(mark.end for mark in chosen)})
    return Markup("").join(_piece(text[low:high], by_start.get(low)) for low, high in pairwise(borders))


def _fill(around: Mark, marks: Sequence[Mark]) -> list[Mark]:
    """Return what `marks`, in order and apart, leave of one around them."""
    ends = [around.start, *(mark.end for mark in marks)]
    starts = [*(mark.start for mark in marks), around.end]
    gaps = ((max(low, around.start), min(high, around.end)) for low, high in zip(ends, starts, strict=True))
    return [Mark(low, high, around.score, around.title) for low, high in gaps if low < high]


def _piece(text: str, mark: Mark | None) -> Markup:
    if mark is None:
        return Markup("{}").format(text)
    colour = _GREY if mark.score is None else mix_colour(mark.score)
    return Markup('<span style="color:#111111;background-color:{}" title="{}">{}</span>').format(
        colour, mark.title, text
    )


def mark_portrayals(mentions: "DataFrame") -> dict[tuple[str, int], list[Mark]]:
    """Return the mentions of every (article, sentence), as `list_portrayed_mentions` has them, as marks."""
    marks: dict[tuple[str, int], list[Mark]] = {}
    for row in mentions.itertuples():
        scored = row.score == row.score
        title = (
            f"{row.actor}: {row.score:+.2f}, {row.speaker} words" if scored else f"{row.actor}: not scored"
        )
        mark = Mark(int(row.start), int(row.end), float(row.score) if scored else None, title)
        marks.setdefault((str(row.article), int(row.sentence)), []).append(mark)
    return marks
