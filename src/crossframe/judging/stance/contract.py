"""What makes a way of judging a stance model: labels of targets, and mentions of an event annotated in their voice."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from crossframe.judging.stance.features import Target, targets_of, to_stances
from crossframe.learning.model_files import Estimator
from crossframe.records import STANCES, Annotation, Sentences, Spans, Texts


class StanceContract(Estimator):
    """A stance model by its ``predict_proba``; all ways of judging share the rest.

    Attributes
    ----------
    name, hash, note : str
        Name and hash for run.json, and what a reader of its scores must know.
    classes_ : tuple of str
        Label names, sorted.
    labels_ : dict of str to str
        Stances that label names of other wording mean.
    reads_marks : bool
        Whether it reads the text as it is with its target marked, however long the target.
    """

    reads_marks = False

    name = "untrained"
    hash = ""
    note = ""
    classes_: tuple[str, ...] = STANCES
    labels_: dict[str, str] = {}  # noqa: RUF012

    def fit(self, targets: Sequence[Target], labels: Sequence[str]) -> Self:
        """Return itself, unchanged: what judges without training learns nothing; models that learn have a `fit` of their own."""
        del targets, labels
        return self

    def predict_proba(self, targets: Sequence[Target]) -> np.ndarray:
        """Return probabilities in the order of ``classes_``: ndarray of shape (n_targets, n_classes)."""
        raise NotImplementedError

    def predict(self, targets: Sequence[Target]) -> list[str]:
        """Return the likeliest label of every target."""
        return [self.classes_[i] for i in self.predict_proba(targets).argmax(axis=1)]

    def annotate(self, sentences: Sentences, mentions: Spans, voices: Texts) -> Annotation:
        """Judge every mention in its sentence.

        Parameters
        ----------
        sentences : Sentences
            Of the articles that `mentions` are of.
        mentions : Spans
            Targets.
        voices : tuple of str
            Who speaks at each mention.

        Returns
        -------
        Annotation
            Unit span; labels negative, neutral, positive.
        """
        targets, units = targets_of(sentences, mentions, voices)
        by_article: dict[str, list[Target]] = {}
        for target, article in zip(targets, units.article, strict=True):
            by_article.setdefault(article, []).append(target)
        judged = {article: iter(self.judge_article(own)) for article, own in by_article.items()}
        rows = [next(judged[article]) for article in units.article]
        probability = np.array(rows).reshape(-1, len(self.classes_))
        scores = to_stances(probability, self.classes_, self.labels_)
        return Annotation(units, "span", STANCES, scores, self.name)

    def judge_article(self, targets: Sequence[Target]) -> np.ndarray:
        """Return what `predict_proba` does, for the mentions of one article: the unit that is cached, where one is."""
        return self.predict_proba(targets)
