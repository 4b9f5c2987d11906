"""Which column of a table holds which field of an article: as the user says, by the layouts of known exports, or by its name."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crossframe import _validation as check
from crossframe.errors import InputError, UnknownNameError, printable
from crossframe.records import ARTICLE_KEYS

FIELDS = ARTICLE_KEYS
"""Fields of an article that a column may hold."""
MIN_COLUMNS = 3
"""Columns of a layout that must be there for a table to be of it ..."""
MIN_TELLING = 2
"""... and how many of them must be others than any table has."""
_COMMON = frozenset(
    [
        "id",
        "title",
        "headline",
        "text",
        "body",
        "content",
        "url",
        "link",
        "language",
        "date",
        "author",
        "authors",
        "byline",
        "source",
        "section",
        "length",
        "summary",
        "description",
        "keywords",
        "tags",
        "image",
        "publisher",
        "domain",
        "abstract",
        "year",
    ]
)

LAYOUTS: dict[str, dict[str, str]] = {
    "Media Cloud": {
        "storiesid": "id", "id": "id", "publishdate": "published", "medianame": "outlet", "title": "title", "url": "url",
        "language": "language", "text": "text", "storytext": "text", "articletext": "text", "mediaurl": "", "mediaid": "",
        "indexeddate": "", "themes": "", "apsyndicated": "", "collectdate": "",
        "guid": "", "processedstoriesid": "", "tagsets": "", "tagsids": "", "tagsetsids": "", "dateisreliable": "", "fulltextrss": "",
        "facebooksharecount": "", "inlinkcount": "", "outlinkcount": "", "mediainlinkcount": "", "postcount": "",
        "snapshotsid": "", "timespansid": "", "nextlinkid": "",
    },
    "LexisNexisTools": {
        "article": "text", "headline": "title", "newspaper": "outlet", "date": "published", "author": "byline",
        "sourcefile": "", "section": "", "edition": "", "length": "", "graphic": "", "id": "", "artid": "",
    },
    "Nexis": {
        "fulltext": "text", "body": "text", "title": "title", "headline": "title", "publication": "outlet",
        "publicationname": "outlet", "source": "outlet", "publicationdate": "published", "publisheddate": "published",
        "loaddate": "", "date": "published", "byline": "byline", "dateline": "dateline", "language": "language", "hlead": "",
        "section": "", "length": "", "publicationtype": "", "documentlink": "url", "subject": "", "geography": "",
    },
    "Factiva": {
        "lp": "text", "td": "text", "hd": "title", "pd": "published", "sn": "outlet", "by": "byline", "an": "id",
        "la": "language", "wc": "", "et": "", "se": "", "cr": "", "cy": "", "ed": "", "sc": "", "pg": "", "ns": "", "re": "",
        "co": "", "in": "", "ipd": "", "ipc": "", "pub": "", "clm": "",
    },
    "Dow Jones": {
        "snippet": "text", "body": "text", "title": "title", "publicationdatetime": "published",
        "publicationdate": "published", "sourcename": "outlet", "byline": "byline", "languagecode": "language", "an": "id",
        "sourcecode": "", "wordcount": "", "ingestiondatetime": "", "modificationdatetime": "", "dateline": "dateline",
    },
    "ProQuest": {
        "fulltext": "text", "title": "title", "pubtitle": "outlet", "alphadate": "published", "pubdate": "published",
        "authors": "byline", "documenturl": "url", "language": "language", "storeid": "id", "documenttype": "",
        "articletype": "", "entrydate": "", "issn": "", "startpage": "", "placeofpublication": "", "year": "",
        "abstract": "", "database": "", "publisher": "", "companies": "", "company": "", "copyright": "", "languageofsummary": "",
        "pages": "", "subjects": "", "subjectterms": "", "people": "", "location": "", "identifierkeywords": "", "classification": "",
    },
    "trafilatura": {
        "text": "text", "rawtext": "text", "title": "title", "author": "byline", "date": "published", "sitename": "outlet",
        "sourcehostname": "outlet", "hostname": "outlet", "source": "url", "url": "url", "language": "language",
        "fingerprint": "", "excerpt": "", "id": "", "comments": "", "filedate": "", "categories": "", "tags": "",
        "pagetype": "", "image": "", "license": "",
    },
    "newspaper": {
        "text": "text", "title": "title", "authors": "byline", "publishdate": "published", "metasitename": "outlet",
        "metadataogsitename": "outlet", "sourceurl": "outlet", "readmorelink": "", "metaimg": "", "metafavicon": "",
        "metakeywords": "", "keywordscores": "", "tags": "", "language": "language", "url": "url", "metalang": "language", "topimage": "", "topimg": "", "summary": "",
        "keywords": "", "metadescription": "", "canonicallink": "", "articlehtml": "", "html": "", "movies": "", "images": "",
    },
    "news-please": {
        "maintext": "text", "title": "title", "authors": "byline", "datepublish": "published", "sourcedomain": "outlet",
        "url": "url", "language": "language", "titlepage": "", "titlerss": "", "datedownload": "", "datemodify": "",
        "localpath": "", "filename": "", "imageurl": "", "description": "",
    },
    "GDELT": {
        "url": "url", "documentidentifier": "url", "v2documentidentifier": "url", "sourcecommonname": "outlet",
        "v2sourcecommonname": "outlet", "domain": "outlet", "seendate": "published", "date": "published", "title": "title",
        "language": "language", "gkgrecordid": "id", "sourcecountry": "", "urlmobile": "", "socialimage": "",
    },
    "Event Registry": {
        "body": "text", "title": "title", "datetime": "published", "datetimepub": "published", "date": "published",
        "sourcetitle": "outlet", "sourceuri": "outlet", "lang": "language", "uri": "id", "url": "url", "isduplicate": "",
        "datatype": "", "sim": "", "wgt": "",
    },
}  # fmt: skip
"""Columns of exports (letters and digits of their names, in lower case) with the field that each holds, "" where none.

Of several for one field the first that is filled counts, but those of the text in Factiva and Dow Jones are joined: lead
and rest. After public descriptions: Media Cloud's search tools and minet's headers of its tables, LexisNexisTools (Gruber 2023), Factiva's field codes, Dow
Jones Snapshots, ProQuest's spreadsheet export, and the documentation of trafilatura, newspaper4k, news-please, GDELT and
Event Registry.
"""
_JOINED = ("Factiva", "Dow Jones")

NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "fulltext", "articletext", "storytext", "maintext", "bodytext", "articlebody", "articlecontent", "cleantext",
        "plaintext", "newstext", "documenttext", "body", "volltext", "artikeltext", "texte", "texto", "testo", "tekst", "content",
        "contents", "article", "story", "transcript", "rawtext", "inhalt", "contenu", "contenido", "cuerpo", "texteintegral",
        "textecomplet", "textocompleto", "textointegral", "textointegro", "testointegrale", "testocompleto", "volledigetekst", "pelnytekst",
    ),
    "title": (
        "title", "headline", "heading", "articletitle", "storytitle", "newstitle", "head", "titel", "uberschrift", "schlagzeile",
        "titre", "titulo", "titular", "titolo", "tytul", "kop",
    ),
    "published": (
        "datedeparution", "datedepublication", "parution", "fechadepublicacion", "datadipubblicazione", "datadepublicacao", "publicatiedatum",
        "published", "publishdate", "publisheddate", "publicationdate", "datepublished", "datepublish", "pubdate", "publishedat",
        "publishedon", "publishtime", "publicationdatetime", "dateofpublication", "articledate", "storydate", "newsdate", "date",
        "datetime", "pubdatetime", "timestamp", "datum", "erscheinungsdatum", "fecha", "seendate",
    ),
    "outlet": (
        "outlet", "outletname", "newspaper", "paper", "papername", "newspapername", "publication", "publicationname", "publicationtitle", "pubtitle",
        "medianame", "mediaoutlet", "newsoutlet", "newssource", "medium", "sourcename", "sourcetitle", "ogsitename", "opengraphsitename", "metadataogsitename", "sitename", "site",
        "publisher", "publishername", "zeitung", "quelle", "diario", "periodico", "fuente", "journal", "krant", "source", "media",
        "sourcedomain", "sourcehostname", "hostname", "domain", "website",
    ),
    "url": (
        "url", "link", "articleurl", "storyurl", "documenturl", "pageurl", "weburl", "permalink", "canonicalurl", "canonicallink",
        "documentlink", "uri",
    ),
    "byline": (
        "byline", "author", "authors", "authorname", "writer", "journalist", "autor", "autoren", "auteur", "autore", "verfasser",
    ),
    "language": ("language", "lang", "languagecode", "langcode", "sprache", "langue", "idioma"),
    "id": ("id", "articleid", "storyid", "storiesid", "documentid", "docid", "accessionnumber", "uuid"),
    "event": ("event",), "dateline": ("dateline",), "genre": ("genre",), "extent": ("extent",),
    "updated": ("updated", "updatedat", "dateupdated", "modified", "modifieddate", "datemodified", "datemodify", "lastmodified", "lastupdated"),
    "split": ("split",), "sentences": ("sentences",),
}  # fmt: skip
"""Names of columns by the field that they hold, the surest first (letters and digits, in lower case, without accents)."""
_UNSURE = frozenset(["content", "contents", "article", "story", "transcript", "rawtext", "inhalt", "body"])
"""Names of columns of texts that need another column beside them that is known."""
MAX_NAMES = 160
"""Characters of the columns that a message names."""
MAX_NAME = 60
"""Characters of a column's name in a message."""
_PARTIAL = {"abstract": "abstract", "summary": "summary", "description": "summary"} | dict.fromkeys(
    ("snippet", "excerpt", "hlead", "lead", "teaser"), "teaser"
)
"""Names of columns that hold less than a whole text, with its extent."""


@dataclass(frozen=True)
class ColumnMap:
    """Which columns hold which field.

    Parameters
    ----------
    layout : str
        Name of the known layout; "" where it is none.
    columns : mapping of str to tuple of str
        Columns by field; the first that is filled counts.
    joined : bool
        Whether the columns of the text are joined.
    """

    layout: str
    columns: Mapping[str, tuple[str, ...]]
    joined: bool = False

    def is_known(self, column: str) -> bool:
        """Return whether a column holds a field, or is known to hold none."""
        return column in self.used or key_of(column) in LAYOUTS.get(self.layout, {})

    @property
    def used(self) -> frozenset[str]:
        """All columns that hold something."""
        return frozenset(column for columns in self.columns.values() for column in columns)


def key_of(name: object) -> str:
    """Return the letters and digits of a column's name in lower case, without accents.

    Examples
    --------
    >>> key_of("Full Text"), key_of("source-hostname"), key_of("Título")
    ('fulltext', 'sourcehostname', 'titulo')
    """
    bare = unicodedata.normalize("NFKD", str(name)).casefold()
    return "".join(c for c in bare if c.isalnum())


def map_columns(columns: Sequence[str], given: Mapping[str, str]) -> ColumnMap:
    """Return which of `columns` hold which field.

    Parameters
    ----------
    columns : sequence of str
        Names, as the table has them.
    given : mapping of str to str
        Column by field, as the user says: these hold, whatever their names.

    Returns
    -------
    ColumnMap
        Own names first, then those of the layout that most columns are of, then other names of a field.
    """
    by_key: dict[str, str] = {}
    for column in columns:
        if column:
            by_key.setdefault(key_of(column), column)
    chosen: dict[str, tuple[str, ...]] = {
        field: (named,) for field, column in given.items() if (named := _find(column, columns)) is not None
    }
    layout = _layout_of(by_key)
    known = LAYOUTS.get(layout, {})
    taken = {column for names in chosen.values() for column in names}
    for field in FIELDS:
        if field in chosen:
            continue
        names = _columns_of(field, by_key, known)
        free = tuple(name for name in names if name not in taken)
        if free:
            chosen[field] = free
            taken |= set(free)
    text = chosen.get("text", ())
    if text and "text" not in given and key_of(text[0]) in _UNSURE and len(chosen) < 2:
        del chosen["text"]
    return ColumnMap(layout, chosen, layout in _JOINED and "text" not in given)


def _columns_of(field: str, by_key: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns of a field: its own name's, else those of a layout, else the others of its names."""
    if by_key.get(field) == field and known.get(field, field) == field:
        return (field,)
    of_layout = tuple(by_key[key] for key, held in known.items() if held == field and key in by_key)
    named = tuple(by_key[key] for key in NAMES[field] if key in by_key and known.get(key, field) == field)
    return of_layout or (named[:1] if field == "text" else named)


def check_given(given: Mapping[str, str], columns: Sequence[str], where: str) -> None:
    """Raise UnknownNameError where a column that the user names is none of the table's."""
    for field, column in given.items():
        if _find(column, columns) is None:
            listed = list_names(columns)
            raise UnknownNameError(
                f"Unknown column {column!r} for {field} in {where}. It must be one of: {listed}."
                f"{check.suggest_name(column, [name for name in columns if name])}"
            )


def read_given(named: Mapping[str, str] | Sequence[str]) -> dict[str, str]:
    """Return the column by field of what a user names, as a mapping or as ``field=column``.

    Examples
    --------
    >>> read_given(["text=Full Text", "Publication=outlet"])
    {'text': 'Full Text', 'outlet': 'Publication'}
    """
    given: dict[str, str] = {}
    pairs = [f"{field}={column}" for field, column in named.items()] if isinstance(named, Mapping) else named
    for pair in pairs:
        field, mark, column = (part.strip() for part in pair.partition("="))
        if mark and field not in FIELDS and column in FIELDS:
            field, column = column, field
        if not mark or not column:
            raise InputError(
                f"Invalid column {pair!r}. It must be FIELD=COLUMN, as in text='Full Text'; fields are {', '.join(FIELDS)}."
            )
        if field not in FIELDS:
            raise UnknownNameError(
                f"Unknown field {field!r} of an article. It must be one of: {', '.join(FIELDS)}.{check.suggest_name(field, FIELDS)}"
            )
        if field in given:
            raise InputError(
                f"Invalid column {pair!r}. The field {field!r} is given twice; give it one column."
            )
        given[field] = column
    return given


def describe_missing_text(columns: Sequence[str], longest: str = "") -> str:
    """Return what to do where no column is known to hold the text: name it, or get the texts of the pages that are listed.

    Parameters
    ----------
    columns : sequence of str
        All of the table.
    longest : str
        The column that is named in the advice: the one with the longest cells, "" where none has prose.
    """
    named = [column for column in columns if column]
    found = map_columns(named, {})
    missing = "No column is known to hold the text of articles"
    partial = next((column for column in named if key_of(column) in _PARTIAL), None)
    address = found.columns.get("url", ("",))[0]
    if address and partial is None:
        kind = f"{found.layout} gives out addresses" if found.layout else "It has addresses"
        return (
            f"{missing}. {kind}, not texts: save the pages of column {_quote(address)} and import these, or join their "
            "texts to the table as a column text."
        )
    hint = f"--map text={_quote(partial or longest or 'COLUMN')}"
    more = f" ({partial!r} seems to hold no whole texts.)" if partial else ""
    return f"{missing}; it has {list_names(named) or 'none'}. Name it, as in {hint}.{more}"


def extent_of(columns: Sequence[str]) -> str | None:
    """Return what of an article is in the columns that its text is from: an extent where none of them holds whole texts."""
    extents = [_PARTIAL.get(key_of(column)) for column in columns]
    return extents[0] if all(extents) and extents else None


def list_names(columns: Sequence[str]) -> str:
    """Return the first columns as a message names them."""
    named = [printable(column, MAX_NAME) for column in columns if column]
    ends = accumulate(len(name) + 2 for name in named)
    shown = named[: max(1, sum(end <= MAX_NAMES for end in ends))]
    more = f" and {len(named) - len(shown)} more" if len(named) > len(shown) else ""
    return ", ".join(shown) + more


def _quote(name: str) -> str:
    name = printable(name, MAX_NAME)
    return f'"{name}"' if re.search(r"\W", name) else name


def _find(column: str, columns: Sequence[str]) -> str | None:
    """Return the column of that name, else the one whose letters and digits are the same."""
    if column in columns:
        return column
    return next((name for name in columns if name and key_of(name) == key_of(column)), None)


def _layout_of(by_key: Mapping[str, str]) -> str:
    """Return the layout that most columns are of; "" where too few are."""
    n_known = {name: sum(key in by_key for key in layout) for name, layout in LAYOUTS.items()}
    best = max(n_known, key=lambda name: (n_known[name], -len(LAYOUTS[name])))
    n_telling = sum(key in by_key and key not in _COMMON for key in LAYOUTS[best])
    return best if n_known[best] >= MIN_COLUMNS and n_telling >= MIN_TELLING else ""
