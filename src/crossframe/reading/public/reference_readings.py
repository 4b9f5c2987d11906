"""What readers said of one mention, the label that two of them or most of three agree on, and who may hold a stance toward it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crossframe.errors import InputError
from crossframe.reading.corpus.tables import read_tsv

NO_MENTION = "no-mention"
"""Portrayal of marked words that refer to no actor."""
DISPUTED = "disputed"
"""Label without a majority of readers."""
RESOLVING = ("reader-65",)
"""Readers who read, once the codebook had its rule on charges that fall away, what the rule is about; they alone decide there."""
SIDES = ("oppose", "neutral", "support")
"""Where a holder stands toward a target, in the order of `STANCES`."""
_MIXED = "mixed"
_READING_COLUMNS = ("id", "reader", "portrayal", "speaker", "basis", "author", "holders")
_ITEM_COLUMNS = (
    "id", "corpus", "article", "sentence_start", "sentence_end", "start", "end", "kind", "split", "half", "hard_kind",
)  # fmt: skip
_HOLDER = re.compile(r"(\d+)-(\d+)=(oppose|support)")
Span = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """What one reader said of a mention; the other fields are empty where it is ``no-mention``.

    Parameters
    ----------
    portrayal : str
        negative, neutral, positive, mixed, unclear or no-mention.
    speaker : str
        outlet, quoted or mixed.
    author : str
        oppose, neutral, support, mixed or unclear.
    holders : dict of (int, int) to str
        oppose or support, by where the holder's words stand in the document.
    basis : str
        wording, facts or none.
    """

    portrayal: str
    speaker: str = ""
    author: str = ""
    holders: Mapping[Span, str] = field(default_factory=dict)
    basis: str = ""

    @property
    def is_mention(self) -> bool:
        """Whether the reader sees an actor mentioned."""
        return self.portrayal != NO_MENTION

    def side_of(self, holder: Span) -> str:
        """Return where a possible holder stands: neutral where the reader does not name it, mixed where it takes both sides."""
        sides = {side for span, side in self.holders.items() if overlap(span, holder)}
        return "neutral" if not sides else _MIXED if len(sides) > 1 else sides.pop()


@dataclass(frozen=True)
class Item:
    """A marked mention with its readings.

    Parameters
    ----------
    id, corpus, article : str
        Of the mention; of the corpus that its text is of; of its article in ``reference-labels``.
    sentence, target : tuple of (int, int)
        Offsets in characters of the article's document.
    kind, split, half, hard_kind : str
        As in ``items.tsv``.
    readings : tuple of Reading
        In the order of the readers' names: the first, the second, and a third where these two part.
    resolved : tuple of Reading
        Those of `RESOLVING`; where there are any, the label is theirs, and `readings` tell how readers agree.
    holders : tuple of (int, int)
        Who may hold a stance toward it (`find_holders`).
    """

    id: str
    corpus: str
    article: str
    sentence: Span
    target: Span
    kind: str = ""
    split: str = ""
    half: str = ""
    hard_kind: str = ""
    readings: tuple[Reading, ...] = ()
    holders: tuple[Span, ...] = ()
    resolved: tuple[Reading, ...] = ()

    @property
    def mention(self) -> bool | None:
        """Whether most readers see an actor mentioned; None where as many do as do not."""
        seen = sum(reading.is_mention for reading in self._deciding)
        return None if 2 * seen == len(self._deciding) else 2 * seen > len(self._deciding)

    @property
    def portrayal(self) -> str:
        """What most readers say of the portrayal, or `DISPUTED`."""
        return decide([reading.portrayal for reading in self._deciding])

    @property
    def speaker(self) -> str:
        """Whose words most readers of a mention hear, or `DISPUTED`."""
        return decide([reading.speaker for reading in self._of_mention()])

    @property
    def basis(self) -> str:
        """Whether most readers of a mention see wording, facts or none, or `DISPUTED`."""
        return decide([reading.basis for reading in self._of_mention()])

    @property
    def author(self) -> str:
        """Where the author stands by most readers of a mention, or `DISPUTED`."""
        return decide([reading.author for reading in self._of_mention()])

    def side_of(self, holder: Span) -> str:
        """Return where a possible holder stands by most readers of a mention, or `DISPUTED`."""
        return decide([reading.side_of(holder) for reading in self._of_mention()])

    @property
    def _deciding(self) -> tuple[Reading, ...]:
        return self.resolved or self.readings

    def _of_mention(self) -> list[Reading]:
        return [reading for reading in self._deciding if reading.is_mention]


def decide(values: Sequence[str]) -> str:
    """Return the value of more than half of the readers; `DISPUTED` where there is none. One reader alone decides.

    Examples
    --------
    >>> decide(["negative"]), decide(["negative", "neutral"]), decide(["negative", "neutral", "negative"])
    ('negative', 'disputed', 'negative')
    """
    return next((value for value in values if 2 * values.count(value) > len(values)), DISPUTED)


def overlap(left: Span, right: Span) -> bool:
    """Return whether two spans share a character."""
    return left[0] < right[1] and right[0] < left[1]


def read_items(folder: Path) -> list[Item]:
    """Return all items of ``items.tsv`` with their readings in ``readings.tsv``, in the order of the table.

    Raises
    ------
    InputError
        When a reading is of an unknown item, or a number or holder is not written as it should be.
    """
    readings: dict[str, dict[str, Reading]] = {}
    items: dict[str, Item] = {}
    for where, row in read_tsv(folder / "readings.tsv", _READING_COLUMNS):
        readings.setdefault(row["id"], {})[row["reader"]] = _read_reading(row, where)
    for where, row in read_tsv(folder / "items.tsv", _ITEM_COLUMNS):
        own = readings.pop(row["id"], {})
        item = _read_item(row, where)
        items[item.id] = replace(
            item,
            readings=tuple(own[reader] for reader in sorted(own) if reader not in RESOLVING),
            resolved=tuple(own[reader] for reader in RESOLVING if reader in own),
        )
    if readings:
        raise InputError(
            f"Unknown item {next(iter(readings))!r} in {folder / 'readings.tsv'}. It must be one of items.tsv."
        )
    return list(items.values())


def _read_reading(row: Mapping[str, str], where: str) -> Reading:
    holders: dict[Span, str] = {}
    for cell in filter(None, row["holders"].split(";")):
        found = _HOLDER.fullmatch(cell)
        if not found:
            raise InputError(f"{where}: Invalid holder {cell!r}. It must be start-end=oppose or =support.")
        holders[int(found[1]), int(found[2])] = found[3]
    return Reading(row["portrayal"], row["speaker"], row["author"], holders, row["basis"])


def _read_item(row: Mapping[str, str], where: str) -> Item:
    try:
        first, last, start, end = (
            int(row[name]) for name in ("sentence_start", "sentence_end", "start", "end")
        )
    except ValueError:
        raise InputError(f"{where}: Invalid offsets. They must be whole numbers.") from None
    return Item(
        row["id"],
        row["corpus"],
        article_id(row["corpus"], row["article"]),
        (first, last),
        (start, end),
        kind=row["kind"],
        split=row["split"],
        half=row["half"],
        hard_kind=row["hard_kind"],
    )


def article_id(corpus: str, article: str) -> str:
    """Return the id that an article of a source corpus has in ``reference-labels``."""
    return f"{corpus}.{article}"


def add_holders(items: Iterable[Item], documents: Mapping[str, str]) -> list[Item]:
    """Return the items that are read, of the articles in `documents`, with their possible holders.

    Parameters
    ----------
    items : iterable of Item
        All of them: those without readings are holders, too.
    documents : dict of str to str
        Of the articles, by id.
    """
    by_sentence: dict[tuple[str, Span], list[Item]] = {}
    for item in items:
        by_sentence.setdefault((item.article, item.sentence), []).append(item)
    return [
        replace(
            item,
            holders=find_holders(item, by_sentence[item.article, item.sentence], documents[item.article]),
        )
        for item in items
        if item.readings and item.article in documents
    ]


def find_holders(item: Item, neighbours: Sequence[Item], document: str) -> tuple[Span, ...]:
    """Return where those stand who may hold a stance toward an item, in the order of the sentence.

    Parameters
    ----------
    item : Item
        The target.
    neighbours : sequence of Item
        All items of its sentence.
    document : str
        Of its article.

    Returns
    -------
    tuple of (int, int)
        Whoever a reader names as a holder toward any target of the sentence, and the other targets; without what overlaps
        the target or has its words. Of overlapping places the longest, of places of the same words the one that a reader
        names as a holder toward this target, else the first.
    """
    named = {span for reading in item.readings + item.resolved for span in reading.holders}
    spans = {
        span for one in neighbours for reading in one.readings + one.resolved for span in reading.holders
    }
    spans |= {one.target for one in neighbours}
    kept = [item.target]
    words = {document[slice(*item.target)].casefold()}
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span not in named, span)):
        own = document[slice(*span)].casefold()
        if own not in words and not any(overlap(span, other) for other in kept):
            kept.append(span)
            words.add(own)
    return tuple(sorted(kept[1:]))
