"""Who is in the story, and where."""

from dataclasses import dataclass

from crossframe import _validation as check
from crossframe.errors import UnknownNameError
from crossframe.records.articles import Actor
from crossframe.records.columns import Spans


@dataclass(frozen=True)
class Cast:
    """Who is in the story: the actors and where they are mentioned (``mentions.actor`` names their ids)."""

    actors: tuple[Actor, ...]
    mentions: Spans

    def __post_init__(self) -> None:
        object.__setattr__(self, "actors", tuple(self.actors))
        check.check_unique((actor.id for actor in self.actors), "actor id")
        unknown = sorted(set(self.mentions.actor) - {actor.id for actor in self.actors})
        if unknown:
            raise UnknownNameError(
                f"Unknown actor {unknown[0]!r} in mentions. It must be one of the cast's actors."
            )
