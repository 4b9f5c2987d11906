"""Pages of many makes: what is the article's is in its text, and nothing else of the page is.

They are made up after the markup of well-known content systems, with what surrounds articles there; nobody's text.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from crossframe.reading.formats.contents import File, Parts
from crossframe.reading.formats.known import read_contents

MIN_F1 = 0.97
TITLE = "Council votes to close the old ferry"
URL = "https://www.harbour-times.example/news/2026/may/05/council-votes-to-close-the-old-ferry"
LEAD = "The city council voted on Tuesday night to close the old ferry to the northern island by the end of the year."
BODY = (
    "Seven of eleven councillors backed the plan after a debate of four hours, ending a service that has run for eighty years.",
    "“We cannot run empty boats,” Mayor Anna Bell said. “The bridge has taken most of the passengers, and the town has no money left.”",
    "He shook his head.",
    "Tom Roe, who speaks for the islanders, called the vote a betrayal and said that he would go to court before the summer.",
    "About two thousand people live on the island, and the school there has no other link to the mainland in winter storms.",
    "The transport ministry said it would look into a bus over the new bridge, which is to open in the autumn of next year.",
    "Ferry crews learned of the vote from the radio, their union said in a letter to the council.",
    "A survey by the harbour office found that fares paid for a third of the cost last year.",
    "The last boat is to leave on December 31 at noon.",
)
HEADINGS = ("A debate of four hours", "What the islanders say")
RELATED = (
    "Bridge opens to traffic after nine years",
    "Ten islands to see before they sink",
    "Mayor wins a third term",
)
COMMENT = "I took that boat to school every morning for ten years, and nobody asked me what I think."


@dataclass(frozen=True)
class Make:
    """A page, the segments that are the article's, and those that are not."""

    html: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]


def _page(head: str, body: str, *, root: str = 'lang="en"', title: str = f"{TITLE} | Harbour Times") -> str:
    return f'<!DOCTYPE html><html {root}><head><meta charset="utf-8"><title>{title}</title>{head}</head>{body}</html>'


def _links(items: tuple[str, ...], item: str = '<li><a href="/x">{}</a></li>') -> str:
    return "".join(item.format(text) for text in items)


def _paragraphs(open_: str, close: str, between: dict[int, str] | None = None) -> str:
    pieces = []
    for number, text in enumerate((LEAD, *BODY)):
        pieces.append((between or {}).get(number, ""))
        pieces.append(f"{open_}{text}{close}")
    return "".join(pieces)


def wordpress() -> Make:
    """WordPress with block editor, Jetpack, a newsletter block and comments."""
    body = _paragraphs(
        "<p>",
        "</p>\n",
        {
            2: '<figure class="wp-block-image size-large"><img src="a.jpg"/><figcaption class="wp-element-caption">The ferry in port. Photo: R. Lane</figcaption></figure>',
            3: '<h2 class="wp-block-heading">A debate of four hours</h2>',
            5: '<div class="wp-block-group newsletter-signup"><p>Get the best of the harbour in your inbox every Friday.</p><form><input type="email"><button>Sign me up</button></form></div>',
            6: '<p><strong>Read more:</strong> <a href="/x">Bridge opens to traffic after nine years</a></p>',
        },
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Times"><meta property="og:type" content="article">'
        f'<link rel="canonical" href="{URL}"><meta property="article:published_time" content="2026-05-05T08:00:00+00:00">',
        f"""<body class="post-template-default single single-post postid-77 single-format-standard category-news">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title">Harbour Times</p><nav class="main-navigation"><ul class="menu">{_links(("News", "Sport", "Opinion"))}</ul></nav></header>
<div id="content" class="site-content"><main id="main" class="site-main"><article id="post-77" class="post-77 post type-post status-publish category-news">
<header class="entry-header"><span class="cat-links"><a href="/news">News</a></span><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta"><span class="byline">by <a class="url fn n" href="/author/dora">Dora Finch</a></span> <time class="entry-date published" datetime="2026-05-05T08:00:00+00:00">May 5, 2026</time></div></header>
<div class="entry-content">{body}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul>{_links(("Click to share on Facebook (Opens in new window)", "Click to email a link to a friend"))}</ul></div>
<div class="sharedaddy sd-block sd-like"><h3 class="sd-title">Like this:</h3><span>Loading...</span></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{_links(RELATED)}</div></div>
<footer class="entry-footer"><span class="tags-links">Tagged <a href="/t">ferry</a>, <a href="/t">council</a></span></footer>
<div class="author-box"><h4>Dora Finch</h4><p>Dora Finch is a reporter who has covered the coast for the Harbour Times since 2011.</p></div></article>
<nav class="navigation post-navigation"><a href="/p" rel="prev">Previous: Snow closes the pass</a></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">One thought on “{TITLE}”</h2><ol class="comment-list"><li class="comment"><article class="comment-body"><p>{COMMENT}</p></article></li></ol>
<div id="respond" class="comment-respond"><p class="comment-notes">Your email address will not be published. Required fields are marked *</p></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>Recent Posts</h2><ul>{_links(RELATED)}</ul></section></aside></div>
<footer id="colophon"><p>Proudly powered by WordPress and the people of the harbour.</p></footer></body>""",
    )
    return Make(
        html,
        (LEAD, *BODY, HEADINGS[0]),
        (
            *RELATED,
            COMMENT,
            "Get the best of the harbour",
            "Photo: R. Lane",
            "Click to share",
            "Tagged",
            "has covered the coast",
            "Snow closes the pass",
            "Your email address",
            "Proudly powered",
            "Dora Finch",
        ),
    )


def arc() -> Make:
    """Arc XP: interstitial links, promos and advertisements between the paragraphs."""
    body = _paragraphs(
        '<p class="default__StyledText-sc-1wxyvyl-0 body-paragraph" data-testid="paragraph">',
        "</p>",
        {
            1: '<div class="arcad-feature-custom"><div class="c-ad"><p class="ad-label">Story continues below advertisement</p></div></div>',
            3: '<p class="c-paragraph interstitial-link block-margin-bottom"><i>[<a href="/x">Bridge opens to traffic after nine years</a>]</i></p>',
            5: f'<div class="c-stack b-related-stories" data-style-direction="vertical"><h3 class="c-heading">More on the ferry</h3>{_links(RELATED[1:], "<div class=b-related-stories__item><a href=/x><span>{}</span></a></div>")}</div>',
            6: '<h2 class="c-heading h2">What the islanders say</h2>',
            7: '<div class="newsletter-promo"><h4>Morning Tide</h4><p>The news of the coast before breakfast, free of charge.</p><a href="/s">Sign up</a></div>',
        },
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Times"><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"'
        + TITLE
        + '","datePublished":"2026-05-05T08:00:00Z","isAccessibleForFree":true,"author":[{"@type":"Person","name":"Dora Finch"}],"publisher":{"@type":"Organization","name":"Harbour Times"}}</script>',
        f"""<body><div id="fusion-app" class="layout-section"><header class="page-header"><nav class="b-header-nav-chain"><a href="/">Sections</a> <a href="/login">Sign In</a></nav></header>
<section role="main" class="b-right-rail"><div class="b-right-rail__main-wrapper"><h1 class="b-headline">{TITLE}</h1><h2 class="b-subheadline">Islanders say that they will go to court</h2>
<div class="b-byline">By <a href="/a">Dora Finch</a></div><time class="b-date">May 05, 2026 at 8:00 a.m. UTC</time>
<figure class="c-media-item"><img src="/a.jpg"><figcaption class="c-media-item__fig-caption">A ferry leaves the harbour in March. (Lee Orr/Harbour Times)</figcaption></figure>
<article class="b-article-body">{body}</article>
<div class="b-author-bio"><p>By Dora Finch. Dora Finch covers the coast. Before joining the Times she sailed for six years. <a href="/t">Twitter</a></p></div>
<div class="b-comments"><button>View 14 comments</button></div></div>
<aside class="b-right-rail__rail"><h3>Most read</h3>{_links(RELATED)}</aside></section>
<footer class="b-footer"><p>© 2026 Harbour Times Company</p><p>Policies and standards</p></footer></div></body>""",
    )
    return Make(
        html,
        (LEAD, *BODY, HEADINGS[1]),
        (
            *RELATED,
            "Story continues below",
            "More on the ferry",
            "The news of the coast before breakfast",
            "Lee Orr",
            "she sailed for six years",
            "View 14 comments",
            "Policies and standards",
        ),
    )


def drupal() -> Make:
    """Drupal: fields in fields, an in-line view of related nodes, tags and a cookie banner."""
    body = _paragraphs(
        "<p>",
        "</p>\n",
        {
            4: '<div class="align-right media media--type-image"><div class="field field--name-field-media-image field--type-image"><img src="a.jpg"></div><div class="field field--name-field-caption field--type-string">Passengers in the rain at the northern pier.</div></div>',
            5: "<h2>What the islanders say</h2>",
            7: f'<div class="views-element-container block"><h3>Related content</h3><div class="view view-related-articles"><div class="view-content">{_links(RELATED, "<div class=views-row><span class=field-content><a href=/n>{}</a></span></div>")}</div></div></div>',
        },
    )
    html = _page(
        f'<meta name="Generator" content="Drupal 10 (https://www.drupal.org)"/><link rel="canonical" href="{URL}"/><meta property="article:published_time" content="2026-05-05T08:00:00+0000"/>',
        f"""<body class="path-node page-node-type-article"><div id="sliding-popup"><div class="eu-cookie-compliance-banner"><p>We use cookies on this site to enhance your user experience</p><button>OK, I agree</button></div></div>
<div class="dialog-off-canvas-main-canvas"><header role="banner"><div class="region region-header"><nav role="navigation" class="block block-menu"><ul class="clearfix menu">{_links(("Home", "About us", "Press"))}</ul></nav></div></header>
<main role="main"><div class="region region-breadcrumb"><nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ol></nav></div>
<div class="region region-content"><h1 class="page-title"><span class="field field--name-title field--type-string">{TITLE}</span></h1>
<div id="block-content" class="block block-system block-system-main-block"><div class="content"><article role="article" class="node node--type-article node--view-mode-full clearfix">
<footer class="node__meta"><div class="node__submitted">Submitted by <span class="field field--name-uid"><span class="username">dfinch</span></span> on <span class="field field--name-created">Tue, 05/05/2026 - 08:00</span></div></footer>
<div class="node__content clearfix"><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{body}</div>
<div class="field field--name-field-tags field--type-entity-reference clearfix"><h3 class="field__label">Tags</h3><ul class="links field__items">{_links(("ferry", "island"))}</ul></div>
<ul class="links inline"><li class="comment-forbidden"><a href="/user/login">Log in</a> or <a href="/user/register">register</a> to post comments</li></ul></div></article></div></div></div></main>
<aside class="region region-sidebar-second"><div class="block"><h2>Most popular</h2><ul>{_links(RELATED)}</ul></div></aside>
<footer class="site-footer"><span>Powered by the harbour authority and its friends.</span></footer></div></body>""",
    )
    return Make(
        html,
        (LEAD, *BODY, HEADINGS[1]),
        (
            *RELATED,
            "Passengers in the rain",
            "Related content",
            "enhance your user experience",
            "Submitted by",
            "to post comments",
            "Powered by the harbour",
        ),
    )


def ghost() -> Make:
    """Ghost: cards of callouts, bookmarks and sign-up between the paragraphs."""
    body = _paragraphs(
        "<p>",
        "</p>",
        {
            2: '<hr><h2 id="a-debate">A debate of four hours</h2>',
            4: '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/x"><div class="kg-bookmark-content"><div class="kg-bookmark-title">Bridge opens to traffic after nine years</div><div class="kg-bookmark-description">Cars may cross from Monday, the ministry said, and trucks from June.</div></div></a></figure>',
            6: '<div class="kg-card kg-signup-card"><h3>Sign up for Harbour Times</h3><p>Independent news of the coast, twice a week.</p><form data-members-form=""><button>Subscribe</button></form><p>No spam. Unsubscribe anytime.</p></div>',
        },
    )
    html = _page(
        '<meta name="generator" content="Ghost 5.8"><meta property="og:site_name" content="Harbour Times"><meta property="article:published_time" content="2026-05-05T08:00:00.000Z">',
        f"""<body class="post-template tag-news is-head-left-logo"><div class="gh-viewport"><header id="gh-head" class="gh-head gh-outer"><nav class="gh-head-menu"><ul class="nav">{_links(("Home", "About"))}</ul></nav><a href="#/portal/signin">Sign in</a></header>
<main id="site-main" class="site-main"><article class="article post tag-news"><header class="article-header gh-canvas"><a class="article-tag post-card-tags" href="/t">News</a><h1 class="article-title">{TITLE}</h1><p class="article-excerpt">Seven to four after a long night</p>
<div class="article-byline-meta"><h4 class="author-name"><a href="/a">Dora Finch</a></h4><time class="byline-meta-date">May 5, 2026</time><span class="byline-reading-time"><span class="bull">&bull;</span> 3 min read</span></div></header>
<section class="gh-content gh-canvas">{body}</section></article></main>
<section class="article-comments gh-canvas"><p>Member discussion:</p></section>
<section class="footer-cta gh-outer"><h2 class="footer-cta-title">Sign up for more like this.</h2></section>
<aside class="read-more-wrap gh-outer"><div class="read-more gh-inner">{_links(RELATED, "<article class='post-card post'><h2 class=post-card-title>{}</h2><div class=post-card-excerpt>It took nine years and three mayors until the town saw this.</div></article>")}</div></aside>
<footer class="site-footer"><section class="copyright">Harbour Times &copy; 2026</section></footer></div></body>""",
    )
    return Make(
        html,
        (LEAD, *BODY, HEADINGS[0]),
        (
            *RELATED,
            "Cars may cross",
            "Independent news of the coast",
            "No spam",
            "3 min read",
            "Member discussion",
            "three mayors",
            "Sign up for more",
        ),
    )


def broadcaster() -> Make:
    """Like the BBC's: every paragraph in boxes of its own, links and topics in others."""
    box = '<div data-component="{}" class="ssrcss-18mjolk-ComponentWrapper">{}</div>'
    text = '<div data-component="text-block" class="ssrcss-18mjolk-ComponentWrapper"><div class="ssrcss-7uxr49-RichTextContainer e5tfeyi1"><p class="ssrcss-1q0x1qg-Paragraph e1jhz7w10">'
    body = _paragraphs(
        text,
        "</p></div></div>",
        {
            1: box.format("unordered-list-block", '<div class="ssrcss-7uxr49-RichTextContainer"><ul role="list"><li>Islanders will go to court over the vote</li><li>A bus may take the ferry’s place</li></ul></div>'),
            3: box.format("image-block", '<figure class="ssrcss-wpgbih-StyledFigure"><span class="visually-hidden">Image source, </span>Coast Agency<figcaption><span class="visually-hidden">Image caption, </span><p>The ferry carried 300 cars a day in its best years.</p></figcaption></figure>'),
            4: box.format("subheadline-block", '<h2 class="ssrcss-y2fd7s-StyledHeading">A debate of four hours</h2>'),
            5: box.format("links-block", f'<div class="ssrcss-links"><h2>More on this story</h2><ul>{_links(RELATED)}</ul></div>'),
            7: box.format("text-block", '<div class="ssrcss-7uxr49-RichTextContainer"><p class="ssrcss-1q0x1qg-Paragraph"><b>Follow Harbour News on </b><a href="/f"><b>Facebook</b></a><b>. Send your story ideas to </b><a href="/m"><b>coast@harbour.example</b></a></p></div>'),
        },
    )  # fmt: skip
    html = _page(
        '<meta property="og:site_name" content="Harbour News"><meta property="og:title" content="'
        + TITLE
        + '">',
        f"""<body><div id="root"><header role="banner"><a href="#main-content">Skip to content</a><nav aria-label="Main">{_links(("Home", "News", "Weather"))}</nav></header>
<main id="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper"><header data-component="headline-block"><h1 id="main-heading">{TITLE}</h1></header>
{box.format("metadata-block", "<ul><li><span>Published</span><time datetime='2026-05-05T08:00:00Z'>5 May 2026</time></li></ul>")}
{box.format("byline-block", "<div><div>By Dora Finch</div><div>Harbour News, North Pier</div></div>")}{body}
<section data-component="topic-list"><h2>Related Topics</h2><ul>{_links(("Ferries", "Northern island"))}</ul></section></article>
<section data-component="related-internet-links"><h2>Related internet links</h2><p>Harbour News is not responsible for the content of external sites.</p></section>
<div data-component="top-stories"><h2>Top stories</h2><ul>{_links(RELATED)}</ul></div></main>
<footer role="contentinfo"><p>Copyright © 2026 Harbour. The Harbour is not responsible for the content of external sites.</p></footer></div></body>""",
        title=f"{TITLE} - Harbour News",
    )
    return Make(
        html,
        (LEAD, *BODY, HEADINGS[0], "Islanders will go to court over the vote"),
        (
            *RELATED,
            "300 cars a day",
            "More on this story",
            "Follow Harbour News",
            "Related Topics",
            "not responsible",
            "Published",
        ),
    )


def daily() -> Make:
    """Like the Guardian's: islands of script between the paragraphs, rich links, an appeal for support."""
    body = _paragraphs(
        '<p class="dcr-130mj7b">',
        "</p>",
        {
            2: '<figure id="img" class="dcr-10khgmf"><img src="a.jpg"><figcaption class="dcr-1oxhg37"><span>The northern pier on Tuesday.</span> Photograph: Lee Orr/Coast</figcaption></figure>',
            3: '<gu-island name="RichLinkComponent" props="{}"><div data-name="placeholder"></div></gu-island>',
            4: '<figure class="dcr-17a8jgw" data-spacefinder-role="richLink"><div data-print-layout="hide"><a href="/x"><div>Bridge opens to traffic after nine years</div><div>Read more</div></a></div></figure>',
            5: '<aside data-spacefinder-role="supporting" class="dcr-pull"><blockquote>The town has no money left</blockquote><footer><cite>Anna Bell, mayor</cite></footer></aside>',
            6: '<gu-island name="EmailSignUpWrapper"><aside aria-label="newsletter promotion"><h4>Sign up to <span>First Tide</span></h4><p>Our morning email breaks down the key stories of the day, telling you what’s happening and why it matters</p></aside></gu-island><p class="skip" id="after">after newsletter promotion</p>',
        },
    )
    html = _page(
        f'<meta property="og:site_name" content="the Harbour"><link rel="canonical" href="{URL}"><meta property="article:section" content="Island news"><meta property="article:published_time" content="2026-05-05T08:00:00.000Z">',
        f"""<body><div id="bannerandheader"><header><nav data-component="nav">{_links(("News", "Opinion", "Sport"))}</nav><p>Print subscriptions</p></header></div>
<main><article><div data-gu-name="title"><a href="/i"><span>Ferries</span></a></div><div data-gu-name="headline"><h1 class="dcr-headline">{TITLE}</h1></div>
<div data-gu-name="standfirst"><div><p>Seven of eleven vote for the plan, and islanders want to go to court</p></div></div>
<div data-gu-name="meta"><div><a rel="author" href="/d">Dora Finch</a> North Pier correspondent</div><div>Tue 5 May 2026 09.00 BST</div><button>Share</button></div>
<div data-gu-name="body"><div id="maincontent"><div class="article-body-commercial-selector article-body-viewer-selector">{body}
<div id="slot-body-end"><div data-name="epic"><h2>I hope you appreciated this article</h2><p>Before you move on, I wanted to ask whether you could support the Harbour’s journalism at this crucial time.</p><button>Continue</button></div></div>
</div></div></div><div data-gu-name="submeta"><span>Explore more on these topics</span><ul>{_links(("Ferries", "Coast", "news"))}</ul><button>Reuse this content</button></div></article>
<section id="more-on-this-story"><h2>More on this story</h2><ul>{_links(RELATED)}</ul></section><section id="comments"><h2>Comments (7)</h2><p>{COMMENT}</p></section>
<aside><h2>Most viewed</h2><ol>{_links(RELATED)}</ol></aside></main>
<footer><a href="/c">Complaints &amp; corrections</a><p>© 2026 Harbour News &amp; Media Limited or its affiliated companies. All rights reserved. (dcr)</p></footer></body>""",
        title=f"{TITLE} | Island news | The Harbour",
    )
    return Make(
        html,
        (LEAD, *BODY),
        (
            *RELATED,
            COMMENT,
            "Photograph: Lee Orr",
            "Our morning email",
            "after newsletter promotion",
            "Before you move on",
            "Explore more",
            "Reuse this content",
            "Complaints",
            "Print subscriptions",
        ),
    )


def metropolitan() -> Make:
    """Like the New York Times's: columns of companions, advertisements, notes on the printed version."""
    pieces = [LEAD, *BODY]
    columns = ""
    for number in range(0, len(pieces), 3):
        paragraphs = "".join(
            f'<p class="css-at9mc1 evys1bk0">{text}</p>' for text in pieces[number : number + 3]
        )
        columns += f'<div class="css-s99gbd StoryBodyCompanionColumn" data-testid="companionColumn-{number}"><div class="css-53u6y8">{paragraphs}</div><aside class="css-ew4tgv" aria-label="companion column"></aside></div>'
        columns += '<div><div id="story-ad-wrapper" class="css-1uwjyxp"><div><p>Advertisement</p><a href="#after">SKIP ADVERTISEMENT</a></div></div></div>'
    html = _page(
        '<meta property="og:title" content="'
        + TITLE
        + '"><meta name="application-name" content="Harbour Times">'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"'
        + TITLE
        + '","datePublished":"2026-05-05T08:00:00.000Z","isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".meteredContent"},"publisher":{"@id":"#p"}}</script>'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsMediaOrganization","@id":"#p","name":"The Harbour Times"}</script>',
        f"""<body><div id="app"><div><header class="NYTAppHideMasthead"><section><button>Section Navigation</button><a href="/">The Harbour Times</a><p>You have been granted access, use your keyboard to continue reading.</p></section></header></div>
<div aria-hidden="false"><main id="site-content"><article id="story" class="css-1vxca1d"><div id="top-wrapper"><p>Advertisement</p></div><header class="css-1ltpchi"><h1 data-testid="headline" id="link-1">{TITLE}</h1><p id="article-summary">Islanders said that the vote was a betrayal and that they would sue.</p>
<div data-testid="share-tools"><ul><li><button>Share full article</button></li><li><a href="#c">112</a></li></ul></div><p class="byline">By <a href="/b">Dora Finch</a></p><time datetime="2026-05-05T08:00:00Z">May 5, 2026</time></header>
<div data-testid="photoviewer-wrapper"><figure><figcaption><span>The mayor after the vote.</span><span>Credit...</span><span>Lee Orr for The Harbour Times</span></figcaption></figure></div>
<section name="articleBody" class="meteredContent css-1r7ky0e">{columns}</section>
<div class="bottom-of-article"><div><p><a href="/b">Dora Finch</a> is a reporter covering the coast for The Times. <a href="/b">More about Dora Finch</a></p></div>
<div><p>A version of this article appears in print on <span>, Section A, Page 7 of the Harbour edition</span> with the headline: Seven Votes End an Era. <a href="/r">Order Reprints</a> | <a href="/p">Today’s Paper</a> | <a href="/s">Subscribe</a></p></div></div>
<div><div data-testid="related-links"><h2>Related Content</h2>{_links(RELATED)}</div></div><div id="bottom-wrapper"><p>Advertisement</p></div></article></main><nav id="site-index"><h2>Site Index</h2></nav>
<footer><p>© 2026 The Harbour Times Company</p></footer></div></div></body>""",
        title=f"{TITLE} - The Harbour Times",
    )
    return Make(
        html,
        (LEAD, *BODY),
        (
            *RELATED,
            "Advertisement",
            "SKIP ADVERT",
            "granted access",
            "Share full article",
            "Lee Orr",
            "is a reporter covering",
            "A version of this article",
            "Seven Votes End",
            "Site Index",
        ),
    )


def old_tables() -> Make:
    """Tables in tables of the nineties, paragraphs as line breaks."""
    body = "<br><br>\n".join((LEAD, *BODY))
    html = f"""<HTML><HEAD><TITLE>Harbour Times: {TITLE}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1"></HEAD><BODY BGCOLOR="#FFFFFF">
<TABLE WIDTH="760" BORDER="0"><TR><TD COLSPAN="3"><IMG SRC="logo.gif" ALT="Harbour Times"><BR><FONT SIZE="1">Tuesday, May 5, 2026</FONT></TD></TR>
<TR VALIGN="top"><TD WIDTH="120" BGCOLOR="#CCCCFF"><FONT SIZE="2"><A HREF="/">Front page</A><BR><A HREF="/w">World</A><BR><A HREF="/s">Sports</A><BR><A HREF="/c">Classifieds</A></FONT></TD>
<TD WIDTH="500"><FONT SIZE="5"><B>{TITLE}</B></FONT><BR><FONT SIZE="2">By DORA FINCH<BR>Staff Writer</FONT><BR><BR><FONT FACE="Times">{body}</FONT><BR><BR>
<FONT SIZE="1"><A HREF="/e">E-mail this story to a friend</A> | <A HREF="/p">Printer-friendly version</A></FONT></TD>
<TD WIDTH="140"><TABLE BGCOLOR="#EEEEEE"><TR><TD><B>Also in the news</B><BR>{_links(RELATED, "<A HREF=/x>{}</A><BR>")}</TD></TR></TABLE></TD></TR>
<TR><TD COLSPAN="3" ALIGN="center"><FONT SIZE="1">Copyright 2026 Harbour Times Company. <A HREF="/t">Terms of use</A></FONT></TD></TR></TABLE></BODY></HTML>"""
    html = html.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return Make(
        html,
        (LEAD, *BODY),
        (
            *RELATED,
            "Front page",
            "Classifieds",
            "E-mail this story",
            "Printer-friendly",
            "Also in the news",
            "Copyright 2026",
        ),
    )


def amp() -> Make:
    """AMP: its own elements around and between the paragraphs."""
    body = _paragraphs(
        "<p>",
        "</p>",
        {
            2: '<amp-img src="a.jpg" width="4" height="3"></amp-img><p class="caption">The ferry in port. Photo: R. Lane</p>',
            4: '<amp-ad width="300" height="250" type="x"><div fallback>Advertisement could not be shown to you here.</div></amp-ad>',
            6: f'<amp-accordion class="related"><section><h4>Read next</h4><ul>{_links(RELATED)}</ul></section></amp-accordion>',
        },
    )
    html = _page(
        f'<link rel="canonical" href="{URL}"><script async src="https://cdn.ampproject.org/v0.js"></script><meta property="og:site_name" content="Harbour Times"><style amp-boilerplate>body{{animation:none}}</style>'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        + TITLE
        + '","datePublished":"2026-05-05T08:00:00Z"}</script>',
        f"""<body><amp-sidebar id="sidebar" layout="nodisplay" side="left"><ul>{_links(("Home", "World", "Opinion"))}</ul></amp-sidebar>
<header class="amp-wp-header"><div><a href="/">Harbour Times</a></div></header>
<article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{TITLE}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">Dora Finch</span></div><div class="amp-wp-meta amp-wp-posted-on"><time datetime="2026-05-05T08:00:00+00:00">2 days ago</time></div></header>
<div class="amp-wp-article-content">{body}</div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Categories: <a href="/n">News</a></div><div class="amp-wp-meta amp-wp-comments-link"><a href="/c">Leave a Comment</a></div></footer></article>
<amp-next-page><script type="application/json">[{{"title":"{RELATED[0]}"}}]</script></amp-next-page>
<amp-consent layout="nodisplay" id="consent"><div><p>We and our partners store information on your device and read it.</p><button on="tap:consent.accept">Accept</button></div></amp-consent>
<amp-user-notification><p>This site uses cookies so that you have a better day.</p></amp-user-notification><footer class="amp-wp-footer"><p>Back to top</p></footer></body>""",
        root='⚡ lang="en"',
    )
    return Make(
        html,
        (LEAD, *BODY),
        (
            *RELATED,
            "Photo: R. Lane",
            "could not be shown",
            "Categories",
            "store information on your device",
            "better day",
            "Leave a Comment",
        ),
    )


def live_blog() -> Make:
    """A live blog: posts with times, headings, names and share buttons, a summary above and a list of key events."""
    texts = (LEAD, *BODY)
    posts = ""
    for number in range(0, len(texts), 2):
        paragraphs = "".join(f'<p class="dcr-130mj7b">{text}</p>' for text in texts[number : number + 2])
        posts += f"""<article id="block-{number}" class="dcr-block block" data-block-id="{number}" itemprop="liveBlogUpdate" itemscope itemtype="http://schema.org/BlogPosting">
<header><a href="#b"><time datetime="2026-05-05T19:1{number}:00Z"><span>{number + 1}m ago</span><span>19.1{number} BST</span></time></a><h2 itemprop="headline">Turn {number} of a long night</h2><div><span>Dora Finch</span></div></header>
<div itemprop="articleBody">{paragraphs}</div><footer><div>Share</div><span>Updated at 20.0{number} BST</span></footer></article>"""
    html = _page(
        f'<link rel="canonical" href="{URL.replace("/news/", "/news/live/")}"><meta property="og:site_name" content="Harbour Times"><meta property="article:published_time" content="2026-05-05T18:00:00Z">'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"LiveBlogPosting","headline":"'
        + TITLE
        + '","datePublished":"2026-05-05T18:00:00Z","coverageStartTime":"2026-05-05T18:00:00Z"}</script>',
        f"""<body><header><nav>{_links(("News", "Opinion"))}</nav></header><main><div data-gu-name="headline"><h1>{TITLE}</h1></div><div data-gu-name="meta"><span>Dora Finch (now)</span><span>Tue 5 May 2026 20.10 BST</span></div>
<div class="key-events"><h2>Key events</h2><ol>{_links(("Closing summary", "Mayor speaks"))}</ol></div><div><label>Show key events only</label><p>Please turn on JavaScript to use this feature</p></div>
<div id="liveblog-body" class="js-liveblog-body">{posts}</div><nav><button>Older</button><span>1 of 3</span></nav>
<section><h2>Most viewed</h2><ol>{_links(RELATED)}</ol></section></main><footer><p>© 2026 Harbour Times. All rights reserved.</p></footer></body>""",
        title=f"{TITLE} – live | Harbour Times",
    )
    return Make(
        html,
        (LEAD, *BODY, "Turn 0 of a long night", "Turn 8 of a long night"),
        (*RELATED, "BST", "m ago", "Closing summary", "Show key events", "turn on JavaScript", "1 of 3"),
    )


def agency() -> Make:
    """Like Reuters's: paragraphs that are no paragraphs, credits and a line on standards at the end."""
    body = "".join(
        f'<div data-testid="paragraph-{number}" class="text__text__1FZLe text__dark-grey__3Ml43 text__regular__2N1Xr article-body__content__17Yit article-body__paragraph__2-BtD">{text}</div>'
        for number, text in enumerate((f"HARBOUR CITY, May 5 (Coast) - {LEAD}", *BODY))
    )
    html = _page(
        '<meta property="og:site_name" content="Coast"><meta name="article:published_time" content="2026-05-05T08:00:00Z">',
        f"""<body><div id="fusion-app"><header><nav>{_links(("World", "Business"))}<span>My View</span></nav></header><main><article data-testid="Article"><div class="article-header"><h1 data-testid="Heading">{TITLE}</h1><div><span>By </span><a href="/d">Dora Finch</a></div><time><span>May 5, 2026</span><span>8:00 AM UTC</span><span>Updated 3 hours ago</span></time></div>
<div class="article-body__wrapper"><div class="article-body__content"><div data-testid="Summary"><h2>Summary</h2><ul data-testid="SummaryList"><li>Council backs plan by 7 votes to 4</li><li>Islanders to challenge the vote in court</li></ul></div>{body}
<div data-testid="promo-box"><p>The Coast Daily Briefing newsletter provides all the news you need to start your day. Sign up <a href="/s">here.</a></p></div>
<p data-testid="Body" class="sign-off">Reporting by Dora Finch in Harbour City; Additional reporting by Lee Orr; Editing by Ann Poe and Max Fell</p>
<p data-testid="Body" class="text__text">Our Standards: <a href="/t">The Coast Trust Principles.</a><span>, opens new tab</span></p></div>
<div class="tags"><span>Suggested Topics:</span>{_links(("Transport", "Islands"))}</div><div class="author-bio"><p>Dora Finch reports on ports and ferries from Harbour City and has won two prizes.</p></div></div></article>
<section><h2>Read Next</h2>{_links(RELATED)}</section></main><footer><p>All quotes delayed a minimum of 15 minutes.</p></footer></div></body>""",
        title=f"{TITLE} | Coast",
    )
    return Make(
        html,
        (LEAD, *BODY, "Islanders to challenge the vote in court"),
        (
            *RELATED,
            "Daily Briefing",
            "Reporting by Dora",
            "Trust Principles",
            "Suggested Topics",
            "has won two prizes",
            "All quotes delayed",
        ),
    )


def cable() -> Make:
    """Like CNN's: inline players and related content, editors' notes, contributors."""
    body = _paragraphs(
        '<p class="paragraph inline-placeholder vossi-paragraph" data-uri="x" data-editable="text" data-component-name="paragraph">\n  ',
        "\n</p>\n",
        {
            2: '<div class="image" data-component-name="image"><div class="image__metadata"><span class="inline-placeholder">A ferry at the northern pier.</span><figcaption class="image__credit">Lee Orr/Coast</figcaption></div></div>',
            4: f'<div class="related-content_without-image related-content" data-component-name="related-content"><a href="/x"><p class="related-content__tag">Related article</p><p class="related-content__headline-text">{RELATED[0]}</p></a></div>',
            6: '<h2 class="subheader" data-component-name="subheader">What the islanders say</h2>',
            8: '<div class="video-resource" data-component-name="video-resource"><div class="video-resource__headline">See the moment the bell rang</div><div class="video-resource__duration">01:12</div><span>- Source: Harbour Cable</span></div>',
        },
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Cable"><meta property="article:published_time" content="2026-05-05T08:00:00Z"><meta name="meta-section" content="world">',
        f"""<body class="layout layout-article-with-zones"><header class="header"><nav>{_links(("US", "World", "Politics"))}</nav><button>Watch Live TV</button></header><section class="layout__wrapper"><section class="layout__main"><div class="headline"><h1 class="headline__text" data-editable="headlineText">{TITLE}</h1><div class="headline__footer"><div class="byline"><div class="byline__names">By <span class="byline__name">Dora Finch</span>, Harbour Cable</div></div><div class="timestamp">Updated 9:14 AM EDT, Tue May 5, 2026</div><div class="headline__sub-text">3 minute read</div></div></div>
<article class="article" data-component-name="article"><section><main class="article__main"><div class="editor-note" data-component-name="editor-note"><p>Editor’s Note: Sign up for our travel newsletter, which unlocks the world.</p></div><div class="article__content-container"><div class="article__content" itemprop="articleBody">{body}
<p class="paragraph inline-placeholder" data-component-name="paragraph"><em>Harbour Cable’s Lee Orr and Ann Poe contributed to this report.</em></p></div></div></main></section></article></section>
<section class="layout__rail"><h2>More from Harbour Cable</h2>{_links(RELATED)}</section></section><footer><p>© 2026 Harbour Cable Network. All Rights Reserved. Cable Sans ™ &amp; © 2016 Harbour Cable Network.</p></footer></body>""",
        title=f"{TITLE} | Harbour Cable",
    )
    return Make(
        html,
        (LEAD, *BODY, HEADINGS[1]),
        (
            *RELATED,
            "A ferry at the northern pier",
            "See the moment",
            "Sign up for our travel",
            "contributed to this report",
            "3 minute read",
            "Cable Sans",
        ),
    )


def weekly() -> Make:
    """Like a German weekly's: text in areas, boxes with more on the subject, an appeal to subscribe."""
    texts = (
        "Der Stadtrat hat am Dienstagabend beschlossen, die alte Fähre zur nördlichen Insel zum Jahresende einzustellen.",
        "Sieben von elf Räten stimmten nach einer Debatte von vier Stunden für den Plan, der achtzig Jahre Fährbetrieb beendet.",
        "»Wir können keine leeren Boote fahren lassen«, sagte Bürgermeisterin Anna Bell. »Die Brücke hat uns die meisten Fahrgäste genommen.«",
        "Die Inselbewohner kündigten an, vor Gericht zu ziehen, und warfen dem Rat einen Wortbruch vor.",
        "Das Verkehrsministerium prüft nach eigenen Angaben einen Bus über die neue Brücke, die im Herbst nächsten Jahres öffnen soll.",
    )
    area = '<div data-area="text" data-pos="{}" class="lg:mt-32 md:mt-32 sm:mt-24 md:mb-48 lg:mb-48 sm:mb-32"><div class="RichText RichText--iconLinks lg:w-8/12"><p>{}</p></div></div>'
    body = "".join(area.format(number, text) for number, text in enumerate(texts))
    box = f'<section data-area="related_articles>" class="relative"><h3>Mehr zum Thema</h3>{_links(("Brücke nach neun Jahren eröffnet", "Bürgermeisterin gewinnt dritte Wahl"), "<article><a href=/x><h4>{}</h4><p>Es dauerte neun Jahre, bis das erste Auto fahren durfte. Nun wird gefeiert.</p></a></article>")}</section>'
    html = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Stadtrat stellt alte Fähre ein - HAFENPOST</title><meta property="og:site_name" content="HAFENPOST"><meta name="date" content="2026-05-05T08:00:00+02:00"></head>
<body><header data-area="header"><nav><a href="/">Startseite</a><a href="/abo">Abonnement</a></nav></header><main><article><header><h2><span>Streit um den Hafen</span> <span>Stadtrat stellt alte Fähre ein</span></h2><div class="leading-loose">Nach achtzig Jahren ist Schluss: Im Dezember legt das letzte Boot zur Insel ab.</div><time datetime="2026-05-05T08:00:00">05.05.2026, 08.00 Uhr</time></header>
<div data-area="body" class="relative"><section>{body.replace('data-pos="3"', 'data-pos="3" ')}{box}</section></div><div data-area="copyright">dfi/dpa</div></article>
<section data-area="comments"><h3>Diskutieren Sie mit</h3></section><section data-area="block>topic"><h3>Mehrfach empfohlen</h3><article><a href="/x"><h4>Zehn Inseln für den Sommer</h4></a></article></section></main><footer>Impressum Datenschutz Nutzungsbedingungen</footer></body></html>"""
    return Make(
        html,
        texts,
        (
            "Brücke nach neun Jahren",
            "Nun wird gefeiert",
            "Zehn Inseln",
            "Diskutieren Sie",
            "Impressum",
            "dfi/dpa",
        ),
    )


def scroll() -> Make:
    """A page that goes on with the next articles, each with a heading of its own."""
    one = '<article class="story"><div class="story-head"><h1>{}</h1><div class="meta">By Dora Finch <time>May 5, 2026</time></div></div><div class="story-content">{}</div></article>'
    nexts = "".join(
        one.format(
            title,
            f"<p>{title} on Monday, in front of two hundred people who had waited since dawn.</p><p>Officials said that they were content with {number} years of work and would say more in June.</p>",
        )
        for number, title in enumerate(RELATED)
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Times"><meta property="og:title" content="'
        + TITLE
        + '">',
        f"<body><nav>{_links(('News', 'Sport'))}</nav><div class='stories'>{one.format(TITLE, _paragraphs('<p>', '</p>'))}<div class='ad'>Advertisement</div>{nexts}</div></body>",
    )
    return Make(html, (LEAD, *BODY), (*RELATED, "who had waited since dawn", "would say more in June"))


def breaks() -> Make:
    """Paragraphs as line breaks in one box of a modern page, with an advertisement among them."""
    texts = (LEAD, *BODY)
    body = (
        "<br><br>".join(texts[:4])
        + "<div class='ad-slot'>Advertisement</div>"
        + "<br/>\n<br/>".join(texts[4:])
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Times">',
        f"""<body><div class="topbar">{_links(("News", "Sport"))}</div><div class="content"><h1>{TITLE}</h1><div class="date">May 5, 2026</div>
<div class="news-text">{body}</div><div class="share-buttons">Share</div><div class="read-also"><b>Read also</b><ul>{_links(RELATED)}</ul></div></div><div class="footer">© Harbour Times 2026</div></body>""",
    )
    return Make(html, texts, (*RELATED, "Advertisement", "© Harbour Times"))


def capital() -> Make:
    """Like the Washington Post's of 2018: a box named teaser with the first paragraphs, another with the rest."""
    texts = (LEAD, *BODY)
    box = '<div class="{}">{}</div>'
    first, rest = (
        "".join(f'<p data-elm-loc="{n}">{text}</p>' for n, text in enumerate(part))
        for part in (texts[:4], texts[4:])
    )
    inline = (
        '<p class="interstitial-link"><i>[<a href="/x">Bridge opens to traffic after nine years</a>]</i></p>'
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Post"><meta itemprop="datePublished" content="2026-05-05T08:00-500">',
        f"""<body><div id="topper-headline-wrapper"><h1 itemprop="headline">{TITLE}</h1></div><div id="article-body" class="article-body" itemprop="articleBody"><article class="paywall" itemprop="articleBody">
{box.format("teaser-content", first)}{box.format("remainder-content", inline + rest)}</article></div>
<div class="post-body-sig-line"><div class="pb-sig-line"><span class="pb-bottom-author">Dora Finch</span> <span class="bio">Dora Finch covers the coast. She joined the Post in 2011.</span></div></div>
<div class="pb-f-article-most-read"><div class="headline">Most Read</div><ul>{_links(RELATED)}</ul></div></body>""",
    )
    return Make(html, texts, (*RELATED, "covers the coast", "Most Read"))


def letter() -> Make:
    """Like Substack's: subscription widgets between the paragraphs, captions and footnotes."""
    widget = '<div class="subscription-widget-wrap" data-attrs="{}"><div class="subscription-widget show-subscribe"><div class="preamble"><p>Harbour Letter is a reader-supported publication. To receive new posts and support my work, consider becoming a subscriber.</p></div><form><input type="email" placeholder="Type your email…"></form></div></div>'
    body = _paragraphs(
        "<p><span>",
        "</span></p>",
        {
            3: widget,
            6: '<div class="captioned-image-container"><figure><img src="a"><figcaption class="image-caption">The pier in the rain.</figcaption></figure></div>',
        },
    )
    html = _page(
        '<meta property="og:site_name" content="Harbour Letter">',
        f"""<body class="reader-nav-root"><div id="entry"><div id="main" class="main typography use-theme-bg"><div class="main-menu"><button>Subscribe</button><button>Sign in</button></div>
<div class="single-post-container"><div class="container"><div class="single-post"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">{TITLE}</h1><h3 class="subtitle">A long night at the town hall</h3><div class="byline-wrapper"><a href="/d">Dora Finch</a> May 05, 2026</div></div>
<div><div class="available-content"><div dir="auto" class="body markup">{body}<p class="button-wrapper"><a class="button primary" href="/s"><span>Share</span></a></p></div></div></div></article></div></div></div>
<div class="post-silhouette"></div><div class="comments-section"><h4>Discussion about this post</h4><div class="comment"><p>{COMMENT}</p></div></div></div></div></body>""",
        title=f"{TITLE} - by Dora Finch - Harbour Letter",
    )
    return Make(
        html, (LEAD, *BODY), (COMMENT, "reader-supported", "The pier in the rain", "Discussion about")
    )


def wire() -> Make:
    """Like the Associated Press's: rich text with enhancements, a hub of links, a line on its grants."""
    body = _paragraphs(
        "<p>",
        "</p>",
        {
            2: '<div class="FreeStar"><div class="fs-feed-ad" id="leaderboard"></div></div>',
            4: f'<div class="PageListEnhancementGeneric" data-align-floatRight><div class="PageListEnhancementGeneric-header"><h2>Related Stories</h2></div><ul>{_links(RELATED, "<li><div class=PagePromo><div class=PagePromo-content><h3><a href=/x><span>{}</span></a></h3></div></div></li>")}</ul></div>',
            7: '<div class="Infobox"><h2>What to know</h2></div>',
        },
    )
    html = _page(
        '<meta property="og:site_name" content="Coast Wire"><meta property="article:published_time" content="2026-05-05T08:00:00Z"><meta property="article:section" content="World News">',
        f"""<body class="Page-body"><div class="Page-header">{_links(("World", "U.S."))}</div><div class="Page-content"><main class="Page-main"><h1 class="Page-headline">{TITLE}</h1><div class="Page-byline">By <a href="/d">DORA FINCH</a> Updated 9:00 AM GMT, May 5, 2026</div>
<div class="RichTextStoryBody RichTextBody">{body}<p>___</p><p>Follow Coast Wire’s coverage of islands at <a href="/i">https://coast.example/hub/islands</a></p><p>___</p><p>Coast Wire’s coverage of seas receives support from several private foundations. Coast Wire is solely responsible for all content.</p></div>
<div class="Page-authorInfo"><div class="AuthorBio"><p>Finch covers the coast from Harbour City.</p></div></div><div class="PageListRightRailA"><h2>Most read</h2><ol>{_links(RELATED)}</ol></div></main></div></body>""",
        title=f"{TITLE} | Coast Wire",
    )
    return Make(
        html,
        (LEAD, *BODY),
        (*RELATED, "Follow Coast Wire", "Finch covers the coast", "Related Stories", "solely responsible"),
    )


def transcript() -> Make:
    """A broadcaster's transcript: turns as line breaks in one paragraph."""
    turns = (
        "ANNA BELL, MAYOR: We cannot run empty boats, and the bridge has taken most of the passengers.",
        "LEE ORR, HOST: Were the islanders asked before the vote on Tuesday?",
        "BELL: They were asked in March, and again in April, and they said what they had to say.",
        "ORR: Tom Roe calls the vote a betrayal of the island.",
        "BELL: I have read that. He is wrong, and he knows that the school gets its bus.",
        "(CROSSTALK)",
        "ORR: Thank you, Mayor Bell, for coming to the studio tonight.",
    )
    html = _page(
        "",
        f"""<body><table class="nav"><tr><td>{_links(("Home", "Shows"))}</td></tr></table><p class="transHeadline">CABLE TONIGHT</p><h1 class="transSubHead">{TITLE}</h1><p class="transBodyText">Aired May 5, 2026 - 20:00 ET</p>
<p class="rush">THIS IS A RUSH TRANSCRIPT. THIS COPY MAY NOT BE IN ITS FINAL FORM AND MAY BE UPDATED.</p><p class="transBodyText">{"<br><br>".join(turns)}</p><p class="tail">© 2026 Harbour Cable. All Rights Reserved.</p></body>""",
        title=f"Transcript: {TITLE} | Harbour Cable",
    )
    return Make(html, tuple(turn for turn in turns if turn[0] != "("), ("All Rights Reserved", "Shows"))


def hidden() -> Make:
    """A page whose menu, form and notes are hidden by style, and whose text is shown only when a script has run."""
    html = _page(
        '<meta property="og:site_name" content="Harbour Times">',
        f"""<body><div style="display:none" id="flyout"><p>Choose your edition, and we will show you the news that matters to you.</p></div><div aria-hidden="true"><p>The drawer with all the sections of the paper is closed for now.</p></div>
<main><h1>{TITLE}</h1><div class="story" style="visibility:hidden"><div style="display: none;" class="content-hidden">{_paragraphs("<p>", "</p>")}</div></div><div hidden><p>Thanks for signing up, and we hope to see you here again soon.</p></div></main><footer><p>Harbour Times, since 1911, from the old port.</p></footer></body>""",
    )
    return Make(
        html, (LEAD, *BODY), ("Choose your edition", "The drawer with", "we hope to see you", "since 1911")
    )


MAKES: dict[str, Callable[[], Make]] = {
    make.__name__: make
    for make in (
        wordpress, arc, drupal, ghost, broadcaster, daily, metropolitan, old_tables, amp, live_blog, agency, cable,
        weekly, scroll, breaks, capital, letter, wire, transcript, hidden,
    )
}  # fmt: skip


def read_make(name: str) -> tuple[Make, Parts]:
    """Return a page and the article read from it."""
    make = MAKES[name]()
    [parts] = read_contents(File(make.html.encode(), f"{name}.html")).articles
    return make, parts


@pytest.mark.parametrize("name", MAKES)
def test_a_make(name: str) -> None:
    """Segments of the article are kept and those around it are not; the headline stands alone; no alarm is raised."""
    make, parts = read_make(name)
    text = " ".join(f"{parts.title} {parts.text}".split())
    lost = [segment for segment in make.has if segment not in text]
    kept = [segment for segment in make.lacks if segment in text]
    n_right = len(make.has) - len(lost)
    assert 2 * n_right / (2 * n_right + len(lost) + len(kept)) >= MIN_F1, (lost, kept)
    assert parts.title in (TITLE, "Stadtrat stellt alte Fähre ein")
    assert parts.notes == ()
    gone = " ".join(line.text for line in parts.dropped)
    assert all(word in gone for segment in make.lacks for word in segment.split()[:1])
