"""A joint inspection (联检): one line in one round by its two or three sides, or one stretch for a cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geoname.core.inspections.stages import Stage


class InspectionKind(StrEnum):
    """Regular every five years, or special, at once, for a stretch (条例第12条)."""

    REGULAR = "regular"
    SPECIAL = "special"


class Trigger(StrEnum):
    """What calls for a special inspection."""

    DISASTER = "disaster"
    RIVER_DIVERSION = "river_diversion"
    ROAD_CHANGE = "road_change"
    OTHER = "other"


class ItemKind(StrEnum):
    """What a field record is about."""

    MARKER = "marker"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line between two markers, named by their numbers, in the order along the line."""

    from_marker: str
    to_marker: str


@dataclass(frozen=True, slots=True)
class FieldItem:
    """A marker or a segment on the field list; `key` names it within the case.

    A segment goes from one marker to the next; a marker has its own number in both places. `start` and
    `end` of a line without markers are written so.
    """

    key: str
    kind: ItemKind
    from_marker: str
    to_marker: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Sides that disagree about the position on the ground (条例第15条): the items named are frozen.

    `decided_on` and `decision` are those of the organ that approved the line; until then nothing may be
    done to the markers there.
    """

    id: str
    items: tuple[str, ...]
    side: str
    reason: str
    opened_on: date
    decided_on: date | None = None
    decision: str = ""

    @property
    def open(self) -> bool:
        """Whether the stretch is frozen."""
        return self.decided_on is None


@dataclass(frozen=True, slots=True)
class Inspection:
    """A case. `sides` are the codes of the two or three sides, `lead` the one that leads.

    `year` is the one it is planned for, `round` counts the rounds of the line from 1 as far as known.
    `version` grows with every write to the case or what belongs to it. `plan_draft` and `report_draft`
    count the drafts, so that a signature under one holds for no other. `since` is the day of the present
    stage. `generated` marks a demonstration. `papers_returned` is how many papers were in the file when the
    case was last taken back: they do not count for the steps that are taken anew. `parent` is the case that
    a special inspection came from.
    """

    id: str
    line_id: str
    line_name: str
    kind: InspectionKind
    round: int
    year: int
    sides: tuple[str, ...]
    lead: str
    stage: Stage
    since: date
    version: int = 1
    parent: str | None = None
    stretch: Stretch | None = None
    trigger: Trigger | None = None
    cause: str = ""
    items: tuple[FieldItem, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    plan_draft: int = 0
    report_draft: int = 0
    plan_filed_on: date | None = None
    filed_on: date | None = None
    next_due: int | None = None
    generated: bool = False
    papers_returned: int = 0

    @property
    def finished(self) -> bool:
        """Whether nothing more is to be done."""
        return self.stage is Stage.CLOSED

    @property
    def frozen(self) -> frozenset[str]:
        """The keys of items under an open dispute."""
        return frozenset(key for dispute in self.disputes if dispute.open for key in dispute.items)
