"""What the press wrote: articles, outlets, events, actors and where they are mentioned."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from crossframe import _validation as check
from crossframe.errors import CrossframeError, InputError, UnknownNameError
from crossframe.records.columns import Spans, Texts
from crossframe.records.names import ACTOR_KINDS

REQUIRED_ARTICLE_KEYS = ("id", "event", "outlet", "title", "text")
ARTICLE_KEYS = (
    *REQUIRED_ARTICLE_KEYS,
    "published", "dateline", "language", "url", "byline", "genre", "extent", "updated", "split", "sentences",
)  # fmt: skip
"""Keys of a row that describes an article, in the order in which files have them."""
DATED = {"published": "publication date", "updated": "date of update"}
"""Keys whose values are dates, or dates and times, and what they are called."""
EXTENTS = ("full", "teaser", "summary", "abstract")
"""What of an article its text is: all of it, its opening, what a feed tells of it, or a database's abstract."""


@dataclass(frozen=True)
class Article:
    """One article of one outlet on one event.

    Parameters
    ----------
    id, event, outlet : str
        Ids (``[a-z0-9][a-z0-9._-]{0,63}``).
    title : str
        Headline; may be empty: there is then no sentence 0.
    text : str
        Body, at least one visible character.
    published : datetime.date, datetime.datetime or None
        The day, with a time and its zone where these are known; None when unknown; never guessed.
    dateline : str or None
        As read from the text, e.g. ``"MOSCOW, August 29 (RIA Novosti)"``.
    language : str or None
        ISO 639-1 code.
    url, byline, genre : str or None
        Address, author line, and genre (``"news"``, ``"opinion"``, ...).
    extent : str or None
        What of the article the text is, one of `EXTENTS`; None where nothing says that it is less than all of it.
    updated : datetime.date, datetime.datetime or None
        When the outlet last changed it, as it says: of its versions of one article the latest counts.
    split : str or None
        Official split (``"train"``, ...).
    sentences : tuple of (int, int) or None
        Offsets into ``text`` that override the splitter; empty sentences are legal.

    Raises
    ------
    InputError
        When a field breaks its rule.
    """

    id: str
    event: str
    outlet: str
    title: str
    text: str
    published: datetime.date | None = None
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    byline: str | None = None
    genre: str | None = None
    extent: str | None = None
    updated: datetime.date | None = None
    split: str | None = None
    sentences: tuple[tuple[int, int], ...] | None = None

    def __post_init__(self) -> None:
        check.check_id(self.id, "article")
        check.check_id(self.event, f"event of article {self.id!r}:")
        check.check_id(self.outlet, f"outlet of article {self.id!r}:")
        check.check_text(self.text, f"text of article {self.id!r}:")
        if not isinstance(self.title, str):
            raise InputError(f"Invalid title {self.title!r} of article {self.id!r}. It must be a string.")
        for field_name, thing in DATED.items():
            moment = check.check_moment(getattr(self, field_name), f"{thing} of article {self.id!r}:")
            object.__setattr__(self, field_name, moment)
        if self.extent is not None and self.extent not in EXTENTS:
            raise InputError(
                f"Invalid extent {self.extent!r} of article {self.id!r}. It must be one of: {', '.join(EXTENTS)}."
            )
        if self.sentences is not None:
            object.__setattr__(self, "sentences", tuple((int(a), int(b)) for a, b in self.sentences))
            before = 0
            for start, end in self.sentences:
                if not before <= start <= end <= len(self.text):
                    raise InputError(
                        f"Invalid sentence offsets ({start}, {end}) of article {self.id!r}. "
                        f"They must rise, not overlap, and end within the {len(self.text)} characters of the text."
                    )
                before = end

    @classmethod
    def from_row(cls, row: Mapping[str, Any], where: str) -> Self:
        """Return the article that `row` describes.

        Parameters
        ----------
        row : mapping
            Keys as in `ARTICLE_KEYS`; empty optional values count as missing.
        where : str
            File and line, or record: begins or ends every message.

        Returns
        -------
        Article
            Checked.

        Raises
        ------
        InputError
            When a required key is missing, a key is unknown, or a value breaks its rule.
        """
        check.check_keys(row, ARTICLE_KEYS, where)
        missing = [key for key in REQUIRED_ARTICLE_KEYS if row.get(key) is None]
        if missing:
            raise InputError(
                f"Missing field {missing[0]!r} in {where}. Required: {', '.join(REQUIRED_ARTICLE_KEYS)}."
            )
        values = {
            key: value
            for key, value in row.items()
            if key in REQUIRED_ARTICLE_KEYS or value not in (None, "")
        }
        for key, value in values.items():
            if key not in ("sentences", *DATED) and not isinstance(value, str):
                raise InputError(f"Invalid {key} {value!r} in {where}. It must be a string.")
            if isinstance(value, str) and not check.is_encodable(value):
                raise InputError(
                    f"Invalid {key} in {where}. It holds half a surrogate pair, which UTF-8 cannot store."
                )
        if "sentences" in values:
            values["sentences"] = _offsets(values["sentences"], where)
        try:
            return cls(**values)
        except CrossframeError as error:
            raise type(error)(f"{where}: {error}") from None

    @property
    def document(self) -> str:
        """Title, blank line, text (text alone without a title): all offsets count its characters."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    @property
    def is_partial(self) -> bool:
        """Whether the text is known to be less than the article: what is not in it may be in the rest."""
        return self.extent not in (None, "full")

    @property
    def day(self) -> datetime.date | None:
        """Day of publication where it was published."""
        return _day(self.published)

    def is_later_than(self, other: "Article") -> bool | None:
        """Return whether it was published after `other`; None where that is not known, as within a day without times."""
        return is_later(self.published, other.published)

    @property
    def text_start(self) -> int:
        """Offset in characters of the text's first character in ``document``."""
        return len(self.title) + 2 if self.title else 0


def is_later(moment: datetime.date | None, other: datetime.date | None) -> bool | None:
    """Return whether a day or a time is after another; None where that is not known, as within a day without times."""
    if (
        isinstance(moment, datetime.datetime)
        and isinstance(other, datetime.datetime)
        and (moment.tzinfo is None) == (other.tzinfo is None)
    ):
        return None if moment == other else moment > other
    day, others = _day(moment), _day(other)
    return None if day is None or others is None or day == others else day > others


def _day(moment: datetime.date | None) -> datetime.date | None:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _offsets(value: object, where: str) -> tuple[tuple[int, int], ...]:
    try:
        offsets = tuple((start, end) for start, end in value)  # type: ignore[attr-defined]
        if not all(type(number) is int for pair in offsets for number in pair):
            raise ValueError
        return offsets
    except (TypeError, ValueError):
        raise InputError(
            f"Invalid sentences {str(value)[:60]!r} in {where}. They must be a list of whole numbers [start, end]."
        ) from None


@dataclass(frozen=True)
class Outlet:
    """An outlet and what is known of it ("" where nothing is)."""

    id: str
    name: str = ""
    country: str = ""
    owner: str = ""
    lean: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        check.check_id(self.id, "outlet")
        object.__setattr__(self, "name", self.name or self.id)


@dataclass(frozen=True)
class Event:
    """An event that outlets cover; ``date`` is None when unknown."""

    id: str
    title: str = ""
    date: datetime.date | None = None

    def __post_init__(self) -> None:
        check.check_id(self.id, "event")
        object.__setattr__(self, "date", check.check_date(self.date, f"date of event {self.id!r}:"))


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts in the news, with all names it goes by.

    ``names`` begins with the display name; ``declared`` says that the corpus names it, else it was discovered.
    """

    id: str
    name: str
    aliases: Texts = ()
    kind: str = "other"
    declared: bool = True

    def __post_init__(self) -> None:
        check.check_id(self.id, "actor")
        check.check_text(self.name, f"name of actor {self.id!r}:")
        check.check_choice(self.kind, f"kind of actor {self.id!r}:", ACTOR_KINDS)
        object.__setattr__(self, "aliases", tuple(self.aliases))

    @property
    def names(self) -> Texts:
        """Display name and aliases without repetition, in that order."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True)
class Cast:
    """Who is in the story: the actors and where they are mentioned (``mentions.actor`` names their ids).

    ``how`` says by id how an actor was found and why its names belong together; empty where nobody says.
    """

    actors: tuple[Actor, ...]
    mentions: Spans
    how: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actors", tuple(self.actors))
        check.check_unique((actor.id for actor in self.actors), "actor id")
        unknown = sorted(set(self.mentions.actor) - {actor.id for actor in self.actors})
        if unknown:
            raise UnknownNameError(
                f"Unknown actor {unknown[0]!r} in mentions. It must be one of the cast's actors."
            )
