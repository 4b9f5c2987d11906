"""The probabilities of suggested merges are what the judged pairs give."""

from suggested_merges import count_judged, estimate_probability

from crossframe.attributing.cast.suggested_merges import MERGE_RULES


def test_probabilities_are_measured() -> None:
    """Every rule in use has the share that was right of its pairs, 0.5 without any; those given up were hardly ever right."""
    judged = count_judged()
    assert sum(n for _, n in judged.values()) >= 100
    assert {rule: estimate_probability(*judged.get(rule, (0, 0))) for rule in MERGE_RULES} == {
        name: rule.probability for name, rule in MERGE_RULES.items()
    }
    assert all(
        n_same / n_pairs < 0.1 for rule, (n_same, n_pairs) in judged.items() if rule not in MERGE_RULES
    )
