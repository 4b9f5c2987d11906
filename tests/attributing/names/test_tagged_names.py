"""Marked spans become names: titles cut, evidence told, kinds settled over the event, rules added where they are sure."""

from crossframe.attributing.names.tagged_names import Marked, name_marked


def mark(sentences, *told: tuple[str, str], probability: float = 0.7) -> list[list[Marked]]:
    """Return each told name marked wherever a sentence has it."""
    return [
        [Marked(text.index(name), text.index(name) + len(name), kind, probability) for name, kind in told if name in text]
        for text in sentences.text
    ]  # fmt: skip


def told(sentences, *marked: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return text, kind and title of the names found."""
    return [(one.text, one.kind, one.title) for one in name_marked(sentences, mark(sentences, *marked))]


def test_offsets_are_those_of_the_document(make_sentences) -> None:
    """A name stands where the article has it, also in later sentences; order is that of the text."""
    sentences = make_sentences("Rain fell. They met Xanthe Quill in Harbour Town.")
    names = name_marked(sentences, mark(sentences, ("Harbour Town", "place"), ("Xanthe Quill", "person")))
    documents = {article.id: article.document for article in sentences.articles}
    assert [documents[one.article][one.start : one.end] for one in names] == ["Xanthe Quill", "Harbour Town"]
    assert [one.row for one in names] == [1, 1]
    assert [one.place for one in names] == [False, True]  # "in" stands before it


def test_titles_are_cut_and_kept(make_sentences) -> None:
    """A title inside or before the marked span is the name's title and no part of it."""
    inside = told(make_sentences("They met Senator Xanthe Quill."), ("Senator Xanthe Quill", "person"))
    before = told(make_sentences("They met Senator Xanthe Quill."), ("Xanthe Quill", "person"))
    assert inside == before == [("Xanthe Quill", "person", "senator")]


def test_evidence_is_that_of_rules(make_sentences) -> None:
    """Acronym in brackets, a country that owns, a verb of saying behind."""
    sentences = make_sentences("Georgia's Trade Ministry (GTM) said no.")
    name = name_marked(sentences, mark(sentences, ("Trade Ministry", "organisation")))[-1]
    assert (name.text, name.acronym, name.owner) == ("Trade Ministry", "GTM", "GE")
    sentences = make_sentences("Yesterday Quill said no.")
    assert name_marked(sentences, mark(sentences, ("Quill", "person")))[0].acts


def test_a_name_has_one_kind_in_an_event(make_sentences) -> None:
    """What is marked in two ways is what it is marked most."""
    sentences = make_sentences("They met Quill.", "They saw Quill.", "They heard Quill.")
    marked = mark(sentences, ("Quill", "person"))
    marked[1] = [one._replace(kind="organisation") for one in marked[1]]
    assert [one.kind for one in name_marked(sentences, marked)] == ["person"] * 3


def test_word_lists_add_bodies_groups_offices_and_titled_people(make_sentences) -> None:
    """Nobody marked them; what an election is named after, and what only its capitals tell, is not added."""
    sentences = make_sentences(
        "The Kremlin warned Mr. Quill before the 2012 Georgia Senate election on the XYZ."
    )
    assert told(sentences) == [("Kremlin", "office", ""), ("Quill", "person", "mr")]
    sentences = make_sentences("They later asked the House Democrats and the Supreme Court.")
    assert told(sentences, ("House", "organisation")) == [
        ("House Democrats", "group", ""),
        ("Supreme Court", "organisation", ""),
    ]


def test_headlines_need_the_event_or_a_sure_finder(make_sentences) -> None:
    """In a title-case headline a doubtful name counts where the event has it elsewhere, also by its last word."""
    sentences = make_sentences("Angry Quill Leaves Trade Talks", "Later on Senator Xanthe Quill left.")
    body = mark(sentences, ("Xanthe Quill", "person"))[1]
    for name, probability, is_found in (
        ("Quill", 0.5, True),
        ("Trade Talks", 0.5, False),
        ("Trade Talks", 0.9, True),
    ):
        head = mark(sentences, (name, "person"), probability=probability)[0]
        names = [one.text for one in name_marked(sentences, [head, body])]
        assert names == ([name] if is_found else []) + ["Xanthe Quill"]


def test_what_is_written_small_is_no_name(make_sentences) -> None:
    """Unless the whole text is; a party and state in brackets is none either, nor a title alone."""
    sentences = make_sentences("Later the mayor met Quill (R-Ohio), the President.", "later they met quill.")
    names = name_marked(
        sentences,
        mark(
            sentences, ("mayor", "person"), ("R-Ohio", "place"), ("President", "person"), ("quill", "person")
        ),
    )
    assert [(one.article, one.text) for one in names] == [("a1", "quill")]


def test_a_campaign_is_a_body_of_its_own(make_sentences) -> None:
    """ "The Quill campaign" is not Quill."""
    assert told(make_sentences("They asked the Quill campaign."), ("Quill", "person")) == [
        ("Quill campaign", "organisation", "")
    ]


def test_marks_without_words_are_no_names(make_sentences) -> None:
    """A finder that marks a comma finds nothing."""
    assert told(make_sentences("They came, saw."), (",", "person")) == []


def test_the_form_of_a_name_tells_more(make_sentences) -> None:
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
    assert [(one.text, one.kind) for one in name_marked(sentences, marked)] == [
        ("Xanthe Quill Jr.", "person"),
        ("Quill administration", "organisation"),
        ("Quill Doctrine", "other"),
        ("Anna Hill", "person"),
        ("Ohio", "place"),
    ]
