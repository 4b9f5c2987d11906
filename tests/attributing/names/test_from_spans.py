"""Marked spans become names: titles cut, surroundings read, one kind per event, rules added where they are certain."""

import numpy as np
import pytest

from crossframe.attributing.names.from_spans import describe_names, spans_of_names
from crossframe.attributing.names.spotting import spot_names
from crossframe.errors import InputError
from crossframe.records import NameSpans


def mark(sentences, *names: tuple[str, str], rows=None, probability: float = 0.7) -> NameSpans:
    """Return each name marked wherever a sentence has it, or only in the sentences numbered `rows`."""
    return NameSpans.from_rows(
        {
            "article": sentences.article_of(row).id,
            "start": int(sentences.start[row]) + text.index(name),
            "end": int(sentences.start[row]) + text.index(name) + len(name),
            "kind": kind,
            "probability": probability,
        }
        for row, text in enumerate(sentences.text)
        for name, kind in names
        if name in text and (rows is None or row in rows)
    )


def described(sentences, *marked: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return text, kind and title of the names at what is marked."""
    names = describe_names(sentences, mark(sentences, *marked))
    return [(one.text, one.kind, one.title) for one in names]


def test_offsets_are_those_of_the_document(make_sentences) -> None:
    """A name stands where the article has it, also in later sentences; order is that of the text."""
    sentences = make_sentences("Rain fell. They met Xanthe Quill in Harbour Town.")
    names = describe_names(sentences, mark(sentences, ("Harbour Town", "place"), ("Xanthe Quill", "person")))
    documents = {article.id: article.document for article in sentences.articles}
    assert [documents[one.article][one.start : one.end] for one in names] == ["Xanthe Quill", "Harbour Town"]
    assert [one.row for one in names] == [1, 1]
    assert [one.place for one in names] == [False, True]  # "in" stands before it


def test_titles_are_cut_and_kept(make_sentences) -> None:
    """A title inside or before the marked span is the name's title and no part of it."""
    inside = described(make_sentences("They met Senator Xanthe Quill."), ("Senator Xanthe Quill", "person"))
    before = described(make_sentences("They met Senator Xanthe Quill."), ("Xanthe Quill", "person"))
    assert inside == before == [("Xanthe Quill", "person", "senator")]


def test_surroundings_are_read_by_rules(make_sentences) -> None:
    """Acronym in brackets, a country that owns, a verb of saying behind."""
    sentences = make_sentences("Georgia's Trade Ministry (GTM) said no.")
    name = describe_names(sentences, mark(sentences, ("Trade Ministry", "organisation")))[-1]
    assert (name.text, name.acronym, name.owner) == ("Trade Ministry", "GTM", "GE")
    sentences = make_sentences("Yesterday Quill said no.")
    assert describe_names(sentences, mark(sentences, ("Quill", "person")))[0].acts


KINDS = ("person", "organisation", "person")


def test_a_name_has_one_kind_in_an_event(make_sentences) -> None:
    """What is marked in two ways has the kind it is marked as most."""
    sentences = make_sentences("They met Quill.", "They saw Quill.", "They heard Quill.")
    parts = [mark(sentences, ("Quill", kind), rows=[row]) for row, kind in enumerate(KINDS)]
    marked = NameSpans.concat(parts)
    assert [one.kind for one in describe_names(sentences, marked)] == ["person"] * 3


def test_word_lists_add_bodies_groups_offices_and_titled_people(make_sentences) -> None:
    """No finder marked them; what an election is named after, and what only its capitals show, is not added."""
    sentences = make_sentences(
        "The Kremlin warned Mr. Quill before the 2012 Georgia Senate election on the XYZ."
    )
    assert described(sentences) == [("Kremlin", "office", ""), ("Quill", "person", "mr")]
    sentences = make_sentences("They later asked the House Democrats and the Supreme Court.")
    assert described(sentences, ("House", "organisation")) == [
        ("House Democrats", "group", ""),
        ("Supreme Court", "organisation", ""),
    ]


def test_headlines_need_the_event_or_a_certain_finder(make_sentences) -> None:
    """In a title-case headline a doubtful name counts where the event has it elsewhere, also by its last word."""
    sentences = make_sentences("Angry Quill Leaves Trade Talks", "Later on Senator Xanthe Quill left.")
    body = mark(sentences, ("Xanthe Quill", "person"))
    for name, probability, is_found in (
        ("Quill", 0.5, True),
        ("Trade Talks", 0.5, False),
        ("Trade Talks", 0.9, True),
    ):
        head = mark(sentences, (name, "person"), rows=[0], probability=probability)
        names = [one.text for one in describe_names(sentences, NameSpans.concat([head, body]))]
        assert names == ([name] if is_found else []) + ["Xanthe Quill"]


def test_lower_case_words_are_no_name(make_sentences) -> None:
    """Unless the whole text is; a party and state in brackets is none either, nor a title alone."""
    sentences = make_sentences("Later the mayor met Quill (R-Ohio), the President.", "later they met quill.")
    names = describe_names(
        sentences,
        mark(
            sentences, ("mayor", "person"), ("R-Ohio", "place"), ("President", "person"), ("quill", "person")
        ),
    )
    assert [(one.article, one.text) for one in names] == [("a1", "quill")]


def test_a_campaign_is_a_body_of_its_own(make_sentences) -> None:
    """ "The Quill campaign" is not Quill."""
    assert described(make_sentences("They asked the Quill campaign."), ("Quill", "person")) == [
        ("Quill campaign", "organisation", "")
    ]


def test_marks_without_words_are_no_names(make_sentences) -> None:
    """A finder that marks a comma finds nothing."""
    assert described(make_sentences("They came, saw."), (",", "person")) == []


def test_the_form_of_a_name_says_more(make_sentences) -> None:
    """A suffix joins the name, a body is no person, a person's surname may be a place's word, adjectives are no party."""
    sentences = make_sentences(
        "Later they asked Xanthe Quill Jr. about it.",
        "Later they asked the Quill administration, the Quill Doctrine and Anna Hill.",
        "Later a Democratic senator from Ohio and a Georgian minister met D.",
    )
    marked = mark(
        sentences,
        ("Xanthe Quill", "person"),
        ("Quill administration", "person"),
        ("Quill Doctrine", "person"),
        ("Anna Hill", "person"),
        ("Democratic", "party"),
        ("Georgian", "organisation"),
        ("D.", "person"),
        ("Ohio", "place"),
    )
    assert [(one.text, one.kind) for one in describe_names(sentences, marked)] == [
        ("Xanthe Quill Jr.", "person"),
        ("Quill administration", "organisation"),
        ("Quill Doctrine", "other"),
        ("Anna Hill", "person"),
        ("Ohio", "place"),
    ]


def test_spans_of_the_rules_are_the_names_of_the_rules(make_sentences) -> None:
    """What rules spot comes back as they describe it, and so does nothing at all."""
    sentences = make_sentences(
        "Georgia's President, Mr. Quill, met Anna Hill of the Trade Ministry. Quill left."
    )
    names = spot_names(sentences)
    assert names
    assert describe_names(sentences, spans_of_names(names)) == names == describe_names(sentences)
    assert "country" not in spans_of_names(names).kind


def test_a_finder_may_mark_anywhere(make_sentences) -> None:
    """Order does not matter, of overlapping spans the longest counts, those beyond a sentence are passed over."""
    sentences = make_sentences("They met Xanthe Quill. They met Anna Hill.", "They met Quill.")
    marked = mark(sentences, ("Anna Hill", "person"), ("Hill", "place"), ("Xanthe Quill", "person"))
    expected = describe_names(sentences, marked)
    assert [one.text for one in expected] == ["Xanthe Quill", "Anna Hill"]
    beyond = NameSpans(["a0"], [9], [31], ["person"], [1.0])
    for spans in (marked.select(np.arange(len(marked))[::-1]), NameSpans.concat([marked, beyond])):
        assert describe_names(sentences, spans) == expected


def test_other_kinds_and_unknown_probabilities(make_sentences) -> None:
    """A finder may leave kind and probability open; the kind it gives holds where word lists know none."""
    sentences = make_sentences("They met the Quill Riders in Freedonia.")
    rows = [
        {"article": "a0", "start": 13, "end": 25, "kind": "group"},
        {"article": "a0", "start": 29, "end": 38},
    ]
    names = describe_names(sentences, NameSpans.from_rows(rows))
    assert [(one.text, one.kind) for one in names] == [("Quill Riders", "group"), ("Freedonia", "")]


@pytest.mark.parametrize(
    ("spans", "match"),
    [
        (NameSpans(["a0"], [0], [99], ["person"], [1.0]), "within the document"),
        (NameSpans(["b"], [0], [1], ["person"], [1.0]), "of article 'b'"),
        ([("a0", 0, 4)], "of type 'list'. They must be NameSpans"),
    ],
)
def test_spans_that_lie_nowhere(make_sentences, spans: object, match: str) -> None:
    """Spans outside the articles, and what are no spans, are one clear error."""
    with pytest.raises(InputError, match=match):
        describe_names(make_sentences("They met Quill."), spans)


@pytest.mark.parametrize(
    ("text", "marked", "names"),
    [
        ("The Gaza campaign failed.", [("Gaza", "place")], ["Gaza"]),
        ("The Bosnia Campaign failed.", [("Bosnia", "place")], ["Bosnia"]),
        ("In 1711 the Persian Campaign began.", [], []),
        ("He fell in the Danube Campaign of 1809.", [("Danube", "place")], ["Danube"]),
        ("They asked the Quill campaign.", [("Quill", "person")], ["Quill campaign"]),
        ("They asked the Remain campaign.", [], ["Remain campaign"]),
        ("They joined the Campaign for Clean Rivers.", [], ["Campaign for Clean Rivers"]),
        (
            "He left the Club for Growth and the Reform Party.",
            [("Club for Growth", "organisation"), ("Reform Party", "party")],
            ["Club for Growth", "Reform Party"],
        ),
        (
            "He led the Center for Social Policy and Harbour Institute.",
            [("Center for Social Policy", "organisation"), ("Harbour Institute", "organisation")],
            ["Center for Social Policy", "Harbour Institute"],
        ),
        (
            "He led the Center for Social Policy and Research.",
            [("Center for Social Policy", "organisation")],
            ["Center for Social Policy and Research"],
        ),
    ],
)
def test_rules_replace_marks_where_they_are_certain(
    make_sentences, text: str, marked: list[tuple[str, str]], names: list[str]
) -> None:
    """Two marked bodies stay two, and the campaign of a war is nobody; a longer name of one body replaces its part."""
    assert [name for name, _, _ in described(make_sentences(text), *marked)] == names


@pytest.mark.parametrize(
    ("text", "marked", "name"),
    [
        ("She lives in Northern Ireland with him.", "Ireland", "Northern Ireland"),
        ("He flew to South Sudan.", "Sudan", "South Sudan"),
        ("He flew to North Macedonia.", "Macedonia", "North Macedonia"),
        ("They left Saudi Arabia.", "Arabia", "Saudi Arabia"),
        ("They left Trinidad and Tobago.", "Tobago", "Trinidad and Tobago"),
        ("She lives in southern Ireland with him.", "Ireland", "Ireland"),
        ("He flew to Western Sudan.", "Sudan", "Sudan"),
        ("He met Sudan Airways in Khartoum.", "Sudan Airways", "Sudan Airways"),
    ],
)
def test_a_country_of_two_words_is_whole(make_sentences, text: str, marked: str, name: str) -> None:
    """A known country replaces the part of it that a finder marks; other words before a country stay outside."""
    assert name in [one for one, _, _ in described(make_sentences(text), (marked, "place"))]


@pytest.mark.parametrize(
    ("name", "marked", "kind"),
    [
        ("Parliament of Norway", "party", "organisation"),
        ("Legislative Assembly of Ontario", "party", "organisation"),
        ("House of Keys", "party", "organisation"),
        ("Harbour State Senate", "place", "organisation"),
        ("Central Party Committee", "party", "organisation"),
        ("Supreme Court of Belize", "place", "organisation"),
        ("University of Cape Coast", "place", "organisation"),
        ("Quillian National Army", "party", "organisation"),
        ("State Duma", "place", "organisation"),
        ("Reform Party Youth Council", "party", "organisation"),
        ("Green Senate Caucus", "party", "organisation"),
        ("Harbour Democratic Assembly", "party", "party"),
        ("Congress of Free Farmers", "party", "party"),
        ("Earl Square", "place", "place"),
        ("New Harbour Union", "party", "party"),
    ],
)
def test_public_bodies_are_no_parties_and_no_places(
    make_sentences, name: str, marked: str, kind: str
) -> None:
    """A parliament, court, committee and the like is an organisation whatever it is marked as; other names stay."""
    assert (name, kind, "") in described(make_sentences(f"He had left the {name} by then."), (name, marked))


@pytest.mark.parametrize(
    ("text", "full", "short", "kind"),
    [
        ("The Reform Union (RU) won. The RU said so.", ("Reform Union", "party"), "organisation", "party"),
        (
            "The Quill Council (QC) met. The QC rose.",
            ("Quill Council", "organisation"),
            "party",
            "organisation",
        ),
        ("The Quill List ( QL ) met. The QL rose.", ("Quill List", "party"), "place", "party"),
        ("Free Harbour (FH) lost; FH will appeal.", ("Free Harbour", "party"), "organisation", "party"),
        ("The Quill Forum (QF) met. The QF rose.", ("Quill Forum", "organisation"), "person", "organisation"),
        ("The Reform Union won. The RU said so.", ("Reform Union", "party"), "organisation", "organisation"),
        ("Jo Quill (JQ) won. The JQ said so.", ("Jo Quill", "person"), "organisation", "organisation"),
        ("New Harbour (NH) grew. The NH met.", ("New Harbour", "place"), "organisation", "organisation"),
    ],
)
def test_an_acronym_is_of_its_bodys_kind(
    make_sentences, text: str, full: tuple[str, str], short: str, kind: str
) -> None:
    """An acronym in brackets behind a body has the body's kind wherever the event has it; behind others it keeps its own."""
    acronym = "".join(letter for letter in full[0] if letter.isupper())
    kinds = {
        one for name, one, _ in described(make_sentences(text), full, (acronym, short)) if name == acronym
    }
    assert kinds == {kind}


@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        ("She spoke at the Harbour Justice Conference.", [], False),
        ("In 1853 the Quill Constitutional Convention met.", [], False),
        ("The Reform National Convention was the first.", [], False),
        ("The Harbour Climate Summit failed.", [], False),
        ("He won the 1980 Reform Party primaries.", [], False),
        ("He won the 1980 Reform Party presidential primaries.", [], False),
        (
            "She joined the Harbour Bishops Conference.",
            [("Harbour Bishops Conference", "organisation")],
            True,
        ),
        ("She joined the Harbour Justice Committee.", [], True),
        ("He left the Reform Party in 1980.", [], True),
        ("The Reform Party won the 1980 primary.", [], True),
    ],
)
def test_meetings_and_primaries_are_nobody(
    make_sentences, text: str, marked: list[tuple[str, str]], found: bool
) -> None:
    """Rules alone take no meeting for a body, and no primary for the party's name; a finder may mark one."""
    assert bool(described(make_sentences(text), *marked)) == found


@pytest.mark.parametrize(
    ("pair", "kind", "names"),
    [
        (("Jay", "Alison"), "person", ["Jay", "Alison"]),
        (("Harry", "Tina"), "person", ["Harry", "Tina"]),
        (("Frank", "Claire"), "person", ["Frank", "Claire"]),
        (("Pat", "Robin"), "person", ["Pat", "Robin"]),
        (("Ben", "Jerry's"), "person", ["Ben & Jerry's"]),
        (("Smith", "Wesson"), "person", ["Smith & Wesson"]),
        (("Johnson", "Johnson"), "person", ["Johnson & Johnson"]),
        (("Arthur", "Andersen"), "person", ["Arthur & Andersen"]),
        (("Ernst", "Young"), "organisation", ["Ernst & Young"]),
        (("Frank", "Claire"), "organisation", ["Frank & Claire"]),
    ],
)
def test_two_given_names_are_two_persons(
    make_sentences, pair: tuple[str, str], kind: str, names: list[str]
) -> None:
    """Given names joined by "&" that are marked as persons are two; firms that are called after people are one."""
    text = f"They wrote to {pair[0]} & {pair[1]} about it."
    marked = [(name.removesuffix("'s"), kind) for name in pair]
    assert [name for name, _, _ in described(make_sentences(text), *marked)] == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Moscow said no.", "Moscow", "place"),
        ("Athens rejected the plan.", "Athens", "place"),
        ("Talks with Nairobi failed.", "Nairobi", "place"),
        ("Sofia recalled its envoy.", "Sofia", "place"),
        ("New Delhi blamed Islamabad.", "New Delhi", "place"),
        ("The Hague refused.", "The Hague", "place"),
        ("Critics of Brasília fumed.", "Brasília", "place"),
        ("The Casa Rosada replied.", "Casa Rosada", "office"),
        ("Mayor Berlin said no.", "Berlin", "person"),
        ("Mrs. Kingston left.", "Kingston", "person"),
        ("Sofia, 6, lost a shoe.", "Sofia", "person"),
        ("Jack London wrote. London drank.", "London", "person"),
        ("Paris Roe left. Paris waved.", "Paris", "person"),
        ("Victoria said no.", "Victoria", "person"),
        ("Hague said no.", "Hague", "person"),
        ("Springfield said no.", "Springfield", "person"),
    ],
)
def test_capitals_are_places(make_sentences, text: str, name: str, kind: str) -> None:
    """A capital that a finder takes for a person is a place, unless a title, an age or a full name shows the person."""
    marked = [(name, "person"), ("Jack London", "person"), ("Paris Roe", "person")]
    sentences = make_sentences(text)
    last = describe_names(sentences, mark(sentences, *(one for one in marked if one[0] in text)))[-1]
    assert (last.text.removeprefix("The "), last.kind) == (name.removeprefix("The "), kind)
