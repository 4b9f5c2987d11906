"""The quantities of the ``estimates`` table: what each is called, where its values lie, what it is a difference of."""

import math
from dataclasses import dataclass

from crossframe import _validation as check

UNITS_OF_QUANTITIES = ("score", "sentences", "share", "probability")
DRAWINGS = ("marker", "share", "text", "table")
EVIDENCE = ("portrayals", "mentions", "stretches", "sentences", "claims", "other outlets")


@dataclass(frozen=True)
class Quantity:
    """A quantity of the ``estimates`` table.

    Parameters
    ----------
    name : str
        As in the column ``quantity``.
    label : str
        As people read it.
    low, high : float
        Least and greatest value of an estimate and of its interval's bounds; may be infinite.
    unit : str
        ``score`` (from -1 against to 1 for), ``sentences`` (a number per article), ``share`` or ``probability``.
    drawn : str
        ``marker`` (with its interval as a line), ``share`` (a bar or a shade from 0 to 1), ``text`` (a row of a list),
        or ``table`` (in the table alone).
    evidence : str
        What the text behind an estimate consists of: ``portrayals`` of an actor by sentences, ``mentions`` of an actor as
        holders judge it, ``stretches`` of a voice, ``sentences``, sentences of ``claims``, or, of what is left out, those of
        ``other outlets``.
    difference_of : str or None
        Quantity that this one is the difference of, between an outlet and a reference; None where it is none.
    poolable : bool
        Whether the mean of the events' estimates estimates it over events.
    constant_interval : bool
        Whether the value has an interval (of no width) when it is the same in all events. False where 0 or 1 is the
        usual value, so that equal values are no sign of certainty.
    """

    name: str
    label: str
    low: float
    high: float
    unit: str
    drawn: str
    evidence: str
    difference_of: str | None = None
    poolable: bool = False
    constant_interval: bool = True

    def __post_init__(self) -> None:
        check.check_choice(self.unit, f"unit of quantity {self.name!r}:", UNITS_OF_QUANTITIES)
        check.check_choice(self.drawn, f"drawing of quantity {self.name!r}:", DRAWINGS)
        check.check_choice(self.evidence, f"evidence of quantity {self.name!r}:", EVIDENCE)

    def difference(
        self, label: str, *, name: str = "", drawn: str = "table", poolable: bool = True
    ) -> "Quantity":
        """Return the quantity that is the difference of this one between two outlets; its range is twice as wide."""
        return Quantity(
            name or f"{self.name}_difference",
            label,
            self.low - self.high,
            self.high - self.low,
            self.unit,
            drawn,
            self.evidence,
            difference_of=self.name,
            poolable=poolable and self.poolable,
            constant_interval=self.constant_interval,
        )


_PORTRAYAL = Quantity("portrayal", "portrayal", -1.0, 1.0, "score", "marker", "portrayals", poolable=True)
_PORTRAYAL_CORRECTED = Quantity(
    "portrayal_corrected", "portrayal, corrected by labels", -1.0, 1.0, "score", "marker", "portrayals"
)
_STANCE = Quantity("stance", "stance", -1.0, 1.0, "score", "marker", "mentions", poolable=True)
_STANCE_CORRECTED = Quantity(
    "stance_corrected", "stance, corrected by labels", -1.0, 1.0, "score", "marker", "mentions"
)
_PORTRAYAL_RECALIBRATED, _STANCE_RECALIBRATED = (
    Quantity(
        f"{name}_recalibrated", f"{name}, recalibrated to labels", -1.0, 1.0, "score", "marker", evidence
    )
    for name, evidence in (("portrayal", "portrayals"), ("stance", "mentions"))
)
_PORTRAYAL_GAP, _STANCE_GAP = (
    Quantity(f"{name}_minus_labels", f"{name} minus labels", -2.0, 2.0, "score", "table", evidence)
    for name, evidence in (("portrayal", "portrayals"), ("stance", "mentions"))
)
_LENGTH = Quantity(
    "length", "sentences per article", 0.0, math.inf, "sentences", "table", "sentences", poolable=True
)
_PROMINENCE = Quantity(
    "prominence", "share of sentences that mention the actor", 0.0, 1.0, "share", "table", "portrayals",
    poolable=True, constant_interval=False,
)  # fmt: skip
_TITLE_AND_LEAD = Quantity(
    "title_and_lead", "share of titles and first sentences that mention the actor", 0.0, 1.0, "share", "table",
    "portrayals", poolable=True, constant_interval=False,
)  # fmt: skip
_TONE = Quantity(
    "tone", "mean portrayal of the sentences that mention the actor", -1.0, 1.0, "score", "table", "portrayals", poolable=True
)  # fmt: skip
_FRAMING = Quantity(
    "framing", "framing: length x prominence x tone", -math.inf, math.inf, "sentences", "marker", "portrayals",
    poolable=True, constant_interval=False,
)  # fmt: skip
_FRAME = Quantity("frame", "frame", 0.0, 1.0, "probability", "table", "sentences", poolable=True)
_OWN_VOICE, _SHARE_OF_VOICE, _QUOTED_ONLY_HERE = (
    Quantity(name, label, 0.0, 1.0, "share", "share", "stretches", poolable=True, constant_interval=False)
    for name, label in (
        ("own_voice", "share of the text in the outlet's own voice"),
        ("share_of_voice", "share of what the outlet quotes"),
        ("quoted_only_here", "share that no other outlet carries"),
    )
)
_CLAIMS_COVERED = Quantity(
    "claims_covered", "share of claims covered", 0.0, 1.0, "share", "table", "claims", poolable=True
)
_SENTENCES_SHARED = Quantity(
    "sentences_shared", "share of sentences that the other outlet has", 0.0, 1.0, "share", "table", "sentences",
    poolable=True, constant_interval=False,
)  # fmt: skip
_CONFLICTS = Quantity(
    "conflicts", "share of shared claims in conflict with another outlet", 0.0, 1.0, "share", "table", "claims",
    poolable=True, constant_interval=False,
)  # fmt: skip
_OWN_ASSERTION = Quantity(
    "own_assertion", "share of shared claims asserted where another outlet attributes", 0.0, 1.0, "share", "table",
    "claims", poolable=True, constant_interval=False,
)  # fmt: skip

QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        _PORTRAYAL,
        _PORTRAYAL.difference("difference in portrayal"),
        _PORTRAYAL.difference(
            "difference in portrayal within shared claims", name="portrayal_difference_in_claims"
        ),
        _PORTRAYAL.difference(
            "contrast in portrayal within a claim", name="claim_contrast", drawn="text", poolable=False
        ),
        _PORTRAYAL_CORRECTED,
        _PORTRAYAL_CORRECTED.difference(
            "difference in portrayal, corrected by labels", name="portrayal_difference_corrected"
        ),
        _PORTRAYAL_RECALIBRATED,
        _PORTRAYAL_RECALIBRATED.difference("difference in portrayal, recalibrated to labels"),
        _PORTRAYAL_GAP,
        _STANCE,
        _STANCE.difference("difference in stance"),
        _STANCE_CORRECTED,
        _STANCE_CORRECTED.difference(
            "difference in stance, corrected by labels", name="stance_difference_corrected"
        ),
        _STANCE_RECALIBRATED,
        _STANCE_RECALIBRATED.difference("difference in stance, recalibrated to labels"),
        _STANCE_GAP,
        _LENGTH,
        _PROMINENCE,
        _PROMINENCE.difference("difference in prominence"),
        _TITLE_AND_LEAD,
        _TONE,
        _FRAMING,
        _FRAMING.difference("difference in framing"),
        _FRAME,
        _FRAME.difference("difference in frame"),
        _OWN_VOICE,
        _OWN_VOICE.difference("difference in own voice"),
        _SHARE_OF_VOICE,
        _SHARE_OF_VOICE.difference("difference in share of voice"),
        _QUOTED_ONLY_HERE,
        _QUOTED_ONLY_HERE.difference("difference in what no other outlet carries"),
        _CLAIMS_COVERED,
        _CLAIMS_COVERED.difference("difference in claims covered"),
        _SENTENCES_SHARED,
        _SENTENCES_SHARED.difference("difference in sentences that the other outlet has"),
        _CONFLICTS,
        _OWN_ASSERTION,
        _OWN_ASSERTION.difference("difference in claims asserted where another outlet attributes"),
        Quantity("omission", "certainty of an omission", 0.0, 1.0, "probability", "text", "other outlets"),
        Quantity("omission_rate", "rate of omissions", 0.0, 1.0, "share", "table", "other outlets"),
    )
}
"""All quantities by name. A new estimate is one entry here and one function that writes its rows."""


def find_quantity(name: str) -> Quantity:
    """Return the quantity of that name, else raise UnknownNameError.

    Examples
    --------
    >>> quantity = find_quantity("own_voice_difference")
    >>> quantity.difference_of, quantity.low, quantity.high
    ('own_voice', -1.0, 1.0)
    """
    return QUANTITIES[check.check_choice(name, "quantity", QUANTITIES)]
