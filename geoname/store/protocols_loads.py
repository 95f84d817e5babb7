"""What a store must tell about earlier loads of a source (历次载入), so that the next can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from geoname.core.register.provenance import Release

if TYPE_CHECKING:
    from geoname.store.protocols import Written


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A place with all its names as they are served; cells by column, as the tables keep them."""

    place: dict[str, Any]
    names: tuple[dict[str, Any], ...]


class LoadStore(Protocol):
    """Records of one source as they stand, and who changed them last."""

    def loading(self, source_id: str, folder: Path) -> AbstractContextManager[None]:
        """Keep others from loading this source while the block lasts; ConflictError when another does.

        Where the data lies in a file, the lock lies in `folder`, which those who share the file must share.
        """
        ...

    def withdraw(self, release: Release, *, actor: str, reason: str) -> Written:
        """Take a published release back: what it added is gone, what it changed is as before, by one switch.

        How many records are gone (`added`) and put back (`changed`). ConflictError, and nothing is changed,
        when any of its records was changed since, or something was built on one that it brought.
        """
        ...

    def known_records(self, place_ids: Sequence[str]) -> dict[str, KnownRecord]:
        """The served places of these ids with their names; an id that is not served is left out."""
        ...

    def places_of_source(self, source_id: str, batch: int = 10_000) -> Iterator[list[tuple[str, str]]]:
        """(place id, the source's own id) of every served place of a source, ordered by place id."""
        ...

    def last_reasons(self, subjects: Sequence[str], passing_over: Sequence[str] = ()) -> dict[str, str]:
        """Why each subject was changed last; subjects that were never changed are left out.

        Changes whose reason begins with one of `passing_over` do not count.
        """
        ...
