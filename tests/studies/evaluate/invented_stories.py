"""Invented stories as SEESAW has them: three outlets, entities, feelings of annotators, and triplets."""

import numpy as np

from crossframe.reading.public.seesaw import FEELINGS, IDEOLOGIES, TRIPLET_LABELS
from crossframe.records import Actor, Annotation, Article, Corpus, Outlet, Units

ACTORS = (
    Actor("ann-reed", "Ann Reed", kind="person"),
    Actor("dam-act", "Dam Act", kind="other"),
    Actor("water-board", "Water Board", kind="organisation"),
)
_SENTENCES = (
    "Ann Reed is a reckless liar.",
    "The Water Board praised Ann Reed.",
    "“Ann Reed lied,” the Water Board said.",
)


def make_stories(n: int = 12) -> Corpus:
    """Return `n` stories of three outlets; the more sentences against Ann Reed, the harsher the outlet is toward her.

    Outlet ``a`` calls her a liar, and judges her 0 (of five values); ``b`` and ``c`` judge her 2 and 3. Nobody mentions the
    Dam Act. Both annotators, A and B, judge every article; B finds all one step kinder.
    """
    articles = []
    for number in range(n):
        for outlet, chosen in (("a", (0, 2)), ("b", (1, 2)), ("c", (1,))):
            texts = [_SENTENCES[one] for one in chosen]
            ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
            spans = tuple((end - 1 - len(text), end - 1) for end, text in zip(ends, texts, strict=True))
            id, event, text = f"{number:03}-{outlet}", f"{number:03}", " ".join(texts)
            articles.append(Article(id, event, outlet, "", text, split="dev", sentences=spans))
    outlets = tuple(Outlet(id, lean=lean) for id, lean in (("a", "0"), ("b", "2"), ("c", "4")))
    return Corpus(
        "seesaw", tuple(articles), actors=ACTORS, outlets=outlets, gold=_gold(articles), language="en"
    )


def _gold(articles: list[Article]) -> dict[str, Annotation]:
    judged = {"a": 0, "b": 2, "c": 3}
    units, single, shares, chosen, ideology, triplets, polarity = [], [], [], [], [], [], []
    for article in articles:
        for actor in ACTORS:
            value = judged[article.outlet] if actor.id == "ann-reed" else 2
            both = value, min(value + 1, 4)
            unit = {"article": article.id, "actor": actor.id}
            units.append(unit)
            shares.append(np.bincount(both, minlength=5) / 2)
            single += [{**unit, "voice": annotator} for annotator in "AB"]
            chosen += both
            ideology.append(unit)
        if article.outlet == "a":
            triplets += [
                {"article": article.id, "sentence": 1, "actor": "ann-reed", "voice": "author"},
                {"article": article.id, "sentence": 2, "actor": "ann-reed", "voice": "water-board"},
            ]
            polarity += [0, 0]
        else:
            triplets += [
                {"article": article.id, "sentence": 1, "actor": "ann-reed", "voice": "water-board"},
                {"article": article.id, "sentence": 1, "actor": "dam-act", "voice": "other"},
                {"article": article.id, "sentence": 1, "actor": "", "voice": "author"},
            ]
            polarity += [1, 0, 1]
    return {
        "framing": Annotation(
            Units.from_rows(units), "article x actor", FEELINGS, np.array(shares), "people"
        ),
        "framing-by-annotator": Annotation.of_choices(single, "article x actor", FEELINGS, chosen, "people"),
        "ideology": Annotation.of_choices(
            ideology, "article x actor", IDEOLOGIES, [0] * len(ideology), "people"
        ),
        "triplets": Annotation.of_choices(triplets, "sentence", TRIPLET_LABELS, polarity, "people"),
    }
