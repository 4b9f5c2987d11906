"""The genre of an article by what its outlet says: type, section, address, headline."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from crossframe.text import match_key

_OF_TYPE = {
    "OpinionNewsArticle": "opinion",
    "ReviewNewsArticle": "opinion",
    "CriticReview": "opinion",
    "AnalysisNewsArticle": "analysis",
    "LiveBlogPosting": "live",
    "NewsArticle": "news",
    "ReportageNewsArticle": "news",
}
"""Types of schema.org; a plain Article or BlogPosting says nothing."""
_SECTION = {
    "opinion": r"opinions?|op-?eds?|editorials?|the editorial board|comment|commentary|commentaries|comment ?is ?free|columns?|columnists?|"
    r"letters?(?: to the editor)?|leaders?|guest essays?|essays?|viewpoints?|views|voices|perspectives?|reviews?|first person|"
    r"meinung|kommentare?|leitartikel|kolumnen?|debatte|opinión|opiniones|tribunas?|columnas|editoriales|opinions et débats|tribunes?|"
    r"débats|idées|éditos?|éditorial|chroniques?|opinioni|commenti|editoriali|opiniões|opinião|opinie|opinies|мнения|мнение|колонки",
    "analysis": r"analysis|analyses|analyse|analysen|análisis|analisi|explainers?",
    "interview": r"interviews?|q ?& ?a|entrevistas?|entretiens?|intervista|interviste|интервью|im gespräch",
    "live": r"live|live ?blogs?|live updates?|live news|live coverage|liveticker|newsticker|en direct|en directo|directo|minuto a minuto",
    "transcript": r"transcripts?|rush transcripts?|transcripción|wortlaut|dokumentation im wortlaut",
}
_BY_SECTION = [(genre, re.compile(rf"(?:{names})")) for genre, names in _SECTION.items()]
_JOINT = re.compile(r"\s*(?:[/|>,;»›:·]|\s-\s|\band\b|&)\s*")
_PATH_SKIPPED = frozenset(["views", "reviews", "review", "comment", "perspective", "letter", "leaders", "voices", "debatte"])  # fmt: skip
"""Sections that are also technical parts of addresses, or name topics in them."""
_TITLE = [
    ("live", r"^(?:live|live (?:updates?|blog|coverage|news)|liveticker|newsticker|en direct|en directo|minuto a minuto)\s*[:|–—-]|"
     r"[:|–—-]\s*(?:live(?: updates?| blog| news| coverage)?|as it happened|liveticker|newsticker|in pictures live)$|^live blog\b|^as it happened\b"),
    ("transcript", r"^(?:full |rush |read the (?:full )?|the )?transcripts?\b\s*(?:[:|–—-]|of\b)|[:|–—(-]\s*(?:full |rush |the )?transcript\)?$|^full text\s*[:|–—-]"),
    ("interview", r"^(?:interview|exclusive interview|the .{0,20}interview|q ?& ?a|im gespräch|entretien|entrevista|intervista)\s*[:|–—-]|"
     r"[:|–—(-]\s*(?:interview|q ?& ?a|the .{0,20}interview|an interview)\)?$|^(?:an )?interview (?:with|mit|avec|con)\b|^q ?& ?a with\b"),
    ("opinion", r"^(?:opinion|op-?ed|editorial|comment|commentary|column|letters?|viewpoint|guest essay|the .{0,30} view on .*|meinung|kommentar|leitartikel|"
     r"kolumne|tribune|édito(?:rial)?|opinión|tribuna|columna|opinione|opinião|opinie|мнение)\s*[:|–—]|"
     r"[|–—(]\s*(?:opinion|editorial|comment|letters?|op-?ed|column|commentary|meinung|kommentar)\)?$|^letters? to the editor\b"),
    ("analysis", r"^(?:analysis|news analysis|analyse|análisis|analisi|explainer)\s*[:|–—]|[|–—(]\s*(?:analysis|news analysis|analyse)\)?$"),
]  # fmt: skip
MIN_TIMES = 3
"""Times of day on lines of their own from which on a text is a live blog."""
MIN_TURNS = 4
"""Turns of speakers who speak again, at least, in a transcript or interview."""
MIN_SAID = 0.5
"""Share of such turns among the paragraphs, and of changes of the speaker among them, at least."""
_TIME_ALONE = re.compile(r"\d{1,2}[.:h]\d\d(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4}| uhr)?", re.IGNORECASE)
_SPEAKER = re.compile(r"(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ\d][\w.’'-]*){0,4}):\s+\S")
_BY_TITLE = [(genre, re.compile(pattern)) for genre, pattern in _TITLE]


def read_genre(
    *, types: Iterable[str] = (), sections: Iterable[str] = (), path: str = "", titles: Iterable[str] = ()
) -> str | None:
    """Return ``opinion``, ``analysis``, ``interview``, ``live``, ``transcript`` or ``news``; None where nothing is said.

    Parameters
    ----------
    types : iterable of str
        Types of schema.org that the page states.
    sections : iterable of str
        Names of its sections, as written.
    path : str
        Path of its address, with slashes.
    titles : iterable of str
        Its headline, in any of the forms in which a page has it.

    Examples
    --------
    >>> read_genre(types=["NewsArticle"], sections=["Opinion"]), read_genre(titles=["Opinion | The vote is a betrayal"])
    ('opinion', 'opinion')
    >>> read_genre(path="/news/live/2026/may/05/storm"), read_genre(titles=["Opinion polls: what they say"])
    ('live', None)
    """
    of_type = [_OF_TYPE[one] for one in types if one in _OF_TYPE]
    if special := next((genre for genre in of_type if genre != "news"), None):
        return special
    keys = [match_key(section) for section in sections]
    parts = [part for key in keys for part in (key, *_JOINT.split(key))]
    folders = [part for part in match_key(path).split("/")[:-1] if part not in _PATH_SKIPPED]
    folders += [part.replace("-", " ") for part in folders if part.replace("-", " ") not in _PATH_SKIPPED]
    heads = [match_key(title) for title in titles]
    for genre, pattern in _BY_TITLE:
        if any(pattern.search(head) for head in heads):
            return genre
    for genre, pattern in _BY_SECTION:
        if any(pattern.fullmatch(part) for part in (*parts, *folders)):
            return genre
    return of_type[0] if of_type else None


def genre_of_form(lines: Iterable[str]) -> str | None:
    """Return the genre that the form of a text shows: ``live`` by times on lines of their own, ``transcript`` or ``interview`` by speakers.

    Parameters
    ----------
    lines : iterable of str
        Those of the text, a paragraph each.

    Examples
    --------
    >>> talk = ["HOST: Why now?", "BELL: We lost millions.", "HOST: And the bus?", "BELL: It will come."]
    >>> genre_of_form(talk), genre_of_form([one.replace("HOST", "Herald").replace("BELL", "Anna Bell") for one in talk])
    ('transcript', 'interview')
    >>> genre_of_form(["4:40 PM", "It rained.", "4:12 PM", "It blew.", "3:55 PM", "It snowed."])
    'live'
    """
    lines = [line.strip() for line in lines if line.strip()]
    if sum(_TIME_ALONE.fullmatch(line) is not None for line in lines) >= MIN_TIMES:
        return "live"
    said = [match["name"] for line in lines if (match := _SPEAKER.match(line))]
    turns = Counter(said)
    again = [name for name in said if turns[name] > 1]
    if len(set(again)) < 2 or len(again) < max(MIN_TURNS, MIN_SAID * len(lines)):
        return None
    changes = sum(one != other for one, other in pairwise(again))
    if changes < MIN_SAID * (len(again) - 1):
        return None
    return "transcript" if all(name.isupper() for name in again) else "interview"
