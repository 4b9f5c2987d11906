"""The figure of wording draws the words that each outlet uses most above the others."""

import pytest

from crossframe.errors import InputError
from crossframe.showing.plots.wording_plot import MAX_TERMS, plot_wording
from crossframe.studies.compare.comparison import Comparison
from crossframe.text import words


def test_wording(demo: Comparison) -> None:
    """The words drawn are those that an outlet uses most above the others."""
    ax = plot_wording(demo.tables["wording"])
    terms = [label.get_text() for label in ax.get_yticklabels()]
    per_outlet = demo.tables["wording"].query("log_odds > 0").groupby("outlet").size().clip(upper=MAX_TERMS)
    assert len(terms) == per_outlet.sum()


def test_terms_of_chosen_actors_and_outlets(demo: Comparison) -> None:
    """Terms of the chosen outlet are drawn that are in a sentence of it which mentions the actor, and no others."""
    ax = demo.plot_wording(actors=["russia"], outlets=["Potomac Ledger"])
    place, of_outlet = ["article", "sentence"], "outlet == 'potomac-ledger'"
    mentions = demo.tables["mentions"].query(f"actor == 'russia' and {of_outlet}")[place].drop_duplicates()
    texts = [
        f" {' '.join(words(text))} " for text in demo.tables["sentences"].merge(mentions, on=place)["text"]
    ]
    expected = demo.tables["wording"].query(f"log_odds > 0 and {of_outlet}")
    expected = expected[[any(f" {term} " in text for text in texts) for term in expected["term"]]]
    expected = expected.sort_values(["z", "term"], ascending=[False, True])["term"].head(MAX_TERMS)
    assert len(expected)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(expected)
    assert "sentences that mention russia" in ax.get_title()
    with pytest.raises(InputError, match="give mentions, too, or use Comparison"):
        plot_wording(demo.tables["wording"], actors=["russia"])
