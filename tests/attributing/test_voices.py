"""Whose words a mention stands in."""

from crossframe.attributing.voices import assign_voices
from crossframe.records import Spans


def spans(*rows: tuple[str, int, int, str, str]) -> Spans:
    """Return quotes from (article, start, end, speaker, speaker_text)."""
    names = ("article", "start", "end", "speaker", "speaker_text")
    return Spans.from_rows({**dict(zip(names, row, strict=True)), "kind": "direct"} for row in rows)


def test_voices() -> None:
    """Author outside quotes; inside the id, else the words, else unknown; the shortest of nested quotes holds."""
    quotes = spans(
        ("a", 0, 50, "doe", "Doe"),
        ("a", 10, 20, "roe", "he"),
        ("b", 0, 9, "", "The  Ministry"),
        ("c", 0, 9, "", ""),
    )
    mentions = Spans.from_rows(
        {"article": article, "start": start, "end": start + 3, "actor": "x", "kind": "name"}
        for article, start in [("a", 2), ("a", 12), ("a", 48), ("a", 60), ("b", 1), ("c", 1), ("d", 1)]
    )
    assert assign_voices(mentions, quotes) == (
        "doe",
        "roe",
        "author",
        "author",
        "ministry",
        "unknown",
        "author",
    )


def test_no_mentions() -> None:
    """Nothing in, nothing out."""
    assert assign_voices(Spans(), Spans()) == ()
