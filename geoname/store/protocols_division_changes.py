"""What a store must do with changes of divisions done over the interfaces (区划变更办理)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from geoname.core.divisions.change_record import ChangeRecord
from geoname.core.register.place import Place


@dataclass(frozen=True, slots=True)
class Watched:
    """What records were before a change: table → key → row with its release."""

    place_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    before: dict[str, dict[str, dict[str, Any]]]


class DivisionChangeReader(Protocol):
    """What can be asked about changes done."""

    def division_changes(self) -> list[ChangeRecord]:
        """Every change that was done here, oldest first, undone ones too."""
        ...

    def places(self, ids: Collection[str]) -> list[Place]:
        """The places of these ids, those that are there."""
        ...

    def places_in(self, division_id: str) -> list[Place]:
        """The places that a division holds itself, divisions among them."""
        ...


class DivisionChangeWriter(Protocol):
    """What can be changed inside one transaction."""

    def watch_records(self, place_ids: Collection[str], event_ids: Collection[str]) -> Watched:
        """Note what places, names, divisions of these ids and these events are, before they change."""
        ...

    def keep_division_change(self, change: ChangeRecord, watched: Watched) -> None:
        """Keep the record of a change with what undoes it: all that differs from what was watched."""
        ...

    def keep_load_undo(self, release_id: str, watched: Watched) -> None:
        """Keep what undoes a load under a release: all that differs from what was watched."""
        ...

    def note_completed(self, change_id: str, on: date) -> ChangeRecord:
        """Note the day on which a change was completed; NotFoundError, ConflictError when it is undone."""
        ...

    def note_extended(self, change_id: str, document: str) -> ChangeRecord:
        """Note the document that gives a change six months more; ConflictError when there is one already."""
        ...

    def undo_division_change(self, change_id: str, at: str, actor: str) -> ChangeRecord:
        """Put everything back as it was before a change, and say so in its record.

        NotFoundError for an unknown id; ConflictError when it is not the newest that stands, or when
        something has been built on it since.
        """
        ...
