"""The columns of a study's tables, in their order, and the type of each."""

from typing import Any

_PLACE = "event outlet article"
_PAIR = "left_outlet left_article left_sentence right_outlet right_article right_sentence"
TABLES: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "outlets": "outlet name country owner lean group n_articles",
        "articles": f"{_PLACE} published dateline language genre title url n_sentences n_words copy_of copied_share "
        "copy_direction version_of misfit extent",
        "sentences": f"{_PLACE} sentence start end text",
        "pairs": f"event {_PAIR} probability relation",
        "claims": "event claim outlet article sentence representative start end",
        "differences": "event claim left_outlet left_article left_sentence left_start left_end right_outlet right_article "
        "right_sentence right_start right_end kind left_text right_text probability",
        "coverage": "event claim label outlet covered n_sentences p_absent start end",
        "actors": "event actor name kind names declared n_mentions n_outlets how",
        "suggested_merges": "actor other why probability",
        "mentions": f"{_PLACE} sentence start end text actor kind",
        "quotes": f"{_PLACE} quote start end text kind cue speaker speaker_text",
        "stance": f"{_PLACE} sentence start end actor voice p_negative p_neutral p_positive score certain",
        "portrayal": f"{_PLACE} sentence actor speaker basis p_negative p_neutral p_positive score certain",
        "frames": f"{_PLACE} sentence frame probability",
        "wording": "event claim outlet term log_odds low high z q_value",
        "estimates": "quantity event outlet reference actor voice claim frame estimate low high p_value q_value "
        "n_units n_articles n_events method",
    }.items()
}
ADDED = frozenset(["copy_direction"])
"""Columns of texts that results of earlier versions lack: they are read as empty there."""
INTEGERS = frozenset([
    "n_articles", "n_sentences", "n_words", "sentence", "left_sentence", "right_sentence", "start", "end",
    "left_start", "left_end", "right_start", "right_end",
    "representative", "covered", "declared", "n_mentions", "n_outlets", "certain", "n_units", "n_events",
])  # fmt: skip
SCORES = frozenset([
    "probability", "p_absent", "p_negative", "p_neutral", "p_positive", "score", "copied_share", "estimate", "low", "high",
])  # fmt: skip
NUMBERS = frozenset(["log_odds", "z", "p_value", "q_value"])


def typed_column(values: Any, column: str) -> Any:
    """Return the values of a column with its type: scores with four decimals, other numbers with six digits."""
    import pandas as pd

    if column in SCORES:
        return pd.to_numeric(values).astype("float64").round(4) + 0.0
    if column in NUMBERS:
        return pd.to_numeric(values).astype("float64").map(lambda value: float(f"{value:.6g}"))
    if column in INTEGERS:
        whole = pd.to_numeric(values)
        return whole.astype("Int64") if whole.isna().any() else whole.astype("int64")
    return values.fillna("").astype(object)
