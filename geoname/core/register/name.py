"""A name in the register (地名): its spelling, its kind, and where it stands in its life."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geoname.core.names.readings import ReadingSource
from geoname.core.validity.partial_date import PartialDate
from geoname.core.validity.period import ALWAYS_UNKNOWN, Period


class NameKind(StrEnum):
    """What a name is to its place."""

    STANDARD = "standard"
    ALIAS = "alias"
    FORMER = "former"
    MINORITY_LANGUAGE = "minority_language"
    ABBREVIATION = "abbreviation"


class NameStatus(StrEnum):
    """Where a name stands: proposed, then current, then historical."""

    PROPOSED = "proposed"
    CURRENT = "current"
    HISTORICAL = "historical"


class Publication(StrEnum):
    """Whether a name is shown to the public; apart from its status."""

    INTERNAL = "internal"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Approval:
    """Approval, filing and announcement, each with its own day since their clocks start apart.

    `approver_kind` says which clock the announcement follows (government, place-name department, other
    department).
    """

    approved_by: str | None = None
    approver_kind: str | None = None
    approved_on: PartialDate | None = None
    document: str | None = None
    filed_on: PartialDate | None = None
    accepted_on: PartialDate | None = None
    announced_on: PartialDate | None = None


NOT_RECORDED = Approval()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one place, with its specific and generic element; names of peoples may stand between them.

    `romanization` carries tone marks (NFC); `needs_review` asks a person to confirm the reading.
    `minority_writing` is the name in the minority language's own script. `version` grows with each change.
    """

    id: str
    place_id: str
    text: str
    specific: str
    generic: str
    kind: NameKind = NameKind.STANDARD
    status: NameStatus = NameStatus.CURRENT
    publication: Publication = Publication.PUBLIC
    romanization: str = ""
    reading_source: ReadingSource = ReadingSource.AUTO
    needs_review: bool = False
    language: str = ""
    minority_writing: str = ""
    period: Period = ALWAYS_UNKNOWN
    approval: Approval = NOT_RECORDED
    version: int = 1
