"""What a store must tell of its changes (变更日志), so that an index in memory follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class What(StrEnum):
    """What changed: one name or place, a release that was published or withdrawn, or a whole subject.

    MANY stands for more names and places than are worth listing.
    """

    NAME = "name"
    PLACE = "place"
    RELEASE = "release"
    MANY = "many"
    DIVISIONS = "divisions"
    EDITIONS = "editions"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `key` is the id of the name, place or release, else empty."""

    what: What
    key: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The state of the data, and what led to it from an earlier position of the log, oldest first.

    `divisions_version` is the data version at which divisions last changed. `reaches_back` is False when the
    log no longer holds everything since that position: what was made then must be made anew.
    """

    data_version: int
    divisions_version: int
    position: int
    reaches_back: bool
    changes: tuple[Change, ...]


class ChangeLog(Protocol):
    """Every published write leaves its changes here, in its own transaction."""

    def changes_after(self, position: int | None) -> Changes:
        """The state of the data and the changes after a position; none are listed for None."""
        ...

    def ids_of_release(self, release_id: str, most: int) -> tuple[list[str], list[str]] | None:
        """The ids of the names and places that belong to a release; None when there are more than `most`."""
        ...

    def forget_changes(self, position: int) -> None:
        """Remove what the log holds up to a position; no index older than that can follow any more."""
        ...
