"""ECB+: which pairs of event mentions corefer, by the heuristic that mentions of one lemma do."""

from collections import Counter
from collections.abc import Iterable, Sequence

from crossframe.errors import MissingDataError
from crossframe.reading.public.corpora import read_corpus
from crossframe.records import Annotation
from crossframe.showing.plots.reproduced import plot_reproduced
from crossframe.studies.reproduce.rows import Reproduction, Row, missing_files, source_of, tabulate_rows

SPLITS = ("train", "dev", "test")
_PUBLISHED = {"precision": 63.1, "recall": 53.3}
"""Same-lemma heuristic over pairs of event mentions, test topics, per cent."""
_PARTICLES = frozenset(
    ["about", "against", "apart", "away", "back", "down", "for", "in", "into", "off", "on", "out", "over", "to", "up", "with"]
)  # fmt: skip
_IRREGULAR = {
    "beat": "beat beaten", "become": "became", "begin": "began begun", "break": "broke broken", "bring": "brought",
    "build": "built", "buy": "bought", "catch": "caught", "choose": "chose chosen", "come": "came", "die": "dies died dying dead death",
    "do": "did done", "drive": "drove driven", "fall": "fell fallen", "feel": "felt", "fight": "fought", "find": "found",
    "flee": "fled", "fly": "flew flown", "get": "got gotten", "give": "gave given", "go": "went gone", "hear": "heard",
    "hold": "held", "keep": "kept", "know": "knew known", "lead": "led", "leave": "left", "lie": "lies lied lying lay",
    "lose": "lost loss", "make": "made", "meet": "met", "pay": "paid", "run": "ran", "say": "said", "see": "saw seen",
    "sell": "sold sale", "send": "sent", "shake": "shook shaken", "shoot": "shot", "show": "shown", "speak": "spoke spoken",
    "spend": "spent", "stand": "stood", "steal": "stole stolen", "strike": "struck stricken", "take": "took taken",
    "tell": "told", "think": "thought", "throw": "threw thrown", "wake": "woke woken", "win": "won", "write": "wrote written",
}  # fmt: skip
_LEMMAS = {form: lemma for lemma, forms in _IRREGULAR.items() for form in forms.split()}
_VOWELS = frozenset("aeiou")


def lemma_of(word: str) -> str:
    """Return what the forms of a verb or noun share: irregular ones by list, else without ending, final e and doubling.

    Examples
    --------
    >>> {lemma_of(word) for word in ("kills", "killed", "killing", "Kill")}
    {'kill'}
    >>> [lemma_of(word) for word in ("fired", "stopped", "bodies", "shot", "crash", "blaze")]
    ['fir', 'stop', 'bodi', 'shoot', 'crash', 'blaz']
    """
    told = word.lower().removesuffix("'s").removesuffix("’s")
    told = _LEMMAS.get(told, told)
    for ending, least in (("ing", 3), ("ies", 2), ("ied", 2), ("ed", 2), ("es", 3), ("s", 2)):
        stem = told.removesuffix(ending)
        if (
            stem != told
            and len(stem) >= least
            and _VOWELS & set(stem + "y" * (ending == "ing"))
            and not told.endswith("ss")
        ):
            told = stem + ("i" if ending in ("ies", "ied") else "")
            break
    if len(told) > 3 and told[-1] == told[-2] and told[-1] not in "lsfz":
        told = told[:-1]
    told = told.removesuffix("e") if len(told) > 3 else told
    return told[:-1] + "i" if len(told) > 2 and told.endswith("y") and told[-2] not in _VOWELS else told


def head_of(mention: str) -> str:
    """Return the word of a mention that tells its event: the last one, or the first where particles follow it.

    Examples
    --------
    >>> head_of("murder charges"), head_of("stepped down")
    ('charges', 'stepped')
    """
    words = mention.split()
    while len(words) > 1 and words[-1].lower() in _PARTICLES:
        words.pop()
    return words[-1]


def score_pairs(mentions: Iterable[tuple[str, str, str]]) -> dict[str, float]:
    """Return precision, recall and F1 of the same-lemma heuristic over all pairs of mentions of one topic.

    Parameters
    ----------
    mentions : iterable of (topic, chain, lemma)

    Returns
    -------
    dict of str to float
        n_pairs counts those that corefer.
    """
    listed = list(mentions)
    both = _pairs(listed)
    same_lemma = _pairs((topic, lemma) for topic, _, lemma in listed)
    same_chain = _pairs((topic, chain) for topic, chain, _ in listed)
    precision, recall = both / max(same_lemma, 1), both / max(same_chain, 1)
    return {
        "precision": 100 * precision,
        "recall": 100 * recall,
        "f1": 200 * precision * recall / max(precision + recall, 1e-12),
        "n_pairs": same_chain,
    }


def _pairs(keys: Iterable[tuple[str, ...]]) -> int:
    """Return how many pairs of `keys` are equal."""
    return sum(n * (n - 1) // 2 for n in Counter(keys).values())


def _mentions(split: str) -> list[tuple[str, str, str]]:
    corpus = read_corpus("ecbplus-validated", splits=(split,))
    gold = corpus.gold.get("event-mentions")
    if not isinstance(gold, Annotation):
        raise MissingDataError("Missing event mentions of corpus 'ecbplus-validated'. Its loader gives them.")
    text = {article.id: article.document for article in corpus.articles}
    return [
        (
            unit["article"].split("_")[0],
            unit["actor"],
            lemma_of(head_of(text[unit["article"]][unit["start"] : unit["end"]])),
        )
        for unit in gold.units.rows()
    ]


def reproduce_lemma() -> Reproduction:
    """Return precision, recall and F1 of the heuristic on the topics of every part that can be had."""
    rows: list[Row] = []
    for split in SPLITS:
        missing = missing_files("ecbplus", split) or missing_files("ecbplus-validated", split)
        ours = {} if missing else score_pairs(_mentions(split))
        rows += _rows_of(split, ours, missing)
    table = tabulate_rows(rows)
    used = {name: source_of(name) for name in ("ecbplus", "ecbplus-validated")}
    return Reproduction(tuple(rows), lambda: plot_reproduced(table, unit="per cent of pairs"), used)


def _rows_of(split: str, ours: dict[str, float], missing: str) -> Sequence[Row]:
    if split == "test":
        note = missing or "5 points: heads and lemmas here are by rules, without a parser"
        return [
            Row(f"test topics: {name}", figure, ours.get(name), 5.0, note)
            for name, figure in _PUBLISHED.items()
        ]
    note = missing or (
        f"nothing published on these topics; {ours['n_pairs']:,} coreferring pairs of mentions in validated sentences"
    )
    return [
        Row(f"{split} topics: {name}", None, ours.get(name), None, note)
        for name in ("precision", "recall", "f1")
    ]
