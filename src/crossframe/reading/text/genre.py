"""The genre of an article by what its outlet says: type, section, address, headline."""

import re
from collections.abc import Iterable

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
