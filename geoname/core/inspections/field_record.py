"""Field records (外业记录) of a segment and of a marker; composed for geoname from what the check list asks.

No official form was found: the fields follow 省级行政区域界线联合检查实施办法第3条 and published practice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from geoname.core.inspections.finding_rules import FindingKind
from geoname.core.inspections.inspection import ItemKind
from geoname.core.inspections.signature import Correction


class MarkerState(StrEnum):
    """What a marker was found to be: 完好, 损坏, 丢失, 移位."""

    INTACT = "intact"
    DAMAGED = "damaged"
    LOST = "lost"
    MOVED = "moved"


class Condition(StrEnum):
    """Paint, inscription, base or surroundings of a marker."""

    GOOD = "good"
    POOR = "poor"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who was there, and for which side."""

    side: str
    name: str


@dataclass(frozen=True, slots=True)
class ReferenceCheck:
    """A reference object (方位物) as it was found: azimuth in degrees from grid north, distance in metres."""

    name: str
    azimuth: float | None = None
    distance_m: float | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class MarkerDetails:
    """What 界桩检查记录表 asks beside place and people; degrees with their datum as measured."""

    number: str
    type: str = ""
    material: str = ""
    responsible_side: str = ""
    state: MarkerState = MarkerState.INTACT
    paint: Condition = Condition.NOT_SEEN
    inscription: Condition = Condition.NOT_SEEN
    base: Condition = Condition.NOT_SEEN
    weeds_cleared: bool = False
    references: tuple[ReferenceCheck, ...] = ()
    lon: float | None = None
    lat: float | None = None
    datum: str = ""
    deviation_m: float | None = None


@dataclass(frozen=True, slots=True)
class SegmentDetails:
    """What 联检记录表 asks of a segment: the course as agreed, what changed on the ground, what was found."""

    from_marker: str
    to_marker: str
    course: str = ""
    linear_features: str = ""
    ground_changes: str = ""
    clear: bool = True
    unilateral_marks: str = ""
    cross_border_works: str = ""


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """One record of one item of the field list; exactly one of `marker` and `segment` is given.

    It counts when all sides were present. `not_reached` is the reason, agreed by those present, why the item
    was not inspected. `photos` are content hashes. Once signed it is never edited: `corrections` are added.
    """

    id: str
    inspection_id: str
    item: str
    day: date
    present: tuple[Presence, ...]
    side: str
    actor: str
    marker: MarkerDetails | None = None
    segment: SegmentDetails | None = None
    weather: str = ""
    problem: FindingKind | None = None
    handling: str = ""
    not_reached: str = ""
    photos: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    version: int = 1
    generated: bool = False

    @property
    def kind(self) -> ItemKind:
        """Whether it is about a marker or a segment."""
        return ItemKind.MARKER if self.marker is not None else ItemKind.SEGMENT

    @property
    def subject(self) -> str:
        """How signatures name it."""
        return f"record:{self.id}"

    def absent(self, sides: Iterable[str]) -> tuple[str, ...]:
        """The sides of which nobody was present."""
        there = {one.side for one in self.present if one.name.strip()}
        return tuple(side for side in sides if side not in there)

    def counts(self, sides: Iterable[str]) -> bool:
        """Whether all sides were present."""
        return not self.absent(sides)

    @property
    def names_a_problem(self) -> bool:
        """Whether something was found that needs a finding: a kind of problem, or a marker not intact."""
        if self.problem is not None:
            return self.problem is not FindingKind.INTACT
        return self.marker is not None and self.marker.state is not MarkerState.INTACT

    def signed_content(self) -> FieldRecord:
        """What is signed: the record without corrections and version, which come later."""
        return replace(self, corrections=(), version=0)


MarkerRecord = FieldRecord
"""界桩检查记录表: a field record with `marker`."""
SegmentRecord = FieldRecord
"""联检记录表: a field record with `segment`."""
