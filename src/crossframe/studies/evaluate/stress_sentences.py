"""Stress tests on invented sentences: actors exchanged, accusations without their holder, deeds of friend and foe, variants."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from crossframe.judging.probes.invented import (
    PRESS_SIDES,
    Template,
    Variant,
    draw_pairs,
    fill,
    names_of_side,
    read_templates,
    read_variants,
)
from crossframe.judging.probes.name_priors import clustered_mean
from crossframe.judging.stance.stance_model import constructs_of, predict_stances
from crossframe.judging.targets import NAMED_KINDS, StanceItem
from crossframe.records import AUTHOR, STANCES, score_stances

N_PAIRS = 2
"""Pairs of names of each kind that a sentence is given, both ways."""


def stress_sentences(model: Any, *, seed: int = 0) -> dict[str, Any]:
    """Return how a model's answers follow who does what in invented sentences, and not who it is.

    Parameters
    ----------
    model : stance model
        One that answers portrayal; one of both questions is also asked where author and holders stand.
    seed : int
        Of the choice of names.

    Returns
    -------
    dict of str to float
        ``<test>.<part>.<metric>``, part being ``all`` or a kind of actor. Intervals are over sentences.

        - ``roles``: the two actors of a sentence exchanged. ``n`` pairs of names; ``follow_share`` of them have both scores in
          the better role above both in the worse; ``difference`` of their means, with interval; ``right_share`` of labels;
          ``name_move``: mean absolute move of the score in one role with the other name.
        - ``praise``: the same with giver and receiver; ``giver_positive_share``, which should be 0; with stance
          ``holder_right_share`` (the giver supports the receiver) and ``author_neutral_share``.
        - ``accusation``: the same with and without its holder. ``negative_share``, ``without_negative_share`` of the accused;
          ``difference`` of the scores, with minus without; ``accuser_neutral_share``; with stance ``holder_right_share``
          (the accuser opposes) and ``author_neutral_share``.
        - ``deed``: the same deed by friendly and hostile actors, by the press that most labels come from.
          ``bias``: mean score of the friendly less that of the hostile, with interval; ``friendly_right_share``,
          ``hostile_right_share`` of labels; ``n`` judged.
        - ``variant``, part being a kind of error: ``held_share`` of its ``n`` variants, all of whose rows hold. Rows about
          stance are left out for a model of portrayal.
    """
    rng = np.random.default_rng(seed)
    metrics: dict[str, Any] = {}
    for test in ("roles", "praise"):
        metrics |= _prefix(test, _measure_exchanges(model, test, rng))
    metrics |= _prefix("accusation", _measure_accusations(model, rng))
    metrics |= _prefix("deed", _measure_deeds(model))
    return metrics | _prefix("variant", _measure_variants(model))


def _prefix(test: str, parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {f"{test}.{part}.{name}": value for part, own in parts.items() for name, value in own.items()}


class _Pairs:
    """Sentences of a test with pairs of names, each both ways.

    Attributes
    ----------
    templates : list of Template
        One per pair of names.
    kinds, clusters : list of str
        Kind of the names, and the sentence.
    names : list of (str, str)
    """

    def __init__(self, test: str, rng: np.random.Generator) -> None:
        self.templates: list[Template] = []
        self.kinds: list[str] = []
        self.names: list[tuple[str, str]] = []
        for template in read_templates(test):
            for kind in template.kinds:
                for pair in draw_pairs(kind, N_PAIRS, rng):
                    self.templates.append(template)
                    self.kinds.append(kind)
                    self.names.append(pair)
        self.clusters = [template.sentence for template in self.templates]

    def ways(self, *, without: bool = False) -> list[dict[str, StanceItem]]:
        """Return every pair both ways: by place the item, 2 n_pairs in all."""
        return [
            fill(template.without if without else template.sentence, A=first, B=second)
            for template, pair in zip(self.templates, self.names, strict=True)
            for first, second in (pair, pair[::-1])
        ]

    def parts(self) -> Iterator[tuple[str, np.ndarray]]:
        """Yield each part and which pairs are of it: ndarray of bool of shape (n_pairs,)."""
        kinds = np.array(self.kinds)
        yield "all", np.ones(len(kinds), dtype=bool)
        yield from ((kind, kinds == kind) for kind in NAMED_KINDS)

    def sides(self, model: Any) -> list[list[StanceItem]]:
        """Return where ``{A}`` and the author stand toward ``{B}``, two questions each way; none for a model of portrayal."""
        if "stance" not in constructs_of(model):
            return []
        ways = self.ways()
        words = [way["A"].text[way["A"].start : way["A"].end] for way in ways]
        bare = [name[4:] if name[:4].casefold() == "the " else name for name in words]
        holders = [way["B"]._replace(holder=name) for way, name in zip(ways, bare, strict=True)]
        return [holders, [way["B"]._replace(holder=AUTHOR) for way in ways]]


def _share_sides(sides: Sequence[np.ndarray], side: str) -> dict[str, np.ndarray]:
    """Return by metric whether the holder stands on `side` and the author is neutral: ndarray of bool of shape (n_pairs, 2)."""
    names = (("holder_right_share", side), ("author_neutral_share", "neutral"))
    return {
        name: (_labels(probability) == label).reshape(-1, 2)
        for (name, label), probability in zip(names, sides, strict=False)
    }


def _measure_exchanges(model: Any, test: str, rng: np.random.Generator) -> dict[str, dict[str, Any]]:
    """Return the metrics of ``roles`` or ``praise`` by part."""
    pairs = _Pairs(test, rng)
    items = [way[place] for way in pairs.ways() for place in "AB"]
    asked, *sides = _ask(model, items, *(pairs.sides(model) if test == "praise" else ()))
    probability = asked.reshape(-1, 2, 2, 3)  # pair, way, role
    score, label = score_stances(probability), _labels(probability)
    rank = np.array([[_rank(role) for role in template.expected] for template in pairs.templates])
    better = np.where(rank[:, 0] > rank[:, 1], 0, 1)
    at = np.arange(len(better))
    high, low = score[at, :, better], score[at, :, 1 - better]
    right = np.array(
        [
            [[label[i, way, role] in template.expected[role] for role in (0, 1)] for way in (0, 1)]
            for i, template in enumerate(pairs.templates)
        ]
    )
    shares = {"right_share": right}
    if test == "praise":
        shares["giver_positive_share"] = label[:, :, 0] == "positive"
        shares |= _share_sides(sides, "positive")
    follows = high.min(axis=1) > low.max(axis=1)
    moved = np.abs(score[:, 0] - score[:, 1])
    difference = high.mean(axis=1) - low.mean(axis=1)
    return {
        part: {
            "n": int(own.sum()),
            "follow_share": float(follows[own].mean()),
            **_interval("difference", difference[own], _of(pairs.clusters, own)),
            **{name: float(values[own].mean()) for name, values in shares.items()},
            "name_move": float(moved[own].mean()),
        }
        for part, own in pairs.parts()
    }


def _measure_accusations(model: Any, rng: np.random.Generator) -> dict[str, dict[str, Any]]:
    """Return the metrics of ``accusation`` by part."""
    pairs = _Pairs("accusation", rng)
    ways = pairs.ways()
    bare = [way["B"] for way in pairs.ways(without=True)]
    asked = _ask(model, [way["B"] for way in ways], bare, [way["A"] for way in ways], *pairs.sides(model))
    accused, without, accuser = (probability.reshape(-1, 2, 3) for probability in asked[:3])
    shares = {
        "negative_share": _labels(accused) == "negative",
        "without_negative_share": _labels(without) == "negative",
        "accuser_neutral_share": _labels(accuser) == "neutral",
    } | _share_sides(asked[3:], "negative")
    difference = (score_stances(accused) - score_stances(without)).mean(axis=1)
    return {
        part: {
            "n": int(own.sum()),
            **_interval("difference", difference[own], _of(pairs.clusters, own)),
            **{name: float(values[own].mean()) for name, values in shares.items()},
        }
        for part, own in pairs.parts()
    }


def _measure_deeds(model: Any) -> dict[str, dict[str, Any]]:
    """Return the metrics of ``deed`` by kind of actor."""
    metrics = {}
    for kind in NAMED_KINDS:
        templates = [template for template in read_templates("deed") if kind in template.kinds]
        if not templates:
            continue
        score, right = {}, {}
        for side in PRESS_SIDES:
            names = names_of_side(kind, side)
            items = [fill(template.sentence, A=name)["A"] for template in templates for name in names]
            probability = predict_stances(model, items).reshape(len(templates), len(names), 3)
            score[side] = score_stances(probability).mean(axis=1)
            right[side] = np.array(
                [
                    np.isin(labels, template.expected[0])
                    for labels, template in zip(_labels(probability), templates, strict=True)
                ]
            )
        bias = score["friendly"] - score["hostile"]
        metrics[kind] = {
            "n": sum(values.size for values in right.values()),
            **_interval("bias", bias, [template.sentence for template in templates]),
            **{f"{side}_right_share": float(right[side].mean()) for side in PRESS_SIDES},
        }
    return metrics


def _measure_variants(model: Any) -> dict[str, dict[str, Any]]:
    """Return the share of variants that hold by kind."""
    held: dict[str, list[bool]] = {}
    for (kind, _), rows in groupby(judge_variants(model), key=lambda row: (row[0].kind, row[0].variant)):
        held.setdefault(kind, []).append(all(holds for _, _, holds in rows))
    return {kind: {"held_share": float(np.mean(own)), "n": len(own)} for kind, own in held.items()}


def judge_variants(model: Any) -> list[tuple[Variant, np.ndarray, bool]]:
    """Return each row of the variants with its probabilities (ndarray of shape (3,)), and whether it holds.

    A row holds where the likeliest label is one of those expected, and the score is above that of the target named in
    ``above``. Rows about stance are left out for a model of portrayal.
    """
    of_both = "stance" in constructs_of(model)
    variants = [one for one in read_variants() if one.item.holder is None or of_both]
    probability, others = _ask(
        model, [one.item for one in variants], [one.above or one.item for one in variants]
    )
    score, limit = score_stances(probability), score_stances(others)
    return [
        (
            one,
            probability[i],
            str(_labels(probability[i])) in one.expected and (one.above is None or bool(score[i] > limit[i])),
        )
        for i, one in enumerate(variants)
    ]


def _ask(model: Any, *questions: Sequence[StanceItem]) -> list[np.ndarray]:
    """Return the probabilities of each list of items: all are asked at once, so that a target is read once."""
    ends = np.cumsum([len(items) for items in questions])
    return np.split(predict_stances(model, [item for items in questions for item in items]), ends[:-1])


def _labels(probability: np.ndarray) -> np.ndarray:
    """Return the likeliest label of each: ndarray of str, without the last dimension."""
    labels: np.ndarray = np.array(STANCES)[probability.argmax(axis=-1)]
    return labels


def _rank(expected: Sequence[str]) -> float:
    return float(np.mean([STANCES.index(label) for label in expected]))


def _of(values: Sequence[str], own: np.ndarray) -> list[str]:
    return [value for value, inside in zip(values, own.tolist(), strict=True) if inside]


def _interval(name: str, values: np.ndarray, clusters: Sequence[str]) -> dict[str, float | None]:
    estimate, low, high = clustered_mean(values, clusters)
    bounds = (None, None) if math.isnan(low) else (low, high)
    return {name: estimate, f"{name}_low": bounds[0], f"{name}_high": bounds[1]}
