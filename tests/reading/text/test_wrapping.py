"""Hard-wrapped text: paragraphs are made whole again, and what is not wrapped stays as it is."""

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossframe.reading.text.decode import normalise
from crossframe.reading.text.split import split_sentences, split_text
from crossframe.reading.text.wrapping import join_wrapped, unwrap
from crossframe.records import Article

PARAGRAPHS = (
    "Harbour masters on both islands said on Friday that the winter timetable would be cut by a third, and that nobody "
    "had been asked. The first boat leaves at noon.",
    "“We were not told,” said Petra Holm, who runs the northern quay. “Not one letter, not one call.”",
    "The company answered in the evening that it had written twice, in March and again in the summer, to every office "
    "that it knew of.",
)
GERMAN = (
    "Der Stadtrat hat am Dienstag mit großer Mehrheit beschlossen, die alte Fähre zum Jahresende einzustellen und die "
    "Brücke für alle Fahrzeuge zu öffnen.",
    "Bürgermeister Jonas Röder sagte, dass niemand mehr mit leeren Booten fahren wolle, und verließ die Sitzung.",
)
TITLE = "Winter boats are cut by a third"


def ragged(paragraph: str, width: float) -> str:
    """Return a paragraph wrapped as proportional type is: narrow letters take less of a line."""
    lines = [""]
    for word in paragraph.split():
        trial = f"{lines[-1]} {word}".strip()
        taken = sum(0.55 if letter in "iljtf.,'“” " else 1.0 for letter in trial)
        if taken > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = trial
    return "\n".join(lines)


def wrapped(width: int, between: str, paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = TITLE) -> str:
    """Return a title and wrapped paragraphs."""
    return between.join([title, *(textwrap.fill(one, width) for one in paragraphs)])


def blocks(text: str) -> list[str]:
    """Return the lines that are not blank."""
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        wrapped(70, "\n\n"),
        wrapped(70, "\n"),
        wrapped(38, "\n\n"),
        wrapped(100, "\n\n"),
        wrapped(72, "\n\n").replace("\n", "\r\n"),
        "\n\n".join([TITLE, *(textwrap.fill(one, 66, initial_indent="    ") for one in PARAGRAPHS)]),
        "\n".join([TITLE, "", *(textwrap.fill(one, 60, initial_indent="    ") for one in PARAGRAPHS)]),
        textwrap.indent(wrapped(64, "\n\n"), "      "),
        "\n\n".join([TITLE, *(ragged(one, 50) for one in PARAGRAPHS)]),
        "\n\n\n".join([TITLE, *(textwrap.fill(one, 60).replace("\n", "\n\n") for one in PARAGRAPHS)]),
    ],
    ids=["70", "no blank lines", "column", "wide", "CRLF", "indented", "indents only", "quoted", "ragged", "double spacing"],
)  # fmt: skip
def test_paragraphs_are_whole_again(text: str) -> None:
    """However a text is wrapped, its paragraphs come back whole."""
    assert blocks(unwrap(normalise(text)[0]).text) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("width", range(40, 100, 3))
def test_a_short_text_of_many_names(width: int) -> None:
    """Where names begin most lines of a short text, that the lines are full shows the wrapping."""
    text = (
        "Minister Omar Vance left on Friday. Mayor Petra Holm of Vale City said that Vance, Tom Roe and Ella Stone had been told "
        "in March. “It was a question of time,” Holm told the Vale Post. Roe answered that Holm had known it, too."
    )
    wrapped = textwrap.fill(text, width)
    begins_small = [line[0].islower() for line in wrapped.split("\n")[1:]]
    assert not any(begins_small) or join_wrapped(wrapped) == text


def test_other_languages() -> None:
    """Capitals of German nouns at the beginning of a line do not hide that it goes on; Chinese is joined without blanks."""
    assert blocks(unwrap(wrapped(60, "\n\n", GERMAN)).text) == [TITLE, *GERMAN]
    chinese = "市议会周二晚上以绝对多数票决定在年底之前停运通往北岛的旧渡轮并且从明年春天开始向所有车辆开放新的大桥。"
    lines = [chinese[at : at + 30] for at in range(0, len(chinese), 30)]
    doubled = "\n".join(lines) + "\n\n" + "\n".join(lines[::-1])
    assert blocks(unwrap(doubled).text)[0] in (chinese, lines[0])


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([TITLE, *PARAGRAPHS]),
        "\n\n".join([TITLE, *PARAGRAPHS]),
        "Home\nWorld\nSport\nSign in\n" + "\n".join(PARAGRAPHS),
        "What you need to know\nThe boats leave at noon\nThe quay is closed\nThe school is open\n" + PARAGRAPHS[0],
        "Roses on the quay in winter\nBread in every window\nNobody at the harbour sings\nSnow on all the boats",
        "PETRA HOLM: We were not told.\nTOM ROE: We wrote twice.\nPETRA HOLM: Not to us.",
        PARAGRAPHS[0] + "\nthe company\n" + PARAGRAPHS[2],
        "- the first boat leaves at noon\n- the last boat leaves at six\n- there is none on Sunday",
        "One.\nTwo.\nThree.",
        "",
    ],
    ids=["lines", "blank lines", "menu", "headings", "verse", "turns", "stray link", "list", "short", "empty"],
)  # fmt: skip
def test_what_is_not_wrapped_stays(text: str) -> None:
    """Lines that end where a paragraph, a heading, a turn or an item ends are not joined."""
    assert unwrap(text).text == text
    assert join_wrapped(text) == text


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("re-", "port", "report"),
        ("expect-", "ed", "expected"),
        ("far-", "right", "far-right"),
        ("ex-", "minister", "ex-minister"),
        ("co-", "operation", "cooperation"),
        ("well-", "known", "well-known"),
        ("long-", "term", "long-term"),
        ("so-", "called", "so-called"),
        ("full-", "time", "full-time"),
        ("three-", "party", "three-party"),
        ("left-", "wing", "left-wing"),
        ("re-", "election", "reelection"),
        ("up-", "date", "update"),
        ("week-", "end", "weekend"),
        ("break-", "down", "breakdown"),
        ("Al-", "Jazeera", "Al-Jazeera"),
        ("2008-", "2010", "2008-2010"),
        ("Saakash-", "vili", "Saakashvili"),
        ("the house -", "the old one", "the house - the old one"),
    ],
)
def test_words_divided_at_line_ends(left: str, right: str, joined: str) -> None:
    """The hyphen of a divided word goes, that of a compound stays; a dash is no hyphen."""
    text = (
        f"The harbour office of the northern island said that {left}\n{right} was what the company had sent to all the\n"
        "offices that it knew of, and that the company would\nnot be asked again before the summer, whoever asks."
    )
    assert f" {joined} was what the company had sent to all the offices" in unwrap(normalise(text)[0]).text


def test_soft_hyphens() -> None:
    """A soft hyphen at a line's end divides a word; elsewhere it is invisible."""
    assert (
        normalise("The govern\u00ad\nment fell, the mini\u00adster left.")[0]
        == "The government fell, the minister left."
    )


def test_a_compound_that_the_text_has() -> None:
    """Where the text writes a compound with its hyphen, a line end keeps it."""
    text = (
        wrapped(60, "\n\n")
        + "\n\nThe so-called sea-gate was open when the boats came in, and the sea-\ngate stayed open until noon on Friday."
    )
    assert "the sea-gate stayed open" in unwrap(text).text


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    ("heads", "reason"),
    [
        (
            ("THE HARBOUR TIMES, 5 MAY 2026        3", "THE HARBOUR TIMES, 5 MAY 2026        4"),
            "running head",
        ),
        (("Page 1 of 2", "Page 2 of 2"), "running head"),
        (("12", "13"), "page number"),
        (("- 3 -", "- 4 -"), "page number"),
        (("Seite 3", "Seite 4"), "running head"),
        (("The Harbour Times, Tuesday 5 May 2026", "The Harbour Times, Tuesday 5 May 2026"), "running head"),
        (("HAFENPOST 5. MAI 2026", "HAFENPOST 5. MAI 2026"), "running head"),
    ],
)
def test_running_heads_and_page_numbers(heads: tuple[str, str], reason: str, between: str) -> None:
    """What stands on every page is dropped with its reason, and a sentence that goes on behind it is whole."""
    first, second = textwrap.fill(PARAGRAPHS[0], 60).rsplit("\n", 1)[0], textwrap.fill(PARAGRAPHS[2], 60)
    lines = first.split("\n")
    text = (
        f"{heads[0]}\n\n{TITLE}\n\n{lines[0]}{between}{heads[1]}{between}"
        + "\n".join(lines[1:])
        + f"\n\n{second}"
    )
    unwrapped = unwrap(text)
    assert " ".join(lines) in unwrapped.text
    assert [line.reason for line in unwrapped.dropped] == [reason] * 2
    assert [line.text for line in unwrapped.dropped] == list(heads)
    assert [text.split("\n")[line.line - 1] for line in unwrapped.dropped] == list(heads)


@pytest.mark.parametrize("last", ["known for", "known, since the first flood, for", "known (and said)"])
@pytest.mark.parametrize("number", ["- 2 -", "2", "Page 2 of 3", "[2]", "THE PORT MERCURY  Page 2", "– 2 –"])
def test_a_paragraph_runs_over_the_end_of_a_page(number: str, last: str) -> None:
    """A page's last line may be short; what stands at its edge, between blank lines, divides no paragraph."""
    text = (
        "THE PORT MERCURY  Page 1\n\nThe minister said on Monday that she was leaving the old office\n"
        f"by the harbour, which everybody in the town had long\n{last}\n\n{number}\n\n"
        "years, and that she had promised to do so before the summer of\nthis year.\n\nNobody expects a close race.\n"
    )
    paragraphs = [line for line in unwrap(text).text.split("\n") if line and "MERCURY" not in line]
    assert paragraphs[0].endswith(
        f"had long {last} years, and that she had promised to do so before the summer of this year."
    )
    assert paragraphs[1:] == ["Nobody expects a close race."]


def test_a_page_number_beside_a_running_head() -> None:
    """The number at a page's end goes with the head of the next page, whatever the lines around it are."""
    text = (
        "THE PORT MERCURY        5 May 2026\n\nThe minister said on Monday that she was leaving the old office\n"
        "by the harbour, which everybody in the town had long expected.\n"
        "                   - 2 -\nTHE PORT MERCURY        5 May 2026\n\n  Nobody expects a close race.\n"
    )
    unwrapped = unwrap(text)
    assert [one.text for one in unwrapped.dropped if one.reason == "page number"] == ["- 2 -"]


@pytest.mark.parametrize("head", ["THE PORT MERCURY  2", "PORT MERCURY, 5 May 2026", "5 MAY 2026   MERCURY"])
def test_a_running_head_amid_a_sentence(head: str) -> None:
    """A name in capitals with a number, or a date, on a short line amid a sentence is a page's head, though it stands there once."""
    lines = wrapped(70, "\n\n").split("\n")
    cut = next(n for n, line in enumerate(lines) if lines[n + 1][:1].islower())
    text = "\n".join([*lines[: cut + 1], "", head, "", *lines[cut + 1 :]])
    unwrapped = unwrap(text)
    assert [one.text for one in unwrapped.dropped] == [head]
    assert unwrapped.text == unwrap("\n".join(lines)).text


@pytest.mark.parametrize("line", ["in a letter of 5 May 2026 to the office", "5 May 2026", "2026", "12"])
def test_dates_and_numbers_inside_a_paragraph(line: str) -> None:
    """A date or a number that a line ends with, or that fills the last line, is the paragraph's."""
    text = (
        "The harbour office of the northern island had said so, it wrote\nto the owners of the company, who had asked for it all along,\n"
        f"{line}\n\nNobody had asked the people of the island, who had been there\nlonger than anyone.\n"
    )
    assert line in unwrap(text).text


def test_a_known_title_is_joined_with_none() -> None:
    """A title above the body without a blank line stays a line of its own where it is known."""
    title = "Harbour masters say that the winter boats are cut and"
    text = ragged(f"{PARAGRAPHS[0]} {PARAGRAPHS[2]}", 50)
    assert unwrap(f"{title}\n{text}", title=title).text.startswith(f"{title}\n")


def test_numbers_of_lines() -> None:
    """Every line of the result knows where it began."""
    text = wrapped(60, "\n\n")
    unwrapped = unwrap(text)
    source = text.split("\n")
    for number, line in zip(unwrapped.numbers, unwrapped.text.split("\n"), strict=True):
        assert line.startswith(source[number - 1])


def test_sentences_see_through_wraps() -> None:
    """A wrapped text has the sentences of the unwrapped one, with offsets into the text as it is stored."""
    text = wrapped(60, "\n\n", title="Winter boats")
    plain = "\n\n".join(["Winter boats", *PARAGRAPHS])
    expected = [plain[start:end] for start, end in split_text(plain)]
    assert [" ".join(text[start:end].split()) for start, end in split_text(text)] == expected
    article = Article("a", "e", "o", "A title", text)
    sentences = split_sentences([article])
    for row, sentence in enumerate(sentences.text):
        assert " ".join(article.document[sentences.start[row] : sentences.end[row]].split()) == sentence
        assert "\n" not in sentence
    given = Article("a", "e", "o", "", text, sentences=((0, 12),))
    assert split_sentences([given]).articles == (given,)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("aBc .,-\n\r\t¬123中é“"), max_size=300))
def test_nothing_but_blanks_and_hyphens_changes(text: str) -> None:
    """Offsets hold when lines are joined; unwrapping loses nothing but hyphens and what it lists."""
    joined = join_wrapped(text)
    assert len(joined) == len(text)
    assert joined.split() == text.split()
    unwrapped = unwrap(text)
    kept = [
        line
        for number, line in enumerate(text.split("\n"), 1)
        if number not in {one.line for one in unwrapped.dropped}
    ]
    assert len(unwrapped.numbers) == unwrapped.text.count("\n") + 1
    letters = str.maketrans("", "", "-¬")
    assert "".join(unwrapped.text.split()).translate(letters) == "".join("".join(kept).split()).translate(
        letters
    )


def test_text_that_is_not_wrapped_is_read_at_once() -> None:
    """Long paragraphs, as cells of tables have them, are not searched for the date of a running head."""
    paragraph = "The council of Oslo said on Monday that plans for a bridge would wait until 5 May. " * 6
    text = "\n\n".join([paragraph.strip()] * 2000)
    start = time.process_time()
    assert join_wrapped(text) == text
    assert time.process_time() - start < 5
