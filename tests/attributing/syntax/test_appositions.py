"""Appositions behind names."""

import pytest

from crossframe.attributing.syntax.appositions import apposed_after, apposition_end


@pytest.mark.parametrize(
    ("text", "apposition"),
    [
        ("Doe, director of the harbour board, on Monday", ", director of the harbour board"),
        ("Doe, chief engineer at the ministry of works.", ", chief engineer at the ministry of works"),
        ("Doe, its chief physician, on Tuesday", ", its chief physician"),
        ("Doe, Lund’s mayor and a former miner, when it rained", ", Lund’s mayor and a former miner"),
        ("Doe, 43, a plumber from Lund, while he waited", ", 43, a plumber from Lund"),
        ("Doe, one of the drivers.", ", one of the drivers"),
        ("Doe, the face of the revolt.", ", the face of the revolt"),
        ("Doe, a doctor who treated the wounded.", ", a doctor"),
        ("Doe, a friend of St. Olaf, left", ", a friend of St. Olaf"),
        ("Doe, D-Ohio, said", ", D-Ohio"),
        # what is told of somebody, what happens meanwhile, times and remarks
        ("Doe, who runs a shelter for sailors.", ""),
        ("Doe, her voice breaking.", ""),
        ("Doe, 43.", ""),
        ("Doe, however, left", ""),
        ("Doe, later a farmer, left", ", later a farmer"),
        ("Doe, a day after the vote.", ""),
        ("Doe, a claim that the driver denies.", ""),
        ("Doe, a shot was fired at the driver.", ""),
        ("Doe, as the driver waited.", ""),
        ("Doe, smiling at the driver.", ""),
    ],
)
def test_apposition_end(text: str, apposition: str) -> None:
    """An apposition says who somebody is; clauses, times and remarks do not."""
    assert text[len("Doe") : apposition_end(text, len("Doe"))] == apposition


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Doe, a lawyer, the dam is safe.", ", a lawyer"),
        ("Doe, 43, a baker in Lund, the dam is safe.", ", 43, a baker in Lund"),
        ("Doe, who teaches law, the dam is safe.", ", who teaches law"),
        ("Doe, the dam, which leaks, is safe.", ""),
        ("Doe, the dam is safe.", ""),
    ],
)
def test_apposed_after(text: str, beside: str) -> None:
    """What stands between commas behind a name is told from the clause that follows it."""
    assert text[len("Doe") : apposed_after(text, len("Doe"))] == beside
