"""What pages say beside their paragraphs: text in metadata, site, genre, paywalls; archives; lists, links and what is about an article."""

import base64
import json
import quopri

import pytest

from crossframe.errors import InputError
from crossframe.reading.formats.contents import File, Parts
from crossframe.reading.formats.known import read_contents

TITLE = "Council votes to close the ferry"
PROSE = (
    "The council voted on Tuesday night to close the old ferry to the northern island by the end of this year.",
    "Mayor Anna Bell called the decision overdue and said that the town could no longer carry the loss on its own.",
    "Residents of the island had asked for a delay of one year, and two hundred of them stood outside during the vote.",
    "The transport ministry said it would look into a bus over the new bridge, which is to open in the autumn.",
)


def page(body: str = "", *, head: str = "", title: str = TITLE, data: object = None) -> str:
    """Return a page with a heading, and `data` as its JSON-LD."""
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data is not None else ""
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}{script}</head><body>{body}</body></html>'


def story(*paragraphs: str) -> str:
    """Return an article of paragraphs, by default the whole one."""
    inner = "".join(f"<p>{text}</p>" for text in paragraphs or PROSE)
    return f"<article><h1>{TITLE}</h1>{inner}</article>"


def read_page(html: str | bytes, name: str = "a.html") -> Parts:
    """Return the one article of a page."""
    [parts] = read_contents(File(html.encode() if isinstance(html, str) else html, name)).articles
    return parts


# --- text in metadata ---

NEWS = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-05-05T08:00:00Z"}
BODY = " ".join(PROSE)
MARKED_UP = "".join(f"<p>{text}</p>" for text in PROSE)
ORGANISATION = {"@type": "Organization", "name": "Harbour Times"}


@pytest.mark.parametrize("shown", ["", story(PROSE[0]), '<div id="root"></div><noscript>Please enable JavaScript to read this page.</noscript>'])  # fmt: skip
@pytest.mark.parametrize(
    "data",
    [
        {**NEWS, "articleBody": BODY},
        [{"@type": "WebSite", "name": "Harbour"}, {**NEWS, "articleBody": BODY}],
        {"@context": "https://schema.org", "@graph": [ORGANISATION, {**NEWS, "articleBody": "\n\n".join(PROSE)}]},
        {"@type": "WebPage", "mainEntity": {**NEWS, "@type": ["Article", "NewsArticle"], "articleBody": BODY}},
        {**NEWS, "articleBody": MARKED_UP},
        {**NEWS, "articleBody": MARKED_UP.replace("<", "&lt;").replace(">", "&gt;")},
        {**NEWS, "@type": "https://schema.org/ReportageNewsArticle", "articleBody": "".join(PROSE)},
        {**NEWS, "@type": "BlogPosting", "headline": "Another headline for search", "articleBody": "\r\n".join(PROSE)},
        [{**NEWS, "headline": "Ten cakes for spring", "articleBody": "Cakes are fine things. " * 40}, {**NEWS, "articleBody": BODY}],
        {**NEWS, "articleBody": list(PROSE)},
    ],
)  # fmt: skip
def test_text_that_is_only_in_json_ld(data: object, shown: str) -> None:
    """The whole text is read where the page shows nothing or a teaser of it, however the metadata is nested or marked up."""
    parts = read_page(page(shown, data=data, head='<meta property="og:title" content="' + TITLE + '">'))
    assert parts.title == TITLE
    assert all(text in " ".join(parts.text.split()) for text in PROSE)
    assert "<" not in parts.text
    assert "Cakes" not in parts.text
    assert parts.notes == ()


@pytest.mark.parametrize(
    "script",
    [
        "{not json",
        "[" * 100_000,
        '{"@type": "NewsArticle", "articleBody": 7, "publisher": [[]], "author": [null], "wordCount": "many"}',
        '{"@type": ["NewsArticle", 3, null], "headline": {"@value": "x"}, "articleSection": [{}], "isAccessibleForFree": []}',
        '{"@graph": {"@graph": {"@type": "NewsArticle", "articleBody": ["", null, {}]}}}',
        "null",
        '"NewsArticle"',
        "",
        '{"@type": "BreadcrumbList", "itemListElement": [null, {"item": "x"}, {"item": {"name": ["y"]}}]}',
    ],
)
def test_metadata_that_is_broken(script: str) -> None:
    """Broken or odd metadata changes nothing of what the page shows."""
    head = f'<script type="application/ld+json">{script}</script>'
    assert read_page(page(story(), head=head)).text == "\n\n".join(PROSE)


# --- authors, publishers and articles of a graph ---

URL = "https://times.example/2026/ferry"
CANONICAL = f'<link rel="canonical" href="{URL}">'
ANN, TOM = (
    {"@type": "Person", "@id": "#ann", "name": "Ann Doe"},
    {"@type": "Person", "@id": "#tom", "name": "Tom Fox"},
)
TIMES = {"@type": "NewsMediaOrganization", "@id": "https://times.example/#org", "name": "Harbour Times"}
OWNER = {"@type": "Organization", "@id": "#owner", "name": "Owner Group"}
BARE = {"@type": "NewsArticle", "headline": TITLE}
SITE = {"@type": "WebSite", "@id": "#site", "name": "Harbour Times", "publisher": {"@id": "#owner"}}


def graph(*nodes: object) -> dict[str, object]:
    """Return objects as one graph."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


@pytest.mark.parametrize(
    ("data", "byline"),
    [
        ({**BARE, "author": ["Ann Doe", "Tom Fox"]}, "Ann Doe, Tom Fox"),
        ({**BARE, "author": [{"@type": "Person", "name": "Ann Doe"}, "Tom Fox"]}, "Ann Doe, Tom Fox"),
        ({**BARE, "author": {"@type": "Person", "name": ["Ann Doe", "Tom Fox"]}}, "Ann Doe, Tom Fox"),
        ({**BARE, "author": {"@list": [{"name": "Ann Doe"}, {"name": "Tom Fox"}]}}, "Ann Doe, Tom Fox"),
        ({**BARE, "author": ["Ann Doe", {"name": "Ann Doe"}]}, "Ann Doe"),
        ({**BARE, "author": {"@type": "Person", "givenName": "Ann", "familyName": "Doe"}}, "Ann Doe"),
        ({**BARE, "author": {"@type": "Person", "name": {"@value": "Ann Doe", "@language": "en"}}}, "Ann Doe"),
        ({**BARE, "author": {"@type": "Person", "name": "By Ann Doe"}}, "Ann Doe"),
        ({**BARE, "creator": ["Ann Doe"]}, "Ann Doe"),
        ({**BARE, "author": ["https://times.example/ann"]}, None),
        (graph({**BARE, "author": {"@id": "#ann"}}, ANN), "Ann Doe"),
        (graph({**BARE, "author": [{"@id": "#ann"}, {"@id": "#tom"}]}, ANN, TOM), "Ann Doe, Tom Fox"),
        (graph({**BARE, "author": "#ann"}, ANN), "Ann Doe"),
        (graph({**BARE, "author": {"@type": "Person", "@id": "#ann"}}, ANN), "Ann Doe"),
        ([graph({**BARE, "author": {"@id": "#ann"}}), ANN], "Ann Doe"),
    ],
)  # fmt: skip
def test_authors_in_metadata(data: object, byline: str | None) -> None:
    """Authors are named however the metadata refers to them, each once."""
    assert read_page(page(story(), data=data)).byline == byline


@pytest.mark.parametrize(
    "data",
    [
        graph({**BARE, "publisher": {"@id": "https://times.example/#org"}}, OWNER, TIMES),
        graph({**BARE, "publisher": "https://times.example/#org"}, OWNER, TIMES),
        graph({**BARE, "publisher": {"@type": "Organization", "@id": "https://times.example/#org", "logo": "x"}}, OWNER, TIMES),
        {**BARE, "publisher": {"@type": "Organization", "legalName": "Harbour Times"}},
        graph(BARE, SITE, OWNER),
    ],
)  # fmt: skip
def test_publishers_in_metadata(data: object) -> None:
    """The site is the publisher to whom the article refers, else the site of the graph, and not its owner."""
    assert read_page(page(story(), data=data)).site == "Harbour Times"


CAKES = {
    "@type": "NewsArticle", "headline": "Ten cakes for spring", "url": "https://times.example/2026/cakes", "author": "Cora Cake",
    "datePublished": "2026-04-01", "articleBody": "Cakes are fine things to have in spring. " * 40,
}  # fmt: skip
CAKES_ALONE = {key: value for key, value in CAKES.items() if key != "articleBody"}
OWN = {**BARE, "author": "Ann Doe", "datePublished": "2026-05-05"}
FOR_SEARCH = {**OWN, "headline": "Why boats are being scrapped"}


@pytest.mark.parametrize(
    ("data", "head", "byline"),
    [
        (graph(CAKES, OWN), "", "Ann Doe"),
        (graph(CAKES, {**FOR_SEARCH, "url": URL}), CANONICAL, "Ann Doe"),
        (graph(CAKES, {**FOR_SEARCH, "url": "http://www.times.example/2026/ferry/?from=home"}), CANONICAL, "Ann Doe"),
        (graph(CAKES, {**FOR_SEARCH, "mainEntityOfPage": {"@type": "WebPage", "@id": URL}}), CANONICAL, "Ann Doe"),
        (graph(CAKES, {**FOR_SEARCH, "mainEntityOfPage": f"{URL}/"}), CANONICAL, "Ann Doe"),
        (graph(CAKES, {**FOR_SEARCH, "@id": f"{URL}#article"}), CANONICAL, "Ann Doe"),
        (graph(CAKES_ALONE, {**FOR_SEARCH, "url": URL}), CANONICAL, "Ann Doe"),
        (graph(CAKES, {**FOR_SEARCH, "@id": "#a"}, {"@type": "WebPage", "mainEntity": {"@id": "#a"}}), "", "Ann Doe"),
        (graph(OWN, {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": CAKES}]}), "", "Ann Doe"),
        (graph(CAKES), "", None),
        (graph(CAKES_ALONE), CANONICAL, None),
    ],
)  # fmt: skip
def test_the_article_that_a_page_is_about(data: object, head: str, byline: str | None) -> None:
    """Of several articles in the metadata the page's is that of its address or headline; another page's says nothing of it."""
    article = read_page(page(story(), head=head, data=data))
    assert (article.title, article.text) == (TITLE, "\n\n".join(PROSE))
    assert article.byline == byline
    assert (article.published is not None) == (byline is not None)


def test_metadata_in_wrappings() -> None:
    """Comments, CDATA marks, trailing commas and raw line breaks around and in JSON-LD are read over."""
    data = json.dumps({**NEWS, "articleBody": BODY}).replace("Tuesday night", "Tuesday\nnight")[:-1] + ",}"
    for before, behind in (
        ("<!--", "-->"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/;"),
        ("", ";"),
    ):
        head = f'<script type="application/ld+json">{before}{data}{behind}</script>'
        assert PROSE[-1] in read_page(page("<div></div>", head=head)).text


# --- paywalls ---

WALLS = (
    "To continue reading, subscribe to the Island Gazette today.",
    "This article is for subscribers only.",
    "Subscribe now for unlimited access to every story.",
    "Already a subscriber? Log in",
    "You have reached your monthly limit of free articles.",
    "Create a free account to read the rest of this story.",
    "Weiterlesen mit einem Abo der Hafenpost",
    "Cet article est réservé aux abonnés.",
    "Suscríbete para seguir leyendo",
    "Become a member to unlock this story",
)


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_told(wall: str) -> None:
    """A teaser before a paywall is imported with a note, and the wall's words are not the article's."""
    html = page(
        f'<article><h1>{TITLE}</h1><p>{PROSE[0]}</p><div class="paywall"><p>{wall}</p></div></article>'
    )
    parts = read_page(html)
    assert parts.text == PROSE[0]
    [note] = parts.notes
    assert "teaser" in note
    assert "paywall" in note


@pytest.mark.parametrize(
    ("data", "body", "says"),
    [
        ({**NEWS, "isAccessibleForFree": False}, story(PROSE[0]), "teaser"),
        ({**NEWS, "isAccessibleForFree": "False"}, story(PROSE[0]), "teaser"),
        ({**NEWS, "wordCount": 640}, story(*PROSE[:2]), "incomplete"),
        ({**NEWS, "wordCount": "640", "isAccessibleForFree": "http://schema.org/False"}, story(*PROSE[:2]), "behind a paywall"),
        (NEWS, story(PROSE[0], PROSE[1][:60] + " …"), "incomplete"),
        ({**NEWS, "wordCount": 80}, story(), None),
        ({**NEWS, "isAccessibleForFree": True}, story(), None),
        (NEWS, story(), None),
        ({**NEWS, "isAccessibleForFree": False, "wordCount": 82}, story() + "<p>Already a subscriber? Log in</p>", None),
        ({**NEWS, "articleBody": BODY, "isAccessibleForFree": False, "wordCount": 82}, story(PROSE[0]), None),
        ({**NEWS, "wordCount": 0}, story(), None),
        (NEWS, story(*PROSE, "Readers subscribe to the paper in droves, the editor said."), None),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(data: object, body: str, says: str | None) -> None:
    """Not free, or much shorter than its metadata says, or cut: a note; a whole article has none."""
    notes = read_page(page(body, data=data)).notes
    assert (says in notes[0]) if says else notes == ()


SHORT = (
    "The council voted on Tuesday to close the ferry.",
    "Mayor Anna Bell called it overdue.",
    "Residents had asked for a year.",
)
OFFERS = (
    '<div class="newsletter"><p>Subscribe to our newsletter</p><p>Already a subscriber? Log in</p></div>',
    "<aside><h3>Subscribe now for unlimited access to every story.</h3><button>Subscribe</button></aside>",
    '<div class="subscribe-box"><p>Already a member? Sign in</p><p>Subscribe for full access to all our journalism</p></div>',
    "<header><a>Already a subscriber? Log in</a></header>",
    "<footer><p>Subscribe today for unlimited access</p></footer>",
    '<div id="nl-signup" class="newsletter-signup"><p>Sign up to our newsletter to keep reading the best of the coast</p></div>',
    '<div style="display:none" class="paywall"><p>To continue reading, subscribe to the Gazette.</p></div>',
    '<div class="top-banner"><p>Jetzt abonnieren</p></div>',
    "<section><h3>Premium content for the price of a coffee</h3><p>Already a subscriber? Log in</p></section>",
    '<div class="comments"><p>Log in to read the comments of other readers</p></div>',
    '<div class="cta"><p>Subscribe to read more stories like this</p></div>',
    "<p>Sign up to access all our articles and newsletters</p>",
)


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("paragraphs", [PROSE, SHORT])
@pytest.mark.parametrize("inside", [True, False])
def test_offers_on_a_whole_page(offer: str, paragraphs: tuple[str, ...], inside: bool) -> None:
    """A box for a newsletter or a subscription makes no teaser of a whole article, however short it is."""
    html = story(*paragraphs)
    body = html.replace("</article>", f"{offer}</article>") if inside else offer + html
    assert read_page(page(body)).notes == ()


@pytest.mark.parametrize(
    "wall",
    [
        '<div class="subscribe"><p>To continue reading, subscribe to the Gazette.</p></div>',
        '<aside class="paywall"><p>Already a subscriber? Log in</p></aside>',
        '<div class="regwall"><button>Create a free account to keep reading</button></div>',
        '<div class="barrier"><h2>Unlock this article</h2><p>Only £1 for 4 weeks</p></div>',
        '<div><h3>Register for free to read this story</h3></div>',
        "<div><p>Weiterlesen mit Plus</p><p>Jetzt testen</p></div>",
        '<section id="gate"><p>Subscribe for full access</p></section>',
        '<div class="article-gate"><p>Only £1 for 4 weeks</p><button>Subscribe now</button></div>',
        "<h2>To read the rest of this story, subscribe</h2>",
        '<div class="meter"><p>You have 0 free articles left this month.</p><p>Subscribe to continue reading.</p></div>',
        '<div class="meter"><p>You have read 3 of 3 free articles.</p><p>Subscribe to continue reading.</p></div>',
        "<p>You have 1 free article left this month. To continue reading, register.</p>",
        "<p>Register for free and get 3 more articles left this month</p>",
        "<p>You have read 2 of 3 free articles. Create an account to read this story.</p>",
        "<p>Already a subscriber? Log in</p>",
        "<p>Subscribe to read more</p>",
        "<p>Register to read all of this article</p>",
        '<div class="newsletter"><p>Sign up to our newsletter</p></div><div><p>This article is for subscribers only.</p></div>',
    ],
)  # fmt: skip
def test_walls_behind_a_teaser(wall: str) -> None:
    """What asks for money for the rest makes a teaser wherever it stands, and an offer where little text is before it."""
    [note] = read_page(page(f"<article><h1>{TITLE}</h1><p>{PROSE[0]}</p>{wall}</article>")).notes
    assert "teaser" in note


@pytest.mark.parametrize(
    "meter",
    [
        "You have read 2 of 3 free articles this month.",
        "This is one of your five free stories: you have four stories left.",
        "You have 1 article remaining.",
        "This is your last free article.",
        "You have read one out of four complimentary articles.",
        "You have 2 free articles left this month. Subscribe for unlimited access.",
        "Already registered? Log in. You have read 1 of 5 articles this month.",
    ],
)
@pytest.mark.parametrize("data", [{**NEWS, "isAccessibleForFree": False}, NEWS])
@pytest.mark.parametrize("paragraphs", [PROSE, SHORT])
def test_metered_pages_are_whole(meter: str, data: object, paragraphs: tuple[str, ...]) -> None:
    """An article that a reader has for free is no teaser, however short it is and whatever the rest costs."""
    notice = f'<div class="meter"><p>{meter}</p><p>Subscribe to continue reading without limits.</p></div>'
    parts = read_page(page(story(*paragraphs).replace("</article>", f"{notice}</article>"), data=data))
    assert (parts.notes, parts.extent) == ((), None)
    assert parts.text == "\n\n".join(paragraphs)


@pytest.mark.parametrize("before", ["To continue reading, subscribe to the Gazette.", "Subscribe now"])
def test_a_stub_of_three_paragraphs(before: str) -> None:
    """A wall makes a teaser of several paragraphs, too."""
    wall = f'<div class="paywall"><p>{before}</p></div>'
    [note] = read_page(page(story(*SHORT).replace("</article>", f"{wall}</article>"))).notes
    assert "teaser" in note


@pytest.mark.parametrize(("shown", "is_whole"), [(SHORT, True), (SHORT[:1], False)])
def test_the_part_that_is_not_free(shown: tuple[str, ...], is_whole: bool) -> None:
    """An article that is not free is whole where the part behind the wall is on the page."""
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".locked-part"}
    rest = "".join(f"<p>{text}</p>" for text in shown[1:])
    body = f'<article><h1>{TITLE}</h1><p>{shown[0]}</p><div class="locked-part">{rest}</div></article>'
    notes = read_page(page(body, data={**NEWS, "isAccessibleForFree": False, "hasPart": [part]})).notes
    assert (notes == ()) is is_whole


def test_a_wall_alone_is_no_article() -> None:
    """A page that holds nothing but a wall is refused, and the reason says so."""
    with pytest.raises(InputError, match="paywall"):
        read_page(page("<div><p>To continue reading, subscribe to the Island Gazette today.</p></div>"))


# --- site ---


@pytest.mark.parametrize(
    ("head", "title", "data", "site"),
    [
        ('<meta property="og:site_name" content="Island Gazette">', f"{TITLE} | Gazette", None, "Island Gazette"),
        ("", TITLE, {**NEWS, "publisher": {"@type": "NewsMediaOrganization", "name": "Island Gazette"}}, "Island Gazette"),
        ("", TITLE, {"@graph": [{**NEWS, "publisher": {"@id": "#o"}}, {"@type": "Organization", "@id": "#o", "name": "Island Gazette"}]}, "Island Gazette"),
        ("", TITLE, {**NEWS, "publisher": [{"name": ["Island Gazette"]}]}, "Island Gazette"),
        ('<meta name="application-name" content="Island Gazette">', f"{TITLE} - Other", NEWS, "Island Gazette"),
        ("", f"{TITLE} | Island Gazette", None, "Island Gazette"),
        ("", f"{TITLE} – World – Island Gazette", None, "Island Gazette"),
        ("", f"Island Gazette: {TITLE}", None, "Island Gazette"),
        ("", f"Island Gazette - {TITLE}", None, "Island Gazette"),
        ('<link rel="canonical" href="https://www.gazette.example/a">', TITLE, None, "gazette.example"),
        ('<meta property="og:site_name" content="https://gazette.example"><meta name="application-name" content="Island Gazette">', TITLE, None, "Island Gazette"),
        ('<meta property="og:url" content="https://web.archive.org/web/20260505080000/https://www.gazette.example/a">', TITLE, None, "gazette.example"),
        ("<meta name='publisher' content='Island Gazette'>", TITLE, None, "Island Gazette"),
        ("<meta name='DC.publisher' content='Island Gazette'><link rel='canonical' href='https://www.gazette.example/a'>", TITLE, None, "Island Gazette"),
        ("<meta name='publisher' content='Gazette Holding Ltd'>", f"{TITLE} | Island Gazette", None, "Island Gazette"),
        ("<meta name='publisher' content='https://www.gazette.example/'>", TITLE, None, None),
        ("", TITLE, None, None),
    ],
)  # fmt: skip
def test_name_of_the_site(head: str, title: str, data: object, site: str | None) -> None:
    """The site's own name first, then its publisher, application, the title's end, and last its domain."""
    parts = read_page(page(story(), head=head, title=title, data=data))
    assert parts.site == site
    assert parts.title == TITLE


@pytest.mark.parametrize(
    ("head", "before", "wanted"),
    [
        ("", '<h1 class="logo">News of the Whole Coast</h1>', TITLE),
        ("", '<header><h1><a href="/">News of the Whole Coast</a></h1></header>', TITLE),
        ('<meta property="og:site_name" content="News of the Whole Coast">', "<h1>News of the Whole Coast</h1>", TITLE),
        ('<meta property="og:title" content="What the ferry vote means">', "", TITLE),
        ('<meta property="og:title" content="What the ferry vote means">', "<h1>Weather: it will rain</h1>", "What the ferry vote means"),
    ],
)  # fmt: skip
def test_headline(head: str, before: str, wanted: str) -> None:
    """The page's own headline is the title, not the site's name, nor what is written for other places."""
    assert read_page(page(before + story(), head=head, title="Gazette")).title == wanted


@pytest.mark.parametrize(
    "html",
    [
        "<svg><p>" + PROSE[0] + "</p></svg>",
        "<p>" + PROSE[0],
        page(
            story(),
            head='<link rel="canonical" href="http://[::1"><meta property="og:url" content="https://[x/">',
        ),
        page(story()).replace("<html", "<!-- saved from url=(0023)http://[ --><html"),
        page("<div>" * 3000 + story()),
        page(story() + '<div class="">' * 3000),
    ],
)
def test_odd_markup(html: str) -> None:
    """Fragments, addresses that are none and deep nesting are read, or refused in one line that speaks of an article."""
    try:
        text = read_page(html).text
    except InputError as error:
        text = str(error)
    assert text.startswith((PROSE[0], "Invalid page 'a.html'. No article was found"))


# --- genre ---


@pytest.mark.parametrize(
    ("head", "title", "data", "body", "genre"),
    [
        ("", TITLE, {**NEWS, "@type": "OpinionNewsArticle"}, "", "opinion"),
        ('<meta property="article:section" content="Opinion">', TITLE, NEWS, "", "opinion"),
        ('<meta property="article:section" content="News/Comment">', TITLE, None, "", "opinion"),
        ("", TITLE, {**NEWS, "articleSection": ["Politik", "Meinung"]}, "", "opinion"),
        ("", TITLE, [NEWS, {"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}, {"item": {"name": "Op-Ed"}}]}], "", "opinion"),
        ('<link rel="canonical" href="https://gazette.example/commentisfree/2026/may/05/ferry">', TITLE, NEWS, "", "opinion"),
        ('<link rel="canonical" href="https://gazette.example/opinion/ferry-vote">', TITLE, NEWS, "", "opinion"),
        ("", f"Opinion | {TITLE}", NEWS, "", "opinion"),
        ("", f"{TITLE} | Letters | Island Gazette", None, "", "opinion"),
        ("", TITLE, None, '<div class="kicker"><a href="/o">Editorial</a></div>', "opinion"),
        ("", f"Transcript: {TITLE}", NEWS, "", "transcript"),
        ("", f"Interview: {TITLE}", NEWS, "", "interview"),
        ('<meta name="section" content="Interviews">', TITLE, NEWS, "", "interview"),
        ("", f"{TITLE} – live | Island Gazette", None, "", "live"),
        ('<link rel="canonical" href="https://gazette.example/news/live/2026/ferry">', TITLE, NEWS, "", "live"),
        ("", TITLE, {**NEWS, "@type": "LiveBlogPosting"}, "", "live"),
        ("", TITLE, {**NEWS, "@type": "AnalysisNewsArticle"}, "", "analysis"),
        ("", TITLE, NEWS, "", "news"),
        ("", TITLE, None, "", None),
        ('<meta property="article:section" content="Public opinion">', TITLE, NEWS, "", "news"),
        ('<link rel="canonical" href="https://gazette.example/news/live-music-returns">', TITLE, NEWS, "", "news"),
        ("", TITLE, NEWS, '<nav><ul><li><a class="nav-section" href="/o">Opinion</a></li></ul></nav>', "news"),
        ("", "Opinion polls: council leads", NEWS, "", "news"),
        ("", "Live music returns to the pier", NEWS, "", "news"),
    ],
)  # fmt: skip
def test_genre(head: str, title: str, data: object, body: str, genre: str | None) -> None:
    """The genre is read where the page states it, and never from a word that merely occurs."""
    assert read_page(page(body + story(), head=head, title=title, data=data)).genre == genre


# --- what is the article's, and what is about it ---


@pytest.mark.parametrize(
    "extra",
    [
        '<p><a href="/live"><strong>On Friday three councillors all said they had been paid nothing for their votes.</strong></a></p>',
        '<p><a href="/x">The ferry company, which owns four boats, said it would sell them by June.</a></p>',
        '<p class="lead"><a href="/x">A court is to hear the case in March, a clerk said on Monday.</a></p>',
        "<p>Nobody objected.</p>",
        "<blockquote><p>The town has done what it could for the island and its people.</p></blockquote>",
        "<ul><li>The ferry carried 300 cars a day in its best years.</li><li>Two boats are still in use on the line.</li></ul>",
        "<h2>What the islanders say</h2>",
        '<p><em>The vote was the third on the matter <a href="/x">since 2019</a>, and the closest.</em></p>',
    ],
)
def test_what_stays(extra: str) -> None:
    """Paragraphs that are wholly a link, short ones, lists and subheadings among the paragraphs are the article's."""
    from lxml.html import fromstring

    html = story().replace(f"<p>{PROSE[1]}", f"{extra}<p>{PROSE[1]}")
    text = read_page(page(html)).text
    plain = [" ".join(one.split()) for one in fromstring(f"<div>{extra}</div>").itertext() if one.strip()]
    if "<em>" in extra:
        plain = [" ".join(" ".join(plain).split()).replace(" ,", ",")]
    lines = text.split("\n\n")
    assert all(one in lines for one in plain), lines
    assert [line for line in lines if line in PROSE] == list(PROSE)


@pytest.mark.parametrize("mark", ["key-points", "highlights", "summary__list", "article-bullets", "", "takeaways", "tldr", "story-summary"])  # fmt: skip
def test_key_points_above_the_text(mark: str) -> None:
    """A list of statements between headline and text is the article's; it has no marks of an extractor's."""
    points = ("Council votes 7 to 4 to end the ferry", "Islanders will take the town to court")
    items = "".join(f"<li>{point}</li>" for point in points)
    html = story().replace("</h1>", f'</h1><div><ul class="{mark}">{items}</ul></div>')
    assert read_page(page(html)).text.split("\n\n") == [*points, *PROSE]


def test_key_points_beside_the_text() -> None:
    """They may stand in the box of the headline, and the paragraphs in another."""
    points = ("Council votes 7 to 4 to end the ferry", "Islanders will take the town to court")
    items = "".join(f"<li><strong>{point}</strong></li>" for point in points)
    paragraphs = "".join(f"<p>{text}</p>" for text in PROSE)
    menu = '<ul><li><a href="/n">All of the news of the day</a></li><li><a href="/s">All of the sport of the day</a></li></ul>'
    html = f'<div class="head"><h1>{TITLE}</h1>{menu}<ul>{items}</ul></div><div class="article-body">{paragraphs}</div>'
    assert read_page(page(html)).text.split("\n\n") == [*points, *PROSE]


POSTS = tuple((f"Turn {number} of the long night", text) for number, text in enumerate(PROSE))
CANONICAL = '<link rel="canonical" href="https://gazette.example/news/live/2026/may/05/ferry">'
BST = '<time datetime="2026-05-05T19:10:00Z">19.10 BST</time>'


@pytest.mark.parametrize(
    ("post", "around"),
    [
        ('<article class="block" itemprop="liveBlogUpdate"><header>{time}<h2>{head}</h2><span>Dora Finch</span></header><div>{text}</div><footer>Share</footer></article>', "<main>{h1}{posts}</main>"),
        ('<div class="post"><p class="post-time">19.10 BST</p><h3>{head}</h3>{text}<p>Updated at 19.30 BST</p></div>', '<div class="liveblog">{h1}{posts}</div>'),
        ("<li><span>7:10 p.m. ET, May 5, 2026</span><h2>{head}</h2><div>{text}</div></li>", "<main>{h1}<ul>{posts}</ul></main>"),
        ("<section><div>3 minutes ago</div><h2>{head}</h2>{text}</section>", "<article>{h1}<div>{posts}</div></article>"),
        ("<div>{time}<h3>{head}</h3>{text}</div>", "<amp-live-list>{h1}<div items>{posts}</div></amp-live-list>"),
        ("<article>{time}<h2>{head}</h2>{text}</article>", "{h1}{posts}"),
        ("<article><h2><span>19:10</span></h2><h3>{head}</h3>{text}</article>", "<div>{h1}{posts}</div>"),
    ],
)  # fmt: skip
def test_live_blogs(post: str, around: str) -> None:
    """Posts are kept with their headings, in order; times, names and buttons are not."""
    posts = "".join(post.format(time=BST, head=head, text=f"<p>{text}</p>") for head, text in POSTS)
    parts = read_page(page(around.format(h1=f"<h1>{TITLE}</h1>", posts=posts), head=CANONICAL))
    assert parts.text.split("\n\n") == [line for one in POSTS for line in one]
    assert parts.genre == "live"
    assert parts.title == TITLE


def test_a_live_blog_in_metadata() -> None:
    """The updates of a page that shows none are read from its JSON-LD."""
    updates = [{"@type": "BlogPosting", "headline": head, "articleBody": text} for head, text in POSTS]
    data = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": updates}
    parts = read_page(page("<div></div>", data=data))
    assert parts.text.split("\n\n") == [line for one in POSTS for line in one]
    assert parts.genre == "live"


@pytest.mark.parametrize(
    "extra",
    [
        '<p><a href="/x">Bridge opens to traffic after nine years</a></p>',
        '<p><strong>Read more:</strong> <a href="/x">Bridge opens to traffic after nine years</a></p>',
        '<p>SEE ALSO: <a href="/x">Bridge opens to traffic after nine years</a></p>',
        '<ul><li><a href="/x">Bridge opens to traffic after nine years</a></li><li><a href="/y">Mayor wins a third term in a row</a></li></ul>',
        '<a href="/x"><h3>Bridge opens to traffic</h3><p>It took nine years until the first car could pass here.</p></a>',
        '<div class="newsletter-signup"><p>All the news of the coast, before breakfast, every day.</p></div>',
        '<aside><p>The bridge is 900 metres long and took nine years to build.</p></aside>',
        '<figure><img src="a.jpg"><figcaption>The ferry in port on a day without wind in March.</figcaption></figure>',
        '<div data-component="related-stories"><p>It took nine years until the first car could pass here.</p></div>',
    ],
)  # fmt: skip
def test_what_goes(extra: str) -> None:
    """Links to other stories, sign-up boxes, asides and captions among the paragraphs are not the article's."""
    parts = read_page(page(story().replace(f"<p>{PROSE[1]}", f"{extra}<p>{PROSE[1]}")))
    assert parts.text == "\n\n".join(PROSE)
    assert parts.dropped


ABOUT = [
    ("The Associated Press contributed to this report.", "credit"),
    ("Gazette writers Lee Orr in Arden and Ann Poe in Vale contributed to this story.", "credit"),
    ("Reporting by Dora Finch in Harbour City; Editing by Ann Poe and Ahmed Fell", "credit"),
    ("(Additional reporting by Lee Orr; Writing by Max Fell; Editing by Fred Moss)", "credit"),
    ("With files from The Canadian Press", "credit"),
    ("Mit Material von dpa und AFP", "credit"),
    ("This story was produced by Coast News Service and edited by the Gazette.", "credit"),
    ("Lee Orr contributed reporting from the northern island.", "credit"),
    ("Our Standards: The Thomson Reuters Trust Principles.", "standards line"),
    ("Our standards: what we do and why we do it, in eleven points.", "standards line"),
    ("Correction: An earlier version of this article said that the council voted 8 to 3. It voted 7 to 4.", "correction"),
    ("This article was amended on 6 May 2026 to say that the vote was 7 to 4, not 8 to 3.", "correction"),
    ("Editor’s note: The vote was 7 to 4, not 8 to 3 as first given here.", "correction"),
    ("Clarification, May 6, 2026: The vote was 7 to 4, not 8 to 3.", "correction"),
    ("An earlier version of this story misstated the vote, which was 7 to 4, not 8 to 3.", "correction"),
    ("In einer früheren Version dieses Artikels stand, die Abstimmung sei 8 zu 3 ausgegangen.", "correction"),
    ("Update, 10 May: This article was updated to add the comment of the ministry.", "correction"),
    ("Dieser Artikel wurde am 6. Mai um 12 Uhr aktualisiert.", "correction"),
    ("Cet article a été mis à jour le 6 mai à 12 heures.", "correction"),
    ("Este artículo ha sido actualizado con la respuesta del ministerio.", "correction"),
    ("Jane Poe is a staff writer covering the islands for the Gazette. Follow her on X @janepoe.", "biography"),
    ("Lee Orr, a former sailor, is the Gazette’s harbour correspondent.", "biography"),
    ("Dora Finch covers ports and ferries for the Gazette and has won two prizes.", "biography"),
    ("The writer is a professor of transport at the University of Vale.", "biography"),
    ("Contact Lee Orr at lee.orr@gazette.example or on Signal.", "site phrase"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "reason"), ABOUT)
def test_what_is_about_the_article(line: str, reason: str) -> None:
    """Credits, lines on standards, corrections and biographies below the text are dropped, and the reason is said."""
    parts = read_page(page(story(*PROSE, line)))
    assert parts.text == "\n\n".join(PROSE)
    assert (reason, line) in {(one.reason, one.text) for one in parts.dropped}


@pytest.mark.parametrize(
    "line",
    [
        "Heavy rain contributed to this disaster, the harbour office said.",
        "Reporting by the Gazette has shown that the ferry lost money for ten years.",
        "Anna Bell is a former editor of the Gazette and has been mayor since 2019.",
        "An earlier version of the plan was withdrawn in March after protests.",
        "The correction of the accounts took the town two years.",
        "The update of this article of the treaty was put off by a year.",
        "Our standards are higher than that, Bell told the council.",
        "Carl Voe covers the loss from his own pocket, the clerk said of the deputy; Voe did not deny it.",
        "The report was written by two engineers who have since left the town.",
        "With reporters at the gates, the council met in another room.",
    ],
)
def test_what_only_sounds_like_it(line: str) -> None:
    """Sentences of the news that use the same words stay, at the end of an article, too."""
    assert read_page(page(story(*PROSE, line))).text.split("\n\n") == [*PROSE, line]


# --- archives ---


def archive(
    html: str, *, encoding: str = "quoted-printable", charset: str = "utf-8", end: str = "\r\n"
) -> bytes:
    """Return a page as browsers save it in one file."""
    content = html.encode(charset)
    coded = quopri.encodestring(content) if encoding == "quoted-printable" else base64.encodebytes(content)
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://www.gazette.example/opinion/ferry\nSubject: Council\n"
        'Date: Tue, 5 May 2026 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----b"\n\n\n'
        f"------b\nContent-Type: text/html; charset={charset}\nContent-ID: <f@mhtml.blink>\nContent-Transfer-Encoding: {encoding}\n"
        "Content-Location: https://www.gazette.example/opinion/ferry\n\n"
    )
    style = "\n------b\nContent-Type: text/css\nContent-Transfer-Encoding: quoted-printable\nContent-Location: cid:css@x\n\np { color: red }\n------b--\n"
    return head.replace("\n", end).encode() + coded + style.replace("\n", end).encode()


@pytest.mark.parametrize(
    ("encoding", "charset", "end"),
    [("quoted-printable", "utf-8", "\r\n"), ("base64", "utf-8", "\n"), ("quoted-printable", "cp1252", "\r\n"), ("base64", "utf-16", "\r\n")],
)  # fmt: skip
def test_web_archives(encoding: str, charset: str, end: str) -> None:
    """The page inside is read in its encoding; its address is the one from which it was saved."""
    html = page(story(*PROSE, "“Nobody,” said the café’s owner, “will ever come here again.”"))
    parts = read_page(archive(html, encoding=encoding, charset=charset, end=end), "a.mhtml")
    assert parts.text.endswith("“Nobody,” said the café’s owner, “will ever come here again.”")
    assert parts.text.startswith(PROSE[0])
    assert (parts.url, parts.site, parts.genre) == (
        "https://www.gazette.example/opinion/ferry",
        "gazette.example",
        "opinion",
    )
    assert "color" not in parts.text


@pytest.mark.parametrize("cut", [0.1, 0.3])
def test_archives_without_a_page(cut: float) -> None:
    """An archive cut before its page is refused in one line."""
    content = archive(page(story()))
    with pytest.raises(InputError, match=r"^[^\n]*(?:no page|No article)[^\n]*$"):
        read_page(content[: int(len(content) * cut)], "a.mhtml")


@pytest.mark.parametrize("cut", [0.8, 0.9])
def test_cut_archives(cut: float) -> None:
    """Of an archive that was cut the rest of the page is read."""
    content = archive(page(story()))
    assert read_page(content[: int(len(content) * cut)], "a.mhtml").text.startswith(PROSE[0])
