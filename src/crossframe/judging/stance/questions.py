"""What stance items ask of a marked text: each target with all its holders once, as examples to learn and to be scored by."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from crossframe.judging.targets import StanceItem, name_holder
from crossframe.learning.targets.classifier import AUTHOR_SPAN, Marked, MarkLogits, Span
from crossframe.learning.targets.fitting import Example, HeldOut
from crossframe.records import AUTHOR, PORTRAYAL
from crossframe.statistics.metrics import macro_f1

HOLDERS = "holders"


class Question(NamedTuple):
    """A target in a text, with the holders whose stance toward it is asked for, and the rows of the items that ask.

    Parameters
    ----------
    item : StanceItem
        Without holder.
    holders : tuple of str
        Words of the text, or the author.
    portrayal, stances : tuple of int
        Rows that ask for the portrayal, and for the stance of each holder.
    """

    item: StanceItem
    holders: tuple[str, ...]
    portrayal: tuple[int, ...]
    stances: tuple[int, ...]


def group_items(items: Sequence[StanceItem]) -> list[Question]:
    """Return what items ask, so that each target of a text is read once.

    A holder whose words the text does not have is named before it (`name_holder`), which makes a text of its own.

    Examples
    --------
    >>> one = StanceItem("Ann praised Bea.", 12, 15)
    >>> [question.holders for question in group_items([one, one._replace(holder="Ann"), one._replace(holder="Al")])]
    [('Ann',), ('Al',)]
    """
    grouped: dict[StanceItem, tuple[list[int], list[tuple[str, int]]]] = {}
    for row, item in enumerate(items):
        placed = (
            name_holder(item) if item.holder is not None and find_holder(item, item.holder) is None else item
        )
        portrayal, stances = grouped.setdefault(placed._replace(holder=None), ([], []))
        if item.holder is None:
            portrayal.append(row)
        else:
            stances.append((item.holder, row))
    return [
        Question(
            item, tuple(words for words, _ in stances), tuple(portrayal), tuple(row for _, row in stances)
        )
        for item, (portrayal, stances) in grouped.items()
    ]


def find_holder(item: StanceItem, words: str) -> Span | None:
    """Return where a holder stands in the item's text, outside of the target; None where it does not.

    The first of its places, as whole words, whatever their case; the author has a place of its own (`AUTHOR_SPAN`).

    Examples
    --------
    >>> find_holder(StanceItem("Ann praised Bea.", 12, 15), "Ann"), find_holder(StanceItem("Ann praised Bea.", 12, 15), "Bea")
    ((0, 3), None)
    """
    if words == AUTHOR:
        return AUTHOR_SPAN
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", item.text, re.IGNORECASE):
        start, end = match.span()
        if end > start and (end <= item.start or item.end <= start):
            return start, end
    return None


def mark(question: Question) -> Marked:
    """Return the text of a question with its target marked, and the spans of its holders."""
    spans = (find_holder(question.item, words) for words in question.holders)
    return marked(question.item)._replace(holders=tuple(span or AUTHOR_SPAN for span in spans))


def marked(item: StanceItem) -> Marked:
    """Return the item's text with all mentions of its target marked, the judged one first."""
    return Marked(item.text, ((item.start, item.end), *item.others))


def make_example(question: Question, soft_labels: np.ndarray, manners: np.ndarray | None = None) -> Example:
    """Return a question with its soft labels, the mean where several items ask for the portrayal."""
    asked = list(question.portrayal)
    label = tuple(soft_labels[asked].mean(axis=0).tolist()) if asked else ()
    own = () if manners is None or not asked else tuple(manners[asked[0]].tolist())
    stances = tuple(tuple(soft_labels[row].tolist()) for row in question.stances)
    return Example(mark(question), label, own, stances)


class HeldOutItems(NamedTuple):
    """Held-out items with labels, and the part of each: an epoch is scored by the mean macro-F1 of its parts."""

    items: Sequence[StanceItem]
    labels: Sequence[str]
    parts: Sequence[str]

    def prepare(self, classes: Sequence[str]) -> HeldOut:
        """Return the examples, and what scores their logits."""
        truth = np.array([classes.index(label) for label in self.labels])
        parts = np.array(
            [f"{part} {question_of(item)}" for part, item in zip(self.parts, self.items, strict=True)]
        )
        questions = group_items(self.items)

        def score(read: Sequence[MarkLogits]) -> float:
            predicted = np.zeros(len(truth), dtype=int)
            for one, logits in zip(questions, read, strict=True):
                if one.portrayal:
                    predicted[list(one.portrayal)] = logits.classes.argmax()
                if one.stances:
                    predicted[list(one.stances)] = logits.holders.argmax(axis=1)
            own = [parts == part for part in sorted(set(parts.tolist()))]
            return float(np.mean([macro_f1(truth[part], predicted[part]) for part in own]))

        return HeldOut([make_example(one, one_hot(self.labels, classes)) for one in questions], score)


def question_of(item: StanceItem) -> str:
    """Return what an item asks: ``portrayal``, or stance of the ``author`` or of other ``holders``."""
    if item.holder is None:
        return PORTRAYAL
    return AUTHOR if item.holder == AUTHOR else HOLDERS


def one_hot(labels: Sequence[str], classes: Sequence[str]) -> np.ndarray:
    """Return 1 for the class of each label, else 0: ndarray of shape (n_labels, n_classes)."""
    return np.eye(len(classes))[[classes.index(label) for label in labels]]
