"""Mentions where actors stand, not places and attributes; of those to be learned from without labels none that is held out."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from crossframe import storage
from crossframe.attributing.names.finders import RuleNameFinder
from crossframe.errors import InputError
from crossframe.judging.targets import StanceItem
from crossframe.reading.corpus.article_files import article_file
from crossframe.reading.corpus.tables import read_tsv
from crossframe.reading.public.neus import read_excluded_stories
from crossframe.reading.public.reference_labels import REFERENCE, topic_of
from crossframe.reading.public.reference_readings import Item, Reading
from crossframe.reading.public.registry import read_entry
from crossframe.records import AUTHOR, Article
from crossframe.studies.evaluate.stance_items import Items
from crossframe.studies.train import candidates
from crossframe.studies.train.candidates import (
    Target,
    draw_unlabelled,
    find_candidates,
    read_training_articles,
    targets_of,
)
from crossframe.studies.train.stance_data import StanceData

pytestmark = pytest.mark.filterwarnings("ignore:Event.* a single outlet")


def mentions_in(text: str) -> list[tuple[str, str]]:
    """Return words and kind of every mention in a text of one sentence."""
    return [
        (text[start:end], kind)
        for found in find_candidates([Article("a", "e", "o", "", text)])
        for start, end, kind in found.mentions
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Russia accused the Georgian government and Angela Merkel of a provocation.",
            [("Russia", "state"), ("Georgian government", "state"), ("Angela Merkel", "person")],
        ),
        ("Residents blamed the company for the flood on Monday.", [("Residents", "group"), ("company", "organisation")]),
        ("It has been raining in Russia for many days now.", []),  # a place
        ("The police chief said nothing at all on Monday.", []),  # an attribute
        ("Residents blamed it.", []),  # too short
    ],
)  # fmt: skip
def test_where_actors_stand(text: str, expected: list[tuple[str, str]]) -> None:
    """Every mention with its kind, in order; none where a name is a place or modifies another noun."""
    assert mentions_in(text) == expected


@pytest.fixture
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find names without weights."""
    monkeypatch.setattr(candidates, "load_name_finder", RuleNameFinder)


@pytest.mark.usefixtures("by_rules")
def test_sentences_are_those_of_their_articles() -> None:
    """Offsets are of the document, title included, whatever stands in the same batch."""
    articles = [
        Article("a", "e", "o", "Floods everywhere", "It rained. Residents blamed the company for the flood."),
        Article("b", "f", "o", "", "Nobody was there on Monday, they said. The company denied it on Tuesday evening."),
    ]  # fmt: skip
    found = list(find_candidates(articles))
    assert [(one.article.id, one.text) for one in found] == [
        ("a", "Residents blamed the company for the flood."),
        ("b", "The company denied it on Tuesday evening."),
    ]
    assert [[one.article.document[a:b] for a, b, _ in one.mentions] for one in found] == [
        ["Residents", "company"],
        ["company"],
    ]


@pytest.mark.usefixtures("by_rules")
def test_questions_about_a_target() -> None:
    """Its portrayal, the author and everybody else in the sentence, each once; what a construct does not ask is left out."""
    text = "Residents blamed the company and other residents for the flood."
    (sentence,) = find_candidates([Article("a", "e", "o", "", text)])
    first, company, second = targets_of(sentence, "mine", sentence.mentions)
    assert first == Target(StanceItem(text, 0, 9), "group", ("company",), "mine")
    assert second.holders == ("company",)
    assert company.holders == ("Residents",)
    assert list(targets_of(sentence, "mine", sentence.mentions[1:2])) == [company]
    item = company.item
    asked = [item, item._replace(holder=AUTHOR), item._replace(holder="Residents")]
    assert company.ask("both") == asked
    assert company.ask("portrayal") == asked[:1]
    assert company.ask("stance") == asked[1:]


PLANTED = {
    # id: event, split, text; all sentences but those of train-2 are left out
    "dev-1": ("e1", "dev", "Villagers blamed the company for the smoke."),
    "test-1": ("e2", "test", "Villagers blamed the company for the noise."),
    "train-1": ("held", "train", "Villagers blamed the company for the dust."),
    "held-2": ("e3", "train", "Villagers blamed the company for the dirt."),
    "train-2": (
        "e4",
        "train",
        "Residents thanked the company for the help. Protesters have blamed the company for nothing. "
        "Residents, thanked: the company for the help! The police praised the nurses on Monday. "
        "The migrants praised the nurses on Monday.",
    ),
    "train-3": ("e5", "", "Farmers blamed the company for all this."),
}
ACTOR = '[[actors]]\nid = "nurses"\nname = "the nurses"\nkind = "group"\n'
HELD_OUT = "protesters have blamed the company, for nothing!"


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Return the folder of a corpus of articles with splits, one of whose sentences has a label."""
    folder = tmp_path / "planted"
    storage.write_text(folder / "corpus.toml", 'name = "planted"\nlanguage = "en"\nlicence = "CC0"\n' + ACTOR)
    for id, (event, split, text) in PLANTED.items():
        article = Article(id, event, "gazette", "", text, split=split or None)
        storage.write_text(folder / "articles" / event / f"{id}.md", article_file(article))
    labelled = PLANTED["train-2"][2].index("nurses")
    storage.write_text(
        folder / "gold" / "stance.tsv",
        "article\tsentence\tstart\tend\tactor\tvoice\tp_negative\tp_neutral\tp_positive\n"
        f"train-2\t4\t{labelled}\t{labelled + 6}\tnurses\t\t0\t0\t1\n",
    )
    return folder


def make_data(train: list[StanceItem]) -> StanceData:
    """Return data of which one event, one article and one sentence are held out."""
    held = Items(
        (StanceItem(HELD_OUT, 0, 10), StanceItem("He won.", 0, 2), StanceItem("She won.", 0, 3)),
        ("negative",) * 3,
        ("other", "held", "held-2"),
    )
    learned = Items(tuple(train), ("neutral",) * len(train), ("g",) * len(train))
    return StanceData(
        learned, held.select([True, True, False]), {"test": held}, learned, {}, construct="both"
    )  # type: ignore[arg-type]


@pytest.mark.usefixtures("by_rules")
def test_nothing_held_out_is_learned_from(planted: Path) -> None:
    """No article of dev or test, none whose event or id is held out, no held-out, labelled or repeated sentence, no known target."""
    text = "Residents thanked the company for the help."
    drawn = draw_unlabelled([str(planted)], make_data([StanceItem(text, 0, 9)]), 0)
    found = [(one.item.text, one.item.text[one.item.start : one.item.end]) for one in drawn.targets]
    assert sorted(found) == [
        ("Farmers blamed the company for all this.", "Farmers"),
        ("Farmers blamed the company for all this.", "company"),
        (text, "company"),
        ("The migrants praised the nurses on Monday.", "migrants"),
        ("The migrants praised the nurses on Monday.", "nurses"),
    ]
    assert drawn.describe() == {
        "corpora": ["planted"],
        "targets": {"planted": 5},
        "kinds": {"group": 3, "organisation": 2},
        "licences": {"planted": "CC0"},
        "left_out": {"articles": 4, "sentences": 3},
    }


@pytest.mark.usefixtures("by_rules")
def test_what_was_read_for_labels_is_not_asked_again(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked words that readers saw, as no mention or as one, are holders at most; what nobody read may be drawn."""
    span = (0, len("Farmers"))
    seen = Item("r1", "planted", "planted.train-3", (0, 39), span, readings=(Reading("no-mention"),))
    unread = replace(seen, target=(15, 22), readings=())
    monkeypatch.setattr(candidates, "read_items", lambda _: [seen, unread])
    drawn = draw_unlabelled([str(planted)], make_data([]), 0).targets
    (company,) = (one for one in drawn if one.item.text.startswith("Farmers"))
    assert company.item.text[company.item.start : company.item.end] == "company"
    assert company.holders == ("Farmers",)


@pytest.mark.usefixtures("by_rules")
def test_the_draw_follows_seed_and_kinds(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as wanted, the same by the same seed, mentions of a heavier kind more often."""
    monkeypatch.setattr(candidates, "read_items", lambda _: [])  # none is of this corpus
    monkeypatch.setattr(candidates, "N_UNLABELLED", 1)
    monkeypatch.setattr(candidates, "KIND_WEIGHTS", {"group": 8.0, "organisation": 1.0})
    data = make_data([])
    assert draw_unlabelled([str(planted)], data, 3) == draw_unlabelled([str(planted)], data, 3)
    kinds: Counter[str] = Counter()
    for seed in range(40):
        (target,) = draw_unlabelled([str(planted)], data, seed).targets
        kinds[target.kind] += 1
    assert kinds["group"] > 30  # 32 / 34 of the weight


@pytest.mark.usefixtures("by_rules")
@pytest.mark.parametrize(("name", "said"), [("seesaw", "CC BY-NC-SA"), ("basil", "states no licence")])
def test_what_nothing_may_be_learned_from(name: str, said: str) -> None:
    """Corpora for evaluation alone are refused before anything is read."""
    with pytest.raises(InputError, match=said):
        draw_unlabelled([name], make_data([]), 0)


@pytest.mark.usefixtures("by_rules")
def test_a_corpus_without_mentions_is_refused(small: Path) -> None:
    """When all of it is held out, one line says so."""
    data = make_data([])
    held = Items((StanceItem("He won.", 0, 2),), ("neutral",), ("bridge",))
    data = StanceData(data.train, held, {}, data.train, {}, construct="both")
    with pytest.raises(InputError, match="No mention of an actor is left"):
        draw_unlabelled([str(small)], data, 0)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.parametrize("name", ["ecbplus", "gvfc", "narrative-frames", "neus"])
def test_articles_with_dev_or_test_labels_are_left_out(name: str) -> None:
    """No article, story or topic of which a mention has a dev or test label, no excluded story; all that have training labels."""
    assert name in read_entry(REFERENCE).sources
    corpus, articles = read_training_articles(name, set())
    rows = [
        row
        for _, row in read_tsv(
            storage.corpora_folder() / REFERENCE / "items.tsv", ("corpus", "article", "split")
        )
        if row["corpus"] == name
    ]
    topics = {article.id: topic_of(article) for article in corpus.articles}
    held = {topics[row["article"]] for row in rows if row["split"] != "train"}
    trained = {row["article"] for row in rows if row["split"] == "train"}
    ids = {article.id for article in articles}
    assert len(held) >= 10
    assert not held & {topic_of(article) for article in articles}
    assert trained <= ids
    if name in ("gvfc", "narrative-frames"):
        assert {article.split for article in articles} == {"train"}
    if name == "neus":
        assert not read_excluded_stories() & {article.event for article in articles}
        assert read_excluded_stories() & {article.event for article in corpus.articles}
