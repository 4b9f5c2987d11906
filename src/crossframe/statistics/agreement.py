"""Agreement of annotators: Krippendorff's alpha."""

from collections.abc import Hashable, Sequence

import numpy as np

from crossframe.errors import InputError

LEVELS = ("nominal", "ordinal", "interval")


def krippendorff_alpha(
    ratings: Sequence[Sequence[Hashable | None]],
    *,
    level: str = "nominal",
    order: Sequence[Hashable] | None = None,
) -> float:
    """Return Krippendorff's alpha.

    Parameters
    ----------
    ratings : sequence of sequence
        One sequence an annotator, one rating a unit; None where the annotator did not rate.
    level : str
        nominal, ordinal or interval (numbers).
    order : sequence, optional
        Values from low to high, needed for ordinal ratings that do not sort.

    Returns
    -------
    float
        1 for perfect agreement, 0 for chance; NaN when fewer than two values or pairs are there.

    Raises
    ------
    InputError
        When the level is unknown or the annotators' units differ in number.

    References
    ----------
    Krippendorff 2011, Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 4]]), 3)
    0.696
    """
    if level not in LEVELS:
        raise InputError(f"Invalid level {level!r}. It must be one of: {', '.join(LEVELS)}.")
    if len({len(one) for one in ratings}) > 1:
        raise InputError("Invalid ratings. Every annotator needs one rating (or None) a unit.")
    seen = {value for one in ratings for value in one if value is not None}
    values = list(order) if order is not None else sorted(seen, key=lambda v: (str(type(v)), v))
    number = {value: i for i, value in enumerate(values)}
    coincidence = np.zeros((len(values), len(values)))
    for unit in zip(*ratings, strict=True):
        counts = np.bincount([number[v] for v in unit if v is not None], minlength=len(values)).astype(float)
        if counts.sum() > 1:
            coincidence += (np.outer(counts, counts) - np.diag(counts)) / (counts.sum() - 1)
    totals = coincidence.sum(axis=1)
    if totals.sum() < 2 or np.count_nonzero(totals) < 2:
        return float("nan")
    distance = _distance(values, totals, level)
    observed = (coincidence * distance).sum()
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - observed / expected)


def _distance(values: Sequence[Hashable], totals: np.ndarray, level: str) -> np.ndarray:
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        numbers = np.array(values, dtype=float)
        return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)
    middle = np.cumsum(totals) - totals / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
