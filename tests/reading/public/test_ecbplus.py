"""ECB+: small documents in upstream's form, and counts held against what is known of the real ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from crossframe.errors import InputError
from crossframe.reading.public import ecbplus_validated
from crossframe.reading.public.corpora import read_corpus
from crossframe.reading.public.loading import load_entry
from crossframe.reading.public.registry import Entry, read_entry
from crossframe.reading.text.split import split_sentences
from crossframe.records import Annotation

MakeEntry = Callable[..., Entry]


def ecb(name: str, words: str = "Rain fell .|It was wet .") -> str:
    """Return a document: sentences separated by a bar, the second token of each an event of one chain."""
    tokens, number = "", 0
    for sentence, tokens_of in enumerate(words.split("|")):
        for word in tokens_of.split(" "):
            number += 1
            tokens += f'<token t_id="{number}" sentence="{sentence}" number="0">{word}</token>'
    return f"""<Document doc_name="{name}" doc_id="d">{tokens}<Markables>
    <ACTION_OCCURRENCE m_id="1"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
    <NEG_ACTION_STATE m_id="2"><token_anchor t_id="4"/><token_anchor t_id="5"/></NEG_ACTION_STATE>
    <HUMAN_PART_PER m_id="4"><token_anchor t_id="4"/></HUMAN_PART_PER>
    <HUMAN_PART_PER m_id="5"><token_anchor t_id="1"/><token_anchor t_id="2"/></HUMAN_PART_PER>
    <HUMAN_PART_PER m_id="6"><token_anchor t_id="2"/></HUMAN_PART_PER>
    <LOC_GEO m_id="3"><token_anchor t_id="1"/></LOC_GEO><ACTION_OCCURRENCE m_id="9" instance_id="ACT1"/></Markables>
    <Relations><CROSS_DOC_COREF note="ACT1"><source m_id="1"/><source m_id="2"/><target m_id="9"/></CROSS_DOC_COREF>
    <CROSS_DOC_COREF note="LOC1"><source m_id="3"/><target m_id="9"/></CROSS_DOC_COREF>
    <CROSS_DOC_COREF note="HUM1"><source m_id="5"/><target m_id="9"/></CROSS_DOC_COREF>
    <INTRA_DOC_COREF r_id="7"><source m_id="1"/><source m_id="4"/><target m_id="9"/></INTRA_DOC_COREF></Relations></Document>"""


def test_ecbplus(make_entry: MakeEntry) -> None:
    """Tokens keep their order, sentences their numbers, and only events' chains across documents are gold."""
    contents = {
        "train": {"train/1/1_1ecb.xml": ecb("1_1ecb.xml"), "train/1/1_2ecbplus.xml": ecb("1_2ecbplus.xml")},
        "dev": {"dev/2/2_1ecb.xml": ecb("2_1ecb.xml")},
    }
    corpus = load_entry(make_entry("ecbplus", contents))
    assert {a.id: (a.event, a.outlet, a.split) for a in corpus.articles} == {
        "1_1ecb": ("1-ecb", "1_1ecb", "train"),
        "1_2ecbplus": ("1-ecbplus", "1_2ecbplus", "train"),
        "2_1ecb": ("2-ecb", "2_1ecb", "dev"),
    }
    assert split_sentences(corpus.articles[:1]).text == ("Rain fell .", "It was wet .")
    gold = corpus.gold["event-chains"]
    assert isinstance(gold, Annotation)
    units = [(unit["article"], unit["sentence"], unit["actor"]) for unit in gold.units.rows()]
    assert units == [(a.id, sentence, "ACT1") for a in corpus.articles for sentence in (1, 2)]
    entities = corpus.gold["entity-chains"]
    assert isinstance(entities, Annotation)
    assert entities.unit == "span"
    units = [
        (u["article"], u["sentence"], u["start"], u["end"], u["actor"])
        for u in entities.units.rows()
        if u["article"] == "1_1ecb"
    ]
    assert units == [("1_1ecb", 1, 0, 9, "HUM1"), ("1_1ecb", 2, 12, 14, "1_1ecb-7")]


def test_ecbplus_document_of_another_name(make_entry: MakeEntry) -> None:
    """A file that holds another document is refused."""
    with pytest.raises(InputError, match=r"must be '1_1ecb\.xml'"):
        load_entry(make_entry("ecbplus", {"train": {"train/1/1_1ecb.xml": ecb("1_9ecb.xml")}}), ["train"])


@pytest.mark.mirror
@pytest.mark.slow
def test_real_ecbplus(mirror: Path) -> None:
    """Documents, sentences and chains of the training and development topics are as many as upstream has."""
    assert sum(path.endswith(".xml") for path in read_entry("ecbplus").files) == 982
    corpus = read_corpus("ecbplus")
    assert Counter(article.split for article in corpus.articles) == {"train": 575, "dev": 197}
    assert len({article.event for article in corpus.articles}) == 2 * 33
    assert len(split_sentences(corpus.articles)) == 12595
    units = corpus.gold["event-chains"].units
    documents: dict[str, set[str]] = {}
    for article, chain in zip(units.article, units.actor, strict=True):
        documents.setdefault(chain, set()).add(article)
    assert len(documents) == 952
    assert sum(len(one) > 1 for one in documents.values()) == 676
    entities = corpus.gold["entity-chains"].units
    words = {article.id: article.document for article in corpus.articles}
    spans = zip(entities.article, entities.start.tolist(), entities.end.tolist(), strict=True)
    counts = Counter(words[article][start:end].casefold() for article, start, end in spans)
    assert (counts["he"], counts["she"], len(entities)) == (188, 127, 5095)


def test_validated(make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only mentions in sentences of the list are gold; upstream counts sentences from 0, unlinked ones are alone."""
    document = ecb("1_1ecb.xml").replace("ACT1", "ACT9").replace('<source m_id="2"/>', "")
    pages = make_entry(
        "ecbplus", {"train": {"train/1/1_1ecb.xml": document}, "dev": {"dev/2/2_1ecb.xml": ecb("2_1ecb.xml")}}
    )
    monkeypatch.setattr(ecbplus_validated, "read_entry", lambda _: pages)
    listed = "Topic,File,Sentence Number\n1,1ecb,1\n2,1ecb,0\n"
    corpus = load_entry(make_entry("ecbplus-validated", {"train": {"x.csv": listed}}))
    assert [article.id for article in corpus.articles] == ["1_1ecb", "2_1ecb"]
    units = {
        name: [(u["article"], u["sentence"], u["actor"]) for u in corpus.gold[name].units.rows()]
        for name in ("validated-sentences", "event-mentions")
    }
    assert units == {
        "validated-sentences": [("1_1ecb", 2, ""), ("2_1ecb", 1, "")],
        "event-mentions": [("1_1ecb", 2, "1_1ecb-m2"), ("2_1ecb", 1, "ACT1")],
    }


@pytest.mark.mirror
@pytest.mark.slow
def test_real_validated(mirror: Path) -> None:
    """Of the validated sentences, 1,383 are of the training and development topics."""
    corpus = read_corpus("ecbplus-validated")
    assert len(corpus.gold["validated-sentences"]) == 1383
    assert set(corpus.gold["event-mentions"].units.article) <= {article.id for article in corpus.articles}
