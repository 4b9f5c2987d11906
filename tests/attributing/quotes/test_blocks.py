"""Posts with their signature, and what a lead-in introduces."""

from dataclasses import replace

import pytest

from crossframe.attributing.find_actors import find_actors
from crossframe.attributing.find_quotes import find_quotes


def direct(sentences, reader=None) -> list[tuple[str, str]]:
    """Return words and speaker of the direct quotes."""
    document = sentences.articles[0].document
    quotes = find_quotes(sentences, find_actors(sentences, []), reader=reader)
    return [(document[row["start"] : row["end"]], row["speaker_text"]) for row in quotes.rows() if row["kind"] == "direct"]  # fmt: skip


POST = "The coach is a coward. He must go."


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (f"{POST} — Lina Abdi (@lina_abdi) May 5, 2026", POST, "Lina Abdi"),
        (f"{POST} — Lina Abdi (@lina_abdi) 5 March 2026", POST, "Lina Abdi"),
        (f"{POST}— Lina (@lina) May 5, 2026", POST, "Lina"),
        (f"{POST} -- Lina Abdi (@lina.bsky.social) March 3, 2026 at 4:05 PM", POST, "Lina Abdi"),
        (f"{POST} – Lina Abdi @lina@mastodon.example", POST, "Lina Abdi"),
        (f"{POST}\n\n— Lina Abdi (@lina_abdi) May 5, 2026", POST, "Lina Abdi"),
        (f"{POST}\n— @lina_abdi, May 5", POST, "@lina_abdi"),
        (f"Lina Abdi @lina_abdi · 3 Mar\n\n{POST}", POST, "Lina Abdi"),
        (f"Union of Fans FC (@fansfc)\n{POST}", POST, "Union of Fans FC"),
        (f"Lina Abdi\n@lina_abdi\n\n{POST}\n\n9:14 AM · Mar 3, 2025", POST, "Lina Abdi"),
    ],
)
def test_posts(make_sentences, reader, text: str, words: str, speaker: str) -> None:
    """The words of a post are those of its signature or heading, which is the author's like what stands around it."""
    found = direct(
        make_sentences(f"Fans were quick to react.\n\n{text}\n\nThe club did not comment."), reader
    )
    assert found == [(words, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The coach — Lina Abdi — left on Monday.",
        "Follow us @theloom for more. The coach left.",
        "The coach left. — Reuters",
        "She wrote to @lina_abdi and to @fansfc that the coach had left.",
        "Lina Abdi, who posts as @lina_abdi, left the club on Monday.",
        "The coach left on Monday - Lina Abdi stayed.",
        "Contact: news@theloom.example",
        "By Lina Abdi (@lina_abdi), who writes on sport for the paper.",
        "Lina Abdi\n@lina_abdi\n\nLina Abdi writes on sport for the paper.",
    ],
)
def test_no_post(make_sentences, reader, text: str) -> None:
    """Handles and dashes in the author's own sentences sign nothing."""
    assert direct(make_sentences(f"The season is over.\n\n{text}\n\nThe club did not comment."), reader) == []


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (f"Lina Abdi (@lina_abdi)\n\n{POST}", POST, "Lina Abdi"),
        (f"Lina Abdi\n@lina_abdi\n\n{POST}", POST, "Lina Abdi"),
        (f"Lina Abdi @lina_abdi · 3 Mar\n\n{POST}", POST, "Lina Abdi"),
        (f"@lina_abdi\n\n{POST}", POST, "@lina_abdi"),
        ("Union of Fans FC (@fansfc)\n\nWe have had enough of the coach.", "We have had enough of the coach.", "Union of Fans FC"),
        ("Ola Berg\n@olab\n\nThe club was sold on Monday.\n\n9:14 AM · Mar 3, 2025", "The club was sold on Monday.", "Ola Berg"),
        ("Ola Berg\n@olab\n\nThe club was sold on Monday.\n\nBerg has run the stand since May.", "The club was sold on Monday.", "Ola Berg"),
        # bylines
        ("Ola Berg (@olab)\n\nThe club was sold on Monday.", None, ""),
        ("Ola Berg\n@olab\n\nThe club said on Friday that the shameful sale was off.", None, ""),
        ("By Ola Berg (@olab)\n\nThe coach is a coward.", None, ""),
        ("Ola Berg\n@olab\n\nThe club was sold on Monday.\n\nOla Berg reports from Lund.", None, ""),
        ("Photo: Ola Berg (@olab)\n\nThe coach is a coward.", None, ""),
    ],
)  # fmt: skip
def test_posts_that_open_an_article(make_sentences, text: str, words: str | None, speaker: str) -> None:
    """A name and a handle at the beginning head a post where the words are a person's own; an author's name does not."""
    found = direct(make_sentences(f"{text}\n\nThe club did not comment."))
    assert found == ([(words, speaker)] if words else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A post shared by Lina Abdi (@lina_abdi)", None),
        ("A video posted by @lina_abdi", None),
        ("A photo shared by Lina Abdi (@lina_abdi) on Mar 3, 2026", None),
        ("Photo by Lina Abdi (@lina_abdi)", None),
        ("Posted by Lina Abdi (@lina_abdi)", None),
        ("Follow Lina Abdi (@lina_abdi)", None),
        ("Image: Lina Abdi (@lina_abdi)", None),
        (f"View this post on Instagram\n\n{POST}\n\nA post shared by Lina Abdi (@lina_abdi)", POST),
        (f"View this post on Instagram\n\n{POST}\n\nA post shared by Lina Abdi", POST),
    ],
)
def test_lines_beside_embedded_posts(make_sentences, text: str, words: str | None) -> None:
    """Who shared, drew or filmed something says nothing below the line; above it stands the post, if its beginning is marked."""
    found = direct(make_sentences(f"The season is over.\n\n{text}\n\nThe cowardly club lost on Monday."))
    assert found == ([(words, "Lina Abdi")] if words else [])


SIGNED = "The owners lied to the crew. They must go."


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (f"{SIGNED} — Ola Berg, deckhand", SIGNED, "Ola Berg"),
        (f"{SIGNED}\n— Ola Berg, in a letter to the harbour board", SIGNED, "Ola Berg"),
        (f"{SIGNED} – Ola Berg, 4 March 2024", SIGNED, "Ola Berg"),
        (f"{SIGNED} -- Ola Berg (deckhand)", SIGNED, "Ola Berg"),
        ("They lied to us. — Ola Berg", "They lied to us.", "Ola Berg"),  # speaks as "us"
        ("They lied to us for years.\n\n― Ola Berg", "They lied to us for years.", "Ola Berg"),
        (f"Ola Berg left the ship in May.\n\n{SIGNED} — Ola Berg", SIGNED, "Ola Berg"),  # told of
        (f"Mr Berg left the ship in May.\n\n{SIGNED} — Ola Berg.", SIGNED, "Ola Berg"),
        (f"{SIGNED} — Noor Haddad, minister of ports", SIGNED, "Noor Haddad"),
    ],
)
def test_signed_words(make_sentences, text: str, words: str, speaker: str) -> None:
    """A paragraph that a person signs whom the article tells of or describes, or who says I or we, is that person's."""
    found = direct(make_sentences(f"The ship lies in Lund.\n\n{text}\n\nThe owners did not comment."))
    assert found == [(words, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "The ship sailed. — Ola Berg",  # nobody knows but that it is the author
        "The ship sailed. — Ola Berg, staff writer",
        "The ship sailed. — Ola Berg, Nordic correspondent",
        "The ship sailed. — Reuters",
        "The ship sailed. — Additional reporting by Ola Berg",
        "Only one man was glad that it sailed — Ola Berg, deckhand",
        "The ship sailed. Its crew — Ola Berg, Liv Dahl — stayed.",
        "The crew: — Ola Berg, deckhand",
        "The ship sailed. — Ola Berg\n\nIt came back. — Ola Berg",
    ],
)
def test_unsigned_words(make_sentences, reader, text: str) -> None:
    """Authors, reporters and agencies sign their own words, and a dash in a sentence signs nothing."""
    assert (
        direct(make_sentences(f"The ship lies in Lund.\n\n{text}\n\nThe owners did not comment."), reader)
        == []
    )


def test_a_byline_signs_its_own_words(make_sentences) -> None:
    """The author of an article is nobody it quotes."""
    sentences = make_sentences(f"It rained.\n\n{SIGNED} — Ola Berg, deckhand\n\nThe owners did not comment.")
    assert direct(sentences) != []
    article = replace(sentences.articles[0], byline="By Ola Berg")
    assert direct(replace(sentences, articles=(article,))) == []


@pytest.mark.parametrize(
    ("text", "contents", "speaker"),
    [
        ("The nurses' letter reads:\n\n> We are six. We should be twelve.\n>\n> Two of the six are ill.\n\nThe board has the letter.",
         ["We are six. We should be twelve.", "Two of the six are ill."], "The nurses' letter"),
        ("The court wrote:\n\n> The bank lied.\n> Its chairman knew.\n\nThe bank will appeal.",
         ["The bank lied.", "Its chairman knew."], "The court"),
        ("Ola Berg posted on X:\n\n>The ship leaks.\n\nThe owners deny it.", ["The ship leaks."], "Ola Berg"),
        ("In its ruling the court wrote:\n\nThe bank lied to its customers.\n\nThe bank will appeal.",
         ["The bank lied to its customers."], "the court"),
        ("Lina Abdi posted on Facebook:\n\nThe bank lied. It robbed us.\n\nThe bank will appeal.",
         ["The bank lied. It robbed us."], "Lina Abdi"),
        ("On Monday the ministry said in a statement:\n\nThe reports are lies. The army did nothing.\n\nFew believed it.",
         ["The reports are lies. The army did nothing."], "the ministry"),
        ("The ministry's statement in full:\n\nThe reports are lies. The army did nothing.\n\nFew believed it.",
         ["The reports are lies. The army did nothing."], "The ministry"),
        ("A letter from the bishop reads:\n\nDear friends, I write in sorrow. The governor betrayed us.\n\nI ask you to pray.\n\nThe governor did not reply.",
         ["Dear friends, I write in sorrow. The governor betrayed us.", "I ask you to pray."], "A letter from the bishop"),
        ("The committee concluded:\n\n• The bank lied.\n• Its chairman knew.\n\nThe bank will appeal.",
         ["• The bank lied.", "• Its chairman knew."], "The committee"),
        ("She added:\n\nIt is typical of the mayor. She knows nothing.\n\nThe mayor did not reply.",
         ["It is typical of the mayor. She knows nothing."], "She"),
        ("Lina Abdi lashed out on X, saying:\n\nThe bank lied. Its chairman must go.\n\nThe bank did not reply.",
         ["The bank lied. Its chairman must go."], "Lina Abdi"),
        ("Lina Abdi said the bank was rotten.\n\nRead the full statement below:\n\nThe bank lied. Its chairman must go.\n\nThe bank did not reply.",
         ["The bank lied. Its chairman must go."], "Lina Abdi"),
        ("Here is the full text of the union’s letter:\n\nThe owners cheated us for years.\n\nThe owners did not reply.",
         ["The owners cheated us for years."], "the union"),
        ("The email from the owner began:\n\nYou have let me down. The pit is closed.\n\nThe mine employed 400 people.",
         ["You have let me down. The pit is closed."], "The email from the owner"),
        ("The court relied on one line. Article 12 states:\n\nNo citizen shall be expelled.\n\nNine were.",
         ["No citizen shall be expelled."], "Article 12"),
        ("Harbour Bank’s full statement follows.\n\nWe did nothing wrong.\n\nWe will sue.\n\nShares fell.",
         ["We did nothing wrong.", "We will sue."], "Harbour Bank"),
    ],
)  # fmt: skip
def test_lead_ins(make_sentences, reader, text: str, contents: list[str], speaker: str) -> None:
    """What a cue and a colon introduce without marks is the speaker's: a paragraph, a list, or as long as it says I or we."""
    found = direct(make_sentences(f"It was a long day.\n\n{text}"), reader)
    assert [words for words, _ in found] == contents
    assert {who for _, who in found} == {speaker}


@pytest.mark.parametrize(
    ("paragraphs", "behind"),
    [
        (
            ["The bank lied for years.", "Its chairman knew.", "The savers deserve better."],
            "The bank will appeal.",
        ),
        (["The bank lied for years.", "Its chairman knew.", "We will not be silent."], "Few were surprised."),
        (
            ["The bank lied.", "Every saver should be paid.", "The minister must resign."],
            "Shares fell on Friday.",
        ),
        (["The bank lied.", "Our savings are gone."], "The bank did not reply."),
        (["The bank lied.", "Let us be clear: it knew."], "The union has nine members."),
        (["The bank lied.", "The chairman knew."], "The statement ended there."),
        (["We were robbed.", "The bank knew.", "We will sue."], "The bank said it would appeal."),
        (["The bank lied."], "It has nine branches.\n\n“We will sue,” she said."),
        (["The bank lied."], "It will appeal on Friday, and must pay by May."),
        (["The bank lied."], "Abdi has led the union since May. She should know."),
        (["The bank lied."], "The bank said it should not pay."),
    ],
)
def test_statements_of_several_paragraphs(make_sentences, paragraphs: list[str], behind: str) -> None:
    """A statement goes on to its last paragraph that says we or what should be, or to where it is said to end."""
    stated = "\n\n".join(paragraphs)
    sentences = make_sentences(
        f"It was a long day.\n\nIn a statement, Lina Abdi said:\n\n{stated}\n\n{behind}"
    )
    found = [(words, who) for words, who in direct(sentences) if not words.startswith("“")]
    assert found == [(words, "Lina Abdi") for words in paragraphs]


@pytest.mark.parametrize(
    "text",
    [
        "Here is what you need to know:\n\nThe bank closed. Its chairman resigned.",
        "The committee made three findings:\n\nThe bank closed.\n\nIts chairman resigned.",
        "The bank said it would close three branches:\n\nArden, Quay and Velm.",
        "Lina Abdi suggested that the bank has two tasks:\n\nSell the branches.\n\nPay the debts.",
        "The results of the vote:\n\nArden won by a mile.",
        "The figures tell the story:\n\nTwo in three have no work.",
        "The full results follow below.\n\nArden won by a mile.",
        "Nobody at the bank said why:\n\nThe branches closed on Monday.",
        "The ministry explained its plan:\n\nThe branches close on Monday.",
        "The bank closed.\n\nIts chairman resigned.",
    ],
)
def test_no_lead_in(make_sentences, reader, text: str) -> None:
    """A colon behind the author's own clause introduces the author's words."""
    assert direct(make_sentences(f"It was a long day.\n\n{text}"), reader) == []


def test_marks_after_a_lead_in(make_sentences) -> None:
    """A quotation in marks behind a lead-in stays as it is."""
    found = direct(make_sentences("The court wrote:\n\n“The bank lied. It knew.”\n\nThe bank will appeal."))
    assert found == [("“The bank lied. It knew.”", "The court")]
