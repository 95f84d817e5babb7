"""Events in the life of a name: named, renamed, approved, filed, announced, retired, corrected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.validity.partial_date import PartialDate


class NameEventKind(StrEnum):
    """What happened to a name."""

    NAMED = "named"
    RENAMED = "renamed"
    APPROVED = "approved"
    FILED = "filed"
    ANNOUNCED = "announced"
    RETIRED = "retired"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class NameEvent:
    """One event of one name, with its day, authority and document as far as they are recorded."""

    id: str
    name_id: str
    kind: NameEventKind
    on: PartialDate | None = None
    authority: str = ""
    document: str = ""
    note: str = ""
