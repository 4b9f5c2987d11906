"""Articles that count less: other languages than the models', earlier versions, and those known in part."""

import warnings
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from crossframe.errors import CrossframeWarning
from crossframe.judging.stance.lexicon import LexiconStance
from crossframe.reading.corpus.folders import read_folder
from crossframe.reading.text.language import language_of_article
from crossframe.records import EXTENTS, Article, Copies, Corpus
from crossframe.showing.tables.evidence import EvidenceRequest, select_evidence
from crossframe.studies.compare.comparison import Comparison
from crossframe.studies.compare.study import compare
from crossframe.studies.compare.withheld import keep_copies, language_of_model, list_unread

GERMAN = (
    "Bürgermeisterin Anna Bell hat am Montag die neue Brücke eröffnet. Kritiker nannten das Geschäft von Bell im Stadtrat eine "
    "Schande. „Diese Stadt hat lange darauf gewartet“, sagte Anna Bell. Die Stadt zahlte neun Millionen für die Brücke."
)
FRENCH = (
    "La maire Anna Bell a inauguré lundi le nouveau pont de la ville. Des critiques ont parlé d'une honte pour Anna Bell. "
    "« La ville l'attendait depuis longtemps », a déclaré Anna Bell devant les journalistes."
)


def run(corpus: Corpus, **options: object) -> Comparison:
    """Compare without weights and without warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CrossframeWarning)
        return compare(corpus, **({"encoder": "tfidf", "stance_model": "stance-lexicon"} | options))


@pytest.fixture
def town(small: Path) -> Corpus:
    """Return a corpus of two English articles on a bridge."""
    return read_folder(small)


def with_articles(corpus: Corpus, *more: Article) -> Corpus:
    """Return the corpus with further articles, and the outlets that they name."""
    return Corpus(corpus.name, (*corpus.articles, *more), actors=corpus.actors, language=corpus.language)


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("de", "Kurz.", "de"),
        ("de-AT", "Kurz.", "de"),
        ("en_GB", GERMAN, "en"),
        ("EN-us", "Short.", "en"),
        (None, GERMAN, "de"),
        (None, FRENCH, "fr"),
        (None, "Too short.", None),
        (
            None,
            "Mayor Anna Bell opened the new bridge on Monday, and critics called it a disgrace for the town.",
            "en",
        ),
        ("fr", FRENCH, "fr"),
    ],
)
def test_the_language_of_an_article(stated: str | None, text: str, language: str | None) -> None:
    """What is stated counts, with whatever region; else what is detected; a few words have none."""
    assert language_of_article(Article("a", "e", "o", "", text, language=stated)) == language


@pytest.mark.parametrize(
    ("model", "language"),
    [
        (LexiconStance(), "en"),
        (SimpleNamespace(name="stance-news"), "en"),
        (SimpleNamespace(name="frames-base"), "en"),
        (SimpleNamespace(name="mine"), None),
        (SimpleNamespace(name="models/stance-news/of-mine"), None),
        (SimpleNamespace(name="mine", language="de"), "de"),
        (SimpleNamespace(name="stance-news", language="fr"), "fr"),
        (SimpleNamespace(name="http://localhost:1#llama"), None),
    ],
)
def test_the_language_of_a_model(model: object, language: str | None) -> None:
    """Shipped models read English; of a user's own only what it states is known."""
    assert language_of_model(model) == language


@pytest.mark.parametrize(
    ("texts", "unread"),
    [
        ([GERMAN], ["b0"]),
        ([GERMAN, FRENCH], ["b0", "b1"]),
        ([GERMAN, "Short."], ["b0"]),
        (
            [
                "The bridge was opened by the mayor of the town, who thanked all workers for what they had done."
            ],
            [],
        ),
    ],
)
def test_a_mixed_corpus(town: Corpus, texts: list[str], unread: list[str]) -> None:
    """Article by article: no model scores of those in another language, but sentences and quotes; all others as before."""
    more = [Article(f"b{n}", "bridge", f"bote-{n}", "Neu", text) for n, text in enumerate(texts)]
    tables = (mixed := run(with_articles(town, *more))).tables
    for name in ("portrayal", "stance", "frames"):
        assert set(tables[name]["article"]).isdisjoint(unread), name
        assert {"gazette-1", "herald-1"} <= set(tables[name]["article"]), name
    assert set(unread) <= set(tables["sentences"]["article"])
    assert tables["quotes"]["article"].isin(["b0"]).any()
    judged = tables["estimates"][
        tables["estimates"]["quantity"].isin(["portrayal", "framing", "frame", "prominence"])
    ]
    assert not set(judged["outlet"]) & {f"bote-{id[1:]}" for id in unread}
    notes = [note for note in mixed.run["notes"] if "another language than the models" in note]
    assert len(notes) == bool(unread)
    assert all(f"{id} (" in notes[0] for id in unread)


def test_the_warning_is_said_once_and_on_the_page(town: Corpus) -> None:
    """A comparison warns before its first slow step, and the page says it."""
    corpus = with_articles(
        town, *(Article(f"b{n}", "bridge", "bote", "", f"{GERMAN} {n}.") for n in range(3))
    )
    with pytest.warns(CrossframeWarning) as caught:
        found = compare(corpus, encoder="tfidf", stance_model="stance-lexicon")
    said = [str(one.message) for one in caught if "another language" in str(one.message)]
    assert len(said) == 1
    assert (
        "3 of 5 articles are in another language than the models read (en): b0 (de), b1 (de), b2 (de)"
        in said[0]
    )
    from crossframe.showing.html.page import render_page

    assert "another language than the models read" in render_page(found.tables, found.run, {})


def test_a_model_of_the_language_judges(town: Corpus) -> None:
    """A model that states German judges the German article, and not the English ones."""

    class German(LexiconStance):
        language = "de"

    tables = run(
        with_articles(town, Article("b", "bridge", "bote", "", GERMAN)), stance_model=German()
    ).tables
    assert set(tables["stance"]["article"]) == {"b"}
    assert set(tables["frames"]["article"]) == {"gazette-1", "herald-1"}


def test_nothing_that_is_read(town: Corpus) -> None:
    """A corpus of which models read nothing is compared without scores."""
    articles = tuple(
        Article(f"b{n}", "bridge", f"bote-{n}", "", GERMAN if n else GERMAN[::1] + " Das war alles.")
        for n in range(2)
    )
    tables = run(replace(town, articles=articles, outlets=(), gold={})).tables
    assert len(tables["portrayal"]) == len(tables["stance"]) == len(tables["frames"]) == 0
    assert len(tables["sentences"]) > 0


EARLY = (
    "A fire broke out in a warehouse at the port of the town early on Monday, and three workers were taken to hospital. "
    "The brave mayor Anna Bell praised the firemen. The corrupt owner Acme was fined last year. Anna Bell told reporters "
    "that the town would look into it. Anna Bell then left for the hospital."
)


def version(id: str, text: str, day: int | None) -> Article:
    """Return a version of the gazette's article."""
    return Article(id, "bridge", "gazette-2", "Fire", text, published=f"2026-05-0{day}" if day else None)


@pytest.mark.parametrize(
    ("second", "days", "counted"),
    [
        (f"{EARLY} On Tuesday one of the workers died.", (4, 5), "v2"),
        (f"{EARLY} On Tuesday one of the workers died.", (5, 4), "v1"),
        (EARLY, (4, 5), "v2"),
        (EARLY, (None, None), "v2"),
        (f"Update: the worst is over. {EARLY}", (4, 4), "v2"),
        (EARLY.replace("three workers", "four workers"), (4, 5), "v2"),
        (EARLY[:230], (4, 5), "v2"),
        (f"{EARLY} " + "Nobody knew why it had burned so long. " * 3, (None, 5), "v2"),
        (EARLY.replace("Monday", "Tuesday").replace("left for", "went to"), (4, 5), "v2"),
    ],
)
def test_the_latest_version_counts(
    town: Corpus, second: str, days: tuple[int | None, int | None], counted: str
) -> None:
    """Estimates are those of the later version alone; the earlier one keeps its sentences and its row."""
    pair = version("v1", EARLY, days[0]), version("v2", second, days[1])
    [latest] = [one for one in pair if one.id == counted]
    both, alone = (run(with_articles(town, *articles)).tables for articles in (pair, (latest,)))
    listed = both["articles"].set_index("article")["version_of"]
    assert listed[counted] == {"v1": "v2", "v2": "v1"}[counted]
    assert {"v1", "v2"} <= set(both["sentences"]["article"])
    for name in ("estimates", "portrayal", "stance", "frames", "coverage", "wording"):
        assert both[name].equals(alone[name]), name


def test_evidence_is_of_what_counts(town: Corpus) -> None:
    """The sentences behind a number are those of the latest version."""
    tables = run(with_articles(town, version("v1", EARLY, 4), version("v2", f"{EARLY} It rained.", 5))).tables
    found = select_evidence(tables, EvidenceRequest.read(tables, outlet="gazette-2"))
    assert set(found["article"]) == {"v2"}


def test_three_versions_leave_one(town: Corpus) -> None:
    """Of a chain the last counts, over events, too; a copy of an earlier version is one of the last."""
    chain = [version(f"v{n}", f"{EARLY} {'It rained. ' * n}", n) for n in (3, 4, 5)]
    paper = Article("p", "bridge", "paper", "", f"{EARLY} Fin.", published="2026-05-06")
    found = run(with_articles(town, *chain, paper))
    assert set(found.tables["frames"]["article"]) == {"gazette-1", "herald-1", "v5", "p"}
    notes = " ".join(found.run["notes"])
    assert "v5 is a later version of v4, of the same outlet: the later counts." in notes
    copies = Copies.from_rows(
        {"article": id, "copy_of": source, "copied_share": 1.0, "version_of": earlier}
        for id, source, earlier in (("v1", "", ""), ("v2", "", "v1"), ("v3", "", "v2"), ("p", "v1", ""))
    )
    kept = keep_copies(copies, [version("v3", "x", 1), replace(paper, text="x")])
    assert list(zip(kept.article, kept.copy_of, strict=True)) == [("v3", ""), ("p", "v3")]


@pytest.mark.parametrize(
    ("genres", "said"),
    [
        ((None, None), None),
        (("news", None), None),
        (("news", "news"), None),
        (("opinion", None), "opinion 1 (gazette-1), not stated 1 (taken for news)"),
        (("opinion", "news"), "news 1, opinion 1 (gazette-1)"),
        (("interview", "live"), "interview 1 (gazette-1), live 1 (herald-1)"),
        (("transcript", None), "transcript 1 (gazette-1), not stated 1 (taken for news)"),
        (("opinion", "opinion"), None),
    ],
)
def test_mixed_genres_are_said(town: Corpus, genres: tuple[str | None, ...], said: str | None) -> None:
    """A page that says it is opinion is not pooled with those that say nothing without a word."""
    articles = tuple(replace(one, genre=genre) for one, genre in zip(town.articles, genres, strict=True))
    notes = [note for note in run(replace(town, articles=articles)).run["notes"] if "Genres differ" in note]
    assert [said in note for note in notes] == ([] if said is None else [True])  # type: ignore[operator]


def test_unread_articles_are_listed(town: Corpus) -> None:
    """A model of unknown language reads all."""
    corpus = with_articles(town, Article("b", "bridge", "bote", "", GERMAN))
    assert list_unread(corpus, None) == {}
    assert list_unread(corpus, "en") == {"b": "de"}
    assert list_unread(corpus, "de") == {"gazette-1": "en", "herald-1": "en"}


WHOLE = (
    "Mayor Anna Bell opened the new bridge on Monday. The ferry over the river will stop in autumn. The town paid nine million "
    "for the new bridge. Two divers died when a pillar was built.",
    "The new bridge was opened on Monday by Mayor Anna Bell. In autumn the ferry over the river will stop. Nine million was paid "
    "by the town for the bridge. When a pillar was built, two divers died.",
    "On Monday Mayor Anna Bell has opened a new bridge. The river ferry will stop in autumn, it said. For the bridge the town paid "
    "nine million. Two divers have died when a pillar was built there.",
)
OPENING = "A new bridge was opened by Mayor Anna Bell on Monday. Nine million for the new bridge was paid by the town."


def press(*extents: str | None) -> Corpus:
    """Return three outlets with the whole story, and outlets of whose article the opening is here, with these extents."""
    whole = [Article(f"w{n}", "bridge", f"whole-{n}", "Bridge", text) for n, text in enumerate(WHOLE)]
    parts = [
        Article(f"p{n}", "bridge", f"part-{n}", "Bridge", OPENING, extent=one)
        for n, one in enumerate(extents)
    ]
    return Corpus("press", (*whole, *parts))


@pytest.mark.parametrize(
    ("extents", "said"),
    [
        ((None,), ""),
        (("full",), ""),
        (("teaser",), "1 of 4 articles is known by its opening only: p0."),
        (("summary",), "1 of 4 articles is known by its summary only: p0."),
        (("abstract",), "1 of 4 articles is known by its abstract only: p0."),
        (("teaser", "teaser"), "2 of 5 articles are known by their openings only: p0, p1."),
        (("summary", "full", "summary"), "2 of 6 articles are known by their summaries only: p0, p2."),
        (("abstract", None, "abstract"), "2 of 6 articles are known by their abstracts only: p0, p2."),
        (("abstract", "teaser"), "1 of 5 articles is known by its opening only: p1. 1 of 5 articles is known by its abstract only"),
    ],
)  # fmt: skip
def test_what_is_not_in_a_part_is_not_left_out(extents: tuple[str | None, ...], said: str) -> None:
    """What is not found in a part is not absent, no share is given there, and the notes say so; else as before."""
    found = run(press(*extents))
    tables, notes = found.tables, " ".join(found.run["notes"])
    assert said in notes
    assert ("counts nowhere as left out" in notes) == bool(said)
    coverage, estimates = tables["coverage"].set_index("outlet"), tables["estimates"]
    shares = estimates[estimates["quantity"].str.startswith("claims_covered")]
    for n, extent in enumerate(extents):
        of_part = coverage.loc[f"part-{n}"]
        assert set(of_part["covered"]) == {0, 1}
        is_partial = extent not in (None, "full")
        assert of_part["p_absent"][of_part["covered"] == 0].isna().all() == is_partial
        assert of_part["p_absent"][of_part["covered"] == 1].notna().all()
        assert (f"part-{n}" not in {*shares["outlet"], *shares["reference"]}) == is_partial
    assert tables["articles"].set_index("article")["extent"].loc["p0"] == (extents[0] or "")


def test_the_page_tells_parts() -> None:
    """The page says which articles are known in part, and why a claim was not found in them."""
    from crossframe.showing.html.page import render_page

    found = run(press("teaser"))
    page = render_page(found.tables, found.run, {})
    assert "1 partial" in page
    assert "known by its opening only" in page
    assert "only a part of its article is here" in page


def test_over_events_parts_take_no_side() -> None:
    """Rates of omission are of outlets whose articles are whole; an outlet that has one part is left aside in that event."""
    articles = [
        replace(one, id=f"{one.id}-{n}", event=f"e{n}")
        for n in range(3)
        for one in press("teaser" if n else None).articles
    ]
    estimates = run(Corpus("press", tuple(articles))).tables["estimates"]
    rates = estimates[estimates["quantity"] == "omission_rate"].set_index("outlet")
    assert rates.loc["part-0", "n_events"] == 1
    assert rates.loc["whole-0", "n_events"] == 3


@pytest.mark.parametrize("extent", EXTENTS)
def test_a_whole_article_takes_the_place_of_its_part(extent: str) -> None:
    """Of one outlet the whole article counts, whenever its part was published."""
    from crossframe.matching.copies import find_copies

    part = Article("p", "e", "post", "", OPENING, published="2026-05-06", extent=extent)
    whole = Article("w", "e", "post", "", f"{OPENING} {WHOLE[0]}", published="2026-05-05")
    assert find_copies([part, whole]).version_of == (("w", "") if extent == "full" else ("", "p"))
