"""Claims of two events by three outlets: covered, left out, and not found."""

from crossframe.records import Coverage, Estimates

COVERAGE = Coverage.from_rows(
    {
        "event": event,
        "claim": claim,
        "label": f"What {claim} says",
        "outlet": outlet,
        "covered": int(outlet in outlets),
    }
    for event in ("e", "f")
    for claim, outlets in (("c01", "abc"), ("c02", "ab"), ("c03", "bc"))
    for outlet in "abc"
)
OMISSIONS = Estimates.from_rows(
    {"quantity": "omission", "event": event, "outlet": outlet, "claim": claim, "estimate": certainty}
    for event, outlet, claim, certainty in (
        ("e", "c", "c02", 0.71),
        ("f", "c", "c02", 0.62),
        ("f", "a", "c03", 0.9),
    )
)
